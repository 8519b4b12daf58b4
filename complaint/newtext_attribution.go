package complaint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// attribution returns over how many lines, from line i, a mail program says who wrote the quote below and when; 0 when
// it does not. The date must be nothing but a date, and the line must end in a colon: a sentence that somebody wrote
// ("Op 3 november schreef ik u al dat ...") has more to say.
func attribution(lines []string, i int) int {
	if !headEnds(lines[i:min(i+4, len(lines))]) {
		return 0
	}
	size := 0
	for n := 1; n <= 4 && i+n <= len(lines); n++ {
		part := strings.TrimSpace(lines[i+n-1])
		if size += len(part); part == "" || size > 400 || isQuoted(part) {
			return 0
		}
		head, ok := attributionHead(lines[i : i+n])
		if !ok {
			continue
		}
		quote := quoteFollows(lines[i+n:])
		if attributes(head, quote) {
			if beginsLater(lines[i:i+n], quote) {
				return 0
			}
			return n
		}
	}
	return 0
}

// headEnds says whether any of the lines, before a blank one, ends as an attribution does.
func headEnds(lines []string) bool {
	for _, line := range lines {
		line = strings.TrimRight(line, "*_ \t")
		if line == "" {
			return false
		}
		if last := line[len(line)-1]; last == ':' || last == '-' || last >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// wrappedLine is the length in characters below which a line was not wrapped because it was full.
const wrappedLine = 50

// beginsLater says whether an attribution begins below the first of these lines, which is then the sender's own: many
// programs put no blank line between.
func beginsLater(lines []string, quote bool) bool {
	for k := 1; k < len(lines); k++ {
		head, ok := attributionHead(lines[k:])
		if ok && attributes(head, quote) && (startsWithDate(strings.Fields(head)) || utf8.RuneCountInString(lines[k-1]) < wrappedLine) {
			return true
		}
	}
	return false
}

// attributionHead joins lines, less the colon, or the dashes on both sides, that mark an attribution; false when there
// is neither.
func attributionHead(lines []string) (string, bool) {
	last := strings.TrimRight(lines[len(lines)-1], "*_ \t")
	if !strings.HasSuffix(last, ":") && !strings.HasSuffix(last, "：") && !strings.HasSuffix(last, "---") {
		return "", false
	}
	s := strings.Trim(strings.Join(lines, " "), "*_ \t")
	if strings.HasSuffix(s, "-") {
		return strings.Trim(s, "- "), strings.HasPrefix(s, "---")
	}
	return strings.TrimRight(s, ":： "), true
}

var (
	addressEndRE = regexp.MustCompile(`<[^<>]*@[^<>]*>(?:[ ,]+[^\s<>]+){0,3}$`)
	angleRE      = regexp.MustCompile(`<[^<>]*@[^<>]*>`)
	yearRE       = regexp.MustCompile(`(?:^|\PN)(?:\p{Nd}{4})(?:\PN|$)|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b`)
)

// attributes judges the words of a possible attribution, given whether a marked quote follows.
func attributes(head string, quote bool) bool {
	address := strings.Contains(head, "@") && angleRE.MatchString(head)
	timed := strings.ContainsAny(head, ":.h") && clockRE.MatchString(head) && yearRE.MatchString(head)
	words := strings.Fields(head)
	if len(words) == 0 || !timed && !address && !quote {
		return false
	}
	for _, name := range slices.Concat(namesAfterDate(words), namesBeforeVerb(words)) {
		if address && endsInAddress(name) || !hasSentenceWord(name) {
			return true
		}
	}
	if last := len(words) - 1; quote && address && slices.Contains(quoteVerbs, words[last]) && endsInAddress(words[:last]) {
		return true // NAME <ADDRESS> schreef
	}
	// a language of which we know no verb: an address near the end, a time and a year
	return timed && address && len(words) <= 24 && addressEndRE.MatchString(head) && !hasSentenceWord(words)
}

func endsInAddress(name []string) bool {
	return len(name) > 0 && strings.HasSuffix(strings.TrimRight(name[len(name)-1], ",)"), ">")
}

// namesAfterDate returns whom words may name in one of these. A name may itself look like one, so there may be more.
//
//	Op DATE schreef NAME · Op DATE heeft NAME het volgende geschreven · On DATE, NAME wrote
func namesAfterDate(words []string) (names [][]string) {
	if !startsWithDate(words) {
		return nil
	}
	rest := words[1+dateWords(words[1:]):]
	if len(rest) == 0 {
		return nil
	}
	last := len(rest) - 1
	first, verb := strings.ToLower(rest[0]), strings.ToLower(rest[last])
	if first == "schreef" || first == "schrieb" {
		names = append(names, rest[1:])
	}
	if (first == "heeft" || first == "hat") && (verb == "geschreven" || verb == "geschrieben") {
		name, _ := strings.CutSuffix(strings.Join(rest[1:last], " "), " het volgende")
		names = append(names, strings.Fields(name))
	}
	if slices.Contains(quoteVerbs, verb) {
		names = append(names, withoutAuxiliary(rest[:last]))
	}
	return names
}

// withoutAuxiliary drops the first half of "a écrit" and "ha scritto" from the end of a name.
func withoutAuxiliary(name []string) []string {
	if n := len(name); n > 0 && (name[n-1] == "a" || name[n-1] == "ha") {
		return name[:n-1]
	}
	return name
}

var quoteVerbs = strings.Fields("wrote schreef schrieb écrit escribió scritto escreveu")

// startsWithDate says whether words are "Op", or as much in another language, and a date.
func startsWithDate(words []string) bool {
	switch strings.ToLower(words[0]) {
	case "op", "on", "am", "le", "el", "il", "em":
		n := dateWords(words[1:])
		return strings.ContainsFunc(strings.Join(words[1:1+n], ""), unicode.IsDigit)
	}
	return false
}

// namesBeforeVerb returns whom words may name in "NAME schreef op DATE".
func namesBeforeVerb(words []string) (names [][]string) {
	for i, word := range words {
		if i > 0 && slices.Contains(quoteVerbs, strings.ToLower(word)) && isDate(words[i+1:]) {
			names = append(names, withoutAuxiliary(words[:i]))
		}
	}
	return names
}

// isDate says whether words are a date, with or without a weekday, time and zone, and nothing else.
func isDate(words []string) bool {
	return dateWords(words) == len(words) && strings.ContainsFunc(strings.Join(words, ""), unicode.IsDigit)
}

// dateWords returns how many of the words, from the first, belong to a date.
func dateWords(words []string) int {
	for i, word := range words {
		if !isDateWord(strings.ToLower(strings.Trim(word, "()[].,*\"'"))) {
			return i
		}
	}
	return len(words)
}

var dateNumberRE = regexp.MustCompile(`^(?:\d{1,4}(?:[-/.:]\d{1,4}){0,2}(?:st|nd|rd|th|e|er|h\d*|u|am|pm)?|(?:gmt|utc)?[+-]\d{1,2}:?(?:\d{2})?)$`)

func isDateWord(word string) bool {
	if word == "" || dateNumberRE.MatchString(word) {
		return true
	}
	return slices.Contains(dateSmallWords, word) ||
		len(word) >= 2 && slices.ContainsFunc(dateNames, func(name string) bool { return strings.HasPrefix(name, word) })
}

var dateSmallWords = strings.Fields(`op on om at um à a las alle de del den der the van om uur uhr uhr h am pm a.m p.m cet cest gmt utc
	mrt sept mez mesz - –`)

// dateNames are weekdays and months in Dutch, English, German and French; programs shorten them as they please.
var dateNames = strings.Fields(`maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
	januari februari maart april mei juni juli augustus september oktober november december
	monday tuesday wednesday thursday friday saturday sunday
	january february march may june july august october
	montag dienstag mittwoch donnerstag freitag samstag sonntag
	januar februar märz mai juni juli oktober dezember
	lundi mardi mercredi jeudi vendredi samedi dimanche
	janvier février mars avril juin juillet août septembre octobre novembre décembre`)

// hasSentenceWord tells words of a sentence from a name: pronouns and forms of address, as written within a sentence.
func hasSentenceWord(words []string) bool {
	for _, word := range words {
		switch strings.Trim(word, ",.;:()\"'") {
		case "ik", "u", "uw", "mij", "mijn", "me", "wij", "we", "ons", "jullie", "je", "hij", "zij", "ze", "hem", "haar",
			"mevrouw", "meneer", "mw", "dhr", "heer", "iemand", "dat", "die", "een",
			"I", "you", "your", "my", "he", "she", "they", "us", "that", "someone",
			"ich", "mir", "sie", "vous", "elle":
			return true
		}
	}
	return false
}
