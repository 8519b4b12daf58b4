package letters

import (
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
)

// fact says a fact in words, as a handler reads back what was recorded; "" for one that needs no words.
func (s *sheet) fact(f complaint.Fact) string {
	say := func(nl, en string, args ...any) string { return s.in(complaint.Words{NL: nl, EN: en}, args...) }
	switch b := f.Body.(type) {
	case complaint.Opened:
		return say("de zaak is geopend", "the case was opened")
	case complaint.Registered:
		return say("dit is een klacht", "this is a complaint")
	case complaint.Described:
		return s.described(b)
	case complaint.Dismissed:
		return say("dit is geen klacht%s", "this is not a complaint%s", because(b.Reason))
	case complaint.ResolvedAtOnce:
		return say("direct opgelost: %s", "resolved at first contact: %s", b.How)
	case complaint.ReceiptMoved:
		return say("datum van ontvangst: %s%s", "date of receipt: %s%s", b.To.Full(s.lang), because(b.Reason))
	case complaint.Reached:
		return say("de klager is bereikbaar als: %s", "the complainant is reached as: %s", partyName(complaint.Party{Name: b.Name, Mail: b.Mail, Phone: b.Phone}))
	case complaint.Called:
		return s.called(b)
	case complaint.PersonNamed:
		return say("betrokkene: %s%s", "person concerned: %s%s", partyName(b.Person), because(b.Over))
	case complaint.NoPersonConcerned:
		return say("geen betrokkene%s", "no person concerned%s", because(b.Reason))
	case complaint.Responded:
		if b.Private {
			return say("reactie van de betrokkene, niet voor de klager: %s", "response of the person concerned, not for the complainant: %s", b.Summary)
		}
		return say("reactie van de betrokkene: %s", "response of the person concerned: %s", b.Summary)
	case complaint.NoResponse:
		return say("geen reactie van de betrokkene: %s", "no response of the person concerned: %s", b.Reason)
	case complaint.Judged:
		return say("oordeel: %s%s", "finding: %s%s", findings[b.Finding], because(b.Reason))
	case complaint.Weighed:
		return s.weighed(b)
	case complaint.Offered:
		return say("aanbod: %s", "offer: %s", b.Text)
	case complaint.NoOffer:
		return say("geen (nieuw) aanbod%s", "no (new) offer%s", because(b.Reason))
	case complaint.Reacted:
		return s.reacted(b)
	case complaint.Resolved:
		return say("opgelost%s", "resolved%s", because(b.How))
	case complaint.ReportWritten:
		return say("uw eigen tekst voor het verslag", "your own text for the report")
	case complaint.MeasureTaken:
		return say("maatregel: %s%s", "measure: %s%s", b.Text, s.byWhom(b.Owner, b.By))
	case complaint.NoMeasure:
		return say("geen maatregel%s", "no measure%s", because(b.Reason))
	case complaint.Declined:
		name := complaint.Words{}
		if b.Ground >= 1 && b.Ground <= len(complaint.Grounds) {
			name = complaint.Grounds[b.Ground-1].Name
		}
		return say("niet in behandeling, grond %d (%s)%s", "not taken up, ground %d (%s)%s", b.Ground, name, because(b.Text))
	case complaint.Approved:
		return say("versturen is akkoord", "sending is approved")
	case complaint.Held:
		if b.Until.IsZero() {
			return say("brieven wachten tot u #verder typt", "letters wait until you type #resume")
		}
		return say("brieven wachten tot %s", "letters wait until %s", b.Until.Full(s.lang))
	case complaint.Released:
		return say("brieven gaan weer uit", "letters leave again")
	case complaint.Undone:
		return say("uw vorige bericht is teruggedraaid", "your previous message was undone")
	case complaint.Noted:
		return say("notitie: %s", "note: %s", b.Text)
	case complaint.Filed:
		return say("bericht van %s bewaard", "message from %s kept", b.From.Mail)
	case complaint.Sent:
		return say("%s is verstuurd aan %s", "%s was sent to %s", departureName(complaint.Departure{Letter: b.Letter, Variant: b.Variant}), b.To)
	case complaint.Undelivered:
		return say("een brief kwam terug: %s", "a letter came back: %s", b.Reason)
	}
	return ""
}

// because adds a reason, when there is one.
func because(reason string) piece {
	if reason = cleanLine(reason, maxLine); reason == "" {
		return ""
	}
	return piece(" – " + reason)
}

func (s *sheet) described(b complaint.Described) string {
	var parts []string
	for _, part := range []struct {
		name complaint.Words
		text string
	}{
		{complaint.Words{}, b.About},
		{complaint.Words{NL: "datum ", EN: "date "}, b.EventDate},
		{complaint.Words{NL: "plaats ", EN: "place "}, b.Place},
		{complaint.Words{NL: "bijzonderheden ", EN: "particulars "}, b.Particulars},
		{complaint.Words{NL: "aanpak ", EN: "handling "}, b.Handling},
		{complaint.Words{NL: "klaar op ", EN: "expected by "}, b.Expected.Full(s.lang)},
	} {
		if text := cleanLine(part.text, maxLine); text != "" {
			parts = append(parts, part.name.In(s.lang)+text)
		}
	}
	return s.in(complaint.Words{NL: "omschrijving: ", EN: "description: "}) + strings.Join(parts, "; ")
}

func (s *sheet) called(b complaint.Called) string {
	w := complaint.Words{NL: "gebeld met %s%s", EN: "phoned %s%s"}
	if b.NoAnswer {
		w = complaint.Words{NL: "gebeld met %s, geen gehoor%s", EN: "phoned %s, no answer%s"}
	}
	who := either(b.With, s.in(complaint.Words{NL: "de klager", EN: "the complainant"}))
	return s.in(w, who, because(b.Notes))
}

func (s *sheet) weighed(b complaint.Weighed) string {
	var parts []string
	for _, part := range []string{b.Severity, b.Cause, b.Accountable} {
		if text := cleanLine(part, maxLine); text != "" {
			parts = append(parts, text)
		}
	}
	return s.in(complaint.Words{NL: "ernst, oorzaak, verantwoordelijke: ", EN: "severity, cause, accountable: "}) + strings.Join(parts, "; ")
}

func (s *sheet) reacted(b complaint.Reacted) string {
	w := complaint.Words{NL: "de klager is niet tevreden%s%s", EN: "the complainant is not satisfied%s%s"}
	if b.Satisfied {
		w = complaint.Words{NL: "de klager is tevreden%s%s", EN: "the complainant is satisfied%s%s"}
	}
	score := piece("")
	if b.Score > 0 {
		score = piece(s.in(complaint.Words{NL: " (cijfer %d)", EN: " (score %d)"}, b.Score))
	}
	return s.in(w, score, because(b.Words))
}

func (s *sheet) byWhom(owner string, by calendar.Date) piece {
	text := ""
	if owner != "" {
		text += s.in(complaint.Words{NL: ", door %s", EN: ", by %s"}, owner)
	}
	if !by.IsZero() {
		text += s.in(complaint.Words{NL: ", voor %s", EN: ", before %s"}, by.Full(s.lang))
	}
	return piece(text)
}
