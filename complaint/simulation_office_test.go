package complaint

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"klachtd/calendar"
)

// simulation is an office over the years: its cases, and what is going to happen to them, in the order of time.
type simulation struct {
	rng     *rand.Rand
	now     time.Time
	policy  Policy
	setting Setting
	coming  agenda
	cases   []*simCase
	moods   []mood // of the handler, one for every three weeks
	from    calendar.Date
	told    calendar.Date // the day of the last daily mails
	mails   int
	refused int // mails of the handler that were refused
	out     *outcome
	wrong   []string
}

// simCase is a case with the people in it and what was seen of it.
type simCase struct {
	file
	temper   temper
	c        Case
	seen     map[Key]*watch
	offers   int
	busy     bool           // the handler has it on her desk already
	mistyped bool           // her last mail was refused
	quiet    calendar.Date  // no reminder before this day
	letters  map[string]int // by key, how often it left
}

// watch is what was seen of one duty.
type watch struct {
	due       calendar.Date // a letter that comes back can bring a date forward: all counts from then
	since     calendar.Date // the first working day on which it was open at half past eight and not yet due
	reminded  bool          // spoken of before it was overdue
	escalated bool          // the substitute heard that it is overdue
	overdue   bool          // seen overdue on a working day
}

// event is something that happens at an instant.
type event struct {
	at time.Time
	n  int // those of one instant happen in the order in which they were made
	do func()
}

type agenda []event

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at.Before(a[j].at) || a[i].at.Equal(a[j].at) && a[i].n < a[j].n
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(event)) }
func (a *agenda) Pop() any {
	last := len(*a) - 1
	x := (*a)[last]
	*a = (*a)[:last]
	return x
}

func (s *simulation) at(t time.Time, do func()) {
	s.mails++
	heap.Push(&s.coming, event{max2(t, s.now), s.mails, do})
}

