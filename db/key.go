package db

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"klachtd/complaint"
)

const keySize = 32

// Key gives the secret from which Message-IDs and tokens are made: 32 random bytes in a file beside the database, at path
// with ".key" behind it. It is made once; when it is gone while there are cases, nothing could tell our letters from
// others any more, so that is an error.
func Key(path string) ([]byte, error) {
	path, err := place(path)
	if err != nil {
		return nil, err
	}
	name := path + ".key"
	key, err := readKey(name)
	if err == nil && len(key) == keySize {
		return key, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, explain(name, err)
	}
	if err := noCases(path); err != nil {
		return nil, err
	}
	if key != nil { // cut off while it was made, at the very first start
		if err := os.Remove(name); err != nil {
			return nil, explain(name, err)
		}
	}
	if key, err = makeKey(name); err != nil {
		return nil, explain(name, err)
	}
	return key, nil
}

func readKey(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s: others can read the key; close it with: chmod 600 %s", name, name)
	}
	return os.ReadFile(name)
}

func makeKey(name string) ([]byte, error) {
	key := make([]byte, keySize)
	rand.Read(key)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(key)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	return key, syncDir(name)
}

// noCases refuses a database that has cases, for which its key cannot be made anew.
func noCases(path string) error {
	db, err := OpenReadOnly(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer db.Close()
	var any []complaint.CaseID
	err = db.View(context.Background(), func(tx *Tx) error {
		any, err = list(tx, single[complaint.CaseID], `SELECT id FROM cases LIMIT 1`)
		return err
	})
	if err == nil && len(any) > 0 {
		return fmt.Errorf("%s.key: the key of this database is missing or damaged; restore it from the backup, together with the database", path)
	}
	return err
}
