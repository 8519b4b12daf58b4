package complaint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// passage is a part of a new text: a tag with what belongs to it, the form, or what stood before either.
type passage struct {
	tag   *tag   // nil for free text
	form  bool   // lines of the form
	line  string // the tag's line, as typed
	word  string // and its word, as plain writes it
	lines []string
}

// passages cuts a new text at its tags. A line that begins with # and is no known tag is refused, and with it the mail.
func passages(text string) ([]passage, *Refusal) {
	all := []passage{{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		last := &all[len(all)-1]
		if first, _ := utf8.DecodeRuneInString(line); plainRune(first) != '#' {
			last.lines = append(last.lines, line)
			continue
		}
		word, rest := cutTag(line)
		t := findTag(word)
		if t == nil {
			return nil, unknownTag(line, word, rest)
		}
		all = append(all, passage{tag: t, line: line, word: word, lines: []string{t.cutJoined(word, rest)}})
	}
	return all, nil
}

// cutTag splits "#niet-behandelen: 3, besluit" into the plain word and what follows it. The word is "" when the line
// only looks like a tag.
func cutTag(line string) (word, rest string) {
	_, size := utf8.DecodeRuneInString(line)
	rest = strings.TrimLeft(line[size:], " \t")
	end := 0
	for end < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[end:])
		next, _ := utf8.DecodeRuneInString(rest[end+size:])
		if !unicode.In(r, unicode.L, unicode.Nd, unicode.Mn) && r != '_' && !(unicode.Is(unicode.Pd, r) && unicode.IsLetter(next)) {
			break
		}
		end += size
	}
	word = plain(rest[:end])
	if first, _ := utf8.DecodeRuneInString(word); !unicode.IsLetter(first) {
		return "", ""
	}
	return word, trimPause(rest[end:])
}

// cutJoined takes from a value the word that belongs to the tag itself: "#deels gegrond".
func (t *tag) cutJoined(word, rest string) string {
	next, after, _ := strings.Cut(rest, " ")
	if slices.Contains(t.words(), word+plain(next)) && plain(next) != "" {
		return trimPause(after)
	}
	return rest
}

// unknownTag refuses a line and suggests the nearest tag when there is but one.
func unknownTag(line, word, rest string) *Refusal {
	why := Words{"Deze regel begint met #, maar ik ken de opdracht niet.",
		"This line begins with #, but I do not know the command."}
	if word == "" {
		why = Words{"Een regel met # aan het begin lees ik als opdracht, en dit is geen opdracht die ik ken.",
			"I read a line that begins with # as a command, and I do not know this one."}
		return &Refusal{Line: line, Why: why, Try: withoutSign(line)}
	}
	next, after, _ := strings.Cut(rest, " ")
	near := nearestTag(word)
	if joined := word + plain(next); findTag(joined) != nil { // "#geen klacht"
		near, rest = joined, after
	}
	if near == "" {
		return &Refusal{Line: line, Why: why, Try: withoutSign(line)}
	}
	why.NL += " Bedoelde u #" + near + "?"
	why.EN += " Did you mean #" + near + "?"
	return &Refusal{Line: line, Why: why, Try: []string{strings.TrimSpace("#" + near + " " + rest)}}
}

// withoutSign suggests the line without its #, where that is an answer: "#ja", "#1".
func withoutSign(line string) []string {
	bare := strings.TrimLeft(line, "#＃ \t")
	if _, ok := shortAnswer(bare, AskWhich, nil); ok {
		return []string{bare}
	}
	return []string{"#help"}
}

// nearestTag is the one tag that a word most likely misspells, in the word's own language; "" when there is none or more.
func nearestTag(word string) string {
	best, found, several := maxTypos+1, "", false
	for i := range tags {
		d, w := tags[i].nearest(word)
		switch {
		case d < best:
			best, found, several = d, w, false
		case d == best:
			several = true
		}
	}
	if best > maxTypos || several {
		return ""
	}
	return found
}

// nearest is the word of a tag that is most like word, and the distance; more than maxTypos when none is near.
func (t *tag) nearest(word string) (distance int, w string) {
	distance = maxTypos + 1
	for _, candidate := range t.words() {
		if d := typos(word, candidate); d < distance && near(word, candidate) {
			distance, w = d, candidate
		}
	}
	return distance, w
}

// tagInside finds a known tag in the middle of a line, where it does not count.
func tagInside(line string) string {
	for _, m := range insideRE.FindAllStringSubmatch(line, 20) {
		if t := findTag(plain(m[1])); t != nil {
			return plain(m[1])
		}
	}
	return ""
}

var insideRE = regexp.MustCompile(`[^\pL\d&/#＃][#＃]\s?([\pL][\pL-]*)`)

// field is a part of a tag's value that has a name: "plaats: Tiel".
type field struct {
	key   string
	words string // the names it may have, separated by commas, as plain writes them
	long  bool   // runs on over several lines, until the next field
	days  bool   // its name is also an ordinary word, and counts only before a day
	many  bool   // it may be given more than once
	last  bool   // it runs on to the end, whatever stands there: a letter that was typed over

	// cut takes the value from the front of what stands behind the name; the rest belongs to the text. Nil: all is value.
	cut func(r *reader, s string) (value, rest string)
}

func (f field) named(label string) bool {
	for word := range strings.SplitSeq(f.words, ",") {
		if word == label {
			return true
		}
	}
	return false
}

