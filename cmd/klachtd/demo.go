package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

type demoCommand struct {
	Dir  string `help:"Where the letters and the database are put; it is made when it is missing." default:"klachtd-demo" placeholder:"DIR"`
	Keep bool   `help:"Leave the mail servers up afterwards, to be complainant and handler yourself with a mail program."`
	Lang string `help:"The language of the story: nl or en." enum:"nl,en" default:"nl"`
}

// The people of the demo. All of them are invented.
const (
	demoOffice     = "info@optimumconsult.example"
	demoHandler    = "noor@praktijk.example"
	demoSubstitute = "ruud@praktijk.example"
)

const demoConfig = `# The office of the demo, on mail servers inside the program.
language = %q
database = "klachtd.db"

[organisation]
name           = "Optimumconsult"
address        = "Waalkade 1, 4000 AA Waalstad"
phone          = "06 12 34 56 78"
email          = "info@optimumconsult.example"
regulation_url = "https://optimumconsult.example/klachtenreglement"

[[handlers]]
name  = "Noor Tielman"
email = "noor@praktijk.example"
phone = "06 12 34 56 78"

[[handlers]]
name       = "Ruud Bos"
email      = "ruud@praktijk.example"
phone      = "06 87 65 43 21"
substitute = true

[[commissioners]]
name    = "gemeente Waalstad"
address = "Postbus 1, 4000 AA Waalstad"
email   = "klachten@waalstad.example"
url     = "https://waalstad.example/klachten"

[imap]
server   = %q
security = "none"
username = "info@optimumconsult.example"
password = "geheim"

[smtp]
server   = %q
security = "none"
from     = "Optimumconsult <info@optimumconsult.example>"

[security]
reply_address = "info+{token}@optimumconsult.example"
`

func (k demoCommand) Run(ctx context.Context, e env) error {
	if err := os.MkdirAll(k.Dir, 0o755); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := k.clear(); err != nil {
		return err
	}
	s := &demo{out: e.stdout, lang: k.Lang, dir: k.Dir, clock: &demoClock{at: demoStart}, facts: map[complaint.CaseID]int{}}
	s.office = openPostOffice(s.clock.now)
	defer s.office.close()
	if err := s.assemble(e, "127.0.0.1:1143", "127.0.0.1:1025"); err != nil {
		return err
	}
	if err := s.play(ctx); err != nil {
		s.d.close()
		return err
	}
	index, err := s.writeLetters()
	if err != nil {
		s.d.close()
		return err
	}
	s.say("", "")
	s.say("De brieven staan in %s. Open %s in een browser.", "The letters are in %s. Open %s in a browser.", k.Dir, index)
	s.say("Alles over een zaak: klachtd show K2026-0001 --config %s", "All about a case: klachtd show K2026-0001 --config %s", filepath.Join(k.Dir, "config.toml"))
	if k.Keep {
		return s.keep(ctx, e)
	}
	s.d.close()
	return nil
}

// clear takes away what an earlier demo left, and nothing else: a folder with other things in it is refused.
func (k demoCommand) clear() error {
	entries, err := os.ReadDir(k.Dir)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	for _, f := range entries {
		name := f.Name()
		ours := strings.HasPrefix(name, "klachtd.db") || name == "config.toml" || name == "index.html" || name == "letters"
		if !ours {
			return hint(fmt.Errorf("demo: %s holds %s, which is not of an earlier demo", k.Dir, name), "choose another folder with --dir")
		}
	}
	if len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(k.Dir, "index.html")); err != nil {
			return hint(fmt.Errorf("demo: %s is not empty and holds no earlier demo", k.Dir), "choose another folder with --dir")
		}
	}
	for _, f := range entries {
		if err := os.RemoveAll(filepath.Join(k.Dir, f.Name())); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	return nil
}

// demo is a run of the demo: the program, its post office, a clock that is set, and what was told so far.
type demo struct {
	out    io.Writer
	lang   string
	dir    string
	clock  *demoClock
	office *postOffice
	d      *daemon

	told  int // mails of the office that were told
	facts map[complaint.CaseID]int
}

// demoClock is set by hand, until it runs by itself.
type demoClock struct {
	mu    sync.Mutex
	at    time.Time
	real  func() time.Time
	since time.Time
}

func (c *demoClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.real == nil {
		return c.at
	}
	return c.at.Add(c.real().Sub(c.since))
}

