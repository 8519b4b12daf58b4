package letters

import (
	"slices"
	"strings"
)

// Untranslated lists what of the facts stands in a letter in the other language than that of the letter, as when a handler
// gives a Dutch reason in a case whose letters are in English. Nothing translates it: the handler is told, and can write the
// letter herself. It knows nothing of a letter that was read back from where it was kept.
func Untranslated(l Letter) []string {
	var all []string
	for _, bl := range l.blocks {
		for _, line := range bl.lines {
			for _, s := range line {
				if s.value && !s.moving && foreign(s.text, l.Lang) && !slices.Contains(all, s.text) {
					all = append(all, s.text)
				}
			}
		}
	}
	return all
}

// tongues are words by which a language is known: frequent ones that the other does not have.
var tongues = map[string][]string{
	"nl": strings.Fields(`de het een en van ik u uw je niet geen dat die dit deze op te voor met zijn er maar om hem haar wij onze ons bij ook naar omdat werd wordt
		worden is aan als dan nog wel zou heeft hebben kan kon door uit tot over zonder daarom klacht afspraak`),
	"en": strings.Fields(`the an and of you your not no that this these to for with are there but she he we our us at also because were be been
		as then if would has have can could by from until about without therefore complaint appointment`),
}

// foreign says whether a text is rather in the other language. A name is in none, and neither are two or three words.
func foreign(text, lang string) bool {
	words := strings.Fields(bare(text))
	if len(words) < 4 || capitals(strings.Fields(text)) {
		return false
	}
	own, other := 0, 0
	for _, w := range words {
		if slices.Contains(tongues[lang], w) {
			own++
		}
		if slices.Contains(tongues[otherTongue[lang]], w) {
			other++
		}
	}
	return other > own
}

var otherTongue = map[string]string{"nl": "en", "en": "nl"}
