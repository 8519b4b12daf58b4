package intake

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText makes plain text of HTML in one pass over its tokens, without a tree: nesting costs nothing. Blocks become
// lines, quotes get their "> ", list items a "- ". What the writer hid is left out, as long as the hiding ends somewhere.
func htmlText(s string) string {
	w := htmlWriter{hides: true}
	if !w.run(s) {
		w = htmlWriter{}
		w.run(s)
	}
	return strings.TrimSpace(w.out.String())
}

type htmlWriter struct {
	out    strings.Builder
	hides  bool
	quote  int       // depth of blockquotes
	blank  int       // line ends that are due before the next text
	space  bool      // a space is due before the next text
	begun  bool      // the line has text on it
	pre    int       // depth of pre
	hidden atom.Atom // the element that hides; 0 when none does
	depth  int       // of elements of that name within it
	link   string    // address of the link being read, when its text may differ
	label  int       // length of out when the link began
}

// run writes the text and says whether everything hidden came to an end.
func (w *htmlWriter) run(s string) bool {
	w.out.Grow(len(s) / 4)
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	for w.out.Len() <= maxText {
		switch z.Next() {
		case html.ErrorToken:
			return w.hidden == 0
		case html.TextToken:
			if w.hidden == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken:
			name, hasAttr := z.TagName()
			w.start(atom.Lookup(name), z, hasAttr)
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			if tag := atom.Lookup(name); isVoid(tag) {
				w.start(tag, z, false)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(atom.Lookup(name))
		}
	}
	return true
}

func (w *htmlWriter) start(tag atom.Atom, z *html.Tokenizer, hasAttr bool) {
	if w.hidden != 0 {
		if tag == w.hidden {
			w.depth++
		}
		return
	}
	href, hides := "", tag == atom.Style || tag == atom.Script || tag == atom.Title || tag == atom.Iframe
	if hasAttr {
		attrHref, attrHides := attributes(z)
		href, hides = attrHref, hides || attrHides && w.hides
	}
	if hides && !isVoid(tag) && tag != 0 {
		w.hidden, w.depth = tag, 1
		return
	}
	switch tag {
	case atom.Br:
		w.blank++
	case atom.P, atom.Ul, atom.Ol, atom.Table, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.line(2)
	case atom.Div, atom.Tr, atom.Li, atom.Hr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd,
		atom.Address, atom.Center, atom.Form, atom.Fieldset:
		w.line(1)
	case atom.Blockquote:
		w.line(1)
		w.quote++
	case atom.Td, atom.Th:
		w.space = true
	case atom.A:
		w.link, w.label = href, w.out.Len()
	}
	switch tag {
	case atom.Li:
		w.text("- ")
	case atom.Pre:
		w.pre++
	}
}

func (w *htmlWriter) end(tag atom.Atom) {
	if w.hidden != 0 {
		if tag == w.hidden {
			if w.depth--; w.depth == 0 {
				w.hidden = 0
			}
		}
		return
	}
	switch tag {
	case atom.P, atom.Ul, atom.Ol, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.line(2)
	case atom.Div, atom.Tr, atom.Li, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd, atom.Address,
		atom.Center, atom.Form, atom.Fieldset:
		w.line(1)
	case atom.Blockquote:
		w.line(1)
		w.quote = max(w.quote-1, 0)
	case atom.Pre:
		w.line(2)
		w.pre = max(w.pre-1, 0)
	case atom.A:
		w.endLink()
	}
}

// endLink writes where a link leads behind its text, unless the text says so itself.
func (w *htmlWriter) endLink() {
	link := w.link
	w.link = ""
	if !strings.HasPrefix(link, "http://") && !strings.HasPrefix(link, "https://") || len(link) > maxLine {
		return
	}
	label := strings.TrimSpace(w.out.String()[min(w.label, w.out.Len()):])
	if label != "" && !strings.Contains(link, label) && !strings.Contains(label, link) {
		w.text(" <" + link + ">")
	}
}

// line asks for n line ends before the next text, unless that many are due.
func (w *htmlWriter) line(n int) {
	if w.out.Len() > 0 {
		w.blank = max(w.blank, n)
	}
	w.space = false
}

func (w *htmlWriter) text(s string) {
	if w.pre > 0 {
		for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
			if i > 0 {
				w.blank++
			}
			w.write(line)
		}
		return
	}
	for word := range strings.FieldsFuncSeq(s, htmlSpace) {
		at := strings.Index(s, word)
		w.space = w.space || at > 0
		s = s[at+len(word):]
		w.write(word)
	}
	w.space = w.space || s != ""
}

// write puts one run of characters on the line, after the line ends, quote marks and space that are due.
func (w *htmlWriter) write(s string) {
	if s == "" {
		return
	}
	for w.blank = min(w.blank, 3); w.blank > 0; w.blank-- {
		w.out.WriteByte('\n')
		w.begun = false
		if w.blank > 1 && w.quote > 0 {
			w.out.WriteString(strings.Repeat(">", min(w.quote, 20)))
		}
	}
	if !w.begun {
		if w.quote > 0 {
			w.out.WriteString(strings.Repeat(">", min(w.quote, 20)) + " ")
		}
	} else if w.space {
		w.out.WriteByte(' ')
	}
	w.begun, w.space = true, false
	w.out.WriteString(strings.ReplaceAll(s, "\u00a0", " "))
}

func htmlSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

// attributes returns where a link leads, and whether the element is hidden from its reader.
func attributes(z *html.Tokenizer) (href string, hides bool) {
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "href":
			href = strings.TrimSpace(string(value))
		case "hidden":
			hides = true
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(string(value)), ""))
			hides = hides || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") ||
				strings.Contains(style, "mso-hide:all")
		}
	}
	return href, hides
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Area, atom.Base, atom.Col, atom.Wbr:
		return true
	}
	return false
}
