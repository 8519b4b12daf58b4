package intake

import (
	"bytes"
	"mime"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Bounds of a header. Real ones have some 5 KB in 40 fields; from 256 KB on, reading the fields is what an attacker wants.
const (
	maxHeader = 256 << 10
	maxFields = 1000
)

// field is a header field as it stood in the mail: unfolded, not decoded, its name in the form Message-Id.
type field struct{ name, value string }

// header keeps the order of the fields, since who wrote a field can only be told from where it stands.
type header []field

func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

func (h header) count(name string) int {
	n := 0
	for _, f := range h {
		if f.name == name {
			n++
		}
	}
	return n
}

// asMap is the header as [Kinds] reads it.
func (h header) asMap() Header {
	m := make(Header, len(h))
	for _, f := range h {
		m[f.name] = append(m[f.name], f.value)
	}
	return m
}

// splitHeader reads the fields at the beginning of raw and returns what follows them. It takes what senders get wrong:
// an mbox line or blank lines on top, bare line feeds, folded lines without their space, and no blank line before the
// text. What has no field that is known is no header but text. over says that the header is beyond its bounds; h then
// holds its beginning, and there is no body.
func splitHeader(raw []byte) (h header, body []byte, over bool) {
	h, body, over = readFields(skipPrologue(raw))
	if len(h) > 0 && !slices.ContainsFunc(h, func(f field) bool { return knownField(f.name) }) {
		return nil, raw, over
	}
	return h, body, over
}

func readFields(raw []byte) (h header, body []byte, over bool) {
	for rest := raw; len(rest) > 0; {
		line, next := cutLine(rest)
		if len(line) == 0 {
			return h, next, false
		}
		if len(raw)-len(next) > maxHeader || len(h) >= maxFields {
			return h, nil, true
		}
		if len(h) == 0 {
			line = bytes.TrimLeft(line, " \t") // nothing to go on with
		}
		name, value, ok := cutField(line)
		switch {
		case len(h) > 0 && (line[0] == ' ' || line[0] == '\t'):
			value, next = gather(line, next)
			h[len(h)-1].value += " " + value
		case ok:
			var more string
			more, next = gather(nil, next)
			h = append(h, field{name, strings.TrimSpace(value + more)})
		case !fieldFollows(next):
			return h, rest, false // the text begins without a blank line
		case len(h) > 0:
			h[len(h)-1].value += " " + strings.TrimSpace(string(line))
		}
		rest = next
	}
	return h, nil, len(raw) > maxHeader
}

// gather joins the folded lines at the beginning of rest to one string, in one pass however many there are.
func gather(line, rest []byte) (string, []byte) {
	var b strings.Builder
	b.Write(bytes.TrimSpace(line))
	for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') && b.Len() <= maxHeader {
		var more []byte
		more, rest = cutLine(rest)
		b.WriteByte(' ')
		b.Write(bytes.TrimSpace(more))
	}
	return b.String(), rest
}

func skipPrologue(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(raw, []byte("From ")) || bytes.HasPrefix(raw, []byte(">From ")) {
		_, raw = cutLine(raw)
	}
	if trimmed := bytes.TrimLeft(raw, "\r\n"); len(trimmed) < len(raw) {
		if line, _ := cutLine(trimmed); len(line) > 0 {
			if _, _, ok := cutField(line); ok {
				return trimmed
			}
		}
	}
	return raw
}

// cutLine returns the first line without its end, and what follows it.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return bytes.TrimSuffix(b, []byte("\r")), nil
	}
	return bytes.TrimSuffix(b[:i], []byte("\r")), b[i+1:]
}

func cutField(line []byte) (name, value string, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || colon > 100 {
		return "", "", false
	}
	key := bytes.TrimRight(line[:colon], " \t")
	for _, c := range key {
		if c <= ' ' || c >= 0x7f {
			return "", "", false
		}
	}
	return textproto.CanonicalMIMEHeaderKey(string(key)), string(bytes.TrimSpace(line[colon+1:])), len(key) > 0
}

// fieldFollows looks whether a line that is no field stands among others that surely are: then it is a broken fold and
// not the text.
func fieldFollows(rest []byte) bool {
	for range 20 {
		line, next := cutLine(rest)
		if len(line) == 0 {
			return false
		}
		if name, _, ok := cutField(line); ok && knownField(name) {
			return true
		}
		rest = next
	}
	return false
}

func knownField(name string) bool {
	switch name {
	case "From", "To", "Cc", "Subject", "Date", "Message-Id", "Received", "Return-Path", "Mime-Version", "Reply-To",
		"Sender", "References", "In-Reply-To", "Dkim-Signature", "Delivered-To", "Authentication-Results":
		return true
	}
	return strings.HasPrefix(name, "X-") || strings.HasPrefix(name, "Content-") || strings.HasPrefix(name, "List-") ||
		strings.HasPrefix(name, "Arc-")
}

// decodeWords turns encoded words (RFC 2047) and stray 8-bit characters into one clean line.
func decodeWords(value string) string {
	if strings.Contains(value, "=?") {
		if decoded, err := wordDecoder().DecodeHeader(honestLabels(value)); err == nil {
			value = decoded
		}
	}
	return oneLine(repair([]byte(value), ""))
}

func wordDecoder() *mime.WordDecoder { return &mime.WordDecoder{CharsetReader: charsetReader} }

var latinWordRE = regexp.MustCompile(`(?i)=\?(iso-8859-1|us-ascii)\?`)

// honestLabels calls Latin-1 in encoded words what it is, since the decoder takes that label at its word.
func honestLabels(value string) string { return latinWordRE.ReplaceAllString(value, "=?windows-1252?") }

// messageIDs returns the ids in a header without their angle brackets, at most max of them and then the last: those of
// the newest mails in the thread.
func messageIDs(value string, max int) []string {
	if strings.Contains(value, "=?") && !strings.Contains(value, "<") {
		value = decodeWords(value) // some servers encode ids they find too long
	}
	var ids []string
	for rest := value; ; {
		_, after, open := strings.Cut(rest, "<")
		id, next, closed := strings.Cut(after, ">")
		if !open || !closed {
			break
		}
		ids, rest = appendID(ids, id), next
	}
	if len(ids) == 0 {
		for id := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune(" \t,;<>\"", r) }) {
			if strings.Contains(id, "@") || !strings.ContainsAny(value, " \t") {
				ids = appendID(ids, id)
			}
		}
	}
	return ids[len(ids)-min(len(ids), max):]
}

func appendID(ids []string, id string) []string {
	id = strings.Join(strings.FieldsFunc(repair([]byte(id), ""), breaksLine), "") // a fold may have cut it
	if id == "" || len(id) > 998 {
		return ids
	}
	return append(ids, id)
}

// parseDate reads a date header, RFC 5322 or nearly so. Years that cannot be a mail's are no date.
func parseDate(value string) (time.Time, bool) {
	if len(value) > 200 {
		return time.Time{}, false
	}
	t, err := mail.ParseDate(value)
	for _, layout := range [...]string{time.RFC3339, "2 Jan 2006 15:04:05", time.ANSIC, "2006-01-02 15:04:05"} {
		if err == nil {
			break
		}
		t, err = time.Parse(layout, strings.TrimSpace(value))
	}
	if err != nil || t.Year() < 1970 || t.Year() > 9998 {
		return time.Time{}, false
	}
	return t, true
}
