package mailer

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"klachtd/letters"
)

// books keep the outbox in step with what happens on the wire.
type books struct {
	outbox  Outbox
	now     func() time.Time
	log     *slog.Logger
	ahead   *letters.Dispatch // claimed, its turn next
	owed    *result           // known, not yet recorded
	doubted int64             // the row whose doubt is recorded and not yet settled
}

type result struct {
	item    *letters.Dispatch
	outcome letters.Outcome
}

// take claims the next letter; nil when there is none or ctx has ended.
func (b *books) take(ctx context.Context) (it *letters.Dispatch, wake time.Time, err error) {
	if it, b.ahead = b.ahead, nil; it != nil {
		return it, time.Time{}, nil
	}
	it, wake, err = b.outbox.Next(ctx)
	if err != nil && ctx.Err() != nil {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("take a letter from the outbox: %w", err)
	}
	return it, wake, nil
}

// lookAhead claims the letter after this one, if there is any. An error shows again when it is really wanted.
func (b *books) lookAhead(ctx context.Context) {
	if ctx.Err() == nil {
		b.ahead, _, _ = b.take(ctx)
	}
}

// doubt records that a letter may be out, unless turn did so already.
func (b *books) doubt(ctx context.Context, it *letters.Dispatch) error {
	if b.doubted == it.ID {
		return nil
	}
	if err := b.outbox.Doubt(ctx, it.ID); err != nil {
		return fmt.Errorf("record letter %d as under way: %w", it.ID, err)
	}
	return nil
}

// owe notes what became of a letter, to be recorded very soon.
func (b *books) owe(it *letters.Dispatch, out letters.Outcome) {
	out.At = b.now()
	b.owed = &result{it, out}
	b.doubted = 0
}

// settle records what is owed, also when ctx has ended.
func (b *books) settle(ctx context.Context) error {
	if b.owed == nil {
		return nil
	}
	return b.settled(b.outbox.Done(context.WithoutCancel(ctx), b.owed.item.ID, b.owed.outcome))
}

// turn settles what is owed and goes over to the next letter, in one commit where the outbox can.
func (b *books) turn(ctx context.Context, next *letters.Dispatch) error {
	both, ok := b.outbox.(OneCommit)
	if !ok || b.owed == nil {
		return b.settle(ctx)
	}
	b.doubted = next.ID
	return b.settled(both.DoneAndDoubt(context.WithoutCancel(ctx), b.owed.item.ID, b.owed.outcome, next.ID))
}

func (b *books) settled(err error) error {
	it, out := b.owed.item, b.owed.outcome
	b.owed = nil
	if err != nil {
		return fmt.Errorf("record letter %d as %s: %w", it.ID, out.Verdict, err)
	}
	b.log.Info("letter attempted", "letter", it.ID, "attempt", it.Attempt, "verdict", out.Verdict, "code", out.Code)
	return nil
}
