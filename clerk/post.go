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

// Next gives the mailer the row to send now, its bytes frozen; or nil and the instant of the next one, zero for none. The
// row is claimed in the same transaction.
func (c *Clerk) Next(ctx context.Context) (item *letters.Dispatch, wake time.Time, err error) {
	h := c.House()
	err = c.DB.Update(ctx, func(tx *db.Tx) error {
		d := &desk{Clerk: c, House: h, tx: tx, now: c.Now()}
		item, wake, err = d.next()
		return err
	})
	return item, wake, err
}

func (d *desk) next() (*letters.Dispatch, time.Time, error) {
	for {
		row, ok, err := d.tx.NextRow(d.now)
		if err != nil {
			return nil, time.Time{}, err
		}
		if !ok {
			at, err := d.tx.NextRowAt()
			return nil, at, err
		}
		if row.Raw == nil {
			ready, err := d.freeze(&row)
			if err != nil {
				return nil, time.Time{}, err
			}
			if !ready {
				continue
			}
		}
		if row.State == db.RowInDoubt && row.Doubts > 1 {
			if err := d.giveUpDoubt(row); err != nil {
				return nil, time.Time{}, err
			}
			continue
		}
		if err := d.tx.Claim(row.ID, d.now); err != nil {
			return nil, time.Time{}, err
		}
		return &letters.Dispatch{ID: row.ID, From: d.Office.From.Mail, To: row.To, MessageID: row.MessageID, Raw: row.Raw, Attempt: row.Attempts + 1}, time.Time{}, nil
	}
}

// freeze renders a letter at its departure, as the facts stand now. It says false when the letter does not go after all.
func (d *desk) freeze(row *db.Row) (bool, error) {
	c, err := d.settle(row.Case) // the plan may have changed since it was queued
	if err != nil {
		return false, err
	}
	dep, ok := departing(complaint.Plan(c, d.now, d.Policy), row.Key, d.now)
	if !ok {
		return false, nil // settle has withdrawn the row or given it another time
	}
	l, err := d.Letters.Letter(dep, c, d.today())
	var lacks *letters.Incomplete
	if errors.As(err, &lacks) {
		return false, d.stop(*row, c, dep, lacks)
	}
	if err != nil { // one letter that cannot be written never stops the others
		d.Log.Error("write letter", "case", row.Case, "letter", row.Letter, "err", err)
		return false, d.stop(*row, c, dep, &letters.Incomplete{Letter: row.Letter, Missing: []complaint.Words{{NL: err.Error(), EN: err.Error()}}})
	}
	l.MessageID = d.letterID(c, dep.Meets[0])
	if dep.Channel == complaint.ByPost {
		if l, err = d.toPrint(c, dep, l); err != nil {
			return false, err
		}
	}
	raw, err := d.Compose(l, d.now)
	if err != nil {
		return false, d.stop(*row, c, dep, &letters.Incomplete{Letter: row.Letter, Missing: []complaint.Words{{NL: err.Error(), EN: err.Error()}}})
	}
	fresh := d.rowFor(c, dep)
	fresh.ID, fresh.MessageID, fresh.Raw = row.ID, l.MessageID, raw
	if err := d.tx.Freeze(fresh); err != nil {
		return false, err
	}
	*row, err = d.tx.Row(row.ID)
	return true, err
}

// departing finds the letter of a row in a plan, if it may leave now.
func departing(plan []complaint.Departure, key string, now time.Time) (complaint.Departure, bool) {
	for _, dep := range plan {
		if departureKey(dep) == key {
			return dep, dep.Ready() && !dep.NotBefore.After(now)
		}
	}
	return complaint.Departure{}, false
}

// stop holds a letter whose text may not go out, and asks the handler for what it lacks.
func (d *desk) stop(row db.Row, c complaint.Case, dep complaint.Departure, lacks *letters.Incomplete) error {
	if err := d.tx.HoldRow(row.ID, lacks.Error()); err != nil {
		return err
	}
	key := fmt.Sprintf("%s/%d", row.Key, len(c.Facts)) // what she says next may stop it again: told again then
	return d.alarm(c, key, letters.Alarm{Kind: letters.AlarmIncomplete, Letter: row.Letter, To: either(dep.To.Mail, dep.To.Name), Err: lacks})
}

