package calendar

import (
	"slices"
	"time"
)

// Holidays says on which days the office is closed besides Saturdays and Sundays. The holidays are those of Algemene
// termijnenwet art. 3: the fixed ones are known here, the days equated with them (art. 3 lid 3) are listed in Equated.
// Every doubtful day counts as closed, since the harm in that is a letter that goes out early. The zero value is usable.
//
// A case copies it into its first fact, so that a later decree does not move a date once computed.
type Holidays struct {
	// LiberationDay says when the office is closed on 5 May: "yearly", as in the law, "lustrum" (2025, 2030, ...) or
	// "never". Anything else counts as "yearly".
	LiberationDay string `json:"liberation_day"`
	// Equated are the further days of the royal decrees, in any order.
	Equated []Date `json:"equated,omitempty"`
	// Closed are the office's own days off, in any order. They are no holidays to the law.
	Closed []Date `json:"closed,omitempty"`
}

// Dutch returns the Dutch holidays with the days equated by the royal decree for 2026 to 2028.
func Dutch() Holidays {
	return Holidays{
		LiberationDay: "yearly",
		Equated: []Date{
			NewDate(2026, time.January, 2),
			NewDate(2026, time.May, 15),
			NewDate(2027, time.May, 7),
			NewDate(2028, time.April, 28),
			NewDate(2028, time.May, 26),
		},
	}
}

// Name returns the Dutch name of the holiday that d is, "" when it is none. A day that the law gives no name is a
// "vrije dag". Saturdays and Sundays are no holidays by themselves, so Easter Sunday has no name.
func (h Holidays) Name(d Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.YMD()
	if name := h.fixedName(d, y, m, day); name != "" {
		return name
	}
	if name := easterName(d, y, m); name != "" {
		return name
	}
	if slices.Contains(h.Equated, d) || slices.Contains(h.Closed, d) {
		return "vrije dag"
	}
	return ""
}

// Extend moves a day on which a statutory term ends to the first one that is no Saturday, Sunday or holiday to the law
// (Algemene termijnenwet art. 1 lid 1). What only this office keeps as a day off moves nothing.
func (h Holidays) Extend(d Date) Date {
	h.LiberationDay, h.Closed = "yearly", nil
	return h.OnOrAfter(d)
}

// IsWorkday reports whether d is a Monday to Friday that is no holiday.
func (h Holidays) IsWorkday(d Date) bool {
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return h.Name(d) == ""
}

// Before returns the last working day strictly before d: the last safe day to send what is due on d. For no date it
// returns no date, as do the methods below.
func (h Holidays) Before(d Date) Date { return h.OnOrBefore(d.AddDays(-1)) }

// OnOrBefore returns d when it is a working day, otherwise the last one before it.
func (h Holidays) OnOrBefore(d Date) Date { return h.seek(d, -1) }

// OnOrAfter returns d when it is a working day, otherwise the first one after it.
func (h Holidays) OnOrAfter(d Date) Date { return h.seek(d, 1) }

// AddWorkdays returns the nth working day after d, or before it when n is negative; d itself is not counted. With n zero
// it returns d, working day or not.
func (h Holidays) AddWorkdays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for range n {
		d = h.seek(d.AddDays(step), step)
	}
	return d
}

// Between returns the days strictly between a and b that are no working days, earliest first: what a count of working
// days skipped on its way from a to b.
func (h Holidays) Between(a, b Date) []Date {
	if a.IsZero() || b.IsZero() {
		return nil
	}
	var closed []Date
	for d := a + 1; d < b; d++ {
		if !h.IsWorkday(d) {
			closed = append(closed, d)
		}
	}
	return closed
}

// seek walks from d by step, one day forward or back, until it stands on a working day.
func (h Holidays) seek(d Date, step int) Date {
	for !d.IsZero() && !h.IsWorkday(d) {
		d = d.AddDays(step)
	}
	return d
}

// fixedName names the holidays that have a day of the month.
func (h Holidays) fixedName(d Date, y int, m time.Month, day int) string {
	switch {
	case m == time.January && day == 1:
		return "Nieuwjaarsdag"
	case m == time.April && day == 27 && d.Weekday() != time.Sunday,
		m == time.April && day == 26 && d.Weekday() == time.Saturday: // never celebrated on a Sunday
		return "Koningsdag"
	case m == time.May && day == 5 && h.closedOnLiberationDay(y):
		return "Bevrijdingsdag"
	case m == time.December && day == 25:
		return "Eerste Kerstdag"
	case m == time.December && day == 26:
		return "Tweede Kerstdag"
	}
	return ""
}

func (h Holidays) closedOnLiberationDay(y int) bool {
	switch h.LiberationDay {
	case "never":
		return false
	case "lustrum":
		return y%5 == 0
	}
	return true
}

// easterName names the holidays that move with Easter: Good Friday is 20 March at the earliest, Whit Monday 14 June at
// the latest.
func easterName(d Date, y int, m time.Month) string {
	if m < time.March || m > time.June {
		return ""
	}
	switch d.Sub(easter(y)) {
	case -2:
		return "Goede Vrijdag" // art. 3 lid 2
	case 1:
		return "Tweede Paasdag"
	case 39:
		return "Hemelvaartsdag"
	case 40:
		return "dag na Hemelvaartsdag" // equated by decree after decree, so counted before the next one is there
	case 50:
		return "Tweede Pinksterdag"
	}
	return ""
}

// easter returns Easter Sunday of the year y: the Sunday after the paschal full moon, by the rules of Clavius for the
// Gregorian calendar as set out in Knuth, The Art of Computer Programming, vol. 1, section 1.3.2, exercise 14.
func easter(y int) Date {
	golden := y%19 + 1 // place of the year in the 19-year cycle of the moon
	century := y/100 + 1
	droppedLeapDays := 3*century/4 - 12
	moonCorrection := (8*century+5)/25 - 5
	epact := (11*golden + 50 + moonCorrection - droppedLeapDays) % 30 // Knuth's 20, and 30 to stay positive
	if epact == 24 || epact == 25 && golden > 11 {
		epact++
	}
	fullMoon := 44 - epact // in March; numbers above 31 run on into April
	if fullMoon < 21 {
		fullMoon += 30
	}
	moon := NewDate(y, time.March, fullMoon)
	return moon.AddDays(7 - int(moon.Weekday())) // a full moon on a Sunday puts Easter a week later
}
