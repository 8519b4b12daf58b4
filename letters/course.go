package letters

import (
	"slices"

	"klachtd/calendar"
	"klachtd/complaint"
)

// done lists what was undertaken since receipt (article 5), each with its day, as the complainant knows it.
func done(c complaint.Case, n namer) []event {
	type dated struct {
		on   calendar.Date
		what string
	}
	var all []dated
	add := func(on calendar.Date, nl, en string) {
		if !on.IsZero() {
			all = append(all, dated{on, complaint.Words{NL: nl, EN: en}.In(n.lang)})
		}
	}
	add(c.Received, "wij ontvingen uw klacht", "we received your complaint")
	for _, f := range arrived(c) {
		if w, told := didSend(f.Body.(complaint.Sent)); told {
			add(f.On, w.NL, w.EN)
		}
	}
	for _, f := range c.Calls {
		if f.Body.(complaint.Called).NoAnswer {
			add(f.On, "wij belden u, maar kregen geen gehoor", "we phoned you, but nobody answered")
		} else {
			add(f.On, "wij belden met u", "we spoke with you on the phone")
		}
	}
	for _, p := range c.Persons {
		if r := p.Response; r != nil && r.Summary != "" {
			add(r.On, "wij hoorden "+n.name(p), "we heard "+n.name(p))
		}
	}
	if r := c.Response; r != nil && r.Summary != "" {
		add(r.On, "wij hoorden "+person.NL, "we heard "+person.EN)
	}
	add(c.JudgedOn, "wij beslisten over uw klacht", "we decided on your complaint")
	for _, o := range c.Offers {
		add(o.On, "wij deden u een voorstel", "we made you an offer")
	}
	for _, f := range c.Reactions {
		add(f.On, "u gaf uw reactie", "you gave your reaction")
	}
	if c.NoOffer != nil {
		add(c.NoOffer.On, "wij besloten u geen (nieuw) voorstel te doen", "we decided not to make you a (new) offer")
	}
	slices.SortStableFunc(all, func(a, b dated) int { return int(a.on) - int(b.on) })
	events := make([]event, 0, len(all))
	for _, d := range all {
		events = append(events, event{value(d.on.Long(n.lang)), value(d.what)})
	}
	return events
}

// arrived lists the letters that did not come back.
func arrived(c complaint.Case) []complaint.Fact {
	returned := map[string]bool{}
	for _, f := range c.Facts {
		if u, ok := f.Body.(complaint.Undelivered); ok {
			returned[u.MessageID] = true
		}
	}
	var all []complaint.Fact
	for _, f := range c.Facts {
		if s, ok := f.Body.(complaint.Sent); ok && !returned[s.MessageID] {
			all = append(all, f)
		}
	}
	return all
}

// didSend says what a letter to the complainant did; told is false for letters to others.
func didSend(s complaint.Sent) (what complaint.Words, told bool) {
	switch s.Letter {
	case complaint.LetterAcknowledgement:
		return complaint.Words{NL: "wij bevestigden de ontvangst van uw klacht", EN: "we confirmed that we received your complaint"}, true
	case complaint.LetterProgress:
		return complaint.Words{NL: "wij schreven u hoe het met uw klacht stond", EN: "we wrote to you where we were with your complaint"}, true
	case complaint.LetterConfirmation:
		if s.Variant == complaint.VariantUnfinished {
			return complaint.Words{NL: "wij schreven u dat wij meer tijd nodig hadden", EN: "we wrote to you that we needed more time"}, true
		}
		return complaint.Words{NL: "wij bevestigden u wat er is gedaan", EN: "we confirmed to you what was done"}, true
	}
	return complaint.Words{}, false
}

// next lists the steps that follow (article 3).
func next(c complaint.Case, n namer) []value {
	var all []value
	add := func(nl, en string) { all = append(all, value(complaint.Words{NL: nl, EN: en}.In(n.lang))) }
	if !c.Heard() && c.Finding == "" {
		who := n.all(c.Persons)
		add("Wij vragen "+who+" om een reactie.", "We ask "+who+" to respond.")
	}
	if c.Finding == "" {
		add("Wij beslissen of uw klacht gegrond is. Gegrond betekent: wij geven u gelijk.",
			"We decide whether your complaint is upheld. That means that we agree with you.")
	}
	satisfied, reacted := c.Satisfied()
	switch {
	case len(c.Offers) == 0 && c.NoOffer == nil:
		add("Wij bellen u met de uitkomst en bespreken een oplossing.", "We phone you with the outcome and discuss a solution.")
	case reacted && !satisfied && c.NoOffer == nil:
		add("Wij bekijken of wij u een nieuw voorstel kunnen doen.", "We consider whether we can make you a new offer.")
	case !reacted:
		add("Wij horen graag wat u van de uitkomst vindt.", "We would like to hear what you think of the outcome.")
	}
	add("U krijgt de uitkomst ook op schrift.", "You also get the outcome in writing.")
	return all
}
