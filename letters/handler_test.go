package letters

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

const token = "k7q2w9e4r5t6y8u1i3o0p2a4s6"

var policy = complaint.Policy{
	Zone: time.UTC, Grace: 15 * time.Minute, AutoAt: complaint.TimeOfDay{Hour: 16},
	From: complaint.TimeOfDay{Hour: 8}, Until: complaint.TimeOfDay{Hour: 18}, Unanswered: complaint.SendReceipt,
}

func envelope(lang string, q complaint.Question) Envelope {
	return Envelope{
		To:   Handler{Name: "Noor Tielman", Email: "noor@coach.example", Phone: "06 00 00 00 01"},
		Ask:  complaint.Ask{Token: token, Case: "K2026-0007", To: "noor@coach.example", Question: q},
		Lang: lang,
	}
}

// handlerMails writes one of each mail to a handler about a case.
func handlerMails(t testing.TB, s *Set, lang string, facts []complaint.Fact) map[string]Letter {
	t.Helper()
	all := map[string]Letter{}
	put := func(name string, l Letter, err error) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		all[name] = l
	}
	at := func(n int, d calendar.Date) (complaint.Case, []complaint.Departure, time.Time) {
		c, now := complaint.Fold(facts[:n]), d.At(9, 30, time.UTC)
		return c, complaint.Plan(c, now, policy), now
	}
	c, plan, now := at(1, day(3))
	l, err := s.Notice(envelope(lang, complaint.AskComplaint), Notice{Case: c, Plan: plan, Today: day(3), Now: now})
	put("1 notice", l, err)
	c, plan, now = at(1, day(12))
	l, err = s.Notice(envelope(lang, complaint.AskComplaint), Notice{Case: c, Plan: plan, Today: day(12), Now: now, Related: []complaint.CaseID{"K2026-0003"}})
	put("2 notice, found late", l, err)
	in := complaint.Incoming{MessageID: "ja@mail.example", From: complaint.Address{Mail: "noor@coach.example"}}
	c, plan, now = at(2, day(3))
	l, err = s.Answer(envelope(lang, complaint.AskForm), Answer{Case: c, Before: complaint.Fold(facts[:1]), Plan: plan, To: in,
		Reading: complaint.Reading{Facts: facts[1:2]}, Duties: complaint.Duties(c, day(3)), Today: day(3), Now: now})
	put("3 answer, form", l, err)
	l, err = s.Answer(envelope(lang, complaint.NoQuestion), Answer{Case: c, Before: c, Plan: plan, Today: day(3), Now: now, To: in,
		Reading: complaint.Reading{Refusal: &complaint.Refusal{Line: "#gegornd want te laat", Why: complaint.Words{NL: "Dit woord ken ik niet.", EN: "I do not know this word."}, Try: []string{"#gegrond want te laat"}}}})
	put("4 answer, refused", l, err)
	n := len(facts) - 1
	c, plan, now = at(n, day(19))
	q, departures := complaint.NextQuestion(c, plan, day(19))
	var drafts []Letter
	for _, d := range departures {
		draft, err := s.Letter(d, c, day(19))
		if err != nil {
			t.Errorf("draft: %v", err)
			continue
		}
		drafts = append(drafts, draft)
	}
	l, err = s.Answer(envelope(lang, q), Answer{Case: c, Before: complaint.Fold(facts[:n-2]), Plan: plan, Drafts: drafts, To: in,
		Reading: complaint.Reading{Facts: facts[n-2 : n], Hints: []complaint.Words{{NL: "Bedoelde u: versturen?", EN: "Did you mean: send?"}}}, Duties: complaint.Duties(c, day(19)), Today: day(19), Now: now})
	put("5 answer, drafts", l, err)
	l, err = s.Answer(envelope(lang, complaint.NoQuestion), Answer{Case: c, Before: c, Reading: complaint.Reading{Show: complaint.ShowStatus}, Today: day(19), Now: now, To: in})
	put("6 answer, status", l, err)
	leak := &Incomplete{Letter: complaint.LetterReportConcerned, Case: "K2026-0007", Leak: true, Missing: []complaint.Words{{NL: "het verslag noemt de naam van de klager", EN: "the report names the complainant"}, {NL: "schrijf dit verslag zelf, met: " + rewrite.NL, EN: "write this report yourself, with: " + rewrite.EN}}}
	l, err = s.Answer(envelope(lang, complaint.NoQuestion), Answer{Case: c, Before: c, Blocked: []*Incomplete{leak}, Today: day(19), Now: now, To: in})
	put("6b answer, blocked", l, err)
	l, err = s.Answer(Envelope{To: envelope(lang, "").To, Lang: lang, Ask: complaint.Ask{Token: token}}, Answer{Reading: complaint.Reading{Complaints: []complaint.MailID{"a"}, Ordinary: []complaint.MailID{"b", "c"}}, Today: day(19), Now: now, To: in})
	put("6c answer to the daily mail", l, err)
	possible := Possible{N: 1, From: complaint.Address{Name: "P. de Wit", Mail: "p@mail.example"}, Subject: c.Opening.Subject, Excerpt: c.Opening.Words,
		Received: day(2), Signals: c.Opening.Verdict.Signals, Deadline: day(13)}
	second := possible
	second.N = 2
	reminded := CaseReminders{Case: c, Reminders: complaint.Reminders(c, day(8), day(9), policy), Ask: complaint.Ask{Token: "t2" + token, Case: "K2026-0007", Question: complaint.AskComplaint}}
	c, plan, _ = at(1, day(9))
	reminded = CaseReminders{Case: c, Reminders: complaint.Reminders(c, day(8), day(9), policy), Plan: plan, Ask: reminded.Ask}
	daily := envelope(lang, complaint.AskWhich)
	daily.Ask.Case = ""
	l, err = s.Daily(daily, Daily{Today: day(9), Possible: []Possible{possible, second}, Near: []Possible{{N: 3, From: possible.From, Subject: "Vraag", Received: day(6)}}, Cases: []CaseReminders{reminded}})
	put("7 daily", l, err)
	l, err = s.Daily(daily, Daily{Today: day(9), Possible: []Possible{possible}})
	put("8 daily, one", l, err)
	daily.Ask.Question = complaint.NoQuestion
	l, err = s.Daily(daily, Daily{Today: day(9), Cases: []CaseReminders{reminded}})
	put("9 daily, cases only", l, err)
	l, err = s.Substitute(Envelope{To: Handler{Name: "Ruud Bos", Email: "ruud@bos.example"}, Lang: lang, Ask: complaint.Ask{Token: token}},
		Cover{Today: day(17), Cases: []CoverLine{{Case: "K2026-0007", By: day(17)}, {Case: "K2026-0009", By: day(13), Late: true}}})
	put("A substitute", l, err)
	l, err = s.Message(envelope(lang, complaint.AskComplaint), Message{Case: c, Today: day(9), Now: now,
		Mail: complaint.Incoming{From: complaint.Address{Mail: c.Opening.Complainant.Mail}, Subject: "Re: " + c.Opening.Subject, Text: c.Opening.Words, Arrived: now,
			Attachments: []complaint.Attachment{{Name: "foto.jpg", Type: "image/jpeg", Size: 120_000}}}})
	put("B message", l, err)
	for i, a := range []Alarm{
		{Kind: AlarmBounce, Case: numbered("K2026-0007"), Letter: complaint.LetterAcknowledgement, To: "kim.verbeek@mail.example", Detail: "5.1.1 user unknown"},
		{Kind: AlarmRefused, Case: numbered("K2026-0007"), Letter: complaint.LetterAcknowledgement, To: "kim.verbeek@mail.example", Detail: "550 no such user"},
		{Kind: AlarmAstray, Case: numbered("K2026-0007"), Mail: complaint.Incoming{From: complaint.Address{Mail: "info@coach.example"}, Arrived: now}, Command: "#gegrond de afspraak is vergeten"},
		{Kind: AlarmForged, Case: numbered("K2026-0007"), Mail: complaint.Incoming{From: complaint.Address{Mail: "noor@coach.example"}, Arrived: now}, Command: "#ongegrond onzin"},
		{Kind: AlarmParked, Mail: complaint.Incoming{From: complaint.Address{Mail: "x@mail.example"}, Subject: c.Opening.Subject, Arrived: now}, Detail: "nesting beyond the guard"},
		{Kind: AlarmIncomplete, Case: numbered("K2026-0007"), Letter: complaint.LetterReportConcerned, Err: fmt.Errorf("write: %w", leak)},
		{Kind: AlarmDoubt, Case: numbered("K2026-0007"), Letter: complaint.LetterConfirmation, To: "kim.verbeek@mail.example"},
		{Kind: AlarmMailServer, Since: now, Detail: "dial tcp: connection refused"},
	} {
		e := envelope(lang, complaint.NoQuestion)
		e.Ask.Case = a.Case.Opening.Number
		l, err = s.Alarm(e, a)
		put(fmt.Sprintf("C%d alarm, %s", i, a.Kind), l, err)
	}
	courseMails(t, s, lang, put)
	return all
}

