package letters

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"klachtd/complaint"
)

func builtIn(t *testing.T, file string) string {
	t.Helper()
	text, err := source(nil, file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func dirOf(file, text string) fs.FS { return fstest.MapFS{file: &fstest.MapFile{Data: []byte(text)}} }

func TestOverrideReplacesALetter(t *testing.T) {
	text := strings.Replace(builtIn(t, "acknowledgement.nl.txt"), "In deze brief leest u wat wij met uw klacht doen.", "Fijn dat u ons schrijft.", 1)
	s, err := Load(dirOf("acknowledgement.nl.txt", "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n")), testOffice())
	if err != nil {
		t.Fatal(err)
	}
	rich := Samples()[0]
	l, err := s.Letter(rich.Departures[0], rich.Case, rich.Today)
	if err != nil || !strings.Contains(oneLine(l.Text), "Fijn dat u ons schrijft.") || !strings.Contains(l.HTML, "Fijn dat u ons schrijft.") {
		t.Errorf("%v\n%s", err, l.Text)
	}
}

func TestOverriddenClosingClosesEveryLetter(t *testing.T) {
	s, err := Load(dirOf("closing.en.txt", "\nYours,\n\n| {{.Handler}}\n| {{.Office}}\n| {{.Phone}}\n| {{.Email}}\n| Chamber of Commerce 12345678\n"), testOffice())
	if err != nil {
		t.Fatal(err)
	}
	each(t, s, func(t *testing.T, _ Sample, _ complaint.Departure, l Letter) {
		if (l.Lang == "en") != strings.Contains(l.Text, "Chamber of Commerce 12345678") {
			t.Error(l.Text)
		}
	})
}

// TestBrokenOverrideIsRefused: with its file, its line, and what to do.
func TestBrokenOverrideIsRefused(t *testing.T) {
	const file = "progress.nl.txt"
	good := builtIn(t, file)
	for _, c := range []struct{ name, file, text, want string }{
		{"syntax", file, strings.Replace(good, "{{.Salutation}}", "{{.Salutation", 1), "progress.nl.txt:10: "},
		{"unknown field", file, strings.Replace(good, "{{.Salutation}}", "{{.Salutaton}}", 1), "progress.nl.txt:8: there is no field .Salutaton, did you mean .Salutation; mend this line, or remove the file"},
		{"unknown field in a branch no sample takes", file, good + "{{if eq .Finding \"x\"}}{{.Nope}}{{end}}", "there is no field .Nope"},
		{"a field of another letter", "report_concerned.nl.txt", strings.Replace(builtIn(t, "report_concerned.nl.txt"), "{{.Salutation}}", "{{.Salutation}} {{.About}}", 1), "report_concerned.nl.txt:7: "},
		{"forbidden function", file, strings.Replace(good, "{{.Salutation}}", "{{printf \"%s\" .Salutation}}", 1), "progress.nl.txt:8: printf cannot be used in a letter; there are and, or,"},
		{"unknown function", file, strings.Replace(good, "{{.Salutation}}", "{{shout .Salutation}}", 1), "progress.nl.txt:8: function \"shout\" not defined; mend"},
		{"no subject", file, strings.Replace(good, "Subject: ", "Onderwerp ", 1), "progress.nl.txt:1: the first line must begin with \"Subject: \""},
		{"subject without number", file, strings.Replace(good, " [{{.Number}}]", "", 1), "progress.nl.txt:1: the subject must end with [{{.Number}}]"},
		{"complaint in the subject", file, strings.Replace(good, "Hoe het staat met uw klacht", "{{.About}}", 1), "progress.nl.txt:1: a subject must say nothing of the case but its number"},
		{"no next date", file, strings.Replace(good, "{{.Promised}}", "snel", 1), "progress.nl.txt: the letter about the sample case \"rich\" lacks the next date; say it in the template"},
		{"not text", file, "Subject: \xff\xfe", "progress.nl.txt:1: "},
		{"slip of the pen", "acknowledgment.nl.txt", good, "acknowledgment.nl.txt is no letter; did you mean acknowledgement.nl.txt"},
		{"no such letter", "brief.txt", good, "brief.txt is no letter; the letters are acknowledgement, "},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Load(dirOf(c.file, c.text), testOffice())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if s != nil {
				t.Error("a broken set was handed out")
			}
		})
	}
}

