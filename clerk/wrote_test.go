package clerk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"
	"klachtd/letters"
)

const kim = "kim@mail.example"

func byMail() complaint.Opened {
	return complaint.Opened{Origin: complaint.OriginCertain, Words: "Ik wil een klacht indienen. Mijn coach kwam niet.",
		Complainant: complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: "Kim Verbeek", Mail: kim}}
}

// ended is a case that was acknowledged and then dismissed.
func (o *office) ended() complaint.CaseID {
	o.t.Helper()
	id := o.opens(byMail(), complaint.Registered{})
	o.now = o.now.Add(20 * time.Minute)
	o.send()
	o.record(id, complaint.Dismissed{Reason: "vraag"})
	return id
}

func (o *office) record(id complaint.CaseID, bodies ...complaint.Body) {
	o.t.Helper()
	err := o.act(o.t.Context(), func(d *desk) error {
		var facts []complaint.Fact
		for _, b := range bodies {
			facts = append(facts, complaint.Fact{By: noor, Body: b})
		}
		_, err := d.record(id, facts...)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.send()
}

// TestWroteAgain: who was done with writes again, and the handler says what it is.
func TestWroteAgain(t *testing.T) {
	for answer, check := range map[string]func(o *office, id complaint.CaseID){
		"1": func(o *office, id complaint.CaseID) {
			if s := complaint.StatusOn(o.theCase(id), o.today()); s != complaint.NotAComplaint {
				t.Errorf("1: %s", s)
			}
		},
		"2": func(o *office, id complaint.CaseID) {
			fresh := o.theCase("K2026-0002")
			if fresh.Received.String() != "2026-11-24" || fresh.Opening.Related != id || !slices.Contains(fresh.Linked, id) || !slices.Contains(o.theCase(id).Linked, fresh.Opening.Number) || fresh.Registered == nil {
				t.Errorf("2: received %s, related to %s, linked with %v", fresh.Received, fresh.Opening.Related, fresh.Linked)
			}
			if !strings.Contains(o.last(noor).Text+o.sent[len(o.sent)-2].Text, "Nieuw: zaak K2026-0002") {
				t.Errorf("2: %s", o.last(noor).Text)
			}
		},
		"3": func(o *office, id complaint.CaseID) {
			c := o.theCase(id)
			if c.Reopened == nil || c.Reopened.Body.(complaint.Reopened).From.String() != "2026-11-24" {
				t.Errorf("3: %+v", c.Reopened)
			}
		},
	} {
		o := newOffice(t, "3-11-2026 09:00")
		id := o.ended()
		o.until("24-11-2026 10:00")
		o.mail(kim, "", "Hoe nu verder?", o.last(kim))
		asked := o.last(noor)
		expect(t, asked, "De zaak is afgesloten, en er kwam weer een bericht.", "Hoe nu verder?")
		o.until("25-11-2026 10:00") // read a day later: the day of the mail counts
		o.mail(noor, "", answer, asked)
		check(o, id)
	}
}

// TestScoreAsksNothing: the answer to the question of the report is shown, and nothing is asked.
func TestScoreAsksNothing(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	id := o.ended()
	key := complaint.Key{Case: id, Kind: complaint.ReportComplainant, Party: 1, Round: 1}
	o.record(id, complaint.Sent{Letter: complaint.LetterReportComplainant, Meets: []complaint.Key{key}, MessageID: "l6@coach.example"})
	o.mail(kim, "", "4", o.last(kim))
	expect(t, o.last(noor), "De klager geeft de behandeling een 4")
	if o.theCase(id).Reopened != nil {
		t.Error("it reopened the case")
	}
}

// TestDangerStopsLetters: signs of danger in a running case are told at once, and no letter leaves until she says so.
func TestDangerStopsLetters(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	id := o.opens(byMail(), complaint.Registered{})
	o.until("3-11-2026 09:30")
	o.mail(kim, "", "Ik maak er een eind aan als dit zo doorgaat.", o.last(kim))
	l := o.last(noor)
	expect(t, l, "Lees dit bericht nu zelf.", "#verder")
	if !strings.HasPrefix(l.Subject, "Lees nu") || o.theCase(id).Held == nil {
		t.Errorf("%q, held %v", l.Subject, o.theCase(id).Held)
	}
	o.until("1-12-2026 09:00")
	if n := o.got(kim, complaint.LetterProgress); n != 0 {
		t.Error("a letter left")
	}
	o.mail(noor, "", "#verder", l)
	if o.theCase(id).Held != nil {
		t.Error("it still waits")
	}
	o.until("2-12-2026 09:00")
	if n := o.got(kim, complaint.LetterProgress); n != 1 {
		t.Errorf("%d letters left", n)
	}
}

// TestPrivacyRequestIsWatched is scenario 14: a request for data in a complaint has a date of its own, which is watched and
// stands in no letter.
func TestPrivacyRequestIsWatched(t *testing.T) {
	o := newOffice(t, "11-12-2026 10:00")
	o.mail(kim, "Complaint", "I want to file a complaint. My medical details were sent to my employer. Please send me a copy of all the data you hold about me.", letters.Letter{})
	c := o.theCase("K2026-0001")
	if len(c.Commitments) != 1 || !c.Commitments[0].Internal || c.Commitments[0].By.String() != "2027-01-11" {
		t.Fatalf("%+v", c.Commitments)
	}
	expect(t, o.last(noor), "uiterlijk maandag 11 januari 2027", "#nagekomen 1", "Mogelijk een datalek", "maandag 14 december 2026 om 10.00 uur")
	o.mail(noor, "", "ja", o.last(noor))
	o.until("11-12-2026 11:00")
	if l := o.last(kim); l.Name != complaint.LetterAcknowledgement || strings.Contains(l.Text, complaint.PrivacyTask.EN) || strings.Contains(l.Text, complaint.PrivacyTask.NL) {
		t.Errorf("%s:\n%s", l.Name, l.Text)
	}
	o.mail(kim, "", "And when do I get a copy of my file?", o.last(kim))
	if c := o.theCase("K2026-0001"); len(c.Commitments) != 1 {
		t.Errorf("%d tasks", len(c.Commitments))
	}
	o.until("6-1-2027 09:00")
	expect(t, o.lastOf(noor, "daily"), "taak 1: antwoorden op het verzoek om gegevens (AVG)", "#zaak K2026-0001")
	o.mail(noor, "", "#zaak K2026-0001\n#nagekomen 1 kopie verstuurd", o.lastOf(noor, "daily"))
	if k := o.theCase("K2026-0001").Commitments[0]; k.KeptOn != o.today() {
		t.Errorf("kept on %s:\n%s", k.KeptOn, o.last(noor).Text)
	}
	for _, l := range o.sent {
		if l.To.Mail == ruud && strings.Contains(l.Text, "AVG") {
			t.Error("told to the substitute")
		}
	}
}

// TestAttachmentsAreFiled: what came along is on file, of what people write and of what the office wrote by hand.
func TestAttachmentsAreFiled(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	id := o.opens(byMail(), complaint.Registered{})
	o.until("3-11-2026 09:30")
	letter := o.last(kim)
	photo := []complaint.Attachment{{Name: "foto.jpg", Type: "image/jpeg", Size: 1000}}
	o.receive(complaint.Incoming{From: complaint.Address{Mail: kim}, InReplyTo: []string{letter.MessageID}, Text: "Zie de foto.", Attachments: photo})
	expect(t, o.last(noor), "foto.jpg")
	o.receive(complaint.Incoming{From: complaint.Address{Mail: info}, Folder: complaint.SentItems, InReplyTo: []string{letter.MessageID}, Text: "Bijgaand.", Attachments: photo})
	var with int
	for _, f := range o.theCase(id).Facts {
		if b, ok := f.Body.(complaint.Filed); ok && len(b.Attachments) == 1 {
			with++
		}
	}
	if with != 2 {
		t.Errorf("%d of 2 mails with an attachment on file", with)
	}
}

// TestOrderedLetterIsShown: a letter that her word sends, and that she has not seen, stands in the answer.
func TestOrderedLetterIsShown(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.mail(kim, "Klacht", "Ik wil een klacht indienen. De gemeente weigert mijn uitkering. Uw coach gaf een slecht advies.", letters.Letter{})
	o.mail(noor, "", "#nietbehandelen 3", o.last(noor))
	l := o.last(noor)
	expect(t, l, "Wij behandelen deze | klacht niet.", "tegenhouden kan met: #wacht")
	o.mail(noor, "", "nog even nagedacht, prima zo", l)
	if l := o.last(noor); strings.Contains(l.Text, "| Goedendag") {
		t.Errorf("shown again:\n%s", l.Text)
	}
}

// TestNoticeNamesWhoElseGotIt: who stands in To or Cc may complain too; the office itself does not.
func TestNoticeNamesWhoElseGotIt(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.receive(complaint.Incoming{From: complaint.Address{Mail: kim}, To: []complaint.Address{{Mail: "info+x@coach.example"}, {Name: "Bo Smit", Mail: "bo@mail.example"}},
		Cc: []complaint.Address{{Mail: noor}, {Mail: "BO@mail.example"}}, Subject: "Klacht", Text: "Wij willen een klacht indienen over uw coach."})
	expect(t, o.last(noor), "Dit bericht ging ook aan: Bo Smit (bo@mail.example).", "#klacht medeklager:")
}

// TestEveryOrderedLetterIsShown: whatever letter her word sends, she reads it before it leaves.
func TestEveryOrderedLetterIsShown(t *testing.T) {
	for line, letter := range map[string]string{
		"#vraag Met wie had u een afspraak?":                       complaint.LetterInformation,
		"#tussenbericht Wij wachten op het rooster.":               complaint.LetterProgress,
		"#ingetrokken laat maar zitten":                            complaint.LetterWithdrawal,
		"#doorverwijzen":                                           complaint.LetterReferral,
		"#afspraak 1 voor: 30-11 de zaal is bezet":                 complaint.LetterCommitmentLate,
		"#machtiging nodig van: Piet de Wit":                       complaint.LetterInformation,
		"#nietbehandelen 3 het gaat over een besluit van gemeente": complaint.LetterNonAcceptance,
	} {
		o := newOffice(t, "3-11-2026 09:00")
		o.opens(byMail(), complaint.Registered{}, complaint.Committed{Text: "bellen", By: o.today().AddDays(10)})
		o.until("3-11-2026 10:00")
		o.mail(noor, "", "#status", o.lastOf(kim, complaint.LetterAcknowledgement)) // a mail of hers, so that there is one to answer
		o.mail(noor, "", line, o.last(noor))
		shown := o.last(noor)
		expect(t, shown, "Vertrekt:", "tegenhouden kan met: #wacht")
		o.until("3-11-2026 10:30")
		got := o.last(kim)
		if got.Name != letter {
			t.Errorf("%s sent %s, want %s; she was told:\n%s", line, got.Name, letter, shown.Text)
			continue
		}
		for l := range strings.Lines(got.Text) {
			if l = strings.Join(strings.Fields(l), " "); l != "" && !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(shown.Text, "\n| ", "\n")), " "), l) {
				t.Errorf("%s: she did not read %q", line, l)
			}
		}
	}
}

