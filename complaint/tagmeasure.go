package complaint

import (
	"regexp"
	"strconv"
	"strings"
)

// Measures against repetition and what was agreed (articles 7 and 8), until they are done.

var measureDoneRE = regexp.MustCompile(`(?is)^(?:maatregel |measure )?(?:nr\.? ?)?(\d{1,2}):? +(?:is |was )?(?:klaar|gereed|gedaan|uitgevoerd|afgerond|done|ready|carried out|completed)(?:[^\pL](.*)|$)`)

func doMeasure(r *reader, c command) *Refusal {
	if m := measureDoneRE.FindStringSubmatch(c.text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return r.measureDone(c, n, trimPause(m[2]))
	}
	if refusal := r.ended(c.line, endClosed|endWithdrawn); refusal != nil {
		return refusal
	}
	if isOneOf(plain(c.text), doneWords) {
		return r.refuse(c.line, Words{"Welke maatregel is klaar?" + r.measureList("nl"), "Which measure is done?" + r.measureList("en")}, Words{"#maatregel 1 klaar", "#measure 1 done"}.In(r.lang))
	}
	if reason, none := cutNone(c.text); none {
		return r.refuse(c.line, Words{"Is er geen maatregel? Zeg dan waarom niet.", "Is there no measure? Then say why not."},
			Words{"#geenmaatregel ", "#nomeasure "}.In(r.lang)+either(oneLine(reason), Words{"<reden>", "<reason>"}.In(r.lang)))
	}
	b := MeasureTaken{Text: c.text, Owner: c.got["who"]}
	if s := c.got["by"]; s != "" {
		day, refusal := r.dueDay(c.line, s)
		if refusal != nil {
			return refusal
		}
		b.By = day
	}
	r.record(c.on, b)
	return nil
}

var doneWords = []string{"klaar", "is klaar", "gereed", "is gereed", "gedaan", "uitgevoerd", "afgerond", "done", "ready", "completed"}

func doNoMeasure(r *reader, c command) *Refusal {
	r.record(c.on, NoMeasure{Reason: c.text})
	return nil
}

// measureDone records that a measure was carried out.
func (r *reader) measureDone(c command, n int, effect string) *Refusal {
	switch {
	case n < 1 || n > len(r.c.Measures):
		return r.refuse(c.line, Words{"Er is geen maatregel " + strconv.Itoa(n) + "." + r.measureList("nl"), "There is no measure " + strconv.Itoa(n) + "." + r.measureList("en")})
	case !r.c.Measures[n-1].DoneOn.IsZero() && effect == "":
		r.hint(Words{"Maatregel " + strconv.Itoa(n) + " stond al als klaar.", "Measure " + strconv.Itoa(n) + " was already on file as done."})
		return nil
	}
	r.record(c.on, MeasureDone{Measure: n, Effect: effect})
	return nil
}

func (r *reader) measureList(lang string) string {
	var texts []string
	for _, m := range r.c.Measures {
		texts = append(texts, m.Text)
	}
	return numbered(texts, Words{"De maatregelen zijn:", "The measures are:"}.In(lang), Words{"Er is nog geen maatregel vastgelegd.", "No measure is on file yet."}.In(lang))
}

func (r *reader) commitmentList(lang string) string {
	var texts []string
	for _, k := range r.c.Commitments {
		done := Words{"voor " + k.Until.Long("nl"), "by " + k.Until.Long("en")}
		if !k.KeptOn.IsZero() {
			done = Words{"nagekomen", "kept"}
		}
		texts = append(texts, k.Text+" ("+done.In(lang)+")")
	}
	return numbered(texts, Words{"De afspraken zijn:", "The commitments are:"}.In(lang), Words{"Er is nog geen afspraak vastgelegd.", "No commitment is on file yet."}.In(lang))
}

