package complaint

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What touches more than one case. A case is named by its number; what is said of both is recorded in both, or in neither.

var caseRE = regexp.MustCompile(`(?i)\bk\s?(\d{4})\s?[-–—]\s?(\d{1,6})\b`)

// cutCase takes the number of a case out of a text. More than one number is none.
func cutCase(text string) (id CaseID, rest string, ok bool) {
	found := caseRE.FindAllStringSubmatchIndex(text, 2)
	if len(found) != 1 {
		return "", text, false
	}
	m := found[0]
	n, _ := strconv.Atoi(text[m[4]:m[5]])
	return CaseID(fmt.Sprintf("K%s-%04d", text[m[2]:m[3]], n)), oneLine(text[:m[0]] + " " + text[m[1]:]), true
}

// byNumber orders cases by their numbers, the oldest first.
func byNumber(a, b CaseID) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// named finds the case that a command names, beside the one it speaks of.
func (r *reader) named(c command) (other Case, rest string, refused *Refusal) {
	id, rest, ok := cutCase(c.text)
	if !ok {
		return Case{}, "", r.refuse(c.line, Words{"Noem één zaak, met het nummer dat in het onderwerp staat.", "Name one case, by the number in the subject."},
			c.in(r.lang)+" "+Words{"<zaaknummer>", "<case number>"}.In(r.lang))
	}
	if id == r.c.Opening.Number {
		return Case{}, "", r.refuse(c.line, Words{"Dat is deze zaak zelf.", "That is this case itself."})
	}
	other, refused = r.existing(c, id)
	return other, rest, refused
}

// existing finds a case by its number, and says why a handler may not speak of it.
func (r *reader) existing(c command, id CaseID) (Case, *Refusal) {
	other, ok := r.other(id)
	switch {
	case !ok:
		return Case{}, r.refuse(c.line, Words{"Er is geen zaak " + string(id) + ".", "There is no case " + string(id) + "."}, Words{"#overzicht", "#list"}.In(r.lang))
	case other.Recused(r.in.From.Mail):
		return Case{}, r.refuse(c.line, recusedWords)
	case other.MergedInto != "":
		into := string(other.MergedInto)
		return Case{}, r.refuse(c.line, Words{"Zaak " + string(id) + " is samengevoegd met " + into + ".", "Case " + string(id) + " was merged into " + into + "."},
			c.in(r.lang)+" "+into)
	}
	return other, nil
}

// doBelongs files the mail that this case, or a possible complaint, began with in another case.
func doBelongs(r *reader, c command) *Refusal {
	if r.question() == AskWhich && r.c.Opening.Number == "" {
		return r.fileItem(c)
	}
	if refusal := r.aboutOneCase(c.line); refusal != nil {
		return refusal
	}
	other, rest, refusal := r.named(c)
	if refusal != nil {
		return refusal
	}
	id := other.Opening.Number
	switch {
	case r.c.acknowledged() || r.c.Finding != "" || len(r.c.Offers) > 0:
		try := Words{"#samenvoegen ", "#merge "}
		if r.foldsInto(id) {
			try = Words{"#heropen ", "#reopen "}
			id = ""
		}
		return r.refuse(c.line, Words{"Deze klacht is al in behandeling: de klager weet ervan, of er is een oordeel. Dan kan dit niet meer.",
			"This complaint is being handled already: the complainant knows of it, or it was judged. It is too late for this."}, strings.TrimSpace(try.In(r.lang)+string(id)))
	case !other.involves(r.c.Opening.Complainant):
		return r.refuse(c.line, Words{"Dit bericht is van iemand die in " + string(id) + " niet voorkomt. Wie zelf klaagt, krijgt eigen brieven.",
			"This message is from somebody who does not occur in " + string(id) + ". Whoever complains gets letters of their own."},
			Words{"#verwant ", "#link "}.In(r.lang)+string(id))
	}
	r.fileIn(id, rest)
	r.record(r.today, MergedInto{id})
	return nil
}

