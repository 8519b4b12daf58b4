package complaint

import (
	"slices"

	"klachtd/calendar"
)

// The duties, article by article. Those to a complainant are owed to each of them.

// article1: ask for further information, and for the authorisation of who speaks for another. The terms run on meanwhile.
func (c *Case) article1(k *Complainant) []Duty {
	all := c.ordered(Information, k.ID)
	if k.ID == 1 {
		all = append(all, c.authorisations(k)...)
	}
	return all
}

// authorisations waits each time one is asked until it is given, refused or not needed.
func (c *Case) authorisations(k *Complainant) []Duty {
	var all []Duty
	ask := func(on calendar.Date) {
		if n := len(all); n == 0 || all[n-1].State != Open {
			all = append(all, c.inRound(c.duty(AwaitAuthority, k.ID, on, c.Opening.Terms.Reaction, fromAuthority), n))
		}
	}
	if c.Before != nil && c.Before.Authority != nil && c.Before.Authority.State == AuthorityAsked {
		ask(c.Reopened.On)
	}
	for _, f := range c.current() {
		b, ok := f.Body.(Authority)
		if c.overBefore(k, f.Seq) {
			break
		}
		switch n := len(all); {
		case ok && b.State == AuthorityAsked:
			ask(f.On)
		case ok && n > 0 && all[n-1].State == Open:
			all[n-1].meet(f.On)
		}
	}
	if n := len(all); n > 0 && all[n-1].State == Open && c.Declined != nil {
		all[n-1].lapse(Words{"niet in behandeling genomen", "not taken up"})
	}
	return all
}

// article2: acknowledgement two weeks after receipt; the decision, and the notice when it is not taken up, within four. A
// reopened case was taken up before, and acknowledged to who was in it.
func (c *Case) article2(k *Complainant, today calendar.Date) []Duty {
	t := c.Opening.Terms
	var all []Duty
	if !c.welcomed(k.ID) {
		all = c.acknowledgements(k.ID)
	}
	switch {
	case !t.Decision.IsZero() && c.Reopened == nil:
		all = append(all, c.decision(k, today)...)
	default:
		all = append(all, c.notice(k)...)
	}
	return all
}

// notice is owed where no term is promised for the decision, but it was not to take the complaint up.
func (c *Case) notice(k *Complainant) []Duty {
	word := c.first(func(b Body) bool { _, ok := b.(Declined); return ok })
	if word == nil {
		return nil
	}
	d := c.duty(Decision, k.ID, word.On, c.Opening.Terms.Working, fromWord)
	d.word = word
	all := c.sent(d)
	if last := all[len(all)-1]; c.Declined == nil && last.State != Met && last.State != Late {
		return all[:len(all)-1]
	}
	return all
}

func (c *Case) acknowledgements(party int) []Duty {
	from, rule := c.from()
	if c.Opening.Terms.Acknowledgement.IsZero() {
		return nil
	}
	return c.sent(c.duty(Acknowledgement, party, from, c.Opening.Terms.Acknowledgement, rule))
}

// welcomed says whether a complainant of a reopened case held a letter that confirms receipt before.
func (c *Case) welcomed(party int) bool {
	return c.Before != nil && slices.ContainsFunc(c.Before.deliveries, func(d delivery) bool {
		return d.returned == "" && d.to(party) && (d.Letter == LetterAcknowledgement || d.Letter == LetterNonAcceptance)
	})
}

// decision is met by the notice of non-acceptance, by any investigating or judging fact, or by lapse of time: who says
// nothing within four weeks has taken the complaint up (procedure.md 1.1, 2b).
func (c *Case) decision(k *Complainant, today calendar.Date) []Duty {
	d := c.duty(Decision, k.ID, c.Received, c.Opening.Terms.Decision, fromReceipt)
	d.word = c.Declined
	all := c.sent(d)
	last := &all[len(all)-1]
	if c.Declined != nil || last.State == Met || last.State == Late {
		return all
	}
	last.State, last.Reason = Open, Words{} // nobody has to be reached for it
	if f := c.takenUp(); f != nil && f.On <= d.Due && !c.overBefore(k, f.Seq) {
		last.meet(f.On)
	} else if today > d.Due && !c.overBy(k, d.Due) {
		last.meet(d.Due)
	}
	return all
}

// overBy says whether by a day the case had ended otherwise, or a complainant had withdrawn: silence decides nothing then.
func (c *Case) overBy(k *Complainant, day calendar.Date) bool {
	for _, f := range c.ends(k) {
		if f != nil && f.On <= day {
			return true
		}
	}
	return false
}

