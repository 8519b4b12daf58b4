package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// judge looks at what is left: in the mailbox, in the database, and with the people.
func (w *crashWorld) judge() {
	w.t.Helper()
	w.mailboxUntouched()
	store, err := db.OpenReadOnly(w.dir + "/klachtd.db")
	if err != nil {
		w.t.Fatal(err)
	}
	defer store.Close()
	if err := store.Check(w.t.Context()); err != nil {
		w.t.Error(err)
	}
	w.view(func(tx *db.Tx) error {
		v := &verdict{crashWorld: w, tx: tx, letters: w.lettersByID(), cases: map[complaint.MailID][]complaint.Case{}}
		for _, look := range []func() error{v.ledger, v.readCases, v.onceEach, v.commands, v.outbox, v.sentFolder, v.fates} {
			if err := look(); err != nil {
				return err
			}
		}
		w.figures = v.figures()
		return nil
	})
}

// mailboxUntouched: all mail lies where it came in, whole, in order and without a mark.
func (w *crashWorld) mailboxUntouched() {
	w.t.Helper()
	mails := w.folder("INBOX")
	if len(mails) != len(w.fed) {
		w.t.Fatalf("%d mails in the mailbox, want %d", len(mails), len(w.fed))
	}
	for i, m := range mails {
		if len(m.Flags) > 0 || m.UID != imap.UID(i+1) || !bytes.Equal(m.BodySection[0].Bytes, w.fed[i].raw) {
			w.t.Errorf("mail %d of the office was touched: UID %d, flags %v", i+1, m.UID, m.Flags)
		}
	}
}

// folder reads a folder of the office, as a mail program does.
func (w *crashWorld) folder(name string) []*imapclient.FetchMessageBuffer {
	w.t.Helper()
	c, err := imapclient.DialInsecure(w.office.loopback[0].Addr().String(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(demoOffice, postPassword).Wait(); err != nil {
		w.t.Fatal(err)
	}
	if _, err := c.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		w.t.Fatal(err)
	}
	whole := []*imap.FetchItemBodySection{{Peek: true}}
	mails, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{Flags: true, UID: true, BodySection: whole}).Collect()
	if err != nil {
		w.t.Fatal(err)
	}
	return mails
}

// lettersByID is all the post office took from klachtd.
func (w *crashWorld) lettersByID() map[string][]delivery {
	byID := map[string][]delivery{}
	all, _ := w.office.delivered(0)
	for _, m := range all {
		byID[ourID(m.raw)] = append(byID[ourID(m.raw)], m)
	}
	return byID
}

// verdict compares what the world knows with what the database says.
type verdict struct {
	*crashWorld
	tx      *db.Tx
	letters map[string][]delivery
	cases   map[complaint.MailID][]complaint.Case // by the mail they began with
	all     []complaint.Case
	stuck   map[complaint.CaseID]bool // a mail of it is in doubt for the second time: it waits for a person
	rows    int
	doubts  int
	again   int // letters of which there is more than one copy
}

// ledger: every mail was read to its end, under the UID it has.
func (v *verdict) ledger() error {
	for i, m := range v.fed {
		row, known, err := v.tx.MailKnown(m.id)
		if err != nil {
			return err
		}
		if !known || row.UID != uint32(i+1) || row.State != db.MailHandled && row.State != db.MailIgnored {
			v.t.Errorf("mail %d (%s) is %q under UID %d: %s", i+1, m.kind, row.State, row.UID, row.Why)
		}
	}
	for _, id := range v.desk.copies() {
		if row, known, err := v.tx.MailKnown(id); err != nil || !known || row.State != db.MailIgnored {
			v.t.Errorf("a copy in Sent is %q: %s (%v)", row.State, row.Why, err)
		}
	}
	return nil
}

func (v *verdict) readCases() error {
	ids, err := v.tx.Cases()
	if err != nil {
		return err
	}
	for i, id := range ids {
		if want := complaint.CaseID(fmt.Sprintf("K2026-%04d", i+1)); id != want {
			v.t.Errorf("case %d is %s, want %s", i+1, id, want)
		}
		if err := v.tx.VerifyChain(id); err != nil {
			v.t.Error(err)
		}
		facts, err := v.tx.Facts(id)
		if err != nil {
			return err
		}
		c := complaint.Fold(facts)
		v.all = append(v.all, c)
		v.cases[facts[0].Mail] = append(v.cases[facts[0].Mail], c)
	}
	return nil
}

