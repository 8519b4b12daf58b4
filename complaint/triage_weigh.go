package complaint

import (
	"math"
	"strconv"
	"strings"
)

// role says what a row of the tables does.
type role uint8

const (
	grievance role = iota // counts where a sentence is, or may be, about this firm
	look                  // worth a look; counts as grievance does
	damper                // the words of ordinary mail
	frame                 // a mail in which grievances are not the sender's own with us: they do not count
	saysSo                // decides: a complaint in so many words
	mustSee               // decides: somebody has to look
	danger                // decides, wherever it stands
	footer                // boilerplate: the sentence does not count
	marks                 // not evidence: says something of a sentence or a word
)

// The rows with role marks.
const (
	marksUs        = "us"        // this firm and its staff
	marksYou       = "you"       // this firm, unless it is asked something: "kunt u"
	marksAsking    = "asking"    // what stands before "u" in a question
	marksElsewhere = "elsewhere" // somebody else
	marksNot       = "not"
	marksGreeting  = "greeting"
	marksSaid      = "said"
)

// entry is a cue in the table it stands in.
type entry struct {
	cue
	role role
}

// tables are all cues, compiled.
type tables struct {
	lexicon
	cues []entry
}

var triageTables = compileTables()

func compileTables() *tables {
	t := &tables{lexicon: lexicon{sets: map[string]uint16{}, exact: map[string]*known{}, prefixes: map[string][]affix{}, suffixes: map[string][]affix{}}}
	t.addWordWeights(wordWeights)
	t.addLanguages()
	for _, table := range []struct {
		role role
		cues []cue
	}{
		{grievance, complaints}, {grievance, treatments}, {grievance, feelings}, {grievance, failures}, {grievance, demands},
		{look, looks}, {damper, dampers}, {frame, frames}, {saysSo, plainComplaints}, {mustSee, mustLooks}, {danger, dangers},
		{footer, footers}, {marks, markers},
	} {
		for _, c := range table.cues {
			t.add(len(t.cues), c.words)
			t.cues = append(t.cues, entry{c, table.role})
		}
	}
	return t
}

// hit is a cue that matched, with the first and last word.
type hit struct {
	*entry
	first, last int
}

// weigh finds the evidence in a text.
func (tb *tables) weigh(t *wording, staff []string, attached string) *evidence {
	hits := make([]hit, 0, 256)
	tb.match(t, func(cue, first, last int) { hits = append(hits, hit{&tb.cues[cue], first, last}) })
	t.mark(hits, staff)
	var fr framing
	for _, h := range hits {
		if h.role == frame && !t.sentenceOf(h).footer {
			fr = max(fr, ownFrame)
			if h.flags&notOurMail != 0 {
				fr = otherFrame
			}
		}
	}
	g := gatherer{at: map[string]int{}}
	for _, h := range hits {
		g.add(t, h, fr)
	}
	g.addElsewhere()
	g.evidence.lang = language(t)
	g.first = t.beginning()
	g.joking = strings.Contains(t.text, ";)") || strings.Contains(t.text, ";-)") || !g.lacks("joke", true)
	g.addWording(tb, t)
	g.addShape(t, attached)
	return &g.evidence
}

// framing says whether grievances in a mail are the sender's own with us.
type framing uint8

const (
	noFrame    framing = iota
	ownFrame           // an exercise, a letter to check: what is not quoted and names us still counts
	otherFrame         // a bill, a supplier's answer, advertising: nothing counts
)

func (f framing) shuts(s *sentence, w word) bool {
	return f == otherFrame || f == ownFrame && (w.quoted || !s.named)
}

// gatherer collects findings, one for each cue: its best.
type gatherer struct {
	evidence
	at        map[string]int // why → index in found
	elsewhere string         // a complaint about somebody else
	helping   bool           // a request for help, or a copy
}

func (g *gatherer) add(t *wording, h hit, frame framing) {
	if h.role == marks || h.role == footer || !t.counts(h) {
		return
	}
	s := t.sentenceOf(h)
	switch h.role {
	case grievance, look, saysSo, mustSee:
		if frame.shuts(s, t.words[h.first]) {
			return
		}
		g.noteElsewhere(t, h)
		if s.about == aboutElsewhere && h.flags&wherever == 0 {
			return
		}
	}
	half := s.about == aboutAside && h.flags&wherever == 0 && h.role != danger
	if g.lacks(h.why, half) {
		f := h.found(t.quote(h.first, h.last))
		f.role, f.half = h.role, half
		g.put(f)
	}
	if h.role == grievance && s.named && g.lacks(namedGrievance.why, false) {
		g.put(namedGrievance.found(t.quote(h.first, h.last)))
	}
}

// found makes a finding of a cue, with the words that matched.
func (c *cue) found(words string) finding {
	return finding{why: c.why, complaint: c.complaint, attention: c.attention, words: words}
}

// put keeps a finding, in place of one of its kind.
func (g *gatherer) put(f finding) {
	if i, ok := g.at[f.why]; ok {
		g.found[i] = f
		return
	}
	g.at[f.why] = len(g.found)
	g.found = append(g.found, f)
}

