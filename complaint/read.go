package complaint

import (
	"slices"
	"strings"
	"time"

	"klachtd/calendar"
)

// Read says what a mail of a handler means for a case. It is pure, and it trusts its caller that the mail is the
// handler's. Only what the handler wrote newly counts (NewText): a short answer to the question of the ask, lines that
// begin with a tag, the form, or else a note. A mail counts as a whole or not at all. Now is the instant of reading; what
// has no day of its own happened on the day the mail arrived, in the zone of the policy.
//
// The case is empty when the mail answers one about several cases, and the ask is nil when it answers none.
func Read(c Case, in Incoming, ask *Ask, now time.Time, s Setting) Reading {
	r := &reader{c: c, file: c.Facts, in: in, ask: ask, now: now, setting: s, today: s.day(in, now), lang: "nl"}
	if refusal := r.read(); refusal != nil {
		return Reading{Refusal: refusal}
	}
	r.gather()
	return r.out
}

// Setting is what a mail of a handler may speak of beside its own case.
type Setting struct {
	Policy
	Handlers []Handler                 // everybody who may handle a case, in the order of the configuration
	Case     func(CaseID) (Case, bool) // another case, by its number; nil when none can be named
	Terms    Terms                     // of a case that a mail opens
}

// Handler is somebody who handles complaints, or who steps in for who does.
type Handler struct {
	Name, Mail string
	Substitute bool
}

// day is the day on which a mail speaks: that of its arrival, also when it is read later.
func (s Setting) day(in Incoming, now time.Time) calendar.Date {
	if !in.Arrived.IsZero() && in.Arrived.Before(now) {
		return calendar.On(in.Arrived, s.Zone)
	}
	return calendar.On(now, s.Zone)
}

// reader reads one mail. Its case grows with each fact, so that a guard knows what the lines above it said.
type reader struct {
	c       Case
	file    []Fact // those on file, without what this mail adds
	in      Incoming
	ask     *Ask
	now     time.Time
	today   calendar.Date
	setting Setting
	lang    string // of the lines it suggests: English when the handler types English tags
	out     Reading

	callDay calendar.Date // of the form
	force   string        // why the handler insists on what is refused
	forced  bool          // and that it was needed

	away     []visit  // what it says in other cases
	visiting bool     // its lines speak of another case than the one it answers
	opens    *Opening // the case that they open
}

func (r *reader) read() *Refusal {
	if r.ask != nil && r.ask.Case != "" && r.ask.Case != r.c.Opening.Number {
		return r.refuse("", Words{"Uw antwoord hoort bij zaak " + string(r.ask.Case) + ".", "Your answer belongs to case " + string(r.ask.Case) + "."})
	}
	text := r.newWords()
	if plain(text) == "" && !strings.ContainsAny(text, "#＃👍👎👌✅✔") {
		return r.nothing(text)
	}
	if word, _, _ := strings.Cut(plain(text), " "); isOneOf(word, englishAnswers) {
		r.lang = "en"
	}
	text = r.cutQuiet(text)
	if a, ok := shortAnswer(text, r.question(), strings.Fields(plain(r.in.From.Name))); ok && r.question() != NoQuestion {
		return r.answer(a, text)
	}
	all, refusal := passages(r.postedOn(text))
	if refusal != nil {
		return refusal
	}
	all = r.withForm(all)
	if len(all) == 1 && all[0].tag == nil && !all[0].form {
		return r.note(strings.Join(all[0].lines, "\n"))
	}
	if refusal := r.insisting(all); refusal != nil {
		return refusal
	}
	for _, p := range all {
		if refusal := r.obey(p); refusal != nil {
			refusal.More = commands(all) > 1
			return refusal
		}
	}
	return r.rest(all)
}

// commands counts what a mail says that would be done.
func commands(all []passage) (n int) {
	for _, p := range all {
		if p.form || p.tag != nil {
			n++
		}
	}
	return n
}

func (r *reader) question() Question {
	if r.ask == nil {
		return NoQuestion
	}
	return r.ask.Question
}

// instructions say how to answer each question.
var instructions = map[Question]Words{
	AskComplaint: {"Antwoord met ja (dit is een klacht) of nee (dit is geen klacht).", "Answer with yes (this is a complaint) or no (this is not a complaint)."},
	AskWhich:     {"Antwoord met de nummers van de klachten, bijvoorbeeld 1 3, of met geen.", "Answer with the numbers of the complaints, for example 1 3, or with none."},
	AskForm:      {"Vul na het telefoongesprek deze regels in en stuur ze terug, boven de lijn.", "Complete these lines after the phone call and send them back, above the line."},
	AskRelease:   {"Antwoord met ja (versturen) of nee (niet versturen).", "Answer with yes (send) or no (do not send)."},
	AskPosted:    {"Antwoord met ja zodra de brief op de post is.", "Answer with yes as soon as the letter is in the post."},
	AskTakeOver:  {"Antwoord met de nummers van de zaken die u overneemt, bijvoorbeeld 1 3, of met geen.", "Answer with the numbers of the cases you take over, for example 1 3, or with none."},
	AskWrote:     {"Antwoord met 1 (ik antwoord zelf), 2 (dit is een nieuwe klacht) of 3 (heropen de zaak).", "Answer with 1 (I answer it myself), 2 (this is a new complaint) or 3 (reopen the case)."},
}

// Instruction says in one sentence how to answer a question; "" when there is no question. The sentence counts as
// nothing when it comes back in an answer.
func Instruction(q Question, lang string) string { return instructions[q].In(lang) }

