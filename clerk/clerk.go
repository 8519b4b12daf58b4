// Package clerk is where a mail, the rules, the letters and the database meet, in one transaction an act.
//
// A mail comes in through Keep and Handle, time through Tick, and letters go out through Next, Doubt and Done. Whatever
// happened, the clerk ends by settling the case: the letters its duties owe are queued, each at most once.
package clerk

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// Clerk keeps the cases. Its fields are set before first use; the House may be replaced at any time.
type Clerk struct {
	DB      *db.DB
	Key     []byte           // the secret our Message-IDs and tokens are made with
	Now     func() time.Time // the real time, or the pretended one
	Pretend bool             // Now is pretended: when a handler's mail arrived says nothing of the day it speaks of
	Compose func(l letters.Letter, date time.Time) ([]byte, error)
	Log     *slog.Logger

	// Kicked without blocking: Mail when there may be a new instant to wake at, Post when there may be something to send,
	// Gone when a letter has gone out.
	Mail, Post, Gone chan struct{}

	house atomic.Pointer[House]
}

// House is what the configuration says of this office. It is replaced as a whole on reload.
type House struct {
	Letters     *letters.Set
	Office      letters.Office
	Policy      complaint.Policy
	Terms       complaint.Terms // for new cases; a running case keeps its own
	Lang        string          // for whoever's own language is not clear, and for mails to handlers
	Own         []string        // the addresses of the mailbox itself
	Staff       []string        // names that occur in mails about us
	AuthservID  string          // whose Authentication-Results count; "" for none
	Digest      Digest
	FormSenders []string // addresses of web forms: the person is in Reply-To
	AlarmTo     string   // beside the handler, not in the same mailbox; "" for none
	DailyAt     complaint.TimeOfDay
}

// Digest says which of the ordinary mails the weekly list names.
type Digest string

const (
	DigestNear Digest = "near"
	DigestAll  Digest = "all"
	DigestOff  Digest = "off"
)

// SetHouse takes a new configuration into use.
func (c *Clerk) SetHouse(h *House) { c.house.Store(h) }

// House is the configuration in use.
func (c *Clerk) House() *House { return c.house.Load() }

func (h *House) today(now time.Time) calendar.Date { return calendar.On(now, h.Policy.Zone) }

// handler finds a configured handler by mail address.
func (h *House) handler(mail string) (letters.Handler, bool) {
	for _, p := range h.Office.Handlers {
		if complaint.SameMail(p.Email, mail) {
			return p, true
		}
	}
	return letters.Handler{}, false
}

// lead is the handler who gets what belongs to nobody yet.
func (h *House) lead() letters.Handler {
	for _, p := range h.Office.Handlers {
		if !p.Substitute {
			return p
		}
	}
	return h.Office.Handlers[0]
}

// substitute is the first one configured, if any.
func (h *House) substitute() (letters.Handler, bool) {
	for _, p := range h.Office.Handlers {
		if p.Substitute {
			return p, true
		}
	}
	return letters.Handler{}, false
}

// handlerOf is the handler of a case. When that one is no longer configured it is the lead, or who is not concerned in it.
func (h *House) handlerOf(c complaint.Case) letters.Handler {
	if p, ok := h.handler(c.Handler); ok {
		return p
	}
	if lead := h.lead(); !c.Concerns(lead.Email) {
		return lead
	}
	for _, p := range h.Office.Handlers {
		if !c.Concerns(p.Email) {
			return p
		}
	}
	return h.lead()
}

// isMailbox says whether an address is the watched mailbox itself.
func (h *House) isMailbox(mail string) bool {
	for _, own := range h.Own {
		if complaint.SameMail(own, mail) {
			return true
		}
	}
	return false
}

// desk is one act at the clerk's desk: a transaction, one instant, one configuration.
type desk struct {
	*Clerk
	*House
	tx  *db.Tx
	now time.Time

	verdicts map[complaint.MailID]complaint.Verdict // of mails that were weighed before
}

