package complaint

import (
	"strconv"
	"strings"
)

// formRow is one line of the form after the phone call. The form is printed and read from the same rows.
type formRow struct {
	key    string
	label  Words
	words  string // more names, separated by commas, as plain writes them
	extent extent // how far its value runs
	each   each   // of whom there is one
	known  func(c *Case, lang string, n int) string
}

// each says whether there is a line for each of several.
type each int

const (
	onlyOne         each = iota
	eachPerson           // concerned
	eachComplainant      // that has not withdrawn
)

// extent says how far the value behind a label runs.
type extent int

const (
	untilNext    extent = iota // until the next label or tag
	oneParagraph               // until a blank line
	oneRow                     // one line
)

const (
	formPerson   = "person"
	formMail     = "mail"
	formResponse = "response"
	formFinding  = "finding"
	formReason   = "reason"
	formOffer    = "offer"
	formReaction = "reaction"
	formMeasure  = "measure"
	formDay      = "day"
)

// formRows stand in the order of the articles; the day of the call comes last, so that what a mail program adds below
// does not become part of a text.
var formRows = [...]formRow{
	{key: formPerson, label: Words{"Betrokkene", "Person concerned"}, each: eachPerson, known: knownPerson,
		words: "naam betrokkene,betrokken persoon,betrokken medewerker,concerned,name of person concerned"},
	{key: formMail, label: Words{"E-mail betrokkene", "E-mail of person concerned"}, extent: oneRow, each: eachPerson, known: knownMail,
		words: "email,mail,emailadres,mailadres,mail betrokkene,emailadres betrokkene,mailadres betrokkene,adres betrokkene,email person concerned,email address of person concerned"},
	{key: formResponse, label: Words{"Reactie betrokkene", "Response of person concerned"}, each: eachPerson, known: knownResponse,
		words: "reactie van betrokkene,reactie van de betrokkene,zijn reactie,haar reactie,zijn of haar reactie,reactie medewerker,response,response person concerned,his or her response,their response"},
	{key: formFinding, label: Words{"Oordeel", "Finding"}, extent: oneParagraph, known: knownFinding,
		words: "ons oordeel,uw oordeel,oordeel over de klacht,judgement,judgment"},
	{key: formReason, label: Words{"Waarom", "Why"}, known: knownReason,
		words: "motivering,reden oordeel,reden van het oordeel,waarom dit oordeel,reason for the finding"},
	{key: formOffer, label: Words{"Aanbod", "Offer"}, known: knownOffer,
		words: "ons aanbod,uw aanbod,our offer,your offer"},
	{key: formReaction, label: Words{"Reactie klager (1-5)", "Reaction of complainant (1-5)"}, each: eachComplainant, known: knownReaction,
		words: "reactie van klager,reactie van de klager,reactie klager,tevredenheid,tevredenheid klager,tevredenheid van de klager,reaction,reaction complainant,reaction of the complainant,satisfaction"},
	{key: formMeasure, label: Words{"Maatregel", "Measure"}, known: knownMeasure,
		words: "maatregelen,maatregel tegen herhaling,maatregelen tegen herhaling,measures,measure against repetition"},
	{key: formDay, label: Words{"Datum gesprek", "Date of call"}, extent: oneRow, known: knownDay,
		words: "datum,datum van het gesprek,gebeld,gebeld op,datum telefoongesprek,date,called,called on,date of the call"},
}

// Form is the form after the phone call, "Label: value" on each line, prefilled with what is on file.
func Form(c Case, lang string) string { return strings.Join(formOf(&c, lang), "\n") + "\n" }

func (r *reader) formLines() []string { return formOf(&r.c, r.lang) }

func formOf(c *Case, lang string) (lines []string) {
	for _, l := range formLayout(c) {
		lines = append(lines, strings.TrimSpace(l.label(c, lang)+": "+oneLine(l.row.known(c, lang, max(l.n-1, 0)))))
	}
	return lines
}

// formLine is a line of the form of one case.
type formLine struct {
	row *formRow
	n   int // of the person or the complainant; 0 when there is but one
}

// formLayout lists the lines of the form of a case: those about persons once for each of them, the reaction once for each
// complainant.
func formLayout(c *Case) (all []formLine) {
	persons := 0
	for persons < len(formRows) && formRows[persons].each == eachPerson {
		persons++
	}
	for i := range max(1, len(c.Persons)) {
		for j := range formRows[:persons] {
			l := formLine{row: &formRows[j]}
			if len(c.Persons) > 1 {
				l.n = i + 1
			}
			all = append(all, l)
		}
	}
	for j := range formRows[persons:] {
		row := &formRows[persons+j]
		if row.each != eachComplainant || len(c.Complainants) <= 1 {
			all = append(all, formLine{row: row})
			continue
		}
		for i, k := range c.Complainants {
			if k.Withdrawn == nil {
				all = append(all, formLine{row, i + 1})
			}
		}
	}
	return all
}