// TestQuietSaysNothing: where nothing is to be decided, a handler who wants no answer gets none; else she is asked.
func TestQuietSaysNothing(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.mail(kim, "Klacht", "Ik wil een klacht indienen over uw coach.", letters.Letter{})
	o.mail(noor, "", "#stil\n#geenklacht een vraag", o.last(noor))
	c := o.theCase("K2026-0001")
	if c.Dismissed == nil || o.got(noor, "answer") != 0 {
		t.Errorf("dismissed %v, %d answers", c.Dismissed != nil, o.got(noor, "answer"))
	}
	o.mail(kim, "Klacht", "Ik wil een klacht indienen: uw coach kwam weer niet.", letters.Letter{})
	o.mail(noor, "", "#stil\n#klacht", o.last(noor))
	if o.theCase("K2026-0002").Registered == nil || o.got(noor, "answer") != 1 {
		t.Errorf("%d answers, although the form is to be filled in", o.got(noor, "answer"))
	}
}

// A tag typed in a letter to the complainant, written by hand from the shared mailbox, is no command; the handler hears that
// the complainant can read it (procedure.md 6.4, mail 7).
func TestACommandInALetterToTheComplainant(t *testing.T) {
	o := newOffice(t, "3-11-2026 10:14")
	id := o.opens(byMail(), complaint.Registered{})
	o.now = o.now.Add(20 * time.Minute)
	o.send()
	before := len(o.theCase(id).Facts)
	o.receive(complaint.Incoming{
		Folder: complaint.SentItems, Kind: complaint.FromPerson, From: complaint.Address{Mail: info}, To: []complaint.Address{{Mail: kim}},
		Subject: "Re: uw klacht", Text: "Dag Kim,\n\n#gegrond de afspraak is vergeten\n\nGroet, Noor", InReplyTo: []string{o.last(kim).MessageID},
	})
	expect(t, o.last(noor), "De opdracht is niet uitgevoerd.", "#gegrond de afspraak is vergeten")
	if c := o.theCase(id); len(c.Facts) != before+1 || c.Finding != "" {
		t.Errorf("%d facts more, finding %q", len(c.Facts)-before, c.Finding)
	}
}

