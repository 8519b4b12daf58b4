package main

import (
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

const mailCase complaint.CaseID = "K2026-0001"

// caseAt gives the case that a mail is about, as far as it has come; each stage goes on from the one before it. A list of
// bodies is what the handler said on the days between.
func caseAt(t testing.TB, stage string) complaint.Case {
	t.Helper()
	road := []struct {
		name string
		body complaint.Body
	}{
		{"new", nil},
		{"registered", complaint.Registered{}},
		{"named", complaint.PersonNamed{Person: complaint.Party{Name: "Sanne Bos", Mail: "sanne@praktijk.example"}}},
		{"heard", complaint.Responded{Summary: "Zij erkent dat zij de afspraak is vergeten."}},
		{"judged", complaint.Judged{Finding: complaint.Upheld, Reason: "De afspraak is vergeten."}},
		{"offered", complaint.Offered{Text: "een nieuwe afspraak en excuses"}},
		{"satisfied", complaint.Reacted{Satisfied: true, Score: 4, Words: "blij met de nieuwe afspraak"}},
		{"decided", complaint.MeasureTaken{Text: "herinnering de dag ervoor"}},
	}
	if stage == "none" {
		return complaint.Case{}
	}
	f := caseFile{}
	f.open(stage)
	if bodies, ok := sideRoads[stage]; ok {
		for _, b := range bodies {
			f.add(5, b)
		}
		return complaint.Fold(f)
	}
	for i, step := range road {
		if step.body != nil {
			f.add(3+2*i, step.body)
		}
		if step.name == stage {
			return complaint.Fold(f)
		}
	}
	t.Fatalf("no stage %q", stage)
	return complaint.Case{}
}

// sideRoads are the stages beside the straight road.
var sideRoads = map[string][]complaint.Body{
	"english": {complaint.Registered{}, complaint.NoPersonConcerned{}},
	"dissatisfied": {complaint.Registered{}, complaint.NoPersonConcerned{}, complaint.Judged{Finding: complaint.Upheld, Reason: "De afspraak is vergeten."},
		complaint.Offered{Text: "excuses"}, complaint.Reacted{Score: 2, Words: "wil een andere coach"}},
	"closed": {complaint.Registered{}, complaint.NoPersonConcerned{}, complaint.Judged{Finding: complaint.Upheld, Reason: "De afspraak is vergeten."},
		complaint.NoOffer{Reason: "niet gevraagd"}, complaint.Reacted{Satisfied: true, Score: 4}, complaint.NoMeasure{Reason: "eenmalig"},
		sentLetter(complaint.LetterAcknowledgement, complaint.Acknowledgement), sentLetter(complaint.LetterConfirmation, complaint.Confirmation),
		sentLetter(complaint.LetterReportComplainant, complaint.ReportComplainant)},
	"committed": {complaint.Registered{}, complaint.NoPersonConcerned{}, complaint.Judged{Finding: complaint.Upheld, Reason: "De afspraak is vergeten."},
		complaint.Offered{Text: "excuses"}, complaint.Committed{Text: "rapport toesturen", By: calendar.NewDate(2026, time.December, 1)}},
	"representative": {complaint.Registered{}, complaint.Authority{State: complaint.AuthorityAsked, Of: "Piet de Wit"}},
	"points": {complaint.Registered{}, complaint.PersonNamed{Person: complaint.Party{Name: "Sanne Bos", Mail: "sanne@praktijk.example"}},
		complaint.Responded{Summary: "Zij erkent dat zij de afspraak is vergeten."}},
	"printed": {complaint.Registered{}, complaint.Printed{Letter: complaint.LetterAcknowledgement, MessageID: "p1",
		Meets: []complaint.Key{{Case: mailCase, Kind: complaint.Acknowledgement, Party: 1, Round: 1}}}},
}

func sentLetter(letter string, kind complaint.Kind) complaint.Sent {
	return complaint.Sent{Letter: letter, Meets: []complaint.Key{{Case: mailCase, Kind: kind, Party: 1, Round: 1}}, To: "kim@klager.example", MessageID: letter}
}

type caseFile []complaint.Fact

// open begins the case on Tuesday 3 November 2026.
func (f *caseFile) open(stage string) {
	lang := "nl"
	if stage == "english" {
		lang = "en"
	}
	kim := complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: "Kim Verbeek", Mail: "kim@klager.example"}
	if stage == "printed" {
		kim.Mail, kim.Post = "", "Kerkstraat 1, 4001 AB Tiel"
	}
	f.add(3, complaint.Opened{
		Number: mailCase, Received: calendar.NewDate(2026, time.November, 3), ReceivedAt: atTen(3), Origin: complaint.OriginCertain,
		Complainant: kim,
		Handler:     "noor@praktijk.example", Lang: lang, Terms: complaint.Optimumconsult(), Verdict: complaint.Verdict{Class: complaint.Certain},
		Subject: "Klacht", Words: "Ik wil een klacht indienen.",
	})
}

