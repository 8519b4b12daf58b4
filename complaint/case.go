package complaint

import (
	"time"

	"klachtd/calendar"
)

// CaseID is the number of a case as people quote it: K2026-0007.
type CaseID string

// Case is what the facts of one complaint add up to. It is made by Fold and by nothing else.
type Case struct {
	Opening    Opened        // how it began, and the terms it lives under
	OpenedAt   time.Time     // when the opening was recorded
	Facts      []Fact        // all of them, undone ones too, in order
	Received   calendar.Date // R, corrections included
	Registered *Fact         // the handler's word that it is a complaint
	Dismissed  *Fact         // the handler's word that it is not
	AtOnce     *Fact         // resolved at first contact
	Declined   *Fact         // not taken up
	Held       *Fact         // letters are stopped

	Described Described
	Calls     []Fact // bodies are Called
	Persons   []Person
	NoPerson  *NoPersonConcerned
	Response  *Response // of nobody in particular: a response, or why there is none, while no person is named

	Finding       Finding
	FindingReason string
	JudgedOn      calendar.Date
	Weighed       Weighed
	Offers        []Offer
	NoOffer       *Fact
	Reactions     []Fact        // bodies are Reacted: to the offers, or to an outcome without one
	ResolvedOn    calendar.Date // S; zero while it is not resolved
	ResolvedHow   string
	Report        ReportWritten
	Measures      []MeasureTaken
	NoMeasure     *NoMeasure

	approvals  map[Key]Fact
	deliveries []delivery
	undone     map[MailID]bool
}

// Person is a person concerned, with what is known from and about them.
type Person struct {
	Party
	Over     string // the conduct complained of, in the handler's words
	Response *Response
	named    calendar.Date
}

// Response is the summary of what a person concerned said, or why there is none.
type Response struct {
	On      calendar.Date
	Summary string
	Private bool
	Absent  string // why there is none; Summary is empty then
}

// Offer is one offer made by phone, in its round, with the reaction it got.
type Offer struct {
	On       calendar.Date // O
	Text     string
	Reaction *Fact
	seq      int
}

// delivery is a letter that went out, and what became of it.
type delivery struct {
	Sent
	on       calendar.Date
	seq      int
	returned string // why it came back; "" when it did not
}

// Fold adds up the facts of one case, in order. It is total: facts that make no sense together still give a case.
func Fold(facts []Fact) Case {
	c := Case{Facts: facts, approvals: map[Key]Fact{}, undone: map[MailID]bool{}}
	for _, f := range facts {
		if u, ok := f.Body.(Undone); ok {
			c.undone[u.Mail] = true
		}
	}
	for _, f := range facts {
		if c.stands(f) {
			c.add(f)
		}
	}
	return c
}

// stands says whether a fact still counts. Only what a handler said in a mail can be undone: a case, a sent letter and
// filed mail happened.
func (c *Case) stands(f Fact) bool {
	if f.Mail == "" || !c.undone[f.Mail] {
		return true
	}
	switch f.Body.(type) {
	case Opened, Sent, Undelivered, Filed, Undone:
		return true
	}
	return false
}

// add is the one switch over all facts.
func (c *Case) add(f Fact) {
	switch b := f.Body.(type) {
	case Opened:
		c.Opening, c.OpenedAt, c.Received = b, f.At, b.Received
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
	case Reached:
		k := &c.Opening.Complainant
		k.Name, k.Mail, k.Phone = either(b.Name, k.Name), either(b.Mail, k.Mail), either(b.Phone, k.Phone)
	case Called:
		c.Calls = append(c.Calls, f)
	case PersonNamed:
		c.name(b, f.On)
	case NoPersonConcerned:
		c.NoPerson = &b
	case Responded:
		c.respond(b.Person, Response{On: f.On, Summary: b.Summary, Private: b.Private})
	case NoResponse:
		c.respond(b.Person, Response{On: f.On, Absent: b.Reason})
	case Judged:
		c.Finding, c.FindingReason, c.JudgedOn = b.Finding, b.Reason, f.On
	case Weighed:
		c.weigh(b)
	case Offered:
		c.Offers, c.NoOffer = append(c.Offers, Offer{On: f.On, Text: b.Text, seq: f.Seq}), nil
		c.ResolvedOn = 0
	case NoOffer:
		c.NoOffer = &f
		if c.dissatisfied() {
			c.resolve(f.On, b.Reason)
		}
	case Reacted:
		c.react(f, b)
	case Resolved:
		c.resolve(f.On, b.How)
	case ReportWritten:
		c.Report.Complainant = either(b.Complainant, c.Report.Complainant)
		c.Report.Concerned = either(b.Concerned, c.Report.Concerned)
	case MeasureTaken:
		c.Measures = append(c.Measures, b)
	case NoMeasure:
		c.NoMeasure = &b
	case Declined:
		c.Declined = &f
	case Approved:
		for _, k := range b.Keys {
			c.approvals[k] = f
		}
	case Held:
		c.Held = &f
	case Released:
		c.Held = nil
	case Sent:
		c.deliveries = append(c.deliveries, delivery{Sent: b, on: f.On, seq: f.Seq})
	case Undelivered:
		c.comeBack(f, b)
	case Undone, Noted, Filed:
		// They are shown with the facts and change nothing by themselves.
	}
}

