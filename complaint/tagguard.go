package complaint

import (
	"strings"

	"klachtd/calendar"
)

// The guards of procedure.md 2.2. A handler may record whatever is true; what is refused would make a letter false or
// harmful, and the refusal says what is missing.

// ended refuses what may no longer be said of a case that has come to its end.
func (r *reader) ended(line string, still ends) *Refusal {
	end, why := r.end()
	if end == noEnd || still&end != 0 {
		return nil
	}
	return r.refuse(line, why, r.wayBack(end)...)
}

// end says how the case has come to its end, if it has.
func (r *reader) end() (ends, Words) {
	switch {
	case r.c.Dismissed != nil:
		return endDismissed, Words{"Deze zaak is afgesloten als: geen klacht.", "This case was closed as: not a complaint."}
	case r.c.AtOnce != nil:
		return endDismissed, Words{"Deze zaak is afgesloten als: direct opgelost.", "This case was closed as: resolved at first contact."}
	case r.c.MergedInto != "":
		in := string(r.c.MergedInto)
		return endMerged, Words{"Deze klacht wordt behandeld in zaak " + in + ".", "This complaint is handled in case " + in + "."}
	case r.c.declinedAndTold():
		return endTold, Words{"Deze klacht is niet in behandeling genomen, en dat weet de klager.", "This complaint was not taken up, and the complainant was told."}
	case r.c.Declined != nil:
		return endDeclined, Words{"U besloot deze klacht niet te behandelen.", "You decided not to take up this complaint."}
	case r.c.withdrawn():
		return endWithdrawn, Words{"Deze klacht is ingetrokken.", "This complaint was withdrawn."}
	case r.c.nothingOwed(r.today):
		return endClosed, Words{"Deze zaak is afgesloten.", "This case is closed."}
	}
	return noEnd, Words{}
}

// wayBack lists what one can type at such an end.
func (r *reader) wayBack(end ends) []string {
	note := Words{"#notitie <tekst>", "#note <text>"}.In(r.lang)
	switch end {
	case endDismissed, endDeclined:
		return []string{Words{"#klacht", "#complaint"}.In(r.lang)}
	case endMerged:
		return []string{note}
	}
	return []string{Words{"#heropen <reden>", "#reopen <reason>"}.In(r.lang), note}
}

// aboutOneCase refuses a command in answer to a mail about no case or about several.
func (r *reader) aboutOneCase(line string) *Refusal {
	if r.c.Opening.Number != "" {
		return nil
	}
	if r.ask != nil && r.ask.Question != AskTakeOver && len(r.ask.Cases) > 0 && line != "" {
		return r.whichCase(line, r.ask.Cases)
	}
	return r.refuse(line, Words{"Deze mail gaat niet over één zaak. Antwoord op een mail over de zaak zelf.",
		"This mail is not about one case. Please answer a mail about the case itself."})
}

// whichCase asks for the number of the case, of those that the answered mail lists.
func (r *reader) whichCase(line string, listed []CaseID) *Refusal {
	var numbers []string
	for _, id := range listed[:min(len(listed), 10)] {
		numbers = append(numbers, string(id))
	}
	number := Words{"<zaaknummer>", "<case number>"}.In(r.lang)
	if len(numbers) == 1 {
		number = numbers[0]
	}
	return r.refuse(line, Words{"Over welke zaak gaat dit? In de mail staat: " + strings.Join(numbers, ", ") + ". Zet het nummer erboven.",
		"Which case is this about? The mail names: " + strings.Join(numbers, ", ") + ". Put the number above it."},
		Words{"#zaak ", "#case "}.In(r.lang)+number+"\n"+line)
}

// beforeFinding: no longer dismissed once it has been judged.
func beforeFinding(r *reader, c command) *Refusal {
	if r.c.Finding == "" && len(r.c.Offers) == 0 {
		return nil
	}
	return r.refuse(c.line, Words{"Deze klacht is al beoordeeld. Dan kan dit niet meer.", "This complaint has been judged. It is too late for this."})
}

// beforeAcknowledgement: resolved at first contact means that nothing was promised yet.
func beforeAcknowledgement(r *reader, c command) *Refusal {
	if !r.c.acknowledged() {
		return beforeFinding(r, c)
	}
	return r.refuse(c.line, Words{
		"De klager heeft al een ontvangstbevestiging. Dan hoort er ook een uitkomst bij. Leg het oordeel vast, en daarna het aanbod of waarom er geen is.",
		"The complainant already has an acknowledgement, so an outcome is due. Record the finding, and then the offer or why there is none.",
	}, r.lacking(true)...)
}

