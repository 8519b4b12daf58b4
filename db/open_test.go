package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"klachtd/complaint"
)

// settled makes a database with something in it, closes it, and gives its path.
func settled(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "klachtd.db")
	db := openAt(t, path)
	c := newCase(t, db, "anna@example.nl")
	update(t, db, func(tx *Tx) {
		for n := range 20 {
			must[bool](t)(tx.KeepMail(mail(complaint.Inbox, uint32(n+1), strings.Repeat(string(c), 500+n))))
		}
	})
	ok(t, db.Close())
	return path
}

// wantError checks that an error is one line for people, with these words in it.
func wantError(t testing.TB, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", words)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q, want %q in it", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("error %q has more than one line", err)
	}
}

func TestSettingsAreAsAsked(t *testing.T) {
	db := open(t)
	for _, pool := range []struct {
		*sql.DB
		access
	}{{db.writer, writing}, {db.readers, reading}} {
		for _, p := range pragmas {
			var got string
			if p.only != "" && p.only != pool.access {
				continue
			}
			ok(t, pool.QueryRow("PRAGMA "+p.name).Scan(&got))
			if got != p.want {
				t.Errorf("%s of the %s connection is %q, want %q", p.name, pool.access, got, p.want)
			}
		}
	}
}

func TestSettingThatDoesNotTakeIsRefused(t *testing.T) {
	pragmas := pragmas
	t.Cleanup(func() { setPragmas(pragmas) })
	setPragmas(append([]pragma{{"synchronus", "FULL", "2", ""}}, pragmas...))
	_, err := Open(filepath.Join(t.TempDir(), "klachtd.db"))
	wantError(t, err, "did not take synchronus = FULL")
}

func setPragmas(p []pragma) { pragmas = p }

func TestOnlyTheOwnerCanReadTheFiles(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "klachtd.db")
	must[[]byte](t)(Key(path))
	ok(t, openAt(t, path).Close())
	ok(t, os.Chmod(path, 0o644))
	newCase(t, openAt(t, path), "bea@example.nl")
	for _, suffix := range []string{"", "-wal", "-shm", ".lock", ".key"} {
		info := must[fs.FileInfo](t)(os.Stat(path + suffix))
		if info.Mode().Perm() != 0o600 {
			t.Errorf("mode of klachtd.db%s is %v, want 0600", suffix, info.Mode().Perm())
		}
	}
}

func TestSecondDaemonIsRefused(t *testing.T) {
	path := settled(t)
	first := openAt(t, path)
	_, err := Open(path)
	if !errors.Is(err, ErrInUse) {
		t.Fatalf("second Open: %v, want ErrInUse", err)
	}
	wantError(t, err, path, fmt.Sprint("process ", os.Getpid()), "stop that one first")

	link := filepath.Join(t.TempDir(), "other-name.db")
	ok(t, os.Symlink(path, link))
	if _, err := Open(link); !errors.Is(err, ErrInUse) {
		t.Errorf("Open by another name: %v, want ErrInUse", err)
	}
	ok(t, first.Close())
	openAt(t, path)
}

func TestReadingWorksBesideTheDaemon(t *testing.T) {
	path := settled(t)
	daemon := openAt(t, path)
	reader := must[*DB](t)(OpenReadOnly(path))
	defer reader.Close()
	c := newCase(t, daemon, "bea@example.nl")
	view(t, reader, func(tx *Tx) {
		if facts := must[[]complaint.Fact](t)(tx.Facts(c)); len(facts) != 1 {
			t.Errorf("the reader sees %d facts, want the 1 that was committed", len(facts))
		}
	})
	wantError(t, reader.Update(t.Context(), func(*Tx) error { return nil }), "reading only")
	err := reader.View(t.Context(), func(tx *Tx) error { return tx.Set("a", "b") })
	wantError(t, err, "no permission")
}

func TestReadingWorksWithoutADaemon(t *testing.T) {
	reader := must[*DB](t)(OpenReadOnly(settled(t)))
	defer reader.Close()
	view(t, reader, func(tx *Tx) {
		if all := must[[]complaint.CaseID](t)(tx.Cases()); len(all) != 1 {
			t.Errorf("cases %v, want one", all)
		}
	})
}

