package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"

	"klachtd/complaint"
)

// postOffice is a mail world of its own in memory: an SMTP server that delivers into the mailboxes of an IMAP server.
// The demo and the stories run the real program against it. Any address is a mailbox; every password is the same.
type postOffice struct {
	now      func() time.Time
	imap     *imapserver.Server
	smtp     *smtp.Server
	imapIn   *pipeListener
	smtpIn   *pipeListener
	loopback []net.Listener // of --keep
	serving  sync.WaitGroup // listeners

	mu      sync.Mutex
	boxes   map[string]*imapmemserver.User
	letters []delivery
	refused map[string]*smtp.SMTPError // by address: what RCPT answers
}

// delivery is a mail the post office took.
type delivery struct {
	at       time.Time
	from, to string
	raw      []byte
}

// postPassword opens every mailbox of the post office.
const postPassword = "geheim"

// openPostOffice starts both servers. They run until close.
func openPostOffice(now func() time.Time) *postOffice {
	p := &postOffice{
		now: now, boxes: map[string]*imapmemserver.User{}, refused: map[string]*smtp.SMTPError{},
		imapIn: newPipeListener(), smtpIn: newPipeListener(),
	}
	quiet := log.New(io.Discard, "", 0)
	p.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &postSession{office: p}, nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}},
		InsecureAuth: true,
		Logger:       quiet,
	})
	p.smtp = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &counter{office: p}, nil }))
	p.smtp.Domain = "post.example"
	p.smtp.AllowInsecureAuth = true
	p.smtp.ErrorLog = quiet
	p.serving.Go(func() { p.imap.Serve(p.imapIn) }) // until close
	p.serving.Go(func() { p.smtp.Serve(p.smtpIn) }) // until close
	return p
}

// listen opens both servers on loopback too, for mail clients; it returns their addresses.
func (p *postOffice) listen(imapAddr, smtpAddr string) (string, string, error) {
	for _, l := range []struct {
		addr  string
		serve func(net.Listener) error
	}{{imapAddr, p.imap.Serve}, {smtpAddr, p.smtp.Serve}} {
		ln, err := net.Listen("tcp", l.addr)
		if err != nil {
			return "", "", err
		}
		p.loopback = append(p.loopback, ln)
		p.serving.Go(func() { l.serve(ln) }) // until close
	}
	return p.loopback[0].Addr().String(), p.loopback[1].Addr().String(), nil
}

// close ends all. The listeners go first: the IMAP library cannot be closed while it begins to serve one.
func (p *postOffice) close() {
	p.imapIn.Close()
	p.smtpIn.Close()
	for _, l := range p.loopback {
		l.Close()
	}
	p.serving.Wait()
	p.imap.Close()
	p.smtp.Close()
}

func (p *postOffice) dialIMAP(context.Context) (net.Conn, error) { return p.imapIn.dial() }
func (p *postOffice) dialSMTP(context.Context) (net.Conn, error) { return p.smtpIn.dial() }

// box is the mailbox of an address; it is made when it is first needed.
func (p *postOffice) box(address string) *imapmemserver.User {
	address = complaint.BareMail(address)
	p.mu.Lock()
	defer p.mu.Unlock()
	u, ok := p.boxes[address]
	if !ok {
		u = imapmemserver.NewUser(address, postPassword)
		for name, use := range map[string]imap.MailboxAttr{"INBOX": "", "Sent": imap.MailboxAttrSent, "Junk": imap.MailboxAttrJunk} {
			opts := &imap.CreateOptions{}
			if use != "" {
				opts.SpecialUse = []imap.MailboxAttr{use}
			}
			_ = u.Create(name, opts) // a new user has no folder of that name
		}
		p.boxes[address] = u
	}
	return u
}

// put lays a mail into a folder, as arrived now.
func (p *postOffice) put(address, folder string, raw []byte) error {
	_, err := p.box(address).Append(folder, literal{bytes.NewReader(raw)}, &imap.AppendOptions{Time: p.now()})
	return err
}

// deliver takes a mail for one recipient, with the Received header a mail server writes.
func (p *postOffice) deliver(from, to string, raw []byte) error {
	at := p.now()
	p.mu.Lock()
	m := delivery{at, from, to, raw}
	p.letters = append(p.letters, m)
	p.mu.Unlock()
	return p.put(to, "INBOX", m.stamped())
}

// stamped is the mail as it lies in the mailbox: with the headers a mail server adds.
func (m delivery) stamped() []byte {
	received := fmt.Sprintf("Return-Path: <%s>\r\nReceived: from sender.example by post.example with ESMTP for <%s>; %s\r\n",
		m.from, m.to, m.at.Format(time.RFC1123Z))
	return append([]byte(received), m.raw...)
}

// delivered lists what was taken for an address since the n-th mail of all, and the new count of all.
func (p *postOffice) delivered(n int) ([]delivery, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]delivery(nil), p.letters[n:]...), len(p.letters)
}

// refuse makes the server answer a recipient with an error; nil takes it back.
func (p *postOffice) refuse(address string, err *smtp.SMTPError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refused[complaint.BareMail(address)] = err
}

// postSession is an IMAP session that knows its user only after login.
type postSession struct {
	*imapmemserver.UserSession
	office *postOffice
}

// Login opens the mailbox of an address.
func (s *postSession) Login(username, password string) error {
	if password != postPassword {
		return imapserver.ErrAuthFailed
	}
	s.UserSession = imapmemserver.NewUserSession(s.office.box(username))
	return nil
}

// Close ends a session, logged in or not.
func (s *postSession) Close() error {
	if s.UserSession == nil {
		return nil
	}
	return s.UserSession.Close()
}

// counter is an SMTP session: where mail is handed in.
type counter struct {
	office *postOffice
	from   string
	to     []string
}

func (c *counter) Reset()        { c.from, c.to = "", nil }
func (c *counter) Logout() error { return nil }

// Mail notes the sender.
func (c *counter) Mail(from string, _ *smtp.MailOptions) error {
	c.from = from
	return nil
}

// Rcpt takes a recipient, unless the office was told to refuse it.
func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.office.mu.Lock()
	refused := c.office.refused[complaint.BareMail(to)]
	c.office.mu.Unlock()
	if refused != nil {
		return refused
	}
	c.to = append(c.to, to)
	return nil
}

// Data delivers.
func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range c.to {
		if err := c.office.deliver(c.from, to, raw); err != nil {
			return err
		}
	}
	return nil
}

// literal is bytes of a known size, as IMAP wants them.
type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// pipeListener accepts connections within the process: it works inside a synctest bubble, where no socket may be.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

var errClosed = errors.New("connection refused: the post office is closed")

// dial connects to the listener.
func (l *pipeListener) dial() (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, errClosed
	}
}

// Accept gives the next connection.
func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close stops accepting.
func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr names the listener.
func (l *pipeListener) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// crlf gives a text the line ends of mail.
func crlf(s string) []byte {
	return []byte(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n"))
}
