package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Unit is what a term counts.
type Unit string

const (
	Days     Unit = "d"
	Weeks    Unit = "w"
	Months   Unit = "m"
	Workdays Unit = "wd"
)

// Term is a length of time as regulations write it: 14 days, 6 weeks, 1 month, 2 working days. As text it is "14d", "6w",
// "1m", "2wd". The zero value is no term at all.
type Term struct {
	N    int
	Unit Unit
}

// ParseTerm reads the text form of a term.
func ParseTerm(s string) (Term, error) {
	digits := strings.TrimRight(s, "dwm")
	n, err := strconv.Atoi(digits)
	t := Term{n, Unit(s[len(digits):])}
	if err != nil || n < 1 || n > 999 || unitNames[t.Unit] == ([2][2]string{}) || t.String() != s {
		return Term{}, fmt.Errorf("%q is no term: write days, weeks, months or working days, as in 14d, 6w, 1m or 2wd", s)
	}
	return t, nil
}

// IsZero says whether there is no term.
func (t Term) IsZero() bool { return t.N == 0 }

// After is the last day of a term that begins to run on a day: that day itself is not counted, the last one is counted
// whole. A month ends on the same day number, else on the last day of the month. No term, or no day, gives no date.
func (t Term) After(d Date, h Holidays) Date {
	if t.IsZero() || d.IsZero() {
		return 0
	}
	switch t.Unit {
	case Weeks:
		return d.AddWeeks(t.N)
	case Months:
		return d.addMonths(t.N)
	case Workdays:
		return h.AddWorkdays(d, t.N)
	}
	return d.AddDays(t.N)
}

func (d Date) addMonths(n int) Date {
	y, m, day := d.YMD()
	last := NewDate(y, m+time.Month(n)+1, 0)
	_, _, length := last.YMD()
	return last.AddDays(min(day, length) - length)
}

var unitNames = map[Unit][2][2]string{ // Dutch and English, one and more
	Days:     {{"dag", "dagen"}, {"day", "days"}},
	Weeks:    {{"week", "weken"}, {"week", "weeks"}},
	Months:   {{"maand", "maanden"}, {"month", "months"}},
	Workdays: {{"werkdag", "werkdagen"}, {"working day", "working days"}},
}

// Words gives the term as people say it: "6 weken", "1 month".
func (t Term) Words(lang string) string {
	language, several := 0, 1
	if lang == "en" {
		language = 1
	}
	if t.N == 1 {
		several = 0
	}
	return strconv.Itoa(t.N) + " " + unitNames[t.Unit][language][several]
}

func (t Term) String() string {
	if t.IsZero() {
		return ""
	}
	return strconv.Itoa(t.N) + string(t.Unit)
}

// MarshalText gives "6w", and nothing for no term.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText gives.
func (t *Term) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*t = Term{}
		return nil
	}
	*t, err = ParseTerm(string(text))
	return err
}
