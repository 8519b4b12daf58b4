package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

var (
	errLogin = errors.New("log in: refused by the mail server")
	errEnded = errors.New("the server closed the connection")
)

// dialTime is how long opening the connection may take.
const dialTime = 30 * time.Second

// session is one connection that is logged in, with the folder open for reading. One command runs at a time.
type session struct {
	m    *Mailbox
	mem  *memory
	c    *imapclient.Client
	conn *conn
	stop func() bool   // ends the watch over ctx
	news chan struct{} // one slot: the server said that there is more in the folder

	caps     imap.CapSet
	folder   string // "" when the server has none that fits
	messages uint32
	validity uint32 // UIDVALIDITY
	next     uint32 // UIDNEXT as of EXAMINE; 0 when the server did not say
	examined bool   // and nothing was waited for since
	broken   bool   // the connection ended within a mail
}

// memory is what is remembered from one connection to the next, as long as the UIDVALIDITY stays.
type memory struct {
	validity uint32
	settled  imap.UIDSet       // kept, gone or put aside, though the mark may still be below
	faults   map[uint32]*fault // of mails that could not be fetched, by UID
	fetched  int               // mails that could
	progress int               // counts mails fetched and looks that went well, ever
}

// visit connects, opens the folder, does what is to be done there, and logs out.
func (m *Mailbox) visit(ctx context.Context, do func(*session) error) error {
	return m.revisit(ctx, &memory{}, do)
}

func (m *Mailbox) revisit(ctx context.Context, mem *memory, do func(*session) error) error {
	s, err := m.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	s.mem = mem
	if err := s.examine(); err != nil {
		return err
	}
	if err := do(s); err != nil {
		return err
	}
	s.conn.command()
	if err := s.c.Logout().Wait(); err != nil {
		m.log().Debug("logging out of the mailbox", "folder", m.As, "err", err)
	}
	return nil
}

// connect opens a connection and logs in. When ctx ends, so does the connection, and with it all that waits for it.
func (m *Mailbox) connect(ctx context.Context) (*session, error) {
	dialing, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	raw, err := m.Dial(dialing)
	if err != nil {
		return nil, fmt.Errorf("connect to the mail server: %w", err)
	}
	s := &session{m: m, conn: newConn(raw), news: make(chan struct{}, 1)}
	s.stop = context.AfterFunc(ctx, func() { raw.Close() })
	if err := s.greet(); err != nil {
		s.close()
		return nil, err
	}
	if err := s.login(); err != nil {
		s.close()
		return nil, err
	}
	s.conn.command()
	s.caps = maps.Clone(s.c.Caps())
	s.conn.rest()
	return s, nil
}

func (s *session) greet() error {
	options := &imapclient.Options{
		TLSConfig: s.m.StartTLS,
		// Runs on the goroutine that reads from the server, so it must not wait for anything.
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				select {
				case s.news <- struct{}{}:
				default:
				}
			}
		}},
	}
	var err error
	if s.m.StartTLS != nil {
		s.c, err = imapclient.NewStartTLS(s.conn, options)
		return s.explain("begin TLS with the mail server", err)
	}
	s.c = imapclient.New(s.conn, options)
	return s.explain("wait for the mail server's greeting", s.c.WaitGreeting())
}

func (s *session) login() error {
	if s.c.State() == imap.ConnStateAuthenticated {
		return nil // PREAUTH; behind STARTTLS the library refuses it
	}
	s.conn.command()
	caps := s.c.Caps()
	var err error
	switch {
	case s.m.SASL != nil:
		err = s.c.Authenticate(s.m.SASL())
	case caps.Has(imap.CapLoginDisabled) && !caps.Has("AUTH=PLAIN"):
		return fmt.Errorf("%w: it takes no passwords on this connection; use tls or starttls", errLogin)
	default:
		err = s.password(caps)
	}
	var refused *imap.Error
	if errors.As(err, &refused) && refused.Code != imap.ResponseCodeUnavailable {
		return fmt.Errorf("%w: %q", errLogin, refused.Text)
	}
	return s.explain("log in", err)
}

