package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"klachtd/complaint"
)

// quoting is how a mail program puts an older mail below a new text.
type quoting struct{ head, mark string }

var quotings = []quoting{
	{"Op do 19 nov 2026 om 08:31 schreef Praktijk De Linde <\ninfo@praktijk.example>:\n", "> "},
	{"On Thu, Nov 19, 2026 at 8:31 AM Praktijk De Linde <info@praktijk.example> wrote:\n", "> "},
	{"> Op 19 nov 2026 om 08:31 heeft Kim Verbeek <kim@klager.example> het volgende geschreven:\n> ", "> "},
	{"Op 19-11-2026 om 08:31 schreef Noor Tielman:", ">"},
	{"Praktijk De Linde schreef op 2026-11-19 08:31:", "> "},
	{"On 19/11/2026 08:31, Praktijk De Linde wrote:", "> "},
	{"Op 19 november 2026 08:31:12 CET schreef \"ja\" <info@praktijk.example>:", "> "},
	{"", "> "},
	{"Van: Praktijk De Linde <info@praktijk.example>\nVerzonden: donderdag 19 november 2026 08:31\nAan: Noor Tielman\nOnderwerp: Klacht\n", ""},
	{"________________________________\nFrom: Praktijk De Linde <info@praktijk.example>\nSent: Thursday, November 19, 2026 8:31 AM\nTo: Noor Tielman\nSubject: Klacht\n", ""},
	{"-------- Oorspronkelijk bericht --------\nVan: Praktijk De Linde <info@praktijk.example>\nDatum: 19-11-2026  08:31  (GMT+01:00)\nAan: Noor Tielman\nOnderwerp: Klacht\n", ""},
	{"-----Original Message-----\n", ""},
	{"---------- Forwarded message ---------\nVan: Kim Verbeek <kim@klager.example>\nDate: do 19 nov 2026 om 08:31\nSubject: Klacht\n", ""},
	{"Op donderdag 19 november 2026 om 08:31:12 CET schreef Praktijk De Linde <info@praktijk.example>:\n", ""},
	{"Am Donnerstag, 19. November 2026 um 08:31 schrieb Praktijk De Linde <info@praktijk.example>:\n", "> "},
}

func (q quoting) of(text string) string {
	var b strings.Builder
	b.WriteString(q.head + "\n")
	for line := range strings.Lines(text) {
		b.WriteString(q.mark + line)
	}
	return b.String()
}

// answerLines are taken out of what is quoted, so that it is kept out for being a quote and for nothing else.
var answerLines = regexp.MustCompile(`(?i)antwoord\s+boven\s+deze\s+lijn|reply\s+above\s+this\s+line`)

// poisoned puts a command below every line of a text.
func poisoned(text string) string {
	return strings.ReplaceAll(answerLines.ReplaceAllString(text, "…"), "\n", "\n#gegrond heimelijk\n")
}

// TestNothingQuotedIsRead puts mails, with a command after each of their lines, below the new text of every mail: that changes
// nothing in what it is read as.
func TestNothingQuotedIsRead(t *testing.T) {
	mails := handlerMails(t)
	for i, m := range mails {
		own := complaint.NewText(m.in.Text)
		alone := m.text(t, own)
		for j := i % 4; j < len(mails); j += 4 {
			other := mails[j]
			q, old := quotings[(i+j)%len(quotings)], poisoned(other.in.Text)
			if q.mark == "" && strings.HasPrefix(old, ">") {
				continue // cannot be told from answers between marked lines
			}
			if got := m.text(t, own+"\n\n"+q.of(old)); !same(got, alone) {
				t.Errorf("%s with %s below %q says:\n%s\nand alone:\n%s", m.name, other.name, q.head, got, alone)
			}
		}
	}
}

// same compares what two mails are read as. Without new text there is nothing but a refusal, which may say more of what was
// quoted.
func same(got, alone string) bool {
	return got == alone || strings.HasPrefix(got, "refused: \n") && strings.HasPrefix(alone, "refused: \n")
}

func (m handlerMail) text(t *testing.T, text string) string {
	in := m.in
	in.Text, in.Unreadable = text, false
	return meaning(m.read(t, in))
}

