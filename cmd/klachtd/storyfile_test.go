package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
)

// story is a file of testdata/stories: a number and a title, a paragraph on what it shows, and what happens. It is played
// by the whole program, and printed for people to read. This is all there is to its language:
//
//	# Verhaal 1. Titel.
//	# Een alinea die erboven staat.
//
//	di 3-11-2026 10:14  Kim Verbeek <kim@klager.example> mailt: onderwerp
//	  | tekst                                             somebody writes to the office
//	  kop: Naam: waarde                                   with a header of its own
//	  bijlage: naam.pdf                                   and an attachment
//	di 3-11-2026 10:20  Noor antwoordt: onderwerp         on the last mail klachtd sent her with these words in its subject
//	di 3-11-2026 10:30  Info schrijft aan kim@klager.example: onderwerp
//	                                                      by hand, from the shared mailbox
//	di 3-11-2026 10:35  kim@klager.example krijgt: onderwerp
//	  bevat: tekst                                        a mail klachtd sent in that minute, which holds these words,
//	  zonder: tekst                                       and not these,
//	  bijlage: naam.pdf                                   and this attachment
//	di 3-11-2026 12:00  kim@klager.example krijgt niets   nothing that the lines above do not tell
//	di 3-11-2026 12:00  kim@klager.example weigert post   her mail server says 550; "neemt post aan" ends it
//	di 3-11-2026 12:00  kim@klager.example stuurt terug: onderwerp
//	                                                      her mail server took that letter, and returns it
//	di 3-11-2026 12:00  kim@klager.example hangt op: na de volgende brief
//	                                                      the next letter to her is taken and copied to Sent, and the
//	                                                      connection is lost before the answer
//	di 3-11-2026 12:00  K2026-0001 staat op: bevestigd    "bestaat niet": there is no such case
//	  verslag aan de klager (Kim Verbeek, ronde 2): open, uiterlijk di 17-11-2026, versturen op ma 16-11-2026
//	  gerekend: ontvangst di 3-11 + 14 dagen = di 17-11 (art. 2)
//	  bewaard: onderwerp                                  a mail with that subject is filed with the case
//	  verder niets open                                   a duty, how its date was computed; and no other duty is open
//
// A paragraph of # lines between the events is printed where it stands; ## lines are not printed. People are Noor (the handler), Ruud (who steps in
// for her) and Info (the office); anybody else has a mail address, and a name before it at least once.
type story struct {
	file   string
	number string // "1", "5b"
	title  string
	intro  string
	events []event
}

// event is one line of a story with what is indented below it.
type event struct {
	line   int
	at     time.Time
	who    string
	verb   string // "" for a remark of the story itself
	to     string // of schrijft
	what   string
	text   string // of | lines
	checks []check
}

// check is another indented line: a mark and a value, or a duty.
type check struct {
	line        int
	mark, value string
	duty        *dutyLine
}

// dutyLine is what a story says of a duty.
type dutyLine struct {
	name, party string
	intern      bool // a commitment that nobody outside was promised
	round       int
	state       string // open, te laat, gedaan, te laat gedaan, vervallen, niet mogelijk
	on          calendar.Date
	reason      string // of vervallen, niet mogelijk
	due, sendBy calendar.Date
}

var (
	storyTitle = regexp.MustCompile(`^Verhaal (\d+[a-z]?)\. (.+)\.$`)
	eventLine  = regexp.MustCompile(`^(\w\w \d+-\d+-\d{4}) (\d\d:\d\d)\s+(\S+(?: <\S+>)?|[^:]*?<\S+>) ` +
		`(mailt|antwoordt|schrijft|krijgt niets|krijgt|staat op|bestaat niet|weigert post|neemt post aan|stuurt terug|hangt op)(?: aan (\S+))?(?:: (.*))?$`)
	marks = []string{"bevat", "zonder", "kop", "bijlage", "gerekend", "bewaard"}
)

