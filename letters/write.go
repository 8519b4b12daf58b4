package letters

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Letter writes a letter to a complainant or a person concerned, dated today: the day it leaves. A letter that lacks what
// it must say, or would carry to one party what belongs to another, is an error of type *Incomplete.
func (s *Set) Letter(dep complaint.Departure, c complaint.Case, today calendar.Date) (Letter, error) {
	if len(dep.Missing) > 0 {
		return Letter{}, &Incomplete{Letter: dep.Letter, Case: c.Opening.Number, Missing: fieldNames(dep.Missing)}
	}
	lang := language(dep, c)
	t, ok := s.templates[dep.Letter+"."+lang]
	if !ok {
		return Letter{}, fmt.Errorf("write letter: there is no letter %q", dep.Letter)
	}
	view, musts := s.view(dep, c, today, lang)
	var b strings.Builder
	if err := t.Execute(&b, view); err != nil {
		return Letter{}, fmt.Errorf("write %s for %s: %w", dep.Letter, c.Opening.Number, inFile(err))
	}
	l, err := compose(b.String(), c.Opening.Number)
	if err != nil {
		return Letter{}, fmt.Errorf("%s:%w", t.Name(), err)
	}
	l.Name, l.Case, l.Lang, l.party = dep.Letter, c.Opening.Number, lang, dep.To.ID
	l.To = complaint.Address{Name: maskBSN(cleanLine(dep.To.Name, maxName)), Mail: dep.To.Mail}
	l.HTML = page(l.Subject, lang, l.blocks)
	if missing := lacks(l, musts); len(missing) > 0 {
		return Letter{}, &Incomplete{Letter: l.Name, Case: l.Case, Missing: missing}
	}
	if err := Leaks(l, c); err != nil {
		return Letter{}, err
	}
	return l, nil
}

// language is that of the letter; else that of the party it goes to; else, for a complainant, that of the case. To others
// the language of the case would tell something of who complains.
func language(dep complaint.Departure, c complaint.Case) string {
	lang := either(dep.Lang, dep.To.Lang)
	if lang == "" && !toOthers(dep.Letter) {
		lang = c.Opening.Lang
	}
	if lang == "en" {
		return "en"
	}
	return "nl"
}

// compose makes a letter of a rendered template. Its subject shows on locked screens and in logs: it says nothing of the
// case but its number, which closes it.
func compose(source string, number complaint.CaseID) (Letter, error) {
	first, body, _ := strings.Cut(source, "\n")
	subject, ok := strings.CutPrefix(first, "Subject: ")
	if !ok {
		return Letter{}, errors.New(`1: the first line must begin with "Subject: "`)
	}
	l := Letter{Subject: oneLine(readLine(subject).String()), blocks: readBlocks(body)}
	for _, s := range readLine(subject) {
		if s.value && s.text != string(number) {
			return Letter{}, errors.New("1: a subject must say nothing of the case but its number")
		}
	}
	if !strings.HasSuffix(l.Subject, " ["+string(number)+"]") {
		return Letter{}, errors.New("1: the subject must end with [{{.Number}}]")
	}
	l.Text = plain(l.blocks)
	return l, nil
}

// Version is a hash of what a letter made by Set.Letter says. What follows from the day it leaves (the printed date, the
// day by which to react, an apology for being late) does not count, so that a draft stays the same draft tomorrow.
func Version(l Letter) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", l.Name, l.To.Mail, l.Subject)
	if l.blocks == nil {
		fmt.Fprint(h, l.Text)
	}
	for _, b := range l.blocks {
		for i, line := range b.lines {
			if lasting := line.lasting(); lasting != "" {
				fmt.Fprintf(h, "%d %s: %s\n", b.kind, b.name(i), lasting)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// lasting is what a line says whichever day the letter leaves.
func (l line) lasting() string {
	var b strings.Builder
	for _, s := range l {
		if !s.moving {
			b.WriteString(s.text)
		}
	}
	return b.String()
}

func fieldNames(fields []complaint.Field) []complaint.Words {
	var all []complaint.Words
	for _, f := range fields {
		all = append(all, f.Name())
	}
	return all
}
