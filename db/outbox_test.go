package db

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// letter is a row as the clerk decides it.
func letter(c complaint.CaseID, kind complaint.Kind) Row {
	return Row{
		Key: fmt.Sprintf("%s/%s/1/1", c, kind), Case: c, Letter: string(kind), Meets: []complaint.Key{{Case: c, Kind: kind, Party: 1, Round: 1}},
		To: "anna@example.nl", Lang: "nl", NotBefore: monday, QueuedAt: monday,
	}
}

// queue queues a letter and gives its row.
func queue(t testing.TB, tx *Tx, r Row) Row {
	t.Helper()
	must[bool](t)(tx.Queue(r))
	found, err := tx.one(`SELECT id FROM outbox WHERE key = ?`, []any{r.Key}, &r.ID)
	if !found || err != nil {
		t.Fatalf("queue %s: %v %v", r.Key, found, err)
	}
	return must[Row](t)(tx.Row(r.ID))
}

func (r Row) frozen(raw string) Row {
	r.Raw, r.MessageID = []byte(raw), "k1."+r.Letter+"@example.nl"
	return r
}

func TestLetterIsQueuedOnce(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		r := letter(c, complaint.Acknowledgement)
		if !must[bool](t)(tx.Queue(r)) {
			t.Error("a new letter is not new")
		}
		if must[bool](t)(tx.Queue(r)) {
			t.Error("the same letter again is new")
		}
		r.NotBefore, r.Variant, r.To, r.Promised = monday.Add(time.Hour), "other", "anna@elders.example", calendar.NewDate(2026, 12, 1)
		r.QueuedAt = monday.Add(time.Hour)
		if must[bool](t)(tx.Queue(r)) {
			t.Error("a changed letter is new")
		}
		rows := must[[]Row](t)(tx.QueuedOf(c))
		if len(rows) != 1 {
			t.Fatalf("%d rows, want 1", len(rows))
		}
		want := r
		want.ID, want.State, want.NotBefore, want.QueuedAt = rows[0].ID, RowQueued, r.NotBefore.UTC(), monday.UTC()
		if !reflect.DeepEqual(rows[0], want) {
			t.Errorf("row\n%+v, want\n%+v", rows[0], want)
		}
	})
}

func TestFrozenLetterIsNotChanged(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		r := queue(t, tx, letter(c, complaint.Acknowledgement)).frozen("Geachte mevrouw")
		r.Variant, r.Promised = "with date", calendar.NewDate(2026, 12, 1)
		ok(t, tx.Freeze(r))
		ok(t, tx.Freeze(r))
		wantError(t, tx.Freeze(r.frozen("Geachte heer")), "other bytes")
		changed := letter(c, complaint.Acknowledgement)
		changed.To, changed.NotBefore = "bea@example.nl", monday.Add(time.Hour)
		must[bool](t)(tx.Queue(changed))
		ok(t, tx.Withdraw(r.Key))
		got := must[Row](t)(tx.Row(r.ID))
		r.Hash = got.Hash
		if !reflect.DeepEqual(got, r) {
			t.Errorf("row\n%+v, want\n%+v", got, r)
		}
		byID, found, err := tx.RowByMessageID(r.MessageID)
		if !found || err != nil || byID.ID != r.ID {
			t.Errorf("by Message-ID: %v %v %v", byID.ID, found, err)
		}
		if _, found, _ := tx.RowByMessageID(""); found {
			t.Error("there is a row without a Message-ID")
		}
	})
	_, err := db.writer.Exec(`UPDATE frozen SET raw = x'00'`)
	wantError(t, err, "never changed")
}

func TestMailQueuedWithItsBytesIsFrozenAtOnce(t *testing.T) {
	db := open(t)
	update(t, db, func(tx *Tx) {
		r := Row{Key: "daily/2026-11-16/noor@example.nl", Letter: "daily", To: "noor@example.nl", NotBefore: monday, QueuedAt: monday, ToHandler: true}
		row := queue(t, tx, r.frozen("first"))
		queue(t, tx, r.frozen("second"))
		if got := must[Row](t)(tx.Row(row.ID)); string(got.Raw) != "first" || got.MessageID != "k1.daily@example.nl" {
			t.Errorf("row %+v, want the first bytes", got)
		}
	})
}

func TestWithdrawnLetterIsGone(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		r := letter(c, complaint.Progress)
		first := queue(t, tx, r)
		ok(t, tx.Withdraw(r.Key))
		ok(t, tx.Withdraw(r.Key))
		if rows := must[[]Row](t)(tx.LettersOf(c)); len(rows) != 0 {
			t.Errorf("rows %+v, want none", rows)
		}
		if again := queue(t, tx, r); again.ID == first.ID {
			t.Error("the number of a withdrawn row was given out again")
		}
	})
}

