package db

import (
	"klachtd/calendar"
	"klachtd/complaint"
)

// CandidateState says what became of a candidate.
type CandidateState string

const (
	CandidateOpen      CandidateState = "open"
	CandidateCase      CandidateState = "case"      // it became a case
	CandidateDismissed CandidateState = "dismissed" // the handler said it is no complaint
	CandidateExpired   CandidateState = "expired"   // a near miss that was told, and nobody answered
)

// Candidate is a mail that may be a complaint, or nearly looked like one, and waits for the handler's word.
type Candidate struct {
	Mail     complaint.MailID
	Received calendar.Date
	From     complaint.Address
	Subject  string
	Excerpt  string
	Verdict  complaint.Verdict
	Near     bool // a near miss, for the digest only
	State    CandidateState
	Case     complaint.CaseID
	AskedOn  calendar.Date // the day the handler was first asked; zero when not yet
}

// AddCandidate keeps a candidate; its mail must have been kept before. As long as it is open, adding it again replaces it.
func (tx *Tx) AddCandidate(c Candidate) error {
	_, err := tx.exec(`
		INSERT INTO candidate (mail, received, from_name, from_mail, subject, excerpt, verdict, near, state, case_id, asked_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (mail) DO UPDATE
		SET received = excluded.received, from_name = excluded.from_name, from_mail = excluded.from_mail,
			subject = excluded.subject, excerpt = excluded.excerpt, verdict = excluded.verdict, near = excluded.near,
			asked_on = excluded.asked_on
		WHERE candidate.state = 'open'`,
		c.Mail, day(c.Received), c.From.Name, c.From.Mail, c.Subject, c.Excerpt, asJSON(c.Verdict), c.Near,
		orElse(c.State, CandidateOpen), c.Case, day(c.AskedOn))
	return mustTouch(1, err, "add candidate %.12s", c.Mail)
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

// SettleCandidate records what became of a candidate, and the case it became or belongs to. The handler may change her mind.
func (tx *Tx) SettleCandidate(id complaint.MailID, s CandidateState, c complaint.CaseID) error {
	n, err := tx.exec(`
		UPDATE candidate
		SET state = ?, case_id = ?
		WHERE mail = ?`, s, c, id)
	return mustTouch(n, err, "settle candidate %.12s", id)
}

const candidateColumns = `
	SELECT c.mail, c.received, c.from_name, c.from_mail, c.subject, c.excerpt, c.verdict, c.near, c.state, c.case_id, c.asked_on
	FROM candidate c
	JOIN mail m ON m.id = c.mail `

func candidate(s scanner) (c Candidate, err error) {
	err = s.Scan(&c.Mail, intoDay(&c.Received), &c.From.Name, &c.From.Mail, &c.Subject, &c.Excerpt, intoJSON(&c.Verdict),
		&c.Near, &c.State, &c.Case, intoDay(&c.AskedOn))
	return c, err
}
