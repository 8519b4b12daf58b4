package clerk

import (
	"fmt"
	"slices"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// recusal gives a case to who can stand in, when its handler is a person concerned in it (procedure.md 2.4). It hangs on the
// mail that named the handler, so that taking back the one takes back the other.
func (d *desk) recusal(c complaint.Case) (complaint.Fact, bool) {
	if !c.OwnMatter() {
		return complaint.Fact{}, false
	}
	h, ok := d.setting().StandIn(c)
	if !ok {
		return complaint.Fact{}, false
	}
	why := complaint.Words{NL: "de klacht gaat over de behandelaar", EN: "the complaint is about the handler"}
	return complaint.Fact{By: complaint.ByProgram, Mail: c.Facts[len(c.Facts)-1].Mail, Body: complaint.HandedOver{To: h.Mail, Reason: why.In(d.Lang)}}, true
}

// withRecusal adds to the facts of a mail that the case goes to somebody else, when they say that it is about its handler.
func (d *desk) withRecusal(before complaint.Case, facts []complaint.Fact) []complaint.Fact {
	all := append(before.Facts[:len(before.Facts):len(before.Facts)], facts...)
	for i := range all {
		all[i].Seq = i + 1
	}
	if f, ok := d.recusal(complaint.Fold(all)); ok {
		return append(facts[:len(facts):len(facts)], f)
	}
	return facts
}

// handling is the category of a complaint about how another complaint was handled.
const handling = "complaint_handling"

// aboutHandling gives a complaint about the handling of a complaint to somebody else than who handled that one, and links the
// two. There is one such level: of a complaint about that again the way leads to the commissioner (procedure.md 2.3).
func (d *desk) aboutHandling(before complaint.Case, r complaint.Reading) (complaint.Reading, error) {
	said := func(f complaint.Fact) bool {
		b, ok := f.Body.(complaint.Categorised)
		return ok && b.Category == handling
	}
	if before.Category == handling || !slices.ContainsFunc(r.Facts, said) {
		return r, nil
	}
	mark := r.Facts[slices.IndexFunc(r.Facts, said)]
	earlier, found, err := d.earlier(before)
	if err != nil {
		return r, err
	}
	if found && earlier.Category == handling {
		r.Hints = append(r.Hints, complaint.Words{
			NL: "Ook " + string(earlier.Opening.Number) + " ging over de behandeling van een klacht. Wijs de klager nu de weg naar buiten: #doorverwijzen",
			EN: string(earlier.Opening.Number) + " was about the handling of a complaint too. Now show the complainant the way outside: #refer"})
		return r, nil
	}
	add := func(b complaint.Body) { f := mark; f.Body = b; r.Facts = append(r.Facts, f) }
	if number := before.Opening.Number; found && !slices.Contains(before.Linked, earlier.Opening.Number) {
		add(complaint.Linked{Case: earlier.Opening.Number})
		back := mark
		back.Body = complaint.Linked{Case: number}
		r.Elsewhere = append(r.Elsewhere, complaint.Elsewhere{Case: earlier.Opening.Number, Facts: []complaint.Fact{back}})
	}
	if found && !complaint.SameMail(earlier.Handler, before.Handler) {
		return r, nil // somebody else handles it already
	}
	h, ok := d.setting().Substitute(before)
	if !ok {
		r.Hints = append(r.Hints, complaint.Words{NL: "Er is geen vervanger die deze klacht kan behandelen.", EN: "There is no substitute to handle this complaint."})
		return r, nil
	}
	add(complaint.HandedOver{To: h.Mail, Reason: complaint.Words{NL: "de klacht gaat over de behandeling van een klacht", EN: "the complaint is about the handling of a complaint"}.In(d.Lang)})
	return r, nil
}

// earlier finds the case whose handling a complaint is about: the one it came out of, was linked with, or the last of the
// same person before it.
func (d *desk) earlier(c complaint.Case) (complaint.Case, bool, error) {
	id := c.Opening.Related
	if n := len(c.Linked); id == "" && n > 0 {
		id = c.Linked[n-1]
	}
	if id == "" {
		others, err := d.related(c)
		if err != nil || len(others) == 0 {
			return c, false, err
		}
		id = others[len(others)-1]
	}
	found, err := d.load(id)
	return found, err == nil, err
}

// passOn tells of a case that changed hands: who gets it, all of it; who had it, that it is gone. Whoever ordered it hears
// of it in the answer.
func (d *desk) passOn(before, after complaint.Case, by letters.Handler) error {
	if complaint.SameMail(before.Handler, after.Handler) {
		return nil
	}
	if err := d.noticeAgain(after, d.handlerOf(after)); err != nil {
		return err
	}
	old, ok := d.handler(before.Handler)
	if !ok || complaint.SameMail(old.Email, by.Email) {
		return nil
	}
	return d.tellMoved(after, old, letters.Moved{}, fmt.Sprint(len(after.Facts)))
}

// noticeAgain gives a handler the whole of a case that comes to them, with tokens of their own.
func (d *desk) noticeAgain(c complaint.Case, h letters.Handler) error {
	plan, _ := d.plan(c)
	ask, drafts, _ := d.askWithDrafts(c, plan, h)
	others, err := d.related(c)
	if err != nil {
		return err
	}
	l, err := d.Letters.Notice(d.envelope(h, ask), letters.Notice{
		Case: c, Mail: firstMail(c), Plan: plan, Today: d.today(), Now: d.now, Related: others, HandedOver: true, Drafts: drafts,
	})
	if err != nil {
		return fmt.Errorf("hand over %s: %w", c.Opening.Number, err)
	}
	return d.tell(fmt.Sprintf("handover/%s/%d/%s", c.Opening.Number, len(c.Facts), complaint.BareMail(h.Email)), ask, l)
}

// fromConcerned files what a handler writes in a case in which they are a person concerned, and shows it to who handles it:
// it may be their response. What they order there is not done.
func (d *desk) fromConcerned(c complaint.Case, in complaint.Incoming, h letters.Handler) (db.MailState, error) {
	id := c.Opening.Number
	c, err := d.record(id, filed(in, complaint.Actor(complaint.BareMail(h.Email))))
	if err != nil {
		return db.MailState{}, err
	}
	if err := d.tx.SetThread(in.MessageID, id); err != nil {
		return db.MailState{}, err
	}
	if err := d.showMessage(c, in); err != nil {
		return db.MailState{}, err
	}
	answer := letters.Moved{Kept: true, Answers: in, Refusal: complaint.RefuseConcerned(in)}
	return settled(db.MailHandled, id, "", "from a handler who is a person concerned"), d.tellMoved(c, h, answer, string(in.ID))
}

// obeyMerged answers a mail about a case that is handled in another one: with where that is, and its question.
func (d *desk) obeyMerged(old complaint.CaseID, in complaint.Incoming, h letters.Handler) (db.MailState, error) {
	c, err := d.current(old)
	if err != nil {
		return db.MailState{}, err
	}
	if c.Recused(h.Email) {
		return d.fromConcerned(c, in, h)
	}
	id := c.Opening.Number
	if c, err = d.record(id, filed(in, complaint.Actor(complaint.BareMail(h.Email)))); err != nil {
		return db.MailState{}, err
	}
	reading := complaint.Reading{Refusal: &complaint.Refusal{Why: complaint.Words{
		NL: "Zaak " + string(old) + " is samengevoegd met " + string(id) + ". Antwoord op deze e-mail: die gaat over " + string(id) + ".",
		EN: "Case " + string(old) + " was merged into " + string(id) + ". Please answer this email: it is about " + string(id) + "."}}}
	return settled(db.MailHandled, id, "", "about a case that was merged"), d.answerIn(c, c, h, reading, in)
}
