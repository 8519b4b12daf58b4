package db

import (
	"fmt"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// RowState says how far a row of the outbox is.
type RowState string

const (
	RowQueued    RowState = "queued"
	RowSending   RowState = "sending"   // claimed, and certainly not out yet
	RowInDoubt   RowState = "in_doubt"  // the final dot was about to be sent: it may be out
	RowAccepted  RowState = "accepted"  // the server took it; final
	RowFailed    RowState = "failed"    // the server never will
	RowWithdrawn RowState = "withdrawn" // not to be sent after all
	RowHeld      RowState = "held"      // waits for a person
)

// Row is one mail that klachtd decided to send, to one recipient, with what became of it. Message-IDs stand without angle
// brackets.
type Row struct {
	ID        int64
	Key       string // unique: K2026-0007/acknowledgement/1/1, or daily/2026-11-16/noor@example.nl
	Case      complaint.CaseID
	Letter    string
	Meets     []complaint.Key
	Variant   string
	Promised  calendar.Date
	To        string
	Lang      string
	ToHandler bool // goes before letters to people
	NotBefore time.Time
	QueuedAt  time.Time

	State      RowState
	Attempts   int
	Doubts     int // attempts that came as far as the final dot and got no answer that settles it
	NextTry    time.Time
	DoubtAt    time.Time // when the final dot was last about to be sent
	AcceptedAt time.Time
	MessageID  string
	Raw        []byte // nil until it is frozen, at the first attempt
	Hash       string // hex SHA-256 of Raw
	Copied     bool   // a copy lies in the Sent folder

	Evidence // of the answer that settled it; its At is left out
}

// Evidence is what the mail server said.
type Evidence struct {
	Code   int
	Reply  string
	Server string
	TLS    string
	At     time.Time // when it was known
}

// Queue decides a letter; when it has Raw, its bytes are frozen at once. A key is queued once: for a key that is there
// already nothing is done, except that a row whose bytes are not made yet takes over what it says and when it may leave.
func (tx *Tx) Queue(r Row) (isNew bool, err error) {
	args := []any{orNull(r.Case), r.Letter, asJSON(r.Meets), r.Variant, day(r.Promised), r.To, r.Lang, r.ToHandler,
		instant(r.NotBefore), r.MessageID, r.Key}
	n, err := tx.exec(`
		INSERT INTO outbox (case_id, letter, meets, variant, promised, recipient, lang, to_handler, not_before, message_id, key,
			queued_at, state)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (key) DO NOTHING`,
		append(args[:len(args):len(args)], instant(r.QueuedAt), orElse(r.State, RowQueued))...)
	if err == nil && n == 0 {
		_, err = tx.exec(`
			UPDATE outbox
			SET (case_id, letter, meets, variant, promised, recipient, lang, to_handler, not_before, message_id)
				= (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
			WHERE key = ?11 AND state IN ('queued', 'held')
				AND (case_id, letter, meets, variant, promised, recipient, lang, to_handler, not_before, message_id)
					IS NOT (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
				AND NOT EXISTS (SELECT 1 FROM frozen WHERE row = outbox.id)`, args...)
	}
	if err == nil && n == 1 && r.Raw != nil {
		err = tx.freezeNew(r)
	}
	if err != nil {
		return false, fmt.Errorf("queue %s: %w", r.Key, err)
	}
	return n == 1, nil
}

func (tx *Tx) freezeNew(r Row) error {
	found, err := tx.one(`SELECT id FROM outbox WHERE key = ?`, []any{r.Key}, &r.ID)
	if err := mustFind(found, err, "find the row"); err != nil {
		return err
	}
	return tx.Freeze(r)
}

// Withdraw takes a decision back, as long as the bytes are not made: the row is gone. Later it does nothing.
func (tx *Tx) Withdraw(key string) error {
	_, err := tx.exec(`
		DELETE FROM outbox
		WHERE key = ? AND state IN ('queued', 'held')
			AND NOT EXISTS (SELECT 1 FROM frozen WHERE row = outbox.id)`, key)
	return err
}

// NextRow gives the row to send now: of those due, mails to handlers before letters to people, the longest due first. A row
// somebody else claimed is due again when its claim lapses, one in doubt when it was long enough.
func (tx *Tx) NextRow(now time.Time) (Row, bool, error) {
	for _, toHandler := range []bool{true, false} {
		r, found, err := tx.row(`WHERE o.to_handler = ? AND o.due <= ? ORDER BY o.due, o.id LIMIT 1`, toHandler, instant(now))
		if err != nil || found {
			return r, found, err
		}
	}
	return Row{}, false, nil
}

// NextRowAt is when the first row falls due; zero for never.
func (tx *Tx) NextRowAt() (at time.Time, err error) {
	for _, toHandler := range []bool{true, false} {
		var t time.Time
		_, err := tx.one(`
			SELECT min(due)
			FROM outbox
			WHERE to_handler = ? AND due IS NOT NULL`,
			[]any{toHandler}, intoInstant(&t))
		if err != nil {
			return time.Time{}, err
		}
		if at.IsZero() || !t.IsZero() && t.Before(at) {
			at = t
		}
	}
	return at, nil
}

// QueuedOf lists what is still to go out in a case, mails to handlers included: queued, held, sending or in doubt.
func (tx *Tx) QueuedOf(c complaint.CaseID) ([]Row, error) {
	return tx.rows(`WHERE o.case_id = ? AND o.state IN ('queued', 'held', 'sending', 'in_doubt') ORDER BY o.id`, c)
}

// LettersOf lists all rows of a case, whatever became of them, mails to handlers included.
func (tx *Tx) LettersOf(c complaint.CaseID) ([]Row, error) {
	return tx.rows(`WHERE o.case_id = ? ORDER BY o.id`, c)
}

// WaitingRows lists all that is to go out by itself, the first due first.
func (tx *Tx) WaitingRows() ([]Row, error) {
	return tx.rows(`WHERE o.due IS NOT NULL ORDER BY o.due, o.id`)
}

// HeldRows lists the rows that wait for a person.
func (tx *Tx) HeldRows() ([]Row, error) {
	return tx.rows(`WHERE o.state = 'held' ORDER BY o.id`)
}

// Uncopied lists the rows accepted before an instant of which no copy was seen in the Sent folder.
func (tx *Tx) Uncopied(before time.Time) ([]Row, error) {
	return tx.rows(`WHERE o.state = 'accepted' AND o.copied = 0 AND o.accepted_at < ? ORDER BY o.accepted_at`, instant(before))
}

// Row gives a row that exists.
func (tx *Tx) Row(id int64) (Row, error) {
	r, found, err := tx.row(`WHERE o.id = ?`, id)
	return r, mustFind(found, err, "read letter %d", id)
}

// RowByMessageID gives the row that went, or goes, out under a Message-ID.
func (tx *Tx) RowByMessageID(id string) (Row, bool, error) {
	if id == "" {
		return Row{}, false, nil
	}
	return tx.row(`WHERE o.message_id = ?`, id)
}

const rowColumns = `
	SELECT o.id, o.key, coalesce(o.case_id, ''), o.letter, o.meets, o.variant, o.promised, o.recipient, o.lang, o.to_handler,
		o.not_before, o.queued_at, o.state, o.attempts, o.doubts, o.next_try, o.doubt_at, o.accepted_at, o.message_id,
		f.raw, coalesce(f.hash, ''), o.copied, o.code, o.reply, o.server, o.tls
	FROM outbox o
	LEFT JOIN frozen f ON f.row = o.id `

func (tx *Tx) rows(where string, args ...any) ([]Row, error) {
	return list(tx, scanRow, rowColumns+where, args...)
}

func (tx *Tx) row(where string, args ...any) (Row, bool, error) {
	all, err := tx.rows(where, args...)
	if err != nil || len(all) == 0 {
		return Row{}, false, err
	}
	return all[0], true, nil
}

func scanRow(s scanner) (r Row, err error) {
	err = s.Scan(&r.ID, &r.Key, &r.Case, &r.Letter, intoJSON(&r.Meets), &r.Variant, intoDay(&r.Promised), &r.To, &r.Lang,
		&r.ToHandler, intoInstant(&r.NotBefore), intoInstant(&r.QueuedAt), &r.State, &r.Attempts, &r.Doubts,
		intoInstant(&r.NextTry), intoInstant(&r.DoubtAt), intoInstant(&r.AcceptedAt), &r.MessageID, &r.Raw, &r.Hash, &r.Copied,
		&r.Code, &r.Reply, &r.Server, &r.TLS)
	return r, err
}