// cutFields takes the fields out of the lines of a value. What is left is the value's text. A name that is nearly one of
// the fields, and a field given twice, is refused.
func cutFields(lines []string, fields []field) (text string, got map[string]string, refused *Refusal) {
	var rest []string
	got = map[string]string{}
	running := "" // the long field that the next lines belong to
	put := func(key, s string) {
		if key == "" {
			rest = append(rest, s)
		} else {
			got[key] = strings.TrimSpace(got[key] + "\n" + s)
		}
	}
	for n, line := range lines {
		labels := labelsIn(line, fields)
		if i := slices.IndexFunc(labels, func(l label) bool { return l.field.last }); i >= 0 {
			rest := line[labels[i].end:] + "\n" + strings.Join(lines[n+1:], "\n")
			text, got, refused = cutFields(append(slices.Clone(lines[:n]), line[:labels[i].start]), fields)
			if refused == nil {
				got[labels[i].field.key] = strings.TrimSpace(rest)
			}
			return text, got, refused
		}
		if odd, near := oddInside(line, labels, fields); odd != "" && running == "" {
			return "", nil, &Refusal{Line: line, Try: []string{strings.Replace(line, odd+":", near+":", 1)}, Why: Words{
				"Bedoelde u \"" + near + ":\"?", "Did you mean \"" + near + ":\"?"}}
		}
		if len(labels) == 0 {
			if odd := oddLabel(line, fields); odd != "" {
				return "", nil, oddField(line, odd)
			}
			put(running, line)
			continue
		}
		if before := strings.Trim(line[:labels[0].start], " ,;-*_"); before != "" {
			put(running, before)
		}
		for i, l := range labels {
			end := len(line)
			if i+1 < len(labels) {
				end = labels[i+1].start
			}
			if got[l.field.key] != "" && !l.field.many {
				return "", nil, &Refusal{Line: line, Why: Words{"Dit staat er twee keer.", "This is given twice."}}
			}
			put(l.field.key, strings.Trim(line[l.end:end], " ,;*_"))
			running = ""
			if l.field.long {
				running = l.field.key
			}
		}
	}
	return strings.TrimSpace(strings.Join(rest, "\n")), got, nil
}

func oddField(line, near string) *Refusal {
	return &Refusal{Line: line, Try: []string{near + ":" + afterColon(line)}, Why: Words{
		"Bedoelde u \"" + near + ":\"?", "Did you mean \"" + near + ":\"?"}}
}

func afterColon(line string) string {
	_, rest, _ := strings.Cut(line, ":")
	return rest
}

// label is the place of a field's name in a line: from start, its value from end.
type label struct {
	field      field
	start, end int
}

// labelsIn finds the names of fields in a line: up to three words before a colon.
func labelsIn(line string, fields []field) []label {
	var all []label
	from := 0
	for i := range len(line) {
		if line[i] != ':' {
			continue
		}
		if l, ok := labelBefore(line, from, i, fields); ok {
			all = append(all, l)
			from = i + 1
		}
	}
	return all
}

// longestLabel bounds, in bytes, how far before its colon a name may begin.
const longestLabel = 80

func labelBefore(line string, from, colon int, fields []field) (label, bool) {
	var found label
	start, first := colon, max(from, colon-longestLabel)
	for range 3 {
		head := strings.TrimRight(line[first:start], " \t")
		if head == "" {
			break
		}
		start = first + strings.LastIndexAny(head, " \t") + 1
		if start == first && first > from { // in the middle of a long word
			break
		}
		name := plain(line[start:colon])
		for _, f := range fields {
			if f.named(name) && (!f.days || dayFollows(line[colon+1:])) {
				found = label{f, start, colon + 1}
			}
		}
	}
	return found, found.end > 0
}

// dayFollows says whether a text begins as days do.
func dayFollows(s string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	if strings.ContainsAny(word, "0123456789") {
		return true
	}
	_, relative := relativeDay(dayText(word), 1)
	_, _, weekday := cutWeekday(dayText(word))
	return relative || weekday
}

// oddLabel finds at the front of a line a name that is nearly one of the fields: "Ersnt: 2".
func oddLabel(line string, fields []field) string {
	head, _, ok := strings.Cut(line[:min(len(line), longestLabel)], ":")
	name := plain(head)
	if !ok || len(strings.Fields(name)) > 3 {
		return ""
	}
	best, found := maxTypos+1, ""
	for _, f := range fields {
		for word := range strings.SplitSeq(f.words, ",") {
			if d := typos(name, word); d < best && near(name, word) {
				best, found = d, word
			}
		}
	}
	return found
}

// oddInside finds, within a line, a longer word before a colon that is a letter away from the name of a field: "de coach is
// ziek toestemmign: ja". It would be lost in the text.
func oddInside(line string, labels []label, fields []field) (odd, near string) {
	for i := range len(line) {
		if line[i] != ':' || slices.ContainsFunc(labels, func(l label) bool { return l.end == i+1 }) {
			continue
		}
		head := line[:i]
		at := strings.LastIndexAny(head, " \t") + 1
		word := plain(head[at:])
		if at == 0 || len(word) < 5 {
			continue
		}
		for _, f := range fields {
			for name := range strings.SplitSeq(f.words, ",") {
				if len(name) >= 5 && typos(word, name) == 1 {
					return head[at:], name
				}
			}
		}
	}
	return "", ""
}

// CommandIn is the first line of the new text of a mail that is a tag, as typed; "" when there is none. Whoever is no
// handler typed it for nothing.
func CommandIn(text string) string {
	for line := range strings.Lines(NewText(text)) {
		line = strings.TrimSpace(line)
		if first, _ := utf8.DecodeRuneInString(line); plainRune(first) != '#' {
			continue
		}
		if word, _ := cutTag(line); findTag(word) != nil {
			return line
		}
	}
	return ""
}
