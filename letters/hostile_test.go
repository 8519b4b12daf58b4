package letters

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"

	"pgregory.net/rapid"
)

// fragments are pieces of text that would be something else than text, somewhere (faults.md 5.2).
var fragments = []string{
	"\r\nBcc: x@evil.example\r\n", "\n", "\r", "\u2028", "\u0085", "%0d%0a", "=?utf-8?q?=0d=0ABcc:?=", "{{.Number}}", "{{template \"closing\" .}}", "{{end}}", "${HOME}", "%s%d%!", "<?php",
	"<script>alert(1)</script>", "<img src=http://evil.example/x>", "</td></table>", "\"'`", "&lt;b&gt;", "<!--", "javascript:alert(1)", "http://evil.example/a?b=c", "www.evil.example",
	"# Kop", "\n# Kop\n", "\n- punt\n", "\n1. stap\n", "\nDatum:  gisteren\n", "\n> citaat\n", "\n| regel\n", "\n---\n", "Subject: x", "#gegrond", "— antwoord boven deze lijn —",
	"\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b[31m", "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4", "\ufffe", "\ue000", "\xff", "a\u0301\u0302\u0303\u0304\u0305", "\u3164",
	"123456782", "1234.56.782", strings.Repeat("A", 300), strings.Repeat("woord ", 60), "Kim Verbeek", "de afspraak", ".", " ", ":", "  ", "klacht",
}

func hostileText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(fragments), rapid.String()), 0, 5).Draw(t, "parts")
		return strings.Join(parts, rapid.SampledFrom([]string{"", " "}).Draw(t, "joint"))
	})
}

// hostileCase is a case with hostile text in every field that a person can fill.
func hostileCase(t *rapid.T) []complaint.Fact {
	text := func(what string) string { return hostileText().Draw(t, what) }
	facts := []complaint.Fact{
		opened(text("name"), rapid.SampledFrom([]string{"k@mail.example", "info@mail.example", "\"a b\"@mail.example"}).Draw(t, "mail"), text("subject"), text("words")),
		by(4, complaint.Described{About: text("about"), EventDate: text("when"), Place: text("where"), Particulars: text("particulars"), Handling: text("handling")}),
		by(5, complaint.Called{With: text("with"), Notes: text("notes")}),
		by(10, complaint.PersonNamed{Person: complaint.Party{Name: text("person"), Mail: "bram.post@coach.example"}, Over: text("over")}),
		by(10, complaint.Responded{Summary: text("response"), Private: rapid.Bool().Draw(t, "private")}),
		by(17, complaint.Judged{Finding: rapid.SampledFrom([]complaint.Finding{complaint.Upheld, complaint.PartlyUpheld, complaint.NotUpheld, complaint.NoFinding}).Draw(t, "finding"), Reason: text("reason")}),
		by(18, complaint.Offered{Text: text("offer")}),
		by(19, complaint.Reacted{Satisfied: rapid.Bool().Draw(t, "satisfied"), Words: text("reaction")}),
		by(19, complaint.MeasureTaken{Text: text("measure"), Owner: text("owner")}),
		by(19, complaint.Declined{Ground: rapid.IntRange(0, 10).Draw(t, "ground"), Text: text("ground text")}),
		by(20, complaint.NoOffer{Reason: text("no offer")}),
		by(20, complaint.NoMeasure{Reason: text("no measure")}),
		by(20, complaint.ReportWritten{Complainant: text("report"), Concerned: text("report concerned")}),
		by(20, complaint.Asked{Questions: text("questions"), Until: day(28)}),
		by(20, complaint.Extended{To: day(60), Reason: text("put off")}),
		by(20, complaint.Committed{Text: text("commitment"), Owner: text("who"), By: day(28)}),
		by(20, complaint.CommitmentMoved{Commitment: 1, To: day(32), Reason: text("later")}),
		by(20, complaint.PersonNamed{Person: complaint.Party{Role: complaint.RoleWitness, Name: text("witness"), Post: text("address")}}),
		by(20, complaint.Referred{Commissioner: text("commissioner")}),
		by(20, complaint.ProgressOrdered{Text: text("progress"), By: day(30)}),
		by(21, complaint.Judged{Point: 1, About: text("point"), Finding: complaint.Upheld, Reason: text("why")}),
		by(21, complaint.Judged{Point: 2, About: text("point 2"), Finding: complaint.NotUpheld, Reason: text("why 2")}),
		by(21, complaint.Rewritten{Keys: hostileKeys(t), Text: text("own text")}),
		by(22, complaint.Withdrawn{Words: text("withdrawal")}),
	}
	// Some facts are missing, never the first.
	return append(facts[:1], slices.DeleteFunc(facts[1:], func(complaint.Fact) bool { return rapid.IntRange(0, 4).Draw(t, "missing") == 0 })...)
}

