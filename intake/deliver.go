package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klachtd/complaint"
)

// Bounds of trying a mail: how often it may fail, and how often the program may have ended while it was being read.
const (
	maxFailures = 2
	maxCrashes  = 5
)

// readTime is how long reading one mail may take. With the guard in front nothing comes near it.
const readTime = 10 * time.Second

// handleAll handles what comes through the channel until it is closed.
func (m *Mailbox) handleAll(ctx context.Context, batches <-chan []complaint.Kept, g *gate) error {
	for batch := range batches {
		if err := m.handleBatch(ctx, batch); err != nil {
			return err
		}
		for _, k := range batch {
			g.release(len(k.Raw))
		}
	}
	return nil
}

// handleBatch handles mails in one transaction where that can be, and else each by itself.
func (m *Mailbox) handleBatch(ctx context.Context, batch []complaint.Kept) error {
	if all, ok := m.Clerk.(AllHandler); ok && len(batch) > 1 && m.together(ctx, all, batch) {
		return nil
	}
	for _, k := range batch {
		if _, err := m.handle(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

// together says whether all mails were read and handled at once. When it says no, nothing was done for any of them.
func (m *Mailbox) together(ctx context.Context, clerk AllHandler, batch []complaint.Kept) bool {
	mails := make([]complaint.Incoming, 0, len(batch))
	for _, k := range batch {
		in, err := m.read(ctx, k)
		if err != nil {
			return false
		}
		mails = append(mails, in)
	}
	return recovered(func() error { return clerk.HandleAll(ctx, mails) }) == nil
}

// drain handles what was kept and not handled: after a crash, or because it failed once. It goes on as long as that
// leads anywhere.
func (m *Mailbox) drain(ctx context.Context, restarted bool) error {
	for {
		mails, err := m.Clerk.Unread(ctx, m.As)
		if err != nil {
			return fmt.Errorf("look for unread mail: %w", err)
		}
		progress := false
		for i, k := range mails {
			done := false
			if restarted && i == 0 {
				if done, err = m.survived(ctx, k); err != nil {
					return err
				}
			}
			if !done {
				if done, err = m.handle(ctx, k); err != nil {
					return err
				}
			}
			progress = progress || done
		}
		if restarted = false; !progress {
			return nil
		}
	}
}

// survived counts that the program ended while it read this mail, the oldest that is unread. Should the mail itself be
// the reason, it must not be so for ever. done says that it was parked.
func (m *Mailbox) survived(ctx context.Context, k complaint.Kept) (done bool, err error) {
	const why = "the program stopped while it read this mail"
	tries, err := m.Clerk.Failed(ctx, k.ID, why)
	if err != nil {
		return false, fmt.Errorf("count a failure: %w", err)
	}
	if tries <= maxCrashes {
		return false, nil
	}
	return true, m.park(ctx, k, why)
}

// handle reads a mail and has it handled. done says that there is nothing more to do for it: it was handled, or parked.
// An error is not the mail's: nothing can be handled at the moment.
func (m *Mailbox) handle(ctx context.Context, k complaint.Kept) (done bool, err error) {
	in, err := m.read(ctx, k)
	if err == nil {
		err = recovered(func() error { return m.Clerk.Handle(ctx, in) })
	}
	if err == nil {
		return true, nil
	}
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	m.log().Warn("mail not handled", "mail", k.ID, "folder", k.Folder, "err", err)
	tries, countErr := m.Clerk.Failed(ctx, k.ID, err.Error())
	if countErr != nil {
		return false, fmt.Errorf("handle mail: %w", errors.Join(err, countErr))
	}
	if tries < maxFailures {
		return false, nil
	}
	return true, m.park(ctx, k, err.Error())
}

func (m *Mailbox) park(ctx context.Context, k complaint.Kept, why string) error {
	if err := m.Clerk.Park(ctx, k.ID, why); err != nil {
		return fmt.Errorf("park mail: %w", err)
	}
	m.log().Warn("mail parked", "mail", k.ID, "folder", k.Folder, "err", why)
	return nil
}

// read reads a mail on a goroutine of its own, which is left behind if it does not come to an end: nothing else can be
// done about it, and the mails behind this one must go on.
func (m *Mailbox) read(ctx context.Context, k complaint.Kept) (complaint.Incoming, error) {
	read := m.reads
	if read == nil {
		read = func(k complaint.Kept) complaint.Incoming { return parse(k, m.Kinds, m.OwnID) }
	}
	result := make(chan complaint.Incoming, 1)
	go func() { result <- read(k) }()
	timer := time.NewTimer(readTime)
	defer timer.Stop()
	select {
	case in := <-result:
		return in, nil
	case <-timer.C:
		return complaint.Incoming{}, fmt.Errorf("reading the mail takes longer than %v", readTime)
	case <-ctx.Done():
		return complaint.Incoming{}, context.Cause(ctx)
	}
}

// recovered makes an error of a panic. Should a rule panic over odd words, that is this mail's failure and not the
// program's.
func recovered(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("handling the mail panicked: %v", v)
		}
	}()
	return f()
}
