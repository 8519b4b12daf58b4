package db

import (
	"fmt"
	"time"

	"klachtd/complaint"
)

// Cases lists all cases, in the order of their numbers.
func (tx *Tx) Cases() ([]complaint.CaseID, error) {
	return list(tx, single[complaint.CaseID], `
		SELECT id
		FROM cases
		ORDER BY year, n`)
}

// OpenCases lists the cases that have not ended, in the order of their numbers.
func (tx *Tx) OpenCases() ([]complaint.CaseID, error) {
	return list(tx, single[complaint.CaseID], `
		SELECT id
		FROM cases
		WHERE ended = 0
		ORDER BY year, n`)
}

// CasesOf lists the cases in which a mail address is the complainant's, in the order of their numbers.
func (tx *Tx) CasesOf(mailAddress string) ([]complaint.CaseID, error) {
	return list(tx, single[complaint.CaseID], `
		SELECT id
		FROM cases
		WHERE complainant = ? AND complainant <> ''
		ORDER BY year, n`, complaint.BareMail(mailAddress))
}

// SetWake records when something is next to be done in a case: the zero time for never. It follows from the facts, and
// so does ended.
func (tx *Tx) SetWake(c complaint.CaseID, at time.Time, ended bool) error {
	n, err := tx.exec(`
		UPDATE cases
		SET wake = ?, ended = ?
		WHERE id = ?`, instant(at), ended, c)
	return mustTouch(n, err, "set case %s to wake", c)
}

// Due lists the cases in which something is to be done by now, the longest due first.
func (tx *Tx) Due(now time.Time, limit int) ([]complaint.CaseID, error) {
	return list(tx, single[complaint.CaseID], `
		SELECT id
		FROM cases
		WHERE wake <= ?
		ORDER BY wake
		LIMIT ?`, instant(now), limit)
}

// NextWake is the first instant at which something is to be done in any case; zero for never.
func (tx *Tx) NextWake() (at time.Time, err error) {
	_, err = tx.one(`
		SELECT min(wake)
		FROM cases
		WHERE wake IS NOT NULL`, nil, intoInstant(&at))
	return at, err
}

// Thread says which case a Message-ID belongs to, without angle brackets. No Message-ID belongs to no case.
func (tx *Tx) Thread(messageID string) (c complaint.CaseID, known bool, err error) {
	known, err = tx.one(`
		SELECT case_id
		FROM thread
		WHERE message_id = ?`,
		[]any{messageID}, &c)
	return c, known, err
}

// SetThread makes a Message-ID belong to a case; the last word counts. Without a Message-ID it does nothing: mails that have
// none have nothing in common.
func (tx *Tx) SetThread(messageID string, c complaint.CaseID) error {
	if messageID == "" {
		return nil
	}
	_, err := tx.exec(`
		INSERT INTO thread (message_id, case_id)
		VALUES (?, ?)
		ON CONFLICT (message_id) DO UPDATE
		SET case_id = excluded.case_id`,
		messageID, c)
	if err != nil {
		return fmt.Errorf("file a message under case %s: %w", c, err)
	}
	return nil
}

// Get gives a single value; "" when it was never set.
func (tx *Tx) Get(name string) (value string, err error) {
	_, err = tx.one(`
		SELECT value
		FROM meta
		WHERE name = ?`,
		[]any{name}, &value)
	return value, err
}

// Set keeps a single value.
func (tx *Tx) Set(name, value string) error {
	_, err := tx.exec(`
		INSERT INTO meta (name, value)
		VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE
		SET value = excluded.value`,
		name, value)
	return err
}

// LastFactAt is when the newest fact of any case was recorded; zero when there is none.
func (tx *Tx) LastFactAt() (at time.Time, err error) {
	_, err = tx.one(`SELECT max(recorded_at) FROM fact`, nil, intoInstant(&at))
	return at, err
}
