package letters

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A letter is a list of blocks. Its plain text and its HTML are both made of them, so that they say the same.
//
// A template writes blocks the way a plain mail shows them:
//
//	Subject: the first line, and nothing else on it
//
//	# A heading
//
//	A paragraph, on one line or more.
//
//	- an item of a list          1. a step
//	- the next item              2. the next step, numbered anew in the letter
//
//	Label:  what stands beside it, after two spaces or more
//
//	> a quotation
//
//	| a line that ends where it ends
//	| as in an address
//
// A line with nothing on it ends a block. What a value says is never a mark: only the words of the template are.
type block struct {
	kind  blockKind
	lines []line   // a paragraph and a heading have one; else a line an item
	names []string // of labels, one a line
	inner []block  // of a frame
}

type blockKind int

const (
	paragraph blockKind = iota
	heading
	bullets
	steps
	labels
	quotation
	verse
	rule
	lead    // the one thing to do
	choices // answers that can be tapped; a line has the answer, and what it means
	frame   // a letter shown within a mail
	copied  // text to copy, as it is
	small   // a line for machines and patient people
)

// A line is a run of spans.
type line []span

// A span is text of one origin.
type span struct {
	text   string
	href   string // where it leads
	button bool
	fenced bool // not the template's own words
	value  bool // it came from the facts of the case
	moving bool // it follows from the day of departure
	faint  bool // an explanation for who wants it
	below  bool // it begins a new line
}

// name is the label of the i-th line.
func (bl block) name(i int) string {
	if i < len(bl.names) {
		return bl.names[i]
	}
	return ""
}

func words(s string) line { return line{{text: s}} }

func (l line) String() string {
	var b strings.Builder
	for _, s := range l {
		if s.below {
			b.WriteString("\n")
		}
		b.WriteString(s.text)
	}
	return b.String()
}

// readLine takes a line of a rendered template apart into the template's own words and the values in it.
func readLine(s string) line {
	var l line
	for s != "" {
		i := strings.IndexFunc(s, isMark)
		if i < 0 {
			return append(l, span{text: s})
		}
		if i > 0 {
			l = append(l, span{text: s[:i]})
		}
		open, n := utf8.DecodeRuneInString(s[i:])
		body, rest, _ := strings.Cut(s[i+n:], string(shut))
		l, s = append(l, marked(open, body)), rest
	}
	return l
}

func isMark(r rune) bool { return r >= openValue && r <= linkTo }

func marked(open rune, body string) span {
	text, href, _ := strings.Cut(body, string(linkTo))
	text = strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, text)
	if open == openValue {
		text = maskBSN(text)
	}
	return span{text: text, href: href, fenced: true, value: open != openFixed, moving: open == openMoving}
}

// words of the template at the start of the line, on which its structure is read.
func (l line) literal() string {
	if len(l) == 0 || l[0].fenced {
		return ""
	}
	return l[0].text
}

// after drops n bytes of the template's words at the start of the line, and the white space after them.
func (l line) after(n int) line {
	rest := append(line{}, l...)
	rest[0].text = strings.TrimLeft(rest[0].text[n:], " \t")
	if rest[0].text == "" {
		rest = rest[1:]
	}
	return rest
}

func (l line) blank() bool { return strings.TrimSpace(l.String()) == "" }

var (
	stepMark  = regexp.MustCompile(`^[0-9]{1,2}\.(?: |$)`)
	labelMark = regexp.MustCompile(`^(\p{L}[^:\n]{0,39}):  `)
	ruleMark  = regexp.MustCompile(`^-{3,}\s*$`)
)

// readBlocks reads the body of a rendered template.
func readBlocks(source string) []block {
	var all []block
	fresh := true // the line begins a block
	for raw := range strings.SplitSeq(source, "\n") {
		l := readLine(raw)
		if l.blank() {
			fresh = true
			continue
		}
		kind, name, rest := classify(l)
		last := len(all) - 1
		switch {
		case rest.blank() && kind != rule: // a mark or a label with nothing beside it says nothing
			continue
		case last >= 0 && kind == all[last].kind && (!fresh && gathers(kind) || lists(kind)):
			all[last].lines, all[last].names = append(all[last].lines, rest), append(all[last].names, name)
		case !fresh && kind == paragraph && all[last].kind != heading && all[last].kind != rule:
			all[last].join(rest)
		default:
			all = append(all, block{kind: kind, lines: []line{rest}, names: []string{name}})
		}
		fresh = kind == heading || kind == rule
	}
	return withoutEmpty(all)
}

// withoutEmpty drops headings that nothing follows.
func withoutEmpty(all []block) []block {
	var kept []block
	for i, b := range all {
		if b.kind == heading && (i+1 == len(all) || all[i+1].kind == heading) {
			continue
		}
		kept = append(kept, b)
	}
	return kept
}

func gathers(k blockKind) bool { return k != paragraph && k != heading && k != rule }

// lists go on over an empty line, which a {{range}} leaves between items.
func lists(k blockKind) bool { return k == bullets || k == steps }

// join adds a line to the last line of a block.
func (b *block) join(l line) {
	last := &b.lines[len(b.lines)-1]
	*last = append(append(*last, span{text: " "}), l...)
}

// classify tells what kind of block a line belongs to, and gives the line without its mark.
func classify(l line) (kind blockKind, name string, rest line) {
	l = l.trimLeft()
	start := l.literal()
	if strings.Contains(start, ":  ") {
		if m := labelMark.FindStringSubmatch(start); m != nil {
			return labels, m[1], l.after(len(m[1]) + 1)
		}
	}
	switch {
	case start == "":
		return paragraph, "", l
	case strings.HasPrefix(start, "# "):
		return heading, "", l.after(2)
	case strings.HasPrefix(start, "---") && ruleMark.MatchString(start) && len(l) == 1:
		return rule, "", nil
	case strings.HasPrefix(start, "- "):
		return bullets, "", l.after(2)
	case start[0] >= '0' && start[0] <= '9' && stepMark.MatchString(start):
		return steps, "", l.after(strings.IndexByte(start, '.') + 1)
	case strings.HasPrefix(start, "> "):
		return quotation, "", l.after(2)
	case strings.HasPrefix(start, "| "):
		return verse, "", l.after(2)
	}
	return paragraph, "", l
}

func (l line) trimLeft() line {
	if start := l.literal(); start != "" {
		return l.after(0)
	}
	return l
}
