package letters

import "klachtd/complaint"

// outcome says what a fact records of findings, offers, and what was agreed.
func (t told) outcome(f complaint.Fact) string {
	switch b := f.Body.(type) {
	case complaint.Judged:
		return t.judged(b)
	case complaint.Weighed:
		return t.say("ernst, oorzaak, verantwoordelijke: ", "severity, cause, accountable: ") + t.parts([]part{{text: b.Severity}, {text: b.Cause}, {text: b.Accountable}})
	case complaint.Offered:
		return t.offered(b)
	case complaint.NoOffer:
		return t.say("geen (nieuw) aanbod%s", "no (new) offer%s", because(b.Reason))
	case complaint.Reacted:
		return t.reacted(b)
	case complaint.Thinking:
		return t.say("%s denkt na over het aanbod%s", "%s takes time to think about the offer%s", t.who(b.Party), t.date(", tot en met %s", ", until %s", b.Until))
	case complaint.Told:
		return t.say("%s weet de uitkomst%s", "%s was told the outcome%s", t.who(b.Party), because(b.Words))
	case complaint.Resolved:
		if len(t.c.Complainants) > 1 && b.Party != 0 {
			return t.say("opgelost voor %s%s", "resolved for %s%s", t.who(b.Party), because(b.How))
		}
		return t.say("opgelost%s", "resolved%s", because(b.How))
	case complaint.Withdrawn:
		return t.say("%s trekt de klacht in%s", "%s withdraws the complaint%s", t.who(b.Party), because(b.Words))
	case complaint.ReportWritten:
		return t.say("uw eigen tekst voor het verslag; ", "your own text for the report; ") + t.parts([]part{
			{complaint.Words{NL: "aan de klager: ", EN: "to the complainant: "}, b.Complainant},
			{complaint.Words{NL: "aan de betrokkene: ", EN: "to the person concerned: "}, b.Concerned},
		})
	case complaint.Referred:
		return t.referred(b)
	}
	return t.followUp(f)
}

// followUp says what is to be done, and what was done of it. Numbers are those with which it is called done.
func (t told) followUp(f complaint.Fact) string {
	switch b := f.Body.(type) {
	case complaint.MeasureTaken:
		return t.say("maatregel%s: %s%s", "measure%s: %s%s", t.number(t.measure(b)), b.Text, t.byWhom(b.Owner, b.By))
	case complaint.NoMeasure:
		return t.say("geen maatregel%s", "no measure%s", because(b.Reason))
	case complaint.MeasureDone:
		return t.say("maatregel %d is uitgevoerd%s", "measure %d was carried out%s", b.Measure, because(b.Effect))
	case complaint.Committed:
		w := complaint.Words{NL: "afspraak%s: %s%s", EN: "commitment%s: %s%s"}
		if b.Internal {
			w = complaint.Words{NL: "taak voor uzelf%s: %s%s", EN: "task of your own%s: %s%s"}
		}
		return t.in(w, t.number(t.commitment(b)), b.Text, t.byWhom(b.Owner, b.By))
	case complaint.CommitmentMoved:
		return t.say("afspraak %d is verplaatst%s%s", "commitment %d was moved%s%s", b.Commitment, t.date(" naar %s", " to %s", b.To), because(b.Reason))
	case complaint.CommitmentKept:
		return t.say("afspraak %d is nagekomen%s", "commitment %d was kept%s", b.Commitment, because(b.Notes))
	}
	return ""
}

// number is shown where there are several, or will be.
func (t told) number(n int) piece {
	if n == 0 {
		return ""
	}
	return piece(t.say(" %d", " %d", n))
}

func (t told) measure(b complaint.MeasureTaken) int {
	for i := len(t.c.Measures) - 1; i >= 0; i-- {
		if t.c.Measures[i].MeasureTaken == b {
			return i + 1
		}
	}
	return 0
}

func (t told) commitment(b complaint.Committed) int {
	for i := len(t.c.Commitments) - 1; i >= 0; i-- {
		if t.c.Commitments[i].Committed == b {
			return i + 1
		}
	}
	return 0
}

func (t told) judged(b complaint.Judged) string {
	point := piece("")
	if b.Point > 0 {
		point = piece(t.say(" over punt %d", " on point %d", b.Point))
	}
	if about := cleanLine(b.About, maxLine); about != "" {
		point += piece(" (" + about + ")")
	}
	return t.say("oordeel%s%s: %s%s", "finding%s%s: %s%s", point, t.ofPerson(b.Person), findings[b.Finding], because(b.Reason))
}

var remedies = map[complaint.Remedy]complaint.Words{
	complaint.Correction:         {NL: "correctie", EN: "correction"},
	complaint.Redress:            {NL: "genoegdoening", EN: "redress"},
	complaint.ReplacementService: {NL: "vervangende dienst", EN: "replacement service"},
}

func (t told) offered(b complaint.Offered) string {
	w := complaint.Words{NL: "aanbod%s%s: %s", EN: "offer%s%s: %s"}
	if b.Written {
		w = complaint.Words{NL: "schriftelijk aanbod%s%s: %s", EN: "offer in writing%s%s: %s"}
	}
	to, kind := piece(""), piece("")
	if len(t.c.Complainants) > 1 && b.Party != 0 {
		to = piece(t.say(" aan %s", " to %s", t.who(b.Party)))
	}
	if r, ok := remedies[b.Remedy]; ok {
		kind = piece(" (" + r.In(t.lang) + ")")
	}
	return t.in(w, to, kind, b.Text)
}

func (t told) reacted(b complaint.Reacted) string {
	w := complaint.Words{NL: "%s is niet tevreden%s%s", EN: "%s is not satisfied%s%s"}
	several := len(t.c.Complainants) > 1 && b.Party == 0
	switch {
	case b.Satisfied && several:
		w = complaint.Words{NL: "%s zijn tevreden%s%s", EN: "%s are satisfied%s%s"}
	case b.Satisfied:
		w = complaint.Words{NL: "%s is tevreden%s%s", EN: "%s is satisfied%s%s"}
	case several:
		w = complaint.Words{NL: "%s zijn niet tevreden%s%s", EN: "%s are not satisfied%s%s"}
	}
	score := piece("")
	if b.Score > 0 {
		score = piece(t.say(" (cijfer %d)", " (score %d)", b.Score))
	}
	return t.in(w, t.who(b.Party), score, because(b.Words))
}

func (t told) referred(b complaint.Referred) string {
	to := piece("")
	if name := cleanLine(b.Commissioner, maxName); name != "" {
		to = piece(t.say(" naar %s", " to %s", name))
	}
	if b.Consent {
		return t.say("de klager wil dat u de klacht doorstuurt%s%s. Dat doet u zelf", "the complainant wants you to send the complaint on%s%s. You do that yourself", to, because(b.Words))
	}
	return t.say("doorverwijzing%s%s", "referral%s%s", to, because(b.Words))
}
