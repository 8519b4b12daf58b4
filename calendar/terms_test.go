package calendar

import (
	"testing"
	"time"
)

// The terms of the regulation, from the instant of receipt to the last safe day to send, in the words in which a handler
// sees them. No term moves because its last day is a Sunday or a holiday: the regulation is a private one.
func TestTermsOfTheRegulation(t *testing.T) {
	loc, h := amsterdam(t), Dutch()
	type term struct {
		weeks       int
		due, sendBy string
	}
	for _, c := range []struct {
		name, received, on string
		terms              []term
	}{
		{"plain", "2026-11-03T10:00:00+01:00", "di 3-11",
			[]term{{2, "di 17-11", "ma 16-11"}, {4, "di 1-12", ""}, {6, "di 15-12", "ma 14-12"}}},
		{"the day of 25 hours", "2026-10-25T22:50:00Z", "zo 25-10",
			[]term{{2, "zo 8-11", "vr 6-11"}, {4, "zo 22-11", ""}, {6, "zo 6-12", "vr 4-12"}}},
		{"still the day before in UTC", "2027-03-28T22:20:00Z", "ma 29-3",
			[]term{{2, "ma 12-4", "vr 9-4"}, {4, "ma 26-4", ""}, {6, "ma 10-5", "di 4-5"}}},
		{"ends at Christmas", "2026-12-11T10:00:00+01:00", "vr 11-12",
			[]term{{2, "vr 25-12", "do 24-12"}, {4, "vr 8-1", ""}, {6, "vr 22-1", "do 21-1"}}},
		{"ends on a Saturday that is Christmas too", "2026-12-12T10:00:00+01:00", "za 12-12",
			[]term{{2, "za 26-12", "do 24-12"}, {4, "za 9-1", ""}, {6, "za 23-1", "vr 22-1"}}},
		{"ends after Christmas", "2026-12-14T10:00:00+01:00", "ma 14-12",
			[]term{{2, "ma 28-12", "do 24-12"}, {4, "ma 11-1", ""}, {6, "ma 25-1", "vr 22-1"}}},
		{"six weeks end on Good Friday", "2027-02-12T10:00:00+01:00", "vr 12-2",
			[]term{{2, "vr 26-2", "do 25-2"}, {4, "vr 12-3", ""}, {6, "vr 26-3", "do 25-3"}}},
		{"ends on Koningsdag", "2027-04-13T10:00:00+02:00", "di 13-4",
			[]term{{2, "di 27-4", "ma 26-4"}, {4, "di 11-5", ""}, {6, "di 25-5", "ma 24-5"}}},
		{"ends on Ascension Day after 5 May", "2027-04-22T10:00:00+02:00", "do 22-4",
			[]term{{2, "do 6-5", "di 4-5"}, {4, "do 20-5", ""}, {6, "do 3-6", "wo 2-6"}}},
		{"the report, three weeks after the solution", "2026-11-19T10:00:00+01:00", "do 19-11",
			[]term{{3, "do 10-12", "wo 9-12"}}},
	} {
		at, err := time.Parse(time.RFC3339, c.received)
		if err != nil {
			t.Fatal(err)
		}
		received := On(at, loc)
		if got := received.Short("nl"); got != c.on {
			t.Errorf("%s: received on %s, want %s", c.name, got, c.on)
		}
		for _, want := range c.terms {
			due := received.AddWeeks(want.weeks)
			if got := due.Short("nl"); got != want.due || due.Sub(received) != 7*want.weeks {
				t.Errorf("%s: %d weeks end on %s, want %s", c.name, want.weeks, got, want.due)
			}
			if got := h.Before(due).Short("nl"); want.sendBy != "" && got != want.sendBy {
				t.Errorf("%s: %d weeks, send by %s, want %s", c.name, want.weeks, got, want.sendBy)
			}
		}
	}
}

// By post a letter leaves post_days earlier, on the last working day that still allows it.
func TestPostLeavesEarlier(t *testing.T) {
	h := Dutch()
	for due, want := range map[string]string{
		"2026-11-17": "2026-11-13", // three days before is Saturday
		"2026-12-28": "2026-12-24",
		"2027-05-10": "2027-05-04",
		"2026-11-20": "2026-11-17",
	} {
		if got := h.OnOrBefore(day(t, due).AddDays(-3)); got != day(t, want) {
			t.Errorf("due %s by post leaves on %v, want %s", due, got, want)
		}
	}
}
