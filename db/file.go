package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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
	return explain(path, readHeader(path))
}

// readHeader looks at the first bytes of a file before SQLite does, which would turn another program's database into WAL
// mode. See "The Database Header" in SQLite's file format.
func readHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	header := make([]byte, 100)
	if _, err := io.ReadFull(f, header); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if !bytes.HasPrefix(header, []byte("SQLite format 3\x00")) {
		return damaged(path, "it is not a database", nil)
	}
	if binary.BigEndian.Uint32(header[68:]) != applicationID {
		return &fault{path + ": it is the database of another program; set database in the config to a file of klachtd's own", nil, nil}
	}
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		return nil // its last pages may still lie there
	}
	info, err := f.Stat()
	if err == nil && info.Size() < sizeIn(header) {
		return damaged(path, "the file is cut short", nil)
	}
	return err
}

// sizeIn is how large the file is by its own header. quick_check does not miss the end of a mail that is not there.
func sizeIn(header []byte) int64 {
	page := int64(binary.BigEndian.Uint16(header[16:]))
	if page == 1 {
		page = 65536
	}
	return page * int64(binary.BigEndian.Uint32(header[28:]))
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
