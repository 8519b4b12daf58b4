package letters

import (
	"fmt"

	"klachtd/complaint"
)

// dutyNames name what is owed as a handler would say it.
var dutyNames = map[complaint.Kind]complaint.Words{
	complaint.Acknowledgement:   {NL: "ontvangstbevestiging", EN: "acknowledgement"},
	complaint.Receipt:           {NL: "kort ontvangstbericht", EN: "short receipt"},
	complaint.Information:       {NL: "brief met uw vragen", EN: "letter with your questions"},
	complaint.AwaitAuthority:    {NL: "machtiging van degene voor wie wordt geklaagd", EN: "authorisation of the person who is represented"},
	complaint.Decision:          {NL: "bericht als u de klacht niet behandelt", EN: "notice if you do not take it up"},
	complaint.AskResponse:       {NL: "verzoek om een reactie van de betrokkene", EN: "request for a response of the person concerned"},
	complaint.AwaitResponse:     {NL: "reactie van de betrokkene", EN: "response of the person concerned"},
	complaint.Progress:          {NL: "bericht hoe het verder gaat", EN: "notice how it goes on"},
	complaint.Extend:            {NL: "bericht van uitstel", EN: "notice of extension"},
	complaint.Confirmation:      {NL: "bevestiging van wat er is gedaan", EN: "confirmation of what was done"},
	complaint.AwaitReaction:     {NL: "reactie van de klager op het aanbod", EN: "reaction of the complainant to the offer"},
	complaint.ReconsiderOffer:   {NL: "nieuw aanbod overwegen", EN: "considering a new offer"},
	complaint.Withdrawal:        {NL: "bevestiging van de intrekking", EN: "confirmation of the withdrawal"},
	complaint.ReportComplainant: {NL: "verslag aan de klager", EN: "report to the complainant"},
	complaint.ReportConcerned:   {NL: "verslag aan de betrokkene", EN: "report to the person concerned"},
	complaint.CloseWitness:      {NL: "bericht aan de getuige", EN: "word to the witness"},
	complaint.Measure:           {NL: "maatregel tegen herhaling", EN: "measure against repetition"},
	complaint.FollowMeasure:     {NL: "maatregel uitvoeren", EN: "carrying out the measure"},
	complaint.KeepCommitment:    {NL: "afspraak nakomen", EN: "keeping what was agreed"},
	complaint.CommitmentLate:    {NL: "bericht dat een afspraak later komt", EN: "notice that a commitment comes later"},
	complaint.Referral:          {NL: "doorverwijzing", EN: "referral"},
}

// dutyName names a duty of a case: whose it is where there are several, and which measure or commitment it is about.
func (s *sheet) dutyName(d complaint.Duty, c complaint.Case) string {
	name := dutyNames[d.Kind].In(s.lang)
	switch d.Kind {
	case complaint.FollowMeasure:
		if i := d.Round - 1; i >= 0 && i < len(c.Measures) {
			return s.in(complaint.Words{NL: "maatregel %d uitvoeren: %s", EN: "carrying out measure %d: %s"}, d.Round, c.Measures[i].Text)
		}
	case complaint.KeepCommitment:
		if i := d.Round - 1; i >= 0 && i < len(c.Commitments) {
			w := complaint.Words{NL: "afspraak %d nakomen: %s", EN: "keeping commitment %d: %s"}
			if c.Commitments[i].Internal {
				w = complaint.Words{NL: "taak %d: %s", EN: "task %d: %s"}
			}
			return s.in(w, d.Round, c.Commitments[i].Text)
		}
	case complaint.Measure:
		return name
	}
	if who := partyIn(c, d.Party); who != "" {
		name += s.in(complaint.Words{NL: ", voor %s", EN: ", for %s"}, who)
	}
	if _, printed := c.Printed(d.Key); printed && d.State == complaint.Open {
		name = s.in(complaint.Words{NL: "nog te posten, uiterlijk %s: %s", EN: "still to be posted, by %s: %s"}, d.SendBy.Short(s.lang), name)
	}
	return name
}

// partyIn names a party where the case has several of its kind.
func partyIn(c complaint.Case, id int) string {
	p := c.Party(id)
	if _, complains := c.Complainant(id); complains && len(c.Complainants) < 2 {
		return ""
	} else if !complains && p.Role == complaint.RolePersonConcerned && len(c.Persons) < 2 {
		return ""
	}
	return either(cleanLine(p.Name, maxName), cleanLine(p.Mail, maxName))
}

