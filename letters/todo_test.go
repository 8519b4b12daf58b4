package letters

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

var blank = regexp.MustCompile(`<[^<>]*>`)

// fillIn types something into the blanks of a line.
func fillIn(line string) string {
	return blank.ReplaceAllStringFunc(line, func(b string) string {
		if strings.Contains(b, "1-9") {
			return "3"
		}
		return "een bericht vooraf"
	})
}

// obeyed reads a line as the handler's whole answer in a case.
func obeyed(c complaint.Case, line string, today calendar.Date) complaint.Reading {
	at := today.At(12, 0, time.UTC)
	in := complaint.Incoming{From: complaint.Address{Mail: "noor@coach.example"}, Text: line, Arrived: at}
	setting := complaint.Setting{Policy: policy, Handlers: []complaint.Handler{{Name: "Noor Tielman", Mail: "noor@coach.example"}}}
	return complaint.Read(c, in, &complaint.Ask{Case: c.Opening.Number, To: "noor@coach.example"}, at, setting)
}

// openCases are cases in which every kind of duty is open that no letter meets.
func openCases() map[string][]complaint.Fact {
	asked := func(person int) complaint.Fact {
		return complaint.Fact{On: day(11), By: complaint.ByProgram, Body: complaint.Sent{Letter: complaint.LetterReactionRequest, MessageID: fmt.Sprint("l11-", person), Promised: day(18),
			Meets: []complaint.Key{{Case: "K2026-0007", Kind: complaint.AskResponse, Party: person, Round: 1}}}}
	}
	several := append(upToFinding()[:4], by(9, complaint.ComplainantAdded{Party: complaint.Party{Name: "Bo Smit", Mail: "bo@mail.example"}}), upToFinding()[5],
		by(11, complaint.PersonNamed{Person: complaint.Party{Name: "Ans Kok", Mail: "ans@coach.example"}, Over: "te laat"}), asked(3), asked(4))
	return map[string][]complaint.Fact{
		"new": richFacts()[:2], "due": dueFacts(), "post": postFacts(),
		"hearing":      append(richFacts()[:6], asked(2)),
		"dissatisfied": append(upToFinding(), by(19, complaint.Offered{Text: "excuses"}), by(19, complaint.Reacted{Score: 2})),
		"resolved":     append(upToFinding(), by(19, complaint.Offered{Text: "excuses"}), by(19, complaint.Reacted{Satisfied: true, Score: 4})),
		"silent":       append(upToFinding(), by(10, complaint.Offered{Text: "excuses"}), by(25, complaint.Called{NoAnswer: true})),
		"several":      several,
		"several offered": append(slices.Clone(several), by(12, complaint.Responded{Person: 3, Summary: "x"}), by(12, complaint.Responded{Person: 4, Summary: "x"}),
			by(13, complaint.Judged{Finding: complaint.Upheld, Reason: "x"}), by(14, complaint.Offered{Text: "excuses"})),
	}
}

// TestLinesToTypeWork: whatever a mail tells a handler to type about a duty is understood, and records something.
func TestLinesToTypeWork(t *testing.T) {
	met := map[complaint.Kind]bool{}
	for name, facts := range openCases() {
		c, today := numberedFacts(facts), day(20)
		if name == "silent" {
			today = day(26)
		}
		for _, d := range complaint.Duties(c, today) {
			for _, lang := range languages {
				sh := testSet(t).sheet(envelope(lang, complaint.NoQuestion))
				if d.State != complaint.Open {
					continue
				}
				for _, deed := range sh.deeds(d, c) {
					met[d.Kind] = true
					line := fillIn(deed.line.In(lang))
					if r := obeyed(c, line, today); r.Refusal != nil || len(r.Facts) == 0 {
						t.Errorf("%s: %q: %d facts, %+v", d.Kind, line, len(r.Facts), r.Refusal)
					} else if _, note := r.Facts[0].Body.(complaint.Noted); note {
						t.Errorf("%s: %q is taken for a note", d.Kind, line)
					} else if about, ok := partyOf(r.Facts[0].Body); ok && strings.HasPrefix(name, "several") && about != d.Party {
						t.Errorf("%s of %d: %q is about %d", d.Kind, d.Party, line, about)
					}
				}
			}
		}
	}
	for _, k := range []complaint.Kind{complaint.Acknowledgement, complaint.Decision, complaint.AwaitAuthority, complaint.AskResponse, complaint.AwaitResponse, complaint.AwaitReaction,
		complaint.ReconsiderOffer, complaint.Measure, complaint.FollowMeasure, complaint.KeepCommitment} {
		if !met[k] {
			t.Errorf("nothing to type about %s was tried", k)
		}
	}
}

