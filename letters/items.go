package letters

import "klachtd/complaint"

// The things that more than one letter must say.

// own is the handler's own text.
func own(v head) must { return need("uw eigen tekst", "your own text", firstLine(v.Own)) }

// judgement is articles 4 and 5: the findings with their reasons, and the offers or why there is none.
func judgement(v complainantView) []must {
	all := found(v.head, v.Finding, v.Reason, v.Points)
	for _, o := range v.Offers {
		all = append(all, known("het aanbod", "the offer", firstLine(o.Text))...)
		all = append(all, known("de reactie van de klager", "the complainant's reaction", firstLine(o.Reaction))...)
	}
	if len(v.Offers) == 0 || v.NoOffer != "" {
		all = append(all, need("het aanbod, of waarom er geen is", "the offer, or why there is none", firstLine(v.NoOffer)))
	}
	return all
}

var findings = map[complaint.Finding]complaint.Words{
	complaint.Upheld:       {NL: "gegrond", EN: "upheld"},
	complaint.PartlyUpheld: {NL: "deels gegrond", EN: "partly upheld"},
	complaint.NotUpheld:    {NL: "ongegrond", EN: "not upheld"},
	complaint.NoFinding:    {NL: "geen oordeel", EN: "no finding"},
}

// found is the finding with its reason, on the whole or on each point.
func found(v head, on, why value, points []point) []must {
	all := []must{finding(v, on)}
	if len(points) == 0 {
		return append(all, reason(why))
	}
	if on == "" { // the points stand for themselves
		all = nil
	}
	for _, p := range points {
		all = append(append(all, finding(v, p.Finding), reason(p.Reason)), known("wat het punt is", "what the point is", p.About)...)
	}
	return all
}

// findingWords are the findings that the handler's own text must tell: each that was made.
func findingWords(v complainantView) []must {
	all := []must{finding(v.head, v.Finding)}
	for _, p := range v.Points {
		all = append(all, finding(v.head, p.Finding))
	}
	return all
}

func finding(v head, on value) must {
	return need("het oordeel", "the finding", findings[complaint.Finding(on)].In(string(v.Lang)))
}

func reason(why value) must {
	return need("de reden van het oordeel", "the reason for the finding", firstLine(why))
}

func measure(taken []value, none value) must {
	return need("de maatregel tegen herhaling, of waarom er geen is", "the measure against repetition, or why there is none", append(taken, none)...)
}

// inShort is what of the short description the facts have: the handler's, else the complainant's own words.
func inShort(v complainantView) must {
	said := v.Received
	for _, has := range []value{v.Topic, firstLine(v.Words), v.About} {
		if has != "" {
			said = has
		}
	}
	return need("de korte omschrijving van de klacht", "the short description of the complaint", said)
}

// merged are the numbers of what is handled in the same case.
func merged(v complainantView) []must {
	var all []must
	for _, n := range v.Merged {
		all = append(all, need("het nummer van de samengevoegde zaak", "the number of the merged case", n))
	}
	return all
}

// reopening is that the handling began anew, in the words of the template.
func reopening(v complainantView, nl, en string) []must {
	if v.Reopened == "" {
		return nil
	}
	return []must{need("dat de zaak is heropend", "that the case was reopened", v.word(nl, en))}
}

func retention(v head) must {
	return need("hoe lang de gegevens worden bewaard", "how long the data are kept", v.Retention)
}

func article9(v complainantView) must {
	return need("waar de klager in het uiterste geval heen kan", "where the complainant can go in the end", v.Commissioner)
}

func lastDone(v complainantView) must {
	var last value
	if n := len(v.Done); n > 0 {
		last = v.Done[n-1].What
	}
	return need("wat er is gedaan", "what was done", last)
}

func nextDate(v head) must { return need("de volgende datum", "the next date", v.Promised) }

func reactBy(v head) must {
	return need("tot wanneer de lezer kan reageren", "by when the reader can react", v.ReactBy)
}

// firstOf is the first of these that says something.
func firstOf(all ...value) value {
	for _, v := range all {
		if v != "" {
			return v
		}
	}
	return ""
}
