package db

import (
	"bytes"
	"database/sql"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klachtd/calendar"
	"klachtd/complaint"
)

func TestMailIsKeptOncePerContent(t *testing.T) {
	db := open(t)
	m := mail(complaint.Inbox, 1, "From: anna@example.nl\r\n\r\nklacht\xff\x00")
	update(t, db, func(tx *Tx) {
		keep := func(m complaint.Kept, want bool) {
			t.Helper()
			if fresh := must[bool](t)(tx.KeepMail(m)); fresh != want {
				t.Errorf("fresh is %v, want %v", fresh, want)
			}
		}
		keep(m, true)
		keep(m, false)
		moved := m
		moved.Folder, moved.UIDValidity, moved.UID = complaint.Dragged, 9, 4
		keep(moved, false)
		row, known, err := tx.Mail(m.ID)
		if !known || err != nil {
			t.Fatalf("Mail: %v %v", known, err)
		}
		want := MailRow{
			Kept: moved, MailState: MailState{State: MailKept}, Size: len(m.Raw),
			Folders: []complaint.Folder{complaint.Dragged, complaint.Inbox},
		}
		want.Arrived = m.Arrived.UTC()
		if !reflect.DeepEqual(row, want) {
			t.Errorf("mail\n%+v, want\n%+v", row, want)
		}
		var lines int
		must[bool](t)(tx.one(`SELECT count(*) FROM ledger`, nil, &lines))
		if lines != 2 {
			t.Errorf("%d lines in the ledger, want 2", lines)
		}
		if _, known, _ := tx.MailKnown("nobody"); known {
			t.Error("a mail that never came is known")
		}
	})
}

func TestEmptyMailAndMailFromFileAreKept(t *testing.T) {
	db := open(t)
	empty, imported := mail(complaint.Inbox, 1, ""), mail("import", 0, "from a file")
	empty.Raw, imported.UIDValidity = nil, 0
	update(t, db, func(tx *Tx) {
		must[bool](t)(tx.KeepMail(empty))
		must[bool](t)(tx.KeepMail(imported))
		for _, folder := range []complaint.Folder{complaint.Inbox, "import"} {
			if all := must[[]complaint.Kept](t)(tx.UnreadMails(folder, 1<<20)); len(all) != 1 || all[0].Folder != folder {
				t.Errorf("unread mails of %s: %v, want one", folder, all)
			}
		}
		if row, _, err := tx.Mail(imported.ID); err != nil || row.Folders != nil {
			t.Errorf("a mail from a file was seen in %v (%v)", row.Folders, err)
		}
	})
}

func TestUnreadMailsComeOldestFirstAndBounded(t *testing.T) {
	db := open(t)
	update(t, db, func(tx *Tx) {
		for _, uid := range []uint32{5, 3, 4, 1, 2} {
			must[bool](t)(tx.KeepMail(mail(complaint.Inbox, uid, strings.Repeat(string(rune('a'+uid)), 100))))
		}
		uids := func(maxBytes int) (all []uint32) {
			t.Helper()
			for _, m := range must[[]complaint.Kept](t)(tx.UnreadMails(complaint.Inbox, maxBytes)) {
				if len(m.Raw) != 100 || m.UIDValidity != 7 {
					t.Errorf("mail came back as %+v", m)
				}
				all = append(all, m.UID)
			}
			return all
		}
		for _, c := range []struct {
			maxBytes int
			want     []uint32
		}{{0, []uint32{1}}, {100, []uint32{1}}, {299, []uint32{1, 2}}, {300, []uint32{1, 2, 3}}, {1000, []uint32{1, 2, 3, 4, 5}}} {
			if got := uids(c.maxBytes); !slices.Equal(got, c.want) {
				t.Errorf("under %d bytes: %v, want %v", c.maxBytes, got, c.want)
			}
		}
		ok(t, tx.SettleMail(mail(complaint.Inbox, 1, strings.Repeat("b", 100)).ID, MailState{State: MailHandled, At: monday}))
		if got := uids(100); !slices.Equal(got, []uint32{2}) {
			t.Errorf("after the first is handled: %v, want 2", got)
		}
	})
}

