package calendar

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/nl"
	"pgregory.net/rapid"
)

// The years around now, written out. Every day of these years that is not named here must have no name.
var published = map[string]string{
	"2026-01-01": "Nieuwjaarsdag", "2026-01-02": "vrije dag", "2026-04-03": "Goede Vrijdag", "2026-04-06": "Tweede Paasdag",
	"2026-04-27": "Koningsdag", "2026-05-05": "Bevrijdingsdag", "2026-05-14": "Hemelvaartsdag",
	"2026-05-15": "dag na Hemelvaartsdag", "2026-05-25": "Tweede Pinksterdag",
	"2026-12-25": "Eerste Kerstdag", "2026-12-26": "Tweede Kerstdag",

	"2027-01-01": "Nieuwjaarsdag", "2027-03-26": "Goede Vrijdag", "2027-03-29": "Tweede Paasdag",
	"2027-04-27": "Koningsdag", "2027-05-05": "Bevrijdingsdag", "2027-05-06": "Hemelvaartsdag",
	"2027-05-07": "dag na Hemelvaartsdag", "2027-05-17": "Tweede Pinksterdag",
	"2027-12-25": "Eerste Kerstdag", "2027-12-26": "Tweede Kerstdag",

	"2028-01-01": "Nieuwjaarsdag", "2028-04-14": "Goede Vrijdag", "2028-04-17": "Tweede Paasdag",
	"2028-04-27": "Koningsdag", "2028-04-28": "vrije dag", "2028-05-05": "Bevrijdingsdag", "2028-05-25": "Hemelvaartsdag",
	"2028-05-26": "dag na Hemelvaartsdag", "2028-06-05": "Tweede Pinksterdag",
	"2028-12-25": "Eerste Kerstdag", "2028-12-26": "Tweede Kerstdag",

	"2029-01-01": "Nieuwjaarsdag", "2029-03-30": "Goede Vrijdag", "2029-04-02": "Tweede Paasdag",
	"2029-04-27": "Koningsdag", "2029-05-05": "Bevrijdingsdag", "2029-05-10": "Hemelvaartsdag",
	"2029-05-11": "dag na Hemelvaartsdag", "2029-05-21": "Tweede Pinksterdag",
	"2029-12-25": "Eerste Kerstdag", "2029-12-26": "Tweede Kerstdag",

	"2030-01-01": "Nieuwjaarsdag", "2030-04-19": "Goede Vrijdag", "2030-04-22": "Tweede Paasdag",
	"2030-04-27": "Koningsdag", "2030-05-05": "Bevrijdingsdag", "2030-05-30": "Hemelvaartsdag",
	"2030-05-31": "dag na Hemelvaartsdag", "2030-06-10": "Tweede Pinksterdag",
	"2030-12-25": "Eerste Kerstdag", "2030-12-26": "Tweede Kerstdag",

	"2031-01-01": "Nieuwjaarsdag", "2031-04-11": "Goede Vrijdag", "2031-04-14": "Tweede Paasdag",
	"2031-04-26": "Koningsdag", "2031-05-05": "Bevrijdingsdag", "2031-05-22": "Hemelvaartsdag",
	"2031-05-23": "dag na Hemelvaartsdag", "2031-06-02": "Tweede Pinksterdag",
	"2031-12-25": "Eerste Kerstdag", "2031-12-26": "Tweede Kerstdag",
}

