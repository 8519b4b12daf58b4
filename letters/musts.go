package letters

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

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
