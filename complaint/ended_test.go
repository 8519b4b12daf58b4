package complaint

import "testing"

// What ended stays as it ended, and is counted so. Each of these went wrong in a random story once.

// acknowledged is a case that the handler called a complaint, and that was acknowledged at once.
func acknowledged(t *testing.T) *file {
	return opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
}

// concluded is an acknowledged case that was resolved on 19 November.
func concluded(t *testing.T) *file {
	return acknowledged(t).says("2026-11-19 09:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"},
		Reacted{Satisfied: true, Score: 4}, MeasureTaken{Text: "bericht"})
}

func TestSilenceTakesUpNothingThatIsOver(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-04 09:00", Dismissed{})
	f.expect(t, "2026-11-04", Decision, 1, 1, "2026-12-01 2026-11-30 lapsed")
	f.expect(t, "2026-12-20", Decision, 1, 1, "2026-12-01 2026-11-30 lapsed")
	f = acknowledged(t).says("2026-11-10 09:00", Withdrawn{Words: "laat maar"}, Judged{Finding: Upheld, Reason: "toch waar"})
	f.expect(t, "2026-12-20", Decision, 1, 1, "2026-12-01 2026-11-30 lapsed")
	f = opened("2026-11-03 10:14").says("2026-12-10 09:00", Dismissed{})
	f.expect(t, "2026-12-20", Decision, 1, 1, "2026-12-01 2026-11-30 met 2026-12-01")
}

func TestANoticeOfNonAcceptanceThatCameBackIsNotOwedOnceItIsTakenUp(t *testing.T) {
	f := acknowledged(t).says("2026-11-10 09:00", Declined{Ground: 3})
	f.add("2026-11-10 10:00", ByProgram, Undelivered{MessageID: "x", Reason: "550", Letter: LetterNonAcceptance, Meets: []Key{{"K2026-0001", Decision, 1, 1}}})
	f.says("2026-11-11 09:00", Registered{})
	f.expect(t, "2026-11-12", Decision, 1, 1, "2026-12-01 2026-11-30 lapsed")
	f.expect(t, "2026-12-02", Decision, 1, 2, "2026-12-01 2026-11-30 met 2026-12-01")
}

