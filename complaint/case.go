package complaint

import (
	"maps"
	"slices"
	"time"

	"klachtd/calendar"
)

// CaseID is the number of a case as people quote it: K2026-0007.
type CaseID string

// Case is what the facts of one complaint add up to. It is made by Fold and by nothing else.
type Case struct {
	Opening    Opened        // how it began, and the terms it lives under; its complainant as corrected since
	OpenedAt   time.Time     // when the opening was recorded
	Facts      []Fact        // all of them, undone ones too, in order
	Received   calendar.Date // R, corrections included
	Registered *Fact         // the handler's word that it is a complaint
	Dismissed  *Fact         // the handler's word that it is not
	AtOnce     *Fact         // resolved at first contact
	Declined   *Fact         // not taken up
	Held       *Fact         // letters are stopped
	Handler    string        // mail address of who handles it now
	MergedInto CaseID        // where it is handled, "" when here
	Merged     []Merged      // other cases that are handled here
	Linked     []CaseID
	Extended   *Extended // the confirmation was put off
	Category   string
	Retained   *Retained
	Test       bool // the yearly test case

	Described    Described
	Complainants []Complainant // who wrote first is the first; there is at least one in every case that was opened
	Authority    *Authority    // of a representative; nil when the complainant speaks for nobody else
	Calls        []Fact        // bodies are Called
	Persons      []Person
	Witnesses    []Party
	NoPerson     *NoPersonConcerned
	Response     *Response // of nobody in particular: a response, or why there is none, while no person is named
	Confided     []string  // passages that never reach a person concerned

	Points        []Point       // the findings; one, numbered 0, when the complaint was judged as a whole
	Finding       Finding       // on the whole, derived from the points
	FindingReason string        // of the last point that was judged
	DecidedOn     calendar.Date // the first of the findings
	JudgedOn      calendar.Date // the last of them
	Weighed       Weighed
	Offers        []Offer
	NoOffer       *Fact
	Reactions     []Fact        // bodies are Reacted: to the offers, or to an outcome without one
	ResolvedOn    calendar.Date // S, the last of all complainants; zero while it is not resolved for one of them
	ResolvedHow   string
	Report        ReportWritten
	Measures      []TakenMeasure
	NoMeasure     *NoMeasure
	Commitments   []Commitment
	Referred      *Fact // the way to the commissioner was ordered, or consent recorded; the last word
	Consent       *Fact // the complainant agrees that the file is sent to the commissioner

	Reopened *Fact // the last reopening; what follows it is handled anew
	Before   *Case // as it stood before that

	base     map[Key]int // the rounds of before the last reopening, by duty without its round
	foldedIn *Fact       // the word by which it is handled in another case

	refer       *Fact // the first word that ordered the way to the commissioner
	resolutions []resolution
	orders      []order
	approvals   map[Key]Fact
	rewritten   map[Key]string
	printed     map[Key]Printed
	deliveries  []delivery
	undone      map[MailID]bool
	standing    []Fact // the facts that count, since the last reopening
}

// order is a letter that the handler's word asks for, besides those that the terms bring.
type order struct {
	kind  Kind
	party int // 0: every complainant
	fact  Fact
}

// Fold adds up the facts of one case, in order. It is total: facts that make no sense together still give a case.
func Fold(facts []Fact) Case {
	c := Case{Facts: facts, standing: make([]Fact, 0, len(facts)), approvals: map[Key]Fact{}, rewritten: map[Key]string{}, printed: map[Key]Printed{}, undone: map[MailID]bool{}}
	for _, f := range facts {
		if u, ok := f.Body.(Undone); ok {
			c.undone[u.Mail] = true
		}
	}
	for i, f := range facts {
		if !c.stands(f) {
			continue
		}
		if b, ok := f.Body.(Reopened); ok {
			c.reopen(facts[:i], f, b)
			continue
		}
		c.add(f)
		c.standing = append(c.standing, f)
	}
	return c
}

// stands says whether a fact still counts. Only what a handler said in a mail can be undone: a case, a sent letter and
// filed mail happened, and what touches two cases is undone in neither.
func (c *Case) stands(f Fact) bool {
	if f.Mail == "" || !c.undone[f.Mail] {
		return true
	}
	switch f.Body.(type) {
	case Opened, Sent, Undelivered, Filed, Printed, Undone, Merged, MergedInto, Linked:
		return true
	}
	return false
}

// current lists the facts that stand and were recorded since the last reopening.
func (c *Case) current() []Fact { return c.standing }

