package complaint

import (
	"strings"
)

// filledBelow refuses a mail whose form was filled in within what klachtd wrote: a quote may be anybody's and never
// counts. What was typed there is offered as the lines to send. nil when there is none.
//
// In a mail without any text of its own the form may stand anywhere. Beside such text it must be the whole form below the
// answer line: an older mail of hers, quoted with a note on top, is no new form.
func (r *reader) filledBelow(text string) *Refusal {
	if r.question() != AskForm {
		return nil
	}
	all, known := visibleText(r.in.Text), r.formLines()
	lines := strings.Split(all, "\n")
	at := findAnswerLine(all)
	if text != "" && at >= 0 {
		lines = lines[at:]
	}
	form := formIn(lines)
	if text != "" && (at < 0 || len(form) < len(known)) {
		return nil
	}
	var filled []string
	news := false
	for _, line := range form {
		if _, _, value, _ := formLabel(line); value != "" {
			filled, news = append(filled, line), news || !isOneOf(line, known)
		}
	}
	if !news {
		return nil
	}
	return r.refuse("", Words{"U vulde het formulier in tussen de tekst van mijn mail. Wat onder de lijn staat of achter een >, telt niet mee. Klopt dit? Stuur het dan boven de lijn:",
		"You completed the form within the text of my mail. What stands below the line or behind a > does not count. Is this right? Then send it above the line:"}, filled...)
}

// formIn gives the first form in some lines, a line for each label: what stands behind the label, or below it without the
// mark of the quote.
func formIn(lines []string) (form []string) {
	seen := map[formKey]bool{}
	asks := false // the line above is a quoted label without a value
	for _, line := range lines {
		line = strings.TrimSpace(line)
		bare := strings.Trim(line, ">＞ \t")
		key, n, value, ok := formLabel(bare)
		switch {
		case ok && strings.HasPrefix(bare, "|"), line == "":
		case ok && seen[formKey{key, n}]:
			return form
		case ok && len(form) == 0 && key != formPerson && key != formFinding:
		case ok:
			seen[formKey{key, n}] = true
			label, _, _ := strings.Cut(bare, ":")
			form = append(form, strings.TrimSpace(label+": "+value))
			asks = isQuoted(line)
		case asks && !isQuoted(line) && !strings.HasSuffix(line, ":"): // not one that introduces a quote
			last := &form[len(form)-1]
			*last += " " + line
		case bare != "":
			asks = false
		}
	}
	return form
}
