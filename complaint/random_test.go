package complaint

import (
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"pgregory.net/rapid"
)

// What holds of a case whatever happens in it, sense or nonsense. The stories are drawn at random (random_story_test.go).

// check tells three hundred stories, the same each time, so that a change is to blame when one goes wrong. Other stories, and
// more of them: go test ./complaint -run Random -rapid.checks=20000
func check(t *testing.T, story func(*rapid.T)) {
	t.Helper()
	if asked := flag.Lookup("rapid.checks").Value.String(); asked == "100" { // the default
		for name, value := range map[string]string{"rapid.checks": "300", "rapid.seed": "1"} {
			was := flag.Lookup(name).Value.String()
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
			defer flag.Set(name, was)
		}
	}
	rapid.Check(t, story)
}

func TestRandomStories(t *testing.T) {
	check(t, func(t *rapid.T) { tell(newStory(t), acts, sensible) })
}

func TestRandomNonsense(t *testing.T) {
	check(t, func(t *rapid.T) {
		s := newStory(t)
		s.wild = true
		tell(s, slices.Concat(acts, nonsense, nonsense), always)
	})
}

// tell lets a story run and looks at the case after each act.
func tell(s *story, of []act, rules []rule) {
	was := s.look()
	for range s.IntRange(1, 40, "acts") {
		told := len(s.facts)
		name := s.step(of)
		before := was
		if s.now != was.now { // time alone
			was = s.lookAt(was.facts)
			s.holds(name, rules, change{was: before, is: was})
		}
		if len(s.facts) > told {
			is := s.look()
			s.holds(name, rules, change{was: was, is: is, by: s.facts[told:]})
			was = is
		}
	}
}

// moment is all that can be known of a case at an instant.
type moment struct {
	now    time.Time
	today  calendar.Date
	facts  []Fact
	c      Case
	duties []Duty
	plan   []Departure
	next   time.Time
	policy Policy
}

func (s *story) look() moment { return s.lookAt(slices.Clone(s.facts)) }

func (s *story) lookAt(facts []Fact) moment {
	m := moment{now: s.now, today: s.today(), facts: facts, c: Fold(facts), policy: s.policy}
	m.duties, m.plan, m.next = Duties(m.c, m.today), Plan(m.c, m.now, m.policy), Next(m.c, m.now, m.policy)
	return m
}

// change is what an act makes of a case: by new facts, or by time alone.
type change struct {
	was, is moment
	by      []Fact
}

// rule is something that holds of every change; it says what is wrong, or nothing.
type rule struct {
	name  string
	wrong func(change) string
}

func (s *story) holds(act string, rules []rule, c change) {
	for _, r := range rules {
		if wrong := r.wrong(c); wrong != "" {
			s.Fatalf("%s, at %s, after %q: %s\n%s", r.name, c.is.now.Format("Mon 2006-01-02 15:04"), act, wrong, s.history())
		}
	}
}

// history prints the facts of a story, for whoever looks at one that went wrong.
func (s *story) history() string {
	var b strings.Builder
	for _, f := range s.facts {
		body, _ := json.Marshal(f.Body)
		if o, ok := f.Body.(Opened); ok {
			o.Terms.Holidays = calendar.Holidays{}
			body, _ = json.Marshal(o)
		}
		fmt.Fprintf(&b, "%d %s on %s by %s %s: %s %s\n", f.Seq, f.At.In(zone).Format("2006-01-02 15:04"), f.On, f.By, f.Mail, KindOf(f.Body), body)
	}
	return b.String()
}

// always holds of any facts at all.
var always = []rule{
	{"each duty is listed once", func(c change) string { return oncePerKey(c.is.duties) }},
	{"each duty is open or ended one way", func(c change) string { return eachDuty(c.is, stateOfDuty) }},
	{"each duty has its dates", func(c change) string { return eachDuty(c.is, datesOfDuty) }},
	{"what ended owes nothing but what outlives it", endedOwesNothing},
	{"a letter meets what is open, and each duty is in one letter", plannedOnce},
	{"a letter goes to the party of its duty", toItsParty},
	{"a letter promises a day to come", promisesAhead},
	{"reading the case changes nothing in it", sameAgain},
	{"the facts survive storage", storedAndRead},
	{"nothing happens before the next instant", nothingBeforeNext},
	{"time alone accepts and no more", timeAlone},
}

// sensible holds of what handlers and klachtd do.
var sensible = append(always[:len(always):len(always)],
	rule{"what ended stays ended", endedStays},
	rule{"what has not ended owes something", neverForgotten},
	rule{"what is open was not sent", func(c change) string { return eachDuty(c.is, openUnsent) }},
)
