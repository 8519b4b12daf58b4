package letters

import (
	"fmt"
	"strings"

	"klachtd/complaint"
)

// Leaks finds in a letter what belongs to somebody else than its reader: in a letter to a person concerned or a witness
// what comes from or tells of a complainant, another person concerned or a witness; in a letter to one of several
// complainants what is another's. It is an error of type *Incomplete that says what to write instead. It is part of
// Set.Letter; whoever sets headers on a letter asks it again.
func Leaks(l Letter, c complaint.Case) error {
	if l.ToHandler {
		return nil
	}
	s := &search{l: l, c: c, reader: reader(l, c)}
	s.own = without(l.facts(), c.Party(s.reader).Post) // on a letter by post
	if toOthers(l.Name) {
		s.toOther()
	} else {
		s.toComplainant()
	}
	if len(s.found) == 0 {
		return nil
	}
	hint := ownText
	if l.Name == complaint.LetterReportConcerned {
		hint = rewrite
	}
	s.found = append(s.found, complaint.Words{NL: "schrijf deze brief zelf, met: " + hint.NL, EN: "write this letter yourself, with: " + hint.EN})
	return &Incomplete{Letter: l.Name, Case: l.Case, Missing: s.found, Leak: true}
}

// A search looks through one letter.
type search struct {
	l      Letter
	c      complaint.Case
	reader int    // Party.ID
	own    string // what the facts of the case put into the letter
	found  []complaint.Words
}

// reader is the party a letter goes to; of a letter that was kept, by its mail address.
func reader(l Letter, c complaint.Case) int {
	if l.party > 0 {
		return l.party
	}
	if toOthers(l.Name) {
		for _, p := range c.Persons {
			if complaint.SameMail(p.Mail, l.To.Mail) {
				return p.ID
			}
		}
		return 0
	}
	for _, k := range c.Complainants {
		if complaint.SameMail(k.Mail, l.To.Mail) {
			return k.ID
		}
	}
	return 1
}

func (s *search) add(nl, en string, what ...any) {
	s.found = append(s.found, complaint.Words{NL: fmt.Sprintf(nl, what...), EN: fmt.Sprintf(en, what...)})
}

// toOther is a letter to a person concerned or a witness (procedure.md 3.3).
func (s *search) toOther() {
	if s.l.InReplyTo != "" || len(s.l.References) > 0 {
		s.add("de brief zou antwoorden op een bericht van de klager", "the letter would answer a message of the complainant")
	}
	for _, k := range s.c.Complainants {
		s.contact(k.Party)
		if name := leakedName(s.own, k.Name, s.l.To.Name); name != "" {
			s.add("de brief noemt de naam van de klager (%s)", "the letter names the complainant (%s)", name)
		}
	}
	if n := leakedNumber(s.own, numbers(s.c)); n != "" {
		s.add("de brief noemt een nummer van de klager (%s)", "the letter shows a number of the complainant (%s)", n)
	}
	if street := leakedStreet(s.own); street != "" {
		s.add("de brief noemt een adres (%s)", "the letter shows an address (%s)", street)
	}
	for _, said := range complained(s.c) {
		if run := leakedWords(s.own, said, runLength); run != "" {
			s.add("de brief neemt woorden van de klager over (%s)", "the letter repeats the complainant's words (%s)", run)
			break
		}
	}
	if word := leakedHealth(s.l, s.c, s.reader); word != "" {
		s.add("de brief noemt iets over gezondheid of inkomen (%s)", "the letter speaks of health or income (%s)", word)
	}
	s.confided(s.c.Confided)
	s.others()
}

// others is what of further persons concerned, witnesses and money may not reach the reader. What the reader told us in
// the same words is the reader's own.
func (s *search) others() {
	own := without(s.own, s.response())
	for _, p := range s.c.Persons {
		if p.ID == s.reader {
			continue
		}
		if name := leakedName(own, p.Name, s.l.To.Name); name != "" {
			s.add("de brief noemt een andere betrokkene (%s)", "the letter names another person concerned (%s)", name)
		}
		said := p.Over
		if p.Response != nil {
			said += "\n" + p.Response.Summary
		}
		if run := leakedWords(own, said, runLength); run != "" && !strings.Contains(bare(s.over()), run) {
			s.add("de brief neemt woorden over een andere betrokkene over (%s)", "the letter repeats what is another person's (%s)", run)
		}
	}
	for _, w := range s.c.Witnesses {
		if name := leakedName(own, w.Name, s.l.To.Name); w.ID != s.reader && name != "" {
			s.add("de brief noemt een getuige (%s)", "the letter names a witness (%s)", name)
		}
	}
	if sum := leakedSum(own, s.c.Offers); sum != "" {
		s.add("de brief noemt het bedrag van een aanbod (%s)", "the letter shows the amount of an offer (%s)", sum)
	}
}

