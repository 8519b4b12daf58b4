package clerk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// complain has somebody write a certain complaint in the office's mailbox, and gives the notice of it.
func (o *office) complain(from, text string) letters.Letter {
	o.t.Helper()
	o.mail(from, "Klacht", "Ik wil een klacht indienen. "+text, letters.Letter{})
	return o.last(noor)
}

// about lists the kinds of facts in a case.
func (o *office) about(id complaint.CaseID) (kinds []string) {
	for _, f := range o.theCase(id).Facts {
		kinds = append(kinds, complaint.KindOf(f.Body))
	}
	return kinds
}

// count says how often a kind of fact stands in a case.
func (o *office) count(id complaint.CaseID, kind string) (n int) {
	for _, k := range o.about(id) {
		if k == kind {
			n++
		}
	}
	return n
}

// silent fails when a letter says any of some things.
func silent(t *testing.T, l letters.Letter, secrets ...string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(l.Subject+l.Text+l.HTML, s) {
			t.Errorf("%s to %s tells of %q:\n%s", l.Name, l.To.Mail, s, l.Text)
		}
	}
}

func TestMergedComplaintsGoOnUnderTheOldestNumber(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	o.until("10-11-2026 09:00")
	second := o.complain(kim, "Mijn coach kwam weer niet.")
	o.mail(noor, "", "ja", second)
	o.until("10-11-2026 09:16")
	told := o.last(kim) // the acknowledgement of the second
	o.mail(noor, "", "#samenvoegen K2026-0001", second)
	expect(t, o.last(noor), "K2026-0001", "zaak K2026-0002 is hier ingevoegd", "In zaak K2026-0002")
	if c := o.theCase("K2026-0001"); c.Registered == nil || c.Received.String() != "2026-11-03" || len(c.Merged) != 1 {
		t.Errorf("the oldest: registered %v, received %s, merged %v", c.Registered, c.Received, c.Merged)
	}
	if s := complaint.StatusOn(o.theCase("K2026-0002"), o.today()); s != complaint.StatusMerged {
		t.Errorf("the other: %s", s)
	}
	o.until("10-11-2026 09:40")
	expect(t, o.last(kim), "K2026-0001") // told one number

	// Threads and numbers of the merged case lead to the one that survives.
	n := o.count("K2026-0001", "filed")
	o.mail(kim, "", "Nog iets: hij lachte ook.", told)
	o.mail(kim, "[K2026-0002]", "En nog iets.", letters.Letter{})
	if got := o.count("K2026-0001", "filed"); got != n+2 {
		t.Errorf("%d mails filed with the survivor, want 2", got-n)
	}

	// An old token is obeyed in neither: she is told where it goes on, and asked there.
	facts := len(o.theCase("K2026-0002").Facts)
	o.mail(noor, "", "#geenklacht", second)
	expect(t, o.last(noor), "Er is niets gedaan", "samengevoegd met K2026-0001")
	if o.theCase("K2026-0001").Dismissed != nil || len(o.theCase("K2026-0002").Facts) != facts {
		t.Error("a command with an old token was obeyed")
	}
	o.mail(noor, "", "#notitie gezien", o.last(noor))
	if o.count("K2026-0001", "noted") != 1 {
		t.Errorf("the answer leads nowhere: %v", o.about("K2026-0001"))
	}
}

func TestCasesOfDifferentComplainantsAreNeverMerged(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	notice := o.complain("bram@mail.example", "De workshop ging niet door.")
	o.mail(noor, "", "#samenvoegen K2026-0001", notice)
	expect(t, o.last(noor), "Er is niets gedaan", "#verwant K2026-0001")
	o.mail(noor, "", "#verwant K2026-0001", o.last(noor))
	if !slices.Contains(o.theCase("K2026-0001").Linked, "K2026-0002") || !slices.Contains(o.theCase("K2026-0002").Linked, "K2026-0001") {
		t.Error("not linked both ways")
	}
}

// One line that is not understood, and no case is touched, opened or linked.
func TestNothingIsDoneElsewhereWhenAMailIsRefused(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	notice := o.complain(kim, "De rekening klopt niet.")
	before := o.about("K2026-0001")
	o.mail(noor, "", "#verwant K2026-0001\n#splits over: de rekening\n#gegornd x", notice)
	expect(t, o.last(noor), "Er is niets gedaan")
	if got := o.about("K2026-0001"); !slices.Equal(got, before) {
		t.Errorf("the other case has %v", got)
	}
	if got := o.about("K2026-0002"); slices.Contains(got, "linked") || slices.Contains(got, "registered") {
		t.Errorf("its own case has %v", got)
	}
	if o.exists("K2026-0003") {
		t.Error("a case was opened")
	}
}

