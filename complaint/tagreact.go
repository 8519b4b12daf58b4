package complaint

import (
	"regexp"
	"strconv"
	"strings"
)

func reacted(satisfied bool) func(*reader, command) *Refusal {
	return func(r *reader, c command) *Refusal {
		party, refusal := r.complainant(c)
		if refusal != nil {
			return refusal
		}
		score, words, refusal := r.score(c.line, c.text)
		if refusal != nil {
			return refusal
		}
		said, known, _ := satisfactionIn(words)
		if satisfied && score > 0 && score < 3 || !satisfied && score > 3 || known && said != satisfied {
			return r.contradiction(c.line, score)
		}
		if !satisfied {
			r.reopens()
		}
		r.record(c.on, Reacted{Satisfied: satisfied, Score: score, Words: words, Party: party})
		return nil
	}
}

// reopens says so when a closed case opens again: something is owed once more.
func (r *reader) reopens() {
	if end, _ := r.end(); end == endClosed {
		r.hint(Words{"De zaak was afgesloten en is nu weer open.", "The case was closed and is open again now."})
	}
}

// contradiction asks which of the two is meant, where a score says the other thing than the words.
func (r *reader) contradiction(line string, score int) *Refusal {
	n := ""
	if score > 0 {
		n = " " + strconv.Itoa(score)
	}
	return r.refuse(line, Words{"Dit spreekt zichzelf tegen. Is de klager tevreden (3, 4 of 5) of niet (1 of 2)?",
		"This contradicts itself. Is the complainant satisfied (3, 4 or 5) or not (1 or 2)?"},
		Words{"#tevreden 4", "#satisfied 4"}.In(r.lang), Words{"#ontevreden", "#dissatisfied"}.In(r.lang)+n)
}

var (
	scoreRE = regexp.MustCompile(`(?i)^(?:(?:een|cijfer|score|a) )?(\d+)(?:\s*(?:/|van de|van|uit|out of)\s*5)?([\s,.;:!)–—-]*)`)
	// fractionRE finds what is no whole number, or two of them.
	fractionRE = regexp.MustCompile(`^(?:(?:een|cijfer|score|a) )?\d+\s*(?:[,.]\d|½|-\d|–\d|/\d)`)
	fiveRE     = regexp.MustCompile(`(?i)^(?:(?:een|cijfer|score|a) )?\d\s*/\s*5(?:\D|$)`)
)

// score takes a satisfaction of 1-5 from the front of a text; 0 when the text gives none.
func (r *reader) score(line, text string) (n int, words string, refused *Refusal) {
	if n, rest, ok := scoreInWords(text); ok {
		return n, rest, nil
	}
	m := scoreRE.FindStringSubmatch(text)
	if m == nil || isCount(text[len(m[0]):], m[2]) {
		return 0, text, nil
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || n < 1 || n > 5 || fractionRE.MatchString(text) && !fiveRE.MatchString(text) {
		return 0, "", r.refuse(line, Words{"De tevredenheid is een heel cijfer van 1 (zeer ontevreden) tot 5 (zeer tevreden).",
			"The satisfaction is a whole number from 1 (very dissatisfied) to 5 (very satisfied)."})
	}
	return n, strings.TrimSpace(text[len(m[0]):]), nil
}

// isCount says whether the number before rest counts something: "4 weken gewacht", "2x gebeld".
func isCount(rest, gap string) bool {
	word, _, _ := strings.Cut(rest, " ")
	return strings.Trim(gap, " ") == "" && isOneOf(plain(word), countedWords)
}

// scoreInWords reads "vier" where nothing but a pause follows it. "een" and "one" are also articles, and count alone only.
func scoreInWords(text string) (n int, rest string, ok bool) {
	head := text
	if i := strings.IndexAny(text, ",;:.\n–—-("); i >= 0 {
		head = text[:i]
	}
	head = strings.TrimSpace(head)
	n, ok = numberWords[plain(head)]
	if !ok || n > 5 {
		return 0, "", false
	}
	return n, trimPause(text[len(head):]), true
}

var satisfactionRE = regexp.MustCompile(`(?i)^(?:de klager is |klager is |is |was )?(?:(?:heel|zeer|best|erg|redelijk|very|quite) )?` +
	`(niet |not |on|dis|un)?(?:(?:heel|zeer|zo|helemaal|echt|very|quite) )?(tevreden|satisfied)(?:[^\pL]|$)`)

// satisfactionIn reads whether words begin by saying that somebody is satisfied, or is not. Rest is what they say beside
// it, where a pause sets that apart; else it is all of them.
func satisfactionIn(words string) (satisfied, known bool, rest string) {
	m := satisfactionRE.FindStringSubmatchIndex(words)
	if m == nil {
		return false, false, words
	}
	tail := strings.TrimLeft(words[m[5]:], " \t")
	if tail == "" || strings.ContainsAny(tail[:1], ",.;:-(\n") || strings.HasPrefix(tail, "–") || strings.HasPrefix(tail, "—") {
		words = trimPause(tail)
	}
	return m[2] < 0, true, words
}
