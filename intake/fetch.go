package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"klachtd/complaint"
)

var (
	errAgain = errors.New("to be tried again") // another connection may do better
	errLarge = fmt.Errorf("a mail is too large to be fetched whole: %w", errAgain)
	errCut   = errors.New("the server broke off in the middle of a mail")
)

// fetchMails is the number of mails asked for in one command. They come one after the other; a second command while the
// first still sends mail would have client and server wait for each other.
const fetchMails = 200

// fault is what is known of a mail that could not be fetched.
type fault struct {
	large   bool   // only its beginning is fetched
	tries   int    // alone
	header  []byte // when at least that came
	alive   bool   // the server answered, only not with this mail
	fetched int    // how many other mails had come when it began
	why     error
}

// maxTries is how often a mail is fetched alone, the last time its header only. A server that delivers no mail at all has
// other troubles than this one: then it is tried longer.
const (
	maxTries     = 6
	patientTries = 4 * maxTries
)

func (f *fault) hopeless(fetched int) bool {
	proof := f.alive || f.header != nil || fetched > f.fetched
	return f.tries >= patientTries || f.tries >= maxTries && proof
}

// pull fetches the mails of the basket. Those that made trouble before come last, one by one, so that none stands in the
// way of the others.
func (s *session) pull(ctx context.Context, b *basket) error {
	sound, faulty := make([]uint32, 0, len(b.due)), []uint32(nil)
	for _, uid := range b.due {
		switch {
		case !b.wants(uid):
		case s.mem.faults[uid] != nil:
			faulty = append(faulty, uid)
		default:
			sound = append(sound, uid)
		}
	}
	for chunk := range slices.Chunk(sound, fetchMails) {
		missing, err := s.fetchSet(ctx, chunk, b)
		if err != nil {
			return errors.Join(err, b.flush(ctx))
		}
		faulty = append(faulty, missing...)
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	for _, uid := range faulty {
		if err := s.fetchAlone(ctx, uid, b); err != nil {
			return errors.Join(err, b.flush(ctx))
		}
	}
	return b.flush(ctx)
}

var wholeMail = &imap.FetchItemBodySection{Peek: true}

// fetchSet fetches mails with one command and returns those that did not come although the folder still has them. A
// server may leave mails out and call that success.
func (s *session) fetchSet(ctx context.Context, uids []uint32, b *basket) (missing []uint32, err error) {
	set := uidSet(uids)
	err = s.fetch(ctx, set, wholeMail, b, func(k complaint.Kept) error { return b.add(ctx, k) })
	uids = slices.DeleteFunc(slices.Clone(uids), func(uid uint32) bool { return !b.wants(uid) })
	if err != nil {
		if len(uids) > 0 && ctx.Err() == nil && errors.Is(err, errAgain) && !errors.Is(err, errLarge) {
			s.suspect(uids[0], err) // servers send in order, so this one was next
		}
		return nil, err
	}
	if len(uids) == 0 {
		return nil, nil
	}
	there, err := s.search(imap.SearchCriteria{UID: []imap.UIDSet{uidSet(uids)}})
	for _, uid := range uids {
		if err == nil && !slices.Contains(there, uid) {
			b.settle(uid) // somebody deleted or moved it just now
		}
	}
	return slices.DeleteFunc(uids, func(uid uint32) bool { return !b.wants(uid) }), err
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}

// suspect notes that a mail made trouble: from now on it is fetched alone.
func (s *session) suspect(uid uint32, why error) *fault {
	f := s.mem.faults[uid]
	if f == nil {
		f = &fault{fetched: s.mem.fetched}
		s.mem.faults[uid] = f
	}
	f.why, f.large = why, f.large || errors.Is(why, errLarge)
	return f
}

// fetchAlone fetches a mail that made trouble, by its sequence number, since some servers only stumble over UIDs. After
// too many tries it is put aside.
func (s *session) fetchAlone(ctx context.Context, uid uint32, b *basket) error {
	f := s.mem.faults[uid]
	if f == nil {
		f = s.suspect(uid, errors.New("the server leaves it out"))
	}
	for b.wants(uid) {
		if f.hopeless(s.mem.fetched) {
			return s.giveUp(ctx, uid, f, b)
		}
		f.tries++
		section := *wholeMail
		if f.large {
			section.Partial = &imap.SectionPartial{Size: fragment}
		}
		headerOnly := f.tries%maxTries == 0
		if headerOnly {
			section = imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader}
		}
		number, err := s.sequenceNumber(uid)
		if err != nil {
			return err
		}
		if number == 0 {
			b.settle(uid)
			return nil
		}
		err = s.fetch(ctx, imap.SeqSetNum(number), &section, b, func(k complaint.Kept) error {
			if k.UID != uid || !headerOnly {
				return b.add(ctx, k)
			}
			f.header = k.Raw
			b.gate.release(len(k.Raw))
			return nil
		})
		if err != nil {
			if errors.Is(err, errAgain) {
				s.suspect(uid, err)
			}
			return err
		}
		f.alive = true
	}
	return nil
}

func (s *session) sequenceNumber(uid uint32) (uint32, error) {
	s.conn.command()
	defer s.conn.rest()
	data, err := s.c.Search(&imap.SearchCriteria{UID: []imap.UIDSet{uidSet([]uint32{uid})}}, nil).Wait()
	if err != nil {
		return 0, s.explain("search the folder", err)
	}
	set, _ := data.All.(imap.SeqSet)
	if numbers, ok := set.Nums(); ok && len(numbers) == 1 {
		return numbers[0], nil
	}
	return 0, nil
}

