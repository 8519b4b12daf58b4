package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"path"
	"strings"
	"time"

	"klachtd/complaint"
	"klachtd/letters"
)

// Sender is who our mail comes from.
type Sender struct {
	From     complaint.Address // what people see and answer to
	Envelope string            // where what cannot be delivered returns to: a real address that is read, or we never hear of it
}

// Compose puts a letter into bytes: text and equal HTML side by side, attachments after them, 7-bit, CRLF, no line
// beyond 998 characters. The same letter, sender and date give the same bytes, so a letter composed twice is one letter.
// Its Date is date, in date's own zone. Whatever a name or subject holds, no header can come in with it; an address or
// id that could is refused, and the error names the field.
//
// It writes MIME itself: with a fixed boundary the mail library gives the outer and the inner multipart the same one,
// and it leaves long words in headers unfolded.
func Compose(l letters.Letter, from complaint.Address, date time.Time) ([]byte, error) {
	head, err := heading(l, from, date)
	if err != nil {
		return nil, fmt.Errorf("compose %s: %w", l.Name, err)
	}
	body, err := content(l)
	if err != nil {
		return nil, fmt.Errorf("compose %s: %w", l.Name, err)
	}
	var b bytes.Buffer
	b.WriteString(head)
	body.writeTo(&b)
	return b.Bytes(), nil
}

// heading writes all headers but those of the content, in a fixed order.
func heading(l letters.Letter, from complaint.Address, date time.Time) (string, error) {
	subject := oneLine(l.Subject)
	switch {
	case date.IsZero():
		return "", errors.New("date: none given")
	case subject == "":
		return "", errors.New("subject: empty")
	case !isMessageID(l.MessageID):
		return "", errors.New("message-id: not fit for a header")
	case !isLanguage(l.Lang):
		return "", errors.New("language: not a language tag")
	}
	people, err := addressFields(l, from)
	if err != nil {
		return "", err
	}
	head := field("Date", date.Format(time.RFC1123Z)) + people +
		field("Subject", unstructured(subject)...) +
		field("Message-ID", "<"+l.MessageID+">") +
		threadFields(l) +
		field("Auto-Submitted", "auto-generated") + // RFC 3834 section 5
		field("X-Auto-Response-Suppress", "OOF,", "AutoReply") + // not All: that would mute the bounce we need
		field("X-Klachtd-Id", l.MessageID) // survives a server that gives the mail a Message-ID of its own
	if l.Lang != "" {
		head += field("Content-Language", l.Lang)
	}
	return head + field("MIME-Version", "1.0"), nil
}

func addressFields(l letters.Letter, from complaint.Address) (string, error) {
	type line struct {
		name string
		who  []complaint.Address
	}
	lines := []line{{"From", []complaint.Address{from}}, {"To", []complaint.Address{l.To}}, {"Cc", l.Cc}}
	if l.ReplyTo != "" {
		lines = append(lines, line{"Reply-To", []complaint.Address{{Mail: l.ReplyTo}}})
	}
	var b strings.Builder
	for _, line := range lines {
		var words []string
		for i, who := range line.who {
			box, err := mailbox(who)
			if err != nil {
				return "", fmt.Errorf("%s: %w", strings.ToLower(line.name), err)
			}
			if i > 0 {
				words[len(words)-1] += ","
			}
			words = append(words, box...)
		}
		if words != nil {
			b.WriteString(field(line.name, words...))
		}
	}
	return b.String(), nil
}

// threadFields names the mails this one follows. They are the ids of other people's mails: one that does not fit a
// header is left out, for a letter must not fail over it. Of a long thread the first and the latest are enough.
func threadFields(l letters.Letter) string {
	const latest = 20
	var head string
	if isMessageID(l.InReplyTo) {
		head = field("In-Reply-To", "<"+l.InReplyTo+">")
	}
	var refs []string
	for _, id := range l.References {
		if isMessageID(id) {
			refs = append(refs, "<"+id+">")
		}
	}
	if n := len(refs); n > latest {
		refs = append(refs[:1:1], refs[n-latest:]...)
	}
	if refs != nil {
		head += field("References", refs...)
	}
	return head
}

