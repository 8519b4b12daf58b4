package db

import (
	"fmt"
	"time"

	"klachtd/complaint"
)

// SaveAsk keeps what a mail to a handler asks, under its token.
func (tx *Tx) SaveAsk(a complaint.Ask) error {
	_, err := tx.exec(`
		INSERT INTO ask (token, case_id, handler, question, keys, version, items, cases, asked)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (token) DO UPDATE
		SET question = excluded.question, keys = excluded.keys, version = excluded.version, items = excluded.items,
			cases = excluded.cases, asked = excluded.asked`,
		a.Token, a.Case, a.To, a.Question, asJSON(a.Keys), a.Version, asJSON(a.Items), asJSON(a.Cases), instant(a.Asked))
	if err != nil {
		return fmt.Errorf("save a question on case %q: %w", a.Case, err)
	}
	return nil
}

// Ask gives what was asked under a token.
func (tx *Tx) Ask(token string) (a complaint.Ask, known bool, err error) {
	known, err = tx.one(`
		SELECT token, case_id, handler, question, keys, version, items, cases, asked
		FROM ask
		WHERE token = ?`,
		[]any{token},
		&a.Token, &a.Case, &a.To, &a.Question, intoJSON(&a.Keys), &a.Version, intoJSON(&a.Items), intoJSON(&a.Cases), intoInstant(&a.Asked))
	return a, known, err
}

// ForgetAsks ends all tokens of a case.
func (tx *Tx) ForgetAsks(c complaint.CaseID) error {
	_, err := tx.exec(`DELETE FROM ask WHERE case_id = ?`, c)
	return err
}

// ForgetDailyAsks ends the tokens that belong to no case and were given before an instant.
func (tx *Tx) ForgetDailyAsks(before time.Time) error {
	_, err := tx.exec(`DELETE FROM ask WHERE case_id = '' AND asked < ?`, instant(before))
	return err
}

// UsedMail notes that a handler's mail is obeyed, by a digest of what makes it that mail; again says it was before.
func (tx *Tx) UsedMail(digest string, at time.Time) (again bool, err error) {
	n, err := tx.exec(`
		INSERT INTO used_mail (digest, used_at)
		VALUES (?, ?)
		ON CONFLICT DO NOTHING`, digest, instant(at))
	return err == nil && n == 0, err
}
