package complaint

import (
	"slices"

	"klachtd/calendar"
)

// Point is the finding on one point of a complaint, or on the whole of it (article 4).
type Point struct {
	Number  int    // 0 when the complaint was judged as a whole
	About   string // what the point is
	Person  int    // whose conduct it is about; 0 for nobody's in particular
	Finding Finding
	Reason  string
	On      calendar.Date
	By      Actor
}

// Offer is one offer made by phone, in its round, with the reaction it got.
type Offer struct {
	On       calendar.Date // O
	Text     string
	Remedy   Remedy
	Party    int // the complainant it was made to; 0 for all of them
	Written  bool
	Reaction *Fact // the last one
	seq      int
}

// TakenMeasure is a measure against repetition and what became of it (article 7).
type TakenMeasure struct {
	MeasureTaken
	DoneOn calendar.Date // zero while it is not done
	Effect string
	taken  calendar.Date
}

// Commitment is something agreed with the complainant and what became of it (article 8).
type Commitment struct {
	Committed               // By as agreed first
	Until     calendar.Date // by when it is to be done now
	Moved     *Fact         // the last time it was put off
	KeptOn    calendar.Date // zero while it is not done
	Notes     string
	agreed    calendar.Date
}

// addOutcome adds what is found, offered, agreed and done.
func (c *Case) addOutcome(f Fact) {
	switch b := f.Body.(type) {
	case Judged:
		c.judge(f, b)
	case Weighed:
		c.Weighed.Severity = either(b.Severity, c.Weighed.Severity)
		c.Weighed.Cause = either(b.Cause, c.Weighed.Cause)
		c.Weighed.Accountable = either(b.Accountable, c.Weighed.Accountable)
	case Offered:
		c.Offers = append(c.Offers, Offer{On: f.On, Text: b.Text, Remedy: b.Remedy, Party: b.Party, Written: b.Written, seq: f.Seq})
		c.NoOffer = nil
		c.each(b.Party, func(k *Complainant) { k.reopen(f); k.Thinking = nil })
	case NoOffer:
		c.NoOffer = &f
		c.each(0, func(k *Complainant) {
			if k.dissatisfied() && k.ResolvedOn.IsZero() {
				k.resolve(f, b.Reason)
			}
		})
	case Reacted:
		c.react(f, b)
	case Thinking:
		c.each(b.Party, func(k *Complainant) {
			if k.Thinking = &f; !b.Until.IsZero() {
				k.thought = append(slices.Clip(k.thought), f)
			}
		})
	case Told:
		c.each(b.Party, func(k *Complainant) { k.resolve(f, b.Words) })
	case Resolved:
		c.each(b.Party, func(k *Complainant) { k.resolve(f, b.How) })
	case Withdrawn:
		c.each(b.Party, func(k *Complainant) {
			k.Withdrawn = &f
			k.resolve(f, b.Words)
		})
	case ReportWritten:
		c.Report.Complainant = either(b.Complainant, c.Report.Complainant)
		c.Report.Concerned = either(b.Concerned, c.Report.Concerned)
	case Referred:
		if b.Consent {
			c.Consent = &f
		} else {
			if c.Referred = &f; c.refer == nil {
				c.refer = &f
			}
		}
	default:
		c.addFollowUp(f)
	}
	c.resolve(f)
}

// addFollowUp adds measures and commitments. A number that names none changes nothing.
func (c *Case) addFollowUp(f Fact) {
	switch b := f.Body.(type) {
	case MeasureTaken:
		c.Measures = append(c.Measures, TakenMeasure{MeasureTaken: b, taken: f.On})
	case NoMeasure:
		c.NoMeasure = &b
	case MeasureDone:
		if i := b.Measure - 1; i >= 0 && i < len(c.Measures) {
			m := &c.Measures[i]
			m.DoneOn, m.Effect = firstDay(m.DoneOn, f.On), either(b.Effect, m.Effect)
		}
	case Committed:
		until := b.By
		if until.IsZero() {
			until = c.promise(f.On)
		}
		c.Commitments = append(c.Commitments, Commitment{Committed: b, Until: until, agreed: f.On})
	case CommitmentMoved:
		if i := b.Commitment - 1; i >= 0 && i < len(c.Commitments) && !b.To.IsZero() && c.Commitments[i].KeptOn.IsZero() {
			c.Commitments[i].Until, c.Commitments[i].Moved = b.To, &f
			if !c.Commitments[i].Internal {
				c.order(CommitmentLate, 0, f)
			}
		}
	case CommitmentKept:
		if i := b.Commitment - 1; i >= 0 && i < len(c.Commitments) {
			k := &c.Commitments[i]
			k.KeptOn, k.Notes = firstDay(k.KeptOn, f.On), either(b.Notes, k.Notes)
		}
	}
}

// firstDay is the day something was done first: said again, it was not done later.
func firstDay(known, said calendar.Date) calendar.Date {
	if known.IsZero() {
		return said
	}
	return known
}

// each does something with a complainant, or for 0 with all of them; nothing more becomes of who has withdrawn.
func (c *Case) each(party int, do func(*Complainant)) {
	for i := range c.Complainants {
		if k := &c.Complainants[i]; k.Withdrawn == nil && (k.ID == party || party == 0) {
			do(k)
		}
	}
}