// response is what the reader told us; over is what the complaint says of the reader.
func (s *search) response() string {
	for _, p := range s.c.Persons {
		if p.ID == s.reader && p.Response != nil {
			return p.Response.Summary
		}
	}
	return ""
}

func (s *search) over() string {
	for _, p := range s.c.Persons {
		if p.ID == s.reader {
			return p.Over
		}
	}
	return ""
}

// toComplainant is a letter to one of several complainants: it names no other, and carries nothing of another.
func (s *search) toComplainant() {
	if len(s.c.Complainants) < 2 {
		return
	}
	words := s.c.Opening.Subject + " " + s.c.Opening.Words
	mine := func(text string) bool {
		return s.reader == 1 && strings.Contains(" "+bare(words)+" ", " "+bare(text)+" ")
	}
	var confided []string
	for _, t := range s.c.Confided {
		if !mine(t) {
			confided = append(confided, t)
		}
	}
	s.confided(confided)
	for _, k := range s.c.Complainants {
		if k.ID == s.reader {
			continue
		}
		s.contact(k.Party)
		name := bare(k.Name)
		if strings.Contains(name, " ") && !mine(name) && strings.Contains(" "+bare(s.own)+" ", " "+name+" ") {
			s.add("de brief noemt een andere klager (%s)", "the letter names another complainant (%s)", k.Name)
		}
		if run := leakedWords(s.own, reactions(k), runLength); run != "" {
			s.add("de brief neemt woorden van een andere klager over (%s)", "the letter repeats another complainant's words (%s)", run)
		}
	}
}

// contact is the mail address of somebody else.
func (s *search) contact(p complaint.Party) {
	if p.Mail == "" || complaint.SameMail(p.Mail, s.l.To.Mail) || complaint.SameMail(p.Mail, s.c.Handler) {
		return
	}
	whole := strings.ToLower(s.l.Text)
	if strings.Contains(whole, complaint.BareMail(p.Mail)) || strings.Contains(whole, strings.ToLower(p.Mail)) {
		s.add("de brief noemt het e-mailadres van een klager", "the letter shows the mail address of a complainant")
	}
}

// confided finds passages that were told in confidence: the whole of a short one, some words in a row of a long one.
func (s *search) confided(passages []string) {
	for _, t := range passages {
		n := min(confidedLength, len(strings.Fields(bare(t))))
		if n == 0 {
			continue
		}
		if run := leakedWords(s.own, t, n); run != "" {
			s.add("de brief neemt over wat in vertrouwen is verteld (%s)", "the letter repeats what was told in confidence (%s)", run)
			return
		}
	}
}

// complained is everything the complainants said.
func complained(c complaint.Case) []string {
	all := []string{c.Opening.Subject + " " + c.Opening.Words}
	for _, m := range c.Merged {
		all = append(all, m.Words)
	}
	for _, k := range c.Complainants {
		all = append(all, reactions(k))
	}
	return all
}

// reactions is what a complainant said of the offers, or when withdrawing.
func reactions(k complaint.Complainant) string {
	var all []string
	for _, f := range k.Reactions {
		all = append(all, f.Body.(complaint.Reacted).Words)
	}
	if f := k.Withdrawn; f != nil {
		all = append(all, f.Body.(complaint.Withdrawn).Words)
	}
	return strings.Join(all, "\n")
}

// numbers are the texts in which a number is a complainant's.
func numbers(c complaint.Case) []string {
	all := []string{c.Opening.Words}
	for _, k := range c.Complainants {
		all = append(all, k.Phone)
	}
	return all
}

// facts is what the facts of the case put into a letter; the whole text of a letter whose blocks are gone.
func (l Letter) facts() string {
	if l.blocks == nil {
		return l.Text
	}
	var b strings.Builder
	for _, bl := range l.blocks {
		for _, line := range bl.lines {
			for _, s := range line {
				if s.value && !s.moving {
					b.WriteString(s.text + "\n")
				}
			}
		}
	}
	return b.String()
}

// without leaves out the lines of a text that stand in another.
func without(text, other string) string {
	said := bare(other)
	var b strings.Builder
	for line := range strings.Lines(text) {
		if said == "" || !strings.Contains(said, bare(line)) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// rewrite is what a handler types when a report to a person concerned would leak; ownText, when another letter would.
var (
	rewrite = complaint.Words{NL: "#verslag betrokkene: <uw eigen tekst>", EN: "#report concerned: <your own text>"}
	ownText = complaint.Words{NL: "#tekst <uw eigen tekst>", EN: "#text <your own text>"}
)
