package complaint

import (
	"time"

	"klachtd/calendar"
)

// Mode says what sends a letter: its time, or only the handler's word.
type Mode string

const (
	Auto    Mode = "auto"
	Approve Mode = "approve"
)

// Unanswered says what leaves on send_by for a possible complaint that nobody answered.
type Unanswered string

const (
	SendReceipt     Unanswered = "receipt"     // neutral; does not meet the acknowledgement
	SendAcknowledge Unanswered = "acknowledge" // the acknowledgement itself
	SendNothing     Unanswered = "nothing"
)

// TimeOfDay is a wall-clock time in the zone of the policy.
type TimeOfDay struct{ Hour, Minute int }

// Policy is how this office sends its letters: configuration, not regulation.
type Policy struct {
	Zone        *time.Location
	Grace       time.Duration   // between the handler's word and the letter leaving
	AutoAt      TimeOfDay       // on send_by, when nobody spoke
	From, Until TimeOfDay       // letters leave on working days within these hours
	Mode        map[string]Mode // by letter; Auto when absent
	Unanswered  Unanswered
	Lang        string // of letters to whoever has no language of their own
}

// nextAuto is the next time at which letters leave on silence, so that she who completed one late can still read it; but not
// past a due date that can still be met.
func (p Policy) nextAuto(t time.Time, due calendar.Date, h calendar.Holidays) time.Time {
	day := h.OnOrAfter(calendar.On(t, p.Zone))
	next := day.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone)
	if next.Before(t) {
		day = h.AddWorkdays(day, 1)
		next = day.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone)
	}
	if calendar.On(t, p.Zone) <= due && day > due {
		return t
	}
	return next
}

// window moves an instant into the hours in which letters leave, unless that would be after the due date.
func (p Policy) window(t time.Time, due calendar.Date, h calendar.Holidays) time.Time {
	t = t.In(p.Zone)
	day := calendar.On(t, p.Zone)
	opens := day.At(p.From.Hour, p.From.Minute, p.Zone)
	closes := day.At(p.Until.Hour, p.Until.Minute, p.Zone)
	next := t
	switch {
	case h.IsWorkday(day) && !t.Before(opens) && t.Before(closes):
		return t
	case h.IsWorkday(day) && t.Before(opens):
		next = opens
	default:
		next = h.AddWorkdays(day, 1).At(p.From.Hour, p.From.Minute, p.Zone)
	}
	if !due.IsZero() && calendar.On(next, p.Zone) > due {
		return t
	}
	return next
}
