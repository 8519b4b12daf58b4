package complaint

import (
	"slices"

	"klachtd/calendar"
)

// article3 owes each complainant word on how it goes on: by four weeks or the date promised if that is earlier; again by
// each later date that a letter promises before the confirmation is due; and when the handler orders it. A reopened case
// owes it two weeks after the message that reopened it, to who was acknowledged before.
//
// The rounds follow from what happened, in order: word to the complainant meets what is open, an order is carried out by
// what is open or opens a round, a letter that comes back reopens what it met.
func (c *Case) article3(k *Complainant) []Duty {
	var p progress
	from, rule := c.from()
	term := c.Opening.Terms.Progress
	if rule == fromReopening && (term.IsZero() || c.welcomed(k.ID)) {
		term = c.Opening.Terms.Acknowledgement
	}
	if !term.IsZero() {
		p.open(c, c.firstProgress(k, from, term, rule))
	}
	for _, e := range c.progressEvents(k) {
		switch {
		case e.back:
			p.undo(c, e)
		case e.order != nil:
			p.ordered(c, k, e.order)
		default:
			p.informed(e)
			if e.letter.again {
				p.open(c, c.dutyBy(Progress, k.ID, e.letter.Promised, Step{Rule: promised, From: e.on, To: e.letter.Promised}))
			}
		}
	}
	for i := range p.rounds {
		if p.rounds[i].State == Open {
			p.rounds[i] = c.orImpossible(p.rounds[i])
		}
	}
	return p.rounds
}

// firstProgress is due by its term, or by the date the acknowledgement promised if that is earlier.
func (c *Case) firstProgress(k *Complainant, from calendar.Date, term calendar.Term, rule Rule) Duty {
	d := c.duty(Progress, k.ID, from, term, rule)
	if c.Reopened != nil {
		return d
	}
	for _, sent := range c.arrived(LetterAcknowledgement, k.ID) {
		if p := sent.Promised; p > sent.on && p < d.Due {
			return c.dutyBy(Progress, k.ID, p, Step{Rule: promised, From: sent.on, To: p})
		}
	}
	return d
}

// progress are the rounds so far.
type progress struct {
	rounds []Duty
	metBy  []string // the Message-ID of the letter that met each, if one did
}

// progressEvent is something that tells a complainant how it goes on, an order to do so, or a letter that came back.
type progressEvent struct {
	seq    int
	on     calendar.Date
	letter delivery
	order  *Fact
	back   bool
}

// progressEvents lists them in order, since the last reopening.
func (c *Case) progressEvents(k *Complainant) []progressEvent {
	var all []progressEvent
	for _, d := range c.deliveries {
		switch d.Letter {
		case LetterNonAcceptance, LetterProgress, LetterExtension, LetterConfirmation, LetterReportComplainant, LetterWithdrawal:
			if d.to(k.ID) {
				all = append(all, progressEvent{seq: d.seq, on: d.on, letter: d})
				if d.returned != "" {
					all = append(all, progressEvent{seq: d.back, on: d.on, letter: d, back: true})
				}
			}
		}
	}
	for _, f := range c.Calls {
		if b := f.Body.(Called); b.Told && !b.NoAnswer && (b.Party == 0 || b.Party == k.ID) {
			all = append(all, progressEvent{seq: f.Seq, on: f.On})
		}
	}
	for _, o := range c.orders {
		if o.kind == Progress {
			all = append(all, progressEvent{seq: o.fact.Seq, on: o.fact.On, order: &o.fact})
		}
	}
	if c.Reopened != nil {
		all = slices.DeleteFunc(all, func(e progressEvent) bool { return e.seq < c.Reopened.Seq })
	}
	if over := c.over(k); over > 0 {
		all = slices.DeleteFunc(all, func(e progressEvent) bool { return e.seq > over && !e.back && e.letter.Letter != LetterWithdrawal })
	}
	slices.SortStableFunc(all, func(a, b progressEvent) int { return a.seq - b.seq })
	return all
}

func (p *progress) open(c *Case, d Duty) {
	p.rounds, p.metBy = append(p.rounds, c.inRound(d, len(p.rounds))), append(p.metBy, "")
}

// informed meets what is open.
func (p *progress) informed(e progressEvent) {
	for i := range p.rounds {
		if d := &p.rounds[i]; d.State == Open {
			if e.letter.MessageID == "" {
				d.meet(e.on)
			} else {
				d.arrive(e.letter)
			}
			p.metBy[i] = e.letter.MessageID
		}
	}
}

// ordered has what is open carried out on the handler's word, or opens a round for it.
func (p *progress) ordered(c *Case, k *Complainant, word *Fact) {
	for i := range p.rounds {
		if d := &p.rounds[i]; d.State == Open {
			d.word, d.back = word, false
			return
		}
	}
	d := c.duty(Progress, k.ID, word.On, c.Opening.Terms.Working, fromWord)
	d.word = word
	p.open(c, d)
}

// undo opens again what a letter had met that came back. The letter's own round lapses, and another takes its place.
func (p *progress) undo(c *Case, e progressEvent) {
	for i := range p.rounds {
		d := &p.rounds[i]
		if p.metBy[i] != e.letter.MessageID || d.State != Met && d.State != Late {
			continue
		}
		again := *d
		again.State, again.MetOn = Open, 0
		if !e.letter.meets(d.Key) {
			again.word = nil
			*d, p.metBy[i] = again, ""
			if own, ok := c.delivered(d.Key); ok && own.returned == "" { // its own letter left meanwhile
				d.arrive(own)
				p.metBy[i] = own.MessageID
			}
			continue
		}
		*d = d.undelivered(e.letter)
		again.back = true
		p.open(c, again)
	}
}
