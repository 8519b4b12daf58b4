package db

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"klachtd/calendar"
)

// instantText is how instants are stored: fixed width, so that text order is time order.
const instantText = "2006-01-02T15:04:05.000Z"

// instant is t as it is stored; NULL for the zero time. Mail servers give years out of range, which would sort wrong.
func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	switch {
	case t.Year() < 1:
		t = time.Date(1, 1, 1, 0, 0, 0, 1e6, time.UTC)
	case t.Year() > 9999:
		t = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	}
	return t.Format(instantText)
}

// day is d as it is stored; NULL for no date.
func day(d calendar.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// orNull is s, or NULL when it is empty.
func orNull[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// asJSON is v as JSON text. What we store has no cycles, channels or functions, so it can always be written.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("db: encode %T: %v", v, err))
	}
	return string(b)
}

// into is a place to scan a column into: text that a function reads, or NULL, which leaves the zero value.
type into func(text string) error

func (f into) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return f(v)
	case []byte:
		return f(string(v))
	}
	return fmt.Errorf("column holds %T, want text", v)
}

func intoInstant(t *time.Time) sql.Scanner {
	*t = time.Time{}
	return into(func(s string) (err error) {
		*t, err = time.Parse(instantText, s)
		return err
	})
}

func intoDay(d *calendar.Date) sql.Scanner {
	*d = 0
	return into(func(s string) (err error) {
		*d, err = calendar.ParseDate(s)
		return err
	})
}

func intoJSON(v any) sql.Scanner {
	return into(func(s string) error { return json.Unmarshal([]byte(s), v) })
}

// exec runs a statement and returns how many rows it touched.
func (tx *Tx) exec(query string, args ...any) (int, error) {
	r, err := tx.tx.Exec(query, args...)
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// one reads one row; it says whether there was one.
func (tx *Tx) one(query string, args []any, dest ...any) (bool, error) {
	err := tx.tx.QueryRow(query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// scanner is one row of an answer.
type scanner interface{ Scan(dest ...any) error }

// list reads all rows of an answer.
func list[T any](tx *Tx, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// single reads a row of one column.
func single[T any](s scanner) (v T, err error) {
	err = s.Scan(&v)
	return v, err
}

// bytesOf is b, but never NULL.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// orElse is v, or other when v is empty.
func orElse[S ~string](v, other S) S {
	if v == "" {
		return other
	}
	return v
}

// text is a stored instant as plain text, "" for NULL.
func text(v any) string {
	s, _ := v.(string)
	return s
}
