package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"klachtd/complaint"
)

// bombTime is how long reading any mail may take here, in the race detector and on a busy machine too. Without the guard
// several of these take hours.
const bombTime = 5 * time.Second

func nested(depth int, closed bool) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=\"b%d\"\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\nDe tekst.\r\n")
	for i := depth - 1; closed && i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\r\n", i)
	}
	return b.String()
}

func inMixed(parts string) string {
	return "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + "--x--\r\n"
}

func manyParams(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "; p%d=\"x\"", i)
	}
	return b.String()
}

func TestBombs(t *testing.T) {
	const from = "From: jan@example.nl\r\nSubject: bom\r\n"
	rfc822 := func(n int) string { return strings.Repeat("Content-Type: message/rfc822\r\n\r\n", n) + "De tekst." }
	tests := []struct {
		name, mail, beyond string // beyond is "" when the mail has to be read all the same
	}{
		{"12 nested", nested(12, true), ""},
		{"12 nested, not closed", nested(12, false), ""},
		{"13 nested", nested(13, true), "nested"},
		{"26 nested, not closed", nested(26, false), "nested"},
		{"100000 nested, not closed", nested(100000, false), "nested"},
		{"the same boundary 12 times", strings.ReplaceAll(nested(12, false), "b1", "b0"), ""},
		{"a boundary in its own prefix", inMixed("--x\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\n\r\nDe tekst.\r\n--xx--\r\n"), ""},
		{"999 parts", inMixed(strings.Repeat("--x\r\n\r\nx\r\n", 999)), ""},
		{"100000 parts", inMixed(strings.Repeat("--x\r\n\r\nx\r\n", 100000)), "parts"},
		{"100000 parts without anything", inMixed(strings.Repeat("--x\r\n", 100000)), "parts"},
		{"1000 mails in a mail", inMixed(strings.Repeat("--x\r\nContent-Type: message/rfc822\r\n\r\n"+from+"\r\nDe tekst.\r\n", 900)), ""},
		{"many parts in many mails", inMixed(strings.Repeat("--x\r\nContent-Type: message/rfc822\r\n\r\n"+
			"Content-Type: multipart/mixed; boundary=y\r\n\r\n"+strings.Repeat("--y\r\n\r\nx\r\n", 500)+"--y--\r\n", 900)), ""},
		{"a chain of 100000 mails", rfc822(100000), ""},
		{"a header of 50 MB", "X-Long: " + strings.Repeat("x", 50<<20) + "\r\n\r\nDe tekst.", "header"},
		{"a header of a million folds", "X-Long: x\r\n" + strings.Repeat(" x\r\n", 1<<20) + "\r\nDe tekst.", "header"},
		{"100000 headers", strings.Repeat("X: y\r\n", 100000) + "\r\nDe tekst.", "header"},
		{"a header of lines that are none", "X-A: b\r\n" + strings.Repeat(strings.Repeat("x\r\n", 15)+"X-A: b\r\n", 5000) + "\r\nDe tekst.", "header"},
		{"a long header of a part", inMixed("--x\r\nX-A: " + strings.Repeat("x", 70<<10) + "\r\n\r\nx\r\n"), "part"},
		{"900 long content types", inMixed(strings.Repeat("--x\r\nContent-Type: text/plain; "+strings.Repeat("a;=;", 1900)+"\r\n\r\nx\r\n", 900)), ""},
		{"600 content types of 60 KB", inMixed(strings.Repeat("--x\r\nContent-Type: text/plain"+manyParams(5000)+"\r\n\r\nx\r\n", 600)), ""},
		{"900 content types that are not sound", inMixed(strings.Repeat("--x\r\nContent-Type: text/plain; "+strings.Repeat("a =?;", 200)+"\r\n\r\nx\r\n", 900)), ""},
		{"40000 recipients", "To: " + strings.Repeat("a@b.nl,", 30000) + "\r\n\r\nDe tekst.", ""},
		{"a phrase of 100000 words", "From: " + strings.Repeat("a ", 100000) + "<a@b.nl>\r\n\r\nDe tekst.", ""},
		{"200000 comments", "From: " + strings.Repeat("(", 200000) + "\r\n\r\nDe tekst.", ""},
		{"a comment of 200 KB", "From: a@b.nl (" + strings.Repeat("x", 200000) + ")\r\n\r\nDe tekst.", ""},
		{"a domain literal of 200 KB", "From: a@[" + strings.Repeat("1", 200000) + "]\r\n\r\nDe tekst.", ""},
		{"10000 encoded words", "Subject: " + strings.Repeat("=?utf-8?q?a?= ", 15000) + "\r\n\r\nDe tekst.", ""},
		{"encoded words within encoded words", "Subject: " + strings.Repeat("=?utf-8?q?=3D", 15000) + "\r\n\r\nDe tekst.", ""},
		{"a million references", "References: " + strings.Repeat("<a@b>", 50000) + "\r\n\r\nDe tekst.", ""},
		{"20 MB of text", "\r\n" + strings.Repeat("De tekst is lang.\r\n", 20<<20/19), ""},
		{"20 MB in one line", "\r\n" + strings.Repeat("x", 20<<20), ""},
		{"30 MB attached", inMixed("--x\r\n\r\nDe tekst.\r\n--x\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", 30<<20/78)), ""},
		{"5 MB of dashes", inMixed("--x\r\n\r\n" + strings.Repeat("--\r\n", 5<<20/4)), ""},
		{"1 MB of equal signs", "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=", 1<<20), ""},
		{"HTML nested 100000 deep", "Content-Type: text/html\r\n\r\n" + strings.Repeat("<div>", 100000) + "De tekst.", ""},
		{"HTML quoted 100000 deep", "Content-Type: text/html\r\n\r\n" + strings.Repeat("<blockquote>x", 70000) + "De tekst.", ""},
		{"HTML of entities", "Content-Type: text/html\r\n\r\n" + strings.Repeat("&amp;&#x41;", 90000), ""},
		{"HTML tag without end", "Content-Type: text/html\r\n\r\nDe tekst.<a " + strings.Repeat("b=c ", 200000), ""},
		{"HTML plaintext", "Content-Type: text/html\r\n\r\nDe tekst.<plaintext>" + strings.Repeat("<p>", 100000), ""},
		{"HTML of breaks", "Content-Type: text/html\r\n\r\nDe<br>tekst." + strings.Repeat("<br>", 200000) + "einde", ""},
		{"flowed without end", "Content-Type: text/plain; format=flowed\r\n\r\n" + strings.Repeat("> > > > x \r\n", 80000), ""},
		{"a report of recipients", "Return-Path: <>\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nDe tekst.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n" +
			"Reporting-MTA: dns; a\r\n\r\n" + strings.Repeat("Final-Recipient: rfc822; a@b\r\nAction: failed\r\n\r\n", 20000) + "--x--\r\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			in := Parse([]byte(from+test.mail), arrived, complaint.Inbox, Kinds{}, ours)
			if took := time.Since(start); took > bombTime {
				t.Errorf("took %v", took)
			} else if took > 100*time.Millisecond {
				t.Logf("took %v", took)
			}
			checkSound(t, in)
			damage := strings.Join(in.Damage, "; ")
			if in.Unreadable != (test.beyond != "") || !strings.Contains(damage, test.beyond) {
				t.Errorf("unreadable %v, damage %q, want %q", in.Unreadable, damage, test.beyond)
			}
			if in.From.Mail != "jan@example.nl" && !strings.HasPrefix(test.mail, "From:") || !in.Unreadable && in.Text == "" && in.Attachments == nil {
				t.Errorf("not even filed: from %q, text %.20q", in.From.Mail, in.Text)
			}
		})
	}
}

