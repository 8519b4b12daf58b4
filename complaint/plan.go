package complaint

import (
	"time"

	"klachtd/calendar"
)

// Mode says what sends a letter: its time, or only the handler's word.
type Mode string

const (
	Auto    Mode = "auto"
	Approve Mode = "approve"
)

// Unanswered says what leaves on send_by for a possible complaint that nobody answered.
type Unanswered string

const (
	SendReceipt     Unanswered = "receipt"     // neutral; does not meet the acknowledgement
	SendAcknowledge Unanswered = "acknowledge" // the acknowledgement itself
	SendNothing     Unanswered = "nothing"
)

// TimeOfDay is a wall-clock time in the zone of the policy.
type TimeOfDay struct{ Hour, Minute int }

// Policy is how this office sends its letters: configuration, not regulation.
type Policy struct {
	Zone        *time.Location
	Grace       time.Duration   // between the handler's word and the letter leaving
	AutoAt      TimeOfDay       // on send_by, when nobody spoke
	From, Until TimeOfDay       // letters leave on working days within these hours
	Mode        map[string]Mode // by letter; Auto when absent
	Unanswered  Unanswered
}

// Departure is a letter that is owed: whether it is complete, and when it leaves if nothing changes.
type Departure struct {
	Letter    string // LetterAcknowledgement, ...
	Meets     []Key
	Variant   string
	To        Party
	Due       calendar.Date
	SendBy    calendar.Date
	Missing   []Field       // what it still lacks; it does not leave while this is not empty
	NotBefore time.Time     // when it leaves; zero: only on the handler's word
	OnWord    bool          // the handler's word released it; else it leaves on silence
	Promised  calendar.Date // the next date it promises the complainant
}

// Ready says whether the letter is complete and has its time.
func (d Departure) Ready() bool { return len(d.Missing) == 0 && !d.NotBefore.IsZero() }

// Draft says whether the letter is complete and waits for the handler's word, or would leave on silence without it.
func (d Departure) Draft() bool { return len(d.Missing) == 0 && !d.OnWord }

// Plan lists the letters a case owes at an instant. Each duty is in at most one of them.
func Plan(c Case, now time.Time, p Policy) []Departure {
	today := calendar.On(now, p.Zone)
	var all []Departure
	for _, d := range Duties(c, today) {
		if d.State != Open {
			continue
		}
		if dep, ok := c.departure(d, now, p); ok {
			all = append(all, dep)
		}
	}
	if dep, ok := c.receipt(p); ok {
		all = append(all, dep)
	}
	return combine(all, today)
}

// departure makes the letter that meets an open duty, if a letter does.
func (c *Case) departure(d Duty, now time.Time, p Policy) (Departure, bool) {
	dep := Departure{Meets: []Key{d.Key}, Due: d.Due, SendBy: d.SendBy, To: c.party(d.Party)}
	var word *Fact // what orders it, besides an approval
	silence := !c.Opening.Verdict.Danger
	switch d.Kind {
	case Acknowledgement:
		if c.Declined != nil { // L2 confirms receipt and stands in for it
			return Departure{}, false
		}
		dep.Letter, word, dep.Promised = LetterAcknowledgement, c.Registered, c.expected()
		silence = silence && c.acknowledgesItself(p)
	case Decision:
		if c.Declined == nil {
			return Departure{}, false
		}
		dep.Letter, word, silence = LetterNonAcceptance, c.Declined, false
		dep.Meets = append(dep.Meets, c.openAcknowledgement()...)
	case Progress:
		if c.Declined != nil || !c.recognised() {
			return Departure{}, false
		}
		dep.Letter, dep.Promised = LetterProgress, c.nextPromise(calendar.On(now, p.Zone))
	case Confirmation:
		if c.Declined != nil || !c.recognised() {
			return Departure{}, false
		}
		dep.Letter = LetterConfirmation
		if silence = silence && c.confirmSilently(d.Round); !c.Outcome() {
			dep.Variant = VariantUnfinished
			dep.Promised = calendar.On(now, p.Zone).AddWeeks(c.Opening.Terms.Extended)
		}
	case ReportComplainant:
		dep.Letter = LetterReportComplainant
	case ReportConcerned:
		dep.Letter = LetterReportConcerned
	default:
		return Departure{}, false
	}
	dep.Missing = c.missing(dep)
	c.release(&dep, word, silence, now, p)
	return dep, true
}

