package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
	"klachtd/mailer"
)

type previewCommand struct {
	Letter string `arg:"" optional:"" help:"The letter; without it, their names."`
	Case   string `help:"A real case; sample data without it." placeholder:"CASE"`
	Lang   string `help:"nl or en; without it that of the case." placeholder:"LANG"`
	Format string `help:"text, html or eml." enum:"text,html,eml" default:"text"`
	At     string `help:"As things stand at this time (RFC 3339)." placeholder:"TIME"`
}

func (k previewCommand) Run(ctx context.Context, c *commands, e env) error {
	switch {
	case k.Lang != "" && k.Lang != "nl" && k.Lang != "en":
		return usageError{fmt.Errorf("--lang is %q, and must be nl or en", k.Lang)}
	case k.Letter != "" && !slices.Contains(letters.Names(), k.Letter):
		return usageError{hint(fmt.Errorf("there is no letter %q", k.Letter), "the letters are "+strings.Join(letters.Names(), ", "))}
	case k.Letter == "" && k.Case == "":
		fmt.Fprintln(e.stdout, strings.Join(letters.Names(), "\n"))
		return nil
	case k.Case == "":
		return k.sample(c, e)
	}
	return k.real(ctx, c, e)
}

// sample shows a letter about a made-up case.
func (k previewCommand) sample(c *commands, e env) error {
	cfg, err := loadConfig(c.Config)
	if err != nil {
		return err
	}
	for _, s := range letters.Samples() {
		for _, d := range s.Departures {
			if d.Letter == k.Letter {
				if k.Lang == "" {
					k.Lang = cfg.Language
				}
				return k.write(e, cfg, d, s.Case, s.Today)
			}
		}
	}
	return fmt.Errorf("there is no sample of %s", k.Letter)
}

// real shows a letter that a case owes, as it would leave now; without a letter, which it owes.
func (k previewCommand) real(ctx context.Context, c *commands, e env) error {
	r, err := openReading(c, e, k.At)
	if err != nil {
		return err
	}
	defer r.db.Close()
	var one complaint.Case
	err = r.db.View(ctx, func(tx *db.Tx) error {
		one, err = caseOf(tx, caseID(k.Case))
		return err
	})
	if err != nil {
		return err
	}
	plan := complaint.Plan(one, r.now, r.cfg.Letters.policy)
	if k.Letter == "" {
		return r.planned(e, one, plan)
	}
	for _, d := range plan {
		if d.Letter == k.Letter {
			return k.write(e, r.cfg, d, one, r.today)
		}
	}
	return hint(fmt.Errorf("%s owes no %s now", one.Opening.Number, k.Letter), "klachtd preview --case "+string(one.Opening.Number)+" tells which letters it owes")
}

// planned lists the letters a case owes, and when each would leave.
func (r *reading) planned(e env, c complaint.Case, plan []complaint.Departure) error {
	say := func(nl, en string) string { return complaint.Words{NL: nl, EN: en}.In(r.cfg.Language) }
	if len(plan) == 0 {
		_, err := fmt.Fprintln(e.stdout, c.Opening.Number, say("is geen brief verschuldigd.", "owes no letter."))
		return err
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, d := range plan {
		when := say("wacht op uw woord", "waits for your word")
		switch {
		case len(d.Missing) > 0:
			when = say("is nog niet compleet", "is not complete yet")
		case !d.NotBefore.IsZero():
			when = say("vertrekt ", "leaves ") + d.NotBefore.In(r.cfg.zone).Format("2006-01-02 15:04")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", d.Letter, d.To.Mail, when)
	}
	return w.Flush()
}

func (k previewCommand) write(e env, cfg *Config, dep complaint.Departure, c complaint.Case, today calendar.Date) error {
	house, err := cfg.house()
	if err != nil {
		return err
	}
	if k.Lang != "" {
		c.Opening.Lang, dep.Lang = k.Lang, k.Lang
	}
	l, err := house.Letters.Letter(dep, c, today)
	if err != nil {
		return err
	}
	return k.print(e, cfg, l)
}

func (k previewCommand) print(e env, cfg *Config, l letters.Letter) error {
	switch k.Format {
	case "html":
		_, err := fmt.Fprint(e.stdout, l.HTML)
		return err
	case "eml":
		l.MessageID = "preview@klachtd.invalid"
		raw, err := mailer.Compose(l, cfg.SMTP.from, e.now().In(cfg.zone))
		if err != nil {
			return err
		}
		_, err = e.stdout.Write(raw)
		return err
	}
	_, err := fmt.Fprintf(e.stdout, "%s\n\n%s", l.Subject, l.Text)
	return err
}
