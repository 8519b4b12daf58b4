package main

import (
	"testing"
	"time"

	"klachtd/db"
)

// TestCopyInSentSettlesDoubt: where the server files a copy of what it took, that copy says that a letter has gone,
// whatever becomes of the answer. None of them goes again, and each is sent once by the facts.
func TestCopyInSentSettlesDoubt(t *testing.T) {
	open := func(t *testing.T, files bool) *crashWorld {
		w := openCrashWorld(t, 1, 1)
		w.desk.files.Store(files)
		w.desk.reply.Store(300)
		w.somebodyWrites("complaint")
		return w
	}
	t.Run("the answer comes after the copy", func(t *testing.T) {
		t.Parallel()
		w := open(t, true)
		w.settle()
		w.judge()
	})
	t.Run("the server hangs up instead of an answer", func(t *testing.T) {
		t.Parallel()
		w := open(t, true)
		w.desk.hangUps.Store(2)
		w.settle()
		w.judge()
	})
	t.Run("killed before the copy was read, and down for long", func(t *testing.T) {
		t.Parallel()
		w := open(t, true)
		for range 4 { // the notice, the answer to *ja*, the acknowledgement, ...
			w.killInDoubt()
			w.handlerAnswers()
		}
		w.desk.mood(nil)
		w.settle()
		w.judge()
	})
	t.Run("the copy turns up after the second doubt", func(t *testing.T) {
		t.Parallel()
		w := open(t, false)
		w.killInDoubt()
		notice := w.killInDoubt()
		w.desk.mood(nil)
		w.settle()
		if n := w.held(); n != 1 {
			t.Fatalf("%d mails are held, want the notice", n)
		}
		w.desk.files.Store(true)
		if err := w.desk.file(notice.raw); err != nil {
			t.Fatal(err)
		}
		w.settle()
		if n := w.held(); n != 0 {
			t.Errorf("%d mails are still held", n)
		}
	})
}

// killInDoubt kills klachtd while it waits for the answer to a letter, which it gives, and lets it be down for long.
func (w *crashWorld) killInDoubt() delivery {
	w.t.Helper()
	_, before := w.office.delivered(0)
	c := w.start()
	for deadline := time.Now().Add(30 * time.Second); ; <-time.After(time.Millisecond) {
		if taken, _ := w.office.delivered(before); len(taken) > 0 {
			c.kill(w.t)
			w.later(w.now().Add(16 * time.Minute))
			return taken[0]
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("no letter was sent; the log:\n%s", &c.log)
		}
	}
}

// held counts the mails that wait for a person.
func (w *crashWorld) held() (n int) {
	w.t.Helper()
	w.view(func(tx *db.Tx) error {
		rows, err := tx.HeldRows()
		n = len(rows)
		return err
	})
	return n
}