// fileIn files the mail that this case began with in another one, with a note.
func (r *reader) fileIn(id CaseID, note string) {
	o := r.c.Opening
	by := ByComplainant
	if other, _ := r.other(id); !SameMail(o.Complainant.Mail, other.Opening.Complainant.Mail) {
		by = Actor(BareMail(o.Complainant.Mail))
	}
	from := Address{Name: o.Complainant.Name, Mail: o.Complainant.Mail}
	r.elsewhere(id, Fact{By: by, Mail: r.c.Facts[0].Mail, Body: Filed{Kind: FromPerson, From: from, Subject: o.Subject, Attachments: o.Attachments}})
	other, _ := r.other(id)
	for _, b := range r.c.stillToDo(other) {
		r.elsewhere(id, Fact{Body: b})
	}
	if plain(note) != "" {
		r.elsewhere(id, Fact{Body: Noted{Text: note}})
	}
}

// stillToDo is what a case that goes into another one leaves to be done there.
func (c *Case) stillToDo(into Case) []Body {
	var all []Body
	for _, k := range c.Commitments {
		known := slices.ContainsFunc(into.Commitments, func(old Commitment) bool {
			return old.Text == k.Text && old.Internal == k.Internal && old.KeptOn.IsZero()
		})
		if k.KeptOn.IsZero() && !known {
			all = append(all, Committed{Text: k.Text, Owner: k.Owner, By: k.Until, Internal: k.Internal})
		}
	}
	for _, m := range c.Measures {
		if m.DoneOn.IsZero() && !slices.ContainsFunc(into.Measures, func(old TakenMeasure) bool { return old.Text == m.Text }) {
			all = append(all, m.MeasureTaken)
		}
	}
	return all
}

// fileItem carries out "#hoortbij 2 K2026-0007" in answer to the daily mail.
func (r *reader) fileItem(c command) *Refusal {
	other, rest, refusal := r.named(c)
	if refusal != nil {
		return refusal
	}
	item := 1
	if a, ok := shortAnswer(rest, AskWhich, nil); ok && len(a.numbers) == 1 {
		item = a.numbers[0]
	} else if plain(rest) != "" || len(r.ask.Items) != 1 {
		return r.refuse(c.line, Words{"Welk nummer bedoelt u?", "Which number do you mean?"}, c.in(r.lang)+" 1 "+string(other.Opening.Number))
	}
	if _, refusal := r.items(c.line, []int{item}); refusal != nil {
		return refusal
	}
	mail := r.ask.Items[item-1]
	twice := func(b Belongs) bool { return b.Mail == mail }
	if slices.Contains(r.out.Complaints, mail) || slices.Contains(r.out.Ordinary, mail) || slices.ContainsFunc(r.out.Belongs, twice) {
		return r.refuse(c.line, Words{"Een nummer staat hier twee keer.", "A number stands here twice."})
	}
	r.out.Belongs = append(r.out.Belongs, Belongs{mail, other.Opening.Number})
	return nil
}

// involves says whether somebody occurs in a case. Of somebody without an address or a name nobody can say.
func (c *Case) involves(p Party) bool {
	if p.Mail == "" && p.Name == "" {
		return true
	}
	for _, k := range c.Complainants {
		if samePerson(k.Party, p) {
			return true
		}
	}
	return c.Concerns(p.Mail) || slices.ContainsFunc(c.Persons, func(b Person) bool { return samePerson(b.Party, p) }) ||
		slices.ContainsFunc(c.Witnesses, func(w Party) bool { return samePerson(w, p) })
}

