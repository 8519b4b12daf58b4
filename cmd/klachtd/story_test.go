package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-smtp"

	"klachtd/complaint"
)

var (
	update   = flag.Bool("update", false, "write the generated pages anew")
	storyDir = flag.String("stories", filepath.Join("testdata", "stories"), "where the stories are")
)

// TestStories runs the whole program through legal months: every file in testdata/stories is a story that a lawyer can
// read. Time is that of a synctest bubble, the mail servers are in memory, the database is a real one.
func TestStories(t *testing.T) {
	for _, s := range stories(t) {
		name := strings.TrimSuffix(filepath.Base(s.file), ".txt")
		if raceDetector && !slices.Contains(crowded, name[:2]) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) { tell(t, dir, s.events) })
		})
	}
}

// crowded are the stories with the most people and letters in them. Under the race detector a story takes ten times as long,
// and all of them go the same ways through the program: these stand for the others.
var crowded = []string{"04", "07", "08", "13"}

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
	hangUp string                     // after the next letter to this address the connection is lost
	change func(config string) string // of the config, when it is not that of the demo
}

var people = map[string]string{"Noor": demoHandler, "Ruud": demoSubstitute, "Info": demoOffice}

// addressOf is the mail address of somebody in a story.
func (e event) address() string {
	if address, ok := people[e.who]; ok {
		return address
	}
	return strings.Trim(e.who[strings.IndexByte(e.who, '<')+1:], ">")
}

func tell(t *testing.T, dir string, events []event) {
	s := &stage{t: t, dir: dir}
	s.office = openPostOffice(time.Now)
	time.Sleep(time.Until(events[0].at.Add(-time.Hour)))
	s.start()
	defer s.office.close()
	defer s.stop()
	for _, e := range events {
		time.Sleep(time.Until(e.moment()))
		synctest.Wait()
		s.play(e)
		synctest.Wait()
	}
	s.untouched()
	for _, m := range s.collect() {
		if s.isLetter(m) {
			t.Errorf("a letter that the story does not tell: to %s at %s: %s", m.to, m.at.In(mustZone(t)).Format("2-1-2006 15:04"), subject(t, m))
		}
	}
}

// moment is the second at which a line is played. What somebody does falls anywhere in its minute: twenty-five minutes after
// a mail klachtd looks at the folder anew, and a mail of that very moment would be seen only the next time by a server in
// memory. What is to be seen is looked at when the minute ends.
func (e event) moment() time.Time {
	switch e.verb {
	case "krijgt", "krijgt niets", "staat op", "bestaat niet", "":
		return e.at.Add(59 * time.Second)
	}
	return e.at.Add(time.Duration(e.line%47) * time.Second)
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
			s.t.Logf("its log:\n%s\nits mails:\n%s", errs.String(), s.sentSoFar())
		}
	}
}

func (s *stage) play(e event) {
	s.t.Helper()
	address := e.address()
	switch e.verb {
	case "mailt":
		s.check(e, s.office.deliver(address, demoOffice, e.mail(newMail(e.name(), address, e.what, e.text, e.at))))
	case "antwoordt":
		reply, err := replyTo(s.last(e, address), address, e.text, e.at)
		s.check(e, err)
		s.check(e, s.office.deliver(address, demoOffice, e.mail(reply)))
	case "schrijft":
		s.check(e, s.office.put(demoOffice, "Sent", e.mail(s.byHand(e))))
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
	case "stuurt terug":
		s.check(e, s.office.deliver("", demoOffice, sentBack(s.last(e, address), address, e.at)))
	case "hangt op":
		s.hangUp = address
		s.office.smtp.Backend = smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
			return &lostCounter{counter{office: s.office}, s, c}, nil
		})
	case "staat op", "bestaat niet":
		s.status(e)
	}
}

func (s *stage) check(e event, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("line %d: %v", e.line, err)
	}
}
