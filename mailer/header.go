package mailer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"klachtd/complaint"
)

const (
	lineWidth = 76 // RFC 2047 section 2: a line that holds an encoded-word
	wordWidth = 60 // of a word of ours, so that one always fits behind a header's name
)

// field lays a header's words over lines of at most lineWidth where the words allow it. The first word stays beside
// the name: some servers lose a header whose first line is empty.
func field(name string, words ...string) string {
	var b strings.Builder
	b.WriteString(name)
	b.WriteString(":")
	column := len(name) + 1
	for i, word := range words {
		if i > 0 && column+1+len(word) > lineWidth {
			b.WriteString("\r\n")
			column = 0
		}
		b.WriteString(" ")
		b.WriteString(word)
		column += 1 + len(word)
	}
	b.WriteString("\r\n")
	return b.String()
}

// oneLine makes any text fit for one line: runs of space, line ends and controls become one space; marks that turn or
// hide text when shown are left out.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d': // joiners belong to letters and emoji
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// unstructured gives the words of a free-text header: as they are when plain, else encoded (RFC 2047).
func unstructured(s string) []string {
	if words := strings.Fields(s); isPlain(s) && !anyLonger(words, wordWidth) {
		return words
	}
	return encodedWords(s)
}

// mailbox gives the words of an address with its name. The name must be one line; the address is checked.
func mailbox(a complaint.Address) ([]string, error) {
	if err := checkAddress(a.Mail); err != nil {
		return nil, err
	}
	mail := "<" + a.Mail + ">"
	switch name := oneLine(a.Name); {
	case name == "":
		return []string{mail}, nil
	case isPlain(name) && len(name) < wordWidth && !strings.ContainsAny(name, `"\`):
		return []string{`"` + name + `"`, mail}, nil
	default:
		return append(encodedWords(name), mail), nil
	}
}

// isPlain tells whether s is printable ASCII that no reader would take for an encoded-word.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return !strings.Contains(s, "=?")
}

func anyLonger(words []string, width int) bool {
	for _, w := range words {
		if len(w) > width {
			return true
		}
	}
	return false
}

// encodedWords writes s as encoded-words in Q, never splitting a character (RFC 2047 sections 4.2 and 5). Only what
// is safe in a display name too stays as it is.
func encodedWords(s string) []string {
	const open, end = "=?utf-8?q?", "?="
	var words []string
	var b strings.Builder
	flush := func() {
		words = append(words, open+b.String()+end)
		b.Reset()
	}
	for _, r := range s {
		q := quoteRune(r)
		if len(open)+b.Len()+len(q)+len(end) > wordWidth {
			flush()
		}
		b.WriteString(q)
	}
	flush()
	return words
}

func quoteRune(r rune) string {
	switch {
	case r == ' ':
		return "_"
	case r < utf8.RuneSelf && (isAlnum(byte(r)) || strings.ContainsRune("!*+-/", r)):
		return string(r)
	}
	var q strings.Builder
	for _, c := range []byte(string(r)) {
		fmt.Fprintf(&q, "=%02X", c)
	}
	return q.String()
}
