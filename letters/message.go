package letters

import (
	"fmt"
	"strings"
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

// Substitute writes it. Where the envelope asks what is taken over, it is numbered.
func (s *Set) Substitute(e Envelope, c Cover) (Letter, error) {
	sh := s.sheet(e)
	var items, short []string
	for _, l := range c.Cases {
		w := complaint.Words{NL: "zaak %s: uiterlijk %s", EN: "case %s: by %s"}
		if l.Late {
			w = complaint.Words{NL: "zaak %s: te laat sinds %s", EN: "case %s: late since %s"}
		}
		items = append(items, sh.in(w, string(l.Case), l.By.Full(sh.lang)))
		short = append(short, sh.in(complaint.Words{NL: "zaak %s", EN: "case %s"}, string(l.Case)))
	}
	if c.Possible > 0 {
		items = append(items, sh.waiting(c))
		short = append(short, sh.in(complaint.Words{NL: "wat misschien een klacht is", EN: "what may be a complaint"}))
	}
	if e.Ask.Question == complaint.AskTakeOver {
		sh.takeOver(short)
	} else {
		sh.lead(complaint.Words{NL: "Neem contact op met de behandelaar: dit wacht.", EN: "Get in touch with the handler: this waits."})
	}
	var lines []line
	for i, text := range items {
		if e.Ask.Question == complaint.AskTakeOver && len(items) > 1 {
			text = sh.in(complaint.Words{NL: "nummer %d, %s", EN: "number %d, %s"}, i+1, piece(text))
		}
		lines = append(lines, words(text))
	}
	sh.add(bullets, lines...)
	sh.whyTold()
	w := complaint.Words{NL: "Wachtende klachten, " + c.Today.Long("nl"), EN: "Complaints that wait, " + c.Today.Long("en")}
	return sh.letter("substitute", "", w), nil
}

// whyTold says why somebody hears of cases that another handles.
func (s *sheet) whyTold() {
	switch {
	case s.env.Ask.Question != complaint.AskTakeOver:
		s.para(complaint.Words{NL: "U krijgt deze e-mail omdat dit adres is opgegeven voor waarschuwingen.", EN: "You get this email because this address was given for alarms."})
	case s.env.To.Substitute:
		s.para(complaint.Words{NL: "U krijgt deze e-mail omdat u vervanger bent. Waar de zaken over gaan, leest u pas als u ze overneemt.",
			EN: "You get this email because you are the substitute. What the cases are about, you read once you take them over."})
	default:
		s.para(complaint.Words{NL: "U krijgt deze e-mail omdat u ook klachten behandelt. Waar de zaken over gaan, leest u pas als u ze overneemt.",
			EN: "You get this email because you handle complaints too. What the cases are about, you read once you take them over."})
	}
}

// takeOver asks what the substitute takes over.
func (s *sheet) takeOver(items []string) {
	if len(items) == 1 {
		s.lead(complaint.Words{NL: "Neemt u dit over? Antwoord met ja of nee.", EN: "Do you take this over? Answer with yes or no."})
		s.options(s.env.Ask,
			option{answer: yes.In(s.lang), meaning: s.in(complaint.Words{NL: "u behandelt %s, en krijgt te lezen waar het over gaat", EN: "you handle %s, and get to read what it is about"}, items[0])},
			option{answer: no.In(s.lang), meaning: s.in(complaint.Words{NL: "het blijft bij de behandelaar", EN: "it stays with its handler"})})
		return
	}
	s.lead(complaint.Words{NL: "Wat neemt u over?", EN: "What do you take over?"})
	s.instruct()
	var all []option
	if len(items) < maxOptions {
		for i, item := range items {
			all = append(all, option{answer: fmt.Sprint(i + 1), meaning: s.in(complaint.Words{NL: "u behandelt %s", EN: "you handle %s"}, item)})
		}
	}
	s.options(s.env.Ask, append(all, option{answer: s.in(complaint.Words{NL: "geen", EN: "none"}), meaning: s.in(complaint.Words{NL: "u neemt niets over", EN: "you take over nothing"})})...)
}

// waiting says how many possible complaints nobody answered, and by when.
func (s *sheet) waiting(c Cover) string {
	w := complaint.Words{NL: "%d berichten die misschien een klacht zijn", EN: "%d messages that may be complaints"}
	if c.Possible == 1 {
		w = complaint.Words{NL: "%d bericht dat misschien een klacht is", EN: "%d message that may be a complaint"}
	}
	text := s.in(w, c.Possible)
	if !c.PossibleBy.IsZero() {
		text += s.in(complaint.Words{NL: "; zonder antwoord wordt het eerste op %s een zaak", EN: "; without an answer the first becomes a case on %s"}, c.PossibleBy.Full(s.lang))
	}
	return text
}

// Message shows a mail that was filed in a case: the complainant wrote again, or somebody else did. The question that is
// open in the case stays open, and is asked again.
type Message struct {
	Case   complaint.Case
	Mail   complaint.Incoming
	Plan   []complaint.Departure
	Drafts []Letter // AskRelease: what the question is about
	Danger bool     // it has signs of danger: it is told as such, and the letters of the case wait
	Today  calendar.Date
	Now    time.Time
}

// Message writes it.
func (s *Set) Message(e Envelope, m Message) (Letter, error) {
	sh := s.sheet(e)
	meant := complaint.MeantBy(m.Case, m.Mail)
	if m.Danger {
		sh.danger()
	}
	asksAtOnce := e.Ask.Question == complaint.AskWrote
	switch {
	case asksAtOnce:
		sh.ask(m.Case, m.Drafts)
	case !m.Danger:
		sh.lead(m.lead(meant))
	default:
		sh.para(complaint.Words{NL: "De brieven van deze zaak wachten tot u het zegt.", EN: "The letters of this case wait until you say so."})
		sh.options(e.Ask, option{answer: sh.in(complaint.Words{NL: "#verder", EN: "#resume"}), meaning: sh.in(complaint.Words{NL: "de brieven van deze zaak mogen weer weg", EN: "the letters of this case may leave again"})})
	}
	sh.wrote(m)
	sh.flags(complaint.Flags(m.Mail.Subject, m.Mail.Text), m.Case, calendar.On(m.Mail.Arrived, s.office.zone()), m.Mail.Arrived)
	sh.meant(meant)
	if e.Ask.Question != complaint.NoQuestion && !asksAtOnce {
		sh.head(complaint.Words{NL: "De vraag die nog openstaat", EN: "The question that is still open"})
		sh.ask(m.Case, m.Drafts)
	}
	sh.owed(m.Case, complaint.Duties(m.Case, m.Today))
	sh.drafts(m.Drafts, m.Plan)
	subject := complaint.Words{NL: "Nieuw bericht in een zaak", EN: "New message in a case"}
	if m.Danger {
		subject = dangerSubject
	}
	return sh.letter("message", m.Case.Opening.Number, subject), nil
}

// lead is the one thing to do about a message.
func (m Message) lead(meant []complaint.Meant) complaint.Words {
	score, scored := complaint.Satisfaction(m.Case, m.Mail)
	switch {
	case scored:
		return complaint.Words{NL: fmt.Sprintf("U hoeft niets te doen. De klager geeft de behandeling een %d (van 1 tot 5).", score),
			EN: fmt.Sprintf("There is nothing to do. The complainant gives the handling a %d (from 1 to 5).", score)}
	case complaint.StatusOn(m.Case, m.Today).Ended():
		return complaint.Words{NL: "Lees dit bericht. De zaak is al afgesloten.", EN: "Read this message. The case has ended."}
	case len(meant) > 0:
		return complaint.Words{NL: "Lees dit bericht en zeg wat het betekent. Er is nog niets veranderd aan de zaak.", EN: "Read this message and say what it means. Nothing changed in the case yet."}
	}
	return complaint.Words{NL: "Lees dit bericht. Er is niets veranderd aan de zaak.", EN: "Read this message. Nothing changed in the case."}
}

// wrote shows the message itself.
func (s *sheet) wrote(m Message) {
	s.head(complaint.Words{NL: "Wat er is gebeurd", EN: "What happened"})
	s.para(m.from())
	s.label(complaint.Words{NL: "Van", EN: "From"}, partyName(complaint.Party{Name: m.Mail.From.Name, Mail: m.Mail.From.Mail}))
	s.label(complaint.Words{NL: "Ontvangen", EN: "Received"}, s.when(m.Mail.Arrived))
	s.excerpt(m.Mail.Subject, complaint.NewTextOrAll(m.Mail.Text))
	s.attachments(m.Mail.Attachments)
}

// from says who wrote, as far as the case knows.
func (m Message) from() complaint.Words {
	for _, k := range m.Case.Complainants {
		if k.Mail != "" && complaint.SameMail(m.Mail.From.Mail, k.Mail) {
			return complaint.Words{NL: "De klager schreef opnieuw.", EN: "The complainant wrote again."}
		}
	}
	for _, p := range m.Case.Persons {
		if p.Mail != "" && complaint.SameMail(m.Mail.From.Mail, p.Mail) {
			return complaint.Words{NL: "Een betrokkene schreef.", EN: "A person concerned wrote."}
		}
	}
	return complaint.Words{NL: "Er kwam een bericht binnen over deze zaak.", EN: "A message about this case came in."}
}

// meant shows what the message may mean, each with the line that records it.
func (s *sheet) meant(all []complaint.Meant) {
	if len(all) == 0 {
		return
	}
	s.head(complaint.Words{NL: "Wat dit kan betekenen", EN: "What this may mean"})
	var options []option
	for _, m := range all {
		options = append(options, s.toType(m.Line.In(s.lang), m.What.In(s.lang)))
	}
	s.options(s.env.Ask, options...)
}

// toType is an answer to type. A blank in it is left to fill in.
func (s *sheet) toType(line, meaning string) option {
	line = cleanLine(line, maxLine)
	begin, _, _ := strings.Cut(line, "<")
	return option{answer: begin, button: line, meaning: cleanLine(meaning, maxLine)}
}