// The parser must see the same structure that the guard has seen: none.
func TestTheMIMEParserNeverSeesAMultipart(t *testing.T) {
	p := &part{header: header{{"Content-Transfer-Encoding", "quoted-printable"}}, params: map[string]string{"charset": "x\"; boundary=b"}}
	r := textReader{room: maxMailText}
	if got := string(r.parse(p, []byte("--b\r\n\r\na\r\n--b--"), `x"; boundary=b`)); got != "--b\r\n\r\na\r\n--b--" {
		t.Errorf("got %q", got)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte("--a\r\n\r\nx\r\n--a--\r\n"), "multipart/mixed; boundary=a")
	f.Add([]byte("--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n--a--\n--a--"), "multipart/mixed; boundary=a")
	f.Add([]byte("--a\nb"), "multipart/alternative; boundary=\"a \"")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		parts := 1
		top := newPart(header{{"Content-Type", contentType}}, body, "text/plain")
		_, beyond := split(top, &parts)
		if beyond != "" {
			return
		}
		total, count := 0, 0
		var visit func(*part, int)
		visit = func(p *part, depth int) {
			count++
			if depth > maxNesting {
				t.Errorf("%d deep", depth)
			}
			if len(p.kids) == 0 {
				total += len(p.body)
				if p.isMultipart() {
					t.Error("a multipart without parts")
				}
			}
			for _, kid := range p.kids {
				visit(kid, depth+1)
			}
		}
		visit(top, 0)
		if total > len(body) || count > maxParts {
			t.Errorf("%d bytes in %d parts out of %d bytes", total, count, len(body))
		}
	})
}
