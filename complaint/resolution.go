package complaint

import (
	"slices"

	"klachtd/calendar"
)

// resolution is a time in which the complaint counted as resolved. A new offer, or dissatisfaction, ends it; what was done
// in it stays as it was.
type resolution struct {
	on           calendar.Date // S
	seq          int           // the word that resolved it
	until        int           // the word that opened it again; 0 while it stands
	dissatisfied bool          // the complainant was not satisfied at last
	withdrawn    bool          // it was resolved by being withdrawn
}

// unhappy says whether the complainant left dissatisfied, and so is to be told of the commissioner.
func (s resolution) unhappy() bool { return s.dissatisfied && !s.withdrawn }

// resolve fixes S for a complainant: the earliest day on which it was resolved counts, until it is opened again (procedure.md
// 1.3.10).
func (k *Complainant) resolve(f Fact, how string) {
	k.ResolvedHow = either(how, k.ResolvedHow)
	if !k.ResolvedOn.IsZero() {
		k.ResolvedOn = min(k.ResolvedOn, f.On)
		k.resolutions = slices.Clone(k.resolutions)
		k.resolutions[len(k.resolutions)-1].on = k.ResolvedOn
		return
	}
	k.ResolvedOn = f.On
	s := resolution{on: f.On, seq: f.Seq, dissatisfied: k.dissatisfied(), withdrawn: k.Withdrawn != nil}
	k.resolutions = append(slices.Clip(k.resolutions), s)
}

// reopen takes back that it is resolved for a complainant.
func (k *Complainant) reopen(f Fact) {
	if k.ResolvedOn.IsZero() {
		return
	}
	k.ResolvedOn, k.ResolvedHow = 0, ""
	k.resolutions = slices.Clone(k.resolutions)
	k.resolutions[len(k.resolutions)-1].until = f.Seq
}

// resolve derives S of the case: the last one of all complainants, none while one is open.
func (c *Case) resolve(f Fact) {
	was := c.ResolvedOn
	c.ResolvedOn, c.ResolvedHow = 0, ""
	for _, k := range c.Complainants {
		if k.ResolvedOn.IsZero() {
			c.ResolvedOn, c.ResolvedHow = 0, ""
			break
		}
		if k.ResolvedOn >= c.ResolvedOn {
			c.ResolvedOn, c.ResolvedHow = k.ResolvedOn, k.ResolvedHow
		}
	}
	last := len(c.resolutions) - 1
	switch {
	case was == c.ResolvedOn:
	case was.IsZero():
		c.resolutions = append(c.resolutions, resolution{on: c.ResolvedOn, seq: f.Seq, withdrawn: c.withdrawn()})
	case c.ResolvedOn.IsZero():
		c.resolutions[last].until = f.Seq
	default:
		c.resolutions[last].on = c.ResolvedOn
	}
}

// after lists the duties that follow each time it was resolved, a round for each: of those that were opened again, only the
// letters that left meanwhile.
func (c *Case) after(times []resolution, owed func(resolution) (Duty, bool)) []Duty {
	var all []Duty
	for _, s := range times {
		d, ok := owed(s)
		if !ok {
			continue
		}
		d.until = s.until
		rounds := c.sent(d, all...)
		if last := rounds[len(rounds)-1]; s.until > 0 && last.State != Met && last.State != Late {
			rounds = rounds[:len(rounds)-1]
		}
		all = append(all, rounds...)
	}
	return all
}

// saying is when something was said, and by which fact; the zero value was never said.
type saying struct {
	on  calendar.Date
	seq int
}

// answeredOn finds what a complainant first said of an offer before the next one, or that it was resolved otherwise.
func (k *Complainant) answeredOn(offer, next int) saying {
	var first saying
	said := func(on calendar.Date, seq int) {
		if seq > offer && (next == 0 || seq < next) && (first.seq == 0 || seq < first.seq) {
			first = saying{on, seq}
		}
	}
	for _, f := range k.Reactions {
		said(f.On, f.Seq)
	}
	for _, s := range k.resolutions {
		said(s.on, s.seq)
	}
	return first
}

// thinks finds the last word on how long a complainant thinks about an offer, before it was answered.
func (k *Complainant) thinks(offer, answered, next int) *Fact {
	var last *Fact
	for i := range k.thought {
		f := &k.thought[i]
		if f.Seq > offer && (answered == 0 || f.Seq < answered) && (next == 0 || f.Seq < next) {
			last = f
		}
	}
	return last
}
