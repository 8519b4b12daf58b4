package letters

import (
	"errors"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func testOffice() Office {
	return Office{
		Name: "Coach & Co", Address: "Kerkstraat 1, 4001 AB Waalstad", Phone: "0344 00 00 00", Website: "www.coach.example",
		Email: "info@coach.example", RegulationURL: "https://www.coach.example/klachten", Retention: "2y",
		From: complaint.Address{Name: "Coach & Co", Mail: "info@coach.example"},
		Handlers: []Handler{
			{Name: "Ruud Bos", Email: "ruud@bos.example", Phone: "06 00 00 00 02", Substitute: true},
			{Name: "Noor Tielman", Email: "noor@coach.example", Phone: "06 00 00 00 01"},
		},
		Commissioners: []Commissioner{{Name: "de gemeente Waalstad", Address: "Raadhuisplein 1, 4000 AA Waalstad",
			Email: "klachten@waalstad.example", Phone: "14 0344", URL: "www.waalstad.example/klachten"}},
		Zone:    time.UTC,
		ReplyTo: func(token string) string { return "info+" + token + "@coach.example" },
	}
}

var loadOnce = sync.OnceValues(func() (*Set, error) { return Load(nil, testOffice()) })

func testSet(t testing.TB) *Set {
	t.Helper()
	s, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// each calls f with every letter about every sample, in both languages.
func each(t *testing.T, s *Set, f func(t *testing.T, sample Sample, dep complaint.Departure, l Letter)) {
	for _, sample := range Samples() {
		for _, dep := range sample.Departures {
			for _, lang := range sample.languages() {
				dep.Lang = lang
				l, err := s.Letter(dep, sample.Case, sample.Today)
				if err != nil {
					t.Errorf("%s %s %s: %v", sample.Name, dep.Letter, lang, err)
					continue
				}
				t.Run(strings.Join([]string{sample.Name, dep.Letter, dep.Variant, lang}, "/"), func(t *testing.T) { f(t, sample, dep, l) })
			}
		}
	}
}

func TestLettersAsWritten(t *testing.T) {
	books := map[string]*strings.Builder{}
	each(t, testSet(t), func(t *testing.T, sample Sample, dep complaint.Departure, l Letter) {
		name := sample.Name + "." + l.Lang + ".txt"
		if books[name] == nil {
			books[name] = &strings.Builder{}
		}
		fmt.Fprintf(books[name], "==== %s %s\nTo: %s <%s>\nSubject: %s\n\n%s\n", dep.Letter, dep.Variant, l.To.Name, l.To.Mail, l.Subject, l.Text)
		if dep.Letter == complaint.LetterAcknowledgement && dep.To.ID == 1 {
			golden(t, sample.Name+"."+l.Lang+".html", l.HTML)
		}
	})
	for name, b := range books {
		golden(t, name, b.String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; see it with: go test ./letters -update && git diff letters/testdata", path)
	}
}

// TestEveryLetterNames is the list of procedure.md 3.2, common to all letters, and the subject line of 3.1.
func TestEveryLetterNames(t *testing.T) {
	each(t, testSet(t), func(t *testing.T, sample Sample, dep complaint.Departure, l Letter) {
		text, handler := oneLine(l.Text), testOffice().handler(sample.Case.Handler)
		for _, want := range []string{handler.Name, handler.Phone, "info@coach.example", "Coach & Co", "K2026-0007", sample.Today.Long(l.Lang)} {
			if !strings.Contains(text, want) {
				t.Errorf("it does not say %q:\n%s", want, l.Text)
			}
		}
		secret := dep.Letter == complaint.LetterWitnessClosing || toOthers(dep.Letter) && sample.Case.Opening.Complainant.Confidential
		if says := strings.Contains(text, day(3).Long(l.Lang)); says == secret {
			t.Errorf("it says the date of receipt: %t\n%s", says, l.Text)
		}
		if dep.Letter != complaint.LetterWitnessClosing && !promisesADate(text, sample.Today, l.Lang) {
			t.Errorf("it names no date to come:\n%s", l.Text)
		}
		if !strings.HasSuffix(l.Subject, " [K2026-0007]") || len(l.Subject) > 60 {
			t.Errorf("subject %q", l.Subject)
		}
		if late := dep.Due < sample.Today; late != strings.Contains(text, apology.In(l.Lang)) {
			t.Errorf("late is %t, and the letter says:\n%s", late, l.Text)
		}
	})
}

// promisesADate says whether a text names a day after today, with its weekday, within three months.
func promisesADate(text string, today calendar.Date, lang string) bool {
	for n := 1; n < 92; n++ {
		if strings.Contains(text, today.AddDays(n).Full(lang)) {
			return true
		}
	}
	return false
}

// TestPlainWords holds the letters to procedure.md 3.1: short sentences, and none of the words that are not to be used.
func TestPlainWords(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)niet-ontvankelijk|\bconform\b|middels|teneinde|derhalve|inzake|betrokkene\b|helaas|misverstand|zo heeft ervaren|` +
		`u had moeten|zoals u weet|altijd zeer serieus|automatisch|automatic|beleid is nu eenmaal|genoegdoening|afhandel|\bhij\b|\bzij\b|\bhaar\b|\bje\b|\bjouw\b|` +
		`no-?reply|unfortunately|data subject|ISO|!|<no value>`)
	each(t, testSet(t), func(t *testing.T, sample Sample, dep complaint.Departure, l Letter) {
		if sample.Name == "hostile" {
			return
		}
		if m := forbidden.FindString(l.Subject + "\n" + l.Text); m != "" {
			t.Errorf("it says %q:\n%s", m, l.Text)
		}
		checkSentences(t, l)
	})
}

var sentenceEnd = regexp.MustCompile(`[.?:…](?:\s|$)`)

func checkSentences(t *testing.T, l Letter) {
	t.Helper()
	for _, b := range l.blocks {
		for _, line := range b.lines {
			for _, s := range sentenceEnd.Split(line.String(), -1) {
				if n := len(strings.Fields(s)); n > 25 {
					t.Errorf("a sentence of %d words: %s", n, s)
				}
			}
		}
	}
}

// TestTextAndHTMLSayTheSame compares them word by word.
func TestTextAndHTMLSayTheSame(t *testing.T) {
	each(t, testSet(t), func(t *testing.T, _ Sample, _ complaint.Departure, l Letter) { sameWords(t, l) })
}

var (
	headOfPage = regexp.MustCompile(`(?s)^.*<body>`)
	tag        = regexp.MustCompile(`<(/?[a-z0-9!]+)([^>]*)>`)
)

func sameWords(t interface {
	Helper()
	Errorf(string, ...any)
}, l Letter) {
	t.Helper()
	body := tag.ReplaceAllString(headOfPage.ReplaceAllString(l.HTML, ""), " ")
	// Compared without white space: a tag may stand within a word, as in a link with a full stop behind it.
	got, want := noSpace(html.UnescapeString(body)), noSpace(withoutMarks(l))
	if got != want {
		t.Errorf("HTML and text differ:\n%s\n%s", got, want)
	}
}

func noSpace(s string) string { return strings.Join(strings.Fields(s), "") }

// withoutMarks is the text of a letter without list marks and numbers, which HTML draws itself.
func withoutMarks(l Letter) string {
	var b strings.Builder
	for _, bl := range l.blocks {
		b.WriteString(bl.wordsOnly())
	}
	return b.String()
}

func (bl block) wordsOnly() string {
	var text strings.Builder
	if bl.kind == frame {
		return withoutMarks(Letter{blocks: bl.inner})
	}
	switch bl.kind {
	case rule:
		return ""
	case choices:
		for _, l := range bl.lines {
			text.WriteString(l.String() + "\n")
		}
		return text.String()
	}
	bl.plain(&text)
	lines := strings.Split(text.String(), "\n")
	for i, l := range lines {
		switch bl.kind {
		case quotation:
			lines[i] = strings.TrimPrefix(l, "> ")
		case bullets:
			lines[i] = strings.TrimPrefix(l, "- ")
		case steps:
			lines[i] = stepMark.ReplaceAllString(l, "")
		}
	}
	return strings.Join(lines, "\n")
}

func TestVersionLastsOverDays(t *testing.T) {
	s, rich := testSet(t), Samples()[0]
	for _, dep := range rich.Departures {
		dep.Due = rich.Today.AddDays(2)
		first, err := s.Letter(dep, rich.Case, rich.Today)
		if err != nil {
			t.Fatal(err)
		}
		later := dep
		later.Promised = dep.Promised.AddDays(5)
		next, err := s.Letter(later, rich.Case, rich.Today.AddDays(5)) // late by then
		if err != nil {
			t.Fatal(err)
		}
		if first.Text == next.Text {
			t.Errorf("%s %s prints no date of its own", dep.Letter, dep.Variant)
		}
		if Version(first) != Version(next) {
			t.Errorf("%s %s is another draft five days later", dep.Letter, dep.Variant)
		}
	}
}

func TestVersionChangesWithWhatIsSaid(t *testing.T) {
	s := testSet(t)
	write := func(reason string) Letter {
		facts := richFacts()
		facts[7].Body = complaint.Judged{Finding: complaint.Upheld, Reason: reason}
		rich := accepted("rich", facts)
		l, err := s.Letter(rich.Departures[3], rich.Case, rich.Today)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if Version(write("de afspraak is vergeten")) == Version(write("de afspraak stond op een andere dag")) {
		t.Error("another reason is the same draft")
	}
}

func TestMissingFieldStopsALetter(t *testing.T) {
	s, rich := testSet(t), Samples()[0]
	dep := rich.Departures[3]
	dep.Missing = []complaint.Field{complaint.FieldOffer}
	_, err := s.Letter(dep, rich.Case, rich.Today)
	var inc *Incomplete
	if !errors.As(err, &inc) || inc.Leak || len(inc.Missing) != 1 || inc.Missing[0] != complaint.FieldOffer.Name() {
		t.Errorf("got %v", err)
	}
}

func BenchmarkLetter(b *testing.B) {
	s, rich := testSet(b), Samples()[0]
	for _, dep := range []complaint.Departure{rich.Departures[0], rich.Departures[5]} {
		b.Run(dep.Letter, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Letter(dep, rich.Case, rich.Today); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(nil, testOffice()); err != nil {
			b.Fatal(err)
		}
	}
}
