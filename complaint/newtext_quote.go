package complaint

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutQuotes takes away lines behind a quote mark, lines that introduce them, and everything from where an older
// mail begins without quote marks. What stands between and below marked quotes stays: people answer there.
func withoutQuotes(lines []string) []string {
	var own []string
	for i := 0; i < len(lines); i++ {
		if isQuoted(lines[i]) || spillsFromQuote(lines, i) {
			continue
		}
		if startsOldMail(lines, i) {
			return trimRules(own)
		}
		if n := attribution(lines, i); n > 0 {
			if !quoteFollows(lines[i+n:]) {
				return trimRules(own)
			}
			i += n - 1
			continue
		}
		own = append(own, lines[i])
	}
	return own
}

func isQuoted(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, ">") || strings.HasPrefix(line, "&gt;") || strings.HasPrefix(line, "＞")
}

func quoteFollows(lines []string) bool {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			return isQuoted(line)
		}
	}
	return false
}

// longQuote is the length in characters from which a quoted line may have been wrapped by a program that left the rest
// of it without a mark.
const longQuote = 60

// spillsFromQuote finds such a rest: directly under a long quoted line, going on in the middle of a sentence, or a line
// with a tag anywhere in the block directly under it. A quoted tag must not become a command by being wrapped.
func spillsFromQuote(lines []string, i int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	isTag := first == '#' || first == '＃'
	if !isTag && !unicode.IsLower(first) {
		return false
	}
	for back := 1; back <= 8 && back <= i; back++ {
		above := strings.TrimSpace(lines[i-back])
		if isQuoted(above) {
			return utf8.RuneCountInString(above) >= longQuote &&
				(isTag || back == 1 && !strings.ContainsAny(above[len(above)-1:], ".?!:;"))
		}
		if above == "" || !isTag {
			return false
		}
	}
	return false
}

// trimRules takes away what mail programs draw between new text and old: lines of dashes, underscores and the like.
func trimRules(lines []string) []string {
	for len(lines) > 0 && strings.Trim(lines[len(lines)-1], "-–—_=*~ \t") == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// startsOldMail says whether an older mail begins at line i without quote marks: a separator, or a block of headers.
func startsOldMail(lines []string, i int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "" || len(line) > 2000 {
		return false
	}
	switch {
	case separatorRE.MatchString(line), forwardRE.MatchString(line):
		return true
	case bareSeparatorRE.MatchString(line), ruleRE.MatchString(line):
		return labelFollows(lines[i+1:])
	}
	return startsHeaders(lines, i)
}

const separatorWords = `(?:oorspronkelijke? (?:e-?mail)?bericht|original (?:e-?mail|message|appointment)|` +
	`(?:doorgestuurde?|doorgezonden) (?:e-?mail)?bericht|forwarded (?:e-?mail|message)|` +
	`antwoord(?:bericht)?|reply message|ursprüngliche nachricht|weitergeleitete nachricht|` +
	`message d['’]origine|message (?:original|transféré)|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato))`

var (
	// -----Oorspronkelijk bericht-----, with whatever a program puts behind it on the same line
	separatorRE = regexp.MustCompile(`(?i)^[*_ ]*[-–—‐=]{2,}[*_ ]*` + separatorWords + `[*_: ]*[-–—‐=]{2,}`)
	// the same without dashes, which is a sentence until headers follow
	bareSeparatorRE = regexp.MustCompile(`(?i)^[*_ ]*` + separatorWords + `[*_: ]*$`)
	// Apple Mail
	forwardRE = regexp.MustCompile(`(?i)^[*_ ]*(?:begin doorgestuurd bericht|begin forwarded message|` +
		`anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:transféré|réexpédié)) ?:[*_ ]*$`)
	ruleRE = regexp.MustCompile(`^[_\-–—]{10,}$`)
)

// headerKind is what a header line of a quoted mail says, in the languages its program may speak.
type headerKind uint8

const (
	headerFrom headerKind = 1 << iota
	headerSent
	headerTo
	headerSubject
)

var headerLabels = map[string]headerKind{
	"van": headerFrom, "from": headerFrom, "von": headerFrom, "de": headerFrom, "da": headerFrom, "afzender": headerFrom,
	"verzonden": headerSent, "sent": headerSent, "gesendet": headerSent, "envoyé": headerSent, "datum": headerSent,
	"date": headerSent, "enviado": headerSent, "inviato": headerSent, "verzonden op": headerSent, "date sent": headerSent,
	"aan": headerTo, "to": headerTo, "an": headerTo, "à": headerTo, "para": headerTo, "a": headerTo,
	"onderwerp": headerSubject, "subject": headerSubject, "betreff": headerSubject, "objet": headerSubject,
	"asunto": headerSubject, "oggetto": headerSubject,
}

var (
	labelRE    = regexp.MustCompile(`^[^\pL\pN#]*(\pL+(?: \pL+)?)[*_]* ?[*_]*:`)
	inlineRE   = regexp.MustCompile(`(?i)[^\pL](verzonden|sent|datum|date|aan|to|onderwerp|subject)[*_]* ?:`)
	clockRE    = regexp.MustCompile(`\b\d{1,2}[:.h]\d{2}\b`)
	bracketsRE = regexp.MustCompile(`[<\[(][^<>\[\]()]*@`)
)

func headerOf(line string) headerKind {
	if len(line) > 2000 {
		return 0
	}
	m := labelRE.FindStringSubmatch(line)
	if m == nil {
		return 0
	}
	return headerLabels[strings.ToLower(m[1])]
}

func labelFollows(lines []string) bool {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			return headerOf(line) != 0
		}
	}
	return false
}

// startsHeaders finds the block with which Outlook and others introduce an older mail: its sender and two more headers
// of three, each on a line of its own (the value perhaps on the next), and either a time of day or an address in
// brackets. The head of a formal letter has neither.
func startsHeaders(lines []string, i int) bool {
	seen := headerOf(lines[i])
	if seen == 0 {
		return false
	}
	proof, skipped := false, 0
	for at := i; at < len(lines) && at < i+20 && skipped <= 2; at++ {
		line := lines[at]
		if len(line) > 2000 {
			break
		}
		kind := headerOf(line)
		if at == i && kind == headerFrom {
			kind |= inlineHeaders(line)
		}
		seen |= kind
		proof = proof || clockRE.MatchString(line) || bracketsRE.MatchString(line)
		if seen&headerFrom != 0 && bits(seen) >= 3 && proof {
			return true
		}
		if kind != 0 {
			skipped = 0
		} else if strings.TrimSpace(line) != "" {
			skipped++
		}
	}
	return false
}

// inlineHeaders finds headers that follow the sender's on one line, where a program lost the line ends.
func inlineHeaders(line string) (seen headerKind) {
	for _, m := range inlineRE.FindAllStringSubmatch(line, 8) {
		seen |= headerLabels[strings.ToLower(m[1])]
	}
	return seen
}

func bits(k headerKind) (n int) {
	for ; k != 0; k &= k - 1 {
		n++
	}
	return n
}