// TestRequiredContent takes each thing a letter must say out of its template, and expects to be told.
func TestRequiredContent(t *testing.T) {
	for _, c := range []struct{ file, field, lacks string }{
		{"acknowledgement.nl.txt", "{{.Received}}", "the date of receipt"},
		{"acknowledgement.nl.txt", "{{.Today}}", "the date"},
		{"acknowledgement.nl.txt", "{{sentence .About}}", "the short description"},
		{"acknowledgement.nl.txt", "niet bekend", "the date of the event"},
		{"acknowledgement.nl.txt", `{{or .Place "niet bekend; wilt u ons dat laten weten?"}}`, "the place"},
		{"acknowledgement.nl.txt", "{{.Expected}}", "the date by which it is expected"},
		{"acknowledgement.nl.txt", "{{.DeclineBy}}", "not taken up (article 2)"},
		{"acknowledgement.nl.txt", "{{.Retention}}", "how long the data are kept"},
		{"acknowledgement.nl.txt", "{{.Commissioner}}", "commissioner (article 9)"},
		{"acknowledgement.nl.txt", "{{.Regulation}}", "where the regulation can be read"},
		{"acknowledgement.nl.txt", "behandelt uw klacht", "how the complaint is handled"},
		{"closing.nl.txt", "{{.Office}}", "the name of the organisation"},
		{"closing.nl.txt", "{{.Email}}", "the mail address"},
		{"non_acceptance.en.txt", "{{sentence .GroundReason}}", "the reason"},
		{"non_acceptance.en.txt", "{{sentence .GroundReferral}}", "where the complainant can go"},
		{"non_acceptance.en.txt", "{{paragraphs .GroundText}}", "your explanation"},
		{"non_acceptance.en.txt", "{{.ReactBy}}", "by when the reader can react"},
		{"progress.en.txt", "{{.What}}", "what was done"},
		{"progress.en.txt", "- {{.}}", "what follows"},
		{"progress.en.txt", "{{.Apology}}", ""}, // no sample has it late
		{"confirmation.nl.txt", "Uw klacht is gegrond.", "the finding"},
		{"confirmation.nl.txt", "{{paragraphs (sentence .Reason)}}", "the reason for the finding"},
		{"confirmation.nl.txt", "{{paragraphs (sentence .Text)}}", "the offer"},
		{"confirmation.nl.txt", "{{paragraphs (sentence .NoOffer)}}", "the offer"},
		{"confirmation.nl.txt", "{{.ReportBy}}", "when the report comes"},
		{"confirmation.nl.txt", "{{.OfferBy}}", "when the complainant hears of a new offer"},
		{"confirmation.nl.txt", "{{.Promised}}", "the next date"},
		{"confirmation.nl.txt", "{{.Apology}}", "the apology for being late"},
		{"report.en.txt", "{{quote .Summary}}", "the response of the person concerned"},
		{"report.en.txt", "{{sentence .}}", "the measure against repetition"},
		{"report.en.txt", "from 1", "how satisfied"},
		{"report.en.txt", "{{paragraphs .Written}}", "your own report"},
		{"report_concerned.nl.txt", "{{sentence .Over}}", "the conduct complained of"},
		{"report_concerned.nl.txt", "{{quote .Response}}", "the reader's own response"},
		{"report_concerned.nl.txt", "{{paragraphs (sentence .NoMeasure)}}", "the measure against repetition"},
		{"receipt.nl.txt", "{{.Promised}}", "the next date"},
	} {
		text := builtIn(t, c.file)
		if !strings.Contains(text, c.field) {
			t.Errorf("%s has no %s", c.file, c.field)
		}
		_, err := Load(dirOf(c.file, strings.ReplaceAll(text, c.field, "")), testOffice())
		if c.lacks == "" && err != nil || c.lacks != "" && (err == nil || !strings.Contains(err.Error(), c.lacks)) {
			t.Errorf("%s without %s: %v", c.file, c.field, err)
		}
	}
}

func TestEveryLetterHasATableAndBothLanguages(t *testing.T) {
	for _, name := range Names() {
		if required[name] == nil && name != complaint.LetterReportConcerned {
			t.Errorf("%s has no table of what it must say", name)
		}
		if letterNames[name] == (complaint.Words{}) {
			t.Errorf("%s has no name for the handler", name)
		}
		for _, lang := range languages {
			builtIn(t, name+"."+lang+".txt")
		}
	}
}

func TestOfficeIsChecked(t *testing.T) {
	for _, c := range []struct {
		change func(*Office)
		want   string
	}{
		{func(o *Office) { o.Name = "" }, "set organisation.name"},
		{func(o *Office) { o.Email, o.From.Mail = "", "" }, "set organisation.email"},
		{func(o *Office) { o.Handlers = nil }, "the name of a handler"},
		{func(o *Office) { o.Phone, o.Handlers[1].Phone = "", "" }, "a phone number"},
		{func(o *Office) { o.Retention = "lang" }, `retention "lang": write years, months or days`},
	} {
		o := testOffice()
		c.change(&o)
		if _, err := Load(nil, o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

func TestCommissionerIsNeverEmpty(t *testing.T) {
	for _, names := range [][]string{nil, {"gemeente A"}, {"gemeente A", "werkgever B"}} {
		o := testOffice()
		o.Commissioners, o.RegulationURL, o.Signature, o.Website = nil, "", "KvK 12345678\nTiel", ""
		for _, n := range names {
			o.Commissioners = append(o.Commissioners, Commissioner{Name: n, Address: "Plein 1 in " + n})
		}
		s, err := Load(nil, o)
		if err != nil {
			t.Fatal(err)
		}
		rich := Samples()[0]
		l, err := s.Letter(rich.Departures[5], rich.Case, rich.Today)
		if err != nil {
			t.Fatal(err)
		}
		want := "naar de opdrachtgever, bijvoorbeeld uw gemeente of werkgever."
		if len(names) == 1 {
			want = "naar gemeente A."
		}
		if !strings.Contains(oneLine(l.Text), want) || !strings.Contains(l.Text, "KvK 12345678\nTiel\n") {
			t.Error(l.Text)
		}
		for _, n := range names {
			if !strings.Contains(l.Text, "Plein 1 in "+n) {
				t.Errorf("no address of %s:\n%s", n, l.Text)
			}
		}
	}
}

// TestFieldsAreExplained holds templates/README.md to the views.
func TestFieldsAreExplained(t *testing.T) {
	b, err := os.ReadFile("templates/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range fields {
		if !strings.Contains(string(b), "`"+name+"`") {
			t.Errorf("field %s is not explained", name)
		}
	}
}
