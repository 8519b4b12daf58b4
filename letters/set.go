package letters

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"klachtd/complaint"
)

//go:embed templates/*.txt
var embedded embed.FS

// languages a letter is written in.
var languages = []string{"nl", "en"}

// parts are templates that letters share: they are no letters by themselves, and can be overridden like them.
var parts = []string{"closing", "reference", "reach", "complaint", "authorisation", "judgement", "offers", "commitments", "commissioners", "report"}

// Set holds the letters of one office, ready to be written.
type Set struct {
	office    Office
	templates map[string]*template.Template // "acknowledgement.nl"
}

// Names lists the letters, L1 to L13 and the receipt. They are the mode keys, template files and preview names.
func Names() []string {
	return []string{
		complaint.LetterAcknowledgement,
		complaint.LetterNonAcceptance,
		complaint.LetterProgress,
		complaint.LetterInformation,
		complaint.LetterConfirmation,
		complaint.LetterReportComplainant,
		complaint.LetterReportConcerned,
		complaint.LetterReferral,
		complaint.LetterExtension,
		complaint.LetterExtensionConcerned,
		complaint.LetterWithdrawal,
		complaint.LetterReactionRequest,
		complaint.LetterWitnessClosing,
		complaint.LetterCommitmentLate,
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

var functions = template.FuncMap{"quote": quote, "paragraphs": paragraphs, "sentence": sentence, "list": list}

// allowed are the built-in functions of a template that are left: those that cannot print a value without its marks.
var allowed = []string{"and", "or", "not", "eq", "ne", "quote", "paragraphs", "sentence", "list"}

func parseInto(t *template.Template, dir fs.FS, name, lang string) (*template.Template, error) {
	file := name + "." + lang + ".txt"
	source, err := source(dir, file)
	if err != nil {
		return nil, err
	}
	source = strings.TrimRight(source, "\n") + "\n" // a part ends its line, however its file was saved
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
