package main

import (
	"embed"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/letters"
)

// presets are the procedures klachtd knows, a file each. procedures/eigen.toml is their manual, and the one to copy.
//
//go:embed procedures/*.toml
var presets embed.FS

// ownPreset is the example, which stands for nobody's procedure as it is.
const ownPreset = "eigen"

// procedure is a regulation, as one file has it. Its terms lack what the office adds: post days and closing days.
type procedure struct {
	Title, Source string
	Terms         complaint.Terms
}

// procedureFile is the format of the files: docs/procedure.md has it in words.
type procedureFile struct {
	Name      string            `toml:"name"`
	Version   string            `toml:"version"`
	Title     string            `toml:"title"`
	Source    string            `toml:"source"`
	Statutory []string          `toml:"statutory"`
	Terms     termsFile         `toml:"terms"`
	Own       ownFile           `toml:"own"`
	Extension extensionFile     `toml:"extension"`
	Articles  map[string]string `toml:"articles"`
	Route     routeFile         `toml:"route"`
}

// termsFile is what the regulation promises.
type termsFile struct {
	Acknowledgement string `toml:"acknowledgement"`
	Decision        string `toml:"decision"`
	Progress        string `toml:"progress"`
	Confirmation    string `toml:"confirmation"`
	NewOffer        string `toml:"new_offer"`
	Report          string `toml:"report"`
	Measures        string `toml:"measures"`
}

// ownFile is what no regulation says and somebody has to decide.
type ownFile struct {
	Withdrawal string `toml:"withdrawal"`
	Promise    string `toml:"promise"`
	Working    string `toml:"working"`
	Reaction   string `toml:"reaction"`
}

type extensionFile struct {
	Term      string `toml:"term"`
	Consent   bool   `toml:"consent"`
	Concerned bool   `toml:"concerned"`
}

type routeFile struct {
	NL string `toml:"nl"`
	EN string `toml:"en"`
}

var procedureSchema = schema{reflect.TypeFor[procedureFile](), "procedures/eigen.toml", `like { confirmation = "art. 5" }`}

