package complaint

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// certainFrom and possibleFrom are where the sums were found to part the classes best.
const (
	certainFrom  = 12
	possibleFrom = 3

	decides = certainFrom // weight of a signal that decides by itself
)

// wordingScale turns weights of words into units of the sums.
const wordingScale = 1.6

// readAtMost bounds what is read of a text, in bytes. Nobody buries a complaint under more.
const readAtMost = 64 << 10

// Triage weighs the words of a mail. A complaint is any expression of displeasure about contacts with this firm that was
// not taken away at once (regulation, "Algemeen"); the word itself is neither needed nor enough. It reads the new text, and in a forwarded mail what was
// forwarded; never a quote, a signature or a footer. Staff are names of people who work here: naming one says whom a
// sentence is about, no more. How long a mail is never counts.
func Triage(in Incoming, staff []string) Verdict {
	body := ownWords(in.Subject, in.Text)
	t := triageTables.cut(ownSubject(in.Subject), body)
	e := triageTables.weigh(t, staff, attachmentNames(in.Attachments))
	v := e.verdict()
	if strings.TrimSpace(body) == "" && (len(in.Attachments) > 0 || in.Unreadable) {
		v.raise("only_attachment", attachmentNames(in.Attachments))
	}
	if len(t.words) == 0 && strings.Contains(body, "?") {
		v.raise("nothing_but_a_question_mark", "?")
	}
	slices.SortStableFunc(v.Signals, func(a, b Signal) int { return cmp.Compare(b.Weight, a.Weight) })
	return v
}

// ownSubject is the subject, unless it is that of the mail that is answered.
func ownSubject(subject string) string {
	for _, p := range [...]string{"re:", "re :", "antw:", "aw:", "betr:", "sv:"} {
		if len(subject) >= len(p) && strings.EqualFold(subject[:len(p)], p) {
			return ""
		}
	}
	return cutShort(subject, 1000)
}

// ownWords is the text that counts. What somebody passes on is why the mail was sent, so it counts too.
func ownWords(subject, text string) string {
	text = cutShort(text, readAtMost)
	own := NewTextOrAll(text)
	if i := forwardedFrom(subject, text); i >= 0 && !strings.Contains(own, text[i:]) {
		own += "\n\n" + text[i:]
	}
	return own
}

// forwardedFrom returns where the text of a forwarded mail begins, or -1. "Oorspronkelijk bericht" stands above quotes
// as well, so it counts only where the subject says that the mail was forwarded.
func forwardedFrom(subject, text string) int {
	marks := forwardMarks[:]
	for _, p := range []string{"fw:", "fwd:", "doorst:", "tr:"} {
		if len(subject) >= len(p) && strings.EqualFold(subject[:len(p)], p) {
			marks = append(marks, "Oorspronkelijk bericht", "Original Message")
		}
	}
	for _, mark := range marks {
		i := strings.Index(text, mark)
		if i < 0 {
			continue
		}
		if end := strings.IndexByte(text[i:], '\n'); end >= 0 {
			return i + end + 1
		}
	}
	return -1
}

var forwardMarks = [...]string{"Doorgestuurd bericht", "Doorgestuurde bericht", "Doorgezonden bericht", "doorgestuurd bericht",
	"Forwarded message", "forwarded message", "Forwarded Message"}

func cutShort(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func attachmentNames(as []Attachment) string {
	var names []string
	for _, a := range as {
		names = append(names, a.Name)
	}
	return cutShort(strings.Join(names, ", "), 80)
}

// evidence is what was found in a mail, before it is weighed.
type evidence struct {
	found  []finding
	lang   string
	joking bool   // a wink
	first  string // how the text begins
}

// finding is one kind of evidence. Half counts for half: said of somebody else in passing.
type finding struct {
	why                  string
	complaint, attention int // weights, see cue
	half                 bool
	words                string
	role                 role
}

// verdict adds up. What is decided without adding up (a plain "hierbij dien ik een klacht in", another language,
// danger) comes last and only ever raises.
func (e *evidence) verdict() Verdict {
	v := Verdict{Class: Certain, Score: e.sum((*finding).forComplaint), Signals: e.signals((*finding).forComplaint), Lang: e.lang}
	if v.Score < certainFrom {
		v = Verdict{Class: Possible, Score: e.sum((*finding).forAttention), Signals: e.signals((*finding).forAttention), Lang: e.lang}
		if v.Score < possibleFrom {
			v.Class = Ordinary
		}
	}
	for i := range e.found {
		e.found[i].decide(&v, e.joking)
	}
	if e.lang == "other" { // what we cannot read is never certain
		v.Class = Possible
		v.raise("other_language", e.first)
	}
	return v
}

func (f *finding) forComplaint() int { return f.halved(f.complaint) }
func (f *finding) forAttention() int { return f.halved(f.attention) }

func (f *finding) halved(w int) int {
	if f.half {
		return w / 2
	}
	return w
}

func (e *evidence) sum(weight func(*finding) int) (n int) {
	for i := range e.found {
		n += weight(&e.found[i])
	}
	return n
}

func (e *evidence) signals(weight func(*finding) int) (out []Signal) {
	for i := range e.found {
		if w := weight(&e.found[i]); w != 0 {
			out = append(out, Signal{w, e.found[i].words, e.found[i].why})
		}
	}
	return out
}

// decide applies what a finding says by itself.
func (f *finding) decide(v *Verdict, joking bool) {
	switch f.role {
	case saysSo:
		if joking {
			return
		}
		if v.Class != Certain {
			v.Class, v.Score = Certain, max(v.Score, certainFrom)
		}
		v.Signals = slices.Insert(v.Signals, 0, Signal{decides, f.words, f.why})
	case mustSee, danger:
		v.Danger = v.Danger || f.role == danger
		v.raise(f.why, f.words)
	}
}

// raise makes a verdict at least Possible, for the reason given.
func (v *Verdict) raise(why, words string) {
	v.Signals = slices.Insert(v.Signals, 0, Signal{decides, words, why})
	v.Score = max(v.Score, possibleFrom)
	if v.Class == Ordinary {
		v.Class = Possible
	}
}