// onceEach: every complaint is one case, also the possible ones, which nobody answered; ordinary mail and answers are none.
func (v *verdict) onceEach() error {
	for i, m := range v.fed {
		want, got := 0, len(v.cases[m.id])
		if m.kind == "complaint" || m.kind == "possible" {
			want = 1
		}
		if got != want {
			v.t.Errorf("mail %d (%s of %s) has %d cases, want %d", i+1, m.kind, m.from, got, want)
		}
		for _, c := range v.cases[m.id] {
			if c.Opening.Complainant.Mail != m.from {
				v.t.Errorf("the complainant of %s is %s, want %s", c.Opening.Number, c.Opening.Complainant.Mail, m.from)
			}
		}
	}
	return nil
}

// commands: every answer of the handler was obeyed, in one act.
func (v *verdict) commands() error {
	acts := map[complaint.MailID][]time.Time{}
	for _, c := range v.all {
		for _, f := range c.Facts {
			if f.Mail != "" && !slices.Contains(acts[f.Mail], f.At) {
				acts[f.Mail] = append(acts[f.Mail], f.At)
			}
		}
	}
	for i, m := range v.fed {
		if m.kind == "answer" && len(acts[m.id]) != 1 {
			v.t.Errorf("answer %d of the handler was obeyed %d times", i+1, len(acts[m.id]))
		}
	}
	return nil
}

// outbox: every mail was decided once, arrived as it was decided, at the right person, and more than once only where
// klachtd knew that it might.
func (v *verdict) outbox() error {
	held, err := v.tx.HeldRows()
	if err != nil {
		return err
	}
	v.stuck = map[complaint.CaseID]bool{}
	untold := 0 // each mail that is held is told of in another, which may be held itself
	for _, row := range held {
		if row.Case != "" {
			v.stuck[row.Case] = true
		}
		if row.Letter == "alarm" {
			untold--
		} else {
			untold++
		}
	}
	for _, copies := range v.letters {
		if strings.HasPrefix(subject(v.t, copies[0]), "Is een brief aangekomen?") {
			untold--
		}
	}
	if untold > 0 {
		v.t.Errorf("%d mails are held and nobody was told", untold)
	}
	for _, c := range v.all {
		rows, err := v.tx.LettersOf(c.Opening.Number)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.State == db.RowQueued && row.Attempts == 0 { // its day has not come
				continue
			}
			if copies := len(v.letters[row.MessageID]); copies == 0 && row.State != db.RowHeld || row.State != db.RowAccepted && row.State != db.RowHeld {
				v.t.Errorf("%s is %s and arrived %d times", row.Key, row.State, copies)
			}
		}
	}
	for id, copies := range v.letters {
		row, known, err := v.tx.RowByMessageID(id)
		if err != nil {
			return err
		}
		if !known {
			v.t.Errorf("a mail arrived at %s that the outbox does not know: %s", copies[0].to, subject(v.t, copies[0]))
			continue
		}
		if err := v.judgeCopies(row, copies); err != nil {
			return err
		}
	}
	return nil
}

// judgeCopies looks at all that arrived of one row.
func (v *verdict) judgeCopies(row db.Row, copies []delivery) error {
	for _, m := range copies {
		if !bytes.Equal(m.raw, row.Raw) || m.to != row.To || m.from != demoOffice {
			v.t.Errorf("what arrived of %s at %s is not what was decided for %s", row.Key, m.to, row.To)
		}
	}
	attempts, err := v.tx.Attempts(row.ID)
	if err != nil {
		return err
	}
	doubted, open := 0, 0 // attempts that came as far as the dot, and those of which no answer was written down
	for _, a := range attempts {
		if !a.DoubtAt.IsZero() {
			doubted++
			if a.Outcome != db.RowAccepted {
				open++
			}
		}
	}
	v.rows++
	v.doubts += open
	if len(copies) > 1 {
		v.again++
	}
	if len(copies) > doubted || doubted > 2 || doubted-open > 1 {
		v.t.Errorf("%s arrived %d times, of %d attempts as far as the dot", row.Key, len(copies), doubted)
	}
	if row.State == db.RowHeld && row.Doubts < 2 {
		v.t.Errorf("%s is held, in doubt %d times: %s", row.Key, row.Doubts, row.Reply)
	}
	filed := v.desk.copied[row.MessageID]
	if n := slices.Index(filed, true); n >= 0 && n < len(filed)-1 {
		v.t.Errorf("%s went again although its copy lay in Sent", row.Key)
	}
	return nil
}

