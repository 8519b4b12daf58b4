package clerk

import (
	"fmt"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// correspondence files a mail with its case and shows it to the handler. It never changes the outcome of the case by itself:
// what it may mean is put to her. Signs of danger stop the letters until she has read it; a new complaint in the thread of
// an ended case opens a linked one; anything else there is put to her as a choice.
func (d *desk) correspondence(in complaint.Incoming, id complaint.CaseID, verdict complaint.Verdict) (db.MailState, error) {
	c, err := d.load(id)
	if err != nil {
		return db.MailState{}, err
	}
	ended := complaint.StatusOn(c, d.today()).Ended()
	if ended && verdict.Class == complaint.Certain {
		linked, err := d.open(in, verdict, complaint.OriginCertain, id)
		return settled(db.MailHandled, linked.Opening.Number, verdict.Class, "a new complaint in the thread of "+string(id)), err
	}
	if err := d.tx.SetThread(in.MessageID, id); err != nil {
		return db.MailState{}, err
	}
	c, err = d.record(id, d.received(c, in, verdict)...)
	if err != nil {
		return db.MailState{}, err
	}
	if _, scored := complaint.Satisfaction(c, in); ended && !scored && !c.Concerns(in.From.Mail) {
		err = d.askWrote(c, in, verdict)
	} else {
		err = d.showMessage(c, in)
	}
	if command := complaint.CommandIn(in.Text); command != "" && err == nil {
		err = d.alarm(c, string(in.ID), letters.Alarm{Kind: letters.AlarmForged, Mail: in, Command: command, Detail: notFromHand.words().In(d.Lang)})
	}
	return settled(db.MailHandled, id, verdict.Class, "correspondence"), err
}

// received are the facts that a mail in a case makes: that it is there, that the letters wait when it speaks of danger, and
// the task that a request about personal data brings.
func (d *desk) received(c complaint.Case, in complaint.Incoming, verdict complaint.Verdict) []complaint.Fact {
	by := complaint.Actor(complaint.BareMail(in.From.Mail))
	complains := false
	for _, k := range c.Complainants {
		complains = complains || k.Mail != "" && complaint.SameMail(in.From.Mail, k.Mail)
	}
	if complains {
		by = complaint.ByComplainant
	}
	f := filed(in, by)
	f.On = d.receivedOn(in)
	all := []complaint.Fact{f}
	if verdict.Danger && c.Held == nil {
		all = append(all, complaint.Fact{By: complaint.ByProgram, Mail: in.ID, Body: complaint.Held{}})
	}
	if complains {
		all = append(all, d.privacyTask(c, in.Subject, in.Text, f.On, in.ID)...)
	}
	return all
}

// dangerous says whether a mail in a case stopped its letters.
func dangerous(c complaint.Case, mail complaint.MailID) bool {
	return mail != "" && c.Held != nil && c.Held.By == complaint.ByProgram && c.Held.Mail == mail
}

// askWrote shows a mail of somebody whose case has ended, and asks what to do with it. The mail is kept as one that may be a
// complaint, so that her word can make a case of it; what may well be one stays on the list of the daily mail.
func (d *desk) askWrote(c complaint.Case, in complaint.Incoming, verdict complaint.Verdict) error {
	if err := d.keepAsCandidate(in, verdict, c.Opening.Number); err != nil {
		return err
	}
	h := d.handlerOf(c)
	ask := d.newAsk(c.Opening.Number, h, complaint.AskWrote)
	ask.Items = []complaint.MailID{in.ID}
	l, err := d.Letters.Message(d.envelope(h, ask), letters.Message{Case: c, Mail: in, Danger: dangerous(c, in.ID), Today: d.today(), Now: d.now})
	if err != nil {
		return fmt.Errorf("ask about a mail in %s: %w", c.Opening.Number, err)
	}
	return d.tell(fmt.Sprintf("message/%s/%s", c.Opening.Number, in.ID), ask, l)
}

// keepAsCandidate keeps a mail in an ended case as one that may be a complaint.
func (d *desk) keepAsCandidate(in complaint.Incoming, verdict complaint.Verdict, home complaint.CaseID) error {
	ordinary := verdict.Class == complaint.Ordinary
	if _, seen, err := d.tx.Candidate(in.ID); err != nil || seen {
		return err
	}
	cand := d.candidate(in, verdict, false) // whole: her word may make a case of it
	cand.Opening.Related, cand.Near = home, ordinary
	if err := d.tx.AddCandidate(cand); err != nil || !ordinary {
		return err
	}
	return d.tx.SettleCandidate(in.ID, db.CandidateListed, "")
}

// openWrote carries out what a handler said of a mail in an ended case: a new case, linked with that one, or none.
func (d *desk) openWrote(in complaint.Incoming, h letters.Handler, home complaint.CaseID, r complaint.Reading) ([]letters.Also, error) {
	var all []letters.Also
	for _, id := range r.Complaints {
		cand, ok, err := d.tx.Candidate(id)
		if err != nil {
			return nil, err
		}
		if !ok || cand.State == db.CandidateCase {
			continue
		}
		one, err := d.openLinked(cand, in, h, home)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	done := r.Ordinary
	if c, err := d.load(home); err != nil {
		return nil, err
	} else if !complaint.StatusOn(c, d.today()).Ended() { // it runs again: the mails in it are no complaints of their own
		done = append(done, filedIn(c)...)
	}
	for _, id := range done {
		cand, ok, err := d.tx.Candidate(id)
		if err == nil && ok && cand.State == db.CandidateOpen {
			err = d.tx.SettleCandidate(id, db.CandidateDismissed, "")
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// filedIn lists the mails that were filed in a case.
func filedIn(c complaint.Case) []complaint.MailID {
	var all []complaint.MailID
	for _, f := range c.Facts {
		if _, ok := f.Body.(complaint.Filed); ok {
			all = append(all, f.Mail)
		}
	}
	return all
}

// openLinked makes a case of a mail in another one, on a handler's word, and links the two.
func (d *desk) openLinked(cand db.Candidate, word complaint.Incoming, h letters.Handler, home complaint.CaseID) (letters.Also, error) {
	by := complaint.Actor(complaint.BareMail(h.Email))
	said := func(b complaint.Body) complaint.Fact { return complaint.Fact{By: by, Mail: word.ID, Body: b} }
	cand.Opening.Related, cand.Opening.Handler = home, complaint.BareMail(h.Email)
	c, err := d.openCandidate(cand, complaint.OriginHandler, said(complaint.Registered{}), said(complaint.Linked{Case: home}))
	if err != nil {
		return letters.Also{}, err
	}
	_, err = d.record(home, said(complaint.Linked{Case: c.Opening.Number}))
	return letters.Also{Case: c, Facts: []complaint.Fact{said(complaint.Registered{})}, Opened: true}, err
}

// privacyTask is the task to answer a clear request about personal data, which has a term of its own; nothing when there is
// none, or when it is watched already. No letter speaks of it.
func (d *desk) privacyTask(c complaint.Case, subject, text string, received calendar.Date, mail complaint.MailID) []complaint.Fact {
	for _, f := range complaint.Flags(subject, text) {
		if f.Flag != complaint.FlagPrivacy || !f.Clear {
			continue
		}
		for _, k := range c.Commitments {
			if k.Internal && k.KeptOn.IsZero() && (k.Text == complaint.PrivacyTask.NL || k.Text == complaint.PrivacyTask.EN) {
				return nil
			}
		}
		by := complaint.PrivacyDue(received, d.Terms.Holidays)
		return []complaint.Fact{{By: complaint.ByProgram, Mail: mail, Body: complaint.Committed{Text: complaint.PrivacyTask.In(d.Lang), By: by, Internal: true}}}
	}
	return nil
}