// add records what the handler said, or klachtd did, on a day of November 2026.
func (f *caseFile) add(day int, b complaint.Body) {
	by, kind := complaint.Actor("noor@praktijk.example"), ""
	switch b.(type) {
	case complaint.Sent, complaint.Printed:
		by = complaint.ByProgram
	}
	kind, _, _ = complaint.EncodeBody(b)
	*f = append(*f, complaint.Fact{Seq: len(*f) + 1, On: calendar.NewDate(2026, time.November, day), At: atTen(day), By: by,
		Mail: complaint.MailID("mail-" + kind), Body: b})
}

func atTen(day int) time.Time { return time.Date(2026, time.November, day, 9, 0, 0, 0, time.UTC) }

// askedAt makes the question that a mail answers, by its short name.
func askedAt(t testing.TB, c complaint.Case, name string) *complaint.Ask {
	t.Helper()
	a := &complaint.Ask{Token: "token", Case: c.Opening.Number, To: "noor@praktijk.example", Asked: mailRead.Add(-time.Hour)}
	questions := map[string]complaint.Question{"complaint": complaint.AskComplaint, "release": complaint.AskRelease, "form": complaint.AskForm,
		"posted": complaint.AskPosted, "wrote": complaint.AskWrote, "nothing": complaint.NoQuestion}
	which, many := strings.CutPrefix(name, "which ")
	q, ok := questions[name]
	switch {
	case name == "":
		return nil
	case many:
		a.Question, a.Items = complaint.AskWhich, []complaint.MailID{"first", "second", "third"}[:which[0]-'0']
	case !ok:
		t.Fatalf("no question %q", name)
	default:
		a.Question = q
	}
	switch q {
	case complaint.AskRelease:
		a.Keys, a.Version = []complaint.Key{{Case: mailCase, Kind: complaint.Confirmation, Party: 1, Round: 1}}, "v1"
	case complaint.AskPosted:
		a.Keys = []complaint.Key{{Case: mailCase, Kind: complaint.Acknowledgement, Party: 1, Round: 1}}
	case complaint.AskWrote:
		a.Items = []complaint.MailID{"again"}
	}
	return a
}

func mailSetting() complaint.Setting {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	policy := complaint.Policy{Zone: zone, Grace: 15 * time.Minute, AutoAt: complaint.TimeOfDay{Hour: 16},
		From: complaint.TimeOfDay{Hour: 8}, Until: complaint.TimeOfDay{Hour: 18}, Unanswered: complaint.SendReceipt, Lang: "nl"}
	return complaint.Setting{Policy: policy, Terms: complaint.Optimumconsult(), Case: otherCase, Handlers: []complaint.Handler{
		{Name: "Noor Tielman", Mail: "noor@praktijk.example"}, {Name: "Ruud Bos", Mail: "ruud@praktijk.example", Substitute: true},
	}}
}

// otherCase finds the one case beside the one that the mails are about.
func otherCase(id complaint.CaseID) (complaint.Case, bool) {
	var f caseFile
	f.open("registered")
	o := f[0].Body.(complaint.Opened)
	o.Number = id
	f[0].Body = o
	f.add(5, complaint.Registered{})
	return complaint.Fold(f), id == "K2026-0002"
}
