package complaint

import "testing"

// TestOurOwnRulesHaveTheirDates: what no article promises is owed by a day all the same, is met by its letter or fact, and
// is of no article, so that nobody but the handler is reminded of it.
func TestOurOwnRulesHaveTheirDates(t *testing.T) {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}).sent(t, "2026-11-03 10:45", Acknowledgement)
	f.says("2026-11-04 09:00", Asked{Questions: "hoe laat?"}, Authority{State: AuthorityAsked, Of: "vader"},
		PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}, Over: "te laat"},
		PersonNamed{Person: Party{Role: RoleWitness, Name: "Lot Visser", Mail: "lot@mail.example"}})
	f.expect(t, "2026-11-04", Information, 1, 1, "2026-11-11 2026-11-10 open")
	f.expect(t, "2026-11-04", AwaitAuthority, 1, 1, "2026-11-18 2026-11-17 open")
	f.expect(t, "2026-11-04", AskResponse, 2, 1, "2026-11-11 2026-11-10 open")
	f.sent(t, "2026-11-04 09:15", Information).says("2026-11-05 09:00", Authority{State: AuthorityGiven})
	f.expect(t, "2026-11-05", Information, 1, 1, "2026-11-11 2026-11-10 met 2026-11-04")
	f.expect(t, "2026-11-05", AwaitAuthority, 1, 1, "2026-11-18 2026-11-17 met 2026-11-05")

	f.sent(t, "2026-11-05 10:00", AskResponse)
	f.expect(t, "2026-11-05", AwaitResponse, 2, 1, "2026-11-12 2026-11-11 open")
	f.says("2026-11-10 09:00", Responded{Person: 2, Summary: "vergeten"}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"})
	f.expect(t, "2026-11-10", AwaitResponse, 2, 1, "2026-11-12 2026-11-11 met 2026-11-10")
	f.expect(t, "2026-11-10", AwaitReaction, 1, 1, "2026-11-24 2026-11-23 open")

	f.says("2026-11-12 09:00", Reacted{Satisfied: true, Score: 4}, Committed{Text: "bellen", By: day("2026-11-20")}, MeasureTaken{Text: "bericht"})
	f.expect(t, "2026-11-12", AwaitReaction, 1, 1, "2026-11-24 2026-11-23 met 2026-11-12")
	f.expect(t, "2026-11-12", KeepCommitment, 1, 1, "2026-11-20 2026-11-19 open")
	f.expect(t, "2026-11-12", FollowMeasure, 1, 1, "2027-02-12 2027-02-11 open")
	f.expect(t, "2026-11-12", CloseWitness, 3, 1, "2026-12-03 2026-12-02 open")
	f.says("2026-11-16 09:00", CommitmentMoved{Commitment: 1, To: day("2026-11-27"), Reason: "ziekte"})
	f.expect(t, "2026-11-16", CommitmentLate, 1, 1, "2026-11-23 2026-11-20 open")
	f.sent(t, "2026-11-16 09:15", CommitmentLate).sent(t, "2026-11-16 09:15", CloseWitness)
	f.expect(t, "2026-11-17", CommitmentLate, 1, 1, "2026-11-23 2026-11-20 met 2026-11-16")
	f.expect(t, "2026-11-17", CloseWitness, 3, 1, "2026-12-03 2026-12-02 met 2026-11-16")
	f.says("2027-02-01 09:00", MeasureDone{Measure: 1})
	f.expect(t, "2027-02-01", FollowMeasure, 1, 1, "2027-02-12 2027-02-11 met 2027-02-01")

	for _, d := range f.duties("2027-02-01") {
		switch d.Kind {
		case Information, AwaitAuthority, AskResponse, AwaitResponse, AwaitReaction, CommitmentLate, CloseWitness, FollowMeasure:
			if d.Article != 0 {
				t.Errorf("%s is of article %d", d.Kind, d.Article)
			}
		}
	}
}
