package complaint

import (
	"regexp"
	"strings"
	"unicode"
)

// NamesHandler finds a handler whom the words of a complaint name, so that she can be asked whether it is about her. It is
// a hint and no more: a name in a salutation, under a letter, or of a town does not count.
func NamesHandler(in Incoming, handlers []Handler) (Handler, bool) {
	words := namingWords(ownWords(in.Subject, in.Text))
	for _, h := range handlers {
		if own := strings.Fields(foldName(h.Name)); len(own) > 0 && namedIn(words, own) {
			return h, true
		}
	}
	return Handler{}, false
}

// nameWord is a word of a text, as names are looked for in it.
type nameWord struct {
	fold    string
	capital bool
	greeted bool // it stands in a salutation
	placed  bool // it is said where something is, or a postcode stands before it
	titled  bool // "mevrouw", "mw.", or an initial stands before it
	starts  bool // a sentence begins with it
	pause   bool // a pause follows it
}

var (
	nameWordRE = regexp.MustCompile(`[\pL\d][\pL\d'’-]*\.?`)
	initialRE  = regexp.MustCompile(`^\p{Lu}\.?$`)
	postcodeRE = regexp.MustCompile(`^\p{Lu}{2}$`)
)

// namingWords cuts a text into words and marks what a name among them would be.
func namingWords(text string) []nameWord {
	var all []nameWord
	for line := range strings.Lines(text) {
		greeted, placed, titled := false, false, false
		after := ""
		for i, at := range nameWordRE.FindAllStringIndex(line, -1) {
			raw := line[at[0]:at[1]]
			paused := i == 0 || all[len(all)-1].pause && !titled
			if paused {
				greeted, placed = false, false
			}
			fold := strings.TrimSuffix(foldName(raw), ".")
			all = append(all, nameWord{fold: fold, capital: unicode.IsUpper([]rune(raw)[0]), greeted: greeted, placed: placed, titled: titled,
				starts: paused, pause: strings.HasSuffix(raw, ".") || pauses(line[at[1]:])})
			switch {
			case isOneOf(plain(raw), greetings):
				greeted = true
			case fold != "de" && isOneOf(fold, titles):
				titled, placed = true, false
				continue
			case initialRE.MatchString(raw):
				titled = true
				continue
			}
			placed = isOneOf(fold, places) || postcodeRE.MatchString(raw) && postcodeDigits(after) || placed && isOneOf(fold, smallNames)
			titled = titled && isOneOf(fold, smallNames)
			after = raw
		}
	}
	return all
}

// pauses says whether a text begins with a pause.
func pauses(s string) bool {
	return strings.TrimSpace(s) == "" || strings.ContainsAny(strings.TrimLeft(s, " ")[:1], ",.;:!?()–—-\n")
}

func postcodeDigits(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// places are words before the name of a town.
var places = strings.Fields(`in te naar uit rond rondom omgeving gemeente regio vestiging locatie kantoor station centrum nabij bij
	tot richting near at from to municipality office of`)

// smallNames are the small words within a name.
var smallNames = strings.Fields("van de der den ten ter te het 't von la le el al")

// namedIn says whether the words of a name stand somewhere as a name: the whole name, the first name of nobody else, or the
// last name where no town can be meant.
func namedIn(words []nameWord, own []string) bool {
	first, last := own[0], own[len(own)-1]
	for i, w := range words {
		switch {
		case w.greeted:
		case startsWith(words[i:], own):
			return true
		case w.fold == first && w.capital && len(first) > 2 && len(own) > 1 && (w.pause || !anotherName(words[i+1:], last)):
			return true
		case w.fold == last && w.capital && len(last) > 2 && (w.titled || !w.placed && !firstNamed(words[:i], first)):
			return true
		}
	}
	return false
}

func startsWith(words []nameWord, own []string) bool {
	if len(words) < len(own) {
		return false
	}
	for i, o := range own {
		if words[i].fold != o {
			return false
		}
	}
	return true
}

// anotherName says whether a surname other than this one follows a first name: "Noor de Wit".
func anotherName(next []nameWord, last string) bool {
	for len(next) > 0 && isOneOf(next[0].fold, smallNames) {
		next = next[1:]
	}
	return len(next) > 0 && next[0].capital && next[0].fold != last && !next[0].titled
}

// firstNamed says whether another first name stands before a surname: "met Piet Tielman". Every sentence begins with a
// capital, so that its first word is no such name.
func firstNamed(before []nameWord, first string) bool {
	if len(before) == 0 {
		return false
	}
	w := before[len(before)-1]
	return w.capital && !w.starts && !w.pause && w.fold != first && !w.titled
}
