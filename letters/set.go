package letters

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"klachtd/complaint"
)

//go:embed templates/*.txt
var embedded embed.FS

// languages a letter is written in.
var languages = []string{"nl", "en"}

// parts are templates that letters share: they are no letters by themselves, and can be overridden like them.
var parts = []string{"closing", "report"}

// Set holds the letters of one office, ready to be written.
type Set struct {
	office    Office
	templates map[string]*template.Template // "acknowledgement.nl"
}

// Names lists the letters, in the order of the procedure. They are the mode keys, template files and preview names.
func Names() []string {
	return []string{
		complaint.LetterAcknowledgement,
		complaint.LetterNonAcceptance,
		complaint.LetterProgress,
		complaint.LetterConfirmation,
		complaint.LetterReportComplainant,
		complaint.LetterReportConcerned,
		complaint.LetterReceipt,
	}
}

// Load reads the built-in templates, and those in dir that replace them (nil for none), and writes every letter about
// every sample case. A template that is broken, or whose letter would lack what it must say, is an error that names the
// file, the line, and what to do.
func Load(dir fs.FS, o Office) (*Set, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	s := &Set{office: o, templates: map[string]*template.Template{}}
	if err := unknownFiles(dir); err != nil {
		return nil, err
	}
	var all []error
	for _, lang := range languages {
		if err := s.load(dir, lang); err != nil {
			all = append(all, err)
		}
	}
	if err := errors.Join(all...); err != nil {
		return nil, err
	}
	if err := s.tryOut(); err != nil {
		return nil, err
	}
	return s, nil
}

// load parses the templates of one language. Each letter gets its own copies of the shared parts.
func (s *Set) load(dir fs.FS, lang string) error {
	shared := template.New("").Option("missingkey=error").Funcs(functions)
	for _, name := range parts {
		if _, err := parseInto(shared, dir, name, lang); err != nil {
			return err
		}
	}
	for _, name := range Names() {
		t, err := parseInto(template.Must(shared.Clone()), dir, name, lang)
		if err != nil {
			return err
		}
		s.templates[name+"."+lang] = t
	}
	return nil
}

var functions = template.FuncMap{"quote": quote, "paragraphs": paragraphs, "sentence": sentence}

// allowed are the built-in functions of a template that are left: those that cannot print a value without its marks.
var allowed = []string{"and", "or", "not", "eq", "ne", "quote", "paragraphs", "sentence"}

func parseInto(t *template.Template, dir fs.FS, name, lang string) (*template.Template, error) {
	file := name + "." + lang + ".txt"
	source, err := source(dir, file)
	if err != nil {
		return nil, err
	}
	if i := strings.IndexFunc(source, func(r rune) bool { return isMark(r) || r == 0 }); i >= 0 {
		return nil, fmt.Errorf("%s:%d: a character here is not text; save the file as UTF-8", file, 1+strings.Count(source[:i], "\n"))
	}
	parsed, err := t.New(file).Parse(source)
	if err != nil {
		return nil, inFile(err)
	}
	if slices.Contains(parts, name) { // letters use it by its short name
		if _, err := t.AddParseTree(name, parsed.Tree); err != nil {
			return nil, inFile(err)
		}
	}
	return parsed, checkTree(parsed, file)
}

// source is a template as the office wrote it, else the built-in one.
func source(dir fs.FS, file string) (string, error) {
	if dir != nil {
		b, err := fs.ReadFile(dir, file)
		if err == nil {
			return strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n"), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("read letter %s: %w", file, err)
		}
	}
	b, err := embedded.ReadFile(path.Join("templates", file))
	return string(b), err
}

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
		if near := nearest(name, known); near != "" {
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

// nearest is the known word within three changes of a word, if one is nearer than the others.
func nearest(word string, known []string) string {
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
					if near := nearest(name, fields); near != "" {
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
