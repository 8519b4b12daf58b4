package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers says what each package of the house may import of the house: arrows point down only.
var layers = map[string][]string{
	"calendar":  {},
	"complaint": {"calendar"},
	"letters":   {"calendar", "complaint"},
	"db":        {"calendar", "complaint", "letters"},
	"clerk":     {"calendar", "complaint", "letters", "db"},
	"intake":    {"calendar", "complaint"},
	"mailer":    {"complaint", "letters"},
}

// pure packages know no network, database, mail protocol or clock of their own.
var pure = []string{"calendar", "complaint", "letters"}

var impure = []string{"net", "net/http", "net/mail", "net/smtp", "net/textproto", "database/sql", "mime", "os", "os/exec", "crypto/rand", "math/rand", "math/rand/v2", "syscall"}

func TestArrowsPointDown(t *testing.T) {
	for pkg, allowed := range layers {
		for _, imp := range imports(t, "{{join .Imports \"\\n\"}}", pkg) {
			if inner, ours := strings.CutPrefix(imp, "klachtd/"); ours && !slices.Contains(allowed, inner) {
				t.Errorf("%s imports %s", pkg, inner)
			}
		}
	}
}

func TestPurePackagesKnowNoWorld(t *testing.T) {
	for _, pkg := range pure {
		for _, imp := range imports(t, "{{join .Imports \"\\n\"}}", pkg) {
			if slices.Contains(impure, imp) || strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				t.Errorf("%s imports %s", pkg, imp)
			}
		}
		for _, dep := range imports(t, "{{join .Deps \"\\n\"}}", pkg) {
			if dep == "net" || dep == "database/sql" || strings.HasPrefix(dep, "github.com/emersion/") {
				t.Errorf("%s depends on %s", pkg, dep)
			}
		}
	}
}

// TestTheClerkKnowsNoServer: it meets mail as values only.
func TestTheClerkKnowsNoServer(t *testing.T) {
	for _, dep := range imports(t, "{{join .Deps \"\\n\"}}", "clerk") {
		if strings.Contains(dep, "go-imap") || strings.Contains(dep, "enmime") || strings.Contains(dep, "go-mail") {
			t.Errorf("clerk depends on %s", dep)
		}
	}
}

func imports(t *testing.T, format, pkg string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", format, "klachtd/"+pkg).Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}
