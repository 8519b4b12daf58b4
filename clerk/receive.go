package clerk

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// Handle reads a kept mail, acts on it and marks it handled, all in one transaction. A mail already handled is left
// alone, so a crash anywhere is repaired by handling it again.
func (c *Clerk) Handle(ctx context.Context, in complaint.Incoming) error {
	return c.act(ctx, func(d *desk) error { return d.handle(in) })
}

// HandleAll handles mails in order, in one transaction: all of them or none. A full mailbox waits for the disk once a
// batch and not once a mail.
func (c *Clerk) HandleAll(ctx context.Context, all []complaint.Incoming) error {
	verdicts := weigh(all, c.House().Staff)
	return c.act(ctx, func(d *desk) error {
		d.verdicts = verdicts
		for _, in := range all {
			if err := d.handle(in); err != nil {
				return err
			}
		}
		return nil
	})
}

// weigh reads what people wrote for signs of a complaint: most of the work there is in a mail, so it is done by all
// processors and before the database is locked.
func weigh(all []complaint.Incoming, staff []string) map[complaint.MailID]complaint.Verdict {
	found := make([]complaint.Verdict, len(all))
	var work sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		work.Go(func() { // ends when all mails were handed out
			for i := range next {
				found[i] = complaint.Triage(all[i], staff)
			}
		})
	}
	for i := range all {
		if all[i].Kind == complaint.FromPerson {
			next <- i
		}
	}
	close(next)
	work.Wait()
	verdicts := make(map[complaint.MailID]complaint.Verdict, len(all))
	for i := range all {
		if all[i].Kind == complaint.FromPerson {
			verdicts[all[i].ID] = found[i]
		}
	}
	return verdicts
}

// verdict says whether a mail is a complaint.
func (d *desk) verdict(in complaint.Incoming) complaint.Verdict {
	if v, ok := d.verdicts[in.ID]; ok {
		return v
	}
	return complaint.Triage(in, d.Staff)
}

func (d *desk) handle(in complaint.Incoming) error {
	row, known, err := d.tx.MailKnown(in.ID)
	if err != nil || known && row.State != db.MailKept {
		return err
	}
	if in.Arrived.After(d.now) { // a server's clock ahead of ours: the earlier day is the safe one
		in.Arrived = d.now
	}
	s, err := d.read(in)
	if err != nil {
		return fmt.Errorf("handle mail %s: %w", in.ID, err)
	}
	s.Kind, s.At, s.MessageID = in.Kind, d.now, in.MessageID
	return d.tx.SettleMail(in.ID, s)
}

// settled says what became of a mail.
func settled(state db.State, id complaint.CaseID, class complaint.Class, why string) db.MailState {
	return db.MailState{State: state, Case: id, Class: class, Why: why}
}

func ignored(why string) db.MailState { return settled(db.MailIgnored, "", "", why) }

// read decides what kind of mail it is for us, and acts.
func (d *desk) read(in complaint.Incoming) (db.MailState, error) {
	switch {
	case in.Kind == complaint.OwnCopy && d.isMailbox(in.From.Mail):
		return d.ownCopy(in) // whoever got a letter can quote its id; only we write as the mailbox
	case in.Kind == complaint.Bounce:
		return d.bounce(in)
	case in.Folder == complaint.Dragged:
		return d.dragged(in)
	case in.Kind == complaint.Automatic && !in.Unreadable:
		return d.machine(in)
	}
	if h, ok := d.handler(in.From.Mail); ok {
		return d.fromHandler(in, h)
	}
	if in.Folder == complaint.SentItems || d.isMailbox(in.From.Mail) {
		return d.byHand(in)
	}
	return d.fromPerson(in)
}

