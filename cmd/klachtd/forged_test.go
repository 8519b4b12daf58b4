package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"klachtd/complaint"
	"klachtd/db"
)

// TestForgedCommandsChangeNothing: only a mail of a configured handler, carrying a token given to that handler for that
// case, is obeyed. Everything else that looks like a command changes no fact but that it was filed.
func TestForgedCommandsChangeNothing(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, dir: dir, office: openPostOffice(time.Now)}
		defer s.office.close()
		zone := mustZone(t)
		time.Sleep(time.Until(time.Date(2026, 11, 3, 9, 0, 0, 0, zone)))
		s.start()
		defer func() { s.stop() }()
		complain := func(who string) {
			s.check(event{}, s.office.deliver(who, demoOffice, newMail("K", who, "Klacht", "Ik wil een klacht indienen over "+who, time.Now())))
			synctest.Wait()
		}
		complain("kim@klager.example")
		complain("piet@klager.example")
		notice := s.last(event{what: "K2026-0001"}, demoHandler)
		other := s.last(event{what: "K2026-0002"}, demoHandler)
		token := tokenOf(t, notice)

		reply := func(raw []byte, from, text string) []byte {
			mail, err := replyTo(raw, from, text, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			return mail
		}
		forge := func(from, subject, text, more string) []byte {
			return append([]byte(more), newMail("N", from, subject, text, time.Now())...)
		}
		for name, f := range map[string]struct {
			from string
			raw  []byte
		}{
			"the complainant with a stolen token":         {"kim@klager.example", reply(notice, "kim@klager.example", "ja")},
			"a stranger with a stolen token":              {"eve@vreemd.example", reply(notice, "eve@vreemd.example", "#geenklacht")},
			"the handler's name before another address":   {"eve@vreemd.example", reply(notice, "Noor Tielman noor@praktijk.example> <eve@vreemd.example", "ja")},
			"a subdomain of the handler's":                {"noor@praktijk.example.vreemd.example", reply(notice, "noor@praktijk.example.vreemd.example", "ja")},
			"the handler without a token":                 {demoHandler, forge(demoHandler, "Re: Nieuwe klacht? [K2026-0001]", "ja", "")},
			"a guessed token":                             {demoHandler, forge(demoHandler, "[K2026-0001 aaaaaaaaaaaaaaaaaaaaaaaaaa]", "ja", "")},
			"another case's number with this token":       {demoHandler, []byte(strings.ReplaceAll(string(reply(other, demoHandler, "ja")), "K2026-0002", "K2026-0001"))},
			"the token of the substitute's role":          {demoSubstitute, reply(notice, demoSubstitute, "ja")},
			"two From headers":                            {demoHandler, append([]byte("From: <eve@vreemd.example>\r\n"), reply(notice, demoHandler, "ja")...)},
			"two From headers, the handler's first":       {demoHandler, bytes.Replace(reply(notice, demoHandler, "ja"), []byte("\r\n"), []byte("\r\nFrom: <eve@vreemd.example>\r\n"), 1)},
			"a command in the quote":                      {demoHandler, reply(notice, demoHandler, "> #geenklacht\n> ja")},
			"a command below a signature":                 {demoHandler, reply(notice, demoHandler, "Ik bel morgen.\n-- \n#geenklacht")},
			"a command in a forwarded mail":               {demoHandler, reply(notice, demoHandler, "Ter info.\n\n-------- Doorgestuurd bericht --------\nVan: Kim <kim@klager.example>\nOnderwerp: x\n\n#geenklacht")},
			"an out-of-office that quotes the mail":       {demoHandler, append([]byte("Auto-Submitted: auto-replied\r\n"), reply(notice, demoHandler, "ja")...)},
			"a complainant who types a tag in the thread": {"kim@klager.example", reply(notice, "kim@klager.example", "#gegrond want ik heb gelijk")},
		} {
			s.check(event{}, s.office.deliver(f.from, demoOffice, f.raw))
			synctest.Wait()
			for _, id := range []complaint.CaseID{"K2026-0001", "K2026-0002"} {
				for _, fact := range s.factsOf(id) {
					switch fact.Body.(type) {
					case complaint.Opened, complaint.Filed, complaint.Noted:
					default:
						t.Fatalf("%s: %s now has the fact %s", name, id, complaint.KindOf(fact.Body))
					}
				}
			}
		}
		all, _ := s.office.delivered(0)
		for _, m := range all {
			if m.from == demoOffice && m.to != demoHandler && m.to != demoSubstitute {
				t.Errorf("%s got an answer: %s", m.to, subject(t, m))
			}
		}

		// The genuine answer is obeyed, once: the same bytes again, and the same mail with other trace headers, do nothing.
		genuine := reply(notice, demoHandler, "ja")
		for range 2 {
			s.check(event{}, s.office.deliver(demoHandler, demoOffice, genuine))
			synctest.Wait()
			time.Sleep(time.Minute)
		}
		n := 0
		for _, fact := range s.factsOf("K2026-0001") {
			if _, ok := fact.Body.(complaint.Registered); ok {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the genuine answer was obeyed %d times; token %s", n, token)
		}
	})
}

