package letters

import (
	"slices"
	"strings"
	"unicode"

	"klachtd/complaint"
)

// salutation greets a party by name when the name is sure, and without one when it is not. It never guesses a gender and
// never makes a name out of a mail address (procedure.md 3.1).
func salutation(p complaint.Party, lang string) string {
	title, name := nameOf(p)
	switch {
	case name == "" && lang == "en":
		return "Hello,"
	case name == "":
		return "Goedendag,"
	case title != (complaint.Words{}):
		return title.In(lang) + " " + name + ","
	case lang == "en":
		return "Dear " + name + ","
	}
	return "Beste " + name + ","
}

var titles = map[string]complaint.Words{
	"mw": mrs, "mevr": mrs, "mevrouw": mrs, "ms": mrs, "mrs": {NL: "Geachte mevrouw", EN: "Dear Mrs"},
	"dhr": mr, "heer": mr, "meneer": mr, "mr": {}, "drs": {}, "dr": {}, "ir": {}, "ing": {}, "prof": {}, "mister": mr,
}

var (
	mrs = complaint.Words{NL: "Geachte mevrouw", EN: "Dear Ms"}
	mr  = complaint.Words{NL: "Geachte heer", EN: "Dear Mr"}
)

var particles = strings.Fields("van de der den het 't ’t ten ter te in op aan uit voor bij onder over tot d' ’s 's la le du des el al bin ibn von zu da di dos del y")

var roles = strings.Fields(`info contact admin administratie administration office kantoor secretariaat receptie klantenservice service support help
	helpdesk hr personeel directie bestuur finance facturen factuur boekhouding post mail noreply no-reply webmaster redactie team planning
	aanmelden cliënt client clienten zorg balie sales verkoop inkoop marketing sollicitatie sollicitaties jobs`)

// organisations are words that stand in the names of organisations and functions, not of people.
var organisations = strings.Fields(`bv nv vof bvba gmbh ltd inc llc cv stichting vereniging gemeente gemeenten provincie ministerie uwv ggz ggd svb sociale dienst
	afdeling team groep group bureau kantoor praktijk advies consult consultancy consulting zorg school college universiteit klantenservice
	administratie secretariaat receptie boekhouding directie service support via namens office coöperatie holding bedrijf werkgever
	reïntegratie re-integratie coaching training opleidingen diensten services solutions the de-heer familie fam info`)

// nameOf is the name of a party to greet, with the title it gave itself; "" when there is no sure one.
func nameOf(p complaint.Party) (title complaint.Words, name string) {
	local, _, _ := strings.Cut(strings.ToLower(p.Mail), "@")
	if slices.Contains(roles, local) {
		return title, ""
	}
	parts, title, ok := nameParts(p.Name)
	if !ok || isOrganisation(parts) {
		return complaint.Words{}, ""
	}
	parts = recase(parts)
	if title != (complaint.Words{}) {
		if surname, sure := surnameOnly(parts); sure {
			return title, surname
		}
		title = complaint.Words{}
	}
	given := strings.ToLower(parts[0])
	if len(parts) < 2 || slices.Contains(particles, given) || !capitals(parts) {
		return complaint.Words{}, ""
	}
	return title, strings.Join(parts, " ")
}

// nameParts takes a display name apart: "Vries, Jan de" in its spoken order, without titles. Not ok: this is no name.
func nameParts(name string) (parts []string, title complaint.Words, ok bool) {
	name = withoutBrackets(cleanLine(name, maxName+1))
	name = strings.Trim(name, ` "'“”‘’.,`)
	name = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.So, unicode.Sk) {
			return ' '
		}
		return r
	}, name)
	if last, first, comma := strings.Cut(name, ","); comma {
		name = first + " " + last
	}
	if strings.HasPrefix(strings.ToLower(name), "de heer ") {
		name = name[len("de "):]
	}
	parts = strings.Fields(name)
	for len(parts) > 0 {
		t, is := titles[strings.ToLower(strings.TrimSuffix(parts[0], "."))]
		if !is {
			break
		}
		if title == (complaint.Words{}) {
			title = t
		}
		parts = parts[1:]
	}
	if len(parts) == 0 || len(parts) > 6 {
		return nil, title, false
	}
	for _, w := range parts {
		if !namelike(w) {
			return nil, title, false
		}
	}
	return parts, title, true
}

