package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
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
	Outcome   RowState  // accepted, failed, in_doubt; queued when it is tried again
	Evidence            // At is when it ended
}

// Freeze makes the bytes of a row final, before its first attempt. The same bytes again are fine, others are an error.
func (tx *Tx) Freeze(id int64, messageID string, raw []byte) error {
	sum := sha256.Sum256(raw)
	hash := hex.EncodeToString(sum[:])
	n, err := tx.exec(`
		INSERT INTO frozen (row, hash, raw)
		VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`, id, hash, bytesOf(raw))
	if err == nil && n == 0 {
		return tx.sameBytes(id, hash)
	}
	if err == nil {
		_, err = tx.exec(`
			UPDATE outbox
			SET message_id = ?
			WHERE id = ?`, messageID, id)
	}
	if err != nil {
		return fmt.Errorf("freeze letter %d: %w", id, err)
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

// MarkDoubt records that all but the final dot has been sent. Until Finish, Retry or Doubtful the letter may be out.
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

// Finish settles a row: accepted, failed, withdrawn, or held for a person to decide. Saying again that it was accepted does
// nothing; nothing else can be said of it then.
func (tx *Tx) Finish(id int64, state RowState, e Evidence) error {
	switch state {
	case Accepted, Failed, Withdrawn, Held:
	default:
		return fmt.Errorf("finish letter %d: %s is no end", id, state)
	}
	var acceptedAt any
	if state == Accepted {
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
	if state != Accepted {
		return fmt.Errorf("finish letter %d as %s: it was accepted", id, state)
	}
	return nil
}

// Retry ends an attempt that the server certainly did not accept; the same bytes are due again at next.
func (tx *Tx) Retry(id int64, next time.Time, e Evidence) error {
	return tx.again(id, Queued, next, e)
}

// Doubtful ends an attempt that got no answer after the final dot: the row stays in doubt, and is due again at next.
func (tx *Tx) Doubtful(id int64, next time.Time, e Evidence) error {
	return tx.again(id, InDoubt, next, e)
}

func (tx *Tx) again(id int64, state RowState, next time.Time, e Evidence) error {
	n, err := tx.exec(`
		UPDATE outbox
		SET state = ?, next_try = ?
		WHERE id = ? AND state IN ('sending', 'in_doubt')`, state, instant(next), id)
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

// Release lets held rows go: they are queued again, with the bytes they have. Without ids, all of them.
func (tx *Tx) Release(ids ...int64) error {
	if len(ids) == 0 {
		_, err := tx.exec(`UPDATE outbox SET state = 'queued', next_try = NULL WHERE state = 'held'`)
		return err
	}
	for _, id := range ids {
		n, err := tx.exec(`UPDATE outbox SET state = 'queued', next_try = NULL WHERE id = ? AND state = 'held'`, id)
		if err := mustTouch(n, err, "release letter %d", id); err != nil {
			return err
		}
	}
	return nil
}

// HoldAll holds every row that is still to go out, and says how many: after a restore nobody knows what went out since.
func (tx *Tx) HoldAll() (int, error) {
	return tx.exec(`UPDATE outbox SET state = 'held', next_try = NULL WHERE due IS NOT NULL`)
}

// MarkCopied records that a copy of a letter lies in the Sent folder.
func (tx *Tx) MarkCopied(id int64) error {
	n, err := tx.exec(`UPDATE outbox SET copied = 1 WHERE id = ?`, id)
	return mustTouch(n, err, "mark letter %d copied", id)
}

// Attempts lists every try to send a row, in order.
func (tx *Tx) Attempts(id int64) ([]Attempt, error) {
	return list(tx, tx.attempt, `
		SELECT n, claimed_at, doubt_at, ended_at, outcome, code, reply, server, tls
		FROM attempt
		WHERE row = ?
		ORDER BY n`, id)
}

func (tx *Tx) attempt(s scanner) (a Attempt, err error) {
	err = s.Scan(&a.N, tx.instant(&a.ClaimedAt), tx.instant(&a.DoubtAt), tx.instant(&a.At), &a.Outcome, &a.Code, &a.Reply,
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
