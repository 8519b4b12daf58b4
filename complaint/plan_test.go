package complaint

import "testing"

// leaves says when the letter for a duty leaves, "" when it does not.
func (f *file) leaves(at string, kind Kind, p Policy) string {
	for _, d := range Plan(Fold(f.facts), clock(at), p) {
		if d.Meets[0].Kind == kind && d.Ready() {
			return d.NotBefore.In(zone).Format("2006-01-02 15:04")
		}
	}
	return ""
}

func TestWhenTheAcknowledgementLeaves(t *testing.T) {
	approve := testPolicy()
	approve.Mode = map[string]Mode{LetterAcknowledgement: Approve}
	danger := func() *file {
		f := opened("2026-11-03 10:14")
		o := f.facts[0].Body.(Opened)
		o.Verdict.Danger = true
		f.facts[0].Body = o
		return f
	}
	for _, c := range []struct {
		name string
		f    *file
		p    Policy
		want string
	}{
		{"on silence, at four on the last safe day", opened("2026-11-03 10:14"), testPolicy(), "2026-11-16 16:00"},
		{"grace after the handler's word", opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}), testPolicy(), "2026-11-03 10:45"},
		{"a word in the evening waits for the morning", opened("2026-11-03 10:14").says("2026-11-03 21:00", Registered{}), testPolicy(), "2026-11-04 08:00"},
		{"a word in the weekend waits for Monday", opened("2026-11-03 10:14").says("2026-11-07 12:00", Registered{}), testPolicy(), "2026-11-09 08:00"},
		{"unless Monday is too late", opened("2026-10-24 10:14").says("2026-11-07 12:00", Registered{}), testPolicy(), "2026-11-07 12:15"},
		{"held, it does not", opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}, Held{}), testPolicy(), ""},
		{"in mode approve neither silence nor ja sends it", opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}), approve, ""},
		{"with danger in it nothing leaves on silence", danger(), testPolicy(), ""},
	} {
		if got := c.f.leaves("2026-11-03 11:00", Acknowledgement, c.p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAnUnansweredPossibleComplaintGetsANeutralReceipt(t *testing.T) {
	f := opened("2026-11-03 10:14")
	o := f.facts[0].Body.(Opened)
	o.Origin, o.Verdict.Class = OriginUnanswered, Possible
	f.facts[0].Body = o
	if got := f.leaves("2026-11-13 09:00", Receipt, testPolicy()); got != "2026-11-16 16:00" {
		t.Errorf("receipt leaves %q", got)
	}
	if got := f.leaves("2026-11-13 09:00", Acknowledgement, testPolicy()); got != "" {
		t.Errorf("the acknowledgement leaves too: %s", got)
	}
	f.sent(t, "2026-11-16 16:00", Receipt)
	f.expect(t, "2026-11-18", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 open overdue")
	if got := f.leaves("2026-11-16 16:01", Receipt, testPolicy()); got != "" {
		t.Errorf("a second receipt leaves %s", got)
	}
	acknowledge := testPolicy()
	acknowledge.Unanswered = SendAcknowledge
	if got := opened("2026-11-03 10:14").leaves("2026-11-13 09:00", Acknowledgement, acknowledge); got != "2026-11-16 16:00" {
		t.Errorf("with unanswered = acknowledge it leaves %q", got)
	}
}

func TestSilenceSendsProgressConfirmationAndReports(t *testing.T) {
	f := opened("2026-11-03 10:14").sent(t, "2026-11-16 16:00", Acknowledgement)
	if got := f.leaves("2026-11-20 09:00", Progress, testPolicy()); got != "2026-11-30 16:00" {
		t.Errorf("progress leaves %q", got)
	}
	f.sent(t, "2026-11-30 16:00", Progress)
	if got := f.leaves("2026-12-01 09:00", Confirmation, testPolicy()); got != "2026-12-14 16:00" {
		t.Errorf("the state of affairs leaves %q", got)
	}
	f.says("2026-12-02 09:00", Registered{}, PersonNamed{Person: Party{Name: "Sanne", Mail: "sanne@firma.example"}}, Responded{Summary: "x"},
		Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Reacted{Satisfied: true, Score: 5}, NoMeasure{"eenmalig"})
	if got := f.leaves("2026-12-02 09:00", ReportConcerned, testPolicy()); got != "2026-12-22 16:00" {
		t.Errorf("the report to the person concerned leaves %q", got)
	}
}

func TestConfirmationWithReportIsInTimeForBoth(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	f.says("2026-11-12 09:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Reacted{Satisfied: true}, NoMeasure{"eenmalig"})
	f.expect(t, "2026-11-12", ReportComplainant, 1, 1, "2026-12-03 2026-12-02 open")
	if got := f.leaves("2026-11-12 10:00", Confirmation, testPolicy()); got != "2026-12-02 16:00" {
		t.Errorf("it leaves %q", got)
	}
}

func TestALetterCompletedLateWaitsForTheNextAfternoon(t *testing.T) {
	late := func(at string) string {
		f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
		f.sent(t, "2026-11-30 16:00", Progress)
		f.says(at, NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"})
		return f.leaves(at, Confirmation, testPolicy())
	}
	for at, want := range map[string]string{
		"2026-12-14 10:00": "2026-12-14 16:00", // in time
		"2026-12-14 17:00": "2026-12-15 16:00", // after four on the last safe day: the due date can still be met
		"2026-12-15 15:50": "2026-12-15 16:05", // no later afternoon is left before it passes
		"2026-12-16 10:00": "2026-12-16 16:00", // overdue: that afternoon, not a quarter of an hour later
		"2026-12-18 17:00": "2026-12-21 16:00",
	} {
		if got := late(at); got != want {
			t.Errorf("completed %s it leaves %q, want %q", at, got, want)
		}
	}
}

func TestNextIsTheNextInstantAnythingChanges(t *testing.T) {
	f := opened("2026-11-03 10:14")
	if got := Next(Fold(f.facts), clock("2026-11-03 10:14"), testPolicy()); !got.Equal(clock("2026-11-16 16:00")) {
		t.Errorf("next is %s", got)
	}
	if got := Next(Fold(f.facts), clock("2026-11-16 16:00"), testPolicy()); !got.Equal(clock("2026-11-18 00:00")) {
		t.Errorf("then %s", got)
	}
}

func TestRemindersClimbAndTheSubstituteHears(t *testing.T) {
	f := opened("2026-11-03 10:14") // nobody answers: scenario 15
	var asked, both []string
	for d := day("2026-11-04"); d <= day("2026-11-20"); d = d.AddDays(1) {
		for _, r := range Reminders(Fold(f.facts), d.AddDays(-1), d, testPolicy()) {
			if r.Duty.Kind != Acknowledgement {
				continue
			}
			asked = append(asked, d.String()[5:])
			if r.Substitute {
				both = append(both, d.String()[5:])
			}
		}
	}
	equal(t, asked, "11-05 11-09 11-10 11-12 11-13 11-16 11-17 11-18 11-19 11-20")
	equal(t, both, "11-10 11-12 11-13 11-16 11-17 11-18 11-19 11-20")
}

func TestOneReminderOnlyForTheDecision(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	var told []string
	for d := day("2026-11-04"); d <= day("2026-12-20"); d = d.AddDays(1) {
		for _, r := range Reminders(Fold(f.facts), d.AddDays(-1), d, testPolicy()) {
			if r.Duty.Kind == Decision {
				told = append(told, d.String()[5:])
			}
		}
	}
	equal(t, told, "11-23")
}

func TestAMachineThatWasOffRemindsOnce(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	n := 0
	for _, r := range Reminders(Fold(f.facts), day("2026-11-06"), day("2026-12-03"), testPolicy()) {
		if r.Duty.Kind == Progress {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d reminders of one duty in one mail", n)
	}
}

func equal(t *testing.T, got []string, want string) {
	t.Helper()
	s := ""
	for i, g := range got {
		if i > 0 {
			s += " "
		}
		s += g
	}
	if s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// testSetting has one handler and one who steps in.
func testSetting() Setting {
	return Setting{Policy: testPolicy(), Handlers: []Handler{
		{Name: "Noor Tielman", Mail: "noor@praktijk.example"}, {Name: "Ruud Bos", Mail: "ruud@praktijk.example", Substitute: true},
	}, Case: otherCase, Terms: Optimumconsult()}
}

// TestWhatLettersPromise: an extension is a promise that later letters keep to, and what is agreed among ourselves is none.
func TestWhatLettersPromise(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).says("2026-12-01 10:00", Extended{To: day("2027-01-12"), Reason: "wachten op een reactie"})
	f.says("2026-12-01 11:00", Committed{Text: "agenda nalopen", By: day("2026-12-08"), Internal: true}, CommitmentMoved{Commitment: 1, To: day("2026-12-15"), Reason: "druk"})
	promised := map[string]string{}
	for _, d := range Plan(Fold(f.facts), clock("2026-12-01 11:00"), testPolicy()) {
		promised[d.Letter] = d.Promised.String()
	}
	for letter, want := range map[string]string{LetterExtension: "2027-01-12", LetterProgress: "2027-01-12"} {
		if promised[letter] != want {
			t.Errorf("%s promises %q, want %s", letter, promised[letter], want)
		}
	}
	if p, owed := promised[LetterCommitmentLate]; owed {
		t.Errorf("a letter speaks of an internal commitment: %s", p)
	}
}

// Where the outcome was told and nothing is offered, the report lacks no reaction.
func TestTheOutcomeWasToldWithoutWords(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:20", Registered{}).sent(t, "2026-11-03 10:35", Acknowledgement)
	f.says("2026-11-12 09:00", NoPersonConcerned{}, Judged{Finding: NotUpheld, Reason: "Er is drie keer gebeld."}, NoOffer{Reason: "niets te herstellen"}, Told{}, NoMeasure{Reason: "niet nodig"})
	for _, d := range Plan(Fold(f.facts), clock("2026-11-12 09:01"), testPolicy()) {
		if len(d.Missing) > 0 {
			t.Errorf("%s lacks %v", d.Letter, d.Missing)
		}
	}
}