func TestTheFirstDayOnWhichItWasResolvedCounts(t *testing.T) {
	f := concluded(t).says("2026-12-14 09:00", Told{}, Resolved{How: "nog eens gebeld"})
	f.expect(t, "2026-12-14", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 open overdue")
	f.says("2026-12-14 10:00", Withdrawn{Words: "laat maar"})
	f.expect(t, "2026-12-14", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 lapsed")
}

func TestANewOfferAfterTheReportOwesAReportOfItsOwn(t *testing.T) {
	f := concluded(t).sent(t, "2026-11-20 09:00", Confirmation) // with the report
	f.says("2026-12-01 09:00", Offered{Text: "een cadeaubon"})
	f.expect(t, "2026-12-01", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 met 2026-11-20")
	f.expect(t, "2026-12-01", Measure, 1, 1, "2026-12-10 2026-12-09 met 2026-11-19")
	f.says("2026-12-08 09:00", Reacted{Satisfied: true})
	f.expect(t, "2026-12-08", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 met 2026-11-20")
	f.expect(t, "2026-12-08", ReportComplainant, 1, 2, "2026-12-29 2026-12-28 open")
}

func TestWhatIsSaidAgainWasNotDoneLater(t *testing.T) {
	f := acknowledged(t).says("2026-11-04 09:00", Committed{Text: "afspraak", By: day("2026-11-20")}, MeasureTaken{Text: "bericht", By: day("2026-11-20")})
	f.says("2026-11-19 09:00", CommitmentKept{Commitment: 1}, MeasureDone{Measure: 1})
	f.says("2026-12-19 09:00", CommitmentKept{Commitment: 1}, MeasureDone{Measure: 1}, CommitmentMoved{Commitment: 1, To: day("2027-01-05")})
	f.expect(t, "2026-12-20", KeepCommitment, 1, 1, "2026-11-20 2026-11-19 met 2026-11-19")
	f.expect(t, "2026-12-20", FollowMeasure, 1, 1, "2026-11-20 2026-11-19 met 2026-11-19")
}

func TestTheFirstResponseAndReactionCount(t *testing.T) {
	f := acknowledged(t).says("2026-11-04 09:00", PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}, Over: "te laat"})
	f.says("2026-11-04 10:00", Approved{Keys: []Key{{"K2026-0001", AskResponse, 2, 1}}}).sent(t, "2026-11-04 10:15", AskResponse)
	f.says("2026-11-10 09:00", Responded{Person: 2, Summary: "vergeten"}).says("2026-11-25 09:00", Responded{Person: 2, Summary: "vergeten, sorry"})
	f.expect(t, "2026-11-25", AwaitResponse, 2, 1, "2026-11-11 2026-11-10 met 2026-11-10")
	f.says("2026-11-26 09:00", Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Thinking{Until: day("2026-12-18")})
	f.says("2026-12-17 09:00", Reacted{Satisfied: false}).says("2026-12-22 09:00", Reacted{Satisfied: true})
	f.expect(t, "2026-12-22", AwaitReaction, 1, 1, "2026-12-18 2026-12-17 met 2026-12-17")
}

func TestAnExtensionPutsOffNothingThatIsSentOrLate(t *testing.T) {
	extended := Extended{To: day("2027-01-12"), Reason: "ziekte"}
	f := acknowledged(t).sent(t, "2026-12-17 09:00", Confirmation).says("2026-12-18 09:00", extended)
	f.expect(t, "2026-12-18", Confirmation, 1, 1, "2026-12-15 2026-12-14 late 2026-12-17")
	f = acknowledged(t).says("2026-12-16 09:00", extended)
	f.expect(t, "2026-12-16", Confirmation, 1, 1, "2026-12-15 2026-12-14 open overdue")
	f = acknowledged(t).says("2026-12-10 09:00", extended).says("2027-01-08 09:00", Extended{To: day("2027-01-26"), Reason: "nog eens", Consent: true})
	f.expect(t, "2027-01-08", Confirmation, 1, 1, "2027-01-26 2027-01-25 open")
	f.expect(t, "2027-01-08", Extend, 1, 1, "2026-12-15 2026-12-14 open overdue")
}

func TestTheTermOfMeasuresCountsFromTheFirstFinding(t *testing.T) {
	f := concluded(t)
	o := f.facts[0].Body.(Opened)
	o.Terms.Measures.N, o.Terms.Measures.Unit = 1, "w"
	f.facts[0].Body = o
	f.facts = f.facts[:len(f.facts)-1]
	f.says("2026-12-01 09:00", NoMeasure{"geen"}).says("2026-12-02 09:00", Judged{Finding: PartlyUpheld, Reason: "bij nader inzien"})
	f.expect(t, "2026-12-02", Measure, 1, 1, "2026-11-26 2026-11-25 late 2026-12-01")
}

func TestAnAuthorisationAskedAgainIsARoundOfItsOwn(t *testing.T) {
	f := acknowledged(t).says("2026-11-04 09:00", Authority{State: AuthorityAsked}).says("2026-11-10 09:00", Authority{State: AuthorityRefused})
	f.says("2026-11-12 09:00", Authority{State: AuthorityAsked})
	f.expect(t, "2026-11-12", AwaitAuthority, 1, 1, "2026-11-18 2026-11-17 met 2026-11-10")
	f.expect(t, "2026-11-12", AwaitAuthority, 1, 2, "2026-11-26 2026-11-25 open")
}

func TestAReopeningListsWhatGoesOnOnce(t *testing.T) {
	f := concluded(t).says("2026-11-19 10:00", Committed{Text: "afspraak", By: day("2026-12-20")})
	f.says("2026-12-01 09:00", Reopened{Reason: "nieuw bewijs", From: day("2026-12-01")})
	if wrong := oncePerKey(f.duties("2026-12-02")); wrong != "" {
		t.Error(wrong)
	}
	f.expect(t, "2026-12-02", KeepCommitment, 1, 1, "2026-12-20 2026-12-18 open")
}

func TestASecondReportOfABounceSaysNothingNew(t *testing.T) {
	back := Undelivered{MessageID: "progress2026-11-10 09:15", Reason: "5.1.1"}
	f := acknowledged(t).says("2026-11-10 09:00", ProgressOrdered{Text: "wij zijn bezig"}).sent(t, "2026-11-10 09:15", Progress)
	f.add("2026-11-10 10:00", ByProgram, back).says("2026-11-11 09:00", Called{Told: true}).add("2026-11-12 10:00", ByProgram, back)
	f.expect(t, "2026-11-12", Progress, 1, 1, "2026-12-01 2026-11-30 lapsed")
	f.expect(t, "2026-11-12", Progress, 1, 2, "2026-12-01 2026-11-30 met 2026-11-11")
}

func TestALetterNeverPromisesADayThatHasPassed(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2027-01-04 09:00", Registered{})
	for _, d := range Plan(Fold(f.facts), clock("2027-01-04 09:00"), testPolicy()) {
		if !d.Promised.IsZero() && d.Promised <= day("2027-01-04") {
			t.Errorf("%s promises %s", d.Letter, d.Promised)
		}
	}
}

func TestWhoWroteFirstIsCorrectedEverywhere(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 11:00", ComplainantAdded{Party{Name: "Kim Verbeek", Lang: "en"}})
	c := Fold(f.facts)
	if len(c.Complainants) != 1 || c.Opening.Complainant.Lang != "en" {
		t.Errorf("%d complainants, and the first is %+v", len(c.Complainants), c.Opening.Complainant)
	}
}

func TestNothingFollowsFromWhatIsSaidToWhoHasWithdrawn(t *testing.T) {
	f := acknowledged(t).says("2026-11-10 09:00", Withdrawn{Words: "laat maar"})
	f.says("2026-11-12 09:00", Called{Told: true}, Withdrawn{Words: "echt"}, Offered{Text: "excuses"}, Reacted{Satisfied: false})
	f.expect(t, "2026-11-12", Progress, 1, 1, "2026-12-01 2026-11-30 lapsed")
	f.expect(t, "2026-11-12", Withdrawal, 1, 1, "2026-11-17 2026-11-16 open")
	for _, d := range f.duties("2026-11-12") {
		if d.Kind == AwaitReaction || d.Kind == ReconsiderOffer {
			t.Errorf("%s is owed to who has withdrawn", d.Kind)
		}
	}
}

func TestNotTakingUpIsToldAlsoWhereNoTermIsPromisedForIt(t *testing.T) {
	f := acknowledged(t)
	o := f.facts[0].Body.(Opened)
	o.Terms.Decision.N = 0
	f.facts[0].Body = o
	f.says("2026-11-10 09:00", Declined{Ground: 3})
	f.expect(t, "2026-11-10", Decision, 1, 1, "2026-11-17 2026-11-16 open")
	f.sent(t, "2026-11-10 09:15", Decision)
	if s := StatusOn(Fold(f.facts), day("2026-11-11")); s != NotAccepted {
		t.Errorf("status %s", s)
	}
}

func TestALetterThatAsksForAuthorityAsksForItAgain(t *testing.T) {
	f := acknowledged(t).says("2026-11-10 09:00", Asked{Authority: true}, Authority{State: AuthorityAsked})
	f.add("2026-11-10 09:20", ByProgram, Undelivered{MessageID: "x", Reason: "550", Letter: LetterInformation, Meets: []Key{{"K2026-0001", Information, 1, 1}}})
	for _, d := range Plan(Fold(f.facts), clock("2026-11-10 10:00"), testPolicy()) {
		if d.Letter == LetterInformation && (d.Variant != VariantAuthority || len(d.Missing) > 0 || d.Ready()) {
			t.Errorf("the letter that goes again is variant %q, lacks %v and leaves %s", d.Variant, d.Missing, d.NotBefore)
		}
	}
}

func TestWhoWasNeverAcknowledgedIsWhenTheCaseIsReopened(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-04 09:00", Dismissed{}).says("2026-11-12 09:00", Reopened{Reason: "vergissing", From: day("2026-11-12"), Mistake: true})
	f.expect(t, "2026-11-12", Acknowledgement, 1, 1, "2026-11-17 2026-11-16 lapsed")
	f.expect(t, "2026-11-12", Acknowledgement, 1, 2, "2026-11-17 2026-11-16 open")
	if at := f.leaves("2026-11-12 09:00", Acknowledgement, testPolicy()); at != "2026-11-12 09:15" {
		t.Errorf("it leaves at %q", at)
	}
	f = acknowledged(t).says("2026-11-04 09:00", Dismissed{}).says("2026-11-12 09:00", Reopened{Reason: "toch", From: day("2026-11-12")})
	f.expect(t, "2026-11-12", Progress, 1, 2, "2026-11-26 2026-11-25 open")
	for _, d := range f.duties("2026-11-12") {
		if d.Kind == Acknowledgement && d.Round > 1 {
			t.Error("who was acknowledged is acknowledged again")
		}
	}
}

func TestMeasuresTakenBeforeAReopeningStand(t *testing.T) {
	f := concluded(t).says("2026-12-01 09:00", Reopened{Reason: "nieuw bewijs", From: day("2026-12-01")}, Told{})
	f.expect(t, "2026-12-01", Measure, 1, 2, "2026-12-22 2026-12-21 met 2026-11-19")
}

func TestAFindingAboutNobodyWeKnowIsAboutNobodyInParticular(t *testing.T) {
	f := acknowledged(t).says("2026-11-10 09:00", PersonNamed{Person: Party{Name: "Sanne Bos"}}, PersonNamed{Person: Party{Name: "Piet Blom"}},
		NoResponse{Person: 2, Reason: "ziek"}, NoResponse{Person: 3, Reason: "ziek"}, Judged{Finding: Upheld, Reason: "zo was het", Person: 9})
	c := Fold(f.facts)
	if len(c.PointsFor(2)) != 1 || len(c.PointsFor(3)) != 1 {
		t.Error("a finding on the whole is not for everybody")
	}
}

func TestNoCaseIsForgottenBeforeItIsResolved(t *testing.T) {
	f := acknowledged(t).says("2026-11-19 09:00", NoPersonConcerned{}, Judged{Finding: NotUpheld, Reason: "reden"}, NoOffer{"niet nodig"}).sent(t, "2026-11-20 09:00", Confirmation)
	f.expect(t, "2026-11-20", AwaitReaction, 1, 1, "2026-12-04 2026-12-03 open")
	f.says("2026-12-08 09:00", Resolved{How: "geen reactie"})
	f.expect(t, "2026-12-08", AwaitReaction, 1, 1, "2026-12-04 2026-12-03 late 2026-12-08")

	f = opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}) // nobody can be written to
	o := f.facts[0].Body.(Opened)
	o.Complainant.Mail = ""
	f.facts[0].Body = o
	f.expect(t, "2026-12-16", Confirmation, 1, 1, "2026-12-15 2026-12-14 open overdue")
	if q, _ := NextQuestion(Fold(f.facts), nil, day("2026-12-16")); q != AskForm {
		t.Errorf("the question is %q", q)
	}
	f.says("2026-12-16 10:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"}, NoOffer{"kan niet"}, Resolved{How: "onbereikbaar"}, NoMeasure{"niet nodig"})
	f.expect(t, "2026-12-16", Confirmation, 1, 1, "2026-12-15 2026-12-14 impossible")
	if s := StatusOn(Fold(f.facts), day("2026-12-16")); s != Closed {
		t.Errorf("status %s", s)
	}
}

