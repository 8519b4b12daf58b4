package letters

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"klachtd/complaint"
)

// Leaks finds in a report to a person concerned what belongs to the complainant: it is an error of type *Incomplete that
// says what to write instead. Other letters have nothing to leak, since they go to the complainant. It is part of
// Set.Letter; whoever sets headers on a letter asks it again.
func Leaks(l Letter, c complaint.Case) error {
	if l.Name != complaint.LetterReportConcerned {
		return nil
	}
	var found []complaint.Words
	add := func(nl, en string, what ...any) {
		found = append(found, complaint.Words{NL: fmt.Sprintf(nl, what...), EN: fmt.Sprintf(en, what...)})
	}
	if l.InReplyTo != "" || len(l.References) > 0 {
		found = append(found, complaint.Words{NL: "de brief zou antwoorden op een bericht van de klager", EN: "the letter would answer a message of the complainant"})
	}
	whole, own := l.Text, l.facts()
	k := c.Opening.Complainant
	if k.Mail != "" && strings.Contains(strings.ToLower(whole), complaint.BareMail(k.Mail)) || strings.Contains(strings.ToLower(whole), strings.ToLower(k.Mail)) && k.Mail != "" {
		add("het verslag noemt het e-mailadres van de klager", "the report shows the mail address of the complainant")
	}
	if n := leakedNumber(own, c); n != "" {
		add("het verslag noemt een nummer van de klager (%s)", "the report shows a number of the complainant (%s)", n)
	}
	if name := leakedName(own, c, l); name != "" {
		add("het verslag noemt de naam van de klager (%s)", "the report names the complainant (%s)", name)
	}
	if street := leakedStreet(own); street != "" {
		add("het verslag noemt een adres (%s)", "the report shows an address (%s)", street)
	}
	if run := leakedWords(own, c.Opening.Subject+" "+c.Opening.Words); run != "" {
		add("het verslag neemt woorden van de klager over (%s)", "the report repeats the complainant's words (%s)", run)
	}
	if word := leakedHealth(l, c); word != "" {
		add("het verslag noemt iets over gezondheid of inkomen (%s)", "the report speaks of health or income (%s)", word)
	}
	if len(found) == 0 {
		return nil
	}
	found = append(found, complaint.Words{NL: "schrijf dit verslag zelf, met: " + rewrite.NL, EN: "write this report yourself, with: " + rewrite.EN})
	return &Incomplete{Letter: l.Name, Case: l.Case, Missing: found, Leak: true}
}

// facts is what the facts of the case put into a letter; the whole text of a letter whose blocks are gone.
func (l Letter) facts() string {
	if l.blocks == nil {
		return l.Text
	}
	var b strings.Builder
	for _, bl := range l.blocks {
		for _, line := range bl.lines {
			for _, s := range line {
				if s.value && !s.moving {
					b.WriteString(s.text + "\n")
				}
			}
		}
	}
	return b.String()
}

// rewrite is what a handler types when a report to a person concerned would leak.
var rewrite = complaint.Words{NL: "#verslag betrokkene: uw eigen tekst", EN: "#report concerned: your own text"}

var digitRuns = regexp.MustCompile(`[0-9](?:[ .\-/]{0,2}[0-9])*`)

// leakedNumber finds the complainant's phone number, or a long number the complainant wrote.
func leakedNumber(own string, c complaint.Case) string {
	var secret []string
	for _, s := range []string{c.Opening.Complainant.Phone, c.Opening.Words} {
		for _, run := range digitRuns.FindAllString(s, -1) {
			if d := digits(run); len(d) >= 8 {
				secret = append(secret, d[len(d)-8:])
			}
		}
	}
	for _, run := range digitRuns.FindAllString(own, -1) {
		d := digits(run)
		for _, s := range secret {
			if strings.Contains(d, s) {
				return run
			}
		}
	}
	return ""
}

