package letters

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Incomplete says why a letter cannot leave: it lacks what it must say, or it would tell one party what belongs to
// another.
type Incomplete struct {
	Letter  string
	Case    complaint.CaseID
	Missing []complaint.Words // what is missing; for a leak: what leaks, and last what to type instead
	Leak    bool
}

func (e *Incomplete) Error() string {
	if e.Leak {
		return fmt.Sprintf("%s of %s is held back: %s", e.Letter, e.Case, e.list("en"))
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

// A must is something the finished letter has to say, in at least one of these wordings.
type must struct {
	what  complaint.Words
	any   []string
	times int // how often; 0 is once
}

// need is a must that stops a letter also when the facts have no wording for it.
func need[T ~string](nl, en string, any ...T) must {
	m := must{what: complaint.Words{NL: nl, EN: en}}
	for _, a := range any {
		if a != "" {
			m.any = append(m.any, string(a))
		}
	}
	return m
}

// known is a list of the must, if the facts have a wording for it, and of nothing if they do not.
func known[T ~string](nl, en string, any ...T) []must {
	if m := need(nl, en, any...); len(m.any) > 0 {
		return []must{m}
	}
	return nil
}

// common is what every letter must say (procedure.md 3.2).
func (v head) common() []must {
	return append([]must{
		need("het kenmerk van de zaak", "the case number", v.Number),
		need("de datum", "the date", v.Today),
		need("de datum van ontvangst", "the date of receipt", v.Received),
		need("de naam van de klachtbehandelaar", "the name of the handler", v.Handler),
		need("het telefoonnummer", "the phone number", v.Phone.text()),
		need("het e-mailadres", "the mail address", v.Email.text()),
		need("de naam van de organisatie", "the name of the organisation", v.Office),
	}, known("de excuses voor het late versturen", "the apology for being late", v.Apology)...)
}

// required is what each letter to the complainant must say besides, by name.
var required = map[string]func(complainantView) []must{
	complaint.LetterAcknowledgement:   requiredAcknowledgement,
	complaint.LetterNonAcceptance:     requiredNonAcceptance,
	complaint.LetterProgress:          requiredProgress,
	complaint.LetterConfirmation:      requiredConfirmation,
	complaint.LetterReportComplainant: requiredReport,
	complaint.LetterReceipt:           func(v complainantView) []must { return []must{nextDate(v)} },
}

// requiredAcknowledgement is article 2.
func requiredAcknowledgement(v complainantView) []must {
	all := []must{
		description(v),
		need("hoe de klacht wordt behandeld", "how the complaint is handled", string(v.Handling), v.word("behandelt uw klacht", "handles your complaint")),
		need("de verwachte einddatum", "the date by which it is expected to be handled", v.Expected),
		retention(v),
		article9(v),
	}
	unknown := 0
	for _, m := range []must{
		need("de datum van het voorval", "the date of the event", v.EventDate),
		need("de plaats", "the place", v.Place),
		need("de bijzonderheden", "the particulars", v.Particulars),
	} {
		if len(m.any) == 0 { // the letter says so, and asks
			unknown++
			m.any, m.times = []string{v.word("niet bekend", "not known")}, unknown
		}
		all = append(all, m)
	}
	if !v.Accepted {
		all = append(all, need("de datum waarop de klager een afwijzing uiterlijk hoort (artikel 2)",
			"the date by which the complainant hears if it is not taken up (article 2)", v.DeclineBy))
	}
	return append(all, known("waar het klachtenreglement staat", "where the regulation can be read", v.Regulation.text())...)
}

// requiredNonAcceptance is article 2; the reason is ours, since a refusal without one would be no answer.
func requiredNonAcceptance(v complainantView) []must {
	all := []must{
		description(v),
		need("de reden", "the reason", v.GroundReason),
		need("waar de klager wel terechtkan", "where the complainant can go", v.GroundReferral),
		reactBy(v.head),
		article9(v),
	}
	return append(all, known("uw toelichting", "your explanation", firstLine(v.GroundText))...)
}

// requiredProgress is article 3.
func requiredProgress(v complainantView) []must {
	return []must{lastDone(v), need("wat er nog volgt", "what follows", v.Next...), nextDate(v)}
}

// requiredConfirmation is article 5, in all its variants.
func requiredConfirmation(v complainantView) []must {
	switch {
	case v.Unfinished:
		return []must{lastDone(v), nextDate(v)}
	case v.WithReport:
		return requiredReport(v)
	}
	all := append(judgement(v), lastDone(v), reactBy(v.head))
	switch v.Outcome {
	case "accepted":
		all = append(all, need("wanneer het verslag komt", "when the report comes", v.ReportBy))
	case "declined":
		all = append(all, need("wanneer de klager hoort of er een nieuw voorstel komt", "when the complainant hears of a new offer", v.OfferBy))
	}
	return all
}

// requiredReport is article 6. Where the handler wrote the report, its contents are the handler's.
func requiredReport(v complainantView) []must {
	all := []must{
		retention(v), article9(v), reactBy(v.head),
		need("de vraag naar de tevredenheid", "the question how satisfied the complainant is", v.word("van 1", "from 1")),
	}
	if v.Written != "" {
		return append(all, need("uw eigen verslag", "your own report", firstLine(v.Written)))
	}
	all = append(append(append(all, description(v), lastDone(v)), judgement(v)...), measure(v.Measures, v.NoMeasure))
	if len(v.Heard) == 0 && !v.NoPerson {
		all = append(all, need[string]("de reactie van de betrokkene, of waarom er geen is", "the response of the person concerned, or why there is none"))
	}
	for _, h := range v.Heard {
		all = append(all, known("de reactie van de betrokkene", "the response of the person concerned", firstLine(h.Summary))...)
	}
	return all
}

// requiredConcerned is article 6, to a person concerned.
func requiredConcerned(v concernedView) []must {
	all := []must{reactBy(v.head)}
	if v.Written != "" {
		return append(all, need("uw eigen verslag", "your own report", firstLine(v.Written)))
	}
	all = append(all, finding(v.head), reason(v.head), measure(v.Measures, v.NoMeasure))
	all = append(all, known("de gedraging waarover de klacht ging", "the conduct complained of", v.Over)...)
	return append(all, known("de eigen reactie", "the reader's own response", firstLine(v.Response))...)
}

// judgement is articles 4 and 5: the finding with its reason, and the offer or why there is none.
func judgement(v complainantView) []must {
	var offers []value
	for _, o := range v.Offers {
		offers = append(offers, firstLine(o.Text))
	}
	return []must{finding(v.head), reason(v.head),
		need("het aanbod, of waarom er geen is", "the offer, or why there is none", append(offers, firstLine(v.NoOffer))...)}
}

var findings = map[complaint.Finding]complaint.Words{
	complaint.Upheld:       {NL: "gegrond", EN: "upheld"},
	complaint.PartlyUpheld: {NL: "deels gegrond", EN: "partly upheld"},
	complaint.NotUpheld:    {NL: "ongegrond", EN: "not upheld"},
	complaint.NoFinding:    {NL: "geen oordeel", EN: "no finding"},
}

func finding(v head) must {
	return need("het oordeel", "the finding", findings[complaint.Finding(v.Finding)].In(string(v.Lang)))
}

func reason(v head) must {
	return need("de reden van het oordeel", "the reason for the finding", firstLine(v.Reason))
}

func measure(taken []value, none value) must {
	return need("de maatregel tegen herhaling, of waarom er geen is", "the measure against repetition, or why there is none", append(taken, none)...)
}

// description is what of the short description the facts have: the handler's, else the complainant's own words.
func description(v complainantView) must {
	said := v.Received
	for _, has := range []value{v.Topic, firstLine(v.Words), v.About} {
		if has != "" {
			said = has
		}
	}
	return need("de korte omschrijving van de klacht", "the short description of the complaint", said)
}

func retention(v complainantView) must {
	return need("hoe lang de gegevens worden bewaard", "how long the data are kept", v.Retention)
}

func article9(v complainantView) must {
	return need("dat de klager naar de opdrachtgever kan (artikel 9)", "that the complainant can go to the commissioner (article 9)", v.Commissioner)
}

func lastDone(v complainantView) must {
	var last value
	if n := len(v.Done); n > 0 {
		last = v.Done[n-1].What
	}
	return need("wat er is gedaan", "what was done", last)
}

func nextDate(v complainantView) must { return need("de volgende datum", "the next date", v.Promised) }

func reactBy(v head) must {
	return need("tot wanneer de lezer kan reageren", "by when the reader can react", v.ReactBy)
}

// word is a word of the template, in the language of the letter.
func (v head) word(nl, en string) string { return complaint.Words{NL: nl, EN: en}.In(string(v.Lang)) }

// firstLine is the first line that says something.
func firstLine(v value) value {
	for line := range strings.Lines(string(v)) {
		if said := telling(line); said != "" {
			return said
		}
	}
	return ""
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
	for _, a := range m.any {
		if countWhole(said, alike(a)) >= max(m.times, 1) {
			return true
		}
	}
	return false
}

// countWhole counts where a text stands in another as whole words: "Tiel" does not stand in "Tielman".
func countWhole(said, a string) int {
	n, wordly := 0, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for a != "" {
		i := strings.Index(said, a)
		if i < 0 {
			break
		}
		before, _ := utf8.DecodeLastRuneInString(said[:i])
		after, _ := utf8.DecodeRuneInString(said[i+len(a):])
		first, _ := utf8.DecodeRuneInString(a)
		last, _ := utf8.DecodeLastRuneInString(a)
		if !(wordly(before) && wordly(first)) && !(wordly(after) && wordly(last)) {
			n++
		}
		said = said[i+len(a):]
	}
	return n
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

// alike is text without letter case, line ends and closing full stops. Upper case first: a sentence may have been given
// its capital, which is not undone by lower case in every alphabet.
func alike(s string) string {
	return strings.TrimRight(oneLine(strings.ToLower(strings.ToUpper(s))), ".;:, ")
}
