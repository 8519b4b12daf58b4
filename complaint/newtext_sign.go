package complaint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutSignature takes away what stands under a text of itself: the lines phones and programs add, footers about
// confidentiality, and the name and particulars below a closing phrase or "-- ". A postscript stays.
func withoutSignature(lines []string) []string {
	lines = withoutFooters(withoutDeviceLines(aboveDelimiter(lines)))
	ps := postscript(lines)
	lines = withoutClosing(lines, ps, len(lines))
	return withoutClosing(lines, 0, ps)
}

// aboveDelimiter cuts at the first "-- ", which opens a signature however long (RFC 3676 section 4.3).
func aboveDelimiter(lines []string) []string {
	if i := slices.Index(lines, "-- "); i >= 0 {
		return lines[:i]
	}
	return lines
}

// withoutDeviceLines takes away "Verstuurd vanaf mijn iPhone" and its like. Such a line ends a paragraph: one with more
// text under it, or in the middle of a sentence, is somebody's own.
func withoutDeviceLines(lines []string) []string {
	var own []string
	for i, line := range lines {
		if !isDeviceLine(line) || i+1 < len(lines) && !endsParagraph(lines[i+1]) || i > 0 && goesOn(lines[i-1], line) {
			own = append(own, line)
		}
	}
	return own
}

func endsParagraph(line string) bool {
	return strings.Trim(line, "_-–—=* \t") == "" || isDeviceLine(line)
}

const devices = `(?:iphone|ipad|ios|android|samsung|galaxy|outlook|huawei|xiaomi|redmi|oppo|pixel|nokia|motorola|oneplus|` +
	`blackberry|windows|mail|gmail|smartphone|telefoon|phone|mobiel|mobile|tablet|apparaat|device|handy)`

var (
	deviceRE = regexp.MustCompile(`(?i)^(?:(?:dit bericht (?:is|werd) )?(?:verstuurd|verzonden)|sent|gesendet|envoyé|get|download)` +
		` (?:[^\s,.;:?!]+ ){0,7}[^\s,;:?!]*` + devices + `\S*(?: (?:downloaden|herunterladen|gesendet|apparaat|device|smartphone|\d+)\.?)?` +
		`(?: (?:excuseer mijn beknoptheid|please excuse my brevity)\.?)?$|` +
		`^(?:outlook (?:voor|for|für|pour) (?:android|ios) (?:downloaden|herunterladen)|von meinem .{2,40} gesendet|` +
		`téléchargez outlook pour (?:android|ios)|virusvrij\.?(?: ?www\.avast\.com)?|virus-free\.?(?: ?www\.avast\.com)?)\.?$`)
	linkRE = regexp.MustCompile(`\s*(?:[(<\[]\s*)?\bhttps?://[^\s<>()\[\]]+(?:\s*[)>\]])?`)
)

// deviceStarts are the first words of such lines.
var deviceStarts = strings.Fields("verstuurd verzonden dit sent gesendet envoyé get download outlook von téléchargez " +
	"virusvrij virusvrij. virusvrij.www.avast.com virus-free virus-free. virus-free.www.avast.com")

func isDeviceLine(line string) bool {
	line = strings.Trim(line, "*_ \t")
	first, _, _ := strings.Cut(line, " ")
	if len(first) > 30 || len(line) > 300 || !slices.Contains(deviceStarts, strings.ToLower(first)) {
		return false
	}
	return deviceRE.MatchString(strings.TrimSpace(withoutLinks(line)))
}

func withoutLinks(line string) string {
	if !strings.Contains(line, "://") {
		return line
	}
	return linkRE.ReplaceAllString(line, "")
}

// withoutFooters takes away closing paragraphs that firms put under every mail. Two of a footer's words are needed and
// no word for oneself: "Dit bericht is vertrouwelijk: ik wil niet dat mijn werkgever het leest" is a complainant's.
func withoutFooters(lines []string) []string {
	for {
		lines = trimBlank(lines)
		start := len(lines)
		for start > 0 && strings.TrimSpace(lines[start-1]) != "" {
			start--
		}
		if start == 0 || !isFooter(lines[start:]) {
			return lines
		}
		lines = lines[:start]
	}
}

