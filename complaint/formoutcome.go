package complaint

import (
	"slices"
	"strings"

	"klachtd/calendar"
)

// The lines of the form about the offer, what the complainants say of it, and the measure.

func (r *reader) formOffer(f form, day calendar.Date) *Refusal {
	v, ok := r.news(f, formOffer)
	if !ok {
		return nil
	}
	if text, _, dated := r.datedOffer(f); dated {
		if v.text = text; sameText(text, knownOffer(&r.c, "", 0)) {
			return nil
		}
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

// datedOffer reads an offer that says by when it is carried out: "nieuwe afspraak voor: 3-12". It is agreed once the
// complainant is satisfied with it; until then the date is part of the offer.
func (r *reader) datedOffer(f form) (text string, by calendar.Date, dated bool) {
	v := f[formKey{formOffer, 0}]
	text, got, refusal := cutFields(strings.Split(v.text, "\n"), measuring)
	if refusal != nil || got["by"] == "" || got["who"] != "" || plain(text) == "" {
		return v.text, 0, false
	}
	by, ok := ParseDay(got["by"], r.today, true)
	return text, by, ok && by >= r.today && f.satisfied()
}

// satisfied says whether every reaction in the form is one of satisfaction.
func (f form) satisfied() bool {
	any := false
	for k, v := range f {
		if k.key == formReaction {
			said, known, _ := satisfactionIn(v.text)
			if first := strings.TrimLeft(v.text, " "); !known && !strings.ContainsAny(first[:1], "345") || known && !said {
				return false
			}
			any = true
		}
	}
	return any
}

func (r *reader) formCommitment(f form, day calendar.Date) *Refusal {
	text, by, dated := r.datedOffer(f)
	if !dated {
		return nil
	}
	for _, k := range r.c.Commitments {
		if sameText(k.Text, text) {
			return nil
		}
	}
	r.record(day, Committed{Text: text, By: by})
	return nil
}

// formReactions records what each complainant said.
func (r *reader) formReactions(f form, day calendar.Date) *Refusal {
	var numbers []int
	for k := range f {
		if k.key == formReaction {
			numbers = append(numbers, k.n)
		}
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		v := f[formKey{formReaction, n}]
		if n == 0 && len(r.c.Complainants) > 1 || n > len(r.c.Complainants) {
			return r.refuse(v.line, Words{"Van welke klager is deze reactie? Elke klager heeft een eigen regel.", "Whose reaction is this? Each complainant has a line of their own."})
		}
		if refusal := r.formReaction(v, r.c.Complainants[max(n-1, 0)], day); refusal != nil {
			return refusal
		}
	}
	return nil
}

func (r *reader) formReaction(v formValue, k Complainant, day calendar.Date) *Refusal {
	at := slices.IndexFunc(r.c.Complainants, func(other Complainant) bool { return other.ID == k.ID })
	if sameText(v.text, knownReaction(&r.c, "nl", at)) || sameText(v.text, knownReaction(&r.c, "en", at)) {
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
	if old := r.c.reactionOf(k); old != nil {
		if o := old.Body.(Reacted); o.Satisfied == b.Satisfied && o.Score == b.Score && (b.Words == "" || sameText(o.Words, b.Words)) {
			return nil
		}
	}
	if len(r.c.Complainants) > 1 {
		b.Party = k.ID
	}
	r.record(day, b)
	return nil
}

func (r *reader) formMeasure(f form) *Refusal {
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
	return doMeasure(r, command{line: v.line, text: text, got: got, on: r.today})
}
