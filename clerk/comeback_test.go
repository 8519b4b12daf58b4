package clerk

import (
	"strings"
	"testing"

	"klachtd/complaint"
	"klachtd/letters"
)

const bram = "bram@mail.example"

// together opens a case of two complainants, of whom one withdraws.
func together(t *testing.T) (o *office, notice letters.Letter) {
	t.Helper()
	o = newOffice(t, "3-11-2026 09:00")
	notice = o.complain(kim, "Mijn coach kwam niet.")
	o.mail(noor, "", "#klacht over: afspraak vergeten medeklager: Bram Bos "+bram, notice)
	o.until("3-11-2026 11:00")
	o.mail(noor, "", `#ingetrokken "laat maar" klager: Bram Bos`, notice)
	o.until("4-11-2026 12:00")
	return o, notice
}

// Who withdrew gets no letters because somebody else's complaint is handled again.
func TestReopeningLeavesOutWhoWithdrew(t *testing.T) {
	o, notice := together(t)
	o.mail(noor, "", "#geenbetrokkene niemand\n#gegrond niet afgebeld\n#aanbod nieuwe afspraak gebeld: 4-11\n#tevreden 4 klager: "+kim+"\n#geenmaatregel eenmalig", notice)
	o.mail(noor, "", "ja", o.last(noor))
	o.until("6-11-2026 12:00")
	before := len(o.sent)
	o.mail(noor, "", "#heropen Kim heeft nieuw bewijs", o.last(noor))
	o.until("20-11-2026 12:00")
	if got := o.lastOf(kim, complaint.LetterProgress).Text; !strings.Contains(got, "opnieuw begonnen") {
		t.Error("the case was not reopened")
	}
	for _, l := range o.sent[before:] {
		if l.To.Mail == bram {
			t.Errorf("who withdrew gets a %s:\n%s", l.Name, l.Text)
		}
	}
}

// When all have withdrawn and one comes back, the other is left alone.
func TestOneOfThoseWhoWithdrewComesBack(t *testing.T) {
	o, notice := together(t)
	o.mail(noor, "", `#ingetrokken "wil niet meer"`, notice)
	o.until("5-11-2026 12:00")
	before := len(o.sent)
	o.mail(kim, "", "Ik wil toch verder.", o.last(kim))
	o.mail(noor, "", "#heropen Kim wil verder", notice)
	o.until("20-11-2026 12:00")
	if o.got(kim, complaint.LetterProgress) == 0 {
		t.Error("who came back hears nothing")
	}
	for _, l := range o.sent[before:] {
		if l.To.Mail == bram {
			t.Errorf("who withdrew gets a %s:\n%s", l.Name, l.Text)
		}
	}
}

// Who comes back while the others went on gets a case with terms of its own, and the handler the line for it.
func TestWhoWithdrewFromAnOpenCaseGetsACaseOfTheirOwn(t *testing.T) {
	for _, order := range []string{"#heropen Bram wil toch verder", "#heropen hij wil toch verder klager: Bram Bos", "#klacht medeklager: Bram Bos " + bram} {
		o, notice := together(t)
		o.mail(noor, "", order, notice)
		line := "#nieuw kanaal: telefoon ontvangen: vandaag naam: Bram Bos mail: " + bram + " over: afspraak vergeten"
		expect(t, o.last(noor), "Er is niets gedaan", line)
		o.mail(noor, "", line, notice)
		o.until("4-11-2026 13:00")
		if got := o.last(bram); got.Name != complaint.LetterAcknowledgement || !strings.Contains(got.Subject, "K2026-0002") {
			t.Errorf("%s: got %s, %s", order, got.Name, got.Subject)
		}
	}
}