var (
	footerStartRE = regexp.MustCompile(`(?i)^[*_ ]*(?:dit (?:e-?mail)?bericht|deze e-?mail|de (?:informatie|inhoud)|disclaimer|` +
		`aan dit bericht|aan deze e-?mail|this (?:e-?mail|message|communication)|the (?:information|contents)|denk aan het milieu|` +
		`please consider the environment|diese e-mail)`)
	footerWordRE = regexp.MustCompile(`(?i)vertrouwelijk|geadresseerde|bestemd voor|rechten worden ontleend|aansprakelijk|` +
		`ten onrechte|openbaarmaking|vermenigvuldiging|confidential|intended|recipient|privileged|disclos|liab|` +
		`milieu|environment|print|vertraulich|empfänger`)
	selfRE = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:ik|mijn|mij|me|my|i|ich|mein)(?:[^\pL]|$)`)
)

func isFooter(paragraph []string) bool {
	if len(paragraph) > 30 || !footerStartRE.MatchString(paragraph[0]) {
		return false
	}
	text := strings.Join(paragraph, " ")
	if len(text) > 4000 || selfRE.MatchString(text) {
		return false
	}
	words := map[string]bool{}
	for _, word := range footerWordRE.FindAllString(text, -1) {
		words[strings.ToLower(word)] = true
	}
	return len(words) >= 2
}

const (
	maxSignature = 8  // lines under a closing phrase, particulars and footers not counted
	maxSentences = 2  // of these, at most so many sentences: a slogan
	shortLine    = 60 // characters
)

// withoutClosing takes away the signature that ends before lines[end]: from the topmost line below lines[top] that opens
// one and has little text between itself and end.
func withoutClosing(lines []string, top, end int) []string {
	from, short, sentences := end, 0, 0
	for i := end - 1; i >= top && short <= maxSignature && sentences <= maxSentences; i-- {
		if opensSignature(lines, i, end, sentences) {
			from = i
		}
		switch {
		case isParticular(lines[i]):
		case isSentence(lines[i]):
			short, sentences = short+1, sentences+1
		default:
			short++
		}
	}
	return slices.Concat(lines[:from], lines[end:])
}

func opensSignature(lines []string, i, end, sentences int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "--" || line == "—" {
		below := trimBlank(lines[i+1 : end])
		return sentences == 0 || len(below) > 0 && startsWithName(below[0])
	}
	return isClosing(line) && len(trimBlank(lines[:i])) > 0 && !goesOn(lines[i-1], line)
}

// goesOn says whether line is the middle of a sentence that began on the line above.
func goesOn(above, line string) bool {
	above, line = strings.TrimSpace(above), strings.TrimSpace(line)
	first, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(first) && utf8.RuneCountInString(above) >= 40 && !strings.ContainsAny(above[len(above)-1:], ".?!:,")
}

var (
	closingRE = regexp.MustCompile(`(?i)^[*_ ]*(?:(?:alvast |hartelijk |heel erg )*(?:dank|bedankt)[ ,.!]*(?:en )?)?(?:` +
		`(?:met )?(?:de |een )?(?:(?:zeer|heel) )?(?:(?:vriendelijke?|hartelijke?|warme|zonnige|beste|lieve|collegiale|sportieve) )?` +
		`(?:groet(?:en|jes?|ens)?|grtz?|gr)|(?:m(?:et)?\.? )?vr\.? ?gr|mvr?g|m\.v\.g|hgr|liefs|hartelijks|hoogachtend|met hoogachting|` +
		`(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)|` +
		`sincerely(?: yours)?|best,|cheers|mit freundlichen grü(?:ß|ss)en|freundliche grü(?:ß|ss)e|(?:viele|liebe|beste) grü(?:ß|ss)e|mfg|` +
		`(?:bien )?cordialement|salutations distinguées|bien à vous)(?:$|[^\pL\pN])`)
	signerRE = regexp.MustCompile(`^[\s,.!;:–—*_-]*(?i:van |namens |from |uit |und |et )?` +
		`(?:(?:\p{Lu}[\pL.'’-]*|\([^)]*\)|van|de|der|den|het|ten|ter|te|von|la|en|and|und|et|&|/|'t|'s)[ ,.*_!]*){1,6}$`)
	oneNameRE = regexp.MustCompile(`^[\s,.!;:–—*_-]*(?:\pL[\pL.'’-]*)?[\s,.!*_-]*$`)
)

// isClosing says whether a line is a closing phrase, alone or with the name of who signs, and not a sentence that
// happens to begin with one.
func isClosing(line string) bool {
	if len(line) > 120 {
		return false
	}
	loc := closingRE.FindStringIndex(line)
	if loc == nil {
		return false
	}
	rest := line[loc[1]:]
	return oneNameRE.MatchString(rest) || signerRE.MatchString(rest)
}

// startsWithName says whether a line begins with two words written as names are, or is no more than one.
func startsWithName(line string) bool {
	words := strings.Fields(line)
	for i, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) || i == 1 {
			return i == 1 && unicode.IsUpper(first)
		}
	}
	return len(words) == 1
}

var (
	particularRE = regexp.MustCompile(`(?i)@|www\.|https?:|\.(?:nl|com|eu|org|be)\b|^\[(?:image|cid|afbeelding)|\b(?:kvk|btw|iban|agb|kvk-nummer)\b|` +
		`\b\d{4} ?[A-Z]{2}\b|^(?:t|m|tel|mob|e|w|i|f|a|telefoon|mobiel|phone)[.:|]`)
	phoneRE = regexp.MustCompile(`(?:\d[ ()./-]*){8,}`)
	psRE    = regexp.MustCompile(`^(?:P\.?S\.?|p\.s\.|ps|NB|N\.B\.)(?:[ :,.]|$)`)
)

// isParticular says whether a line of a signature gives an address, number or link, or nothing.
func isParticular(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" {
		return true
	}
	if len(line) > 1000 {
		return false
	}
	bare := withoutLinks(line)
	return len(strings.Fields(bare)) <= 8 && (bare != line || particularRE.MatchString(line) || phoneRE.MatchString(line))
}

// isSentence says whether a line of a signature reads as text.
func isSentence(line string) bool {
	line = strings.TrimSpace(line)
	if utf8.RuneCountInString(line) > shortLine {
		return true
	}
	words := len(strings.Fields(line))
	return words > 8 || words >= 5 && strings.ContainsAny(line[len(line)-1:], ".?!")
}

// postscript returns the line where the last postscript begins, or 0.
func postscript(lines []string) int {
	for i := len(lines) - 1; i > 0; i-- {
		if psRE.MatchString(strings.TrimSpace(lines[i])) {
			return i
		}
	}
	return 0
}
