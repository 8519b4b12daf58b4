package complaint

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

func doApprove(r *reader, c command) *Refusal {
	if r.ask == nil || r.ask.Question != AskRelease {
		return r.answer(answer{yes: true}, c.line)
	}
	for _, f := range r.out.Facts {
		switch f.Body.(type) {
		case Noted, Filed:
		default:
			return r.refuse(c.line, Words{"Deze mail verandert ook iets in de zaak. De brief wordt dan anders dan u hem zag. Stuur eerst de rest; u krijgt de nieuwe tekst.",
				"This mail also changes the case, so the letter will not be the one you saw. Send the rest first; you will get the new text."})
		}
	}
	return r.approve(c.line)
}

// approve releases the drafts the handler saw. It also ends a hold: who says yes does not want to wait.
func (r *reader) approve(line string) *Refusal {
	if r.ask == nil || r.ask.Question != AskRelease || len(r.ask.Keys) == 0 {
		return r.refuse(line, Words{"In de mail waarop u antwoordt, stond geen brief om te versturen.", "The mail you answer showed no letter to send."}, r.resumeLine()...)
	}
	gone, approved := true, true
	for _, k := range r.ask.Keys {
		sent, ok := r.c.delivered(k)
		gone = gone && ok && sent.returned == ""
		word, ok := r.c.approvals[k]
		approved = approved && ok && word.Body.(Approved).Version == r.ask.Version
	}
	switch {
	case gone:
		r.hint(Words{"Deze brief is al verstuurd.", "This letter has already been sent."})
		return nil
	case approved && r.c.Held == nil:
		r.hint(Words{"Dit had u al goedgekeurd. De brief vertrekt.", "You had already approved this. The letter will leave."})
		return nil
	}
	if !approved {
		r.record(r.today, Approved{Keys: r.ask.Keys, Version: r.ask.Version})
	}
	if r.c.Held != nil {
		r.record(r.today, Released{})
	}
	return nil
}

func (r *reader) resumeLine() []string {
	if r.c.Held == nil {
		return nil
	}
	return []string{Words{"#verder", "#resume"}.In(r.lang)}
}

func doHold(r *reader, c command) *Refusal {
	text := c.text
	for _, word := range [...]string{"tot en met ", "t/m ", "tot ", "until ", "till "} {
		if len(text) > len(word) && strings.EqualFold(text[:len(word)], word) {
			text = text[len(word):]
			break
		}
	}
	lead, ok := leadingDay(text, r.today, true)
	rest := lead.rest
	switch {
	case ok && lead.day <= r.today:
		return r.refuse(c.line, Words{"Tot wanneer? " + lead.day.Full("nl") + " is vandaag of al voorbij.", "Until when? " + lead.day.Full("en") + " is today or has passed."})
	case ok:
		r.record(r.today, Held{Until: lead.day})
	default:
		rest = c.text
		r.record(r.today, Held{})
		r.hint(Words{"Er gaat niets meer weg tot u #verder stuurt of ja zegt op een brief.", "Nothing leaves until you send #resume or say yes to a letter."})
	}
	if rest != "" {
		r.record(r.today, Noted{Text: rest})
	}
	return nil
}

func doResume(r *reader, c command) *Refusal {
	if r.c.Held == nil {
		r.hint(Words{"De brieven van deze zaak werden niet tegengehouden.", "The letters of this case were not held."})
		return nil
	}
	r.record(r.today, Released{})
	return nil
}

// doUndo takes back the last mail of a handler that changed something. A letter that left cannot be taken back, and after
// the grace period it may be leaving.
func doUndo(r *reader, c command) *Refusal {
	if len(r.out.Facts) > 0 {
		return r.refuse(c.line, Words{"Zet #herstel boven de andere opdrachten: het draait uw vorige mail terug.", "Put #undo above the other commands: it takes back your previous mail."})
	}
	last, at := r.lastMail()
	if last == "" {
		return r.refuse(c.line, Words{"Er is geen eerdere mail van u om terug te draaien.", "There is no earlier mail of yours to take back."})
	}
	if r.spokeElsewhere(last) {
		return r.refuse(c.line, Words{"Uw vorige mail ging over een andere zaak. Wilt u die terugdraaien? Antwoord dan op mijn mail over die zaak.",
			"Your previous mail was about another case. To take that back, answer my mail about that case."}, c.typed)
	}
	if r.joins(last) {
		return r.tooLate(c.line, last, Words{"Uw vorige mail ging ook over een andere zaak. Die draai ik niet terug.", "Your previous mail was about another case too. I do not take it back."})
	}
	if r.sentSince(last) {
		return r.tooLate(c.line, last, Words{"Er is daarna al een brief verstuurd.", "A letter has been sent since."})
	}
	if r.now.Sub(at) > r.setting.Grace {
		minutes := strconv.Itoa(int(r.setting.Grace.Minutes()))
		return r.tooLate(c.line, last, Words{"Terugdraaien kan tot " + minutes + " minuten na uw mail.", "Taking back is possible until " + minutes + " minutes after your mail."})
	}
	r.record(r.today, Undone{Mail: last})
	return nil
}

// lastMail is the last mail of a handler whose facts stand, and when they were recorded. A mail with notes only is passed
// over for an earlier one that can still be undone: who takes something back means what changed something.
func (r *reader) lastMail() (mail MailID, at time.Time) {
	for i := len(r.c.Facts) - 1; i >= 0; i-- {
		f := r.c.Facts[i]
		if f.By == ByProgram || f.By == ByComplainant || f.Mail == "" || f.Mail == r.in.ID || !r.c.stands(f) {
			continue
		}
		kind := KindOf(f.Body)
		if _, ok := corrections[kind]; !ok {
			continue
		}
		if mail == "" {
			mail, at = f.Mail, f.At
		}
		if n, _ := f.Body.(Noted); (kind != "noted" || n.Away) && r.now.Sub(f.At) <= r.setting.Grace {
			return f.Mail, f.At
		}
	}
	return mail, at
}

// spokeElsewhere says whether a mail that answered this case was about others only.
func (r *reader) spokeElsewhere(mail MailID) bool {
	return slices.ContainsFunc(r.c.Facts, func(f Fact) bool {
		n, _ := f.Body.(Noted)
		return n.Away && f.Mail == mail
	})
}

func (r *reader) sentSince(mail MailID) bool {
	since := false
	for _, f := range r.c.Facts {
		since = since || f.Mail == mail
		switch f.Body.(type) {
		case Sent, Printed:
			if since {
				return true
			}
		}
	}
	return false
}

// tooLate refuses to undo a mail and lists what to type to correct what it said.
func (r *reader) tooLate(line string, mail MailID, why Words) *Refusal {
	var try []string
	for _, f := range r.c.Facts {
		fix := corrections[KindOf(f.Body)].In(r.lang)
		if f.Mail == mail && r.c.stands(f) && fix != "" && !isOneOf(fix, try) {
			try = append(try, fix)
		}
	}
	why.NL += " Verbeter het met een nieuwe regel:"
	why.EN += " Correct it with a new line:"
	return r.refuse(line, why, try...)
}
