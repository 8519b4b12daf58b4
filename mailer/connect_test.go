package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"klachtd/letters"
)

// certificate returns a certificate for example.com and the pool that trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	pool := x509.NewCertPool()
	pool.AddCert(web.Certificate())
	return web.TLS.Certificates[0], pool
}

func startTLSServer(t *testing.T) (*server, *tls.Config) {
	cert, pool := certificate(t)
	srv := &server{user: "info", password: "secret", configure: func(s *smtp.Server) {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}}
		s.AllowInsecureAuth = false
	}}
	return srv.startTCP(t), &tls.Config{ServerName: "example.com", RootCAs: pool}
}

func secret() (string, error) { return "secret", nil }

func TestStartTLSThenLoginThenLetter(t *testing.T) {
	srv, config := startTLSServer(t)
	o := queue(2)
	m := srv.mailer(o)
	m.StartTLS, m.Username, m.Password = config, "info", secret
	if err := m.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := o.last(t, 2); got.Verdict != letters.Accepted || !strings.HasPrefix(got.TLS, "TLS 1.3 TLS_") {
		t.Errorf("outcome %+v", got)
	}
}

func TestImplicitTLS(t *testing.T) {
	cert, pool := certificate(t)
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
	if err != nil {
		t.Fatal(err)
	}
	srv, o := (&server{}).serve(t, l), queue(1)
	m := srv.mailer(o)
	m.Dial = func(ctx context.Context) (net.Conn, error) {
		dialer := tls.Dialer{Config: &tls.Config{ServerName: "example.com", RootCAs: pool}}
		return dialer.DialContext(ctx, "tcp", l.Addr().String())
	}
	if err := m.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := o.last(t, 1); got.Verdict != letters.Accepted || !strings.HasPrefix(got.TLS, "TLS 1.3 TLS_") {
		t.Errorf("outcome %+v", got)
	}
}

// What Check says when something is wrong: what it is, and what to do.
func TestCheckExplains(t *testing.T) {
	plain := (&server{user: "info", password: "secret"}).start(t)
	secure, config := startTLSServer(t)
	noPassword := func() (string, error) { return "", errors.New("read smtp.password: no such file") }
	tests := []struct {
		name string
		srv  *server
		set  func(*Mailer)
		want string // "" for no error
	}{
		{"all well", secure, func(m *Mailer) {}, ""},
		{"no login wanted", plain, func(m *Mailer) { m.StartTLS, m.Username = nil, "" }, ""},
		{"no STARTTLS", plain, func(m *Mailer) {}, "the server does not offer it, and klachtd sends nothing in the clear; try security tls, with port 465"},
		{"unknown certificate", secure, func(m *Mailer) { m.StartTLS = &tls.Config{ServerName: "example.com"} }, "set ca_file"},
		{"other name on the certificate", secure, func(m *Mailer) { m.StartTLS = config.Clone(); m.StartTLS.ServerName = "mx.example.org" }, "use the name that is on the certificate"},
		{"wrong password", secure, func(m *Mailer) { m.Password = func() (string, error) { return "guess", nil } },
			"log in to mx.example:465: the server refused the username or password (535 5.7.8 Authentication failed); where login takes two steps"},
		{"password file missing", secure, func(m *Mailer) { m.Password = noPassword }, "log in to mx.example:465: read smtp.password: no such file"},
		{"token where there is no OAuth", secure, func(m *Mailer) { m.Token = func(context.Context) (string, error) { return "t", nil } },
			"takes no OAuth token (it offers SCRAM-SHA-256, LOGIN, PLAIN)"},
		{"no login offered", secure, func(m *Mailer) { m.StartTLS = nil }, "takes no password here (it offers no login); check the port"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := test.srv.mailer(nil)
			m.StartTLS, m.Username, m.Password = config, "info", secret
			test.set(m)
			err := m.Check(t.Context())
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("Check: %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

// far is a connection to somewhere else than this machine.
type far struct{ net.Conn }

func (far) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 25} }

func TestNothingCrossesANetworkInTheClear(t *testing.T) {
	srv := (&server{}).start(t)
	o := queue(1)
	m := srv.mailer(o)
	m.Dial = func(ctx context.Context) (net.Conn, error) {
		conn, err := srv.dial(ctx)
		return far{conn}, err
	}
	if err := m.Drain(t.Context()); err == nil || !strings.Contains(err.Error(), "the connection is not encrypted") {
		t.Errorf("Drain: %v", err)
	}
	if n := len(srv.received()); n != 0 {
		t.Errorf("%d letters went in the clear", n)
	}
}

// Words slipped in before the encryption starts are not taken for the server's (CVE-2011-0411 and its kind).
func TestWordsBeforeTLSAreNoticed(t *testing.T) {
	cert, pool := certificate(t)
	near, away := net.Pipe()
	go func() {
		defer away.Close()
		say := func(s string) { io.WriteString(away, s) }
		hear := func() { away.Read(make([]byte, 4096)) }
		say("220 mx\r\n")
		hear()
		say("250-mx\r\n250 STARTTLS\r\n")
		hear()
		say("220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n")
		c := tls.Server(away, &tls.Config{Certificates: []tls.Certificate{cert}})
		c.Read(make([]byte, 4096))
		io.WriteString(c, "250-mx\r\n250 AUTH PLAIN\r\n")
		io.Copy(io.Discard, c)
	}()
	asked := false
	m := &Mailer{
		Server: "mx.example:587", Dial: func(context.Context) (net.Conn, error) { return near, nil },
		StartTLS: &tls.Config{ServerName: "example.com", RootCAs: pool}, Username: "info",
		Password: func() (string, error) { asked = true; return "secret", nil },
	}
	if err := m.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "tampering") || asked {
		t.Errorf("Check: %v; password used: %v", err, asked)
	}
}

func TestLoginMechanisms(t *testing.T) {
	hello := func(mechanisms string) string { return "250-mx\r\n250 AUTH " + mechanisms + "\r\n" }
	token := func(context.Context) (string, error) { return "t0ken", nil }
	tests := []struct {
		name    string
		token   func(context.Context) (string, error)
		answers []string
		want    string // "" for no error
	}{
		{"LOGIN", nil, []string{"220 mx\r\n", hello("LOGIN"), "334 VXNlcg==\r\n", "334 UGFzcw==\r\n", "235 welcome\r\n", "221 bye\r\n"}, ""},
		{"XOAUTH2", token, []string{"220 mx\r\n", hello("PLAIN XOAUTH2"), "235 welcome\r\n", "221 bye\r\n"}, ""},
		{"XOAUTH2 refused", token, []string{"220 mx\r\n", hello("xoauth2"), "334 e30=\r\n", "535 expired\r\n", "221 bye\r\n"}, "535 expired"},
		{"not now", nil, []string{"220 mx\r\n", hello("PLAIN"), "454 later\r\n", "501 ok\r\n", "221 bye\r\n"}, "the server answered 454 later"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := &Mailer{Server: "mx.example:587", Username: "info", Password: secret, Token: test.token, Dial: scripted(test.answers...)}
			err := m.Check(t.Context())
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("Check: %v, want %q", err, test.want)
			}
		})
	}
}