// lacks reports whether there is no finding of this kind yet, or only half of one that now is whole.
func (g *gatherer) lacks(why string, half bool) bool {
	i, ok := g.at[why]
	return !ok || g.found[i].half && !half
}

// noteElsewhere watches for a complaint about somebody else with which we are asked to help, or of which we get a copy.
func (g *gatherer) noteElsewhere(t *wording, h hit) {
	if about := t.sentenceOf(h).about; h.flags&namesComplaint != 0 && (about == aboutElsewhere || about == aboutAside) {
		g.elsewhere = t.quote(h.first, h.last)
	}
	g.helping = g.helping || h.flags&asksHelp != 0
}

func (g *gatherer) addElsewhere() {
	if g.elsewhere != "" && g.helping {
		g.put(finding{why: "complaint_elsewhere", role: mustSee, words: g.elsewhere})
	}
}

// addWording adds what the choice of words as such says: the sum over distinct words, made independent of how many
// there are. It quotes the sentence that says most of it.
func (g *gatherer) addWording(tb *tables, t *wording) {
	var sum wordSum
	n := 0
	bySentence := make([]int, len(t.sentences))
	for i := range t.words {
		w := &t.words[i]
		if w.weighed || isFigure(w.fold) || t.sentences[w.sentence].footer {
			continue
		}
		w.weighed = true
		n++
		weight := w.weight
		sum.add(weight)
		bySentence[w.sentence] += int(weight.complaint) + int(weight.attention)
	}
	for _, mark := range [...]string{"!", "?", ":)", ";)"} {
		if strings.Contains(t.text, mark) {
			n++
			sum.add(tb.weightOf(mark))
		}
	}
	if n == 0 {
		return
	}
	f := finding{why: "wording"}
	f.complaint, f.attention = sum.units(n)
	best := 0
	for i, s := range bySentence {
		if (s > bySentence[best]) == (f.complaint+f.attention > 0) {
			best = i
		}
	}
	if len(t.sentences) > 0 {
		f.words = t.quote(t.sentences[best].first, t.sentences[best].end-1)
	}
	g.put(f)
}

type wordSum struct{ complaint, attention int }

func (s *wordSum) add(w wordWeight) {
	s.complaint += int(w.complaint)
	s.attention += int(w.attention)
}

// units turns the sum of n words into units of the verdict.
func (s wordSum) units(n int) (complaint, attention int) {
	scale := wordingScale / math.Sqrt(float64(n)+30)
	return int(math.Round(float64(s.complaint) * scale)), int(math.Round(float64(s.attention) * scale))
}

// addShape adds what no word says.
func (g *gatherer) addShape(t *wording, attached string) {
	for _, mark := range [...]string{"!!", "??", "?!", "!?"} {
		if strings.Contains(t.text, mark) {
			g.put(emphasis.found(mark))
			break
		}
	}
	shouted := 0
	for i := range t.words {
		if t.words[i].shouted {
			shouted++
		}
		if shouted == 3 {
			g.put(shouting.found(t.quote(i, i)))
		}
		if t.words[i].quoted && i > 0 && !t.words[i-1].quoted && g.lacks(quotesSpeech.why, false) {
			g.addQuote(t, i)
		}
	}
	for i := range t.sentences {
		s := &t.sentences[i]
		if s.about == aboutElsewhere && g.lacks(namesOthers.why, false) {
			g.put(namesOthers.found(t.quote(s.first, s.end-1)))
		}
		if s.named && g.lacks(namesUs.why, false) {
			g.put(namesUs.found(t.quote(s.first, s.end-1)))
		}
	}
	if attached != "" {
		g.put(attaches.found(attached))
	}
}

// addQuote adds what is between quotation marks from word i on, and that somebody said it.
func (g *gatherer) addQuote(t *wording, i int) {
	last := i
	for last+1 < len(t.words) && t.words[last+1].quoted {
		last++
	}
	g.put(quotesSomebody.found(t.quote(i, last)))
	for j := max(0, i-9); j < i; j++ {
		if t.words[j].said {
			g.put(quotesSpeech.found(t.quote(j, last)))
			return
		}
	}
}

// wordWeight is what the use of a word as such says, in tenths of a natural logarithm of odds.
type wordWeight struct{ complaint, attention int8 }

// addWordWeights reads the table of triage_wording.go: on each line the two weights, then the words that have them.
func (l *lexicon) addWordWeights(table string) {
	for line := range strings.Lines(table) {
		var w wordWeight
		for i, f := range strings.Fields(line) {
			switch i {
			case 0:
				w.complaint = parseWeight(f)
			case 1:
				w.attention = parseWeight(f)
			default:
				l.know(f).weight = w
			}
		}
	}
}

func (l *lexicon) weightOf(w string) wordWeight {
	if k, ok := l.exact[w]; ok {
		return k.weight
	}
	return wordWeight{}
}

func parseWeight(s string) int8 {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("triage: " + s + " is no weight")
	}
	return int8(n)
}
