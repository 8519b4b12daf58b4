package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klachtd/calendar"
	"klachtd/complaint"
)

func presetText(t testing.TB, name string) string {
	t.Helper()
	text, err := presets.ReadFile("procedures/" + name + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func goodPreset(t testing.TB, name string) procedure {
	t.Helper()
	p, problems := preset(name)
	for _, one := range problems {
		t.Errorf("%s: %v", name, one)
	}
	return p
}

func TestPresetsAreThere(t *testing.T) {
	want := []string{"awb-9", "awb-9-commissie", "iso10002", "jeugdwet", "kinderopvang", "nobco", "noloc", "optimumconsult", "oval", "reintegratie-basis", "wkkgz"}
	if got := presetNames(); !reflect.DeepEqual(got, want) {
		t.Errorf("presets %v, want %v", got, want)
	}
	for _, name := range append(presetNames(), ownPreset) {
		if p := goodPreset(t, name); p.Terms.Preset != name {
			t.Errorf("%s.toml is called %q", name, p.Terms.Preset)
		}
	}
}

// TestTheDefaultIsTheRegulation: the file and the code say the same of the default.
func TestTheDefaultIsTheRegulation(t *testing.T) {
	if got, want := goodPreset(t, "optimumconsult").Terms, complaint.Optimumconsult(); !reflect.DeepEqual(got, want) {
		t.Errorf("the file says\n%+v\nthe code\n%+v", got, want)
	}
	eigen := goodPreset(t, ownPreset).Terms
	eigen.Preset, eigen.Articles = "optimumconsult", nil
	if want := complaint.Optimumconsult(); !reflect.DeepEqual(eigen, want) {
		t.Errorf("the example is not the default with names of its own:\n%+v\n%+v", eigen, want)
	}
}

// TestPresetsSayWhereEachTermComesFrom: a comment on every term; where no article is named, that it is our choice.
func TestPresetsSayWhereEachTermComesFrom(t *testing.T) {
	termLine := regexp.MustCompile(`(?m)^(\w+)\s*= "\w*"\s*(?:#\s*(.*))?$`)
	for _, name := range presetNames() {
		text := presetText(t, name)
		_, terms, _ := strings.Cut(text, "[terms]")
		terms, own, _ := strings.Cut(terms, "[own]")
		for _, m := range termLine.FindAllStringSubmatch(terms, -1) {
			if len(m[2]) < 5 {
				t.Errorf("%s says nothing of where %s comes from", name, m[1])
			}
		}
		if !strings.Contains(strings.SplitN(own, "\n", 2)[0], "our choice") {
			t.Errorf("%s does not say that [own] is our choice", name)
		}
		if regexp.MustCompile(`(?i)certified|gecertificeerd|accredited`).MatchString(text) {
			t.Errorf("%s claims a certificate", name)
		}
	}
}

// TestEveryKeyIsInTheExample: procedures/eigen.toml is the manual of the format.
func TestEveryKeyIsInTheExample(t *testing.T) {
	all := map[string]any{}
	leaves("", reflect.ValueOf(procedureFile{}), all)
	have := linesOf([]byte(presetText(t, ownPreset)))
	for key := range all {
		if have[key] == 0 {
			t.Errorf("%s is not in eigen.toml", key)
		}
	}
	text := presetText(t, ownPreset)
	for _, k := range complaint.Kinds() {
		if k != complaint.Receipt && !strings.Contains(text, string(k)) {
			t.Errorf("eigen.toml does not name the duty %s", k)
		}
	}
}

// procedureProblems are the problems of a changed example, each on a line.
func procedureProblems(t testing.TB, old, new string) string {
	t.Helper()
	text := presetText(t, ownPreset)
	if !strings.Contains(text, old) {
		t.Fatalf("%q is not in eigen.toml", old)
	}
	_, problems := parseProcedure([]byte(strings.Replace(text, old, new, 1)))
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	return strings.Join(all, "\n")
}

func TestWrongProceduresAreToldInWords(t *testing.T) {
	line := func(key string) int { return linesOf([]byte(presetText(t, ownPreset)))[key] }
	for _, c := range []struct{ old, new, key, want string }{
		{`"eigen"`, `"Ons Bureau"`, "name", `name "Ons Bureau" must be a short name in small letters, digits and dashes, like my-office`},
		{`"1" `, `"" `, "version", `version "" must be a number or a day, like "1" or "2026-11-01": change it with every change of the terms`},
		{`"1" `, `1 `, "version", `version must be a text in quotes`},
		{`"Klachtenreglement van ons bureau"`, `""`, "title", `title is missing: write the name of the regulation`},
		{`acknowledgement = "2w"`, `acknowledgement = "2 weken"`, "terms.acknowledgement", `terms.acknowledgement "2 weken" is no term: write days, weeks, months or working days, like "14d", "6w", "1m" or "2wd"`},
		{`acknowledgement = "2w"`, `acknowledgement = "02w"`, "terms.acknowledgement", `terms.acknowledgement "02w" is no term: write days, weeks, months or working days, like "14d", "6w", "1m" or "2wd"`},
		{`acknowledgement = "2w"`, `acknowledgement = ""`, "terms.acknowledgement", `terms.acknowledgement is missing: write the time from receipt to the acknowledgement, like "2w"`},
		{`acknowledgement = "2w"`, `acknowledgement = 14`, "terms.acknowledgement", `terms.acknowledgement must be a text in quotes`},
		{`acknowledgement = "2w"`, `acknowledgement = "7w"`, "terms.acknowledgement", `terms.acknowledgement 7w is longer than terms.confirmation 6w: write at most 6w`},
		{`progress        = "4w"`, `progress = "2m"`, "terms.progress", `terms.progress 2m is longer than terms.confirmation 6w: write at most 6w`},
		{`decision        = "4w"`, `desicion = "4w"`, "terms.decision", `there is no key terms.desicion: the keys of [terms] are acknowledgement, decision, progress, confirmation, new_offer, report, measures`},
		{`promise    = "3w"`, `promise    = "three weeks"`, "own.promise", `own.promise "three weeks" is no term: write days, weeks, months or working days, like "14d", "6w", "1m" or "2wd"`},
		{`statutory = []`, `statutory = ["confirmatoin"]`, "statutory", `statutory has "confirmatoin", which is no duty with a term: did you mean confirmation? write one of acknowledgement, decision, progress, confirmation, new_offer, report_complainant, report_concerned, measure, commitment, referral`},
		{`statutory = []`, `statutory = "confirmation"`, "statutory", `statutory must be a list of texts, like ["one", "two"]`},
		{`measure            = "art. 7"`, `measures = "art. 7"`, "articles.measure", `there is no duty "measures" to give an article: did you mean measure? write one of acknowledgement, information, authorisation, decision, `},
		{`measure            = "art. 7"`, `measure = 7`, "articles.measure", `articles.measure must be a text in quotes`},
		{`measure            = "art. 7"`, `measure = ""`, "articles.measure", `articles.measure is missing: write where it stands, like "art. 5"`},
		{`consent   = false`, `consent = "no"`, "extension.consent", `extension.consent must be true or false, without quotes`},
		{`nl = "de opdrachtgever, bijvoorbeeld uw gemeente of werkgever"`, `nl = "een\nregel"`, "route.nl", `route.nl must be one line of at most 300 letters: write where a complainant can go in the end, in Dutch, like "de opdrachtgever"`},
	} {
		if got, want := procedureProblems(t, c.old, c.new), fmt.Sprintf("line %d: %s", line(c.key), c.want); !strings.HasPrefix(got, want) {
			t.Errorf("%s\n got: %s\nwant: %s", c.new, got, want)
		}
	}
	if got := procedureProblems(t, "route]", "weg]"); !strings.Contains(got, "there is no key weg") || !strings.Contains(got, "route.nl is missing") {
		t.Errorf("a section of another name: %s", got)
	}
}

// TestTheConfigNamesAPresetOrAFile: relative to the config; what is wrong in the file is told with its line.
func TestTheConfigNamesAPresetOrAFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	named := func(procedure string) (*Config, error) {
		write("config.toml", fmt.Sprintf("procedure = %q\n", procedure)+goodConfig+"post_days = 5\n[calendar]\ndays_off = [2026-12-24]\n")
		return loadConfig(filepath.Join(dir, "config.toml"))
	}
	write("ons.toml", strings.Replace(presetText(t, ownPreset), `"eigen"`, `"ons-bureau"`, 1))
	write("kapot.toml", strings.Replace(presetText(t, ownPreset), `= "6w"`, `= "zes weken"`, 1))
	write("namaak.toml", strings.Replace(presetText(t, ownPreset), `"eigen"`, `"awb-9"`, 1))
	for procedure, want := range map[string]string{"awb-9": "awb-9", "./ons.toml": "ons-bureau", "ons.toml": "ons-bureau", filepath.Join(dir, "ons.toml"): "ons-bureau"} {
		c, err := named(procedure)
		if err != nil {
			t.Errorf("%s: %v", procedure, err)
			continue
		}
		terms := c.terms()
		if terms.Preset != want || terms.PostDays != 5 || !slices.Equal(terms.Holidays.Closed, []calendar.Date{calendar.NewDate(2026, 12, 24)}) {
			t.Errorf("%s gives %+v", procedure, terms)
		}
	}
	broken := linesOf([]byte(presetText(t, ownPreset)))["terms.confirmation"]
	for procedure, want := range map[string]string{
		"awb":         `line 1: procedure "awb" is no preset: did you mean awb-9? write one of awb-9, awb-9-commissie, iso10002, jeugdwet, kinderopvang, nobco, noloc, optimumconsult, oval, reintegratie-basis, wkkgz; or the path of a file, like ./eigen.toml`,
		"kapot.toml":  fmt.Sprintf(`line 1: procedure %s: line %d: terms.confirmation "zes weken" is no term: write days, weeks, months or working days, like "14d", "6w", "1m" or "2wd"`, filepath.Join(dir, "kapot.toml"), broken),
		"geen.toml":   "line 1: procedure: there is no procedure " + filepath.Join(dir, "geen.toml") + ": copy cmd/klachtd/procedures/eigen.toml there, or name a preset: awb-9, ",
		"namaak.toml": `: name "awb-9" is that of a preset: give yours a name of its own`,
		"./":          "is a directory",
		"eigen":       `procedure "eigen" is no preset: `,
		"":            `procedure "" is no preset: `,
	} {
		if _, err := named(procedure); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", procedure, err, want)
		}
	}
}