// acknowledgesItself says whether the acknowledgement may leave on silence: for a certain complaint, or where the
// office chose so for one that nobody answered.
func (c *Case) acknowledgesItself(p Policy) bool {
	switch c.Opening.Origin {
	case OriginUnanswered:
		return p.Unanswered == SendAcknowledge
	case OriginUnreadable:
		return false
	}
	return true
}

// recognised says whether anybody told the complainant, or us, that this is a complaint. Until then no later letter goes.
func (c *Case) recognised() bool { return c.Registered != nil || c.acknowledged() }

// confirmSilently says whether a confirmation leaves on silence: with an outcome always, without one only in the first
// round (a second "state of affairs" is never sent by itself; the handler is alarmed instead).
func (c *Case) confirmSilently(round int) bool {
	if c.Outcome() {
		return true
	}
	return !c.unfinishedSent()
}

func (c *Case) unfinishedSent() bool {
	for _, d := range c.deliveries {
		if d.Variant == VariantUnfinished && d.returned == "" {
			return true
		}
	}
	return false
}

// release fixes when a letter leaves: grace after the handler's word, or at AutoAt on send_by when nobody spoke.
func (c *Case) release(dep *Departure, word *Fact, silence bool, now time.Time, p Policy) {
	if c.Held != nil && c.heldOn(calendar.On(now, p.Zone)) {
		return
	}
	mode := p.Mode[dep.Letter]
	approved, ok := c.approvals[dep.Meets[0]]
	switch {
	case ok:
		dep.OnWord = true
		dep.NotBefore = p.window(approved.At.Add(p.Grace), dep.Due, c.Opening.Terms.Holidays)
	case dep.Meets[0].Round > 1 && c.cameBack(dep.Meets[0]): // after a bounce only the handler's word sends it again
	case mode == Approve:
	case word != nil:
		dep.OnWord = true
		dep.NotBefore = p.window(word.At.Add(p.Grace), dep.Due, c.Opening.Terms.Holidays)
	case silence:
		at := dep.SendBy.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone)
		if last := c.lastWord().Add(p.Grace); last.After(at) {
			at = p.nextAuto(last, dep.Due, c.Opening.Terms.Holidays) // completed after its time: she has just been shown it
		}
		dep.NotBefore = p.window(at, dep.Due, c.Opening.Terms.Holidays)
	}
}

// nextAuto is the next time at which letters leave on silence, so that she who completed one late can still read it; but not
// past a due date that can still be met.
func (p Policy) nextAuto(t time.Time, due calendar.Date, h calendar.Holidays) time.Time {
	day := h.OnOrAfter(calendar.On(t, p.Zone))
	next := day.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone)
	if next.Before(t) {
		day = h.AddWorkdays(day, 1)
		next = day.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone)
	}
	if calendar.On(t, p.Zone) <= due && day > due {
		return t
	}
	return next
}

// cameBack says whether the round before this one was returned.
func (c *Case) cameBack(k Key) bool {
	k.Round--
	d, ok := c.delivered(k)
	return ok && d.returned != ""
}

func (c *Case) heldOn(today calendar.Date) bool {
	until := c.Held.Body.(Held).Until
	return until.IsZero() || today < until
}

// lastWord is the instant of the last fact a handler caused.
func (c *Case) lastWord() time.Time {
	for i := len(c.Facts) - 1; i >= 0; i-- {
		if f := c.Facts[i]; f.By != ByProgram && f.By != ByComplainant {
			return f.At
		}
	}
	return c.OpenedAt
}

// receipt is the neutral receipt for a possible complaint that became a case because nobody answered.
func (c *Case) receipt(p Policy) (Departure, bool) {
	if c.Opening.Origin != OriginUnanswered || p.Unanswered != SendReceipt || c.Opening.Verdict.Danger ||
		c.Registered != nil || c.Declined != nil || c.endedOtherwise() != (Words{}) || reachable(c.Opening.Complainant) != (Words{}) {
		return Departure{}, false
	}
	key := Key{c.Opening.Number, Receipt, 1, 1}
	if _, sent := c.delivered(key); sent {
		return Departure{}, false
	}
	ack := c.duty(Acknowledgement, 2, 1, c.Received, c.Opening.Terms.Acknowledgement, fromReceipt)
	dep := Departure{Letter: LetterReceipt, Meets: []Key{key}, To: c.Opening.Complainant, Due: ack.Due, SendBy: ack.SendBy}
	dep.NotBefore = p.window(ack.SendBy.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone), ack.Due, c.Opening.Terms.Holidays)
	dep.Promised = c.Received.AddWeeks(c.Opening.Terms.Decision)
	return dep, true
}

