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
	for i := 0; i < len(lines); i++ {
		if !isDeviceLine(lines[i]) {
			own = append(own, lines[i])
			continue
		}
		next := i + 1
		if next < len(lines) && isLink(lines[next]) {
			next++ // its link went to the next line
		}
		if next < len(lines) && !endsParagraph(lines[next]) || i > 0 && goesOn(lines[i-1], lines[i]) {
			own = append(own, lines[i])
			continue
		}
		i = next - 1
	}
	return own
}

// isLink says whether a line is a link and nothing else.
func isLink(line string) bool {
	return strings.Contains(line, "://") && strings.TrimSpace(withoutLinks(line)) == ""
}

func endsParagraph(line string) bool {
	return strings.Trim(line, "_-–—=* \t") == "" || isDeviceLine(line)
}

const devices = `(?:iphone|ipad|ios|android|samsung|galaxy|outlook|huawei|xiaomi|redmi|oppo|pixel|nokia|motorola|oneplus|` +
	`blackberry|windows|gmail|watch|spark|(?:proton|yahoo|k-9|aqua|blue|fair) ?mail|smartphone|telefoon|phone|mobiel|mobile|tablet|handy)`

var (
	deviceRE = regexp.MustCompile(`(?i)^(?:(?:dit bericht (?:is|werd) )?(?:verstuurd|verzonden) (?:vanaf|vanuit|met|via|door)|` +
		`sent (?:from|with|via|using)|gesendet (?:von|mit|aus)|envoyé (?:de|depuis|avec))` +
		` (?:[^\s,.;:?!]+ ){0,5}?[^\s,;:?!]*` + devices + `(?:-\S+)?` +
		`(?: (?:(?:voor|op|for|on|für|pour) \S+|met k-9 mail|with k-9 mail|apparaat|device|smartphone|app|\d+|` +
		`(?:beveiligde e-mail|secure email)))*\.?(?: (?:excuseer mijn beknoptheid|please excuse my brevity)\.?)?$|` +
		`^(?:(?:outlook|bluemail) (?:voor|for|für|pour) (?:android|ios) (?:downloaden|herunterladen)|` +
		`(?:get|download|téléchargez) (?:outlook|bluemail) (?:voor|for|pour) (?:android|ios)|von meinem .{2,40} gesendet|` +
		`(?:afzender op de hoogte gesteld|sender notified) (?:via|by|door) mailtrack|` +
		`virusvrij\.?(?: ?www\.avast\.com)?|virus-free\.?(?: ?www\.avast\.com)?)\.?$`)
	reactionRE = regexp.MustCompile(`(?i)^.{1,60} (?:heeft gereageerd|reacted) via gmail\.?$`)
	linkRE     = regexp.MustCompile(`\s*(?:[(<\[]\s*)?\bhttps?://[^\s<>()\[\]]+(?:\s*[)>\]])?`)
)

// deviceStarts are the first words of such lines.
var deviceStarts = strings.Fields("verstuurd verzonden dit sent gesendet envoyé get download outlook bluemail von téléchargez " +
	"afzender sender virusvrij virusvrij. virusvrij.www.avast.com virus-free virus-free. virus-free.www.avast.com")

// deviceInitials are the first bytes of deviceStarts.
const deviceInitials = "vdsgeobta"

func isDeviceLine(line string) bool {
	line = strings.Trim(line, "*_ \t")
	if line == "" || len(line) > 300 {
		return false
	}
	first, _, _ := strings.Cut(line, " ")
	if strings.IndexByte(deviceInitials, line[0]|' ') >= 0 && slices.Contains(deviceStarts, strings.ToLower(first)) {
		return deviceRE.MatchString(strings.TrimSpace(withoutLinks(line)))
	}
	return strings.Contains(line, "via Gmail") && reactionRE.MatchString(strings.TrimSpace(withoutLinks(line)))
}

func withoutLinks(line string) string {
	if !strings.Contains(line, "://") {
		return line
	}
	return linkRE.ReplaceAllString(line, "")
}