func TestMailThatFailsIsParkedAndReadAgain(t *testing.T) {
	db := open(t)
	m := mail(complaint.Inbox, 1, "odd")
	update(t, db, func(tx *Tx) {
		must[bool](t)(tx.KeepMail(m))
		for want := 1; want <= 2; want++ {
			if tries := must[int](t)(tx.MailFailed(m.ID, "parser gave up")); tries != want {
				t.Errorf("tries %d, want %d", tries, want)
			}
		}
		ok(t, tx.ReadAgain(m.ID)) // not parked yet: nothing changes
		ok(t, tx.SettleMail(m.ID, MailState{State: MailParked, Why: "parser gave up", At: monday}))
		parked := must[[]MailRow](t)(tx.ParkedMails())
		if len(parked) != 1 || parked[0].ID != m.ID || parked[0].Tries != 2 || parked[0].Why != "parser gave up" || !parked[0].At.Equal(monday) {
			t.Errorf("parked %+v", parked)
		}
		if all := must[[]complaint.Kept](t)(tx.UnreadMails(complaint.Inbox, 1)); len(all) != 0 {
			t.Errorf("a parked mail is unread: %v", all)
		}
		ok(t, tx.ReadAgain(m.ID))
		if row, _, _ := tx.MailKnown(m.ID); row.State != MailKept || row.Tries != 0 {
			t.Errorf("after ReadAgain: %+v", row)
		}
		_, err := tx.MailFailed("nobody", "x")
		wantError(t, err, "not known")
		wantError(t, tx.SettleMail("nobody", MailState{State: MailHandled, At: monday}), "not known")
	})
}

func TestOrdinaryMailIsLetGo(t *testing.T) {
	db := open(t)
	kept := map[string]complaint.Kept{}
	update(t, db, func(tx *Tx) {
		settle := func(name string, s State, at time.Time) {
			m := mail(complaint.Inbox, uint32(len(kept)+1), name)
			kept[name] = m
			must[bool](t)(tx.KeepMail(m))
			ok(t, tx.SettleMail(m.ID, MailState{State: s, At: at, Subject: "offerte", From: "piet@example.nl", Why: "no signals"}))
		}
		settle("ignored long ago", MailIgnored, monday)
		settle("ignored lately", MailIgnored, monday.AddDate(0, 0, 7))
		settle("handled", MailHandled, monday)
		settle("parked", MailParked, monday)
		settle("a complaint perhaps", MailHandled, monday)
		settle("near miss", MailIgnored, monday)
		settle("near miss not yet told", MailIgnored, monday)
		for _, name := range []string{"a complaint perhaps", "near miss", "near miss not yet told"} {
			ok(t, tx.AddCandidate(Candidate{Mail: kept[name].ID, Opening: complaint.Opened{Received: calendar.NewDate(2026, 11, 2)}}))
		}
		ok(t, tx.SettleCandidate(kept["a complaint perhaps"].ID, CandidateDismissed, ""))
		ok(t, tx.SettleCandidate(kept["near miss"].ID, CandidateListed, ""))
	})
	gone := []string{"ignored long ago", "a complaint perhaps", "near miss"}
	update(t, db, func(tx *Tx) {
		if n := must[int](t)(tx.ForgetOrdinary(monday.AddDate(0, 0, 1))); n != len(gone) {
			t.Errorf("%d mails let go, want %d", n, len(gone))
		}
		for name, m := range kept {
			row, known, err := tx.Mail(m.ID)
			if !known || err != nil || row.Folders == nil {
				t.Errorf("%s: its ledger line is gone (%v)", name, err)
			}
			forgotten := slices.Contains(gone, name)
			if (row.Raw == nil) != forgotten || (row.Subject == "") != forgotten || (row.From == "") != forgotten {
				t.Errorf("%s: %+v, forgotten should be %v", name, row, forgotten)
			}
			if _, isCandidate, _ := tx.Candidate(m.ID); isCandidate && forgotten {
				t.Errorf("%s: it is still a candidate", name)
			}
		}
		if n := must[int](t)(tx.ForgetOrdinary(monday.AddDate(0, 0, 1))); n != 0 {
			t.Errorf("%d mails let go twice", n)
		}
		if fresh := must[bool](t)(tx.KeepMail(kept["ignored long ago"])); fresh {
			t.Error("a mail that was let go counts as new")
		}
	})
}

