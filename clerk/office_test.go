package clerk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
	"klachtd/mailer"
)

// office is a clerk at work on a real database and a pretended clock. Its mail is handed in as values, and what it sends is
// taken by a server that never fails.
type office struct {
	*Clerk
	t    *testing.T
	path string // of the database
	now  time.Time
	made map[string]letters.Letter // by Message-ID
	sent []letters.Letter
	n    int
}

const (
	noor = "noor@coach.example"
	ruud = "ruud@bos.example"
	info = "info@coach.example"
)

func newOffice(t *testing.T, at string) *office {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "klachtd.db")
	store, err := db.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, path: path, made: map[string]letters.Letter{}}
	o.Clerk = &Clerk{DB: store, Key: []byte("a key of the tests"), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return o.now }}
	t.Cleanup(func() { o.DB.Close() })
	o.Compose = func(l letters.Letter, date time.Time) ([]byte, error) {
		o.made[l.MessageID] = l
		return mailer.Compose(l, complaint.Address{Name: "Coach & Co", Mail: info}, date)
	}
	house := letters.Office{Name: "Coach & Co", Address: "Kade 1, 4001 AB Tiel", Phone: "0344 000000", Email: info, From: complaint.Address{Mail: info}, Zone: zone,
		Handlers:      []letters.Handler{{Name: "Noor Tielman", Email: noor, Phone: "06 00 00 00 01"}, {Name: "Ruud Bos", Email: ruud, Substitute: true}},
		Commissioners: []letters.Commissioner{{Name: "de gemeente Waalstad", Address: "Raadhuisplein 1"}}}
	set, err := letters.Load(nil, house)
	if err != nil {
		t.Fatal(err)
	}
	o.SetHouse(&House{Letters: set, Office: house, Terms: complaint.Optimumconsult(), Lang: "nl", Own: []string{info}, Digest: DigestNear,
		DailyAt: complaint.TimeOfDay{Hour: 8, Minute: 30},
		Policy: complaint.Policy{Zone: zone, Grace: 15 * time.Minute, AutoAt: complaint.TimeOfDay{Hour: 16}, From: complaint.TimeOfDay{Hour: 8},
			Until: complaint.TimeOfDay{Hour: 18}, Unanswered: complaint.SendReceipt, Lang: "nl"}})
	o.until(at)
	return o
}

// until lets time pass, in steps of the clerk's own, to an instant like "3-11-2026 10:14".
func (o *office) until(at string) {
	o.t.Helper()
	to, err := time.ParseInLocation("2-1-2006 15:04", at, o.House().Policy.Zone)
	if err != nil {
		o.t.Fatal(err)
	}
	if o.now.IsZero() {
		o.now = to
	}
	for {
		next, err := o.Tick(o.t.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		if row := o.send(); !row.IsZero() && (next.IsZero() || row.Before(next)) {
			next = row
		}
		if next.IsZero() || next.After(to) {
			break
		}
		o.now = next
	}
	o.now = to
	if _, err := o.Tick(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	o.send()
}

// send sends all that is due, and says when the next mail is.
func (o *office) send() time.Time {
	o.t.Helper()
	for {
		item, wake, err := o.Next(o.t.Context())
		if err == nil && item == nil {
			return wake
		}
		if err == nil {
			err = o.Doubt(o.t.Context(), item.ID)
		}
		if err == nil {
			l := o.made[item.MessageID]
			l.To.Mail = item.To // of the envelope: nothing else counts
			o.sent = append(o.sent, l)
			err = o.Done(o.t.Context(), item.ID, letters.Outcome{Verdict: letters.Accepted, Code: 250, Reply: "ok", Server: "mx", TLS: "none", At: o.now})
		}
		if err != nil {
			o.t.Fatal(err)
		}
	}
}

// receive hands a mail in and sends what follows at once.
func (o *office) receive(in complaint.Incoming) {
	o.t.Helper()
	o.n++
	in.Arrived, in.Date, in.Kind, in.Folder = o.now, o.now, either2(in.Kind, complaint.FromPerson), either2(in.Folder, complaint.Inbox)
	in.MessageID = fmt.Sprintf("mail%d@world.example", o.n)
	raw := []byte(fmt.Sprint(in))
	sum := sha256.Sum256(raw)
	in.ID = complaint.MailID(hex.EncodeToString(sum[:]))
	if _, err := o.Keep(o.t.Context(), []complaint.Kept{{ID: in.ID, Folder: in.Folder, UIDValidity: 1, UID: uint32(o.n), Arrived: o.now, Raw: raw}}); err != nil {
		o.t.Fatal(err)
	}
	if err := o.Handle(o.t.Context(), in); err != nil {
		o.t.Fatal(err)
	}
	o.send()
}

func either2[S ~string](a, b S) S {
	if a != "" {
		return a
	}
	return b
}

// mail is what somebody writes to the office, answering a letter or not.
func (o *office) mail(from, subject, text string, answers letters.Letter) {
	o.t.Helper()
	in := complaint.Incoming{From: complaint.Address{Mail: from}, To: []complaint.Address{{Mail: info}}, Subject: subject, Text: text}
	if answers.MessageID != "" {
		in.InReplyTo, in.Subject = []string{answers.MessageID}, "Re: "+answers.Subject
	}
	o.receive(in)
}

// last is the last mail that somebody got.
func (o *office) last(to string) letters.Letter {
	o.t.Helper()
	return o.lastOf(to, "")
}

// lastOf is the last one of a name.
func (o *office) lastOf(to, name string) letters.Letter {
	o.t.Helper()
	for i := len(o.sent) - 1; i >= 0; i-- {
		if o.sent[i].To.Mail == to && (name == "" || o.sent[i].Name == name) {
			return o.sent[i]
		}
	}
	o.t.Fatalf("%s got nothing", to)
	return letters.Letter{}
}

// got counts the letters of a name that somebody got.
func (o *office) got(to, name string) (n int) {
	for _, l := range o.sent {
		if l.To.Mail == to && l.Name == name {
			n++
		}
	}
	return n
}

func (o *office) theCase(id complaint.CaseID) (c complaint.Case) {
	o.t.Helper()
	err := o.DB.View(o.t.Context(), func(tx *db.Tx) error {
		facts, err := tx.Facts(id)
		c = complaint.Fold(facts)
		return err
	})
	if err != nil || c.Opening.Number == "" {
		o.t.Fatalf("no case %s: %v", id, err)
	}
	return c
}

// opens puts a case into the office as a mail that opened it would.
func (o *office) opens(body complaint.Opened, more ...complaint.Body) complaint.CaseID {
	o.t.Helper()
	var id complaint.CaseID
	err := o.act(o.t.Context(), func(d *desk) error {
		body.Received, body.ReceivedAt, body.Terms, body.Handler, body.Lang = d.today(), d.now, d.Terms, noor, either2(body.Lang, "nl")
		var facts []complaint.Fact
		for _, b := range more {
			facts = append(facts, complaint.Fact{By: noor, Body: b})
		}
		c, err := d.begin("", "", body, "", facts...)
		id = c.Opening.Number
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.send()
	return id
}

func (o *office) today() calendar.Date { return o.House().today(o.now) }

// expect fails unless a letter says each of some things.
func expect(t *testing.T, l letters.Letter, wanted ...string) {
	t.Helper()
	text := strings.Join(strings.Fields(l.Text), " ")
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%s", l.Name, w, l.Text)
		}
	}
}
