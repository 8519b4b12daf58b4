package letters

import (
	"fmt"
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
	Signals  []complaint.Signal
	Deadline calendar.Date // the day on which it becomes a case by itself; zero for none
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
		sh.due(c)
	}
	w := complaint.Words{NL: "Klachten van " + d.Today.Long("nl"), EN: "Complaints of " + d.Today.Long("en")}
	return sh.letter("daily", "", w), nil
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
	if !p.Deadline.IsZero() {
		s.para(complaint.Words{NL: "Zonder antwoord wordt dit op %s een zaak.", EN: "Without an answer this becomes a case on %s."}, p.Deadline.Full(s.lang))
	}
}

// near is one line about a near miss.
func (s *sheet) near(p Possible) string {
	from := either(p.From.Name, p.From.Mail)
	return fmt.Sprintf("%s, %s: %s", p.Received.Short(s.lang), cleanLine(from, maxName), cut(maskQuote(cleanLine(p.Subject, maxLine), s.lang), maxName))
}

// due shows what is due in a case, and the answers its question has. Their words name the case, since a plain "ja" to
// this mail answers its own question.
func (s *sheet) due(c CaseReminders) {
	number := string(c.Case.Opening.Number)
	s.head(complaint.Words{NL: "Zaak %s", EN: "Case %s"}, number)
	var lines []line
	for _, r := range c.Reminders {
		lines = append(lines, append(words(s.reminder(r)), s.computed(r.Duty, c.Case)...))
	}
	s.add(bullets, lines...)
	for _, d := range c.Plan {
		if d.Ready() {
			s.para(complaint.Words{NL: "Doet u niets, dan vertrekt %s vanzelf %s.", EN: "If you do nothing, %s leaves by itself %s."}, departureName(d), s.when(d.NotBefore))
		}
	}
	say := func(nl, en string) string { return s.in(complaint.Words{NL: nl, EN: en}, number) }
	y, n := yes.In(s.lang), no.In(s.lang)
	switch c.Ask.Question {
	case complaint.AskComplaint:
		s.options(c.Ask, option{answer: y, button: say("%s is een klacht", "%s is a complaint")}, option{answer: n, button: say("%s is geen klacht", "%s is not a complaint")})
	case complaint.AskRelease:
		s.options(c.Ask, option{answer: y, button: say("verstuur de brief van %s", "send the letter of %s"), meaning: say("de brief die u al kreeg te lezen", "the letter you were shown before")})
	case complaint.AskForm:
		s.options(c.Ask, option{answer: complaint.Form(c.Case, s.lang), button: say("formulier van %s invullen", "fill in the form of %s"),
			meaning: say("na het telefoongesprek met de klager", "after the phone call with the complainant")})
	}
}

// reminder says what is due, and by when.
func (s *sheet) reminder(r complaint.Reminder) string {
	w := complaint.Words{NL: "binnenkort: %s (uiterlijk %s)", EN: "soon: %s (due %s)"}
	switch r.Stage {
	case complaint.LastDay:
		w = complaint.Words{NL: "vandaag is de laatste werkdag voor: %s (uiterlijk %s)", EN: "today is the last working day for: %s (due %s)"}
	case complaint.DueDay:
		w = complaint.Words{NL: "vandaag moet het: %s (uiterlijk %s)", EN: "due today: %s (%s)"}
	case complaint.Overdue:
		w = complaint.Words{NL: "te laat: %s (moest uiterlijk %s)", EN: "late: %s (was due %s)"}
	}
	return s.in(w, dutyName(r.Duty.Kind), r.Duty.Due.Full(s.lang))
}

// Cover tells a substitute which cases wait for somebody: number and date, and nothing else until they are taken over.
type Cover struct {
	Today calendar.Date
	Cases []CoverLine
}

// CoverLine is one case that waits.
type CoverLine struct {
	Case complaint.CaseID
	By   calendar.Date // the nearest date by which something is owed
	Late bool
}

// Substitute writes it.
func (s *Set) Substitute(e Envelope, c Cover) (Letter, error) {
	sh := s.sheet(e)
	sh.lead(complaint.Words{NL: "Neem contact op met de behandelaar, of neem het over: deze zaken wachten.", EN: "Get in touch with the handler, or take over: these cases wait."})
	var lines []line
	for _, l := range c.Cases {
		w := complaint.Words{NL: "%s: uiterlijk %s", EN: "%s: by %s"}
		if l.Late {
			w = complaint.Words{NL: "%s: te laat sinds %s", EN: "%s: late since %s"}
		}
		lines = append(lines, words(sh.in(w, string(l.Case), l.By.Full(sh.lang))))
	}
	sh.add(bullets, lines...)
	sh.para(complaint.Words{NL: "U krijgt deze e-mail omdat u vervanger bent.", EN: "You get this email because you are the substitute."})
	w := complaint.Words{NL: "Klachten die wachten op " + c.Today.Long("nl"), EN: "Complaints that wait on " + c.Today.Long("en")}
	return sh.letter("substitute", "", w), nil
}

// Message shows a mail that was filed in a case: the complainant wrote again, or somebody else did. The question that is
// open in the case stays open, and is asked again.
type Message struct {
	Case   complaint.Case
	Mail   complaint.Incoming
	Plan   []complaint.Departure
	Drafts []Letter // AskRelease: what the question is about
	Today  calendar.Date
	Now    time.Time
}

// Message writes it.
func (s *Set) Message(e Envelope, m Message) (Letter, error) {
	sh := s.sheet(e)
	w := complaint.Words{NL: "Lees dit bericht. Er is niets veranderd aan de zaak.", EN: "Read this message. Nothing changed in the case."}
	if complaint.StatusOn(m.Case, m.Today).Ended() {
		w = complaint.Words{NL: "Lees dit bericht. De zaak is al afgesloten.", EN: "Read this message. The case has ended."}
	}
	sh.lead(w)
	sh.head(complaint.Words{NL: "Wat er is gebeurd", EN: "What happened"})
	w = complaint.Words{NL: "Er kwam een bericht binnen over deze zaak.", EN: "A message about this case came in."}
	if complaint.SameMail(m.Mail.From.Mail, m.Case.Opening.Complainant.Mail) {
		w = complaint.Words{NL: "De klager schreef opnieuw.", EN: "The complainant wrote again."}
	}
	sh.para(w)
	sh.label(complaint.Words{NL: "Van", EN: "From"}, partyName(complaint.Party{Name: m.Mail.From.Name, Mail: m.Mail.From.Mail}))
	sh.label(complaint.Words{NL: "Ontvangen", EN: "Received"}, sh.when(m.Mail.Arrived))
	sh.excerpt(m.Mail.Subject, complaint.NewTextOrAll(m.Mail.Text))
	sh.attachments(m.Mail.Attachments)
	if e.Ask.Question != complaint.NoQuestion {
		sh.head(complaint.Words{NL: "De vraag die nog openstaat", EN: "The question that is still open"})
		sh.ask(m.Case, m.Drafts)
	}
	sh.owed(m.Case, complaint.Duties(m.Case, m.Today))
	sh.drafts(m.Drafts, m.Plan)
	return sh.letter("message", m.Case.Opening.Number, complaint.Words{NL: "Nieuw bericht in een zaak", EN: "New message in a case"}), nil
}
