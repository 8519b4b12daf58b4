package complaint

import (
	"regexp"
	"strings"
)

// attribution returns over how many lines, from line i, a mail program says who wrote the quote below and when; 0 when
// it does not. The date must be nothing but a date, and the line must end in a colon: a sentence that somebody wrote
// ("Op 3 november schreef ik u al dat ...") has more to say.
func attribution(lines []string, i int) int {
	joined := ""
	for n := 1; n <= 4 && i+n <= len(lines); n++ {
		part := strings.TrimSpace(lines[i+n-1])
		if part == "" || isQuoted(part) || len(joined)+len(part) > 400 {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + part)
		if head, ok := attributionEnd(joined); ok && attributes(head, quoteFollows(lines[i+n:])) {
			if dateFirstRE.MatchString(head) || !shorterAttribution(lines, i+1, n-1) {
				return n
			}
			return 0
		}
	}
	return 0
}

// shorterAttribution says whether the same words without their first line are an attribution: then that line is the
// sender's own.
func shorterAttribution(lines []string, i, n int) bool {
	return n > 0 && attribution(lines, i) == n
}

// attributionEnd returns s without the colon, or the dashes, that close an attribution.
func attributionEnd(s string) (string, bool) {
	s = strings.Trim(s, "*_ ")
	if inner := strings.Trim(s, "-"); len(s)-len(inner) >= 6 {
		return strings.TrimSpace(inner), true
	}
	head, ok := strings.CutSuffix(s, ":")
	return strings.TrimSpace(head), ok
}

var (
	dateFirstRE = regexp.MustCompile(`(?i)^(?:op|on|am|le|el|il|em) `)
	// Op DATE schreef NAME
	dateVerbNameRE = regexp.MustCompile(`(?i)^(?:op|am) (.+?),? (?:schreef|schrieb) (.+)$`)
	// Op DATE heeft NAME het volgende geschreven
	dateHasNameRE = regexp.MustCompile(`(?i)^(?:op|am) (.+?),? (?:heeft|hat) (.+?) (?:het volgende |folgendes )?(?:geschreven|geschrieben)$`)
	// On DATE, NAME wrote
	dateNameVerbRE = regexp.MustCompile(`(?i)^(?:op|on|am|le|el|il|em) (.+) (?:wrote|schreef|schrieb|a écrit|escribió|ha scritto|escreveu)$`)
	// NAME schreef op DATE
	nameVerbDateRE = regexp.MustCompile(`(?i)^(.+?) (?:schreef op|schreef|wrote on|wrote|schrieb am|a écrit le) (.+)$`)
	addressEndRE   = regexp.MustCompile(`<[^<>]*@[^<>]*>(?:[ ,]+[^\s<>]+){0,3}$`)
	angleRE        = regexp.MustCompile(`<[^<>]*@[^<>]*>`)
	yearRE         = regexp.MustCompile(`\b(?:19|20)\d\d\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b`)
)

// attributes judges the words of a possible attribution, given whether a marked quote follows.
func attributes(head string, quote bool) bool {
	timed := clockRE.MatchString(head) && yearRE.MatchString(head)
	address := angleRE.MatchString(head)
	if !timed && !address && !quote {
		return false
	}
	name, ok := attributedTo(head)
	if !ok {
		// a language of which we know no verb: an address at the end, a time and a year
		return timed && addressEndRE.MatchString(head) && len(strings.Fields(head)) <= 24 && !hasSentenceWord(head)
	}
	return address && strings.HasSuffix(name, ">") || !hasSentenceWord(name)
}

// attributedTo returns the name an attribution gives, or false when head has no attribution's shape.
func attributedTo(head string) (name string, ok bool) {
	if m := dateVerbNameRE.FindStringSubmatch(head); m != nil && isDate(m[1]) {
		return m[2], true
	}
	if m := dateHasNameRE.FindStringSubmatch(head); m != nil && isDate(m[1]) {
		return m[2], true
	}
	if m := dateNameVerbRE.FindStringSubmatch(head); m != nil {
		words := strings.Fields(m[1])
		n := dateWords(words)
		return strings.Join(words[n:], " "), n > 0 && isDate(strings.Join(words[:n], " "))
	}
	if m := nameVerbDateRE.FindStringSubmatch(head); m != nil && isDate(m[2]) {
		return m[1], true
	}
	return "", false
}

// isDate says whether s is a date, with or without a weekday, time and zone, and nothing else.
func isDate(s string) bool {
	words := strings.Fields(s)
	return dateWords(words) == len(words) && strings.ContainsAny(s, "0123456789")
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
	for _, small := range dateSmallWords {
		if word == small {
			return true
		}
	}
	for _, name := range dateNames {
		if len(word) >= 2 && strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

var dateSmallWords = strings.Fields(`om at um à a las alle de del den der the van om uur uhr uhr h am pm a.m p.m cet cest gmt utc
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
func hasSentenceWord(s string) bool {
	for word := range strings.FieldsSeq(s) {
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
