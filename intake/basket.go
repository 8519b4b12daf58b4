package intake

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/emersion/go-imap/v2"

	"klachtd/complaint"
)

// Bounds of what is on its way at one time. One mail may be larger than all of it; it then travels alone.
const (
	batchMails  = 64
	batchBytes  = 1 << 20
	flightBytes = 4 << 20
)

// basket gathers fetched mails until they are worth a transaction, and knows which of the mails asked for came.
type basket struct {
	s    *session
	p    plan
	gate *gate
	out  chan []complaint.Kept // kept and new, for handling

	mails   []complaint.Kept
	bytes   int
	settled []uint32 // since the last transaction

	due   []uint32 // UIDs asked for, ascending
	got   []bool   // which of them are dealt with
	first int      // the first that is not
	mark  uint32   // as it was set last
}

func newBasket(s *session, p plan) *basket {
	b := &basket{s: s, p: p, gate: newGate(), out: make(chan []complaint.Kept, 1), due: p.uids, got: make([]bool, len(p.uids))}
	for i, uid := range b.due {
		b.got[i] = s.mem.settled.Contains(imap.UID(uid))
	}
	return b
}

// wants says whether the mail was asked for and did not come yet. What a server sends unasked is not ours.
func (b *basket) wants(uid uint32) bool {
	i, ok := slices.BinarySearch(b.due, uid)
	return ok && !b.got[i]
}

// settle notes that a mail needs no more fetching.
func (b *basket) settle(uid uint32) {
	if i, ok := slices.BinarySearch(b.due, uid); ok {
		b.got[i] = true
		b.settled = append(b.settled, uid)
	}
	delete(b.s.mem.faults, uid)
}

// room waits until size more bytes may be on their way.
func (b *basket) room(ctx context.Context, size int64) error {
	if b.gate.try(size) {
		return nil
	}
	if err := b.flush(ctx); err != nil { // what is in the basket holds part of the room
		return err
	}
	return b.gate.wait(ctx, size)
}

// add takes a mail that room was made for.
func (b *basket) add(ctx context.Context, k complaint.Kept) error {
	if !b.wants(k.UID) {
		b.gate.release(len(k.Raw))
		return nil
	}
	b.settle(k.UID)
	if b.p.ignores(k, b.s.m.location()) {
		b.gate.release(len(k.Raw))
		return nil
	}
	b.mails = append(b.mails, k)
	if b.bytes += len(k.Raw); len(b.mails) >= batchMails || b.bytes >= batchBytes {
		return b.flush(ctx)
	}
	return nil
}

// flush has the mails kept, moves the mark, and only then passes on those that are new. Interrupted anywhere, the same
// mails come again, and the clerk knows them.
func (b *basket) flush(ctx context.Context) error {
	var fresh []complaint.Kept
	if len(b.mails) > 0 {
		ids, err := b.s.m.Clerk.Keep(ctx, b.mails)
		if err != nil {
			return fmt.Errorf("keep mail: %w", err)
		}
		fresh = b.choose(ids)
	}
	if err := b.moveMark(ctx); err != nil {
		return fmt.Errorf("remember how far the folder was read: %w", err)
	}
	for _, uid := range b.settled {
		b.s.mem.settled.AddNum(imap.UID(uid)) // only now: what was not kept has to come again
	}
	b.mails, b.bytes, b.settled = nil, 0, nil
	if len(fresh) == 0 {
		return nil
	}
	select {
	case b.out <- fresh:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// choose returns the mails with these ids, each once, and lets go of the others.
func (b *basket) choose(ids []complaint.MailID) []complaint.Kept {
	isFresh := make(map[complaint.MailID]bool, len(ids))
	for _, id := range ids {
		isFresh[id] = true
	}
	var fresh []complaint.Kept
	for _, k := range b.mails {
		if !isFresh[k.ID] {
			b.gate.release(len(k.Raw))
			continue
		}
		delete(isFresh, k.ID)
		fresh = append(fresh, k)
	}
	return fresh
}

// moveMark sets the mark to the first mail that was not dealt with. In a scan it stays.
func (b *basket) moveMark(ctx context.Context) error {
	for b.first < len(b.due) && b.got[b.first] {
		b.first++
	}
	if b.first == 0 || b.p.scan {
		return nil
	}
	next := max(b.due[b.first-1]+1, b.due[b.first-1]) // at the very last number there is no next
	if b.first < len(b.due) {
		next = b.due[b.first]
	}
	if next == b.mark {
		return nil
	}
	b.mark = next
	return b.s.m.Clerk.SetMark(ctx, b.s.m.As, b.s.validity, next, false)
}

// gate bounds the bytes of mail in memory.
type gate struct {
	mu    sync.Mutex
	used  int64
	freed chan struct{} // one slot: something was let go
}

func newGate() *gate { return &gate{freed: make(chan struct{}, 1)} }

// try takes room for size bytes if there is room, or if nothing else is there.
func (g *gate) try(size int64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.used > 0 && g.used+size > flightBytes {
		return false
	}
	g.used += size
	return true
}

// wait takes room for size bytes as soon as there is. Only one waits at a time.
func (g *gate) wait(ctx context.Context, size int64) error {
	for !g.try(size) {
		select {
		case <-g.freed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

func (g *gate) release(size int) {
	g.mu.Lock()
	g.used -= int64(size)
	g.mu.Unlock()
	select {
	case g.freed <- struct{}{}:
	default:
	}
}
