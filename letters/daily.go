package letters

import (
	"fmt"
	"slices"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Daily is the one mail a day: the mails that may be complaints, near misses, and what is due in which case.
type Daily struct {
	Today    calendar.Date
	Possible []Possible // numbered from 1
	Near     []Possible // numbered on; asked about in the weekly digest
	Cases    []CaseReminders
}

// Possible is a mail that may be a complaint.
type Possible struct {
	N        int
	From     complaint.Address
	Subject  string
	Excerpt  string
	Received calendar.Date
	Arrived  time.Time
	Signals  []complaint.Signal

	Attachments []complaint.Attachment
	Deadline    calendar.Date // the day on which it becomes a case by itself; zero for none
}

// CaseReminders is what is due in one case. Ask carries the question of that case, for its links.
type CaseReminders struct {
	Case      complaint.Case
	Reminders []complaint.Reminder
	Plan      []complaint.Departure
	Ask       complaint.Ask
}

// Daily writes it. Its one question is which of the mails are complaints; the cases have links of their own.
func (s *Set) Daily(e Envelope, d Daily) (Letter, error) {
	sh := s.sheet(e)
	sh.which(d)
	if len(d.Possible) > 0 {
		sh.head(complaint.Words{NL: "Misschien een klacht", EN: "Perhaps a complaint"})
		for i, p := range d.Possible {
			if i > 0 {
				sh.add(rule, nil)
			}
			sh.possible(p, len(d.Possible)+len(d.Near) > 1)
		}
	}
	if len(d.Near) > 0 {
		sh.head(complaint.Words{NL: "Waarschijnlijk geen klacht, kijkt u even mee", EN: "Probably no complaint, please have a look"})
		for _, p := range d.Near {
			n := fmt.Sprint(p.N)
			sh.label(complaint.Words{NL: n, EN: n}, sh.near(p))
		}
	}
	for _, c := range d.Cases {
		sh.due(c, d.Today)
	}
	sh.typing(d)
	w := complaint.Words{NL: "Klachten van " + d.Today.Long("nl"), EN: "Complaints of " + d.Today.Long("en")}
	return sh.letter("daily", "", w), nil
}

// typing says how to answer about a case in a reply to this mail, which is about all of them.
func (s *sheet) typing(d Daily) {
	for _, c := range d.Cases {
		for _, r := range c.Reminders {
			if len(s.toDo(c, r)) > 0 || lettersWait(c.Case, d.Today) {
				s.para(complaint.Words{NL: "Typt u liever zelf? Begin dan met een regel die de zaak noemt, bijvoorbeeld: #zaak %s", EN: "Do you rather type? Then begin with a line that names the case, for example: #case %s"}, string(c.Case.Opening.Number))
				return
			}
		}
	}
}

// which asks which of the numbered mails are complaints.
func (s *sheet) which(d Daily) {
	n := len(d.Possible) + len(d.Near)
	switch {
	case s.env.Ask.Question != complaint.AskWhich || n == 0:
		s.lead(complaint.Words{NL: "Hieronder staat wat er in uw zaken moet gebeuren.", EN: "Below is what has to be done in your cases."})
	case n == 1:
		s.lead(complaint.Words{NL: "Is dit bericht een klacht? Antwoord met ja of nee.", EN: "Is this message a complaint? Answer with yes or no."})
		s.options(s.env.Ask,
			option{answer: yes.In(s.lang), meaning: s.in(complaint.Words{NL: "dit is een klacht", EN: "this is a complaint"})},
			option{answer: no.In(s.lang), meaning: s.in(complaint.Words{NL: "dit is geen klacht", EN: "this is not a complaint"})})
	default:
		s.lead(complaint.Words{NL: "Welke van deze berichten zijn klachten?", EN: "Which of these messages are complaints?"})
		s.instruct()
		var all []option
		if n < maxOptions {
			for _, p := range append(append([]Possible{}, d.Possible...), d.Near...) {
				all = append(all, option{answer: fmt.Sprint(p.N), meaning: s.in(complaint.Words{NL: "alleen bericht %d is een klacht", EN: "only message %d is a complaint"}, p.N)})
			}
		}
		all = append(all, option{answer: s.in(complaint.Words{NL: "geen", EN: "none"}), meaning: s.in(complaint.Words{NL: "geen van deze berichten is een klacht", EN: "none of these messages is a complaint"})})
		s.options(s.env.Ask, all...)
	}
}

// possible shows one mail that may be a complaint.
func (s *sheet) possible(p Possible, numbered bool) {
	if numbered {
		s.label(complaint.Words{NL: "Nummer", EN: "Number"}, fmt.Sprint(p.N))
	}
	s.label(complaint.Words{NL: "Van", EN: "From"}, partyName(complaint.Party{Name: p.From.Name, Mail: p.From.Mail}))
	s.label(complaint.Words{NL: "Ontvangen", EN: "Received"}, p.Received.Full(s.lang))
	s.label(complaint.Words{NL: "Onderwerp", EN: "Subject"}, maskQuote(cleanLine(p.Subject, maxLine), s.lang))
	s.label(standsOut, s.signals(p.Signals))
	s.quote(cut(maskQuote(cleanLines(p.Excerpt, 4*maxExcerpt), s.lang), maxExcerpt))
	s.attachments(p.Attachments)
	arrived := p.Arrived
	if arrived.IsZero() {
		arrived = p.Received.At(0, 0, s.set.office.zone())
	}
	s.flags(complaint.Flags(p.Subject, p.Excerpt), complaint.Case{}, p.Received, arrived)
	if !p.Deadline.IsZero() {
		s.para(complaint.Words{NL: "Zonder antwoord wordt dit op %s een zaak.", EN: "Without an answer this becomes a case on %s."}, p.Deadline.Full(s.lang))
	}
}

// near is one line about a near miss.
func (s *sheet) near(p Possible) string {
	from := either(p.From.Name, p.From.Mail)
	return fmt.Sprintf("%s, %s: %s", p.Received.Short(s.lang), cleanLine(from, maxName), cut(maskQuote(cleanLine(p.Subject, maxLine), s.lang), maxName))
}

// due shows what is due in a case, and what can be answered. The words of a yes or no name the case, since a plain "ja" to
// this mail answers its own question.
func (s *sheet) due(c CaseReminders, today calendar.Date) {
	number := string(c.Case.Opening.Number)
	s.head(complaint.Words{NL: "Zaak %s", EN: "Case %s"}, number)
	for _, r := range c.Reminders {
		l := append(words(s.reminder(r, c.Case)), s.computed(r.Duty, c.Case)...)
		if by := s.leavesBy(r.Duty, c.Plan); by != "" {
			l = append(l, span{text: by, below: true})
		}
		s.add(bullets, l)
		s.options(c.Ask, s.toDo(c, r)...)
	}
	if lettersWait(c.Case, today) {
		s.add(bullets, words(s.in(complaint.Words{NL: "de brieven van deze zaak wachten tot u het zegt", EN: "the letters of this case wait until you say so"})))
		s.options(c.Ask, s.toType(s.in(complaint.Words{NL: "#verder", EN: "#resume"}), s.in(complaint.Words{NL: "zij mogen weer weg", EN: "they may leave again"})))
	}
	s.options(c.Ask, s.caseOptions(c)...)
}

// lettersWait says whether the letters of a case are held.
func lettersWait(c complaint.Case, today calendar.Date) bool {
	if c.Held == nil {
		return false
	}
	until := c.Held.Body.(complaint.Held).Until
	return until.IsZero() || today < until
}

// leavesBy says what happens when nobody speaks of a duty that a letter meets; "" when nothing does.
func (s *sheet) leavesBy(d complaint.Duty, plan []complaint.Departure) string {
	for _, dep := range plan {
		if dep.Ready() && slices.Contains(dep.Meets, d.Key) {
			return s.in(leavesWords(dep), departureName(dep), s.when(dep.NotBefore))
		}
	}
	return ""
}

// leavesWords say what happens to a letter when nobody speaks.
func leavesWords(d complaint.Departure) complaint.Words {
	switch {
	case d.Channel == complaint.ByPost:
		return complaint.Words{NL: "U krijgt %s %s om te posten.", EN: "You get %s %s to post."}
	case d.OnWord:
		return complaint.Words{NL: "Zoals u zei, vertrekt %s %s.", EN: "As you said, %s leaves %s."}
	}
	return complaint.Words{NL: "Doet u niets, dan vertrekt %s vanzelf %s.", EN: "If you do nothing, %s leaves by itself %s."}
}

// caseOptions are the answers to the question of a case.
func (s *sheet) caseOptions(c CaseReminders) []option {
	say := func(nl, en string) string {
		return s.in(complaint.Words{NL: nl, EN: en}, string(c.Case.Opening.Number))
	}
	y, n := yes.In(s.lang), no.In(s.lang)
	switch c.Ask.Question {
	case complaint.AskComplaint:
		return []option{{answer: y, button: say("%s is een klacht", "%s is a complaint")}, {answer: n, button: say("%s is geen klacht", "%s is not a complaint")}}
	case complaint.AskRelease:
		return []option{{answer: y, button: say("verstuur de brief van %s", "send the letter of %s"), meaning: s.in(complaint.Words{NL: "de brief die u al kreeg te lezen", EN: "the letter you were shown before"})}}
	case complaint.AskForm:
		return []option{{answer: complaint.Form(c.Case, s.lang), button: say("formulier van %s invullen", "fill in the form of %s"),
			meaning: s.in(complaint.Words{NL: "na het telefoongesprek met de klager", EN: "after the phone call with the complainant"})}}
	}
	return nil
}

// toDo are the answers that settle one duty. Until it is known whether this is a complaint, nothing else is asked.
func (s *sheet) toDo(c CaseReminders, r complaint.Reminder) []option {
	if c.Ask.Question == complaint.AskComplaint {
		return nil
	}
	var all []option
	for _, d := range s.deeds(r.Duty, c.Case) {
		all = append(all, s.toType(d.line.In(s.lang), d.meaning.In(s.lang)))
	}
	return all
}

// reminder says what is due, and by when.
func (s *sheet) reminder(r complaint.Reminder, c complaint.Case) string {
	if unposted(r.Duty, c) {
		w := complaint.Words{NL: "print, teken en post: %s (op de post uiterlijk %s)", EN: "print, sign and post: %s (in the post by %s)"}
		if r.Stage == complaint.DueDay || r.Stage == complaint.Overdue {
			w = complaint.Words{NL: "te laat op de post, post vandaag nog: %s (moest uiterlijk %s)", EN: "late for the post, still post today: %s (was due in the post by %s)"}
		}
		return s.in(w, s.dutyName(r.Duty, c), r.Duty.SendBy.Full(s.lang))
	}
	w := complaint.Words{NL: "binnenkort: %s (uiterlijk %s)", EN: "soon: %s (due %s)"}
	switch r.Stage {
	case complaint.LastDay:
		w = complaint.Words{NL: "vandaag is de laatste werkdag voor: %s (uiterlijk %s)", EN: "today is the last working day for: %s (due %s)"}
	case complaint.DueDay:
		w = complaint.Words{NL: "vandaag moet het: %s (uiterlijk %s)", EN: "due today: %s (%s)"}
	case complaint.Overdue:
		w = complaint.Words{NL: "te laat: %s (moest uiterlijk %s)", EN: "late: %s (was due %s)"}
	}
	return s.in(w, s.dutyName(r.Duty, c), r.Duty.Due.Full(s.lang))
}
