package main

import (
	"fmt"
	"maps"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/letters"
)

// findings collects what is wrong in a config, in the order of the file.
type findings struct {
	lines map[string]int
	all   []problem
}

func (f *findings) bad(key, format string, args ...any) {
	f.all = append(f.all, problem{key, f.lines[key], fmt.Sprintf(format, args...)})
}

func (f *findings) oneOf(key, have string, allowed ...string) {
	if !slices.Contains(allowed, have) {
		f.bad(key, "%s is %q, and must be %s", key, have, either(allowed))
	}
}

func (f *findings) needed(key, have string) {
	if strings.TrimSpace(have) == "" {
		f.bad(key, "%s is missing", key)
	}
}

// named refuses "auto" for a folder that no server marks.
func (f *findings) named(key, have string) {
	if have == "auto" {
		f.bad(key, "%s must be the name of a folder: auto finds sent_folder and junk_folder only", key)
	}
}

func (f *findings) address(key, have string) {
	if !validMail(have) {
		f.bad(key, "%s %q must be a mail address and nothing else, like info@example.nl", key, have)
	}
}

// complete fills in what follows from the file and lists what is wrong with it. lines are those of the keys.
func (c *Config) complete(lines map[string]int) []problem {
	f := &findings{lines: lines}
	f.oneOf("language", c.Language, "nl", "en")
	c.completeZone(f)
	f.needed("database", c.Database)
	c.Database = c.path(c.Database)
	c.completeProcedure(f)
	f.needed("organisation.name", c.Organisation.Name)
	if c.Organisation.Email != "" {
		f.address("organisation.email", c.Organisation.Email)
	}
	c.completeHandlers(f)
	f.oneOf("calendar.liberation_day", c.Calendar.LiberationDay, "yearly", "lustrum", "never")
	c.completeIMAP(f)
	c.completeSMTP(f)
	c.completeLetters(f)
	c.completeTriage(f)
	c.completeSecurity(f)
	return f.all
}

// completeZone finds the zone days are counted in. It must be named: "" and "Local" would leave terms to the machine.
func (c *Config) completeZone(f *findings) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "" || c.TimeZone == "Local" {
		f.bad("time_zone", "time_zone %q is not known: write it like Europe/Amsterdam", c.TimeZone)
		zone = time.UTC
	}
	c.zone = zone
}

func (c *Config) completeHandlers(f *findings) {
	leads := 0
	seen := map[string]int{}
	for i, h := range c.Handlers {
		key := fmt.Sprintf("handlers.%d", i+1)
		f.needed(key+".name", h.Name)
		f.address(key+".email", h.Email)
		if first, twice := seen[complaint.BareMail(h.Email)]; twice && h.Email != "" {
			f.bad(key+".email", "%s.email is that of handlers.%d: give each an address of her own", key, first)
		}
		seen[complaint.BareMail(h.Email)] = i + 1
		if h.Substitute {
			continue
		}
		if leads++; h.Phone == "" && c.Organisation.Phone == "" {
			f.bad(key+".phone", "%s.phone and organisation.phone are both missing: letters ask people to call, so give one", key)
		}
	}
	if leads == 0 {
		f.bad("handlers", "there is no [[handlers]] without substitute = true: somebody has to handle complaints")
	}
	for i, m := range c.Commissioners {
		f.needed(fmt.Sprintf("commissioners.%d.name", i+1), m.Name)
	}
}

func (c *Config) completeIMAP(f *findings) {
	m := &c.IMAP
	f.server("imap", m.Server, m.Security, "993", "143")
	f.needed("imap.username", m.Username)
	if m.Password == "" && m.PasswordFile == "" {
		f.bad("imap.password_file", "imap.password_file is missing: name the file that holds the password")
	}
	f.onePassword("imap", m.Password, m.PasswordFile)
	m.PasswordFile, m.CAFile = c.secretPath(m.PasswordFile), c.path(m.CAFile)
	var err error
	if m.poll, err = time.ParseDuration(m.Poll); err != nil || m.poll < time.Second {
		f.bad("imap.poll", "imap.poll %q must be a time like 5m", m.Poll)
	}
	if _, err := c.since(); err != nil {
		f.bad("imap.since", "imap.since %q must be now, or a day like 2026-11-01", m.Since)
	}
	f.needed("imap.folder", m.Folder)
	f.named("imap.folder", m.Folder)
	f.named("imap.complaint_folder", m.ComplaintFolder)
	f.notYet("imap.file_into", m.FileInto)
}

