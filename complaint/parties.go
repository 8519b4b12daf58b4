package complaint

import (
	"klachtd/calendar"
)

// Complainant is one of those who complain, and how the handling ended for them: satisfaction and S are theirs alone.
type Complainant struct {
	Party
	Reactions   []Fact        // bodies are Reacted
	Thinking    *Fact         // takes time to think about the last offer; nil once there is a reaction
	ResolvedOn  calendar.Date // S; zero while it is not resolved
	ResolvedHow string
	Withdrawn   *Fact
	joined      *Fact // the word that added this one; nil for who wrote first
	resolutions []resolution
	thought     []Fact // each time a day was named until which the complainant thinks
}

// Person is a person concerned, with what is known from and about them.
type Person struct {
	Party
	Over      string // the conduct complained of, in the handler's words
	Questions string // what the request for a reaction asks
	Response  *Response
	named     calendar.Date
	seq       int           // of the word that named the person
	heard     calendar.Date // the first response, or why there is none
	spoke     bool          // responded at some time
}

// Response is the summary of what a person concerned said, or why there is none.
type Response struct {
	On      calendar.Date
	Summary string
	Private bool
	Absent  string // why there is none; Summary is empty then
}

// addParty adds what is said of the people in the case.
func (c *Case) addParty(f Fact) {
	switch b := f.Body.(type) {
	case ComplainantAdded:
		c.join(f, b.Party)
	case Reached:
		c.reach(b)
	case Authority:
		if c.Authority != nil {
			b.Of = either(b.Of, c.Authority.Of)
		}
		c.Authority = &b
		if len(c.Complainants) > 0 {
			c.Complainants[0].Role, c.Opening.Complainant.Role = RoleRepresentative, RoleRepresentative
		}
	case Confided:
		if b.Text == "" {
			c.confide()
		} else {
			c.Confided = append(c.Confided, b.Text)
		}
	case Called:
		c.Calls = append(c.Calls, f)
	case PersonNamed:
		c.name(b, f)
	case NoPersonConcerned:
		c.NoPerson = &b
	case Responded:
		c.respond(b.Person, Response{On: f.On, Summary: b.Summary, Private: b.Private})
	case NoResponse:
		c.respond(b.Person, Response{On: f.On, Absent: b.Reason})
	}
}

// nextID is the number of the next party to come in.
func (c *Case) nextID() int {
	id := 1
	for _, k := range c.Complainants {
		id = max(id, k.ID)
	}
	for _, p := range c.Persons {
		id = max(id, p.ID)
	}
	for _, w := range c.Witnesses {
		id = max(id, w.ID)
	}
	return id + 1
}

// join adds a complainant, or corrects one.
func (c *Case) join(f Fact, p Party) {
	if i := whoIsMeant(len(c.Complainants), func(i int) Party { return c.Complainants[i].Party }, p); i >= 0 {
		k := &c.Complainants[i]
		if k.Party = corrected(k.Party, p); i == 0 {
			c.Opening.Complainant = k.Party
		}
		return
	}
	p.ID = c.nextID()
	if p.Role == "" {
		p.Role = RoleComplainant
	}
	c.Complainants = append(c.Complainants, Complainant{Party: p, joined: &f})
	c.resolve(f)
}

// corrected is a party with what a later word says of it.
func corrected(old, said Party) Party {
	old.Name, old.Mail = either(said.Name, old.Name), either(said.Mail, old.Mail)
	old.Phone, old.Post, old.Lang = either(said.Phone, old.Phone), either(said.Post, old.Post), either(said.Lang, old.Lang)
	return old
}

func (c *Case) reach(b Reached) {
	for i := range c.Complainants {
		k := &c.Complainants[i]
		if k.ID != max(b.Party, 1) {
			continue
		}
		k.Party = corrected(k.Party, Party{Name: b.Name, Mail: b.Mail, Phone: b.Phone, Post: b.Post})
		k.Anonymous = b.Anonymous || k.Anonymous && b.Name == ""
		if b.Role != "" {
			k.Role = b.Role
		}
		if i == 0 {
			c.Opening.Complainant = k.Party
		}
	}
}

// confide keeps who complains from the persons concerned.
func (c *Case) confide() {
	for i := range c.Complainants {
		c.Complainants[i].Confidential = true
	}
	c.Opening.Complainant.Confidential = true
}

