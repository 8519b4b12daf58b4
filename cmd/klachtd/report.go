package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// reading is what the commands that only read share: they never lock the database, and work beside the daemon.
type reading struct {
	cfg   *Config
	db    *db.DB
	now   time.Time
	today calendar.Date
}

func openReading(c *commands, e env, at string) (*reading, error) {
	now := e.now()
	if at != "" {
		var err error
		if now, err = parseTime(at); err != nil {
			return nil, err
		}
	}
	cfg, err := loadConfig(c.Config)
	if err != nil {
		return nil, err
	}
	store, err := openExisting(cfg.Database)
	if err != nil {
		return nil, err
	}
	return &reading{cfg: cfg, db: store, now: now, today: calendar.On(now, cfg.zone)}, nil
}

// openExisting opens a database to look at it, and says what to do when there is none.
func openExisting(path string) (*db.DB, error) {
	store, err := db.OpenReadOnly(path)
	if errors.Is(err, fs.ErrNotExist) && exists(filepath.Dir(path)) {
		return nil, hint(fmt.Errorf("there is no database %s yet", path), "klachtd run makes it; or is it another one in the config?")
	}
	return store, err
}

// cases reads the cases asked for: all, or those still running.
func (r *reading) cases(ctx context.Context, all bool) ([]complaint.Case, error) {
	if all {
		return r.read(ctx, (*db.Tx).Cases, func(complaint.Case) bool { return true })
	}
	return r.read(ctx, (*db.Tx).OpenCases, r.runs)
}

// read reads those of a list of cases that are wanted.
func (r *reading) read(ctx context.Context, list func(*db.Tx) ([]complaint.CaseID, error), wanted func(complaint.Case) bool) ([]complaint.Case, error) {
	var cases []complaint.Case
	err := r.db.View(ctx, func(tx *db.Tx) error {
		ids, err := list(tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			facts, err := tx.Facts(id)
			if err != nil {
				return err
			}
			if c := complaint.Fold(facts); wanted(c) {
				cases = append(cases, c)
			}
		}
		return nil
	})
	return cases, err
}

// runs says whether a case is still handled. A measure to be carried out does not keep it running: agenda has it.
func (r *reading) runs(c complaint.Case) bool {
	return !complaint.StatusOn(c, r.today).Ended() || r.owes(c, func(d complaint.Duty) bool { return d.Kind != complaint.FollowMeasure })
}

// owes says whether a case has an open duty of some kind.
func (r *reading) owes(c complaint.Case, kind func(complaint.Duty) bool) bool {
	return slices.ContainsFunc(complaint.Duties(c, r.today), func(d complaint.Duty) bool { return d.State == complaint.Open && kind(d) })
}

// caseJSON is a case as `cases --json` and `show --json` print it. The names are stable: docs/json.md.
type caseJSON struct {
	Number      complaint.CaseID `json:"number"`
	Status      complaint.Status `json:"status"`
	ReceivedOn  calendar.Date    `json:"received_on"`
	Complainant partyJSON        `json:"complainant"`
	Handler     string           `json:"handler"`
	Language    string           `json:"language"`
	Duties      []dutyJSON       `json:"duties"`

	Complainants []complainantJSON `json:"complainants"`
}

