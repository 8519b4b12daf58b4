package complaint

import (
	"fmt"
	"slices"
	"time"

	"klachtd/calendar"
	"pgregory.net/rapid"
)

// story is a case that is made up as it goes: what the handler says, what klachtd sends, what comes back and how the days
// pass, drawn at random. Most of it makes sense; the rest is what nobody would do.
type story struct {
	*rapid.T
	file
	now    time.Time
	policy Policy
	mails  int  // of the handler, so far
	wild   bool // anything is said at any time
}

// act is something that can happen in a story. It says false when it cannot happen now.
type act struct {
	name string
	do   func(*story) bool
}

// acts are all that can happen; what happens more often stands there more than once.
var acts = []act{
	{"time passes", (*story).wait},
	{"time passes", (*story).wait},
	{"the handler says something", (*story).say},
	{"the handler says something", (*story).say},
	{"the handler says something", (*story).say},
	{"the next letter leaves", (*story).send},
	{"the next letter leaves", (*story).send},
	{"the handler approves what is planned", (*story).approve},
	{"the server refuses the next letter", (*story).refuse},
	{"a letter comes back", (*story).bounce},
	{"somebody forges a bounce", (*story).forge},
	{"the handler posts what she printed", (*story).post},
	{"the handler takes back a mail", (*story).undo},
	{"somebody writes", (*story).write},
}

// nonsense is what neither klachtd nor a handler does, and a database could still hold.
var nonsense = []act{
	{"a letter leaves that nobody owes", func(s *story) bool {
		return s.record(ByProgram, "", Sent{Letter: s.letter(), Meets: s.keys(), Variant: s.variant(), To: s.mail(), MessageID: fmt.Sprint("odd", s.IntRange(1, 3, "id")), Promised: s.day()})
	}},
	{"a letter comes back that never left", func(s *story) bool {
		return s.record(ByProgram, "", Undelivered{MessageID: fmt.Sprint("odd", s.IntRange(1, 3, "id")), Reason: s.text(), Letter: s.letter(), Meets: s.keys()})
	}},
	{"the handler approves anything", func(s *story) bool { return s.record(noor, s.newMail(), Approved{Keys: s.keys()}) }},
	{"the handler posts anything", func(s *story) bool { return s.record(noor, s.newMail(), Posted{Keys: s.keys()}) }},
	{"it is printed anyway", func(s *story) bool {
		return s.record(ByProgram, "", Printed{Letter: s.letter(), Meets: s.keys(), MessageID: "odd1", Promised: s.day()})
	}},
	{"it begins anew", func(s *story) bool { return s.record(ByProgram, "", s.opening()) }},
}

// newStory opens a case.
func newStory(t *rapid.T) *story {
	s := &story{T: t, policy: testPolicy()}
	from := day("2026-09-01")
	s.now = from.AddDays(s.IntRange(0, 500, "opened on day")).At(s.IntRange(0, 23, "hour"), s.IntRange(0, 59, "minute"), zone)
	s.policy.Unanswered = pick(s, "unanswered", SendReceipt, SendAcknowledge, SendNothing)
	if s.chance(4) {
		s.policy.Mode = map[string]Mode{pick(s, "mode approve for", LetterAcknowledgement, LetterProgress, LetterConfirmation, LetterReportComplainant): Approve}
	}
	s.record(ByProgram, "m0", s.opening())
	return s
}

func (s *story) opening() Opened {
	k := s.party(RoleComplainant)
	k.ID = 1
	return Opened{
		Number: "K2026-0001", Received: s.today().AddDays(-pick(s, "received days ago", 0, 0, 0, 0, 1, 3, 12, 40)), ReceivedAt: s.now,
		Origin:      pick(s, "origin", OriginCertain, OriginCertain, OriginCertain, OriginHandler, OriginUnanswered, OriginUnreadable, OriginEntered),
		Complainant: k, Handler: string(noor), Lang: pick(s, "lang", "nl", "en"), Terms: s.terms(),
		Verdict: Verdict{Class: Certain, Danger: s.chance(10)}, Subject: "Klacht", Words: "Ik wil een klacht indienen.",
	}
}

// terms are those of the regulation, or of another that promises less or counts otherwise.
func (s *story) terms() Terms {
	t := Optimumconsult()
	switch s.IntRange(0, 5, "terms") {
	case 0:
		t.Statutory = []Kind{Decision, Confirmation}
	case 1:
		t.Decision, t.NewOffer, t.Report = calendar.Term{}, calendar.Term{}, calendar.Term{}
	case 2:
		t.Acknowledgement, t.Progress = calendar.Term{N: 2, Unit: calendar.Workdays}, calendar.Term{}
		t.Measures = calendar.Term{N: 1, Unit: calendar.Months}
	case 3:
		t.Acknowledgement = calendar.Term{}
	}
	return t
}

// record adds facts of one mail, or of no mail, as the clerk does.
func (s *story) record(by Actor, mail MailID, bodies ...Body) bool {
	for _, b := range bodies {
		on := s.today()
		if by != ByProgram {
			on = on.AddDays(-pick(s, "happened days ago", 0, 0, 0, 0, 0, 1, 5, 30))
		}
		s.facts = append(s.facts, Fact{Seq: len(s.facts) + 1, On: on, At: s.now, By: by, Mail: mail, Body: b})
	}
	return true
}

