package complaint

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// From wherever a case has got to, a diligent handler brings it to its end: no duty is left that nobody can meet.
func TestRandomStoriesCanBeEnded(t *testing.T) {
	check(t, func(t *rapid.T) {
		s := newStory(t)
		tell(s, acts, sensible)
		for range 40 {
			if Ended(s.fold(), s.today()) {
				return
			}
			s.takeCare()
			s.sendAll()
			if next := Next(s.fold(), s.now, s.policy); !next.IsZero() {
				s.now = next
			}
		}
		s.Fatalf("at %s it has not ended: %s\n%s", s.now.Format("2006-01-02"), s.stuck(), s.history())
	})
}

// sendAll lets the letters leave that are ready, each at its time, and posts what has to be posted.
func (s *story) sendAll() {
	for range 20 {
		d, ok := s.next()
		if !ok {
			return
		}
		if s.send(); d.Channel == ByPost {
			s.record(noor, s.newMail(), Posted{Keys: d.Meets})
		}
	}
}

// takeCare says all that can be said to bring a case on.
func (s *story) takeCare() {
	said := func(b Body) {
		s.facts = append(s.facts, Fact{Seq: len(s.facts) + 1, On: s.today(), At: s.now, By: noor, Mail: s.newMail(), Body: b})
	}
	c := s.fold()
	if c.Held != nil {
		said(Released{})
	}
	if c.Declined != nil && !c.declinedAndTold() {
		said(Declined{Ground: 3})
	}
	for i, m := range c.Measures {
		if m.DoneOn.IsZero() {
			said(MeasureDone{Measure: i + 1})
		}
	}
	for i, k := range c.Commitments {
		if k.KeptOn.IsZero() {
			said(CommitmentKept{Commitment: i + 1})
		}
	}
	if c.endedOtherwise() == (Words{}) && c.Declined == nil {
		s.conclude(c, said)
	}
	var keys []Key
	for _, d := range s.plan() {
		if d.Draft() {
			keys = append(keys, d.Meets...)
		}
	}
	for k := range c.printed {
		if _, sent := c.delivered(k); !sent {
			said(Posted{Keys: []Key{k}})
		}
	}
	if len(keys) > 0 {
		said(Approved{Keys: keys})
	}
}

// conclude hears, judges, offers nothing, asks how it was and decides on a measure.
func (s *story) conclude(c Case, said func(Body)) {
	if c.Registered == nil {
		said(Registered{})
	}
	if !c.MayTell() {
		said(Authority{State: AuthorityGiven})
	}
	for _, p := range c.Persons {
		if p.Response == nil {
			said(NoResponse{Person: p.ID, Reason: "niet bereikt"})
		}
	}
	if !c.Heard() && len(c.Persons) == 0 {
		said(NoPersonConcerned{})
	}
	if !c.reasoned() {
		said(Judged{Finding: Upheld, Reason: "zo was het"})
	}
	if !c.Outcome() || c.dissatisfied() {
		said(NoOffer{Reason: "meer kan niet"})
	}
	for _, k := range c.Complainants {
		if k.Withdrawn == nil && (k.ResolvedOn.IsZero() || !c.answered(k.ID)) {
			said(Reacted{Satisfied: true, Party: k.ID})
		}
	}
	for _, p := range c.Persons {
		if now := s.fold(); len(now.PointsFor(p.ID)) == 0 {
			said(Judged{Finding: Upheld, Reason: "zo was het", Point: 10 + p.ID, Person: p.ID})
		}
	}
	if !c.measureDecided() {
		said(NoMeasure{"niet nodig"})
	}
}

// stuck says what keeps a case from its end.
func (s *story) stuck() string {
	var b strings.Builder
	for _, d := range Duties(s.fold(), s.today()) {
		if d.State == Open {
			fmt.Fprintf(&b, "\n%v due %s", d.Key, d.Due)
		}
	}
	for _, d := range s.plan() {
		fmt.Fprintf(&b, "\n%s for %v lacks %v, leaves %s", d.Letter, d.Meets, d.Missing, d.NotBefore.Format("2006-01-02 15:04"))
	}
	return b.String()
}
