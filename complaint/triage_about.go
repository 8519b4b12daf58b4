package complaint

import "strings"

// about says whom a sentence speaks of.
type about uint8

const (
	aboutUnsaid    about = iota // nobody named yet: the mail came to us, so it counts as us
	aboutUs                     // this firm, its staff, its services
	aboutAside                  // somebody else, in passing, in a mail about us
	aboutElsewhere              // an employer, a benefits agency, a doctor, a shop
)

// mark sets what the marking cues say: footers, negations, and whom each sentence is about. A sentence that names
// nobody goes on about whom the one before it was about.
func (t *wording) mark(hits []hit, staff []string) {
	us, elsewhere := make([]bool, len(t.words)), make([]bool, len(t.words))
	var others []hit
	for _, h := range hits {
		if h.role == footer {
			t.markFooter(h)
		}
		if h.role != marks {
			continue
		}
		switch h.why {
		case marksUs:
			us[h.first] = true
		case marksElsewhere:
			elsewhere[h.first] = true
			others = append(others, h)
		case marksNot:
			t.words[h.first].not = true
		case marksAsking:
			t.words[h.first].asking = true
		case marksGreeting:
			t.words[h.first].greeting = true
		case marksSaid:
			t.words[h.first].said = true
		}
	}
	for _, h := range hits {
		if h.role == marks && h.why == marksYou && !(h.first > 0 && t.words[h.first-1].asking) {
			us[h.first] = true
		}
	}
	for _, h := range others { // "mijn vorige coach" is not ours
		for i := h.first; i <= h.last; i++ {
			us[i] = false
		}
	}
	t.markStaff(us, staff)
	t.markAbout(us, elsewhere)
}

// markFooter takes a sentence of boilerplate out of account, and when it is a question also the answer to it.
func (t *wording) markFooter(h hit) {
	i := t.words[h.first].sentence
	if i == 0 {
		return
	}
	t.sentences[i].footer = true
	if t.sentences[i].question && i+1 < len(t.sentences) {
		t.sentences[i+1].footer = true
	}
}

// markStaff takes a name as naming us, except in a salutation.
func (t *wording) markStaff(us []bool, staff []string) {
	names := map[string]bool{}
	for _, s := range staff {
		for n := range strings.FieldsSeq(s) {
			if f := foldWord(n); len(f) > 2 && !smallNameWords[f] {
				names[f] = true
			}
		}
	}
	if len(names) == 0 {
		return
	}
	for i := range t.words {
		us[i] = us[i] || names[t.words[i].fold] && !t.salutes(i)
	}
}

// salutes reports whether word i is named in a salutation.
func (t *wording) salutes(i int) bool {
	first := t.sentences[t.words[i].sentence].first
	for j := max(first, i-3); j < i; j++ {
		if t.words[j].greeting {
			return true
		}
	}
	return false
}

func (t *wording) markAbout(us, elsewhere []bool) {
	state := aboutUnsaid
	for i := range t.sentences {
		s := &t.sentences[i]
		e := false
		for j := s.first; j < s.end; j++ {
			s.named = s.named || us[j]
			e = e || elsewhere[j]
		}
		switch {
		case s.footer:
		case s.named:
			state = aboutUs
		case e && state == aboutUs: // in passing: what follows is about us again
			s.about = aboutAside
			continue
		case e:
			state = aboutElsewhere
		}
		s.about = state
		if s.subject {
			state = aboutUnsaid
		}
	}
}

// counts reports whether a hit may count, by the flags of its cue.
func (t *wording) counts(h hit) bool {
	s := t.sentenceOf(h)
	switch {
	case s.footer,
		h.flags&unlessNot != 0 && t.negated(h.first, s.first),
		h.flags&inQuestion != 0 && !s.question,
		h.flags&noQuestion != 0 && s.question,
		h.flags&inSubject != 0 && !s.subject:
		return false
	}
	return true
}

func (t *wording) sentenceOf(h hit) *sentence { return &t.sentences[t.words[h.first].sentence] }

// negated reports whether one of the two words before word i is "niet", "geen", "never" or the like.
func (t *wording) negated(i, first int) bool {
	for j := max(first, i-2); j < i; j++ {
		if t.words[j].not {
			return true
		}
	}
	return false
}
