package complaint

import "klachtd/calendar"

// Kind is what is owed. The names are stable: they stand in the database and in --json.
type Kind string

const (
	Acknowledgement   Kind = "acknowledgement"
	Decision          Kind = "decision"
	Progress          Kind = "progress"
	Confirmation      Kind = "confirmation"
	ReconsiderOffer   Kind = "new_offer"
	ReportComplainant Kind = "report_complainant"
	ReportConcerned   Kind = "report_concerned"
	Measure           Kind = "measure"
	// Receipt is no duty of the regulation: it keys the neutral receipt for a possible complaint nobody answered.
	Receipt Kind = "receipt"
)

// Key names one duty: of which case, what, to which party, in which round.
type Key struct {
	Case  CaseID `json:"case"`
	Kind  Kind   `json:"kind"`
	Party int    `json:"party"`
	Round int    `json:"round"`
}

// State is how a duty stands.
type State string

const (
	Open       State = "open"
	Met        State = "met"
	Late       State = "late" // met after its due date
	Lapsed     State = "lapsed"
	Impossible State = "impossible"
)

// Duty is a promise of the regulation with its date, and what became of it.
type Duty struct {
	Key
	Article int
	Due     calendar.Date // through the end of that day
	SendBy  calendar.Date // the last working day before Due
	State   State
	MetOn   calendar.Date // when State is Met or Late
	Overdue bool          // open past its date
	Reason  Words         // why it lapsed or is impossible
	Because []Step        // how Due and SendBy were computed
}

// Duties lists every duty of a case as it stands on a day, in the order of the articles. It is a pure function: the same
// facts and day give the same duties.
func Duties(c Case, today calendar.Date) []Duty {
	var all []Duty
	all = append(all, article2(&c, today)...)
	all = append(all, article3(&c)...)
	all = append(all, article5(&c)...)
	all = append(all, article6(&c)...)
	all = append(all, article7(&c)...)
	for i := range all {
		c.end(&all[i], today)
	}
	return all
}

// article2: acknowledgement two weeks after receipt; the decision, and the notice when it is not taken up, within four.
func article2(c *Case, today calendar.Date) []Duty {
	t := c.Opening.Terms
	ack := c.sent(c.duty(Acknowledgement, 2, 1, c.Received, t.Acknowledgement, fromReceipt), c.complainantReachable())
	return append(ack, c.decision(today))
}

// decision is met by the notice of non-acceptance, by any investigating or judging fact, or by lapse of time: who says
// nothing within four weeks has taken the complaint up (procedure.md 1.1, 2b).
func (c *Case) decision(today calendar.Date) Duty {
	d := c.duty(Decision, 2, 1, c.Received, c.Opening.Terms.Decision, fromReceipt)
	if c.Declined != nil {
		if sent, ok := c.delivered(d.Key); ok && sent.returned == "" {
			d.meet(sent.on)
		}
		return d
	}
	if on := c.takenUp(); !on.IsZero() && on <= d.Due {
		d.meet(on)
	} else if today > d.Due {
		d.meet(d.Due)
	}
	return d
}

// takenUp is the day of the first investigating or judging fact, zero when there is none.
func (c *Case) takenUp() calendar.Date {
	for _, f := range c.Facts {
		if !c.stands(f) {
			continue
		}
		switch f.Body.(type) {
		case PersonNamed, NoPersonConcerned, Responded, NoResponse, Judged, Offered:
			return f.On
		}
	}
	return 0
}

// article3: the complainant is told how it goes on, by four weeks or the date promised if that is earlier.
func article3(c *Case) []Duty {
	d := c.duty(Progress, 3, 1, c.Received, c.Opening.Terms.Progress, fromReceipt)
	if p := c.promisedBefore(d.Due); !p.IsZero() {
		d.Due, d.SendBy = p, c.Opening.Terms.Holidays.Before(p)
		d.Because = []Step{{Rule: promised, To: p, Article: 3}, {Rule: sendBy, From: p, To: d.SendBy}}
	}
	if on := c.informed(); !on.IsZero() {
		d.meet(on)
		return []Duty{d}
	}
	return c.sent(d, c.complainantReachable())
}

// promisedBefore is the date the acknowledgement promised, when it lies before due.
func (c *Case) promisedBefore(due calendar.Date) calendar.Date {
	for _, d := range c.deliveries {
		if d.Letter == LetterAcknowledgement && d.returned == "" && !d.Promised.IsZero() && d.Promised < due {
			return d.Promised
		}
	}
	return 0
}

