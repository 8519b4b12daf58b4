package complaint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wording is a text cut into words and sentences, as the patterns see it.
type wording struct {
	text      string
	words     []word
	sentences []sentence
	forms     []*spelling // each distinct word once, in order of appearance
}

// word is a word where it stands.
type word struct {
	*spelling
	start, end int // in text
	sentence   int
	quoted     bool // between double quotation marks
	shouted    bool // three letters or more, all capitals
	mark
}

// mark is what the marking cues say of a word.
type mark struct {
	not      bool // "niet", "geen", "never" ...
	asking   bool // "kunt", "wilt": before "u" it makes a request
	greeting bool // "beste", "dear"
	said     bool // a verb of saying
}

// spelling is a word as it is looked up.
type spelling struct {
	*known
	fold    string    // lower case, no accents, no apostrophes
	sets    []uint16  // all word sets it belongs to, also by its beginning or end
	hashed  [2]uint64 // a bit for each of them, several sharing one: most that are not among them fall through
	weighed bool      // its weight was counted
}

func (s *spelling) in(set uint16) bool {
	return s.hashed[set>>6&1]&(1<<(set&63)) != 0 && slices.Contains(s.sets, set)
}

type sentence struct {
	first, end int  // words
	question   bool // closed by a question mark
	subject    bool // from the subject line
	about      about
	named      bool // this firm or its staff stands in the sentence itself
	footer     bool // boilerplate: does not count
}

// cutter makes a wording.
type cutter struct {
	wording
	lex     *lexicon
	known   map[string]*spelling
	first   int // of the sentence that is open
	quoted  bool
	subject bool
	buf     []byte
	slab    []spelling // memory for what comes, see spelled
	ids     []uint16
}

// cut makes a wording of a subject and a text.
func (l *lexicon) cut(subject, body string) *wording {
	c := &cutter{lex: l, known: map[string]*spelling{}, subject: true}
	c.text = subject + "\n\n" + body
	c.words = make([]word, 0, len(c.text)/5+16)
	c.run(0, len(subject))
	c.close(false)
	c.subject, c.quoted = false, false
	c.run(len(subject)+2, len(c.text))
	c.close(false)
	return &c.wording
}

func (c *cutter) run(from, to int) {
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(c.text[i:to])
		if isWordRune(r) {
			i = c.word(i, to)
			continue
		}
		switch r {
		case '"', '“', '”', '„', '«', '»':
			c.quoted = !c.quoted
		case '?', '؟':
			c.close(true)
		case '!', ';', '。':
			c.close(false)
		case '.':
			if c.fullStop(i, to) {
				c.close(false)
			}
		case ':':
			if i+1 < to && c.text[i+1] == '\n' {
				c.close(false)
			}
		case '\n':
			c.newline(i, to)
		}
		i += size
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// word reads the word at i and returns where it ends. An apostrophe within a word is dropped: "m'n" is "mn".
func (c *cutter) word(i, to int) int {
	start, letters, capitals := i, 0, 0
	c.buf = c.buf[:0]
	for i < to && c.text[i] >= 'a' && c.text[i] <= 'z' { // most words are no more than this
		c.buf = append(c.buf, c.text[i])
		letters++
		i++
	}
	for i < to {
		r, size := utf8.DecodeRuneInString(c.text[i:to])
		switch {
		case isWordRune(r):
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
			c.buf = appendFolded(c.buf, r)
		case !isApostrophe(r) || !wordGoesOn(c.text[i+size:to]):
			c.add(start, i, letters >= 3 && capitals == letters)
			return i
		}
		i += size
	}
	c.add(start, i, letters >= 3 && capitals == letters)
	return i
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´'
}

func wordGoesOn(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && isWordRune(r)
}

// longestWord is the number of bytes from which a word is noise.
const longestWord = 60

func (c *cutter) add(start, end int, shouted bool) {
	if len(c.buf) == 0 || len(c.buf) > longestWord {
		return
	}
	f, ok := c.known[string(c.buf)]
	if !ok {
		f = c.spelled(string(c.buf))
		c.known[f.fold] = f
		c.forms = append(c.forms, f)
	}
	c.words = append(c.words, word{spelling: f, start: start, end: end, sentence: len(c.sentences), quoted: c.quoted, shouted: shouted})
}

// spelled looks a new word up. Memory comes from slabs, since there are hundreds of words in a mail.
func (c *cutter) spelled(fold string) *spelling {
	if len(c.slab) == 0 {
		c.slab = make([]spelling, 64)
	}
	if cap(c.ids)-len(c.ids) < 256 {
		c.ids = make([]uint16, 0, 2048)
	}
	s := &c.slab[0]
	c.slab = c.slab[1:]
	from := len(c.ids)
	s.fold = fold
	s.known, c.ids = c.lex.lookUp(c.ids, fold)
	s.sets = c.ids[from:len(c.ids):len(c.ids)]
	for _, set := range s.sets {
		s.hashed[set>>6&1] |= 1 << (set & 63)
	}
	return s
}

// appendFolded adds a letter in lower case and without its accent.
func appendFolded(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(b, byte(r))
	}
	if unicode.Is(unicode.Mn, r) {
		return b
	}
	r = unicode.ToLower(r)
	if plain, ok := unaccented[r]; ok {
		return append(b, plain...)
	}
	return utf8.AppendRune(b, r)
}

func foldWord(w string) string {
	var b []byte
	for _, r := range w {
		if !isApostrophe(r) {
			b = appendFolded(b, r)
		}
	}
	return string(b)
}

func (c *cutter) close(question bool) {
	if c.first < len(c.words) {
		c.sentences = append(c.sentences, sentence{first: c.first, end: len(c.words), question: question, subject: c.subject})
		c.first = len(c.words)
		return
	}
	if question && len(c.sentences) > 0 {
		c.sentences[len(c.sentences)-1].question = true
	}
}

// fullStop tells a full stop from the point of an abbreviation, a number or an address.
func (c *cutter) fullStop(i, to int) bool {
	if i+1 < to && c.text[i+1] < utf8.RuneSelf && !strings.ContainsRune(" \t\n\r\"').!?", rune(c.text[i+1])) {
		return false
	}
	if len(c.words) == c.first {
		return true
	}
	last := &c.words[len(c.words)-1]
	return last.end != i || !abbreviations[last.fold]
}

// newline tells a line end that closes a sentence from a line that was folded, and closes quotes left open.
func (c *cutter) newline(i, to int) {
	rest := c.text[i+1 : to]
	blank := rest == "" || rest[0] == '\n' || rest[0] == '\r'
	if blank {
		c.quoted = false
	}
	short := i-1-strings.LastIndexByte(c.text[:i], '\n') < 50
	next, _ := utf8.DecodeRuneInString(rest)
	if blank || rest[0] == '-' || rest[0] == '*' || next == '•' || short && (unicode.IsUpper(next) || unicode.IsDigit(next) || next == '"' || next == '“') {
		c.close(false)
	}
}

// quote gives the words from first to last as they were written, shortened.
func (t *wording) quote(first, last int) string {
	s := t.text[t.words[first].start:t.words[last].end]
	if len(s) > 400 {
		s = cutShort(s, 400)
	}
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:79]) + "…"
	}
	return s
}

// beginning quotes the first words that are not the subject.
func (t *wording) beginning() string {
	for i := range t.sentences {
		if !t.sentences[i].subject {
			return t.quote(t.sentences[i].first, len(t.words)-1)
		}
	}
	return ""
}