// ownCopy learns from a copy of a mail we sent: that it was accepted, and the id a server gave it.
func (d *desk) ownCopy(in complaint.Incoming) (db.MailState, error) {
	id := either(in.OurID, in.MessageID)
	row, ok, err := d.tx.RowByMessageID(id)
	if err != nil || !ok {
		return ignored("our own mail, not in this database"), err
	}
	if row.Case != "" && in.MessageID != row.MessageID {
		if err := d.tx.SetThread(in.MessageID, row.Case); err != nil {
			return db.MailState{}, err
		}
	}
	if err := d.tx.Copied(row.ID); err != nil {
		return db.MailState{}, err
	}
	if row.State == db.RowInDoubt || row.State == db.RowHeld && row.Doubts > 0 {
		if err := d.accepted(row, db.Evidence{At: d.now, Reply: "own copy found in the mailbox"}); err != nil {
			return db.MailState{}, err
		}
	}
	return ignored("copy of our own mail"), nil
}

// machine files automatic mail with its case, and answers it never.
func (d *desk) machine(in complaint.Incoming) (db.MailState, error) {
	id, err := d.caseOf(in)
	if err != nil || id == "" {
		return ignored("automatic mail: " + in.KindWhy), err
	}
	_, err = d.record(id, filed(in, complaint.ByProgram))
	return settled(db.MailHandled, id, "", "automatic mail: "+in.KindWhy), err
}

// bounce lapses the letter that came back. It counts only when it cites an id that we made (design: a forged bounce
// changes nothing).
func (d *desk) bounce(in complaint.Incoming) (db.MailState, error) {
	row, ok, err := d.bounced(in)
	if err != nil {
		return db.MailState{}, err
	}
	if !ok {
		return ignored("delivery report about no mail of ours"), nil
	}
	if in.Report != nil && in.Report.Action != "" && in.Report.Action != "failed" {
		return settled(db.MailHandled, row.Case, "", "delivery report: "+in.Report.Action), nil
	}
	why := in.Report.Text
	if !strings.Contains(why, in.Report.Status) {
		why = strings.TrimSpace(in.Report.Status + " " + why)
	}
	if toHandler(row) {
		d.Log.Error("a mail to the handler came back", "case", row.Case, "code", in.Report.Status)
		return settled(db.MailHandled, row.Case, "", "a mail to the handler came back"), d.alarmElsewhere(letters.AlarmBounce, row, why)
	}
	return settled(db.MailHandled, row.Case, "", "bounce"), d.undelivered(row, letters.AlarmBounce, in.ID, why)
}

func (d *desk) bounced(in complaint.Incoming) (db.Row, bool, error) {
	if in.Report == nil {
		return db.Row{}, false, nil
	}
	for _, id := range []string{in.Report.OurID, in.Report.MessageID} {
		if !d.OwnID(id) {
			continue
		}
		if row, ok, err := d.tx.RowByMessageID(id); err != nil || ok {
			return row, ok, err
		}
	}
	return db.Row{}, false, nil
}

// undelivered records that a letter did not arrive, and tells the handler at once.
func (d *desk) undelivered(row db.Row, kind letters.AlarmKind, mail complaint.MailID, why string) error {
	back := complaint.Undelivered{MessageID: row.MessageID, Reason: why, Letter: row.Letter, Meets: row.Meets, To: row.To}
	c, err := d.record(row.Case, complaint.Fact{By: complaint.ByProgram, Mail: mail, Body: back})
	if err != nil {
		return err
	}
	return d.alarm(c, row.MessageID, letters.Alarm{Kind: kind, Letter: row.Letter, To: row.To, Detail: why})
}

// byHand records what people wrote by hand from the shared mailbox.
func (d *desk) byHand(in complaint.Incoming) (db.MailState, error) {
	id, err := d.threadOf(in)
	if err != nil || id == "" {
		return ignored("written from the mailbox itself"), err
	}
	f := filed(in, complaint.Actor(complaint.BareMail(in.From.Mail)))
	f.On = d.receivedOn(in)
	body := f.Body.(complaint.Filed)
	body.Sent = true
	f.Body = body
	if err := d.tx.SetThread(in.MessageID, id); err != nil {
		return db.MailState{}, err
	}
	c, err := d.record(id, f)
	if command := complaint.CommandIn(in.Text); command != "" && err == nil {
		err = d.alarm(c, string(in.ID), letters.Alarm{Kind: letters.AlarmAstray, Mail: in, Command: command})
	}
	return settled(db.MailHandled, id, "", "written by hand"), err
}