// htmlQuotings are the same in HTML; %s is the older mail.
var htmlQuotings = []string{
	`<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op do 19 nov 2026 om 08:31 schreef Praktijk De Linde &lt;<a href="mailto:info@praktijk.example">info@praktijk.example</a>&gt;:<br></div><blockquote class="gmail_quote">%s</blockquote></div>`,
	`<div dir="ltr"><br><blockquote type="cite">Op 19 nov 2026 om 08:31 heeft Kim Verbeek &lt;kim@klager.example&gt; het volgende geschreven:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">%s</div></blockquote>`,
	`<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><font><b>Van:</b> Praktijk De Linde &lt;info@praktijk.example&gt;<br><b>Verzonden:</b> donderdag 19 november 2026 08:31<br><b>Aan:</b> Noor Tielman<br><b>Onderwerp:</b> Klacht</font></div><div>%s</div>`,
	`<div class="moz-cite-prefix">Op 19-11-2026 om 08:31 schreef Praktijk De Linde:<br></div><blockquote type="cite" cite="mid:x">%s</blockquote>`,
	`<blockquote>%s</blockquote>`,
	`<div>-------- Oorspronkelijk bericht --------</div><div>Van: Praktijk De Linde &lt;info@praktijk.example&gt; </div><div>Datum: 19-11-2026  08:31  (GMT+01:00) </div><div>Aan: Noor Tielman </div><div>Onderwerp: Klacht </div>%s`,
	`<p class=MsoNormal><b>From:</b> Praktijk De Linde &lt;info@praktijk.example&gt; <br><b>Sent:</b> Thursday, November 19, 2026 8:31 AM<br><b>To:</b> Noor Tielman<br><b>Subject:</b> Klacht</p><div>%s</div>`,
}

// TestNothingQuotedInHTMLIsRead does it with the HTML that the mail programs made.
func TestNothingQuotedInHTMLIsRead(t *testing.T) {
	mails := handlerMails(t)
	var quoted []string
	for _, m := range mails {
		env, err := enmime.ReadEnvelope(bytes.NewReader(m.raw))
		if err == nil && strings.Contains(string(m.raw), "text/html") {
			quoted = append(quoted, strings.ReplaceAll(answerLines.ReplaceAllString(env.HTML, "…"), "</div>", "</div><p>#gegrond heimelijk</p>"))
		}
	}
	for i, m := range mails {
		own := "<div>" + strings.ReplaceAll(html.EscapeString(complaint.NewText(m.in.Text)), "\n", "<br>") + "</div>"
		alone := m.html(t, own)
		for j := i % 11; j < len(quoted); j += 11 {
			q := htmlQuotings[(i+j)%len(htmlQuotings)]
			if got := m.html(t, own+fmt.Sprintf(q, quoted[j])); !same(got, alone) {
				t.Errorf("%s with a mail below %.60q says:\n%s\nand alone:\n%s", m.name, q, got, alone)
			}
		}
	}
}

func (m handlerMail) html(t *testing.T, body string) string {
	head := fmt.Sprintf("From: %s <%s>\r\nSubject: =?utf-8?q?Re?=\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", m.in.From.Name, m.in.From.Mail)
	in := arrived([]byte(head + "<html><body>" + body + "</body></html>"))
	in.Subject = m.in.Subject
	return meaning(m.read(t, in))
}

// TestAQuestionCopiedAboveTheAnswerIsNoAnswer copies what stands between the answer line and the instruction in each mail
// that klachtd sends a handler, as people do who copy the question before they answer it.
func TestAQuestionCopiedAboveTheAnswerIsNoAnswer(t *testing.T) {
	asks := map[complaint.Question]string{complaint.AskComplaint: "complaint", complaint.AskRelease: "release", complaint.AskWhich: "which 3", complaint.AskPosted: "posted"}
	stages := map[string]string{"complaint": "new", "release": "offered", "which 3": "none", "posted": "printed"}
	copied := 0
	for _, lang := range []string{"nl", "en"} {
		golden, err := os.ReadFile("../../letters/testdata/handler." + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for mail := range strings.SplitSeq(string(golden), "\n==== ") {
			_, below, _ := strings.Cut(mail, complaint.Words{NL: complaint.AnswerLine, EN: complaint.AnswerLineEN}.In(lang)+"\n")
			for q, name := range asks {
				question, _, ok := strings.Cut(below, complaint.Instruction(q, lang))
				if !ok || !strings.Contains(question, "?") || strings.Count(question, "\n") > 6 {
					continue
				}
				copied++
				m := handlerMail{stage: stages[name], asked: name, in: complaint.Incoming{ID: "mail", Arrived: mailRead,
					From: complaint.Address{Name: "Noor Tielman", Mail: "noor@praktijk.example"}}}
				answer := complaint.Words{NL: "nee", EN: "no"}.In(lang)
				if got, want := m.text(t, question+complaint.Instruction(q, lang)+"\n\n"+answer), m.text(t, answer); got != want {
					t.Errorf("below the question %q %s says:\n%s\nand alone:\n%s", question, answer, got, want)
				}
			}
		}
	}
	if copied < 6 {
		t.Errorf("only %d questions were found", copied)
	}
}
