package letters

import (
	"strings"
	"unicode"

	"klachtd/complaint"
)

// A namer names persons concerned in a letter to the complainant, but only those whom the complainant named: else nobody
// learns a name from us.
type namer struct {
	own  string // the complainant's own words, as bare makes them, between spaces
	lang string
}

var (
	person    = complaint.Words{NL: "de medewerker over wie u klaagt", EN: "the person you complain about"}
	persons   = complaint.Words{NL: "de medewerkers over wie u klaagt", EN: "the people you complain about"}
	anonymous = complaint.Words{NL: "de medewerker", EN: "the member of staff"}
)

func (n namer) name(p complaint.Person) string {
	parts, _, ok := nameParts(p.Name)
	if name := strings.Join(parts, " "); ok && n.named(name) {
		return name
	}
	return person.In(n.lang)
}

// named says whether the whole name, or its first and its last part, stand in the complainant's own words.
func (n namer) named(name string) bool {
	parts := strings.Fields(bare(name))
	if len(parts) == 0 {
		return false
	}
	has := func(s string) bool { return strings.Contains(n.own, " "+s+" ") }
	return has(strings.Join(parts, " ")) || len(parts) > 1 && has(parts[0]) && has(parts[len(parts)-1])
}

// all is how a letter speaks of the persons concerned together.
func (n namer) all(who []complaint.Person) string {
	switch len(who) {
	case 0:
		return person.In(n.lang)
	case 1:
		return n.name(who[0])
	}
	return persons.In(n.lang)
}

// heard lists what the persons concerned said, as far as the complainant may read it.
func (n namer) heard(c complaint.Case) []heard {
	say := func(who string, r *complaint.Response) heard {
		h := heard{Who: value(who), Private: r != nil && r.Private}
		if r != nil && !r.Private {
			h.Summary = text(r.Summary)
		}
		return h
	}
	var all []heard
	for _, p := range c.Persons {
		all = append(all, say(n.name(p), p.Response))
	}
	if len(c.Persons) == 0 && c.Response != nil {
		all = append(all, say(person.In(n.lang), c.Response))
	}
	return all
}

// bare is text as lower-case words with single spaces between them.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(visible(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// unname replaces the names of persons concerned whom the complainant did not name in what the handler wrote.
func (v *complainantView) unname(c complaint.Case, n namer) {
	var hide []string
	for _, p := range c.Persons {
		name := cleanLine(p.Name, maxName)
		if strings.Contains(name, " ") && !n.named(name) {
			hide = append(hide, name)
		}
	}
	if len(hide) == 0 {
		return
	}
	fields := []*value{&v.Handling, &v.About, &v.Particulars, &v.Reason, &v.NoOffer, &v.Reaction, &v.NoMeasure, &v.Written, &v.GroundText}
	for i := range v.Heard {
		fields = append(fields, &v.Heard[i].Summary)
	}
	for i := range v.Offers {
		fields = append(fields, &v.Offers[i].Text, &v.Offers[i].Reaction)
	}
	for i := range v.Measures {
		fields = append(fields, &v.Measures[i])
	}
	for _, f := range fields {
		for _, name := range hide {
			*f = value(replaceName(string(*f), name, anonymous.In(n.lang)))
		}
	}
}

// replaceName replaces every occurrence of a name, whatever its letter case, with a capital where a sentence begins.
func replaceName(s, name, with string) string {
	lower, name := strings.ToLower(s), strings.ToLower(name)
	if len(lower) != len(s) { // a letter whose lower case is longer: compare as written
		lower = s
	}
	var b strings.Builder
	for {
		i := strings.Index(lower, name)
		if i < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i])
		if before := strings.TrimSpace(b.String()); before == "" || strings.ContainsAny(before[len(before)-1:], ".?!\n") {
			b.WriteString(strings.ToUpper(with[:1]) + with[1:])
		} else {
			b.WriteString(with)
		}
		s, lower = s[i+len(name):], lower[i+len(name):]
	}
}
