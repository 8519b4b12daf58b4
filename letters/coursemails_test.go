package letters

import (
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// courseMails are mails to a handler about the ways a case can go besides the straight one.
func courseMails(t testing.TB, s *Set, lang string, put func(name string, l Letter, err error)) {
	t.Helper()
	in := complaint.Incoming{MessageID: "mail@mail.example", From: complaint.Address{Mail: "noor@coach.example"}}
	answer := func(name string, q complaint.Question, today calendar.Date, before, facts []complaint.Fact, more func(*Answer)) {
		t.Helper()
		c := numberedFacts(append(before[:len(before):len(before)], facts...))
		now := today.At(9, 30, time.UTC)
		a := Answer{Case: c, Before: numberedFacts(before), Reading: complaint.Reading{Facts: facts}, Plan: complaint.Plan(c, now, policy),
			Duties: complaint.Duties(c, today), Today: today, Now: now, To: in}
		if more != nil {
			more(&a)
		}
		l, err := s.Answer(envelope(lang, q), a)
		put(name, l, err)
	}
	message := func(name string, q complaint.Question, facts []complaint.Fact, from, text string, danger bool) {
		t.Helper()
		c, now := numberedFacts(facts), day(24).At(9, 30, time.UTC)
		l, err := s.Message(envelope(lang, q), Message{Case: c, Danger: danger, Today: day(24), Now: now, Plan: complaint.Plan(c, now, policy),
			Mail: complaint.Incoming{From: complaint.Address{Mail: from}, Subject: "Re: uw brief", Text: text, Arrived: now}})
		put(name, l, err)
	}
	notices(s, lang, put)
	declined := []complaint.Fact{{On: day(4), At: day(4).At(9, 30, time.UTC), By: "noor@coach.example", Body: complaint.Declined{Ground: 3}}}
	answer("E0 answer, not taken up", complaint.NoQuestion, day(4), richFacts()[:2], declined, func(a *Answer) {
		for _, dep := range a.Plan {
			if l, err := s.Letter(dep, a.Case, a.Today); err == nil {
				a.Leaving = append(a.Leaving, l)
			}
		}
	})
	answer("E1 answer, withdrawn", complaint.NoQuestion, day(11), richFacts()[:7], []complaint.Fact{by(11, complaint.Withdrawn{Words: "laat maar zitten"})}, nil)
	answer("E2 answer, reopened", complaint.AskForm, day(30), append(richFacts(), by(20, complaint.Withdrawn{Words: "laat maar"})),
		[]complaint.Fact{by(30, complaint.Reopened{Reason: "nieuwe informatie", From: day(29)})}, nil)
	answer("E3 answer, all that is agreed", complaint.NoQuestion, day(20), richFacts(), []complaint.Fact{
		by(20, complaint.Committed{Text: "nieuwe afspraak in Tiel", Owner: "Noor Tielman", By: day(30)}),
		by(20, complaint.Committed{Text: "dossier bijwerken", By: day(27), Internal: true}),
		by(20, complaint.CommitmentMoved{Commitment: 1, To: day(27).AddWeeks(2), Reason: "de zaal is bezet"}),
		by(20, complaint.Linked{Case: "K2026-0003"}), by(20, complaint.Confided{Text: "thuissituatie"}),
	}, nil)
	answer("E4 answer, other cases", complaint.NoQuestion, day(20), richFacts(), nil, func(a *Answer) {
		other, fresh := numberedFacts(richFacts()[:2]), numberedFacts(richFacts()[:1])
		other.Opening.Number, fresh.Opening.Number = "K2026-0009", "K2026-0011"
		a.Also = []Also{{Case: other, Facts: []complaint.Fact{by(20, complaint.Noted{Text: "teruggebeld"})}}, {Case: fresh, Facts: []complaint.Fact{by(20, complaint.Registered{})}, Opened: true}}
	})
	answer("E5 answer, overview", complaint.NoQuestion, day(20), richFacts(), nil, func(a *Answer) {
		a.Reading.Show, a.Case, a.Before, a.Duties, a.Plan = complaint.ShowCases, complaint.Case{}, complaint.Case{}, nil, nil
		a.Cases = []complaint.Case{numberedFacts(richFacts()), numberedFacts(richFacts()[:2])}
		a.Cases[1].Opening.Number = "K2026-0009"
	})
	post := postFacts()
	answer("E6 answer, to be posted", complaint.AskPosted, day(9), post, []complaint.Fact{by(9, complaint.Noted{Text: "zondag gebeld"})}, nil)
	c, now := numberedFacts(post[:2]), day(4).At(9, 30, time.UTC)
	for _, dep := range complaint.Plan(c, now, policy) {
		if dep.Channel != complaint.ByPost || dep.Letter != complaint.LetterAcknowledgement {
			continue
		}
		l, err := s.Letter(dep, c, day(4))
		if err != nil {
			t.Fatal(err)
		}
		l, err = s.Print(envelope(lang, complaint.AskPosted), Print{Case: c, Departure: dep, Letter: l, Today: day(4)})
		put("F0 letter to print", l, err)
	}
	kim := "kim.verbeek@mail.example"
	message("G0 message, ended case", complaint.AskWrote, append(richFacts()[:2], by(4, complaint.Dismissed{})), kim, "Er is nu weer niemand gekomen.", false)
	message("G1 message, danger", complaint.NoQuestion, richFacts()[:7], kim, "Ik maak er een eind aan als dit zo doorgaat.", true)
	message("G2 message, withdraws", complaint.NoQuestion, richFacts()[:7], kim, "Laat maar zitten. En stuurt u mij mijn dossier.", false)
	report := append(richFacts(), sent(23, complaint.LetterReportComplainant, "", 0))
	message("G3 message, score", complaint.NoQuestion, report, kim, "4", false)
	message("G4 message, person concerned", complaint.NoQuestion, richFacts()[:6], "bram.post@coach.example", "Ik was ziek die dag.", false)
	covers(s, lang, put)
	due := CaseReminders{Case: numberedFacts(dueFacts()), Ask: complaint.Ask{Token: "t3" + token, Case: "K2026-0007"}}
	due.Reminders = complaint.Reminders(due.Case, day(1), day(27), policy)
	due.Plan = complaint.Plan(due.Case, day(27).At(8, 30, time.UTC), policy)
	waits := CaseReminders{Case: numberedFacts(post), Ask: complaint.Ask{Token: "t4" + token, Case: "K2026-0007", Question: complaint.AskPosted}}
	waits.Reminders = complaint.Reminders(waits.Case, day(12), day(13), policy)
	held := CaseReminders{Case: numberedFacts(append(richFacts(), by(24, complaint.Held{}))), Ask: complaint.Ask{Token: "t5" + token, Case: "K2026-0007"}}
	held.Reminders = complaint.Reminders(held.Case, day(26), day(30), policy)
	daily := envelope(lang, complaint.NoQuestion)
	daily.Ask.Case = ""
	l, err := s.Daily(daily, Daily{Today: day(27), Cases: []CaseReminders{due, waits, held}})
	put("H0 daily, many duties", l, err)
}

// numberedFacts folds facts as the clerk would have numbered them.
func numberedFacts(facts []complaint.Fact) complaint.Case {
	for i := range facts {
		facts[i].Seq = i + 1
		if facts[i].At.IsZero() {
			facts[i].At = facts[i].On.At(9, 0, time.UTC)
		}
	}
	return complaint.Fold(facts)
}

// notices are those with something besides the complaint in them.
func notices(s *Set, lang string, put func(string, Letter, error)) {
	facts := richFacts()[:1]
	o := facts[0].Body.(complaint.Opened)
	o.Words = "Ik wil een klacht indienen. Noor Tielman wist hiervan. Mijn medische gegevens zijn aan mijn werkgever doorgegeven. Ik wil inzage in mijn dossier en ik stel u aansprakelijk voor de schade. " +
		"Ik maak bezwaar tegen het besluit van de gemeente."
	o.ReceivedAt = day(3).At(10, 14, time.UTC)
	facts[0].Body = o
	due := complaint.PrivacyDue(day(3), o.Terms.Holidays)
	task := complaint.Fact{On: day(3), By: complaint.ByProgram, Body: complaint.Committed{Text: complaint.PrivacyTask.NL, Internal: true, By: due}}
	c := numberedFacts(append(facts, task))
	n := Notice{Case: c, Plan: complaint.Plan(c, day(3).At(10, 14, time.UTC), policy), Today: day(3), Now: day(3).At(10, 14, time.UTC), Names: "Noor Tielman",
		Related: []complaint.CaseID{"K2026-0003"}, Others: []complaint.Address{{Name: "Bo Smit", Mail: "bo@mail.example"}}}
	l, err := s.Notice(envelope(lang, complaint.AskComplaint), n)
	put("D0 notice, much to mind", l, err)
	c = numberedFacts(richFacts()[:5])
	l, err = s.Notice(envelope(lang, complaint.AskForm), Notice{Case: c, HandedOver: true, Plan: complaint.Plan(c, day(10).At(9, 0, time.UTC), policy), Today: day(10), Now: day(10).At(9, 0, time.UTC)})
	put("D1 notice, handed over", l, err)
}

func covers(s *Set, lang string, put func(string, Letter, error)) {
	e := Envelope{To: Handler{Name: "Ruud Bos", Email: "ruud@bos.example"}, Lang: lang, Ask: complaint.Ask{Token: token, Question: complaint.AskTakeOver, Cases: []complaint.CaseID{"K2026-0007", "K2026-0009"}}}
	l, err := s.Substitute(e, Cover{Today: day(17), Cases: []CoverLine{{Case: "K2026-0007", By: day(17)}, {Case: "K2026-0009", By: day(13), Late: true}}, Possible: 2, PossibleBy: day(18)})
	put("A1 substitute, take over", l, err)
	e.Ask.Cases = e.Ask.Cases[:1]
	l, err = s.Substitute(e, Cover{Today: day(17), Cases: []CoverLine{{Case: "K2026-0007", By: day(17)}}})
	put("A2 substitute, take one over", l, err)
}

// TestUntranslatedReasonIsSaid: a Dutch reason in an English letter is pointed out before it leaves.
func TestUntranslatedReasonIsSaid(t *testing.T) {
	s := testSet(t)
	facts := richFacts()
	o := facts[0].Body.(complaint.Opened)
	o.Lang = "en"
	facts[0].Body = o
	c, now := numberedFacts(facts), day(20).At(9, 30, time.UTC)
	plan := complaint.Plan(c, now, policy)
	q, deps := complaint.NextQuestion(c, plan, day(20))
	var drafts []Letter
	for _, dep := range deps {
		if l, err := s.Letter(dep, c, day(20)); err == nil {
			drafts = append(drafts, l)
		}
	}
	l, err := s.Answer(envelope("nl", q), Answer{Case: c, Before: c, Plan: plan, Drafts: drafts, Today: day(20), Now: now})
	if err != nil || len(drafts) == 0 {
		t.Fatal(err, len(drafts))
	}
	text := strings.Join(strings.Fields(l.Text), " ")
	for _, want := range []string{"Let op: de brief aan Kim Verbeek is in het Engels, maar dit stuk is in het Nederlands:", "#tekst <uw eigen tekst>"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, l.Text)
		}
	}
	if strings.Contains(handlerMails(t, s, "nl", accepted("rich", richFacts()).Case.Facts)["5 answer, drafts"].Text, "Let op") {
		t.Error("a Dutch letter with Dutch words is warned of")
	}
}

