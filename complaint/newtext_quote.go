package complaint

import (
	"math/bits"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutQuotes takes away lines behind a quote mark, lines that introduce them, and everything from where an older
// mail begins without quote marks. What stands between and below marked quotes stays: people answer there.
func withoutQuotes(lines []string) []string {
	var own []string
	headers := headersOf(lines)
	quote := "" // the marked line right above the block of lines at hand
	for i := 0; i < len(lines); i++ {
		switch line := strings.TrimSpace(lines[i]); {
		case strings.HasPrefix(line, ">>>") && groupwiseRE.MatchString(line):
			return trimRules(own)
		case isQuoted(line):
			quote = line
			continue
		case line == "":
			quote = ""
		case spills(line, quote, i > 0 && isQuoted(lines[i-1])):
			continue
		case startsOldMail(lines, headers, i):
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

// spills says whether a line is such a rest of the quoted line above its block: directly under it and going on in the
// middle of a sentence, or a tag wherever in the block. A quoted tag must not become a command by being wrapped.
func spills(line, quote string, direct bool) bool {
	if utf8.RuneCountInString(quote) < longQuote {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	if first == '#' || first == '＃' {
		return true
	}
	return direct && unicode.IsLower(first) && !strings.ContainsAny(quote[len(quote)-1:], ".?!:;")
}

// trimRules takes away what mail programs draw between new text and old: lines of dashes, underscores and the like.
func trimRules(lines []string) []string {
	for len(lines) > 0 && strings.Trim(lines[len(lines)-1], "-–—_=*~ \t") == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// startsOldMail says whether an older mail begins at line i without quote marks: a separator, or a block of headers.
func startsOldMail(lines []string, headers []headerLine, i int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "" || len(line) > maxHeaderLine {
		return false
	}
	switch {
	case beginsWithRule(line) && separatorRE.MatchString(line), strings.HasSuffix(line, ":") && forwardRE.MatchString(line):
		return true
	case len(line) < 60 && beginsAsSeparator(line) && bareSeparatorRE.MatchString(line):
		for i++; i < len(lines) && lines[i] == ""; i++ {
		}
		return i < len(lines) && startsHeaders(lines, headers, i)
	}
	return startsHeaders(lines, headers, i)
}

// beginsWithRule says whether a line begins as separators do, apart from marks of bold text.
func beginsWithRule(line string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, "*_ "))
	return r == '-' || r == '=' || r == '–' || r == '—' || r == '‐'
}

// beginsAsSeparator says whether the first letter of a line is that of a separator's words.
func beginsAsSeparator(line string) bool {
	line = strings.TrimLeft(line, "*_ ")
	return line != "" && (strings.IndexByte("odfuwm", line[0]|' ') >= 0 || line[0] >= utf8.RuneSelf)
}

const separatorWords = `(?:(?:oorspronkelijke?|originele?|origineel) (?:e-?mail|(?:e-?mail)?bericht|afspraak)|` +
	`original (?:e-?mail|message|appointment)|(?:doorgestuurde?|doorgezonden) (?:e-?mail)?bericht|forwarded (?:e-?mail|message)|` +
	`ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message (?:original|transféré)|` +
	`mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato))`

var (
	// -----Oorspronkelijk bericht-----, with whatever a program puts behind it on the same line
	separatorRE = regexp.MustCompile(`(?i)^[*_ ]*[-–—‐=]{2,}[*_ ]*` + separatorWords + `[*_: ]*[-–—‐=]{2,}`)
	// the same without dashes, which is a sentence until headers follow
	bareSeparatorRE = regexp.MustCompile(`(?i)^[*_ ]*` + separatorWords + `[*_: ]*$`)
	// Apple Mail
	forwardRE = regexp.MustCompile(`(?i)^[*_ ]*(?:begin doorgestuurd bericht|begin forwarded message|` +
		`anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:transféré|réexpédié)) ?:[*_ ]*$`)
	// GroupWise: >>> "Jan" <jan@example.org> 10-11-2026 09:02 >>>, above a text without quote marks
	groupwiseRE = regexp.MustCompile(`^>>>[^>].*\d.*>>>$`)
)

// headerKind is what a header line of a quoted mail says, in the languages its program may speak.
type headerKind uint8

const (
	headerFrom headerKind = 1 << iota
	headerSent
	headerTo
	headerSubject
)

// headerLabels are in Dutch, English, German, French, Spanish, Portuguese, Italian, the Nordic languages, Polish,
// Romanian, Turkish, Russian, Ukrainian and Arabic.
var headerLabels = headerTable(map[headerKind]string{
	headerFrom: "van afzender from von de da fra från od kimden от від من",
	headerSent: "verzonden datum sent date gesendet envoyé enviado enviada inviato data sendt dato skickat wysłano trimis " +
		"gönderildi gönderilme tarih отправлено дата надіслано التاريخ",
	headerTo:      "aan to an à para a til till do către kime кому إلى",
	headerSubject: "onderwerp subject betreff objet asunto assunto oggetto emne ämne temat subiect konu тема الموضوع",
})

func headerTable(words map[headerKind]string) map[string]headerKind {
	table := map[string]headerKind{}
	for kind, list := range words {
		for label := range strings.FieldsSeq(list) {
			table[label] = kind
		}
	}
	return table
}

var (
	labelRE    = regexp.MustCompile(`^[^\pL\pN#]*(\pL+)[*_]* ?[*_]*:`)
	inlineRE   = regexp.MustCompile(`(?i)[^\pL](verzonden|sent|datum|date|aan|to|onderwerp|subject)[*_]* ?:`)
	clockRE    = regexp.MustCompile(`(?:^|[^\pN:.])\p{Nd}{1,2}[:.h]\p{Nd}{2}(?:$|[^\pN.])`)
	bracketsRE = regexp.MustCompile(`[<\[(][^<>\[\]()]*@`)
)

// headerLine is what a line says as a header of an older mail.
type headerLine struct {
	kind  headerKind
	proof bool // it holds a time of day, or an address in brackets
}

const (
	maxHeaderLine = 2000 // bytes
	headerWindow  = 20   // lines, within which a block of headers must prove to be one
)

// headersOf reads every line as a header; for proof only near headers, where it matters.
func headersOf(lines []string) []headerLine {
	headers := make([]headerLine, len(lines))
	near := 0
	for i, line := range lines {
		if len(line) > maxHeaderLine {
			continue
		}
		if colon := strings.Index(line, ":"); colon > 0 && colon < 60 {
			if m := labelRE.FindStringSubmatch(line); m != nil {
				headers[i].kind = headerLabels[strings.ToLower(m[1])]
			}
		}
		if headers[i].kind != 0 {
			near = headerWindow
		}
		if near > 0 {
			near--
			headers[i].proof = clockRE.MatchString(line) || bracketsRE.MatchString(line)
		}
	}
	return headers
}

// startsHeaders finds the block with which Outlook and others introduce an older mail: its sender and two more headers
// of three, each on a line of its own (the value perhaps on the next), and either a time of day or an address in
// brackets. The head of a formal letter has neither. What stands apart above the line with the sender, and what comes
// again within the block, is no part of it: "datum:" and "van:" are fields that people type.
func startsHeaders(lines []string, headers []headerLine, i int) bool {
	if headers[i].kind == 0 {
		return false
	}
	var seen headerKind
	if headers[i].kind == headerFrom {
		seen = inlineHeaders(lines[i])
	}
	proof, skipped, apart := false, 0, false
	for at := i; at < len(lines) && at < i+headerWindow && skipped <= 2; at++ {
		if at > i && (apart && headers[at].kind == headerFrom || headers[at].kind == headers[i].kind) {
			return false
		}
		seen |= headers[at].kind
		proof = proof || headers[at].proof
		if proof && seen&headerFrom != 0 && bits.OnesCount8(uint8(seen)) >= 3 {
			return true
		}
		if headers[at].kind != 0 {
			skipped = 0
		} else if lines[at] != "" {
			skipped++
		}
		apart = apart || headers[at].kind == 0 && strings.Trim(lines[at], "-–—_=*~ \t") == ""
	}
	return false
}

// inlineHeaders finds headers that follow the sender's on one line, where a program lost the line ends.
func inlineHeaders(line string) (seen headerKind) {
	if strings.Count(line, ":") < 3 {
		return 0
	}
	for _, m := range inlineRE.FindAllStringSubmatch(line, 8) {
		seen |= headerLabels[strings.ToLower(m[1])]
	}
	return seen
}
