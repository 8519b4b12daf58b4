package letters

import (
	"errors"
	"time"

	"klachtd/complaint"
)

// AlarmKind is what went wrong.
type AlarmKind string

const (
	AlarmBounce     AlarmKind = "bounce"      // a letter came back
	AlarmRefused    AlarmKind = "refused"     // the mail server refused a letter for good
	AlarmForged     AlarmKind = "forged"      // a mail looked like a command of the handler and was not
	AlarmAstray     AlarmKind = "astray"      // a command stood in a mail that the office wrote to somebody else
	AlarmParked     AlarmKind = "parked"      // a mail could not be handled, twice
	AlarmIncomplete AlarmKind = "incomplete"  // a letter cannot leave: Err says why
	AlarmDoubt      AlarmKind = "doubt"       // it is not certain whether a letter arrived
	AlarmMailServer AlarmKind = "mail_server" // no mail server can be reached
)

// Alarm is told at once.
type Alarm struct {
	Kind    AlarmKind
	Case    complaint.Case // the zero case for an alarm about no single one
	Plan    []complaint.Departure
	Drafts  []Letter           // of the letters that wait for the handler's word, where the envelope asks for it
	Letter  string             // the name of the letter it is about
	To      string             // to whom that letter went
	Mail    complaint.Incoming // the mail it is about
	Detail  string             // what the other side said, or what is wrong
	Err     error              // AlarmIncomplete: of Set.Letter
	Since   time.Time          // AlarmMailServer
	Command string             // AlarmForged, AlarmAstray: the line that looked like a command
}

var alarms = map[AlarmKind]struct{ subject, do, happened complaint.Words }{
	AlarmBounce: {
		complaint.Words{NL: "Een brief kwam terug", EN: "A letter came back"},
		complaint.Words{NL: "Bel de ontvanger en vraag naar het goede adres. Is het anders? Antwoord dan met: ", EN: "Phone the recipient and ask for the right address. Is it another? Then answer with: "},
		complaint.Words{NL: "Deze brief is niet aangekomen. Wat wij beloofden, is dus nog niet gedaan.", EN: "This letter did not arrive. So what we promised is not done yet."},
	},
	AlarmRefused: {
		complaint.Words{NL: "Een brief kan niet weg", EN: "A letter cannot go"},
		complaint.Words{NL: "Kijk of het adres klopt, en bel zo nodig de ontvanger. Is het anders? Antwoord dan met: ", EN: "See whether the address is correct, and phone the recipient if needed. Is it another? Then answer with: "},
		complaint.Words{NL: "De mailserver weigert deze brief.", EN: "The mail server refuses this letter."},
	},
	AlarmForged: {
		complaint.Words{NL: "Een opdracht is niet uitgevoerd", EN: "A command was not carried out"},
		complaint.Words{NL: "Kwam dit bericht van u? Antwoord dan opnieuw, op een e-mail van klachtd.", EN: "Did this message come from you? Then answer again, to an email of klachtd."},
		complaint.Words{NL: "Een bericht leek een opdracht. Het is niet zeker dat het van u komt. Er is niets gedaan. De afzender krijgt geen antwoord.",
			EN: "A message looked like a command. It is not certain that it is yours. Nothing was done. Its sender gets no answer."},
	},
	AlarmAstray: {
		complaint.Words{NL: "Een opdracht stond in een brief aan een ander", EN: "A command stood in a letter to somebody else"},
		complaint.Words{NL: "Is dit een opdracht aan klachtd? Stuur die dan als antwoord op een e-mail van klachtd.", EN: "Is this a command to klachtd? Then send it in answer to an email of klachtd."},
		complaint.Words{NL: "In een brief die u zelf schreef, staat een regel die een opdracht lijkt. De opdracht is niet uitgevoerd. De ontvanger kan de regel wel lezen.",
			EN: "A letter that you wrote yourself holds a line that looks like a command. The command was not carried out. Its recipient can read the line."},
	},
	AlarmParked: {
		complaint.Words{NL: "Wij konden een bericht niet verwerken", EN: "A message could not be handled"},
		complaint.Words{NL: "Open dit bericht zelf in de mailbox en kijk of het een klacht is.", EN: "Open this message in the mailbox yourself and see whether it is a complaint."},
		complaint.Words{NL: "Dit bericht ligt apart. De andere berichten gaan gewoon door.", EN: "This message was set aside. Other messages go on as usual."},
	},
	AlarmIncomplete: {
		complaint.Words{NL: "Een brief kan nog niet weg", EN: "A letter cannot go yet"},
		complaint.Words{NL: "Vul aan wat hieronder staat.", EN: "Add what is listed below."},
		complaint.Words{NL: "Deze brief is nog niet klaar.", EN: "This letter is not ready yet."},
	},
	AlarmDoubt: {
		complaint.Words{NL: "Is een brief aangekomen?", EN: "Did a letter arrive?"},
		complaint.Words{NL: "Vraag de ontvanger of de brief er is.", EN: "Ask the recipient whether the letter is there."},
		complaint.Words{NL: "De verbinding viel tweemaal weg bij het versturen. Wij weten niet of de brief aankwam en sturen hem niet nog eens.",
			EN: "The connection broke twice while sending. We do not know whether the letter arrived and do not send it again."},
	},
	AlarmMailServer: {
		complaint.Words{NL: "De mailserver is niet bereikbaar", EN: "The mail server cannot be reached"},
		complaint.Words{NL: "Vraag uw beheerder om naar de mailserver te kijken.", EN: "Ask your administrator to look at the mail server."},
		complaint.Words{NL: "Wij kunnen geen berichten ophalen of versturen. Wij blijven het proberen. De termijnen lopen door.",
			EN: "We cannot fetch or send messages. We keep trying. The terms go on."},
	},
}

