package complaint

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klachtd/calendar"
)

// under puts a file under other terms.
func (f *file) under(change func(*Terms)) *file {
	o := f.facts[0].Body.(Opened)
	change(&o.Terms)
	f.facts[0].Body = o
	return f
}

// statutory sets the terms of articles 2 and 5 by law.
func statutory(t *Terms) {
	t.Statutory = []Kind{Acknowledgement, Decision, Confirmation}
}

// byAct is what the General Administrative Law Act asks: an extension of four weeks, once, told to the persons concerned.
func byAct(t *Terms) {
	t.Statutory = []Kind{Decision, Confirmation}
	t.Extension = Extension{Term: calendar.Term{N: 4, Unit: calendar.Weeks}, Consent: true, Concerned: true}
	t.Articles = map[Kind]string{Decision: "Awb 9:8 lid 3", Confirmation: "Awb 9:11 lid 1", Extend: "Awb 9:11 lid 2"}
}

// TestTermsByRegulationAndByLaw: the test vectors, with their column of the Algemene termijnenwet. The last safe day to
// send is the same under both: a letter is never planned on the days that the law adds.
func TestTermsByRegulationAndByLaw(t *testing.T) {
	for _, c := range []struct {
		received             string
		two, twoBy, twoLaw   string
		four                 string
		six, sixBy, sixByLaw string
	}{
		{"2026-11-03 10:14", "2026-11-17", "2026-11-16", "2026-11-17", "2026-12-01", "2026-12-15", "2026-12-14", "2026-12-15"},
		{"2026-10-25 23:50", "2026-11-08", "2026-11-06", "2026-11-09", "2026-11-22", "2026-12-06", "2026-12-04", "2026-12-07"},
		{"2027-03-29 00:20", "2027-04-12", "2027-04-09", "2027-04-12", "2027-04-26", "2027-05-10", "2027-05-04", "2027-05-10"},
		{"2026-12-11 09:00", "2026-12-25", "2026-12-24", "2026-12-28", "2027-01-08", "2027-01-22", "2027-01-21", "2027-01-22"},
		{"2026-12-12 09:00", "2026-12-26", "2026-12-24", "2026-12-28", "2027-01-09", "2027-01-23", "2027-01-22", "2027-01-25"},
		{"2026-12-14 09:00", "2026-12-28", "2026-12-24", "2026-12-28", "2027-01-11", "2027-01-25", "2027-01-22", "2027-01-25"},
		{"2027-02-12 09:00", "2027-02-26", "2027-02-25", "2027-02-26", "2027-03-12", "2027-03-26", "2027-03-25", "2027-03-30"},
		{"2027-04-13 09:00", "2027-04-27", "2027-04-26", "2027-04-28", "2027-05-11", "2027-05-25", "2027-05-24", "2027-05-25"},
		{"2027-04-22 09:00", "2027-05-06", "2027-05-04", "2027-05-10", "2027-05-20", "2027-06-03", "2027-06-02", "2027-06-03"},
	} {
		on := c.received[:10]
		private := opened(c.received)
		private.expect(t, on, Acknowledgement, 1, 1, c.two+" "+c.twoBy+" open")
		private.expect(t, on, Confirmation, 1, 1, c.six+" "+c.sixBy+" open")
		if d := private.find(t, on, Decision, 1, 1); d.Due.String() != c.four {
			t.Errorf("received %s, four weeks end on %s, want %s", c.received, d.Due, c.four)
		}
		law := opened(c.received).under(statutory)
		law.expect(t, on, Acknowledgement, 1, 1, c.twoLaw+" "+c.twoBy+" open")
		law.expect(t, on, Confirmation, 1, 1, c.sixByLaw+" "+c.sixBy+" open")
	}
}

// The report: three weeks after S, Thursday 19 November.
func TestReportThreeWeeksAfterTheSolution(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-19 11:00", NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "reden"},
		Offered{Text: "excuses"}, Reacted{Satisfied: true})
	f.expect(t, "2026-11-19", ReportComplainant, 1, 1, "2026-12-10 2026-12-09 open")
}

// TestBothDaysOfAStatutoryTermAreShown: the day as it was counted, the last safe day before it, and the day the law makes
// of it.
func TestBothDaysOfAStatutoryTermAreShown(t *testing.T) {
	f := opened("2027-02-12 09:00").under(byAct)
	d := f.find(t, "2027-02-12", Confirmation, 1, 1)
	want := "ontvangst vr 12-2 + 42 dagen = vr 26-3 (Awb 9:11 lid 1); laatste werkdag ervoor: do 25-3; " +
		"verlengd tot de eerste werkdag (Algemene termijnenwet): di 30-3 (vrij: Goede Vrijdag vr 26-3, Tweede Paasdag ma 29-3)"
	if got := Explain(d.Because, calendar.Dutch(), "nl"); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	if got := Explain(d.Because, calendar.Dutch(), "en"); !strings.Contains(got, "extended to the first working day") || !strings.Contains(got, "Goede Vrijdag Fri 26 Mar") {
		t.Errorf("%q", got)
	}
}