// hostileKeys are duties whose letters the handler wrote.
func hostileKeys(t *rapid.T) []complaint.Key {
	var all []complaint.Key
	for _, kind := range []complaint.Kind{complaint.Progress, complaint.Confirmation, complaint.Referral, complaint.Information, complaint.AskResponse, complaint.ReportComplainant} {
		if rapid.Bool().Draw(t, "rewritten") {
			all = append(all, complaint.Key{Case: "K2026-0007", Kind: kind, Party: rapid.IntRange(1, 2).Draw(t, "party"), Round: 1})
		}
	}
	return all
}

func TestHostileTextStaysText(t *testing.T) {
	s := testSet(t)
	names := []string{complaint.LetterAcknowledgement, complaint.LetterNonAcceptance, complaint.LetterProgress, complaint.LetterConfirmation, complaint.LetterReportComplainant,
		complaint.LetterReceipt, complaint.LetterConfirmation + " " + complaint.VariantWithReport, complaint.LetterConfirmation + " " + complaint.VariantUnfinished,
		complaint.LetterInformation, complaint.LetterReferral, complaint.LetterExtension, complaint.LetterWithdrawal, complaint.LetterCommitmentLate}
	rapid.Check(t, func(t *rapid.T) {
		sample := sample("hostile", hostileCase(t), day(24), names...)
		if len(sample.Case.Persons) > 0 {
			sample.Departures = append(sample.Departures, departure(sample.Case, complaint.LetterReportConcerned, day(24)),
				departure(sample.Case, complaint.LetterReactionRequest, day(24)))
		}
		for _, p := range sample.Case.Witnesses {
			sample.Departures = append(sample.Departures, departure(sample.Case, complaint.LetterWitnessClosing+"@"+strconv.Itoa(p.ID), day(24)))
		}
		for _, dep := range sample.Departures {
			dep.Lang = rapid.SampledFrom(languages).Draw(t, "lang")
			l, err := s.Letter(dep, sample.Case, sample.Today)
			var inc *Incomplete
			stoppable := dep.Letter != complaint.LetterAcknowledgement && dep.Letter != complaint.LetterProgress && dep.Letter != complaint.LetterReceipt && dep.Variant != complaint.VariantUnfinished
			if errors.As(err, &inc) && stoppable {
				continue // it lacks something, or would leak
			}
			if err != nil {
				t.Fatal(err)
			}
			checkStructure(t, l, templateLabels)
		}
	})
}

func TestHostileTextStaysTextToHandlers(t *testing.T) {
	s := testSet(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := sample("hostile", hostileCase(t), day(24)).Case.Facts
		text := func(what string) string { return hostileText().Draw(t, what) }
		c, now := complaint.Fold(facts), day(24).At(9, 0, time.UTC)
		in := complaint.Incoming{From: complaint.Address{Name: text("from"), Mail: "k@mail.example"}, Subject: text("subject"), Text: text("text"), Arrived: now,
			Attachments: []complaint.Attachment{{Name: text("file")}}}
		e := envelope(rapid.SampledFrom(languages).Draw(t, "lang"), complaint.AskComplaint)
		notice, err1 := s.Notice(e, Notice{Case: c, Mail: in, Plan: complaint.Plan(c, now, policy), Today: day(24), Now: now})
		answer, err2 := s.Answer(e, Answer{Case: c, Before: c, Reading: complaint.Reading{Facts: facts[1:], Show: complaint.ShowStatus}, Duties: complaint.Duties(c, day(24)), Today: day(24)})
		refused, err3 := s.Answer(e, Answer{Case: c, Before: c, Reading: complaint.Reading{Refusal: &complaint.Refusal{Line: text("line"), Try: []string{text("try")}}}, Today: day(24)})
		message, err4 := s.Message(e, Message{Case: c, Mail: in, Today: day(24)})
		e.Ask.Question = complaint.AskWhich
		daily, err5 := s.Daily(e, Daily{Today: day(24), Possible: []Possible{{N: 1, From: in.From, Subject: in.Subject, Excerpt: in.Text, Signals: []complaint.Signal{{Weight: 3, Words: text("signal")}}}}})
		alarm, err6 := s.Alarm(e, Alarm{Kind: AlarmForged, Case: numbered("K2026-0007"), Mail: in, Detail: text("detail"), Command: text("command")})
		if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
			t.Fatal(err)
		}
		for _, l := range []Letter{notice, answer, refused, message, daily, alarm} {
			checkStructure(t, l, nil)
			if strings.Contains(l.HTML, `href="http`) || strings.Count(l.HTML, "href=") > maxOptions {
				t.Fatalf("links that are not ours:\n%s", l.HTML)
			}
		}
	})
}

