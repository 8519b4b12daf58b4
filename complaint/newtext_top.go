package complaint

import (
	"regexp"
	"strings"
)

// belowBanners takes away what mail servers put on top of a mail: a warning that it comes from outside, and the footer
// about confidentiality where it comes first.
func belowBanners(lines []string) []string {
	for {
		lines = trimBlank(lines)
		n := max(banner(lines), leadingFooter(lines))
		if n == 0 {
			return lines
		}
		lines = lines[n:]
	}
}

var (
	bannerStartRE = regexp.MustCompile(`(?i)^[^\pL\pN#]*(?:let op|pas op|waarschuwing|voorzichtig|extern(?:e e-?mail)?|caution|warning|attention|` +
		`external(?: e-?mail| sender)?|ext|achtung)(?:$|[^\pL\pN])`)
	outsideRE = regexp.MustCompile(`(?i)(?:e-?mail|bericht|message|afzender|sender).{0,60}(?:van(?:uit)? buiten (?:de|uw|onze|het|jouw)? ?(?:eigen )?(?:organisatie|bedrijf|netwerk)|` +
		`from outside (?:of )?(?:the|your|our) (?:own )?(?:organi[sz]ation|company|network)|(?:from an|is an) external|van een externe)`)
	newSenderRE = regexp.MustCompile(`(?i)^[^\pL\pN#]*(?:[uj]e? ontvangt (?:niet vaak|zelden) e-?mail van|you don['’]t often get e-?mail from) \S+@`)
	adviceRE    = regexp.MustCompile(`(?i)^[^\pL\pN#]*(?:klik niet|klik alleen|open geen|do not click|don['’]t click|do not open|wees voorzichtig|` +
		`be careful|controleer de afzender)`)
)

// maxBanner bounds the lines of a banner that was wrapped.
const maxBanner = 6

// banner returns over how many lines, from the first, a server warns of the sender. It is one sentence, perhaps wrapped,
// and the advice that goes with it.
func banner(lines []string) int {
	if len(lines) == 0 || len(lines[0]) > maxHeaderLine {
		return 0
	}
	switch {
	case newSenderRE.MatchString(lines[0]):
	case !bannerStartRE.MatchString(lines[0]) || !outsideRE.MatchString(strings.Join(lines[:min(2, len(lines))], " ")):
		return 0
	}
	n := 1
	for n < len(lines) && n < maxBanner && lines[n] != "" && !ownStart(lines[n]) && (!endsSentence(lines[n-1]) || adviceRE.MatchString(lines[n])) {
		n++
	}
	return n
}

// ownStart says whether a line is sure to begin something of the sender's: a tag, or a label.
func ownStart(line string) bool {
	_, _, _, label := formLabel(line)
	return label || strings.HasPrefix(strings.TrimSpace(line), "#") || strings.HasPrefix(strings.TrimSpace(line), "＃")
}

func endsSentence(line string) bool {
	line = strings.TrimRight(line, " \t*_)]\"”")
	return line != "" && strings.ContainsAny(line[len(line)-1:], ".!?")
}

// leadingFooter returns the length of a footer that stands on top of other text.
func leadingFooter(lines []string) int {
	end := 0
	for end < len(lines) && end <= maxFooter && lines[end] != "" {
		end++
	}
	if end == 0 || end == len(lines) || !isFooter(lines[:end]) {
		return 0
	}
	return end
}