// informed is the first day on which a letter or a recorded call told the complainant how it goes on.
func (c *Case) informed() calendar.Date {
	var first calendar.Date
	earliest := func(d calendar.Date) {
		if first.IsZero() || d < first {
			first = d
		}
	}
	for _, d := range c.deliveries {
		switch d.Letter {
		case LetterNonAcceptance, LetterProgress, LetterConfirmation, LetterReportComplainant:
			if d.returned == "" {
				earliest(d.on)
			}
		}
	}
	for _, f := range c.Calls {
		if b := f.Body.(Called); b.Told && !b.NoAnswer {
			earliest(f.On)
		}
	}
	return first
}

// article5: confirmation in writing within six weeks of receipt (of the offer in later rounds), and a new offer
// considered when the complainant is not satisfied.
func article5(c *Case) []Duty {
	return append(c.confirmations(), c.reconsider()...)
}

// confirmations owes round 1 by R+6w, covering all until it is sent. A "state of affairs" promises a date and owes a
// further round by then; each offer recorded after a confirmation owes one by O+6w.
func (c *Case) confirmations() []Duty {
	t := c.Opening.Terms
	d := c.duty(Confirmation, 5, 1, c.Received, t.Confirmation, fromReceipt)
	var all []Duty
	for {
		d.Key.Round = len(all) + 1
		sent, ok := c.delivered(d.Key)
		if !ok {
			return append(all, c.orImpossible(d, c.complainantReachable()))
		}
		if sent.returned != "" {
			all = append(all, d.undelivered(sent))
			continue
		}
		done := d
		done.meet(sent.on)
		all = append(all, done)
		next, owed := c.furtherRound(sent)
		if !owed {
			return all
		}
		d = next
	}
}

// furtherRound is what a confirmation that arrived leaves owed.
func (c *Case) furtherRound(sent delivery) (Duty, bool) {
	t := c.Opening.Terms
	var after *Offer
	for i := range c.Offers {
		if c.Offers[i].seq > sent.seq {
			after = &c.Offers[i]
			break
		}
	}
	unfinished := sent.Variant == VariantUnfinished
	if after == nil && !unfinished {
		return Duty{}, false
	}
	byPromise := Duty{Key: Key{c.Opening.Number, Confirmation, 1, 0}, Article: 5, State: Open, Due: sent.Promised}
	byPromise.SendBy = t.Holidays.Before(sent.Promised)
	byPromise.Because = []Step{{Rule: promised, From: sent.on, To: sent.Promised, Article: 5}, {Rule: sendBy, From: sent.Promised, To: byPromise.SendBy}}
	if after == nil {
		return byPromise, true
	}
	byOffer := c.duty(Confirmation, 5, 0, after.On, t.Confirmation, fromOffer)
	if unfinished && sent.Promised < byOffer.Due {
		return byPromise, true
	}
	return byOffer, true
}

// reconsider owes the consideration of a new offer after each dissatisfied reaction; a new offer, or none with a
// reason, meets it.
func (c *Case) reconsider() []Duty {
	var all []Duty
	for _, f := range c.Facts {
		if !c.stands(f) {
			continue
		}
		open := len(all) > 0 && all[len(all)-1].State == Open
		switch b := f.Body.(type) {
		case Reacted:
			if !b.Satisfied && !open {
				d := c.duty(ReconsiderOffer, 5, len(all)+1, f.On, c.Opening.Terms.NewOffer, fromReaction)
				all = append(all, d)
			} else if b.Satisfied && open {
				all[len(all)-1].lapse(Words{"de klager is alsnog tevreden", "the complainant is satisfied after all"})
			}
		case Offered, NoOffer, Resolved:
			if open {
				all[len(all)-1].meet(f.On)
			}
		}
	}
	return all
}

// article6: a report to the complainant and, separately, to each person concerned, three weeks after it is resolved.
func article6(c *Case) []Duty {
	if c.ResolvedOn.IsZero() {
		return nil
	}
	weeks := c.Opening.Terms.Report
	all := c.sent(c.duty(ReportComplainant, 6, 1, c.ResolvedOn, weeks, fromResolution), c.complainantReachable())
	for _, p := range c.Persons {
		d := c.duty(ReportConcerned, 6, 1, c.ResolvedOn, weeks, fromResolution)
		d.Key.Party = p.ID
		all = append(all, c.sent(d, reachable(p.Party))...)
	}
	return all
}

// article7: measures against repetition are decided before the case closes; our own date for it is that of the report,
// which has to name them.
func article7(c *Case) []Duty {
	if c.ResolvedOn.IsZero() {
		return nil
	}
	d := c.duty(Measure, 7, 1, c.ResolvedOn, c.Opening.Terms.Report, fromResolution)
	for _, f := range c.Facts {
		if !c.stands(f) {
			continue
		}
		switch f.Body.(type) {
		case MeasureTaken, NoMeasure:
			d.meet(f.On)
			return []Duty{d}
		}
	}
	return []Duty{d}
}