// giveUp keeps what is known of a mail that the server cannot deliver, and parks it.
func (s *session) giveUp(ctx context.Context, uid uint32, f *fault, b *basket) error {
	why := fmt.Sprintf("could not be fetched from the server: %v", f.why)
	raw := substitute(f.header, fmt.Sprintf("Folder %s, UIDVALIDITY %d, UID %d: this mail %s.", s.m.As, s.validity, uid, why))
	k := complaint.Kept{ID: IDOf(raw), Folder: s.m.As, UIDValidity: s.validity, UID: uid, Arrived: now(), Raw: raw}
	if _, err := s.m.Clerk.Keep(ctx, []complaint.Kept{k}); err != nil {
		return fmt.Errorf("keep mail: %w", err)
	}
	if err := s.m.Clerk.Park(ctx, k.ID, why); err != nil {
		return fmt.Errorf("park mail: %w", err)
	}
	s.m.log().Warn("mail parked", "mail", k.ID, "folder", s.m.As, "err", why)
	b.settle(uid)
	return nil
}

func now() time.Time { return time.Now().UTC().Truncate(time.Second) }

// substitute is a mail in place of one that cannot be had: who wrote it, as far as known, and why it is not there.
func substitute(head []byte, words string) []byte {
	var b strings.Builder
	h, _, _ := splitHeader(head)
	for _, f := range h {
		switch f.name {
		case "From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-Id", "Return-Path":
			b.WriteString(f.name + ": " + f.value + "\r\n")
		}
	}
	b.WriteString("\r\n" + words + "\r\n")
	return []byte(b.String())
}

// fetch runs one FETCH and hands over what comes. An error means that the connection is gone; that the server refuses a
// mail is none, it is missing then.
func (s *session) fetch(ctx context.Context, set imap.NumSet, section *imap.FetchItemBodySection, b *basket,
	hand func(complaint.Kept) error) error {
	s.conn.command()
	defer s.conn.rest()
	cmd := s.c.Fetch(set, &imap.FetchOptions{
		UID: true, InternalDate: section.Specifier == imap.PartSpecifierNone, // one thing less to go wrong
		BodySection: []*imap.FetchItemBodySection{section},
	})
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		k, err := s.receive(ctx, msg, b)
		if errors.Is(err, errLarge) && b.wants(k.UID) {
			s.suspect(k.UID, err)
		}
		if err == nil && len(k.Raw) > 0 {
			s.mem.fetched++
			s.mem.progress++
			err = hand(k)
		}
		if err != nil {
			s.abandon(cmd)
			return err
		}
		s.conn.command()
	}
	err := cmd.Close()
	var refused *imap.Error
	if errors.As(err, &refused) {
		s.m.log().Debug("mail refused by the server", "folder", s.m.As, "err", err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w (%w)", s.explain("fetch mail", err), errAgain)
	}
	return nil
}

// receive reads one mail out of the answer to FETCH. Its bytes count in the gate until they are released.
func (s *session) receive(ctx context.Context, msg *imapclient.FetchMessageData, b *basket) (complaint.Kept, error) {
	k := complaint.Kept{Folder: s.m.As, UIDValidity: s.validity}
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			k.UID = uint32(item.UID)
		case imapclient.FetchItemDataInternalDate:
			k.Arrived = item.Time.UTC().Truncate(time.Second)
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil || k.Raw != nil { // NIL: the server has no such mail
				continue
			}
			raw, err := s.literal(ctx, item.Literal, b)
			if err != nil {
				return k, err
			}
			k.Raw, k.ID = raw, IDOf(raw)
		}
	}
	if k.Arrived.IsZero() {
		k.Arrived = now() // the server did not say
	}
	return k, nil
}

// literal reads the bytes of a mail. A connection that breaks here looks to the library like the end of the mail, so the
// length is compared with what was announced.
func (s *session) literal(ctx context.Context, lit imap.LiteralReader, b *basket) ([]byte, error) {
	size := lit.Size()
	if size > max(s.m.maxSize(), fragment) {
		s.discard(lit)
		return nil, errLarge
	}
	if err := b.room(ctx, size); err != nil {
		s.discard(lit)
		return nil, err
	}
	s.conn.mail(size)
	raw := make([]byte, size)
	if _, err := io.ReadFull(lit, raw); err != nil {
		s.broken = true
		return nil, fmt.Errorf("%w (%w)", s.explain("fetch mail", errCut), errAgain)
	}
	return raw, nil
}

// discard closes the connection and reads what is left of a mail, since the library waits until somebody does.
func (s *session) discard(lit imap.LiteralReader) {
	s.conn.Close()
	n, _ := io.Copy(io.Discard, lit)
	s.broken = n < lit.Size()
}

// abandon gives up a FETCH and the connection with it. The library's reader may wait for somebody to read the next mail;
// once it has run into the closed connection within a mail, that mail must not be touched again before the reader has
// ended, since both would read from the same buffer.
func (s *session) abandon(cmd *imapclient.FetchCommand) {
	s.conn.Close()
	for !s.broken {
		msg := cmd.Next()
		if msg == nil {
			break
		}
		for item := msg.Next(); item != nil && !s.broken; item = msg.Next() {
			if body, ok := item.(imapclient.FetchItemDataBodySection); ok && body.Literal != nil {
				s.discard(body.Literal)
			}
		}
	}
	s.c.Close()
	cmd.Close()
}