func (c *demoClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// run makes the clock go on by itself.
func (c *demoClock) run(real func() time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.real, c.since = real, real()
}

// assemble puts the program together on the post office's servers.
func (s *demo) assemble(e env, imapAddr, smtpAddr string) error {
	path := filepath.Join(s.dir, "config.toml")
	if err := os.WriteFile(path, fmt.Appendf(nil, demoConfig, s.lang, imapAddr, smtpAddr), 0o600); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	cfg, err := loadConfig(path)
	if err != nil {
		return err
	}
	e.dialIMAP, e.dialSMTP, e.stderr = s.office.dialIMAP, s.office.dialSMTP, io.Discard
	s.d, err = assemble(cfg, e, s.clock.now)
	return err
}

// say tells a line of the story.
func (s *demo) say(nl, en string, args ...any) {
	fmt.Fprintf(s.out, complaint.Words{NL: nl, EN: en}.In(s.lang)+"\n", args...)
}

// line tells something that happens at the present moment.
func (s *demo) line(nl, en string, args ...any) {
	zone := s.d.cfg.zone
	now := s.clock.now()
	stamp := fmt.Sprintf("%-12s%s  ", calendar.On(now, zone).Short(s.lang), now.In(zone).Format("15:04"))
	fmt.Fprintf(s.out, stamp+complaint.Words{NL: nl, EN: en}.In(s.lang)+"\n", args...)
}

// until lets time pass up to an instant: the clock jumps to whatever is due next, and the program does it.
func (s *demo) until(ctx context.Context, at time.Time) error {
	for {
		next, err := s.d.clerk.NextInstant(ctx)
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(at) {
			break
		}
		if next.After(s.clock.now()) {
			s.clock.set(next)
		}
		if err := s.pass(ctx); err != nil {
			return err
		}
	}
	s.clock.set(at)
	return nil
}

// pass lets the program do one full pass, and tells what came of it.
func (s *demo) pass(ctx context.Context) error {
	if err := s.d.pass(ctx); err != nil {
		return err
	}
	if err := s.tellLetters(ctx); err != nil {
		return err
	}
	return s.tellMails()
}

// tellMails tells what the handlers got.
func (s *demo) tellMails() error {
	mails, n := s.office.delivered(s.told)
	s.told = n
	for _, m := range mails {
		if m.from != demoOffice { // what people wrote has been told
			continue
		}
		subject, err := subjectOf(m.raw)
		if err != nil {
			return err
		}
		if m.to == demoHandler || m.to == demoSubstitute {
			s.line("    klachtd mailt %s: %s", "    klachtd mails %s: %s", firstName(m.to), subject)
		}
	}
	return nil
}

// tellLetters tells which letters went out, which duty each met and how many days were left.
func (s *demo) tellLetters(ctx context.Context) error {
	return s.d.db.View(ctx, func(tx *db.Tx) error {
		ids, err := tx.Cases()
		if err != nil {
			return err
		}
		for _, id := range ids {
			facts, err := tx.Facts(id)
			if err != nil {
				return err
			}
			c := complaint.Fold(facts)
			for _, f := range facts[s.facts[id]:] {
				s.tellFact(c, f)
			}
			s.facts[id] = len(facts)
		}
		return nil
	})
}

func (s *demo) tellFact(c complaint.Case, f complaint.Fact) {
	today := calendar.On(s.clock.now(), s.d.cfg.zone)
	switch b := f.Body.(type) {
	case complaint.Opened:
		s.line("    klachtd opent %s, ontvangen op %s", "    klachtd opens %s, received on %s", b.Number, b.Received.Full(s.lang))
	case complaint.Sent:
		s.line("    brief van klachtd in %s aan %s", "    letter of klachtd in %s to %s", c.Opening.Number, b.To)
		for _, d := range complaint.Duties(c, today) {
			for _, k := range b.Meets {
				if d.Key == k {
					s.line("      = %s (art. %d), uiterlijk %s: %s", "      = %s (art. %d), due %s: %s",
						d.Kind.Name().In(s.lang), d.Article, d.Due.Short(s.lang), s.left(d.Due.Sub(today)))
				}
			}
		}
		if complaint.StatusOn(c, today) == complaint.Closed {
			s.line("    %s is afgesloten: er is niets meer verschuldigd", "    %s is closed: nothing more is owed", c.Opening.Number)
		}
	}
}

func (s *demo) left(days int) string {
	switch {
	case days < 0:
		return complaint.Words{NL: "te laat", EN: "late"}.In(s.lang)
	case days == 1:
		return complaint.Words{NL: "nog 1 dag over", EN: "1 day left"}.In(s.lang)
	}
	return fmt.Sprintf(complaint.Words{NL: "nog %d dagen over", EN: "%d days left"}.In(s.lang), days)
}

func firstName(address string) string {
	name, _, _ := strings.Cut(address, "@")
	return strings.ToUpper(name[:1]) + name[1:]
}
