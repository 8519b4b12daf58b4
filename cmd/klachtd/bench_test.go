package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// benchDaemon is the program on servers in memory, at a pretended time that stands still.
func benchDaemon(b *testing.B, at func() time.Time) (*daemon, *postOffice) {
	b.Helper()
	dir := b.TempDir()
	office := openPostOffice(at)
	b.Cleanup(office.close)
	path := filepath.Join(dir, "config.toml")
	config := fmt.Sprintf(demoConfig, "nl", "127.0.0.1:1143", "127.0.0.1:1025")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	cfg, err := loadConfig(path)
	if err != nil {
		b.Fatal(err)
	}
	d, err := assemble(cfg, env{stdout: io.Discard, stderr: io.Discard, now: at, dialIMAP: office.dialIMAP, dialSMTP: office.dialSMTP}, at)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.close)
	return d, office
}

var benchTime = time.Date(2026, 11, 3, 10, 0, 0, 0, time.FixedZone("CET", 3600))

// BenchmarkIntakeMailbox is everyday mail of 8 KB from an IMAP mailbox into the database, read and durable: one mail an
// iteration.
func BenchmarkIntakeMailbox(b *testing.B) {
	d, office := benchDaemon(b, func() time.Time { return benchTime })
	if err := d.pass(b.Context()); err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("Hierbij het verslag van de intake van afgelopen week. Cliënt heeft rugklachten.\n", 95)
	for i := range b.N {
		raw := newMail("Fysio", "fysio@linde.example", "Verslag", fmt.Sprintf("Nummer %d.\n%s", i, text), benchTime)
		if err := office.put(demoOffice, "INBOX", raw); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	if err := d.boxes[0].Once(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}

// openCases makes cases in which a letter is due at benchTime: the acknowledgement of a registered complaint.
func openCases(b *testing.B, d *daemon, n int) {
	b.Helper()
	zone := d.cfg.zone
	received := calendar.On(benchTime, zone)
	word := benchTime.Add(-time.Hour)
	for start := 0; start < n; start += 500 {
		err := d.db.Update(b.Context(), func(tx *db.Tx) error {
			for i := start; i < min(n, start+500); i++ {
				id, err := tx.NextNumber(2026)
				if err != nil {
					return err
				}
				o := complaint.Opened{
					Number: id, Received: received, ReceivedAt: word, Origin: complaint.OriginCertain, Subject: "Klacht",
					Words:       "Ik wil een klacht indienen. Mijn coach kwam niet opdagen en belde niet af.",
					Complainant: complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: "Kim Verbeek", Mail: fmt.Sprintf("kim%d@klager.example", i)},
					Handler:     demoHandler, Lang: "nl", Terms: complaint.Optimumconsult(), Verdict: complaint.Verdict{Class: complaint.Certain},
				}
				if _, err := tx.Append(id, complaint.Fact{On: received, At: word, By: complaint.ByProgram, Body: o},
					complaint.Fact{On: received, At: word, By: demoHandler, Body: complaint.Registered{}}); err != nil {
					return err
				}
				if err := tx.SetWake(id, benchTime, false); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSettle settles cases that are due, one an iteration: facts read and folded, duties and plan computed, the letter
// queued, the next instant written down, all committed.
func BenchmarkSettle(b *testing.B) {
	d, _ := benchDaemon(b, func() time.Time { return benchTime.Add(-90 * time.Minute) })
	openCases(b, d, b.N)
	d.clerk.Now = func() time.Time { return benchTime }
	b.ResetTimer()
	if _, err := d.clerk.Tick(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "cases/s")
}

// BenchmarkSendLetters sends one letter an iteration: written, frozen, sent over one connection, its evidence and fact
// committed, its case settled again.
func BenchmarkSendLetters(b *testing.B) {
	d, _ := benchDaemon(b, func() time.Time { return benchTime })
	openCases(b, d, b.N)
	if _, err := d.clerk.Tick(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	if err := d.mailer.Drain(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
}
