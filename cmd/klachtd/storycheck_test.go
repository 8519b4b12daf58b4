package main

import (
	"bytes"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// collect takes up what klachtd sent since.
func (s *stage) collect() []delivery {
	s.t.Helper()
	all, n := s.office.delivered(s.taken)
	s.taken = n
	for _, m := range all {
		if m.from == demoOffice {
			s.untold = append(s.untold, m)
			s.wellFormed(m)
		}
	}
	return s.untold
}

// wellFormed says what holds for every mail of klachtd: it is for one person only, and a letter is no answer to anybody's
// mail, so that it never carries the words of somebody else along.
func (s *stage) wellFormed(m delivery) {
	s.t.Helper()
	if bytes.Contains(m.raw, []byte("%!")) {
		s.t.Errorf("a mail to %s holds a broken format: %s", m.to, m.raw)
	}
	to, err := mail.ParseAddressList(header(s.t, m, "To"))
	if err != nil || len(to) != 1 || to[0].Address != m.to || header(s.t, m, "Cc")+header(s.t, m, "Bcc") != "" {
		s.t.Errorf("a mail for %s is to %q, cc %q", m.to, header(s.t, m, "To"), header(s.t, m, "Cc"))
	}
	if id := header(s.t, m, "In-Reply-To"); m.to != demoHandler && m.to != demoSubstitute && id != "" {
		s.t.Errorf("the letter to %s is an answer to %s", m.to, id)
	}
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
		s.untold = slices.Delete(s.untold, i, i+1)
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
		switch has := strings.Contains(text, c.value); c.mark {
		case "bevat":
			if !has {
				s.t.Errorf("line %d: the mail does not hold %q:\n%s", c.line, c.value, msg.Text)
			}
		case "zonder":
			if has || strings.Contains(msg.HTML, c.value) {
				s.t.Errorf("line %d: the mail holds %q:\n%s", c.line, c.value, msg.Text)
			}
		case "bijlage":
			if !slices.ContainsFunc(msg.Attachments, func(p *enmime.Part) bool { return p.FileName == c.value }) {
				s.t.Errorf("line %d: the mail has no attachment %s", c.line, c.value)
			}
		default:
			s.t.Fatalf("line %d: a mail that was sent has no %q", c.line, c.mark)
		}
	}
}

// status compares a case with what the story says of it, read from the database beside the running program.
func (s *stage) status(e event) {
	s.t.Helper()
	store, err := db.OpenReadOnly(filepath.Join(s.dir, "klachtd.db"))
	s.check(e, err)
	defer store.Close()
	var facts []complaint.Fact
	s.check(e, store.View(s.t.Context(), func(tx *db.Tx) (err error) {
		facts, err = tx.Facts(complaint.CaseID(e.who))
		return err
	}))
	if (len(facts) == 0) != (e.verb == "bestaat niet") {
		s.t.Fatalf("line %d: %s has %d facts", e.line, e.who, len(facts))
	}
	if len(facts) == 0 {
		return
	}
	c, today := complaint.Fold(facts), calendar.On(e.at, mustZone(s.t))
	if got := complaint.StatusOn(c, today).Name().NL; got != e.what {
		s.t.Errorf("line %d: %s is %q, want %q", e.line, e.who, got, e.what)
	}
	s.duties(e, c, complaint.Duties(c, today))
}

func (s *stage) duties(e event, c complaint.Case, all []complaint.Duty) {
	s.t.Helper()
	var told []complaint.Key
	var last complaint.Duty
	for _, check := range e.checks {
		switch {
		case check.mark == "gerekend":
			if got := complaint.Explain(last.Because, c.Opening.Terms.Holidays, "nl"); got != check.value {
				s.t.Errorf("line %d: computed as %q", check.line, got)
			}
		case check.mark == "bewaard":
			if !slices.ContainsFunc(c.Facts, func(f complaint.Fact) bool { b, ok := f.Body.(complaint.Filed); return ok && b.Subject == check.value }) {
				s.t.Errorf("line %d: no mail about %q is filed", check.line, check.value)
			}
		case check.mark == nothingElse:
			for _, d := range all {
				if d.State == complaint.Open && !slices.Contains(told, d.Key) {
					s.t.Errorf("line %d: still open: %s", check.line, lineOf(c, d))
				}
			}
		case check.duty == nil:
			s.t.Fatalf("line %d: a case has no %q", check.line, check.mark)
		default:
			got, err := find(c, all, *check.duty)
			if err != nil {
				s.t.Errorf("line %d: %s", check.line, err)
			} else if l := lineOf(c, got).told(*check.duty); l != *check.duty {
				s.t.Errorf("line %d: %s\nwant %s", check.line, l, *check.duty)
			}
			last, told = got, append(told, got.Key)
		}
	}
}

// find finds the duty a line is about. Of several of a kind the line says whose.
func find(c complaint.Case, all []complaint.Duty, want dutyLine) (found complaint.Duty, err error) {
	var have []string
	n := 0
	for _, d := range all {
		l := lineOf(c, d)
		have = append(have, l.String())
		if l.name == want.name && l.round == want.round && (want.party == "" || l.party == want.party) {
			found, n = d, n+1
		}
	}
	if n != 1 {
		return found, fmt.Errorf("%d duties are %s, of:\n%s", n, want, strings.Join(have, "\n"))
	}
	return found, nil
}

// lineOf is a duty as a story tells it, whole.
func lineOf(c complaint.Case, d complaint.Duty) dutyLine {
	p := c.Party(d.Party)
	l := dutyLine{name: d.Kind.Name().NL, party: p.Name, intern: d.Article == 0 && d.Kind.Article() > 0, round: d.Round, state: d.State.Name().NL, on: d.MetOn, reason: d.Reason.NL, due: d.Due}
	if p.Name == "" {
		l.party = p.Mail
	}
	if d.State == complaint.Open && d.Kind.Letter() != "" {
		l.sendBy = d.SendBy
	}
	if d.Overdue {
		l.state = "te laat"
	}
	return l
}

// told leaves away what a story may leave out.
func (l dutyLine) told(want dutyLine) dutyLine {
	if want.party == "" {
		l.party = ""
	}
	if want.reason == "" {
		l.reason = ""
	}
	if want.due.IsZero() {
		l.due = 0
	}
	if want.sendBy.IsZero() {
		l.sendBy = 0
	}
	return l
}