// presetNames lists the presets that can be used as they are.
func presetNames() []string {
	entries, _ := presets.ReadDir("procedures") // embedded: it is there
	var names []string
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".toml"); name != ownPreset {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func preset(name string) (procedure, []problem) {
	text, err := presets.ReadFile("procedures/" + name + ".toml")
	if err != nil {
		return procedure{}, []problem{{key: "name", text: err.Error()}}
	}
	return parseProcedure(text)
}

// parseProcedure reads a procedure file, and lists all that is wrong in it.
func parseProcedure(text []byte) (procedure, []problem) {
	var file procedureFile
	problems, fatal := procedureSchema.decode(text, &file)
	if fatal {
		return procedure{}, problems
	}
	f := &findings{lines: linesOf(text), all: problems}
	p := procedure{Title: file.Title, Source: file.Source}
	file.heading(f)
	file.terms(f, &p.Terms)
	file.law(f, &p.Terms)
	p.Terms.Preset, p.Terms.Version = file.Name, file.Version
	p.Terms.PostDays, p.Terms.Holidays = defaultConfig().Letters.PostDays, calendar.Dutch()
	return p, f.all
}

var (
	presetName    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	presetVersion = regexp.MustCompile(`^[\w.-]{1,20}$`)
)

// heading checks what the procedure is called. Name and version stand in every case that begins under it.
func (file *procedureFile) heading(f *findings) {
	if !presetName.MatchString(file.Name) {
		f.bad("name", "name %.60q must be a short name in small letters, digits and dashes, like my-office", file.Name)
	}
	if !presetVersion.MatchString(file.Version) {
		f.bad("version", `version %.60q must be a number or a day, like "1" or "2026-11-01": change it with every change of the terms`, file.Version)
	}
	f.sentence("title", file.Title, "the name of the regulation")
	f.sentence("source", file.Source, "where the regulation can be read")
	f.sentence("route.nl", file.Route.NL, `where a complainant can go in the end, in Dutch, like "de opdrachtgever"`)
	f.sentence("route.en", file.Route.EN, `the same in English, like "the organisation that hired us"`)
}

// sentence asks for a text on one line.
func (f *findings) sentence(key, have, what string) {
	switch {
	case strings.TrimSpace(have) == "":
		f.bad(key, "%s is missing: write %s", key, what)
	case len(have) > 300 || strings.ContainsFunc(have, unicode.IsControl):
		f.bad(key, "%s must be one line of at most 300 letters: write %s", key, what)
	}
}

// terms reads every length. All are asked for: a promise that nobody wrote down is one that nobody keeps.
func (file *procedureFile) terms(f *findings, t *complaint.Terms) {
	for _, one := range []struct {
		key, text string
		into      *calendar.Term
		what      string
	}{
		{"terms.acknowledgement", file.Terms.Acknowledgement, &t.Acknowledgement, "from receipt to the acknowledgement"},
		{"terms.decision", file.Terms.Decision, &t.Decision, "from receipt to the decision not to take a complaint up"},
		{"terms.progress", file.Terms.Progress, &t.Progress, "from receipt to word on how it goes on"},
		{"terms.confirmation", file.Terms.Confirmation, &t.Confirmation, "from receipt to the outcome in writing"},
		{"terms.new_offer", file.Terms.NewOffer, &t.NewOffer, "from a dissatisfied reaction to the decision on a new offer"},
		{"terms.report", file.Terms.Report, &t.Report, "from the solution to the report"},
		{"own.withdrawal", file.Own.Withdrawal, &t.Withdrawal, "from a withdrawal to its confirmation"},
		{"own.promise", file.Own.Promise, &t.Promise, "that a letter asks for when the work takes longer"},
		{"own.working", file.Own.Working, &t.Working, "from your word to the letter it orders"},
		{"own.reaction", file.Own.Reaction, &t.Reaction, "to wait for a reaction to an offer"},
	} {
		if f.term(one.key, one.text, one.into); one.into.IsZero() && one.text == "" {
			f.bad(one.key, `%s is missing: write the time %s, like "2w"`, one.key, one.what)
		}
	}
	f.term("terms.measures", file.Terms.Measures, &t.Measures)
	f.term("extension.term", file.Extension.Term, &t.Extension.Term)
	t.Extension.Consent, t.Extension.Concerned = file.Extension.Consent, file.Extension.Concerned
	f.inOrder("terms.acknowledgement", t.Acknowledgement, t.Confirmation)
	f.inOrder("terms.progress", t.Progress, t.Confirmation)
}

func (f *findings) term(key, text string, into *calendar.Term) {
	if err := into.UnmarshalText([]byte(text)); err != nil {
		f.bad(key, `%s %.60q is no term: write days, weeks, months or working days, like "14d", "6w", "1m" or "2wd"`, key, text)
	}
}

// inOrder refuses a step that would come after the outcome.
func (f *findings) inOrder(key string, term, confirmation calendar.Term) {
	from := calendar.NewDate(2027, 3, 1)
	if !confirmation.IsZero() && term.After(from, calendar.Dutch()) > confirmation.After(from, calendar.Dutch()) {
		f.bad(key, "%s %s is longer than terms.confirmation %s: write at most %[3]s", key, term, confirmation)
	}
}

// law reads which terms are set by law, and where each promise stands.
func (file *procedureFile) law(f *findings, t *complaint.Terms) {
	var promised, all []string
	for _, k := range complaint.Kinds() {
		if k == complaint.Receipt {
			continue
		}
		all = append(all, string(k))
		if k.Article() > 0 {
			promised = append(promised, string(k))
		}
	}
	for _, k := range file.Statutory {
		if !slices.Contains(promised, k) {
			f.bad("statutory", "statutory has %.60q, which is no duty with a term: %s", k, choose(k, promised))
			continue
		}
		t.Statutory = append(t.Statutory, complaint.Kind(k))
	}
	for _, k := range slices.Sorted(maps.Keys(file.Articles)) {
		key := "articles." + k
		if !slices.Contains(all, k) {
			f.bad(key, "there is no duty %.60q to give an article: %s", k, choose(k, all))
			continue
		}
		f.sentence(key, file.Articles[k], `where it stands, like "art. 5"`)
		if t.Articles == nil {
			t.Articles = map[complaint.Kind]string{}
		}
		t.Articles[complaint.Kind(k)] = file.Articles[k]
	}
	t.Route = complaint.Words{NL: file.Route.NL, EN: file.Route.EN}
}

// choose lists what can be written, the nearest first.
func choose(wrong string, words []string) string {
	all := "write one of " + strings.Join(words, ", ")
	if near := letters.Nearest(wrong, words); near != "" {
		return "did you mean " + near + "? " + all
	}
	return all
}

// completeProcedure finds the procedure of the config: a preset, or a file.
func (c *Config) completeProcedure(f *findings) {
	var p procedure
	var problems []problem
	if strings.ContainsAny(c.Procedure, `/\.`) {
		p, problems = c.ownProcedure()
	} else if slices.Contains(presetNames(), c.Procedure) {
		p, problems = preset(c.Procedure)
	} else {
		problems = []problem{{text: fmt.Sprintf("procedure %.60q is no preset: %s; or the path of a file, like ./%s.toml", c.Procedure, choose(c.Procedure, presetNames()), ownPreset)}}
	}
	for _, one := range problems {
		f.bad("procedure", "%v", one)
	}
	c.regulation = p
}

// ownProcedure reads the file that the config names.
func (c *Config) ownProcedure() (procedure, []problem) {
	path := c.path(c.Procedure)
	text, err := os.ReadFile(path)
	if err != nil {
		err = noFile(err, "procedure "+path, "copy cmd/klachtd/procedures/eigen.toml there, or name a preset: "+strings.Join(presetNames(), ", "))
		return procedure{}, []problem{{text: "procedure: " + err.Error()}}
	}
	p, problems := parseProcedure(text)
	if slices.Contains(presetNames(), p.Terms.Preset) {
		problems = append(problems, problem{"name", linesOf(text)["name"], fmt.Sprintf("name %q is that of a preset: give yours a name of its own", p.Terms.Preset)})
	}
	for i := range problems {
		problems[i] = problem{text: fmt.Sprintf("procedure %s: %v", path, problems[i])}
	}
	return p, problems
}

// terms are those of the procedure with what the office adds: how long its post travels, and when it is closed.
func (c *Config) terms() complaint.Terms {
	t := c.regulation.Terms
	t.PostDays = c.Letters.PostDays
	t.Holidays.LiberationDay = c.Calendar.LiberationDay
	for _, d := range c.Calendar.DaysOff {
		t.Holidays.Closed = append(t.Holidays.Closed, calendar.NewDate(d.Year, time.Month(d.Month), d.Day))
	}
	return t
}
