package complaint

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Who handles a case, and who steps in.

var recusedWords = Words{"In deze zaak bent u betrokkene. Iemand anders behandelt haar; opdrachten van u gelden er niet.",
	"In this case you are a person concerned. Somebody else handles it; no command of yours counts there."}

// Substitute is who steps in for the handler of a case: a configured substitute who is not concerned in it.
func (s Setting) Substitute(c Case) (Handler, bool) {
	for _, h := range s.Handlers {
		if h.Substitute && !c.Concerns(h.Mail) && !SameMail(h.Mail, c.Handler) {
			return h, true
		}
	}
	return Handler{}, false
}

// Handles says whether a case is this handler's: theirs, or the first handler's where its own is configured no longer.
func (s Setting) Handles(c Case, mail string) bool {
	if SameMail(c.Handler, mail) {
		return true
	}
	for _, h := range s.Handlers {
		if SameMail(h.Mail, c.Handler) {
			return false
		}
	}
	lead := slices.IndexFunc(s.Handlers, func(h Handler) bool { return !h.Substitute })
	return lead >= 0 && SameMail(s.Handlers[lead].Mail, mail) && !c.Concerns(mail)
}

// handlerNamed finds a handler by mail address, by words of the name, or as "vervanger". Several are none.
func (s Setting) handlerNamed(who string) (Handler, bool) {
	var found []Handler
	words := strings.Fields(plain(strings.TrimSuffix(who, ".")))
	for _, h := range s.Handlers {
		deputy := h.Substitute && len(words) > 0 && isOneOf(words[len(words)-1], []string{"vervanger", "substitute"})
		if m := addressRE.FindStringSubmatch(who); m != nil && SameMail(m[1], h.Mail) || hasWords(plain(h.Name), words) || deputy {
			found = append(found, h)
		}
	}
	if len(found) != 1 {
		return Handler{}, false
	}
	return found[0], true
}

// doHandOver gives the case to another handler. In answer to the mail that offers cases it takes them over.
func doHandOver(r *reader, c command) *Refusal {
	if r.question() == AskTakeOver {
		a, ok := shortAnswer(c.text, AskTakeOver, strings.Fields(plain(r.in.From.Name)))
		if !ok {
			a = answer{yes: true}
		}
		if to, named := r.setting.handlerNamed(c.text); !ok && plain(c.text) != "" && !(named && SameMail(to.Mail, r.in.From.Mail)) {
			return r.refuse(c.line, Words{"Met deze mail neemt u zaken zelf over.", "By this mail you take over cases yourself."}, Words{"ja", "yes"}.In(r.lang), "1")
		}
		return r.answerTakeOver(a, c.line)
	}
	if refusal := r.aboutOneCase(c.line); refusal != nil {
		return refusal
	}
	to, ok := r.setting.handlerNamed(c.text)
	switch {
	case !ok:
		return r.refuse(c.line, Words{"Aan wie? Dit zijn de behandelaars:", "To whom? These are the handlers:"}, r.handOverLines(c)...)
	case SameMail(to.Mail, r.c.Handler):
		r.hint(Words{to.Name + " behandelt deze zaak al.", to.Name + " handles this case already."})
		return nil
	case r.c.Concerns(to.Mail):
		return r.refuse(c.line, Words{to.Name + " is betrokkene in deze zaak en kan haar niet behandelen.", to.Name + " is a person concerned in this case and cannot handle it."}, r.handOverLines(c)...)
	}
	r.record(r.today, HandedOver{To: to.Mail, Reason: c.got["reason"]})
	return nil
}

// handOverLines lists who can take the case.
func (r *reader) handOverLines(c command) (try []string) {
	for _, h := range r.setting.Handlers {
		if !SameMail(h.Mail, r.c.Handler) && !r.c.Concerns(h.Mail) {
			try = append(try, c.in(r.lang)+" "+either(h.Name, h.Mail))
		}
	}
	return try
}

