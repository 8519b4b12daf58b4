package complaint

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"klachtd/calendar"
)

func TestDaysAsPeopleWriteThem(t *testing.T) {
	today := day("2026-11-19") // a Thursday
	const no = ""
	for _, c := range []struct {
		said           string
		happened, owed string // as something that happened, and as something to come
	}{
		{"vandaag", "2026-11-19", "2026-11-19"},
		{"gisteren", "2026-11-18", "2026-11-18"},
		{"Gistermiddag", "2026-11-18", "2026-11-18"},
		{"eergisteren", "2026-11-17", "2026-11-17"},
		{"vanochtend", "2026-11-19", "2026-11-19"},
		{"this morning", "2026-11-19", "2026-11-19"},
		{"morgen", "2026-11-20", "2026-11-20"},
		{"tomorrow", "2026-11-20", "2026-11-20"},
		{"overmorgen", "2026-11-21", "2026-11-21"},
		{"over 2 weken", "2026-12-03", "2026-12-03"},
		{"over een week", "2026-11-26", "2026-11-26"},
		{"in three days", "2026-11-22", "2026-11-22"},
		{"2 dagen geleden", "2026-11-17", "2026-11-17"},
		{"a week ago", "2026-11-12", "2026-11-12"},

		{"ma", "2026-11-16", "2026-11-23"},
		{"maandag", "2026-11-16", "2026-11-23"},
		{"op maandag", "2026-11-16", "2026-11-23"},
		{"Friday", "2026-11-13", "2026-11-20"},
		{"maandagmiddag", "2026-11-16", "2026-11-23"},
		{"afgelopen maandag", "2026-11-16", "2026-11-16"},
		{"komende maandag", "2026-11-23", "2026-11-23"},
		{"vrijdag a.s.", "2026-11-20", "2026-11-20"},
		{"a.s. vrijdag", "2026-11-20", "2026-11-20"},
		{"afgelopen donderdag", "2026-11-12", "2026-11-12"},
		{"dinsdag jl.", "2026-11-17", "2026-11-17"},
		{"donderdag j.l.", "2026-11-12", "2026-11-12"},
		{"dinsdag jl. om 15.30 uur", "2026-11-17", "2026-11-17"},
		{"17 november jongstleden", "2026-11-17", "2026-11-17"},
		{"20 november jl.", "2025-11-20", "2025-11-20"},
		{"gisteren om half drie", "2026-11-18", "2026-11-18"},
		{"gisteren rond kwart over 2", "2026-11-18", "2026-11-18"},
		{"maandag om tien uur", "2026-11-16", "2026-11-23"},
		{"gisteren om een", no, no}, // a sentence that goes on: "om een afspraak te maken"
		{"donderdag", no, no},       // today, or a week away
		{"vorige maandag", no, no},
		{"volgende week", no, no},
		{"next monday", no, no},

		{"3-11", "2026-11-03", "2027-11-03"},
		{"19-11", "2026-11-19", "2026-11-19"},
		{"20-11", "2025-11-20", "2026-11-20"},
		{"03/11/2026", "2026-11-03", "2026-11-03"},
		{"3.11.26", "2026-11-03", "2026-11-03"},
		{"3-11-'26", "2026-11-03", "2026-11-03"},
		{"2026-11-03", "2026-11-03", "2026-11-03"},
		{"15-1-2027", "2027-01-15", "2027-01-15"},
		{"3 nov", "2026-11-03", "2027-11-03"},
		{"3 nov. 2026", "2026-11-03", "2026-11-03"},
		{"op 3 november", "2026-11-03", "2027-11-03"},
		{"3e november", "2026-11-03", "2027-11-03"},
		{"1 mrt", "2026-03-01", "2027-03-01"},
		{"3 november 2026 om 14.00 uur", "2026-11-03", "2026-11-03"},
		{"gisteren om 10:30", "2026-11-18", "2026-11-18"},
		{"di 3-11", "2026-11-03", no},
		{"dinsdag 3 november 2026", "2026-11-03", "2026-11-03"},
		{"woensdag 3 november 2026", no, no}, // it was a Tuesday
		{"November 3, 2026", "2026-11-03", "2026-11-03"},
		{"3rd of November", "2026-11-03", "2027-11-03"},
		{"29-2", "2024-02-29", "2028-02-29"},
		{"3\u00a0november", "2026-11-03", "2027-11-03"},

		{"31-4", no, no},
		{"30 februari", no, no},
		{"11-13", no, no}, // month before day is not how people write here
		{"0-5", no, no},
		{"3-11-1999", no, no},
		{"november", no, no},
		{"begin november", no, no},
		{"na de vakantie", no, no},
		{"3", no, no},
		{"06-12345678", no, no},
		{"3 keer", no, no},
		{"", no, no},
	} {
		for _, want := range []struct {
			future bool
			day    string
		}{{false, c.happened}, {true, c.owed}} {
			got, ok := ParseDay(c.said, today, want.future)
			if ok != (want.day != no) || ok && got.String() != want.day {
				t.Errorf("%q, future %v: got %v %v, want %q", c.said, want.future, got, ok, want.day)
			}
		}
	}
}

func TestEveryDayCanBeWrittenAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date(rapid.Int32Range(int32(day("2000-01-01")), int32(day("2099-12-31"))).Draw(t, "day"))
		today := calendar.Date(rapid.Int32Range(int32(day("2010-01-01")), int32(day("2090-12-31"))).Draw(t, "today"))
		future := rapid.Bool().Draw(t, "future")
		y, m, n := d.YMD()
		for _, s := range []string{
			d.String(), d.Long("nl"), d.Long("en"), d.Full("nl"), d.Full("en"), "op " + d.Long("nl") + ".",
			fmt.Sprintf("%d-%d-%d", n, m, y), fmt.Sprintf("%02d/%02d/%04d", n, m, y), fmt.Sprintf("%d.%d.%02d", n, m, y-2000),
		} {
			if got, ok := ParseDay(s, today, future); !ok || got != d {
				t.Fatalf("%q: got %v %v, want %v", s, got, ok, d)
			}
		}
		short := fmt.Sprintf("%d-%d", n, m)
		got, ok := ParseDay(short, today, future)
		_, gm, gn := got.YMD()
		if !ok || gm != m || gn != n || future && got < today || !future && got > today || (m != 2 || n != 29) && abs(got.Sub(today)) > 366 {
			t.Fatalf("%q on %v, future %v: got %v %v", short, today, future, got, ok)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"gisteren", "ma 3-11", "3 nov 2026", "afgelopen vrijdag", "over 2 weken", "29-2", "vrijdag a.s."} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, future bool) {
		today := day("2026-11-19")
		d, ok := ParseDay(s, today, future)
		if ok == d.IsZero() {
			t.Fatalf("%q: %v %v", s, d, ok)
		}
		if y := d.Year(); ok && (y < 1999 || y > 2100) {
			t.Fatalf("%q is read as %v", s, d)
		}
		leadingDay(s, today, future)
	})
}
