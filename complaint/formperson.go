package complaint

import (
	"slices"
	"strings"

	"klachtd/calendar"
)

// formPersons records the persons concerned and what they said. Without one, a finding says that there is nobody.
func (r *reader) formPersons(f form) *Refusal {
	for _, n := range f.numbers() {
		if refusal := r.formPersonLines(f, n); refusal != nil {
			return refusal
		}
	}
	_, judges := r.news(f, formFinding)
	if judges && len(r.c.Persons) == 0 && r.c.NoPerson == nil && r.c.Response == nil {
		r.record(r.today, NoPersonConcerned{})
	}
	return nil
}

// numbers lists the numbers of the persons in the form, in order.
func (f form) numbers() (all []int) {
	for k := range f {
		switch k.key {
		case formPerson, formMail, formResponse:
			if !slices.Contains(all, k.n) {
				all = append(all, k.n)
			}
		}
	}
	slices.Sort(all)
	return all
}

func (r *reader) formPersonLines(f form, n int) *Refusal {
	name, mail, said := f[formKey{formPerson, n}], f[formKey{formMail, n}], f[formKey{formResponse, n}]
	if reason, isNone := cutNone(name.text); isNone && mail.text == "" {
		return r.formNobody(name, reason, said)
	}
	id := r.numbered(n)
	if name.text != "" || mail.text != "" {
		person, refusal := r.readPerson(either(name.line, mail.line), name.text+" "+mail.text)
		if refusal != nil {
			return refusal
		}
		if old := r.onFile(person, n); old == nil {
			r.nameHerself(person)
			r.record(r.today, PersonNamed{Person: person})
			id = len(r.c.Persons) + 1
		} else {
			id = old.ID
			if r.addsTo(*old, person) {
				person.ID = id
				r.record(r.today, PersonNamed{Person: person})
			}
		}
	}
	if said.text == "" {
		return nil
	}
	return r.formResponse(said, id)
}

// formNobody records that nobody in particular is concerned, and a response that was given all the same.
func (r *reader) formNobody(name formValue, reason string, said formValue) *Refusal {
	switch {
	case len(r.c.Persons) > 0:
		return r.alreadyNamed(name.line)
	case r.c.NoPerson == nil || reason != "" && !sameText(reason, r.c.NoPerson.Reason):
		r.record(r.today, NoPersonConcerned{Reason: reason})
	}
	if said.text == "" {
		return nil
	}
	return r.formResponse(said, 0)
}

// numbered is the ID of the n-th person on file; without a number that of the only one. 0 when there is none.
func (r *reader) numbered(n int) int {
	switch {
	case n > 0 && n <= len(r.c.Persons):
		return r.c.Persons[n-1].ID
	case n == 0 && len(r.c.Persons) == 1:
		return r.c.Persons[0].ID
	}
	return 0
}

// onFile finds the person a line of the form speaks of: the same address, a name with a word in common, or the line's
// own person while that one has no name yet.
func (r *reader) onFile(p Party, n int) *Person {
	own := r.numbered(n)
	for i := range r.c.Persons {
		old := &r.c.Persons[i]
		if SameMail(old.Mail, p.Mail) || samePerson(old.Party, p) {
			return old
		}
		if old.ID == own && (old.Name == "" || p.Name == "" || alike(old.Name, p.Name)) {
			return old
		}
	}
	return nil
}

func alike(a, b string) bool {
	for _, word := range strings.Fields(plain(a)) {
		if len(word) > 3 && isOneOf(word, strings.Fields(plain(b))) {
			return true
		}
	}
	return false
}

// addsTo says whether the form knows more of a person, or something else, than the file.
func (r *reader) addsTo(old Person, p Party) bool {
	return p.Name != "" && p.Name != old.Name || p.Mail != "" && p.Mail != old.Mail
}

func (r *reader) formResponse(v formValue, id int) *Refusal {
	old := r.c.Response
	for _, p := range r.c.Persons {
		if p.ID == id || id == 0 && len(r.c.Persons) == 1 {
			old = p.Response
		}
	}
	if id == 0 && len(r.c.Persons) > 1 {
		return r.refuse(v.line, Words{"Van wie is deze reactie? Zet het nummer achter de regel, bijvoorbeeld: Reactie betrokkene 2:", "Whose response is this? Put the number behind the label, for example: Response of person concerned 2:"})
	}
	if old != nil && (sameText(v.text, spoken(old, "nl")) || sameText(v.text, spoken(old, "en"))) {
		return nil
	}
	if reason, isNone := cutNone(v.text); isNone {
		if plain(reason) == "" {
			r.hint(Words{"Schrijf nog waarom er geen reactie is: #geenreactie <reden>", "Please write why there is no response: #noresponse <reason>"})
			return nil
		}
		r.record(r.heardOn(), NoResponse{Person: r.forOne(id), Reason: reason})
		return nil
	}
	text, got, refusal := cutFields(strings.Split(v.text, "\n"), sharing[1:])
	if refusal != nil {
		return refusal
	}
	c := command{line: v.line, got: got}
	shared := true
	if got["share"] != "" {
		if shared, refusal = r.yesNo(c, "share"); refusal != nil {
			return refusal
		}
	}
	r.record(r.heardOn(), Responded{Person: r.forOne(id), Summary: text, Private: !shared})
	return nil
}

// heardOn is the day of a response in the form: not after the call in which the finding was told, since that came of it.
func (r *reader) heardOn() calendar.Date {
	if r.callDay.IsZero() {
		return r.today
	}
	return min(r.today, r.callDay)
}
