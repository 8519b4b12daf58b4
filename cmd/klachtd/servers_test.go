package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"klachtd/calendar"
	"klachtd/complaint"
)

// realServers are a running Dovecot and Postfix, as contrib/mailservers/mailservers.sh describes them.
type realServers struct {
	t    *testing.T
	env  map[string]string
	dir  string
	path string // of the config
}

// useRealServers needs KLACHTD_MAILSERVERS, the file with their addresses; contrib/mailservers/test.sh sets it.
func useRealServers(t *testing.T) *realServers {
	t.Helper()
	file := os.Getenv("KLACHTD_MAILSERVERS")
	if file == "" {
		t.Skip("needs Dovecot and Postfix: run contrib/mailservers/test.sh")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &realServers{t: t, env: map[string]string{}, dir: t.TempDir()}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		s.env[key] = value
	}
	return s
}

// configure writes a config for the office of the demo on these servers, over TLS, as an office would.
func (s *realServers) configure(local string, more string) {
	s.t.Helper()
	config := fmt.Sprintf(demoConfig, "nl", s.env["IMAP_ADDR"], s.env["SUBMISSION_ADDR"])
	config = strings.ReplaceAll(config, `security = "none"`, fmt.Sprintf("security = \"starttls\"\nca_file = %q", s.env["CA_FILE"]))
	config = strings.Replace(config, "from     =", "username = \""+local+"@optimumconsult.example\"\npassword = \"geheim\"\nfrom     =", 1)
	config = strings.ReplaceAll(config, "info@optimumconsult.example", local+"@optimumconsult.example")
	config = strings.ReplaceAll(config, "info+{token}@", local+"+{token}@")
	s.path = filepath.Join(s.dir, "config.toml")
	if err := os.WriteFile(s.path, []byte(config+more), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// once runs one pass at a pretended time.
func (s *realServers) once(at time.Time) {
	s.t.Helper()
	var errs bytes.Buffer
	if code := run(s.t.Context(), env{args: []string{"run", "--once", "--at", at.Format(time.RFC3339), "--config", s.path}, stdout: io.Discard, stderr: &errs, now: time.Now}); code != done {
		s.t.Fatalf("run --once at %s: status %d\n%s", at, code, errs.String())
	}
}

// send hands a mail to Postfix, as the world does.
func (s *realServers) send(from, to string, raw []byte) {
	s.t.Helper()
	c, err := smtp.Dial(s.env["SMTP_ADDR"])
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close()
	w, err := func() (io.WriteCloser, error) {
		if err := c.Mail(from); err != nil {
			return nil, err
		}
		if err := c.Rcpt(to); err != nil {
			return nil, err
		}
		return c.Data()
	}()
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := w.Write(raw); err != nil {
		s.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
}

// inbox reads all mails of a mailbox by IMAP.
func (s *realServers) inbox(address string) [][]byte {
	s.t.Helper()
	c, err := imapclient.DialInsecure(s.env["IMAP_ADDR"], nil)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(address, s.env["PASSWORD"]).Wait(); err != nil {
		s.t.Fatal(err)
	}
	box, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		s.t.Fatal(err)
	}
	if box.NumMessages == 0 {
		return nil
	}
	section := &imap.FetchItemBodySection{Peek: true}
	mails, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{Flags: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil {
		s.t.Fatal(err)
	}
	var all [][]byte
	for _, m := range mails {
		if address == s.office() && slices.Contains(m.Flags, imap.FlagSeen) {
			s.t.Errorf("mail %d of the office is marked as read", m.SeqNum)
		}
		all = append(all, m.FindBodySection(section))
	}
	return all
}

func (s *realServers) office() string {
	cfg, err := loadConfig(s.path)
	if err != nil {
		s.t.Fatal(err)
	}
	return cfg.IMAP.Username
}

// await waits until a mailbox holds a mail with a subject, and gives the newest.
func (s *realServers) await(address, word string) []byte {
	s.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		all := s.inbox(address)
		for i := len(all) - 1; i >= 0; i-- {
			if got, err := subjectOf(all[i]); err == nil && strings.Contains(got, word) {
				return all[i]
			}
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s got no mail about %q", address, word)
		}
		<-time.After(50 * time.Millisecond)
	}
}

// TestRealServersLifecycle: a complaint in by SMTP, the notice out, the handler's answers back, the letters in the
// complainant's mailbox, until the case is closed. Only the time is pretended.
func TestRealServersLifecycle(t *testing.T) {
	s := useRealServers(t)
	s.configure("office1", "")
	const office, kim = "office1@optimumconsult.example", "kim1@klager.example"
	zone := mustZone(t)
	h := calendar.Dutch()
	today := calendar.On(time.Now(), zone)
	day := h.OnOrAfter(today.AddDays(1))
	s.once(time.Now()) // first contact

	s.send("fysio@klager.example", office, newMail("Fysiotherapie", "fysio@klager.example", "Intakeverslag", "Cliënt heeft rugklachten. De klachten zijn verminderd.", time.Now()))
	s.send(kim, office, newMail("Kim Verbeek", kim, "Afspraak", "Ik wil een klacht indienen. Mijn coach kwam niet opdagen en belde niet af.", time.Now()))
	s.await(office, "Afspraak")
	s.once(time.Now().Add(time.Minute))
	answer := func(at time.Time, subject, text string) {
		t.Helper()
		notice := s.await(demoHandler, subject)
		reply, err := replyTo(notice, demoHandler, text, at)
		if err != nil {
			t.Fatal(err)
		}
		before := len(s.inbox(office))
		s.send(demoHandler, office, reply)
		for deadline := time.Now().Add(30 * time.Second); len(s.inbox(office)) == before && time.Now().Before(deadline); {
			<-time.After(50 * time.Millisecond)
		}
		s.once(at)
		s.once(at.Add(20 * time.Minute))
	}
	answer(day.At(10, 0, zone), "Nieuwe klacht? [K", "ja")
	s.await(kim, "Ontvangst van uw klacht")
	answer(day.At(11, 0, zone), "graag het formulier", "Betrokkene: Sanne Bos, sanne1@klager.example\nReactie betrokkene: Vergeten, dat spijt mij.\nOordeel: gegrond\n"+
		"Waarom: De afspraak stond niet in de agenda.\nAanbod: Een nieuwe afspraak.\nReactie klager: 4\nMaatregel: Een bericht de dag ervoor.")
	answer(day.At(12, 0, zone), "Mag deze brief weg?", "ja")
	s.await(kim, "Bevestiging en verslag van uw klacht")
	answer(day.At(13, 0, zone), "Mag deze brief weg?", "ja")
	s.await("sanne1@klager.example", "Verslag van een klacht")

	if got := s.status(day.At(14, 0, zone)); got != "closed" {
		t.Errorf("the case is %q, want closed", got)
	}
	if n := len(s.inbox("fysio@klager.example")); n != 0 {
		t.Errorf("ordinary mail got %d answers", n)
	}
}

// status is the status of the only case.
func (s *realServers) status(at time.Time) complaint.Status {
	s.t.Helper()
	r, err := openReading(&commands{Config: s.path}, env{now: func() time.Time { return at }}, "")
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.db.Close()
	cases, err := r.cases(s.t.Context(), true)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(cases) != 1 {
		s.t.Fatalf("%d cases, want 1", len(cases))
	}
	return complaint.StatusOn(cases[0], r.today)
}

// TestRealServersLatency: while the daemon idles on Dovecot, from the moment Postfix takes a complaint until the
// handler's notice lies in her mailbox. It reports, and fails only when a notice does not come at all.
func TestRealServersLatency(t *testing.T) {
	s := useRealServers(t)
	s.configure("office2", "")
	const office = "office2@optimumconsult.example"
	ctx, stop := context.WithCancel(t.Context())
	ready := make(chan struct{})
	ended := make(chan int)
	var errs bytes.Buffer
	s.once(time.Now())
	go func() {
		ended <- run(ctx, env{args: []string{"run", "--config", s.path}, stdout: io.Discard, stderr: &errs, now: time.Now, ready: func() { close(ready) }})
	}()
	<-ready
	maildir := filepath.Join(s.env["MAIL_DIR"], "praktijk.example", "noor", "Maildir", "new")
	count := func() int {
		names, _ := os.ReadDir(maildir)
		return len(names)
	}
	n := 100
	if testing.Short() {
		n = 10
	}
	var took []time.Duration
	for i := range n {
		before := count()
		from := fmt.Sprintf("k%d@klager.example", i)
		s.send(from, office, newMail("K", from, "Klacht", fmt.Sprintf("Ik wil een klacht indienen over afspraak %d.", i), time.Now()))
		sent := time.Now()
		for count() == before {
			if time.Since(sent) > 20*time.Second {
				t.Fatalf("no notice of complaint %d after 20 s; log:\n%s", i, errs.String())
			}
			<-time.After(2 * time.Millisecond)
		}
		took = append(took, time.Since(sent))
	}
	stop()
	if code := <-ended; code != done {
		t.Errorf("klachtd ended with status %d:\n%s", code, errs.String())
	}
	slices.Sort(took)
	t.Logf("notice in the handler's mailbox after: p50 %s, p99 %s, max %s (%d complaints)",
		took[len(took)/2].Round(time.Millisecond), took[len(took)*99/100].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond), len(took))
}
