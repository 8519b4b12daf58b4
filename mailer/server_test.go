package mailer

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"klachtd/letters"
)

// server is a mail server whose bad days are fields. The stages are "mail", "rcpt", "body" (in the middle of the
// letter) and "dot" (all of it read, nothing answered).
type server struct {
	fail           map[string]*smtp.SMTPError // answered at a stage
	failOnce       bool                       // only the first time
	cut, hang      string                     // a stage at which the connection closes, or nothing comes any more
	user, password string                     // wants a login
	configure      func(*smtp.Server)
	onDot          func() // the final dot has been read

	mu      sync.Mutex
	conns   int
	mails   []received
	release chan struct{} // ends what hangs
	pipes   *pipes
	dial    func(context.Context) (net.Conn, error)
}

type received struct {
	from   string
	to     []string
	raw    string
	ret    smtp.DSNReturn
	notify []smtp.DSNNotify
}

// start serves without a network until the test ends, and returns the same server.
func (s *server) start(t testing.TB) *server {
	s.pipes = &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	s.dial = s.pipes.dial
	return s.serve(t, s.pipes)
}

// startTCP serves on the loopback address.
func (s *server) startTCP(t testing.TB) *server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.dial = func(ctx context.Context) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", l.Addr().String())
	}
	return s.serve(t, l)
}

func (s *server) serve(t testing.TB, l net.Listener) *server {
	s.release = make(chan struct{})
	srv := s.build()
	done := make(chan struct{})
	go func() { defer close(done); srv.Serve(l) }()
	t.Cleanup(func() { close(s.release); l.Close(); srv.Close(); <-done })
	return s
}

// mailer returns a mailer to this server.
func (s *server) mailer(o *outbox) *Mailer {
	return &Mailer{Server: "mx.example:465", Dial: s.dial, Outbox: o}
}

func (s *server) build() *smtp.Server {
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns++
		if s.user == "" {
			return &visit{server: s, conn: c}, nil
		}
		return &loginVisit{visit{server: s, conn: c}}, nil
	}))
	srv.Domain = "mx.example"
	srv.EnableDSN = true
	srv.AllowInsecureAuth = true
	srv.ErrorLog = log.New(io.Discard, "", 0)
	if s.configure != nil {
		s.configure(srv)
	}
	return srv
}

// become takes over the bad day of another server.
func (s *server) become(other *server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail, s.cut = other.fail, other.cut
}

func (s *server) received() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

func (s *server) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

type visit struct {
	server *server
	conn   *smtp.Conn
	mail   received
}

