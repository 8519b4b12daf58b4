package letters

import (
	"slices"

	"klachtd/calendar"
	"klachtd/complaint"
)

// course tells what was done and what follows, as the reader knows it.
func (w *writing) course() course {
	v := course{Done: w.done(), Next: w.next(), Person: value(w.namer.all(w.c.Persons)), PersonKnown: len(w.c.Persons) > 0, NoPerson: w.c.NoPerson != nil}
	if w.guarded() {
		v.Person, v.PersonKnown = value(w.namer.all(nil)), false
	} else {
		v.Heard = w.namer.heard(w.c)
	}
	if w.k.ID == 1 {
		for _, m := range w.c.Merged {
			v.Merged = append(v.Merged, value(cleanLine(string(m.Case), maxName)))
		}
	}
	if r := w.c.Reopened; r != nil {
		v.Reopened, v.Mistake = w.long(r.On), r.Body.(complaint.Reopened).Mistake
	}
	return v
}

// A diary collects what was done, each with its day.
type diary struct {
	lang string
	from int // the number of the fact that reopened the case; what was before it is left out
	all  []entry
}

type entry struct {
	on   calendar.Date
	what string
}

func (d *diary) add(on calendar.Date, nl, en string) {
	if !on.IsZero() {
		d.all = append(d.all, entry{on, complaint.Words{NL: nl, EN: en}.In(d.lang)})
	}
}

// fact adds what a fact did, unless it was before the reopening.
func (d *diary) fact(f complaint.Fact, nl, en string) {
	if f.Seq > d.from {
		d.add(f.On, nl, en)
	}
}

// done lists what was undertaken since receipt (article 5), or since the case was reopened.
func (w *writing) done() []event {
	d := &diary{lang: w.lang}
	if r := w.c.Reopened; r != nil {
		d.from = r.Seq
		d.add(r.On, "wij heropenden uw klacht", "we reopened your complaint")
	} else {
		d.add(w.c.Received, "wij ontvingen uw klacht", "we received your complaint")
	}
	w.calls(d)
	if !w.guarded() {
		w.findingOut(d)
		w.offering(d)
	}
	w.mailed(d) // after what they tell of the same day
	slices.SortStableFunc(d.all, func(a, b entry) int { return int(a.on) - int(b.on) })
	events := make([]event, 0, len(d.all))
	for _, e := range d.all {
		events = append(events, event{w.long(e.on), value(e.what)})
	}
	return events
}

// mailed are the letters to the reader.
func (w *writing) mailed(d *diary) {
	for _, l := range w.arrived() {
		if did, told := didSend(l.Sent); told && l.seq > d.from {
			d.add(l.on, did.NL, did.EN)
		}
	}
}

// calls are the calls with the reader.
func (w *writing) calls(d *diary) {
	for _, f := range w.c.Calls {
		switch b := f.Body.(complaint.Called); {
		case b.Party != 0 && b.Party != w.k.ID:
		case b.NoAnswer:
			d.fact(f, "wij belden u, maar kregen geen gehoor", "we phoned you, but nobody answered")
		default:
			d.fact(f, "wij belden met u", "we spoke with you on the phone")
		}
	}
}

// findingOut is the hearing, and the finding.
func (w *writing) findingOut(d *diary) {
	heard := func(r *complaint.Response, who string) {
		if r != nil && r.Summary != "" && (w.c.Reopened == nil || r.On >= w.c.Reopened.On) {
			d.add(r.On, "wij hoorden "+who, "we heard "+who)
		}
	}
	for _, p := range w.c.Persons {
		heard(p.Response, w.namer.name(p))
	}
	heard(w.c.Response, w.namer.nobody())
	d.add(w.c.DecidedOn, "wij beslisten over uw klacht", "we decided on your complaint")
}

// offering is what was offered to the reader, and what the reader said.
func (w *writing) offering(d *diary) {
	for _, o := range w.c.OffersTo(w.k.ID) {
		if o.Written {
			d.add(o.On, "wij deden u op schrift een voorstel", "we made you an offer in writing")
		} else {
			d.add(o.On, "wij deden u een voorstel", "we made you an offer")
		}
	}
	for _, f := range w.k.Reactions {
		d.fact(f, "u gaf uw reactie", "you gave your reaction")
	}
	if f := w.k.Thinking; f != nil {
		d.fact(*f, "u vroeg tijd om na te denken", "you asked for time to think")
	}
	for _, f := range w.c.Facts {
		if b, is := f.Body.(complaint.Told); is && (b.Party == 0 || b.Party == w.k.ID) {
			d.fact(f, "wij vertelden u de uitkomst", "we told you the outcome")
		}
	}
	if f := w.c.NoOffer; f != nil {
		if len(w.c.OffersTo(w.k.ID)) > 0 {
			d.fact(*f, "wij besloten u geen nieuw voorstel te doen", "we decided not to make you a new offer")
		} else {
			d.fact(*f, "wij besloten u geen voorstel te doen", "we decided not to make you an offer")
		}
	}
}

// arrival is a letter that went out and did not come back.
type arrival struct {
	complaint.Sent
	seq int
	on  calendar.Date
}

// arrived lists the letters the reader got, by mail or by post.
func (w *writing) arrived() []arrival {
	return slices.DeleteFunc(allArrived(w.c), func(a arrival) bool {
		return !slices.ContainsFunc(a.Meets, func(k complaint.Key) bool { return k.Party == w.k.ID })
	})
}

