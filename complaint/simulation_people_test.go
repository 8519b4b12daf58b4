package complaint

import (
	"fmt"
	"strings"
	"time"
)

// mood is how the handler works for a while.
type mood int

const (
	prompt mood = iota // within a day or two
	slow               // within one to three weeks
	silent             // not at all, until another mood comes
	wrong              // promptly, but half of her mails are mistyped and refused at first
)

// temper is how the complainant takes it.
type temper int

const (
	content   temper = iota // satisfied with the first offer
	thinking                // takes a week to think about it
	difficult               // never satisfied
	fickle                  // dissatisfied at first, then satisfied
	gone                    // never reacts again
	yielding                // withdraws
	onPaper                 // writes letters, and has no mail address
)

func (s *simulation) mood() mood { return s.moods[min(s.today().Sub(s.from)/21, len(s.moods)-1)] }

// delay is how long the handler lets a mail lie.
func (s *simulation) delay() time.Duration {
	switch s.mood() {
	case slow:
		return time.Duration(24*7+s.rng.IntN(24*14)) * time.Hour
	case silent:
		return time.Duration(24*21+s.rng.IntN(24*21)) * time.Hour
	}
	return time.Duration(10+s.rng.IntN(60*30)) * time.Minute
}

// look puts a case on the handler's desk for later.
func (s *simulation) look(k *simCase, after time.Duration) {
	if k.busy {
		return
	}
	k.busy = true
	s.at(s.now.Add(after), func() {
		k.busy = false
		if s.mood() == silent {
			s.look(k, s.delay())
			return
		}
		s.work(k)
	})
}

// work answers the one question there is in a case, or else does what is owed.
func (s *simulation) work(k *simCase) {
	if Ended(k.c, s.today()) {
		return
	}
	plan := Plan(k.c, s.now, s.policy)
	question, drafts := NextQuestion(k.c, plan, s.today())
	ask := Ask{Case: k.c.Opening.Number, To: string(noor), Question: question, Asked: s.now}
	for _, d := range drafts {
		ask.Keys = append(ask.Keys, d.Meets...)
	}
	text := s.words(k, question)
	if text == "" {
		return
	}
	s.say(k, ask, text)
}

// say sends the handler's words, mistyped at first when she is in that mood.
func (s *simulation) say(k *simCase, ask Ask, text string) {
	mistyped := s.mood() == wrong && !k.mistyped && s.chance(50)
	if k.mistyped = mistyped; mistyped {
		text = mistype(text)
	}
	s.mails++
	in := Incoming{ID: MailID(fmt.Sprint("m", s.mails)), From: Address{Name: "Noor Tielman", Mail: string(noor)}, Text: text, Arrived: s.now}
	reading := Read(k.c, in, &ask, s.now, s.setting)
	if reading.Refusal != nil {
		s.refused++
		if !mistyped {
			s.wrong = append(s.wrong, fmt.Sprintf("refused in %s: %q: %s (%s)", k.c.Opening.Number, text, reading.Refusal.Why.NL, StatusOn(k.c, s.today())))
		}
		s.look(k, 24*time.Hour)
		return
	}
	s.record(k, noor, in.ID, reading.Facts...)
	s.look(k, s.delay())
}

// mistype makes an answer that klachtd cannot understand.
func mistype(text string) string {
	if strings.HasPrefix(text, "#") {
		return "#" + text[2:3] + text[1:2] + "q" + text[3:]
	}
	return "Maak er maar #akkoord van"
}

// post is the mail with a letter to print: the handler answers it once the letter is on its way, unless that is owed no more.
func (s *simulation) post(k *simCase, ask Ask) {
	s.at(s.now.Add(s.delay()), func() {
		d, ok := byKey(Duties(k.c, s.today()))[ask.Keys[0]]
		if !ok || d.State != Open {
			return
		}
		if s.mood() != silent {
			s.say(k, ask, "ja")
		}
		s.post(k, ask)
	})
}

// words are what the handler types in answer to a question.
func (s *simulation) words(k *simCase, q Question) string {
	switch q {
	case AskComplaint:
		return s.isComplaint(k)
	case AskForm:
		return s.form(k)
	case AskRelease:
		return []string{"ja", "Ja hoor\n\nMet vriendelijke groet,\nNoor Tielman", "👍", "ok", "akkoord"}[s.rng.IntN(5)]
	}
	return s.owed(k)
}