// doMerge takes two complaints of the same person together: the oldest number and the earliest receipt stay.
func doMerge(r *reader, c command) *Refusal {
	other, rest, refusal := r.named(c)
	if refusal != nil {
		return refusal
	}
	here, there := r.c, other
	id := there.Opening.Number
	link := Words{"#verwant ", "#link "}.In(r.lang) + string(id)
	stays, goes := here, there
	if byNumber(there.Opening.Number, here.Opening.Number) < 0 {
		stays, goes = there, here
	}
	switch {
	case slices.ContainsFunc(goes.Complainants, func(k Complainant) bool { return !stays.hasComplainant(k.Party) }):
		return r.refuse(c.line, Words{"Dit zijn zaken van verschillende klagers. Ieder houdt eigen brieven en termijnen. Leg wel vast dat ze verwant zijn.",
			"These are cases of different complainants. Each keeps letters and terms of their own. Record that they are related."}, link)
	case StatusOn(there, r.today).Ended() || there.Declined != nil:
		return r.refuse(c.line, Words{"Zaak " + string(id) + " is afgesloten. Alleen lopende zaken kunnen worden samengevoegd.",
			"Case " + string(id) + " is closed. Only running cases can be merged."}, link)
	case goes.Finding != "" || len(goes.Offers) > 0:
		return r.refuse(c.line, Words{"In " + string(goes.Opening.Number) + " is al een oordeel of een aanbod. Dat zou verloren gaan.",
			"In " + string(goes.Opening.Number) + " there is a finding or an offer already. It would be lost."}, link)
	}
	r.say(stays.Opening.Number, goes.handedTo(stays, rest)...)
	r.say(goes.Opening.Number, MergedInto{stays.Opening.Number})
	r.hint(Words{"Verder gaat het in " + string(stays.Opening.Number) + ". Wat u in " + string(goes.Opening.Number) + " vastlegde, blijft daar bewaard.",
		"It goes on in " + string(stays.Opening.Number) + ". What you recorded in " + string(goes.Opening.Number) + " is kept there."})
	return nil
}

// say records something in this case or in another.
func (r *reader) say(id CaseID, bodies ...Body) {
	for _, b := range bodies {
		if id == r.c.Opening.Number {
			r.record(r.today, b)
		} else {
			r.elsewhere(id, Fact{Body: b})
		}
	}
}

// hasComplainant says whether somebody is a complainant of the case.
func (c *Case) hasComplainant(p Party) bool {
	return slices.ContainsFunc(c.Complainants, func(k Complainant) bool { return samePerson(k.Party, p) })
}

// handedTo is what a case that is merged leaves to the one it goes into: its words, and whatever keeps a letter from going
// out or from saying something.
func (c *Case) handedTo(stays Case, note string) []Body {
	all := []Body{Merged{Case: c.Opening.Number, Received: c.Received, Words: c.Opening.Words}}
	if c.Registered != nil && stays.Registered == nil {
		all = append(all, Registered{})
	}
	if a := c.Authority; a != nil && stays.Authority == nil {
		all = append(all, *a)
	}
	if c.Opening.Complainant.Confidential && !stays.Opening.Complainant.Confidential {
		all = append(all, Confided{})
	}
	for _, text := range c.Confided {
		all = append(all, Confided{Text: text})
	}
	for _, p := range c.Persons {
		if !slices.ContainsFunc(stays.Persons, func(old Person) bool { return samePerson(old.Party, p.Party) }) {
			p.Party.ID = 0
			all = append(all, PersonNamed{Person: p.Party, Over: p.Over, Questions: p.Questions})
		}
	}
	all = append(all, c.stillToDo(stays)...)
	if c.Opening.Verdict.Danger && !stays.Opening.Verdict.Danger || c.Held != nil && stays.Held == nil {
		all = append(all, Held{})
	}
	if plain(note) != "" {
		all = append(all, Noted{Text: note})
	}
	return all
}

// joins says whether what a mail recorded in this case was recorded in another one too: it is undone in neither.
func (r *reader) joins(mail MailID) bool {
	return slices.ContainsFunc(r.c.Facts, func(f Fact) bool {
		switch f.Body.(type) {
		case Merged, MergedInto, Linked:
			return f.Mail == mail
		}
		return false
	})
}

// doLink records that two cases are related.
func doLink(r *reader, c command) *Refusal {
	other, rest, refusal := r.named(c)
	if refusal != nil {
		return refusal
	}
	here, there := r.c.Opening.Number, other.Opening.Number
	if slices.Contains(r.c.Linked, there) {
		r.hint(Words{"Dit stond al vast.", "This was on file already."})
	} else {
		r.say(here, Linked{there})
		r.say(there, Linked{here})
	}
	if plain(rest) != "" {
		r.say(here, Noted{Text: rest})
	}
	return nil
}

