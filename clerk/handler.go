package clerk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// fromHandler obeys a mail of a handler, or says why it does not.
func (d *desk) fromHandler(in complaint.Incoming, h letters.Handler) (db.MailState, error) {
	ask, why, err := d.authorise(in)
	if err != nil {
		return db.MailState{}, err
	}
	switch why {
	case "":
		return d.obey(in, h, ask)
	case inboxOfOwnBox:
		return d.fromOwnBox(in)
	case noToken:
		return d.withoutToken(in, h)
	}
	return d.warn(in, ask, why)
}

// fromOwnBox reads a mail that bears the mailbox's own address and lies in the inbox. A copy of an answer is left to its
// twin in Sent; a web form that writes in the office's name speaks for somebody.
func (d *desk) fromOwnBox(in complaint.Incoming) (db.MailState, error) {
	if _, ok, err := d.askOf(in); err != nil || ok {
		return ignored("inbox copy of a mail in Sent"), err
	}
	if a := d.author(in); a.Mail != "" {
		return d.fromPerson(in)
	}
	return d.withoutToken(in, d.lead())
}

// warn files a mail that looks like a command and is none, and tells the handler. Its sender gets no answer.
func (d *desk) warn(in complaint.Incoming, ask complaint.Ask, why refusedWhy) (db.MailState, error) {
	var c complaint.Case
	if ask.Case != "" {
		var err error
		if c, err = d.record(ask.Case, filed(in, complaint.ByProgram)); err != nil {
			return db.MailState{}, err
		}
	}
	d.Log.Warn("command refused", "case", ask.Case, "mail", short(in.ID), "err", string(why))
	err := d.alarm(c, string(in.ID), letters.Alarm{Kind: letters.AlarmForged, Mail: in, Command: complaint.CommandIn(in.Text), Detail: why.words().In(d.Lang)})
	return settled(db.MailHandled, ask.Case, "", "command refused: "+string(why)), err
}

// withoutToken answers a handler's mail that proves nothing, to the configured address: about a case with its state, so
// that the answer is one tap; about a forwarded mail with the question whether it is a complaint.
func (d *desk) withoutToken(in complaint.Incoming, h letters.Handler) (db.MailState, error) {
	id, err := d.threadOf(in)
	if err != nil {
		return db.MailState{}, err
	}
	if id == "" {
		id = numberIn(in.Subject)
	}
	if id != "" {
		facts, err := d.tx.Facts(id)
		if err != nil {
			return db.MailState{}, err
		}
		if len(facts) > 0 {
			c, err := d.current(id)
			if err != nil {
				return db.MailState{}, err
			}
			if id = c.Opening.Number; c.Recused(h.Email) {
				return d.fromConcerned(c, in, h)
			}
			if c, err = d.record(id, filed(in, complaint.ByProgram)); err != nil {
				return db.MailState{}, err
			}
			reading := complaint.Reading{Show: complaint.ShowStatus, Refusal: &complaint.Refusal{Why: noReference}}
			return settled(db.MailHandled, id, "", "handler without a token"), d.answer(c, c, h, reading, complaint.Incoming{ID: in.ID})
		}
	}
	forwarded := in
	forwarded.Text = forwardedText(in.Text)
	verdict := complaint.Triage(forwarded, d.Staff)
	if verdict.Class == complaint.Ordinary && !in.Unreadable {
		if complaint.CommandIn(in.Text) == "" {
			return ignored("a handler's own mail"), nil
		}
		help := complaint.Reading{Show: complaint.ShowHelp, Refusal: &complaint.Refusal{Why: noReference}}
		return settled(db.MailHandled, "", "", "handler without a token"), d.answerDaily(h, complaint.Ask{}, help, complaint.Incoming{ID: in.ID})
	}
	if err := d.addCandidate(in, verdict, false); err != nil {
		return db.MailState{}, err
	}
	return settled(db.MailHandled, "", complaint.Possible, "forwarded by a handler"), d.askAbout(h, in.ID)
}

var noReference = complaint.Words{
	NL: "Uw mail had geen geldig kenmerk. Antwoord op een mail van klachtd, bijvoorbeeld op deze.",
	EN: "Your mail carried no valid reference. Please answer a mail of klachtd, for example this one.",
}

