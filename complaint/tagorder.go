package complaint

import (
	"regexp"
	"strings"

	"klachtd/calendar"
)

// Letters that the handler's word orders: questions, progress, an extension, the way to the commissioner.

// doAsk orders a letter with questions (article 1, L4).
func doAsk(r *reader, c command) *Refusal {
	b := Asked{Questions: c.text}
	var refusal *Refusal
	if b.Party, refusal = r.complainant(c); refusal != nil {
		return refusal
	}
	for _, k := range r.c.Complainants {
		if k.Channel() == NoWay && (b.Party == 0 || b.Party == k.ID) {
			return r.refuse(c.line, Words{"Van deze klager is geen adres bekend. De brief kan dus niet weg. Bel, of leg eerst een adres vast.",
				"No address is known of this complainant, so the letter cannot leave. Please phone, or record an address first."},
				Words{"#klacht klager: <naam, e-mailadres>", "#complaint complainant: <name, mail address>"}.In(r.lang))
		}
	}
	if s := c.got["until"]; s != "" {
		if b.Until, refusal = r.openDay(c.line, s); refusal != nil {
			return refusal
		}
	}
	r.record(r.today, b)
	return nil
}

// doProgress orders a letter on how it goes on (article 3, L3).
func doProgress(r *reader, c command) *Refusal {
	b := ProgressOrdered{Text: c.text}
	if s := c.got["by"]; s != "" {
		day, refusal := r.openDay(c.line, s)
		if refusal != nil {
			return refusal
		}
		b.By = day
	} else if strings.ContainsAny(c.text, "0123456789") {
		r.hint(Words{"Noemt u in de tekst een dag waarop de klager weer iets hoort? Zet die achter datum: dan houd ik hem bij.",
			"Does the text name a day on which the complainant hears again? Put it behind date: and I keep track of it."})
	}
	r.record(r.today, b)
	return nil
}

// doExtend puts off the confirmation (L9), where the regulation knows that.
func doExtend(r *reader, c command) *Refusal {
	if c.text == "" && c.got["until"] == "" {
		return r.lackingText(c)
	}
	day, reason, refusal := r.ahead(c)
	if refusal != nil {
		return refusal
	}
	reason = strings.TrimSpace(c.got["reason"] + "\n" + reason)
	consent, refusal := r.yesNo(c, "consent")
	if refusal != nil {
		return refusal
	}
	if plain(reason) == "" {
		return r.refuse(c.line, Words{"Waarom is er uitstel nodig? De klager krijgt de reden te lezen.", "Why is an extension needed? The complainant gets to read the reason."}, c.typed+Words{" <reden>", " <reason>"}.In(r.lang))
	}
	if refusal := r.mayExtend(c.line, day, reason, consent); refusal != nil {
		return refusal
	}
	r.record(r.today, Extended{To: day, Reason: reason, Consent: consent})
	return nil
}

func (r *reader) mayExtend(line string, to calendar.Date, reason string, consent bool) *Refusal {
	instead := Words{"#tussenbericht ", "#update "}.In(r.lang) + oneLine(reason) + Words{" datum: ", " date: "}.In(r.lang) + to.Long(r.lang)
	t := r.c.Opening.Terms
	old := r.c.confirmation(&r.c.Complainants[0]).Due
	last := t.Extension.Term.After(old, t.Holidays)
	switch {
	case t.Extension.Term.IsZero():
		return r.refuse(line, Words{"Het reglement kent geen uitstel. U kunt de klager wel laten weten dat het langer duurt.",
			"The procedure knows no extension. You can tell the complainant that it takes longer."}, instead)
	case r.c.Extended != nil:
		return r.refuse(line, Words{"Er is al een keer uitstel, tot " + r.c.Extended.To.Full("nl") + ". Een tweede keer kan niet.",
			"There is an extension already, until " + r.c.Extended.To.Full("en") + ". There is no second one."}, instead)
	case r.c.wentOut(LetterConfirmation) || r.c.wentOut(LetterReportComplainant):
		return r.refuse(line, Words{"De klager heeft de bevestiging al.", "The complainant already has the confirmation."}, instead)
	case r.today > old:
		return r.refuse(line, Words{"Uitstel kon tot en met " + old.Full("nl") + ".", "An extension was possible until " + old.Full("en") + "."}, instead)
	case to <= old:
		return r.refuse(line, Words{"De bevestiging moet er pas op " + old.Full("nl") + " zijn. Daarvoor is geen uitstel nodig.",
			"The confirmation is due on " + old.Full("en") + ". No extension is needed before that."})
	case to <= last || consent && t.Extension.Consent:
		return nil
	case t.Extension.Consent:
		return r.refuse(line, Words{"Uitstel kan tot en met " + last.Full("nl") + ". Langer kan alleen als de klager dat goed vindt.",
			"An extension is possible until " + last.Full("en") + ". Longer is only possible when the complainant agrees."},
			oneLine(line)+Words{" toestemming: ja", " consent: yes"}.In(r.lang))
	}
	return r.refuse(line, Words{"Uitstel kan tot en met " + last.Full("nl") + ", niet langer.", "An extension is possible until " + last.Full("en") + ", not longer."}, instead)
}

