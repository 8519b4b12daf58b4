package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// checkedAtOpen is the size up to which the whole file is checked each time it is opened: some tens of milliseconds.
const checkedAtOpen = 16 << 20

// place finds where the database really lies, so that its lock and key lie beside it whatever name it was called by.
func place(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil {
		return "", explain(path, err)
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s: %s is not a directory; set database in the config to a file in an existing one", path, dir)
	}
	if onNetwork(dir) {
		return "", fmt.Errorf("%s: it lies on a network file system, where SQLite is not safe; use a local disk", path)
	}
	return path, nil
}

// lockFile takes the lock that keeps a second daemon out. The file stays when the lock goes: removing it would let two in.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, explain(path, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%s: %w%s; stop that one first", path, ErrInUse, holder(f))
		}
		return nil, fmt.Errorf("%s: lock: %w", path, err)
	}
	// The number only serves the message above, so a full disk does not matter here.
	if f.Truncate(0) == nil {
		fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	return f, nil
}

func holder(f *os.File) string {
	b := make([]byte, 20)
	n, _ := f.ReadAt(b, 0)
	if pid := strings.TrimSpace(string(b[:n])); pid != "" {
		return " (process " + pid + ")"
	}
	return ""
}

// prepareFile makes the file when there is none, and sees to it that nobody else can read it.
func (db *DB) prepareFile() error {
	err := present(db.path)
	if errors.Is(err, fs.ErrNotExist) {
		return create(db.path)
	}
	if err != nil {
		return err
	}
	info, err := os.Stat(db.path)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return os.Chmod(db.path, 0o600) // SQLite gives -wal and -shm the mode of the file itself
	}
	return nil
}

// present says whether there is a file that could be a database.
func present(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no database; the daemon makes it at its first start: %w", path, fs.ErrNotExist)
	case err != nil:
		return explain(path, err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: it is not a file; set database in the config to a file", path)
	case info.Size() == 0:
		return damaged(path, "the file is empty", nil)
	}
	return nil
}

// quickCheck looks for damage in a file small enough to be read whole at every start.
func (db *DB) quickCheck() error {
	info, err := os.Stat(db.path)
	if err != nil || info.Size() > checkedAtOpen {
		return err
	}
	return check(context.Background(), db)
}

// Check reads the whole database and returns ErrDamaged when it is not sound. It takes a second per gigabyte or so, and
// keeps nobody waiting.
func (db *DB) Check(ctx context.Context) error {
	return explain(db.path, check(ctx, db))
}

func check(ctx context.Context, db *DB) error {
	pool := db.readers
	if pool == nil {
		pool = db.writer
	}
	var found string
	if err := pool.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return damaged(db.path, strings.ReplaceAll(found, "\n", " "), nil)
	}
	return nil
}

// syncDir makes the names in the directory of path durable.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