// numbered lists texts with their numbers below a heading, or says that there are none.
func numbered(texts []string, head, none string) string {
	if len(texts) == 0 {
		return " " + none
	}
	list := " " + head
	for i, text := range texts {
		list += "\n" + strconv.Itoa(i+1) + " " + oneLine(text)
	}
	return list
}

// doCommitment records what was agreed and by when, or puts it off: "#afspraak 2 voor: 3-12 leverancier ziek".
func doCommitment(r *reader, c command) *Refusal {
	number, more, _ := strings.Cut(c.text, "\n")
	if n, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
		return r.moveCommitment(c, n, strings.TrimSpace(more))
	}
	if m := leadingNumberRE.FindStringSubmatch(number); m != nil && c.got["what"] == "" {
		n, _ := strconv.Atoi(m[1])
		if n >= 1 && n <= len(r.c.Commitments) && r.c.Commitments[n-1].KeptOn.IsZero() {
			rest, by := trimPause(c.text[len(m[1]):]), either(c.got["by"], Words{"<datum>", "<date>"}.In(r.lang))
			return r.refuse(c.line, Words{"Gaat dit over afspraak " + m[1] + ", of is het een nieuwe afspraak?", "Is this about commitment " + m[1] + ", or is it a new one?"},
				c.in(r.lang)+" "+m[1]+Words{" voor: ", " by: "}.In(r.lang)+by+" "+oneLine(rest),
				c.in(r.lang)+Words{" wat: ", " what: "}.In(r.lang)+oneLine(c.text)+Words{" voor: ", " by: "}.In(r.lang)+by)
		}
	}
	b := Committed{Text: strings.TrimSpace(c.got["what"] + "\n" + c.text), Owner: c.got["who"]}
	if plain(b.Text) == "" {
		return r.refuse(c.line, Words{"Wat is er afgesproken?", "What was agreed?"}, c.in(r.lang)+" "+c.takes.In(r.lang))
	}
	if c.got["by"] == "" {
		b.Text, c.got["by"] = r.cutDue(b.Text)
	}
	if c.got["by"] == "" {
		return r.refuse(c.line, Words{"Wanneer moet dit klaar zijn? Zet er een datum bij.", "When has this to be done? Please add a date."}, c.typed+Words{" voor: <datum>", " by: <date>"}.In(r.lang))
	}
	day, refusal := r.dueDay(c.line, c.got["by"])
	if refusal != nil {
		return refusal
	}
	b.By = day
	r.reopens()
	r.record(c.on, b)
	return nil
}

var dueRE = regexp.MustCompile(`(?is)^(.+?)[\s,;:(-]+(?:uiterlijk(?: op)?|voor|vóór|before|by) +([^\n]{3,40})$`)

// cutDue takes a day to come from the end of a text: "rapport sturen, uiterlijk 1 december".
func (r *reader) cutDue(text string) (rest, by string) {
	m := dueRE.FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	if _, ok := ParseDay(strings.TrimRight(m[2], ")."), r.today, true); !ok {
		return text, ""
	}
	return m[1], strings.TrimRight(m[2], ").")
}

func (r *reader) moveCommitment(c command, n int, reason string) *Refusal {
	if n < 1 || n > len(r.c.Commitments) {
		return r.refuse(c.line, Words{"Er is geen afspraak " + strconv.Itoa(n) + "." + r.commitmentList("nl"), "There is no commitment " + strconv.Itoa(n) + "." + r.commitmentList("en")})
	}
	k := r.c.Commitments[n-1]
	reason = strings.TrimSpace(c.got["what"] + "\n" + reason)
	again := c.in(r.lang) + " " + strconv.Itoa(n) + Words{" voor: ", " by: "}.In(r.lang)
	blank := Words{"<datum>", "<date>"}.In(r.lang)
	switch {
	case !k.KeptOn.IsZero():
		return r.refuse(c.line, Words{"Afspraak " + strconv.Itoa(n) + " is al nagekomen.", "Commitment " + strconv.Itoa(n) + " has been kept already."})
	case plain(reason) == "":
		return r.refuse(c.line, Words{"Waarom wordt het later? De klager krijgt de reden te lezen.", "Why will it be later? The complainant gets to read the reason."},
			again+either(c.got["by"], blank)+Words{" <reden>", " <reason>"}.In(r.lang))
	case c.got["by"] == "":
		return r.refuse(c.line, Words{"Wanneer is het dan klaar?", "When will it be done then?"}, again+blank+" "+oneLine(reason))
	}
	day, refusal := r.openDay(c.line, c.got["by"])
	if refusal != nil {
		return refusal
	}
	if day <= k.Until {
		return r.refuse(c.line, Words{"Deze afspraak staat op " + k.Until.Full("nl") + ". Alleen een latere datum hoeft u vast te leggen.",
			"This commitment is due on " + k.Until.Full("en") + ". Only a later date has to be recorded."})
	}
	r.record(r.today, CommitmentMoved{Commitment: n, To: day, Reason: reason})
	return nil
}