// answerTakeOver gives the chosen cases to who answers. The last number may stand for the mails that nobody answered.
func (r *reader) answerTakeOver(a answer, line string) *Refusal {
	all := len(r.ask.Cases)
	if len(r.ask.Items) > 0 {
		all++
	}
	chosen := make([]bool, all)
	switch {
	case all == 0:
		return r.notUnderstood()
	case a.no:
		r.hint(Words{"Goed. Er is niets overgenomen.", "Good. Nothing was taken over."})
		return nil
	case a.yes && all > 1:
		return r.refuse(line, instructions[AskTakeOver], "1", Words{"alle", "all"}.In(r.lang), Words{"geen", "none"}.In(r.lang))
	case a.yes, a.all:
		for i := range chosen {
			chosen[i] = true
		}
	}
	for _, n := range a.numbers {
		if n < 1 || n > all {
			last := strconv.Itoa(all)
			return r.refuse(line, Words{"Er is geen nummer " + strconv.Itoa(n) + ". De nummers zijn 1 tot en met " + last + ".", "There is no number " + strconv.Itoa(n) + ". The numbers are 1 to " + last + "."})
		}
		chosen[n-1] = true
	}
	for i, id := range r.ask.Cases {
		if !chosen[i] {
			continue
		}
		if refusal := r.takeOver(line, id); refusal != nil {
			return refusal
		}
	}
	if all > len(r.ask.Cases) && chosen[all-1] {
		r.out.Show = ShowPossible
	}
	return nil
}

// takeOver gives one case to who answers, unless it is theirs already or has ended meanwhile.
func (r *reader) takeOver(line string, id CaseID) *Refusal {
	c, ok := r.other(id)
	name, me := string(id), BareMail(r.in.From.Mail)
	switch {
	case !ok || c.MergedInto != "" || Ended(c, r.today):
		r.hint(Words{"Zaak " + name + " is intussen afgesloten.", "Case " + name + " has been closed meanwhile."})
	case c.Concerns(me):
		return r.refuse(line, Words{"In " + name + " bent u betrokkene. U kunt die zaak niet overnemen.", "In " + name + " you are a person concerned. You cannot take over that case."})
	case SameMail(c.Handler, me):
		r.hint(Words{"Zaak " + name + " behandelt u al.", "You handle case " + name + " already."})
	default:
		r.elsewhere(id, Fact{Body: HandedOver{To: me, Reason: Words{"overgenomen door de vervanger", "taken over by the substitute"}.In(r.lang)}})
	}
	return nil
}

// resolve makes a known handler of a person: "ik" is who writes, and a handler's own name has its address.
func (r *reader) resolve(p Party) Party {
	if p.Mail != "" {
		return p
	}
	if isOneOf(plain(p.Name), []string{"ik", "ikzelf", "ik zelf", "mij", "mijzelf", "me", "myself", "i"}) {
		p.Name, p.Mail = r.in.From.Name, BareMail(r.in.From.Mail)
	}
	for _, h := range r.setting.Handlers {
		if p.Mail == "" && foldName(h.Name) == foldName(p.Name) || SameMail(p.Mail, h.Mail) {
			p.Name, p.Mail = h.Name, h.Mail
		}
	}
	return p
}

// StandIn is who decides in a case instead of those it is about: a substitute first, else any other handler who is not
// concerned.
func (s Setting) StandIn(c Case) (Handler, bool) { return s.standIn(&c) }

// RefuseConcerned says what of a mail is not done, when its writer is a person concerned in the case: everything but their
// own response. Nil when it orders nothing.
func RefuseConcerned(in Incoming) *Refusal {
	for line := range strings.Lines(NewText(in.Text)) {
		line = strings.TrimSpace(line)
		if first, _ := utf8.DecodeRuneInString(line); plainRune(first) != '#' {
			continue
		}
		word, _ := cutTag(line)
		if t := findTag(word); t != nil && t.name != "reactie" && t.name != "notitie" {
			return &Refusal{Line: line, Why: recusedWords}
		}
	}
	return nil
}
