package complaint

import "klachtd/calendar"

// The duties, article by article. Those to a complainant are owed to each of them.

// article1: ask for further information, and for the authorisation of who speaks for another. The terms run on meanwhile.
func (c *Case) article1(k *Complainant) []Duty {
	all := c.ordered(Information, k.ID)
	if k.ID != 1 || c.authority.asked.IsZero() {
		return all
	}
	d := c.inRound(c.duty(AwaitAuthority, k.ID, c.authority.asked, c.Opening.Terms.Reaction, fromAuthority), 0)
	switch {
	case !c.authority.settled.IsZero():
		d.meet(c.authority.settled)
	case c.Declined != nil:
		d.lapse(Words{"niet in behandeling genomen", "not taken up"})
	}
	return append(all, d)
}

// article2: acknowledgement two weeks after receipt; the decision, and the notice when it is not taken up, within four. A
// reopened case was acknowledged and taken up before.
func (c *Case) article2(k *Complainant, today calendar.Date) []Duty {
	if c.Reopened != nil {
		return nil
	}
	t := c.Opening.Terms
	var all []Duty
	if !t.Acknowledgement.IsZero() {
		all = c.sent(c.duty(Acknowledgement, k.ID, c.Received, t.Acknowledgement, fromReceipt))
	}
	if !t.Decision.IsZero() {
		all = append(all, c.decision(k, today)...)
	}
	return all
}

// decision is met by the notice of non-acceptance, by any investigating or judging fact, or by lapse of time: who says
// nothing within four weeks has taken the complaint up (procedure.md 1.1, 2b).
func (c *Case) decision(k *Complainant, today calendar.Date) []Duty {
	d := c.duty(Decision, k.ID, c.Received, c.Opening.Terms.Decision, fromReceipt)
	if c.Declined != nil {
		d.word = c.Declined
		return c.sent(d)
	}
	d = c.inRound(d, 0)
	if on := c.takenUp(); !on.IsZero() && on <= d.Due {
		d.meet(on)
	} else if today > d.Due {
		d.meet(d.Due)
	}
	return []Duty{d}
}

// takenUp is the day of the first investigating or judging fact since the case was last opened, zero when there is none.
func (c *Case) takenUp() calendar.Date {
	for _, f := range c.current() {
		switch f.Body.(type) {
		case PersonNamed, NoPersonConcerned, Responded, NoResponse, Judged, Offered:
			return f.On
		}
	}
	return 0
}

// article5: confirmation in writing within six weeks of receipt (of the offer in later rounds), and a new offer
// considered when the complainant is not satisfied.
func (c *Case) article5(k *Complainant) []Duty {
	all := c.extension(k.ID)
	all = append(all, c.confirmations(k)...)
	all = append(all, c.reactions(k)...)
	return append(all, c.reconsider(k)...)
}

// confirmations owes round 1 by R+6w, covering all until it is sent. A "state of affairs" promises a date and owes a
// further round by then; each offer recorded after a confirmation owes one by O+6w.
func (c *Case) confirmations(k *Complainant) []Duty {
	d := c.confirmation(k)
	var all []Duty
	for {
		rounds := c.sent(d, all...)
		all = append(all, rounds...)
		last := all[len(all)-1]
		if last.State != Met && last.State != Late {
			return all
		}
		sent, _ := c.delivered(last.Key)
		next, owed := c.furtherRound(k, sent)
		if !owed {
			return all
		}
		d = next
	}
}

// confirmation is the first one that is owed, put off when it was.
func (c *Case) confirmation(k *Complainant) Duty {
	from, rule := c.from()
	d := c.duty(Confirmation, k.ID, from, c.Opening.Terms.Confirmation, rule)
	if e := c.Extended; e != nil && e.To > d.Due {
		first := d.Because[0]
		d = c.dutyBy(Confirmation, k.ID, e.To, Step{Rule: putOff, From: first.To, To: e.To})
		d.Because = append([]Step{first}, d.Because...)
	}
	return d
}