func allArrived(c complaint.Case) []arrival {
	returned := map[string]bool{}
	for _, f := range c.Facts {
		if u, ok := f.Body.(complaint.Undelivered); ok {
			returned[u.MessageID] = true
		}
	}
	var all []arrival
	for _, f := range c.Facts {
		switch b := f.Body.(type) {
		case complaint.Sent:
			if !returned[b.MessageID] {
				all = append(all, arrival{b, f.Seq, f.On})
			}
		case complaint.Posted:
			for _, k := range b.Keys {
				p, _ := c.Printed(k)
				letter := either(p.Letter, k.Kind.Letter())
				all = append(all, arrival{complaint.Sent{Letter: letter, Variant: p.Variant, Promised: p.Promised, Meets: []complaint.Key{k}}, f.Seq, f.On})
			}
		}
	}
	return all
}

// lastPromise is the latest date a letter promised the reader, since the case was last reopened.
func (w *writing) lastPromise() calendar.Date {
	var last calendar.Date
	for _, l := range w.arrived() {
		if w.c.Reopened == nil || l.seq > w.c.Reopened.Seq {
			last = max(last, l.Promised)
		}
	}
	return last
}

// letterDeeds says what each letter to a complainant did.
var letterDeeds = map[string]complaint.Words{
	complaint.LetterAcknowledgement:   {NL: "wij bevestigden de ontvangst van uw klacht", EN: "we confirmed that we received your complaint"},
	complaint.LetterNonAcceptance:     {NL: "wij schreven u dat wij uw klacht niet behandelen", EN: "we wrote to you that we will not handle your complaint"},
	complaint.LetterProgress:          {NL: "wij schreven u hoe het met uw klacht stond", EN: "we wrote to you where we were with your complaint"},
	complaint.LetterInformation:       {NL: "wij vroegen u om meer informatie", EN: "we asked you for more information"},
	complaint.LetterConfirmation:      {NL: "wij bevestigden u wat er is gedaan", EN: "we confirmed to you what was done"},
	complaint.LetterReportComplainant: {NL: "wij stuurden u ons verslag", EN: "we sent you our report"},
	complaint.LetterReferral:          {NL: "wij schreven u waar u verder terechtkunt", EN: "we wrote to you where you can go next"},
	complaint.LetterExtension:         {NL: "wij schreven u dat wij meer tijd nodig hadden", EN: "we wrote to you that we needed more time"},
	complaint.LetterCommitmentLate:    {NL: "wij schreven u dat een afspraak later wordt nagekomen", EN: "we wrote to you that something we agreed comes later"},
	complaint.LetterWithdrawal:        {NL: "wij bevestigden dat u uw klacht introk", EN: "we confirmed that you withdrew your complaint"},
	complaint.LetterReceipt:           {NL: "wij bevestigden de ontvangst van uw bericht", EN: "we confirmed that we received your message"},
}

// didSend says what a letter to the complainant did; told is false for letters to others.
func didSend(s complaint.Sent) (what complaint.Words, told bool) {
	switch {
	case s.Letter == complaint.LetterConfirmation && s.Variant == complaint.VariantUnfinished:
		return letterDeeds[complaint.LetterExtension], true
	case s.Letter == complaint.LetterInformation && s.Variant == complaint.VariantAuthority:
		return complaint.Words{NL: "wij vroegen u om een machtiging", EN: "we asked you for an authorisation"}, true
	}
	what, told = letterDeeds[s.Letter]
	return what, told
}

// next lists the steps that follow (article 3).
func (w *writing) next() []value {
	var all []value
	add := func(nl, en string) { all = append(all, value(w.say(nl, en))) }
	c := w.c
	if w.guarded() {
		add("Wij wachten op de machtiging die wij u vroegen.", "We wait for the authorisation that we asked you for.")
		add("Daarna onderzoeken wij de klacht en beslissen wij erover.", "After that we look into the complaint and decide on it.")
		return all
	}
	if !c.Heard() && c.Finding == "" && !c.OwnMatter() {
		if len(c.Persons) == 0 {
			add("Gaat uw klacht over een medewerker? Dan vragen wij die medewerker om een reactie.", "Is your complaint about a member of staff? Then we ask that person to respond.")
		} else {
			who := w.namer.all(c.Persons)
			add("Wij vragen "+who+" om een reactie.", "We ask "+who+" to respond.")
		}
	}
	if c.Finding == "" {
		add("Wij beslissen of uw klacht gegrond is. Gegrond betekent: wij geven u gelijk.",
			"We decide whether your complaint is upheld. That means that we agree with you.")
	}
	satisfied, reacted := w.k.Satisfied()
	switch offers := w.offers(); {
	case len(offers) == 0 && c.NoOffer == nil:
		add("Wij bellen u met de uitkomst en bespreken een oplossing.", "We phone you with the outcome and discuss a solution.")
	case w.k.Thinking != nil:
		until := w.k.Thinking.Body.(complaint.Thinking).Until.Full(w.lang)
		add("Wij wachten op uw antwoord op ons voorstel. U hebt daarvoor de tijd tot en met "+until+".", "We wait for your answer to our offer. You have time for that until "+until+".")
	case waits(offers):
		add("Wij horen graag wat u van ons voorstel vindt.", "We would like to hear what you think of our offer.")
	case reacted && !satisfied && c.NoOffer == nil:
		add("Wij bekijken of wij u een nieuw voorstel kunnen doen.", "We consider whether we can make you a new offer.")
	case !reacted:
		add("Wij horen graag wat u van de uitkomst vindt.", "We would like to hear what you think of the outcome.")
	}
	add("U krijgt de uitkomst ook op schrift.", "You also get the outcome in writing.")
	return all
}