func TestHandlerMailsAsWritten(t *testing.T) {
	s := testSet(t)
	for _, lang := range languages {
		var b strings.Builder
		mails := handlerMails(t, s, lang, accepted("rich", richFacts()).Case.Facts)
		for _, name := range slices.Sorted(maps.Keys(mails)) {
			l := mails[name]
			fmt.Fprintf(&b, "==== %s\nTo: %s <%s>\nSubject: %s\n\n%s\n", name, l.To.Name, l.To.Mail, l.Subject, l.Text)
			if strings.HasPrefix(name, "5") || strings.HasPrefix(name, "7") || strings.HasPrefix(name, "1") || strings.HasPrefix(name, "3") {
				golden(t, "handler"+name[:1]+"."+lang+".html", l.HTML)
			}
		}
		golden(t, "handler."+lang+".txt", b.String())
	}
}

// TestHandlerMailsHaveOneSkeleton is design.md section 5: the line above which to answer, at most one question and four
// answers, no content in the subject, and the token at the very end.
func TestHandlerMailsHaveOneSkeleton(t *testing.T) {
	s := testSet(t)
	for lang, first := range map[string]string{"nl": complaint.AnswerLine, "en": complaint.AnswerLineEN} {
		for name, l := range handlerMails(t, s, lang, accepted("rich", richFacts()).Case.Facts) {
			t.Run(lang+" "+name, func(t *testing.T) {
				if !strings.HasPrefix(l.Text, first+"\n\n") {
					t.Errorf("it does not begin with the answer line:\n%s", l.Text)
				}
				if !strings.HasSuffix(l.Text, " "+token+"\n") {
					t.Errorf("it does not end with its token:\n%s", l.Text)
				}
				if l.ReplyTo != "info+"+token+"@coach.example" || !l.ToHandler {
					t.Errorf("reply to %q, to a handler %t", l.ReplyTo, l.ToHandler)
				}
				for _, secret := range []string{"Kim", "Verbeek", "afspraak", "Bram", "Tiel"} {
					if strings.Contains(l.Subject, secret) {
						t.Errorf("subject %q speaks of %s", l.Subject, secret)
					}
				}
				if strings.Contains(l.Subject+l.Text, "!") {
					t.Errorf("it shouts:\n%s", l.Text)
				}
				for _, b := range l.blocks {
					if b.kind == choices && len(b.lines) > maxOptions {
						t.Errorf("%d answers", len(b.lines))
					}
				}
				sameWords(t, l)
				checkSentences(t, Letter{blocks: withoutFaint(l.blocks)})
			})
		}
	}
}

