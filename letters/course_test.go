package letters

import (
	"strings"
	"testing"

	"klachtd/complaint"
)

// The course tells what happened on a day before the letter about it, and the day of the first decision though a later
// word took its place.
func TestTheCourseIsInOrder(t *testing.T) {
	facts := append([]complaint.Fact{opened("Kim Verbeek", "kim.verbeek@mail.example", "Klacht", "Ik wil een klacht indienen.")},
		by(3, complaint.Registered{}), sent(3, complaint.LetterAcknowledgement, "", day(24)), by(9, complaint.NoPersonConcerned{}),
		by(10, complaint.Judged{Finding: complaint.Upheld, Reason: "De afspraak is vergeten."}),
		by(10, complaint.Offered{Text: "Een nieuwe afspraak."}), by(10, complaint.Reacted{Satisfied: false}),
		by(10, complaint.Called{}), sent(10, complaint.LetterConfirmation, "", 0),
		by(12, complaint.Judged{Finding: complaint.Upheld, Reason: "De afspraak is vergeten, en niemand belde."}),
		by(12, complaint.Offered{Text: "Een nieuwe afspraak en excuses."}), by(12, complaint.Reacted{Satisfied: true}), by(12, complaint.NoMeasure{Reason: "eenmalig"}))
	s := sample("course", facts, day(13), complaint.LetterReportComplainant)
	l, err := testSet(t).Letter(s.Departures[0], s.Case, s.Today)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, line := range []string{"10 november 2026: wij belden met u", "10 november 2026: wij beslisten", "10 november 2026: u gaf uw reactie",
		"10 november 2026: wij bevestigden", "12 november 2026: wij deden u een voorstel"} {
		i := strings.Index(l.Text[at:], line)
		if i < 0 {
			t.Fatalf("%q is not there, or not in its place:\n%s", line, l.Text)
		}
		at += i
	}
	if strings.Contains(l.Text, "12 november 2026: wij beslisten") {
		t.Error("the decision is told of the wrong day")
	}
}