func TestANoticeOfNonAcceptanceThatCameBackIsAskedAboutAndRemindedOf(t *testing.T) {
	f := acknowledged(t).says("2026-11-10 09:00", Declined{Ground: 3})
	f.add("2026-11-10 10:00", ByProgram, Undelivered{MessageID: "x", Reason: "550", Letter: LetterNonAcceptance, Meets: []Key{{"K2026-0001", Decision, 1, 1}}})
	c := Fold(f.facts)
	q, drafts := NextQuestion(c, Plan(c, clock("2026-11-10 11:00"), testPolicy()), day("2026-11-10"))
	if q != AskRelease || len(drafts) != 1 || drafts[0].Letter != LetterNonAcceptance {
		t.Errorf("the question is %q about %v", q, drafts)
	}
	told := false
	for _, r := range Reminders(c, day("2026-12-01"), day("2026-12-02"), testPolicy()) {
		told = told || r.Duty.Kind == Decision && r.Stage == Overdue && r.Substitute
	}
	if !told {
		t.Error("the substitute does not hear of it")
	}
}

func TestAReportToWhoOnceSpokeStaysMet(t *testing.T) {
	f := acknowledged(t).says("2026-11-04 09:00", PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}}, Responded{Summary: "vergeten"}, Withdrawn{Words: "laat maar"})
	f.sent(t, "2026-11-24 16:00", ReportConcerned).says("2026-11-25 09:00", NoResponse{Reason: "ingetrokken"})
	f.expect(t, "2026-11-25", ReportConcerned, 2, 1, "2026-11-25 2026-11-24 met 2026-11-24")
}

func TestAReopenedCaseKeepsItsWordOnProgressWhenAnOlderLetterComesBack(t *testing.T) {
	f := acknowledged(t)
	o := f.facts[0].Body.(Opened)
	o.Terms.Progress.N = 0
	f.facts[0].Body = o
	f.says("2026-11-10 09:00", Dismissed{}, Reopened{Reason: "toch", From: day("2026-11-10")}).sent(t, "2026-11-12 16:00", Progress)
	f.add("2026-11-13 09:00", ByProgram, Undelivered{MessageID: "acknowledgement2026-11-03 10:45", Reason: "5.1.1"})
	f.says("2026-11-14 09:00", ProgressOrdered{Text: "wij zijn bezig"})
	f.expect(t, "2026-11-14", Progress, 1, 1, "2026-11-24 2026-11-23 met 2026-11-12")
	f.expect(t, "2026-11-14", Progress, 1, 2, "2026-11-21 2026-11-20 open")
}
