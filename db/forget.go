package db

import (
	"time"
)

// forgottenAtOnce bounds how long ForgetOrdinary may keep writers waiting.
const forgottenAtOnce = 2000

// ForgetOrdinary lets go of the bytes, subject and sender of mails that were ignored before an instant, and of what was
// shown of them as candidates; the ledger line stays. It takes the oldest first and at most 2000 at once: n below that
// says that none is left.
func (tx *Tx) ForgetOrdinary(before time.Time) (n int, err error) {
	ids, err := list(tx, single[int64], `
		SELECT n
		FROM mail
		WHERE state = 'ignored' AND whole = 1 AND settled_at < ?
			AND NOT EXISTS (SELECT 1 FROM candidate c WHERE c.mail = mail.id AND c.state = 'open')
		ORDER BY settled_at
		LIMIT ?`, instant(before), forgottenAtOnce)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		for _, statement := range []string{
			`DELETE FROM mail_raw WHERE mail = ?`,
			`DELETE FROM candidate WHERE mail = (SELECT id FROM mail WHERE n = ?)`,
			`UPDATE mail SET whole = 0, subject = '', sender = '' WHERE n = ?`,
		} {
			if _, err := tx.exec(statement, id); err != nil {
				return 0, err
			}
		}
	}
	return len(ids), nil
}
