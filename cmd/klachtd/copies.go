package main

import (
	"context"
	"errors"
	"time"

	"klachtd/complaint"
	"klachtd/intake"
)

// fileCopies puts letters into the Sent folder whose server kept no copy within ten minutes, and says when to look again:
// zero for when the next letter has gone.
func (d *daemon) fileCopies(ctx context.Context) (next time.Time, err error) {
	sent := d.sentBox()
	if sent == nil {
		return time.Time{}, nil
	}
	due, next, err := d.clerk.Uncopied(ctx)
	if err != nil {
		return next, err
	}
	for _, c := range due {
		if err := sent.File(ctx, c.Raw, c.Sent); err != nil {
			return next, err
		}
		if err := d.clerk.Copied(ctx, c.ID); err != nil {
			return next, err
		}
	}
	return next, nil
}

// sentBox is the Sent folder to file into; nil when the config wants none.
func (d *daemon) sentBox() *intake.Mailbox {
	if d.cfg.SMTP.SentCopy == "off" {
		return nil
	}
	for _, box := range d.boxes {
		if box.As == complaint.SentItems {
			filing := *box // a connection of its own, for as long as it takes
			return &filing
		}
	}
	return nil
}

// copies files copies until ctx ends. A mailbox that cannot be written is tried again after ten minutes, and is no reason
// to stop: the letter has gone.
func (d *daemon) copies(ctx context.Context) error {
	for {
		next, err := d.fileCopies(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && !errors.Is(err, intake.ErrNoFolder) {
			d.log.Warn("no copy filed in the Sent folder", "err", err)
			next = d.now().Add(10 * time.Minute)
		}
		var wake <-chan time.Time
		if !next.IsZero() {
			timer := time.NewTimer(next.Sub(d.now()))
			wake = timer.C
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		case <-d.clerk.Gone:
		}
	}
}
