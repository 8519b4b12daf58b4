package complaint

import (
	"strings"
)

func doComplaint(r *reader, c command) *Refusal {
	d, refusal := r.description(c)
	if refusal != nil {
		return refusal
	}
	news := len(r.out.Facts)
	if r.c.Registered == nil || r.c.Declined != nil || r.c.AtOnce != nil {
		r.record(r.today, Registered{})
	}
	if d != (Described{}) {
		r.record(r.today, d)
	}
	for _, step := range [...]struct {
		key string
		do  func(line, s string) *Refusal
	}{
		{"who", r.namePerson}, {"complainant", r.reach}, {"others", r.joinThem}, {"behalf", r.onBehalf}, {"commissioner", r.commissioner},
	} {
		if s := c.got[step.key]; s != "" {
			if refusal := step.do(c.line, s); refusal != nil {
				return refusal
			}
		}
	}
	if len(r.out.Facts) == news {
		r.hint(alreadyRegistered)
	}
	return nil
}

var alreadyRegistered = Words{"Dit was al geregistreerd als klacht.", "This was already registered as a complaint."}

// description reads the short description (article 2). Words without a name say what it is about.
func (r *reader) description(c command) (Described, *Refusal) {
	d := Described{
		About: c.got["about"], EventDate: r.eventDate(c.got["date"]), Place: c.got["place"],
		Particulars: c.got["particulars"], Handling: c.got["steps"],
	}
	if d.About == "" {
		d.About = c.text
	} else if c.text != "" {
		d.Particulars = strings.TrimSpace(d.Particulars + "\n" + c.text)
	}
	if s := c.got["expected"]; s != "" {
		day, refusal := r.dueDay(c.line, s)
		if refusal != nil {
			return Described{}, refusal
		}
		d.Expected = day
	}
	return d, nil
}

// eventDate keeps a date as it was said, unless a letter read days later would mean another day by it.
func (r *reader) eventDate(s string) string {
	if strings.ContainsAny(s, "0123456789") {
		return s
	}
	if day, ok := ParseDay(s, r.today, false); ok {
		return day.Long(r.c.Opening.Lang)
	}
	return s
}

func (r *reader) namePerson(line, s string) *Refusal {
	person, refusal := r.readPerson(line, s)
	if refusal == nil {
		r.record(r.today, PersonNamed{Person: person})
	}
	return refusal
}

// reach reads by which name, address or number the complainant is reached.
func (r *reader) reach(line, s string) *Refusal {
	switch plain(s) {
	case "anoniem", "anonymous", "wil anoniem blijven":
		r.record(r.today, Reached{Anonymous: true})
		return nil
	}
	p, refusal := r.readParty(line, s)
	switch {
	case refusal != nil:
		return refusal
	case p.Name == "" && p.Mail == "" && p.Phone == "" && p.Post == "":
		return r.refuse(line, Words{"Hoe is de klager te bereiken? Schrijf een naam, e-mailadres, telefoonnummer of postadres.", "How is the complainant reached? Please write a name, mail address, phone number or postal address."},
			Words{"#klacht klager: <naam, e-mailadres>", "#complaint complainant: <name, mail address>"}.In(r.lang))
	}
	if refusal := r.checkComplainant(line, p); refusal != nil {
		return refusal
	}
	r.record(r.today, Reached{Name: p.Name, Mail: p.Mail, Phone: p.Phone, Post: p.Post})
	return nil
}

// checkComplainant refuses an address that cannot be one, and that of somebody the complaint is about.
func (r *reader) checkComplainant(line string, p Party) *Refusal {
	switch {
	case p.Mail != "" && !mailboxRE.MatchString(p.Mail):
		return r.refuse(line, Words{"Dit is geen e-mailadres: " + p.Mail, "This is not a mail address: " + p.Mail})
	case r.c.Concerns(p.Mail):
		return r.refuse(line, Words{"Dit is het e-mailadres van een betrokkene. Die mag de brieven aan de klager niet krijgen.",
			"This is the mail address of a person concerned, who must not get the letters to the complainant."})
	}
	return nil
}

// joinThem adds those who complain too, a line each.
func (r *reader) joinThem(line, s string) *Refusal {
	for one := range strings.Lines(s) {
		p, refusal := r.readParty(line, one)
		if refusal != nil {
			return refusal
		}
		if p.Name == "" && p.Mail == "" {
			return r.refuse(line, Words{"Wie klaagt er mee? Schrijf een naam en een e-mailadres.", "Who complains too? Please write a name and a mail address."},
				Words{"#klacht medeklager: <naam, e-mailadres>", "#complaint co-complainant: <name, mail address>"}.In(r.lang))
		}
		if refusal := r.checkComplainant(line, p); refusal != nil {
			return refusal
		}
		for _, k := range r.c.Complainants {
			if k.Withdrawn != nil && !r.c.withdrawn() && samePerson(k.Party, p) {
				return r.anew(line, k)
			}
		}
		r.record(r.today, ComplainantAdded{Party: p})
		if p.Channel() == NoWay && !r.reachable(p) {
			r.hint(Words{"Van medeklager " + p.Name + " is geen adres bekend. Zonder adres kan er geen brief heen.",
				"No address is known of the complainant " + p.Name + ". Without one no letter can go there."})
		}
	}
	return nil
}

// reachable says whether the file has an address of a complainant.
func (r *reader) reachable(p Party) bool {
	for _, k := range r.c.Complainants {
		if samePerson(k.Party, p) && k.Channel() != NoWay {
			return true
		}
	}
	return false
}

// onBehalf records that somebody complains for another, whose authorisation has to come in.
func (r *reader) onBehalf(_, s string) *Refusal {
	r.askAuthority(r.today, oneLine(s))
	return nil
}

// commissioner names the organisation that commissioned the work; it may be who complains.
func (r *reader) commissioner(_, s string) *Refusal {
	switch plain(s) {
	case "klager", "de klager", "complainant", "the complainant":
		r.record(r.today, Reached{Role: RoleCommissioner})
	default:
		r.record(r.today, Described{Commissioner: oneLine(s)})
	}
	return nil
}
