package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/db"
)

// maxKept is how many running cases are told of in full.
const maxKept = 20

// procedure names the procedure of new cases, and says what a change of it does: nothing to the cases that run.
func (k *checking) procedure(ctx context.Context) {
	read := false
	k.part("procedure", "procedure calendar letters.post_days", func() (string, error) {
		read = true
		return ": " + versionOf(k.cfg.terms()) + ", " + k.cfg.regulation.Title, nil
	})
	if !read {
		return
	}
	store, err := db.OpenReadOnly(k.cfg.Database)
	if err != nil {
		return // the database has a line of its own
	}
	defer store.Close()
	r := &reading{cfg: k.cfg, db: store, now: k.e.now(), today: calendar.On(k.e.now(), k.cfg.zone)}
	cases, err := r.cases(ctx, false)
	if err != nil {
		return
	}
	for _, told := range keeping(cases, k.cfg.terms(), r.today, k.cfg.Language) {
		for line := range strings.Lines(told) {
			fmt.Fprintf(k.e.stdout, "%-14s %s\n", "procedure", strings.TrimRight(line, "\n"))
		}
	}
}

// versionOf names terms as they are printed with dates: "optimumconsult 1".
func versionOf(t complaint.Terms) string { return t.Preset + " " + t.Version }

// keeping says of each running case that began under other terms that it keeps them, and what its dates would be under
// those of new cases.
func keeping(cases []complaint.Case, now complaint.Terms, today calendar.Date, lang string) []string {
	k := comparing{now: now, today: today, lang: lang}
	var all, more []string
	n, unmarked := 0, false
	for _, c := range cases {
		began := c.Opening.Terms
		terms, office := k.differences(began)
		if len(terms)+len(office) == 0 && versionOf(began) == versionOf(now) {
			continue
		}
		if n++; n > maxKept {
			more = append(more, string(c.Opening.Number))
			continue
		}
		unmarked = unmarked || len(terms) > 0 && versionOf(began) == versionOf(now)
		all = append(all, k.keeps(c, append(terms, office...)), k.dates(c))
	}
	if n == 0 {
		return nil
	}
	head := k.say("%d lopende zaken houden de termijnen waaronder zij begonnen; nieuwe zaken krijgen %s", "%d running cases keep the terms they began under; new cases get %s", n, versionOf(now))
	if n == 1 {
		head = k.say("1 lopende zaak houdt de termijnen waaronder zij begon; nieuwe zaken krijgen %s", "1 running case keeps the terms it began under; new cases get %s", versionOf(now))
	}
	if len(more) > 0 {
		all = append(all, k.say("  en ook %s", "  and so do %s", strings.Join(more, ", ")))
	}
	if unmarked {
		all = append(all, k.say("  de termijnen zijn anders en version is dezelfde: met een nieuwe version zijn zij uit elkaar te houden",
			"  the terms differ and version is the same: a new version would tell them apart"))
	}
	return slices.DeleteFunc(append([]string{head}, all...), func(line string) bool { return line == "" })
}

// comparing holds running cases against the terms of new ones.
type comparing struct {
	now   complaint.Terms
	today calendar.Date
	lang  string
}

func (k comparing) say(nl, en string, args ...any) string {
	return fmt.Sprintf(complaint.Words{NL: nl, EN: en}.In(k.lang), args...)
}

func (k comparing) keeps(c complaint.Case, differ []string) string {
	line := k.say("  %s blijft op %s", "  %s stays with %s", c.Opening.Number, versionOf(c.Opening.Terms))
	if len(differ) > 0 {
		line += " (" + strings.Join(differ, "; ") + ")"
	}
	return line
}