func (c *Case) describe(b Described) {
	d := &c.Described
	d.About = either(b.About, d.About)
	d.EventDate = either(b.EventDate, d.EventDate)
	d.Place = either(b.Place, d.Place)
	d.Particulars = either(b.Particulars, d.Particulars)
	d.Handling = either(b.Handling, d.Handling)
	if !b.Expected.IsZero() {
		d.Expected = b.Expected
	}
}

// name adds a person concerned, or corrects the one of the same mail address or name.
func (c *Case) name(b PersonNamed, on calendar.Date) {
	for i := range c.Persons {
		p := &c.Persons[i]
		if p.ID == b.Person.ID || b.Person.ID == 0 && samePerson(p.Party, b.Person) {
			p.Name, p.Mail = either(b.Person.Name, p.Name), either(b.Person.Mail, p.Mail)
			p.Post, p.Over = either(b.Person.Post, p.Post), either(b.Over, p.Over)
			return
		}
	}
	b.Person.ID, b.Person.Role = len(c.Persons)+2, PersonConcerned
	p := Person{Party: b.Person, Over: b.Over, named: on}
	if len(c.Persons) == 0 && c.Response != nil { // told before anybody was named
		p.Response, c.Response = c.Response, nil
	}
	c.Persons, c.NoPerson = append(c.Persons, p), nil
}

func samePerson(a, b Party) bool {
	if a.Mail != "" && b.Mail != "" {
		return SameMail(a.Mail, b.Mail)
	}
	return a.Name != "" && foldName(a.Name) == foldName(b.Name)
}

func (c *Case) respond(id int, r Response) {
	if len(c.Persons) == 0 {
		c.Response = &r
		return
	}
	for i := range c.Persons {
		if id == 0 && len(c.Persons) == 1 || c.Persons[i].ID == id {
			c.Persons[i].Response = &r
		}
	}
}

func (c *Case) weigh(b Weighed) {
	c.Weighed.Severity = either(b.Severity, c.Weighed.Severity)
	c.Weighed.Cause = either(b.Cause, c.Weighed.Cause)
	c.Weighed.Accountable = either(b.Accountable, c.Weighed.Accountable)
}

// react keeps a reaction with the last offer. Satisfaction resolves the complaint that day; dissatisfaction opens it.
func (c *Case) react(f Fact, b Reacted) {
	c.Reactions = append(c.Reactions, f)
	if n := len(c.Offers); n > 0 {
		c.Offers[n-1].Reaction = &f
	}
	c.ResolvedOn, c.ResolvedHow = 0, ""
	if b.Satisfied {
		c.resolve(f.On, "")
	}
}

// resolve fixes S. The last word counts: S of the case is the last one.
func (c *Case) resolve(on calendar.Date, how string) { c.ResolvedOn, c.ResolvedHow = on, how }

// comeBack marks the letter that was returned, or keeps the one that was refused before it was ever accepted.
func (c *Case) comeBack(f Fact, b Undelivered) {
	why := either(b.Reason, "returned")
	for i := range c.deliveries {
		if c.deliveries[i].MessageID == b.MessageID {
			c.deliveries[i].returned = why
			return
		}
	}
	if len(b.Meets) > 0 {
		refused := Sent{Letter: b.Letter, Meets: b.Meets, To: b.To, MessageID: b.MessageID}
		c.deliveries = append(c.deliveries, delivery{Sent: refused, on: f.On, seq: f.Seq, returned: why})
	}
}

// dissatisfied says whether the last reaction was a dissatisfied one.
func (c *Case) dissatisfied() bool {
	n := len(c.Reactions)
	return n > 0 && !c.Reactions[n-1].Body.(Reacted).Satisfied
}

// Satisfied says how the complainant left: known is false while no reaction is known.
func (c *Case) Satisfied() (satisfied, known bool) {
	n := len(c.Reactions)
	if n == 0 {
		return false, false
	}
	return c.Reactions[n-1].Body.(Reacted).Satisfied, true
}

// Heard says whether every person concerned responded, or why not is on file: no finding comes before it (article 3).
func (c *Case) Heard() bool {
	if len(c.Persons) == 0 {
		return c.NoPerson != nil || c.Response != nil
	}
	for _, p := range c.Persons {
		if p.Response == nil {
			return false
		}
	}
	return true
}

// Outcome says whether there is one to confirm: a finding, and an offer or the reason why there is none.
func (c *Case) Outcome() bool {
	return c.Finding != "" && (len(c.Offers) > 0 || c.NoOffer != nil)
}

// acknowledged says whether the complainant holds an acknowledgement that did not come back.
func (c *Case) acknowledged() bool {
	for _, d := range c.deliveries {
		if d.Letter == LetterAcknowledgement && d.returned == "" {
			return true
		}
	}
	return false
}

// delivered finds the letter that went out for a key.
func (c *Case) delivered(k Key) (delivery, bool) {
	for _, d := range c.deliveries {
		for _, m := range d.Meets {
			if m == k {
				return d, true
			}
		}
	}
	return delivery{}, false
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
