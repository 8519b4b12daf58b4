package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// TestStories runs the whole program through legal months: every file in testdata/stories is a story that a lawyer can
// read. Time is that of a synctest bubble, the mail servers are in memory, the database is a real one.
//
//	di 3-11-2026 10:14  kim@klager.example mailt: onderwerp      somebody writes to the office
//	  | tekst
//	di 3-11-2026 10:20  Noor antwoordt: onderwerp                the handler answers her last mail with that subject
//	  | ja
//	di 3-11-2026 10:35  kim@klager.example krijgt: onderwerp     a mail klachtd sent at that minute
//	  bevat: tekst                                               which holds these words
//	  zonder: tekst                                              and not these
//	di 3-11-2026 12:00  kim@klager.example krijgt niets          no mail is left untold
//	di 3-11-2026 12:00  kim@klager.example weigert post          her mail server says 550; "neemt post aan" ends it
//	di 3-11-2026 12:00  K2026-0001 staat op: bevestigd
//	  ontvangstbevestiging: gedaan 2026-11-03                    a duty, its state, and when it was met
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) { tell(t, dir, readStory(t, f, string(text))) })
		})
	}
}

// event is one line of a story with what is indented below it.
type event struct {
	line   int
	at     time.Time
	who    string
	verb   string // mailt, antwoordt, krijgt, krijgt niets, staat op
	what   string
	text   string   // of | lines
	checks []string // other indented lines
}

var eventLine = regexp.MustCompile(`^(ma|di|wo|do|vr|za|zo) (\d+-\d+-\d{4}) (\d\d:\d\d)\s+(\S+(?: <\S+>)?|[^:]*?<\S+>) (mailt|antwoordt|krijgt niets|krijgt|staat op|weigert post|neemt post aan)(?:: (.*))?$`)

func readStory(t *testing.T, file, text string) []event {
	t.Helper()
	zone := mustZone(t)
	var all []event
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, " ") && len(all) > 0:
			last := &all[len(all)-1]
			if rest, ok := strings.CutPrefix(trimmed, "|"); ok {
				last.text += strings.TrimPrefix(rest, " ") + "\n"
			} else {
				last.checks = append(last.checks, trimmed)
			}
		default:
			m := eventLine.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("%s:%d: not a line of a story: %q", file, i+1, line)
			}
			at, err := time.ParseInLocation("2-1-2006 15:04", m[2]+" "+m[3], zone)
			if err != nil {
				t.Fatalf("%s:%d: %v", file, i+1, err)
			}
			if day := calendar.On(at, zone).Short("nl")[:2]; day != m[1] {
				t.Fatalf("%s:%d: %s is a %s", file, i+1, m[2], day)
			}
			all = append(all, event{line: i + 1, at: at, who: m[4], verb: m[5], what: m[6]})
		}
	}
	return all
}

func mustZone(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// stage is the world of one story.
type stage struct {
	t      *testing.T
	dir    string
	office *postOffice
	untold []delivery // mails of klachtd no line of the story told yet
	taken  int
	stop   func()
	change func(config string) string // of the config, when it is not that of the demo
}

var people = map[string]string{"Noor": demoHandler, "Ruud": demoSubstitute, "Info": demoOffice}

func tell(t *testing.T, dir string, events []event) {
	s := &stage{t: t, dir: dir}
	s.office = openPostOffice(time.Now)
	time.Sleep(time.Until(events[0].at.Add(-time.Hour)))
	s.start()
	defer s.office.close()
	defer s.stop()
	for _, e := range events {
		time.Sleep(time.Until(e.at))
		synctest.Wait()
		s.play(e)
		synctest.Wait()
	}
	s.untouched()
	for _, m := range s.collect() {
		if m.to != demoHandler && m.to != demoSubstitute {
			t.Errorf("a letter that the story does not tell: to %s at %s: %s", m.to, m.at.In(mustZone(t)).Format("2-1-2006 15:04"), subject(t, m))
		}
	}
}

// untouched says that all mail of the office lies where it came in, and none of it is read.
func (s *stage) untouched() {
	s.t.Helper()
	all, _ := s.office.delivered(0)
	var want uint32
	for _, m := range all {
		if complaint.SameMail(m.to, demoOffice) {
			want++
		}
	}
	st, err := s.office.box(demoOffice).Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true, NumDeleted: true})
	if err != nil {
		s.t.Fatal(err)
	}
	if *st.NumMessages != want || *st.NumUnseen != want || *st.NumDeleted != 0 {
		s.t.Errorf("of %d mails %d are in the mailbox, %d unread, %d deleted", want, *st.NumMessages, *st.NumUnseen, *st.NumDeleted)
	}
}