var whichDoneRE = regexp.MustCompile(`(?i)^(afspraak|commitment|maatregel|measure)[ :]+`)

// doKept records that a commitment was kept or a measure carried out: "#nagekomen 2 gisteren gemaild".
func doKept(r *reader, c command) *Refusal {
	what, text := "", c.text
	if m := whichDoneRE.FindStringSubmatch(text); m != nil {
		what, text = strings.ToLower(m[1][:1]), text[len(m[0]):]
	}
	n, rest, refusal := r.whichKept(&c, text)
	if refusal != nil {
		return refusal
	}
	if what == "m" {
		if n == 0 && len(r.c.Measures) == 1 {
			n = 1
		}
		return r.measureDone(c, n, rest)
	}
	return r.commitmentKept(c, n, rest)
}

// whichKept takes the number from the front of a text, unless it begins a day, and the day behind it.
func (r *reader) whichKept(c *command, text string) (n int, rest string, refused *Refusal) {
	if _, day := leadingDay(text, r.today, true); day {
		return 0, text, nil
	}
	m := leadingNumberRE.FindStringSubmatch(text)
	if m == nil {
		return 0, text, nil
	}
	n, _ = strconv.Atoi(m[1])
	on := c.on
	c.text = trimPause(text[len(m[1]):])
	if refusal := r.day(c); refusal != nil {
		return 0, "", refusal
	}
	if c.on == r.today {
		c.on = on
	}
	return n, c.text, nil
}

func (r *reader) commitmentKept(c command, n int, how string) *Refusal {
	var open []int
	for i, k := range r.c.Commitments {
		if k.KeptOn.IsZero() {
			open = append(open, i+1)
		}
	}
	if n == 0 && len(open) == 1 {
		n = open[0]
	}
	switch {
	case n == 0 && len(open) > 1:
		var try []string
		for _, i := range open {
			try = append(try, strings.TrimSpace(c.in(r.lang)+" "+strconv.Itoa(i)+" "+oneLine(how)))
		}
		return r.refuse(c.line, Words{"Welke afspraak is nagekomen?" + r.commitmentList("nl"), "Which commitment was kept?" + r.commitmentList("en")}, try...)
	case n == 0:
		return r.refuse(c.line, Words{"Er is geen afspraak meer die nog open staat." + r.commitmentList("nl"), "No commitment is open any more." + r.commitmentList("en")})
	case n > len(r.c.Commitments):
		return r.refuse(c.line, Words{"Er is geen afspraak " + strconv.Itoa(n) + "." + r.commitmentList("nl"), "There is no commitment " + strconv.Itoa(n) + "." + r.commitmentList("en")})
	case !r.c.Commitments[n-1].KeptOn.IsZero() && how == "":
		r.hint(Words{"Afspraak " + strconv.Itoa(n) + " stond al als nagekomen.", "Commitment " + strconv.Itoa(n) + " was already on file as kept."})
		return nil
	}
	r.record(c.on, CommitmentKept{Commitment: n, Notes: how})
	return nil
}
