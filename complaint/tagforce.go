package complaint

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What is refused for the handler's own good she may insist on with #forceer and a reason. It is recorded. What would make
// a letter false or harm somebody cannot be forced.

// insisting finds #forceer anywhere in the mail, so that it may stand below what it is about.
func (r *reader) insisting(all []passage) *Refusal {
	for _, p := range all {
		if p.tag == nil || p.tag.name != "forceer" {
			continue
		}
		c, refusal := r.command(p)
		if refusal != nil {
			return refusal
		}
		if r.force != "" {
			return r.refuse(p.line, Words{"Dit staat er twee keer.", "This is given twice."})
		}
		r.force = oneLine(c.text)
	}
	return nil
}

// insist lets a refusal pass when the handler insists, and else adds how she can.
func (r *reader) insist(c command, refused *Refusal) *Refusal {
	if refused == nil {
		return nil
	}
	if r.force == "" {
		refused.Why.NL += " Moet het toch? Stuur het dan samen met een reden."
		refused.Why.EN += " Is it needed all the same? Then send it together with a reason."
		refused.Try = append(refused.Try, c.typed+"\n"+Words{"#forceer <reden>", "#force <reason>"}.In(r.lang))
		return refused
	}
	r.forced = true
	r.record(r.today, Forced{Reason: r.force, Line: oneLine(c.typed)})
	return nil
}

// rest says what is left to say of a mail that was obeyed: nothing had to be forced, or nothing but #stil was in it.
func (r *reader) rest(all []passage) *Refusal {
	var last passage
	for _, p := range all {
		if p.tag != nil && (p.tag.name == "forceer" || p.tag.name == "stil") {
			last = p
		}
	}
	others := slices.ContainsFunc(all, func(p passage) bool {
		return p.form || p.tag != nil && p.tag.name != "forceer" && p.tag.name != "stil" || p.tag == nil && strings.TrimSpace(strings.Join(p.lines, "")) != ""
	})
	r.pointsLeft()
	switch {
	case last.tag == nil:
	case !others:
		word := last.tag.in(r.lang)
		return r.refuse(last.line, Words{word + " hoort bij een andere opdracht. Zet die er in dezelfde mail boven.", word + " belongs to another command. Put that above it in the same mail."})
	case r.force != "" && !r.forced:
		r.hint(Words{"#forceer was niet nodig: er werd niets geweigerd.", "#force was not needed: nothing was refused."})
	}
	return nil
}

// cutQuiet takes #stil from beside a text, so that "ja" below it is still an answer.
func (r *reader) cutQuiet(text string) string {
	var rest []string
	for line := range strings.Lines(text) {
		if first, _ := utf8.DecodeRuneInString(strings.TrimSpace(line)); plainRune(first) == '#' {
			if word, more := cutTag(strings.TrimSpace(line)); more == "" && (word == "stil" || word == "quiet") {
				continue
			}
		}
		rest = append(rest, line)
	}
	bare := strings.TrimSpace(strings.Join(rest, ""))
	if plain(bare) == "" || len(bare) == len(strings.TrimSpace(text)) {
		return text
	}
	r.out.Quiet = true
	return bare
}

func doForce(*reader, command) *Refusal { return nil } // see insisting

func doQuiet(r *reader, _ command) *Refusal {
	r.out.Quiet = true
	return nil
}