// TestOnlyTermsOfTheLawAreExtended: what we promise ourselves, and a term of more than twelve weeks, end when they end.
func TestOnlyTermsOfTheLawAreExtended(t *testing.T) {
	f := opened("2026-10-25 23:50").under(byAct)
	f.expect(t, "2026-10-25", Acknowledgement, 1, 1, "2026-11-08 2026-11-06 open") // Sunday
	f.expect(t, "2026-10-25", Progress, 1, 1, "2026-11-22 2026-11-20 open")        // Sunday
	f.expect(t, "2026-10-25", Decision, 1, 1, "2026-11-23 2026-11-20 open")
	for _, c := range []struct{ received, term, want string }{
		{"2026-10-25", "12w", "2027-01-18"}, // extended from Sunday to Monday
		{"2026-10-25", "13w", "2027-01-24"}, // Sunday
		{"2026-10-26", "90d", "2027-01-25"},
		{"2026-10-25", "91d", "2027-01-24"},
		{"2026-10-24", "3m", "2027-01-25"},
		{"2026-09-24", "4m", "2027-01-24"},
	} {
		term, err := calendar.ParseTerm(c.term)
		if err != nil {
			t.Fatal(err)
		}
		f := opened(c.received + " 09:00").under(byAct).under(func(t *Terms) { t.Confirmation = term })
		if d := f.find(t, c.received, Confirmation, 1, 1); d.Due.String() != c.want {
			t.Errorf("%s after %s is %s, want %s", c.term, c.received, d.Due, c.want)
		}
	}
}

// TestMonthsAndWorkingDays: a month ends on the same day, else on the last one; working days skip what is off, and say so.
func TestMonthsAndWorkingDays(t *testing.T) {
	f := opened("2027-01-31 09:00").under(func(t *Terms) {
		t.Acknowledgement = calendar.Term{N: 2, Unit: calendar.Workdays}
		t.Confirmation = calendar.Term{N: 1, Unit: calendar.Months}
	})
	f.expect(t, "2027-01-31", Acknowledgement, 1, 1, "2027-02-02 2027-02-01 open")
	f.expect(t, "2027-01-31", Confirmation, 1, 1, "2027-02-28 2027-02-26 open") // Sunday

	f = opened("2027-04-30 09:00").under(func(t *Terms) { t.Acknowledgement = calendar.Term{N: 4, Unit: calendar.Workdays} })
	d := f.find(t, "2027-04-30", Acknowledgement, 1, 1)
	want := "ontvangst vr 30-4 + 4 werkdagen = di 11-5 (art. 2) (vrij: Bevrijdingsdag wo 5-5, Hemelvaartsdag do 6-5, dag na Hemelvaartsdag vr 7-5); " +
		"laatste werkdag ervoor: ma 10-5"
	if got := Explain(d.Because, calendar.Dutch(), "nl"); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// TestAnExtensionMovesTheConfirmation: to the day that letter L9 names, which is owed before the confirmation was due, and
// both days are shown.
func TestAnExtensionMovesTheConfirmation(t *testing.T) {
	f := opened("2027-02-12 09:00").under(byAct).says("2027-02-12 10:00", Registered{}).sent(t, "2027-02-12 10:15", Acknowledgement)
	f.says("2027-03-22 09:00", Extended{To: day("2027-04-27"), Reason: "een getuige is ziek"})
	f.expect(t, "2027-03-22", Confirmation, 1, 1, "2027-04-27 2027-04-26 open")
	f.expect(t, "2027-03-22", Extend, 1, 1, "2027-03-26 2027-03-25 open")
	d := f.find(t, "2027-03-22", Confirmation, 1, 1)
	want := "ontvangst vr 12-2 + 42 dagen = vr 26-3 (Awb 9:11 lid 1); uitgesteld tot: di 27-4 (Awb 9:11 lid 1); laatste werkdag ervoor: ma 26-4"
	if got := Explain(d.Because, calendar.Dutch(), "nl"); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	f.sent(t, "2027-03-22 09:15", Extend)
	f.expect(t, "2027-03-30", Extend, 1, 1, "2027-03-26 2027-03-25 met 2027-03-22")
	f.expect(t, "2027-03-30", Confirmation, 1, 1, "2027-04-27 2027-04-26 open")
}

// TestThePersonsConcernedHearOfAnExtension: where the act wants it (Awb 9:11 lid 2) each who was named gets a letter of their
// own, by the same day; under a regulation that does not ask it, nobody does.
func TestThePersonsConcernedHearOfAnExtension(t *testing.T) {
	life := func(change func(*Terms)) *file {
		f := opened("2027-02-12 09:00").under(change).says("2027-02-12 10:00", Registered{}).sent(t, "2027-02-12 10:15", Acknowledgement)
		f.says("2027-02-15 09:00", PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}, Over: "te laat"},
			PersonNamed{Person: Party{Name: "Piet Blom"}})
		return f.says("2027-03-22 09:00", Extended{To: day("2027-04-23"), Reason: "een getuige is ziek"}).
			says("2027-03-23 09:00", PersonNamed{Person: Party{Name: "Later Genoemd", Mail: "later@firma.example"}})
	}
	f := life(byAct)
	f.expect(t, "2027-03-23", ExtendConcerned, 2, 1, "2027-03-26 2027-03-25 open")
	f.expect(t, "2027-03-23", ExtendConcerned, 3, 1, "2027-03-26 2027-03-25 impossible")
	var promised calendar.Date
	for _, dep := range Plan(Fold(f.facts), clock("2027-03-22 09:00"), testPolicy()) {
		if dep.Letter == LetterExtensionConcerned && dep.Ready() {
			promised = dep.Promised
		}
	}
	if promised != day("2027-04-23") {
		t.Errorf("the letter names %q", promised)
	}
	f.sent(t, "2027-03-22 09:15", ExtendConcerned)
	f.expect(t, "2027-04-01", ExtendConcerned, 2, 1, "2027-03-26 2027-03-25 met 2027-03-22")
	for _, d := range f.duties("2027-03-23") {
		if d.Kind == ExtendConcerned && d.Party == 4 {
			t.Error("who was named after it is told of the extension")
		}
	}
	for _, d := range life(func(*Terms) {}).duties("2027-03-23") {
		if d.Kind == ExtendConcerned {
			t.Errorf("party %d is told of an extension that the regulation tells nobody of", d.Party)
		}
	}
}

