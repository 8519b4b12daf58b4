package db

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"klachtd/complaint"
)

const crashAt = "KLACHTD_TEST_CRASH_AT"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashAt); path != "" {
		writeUntilKilled(path)
	}
	os.Exit(m.Run())
}

// writeUntilKilled commits one act after another, each of which writes to every part of the database, and says the number
// of each once it was committed.
func writeUntilKilled(path string) {
	db, err := Open(path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for {
		var n int
		if err := db.Update(context.Background(), func(tx *Tx) (err error) { n, err = oneAct(tx); return err }); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

// oneAct does what a complaint that comes in does: a mail, a case, a letter on its way.
func oneAct(tx *Tx) (n int, err error) {
	last, err := tx.Get("acts")
	if err != nil {
		return 0, err
	}
	n, _ = strconv.Atoi(last)
	n++
	c, err := tx.NextNumber(2026)
	if err != nil {
		return 0, err
	}
	_, err1 := tx.KeepMail(mail(complaint.Inbox, uint32(n), fmt.Sprint("klacht ", n)))
	_, err2 := tx.Append(c, opened(c, "anna@example.nl"), note(n))
	_, err3 := tx.Queue(letter(c, complaint.Acknowledgement).frozen(fmt.Sprint("letter ", n)))
	r, _, err4 := tx.RowByMessageID("k1.acknowledgement@example.nl")
	if err := firstError(err1, err2, err3, err4); err != nil {
		return 0, err
	}
	if r.State == RowQueued {
		err = firstError(tx.Claim(r.ID, monday), tx.MarkDoubt(r.ID, monday))
	}
	return n, firstError(err, tx.Set("acts", strconv.Itoa(n)))
}

func TestKilledAnywhereNothingCommittedIsLost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klachtd.db")
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	said := 0
	for range rounds {
		said = killAfter(t, path, rand.IntN(30), said)
		checkActs(t, path, said)
	}
}

// killAfter starts a child that writes, kills it once it said so many numbers, and gives the last it said.
func killAfter(t *testing.T, path string, numbers, said int) int {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashAt+"="+path)
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == numbers {
			ok(t, cmd.Process.Kill())
		}
		number, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the child says: %s", lines.Text())
		}
		said = number
	}
	cmd.Wait()
	return said
}

// checkActs opens what the child left: every act it said it committed is there, and every act is there whole.
func checkActs(t *testing.T, path string, said int) {
	t.Helper()
	db, err := Open(path)
	ok(t, err)
	defer func() { ok(t, db.Close()) }()
	ok(t, db.Check(t.Context()))
	view(t, db, func(tx *Tx) {
		acts, _ := strconv.Atoi(must[string](t)(tx.Get("acts")))
		if acts < said {
			t.Fatalf("%d acts are left of %d that were committed", acts, said)
		}
		cases := must[[]complaint.CaseID](t)(tx.Cases())
		mails := must[[]complaint.Kept](t)(tx.UnreadMails(complaint.Inbox, 1<<30))
		if len(cases) != acts || len(mails) != acts {
			t.Fatalf("%d acts left %d cases and %d mails", acts, len(cases), len(mails))
		}
		for _, c := range cases[max(0, acts-35):] {
			ok(t, tx.VerifyChain(c))
			if facts, rows := must[[]complaint.Fact](t)(tx.Facts(c)), must[[]Row](t)(tx.LettersOf(c)); len(facts) != 2 || len(rows) != 1 {
				t.Fatalf("case %s has %d facts and %d letters, want 2 and 1", c, len(facts), len(rows))
			}
		}
	})
}