// withoutFooters takes away closing paragraphs that firms put under every mail. Three of a footer's words are needed and
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
		`aan dit bericht|aan deze e-?mail|this (?:e-?mail|message|communication)|the (?:information|contents)|diese e-mail)`)
	greenRE      = regexp.MustCompile(`(?i)^(?:denk aan het milieu|please consider the environment) .{0,80}print`)
	footerWordRE = regexp.MustCompile(`(?i)vertrouwelijk|geadresseerde|bestemd voor|rechten worden ontleend|aansprakelijk|` +
		`ten onrechte|openbaarmaking|vermenigvuldiging|confidential|intended|recipient|privileged|disclos|liab|` +
		`vertraulich|empfänger|irrtümlich`)
	selfRE = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:ik|mijn|mij|me|my|i|ich|mein)(?:[^\pL]|$)`)
)

// maxFooter is the number of lines that a footer has at most.
const maxFooter = 30

func isFooter(paragraph []string) bool {
	if greenRE.MatchString(paragraph[0]) {
		return len(paragraph) == 1
	}
	if len(paragraph) > maxFooter || !footerStartRE.MatchString(paragraph[0]) {
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
	return len(words) >= 3
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
		if opensSignature(lines, i, end) {
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

// opensSignature says whether a signature may begin at line i: at a closing phrase, or at a bare "--" with a name or
// particulars under it. Parsers also put "--" between the two texts of a mail with a picture halfway.
func opensSignature(lines []string, i, end int) bool {
	line := strings.TrimSpace(lines[i])
	if line == "--" || line == "—" {
		below := trimBlank(lines[i+1 : end])
		return len(below) == 0 || startsWithName(below[0]) || isParticular(below[0])
	}
	return i > 0 && isClosing(line) && !goesOn(lines[i-1], line) // withoutFooters left no blank lines above
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

// startsWithName says whether a line begins with words written as names are, and then ends or pauses; in a sentence a
// verb follows them.
func startsWithName(line string) bool {
	for _, word := range strings.Fields(line) {
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) && !slices.Contains(nameParticles, word) {
			return first == '|' || first == '-' || first == '–'
		}
		if strings.ContainsAny(word[len(word)-1:], ".,;:|") && utf8.RuneCountInString(word) > 2 {
			return true
		}
	}
	return true
}

var nameParticles = strings.Fields("van de der den het ten ter te von la en and & 't 's")

var (
	particularRE = regexp.MustCompile(`(?i)@|www\.|https?:|\.(?:nl|com|eu|org|be)\b|^\[(?:image|cid|afbeelding)|\b(?:kvk|btw|iban|agb|kvk-nummer)\b|` +
		`(?-i:\b\d{4} ?[A-Z]{2}\b)|^(?:t|m|tel|mob|e|w|i|f|a|telefoon|mobiel|phone)[.:|]`)
	phoneRE = regexp.MustCompile(`(?:\d[ ()./-]*){9,}`)
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
	if len(strings.Fields(bare)) > 8 {
		return false
	}
	return bare != line || mayBeParticular(line) && particularRE.MatchString(line) || countDigits(line) >= 9 && phoneRE.MatchString(line)
}

// mayBeParticular says whether a line has anything by which particularRE knows one.
func mayBeParticular(line string) bool {
	if strings.ContainsAny(line, "@:|[") || countDigits(line) >= 4 {
		return true
	}
	if dot := strings.IndexByte(line, '.'); dot >= 0 && dot < len(line)-1 {
		return true
	}
	if strings.HasSuffix(line, ".") && len(line) < 12 {
		return true
	}
	line = strings.ToLower(line)
	return slices.ContainsFunc(particularWords, func(word string) bool { return strings.Contains(line, word) })
}

var particularWords = strings.Fields("kvk btw iban agb www.")

func countDigits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
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
		if line := strings.TrimSpace(lines[i]); line != "" && strings.IndexByte("PpN", line[0]) >= 0 && psRE.MatchString(line) {
			return i
		}
	}
	return 0
}
