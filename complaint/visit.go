package complaint

import "slices"

// A mail speaks of the case it answers. #zaak turns to another one and #nieuw to one that it opens: what stands below it
// is said there, until the next of them.

// visit is what a mail says in one case.
type visit struct {
	home  bool // the case that the mail answers; none where it answers a mail about several
	c     Case
	file  []Fact // those on file
	facts []Fact // those that the mail adds
	ask   *Ask
	opens *Opening // nil for a case that exists
}

// newCase stands for the number of a case that has none yet.
const newCase CaseID = "nieuw"

// turn goes on in another case. What was said there before stays.
func (r *reader) turn(to visit) {
	r.away = append(r.away, visit{home: !r.visiting, c: r.c, file: r.file, facts: r.out.Facts, ask: r.ask, opens: r.opens})
	r.visiting = !to.home
	r.c, r.file, r.out.Facts, r.ask, r.opens = to.c, to.file, to.facts, to.ask, to.opens
}

// onlyListed turns to the one case that the answered mail is about, when it lists but one. What a letter follows from is not
// taken for meant there: it wants the number of its case.
func (r *reader) onlyListed(c command) {
	if r.c.Opening.Number != "" || !c.tag.happened || r.ask == nil || r.ask.Question == AskTakeOver || len(r.ask.Cases) != 1 {
		return
	}
	id := r.ask.Cases[0]
	if r.turnTo(func(v visit) bool { return v.c.Opening.Number == id && v.opens == nil }) {
		return
	}
	if other, ok := r.other(id); ok && r.setting.Handles(other, r.in.From.Mail) {
		r.turn(visit{c: other, file: other.Facts})
	}
}

// turnTo goes on in the case that a visit left.
func (r *reader) turnTo(match func(visit) bool) bool {
	i := slices.IndexFunc(r.away, match)
	if i < 0 {
		return false
	}
	to := r.away[i]
	r.away = slices.Delete(r.away, i, i+1)
	r.turn(to)
	return true
}

// gather ends the reading at home, and hands out what was said away from there.
func (r *reader) gather() {
	if r.visiting {
		r.turnTo(func(v visit) bool { return v.home })
	}
	if r.c.Opening.Number != "" && len(r.out.Facts) == 0 && slices.ContainsFunc(r.away, func(v visit) bool { return v.opens != nil || len(v.facts) > 0 }) {
		r.record(r.today, Noted{Text: Words{"deze mail ging over een andere zaak", "this mail was about another case"}.In(r.lang), Away: true})
	}
	for _, v := range r.away {
		switch {
		case v.opens != nil:
			o := *v.opens
			o.Opened.Number, o.Facts = "", v.facts
			r.out.Opens = append(r.out.Opens, o)
		case len(v.facts) > 0:
			r.out.Elsewhere = append(r.out.Elsewhere, Elsewhere{v.c.Opening.Number, v.facts})
		}
	}
}

// open begins a case and turns to it.
func (r *reader) open(o Opening) {
	o.Opened.Number = newCase
	file := []Fact{{Seq: 1, On: r.today, At: r.now, By: ByProgram, Mail: r.in.ID, Body: o.Opened}}
	r.turn(visit{c: Fold(file), file: file, opens: &o})
}

// other is a case by its number, with what the mail said there so far.
func (r *reader) other(id CaseID) (Case, bool) {
	for _, v := range r.away {
		if v.c.Opening.Number == id && v.opens == nil {
			return v.c, true
		}
	}
	if r.setting.Case == nil {
		return Case{}, false
	}
	return r.setting.Case(id)
}

// elsewhere records facts in another case.
func (r *reader) elsewhere(id CaseID, facts ...Fact) {
	i := slices.IndexFunc(r.away, func(v visit) bool { return v.c.Opening.Number == id && v.opens == nil })
	if i < 0 {
		c, _ := r.setting.Case(id)
		i, r.away = len(r.away), append(r.away, visit{c: c, file: c.Facts})
	}
	v := &r.away[i]
	for _, f := range facts {
		if f.By == "" {
			f.By = Actor(BareMail(r.in.From.Mail))
		}
		if f.Mail == "" {
			f.Mail = r.in.ID
		}
		f.On = r.today
		v.facts = append(v.facts, f)
	}
	v.c = r.fold(v.file, v.facts)
}

// fold is a case with facts that are still to be recorded.
func (r *reader) fold(file, more []Fact) Case {
	facts := slices.Clone(file)
	for _, f := range more {
		f.Seq, f.At = len(facts)+1, r.now
		facts = append(facts, f)
	}
	return Fold(facts)
}
