package letters

import (
	"slices"
	"strings"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// when is an instant as a handler reads it: "maandag 16 november 2026 om 16.00 uur".
func (s *sheet) when(t time.Time) string {
	t = t.In(s.set.office.zone())
	return s.in(complaint.Words{NL: "%s om %s uur", EN: "%s at %s"}, calendar.On(t, s.set.office.zone()).Full(s.lang), t.Format("15.04"))
}

var letterNames = map[string]complaint.Words{
	complaint.LetterAcknowledgement:   {NL: "de ontvangstbevestiging", EN: "the acknowledgement"},
	complaint.LetterNonAcceptance:     {NL: "de brief dat wij de klacht niet behandelen", EN: "the notice that the complaint is not taken up"},
	complaint.LetterProgress:          {NL: "het tussenbericht", EN: "the progress notice"},
	complaint.LetterConfirmation:      {NL: "de bevestiging van wat er is gedaan", EN: "the confirmation of what was done"},
	complaint.LetterReportComplainant: {NL: "het verslag aan de klager", EN: "the report to the complainant"},
	complaint.LetterReportConcerned:   {NL: "het verslag aan de betrokkene", EN: "the report to the person concerned"},
	complaint.LetterReceipt:           {NL: "het korte ontvangstbericht", EN: "the short receipt"},
}

var variantNames = map[string]complaint.Words{
	complaint.VariantUnfinished: {NL: "de brief met de stand van zaken", EN: "the letter on the state of affairs"},
	complaint.VariantWithReport: {NL: "de bevestiging met het verslag", EN: "the confirmation with the report"},
}

// departureName names the letter of a departure: "de ontvangstbevestiging".
func departureName(d complaint.Departure) complaint.Words {
	if w, ok := variantNames[d.Variant]; ok {
		return w
	}
	return letterNames[d.Letter]
}

var dutyNames = map[complaint.Kind]complaint.Words{
	complaint.Acknowledgement:   {NL: "ontvangstbevestiging", EN: "acknowledgement"},
	complaint.Decision:          {NL: "bericht als u de klacht niet behandelt", EN: "notice if you do not take it up"},
	complaint.Progress:          {NL: "bericht hoe het verder gaat", EN: "notice how it goes on"},
	complaint.Confirmation:      {NL: "bevestiging van wat er is gedaan", EN: "confirmation of what was done"},
	complaint.ReconsiderOffer:   {NL: "nieuw aanbod overwegen", EN: "considering a new offer"},
	complaint.ReportComplainant: {NL: "verslag aan de klager", EN: "report to the complainant"},
	complaint.ReportConcerned:   {NL: "verslag aan de betrokkene", EN: "report to the person concerned"},
	complaint.Measure:           {NL: "maatregel tegen herhaling", EN: "measure against repetition"},
	complaint.Receipt:           {NL: "kort ontvangstbericht", EN: "short receipt"},
}

// dutyName names a duty; one that is not in the table by its kind.
func dutyName(k complaint.Kind) complaint.Words {
	if w, ok := dutyNames[k]; ok {
		return w
	}
	return complaint.Words{NL: string(k), EN: string(k)}
}

// owed lists the open duties, the nearest first, with their dates and how each was computed.
func (s *sheet) owed(c complaint.Case, duties []complaint.Duty) {
	var open []complaint.Duty
	for _, d := range duties {
		if d.State == complaint.Open {
			open = append(open, d)
		}
	}
	slices.SortStableFunc(open, func(a, b complaint.Duty) int { return int(a.Due) - int(b.Due) })
	var lines []line
	for _, d := range open {
		w := complaint.Words{NL: "%s: %s", EN: "%s: %s"}
		if d.Overdue {
			w = complaint.Words{NL: "te laat, %s: %s", EN: "late, %s: %s"}
		}
		lines = append(lines, append(words(s.in(w, d.Due.Short(s.lang), dutyName(d.Kind))), s.computed(d, c)...))
	}
	if len(lines) > 0 {
		s.head(complaint.Words{NL: "Wat nog moet, en wanneer uiterlijk", EN: "What is still owed, and by when"})
		s.add(bullets, lines...)
	}
}

// computed says how the date of a duty was computed, on a line of its own.
func (s *sheet) computed(d complaint.Duty, c complaint.Case) line {
	why := complaint.Explain(d.Because, c.Opening.Terms.Holidays, s.lang)
	if why == "" {
		return nil
	}
	return line{{text: why, faint: true, below: true}}
}

// silence says what leaves by itself, and when: what was ordered, and the first letter nobody spoke about.
func (s *sheet) silence(plan []complaint.Departure) {
	var items []string
	first := -1
	for i, d := range plan {
		switch {
		case !d.Ready():
		case d.OnWord:
			items = append(items, s.in(complaint.Words{NL: "%s vertrekt %s, aan %s. Tegenhouden? Antwoord: #wacht", EN: "%s leaves %s, to %s. To stop it, answer: #hold"},
				departureName(d), s.when(d.NotBefore), partyName(d.To)))
		case first < 0 || d.NotBefore.Before(plan[first].NotBefore):
			first = i
		}
	}
	if first >= 0 {
		d := plan[first]
		items = append(items, s.in(complaint.Words{NL: "%s vertrekt %s vanzelf, aan %s", EN: "%s leaves %s by itself, to %s"},
			departureName(d), s.when(d.NotBefore), partyName(d.To)))
	}
	if len(items) == 0 {
		items = []string{s.in(complaint.Words{NL: "Er gaat geen brief vanzelf weg.", EN: "No letter leaves by itself."})}
	}
	s.list(complaint.Words{NL: "Als u niets doet", EN: "If you do nothing"}, items)
}

// partyName is how a mail to a handler names a party: by name and address.
func partyName(p complaint.Party) string {
	name, mail := cleanLine(p.Name, maxName), cleanLine(p.Mail, maxName)
	switch {
	case name == "":
		return mail
	case mail == "":
		return name
	}
	return name + " (" + mail + ")"
}

// drafts shows letters in full: who gets each, and when it leaves.
func (s *sheet) drafts(all []Letter, plan []complaint.Departure) {
	for _, l := range all {
		dep, planned := departureOf(l, plan)
		name := letterNames[l.Name]
		if planned {
			name = departureName(dep)
		}
		s.head(complaint.Words{NL: "De brief: %s", EN: "The letter: %s"}, name)
		s.label(complaint.Words{NL: "Aan", EN: "To"}, partyName(complaint.Party{Name: l.To.Name, Mail: l.To.Mail}))
		s.label(complaint.Words{NL: "Onderwerp", EN: "Subject"}, l.Subject)
		s.label(complaint.Words{NL: "Vertrekt", EN: "Leaves"}, s.leaves(dep))
		inner := l.blocks
		if inner == nil {
			inner = asParagraphs(l.Text)
		}
		s.blocks = append(s.blocks, block{kind: frame, inner: inner})
	}
}

func (s *sheet) leaves(d complaint.Departure) string {
	switch {
	case d.NotBefore.IsZero():
		return s.in(complaint.Words{NL: "alleen als u ja antwoordt", EN: "only if you answer yes"})
	case d.OnWord:
		return s.when(d.NotBefore)
	}
	return s.in(complaint.Words{NL: "zodra u ja antwoordt, anders vanzelf %s", EN: "as soon as you answer yes, else by itself %s"}, s.when(d.NotBefore))
}

// departureOf finds the departure a letter was written for.
func departureOf(l Letter, plan []complaint.Departure) (complaint.Departure, bool) {
	for _, d := range plan {
		if d.Letter == l.Name && complaint.SameMail(d.To.Mail, l.To.Mail) {
			return d, true
		}
	}
	return complaint.Departure{}, false
}

// asParagraphs shows the plain text of a letter whose blocks are gone.
func asParagraphs(text string) []block {
	var all []block
	for part := range strings.SplitSeq(text, "\n\n") {
		b := block{kind: verse}
		for l := range strings.Lines(part) {
			b.lines = append(b.lines, words(strings.TrimSpace(l)))
		}
		all = append(all, b)
	}
	return all
}