// What was let go must not stand in the free pages of the file.
func TestWhatIsLetGoIsNotInTheFile(t *testing.T) {
	db := open(t)
	secret := strings.Repeat("zeer vertrouwelijk ", 400)
	m := mail(complaint.Inbox, 1, secret)
	update(t, db, func(tx *Tx) {
		must[bool](t)(tx.KeepMail(m))
		ok(t, tx.SettleMail(m.ID, MailState{State: MailIgnored, At: monday}))
	})
	update(t, db, func(tx *Tx) { must[int](t)(tx.ForgetOrdinary(monday.AddDate(0, 0, 21))) })
	must[sql.Result](t)(db.writer.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`))
	for _, suffix := range []string{"", "-wal"} {
		if bytes.Contains(must[[]byte](t)(readAll(db.path+suffix)), []byte("vertrouwelijk")) {
			t.Errorf("klachtd.db%s still holds it", suffix)
		}
	}
}

func TestMarks(t *testing.T) {
	db := open(t)
	update(t, db, func(tx *Tx) {
		if m := must[Mark](t)(tx.Mark(complaint.Inbox)); m != (Mark{}) {
			t.Errorf("mark of a folder never met: %+v", m)
		}
		ok(t, tx.SetMark(complaint.Inbox, 7, 100, monday))
		ok(t, tx.SetMark(complaint.Inbox, 4294967295, 4294967295, monday.AddDate(0, 0, 1)))
		want := Mark{Known: true, UIDValidity: 4294967295, Next: 4294967295, FirstSeen: monday.UTC()}
		if m := must[Mark](t)(tx.Mark(complaint.Inbox)); m != want {
			t.Errorf("mark %+v, want %+v", m, want)
		}
	})
}

func TestCandidates(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		add := func(text string, received int) Candidate {
			m := mail(complaint.Inbox, uint32(received), text)
			must[bool](t)(tx.KeepMail(m))
			ok(t, tx.SettleMail(m.ID, MailState{State: MailHandled, At: monday}))
			cand := Candidate{Mail: m.ID, MessageID: text, State: CandidateOpen}
			fill(reflect.ValueOf(&cand.Opening).Elem())
			cand.Opening.Received = calendar.NewDate(2026, 11, received)
			ok(t, tx.AddCandidate(cand))
			return cand
		}
		late, early := add("late", 9), add("early", 3)
		early.Near = true
		ok(t, tx.AddCandidate(early)) // again, as it is now
		if got := must[[]Candidate](t)(tx.OpenCandidates()); !reflect.DeepEqual(got, []Candidate{early, late}) {
			t.Errorf("open candidates\n%+v, want\n%+v", got, []Candidate{early, late})
		}
		ok(t, tx.SettleCandidate(late.Mail, CandidateDismissed, ""))
		if row, _, _ := tx.MailKnown(late.Mail); row.State != MailIgnored {
			t.Errorf("the mail of a dismissed candidate is %s, want ignored", row.State)
		}
		ok(t, tx.SettleCandidate(late.Mail, CandidateCase, c)) // she changed her mind
		if row, _, _ := tx.MailKnown(late.Mail); row.State != MailHandled || row.Case != c {
			t.Errorf("the mail of a case is %s of %q", row.State, row.Case)
		}
		late.Near = true
		ok(t, tx.AddCandidate(late)) // it is no longer open: nothing happens
		got, known, err := tx.Candidate(late.Mail)
		if !known || err != nil || got.State != CandidateCase || got.Case != c || got.Near {
			t.Errorf("candidate %+v %v %v", got, known, err)
		}
		wantError(t, tx.SettleCandidate("nobody", CandidateCase, c), "not known")
	})
}

func TestAsks(t *testing.T) {
	db := open(t)
	var a complaint.Ask
	fill(reflect.ValueOf(&a).Elem())
	daily := complaint.Ask{Token: "daily", Question: complaint.AskWhich, Items: []complaint.MailID{"m1", "m2"}, Asked: monday.UTC()}
	update(t, db, func(tx *Tx) {
		for _, want := range []complaint.Ask{a, daily} {
			ok(t, tx.SaveAsk(want))
			got, known, err := tx.Ask(want.Token)
			if !known || err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("ask\n%+v (%v, %v), want\n%+v", got, known, err, want)
			}
		}
		known := func(token string) bool { _, known, err := tx.Ask(token); ok(t, err); return known }
		ok(t, tx.ForgetDailyAsks(monday))
		if !known("daily") {
			t.Error("a token of today was forgotten")
		}
		ok(t, tx.ForgetDailyAsks(monday.AddDate(0, 0, 60)))
		if known("daily") || !known(a.Token) {
			t.Error("of the old tokens only those of no case should be forgotten")
		}
		ok(t, tx.ForgetAsks(a.Case))
		if known(a.Token) {
			t.Error("the token of the case still works")
		}
	})
}

func TestIdenticalHandlerMailWorksOnce(t *testing.T) {
	db := open(t)
	update(t, db, func(tx *Tx) {
		for i, want := range []bool{false, true, true} {
			if again := must[bool](t)(tx.UsedMail("digest", monday)); again != want {
				t.Errorf("time %d: again is %v, want %v", i+1, again, want)
			}
		}
	})
}

// Servers give years out of range; what is kept must sort as time does and come back.
func TestInstantsSortAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(-70_000_000_000, 300_000_000_000)
		draw := func(name string) time.Time {
			return time.Unix(seconds.Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, name+" ns"))
		}
		a, b := draw("a"), draw("b")
		sa, sb := text(instant(a)), text(instant(b))
		if len(sa) != 24 || len(sb) != 24 {
			t.Fatalf("%v and %v are stored as %q and %q", a, b, sa, sb)
		}
		if a.Before(b) && sa > sb {
			t.Fatalf("%v is before %v, but %q sorts after %q", a, b, sa, sb)
		}
		var back time.Time
		if err := intoInstant(&back).Scan(sa); err != nil {
			t.Fatal(err)
		}
		if y := a.UTC().Year(); y >= 1 && y <= 9999 && !back.Equal(a.Truncate(time.Millisecond)) {
			t.Fatalf("%v came back as %v", a, back)
		}
	})
}