func (s *session) password(caps imap.CapSet) error {
	password, err := s.m.Password()
	if err != nil {
		return fmt.Errorf("read the password: %w", err)
	}
	if caps.Has(imap.CapLoginDisabled) {
		return s.c.Authenticate(sasl.NewPlainClient("", s.m.Username, password))
	}
	return s.c.Login(s.m.Username, password).Wait()
}

// examine opens the folder for reading only, and learns where it stands.
func (s *session) examine() error {
	name := s.m.Folder
	if name == "" {
		name = "INBOX"
	}
	if s.m.SpecialUse {
		folders, err := s.folders()
		if err != nil {
			return err
		}
		if name = findFolder(folders, s.m.As); name == "" {
			s.folder = ""
			return nil
		}
	}
	s.conn.command()
	defer s.conn.rest()
	data, err := s.c.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return s.explain(fmt.Sprintf("open the folder %q", name), err)
	}
	s.folder, s.messages, s.validity, s.next = name, data.NumMessages, data.UIDValidity, uint32(data.UIDNext)
	s.examined = true
	if s.mem.faults == nil || s.mem.validity != s.validity {
		*s.mem = memory{validity: s.validity, faults: map[uint32]*fault{}, progress: s.mem.progress}
	}
	return nil
}

// search returns the UIDs that match, ascending.
func (s *session) search(criteria imap.SearchCriteria) ([]uint32, error) {
	s.conn.command()
	defer s.conn.rest()
	data, err := s.c.UIDSearch(&criteria, nil).Wait()
	if err != nil {
		return nil, s.explain("search the folder", err)
	}
	set, _ := data.All.(imap.UIDSet)
	found, ok := set.Nums()
	if !ok {
		return nil, errors.New("search the folder: the server answers with an open range")
	}
	uids := make([]uint32, len(found))
	for i, uid := range found {
		uids[i] = uint32(uid)
	}
	slices.Sort(uids)
	return slices.Compact(uids), nil
}

// watch reads what is there and then what comes, until something goes wrong.
func (s *session) watch(ctx context.Context) error {
	for {
		if err := s.catchUp(ctx); err != nil {
			return err
		}
		s.mem.progress++
		s.m.told(nil)
		if err := s.wait(ctx); err != nil {
			return err
		}
		if err := s.m.drain(ctx, false); err != nil {
			return err
		}
	}
}

// wait returns when there may be news: at once when the server says so, and at the latest after the poll time, with the
// folder opened anew.
func (s *session) wait(ctx context.Context) error {
	s.examined = false
	timer := time.NewTimer(s.m.poll())
	defer timer.Stop()
	if s.folder == "" || !s.caps.Has(imap.CapIdle) {
		return s.pause(ctx, timer)
	}
	s.conn.command()
	idle, err := s.c.Idle()
	var refused *imap.Error
	if errors.As(err, &refused) {
		delete(s.caps, imap.CapIdle)
		s.conn.rest()
		return s.pause(ctx, timer)
	}
	if err != nil {
		return s.explain("wait for mail", err)
	}
	s.conn.rest()
	overdue := false
	select {
	case <-s.news:
	case <-timer.C:
		overdue = true
	case <-s.c.Closed():
	case <-ctx.Done():
		return ctx.Err()
	}
	s.conn.command()
	if err := errors.Join(idle.Close(), idle.Wait()); err != nil {
		return s.explain("wait for mail", err)
	}
	if overdue {
		return s.examine()
	}
	s.conn.rest()
	return nil
}

// pause waits without IDLE.
func (s *session) pause(ctx context.Context, timer *time.Timer) error {
	select {
	case <-timer.C:
		return s.examine()
	case <-s.c.Closed():
		return s.explain("wait for mail", errEnded)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *session) close() {
	s.stop()
	s.conn.Close()
	if s.c != nil {
		s.c.Close()
	}
}

// explain adds to an error what was being done, and says in words what the library only passes on.
func (s *session) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var refused *imap.Error
	cause := s.conn.cause()
	switch {
	case errors.As(err, &refused):
		return fmt.Errorf("%s: the mail server says %s %q", doing, refused.Type, refused.Text)
	case errors.Is(cause, io.EOF):
		return fmt.Errorf("%s: %w", doing, errEnded)
	case cause != nil && !errors.Is(cause, net.ErrClosed):
		return fmt.Errorf("%s: %w", doing, cause)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