// Alarm writes it.
func (s *Set) Alarm(e Envelope, a Alarm) (Letter, error) {
	sh := s.sheet(e)
	w := alarms[a.Kind]
	var inc *Incomplete
	if errors.As(a.Err, &inc) && inc.Leak {
		w.do = complaint.Words{NL: "Schrijf dit verslag zelf. Antwoord met: " + rewrite.NL, EN: "Write this report yourself. Answer with: " + rewrite.EN}
	}
	if a.Kind == AlarmBounce || a.Kind == AlarmRefused {
		w.do = complaint.Words{NL: w.do.NL + correcting(a).NL, EN: w.do.EN + correcting(a).EN}
	}
	sh.lead(w.do)
	sh.head(complaint.Words{NL: "Wat er is gebeurd", EN: "What happened"})
	sh.para(w.happened)
	sh.label(complaint.Words{NL: "Brief", EN: "Letter"}, letterNames[a.Letter].In(sh.lang))
	sh.label(complaint.Words{NL: "Aan", EN: "To"}, a.To)
	sh.label(complaint.Words{NL: "Van", EN: "From"}, partyName(complaint.Party{Name: a.Mail.From.Name, Mail: a.Mail.From.Mail}))
	if !a.Mail.Arrived.IsZero() {
		sh.label(complaint.Words{NL: "Ontvangen", EN: "Received"}, sh.when(a.Mail.Arrived))
	}
	sh.label(complaint.Words{NL: "Onderwerp", EN: "Subject"}, maskQuote(cleanLine(a.Mail.Subject, maxLine), sh.lang))
	if !a.Since.IsZero() {
		sh.label(complaint.Words{NL: "Sinds", EN: "Since"}, sh.when(a.Since))
	}
	sh.label(complaint.Words{NL: "Melding", EN: "Report"}, maskQuote(cleanLine(a.Detail, maxLine), sh.lang))
	sh.quote(maskQuote(cleanLine(a.Command, maxLine), sh.lang))
	if inc != nil {
		sh.incomplete(inc)
	}
	if e.Ask.Question == complaint.AskRelease {
		sh.head(complaint.Words{NL: "Mag de brief opnieuw weg?", EN: "May the letter go again?"})
		sh.ask(a.Case, a.Drafts)
		sh.drafts(a.Drafts, a.Plan)
	}
	return sh.letter("alarm", a.Case.Opening.Number, w.subject), nil
}

// correcting is what to type when a letter went to the wrong address: it depends on who it was for.
func correcting(a Alarm) complaint.Words {
	for _, p := range a.Case.Persons {
		if p.Mail != "" && complaint.SameMail(p.Mail, a.To) {
			name := either(cleanLine(p.Name, maxName), "<naam>")
			return complaint.Words{NL: "#betrokkene " + name + ", <e-mailadres>", EN: "#concerned " + name + ", <mail address>"}
		}
	}
	for i, k := range a.Case.Complainants {
		if i > 0 && k.Mail != "" && complaint.SameMail(k.Mail, a.To) {
			name := either(cleanLine(k.Name, maxName), "<naam>")
			return complaint.Words{NL: "#klacht medeklager: " + name + ", <e-mailadres>", EN: "#complaint co-complainant: " + name + ", <mail address>"}
		}
	}
	return complaint.Words{NL: "#klacht klager: <e-mailadres>", EN: "#complaint complainant: <mail address>"}
}

// incomplete lists what a letter lacks, or would leak.
func (s *sheet) incomplete(inc *Incomplete) {
	var items []string
	for _, w := range inc.Missing {
		items = append(items, cleanLine(w.In(s.lang), maxLine))
	}
	title := complaint.Words{NL: "Wat er nog ontbreekt aan %s", EN: "What is still missing in %s"}
	if inc.Leak {
		title = complaint.Words{NL: "Waarom %s nog niet weg kan", EN: "Why %s cannot go yet"}
	}
	name := letterNames[inc.Letter]
	s.list(complaint.Words{NL: s.in(title, name), EN: s.in(title, name)}, items)
}
