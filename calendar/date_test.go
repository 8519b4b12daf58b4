package calendar

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // a machine without zone data tests too

	"pgregory.net/rapid"
)

func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// anyDate draws a date in the years 1 to 9999.
func anyDate() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date { return Date(rapid.Int32Range(1, lastDate).Draw(t, "day")) })
}

// recentDate draws a date in the years for which the holidays hold.
func recentDate() *rapid.Generator[Date] {
	first, last := NewDate(2014, time.January, 1), NewDate(2099, time.December, 31)
	return rapid.Custom(func(t *rapid.T) Date {
		return Date(rapid.Int32Range(int32(first), int32(last)).Draw(t, "day"))
	})
}

// eachDay calls f with every day of 2024 to 2040.
func eachDay(f func(Date)) {
	for d := NewDate(2024, time.January, 1); d.Year() <= 2040; d++ {
		f(d)
	}
}

func TestEveryDayAgreesWithPackageTime(t *testing.T) {
	count := 0
	eachDay(func(d Date) {
		count++
		y, m, n := d.YMD()
		want := time.Date(2024, time.January, count, 0, 0, 0, 0, time.UTC)
		if wy, wm, wn := want.Date(); y != wy || m != wm || n != wn || d.Weekday() != want.Weekday() {
			t.Errorf("day %d is %v, a %v; want %v", count, d, d.Weekday(), want)
		}
		if back := NewDate(y, m, n); back != d {
			t.Errorf("NewDate(%d, %d, %d) = %v", y, m, n, back)
		}
		if back, err := ParseDate(d.String()); back != d || err != nil {
			t.Errorf("ParseDate(%q) = %v, %v", d, back, err)
		}
	})
	if count != 17*365+5 { // leap days in 2024, 2028, 2032, 2036, 2040
		t.Errorf("saw %d days", count)
	}
}

func TestNewDateCarriesLikeTimeDate(t *testing.T) {
	for _, c := range []struct {
		y    int
		m    time.Month
		d    int
		want string
	}{
		{2026, time.November, 31, "2026-12-01"},
		{2026, time.March, 0, "2026-02-28"},
		{2028, time.March, 0, "2028-02-29"},
		{2026, 13, 1, "2027-01-01"},
		{1, time.January, 1, "0001-01-01"},
		{1969, time.December, 31, "1969-12-31"},
		{9999, time.December, 31, "9999-12-31"},
	} {
		if got := NewDate(c.y, c.m, c.d).String(); got != c.want {
			t.Errorf("NewDate(%d, %d, %d) = %s, want %s", c.y, c.m, c.d, got, c.want)
		}
	}
	if NewDate(9999, time.December, 31) != lastDate || NewDate(1970, time.January, 1) != unixEpoch {
		t.Error("the constants are not the days they are named for")
	}
}

func TestParseDateTakesOneFormOnly(t *testing.T) {
	for _, s := range []string{
		"", " ", "2026", "2026-11", "2026-11-3", "2026-1-03", "26-11-03", "02026-11-03", "+2026-11-03", "-2026-11-03",
		" 2026-11-03", "2026-11-03 ", "2026-11-03\n", "2026/11/03", "20261103", "03-11-2026", "2026-11-03T00:00:00Z",
		"2026-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "0000-12-31", "2026-11-0٣", "2026−11−03",
	} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
	if d := day(t, "2028-02-29"); d != NewDate(2028, time.February, 29) {
		t.Errorf("leap day read as %v", d)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-03", "2028-02-29", "2026-02-29", "0000-12-31", "9999-12-31", "2026-11-3", "+026-11-03", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("ParseDate(%q) = %v beside its error", s, d)
			}
			return
		}
		if d.IsZero() || d.String() != s {
			t.Fatalf("ParseDate(%q) prints as %q", s, d)
		}
		if y, m, n := d.YMD(); NewDate(y, m, n) != d {
			t.Fatalf("ParseDate(%q) falls apart in %d, %d, %d", s, y, m, n)
		}
	})
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate().Draw(t, "d")
		text, err := d.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back Date
		if err := back.UnmarshalText(text); err != nil || back != d {
			t.Fatalf("%v written as %q, read as %v, %v", int32(d), text, back, err)
		}
	})
}

