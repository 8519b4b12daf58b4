package letters

import (
	"fmt"
	"slices"
	"strings"

	"klachtd/calendar"
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
	complaint.Progress:          {NL: "tussenbericht hoe het verder gaat", EN: "notice how it goes on"},
	complaint.Extend:            {NL: "bericht van uitstel", EN: "notice of extension"},
	complaint.ExtendConcerned:   {NL: "bericht van uitstel aan de betrokkene", EN: "notice of extension to the person concerned"},
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
	case complaint.Decision:
		if c.Declined != nil {
			name = s.in(complaint.Words{NL: "bericht dat u de klacht niet behandelt", EN: "notice that you do not take it up"})
		}
	}
	if who := partyIn(c, d.Party); who != "" {
		name += s.in(complaint.Words{NL: ", voor %s", EN: ", for %s"}, who)
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

// deeds lists what can be typed about an open duty, the likeliest first. A letter has none: its own question is asked.
func (s *sheet) deeds(d complaint.Duty, c complaint.Case) []deed {
	if unposted(d, c) {
		return []deed{{complaint.Words{NL: "#verzonden vandaag", EN: "#posted today"}, complaint.Words{NL: "de brief is vandaag gepost", EN: "the letter was posted today"}}}
	}
	number := func(w complaint.Words) complaint.Words {
		return complaint.Words{NL: fmt.Sprintf(w.NL, d.Round), EN: fmt.Sprintf(w.EN, d.Round)}
	}
	switch d.Kind {
	case complaint.AskResponse:
		if over(c, d.Party) != "" {
			return nil // the letter is written
		}
		name := either(cleanLine(c.Party(d.Party).Name, maxName), cleanLine(c.Party(d.Party).Mail, maxName))
		return []deed{{complaint.Words{NL: "#betrokkene " + name + " over: <waar het over gaat>", EN: "#concerned " + name + " about: <what it is about>"},
			complaint.Words{NL: "voor een brief met de vraag om een reactie", EN: "for a letter that asks for a response"}}}
	case complaint.AwaitResponse:
		return of(deeds[d.Kind], complaint.Words{NL: "%s: ", EN: "%s: "}, complaint.Words{}, partyIn(c, d.Party))
	case complaint.Measure:
		return append([]deed{{suggested(c, complaint.FieldMeasure), complaint.Words{NL: "een maatregel tegen herhaling", EN: "a measure against repetition"}}}, deeds[d.Kind]...)
	case complaint.AwaitReaction:
		all := deeds[d.Kind]
		if d.Overdue { // it was asked for, and did not come: it can be concluded
			all = append(slices.Clone(all[:2]), deed{complaint.Words{NL: "#opgelost geen reactie", EN: "#resolved no reaction"}, complaint.Words{NL: "u rondt de klacht af zonder reactie", EN: "you conclude it without a reaction"}})
		}
		return of(all, complaint.Words{}, complaint.Words{NL: " klager: %s", EN: " complainant: %s"}, partyIn(c, d.Party))
	case complaint.FollowMeasure:
		return []deed{{number(complaint.Words{NL: "#maatregel %d klaar", EN: "#measure %d done"}), complaint.Words{NL: "de maatregel is uitgevoerd", EN: "the measure was carried out"}}}
	case complaint.KeepCommitment:
		return []deed{{number(complaint.Words{NL: "#nagekomen %d", EN: "#done %d"}), complaint.Words{NL: "dit is gedaan", EN: "this was done"}}}
	}
	return deeds[d.Kind]
}

// A deed is a line that a handler can type when a duty was met, or will not be, and what that records.
type deed struct{ line, meaning complaint.Words }

// of says in each line whom it is about, where the case has several: before what is to be filled in, or else behind.
func of(all []deed, before, behind complaint.Words, name string) []deed {
	if name == "" {
		return all
	}
	in := func(line, before, behind string) string {
		if text, blank, open := strings.Cut(line, "<"); open {
			return text + fmt.Sprintf(before, name) + "<" + blank
		}
		return line + fmt.Sprintf(behind, name)
	}
	var named []deed
	for _, d := range all {
		named = append(named, deed{complaint.Words{NL: in(d.line.NL, before.NL, behind.NL), EN: in(d.line.EN, before.EN, behind.EN)}, d.meaning})
	}
	return named
}

// deeds are those that are the same in every case.
var deeds = map[complaint.Kind][]deed{
	complaint.AwaitAuthority: {
		{complaint.Words{NL: "#machtiging ja", EN: "#authority yes"}, complaint.Words{NL: "de machtiging is er", EN: "the authorisation is there"}},
		{complaint.Words{NL: "#machtiging nee", EN: "#authority no"}, complaint.Words{NL: "die komt er niet", EN: "there will be none"}},
	},
	complaint.AwaitResponse: {
		{complaint.Words{NL: "#reactie <samenvatting>", EN: "#response <summary>"}, complaint.Words{NL: "de betrokkene heeft gereageerd", EN: "the person concerned has responded"}},
		{complaint.Words{NL: "#geenreactie <reden>", EN: "#noresponse <reason>"}, complaint.Words{NL: "er komt geen reactie", EN: "there will be no response"}},
	},
	complaint.AwaitReaction: {
		{complaint.Words{NL: "#tevreden 4", EN: "#satisfied 4"}, complaint.Words{NL: "de klager is tevreden, met een cijfer van 1 tot 5", EN: "the complainant is satisfied, with a score from 1 to 5"}},
		{complaint.Words{NL: "#ontevreden 2", EN: "#dissatisfied 2"}, complaint.Words{NL: "de klager is niet tevreden", EN: "the complainant is not satisfied"}},
		{complaint.Words{NL: "#gebeld geen gehoor", EN: "#called no answer"}, complaint.Words{NL: "u vroeg ernaar, maar kreeg geen gehoor", EN: "you asked for it, and got no answer"}},
	},
	complaint.ReconsiderOffer: {
		{complaint.Words{NL: "#aanbod <uw nieuwe aanbod>", EN: "#offer <your new offer>"}, complaint.Words{NL: "u doet een nieuw aanbod", EN: "you make a new offer"}},
		{complaint.Words{NL: "#geenaanbod <reden>", EN: "#nooffer <reason>"}, complaint.Words{NL: "u doet geen nieuw aanbod", EN: "you make no new offer"}},
	},
	complaint.Measure: {
		{complaint.Words{NL: "#geenmaatregel <reden>", EN: "#nomeasure <reason>"}, complaint.Words{NL: "een maatregel is niet nodig", EN: "no measure is needed"}},
	},
	complaint.Decision: {
		{complaint.Words{NL: "#nietbehandelen <nummer 1-9>", EN: "#decline <number 1-9>"}, complaint.Words{NL: "alleen als u de klacht niet behandelt", EN: "only if you do not take it up"}},
	},
}

// urgent is the duty that waits for the handler herself, the first one due: what only she can decide, and what is due today or
// is late.
func (s *sheet) urgent(c complaint.Case, duties []complaint.Duty, today calendar.Date) (first complaint.Duty, ok bool) {
	for _, d := range duties {
		hers := d.Kind == complaint.ReconsiderOffer || d.Kind == complaint.Measure || d.Due <= today
		if d.State != complaint.Open || d.Kind == complaint.Decision || !hers || len(s.deeds(d, c)) == 0 || ok && first.Due <= d.Due {
			continue
		}
		first, ok = d, true
	}
	return first, ok
}

// next says the one thing to do when nothing is asked: the duty that waits for the handler, if there is one.
func (s *sheet) next(c complaint.Case, duties []complaint.Duty, today calendar.Date) {
	d, ok := s.urgent(c, duties, today)
	if !ok {
		return
	}
	w := complaint.Words{NL: "Nog te doen, uiterlijk %s: %s.", EN: "Still to be done, by %s: %s."}
	if d.Overdue {
		w = complaint.Words{NL: "Dit is te laat sinds %s: %s.", EN: "This is late since %s: %s."}
	}
	s.lead(w, d.Due.Full(s.lang), s.dutyName(d, c))
	var all []option
	for _, deed := range s.deeds(d, c) {
		all = append(all, s.toType(deed.line.In(s.lang), deed.meaning.In(s.lang)))
	}
	s.options(s.env.Ask, all...)
}

// news shows what can be typed about the open duties, when nothing else is asked: of each its first line, then the others.
func (s *sheet) news(c complaint.Case, duties []complaint.Duty, today calendar.Date) {
	urgent, _ := s.urgent(c, duties, today)
	var all []option
	for round := range maxOptions {
		for _, d := range duties {
			if d.Key == urgent.Key {
				continue
			}
			if lines := s.deeds(d, c); d.State == complaint.Open && d.Kind != complaint.Decision && round < len(lines) {
				all = append(all, s.toType(lines[round].line.In(s.lang), lines[round].meaning.In(s.lang)))
			}
		}
	}
	if len(all) > 0 {
		s.head(complaint.Words{NL: "Is er nieuws? Dan kunt u dit antwoorden", EN: "Is there news? Then you can answer this"})
		s.options(s.env.Ask, all...)
	}
}

func suggested(c complaint.Case, f complaint.Field) complaint.Words {
	return complaint.Words{NL: complaint.Suggest(c, f, "nl"), EN: complaint.Suggest(c, f, "en")}
}

// unposted says whether the letter for a duty lies with the handler.
func unposted(d complaint.Duty, c complaint.Case) bool {
	_, printed := c.Printed(d.Key)
	return printed && d.State == complaint.Open
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
