package letters

import (
	"testing"
	"time"

	"klachtd/complaint"
)

var testPolicy = complaint.Policy{
	Zone: time.UTC, Grace: 15 * time.Minute, AutoAt: complaint.TimeOfDay{Hour: 16}, From: complaint.TimeOfDay{Hour: 8}, Until: complaint.TimeOfDay{Hour: 18},
	Unanswered: complaint.SendReceipt,
}

func envelope(q complaint.Question, lang string) Envelope {
	return Envelope{
		To:   Handler{Name: "Noor Tielman", Email: "noor@coach.example"},
		Ask:  complaint.Ask{Token: "k7q2w9e4r5t6y8u1i3o0p2a4s6", Case: "K2026-0007", Question: q},
		Lang: lang,
	}
}

func TestDumpHandler(t *testing.T) {
	s, err := Load(nil, testOffice())
	if err != nil {
		t.Fatal(err)
	}
	rich := Samples()[0]
	facts := rich.Case.Facts
	c := complaint.Fold(facts[:1])
	now := day(9).At(9, 0, time.UTC)
	e := envelope(complaint.AskComplaint, "nl")
	l, err := s.Notice(e, Notice{Case: c, Plan: complaint.Plan(c, now, testPolicy), Today: day(9), Now: now})
	t.Logf("=== %v\n%s\n%s", err, l.Subject, l.Text)

	c = complaint.Fold(facts[:10])
	now = day(19).At(9, 0, time.UTC)
	plan := complaint.Plan(c, now, testPolicy)
	q, deps := complaint.NextQuestion(c, plan)
	var drafts []Letter
	for _, d := range deps {
		draft, err := s.Letter(d, c, day(19))
		if err != nil {
			t.Error(err)
		}
		drafts = append(drafts, draft)
	}
	l, err = s.Answer(envelope(q, "nl"), Answer{Case: c, Before: complaint.Fold(facts[:8]), Reading: complaint.Reading{Facts: facts[8:10]}, Plan: plan, Drafts: drafts,
		Duties: complaint.Duties(c, day(19)), Today: day(19), Now: now})
	t.Logf("=== %v\n%s\n%s", err, l.Subject, l.Text)
}
