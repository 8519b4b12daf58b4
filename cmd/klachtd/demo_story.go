package main

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"klachtd/complaint"
)

// demoStart is when the demo begins: a Tuesday, as in the first scenario of the procedure.
var demoStart = time.Date(2026, 11, 3, 9, 0, 0, 0, time.FixedZone("CET", 3600))

// scene is one thing that people do in the demo.
type scene struct {
	at     string // local time
	who    string // address
	name   string
	writes string // the subject of a new mail; "" for a reply of the handler
	to     string // reply: to the last mail whose subject holds this
	text   string
}

// daily stands for the daily mail, whose subject is in the language of the handler.
const daily = "daily"

// demoScenes are four complaints of different fate, and the ordinary mail of a working week.
var demoScenes = []scene{
	{at: "2026-11-03 10:14", who: "kim@klager.example", name: "Kim Verbeek", writes: "Klacht over afspraak", text: `Geachte mevrouw,

Ik wil een klacht indienen. Op 22 oktober had ik een afspraak met mijn coach in Tiel.
Ik heb een half uur gewacht en er kwam niemand. Niemand belde mij af.
Ik heb daarna niets meer gehoord.

Met vriendelijke groet,
Kim Verbeek`},
	{at: "2026-11-03 10:20", who: demoHandler, to: "K2026-0001", text: "ja"},
	{at: "2026-11-03 11:05", who: "fysio@linde.example", name: "Fysiotherapie De Linde", writes: "Verslag intake", text: `Beste collega,

Hierbij het verslag van de intake. Cliënt heeft rugklachten en psychische klachten.
De klachten zijn de laatste weken verminderd.

Met vriendelijke groet,
Fysiotherapie De Linde`},
	{at: "2026-11-05 14:30", who: "w.jansen@post.example", name: "Wim Jansen", writes: "Uitkering", text: `Hallo,

Hierbij dien ik een klacht in. De gemeente heeft mijn uitkering stopgezet en
niemand legt mij uit waarom. Ik vind dat een schande. Kunt u dat besluit terugdraaien?

W. Jansen`},
	{at: "2026-11-06 09:10", who: demoHandler, to: "K2026-0002", text: "#nietbehandelen 3\nDe gemeente Waalstad heeft dit besluit genomen. Wij kunnen het niet veranderen."},
	{at: "2026-11-09 20:40", who: "lotte@klager.example", name: "Lotte de Wit", writes: "Gesprek van vorige week", text: `Beste mensen,

Na het gesprek van vorige week bleef ik met een naar gevoel zitten. Ik had
verwacht dat iemand mij zou terugbellen.

Groet, Lotte`},
	{at: "2026-11-10 09:00", who: demoHandler, to: daily, text: "1"},
	{at: "2026-11-19 16:10", who: demoHandler, to: "K2026-0001", text: `Betrokkene: Sanne Bos, sanne@optimumconsult.example
Reactie betrokkene: Ik heb de afspraak niet in mijn agenda gezet. Dat spijt mij.
Oordeel: gegrond
Waarom: De afspraak stond niet in de agenda en er is niet afgebeld.
Aanbod: Een nieuwe afspraak op 26 november en onze excuses.
Reactie klager: 4 blij met de nieuwe afspraak
Maatregel: Iedere afspraak krijgt de dag ervoor een bericht.`},
	{at: "2026-11-19 16:25", who: demoHandler, to: "K2026-0001", text: "ja"},
	{at: "2026-11-20 09:30", who: demoHandler, to: "K2026-0001", text: "ja"},
	{at: "2026-11-23 08:15", who: "a.smith@claims.example", name: "Alex Smith", writes: "Formal complaint", text: `Dear Sir or Madam,

I want to make a formal complaint about your trainer. During the workshop of
12 November he made fun of my accent in front of the whole group. I expect a reply.

Kind regards,
Alex Smith`},
}

