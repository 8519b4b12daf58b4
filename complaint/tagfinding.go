package complaint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"klachtd/calendar"
)

// Findings and what is weighed with them (article 4).

func judged(f Finding) func(*reader, command) *Refusal {
	return func(r *reader, c command) *Refusal {
		b := Judged{Finding: f, Reason: c.text}
		w := Weighed{Cause: c.got["cause"], Accountable: c.got["accountable"]}
		if s := c.got["severity"]; s != "" {
			if refusal := r.severity(s, &w); refusal != nil {
				return refusal
			}
		}
		if refusal := r.point(c, &b); refusal != nil {
			return refusal
		}
		if refusal := r.judgedOnce(c.line, b.Point); refusal != nil {
			return refusal
		}
		r.judge(c.on, b)
		if w != (Weighed{}) {
			r.record(c.on, w)
		}
		return nil
	}
}

var (
	pointRE = regexp.MustCompile(`(?i)^(?:klacht)?(?:punt|point) ?(\d{1,2})(?:[^\d\pL][\s:,;–-]*|$)`)
	// anotherPointRE finds a second point in the reason of the first.
	anotherPointRE = regexp.MustCompile(`(?i)[,;.] *(?:klacht)?(?:punt|point) ?\d`)

	pointsRE = regexp.MustCompile(`(?i)^(?:klacht)?(?:punten|points) ?\d`)
)

// point reads which point of the complaint a finding is on: "punt: 2 over: onbeleefd betrokkene: Sanne".
func (r *reader) point(c command, b *Judged) *Refusal {
	said := c.got["point"]
	if m := pointRE.FindStringSubmatch(c.text); m != nil && said == "" {
		said, b.Reason = m[1], strings.TrimSpace(c.text[len(m[0]):])
		if anotherPointRE.MatchString(b.Reason) {
			return r.eachPoint(c)
		}
	}
	example := Words{c.in("nl") + " punt: 1 <reden>", c.in("en") + " point: 1 <reason>"}.In(r.lang)
	switch n, err := strconv.Atoi(said); {
	case pointsRE.MatchString(c.text):
		return r.eachPoint(c)
	case said == "" && (c.got["about"] != "" || c.got["person"] != ""):
		return r.refuse(c.line, Words{"Bij welk punt van de klacht hoort dit? Zet het nummer erbij.", "To which point of the complaint does this belong? Please add its number."},
			c.in(r.lang)+Words{" punt: 1 ", " point: 1 "}.In(r.lang)+afterTag(c.typed))
	case said != "" && (err != nil || n < 1 || n > maxPoints):
		return r.refuse(c.line, Words{"Een punt van de klacht heeft een nummer: 1, 2, 3.", "A point of the complaint has a number: 1, 2, 3."}, example)
	case said != "" && plain(b.Reason) == "":
		return r.refuse(c.line, Words{"Hier ontbreekt nog: <reden>", "This still lacks: <reason>"}, c.typed+"\n"+Words{"<reden>", "<reason>"}.In(r.lang))
	default:
		b.Point, b.About = n, oneLine(c.got["about"])
	}
	if who := c.got["person"]; who != "" {
		found := r.personsNamed(who)
		if len(found) != 1 {
			return r.whichPerson(c, who)
		}
		b.Person = found[0].ID
	}
	return nil
}

func (r *reader) eachPoint(c command) *Refusal {
	return r.refuse(c.line, Words{"Geef elk punt een eigen regel.", "Please give each point a line of its own."},
		Words{c.in("nl") + " punt: 1 <reden>", c.in("en") + " point: 1 <reason>"}.In(r.lang), Words{c.in("nl") + " punt: 2 <reden>", c.in("en") + " point: 2 <reason>"}.In(r.lang))
}

const maxPoints = 20

// afterTag is a command as typed, without its word.
func afterTag(typed string) string {
	_, rest := cutTag(typed)
	return rest
}

