package letters

import (
	"errors"
	"strings"
	"testing"

	"klachtd/complaint"
)

// concernedReport writes the report to the person concerned of a case with these changes.
func concernedReport(t *testing.T, change func(facts []complaint.Fact) []complaint.Fact) (Letter, error) {
	t.Helper()
	facts := richFacts()
	o := facts[0].Body.(complaint.Opened)
	o.Complainant.Phone = "06-12 34 56 78"
	o.Words = "Ik zat op 22 oktober om 10 uur in Tiel te wachten op mijn coach en ik ben ziek van de zenuwen. Mijn polisnummer is 20261234567."
	facts[0].Body = o
	c := sample("leak", change(facts), day(24), complaint.LetterReportConcerned)
	return testSet(t).Letter(c.Departures[0], c.Case, c.Today)
}

// TestReportToPersonConcernedLeaksNothing is procedure.md 3.3: what the handler wrote for everybody must not carry to the
// person concerned what belongs to the complainant.
func TestReportToPersonConcernedLeaksNothing(t *testing.T) {
	for _, c := range []struct{ reason, leak string }{
		{"de afspraak is vergeten", ""},
		{"zie kim.verbeek@mail.example", "e-mailadres"},
		{"zie KIM.VERBEEK@MAIL.EXAMPLE", "e-mailadres"},
		{"bel 0612345678 terug", "nummer"},
		{"bel +31 6 1234 5678 terug", "nummer"},
		{"het nummer 20261234567 klopt", "nummer"},
		{"de klager kim verbeek had gelijk", "naam"},
		{"omdat Kim lang moest wachten", "naam"},
		{"omdat mevrouw Verbeek lang moest wachten", "naam"},
		{"de klager woont op de Kerkstraat 12", "adres"},
		{"de klager woont in 4001 AB", "adres"},
		{"de klager zei: ik zat op 22 oktober om 10 uur in Tiel", "woorden"},
		{"De klager zat, op 22 oktober om 10 uur in Tiel te wachten!", "woorden"},
		{"de klager was ziek", "gezondheid"},
		{"de klager heeft een uitkering", "gezondheid"},
		{"de huisarts wist ervan", "gezondheid"},
		{"de wachttijd was lang, ook voor anderen in de zaal", ""},
		{"u had op 22 oktober om 10 uur een afspraak", ""},
	} {
		_, err := concernedReport(t, func(facts []complaint.Fact) []complaint.Fact {
			facts[7].Body = complaint.Judged{Finding: complaint.Upheld, Reason: c.reason}
			return facts
		})
		checkLeak(t, c.reason, c.leak, err)
	}
}

// TestNothingOfOthersReachesAPersonConcerned: other persons concerned, witnesses, further complainants, what was told in
// confidence, and money.
func TestNothingOfOthersReachesAPersonConcerned(t *testing.T) {
	more := func(change func([]complaint.Fact) []complaint.Fact) func([]complaint.Fact) []complaint.Fact {
		return func(facts []complaint.Fact) []complaint.Fact {
			facts = append(facts,
				by(20, complaint.ComplainantAdded{Party: complaint.Party{Name: "Sam Ooms", Mail: "sam@mail.example", Phone: "06-87 65 43 21"}}),
				by(20, complaint.PersonNamed{Person: complaint.Party{Name: "Anna Groen", Mail: "anna@coach.example"}, Over: "zij liet de telefoon die hele ochtend gewoon maar overgaan"}),
				by(20, complaint.PersonNamed{Person: complaint.Party{Role: complaint.RoleWitness, Name: "Lot Visser"}}),
				by(20, complaint.Confided{Text: "mijn buurman heeft alles vanaf zijn balkon gezien"}),
				by(20, complaint.Confided{Text: "heimwee"}),
				by(20, complaint.Reacted{Party: 3, Words: "Ik vind het echt veel te weinig voor wat er gebeurde."}))
			facts = append(facts, by(20, complaint.NoResponse{Person: 4, Reason: "ziek"}), by(20, complaint.Offered{Text: "een vergoeding van € 1.250,00"}))
			return change(facts)
		}
	}
	for _, c := range []struct{ reason, leak string }{
		{"de afspraak is vergeten", ""},
		{"Anna Groen had moeten bellen", "andere betrokkene"},
		{"omdat mevrouw Groen niet opnam", "andere betrokkene"},
		{"zij liet de telefoon die hele ochtend gewoon maar overgaan", "andere betrokkene"},
		{"Lot Visser zag het ook", "getuige"},
		{"ook Sam Ooms wachtte", "naam van de klager"},
		{"mail naar sam@mail.example", "e-mailadres"},
		{"bel 0687654321", "nummer"},
		{"ik vind het echt veel te weinig voor wat er gebeurde", "woorden van de klager"},
		{"iemand heeft alles vanaf zijn balkon gezien", "in vertrouwen"},
		{"het kwam door heimwee", "in vertrouwen"},
		{"er is 1250 euro betaald", "bedrag"},
		{"er is EUR 1.250 betaald", "bedrag"},
		{"er waren 12 mensen", ""},
	} {
		_, err := concernedReport(t, more(func(facts []complaint.Fact) []complaint.Fact {
			return append(facts, by(21, complaint.Judged{Finding: complaint.Upheld, Reason: c.reason}))
		}))
		checkLeak(t, c.reason, c.leak, err)
	}
	_, err := concernedReport(t, more(func(facts []complaint.Fact) []complaint.Fact {
		return append(facts, by(21, complaint.Responded{Person: 2, Summary: "Anna Groen zei dat er € 1.250,00 is betaald."}))
	}))
	checkLeak(t, "what the reader said of a colleague", "", err)
}

