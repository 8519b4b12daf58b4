package letters

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// unknownFiles finds text files that override nothing, which a slip of the pen makes.
func unknownFiles(dir fs.FS) error {
	if dir == nil {
		return nil
	}
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return fmt.Errorf("read letters.dir: %w", err)
	}
	known := fileNames()
	var all []error
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || slices.Contains(known, name) || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || !strings.HasSuffix(name, ".txt") {
			continue
		}
		hint := "the letters are " + strings.Join(Names(), ", ") + ", each as NAME.nl.txt or NAME.en.txt"
		if near := Nearest(name, known); near != "" {
			hint = "did you mean " + near
		}
		all = append(all, fmt.Errorf("%s is no letter; %s", name, hint))
	}
	return errors.Join(all...)
}

func fileNames() []string {
	var all []string
	for _, name := range append(Names(), parts...) {
		for _, lang := range languages {
			all = append(all, name+"."+lang+".txt")
		}
	}
	return all
}

// Nearest is the known word within three changes of a word, if one is nearer than the others, else "".
func Nearest(word string, known []string) string {
	best, at, tie := "", 4, false
	for _, k := range known {
		switch d := distance(word, k); {
		case d < at:
			best, at, tie = k, d, false
		case d == at:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// distance counts the letters to add, drop or replace between two words (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

var templateError = regexp.MustCompile(`(?s)^template: ([^:]+):(\d+)(?::\d+)?:(?: executing .*? at <(.*?)>:)? ?(.*)$`)

// inFile says of an error in a template in which file and line it is, and what to do.
func inFile(err error) error {
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		return err
	}
	what := m[4]
	if m[3] != "" {
		what = "{{" + m[3] + "}}: " + what
	}
	return fmt.Errorf("%s:%s: %s; mend this line, or remove the file to use the built-in letter", m[1], m[2], what)
}

// checkTree refuses functions that would print a value without its marks, and fields that no letter has: a field in a
// branch that no sample takes would else break the letter on the day it is needed.
func checkTree(t *template.Template, file string) error {
	var bad error
	refuse := func(n parse.Node, what string) {
		if bad == nil {
			loc, _ := t.ErrorContext(n)
			at := strings.Split(loc, ":")
			bad = fmt.Errorf("%s:%s: %s; mend this line, or remove the file to use the built-in letter", file, at[1], what)
		}
	}
	walk(t.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.IdentifierNode:
			if !slices.Contains(allowed, n.Ident) {
				refuse(n, fmt.Sprintf("%s cannot be used in a letter; there are %s", n.Ident, strings.Join(allowed, ", ")))
			}
		case *parse.FieldNode:
			for _, name := range n.Ident {
				if !slices.Contains(fields, name) {
					hint := ""
					if near := Nearest(name, fields); near != "" {
						hint = ", did you mean ." + near
					}
					refuse(n, fmt.Sprintf("there is no field .%s%s", name, hint))
				}
			}
		}
	})
	return bad
}

// walk visits every node of a template.
func walk(n parse.Node, visit func(parse.Node)) {
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				walk(a, visit)
			}
		}
	case *parse.IfNode:
		walkBranch(n.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(n.BranchNode, visit)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, visit)
		}
	}
}

func walkBranch(n parse.BranchNode, visit func(parse.Node)) {
	walk(n.Pipe, visit)
	walk(n.List, visit)
	if n.ElseList != nil {
		walk(n.ElseList, visit)
	}
}