// withoutFaint leaves out the computing of dates, frames and text to copy, which are no sentences of the mail.
func withoutFaint(blocks []block) []block {
	var all []block
	for _, b := range blocks {
		if b.kind == frame || b.kind == copied || b.kind == labels || b.kind == quotation {
			continue
		}
		c := block{kind: b.kind}
		for _, l := range b.lines {
			var kept line
			for _, s := range l {
				if s.below { // it is a sentence of its own
					c.lines, kept = append(c.lines, kept), nil
				}
				if !s.faint {
					kept = append(kept, s)
				}
			}
			c.lines = append(c.lines, kept)
		}
		all = append(all, c)
	}
	return all
}

var href = regexp.MustCompile(`href="(mailto:[^"]*)"`)

// TestOneTapCarriesToken follows the links as a mail program does.
func TestOneTapCarriesToken(t *testing.T) {
	s := testSet(t)
	mails := handlerMails(t, s, "nl", accepted("rich", richFacts()).Case.Facts)
	check := func(name string, n int, subject, body string) {
		t.Helper()
		found := href.FindAllStringSubmatch(mails[name].HTML, -1)
		if len(found) <= n {
			t.Fatalf("%s has %d links", name, len(found))
		}
		u, err := url.Parse(html.UnescapeString(found[n][1]))
		if err != nil {
			t.Fatal(err)
		}
		to, err := url.PathUnescape(u.Opaque)
		if err != nil || !strings.HasPrefix(to, "info+") || !strings.HasSuffix(to, "@coach.example") {
			t.Errorf("%s: to %q, %v", name, to, err)
		}
		q, err := url.ParseQuery(u.RawQuery)
		if err != nil || strings.Contains(u.RawQuery, "+") {
			t.Errorf("%s: query %q, %v", name, u.RawQuery, err)
		}
		if q.Get("subject") != subject || q.Get("body") != body {
			t.Errorf("%s: subject %q body %q", name, q.Get("subject"), q.Get("body"))
		}
	}
	check("1 notice", 0, "ja [K2026-0007 "+token+"]", "ja")
	check("1 notice", 1, "nee [K2026-0007 "+token+"]", "nee")
	check("3 answer, form", 0, "formulier invullen [K2026-0007 "+token+"]", strings.ReplaceAll(complaint.Form(complaint.Fold(richFacts()[:2]), "nl"), "\n", "\r\n"))
	check("5 answer, drafts", 0, "ja [K2026-0007 "+token+"]", "ja")
	check("7 daily", 0, "1 ["+token+"]", "1")
	check("7 daily", 3, "geen ["+token+"]", "geen")
	check("7 daily", 4, "K2026-0007 is een klacht [K2026-0007 t2"+token+"]", "ja")
	check("8 daily, one", 0, "ja ["+token+"]", "ja")
}

