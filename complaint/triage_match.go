package complaint

import (
	"fmt"
	"slices"
	"strings"
)

// A pattern is written as words, one after the other: "niet|nooit ~ teruggebeld". Between two words nothing may stand,
// unless the pattern says so: "~" lets at most three words pass, "~6" at most six. A word may be
//
//	klacht      that word, lower case, without accents and apostrophes
//	klacht*     a word that begins so (at least three letters)
//	*klacht     a word that ends so
//	a|b|c       one of them
//	<not>       one of a named class (wordClasses)
//	#           a number, in digits or in letters
//
// A match stays within one sentence; "^" is the beginning of it.
type pattern struct {
	hops   []hop
	anchor uint8 // the hop it is looked up by: the one with the rarest words
	start  bool  // only at the beginning of a sentence
	cue    int   // what it was compiled from
}

type hop struct {
	set uint16 // index of a word set
	gap uint8  // how many words may pass before it
}

// lexicon finds, for a list of words, which patterns match where. It is built once from the tables and only read after.
type lexicon struct {
	sets     map[string]uint16  // as written in the tables → index
	exact    map[string]*known  // word → what the tables say of it
	prefixes map[string][]affix // by their first three letters
	suffixes map[string][]affix // by their last three
	numbers  []uint16           // the sets that hold numbers
	costs    []int              // index of a set → how often its words turn up, roughly
	anchored [][]pattern        // index of the set of the anchor → patterns
}

// commonCost is what a word of commonWords costs, when another costs 1.
const commonCost = 20

// known is what the tables say of a word.
type known struct {
	sets   []uint16 // the sets that hold it
	weight wordWeight
	langs  languages
}

type affix struct {
	text string
	set  uint16
}

// add compiles patterns. A mistake in a table is a mistake in the program, so it panics.
func (l *lexicon) add(cue int, patterns string) {
	for p := range strings.FieldsFuncSeq(patterns, func(r rune) bool { return r == ',' || r == '\n' }) {
		if p = strings.TrimSpace(p); p != "" {
			l.addPattern(cue, p)
		}
	}
}

func (l *lexicon) addPattern(cue int, text string) {
	p := pattern{cue: cue}
	gap := uint8(0)
	for f := range strings.FieldsSeq(text) {
		switch {
		case f == "^":
			p.start = true
		case f[0] == '~':
			gap = parseGap(f[1:])
		default:
			p.hops = append(p.hops, hop{set: l.set(f), gap: gap})
			gap = 0
		}
	}
	if gap != 0 || len(p.hops) == 0 {
		panic(fmt.Sprintf("triage: pattern %q does not end in a word", text))
	}
	for i, h := range p.hops {
		if l.costs[h.set] < l.costs[p.hops[p.anchor].set] {
			p.anchor = uint8(i)
		}
	}
	at := p.hops[p.anchor].set
	l.anchored[at] = append(l.anchored[at], p)
}

func parseGap(digits string) uint8 {
	if digits == "" {
		return 3
	}
	n := uint8(0)
	for _, c := range digits {
		n = n*10 + uint8(c-'0')
	}
	return n
}

// set returns the index of a word set, making it when it is new.
func (l *lexicon) set(text string) uint16 {
	if id, ok := l.sets[text]; ok {
		return id
	}
	id := uint16(len(l.anchored))
	l.anchored, l.costs = append(l.anchored, nil), append(l.costs, 0)
	l.sets[text] = id
	for alt := range strings.SplitSeq(expand(text), "|") {
		l.put(alt, id)
	}
	return id
}

func (l *lexicon) put(alt string, id uint16) {
	l.costs[id]++
	switch begin, end := strings.CutSuffix(alt, "*"); {
	case alt == "#":
		l.numbers = append(l.numbers, id)
		l.costs[id] += commonCost
	case end:
		l.prefixes[begin[:3]] = append(l.prefixes[begin[:3]], affix{begin, id})
	case alt[0] == '*':
		last := alt[len(alt)-3:]
		l.suffixes[last] = append(l.suffixes[last], affix{alt[1:], id})
	default:
		k := l.know(alt)
		if !slices.Contains(k.sets, id) {
			k.sets = append(k.sets, id)
		}
		if k.langs&(1<<dutch|1<<english) != 0 {
			l.costs[id] += commonCost
		}
	}
}

// know returns what is known of a word, to be added to.
func (l *lexicon) know(w string) *known {
	k, ok := l.exact[w]
	if !ok {
		k = &known{}
		l.exact[w] = k
	}
	return k
}

// expand writes the classes of a word set out.
func expand(text string) string {
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			return text
		}
		j := i + strings.IndexByte(text[i:], '>')
		class, ok := wordClasses[text[i+1:j]]
		if !ok {
			panic(fmt.Sprintf("triage: no word class %q", text[i+1:j]))
		}
		text = text[:i] + strings.Join(strings.Fields(class), "|") + text[j+1:]
	}
}

// nothingKnown is what the tables say of other words.
var nothingKnown = &known{}

// lookUp returns what is known of a word, and the sets it belongs to added to ids.
func (l *lexicon) lookUp(ids []uint16, w string) (*known, []uint16) {
	k, ok := l.exact[w]
	if !ok {
		k = nothingKnown
	}
	ids = append(ids, k.sets...)
	if len(w) >= 3 {
		for _, a := range l.prefixes[w[:3]] {
			if strings.HasPrefix(w, a.text) {
				ids = append(ids, a.set)
			}
		}
		for _, a := range l.suffixes[w[len(w)-3:]] {
			if strings.HasSuffix(w, a.text) {
				ids = append(ids, a.set)
			}
		}
	}
	if isFigure(w) || quantities[w] {
		ids = append(ids, l.numbers...)
	}
	return k, ids
}

func isFigure(w string) bool { return w[0] >= '0' && w[0] <= '9' }

// match calls found for every pattern that matches, with the first and last word of the match.
func (l *lexicon) match(t *wording, found func(cue, first, last int)) {
	for i := range t.words {
		s := t.sentences[t.words[i].sentence]
		for _, id := range t.words[i].sets {
			for j := range l.anchored[id] {
				p := &l.anchored[id][j]
				last := t.forward(p.hops[p.anchor+1:], i, s.end)
				if last < 0 {
					continue
				}
				first := t.backward(p.hops[:p.anchor+1], i, s.first)
				if first < 0 || p.start && first != s.first {
					continue
				}
				found(p.cue, first, last)
			}
		}
	}
}

// forward returns the last word when hops lead on from word i, before end, and -1 when they do not.
func (t *wording) forward(hops []hop, i, end int) int {
	if len(hops) == 0 {
		return i
	}
	for j := i + 1; j < min(end, i+2+int(hops[0].gap)); j++ {
		if t.words[j].in(hops[0].set) {
			if last := t.forward(hops[1:], j, end); last >= 0 {
				return last
			}
		}
	}
	return -1
}

// backward returns the first word when hops, of which the last is at word i, lead back no further than to start, and
// -1 when they do not.
func (t *wording) backward(hops []hop, i, start int) int {
	n := len(hops) - 1
	if n == 0 {
		return i
	}
	for j := i - 1; j >= max(start, i-1-int(hops[n].gap)); j-- {
		if t.words[j].in(hops[n-1].set) {
			if first := t.backward(hops[:n], j, start); first >= 0 {
				return first
			}
		}
	}
	return -1
}
