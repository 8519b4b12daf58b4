package mailer

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

const (
	dialTime  = 30 * time.Second
	setUpTime = 2 * time.Minute // greeting to login; some servers make a newcomer wait
)

// open connects and logs in. Its errors say what a person can do about them.
func (m *Mailer) open(ctx context.Context) (*session, error) {
	dialing, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	conn, err := m.Dial(dialing)
	if err != nil {
		return nil, unlessStopped(ctx, explain("connect to "+m.Server, err))
	}
	s := &session{conn: &guard{Conn: conn}, server: m.Server, security: "none"}
	defer context.AfterFunc(ctx, s.close)()
	if err := m.setUp(ctx, s); err != nil {
		s.close()
		return nil, unlessStopped(ctx, err)
	}
	return s, nil
}

func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("stopped before the letter was sent: %w", ctx.Err())
	}
	return err
}

func (m *Mailer) setUp(ctx context.Context, s *session) error {
	s.allow(setUpTime)
	host, _, err := net.SplitHostPort(m.Server)
	if err != nil {
		host = m.Server
	}
	if s.client, err = smtp.NewClient(s.conn, host); err != nil {
		return explain("connect to "+m.Server, err)
	}
	if err := s.client.Hello(cmp.Or(m.HelloName, "localhost")); err != nil {
		return explain("greet "+m.Server, err)
	}
	if err := m.secure(s); err != nil {
		return err
	}
	if err := m.logIn(ctx, s, host); err != nil {
		return err
	}
	s.pipeline, _ = s.client.Extension("PIPELINING")
	s.dsn, _ = s.client.Extension("DSN")
	return nil
}

// secure sees to it that nothing crosses a network in the clear, whatever the server offers.
func (m *Mailer) secure(s *session) error {
	if c, ok := s.conn.Conn.(interface{ ConnectionState() tls.ConnectionState }); ok {
		s.security = describe(c.ConnectionState())
		return nil
	}
	if m.StartTLS != nil {
		return m.startTLS(s)
	}
	if isLocal(s.conn.RemoteAddr()) {
		return nil
	}
	return fmt.Errorf("connect to %s: the connection is not encrypted, and klachtd sends nothing in the clear; "+
		"set security to tls or starttls", m.Server)
}

func (m *Mailer) startTLS(s *session) error {
	if offered, _ := s.client.Extension("STARTTLS"); !offered {
		return fmt.Errorf("start TLS with %s: the server does not offer it, and klachtd sends nothing in the clear; "+
			"try security tls, with port 465", m.Server)
	}
	clear := s.client.Text.R
	if err := s.client.StartTLS(m.StartTLS); err != nil {
		return explain("start TLS with "+m.Server, err)
	}
	if clear.Buffered() > 0 { // words put into the server's mouth on the way (CVE-2011-0411)
		return fmt.Errorf("start TLS with %s: more came in the clear after the server's answer; "+
			"somebody may be tampering with the connection", m.Server)
	}
	if state, ok := s.client.TLSConnectionState(); ok {
		s.security = describe(state)
	}
	return nil
}

func describe(state tls.ConnectionState) string {
	return tls.VersionName(state.Version) + " " + tls.CipherSuiteName(state.CipherSuite)
}

func isLocal(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return !ok || tcp.IP.IsLoopback()
}

// loginError is a login that will not succeed by trying again soon.
type loginError struct{ error }

func (m *Mailer) logIn(ctx context.Context, s *session, host string) error {
	if m.Username == "" {
		return nil
	}
	_, offered := s.client.Extension("AUTH")
	auth, err := m.mechanism(ctx, host, strings.Fields(strings.ToUpper(offered)))
	if err != nil {
		return loginError{fmt.Errorf("log in to %s: %w", m.Server, err)}
	}
	err = s.client.Auth(auth)
	if reply, ok := errors.AsType[*textproto.Error](err); ok && reply.Code >= 500 {
		return loginError{fmt.Errorf("log in to %s: the server refused the username or password (%d %s); "+
			"where login takes two steps, mail programs need an app password", m.Server, reply.Code, short(reply.Msg))}
	}
	if err != nil {
		return explain("log in to "+m.Server, err)
	}
	return nil
}

// mechanism picks how to log in. PLAIN goes before SCRAM: servers list SCRAM also for accounts that were never given
// a SCRAM secret, and the connection is encrypted by now, or local.
func (m *Mailer) mechanism(ctx context.Context, host string, offered []string) (smtp.Auth, error) {
	if m.Token != nil && slices.Contains(offered, "XOAUTH2") {
		token, err := m.Token(ctx)
		return smtp.XOAuth2Auth(m.Username, token), err
	}
	if m.Token != nil || m.Password == nil {
		return nil, fmt.Errorf("the server takes no OAuth token (it offers %s); set a password", listed(offered))
	}
	password, err := m.Password()
	if err != nil {
		return nil, err
	}
	known := []struct {
		name string
		auth smtp.Auth
	}{
		{"PLAIN", smtp.PlainAuth("", m.Username, password, host, true)},
		{"LOGIN", smtp.LoginAuth(m.Username, password, host, true)},
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(m.Username, password)},
		{"SCRAM-SHA-1", smtp.ScramSHA1Auth(m.Username, password)},
	}
	for _, k := range known {
		if slices.Contains(offered, k.name) {
			return k.auth, nil
		}
	}
	return nil, fmt.Errorf("the server takes no password here (it offers %s); check the port, 465 or 587", listed(offered))
}

func listed(offered []string) string { return cmp.Or(strings.Join(offered, ", "), "no login") }

// explain adds to an error what it usually means.
func explain(doing string, err error) error {
	if reply, ok := errors.AsType[*textproto.Error](err); ok {
		return fmt.Errorf("%s: the server answered %d %s", doing, reply.Code, short(reply.Msg))
	}
	var hint string
	switch {
	case is[x509.UnknownAuthorityError](err):
		hint = "; is it the right server? for a certificate of your own, set ca_file"
	case is[x509.HostnameError](err):
		hint = "; use the name that is on the certificate"
	case is[x509.CertificateInvalidError](err):
		hint = "; is the clock right?"
	case is[tls.RecordHeaderError](err):
		hint = "; this port does not begin with TLS: is it one for security starttls (587)?"
	case is[*net.DNSError](err):
		hint = "; is the name right, and is there a network?"
	case is[*net.OpError](err), errors.Is(err, context.DeadlineExceeded):
		hint = "; are name and port right, and does no firewall stand between?"
	}
	return fmt.Errorf("%s: %w%s", doing, err, hint)
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
