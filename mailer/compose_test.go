package mailer

import (
	"bytes"
	"encoding/base64"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"klachtd/complaint"
	"klachtd/letters"
)

var (
	office   = complaint.Address{Name: "Bureau Voorbeeld", Mail: "info@office.example"}
	december = time.Date(2026, 12, 1, 16, 0, 0, 0, time.FixedZone("CET", 3600))
)

func letter() letters.Letter {
	return letters.Letter{
		Name: "acknowledgement", Case: "K2026-0007", Lang: "nl",
		To:      complaint.Address{Name: "Anna Proef", Mail: "anna@people.example"},
		Subject: "Wij hebben uw klacht ontvangen [K2026-0007]",
		Text:    "Beste Anna Proef,\n\nWij hebben uw klacht ontvangen.\n.\n..\nMet vriendelijke groet\n",
		HTML:    "<p>Beste Anna Proef,</p>\n<p>Wij hebben uw klacht ontvangen.</p>\n", MessageID: "abc.def@office.example",
	}
}

func mustCompose(t testing.TB, l letters.Letter) []byte {
	t.Helper()
	raw, err := Compose(l, office, december)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestComposeWritesTheWholeLetter(t *testing.T) {
	l := letter()
	l.ReplyTo = "info+t0ken@office.example"
	l.InReplyTo = "q1@people.example"
	l.References = []string{"q0@people.example", "q1@people.example"}
	const want = `Date: Tue, 01 Dec 2026 16:00:00 +0100
From: "Bureau Voorbeeld" <info@office.example>
To: "Anna Proef" <anna@people.example>
Reply-To: <info+t0ken@office.example>
Subject: Wij hebben uw klacht ontvangen [K2026-0007]
Message-ID: <abc.def@office.example>
In-Reply-To: <q1@people.example>
References: <q0@people.example> <q1@people.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: OOF, AutoReply
X-Klachtd-Id: abc.def@office.example
Content-Language: nl
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_abeaf32468988db582adfc47a"

--=_abeaf32468988db582adfc47a
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Beste Anna Proef,

Wij hebben uw klacht ontvangen.
.
..
Met vriendelijke groet

--=_abeaf32468988db582adfc47a
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>Beste Anna Proef,</p>
<p>Wij hebben uw klacht ontvangen.</p>

--=_abeaf32468988db582adfc47a--
`
	got := strings.ReplaceAll(string(mustCompose(t, l)), "\r\n", "\n")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestSameLetterSameBytes(t *testing.T) {
	l := letter()
	l.Attachments = []letters.Attachment{{Name: "termijn.ics", Type: "text/calendar; method=PUBLISH; charset=utf-8", Data: []byte("BEGIN:VCALENDAR\r\n")}}
	first := mustCompose(t, l)
	for range 20 {
		if !bytes.Equal(first, mustCompose(t, l)) {
			t.Fatal("a second composition differs")
		}
	}
}

// A letter with everything in it, as a mail program takes it apart.
func TestAttachmentsFollowTheText(t *testing.T) {
	l := letter()
	data := bytes.Repeat([]byte{0, 1, 2, 253, 254, 255}, 1000)
	l.Attachments = []letters.Attachment{
		{Name: `..\..//naïeve "bevestiging".pdf`, Type: "application/pdf", Data: data},
		{Name: "leeg.ics", Type: "text/calendar; charset=utf-8; method=PUBLISH"},
	}
	msg := read(t, mustCompose(t, l))
	outer := parts(t, msg.Header.Get("Content-Type"), msg.Body)
	if len(outer) != 3 {
		t.Fatalf("%d parts, want 3", len(outer))
	}
	inner := parts(t, outer[0].header.Get("Content-Type"), strings.NewReader(outer[0].body))
	if len(inner) != 2 || inner[0].body != strings.ReplaceAll(l.Text, "\n", "\r\n") {
		t.Errorf("text and html: %+v", inner)
	}
	_, params, _ := mime.ParseMediaType(outer[1].header.Get("Content-Disposition"))
	if got := params["filename"]; got != `naïeve "bevestiging".pdf` {
		t.Errorf("file name %q", got)
	}
	if outer[1].body != string(data) || outer[2].body != "" {
		t.Error("attachments changed on the way")
	}
	if got := outer[2].header.Get("Content-Type"); got != "text/calendar; charset=utf-8; method=PUBLISH" {
		t.Errorf("type %q", got)
	}
}

func TestComposeNamesTheFieldItRefuses(t *testing.T) {
	tests := []struct {
		want string
		set  func(*letters.Letter)
	}{
		{"to: address has no @", func(l *letters.Letter) { l.To.Mail = "" }},
		{"to: address has a character that is not allowed", func(l *letters.Letter) { l.To.Mail = "a@b.example>\r\nBcc: <c@d.example" }},
		{"to: address has a character that is not allowed", func(l *letters.Letter) { l.To.Mail = `"a> ORCPT=x"@b.example` }},
		{"cc: address has an empty part", func(l *letters.Letter) { l.Cc = []complaint.Address{office, {Mail: "x@"}} }},
		{"reply-to: address", func(l *letters.Letter) { l.ReplyTo = "a@b\nBcc: c@d" }},
		{"subject: empty", func(l *letters.Letter) { l.Subject = "\r\n\u202e" }},
		{"message-id: not fit", func(l *letters.Letter) { l.MessageID = "a@b>\r\nBcc: <c@d" }},
		{"message-id: not fit", func(l *letters.Letter) { l.MessageID = "" }},
		{"language: not a language tag", func(l *letters.Letter) { l.Lang = "nl\r\nBcc: c@d" }},
		{"text: empty", func(l *letters.Letter) { l.Text = " \n" }},
		{"attachment: type", func(l *letters.Letter) { l.Attachments = []letters.Attachment{{Name: "a", Type: ";"}} }},
		{"attachment: name or type", func(l *letters.Letter) { l.Attachments = []letters.Attachment{{Name: "..", Type: "text/plain"}} }},
	}
	for _, test := range tests {
		l := letter()
		test.set(&l)
		_, err := Compose(l, office, december)
		if err == nil || !strings.HasPrefix(err.Error(), "compose acknowledgement: "+test.want) {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
	if _, err := Compose(letter(), complaint.Address{Mail: "a b@c"}, december); err == nil || !strings.Contains(err.Error(), ": from: ") {
		t.Errorf("from: %v", err)
	}
	if _, err := Compose(letter(), office, time.Time{}); err == nil || !strings.Contains(err.Error(), ": date: ") {
		t.Errorf("date: %v", err)
	}
}

// Ids of other people's mails are an aid to their mail program; an odd one is dropped, the letter goes out.
func TestOddIdsAreLeftOut(t *testing.T) {
	l := letter()
	l.InReplyTo = "a@b>\r\nBcc: <c@d"
	l.References = []string{"no-at", "x y@z", "", "é@b", strings.Repeat("a", 900) + "@b"}
	for i := range 50 {
		l.References = append(l.References, string(rune('a'+i%26))+"@people.example")
	}
	h := read(t, mustCompose(t, l)).Header
	if _, there := h["In-Reply-To"]; there {
		t.Errorf("In-Reply-To: %q", h.Get("In-Reply-To"))
	}
	if refs := strings.Fields(h.Get("References")); len(refs) != 21 || refs[0] != "<a@people.example>" || refs[20] != "<x@people.example>" {
		t.Errorf("References: %q", refs)
	}
}

// What strangers write themselves: names and subjects. None brings a header, and what can be kept is kept.
func TestHostileNamesAndSubjects(t *testing.T) {
	tests := map[string]string{ // in → as the reader sees it
		"Anna\r\nBcc: victim@people.example":       "Anna Bcc: victim@people.example",
		"Anna\rBcc: x":                             "Anna Bcc: x",
		"Anna\nBcc: x":                             "Anna Bcc: x",
		"Anna\r\n\r\n<html>":                       "Anna <html>",
		"Anna\u2028Bcc: x\u2029y\u0085z\x00w\x1be": "Anna Bcc: x y z w e",
		"=?utf-8?q?a=0D=0ABcc:_x?=":                "=?utf-8?q?a=0D=0ABcc:_x?=",
		"%0d%0aBcc: x":                             "%0d%0aBcc: x",
		`Anna" <evil@people.example>, "x`:          `Anna" <evil@people.example>, "x`,
		`back\slash`:                               `back\slash`,
		"a, b; c: (d)":                             "a, b; c: (d)",
		"exe.\u202efdp\u2066\u200bx":               "exe.fdpx",
		"Zoë  van 't \t Één":                       "Zoë van 't Één",
		"👩\u200d🔧 naïef":                           "👩\u200d🔧 naïef",
		"latin1 \xe9":                              "latin1 \uFFFD",
		strings.Repeat("x", 2000):                  strings.Repeat("x", 2000),
		strings.Repeat("lang ", 400) + "x":         strings.Repeat("lang ", 400) + "x",
		strings.Repeat("é", 500):                   strings.Repeat("é", 500),
	}
	for in, want := range tests {
		l := letter()
		l.Subject, l.To.Name = in, in
		raw := mustCompose(t, l)
		checkWire(t, raw)
		h := read(t, raw).Header
		checkHeaders(t, h)
		subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
		if err != nil || subject != want {
			t.Errorf("subject of %q reads %q (%v), want %q", in, subject, err, want)
		}
		to, err := h.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "anna@people.example" || to[0].Name != want {
			t.Errorf("recipient with name %q reads %v (%v)", in, to, err)
		}
	}
}

// The same at the far end of the line, for any text: the headers the server gets are the known ones, each at most once.
func TestHeadersAtTheServerAreTheKnownOnes(t *testing.T) {
	srv := (&server{}).start(t)
	hostile := rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.RuneFrom([]rune("\r\n\t :<>@,;\"\\=?_%\x00\u0085\u2028aBc"))),
		rapid.Map(rapid.SliceOf(rapid.SampledFrom([]string{"\r\nBcc: ", "\r", "\n", "=?utf-8?q?=0D=0A?=", "x", " ", "\r\n.\r\n", "\r\n\r\n"})),
			func(s []string) string { return strings.Join(s, "") }),
	)
	rapid.Check(t, func(rt *rapid.T) {
		l := letter()
		l.Subject = hostile.Draw(rt, "subject") + " [K2026-0007]"
		l.To.Name, l.Text = hostile.Draw(rt, "name"), hostile.Draw(rt, "text")+"x"
		l.InReplyTo = hostile.Draw(rt, "in reply to")
		l.References = []string{hostile.Draw(rt, "reference")}
		raw, err := Compose(l, complaint.Address{Name: hostile.Draw(rt, "from"), Mail: office.Mail}, december)
		if err != nil {
			rt.Fatal(err)
		}
		o := queue(1)
		o.rows[0].item.Raw = raw
		before := len(srv.received())
		if err := srv.mailer(o).Drain(t.Context()); err != nil {
			rt.Fatal(err)
		}
		mails := srv.received()[before:]
		if len(mails) != 1 || mails[0].raw != string(raw) || len(mails[0].to) != 1 {
			rt.Fatalf("%d letters arrived, or not as composed", len(mails))
		}
		checkHeaders(rt, read(rt, []byte(mails[0].raw)).Header)
	})
}

func FuzzCompose(f *testing.F) {
	f.Add("Anna", "anna@people.example", "Klacht [K2026-0007]", "Beste Anna,\n.\n", "<p>x", "q@x", "a.pdf")
	f.Add("\r\nBcc: x", "a@b>\r\n", "=?utf-8?q?=0D?=", "a\r.\r\nb\n", "", "a@b>\r\n", "../x")
	f.Add("", "a@b", "x", "a\r\x01", "", "", "") // the last line end was lost
	f.Add("\xff", "a@b", "\u202e", strings.Repeat("x", 2000), "\x00", "", "\u202egpj.exe")
	f.Fuzz(func(t *testing.T, name, address, subject, text, html, reference, file string) {
		l := letter()
		l.To = complaint.Address{Name: name, Mail: address}
		l.Subject, l.Text, l.HTML, l.References = subject, text, html, []string{reference}
		if file != "" {
			l.Attachments = []letters.Attachment{{Name: file, Type: "application/pdf", Data: []byte(html)}}
		}
		raw, err := Compose(l, office, december)
		if err != nil {
			return
		}
		checkWire(t, raw)
		msg := read(t, raw)
		checkHeaders(t, msg.Header)
		if to, err := msg.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != address {
			t.Errorf("recipient reads %v, %v", to, err)
		}
		if got, want := plainText(t, msg), asMailed(text); got != want {
			t.Errorf("text reads %q, want %q", got, want)
		}
	})
}

// testing.T and rapid.T.
type tester interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

func read(t tester, raw []byte) *mail.Message {
	t.Helper()
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("unreadable: %v\n%q", err, raw)
	}
	return msg
}

// checkWire wants 7-bit CRLF lines, none beyond 998, nothing but CRLF CRLF between headers and body.
func checkWire(t tester, raw []byte) {
	t.Helper()
	if err := checkLines(raw); err != nil {
		t.Errorf("%v", err)
	}
}

// checkHeaders wants the headers Compose knows, each at most once, and those a letter cannot do without.
func checkHeaders(t tester, h mail.Header) {
	t.Helper()
	must := []string{"Date", "From", "To", "Subject", "Message-Id", "Auto-Submitted", "X-Auto-Response-Suppress",
		"X-Klachtd-Id", "Content-Language", "Mime-Version", "Content-Type"}
	may := []string{"Cc", "Reply-To", "In-Reply-To", "References", "Content-Transfer-Encoding"}
	for _, name := range must {
		if len(h[name]) != 1 {
			t.Errorf("header %s: %q", name, h[name])
		}
	}
	for name, values := range maps.All(h) {
		if !slices.Contains(must, name) && !slices.Contains(may, name) || len(values) != 1 {
			t.Errorf("header %s: %q", name, values)
		}
	}
}

type mimePart struct {
	header mail.Header
	body   string // decoded
}

func parts(t tester, contentType string, r io.Reader) (all []mimePart) {
	t.Helper()
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatalf("%q: %v", contentType, err)
	}
	for mr := multipart.NewReader(r, params["boundary"]); ; {
		p, err := mr.NextRawPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("part %d: %v", len(all), err)
		}
		all = append(all, mimePart{mail.Header(p.Header), decoded(t, mail.Header(p.Header), p)})
	}
}

func decoded(t tester, h mail.Header, r io.Reader) string {
	t.Helper()
	switch h.Get("Content-Transfer-Encoding") {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("body: %v", err)
	}
	return string(body)
}

// plainText finds the text part of a letter.
func plainText(t tester, msg *mail.Message) string {
	t.Helper()
	part := mimePart{header: msg.Header}
	if !strings.HasPrefix(part.header.Get("Content-Type"), "multipart/") {
		return decoded(t, part.header, msg.Body)
	}
	part = parts(t, part.header.Get("Content-Type"), msg.Body)[0]
	if strings.HasPrefix(part.header.Get("Content-Type"), "multipart/") {
		part = parts(t, part.header.Get("Content-Type"), strings.NewReader(part.body))[0]
	}
	return part.body
}

// asMailed is what a text becomes in a mail: valid UTF-8, every line ended by CRLF.
func asMailed(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return strings.ReplaceAll(text, "\n", "\r\n")
}