// partyOf is whom a fact is about, of several.
func partyOf(b complaint.Body) (int, bool) {
	switch b := b.(type) {
	case complaint.Reacted:
		return b.Party, true
	case complaint.Called:
		return b.Party, true
	case complaint.Responded:
		return b.Person, true
	case complaint.NoResponse:
		return b.Person, true
	}
	return 0, false
}

// TestAdviceLinesWork: so are the lines of the advice, and those that say what a message means.
func TestAdviceLinesWork(t *testing.T) {
	var lines []string
	for _, w := range flagWords {
		lines = append(lines, w.line.NL, w.line.EN)
	}
	lines = append(lines, "#klacht medeklager: Bo Smit, bo@mail.example", "#complaint co-complainant: Bo Smit, bo@mail.example", "#betrokkene ik", "#concerned me",
		"#ingetrokken laat maar zitten", "#withdrawn never mind", "#doorverwijzen toestemming: ja", "#refer consent: yes")
	c := numberedFacts(upToFinding())
	for _, line := range lines {
		if r := obeyed(c, fillIn(line), day(20)); r.Refusal != nil || len(r.Facts) == 0 {
			t.Errorf("%q: %d facts, %+v", fillIn(line), len(r.Facts), r.Refusal)
		}
	}
	if r := obeyed(numberedFacts(postFacts()), "#verzonden gisteren", day(9)); r.Refusal != nil || len(r.Facts) != 1 {
		t.Errorf("#verzonden gisteren: %+v", r)
	}
}

// TestBounceSaysHowToCorrect: the line to type names whoever the letter was for, and works.
func TestBounceSaysHowToCorrect(t *testing.T) {
	c := numberedFacts(append(upToFinding(), by(18, complaint.ComplainantAdded{Party: complaint.Party{Name: "Bo Smit", Mail: "bo@mail.example"}})))
	for to, want := range map[string]complaint.Party{
		"bram.post@coach.example":  {ID: 2, Mail: "nieuw@mail.example"},
		"kim.verbeek@mail.example": {ID: 1, Mail: "nieuw@mail.example"},
		"bo@mail.example":          {ID: 3, Mail: "nieuw@mail.example"},
	} {
		a := Alarm{Kind: AlarmBounce, Case: c, To: to}
		for _, lang := range languages {
			line := strings.NewReplacer("<e-mailadres>", "nieuw@mail.example", "<mail address>", "nieuw@mail.example").Replace(correcting(a).In(lang))
			r := obeyed(c, line, day(20))
			if r.Refusal != nil {
				t.Errorf("%q: %+v", line, r.Refusal)
				continue
			}
			after := numberedFacts(append(c.Facts[:len(c.Facts):len(c.Facts)], r.Facts...))
			if got := after.Party(want.ID); got.Mail != want.Mail {
				t.Errorf("%q: party %d is reached at %q", line, want.ID, got.Mail)
			}
		}
	}
}

// TestLineToTypeStandsLast: what is copied from a line to type holds no word of ours behind it, in text and in HTML.
func TestLineToTypeStandsLast(t *testing.T) {
	buttons := regexp.MustCompile(`class="button"[^>]*>#[^<]*</a>(.{0,20})`)
	seen := 0
	for _, lang := range languages {
		for name, l := range handlerMails(t, testSet(t), lang, accepted("rich", richFacts()).Case.Facts) {
			if m := regexp.MustCompile(`(?m)^ *- #`).FindString(l.Text); m != "" {
				t.Errorf("%s %s: an answer begins with the line to type, and goes on behind it", lang, name)
			}
			for _, m := range buttons.FindAllStringSubmatch(l.HTML, -1) {
				if seen++; m[1] != "</td></tr>" {
					t.Errorf("%s %s: %q goes on", lang, name, m[0])
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no button with a line to type")
	}
}