// start starts the program on the servers of the stage.
func (s *stage) start() {
	config := fmt.Sprintf(demoConfig, "nl", "127.0.0.1:1143", "127.0.0.1:1025")
	config = strings.Replace(config, "[smtp]", "poll = \"6h\"\n\n[smtp]", 1)
	if s.change != nil {
		config = s.change(config)
	}
	path := filepath.Join(s.dir, "config.toml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(s.t.Context())
	var errs bytes.Buffer
	ended := make(chan int)
	go func() {
		ended <- run(ctx, env{
			args: []string{"run", "--config", path}, stdout: &errs, stderr: &errs, now: time.Now,
			dialIMAP: s.office.dialIMAP, dialSMTP: s.office.dialSMTP,
		})
	}()
	synctest.Wait()
	s.stop = func() {
		cancel()
		if code := <-ended; code != done {
			s.t.Errorf("klachtd ended with status %d:\n%s", code, errs.String())
		}
		if s.t.Failed() {
			s.t.Logf("its log:\n%s", errs.String())
		}
	}
}

func (s *stage) play(e event) {
	s.t.Helper()
	address, isHandler := people[e.who]
	if !isHandler {
		address = strings.Trim(e.who[strings.IndexByte(e.who, '<')+1:], ">")
	}
	switch e.verb {
	case "mailt":
		s.check(e, s.office.deliver(address, demoOffice, e.mail(address)))
	case "antwoordt":
		reply, err := replyTo(s.last(e, address), address, e.text, e.at)
		s.check(e, err)
		s.check(e, s.office.deliver(address, demoOffice, reply))
	case "krijgt":
		s.expect(e, address)
	case "krijgt niets":
		for _, m := range s.collect() {
			if m.to == address {
				s.t.Errorf("line %d: %s got %q at %s", e.line, address, subject(s.t, m), m.at)
			}
		}
	case "weigert post":
		s.office.refuse(address, &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
	case "neemt post aan":
		s.office.refuse(address, nil)
	case "staat op":
		s.status(e)
	}
}

// mail is the mail a line tells of, with the headers ("kop") and the attachment ("bijlage") below it.
func (e event) mail(address string) []byte {
	name, _, _ := strings.Cut(e.who, " <")
	raw := string(newMail(strings.TrimSuffix(name, address), address, e.what, e.text, e.at))
	for _, c := range e.checks {
		if header, ok := strings.CutPrefix(c, "kop: "); ok {
			raw = header + "\r\n" + raw
		}
		if file, ok := strings.CutPrefix(c, "bijlage: "); ok {
			head, body, _ := strings.Cut(raw, "\r\n\r\n")
			head = regexp.MustCompile(`(?m)^Content-.*\r\n?`).ReplaceAllString(head+"\r\n", "")
			raw = head + string(crlf(fmt.Sprintf("Content-Type: multipart/mixed; boundary=grens\n\n--grens\nContent-Type: text/plain; charset=utf-8\n\n%s\n--grens\n"+
				"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=%q\nContent-Transfer-Encoding: base64\n\nAAAA\n--grens--\n", body, file)))
		}
	}
	return []byte(raw)
}

func (s *stage) check(e event, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("line %d: %v", e.line, err)
	}
}

// collect takes up what klachtd sent since.
func (s *stage) collect() []delivery {
	all, n := s.office.delivered(s.taken)
	s.taken = n
	for _, m := range all {
		if m.from == demoOffice {
			s.untold = append(s.untold, m)
			if bytes.Contains(m.raw, []byte("%!")) {
				s.t.Errorf("a mail to %s holds a broken format: %s", m.to, m.raw)
			}
		}
	}
	return s.untold
}

// expect finds the mail a line tells of: to that address, with that subject, sent in that minute.
func (s *stage) expect(e event, address string) {
	s.t.Helper()
	var others []string
	for i, m := range s.collect() {
		if m.to != address {
			continue
		}
		if sent := m.at.Truncate(time.Minute); subject(s.t, m) != e.what || !sent.Equal(e.at) {
			others = append(others, fmt.Sprintf("%s %q", m.at.In(mustZone(s.t)).Format("2-1-2006 15:04"), subject(s.t, m)))
			continue
		}
		s.untold = append(s.untold[:i], s.untold[i+1:]...)
		s.contents(e, m)
		return
	}
	s.t.Fatalf("line %d: %s got no %q at %s; untold: %s", e.line, address, e.what, e.at.Format("2-1-2006 15:04"), strings.Join(others, ", "))
}

func (s *stage) contents(e event, m delivery) {
	s.t.Helper()
	msg, err := enmime.ReadEnvelope(bytes.NewReader(m.raw))
	s.check(e, err)
	text := strings.Join(strings.Fields(msg.Text), " ")
	for _, c := range e.checks {
		kind, want, _ := strings.Cut(c, ": ")
		switch has := strings.Contains(text, want); {
		case kind == "bevat" && !has:
			s.t.Errorf("line %d: the mail does not hold %q:\n%s", e.line, want, msg.Text)
		case kind == "zonder" && has:
			s.t.Errorf("line %d: the mail holds %q:\n%s", e.line, want, msg.Text)
		case kind != "bevat" && kind != "zonder":
			s.t.Fatalf("line %d: what is %q?", e.line, c)
		}
	}
}

// last is the last mail somebody got from klachtd with a subject.
func (s *stage) last(e event, address string) []byte {
	s.t.Helper()
	all, _ := s.office.delivered(0)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].to == address && all[i].from == demoOffice && strings.Contains(subject(s.t, all[i]), e.what) {
			return all[i].raw
		}
	}
	s.t.Fatalf("line %d: %s got no mail about %q to answer", e.line, address, e.what)
	return nil
}

