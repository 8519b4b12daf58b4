package db

import (
	"database/sql"
	_ "embed"
	"fmt"
	"os"
)

//go:embed schema.sql
var schema string

// steps brings a database from one version of the schema to the next: steps[0] from 1 to 2. A step is never edited once
// it was released. user_version counts; a new database gets schema.sql, which is the first schema with all steps done.
var steps []string

// create makes a new database beside its place and moves it there whole, so that a database is never half made: a file
// that is empty is not one of ours that was interrupted, but one that lost its contents.
func create(path string) error {
	fresh := path + ".new"
	for _, left := range []string{fresh, fresh + "-journal", fresh + "-wal", fresh + "-shm"} {
		if err := os.Remove(left); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	f, err := os.OpenFile(fresh, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	f.Close()
	pool := connect(fresh, writing)
	defer pool.Close()
	script := fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d;", schema, applicationID, len(steps)+1)
	if err := inOne(pool, script); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	if err := pool.Close(); err != nil { // the last connection moves everything from the -wal into the file
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncDir(path)
}

// migrate does the steps a database is behind, all in one transaction.
func migrate(pool *sql.DB, steps []string) error {
	version, err := versionOf(pool)
	if err != nil {
		return err
	}
	if version > len(steps)+1 {
		return newer(version, len(steps)+1)
	}
	if version == len(steps)+1 {
		return nil
	}
	script := ""
	for _, step := range steps[version-1:] {
		script += step + ";\n"
	}
	script += fmt.Sprintf("PRAGMA user_version = %d;", len(steps)+1)
	if err := inOne(pool, script); err != nil {
		return fmt.Errorf("bring the tables from version %d to %d: %w", version, len(steps)+1, err)
	}
	return nil
}

// current says whether a database can be read as it is.
func current(pool *sql.DB) error {
	version, err := versionOf(pool)
	switch today := len(steps) + 1; {
	case err != nil:
		return err
	case version > today:
		return newer(version, today)
	case version < today:
		return fmt.Errorf("it is of an older klachtd (schema %d, this is %d); start the daemon once, that brings it up to date", version, today)
	}
	return nil
}

// versionOf gives the version of the schema: 1, 2, 3, ...
func versionOf(pool *sql.DB) (version int, err error) {
	if err := pool.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	if version < 1 {
		return 0, fmt.Errorf("it has no version; put the last backup of it and of its .key file in its place: %w", ErrDamaged)
	}
	return version, nil
}

func newer(version, today int) error {
	return fmt.Errorf("it was written by a newer klachtd (schema %d, this is %d); install that version again, or restore a backup", version, today)
}

// inOne runs a script in one transaction: all of it or nothing.
func inOne(pool *sql.DB, script string) error {
	tx, err := pool.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(script); err != nil {
		return err
	}
	return tx.Commit()
}