// postFacts are of somebody who can only be written to by post, up to the acknowledgement that lies ready.
func postFacts() []complaint.Fact {
	first := opened("P. de Wit", "", "", "Ik ben niet teruggebeld.")
	o := first.Body.(complaint.Opened)
	o.Complainant.Post, o.Channel, o.Origin = "Kerkstraat 1, 4001 AB Tiel", "letter", complaint.OriginEntered
	first.Body = o
	key := complaint.Key{Case: "K2026-0007", Kind: complaint.Acknowledgement, Party: 1, Round: 1}
	printed := complaint.Printed{Letter: complaint.LetterAcknowledgement, Meets: []complaint.Key{key}, MessageID: "print@coach.example", Promised: day(3).AddWeeks(6)}
	return []complaint.Fact{first, by(3, complaint.Registered{}), {On: day(4), By: complaint.ByProgram, Body: printed}}
}

// dueFacts are of a case with one of each duty that no letter meets.
func dueFacts() []complaint.Fact {
	return append(upToFinding(),
		by(10, complaint.Authority{State: complaint.AuthorityAsked, Of: "J. Verbeek"}),
		by(12, complaint.PersonNamed{Person: complaint.Party{Name: "Ans Kok", Mail: "ans@coach.example"}}),
		by(19, complaint.Offered{Text: "een nieuwe afspraak"}),
		by(20, complaint.MeasureTaken{Text: "een bericht vooraf", By: day(27)}),
		by(20, complaint.Committed{Text: "terugbellen", By: day(27)}),
	)
}

