package calendar

import (
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ date, lang, short, long, full string }{
		{"2026-11-03", "nl", "di 3-11", "3 november 2026", "dinsdag 3 november 2026"},
		{"2026-11-03", "en", "Tue 3 Nov", "3 November 2026", "Tuesday 3 November 2026"},
		{"2027-03-29", "nl", "ma 29-3", "29 maart 2027", "maandag 29 maart 2027"},
		{"2027-03-29", "en", "Mon 29 Mar", "29 March 2027", "Monday 29 March 2027"},
		{"2028-02-29", "", "di 29-2", "29 februari 2028", "dinsdag 29 februari 2028"},
	} {
		d := day(t, c.date)
		if short, long, full := d.Short(c.lang), d.Long(c.lang), d.Full(c.lang); short != c.short || long != c.long || full != c.full {
			t.Errorf("%s in %q: %q, %q, %q", c.date, c.lang, short, long, full)
		}
	}
}

// The names of the days and months themselves, each once, in order.
func TestDutchNames(t *testing.T) {
	days := []string{"ma 1-6 maandag 1 juni 2026", "di 2-6 dinsdag 2 juni 2026", "wo 3-6 woensdag 3 juni 2026",
		"do 4-6 donderdag 4 juni 2026", "vr 5-6 vrijdag 5 juni 2026", "za 6-6 zaterdag 6 juni 2026", "zo 7-6 zondag 7 juni 2026"}
	for i, want := range days {
		d := day(t, "2026-06-01").AddDays(i)
		if got := d.Short("nl") + " " + d.Full("nl"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	months := []string{"januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december"}
	for i, want := range months {
		if got := NewDate(2026, 1+time.Month(i), 9).Long("nl"); got != "9 "+want+" 2026" {
			t.Errorf("got %q, want month %s", got, want)
		}
	}
}