// mayDecline: within four weeks (article 2), and not once it has been judged.
func mayDecline(r *reader, c command) *Refusal {
	if refusal := beforeFinding(r, c); refusal != nil {
		return refusal
	}
	refused := r.tooLateToDecline()
	if refused != nil {
		refused.Line = c.line
	}
	return r.insist(c, refused)
}

// tooLateToDecline refuses when the letter can no longer leave in time.
func (r *reader) tooLateToDecline() *Refusal {
	t := r.c.Opening.Terms
	last := t.Decision.After(r.c.Received, t.Holidays)
	if t.Decision.IsZero() || calendar.On(r.now, r.setting.Zone) <= last {
		return nil
	}
	return r.refuse("", Words{
		"Dit kon tot en met " + last.Full("nl") + ". Daarna geldt de klacht als aangenomen (artikel 2). Kunt u niets vaststellen? Zeg dan waarom. Trok de klager de klacht in? Leg dat dan vast.",
		"This was possible until " + last.Full("en") + ". After that the complaint counts as taken up (article 2). Can you establish nothing? Then say why. Did the complainant withdraw? Then record that.",
	}, Words{"#geenoordeel <reden>", "#nofinding <reason>"}.In(r.lang), Words{"#ingetrokken <woorden van de klager>", "#withdrawn <the complainant's words>"}.In(r.lang))
}

// sayDay asks for a day that can be read.
func (r *reader) sayDay(line string) *Refusal {
	return r.refuse(line, Words{"Ik begreep de datum niet, of hij kan twee dagen betekenen. Schrijf bijvoorbeeld: 3-11-2026.",
		"I did not understand the date, or it may be two days. Write for example: 3-11-2026."})
}

// needsHearing: no finding before the person concerned was heard, or it is on file why not (article 3).
func needsHearing(r *reader, c command) *Refusal {
	if r.c.Heard() {
		return nil
	}
	return r.refuse(c.line, r.unheard(), append(r.hearing(), c.typed)...)
}

// unheard says whose response is missing.
func (r *reader) unheard() Words {
	var names []string
	for _, p := range r.c.Persons {
		if p.Response == nil {
			names = append(names, either(p.Name, p.Mail))
		}
	}
	if len(names) == 0 {
		return Words{"Eerst de reactie van degene over wie de klacht gaat, of waarom die er niet is (artikel 3). Gaat de klacht over niemand? Schrijf: #geenbetrokkene.",
			"First the response of the person concerned, or why there is none (article 3). Is the complaint about nobody? Write: #noconcerned."}
	}
	who := strings.Join(names, ", ")
	return Words{"Eerst de reactie van " + who + ", of waarom die er niet is (artikel 3).",
		"First the response of " + who + ", or why there is none (article 3)."}
}

// hearing lists the lines that make the case heard.
func (r *reader) hearing() []string {
	var try []string
	if len(r.c.Persons) == 0 {
		try = append(try, Words{"#betrokkene <naam, e-mailadres>", "#concerned <name, mail address>"}.In(r.lang))
	}
	return append(try, Suggest(r.c, FieldResponse, r.lang))
}

func needsFinding(r *reader, c command) *Refusal {
	if r.c.Finding != "" {
		return nil
	}
	return r.refuse(c.line, Words{"Eerst het oordeel (artikel 4).", "First the finding (article 4)."}, append(r.lacking(false), c.typed)...)
}

// needsOutcome: a complaint is resolved by an outcome, a finding with an offer or the reason why there is none.
func needsOutcome(r *reader, c command) *Refusal {
	if r.c.Outcome() {
		return nil
	}
	return r.refuse(c.line, Words{"Dit kan nog niet. Er ontbreekt:", "This is too early. What is missing:"}, append(r.lacking(true), c.typed)...)
}

// lacking lists the lines to copy that lead to a finding, or to an outcome.
func (r *reader) lacking(outcome bool) (try []string) {
	if r.c.Finding == "" {
		if !r.c.Heard() {
			try = r.hearing()
		}
		try = append(try, Suggest(r.c, FieldFinding, r.lang))
	}
	if outcome && len(r.c.Offers) == 0 && r.c.NoOffer == nil {
		try = append(try, Suggest(r.c, FieldOffer, r.lang))
	}
	return try
}