var (
	allowedTags = strings.Fields("!doctype html head meta title style body div h1 h2 p ul ol li table tr th td blockquote br hr a section pre span")
	anyTag      = regexp.MustCompile(`<([^>]*)>`)
	tagShape    = regexp.MustCompile(`^/?([a-zA-Z0-9!]+)((?: [a-z-]+="[^"<>]*")*)(?: html)?$`)
	hrefShape   = regexp.MustCompile(`href="(?:mailto:[A-Za-z0-9%._~@?=&;-]*|tel:[0-9+]*|https?://[^"]*)"`)
)

// number is the citizen service number among the fragments, where it is not part of a longer number.
var number = regexp.MustCompile(`(?:^|\D)(?:123456782|1234\.56\.782)(?:\D|$)`)

// templateLabels are the labels that stand in the templates.
var templateLabels = func() []string {
	var all []string
	for _, f := range fileNames() {
		text, err := source(nil, f)
		if err != nil {
			panic(err)
		}
		for line := range strings.Lines(text) {
			if m := labelMark.FindStringSubmatch(line); m != nil {
				all = append(all, m[1])
			}
		}
	}
	return all
}()

// checkStructure checks that what people wrote made no structure anywhere.
func checkStructure(t *rapid.T, l Letter, known []string) {
	for _, header := range []string{l.Subject, l.To.Name, l.To.Mail, l.ReplyTo} {
		if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || unseen(r) }) {
			t.Fatalf("header %q", header)
		}
	}
	if i := strings.IndexFunc(l.Text+l.HTML, func(r rune) bool { return isMark(r) || r != '\n' && unseen(r) }); i >= 0 {
		t.Fatalf("unseen %q in\n%s", (l.Text + l.HTML)[i:min(i+10, len(l.Text+l.HTML))], l.Text)
	}
	for _, b := range l.blocks {
		for i, line := range b.lines {
			if b.kind != rule && b.kind != copied && line.blank() {
				t.Fatalf("an empty line of kind %d, label %q:\n%s", b.kind, b.name(i), l.Text)
			}
			if known != nil && b.kind == labels && !slices.Contains(known, b.name(i)) {
				t.Fatalf("label %q", b.name(i))
			}
			for _, s := range line {
				if s.value && (b.kind == heading || s.href != "") {
					t.Fatalf("a value is a heading or leads somewhere: %q", s.text)
				}
			}
		}
	}
	body := l.HTML[strings.Index(l.HTML, "</style>"):]
	for _, m := range anyTag.FindAllStringSubmatch(l.HTML[:len(l.HTML)-len(body)]+"<"+body[1:], -1) {
		shape := tagShape.FindStringSubmatch(m[1])
		if shape == nil || !slices.Contains(allowedTags, strings.ToLower(shape[1])) {
			t.Fatalf("tag %q", m[0])
		}
		if strings.Contains(m[1], "href=") && !hrefShape.MatchString(m[1]) {
			t.Fatalf("link %q", m[0])
		}
	}
	if strings.Count(body, "<") != strings.Count(body, ">") {
		t.Fatal("a < or > that is not escaped")
	}
	if number.MatchString(l.Text) || number.MatchString(l.HTML) {
		t.Fatalf("a citizen service number:\n%s", l.Text)
	}
	sameWords(t, l)
}

// TestNoValueIsNeverPrinted writes every letter about a case of which nothing is known.
func TestNoValueIsNeverPrinted(t *testing.T) {
	s := testSet(t)
	empty := complaint.Fold([]complaint.Fact{opened("", "", "", "")})
	for _, name := range Names() {
		if toOthers(name) {
			continue
		}
		dep := departure(empty, "receipt", day(24))
		dep.Letter = name
		l, err := s.Letter(dep, empty, day(24))
		if err == nil && strings.Contains(l.Text, "<no value>") {
			t.Error(l.Text)
		}
		var inc *Incomplete
		if err != nil && !errors.As(err, &inc) {
			t.Error(fmt.Errorf("%s: %w", name, err))
		}
	}
}
