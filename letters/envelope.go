package letters

import (
	"fmt"
	"strings"

	"klachtd/complaint"
)

// Envelope says to whom a mail to a handler goes, and what it asks.
type Envelope struct {
	To   Handler
	Ask  complaint.Ask // its token proves that an answer belongs to this mail
	Lang string        // "nl" or "en"
}

// A sheet is a mail to a handler while it is being written. All have the same skeleton: the line above which to answer,
// the one thing to do, what happened, what is owed, the letters it speaks of, and a line for the computer.
type sheet struct {
	set    *Set
	env    Envelope
	lang   string
	blocks []block
	more   []option // answers beside those to the question
}

func (s *Set) sheet(e Envelope) *sheet {
	lang := "nl"
	if e.Lang == "en" {
		lang = "en"
	}
	return &sheet{set: s, env: e, lang: lang}
}

// letter closes the sheet: it stands between the answer line and the line for the computer. Its subject says nothing of
// what a complaint is about.
func (s *sheet) letter(name string, c complaint.CaseID, subject complaint.Words) Letter {
	token := s.env.Ask.Token
	first := complaint.Words{NL: complaint.AnswerLine, EN: complaint.AnswerLineEN}
	all := append([]block{{kind: small, lines: []line{words(first.In(s.lang))}}}, withoutBSN(s.blocks)...)
	if token != "" {
		ref := complaint.Words{NL: "kenmerk voor de computer: ", EN: "reference for the computer: "}
		all = append(all, block{kind: small, lines: []line{words(ref.In(s.lang) + token)}})
	}
	l := Letter{
		Name: name, Case: c, Lang: s.lang, ToHandler: true,
		To:      complaint.Address{Name: cleanLine(s.env.To.Name, maxName), Mail: s.env.To.Email},
		Subject: subject.In(s.lang),
		ReplyTo: s.set.replyTo(token),
		blocks:  all,
	}
	if c != "" {
		l.Subject += " [" + string(c) + "]"
	}
	l.Text = plain(l.blocks)
	l.HTML = page(l.Subject, s.lang, l.blocks)
	return l
}

// withoutBSN masks citizen service numbers in everything a mail to a handler shows.
func withoutBSN(blocks []block) []block {
	for _, b := range blocks {
		for _, l := range b.lines {
			for i := range l {
				l[i].text = maskBSN(l[i].text)
			}
		}
	}
	return blocks
}

// replyTo is the address that carries a token, "" where none is configured.
func (s *Set) replyTo(token string) string {
	if s.office.ReplyTo == nil || token == "" {
		return ""
	}
	return s.office.ReplyTo(token)
}

// A piece is a part of a sentence that is clean already.
type piece string

// in formats a sentence in the language of the sheet. What goes into it is cleaned.
func (s *sheet) in(w complaint.Words, args ...any) string {
	if len(args) == 0 {
		return w.In(s.lang)
	}
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = cleanLine(a, maxLine)
		case complaint.Words:
			args[i] = a.In(s.lang)
		}
	}
	return fmt.Sprintf(w.In(s.lang), args...)
}

func (s *sheet) add(k blockKind, lines ...line) {
	if len(lines) > 0 {
		s.blocks = append(s.blocks, block{kind: k, lines: lines})
	}
}

func (s *sheet) para(w complaint.Words, args ...any) { s.add(paragraph, words(s.in(w, args...))) }

// lead says the one thing to do. The first such sentence of a mail stands out.
func (s *sheet) lead(w complaint.Words, args ...any) {
	kind := lead
	if len(s.blocks) > 0 {
		kind = paragraph
	}
	s.add(kind, words(s.in(w, args...)))
}

func (s *sheet) head(w complaint.Words, args ...any) { s.add(heading, words(s.in(w, args...))) }

// list adds items, if there are any, under a heading.
func (s *sheet) list(title complaint.Words, items []string) {
	if len(items) == 0 {
		return
	}
	s.head(title)
	var lines []line
	for _, i := range items {
		lines = append(lines, words(i))
	}
	s.add(bullets, lines...)
}

