package letters

import (
	"strings"
	"unicode"

	"klachtd/complaint"
)

// A namer names persons concerned in a letter to the complainant, but only those whom the complainant named: else nobody
// learns a name from us.
type namer struct {
	own     string // the complainant's own words, as bare makes them, between spaces
	lang    string
	several bool // persons concerned
}

var (
	person    = complaint.Words{NL: "de medewerker over wie u klaagt", EN: "the person you complain about"}
	persons   = complaint.Words{NL: "de medewerkers over wie u klaagt", EN: "the people you complain about"}
	oneOf     = complaint.Words{NL: "een medewerker over wie u klaagt", EN: "one of the people you complain about"}
	anonymous = complaint.Words{NL: "de medewerker", EN: "the member of staff"}
	oneOfUs   = complaint.Words{NL: "een medewerker", EN: "a member of staff"}
)

func (n namer) name(p complaint.Person) string {
	parts, _, ok := nameParts(p.Name)
	if name := strings.Join(parts, " "); ok && n.named(name) {
		return name
	}
	return n.nobody()
}

// nobody is how a letter speaks of a person concerned whom it does not name.
func (n namer) nobody() string {
	if n.several {
		return oneOf.In(n.lang)
	}
	return person.In(n.lang)
}

// hidden is what stands for a name that a letter does not tell.
func (n namer) hidden() string {
	if n.several {
		return oneOfUs.In(n.lang)
	}
	return anonymous.In(n.lang)
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
		all = append(all, say(n.nobody(), c.Response))
	}
	return all
}

// bare is text as lower-case words with single spaces between them.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(visible(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// unname replaces in what the handler wrote the names of persons concerned whom the reader did not name, and those of the
// other complainants.
func (w *writing) unname(v *complainantView) {
	fields := v.free()
	hide := func(name, with string) {
		if name = cleanLine(name, maxName); !strings.Contains(name, " ") || w.namer.named(name) {
			return
		}
		for _, f := range fields {
			*f = value(replaceName(string(*f), name, with))
		}
	}
	for _, p := range w.c.Persons {
		hide(p.Name, w.namer.hidden())
	}
	for _, k := range w.c.Complainants {
		if k.ID != w.k.ID {
			hide(k.Name, w.say("een andere klager", "another complainant"))
		}
	}
}

// free are the fields that hold what the handler wrote for everybody.
func (v *complainantView) free() []*value {
	fields := []*value{&v.Handling, &v.About, &v.Particulars, &v.Reason, &v.NoOffer, &v.Reaction, &v.NoMeasure, &v.Written, &v.GroundText,
		&v.Own, &v.Text, &v.Questions, &v.Promise, &v.Why}
	for i := range v.Heard {
		fields = append(fields, &v.Heard[i].Summary)
	}
	for i := range v.Points {
		fields = append(fields, &v.Points[i].About, &v.Points[i].Reason)
	}
	for i := range v.Offers {
		fields = append(fields, &v.Offers[i].Text, &v.Offers[i].Reaction)
	}
	for i := range v.Commitments {
		fields = append(fields, &v.Commitments[i].Text, &v.Commitments[i].Owner)
	}
	for i := range v.Measures {
		fields = append(fields, &v.Measures[i])
	}
	return fields
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
