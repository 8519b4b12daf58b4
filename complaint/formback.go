package complaint

import "strings"

// A form that is refused comes back as it was filled in, so that nobody types it twice.

func (r *reader) filled(lines []string) []string { return filledIn(&r.c, r.lang, lines) }

// filledIn gives the whole form of a case with what was typed: her own lines as they are, the others as they are on file.
func filledIn(c *Case, lang string, lines []string) []string {
	typed := map[formKey]string{}
	var at formKey
	var before []string
	for _, line := range lines {
		key, n, _, ok := formLabel(line)
		if !ok {
			key, n, _, ok = namedReaction(c, line)
		}
		if !ok {
			var label string
			if key, label, ok = nearRow(line); label != "" {
				line = label + ":" + afterColon(line)
			}
			n = 0
		}
		switch {
		case ok:
			at = formKey{key, n}
			if old := typed[at]; old != "" { // the same line twice: both come back
				line = old + "\n" + line
			}
			typed[at] = line
		case at.key == "":
			before = append(before, line)
		case strings.TrimSpace(line) != "":
			typed[at] += "\n" + line
		}
	}
	var all []string
	put := func(k formKey) bool {
		s, ok := typed[k]
		if ok {
			all = append(all, strings.Split(s, "\n")...)
			delete(typed, k)
		}
		return ok
	}
	for i, l := range formLayout(c) {
		own := put(formKey{l.row.key, l.n})
		switch l.n {
		case 0: // typed with a number that is not needed
			own = put(formKey{l.row.key, 1}) || own
		case 1: // typed without one: whose line it is, is the question
			put(formKey{l.row.key, 0})
		}
		if !own {
			all = append(all, formOf(c, lang)[i])
		}
	}
	for _, row := range formRows { // numbers that nobody has
		for n := 0; n <= maxNumbered; n++ {
			put(formKey{row.key, n})
		}
	}
	return append(nonEmpty(before), all...)
}

const maxNumbered = 20

// nearRow is the row of a label that is nearly its own, with the label as it should be; "" when it may be two of them.
func nearRow(line string) (key, label string, ok bool) {
	head, _, found := strings.Cut(line, ":")
	if !found || len(head) > longestLabel {
		return "", "", false
	}
	name := labelName(head)
	if name == "reactie" {
		return formResponse, "", true
	}
	for _, row := range formRows {
		for _, label := range [...]string{row.label.NL, row.label.EN} {
			if near(name, labelName(label)) {
				return row.key, label, true
			}
		}
	}
	return "", "", false
}

func nonEmpty(lines []string) (all []string) {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			all = append(all, line)
		}
	}
	return all
}