// TestArticlesAreThoseOfTheTerms: a promise is never said to stand in an article that the terms do not have.
func TestArticlesAreThoseOfTheTerms(t *testing.T) {
	var act Terms
	byAct(&act)
	for _, c := range []struct {
		terms Terms
		kind  Kind
		want  string
	}{
		{Optimumconsult(), Acknowledgement, "art. 2"},
		{Optimumconsult(), Withdrawal, "eigen regel"},
		{act, Confirmation, "Awb 9:11 lid 1"},
		{act, Acknowledgement, "eigen regel"},
		{act, Extend, "Awb 9:11 lid 2"},
	} {
		if got := c.terms.Where(c.kind).NL; got != c.want {
			t.Errorf("%s stands in %q, want %q", c.kind, got, c.want)
		}
	}
	f := opened("2026-11-03 10:14").says("2026-11-04 10:00", Committed{Text: "bellen", By: day("2026-11-10"), Internal: true}, Committed{Text: "mailen", By: day("2026-11-10")})
	for round, want := range map[int]string{1: "eigen regel", 2: "art. 8"} {
		c := Fold(f.facts)
		if got := c.Where(f.find(t, "2026-11-04", KeepCommitment, 1, round)).NL; got != want {
			t.Errorf("commitment %d stands in %q, want %q", round, got, want)
		}
	}
	for _, d := range opened("2026-11-03 10:14").under(byAct).duties("2026-11-03") {
		if said := Explain(d.Because, calendar.Dutch(), "nl"); strings.Contains(said, "(art. ") {
			t.Errorf("%s: %s", d.Kind, said)
		}
	}
}

// TestStoredTermsGiveTheSameDates: a case that is read back from its stored facts owes the same on the same days.
func TestStoredTermsGiveTheSameDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := opened("2026-11-03 10:14").under(byAct)
		o := f.facts[0].Body.(Opened)
		o.Received = calendar.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "day"))
		o.Terms.Confirmation = calendar.Term{N: rapid.IntRange(1, 99).Draw(t, "n"), Unit: rapid.SampledFrom([]calendar.Unit{"d", "w", "m", "wd"}).Draw(t, "unit")}
		o.Terms.Holidays.Closed = []calendar.Date{o.Received.AddDays(rapid.IntRange(0, 60).Draw(t, "closed"))}
		f.facts[0].Body = o
		before := Duties(Fold(f.facts), o.Received)
		kind, stored, err := EncodeBody(o)
		if err != nil {
			t.Fatal(err)
		}
		if f.facts[0].Body, err = DecodeBody(kind, stored); err != nil {
			t.Fatal(err)
		}
		after := Duties(Fold(f.facts), o.Received)
		for i := range before {
			if before[i].Due != after[i].Due || before[i].SendBy != after[i].SendBy {
				t.Fatalf("%s was due %s, send by %s; read back it is %s, %s", before[i].Kind, before[i].Due, before[i].SendBy, after[i].Due, after[i].SendBy)
			}
		}
	})
}
