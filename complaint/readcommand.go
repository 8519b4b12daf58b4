package complaint

import (
	"regexp"
	"strings"

	"klachtd/calendar"
)

// command is a tag as it was typed, with its value.
type command struct {
	*tag
	line  string
	typed string            // the line and what follows it, to type again
	text  string            // the value without fields and day
	got   map[string]string // the fields, by key
	on    calendar.Date
}

var blankRE = regexp.MustCompile(`<\pL[^<>@]{0,60}>`)

// command reads the value of a tag.
func (r *reader) command(p passage) (command, *Refusal) {
	typed := append([]string{p.line}, p.lines[1:]...)
	c := command{tag: p.tag, line: p.line, on: r.today, typed: strings.TrimSpace(strings.Join(typed, "\n"))}
	value := strings.TrimSpace(strings.Join(p.lines, "\n"))
	if p.tag.raw {
		c.text = value
		return c, r.lacksText(c)
	}
	if refusal := r.tagIn(typed); refusal != nil {
		return c, refusal
	}
	if blank := blankRE.FindString(value); blank != "" {
		return c, r.refuse(p.line, Words{"Vul hier nog iets in: " + blank, "Please complete this: " + blank})
	}
	var refusal *Refusal
	if c.text, c.got, refusal = cutFields(strings.Split(value, "\n"), p.tag.allFields()); refusal != nil {
		return c, onTagLine(p, refusal)
	}
	r.cutValues(&c)
	if refusal := r.day(&c); refusal != nil {
		return c, refusal
	}
	if refusal := r.standsAlone(c); refusal != nil {
		return c, refusal
	}
	return c, r.lacksText(c)
}

// onTagLine makes a refusal of the value behind a tag one of the whole line.
func onTagLine(p passage, refused *Refusal) *Refusal {
	value := strings.TrimSpace(p.lines[0])
	if value == "" || refused.Line != value || !strings.HasSuffix(p.line, value) {
		return refused
	}
	refused.Line = p.line
	for i, try := range refused.Try {
		refused.Try[i] = strings.TrimSuffix(p.line, value) + try
	}
	return refused
}

// cutValues gives what stands behind the value of a short field back to the text: "punt: 2 De afspraak is vergeten."
func (r *reader) cutValues(c *command) {
	for _, f := range c.allFields() {
		if s := c.got[f.key]; s != "" && f.cut != nil {
			value, rest := f.cut(r, s)
			c.got[f.key], c.text = value, strings.TrimSpace(c.text+"\n"+rest)
		}
	}
}

// standsAlone refuses "#akkoord, maar pas morgen": the condition would be lost.
func (r *reader) standsAlone(c command) *Refusal {
	for word := range strings.FieldsSeq(plain(c.text)) {
		if c.bare && !isOneOf(word, politeWords, greetings, strings.Fields(plain(r.in.From.Name))) {
			word := c.in(r.lang)
			return r.refuse(c.line, Words{"Achter " + word + " hoort niets te staan. Wat u wilt bewaren, kan op een eigen regel.",
				"Nothing belongs behind " + word + ". What you want to keep can have a line of its own."}, word, Words{"#notitie ", "#note "}.In(r.lang)+oneLine(c.text))
		}
	}
	return nil
}

func (r *reader) lacksText(c command) *Refusal {
	if !c.needs || plain(c.text) != "" {
		return nil
	}
	return r.lackingText(c)
}

func (r *reader) lackingText(c command) *Refusal {
	return r.refuse(c.line, Words{"Hier ontbreekt nog: " + c.takes.NL, "This still lacks: " + c.takes.EN}, c.in(r.lang)+" "+c.takes.In(r.lang))
}

// day finds the day on which what the command says happened.
func (r *reader) day(c *command) (refused *Refusal) {
	afterReceipt := !c.early
	if s := c.got["day"]; s != "" {
		c.on, refused = r.pastDay(c.line, s, afterReceipt)
		return refused
	}
	lead, ok := leadingDay(c.text, r.today, false)
	switch {
	case !ok && c.tag.day == dayAlways && !c.early:
		r.trailingDay(c)
		return nil
	case !ok, c.tag.day <= dayNamed, fiveRE.MatchString(c.text):
		return nil
	case !lead.pause && (c.tag.day == dayPause || c.tag.day == dayFirst && lead.weekday):
		return nil
	case c.tag.day == dayAlways:
		if refusal := r.checkPast(c.line, lead.day, afterReceipt); refusal != nil {
			return refusal
		}
	case r.checkPast(c.line, lead.day, afterReceipt) != nil:
		return nil // part of what is said: an offer for a day to come
	}
	c.on, c.text = lead.day, lead.rest
	return nil
}

// trailingDay finds the day at the end of a text: "aan de telefoon op 18-11". It is one since the receipt, until today.
func (r *reader) trailingDay(c *command) {
	words := strings.Fields(c.text)
	for n := min(len(words), 5); n > 0; n-- {
		tail := strings.Join(words[len(words)-n:], " ")
		day, ok := ParseDay(tail, r.today, false)
		if _, relative := relativeDay(dayText(tail), r.today); !ok || !relative && !strings.ContainsAny(tail, "0123456789") {
			continue
		}
		if r.checkPast(c.line, day, true) == nil {
			head := strings.Join(words[:len(words)-n], " ")
			c.on, c.text = day, strings.TrimRight(head, " ,;:-–—")
		}
		return
	}
}

// tagIn refuses a tag in the middle of a line: it would be lost in the value of another.
func (r *reader) tagIn(lines []string) *Refusal {
	for _, line := range lines {
		if word := tagInside(line); word != "" {
			return r.refuse(line, Words{"#" + word + " staat midden in een regel. Bedoelde u #" + word + "? Begin er een nieuwe regel mee.",
				"#" + word + " stands in the middle of a line. Did you mean #" + word + "? Begin a new line with it."}, "#"+word)
		}
	}
	return nil
}