// Doubt is committed before the final dot of a mail: from here until the reply nobody knows whether it was accepted.
func (c *Clerk) Doubt(ctx context.Context, id int64) error {
	return c.DB.Update(ctx, func(tx *db.Tx) error { return tx.MarkDoubt(id, c.Now()) })
}

// Done records what became of an attempt. A letter accepted is a fact of its case.
func (c *Clerk) Done(ctx context.Context, id int64, o letters.Outcome) error {
	return c.act(ctx, func(d *desk) error { return d.done(id, o) })
}

// DoneAndDoubt does Done for one row and Doubt for the next, in one commit: letters that follow each other wait for the
// disk once each.
func (c *Clerk) DoneAndDoubt(ctx context.Context, id int64, o letters.Outcome, next int64) error {
	return c.act(ctx, func(d *desk) error {
		if err := d.done(id, o); err != nil {
			return err
		}
		return d.tx.MarkDoubt(next, d.now)
	})
}

func (d *desk) done(id int64, o letters.Outcome) error {
	row, err := d.tx.Row(id)
	if err != nil {
		return err
	}
	if row.State == db.RowAccepted { // its own copy was found while the server still owed an answer
		return nil
	}
	e := db.Evidence{At: o.At, Code: o.Code, Reply: o.Reply, Server: o.Server, TLS: o.TLS}
	switch o.Verdict {
	case letters.Accepted:
		return d.accepted(row, e)
	case letters.Refused:
		return d.refused(row, e)
	case letters.Doubtful:
		return d.tx.RetryDoubt(id, d.now.Add(lookForCopy), e)
	}
	return d.tx.Retry(id, d.now.Add(backoff(row.Attempts)), e)
}

// lookForCopy is how long a letter in doubt waits for its own copy to show up in the mailbox.
const lookForCopy = 15 * time.Minute

// backoff is the time to the next attempt: 1, 5, 15 minutes, then hourly.
func backoff(attempts int) time.Duration {
	steps := [...]time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute}
	if attempts >= 1 && attempts <= len(steps) {
		return steps[attempts-1]
	}
	return time.Hour
}

// accepted records that a mail arrived at the recipient's side.
func (d *desk) accepted(row db.Row, e db.Evidence) error {
	if err := d.tx.Finish(row.ID, db.RowAccepted, e); err != nil {
		return err
	}
	if row.Case == "" {
		return nil
	}
	if err := d.tx.SetThread(row.MessageID, row.Case); err != nil {
		return err
	}
	if row.ToHandler {
		return nil
	}
	if isToPrint(row) {
		return d.printed(row, e)
	}
	d.Log.Info("letter sent", "case", row.Case, "letter", row.Letter)
	kick(d.Gone)
	sent := complaint.Sent{Letter: row.Letter, Meets: row.Meets, Variant: row.Variant, To: row.To, MessageID: row.MessageID, Promised: row.Promised}
	_, err := d.record(row.Case, complaint.Fact{On: calendar.On(e.At, d.Policy.Zone), By: complaint.ByProgram, Body: sent})
	return err
}

// refused records that the recipient's side will never take a mail.
func (d *desk) refused(row db.Row, e db.Evidence) error {
	if err := d.tx.Finish(row.ID, db.RowFailed, e); err != nil {
		return err
	}
	why := fmt.Sprintf("%d %s", e.Code, e.Reply)
	if toHandler(row) {
		d.Log.Error("a mail to the handler was refused", "case", row.Case, "code", e.Code)
		return d.alarmElsewhere(letters.AlarmRefused, row, why)
	}
	return d.undelivered(row, letters.AlarmRefused, "", why)
}

// giveUpDoubt leaves a letter that is in doubt for the second time to the handler: a third copy is never sent by itself.
func (d *desk) giveUpDoubt(row db.Row) error {
	if err := d.tx.HoldRow(row.ID, "in doubt twice"); err != nil {
		return err
	}
	if toHandler(row) {
		return d.alarmElsewhere(letters.AlarmDoubt, row, "in doubt twice")
	}
	c, err := d.load(row.Case)
	if err != nil {
		return err
	}
	return d.alarm(c, row.Key, letters.Alarm{Kind: letters.AlarmDoubt, Letter: row.Letter, To: row.To})
}