func (c *Config) completeSMTP(f *findings) {
	m := &c.SMTP
	f.server("smtp", m.Server, m.Security, "465", "587")
	switch given := m.Password != "" || m.PasswordFile != ""; {
	case m.Username == "" && given:
		f.bad("smtp.username", "smtp.username is missing, while there is a password: give both or neither")
	case m.Username != "" && !given:
		f.bad("smtp.password_file", "smtp.password_file is missing: name the file that holds the password, or leave smtp.username empty for a server that wants no login")
	}
	f.onePassword("smtp", m.Password, m.PasswordFile)
	m.PasswordFile, m.CAFile = c.secretPath(m.PasswordFile), c.path(m.CAFile)
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		f.bad("smtp.from", "smtp.from %q must be a name and an address, like Optimumconsult <info@example.nl>", m.From)
	} else {
		m.from = complaint.Address{Name: from.Name, Mail: from.Address}
	}
	f.oneOf("smtp.sent_copy", m.SentCopy, "auto", "off")
}

// server checks where a server is, and that nothing goes over a network in the clear.
func (f *findings) server(section, server, security, tlsPort, clearPort string) {
	port := tlsPort
	if security == "starttls" {
		port = clearPort
	}
	host, given, err := net.SplitHostPort(server)
	n, _ := strconv.Atoi(given)
	if err != nil || host == "" || strings.Contains(host, "/") || n < 1 || n > 65535 {
		f.bad(section+".server", "%s.server %q must be the server's name and port, like mail.example.nl:%s", section, server, port)
		return
	}
	f.oneOf(section+".security", security, "tls", "starttls", "none")
	if security == "none" && !loopback(host) {
		f.bad(section+".security", `%s.security "none" is for this machine only, and %s is another one: use tls or starttls`, section, host)
	}
}

func (f *findings) onePassword(section, password, file string) {
	if password != "" && file != "" {
		f.bad(section+".password", "%s has both password and password_file: keep one", section)
	}
}

func (f *findings) notYet(key, have string) {
	if have != "" {
		f.bad(key, "%s is not available in this version: leave it empty", key)
	}
}

func (c *Config) completeLetters(f *findings) {
	p := complaint.Policy{Zone: c.zone, Lang: c.Language, Mode: map[string]complaint.Mode{}, Unanswered: complaint.Unanswered(c.Triage.Unanswered)}
	var err error
	if p.Grace, err = time.ParseDuration(c.Letters.Grace); err != nil || p.Grace < 0 {
		f.bad("letters.grace", "letters.grace %q must be a time like 15m, or 0s", c.Letters.Grace)
	}
	c.completeHours(f, &p)
	for _, letter := range slices.Sorted(maps.Keys(c.Letters.Mode)) {
		key := "letters.mode." + letter
		f.oneOf(key, c.Letters.Mode[letter], "auto", "approve")
		if !slices.Contains(letters.Names(), letter) {
			f.bad("letters.mode", "letters.mode has %q, and must be one of the letters %s", letter, strings.Join(letters.Names(), ", "))
		}
		p.Mode[letter] = complaint.Mode(c.Letters.Mode[letter])
	}
	if c.Letters.PostDays < 0 || c.Letters.PostDays > 14 {
		f.bad("letters.post_days", "letters.post_days %d must be a number from 0 to 14", c.Letters.PostDays)
	}
	c.Letters.Dir = c.path(c.Letters.Dir)
	c.Letters.policy = p
}

