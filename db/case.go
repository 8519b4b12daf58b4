package db

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"klachtd/complaint"
)

// NextNumber gives out the next case number of a year. It is given out for good when the transaction is committed.
func (tx *Tx) NextNumber(year int) (complaint.CaseID, error) {
	var n int
	_, err := tx.one(`
		INSERT INTO number (year, last)
		VALUES (?, 1)
		ON CONFLICT (year) DO UPDATE
		SET last = last + 1
		RETURNING last`,
		[]any{year}, &n)
	return complaint.CaseID(fmt.Sprintf("K%04d-%04d", year, n)), err
}

// Append adds facts to a case, in order, and gives them back as they were stored: with their Seq, and At to the
// millisecond. The first fact of a case is Opened.
func (tx *Tx) Append(c complaint.CaseID, facts ...complaint.Fact) ([]complaint.Fact, error) {
	last, err := tx.lastLink(c)
	if err != nil {
		return nil, fmt.Errorf("add to case %s: %w", c, err)
	}
	if last.seq == 0 && len(facts) > 0 {
		if err := tx.openCase(c, facts[0]); err != nil {
			return nil, fmt.Errorf("open case %s: %w", c, err)
		}
	}
	stored := make([]complaint.Fact, 0, len(facts))
	for _, f := range facts {
		f.Seq = last.seq + 1
		f.At = f.At.Truncate(time.Millisecond).UTC()
		if last, err = tx.appendFact(c, f, last.hash); err != nil {
			return nil, fmt.Errorf("add to case %s: %w", c, err)
		}
		stored = append(stored, f)
	}
	return stored, nil
}

func (tx *Tx) lastLink(c complaint.CaseID) (l link, err error) {
	_, err = tx.one(`
		SELECT seq, hash
		FROM fact
		WHERE case_id = ?
		ORDER BY seq DESC
		LIMIT 1`,
		[]any{c}, &l.seq, &l.hash)
	return l, err
}

// openCase makes the row of a new case. It is due at once, so that a case nobody set to wake is not forgotten.
func (tx *Tx) openCase(c complaint.CaseID, f complaint.Fact) error {
	opened, ok := f.Body.(complaint.Opened)
	if !ok {
		return fmt.Errorf("its first fact is %T, want complaint.Opened", f.Body)
	}
	if opened.Received.IsZero() {
		return errors.New("it has no date of receipt")
	}
	var year, n int
	if _, err := fmt.Sscanf(string(c), "K%4d-%d", &year, &n); err != nil {
		return fmt.Errorf("its number does not look like K2026-0007: %w", err)
	}
	_, err := tx.exec(`
		INSERT INTO cases (id, year, n, complainant, wake)
		VALUES (?, ?, ?, ?, ?)`,
		c, year, n, complaint.BareMail(opened.Complainant.Mail), instant(f.At))
	return err
}

func (tx *Tx) appendFact(c complaint.CaseID, f complaint.Fact, previous []byte) (link, error) {
	kind, body, err := complaint.EncodeBody(f.Body)
	if err != nil {
		return link{}, err
	}
	l := link{seq: f.Seq, on: f.On.String(), at: text(instant(f.At)), actor: string(f.By), mail: string(f.Mail), kind: kind}
	l.salt = make([]byte, 16)
	rand.Read(l.salt)
	l.digest = l.bodyDigest(body)
	l.hash = l.chain(c, previous)
	_, err = tx.exec(`
		INSERT INTO fact (case_id, seq, happened_on, recorded_at, actor, mail, kind, body, salt, digest, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c, l.seq, orNull(l.on), orNull(l.at), l.actor, l.mail, l.kind, string(body), l.salt, l.digest, l.hash)
	return l, err
}

// Facts gives all facts of a case, in order; none when there is no such case.
func (tx *Tx) Facts(c complaint.CaseID) ([]complaint.Fact, error) {
	facts, err := list(tx, fact, `
		SELECT seq, happened_on, recorded_at, actor, mail, kind, body
		FROM fact
		WHERE case_id = ?
		ORDER BY seq`, c)
	if err != nil {
		return nil, fmt.Errorf("facts of case %s: %w", c, err)
	}
	return facts, nil
}

func fact(s scanner) (f complaint.Fact, err error) {
	var kind string
	var body []byte
	err = s.Scan(&f.Seq, intoDay(&f.On), intoInstant(&f.At), &f.By, &f.Mail, &kind, &body)
	if err != nil {
		return f, err
	}
	f.Body, err = complaint.DecodeBody(kind, body)
	return f, err
}

// link is a fact as it hangs in the chain, all as stored.
type link struct {
	seq                       int
	on, at, actor, mail, kind string
	salt, digest, hash        []byte
}

// bodyDigest needs the salt, so that an erased body cannot be guessed from what stays.
func (l *link) bodyDigest(body []byte) []byte {
	h := sha256.New()
	h.Write(l.salt)
	h.Write(body)
	return h.Sum(nil)
}

// chain is the hash over the previous hash and all of this fact but its body, which stands for itself by its digest.
func (l *link) chain(c complaint.CaseID, previous []byte) []byte {
	h := sha256.New()
	h.Write(previous)
	for _, s := range []string{string(c), strconv.Itoa(l.seq), l.on, l.at, l.actor, l.mail, l.kind} {
		io.WriteString(h, strconv.Itoa(len(s))+":"+s+",")
	}
	h.Write(l.digest)
	return h.Sum(nil)
}

// VerifyChain says whether the facts of a case are still what was recorded. Bodies that were erased do not break it.
func (tx *Tx) VerifyChain(c complaint.CaseID) error {
	rows, err := tx.tx.Query(`
		SELECT seq, happened_on, recorded_at, actor, mail, kind, body, salt, digest, hash
		FROM fact
		WHERE case_id = ?
		ORDER BY seq`, c)
	if err != nil {
		return err
	}
	defer rows.Close()
	var previous []byte
	for n := 1; rows.Next(); n++ {
		var l link
		var body []byte
		err := rows.Scan(&l.seq, &l.on, &l.at, &l.actor, &l.mail, &l.kind, &body, &l.salt, &l.digest, &l.hash)
		if err != nil {
			return err
		}
		if l.seq != n {
			return fmt.Errorf("case %s: fact %d is missing", c, n)
		}
		whole := l.salt == nil || same(l.digest, l.bodyDigest(body))
		if !whole || !same(l.hash, l.chain(c, previous)) {
			return fmt.Errorf("case %s: fact %d is not what was recorded on %s", c, n, l.at)
		}
		previous = l.hash
	}
	return rows.Err()
}

func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
