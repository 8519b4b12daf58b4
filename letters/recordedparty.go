package letters

import (
	"klachtd/calendar"
	"klachtd/complaint"
)

// who is how a sentence names the complainant it is about: by name only where there are several.
func (t told) who(party int) string {
	k, known := t.c.Complainant(party)
	switch {
	case len(t.c.Complainants) < 2 || party != 0 && !known:
		return t.say("de klager", "the complainant")
	case party == 0:
		return t.say("de klagers", "the complainants")
	}
	return either(cleanLine(k.Name, maxName), either(cleanLine(k.Mail, maxName), t.say("klager %d", "complainant %d", party)))
}

// ofPerson names a person concerned where there are several.
func (t told) ofPerson(id int) piece {
	if len(t.c.Persons) > 1 {
		for _, p := range t.c.Persons {
			if p.ID == id {
				return piece(" " + either(cleanLine(p.Name, maxName), cleanLine(p.Mail, maxName)))
			}
		}
	}
	return ""
}

// party says what a fact records of the people in the case.
func (t told) party(f complaint.Fact) string {
	switch b := f.Body.(type) {
	case complaint.ComplainantAdded:
		return t.say("ook klager: %s", "also complains: %s", t.contact(b.Party))
	case complaint.Authority:
		return t.authority(b)
	case complaint.Reached:
		return t.reached(b)
	case complaint.Called:
		return t.called(b)
	case complaint.PersonNamed:
		return t.named(b)
	case complaint.NoPersonConcerned:
		return t.say("geen betrokkene%s", "no person concerned%s", because(b.Reason))
	case complaint.Responded:
		if b.Private {
			return t.say("reactie van de betrokkene%s, niet voor de klager: %s", "response of the person concerned%s, not for the complainant: %s", t.ofPerson(b.Person), b.Summary)
		}
		return t.say("reactie van de betrokkene%s: %s", "response of the person concerned%s: %s", t.ofPerson(b.Person), b.Summary)
	case complaint.NoResponse:
		return t.say("geen reactie van de betrokkene%s: %s", "no response of the person concerned%s: %s", t.ofPerson(b.Person), b.Reason)
	case complaint.Confided:
		if b.Text == "" {
			return t.say("wie klaagt, blijft geheim voor de betrokkene", "the person concerned is not told who complains")
		}
		return t.say("vertrouwelijk, nooit voor een betrokkene: %s", "confidential, never for a person concerned: %s", b.Text)
	}
	return ""
}

// contact is how somebody is reached, in one line.
func (t told) contact(p complaint.Party) piece {
	return piece(t.parts([]part{
		{complaint.Words{}, partyName(p)},
		{complaint.Words{NL: "telefoon ", EN: "phone "}, p.Phone},
		{complaint.Words{NL: "adres ", EN: "address "}, p.Post},
	}))
}

var roleNames = map[complaint.Role]complaint.Words{
	complaint.RoleComplainant:     {NL: "klager", EN: "complainant"},
	complaint.RoleRepresentative:  {NL: "gemachtigde", EN: "representative"},
	complaint.RolePersonConcerned: {NL: "betrokkene", EN: "person concerned"},
	complaint.RoleWitness:         {NL: "getuige", EN: "witness"},
	complaint.RoleCommissioner:    {NL: "opdrachtgever", EN: "commissioner"},
}

func (t told) reached(b complaint.Reached) string {
	said := t.parts([]part{
		{complaint.Words{}, string(t.contact(complaint.Party{Name: b.Name, Mail: b.Mail, Phone: b.Phone, Post: b.Post}))},
		{complaint.Words{NL: "rol ", EN: "role "}, roleNames[b.Role].In(t.lang)},
	})
	if b.Anonymous {
		said = t.parts([]part{{text: said}, {text: t.say("noemt geen naam", "gives no name")}})
	}
	return t.say("gegevens van %s: %s", "details of %s: %s", t.who(b.Party), said)
}

func (t told) authority(b complaint.Authority) string {
	of := piece("")
	if name := cleanLine(b.Of, maxName); name != "" {
		of = piece(t.say(" van %s", " of %s", name))
	}
	switch b.State {
	case complaint.AuthorityGiven:
		return t.say("de machtiging%s is er", "the authorisation%s is there", of)
	case complaint.AuthorityRefused:
		return t.say("er komt geen machtiging%s", "there will be no authorisation%s", of)
	case complaint.AuthorityNotNeeded:
		return t.say("een machtiging%s is niet nodig", "an authorisation%s is not needed", of)
	}
	return t.say("wij wachten op een machtiging%s", "we wait for an authorisation%s", of)
}

func (t told) called(b complaint.Called) string {
	w := complaint.Words{NL: "gebeld met %s%s%s", EN: "phoned %s%s%s"}
	if b.NoAnswer {
		w = complaint.Words{NL: "gebeld met %s, geen gehoor%s%s", EN: "phoned %s, no answer%s%s"}
	}
	told := piece("")
	if b.Told {
		told = piece(t.say(", en verteld hoe het verder gaat", ", and told how it goes on"))
	}
	return t.in(w, either(b.With, t.who(b.Party)), told, because(b.Notes))
}

func (t told) named(b complaint.PersonNamed) string {
	who := t.contact(b.Person)
	if b.Person.Role == complaint.RoleWitness {
		return t.say("getuige: %s", "witness: %s", who)
	}
	questions := piece("")
	if q := cleanLine(b.Questions, maxLine); q != "" {
		questions = piece(t.say("; vragen: %s", "; questions: %s", q))
	}
	return t.say("betrokkene: %s%s%s", "person concerned: %s%s%s", who, because(b.Over), questions)
}

// byWhom says who does something, and before which day.
func (t told) byWhom(owner string, by calendar.Date) piece {
	text := ""
	if owner != "" {
		text += t.say(", door %s", ", by %s", owner)
	}
	return piece(text) + t.date(", uiterlijk %s", ", by %s", by)
}
