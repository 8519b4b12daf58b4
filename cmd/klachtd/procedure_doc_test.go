package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klachtd/complaint"
	"klachtd/letters"
)

// procedureDoc is docs/procedure.md: its sections by heading, and all that stands in backquotes.
type procedureDoc struct {
	text     string
	sections map[string]string
}

func readProcedureDoc(t *testing.T) procedureDoc {
	t.Helper()
	text, err := os.ReadFile("../../docs/procedure.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := procedureDoc{text: string(text), sections: map[string]string{}}
	for _, part := range strings.Split(string(text), "\n## ")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		doc.sections[head] = body
	}
	return doc
}

var backquoted = regexp.MustCompile("`([^`\n]+)`")

// row finds the row of a table that begins with a name in backquotes.
func row(section, name string) string {
	for line := range strings.Lines(section) {
		if strings.HasPrefix(line, "| `"+name+"`") {
			return line
		}
	}
	return ""
}

// TestProcedureDocument holds docs/procedure.md to the code: nothing the program owes or sends is missing there, and
// nothing there is a name of the past.
func TestProcedureDocument(t *testing.T) {
	doc := readProcedureDoc(t)
	t.Run("every sentence of the regulation", doc.quotesTheRegulation)
	t.Run("every duty in its article", doc.hasEveryDuty)
	t.Run("every letter", doc.hasEveryLetter)
	t.Run("every fact is one", doc.namesFacts)
	t.Run("every name is in the code", doc.namesCode)
	t.Run("every test and story is there", doc.namesTests)
	t.Run("every invariant has its test", doc.holdsInvariants)
	t.Run("every preset and key", doc.hasPresets)
}

func (doc procedureDoc) quotesTheRegulation(t *testing.T) {
	text, err := os.ReadFile("testdata/reglement.txt")
	if err != nil {
		t.Fatal(err)
	}
	quotes := map[string]string{}
	for head, body := range doc.sections {
		var said []string
		for line := range strings.Lines(body) {
			if quote, ok := strings.CutPrefix(line, ">"); ok {
				said = append(said, strings.Fields(strings.TrimPrefix(strings.TrimSpace(quote), "- "))...)
			}
		}
		quotes[head] = strings.Join(said, " ")
	}
	total := 0
	for line := range strings.Lines(string(text)) {
		head, sentence := "Preamble", strings.TrimSpace(line)
		if n, rest, ok := strings.Cut(sentence, ". "); ok && len(n) == 1 {
			head, sentence = "Article "+n, rest
		}
		if !strings.Contains(quotes[head], sentence) {
			t.Errorf("%s does not quote %q", head, sentence)
		}
		total += len(strings.Fields(sentence))
	}
	quoted := 0
	for _, said := range quotes {
		quoted += len(strings.Fields(said))
	}
	if quoted != total {
		t.Errorf("%d words are quoted, and the regulation has %d", quoted, total)
	}
}

func (doc procedureDoc) hasEveryDuty(t *testing.T) {
	for _, k := range complaint.Kinds() {
		head := "Our own rules (Article 0)"
		if k.Article() > 0 {
			head = "Article " + strconv.Itoa(k.Article())
		}
		line := row(doc.sections[head], string(k))
		if line == "" {
			t.Errorf("%s has no row under %s", k, head)
		}
		if k.Letter() != "" && !strings.Contains(line, "`"+k.Letter()+"`") {
			t.Errorf("the row of %s does not name its letter %s", k, k.Letter())
		}
	}
}

// hasEveryLetter: each letter is in the row of the duty it meets, by its article; none is met by a letter that there is not.
func (doc procedureDoc) hasEveryLetter(t *testing.T) {
	meets := map[string]bool{}
	for _, k := range complaint.Kinds() {
		meets[k.Letter()] = true
		if name := k.Letter(); name != "" && !slices.Contains(letters.Names(), name) {
			t.Errorf("%s is met by %s, which is no letter", k, name)
		}
	}
	for _, name := range letters.Names() {
		if !meets[name] || !strings.Contains(doc.text, "`"+name+"`") {
			t.Errorf("the letter %s meets no duty, or is not in the document", name)
		}
	}
}

// namesFacts: what stands in the columns of facts is a kind of fact.
func (doc procedureDoc) namesFacts(t *testing.T) {
	known := map[string]bool{}
	for _, b := range complaint.Bodies() {
		known[complaint.KindOf(b)] = true
	}
	for head, body := range doc.sections {
		if !strings.HasPrefix(head, "Article ") && head != "Preamble" && !strings.HasPrefix(head, "Our own") {
			continue
		}
		column := 0
		for line := range strings.Lines(body) {
			cells := strings.Split(line, "|")
			if len(cells) < 5 {
				continue
			}
			for i, cell := range cells {
				if cell = strings.TrimSpace(cell); cell == "facts" || cell == "met by" {
					column = i
				}
			}
			for _, m := range backquoted.FindAllStringSubmatch(cells[column], -1) {
				if !known[m[1]] {
					t.Errorf("%s: %s is no kind of fact", head, m[1])
				}
			}
		}
	}
}

