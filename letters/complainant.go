package letters

import (
	"klachtd/calendar"
	"klachtd/complaint"
)

// complainant makes the view of every letter to the complainant.
func (s *Set) complainant(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) complainantView {
	v := complainantView{head: s.head(dep, c, today, lang)}
	s.describe(&v, c, lang)
	s.articles(&v, dep, c, lang)
	v.decline(c, lang)
	v.outcome(c, today, lang)
	n := namer{own: " " + bare(c.Opening.Subject+" "+beginning(c.Opening.Words, maxText)) + " ", lang: lang}
	v.Heard, v.Person = n.heard(c), value(n.all(c.Persons))
	v.Done, v.Next = done(c, n), next(c, n)
	v.Unfinished = dep.Variant == complaint.VariantUnfinished
	v.WithReport = dep.Variant == complaint.VariantWithReport
	v.unname(c, n)
	return v
}

// describe fills the short description (article 2): the handler's fields, else the complainant's own words, else neither
// when the mail may not be from the complainant.
func (s *Set) describe(v *complainantView, c complaint.Case, lang string) {
	d := c.Described
	v.About, v.EventDate = short(d.About), short(d.EventDate)
	v.Place, v.Particulars = short(d.Place), short(d.Particulars)
	v.Handling = short(d.Handling)
	if v.About == "" && !c.Opening.Doubtful {
		v.Topic = telling(cut(maskQuote(cleanLine(c.Opening.Subject, maxLine), lang), maxName))
		v.Words = telling(cut(maskQuote(cleanLines(c.Opening.Words, 4*maxExcerpt), lang), maxExcerpt))
	}
}

// articles fills what the regulation promises: dates, commissioner, privacy.
func (s *Set) articles(v *complainantView, dep complaint.Departure, c complaint.Case, lang string) {
	t := c.Opening.Terms
	expected := c.Described.Expected
	if expected.IsZero() {
		expected = t.Confirmation.After(c.Received, t.Holidays)
	}
	v.Expected = value(expected.Full(lang))
	v.DeclineBy = value(t.Decision.After(c.Received, t.Holidays).Full(lang))
	v.Accepted = len(c.Persons) > 0 || c.NoPerson != nil || c.Finding != "" || len(c.Offers) > 0
	v.Promised = moving(dep.Promised.Full(lang))
	if before := lastPromise(c); !before.IsZero() && dep.Promised > before {
		v.Postponed = moving(postponed.In(lang))
	}
	v.Regulation = web(s.office.RegulationURL)
	kept, _ := s.office.retention()
	v.Retention = fixed(kept.In(lang))
	v.Commissioner = fixed(generalCommissioner.In(lang))
	if all := s.office.Commissioners; len(all) == 1 {
		v.Commissioner = fixed(cleanLine(all[0].Name, maxName))
	}
	for _, com := range s.office.Commissioners {
		v.Commissioners = append(v.Commissioners, commissioner{
			fixed(cleanLine(com.Name, maxName)), fixed(cleanLine(com.Address, maxLine)), mail(com.Email), phone(com.Phone), web(com.URL),
		})
	}
}

var postponed = complaint.Words{
	NL: "Dat is later dan wij eerder schreven. Wij hebben meer tijd nodig om uw klacht zorgvuldig te behandelen.",
	EN: "That is later than we wrote before. We need more time to handle your complaint with care.",
}

var generalCommissioner = complaint.Words{
	NL: "de opdrachtgever, bijvoorbeeld uw gemeente of werkgever",
	EN: "the organisation that hired us, for example your municipality or employer",
}

// lastPromise is the latest date a letter promised the complainant.
func lastPromise(c complaint.Case) calendar.Date {
	var last calendar.Date
	for _, f := range arrived(c) {
		last = max(last, f.Body.(complaint.Sent).Promised)
	}
	return last
}

func (v *complainantView) decline(c complaint.Case, lang string) {
	if c.Declined == nil {
		return
	}
	d := c.Declined.Body.(complaint.Declined)
	reason, referral := ground(d.Ground)
	v.GroundReason, v.GroundReferral = value(reason.In(lang)), value(referral.In(lang))
	v.GroundText = text(d.Text)
}

// ground is the reason and the referral of a ground of non-acceptance, in the words of the letter.
func ground(n int) (reason, referral complaint.Words) {
	if n < 1 || n > len(complaint.Grounds) {
		return complaint.Words{}, complaint.Words{}
	}
	g := complaint.Grounds[n-1]
	return g.Reason, g.Referral
}

// outcome fills finding, offers, reactions, measures and the report (articles 4 to 7).
func (v *complainantView) outcome(c complaint.Case, today calendar.Date, lang string) {
	t := c.Opening.Terms
	for _, o := range c.Offers {
		v.Offers = append(v.Offers, offered(o, lang))
	}
	if c.NoOffer != nil {
		v.NoOffer = text(c.NoOffer.Body.(complaint.NoOffer).Reason)
	}
	satisfied, known := c.Satisfied()
	v.Satisfied, v.Opposed = known && satisfied, known && !satisfied
	switch {
	case v.Satisfied:
		v.Outcome = "accepted"
	case c.NoOffer != nil || len(c.Offers) == 0:
		v.Outcome = "no_offer"
	case v.Opposed:
		v.Outcome = "declined"
	default:
		v.Outcome = "thinking"
	}
	if n := len(c.Reactions); n > 0 {
		last := c.Reactions[n-1]
		v.Reaction = text(last.Body.(complaint.Reacted).Words)
		v.OfferBy = value(max(t.NewOffer.After(last.On, t.Holidays), today.AddDays(1)).Full(lang))
	}
	v.ReportBy = value(t.Report.After(c.ResolvedOn, t.Holidays).Full(lang))
	v.Measures, v.NoMeasure = measures(c)
	v.Written = text(c.Report.Complainant)
	v.NoPerson = c.NoPerson != nil
}

func offered(o complaint.Offer, lang string) offer {
	made := offer{On: value(o.On.Long(lang)), Text: text(o.Text)}
	if o.Reaction != nil {
		r := o.Reaction.Body.(complaint.Reacted)
		made.HasReacted, made.Satisfied = true, r.Satisfied
		made.ReactedOn, made.Reaction = value(o.Reaction.On.Long(lang)), text(r.Words)
	}
	return made
}
