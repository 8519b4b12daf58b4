package complaint

import "testing"

// What a look at a case costs: the clerk takes one for each case at each of its instants.

// ordinary is a case that ran from the complaint to the reports.
func ordinary() *file {
	f := opened("2026-11-03 10:14").says("2026-11-03 10:30", Registered{}, Described{About: "afspraak vergeten", Place: "Tiel"})
	f.add("2026-11-03 10:45", ByProgram, Sent{Letter: LetterAcknowledgement, Meets: []Key{{"K2026-0001", Acknowledgement, 1, 1}}, MessageID: "1", Promised: day("2026-12-15")})
	f.says("2026-11-05 09:00", PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}}, Responded{Summary: "vergeten"})
	f.says("2026-11-19 09:00", Called{}, Judged{Finding: Upheld, Reason: "reden"}, Offered{Text: "excuses"}, Reacted{Satisfied: true, Score: 4})
	f.add("2026-11-20 09:00", ByProgram, Sent{Letter: LetterConfirmation, Meets: []Key{{"K2026-0001", Confirmation, 1, 1}}, MessageID: "2"})
	return f.says("2026-11-24 09:00", MeasureTaken{Text: "de dag ervoor een bericht"})
}

func BenchmarkFold(b *testing.B) {
	f := ordinary()
	for b.Loop() {
		Fold(f.facts)
	}
}

func BenchmarkDuties(b *testing.B) {
	c, today := Fold(ordinary().facts), day("2026-11-24")
	for b.Loop() {
		Duties(c, today)
	}
}

func BenchmarkPlan(b *testing.B) {
	c, now, p := Fold(ordinary().facts), clock("2026-11-24 10:00"), testPolicy()
	for b.Loop() {
		Plan(c, now, p)
	}
}

func BenchmarkSettle(b *testing.B) {
	facts, now, p := ordinary().facts, clock("2026-11-24 10:00"), testPolicy()
	for b.Loop() {
		c := Fold(facts)
		Plan(c, now, p)
		Ended(c, day("2026-11-24"))
		Next(c, now, p)
	}
}