func max2(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// run lets everything happen until an instant.
func (s *simulation) run(until time.Time) {
	for len(s.coming) > 0 && !s.coming[0].at.After(until) {
		e := heap.Pop(&s.coming).(event)
		s.now = e.at
		e.do()
	}
	s.now = until
}

func (s *simulation) today() calendar.Date { return calendar.On(s.now, zone) }

func (s *simulation) chance(percent int) bool { return s.rng.IntN(100) < percent }

// record adds facts to a case as the clerk does, and lets klachtd wake when something is next to be done.
func (s *simulation) record(k *simCase, by Actor, mail MailID, facts ...Fact) {
	for _, f := range facts {
		if f.On.IsZero() {
			f.On = s.today()
		}
		f.Seq, f.At, f.By, f.Mail = len(k.facts)+1, s.now, by, mail
		k.facts = append(k.facts, f)
	}
	k.c, k.quiet = Fold(k.facts), 0
	s.settle(k)
}

// settle sends what is due and wakes again at the next instant.
func (s *simulation) settle(k *simCase) {
	for _, d := range Plan(k.c, s.now, s.policy) {
		if d.Ready() && !d.NotBefore.After(s.now) {
			s.leave(k, d)
			return // which settles it again
		}
	}
	if next := Next(k.c, s.now, s.policy); !next.IsZero() {
		known := len(k.facts)
		s.at(next, func() {
			if len(k.facts) == known { // else it was settled since
				s.settle(k)
			}
		})
	}
}

// leave lets a letter go: by post to the handler, by mail to its party, who may not be reached.
func (s *simulation) leave(k *simCase, d Departure) {
	id := fmt.Sprintf("%s %d", rowName(d.Meets[0]), len(k.facts))
	if d.Channel == ByPost {
		s.record(k, ByProgram, "", Fact{Body: Printed{Letter: d.Letter, Meets: d.Meets, Variant: d.Variant, MessageID: id, Promised: d.Promised}})
		s.post(k, Ask{Case: k.c.Opening.Number, Question: AskPosted, Keys: d.Meets})
		return
	}
	s.inspect(k, d)
	if s.chance(1) {
		s.record(k, ByProgram, "", Fact{Body: Undelivered{MessageID: id, Reason: "550 no such user", Letter: d.Letter, Meets: d.Meets, To: d.To.Mail}})
		s.look(k, s.delay())
		return
	}
	s.record(k, ByProgram, "", Fact{Body: Sent{Letter: d.Letter, Meets: d.Meets, Variant: d.Variant, To: d.To.Mail, MessageID: id, Promised: d.Promised}})
	if s.chance(2) {
		s.at(s.now.Add(time.Duration(1+s.rng.IntN(48))*time.Hour), func() {
			s.record(k, ByProgram, "", Fact{Body: Undelivered{MessageID: id, Reason: "5.1.1 user unknown"}})
			s.look(k, s.delay())
		})
	}
}

func rowName(k Key) string { return fmt.Sprintf("%s/%s/%d/%d", k.Case, k.Kind, k.Party, k.Round) }

// inspect looks at a letter that leaves: once for each key, and within office hours unless it would be late.
func (s *simulation) inspect(k *simCase, d Departure) {
	for _, key := range d.Meets {
		if k.letters[rowName(key)]++; k.letters[rowName(key)] > 1 {
			s.wrong = append(s.wrong, fmt.Sprintf("%s leaves twice", rowName(key)))
		}
	}
	h := k.c.Opening.Terms.Holidays
	hour := s.now.In(zone).Hour()
	if h.IsWorkday(s.today()) && hour >= s.policy.From.Hour && hour < s.policy.Until.Hour {
		return
	}
	next := h.OnOrAfter(s.today())
	if next == s.today() && hour >= s.policy.Until.Hour {
		next = h.AddWorkdays(next, 1)
	}
	if next <= d.Due {
		s.wrong = append(s.wrong, fmt.Sprintf("%s, due %s, leaves at %s", rowName(d.Meets[0]), d.Due, s.now.In(zone).Format("Mon 2006-01-02 15:04")))
	}
}

// daily is the mail of half past eight: it reminds of what is near or late, and the handler looks at what it names.
func (s *simulation) daily(day calendar.Date) {
	h := Optimumconsult().Holidays
	s.at(h.AddWorkdays(day, 1).At(8, 30, zone), func() { s.daily(h.AddWorkdays(day, 1)) })
	if s.told.IsZero() {
		s.told = day.AddDays(-1)
	}
	for _, k := range s.cases {
		if k.quiet <= day && s.remind(k, s.told, day) {
			s.look(k, s.delay())
		}
	}
	s.cases = slices.DeleteFunc(s.cases, func(k *simCase) bool { return Ended(k.c, day) && s.file(k) })
	s.told = day
}

// remind notes what the daily mail says of a case.
func (s *simulation) remind(k *simCase, since, day calendar.Date) bool {
	said := Reminders(k.c, since, day, s.policy)
	h := k.c.Opening.Terms.Holidays
	k.quiet = day.AddDays(30)
	for _, d := range Duties(k.c, day) {
		if d.State != Open {
			continue
		}
		first := h.AddWorkdays(d.SendBy, -5)
		if k.c.unanswered() {
			first = min(first, h.AddWorkdays(k.c.Received, 2))
		}
		k.quiet = min(k.quiet, max(first, day.AddDays(1)))
		w := k.watch(d.Key)
		if w.due != d.Due {
			*w = watch{due: d.Due}
		}
		if w.since.IsZero() && day <= d.SendBy {
			w.since = day
		}
		w.overdue = w.overdue || day > d.Due
	}
	for _, r := range said {
		w := k.watch(r.Duty.Key)
		w.reminded = w.reminded || r.Stage != Overdue
		w.escalated = w.escalated || r.Stage == Overdue && r.Substitute
	}
	return len(said) > 0
}

func (k *simCase) watch(key Key) *watch {
	if k.seen[key] == nil {
		k.seen[key] = &watch{}
	}
	return k.seen[key]
}