// combine makes one letter of the confirmation and the report to the complainant when both are complete and the
// confirmation is not late: "bevestiging en verslag" meets both (procedure.md 1.3.11).
func combine(all []Departure, today calendar.Date) []Departure {
	conf, report := -1, -1
	for i, d := range all {
		if len(d.Missing) > 0 {
			continue
		}
		switch {
		case d.Letter == LetterConfirmation && d.Variant == VariantFull:
			conf = i
		case d.Letter == LetterReportComplainant:
			report = i
		}
	}
	if conf < 0 || report < 0 || all[conf].Due < today || all[conf].OnWord != all[report].OnWord {
		return all
	}
	c, r := &all[conf], all[report]
	c.Variant = VariantWithReport
	c.Meets = append(c.Meets, r.Meets...)
	c.Due, c.SendBy = min(c.Due, r.Due), min(c.SendBy, r.SendBy) // it must be in time for both
	if !r.NotBefore.IsZero() && (c.NotBefore.IsZero() || r.NotBefore.Before(c.NotBefore)) {
		c.NotBefore = r.NotBefore
	}
	return append(all[:report], all[report+1:]...)
}

// window moves an instant into the hours in which letters leave, unless that would be after the due date.
func (p Policy) window(t time.Time, due calendar.Date, h calendar.Holidays) time.Time {
	t = t.In(p.Zone)
	day := calendar.On(t, p.Zone)
	opens := day.At(p.From.Hour, p.From.Minute, p.Zone)
	closes := day.At(p.Until.Hour, p.Until.Minute, p.Zone)
	next := t
	switch {
	case h.IsWorkday(day) && !t.Before(opens) && t.Before(closes):
		return t
	case h.IsWorkday(day) && t.Before(opens):
		next = opens
	default:
		next = h.AddWorkdays(day, 1).At(p.From.Hour, p.From.Minute, p.Zone)
	}
	if !due.IsZero() && calendar.On(next, p.Zone) > due {
		return t
	}
	return next
}

// expected is the date by which the complainant is told the complaint will be handled.
func (c *Case) expected() calendar.Date {
	if e := c.Described.Expected; !e.IsZero() {
		return e
	}
	return c.Received.AddWeeks(c.Opening.Terms.Confirmation)
}

// nextPromise is the date a progress letter names: the expected date, or three weeks on when that has passed.
func (c *Case) nextPromise(today calendar.Date) calendar.Date {
	if e := c.expected(); e > today {
		return e
	}
	return today.AddWeeks(c.Opening.Terms.Extended)
}

// openAcknowledgement is the key of an acknowledgement still owed, for L2 to meet along with its own.
func (c *Case) openAcknowledgement() []Key {
	for _, d := range c.sent(c.duty(Acknowledgement, 2, 1, c.Received, c.Opening.Terms.Acknowledgement, fromReceipt), Words{}) {
		if d.State == Open {
			return []Key{d.Key}
		}
	}
	return nil
}

func (c *Case) party(id int) Party {
	for _, p := range c.Persons {
		if p.ID == id {
			return p.Party
		}
	}
	return c.Opening.Complainant
}

// Next is the first instant after now at which something of the case changes by itself: a letter leaves, or a day of
// its duties ends. Zero when nothing will.
func Next(c Case, now time.Time, p Policy) time.Time {
	var next time.Time
	sooner := func(t time.Time) {
		if t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for _, d := range Plan(c, now, p) {
		if d.Ready() {
			sooner(d.NotBefore)
		}
	}
	for _, d := range Duties(c, calendar.On(now, p.Zone)) {
		if d.State == Open && !d.Overdue && !d.Due.IsZero() {
			sooner(d.Due.AddDays(1).At(0, 0, p.Zone))
		}
	}
	if c.Held != nil {
		if until := c.Held.Body.(Held).Until; !until.IsZero() {
			sooner(until.At(0, 0, p.Zone))
		}
	}
	return next
}