// act runs one act in one transaction and then tells the loops that something may have changed.
func (c *Clerk) act(ctx context.Context, do func(d *desk) error) error {
	h := c.House()
	err := c.DB.Update(ctx, func(tx *db.Tx) error {
		return do(&desk{Clerk: c, House: h, tx: tx, now: c.Now()})
	})
	if err == nil {
		kick(c.Mail)
		kick(c.Post)
	}
	return err
}

// kick wakes a loop without ever waiting for it.
func kick(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

func (d *desk) today() calendar.Date { return d.House.today(d.now) }

// load reads a case from its facts.
func (d *desk) load(id complaint.CaseID) (complaint.Case, error) {
	facts, err := d.tx.Facts(id)
	if err != nil {
		return complaint.Case{}, fmt.Errorf("read case %s: %w", id, err)
	}
	if len(facts) == 0 {
		return complaint.Case{}, fmt.Errorf("case %s does not exist", id)
	}
	return complaint.Fold(facts), nil
}

// record appends facts to a case, all with the instant of this act, and settles it.
func (d *desk) record(id complaint.CaseID, facts ...complaint.Fact) (complaint.Case, error) {
	for i := range facts {
		facts[i].At = d.now
		if facts[i].On.IsZero() {
			facts[i].On = d.today()
		}
	}
	if _, err := d.tx.Append(id, facts...); err != nil {
		return complaint.Case{}, fmt.Errorf("record in %s: %w", id, err)
	}
	return d.settle(id)
}

// settle queues what the duties of a case owe and withdraws what they no longer do. It may be repeated at will: a row of
// the outbox is unique by its duty.
func (d *desk) settle(id complaint.CaseID) (complaint.Case, error) {
	c, err := d.load(id)
	if err != nil {
		return c, err
	}
	owed := map[string]bool{}
	for _, dep := range complaint.Plan(c, d.now, d.Policy) {
		if !dep.Ready() {
			continue
		}
		row := d.rowFor(c, dep)
		owed[row.Key] = true
		row.QueuedAt = d.now
		if _, err := d.tx.Queue(row); err != nil {
			return c, fmt.Errorf("queue %s: %w", row.Key, err)
		}
	}
	if err := d.withdrawUnowed(id, owed); err != nil {
		return c, err
	}
	ended := complaint.Ended(c, d.today())
	if err := d.tx.SetWake(id, complaint.Next(c, d.now, d.Policy), ended); err != nil {
		return c, fmt.Errorf("plan %s: %w", id, err)
	}
	return c, nil
}

// withdrawUnowed takes back queued letters that the facts no longer ask for: undone, held, or met otherwise.
func (d *desk) withdrawUnowed(id complaint.CaseID, owed map[string]bool) error {
	rows, err := d.tx.QueuedOf(id)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Raw != nil || r.ToHandler || owed[r.Key] {
			continue
		}
		if err := d.tx.Withdraw(r.Key); err != nil {
			return err
		}
	}
	return nil
}

// rowFor is the row of the outbox for a letter. One to be posted goes to the handler, to be printed.
func (d *desk) rowFor(c complaint.Case, dep complaint.Departure) db.Row {
	row := db.Row{
		Key:       departureKey(dep),
		Case:      c.Opening.Number,
		Letter:    dep.Letter,
		Meets:     dep.Meets,
		Variant:   dep.Variant,
		Promised:  dep.Promised,
		To:        dep.To.Mail,
		Lang:      dep.Lang,
		NotBefore: dep.NotBefore,
	}
	if dep.Channel == complaint.ByPost {
		row.To = d.handlerOf(c).Email
	}
	return row
}

// departureKey is the key of a letter in the outbox; of one to be posted another, so that it goes anew when an address for
// mail turns up before it left.
func departureKey(dep complaint.Departure) string {
	if dep.Channel == complaint.ByPost {
		return toPrint + rowKey(dep.Meets[0])
	}
	return rowKey(dep.Meets[0])
}

// rowKey is the key by which a letter is unique in the outbox.
func rowKey(k complaint.Key) string {
	return fmt.Sprintf("%s/%s/%d/%d", k.Case, k.Kind, k.Party, k.Round)
}
