package clerk

import (
	"strings"
	"testing"

	"klachtd/complaint"
	"klachtd/letters"
)

// byPost is a complaint of somebody who can only be written to by post.
func byPost() complaint.Opened {
	return complaint.Opened{Origin: complaint.OriginEntered, Channel: "letter", Words: "Ik ben drie weken niet teruggebeld.",
		Complainant: complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: "P. de Wit", Post: "Kerkstraat 1, 4001 AB Tiel"}}
}

// duty finds a duty of a case.
func (o *office) duty(id complaint.CaseID, kind complaint.Kind) complaint.Duty {
	o.t.Helper()
	for _, d := range complaint.Duties(o.theCase(id), o.today()) {
		if d.Kind == kind {
			return d
		}
	}
	o.t.Fatalf("%s owes no %s", id, kind)
	return complaint.Duty{}
}

// TestLetterByPost is scenario 8: the letter goes to the handler alone, is asked after until it is posted, and meets its duty
// on the day it was posted.
func TestLetterByPost(t *testing.T) {
	o := newOffice(t, "6-1-2027 09:00")
	id := o.opens(byPost(), complaint.Registered{})
	o.until("8-1-2027 12:00")
	l := o.lastOf(noor, "print")
	expect(t, l, "Print, teken en post deze brief, uiterlijk vrijdag 15 januari 2027.", "Kerkstraat 1, 4001 AB Tiel", "Beste P. de Wit")
	if len(l.Attachments) != 2 {
		t.Errorf("%s with %d attachments", l.Name, len(l.Attachments))
	}
	for _, s := range o.sent {
		if s.To.Mail != noor {
			t.Errorf("a mail to %q: %s", s.To.Mail, s.Subject)
		}
	}
	if d := o.duty(id, complaint.Acknowledgement); d.State != complaint.Open {
		t.Errorf("printed, and the duty is %s", d.State)
	}
	if n := o.got(noor, "print"); n != 1 {
		t.Errorf("brought %d times", n)
	}

	o.until("15-1-2027 09:00")
	expect(t, o.last(noor), "print, teken en post: ontvangstbevestiging (op de post uiterlijk vrijdag 15 januari 2027)", "#verzonden vandaag")
	o.until("18-1-2027 09:00")
	expect(t, o.last(noor), "te laat op de post, post vandaag nog: ontvangstbevestiging (moest uiterlijk vrijdag 15 januari 2027)")
	o.mail(noor, "", "#verzonden 15-1", l)
	d := o.duty(id, complaint.Acknowledgement)
	if d.State != complaint.Met || d.MetOn.String() != "2027-01-15" {
		t.Errorf("posted, and the duty is %s on %s", d.State, d.MetOn)
	}
	expect(t, o.last(noor), "gepost: de ontvangstbevestiging")
	o.until("25-1-2027 09:00")
	if n := o.got(noor, "print"); n != 1 {
		t.Errorf("brought %d times", n)
	}
}

// TestPostedByYes: a bare yes to the mail that brought the letter says that it is in the post.
func TestPostedByYes(t *testing.T) {
	o := newOffice(t, "6-1-2027 09:00")
	id := o.opens(byPost(), complaint.Registered{})
	o.until("6-1-2027 10:00")
	o.mail(noor, "", "ja", o.last(noor))
	if d := o.duty(id, complaint.Acknowledgement); d.State != complaint.Met || d.MetOn != o.today() {
		t.Errorf("%s on %s", d.State, d.MetOn)
	}
}

// TestPrintedLetterStands: what becomes known after a letter was printed does not print it again, and an address for mail
// that turns up before it was printed sends it by mail.
func TestPrintedLetterStands(t *testing.T) {
	o := newOffice(t, "6-1-2027 09:00")
	o.opens(byPost(), complaint.Registered{})
	o.until("6-1-2027 10:00")
	o.mail(noor, "", "#klacht over: niet teruggebeld plaats: Tiel", o.last(noor))
	o.until("8-1-2027 12:00")
	if n := o.got(noor, "print"); n != 1 {
		t.Errorf("brought %d times", n)
	}
	if n := o.got("", "acknowledgement"); n != 0 {
		t.Error("a letter to nobody")
	}
	other := o.opens(byPost(), complaint.Registered{}, complaint.Reached{Party: 1, Mail: "p@mail.example"})
	o.until("8-1-2027 13:00")
	if n := o.got("p@mail.example", complaint.LetterAcknowledgement); n != 1 {
		t.Errorf("%s: %d letters by mail", other, n)
	}
}

// TestPrintMailRefused: as any other mail to the handler, never told to who complains.
func TestPrintMailRefused(t *testing.T) {
	o := newOffice(t, "6-1-2027 09:00")
	o.opens(byPost(), complaint.Registered{})
	o.now = o.now.Add(o.House().Policy.Grace)
	item, _, err := o.Next(t.Context())
	if err != nil || item == nil {
		t.Fatal(item, err)
	}
	if err := o.Doubt(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	if err := o.Done(t.Context(), item.ID, letters.Outcome{Verdict: letters.Refused, Code: 550, Reply: "no", At: o.now}); err != nil {
		t.Fatal(err)
	}
	o.send()
	l := o.last(ruud)
	if l.Name != "alarm" || strings.Contains(l.Text, "teruggebeld") {
		t.Errorf("told elsewhere:\n%s", l.Text)
	}
	if d := o.duty("K2027-0001", complaint.Acknowledgement); d.State != complaint.Open {
		t.Errorf("%s", d.State)
	}
}

// TestPrintMailInDoubt: when nobody knows whether the mail arrived, its own copy in the mailbox says that it did; and when it
// comes back after all, the handler is told elsewhere and the letter still lies to be posted.
func TestPrintMailInDoubt(t *testing.T) {
	o := newOffice(t, "6-1-2027 09:00")
	id := o.opens(byPost(), complaint.Registered{})
	o.now = o.now.Add(o.House().Policy.Grace)
	item, _, err := o.Next(t.Context())
	if err != nil || item == nil {
		t.Fatal(item, err)
	}
	if err := o.Doubt(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	if err := o.Done(t.Context(), item.ID, letters.Outcome{Verdict: letters.Doubtful, At: o.now}); err != nil {
		t.Fatal(err)
	}
	key := o.duty(id, complaint.Acknowledgement).Key
	c := o.theCase(id)
	if _, printed := c.Printed(key); printed {
		t.Error("in doubt, and it counts as printed")
	}
	o.receive(complaint.Incoming{Kind: complaint.OwnCopy, From: complaint.Address{Mail: info}, To: []complaint.Address{{Mail: noor}}, OurID: item.MessageID, Text: "copy"})
	c = o.theCase(id)
	if _, printed := c.Printed(key); !printed {
		t.Error("its own copy was found, and it does not count as printed")
	}
	report := &complaint.Report{OurID: item.MessageID, Action: "failed", Status: "5.2.2", Text: "mailbox full"}
	o.receive(complaint.Incoming{Kind: complaint.Bounce, From: complaint.Address{Mail: "mailer-daemon@mx.example"}, Report: report, Text: "bounce"})
	if l := o.last(ruud); l.Name != "alarm" {
		t.Errorf("told elsewhere: %s", l.Name)
	}
	if d := o.duty(id, complaint.Acknowledgement); d.State != complaint.Open {
		t.Errorf("%s", d.State)
	}
}