// duty makes an open duty, so many weeks after a day.
func (c *Case) duty(kind Kind, article, round int, from calendar.Date, weeks int, rule Rule) Duty {
	due := from.AddWeeks(weeks)
	by := c.Opening.Terms.Holidays.Before(due)
	return Duty{
		Key:     Key{c.Opening.Number, kind, 1, round},
		Article: article,
		Due:     due,
		SendBy:  by,
		State:   Open,
		Because: []Step{
			{Rule: rule, From: from, Days: 7 * weeks, To: due, Article: article},
			{Rule: sendBy, From: due, To: by, Skipped: c.Opening.Terms.Holidays.Between(by, due)},
		},
	}
}

// sent follows a duty that one letter meets through its rounds: a letter that came back lapses its round, and a further
// round with the same due date opens.
func (c *Case) sent(d Duty, canReach Words) []Duty {
	var all []Duty
	for {
		d.Key.Round = len(all) + 1
		letter, ok := c.delivered(d.Key)
		if !ok {
			return append(all, c.orImpossible(d, canReach))
		}
		if letter.returned == "" {
			d.meet(letter.on)
			return append(all, d)
		}
		all = append(all, d.undelivered(letter))
	}
}

// orImpossible ends a duty that no letter can meet.
func (c *Case) orImpossible(d Duty, obstacle Words) Duty {
	if obstacle != (Words{}) {
		d.State, d.Reason = Impossible, obstacle
	}
	return d
}

func (c *Case) complainantReachable() Words { return reachable(c.Opening.Complainant) }

// reachable says what stands in the way of a letter to a party; nothing when it can be reached.
func reachable(p Party) Words {
	if p.Mail == "" {
		return Words{"geen adres bekend", "no address known"}
	}
	return Words{}
}

func (d *Duty) meet(on calendar.Date) {
	d.State, d.MetOn = Met, on
	if on > d.Due {
		d.State = Late
	}
}

func (d *Duty) lapse(why Words) { d.State, d.Reason = Lapsed, why }

func (d Duty) undelivered(letter delivery) Duty {
	d.lapse(Words{"niet bezorgd: " + letter.returned, "undelivered: " + letter.returned})
	return d
}

// end settles an open duty of a case that has ended otherwise, and marks what is overdue.
func (c *Case) end(d *Duty, today calendar.Date) {
	if d.State != Open {
		return
	}
	if why := c.endedOtherwise(); why != (Words{}) {
		d.lapse(why)
		return
	}
	d.Overdue = today > d.Due
}

// endedOtherwise says why nothing more is owed in a case that ended before the whole procedure was run.
func (c *Case) endedOtherwise() Words {
	switch {
	case c.Dismissed != nil:
		return Words{"geen klacht", "not a complaint"}
	case c.AtOnce != nil:
		return Words{"direct opgelost", "resolved at first contact"}
	case c.declinedAndTold():
		return Words{"niet in behandeling genomen", "not taken up"}
	}
	return Words{}
}

func (c *Case) declinedAndTold() bool {
	if c.Declined == nil {
		return false
	}
	for _, d := range c.deliveries {
		if d.Letter == LetterNonAcceptance && d.returned == "" {
			return true
		}
	}
	return false
}

var kindNames = map[Kind]Words{
	Acknowledgement:   {"ontvangstbevestiging", "acknowledgement"},
	Decision:          {"besluit over behandeling", "decision to take it up"},
	Progress:          {"bericht over de voortgang", "notice of progress"},
	Confirmation:      {"schriftelijke bevestiging", "written confirmation"},
	ReconsiderOffer:   {"nieuw aanbod overwegen", "consider a new offer"},
	ReportComplainant: {"verslag aan de klager", "report to the complainant"},
	ReportConcerned:   {"verslag aan de betrokkene", "report to the person concerned"},
	Measure:           {"maatregel tegen herhaling", "measure against repetition"},
	Receipt:           {"bericht van ontvangst", "receipt"},
}

// Name is the duty as people read it.
func (k Kind) Name() Words { return kindNames[k] }

var stateNames = map[State]Words{
	Open:       {"open", "open"},
	Met:        {"gedaan", "met"},
	Late:       {"te laat gedaan", "met late"},
	Lapsed:     {"vervallen", "lapsed"},
	Impossible: {"niet mogelijk", "impossible"},
}

// Name is the state as people read it.
func (s State) Name() Words { return stateNames[s] }
