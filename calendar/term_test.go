package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTermsEndOnTheDayTheLawSays(t *testing.T) {
	h := Dutch()
	for _, c := range []struct {
		from Date
		term string
		want Date
	}{
		{NewDate(2026, time.November, 3), "2w", NewDate(2026, time.November, 17)},
		{NewDate(2026, time.December, 11), "1m", NewDate(2027, time.January, 11)},
		{NewDate(2027, time.January, 31), "1m", NewDate(2027, time.February, 28)},
		{NewDate(2028, time.January, 31), "1m", NewDate(2028, time.February, 29)},
		{NewDate(2026, time.December, 31), "2m", NewDate(2027, time.February, 28)},
		{NewDate(2026, time.December, 24), "2wd", NewDate(2026, time.December, 29)}, // Christmas and a weekend between
		{NewDate(2026, time.November, 3), "14d", NewDate(2026, time.November, 17)},
	} {
		term, err := ParseTerm(c.term)
		if err != nil {
			t.Fatal(err)
		}
		if got := term.After(c.from, h); got != c.want {
			t.Errorf("%s after %s is %s, want %s", c.term, c.from, got, c.want)
		}
	}
}

// TestStatutoryTermsAreExtended: procedure.md 5.3, the column of the Algemene termijnenwet.
func TestStatutoryTermsAreExtended(t *testing.T) {
	h := Dutch()
	h.LiberationDay, h.Closed = "never", []Date{NewDate(2026, time.November, 9)}
	for _, c := range []struct{ end, want Date }{
		{NewDate(2026, time.November, 8), NewDate(2026, time.November, 9)},
		{NewDate(2026, time.December, 25), NewDate(2026, time.December, 28)},
		{NewDate(2027, time.March, 26), NewDate(2027, time.March, 30)},
		{NewDate(2027, time.May, 5), NewDate(2027, time.May, 10)},
		{NewDate(2027, time.May, 6), NewDate(2027, time.May, 10)},
	} {
		if got := h.Extend(c.end); got != c.want {
			t.Errorf("a statutory term that ends on %s is extended to %s, want %s", c.end, got, c.want)
		}
	}
}

func TestTermsSurviveBeingWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		term := Term{rapid.IntRange(1, 999).Draw(t, "n"), rapid.SampledFrom([]Unit{Days, Weeks, Months, Workdays}).Draw(t, "unit")}
		again, err := ParseTerm(term.String())
		if err != nil || again != term {
			t.Fatalf("%v came back as %v: %v", term, again, err)
		}
		from := Date(rapid.IntRange(700000, 800000).Draw(t, "from"))
		if end := term.After(from, Dutch()); end <= from {
			t.Fatalf("%v after %s ends on %s", term, from, end)
		}
	})
}

func FuzzParseTerm(f *testing.F) {
	for _, s := range []string{"6w", "1m", "14d", "2wd", "", "w", "06w", "-1w", "6 w", "1000d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if term, err := ParseTerm(s); err == nil && term.String() != s {
			t.Errorf("%q was read as %v", s, term)
		}
	})
}