// judge keeps the finding on a point. A finding on the whole replaces those on points, and the other way round.
func (c *Case) judge(f Fact, b Judged) {
	p := Point{Number: b.Point, About: b.About, Person: b.Person, Finding: b.Finding, Reason: b.Reason, On: f.On, By: f.By}
	if !slices.ContainsFunc(c.Persons, func(k Person) bool { return k.ID == p.Person }) {
		p.Person = 0
	}
	c.Points = slices.DeleteFunc(slices.Clone(c.Points), func(old Point) bool { return (old.Number == 0) != (b.Point == 0) })
	at := slices.IndexFunc(c.Points, func(old Point) bool { return old.Number == b.Point })
	if at < 0 {
		c.Points = append(c.Points, p)
	} else {
		p.About = either(p.About, c.Points[at].About)
		if p.Person == 0 {
			p.Person = c.Points[at].Person
		}
		c.Points[at] = p
	}
	slices.SortStableFunc(c.Points, func(a, b Point) int { return a.Number - b.Number })
	c.Finding, c.FindingReason, c.JudgedOn = overall(c.Points), b.Reason, f.On
	if c.DecidedOn.IsZero() {
		c.DecidedOn = f.On
	}
}

// overall derives the finding on the whole from those on the points: partly upheld as soon as they differ in favour of
// the complainant.
func overall(points []Point) Finding {
	count := map[Finding]int{}
	for _, p := range points {
		count[p.Finding]++
	}
	switch {
	case count[Upheld] == len(points):
		return Upheld
	case count[Upheld]+count[PartlyUpheld] > 0:
		return PartlyUpheld
	case count[NotUpheld] > 0:
		return NotUpheld
	}
	return NoFinding
}

// react keeps a reaction with the last offer. Satisfaction resolves the complaint that day; dissatisfaction opens it.
func (c *Case) react(f Fact, b Reacted) {
	c.Reactions = append(c.Reactions, f)
	for i := len(c.Offers) - 1; i >= 0; i-- {
		if o := &c.Offers[i]; o.Party == 0 || b.Party == 0 || o.Party == b.Party {
			o.Reaction = &f
			break
		}
	}
	c.each(b.Party, func(k *Complainant) {
		k.Reactions, k.Thinking = append(slices.Clip(k.Reactions), f), nil
		if b.Satisfied {
			k.resolve(f, "")
		} else {
			k.reopen(f)
		}
	})
}

// withdrawn says whether every complainant has withdrawn.
func (c *Case) withdrawn() bool {
	for _, k := range c.Complainants {
		if k.Withdrawn == nil {
			return false
		}
	}
	return len(c.Complainants) > 0
}

func (k *Complainant) dissatisfied() bool {
	n := len(k.Reactions)
	return n > 0 && !k.Reactions[n-1].Body.(Reacted).Satisfied
}

// Satisfied says how this complainant left: known is false while no reaction is known.
func (k *Complainant) Satisfied() (satisfied, known bool) {
	n := len(k.Reactions)
	if n == 0 {
		return false, false
	}
	return k.Reactions[n-1].Body.(Reacted).Satisfied, true
}

// dissatisfied says whether one of the complainants was dissatisfied at last.
func (c *Case) dissatisfied() bool {
	for i := range c.Complainants {
		if c.Complainants[i].dissatisfied() {
			return true
		}
	}
	return false
}

// Satisfied says how the complainants left: with one who is dissatisfied they were not satisfied. Known is false while no
// reaction is known.
func (c *Case) Satisfied() (satisfied, known bool) {
	satisfied = true
	for i := range c.Complainants {
		if s, k := c.Complainants[i].Satisfied(); k {
			satisfied, known = satisfied && s, true
		}
	}
	return satisfied && known, known
}

// OffersTo lists the offers made to a complainant, each with that complainant's own last reaction to it.
func (c *Case) OffersTo(party int) []Offer {
	var all []Offer
	k, _ := c.Complainant(party)
	for _, o := range c.Offers {
		if o.Party != 0 && o.Party != party || k.Withdrawn != nil && k.Withdrawn.Seq < o.seq {
			continue
		}
		o.Reaction = nil
		all = append(all, o)
	}
	for i := range k.Reactions {
		for j := len(all) - 1; j >= 0; j-- {
			if all[j].seq < k.Reactions[i].Seq {
				all[j].Reaction = &k.Reactions[i]
				break
			}
		}
	}
	return all
}

// PointsFor lists the findings that a person concerned may read: those on their own conduct, and those on nobody's in
// particular while there is nobody else.
func (c *Case) PointsFor(person int) []Point {
	var own []Point
	for _, p := range c.Points {
		if p.Person == person || p.Person == 0 && (len(c.Persons) == 1 || p.Number == 0) {
			own = append(own, p)
		}
	}
	return own
}

// Outcome says whether there is one to confirm: a finding, and an offer or the reason why there is none.
func (c *Case) Outcome() bool {
	return c.Finding != "" && (len(c.Offers) > 0 || c.NoOffer != nil)
}
