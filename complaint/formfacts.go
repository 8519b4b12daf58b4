package complaint

import (
	"slices"
	"strings"

	"klachtd/calendar"
)

// readForm records what the form says and the file does not say yet, in the order of the articles. What it leaves open
// is no fault: the next mail asks for it. A form that is refused comes back as it was filled in.
func (r *reader) readForm(lines []string) *Refusal {
	if refusal := r.aboutOneCase(""); refusal != nil {
		return refusal
	}
	f, loose, refusal := r.formValues(lines)
	if refusal != nil {
		refusal.Try = r.filled(lines)
		return refusal
	}
	if len(f) == 0 && loose == "" {
		return r.refuse("", Words{"Het formulier is leeg. Vul in wat u weet en stuur het terug:", "The form is empty. Complete what you know and send it back:"}, r.formLines()...)
	}
	if refusal := r.ended("", f.still()); refusal != nil {
		return refusal
	}
	layout := r.c
	facts, hints := len(r.out.Facts), len(r.out.Hints)
	if refusal := r.formFacts(f); refusal != nil {
		refusal.Try = filledIn(&layout, r.lang, lines)
		return refusal
	}
	if refusal := r.formDecides(facts); refusal != nil {
		return refusal
	}
	if loose != "" {
		r.record(r.today, Noted{Text: loose})
	}
	if len(r.out.Facts) == facts && len(r.out.Hints) == hints {
		r.hint(Words{"In het formulier stond niets nieuws.", "The form held nothing new."})
	}
	return nil
}

// formFacts records the values of a form.
func (r *reader) formFacts(f form) *Refusal {
	day, refusal := r.formDay(f)
	if refusal != nil {
		return refusal
	}
	r.callDay = day
	if refusal := r.formPersons(f); refusal != nil {
		return refusal
	}
	call := len(r.out.Facts)
	for _, step := range [...]func(form, calendar.Date) *Refusal{r.formFinding, r.formOffer, r.formReactions, r.formCommitment} {
		if refusal := step(f, day); refusal != nil {
			return refusal
		}
	}
	r.formCall(f, day, call)
	r.concludeLast(call)
	return r.formMeasure(f)
}

// still are the ends of a case at which the form may still be sent: of a withdrawn complaint the measure is asked.
func (f form) still() ends {
	for k := range f {
		if k.key != formMeasure {
			return noEnd
		}
	}
	return endWithdrawn
}

// formDecides refuses a form by which a handler decides in her own matter.
func (r *reader) formDecides(from int) *Refusal {
	for _, f := range r.out.Facts[from:] {
		switch f.Body.(type) {
		case Judged, Offered, NoOffer, Reacted:
			return r.ownMatter("")
		}
	}
	return nil
}

// concludeLast puts "no offer" behind a dissatisfied reaction in the same form: who says both has considered a new offer
// and makes none, which concludes the handling (article 5).
func (r *reader) concludeLast(from int) {
	facts := r.out.Facts[from:]
	none := slices.IndexFunc(facts, func(f Fact) bool { _, ok := f.Body.(NoOffer); return ok })
	said := -1 // the last one of several complainants
	for i, f := range facts {
		if b, ok := f.Body.(Reacted); ok && !b.Satisfied {
			said = i
		}
	}
	if none < 0 || said < none {
		return
	}
	last := facts[none]
	copy(facts[none:], facts[none+1:said+1])
	facts[said] = last
	r.refold()
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

// formCall records the call before what was said in it, when the form tells of any, unless the call is on file: that
// day, or in the last days when the form gives none.
func (r *reader) formCall(f form, day calendar.Date, at int) {
	_, dated := f[formKey{formDay, 0}]
	if len(r.out.Facts) == at && !dated {
		return
	}
	for _, call := range r.c.Calls {
		if !call.Body.(Called).NoAnswer && (call.On == day || !dated && call.On >= day.AddDays(-recentCall)) {
			return
		}
	}
	r.insert(at, day, Called{})
}

// recentCall is how many days ago a call was at most for an undated form to be about it.
const recentCall = 3

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
