package intake

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
	"golang.org/x/net/html/charset"

	"klachtd/complaint"
)

// Bounds of what is read as text, in bytes. 256 KB are a book; what is beyond is in the original.
const (
	maxText     = 256 << 10 // of the result
	maxPartText = 1 << 20   // of one part, before decoding
	maxMailText = 4 << 20   // of all parts together, before decoding
	maxForwards = 2         // mails within mails that are opened
	maxFiles    = 10        // text files that are read
)

// forwardLine stands above text that the sender of the mail did not write: it came within the mail, or in a file. What is
// below such a line never counts as new, whoever forwards it.
const forwardLine = "---------- Forwarded message ----------"

// textReader gathers what can be read in a mail, and what is worth telling about the rest.
type textReader struct {
	parts       int  // seen, in the mail and those within it
	room        int  // bytes of text that may still be decoded
	forwards    int  // mails within mails around the part being read
	spoken      bool // a part had text
	blank       bool // a part that says it is HTML had none: a picture, or an answer that was sent empty
	attachments []complaint.Attachment
	enclosed    []*part // text in files that are shown with the mail
	spare       []*part // text in other files, for a mail without any other
	report      []*part // the parts of a delivery report
	damage      []string
	locked      bool // encrypted, or wrapped so that nobody here can open it
}

// said is the text of a part; html says that it was made from HTML.
type said struct {
	text string
	html bool
}

func (s said) blank() bool { return strings.TrimSpace(s.text) == "" }

func (r *textReader) note(damage string) {
	for _, d := range r.damage {
		if d == damage {
			return
		}
	}
	r.damage = append(r.damage, damage)
}

// read returns the whole readable text of the mail.
func (r *textReader) read(top *part) said {
	s := r.walk(top, true)
	files := r.enclosed
	if s.blank() {
		files = append(files, r.spare...)
	}
	for _, p := range files[:min(len(files), maxFiles)] {
		if file := r.decode(p); !file.blank() {
			s = s.plus(said{forwardLine + "\n" + file.text, file.html})
		}
	}
	if s.blank() && len(r.attachments) == 0 && !r.locked && !r.blank && len(bytes.TrimSpace(top.body)) > 0 {
		r.note("no part of the mail says that it is text: shown as it is")
		s.text = cleanText(repair(top.body[:min(len(top.body), maxText/4)], ""))
	}
	if len(s.text) > maxText {
		r.note("the text is cut: it is longer than 256 KB")
		s.text = strings.ToValidUTF8(s.text[:maxText], "")
	}
	s.text = strings.TrimRight(s.text, " \t\n")
	return s
}

// walk reads a part and those below it. Without want, it only lists the attachments.
func (r *textReader) walk(p *part, want bool) said {
	if len(p.kids) == 0 {
		return r.leaf(p, want)
	}
	switch p.typ {
	case "multipart/alternative":
		return r.alternative(p, want)
	case "multipart/encrypted":
		r.lock("encrypted (PGP): the text cannot be read here")
		return said{}
	case "multipart/report":
		r.report = append(r.report, p.kids...)
		return r.walk(p.kids[0], want)
	}
	var all said
	for _, kid := range p.kids {
		all = all.plus(r.walk(kid, want && len(all.text) <= maxText))
	}
	return all
}

func (s said) plus(more said) said {
	switch {
	case more.blank():
		return s
	case s.blank():
		return more
	}
	return said{strings.TrimRight(s.text, "\n") + "\n\n" + more.text, s.html || more.html}
}

// stub is the length in bytes under which a plain part may be no more than "this mail is in HTML".
const stub = 200

// alternative reads the plain version where there is one, since that is what a sender cannot hide anything in; else the
// last version that has text, which is the richest.
func (r *textReader) alternative(p *part, want bool) said {
	var plain, rich said
	for _, kid := range p.kids {
		switch s := r.walk(kid, want && (plain.blank() || len(plain.text) < stub)); {
		case s.blank():
		case s.html:
			rich = s
		case plain.blank():
			plain = s
		}
	}
	if !plain.blank() && len(plain.text) < stub && len(rich.text) > max(4*len(plain.text), 2*stub) {
		r.note("the plain version says next to nothing: the HTML version was read")
		return rich
	}
	if plain.blank() {
		return rich
	}
	return plain
}

