package complaint

import (
	"testing"

	"klachtd/calendar"
)

func TestScoreIn(t *testing.T) {
	for text, want := range map[string]int{
		"4": 4, "vier": 4, "4/5": 4, "een 4": 4, "Cijfer: 3": 3, "Beste Noor,\n\n5\n\nGroet, Kim": 5, "een": 1, "2 van de 5": 2, "2 uit 5": 2,
		"Mijn cijfer is 4.": 4, "Ik geef een 3": 3, "five": 5, "6": 0, "0": 0, "45": 0, "4 of 5": 4, "Ik wil op 4 december bellen": 0, "": 0, "Dank u wel": 0, "1 2": 0,
	} {
		got, ok := scoreIn(text)
		if got != want || ok != (want > 0) {
			t.Errorf("%q: %d %v, want %d", text, got, ok, want)
		}
	}
}

// meantIn is what a message from an address may mean in a case: the Dutch lines to type.
func meantIn(c Case, from, text string) []string {
	var lines []string
	for _, m := range MeantBy(c, Incoming{From: Address{Mail: from}, Text: text}) {
		lines = append(lines, m.Line.NL)
	}
	return lines
}

// TestMeantBy: what people write back is never carried out, and never lost on the handler.
func TestMeantBy(t *testing.T) {
	day := func(n int) calendar.Date { return calendar.NewDate(2026, 11, n) }
	said := func(on int, b Body) Fact { return Fact{On: day(on), By: "h@office.example", Body: b} }
	facts := []Fact{
		{On: day(3), Body: Opened{Number: "K2026-0001", Received: day(3), Complainant: Party{ID: 1, Mail: "k@mail.example"}, Terms: Optimumconsult()}},
		said(3, Registered{}), said(4, PersonNamed{Person: Party{Name: "Bo", Mail: "bo@office.example"}}),
	}
	fold := func(more ...Fact) Case {
		all := append(facts[:len(facts):len(facts)], more...)
		for i := range all {
			all[i].Seq = i + 1
		}
		return Fold(all)
	}
	referred := Fact{On: day(20), By: ByProgram, Body: Sent{Letter: LetterReferral, MessageID: "r", Meets: []Key{{"K2026-0001", Referral, 1, 1}}}}
	questioned := Fact{On: day(5), By: ByProgram, Body: Sent{Letter: LetterInformation, MessageID: "l4", Meets: []Key{{"K2026-0001", Information, 1, 1}}}}
	offered := said(10, Offered{Text: "excuses"})
	for _, v := range []struct {
		name, from, text string
		c                Case
		want             string
	}{
		{"laat maar", "k@mail.example", "Laat maar zitten, ik heb er geen zin meer in.", fold(), "#ingetrokken Laat maar zitten, ik heb er geen zin meer in"},
		{"withdraws in English", "k@mail.example", "I want to withdraw my complaint.", fold(), "#ingetrokken I want to withdraw my complaint"},
		{"somebody else's laat maar", "x@mail.example", "Laat maar zitten.", fold(), ""},
		{"consent before the referral", "k@mail.example", "Ja, stuur mijn klacht door naar de gemeente.", fold(), ""},
		{"consent", "k@mail.example", "Ja, stuur mijn klacht door naar de gemeente.", fold(referred), "#doorverwijzen toestemming: ja"},
		{"no consent", "k@mail.example", "Nee, stuur mijn klacht niet door.", fold(referred), ""},
		{"answer to the offer", "k@mail.example", "Dat lijkt mij een goed voorstel.", fold(offered), "#tevreden 4"},
		{"answer to the questions", "k@mail.example", "Dat was op 22 oktober.", fold(questioned), "#klacht datum: <wanneer> plaats: <waar>"},
		{"the person concerned", "bo@office.example", "Ik had mij verslapen.", fold(), "#reactie <samenvatting>"},
		{"nothing", "k@mail.example", "Hoe staat het ermee?", fold(), ""},
	} {
		got := ""
		if lines := meantIn(v.c, v.from, v.text); len(lines) > 0 {
			got = lines[0]
		}
		if got != v.want {
			t.Errorf("%s: %q, want %q", v.name, got, v.want)
		}
	}
	answer := Incoming{From: Address{Mail: "k@mail.example"}, Text: "4\n"}
	if _, ok := Satisfaction(fold(), answer); ok {
		t.Error("a score before the report")
	}
	report := Fact{On: day(20), By: ByProgram, Body: Sent{Letter: LetterReportComplainant, MessageID: "l6", Meets: []Key{{"K2026-0001", ReportComplainant, 1, 1}}}}
	if n, ok := Satisfaction(fold(report), answer); !ok || n != 4 {
		t.Errorf("score %d, %v", n, ok)
	}
}
