package db

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"klachtd/complaint"
)

// BenchmarkDue finds what is due among a million closed and ten thousand open cases, of which a hundred are due.
func BenchmarkDue(b *testing.B) {
	db := open(b)
	update(b, db, func(tx *Tx) {
		_, err := tx.exec(`
			WITH RECURSIVE count (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM count WHERE i < 1009999)
			INSERT INTO cases (id, year, n, complainant, wake, ended)
			SELECT printf('K%d-%04d', 2000 + i / 50000, i % 50000), 2000 + i / 50000, i % 50000,
				printf('klager%d@example.nl', i % 300000),
				CASE WHEN i % 101 = 0 THEN strftime('%Y-%m-%dT%H:%M:%S.000Z', '2026-11-02', printf('%d minutes', i / 101)) END,
				i % 101 <> 0
			FROM count`)
		ok(b, err)
	})
	now := time.Date(2026, 11, 2, 1, 39, 0, 0, time.UTC)
	var times []time.Duration
	for b.Loop() {
		start := time.Now()
		view(b, db, func(tx *Tx) {
			if due := must[[]complaint.CaseID](b)(tx.Due(now, 200)); len(due) != 100 {
				b.Fatalf("%d cases are due, want 100", len(due))
			}
			must[time.Time](b)(tx.NextWake())
		})
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")

	ok(b, db.Close())
	start := time.Now()
	openAt(b, db.path)
	b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "open-ms")
}

// BenchmarkKeep keeps mails of 8 KB, a hundred in a transaction, as intake does with a backlog.
func BenchmarkKeep(b *testing.B) {
	db := open(b)
	raw := make([]byte, 8<<10)
	n := uint32(0)
	for b.Loop() {
		update(b, db, func(tx *Tx) {
			for range 100 {
				n++
				m := mail(complaint.Inbox, n, fmt.Sprint(n))
				m.Raw = raw
				binary.BigEndian.PutUint32(raw, n)
				must[bool](b)(tx.KeepMail(m))
			}
		})
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mails/s")
}

// BenchmarkSettle marks mails handled, a hundred in a transaction.
func BenchmarkSettle(b *testing.B) {
	db := open(b)
	n := 0
	for b.Loop() {
		update(b, db, func(tx *Tx) {
			for i := range 100 {
				m := mail(complaint.Inbox, uint32(n+i+1), fmt.Sprint(n+i))
				must[bool](b)(tx.KeepMail(m))
				ok(b, tx.SettleMail(m.ID, MailState{State: MailIgnored, Class: complaint.Ordinary, Why: "ordinary mail", At: monday}))
			}
		})
		n += 100
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "mails/s")
}

// BenchmarkLetter takes a letter of 20 KB from decision to acceptance, every step committed by itself.
func BenchmarkLetter(b *testing.B) {
	db := open(b)
	c := newCase(b, db, "anna@example.nl")
	n := 0
	raw := make([]byte, 20<<10)
	for b.Loop() {
		n++
		var r Row
		update(b, db, func(tx *Tx) { r = queue(b, tx, letter(c, complaint.Kind(fmt.Sprint(n)))) })
		update(b, db, func(tx *Tx) {
			r, found, err := tx.NextRow(monday)
			if !found || err != nil {
				b.Fatal(found, err)
			}
			r.Raw = raw
			ok(b, tx.Freeze(r))
			ok(b, tx.Claim(r.ID, monday))
		})
		update(b, db, func(tx *Tx) { ok(b, tx.MarkDoubt(r.ID, monday)) })
		update(b, db, func(tx *Tx) {
			ok(b, tx.Finish(r.ID, RowAccepted, Evidence{Code: 250, Reply: "2.0.0 Ok", Server: "mx:25", TLS: "TLS 1.3", At: monday}))
		})
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "letters/s")
}

// BenchmarkAppend adds ten facts to a case, one transaction each time.
func BenchmarkAppend(b *testing.B) {
	db := open(b)
	for b.Loop() {
		c := newCase(b, db, "anna@example.nl")
		update(b, db, func(tx *Tx) {
			for n := range 10 {
				must[[]complaint.Fact](b)(tx.Append(c, note(n)))
			}
		})
	}
}

// BenchmarkOpen opens and closes a database just small enough to be checked whole.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "klachtd.db")
	db := openAt(b, path)
	update(b, db, func(tx *Tx) {
		for n := range 1250 {
			must[bool](b)(tx.KeepMail(mail(complaint.Inbox, uint32(n+1), fmt.Sprintf("%08192d", n))))
		}
	})
	ok(b, db.Close())
	if info := must[os.FileInfo](b)(os.Stat(path)); info.Size() > checkedAtOpen {
		b.Fatalf("%d bytes: it would not be checked", info.Size())
	}
	for b.Loop() {
		ok(b, openAt(b, path).Close())
	}
}