// add is the one switch over all facts.
func (c *Case) add(f Fact) {
	switch b := f.Body.(type) {
	case Opened:
		c.Opening, c.OpenedAt, c.Received, c.Handler = b, f.At, b.Received, b.Handler
		c.Complainants = []Complainant{{Party: b.Complainant}}
	case Registered:
		if c.Registered == nil || c.AtOnce != nil || c.Declined != nil {
			c.Registered = &f // the word from which the acknowledgement counts its grace
		}
		c.Dismissed, c.AtOnce, c.Declined = nil, nil, nil
	case Described:
		c.describe(b)
	case Dismissed:
		c.Dismissed, c.Registered = &f, nil
	case ResolvedAtOnce:
		c.AtOnce = &f
	case ReceiptMoved:
		c.Received = b.To
	case Declined:
		c.Declined = &f
	case Approved:
		for _, k := range b.Keys {
			c.approvals[k] = f
		}
	case Rewritten:
		for _, k := range b.Keys {
			c.rewritten[k] = b.Text
		}
	case Held:
		c.Held = &f
	case Released:
		c.Held = nil
	case HandedOver:
		c.Handler = b.To
		if c.acknowledged() { // else the acknowledgement will say who
			c.order(Progress, 0, f)
		}
	case MergedInto:
		c.MergedInto, c.foldedIn = b.Case, &f
	case Merged:
		c.Merged = append(c.Merged, b)
		c.Received = min(c.Received, b.Received)
		if c.acknowledged() {
			c.order(Progress, 0, f)
		}
	case Linked:
		if !slices.Contains(c.Linked, b.Case) {
			c.Linked = append(c.Linked, b.Case)
		}
	case Extended:
		c.Extended = &b
		c.order(Extend, 0, f)
		for _, p := range c.Persons {
			c.order(ExtendConcerned, p.ID, f)
		}
	case Asked:
		if b.Questions != "" || b.Authority {
			c.order(Information, b.Party, f)
		}
	case ProgressOrdered:
		c.order(Progress, 0, f)
	case Categorised:
		c.Category = b.Category
	case Retained:
		c.Retained = &b
	case MarkedTest:
		c.Test = true
	case Sent:
		c.deliver(delivery{Sent: b, on: f.On, seq: f.Seq})
	case Printed:
		for _, k := range b.Meets {
			c.printed[k] = b
		}
	case Posted:
		c.post(f, b)
	case Undelivered:
		c.comeBack(f, b)
	case Undone, Noted, Filed, Forced:
		// They are shown with the facts and change nothing by themselves.
	default:
		c.addParty(f)
		c.addOutcome(f)
	}
}

func (c *Case) describe(b Described) {
	d := &c.Described
	d.About = either(b.About, d.About)
	d.EventDate = either(b.EventDate, d.EventDate)
	d.Place = either(b.Place, d.Place)
	d.Particulars = either(b.Particulars, d.Particulars)
	d.Handling = either(b.Handling, d.Handling)
	d.Commissioner = either(b.Commissioner, d.Commissioner)
	if !b.Expected.IsZero() {
		d.Expected = b.Expected
	}
}

func (c *Case) order(kind Kind, party int, f Fact) {
	c.orders = append(c.orders, order{kind, party, f})
}

// reopen keeps the case as it stood and begins anew: who is in it and what they said stays, the outcome has to be found
// again. What ended it is taken back, but who withdrew and does not ask for it stays out.
func (c *Case) reopen(before []Fact, f Fact, b Reopened) {
	old := *c
	old.Facts = before
	everybody := c.withdrawn()
	old.approvals, old.rewritten, old.printed = maps.Clone(c.approvals), maps.Clone(c.rewritten), maps.Clone(c.printed)
	old.deliveries, old.orders = slices.Clone(c.deliveries), slices.Clone(c.orders)
	old.Complainants, old.Persons = slices.Clone(c.Complainants), slices.Clone(c.Persons)
	old.Commitments, old.Measures = slices.Clone(c.Commitments), slices.Clone(c.Measures)
	c.Before, c.Reopened, c.base = &old, &f, roundsOf(old, f.On)
	c.standing = nil
	c.Registered = &f // an acknowledgement that is still owed counts its grace from here
	c.Dismissed, c.AtOnce, c.Declined, c.Held, c.MergedInto, c.foldedIn, c.Extended = nil, nil, nil, nil, "", nil, nil
	c.Points, c.Finding, c.FindingReason, c.DecidedOn, c.JudgedOn = nil, "", "", 0, 0
	c.Offers, c.NoOffer, c.Reactions, c.ResolvedOn, c.ResolvedHow, c.resolutions = nil, nil, nil, 0, "", nil
	c.Report, c.NoMeasure, c.Referred, c.refer, c.Consent, c.orders = ReportWritten{}, nil, nil, nil, nil, nil
	for i := range c.Complainants {
		k := &c.Complainants[i]
		if k.Withdrawn != nil && b.Party != k.ID && !(everybody && b.Party == 0) {
			continue
		}
		k.Reactions, k.Thinking, k.ResolvedOn, k.ResolvedHow, k.Withdrawn, k.resolutions, k.thought = nil, nil, 0, "", nil, nil, nil
	}
}

// from is the day from which the terms count: R, or the message that reopened the case.
func (c *Case) from() (calendar.Date, Rule) {
	if c.Reopened == nil {
		return c.Received, fromReceipt
	}
	if b := c.Reopened.Body.(Reopened); !b.Mistake {
		return b.From, fromReopening
	}
	return c.Received, fromReceipt
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
