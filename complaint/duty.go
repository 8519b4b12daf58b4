package complaint

import (
	"slices"

	"klachtd/calendar"
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

// Duty is a promise of the regulation, or a working rule of our own, with its date and what became of it.
type Duty struct {
	Key
	Article int           // of the regulation; 0 for a rule of our own
	Due     calendar.Date // through the end of that day
	SendBy  calendar.Date // the last day that is safe: the working day before Due, earlier for a letter by post
	State   State
	MetOn   calendar.Date // when State is Met or Late: the day it was done, or the letter was sent
	Overdue bool          // open past its date
	Reason  Words         // why it lapsed or is impossible
	Because []Step        // how Due and SendBy were computed

	word  *Fact // what orders its letter
	back  bool  // its letter came back: only an approval sends another
	until int   // the Seq up to which a letter meets it; 0 for any letter
}

// Duties lists every duty of a case as it stands on a day, in the order of the articles; those of before a reopening
// first. It is a pure function: the same facts and day give the same duties.
func Duties(c Case, today calendar.Date) []Duty {
	all := append(make([]Duty, 0, 16), c.earlier()...)
	from := len(all)
	for i := range c.Complainants {
		k := &c.Complainants[i]
		all = append(all, c.article1(k)...)
		all = append(all, c.article2(k, today)...)
		all = append(all, c.article3(k)...)
		all = append(all, c.article5(k)...)
		all = append(all, c.article6(k)...)
		all = append(all, c.article9(k)...)
	}
	for _, p := range c.Persons {
		all = append(all, c.hearing(p)...)
		all = append(all, c.extensionTo(p)...)
		all = append(all, c.reportTo(p)...)
	}
	for _, w := range c.Witnesses {
		all = append(all, c.closing(w)...)
	}
	all = append(all, c.article7()...)
	all = append(all, c.article8()...)
	for i := range all[from:] {
		c.end(&all[from+i], today)
	}
	slices.SortStableFunc(all[from:], func(a, b Duty) int { return place(a.Kind) - place(b.Kind) })
	return all
}

// earlier lists the duties of before the last reopening. What was open then has a successor with a date of its own; what was
// agreed, and measures, go on as they were.
func (c *Case) earlier() []Duty {
	if c.Before == nil {
		return nil
	}
	var all []Duty
	for _, d := range Duties(*c.Before, c.Reopened.On) {
		if d.Round > c.base[d.Key.anyRound()] { // came back after the reopening: the new round stands for it
			continue
		}
		if d.Kind == KeepCommitment || d.Kind == FollowMeasure {
			continue
		}
		if d.State == Open {
			d.lapse(Words{"de zaak is heropend", "the case was reopened"})
			d.Overdue = false
		}
		all = append(all, d)
	}
	return all
}

func (k Key) anyRound() Key {
	k.Round = 0
	return k
}

// roundsOf counts the rounds of each duty, those for which a letter went out included.
func roundsOf(c Case, today calendar.Date) map[Key]int {
	rounds := map[Key]int{}
	for _, d := range Duties(c, today) {
		rounds[d.Key.anyRound()] = max(rounds[d.Key.anyRound()], d.Round)
	}
	for _, letter := range c.deliveries {
		for _, k := range letter.Meets {
			rounds[k.anyRound()] = max(rounds[k.anyRound()], k.Round)
		}
	}
	return rounds
}

// duty makes an open duty, a term after a day. Its round is still to be given.
func (c *Case) duty(kind Kind, party int, from calendar.Date, term calendar.Term, rule Rule) Duty {
	h := c.Opening.Terms.Holidays
	due := term.After(from, h)
	why := Step{Rule: rule, From: from, Term: term, To: due}
	if term.Unit == calendar.Workdays {
		why.Skipped = h.Between(from, due)
	}
	d := c.dutyBy(kind, party, due, why)
	if c.Opening.Terms.extends(kind, term) { // the letter is planned on the date as it was before
		if d.Due = h.Extend(due); d.Due != due {
			d.Because = append(d.Because, Step{Rule: extended, From: due, To: d.Due, Skipped: h.Between(due-1, d.Due)})
		}
	}
	return d
}

// dutyBy makes an open duty with a date that follows from one step.
func (c *Case) dutyBy(kind Kind, party int, due calendar.Date, why Step) Duty {
	h := c.Opening.Terms.Holidays
	if why.Where = c.Opening.Terms.Articles[kind]; len(c.Opening.Terms.Articles) == 0 {
		why.Article = kind.Article()
	}
	by, how := h.Before(due), Step{Rule: sendBy}
	if days := c.Opening.Terms.PostDays; c.Party(party).Channel() == ByPost && letterFor(kind) != "" {
		by, how = h.OnOrBefore(due.AddDays(-days)), Step{Rule: postBy, Days: days}
	}
	how.From, how.To, how.Skipped = due, by, h.Between(by, due)
	return Duty{
		Key:     Key{Case: c.Opening.Number, Kind: kind, Party: party},
		Article: kind.Article(), Due: due, SendBy: by, State: Open,
		Because: []Step{why, how},
	}
}

// inRound gives a duty the round after so many.
func (c *Case) inRound(d Duty, earlier int) Duty {
	d.Round = c.base[d.Key.anyRound()] + earlier + 1
	return d
}

// sent follows a duty that one letter meets through its rounds, which come after others: a letter that came back lapses
// its round, and a further round with the same due date opens.
func (c *Case) sent(d Duty, others ...Duty) []Duty {
	var all []Duty
	for {
		d = c.inRound(d, len(others)+len(all))
		letter, ok := c.delivered(d.Key)
		if !ok || d.until > 0 && letter.seq > d.until {
			return append(all, c.orImpossible(d))
		}
		if letter.returned == "" {
			d.arrive(letter)
			return append(all, d)
		}
		all = append(all, d.undelivered(letter))
		d.back = true
	}
}

// ordered lists the duties that orders of the handler make: a round for each, a week to send it.
func (c *Case) ordered(kind Kind, party int) []Duty {
	return c.carriedOut(kind, party, func(word Fact) Duty {
		return c.duty(kind, party, word.On, c.Opening.Terms.Working, fromWord)
	})
}

// carriedOut follows the duties that orders make, each with dates of its own, through their rounds.
func (c *Case) carriedOut(kind Kind, party int, owed func(word Fact) Duty) []Duty {
	var all []Duty
	for _, o := range c.orders {
		if o.kind != kind || o.party != 0 && o.party != party {
			continue
		}
		d := owed(o.fact)
		d.word = &o.fact
		all = append(all, c.sent(d, all...)...)
	}
	return all
}

// orImpossible ends a duty that no letter can meet. The confirmation stays owed until the complaint is resolved: that nobody can
// be told of it is no reason not to handle it.
func (c *Case) orImpossible(d Duty) Duty {
	k, complains := c.Complainant(d.Party)
	goesOn := complains && d.Kind == Confirmation && k.ResolvedOn.IsZero()
	if c.Party(d.Party).Channel() == NoWay && !goesOn {
		d.State, d.Reason = Impossible, Words{"geen adres bekend", "no address known"}
	}
	return d
}

func (d *Duty) meet(on calendar.Date) {
	d.State, d.MetOn = Met, on
	if on > d.Due {
		d.State = Late
	}
}

// arrive meets a duty by a letter: in time when it was received in time.
func (d *Duty) arrive(letter delivery) {
	d.meet(letter.on)
	if letter.received > d.Due {
		d.State = Late
	}
}

func (d *Duty) lapse(why Words) { d.State, d.Reason, d.MetOn = Lapsed, why, 0 }

func (d Duty) undelivered(letter delivery) Duty {
	d.lapse(Words{"niet bezorgd: " + letter.returned, "undelivered: " + letter.returned})
	return d
}

// end settles an open duty of a case that has ended otherwise, and marks what is overdue.
func (c *Case) end(d *Duty, today calendar.Date) {
	if d.State != Open {
		return
	}
	if why := c.lapsing(*d); why != (Words{}) {
		d.lapse(why)
		return
	}
	d.Overdue = today > d.Due
}

// lapsing says why an open duty is owed no longer; nothing while it is. What was agreed, and measures, stay owed however
// a case ends; so do the word on a withdrawal and what can be learned from it.
func (c *Case) lapsing(d Duty) Words {
	switch d.Kind {
	case KeepCommitment, FollowMeasure:
		if c.MergedInto == "" {
			return Words{}
		} // else they went along
	}
	if why := c.endedOtherwise(); why != (Words{}) {
		return why
	}
	switch d.Kind {
	case Measure, ReportConcerned, CloseWitness:
		return Words{}
	case AskResponse, AwaitResponse, ExtendConcerned:
		if c.withdrawn() {
			return withdrawnWords
		}
		return Words{}
	}
	if k, ok := c.Complainant(d.Party); ok && k.Withdrawn != nil && d.Kind != Withdrawal {
		return withdrawnWords
	}
	return Words{}
}

var withdrawnWords = Words{"de klacht is ingetrokken", "the complaint was withdrawn"}

// endedOtherwise says why nothing more is owed in a case that ended before the whole procedure was run.
func (c *Case) endedOtherwise() Words {
	switch {
	case c.Dismissed != nil:
		return Words{"geen klacht", "not a complaint"}
	case c.AtOnce != nil:
		return Words{"direct opgelost", "resolved at first contact"}
	case c.MergedInto != "":
		return Words{"samengevoegd met " + string(c.MergedInto), "merged into " + string(c.MergedInto)}
	case c.declinedAndTold():
		return Words{"niet in behandeling genomen", "not taken up"}
	}
	return Words{}
}

// declinedAndTold says whether the complaint was not taken up, and everybody who can be told was told.
func (c *Case) declinedAndTold() bool {
	if c.Declined == nil {
		return false
	}
	for _, k := range c.Complainants {
		if k.Channel() != NoWay && k.Withdrawn == nil && len(c.arrived(LetterNonAcceptance, k.ID)) == 0 {
			return false
		}
	}
	return true
}

var stateNames = map[State]Words{
	Open:       {"open", "open"},
	Met:        {"gedaan", "met"},
	Late:       {"te laat gedaan", "met late"},
	Lapsed:     {"vervallen", "lapsed"},
	Impossible: {"niet mogelijk", "impossible"},
}

// Name is the state as people read it.
func (s State) Name() Words { return stateNames[s] }
