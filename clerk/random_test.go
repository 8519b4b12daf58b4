package clerk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"
	"klachtd/db"
	"klachtd/letters"
)

// Random days at the clerk's desk: people complain and write back, the handler says what handlers say and a good deal that
// is wrong, letters come back, are refused or get lost in a crash, and time passes. After each of these things what must
// hold is looked at (random_rules_test.go). More of it: KLACHTD_DAYS=2000 go test ./clerk -run Random

func TestRandomDays(t *testing.T) {
	days := 8
	if s := os.Getenv("KLACHTD_DAYS"); s != "" {
		var err error
		if days, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range days {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := &world{office: newOffice(t, "3-11-2026 08:45"), rng: rand.New(rand.NewPCG(uint64(seed), 1)), left: map[string]string{}}
			w.complains()
			for range 60 {
				w.step()
			}
			w.closeAndOpen()
		})
	}
}

// world is an office and the people around it.
type world struct {
	*office
	rng    *rand.Rand
	people []person
	seen   int               // letters looked at so far
	left   map[string]string // by duty, the Message-ID of the letter that left for it
	did    []string
}

// person complains, and planted a word in it that nobody else may ever read.
type person struct{ name, mail, secret string }

// deeds are what can happen; what happens more often stands there more than once.
var deeds = []struct {
	name string
	do   func(*world)
}{
	{"somebody complains", (*world).complains},
	{"the handler answers", (*world).answers}, {"the handler answers", (*world).answers}, {"the handler answers", (*world).answers},
	{"the handler answers", (*world).answers}, {"the handler answers", (*world).answers}, {"the handler answers", (*world).answers},
	{"the handler answers", (*world).answers}, {"the handler answers", (*world).answers}, {"the handler answers", (*world).answers},
	{"a complainant writes back", (*world).writesBack},
	{"a person concerned writes", (*world).concernedWrites},
	{"a letter comes back", (*world).comesBack},
	{"somebody forges a bounce", (*world).forges},
	{"an automatic answer comes", (*world).outOfOffice},
	{"the next letter is refused", (*world).refused},
	{"a crash loses the next letter", (*world).crashes},
	{"time passes", (*world).passes}, {"time passes", (*world).passes}, {"time passes", (*world).passes},
}

func (w *world) step() {
	d := deeds[w.rng.IntN(len(deeds))]
	w.did = append(w.did, d.name)
	d.do(w)
	w.look()
}

func pick[E any](w *world, of ...E) E { return of[w.rng.IntN(len(of))] }

func (w *world) complains() {
	n := len(w.people) + 1
	p := person{fmt.Sprintf("Klager%d Jansen", n), fmt.Sprintf("klager%d@mail.example", n), fmt.Sprintf("zwaluw%dx", n)}
	w.people = append(w.people, p)
	text := pick(w, "Ik wil een klacht indienen. Mijn coach kwam niet opdagen op 22 oktober in Tiel.", "Ik ben erg teleurgesteld. Ik ben nog steeds niet teruggebeld.",
		"Hierbij dien ik een klacht in over de bejegening door uw medewerker.")
	w.receive(complaint.Incoming{From: complaint.Address{Name: p.name, Mail: p.mail}, To: []complaint.Address{{Mail: info}}, Subject: "Klacht",
		Text: text + " Mijn geheim is " + p.secret + ".\n\nGroet,\n" + p.name})
}

// answers: to the last mail of klachtd, or to an old one.
func (w *world) answers() {
	from := noor
	if w.rng.IntN(12) == 0 {
		from = ruud
	}
	var mails []letters.Letter
	for _, l := range w.sent {
		if l.To.Mail == from {
			mails = append(mails, l)
		}
	}
	if len(mails) == 0 {
		return
	}
	l := mails[len(mails)-1]
	switch w.rng.IntN(4) {
	case 0: // an old one
		l = mails[w.rng.IntN(len(mails))]
	case 1: // the last one about a case
		for i := len(mails) - 1; i >= 0 && l.Case == ""; i-- {
			l = mails[i]
		}
	}
	before := w.facts()
	n := len(w.sent)
	w.mail(from, "", w.says(l), l)
	w.refusedChangesNothing(before, w.sent[n:])
}

// fitting is an answer that fits a mail.
func (w *world) fitting(l letters.Letter) string {
	switch {
	case strings.HasPrefix(l.Subject, "Nieuwe klacht"), strings.HasPrefix(l.Subject, "Mag "):
		return "ja"
	case strings.Contains(l.Text, "Oordeel:"):
		return pick(w, forms...)
	}
	return pick(w, steps...)
}