// anyPreset is one of the presets, the example too, with what an office may add.
func anyPreset(t *rapid.T) complaint.Terms {
	p, problems := preset(rapid.SampledFrom(append(presetNames(), ownPreset)).Draw(t, "preset"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	terms := p.Terms
	terms.PostDays = rapid.IntRange(0, 14).Draw(t, "post days")
	terms.Holidays.LiberationDay = rapid.SampledFrom([]string{"yearly", "lustrum", "never"}).Draw(t, "liberation day")
	for range rapid.IntRange(0, 10).Draw(t, "days off") {
		terms.Holidays.Closed = append(terms.Holidays.Closed, calendar.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 4000).Draw(t, "day off")))
	}
	return terms
}

// aCase has a duty of every kind that a term of a preset dates.
func aCase(terms complaint.Terms, received calendar.Date, post bool) []complaint.Fact {
	kim := complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: "Kim", Mail: "kim@klager.example"}
	if post {
		kim.Mail, kim.Post = "", "Kerkstraat 1, 4001 AB Tiel"
	}
	at := received.At(9, 0, time.UTC)
	var facts []complaint.Fact
	add := func(days int, bodies ...complaint.Body) {
		for _, b := range bodies {
			facts = append(facts, complaint.Fact{Seq: len(facts) + 1, On: received.AddDays(days), At: at.AddDate(0, 0, days), By: "noor@praktijk.example", Body: b})
		}
	}
	add(0, complaint.Opened{Number: "K2026-0001", Received: received, ReceivedAt: at, Origin: complaint.OriginCertain, Complainant: kim,
		Handler: "noor@praktijk.example", Lang: "nl", Terms: terms}, complaint.Registered{})
	add(1, complaint.PersonNamed{Person: complaint.Party{Name: "Sanne Bos", Mail: "sanne@firma.example"}, Over: "te laat"},
		complaint.Asked{Questions: "wanneer?"}, complaint.ProgressOrdered{})
	add(3, complaint.Responded{Person: 2, Summary: "vergeten"}, complaint.Judged{Finding: complaint.Upheld, Reason: "reden"},
		complaint.Offered{Text: "excuses"}, complaint.Reacted{Satisfied: false, Score: 2}, complaint.NoOffer{Reason: "reden"})
	return facts
}

