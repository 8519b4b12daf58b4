package complaint

import "klachtd/calendar"

// Stage says how near the date of a reminder is.
type Stage string

const (
	Ahead   Stage = "ahead"   // 5 and 2 working days before send_by; 2 and 5 working days after a complaint nobody answered
	LastDay Stage = "send_by" // the last safe working day
	DueDay  Stage = "due"     // the due date itself
	Overdue Stage = "overdue" // every working day after it
)

// Reminder is a line of the daily mail about one duty.
type Reminder struct {
	Duty       Duty
	Stage      Stage
	Substitute bool // the substitute hears of it too
}

// Reminders lists what the daily mail of a day says of a case. It covers the days after since up to and including today,
// so that a machine that was off says once what it missed. Since is the day of the last daily mail, zero for none.
func Reminders(c Case, since, today calendar.Date, p Policy) []Reminder {
	if since.IsZero() || since >= today {
		since = today.AddDays(-1)
	}
	leaving := map[Key]bool{}
	for _, d := range Plan(c, today.At(8, 30, p.Zone), p) {
		if d.OnWord && d.Ready() {
			for _, k := range d.Meets {
				leaving[k] = true
			}
		}
	}
	var all []Reminder
	for _, d := range Duties(c, today) {
		if d.State != Open || d.Due.IsZero() || leaving[d.Key] {
			continue
		}
		if r, ok := c.remind(d, since, today); ok {
			all = append(all, r)
		}
	}
	return all
}

// remind says whether one open duty is spoken of in a mail that covers the days after since up to today.
func (c *Case) remind(d Duty, since, today calendar.Date) (Reminder, bool) {
	h := c.Opening.Terms.Holidays
	hit := func(day calendar.Date) bool { return day > since && day <= today }
	if d.Kind == Decision && c.Declined == nil { // one reminder only: silence is acceptance
		return Reminder{d, Ahead, false}, hit(h.AddWorkdays(d.SendBy, -5))
	}
	if today > d.Due {
		return Reminder{d, Overdue, d.Article > 0}, h.IsWorkday(today)
	}
	stage, told := ladder(d, h, hit)
	if _, printed := c.printed[d.Key]; printed && today > d.SendBy { // it lies there while the post needs its days
		return Reminder{d, DueDay, false}, h.IsWorkday(today)
	}
	if d.Kind == Acknowledgement && c.unanswered() {
		asked, substitute := c.askAgain(today, hit)
		return Reminder{d, stage, substitute}, told || asked
	}
	return Reminder{d, stage, false}, told
}

// ladder is the stage of a duty that is not yet overdue, and whether its reminders speak on one of the days.
func ladder(d Duty, h calendar.Holidays, hit func(calendar.Date) bool) (Stage, bool) {
	switch {
	case hit(d.Due):
		return DueDay, true
	case hit(d.SendBy):
		return LastDay, true
	}
	return Ahead, hit(h.AddWorkdays(d.SendBy, -2)) || hit(h.AddWorkdays(d.SendBy, -5))
}

// unanswered says whether nobody has said yet whether this is a complaint.
func (c *Case) unanswered() bool {
	return c.Registered == nil && c.Declined == nil && !c.withdrawn() && c.endedOtherwise() == (Words{})
}

// askAgain asks about a complaint that nobody answered: after 2 and 5 working days, from then on the substitute hears
// of it too, and from ten days after receipt both are asked every working day (procedure.md 7.6).
func (c *Case) askAgain(today calendar.Date, hit func(calendar.Date) bool) (asked, substitute bool) {
	h := c.Opening.Terms.Holidays
	second := h.AddWorkdays(c.Received, 5)
	daily := today >= c.Received.AddDays(10) && h.IsWorkday(today)
	return daily || hit(second) || hit(h.AddWorkdays(c.Received, 2)), today >= second
}
