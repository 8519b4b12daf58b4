package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

const exampleFile = "../../config.example.toml"

// example is config.example.toml with its commented section in use.
func example(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`(?m)^# (\[\[commissioners|name|address|email|phone|url)`).ReplaceAllString(string(text), "$1")
}

func TestExampleIsAGoodConfig(t *testing.T) {
	if _, err := loadConfig(exampleFile); err != nil {
		t.Error(err)
	}
	var c Config
	if problems, _ := decodeConfig([]byte(example(t)), &c); len(problems) > 0 {
		t.Error(problems)
	}
	if len(c.Commissioners) != 1 || len(c.Handlers) != 2 {
		t.Errorf("%d commissioners and %d handlers in the example", len(c.Commissioners), len(c.Handlers))
	}
}

// leaves are all keys of a config, by their full names, with the values a config has for them.
func leaves(prefix string, v reflect.Value, all map[string]any) {
	for f, v := range v.Fields() {
		name := f.Tag.Get("toml")
		switch {
		case name == "":
		case section(f.Type) == nil:
			all[prefix+name] = v.Interface()
		case f.Type.Kind() == reflect.Slice:
			one := reflect.New(f.Type.Elem()).Elem()
			if v.Len() > 0 {
				one = v.Index(0)
			}
			leaves(prefix+name+".", one, all)
		default:
			leaves(prefix+name+".", v, all)
		}
	}
}

func TestExampleHasEveryKeyWithAWord(t *testing.T) {
	have := map[string]bool{}
	section := ""
	for line := range strings.Lines(example(t)) {
		m := regexp.MustCompile(`^(?:\[+(\w+)\]+|(\w+)\s*=\s*(?:".*?"|\[.*?\]|\{.*?\}|\w+))(.*)`).FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if m[1] != "" {
			section = m[1] + "."
		}
		if m[2] != "" {
			have[section+m[2]] = true
		}
		if _, comment, ok := strings.Cut(m[3], "#"); !ok || len(strings.TrimSpace(comment)) < 8 {
			t.Errorf("nothing is said of %s%s", section, m[2])
		}
	}
	all := map[string]any{}
	leaves("", reflect.ValueOf(Config{}), all)
	for key := range all {
		if !have[key] {
			t.Errorf("%s is not in the example", key)
		}
		delete(have, key)
	}
	for key := range have {
		t.Errorf("%s of the example is no key", key)
	}
}

// TestExampleShowsTheDefaults: what the example says is what holds without it, but for what every office has of its own.
func TestExampleShowsTheDefaults(t *testing.T) {
	own := regexp.MustCompile(`^(organisation\.name|handlers\..*|commissioners\..*|(imap|smtp)\.(server|username|password_file)|smtp\.from)$`)
	var shown Config
	decodeConfig([]byte(example(t)), &shown)
	want, got := map[string]any{}, map[string]any{}
	leaves("", reflect.ValueOf(defaultConfig()), want)
	leaves("", reflect.ValueOf(shown), got)
	for key, value := range want {
		if own.MatchString(key) {
			if !reflect.ValueOf(value).IsZero() {
				t.Errorf("%s has a default: %v", key, value)
			}
			continue
		}
		if fmt.Sprint(got[key]) != fmt.Sprint(value) {
			t.Errorf("the example says %s = %v; the default is %v", key, got[key], value)
		}
	}
}

// goodConfig is the least a config can say.
const goodConfig = `language = "nl"
[organisation]
name = "Kantoor"
[[handlers]]
name = "Noor Tielman"
email = "noor@praktijk.example"
phone = "06 12 34 56 78"
[imap]
server = "imap.kantoor.example:993"
username = "info@kantoor.example"
password = "hart&ziel"
[smtp]
server = "smtp.kantoor.example:465"
from = "Kantoor <info@kantoor.example>"
[letters]
grace = "15m"
`

// problemsOf are the problems of a config, each on a line.
func problemsOf(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := loadConfig(path)
	if err == nil {
		return ""
	}
	var wrong *configError
	if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), path+": ") {
		t.Fatalf("the error names no file: %v", err)
	}
	var all []string
	for _, p := range wrong.problems {
		all = append(all, p.Error())
	}
	return strings.Join(all, "\n")
}

