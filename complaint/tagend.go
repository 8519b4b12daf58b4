package complaint

import (
	"slices"
	"strconv"
	"strings"

	"klachtd/calendar"
)

// How a case ends otherwise, begins anew, or closes.

// doWithdrawn records that a complainant withdraws, in the complainant's own words (procedure.md 2.3).
func doWithdrawn(r *reader, c command) *Refusal {
	party, refusal := r.complainant(c)
	if refusal != nil {
		return refusal
	}
	if party <= 1 && !r.c.MayTell() {
		return r.refuse(c.line, Words{"Deze klager heeft nog geen machtiging. Dan kan alleen degene zelf de klacht intrekken. Is de machtiging er wel?",
			"This complainant has no authorisation yet, so only the person represented can withdraw. Is there one after all?"},
			Words{"#machtiging ja", "#authority yes"}.In(r.lang), c.typed)
	}
	if r.c.Declined != nil { // the complainant's own word ends it, not ours
		r.record(r.today, Registered{})
	}
	r.record(c.on, Withdrawn{Words: c.text, Party: party})
	if !r.c.measureDecided() {
		r.hint(Words{"Ook van een ingetrokken klacht valt te leren. Leg nog een maatregel vast, of waarom die er niet is.",
			"A complaint that was withdrawn teaches something too. Please record a measure, or why there is none."})
	}
	return nil
}

// doReopen begins the handling anew. What was ended by a word of ours alone is taken back instead.
func doReopen(r *reader, c command) *Refusal {
	end, _ := r.end()
	switch end {
	case noEnd:
		if done, refusal := r.foldBack(c); done || refusal != nil {
			return refusal
		}
		if k, ok := r.withdrew(c.got["complainant"]); ok {
			return r.anew(c.line, k)
		}
		return r.refuse(c.line, Words{"Deze zaak is nog open.", "This case is still open."}, Words{"#notitie ", "#note "}.In(r.lang)+oneLine(c.text))
	case endDismissed, endDeclined:
		r.record(r.today, Registered{})
		r.record(r.today, Noted{Text: c.text})
		return nil
	}
	mistake, refusal := r.yesNo(c, "mistake")
	if refusal != nil {
		return refusal
	}
	from, party := r.wroteAgain()
	if c.got["complainant"] != "" {
		if party, refusal = r.complainant(c); refusal != nil {
			return refusal
		}
	}
	if s := c.got["from"]; s != "" {
		if from, refusal = r.pastDay(c.line, s, true); refusal != nil {
			return refusal
		}
	}
	r.record(r.today, Reopened{Reason: c.text, From: from, Mistake: mistake, Party: r.c.comesBack(party)})
	return nil
}

// comesBack is a complainant who had withdrawn; 0 for anybody else.
func (c *Case) comesBack(party int) int {
	if k, ok := c.Complainant(party); ok && k.Withdrawn != nil && len(c.Complainants) > 1 {
		return party
	}
	return 0
}

// withdrew finds who withdrew from a case that goes on, by name; the only one when no name is given.
func (r *reader) withdrew(who string) (one Complainant, ok bool) {
	for _, k := range r.c.Complainants {
		if k.Withdrawn != nil && (who == "" || calledBy(k.Party, who)) {
			if ok {
				return Complainant{}, false
			}
			one, ok = k, true
		}
	}
	return one, ok
}

// anew refuses to go on for a complainant who withdrew while others went on: the terms of who comes back count from then,
// so that it is a case of its own.
func (r *reader) anew(line string, k Complainant) *Refusal {
	who := either(k.Name, Words{"anoniem", "anonymous"}.In(r.lang))
	if k.Mail != "" {
		who += " mail: " + k.Mail
	}
	if k.Post != "" {
		who += Words{" adres: ", " address: "}.In(r.lang) + k.Post
	}
	about := either(oneLine(r.c.Described.About), Words{"<korte omschrijving>", "<short description>"}.In(r.lang))
	return r.refuse(line, Words{"Deze klager trok de klacht in, en de zaak ging verder. Wil deze klager toch door? Dan krijgt de klacht een eigen zaak, met eigen termijnen.",
		"This complainant withdrew, and the case went on. If this complainant wants to go on after all, the complaint gets a case of its own, with terms of its own."},
		Words{"#nieuw kanaal: telefoon ontvangen: vandaag naam: " + who + " over: " + about,
			"#new channel: phone received: today name: " + who + " about: " + about}.In(r.lang))
}