// Complainant finds a complainant by ID; the first one for 0.
func (c *Case) Complainant(id int) (Complainant, bool) {
	for _, k := range c.Complainants {
		if k.ID == max(id, 1) {
			return k, true
		}
	}
	return Complainant{}, false
}

// name adds a person concerned or a witness, or corrects the one of the same number, mail address or name.
func (c *Case) name(b PersonNamed, f Fact) {
	if b.Person.Role == RoleWitness {
		c.testify(b.Person)
		return
	}
	if i := whoIsMeant(len(c.Persons), func(i int) Party { return c.Persons[i].Party }, b.Person); i >= 0 {
		p := &c.Persons[i]
		p.Party = corrected(p.Party, b.Person)
		p.Over, p.Questions = either(b.Over, p.Over), either(b.Questions, p.Questions)
		return
	}
	b.Person.ID, b.Person.Role = c.nextID(), RolePersonConcerned
	p := Person{Party: b.Person, Over: b.Over, Questions: b.Questions, named: f.On, seq: f.Seq}
	if len(c.Persons) == 0 && c.Response != nil { // told before anybody was named
		p.heard, p.Response, c.Response = c.Response.On, c.Response, nil
	}
	c.Persons, c.NoPerson = append(c.Persons, p), nil
}

func (c *Case) testify(w Party) {
	if i := whoIsMeant(len(c.Witnesses), func(i int) Party { return c.Witnesses[i] }, w); i >= 0 {
		c.Witnesses[i] = corrected(c.Witnesses[i], w)
		return
	}
	w.ID = c.nextID()
	c.Witnesses = append(c.Witnesses, w)
}

// whoIsMeant finds which of n parties is spoken of: by number; else by mail address; else by name, which corrects an address
// that was wrong. It is -1 for somebody new.
func whoIsMeant(n int, at func(int) Party, p Party) int {
	name := -1
	for i := range n {
		old := at(i)
		switch {
		case p.ID != 0 && old.ID == p.ID, p.ID == 0 && samePerson(old, p):
			return i
		case p.ID == 0 && p.Name != "" && name < 0 && foldName(old.Name) == foldName(p.Name):
			name = i
		}
	}
	return name
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
		if p := &c.Persons[i]; id == 0 && len(c.Persons) == 1 || p.ID == id {
			if p.Response == nil {
				p.heard = r.On
			}
			p.spoke = p.spoke || r.Summary != ""
			p.Response = &r
		}
	}
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

// Concerns says whether a mail address is that of a person concerned: who is one decides nothing in the case.
func (c *Case) Concerns(mail string) bool {
	for _, p := range c.Persons {
		if mail != "" && SameMail(p.Mail, mail) {
			return true
		}
	}
	return false
}

// Knows says whether a mail address is that of anybody in the case.
func (c *Case) Knows(mail string) bool {
	if c.Concerns(mail) {
		return true
	}
	for _, k := range c.Complainants {
		if SameMail(k.Mail, mail) {
			return true
		}
	}
	for _, w := range c.Witnesses {
		if SameMail(w.Mail, mail) {
			return true
		}
	}
	return false
}

// Recused says whether a handler is a person concerned in a case that somebody else handles: none of its content is for
// them, and nothing they say decides anything (procedure.md 2.4).
func (c *Case) Recused(mail string) bool { return c.Concerns(mail) && !SameMail(c.Handler, mail) }

// OwnMatter says whether the handler of the case is a person concerned, for want of a substitute.
func (c *Case) OwnMatter() bool { return c.Concerns(c.Handler) }

// MayTell says whether a letter may tell the first complainant about the person it is about: a representative without an
// authorisation is told nothing.
func (c *Case) MayTell() bool {
	return c.Authority == nil || c.Authority.State == AuthorityGiven || c.Authority.State == AuthorityNotNeeded
}

// Party finds anybody in the case by ID; the first complainant when there is none.
func (c *Case) Party(id int) Party {
	for _, k := range c.Complainants {
		if k.ID == id {
			return k.Party
		}
	}
	for _, p := range c.Persons {
		if p.ID == id {
			return p.Party
		}
	}
	for _, w := range c.Witnesses {
		if w.ID == id {
			return w
		}
	}
	return c.Opening.Complainant
}
