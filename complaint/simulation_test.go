package complaint

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
)

// Two years of an office, a handler of changing diligence and complainants of every temper. All goes by the rules alone, and
// the handler's words go through Read. Nothing may be late before it was warned of, and the substitute hears of it then;
// whatever happens, every duty ends in one of the four ways.
//
// Ten thousand cases, in less than a minute: KLACHTD_CASES=10000 go test ./complaint -run TwoYears -v
func TestTwoYearsOfAnOffice(t *testing.T) {
	cases := 1000
	if s := os.Getenv("KLACHTD_CASES"); s != "" {
		var err error
		if cases, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan *outcome)
	for half := range 2 { // two offices at once, for two processors
		go func() { done <- simulate(uint64(half+1), cases/2) }()
	}
	sum := &outcome{kinds: map[Kind]*tally{}}
	for range 2 {
		sum.add(<-done)
	}
	for i, w := range sum.wrong {
		if i == 20 {
			t.Errorf("and %d more", len(sum.wrong)-i)
			break
		}
		t.Error(w)
	}
	t.Log("\n" + sum.table())
}

// outcome is what became of all duties of an office.
type outcome struct {
	kinds          map[Kind]*tally
	wrong          []string
	cases, refused int
	statuses       map[Status]int
}

// tally counts the duties of one kind.
type tally struct{ met, late, lapsed, impossible, reminded, escalated int }

func simulate(seed uint64, cases int) *outcome {
	s := &simulation{rng: rand.New(rand.NewPCG(seed, 7)), policy: testPolicy(), from: day("2026-01-05")}
	s.setting = Setting{Policy: s.policy, Handlers: []Handler{{Name: "Noor Tielman", Mail: string(noor)}, {Name: "Ruud Bos", Mail: "ruud@praktijk.example", Substitute: true}}}
	for range 35 {
		s.moods = append(s.moods, []mood{prompt, prompt, slow, wrong, silent}[s.rng.IntN(5)])
	}
	s.moods = append(s.moods, prompt) // from then on
	s.now = s.from.At(7, 0, zone)
	s.out = &outcome{kinds: map[Kind]*tally{}, statuses: map[Status]int{}}
	for i := range cases {
		at := s.now.Add(time.Duration(s.rng.Int64N(int64(2 * 365 * 24 * time.Hour))))
		s.at(at, func() { s.complain(i + 1) })
	}
	s.daily(s.from)
	s.run(s.from.AddDays(3*365+180).At(0, 0, zone))
	for _, k := range s.cases {
		s.wrong = append(s.wrong, fmt.Sprintf("%s has not ended: %s", k.c.Opening.Number, k.open(s.today())))
		s.file(k)
	}
	s.out.wrong, s.out.refused, s.out.cases = s.wrong, s.refused, cases
	return s.out
}

// complain opens a case.
func (s *simulation) complain(n int) {
	k := &simCase{temper: temper(s.rng.IntN(7)), seen: map[Key]*watch{}, letters: map[string]int{}}
	o := Opened{
		Number: CaseID(fmt.Sprintf("K%d-%04d", s.today().Year(), n)), Received: s.today(), ReceivedAt: s.now, Origin: OriginCertain,
		Complainant: Party{ID: 1, Role: RoleComplainant, Name: "Kim Verbeek", Mail: fmt.Sprintf("kim%d@klager.example", n)},
		Handler:     string(noor), Lang: "nl", Terms: Optimumconsult(), Verdict: Verdict{Class: Certain}, Words: "Ik wil een klacht indienen.",
	}
	switch {
	case k.temper == onPaper:
		o.Origin, o.Channel, o.Complainant.Mail, o.Complainant.Post = OriginEntered, "letter", "", "Kerkstraat 1, 4001 AB Tiel"
	case s.chance(20): // possible, and found later
		o.Origin, o.Received = OriginUnanswered, s.today().AddDays(-10)
	case s.chance(1): // nobody knows where to write to
		o.Complainant.Mail = ""
	}
	s.cases = append(s.cases, k)
	s.record(k, ByProgram, MailID("klacht"+o.Number), Fact{Body: o})
	s.look(k, s.delay())
}

