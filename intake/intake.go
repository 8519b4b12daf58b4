// Package intake answers one question: what came in? It watches one folder of a mailbox over IMAP, has every mail kept
// before anybody reads it, and then reads it as a [complaint.Incoming].
//
// Watching changes nothing there. The folder is opened with EXAMINE, mail is fetched with BODY.PEEK[], and nothing is ever
// marked, moved or deleted: people work in the same mailbox, and what they do there must mean nothing to us. What was seen
// is known by folder, UIDVALIDITY and UID, and by a hash of the bytes, which a [Clerk] remembers.
//
// Nothing a server or a sender does may stop the mails behind it. A server that is silent, lies or floods loses the
// connection and gets a new one; a mail that cannot be fetched or read is put aside after some tries, by name.
package intake

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"time"

	"github.com/emersion/go-sasl"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Clerk is what intake needs of the desk behind it.
type Clerk interface {
	// Mark returns the first UID that was not kept yet in the folder. known is false when the folder was never seen under
	// this UIDVALIDITY.
	Mark(ctx context.Context, folder complaint.Folder, uidValidity uint32) (next uint32, known bool, err error)
	// Met returns when SetMark was first called for the folder with first set, whatever the UIDVALIDITY; the zero time
	// when it never was.
	Met(ctx context.Context, folder complaint.Folder) (time.Time, error)
	// SetMark remembers where to go on. first is set when the folder was never met before.
	SetMark(ctx context.Context, folder complaint.Folder, uidValidity, next uint32, first bool) error
	// Keep stores raw bytes and ledger lines of all these mails durably, in one transaction. fresh are those it did not
	// have yet from this folder, known by their hash, in order and each once. The same mail in another folder is fresh
	// again there: who drags a mail to the complaints means something by it.
	Keep(ctx context.Context, mails []complaint.Kept) (fresh []complaint.MailID, err error)
	// Unread returns mails of the folder that were kept and neither handled nor parked, oldest first, a few MB at a time.
	Unread(ctx context.Context, folder complaint.Folder) ([]complaint.Kept, error)
	// Handle acts on a mail and marks it as handled, in one transaction. Doing it twice is the same as once.
	Handle(ctx context.Context, in complaint.Incoming) error
	// Failed counts that a mail could not be handled, and returns how often that has happened now.
	Failed(ctx context.Context, id complaint.MailID, why string) (tries int, err error)
	// Park puts a mail aside that failed for good, and sees to it that a person is told.
	Park(ctx context.Context, id complaint.MailID, why string) error
}

// AllHandler is a Clerk that can handle several mails in one transaction, in order: all of them, or none and an error.
// Where mail comes in by the hundred, waiting for the disk once in a while and not for every mail is what makes it fast.
type AllHandler interface {
	HandleAll(ctx context.Context, mails []complaint.Incoming) error
}

// Mailbox is one folder of a mailbox on an IMAP server. Its methods change nothing in it.
type Mailbox struct {
	// Dial opens the connection, TLS included where that comes first.
	Dial func(ctx context.Context) (net.Conn, error)
	// StartTLS has TLS begin on the open connection; nil when it has begun already.
	StartTLS *tls.Config

	Username string
	Password func() (string, error)
	SASL     func() sasl.Client // for OAuth; wins over Username and Password

	Folder     string           // its name on the server; "" is INBOX
	As         complaint.Folder // what is found in it counts as
	SpecialUse bool             // find the folder by what it is for (sent mail, junk) and not by Folder

	// Since is the first day from which mail counts, by INTERNALDATE, when the folder is met for the first time. No date
	// means: only what comes from now on.
	Since    calendar.Date
	Location *time.Location // in which days are counted; nil is UTC
	Poll     time.Duration  // how often to look even when the server says nothing; 0 is 5 minutes
	MaxSize  int64          // larger mails are not fetched whole, in bytes; 0 is 40 MiB

	Kinds Kinds
	OwnID func(id string) bool // whether an X-Klachtd-Id or Message-ID is one of ours
	Clerk Clerk
	Log   *slog.Logger    // nil logs nothing
	Told  func(err error) // if set, told after every look at the folder how it went; nil is well

	reads func(complaint.Kept) complaint.Incoming // instead of parse, in tests
}

// Bounds of trying again. A refused login is tried at most ten times an hour, so that no account is locked by us.
const (
	firstPause   = time.Second
	longestPause = 5 * time.Minute
	loginPause   = 6 * time.Minute
	defaultPoll  = 5 * time.Minute
)

// Watch reads what comes into the folder until ctx ends, and returns ctx.Err(). What goes wrong is logged and tried again.
func (m *Mailbox) Watch(ctx context.Context) error {
	pause, restarted, mem := firstPause, true, &memory{}
	for ctx.Err() == nil {
		progress := mem.progress
		err := m.drain(ctx, restarted)
		if err == nil {
			restarted = false
			err = m.revisit(ctx, mem, func(s *session) error { return s.watch(ctx) })
		}
		if ctx.Err() != nil {
			break
		}
		if errors.Is(err, errLarge) {
			continue // nothing is wrong: the rest is fetched over a new connection
		}
		m.told(err)
		m.log().Warn("mailbox cannot be read", "folder", m.As, "err", err)
		if mem.progress > progress {
			pause = firstPause
		}
		wait := pause
		if errors.Is(err, errLogin) {
			wait = max(wait, loginPause)
		}
		sleep(ctx, wait+rand.N(wait/8+1))
		pause = min(2*pause, longestPause)
	}
	return ctx.Err()
}

// Once reads everything new in the folder, handles all that was kept and not handled, and logs out. The error says what
// went wrong in words a person understands.
func (m *Mailbox) Once(ctx context.Context) error {
	err := m.drain(ctx, true)
	if err == nil {
		err = m.comeBack(ctx)
	}
	if err == nil {
		err = m.drain(ctx, false)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// comeBack catches up with the folder, over new connections as long as single mails are what breaks them. That comes to
// an end, since each time one of them is found out or comes nearer to being put aside.
func (m *Mailbox) comeBack(ctx context.Context) error {
	for mem := (&memory{}); ; {
		err := m.revisit(ctx, mem, func(s *session) error { return s.catchUp(ctx) })
		if !errors.Is(err, errAgain) || ctx.Err() != nil {
			return err
		}
		if !errors.Is(err, errLarge) {
			sleep(ctx, firstPause)
		}
	}
}

func (m *Mailbox) told(err error) {
	if m.Told != nil {
		m.Told(err)
	}
}

func (m *Mailbox) log() *slog.Logger {
	if m.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return m.Log
}

func (m *Mailbox) location() *time.Location {
	if m.Location == nil {
		return time.UTC
	}
	return m.Location
}

func (m *Mailbox) maxSize() int64 {
	if m.MaxSize == 0 {
		return 40 << 20
	}
	return m.MaxSize
}

func (m *Mailbox) poll() time.Duration {
	if m.Poll <= 0 {
		return defaultPoll
	}
	return min(m.Poll, 25*time.Minute) // a server may hang up after 30 minutes (RFC 9051 section 5.4)
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