// furtherRound is what a confirmation that arrived leaves owed.
func (c *Case) furtherRound(k *Complainant, sent delivery) (Duty, bool) {
	var after *Offer
	offers := c.OffersTo(k.ID)
	for i := range offers {
		if offers[i].seq > sent.seq {
			after = &offers[i]
			break
		}
	}
	unfinished := sent.Variant == VariantUnfinished
	if after == nil && !unfinished {
		return Duty{}, false
	}
	byPromise := c.dutyBy(Confirmation, k.ID, sent.Promised, Step{Rule: promised, From: sent.on, To: sent.Promised})
	if after == nil {
		return byPromise, true
	}
	byOffer := c.duty(Confirmation, k.ID, after.On, c.Opening.Terms.Confirmation, fromOffer)
	if unfinished && sent.Promised < byOffer.Due {
		return byPromise, true
	}
	return byOffer, true
}

// extension owes word of the confirmation being put off, before the day on which it was due.
func (c *Case) extension(party int) []Duty {
	var all []Duty
	for _, d := range c.ordered(Extend, party) {
		if k, ok := c.Complainant(party); ok && party > 0 {
			first := c.confirmation(&k).Because[0]
			d.Due, d.SendBy = first.To, c.Opening.Terms.Holidays.Before(first.To)
			d.Because = []Step{first, {Rule: sendBy, From: d.Due, To: d.SendBy}}
			if d.State == Late && d.MetOn <= d.Due {
				d.State = Met
			}
		}
		all = append(all, d)
	}
	return all
}

// reactions waits for what the complainant says of each offer: two weeks, or the time taken to think. Silence is no
// acceptance; after it the handler asks, or concludes (procedure.md 1.3.10).
func (c *Case) reactions(k *Complainant) []Duty {
	var all []Duty
	offers := c.OffersTo(k.ID)
	for i, o := range offers {
		d := c.duty(AwaitReaction, k.ID, o.On, c.Opening.Terms.Reaction, fromOffer)
		if last := i == len(offers)-1; last && k.Thinking != nil {
			until := k.Thinking.Body.(Thinking).Until
			d = c.dutyBy(AwaitReaction, k.ID, until, Step{Rule: agreed, From: k.Thinking.On, To: until})
		}
		d = c.inRound(d, len(all))
		switch {
		case o.Reaction != nil:
			d.meet(o.Reaction.On)
		case !k.ResolvedOn.IsZero():
			d.meet(k.ResolvedOn)
		case i < len(offers)-1:
			d.lapse(Words{"er kwam een nieuw aanbod", "a new offer was made"})
		}
		all = append(all, d)
	}
	return all
}

// reconsider owes the consideration of a new offer after each dissatisfied reaction; a new offer, or none with a
// reason, meets it.
func (c *Case) reconsider(k *Complainant) []Duty {
	var all []Duty
	if c.Opening.Terms.NewOffer.IsZero() {
		return nil
	}
	for _, f := range c.current() {
		open := len(all) > 0 && all[len(all)-1].State == Open
		mine := func(party int) bool { return party == 0 || party == k.ID }
		switch b := f.Body.(type) {
		case Reacted:
			if !mine(b.Party) {
				continue
			}
			if !b.Satisfied && !open {
				all = append(all, c.inRound(c.duty(ReconsiderOffer, k.ID, f.On, c.Opening.Terms.NewOffer, fromReaction), len(all)))
			} else if b.Satisfied && open {
				all[len(all)-1].lapse(Words{"de klager is alsnog tevreden", "the complainant is satisfied after all"})
			}
		case Offered:
			if open && mine(b.Party) {
				all[len(all)-1].meet(f.On)
			}
		case Resolved:
			if open && mine(b.Party) {
				all[len(all)-1].meet(f.On)
			}
		case Told:
			if open && mine(b.Party) {
				all[len(all)-1].meet(f.On)
			}
		case NoOffer:
			if open {
				all[len(all)-1].meet(f.On)
			}
		}
	}
	return all
}