// over is the Seq of the word by which the case ended otherwise, or a complainant withdrew; 0 while it goes on.
func (c *Case) over(k *Complainant) (seq int) {
	for _, f := range c.ends(k) {
		if f != nil && (seq == 0 || f.Seq < seq) {
			seq = f.Seq
		}
	}
	return seq
}

// ends are the words, if any, by which the handling ended for a complainant before the whole procedure was run.
func (c *Case) ends(k *Complainant) [4]*Fact {
	return [...]*Fact{c.Dismissed, c.AtOnce, c.foldedIn, k.Withdrawn}
}

// overBefore says whether it was over before a fact.
func (c *Case) overBefore(k *Complainant, seq int) bool {
	over := c.over(k)
	return over > 0 && over < seq
}

// takenUp is the first investigating or judging fact since the case was last opened, nil when there is none.
func (c *Case) takenUp() *Fact {
	return c.first(func(b Body) bool {
		switch b.(type) {
		case PersonNamed, NoPersonConcerned, Responded, NoResponse, Judged, Offered:
			return true
		}
		return false
	})
}

// article6: a report to each complainant three weeks after it is resolved for them; a withdrawal is confirmed instead.
func (c *Case) article6(k *Complainant) []Duty {
	t := c.Opening.Terms
	all := c.after(k.resolutions, func(s resolution) (Duty, bool) {
		return c.duty(ReportComplainant, k.ID, s.on, t.Report, fromResolution), !s.withdrawn && !t.Report.IsZero()
	})
	if k.Withdrawn != nil && !c.confirmedBefore(k) {
		d := c.duty(Withdrawal, k.ID, k.Withdrawn.On, t.Withdrawal, fromWithdrawal)
		d.word = k.Withdrawn
		all = append(all, c.sent(d)...)
	}
	return all
}

// confirmedBefore says whether the withdrawal of a complainant was confirmed before the last reopening.
func (c *Case) confirmedBefore(k *Complainant) bool {
	return slices.ContainsFunc(c.deliveries, func(d delivery) bool {
		return c.Reopened != nil && d.Letter == LetterWithdrawal && d.returned == "" && d.to(k.ID) && d.seq > k.Withdrawn.Seq && d.seq < c.Reopened.Seq
	})
}

// hearing asks a person concerned for a response, and waits for it (article 3).
func (c *Case) hearing(p Person) []Duty {
	d := c.duty(AskResponse, p.ID, p.named, c.Opening.Terms.Working, fromNaming)
	asked := c.sent(d)
	last := &asked[len(asked)-1]
	if last.State == Met || last.State == Late {
		sent, _ := c.delivered(last.Key)
		wait := c.dutyBy(AwaitResponse, p.ID, sent.Promised, Step{Rule: fromAsked, From: sent.on, To: sent.Promised})
		if sent.Promised.IsZero() {
			wait = c.duty(AwaitResponse, p.ID, sent.on, c.Opening.Terms.Working, fromRequest)
		}
		wait = c.inRound(wait, 0)
		if p.Response != nil {
			wait.meet(max(p.heard, sent.on))
		}
		return append(asked, wait)
	}
	switch {
	case last.State != Open:
	case p.Response != nil:
		last.lapse(Words{"de reactie is al bekend", "the response is known already"})
	case c.OwnMatter() && SameMail(p.Mail, c.Handler):
		last.lapse(ownMatterWords)
	case slices.ContainsFunc(c.resolutions, func(s resolution) bool { return s.until == 0 || s.until > p.seq }):
		last.lapse(Words{"de klacht is al opgelost", "the complaint is resolved already"})
	}
	return asked
}

var ownMatterWords = Words{"de behandelaar is zelf de betrokkene", "the handler is the person concerned"}

// reportTo owes a person concerned a report of their own, three weeks after the last complainant's S. Who never knew of a
// complaint that was withdrawn is not told of it now.
func (c *Case) reportTo(p Person) []Duty {
	t := c.Opening.Terms
	all := c.after(c.resolutions, func(s resolution) (Duty, bool) {
		return c.duty(ReportConcerned, p.ID, s.on, t.Report, fromResolution), !t.Report.IsZero() && (!s.withdrawn || c.knows(p))
	})
	if n := len(all); n > 0 && all[n-1].State == Open && c.OwnMatter() && SameMail(p.Mail, c.Handler) {
		all[n-1].lapse(ownMatterWords)
	}
	return all
}

// knows says whether a person concerned knows of the complaint.
func (c *Case) knows(p Person) bool {
	return p.spoke || p.Response != nil && p.Response.Summary != "" || len(c.arrived(LetterReactionRequest, p.ID)) > 0
}