type complainantJSON struct {
	Party int    `json:"party"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

type partyJSON struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

type dutyJSON struct {
	Kind    complaint.Kind  `json:"kind"`
	Party   int             `json:"party"` // 1 is the complainant, persons concerned follow
	Round   int             `json:"round"`
	Article int             `json:"article"`
	Due     *calendar.Date  `json:"due"`
	SendBy  *calendar.Date  `json:"send_by"`
	State   complaint.State `json:"state"`
	Overdue bool            `json:"overdue"`
	MetOn   *calendar.Date  `json:"met_on"`
	Reason  string          `json:"reason"`
	Because string          `json:"because,omitempty"` // in show, where every duty has one
}

func (r *reading) caseJSON(c complaint.Case, explain bool) caseJSON {
	j := caseJSON{
		Number:      c.Opening.Number,
		Status:      complaint.StatusOn(c, r.today),
		ReceivedOn:  c.Received,
		Complainant: partyJSON{c.Opening.Complainant.Name, c.Opening.Complainant.Mail},
		Handler:     c.Handler,
		Language:    c.Opening.Lang,
		Duties:      []dutyJSON{},
	}
	for _, k := range c.Complainants {
		j.Complainants = append(j.Complainants, complainantJSON{k.ID, k.Name, k.Mail})
	}
	for _, d := range complaint.Duties(c, r.today) {
		one := dutyJSON{
			Kind: d.Kind, Party: d.Party, Round: d.Round, Article: d.Article, Due: date(d.Due), SendBy: date(d.SendBy),
			State: d.State, Overdue: d.Overdue, MetOn: date(d.MetOn), Reason: d.Reason.In(r.cfg.Language),
		}
		if explain {
			one.Because = complaint.Explain(d.Because, c.Opening.Terms.Holidays, r.cfg.Language)
		}
		j.Duties = append(j.Duties, one)
	}
	return j
}

// date is a day in JSON: null when there is none.
func date(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

type casesCommand struct {
	All  bool   `help:"Ended cases too."`
	JSON bool   `name:"json" help:"An array of objects, for programs."`
	At   string `help:"As things stand at this time (RFC 3339)." placeholder:"TIME"`
}

func (k casesCommand) Run(ctx context.Context, c *commands, e env) error {
	r, err := openReading(c, e, k.At)
	if err != nil {
		return err
	}
	defer r.db.Close()
	cases, err := r.cases(ctx, k.All)
	if err != nil {
		return err
	}
	if k.JSON {
		list := []caseJSON{}
		for _, c := range cases {
			list = append(list, r.caseJSON(c, false))
		}
		return printJSON(e.stdout, list)
	}
	if len(cases) == 0 {
		fmt.Fprintln(e.stdout, complaint.Words{NL: "Er zijn geen lopende klachten.", EN: "There are no running complaints."}.In(r.cfg.Language))
		return nil
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, c := range cases {
		fmt.Fprintln(w, r.line(c))
	}
	return w.Flush()
}

// line is a case on one line: number, status, and what is owed first.
func (r *reading) line(c complaint.Case) string {
	lang := r.cfg.Language
	status := complaint.StatusOn(c, r.today).Name().In(lang)
	next := "-"
	var first *complaint.Duty
	duties := complaint.Duties(c, r.today)
	for i, d := range duties {
		if d.State == complaint.Open && (first == nil || d.Due < first.Due) {
			first = &duties[i]
		}
	}
	if first != nil {
		next = r.duty(c, *first) + "\t" + first.Due.Short(lang)
		if first.Overdue {
			next += complaint.Words{NL: " TE LAAT", EN: " OVERDUE"}.In(lang)
		}
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s", c.Opening.Number, c.Received.Short(lang), status, next)
}

type agendaCommand struct {
	On string `help:"The day, like 2026-12-01; today without it." placeholder:"DATE"`
	At string `help:"As things stand at this time (RFC 3339)." placeholder:"TIME"`
}

func (k agendaCommand) Run(ctx context.Context, c *commands, e env) error {
	var on calendar.Date
	if k.On != "" {
		var err error
		if on, err = parseDay(k.On); err != nil {
			return err
		}
	}
	r, err := openReading(c, e, k.At)
	if err != nil {
		return err
	}
	defer r.db.Close()
	until := r.today
	if k.On != "" {
		until = on
	}
	cases, err := r.read(ctx, (*db.Tx).OpenCases, func(complaint.Case) bool { return true })
	if err != nil {
		return err
	}
	return r.agenda(e.stdout, cases, until)
}

// agenda prints what is owed by a day, each date with its reason.
func (r *reading) agenda(out io.Writer, cases []complaint.Case, until calendar.Date) error {
	lang := r.cfg.Language
	var owed []complaint.Duty
	in := map[complaint.CaseID]complaint.Case{}
	for _, c := range cases {
		in[c.Opening.Number] = c
		for _, d := range complaint.Duties(c, r.today) {
			if d.State == complaint.Open && d.SendBy <= until {
				owed = append(owed, d)
			}
		}
	}
	slices.SortStableFunc(owed, func(a, b complaint.Duty) int { return int(a.SendBy) - int(b.SendBy) })
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, d := range owed {
		late := ""
		if d.Overdue {
			late = complaint.Words{NL: "TE LAAT ", EN: "OVERDUE "}.In(lang)
		}
		c := in[d.Case]
		fmt.Fprintf(w, "%s\t%s\t%s%s\t%s\t%s\n", d.SendBy.Short(lang), d.Case, late, r.duty(c, d), c.Where(d).In(lang), complaint.Explain(d.Because, c.Opening.Terms.Holidays, lang))
	}
	if len(owed) == 0 {
		fmt.Fprintf(w, complaint.Words{NL: "Er is niets verschuldigd tot en met %s.\n", EN: "Nothing is owed up to and including %s.\n"}.In(lang), until.Full(lang))
	}
	return w.Flush()
}

type showCommand struct {
	Case string `arg:"" help:"The number of the case, like K2026-0007."`
	JSON bool   `name:"json" help:"One object, for programs."`
	At   string `help:"As things stand at this time (RFC 3339)." placeholder:"TIME"`
}

func (k showCommand) Run(ctx context.Context, c *commands, e env) error {
	r, err := openReading(c, e, k.At)
	if err != nil {
		return err
	}
	defer r.db.Close()
	var one complaint.Case
	var rows []db.Row
	id := caseID(k.Case)
	err = r.db.View(ctx, func(tx *db.Tx) error {
		if one, err = caseOf(tx, id); err != nil {
			return err
		}
		rows, err = tx.LettersOf(id)
		return err
	})
	if err != nil {
		return err
	}
	if k.JSON {
		return printJSON(e.stdout, r.showJSON(one, rows))
	}
	return r.show(e.stdout, one, rows)
}

// caseID is the number of a case as people type it.
func caseID(s string) complaint.CaseID {
	return complaint.CaseID(strings.ToUpper(strings.Trim(s, " []")))
}

// caseOf reads one case.
func caseOf(tx *db.Tx, id complaint.CaseID) (complaint.Case, error) {
	facts, err := tx.Facts(id)
	if err == nil && len(facts) == 0 {
		err = hint(fmt.Errorf("there is no case %s", id), "klachtd cases --all lists them")
	}
	return complaint.Fold(facts), err
}
