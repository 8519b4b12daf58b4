package intake

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// western are labels that say next to nothing: programs put them on UTF-8 and on windows-1252 alike. For these the
// bytes decide.
func western(label string) bool {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "", "us-ascii", "ascii", "utf-8", "utf8", "iso-8859-1", "iso8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252",
		"ansi_x3.4-1968", "unknown", "unknown-8bit", "x-unknown", "default", "binary", "8bit", "7bit":
		return true
	}
	return false
}

// repair makes text of bytes whose label is western: UTF-8 when they are that, ISO 8859-15 when the label says so, and
// else windows-1252, which is what Latin-1 means in mail. Mostly sound UTF-8 keeps its letters, and each broken byte
// becomes U+FFFD.
func repair(b []byte, label string) string {
	if utf8.Valid(b) {
		return string(b)
	}
	good, bad := countRunes(b)
	if good > bad {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	table := charmap.Windows1252
	if strings.EqualFold(label, "iso-8859-15") {
		table = charmap.ISO8859_15
	}
	decoded, err := table.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(decoded)
}

// countRunes counts the sound characters of several bytes, and the bytes that belong to none.
func countRunes(b []byte) (good, bad int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good, bad
}

// withoutBOM takes a byte order mark away and decodes what it stands for.
func withoutBOM(b []byte) []byte {
	if rest, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		return rest
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		if decoded, err := utf16.Bytes(b); err == nil {
			return decoded
		}
	}
	return b
}

// charsetReader serves encoded words. It never fails: one word in an unknown charset must not cost the whole line.
func charsetReader(label string, input io.Reader) (io.Reader, error) {
	if western(label) {
		b, err := io.ReadAll(input)
		return strings.NewReader(repair(b, label)), err
	}
	r, err := charset.NewReaderLabel(label, input)
	if err != nil {
		return input, nil
	}
	return r, nil
}

// metaCharset is the charset an HTML text names itself, "" when it names none.
func metaCharset(html []byte) string {
	if utf8.Valid(html) {
		return ""
	}
	_, name, certain := charset.DetermineEncoding(html[:min(len(html), 1024)], "text/html")
	if !certain && name == "windows-1252" {
		return ""
	}
	return name
}

// cleanText makes line ends uniform and drops what no text holds: NUL and the other control characters.
func cleanText(s string) string {
	if i := strings.IndexFunc(s, isControl); i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case c == '\f', c == '\v':
			b.WriteByte('\n')
		case c >= ' ' && c != 0x7f, c == '\n', c == '\t':
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isControl(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }

// maxLine bounds a header that a person is shown: subject, name of a sender or a file.
const maxLine = 1000

// oneLine makes s fit for one line of at most maxLine bytes.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, breaksLine), " ")
	if len(s) <= maxLine {
		return s
	}
	return strings.ToValidUTF8(s[:maxLine], "") + "…"
}

func breaksLine(r rune) bool {
	return isControl(r) || r == '\n' || r == '\t' || r == '\u0085' || r == '\u2028' || r == '\u2029' ||
		r == ' ' || 0x80 <= r && r < 0xa0
}