// wroteAgain is the day on which a complainant wrote again after the end, and who; today, and 0, when nobody did.
func (r *reader) wroteAgain() (calendar.Date, int) {
	for i, f := range slices.Backward(r.file) {
		b, ok := f.Body.(Filed)
		if !ok || b.Sent || b.Kind != FromPerson {
			continue
		}
		k, complains := r.c.complains(b.From.Mail)
		if !complains {
			continue
		}
		if StatusOn(Fold(r.file[:i]), f.On).Ended() {
			return f.On, k.ID
		}
		break
	}
	return r.today, 0
}

func (r *reader) complainsFrom(mail string) bool {
	_, ok := r.c.complains(mail)
	return ok
}

// doClose records nothing: a case closes by itself when nothing is owed. It says what still is.
func doClose(r *reader, c command) *Refusal {
	end, why := r.end()
	owed := r.c.owed(r.today)
	if end != noEnd && len(owed) == 0 {
		r.hint(why)
		return nil
	}
	if r.c.ResolvedOn.IsZero() && end == noEnd {
		return r.refuse(c.line, Words{"Deze zaak kan nog niet dicht. Er ontbreekt:", "This case cannot be closed yet. What is missing:"}, r.unresolved()...)
	}
	var left [2][]string
	var try []string
	for _, d := range owed {
		left[0] = append(left[0], d.Kind.Name().NL+" ("+d.Due.Full("nl")+")")
		left[1] = append(left[1], d.Kind.Name().EN+" ("+d.Due.Full("en")+")")
		for _, line := range r.settling(d) {
			if !isOneOf(line, try) {
				try = append(try, line)
			}
		}
	}
	list := Words{"\n" + strings.Join(left[0], "\n"), "\n" + strings.Join(left[1], "\n")}
	if len(try) == 0 {
		r.hint(Words{"De zaak sluit vanzelf. Dit gaat nog gebeuren:" + list.NL, "The case closes by itself. This is still to come:" + list.EN})
		return nil
	}
	return r.refuse(c.line, Words{"Een zaak sluit vanzelf als alles klaar is. Nog te doen:" + list.NL, "A case closes by itself when all is done. Still to do:" + list.EN}, try...)
}

// unresolved lists what leads from here to a resolved complaint.
func (r *reader) unresolved() []string {
	try := r.lacking(true)
	if r.c.Finding == "" || len(r.c.Offers) > 0 || r.c.NoOffer == nil {
		return append(try, Suggest(r.c, FieldReaction, r.lang))
	}
	return append(try, Words{"#verteld <datum>", "#told <date>"}.In(r.lang))
}

// settling lists the lines that settle an open duty; none when it settles itself.
func (r *reader) settling(d Duty) []string {
	switch d.Kind {
	case KeepCommitment:
		return []string{Words{"#nagekomen ", "#done "}.In(r.lang) + strconv.Itoa(d.Round)}
	case Measure:
		return []string{Suggest(r.c, FieldMeasure, r.lang), Words{"#geenmaatregel <reden>", "#nomeasure <reason>"}.In(r.lang)}
	case AwaitReaction:
		return []string{Suggest(r.c, FieldReaction, r.lang)}
	case ReconsiderOffer:
		return []string{Suggest(r.c, FieldOffer, r.lang), Words{"#geenaanbod <reden>", "#nooffer <reason>"}.In(r.lang)}
	case AwaitAuthority:
		return []string{Suggest(r.c, FieldAuthority, r.lang)}
	case AwaitResponse:
		return []string{Suggest(r.c, FieldResponse, r.lang)}
	}
	if _, printed := r.c.printed[d.Key]; printed {
		return []string{Words{"#verzonden <datum>", "#posted <date>"}.In(r.lang)}
	}
	for _, dep := range Plan(r.c, r.now, r.setting.Policy) {
		if !slices.Contains(dep.Meets, d.Key) {
			continue
		}
		var try []string
		for _, f := range dep.Missing {
			try = append(try, Suggest(r.c, f, r.lang))
		}
		if len(dep.Missing) == 0 && dep.NotBefore.IsZero() {
			try = append(try, Words{"#akkoord", "#approve"}.In(r.lang))
		}
		return try
	}
	return nil
}
