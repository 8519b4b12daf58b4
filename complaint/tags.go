package complaint

import (
	"slices"
	"strings"
)

// tag is a word of the handler's language: everything that is known of it stands in one row of tags.
type tag struct {
	name     string // in Dutch; what is taught
	english  string
	others   string // more words, separated by commas
	with     string // the tag it is explained with in the help
	taught   bool   // it is in the short help
	takes    Words  // what to type after it
	help     Words
	example  Words // a line that works
	needs    bool  // it means nothing without a text
	fields   []field
	day      dayRule
	early    bool // its day may lie before the receipt
	raw      bool // its value is taken as it is
	bare     bool // it has no value: what stands behind it would be lost
	happened bool // it says what happened, and no letter leaves by it alone
	decides  bool // it judges, offers, tells or releases: not for a handler who is the person concerned
	still    ends // the ends of a case at which it may still be said

	caseless bool // it needs no case
	check    func(*reader, command) *Refusal
	do       func(*reader, command) *Refusal
}

// words are all words for the tag, as plain writes them.
func (t *tag) words() []string {
	all := []string{t.name, t.english}
	if t.others != "" {
		all = append(all, strings.Split(t.others, ",")...)
	}
	return all
}

// allFields are the fields of a tag, with those for its day.
func (t *tag) allFields() []field {
	if t.day == noDay {
		return t.fields
	}
	return append(slices.Clip(t.fields), dayField, onField)
}

// findTag is the tag of a plain word, nil when there is none.
func findTag(word string) *tag {
	for i := range tags {
		if slices.Contains(tags[i].words(), word) {
			return &tags[i]
		}
	}
	return nil
}

// in gives the tag as one types it.
func (t *tag) in(lang string) string { return "#" + Words{t.name, t.english}.In(lang) }

// dayRule says how a tag's value may begin with the day on which it happened.
type dayRule int

const (
	noDay     dayRule = iota // it has no day of its own
	dayNamed                 // only as a field: "datum: 19-11"
	dayPause                 // also in front, with a pause behind it: "19-11: zij zegt dat ..."
	dayFirst                 // and when the sentence goes on: "gisteren excuses aangeboden"
	dayAlways                // and a weekday: "maandag met mevrouw Bakker"
)

// ends are the ways in which a case can have come to its end.
type ends uint

const (
	endDismissed ends = 1 << iota // not a complaint, or resolved at first contact
	endDeclined                   // not taken up; the letter that says so has not left yet
	endTold                       // not taken up, and told
	endClosed                     // all is done
	endWithdrawn                  // every complainant has withdrawn
	endMerged                     // it is handled in another case
	noEnd        ends = 0
	anyEnd            = anyOwnEnd | endMerged
	anyOwnEnd         = endDismissed | endDeclined | endTold | endClosed | endWithdrawn
)

// Fields that several tags have.
var (
	dayField         = field{key: "day", words: "datum,gebeld,gebeld op,datum gesprek,date,called,called on,date of call"}
	onField          = field{key: "day", words: "op,on", days: true}
	whoField         = field{key: "who", words: "wie,who"}
	severityField    = field{key: "severity", words: "ernst,severity"}
	causeField       = field{key: "cause", words: "oorzaak,cause"}
	accountableField = field{key: "accountable", words: "verantwoordelijk,verantwoordelijke,wie,accountable,who"}
	// complainantField is whom of several complainants it is about.
	complainantField = field{key: "complainant", words: "klager,complainant", cut: cutComplainant}
	untilField       = field{key: "until", words: "uiterlijk,tot,voor,by,until", cut: cutDay}
	consentField     = field{key: "consent", words: "toestemming,consent", cut: cutWord}
	weighing         = []field{severityField, causeField, accountableField}
	// judging are the fields of a finding: those of a point, and what is weighed with it.
	judging = append([]field{
		{key: "point", words: "punt,klachtpunt,point", cut: cutNumber},
		{key: "about", words: "over,about"},
		{key: "person", words: "betrokkene,concerned,person concerned", cut: cutPerson},
	}, weighing...)
	describing = []field{
		{key: "about", words: "over,about", long: true},
		{key: "date", words: "datum,date"},
		{key: "place", words: "plaats,place"},
		{key: "particulars", words: "bijz,bijzonderheden,details,particulars", long: true},
		{key: "steps", words: "stappen,aanpak,steps", long: true},
		{key: "expected", words: "verwacht,expected"},
		{key: "who", words: "wie,betrokkene,who"},
		{key: "commissioner", words: "opdrachtgever,commissioner"},
		{key: "complainant", words: "klager,complainant"},
		{key: "others", words: "medeklager,medeklagers,ook klager,cocomplainant,co complainant,other complainant", many: true},
		{key: "behalf", words: "namens,on behalf of,behalf of"},
	}
	sharing   = []field{whoField, {key: "share", words: "delen,share"}}
	measuring = []field{whoField, {key: "by", words: "voor,uiterlijk,by,before"}}
)

// tags is the handler's language. No do or check of a row may come to read it: Go would see a cycle.
var tags = slices.Concat(openTags, hearingTags, outcomeTags, afterTags, acrossTags, letterTags)

// Help lists the tags: the twelve that are taught, or all of them with an example, and the lists to choose from.
func Help(lang string, all bool) string {
	var b strings.Builder
	for i := range tags {
		t := &tags[i]
		if t.with != "" || !all && !t.taught {
			continue
		}
		names := t.in(lang)
		for j := range tags {
			if tags[j].with == t.name {
				names += ", " + tags[j].in(lang)
			}
		}
		b.WriteString(strings.TrimSpace(names+" "+t.takes.In(lang)) + "\n    " + t.help.In(lang) + "\n")
		if example := t.example.In(lang); all && example != t.in(lang) {
			b.WriteString(Words{"    bijvoorbeeld: ", "    for example: "}.In(lang) + example + "\n")
		}
		if all && t.name == "nietbehandelen" {
			b.WriteString(groundList(lang, "    "))
		}
		if all && t.name == "categorie" {
			b.WriteString(categoryList(lang, "    "))
		}
	}
	return b.String()
}
