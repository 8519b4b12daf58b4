package db

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// office plays a mailer that does everything in any order, and remembers what it may have sent.
type office struct {
	t       *rapid.T
	db      *DB
	now     time.Time
	queued  map[string]bool     // keys that were decided and not withdrawn
	sent    map[string][]string // by key: the bytes of every claim
	settled map[string]RowState // by key: accepted, failed or withdrawn
}

var keys = rapid.SampledFrom([]string{"a", "b", "c"})

// try runs one act on a row in a transaction of its own, which now and then is rolled back. It says whether it was done.
func (o *office) try(act func(tx *Tx, r Row) error) (r Row, done bool) {
	undo := errors.New("rolled back")
	key, rollback := keys.Draw(o.t, "key"), rapid.IntRange(0, 9).Draw(o.t, "rollback") == 0
	err := o.db.Update(o.t.Context(), func(tx *Tx) error {
		var found bool
		var err error
		if r, found, err = tx.row(`WHERE o.key = ?`, key); err != nil || !found {
			return errors.Join(err, undo)
		}
		if err := act(tx, r); err != nil {
			return err
		}
		if rollback {
			return undo
		}
		return nil
	})
	return r, err == nil
}

func (o *office) queue(t *rapid.T) {
	key := keys.Draw(t, "key")
	err := o.db.Update(t.Context(), func(tx *Tx) error {
		_, err := tx.Queue(Row{Key: key, NotBefore: o.later(), QueuedAt: o.now, ToHandler: key == "a"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o.queued[key] = true
}

func (o *office) withdraw(t *rapid.T) {
	r, done := o.try(func(tx *Tx, r Row) error { return tx.Withdraw(r.Key) })
	if done && r.Raw == nil && (r.State == RowQueued || r.State == RowHeld) {
		delete(o.queued, r.Key)
	}
}

func (o *office) freeze(*rapid.T) {
	raw := rapid.SliceOfN(rapid.Byte(), 1, 4).Draw(o.t, "bytes")
	o.try(func(tx *Tx, r Row) error { r.Raw = raw; return tx.Freeze(r) })
}

func (o *office) claim(t *rapid.T) {
	r, done := o.try(func(tx *Tx, r Row) error { return tx.Claim(r.ID, o.now) })
	if !done {
		return
	}
	if o.settled[r.Key] != "" {
		t.Fatalf("%s was claimed after it was %s", r.Key, o.settled[r.Key])
	}
	o.sent[r.Key] = append(o.sent[r.Key], string(r.Raw))
}

func (o *office) doubt(*rapid.T) {
	o.try(func(tx *Tx, r Row) error { return tx.MarkDoubt(r.ID, o.now) })
}

func (o *office) finish(*rapid.T) {
	state := rapid.SampledFrom([]RowState{RowAccepted, RowFailed, RowWithdrawn}).Draw(o.t, "state")
	r, done := o.try(func(tx *Tx, r Row) error {
		if r.State != RowSending && r.State != RowInDoubt && r.State != RowAccepted {
			return errors.New("no attempt runs")
		}
		return tx.Finish(r.ID, state, Evidence{At: o.now})
	})
	if done {
		o.settled[r.Key] = state
	}
}

func (o *office) retry(*rapid.T) {
	doubtful := rapid.Bool().Draw(o.t, "doubtful")
	o.try(func(tx *Tx, r Row) error {
		if doubtful {
			return tx.RetryDoubt(r.ID, o.later(), Evidence{At: o.now})
		}
		return tx.Retry(r.ID, o.later(), Evidence{At: o.now})
	})
}

func (o *office) hold(*rapid.T)    { o.try(func(tx *Tx, r Row) error { return tx.HoldRow(r.ID, "why") }) }
func (o *office) release(*rapid.T) { o.try(func(tx *Tx, r Row) error { return tx.Release(r.ID) }) }
func (o *office) wait(*rapid.T)    { o.now = o.later() }

func (o *office) restart(t *rapid.T) {
	path := o.db.path
	if err := o.db.Close(); err != nil {
		t.Fatal(err)
	}
	o.open(path)
}

func (o *office) open(path string) {
	var err error
	if o.db, err = Open(path); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) later() time.Time {
	return o.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(o.t, "minutes")) * time.Minute)
}

// check holds after every act: no row is lost, what is not settled will be due, and bytes never differ.
func (o *office) check(t *rapid.T) {
	err := o.db.View(t.Context(), func(tx *Tx) error {
		for _, key := range []string{"a", "b", "c"} {
			r, found, err := tx.row(`WHERE o.key = ?`, key)
			if err != nil {
				return err
			}
			if found != o.queued[key] {
				t.Fatalf("%s is there: %v, want %v", key, found, o.queued[key])
			}
			if s := o.settled[key]; s != "" && r.State != s {
				t.Fatalf("%s is %s after it was %s", key, r.State, s)
			}
			for _, sent := range o.sent[key] {
				if sent != string(r.Raw) {
					t.Fatalf("%s was sent as %q and is now %q", key, sent, r.Raw)
				}
			}
			attempts, err := tx.Attempts(r.ID)
			if err != nil || len(attempts) != len(o.sent[key]) {
				t.Fatalf("%s has %d attempts on record of %d (%v)", key, len(attempts), len(o.sent[key]), err)
			}
		}
		return o.checkNext(t, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkNext says that exactly what waits is given out in the end.
func (o *office) checkNext(t *rapid.T, tx *Tx) error {
	waiting, err := tx.WaitingRows()
	if err != nil {
		return err
	}
	next, found, err := tx.NextRow(o.now.AddDate(1, 0, 0))
	if found != (len(waiting) > 0) || o.settled[next.Key] != "" {
		t.Fatalf("%d rows wait, next is %q (%v)", len(waiting), next.Key, err)
	}
	return err
}

func TestOutboxLosesNothingAndSendsNothingAfterItIsSettled(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := &office{t: rt, now: monday, queued: map[string]bool{}, sent: map[string][]string{}, settled: map[string]RowState{}}
		o.open(filepath.Join(t.TempDir(), "klachtd.db"))
		defer func() { o.db.Close() }()
		rt.Repeat(map[string]func(*rapid.T){
			"": o.check, "queue": o.queue, "withdraw": o.withdraw, "freeze": o.freeze, "claim": o.claim, "doubt": o.doubt,
			"finish": o.finish, "retry": o.retry, "hold": o.hold, "release": o.release, "wait": o.wait, "restart": o.restart,
		})
	})
}
