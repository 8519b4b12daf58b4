package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"klachtd/calendar"
	"klachtd/complaint"
)

// plan says which mails to fetch now.
type plan struct {
	uids  []uint32 // ascending
	scan  bool     // a look at the whole folder: the mark is set at its end, to next
	next  uint32
	from  calendar.Date // in a scan, mail from before this day is left alone
	first bool          // the folder was never met
}

// catchUp fetches, keeps and handles what is new in the folder.
func (s *session) catchUp(ctx context.Context) error {
	if s.folder == "" {
		return s.m.meetNothing(ctx)
	}
	p, err := s.plan(ctx)
	if err != nil {
		return err
	}
	s.examined = false
	if len(p.uids) == 0 && !p.scan {
		return nil
	}
	return s.take(ctx, p)
}

// meetNothing notes that there is no such folder yet, so that all that is in it later came after us.
func (m *Mailbox) meetNothing(ctx context.Context) error {
	met, err := m.Clerk.Met(ctx, m.As)
	if err == nil && met.IsZero() {
		err = m.Clerk.SetMark(ctx, m.As, 0, 1, true)
	}
	return err
}

// plan decides what is new. Under a UIDVALIDITY that is known, that is what lies above the mark. When the UIDVALIDITY is
// another, or the server counts back behind the mark (it came out of a backup), UIDs say nothing: then the folder is gone
// through as at first contact, and the mails themselves tell which are known.
func (s *session) plan(ctx context.Context) (plan, error) {
	next, known, err := s.m.Clerk.Mark(ctx, s.m.As, s.validity)
	if err != nil {
		return plan{}, fmt.Errorf("look where the folder was left: %w", err)
	}
	if known && !(s.examined && s.next != 0 && s.next < next) {
		if s.examined && s.next == next {
			return plan{}, nil
		}
		uids, err := s.above(next)
		return plan{uids: uids}, err
	}
	met, err := s.m.Clerk.Met(ctx, s.m.As)
	if err != nil {
		return plan{}, fmt.Errorf("look when the folder was met: %w", err)
	}
	p := plan{scan: true, first: met.IsZero(), from: s.m.Since}
	if p.next, err = s.uidNext(); err != nil {
		return plan{}, err
	}
	if p.from.IsZero() && p.first {
		return p, nil // what is there already is left alone
	}
	if p.from.IsZero() {
		p.from = calendar.On(met, s.m.location())
	}
	if !p.first {
		s.m.log().Warn("folder was renumbered, reading it again", "folder", s.m.As)
	}
	p.uids, err = s.since(p.from)
	return p, err
}

// above returns the UIDs from next on. A search for next:* always finds the last mail, however low its UID.
func (s *session) above(next uint32) ([]uint32, error) {
	uids, err := s.search(imap.SearchCriteria{UID: []imap.UIDSet{{{Start: imap.UID(max(next, 1))}}}})
	return slices.DeleteFunc(uids, func(uid uint32) bool { return uid < next }), err
}

// since returns the UIDs of mail from that day on, and of the day before, since the server counts days in a zone of its own.
func (s *session) since(day calendar.Date) ([]uint32, error) {
	return s.search(imap.SearchCriteria{Since: day.AddDays(-1).At(0, 0, time.UTC)})
}

// uidNext returns a number above all UIDs there are, also where the server does not tell.
func (s *session) uidNext() (uint32, error) {
	if s.next != 0 && s.examined {
		return s.next, nil
	}
	uids, err := s.search(imap.SearchCriteria{})
	if len(uids) == 0 {
		return max(s.next, 1), err
	}
	return max(s.next, uids[len(uids)-1]+1), nil
}

// ignores says whether the plan leaves a mail alone. In a folder that was renumbered, INTERNALDATE may be the day of a
// move to another server; then the Received header counts too.
func (p plan) ignores(k complaint.Kept, loc *time.Location) bool {
	at := k.Arrived
	if p.scan && !p.first {
		h, _, _ := splitHeader(k.Raw)
		at, _ = arrival(at, h)
	}
	return p.scan && calendar.On(at, loc) < p.from
}

// take carries out a plan in two stages that run side by side: mails are fetched and kept, and those that are kept and
// new are read and handled. Between them are never more bytes than the gate lets through.
func (s *session) take(ctx context.Context, p plan) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	b := newBasket(s, p)
	handled := make(chan error, 1)
	go func() { // ends when the basket's channel is closed, or with the first error
		err := s.m.handleAll(ctx, b.out, b.gate)
		if err != nil {
			cancel(err)
		}
		handled <- err
	}()
	err := s.pull(ctx, b)
	close(b.out)
	if handling := <-handled; handling != nil {
		return handling
	}
	if err == nil && p.scan {
		err = s.m.Clerk.SetMark(ctx, s.m.As, s.validity, p.next, p.first)
	}
	if err == nil {
		s.mem.settled = nil
	}
	return err
}
