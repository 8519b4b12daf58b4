package complaint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AnswerLine is the first line of every mail to a handler; what stands above it in a reply is new, what stands below
// it never is.
const AnswerLine = "— antwoord boven deze lijn —"

// AnswerLineEN is AnswerLine in an English mail.
const AnswerLineEN = "— reply above this line —"

// maxUnfolds bounds how often taking away one thing may bring another to light (a signature below a quote below a
// header block). Real mail needs one or two rounds; only text made to deceive needs more, and then none of it is new.
const maxUnfolds = 6

// NewText returns what the sender of a mail wrote newly: above the answer line, without quotes, older mail and
// signature. Every line of it is a line of the mail, less white space at its ends and characters nobody sees. It is ""
// only when the sender wrote nothing of his or her own, or when the text is built to deceive.
//
// It is the border for commands: text of somebody else must not pass. At the same time a sentence that merely looks
// like the head of a quote ("Op 3 november schreef ik u al") must. Where both cannot be had, the border holds.
func NewText(text string) string {
	lines := strings.Split(visibleText(text), "\n")
	for range maxUnfolds {
		own := ownLines(lines)
		if len(own) == len(lines) {
			return strings.Join(own, "\n")
		}
		lines = own
	}
	return ""
}

// NewTextOrAll returns NewText, or the whole text when NewText would be empty: who reads a complaint, and not a command,
// had better read too much.
func NewTextOrAll(text string) string {
	if own := NewText(text); own != "" {
		return own
	}
	return strings.Join(trimBlank(strings.Split(visibleText(text), "\n")), "\n")
}

func ownLines(lines []string) []string {
	return trimBlank(withoutSignature(withoutQuotes(belowBanners(aboveAnswerLine(lines)))))
}

// visibleText makes line ends, spaces and unseen characters uniform, so that the same words are the same text whatever
// program sent them. Joiners stay, since emoji and several scripts need them.
func visibleText(text string) string {
	if strings.Contains(text, "\r\n") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	var b strings.Builder
	b.Grow(len(text))
	for text != "" {
		n := plainRun(text)
		b.WriteString(text[:n])
		text = text[n:]
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch {
		case size == 0:
		case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r == '\u200c', r == '\u200d':
			b.WriteRune(r)
		case r == '\u034f', unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
		if lines[i] == "--" && line == "-- " {
			lines[i] = line // RFC 3676 section 4.3: the one line whose trailing space means something
		}
	}
	return strings.Join(lines, "\n")
}

// plainRun is the length of what begins a text and is as visible as it can be: ASCII, with its line ends and tabs.
func plainRun(text string) int {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
			return i
		}
	}
	return len(text)
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// aboveAnswerLine cuts at the first answer line and leaves a quote mark in its place: what introduces a quote above
// it ("Op ... schreef klachtd:") then still counts as an introduction.
func aboveAnswerLine(lines []string) []string {
	text := strings.Join(lines, "\n")
	if strings.ContainsAny(text, "&=") {
		text = codedSpaces.Replace(text)
	}
	at := findAnswerLine(text)
	if at < 0 {
		return lines
	}
	return append(slices.Clone(trimRules(withoutBars(lines[:at], lines[at]))), ">")
}

// withoutBars takes away the lines right above an answer line that bear the same mark of a quote, when a program marks
// quotes with bars. Elsewhere a bar is no mark: people draw tables with it.
func withoutBars(lines []string, answerLine string) []string {
	bar, size := utf8.DecodeRuneInString(strings.TrimSpace(answerLine))
	if !strings.ContainsRune("|│┃¦»", bar) {
		return lines
	}
	for len(lines) > 0 && strings.HasPrefix(strings.TrimSpace(lines[len(lines)-1]), string(bar)[:size]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// codedSpaces are spaces and quote marks as they look when a program left HTML or quoted-printable undecoded.
var codedSpaces = strings.NewReplacer("&nbsp;", " ", "&#160;", " ", "=C2=A0", " ", "=20", " ", "&gt;", ">")

// findAnswerLine returns the line on which the first answer line begins, or -1. Only letters are compared, so that it
// is found with other dashes, doubled spaces, quote marks, bullets, bold marks, or wrapped over lines.
func findAnswerLine(text string) int {
	line, start := 0, 0
	for i := range len(text) {
		letters := ""
		switch text[i] {
		case '\n':
			line, start = line+1, i+1
			continue
		case 'a', 'A':
			letters = answerLetters
		case 'r', 'R':
			letters = replyLetters
		case fullWidth[0]:
			switch r, _ := utf8.DecodeRuneInString(text[i:]); plainLetter(r) {
			case 'a':
				letters = answerLetters
			case 'r':
				letters = replyLetters
			}
		}
		if letters == "" || i+1 < len(text) && isASCIILetter(text[i+1]) && text[i+1]|' ' != letters[1] {
			continue
		}
		if end := matchLetters(text[i:], letters); end > 0 && setApart(text[start:i], text[i+end:]) {
			return line
		}
	}
	return -1
}

func isASCIILetter(c byte) bool { return c|' ' >= 'a' && c|' ' <= 'z' }

const (
	answerLetters = "antwoordbovendezelijn"
	replyLetters  = "replyabovethisline"
	fullWidth     = "Ａ" // its first byte begins every full-width letter
)

// maxLetterGap is how many characters may stand between two letters of an answer line: a line end, quote marks, a
// table's padding.
const maxLetterGap = 60

// matchLetters returns where the given letters end in text, which begins with the first of them; 0 when it does not.
func matchLetters(text, letters string) int {
	gap, at := 0, 0
	for i, r := range text {
		plain := plainLetter(r)
		switch {
		case plain == 'ĳ' && strings.HasPrefix(letters[at:], "ij"):
			at++
		case plain == rune(letters[at]):
		case at > 0 && gap < maxLetterGap && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap++
			continue
		default:
			return 0
		}
		gap, at = 0, at+1
		if at == len(letters) {
			return i + utf8.RuneLen(r)
		}
	}
	return 0
}

// plainLetter lowers a letter, and brings full-width letters to ASCII.
func plainLetter(r rune) rune {
	switch {
	case r >= 'Ａ' && r <= 'Ｚ':
		return r - 'Ａ' + 'a'
	case r >= 'ａ' && r <= 'ｚ':
		return r - 'ａ' + 'a'
	}
	return unicode.ToLower(r)
}

// maxWord is the length in bytes of what may pass for a word before an answer line.
const maxWord = 100

// setApart tells an answer line from the same words in a sentence ("ik zette mijn antwoord boven deze lijn"): before
// it on its line stands nothing, or a word that is not of letters only (a dash, a bullet, what a wrong charset made of
// a dash), or after it a dash.
func setApart(before, after string) bool {
	before = strings.TrimRight(before[max(0, len(before)-maxWord):], " \t")
	word := before[strings.LastIndexAny(before, " \t")+1:]
	if word == "" || strings.ContainsFunc(word, notLetter) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \t"))
	return unicode.Is(unicode.Pd, r) || strings.ContainsRune("-_*|=~", r)
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }
