package complaint

import (
	"slices"
	"strconv"
	"strings"
)

// formKey names a line of the form; n is the number of the person, 0 when the label has none.
type formKey struct {
	key string
	n   int
}

// formValue is what stands behind a label, and the label's line as typed.
type formValue struct{ line, text string }

// formLabel reads the label at the front of a line.
func formLabel(line string) (key string, n int, value string, ok bool) {
	head, value, found := strings.Cut(line, ":")
	if !found || len(head) > longestLabel {
		return "", 0, "", false
	}
	name := labelName(head)
	if bare := strings.TrimRight(name, "0123456789"); bare != name && strings.HasSuffix(bare, " ") {
		n, _ = strconv.Atoi(name[len(bare):])
		name = strings.TrimSpace(bare)
	}
	for _, row := range formRows {
		if row.named(name) && (n == 0 || row.each != onlyOne) {
			return row.key, n, strings.Trim(value, " \t*_"), true
		}
	}
	return "", 0, "", false
}

// namedReaction reads "Reactie Jan: 4", the line of somebody in the case by name.
func namedReaction(c *Case, line string) (key string, n int, value string, ok bool) {
	head, value, found := strings.Cut(line, ":")
	if !found || len(head) > longestLabel {
		return "", 0, "", false
	}
	first, name, _ := strings.Cut(strings.TrimSpace(head), " ")
	if name, _, _ = strings.Cut(name, "("); !isOneOf(plain(first), []string{"reactie", "reaction", "response"}) || plain(name) == "" {
		return "", 0, "", false
	}
	name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(name), "van "), "of ")
	many := func(i, of int) int {
		if of <= 1 {
			return 0
		}
		return i + 1
	}
	for i, k := range c.Complainants {
		if calledBy(k.Party, name) {
			key, n, ok = formReaction, many(i, len(c.Complainants)), !ok
		}
	}
	for i, p := range c.Persons {
		if calledBy(p.Party, name) {
			key, n, ok = formResponse, many(i, len(c.Persons)), !ok
		}
	}
	return key, n, strings.Trim(value, " \t*_"), ok
}

// labelName is a label without the number of a list before it and without what stands in brackets.
func labelName(head string) string {
	if before, after, ok := strings.Cut(head, "("); ok {
		_, after, _ = strings.Cut(after, ")")
		head = before + " " + after
	}
	return strings.TrimLeft(plain(head), "0123456789 ")
}

func (row formRow) named(name string) bool {
	return name == labelName(row.label.NL) || name == labelName(row.label.EN) || isOneOf(name, strings.Split(row.words, ","))
}

// withForm finds the form in a text. Two labels make a form, and one does in answer to the form itself; a label that is
// a field of the tag above it is the tag's.
func (r *reader) withForm(all []passage) []passage {
	labels, telling := map[string]bool{}, false
	for _, p := range all {
		for _, line := range p.lines {
			if key, _, _, ok := p.formLabel(line); ok {
				labels[key] = true
				telling = telling || key != formDay && key != formMail
			}
		}
	}
	if !telling || len(labels) < 2 && r.question() != AskForm {
		return all
	}
	return cutForm(all)
}

// formLabel reads a label of the form in a passage, unless it is a field of the passage's tag.
func (p passage) formLabel(line string) (key string, n int, value string, ok bool) {
	if p.tag != nil && len(labelsIn(line, p.tag.allFields())) > 0 {
		return "", 0, "", false
	}
	return formLabel(line)
}

// cutForm splits each passage at the first label in it, and brings what belongs to the form together.
func cutForm(all []passage) (cut []passage) {
	at := -1
	for _, p := range all {
		i := slices.IndexFunc(p.lines, p.beginsForm)
		if i < 0 {
			cut = append(cut, p)
			continue
		}
		rest := p.lines[i:]
		p.lines = p.lines[:i]
		cut = append(cut, p)
		if at < 0 {
			at, cut = len(cut), append(cut, passage{form: true})
		}
		cut[at].lines = append(cut[at].lines, rest...)
	}
	return cut
}

