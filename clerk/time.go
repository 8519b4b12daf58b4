package clerk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// Run wakes whenever time alone changes something, until ctx ends.
func (c *Clerk) Run(ctx context.Context) error {
	for {
		next, err := c.Tick(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, db.ErrDamaged) {
			return err // going on would make it worse
		}
		if err != nil {
			c.Log.Error("settle", "err", err)
			next = c.Now().Add(time.Minute)
		}
		wait := time.Hour // a clock that jumps, or a machine that slept, is noticed within the hour
		if !next.IsZero() {
			wait = min(wait, max(next.Sub(c.Now()), 0))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		case <-c.Mail:
			timer.Stop()
		}
	}
}

// batch is how many cases are settled in one transaction.
const batch = 200

// Tick does all that is due by now: settles the cases whose instant has come, makes cases of possible complaints that
// nobody answered, writes the daily mails, forgets what may no longer be kept. It returns the next instant.
func (c *Clerk) Tick(ctx context.Context) (next time.Time, err error) {
	for {
		var n int
		err := c.DB.Update(ctx, func(tx *db.Tx) error {
			d := &desk{Clerk: c, House: c.House(), tx: tx, now: c.Now()}
			n, err = d.settleDue()
			return err
		})
		if err != nil {
			return time.Time{}, err
		}
		if n > 0 {
			kick(c.Post)
		}
		if n < batch {
			break
		}
	}
	err = c.DB.Update(ctx, func(tx *db.Tx) error {
		d := &desk{Clerk: c, House: c.House(), tx: tx, now: c.Now()}
		if err := d.daily(); err != nil {
			return err
		}
		next, err = d.nextInstant()
		return err
	})
	if err == nil {
		kick(c.Post)
	}
	return next, err
}

