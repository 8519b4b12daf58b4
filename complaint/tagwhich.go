package complaint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"klachtd/calendar"
)

// Which of several complainants, persons or points a command is about.

// cutNumber takes a number from the front of a value.
func cutNumber(r *reader, s string) (value, rest string) {
	m := leadingNumberRE.FindStringSubmatch(s)
	if m == nil {
		return cutWord(r, s)
	}
	return m[1], trimPause(s[len(m[1]):])
}

var leadingNumberRE = regexp.MustCompile(`^(\d{1,2})(?:[^\d\pL/-]|$)`)

// cutWord takes the first word of a value.
func cutWord(_ *reader, s string) (value, rest string) {
	value, rest, _ = strings.Cut(s, " ")
	return strings.TrimRight(value, ",.;:"), trimPause(rest)
}

// cutDay takes a day to come from the front of a value.
func cutDay(r *reader, s string) (value, rest string) {
	if _, ok := ParseDay(s, r.today, true); ok {
		return s, ""
	}
	lead, ok := leadingDay(s, r.today, true)
	if !ok {
		return s, ""
	}
	head := strings.TrimSpace(strings.TrimSuffix(oneLine(s), oneLine(lead.rest)))
	return strings.TrimRight(head, "-–—,;: "), lead.rest
}

func cutComplainant(r *reader, s string) (value, rest string) {
	if value, rest, ok := cutEverybody(s); ok {
		return value, rest
	}
	var all []Party
	for _, k := range r.c.Complainants {
		all = append(all, k.Party)
	}
	return cutName(s, all)
}

func cutPerson(r *reader, s string) (value, rest string) {
	var all []Party
	for _, p := range r.c.Persons {
		all = append(all, p.Party)
	}
	return cutName(s, all)
}

var everybodyRE = regexp.MustCompile(`(?i)^(allen|allemaal|alle klagers|alle|alles|iedereen|allebei|beiden?|all of them|all|everybody|everyone|both)(?:[^\pL]|$)`)

func cutEverybody(s string) (value, rest string, ok bool) {
	m := everybodyRE.FindStringSubmatch(s)
	if m == nil {
		return "", "", false
	}
	return m[1], trimPause(s[len(m[1]):]), true
}

// cutName takes the longest name of one of the parties from the front of a value, its first word when there is none.
func cutName(s string, all []Party) (value, rest string) {
	words := strings.Fields(s)
	for n := min(len(words), 8); n > 0; n-- {
		head := strings.Join(words[:n], " ")
		if slices.ContainsFunc(all, func(p Party) bool { return calledBy(p, head) }) {
			at := strings.Index(s, words[0])
			for _, w := range words[:n] {
				at += strings.Index(s[at:], w) + len(w)
			}
			return strings.TrimRight(head, ",.;:"), trimPause(s[at:])
		}
	}
	return cutWord(nil, s) // nobody: whoever is meant, the rest is no name
}

// calledBy says whether a name is that of a party: the whole name, the first name, the last name, or the mail address.
func calledBy(p Party, name string) bool {
	if SameMail(p.Mail, strings.Trim(name, "<>,.;:()")) {
		return true
	}
	own, words := strings.Fields(plain(p.Name)), strings.Fields(plain(name))
	for len(words) > 1 && isOneOf(words[0], titles) {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > len(own) {
		return false
	}
	turned := len(words) == len(own) && hasWords(plain(p.Name), words) // "Bos, Sanne"
	return turned || slices.Equal(words, own[len(own)-len(words):]) || slices.Equal(words, own[:1])
}

var titles = strings.Fields("mevrouw mevr mw meneer dhr de heer ms mrs mr")

// complainant says which complainant a command is about, 0 for all of them. When there are several, it has to be said.
func (r *reader) complainant(c command) (int, *Refusal) {
	who := c.got["complainant"]
	_, _, all := cutEverybody(who)
	var open, found []Complainant
	for i, k := range r.c.Complainants {
		if k.Withdrawn == nil {
			open = append(open, k)
		}
		if calledBy(k.Party, who) || who == strconv.Itoa(i+1) {
			found = append(found, k)
		}
	}
	switch {
	case all, who == "" && len(open) <= 1:
		return 0, nil
	case len(found) == 1 && len(r.c.Complainants) == 1:
		return 0, nil
	case len(found) == 1:
		return found[0].ID, nil
	case len(open) <= 1:
		return 0, r.refuse(c.line, Words{"Een klager met de naam " + who + " staat niet in deze zaak.", "There is no complainant named " + who + " in this case."},
			append(r.naming(c, open), Words{"#klacht medeklager: ", "#complaint co-complainant: "}.In(r.lang)+who)...)
	}
	return 0, r.refuse(c.line, Words{"Om welke klager gaat het? Kies een van deze regels.", "Which complainant is it about? Choose one of these lines."}, r.naming(c, open)...)
}

// naming lists the command as typed, once for each complainant and once for all of them.
func (r *reader) naming(c command, all []Complainant) []string {
	var try []string
	for i, k := range all {
		try = append(try, r.about(c, either(k.Name, either(k.Mail, strconv.Itoa(i+1)))))
	}
	if len(all) > 1 {
		try = append(try, r.about(c, Words{"allen", "all"}.In(r.lang)))
	}
	return try
}

// about is a command as typed, about another complainant.
func (r *reader) about(c command, who string) string {
	if said := c.got["complainant"]; said != "" {
		return strings.Replace(c.typed, said, who, 1)
	}
	first, more, _ := strings.Cut(c.typed, "\n")
	return strings.TrimSpace(first + Words{" klager: ", " complainant: "}.In(r.lang) + who + "\n" + more)
}

// openDay reads a day that lies ahead, after today.
func (r *reader) openDay(line, s string) (calendar.Date, *Refusal) {
	day, refusal := r.dueDay(line, s)
	if refusal == nil && day == r.today {
		return 0, r.refuse(line, Words{day.Full("nl") + " is vandaag. Welke dag bedoelt u?", day.Full("en") + " is today. Which day do you mean?"})
	}
	return day, refusal
}
