package letters

import (
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Cover tells a substitute which cases wait for somebody: number and date, and nothing else.
type Cover struct {
	Today calendar.Date
	Cases []CoverLine // numbered from 1 where it asks which are taken over

	Possible   int           // possible complaints that nobody answered in time; numbered on, together, after the cases
	PossibleBy calendar.Date // the day on which the first of them becomes a case by itself
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
	sh.lead(complaint.Words{NL: "Neem contact op met de behandelaar: deze zaken wachten.", EN: "Get in touch with the handler: these cases wait."})
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