// stories reads all stories, in the order of their numbers.
func stories(t *testing.T) []story {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(*storyDir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	var all []story
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s, err := readStory(f, string(text), mustZone(t))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func readStory(file, text string, zone *time.Location) (story, error) {
	r := &storyReader{story: story{file: file}, zone: zone}
	for i, line := range strings.Split(text, "\n") {
		r.line = i + 1
		if err := r.read(line); err != nil {
			return story{}, fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
	}
	if r.story.number == "" || r.story.intro == "" || len(r.story.events) == 0 {
		return story{}, fmt.Errorf("%s: a story has a number and a title, a paragraph, and something that happens", file)
	}
	return r.story, nil
}

type storyReader struct {
	story story
	zone  *time.Location
	line  int
	open  bool // the last line belongs to a remark
}

func (r *storyReader) read(line string) error {
	remark, isRemark := strings.CutPrefix(line, "#")
	remark = strings.TrimSpace(remark)
	defer func() { r.open = isRemark }()
	switch {
	case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "##"):
		return nil
	case isRemark && r.story.number == "":
		m := storyTitle.FindStringSubmatch(remark)
		if m == nil {
			return fmt.Errorf("the first line is not a number and a title: %q", remark)
		}
		r.story.number, r.story.title = m[1], m[2]
		return nil
	case isRemark:
		r.remark(remark)
		return nil
	case strings.HasPrefix(line, " "):
		return r.below(strings.TrimSpace(line))
	}
	return r.event(line)
}

func (r *storyReader) remark(text string) {
	events := r.story.events
	switch {
	case len(events) == 0:
		r.story.intro = strings.TrimSpace(r.story.intro + " " + text)
	case r.open:
		events[len(events)-1].text += " " + text
	default:
		r.story.events = append(events, event{line: r.line, at: events[len(events)-1].at, text: text})
	}
}

func (r *storyReader) event(line string) error {
	m := eventLine.FindStringSubmatch(line)
	if m == nil {
		return fmt.Errorf("not a line of a story: %q", line)
	}
	day, err := storyDay(m[1])
	if err != nil {
		return err
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", day.String()+" "+m[2], r.zone)
	if err != nil {
		return err
	}
	if n := len(r.story.events); n > 0 && at.Before(r.story.events[n-1].at) {
		return fmt.Errorf("%s lies before the line above it", m[1])
	}
	r.story.events = append(r.story.events, event{line: r.line, at: at, who: m[3], verb: m[4], to: m[5], what: m[6]})
	return nil
}

// below reads an indented line.
func (r *storyReader) below(line string) error {
	if len(r.story.events) == 0 {
		return fmt.Errorf("nothing happened yet")
	}
	last := &r.story.events[len(r.story.events)-1]
	if text, ok := strings.CutPrefix(line, "|"); ok {
		last.text += strings.TrimPrefix(text, " ") + "\n"
		return nil
	}
	if line == nothingElse {
		last.checks = append(last.checks, check{line: r.line, mark: line})
		return nil
	}
	mark, value, ok := strings.Cut(line, ": ")
	switch {
	case !ok:
		return fmt.Errorf("what is %q?", line)
	case last.verb == "staat op" && mark != "gerekend" && mark != "bewaard":
		d, err := readDutyLine(mark, value)
		if err != nil {
			return err
		}
		last.checks = append(last.checks, check{line: r.line, duty: &d})
	case slices.Contains(marks, mark):
		last.checks = append(last.checks, check{line: r.line, mark: mark, value: value})
	default:
		return fmt.Errorf("what is %q?", mark)
	}
	return nil
}

// nothingElse says that no other duty is open than those above it.
const nothingElse = "verder niets open"

const intern = "intern"

func readDutyLine(name, value string) (dutyLine, error) {
	d := dutyLine{name: name, round: 1}
	if head, of, ok := strings.Cut(strings.TrimSuffix(name, ")"), " ("); ok {
		d.name = head
		for _, part := range strings.Split(of, ", ") {
			if part == intern {
				d.intern = true
			} else if _, err := fmt.Sscanf(part, "ronde %d", &d.round); err != nil {
				d.party = part
			}
		}
	}
	head, dates, _ := strings.Cut(value, ", uiterlijk ")
	state, reason, _ := strings.Cut(head, " (")
	state, on, done := strings.Cut(state, " op ")
	d.state, d.reason = state, strings.TrimSuffix(reason, ")")
	due, sendBy, _ := strings.Cut(dates, ", versturen op ")
	for _, part := range []struct {
		text   string
		day    *calendar.Date
		needed bool
	}{{on, &d.on, done}, {due, &d.due, d.state != "vervallen" && d.state != "niet mogelijk"}, {sendBy, &d.sendBy, false}} {
		if part.text == "" && !part.needed {
			continue
		}
		day, err := storyDay(part.text)
		if err != nil {
			return d, err
		}
		*part.day = day
	}
	return d, nil
}

// storyDay reads "di 3-11-2026". The name of the day has to be right.
func storyDay(s string) (calendar.Date, error) {
	name, date, _ := strings.Cut(s, " ")
	at, err := time.Parse("2-1-2006", date)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day as in di 3-11-2026", s)
	}
	day := calendar.On(at, time.UTC)
	if want := day.Short("nl")[:2]; want != name {
		return 0, fmt.Errorf("%s is a %s", date, want)
	}
	return day, nil
}

func sayDay(d calendar.Date) string {
	y, m, day := d.YMD()
	return fmt.Sprintf("%s %d-%d-%d", d.Short("nl")[:2], day, m, y)
}

// heading names a duty, and of several of a kind which.
func (d dutyLine) heading() string {
	var of []string
	if d.party != "" {
		of = append(of, d.party)
	}
	if d.intern {
		of = append(of, intern)
	}
	if d.round > 1 {
		of = append(of, fmt.Sprintf("ronde %d", d.round))
	}
	if len(of) == 0 {
		return d.name
	}
	return d.name + " (" + strings.Join(of, ", ") + ")"
}

func (d dutyLine) String() string {
	said := d.state
	if d.reason != "" {
		said += " (" + d.reason + ")"
	}
	if !d.on.IsZero() {
		said += " op " + sayDay(d.on)
	}
	if !d.due.IsZero() {
		said += ", uiterlijk " + sayDay(d.due)
	}
	if !d.sendBy.IsZero() {
		said += ", versturen op " + sayDay(d.sendBy)
	}
	return d.heading() + ": " + said
}
