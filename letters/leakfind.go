package letters

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"klachtd/complaint"
)

// What in a text gives something away.

var digitRuns = regexp.MustCompile(`[0-9](?:[ .\-/]{0,2}[0-9])*`)

// leakedNumber finds a phone number, or another long number, that stands in one of these texts.
func leakedNumber(own string, in []string) string {
	var secret []string
	for _, s := range in {
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

// leakedName finds the whole name of somebody however it is written, or one part of it written as a name. A part that the
// reader's name has too is no leak.
func leakedName(own, whose, to string) string {
	name := bare(whose)
	if strings.Contains(name, " ") && strings.Contains(" "+bare(own)+" ", " "+name+" ") {
		return whose
	}
	theirs := strings.Fields(bare(to))
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

const (
	runLength      = 8 // words in a row that are no coincidence (procedure.md 3.3)
	confidedLength = 5 // in what was told in confidence, fewer are
)

// leakedWords finds so many words in a row that somebody else said.
func leakedWords(own, said string, n int) string {
	runs := map[string]bool{}
	for text := range strings.Lines(own) {
		for run := range wordRuns(text, n) {
			runs[run] = true
		}
	}
	if len(runs) == 0 {
		return ""
	}
	for run := range wordRuns(said, n) {
		if runs[run] {
			return run
		}
	}
	return ""
}

// wordRuns yields every n words in a row.
func wordRuns(text string, n int) iter.Seq[string] {
	return func(yield func(string) bool) {
		w := strings.Fields(bare(text))
		for i := 0; i+n <= len(w); i++ {
			if !yield(strings.Join(w[i:i+n], " ")) {
				return
			}
		}
	}
}

var sums = regexp.MustCompile(`(?i)(?:€|\beur|\beuro)\s*([0-9][0-9.,]*)|\b([0-9][0-9.,]*)\s*(?:€|euro?\b)`)

// leakedSum finds an amount of money that was offered.
func leakedSum(own string, offers []complaint.Offer) string {
	offered := map[string]bool{}
	for _, o := range offers {
		for _, m := range sums.FindAllStringSubmatch(o.Text, -1) {
			offered[amount(m[1]+m[2])] = true
		}
	}
	for _, m := range sums.FindAllStringSubmatch(own, -1) {
		if offered[amount(m[1]+m[2])] {
			return strings.TrimSpace(m[0])
		}
	}
	return ""
}

// amount is a number as people write money, in whole euros: "1.250,00" and "1250" are the same.
func amount(s string) string {
	s = strings.TrimRight(s, ".,")
	if n := len(s); n > 3 && strings.ContainsRune(".,", rune(s[n-3])) {
		s = s[:n-3]
	}
	return digits(s)
}

// intimate are the beginnings of words about health, benefits and private life.
var intimate = strings.Fields(`ziek ziekte ziekenhuis burn-out burnout depress psych diagnos medicatie medicijn medisch therap huisarts specialist operatie
	kanker hernia rugklacht nekklacht hoofdpijn angststoornis paniek autis adhd ptss trauma verslav alcohol zwanger miskraam handicap
	arbeidsongeschikt wao wia wajong uitkering bijstand schuldhulp schulden scheiding gehandicapt klachten-en-beperking
	illness disease hospital medical medication depress diagnosis surgery cancer pregnan disab benefits burnout therapy addict divorce debts geboortedatum geboren`)

// leakedHealth finds an intimate word. In the reader's own response, and in a text the handler wrote for this reader, it
// counts only when a complainant speaks of it too.
func leakedHealth(l Letter, c complaint.Case, reader int) string {
	theirs := intimateWords(strings.Join(complained(c), " "))
	own := c.Report.Concerned
	for _, p := range c.Persons {
		if p.ID == reader && p.Response != nil {
			own += " " + p.Response.Summary
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
