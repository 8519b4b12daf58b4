package intake

import (
	"bytes"
	"fmt"
	"mime"
	"strings"

	"github.com/jhillyerd/enmime/v2/mediatype"
)

// Bounds of the structure. A mail of 2 KB with unclosed multiparts would keep the MIME parser busy for hours, each level
// doubling its time; so the structure is read here, in one pass over the lines, and the parser only ever sees single
// parts. Real mail has three levels and a dozen parts.
const (
	maxNesting    = 12
	maxParts      = 1000
	maxPartHeader = 64 << 10
)

// part is a node of the MIME tree. A branch has kids, a leaf a body. Bytes are those of the mail itself.
type part struct {
	header header
	typ    string            // media type in lower case; text/plain when there is none that can be read
	params map[string]string // of Content-Type
	body   []byte            // without the line end before the boundary
	kids   []*part
}

// newPart reads the type of a part out of its header.
func newPart(h header, body []byte, fallback string) *part {
	p := &part{header: h, body: body}
	p.typ, p.params = mediaType(h.get("Content-Type"), fallback)
	return p
}

// mediaType reads a Content-Type or Content-Disposition: strictly first, since most are sound and that is cheap.
func mediaType(value, fallback string) (string, map[string]string) {
	if value == "" {
		return fallback, nil
	}
	typ, params, err := mime.ParseMediaType(value)
	if err != nil && len(value) <= 1<<10 { // the lenient one takes time that grows with the square of the length
		typ, params, _, err = mediatype.Parse(value)
	}
	if err != nil || typ == "" {
		return fallback, nil
	}
	typ = strings.ToLower(typ)
	if typ == "text" {
		typ = "text/plain"
	}
	return typ, params
}

func (p *part) isMultipart() bool { return strings.HasPrefix(p.typ, "multipart/") }

// splitter cuts a mail into its parts.
type splitter struct {
	raw    []byte
	levels []level
	leaf   *part // whose body began at start; nil between parts
	start  int
	parts  *int
	damage []string
	beyond string // the bound that was crossed; the tree is then incomplete
}

// level is an open multipart.
type level struct {
	node  *part
	delim []byte // --boundary
	start int    // where its lines begin
}

// split reads the structure below top, and counts in parts what it finds; mails within the mail count on. beyond names the
// bound that was crossed, or is "".
func split(top *part, parts *int) (damage []string, beyond string) {
	if len(top.body) == 0 {
		top.typ = "text/plain"
		return nil, ""
	}
	s := splitter{raw: top.body, parts: parts}
	s.open(top, 0)
	if s.leaf != nil {
		return s.damage, "" // one part, and its body is all there is
	}
	for at := s.nextDashes(0); at >= 0 && s.beyond == ""; at = s.nextDashes(at) {
		end := lineEnd(s.raw, at)
		i, closing := s.match(s.raw[at:end])
		switch {
		case i < 0:
			at = end
		case closing:
			s.leave(i, at)
			at = end
		default:
			s.leave(i+1, at)
			at = s.enter(end)
		}
	}
	if len(s.levels) > 0 && s.beyond == "" {
		s.note("a multipart is not closed: cut off?")
	}
	s.leave(0, len(s.raw))
	return s.damage, s.beyond
}

// nextDashes returns where the next line begins that may be a boundary, from the beginning of a line on; -1 when none
// does. Nearly all bytes of a large mail are passed over here.
func (s *splitter) nextDashes(at int) int {
	if bytes.HasPrefix(s.raw[at:], []byte("--")) {
		return at
	}
	if i := bytes.Index(s.raw[at:], []byte("\n--")); i >= 0 {
		return at + i + 1
	}
	return -1
}

func (s *splitter) note(damage string) {
	if len(s.damage) == 0 || s.damage[len(s.damage)-1] != damage {
		s.damage = append(s.damage, damage)
	}
}

// open begins a part at the given offset: a multipart as a further level, anything else as the leaf being read.
func (s *splitter) open(p *part, at int) {
	boundary := strings.TrimRight(p.params["boundary"], " \t")
	switch {
	case !p.isMultipart():
		s.leaf, s.start = p, at
	case boundary == "":
		s.note("a multipart names no boundary")
		p.typ = "text/plain"
		s.leaf, s.start = p, at
	case len(s.levels) >= maxNesting:
		s.beyond = fmt.Sprintf("beyond the guard: nested more than %d deep", maxNesting)
	default:
		s.levels = append(s.levels, level{p, []byte("--" + boundary), at})
	}
}

// enter reads the header of the part that begins at the given offset, and returns where its body begins.
func (s *splitter) enter(at int) int {
	if *s.parts++; *s.parts > maxParts {
		s.beyond = fmt.Sprintf("beyond the guard: more than %d parts", maxParts)
		return at
	}
	end := at
	for end < len(s.raw) {
		next := lineEnd(s.raw, end)
		line := s.raw[end:next]
		if i, _ := s.match(line); i >= 0 {
			break
		}
		end = next
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		if end-at > maxPartHeader {
			s.beyond = "beyond the guard: the header of a part is too long"
			return end
		}
	}
	parent := s.levels[len(s.levels)-1].node
	h, rest, over := splitHeader(s.raw[at:end])
	if over {
		s.beyond = "beyond the guard: the header of a part is too long"
		return end
	}
	p := newPart(h, nil, defaultType(parent))
	parent.kids = append(parent.kids, p)
	s.open(p, end-len(rest)) // text that stood where a header was expected belongs to the body
	return end
}

func defaultType(parent *part) string {
	if parent.typ == "multipart/digest" {
		return "message/rfc822" // RFC 2046 section 5.1.5
	}
	return "text/plain"
}

// leave ends the part being read, and every level from n on, at the given offset.
func (s *splitter) leave(n, at int) {
	if s.leaf != nil {
		s.leaf.body = withoutLineEnd(s.raw[s.start:at])
		s.leaf = nil
	}
	for len(s.levels) > n {
		l := s.levels[len(s.levels)-1]
		s.levels = s.levels[:len(s.levels)-1]
		if len(l.node.kids) == 0 && s.beyond == "" {
			s.note("the boundary of a multipart never comes: shown as it is")
			l.node.typ = "text/plain"
			l.node.body = withoutLineEnd(s.raw[l.start:at])
		}
	}
}

// match returns the innermost level of which the line is a boundary, or -1.
func (s *splitter) match(line []byte) (i int, closing bool) {
	if len(line) < 3 || line[0] != '-' || line[1] != '-' {
		return -1, false
	}
	line = bytes.TrimRight(line, " \t\r\n")
	for i := len(s.levels) - 1; i >= 0; i-- {
		if rest, ok := bytes.CutPrefix(line, s.levels[i].delim); ok {
			if len(rest) == 0 || string(rest) == "--" {
				return i, len(rest) > 0
			}
		}
	}
	return -1, false
}

func lineEnd(b []byte, at int) int {
	if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(b)
}

func withoutLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}
