package db

import (
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sources parses the files of a package, without its tests.
func sources(t *testing.T, dir string) (files []*ast.File) {
	for _, name := range must[[]string](t)(filepath.Glob(filepath.Join(dir, "*.go"))) {
		if !strings.HasSuffix(name, "_test.go") {
			files = append(files, must[*ast.File](t)(parser.ParseFile(token.NewFileSet(), name, nil, 0)))
		}
	}
	return files
}

// statements collects the SQL in the source of this package.
func statements(t *testing.T) (all []string) {
	for _, file := range sources(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			if e, isExpr := n.(ast.Expr); isExpr {
				if s, isText := constant(e); isText {
					all = append(all, complete(s)...)
					return false
				}
			}
			return true
		})
	}
	return all
}

// constant is the text of a literal, or of a column list with a literal behind it.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		name, isName := e.X.(*ast.Ident)
		tail, isText := constant(e.Y)
		lists := map[string]string{"mailColumns": mailColumns, "candidateColumns": candidateColumns}
		if isName && isText && lists[name.Name] != "" {
			return lists[name.Name] + tail, true
		}
	}
	return "", false
}

// complete keeps what is a whole statement, or the end of one that reads rows of the outbox.
func complete(s string) []string {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	switch word {
	case "WHERE":
		return []string{rowColumns + s}
	case "SELECT", "INSERT", "UPDATE", "DELETE":
		if s != rowColumns && s != mailColumns && s != candidateColumns {
			return []string{s}
		}
	}
	return nil
}

// A tick costs what is due, not what exists: no statement walks through a table. Those that list everything on purpose
// walk through an index.
func TestNoStatementWalksThroughATable(t *testing.T) {
	walks := []string{
		"SCAN cases", // noCases, which wants one
		"SCAN cases USING INDEX sqlite_autoindex_cases_2", // Cases
		"SCAN cases USING COVERING INDEX cases_open",      // OpenCases
		"SCAN mail USING INDEX mail_parked",
		"SCAN c USING INDEX candidate_open",
		"SCAN o USING INDEX outbox_held",
		"SCAN o USING INDEX outbox_due", // WaitingRows, and recover at the start
		"SCAN outbox USING INDEX outbox_due",
	}
	db := open(t)
	all := statements(t)
	if len(all) < 50 {
		t.Fatalf("found only %d statements", len(all))
	}
	for _, s := range all {
		rows, err := db.writer.Query("EXPLAIN QUERY PLAN "+s, make([]any, 20)...)
		if err != nil {
			t.Errorf("%v in\n%s", err, s)
			continue
		}
		for _, step := range steplist(t, rows) {
			if strings.HasPrefix(step, "SCAN") && !slices.Contains(walks, step) {
				t.Errorf("%s: %s", step, s)
			}
		}
	}
}

func steplist(t *testing.T, rows *sql.Rows) (all []string) {
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		ok(t, rows.Scan(&id, &parent, &unused, &detail))
		all = append(all, detail)
	}
	ok(t, rows.Err())
	return all
}