// play runs the scenes, and then lets two months pass in which nobody answers Alex.
func (s *demo) play(ctx context.Context) error {
	s.say("Dit is klachtd: een kantoor, een postbus, vier klachten. De tijd gaat snel.", "This is klachtd: an office, a mailbox, four complaints. Time flies.")
	s.say("", "")
	if err := s.pass(ctx); err != nil { // first contact: mail from now on counts
		return err
	}
	for _, sc := range demoScenes {
		at, err := time.ParseInLocation("2006-01-02 15:04", sc.at, s.d.cfg.zone)
		if err != nil {
			return err
		}
		if err := s.until(ctx, at); err != nil {
			return err
		}
		if err := s.act(sc); err != nil {
			return err
		}
		if err := s.pass(ctx); err != nil {
			return err
		}
	}
	s.say("", "")
	s.say("Niemand antwoordt op de klacht van Alex. klachtd gaat door.", "Nobody answers the complaint of Alex. klachtd goes on.")
	return s.until(ctx, time.Date(2027, 1, 8, 12, 0, 0, 0, s.d.cfg.zone))
}

// act does what somebody does in a scene.
func (s *demo) act(sc scene) error {
	if sc.to == "" {
		s.line("%s mailt: %q", "%s mails: %q", sc.name, sc.writes)
		return s.office.deliver(sc.who, demoOffice, newMail(sc.name, sc.who, sc.writes, sc.text, s.clock.now()))
	}
	first, _, more := strings.Cut(sc.text, "\n")
	if more {
		first += " ..."
	}
	s.line("%s antwoordt: %s", "%s answers: %s", firstName(sc.who), first)
	word := sc.to
	if word == daily {
		word = complaint.Words{NL: "Klachten van", EN: "Complaints of"}.In(s.lang)
	}
	last, err := s.lastMail(sc.who, word)
	if err != nil {
		return err
	}
	reply, err := replyTo(last, sc.who, sc.text, s.clock.now())
	if err != nil {
		return err
	}
	return s.office.deliver(sc.who, demoOffice, reply)
}

// lastMail is the last mail somebody got whose subject holds a word.
func (s *demo) lastMail(address, word string) ([]byte, error) {
	all, _ := s.office.delivered(0)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].to != address {
			continue
		}
		subject, err := subjectOf(all[i].raw)
		if err != nil {
			return nil, err
		}
		if strings.Contains(subject, word) {
			return all[i].raw, nil
		}
	}
	return nil, fmt.Errorf("demo: %s got no mail about %s", address, word)
}

// newMail writes a plain mail to the office, as anybody's mail program would.
func newMail(name, from, subject, text string, at time.Time) []byte {
	return crlf(fmt.Sprintf("From: %s <%s>\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%d.%s>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n",
		name, from, demoOffice, mime.QEncoding.Encode("utf-8", subject), at.Format(time.RFC1123Z), at.UnixNano(), from, text))
}

// replyTo answers a mail the way a mail program does: new text on top, the old mail quoted below.
func replyTo(raw []byte, from, text string, at time.Time) ([]byte, error) {
	msg, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("answer a mail: %w", err)
	}
	to := msg.GetHeader("From")
	if r := msg.GetHeader("Reply-To"); r != "" {
		to = r
	}
	var quote strings.Builder
	for line := range strings.Lines(msg.Text) {
		quote.WriteString("> " + strings.TrimRight(line, "\r\n") + "\n")
	}
	id := strings.Trim(msg.GetHeader("Message-Id"), "<>")
	return crlf(fmt.Sprintf("From: <%s>\nTo: %s\nSubject: Re: %s\nDate: %s\nMessage-ID: <%d.%s>\nIn-Reply-To: <%s>\nReferences: <%s>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n\nOp %s schreef %s:\n%s",
		from, to, mime.QEncoding.Encode("utf-8", msg.GetHeader("Subject")), at.Format(time.RFC1123Z), at.UnixNano(), from, id, id, text,
		at.Format("2-1-2006 15:04"), demoOffice, quote.String())), nil
}

// subjectOf is the subject of a mail, decoded.
func subjectOf(raw []byte) (string, error) {
	msg, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return "", fmt.Errorf("read a mail: %w", err)
	}
	return msg.GetHeader("Subject"), nil
}