// leakedName finds the whole name of the complainant however it is written, or one part of it written as a name.
func leakedName(own string, c complaint.Case, l Letter) string {
	name := bare(c.Opening.Complainant.Name)
	if strings.Contains(name, " ") && strings.Contains(" "+bare(own)+" ", " "+name+" ") {
		return c.Opening.Complainant.Name
	}
	theirs := strings.Fields(bare(l.To.Name))
	for _, part := range strings.Fields(name) {
		if len(part) < 3 || slices.Contains(particles, part) || slices.Contains(theirs, part) {
			continue
		}
		if found := asName(own, part); found != "" {
			return found
		}
	}
	return ""
}

// asName finds a word that is written as a name: with a capital, and not where a sentence begins.
func asName(own, part string) string {
	begins := true
	for _, w := range strings.Fields(own) {
		core := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		if strings.ToLower(core) == part && core != part && !begins {
			return core
		}
		begins = strings.ContainsAny(w[len(w)-1:], ".?!:")
	}
	return ""
}

var street = regexp.MustCompile(`\p{Lu}[\p{L}.'-]*(?:straat|laan|weg|plein|dijk|kade|gracht|singel|hof|pad|steeg|plantsoen|dreef|markt|park|street|road|lane|avenue)\s+[0-9]+|\b[1-9][0-9]{3} ?[A-Z]{2}\b`)

func leakedStreet(own string) string { return street.FindString(own) }

const runLength = 8 // words in a row that are no coincidence (procedure.md 3.3)

// leakedWords finds words in a row that the complainant wrote.
func leakedWords(own, complainant string) string {
	runs := map[string]bool{}
	for text := range strings.Lines(own) {
		for run := range wordRuns(text) {
			runs[run] = true
		}
	}
	if len(runs) == 0 {
		return ""
	}
	for run := range wordRuns(complainant) {
		if runs[run] {
			return run
		}
	}
	return ""
}

// wordRuns yields every runLength words in a row.
func wordRuns(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		w := strings.Fields(bare(text))
		for i := 0; i+runLength <= len(w); i++ {
			if !yield(strings.Join(w[i:i+runLength], " ")) {
				return
			}
		}
	}
}

// intimate are the beginnings of words about health, benefits and private life.
var intimate = strings.Fields(`ziek ziekte ziekenhuis burn-out burnout depress psych diagnos medicatie medicijn medisch therap huisarts specialist operatie
	kanker hernia rugklacht nekklacht hoofdpijn angststoornis paniek autis adhd ptss trauma verslav alcohol zwanger miskraam handicap
	arbeidsongeschikt wao wia wajong uitkering bijstand schuldhulp schulden scheiding gehandicapt klachten-en-beperking
	illness disease hospital medical medication depress diagnosis surgery cancer pregnan disab benefits burnout therapy addict divorce debts geboortedatum geboren`)

// leakedHealth finds an intimate word. In the reader's own response, and in a report the handler wrote for this reader,
// it counts only when the complaint speaks of it too.
func leakedHealth(l Letter, c complaint.Case) string {
	theirs := intimateWords(c.Opening.Subject + " " + c.Opening.Words)
	own := c.Report.Concerned
	for _, p := range c.Persons {
		if p.ID == 0 || p.Mail == l.To.Mail {
			if p.Response != nil {
				own += " " + p.Response.Summary
			}
		}
	}
	allowed := intimateWords(own)
	for _, w := range intimateWords(l.facts()) {
		if slices.Contains(theirs, w) || !slices.Contains(allowed, w) {
			return w
		}
	}
	return ""
}

// intimateWords lists the beginnings of intimate words in a text.
func intimateWords(s string) []string {
	var all []string
	for _, w := range strings.Fields(strings.ToLower(s)) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		for _, stem := range intimate {
			if strings.HasPrefix(w, stem) {
				all = append(all, stem)
				break
			}
		}
	}
	return all
}
