package complaint

import (
	"slices"
	"strconv"
	"strings"

	"klachtd/calendar"
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
		if row.named(name) && (n == 0 || row.person) {
			return row.key, n, strings.Trim(value, " \t*_"), true
		}
	}
	return "", 0, "", false
}

// labelName is a label without what stands in brackets.
func labelName(head string) string {
	if before, after, ok := strings.Cut(head, "("); ok {
		_, after, _ = strings.Cut(after, ")")
		head = before + " " + after
	}
	return plain(head)
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
	if p.tag != nil && len(labelsIn(line, append(slices.Clip(p.tag.fields), dayField))) > 0 {
		return "", 0, "", false
	}
	return formLabel(line)
}

// cutForm splits each passage at the first label in it, and brings what belongs to the form together.
func cutForm(all []passage) (cut []passage) {
	at := -1
	for _, p := range all {
		i := slices.IndexFunc(p.lines, func(line string) bool { _, _, _, ok := p.formLabel(line); return ok })
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

// readForm records what the form says and the file does not say yet, in the order of the articles. What it leaves open
// is no fault: the next mail asks for it.
func (r *reader) readForm(lines []string) *Refusal {
	if refusal := r.aboutOneCase(""); refusal != nil {
		return refusal
	}
	f, loose, refusal := r.formValues(lines)
	if refusal != nil {
		return refusal
	}
	if len(f) == 0 && loose == "" {
		return r.refuse("", Words{"Het formulier is leeg. Vul in wat u weet en stuur het terug:", "The form is empty. Complete what you know and send it back:"}, r.formLines()...)
	}
	if refusal := r.ended("", noEnd); refusal != nil {
		return refusal
	}
	facts, hints := len(r.out.Facts), len(r.out.Hints)
	day, refusal := r.formDay(f)
	if refusal != nil {
		return refusal
	}
	steps := [...]func(form, calendar.Date) *Refusal{r.formPersons, r.formCall, r.formFinding, r.formOffer, r.formReaction, r.formMeasure}
	for _, step := range steps {
		if refusal := step(f, day); refusal != nil {
			return refusal
		}
	}
	if loose != "" {
		r.record(r.today, Noted{Text: loose})
	}
	if len(r.out.Facts) == facts && len(r.out.Hints) == hints {
		r.hint(Words{"In het formulier stond niets nieuws.", "The form held nothing new."})
	}
	return nil
}

// form is a form as it was filled in; empty lines are not in it.
type form map[formKey]formValue

// formValues reads the values. Text behind a value of one line is loose.
func (r *reader) formValues(lines []string) (f form, loose string, refused *Refusal) {
	f = form{}
	var at formKey
	var label string
	for _, line := range lines {
		key, n, value, ok := formLabel(line)
		if ok {
			r.speaks(line)
			at, label = formKey{key, n}, line
			if old := f[at].text; old != "" && value != "" && !sameText(old, value) {
				return nil, "", r.refuse(line, Words{"Deze regel staat er twee keer.", "This line is there twice."})
			}
		} else if odd := oddFormLabel(line); odd != "" {
			return nil, "", oddField(line, odd)
		} else if value = line; isShort(at.key) && f[at].text != "" {
			loose += "\n" + line
			continue
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

func isShort(key string) bool {
	for _, row := range formRows {
		if row.key == key {
			return row.short
		}
	}
	return false
}

// oddFormLabel finds a label that is nearly one of the form's, or that may be two of them.
func oddFormLabel(line string) string {
	head, _, ok := strings.Cut(line, ":")
	if !ok || len(head) > longestLabel {
		return ""
	}
	name := labelName(head)
	if name == "reactie" {
		return "Reactie klager"
	}
	for _, row := range formRows {
		for _, label := range [...]string{row.label.NL, row.label.EN} {
			if near(name, labelName(label)) {
				return label
			}
		}
	}
	return ""
}

// news returns a value of the form, unless it is what is on file.
func (r *reader) news(f form, key string) (formValue, bool) {
	v, ok := f[formKey{key, 0}]
	if !ok {
		return v, false
	}
	if f, rest, ok := findingIn(v.text); key == formFinding && ok && f == r.c.Finding && rest == "" {
		return v, false
	}
	for _, row := range formRows {
		if row.key == key && (sameText(v.text, row.known(&r.c, "nl", 0)) || sameText(v.text, row.known(&r.c, "en", 0))) {
			return v, false
		}
	}
	return v, true
}

// formDay is the day of the call: the one given, else that of the mail.
func (r *reader) formDay(f form) (calendar.Date, *Refusal) {
	v, ok := f[formKey{formDay, 0}]
	if !ok {
		return r.today, nil
	}
	return r.pastDay(v.line, v.text, true)
}

// formCall records the call, once for a day, when the form tells what was said in it.
func (r *reader) formCall(f form, day calendar.Date) *Refusal {
	_, dated := f[formKey{formDay, 0}]
	told := false
	for _, key := range [...]string{formFinding, formOffer, formReaction} {
		_, ok := r.news(f, key)
		told = told || ok
	}
	if !told && !dated {
		return nil
	}
	for _, call := range r.c.Calls {
		if !call.Body.(Called).NoAnswer && (call.On == day || !dated) {
			return nil
		}
	}
	r.record(day, Called{})
	return nil
}

func (r *reader) formFinding(f form, day calendar.Date) *Refusal {
	said, known := r.news(f, formFinding)
	reason, why := r.news(f, formReason)
	finding, rest := r.c.Finding, ""
	if known {
		var ok bool
		if finding, rest, ok = findingIn(said.text); !ok {
			return r.refuse(said.line, Words{"Dit oordeel begreep ik niet. Kies: gegrond, deels gegrond, ongegrond of geen oordeel.",
				"I did not understand this finding. Choose: upheld, partly upheld, not upheld or no finding."})
		}
	}
	text := f[formKey{formReason, 0}].text
	if text == "" {
		text = rest
	}
	switch {
	case finding == "" && why:
		return r.later(Words{"Het oordeel ontbreekt nog.", "The finding is still missing."}, reason)
	case finding == r.c.Finding && !why && (rest == "" || sameText(text, r.c.FindingReason)):
		return nil
	case !r.c.Heard():
		try := Suggest(r.c, FieldResponse, r.lang) + "\n" + strings.TrimSpace(findingTags[finding].In(r.lang)+" "+oneLine(text))
		hint := r.unheard()
		hint.NL += " Het oordeel is bewaard als notitie en telt nog niet. Stuur:\n" + try
		hint.EN += " The finding was kept as a note and does not count yet. Send:\n" + try
		return r.later(hint, said, reason)
	}
	if text == "" {
		r.hint(Words{"Schrijf nog waarom dit het oordeel is.", "Please write why this is the finding."})
	}
	r.judge(day, Judged{Finding: finding, Reason: text})
	return nil
}

// later keeps values that cannot count yet, so that they are not lost.
func (r *reader) later(why Words, values ...formValue) *Refusal {
	var lines []string
	for _, v := range values {
		if v.text != "" {
			label, _, _ := strings.Cut(v.line, ":")
			lines = append(lines, label+": "+v.text)
		}
	}
	r.hint(why)
	r.record(r.today, Noted{Text: strings.Join(lines, "\n")})
	return nil
}

// findingIn reads a finding, and the reason when it stands behind it.
func findingIn(s string) (f Finding, rest string, ok bool) {
	if strings.Contains(s, "?") {
		return "", "", false
	}
	heads := []int{len(s)}
	if i := strings.IndexAny(s, ",;:.(–—\n"); i >= 0 {
		heads = append(heads, i)
	}
	lower := strings.ToLower(s)
	for _, word := range [...]string{" want ", " omdat ", " because ", " - "} {
		if i := strings.Index(lower, word); i >= 0 && len(lower) == len(s) {
			heads = append(heads, i)
		}
	}
	for _, at := range heads {
		for _, names := range findingNames {
			if isOneOf(plain(s[:at]), strings.Split(names.words, ",")) {
				return names.finding, reasonIn(s[at:]), true
			}
		}
	}
	return "", "", false
}

// reasonIn takes "want" and the like from the front of a reason.
func reasonIn(s string) string {
	s = trimPause(s)
	for _, word := range [...]string{"want ", "omdat ", "because "} {
		if len(s) > len(word) && strings.EqualFold(s[:len(word)], word) {
			s = s[len(word):]
		}
	}
	return strings.TrimSpace(s)
}

func (r *reader) formOffer(f form, day calendar.Date) *Refusal {
	v, ok := r.news(f, formOffer)
	if !ok {
		return nil
	}
	reason, isNone := cutNone(v.text)
	switch {
	case !isNone:
		r.record(day, Offered{Text: v.text})
	case plain(reason) != "":
		r.record(day, NoOffer{Reason: reason})
	case r.c.NoOffer == nil:
		r.hint(Words{"Schrijf nog waarom er geen aanbod is: #geenaanbod <reden>", "Please write why there is no offer: #nooffer <reason>"})
	}
	return nil
}

func (r *reader) formReaction(f form, day calendar.Date) *Refusal {
	v, ok := r.news(f, formReaction)
	if !ok {
		return nil
	}
	score, words, refusal := r.score(v.line, v.text)
	if refusal != nil {
		return refusal
	}
	said, known, rest := satisfactionIn(words)
	switch {
	case score == 0 && !known:
		return r.refuse(v.line, Words{"Is de klager tevreden of niet? Schrijf een cijfer van 1 tot 5. Laat de regel leeg zolang de klager nog nadenkt.",
			"Is the complainant satisfied or not? Write a score from 1 to 5. Leave the line empty while the complainant is still thinking."})
	case score > 0 && known && said != (score >= 3):
		return r.contradiction(v.line, score)
	case score == 3 && !known:
		r.hint(Words{"Een 3 geldt als tevreden. Is dat niet zo? Stuur: #ontevreden 3", "A 3 counts as satisfied. Is that wrong? Send: #dissatisfied 3"})
	}
	b := Reacted{Satisfied: said, Score: score, Words: words}
	if score > 0 {
		b.Satisfied = score >= 3
	} else {
		b.Words = rest
	}
	r.record(day, b)
	return nil
}

func (r *reader) formMeasure(f form, _ calendar.Date) *Refusal {
	v, ok := r.news(f, formMeasure)
	if !ok {
		return nil
	}
	reason, isNone := cutNone(v.text)
	switch {
	case isNone && plain(reason) != "":
		r.record(r.today, NoMeasure{Reason: reason})
		return nil
	case isNone:
		if r.c.NoMeasure == nil {
			r.hint(Words{"Schrijf nog waarom er geen maatregel is: #geenmaatregel <reden>", "Please write why there is no measure: #nomeasure <reason>"})
		}
		return nil
	}
	text, got, refusal := cutFields(strings.Split(v.text, "\n"), measuring)
	if refusal != nil {
		return refusal
	}
	for _, m := range r.c.Measures {
		if sameText(m.Text, text) {
			return nil
		}
	}
	return doMeasure(r, command{line: v.line, text: text, got: got})
}
