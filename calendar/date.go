// Package calendar answers one question: on which day does that fall, as the law counts days?
//
// A [Date] is a civil day without clock or zone. Terms are counted in dates, never in hours, so the 23 and 25 hour days
// of summer time need no care. [Holidays] knows the Dutch days on which an office is closed. A term that ends on such a
// day is not extended, as Algemene termijnenwet art. 1 would do for terms set by law and not for those of a private
// regulation; a letter is sent on the last working day before it.
package calendar

import (
	"fmt"
	"time"
)

// Date is a civil day in the Gregorian calendar. The zero Date means "no date". Dates are ordered: d < e says that d is
// the earlier day, and no date comes before every date. The number counts days, 1 being Monday 1 January of the year 1.
type Date int32

const (
	unixEpoch     = 719163 // 1 January 1970, counted as a Date counts
	secondsPerDay = 24 * 60 * 60
	lastDate      = 3652059 // 31 December 9999, the last day that four digits of a year can write
)

// NewDate returns the day with these numbers. Like time.Date it accepts numbers out of range: 31 November is 1 December.
func NewDate(y int, m time.Month, d int) Date {
	// Midnights in UTC divide without remainder, also those before 1970.
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay + unixEpoch)
}

// ParseDate reads a day written as YYYY-MM-DD, in the years 0001 to 9999. It accepts no other form, no space around it,
// and no day that does not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("parse date %.40q: want an existing day as YYYY-MM-DD", s)
	}
	return NewDate(t.Date()), nil
}

// On returns the civil day of the instant t in loc: what the calendar on the wall there showed. The zero time, an instant
// nobody knows, gives no date.
func On(t time.Time, loc *time.Location) Date {
	if t.IsZero() {
		return 0
	}
	return NewDate(t.In(loc).Date())
}

// IsZero reports whether d is no date. With it, encoding/json's omitzero leaves out such a d.
func (d Date) IsZero() bool { return d == 0 }

// AddDays returns the day n days after d, or before it when n is negative. No date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return 0
	}
	return d + Date(n)
}

// AddWeeks returns the same weekday n weeks after d. A term of n weeks ends at the end of this day: d itself does not
// count, the last day counts whole. No date stays no date.
func (d Date) AddWeeks(n int) Date { return d.AddDays(7 * n) }

// Sub returns the number of days from e to d; negative when d is the earlier one. It has no meaning when either is no date.
func (d Date) Sub(e Date) int { return int(d) - int(e) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday((d%7 + 7) % 7) // Date 0 would have been a Sunday
}

// YMD returns the year, the month and the day of the month. They are 0, 0, 0 for no date.
func (d Date) YMD() (int, time.Month, int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.midnight().Date()
}

// Year returns the year, 0 for no date.
func (d Date) Year() int {
	y, _, _ := d.YMD()
	return y
}

// At returns the instant at which a clock in loc shows hour:minute on this day. A time that summer time skips or repeats
// is resolved as time.Date does. No date gives the zero time.
func (d Date) At(hour, minute int, loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.YMD()
	return time.Date(y, m, day, hour, minute, 0, 0, loc)
}

// String returns d as YYYY-MM-DD, the form ParseDate reads; "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.midnight().Format(time.DateOnly)
}

// MarshalText writes d as String does. A day outside the years 0001 to 9999, which could not be read back, is an error.
func (d Date) MarshalText() ([]byte, error) {
	if d < 0 || d > lastDate {
		return nil, fmt.Errorf("write date: day %d lies outside the years 1 to 9999", int32(d))
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	day, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = day
	return nil
}

func (d Date) midnight() time.Time {
	return time.Unix((int64(d)-unixEpoch)*secondsPerDay, 0).UTC()
}