// withoutBrackets drops what stands in brackets behind a name: "Kim Verbeek (UWV)".
func withoutBrackets(s string) string {
	for _, pair := range []string{"()", "[]"} {
		for {
			i := strings.IndexByte(s, pair[0])
			j := strings.LastIndexByte(s, pair[1])
			if i < 0 || j < i {
				break
			}
			s = s[:i] + " " + s[j+1:]
		}
	}
	return s
}

// namelike says whether a word can be part of a name: letters of one script, and the marks that names have.
func namelike(w string) bool {
	latin, other := false, false
	letters := 0
	for _, r := range w {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin = true
			letters++
		case unicode.IsLetter(r):
			other = true
			letters++
		case unicode.Is(unicode.Mn, r), strings.ContainsRune("-.'’", r):
		default:
			return false
		}
	}
	return letters > 0 && !(latin && other)
}

func isOrganisation(parts []string) bool {
	for _, w := range parts {
		if slices.Contains(organisations, strings.ReplaceAll(strings.ToLower(w), ".", "")) {
			return true
		}
		w = strings.Trim(w, "'’")
		if n := len([]rune(w)); n > 1 && n < 5 && w == strings.ToUpper(w) && !strings.ContainsAny(w, ".aeiouyAEIOUY") {
			return true // UWV, GGZ: letters that spell no word
		}
	}
	return false
}

// recase gives names in capitals, or without any, the capitals they have in a letter. Other names keep their spelling.
func recase(parts []string) []string {
	all := strings.Join(parts, " ")
	if all != strings.ToUpper(all) && all != strings.ToLower(all) {
		return parts
	}
	out := make([]string, len(parts))
	for i, w := range parts {
		lower := strings.ToLower(w)
		switch {
		case slices.Contains(particles, lower) && (len(parts) > 1):
			out[i] = lower
		case strings.Contains(strings.Trim(w, "."), ".") || strings.HasSuffix(w, "."):
			out[i] = strings.ToUpper(w)
		default:
			out[i] = capital(lower)
		}
	}
	return out
}

// capital writes a part of a name with its capitals: IJsbrand, 't Hart, D'Angelo, Bakker-Smit.
func capital(lower string) string {
	var b strings.Builder
	up := true
	for i, r := range lower {
		switch {
		case up && r == 'i' && strings.HasPrefix(lower[i:], "ij"):
			b.WriteString("I")
			up = true // the J too
			continue
		case up && unicode.IsLetter(r):
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(r)
		}
		if r == '-' || r == '\'' || r == '’' {
			up = true
		}
	}
	return b.String()
}

// capitals says whether every part of a name that is no particle begins with a capital, where its script has them.
func capitals(parts []string) bool {
	for _, w := range parts {
		r := []rune(strings.TrimLeft(w, "'’"))
		if len(r) == 0 || slices.Contains(particles, strings.ToLower(w)) || strings.HasPrefix(w, "'") || strings.HasPrefix(w, "’") {
			continue
		}
		if unicode.IsLower(r[0]) && !strings.HasPrefix(strings.ToLower(w), "d'") && !strings.HasPrefix(strings.ToLower(w), "d’") {
			return false
		}
	}
	return true
}

// surnameOnly gives the surname behind initials, as it stands after a title: "De Vries", "Van der Berg". Not sure: there
// is a first name, or what might be one.
func surnameOnly(parts []string) (string, bool) {
	for len(parts) > 0 && initials(parts[0]) {
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return "", false
	}
	if len(parts) > 1 && !slices.Contains(particles, strings.ToLower(parts[0])) {
		return "", false
	}
	if !capitals(parts) {
		return "", false
	}
	s := strings.Join(parts, " ")
	if r := []rune(s); unicode.IsLower(r[0]) {
		s = string(unicode.ToUpper(r[0])) + string(r[1:])
	}
	return s, true
}

func initials(w string) bool {
	return strings.Contains(w, ".") || len([]rune(w)) == 1
}
