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
	complaint.LetterAcknowledgement:    {NL: "de ontvangstbevestiging", EN: "the acknowledgement"},
	complaint.LetterNonAcceptance:      {NL: "het bericht dat wij de klacht niet behandelen", EN: "the notice that the complaint is not taken up"},
	complaint.LetterProgress:           {NL: "het tussenbericht", EN: "the progress notice"},
	complaint.LetterInformation:        {NL: "de brief met uw vragen", EN: "the letter with your questions"},
	complaint.LetterConfirmation:       {NL: "de bevestiging van wat er is gedaan", EN: "the confirmation of what was done"},
	complaint.LetterReportComplainant:  {NL: "het verslag aan de klager", EN: "the report to the complainant"},
	complaint.LetterReportConcerned:    {NL: "het verslag aan de betrokkene", EN: "the report to the person concerned"},
	complaint.LetterReferral:           {NL: "de doorverwijzing", EN: "the referral"},
	complaint.LetterExtension:          {NL: "het bericht van uitstel", EN: "the notice of extension"},
	complaint.LetterExtensionConcerned: {NL: "het bericht van uitstel aan de betrokkene", EN: "the notice of extension to the person concerned"},
	complaint.LetterWithdrawal:         {NL: "de bevestiging van de intrekking", EN: "the confirmation of the withdrawal"},
	complaint.LetterReactionRequest:    {NL: "het verzoek om een reactie", EN: "the request for a response"},
	complaint.LetterWitnessClosing:     {NL: "het bericht aan de getuige", EN: "the word to the witness"},
	complaint.LetterCommitmentLate:     {NL: "het bericht dat een afspraak later komt", EN: "the notice that a commitment comes later"},
	complaint.LetterReceipt:            {NL: "het korte ontvangstbericht", EN: "the short receipt"},
}

// variantNames name those letters that another name fits better. By variant alone, or by letter and variant.
var variantNames = map[string]complaint.Words{
	complaint.VariantUnfinished: {NL: "de brief met de stand van zaken", EN: "the letter on the state of affairs"},
	complaint.VariantWithReport: {NL: "de bevestiging met het verslag", EN: "the confirmation with the report"},
	complaint.VariantWithdrawn:  {NL: "het bericht aan de betrokkene dat de klacht is ingetrokken", EN: "the word to the person concerned that the complaint was withdrawn"},

	complaint.LetterAcknowledgement + " " + complaint.VariantAuthority: {NL: "de ontvangstbevestiging met de vraag om een machtiging", EN: "the acknowledgement that asks for an authorisation"},
	complaint.LetterInformation + " " + complaint.VariantAuthority:     {NL: "de vraag om een machtiging", EN: "the request for an authorisation"},
}

// departureName names the letter of a departure: "de ontvangstbevestiging".
func departureName(d complaint.Departure) complaint.Words {
	if w, ok := variantNames[d.Letter+" "+d.Variant]; ok {
		return w
	}
	if w, ok := variantNames[d.Variant]; ok {
		return w
	}
	return letterNames[d.Letter]
}

