package letters

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Caps on what strangers and handlers write, in characters.
const (
	maxName    = 80
	maxLine    = 600
	maxText    = 6000
	maxExcerpt = 300
)

// cleanLine makes one line of text that cannot hide or move anything: no control, bidirectional, zero-width or private
// characters, no line ends, single spaces, no more than max characters.
func cleanLine(s string, max int) string {
	return cut(oneLine(visible(beginning(s, max))), max)
}

// cleanLines does the same for text of several lines, which keeps its line ends and single blank lines.
func cleanLines(s string, max int) string {
	var lines []string
	for line := range strings.Lines(visible(beginning(s, max))) {
		line = oneLine(line)
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return cut(strings.TrimSpace(strings.Join(lines, "\n")), max)
}

// unwrapped joins the lines that a mail program broke: where the next word had no room any more, or goes on in lower case.
// Lists and short lines stay as they are.
func unwrapped(s string) string {
	lines := strings.Split(s, "\n")
	out := []string{lines[0]}
	for i, line := range lines[1:] {
		before := utf8.RuneCountInString(lines[i])
		word, _, _ := strings.Cut(line, " ")
		first, _ := utf8.DecodeRuneInString(line)
		if line != "" && !startsItem(line) && (before+1+utf8.RuneCountInString(word) > textWidth || before >= textWidth/2 && unicode.IsLower(first)) {
			out[len(out)-1] += " " + line
		} else {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// beginning is as much of a text as can matter when max characters of it are kept: a mail can be megabytes long.
func beginning(s string, max int) string {
	if n := 16*max + 1024; len(s) > n {
		return strings.ToValidUTF8(s[:n], "")
	}
	return s
}

// visible keeps the characters a reader sees, and makes all line ends "\n" and all other white space " ".
func visible(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r >= ' ' && r < '\u007f':
		case r == '\n', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			r = '\n'
		case unicode.IsSpace(r):
			r = ' '
		case r == utf8.RuneError, unseen(r):
			return -1
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > 3 { // stacked accents climb over the lines above
				return -1
			}
			return r
		}
		marks = 0
		return r
	}, s)
}

// unseen says whether a character shows nothing or means nothing: controls, formats, private use, noncharacters (which
// mark values in our own sources), and letters that are blank.
func unseen(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0', '\ufffc':
		return true
	}
	return false
}

// cut shortens text to at most max characters, at a word where it can, and says so with "…".
func cut(s string, max int) string {
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	short := string([]rune(s)[:max-1])
	if i := strings.LastIndexAny(short, " \n"); i > len(short)*2/3 {
		short = short[:i]
	}
	return strings.TrimRight(short, " \n.,;:") + "…"
}

var (
	links = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]{1,12}:/*[^\s<>"]*[./][^\s<>"]+|\bwww\.[^\s<>"]+|` +
		`\b[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,4}/[^\s<>"]*|nl|be|de|eu|com|net|org|info|biz|io|co|me|ru|cn|uk|xyz|top|shop|online|site|app|link|click|live)\b`)
	addresses = regexp.MustCompile(`(?i)[\w.+'-]+@[\w-]+(?:\.[\w-]+)+`)
	ninedigit = regexp.MustCompile(`[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{3}|[0-9]{4}[ .-][0-9]{2}[ .-][0-9]{3}|[0-9]+`)
)

// maskQuote takes out of a stranger's words what must not travel on in our name: links, mail addresses and citizen
// service numbers.
func maskQuote(s, lang string) string {
	link, address := "[link]", "[e-mailadres]"
	if lang == "en" {
		address = "[email address]"
	}
	s = addresses.ReplaceAllString(s, address)
	s = links.ReplaceAllString(s, link)
	return maskBSN(s)
}

// maskBSN masks every number of nine digits that passes the test of eleven, written together or in the usual groups: a
// letter never carries a citizen service number (burgerservicenummer).
func maskBSN(s string) string {
	if len(digits(s)) < 9 {
		return s
	}
	return ninedigit.ReplaceAllStringFunc(s, func(n string) string {
		if isBSN(digits(n)) {
			return "[nummer]"
		}
		return n
	})
}

// isBSN is the test of eleven: weights 9 to 2, and -1 for the last digit.
func isBSN(n string) bool {
	if len(n) != 9 || n == "000000000" {
		return false
	}
	sum := -int(n[8] - '0')
	for i := range 8 {
		sum += (9 - i) * int(n[i]-'0')
	}
	return sum%11 == 0
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
