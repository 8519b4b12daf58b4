package letters

import (
	"fmt"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Incomplete says why a letter cannot leave: it lacks what it must say, or it would tell one party what belongs to
// another.
type Incomplete struct {
	Letter  string
	Case    complaint.CaseID
	Missing []complaint.Words // what is missing; for a leak: what leaks, and what to write instead
	Leak    bool
}

func (e *Incomplete) Error() string {
	if e.Leak {
		return fmt.Sprintf("%s of %s is held back: %s; write it with %s", e.Letter, e.Case, e.list("en"), rewrite.NL)
	}
	return fmt.Sprintf("%s of %s is not complete: it lacks %s", e.Letter, e.Case, e.list("en"))
}

func (e *Incomplete) list(lang string) string {
	var all []string
	for _, w := range e.Missing {
		all = append(all, w.In(lang))
	}
	return strings.Join(all, "; ")
}

// A must is something the finished letter has to say, in at least one of these wordings. No wordings: nothing to say.
type must struct {
	what complaint.Words
	any  []string
}

// common is what every letter must say (procedure.md 3.2).
func (v head) common() []must {
	return []must{
		{complaint.Words{NL: "het kenmerk van de zaak", EN: "the case number"}, say(v.Number)},
		{complaint.Words{NL: "de datum", EN: "the date"}, []string{string(v.Today)}},
		{complaint.Words{NL: "de datum van ontvangst", EN: "the date of receipt"}, say(v.Received)},
		{complaint.Words{NL: "de naam van de klachtbehandelaar", EN: "the name of the handler"}, []string{string(v.Handler)}},
		{complaint.Words{NL: "het telefoonnummer", EN: "the phone number"}, []string{v.Phone.text()}},
		{complaint.Words{NL: "het e-mailadres", EN: "the mail address"}, []string{v.Email.text()}},
		{complaint.Words{NL: "de naam van de organisatie", EN: "the name of the organisation"}, []string{string(v.Office)}},
		{complaint.Words{NL: "de excuses voor het late versturen", EN: "the apology for being late"}, []string{string(v.Apology)}},
	}
}

// required is what each letter must say besides, by name. A letter that is not here cannot be written.
var required = map[string]func(complainantView) []must{
	complaint.LetterAcknowledgement: func(v complainantView) []must {
		return []must{
			description(v),
			{complaint.Words{NL: "de datum van het voorval", EN: "the date of the event"}, known(v, v.EventDate)},
			{complaint.Words{NL: "de plaats", EN: "the place"}, known(v, v.Place)},
			{complaint.Words{NL: "de bijzonderheden", EN: "the particulars"}, known(v, v.Particulars)},
			{complaint.Words{NL: "hoe de klacht wordt behandeld", EN: "how the complaint is handled"}, v.in(handling, v.Handling)},
			{complaint.Words{NL: "de verwachte einddatum", EN: "the date by which it is expected to be handled"}, say(v.Expected)},
			declineBy(v),
			{complaint.Words{NL: "hoe lang de gegevens worden bewaard", EN: "how long the data are kept"}, []string{string(v.Retention)}},
			article9(v),
			regulation(v),
		}
	},
	complaint.LetterNonAcceptance: func(v complainantView) []must {
		return []must{
			{complaint.Words{NL: "de reden", EN: "the reason"}, say(v.GroundReason, v.GroundText)},
			{complaint.Words{NL: "waar de klager wel terechtkan", EN: "where the complainant can go"}, say(v.GroundReferral)},
			{complaint.Words{NL: "tot wanneer de klager kan reageren", EN: "by when to react"}, []string{string(v.ReactBy)}},
			article9(v),
		}
	},
	complaint.LetterProgress: func(v complainantView) []must {
		return []must{
			{complaint.Words{NL: "wat er is gedaan", EN: "what was done"}, eventDates(v)},
			{complaint.Words{NL: "wat er nog volgt", EN: "what follows"}, say(v.Next...)},
			{complaint.Words{NL: "de volgende datum", EN: "the next date"}, []string{string(v.Promised)}},
		}
	},
	complaint.LetterConfirmation: func(v complainantView) []must {
		if v.Unfinished {
			return []must{
				{complaint.Words{NL: "wat er is gedaan", EN: "what was done"}, eventDates(v)},
				{complaint.Words{NL: "de volgende datum", EN: "the next date"}, []string{string(v.Promised)}},
			}
		}
		all := append(judgement(v), must{complaint.Words{NL: "tot wanneer de klager kan reageren", EN: "by when to react"}, []string{string(v.ReactBy)}})
		if v.WithReport {
			return append(all, report(v)...)
		}
		all = append(all, must{complaint.Words{NL: "wat er is gedaan", EN: "what was done"}, eventDates(v)})
		switch v.Outcome {
		case "accepted":
			all = append(all, must{complaint.Words{NL: "wanneer het verslag komt", EN: "when the report comes"}, say(v.ReportBy)})
		case "declined":
			all = append(all, must{complaint.Words{NL: "wanneer de klager hoort of er een nieuw voorstel komt", EN: "when the complainant hears of a new offer"}, say(v.OfferBy)})
		}
		return all
	},
	complaint.LetterReportComplainant: report,
	complaint.LetterReceipt: func(v complainantView) []must {
		return []must{{complaint.Words{NL: "de volgende datum", EN: "the next date"}, []string{string(v.Promised)}}}
	},
}

// judgement is the finding with its reason, and the offer or why there is none.
func judgement(v complainantView) []must {
	all := []must{
		{complaint.Words{NL: "het oordeel", EN: "the finding"}, v.in(findings[complaint.Finding(v.Finding)])},
		{complaint.Words{NL: "de reden van het oordeel", EN: "the reason for the finding"}, say(v.Reason)},
	}
	if v.Written != "" && v.WithReport {
		return nil // the handler's own words say it
	}
	offer := must{what: complaint.Words{NL: "het aanbod, of waarom er geen is", EN: "the offer, or why there is none"}}
	for _, o := range v.Offers {
		offer.any = append(offer.any, string(o.Text))
	}
	if len(v.Offers) == 0 {
		offer.any = say(v.NoOffer)
	}
	return append(all, offer)
}

// report is what the report to the complainant must say (article 6).
func report(v complainantView) []must {
	all := []must{
		{complaint.Words{NL: "hoe lang de gegevens worden bewaard", EN: "how long the data are kept"}, []string{string(v.Retention)}},
		{complaint.Words{NL: "tot wanneer de klager kan reageren", EN: "by when to react"}, []string{string(v.ReactBy)}},
		{complaint.Words{NL: "de vraag naar de tevredenheid", EN: "the question how satisfied the complainant is"},
			v.in(complaint.Words{NL: "van 1", EN: "from 1"})},
		article9(v),
	}
	if v.Written != "" {
		return append(all, must{complaint.Words{NL: "uw eigen verslag", EN: "your own report"}, say(value(firstLine(string(v.Written))))})
	}
	all = append(append(all, description(v)), judgement(v)...)
	all = append(all, must{complaint.Words{NL: "de maatregel tegen herhaling, of waarom er geen is", EN: "the measure against repetition, or why there is none"},
		say(append(v.Measures, v.NoMeasure)...)})
	for _, h := range v.Heard {
		all = append(all, must{complaint.Words{NL: "de reactie van de betrokkene", EN: "the response of the person concerned"}, say(h.Summary)})
	}
	return all
}

// requiredConcerned is what the report to a person concerned must say (article 6).
func requiredConcerned(v concernedView) []must {
	all := []must{{complaint.Words{NL: "tot wanneer de lezer kan reageren", EN: "by when to react"}, []string{string(v.ReactBy)}}}
	if v.Written != "" {
		return append(all, must{complaint.Words{NL: "uw eigen verslag", EN: "your own report"}, say(value(firstLine(string(v.Written))))})
	}
	return append(all,
		must{complaint.Words{NL: "het oordeel", EN: "the finding"}, []string{findings[complaint.Finding(v.Finding)].In(string(v.Lang))}},
		must{complaint.Words{NL: "de reden van het oordeel", EN: "the reason for the finding"}, say(v.Reason)},
		must{complaint.Words{NL: "de gedraging waarover de klacht ging", EN: "the conduct complained of"}, say(v.Over)},
		must{complaint.Words{NL: "de eigen reactie", EN: "the reader's own response"}, say(v.Response)},
		must{complaint.Words{NL: "de maatregel tegen herhaling, of waarom er geen is", EN: "the measure against repetition, or why there is none"},
			say(append(v.Measures, v.NoMeasure)...)},
	)
}

var (
	handling = complaint.Words{NL: "behandelt uw klacht", EN: "handles your complaint"}
	unknown  = complaint.Words{NL: "niet bekend", EN: "not known"}
	findings = map[complaint.Finding]complaint.Words{
		complaint.Upheld:       {NL: "gegrond", EN: "upheld"},
		complaint.PartlyUpheld: {NL: "deels gegrond", EN: "partly upheld"},
		complaint.NotUpheld:    {NL: "ongegrond", EN: "not upheld"},
		complaint.NoFinding:    {NL: "geen oordeel", EN: "no finding"},
	}
)

func description(v complainantView) must {
	return must{complaint.Words{NL: "de korte omschrijving van de klacht", EN: "the short description of the complaint"},
		say(v.About, value(firstLine(string(v.Words))), v.Topic, v.Received)}
}

// declineBy is the date of the notice of non-acceptance: dropped once the complaint was taken up.
func declineBy(v complainantView) must {
	m := must{what: complaint.Words{NL: "de datum waarop de klager een afwijzing uiterlijk hoort (artikel 2)",
		EN: "the date by which the complainant hears if it is not taken up (article 2)"}}
	if !v.Accepted {
		m.any = say(v.DeclineBy)
	}
	return m
}

func article9(v complainantView) must {
	return must{complaint.Words{NL: "dat de klager naar de opdrachtgever kan (artikel 9)", EN: "that the complainant can go to the commissioner (article 9)"}, []string{string(v.Commissioner)}}
}

func regulation(v complainantView) must {
	return must{complaint.Words{NL: "waar het klachtenreglement staat", EN: "where the regulation can be read"}, []string{v.Regulation.text()}}
}

func eventDates(v complainantView) []string {
	if len(v.Done) == 0 {
		return nil
	}
	return say(v.Done[len(v.Done)-1].What)
}

func known(v complainantView, field value) []string {
	if field != "" {
		return say(field)
	}
	return v.in(unknown)
}

// in gives words in the language of the letter, beside a value that may stand in for them.
func (v complainantView) in(w complaint.Words, or ...value) []string {
	return append(say(or...), w.In(string(v.Lang)))
}

func say(values ...value) []string {
	var all []string
	for _, v := range values {
		if v != "" {
			all = append(all, string(v))
		}
	}
	return all
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// view makes what the template of a letter may print, and what the letter must say.
func (s *Set) view(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) (any, []must) {
	if dep.Letter == complaint.LetterReportConcerned {
		v := s.concerned(dep, c, today, lang)
		return v, append(v.common(), requiredConcerned(v)...)
	}
	v := s.complainant(dep, c, today, lang)
	return v, append(v.common(), required[dep.Letter](v)...)
}

// lacks lists what a letter has to say and does not.
func lacks(l Letter, musts []must) []complaint.Words {
	said := l.said()
	var missing []complaint.Words
	for _, m := range musts {
		if !m.in(said) {
			missing = append(missing, m.what)
		}
	}
	return missing
}

func (m must) in(said string) bool {
	asked := false
	for _, a := range m.any {
		if a = alike(a); a != "" {
			asked = true
			if strings.Contains(said, a) {
				return true
			}
		}
	}
	return !asked
}

// said is all that a letter says, on one line, as alike makes it.
func (l Letter) said() string {
	var b strings.Builder
	b.WriteString(l.Subject)
	for _, bl := range l.blocks {
		for i, line := range bl.lines {
			b.WriteString(" " + bl.name(i) + " " + line.String())
		}
	}
	return alike(b.String())
}

// alike is text without letter case, line ends and closing full stops.
func alike(s string) string {
	return strings.TrimRight(oneLine(strings.ToLower(s)), ".;:, ")
}