// label is what the line begins with. Of several complainants it has the number and the name.
func (l formLine) label(c *Case, lang string) string {
	label := l.row.label.In(lang)
	if l.n == 0 {
		return label
	}
	number := strconv.Itoa(l.n)
	if l.row.each == eachPerson {
		return label + " " + number
	}
	bare, scale, _ := strings.Cut(label, " (")
	name, _, _ := strings.Cut(c.Complainants[l.n-1].Name, "(")
	if runes := []rune(oneLine(name)); len(runes) > longestInLabel {
		name = strings.TrimSpace(string(runes[:longestInLabel]))
	}
	if name = strings.Map(withoutColon, oneLine(name)); name == "" {
		return bare + " " + number + " (" + scale
	}
	return bare + " " + number + " (" + name + ", " + scale
}

// longestInLabel bounds a name in a label, in letters, so that the label is still known as one.
const longestInLabel = 20

func withoutColon(r rune) rune {
	if r == ':' || r == ')' {
		return -1
	}
	return r
}

// none writes that there is none, with the reason, as the form reads it.
func none(reason, lang string) string {
	word := Words{"geen", "none"}.In(lang)
	if reason == "" {
		return word
	}
	return word + ", " + reason
}

func knownPerson(c *Case, lang string, i int) string {
	switch {
	case i < len(c.Persons):
		return c.Persons[i].Name
	case c.NoPerson != nil:
		return none(c.NoPerson.Reason, lang)
	}
	return ""
}

func knownMail(c *Case, _ string, i int) string {
	if i < len(c.Persons) {
		return c.Persons[i].Mail
	}
	return ""
}

func knownResponse(c *Case, lang string, i int) string {
	said := c.Response
	if i < len(c.Persons) {
		said = c.Persons[i].Response
	}
	if said == nil {
		return ""
	}
	return spoken(said, lang)
}

// spoken is a response as the form has it.
func spoken(r *Response, lang string) string {
	if r.Summary == "" {
		return none(r.Absent, lang)
	}
	return r.Summary
}

func knownFinding(c *Case, lang string, _ int) string {
	if c.Finding == "" {
		return ""
	}
	return findingWords[c.Finding].In(lang)
}

func knownReason(c *Case, _ string, _ int) string { return c.FindingReason }

func knownOffer(c *Case, lang string, _ int) string {
	switch n := len(c.Offers); {
	case c.NoOffer != nil:
		return none(c.NoOffer.Body.(NoOffer).Reason, lang)
	case n > 0:
		return c.Offers[n-1].Text
	}
	return ""
}

func knownReaction(c *Case, lang string, n int) string {
	if n >= len(c.Complainants) {
		return ""
	}
	f := c.reactionOf(c.Complainants[n])
	if f == nil {
		return ""
	}
	b := f.Body.(Reacted)
	word := strconv.Itoa(b.Score)
	if b.Score == 0 {
		word = Words{"niet tevreden", "not satisfied"}.In(lang)
		if b.Satisfied {
			word = Words{"tevreden", "satisfied"}.In(lang)
		}
	}
	if b.Words == "" {
		return word
	}
	return word + " - " + b.Words
}

// reactionOf is a complainant's reaction to what is on the table: the last offer, or the outcome where there is none.
func (c *Case) reactionOf(k Complainant) *Fact {
	if offers := c.OffersTo(k.ID); len(offers) > 0 {
		return offers[len(offers)-1].Reaction
	}
	if n := len(k.Reactions); n > 0 {
		return &k.Reactions[n-1]
	}
	return nil
}

func knownMeasure(c *Case, lang string, _ int) string {
	var texts []string
	for _, m := range c.Measures {
		texts = append(texts, m.Text)
	}
	if len(texts) == 0 && c.NoMeasure != nil {
		return none(c.NoMeasure.Reason, lang)
	}
	return strings.Join(texts, "; ")
}

// knownDay is left open: the form is about a call that is still to come, or was just now.
func knownDay(*Case, string, int) string { return "" }

// findingWords are the findings as the form prints them; findingNames what else it reads.
var (
	findingWords = map[Finding]Words{
		Upheld: {"gegrond", "upheld"}, PartlyUpheld: {"deels gegrond", "partly upheld"},
		NotUpheld: {"ongegrond", "not upheld"}, NoFinding: {"geen oordeel", "no finding"},
	}
	findingNames = []struct {
		finding Finding
		words   string
	}{
		{Upheld, "gegrond,geheel gegrond,volledig gegrond,helemaal gegrond,upheld,founded,well founded"},
		{PartlyUpheld, "deels,deels gegrond,gedeeltelijk,gedeeltelijk gegrond,voor een deel gegrond,deels gegrond deels ongegrond,partly,partly upheld,partially,partially upheld"},
		{NotUpheld, "ongegrond,niet gegrond,not upheld,unfounded,not founded"},
		{NoFinding, "geen oordeel,no finding,no judgement"},
	}
)
