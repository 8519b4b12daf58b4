package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// factJSON is a fact as `show --json` prints it.
type factJSON struct {
	Seq  int              `json:"seq"`
	On   calendar.Date    `json:"on"`
	At   time.Time        `json:"at"`
	By   complaint.Actor  `json:"by"`
	Mail complaint.MailID `json:"mail"`
	Kind string           `json:"kind"`
	Body complaint.Body   `json:"body"`
}

// letterJSON is a letter with its evidence as `show --json` prints it.
type letterJSON struct {
	Letter     string          `json:"letter"`
	Meets      []complaint.Key `json:"meets"`
	To         string          `json:"to"`
	State      string          `json:"state"`
	NotBefore  time.Time       `json:"not_before"`
	MessageID  string          `json:"message_id"`
	Hash       string          `json:"sha256"`
	Server     string          `json:"server"`
	TLS        string          `json:"tls"`
	Reply      string          `json:"reply"`
	Attempts   int             `json:"attempts"`
	AcceptedAt *time.Time      `json:"accepted_at"`
}

// attachmentJSON is a file that came with a mail of the case, or went with one that people wrote by hand.
type attachmentJSON struct {
	Name string           `json:"name"`
	Type string           `json:"type"`
	Size int              `json:"size"`
	On   calendar.Date    `json:"on"`
	Mail complaint.MailID `json:"mail"`
}

func (r *reading) showJSON(c complaint.Case, rows []db.Row) any {
	shown := struct {
		caseJSON
		Facts       []factJSON       `json:"facts"`
		Letters     []letterJSON     `json:"letters"`
		Attachments []attachmentJSON `json:"attachments"`
	}{caseJSON: r.caseJSON(c, true), Letters: []letterJSON{}, Attachments: attachments(c)}
	for _, f := range c.Facts {
		shown.Facts = append(shown.Facts, factJSON{f.Seq, f.On, f.At.In(r.cfg.zone), f.By, f.Mail, complaint.KindOf(f.Body), f.Body})
	}
	for _, row := range rows {
		l := letterJSON{
			Letter: row.Letter, Meets: append([]complaint.Key{}, row.Meets...), To: row.To, State: string(row.State), NotBefore: row.NotBefore.In(r.cfg.zone),
			MessageID: row.MessageID, Hash: row.Hash, Server: row.Server, TLS: row.TLS, Reply: row.Reply, Attempts: row.Attempts,
		}
		if !row.AcceptedAt.IsZero() {
			at := row.AcceptedAt.In(r.cfg.zone)
			l.AcceptedAt = &at
		}
		shown.Letters = append(shown.Letters, l)
	}
	return shown
}

// attachments lists the files of a case, in the order in which they came.
func attachments(c complaint.Case) []attachmentJSON {
	all := []attachmentJSON{}
	for _, f := range c.Facts {
		var files []complaint.Attachment
		switch b := f.Body.(type) {
		case complaint.Opened:
			files = b.Attachments
		case complaint.Filed:
			files = b.Attachments
		}
		for _, a := range files {
			all = append(all, attachmentJSON{a.Name, a.Type, a.Size, f.On, f.Mail})
		}
	}
	return all
}