// at does what the server is told to do wrong at a stage.
func (v *visit) at(stage string) error {
	s := v.server
	if s.hang == stage {
		<-s.release
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cut == stage {
		v.conn.Conn().Close()
		return errors.New("cut")
	}
	fail := s.fail[stage]
	if fail == nil {
		return nil
	}
	if s.failOnce {
		delete(s.fail, stage)
	}
	return fail
}

func (v *visit) Mail(from string, opts *smtp.MailOptions) error {
	v.mail = received{from: from, ret: opts.Return}
	return v.at("mail")
}

func (v *visit) Rcpt(to string, opts *smtp.RcptOptions) error {
	v.mail.to, v.mail.notify = append(v.mail.to, to), opts.Notify
	return v.at("rcpt")
}

func (v *visit) Data(r io.Reader) error {
	if v.server.cut == "body" || v.server.hang == "body" {
		io.ReadFull(r, make([]byte, 10))
		v.at("body")
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if v.server.onDot != nil {
		v.server.onDot()
	}
	if err := v.at("dot"); err != nil {
		return err
	}
	v.mail.raw = string(raw)
	v.server.mu.Lock()
	defer v.server.mu.Unlock()
	v.server.mails = append(v.server.mails, v.mail)
	return nil
}

func (v *visit) Reset()        { v.mail = received{} }
func (v *visit) Logout() error { return nil }

type loginVisit struct{ visit }

func (v *loginVisit) AuthMechanisms() []string { return []string{"SCRAM-SHA-256", "LOGIN", "PLAIN"} }

func (v *loginVisit) Auth(mech string) (sasl.Server, error) {
	if mech != sasl.Plain {
		return nil, smtp.ErrAuthUnknownMechanism
	}
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != v.server.user || password != v.server.password {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

// pipes is a listener without a network, so that it works on a synctest bubble's time.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	down   atomic.Bool // refuses connections
}

func (p *pipes) dial(ctx context.Context) (net.Conn, error) {
	if p.down.Load() {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	}
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

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

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// scripted dials a server that says just what it is told, for what a proper one never says. answers holds what comes
// before each line read from the client, the greeting first; a letter counts as one line. Then it closes.
func scripted(answers ...string) func(context.Context) (net.Conn, error) {
	return func(context.Context) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			defer far.Close()
			r := bufio.NewReader(far)
			for i, answer := range answers {
				if _, err := io.WriteString(far, answer); err != nil || i == len(answers)-1 {
					return
				}
				for line := ""; line == "" || strings.HasPrefix(answer, "354") && line != ".\r\n"; {
					var err error
					if line, err = r.ReadString('\n'); err != nil {
						return
					}
				}
			}
		}()
		return near, nil
	}
}

// outbox keeps its rows in memory and writes down what it is asked.
type outbox struct {
	mu      sync.Mutex
	rows    []row
	calls   []string
	again   time.Duration // until a row is due again after Retry; 0: never
	onDoubt func() error
	doubted map[int64]bool
}

type row struct {
	item     letters.Dispatch
	due      time.Time
	outcomes []letters.Outcome
	claimed  bool
	inDoubt  bool
	closed   bool
}

// queue puts n letters of a few lines into a new outbox, all due.
func queue(n int) *outbox {
	o := &outbox{doubted: map[int64]bool{}}
	for i := range n {
		o.rows = append(o.rows, row{item: letters.Dispatch{
			ID: int64(i + 1), From: "info@office.example", To: fmt.Sprintf("p%d@people.example", i+1),
			MessageID: fmt.Sprintf("m%d@office.example", i+1),
			Raw:       fmt.Appendf(nil, "Subject: letter %d\r\n\r\n.Dear\r\n..\r\n.\r\nall\r\n", i+1),
		}})
	}
	return o
}

func (o *outbox) Next(context.Context) (*letters.Dispatch, time.Time, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var wake time.Time
	for i := range o.rows {
		r := &o.rows[i]
		switch {
		case r.closed || r.claimed:
		case !r.due.After(time.Now()):
			r.item.Attempt++
			r.claimed = true
			item := r.item
			o.calls = append(o.calls, fmt.Sprint("next ", item.ID))
			return &item, time.Time{}, nil
		case wake.IsZero() || r.due.Before(wake):
			wake = r.due
		}
	}
	return nil, wake, nil
}

func (o *outbox) Doubt(_ context.Context, id int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls = append(o.calls, fmt.Sprint("doubt ", id))
	o.doubted[id] = true
	for i := range o.rows {
		if other := &o.rows[i]; other.item.ID != id && other.inDoubt {
			o.calls = append(o.calls, fmt.Sprint("two in doubt: ", id, " and ", other.item.ID))
		}
	}
	o.rows[id-1].inDoubt = true
	if o.onDoubt != nil {
		return o.onDoubt()
	}
	return nil
}

func (o *outbox) Done(ctx context.Context, id int64, out letters.Outcome) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls = append(o.calls, fmt.Sprint("done ", id, " ", out.Verdict))
	r := &o.rows[id-1]
	r.outcomes = append(r.outcomes, out)
	r.claimed, r.inDoubt = false, false
	r.closed = out.Verdict != letters.Retry || o.again == 0
	r.due = time.Now().Add(o.again)
	return ctx.Err()
}

// oneCommit is an outbox that can do two things at once.
type oneCommit struct{ *outbox }

func (o oneCommit) DoneAndDoubt(ctx context.Context, id int64, out letters.Outcome, next int64) error {
	return errors.Join(o.Done(ctx, id, out), o.Doubt(ctx, next))
}

// last returns the latest outcome of a row.
func (o *outbox) last(t *testing.T, id int64) letters.Outcome {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	outcomes := o.rows[id-1].outcomes
	if len(outcomes) == 0 {
		t.Fatalf("letter %d has no outcome; calls: %q", id, o.calls)
	}
	return outcomes[len(outcomes)-1]
}
