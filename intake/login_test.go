package intake

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"log"
	"math/big"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
)

// certificate makes a certificate for imap.example that only the returned pool trusts.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"imap.example"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestStartTLS(t *testing.T) {
	cert, pool := certificate(t)
	user := imapmemserver.NewUser("info@optimum.example", "secret")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	mem := imapmemserver.New()
	mem.AddUser(user)
	listener := newPipes()
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{cert}}, Logger: log.New(io.Discard, "", 0),
	})
	go server.Serve(listener)
	defer server.Close()
	m := mailbox(listener.Dial, newDesk())
	m.StartTLS = &tls.Config{ServerName: "imap.example", RootCAs: pool}
	once(t, m)

	m.StartTLS = &tls.Config{ServerName: "imap.example"}
	if err := m.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "begin TLS with the mail server: ") {
		t.Errorf("a certificate nobody knows: got %v", err)
	}
	m.StartTLS = nil
	if err := m.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "takes no passwords on this connection") {
		t.Errorf("without TLS: got %v", err)
	}
}

// Who sits on the line must not be able to talk us out of TLS, or to put words in front of it.
func TestStartTLSThatIsRefusedOrTamperedWith(t *testing.T) {
	refuse := func(l *liar) {
		l.on = func(c *liarConn, tag, command, _ string) bool {
			if command == "STARTTLS" {
				c.say("%s BAD not today\r\n", tag)
			}
			return command == "STARTTLS"
		}
	}
	for name, change := range map[string]func(*liar){
		"refused": refuse,
		"logged in already": func(l *liar) {
			l.greeting = "* PREAUTH [CAPABILITY IMAP4rev1] welcome"
			refuse(l)
		},
		"words in front": func(l *liar) {
			l.on = func(c *liarConn, tag, command, _ string) bool {
				if command == "STARTTLS" {
					c.say("%s OK begin\r\n* OK [CAPABILITY IMAP4rev1] I am the server\r\n", tag)
					c.hang()
				}
				return command == "STARTTLS"
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLiar("one")
				change(l)
				m := mailbox(l.Dial, metDesk())
				m.StartTLS = &tls.Config{ServerName: "imap.example"}
				if err := m.Once(t.Context()); err == nil {
					t.Error("went on without TLS")
				}
				for _, command := range l.seen {
					if command != "CAPABILITY" && command != "STARTTLS" {
						t.Errorf("sent %s in the clear", command)
					}
				}
			})
		})
	}
}

// xoauth2 is the mechanism of Microsoft 365 and Google.
type xoauth2 struct{ token string }

func (x xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=info@optimum.example\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

func (x xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

func TestOAuthWinsOverThePassword(t *testing.T) {
	for _, caps := range []string{"IMAP4rev1 SASL-IR AUTH=XOAUTH2", "IMAP4rev1 AUTH=XOAUTH2"} {
		synctest.Test(t, func(t *testing.T) {
			l, token := newLiar("one"), "good"
			l.caps = caps
			l.on = func(c *liarConn, tag, command, args string) bool {
				if command != "AUTHENTICATE" {
					return false
				}
				_, response, ok := strings.Cut(args, " ")
				if !ok {
					c.say("+ \r\n")
					line := make([]byte, 1000)
					n, _ := c.Read(line)
					response = strings.TrimSpace(string(line[:n]))
				}
				if decoded, _ := base64.StdEncoding.DecodeString(response); strings.Contains(string(decoded), "Bearer good") {
					c.ok()
				} else {
					c.say("%s NO [AUTHENTICATIONFAILED] token expired\r\n", tag)
				}
				return true
			}
			d := metDesk()
			m := mailbox(l.Dial, d)
			m.SASL = func() sasl.Client { return xoauth2{token} }
			once(t, m)
			d.wantSubjects(t, "one")
			token = "stale"
			if err := m.Once(t.Context()); !errors.Is(err, errLogin) || !strings.Contains(err.Error(), "token expired") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFindFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for list, want := range map[string]string{
			`(\HasNoChildren) "/" INBOX`: "",
			`(\HasNoChildren) "/" INBOX|(\Sent) "/" "Weg ermee"|(\HasNoChildren) "/" Sent`: "Weg ermee",
			`(\HasNoChildren) "." INBOX|(\HasNoChildren) "." "INBOX.Verzonden items"`:      "INBOX.Verzonden items",
			`(\NoSelect) "/" Sent|(\HasNoChildren) "/" "Sent Messages"`:                    "Sent Messages",
			`(\HasNoChildren) NIL sent`:                                      "sent",
			`(\HasNoChildren) "/" "Presentations"`:                           "",
			`(\HasNoChildren) "/" "&AMk-l&AOk-ments envoy&AOk-s"`:            "Éléments envoyés",
			`(\HasNoChildren) "/" "[Gmail]"|(\Sent) "/" "[Gmail]/Alle mail"`: "[Gmail]/Alle mail",
		} {
			l := newLiar()
			l.on = func(c *liarConn, _, command, _ string) bool {
				if command == "LIST" {
					for line := range strings.SplitSeq(list, "|") {
						c.say("* LIST %s\r\n", line)
					}
					c.ok()
				}
				return command == "LIST"
			}
			found, err := mailbox(l.Dial, newDesk()).Check(t.Context())
			if err != nil || found.Sent != want {
				t.Errorf("%s: found %q, %v, want %q", list, found.Sent, err, want)
			}
		}
	})
}
