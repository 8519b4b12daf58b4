package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A value is text put into a letter by its facts, as against the words of the template around it. It prints between two
// characters that no text can contain (cleaning takes them out), so that whatever it says stays text: the block reader
// sees structure in the words of the template only.
type value string

// A moving value follows from the day the letter leaves. It prints like a value, and does not count for Version.
type moving string

// A fixed value comes from the configuration, not from a case.
type fixed string

// A link is a fixed value that people may follow: its text, and after linkTo where it leads.
type link string

// solid is a space at which no line breaks. It stands in values of our own only, and is a space again in the letter.
const solid = "\u00a0"

func makeLink(text, href string) link {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return link(text + string(linkTo) + href)
}

func (l link) text() string {
	text, _, _ := strings.Cut(string(l), string(linkTo))
	return strings.ReplaceAll(text, solid, " ")
}

const (
	openValue  = '\uFDD0'
	openMoving = '\uFDD1'
	openFixed  = '\uFDD2'
	shut       = '\uFDD3'
	linkTo     = '\uFDD4' // stands between the text of a link and where it leads
)

// String prints the value as one line, between its marks; nothing for nothing.
func (v value) String() string { return fence(openValue, oneLine(string(v))) }

func (m moving) String() string { return fence(openMoving, oneLine(string(m))) }

func (f fixed) String() string { return fence(openFixed, oneLine(string(f))) }

func (l link) String() string { return fence(openFixed, string(l)) }

func fence(open rune, s string) string {
	if s == "" {
		return ""
	}
	return string(open) + s + string(shut)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// The functions a template may use besides the printing of fields.

// quote prints a value as a quotation: each of its lines after "> ".
func quote(v value) string {
	var b strings.Builder
	for line := range strings.Lines(string(v)) {
		b.WriteString("> " + fence(openValue, oneLine(line)) + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// paragraphs prints a value of several lines. A blank line parts paragraphs; a line that looks like an item of a list
// keeps its own line.
func paragraphs(v value) string {
	var b strings.Builder
	for part := range strings.SplitSeq(string(v), "\n\n") {
		item := false
		for i, line := range strings.Split(strings.TrimSpace(part), "\n") {
			was := item
			item = startsItem(line)
			if i > 0 && item != was {
				b.WriteString("\n")
			}
			if item {
				b.WriteString("| ")
			}
			b.WriteString(fence(openValue, oneLine(line)) + "\n")
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String())
}

// list prints each line of a value as an item. What the writer put before a line to make a list is left out.
func list(v value) string {
	var b strings.Builder
	for line := range strings.Lines(string(v)) {
		if item := unmarked(line); telling(item) != "" {
			b.WriteString("- " + fence(openValue, item) + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// unmarked is a line without a dash or a number before it.
func unmarked(line string) string {
	line = oneLine(line)
	if !startsItem(line) {
		return line
	}
	return strings.TrimLeft(line, "0123456789.)-*• ")
}

func startsItem(line string) bool {
	line = strings.TrimSpace(line)
	n := len(line) - len(strings.TrimLeft(line, "0123456789"))
	rest := line[n:]
	return n > 0 && n < 3 && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ")")) ||
		n == 0 && (strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "*") || strings.HasPrefix(rest, "•"))
}

// sentence begins with a capital and ends with a full stop, which people who fill in a form leave out.
func sentence(v value) value {
	s := strings.TrimSpace(string(v))
	if s == "" {
		return ""
	}
	if r, n := utf8.DecodeRuneInString(s); strings.HasPrefix(s, "ij") {
		s = "IJ" + s[len("ij"):]
	} else if unicode.IsLower(r) {
		s = string(unicode.ToUpper(r)) + s[n:]
	}
	if strings.HasSuffix(s, ":") || strings.HasSuffix(s, ";") || strings.HasSuffix(s, ",") {
		s = s[:len(s)-1]
	}
	if last, _ := utf8.DecodeLastRuneInString(s); !strings.ContainsRune(`.?!…"”’)`, last) {
		s += "."
	}
	return value(s)
}
