package complaint

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// answer is what a whole new text says when it says nothing but yes, no or numbers.
type answer struct {
	yes, no bool
	all     bool  // "alle": of a list
	numbers []int // of a list, in the order they were given
	about   Question
}

// answerWords are the words and phrases that answer. Anything else in the text makes it no answer.
var answerWords = []struct {
	answer
	phrases string // separated by commas, as plain writes them
}{
	{answer{yes: true}, "ja,jep,jawel,jazeker,yes,yep,yup,ok,oke,okay,okee,akkoord,accoord,goed,is goed,dat is goed,het is goed," +
		"goed zo,prima,is prima,dat is prima,good,fine,agreed,approved"},
	{answer{yes: true, about: AskTakeOver}, "overnemen,overgenomen,ik neem over,neem over,ik neem hem over,ik neem ze over,take over,i take over"},
	{answer{no: true}, "nee,neen,no,nope,geen,none,geen enkele,niet akkoord,geen akkoord,not agreed"},
	{answer{all: true}, "alle,allemaal,alles,all,all of them,allebei,beide,both"},
	{answer{yes: true, about: AskComplaint}, "klacht,een klacht,wel een klacht,dit is een klacht,het is een klacht,a complaint,it is a complaint"},
	{answer{no: true, about: AskComplaint}, "geen klacht,dit is geen klacht,het is geen klacht,not a complaint,it is not a complaint"},
	{answer{yes: true, about: AskComplaint}, "klopt,dat klopt,that is right"},
	{answer{yes: true, about: AskRelease}, "versturen,versturen maar,verstuur,verstuur maar,mag weg,mogen weg,kan weg,stuur maar,send,send it,geen bezwaar"},
	{answer{yes: true, about: AskWhich}, "een klacht,dat is een klacht,dit is een klacht,het is een klacht,it is a complaint"},
	{answer{about: AskWhich}, "zijn klachten,is een klacht,are complaints,is a complaint"},
	{answer{no: true, about: AskWhich}, "geen klacht,geen klachten,geen van beide,geen van alle,geen van allen,none of them,neither"},
	{answer{no: true, about: AskRelease}, "niet versturen,niet sturen,do not send,dont send"},
	{answer{yes: true, about: AskRelease}, "dat mag,het mag,ze mogen weg,hij mag weg,deze mag weg,you may send it"},
	{answer{yes: true, about: AskPosted}, "gepost,is gepost,hij is gepost,de brief is gepost,verzonden,is verzonden,verstuurd,is verstuurd,op de post," +
		"op de post gedaan,is op de post,de brief is op de post,gedaan,vandaag,vandaag gepost,posted,sent,done,it is posted,posted today"},
	{answer{no: true, about: AskPosted}, "nog niet,niet gepost,nog niet gepost,not yet"},
}

// englishAnswers tell that a handler answers in English.
var englishAnswers = strings.Fields("yes yep yup yeah no nope none all both good fine agreed approved send")

// greetings begin a mail and say nothing of their own; neither do politeWords, which may stand anywhere in an answer.
var (
	greetings   = strings.Fields("hoi hallo hi hello hey hai dag beste dear geachte goedemorgen goedemiddag goedenavond klachtd")
	politeWords = strings.Fields(`hoor graag dank bedankt dankjewel je u wel alsjeblieft alstublieft aub svp alvast thanks thank you
		please met vriendelijke hartelijke groet groeten groetjes gr mvg kind regards`)
)

// listWords may stand between numbers.
var listWords = strings.Fields("en and alleen only nr nummer nummers number numbers")

// signs are the emoji that answer.
var signs = map[rune]string{'👍': " ja ", '👌': " ja ", '✅': " ja ", '✔': " ja ", '👎': " nee "}

// shortAnswer reads the whole new text of a mail as an answer to a question. names are words of the writer's own name.
// It is no answer when any word is left over, when it says both yes and no, or when it asks.
func shortAnswer(text string, q Question, names []string) (answer, bool) {
	words, ok := answerTokens(text)
	var sum answer
	for ok && len(words) > 0 {
		a, n := cutAnswer(words, q)
		if n == 0 {
			n, ok = 1, isOneOf(words[0], greetings, politeWords, names) || isInitial(words[0], names) || (q == AskWhich || q == AskTakeOver) && isOneOf(words[0], listWords)
		}
		sum.yes, sum.no, sum.all = sum.yes || a.yes, sum.no || a.no, sum.all || a.all
		sum.numbers = append(sum.numbers, a.numbers...)
		words = words[n:]
	}
	said := 0
	for _, b := range [...]bool{sum.yes, sum.no, sum.all, len(sum.numbers) > 0} {
		if b {
			said++
		}
	}
	return sum, ok && said == 1
}

// cutAnswer reads the longest phrase that begins the words, and says how many words it has.
func cutAnswer(words []string, q Question) (a answer, n int) {
	for n = min(len(words), 5); n > 0; n-- {
		phrase := strings.Join(words[:n], " ")
		for _, w := range answerWords {
			if (w.about == NoQuestion || w.about == q) && slices.Contains(strings.Split(w.phrases, ","), phrase) {
				return w.answer, n
			}
		}
	}
	if i, err := strconv.Atoi(words[0]); err == nil && i >= 0 {
		return answer{numbers: []int{i}}, 1
	}
	return answer{}, 0
}

// isInitial says whether a word is the first letter of the writer's own name.
func isInitial(word string, names []string) bool {
	return len(word) == 1 && len(names) > 0 && strings.HasPrefix(names[0], word)
}

func isOneOf(word string, lists ...[]string) bool {
	for _, list := range lists {
		if slices.Contains(list, word) {
			return true
		}
	}
	return false
}

// answerTokens splits a text into plain words. A question mark, a tag and two numbers joined by a dash ("1-3": two of
// them, or three?) make it no answer.
func answerTokens(text string) ([]string, bool) {
	if len(text) > 300 {
		return nil, false
	}
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		switch sign, ok := signs[r]; {
		case ok:
			b.WriteString(sign)
		case r == '?', plainRune(r) == '#':
			return nil, false
		case unicode.IsSymbol(r), r == '\u200d', r >= '\U0001F3FB' && r <= '\U0001F3FF':
			b.WriteByte(' ') // other emoji, skin tones
		case (unicode.Is(unicode.Pd, r) || r == '/' || r == '.') && i > 0 && unicode.IsDigit(runes[i-1]) &&
			i+1 < len(runes) && unicode.IsDigit(runes[i+1]):
			return nil, false
		case unicode.Is(unicode.Pd, r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Fields(plain(b.String())), true
}

// startsLikeAnswer says how a text that is more than an answer begins: as yes, as no, or as neither.
func startsLikeAnswer(text string, q Question) (yes, no bool) {
	line, _, _ := strings.Cut(text, "\n")
	words := strings.Fields(plain(line))
	for len(words) > 0 && isOneOf(words[0], greetings) {
		words = words[1:]
	}
	if len(words) == 0 {
		return false, false
	}
	a, _ := cutAnswer(words, q)
	return a.yes || slices.Contains(eagerWords, words[0]), a.no
}

// eagerWords begin texts that may mean yes and are not taken for it.
var eagerWords = strings.Fields("graag top perfect mooi super doe verstuur stuur versturen send sure go")
