package letters

import (
	"fmt"
	"strings"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Notice tells a handler of a new case: a certain complaint, a possible one that nobody answered, a mail that was
// dragged into the folder of complaints, or one that nobody could read.
type Notice struct {
	Case    complaint.Case
	Plan    []complaint.Departure
	Mail    complaint.Incoming
	Today   calendar.Date
	Now     time.Time
	Related []complaint.CaseID // earlier cases of the same person

	HandedOver bool     // it is no new case: it goes to another handler, who is told all that was done
	Drafts     []Letter // AskRelease: what the question is about
	Names      string   // the handler whom the complaint names, who may be the person concerned; "" for none

	Others []complaint.Address // who else the mail went to: perhaps they complain too
}

// Notice writes it: what came in, why it may be a complaint, and what happens if nobody answers.
func (s *Set) Notice(e Envelope, n Notice) (Letter, error) {
	sh := s.sheet(e)
	o := n.Case.Opening
	if o.Verdict.Danger {
		sh.danger()
	}
	if n.HandedOver {
		sh.lead(complaint.Words{NL: "Deze zaak is nu van u.", EN: "This case is yours now."})
	}
	sh.more = sh.otherAnswers(n)
	sh.ask(n.Case, n.Drafts)
	sh.arrival(n)
	sh.excerpt(o.Subject, o.Words)
	if !n.HandedOver {
		sh.label(standsOut, sh.signals(o.Verdict.Signals))
	}
	sh.warn(o)
	sh.attachments(o.Attachments)
	sh.flags(complaint.Flags(o.Subject, o.Words), n.Case, n.Case.Received, o.ReceivedAt)
	sh.names(n)
	sh.related(n.Related)
	sh.others(n.Others)
	if n.HandedOver {
		sh.list(complaint.Words{NL: "Wat er al is gedaan", EN: "What was done already"}, sh.story(n.Case))
	}
	sh.silence(leaving(n.Plan, e.Ask.Question))
	sh.owed(n.Case, complaint.Duties(n.Case, n.Today))
	sh.drafts(n.Drafts, n.Plan)
	subject := complaint.Words{NL: "Nieuwe klacht?", EN: "New complaint?"}
	switch {
	case o.Verdict.Danger:
		subject = dangerSubject
	case n.HandedOver:
		subject = complaint.Words{NL: "Deze zaak is nu van u", EN: "This case is yours now"}
	}
	return sh.letter("notice", o.Number, subject), nil
}

var dangerSubject = complaint.Words{NL: "Lees nu: bericht met mogelijk gevaar", EN: "Read now: message of possible danger"}

// danger says that somebody has to read a message at once.
func (s *sheet) danger() {
	s.lead(complaint.Words{NL: "Lees dit bericht nu zelf. Er kan gevaar zijn voor iemand. Er gaat geen brief vanzelf weg.",
		EN: "Read this message yourself now. Somebody may be in danger. No letter leaves by itself."})
}

// otherAnswers are what can be said of a new case besides yes and no.
func (s *sheet) otherAnswers(n Notice) []option {
	if n.HandedOver {
		return nil
	}
	var all []option
	if n.Names != "" && n.Names == s.env.To.Name {
		all = append(all, option{answer: s.in(complaint.Words{NL: "#betrokkene ik", EN: "#concerned me"}), meaning: s.in(complaint.Words{NL: "de klacht gaat over mij", EN: "the complaint is about me"})})
	}
	if k := len(n.Related); k > 0 {
		number := string(n.Related[k-1])
		all = append(all, option{answer: s.in(complaint.Words{NL: "#hoortbij %s", EN: "#belongs %s"}, number),
			meaning: s.in(complaint.Words{NL: "dit is geen nieuwe zaak, het hoort bij %s", EN: "this is no new case, it belongs to %s"}, number)})
	}
	return all
}

// names says that a complaint names a handler: that is a hint, and she who knows decides.
func (s *sheet) names(n Notice) {
	switch {
	case n.Names == "" || n.HandedOver:
	case n.Names == s.env.To.Name:
		s.para(complaint.Words{NL: "Uw naam staat in dit bericht. Gaat de klacht over u? Antwoord dan: #betrokkene ik", EN: "Your name is in this message. Is the complaint about you? Then answer: #concerned me"})
		if s.set.office.substituted(s.env.To.Email) {
			s.para(complaint.Words{NL: "De zaak gaat dan naar de vervanger. U beslist er niet meer over.", EN: "The case then goes to the substitute. You no longer decide it."})
		}
	default:
		s.para(complaint.Words{NL: "In dit bericht staat de naam van %s, die ook klachten behandelt.", EN: "This message names %s, who also handles complaints."}, n.Names)
	}
}

// others names those who got the same mail.
func (s *sheet) others(all []complaint.Address) {
	if len(all) == 0 {
		return
	}
	var names []string
	for _, a := range all[:min(len(all), 5)] {
		names = append(names, partyName(complaint.Party{Name: a.Name, Mail: a.Mail}))
	}
	s.para(complaint.Words{NL: "Dit bericht ging ook aan: %s.", EN: "This message also went to: %s."}, strings.Join(names, ", "))
	s.para(complaint.Words{NL: "Klaagt iemand van hen mee? Antwoord dan: #klacht medeklager: <naam, e-mailadres>", EN: "Does one of them complain too? Then answer: #complaint co-complainant: <name, mail address>"})
}

var origins = map[complaint.Origin]complaint.Words{
	complaint.OriginCertain:    {NL: "Er kwam een bericht binnen dat een klacht lijkt.", EN: "A message came in that looks like a complaint."},
	complaint.OriginHandler:    {NL: "U noemde dit bericht een klacht.", EN: "You called this message a complaint."},
	complaint.OriginUnanswered: {NL: "Wij vroegen u of dit een klacht is. U antwoordde nog niet. De termijn loopt, daarom is het nu een zaak.", EN: "We asked you whether this is a complaint. You have not answered yet. The term is running, so it is a case now."},
	complaint.OriginDragged:    {NL: "Iemand zette dit bericht in de map voor klachten.", EN: "Somebody put this message in the folder for complaints."},
	complaint.OriginEntered:    {NL: "U voerde deze klacht zelf in.", EN: "You entered this complaint yourself."},
	complaint.OriginSplit:      {NL: "Dit is een tweede onderwerp uit een andere zaak.", EN: "This is a second subject of another case."},
	complaint.OriginUnreadable: {NL: "Dit bericht konden wij niet lezen. Open het zelf in de mailbox.", EN: "We could not read this message. Please open it in the mailbox yourself."},
}

// arrival says what came in, from whom, when, and how much time is left.
func (s *sheet) arrival(n Notice) {
	s.head(complaint.Words{NL: "Wat er is gebeurd", EN: "What happened"})
	text := s.in(origins[n.Case.Opening.Origin])
	if n.HandedOver {
		text = s.in(complaint.Words{NL: "De zaak is aan u overgedragen.", EN: "The case was handed over to you."})
	} else if age := n.Today.Sub(n.Case.Received); age > 1 {
		text += " " + s.in(complaint.Words{NL: "Dat is %d dagen geleden.", EN: "That is %d days ago."}, age)
	}
	s.add(paragraph, words(text+" "+s.left(n)))
	s.label(complaint.Words{NL: "Van", EN: "From"}, partyName(n.Case.Opening.Complainant))
	s.label(complaint.Words{NL: "Ontvangen", EN: "Received"}, n.Case.Received.Full(s.lang))
}

// warn says what is odd about the mail.
func (s *sheet) warn(o complaint.Opened) {
	if o.Doubtful {
		s.para(complaint.Words{NL: "Let op: het is niet zeker dat dit bericht echt van deze afzender komt.", EN: "Please note: it is not certain that this message really comes from this sender."})
	}
	if len(o.Damage) > 0 {
		s.para(complaint.Words{NL: "Het bericht was beschadigd: %s.", EN: "The message was damaged: %s."}, strings.Join(o.Damage, ", "))
	}
}

// left says how many working days there are for the acknowledgement.
func (s *sheet) left(n Notice) string {
	for _, d := range complaint.Duties(n.Case, n.Today) {
		if d.Kind != complaint.Acknowledgement || d.State != complaint.Open {
			continue
		}
		days, h := 0, n.Case.Opening.Terms.Holidays
		for day := n.Today; day <= d.SendBy; day = day.AddDays(1) {
			if h.IsWorkday(day) {
				days++
			}
		}
		switch days {
		case 0:
			return s.in(complaint.Words{NL: "De ontvangstbevestiging kan niet meer op tijd weg.", EN: "The acknowledgement can no longer leave in time."})
		case 1:
			return s.in(complaint.Words{NL: "U hebt nog 1 werkdag voor de ontvangstbevestiging.", EN: "You have 1 working day left for the acknowledgement."})
		}
		return s.in(complaint.Words{NL: "U hebt nog %d werkdagen voor de ontvangstbevestiging.", EN: "You have %d working days left for the acknowledgement."}, days)
	}
	return ""
}

// excerpt shows the subject and the first words of a mail, without links that can be followed.
func (s *sheet) excerpt(subject, text string) {
	s.label(complaint.Words{NL: "Onderwerp", EN: "Subject"}, maskQuote(cleanLine(subject, maxLine), s.lang))
	text = cut(maskQuote(cleanLines(text, 4*maxExcerpt), s.lang), maxExcerpt)
	if text == "" {
		s.para(complaint.Words{NL: "Er staat geen tekst in.", EN: "There is no text in it."})
		return
	}
	s.quote(text)
}

func (s *sheet) attachments(all []complaint.Attachment) {
	var items []string
	for _, a := range all {
		if len(items) == 10 {
			items = append(items, s.in(complaint.Words{NL: "en nog %d", EN: "and %d more"}, len(all)-10))
			break
		}
		items = append(items, fmt.Sprintf("%s (%d kB)", cleanLine(a.Name, maxName), (a.Size+1023)/1024))
	}
	s.list(complaint.Words{NL: "Bijlagen", EN: "Attachments"}, items)
}

var standsOut = complaint.Words{NL: "Valt op", EN: "Stands out"}

// signals quotes the three strongest reasons.
func (s *sheet) signals(all []complaint.Signal) string {
	var quoted []string
	for _, g := range all {
		if g.Weight > 0 && len(quoted) < 3 {
			quoted = append(quoted, `"`+cleanLine(g.Words, maxName)+`"`)
		}
	}
	return strings.Join(quoted, ", ")
}

// related names earlier cases of the same person.
func (s *sheet) related(all []complaint.CaseID) {
	if len(all) == 0 {
		return
	}
	var numbers []string
	for _, c := range all {
		numbers = append(numbers, string(c))
	}
	s.para(complaint.Words{NL: "Van deze afzender is er al een zaak: %s. Hoort dit daarbij? Antwoord dan: #hoortbij %s", EN: "There is a case of this sender already: %s. Does this belong to it? Then answer: #belongs %s"},
		strings.Join(numbers, ", "), numbers[len(numbers)-1])
}
