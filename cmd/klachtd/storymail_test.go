package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"klachtd/complaint"
)

// name is the name of who acts, "" when the story gives an address only.
func (e event) name() string {
	if name, _, ok := strings.Cut(e.who, " <"); ok {
		return name
	}
	return ""
}

// mail adds the headers ("kop") and the attachments ("bijlage") below a line to its mail.
func (e event) mail(raw []byte) []byte {
	var headers string
	var files []string
	for _, c := range e.checks {
		switch c.mark {
		case "kop":
			headers += c.value + "\r\n"
		case "bijlage":
			files = append(files, c.value)
		}
	}
	raw = append([]byte(headers), raw...)
	if len(files) == 0 {
		return raw
	}
	head, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	head = contentHeader.ReplaceAllString(head+"\r\n", "")
	var b strings.Builder
	fmt.Fprintf(&b, "%sContent-Type: multipart/mixed; boundary=grens\n\n--grens\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n", head, body)
	for _, name := range files {
		fmt.Fprintf(&b, "--grens\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=%q\nContent-Transfer-Encoding: base64\n\nAAAA\n", name)
	}
	b.WriteString("--grens--\n")
	return crlf(b.String())
}

var contentHeader = regexp.MustCompile(`(?m)^Content-.*\r\n?`)

// byHand is a mail that somebody of the office wrote in the shared mailbox, in answer to the last mail from there when
// there was one.
func (s *stage) byHand(e event) []byte {
	s.t.Helper()
	all, _ := s.office.delivered(0)
	for i := len(all) - 1; i >= 0; i-- {
		if m := all[i]; m.from == e.to && m.to == demoOffice {
			raw, err := replyTo(m.raw, demoOffice, e.text, e.at)
			s.check(e, err)
			return retitled(raw, e.what)
		}
	}
	raw := newMail("Optimumconsult", demoOffice, e.what, e.text, e.at)
	return bytes.Replace(raw, []byte("\r\nTo: "+demoOffice+"\r\n"), []byte("\r\nTo: "+e.to+"\r\n"), 1)
}

var subjectLine = regexp.MustCompile(`(?m)^Subject: .*\r$`)

func retitled(raw []byte, title string) []byte {
	return subjectLine.ReplaceAllLiteral(raw, []byte("Subject: "+mime.QEncoding.Encode("utf-8", title)+"\r"))
}

// sentBack is what a mail server sends back when it took a letter that it cannot deliver (RFC 3464).
func sentBack(raw []byte, to string, at time.Time) []byte {
	head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	_, server, _ := strings.Cut(to, "@")
	return crlf(fmt.Sprintf(`From: Mail Delivery System <mailer-daemon@%[1]s>
To: %[2]s
Subject: Undelivered Mail Returned to Sender
Date: %[3]s
Message-ID: <%[4]d.terug@%[1]s>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=terug

--terug
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered to %[5]s: user unknown.

--terug
Content-Type: message/delivery-status

Reporting-MTA: dns; %[1]s

Final-Recipient: rfc822; %[5]s
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--terug
Content-Type: text/rfc822-headers

%[6]s

--terug--
`, server, demoOffice, at.Format(time.RFC1123Z), at.UnixNano(), to, head))
}

// lostCounter loses the connection, once, after it took a letter to somebody and filed its copy.
type lostCounter struct {
	counter
	stage *stage
	conn  *smtp.Conn
}

func (c *lostCounter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil || len(c.to) != 1 || c.to[0] != c.stage.hangUp {
		return errors.Join(err, c.counter.Data(bytes.NewReader(raw)))
	}
	c.stage.hangUp = ""
	if err := errors.Join(c.counter.Data(bytes.NewReader(raw)), c.office.put(demoOffice, "Sent", raw)); err != nil {
		return err
	}
	return c.conn.Close()
}

// header is a field of the header of a mail, decoded.
func header(t *testing.T, m delivery, name string) string {
	t.Helper()
	msg, err := mail.ReadMessage(bytes.NewReader(m.raw))
	if err != nil {
		t.Fatal(err)
	}
	s, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get(name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func subject(t *testing.T, m delivery) string {
	t.Helper()
	return header(t, m, "Subject")
}

// last is the last mail somebody got from klachtd with a subject.
func (s *stage) last(e event, address string) []byte {
	s.t.Helper()
	all, _ := s.office.delivered(0)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].to == address && all[i].from == demoOffice && strings.Contains(subject(s.t, all[i]), e.what) {
			return all[i].raw
		}
	}
	s.t.Fatalf("line %d: %s got no mail about %q to answer", e.line, address, e.what)
	return nil
}

// isLetter says whether a mail of klachtd is a letter, and no mail that it works with a handler by. A handler gets letters
// to post, and is a person concerned at times.
func (s *stage) isLetter(m delivery) bool {
	s.t.Helper()
	if m.to != demoHandler && m.to != demoSubstitute || strings.HasPrefix(subject(s.t, m), "Graag deze brief posten") {
		return true
	}
	msg, err := enmime.ReadEnvelope(bytes.NewReader(m.raw))
	if err != nil {
		s.t.Fatal(err)
	}
	return !strings.Contains(msg.Text, complaint.AnswerLine)
}

// sentSoFar lists the mails of klachtd, a line each.
func (s *stage) sentSoFar() string {
	s.t.Helper()
	var b strings.Builder
	all, _ := s.office.delivered(0)
	for _, m := range all {
		if m.from == demoOffice {
			fmt.Fprintf(&b, "%s %s: %s\n", m.at.In(mustZone(s.t)).Format("2-1-2006 15:04"), m.to, subject(s.t, m))
		}
	}
	return b.String()
}