func TestWrongValuesAreToldInWords(t *testing.T) {
	if got := problemsOf(t, goodConfig); got != "" {
		t.Fatal(got)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"nl"`, `"de"`, `line 1: language is "de", and must be nl or en`},
		{`"nl"`, `nl`, `line 1: language: a text must be in straight quotes, like "this"`},
		{`"nl"`, `“nl”`, `line 1: language: a text must be in straight quotes, like "this"`},
		{`"nl"`, `"nl`, `line 1: language: the closing quote is missing`},
		{`"nl"`, ``, `line 1: language: the value is missing: write "" for none`},
		{`"nl"`, `3`, `line 1: language must be a text in quotes`},
		{`"nl"`, "\"nl\"\nlanguage = \"en\"", `line 2: language: this is in the file a second time: keep one`},
		{`"nl"`, `"nl" database = "x.db"`, `line 1: language: give each key a line of its own`},
		{`language = "nl"`, `Nederlands`, `line 1: a line is a [section], or key = value, or begins with #`},
		{`language`, `taal`, `line 1: there is no key taal: the keys above the first [section] are language, time_zone, database, procedure, organisation, handlers, commissioners, calendar, imap, smtp, letters, triage, security, alarm, privacy, status`},
		{`language = "nl"`, `poll = "1m"`, `line 1: there is no key poll: poll belongs under [imap]`},
		{`language = "nl"`, `time_zone = "Amsterdam"`, `line 1: time_zone "Amsterdam" is not known: write it like Europe/Amsterdam`},
		{`language = "nl"`, `time_zone = "Local"`, `line 1: time_zone "Local" is not known: write it like Europe/Amsterdam`},
		{`language = "nl"`, `time_zone = ""`, `line 1: time_zone "" is not known: write it like Europe/Amsterdam`},
		{`language = "nl"`, `database = ""`, `line 1: database is missing`},
		{`language = "nl"`, `procedure = "awb"`, `line 1: procedure "awb" is no preset: did you mean awb-9? write one of awb-9, awb-9-commissie, iso10002, jeugdwet, kinderopvang, nobco, noloc, optimumconsult, oval, reintegratie-basis, wkkgz; or the path of a file, like ./eigen.toml`},
		{`language = "nl"`, "language = \"nl\xff\"", `it is not plain text: save it as UTF-8`},
		{`language = "nl"`, "imap = 3", `line 1: imap must be a section: write [imap] above its keys`},
		{`language = "nl"`, "handlers = 3", `line 1: handlers must be a list of sections: write [[handlers]] above the keys of each`},

		{`"Kantoor"`, `" "`, `line 3: organisation.name is missing`},
		{`name = "Kantoor"`, "name = \"Kantoor\"\nemail = \"kantoor\"", `line 4: organisation.email "kantoor" must be a mail address and nothing else, like info@example.nl`},
		{`name = "Kantoor"`, "name = \"Kantoor\"\nlanguage = \"nl\"", `line 4: there is no key organisation.language: language belongs above the first [section]`},

		{`"Noor Tielman"`, `""`, `line 5: handlers.1.name is missing`},
		{`"noor@praktijk.example"`, `"Noor <noor@praktijk.example>"`, `line 6: handlers.1.email "Noor <noor@praktijk.example>" must be a mail address and nothing else, like info@example.nl`},
		{`phone = "06 12 34 56 78"`, ``, `handlers.1.phone and organisation.phone are both missing: letters ask people to call, so give one`},
		{`phone = "06 12 34 56 78"`, `substitute = "yes"`, `line 7: handlers.substitute must be true or false, without quotes`},
		{`phone = "06 12 34 56 78"`, `substitute = true`, `line 4: there is no [[handlers]] without substitute = true: somebody has to handle complaints`},
		{`[imap]`, "[[handlers]]\nname = \"Ruud\"\nemail = \"NOOR@praktijk.example\"\nsubstitute = true\n[imap]", `line 10: handlers.2.email is that of handlers.1: give each an address of her own`},
		{`[imap]`, "[[commissioners]]\n[imap]", `commissioners.1.name is missing`},

		{`"imap.kantoor.example:993"`, `"imap.kantoor.example"`, `line 9: imap.server "imap.kantoor.example" must be the server's name and port, like mail.example.nl:993`},
		{`"imap.kantoor.example:993"`, `"imaps://imap.kantoor.example:993"`, `line 9: imap.server "imaps://imap.kantoor.example:993" must be the server's name and port, like mail.example.nl:993`},
		{`"imap.kantoor.example:993"`, `":993"`, `line 9: imap.server ":993" must be the server's name and port, like mail.example.nl:993`},
		{`"imap.kantoor.example:993"`, `"imap.kantoor.example:imaps"`, `line 9: imap.server "imap.kantoor.example:imaps" must be the server's name and port, like mail.example.nl:993`},
		{`[smtp]`, "security = \"none\"\n[smtp]", `line 12: imap.security "none" is for this machine only, and imap.kantoor.example is another one: use tls or starttls`},
		{`[smtp]`, "security = \"ssl\"\n[smtp]", `line 12: imap.security is "ssl", and must be tls, starttls or none`},
		{`username = "info@kantoor.example"`, ``, `imap.username is missing`},
		{`password = "hart&ziel"`, ``, `imap.password_file is missing: name the file that holds the password`},
		{`password = "hart&ziel"`, `password = "hart\ziel"`, `line 11: password: in double quotes a backslash has a meaning of its own: use single quotes, like 'this'`},
		{`password = "hart&ziel"`, `pasword = "x"`, "line 11: there is no key imap.pasword: the keys of [imap] are server, security, ca_file, username, password, password_file, folder, poll, since, sent_folder, junk_folder, complaint_folder, file_into\n" +
			"imap.password_file is missing: name the file that holds the password"},
		{`[smtp]`, "password_file = \"p\"\n[smtp]", `line 11: imap has both password and password_file: keep one`},
		{`[smtp]`, "poll = \"5\"\n[smtp]", `line 12: imap.poll "5" must be a time like 5m`},
		{`[smtp]`, "poll = 5m\n[smtp]", `line 12: poll: a text must be in straight quotes, like "this"`},
		{`[smtp]`, "since = \"1 november\"\n[smtp]", `line 12: imap.since "1 november" must be now, or a day like 2026-11-01`},
		{`[smtp]`, "since = 2026-11-01\n[smtp]", `line 12: imap.since must be a text in quotes`},
		{`[smtp]`, "folder = \"\"\n[smtp]", `line 12: imap.folder is missing`},
		{`[smtp]`, "complaint_folder = \"auto\"\n[smtp]", `line 12: imap.complaint_folder must be the name of a folder: auto finds sent_folder and junk_folder only`},
		{`[smtp]`, "file_into = \"Klachten\"\n[smtp]", `line 12: imap.file_into is not available in this version: leave it empty`},
		{`[smtp]`, "[imap]\n[smtp]", `line 12: this is in the file a second time: keep one`},

		{`"smtp.kantoor.example:465"`, "\"smtp.kantoor.example\"\nsecurity = \"starttls\"", `line 13: smtp.server "smtp.kantoor.example" must be the server's name and port, like mail.example.nl:587`},
		{`"Kantoor <info@kantoor.example>"`, `"Kantoor"`, `line 14: smtp.from "Kantoor" must be a name and an address, like Optimumconsult <info@example.nl>`},
		{`[letters]`, "username = \"u\"\n[letters]", `smtp.password_file is missing: name the file that holds the password, or leave smtp.username empty for a server that wants no login`},
		{`[letters]`, "password = \"u\"\n[letters]", `smtp.username is missing, while there is a password: give both or neither`},
		{`[letters]`, "sent_copy = \"on\"\n[letters]", `line 15: smtp.sent_copy is "on", and must be auto or off`},

		{`"15m"`, `"15"`, `line 16: letters.grace "15" must be a time like 15m, or 0s`},
		{`"15m"`, `"-15m"`, `line 16: letters.grace "-15m" must be a time like 15m, or 0s`},
		{`grace = "15m"`, `hours = "8-18"`, `line 16: letters.hours "8-18" must be two times of one day, like 08:00-18:00`},
		{`grace = "15m"`, `hours = "18:00-08:00"`, `line 16: letters.hours "18:00-08:00" must be two times of one day, like 08:00-18:00`},
		{`grace = "15m"`, `auto_at = "16"`, `line 16: letters.auto_at "16" must be a time of day, like 16:00`},
		{`grace = "15m"`, `auto_at = 16:00`, `line 16: letters.auto_at must be a text in quotes`},
		{`grace = "15m"`, `auto_at = "18:00"`, `line 16: letters.auto_at "18:00" must lie within letters.hours, 08:00-18:00`},
		{`grace = "15m"`, `auto_at = "07:59"`, `line 16: letters.auto_at "07:59" must lie within letters.hours, 08:00-18:00`},
		{`grace = "15m"`, `post_days = 15`, `line 16: letters.post_days 15 must be a number from 0 to 14`},
		{`grace = "15m"`, `post_days = "3"`, `line 16: letters.post_days must be a whole number, without quotes`},
		{`grace = "15m"`, `mode = "auto"`, `line 16: letters.mode must be like { acknowledgement = "approve" }`},
		{`grace = "15m"`, `mode = { progress = true }`, `line 16: letters.mode must be like { acknowledgement = "approve" }`},
		{`grace = "15m"`, `mode = { progress = "automatic" }`, `letters.mode.progress is "automatic", and must be auto or approve`},
		{`grace = "15m"`, `mode = { L1 = "auto" }`, `line 16: letters.mode has "L1", and must be one of the letters acknowledgement, non_acceptance, progress, information, confirmation, report_complainant, report_concerned, referral, extension, extension_concerned, withdrawal, reaction_request, witness_closing, commitment_late, receipt`},

		{`[letters]`, "[calendar]\ndays_off = [28]\n[letters]", `line 16: days_off: a day is written like 2026-12-28`},
		{`[letters]`, "[calendar]\ndays_off = 2026-12-28\n[letters]", `line 16: calendar.days_off must be a list of days, like [2026-12-28, 2026-12-29]`},
		{`[letters]`, "[calendar]\ndays_off = [2026-02-30]\n[letters]", `line 16: days_off: a day is written like 2026-12-28`},
		{`[letters]`, "[calendar]\nliberation_day = \"no\"\n[letters]", `line 16: calendar.liberation_day is "no", and must be yearly, lustrum or never`},
		{`[letters]`, "[triage]\nunanswered = \"\"\ndigest = \"none\"\n[letters]", "line 16: triage.unanswered is \"\", and must be receipt, acknowledge or nothing\nline 17: triage.digest is \"none\", and must be near, all or off"},
		{`[letters]`, "[triage]\nnever_answer = \"robot@x.example\"\n[letters]", `line 16: triage.never_answer must be a list of texts, like ["one", "two"]`},
		{`[letters]`, "[triage]\nnever_answer = [\"all robots\"]\n[letters]", `line 16: triage.never_answer has "all robots", and must list addresses or domains, like robot@example.nl or example.nl`},
		{`[letters]`, "[triage]\nform_senders = [\"example.nl\"]\n[letters]", `line 16: triage.form_senders has "example.nl", and must list mail addresses, like form@example.nl`},
		{`[letters]`, "[security]\nreply_address = \"info@kantoor.example\"\n[letters]", `line 16: security.reply_address "info@kantoor.example" must be a mail address with {token} in it, like info+{token}@example.nl`},
		{`[letters]`, "[security]\ntrusted_authserv_id = \"mail.example.nl; dkim=pass\"\n[letters]", `line 16: security.trusted_authserv_id "mail.example.nl; dkim=pass" must be one name, like mail.example.nl`},
		{`[letters]`, "[alarm]\nemail = \"Info@kantoor.example\"\n[letters]", `line 16: alarm.email is the mailbox itself: give an address that works when the mailbox does not`},
		{`[letters]`, "[alarm]\nheartbeat = \"https://x.example\"\n[letters]", `line 16: alarm.heartbeat is not available in this version: leave it empty`},
		{`[letters]`, "[privacy]\nretention = \"2 jaar\"\n[letters]", `line 16: privacy.retention "2 jaar" must be years, months or days, like 2y, 18m or 90d`},
		{`[letters]`, "[status]\nlisten = \"127.0.0.1:9418\"\n[letters]", `line 16: status.listen is not available in this version: leave it empty`},
		{`[letters]`, "[brieven]\nx = 1\n[letters]", `line 15: there is no key brieven: the keys above the first [section] are language, time_zone, database, procedure, organisation, handlers, commissioners, calendar, imap, smtp, letters, triage, security, alarm, privacy, status`},
	} {
		text := strings.Replace(goodConfig, c.old, c.new, 1)
		if text == goodConfig {
			t.Fatalf("%q is not in the config", c.old)
		}
		if got := problemsOf(t, text); got != c.want {
			t.Errorf("%s\n got: %s\nwant: %s", c.new, got, c.want)
		}
	}
}