// label adds a line to the labels that end the sheet, or begins them. An empty value adds nothing.
func (s *sheet) label(name complaint.Words, v string) {
	if v = cleanLine(v, maxLine); v == "" {
		return
	}
	if n := len(s.blocks); n == 0 || s.blocks[n-1].kind != labels {
		s.blocks = append(s.blocks, block{kind: labels})
	}
	last := &s.blocks[len(s.blocks)-1]
	last.names, last.lines = append(last.names, name.In(s.lang)), append(last.lines, words(v))
}

// quote adds somebody's words, each of their lines as a quotation.
func (s *sheet) quote(text string) {
	var lines []line
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, words(l))
		}
	}
	s.add(quotation, lines...)
}

// copied adds text to copy as it is.
func (s *sheet) copied(text string) {
	var lines []line
	for l := range strings.Lines(strings.TrimRight(text, "\n")) {
		lines = append(lines, words(strings.TrimRight(visible(l), " \n")))
	}
	s.add(copied, lines...)
}

// An option is one thing a handler can answer, with what it means.
type option struct {
	answer  string // the whole new text of the answer
	button  string // what stands on the button; "" for the answer itself
	meaning string
}

const maxOptions = 4

// options adds answers, each with a link that writes it in a new mail. The text shows the plain words. A line that begins with
// # stands last, behind what it means: nothing that may be copied along with it follows.
func (s *sheet) options(ask complaint.Ask, all ...option) {
	var lines []line
	for _, o := range all[:min(len(all), maxOptions)] {
		word := either(o.button, o.answer)
		l := line{{text: word, href: s.tap(ask, word, o.answer), button: true}}
		switch {
		case o.meaning == "":
		case strings.HasPrefix(word, "#"):
			l = append(line{{text: o.meaning + s.in(complaint.Words{NL: ": typ ", EN: ": type "})}}, l...)
		default:
			l = append(l, span{text: o.meaning})
		}
		lines = append(lines, l)
	}
	s.add(choices, lines...)
}

// tap is the link that opens a new mail with an answer in it. Such a mail answers no message by its headers, so that the
// token stands at the end of its subject.
func (s *sheet) tap(ask complaint.Ask, word, body string) string {
	to := either(s.set.replyTo(ask.Token), s.set.office.email())
	mark := strings.TrimSpace(string(ask.Case) + " " + ask.Token)
	return "mailto:" + escapeMail(to) + "?subject=" + escapeMail(word+" ["+mark+"]") + "&body=" + escapeMail(body)
}

var (
	yes = complaint.Words{NL: "ja", EN: "yes"}
	no  = complaint.Words{NL: "nee", EN: "no"}
)