// tokenOf is the token at the end of a mail to a handler.
func tokenOf(t *testing.T, raw []byte) string {
	t.Helper()
	m := regexp.MustCompile(`kenmerk voor de computer: ([a-z2-7]{26})`).FindSubmatch(raw)
	if m == nil {
		t.Fatal("the mail carries no token")
	}
	return string(m[1])
}

// factsOf reads the facts of a case beside the running program.
func (s *stage) factsOf(id complaint.CaseID) (facts []complaint.Fact) {
	s.t.Helper()
	store, err := db.OpenReadOnly(filepath.Join(s.dir, "klachtd.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer store.Close()
	err = store.View(s.t.Context(), func(tx *db.Tx) error {
		facts, err = tx.Facts(id)
		if err == nil && len(facts) == 0 {
			err = fmt.Errorf("there is no case %s", id)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return facts
}

// TestTheHandlerWhoIsTheMailbox: she writes as info@ itself. What lies in Sent is hers; a mail in the inbox that says so
// is nobody's, whatever it says.
func TestTheHandlerWhoIsTheMailbox(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, dir: dir, office: openPostOffice(time.Now), change: func(config string) string {
			return strings.Replace(config, `email = "noor@praktijk.example"`, `email = "info@optimumconsult.example"`, 1)
		}}
		defer s.office.close()
		time.Sleep(time.Until(time.Date(2026, 11, 3, 9, 0, 0, 0, mustZone(t))))
		s.start()
		defer func() { s.stop() }()
		s.check(event{}, s.office.deliver("kim@klager.example", demoOffice, newMail("Kim", "kim@klager.example", "Klacht", "Ik wil een klacht indienen.", time.Now())))
		synctest.Wait()
		notice := s.last(event{what: "K2026-0001"}, demoOffice)
		reply, err := replyTo(notice, demoOffice, "ja", time.Now())
		s.check(event{}, err)

		s.check(event{}, s.office.deliver(demoOffice, demoOffice, reply)) // in the inbox only: anybody can write that
		synctest.Wait()
		if got := s.factsOf("K2026-0001"); len(got) != 1 {
			t.Fatalf("a mail in the inbox that bears our own address was obeyed: %d facts", len(got))
		}
		s.check(event{}, s.office.put(demoOffice, "Sent", append(reply, "\r\n"...)))
		synctest.Wait()
		var registered bool
		for _, f := range s.factsOf("K2026-0001") {
			_, ok := f.Body.(complaint.Registered)
			registered = registered || ok
		}
		if !registered {
			t.Error("her answer in Sent was not obeyed")
		}
		if n := len(s.casesNow()); n != 1 {
			t.Errorf("%d cases: our own mails became complaints", n)
		}
	})
}

// casesNow lists the cases beside the running program.
func (s *stage) casesNow() (ids []complaint.CaseID) {
	s.t.Helper()
	store, err := db.OpenReadOnly(filepath.Join(s.dir, "klachtd.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer store.Close()
	if err := store.View(s.t.Context(), func(tx *db.Tx) error {
		ids, err = tx.Cases()
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	return ids
}

// TestAHandlersCommandWithoutATokenIsAnswered: nothing is done, and she is told how it is done.
func TestAHandlersCommandWithoutATokenIsAnswered(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, dir: dir, office: openPostOffice(time.Now)}
		defer s.office.close()
		time.Sleep(time.Until(time.Date(2026, 11, 3, 9, 0, 0, 0, mustZone(t))))
		s.start()
		defer func() { s.stop() }()
		s.check(event{}, s.office.deliver(demoHandler, demoOffice, newMail("Noor", demoHandler, "vraag", "#help", time.Now())))
		synctest.Wait()
		mails := s.collect()
		if len(mails) != 1 || mails[0].to != demoHandler || !bytes.Contains(mails[0].raw, []byte("#gegrond")) {
			t.Errorf("she got %d mails", len(mails))
		}
	})
}
