package db

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

var (
	amsterdam = time.FixedZone("Amsterdam, in winter", 3600)
	monday    = time.Date(2026, 11, 2, 9, 41, 7, 123e6, amsterdam)
)

// open opens a new database for the length of a test.
func open(t testing.TB) *DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "klachtd.db"))
}

func openAt(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// update runs fn in a transaction that must succeed; what fn returns is checked by must.
func update(t testing.TB, db *DB, fn func(tx *Tx)) {
	t.Helper()
	err := db.Update(t.Context(), func(tx *Tx) error { fn(tx); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, db *DB, fn func(tx *Tx)) {
	t.Helper()
	err := db.View(t.Context(), func(tx *Tx) error { fn(tx); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mail makes a mail as intake would hand it over.
func mail(folder complaint.Folder, uid uint32, text string) complaint.Kept {
	sum := sha256.Sum256([]byte(text))
	return complaint.Kept{
		ID: complaint.MailID(hex.EncodeToString(sum[:])), Folder: folder, UIDValidity: 7, UID: uid,
		Arrived: monday.Add(time.Duration(uid) * time.Minute), Raw: []byte(text),
	}
}

// opened is the first fact of a case.
func opened(c complaint.CaseID, from string) complaint.Fact {
	return complaint.Fact{
		On: calendar.NewDate(2026, 11, 2), At: monday, By: complaint.ByProgram, Mail: "m1",
		Body: complaint.Opened{
			Number: c, Received: calendar.NewDate(2026, 11, 2), ReceivedAt: monday.UTC(), Words: "Ik heb een klacht.",
			Complainant: complaint.Party{ID: 1, Role: complaint.RoleComplainant, Mail: from}, Terms: complaint.Optimumconsult(),
		},
	}
}

// newCase opens a case of a complainant, and gives its number.
func newCase(t testing.TB, db *DB, from string) (c complaint.CaseID) {
	t.Helper()
	update(t, db, func(tx *Tx) {
		c = must[complaint.CaseID](t)(tx.NextNumber(2026))
		must[[]complaint.Fact](t)(tx.Append(c, opened(c, from)))
	})
	return c
}

func readAll(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}