// settleDue settles the cases whose next instant has come, a batch of them.
func (d *desk) settleDue() (int, error) {
	due, err := d.tx.Due(d.now, batch)
	if err != nil {
		return 0, err
	}
	for _, id := range due {
		if _, err := d.settle(id); err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

// NextInstant is the first instant at which anything is to be done: a case, a daily mail, a row of the outbox.
func (c *Clerk) NextInstant(ctx context.Context) (next time.Time, err error) {
	err = c.DB.View(ctx, func(tx *db.Tx) error {
		d := &desk{Clerk: c, House: c.House(), tx: tx, now: c.Now()}
		if next, err = d.nextInstant(); err != nil {
			return err
		}
		row, err := tx.NextRowAt()
		if !row.IsZero() && row.Before(next) {
			next = row
		}
		return err
	})
	return next, err
}

// nextInstant is the earlier of the next case and the next daily mail.
func (d *desk) nextInstant() (time.Time, error) {
	next, err := d.tx.NextWake()
	if err != nil {
		return next, err
	}
	day := d.today()
	if !d.now.Before(d.dailyOn(day)) {
		day = day.AddDays(1)
	}
	if at := d.dailyOn(day); next.IsZero() || at.Before(next) {
		next = at
	}
	return next, nil
}

func (d *desk) dailyOn(day calendar.Date) time.Time {
	return day.At(d.DailyAt.Hour, d.DailyAt.Minute, d.Policy.Zone)
}

const (
	lastDaily  = "last_daily"  // the day of the last round of daily mails
	lastDigest = "last_digest" // the day of the last list of near misses
)

// daily does once a day, from 08:30 on, what belongs to a day. On days off nothing is written, but possible complaints
// still become cases in time.
func (d *desk) daily() error {
	today := d.today()
	if d.now.Before(d.dailyOn(today)) {
		return nil
	}
	last, err := d.day(lastDaily)
	if err != nil || last >= today {
		return err
	}
	if err := d.convertUnanswered(); err != nil {
		return err
	}
	if _, err := d.tx.ForgetOrdinary(d.now.AddDate(0, 0, -21)); err != nil {
		return err
	}
	if !d.Terms.Holidays.IsWorkday(today) {
		return nil
	}
	if err := d.writeDaily(last); err != nil {
		return err
	}
	return d.tx.Set(lastDaily, today.String())
}

func (d *desk) day(name string) (calendar.Date, error) {
	s, err := d.tx.Get(name)
	if err != nil || s == "" {
		return 0, err
	}
	return calendar.ParseDate(s)
}

// convertUnanswered makes a case of each possible complaint nobody answered, one working day before the last safe day of
// its acknowledgement; the handler is told as of a certain one.
func (d *desk) convertUnanswered() error {
	cands, err := d.tx.OpenCandidates()
	if err != nil {
		return err
	}
	for _, cand := range cands {
		if cand.Near || d.today() < d.convertOn(cand) {
			continue
		}
		c, err := d.openCandidate(cand, complaint.OriginUnanswered)
		if err != nil {
			return err
		}
		if err := d.notice(c); err != nil {
			return err
		}
	}
	return nil
}

// writeDaily writes each handler the one mail of the day, if there is anything to say, and who steps in the numbers and
// dates of what is stuck.
func (d *desk) writeDaily(last calendar.Date) error {
	possible, near, err := d.candidates()
	if err != nil {
		return err
	}
	byHandler, stuck, err := d.reminders(last)
	if err != nil {
		return err
	}
	for _, h := range d.Office.Handlers {
		ask := d.newAsk("", h, complaint.NoQuestion)
		day := letters.Daily{Today: d.today(), Cases: byHandler[complaint.BareMail(h.Email)]}
		if complaint.SameMail(h.Email, d.lead().Email) {
			day.Possible, day.Near = d.number(&ask, possible), d.number(&ask, near)
		}
		if err := d.sendDaily(h, ask, day); err != nil {
			return err
		}
	}
	for _, c := range near { // told once
		if err := d.tx.SettleCandidate(c.Mail, db.CandidateListed, ""); err != nil {
			return err
		}
	}
	return d.tellSubstitutes(stuck, d.unheard(possible))
}

// number gives the mails a daily mail asks about their numbers, going on from those of the ask.
func (d *desk) number(ask *complaint.Ask, list []db.Candidate) []letters.Possible {
	var numbered []letters.Possible
	for _, c := range list {
		ask.Items = append(ask.Items, c.Mail)
		ask.Question = complaint.AskWhich
		p := letters.Possible{
			N: len(ask.Items), From: author(c.Opening), Subject: c.Opening.Subject, Excerpt: c.Opening.Words,
			Received: c.Opening.Received, Signals: c.Opening.Verdict.Signals, Arrived: c.Opening.ReceivedAt, Attachments: c.Opening.Attachments,
		}
		if !c.Near {
			p.Deadline = d.convertOn(c)
		}
		numbered = append(numbered, p)
	}
	return numbered
}

// sendDaily sends one handler's daily mail. The question of each case it names has a token of its own, for its links.
func (d *desk) sendDaily(h letters.Handler, ask complaint.Ask, day letters.Daily) error {
	if len(day.Possible)+len(day.Near)+len(day.Cases) == 0 {
		return nil
	}
	for i := range day.Cases {
		one := &day.Cases[i]
		ask.Cases = append(ask.Cases, one.Case.Opening.Number)
		one.Ask = d.askNext(one.Case, one.Plan, h)
		if err := d.tx.SaveAsk(one.Ask); err != nil {
			return err
		}
	}
	l, err := d.Letters.Daily(d.envelope(h, ask), day)
	if err != nil {
		return fmt.Errorf("daily mail: %w", err)
	}
	return d.tell(fmt.Sprintf("daily/%s/%s", d.today(), complaint.BareMail(h.Email)), ask, l)
}

// candidates lists the possible complaints still open and, once a week, the near misses since the last list.
func (d *desk) candidates() (possible, near []db.Candidate, err error) {
	all, err := d.tx.OpenCandidates()
	if err != nil {
		return nil, nil, err
	}
	told, err := d.day(lastDigest)
	if err != nil {
		return nil, nil, err
	}
	weekly := d.today() >= told.AddDays(7) && !told.IsZero() || told.IsZero() && d.today().Weekday() == time.Monday
	for _, c := range all {
		switch {
		case !c.Near:
			possible = append(possible, c)
		case weekly && (len(near) < 10 || d.Digest == DigestAll):
			near = append(near, c)
		}
	}
	if len(near) > 0 {
		err = d.tx.Set(lastDigest, d.today().String())
	}
	return possible, near, err
}

// reminders collects what the daily mail says of the running cases, by handler, and what the substitute must hear of.
func (d *desk) reminders(last calendar.Date) (map[string][]letters.CaseReminders, []letters.CaseReminders, error) {
	open, err := d.tx.OpenCases()
	if err != nil {
		return nil, nil, err
	}
	byHandler := map[string][]letters.CaseReminders{}
	var stuck []letters.CaseReminders
	for _, id := range open {
		c, err := d.load(id)
		if err != nil {
			return nil, nil, err
		}
		all := complaint.Reminders(c, last, d.today(), d.Policy)
		if len(all) == 0 {
			continue
		}
		plan, _ := d.plan(c)
		line := letters.CaseReminders{Case: c, Reminders: all, Plan: plan}
		who := complaint.BareMail(d.handlerOf(c).Email)
		byHandler[who] = append(byHandler[who], line)
		for _, r := range all {
			if r.Substitute {
				stuck = append(stuck, line)
				break
			}
		}
	}
	return byHandler, stuck, nil
}

// askAbout asks a handler at once whether one mail is a complaint.
func (d *desk) askAbout(h letters.Handler, id complaint.MailID) error {
	cand, ok, err := d.tx.Candidate(id)
	if err != nil || !ok {
		return err
	}
	return d.askWhich(h, []db.Candidate{cand}, "which/"+string(id))
}