func TestOrderOfSending(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		at := func(minutes int, kind complaint.Kind, toHandler bool) Row {
			r := letter(c, kind)
			r.NotBefore, r.ToHandler = monday.Add(time.Duration(minutes)*time.Minute), toHandler
			return queue(t, tx, r)
		}
		late, early := at(20, "late", false), at(10, "early", false)
		handler, handlerLater := at(15, "handler", true), at(40, "handler later", true)
		if first := must[time.Time](t)(tx.NextRowAt()); !first.Equal(early.NotBefore) {
			t.Errorf("first due at %v, want %v", first, early.NotBefore)
		}
		if r, found, _ := tx.NextRow(monday); found {
			t.Errorf("%s is due too early", r.Letter)
		}
		for _, want := range []Row{handler, early, late} {
			r, found, err := tx.NextRow(monday.Add(30 * time.Minute))
			if !found || err != nil || r.ID != want.ID {
				t.Fatalf("next is %s (%v), want %s", r.Letter, err, want.Letter)
			}
			ok(t, tx.Freeze(r.frozen("x")))
			ok(t, tx.Finish(r.ID, RowAccepted, Evidence{At: monday}))
		}
		if at := must[time.Time](t)(tx.NextRowAt()); !at.Equal(handlerLater.NotBefore) {
			t.Errorf("next due at %v, want %v", at, handlerLater.NotBefore)
		}
		ok(t, tx.HoldRow(handlerLater.ID, "why"))
		if at := must[time.Time](t)(tx.NextRowAt()); !at.IsZero() {
			t.Errorf("next due at %v, want never", at)
		}
	})
}

// claimed queues, freezes and claims a letter.
func claimed(t testing.TB, tx *Tx, c complaint.CaseID) Row {
	r := queue(t, tx, letter(c, complaint.Acknowledgement)).frozen("x")
	ok(t, tx.Freeze(r))
	ok(t, tx.Claim(r.ID, monday))
	return must[Row](t)(tx.Row(r.ID))
}

func TestEveryAttemptIsKept(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	minute := func(n int) time.Time { return monday.UTC().Add(time.Duration(n) * time.Minute) }
	update(t, db, func(tx *Tx) {
		r := claimed(t, tx, c)
		greylisted := Evidence{Code: 451, Reply: "try later", Server: "mx:25", TLS: "TLS 1.3", At: minute(1)}
		ok(t, tx.Retry(r.ID, minute(5), greylisted))
		if _, found, _ := tx.NextRow(minute(4)); found {
			t.Error("it is due before its next try")
		}
		ok(t, tx.Claim(r.ID, minute(5)))
		ok(t, tx.MarkDoubt(r.ID, minute(6)))
		lost := Evidence{Reply: "connection lost", Server: "mx:25", At: minute(7)}
		ok(t, tx.RetryDoubt(r.ID, minute(22), lost))
		found := Evidence{Reply: "own copy found", At: minute(9)}
		ok(t, tx.Finish(r.ID, RowAccepted, found))

		want := []Attempt{
			{N: 1, ClaimedAt: minute(0), Outcome: RowQueued, Evidence: greylisted},
			{N: 2, ClaimedAt: minute(5), DoubtAt: minute(6), Outcome: RowInDoubt, Evidence: lost},
		}
		if got := must[[]Attempt](t)(tx.Attempts(r.ID)); !reflect.DeepEqual(got, want) {
			t.Errorf("attempts\n%+v, want\n%+v", got, want)
		}
		got := must[[]Row](t)(tx.LettersOf(c))[0]
		if got.State != RowAccepted || got.Reply != "own copy found" || got.Attempts != 2 || !got.AcceptedAt.Equal(minute(9)) || !got.DoubtAt.Equal(minute(6)) {
			t.Errorf("row %+v", got)
		}
	})
}

func TestDoubtIsCountedUntilItIsSettled(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		r := claimed(t, tx, c)
		doubts := func(want int) {
			t.Helper()
			if got := must[Row](t)(tx.Row(r.ID)).Doubts; got != want {
				t.Errorf("%d doubts, want %d", got, want)
			}
		}
		now := monday
		again := func(end func(id int64, next time.Time, e Evidence) error) {
			ok(t, tx.MarkDoubt(r.ID, now))
			now = now.Add(time.Hour)
			ok(t, end(r.ID, now, Evidence{At: now}))
			ok(t, tx.Claim(r.ID, now))
		}
		again(tx.Retry) // a refusal after the final dot is an answer
		doubts(0)
		again(tx.RetryDoubt)
		doubts(1)
		ok(t, tx.Retry(r.ID, now, Evidence{At: now})) // the next one did not even come to the dot
		doubts(1)
		ok(t, tx.Claim(r.ID, now))
		again(tx.RetryDoubt)
		doubts(2)
	})
}