// sentFolder: where the server filed no copy of a letter klachtd files one, and no second one.
func (v *verdict) sentFolder() error {
	lie := map[string]int{}
	for _, m := range v.folder("Sent") {
		lie[ourID(m.BodySection[0].Bytes)]++
	}
	for id, n := range lie {
		filed := 0
		for _, one := range v.desk.copied[id] {
			if one {
				filed++
			}
		}
		if n > max(filed, 1) {
			v.t.Errorf("%d copies lie in Sent of %s, of which the server filed %d", n, id, filed)
		}
	}
	return nil
}

// fates: every case came to its end, with one letter for each thing promised, to the right person; and none waits
// unless a mail of it is in doubt twice.
func (v *verdict) fates() error {
	now := v.now()
	for _, c := range v.all {
		id := c.Opening.Number
		rows, err := v.tx.LettersOf(id)
		if err != nil {
			return err
		}
		to := map[string]string{}
		for _, row := range rows {
			switch {
			case row.State == db.RowQueued && row.Attempts == 0: // its day has not come
				continue
			case row.ToHandler:
				if row.To != demoHandler && row.To != demoSubstitute {
					v.t.Errorf("%s went to %s", row.Key, row.To)
				}
				continue
			}
			if to[row.Letter] != "" {
				v.t.Errorf("%s has two letters %s", id, row.Letter)
			}
			to[row.Letter] = row.To
			if sent := timesSent(c, row); (row.State == db.RowAccepted) != (sent == 1) || sent > 1 {
				v.t.Errorf("%s is %s, and sent %d times by the facts", row.Key, row.State, sent)
			}
		}
		delete(to, early(c))
		if got, want := fmt.Sprint(to), fmt.Sprint(promised(c, calendar.On(now, mustZone(v.t)))); got != want && !v.stuck[id] {
			v.t.Errorf("the letters of %s are %s, want %s", id, got, want)
		}
	}
	if len(v.stuck)*4 > len(v.all)+4 {
		v.t.Errorf("%d of %d cases wait for a person: this run proves too little", len(v.stuck), len(v.all))
	}
	return nil
}

// timesSent says how often a letter was sent by the facts of its case.
func timesSent(c complaint.Case, row db.Row) (n int) {
	for _, f := range c.Facts {
		if sent, ok := f.Body.(complaint.Sent); ok && sent.Letter == row.Letter && sent.To == row.To {
			n++
		}
	}
	return n
}

// early is the letter that left by itself where the handler spoke only after the last safe day.
func early(c complaint.Case) string {
	switch {
	case fate(c.Opening.Number) == declined:
		return complaint.LetterAcknowledgement
	case fate(c.Opening.Number) == wholeWay && c.Opening.Origin == complaint.OriginUnanswered:
		return complaint.LetterReceipt
	}
	return ""
}

// promised says which letters a case of a fate has got by a day, and who has got them.
func promised(c complaint.Case, today calendar.Date) map[string]string {
	complainant, id := c.Opening.Complainant.Mail, c.Opening.Number
	switch fate(id) {
	case wholeWay:
		return map[string]string{
			complaint.LetterAcknowledgement: complainant,
			complaint.LetterConfirmation:    complainant,
			complaint.LetterReportConcerned: concerned(id),
		}
	case declined:
		return map[string]string{complaint.LetterNonAcceptance: complainant}
	}
	for _, d := range complaint.Duties(c, today) {
		if d.Kind == complaint.Acknowledgement && d.SendBy > today { // still to come
			return map[string]string{}
		}
	}
	if c.Opening.Origin == complaint.OriginUnanswered {
		return map[string]string{complaint.LetterReceipt: complainant}
	}
	return map[string]string{complaint.LetterAcknowledgement: complainant}
}

func (v *verdict) figures() string {
	kinds := map[string]int{}
	for _, m := range v.fed {
		kinds[m.kind]++
	}
	copies := 0
	for _, all := range v.letters {
		copies += len(all)
	}
	return fmt.Sprintf("to the office %d complaints, %d possible ones, %d answers of the handler, %d other mails; %d cases, of which %d wait for a person; %d mails of klachtd in %d copies, %d times left in doubt, %d mails delivered again",
		kinds["complaint"], kinds["possible"], kinds["answer"], kinds["ordinary"], len(v.all), len(v.stuck), v.rows, copies, v.doubts, v.again)
}