// TestProblemsKeepTheirOrder: the same config gives the same line, whatever order maps are walked in.
func TestProblemsKeepTheirOrder(t *testing.T) {
	text := strings.Replace(goodConfig, `grace = "15m"`, `mode = { d = "x", b = "x", a = "x", c = "x" }
[alarm]
heartbeat = "x"
[status]
listen = "x"`, 1)
	first := problemsOf(t, text)
	for range 20 {
		if again := problemsOf(t, text); again != first {
			t.Fatalf("%s\nthen\n%s", first, again)
		}
	}
}

func TestWaysPeopleWriteIt(t *testing.T) {
	for _, text := range []string{
		"\ufeff" + goodConfig,
		strings.ReplaceAll(goodConfig, "\n", "\r\n"),
		strings.Replace(goodConfig, "[[handlers]]", "[handlers]", 1),
		goodConfig + "[calendar]\ndays_off = [2026-12-28, 2026-12-29]\n",
		goodConfig + "[calendar]\ndays_off = [\"2026-12-28\"]\n",
		goodConfig + "[letters.mode]\nprogress = \"approve\"\n",
		goodConfig + "[triage]\nnever_answer = [\"robot@x.example\", \"x.example\", \"@x.example\"]\n",
	} {
		if got := problemsOf(t, text); got != "" {
			t.Errorf("%s\n%s", text, got)
		}
	}
}

