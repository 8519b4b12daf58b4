package clerk

import (
	"fmt"
	"slices"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// What a handler's mail does beyond the case it answers. It happens in the transaction of the act, with the rest of the
// mail: all of it or nothing.

// does says whether a reading does anything but show.
func does(r complaint.Reading) bool {
	return len(r.Facts)+len(r.Complaints)+len(r.Ordinary)+len(r.Belongs)+len(r.Elsewhere)+len(r.Opens) > 0
}

// current follows a case to where it is handled: merged cases lead to the one that survives.
func (d *desk) current(id complaint.CaseID) (complaint.Case, error) {
	c, err := d.load(id)
	for range 20 { // no chain of mergers is as long, and none goes round: a merged case takes in no other
		if err != nil || c.MergedInto == "" {
			break
		}
		c, err = d.load(c.MergedInto)
	}
	return c, err
}

// carryOut records what a mail says of other cases, files the mails that belong to them, and opens the cases it opens.
func (d *desk) carryOut(in complaint.Incoming, h letters.Handler, home complaint.CaseID, r complaint.Reading) ([]letters.Also, error) {
	var all []letters.Also
	var words string // what home began with: it may be filed elsewhere
	if home != "" {
		c, err := d.load(home)
		if err != nil {
			return nil, err
		}
		words = c.Opening.Words
	}
	for _, e := range r.Elsewhere {
		one, err := d.elsewhere(h, e.Case, words, e.Facts...)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	for _, b := range r.Belongs {
		one, err := d.fileCandidate(h, b)
		if err != nil {
			return nil, err
		}
		all = append(all, one...)
	}
	if home != "" {
		more, err := d.openWrote(in, h, home, r)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	for _, o := range r.Opens {
		one, err := d.openSaid(in, home, o)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// elsewhere records facts in a case that a mail names, and tells its handler when that is somebody else. Words are those of the
// mail that the facts file there, if they do.
func (d *desk) elsewhere(h letters.Handler, id complaint.CaseID, words string, facts ...complaint.Fact) (letters.Also, error) {
	before, err := d.load(id)
	if err != nil {
		return letters.Also{}, err
	}
	if err := d.tx.ReleaseStopped(id); err != nil {
		return letters.Also{}, err
	}
	after, err := d.record(id, d.withRecusal(before, facts)...)
	if err != nil {
		return letters.Also{}, err
	}
	if err := d.passOn(before, after, h); err != nil {
		return letters.Also{}, err
	}
	if owner := d.handlerOf(after); !complaint.SameMail(owner.Email, h.Email) && complaint.SameMail(before.Handler, after.Handler) {
		err = d.showAddition(after, words, facts)
	}
	return letters.Also{Case: after, Facts: facts}, err
}

// showAddition shows the handler of a case the mail that somebody else's word brought into it.
func (d *desk) showAddition(c complaint.Case, words string, facts []complaint.Fact) error {
	for _, f := range facts {
		switch b := f.Body.(type) {
		case complaint.Merged:
			return d.showMessage(c, complaint.Incoming{ID: f.Mail, From: author(c.Opening), Text: b.Words, Arrived: d.now})
		case complaint.Filed:
			return d.showMessage(c, complaint.Incoming{ID: f.Mail, From: b.From, Subject: b.Subject, Text: words, Attachments: b.Attachments, Arrived: d.now})
		}
	}
	return nil
}

// fileCandidate files a possible complaint in a case that exists; its thread goes on there.
func (d *desk) fileCandidate(h letters.Handler, b complaint.Belongs) ([]letters.Also, error) {
	cand, ok, err := d.tx.Candidate(b.Mail)
	if err != nil || !ok || cand.State == db.CandidateCase {
		return nil, err
	}
	if err := d.tx.SetThread(cand.MessageID, b.Case); err != nil {
		return nil, err
	}
	if err := d.tx.SettleCandidate(b.Mail, db.CandidateCase, b.Case); err != nil {
		return nil, err
	}
	o := cand.Opening
	f := complaint.Fact{By: complaint.Actor(complaint.BareMail(o.Complainant.Mail)), Mail: b.Mail,
		Body: complaint.Filed{Kind: complaint.FromPerson, From: author(o), Subject: o.Subject, Attachments: o.Attachments}}
	c, err := d.load(b.Case)
	if err != nil {
		return nil, err
	}
	if complaint.SameMail(c.Opening.Complainant.Mail, o.Complainant.Mail) {
		f.By = complaint.ByComplainant
	}
	facts := append([]complaint.Fact{f}, d.privacyTask(c, o.Subject, o.Words, o.Received, b.Mail)...)
	one, err := d.elsewhere(h, b.Case, o.Words, facts...)
	return []letters.Also{one}, err
}

// openSaid opens a case that a mail says: one that came on paper or by phone, or a second subject. Its letters' ids hang on
// the mail that opened it.
func (d *desk) openSaid(in complaint.Incoming, home complaint.CaseID, o complaint.Opening) (letters.Also, error) {
	c, err := d.begin(in.ID, "", o.Opened, "", o.Facts...)
	if err != nil {
		return letters.Also{}, err
	}
	number := c.Opening.Number
	if h, ok := d.recusal(c); ok {
		if c, err = d.record(number, h); err != nil {
			return letters.Also{}, err
		}
	}
	if o.Link && home != "" {
		by := complaint.Actor(complaint.BareMail(in.From.Mail))
		if _, err := d.record(home, complaint.Fact{By: by, Mail: in.ID, Body: complaint.Linked{Case: number}}); err != nil {
			return letters.Also{}, err
		}
		if c, err = d.record(number, complaint.Fact{By: by, Mail: in.ID, Body: complaint.Linked{Case: home}}); err != nil {
			return letters.Also{}, err
		}
	}
	return letters.Also{Case: c, Facts: o.Facts, Opened: true}, nil
}

// answerAll answers a mail about no single case: each case that it touched has an answer of its own, with its own question.
func (d *desk) answerAll(in complaint.Incoming, h letters.Handler, r complaint.Reading, also []letters.Also) (answered bool, err error) {
	for _, a := range also {
		if takenOver(a, h) {
			continue // the notice says it
		}
		r := complaint.Reading{Facts: a.Facts, Hints: r.Hints}
		if err := d.answerIn(complaint.Case{}, a.Case, h, r, in); err != nil {
			return false, err
		}
		answered = true
	}
	return answered, nil
}

// takenOver says whether all that a mail did in a case was to give it to who wrote.
func takenOver(a letters.Also, h letters.Handler) bool {
	for _, f := range a.Facts {
		if b, ok := f.Body.(complaint.HandedOver); !ok || !complaint.SameMail(b.To, h.Email) {
			return false
		}
	}
	return true
}

// answerIn answers a handler's mail in a case; one that is somebody else's now without a word of its content.
func (d *desk) answerIn(before, after complaint.Case, h letters.Handler, r complaint.Reading, in complaint.Incoming, also ...letters.Also) error {
	gone := complaint.SameMail(before.Handler, h.Email) || before.Handler == "" && slices.ContainsFunc(r.Facts, handsOver)
	if after.Recused(h.Email) || gone && !complaint.SameMail(after.Handler, h.Email) {
		more := slices.ContainsFunc(r.Facts, func(f complaint.Fact) bool { return !handsOver(f) })
		return d.tellMoved(after, h, letters.Moved{Answers: in, Refusal: r.Refusal, Done: more}, string(in.ID))
	}
	return d.answer(before, after, h, r, in, also...)
}

func handsOver(f complaint.Fact) bool {
	_, ok := f.Body.(complaint.HandedOver)
	return ok
}

// tellMoved tells a handler, in one line, who handles a case.
func (d *desk) tellMoved(c complaint.Case, h letters.Handler, m letters.Moved, key string) error {
	number := c.Opening.Number
	m.Case, m.To, m.Concerned = number, either(d.handlerOf(c).Name, d.handlerOf(c).Email), c.Recused(h.Email)
	ask := d.newAsk(number, h, complaint.NoQuestion)
	l, err := d.Letters.Moved(d.envelope(h, ask), m)
	if err != nil {
		return fmt.Errorf("tell of %s: %w", number, err)
	}
	return d.tell(fmt.Sprintf("moved/%s/%s/%s", number, key, complaint.BareMail(h.Email)), ask, l)
}