// completeHours reads when letters leave. The hour at which they leave unasked must be within the hours: after them it
// would be the next day, and a promise passed.
func (c *Config) completeHours(f *findings, p *complaint.Policy) {
	from, until, _ := strings.Cut(c.Letters.Hours, "-")
	var ok, ok2, ok3 bool
	p.From, ok = timeOfDay(strings.TrimSpace(from))
	p.Until, ok2 = timeOfDay(strings.TrimSpace(until))
	hours := ok && ok2 && earlier(p.From, p.Until)
	if !hours {
		f.bad("letters.hours", "letters.hours %q must be two times of one day, like 08:00-18:00", c.Letters.Hours)
	}
	p.AutoAt, ok3 = timeOfDay(c.Letters.AutoAt)
	switch {
	case !ok3:
		f.bad("letters.auto_at", "letters.auto_at %q must be a time of day, like 16:00", c.Letters.AutoAt)
	case hours && (earlier(p.AutoAt, p.From) || !earlier(p.AutoAt, p.Until)):
		f.bad("letters.auto_at", "letters.auto_at %q must lie within letters.hours, %s", c.Letters.AutoAt, c.Letters.Hours)
	}
}

func (c *Config) completeTriage(f *findings) {
	f.oneOf("triage.unanswered", c.Triage.Unanswered, "receipt", "acknowledge", "nothing")
	f.oneOf("triage.digest", c.Triage.Digest, "near", "all", "off")
	for _, a := range c.Triage.NeverAnswer {
		if bare := strings.TrimPrefix(a, "@"); !validMail(a) && !validMail("x@"+bare) {
			f.bad("triage.never_answer", "triage.never_answer has %q, and must list addresses or domains, like robot@example.nl or example.nl", a)
		}
	}
	for _, a := range c.Triage.FormSenders {
		if !validMail(a) {
			f.bad("triage.form_senders", "triage.form_senders has %q, and must list mail addresses, like form@example.nl", a)
		}
	}
}

var retention = regexp.MustCompile(`^[1-9][0-9]?[ymd]$`)

func (c *Config) completeSecurity(f *findings) {
	if id := c.Security.TrustedAuthservID; strings.ContainsAny(id, " \t;") {
		f.bad("security.trusted_authserv_id", "security.trusted_authserv_id %q must be one name, like mail.example.nl", id)
	}
	if a := c.Security.ReplyAddress; a != "" && (strings.Count(a, "{token}") != 1 || !validMail(strings.Replace(a, "{token}", "x", 1))) {
		f.bad("security.reply_address", "security.reply_address %q must be a mail address with {token} in it, like info+{token}@example.nl", a)
	}
	if a := c.Alarm.Email; a != "" {
		f.address("alarm.email", a)
		if complaint.SameMail(a, c.IMAP.Username) || complaint.SameMail(a, c.SMTP.from.Mail) {
			f.bad("alarm.email", "alarm.email is the mailbox itself: give an address that works when the mailbox does not")
		}
	}
	f.notYet("alarm.heartbeat", c.Alarm.Heartbeat)
	if !retention.MatchString(c.Privacy.Retention) {
		f.bad("privacy.retention", "privacy.retention %q must be years, months or days, like 2y, 18m or 90d", c.Privacy.Retention)
	}
	f.notYet("status.listen", c.Status.Listen)
}

// since is the day of imap.since, zero for "now".
func (c *Config) since() (calendar.Date, error) {
	if c.IMAP.Since == "now" {
		return 0, nil
	}
	return calendar.ParseDate(c.IMAP.Since)
}

// path makes a path of the file absolute: it is relative to the file itself.
func (c *Config) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// secretPath is path for a file with a secret. Under systemd the credential of that name goes first, so that one config
// serves the unit and who tries it by hand.
func (c *Config) secretPath(p string) string {
	if dir := os.Getenv("CREDENTIALS_DIRECTORY"); dir != "" && p != "" && filepath.IsLocal(p) {
		if credential := filepath.Join(dir, p); exists(credential) {
			return credential
		}
	}
	return c.path(p)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func validMail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func timeOfDay(s string) (complaint.TimeOfDay, bool) {
	t, err := time.Parse("15:04", s)
	return complaint.TimeOfDay{Hour: t.Hour(), Minute: t.Minute()}, err == nil
}

func earlier(a, b complaint.TimeOfDay) bool {
	return a.Hour < b.Hour || a.Hour == b.Hour && a.Minute < b.Minute
}

// either lists words as one says them: a, b or c.
func either(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