// fromPerson files correspondence on a case, opens a case for a certain complaint, asks about a possible one, and lets
// ordinary mail be.
func (d *desk) fromPerson(in complaint.Incoming) (db.MailState, error) {
	id, err := d.caseOf(in)
	if err != nil {
		return db.MailState{}, err
	}
	verdict := d.verdict(in)
	if id != "" {
		return d.correspondence(in, id, verdict)
	}
	if in.Folder == complaint.Junk && verdict.Class != complaint.Certain {
		return ignored("junk"), nil
	}
	if in.Unreadable || in.From.Mail == "" && verdict.Class == complaint.Ordinary {
		verdict.Class = complaint.Possible // a person has to look at the original
	}
	switch verdict.Class {
	case complaint.Certain:
		c, err := d.open(in, verdict, complaint.OriginCertain, "")
		return settled(db.MailHandled, c.Opening.Number, verdict.Class, "complaint"), err
	case complaint.Possible:
		if err := d.addCandidate(in, verdict, false); err != nil {
			return db.MailState{}, err
		}
		if verdict.Danger { // a threat, or signs of despair, do not wait for the daily mail
			err = d.askAbout(d.lead(), in.ID)
		}
		return settled(db.MailHandled, "", verdict.Class, "possible complaint"), err
	}
	if near := verdict.Score > 0 && d.Digest == DigestNear || d.Digest == DigestAll; near {
		if err := d.addCandidate(in, verdict, true); err != nil {
			return db.MailState{}, err
		}
	}
	return settled(db.MailIgnored, "", verdict.Class, "ordinary mail"), nil
}

// dragged opens a case for a mail that somebody put into the complaints folder: being there is the handler's word.
func (d *desk) dragged(in complaint.Incoming) (db.MailState, error) {
	if id, err := d.threadOf(in); err != nil || id != "" {
		return settled(db.MailHandled, id, "", "already in a case"), err
	}
	c, err := d.open(in, d.verdict(in), complaint.OriginDragged, "")
	return settled(db.MailHandled, c.Opening.Number, complaint.Certain, "put into the complaints folder"), err
}

// threadOf finds the case a mail belongs to by the ids it answers, "" when there is none. Where that one was merged, it is
// the one that survives.
func (d *desk) threadOf(in complaint.Incoming) (complaint.CaseID, error) {
	for _, ids := range [][]string{in.InReplyTo, in.References, {in.MessageID}} {
		for i := len(ids) - 1; i >= 0; i-- {
			if ids[i] == "" {
				continue
			}
			id, ok, err := d.tx.Thread(ids[i])
			if err != nil {
				return "", err
			}
			if ok {
				c, err := d.current(id)
				return c.Opening.Number, err
			}
		}
	}
	return "", nil
}

// caseOf finds the case that a mail from outside belongs to: by its thread, else by the number in its subject.
func (d *desk) caseOf(in complaint.Incoming) (complaint.CaseID, error) {
	if id, err := d.threadOf(in); err != nil || id != "" {
		return id, err
	}
	return d.caseByNumber(in)
}

// caseByNumber finds the case whose number the subject carries, for a known sender only: a number can be guessed.
func (d *desk) caseByNumber(in complaint.Incoming) (complaint.CaseID, error) {
	n := numberIn(in.Subject)
	if n == "" {
		return "", nil
	}
	facts, err := d.tx.Facts(n)
	if err != nil || len(facts) == 0 {
		return "", err
	}
	c := complaint.Fold(facts)
	if !c.Knows(in.From.Mail) {
		return "", nil
	}
	c, err = d.current(n)
	return c.Opening.Number, err
}

// filed is the fact that a mail belongs to a case.
func filed(in complaint.Incoming, by complaint.Actor) complaint.Fact {
	return complaint.Fact{By: by, Mail: in.ID, Body: complaint.Filed{Kind: in.Kind, From: in.From, Subject: in.Subject, Attachments: in.Attachments}}
}

// receivedOn is R: the civil day on which the mail reached our mail system.
func (d *desk) receivedOn(in complaint.Incoming) calendar.Date {
	return calendar.On(in.Arrived, d.Policy.Zone)
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