// obey carries out one passage.
func (r *reader) obey(p passage) *Refusal {
	if p.form {
		return r.readForm(p.lines)
	}
	if p.tag == nil {
		return r.preface(strings.TrimSpace(strings.Join(p.lines, "\n")))
	}
	if p.word == p.tag.english && p.word != p.tag.name {
		r.lang = "en"
	}
	c, refusal := r.command(p)
	if refusal != nil {
		return refusal
	}
	if r.question() == AskWhich && r.c.Opening.Number == "" && (c.name == "klacht" || c.name == "geenklacht") {
		return r.sort(c)
	}
	if !c.caseless {
		r.onlyListed(c)
		if refusal := r.aboutOneCase(c.line); refusal != nil {
			return refusal
		}
	}
	if refusal := r.ended(c.line, c.still); refusal != nil {
		return refusal
	}
	if c.decides {
		if refusal := r.ownMatter(c.line); refusal != nil {
			return refusal
		}
	}
	if c.check != nil {
		if refusal := c.check(r, c); refusal != nil {
			return refusal
		}
	}
	return c.do(r, c)
}

// preface keeps what stands above the first tag.
func (r *reader) preface(text string) *Refusal {
	if text == "" {
		return nil
	}
	if refusal := r.tagIn(strings.Split(text, "\n")); refusal != nil {
		return refusal
	}
	r.meantAnswer(text)
	if r.c.Opening.Number != "" {
		r.record(r.today, Noted{Text: text})
	}
	return nil
}

// note keeps free text, and asks whether it was meant as more.
func (r *reader) note(text string) *Refusal {
	if refusal := r.tagIn(strings.Split(text, "\n")); refusal != nil {
		return refusal
	}
	if r.c.Opening.Number == "" {
		return r.notUnderstood()
	}
	if refusal := r.filledBelow(text); refusal != nil {
		return refusal
	}
	if refusal := r.lacksColons(text); refusal != nil {
		return refusal
	}
	r.meantAnswer(text)
	r.meantTag(text)
	r.record(r.today, Noted{Text: text})
	return nil
}

// meantTag asks whether a text that begins with the word of a tag, or with one line of the form, was meant as such.
func (r *reader) meantTag(text string) {
	first, _, _ := strings.Cut(text, "\n")
	first = spokenSign(first)
	word, _, _ := strings.Cut(strings.TrimSpace(first), " ")
	try := ""
	if t := findTag(plain(word)); t != nil && (t.needs || t.day >= dayFirst) {
		try = "#" + plain(word)
	} else if two := strings.Fields(plain(first)); len(two) > 1 && findTag(two[0]+two[1]) != nil { // "geen maatregel, ..."
		try = "#" + two[0] + two[1]
	} else if key, _, _, ok := formLabel(first); ok {
		try = Suggest(r.c, Field(key), r.lang)
	}
	if try != "" {
		r.hint(Words{"Dit is bewaard als notitie. Bedoelde u een opdracht? Begin dan met: " + try, "This was kept as a note. Did you mean a command? Then begin with: " + try})
	}
}

// record adds facts. Whoever investigates, judges or offers says by it that this is a complaint.
func (r *reader) record(on calendar.Date, b Body) {
	switch b.(type) {
	case PersonNamed, NoPersonConcerned, Responded, NoResponse, Judged, Offered, NoOffer, Reacted, Resolved,
		Asked, ProgressOrdered, Extended, Thinking, Told, Committed:
		if r.c.Registered == nil && !r.leavesIt(b) {
			r.hint(Words{"Daarmee is dit ook geregistreerd als klacht.", "With this it was also registered as a complaint."})
			r.record(r.today, Registered{})
		}
	}
	if named, ok := b.(PersonNamed); ok && named.Person.Channel() == NoWay && named.Person.Role != RoleWitness && !r.mailOnFile(named.Person) {
		r.hint(Words{"Van deze betrokkene is geen e-mailadres bekend. Zonder adres kan het verslag niet per e-mail weg. Stuur: #betrokkene <naam, e-mailadres>",
			"No mail address is known of this person. Without it the report cannot go by mail. Send: #concerned <name, mail address>"})
	}
	r.insert(len(r.out.Facts), on, b)
}

// mailOnFile says whether the file has a mail address of a person.
func (r *reader) mailOnFile(p Party) bool {
	return slices.ContainsFunc(r.c.Persons, func(old Person) bool {
		return old.Channel() != NoWay && (old.ID == p.ID || samePerson(old.Party, p))
	})
}

// insert puts a fact before those from at on, and folds the case anew as the clerk will.
func (r *reader) insert(at int, on calendar.Date, b Body) {
	f := Fact{On: on, By: Actor(BareMail(r.in.From.Mail)), Mail: r.in.ID, Body: b}
	r.out.Facts = slices.Insert(r.out.Facts, at, f)
	r.refold()
}

// refold folds the case anew, with what the mail says so far.
func (r *reader) refold() { r.c = r.fold(r.file, r.out.Facts) }

func (r *reader) hint(w Words) {
	if !slices.Contains(r.out.Hints, w) {
		r.out.Hints = append(r.out.Hints, w)
	}
}

// refuse makes a refusal, of a line or of the mail as a whole.
func (r *reader) refuse(line string, why Words, try ...string) *Refusal {
	return &Refusal{Line: line, Why: why, Try: try}
}
