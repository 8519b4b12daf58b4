package complaint

import (
	"regexp"
	"strings"
	"unicode"
)

// newWords is the new text without what klachtd itself wrote, the greeting, and a signature that begins with the sender's
// own name. A reaction of a mail program becomes its sign, and a form that ran together gets its lines back.
func (r *reader) newWords() string {
	lines := withoutOwnSentences(strings.Split(NewText(r.in.Text), "\n"))
	if len(lines) > 1 && isGreeting(lines[0]) {
		lines = trimBlank(lines[1:])
	}
	for i := len(lines) - 1; i > 0 && i >= len(lines)-maxSignature; i-- {
		if strings.TrimSpace(lines[i-1]) == "" {
			if r.isOwnName(lines[i]) {
				lines = trimBlank(lines[:i])
			}
			break
		}
	}
	if len(lines) == 1 && isClosing(lines[0]) {
		return ""
	}
	var words []string
	for _, line := range lines {
		words = append(words, atLabels(reactionSign(plainTag(linkedTwiceRE.ReplaceAllString(line, ""))))...)
	}
	return strings.Join(words, "\n")
}

// withoutOwnSentences takes away sentences of klachtd that come back when people copy a mail and type into it: how to
// answer, and the question where anything stands beside it.
func withoutOwnSentences(lines []string) []string {
	lines = withoutSentences(lines, ownSentences())
	var questions []string
	for _, w := range leads {
		questions = append(questions, plain(w.NL), plain(w.EN))
	}
	if rest := withoutSentences(lines, questions); len(rest) > 0 {
		return rest
	}
	return lines
}

// withoutSentences takes sentences away, each of a line or wrapped over some.
func withoutSentences(lines, sentences []string) (kept []string) {
	for i := 0; i < len(lines); {
		n := min(3, len(lines)-i)
		for n > 0 && !isOneOf(plain(strings.Join(lines[i:i+n], " ")), sentences) {
			n--
		}
		if n == 0 {
			kept, n = append(kept, lines[i]), 1
		}
		i += n
	}
	return trimBlank(kept)
}

func ownSentences() []string {
	all := []string{plain(AnswerLine), plain(AnswerLineEN)}
	for _, w := range instructions {
		all = append(all, plain(w.NL), plain(w.EN))
	}
	return all
}

// leads are the sentences above the instructions: what a mail to a handler asks.
var leads = []Words{
	{"Is dit een klacht?", "Is this a complaint?"},
	{"Welke van deze berichten zijn klachten?", "Which of these messages are complaints?"},
	{"Mag deze brief weg? Hij staat hieronder.", "May this letter go? It is shown below."},
	{"Mogen deze brieven weg? Ze staan hieronder.", "May these letters go? They are shown below."},
	{"Mag de brief weg die u al kreeg te lezen?", "May the letter go that you were shown before?"},
	{"Mag de brief opnieuw weg?", "May the letter go again?"},
	{"Is dit bericht een klacht? Antwoord met ja of nee.", "Is this message a complaint? Answer with yes or no."},
	{"Hebt u de brief gepost die u van ons kreeg?", "Did you post the letter that we sent you?"},
	{"Hebt u de brieven gepost die u van ons kreeg?", "Did you post the letters that we sent you?"},
	{"Neemt u dit over? Antwoord met ja of nee.", "Do you take this over? Answer with yes or no."},
	{"Wat neemt u over?", "What do you take over?"},
	{"De zaak is afgesloten, en er kwam weer een bericht. Wat doen we ermee?", "The case has ended, and another message came in. What shall we do with it?"},
	{"Bel de klager.", "Phone the complainant."},
}

// isGreeting says whether a line greets and does no more.
func isGreeting(line string) bool {
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > 5 || !isOneOf(plain(words[0]), greetings) {
		return false
	}
	named := len(words) <= 3 // "Hoi Noor"
	for _, w := range words[1:] {
		named = named && (unicode.IsUpper([]rune(w)[0]) || isOneOf(plain(w), greetings))
	}
	return named || strings.HasSuffix(line, ",")
}

