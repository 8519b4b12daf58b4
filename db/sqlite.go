package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

const (
	busyTimeout = 5 * time.Second
	oldest      = 3051003 // SQLite 3.51.3: before it, two connections could damage a file in WAL mode
	// applicationID marks the file as ours: "klac" in ASCII.
	applicationID = 0x6b6c6163
)

// access says what a connection may do.
type access string

const (
	writing access = "rw" // never "rwc": a missing file is made by create, whole
	reading access = "ro"
)

// pragma is a setting of a connection, and what it must read back as. SQLite ignores a setting it does not know or
// cannot take, so each is read back.
type pragma struct {
	name, set, want string
	only            access // "" for every connection
}

var pragmas = []pragma{
	{"trusted_schema", "OFF", "0", ""},
	{"cell_size_check", "ON", "1", ""},
	{"mmap_size", "0", "0", ""}, // an error on a mapped page would be a signal
	{"foreign_keys", "ON", "1", ""},
	{"temp_store", "MEMORY", "2", ""}, // no complaint in a file of /tmp
	{"busy_timeout", "5000", "5000", ""},
	{"query_only", "ON", "1", reading},
	{"journal_mode", "WAL", "wal", writing},
	{"synchronous", "FULL", "2", writing}, // NORMAL may forget a letter that was sent, at a power cut
	{"secure_delete", "ON", "1", writing}, // what was erased must not stand in free pages
	{"journal_size_limit", "16777216", "16777216", writing},
}

// connect makes a pool: one connection for writing, so that writers queue here and not in SQLite; a few for reading.
func connect(path string, a access) *sql.DB {
	pool := sql.OpenDB(connector{path, a})
	pool.SetMaxOpenConns(1)
	if a == reading {
		pool.SetMaxOpenConns(max(2, runtime.NumCPU()))
		pool.SetMaxIdleConns(1)
		pool.SetConnMaxIdleTime(time.Hour) // longer than the poll of a mailbox: opening costs more than keeping
	}
	return pool
}

// connector opens connections that are set up and checked, without a driver registered under a global name.
type connector struct {
	path   string
	access access
}

// Connect opens a connection. A path may hold any byte, so it is escaped.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	v := url.Values{"mode": {string(c.access)}, "_stmt_cache_size": {"64"}}
	if c.access == writing {
		v.Set("_txlock", "immediate") // a transaction that reads first and writes later would fail at once when another writes
	}
	return c.Driver().Open("file:" + (&url.URL{Path: c.path}).EscapedPath() + "?" + v.Encode())
}

// Driver returns the driver that prepares its connections.
func (c connector) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: c.prepare}
}

func (c connector) prepare(conn *sqlite3.SQLiteConn) error {
	if _, n, _ := sqlite3.Version(); n < oldest {
		return fmt.Errorf("SQLite %d is too old, want 3.51.3 or later: build klachtd with its own SQLite", n)
	}
	for _, p := range pragmas {
		if p.only != "" && p.only != c.access {
			continue
		}
		if _, err := conn.Exec("PRAGMA "+p.name+" = "+p.set, nil); err != nil {
			return fmt.Errorf("set %s: %w", p.name, err)
		}
	}
	for _, p := range pragmas {
		if p.only != "" && p.only != c.access {
			continue
		}
		if got, err := readPragma(conn, p.name); err != nil || got != p.want {
			return errors.Join(fmt.Errorf("SQLite did not take %s = %s: it is %q", p.name, p.set, got), err)
		}
	}
	return nil
}

func readPragma(conn *sqlite3.SQLiteConn, name string) (string, error) {
	rows, err := conn.Query("PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	value := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(value); err == io.EOF {
		return "", nil // SQLite knows no such setting
	} else if err != nil {
		return "", err
	}
	return strings.ToLower(fmt.Sprint(value[0])), nil
}