func TestReadingMakesNothing(t *testing.T) {
	dir := t.TempDir()
	_, err := OpenReadOnly(filepath.Join(dir, "klachtd.db"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want fs.ErrNotExist", err)
	}
	if made := must[[]os.DirEntry](t)(os.ReadDir(dir)); len(made) > 0 {
		t.Errorf("it made %v", made)
	}
}

func TestReadTransactionSeesOneMoment(t *testing.T) {
	db := open(t)
	view(t, db, func(tx *Tx) {
		before := must[[]complaint.CaseID](t)(tx.Cases())
		newCase(t, db, "anna@example.nl")
		after := must[[]complaint.CaseID](t)(tx.Cases())
		if len(before) != 0 || len(after) != 0 {
			t.Errorf("cases %v, then %v, want none in both", before, after)
		}
	})
}

func TestWhatFailsIsNotKept(t *testing.T) {
	db := open(t)
	stop := fmt.Errorf("template letter.txt: %w", fs.ErrNotExist)
	err := db.Update(t.Context(), func(tx *Tx) error { return errors.Join(tx.Set("a", "b"), stop) })
	if !errors.Is(err, stop) || strings.Contains(err.Error(), db.path) {
		t.Fatalf("Update: %v, want what fn returned", err)
	}
	func() {
		defer func() { recover() }()
		db.Update(t.Context(), func(tx *Tx) error {
			ok(t, tx.Set("a", "c"))
			panic("while writing")
		})
	}()
	update(t, db, func(tx *Tx) { // also says that neither left the writer locked
		if v := must[string](t)(tx.Get("a")); v != "" {
			t.Errorf("value %q was kept", v)
		}
	})
}

func TestBegunTransactionOutlivesItsContext(t *testing.T) {
	db := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	ok(t, db.Update(ctx, func(tx *Tx) error {
		cancel()
		return tx.Set("answer", "250")
	}))
	if err := db.Update(ctx, func(*Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Update with an ended context: %v, want context.Canceled", err)
	}
	view(t, db, func(tx *Tx) {
		if v := must[string](t)(tx.Get("answer")); v != "250" {
			t.Errorf("value %q, want 250", v)
		}
	})
}

func TestWritingWaitsForAnotherTool(t *testing.T) {
	db := open(t)
	tool := connect(db.path, writing)
	defer tool.Close()
	held := must[*sql.Tx](t)(tool.Begin())
	done := make(chan error)
	go func() { done <- db.Update(t.Context(), func(tx *Tx) error { return tx.Set("a", "b") }) }()
	must[sql.Result](t)(held.Exec(`INSERT INTO meta VALUES ('tool', 'was here')`))
	ok(t, held.Commit())
	ok(t, <-done)
}

func TestFilesThatAreNoneOfOurs(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.db")
	pool := sql.OpenDB(connector{other, "rwc"})
	must[sql.Result](t)(pool.Exec("CREATE TABLE t (x)"))
	ok(t, pool.Close())
	write := func(content string) string {
		path := filepath.Join(t.TempDir(), "klachtd.db")
		ok(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	newer := settled(t)
	db := openAt(t, newer)
	must[sql.Result](t)(db.writer.Exec("PRAGMA user_version = 99"))
	ok(t, db.Close())

	for _, c := range []struct {
		name, path string
		words      string
		damaged    bool
	}{
		{"another program's", other, "another program", false},
		{"a text", write("Geachte mevrouw, " + strings.Repeat("klacht ", 1000)), "not a database", true},
		{"empty", write(""), "the file is empty", true},
		{"of a newer klachtd", newer, "newer klachtd", false},
		{"a directory", t.TempDir(), "not a file", false},
		{"in a directory that is not there", filepath.Join(t.TempDir(), "none", "klachtd.db"), "mkdir -p", false},
		{"in a file", filepath.Join(write("x"), "klachtd.db"), "not a directory", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			_, err := Open(c.path)
			wantError(t, err, c.words, c.path)
			if errors.Is(err, ErrDamaged) != c.damaged {
				t.Errorf("errors.Is(%v, ErrDamaged) is %v", err, !c.damaged)
			}
			if _, err := OpenReadOnly(c.path); err == nil {
				t.Error("OpenReadOnly took it")
			}
			if after, _ := os.ReadFile(c.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestTruncatedFileIsRefused(t *testing.T) {
	whole := must[[]byte](t)(os.ReadFile(settled(t)))
	for size := 1; size < len(whole); size += 2048 {
		path := filepath.Join(t.TempDir(), "klachtd.db")
		ok(t, os.WriteFile(path, whole[:size], 0o600))
		_, err := Open(path)
		if !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v, want ErrDamaged", size, len(whole), err)
		}
		wantError(t, err, "last backup")
		if after := must[[]byte](t)(os.ReadFile(path)); !bytes.Equal(after, whole[:size]) {
			t.Fatalf("cut to %d bytes, it was changed", size)
		}
	}
}

func TestFlippedBitsAreNeverFatal(t *testing.T) {
	whole := must[[]byte](t)(os.ReadFile(settled(t)))
	path := filepath.Join(t.TempDir(), "klachtd.db")
	refused := 0
	for range 300 {
		flipped := bytes.Clone(whole)
		flipped[rand.IntN(len(flipped))] ^= 1 << rand.IntN(8)
		ok(t, os.WriteFile(path, flipped, 0o600))
		db, err := Open(path)
		if err != nil {
			refused++
			continue
		}
		db.View(t.Context(), func(tx *Tx) error {
			tx.UnreadMails(complaint.Inbox, 1<<20)
			return tx.VerifyChain("K2026-0001")
		})
		ok(t, db.Close())
	}
	if refused == 0 {
		t.Error("no flipped bit was noticed at open")
	}
}

func TestInterruptedCreationLeavesNothingBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klachtd.db")
	for _, suffix := range []string{".new", ".new-journal", ".new-wal", ".new-shm"} {
		ok(t, os.WriteFile(path+suffix, []byte("half"), 0o600))
	}
	openAt(t, path)
	if left, _ := filepath.Glob(path + ".new*"); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// A page limit is how SQLite itself lets a full disk be had.
func TestFullDiskLosesNothingAndPasses(t *testing.T) {
	db := open(t)
	newCase(t, db, "anna@example.nl")
	must[sql.Result](t)(db.writer.Exec("PRAGMA max_page_count = 100"))
	big := mail(complaint.Inbox, 1, strings.Repeat("klacht ", 200_000))
	err := db.Update(t.Context(), func(tx *Tx) error {
		_, err := tx.KeepMail(big)
		return err
	})
	if !errors.Is(err, ErrFull) {
		t.Fatalf("error %v, want ErrFull", err)
	}
	wantError(t, err, "make room")
	must[sql.Result](t)(db.writer.Exec("PRAGMA max_page_count = 100000"))
	update(t, db, func(tx *Tx) {
		if fresh := must[bool](t)(tx.KeepMail(big)); !fresh {
			t.Error("the mail was half kept")
		}
	})
}

func TestDamageEndsAllWriting(t *testing.T) {
	db := open(t)
	err := db.Update(t.Context(), func(*Tx) error {
		return fmt.Errorf("keep mail: %w", sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync})
	})
	if !errors.Is(err, ErrDamaged) {
		t.Fatalf("error %v, want ErrDamaged", err)
	}
	again := db.Update(t.Context(), func(*Tx) error { t.Error("it wrote on"); return nil })
	if !errors.Is(again, ErrDamaged) {
		t.Errorf("next Update: %v, want ErrDamaged", again)
	}
}

func TestErrorsForPeople(t *testing.T) {
	for _, c := range []struct {
		err   error
		words string
		is    error
	}{
		{sqlite3.Error{Code: sqlite3.ErrFull}, "the disk is full; make room in /var/lib/klachtd", ErrFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EDQUOT}, "the disk is full", ErrFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr}, "cannot be read or written", ErrDamaged},
		{sqlite3.Error{Code: sqlite3.ErrCorrupt}, "last backup", ErrDamaged},
		{sqlite3.Error{Code: sqlite3.ErrReadonly, SystemErrno: syscall.EROFS}, "mounted read-only", nil},
		{sqlite3.Error{Code: sqlite3.ErrCantOpen}, "no permission", nil},
		{sqlite3.Error{Code: sqlite3.ErrBusy}, "locked", nil},
		{&fs.PathError{Op: "open", Err: syscall.EACCES}, "no permission", fs.ErrPermission},
		{&fs.PathError{Op: "open", Err: syscall.ENOSPC}, "make room", ErrFull},
		{&fs.PathError{Op: "open", Err: syscall.EROFS}, "mounted read-only", nil},
	} {
		err := explain("/var/lib/klachtd/klachtd.db", fmt.Errorf("settle mail: %w", c.err))
		wantError(t, err, "/var/lib/klachtd/klachtd.db: ", c.words)
		if c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%v is not %v", err, c.is)
		}
	}
	plain := errors.New("case K2026-0001 does not exist")
	if got := explain("/k.db", plain); got != plain {
		t.Errorf("explain changed %q to %q", plain, got)
	}
}

// Root may do everything, so as root this test runs itself again as nobody.
func TestNoPermissionSaysWhatToDo(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
		return
	}
	t.Run("directory", func(t *testing.T) {
		dir := t.TempDir()
		ok(t, os.Chmod(dir, 0o500))
		_, err := Open(filepath.Join(dir, "klachtd.db"))
		wantError(t, err, "no permission", "run klachtd as the user who owns")
	})
	t.Run("file", func(t *testing.T) {
		path := settled(t)
		ok(t, os.Chmod(path, 0o400))
		_, err := Open(path)
		wantError(t, err, "no permission", path)
	})
	t.Run("reading", func(t *testing.T) {
		path := settled(t)
		ok(t, os.Chmod(path, 0))
		_, err := OpenReadOnly(path)
		wantError(t, err, "no permission", path)
	})
	t.Run("key", func(t *testing.T) {
		path := settled(t)
		ok(t, os.WriteFile(path+".key", make([]byte, keySize), 0o644))
		_, err := Key(path)
		wantError(t, err, "chmod 600 "+path+".key")
	})
}

func asNobody(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		t.Skipf("cannot run as nobody here: %v", err)
	}
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}
