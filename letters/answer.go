package letters

import (
	"slices"
	"strings"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Answer answers a mail of a handler: what was recorded or why nothing was, what is owed now, and the next question.
type Answer struct {
	Case    complaint.Case
	Before  complaint.Case // as it was
	Reading complaint.Reading
	Plan    []complaint.Departure
	Drafts  []Letter      // to release, or to show
	Blocked []*Incomplete // drafts that cannot be shown yet, and why
	Duties  []complaint.Duty
	Today   calendar.Date
	Now     time.Time
	To      complaint.Incoming // the mail that is answered

	Leaving []Letter // letters that this mail set on their way, unseen until now

	Also  []Also           // what the mail did in other cases, and the cases it opened
	Cases []complaint.Case // ShowCases: the running cases of who asks
}

// Answer writes it. A refusal comes first; then the one question; then the rest.
func (s *Set) Answer(e Envelope, a Answer) (Letter, error) {
	sh := s.sheet(e)
	if r := a.Reading.Refusal; r != nil {
		sh.refusal(*r)
	}
	if len(a.Blocked) > 0 {
		sh.lead(complaint.Words{NL: "Vul eerst aan wat er nog ontbreekt.", EN: "First add what is still missing."})
	}
	calm := a.Reading.Refusal == nil && len(a.Blocked) == 0 && e.Ask.Question == complaint.NoQuestion && a.Case.Opening.Number != ""
	if e.Ask.Question != complaint.NoQuestion {
		sh.ask(a.Case, a.Drafts)
	} else if calm {
		sh.next(a.Case, a.Duties, a.Today)
	}
	for _, h := range a.Reading.Hints {
		sh.lead(h)
	}
	if len(sh.blocks) == 0 {
		sh.ask(a.Case, nil)
	}
	sh.untranslated(a.Leaving)
	for _, inc := range a.Blocked {
		sh.incomplete(inc)
	}
	if a.Reading.Refusal == nil {
		sh.list(complaint.Words{NL: "Dit heb ik vastgelegd", EN: "This is what I recorded"}, sh.recorded(a.Case, a.Reading))
		sh.change(a)
		sh.also(a)
	}
	sh.show(a)
	if leaving := leaving(a.Plan, e.Ask.Question); len(leaving) > 0 {
		sh.silence(leaving)
	}
	if calm {
		sh.news(a.Case, a.Duties, a.Today)
	}
	sh.owed(a.Case, a.Duties)
	sh.drafts(a.Drafts, a.Plan)
	sh.drafts(a.Leaving, a.Plan)
	l := sh.letter("answer", a.Case.Opening.Number, answerSubject(e, a.Reading))
	l.InReplyTo = a.To.MessageID
	if a.To.MessageID != "" {
		l.References = append(append([]string{}, a.To.References...), a.To.MessageID)
	}
	return l, nil
}

// leaving is what the mail says of letters that leave by themselves: all of them, but beside a draft to release only those
// that the handler's word has set on their way, so that she can still stop them.
func leaving(plan []complaint.Departure, q complaint.Question) []complaint.Departure {
	if q != complaint.AskRelease {
		return plan
	}
	return slices.DeleteFunc(slices.Clone(plan), func(d complaint.Departure) bool { return !d.OnWord })
}

// answerSubject says what the answer is about, and nothing of the complaint.
func answerSubject(e Envelope, r complaint.Reading) complaint.Words {
	switch {
	case r.Refusal != nil:
		return complaint.Words{NL: "Niets gedaan: graag opnieuw", EN: "Nothing done: please try again"}
	case r.Show == complaint.ShowCases:
		return complaint.Words{NL: "Uw zaken", EN: "Your cases"}
	case r.Show == complaint.ShowStatus:
		return complaint.Words{NL: "Hoe het staat", EN: "How it stands"}
	case r.Show == complaint.ShowHelp || r.Show == complaint.ShowHelpAll:
		return complaint.Words{NL: "Wat u kunt typen", EN: "What you can type"}
	case e.Ask.Question == complaint.AskRelease:
		return complaint.Words{NL: "Mag deze brief weg?", EN: "May this letter go?"}
	case e.Ask.Question == complaint.AskForm:
		return complaint.Words{NL: "Vastgelegd; graag het formulier", EN: "Recorded; please fill in the form"}
	}
	return complaint.Words{NL: "Vastgelegd", EN: "Recorded"}
}

// refusal says that nothing was done, why, and what to type instead.
func (s *sheet) refusal(r complaint.Refusal) {
	s.lead(complaint.Words{NL: "Er is niets gedaan. %s", EN: "Nothing was done. %s"}, r.Why)
	if r.Line != "" {
		s.para(complaint.Words{NL: "Het gaat om deze regel:", EN: "It is about this line:"})
		s.quote(cleanLine(r.Line, maxLine))
	}
	if r.More {
		s.para(complaint.Words{NL: "Stuur ook de rest van uw mail opnieuw: ook daarvan is niets gedaan.", EN: "Send the rest of your mail again too: nothing of it was done either."})
	}
	if len(r.Try) > 0 {
		s.para(complaint.Words{NL: "Antwoord bijvoorbeeld met:", EN: "Answer, for example, with:"})
		s.copied(strings.Join(r.Try, "\n"))
	}
}

// change says how the status of the case changed.
func (s *sheet) change(a Answer) {
	before, after := complaint.StatusOn(a.Before, a.Today), complaint.StatusOn(a.Case, a.Today)
	if before != after && a.Before.Opening.Number != "" {
		s.para(complaint.Words{NL: "De zaak staat nu op: %s.", EN: "The case is now: %s."}, after.Name())
	}
}

// show shows what the handler asked to see.
func (s *sheet) show(a Answer) {
	switch a.Reading.Show {
	case complaint.ShowHelp, complaint.ShowHelpAll:
		s.head(complaint.Words{NL: "Wat u kunt typen", EN: "What you can type"})
		s.copied(complaint.Help(s.lang, a.Reading.Show == complaint.ShowHelpAll))
	case complaint.ShowStatus:
		s.head(complaint.Words{NL: "Hoe het staat", EN: "How it stands"})
		s.label(complaint.Words{NL: "Zaak", EN: "Case"}, string(a.Case.Opening.Number))
		s.label(complaint.Words{NL: "Klager", EN: "Complainant"}, partyName(a.Case.Opening.Complainant))
		s.label(complaint.Words{NL: "Ontvangen", EN: "Received"}, a.Case.Received.Full(s.lang))
		s.label(complaint.Words{NL: "Status", EN: "Status"}, complaint.StatusOn(a.Case, a.Today).Name().In(s.lang))
		s.list(complaint.Words{NL: "Wat er is vastgelegd", EN: "What is on file"}, s.story(a.Case))
	case complaint.ShowCases:
		s.cases(a)
	}
}

// cases lists the running cases: number, status, and what is owed first. Nothing of what they are about.
func (s *sheet) cases(a Answer) {
	if len(a.Cases) == 0 {
		s.para(complaint.Words{NL: "U hebt geen lopende zaken.", EN: "You have no running cases."})
		return
	}
	var items []string
	for _, c := range a.Cases {
		item := string(c.Opening.Number) + ": " + complaint.StatusOn(c, a.Today).Name().In(s.lang)
		if d, ok := firstDue(complaint.Duties(c, a.Today)); ok {
			w := complaint.Words{NL: "%s; uiterlijk %s: %s", EN: "%s; by %s: %s"}
			if d.Overdue {
				w = complaint.Words{NL: "%s; te laat sinds %s: %s", EN: "%s; late since %s: %s"}
			}
			item = s.in(w, piece(item), d.Due.Short(s.lang), dutyNames[d.Kind])
		}
		items = append(items, item)
	}
	s.list(complaint.Words{NL: "Uw lopende zaken", EN: "Your running cases"}, items)
}

// firstDue is the open duty with the first date.
func firstDue(duties []complaint.Duty) (first complaint.Duty, ok bool) {
	for _, d := range duties {
		if d.State == complaint.Open && !d.Due.IsZero() && (!ok || d.Due < first.Due) {
			first, ok = d, true
		}
	}
	return first, ok
}

// also says what the mail did in other cases, each with its number.
func (s *sheet) also(a Answer) {
	for _, other := range a.Also {
		var items []string
		for _, f := range other.Facts {
			if w := (told{s, other.Case}).fact(f); w != "" {
				items = append(items, w)
			}
		}
		w := complaint.Words{NL: "In zaak %s", EN: "In case %s"}
		if other.Opened {
			w = complaint.Words{NL: "Nieuw: zaak %s", EN: "New: case %s"}
			items = append([]string{s.in(complaint.Words{NL: "ontvangen %s, van %s", EN: "received %s, from %s"}, other.Case.Received.Full(s.lang),
				either(partyName(other.Case.Opening.Complainant), s.in(complaint.Words{NL: "een onbekende klager", EN: "an unknown complainant"})))}, items...)
		}
		number := string(other.Case.Opening.Number)
		s.list(complaint.Words{NL: s.in(w, number), EN: s.in(w, number)}, items)
	}
}

// story is the list of facts of a case, each with its day.
func (s *sheet) story(c complaint.Case) []string {
	var items []string
	for _, f := range c.Facts {
		if w := (told{s, c}).fact(f); w != "" {
			items = append(items, f.On.Short(s.lang)+": "+w)
		}
	}
	return items
}

// recorded says in words what a reading records, of one case or of the mails a daily mail asked about.
func (s *sheet) recorded(c complaint.Case, r complaint.Reading) []string {
	var items []string
	for _, f := range r.Facts {
		if w := (told{s, c}).fact(f); w != "" {
			items = append(items, w)
		}
	}
	if n := len(r.Complaints); n > 0 {
		items = append(items, s.in(complaint.Words{NL: "wel een klacht: %d. Per klacht krijgt u een e-mail.", EN: "complaints: %d. You get an email about each."}, n))
	}
	if n := len(r.Ordinary); n > 0 {
		items = append(items, s.in(complaint.Words{NL: "geen klacht: %d", EN: "no complaint: %d"}, n))
	}
	return items
}