// obey carries out a handler's mail, all of it or nothing, and answers it at once.
func (d *desk) obey(in complaint.Incoming, h letters.Handler, ask complaint.Ask) (db.MailState, error) {
	again, err := d.tx.UsedMail(commandDigest(in, ask), d.now)
	if err != nil {
		return db.MailState{}, err
	}
	if again {
		return settled(db.MailIgnored, ask.Case, "", "this command was carried out before"), nil
	}
	if ask.Case == "" {
		return d.obeyDaily(in, h, ask)
	}
	before, err := d.load(ask.Case)
	if err != nil {
		return db.MailState{}, err
	}
	if f, ok := d.recusal(before); ok { // somebody can stand in since the configuration changed
		after, err := d.record(ask.Case, f)
		if err != nil {
			return db.MailState{}, err
		}
		if err := d.passOn(before, after, h); err != nil {
			return db.MailState{}, err
		}
		before = after
	}
	switch {
	case before.MergedInto != "":
		return d.obeyMerged(ask.Case, in, h)
	case before.Recused(h.Email):
		return d.fromConcerned(before, in, h)
	}
	reading := complaint.Read(before, d.asOf(in), &ask, d.now, d.setting())
	if reading.Refusal == nil {
		reading.Refusal = d.stale(before, ask, reading)
	}
	if err := d.tx.ReleaseStopped(ask.Case); err != nil {
		return db.MailState{}, err
	}
	d.Log.Info("handler's mail", "case", ask.Case, "mail", short(in.ID), "facts", len(reading.Facts), "refused", reading.Refusal != nil)
	return settled(db.MailHandled, ask.Case, "", "command"), d.obeyIn(before, in, h, reading)
}

// obeyIn carries out what a mail says in the case it answers and beyond it, and answers it.
func (d *desk) obeyIn(before complaint.Case, in complaint.Incoming, h letters.Handler, reading complaint.Reading) error {
	id := before.Opening.Number
	reading, err := d.aboutHandling(before, reading)
	if err != nil {
		return err
	}
	facts := d.withRecusal(before, reading.Facts)
	if reading.Refusal != nil || len(facts) == 0 {
		facts = []complaint.Fact{filed(in, complaint.Actor(complaint.BareMail(h.Email)))}
	}
	after, err := d.record(id, facts...)
	if err != nil {
		return err
	}
	if err := d.tx.SetThread(in.MessageID, id); err != nil {
		return err
	}
	if reading.Refusal != nil {
		return d.answerIn(before, after, h, reading, in)
	}
	also, err := d.carryOut(in, h, id, reading)
	if err != nil {
		return err
	}
	wrote, err := d.openWrote(in, h, id, reading)
	if err != nil {
		return err
	}
	also = append(also, wrote...)
	if after, err = d.load(id); err != nil { // linked to what it opened
		return err
	}
	if err := d.passOn(before, after, h); err != nil {
		return err
	}
	if after.MergedInto != "" {
		return d.answerMerged(after, in, h, reading, also)
	}
	for _, a := range also {
		if !a.Opened {
			continue
		}
		if err := d.answerIn(complaint.Case{}, a.Case, h, complaint.Reading{Facts: a.Facts}, in); err != nil {
			return err
		}
	}
	if len(reading.Facts) > 0 && takenOver(letters.Also{Facts: reading.Facts}, h) {
		return nil
	}
	return d.answerIn(before, after, h, reading, in, also...)
}

// answerMerged answers in the case that survives, with what became of the other beside it.
func (d *desk) answerMerged(gone complaint.Case, in complaint.Incoming, h letters.Handler, reading complaint.Reading, also []letters.Also) error {
	other := letters.Also{Case: gone, Facts: reading.Facts}
	c, err := d.current(gone.Opening.Number)
	if err != nil {
		return err
	}
	reading.Facts = nil
	also = slices.DeleteFunc(also, func(a letters.Also) bool {
		same := a.Case.Opening.Number == c.Opening.Number
		if same {
			reading.Facts = a.Facts
		}
		return same
	})
	return d.answerIn(complaint.Case{}, c, h, reading, in, append(also, other)...)
}

// asOf is a handler's mail with the day it speaks of: that of its arrival, or the pretended one.
func (d *desk) asOf(in complaint.Incoming) complaint.Incoming {
	if d.Pretend {
		in.Arrived = d.now
	}
	return in
}

// setting is what a handler's mail may speak of beside its own case.
func (d *desk) setting() complaint.Setting {
	s := complaint.Setting{Policy: d.Policy, Case: d.other, Terms: d.Terms}
	for _, h := range d.Office.Handlers {
		s.Handlers = append(s.Handlers, complaint.Handler{Name: h.Name, Mail: complaint.BareMail(h.Email), Substitute: h.Substitute})
	}
	return s
}

// other finds a case that a mail names.
func (d *desk) other(id complaint.CaseID) (complaint.Case, bool) {
	c, err := d.load(id)
	return c, err == nil
}

// stale refuses the approval of drafts that have changed since the handler saw them. What klachtd itself sent meanwhile is
// no change: it only lengthens the list of what was done.
func (d *desk) stale(c complaint.Case, ask complaint.Ask, r complaint.Reading) *complaint.Refusal {
	for _, f := range r.Facts {
		a, ok := f.Body.(complaint.Approved)
		if !ok || a.Version == "" {
			continue
		}
		plan := complaint.Plan(c, d.now, d.Policy)
		_, drafts := complaint.NextQuestion(c, plan, d.today())
		_, version, _ := d.render(c, drafts)
		if version != a.Version && (touched(c, ask.Asked) || !owes(drafts, a.Keys)) {
			return &complaint.Refusal{Why: complaint.Words{
				NL: "De brief is intussen veranderd. Er is niets verstuurd. Hieronder staat de nieuwe tekst.",
				EN: "The letter has changed meanwhile. Nothing was sent. The new text is below."}}
		}
	}
	return nil
}