// differences names what is different: in the regulation, and in what the office adds to it.
func (k comparing) differences(began complaint.Terms) (terms, office []string) {
	lengths := func(t complaint.Terms) []calendar.Term {
		return []calendar.Term{t.Acknowledgement, t.Decision, t.Progress, t.Confirmation, t.NewOffer, t.Report, t.Measures, t.Withdrawal, t.Promise, t.Working, t.Reaction, t.Extension.Term}
	}
	names := []complaint.Words{
		complaint.Acknowledgement.Name(), complaint.Decision.Name(), complaint.Progress.Name(), complaint.Confirmation.Name(),
		complaint.ReconsiderOffer.Name(), {NL: "verslag", EN: "report"}, complaint.Measure.Name(), complaint.Withdrawal.Name(),
		{NL: "langer bezig", EN: "more time"}, {NL: "brief op uw woord", EN: "letter on your word"}, complaint.AwaitReaction.Name(), {NL: "uitstel", EN: "extension"},
	}
	now := lengths(k.now)
	for i, t := range lengths(began) {
		if t != now[i] {
			terms = append(terms, k.say("%s %s, nu %s", "%s %s, now %s", names[i].In(k.lang), k.length(t), k.length(now[i])))
		}
	}
	if !slices.Equal(began.Statutory, k.now.Statutory) {
		terms = append(terms, k.say("andere termijnen zijn van de wet", "other terms are set by law"))
	}
	if began.PostDays != k.now.PostDays {
		office = append(office, k.say("post %d dagen, nu %d", "post %d days, now %d", began.PostDays, k.now.PostDays))
	}
	return terms, append(office, k.daysOff(began.Holidays)...)
}

func (k comparing) length(t calendar.Term) string {
	if t.IsZero() {
		return k.say("geen", "none")
	}
	return t.Words(k.lang)
}

// daysOff names the days that are off to one and not to the other.
func (k comparing) daysOff(began calendar.Holidays) []string {
	var days []string
	list := func(have, lack []calendar.Date, nl, en string) {
		for _, d := range have {
			if !slices.Contains(lack, d) {
				days = append(days, k.say(nl, en, d.Long(k.lang)))
			}
		}
	}
	was, is := slices.Concat(began.Equated, began.Closed), slices.Concat(k.now.Holidays.Equated, k.now.Holidays.Closed)
	list(is, was, "%s is nu een vrije dag", "%s is a day off now")
	list(was, is, "%s is geen vrije dag meer", "%s is no day off any more")
	if began.LiberationDay != k.now.Holidays.LiberationDay {
		days = append(days, k.say("5 mei is anders geregeld", "5 May is another matter"))
	}
	if len(days) > 3 {
		return []string{k.say("%d andere vrije dagen", "%d other days off", len(days))}
	}
	return days
}

// dates says, of each open promise whose date would be another, both dates.
func (k comparing) dates(c complaint.Case) string {
	would := map[complaint.Key]complaint.Duty{}
	for _, d := range complaint.Duties(under(c, k.now), k.today) {
		would[d.Key] = d
	}
	name := versionOf(k.now)
	if name == versionOf(c.Opening.Terms) {
		name = k.say("de termijnen van nu", "the terms of now")
	}
	var all []string
	for _, d := range complaint.Duties(c, k.today) {
		other, there := would[d.Key]
		if d.State != complaint.Open || !there || other.Due == d.Due && other.SendBy == d.SendBy {
			continue
		}
		line := k.say("    %s uiterlijk %s; onder %s zou dat %s zijn", "    %s by %s; under %s it would be %s", d.Kind.Name().In(k.lang), d.Due.Full(k.lang), name, other.Due.Full(k.lang))
		if other.Due == d.Due {
			line = k.say("    %s klaar op %s; onder %s zou dat %s zijn", "    %s ready on %s; under %s it would be %s", d.Kind.Name().In(k.lang), d.SendBy.Full(k.lang), name, other.SendBy.Full(k.lang))
		}
		if !slices.Contains(all, line) { // of several complainants
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}

// under is a case as it would be, had it begun under other terms.
func under(c complaint.Case, t complaint.Terms) complaint.Case {
	facts := slices.Clone(c.Facts)
	for i, f := range facts {
		if o, ok := f.Body.(complaint.Opened); ok {
			o.Terms = t
			facts[i].Body = o
		}
	}
	return complaint.Fold(facts)
}
