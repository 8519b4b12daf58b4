package complaint

import (
	"testing"
	"time"

	"klachtd/calendar"
)

var zone = func() *time.Location {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return loc
}()

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// clock reads "2026-11-03 10:14" in the zone of the office.
func clock(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func testPolicy() Policy {
	return Policy{
		Zone: zone, Grace: 15 * time.Minute, AutoAt: TimeOfDay{16, 0},
		From: TimeOfDay{8, 0}, Until: TimeOfDay{18, 0}, Unanswered: SendReceipt,
	}
}

const noor Actor = "noor@praktijk.example"

// file is a case in the making: facts in order, each with its instant.
type file struct{ facts []Fact }

// opened begins a file with a certain complaint of Kim, received at a time.
func opened(at string) *file {
	t := clock(at)
	f := &file{}
	f.add(at, ByProgram, Opened{
		Number: "K2026-0001", Received: calendar.On(t, zone), ReceivedAt: t, Origin: OriginCertain,
		Complainant: Party{ID: 1, Role: RoleComplainant, Name: "Kim Verbeek", Mail: "kim@klager.example"},
		Handler:     string(noor), Lang: "nl", Terms: Optimumconsult(), Verdict: Verdict{Class: Certain},
		Subject: "Klacht", Words: "Ik wil een klacht indienen.",
	})
	return f
}

func (f *file) add(at string, by Actor, bodies ...Body) *file {
	t := clock(at)
	for _, b := range bodies {
		f.facts = append(f.facts, Fact{Seq: len(f.facts) + 1, On: calendar.On(t, zone), At: t, By: by, Body: b})
	}
	return f
}

// says records what the handler said.
func (f *file) says(at string, bodies ...Body) *file { return f.add(at, noor, bodies...) }

// sent records the letter that the plan of that moment has for a duty.
func (f *file) sent(t *testing.T, at string, kind Kind) *file {
	t.Helper()
	for _, d := range Plan(Fold(f.facts), clock(at), testPolicy()) {
		if d.Meets[0].Kind == kind {
			return f.add(at, ByProgram, Sent{Letter: d.Letter, Meets: d.Meets, Variant: d.Variant, To: d.To.Mail,
				MessageID: string(kind) + at, Promised: d.Promised})
		}
	}
	t.Fatalf("at %s no letter is owed for %s", at, kind)
	return f
}

func (f *file) duties(on string) []Duty { return Duties(Fold(f.facts), day(on)) }

// find is one duty on a day.
func (f *file) find(t *testing.T, on string, kind Kind, party, round int) Duty {
	t.Helper()
	for _, d := range f.duties(on) {
		if d.Kind == kind && d.Party == party && d.Round == round {
			return d
		}
	}
	t.Fatalf("on %s there is no duty %s of party %d, round %d", on, kind, party, round)
	return Duty{}
}

// expect compares a duty on a day with "due send_by state [met_on]".
func (f *file) expect(t *testing.T, on string, kind Kind, party, round int, want string) {
	t.Helper()
	d := f.find(t, on, kind, party, round)
	got := d.Due.String() + " " + d.SendBy.String() + " " + string(d.State)
	if !d.MetOn.IsZero() {
		got += " " + d.MetOn.String()
	}
	if d.Overdue {
		got += " overdue"
	}
	if got != want {
		t.Errorf("on %s %s/%d/%d is %q, want %q", on, kind, party, round, got, want)
	}
}

func TestArticle2AcknowledgementTwoWeeksAfterReceipt(t *testing.T) {
	f := opened("2026-11-03 10:14")
	f.expect(t, "2026-11-03", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 open")
	f.expect(t, "2026-11-17", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 open")
	f.expect(t, "2026-11-18", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 open overdue")
	f.says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-05 09:00", Acknowledgement)
	f.expect(t, "2026-11-18", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 met 2026-11-05")
}

func TestArticle2LateIsLateForEver(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-18 09:00", Registered{}).sent(t, "2026-11-18 09:15", Acknowledgement)
	f.expect(t, "2027-03-01", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 late 2026-11-18")
}

func TestArticle2DecisionIsMetByInvestigatingOrByLapseOfTime(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{})
	f.expect(t, "2026-12-01", Decision, 1, 1, "2026-12-01 2026-11-30 open")
	f.expect(t, "2026-12-02", Decision, 1, 1, "2026-12-01 2026-11-30 met 2026-12-01")
	f.says("2026-11-10 09:00", PersonNamed{Person: Party{Name: "Sanne Bos"}})
	f.expect(t, "2026-12-02", Decision, 1, 1, "2026-12-01 2026-11-30 met 2026-11-10")
}

// Scenario 3: over Christmas, not taken up; the notice confirms receipt and meets the acknowledgement too.
func TestArticle2NonAcceptanceMeetsBothAndEndsTheCase(t *testing.T) {
	f := opened("2026-12-14 09:00")
	f.expect(t, "2026-12-14", Acknowledgement, 1, 1, "2026-12-28 2026-12-24 open")
	f.says("2026-12-18 10:00", Declined{Ground: 3}).sent(t, "2026-12-18 10:15", Decision)
	f.expect(t, "2027-02-01", Acknowledgement, 1, 1, "2026-12-28 2026-12-24 met 2026-12-18")
	f.expect(t, "2027-02-01", Decision, 1, 1, "2027-01-11 2027-01-08 met 2026-12-18")
	for _, d := range f.duties("2027-02-01") {
		if d.State == Open {
			t.Errorf("%s is still open in a case that was not taken up", d.Kind)
		}
	}
	if s := StatusOn(Fold(f.facts), day("2027-02-01")); s != NotAccepted {
		t.Errorf("status %s", s)
	}
}

func TestArticle3ProgressIsMetByTheFirstLetterOrCallThatTold(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	f.expect(t, "2026-11-04", Progress, 1, 1, "2026-12-01 2026-11-30 open")
	f.says("2026-11-12 09:00", Called{NoAnswer: true, Told: true})
	f.expect(t, "2026-11-13", Progress, 1, 1, "2026-12-01 2026-11-30 open")
	f.says("2026-11-12 11:00", Called{Told: true})
	f.expect(t, "2026-11-13", Progress, 1, 1, "2026-12-01 2026-11-30 met 2026-11-12")
}

func TestArticle3EarlierPromiseIsTheDate(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}, Described{Expected: day("2026-11-24")})
	f.sent(t, "2026-11-03 10:45", Acknowledgement)
	f.expect(t, "2026-11-04", Progress, 1, 1, "2026-11-24 2026-11-23 open")
}

// Scenario 2: the "state of affairs" leaves on the last safe day, is counted as the first round, and promises three
// weeks; the offer that follows is confirmed within them.
func TestArticle5StateOfAffairsOwesAFurtherRound(t *testing.T) {
	f := opened("2026-10-25 23:50").says("2026-11-05 10:00", Registered{}).sent(t, "2026-11-05 10:15", Acknowledgement)
	f.expect(t, "2026-11-05", Confirmation, 1, 1, "2026-12-06 2026-12-04 open")
	f.sent(t, "2026-12-04 16:00", Confirmation)
	f.expect(t, "2026-12-05", Confirmation, 1, 1, "2026-12-06 2026-12-04 met 2026-12-04")
	f.expect(t, "2026-12-05", Confirmation, 1, 2, "2026-12-25 2026-12-24 open")
	f.says("2026-12-11 11:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "niet gebeld"}, Offered{Text: "een nieuwe afspraak"}, Reacted{Satisfied: true, Score: 4})
	f.expect(t, "2026-12-11", Confirmation, 1, 2, "2026-12-25 2026-12-24 open")
	f.expect(t, "2026-12-11", ReportComplainant, 1, 1, "2027-01-01 2026-12-31 open")
}

func TestArticle5NoSecondStateOfAffairsByItself(t *testing.T) {
	f := opened("2026-10-25 23:50").says("2026-11-05 10:00", Registered{}).sent(t, "2026-11-05 10:15", Acknowledgement)
	f.sent(t, "2026-12-04 16:00", Confirmation)
	for _, d := range Plan(Fold(f.facts), clock("2026-12-30 12:00"), testPolicy()) {
		if d.Letter == LetterConfirmation && d.Ready() {
			t.Errorf("a second state of affairs would leave at %s", d.NotBefore)
		}
	}
	f.expect(t, "2026-12-26", Confirmation, 1, 2, "2026-12-25 2026-12-24 open overdue")
}

// Scenario 10: each offer recorded after a confirmation owes a further round, six weeks after the offer.
func TestArticle5EachOfferOwesItsConfirmation(t *testing.T) {
	f := opened("2027-04-22 09:00").says("2027-04-22 10:00", Registered{}).sent(t, "2027-04-22 10:15", Acknowledgement)
	f.expect(t, "2027-04-22", Acknowledgement, 1, 1, "2027-05-06 2027-05-04 met 2027-04-22")
	f.says("2027-05-18 09:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"})
	f.says("2027-05-27 09:00", Offered{Text: "andere coach"}, Reacted{Satisfied: false, Score: 2})
	f.expect(t, "2027-05-27", ReconsiderOffer, 1, 1, "2027-06-03 2027-06-02 open")
	f.sent(t, "2027-05-28 10:00", Confirmation)
	f.expect(t, "2027-05-28", Confirmation, 1, 1, "2027-06-03 2027-06-02 met 2027-05-28")
	f.says("2027-06-01 09:00", Offered{Text: "andere coach en uitleg"}, Reacted{Satisfied: false, Score: 2})
	f.expect(t, "2027-06-01", ReconsiderOffer, 1, 1, "2027-06-03 2027-06-02 met 2027-06-01")
	f.expect(t, "2027-06-01", ReconsiderOffer, 1, 2, "2027-06-08 2027-06-07 open")
	f.expect(t, "2027-06-01", Confirmation, 1, 2, "2027-07-13 2027-07-12 open")
	f.says("2027-06-03 09:00", NoOffer{"twee keer geprobeerd"})
	f.expect(t, "2027-06-03", ReconsiderOffer, 1, 2, "2027-06-08 2027-06-07 met 2027-06-03")
	f.expect(t, "2027-06-03", ReportComplainant, 1, 1, "2027-06-24 2027-06-23 open")
}

func TestArticle6EachPersonConcernedHasAReportOfTheirOwn(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{})
	f.says("2026-11-10 09:00", PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}},
		PersonNamed{Person: Party{Name: "Piet Blom"}})
	f.says("2026-11-19 09:00", Responded{Person: 2, Summary: "vergeten"}, NoResponse{Person: 3, Reason: "niet bereikt"},
		Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Reacted{Satisfied: true})
	f.expect(t, "2026-11-19", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 open")
	f.expect(t, "2026-11-19", ReportConcerned, 2, 1, "2026-12-10 2026-12-09 open")
	f.expect(t, "2026-11-19", ReportConcerned, 3, 1, "2026-12-10 2026-12-09 impossible")
}

func TestAnOrdinaryCaseClosesByItself(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	f.says("2026-11-19 09:00", NoPersonConcerned{}, Called{}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Reacted{Satisfied: true, Score: 4})
	f.sent(t, "2026-11-20 09:00", Confirmation)
	if s := StatusOn(Fold(f.facts), day("2026-11-20")); s != StatusResolved {
		t.Errorf("before the report the status is %s", s)
	}
	f.says("2026-11-24 09:00", MeasureTaken{Text: "de dag ervoor een bericht"}).sent(t, "2026-11-24 10:00", ReportComplainant)
	if s := StatusOn(Fold(f.facts), day("2026-11-24")); s != Closed {
		t.Errorf("after the report the status is %s", s)
	}
}

func TestConfirmationAndReportInOneLetterWhenAllIsKnown(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	f.says("2026-11-19 09:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Reacted{Satisfied: true, Score: 4}, MeasureTaken{Text: "bericht"})
	f.sent(t, "2026-11-20 09:00", Confirmation)
	f.expect(t, "2026-11-20", Confirmation, 1, 1, "2026-12-15 2026-12-14 met 2026-11-20")
	f.expect(t, "2026-11-20", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 met 2026-11-20")
}

func TestABounceOwesTheLetterAgainOnTheHandlersWordOnly(t *testing.T) {
	f := opened("2027-09-20 09:00").says("2027-09-24 09:00", Registered{}).sent(t, "2027-09-24 09:15", Acknowledgement)
	f.add("2027-09-24 10:00", ByProgram, Undelivered{MessageID: "acknowledgement2027-09-24 09:15", Reason: "5.1.1 user unknown"})
	f.expect(t, "2027-09-25", Acknowledgement, 1, 1, "2027-10-04 2027-10-01 lapsed")
	f.expect(t, "2027-09-25", Acknowledgement, 1, 2, "2027-10-04 2027-10-01 open")
	for _, d := range Plan(Fold(f.facts), clock("2027-10-04 12:00"), testPolicy()) {
		if d.Letter == LetterAcknowledgement && d.Ready() {
			t.Error("a returned letter leaves again by itself")
		}
	}
	f.says("2027-09-28 09:00", Approved{Keys: []Key{{"K2026-0001", Acknowledgement, 1, 2}}}).sent(t, "2027-09-28 09:15", Acknowledgement)
	f.expect(t, "2027-09-29", Acknowledgement, 1, 2, "2027-10-04 2027-10-01 met 2027-09-28")
}

func TestNoAddressIsImpossibleAndCountedApart(t *testing.T) {
	f := opened("2026-11-03 10:14")
	o := f.facts[0].Body.(Opened)
	o.Complainant.Mail = ""
	f.facts[0].Body = o
	f.expect(t, "2026-11-20", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 impossible")
}

func TestUndoneFactsDoNotCount(t *testing.T) {
	f := opened("2026-11-03 10:14")
	f.facts = append(f.facts, Fact{Seq: 2, On: day("2026-11-03"), At: clock("2026-11-03 10:30"), By: noor, Mail: "m1", Body: Dismissed{}})
	if s := StatusOn(Fold(f.facts), day("2026-11-03")); s != NotAComplaint {
		t.Fatalf("status %s", s)
	}
	f.facts = append(f.facts, Fact{Seq: 3, On: day("2026-11-03"), At: clock("2026-11-03 10:35"), By: noor, Mail: "m2", Body: Undone{Mail: "m1"}})
	if s := StatusOn(Fold(f.facts), day("2026-11-03")); s != StatusTriage {
		t.Errorf("after undoing the status is %s", s)
	}
}

func TestBecauseExplainsADate(t *testing.T) {
	f := opened("2026-11-03 10:14")
	d := f.find(t, "2026-11-03", Acknowledgement, 1, 1)
	want := "ontvangst di 3-11 + 14 dagen = di 17-11 (art. 2); laatste werkdag ervoor: ma 16-11"
	if got := Explain(d.Because, Optimumconsult().Holidays, "nl"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
