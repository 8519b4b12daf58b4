package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"klachtd/complaint"
)

// desk is a Clerk in memory, with the wishes of a test as fields.
type desk struct {
	mu      sync.Mutex
	marks   map[string]uint32
	met     map[complaint.Folder]time.Time
	kept    []complaint.Kept
	handled []complaint.Incoming
	failed  map[complaint.MailID]int
	parked  map[complaint.MailID]string
	batches int
	arrived chan complaint.Incoming // if set, told of each mail handled

	onKeep   func([]complaint.Kept) error
	onHandle func(complaint.Incoming) error
}

func newDesk() *desk {
	return &desk{marks: map[string]uint32{}, met: map[complaint.Folder]time.Time{},
		failed: map[complaint.MailID]int{}, parked: map[complaint.MailID]string{}}
}

func markKey(f complaint.Folder, validity uint32) string { return fmt.Sprint(f, " ", validity) }

func (d *desk) Mark(_ context.Context, f complaint.Folder, validity uint32) (uint32, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	next, known := d.marks[markKey(f, validity)]
	return next, known, nil
}

func (d *desk) Met(_ context.Context, f complaint.Folder) (time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.met[f], nil
}

func (d *desk) SetMark(_ context.Context, f complaint.Folder, validity, next uint32, first bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.marks[markKey(f, validity)] = next
	if first {
		d.met[f] = time.Now()
	}
	return nil
}

func (d *desk) Keep(_ context.Context, mails []complaint.Kept) (fresh []complaint.MailID, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.onKeep != nil {
		if err := d.onKeep(mails); err != nil {
			return nil, err
		}
	}
	d.batches++
	for _, k := range mails {
		if !slices.ContainsFunc(d.kept, func(old complaint.Kept) bool { return old.ID == k.ID && old.Folder == k.Folder }) {
			d.kept = append(d.kept, k)
			fresh = append(fresh, k.ID)
		}
	}
	return fresh, nil
}

func (d *desk) Unread(_ context.Context, f complaint.Folder) (mails []complaint.Kept, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, k := range d.kept {
		done := slices.ContainsFunc(d.handled, func(in complaint.Incoming) bool { return in.ID == k.ID && in.Folder == k.Folder })
		if _, parked := d.parked[k.ID]; !done && !parked && k.Folder == f {
			mails = append(mails, k)
		}
	}
	return mails, nil
}

func (d *desk) Handle(_ context.Context, in complaint.Incoming) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.onHandle != nil {
		if err := d.onHandle(in); err != nil {
			return err
		}
	}
	d.handled = append(d.handled, in)
	if d.arrived != nil {
		d.arrived <- in
	}
	return nil
}

func (d *desk) Failed(_ context.Context, id complaint.MailID, _ string) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failed[id]++
	return d.failed[id], nil
}

func (d *desk) Park(_ context.Context, id complaint.MailID, why string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.parked[id] = why
	return nil
}

// subjects are those of the mails handled, in order.
func (d *desk) subjects() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for _, in := range d.handled {
		all = append(all, in.Subject)
	}
	return all
}

func (d *desk) parkedWhy() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(slices.Sorted(maps.Values(d.parked)), "\n")
}

// pipes is a listener without a network, fit for a synctest bubble.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

func (p *pipes) Dial(ctx context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, errors.New("connection refused")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// mailServer is go-imap's server in memory, with one user.
type mailServer struct {
	*pipes
	user   *imapmemserver.User
	server *imapserver.Server

	mu    sync.Mutex
	open  []net.Conn
	dials int
}

func newMailServer(t testing.TB, caps ...imap.Cap) *mailServer {
	t.Helper()
	user := imapmemserver.NewUser("info@optimum.example", "secret")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	mem := imapmemserver.New()
	mem.AddUser(user)
	set := imap.CapSet{imap.CapIMAP4rev1: {}}
	for _, c := range caps {
		set[c] = struct{}{}
	}
	srv := &mailServer{pipes: newPipes(), user: user}
	srv.server = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		Caps: set, InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
	})
	done := make(chan struct{})
	go func() {
		srv.server.Serve(srv.pipes)
		close(done)
	}()
	t.Cleanup(func() {
		srv.server.Close()
		srv.Close()
		<-done
	})
	return srv
}

func (srv *mailServer) Dial(ctx context.Context) (net.Conn, error) {
	c, err := srv.pipes.Dial(ctx)
	srv.mu.Lock()
	defer srv.mu.Unlock()
	srv.dials++
	if err == nil {
		srv.open = append(srv.open, c)
	}
	return c, err
}

// drop cuts all connections, as a restart of the server would.
func (srv *mailServer) drop() {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for _, c := range srv.open {
		c.Close()
	}
	srv.open = nil
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func (srv *mailServer) put(t testing.TB, folder, raw string, at time.Time) {
	t.Helper()
	if _, err := srv.user.Append(folder, literal{strings.NewReader(raw)}, &imap.AppendOptions{Time: at}); err != nil {
		t.Fatal(err)
	}
}

func mailAbout(subject string) string {
	return "From: Jan <jan@example.nl>\r\nTo: info@optimum.example\r\nSubject: " + subject +
		"\r\nMessage-ID: <" + strings.ReplaceAll(subject, " ", ".") + "@example.nl>\r\n\r\nGoedemiddag.\r\n"
}

// mailbox is a Mailbox for the given server and desk.
func mailbox(dial func(context.Context) (net.Conn, error), d *desk) *Mailbox {
	return &Mailbox{Dial: dial, Username: "info@optimum.example", Password: func() (string, error) { return "secret", nil },
		As: complaint.Inbox, Location: amsterdam, Clerk: d}
}

var amsterdam = func() *time.Location {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return loc
}()