// ask says the one thing to do, and shows what can be answered.
func (s *sheet) ask(c complaint.Case, drafts []Letter) {
	switch s.env.Ask.Question {
	case complaint.AskComplaint:
		s.lead(complaint.Words{NL: "Is dit een klacht?", EN: "Is this a complaint?"})
		s.instruct()
		s.options(s.env.Ask, append([]option{
			{answer: yes.In(s.lang), meaning: s.in(complaint.Words{NL: "de klager krijgt een ontvangstbevestiging", EN: "the complainant gets an acknowledgement"})},
			{answer: no.In(s.lang), meaning: s.in(complaint.Words{NL: "er gaat niets uit", EN: "nothing is sent"})}}, s.more...)...)
	case complaint.AskRelease:
		w := complaint.Words{NL: "Mag deze brief weg? Hij staat hieronder.", EN: "May this letter go? It is shown below."}
		switch {
		case len(drafts) == 0:
			w = complaint.Words{NL: "Mag de brief weg die u al kreeg te lezen?", EN: "May the letter go that you were shown before?"}
		case len(drafts) > 1:
			w = complaint.Words{NL: "Mogen deze brieven weg? Ze staan hieronder.", EN: "May these letters go? They are shown below."}
		}
		s.lead(w)
		s.instruct()
		var to []string
		for _, l := range drafts {
			to = append(to, partyName(complaint.Party{Name: l.To.Name, Mail: l.To.Mail}))
		}
		s.options(s.env.Ask,
			option{answer: yes.In(s.lang), meaning: strings.TrimSpace(s.in(complaint.Words{NL: "versturen %s", EN: "send %s"}, s.sendTo(to)))},
			option{answer: no.In(s.lang), meaning: s.in(complaint.Words{NL: "nog wachten", EN: "wait"})})
		s.untranslated(drafts)
	case complaint.AskForm:
		s.lead(complaint.Words{NL: "Bel de klager.", EN: "Phone the complainant."})
		s.label(complaint.Words{NL: "Klager", EN: "Complainant"}, partyName(c.Opening.Complainant))
		s.label(complaint.Words{NL: "Telefoon", EN: "Phone"}, c.Opening.Complainant.Phone)
		s.instruct()
		s.form(s.env.Ask, c)
	case complaint.AskPosted:
		w := complaint.Words{NL: "Hebt u de brief gepost die u van ons kreeg?", EN: "Did you post the letter that we sent you?"}
		if len(s.env.Ask.Keys) > 1 {
			w = complaint.Words{NL: "Hebt u de brieven gepost die u van ons kreeg?", EN: "Did you post the letters that we sent you?"}
		}
		s.lead(w)
		s.posted()
	case complaint.AskWrote:
		s.lead(complaint.Words{NL: "De zaak is afgesloten, en er kwam weer een bericht. Wat doen we ermee?", EN: "The case has ended, and another message came in. What shall we do with it?"})
		s.instruct()
		s.options(s.env.Ask,
			option{answer: "1", meaning: s.in(complaint.Words{NL: "ik antwoord zelf, er verandert niets", EN: "I answer it myself, nothing changes"})},
			option{answer: "2", meaning: s.in(complaint.Words{NL: "dit is een nieuwe klacht, met eigen termijnen", EN: "this is a new complaint, with terms of its own"})},
			option{answer: "3", meaning: s.in(complaint.Words{NL: "het gaat over hetzelfde: heropen de zaak", EN: "it is about the same matter: reopen the case"})})
	case complaint.NoQuestion:
		s.lead(complaint.Words{NL: "U hoeft nu niets te doen.", EN: "There is nothing you need to do now."})
	}
}

// posted shows how to say that a printed letter is in the post.
func (s *sheet) posted() {
	s.instruct()
	s.options(s.env.Ask,
		option{answer: yes.In(s.lang), meaning: s.in(complaint.Words{NL: "vandaag gepost", EN: "posted today"})},
		option{answer: s.in(complaint.Words{NL: "#verzonden gisteren", EN: "#posted yesterday"}), meaning: s.in(complaint.Words{NL: "op een andere dag gepost, bijvoorbeeld gisteren", EN: "posted on another day, for example yesterday"})})
}

// sendTo names the recipients of letters: "aan Kim Verbeek en Bram Post".
func (s *sheet) sendTo(names []string) piece {
	if len(names) == 0 {
		return ""
	}
	return piece(s.in(complaint.Words{NL: "aan ", EN: "to "}) + strings.Join(names, s.in(complaint.Words{NL: " en ", EN: " and "})))
}

// instruct says how to answer, in a sentence that counts as nothing when it comes back in the answer.
func (s *sheet) instruct() {
	how := complaint.Instruction(s.env.Ask.Question, s.lang)
	s.para(complaint.Words{NL: how, EN: how})
}

// form adds the form after the phone call: as a new mail to fill in, and as text to copy.
func (s *sheet) form(ask complaint.Ask, c complaint.Case) {
	form := complaint.Form(c, s.lang)
	s.options(ask, option{answer: form, button: s.in(complaint.Words{NL: "formulier invullen", EN: "fill in the form"}),
		meaning: s.in(complaint.Words{NL: "opent een nieuwe e-mail met het formulier erin", EN: "opens a new email with the form in it"})})
	s.para(complaint.Words{NL: "Of kopieer dit naar een antwoord, boven de lijn:", EN: "Or copy this into a reply, above the line:"})
	s.copied(form)
}
