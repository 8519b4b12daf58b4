package db

import (
	"fmt"
	"time"

	"klachtd/complaint"
)

// State says what became of a mail.
type State string

const (
	MailKept    State = "kept"    // its bytes are safe; nobody read it yet
	MailHandled State = "handled" // it was acted upon, or belongs to a case
	MailIgnored State = "ignored" // ordinary mail
	MailParked  State = "parked"  // reading it broke off twice; a person was told
)

// MailState is what klachtd made of a mail.
type MailState struct {
	State     State
	Kind      complaint.MailKind
	Class     complaint.Class
	Why       string // for people
	Case      complaint.CaseID
	At        time.Time
	Subject   string // Subject and From only where a digest needs them
	From      string
	MessageID string
}

// MailRow is a mail as it lies in the store. Folder, UIDValidity and UID are where it was seen last.
type MailRow struct {
	complaint.Kept // Raw is nil when the bytes were not asked for, or were let go
	MailState
	Size    int
	Tries   int                // how often reading it broke off
	Folders []complaint.Folder // every folder it was ever seen in
}

// KeepMail stores a mail and its line in the ledger. The same content is stored once, wherever it turns up; fresh says that
// it was not known before. A mail without a UID (from a file) gets no line. Doing it again changes nothing.
func (tx *Tx) KeepMail(m complaint.Kept) (fresh bool, err error) {
	n, fresh, err := tx.keepRaw(m)
	if err != nil {
		return false, fmt.Errorf("keep mail %.12s: %w", m.ID, err)
	}
	if m.UID == 0 {
		return fresh, nil
	}
	added, err := tx.exec(`
		INSERT INTO ledger (folder, uid_validity, uid, mail)
		VALUES (?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		m.Folder, m.UIDValidity, m.UID, n)
	if err == nil && added == 1 && !fresh {
		_, err = tx.exec(`
			UPDATE mail
			SET folder = ?, uid_validity = ?, uid = ?
			WHERE n = ?`,
			m.Folder, m.UIDValidity, m.UID, n)
	}
	if err != nil {
		return false, fmt.Errorf("note mail %.12s in the ledger: %w", m.ID, err)
	}
	return fresh, nil
}

func (tx *Tx) keepRaw(m complaint.Kept) (n int64, fresh bool, err error) {
	r, err := tx.tx.Exec(`
		INSERT INTO mail (id, size, folder, uid_validity, uid, arrived)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`,
		m.ID, len(m.Raw), m.Folder, m.UIDValidity, m.UID, instant(m.Arrived))
	if err != nil {
		return 0, false, err
	}
	if added, err := r.RowsAffected(); err != nil || added == 0 {
		_, err2 := tx.one(`SELECT n FROM mail WHERE id = ?`, []any{m.ID}, &n)
		return n, false, firstError(err, err2)
	}
	if n, err = r.LastInsertId(); err != nil {
		return 0, false, err
	}
	_, err = tx.exec(`INSERT INTO mail_raw (mail, raw) VALUES (?, ?)`, n, bytesOf(m.Raw))
	return n, true, err
}

// Mark says how far a folder was taken in.
type Mark struct {
	Known       bool // false when klachtd never met the folder; all else is zero then
	UIDValidity uint32
	Next        uint32    // the first UID not yet taken in
	FirstSeen   time.Time // when klachtd first met the folder, whatever its UIDVALIDITY was then
}

// Mark tells how far a folder was taken in.
func (tx *Tx) Mark(folder complaint.Folder) (m Mark, err error) {
	m.Known, err = tx.one(`
		SELECT uid_validity, next_uid, first_seen
		FROM mark
		WHERE folder = ?`,
		[]any{folder}, &m.UIDValidity, &m.Next, intoInstant(&m.FirstSeen))
	return m, err
}

// SetMark moves the mark of a folder. now is kept as FirstSeen when the folder is new.
func (tx *Tx) SetMark(folder complaint.Folder, uidValidity, next uint32, now time.Time) error {
	_, err := tx.exec(`
		INSERT INTO mark (folder, uid_validity, next_uid, first_seen)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (folder) DO UPDATE
		SET uid_validity = excluded.uid_validity, next_uid = excluded.next_uid`,
		folder, uidValidity, next, instant(now))
	return err
}

// UnreadMails gives kept mails of a folder that nobody read yet, oldest arrival first: as many as stay together under
// maxBytes, and at least one when there is any.
func (tx *Tx) UnreadMails(folder complaint.Folder, maxBytes int) ([]complaint.Kept, error) {
	ids, err := tx.unread(folder, maxBytes)
	if err != nil {
		return nil, err
	}
	mails := make([]complaint.Kept, 0, len(ids))
	for _, n := range ids {
		var m complaint.Kept
		_, err := tx.one(`
			SELECT m.id, m.folder, m.uid_validity, m.uid, m.arrived, r.raw
			FROM mail m
			JOIN mail_raw r ON r.mail = m.n
			WHERE m.n = ?`,
			[]any{n}, &m.ID, &m.Folder, &m.UIDValidity, &m.UID, intoInstant(&m.Arrived), &m.Raw)
		if err != nil {
			return nil, err
		}
		mails = append(mails, m)
	}
	return mails, nil
}

// unread chooses by size, before any bytes are read.
func (tx *Tx) unread(folder complaint.Folder, maxBytes int) ([]int64, error) {
	rows, err := tx.tx.Query(`
		SELECT n, size
		FROM mail
		WHERE state = 'kept' AND folder = ?
		ORDER BY arrived, n`, folder)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []int64
	for rows.Next() {
		var n int64
		var size int
		if err := rows.Scan(&n, &size); err != nil {
			return nil, err
		}
		if maxBytes -= size; maxBytes < 0 && len(all) > 0 {
			break
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

// SettleMail records what became of a mail. It may be done again: a possible complaint becomes a case later.
func (tx *Tx) SettleMail(id complaint.MailID, s MailState) error {
	n, err := tx.exec(`
		UPDATE mail
		SET state = ?, kind = ?, class = ?, why = ?, case_id = ?, settled_at = ?, subject = ?, sender = ?, message_id = ?
		WHERE id = ?`,
		s.State, s.Kind, s.Class, s.Why, s.Case, instant(s.At), s.Subject, s.From, s.MessageID, id)
	return mustTouch(n, err, "settle mail %.12s", id)
}

// MailFailed counts a try at reading a mail that broke off, and says how many there were.
func (tx *Tx) MailFailed(id complaint.MailID, why string) (tries int, err error) {
	found, err := tx.one(`
		UPDATE mail
		SET tries = tries + 1, why = ?
		WHERE id = ?
		RETURNING tries`,
		[]any{why, id}, &tries)
	return tries, mustFind(found, err, "count a try at mail %.12s", id)
}

// ReadAgain makes a parked mail unread, with its tries forgotten. Any other mail it leaves as it is.
func (tx *Tx) ReadAgain(id complaint.MailID) error {
	_, err := tx.exec(`
		UPDATE mail
		SET state = 'kept', tries = 0
		WHERE id = ? AND state = 'parked'`, id)
	return err
}

// Mail gives a mail with its bytes, as far as they are still kept.
func (tx *Tx) Mail(id complaint.MailID) (MailRow, bool, error) {
	row, known, err := tx.MailKnown(id)
	if err != nil || !known {
		return row, known, err
	}
	_, err = tx.one(`
		SELECT r.raw
		FROM mail m
		JOIN mail_raw r ON r.mail = m.n
		WHERE m.id = ?`,
		[]any{id}, &row.Raw)
	return row, true, err
}

const mailColumns = `
	SELECT id, size, folder, uid_validity, uid, arrived, state, kind, class, why, case_id, settled_at,
		subject, sender, message_id, tries
	FROM mail `

func mailRow(s scanner) (r MailRow, err error) {
	err = s.Scan(&r.ID, &r.Size, &r.Folder, &r.UIDValidity, &r.UID, intoInstant(&r.Arrived), &r.State, &r.Kind, &r.Class,
		&r.Why, &r.Case, intoInstant(&r.At), &r.Subject, &r.From, &r.MessageID, &r.Tries)
	return r, err
}

// MailKnown gives what is known of a mail, without its bytes.
func (tx *Tx) MailKnown(id complaint.MailID) (MailRow, bool, error) {
	rows, err := list(tx, mailRow, mailColumns+`WHERE id = ?`, id)
	if err != nil || len(rows) == 0 {
		return MailRow{}, false, err
	}
	row := rows[0]
	row.Folders, err = list(tx, single[complaint.Folder], `
		SELECT DISTINCT l.folder
		FROM mail m
		JOIN ledger l ON l.mail = m.n
		WHERE m.id = ?
		ORDER BY l.folder`, id)
	return row, true, err
}

// ParkedMails lists the parked mails without their bytes, in the order they came in. Their Folders are left out.
func (tx *Tx) ParkedMails() ([]MailRow, error) {
	return list(tx, mailRow, mailColumns+`WHERE state = 'parked' ORDER BY n`)
}