func TestPublishedHolidays(t *testing.T) {
	h := Dutch()
	for d := NewDate(2026, time.January, 1); d.Year() <= 2031; d++ {
		if got, want := h.Name(d), published[d.String()]; got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

// Another implementation of the same holidays, which knows neither the day after Ascension nor the equated days.
func TestHolidaysAgreeWithAnotherCalendar(t *testing.T) {
	other := &cal.Calendar{}
	other.AddHoliday(nl.Holidays...)
	h, seen := Holidays{}, 0
	eachDay(func(d Date) {
		// Only "observed" knows that Koningsdag is never on a Sunday; for the others both are the same.
		_, observed, holiday := other.IsHoliday(d.At(12, 0, time.UTC))
		want := ""
		if observed {
			want = holiday.Name
			seen++
		}
		if got := h.Name(d); got != want && got != "dag na Hemelvaartsdag" {
			t.Errorf("%v is %q, the other calendar says %q", d, got, want)
		}
	})
	if seen != 17*len(nl.Holidays) {
		t.Errorf("the other calendar named %d days", seen)
	}
}

// Easter Sundays at the edges of the rule: the earliest and latest ones, and the years in which the epact is corrected.
func TestEaster(t *testing.T) {
	for _, want := range []string{
		"1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20",
		"2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13",
		"2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
	} {
		d := day(t, want)
		if got := easter(d.Year()); got != d {
			t.Errorf("Easter is %v, want %v", got, d)
		}
	}
	for y := 1583; y <= 9999; y++ {
		got := easter(y)
		if got.Weekday() != time.Sunday || got < NewDate(y, time.March, 22) || got > NewDate(y, time.April, 25) {
			t.Errorf("Easter %d on %v", y, got.Full("en"))
		}
	}
}

func TestLiberationDay(t *testing.T) {
	for _, c := range []struct {
		rule           string
		in2025, in2026 bool // closed on Monday 5 May 2025, a lustrum, and on Tuesday 5 May 2026
	}{
		{"", true, true}, {"yearly", true, true}, {"lustrum", true, false}, {"never", false, false},
	} {
		h := Holidays{LiberationDay: c.rule}
		if got := !h.IsWorkday(day(t, "2025-05-05")); got != c.in2025 {
			t.Errorf("%q: closed in 2025 is %v", c.rule, got)
		}
		if got := !h.IsWorkday(day(t, "2026-05-05")); got != c.in2026 {
			t.Errorf("%q: closed in 2026 is %v", c.rule, got)
		}
	}
}

// A case keeps the holidays it began with: they must come out of its first fact as they went in.
func TestHolidaysSurviveJSON(t *testing.T) {
	for _, h := range []Holidays{{}, Dutch(), {LiberationDay: "lustrum", Equated: []Date{day(t, "2026-07-31")}}} {
		data, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		var back Holidays
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if back.LiberationDay != h.LiberationDay || !slices.Equal(back.Equated, h.Equated) {
			t.Errorf("%s came back as %+v", data, back)
		}
	}
	data, _ := json.Marshal(Holidays{LiberationDay: "never", Equated: []Date{day(t, "2026-07-31")}})
	if want := `{"liberation_day":"never","equated":["2026-07-31"]}`; string(data) != want {
		t.Errorf("got %s, want %s", data, want)
	}
}

func TestDutchIsYoursToChange(t *testing.T) {
	mine := Dutch()
	mine.Equated[0] = day(t, "2026-07-31")
	if Dutch().IsWorkday(day(t, "2026-01-02")) {
		t.Error("changing one copy changed the next")
	}
}

func TestTheOfficesOwnDaysAreNoWorkdays(t *testing.T) {
	own := day(t, "2026-11-16")
	h := Holidays{Equated: []Date{own}}
	if h.IsWorkday(own) || h.Name(own) != "vrije dag" || h.Before(day(t, "2026-11-17")) != day(t, "2026-11-13") {
		t.Errorf("%v: %q, before the 17th: %v", own, h.Name(own), h.Before(day(t, "2026-11-17")))
	}
}

func TestBeforeIsTheLastWorkdayBefore(t *testing.T) {
	h := Dutch()
	eachDay(func(d Date) { checkBefore(t, h, d) })
	rapid.Check(t, func(t *rapid.T) {
		h := Holidays{
			LiberationDay: rapid.SampledFrom([]string{"", "yearly", "lustrum", "never"}).Draw(t, "liberation day"),
			Equated:       rapid.SliceOfN(recentDate(), 0, 5).Draw(t, "equated"),
		}
		checkBefore(t, h, recentDate().Draw(t, "d"))
	})
}

func checkBefore(t interface{ Errorf(string, ...any) }, h Holidays, d Date) {
	before, on, after := h.Before(d), h.OnOrBefore(d), h.OnOrAfter(d)
	if before >= d || on > d || after < d || !h.IsWorkday(before) || !h.IsWorkday(on) || !h.IsWorkday(after) {
		t.Errorf("around %v: before %v, on or before %v, on or after %v", d, before, on, after)
	}
	if h.IsWorkday(d) != (on == d) || h.IsWorkday(d) != (after == d) {
		t.Errorf("%v is passed over, or kept without being a working day: %v, %v", d, on, after)
	}
	if between := h.Between(before, d); len(between) != d.Sub(before)-1 {
		t.Errorf("between %v and %v lies a working day: only %v are closed", before, d, between)
	}
	if between := h.Between(on, after); on != after && len(between) != after.Sub(on)-1 {
		t.Errorf("between %v and %v lies a working day: only %v are closed", on, after, between)
	}
}

func TestAddWorkdays(t *testing.T) {
	h := Dutch()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-03", 0, "2026-11-03"},
		{"2026-11-07", 0, "2026-11-07"}, // a Saturday stays itself
		{"2026-11-03", 1, "2026-11-04"},
		{"2026-11-06", 1, "2026-11-09"},
		{"2026-11-16", -2, "2026-11-12"},
		{"2026-11-16", -5, "2026-11-09"},
		{"2027-05-10", -1, "2027-05-04"}, // three closed days and a weekend
		{"2027-05-04", 1, "2027-05-10"},
		{"2026-12-24", 2, "2026-12-29"},
	} {
		if got := h.AddWorkdays(day(t, c.from), c.n); got != day(t, c.want) {
			t.Errorf("%s and %d working days: %v, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddWorkdaysThereAndBack(t *testing.T) {
	h := Dutch()
	rapid.Check(t, func(t *rapid.T) {
		d, n := h.OnOrAfter(recentDate().Draw(t, "d")), rapid.IntRange(-300, 300).Draw(t, "n")
		there := h.AddWorkdays(d, n)
		if back := h.AddWorkdays(there, -n); back != d {
			t.Fatalf("%v and %d working days is %v, and back %v", d, n, there, back)
		}
		if m := rapid.IntRange(0, 50).Draw(t, "m"); n >= 0 && h.AddWorkdays(there, m) != h.AddWorkdays(d, n+m) {
			t.Fatalf("%d and then %d working days after %v is not %d", n, m, d, n+m)
		}
		// Every day passed is either counted or explained.
		if n > 0 && there.Sub(d) != n+len(h.Between(d, there)) {
			t.Fatalf("%v to %v: %d working days and %d closed ones", d, there, n, len(h.Between(d, there)))
		}
	})
}

func TestBetweenExplainsTheSkip(t *testing.T) {
	h := Dutch()
	var got []string
	for _, d := range h.Between(day(t, "2027-05-04"), day(t, "2027-05-10")) {
		got = append(got, d.Short("nl")+" "+h.Name(d))
	}
	want := []string{"wo 5-5 Bevrijdingsdag", "do 6-5 Hemelvaartsdag", "vr 7-5 dag na Hemelvaartsdag", "za 8-5 ", "zo 9-5 "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	saturday := day(t, "2026-11-07")
	if got := h.Between(saturday, saturday+1); got != nil {
		t.Errorf("between two neighbours lies %v", got)
	}
	if got := h.Between(saturday+7, saturday); got != nil {
		t.Errorf("backwards lies %v", got)
	}
}

func BenchmarkIsWorkday(b *testing.B) {
	h, first := Dutch(), NewDate(2026, time.January, 1)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		h.IsWorkday(first + Date(i%365))
	}
}