// ahead reads the day to come of a command, from its field or from the front of its text.
func (r *reader) ahead(c command) (day calendar.Date, rest string, refused *Refusal) {
	if s := c.got["until"]; s != "" {
		day, refused = r.openDay(c.line, s)
		return day, c.text, refused
	}
	text := untilRE.ReplaceAllString(c.text, "")
	lead, ok := leadingDay(text, r.today, true)
	if !ok {
		return 0, "", r.sayDay(c.line)
	}
	if lead.day <= r.today {
		return 0, "", r.refuse(c.line, Words{lead.day.Full("nl") + " is vandaag of al voorbij.", lead.day.Full("en") + " is today or has passed."})
	}
	return lead.day, lead.rest, nil
}

var untilRE = regexp.MustCompile(`(?i)^(?:tot en met|t/m|tot|until|till) `)

var toRE = regexp.MustCompile(`(?i)^(?:naar|to) (?:de |the )?`)

// authorities are the states of an authorisation by the words a handler gives them.
var authorities = []struct {
	state AuthorityState
	words string
}{
	{AuthorityNotNeeded, "niet nodig,nietnodig,onnodig,not needed,unnecessary"},
	{AuthorityAsked, "nodig,vragen,gevraagd,needed,required,asked"},
	{AuthorityGiven, "ja,gegeven,gekregen,ontvangen,binnen,yes,given,received"},
	{AuthorityRefused, "nee,geweigerd,niet gegeven,niet gekregen,niet ontvangen,no,refused,not given,not received"},
}

// doAuthority records how it stands with the authorisation of who complains for another.
func doAuthority(r *reader, c command) *Refusal {
	state, rest := authorityIn(c.text)
	switch state {
	case "":
		return r.refuse(c.line, Words{"Is de machtiging er? Schrijf: nodig, ja, nee of niet nodig.", "Is the authorisation there? Please write: needed, yes, no or not needed."},
			Words{"#machtiging ja", "#authority yes"}.In(r.lang), Words{"#machtiging nee", "#authority no"}.In(r.lang))
	case AuthorityAsked:
		r.askAuthority(c.on, c.got["of"])
	default:
		r.record(c.on, Authority{State: state, Of: c.got["of"]})
	}
	if rest != "" {
		r.record(r.today, Noted{Text: rest})
	}
	if state == AuthorityRefused {
		r.hint(r.withoutAuthority())
	}
	return nil
}

// authorityIn reads the state from the front of a text; the text must pause or end there.
func authorityIn(text string) (state AuthorityState, rest string) {
	head := text
	if i := strings.IndexAny(text, ",;:.\n(–"); i >= 0 {
		head = text[:i]
	} else if before, _, ok := strings.Cut(text, " - "); ok {
		head = before
	}
	for _, a := range authorities {
		if isOneOf(plain(head), strings.Split(a.words, ",")) {
			return a.state, trimPause(text[len(head):])
		}
	}
	return "", ""
}

// askAuthority says that an authorisation is needed. The acknowledgement asks for it; after that, a letter of its own.
func (r *reader) askAuthority(on calendar.Date, of string) {
	r.record(on, Authority{State: AuthorityAsked, Of: of})
	if r.c.acknowledged() {
		r.record(r.today, Asked{Party: 1, Authority: true})
	}
}

func (r *reader) withoutAuthority() Words {
	if r.c.Finding == "" && r.tooLateToDecline() == nil {
		return Words{"Zonder machtiging kunt u besluiten de klacht niet te behandelen. Stuur: #nietbehandelen 7",
			"Without an authorisation you can decide not to take up the complaint. Send: #decline 7"}
	}
	return Words{"Zonder machtiging krijgt deze klager niets te lezen over degene voor wie wordt geklaagd.",
		"Without an authorisation this complainant gets to read nothing about the person who is represented."}
}

// doRefer tells the complainant the way to the commissioner (L8), or records that the file may be sent there.
func doRefer(r *reader, c command) *Refusal {
	consent, refusal := r.yesNo(c, "consent")
	switch {
	case refusal != nil:
		return refusal
	case consent:
		r.record(c.on, Referred{Consent: true, Words: c.text})
		r.hint(Words{"klachtd stuurt het dossier niet zelf door. Dat doet u.", "klachtd does not send the file itself. You do."})
		return nil
	case c.got["consent"] != "":
		r.record(c.on, Noted{Text: strings.TrimSpace(Words{"geen toestemming om het dossier door te sturen", "no consent to send the file"}.In(r.lang) + "\n" + c.text)})
		return nil
	}
	if refusal := r.ended(c.line, endClosed); refusal != nil {
		return refusal
	}
	switch {
	case r.c.wentOut(LetterReferral):
		return r.refuse(c.line, Words{"De klager kreeg deze brief al. Wil de klager dat u het dossier doorstuurt? Leg dat dan vast.", "The complainant already has this letter. Does the complainant want you to send the file? Then record that."},
			Words{"#doorverwijzen toestemming: ja", "#refer consent: yes"}.In(r.lang))
	case !r.c.MayTell():
		return r.refuse(c.line, Words{"Eerst de machtiging van degene voor wie wordt geklaagd.", "First the authorisation of the person who is represented."}, Suggest(r.c, FieldAuthority, r.lang), c.typed)
	}
	r.reopens()
	r.record(c.on, Referred{Commissioner: toRE.ReplaceAllString(oneLine(c.text), "")})
	return nil
}