// A deed is a line that a handler can type when a duty was met, or will not be.
type deed struct {
	line    string          // the whole new text of an answer
	meaning complaint.Words // what it records
	open    bool            // it still has a blank to fill in
}

// deeds lists what can be typed about an open duty, the likeliest first. A letter has none: its own question is asked.
func (s *sheet) deeds(d complaint.Duty, c complaint.Case) []deed {
	line := func(nl, en string) string { return s.in(complaint.Words{NL: nl, EN: en}) }
	if _, printed := c.Printed(d.Key); printed {
		return []deed{{line: line("#verzonden vandaag", "#posted today"), meaning: complaint.Words{NL: "de brief is vandaag gepost", EN: "the letter was posted today"}}}
	}
	switch d.Kind {
	case complaint.AwaitAuthority:
		return []deed{
			{line: line("#machtiging ja", "#authority yes"), meaning: complaint.Words{NL: "de machtiging is er", EN: "the authorisation is there"}},
			{line: line("#machtiging nee", "#authority no"), meaning: complaint.Words{NL: "die komt er niet", EN: "there will be none"}},
		}
	case complaint.AskResponse:
		if c.Party(d.Party).Name != "" && over(c, d.Party) == "" {
			return []deed{{line: s.in(complaint.Words{NL: "#betrokkene %s over: <waar het over gaat>", EN: "#concerned %s about: <what it is about>"}, c.Party(d.Party).Name), open: true,
				meaning: complaint.Words{NL: "dan maak ik een brief met de vraag om een reactie", EN: "then I write a letter that asks for a response"}}}
		}
	case complaint.AwaitResponse:
		return []deed{
			{line: complaint.Suggest(c, complaint.FieldResponse, s.lang), open: true, meaning: complaint.Words{NL: "de betrokkene heeft gereageerd", EN: "the person concerned has responded"}},
			{line: line("#geenreactie <reden>", "#noresponse <reason>"), open: true, meaning: complaint.Words{NL: "er komt geen reactie", EN: "there will be no response"}},
		}
	case complaint.AwaitReaction:
		return []deed{
			{line: line("#tevreden 4", "#satisfied 4"), meaning: complaint.Words{NL: "de klager is tevreden, met een cijfer van 1 tot 5", EN: "the complainant is satisfied, with a score from 1 to 5"}},
			{line: line("#ontevreden 2", "#dissatisfied 2"), meaning: complaint.Words{NL: "de klager is niet tevreden", EN: "the complainant is not satisfied"}},
			{line: line("#opgelost geen reactie", "#resolved no reaction"), meaning: complaint.Words{NL: "u rondt de klacht af zonder reactie", EN: "you conclude it without a reaction"}},
		}
	case complaint.ReconsiderOffer:
		return []deed{
			{line: line("#aanbod <uw nieuwe aanbod>", "#offer <your new offer>"), open: true, meaning: complaint.Words{NL: "u doet een nieuw aanbod", EN: "you make a new offer"}},
			{line: line("#geenaanbod <reden>", "#nooffer <reason>"), open: true, meaning: complaint.Words{NL: "u doet geen nieuw aanbod", EN: "you make no new offer"}},
		}
	case complaint.Measure:
		return []deed{
			{line: complaint.Suggest(c, complaint.FieldMeasure, s.lang), open: true, meaning: complaint.Words{NL: "een maatregel tegen herhaling", EN: "a measure against repetition"}},
			{line: line("#geenmaatregel <reden>", "#nomeasure <reason>"), open: true, meaning: complaint.Words{NL: "een maatregel is niet nodig", EN: "no measure is needed"}},
		}
	case complaint.FollowMeasure:
		return []deed{{line: fmt.Sprintf(line("#uitgevoerd %d", "#carriedout %d"), d.Round), meaning: complaint.Words{NL: "de maatregel is uitgevoerd", EN: "the measure was carried out"}}}
	case complaint.KeepCommitment:
		return []deed{{line: fmt.Sprintf(line("#nagekomen %d", "#done %d"), d.Round), meaning: complaint.Words{NL: "dit is gedaan", EN: "this was done"}}}
	case complaint.Decision:
		return []deed{{line: line("#nietbehandelen <nummer 1-9>", "#decline <number 1-9>"), open: true, meaning: complaint.Words{NL: "alleen als u de klacht niet behandelt", EN: "only if you do not take it up"}}}
	}
	return nil
}

// over is the conduct of a person concerned, as the handler worded it.
func over(c complaint.Case, person int) string {
	for _, p := range c.Persons {
		if p.ID == person {
			return p.Over
		}
	}
	return ""
}
