package db

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// layout gives what a database is made of, without comments and the way it was typed.
func layout(t *testing.T, pool *sql.DB) string {
	rows := must[*sql.Rows](t)(pool.Query(`SELECT coalesce(sql, '') FROM sqlite_master ORDER BY type, name`))
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		ok(t, rows.Scan(&s))
		s = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(s, "")
		all = append(all, strings.Join(strings.Fields(s), " "))
	}
	ok(t, rows.Err())
	return strings.Join(all, "\n")
}

// version1 makes a database as the first release made it.
func version1(t *testing.T) *sql.DB {
	script := must[[]byte](t)(os.ReadFile("testdata/schema_v1.sql"))
	pool := sql.OpenDB(connector{filepath.Join(t.TempDir(), "old.db"), "rwc"})
	t.Cleanup(func() { pool.Close() })
	ok(t, inOne(pool, string(script)+"; PRAGMA application_id = 0x6b6c6163; PRAGMA user_version = 1"))
	return pool
}

func TestSchemaIsVersion1AndAllSteps(t *testing.T) {
	old := version1(t)
	ok(t, migrate(old, steps))
	want, got := layout(t, open(t).writer), layout(t, old)
	if got != want {
		t.Errorf("version 1 and all steps give\n%s\n\nschema.sql gives\n%s", got, want)
	}
}

func TestStepsAreDoneTogetherOrNotAtAll(t *testing.T) {
	old := version1(t)
	before := layout(t, old)
	wantError(t, migrate(old, []string{"CREATE TABLE a (x)", "ALTER TABLE none ADD y"}), "from version 1 to 3")
	if layout(t, old) != before || must[int](t)(versionOf(old)) != 1 {
		t.Error("a broken step left something behind")
	}
	ok(t, migrate(old, []string{"CREATE TABLE a (x)", "ALTER TABLE a ADD y"}))
	ok(t, migrate(old, []string{"CREATE TABLE a (x)", "ALTER TABLE a ADD y"}))
	if v := must[int](t)(versionOf(old)); v != 3 {
		t.Errorf("version %d, want 3", v)
	}
	wantError(t, migrate(old, steps), "newer klachtd")
}