func (o *office) exists(id complaint.CaseID) (ok bool) {
	err := o.DB.View(o.t.Context(), func(tx *db.Tx) error {
		facts, err := tx.Facts(id)
		ok = len(facts) > 0
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return ok
}

// A mail that touches several cases is one transaction: when the last of it fails, the first of it did not happen.
func TestAMailThatTouchesSeveralCasesIsOneTransaction(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	notice := o.complain("bram@mail.example", "De workshop ging niet door.")
	compose, fails := o.Compose, true
	o.Compose = func(l letters.Letter, date time.Time) ([]byte, error) {
		if fails {
			return nil, fmt.Errorf("the disk is full")
		}
		return compose(l, date)
	}
	before, other := o.about("K2026-0002"), o.about("K2026-0001")
	in := o.written(noor, "#verwant K2026-0001\n#splits over: de rekening", notice)
	if err := o.Handle(t.Context(), in); err == nil {
		t.Fatal("nothing failed")
	}
	if !slices.Equal(o.about("K2026-0002"), before) || !slices.Equal(o.about("K2026-0001"), other) || o.exists("K2026-0003") {
		t.Error("half a mail was carried out")
	}
	fails = false
	for range 2 { // handled again after a crash, and once more
		if err := o.Handle(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	if o.count("K2026-0002", "linked") != 2 || o.count("K2026-0001", "linked") != 1 || o.count("K2026-0003", "linked") != 1 || o.exists("K2026-0004") {
		t.Errorf("done: %v; %v", o.about("K2026-0002"), o.about("K2026-0001"))
	}
	// The same mail by another way is the same command.
	again := in
	again.ID = "x" + in.ID[1:]
	o.keep(again)
	if err := o.Handle(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if o.exists("K2026-0004") {
		t.Error("the same mail opened a second case")
	}
}

// written is a mail that answers another, kept and not yet handled.
func (o *office) written(from, text string, answers letters.Letter) complaint.Incoming {
	o.t.Helper()
	o.n++
	in := complaint.Incoming{ID: complaint.MailID(fmt.Sprintf("%064d", o.n)), From: complaint.Address{Mail: from}, Subject: "Re: " + answers.Subject, Text: text,
		InReplyTo: []string{answers.MessageID}, Arrived: o.now, Date: o.now, Kind: complaint.FromPerson, Folder: complaint.Inbox, MessageID: fmt.Sprintf("mail%d@world.example", o.n)}
	o.keep(in)
	return in
}

func (o *office) keep(in complaint.Incoming) {
	o.t.Helper()
	o.n++
	kept := complaint.Kept{ID: in.ID, Folder: in.Folder, UIDValidity: 1, UID: uint32(o.n), Arrived: o.now, Raw: []byte(in.Text)}
	if _, err := o.Keep(o.t.Context(), []complaint.Kept{kept}); err != nil {
		o.t.Fatal(err)
	}
}

func TestASecondSubjectGetsACaseOfItsOwn(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	notice := o.complain(kim, "Mijn coach kwam niet, en de rekening is dubbel.")
	o.until("5-11-2026 09:00")
	o.mail(noor, "", "#klacht over: coach kwam niet\n#splits over: de dubbele rekening", notice)
	second := o.theCase("K2026-0002")
	if second.Received.String() != "2026-11-03" || second.Opening.Origin != complaint.OriginSplit || second.Registered == nil || second.Described.About != "de dubbele rekening" ||
		second.Opening.Complainant.Mail != kim || !slices.Contains(second.Linked, "K2026-0001") || !slices.Contains(o.theCase("K2026-0001").Linked, "K2026-0002") {
		t.Errorf("the second: %+v", second.Opening)
	}
	expect(t, o.last(noor), "Nieuw: zaak K2026-0002")
	o.until("5-11-2026 09:20")
	if n := o.got(kim, complaint.LetterAcknowledgement); n != 2 {
		t.Errorf("%d acknowledgements, want one for each", n)
	}
	o.mail(noor, "", "#notitie in de tweede", o.sent[slices.IndexFunc(o.sent, func(l letters.Letter) bool { return l.Case == "K2026-0002" && l.To.Mail == noor })])
	if o.count("K2026-0002", "noted") != 1 {
		t.Error("its own mail has no token of its own")
	}
}

func TestANewComplaintInAnOldThreadGoesBackIntoItsCase(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	id := o.ended()
	o.until("24-11-2026 10:00")
	o.mail(kim, "", "Ik dien een klacht in. Ik heb nieuw bewijs.", o.last(kim))
	fresh := o.last(noor)
	if fresh.Case != "K2026-0002" || o.theCase("K2026-0002").Opening.Related != id {
		t.Fatalf("got %s about %s", fresh.Name, fresh.Case)
	}
	o.until("26-11-2026 10:00")
	o.mail(noor, "", "#heropen nieuw bewijs", fresh)
	old := o.theCase(id)
	if old.Reopened == nil || old.Reopened.Body.(complaint.Reopened).From.String() != "2026-11-24" || o.theCase("K2026-0002").MergedInto != id || o.count(id, "filed") != 1 {
		t.Errorf("reopened %v, merged into %q", old.Reopened, o.theCase("K2026-0002").MergedInto)
	}
	l := o.last(noor)
	if l.Case != id {
		t.Errorf("answered in %s", l.Case)
	}
	o.mail(noor, "", "#herstel", l)
	expect(t, o.last(noor), "Er is niets gedaan")
	if o.theCase(id).Reopened == nil {
		t.Error("taken back in one of the two")
	}
}

func TestAMailIsFiledInTheCaseItBelongsTo(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	notice := o.complain(kim, "Ik mis nog een antwoord.")
	o.mail(noor, "", "#hoortbij K2026-0001", notice)
	if o.theCase("K2026-0002").MergedInto != "K2026-0001" || o.count("K2026-0001", "filed") != 1 {
		t.Errorf("%v; %v", o.about("K2026-0001"), o.about("K2026-0002"))
	}
	o.until("18-11-2026 09:00")
	if n := o.got(kim, complaint.LetterAcknowledgement); n != 1 {
		t.Errorf("%d acknowledgements", n)
	}
}

func TestAComplaintByPhoneIsEnteredInAnswerToAnyMail(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	notice := o.complain(kim, "Mijn coach kwam niet.")
	o.until("5-11-2026 09:00")
	daily := o.last(noor)
	if daily.Name != "daily" {
		t.Fatalf("got %s", daily.Name)
	}
	o.mail(noor, "", "#nieuw kanaal: telefoon\nontvangen: gisteren\nnaam: Piet de Wit\nmail: piet@mail.example\nover: drie weken niet teruggebeld", daily)
	c := o.theCase("K2026-0002")
	if c.Opening.Origin != complaint.OriginEntered || c.Received.String() != "2026-11-04" || c.Registered == nil || c.Handler != noor || c.Opening.Channel != "phone" {
		t.Errorf("entered %+v", c.Opening)
	}
	o.mail(noor, "", "#notitie belde rustig", o.last(noor))
	if o.count("K2026-0002", "noted") != 1 {
		t.Error("the answer has no token of the new case")
	}
	o.until("5-11-2026 09:30")
	expect(t, o.last("piet@mail.example"), "K2026-0002")
	o.mail(noor, "", "#nieuw kanaal: telefoon ontvangen: vandaag naam: anoniem over: rekening dubbel\n#direct meteen gecrediteerd", notice)
	if s := complaint.StatusOn(o.theCase("K2026-0003"), o.today()); s != complaint.ResolvedImmediately {
		t.Errorf("solved at once: %s", s)
	}
}

func TestTheDailyMailIsAnsweredForACaseItNames(t *testing.T) {
	o := newOffice(t, "3-11-2026 09:00")
	o.complain(kim, "Mijn coach kwam niet.")
	o.complain("bram@mail.example", "De workshop ging niet door.")
	o.until("5-11-2026 09:00")
	daily := o.last(noor)
	o.mail(noor, "", "#zaak K2026-0001\n#klacht over: coach kwam niet\n#zaak K2026-0002\n#geenklacht vraag", daily)
	if o.theCase("K2026-0001").Registered == nil || o.theCase("K2026-0002").Dismissed == nil {
		t.Error("not done")
	}
	// The token of one case and the number of another: nothing is done.
	o.mail(noor, "", "#zaak K2026-0002\n#klacht", o.tokenOf("K2026-0001"))
	expect(t, o.last(noor), "Er is niets gedaan", "Welke bedoelde u?")
	if o.theCase("K2026-0002").Dismissed == nil {
		t.Error("obeyed in the other case")
	}
	o.mail(noor, "", "#overzicht", daily)
	expect(t, o.last(noor), "K2026-0001: geregistreerd")
	silent(t, o.last(noor), "K2026-0002", "kwam niet")
}

// tokenOf is the last mail to a handler about a case.
func (o *office) tokenOf(id complaint.CaseID) letters.Letter {
	o.t.Helper()
	for _, l := range slices.Backward(o.sent) {
		if l.Case == id && l.ToHandler {
			return l
		}
	}
	o.t.Fatalf("no mail about %s", id)
	return letters.Letter{}
}

// Who handles a case is shown what somebody else's word brings into it.
func TestTheHandlerIsShownWhatAnotherFilesInTheCase(t *testing.T) {
	for order, kept := range map[string]string{"#hoortbij K2026-0001": "filed", "#samenvoegen K2026-0001": "merged"} {
		o := newOffice(t, "3-11-2026 09:00")
		o.mail(noor, "", "#draagover Ruud", o.complain(kim, "Mijn coach kwam niet."))
		o.mail(noor, "", order, o.complain(kim, "Hij lachte mij uit."))
		if o.count("K2026-0001", kept) != 1 {
			t.Errorf("%s: %v", order, o.about("K2026-0001"))
		}
		expect(t, o.last(ruud), "Hij lachte mij uit.")
	}
}