func TestSubstituteLearnsNumberAndDateOnly(t *testing.T) {
	l := handlerMails(t, testSet(t), "nl", accepted("rich", richFacts()).Case.Facts)["A substitute"]
	for _, secret := range []string{"Kim", "Verbeek", "kim.verbeek", "afspraak", "Bram"} {
		if strings.Contains(l.Text+l.HTML, secret) {
			t.Errorf("it speaks of %s:\n%s", secret, l.Text)
		}
	}
}

func TestAnswerStaysInTheThread(t *testing.T) {
	l := handlerMails(t, testSet(t), "nl", accepted("rich", richFacts()).Case.Facts)["3 answer, form"]
	if l.InReplyTo != "ja@mail.example" || len(l.References) != 1 {
		t.Errorf("in reply to %q, references %q", l.InReplyTo, l.References)
	}
}

func TestDangerIsSaidFirst(t *testing.T) {
	facts := richFacts()[:1]
	o := facts[0].Body.(complaint.Opened)
	o.Verdict.Danger = true
	facts[0].Body = o
	c := complaint.Fold(facts)
	l, err := testSet(t).Notice(envelope("nl", complaint.AskComplaint), Notice{Case: c, Today: day(3), Plan: complaint.Plan(c, day(3).At(9, 0, time.UTC), policy)})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(l.Text, "\n")
	if !strings.HasPrefix(lines[2], "Lees dit bericht nu") || !strings.Contains(l.Text, "Er gaat geen brief vanzelf weg.") {
		t.Error(l.Text)
	}
}

func TestDraftReadBackFromStoreIsShown(t *testing.T) {
	s, rich := testSet(t), Samples()[0]
	l, err := s.Letter(rich.Departures[0], rich.Case, rich.Today)
	if err != nil {
		t.Fatal(err)
	}
	l.blocks = nil
	a, err := s.Answer(envelope("nl", complaint.AskRelease), Answer{Case: rich.Case, Before: rich.Case, Drafts: []Letter{l}})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(l.Text) {
		if line = noSpace(line); !strings.Contains(noSpace(strings.ReplaceAll(a.Text, "\n| ", "\n")), line) || !strings.Contains(noSpace(a.HTML), html.EscapeString(line)) {
			t.Errorf("it does not show %q", line)
		}
	}
}

// numbered is a case of which only the number is known.
func numbered(id complaint.CaseID) complaint.Case {
	return complaint.Case{Opening: complaint.Opened{Number: id}}
}