// file counts a case that is over, and says true.
func (s *simulation) file(k *simCase) bool {
	s.out.statuses[StatusOn(k.c, s.today())]++
	if len(k.facts) > 100 {
		s.wrong = append(s.wrong, fmt.Sprintf("%s has %d facts\n%s", k.c.Opening.Number, len(k.facts), k.history()))
	}
	for _, d := range Duties(k.c, s.today()) {
		t := s.out.kinds[d.Kind]
		if t == nil {
			t = &tally{}
			s.out.kinds[d.Kind] = t
		}
		w := k.watch(d.Key)
		switch d.State {
		case Met:
			t.met++
		case Late:
			t.late++
			s.warned(k, d, w)
		case Lapsed:
			t.lapsed++
		case Impossible:
			t.impossible++
		default:
			s.wrong = append(s.wrong, fmt.Sprintf("%s is %s at the end", rowName(d.Key), d.State))
		}
		if w.reminded {
			t.reminded++
		}
		if w.escalated {
			t.escalated++
		}
	}
	return true
}

// warned: what the regulation promises is not late before somebody was reminded of it, nor stays so unknown to the substitute.
func (s *simulation) warned(k *simCase, d Duty, w *watch) {
	if d.Article == 0 || w.due != d.Due { // a date that a bounce brought forward was nobody's to remind of
		return
	}
	if !w.since.IsZero() && !w.reminded {
		s.wrong = append(s.wrong, fmt.Sprintf("%s, due %s, was late on %s and nobody was reminded\n%s", rowName(d.Key), d.Due, d.MetOn, k.history()))
	}
	if w.overdue && !w.escalated {
		s.wrong = append(s.wrong, fmt.Sprintf("%s, due %s, was late on %s and the substitute did not hear of it\n%s", rowName(d.Key), d.Due, d.MetOn, k.history()))
	}
}

func (k *simCase) history() string { return (&story{file: k.file}).history() }

func (k *simCase) open(today calendar.Date) string {
	var b strings.Builder
	for _, d := range Duties(k.c, today) {
		if d.State == Open {
			fmt.Fprintf(&b, "%s due %s; ", rowName(d.Key), d.Due)
		}
	}
	return b.String() + "\n" + k.history()
}

func (o *outcome) add(other *outcome) {
	o.wrong, o.cases, o.refused = append(o.wrong, other.wrong...), o.cases+other.cases, o.refused+other.refused
	if o.statuses == nil {
		o.statuses = map[Status]int{}
	}
	for status, n := range other.statuses {
		o.statuses[status] += n
	}
	for kind, t := range other.kinds {
		if o.kinds[kind] == nil {
			o.kinds[kind] = &tally{}
		}
		sum := o.kinds[kind]
		*sum = tally{sum.met + t.met, sum.late + t.late, sum.lapsed + t.lapsed, sum.impossible + t.impossible, sum.reminded + t.reminded, sum.escalated + t.escalated}
	}
}

// table is the figures as people read them.
func (o *outcome) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d cases, %d mails of the handler refused\n", o.cases, o.refused)
	fmt.Fprintf(&b, "%-22s %7s %7s %7s %10s %9s %10s\n", "duty", "met", "late", "lapsed", "impossible", "reminded", "substitute")
	for _, kind := range Kinds() {
		if t := o.kinds[kind]; t != nil {
			fmt.Fprintf(&b, "%-22s %7d %7d %7d %10d %9d %10d\n", kind, t.met, t.late, t.lapsed, t.impossible, t.reminded, t.escalated)
		}
	}
	for _, status := range []Status{Closed, NotAComplaint, ResolvedImmediately, NotAccepted, StatusWithdrawn} {
		fmt.Fprintf(&b, "%s %d  ", status, o.statuses[status])
	}
	return b.String() + "\n"
}