func (s *simulation) isComplaint(k *simCase) string {
	switch n := s.rng.IntN(100); {
	case n < 4:
		return "nee"
	case n < 6 && !k.c.acknowledged():
		return "#direct telefonisch opgelost, klager is tevreden"
	case n < 10 && s.today() <= k.c.Opening.Terms.Decision.After(k.c.Received, k.c.Opening.Terms.Holidays):
		return "#nietbehandelen 3: besluit van de gemeente"
	case n < 40:
		return "#klacht over: afspraak vergeten datum: vorige week plaats: Tiel"
	}
	return "ja"
}

// form is the form after the phone call, with what the complainant says by temper. At times it is half filled in.
func (s *simulation) form(k *simCase) string {
	if k.temper == yielding && s.chance(50) {
		return "#ingetrokken laat u het maar zitten"
	}
	lines := strings.Split(Form(k.c, "nl"), "\n")
	fill := map[string]string{
		"Betrokkene": "geen, gaat over de planning", "Oordeel": "gegrond", "Waarom": "De afspraak is vergeten.", "Aanbod": "Een nieuwe afspraak en excuses.",
		"Maatregel": "De dag ervoor een bericht", "Reactie klager (1-5)": s.reaction(k),
	}
	if s.chance(50) || len(k.c.Persons) > 0 {
		fill["Betrokkene"], fill["E-mail betrokkene"], fill["Reactie betrokkene"] = "Sanne Bos", "sanne@praktijk.example", "Zij erkent het."
	}
	for i, line := range lines {
		label, known, _ := strings.Cut(line, ":")
		value, ours := fill[label]
		if !ours || strings.TrimSpace(known) != "" || s.chance(10) {
			continue
		}
		lines[i] = label + ": " + value
	}
	return strings.Join(lines, "\n")
}

// reaction is what the complainant says of the offer; nothing while there is none.
func (s *simulation) reaction(k *simCase) string {
	switch k.temper {
	case content, onPaper:
		return "4"
	case difficult:
		return "1 - wil een andere coach"
	case fickle:
		if k.offers++; k.offers == 1 {
			return "2 niet genoeg"
		}
		return "4 nu wel goed"
	}
	return ""
}

// owed is what the handler types when no question is open: what she is reminded of.
func (s *simulation) owed(k *simCase) string {
	if k.c.Registered != nil && k.c.Finding == "" && len(k.c.Offers) > 0 && !k.c.withdrawn() {
		return s.form(k)
	}
	for _, d := range Duties(k.c, s.today()) {
		if d.State != Open {
			continue
		}
		switch d.Kind {
		case ReconsiderOffer:
			if len(k.c.Offers) < 2 {
				return "#aanbod een andere coach"
			}
			return "#geenaanbod meer kunnen wij niet doen"
		case AwaitReaction:
			if text := s.reacts(k, s.today() > d.Due); text != "" {
				return text
			}
		case Measure:
			return "#geenmaatregel dit was eenmalig"
		case FollowMeasure:
			if s.today() >= d.SendBy {
				return fmt.Sprintf("#maatregel %d klaar", d.Round)
			}
		}
	}
	switch {
	case k.c.Registered != nil && !k.c.Heard():
		return "#geenreactie niet bereikt"
	case k.c.Outcome() && k.c.ResolvedOn.IsZero() && k.c.dissatisfied():
		return "#geenaanbod meer kunnen wij niet doen"
	}
	return ""
}

// reacts is what the complainant says of an offer; who says nothing until the time is over is not waited for.
func (s *simulation) reacts(k *simCase, over bool) string {
	switch r := s.reaction(k); {
	case strings.HasPrefix(r, "4"):
		return "#tevreden 4 blij met het aanbod"
	case r != "":
		return "#ontevreden 1 wil een andere coach"
	case k.temper == thinking && s.chance(30):
		return "#tevreden 3 na enig nadenken"
	case over && !k.askedAgain():
		return "#gebeld geen gehoor"
	case over:
		return "#opgelost geen reactie na twee herinneringen"
	}
	return ""
}

// askedAgain says whether the handler called since the last offer.
func (k *simCase) askedAgain() bool {
	calls, offers := k.c.Calls, k.c.Offers
	return len(calls) > 0 && len(offers) > 0 && calls[len(calls)-1].Seq > offers[len(offers)-1].seq
}
