package complaint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"klachtd/calendar"
)

func oncePerKey(all []Duty) string {
	seen := map[Key]bool{}
	for _, d := range all {
		if seen[d.Key] {
			return fmt.Sprint("twice: ", d.Key)
		}
		seen[d.Key] = true
		if d.Round < 1 {
			return fmt.Sprint("no round: ", d.Key)
		}
	}
	return ""
}

func eachDuty(m moment, wrong func(moment, Duty) string) string {
	for _, d := range m.duties {
		if w := wrong(m, d); w != "" {
			return fmt.Sprintf("%v %s due %s, send by %s, met on %q: %s", d.Key, d.State, d.Due, d.SendBy, d.MetOn, w)
		}
	}
	return ""
}

func stateOfDuty(m moment, d Duty) string {
	switch d.State {
	case Open:
		switch {
		case !d.MetOn.IsZero():
			return "open and met"
		case d.Overdue != (m.today > d.Due):
			return "overdue or not"
		}
		return ""
	case Met, Late:
		if d.MetOn.IsZero() || d.MetOn > d.Due && d.State == Met {
			return "the day it was met"
		}
	case Lapsed, Impossible:
		if d.Reason.NL == "" || d.Reason.EN == "" || !d.MetOn.IsZero() {
			return "no reason, or met"
		}
	default:
		return "no state"
	}
	if d.Overdue {
		return "ended and overdue"
	}
	return ""
}

func datesOfDuty(m moment, d Duty) string {
	h := m.c.Opening.Terms.Holidays
	switch {
	case d.Due.IsZero() || d.SendBy.IsZero():
		return "no date"
	case d.SendBy >= d.Due:
		return "sent by the last day or later"
	case !h.IsWorkday(d.SendBy):
		return "to be sent on a day off"
	case len(d.Because) < 2 || d.Because[len(d.Because)-1].To != d.Due && !slices.ContainsFunc(d.Because, func(s Step) bool { return s.To == d.Due }):
		return "not explained"
	}
	return ""
}

// neverForgotten: whatever goes on has a date, and so somebody is reminded of it.
func neverForgotten(c change) string {
	open := slices.ContainsFunc(c.is.duties, func(d Duty) bool { return d.State == Open })
	if status := StatusOn(c.is.c, c.is.today); !status.Ended() && !open {
		return fmt.Sprintf("%s, and nothing is open", status)
	}
	return ""
}

func endedOwesNothing(c change) string {
	status := StatusOn(c.is.c, c.is.today)
	for _, d := range c.is.duties {
		if d.State != Open || !status.Ended() {
			continue
		}
		switch d.Kind {
		case KeepCommitment, FollowMeasure:
			continue
		case Measure, ReportConcerned, CloseWitness, Withdrawal, Information, CommitmentLate:
			if status == StatusWithdrawn {
				continue
			}
		}
		return fmt.Sprintf("%s, and %v is open", status, d.Key)
	}
	if Ended(c.is.c, c.is.today) && slices.ContainsFunc(c.is.duties, func(d Duty) bool { return d.State == Open }) {
		return "ended with an open duty"
	}
	return ""
}

func plannedOnce(c change) string {
	seen := map[Key]bool{}
	for _, dep := range c.is.plan {
		for _, k := range dep.Meets {
			if letter, sent := c.is.c.delivered(k); sent {
				return fmt.Sprintf("%s for %v, for which %q went out", dep.Letter, k, letter.MessageID)
			}
			if seen[k] {
				return fmt.Sprint("in two letters: ", k)
			}
			seen[k] = true
			open := slices.ContainsFunc(c.is.duties, func(d Duty) bool { return d.Key == k && d.State == Open })
			if !open && k.Kind != Receipt {
				return fmt.Sprintf("%s for %v, which is not open", dep.Letter, k)
			}
		}
	}
	return ""
}

func toItsParty(c change) string {
	for _, dep := range c.is.plan {
		for _, k := range dep.Meets {
			if dep.To.ID != k.Party || !reflect.DeepEqual(dep.To, c.is.c.Party(k.Party)) {
				return fmt.Sprintf("%s for %v goes to %+v", dep.Letter, k, dep.To)
			}
		}
		if dep.Channel == NoWay {
			return fmt.Sprintf("%s goes nowhere", dep.Letter)
		}
	}
	return ""
}

func promisesAhead(c change) string {
	for _, dep := range c.is.plan {
		if !dep.Promised.IsZero() && dep.Promised <= c.is.today && dep.Letter != LetterExtension { // that one says what the handler said
			return fmt.Sprintf("%s promises %s", dep.Letter, dep.Promised)
		}
	}
	return ""
}

func sameAgain(c change) string {
	m := c.is
	again := Fold(m.facts)
	switch {
	case !reflect.DeepEqual(m.c, again):
		return "another case"
	case !reflect.DeepEqual(m.duties, Duties(m.c, m.today)), !reflect.DeepEqual(m.duties, Duties(again, m.today)):
		return "other duties"
	case !reflect.DeepEqual(m.plan, Plan(m.c, m.now, m.policy)), !reflect.DeepEqual(m.plan, Plan(again, m.now, m.policy)):
		return "another plan"
	}
	return ""
}

func storedAndRead(c change) string {
	m := c.is
	facts := slices.Clone(m.facts)
	for i, f := range facts {
		kind, body, err := EncodeBody(f.Body)
		if err != nil {
			return err.Error()
		}
		if facts[i].Body, err = DecodeBody(kind, body); err != nil {
			return err.Error()
		}
	}
	if d := Duties(Fold(facts), m.today); !reflect.DeepEqual(d, m.duties) {
		return "other duties"
	}
	if StatusOn(Fold(facts), m.today) != StatusOn(m.c, m.today) {
		return "another status"
	}
	return ""
}

