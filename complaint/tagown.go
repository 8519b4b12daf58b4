package complaint

import "slices"

// Nobody judges their own matter while somebody else can (procedure.md 2.4).

// ownMatter refuses what a handler decides in a complaint about herself, as long as another can do it.
func (r *reader) ownMatter(line string) *Refusal {
	if !r.c.Concerns(r.in.From.Mail) {
		return nil
	}
	other, ok := r.setting.standIn(&r.c)
	if !ok {
		return nil
	}
	who := either(other.Name, other.Mail)
	return r.refuse(line, Words{
		"Deze klacht gaat over u. Dan beslist u er niet zelf over: " + who + " kan dat doen. Uw eigen reactie geeft u met #reactie.",
		"This complaint is about you. You do not decide in it yourself: " + who + " can. You give your own response with #response.",
	}, Words{"#draagover ", "#handover "}.In(r.lang)+who, Words{"#reactie <uw reactie>", "#response <your response>"}.In(r.lang))
}

// standIn is who decides in a case instead of those it is about: who handles it now, or the substitute.
func (s Setting) standIn(c *Case) (Handler, bool) {
	for _, h := range s.Handlers {
		if SameMail(h.Mail, c.Handler) && !c.Concerns(h.Mail) {
			return h, true
		}
	}
	return s.Substitute(*c)
}

// leavesIt says whether a fact leaves it to who stands in whether this is a complaint: the handler says that it is about
// herself, and her word sends no letter.
func (r *reader) leavesIt(b Body) bool {
	c := r.c
	if named, ok := b.(PersonNamed); ok && named.Person.Role != RoleWitness {
		c.Persons = append(slices.Clip(c.Persons), Person{Party: named.Person})
	}
	if !c.Concerns(r.in.From.Mail) {
		return false
	}
	_, ok := r.setting.standIn(&c)
	return ok
}
