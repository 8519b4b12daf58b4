package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	row    int       // length of out when the table row began
	cells  int       // begun in that row
	joins  bool      // the cell that begins goes on in the line of the one before it
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
			name, hasAttr := z.TagName()
			if tag := atom.Lookup(name); isVoid(tag) {
				w.start(tag, z, hasAttr)
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
	var given attrs
	if hasAttr {
		given = attributes(z)
	}
	hides := tag == atom.Style || tag == atom.Script || tag == atom.Title || tag == atom.Iframe || given.hides && w.hides
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
		w.cell()
	case atom.A:
		w.link, w.label = given.href, w.out.Len()
	case atom.Img:
		w.picture(given.alt)
	}
	switch tag {
	case atom.Tr:
		w.row, w.cells = w.out.Len(), 0
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
	case atom.Td, atom.Th:
		w.joins = false
	case atom.P, atom.Ul, atom.Ol, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.line(2)
		if tag == atom.Table {
			w.row, w.cells = w.out.Len(), 2 // what follows in a row around it is no value of a label
		}
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

// maxLabel is the length in bytes of what may stand before a value in a cell of its own.
const maxLabel = 60

// cell begins a cell of a table. Behind one that holds a label ("Oordeel:"), it goes on in the same line, though programs
// put paragraphs into cells.
func (w *htmlWriter) cell() {
	w.cells++
	w.space = true
	before := strings.TrimSpace(w.out.String()[min(w.row, w.out.Len()):])
	if w.cells == 2 && before != "" && len(before) <= maxLabel && !strings.Contains(before, "\n") {
		w.blank, w.joins = 0, true
	}
}

// picture writes a picture that stands for a sign: an emoji, or one of the six reactions of Outlook.
func (w *htmlWriter) picture(alt string) {
	switch alt {
	case "like", "heart", "celebrate", "laugh", "surprised", "sad":
		w.text("[" + alt + "] ")
	default:
		if isSign(alt) {
			w.text(alt)
		}
	}
}

// isSign says whether a text is one emoji or a few, and nothing that could be read as words or a command.
func isSign(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return r < utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSpace(r)
	})
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
	if w.joins {
		return
	}
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
	w.begun, w.space, w.joins = true, false, false
	w.out.WriteString(strings.ReplaceAll(s, "\u00a0", " "))
}

func htmlSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

// attrs are what counts of an element's attributes.
type attrs struct {
	href, alt string // where a link leads; what a picture shows
	hides     bool   // the element is hidden from its reader
}

func attributes(z *html.Tokenizer) (a attrs) {
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "href":
			a.href = strings.TrimSpace(string(value))
		case "alt":
			a.alt = strings.TrimSpace(string(value))
		case "hidden":
			a.hides = true
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(string(value)), ""))
			a.hides = a.hides || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") ||
				strings.Contains(style, "mso-hide:all")
		}
	}
	return a
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Area, atom.Base, atom.Col, atom.Wbr:
		return true
	}
	return false
}