// nothingBeforeNext: who sleeps until the next instant misses nothing.
func nothingBeforeNext(c change) string {
	m := c.is
	later := m.next
	switch {
	case later.IsZero():
		later = m.now.AddDate(1, 0, 0)
	case !later.After(m.now):
		return "the next instant has passed"
	}
	for _, d := range m.plan {
		if d.Ready() && !d.NotBefore.After(m.now) {
			return "" // it leaves at once, and the case is looked at again
		}
	}
	for _, at := range []time.Time{m.now.Add(later.Sub(m.now) / 2), later.Add(-time.Second)} {
		if before, then := leaving(m.plan, m.now), leaving(Plan(m.c, at, m.policy), at); before != then {
			return fmt.Sprintf("next is %s, and at %s what leaves is\n%s\nand was\n%s", m.next, at, then, before)
		}
		if w := sameStates(m.duties, Duties(m.c, calendar.On(at, zone))); w != "" {
			return fmt.Sprintf("next is %s, and at %s %s", m.next, at, w)
		}
	}
	return ""
}

// leaving is what of a plan leaves by itself, at an instant to come.
func leaving(plan []Departure, now time.Time) string {
	var b strings.Builder
	for _, d := range plan {
		if d.Ready() && d.NotBefore.After(now) {
			fmt.Fprintln(&b, d.Letter, d.Meets, d.Variant, d.To.ID, d.NotBefore.Format(time.RFC3339))
		}
	}
	return b.String()
}

func sameStates(was, is []Duty) string {
	if len(was) != len(is) {
		return "there are other duties"
	}
	for i := range was {
		if was[i].Key != is[i].Key || was[i].State != is[i].State || was[i].Overdue != is[i].Overdue {
			return fmt.Sprintf("%v is %s and was %s", is[i].Key, is[i].State, was[i].State)
		}
	}
	return ""
}

// timeAlone: the passing of days takes a complaint up (article 2) and makes things late; it does nothing else.
func timeAlone(c change) string {
	if len(c.by) > 0 {
		return ""
	}
	is := byKey(c.is.duties)
	for _, d := range c.was.duties {
		now, ok := is[d.Key]
		switch {
		case !ok:
			return fmt.Sprint("gone: ", d.Key)
		case now.Due != d.Due || now.SendBy != d.SendBy:
			return fmt.Sprint("another date: ", d.Key)
		case now.State != d.State && !(d.Kind == Decision && now.State == Met):
			return fmt.Sprintf("%v is %s and was %s", d.Key, now.State, d.State)
		}
	}
	if len(is) != len(c.was.duties) {
		return "new duties"
	}
	return ""
}

func byKey(all []Duty) map[Key]Duty {
	m := map[Key]Duty{}
	for _, d := range all {
		m[d.Key] = d
	}
	return m
}

func openUnsent(m moment, d Duty) string {
	if letter, sent := m.c.delivered(d.Key); sent && d.State == Open {
		return "open, and sent by " + letter.MessageID
	}
	return ""
}

// endedStays: only what takes back, corrects or begins anew changes a duty that has ended.
func endedStays(c change) string {
	is := byKey(c.is.duties)
	for _, d := range c.was.duties {
		if now, ok := is[d.Key]; d.State != Open && (!ok || now.State != d.State) && !slices.ContainsFunc(c.by, c.undoes(d)) {
			return fmt.Sprintf("%v was %s, and is %q", d.Key, d.State, now.State)
		}
	}
	return ""
}

// undoes says which facts may change a duty that has ended.
func (c change) undoes(d Duty) func(Fact) bool {
	ownMatter := d.State == Lapsed && d.Reason == ownMatterWords
	earlier := func(f Fact) bool {
		return d.State == Met && f.On < c.is.today && d.Because[0].Rule == fromResolution
	}
	return func(f Fact) bool {
		switch b := f.Body.(type) {
		case Sent: // the word on a withdrawal tells how it goes on
			return d.State == Lapsed && (slices.Contains(b.Meets, d.Key) || b.Letter == LetterWithdrawal && d.Kind == Progress)
		case HandedOver: // no longer the handler's own matter
			return ownMatter
		case Posted: // so does one by post
			confirmed := slices.ContainsFunc(b.Keys, func(k Key) bool { return k.Kind == Withdrawal })
			return d.State == Lapsed && (slices.Contains(b.Keys, d.Key) || confirmed && d.Kind == Progress)
		case Undelivered, Undone, Reopened: // it came back, she takes it back, all begins anew
			return true
		case ReceiptMoved, Merged: // another R
			return true
		case Declined: // it is not taken up after all, and that has to be told
			return d.Kind == Decision
		case Dismissed, ResolvedAtOnce, MergedInto, Withdrawn: // it was over before silence took it up
			return d.Kind == Decision && f.On <= d.Due || earlier(f)
		case Registered: // it is a complaint after all
			return d.State != Met && d.State != Late && (c.was.c.endedOtherwise() != (Words{}) || c.was.c.Declined != nil)
		case PersonNamed: // an address after all, and perhaps not the handler's
			return ownMatter || d.State == Impossible
		case Reached, Called: // an address after all, or told by phone, also that it is not taken up
			return d.State == Impossible || d.State == Lapsed && d.Kind == Progress && c.was.c.Declined != nil
		case MeasureDone, CommitmentKept: // done all the same, though another case has it now
			return d.State == Lapsed
		case Told, Resolved, NoOffer: // it was resolved on an earlier day
			return earlier(f)
		case Offered, Reacted, ComplainantAdded: // it is resolved no longer: nothing follows from it
			return d.State == Lapsed || d.State == Impossible || earlier(f)
		}
		return false
	}
}