// TestPrintedLetterIsWhole: what is to be posted goes along as plain text and as a page that needs nothing else, with the
// address in both, and the mail that brings it goes nowhere but to the handler.
func TestPrintedLetterIsWhole(t *testing.T) {
	mails := map[string]Letter{}
	courseMails(t, testSet(t), "nl", func(name string, l Letter, err error) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		mails[name] = l
	})
	l := mails["F0 letter to print"]
	if l.To.Mail != "noor@coach.example" || len(l.Cc) > 0 || len(l.Attachments) != 2 {
		t.Fatalf("to %q, copy to %v, %d attachments", l.To.Mail, l.Cc, len(l.Attachments))
	}
	page, text := string(l.Attachments[0].Data), string(l.Attachments[1].Data)
	for _, want := range []string{"P. de Wit", "Kerkstraat 1", "4001 AB Tiel", "Met vriendelijke groet", "K2026-0007"} {
		if !strings.Contains(page, want) || !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, remote := range []string{"src=", "@import", "url(", "http://", "<script", "<link"} {
		if strings.Contains(page, remote) {
			t.Errorf("the page fetches something: %s", remote)
		}
	}
	if !strings.Contains(page, `class="sign"`) || !strings.Contains(page, "size:A4") {
		t.Errorf("no page to sign:\n%s", page)
	}
	if l.Attachments[0].Name != "k2026-0007-ontvangstbevestiging.html" {
		t.Errorf("called %q", l.Attachments[0].Name)
	}
	golden(t, "printed.nl.html", page)
	golden(t, "printed.nl.txt", text)
}