func (s *story) newMail() MailID {
	s.mails++
	return MailID(fmt.Sprint("m", s.mails))
}

func (s *story) today() calendar.Date { return calendar.On(s.now, zone) }

func (s *story) fold() Case { return Fold(s.facts) }

func (s *story) plan() []Departure { return Plan(s.fold(), s.now, s.policy) }

func (s *story) wait() bool {
	minutes := pick(s, "minutes pass", 1, 20, 60, 300, 24*60, 24*60, 3*24*60, 7*24*60, 16*24*60, 50*24*60)
	s.now = s.now.Add(time.Duration(minutes+s.IntRange(0, 600, "and")) * time.Minute)
	return true
}

func (s *story) say() bool {
	mail := s.newMail()
	for range s.IntRange(1, 4, "things") {
		s.record(noor, mail, s.body())
	}
	return true
}

// next is the letter that leaves first, at its time.
func (s *story) next() (Departure, bool) {
	ready := slices.DeleteFunc(s.plan(), func(d Departure) bool { return !d.Ready() })
	if len(ready) == 0 {
		return Departure{}, false
	}
	first := slices.MinFunc(ready, func(a, b Departure) int { return a.NotBefore.Compare(b.NotBefore) })
	if first.NotBefore.After(s.now) {
		s.now = first.NotBefore
		for _, d := range s.plan() { // as it is at its departure
			if d.Meets[0] == first.Meets[0] {
				return d, d.Ready() && !d.NotBefore.After(s.now)
			}
		}
		return Departure{}, false
	}
	return first, true
}

func (s *story) messageID(d Departure) string { return fmt.Sprint(d.Meets[0], " ", len(s.facts)) }

func (s *story) send() bool {
	d, ok := s.next()
	if !ok {
		return false
	}
	if d.Channel == ByPost {
		return s.record(ByProgram, "", Printed{Letter: d.Letter, Meets: d.Meets, Variant: d.Variant, MessageID: s.messageID(d), Promised: d.Promised})
	}
	return s.record(ByProgram, "", Sent{Letter: d.Letter, Meets: d.Meets, Variant: d.Variant, To: d.To.Mail, MessageID: s.messageID(d), Promised: d.Promised})
}

func (s *story) refuse() bool {
	d, ok := s.next()
	if !ok || d.Channel != ByMail {
		return false
	}
	return s.record(ByProgram, "", Undelivered{MessageID: s.messageID(d), Reason: "550 no such user", Letter: d.Letter, Meets: d.Meets, To: d.To.Mail})
}

func (s *story) approve() bool {
	var keys []Key
	for _, d := range s.plan() {
		if len(d.Missing) == 0 && s.Bool("approve "+d.Letter) {
			keys = append(keys, d.Meets...)
		}
	}
	return len(keys) > 0 && s.record(noor, s.newMail(), Approved{Keys: keys})
}

func (s *story) bounce() bool {
	var ids []string
	for _, f := range s.facts {
		if b, ok := f.Body.(Sent); ok {
			ids = append(ids, b.MessageID)
		}
	}
	return len(ids) > 0 && s.record(ByProgram, s.newMail(), Undelivered{MessageID: pick(s, "comes back", ids...), Reason: "5.1.1 user unknown"})
}

func (s *story) forge() bool {
	return s.record(ByProgram, s.newMail(), Undelivered{MessageID: "forged", Reason: "5.1.1"})
}

func (s *story) post() bool {
	var keys []Key
	for _, f := range s.facts {
		if b, ok := f.Body.(Printed); ok {
			keys = append(keys, b.Meets...)
		}
	}
	return len(keys) > 0 && s.record(noor, s.newMail(), Posted{Keys: keys})
}

// undo takes back a mail since which no letter left; a wild story takes back any.
func (s *story) undo() bool {
	last := 0
	for i, f := range s.facts {
		switch f.Body.(type) {
		case Opened, Sent, Undelivered, Printed:
			last = i + 1
		}
	}
	if s.wild {
		last = 0
	}
	if last == len(s.facts) {
		return false
	}
	mail := s.facts[s.IntRange(last, len(s.facts)-1, "takes back")].Mail
	return mail != "" && s.record(noor, s.newMail(), Undone{Mail: mail})
}

func (s *story) write() bool {
	return s.record(ByComplainant, s.newMail(), Filed{Kind: FromPerson, From: Address{Mail: "kim@klager.example"}, Subject: "Re: klacht"})
}

// step lets something happen and says what.
func (s *story) step(of []act) string {
	for {
		a := of[s.IntRange(0, len(of)-1, "act")]
		if a.do(s) {
			return a.name
		}
	}
}

func (s *story) IntRange(from, to int, label string) int {
	return rapid.IntRange(from, to).Draw(s.T, label)
}

func (s *story) Bool(label string) bool { return rapid.Bool().Draw(s.T, label) }

// chance is true one time in n.
func (s *story) chance(n int) bool { return s.IntRange(1, n, "one in") == n }

func pick[E any](s *story, label string, of ...E) E {
	return of[s.IntRange(0, len(of)-1, label)]
}