// touched says whether anybody but klachtd changed the case after an instant.
func touched(c complaint.Case, after time.Time) bool {
	for _, f := range c.Facts {
		if f.By == complaint.ByProgram || !f.At.After(after) {
			continue
		}
		switch f.Body.(type) {
		case complaint.Filed, complaint.Noted:
		default:
			return true
		}
	}
	return false
}

// owes says whether the drafts still meet every one of the duties.
func owes(drafts []complaint.Departure, keys []complaint.Key) bool {
	for _, k := range keys {
		if !slices.ContainsFunc(drafts, func(d complaint.Departure) bool { return slices.Contains(d.Meets, k) }) {
			return false
		}
	}
	return true
}

// obeyDaily carries out the answer to a mail about no single case: which of the possible complaints are complaints, which
// cases a substitute takes over, or what it says of cases that it names.
func (d *desk) obeyDaily(in complaint.Incoming, h letters.Handler, ask complaint.Ask) (db.MailState, error) {
	reading := complaint.Read(complaint.Case{}, d.asOf(in), &ask, d.now, d.setting())
	state := settled(db.MailHandled, "", "", "answer to the daily mail")
	if reading.Refusal != nil {
		return state, d.answerDaily(h, ask, reading, in)
	}
	if reading.Show == complaint.ShowPossible {
		if err := d.showPossible(h, ask.Items, in); err != nil {
			return state, err
		}
		reading.Show = complaint.ShowNothing
	} else if !does(reading) {
		return state, d.answerDaily(h, ask, reading, in)
	}
	also, err := d.carryOut(in, h, "", reading)
	if err != nil {
		return state, err
	}
	answered, err := d.answerAll(in, h, reading, also)
	if err != nil {
		return state, err
	}
	sorted, err := d.sortCandidates(in, h, reading)
	if err != nil || answered || sorted {
		return state, err
	}
	if reading.Show == complaint.ShowNothing && len(reading.Hints)+len(reading.Ordinary) == 0 {
		return state, nil // the mail about each case says it
	}
	return state, d.answerDaily(h, ask, reading, in)
}

// sortCandidates makes cases of the possible complaints that are complaints, each answered for itself, and lets the others be.
func (d *desk) sortCandidates(in complaint.Incoming, h letters.Handler, reading complaint.Reading) (opened bool, err error) {
	for _, id := range reading.Complaints {
		cand, ok, err := d.tx.Candidate(id)
		if err != nil {
			return opened, err
		}
		if !ok || cand.State == db.CandidateCase {
			continue
		}
		cand.Opening.Handler = complaint.BareMail(h.Email)
		word := complaint.Fact{By: complaint.Actor(complaint.BareMail(h.Email)), Mail: in.ID, Body: complaint.Registered{}}
		c, err := d.openCandidate(cand, complaint.OriginHandler, word)
		if err != nil {
			return opened, err
		}
		one := complaint.Reading{Facts: []complaint.Fact{word}, Hints: reading.Hints}
		if err := d.answer(complaint.Case{}, c, h, one, in); err != nil {
			return opened, err
		}
	}
	for _, id := range reading.Ordinary {
		if err := d.tx.SettleCandidate(id, db.CandidateDismissed, ""); err != nil {
			return opened, err
		}
	}
	return len(reading.Complaints) > 0, nil
}

// render makes the drafts of some departures and their common version. A draft that may not go (a leak, something
// missing) is left out and reported.
func (d *desk) render(c complaint.Case, deps []complaint.Departure) (drafts []letters.Letter, version string, blocked []*letters.Incomplete) {
	h := sha256.New()
	for _, dep := range deps {
		l, err := d.Letters.Letter(dep, c, d.today())
		var lacks *letters.Incomplete
		if errors.As(err, &lacks) {
			blocked = append(blocked, lacks)
			continue
		}
		if err != nil {
			d.Log.Error("render draft", "case", c.Opening.Number, "letter", dep.Letter, "err", err)
			continue
		}
		drafts = append(drafts, l)
		fmt.Fprintln(h, letters.Version(l))
	}
	return drafts, hex.EncodeToString(h.Sum(nil)[:8]), blocked
}

// commandDigest names a command so that an identical mail works once, whatever way it came back.
func commandDigest(in complaint.Incoming, ask complaint.Ask) string {
	sum := sha256.Sum256([]byte(ask.Token + "\n" + in.MessageID + "\n" + in.Date.UTC().String() + "\n" + in.Text))
	return hex.EncodeToString(sum[:])
}
