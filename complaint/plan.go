package complaint

import (
	"slices"
	"time"

	"klachtd/calendar"
)

// Departure is a letter that is owed: whether it is complete, and when it leaves if nothing changes.
type Departure struct {
	Letter    string // LetterAcknowledgement, ...
	Meets     []Key
	Variant   string
	To        Party
	Channel   Channel // by post it goes to the handler, to be printed
	Lang      string
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
	return c.plan(Duties(c, calendar.On(now, p.Zone)), now, p)
}

func (c *Case) plan(owed []Duty, now time.Time, p Policy) []Departure {
	today := calendar.On(now, p.Zone)
	var all []Departure
	for _, d := range owed {
		if d.State != Open {
			continue
		}
		if dep, ok := c.departure(d, now, p); ok {
			all = append(all, dep)
		}
	}
	if dep, ok := c.receipt(p, today); ok {
		all = append(all, dep)
	}
	for i := range all { // what should have left at night, or while nobody was there, keeps office hours too
		if dep := &all[i]; !dep.NotBefore.IsZero() && dep.NotBefore.Before(now) {
			if at := p.window(now, dep.Due, c.Opening.Terms.Holidays); at.After(now) {
				dep.NotBefore = at
			}
		}
	}
	return combine(all, today)
}

// departure makes the letter that meets an open duty, if a letter does.
func (c *Case) departure(d Duty, now time.Time, p Policy) (Departure, bool) {
	if _, printed := c.printed[d.Key]; printed || letterFor(d.Kind) == "" {
		return Departure{}, false // a printed letter waits for the handler to post it
	}
	if _, sent := c.delivered(d.Key); sent {
		return Departure{}, false // never twice, whatever the facts say
	}
	to := c.Party(d.Party)
	if to.Channel() == NoWay {
		return Departure{}, false
	}
	dep := Departure{Letter: letterFor(d.Kind), Meets: []Key{d.Key}, Due: d.Due, SendBy: d.SendBy, To: to, Channel: to.Channel(), Lang: c.langOf(to, p)}
	silence, owed := c.owes(&dep, d, calendar.On(now, p.Zone), p)
	if !owed {
		return Departure{}, false
	}
	dep.Missing = c.missing(dep)
	c.release(&dep, d, silence && !c.Opening.Verdict.Danger, now, p)
	return dep, true
}

// langOf is the language of letters to a party. Those to others than the complainants give no hint of the complainant's.
func (c *Case) langOf(to Party, p Policy) string {
	if _, complains := c.Complainant(to.ID); complains {
		return either(to.Lang, c.Opening.Lang)
	}
	return either(to.Lang, either(p.Lang, "nl"))
}

// owes fills in what a letter promises and which variant it is. Silence says whether it leaves when nobody speaks; owed is
// false while there is no such letter to write.
func (c *Case) owes(dep *Departure, d Duty, today calendar.Date, p Policy) (silence, owed bool) {
	switch d.Kind {
	case Acknowledgement: // L2 confirms receipt and stands in for it
		dep.Promised = c.ahead(c.Expected(), today)
		if c.Authority != nil && !c.MayTell() && d.Party == 1 {
			dep.Variant = VariantAuthority
		}
		return c.acknowledgesItself(p), c.Declined == nil
	case Decision:
		dep.Meets = append(dep.Meets, c.openAcknowledgement(d.Party)...)
		return false, c.Declined != nil
	case Progress:
		dep.Promised = c.nextPromise(d, today)
		return true, c.Declined == nil && c.recognised()
	case Confirmation:
		if !c.Outcome() {
			dep.Variant = VariantUnfinished
			dep.Promised = c.promise(today)
		}
		return c.confirmSilently(d.Party), c.Declined == nil && c.recognised()
	case Information:
		if b, ok := d.asked(); ok && b.Authority {
			dep.Variant = VariantAuthority
		}
		return false, true
	case Extend, ExtendConcerned:
		if c.Extended != nil {
			dep.Promised = c.Extended.To
		}
	case AskResponse:
		dep.Promised = c.Opening.Terms.Working.After(today, c.Opening.Terms.Holidays)
		return false, c.overOf(d.Party) != "" && c.Declined == nil
	case ReportConcerned:
		if c.withdrawn() {
			dep.Variant = VariantWithdrawn
		}
		return true, true
	case ReportComplainant, CloseWitness:
		return true, true
	}
	return false, true
}