func TestJSON(t *testing.T) {
	type fact struct {
		On    Date
		Until Date
		Left  Date `json:",omitzero"`
	}
	data, err := json.Marshal(fact{On: day(t, "2026-11-03")})
	if want := `{"On":"2026-11-03","Until":""}`; string(data) != want || err != nil {
		t.Errorf("got %s, %v, want %s", data, err, want)
	}
	back := fact{Until: 7}
	if err := json.Unmarshal(data, &back); err != nil || back != (fact{On: day(t, "2026-11-03")}) {
		t.Errorf("read back %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"On":"3-11-2026"}`), &back); err == nil {
		t.Error("a day in another form was accepted")
	}
	for _, d := range []Date{-1, lastDate + 1} {
		if text, err := d.MarshalText(); err == nil {
			t.Errorf("day %d was written as %q, which cannot be read back", int32(d), text)
		}
	}
}

func TestNoDateStaysNoDate(t *testing.T) {
	var none Date
	h := Dutch()
	for name, got := range map[string]Date{
		"AddDays": none.AddDays(14), "AddWeeks": none.AddWeeks(2), "Before": h.Before(none), "OnOrBefore": h.OnOrBefore(none),
		"OnOrAfter": h.OnOrAfter(none), "AddWorkdays": h.AddWorkdays(none, 3), "On": On(time.Time{}, time.UTC),
	} {
		if !got.IsZero() {
			t.Errorf("%s made %v of no date", name, got)
		}
	}
	if s := none.String() + none.Short("nl") + none.Long("nl") + none.Full("en") + h.Name(none); s != "" {
		t.Errorf("no date prints as %q", s)
	}
	if !none.At(16, 0, time.UTC).IsZero() || none.Year() != 0 || h.IsWorkday(none) {
		t.Error("no date has a time, a year or work")
	}
	if between := h.Between(none, day(t, "2026-11-03")); between != nil {
		t.Errorf("%d days between no date and a date", len(between))
	}
	if first := NewDate(1, time.January, 1); !(none < first) || first.IsZero() {
		t.Error("no date is not before every date")
	}
}

func TestDatesAreOrderedAndCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := recentDate().Draw(t, "d"), rapid.IntRange(-40000, 40000).Draw(t, "n")
		e := d.AddDays(n)
		if e.Sub(d) != n || e.AddDays(-n) != d || (d < e) != (n > 0) || (d.String() < e.String()) != (n > 0) {
			t.Fatalf("%v + %d = %v", d, n, e)
		}
		w := rapid.IntRange(-520, 520).Draw(t, "weeks")
		if f := d.AddWeeks(w); f.Weekday() != d.Weekday() || f.Sub(d) != 7*w {
			t.Fatalf("%v + %d weeks = %v", d, w, f)
		}
	})
}

func TestOnAgreesWithPackageTime(t *testing.T) {
	zones := []*time.Location{time.UTC, amsterdam(t), time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-2_000_000_000, 8_000_000_000).Draw(t, "unix"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		d := On(at, loc)
		if want := at.In(loc); d.String() != want.Format(time.DateOnly) || d.Weekday() != want.Weekday() {
			t.Fatalf("On(%v) = %v", want, d)
		}
		start, end := d.At(0, 0, loc), (d+1).At(0, 0, loc)
		if at.Before(start) || !at.Before(end) {
			t.Fatalf("%v is not between %v and %v", at, start, end)
		}
	})
}

// Summer time: the days on which the clock moves have 23 or 25 hours and are days like any other.
func TestDaysOnWhichTheClockMoves(t *testing.T) {
	loc := amsterdam(t)
	for _, c := range []struct {
		date  string
		hours float64
	}{
		{"2026-03-29", 23}, {"2026-10-25", 25}, {"2027-03-28", 23}, {"2027-10-31", 25},
		{"2028-03-26", 23}, {"2028-10-29", 25}, {"2029-03-25", 23}, {"2029-10-28", 25},
		{"2026-11-03", 24},
	} {
		d := day(t, c.date)
		start, end := d.At(0, 0, loc), d.AddDays(1).At(0, 0, loc)
		if got := end.Sub(start).Hours(); got != c.hours {
			t.Errorf("%v lasts %v hours, want %v", d, got, c.hours)
		}
		for at := start; at.Before(end); at = at.Add(30 * time.Minute) {
			if On(at, loc) != d {
				t.Errorf("%v lies on %v, want %v", at, On(at, loc), d)
			}
		}
		if On(start.Add(-1), loc) != d.AddDays(-1) || On(end, loc) != d.AddDays(1) {
			t.Errorf("%v does not end at its midnights", d)
		}
		if due := d.AddWeeks(2); due.Sub(d) != 14 || due.At(16, 0, loc).Hour() != 16 {
			t.Errorf("two weeks after %v: %v", d, due.At(16, 0, loc))
		}
	}
}

// Package time does not say which of two offsets it takes; either is on the right day.
func TestAtInTheSkippedAndTheRepeatedHour(t *testing.T) {
	loc := amsterdam(t)
	for _, c := range []struct {
		date   string
		hour   int
		either [2]string
	}{
		{"2026-03-29", 2, [2]string{"2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"}}, // 02:30 does not exist
		{"2026-10-25", 2, [2]string{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"}}, // 02:30 comes twice
		{"2026-11-03", 16, [2]string{"2026-11-03T16:30:00+01:00"}},
	} {
		d := day(t, c.date)
		at := d.At(c.hour, 30, loc)
		if got := at.Format(time.RFC3339); got != c.either[0] && got != c.either[1] || On(at, loc) != d {
			t.Errorf("%s %d:30 is %s, want one of %q", c.date, c.hour, got, c.either)
		}
	}
}