// TestNothingOfOneComplainantReachesAnother: names are replaced, what else is another's stops the letter.
func TestNothingOfOneComplainantReachesAnother(t *testing.T) {
	for _, c := range []struct{ about, leak string }{
		{"de workshop ging niet door", ""},
		{"Kim Verbeek stond voor een dichte deur", ""}, // becomes "een andere klager"
		{"antwoord naar kim.verbeek@mail.example", "e-mailadres"},
		{"ik bang ben voor de groepsleider", "in vertrouwen"},
	} {
		facts := append(together().Case.Facts, by(23, complaint.Described{About: c.about}))
		l, err := write(t, testSet(t), sample("together", facts, day(24)), complaint.LetterAcknowledgement+"@2", "nl")
		var inc *Incomplete
		if c.leak == "" && (err != nil || strings.Contains(l.Text, "Verbeek")) || c.leak != "" && (!errors.As(err, &inc) || !strings.Contains(inc.list("nl"), c.leak)) {
			t.Errorf("%q: %v\n%s", c.about, err, l.Text)
		}
		if _, err := write(t, testSet(t), sample("together", facts, day(24)), complaint.LetterAcknowledgement+"@1", "nl"); err != nil {
			t.Errorf("%q, to whose it is: %v", c.about, err)
		}
	}
}

func checkLeak(t *testing.T, what, leak string, err error) {
	t.Helper()
	var inc *Incomplete
	switch {
	case leak == "" && err != nil:
		t.Errorf("%q: %v", what, err)
	case leak != "" && (!errors.As(err, &inc) || !inc.Leak):
		t.Errorf("%q: leaks (%v)", what, err)
	case leak != "" && (!strings.Contains(inc.list("nl"), leak) || !strings.Contains(inc.list("nl"), "#verslag betrokkene:")):
		t.Errorf("%q: %v, want %s", what, inc.list("nl"), leak)
	}
}

func TestOwnResponseMaySpeakOfOwnHealth(t *testing.T) {
	respond := func(summary string) error {
		_, err := concernedReport(t, func(facts []complaint.Fact) []complaint.Fact {
			facts[6].Body = complaint.Responded{Summary: summary}
			return facts
		})
		return err
	}
	checkLeak(t, "own operation", "", respond("Ik had die dag een operatie."))
	checkLeak(t, "the complainant's illness", "gezondheid", respond("Ik wist dat de klager ziek was."))
}

func TestWrittenReportLeaksNothing(t *testing.T) {
	write := func(text string) (Letter, error) {
		return concernedReport(t, func(facts []complaint.Fact) []complaint.Fact {
			return append(facts, by(20, complaint.ReportWritten{Concerned: text}))
		})
	}
	l, err := write("De afspraak is vergeten. Wij hebben dit met u besproken.")
	checkLeak(t, "a clean report", "", err)
	if !strings.Contains(l.Text, "Wij hebben dit met u besproken.") || strings.Contains(l.Text, "Waar ging de klacht over?") {
		t.Errorf("the handler's words did not replace ours:\n%s", l.Text)
	}
	_, err = write("Kim Verbeek had gelijk.")
	checkLeak(t, "the name", "naam", err)
}

// TestReportToPersonConcernedIsNoAnswer: its headers would show whose message it answers.
func TestReportToPersonConcernedIsNoAnswer(t *testing.T) {
	rich := Samples()[0]
	l, err := concernedReport(t, func(facts []complaint.Fact) []complaint.Fact { return facts })
	if err != nil {
		t.Fatal(err)
	}
	if err := Leaks(l, rich.Case); err != nil {
		t.Error(err)
	}
	l.References = []string{"klacht@mail.example"}
	checkLeak(t, "references", "antwoorden", Leaks(l, rich.Case))
	l.References, l.InReplyTo = nil, "klacht@mail.example"
	checkLeak(t, "in reply to", "antwoorden", Leaks(l, rich.Case))
}

// TestComplainantLearnsNoName: a person concerned is named only to who named that person first.
func TestComplainantLearnsNoName(t *testing.T) {
	write := func(words string) string {
		facts := richFacts()
		o := facts[0].Body.(complaint.Opened)
		o.Words = words
		facts[0].Body = o
		facts[7].Body = complaint.Judged{Finding: complaint.Upheld, Reason: "bram post vergat de afspraak. Bram Post heeft er spijt van"}
		c := accepted("names", facts)
		var text strings.Builder
		for _, dep := range c.Departures {
			if dep.To.ID != 1 {
				continue
			}
			l, err := testSet(t).Letter(dep, c.Case, c.Today)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(l.Text)
		}
		return text.String()
	}
	if text := write("Mijn coach kwam niet. De post kwam ook niet."); strings.Contains(text, "Post") || !strings.Contains(text, "De medewerker vergat") {
		t.Errorf("it names him:\n%s", text)
	}
	if text := write("Mijn coach Bram Post kwam niet."); !strings.Contains(text, "wij hoorden Bram Post") {
		t.Errorf("it does not name him:\n%s", text)
	}
}
