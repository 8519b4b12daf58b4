package main

import (
	"bytes"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
	"klachtd/intake"
)

// handlerMail is a whole mail of a handler, as a mail program sent it. Its first headers name the case it is about and the
// question it answers: X-Klachtd-Test-Case and X-Klachtd-Test-Answers, and in X-Klachtd-Test-About what is odd about it.
type handlerMail struct {
	name, stage, asked string
	raw                []byte
	in                 complaint.Incoming
}

func handlerMails(t testing.TB) (all []handlerMail) {
	t.Helper()
	paths, err := filepath.Glob("testdata/handlermail/*.eml")
	if err != nil || len(paths) < 70 {
		t.Fatalf("%d mails, want at least 70: %v", len(paths), err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, handlerMail{
			name: strings.TrimSuffix(filepath.Base(path), ".eml"), raw: raw, in: arrived(raw),
			stage: head.Header.Get("X-Klachtd-Test-Case"), asked: head.Header.Get("X-Klachtd-Test-Answers"),
		})
	}
	return all
}

// mailRead is when these mails arrive and are read: Thursday 19 November 2026, ten in the morning in Amsterdam.
var mailRead = time.Date(2026, time.November, 19, 9, 0, 0, 0, time.UTC)

func arrived(raw []byte) complaint.Incoming {
	return intake.Parse(raw, mailRead, complaint.Inbox, intake.Kinds{}, nil)
}

func (m handlerMail) read(t testing.TB, in complaint.Incoming) complaint.Reading {
	t.Helper()
	c := caseAt(t, m.stage)
	return complaint.Read(c, in, askedAt(t, c, m.asked), mailRead, mailSetting())
}

// TestHandlerMails reads every mail the way the program does, from its bytes to what is recorded. Beside each lies what it
// means: first its new text behind bars, then a line for each fact, hint or refusal.
func TestHandlerMails(t *testing.T) {
	for _, m := range handlerMails(t) {
		t.Run(m.name, func(t *testing.T) {
			got := newLines(m.in)
			if m.in.Kind == complaint.FromPerson { // a machine's mail is filed, never read as a command
				got += meaning(m.read(t, m.in))
			}
			path := filepath.Join("testdata/handlermail", m.name+".want")
			want, err := os.ReadFile(path)
			switch {
			case got == string(want) && err == nil:
			case *update:
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// newLines prints the new text of a mail, and what the program says of it before reading.
func newLines(in complaint.Incoming) string {
	var b strings.Builder
	if in.Kind != complaint.FromPerson {
		fmt.Fprintf(&b, "kind: %s: %s\n", in.Kind, in.KindWhy)
	}
	for _, damage := range in.Damage {
		fmt.Fprintf(&b, "damage: %s\n", damage)
	}
	for line := range strings.Lines(complaint.NewText(in.Text)) {
		b.WriteString(strings.TrimRight("| "+strings.TrimSuffix(line, "\n"), " ") + "\n")
	}
	return b.String()
}

// meaning prints what a mail means, a line each.
func meaning(r complaint.Reading) string {
	var b strings.Builder
	for _, f := range r.Facts {
		fmt.Fprintf(&b, "fact: %s\n", factLine(f))
	}
	for _, e := range r.Elsewhere {
		for _, f := range e.Facts {
			fmt.Fprintf(&b, "fact in %s: %s\n", e.Case, factLine(f))
		}
	}
	for _, o := range r.Opens {
		c := o.Opened.Complainant
		fmt.Fprintf(&b, "opens: received %s by %s from %s %s %s %s: %s: %s\n", o.Opened.Received, o.Opened.Channel, c.Name, c.Mail, c.Phone, c.Post, o.Opened.Subject, o.Opened.Words)
		for _, f := range o.Facts {
			fmt.Fprintf(&b, "fact there: %s\n", factLine(f))
		}
	}
	for _, id := range r.Complaints {
		fmt.Fprintf(&b, "complaint: %s\n", id)
	}
	for _, id := range r.Ordinary {
		fmt.Fprintf(&b, "ordinary: %s\n", id)
	}
	if r.Quiet {
		b.WriteString("quiet\n")
	}
	if r.Show != complaint.ShowNothing {
		fmt.Fprintf(&b, "show: %s\n", r.Show)
	}
	for _, h := range r.Hints {
		fmt.Fprintf(&b, "hint: %s\n", strings.ReplaceAll(h.NL, "\n", " / "))
	}
	if r.Refusal != nil {
		fmt.Fprintf(&b, "refused: %s\nbecause: %s\n", strings.Join(strings.Fields(r.Refusal.Line), " "), strings.ReplaceAll(strings.TrimSpace(r.Refusal.Why.NL), "\n", " / "))
		for _, try := range r.Refusal.Try {
			fmt.Fprintf(&b, "try: %s\n", strings.ReplaceAll(try, "\n", " / "))
		}
	}
	return b.String()
}

var today = calendar.NewDate(2026, time.November, 19)

// factLine prints a fact as its kind and its fields, with its day where that is not the day of the mail.
func factLine(f complaint.Fact) string {
	line := ""
	if f.On != today {
		line = f.On.String() + " "
	}
	kind, body, err := complaint.EncodeBody(f.Body)
	if err != nil {
		panic(err)
	}
	fields := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\n`, " / ").Replace(string(body))
	return strings.TrimSpace(line + kind + " " + strings.TrimSuffix(strings.TrimPrefix(fields, "{"), "}"))
}