// show prints one case for people: who is in it, what happened, what is owed and why then, what went out.
func (r *reading) show(out io.Writer, c complaint.Case, rows []db.Row) error {
	lang := r.cfg.Language
	say := func(nl, en string) string { return complaint.Words{NL: nl, EN: en}.In(lang) }
	fmt.Fprintf(out, "%s  %s\n%s %s\n", c.Opening.Number, complaint.StatusOn(c, r.today).Name().In(lang), say("ontvangen", "received"), c.Received.Full(lang))
	fmt.Fprintf(out, "%s %s, %s\n", say("termijnen", "terms"), versionOf(c.Opening.Terms), say("zoals zij waren toen de zaak begon", "as they were when the case began"))
	r.people(out, c)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "\n%s\n", say("Wat is beloofd", "What is promised"))
	r.promised(w, c)
	w.Flush()
	fmt.Fprintf(out, "\n%s\n", say("Wat is gebeurd", "What happened"))
	for _, f := range c.Facts {
		fmt.Fprintf(w, "  %d\t%s\t%s\t%s\n", f.Seq, f.On.Short(lang), f.By, clip(strings.Join(strings.Fields(letters.FactWords(c, f, lang)), " "), 300))
	}
	w.Flush()
	if files := attachments(c); len(files) > 0 {
		fmt.Fprintf(out, "\n%s\n", say("Bijlagen", "Attachments"))
		for _, a := range files {
			fmt.Fprintf(w, "  %s\t%q\t%s\t%d kB\t%s\n", a.On.Short(lang), a.Name, a.Type, (a.Size+1023)/1024, clip(string(a.Mail), 12))
		}
		w.Flush()
	}
	fmt.Fprintf(out, "\n%s\n", say("Wat is verstuurd", "What went out"))
	for _, row := range rows {
		when := row.NotBefore
		if !row.AcceptedAt.IsZero() {
			when = row.AcceptedAt
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", when.In(r.cfg.zone).Format("2006-01-02 15:04"), row.Letter, row.To, row.State, row.Reply)
	}
	return w.Flush()
}

// people lists who is in a case, each with the number by which duties name them.
func (r *reading) people(out io.Writer, c complaint.Case) {
	lang := r.cfg.Language
	say := func(nl, en string, p complaint.Party) {
		reach := p.Mail
		if reach == "" {
			reach = strings.TrimSpace(p.Post + " " + p.Phone)
		}
		fmt.Fprintf(out, "%s %d: %s <%s>\n", complaint.Words{NL: nl, EN: en}.In(lang), p.ID, p.Name, reach)
	}
	for _, k := range c.Complainants {
		say("klager", "complainant", k.Party)
	}
	for _, p := range c.Persons {
		say("betrokkene", "person concerned", p.Party)
	}
	for _, p := range c.Witnesses {
		say("getuige", "witness", p)
	}
}

// promised prints each duty: where it is promised, what became of it, and how its dates were computed.
func (r *reading) promised(w io.Writer, c complaint.Case) {
	lang := r.cfg.Language
	for _, d := range complaint.Duties(c, r.today) {
		state := d.State.Name().In(lang)
		if d.Overdue {
			state = complaint.Words{NL: "TE LAAT", EN: "OVERDUE"}.In(lang)
		}
		if why := d.Reason.In(lang); why != "" {
			state += ": " + why
		}
		if !d.MetOn.IsZero() {
			state += " " + d.MetOn.Short(lang)
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", c.Where(d).In(lang), r.duty(c, d), state, complaint.Explain(d.Because, c.Opening.Terms.Holidays, lang))
	}
}

// duty names a duty: of whom it is where there are several, and which measure or commitment it is about.
func (r *reading) duty(c complaint.Case, d complaint.Duty) string {
	name := d.Kind.Name().In(r.cfg.Language)
	several := len(c.Complainants)
	if _, complains := c.Complainant(d.Party); !complains {
		several = len(c.Persons)
	}
	switch i := d.Round - 1; {
	case d.Kind == complaint.FollowMeasure && i >= 0 && i < len(c.Measures):
		return fmt.Sprintf("%s %d: %s", name, d.Round, clip(c.Measures[i].Text, 60))
	case d.Kind == complaint.KeepCommitment && i >= 0 && i < len(c.Commitments):
		return fmt.Sprintf("%s %d: %s", name, d.Round, clip(c.Commitments[i].Text, 60))
	case several > 1 && d.Kind != complaint.Measure:
		name += fmt.Sprintf(" (%d)", d.Party)
	}
	if d.Round > 1 {
		name += fmt.Sprintf(complaint.Words{NL: ", ronde %d", EN: ", round %d"}.In(r.cfg.Language), d.Round)
	}
	return name
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
