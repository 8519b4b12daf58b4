package complaint

import "klachtd/calendar"

// Status is how a case stands, for display: the highest step reached, or how it ended. Nothing is decided by it.
type Status string

const (
	StatusTriage        Status = "triage"
	StatusRegistered    Status = "registered"
	StatusAcknowledged  Status = "acknowledged"
	StatusInvestigating Status = "investigating"
	StatusJudged        Status = "judged"
	StatusOffered       Status = "offered"
	StatusOfferDeclined Status = "offer_declined"
	StatusResolved      Status = "resolved"
	StatusReported      Status = "reported"
	Closed              Status = "closed"
	NotAComplaint       Status = "not_a_complaint"
	ResolvedImmediately Status = "resolved_immediately"
	NotAccepted         Status = "not_accepted"
	StatusWithdrawn     Status = "withdrawn"
	StatusMerged        Status = "merged"
)

var statusNames = map[Status]Words{
	StatusTriage:        {"te beoordelen", "to be assessed"},
	StatusRegistered:    {"geregistreerd", "registered"},
	StatusAcknowledged:  {"bevestigd", "acknowledged"},
	StatusInvestigating: {"in onderzoek", "under investigation"},
	StatusJudged:        {"beoordeeld", "judged"},
	StatusOffered:       {"aanbod gedaan", "offer made"},
	StatusOfferDeclined: {"aanbod afgewezen", "offer declined"},
	StatusResolved:      {"opgelost", "resolved"},
	StatusReported:      {"verslag verstuurd", "report sent"},
	Closed:              {"afgesloten", "closed"},
	NotAComplaint:       {"geen klacht", "not a complaint"},
	ResolvedImmediately: {"direct opgelost", "resolved at first contact"},
	NotAccepted:         {"niet in behandeling", "not taken up"},
	StatusWithdrawn:     {"ingetrokken", "withdrawn"},
	StatusMerged:        {"samengevoegd", "merged"},
}

// Name is the status as people read it.
func (s Status) Name() Words { return statusNames[s] }

// Ended says whether the handling has come to its end. Something may still be owed: the word on a withdrawal, what was
// agreed, a measure to carry out; see Ended on the case.
func (s Status) Ended() bool {
	switch s {
	case Closed, NotAComplaint, ResolvedImmediately, NotAccepted, StatusWithdrawn, StatusMerged:
		return true
	}
	return false
}

// StatusOn is the status of a case on a day.
func StatusOn(c Case, today calendar.Date) Status {
	if end := c.endStatus(); end != "" {
		return end
	}
	if c.nothingOwed(today) {
		return Closed
	}
	return c.reached()
}

// endStatus is how a case ended before all was done, "" when it did not.
func (c *Case) endStatus() Status {
	switch {
	case c.Dismissed != nil:
		return NotAComplaint
	case c.AtOnce != nil:
		return ResolvedImmediately
	case c.MergedInto != "":
		return StatusMerged
	case c.declinedAndTold():
		return NotAccepted
	case c.withdrawn():
		return StatusWithdrawn
	}
	return ""
}

// nothingOwed says whether a resolved case has done all it promised: it closes by itself then. A measure that is still to
// be carried out does not keep it open.
func (c *Case) nothingOwed(today calendar.Date) bool {
	return !c.ResolvedOn.IsZero() && len(c.owed(today)) == 0
}

// owed lists the open duties that keep a case from closing.
func (c *Case) owed(today calendar.Date) []Duty {
	var all []Duty
	for _, d := range Duties(*c, today) {
		if d.State == Open && d.Kind != FollowMeasure {
			all = append(all, d)
		}
	}
	return all
}

// Ended says whether a case is at its end and nothing at all is owed any more, measures included: nobody has to look at
// it again unless somebody writes.
func Ended(c Case, today calendar.Date) bool {
	if c.endStatus() == "" && c.ResolvedOn.IsZero() {
		return false
	}
	for _, d := range Duties(c, today) {
		if d.State == Open {
			return false
		}
	}
	return true
}

// reached is the highest step of procedure.md 2.1 that a running case has come to.
func (c *Case) reached() Status {
	switch {
	case c.wentOut(LetterReportComplainant):
		return StatusReported
	case !c.ResolvedOn.IsZero():
		return StatusResolved
	case c.dissatisfied() && len(c.Offers) > 0:
		return StatusOfferDeclined
	case len(c.Offers) > 0:
		return StatusOffered
	case c.Finding != "":
		return StatusJudged
	case c.takenUp() != nil:
		return StatusInvestigating
	case c.acknowledged():
		return StatusAcknowledged
	case c.Registered != nil:
		return StatusRegistered
	}
	return StatusTriage
}

// wentOut says whether a letter of that name met its duty and did not come back.
func (c *Case) wentOut(letter string) bool {
	for _, d := range c.deliveries {
		if d.returned != "" || c.Reopened != nil && d.seq < c.Reopened.Seq {
			continue
		}
		if d.Letter == letter || letter == LetterReportComplainant && d.Variant == VariantWithReport {
			return true
		}
	}
	return false
}

// EndedOn is the day a case ended, for the life of its tokens and its retention; zero while anything is owed.
func EndedOn(c Case, today calendar.Date) calendar.Date {
	if !Ended(c, today) {
		return 0
	}
	var last calendar.Date
	for _, f := range c.Facts {
		switch f.Body.(type) {
		case Filed, Noted:
		default:
			last = max(last, f.On)
		}
	}
	return last
}