func subject(t *testing.T, m delivery) string {
	t.Helper()
	s, err := subjectOf(m.raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// status compares a case with what the story says of it, read from the database beside the running program.
func (s *stage) status(e event) {
	s.t.Helper()
	store, err := db.OpenReadOnly(filepath.Join(s.dir, "klachtd.db"))
	s.check(e, err)
	defer store.Close()
	today := calendar.On(e.at, mustZone(s.t))
	s.check(e, store.View(s.t.Context(), func(tx *db.Tx) error {
		facts, err := tx.Facts(complaint.CaseID(e.who))
		if err != nil {
			return err
		}
		if len(facts) == 0 {
			return fmt.Errorf("there is no case %s", e.who)
		}
		c := complaint.Fold(facts)
		if got := complaint.StatusOn(c, today).Name().NL; got != e.what {
			s.t.Errorf("line %d: %s is %q, want %q", e.line, e.who, got, e.what)
		}
		duties := map[string]string{}
		for _, d := range complaint.Duties(c, today) {
			name := d.Kind.Name().NL
			if d.Round > 1 {
				name += fmt.Sprintf(" (ronde %d)", d.Round)
			}
			state := d.State.Name().NL
			if d.Overdue {
				state = "te laat"
			}
			if !d.MetOn.IsZero() {
				state += " " + d.MetOn.String()
			} else if d.State == complaint.Open {
				state += ", uiterlijk " + d.Due.String() + ", versturen op " + d.SendBy.String()
			}
			duties[name] = state
		}
		for _, c := range e.checks {
			name, want, _ := strings.Cut(c, ": ")
			if duties[name] != want {
				s.t.Errorf("line %d: %s is %q, want %q", e.line, name, duties[name], want)
			}
		}
		return nil
	}))
}
