package complaint

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// now is when the handler's mails of these tests are read: Thursday 19 November 2026.
var now = clock("2026-11-19 10:00")

var sanne = Party{Name: "Sanne Bos", Mail: "sanne@praktijk.example"}

// failer is the part of testing.T that rapid.T has too.
type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// stage gives a case as it stands at a point of the procedure; each goes on from the one before it.
func stage(t failer, name string) Case {
	f := opened("2026-11-03 10:14")
	steps := []struct {
		name string
		body Body
	}{
		{"new", nil},
		{"registered", Registered{}},
		{"named", PersonNamed{Person: sanne}},
		{"heard", Responded{Summary: "Zij erkent dat zij de afspraak is vergeten."}},
		{"judged", Judged{Finding: Upheld, Reason: "De afspraak is vergeten."}},
		{"offered", Offered{Text: "een nieuwe afspraak en excuses"}},
		{"satisfied", Reacted{Satisfied: true, Score: 4, Words: "blij met de nieuwe afspraak"}},
		{"decided", MeasureTaken{Text: "herinnering de dag ervoor"}},
	}
	for i, step := range steps {
		if step.body != nil {
			f.says(fmt.Sprintf("2026-11-%02d 10:30", 3+2*i), step.body)
			f.facts[len(f.facts)-1].Mail = MailID("mail-" + step.name)
		}
		if step.name == name {
			return Fold(f.facts)
		}
	}
	if facts, ok := otherStages()[name]; ok {
		return Fold(slices.Clone(facts))
	}
	if facts, ok := specialStages()[name]; ok {
		return Fold(slices.Clone(facts))
	}
	t.Fatalf("no stage %q", name)
	return Case{}
}

// otherStages are the points beside the straight road.
func otherStages() map[string][]Fact {
	start := func(bodies ...Body) *file { return opened("2026-11-03 10:14").says("2026-11-05 10:00", bodies...) }
	letter := func(name string, kind Kind) Sent {
		return Sent{Letter: name, Meets: []Key{{"K2026-0001", kind, 1, 1}}, To: "kim@klager.example", MessageID: name}
	}
	judgement := []Body{Registered{}, NoPersonConcerned{}, Judged{Finding: Upheld, Reason: "De afspraak is vergeten."}}
	recent := func(sent ...Body) []Fact {
		f := opened("2026-11-03 10:14").says("2026-11-19 09:50", Registered{}, Described{About: "afspraak vergeten"})
		for i := range f.facts[1:] {
			f.facts[i+1].Mail = "mail-recent"
		}
		return f.add("2026-11-19 09:55", ByProgram, sent...).facts
	}
	return map[string][]Fact{
		"none":         nil,
		"acknowledged": start(Registered{}).add("2026-11-05 10:20", ByProgram, letter(LetterAcknowledgement, Acknowledgement)).facts,
		"dismissed":    start(Dismissed{}).facts,
		"at once":      start(ResolvedAtOnce{How: "factuur gecrediteerd"}).facts,
		"declined":     start(Registered{}, Declined{Ground: 3}).facts,
		"told":         start(Registered{}, Declined{Ground: 3}).add("2026-11-05 10:20", ByProgram, letter(LetterNonAcceptance, Decision)).facts,
		"nobody":       start(Registered{}, NoPersonConcerned{}).facts,
		"two persons": start(Registered{}, PersonNamed{Person: sanne},
			PersonNamed{Person: Party{Name: "Joris van Dam", Mail: "joris@praktijk.example"}, Over: "toon aan de telefoon"}).facts,
		"late":           opened("2026-10-12 10:14").says("2026-10-13 10:00", Registered{}).facts,
		"held":           start(append(judgement, Offered{Text: "excuses"}, Held{})...).facts,
		"dissatisfied":   start(append(judgement, Offered{Text: "excuses"}, Reacted{Score: 2, Words: "wil een andere coach"})...).facts,
		"undoable":       recent(),
		"undoable, sent": recent(letter(LetterAcknowledgement, Acknowledgement)),
		"closed": start(append(judgement, NoOffer{Reason: "niet gevraagd"}, Reacted{Satisfied: true, Score: 4}, NoMeasure{Reason: "eenmalig"})...).
			add("2026-11-06 10:20", ByProgram, letter(LetterAcknowledgement, Acknowledgement), letter(LetterConfirmation, Confirmation),
				letter(LetterReportComplainant, ReportComplainant)).facts,
		"english": func() []Fact {
			f := start(Registered{}, NoPersonConcerned{})
			o := f.facts[0].Body.(Opened)
			o.Lang = "en"
			f.facts[0].Body = o
			return f.facts
		}(),
	}
}

