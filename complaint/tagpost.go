package complaint

import (
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

// toPost finds the letters a command means: those of the mail it answers, one that it names, or the only one.
// What it takes from the text to know them is gone from it.
func (r *reader) toPost(c *command) ([]Key, *Refusal) {
	open := r.unposted()
	if r.question() == AskPosted {
		if open = slices.DeleteFunc(open, func(k Key) bool { return !slices.Contains(r.ask.Keys, k) }); len(open) == 0 {
			r.hint(Words{"Dat deze brief op de post is, stond er al.", "That this letter was posted was already on file."})
		}
		return open, nil
	}
	named := slices.DeleteFunc(slices.Clone(open), func(k Key) bool { return !r.isLetter(k, c.text) })
	_, rest, all := cutEverybody(c.text)
	switch {
	case len(open) == 0:
		return nil, r.refuse(c.line, Words{"Er ligt geen brief van deze zaak om te posten.", "No letter of this case waits to be posted."})
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

// unposted lists the duties whose letter was printed and not yet posted.
func (r *reader) unposted() []Key {
	var all []Key
	for _, d := range Duties(r.c, r.today) {
		if _, printed := r.c.printed[d.Key]; printed && d.State == Open {
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
