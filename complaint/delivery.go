package complaint

import "klachtd/calendar"

// delivery is a letter that went out, and what became of it.
type delivery struct {
	Sent
	on       calendar.Date
	received calendar.Date // when it counts as received: later than on for a letter by post
	seq      int
	returned string // why it came back; "" when it did not
	back     int    // the Seq of the fact that says so
	again    bool   // it promised word before the confirmation was due, as things stood when it left
}

func (c *Case) deliver(d delivery) {
	if d.received.IsZero() {
		d.received = d.on
	}
	for i := range c.Complainants {
		if k := &c.Complainants[i]; d.Letter == LetterProgress && d.to(k.ID) {
			d.again = d.Promised > d.on && d.Promised < c.confirmation(k).Due
		}
	}
	c.deliveries = append(c.deliveries, d)
}

// post makes deliveries of what the handler posted. A letter that klachtd never made is one of her own.
func (c *Case) post(f Fact, b Posted) {
	for _, k := range b.Keys {
		p := c.printed[k]
		sent := Sent{Letter: either(p.Letter, letterFor(k.Kind)), Meets: []Key{k}, Variant: p.Variant, MessageID: p.MessageID, Promised: p.Promised}
		c.deliver(delivery{Sent: sent, on: f.On, received: f.On.AddDays(c.Opening.Terms.PostDays), seq: f.Seq})
	}
}

// Printed is the letter that lies with the handler to be posted for a duty.
func (c *Case) Printed(k Key) (Printed, bool) {
	p, ok := c.printed[k]
	return p, ok
}

// Rewritten is the handler's own text of the letter for a duty, "" when it is composed.
func (c *Case) Rewritten(k Key) string { return c.rewritten[k] }

// comeBack marks the letter that was returned, or keeps the one that was refused before it was ever accepted.
func (c *Case) comeBack(f Fact, b Undelivered) {
	if c.Before != nil {
		c.Before.comeBack(f, b)
	}
	why := either(b.Reason, "returned")
	for i := range c.deliveries {
		if d := &c.deliveries[i]; d.MessageID == b.MessageID {
			if d.returned == "" { // a second report says nothing new
				d.returned, d.back = why, f.Seq
			}
			return
		}
	}
	if len(b.Meets) > 0 {
		refused := Sent{Letter: b.Letter, Meets: b.Meets, To: b.To, MessageID: b.MessageID}
		c.deliver(delivery{Sent: refused, on: f.On, seq: f.Seq, returned: why, back: f.Seq})
	}
}

// delivered finds the letter that went out for a key.
func (c *Case) delivered(k Key) (delivery, bool) {
	for _, d := range c.deliveries {
		if d.meets(k) {
			return d, true
		}
	}
	return delivery{}, false
}

func (d delivery) meets(k Key) bool {
	for _, m := range d.Meets {
		if m == k {
			return true
		}
	}
	return false
}

// to says whether the letter went to a party.
func (d delivery) to(party int) bool {
	for _, m := range d.Meets {
		if m.Party == party {
			return true
		}
	}
	return false
}

// arrived finds the letters of a name to a party that did not come back, since the last reopening.
func (c *Case) arrived(letter string, party int) []delivery {
	var all []delivery
	for _, d := range c.deliveries {
		if d.Letter == letter && d.returned == "" && d.to(party) && (c.Reopened == nil || d.seq > c.Reopened.Seq) {
			all = append(all, d)
		}
	}
	return all
}

// acknowledged says whether a complainant holds an acknowledgement that did not come back.
func (c *Case) acknowledged() bool {
	for _, d := range c.deliveries {
		if d.Letter == LetterAcknowledgement && d.returned == "" {
			return true
		}
	}
	return false
}