// asked makes the ask that a mail answers, by its short name in the tests.
func asked(t failer, name string) *Ask {
	a := &Ask{Token: "token", Case: "K2026-0001", To: string(noor), Asked: now.Add(-time.Hour)}
	switch name {
	case "":
		return nil
	case "complaint":
		a.Question = AskComplaint
	case "release":
		a.Question, a.Version = AskRelease, "v1"
		a.Keys = []Key{{"K2026-0001", Confirmation, 1, 1}}
	case "form":
		a.Question = AskForm
	case "posted":
		a.Question, a.Keys = AskPosted, []Key{{"K2026-0001", Acknowledgement, 1, 1}}
	case "nothing":
	case "which 3":
		a.Case, a.Question, a.Items = "", AskWhich, []MailID{"first", "second", "third"}
	case "which 1":
		a.Case, a.Question, a.Items = "", AskWhich, []MailID{"first"}
	case "lists 1":
		a.Case, a.Question, a.Cases = "", NoQuestion, []CaseID{"K2026-0002"}
	case "lists 2":
		a.Case, a.Question, a.Cases = "", NoQuestion, []CaseID{"K2026-0002", "K2026-0004"}
	default:
		t.Fatalf("no ask %q", name)
	}
	return a
}

func mailFromNoor(text string) Incoming {
	return Incoming{ID: "mail-new", From: Address{Name: "Noor Tielman", Mail: string(noor)}, Text: text, Arrived: now}
}

// reading reads a text in a case at a stage, in answer to an ask.
func reading(t failer, stageName, askName, text string) Reading {
	t.Helper()
	return Read(stage(t, stageName), mailFromNoor(text), asked(t, askName), now, testSetting())
}

// told prints a reading a line each: what was recorded, sorted, shown, remarked or refused.
func told(r Reading) string {
	var b strings.Builder
	for _, f := range r.Facts {
		fmt.Fprintf(&b, "fact: %s\n", factLine(f))
	}
	for _, id := range r.Complaints {
		fmt.Fprintf(&b, "complaint: %s\n", id)
	}
	for _, id := range r.Ordinary {
		fmt.Fprintf(&b, "ordinary: %s\n", id)
	}
	for _, bl := range r.Belongs {
		fmt.Fprintf(&b, "belongs: %s in %s\n", bl.Mail, bl.Case)
	}
	for _, e := range r.Elsewhere {
		for _, f := range e.Facts {
			fmt.Fprintf(&b, "in %s: %s\n", e.Case, factLine(f))
		}
	}
	for _, o := range r.Opens {
		fmt.Fprintf(&b, "opens: %s\n", openingLine(o))
		for _, f := range o.Facts {
			fmt.Fprintf(&b, "there: %s\n", factLine(f))
		}
	}
	if r.Quiet {
		b.WriteString("quiet\n")
	}
	if r.Show != ShowNothing {
		fmt.Fprintf(&b, "show: %s\n", r.Show)
	}
	for _, h := range r.Hints {
		fmt.Fprintf(&b, "hint: %s\n", strings.ReplaceAll(h.NL, "\n", " / "))
	}
	if r.Refusal != nil {
		fmt.Fprintf(&b, "refused: %s\nbecause: %s\n", oneLine(r.Refusal.Line), oneLine(r.Refusal.Why.NL))
		for _, try := range r.Refusal.Try {
			fmt.Fprintf(&b, "try: %s\n", strings.ReplaceAll(try, "\n", " / "))
		}
	}
	return b.String()
}

// factLine prints a fact as "17-11 judged finding=upheld reason=...", the day left out when it is that of the mail.
func factLine(f Fact) string {
	line := ""
	if f.On != day("2026-11-19") {
		line = f.On.String() + " "
	}
	kind, body, err := EncodeBody(f.Body)
	if err != nil {
		panic(err)
	}
	fields := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\n`, " / ").Replace(string(body))
	return strings.TrimSpace(line + kind + " " + strings.TrimSuffix(strings.TrimPrefix(fields, "{"), "}"))
}