func (r *textReader) lock(damage string) {
	r.note(damage)
	r.locked = true
}

func (r *textReader) leaf(p *part, want bool) said {
	disposition, params := mediaType(p.header.get("Content-Disposition"), "")
	name := fileName(p, params)
	readable := p.typ == "text/plain" || p.typ == "text/html"
	if readable && disposition != "attachment" && (name == "" || disposition == "" && !r.spoken) {
		if !want {
			return said{}
		}
		s := r.decode(p)
		r.spoken, r.blank = r.spoken || !s.blank(), r.blank || s.html && s.blank()
		return s
	}
	switch p.typ {
	case "text/vnd.google.email-reaction+json":
		if want {
			return r.reaction(p)
		}
		return said{}
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown":
		if readable && disposition != "attachment" {
			r.enclosed = append(r.enclosed, p)
		} else {
			r.spare = append(r.spare, p)
		}
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature":
		return said{}
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		r.lock("encrypted or sealed (S/MIME): the text cannot be read here")
	case "application/ms-tnef", "application/vnd.ms-tnef":
		r.note("packed by Outlook (winmail.dat): attachments and perhaps text cannot be read here")
	}
	r.attachments = append(r.attachments, complaint.Attachment{Name: name, Type: oneLine(p.typ), Size: p.size()})
	if p.typ == "message/rfc822" || p.typ == "message/global" {
		return r.forwarded(p, want)
	}
	return said{}
}

// reaction reads the emoji with which somebody reacted in Gmail, for a mail that has no text beside it.
func (r *textReader) reaction(p *part) said {
	var body struct{ Emoji string }
	if err := json.Unmarshal([]byte(r.decode(p).text), &body); err != nil || !isSign(body.Emoji) {
		return said{}
	}
	return said{text: body.Emoji}
}

// forwarded reads a mail that came as part of another one.
func (r *textReader) forwarded(p *part, want bool) said {
	if !want || r.forwards >= maxForwards {
		return said{}
	}
	r.forwards++
	defer func() { r.forwards-- }()
	h, body, over := splitHeader(p.transferDecoded())
	if over {
		r.note("a mail within the mail is beyond the guard: header too long")
		return said{}
	}
	inner := newPart(h, body, "text/plain")
	damage, beyond := split(inner, &r.parts)
	for _, d := range damage {
		r.note(d)
	}
	if beyond != "" {
		r.note("a mail within the mail is " + beyond)
		return said{}
	}
	var b strings.Builder
	b.WriteString(forwardLine + "\n")
	for _, name := range [...]string{"From", "Date", "Subject", "To"} {
		if value := h.get(name); value != "" {
			b.WriteString(name + ": " + decodeWords(value) + "\n")
		}
	}
	s := r.walk(inner, true)
	return said{b.String() + "\n" + s.text, s.html}
}

// fileName is the name a sender gave to a part. It is text, never a path.
func fileName(p *part, disposition map[string]string) string {
	for _, name := range [...]string{disposition["filename"], p.params["name"], p.params["file"]} {
		if name != "" {
			return decodeWords(name)
		}
	}
	return ""
}

// encoding is the transfer encoding of a part: base64, quoted-printable or "" for none. known is false for one that is
// not in RFC 2045.
func (p *part) encoding() (cte string, known bool) {
	switch cte := strings.ToLower(strings.Trim(p.header.get("Content-Transfer-Encoding"), " \t\";")); cte {
	case "base64", "quoted-printable":
		return cte, true
	case "", "7bit", "8bit", "binary":
		return "", true
	}
	return "", false
}

// size is the number of bytes the part has when decoded.
func (p *part) size() int {
	if cte, _ := p.encoding(); cte != "base64" {
		return len(p.body)
	}
	ends := bytes.Count(p.body, []byte("\n")) + bytes.Count(p.body, []byte("\r")) + bytes.Count(p.body, []byte("="))
	return (len(p.body) - ends) * 3 / 4
}