// owed lists the open duties, the nearest first, with their dates and how each was computed.
func (s *sheet) owed(c complaint.Case, duties []complaint.Duty) {
	var open []complaint.Duty
	for _, d := range duties {
		if d.State == complaint.Open && (c.Declined == nil || d.Kind == complaint.Decision || d.Kind == complaint.KeepCommitment) {
			open = append(open, d) // once the notice that it is not taken up has left, the rest lapses
		}
	}
	slices.SortStableFunc(open, func(a, b complaint.Duty) int { return int(a.Due) - int(b.Due) })
	var lines []line
	for _, d := range open {
		w := complaint.Words{NL: "%s: %s", EN: "%s: %s"}
		if d.Overdue {
			w = complaint.Words{NL: "te laat, %s: %s", EN: "late, %s: %s"}
		}
		text := s.in(w, d.Due.Short(s.lang), s.dutyName(d, c))
		if unposted(d, c) {
			text += s.in(complaint.Words{NL: ", nog te posten uiterlijk %s", EN: ", still to be posted, by %s"}, d.SendBy.Short(s.lang))
		}
		lines = append(lines, append(words(text), s.computed(d, c)...))
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
				departureName(d), s.when(d.NotBefore), s.address(d)))
		case first < 0 || d.NotBefore.Before(plan[first].NotBefore):
			first = i
		}
	}
	if first >= 0 {
		d := plan[first]
		items = append(items, s.in(complaint.Words{NL: "%s vertrekt %s vanzelf, aan %s", EN: "%s leaves %s by itself, to %s"},
			departureName(d), s.when(d.NotBefore), s.address(d)))
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
		name, to := letterNames[l.Name], partyName(complaint.Party{Name: l.To.Name, Mail: l.To.Mail})
		if planned {
			name, to = departureName(dep), s.address(dep)
		}
		s.head(complaint.Words{NL: "De brief: %s", EN: "The letter: %s"}, name)
		s.label(complaint.Words{NL: "Aan", EN: "To"}, to)
		s.label(complaint.Words{NL: "Onderwerp", EN: "Subject"}, l.Subject)
		s.label(complaint.Words{NL: "Vertrekt", EN: "Leaves"}, s.leaves(dep))
		s.blocks = append(s.blocks, block{kind: frame, inner: l.shown()})
	}
}

// tongueNames name a language as an adjective and as what a text is in.
var tongueNames = map[string]complaint.Words{"nl": {NL: "Nederlands", EN: "Dutch"}, "en": {NL: "Engels", EN: "English"}}

// untranslated warns of words in a letter that are in another language than the letter: nobody translates them.
func (s *sheet) untranslated(all []Letter) {
	for _, l := range all {
		pieces := Untranslated(l)
		if len(pieces) == 0 {
			continue
		}
		s.para(complaint.Words{NL: `Let op: de brief aan %s is in het %s, maar dit stuk is in het %s: "%s"`, EN: `Please note: the letter to %s is in %s, but this part is in %s: "%s"`},
			either(l.To.Name, l.To.Mail), tongueNames[l.Lang], tongueNames[otherTongue[l.Lang]], cut(cleanLine(pieces[0], maxLine), 120))
		s.para(complaint.Words{NL: "Wilt u dat niet? Typ uw opdracht opnieuw in die taal, of schrijf de brief zelf. Antwoord dan met: #tekst <uw eigen tekst>",
			EN: "Not as you want it? Type your command again in that language, or write the letter yourself. Then answer with: #text <your own text>"})
	}
}

// address is where a letter goes: by mail, or by post through the handler.
func (s *sheet) address(d complaint.Departure) string {
	if d.Channel != complaint.ByPost {
		return partyName(d.To)
	}
	return s.in(complaint.Words{NL: "%s, per post: %s", EN: "%s, by post: %s"}, d.To.Name, d.To.Post)
}

func (s *sheet) leaves(d complaint.Departure) string {
	switch {
	case d.NotBefore.IsZero():
		return s.in(complaint.Words{NL: "alleen als u ja antwoordt", EN: "only if you answer yes"})
	case d.OnWord && d.Channel == complaint.ByPost:
		return s.in(complaint.Words{NL: "u krijgt hem %s om te posten; tegenhouden kan met: #wacht", EN: "you get it %s to post; to stop it: #hold"}, s.when(d.NotBefore))
	case d.OnWord:
		return s.in(complaint.Words{NL: "%s; tegenhouden kan met: #wacht", EN: "%s; to stop it: #hold"}, s.when(d.NotBefore))
	}
	return s.in(complaint.Words{NL: "zodra u ja antwoordt, anders vanzelf %s", EN: "as soon as you answer yes, else by itself %s"}, s.when(d.NotBefore))
}

// departureOf finds the departure a letter was written for.
func departureOf(l Letter, plan []complaint.Departure) (complaint.Departure, bool) {
	for _, d := range plan {
		if d.Letter == l.Name && complaint.SameMail(d.To.Mail, l.To.Mail) && (d.To.Mail != "" || cleanLine(d.To.Name, maxName) == l.To.Name) {
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
