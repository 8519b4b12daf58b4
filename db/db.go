// Package db answers one question: what is kept? It keeps mails whole, the facts of every case, what a mail to a handler
// asked, and the letters that are to go out, in one SQLite file.
//
// Facts are added and never changed. Whatever is decided together is written together: [DB.Update] is one transaction,
// and what it committed survives a power cut. All reading and writing hangs on [Tx]; the SQL stands beside the Go that
// uses it, and schema.sql tells what is stored.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

// DB is an open database: one connection that writes, and a few that read beside it.
type DB struct {
	path    string
	lock    *os.File // held for as long as the database is open for writing
	writer  *sql.DB  // nil when it was opened for reading only
	readers *sql.DB
	damage  atomic.Pointer[error] // set once the file proved damaged: nothing is written after that
}

// Open opens the database of a daemon, and makes it when there is none; its directory must exist. While it is open no
// second daemon can open it: that is ErrInUse.
func Open(path string) (*DB, error) {
	path, err := place(path)
	if err != nil {
		return nil, err
	}
	lock, err := lockFile(path)
	if err != nil {
		return nil, err
	}
	db := &DB{path: path, lock: lock}
	if err := db.start(); err != nil {
		db.Close()
		return nil, whileOpening(path, err)
	}
	return db, nil
}

// OpenReadOnly opens a database to look at it, also while a daemon works on it. It makes nothing: when there is no file
// the error is fs.ErrNotExist.
func OpenReadOnly(path string) (*DB, error) {
	path, err := place(path)
	if err != nil {
		return nil, err
	}
	if err := present(path); err != nil {
		return nil, err
	}
	db := &DB{path: path, readers: connect(path, reading)}
	if err := current(db.readers); err != nil {
		db.Close()
		return nil, whileOpening(path, err)
	}
	return db, nil
}

// start makes or checks the file, brings it to today's schema, and opens it.
func (db *DB) start() error {
	if err := db.prepareFile(); err != nil {
		return err
	}
	db.writer = connect(db.path, writing)
	if err := migrate(db.writer, steps); err != nil {
		return err
	}
	if err := db.quickCheck(); err != nil {
		return err
	}
	db.readers = connect(db.path, reading)
	return db.Update(context.Background(), (*Tx).recover)
}

// Close ends all work on the database and lets another daemon have it.
func (db *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{db.readers, db.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	return errors.Join(errs...)
}

// Tx is one transaction. Everything read in it is of one moment; everything written in it is kept together or not at all.
// Instants are kept to the millisecond and come back in UTC.
type Tx struct{ tx *sql.Tx }

// Update runs fn in a transaction that may write, and commits it durably unless fn returns an error. One runs at a time.
// ctx ends the wait for a turn; a transaction that has begun runs to its end, so that what a server answered is still
// written down during a shutdown. ErrFull may pass by itself; after ErrDamaged nothing is written any more.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	if db.writer == nil {
		return fmt.Errorf("%s: opened for reading only", db.path)
	}
	if damage := db.damage.Load(); damage != nil {
		return *damage
	}
	err := explainSQLite(db.path, db.transact(ctx, db.writer, fn))
	if errors.Is(err, ErrDamaged) {
		db.damage.Store(&err)
	}
	return err
}

// View runs fn in a transaction that only reads. It sees what was committed when it began, and keeps nobody waiting.
func (db *DB) View(ctx context.Context, fn func(*Tx) error) error {
	return explainSQLite(db.path, db.transact(ctx, db.readers, fn))
}

func (db *DB) transact(ctx context.Context, pool *sql.DB, fn func(*Tx) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := begin(ctx, conn)
	if err != nil {
		return err
	}
	defer tx.Rollback() // also when fn panics; after a commit it does nothing
	if err := fn(&Tx{tx}); err != nil {
		return err
	}
	return tx.Commit()
}

// begin waits up to half a minute for a database that another tool has locked, and looks at ctx between.
func begin(ctx context.Context, conn *sql.Conn) (tx *sql.Tx, err error) {
	for range 30 * time.Second / busyTimeout {
		tx, err = conn.BeginTx(context.WithoutCancel(ctx), nil)
		if !isBusy(err) {
			return tx, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, err
}
