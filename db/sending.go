package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"klachtd/complaint"
)

const (
	// claimLapses is how long a claimed row is left to who claimed it: longer than any attempt takes.
	claimLapses = 30 * time.Minute
	// doubtLasts is how long our own copy of a letter in doubt is looked for before it is due again.
	doubtLasts = 15 * time.Minute
)

// Attempt is one try to send a row. It has no EndedAt when it never ended: klachtd was killed.
type Attempt struct {
	N         int // 1, 2, 3, ...
	ClaimedAt time.Time
	DoubtAt   time.Time // when the final dot was about to be sent; zero when it did not come that far
	Outcome   RowState  // accepted, failed, in_doubt; queued when it is to be tried again
	Evidence            // At is when it ended
}

// Freeze makes the bytes of a row final, before its first attempt: its Raw and MessageID, and what that text meets,
// promises and is sent to. The same bytes again are fine, others are an error.
func (tx *Tx) Freeze(r Row) error {
	sum := sha256.Sum256(r.Raw)
	hash := hex.EncodeToString(sum[:])
	n, err := tx.exec(`
		INSERT INTO frozen (row, hash, raw)
		VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`, r.ID, hash, bytesOf(r.Raw))
	if err == nil && n == 0 {
		return tx.sameBytes(r.ID, hash)
	}
	if err == nil {
		_, err = tx.exec(`
			UPDATE outbox
			SET message_id = ?, meets = ?, variant = ?, promised = ?, recipient = ?
			WHERE id = ?`,
			r.MessageID, asJSON(r.Meets), r.Variant, day(r.Promised), r.To, r.ID)
	}
	if err != nil {
		return fmt.Errorf("freeze letter %d: %w", r.ID, err)
	}
	return nil
}

func (tx *Tx) sameBytes(id int64, hash string) error {
	var frozen string
	found, err := tx.one(`SELECT hash FROM frozen WHERE row = ?`, []any{id}, &frozen)
	if err := mustFind(found, err, "freeze letter %d", id); err != nil {
		return err
	}
	if frozen != hash {
		return fmt.Errorf("freeze letter %d: it was frozen with other bytes", id)
	}
	return nil
}

// Claim begins an attempt. It is an error when the row is not one NextRow gave, or has no bytes.
func (tx *Tx) Claim(id int64, now time.Time) error {
	var n int
	found, err := tx.one(`
		UPDATE outbox
		SET state = 'sending', attempts = attempts + 1, next_try = ?
		WHERE id = ? AND due <= ? AND EXISTS (SELECT 1 FROM frozen WHERE row = outbox.id)
		RETURNING attempts`,
		[]any{instant(now.Add(claimLapses)), id, instant(now)}, &n)
	if err := mustFind(found, err, "claim letter %d", id); err != nil {
		return err
	}
	_, err = tx.exec(`
		INSERT INTO attempt (row, n, claimed_at)
		VALUES (?, ?, ?)`, id, n, instant(now))
	return err
}

// MarkDoubt records that all but the final dot has been sent. Until Finish, Retry or RetryDoubt the letter may be out.
func (tx *Tx) MarkDoubt(id int64, now time.Time) error {
	n, err := tx.exec(`
		UPDATE outbox
		SET state = 'in_doubt', doubts = doubts + 1, doubt_at = ?, next_try = ?
		WHERE id = ? AND state = 'sending'`,
		instant(now), instant(now.Add(doubtLasts)), id)
	if err := mustTouch(n, err, "mark letter %d in doubt", id); err != nil {
		return err
	}
	_, err = tx.exec(`
		UPDATE attempt
		SET doubt_at = ?1
		WHERE row = ?2 AND n = (SELECT attempts FROM outbox WHERE id = ?2)`, instant(now), id)
	return err
}

// Finish settles a row: accepted, failed or withdrawn. Saying again that it was accepted does nothing; nothing else can be
// said of it then.
func (tx *Tx) Finish(id int64, state RowState, e Evidence) error {
	switch state {
	case RowAccepted, RowFailed, RowWithdrawn:
	default:
		return fmt.Errorf("finish letter %d: %s is no end", id, state)
	}
	var acceptedAt any
	if state == RowAccepted {
		acceptedAt = instant(e.At)
	}
	n, err := tx.exec(`
		UPDATE outbox
		SET state = ?1, next_try = NULL, code = ?2, reply = ?3, server = ?4, tls = ?5, accepted_at = ?6
		WHERE id = ?7 AND state <> 'accepted'`,
		state, e.Code, e.Reply, e.Server, e.TLS, acceptedAt, id)
	if err == nil && n == 0 {
		return tx.acceptedBefore(id, state)
	}
	if err != nil {
		return fmt.Errorf("finish letter %d: %w", id, err)
	}
	return tx.endAttempt(id, state, e)
}