// TestDatesOfEveryPreset: whatever the preset, the office's days off and the day of receipt, every promise can be kept
// after that day, and its letter leaves on a working day before the promise ends.
func TestDatesOfEveryPreset(t *testing.T) {
	seen := map[complaint.Kind]bool{}
	rapid.Check(t, func(t *rapid.T) {
		terms := anyPreset(t)
		received := calendar.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 3650).Draw(t, "received"))
		post := rapid.Bool().Draw(t, "by post")
		c := complaint.Fold(aCase(terms, received, post))
		for _, d := range complaint.Duties(c, received.AddDays(4)) {
			seen[d.Kind] = true
			if d.Due <= received {
				t.Fatalf("%s of %s is due on %s, received on %s", d.Kind, terms.Preset, d.Due, received)
			}
			if onTheDay := post && terms.PostDays == 0 && d.SendBy == d.Due; d.SendBy >= d.Due && !onTheDay {
				t.Fatalf("%s of %s is due on %s and sent by %s", d.Kind, terms.Preset, d.Due, d.SendBy)
			}
			if !terms.Holidays.IsWorkday(d.SendBy) {
				t.Fatalf("%s of %s is sent by %s, no working day", d.Kind, terms.Preset, d.SendBy)
			}
			if said := complaint.Explain(d.Because, terms.Holidays, "nl"); !strings.Contains(said, d.Due.Short("nl")) || !strings.Contains(said, d.SendBy.Short("nl")) {
				t.Fatalf("%s of %s is due on %s and sent by %s: %s", d.Kind, terms.Preset, d.Due, d.SendBy, said)
			}
		}
	})
	for _, k := range []complaint.Kind{complaint.Acknowledgement, complaint.Decision, complaint.Progress, complaint.Confirmation, complaint.ReconsiderOffer,
		complaint.ReportComplainant, complaint.ReportConcerned, complaint.Measure, complaint.Referral, complaint.Information} {
		if !seen[k] {
			t.Errorf("no case had a duty %s", k)
		}
	}
}

// FuzzProcedure: whatever a file holds, reading it ends in terms under which every duty has its dates, or in lines for
// people.
func FuzzProcedure(f *testing.F) {
	for _, name := range append(presetNames(), ownPreset) {
		f.Add([]byte(presetText(f, name)))
	}
	f.Add([]byte("[terms]\nconfirmation = \"999m\"\n"))
	f.Add([]byte("articles = { x = [1] }\nstatutory = [[]]\n"))
	f.Add([]byte("[[terms]]\n[terms.acknowledgement]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, problems := parseProcedure(text)
		for _, one := range problems {
			if said := one.Error(); said == "" || strings.ContainsAny(said, "\n\r") && !strings.Contains(string(text), "\\") {
				t.Errorf("said of it: %q", said)
			}
		}
		if len(problems) > 0 {
			return
		}
		received := calendar.NewDate(2026, 12, 11)
		for _, d := range complaint.Duties(complaint.Fold(aCase(p.Terms, received, false)), received.AddDays(4)) {
			if d.Due <= received || d.SendBy >= d.Due {
				t.Errorf("%s is due on %s, sent by %s", d.Kind, d.Due, d.SendBy)
			}
		}
	})
}