func TestAcceptedIsFinal(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	var id int64
	update(t, db, func(tx *Tx) {
		id = claimed(t, tx, c).ID
		ok(t, tx.MarkDoubt(id, monday))
		ok(t, tx.Finish(id, RowAccepted, Evidence{Code: 250, Reply: "ok", At: monday}))
		ok(t, tx.Finish(id, RowAccepted, Evidence{Reply: "own copy found", At: monday.Add(time.Hour)}))
		if r := must[Row](t)(tx.Row(id)); r.Code != 250 || !r.AcceptedAt.Equal(monday) {
			t.Errorf("the first answer was overwritten: %+v", r)
		}
		later := monday.AddDate(1, 0, 0)
		wantError(t, tx.Finish(id, RowFailed, Evidence{}), "it was accepted")
		wantError(t, tx.Claim(id, later), "claim letter")
		wantError(t, tx.MarkDoubt(id, later), "in doubt")
		wantError(t, tx.Retry(id, later, Evidence{}), "retry letter")
		wantError(t, tx.HoldRow(id, ""), "hold letter")
		wantError(t, tx.Release(id), "release letter")
		wantError(t, tx.Finish(id, RowQueued, Evidence{}), "no end")
	})
	_, err := db.writer.Exec(`UPDATE outbox SET state = 'queued' WHERE id = ?`, id)
	wantError(t, err, "stays accepted")
}

func TestNothingIsClaimedTwiceOrWithoutBytes(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		bare := queue(t, tx, letter(c, complaint.Progress))
		wantError(t, tx.Claim(bare.ID, monday), "claim letter")
		r := claimed(t, tx, c)
		wantError(t, tx.Claim(r.ID, monday), "claim letter")
		ok(t, tx.Claim(r.ID, monday.Add(claimLapses))) // whoever had it never came back
		ok(t, tx.MarkDoubt(r.ID, monday))
		wantError(t, tx.Claim(r.ID, monday.Add(doubtLasts-time.Second)), "claim letter")
		ok(t, tx.Claim(r.ID, monday.Add(doubtLasts)))
	})
}

func TestClaimedLetterIsDueAgainAfterARestart(t *testing.T) {
	path := settled(t)
	db := openAt(t, path)
	var sending, doubtful Row
	update(t, db, func(tx *Tx) {
		sending = claimed(t, tx, "K2026-0001")
		doubtful = queue(t, tx, letter("K2026-0001", complaint.Progress)).frozen("y")
		ok(t, tx.Freeze(doubtful))
		ok(t, tx.Claim(doubtful.ID, monday))
		ok(t, tx.MarkDoubt(doubtful.ID, monday))
	})
	ok(t, db.Close())
	view(t, openAt(t, path), func(tx *Tx) {
		r, found, err := tx.NextRow(monday)
		if !found || err != nil || r.ID != sending.ID || r.State != RowQueued {
			t.Errorf("next is %+v %v, want the claimed letter", r, err)
		}
		if r := must[Row](t)(tx.Row(doubtful.ID)); r.State != RowInDoubt {
			t.Errorf("the letter in doubt is %s", r.State)
		}
	})
}

func TestHeldLetters(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		states := func(want ...RowState) {
			t.Helper()
			var got []RowState
			for _, r := range must[[]Row](t)(tx.LettersOf(c)) {
				got = append(got, r.State)
			}
			if !slices.Equal(got, want) {
				t.Errorf("states %v, want %v", got, want)
			}
		}
		stopped, doubted := queue(t, tx, letter(c, complaint.Confirmation)), claimed(t, tx, c)
		if all := must[[]Row](t)(tx.WaitingRows()); len(all) != 2 {
			t.Errorf("%d waiting, want 2", len(all))
		}
		ok(t, tx.HoldRow(stopped.ID, "the finding is missing"))
		ok(t, tx.HoldRow(doubted.ID, "in doubt twice"))
		states(RowHeld, RowHeld)
		held := must[[]Row](t)(tx.HeldRows())
		if len(held) != 2 || held[0].Reply != "the finding is missing" {
			t.Errorf("held %+v", held)
		}
		must[bool](t)(tx.Queue(letter(c, complaint.Confirmation))) // settling the case alone lets nothing go
		states(RowHeld, RowHeld)
		ok(t, tx.ReleaseStopped(c))
		states(RowQueued, RowHeld)
		ok(t, tx.Release(doubted.ID))
		states(RowQueued, RowQueued)
		if r := must[Row](t)(tx.Row(doubted.ID)); string(r.Raw) != "x" {
			t.Error("it lost its bytes")
		}
	})
}

func TestCopiesInSent(t *testing.T) {
	db := open(t)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		r := claimed(t, tx, c)
		uncopied := func(before time.Time) int { t.Helper(); return len(must[[]Row](t)(tx.Uncopied(before))) }
		if uncopied(monday.Add(time.Hour)) != 0 {
			t.Error("a letter that is not accepted misses its copy")
		}
		ok(t, tx.Finish(r.ID, RowAccepted, Evidence{At: monday}))
		if uncopied(monday) != 0 || uncopied(monday.Add(time.Hour)) != 1 {
			t.Error("an accepted letter without a copy is not found")
		}
		ok(t, tx.Copied(r.ID))
		if uncopied(monday.Add(time.Hour)) != 0 || !must[Row](t)(tx.Row(r.ID)).Copied {
			t.Error("a copied letter misses its copy")
		}
	})
}

func TestLetterOfNoCaseNeedsTheCase(t *testing.T) {
	db := open(t)
	err := db.Update(t.Context(), func(tx *Tx) error { _, err := tx.Queue(letter("K2026-0999", complaint.Progress)); return err })
	wantError(t, err, "FOREIGN KEY")
}
