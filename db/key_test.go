package db

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestKeyIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klachtd.db")
	first := must[[]byte](t)(Key(path)) // also before there is a database
	openAt(t, path)
	if again := must[[]byte](t)(Key(path)); !bytes.Equal(first, again) {
		t.Error("the key changed")
	}
	other := must[[]byte](t)(Key(filepath.Join(t.TempDir(), "klachtd.db")))
	if len(first) != keySize || bytes.Equal(first, other) {
		t.Errorf("keys %x and %x are no secrets", first, other)
	}
	if info := must[fs.FileInfo](t)(os.Stat(path + ".key")); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode().Perm())
	}
}

func TestLostKeyIsNotMadeAnewWhileThereAreCases(t *testing.T) {
	for _, left := range []struct {
		name string
		key  []byte // nil when the file is gone
	}{{"gone", nil}, {"empty", []byte{}}, {"cut short", make([]byte, 31)}} {
		t.Run(left.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "klachtd.db")
			db := openAt(t, path)
			if left.key != nil {
				ok(t, os.WriteFile(path+".key", left.key, 0o600))
			}
			if key := must[[]byte](t)(Key(path)); len(key) != keySize { // there are no cases yet
				t.Fatalf("key of %d bytes", len(key))
			}
			newCase(t, db, "anna@example.nl")
			ok(t, os.Remove(path+".key"))
			if left.key != nil {
				ok(t, os.WriteFile(path+".key", left.key, 0o600))
			}
			_, err := Key(path)
			wantError(t, err, path+".key", "restore it from the backup")
			if now, _ := readAll(path + ".key"); !bytes.Equal(now, left.key) {
				t.Error("the file was changed")
			}
		})
	}
}