// identifiers are the names in the packages of the house: complaint.Duties, complaint.Case.article2.
func identifiers(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for pkg := range layers {
		files, err := filepath.Glob("../../" + pkg + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range parsed.Decls {
				for _, name := range declared(decl) {
					all[pkg+"."+name] = true
				}
			}
		}
	}
	return all
}

// declared are the names of a declaration; a method's with its type.
func declared(decl ast.Decl) (names []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			receiver := d.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			if typ, ok := receiver.(*ast.Ident); ok {
				name = typ.Name + "." + name
			}
		}
		names = append(names, name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names = append(names, n.Name)
				}
			}
		}
	}
	return names
}

func (doc procedureDoc) namesCode(t *testing.T) {
	all, found := identifiers(t), 0
	name := regexp.MustCompile(`^(calendar|complaint|letters|db|clerk|intake|mailer)\.[A-Za-z]\w*(\.\w+)?$`)
	for _, m := range backquoted.FindAllStringSubmatch(doc.text, -1) {
		if !name.MatchString(m[1]) {
			continue
		}
		if found++; !all[m[1]] {
			t.Errorf("there is no %s", m[1])
		}
	}
	if found < 30 {
		t.Errorf("only %d names of the code are in the document", found)
	}
}

// testNames are the test functions of the house.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../../*/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	own, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, file := range append(files, own...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(text, -1) {
			all[string(m[1])] = true
		}
	}
	return all
}

var storyName = regexp.MustCompile(`^\d\d-[\w-]+$`)

func (doc procedureDoc) namesTests(t *testing.T) {
	tests := testNames(t)
	for _, m := range backquoted.FindAllStringSubmatch(doc.text, -1) {
		switch {
		case strings.HasPrefix(m[1], "Test"), strings.HasPrefix(m[1], "Fuzz"):
			if !tests[m[1]] {
				t.Errorf("there is no test %s", m[1])
			}
		case storyName.MatchString(m[1]):
			if !exists("testdata/stories/" + m[1] + ".txt") {
				t.Errorf("there is no story %s", m[1])
			}
		}
	}
	for _, k := range complaint.Kinds() {
		doc.storiesShow(t, k)
	}
}

// storiesShow: a story named in the row of a duty speaks of that duty.
func (doc procedureDoc) storiesShow(t *testing.T, k complaint.Kind) {
	for head, body := range doc.sections {
		if !strings.HasPrefix(head, "Article") && !strings.HasPrefix(head, "Our own") {
			continue
		}
		for _, m := range backquoted.FindAllStringSubmatch(row(body, string(k)), -1) {
			if !storyName.MatchString(m[1]) {
				continue
			}
			story, err := os.ReadFile("testdata/stories/" + m[1] + ".txt")
			if said := k.Name().NL; err != nil || !strings.Contains(strings.ToLower(string(story)), said) {
				t.Errorf("%s is to show %s, and does not speak of %q", m[1], k, said)
			}
		}
	}
}

func (doc procedureDoc) holdsInvariants(t *testing.T) {
	n := 0
	for line := range strings.Lines(doc.sections["What always holds"]) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || strings.TrimSpace(cells[1]) != strconv.Itoa(n+1) {
			continue
		}
		if n++; !strings.Contains(cells[4], "`Test") {
			t.Errorf("no test holds invariant %d", n)
		}
	}
	if n != 10 {
		t.Errorf("%d invariants, want ten", n)
	}
}

func (doc procedureDoc) hasPresets(t *testing.T) {
	for _, name := range presetNames() {
		line := row(doc.sections["Presets"], name)
		p := goodPreset(t, name).Terms
		cells := strings.Split(line, "|")
		if len(cells) < 9 {
			t.Errorf("%s has no row", name)
			continue
		}
		extension := "none"
		if !p.Extension.Term.IsZero() {
			extension = p.Extension.Term.String()
		}
		if p.Extension.Consent {
			extension += ", more with consent"
		}
		want := []string{p.Acknowledgement.String(), p.Decision.String(), p.Confirmation.String(), extension, p.Report.String()}
		for i, w := range want {
			if got := strings.TrimSpace(cells[i+2]); got != w {
				t.Errorf("%s: the table says %q, the file %q", name, got, w)
			}
		}
	}
	all := map[string]any{}
	leaves("", reflect.ValueOf(procedureFile{}), all)
	for key := range all {
		if !strings.Contains(doc.sections["A procedure of your own"], "`"+key+"`") {
			t.Errorf("the key %s is not in the document", key)
		}
	}
}
