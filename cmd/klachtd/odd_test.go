package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"klachtd/complaint"
	"klachtd/db"
)

// TestOddMailIsNeverLost: a mail beyond the guard, one that cannot be parsed and one with a broken charset each end as a
// case or as a question to the handler, with the original kept byte for byte; the mails behind them go on.
func TestOddMailIsNeverLost(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, dir: dir, office: openPostOffice(time.Now)}
		defer s.office.close()
		time.Sleep(time.Until(time.Date(2026, 11, 3, 9, 0, 0, 0, mustZone(t))))
		s.start()
		defer func() { s.stop() }()

		head := func(who, contentType string) string {
			return fmt.Sprintf("From: %s@klager.example\r\nTo: %s\r\nSubject: klacht van %s\r\nMessage-ID: <%s@klager.example>\r\nMIME-Version: 1.0\r\nContent-Type: %s\r\n", who, demoOffice, who, who, contentType)
		}
		odd := map[string][]byte{
			"bom":      []byte(head("bom", "multipart/mixed; boundary=b0") + "\r\n" + nested(40)),
			"hoofd":    []byte(head("hoofd", "text/plain") + "X-Lang: " + strings.Repeat("x", 1<<20) + "\r\n\r\nIk wil een klacht indienen.\r\n"),
			"geen":     []byte("\r\ndit is helemaal geen mail\r\n\xff\xfe\x00 maar wel een klacht\r\n"),
			"tekens":   []byte(head("tekens", "text/plain; charset=utf-8") + "\r\nIk wil een klacht indienen. Caf\xe9, na\xefef en \x80 75.\r\n"),
			"onbekend": []byte(head("onbekend", "text/plain; charset=x-klingon") + "\r\nIk wil een klacht indienen over uw co\xf6rdinator.\r\n"),
		}
		order := []string{"bom", "hoofd", "geen", "tekens", "onbekend"}
		for _, name := range order {
			s.check(event{}, s.office.deliver(name+"@klager.example", demoOffice, odd[name]))
		}
		s.check(event{}, s.office.deliver("kim@klager.example", demoOffice, newMail("Kim", "kim@klager.example", "Klacht", "Ik wil een klacht indienen.", time.Now())))
		synctest.Wait()
		time.Sleep(24 * time.Hour) // past the daily mail
		synctest.Wait()

		store, err := db.OpenReadOnly(filepath.Join(dir, "klachtd.db"))
		s.check(event{}, err)
		defer store.Close()
		s.check(event{}, store.View(t.Context(), func(tx *db.Tx) error {
			asked := map[complaint.MailID]bool{}
			cands, err := tx.OpenCandidates()
			if err != nil {
				return err
			}
			for _, c := range cands {
				asked[c.Mail] = !c.Near
			}
			all, _ := s.office.delivered(0)
			for _, m := range all {
				if m.to != demoOffice {
					continue
				}
				sum := sha256.Sum256(m.stamped())
				id := complaint.MailID(hex.EncodeToString(sum[:]))
				row, ok, err := tx.Mail(id)
				if err != nil {
					return err
				}
				if !ok || !bytes.Equal(row.Raw, m.stamped()) {
					t.Errorf("the mail of %s is not kept as it came", m.from)
					continue
				}
				if row.Case == "" && !asked[id] {
					t.Errorf("the mail of %s is neither a case nor a question: %s, %s", m.from, row.State, row.Why)
				}
			}
			return nil
		}))
		notices := 0
		for _, m := range s.collect() {
			if m.to == demoHandler && strings.HasPrefix(subject(t, m), "Nieuwe klacht?") {
				notices++
			}
		}
		if notices < 2 {
			t.Errorf("%d notices; the mails behind the odd ones did not go on", notices)
		}
	})
}

// nested is a bomb of 2 KB: multiparts that open and never close, which cost a parser twice as much for each.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i, i+1)
	}
	return b.String() + "Ik wil een klacht indienen.\r\n"
}