// Suggest is the exact line a handler can type for something a letter lacks, with its blanks between < and >.
func Suggest(c Case, f Field, lang string) string {
	reason := Words{" <reden>", " <reason>"}.In(lang)
	switch f {
	case FieldFinding:
		return findingTags[Upheld].In(lang) + reason
	case FieldReason:
		if t, ok := findingTags[c.Finding]; ok {
			return t.In(lang) + reason
		}
		return findingTags[Upheld].In(lang) + reason
	case FieldResponse:
		who := ""
		for _, p := range c.Persons {
			if p.Response == nil && len(c.Persons) > 1 && who == "" {
				who = either(p.Name, p.Mail) + ": "
			}
		}
		return Words{"#reactie ", "#response "}.In(lang) + who + Words{"<samenvatting>", "<summary>"}.In(lang)
	case FieldOffer:
		return Words{"#aanbod <wat u aanbood>", "#offer <what you offered>"}.In(lang) + c.toAll(lang)
	case FieldReaction:
		return Words{"#tevreden 4 <wat de klager zei>", "#satisfied 4 <what the complainant said>"}.In(lang) + c.toNext(lang)
	case FieldMeasure:
		return Words{"#maatregel <wat er verandert>", "#measure <what changes>"}.In(lang)
	case FieldGround:
		return Words{"#nietbehandelen <nummer 1-9>", "#decline <number 1-9>"}.In(lang)
	case FieldAuthority:
		return Words{"#machtiging <ja of nee>", "#authority <yes or no>"}.In(lang)
	case FieldOwnPoint:
		return findingTags[Upheld].In(lang) + Words{" punt: <nummer> betrokkene: <naam> <reden>", " point: <number> concerned: <name> <reason>"}.In(lang)
	case FieldQuestions:
		return Words{"#vraag <vragen>", "#ask <questions>"}.In(lang) + c.toAll(lang)
	}
	return ""
}

// toAll names all complainants, where there are several.
func (c *Case) toAll(lang string) string {
	if len(c.Complainants) <= 1 {
		return ""
	}
	return Words{" klager: allen", " complainant: all"}.In(lang)
}

// toNext names the first of several complainants for whom the complaint is not resolved.
func (c *Case) toNext(lang string) string {
	for _, k := range c.Complainants {
		if name := either(k.Name, k.Mail); len(c.Complainants) > 1 && k.ResolvedOn.IsZero() && name != "" {
			return Words{" klager: ", " complainant: "}.In(lang) + name
		}
	}
	return ""
}

var findingTags = map[Finding]Words{
	Upheld: {"#gegrond", "#upheld"}, PartlyUpheld: {"#deels", "#partly"}, NotUpheld: {"#ongegrond", "#notupheld"}, NoFinding: {"#geenoordeel", "#nofinding"},
}

// pastDay reads the day on which something happened: not in the future and, where it belongs to the handling of the
// complaint, not before its receipt.
func (r *reader) pastDay(line, s string, afterReceipt bool) (calendar.Date, *Refusal) {
	day, ok := ParseDay(s, r.today, false)
	if !ok {
		return 0, r.sayDay(line)
	}
	return day, r.checkPast(line, day, afterReceipt)
}

func (r *reader) checkPast(line string, day calendar.Date, afterReceipt bool) *Refusal {
	switch {
	case day > r.today:
		return r.refuse(line, Words{day.Full("nl") + " ligt in de toekomst.", day.Full("en") + " lies in the future."})
	case afterReceipt && day < r.c.Received, day < r.c.Received.AddDays(-longBefore):
		return r.refuse(line, Words{
			day.Full("nl") + " ligt vóór de ontvangst van de klacht (" + r.c.Received.Long("nl") + ").",
			day.Full("en") + " lies before the receipt of the complaint (" + r.c.Received.Long("en") + ").",
		})
	}
	return nil
}

// longBefore is how many days before the complaint a call about it can have been; more is a year gone wrong.
const longBefore = 60

// dueDay reads a day to come.
func (r *reader) dueDay(line, s string) (calendar.Date, *Refusal) {
	day, ok := ParseDay(s, r.today, true)
	switch {
	case !ok:
		return 0, r.sayDay(line)
	case day < r.today:
		return 0, r.refuse(line, Words{day.Full("nl") + " is al voorbij.", day.Full("en") + " has passed."})
	}
	return day, nil
}