// TestCredentialsGoFirst: under systemd a password file is the credential of that name, where there is one.
func TestCredentialsGoFirst(t *testing.T) {
	dir, credentials := t.TempDir(), t.TempDir()
	t.Setenv("CREDENTIALS_DIRECTORY", credentials)
	if err := os.WriteFile(filepath.Join(credentials, "imap.password"), []byte("hart&ziel\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	c := defaultConfig()
	c.dir = dir
	for file, want := range map[string]string{
		"imap.password":      filepath.Join(credentials, "imap.password"),
		"smtp.password":      filepath.Join(dir, "smtp.password"),
		"/etc/imap.password": "/etc/imap.password",
		"../imap.password":   filepath.Join(filepath.Dir(dir), "imap.password"),
		"":                   "",
	} {
		if got := c.secretPath(file); got != want {
			t.Errorf("secretPath(%q) = %q, want %q", file, got, want)
		}
	}
	if got, err := secret("", c.secretPath("imap.password"))(); got != "hart&ziel" || err != nil {
		t.Errorf("the password is %q, %v", got, err)
	}
}

// FuzzConfig: whatever a file holds, reading it ends in a config or in lines for people, none of which repeats a password.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(example(f)))
	f.Add([]byte(goodConfig))
	f.Add([]byte("[imap]\npassword = \"hart&ziel\\q\"\n"))
	f.Add([]byte("[[handlers]]\n[handlers.x]\nname.y = [2026-12-28, \"a\"]\n"))
	f.Add([]byte("calendar = { days_off = [2026-12-28T00:00:00] }\nimap = [1]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c := defaultConfig()
		problems, fatal := decodeConfig(text, &c)
		if fatal && len(problems) == 0 {
			t.Error("it was not read to the end, and nothing is said of it")
		}
		if !fatal {
			problems = append(problems, c.complete(linesOf(text))...)
		}
		for _, p := range problems {
			said := p.Error()
			if strings.ContainsAny(said, "\n\r") && !strings.Contains(string(text), "\\") {
				t.Errorf("more than one line: %q", said)
			}
			if c.IMAP.Password != "" && len(c.IMAP.Password) > 20 && strings.Contains(said, c.IMAP.Password) {
				t.Errorf("the password is told: %q", said)
			}
		}
	})
}

func TestTypesOfKeysAreFound(t *testing.T) {
	for key, want := range map[string]reflect.Type{
		"language": reflect.TypeFor[string](), "IMAP.Server": reflect.TypeFor[string](), "letters.mode.progress": reflect.TypeFor[string](),
		"handlers.substitute": reflect.TypeFor[bool](), "calendar.days_off": reflect.TypeFor[[]toml.LocalDate](), "imap.x": nil, "x": nil, "language.x": nil,
	} {
		if got := configSchema.typeAt(strings.Split(key, ".")); got != want {
			t.Errorf("typeAt(%s) = %v, want %v", key, got, want)
		}
	}
}