// isOwnName says whether a line is the name of who sent the mail, or the beginning of it.
func (r *reader) isOwnName(line string) bool {
	name, line := plain(r.in.From.Name), plain(line)
	return line != "" && (name == line || strings.HasPrefix(name, line+" "))
}

// linkedTwiceRE finds the address that Outlook writes behind an address it made a link of: "x@example.org<mailto:x@example.org>".
var linkedTwiceRE = regexp.MustCompile(`<(?:mailto|tel):[^<>\s]*>`)

var reactionLineRE = regexp.MustCompile(`^(?:\[(\pL+)\])?\s*.{1,60} (?:reacted to your message|heeft (?:op uw bericht gereageerd|gereageerd op uw bericht)):?$`)

// reactionSign turns the line with which Outlook tells of a reaction into the sign that was tapped: a thumb, or one that
// answers nothing.
func reactionSign(line string) string {
	if len(line) > 200 || !strings.Contains(line, "ea") {
		return line
	}
	m := reactionLineRE.FindStringSubmatch(strings.TrimSpace(line))
	switch {
	case m == nil:
		return line
	case m[1] == "like":
		return "👍"
	}
	return "•"
}

// plainTag takes the stars from a tag that was typed in bold: programs write them into the plain text.
func plainTag(line string) string {
	bare := strings.TrimLeft(line, "*_ ")
	if bare == line || !strings.HasPrefix(bare, "#") {
		return line
	}
	tag, rest, _ := strings.Cut(bare, " ")
	return strings.TrimRight(tag, "*_") + " " + rest
}

// spokenSign takes from the front of a line the word that people dictate for the sign of a tag.
func spokenSign(line string) string {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	if isOneOf(plain(word), []string{"hashtag", "hashtek", "hekje"}) {
		return strings.TrimSpace(rest)
	}
	return line
}

// nothing refuses a mail without new text.
func (r *reader) nothing(text string) *Refusal {
	if refusal := r.filledBelow(""); refusal != nil {
		return refusal
	}
	why := Words{"Boven de lijn stond geen tekst. Alleen wat u boven de lijn typt, telt mee.",
		"There was no text above the line. Only what you type above the line counts."}
	switch {
	case r.in.Unreadable:
		why = Words{"Uw mail was versleuteld of beschadigd en kon niet worden gelezen. Stuur uw antwoord als gewone mail.",
			"Your mail was encrypted or damaged and could not be read. Please send your answer as an ordinary mail."}
	case text != "":
		why = Words{"Dit teken begrijp ik niet als antwoord.", "I do not understand this sign as an answer."}
	case r.answersInSubject():
		why = Words{"Boven de lijn stond geen tekst. Wat in het onderwerp staat, telt niet mee.",
			"There was no text above the line. What the subject says does not count."}
	}
	switch r.question() {
	case AskForm:
		return r.refuse("", why, r.formLines()...)
	case AskComplaint, AskRelease:
		return r.refuse("", why, Words{"ja", "yes"}.In(r.lang), Words{"nee", "no"}.In(r.lang))
	}
	return r.refuse("", why)
}

// answersInSubject says whether the subject begins with an answer.
func (r *reader) answersInSubject() bool {
	words := strings.Fields(plain(r.in.Subject))
	if len(words) == 0 {
		return false
	}
	_, n := cutAnswer(words, r.question())
	return n > 0
}

// atLabels breaks a line of the form before each label after the first, for who typed it without line ends. Only labels
// as the form prints them count, with their capital and their colon.
func atLabels(line string) []string {
	if strings.Count(line, ":") < 2 {
		return []string{line}
	}
	if _, _, _, ok := formLabel(line); !ok {
		return []string{line}
	}
	var lines []string
	for from := 1; from < len(line); from++ {
		if line[from-1] == ' ' && beginsLabel(line[from:]) {
			lines, line, from = append(lines, strings.TrimSpace(line[:from])), line[from:], 1
		}
	}
	return append(lines, line)
}

func beginsLabel(s string) bool {
	for _, row := range formRows {
		if strings.HasPrefix(s, row.label.NL+":") || strings.HasPrefix(s, row.label.EN+":") {
			return true
		}
	}
	return false
}