func (tx *Tx) acceptedBefore(id int64, state RowState) error {
	var now RowState
	found, err := tx.one(`SELECT state FROM outbox WHERE id = ?`, []any{id}, &now)
	if err := mustFind(found, err, "finish letter %d", id); err != nil {
		return err
	}
	if state != RowAccepted {
		return fmt.Errorf("finish letter %d as %s: it was accepted", id, state)
	}
	return nil
}

// Retry ends an attempt that the server certainly did not accept; the same bytes are due again at next.
func (tx *Tx) Retry(id int64, next time.Time, e Evidence) error {
	return tx.again(id, RowQueued, next, e)
}

// RetryDoubt ends an attempt that got no answer after the final dot: the row stays in doubt, and is due again at next.
func (tx *Tx) RetryDoubt(id int64, next time.Time, e Evidence) error {
	return tx.again(id, RowInDoubt, next, e)
}

func (tx *Tx) again(id int64, state RowState, next time.Time, e Evidence) error {
	n, err := tx.exec(`
		UPDATE outbox
		SET doubts = doubts - (state = 'in_doubt' AND ?1 = 'queued'), state = ?1, next_try = ?2
		WHERE id = ?3 AND state IN ('sending', 'in_doubt')`, state, instant(next), id)
	if err := mustTouch(n, err, "retry letter %d", id); err != nil {
		return err
	}
	return tx.endAttempt(id, state, e)
}

// endAttempt writes down how the last attempt ended. What is learnt after that does not change it.
func (tx *Tx) endAttempt(id int64, outcome RowState, e Evidence) error {
	_, err := tx.exec(`
		UPDATE attempt
		SET ended_at = ?1, outcome = ?2, code = ?3, reply = ?4, server = ?5, tls = ?6
		WHERE row = ?7 AND n = (SELECT attempts FROM outbox WHERE id = ?7) AND ended_at IS NULL`,
		instant(e.At), outcome, e.Code, e.Reply, e.Server, e.TLS, id)
	return err
}

// HoldRow leaves a row to a person, and says why; it is not due until Release or ReleaseStopped.
func (tx *Tx) HoldRow(id int64, why string) error {
	n, err := tx.exec(`
		UPDATE outbox
		SET state = 'held', next_try = NULL, reply = ?
		WHERE id = ? AND due IS NOT NULL`, why, id)
	return mustTouch(n, err, "hold letter %d", id)
}

// Release lets a held row go: it is queued again, with the bytes it has.
func (tx *Tx) Release(id int64) error {
	n, err := tx.exec(`
		UPDATE outbox
		SET state = 'queued', reply = ''
		WHERE id = ? AND state = 'held'`, id)
	return mustTouch(n, err, "release letter %d", id)
}

// ReleaseStopped queues again the letters of a case that were held before their bytes were made, because their text lacked
// something: a new fact may have brought it.
func (tx *Tx) ReleaseStopped(c complaint.CaseID) error {
	_, err := tx.exec(`
		UPDATE outbox
		SET state = 'queued', reply = ''
		WHERE case_id = ? AND state = 'held'
			AND NOT EXISTS (SELECT 1 FROM frozen WHERE row = outbox.id)`, c)
	return err
}

// Copied records that a copy of a letter lies in the Sent folder.
func (tx *Tx) Copied(id int64) error {
	n, err := tx.exec(`UPDATE outbox SET copied = 1 WHERE id = ?`, id)
	return mustTouch(n, err, "mark letter %d copied", id)
}

// Attempts lists every try to send a row, in order.
func (tx *Tx) Attempts(id int64) ([]Attempt, error) {
	return list(tx, attempt, `
		SELECT n, claimed_at, doubt_at, ended_at, outcome, code, reply, server, tls
		FROM attempt
		WHERE row = ?
		ORDER BY n`, id)
}

func attempt(s scanner) (a Attempt, err error) {
	err = s.Scan(&a.N, intoInstant(&a.ClaimedAt), intoInstant(&a.DoubtAt), intoInstant(&a.At), &a.Outcome, &a.Code, &a.Reply,
		&a.Server, &a.TLS)
	return a, err
}

// recover runs when a daemon starts: who had claimed a row is gone, and it was not sent.
func (tx *Tx) recover() error {
	_, err := tx.exec(`
		UPDATE outbox
		SET state = 'queued', next_try = NULL
		WHERE due IS NOT NULL AND state = 'sending'`)
	return err
}
