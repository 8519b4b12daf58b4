package letters

import (
	"strings"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// flagWords are the advice on each flag, and the line to type when it was followed.
var flagWords = map[complaint.Flag]struct{ about, advice, line complaint.Words }{
	complaint.FlagSafety: {
		complaint.Words{NL: "Misbruik, geweld of fraude", EN: "Abuse, violence or fraud"},
		complaint.Words{NL: "Volg de Meldcode, of vraag vandaag de vertrouwenspersoon om advies. De klacht loopt gewoon door.",
			EN: "Follow the reporting code (Meldcode), or ask the confidential adviser today. The complaint goes on as usual."},
		complaint.Words{NL: "#notitie Meldcode: <wat u deed>", EN: "#note reporting code: <what you did>"},
	},
	complaint.FlagBreach: {
		complaint.Words{NL: "Mogelijk een datalek", EN: "Possibly a data breach"},
		complaint.Words{NL: "Zoek vandaag uit wat er is gebeurd. Moet u het melden bij de Autoriteit Persoonsgegevens? Dat kan tot %s (72 uur).",
			EN: "Find out today what happened. Do you have to report it to the data protection authority? You have until %s (72 hours)."},
		complaint.Words{NL: "#notitie datalek: <gemeld of niet, en waarom>", EN: "#note data breach: <reported or not, and why>"},
	},
	complaint.FlagPrivacy: {
		complaint.Words{NL: "Verzoek om gegevens (AVG)", EN: "Request about personal data (GDPR)"},
		complaint.Words{NL: "Antwoord daar apart op, uiterlijk %s: een maand na ontvangst.", EN: "Answer it separately, by %s: a month after receipt."},
		complaint.Words{NL: "#notitie AVG-verzoek beantwoord op <datum>", EN: "#note privacy request answered on <date>"},
	},
	complaint.FlagObjection: {
		complaint.Words{NL: "Bezwaar of beroep", EN: "Objection or appeal"},
		complaint.Words{NL: "Gaat het om een besluit van een overheid, zoals gemeente of UWV? Wijs de klager vandaag de weg daarheen. Daar loopt een termijn van meestal zes weken.",
			EN: "Is it about a decision of a public authority? Point the complainant there today. A term runs there, usually of six weeks."},
		complaint.Words{NL: "#notitie verwezen naar <organisatie>", EN: "#note referred to <organisation>"},
	},
	complaint.FlagClaim: {
		complaint.Words{NL: "Schadeclaim", EN: "Claim for damages"},
		complaint.Words{NL: "Meld dit bij uw verzekeraar. Erken geen aansprakelijkheid.", EN: "Report this to your insurer. Do not accept liability."},
		complaint.Words{NL: "#bewaar schadeclaim", EN: "#keep claim for damages"},
	},
}

// flags gives the advice on what a message asks besides, each with its date and the line to type.
func (s *sheet) flags(all []complaint.Flagged, c complaint.Case, received calendar.Date, arrived time.Time) {
	var lines []line
	for _, f := range all {
		w := flagWords[f.Flag]
		about := s.in(w.about)
		if !f.Clear {
			about = s.in(complaint.Words{NL: "Misschien: %s", EN: "Perhaps: %s"}, lowerFirst(about))
		}
		advice := s.in(w.advice)
		done := s.in(w.line)
		switch f.Flag {
		case complaint.FlagPrivacy:
			due := complaint.PrivacyDue(received, c.Opening.Terms.Holidays)
			advice = s.in(w.advice, due.Full(s.lang))
			if n := privacyTask(c, due); n > 0 {
				done = s.in(complaint.Words{NL: "#nagekomen %d", EN: "#done %d"}, n)
			}
		case complaint.FlagBreach:
			advice = s.in(w.advice, s.when(complaint.BreachDue(arrived)))
		}
		lines = append(lines, line{
			{text: s.in(complaint.Words{NL: `%s ("%s"). %s Gedaan? Antwoord: %s`, EN: `%s ("%s"). %s Done? Answer: %s`}, about, maskQuote(cleanLine(f.Words, maxName), s.lang), advice, done)},
		})
	}
	if len(lines) > 0 {
		s.head(complaint.Words{NL: "Let ook hierop", EN: "Mind this too"})
		s.add(bullets, lines...)
	}
}

// privacyTask is the number of the task that watches the date of a privacy request, 0 when there is none.
func privacyTask(c complaint.Case, due calendar.Date) int {
	for i, k := range c.Commitments {
		if k.Internal && k.By == due && (k.Text == complaint.PrivacyTask.NL || k.Text == complaint.PrivacyTask.EN) {
			return i + 1
		}
	}
	return 0
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
