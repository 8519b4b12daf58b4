package db

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

var (
	// ErrInUse says that another daemon has the database open.
	ErrInUse = errors.New("in use by another klachtd")
	// ErrFull says that the disk is full. Nothing was lost; the same may be tried again later.
	ErrFull = errors.New("the disk is full")
	// ErrDamaged says that the file is not sound, or the disk is not. Going on would make it worse.
	ErrDamaged = errors.New("the database is damaged")
)

// fault is an error for people: one line that says what is wrong and what to do.
type fault struct {
	text  string
	kind  error // one of the sentinels, or nil
	cause error // or nil
}

func (f *fault) Error() string {
	if f.cause == nil {
		return f.text
	}
	return fmt.Sprintf("%s (%v)", f.text, f.cause)
}

func (f *fault) Unwrap() []error {
	var all []error
	for _, err := range []error{f.kind, f.cause} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

func damaged(path, what string, cause error) error {
	return &fault{fmt.Sprintf("%s: %s; stop klachtd, keep the file, and put the last backup of it and of its .key file in its place", path, what), ErrDamaged, cause}
}

// whileOpening explains err, and puts the path before what explain does not know.
func whileOpening(path string, err error) error {
	if told := explain(path, err); told != err {
		return told
	}
	var known *fault
	if errors.As(err, &known) {
		return err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// explain turns what SQLite and the file system say of a database into an error for people. Other errors it gives back as
// they are.
func explain(path string, err error) error {
	var known *fault
	if err == nil || errors.As(err, &known) || errors.Is(err, ErrInUse) {
		return err
	}
	if told := explainSQLite(path, err); told != err {
		return told
	}
	dir := filepath.Dir(path)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return full(path, err)
	case errors.Is(err, syscall.EROFS):
		return readOnlyDisk(path, err)
	case errors.Is(err, fs.ErrPermission):
		return &fault{fmt.Sprintf("%s: no permission; run klachtd as the user who owns %s, or give it that directory with: chown", path, dir), nil, err}
	case errors.Is(err, fs.ErrNotExist):
		return &fault{fmt.Sprintf("%s: there is no such directory; make it with: mkdir -p %s", path, dir), nil, err}
	}
	return err
}

// explainSQLite turns what SQLite says into an error for people. What else went wrong in a transaction may be about other
// files, and stays as it is.
func explainSQLite(path string, err error) error {
	var known *fault
	var e sqlite3.Error
	if errors.As(err, &known) || !errors.As(err, &e) {
		return err
	}
	if e.SystemErrno == syscall.ENOSPC || e.SystemErrno == syscall.EDQUOT {
		return full(path, err)
	}
	switch e.Code {
	case sqlite3.ErrFull:
		return full(path, err)
	case sqlite3.ErrNotADB:
		return damaged(path, "it is not a database", err)
	case sqlite3.ErrCorrupt:
		return damaged(path, "the file is damaged", err)
	case sqlite3.ErrIoErr:
		return &fault{path + ": the disk cannot be read or written; look at the disk and the system's log, then start klachtd again", ErrDamaged, err}
	case sqlite3.ErrReadonly:
		if e.SystemErrno == syscall.EROFS {
			return readOnlyDisk(path, err)
		}
		return noPermission(path, err)
	case sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return noPermission(path, err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return &fault{fmt.Sprintf("%s: another program has it locked; close that program, klachtd tries again", path), nil, err}
	}
	return err
}

func full(path string, cause error) error {
	return &fault{fmt.Sprintf("%s: the disk is full; make room in %s, nothing was lost", path, filepath.Dir(path)), ErrFull, cause}
}

func noPermission(path string, cause error) error {
	return &fault{fmt.Sprintf("%s: no permission; run klachtd as the user who owns %s and its directory, with write access to both", path, filepath.Base(path)), nil, cause}
}

func readOnlyDisk(path string, cause error) error {
	return &fault{fmt.Sprintf("%s: the disk is mounted read-only; mount it for writing, or choose another place", path), nil, cause}
}

func isBusy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrBusy
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// mustTouch is the error of a change that had to find its row.
func mustTouch(n int, err error, doing string, args ...any) error {
	return mustFind(n > 0, err, doing, args...)
}

func mustFind(found bool, err error, doing string, args ...any) error {
	doing = fmt.Sprintf(doing, args...)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", doing, err)
	case !found:
		return fmt.Errorf("%s: it is not known", doing)
	}
	return nil
}