// whichPerson refuses a name that is nobody's, or that of several.
func (r *reader) whichPerson(c command, who string) *Refusal {
	var try []string
	for _, p := range r.c.Persons {
		try = append(try, strings.Replace(c.typed, who, either(p.Name, p.Mail), 1))
	}
	if len(try) == 0 {
		try = []string{Words{"#betrokkene ", "#concerned "}.In(r.lang) + who, c.typed}
	}
	return r.refuse(c.line, Words{"Welke betrokkene is dit: " + who + "?", "Which person concerned is this: " + who + "?"}, try...)
}

// pointsLeft remarks on points without a finding, after a mail with a finding on a later one.
func (r *reader) pointsLeft() {
	last := 0
	for _, f := range r.out.Facts {
		if b, ok := f.Body.(Judged); ok {
			last = max(last, b.Point)
		}
	}
	var left []string
	for n := 1; n < last; n++ {
		if !slices.ContainsFunc(r.c.Points, func(p Point) bool { return p.Number == n }) {
			left = append(left, strconv.Itoa(n))
		}
	}
	if len(left) > 0 {
		list := strings.Join(left, ", ")
		r.hint(Words{"Er is nog geen oordeel over punt " + list + ".", "There is no finding yet on point " + list + "."})
	}
}

// judgedOnce refuses two findings on the same thing in one mail, and one on the whole beside those on points.
func (r *reader) judgedOnce(line string, point int) *Refusal {
	for _, f := range r.out.Facts {
		if b, ok := f.Body.(Judged); ok && (b.Point == point || b.Point == 0 || point == 0) {
			return r.refuse(line, Words{"In deze mail staan twee oordelen over hetzelfde. Gaat de klacht over meer punten? Zet dan bij elk oordeel het nummer van het punt.",
				"This mail has two findings on the same thing. Is the complaint about more points? Then add the number of the point to each finding."},
				Words{"#gegrond punt: 1 <reden>", "#upheld point: 1 <reason>"}.In(r.lang), Words{"#ongegrond punt: 2 <reden>", "#notupheld point: 2 <reason>"}.In(r.lang))
		}
	}
	return nil
}

func weighed(key string) func(*reader, command) *Refusal {
	return func(r *reader, c command) *Refusal {
		var w Weighed
		switch key {
		case "severity":
			if refusal := r.severity(c.text, &w); refusal != nil {
				return refusal
			}
		case "cause":
			w.Cause = c.text
		case "accountable":
			w.Accountable = c.text
		}
		r.record(r.today, w)
		return nil
	}
}

// severity reads 1, 2 or 3, or the word for it.
func (r *reader) severity(s string, w *Weighed) *Refusal {
	switch plain(s) {
	case "1", "licht", "light", "minor":
		w.Severity = "1"
	case "2", "matig", "moderate":
		w.Severity = "2"
	case "3", "ernstig", "serious", "severe":
		w.Severity = "3"
	default:
		return r.refuse(s, Words{"Ernst is 1 (licht), 2 (matig) of 3 (ernstig).", "Severity is 1 (light), 2 (moderate) or 3 (serious)."})
	}
	return nil
}

// judge records a finding, and says so when the complainant already holds another.
func (r *reader) judge(on calendar.Date, b Judged) {
	if r.c.Finding != "" && r.c.Finding != b.Finding && (r.c.wentOut(LetterConfirmation) || r.c.wentOut(LetterReportComplainant)) {
		r.hint(Words{"Let op: de klager kreeg al een brief met een ander oordeel.", "Please note: the complainant already has a letter with another finding."})
	}
	if n := len(r.c.Points); n > 0 && b.Point == 0 && r.c.Points[n-1].Number > 0 {
		r.hint(Words{"De oordelen per punt zijn nu vervangen door één oordeel over de hele klacht.", "The findings on points are now replaced by one finding on the whole complaint."})
	}
	r.record(on, b)
}