// says is something a handler types: what fits the mail she answers, or anything at all.
func (w *world) says(l letters.Letter) string {
	var lines []string
	for range pick(w, 1, 1, 1, 2, 3) {
		lines = append(lines, pick(w, handlerSays...))
	}
	text := strings.Join(lines, "\n")
	if w.rng.IntN(3) > 0 {
		text = w.fitting(l)
	}
	return strings.NewReplacer("KNR", fmt.Sprintf("K2026-%04d", 1+w.rng.IntN(len(w.people)+1)), "CIJFER", strconv.Itoa(1+w.rng.IntN(5)), "NR", strconv.Itoa(w.rng.IntN(4))).Replace(text)
}

func (w *world) writesBack() {
	p := pick(w, w.people...)
	for i := len(w.sent) - 1; i >= 0; i-- {
		if w.sent[i].To.Mail == p.mail {
			before := w.facts()
			w.mail(p.mail, "", pick(w, "Dank u wel.", "#gegrond want ik heb gelijk", "Ik trek mijn klacht in.", "ja", "Ik wil een klacht indienen over hoe dit gaat."), w.sent[i])
			w.onlyFiled(before, w.facts())
			return
		}
	}
}

func (w *world) concernedWrites() {
	w.mail("sanne@praktijk.example", pick(w, "Re: een klacht [K2026-0001]", "vraag"), pick(w, "#ongegrond want zij liegt", "Ik was ziek die dag."), letters.Letter{})
}

// toPeople are the letters that went to anybody but a handler.
func (w *world) toPeople() []letters.Letter {
	return slices.DeleteFunc(slices.Clone(w.sent), func(l letters.Letter) bool { return l.To.Mail == noor || l.To.Mail == ruud })
}

func (w *world) comesBack() {
	if all := w.toPeople(); len(all) > 0 {
		l := pick(w, all...)
		w.receive(complaint.Incoming{Kind: complaint.Bounce, From: complaint.Address{Mail: "mailer-daemon@mail.example"}, Subject: "Undelivered",
			Report: &complaint.Report{MessageID: l.MessageID, Recipient: l.To.Mail, Action: pick(w, "failed", "failed", "delayed"), Status: "5.1.1", Text: "user unknown"}})
	}
}

func (w *world) forges() {
	before := w.facts()
	id := "verzonnen@coach.example"
	if all := w.toPeople(); len(all) > 0 {
		id = strings.Replace(pick(w, all...).MessageID, ".", ".x", 1)
	}
	w.receive(complaint.Incoming{Kind: complaint.Bounce, From: complaint.Address{Mail: "mailer-daemon@evil.example"}, Subject: "Undelivered",
		Report: &complaint.Report{MessageID: id, Action: "failed", Status: "5.1.1", Text: "user unknown"}})
	if after := w.facts(); !reflect.DeepEqual(before, after) {
		w.wrong("a forged bounce changed a case")
	}
}

func (w *world) outOfOffice() {
	if all := w.toPeople(); len(all) > 0 {
		l := pick(w, all...)
		before, n := w.facts(), len(w.toPeople())
		w.receive(complaint.Incoming{Kind: complaint.Automatic, KindWhy: "Auto-Submitted", From: complaint.Address{Mail: l.To.Mail}, Subject: "Afwezig",
			Text: "Ik ben er niet. #gegrond", InReplyTo: []string{l.MessageID}})
		w.onlyFiled(before, w.facts())
		if len(w.toPeople()) != n {
			w.wrong("an automatic answer was answered")
		}
	}
}

// atNext goes to the instant of the next mail and claims it.
func (w *world) atNext() *letters.Dispatch {
	at, err := w.NextInstant(w.t.Context())
	if err != nil || at.IsZero() {
		return nil
	}
	if at.After(w.now) {
		w.now = at
	}
	if _, err := w.Tick(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	item, _, err := w.Next(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return item
}

func (w *world) refused() {
	item := w.atNext()
	if item == nil {
		return
	}
	o := letters.Outcome{Verdict: letters.Refused, Code: 550, Reply: "no such user", At: w.now}
	if item.To == noor || item.To == ruud {
		o = letters.Outcome{Verdict: letters.Retry, Reply: "try again", At: w.now}
	}
	if err := w.Done(w.t.Context(), item.ID, o); err != nil {
		w.t.Fatal(err)
	}
	w.send()
}

// crashes: between claiming a letter and sending it, or between its last byte and the answer.
func (w *world) crashes() {
	if item := w.atNext(); item != nil && w.rng.IntN(2) == 0 {
		if err := w.Doubt(w.t.Context(), item.ID); err != nil {
			w.t.Fatal(err)
		}
	}
	w.reopenDatabase()
	w.send()
}

func (w *world) passes() {
	d := time.Duration(pick(w, 1, 20, 60, 60, 24*60, 24*60, 5*24*60)) * time.Minute
	w.until(w.now.Add(d).In(w.House().Policy.Zone).Format("2-1-2006 15:04"))
}

// reopenDatabase is what a restart does.
func (w *world) reopenDatabase() {
	if err := w.DB.Close(); err != nil {
		w.t.Fatal(err)
	}
	store, err := db.Open(w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.DB = store
}