// closing owes a witness a word when all is done.
func (c *Case) closing(w Party) []Duty {
	return c.after(c.resolutions, func(s resolution) (Duty, bool) {
		return c.duty(CloseWitness, w.ID, s.on, c.reportTerm(), fromResolution), true
	})
}

// reportTerm is the time within which things are rounded off: that of the report, where there is one.
func (c *Case) reportTerm() calendar.Term {
	if t := c.Opening.Terms.Report; !t.IsZero() {
		return t
	}
	return c.Opening.Terms.Promise
}

// article7: measures against repetition are decided before the case closes; our own date for it is that of the report,
// which has to name them. Then each measure is followed up, also when the case has long been closed.
func (c *Case) article7() []Duty {
	return append(c.measureDecision(), c.followUps()...)
}

// measureDecision is owed once it is resolved. The first measure, or the word that there is none, meets it, also when the
// complaint is opened again after that.
func (c *Case) measureDecision() []Duty {
	decided := c.measuresDecided()
	judged := c.first(func(b Body) bool { _, ok := b.(Judged); return ok })
	for _, s := range c.resolutions {
		if s.until > 0 && (decided.seq == 0 || decided.seq > s.until) {
			continue
		}
		d := c.duty(Measure, 1, s.on, c.reportTerm(), fromResolution)
		if t := c.Opening.Terms.Measures; !t.IsZero() && judged != nil && (decided.seq == 0 || judged.Seq < decided.seq) {
			d = c.duty(Measure, 1, judged.On, t, fromFinding)
		}
		d = c.inRound(d, 0)
		if decided.seq > 0 {
			d.meet(decided.on)
		}
		return []Duty{d}
	}
	return nil
}

// measuresDecided is when it was first said which measures there are, or that there are none. Those taken before a reopening
// stand.
func (c *Case) measuresDecided() saying {
	if c.Before != nil && len(c.Before.Measures) > 0 {
		return saying{c.Before.Measures[0].taken, c.Reopened.Seq}
	}
	f := c.first(func(b Body) bool {
		switch b.(type) {
		case MeasureTaken, NoMeasure:
			return true
		}
		return false
	})
	if f == nil {
		return saying{}
	}
	return saying{f.On, f.Seq}
}

// first finds the first fact since the last reopening that says something, nil when none does.
func (c *Case) first(says func(Body) bool) *Fact {
	for i := range c.standing {
		if says(c.standing[i].Body) {
			return &c.standing[i]
		}
	}
	return nil
}

// followUps owes a look at each measure on its day; without one, after three months.
func (c *Case) followUps() []Duty {
	var all []Duty
	for i, m := range c.Measures {
		d := c.duty(FollowMeasure, 1, m.taken, calendar.Term{N: 3, Unit: calendar.Months}, fromMeasure)
		if !m.By.IsZero() {
			d = c.dutyBy(FollowMeasure, 1, m.By, Step{Rule: agreed, From: m.taken, To: m.By})
		}
		d.Round = i + 1
		if !m.DoneOn.IsZero() {
			d.meet(m.DoneOn)
		}
		all = append(all, d)
	}
	return all
}

// article8: what was agreed is done by its day; the complainant is told when it comes later.
func (c *Case) article8() []Duty {
	var all []Duty
	for i, k := range c.Commitments {
		d := c.dutyBy(KeepCommitment, 1, k.Until, Step{Rule: agreed, From: k.agreed, To: k.Until})
		d.Round = i + 1
		if !k.KeptOn.IsZero() {
			d.meet(k.KeptOn)
		}
		if k.Internal {
			d.Article, d.Because[0].Article = 0, 0
		}
		all = append(all, d)
	}
	for _, k := range c.Complainants {
		all = append(all, c.ordered(CommitmentLate, k.ID)...)
	}
	return all
}

// article9: who leaves dissatisfied is told the way to the commissioner, by the time of the report; earlier when the
// handler orders it.
func (c *Case) article9(k *Complainant) []Duty {
	first := slices.IndexFunc(k.resolutions, resolution.unhappy)
	if c.refer != nil && (first < 0 || c.refer.Seq < k.resolutions[first].seq) {
		d := c.duty(Referral, k.ID, c.refer.On, c.Opening.Terms.Working, fromWord)
		d.word = c.Referred
		return c.sent(d)
	}
	return c.after(k.resolutions, func(s resolution) (Duty, bool) {
		d := c.duty(Referral, k.ID, s.on, c.reportTerm(), fromResolution)
		d.word = c.Referred
		return d, s.unhappy()
	})
}
