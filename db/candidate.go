package db

import (
	"fmt"

	"klachtd/complaint"
)

// CandidateState says what became of a candidate.
type CandidateState string

const (
	CandidateOpen      CandidateState = "open"
	CandidateCase      CandidateState = "case"      // it became a case
	CandidateDismissed CandidateState = "dismissed" // the handler said it is no complaint
	CandidateListed    CandidateState = "listed"    // a near miss that the digest named; nothing more is asked
)

// Candidate is a mail that may be a complaint, or nearly looked like one, and waits for the handler's word.
type Candidate struct {
	Mail      complaint.MailID
	MessageID string
	Opening   complaint.Opened // how its case begins, should it become one
	Near      bool             // a near miss, for the digest only
	State     CandidateState   // open when left empty
	Case      complaint.CaseID // the case it became
}

// AddCandidate keeps a candidate; its mail must have been kept before. As long as it is open, adding it again replaces it.
func (tx *Tx) AddCandidate(c Candidate) error {
	_, err := tx.exec(`
		INSERT INTO candidate (mail, received, message_id, opening, near, state, case_id)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (mail) DO UPDATE
		SET received = excluded.received, message_id = excluded.message_id, opening = excluded.opening, near = excluded.near
		WHERE candidate.state = 'open'`,
		c.Mail, day(c.Opening.Received), c.MessageID, asJSON(c.Opening), c.Near, orElse(c.State, CandidateOpen), c.Case)
	if err != nil {
		return fmt.Errorf("add candidate %.12s: %w", c.Mail, err)
	}
	return nil
}

// OpenCandidates lists the candidates that wait, near misses included, the oldest first.
func (tx *Tx) OpenCandidates() ([]Candidate, error) {
	return list(tx, candidate, candidateColumns+`WHERE c.state = 'open' ORDER BY c.received, m.n`)
}

// Candidate gives the candidate that a mail is, settled or not.
func (tx *Tx) Candidate(id complaint.MailID) (Candidate, bool, error) {
	all, err := list(tx, candidate, candidateColumns+`WHERE c.mail = ?`, id)
	if err != nil || len(all) == 0 {
		return Candidate{}, false, err
	}
	return all[0], true, nil
}

// SettleCandidate records what became of a candidate, and the case it became. Its mail goes with it: into the case, or among
// the ordinary mails, whose bytes are let go in time. The handler may change her mind.
func (tx *Tx) SettleCandidate(id complaint.MailID, s CandidateState, c complaint.CaseID) error {
	n, err := tx.exec(`
		UPDATE candidate
		SET state = ?, case_id = ?
		WHERE mail = ?`, s, c, id)
	if err := mustTouch(n, err, "settle candidate %.12s", id); err != nil {
		return err
	}
	state := MailIgnored
	if s == CandidateCase {
		state = MailHandled
	}
	_, err = tx.exec(`
		UPDATE mail
		SET state = ?, case_id = ?
		WHERE id = ? AND state IN ('handled', 'ignored')`, state, c, id)
	return err
}

const candidateColumns = `
	SELECT c.mail, c.message_id, c.opening, c.near, c.state, c.case_id
	FROM candidate c
	JOIN mail m ON m.id = c.mail `

func candidate(s scanner) (c Candidate, err error) {
	err = s.Scan(&c.Mail, &c.MessageID, intoJSON(&c.Opening), &c.Near, &c.State, &c.Case)
	return c, err
}
