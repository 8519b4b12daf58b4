package clerk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// Keep makes raw mails durable before anybody reads them: one transaction. It returns those that are new in their
// folder, in order. A mail that somebody dragged to the complaints is new there, whatever was made of it before, and so is one
// that was rescued from Junk.
func (c *Clerk) Keep(ctx context.Context, mails []complaint.Kept) (fresh []complaint.MailID, err error) {
	err = c.DB.Update(ctx, func(tx *db.Tx) error {
		fresh = nil
		for _, m := range mails {
			if m.Arrived.IsZero() { // a server that does not say when: it was here by now
				m.Arrived = c.Now()
			}
			isNew, err := keep(tx, m)
			if err != nil {
				return fmt.Errorf("keep mail %s: %w", short(m.ID), err)
			}
			if isNew {
				fresh = append(fresh, m.ID)
			}
		}
		return nil
	})
	return fresh, err
}

func keep(tx *db.Tx, m complaint.Kept) (fresh bool, err error) {
	if m.Folder != complaint.Dragged && m.Folder != complaint.Inbox {
		return tx.KeepMail(m)
	}
	before, known, err := tx.MailKnown(m.ID)
	if err != nil {
		return false, err
	}
	isNew, err := tx.KeepMail(m)
	if err != nil || isNew || !known || before.Case != "" || slices.Contains(before.Folders, m.Folder) {
		return isNew, err
	}
	if m.Folder == complaint.Inbox && !slices.Equal(before.Folders, []complaint.Folder{complaint.Junk}) {
		return false, nil
	}
	before.State = db.MailKept // to be read again where it lies now
	return true, tx.SettleMail(m.ID, before.MailState)
}

// Mark is the first UID of a folder that was not kept yet. Known is false when the folder was never seen under this
// UIDVALIDITY.
func (c *Clerk) Mark(ctx context.Context, f complaint.Folder, uidValidity uint32) (next uint32, known bool, err error) {
	err = c.DB.View(ctx, func(tx *db.Tx) error {
		m, err := tx.Mark(f)
		if m.Known && m.UIDValidity == uidValidity {
			next, known = m.Next, true
		}
		return err
	})
	return next, known, err
}

// Met is when a folder was first met, whatever its UIDVALIDITY; zero when it never was.
func (c *Clerk) Met(ctx context.Context, f complaint.Folder) (at time.Time, err error) {
	err = c.DB.View(ctx, func(tx *db.Tx) error {
		m, err := tx.Mark(f)
		at = m.FirstSeen
		return err
	})
	return at, err
}

// SetMark remembers where to go on in a folder.
func (c *Clerk) SetMark(ctx context.Context, f complaint.Folder, uidValidity, next uint32, _ bool) error {
	return c.DB.Update(ctx, func(tx *db.Tx) error { return tx.SetMark(f, uidValidity, next, c.Now()) })
}

// unreadBytes bounds how much unread mail is taken up at once.
const unreadBytes = 4 << 20

// Unread gives mails of a folder that were kept and that nobody has read yet.
func (c *Clerk) Unread(ctx context.Context, f complaint.Folder) (mails []complaint.Kept, err error) {
	err = c.DB.View(ctx, func(tx *db.Tx) error {
		mails, err = tx.UnreadMails(f, unreadBytes)
		return err
	})
	return mails, err
}

// Failed counts that reading a mail broke off, and says how often it did.
func (c *Clerk) Failed(ctx context.Context, id complaint.MailID, why string) (tries int, err error) {
	err = c.DB.Update(ctx, func(tx *db.Tx) error {
		tries, err = tx.MailFailed(id, why)
		return err
	})
	return tries, err
}

// peek reads a kept mail for showing, as far as it can be read.
func (d *desk) peek(id complaint.MailID) complaint.Incoming {
	row, ok, err := d.tx.MailKnown(id)
	if err != nil || !ok {
		return complaint.Incoming{ID: id}
	}
	return complaint.Incoming{ID: id, Arrived: row.Arrived, Folder: row.Folder, Unreadable: true}
}

// Park puts a mail aside that failed twice, and tells the handler. Its bytes are kept; `klachtd retry` reads it again.
func (c *Clerk) Park(ctx context.Context, id complaint.MailID, why string) error {
	return c.act(ctx, func(d *desk) error {
		d.Log.Error("mail parked", "mail", short(id), "err", why)
		if err := d.tx.SettleMail(id, db.MailState{State: db.MailParked, Why: why, At: d.now}); err != nil {
			return err
		}
		return d.alarm(complaint.Case{}, string(id), letters.Alarm{Kind: letters.AlarmParked, Mail: d.peek(id), Detail: why})
	})
}