// beginsForm says whether the form begins at a line: at a label, or at what is nearly one.
func (p passage) beginsForm(line string) bool {
	if _, _, _, ok := p.formLabel(line); ok {
		return true
	}
	_, _, ok := nearRow(line)
	return ok && p.tag == nil
}

// form is a form as it was filled in; empty lines are not in it.
type form map[formKey]formValue

// formValues reads the values. Text behind a value of one line is loose.
func (r *reader) formValues(lines []string) (f form, loose string, refused *Refusal) {
	f = form{}
	var at formKey // the label that the lines belong to
	label := ""    // that label's line
	for _, line := range lines {
		key, n, value, ok := formLabel(line)
		if !ok {
			key, n, value, ok = namedReaction(&r.c, line)
		}
		if ok {
			r.speaks(line)
			at, label = formKey{key, n}, line
			if old := f[at].text; old != "" && value != "" && !sameText(old, value) {
				return nil, "", r.refuse(line, Words{"Deze regel staat er twee keer.", "This line is there twice."})
			}
		} else if refused = r.oddFormLine(line); refused != nil {
			return nil, "", refused
		} else if value = line; endsBefore(at.key, f[at].text, line) {
			at = formKey{}
		}
		if at.key == "" {
			loose += "\n" + value
			continue
		}
		if value != "" && f[at].text == "" && !ok {
			label += " " + value
		}
		f[at] = formValue{label, strings.TrimSpace(f[at].text + "\n" + value)}
	}
	for k, v := range f {
		if plain(v.text) == "" || blankRE.FindString(v.text) == v.text {
			delete(f, k)
		}
	}
	return f, strings.TrimSpace(loose), r.tagIn(lines)
}

// speaks notes the language of a label.
func (r *reader) speaks(line string) {
	head, _, _ := strings.Cut(line, ":")
	for _, row := range formRows {
		if name := labelName(head); name == labelName(row.label.EN) && name != labelName(row.label.NL) {
			r.lang = "en"
		}
	}
}

// endsBefore says whether the value of a label is complete before a line; what follows is loose.
func endsBefore(key, text, line string) bool {
	for _, row := range formRows {
		if row.key == key {
			return row.extent == oneRow && (text != "" || line == "") || row.extent == oneParagraph && text != "" && line == ""
		}
	}
	return false
}

// oddFormLine refuses a label that is nearly one of the form's, or that may be two of them.
func (r *reader) oddFormLine(line string) *Refusal {
	head, _, ok := strings.Cut(line, ":")
	if !ok || len(head) > longestLabel {
		return nil
	}
	name := labelName(head)
	if name == "reactie" {
		return r.refuse(line, Words{"Wiens reactie is dit? Begin de regel met Reactie betrokkene: of met Reactie klager:", "Whose reaction is this? Begin the line with Reactie betrokkene: or with Reactie klager:"})
	}
	for _, row := range formRows {
		for _, label := range [...]string{row.label.NL, row.label.EN} {
			if near(name, labelName(label)) {
				return oddField(line, label)
			}
		}
	}
	return nil
}

// lacksColons refuses a text that looks like the form, without the colons by which its labels are known.
func (r *reader) lacksColons(text string) *Refusal {
	var try []string
	for line := range strings.Lines(text) {
		for _, row := range formRows {
			label := row.label.In(r.lang)
			n := len(strings.Fields(labelName(label)))
			words := strings.Fields(line)
			if n < len(words) && labelName(strings.Join(words[:n], " ")) == labelName(label) && words[0] != strings.ToLower(words[0]) {
				value := trimPause(strings.TrimPrefix(strings.Join(words[n:], " "), "(1-5)"))
				try = append(try, strings.Join(words[:n], " ")+": "+value)
			}
		}
	}
	if len(try) < 2 {
		return nil
	}
	return r.refuse("", Words{"Is dit het formulier? Zet dan achter elk eerste woord een dubbele punt.", "Is this the form? Then put a colon behind each label."}, try...)
}