// article6: a report to each complainant three weeks after it is resolved for them; a withdrawal is confirmed instead.
func (c *Case) article6(k *Complainant) []Duty {
	t := c.Opening.Terms
	if k.Withdrawn != nil {
		d := c.duty(Withdrawal, k.ID, k.Withdrawn.On, t.Withdrawal, fromWithdrawal)
		d.word = k.Withdrawn
		return c.sent(d)
	}
	if k.ResolvedOn.IsZero() || t.Report.IsZero() {
		return nil
	}
	return c.sent(c.duty(ReportComplainant, k.ID, k.ResolvedOn, t.Report, fromResolution))
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
			wait.meet(max(p.Response.On, sent.on))
		}
		return append(asked, wait)
	}
	switch {
	case last.State != Open:
	case p.Response != nil:
		last.lapse(Words{"de reactie is al bekend", "the response is known already"})
	case c.OwnMatter() && SameMail(p.Mail, c.Handler):
		last.lapse(ownMatterWords)
	case !c.ResolvedOn.IsZero():
		last.lapse(Words{"de klacht is al opgelost", "the complaint is resolved already"})
	}
	return asked
}

var ownMatterWords = Words{"de behandelaar is zelf de betrokkene", "the handler is the person concerned"}

// reportTo owes a person concerned a report of their own, three weeks after the last complainant's S. Who never knew of a
// complaint that was withdrawn is not told of it now.
func (c *Case) reportTo(p Person) []Duty {
	t := c.Opening.Terms
	if c.ResolvedOn.IsZero() || t.Report.IsZero() || c.withdrawn() && !c.knows(p) {
		return nil
	}
	all := c.sent(c.duty(ReportConcerned, p.ID, c.ResolvedOn, t.Report, fromResolution))
	if last := &all[len(all)-1]; last.State == Open && c.OwnMatter() && SameMail(p.Mail, c.Handler) {
		last.lapse(ownMatterWords)
	}
	return all
}

// knows says whether a person concerned knows of the complaint.
func (c *Case) knows(p Person) bool {
	return p.Response != nil && p.Response.Summary != "" || len(c.arrived(LetterReactionRequest, p.ID)) > 0
}

// closing owes a witness a word when all is done.
func (c *Case) closing(w Party) []Duty {
	if c.ResolvedOn.IsZero() {
		return nil
	}
	return c.sent(c.duty(CloseWitness, w.ID, c.ResolvedOn, c.reportTerm(), fromResolution))
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

func (c *Case) measureDecision() []Duty {
	t := c.Opening.Terms
	if c.ResolvedOn.IsZero() {
		return nil
	}
	d := c.duty(Measure, 1, c.ResolvedOn, c.reportTerm(), fromResolution)
	if !t.Measures.IsZero() && !c.JudgedOn.IsZero() {
		d = c.duty(Measure, 1, c.JudgedOn, t.Measures, fromFinding)
	}
	d = c.inRound(d, 0)
	for _, f := range c.current() {
		switch f.Body.(type) {
		case MeasureTaken, NoMeasure:
			d.meet(f.On)
			return []Duty{d}
		}
	}
	return []Duty{d}
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
	switch {
	case k.Withdrawn != nil:
		return nil
	case k.dissatisfied() && !k.ResolvedOn.IsZero():
		d := c.duty(Referral, k.ID, k.ResolvedOn, c.reportTerm(), fromResolution)
		d.word = c.Referred
		return c.sent(d)
	case c.Referred != nil:
		d := c.duty(Referral, k.ID, c.Referred.On, c.Opening.Terms.Working, fromWord)
		d.word = c.Referred
		return c.sent(d)
	}
	return nil
}
