package complaint

import "slices"

// article5: confirmation in writing within six weeks of receipt (of the offer in later rounds), and a new offer
// considered when the complainant is not satisfied.
func (c *Case) article5(k *Complainant) []Duty {
	all := c.extension(k)
	all = append(all, c.confirmations(k)...)
	all = append(all, c.reactions(k)...)
	return append(all, c.reconsider(k)...)
}

// confirmations owes round 1 by R+6w, covering all until it is sent. A "state of affairs" promises a date and owes a
// further round by then; each offer recorded after a confirmation owes one by O+6w.
func (c *Case) confirmations(k *Complainant) []Duty {
	d := c.confirmation(k)
	if sent, ok := c.delivered(c.inRound(d, 0).Key); ok { // what was said after it puts off nothing
		d = c.putOff(k, sent.seq)
	}
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
func (c *Case) confirmation(k *Complainant) Duty { return c.putOff(k, 0) }

// putOff is the first confirmation with each extension said before a fact, or with all of them for 0. One said too late puts
// nothing off.
func (c *Case) putOff(k *Complainant, before int) Duty {
	from, rule := c.from()
	d := c.duty(Confirmation, k.ID, from, c.Opening.Terms.Confirmation, rule)
	for _, o := range c.orders {
		e, ok := o.fact.Body.(Extended)
		if !ok || before > 0 && o.fact.Seq >= before || e.To <= d.Due || o.fact.On > d.Due {
			continue
		}
		steps := promisedBy(d.Because)
		d = c.dutyBy(Confirmation, k.ID, e.To, Step{Rule: putOff, From: steps[len(steps)-1].To, To: e.To})
		d.Because = append(steps, d.Because...)
	}
	return d
}

// promisedBy leaves the steps that lead to the date as it was promised, before days off moved it.
func promisedBy(steps []Step) []Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s Step) bool { return s.Rule == sendBy || s.Rule == postBy || s.Rule == extended })
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
	if sent.Promised.IsZero() {
		sent.Promised = c.promise(sent.on)
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
func (c *Case) extension(k *Complainant) []Duty {
	return c.carriedOut(Extend, k.ID, func(word Fact) Duty { return c.extendedBy(Extend, k.ID, k, word) })
}

// extendedBy is due on the day on which the confirmation was, before a word put it off.
func (c *Case) extendedBy(kind Kind, party int, k *Complainant, word Fact) Duty {
	steps := promisedBy(c.putOff(k, word.Seq).Because)
	d := c.dutyBy(kind, party, steps[len(steps)-1].To, Step{})
	d.Because = append(steps, d.Because[1:]...)
	return d
}

// extensionTo owes a person concerned who was named before it the same word, where the terms want that (Awb 9:11 lid 2).
func (c *Case) extensionTo(p Person) []Duty {
	if !c.Opening.Terms.Extension.Concerned {
		return nil
	}
	all := c.carriedOut(ExtendConcerned, p.ID, func(word Fact) Duty { return c.extendedBy(ExtendConcerned, p.ID, &c.Complainants[0], word) })
	for i := range all {
		if d := &all[i]; d.State == Open && c.OwnMatter() && SameMail(p.Mail, c.Handler) {
			d.lapse(ownMatterWords)
		}
	}
	return all
}

// reactions waits for what the complainant says of each offer: two weeks, or the time taken to think. Silence is no
// acceptance; after it the handler asks, or concludes (procedure.md 1.3.10).
func (c *Case) reactions(k *Complainant) []Duty {
	offers := c.OffersTo(k.ID)
	all := c.outcomeTold(k, offers)
	for i, o := range offers {
		next := 0
		if i < len(offers)-1 {
			next = offers[i+1].seq
		}
		d := c.duty(AwaitReaction, k.ID, o.On, c.Opening.Terms.Reaction, fromOffer)
		answered := k.answeredOn(o.seq, next)
		if t := k.thinks(o.seq, answered.seq, next); t != nil {
			until := t.Body.(Thinking).Until
			d = c.dutyBy(AwaitReaction, k.ID, until, Step{Rule: agreed, From: t.On, To: until})
		}
		d = c.inRound(d, len(all))
		switch {
		case answered.seq > 0:
			d.meet(answered.on)
		case next > 0:
			d.lapse(Words{"er kwam een nieuw aanbod", "a new offer was made"})
		}
		all = append(all, d)
	}
	return all
}

// outcomeTold waits for what the complainant says of an outcome without an offer, once it is confirmed: silence is no end of
// that either.
func (c *Case) outcomeTold(k *Complainant, offers []Offer) []Duty {
	told := slices.DeleteFunc(c.arrived(LetterConfirmation, k.ID), func(d delivery) bool { return d.Variant == VariantUnfinished })
	if len(told) == 0 || len(offers) > 0 && offers[0].seq < told[0].seq || k.answeredOn(0, told[0].seq).seq > 0 {
		return nil
	}
	next := 0
	if len(offers) > 0 {
		next = offers[0].seq
	}
	d := c.inRound(c.duty(AwaitReaction, k.ID, told[0].on, c.Opening.Terms.Reaction, fromOutcome), 0)
	if answered := k.answeredOn(told[0].seq, next); answered.seq > 0 {
		d.meet(answered.on)
	} else if next > 0 {
		d.lapse(Words{"er kwam een nieuw aanbod", "a new offer was made"})
	}
	return []Duty{d}
}

// reconsider owes the consideration of a new offer after each dissatisfied reaction; a new offer, or none with a
// reason, meets it.
func (c *Case) reconsider(k *Complainant) []Duty {
	var all []Duty
	if c.Opening.Terms.NewOffer.IsZero() {
		return nil
	}
	for _, f := range c.current() {
		if c.overBefore(k, f.Seq) {
			break
		}
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
