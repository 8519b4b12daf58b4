package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"klachtd/complaint"
)

// TestLogNamesNobody plays the whole demo, with refused and returned mail, a forged command and a wrong password besides,
// and looks in the log for every address, name and word of the mails.
func TestLogNamesNobody(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	s := loggedDemo(t, dir, &log)
	defer s.office.close()
	defer func() { s.d.close() }()
	refuse := func(who string) {
		s.office.refuse(who, &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<" + who + ">: no such mailbox of Alex Smith"})
	}
	refuse("a.smith@claims.example")
	refuse(demoSubstitute)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(s.play(t.Context()))

	notice, err := s.lastMail(demoHandler, "K2026-0004")
	ok(err)
	for _, who := range []string{"eve@vreemd.example", demoSubstitute} {
		forged, err := replyTo(notice, who, "#gegrond De coach heeft gelogen.", s.clock.now())
		ok(err)
		ok(s.office.deliver(who, demoOffice, forged))
	}
	ok(s.office.deliver("", demoOffice, returned(t, notice, demoHandler)))
	ok(s.pass(t.Context()))
	for _, level := range []string{"level=INFO", "level=WARN", "level=ERROR"} {
		if !strings.Contains(log.String(), level) {
			t.Errorf("nothing was logged at %s", level)
		}
	}
	s.d.cfg.IMAP.Password = "geraden"
	if err := s.d.connectIMAP(env{dialIMAP: s.office.dialIMAP}, s.d.clerk); err != nil {
		t.Fatal(err)
	}
	newLog(&log).Warn("mailbox cannot be read", "err", s.d.boxes[len(s.d.boxes)-1].Once(t.Context()))

	all, _ := s.office.delivered(0)
	logged := wordsOf(log.String())
	for _, m := range all {
		for _, who := range []string{m.from, m.to} {
			if local, _, _ := strings.Cut(who, "@"); who != "" && strings.Contains(log.String(), local+"@") {
				t.Errorf("the log has the address %s", who)
			}
		}
		if m.from == demoOffice {
			continue // its words are klachtd's own, or theirs
		}
		subject, err := subjectOf(m.raw)
		ok(err)
		_, body, _ := strings.Cut(string(m.raw), "\r\n\r\n")
		for _, word := range wordsOf(subject + " " + body) {
			if slices.Contains(logged, word) && !slices.Contains(ownWords, word) {
				t.Errorf("the log has the word %q of a mail of %s", word, m.from)
			}
		}
	}
	for _, name := range []string{"Kim", "Verbeek", "Wim", "Jansen", "Lotte", "Alex", "Smith", "Sanne", "Noor", "Ruud", "Tielman", "Linde"} {
		if strings.Contains(log.String(), name) {
			t.Errorf("the log has the name %s", name)
		}
	}
	if t.Failed() {
		t.Log(log.String())
	}
}

// ownWords are words of the log itself that people happen to use too.
var ownWords = []string{"info", "mail", "mailbox", "code", "failed"}

// wordsOf are the words of a text that say something: of four letters and more.
func wordsOf(text string) []string {
	words := regexp.MustCompile(`\pL{4,}`).FindAllString(strings.ToLower(text), -1)
	slices.Sort(words)
	return slices.Compact(words)
}

// loggedDemo is a demo whose program writes its log.
func loggedDemo(t *testing.T, dir string, log io.Writer) *demo {
	t.Helper()
	s := &demo{out: io.Discard, lang: "nl", dir: dir, clock: &demoClock{at: demoStart}, facts: map[complaint.CaseID]int{}}
	s.office = openPostOffice(s.clock.now)
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, fmt.Appendf(nil, demoConfig, "nl", "127.0.0.1:1143", "127.0.0.1:1025"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	s.d, err = assemble(cfg, env{stderr: log, dialIMAP: s.office.dialIMAP, dialSMTP: s.office.dialSMTP}, s.clock.now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// returned is a delivery report on a mail.
func returned(t *testing.T, raw []byte, to string) []byte {
	t.Helper()
	id := regexp.MustCompile(`(?m)^Message-I[Dd]: .*$`).Find(raw)
	if id == nil {
		t.Fatal("the mail has no Message-ID")
	}
	return crlf(fmt.Sprintf(`From: MAILER-DAEMON@praktijk.example
To: %s
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn.1@praktijk.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=grens

--grens
Content-Type: text/plain

Brievenbus gesloten wegens verhuizing.
--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; praktijk.example

Final-Recipient: rfc822; %s
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <%s> Tielman verhuisd

--grens
Content-Type: text/rfc822-headers

%s

--grens--
`, demoOffice, to, to, strings.TrimSpace(string(id))))
}

func TestAddressesInErrorsLoseTheirLocalPart(t *testing.T) {
	for in, want := range map[string]string{
		"550 5.1.1 <kim.verbeek@klager.example>: no such mailbox": "550 5.1.1 <…@klager.example>: no such mailbox",
		"to=kim+x@klager.example;":                                "to=…@klager.example;",
		"relay 'kim'@klager.example":                              "relay …@klager.example",
		"case K2026-0001 at 10:15":                                "case K2026-0001 at 10:15",
	} {
		for _, value := range []any{in, errors.New(in)} {
			var b bytes.Buffer
			newLog(&b).Info("x", "err", value)
			if want := fmt.Sprintf("err=%q\n", want); !strings.HasSuffix(b.String(), want) {
				t.Errorf("%q is logged as %s, want %s", in, b.String(), want)
			}
		}
	}
	var b bytes.Buffer
	newLog(&b).Info("x", "n", 3, "two", errors.Join(errors.New("a"), errors.New("b")), "ok", true, "none", slog.Any("nil", nil).Value)
	if !strings.HasSuffix(b.String(), "n=3 two=\"a; b\" ok=true none=<nil>\n") {
		t.Error(b.String())
	}
}