// asked is the order that a letter with questions carries out.
func (d Duty) asked() (Asked, bool) {
	if d.word == nil {
		return Asked{}, false
	}
	b, ok := d.word.Body.(Asked)
	return b, ok
}

// Order is the handler's word that the letter for a duty carries out: Asked, ProgressOrdered, HandedOver, Merged, Extended,
// Referred, Withdrawn or CommitmentMoved; nil when it follows from the terms.
func (c *Case) Order(k Key, today calendar.Date) Body {
	for _, d := range Duties(*c, today) {
		if d.Key == k && d.word != nil {
			return d.word.Body
		}
	}
	return nil
}

// overOf is the conduct of a person concerned, in the handler's words.
func (c *Case) overOf(person int) string {
	for _, p := range c.Persons {
		if p.ID == person {
			return p.Over
		}
	}
	return ""
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

// confirmSilently says whether a confirmation leaves on silence: with an outcome always, without one only once (a second
// "state of affairs" is never sent by itself; the handler is alarmed instead).
func (c *Case) confirmSilently(party int) bool {
	if c.Outcome() {
		return true
	}
	for _, d := range c.arrived(LetterConfirmation, party) {
		if d.Variant == VariantUnfinished {
			return false
		}
	}
	return true
}

// release fixes when a letter leaves: grace after the handler's word, or at AutoAt on send_by when nobody spoke.
func (c *Case) release(dep *Departure, d Duty, silence bool, now time.Time, p Policy) {
	if c.Held != nil && c.heldOn(calendar.On(now, p.Zone)) {
		return
	}
	h := c.Opening.Terms.Holidays
	onWord := func(f Fact) {
		dep.OnWord, dep.NotBefore = true, p.window(f.At.Add(p.Grace), dep.Due, h)
	}
	approved, ok := c.approvals[dep.Meets[0]]
	switch {
	case ok:
		onWord(approved)
	case d.back: // after a bounce only the handler's word sends it again
	case p.Mode[dep.Letter] == Approve:
	case d.Kind == Acknowledgement && c.Registered != nil:
		onWord(c.welcome(d.Party))
	case d.word != nil:
		onWord(*d.word)
	case silence:
		dep.NotBefore = p.window(c.silent(*dep, p), dep.Due, h)
	}
}

// welcome is the word from which the acknowledgement of a complainant counts its grace: that it is a complaint, or, said
// later, that this is a complainant too.
func (c *Case) welcome(party int) Fact {
	if k, ok := c.Complainant(party); ok && k.joined != nil && k.joined.At.After(c.Registered.At) {
		return *k.joined
	}
	return *c.Registered
}

// silent is the time at which a letter leaves when nobody speaks; one to be posted, the working day before.
func (c *Case) silent(dep Departure, p Policy) time.Time {
	h := c.Opening.Terms.Holidays
	day := dep.SendBy
	if dep.Channel == ByPost {
		day = h.Before(day)
	}
	at := day.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone)
	if last := c.lastWord().Add(p.Grace); last.After(at) {
		return p.nextAuto(last, dep.Due, h) // completed after its time: she has just been shown it
	}
	return at
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
func (c *Case) receipt(p Policy, today calendar.Date) (Departure, bool) {
	if c.Opening.Origin != OriginUnanswered || p.Unanswered != SendReceipt || c.Opening.Verdict.Danger ||
		c.Registered != nil || c.Declined != nil || c.withdrawn() || c.endedOtherwise() != (Words{}) || c.Opening.Complainant.Channel() == NoWay {
		return Departure{}, false
	}
	key := Key{c.Opening.Number, Receipt, 1, 1}
	if _, sent := c.delivered(key); sent {
		return Departure{}, false
	}
	t := c.Opening.Terms
	ack := c.duty(Acknowledgement, 1, c.Received, t.Acknowledgement, fromReceipt)
	to := c.Opening.Complainant
	dep := Departure{Letter: LetterReceipt, Meets: []Key{key}, To: to, Channel: to.Channel(), Lang: c.langOf(to, p), Due: ack.Due, SendBy: ack.SendBy}
	dep.NotBefore = p.window(ack.SendBy.At(p.AutoAt.Hour, p.AutoAt.Minute, p.Zone), ack.Due, t.Holidays)
	dep.Promised = c.ahead(t.Decision.After(c.Received, t.Holidays), today)
	return dep, true
}

// combine makes one letter of the confirmation and the report to the complainant when both are complete and the
// confirmation is not late: "bevestiging en verslag" meets both (procedure.md 1.3.11).
func combine(all []Departure, today calendar.Date) []Departure {
	for i := 0; i < len(all); i++ {
		c := &all[i]
		if c.Letter != LetterConfirmation || c.Variant != VariantFull || len(c.Missing) > 0 || c.Due < today {
			continue
		}
		j := slices.IndexFunc(all, func(r Departure) bool {
			return r.Letter == LetterReportComplainant && r.To.ID == c.To.ID && len(r.Missing) == 0 && r.OnWord == c.OnWord
		})
		if j < 0 {
			continue
		}
		r := all[j]
		c.Variant = VariantWithReport
		c.Meets = append(c.Meets, r.Meets...)
		c.Due, c.SendBy = min(c.Due, r.Due), min(c.SendBy, r.SendBy) // it must be in time for both
		if !r.NotBefore.IsZero() && (c.NotBefore.IsZero() || r.NotBefore.Before(c.NotBefore)) {
			c.NotBefore = r.NotBefore
		}
		if all = slices.Delete(all, j, j+1); j < i {
			i--
		}
	}
	return all
}

// Expected is the date by which the complainant is told the complaint will be handled: what the handler said, else the
// term of the confirmation, put off when it was.
func (c *Case) Expected() calendar.Date {
	e := c.Described.Expected
	if e.IsZero() || c.Reopened != nil && e <= c.Reopened.On { // said of the handling before
		from, _ := c.from()
		e = c.Opening.Terms.Confirmation.After(from, c.Opening.Terms.Holidays)
	}
	if c.Extended != nil {
		e = max(e, c.Extended.To)
	}
	return e
}

// nextPromise is the date a progress letter names: that of the handler, else the expected date, or three weeks on when
// that has passed.
func (c *Case) nextPromise(d Duty, today calendar.Date) calendar.Date {
	if d.word != nil {
		if b, ok := d.word.Body.(ProgressOrdered); ok && b.By > today {
			return b.By
		}
	}
	return c.ahead(c.Expected(), today)
}

// ahead is a date that a letter can promise on a day: one that has passed makes way for another three weeks.
func (c *Case) ahead(date, today calendar.Date) calendar.Date {
	if date > today {
		return date
	}
	return c.promise(today)
}

// promise is the date that a letter promises when the work takes longer.
func (c *Case) promise(today calendar.Date) calendar.Date {
	return c.Opening.Terms.Promise.After(today, c.Opening.Terms.Holidays)
}

// openAcknowledgement is the key of a complainant's acknowledgement still owed, for L2 to meet along with its own.
func (c *Case) openAcknowledgement(party int) []Key {
	if c.welcomed(party) {
		return nil
	}
	for _, d := range c.acknowledgements(party) {
		if d.State == Open {
			return []Key{d.Key}
		}
	}
	return nil
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
	owed := Duties(c, calendar.On(now, p.Zone))
	for _, d := range c.plan(owed, now, p) {
		if d.Ready() {
			sooner(d.NotBefore)
		}
	}
	for _, d := range owed {
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
