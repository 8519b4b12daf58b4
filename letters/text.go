package letters

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const textWidth = 72

// plain writes blocks as plain text.
func plain(blocks []block) string {
	var b strings.Builder
	for i, bl := range blocks {
		under := i > 0 && bl.kind == choices && blocks[i-1].kind == bullets // what can be answered about the item
		if i > 0 && blocks[i-1].kind != heading && !under {
			b.WriteString("\n")
		}
		if under {
			for l := range strings.Lines(plain([]block{bl})) {
				b.WriteString("  " + l)
			}
			continue
		}
		bl.plain(&b)
	}
	return b.String()
}

func (bl block) plain(b *strings.Builder) {
	switch bl.kind {
	case labels:
		bl.plainLabels(b)
	case frame:
		bl.plainFrame(b)
	case rule:
		b.WriteString("---\n")
	default:
		for i, l := range bl.lines {
			first, rest := bl.margins(i)
			if bl.kind == copied {
				b.WriteString(first + l.String() + "\n")
				continue
			}
			text := l.String()
			if bl.kind == choices {
				text = l.choice()
			}
			wrap(b, text, first, rest)
		}
	}
}

// choice is an answer with what it means behind it, or the meaning with the line to type behind it: whole, unless it is long.
func (l line) choice() string {
	switch last := l[len(l)-1].text; {
	case len(l) > 1 && l[0].button:
		return l[0].text + ": " + last
	case len(l) > 1 && len(last) < textWidth/2:
		return l[0].text + strings.ReplaceAll(last, " ", solid)
	}
	return l.String()
}

// margins are what stands before the first and the further lines of an item.
func (bl block) margins(i int) (first, rest string) {
	switch bl.kind {
	case bullets, choices:
		return "- ", "  "
	case steps:
		mark := fmt.Sprintf("%d. ", i+1)
		return mark, strings.Repeat(" ", len(mark))
	case quotation:
		return "> ", "> "
	}
	return "", ""
}

func (bl block) plainLabels(b *strings.Builder) {
	width := 0
	for _, n := range bl.names {
		width = max(width, utf8.RuneCountInString(n))
	}
	margin := strings.Repeat(" ", width+2)
	for i, l := range bl.lines {
		n := bl.name(i)
		wrap(b, l.String(), n+":"+strings.Repeat(" ", width+1-utf8.RuneCountInString(n)), margin)
	}
}

// plainFrame shows a letter within a mail: each of its lines after a bar, which no mail program takes for a quotation.
func (bl block) plainFrame(b *strings.Builder) {
	for l := range strings.Lines(plain(bl.inner)) {
		b.WriteString(strings.TrimRight("| "+l, " \n") + "\n")
	}
}

// wrap writes text in lines of at most textWidth characters where its words allow.
func wrap(b *strings.Builder, text, first, rest string) {
	for part := range strings.SplitSeq(text, "\n") {
		wrapPart(b, part, first, rest)
		first = rest
	}
}

func wrapPart(b *strings.Builder, text, first, rest string) {
	b.WriteString(first)
	at, margin := utf8.RuneCountInString(first), utf8.RuneCountInString(rest)
	begun := false
	for w := range strings.SplitSeq(text, " ") {
		if w == "" {
			continue
		}
		w = strings.ReplaceAll(w, solid, " ")
		n := utf8.RuneCountInString(w)
		switch {
		case begun && at+1+n > textWidth:
			b.WriteString("\n" + rest)
			at = margin
		case begun:
			b.WriteString(" ")
			at++
		}
		b.WriteString(w)
		at, begun = at+n, true
	}
	b.WriteString("\n")
}
