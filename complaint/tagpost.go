package complaint

import (
	"regexp"
	"slices"
	"strings"
)

// Letters by post: klachtd makes them, the handler posts them and says so.

// doPosted records that printed letters were posted.
func doPosted(r *reader, c command) *Refusal {
	keys, refusal := r.toPost(&c)
	if refusal != nil || len(keys) == 0 {
		return refusal
	}
	r.record(c.on, Posted{Keys: keys})
	if c.text != "" {
		r.record(r.today, Noted{Text: c.text})
	}
	return nil
}

// postedRE reads "ja, gepost op maandag" in answer to whether a letter was posted.
var postedRE = regexp.MustCompile(`(?i)^(?:ja|yes)?[,.]?\s*(?:(?:is|hij is|it was)\s+)?(?:gepost|verzonden|verstuurd|op de post(?: gedaan)?|posted|sent)?\s*(?:op|on)?\s+([^\n]+?)\.?$`)

// postedOn makes the command of such an answer when it says nothing but the day.
func (r *reader) postedOn(text string) string {
	if r.question() != AskPosted {
		return text
	}
	m := postedRE.FindStringSubmatch(strings.TrimSpace(" " + text))
	if m == nil {
		return text
	}
	if _, ok := ParseDay(m[1], r.today, false); !ok {
		return text
	}
	return Words{"#verzonden ", "#posted "}.In(r.lang) + m[1]
}

// toPost finds the letters a command means: those of the mail it answers, one that it names, or the only one.
// What it takes from the text to know them is gone from it.
func (r *reader) toPost(c *command) ([]Key, *Refusal) {
	open := r.printed(false)
	if r.question() == AskPosted {
		asked := func(k Key) bool { return !slices.Contains(r.ask.Keys, k) }
		if open = slices.DeleteFunc(open, asked); len(open) == 0 {
			return r.postedBefore(c, slices.DeleteFunc(r.printed(true), asked))
		}
		return open, nil
	}
	named := slices.DeleteFunc(slices.Clone(open), func(k Key) bool { return !r.isLetter(k, c.text) })
	_, rest, all := cutEverybody(c.text)
	switch {
	case len(open) == 0:
		return r.postedBefore(c, r.printed(true))
	case all && rest == "":
		c.text = ""
		return open, nil
	case len(named) > 0 && r.oneLetter(named):
		c.text = ""
		return named, nil
	case !r.namesLetter(c.text) && r.oneLetter(open):
		return open, nil
	}
	var try []string
	for _, k := range open {
		if line := c.in(r.lang) + " " + r.letterTo(k); !isOneOf(line, try) {
			try = append(try, line)
		}
	}
	return nil, r.refuse(c.line, Words{"Welke brief is op de post?", "Which letter was posted?"}, append(try, c.in(r.lang)+" "+Words{"alle", "all"}.In(r.lang))...)
}

// postedBefore answers for a letter that was posted already: another day for it can only be noted.
func (r *reader) postedBefore(c *command, keys []Key) ([]Key, *Refusal) {
	if len(keys) == 0 || !r.oneLetter(keys) {
		return nil, r.refuse(c.line, Words{"Er ligt geen brief van deze zaak om te posten.", "No letter of this case waits to be posted."})
	}
	old, _ := r.c.delivered(keys[0])
	was := Words{"Deze brief staat al als gepost op " + old.on.Full("nl") + ".", "This letter is on file as posted on " + old.on.Full("en") + "."}
	if c.on == old.on || c.on == r.today { // without another day
		r.hint(was)
		return nil, nil
	}
	return nil, r.refuse(c.line, Words{was.NL + " Was het een andere dag? Leg dat vast als notitie.", was.EN + " Was it another day? Then keep that as a note."},
		Words{"#notitie ", "#note "}.In(r.lang)+strings.TrimPrefix(oneLine(c.typed), "#"))
}

// printed lists the duties whose letter was printed, those not yet posted or those that were.
func (r *reader) printed(posted bool) []Key {
	var all []Key
	for _, d := range Duties(r.c, r.today) {
		if _, printed := r.c.printed[d.Key]; printed && d.State != Lapsed && d.State != Impossible && posted == (d.State != Open) {
			all = append(all, d.Key)
		}
	}
	return all
}

// oneLetter says whether keys are met by one and the same letter.
func (r *reader) oneLetter(keys []Key) bool {
	for _, k := range keys {
		if r.c.printed[k].MessageID != r.c.printed[keys[0]].MessageID {
			return false
		}
	}
	return true
}

// letterTo names a printed letter, with whom it is for when that is needed to tell it apart.
func (r *reader) letterTo(k Key) string {
	return k.Kind.Name().In(r.lang) + " " + r.c.Party(k.Party).Name
}

// namesLetter says whether a text begins with the name of some letter.
func (r *reader) namesLetter(text string) bool {
	for _, k := range Kinds() {
		for _, w := range [...]string{k.Name().NL, k.Name().EN} {
			if strings.HasPrefix(plain(text), plain(w)) {
				return true
			}
		}
	}
	return false
}

// isLetter says whether a text names the letter for a duty.
func (r *reader) isLetter(k Key, text string) bool {
	said := plain(text)
	for _, w := range [...]string{k.Kind.Name().NL, k.Kind.Name().EN} {
		if said != "" && (said == plain(w) || said == strings.TrimSpace(plain(w+" "+r.c.Party(k.Party).Name))) {
			return true
		}
	}
	return false
}

// answerPosted carries out the answer to the question whether a letter was posted.
func (r *reader) answerPosted(a answer, line string) *Refusal {
	switch {
	case a.yes:
		return doPosted(r, command{line: line, on: r.today})
	case a.no:
		r.hint(Words{"Goed. Antwoord met ja zodra de brief op de post is.", "All right. Answer with yes as soon as the letter is in the post."})
		return nil
	}
	return r.yesOrNo(line)
}