func isLanguage(tag string) bool {
	return len(tag) <= 35 && (tag == "" || checkChars(tag, isHost) == nil)
}

// content builds what follows the headers: mixed(alternative(text, html), files), as far as there are any.
func content(l letters.Letter) (entity, error) {
	if strings.TrimSpace(l.Text) == "" {
		return entity{}, errors.New("text: empty")
	}
	sum := sha256.Sum256([]byte(l.MessageID))
	mark := hex.EncodeToString(sum[:12])
	body := prose("text/plain", l.Text)
	if l.HTML != "" {
		body = combine("alternative", "=_a"+mark, body, prose("text/html", l.HTML))
	}
	if len(l.Attachments) == 0 {
		return body, nil
	}
	parts := []entity{body}
	for _, a := range l.Attachments {
		part, err := file(a)
		if err != nil {
			return entity{}, fmt.Errorf("attachment: %w", err)
		}
		parts = append(parts, part)
	}
	return combine("mixed", "=_m"+mark, parts...), nil
}

// entity is a body with the headers that describe it (RFC 2045).
type entity struct {
	head string
	body []byte
}

func (e entity) writeTo(b *bytes.Buffer) {
	b.WriteString(e.head)
	b.WriteString("\r\n")
	b.Write(e.body)
}

// lineEnds makes every line end LF. The quoted-printable writer knows CR too, but loses an LF that follows CR and a
// control character.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func prose(mediaType, text string) entity {
	text = lineEnds.Replace(strings.ToValidUTF8(text, "\uFFFD"))
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b) // writes LF as CRLF
	w.Write([]byte(text))
	w.Close()
	return entity{
		head: field("Content-Type", mediaType+"; charset=utf-8") + field("Content-Transfer-Encoding", "quoted-printable"),
		body: b.Bytes(),
	}
}

// combine makes a multipart of parts. A boundary that begins with "=_" occurs in no quoted-printable or base64 body (RFC 2045 6.7).
func combine(kind, boundary string, parts ...entity) entity {
	var b bytes.Buffer
	for _, p := range parts {
		b.WriteString("--" + boundary + "\r\n")
		p.writeTo(&b)
		b.WriteString("\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
	return entity{
		head: field("Content-Type", "multipart/"+kind+";", `boundary="`+boundary+`"`),
		body: b.Bytes(),
	}
}

func file(a letters.Attachment) (entity, error) {
	kind, params, err := mime.ParseMediaType(a.Type)
	if err != nil {
		return entity{}, fmt.Errorf("type: %w", err)
	}
	mediaType := mime.FormatMediaType(kind, params)
	name := fileName(a.Name)
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name}) // RFC 2231 where needed
	if len(mediaType) > 200 || !isPlain(mediaType) || name == "" {
		return entity{}, errors.New("name or type not fit for a header")
	}
	return entity{
		head: field("Content-Type", mediaType) + field("Content-Transfer-Encoding", "base64") +
			field("Content-Disposition", disposition),
		body: base64Lines(a.Data),
	}, nil
}

// fileName keeps the last part of a name, 60 characters of it, so that its header stays one legal line.
func fileName(name string) string {
	name = oneLine(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if name == "." || name == ".." || name == "/" {
		return ""
	}
	runes := []rune(name)
	return string(runes[max(0, len(runes)-60):]) // the end: it holds the extension
}

func base64Lines(data []byte) []byte {
	text := base64.StdEncoding.EncodeToString(data)
	var b bytes.Buffer
	for ; len(text) > lineWidth; text = text[lineWidth:] {
		b.WriteString(text[:lineWidth] + "\r\n")
	}
	b.WriteString(text + "\r\n")
	return b.Bytes()
}
