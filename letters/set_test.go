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
		{"syntax", file, strings.Replace(good, "{{.Salutation}}", "{{.Salutation", 1), "progress.nl.txt:8: "},
		{"unknown field", file, strings.Replace(good, "{{.Salutation}}", "{{.Salutaton}}", 1), "progress.nl.txt:6: there is no field .Salutaton, did you mean .Salutation; mend this line, or remove the file"},
		{"unknown field in a branch no sample takes", file, good + "{{if eq .Finding \"x\"}}{{.Nope}}{{end}}", "there is no field .Nope"},
		{"a field of another letter", "report_concerned.nl.txt", strings.Replace(builtIn(t, "report_concerned.nl.txt"), "{{.Salutation}}", "{{.Salutation}} {{.About}}", 1), "report_concerned.nl.txt:10: "},
		{"forbidden function", file, strings.Replace(good, "{{.Salutation}}", "{{printf \"%s\" .Salutation}}", 1), "progress.nl.txt:6: printf cannot be used in a letter; there are and, or,"},
		{"unknown function", file, strings.Replace(good, "{{.Salutation}}", "{{shout .Salutation}}", 1), "progress.nl.txt:6: function \"shout\" not defined; mend"},
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
		{"reference.nl.txt", "{{.Number}}", ""}, // the closing of the subject has it too
		{"reference.nl.txt", "{{.Today}}", "the date"},
		{"reference.nl.txt", "{{.}}", "postal address"},
		{"complaint.nl.txt", "{{sentence .About}}", "the short description"},
		{"complaint.nl.txt", "{{quote .Words}}", "the short description"},
		{"acknowledgement.nl.txt", "{{.EventDate}}", "the date of the event"},
		{"acknowledgement.nl.txt", "{{.Place}}", "the place"},
		{"acknowledgement.nl.txt", "{{.Unknown}}", "or the question for it"},
		{"acknowledgement.nl.txt", "opgeschreven", "written down well"},
		{"acknowledgement.nl.txt", "uw naam", "the question for the name"},
		{"acknowledgement.nl.txt", "u kunt kiezen", "the complainant can choose"},
		{"acknowledgement.nl.txt", "Uw bericht met nummer {{.}}", "the number of the merged case"},
		{"acknowledgement.nl.txt", "{{.Expected}}", "the date by which it is expected"},
		{"acknowledgement.nl.txt", "{{.DeclineBy}}", "if it is not taken up"},
		{"acknowledgement.nl.txt", "{{.Retention}}", "how long the data are kept"},
		{"acknowledgement.nl.txt", "{{.Commissioner}}", "where the complainant can go in the end"},
		{"acknowledgement.nl.txt", "{{.Regulation}}", "where the regulation can be read"},
		{"acknowledgement.nl.txt", "behandelt uw klacht", "how the complaint is handled"},
		{"authorisation.en.txt", "We ask you for an authorisation.", "the request for an authorisation"},
		{"authorisation.en.txt", "{{or .Until .ReactBy}}", "by when the authorisation can come"},
		{"closing.nl.txt", "{{.Office}}", "the name of the organisation"},
		{"closing.nl.txt", "{{.Email}}", "the mail address"},
		{"information.nl.txt", "{{list .Questions}}", "the questions"},
		{"information.nl.txt", "{{or .Until .ReactBy}}", "by when the complainant can answer"},
		{"information.nl.txt", "{{paragraphs .Own}}", "your own text"},
		{"non_acceptance.en.txt", "{{sentence .GroundReason}}", "the reason"},
		{"non_acceptance.en.txt", "{{sentence .GroundReferral}}", "where the complainant can go"},
		{"non_acceptance.en.txt", "{{paragraphs .GroundText}}", "your explanation"},
		{"non_acceptance.en.txt", "{{.ReactBy}}", "by when the reader can react"},
		{"progress.en.txt", "{{.What}}", "what was done"},
		{"progress.en.txt", "- {{.}}", "what follows"},
		{"progress.en.txt", "{{paragraphs .Text}}", "your own text"},
		{"progress.en.txt", "complaint anew", "that the case was reopened"},
		{"progress.en.txt", "handles your complaint", "who handles the complaint now"},
		{"progress.en.txt", "{{.Promised}}", "the next date"},
		{"progress.en.txt", "{{.Apology}}", ""}, // no sample has it late
		{"judgement.nl.txt", "Uw klacht is gegrond.", "the finding"},
		{"judgement.nl.txt", "{{sentence .About}}", "what the point is"},
		{"judgement.nl.txt", "{{paragraphs (sentence .Reason)}}", "the reason for the finding"},
		{"offers.nl.txt", "{{paragraphs (sentence .Text)}}", "the offer"},
		{"offers.nl.txt", "{{quote .Reaction}}", "the complainant's reaction"},
		{"offers.nl.txt", "{{paragraphs (sentence .NoOffer)}}", "the offer"},
		{"commitments.nl.txt", "{{sentence .Text}}", "what was agreed"},
		{"commitments.nl.txt", "{{.By}}", "by when it is done"},
		{"confirmation.nl.txt", "{{.ReportBy}}", "when the report comes"},
		{"confirmation.nl.txt", "{{.OfferBy}}", "when the complainant hears of a new offer"},
		{"confirmation.nl.txt", "{{.ThinkUntil}}", "until when the complainant thinks about it"},
		{"confirmation.nl.txt", "{{.Promised}}", "the next date"},
		{"confirmation.nl.txt", "{{.Apology}}", "the apology for being late"},
		{"confirmation.nl.txt", "{{.Commissioner}}", "where the complainant can go in the end"},
		{"report.en.txt", "{{quote .Summary}}", "the response of the person concerned"},
		{"report.en.txt", "{{sentence .}}", "the measure against repetition"},
		{"report.en.txt", "handled your complaint before", "that the case was reopened"},
		{"report.en.txt", "you agreed that we forward", "the consent to send it on"},
		{"report.en.txt", "from 1", "how satisfied"},
		{"report.en.txt", "{{paragraphs .Written}}", "your own report"},
		{"report_concerned.nl.txt", "{{.Received}}", "the date of receipt"},
		{"report_concerned.nl.txt", "{{paragraphs (sentence .Over)}}", "the conduct complained of"},
		{"report_concerned.nl.txt", "{{quote .Response}}", "the reader's own response"},
		{"report_concerned.nl.txt", "{{sentence .About}}", "what the point is"},
		{"report_concerned.nl.txt", "{{paragraphs (sentence .NoMeasure)}}", "the measure against repetition"},
		{"report_concerned.nl.txt", "ingetrokken", "that the complaint was withdrawn"},
		{"referral.nl.txt", "{{.Commissioner}}", "where the complainant can go in the end"},
		{"referral.nl.txt", "> {{.}}", "the sentence that gives consent"},
		{"commissioners.nl.txt", "{{.Address}}", "the address of the commissioner"},
		{"extension.en.txt", "{{.PutOffFrom}}", "the old date"},
		{"extension.en.txt", "{{.PutOffTo}}", "the new date"},
		{"extension.en.txt", "{{paragraphs (sentence .Why)}}", "the reason"},
		{"extension_concerned.nl.txt", "{{.Promised}}", "the next date"},
		{"extension_concerned.nl.txt", "niet zelf contact op met de klager", "that the reader does not contact the complainant"},
		{"withdrawal.nl.txt", "{{.WithdrawnOn}}", "the date of the withdrawal"},
		{"withdrawal.nl.txt", "terugkomen", "that the complainant may come back"},
		{"reaction_request.nl.txt", "{{.Promised}}", "the next date"},
		{"reaction_request.nl.txt", "{{paragraphs (sentence .Over)}}", "the conduct complained of"},
		{"reaction_request.nl.txt", "{{list .Questions}}", "the questions"},
		{"reaction_request.nl.txt", "neem niet zelf contact op", "that the reader does not contact the complainant"},
		{"witness_closing.nl.txt", "is afgesloten", "that the case is closed"},
		{"commitment_late.nl.txt", "{{sentence .Promise}}", "what was agreed"},
		{"commitment_late.nl.txt", "{{paragraphs (sentence .Why)}}", "the reason"},
		{"commitment_late.nl.txt", "{{.PutOffTo}}", "the new date"},
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
		if required[name] == nil && !toOthers(name) {
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
			want = "naar de gemeente A."
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