// TestTasksGoAlong: a case that goes into another leaves there what is still to be done; none is asked for twice, and none can
// no longer be ended.
func TestTasksGoAlong(t *testing.T) {
	for _, line := range []string{"#hoortbij K2026-0001", "#samenvoegen K2026-0001"} {
		o := newOffice(t, "3-11-2026 09:00")
		o.mail(kim, "Klacht", "Ik wil een klacht indienen over uw coach.", letters.Letter{})
		o.mail(kim, "Klacht", "Ik wil een klacht indienen: uw coach kwam weer niet. Ik wil inzage in mijn dossier.", letters.Letter{})
		o.mail(noor, "", line, o.last(noor))
		c := o.theCase("K2026-0001")
		if len(c.Commitments) != 1 || !c.Commitments[0].Internal || c.Commitments[0].By.String() != "2026-12-03" {
			t.Errorf("%s: %+v; she was told:\n%s", line, c.Commitments, o.last(noor).Text)
			continue
		}
		for _, d := range complaint.Duties(o.theCase("K2026-0002"), o.today()) {
			if d.State == complaint.Open {
				t.Errorf("%s: the other case still owes %s", line, d.Kind)
			}
		}
		o.mail(noor, "", "#nagekomen 1", o.last(noor))
		if c := o.theCase("K2026-0001"); c.Commitments[0].KeptOn.IsZero() {
			t.Errorf("%s: it cannot be ended:\n%s", line, o.last(noor).Text)
		}
	}
	o := newOffice(t, "3-11-2026 09:00")
	o.mail(kim, "Klacht", "Ik wil een klacht indienen over uw coach. Ik wil inzage in mijn dossier.", letters.Letter{})
	o.mail(noor, "", "#splits over: de factuur", o.last(noor))
	if n := len(o.theCase("K2026-0002").Commitments); n != 0 {
		t.Errorf("split: %d tasks", n)
	}
}

// TestReopeningSettlesTheMail: a mail for which she reopens the case is asked about no more, and never becomes one by itself.
func TestReopeningSettlesTheMail(t *testing.T) {
	for _, line := range []string{"3", "#heropen nieuwe informatie"} {
		o := newOffice(t, "3-11-2026 09:00")
		o.ended()
		o.until("24-11-2026 10:00")
		o.mail(kim, "", "Kunt u mij het klachtenreglement nog eens sturen?", o.last(kim))
		o.mail(noor, "", line, o.last(noor))
		o.until("20-12-2026 10:00")
		for _, l := range o.sent {
			if l.Name == "daily" && strings.Contains(l.Text, "Misschien een klacht") {
				t.Errorf("%s: asked about again:\n%s", line, l.Text)
			}
		}
		if o.got(noor, "notice") != 0 {
			t.Errorf("%s: it became a case", line)
		}
	}
}