// decode makes text of a part.
func (r *textReader) decode(p *part) said {
	raw := p.body[:min(len(p.body), maxPartText, r.room)]
	if len(raw) < len(p.body) {
		r.note("a part of the text is cut: it is very long")
	}
	r.room -= len(raw)
	label := strings.ToLower(strings.TrimSpace(p.params["charset"]))
	content := withoutBOM(r.parse(p, raw, label))
	isHTML := p.typ == "text/html"
	if meta := ""; isHTML && western(label) {
		if meta = metaCharset(content); meta != "" && !western(meta) {
			content = decodeAs(content, meta)
		}
	}
	text := repair(content, label)
	if isHTML {
		return said{cleanText(htmlText(text)), true}
	}
	text = cleanText(text)
	if strings.Contains(text, "-----BEGIN PGP MESSAGE-----") {
		r.note("encrypted (PGP): the text cannot be read here")
	}
	if strings.EqualFold(p.params["format"], "flowed") {
		text = unfold(text, strings.EqualFold(p.params["delsp"], "yes"))
	}
	return said{text, false}
}

// parse has the MIME parser decode one text part. It is given no structure, and a charset only where the label means
// something: its own guessing costs more than all the rest and is worse than looking at the bytes.
func (r *textReader) parse(p *part, raw []byte, label string) []byte {
	cte, known := p.encoding()
	if !known {
		r.note("a part has an unknown transfer encoding: shown as it is")
	}
	if cte == "base64" && !looksBase64(raw) {
		r.note("a part says it is base64 and is not")
		cte = ""
	}
	plainLabel := western(label)
	if cte == "" && plainLabel {
		return raw
	}
	if plainLabel {
		label = "utf-8"
	}
	head := "Content-Type: text/plain; charset=\"" + strings.Trim(oneLine(label), `"\`) + "\"\r\n" +
		"Content-Transfer-Encoding: " + cte + "\r\n\r\n"
	parser := enmime.NewParser(enmime.DisableCharacterDetection(true), enmime.MaxStoredPartErrors(10),
		enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }))
	leaf, err := parser.ReadParts(io.MultiReader(strings.NewReader(head), bytes.NewReader(raw)))
	if err != nil {
		r.note("a part of the text could not be decoded: shown as it is")
		return raw
	}
	for _, e := range leaf.Errors {
		switch e.Name {
		case enmime.ErrorCharsetConversion:
			r.note("charset unknown: " + oneLine(label))
		case enmime.ErrorMalformedBase64, enmime.ErrorMalformedChildPart:
			r.note("a part is damaged: its encoding breaks off")
		}
	}
	return leaf.Content
}

// transferDecoded is the body of a part that should not have been encoded, and sometimes is: a mail within the mail.
func (p *part) transferDecoded() []byte {
	if cte, _ := p.encoding(); cte == "" {
		return p.body
	}
	r := textReader{}
	return r.parse(p, p.body[:min(len(p.body), maxPartText)], "")
}

// looksBase64 says whether the beginning of b may be base64. Spaces within a line are the sign of text.
func looksBase64(b []byte) bool {
	b = bytes.TrimSpace(b[:min(len(b), 400)])
	strange := 0
	for _, c := range b {
		switch {
		case c == ' ', c == '\t':
			return false
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '+', c == '/', c == '=', c == '\r', c == '\n':
		default:
			strange++
		}
	}
	return strange*20 <= len(b)
}

func decodeAs(b []byte, label string) []byte {
	if e, _ := charset.Lookup(label); e != nil {
		if decoded, err := e.NewDecoder().Bytes(b); err == nil && utf8.Valid(decoded) {
			return decoded
		}
	}
	return b
}

// unfold undoes format=flowed (RFC 3676): lines that end in a space go on in the next one of the same quote depth.
func unfold(text string, delSp bool) string {
	var b strings.Builder
	b.Grow(len(text))
	depth, flowing := 0, false
	for i, line := range strings.Split(text, "\n") {
		rest := strings.TrimLeft(line, ">")
		quote := len(line) - len(rest)
		rest = strings.TrimPrefix(rest, " ") // space-stuffing, RFC 3676 section 4.4
		signature := rest == "-- "
		if !flowing || quote != depth || signature {
			if i > 0 {
				b.WriteByte('\n')
			}
			if quote > 0 {
				b.WriteString(strings.Repeat(">", quote) + " ")
			}
		}
		depth, flowing = quote, strings.HasSuffix(rest, " ") && !signature
		if flowing && delSp {
			rest = rest[:len(rest)-1]
		}
		b.WriteString(rest)
	}
	return b.String()
}