// doSplit makes a second case of another subject in the same complaint: the same receipt, people and words.
func doSplit(r *reader, c command) *Refusal {
	about := either(c.got["about"], c.text)
	if plain(about) == "" {
		return r.refuse(c.line, Words{"Waarover gaat de tweede klacht?", "What is the second complaint about?"}, Words{"#splits over: <onderwerp>", "#split about: <subject>"}.In(r.lang))
	}
	if r.c.Opening.Number == newCase {
		return r.refuse(c.line, Words{"Deze zaak is er nog niet. Splits haar in antwoord op de mail over de nieuwe zaak.", "This case does not exist yet. Split it in answer to the mail about the new case."})
	}
	if r.c.Registered == nil {
		r.record(r.today, Registered{})
	}
	from, o := r.c, r.c.Opening
	o.Received, o.Origin, o.Subject, o.Handler, o.Related = from.Received, OriginSplit, oneLine(about), from.Handler, ""
	facts := []Body{Registered{}, Described{About: about, Commissioner: from.Described.Commissioner}}
	for _, k := range from.Complainants[1:] {
		facts = append(facts, ComplainantAdded{Party: k.Party})
	}
	if from.Authority != nil {
		facts = append(facts, *from.Authority)
	}
	for _, text := range from.Confided {
		facts = append(facts, Confided{Text: text})
	}
	if r.opensTwice(o) {
		return r.refuse(c.line, Words{"Dit staat er twee keer.", "This is given twice."})
	}
	r.open(Opening{Opened: o, Link: true})
	for _, b := range facts {
		r.record(r.today, b)
	}
	r.turnTo(func(v visit) bool { return v.c.Opening.Number == from.Opening.Number && v.opens == nil })
	return nil
}

// opensTwice says whether the mail opens the same case already: a letter is told from another by whom it is for and what
// the complaint is about.
func (r *reader) opensTwice(o Opened) bool {
	return slices.ContainsFunc(append(slices.Clone(r.away), visit{opens: r.opens}), func(v visit) bool {
		return v.opens != nil && v.opens.Opened.Subject == o.Subject && samePerson(v.opens.Opened.Complainant, o.Complainant)
	})
}

// foldsInto says whether this case came out of the thread of another one that has ended.
func (r *reader) foldsInto(id CaseID) bool {
	return id != "" && r.c.Opening.Related == id
}

// foldBack takes a new case that came out of the thread of an ended one back into it, and reopens that one. It says false
// when this is no such case.
func (r *reader) foldBack(c command) (bool, *Refusal) {
	id := r.c.Opening.Related
	if id == "" || r.c.Finding != "" || len(r.c.Offers) > 0 || StatusOn(r.c, r.today).Ended() {
		return false, nil
	}
	old, refusal := r.existing(c, id)
	if refusal != nil {
		return true, refusal
	}
	from := r.c.Received
	r.fileIn(id, "")
	r.elsewhere(id, Fact{Body: Merged{Case: r.c.Opening.Number, Received: from, Words: r.c.Opening.Words}})
	if StatusOn(old, r.today).Ended() {
		k, _ := old.complains(r.c.Opening.Complainant.Mail)
		r.elsewhere(id, Fact{Body: Reopened{Reason: either(c.text, Words{"nieuwe informatie", "new information"}.In(r.lang)), From: from, Party: old.comesBack(k.ID)}})
		r.hint(Words{"De klacht gaat verder in " + string(id) + ". De termijnen tellen vanaf " + from.Long("nl") + ".",
			"The complaint goes on in " + string(id) + ". The terms count from " + from.Long("en") + "."})
	} else if plain(c.text) != "" { // reopened meanwhile
		r.elsewhere(id, Fact{Body: Noted{Text: c.text}})
	}
	r.record(r.today, MergedInto{id})
	return true, nil
}
