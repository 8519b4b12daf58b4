package letters

import (
	"slices"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
)

// common is what every letter must say (procedure.md 3.2).
func (v head) common() []must {
	return append(append([]must{
		need("het kenmerk van de zaak", "the case number", v.Number),
		need("de datum", "the date", v.Today),
		need("de naam van de klachtbehandelaar", "the name of the handler", v.Handler),
		need("het telefoonnummer", "the phone number", v.Phone.text()),
		need("het e-mailadres", "the mail address", v.Email.text()),
		need("de naam van de organisatie", "the name of the organisation", v.Office),
	}, known("de excuses voor het late versturen", "the apology for being late", v.Apology)...), v.addressed()...)
}

// addressed is the whole address of the reader, on a letter by post.
func (v head) addressed() []must {
	var all []must
	for _, line := range v.Address {
		all = append(all, need("de naam en het postadres van de lezer", "the reader's name and postal address", line))
	}
	return all
}

// required is what each letter to a complainant must say besides, by name.
var required = map[string]func(complainantView) []must{
	complaint.LetterAcknowledgement:   requiredAcknowledgement,
	complaint.LetterNonAcceptance:     requiredNonAcceptance,
	complaint.LetterProgress:          requiredProgress,
	complaint.LetterInformation:       requiredInformation,
	complaint.LetterConfirmation:      requiredConfirmation,
	complaint.LetterReportComplainant: requiredReport,
	complaint.LetterReferral:          requiredReferral,
	complaint.LetterExtension:         requiredExtension,
	complaint.LetterWithdrawal:        requiredWithdrawal,
	complaint.LetterCommitmentLate:    requiredCommitmentLate,
	complaint.LetterReceipt:           func(v complainantView) []must { return []must{nextDate(v.head)} },
}

// requiredAcknowledgement is article 2.
func requiredAcknowledgement(v complainantView) []must {
	all := []must{
		need("hoe de klacht wordt behandeld", "how the complaint is handled", string(v.Handling), v.word("behandelt uw klacht", "handles your complaint")),
		need("de verwachte einddatum", "the date by which it is expected to be handled", v.Expected),
		retention(v.head),
		article9(v),
	}
	all = append(all, known("de datum waarop de klager een afwijzing uiterlijk hoort", "the date by which the complainant hears if it is not taken up", v.DeclineBy)...)
	all = append(all, known("waar het klachtenreglement staat", "where the regulation can be read", v.Regulation.text())...)
	all = append(all, merged(v)...)
	switch {
	case v.Authority:
		return append(all, authority(v)...)
	case v.Own != "":
		return append(all, own(v.head))
	}
	all = append(all, described(v)...)
	if v.Transcribed {
		all = append(all, need("de vraag of de klacht goed is opgeschreven", "the question whether the complaint was written down well", v.word("opgeschreven", "written down")))
	}
	if v.Nameless {
		all = append(all, need("de vraag naar de naam", "the question for the name", v.word("uw naam", "your name")))
	}
	if v.OwnMatter {
		all = append(all, need("dat de klacht over de behandelaar gaat en de klager kan kiezen", "that the complaint is about the handler and the complainant can choose", v.word("u kunt kiezen", "you can choose")))
	}
	return all
}

// described is the short description with date, place and particulars; what is not known is asked for.
func described(v complainantView) []must {
	all := []must{inShort(v)}
	unknown := 0
	for _, m := range []must{
		need("de datum van het voorval, of de vraag ernaar", "the date of the event, or the question for it", v.EventDate),
		need("de plaats, of de vraag ernaar", "the place, or the question for it", v.Place),
		need("de bijzonderheden, of de vraag ernaar", "the particulars, or the question for them", v.Particulars),
	} {
		switch {
		case len(m.any) > 0:
		case v.About == "": // one question for all, below the complainant's own words
			m.any = []string{string(v.Unknown)}
		default:
			unknown++
			m.any, m.times = []string{v.word("niet bekend", "not known")}, unknown
		}
		all = append(all, m)
	}
	return all
}

// requiredNonAcceptance is article 2; the reason is ours, since a refusal without one would be no answer.
func requiredNonAcceptance(v complainantView) []must {
	all := []must{reactBy(v.head), article9(v), need("waar de klager wel terechtkan", "where the complainant can go", v.GroundReferral)}
	if v.Own != "" {
		return append(all, own(v.head))
	}
	all = append(all, inShort(v), need("de reden", "the reason", v.GroundReason))
	return append(all, known("uw toelichting", "your explanation", firstLine(v.GroundText))...)
}

// requiredProgress is article 3.
func requiredProgress(v complainantView) []must {
	all := append(merged(v), nextDate(v.head))
	all = append(all, reopening(v, "opnieuw begonnen", "complaint anew")...)
	switch {
	case v.Own != "":
		return append(all, own(v.head))
	case v.NewHandler:
		all = append(all, need("wie de klacht nu behandelt", "who handles the complaint now", v.word("behandelt uw klacht", "handles your complaint")))
	}
	if v.Text != "" {
		return append(all, need("uw eigen tekst", "your own text", firstLine(v.Text)))
	}
	return append(all, lastDone(v), need("wat er nog volgt", "what follows", v.Next...))
}

// requiredInformation is article 1.
func requiredInformation(v complainantView) []must {
	until := need("tot wanneer de klager kan antwoorden", "by when the complainant can answer", firstOf(v.Until, value(v.ReactBy)))
	switch {
	case v.Authority:
		return append(authority(v), until)
	case v.Own != "":
		return []must{own(v.head), until}
	}
	return []must{until, need("de vragen", "the questions", unmarked(string(firstLine(v.Questions))))}
}

// authority is what is asked of a representative.
func authority(v complainantView) []must {
	return []must{
		need("de vraag om een machtiging", "the request for an authorisation", v.word("om een machtiging", "ask you for an authorisation")),
		need("tot wanneer de machtiging kan komen", "by when the authorisation can come", firstOf(v.Until, value(v.ReactBy))),
	}
}

// requiredConfirmation is article 5, in all its variants.
func requiredConfirmation(v complainantView) []must {
	switch {
	case v.Unfinished && v.Own != "":
		return []must{own(v.head), nextDate(v.head)}
	case v.Unfinished:
		return []must{lastDone(v), nextDate(v.head)}
	case v.WithReport:
		return requiredReport(v)
	}
	all := append(afterwards(v), reactBy(v.head))
	if v.Own != "" {
		return append(append(append(all, own(v.head)), findingWords(v)...), promises(v)...)
	}
	all = append(append(append(all, lastDone(v), article9(v)), judgement(v)...), promises(v)...)
	return append(all, reopening(v, "al eerder", "handled your complaint before")...)
}

// afterwards is what follows on a confirmation, by its outcome.
func afterwards(v complainantView) []must {
	switch v.Outcome {
	case "accepted":
		return known("wanneer het verslag komt", "when the report comes", dated(v.ReportBy)...)
	case "declined":
		return known("wanneer de klager hoort of er een nieuw voorstel komt", "when the complainant hears of a new offer", dated(v.OfferBy)...)
	case "thinking":
		return known("tot wanneer de klager nadenkt", "until when the complainant thinks about it", dated(v.ThinkUntil)...)
	}
	return nil
}

// promises are the commitments with their dates.
func promises(v complainantView) []must {
	var all []must
	for _, k := range v.Commitments {
		if v.Own == "" {
			all = append(all, need("wat is afgesproken", "what was agreed", k.Text))
		}
		if k.KeptOn == "" {
			all = append(all, known("wanneer dat wordt gedaan", "by when it is done", dated(k.By)...)...)
		}
	}
	return all
}

// requiredReport is article 6. Where the handler wrote the report, its contents are the handler's.
func requiredReport(v complainantView) []must {
	all := []must{
		retention(v.head), article9(v), reactBy(v.head),
		need("de vraag naar de tevredenheid", "the question how satisfied the complainant is", v.word("van 1", "from 1")),
	}
	if v.Written != "" {
		return append(all, need("uw eigen verslag", "your own report", firstLine(v.Written)))
	}
	all = append(append(append(all, inShort(v), lastDone(v)), judgement(v)...), measure(v.Measures, v.NoMeasure))
	all = append(append(all, promises(v)...), reopening(v, "al eerder", "handled your complaint before")...)
	if v.Consented != "" {
		all = append(all, need("de toestemming om door te sturen", "the consent to send it on", v.word("gaf u ons toestemming", "you agreed that we forward")))
	}
	if len(v.Heard) == 0 && !v.NoPerson {
		all = append(all, need[string]("de reactie van de betrokkene, of waarom er geen is", "the response of the person concerned, or why there is none"))
	}
	for _, h := range v.Heard {
		all = append(all, known("de reactie van de betrokkene", "the response of the person concerned", firstLine(h.Summary))...)
	}
	return all
}

// requiredReferral is article 9: where to go, and that nothing is sent on without consent.
func requiredReferral(v complainantView) []must {
	all := []must{article9(v), reactBy(v.head)}
	for _, com := range v.Commissioners {
		all = append(all, need("de naam van de opdrachtgever", "the name of the commissioner", com.Name))
		if v.Own == "" {
			all = append(all, known("het adres van de opdrachtgever", "the address of the commissioner", com.Address)...)
		}
	}
	if v.Consented == "" {
		for _, s := range v.Consents {
			all = append(all, need("de zin waarmee de klager toestemming geeft", "the sentence that gives consent", s))
		}
	}
	if v.Own != "" {
		return append(all, own(v.head))
	}
	return all
}

// requiredExtension is the old date, the reason and the new date.
func requiredExtension(v complainantView) []must {
	all := []must{need("de nieuwe datum", "the new date", dated(v.PutOffTo)...)}
	if v.Own != "" {
		return append(all, own(v.head))
	}
	all = append(all, need("de oude datum", "the old date", v.PutOffFrom), need("de reden", "the reason", firstLine(v.Why)))
	return append(all, known("waarom het mag", "what allows it", v.Where)...)
}

func requiredWithdrawal(v complainantView) []must {
	all := []must{
		need("de datum van de intrekking", "the date of the withdrawal", dated(v.WithdrawnOn)...),
		retention(v.head), reactBy(v.head),
		need("dat de klager kan terugkomen", "that the complainant may come back", v.word("terugkomen", "come back")),
	}
	if v.Own != "" {
		all = append(all, own(v.head))
	}
	return all
}

func requiredCommitmentLate(v complainantView) []must {
	all := []must{need("de nieuwe datum", "the new date", dated(v.PutOffTo)...)}
	if v.Own != "" {
		return append(all, own(v.head))
	}
	return append(all, need("welke afspraak het is", "what was agreed", v.Promise), need("de reden", "the reason", firstLine(v.Why)))
}

// requiredConcerned is what the letters to a person concerned must say.
func requiredConcerned(letter string, v concernedView) []must {
	all := known("de datum van ontvangst", "the date of receipt", v.Received)
	if letter == complaint.LetterReactionRequest {
		all = append(all, nextDate(v.head), retention(v.head), need("dat de lezer geen contact opneemt met de klager", "that the reader does not contact the complainant", v.word("niet zelf contact op met de klager", "not contact the complainant")))
		if v.Own != "" {
			return append(all, own(v.head))
		}
		all = append(all, need("de gedraging waarover de klacht gaat", "the conduct complained of", firstLine(v.Over)))
		return append(all, known("de vragen", "the questions", unmarked(string(firstLine(v.Questions))))...)
	}
	if letter == complaint.LetterExtensionConcerned {
		if v.Own != "" {
			all = append(all, own(v.head))
		}
		return append(all, nextDate(v.head), retention(v.head), need("dat de lezer geen contact opneemt met de klager", "that the reader does not contact the complainant", v.word("niet zelf contact op met de klager", "not contact the complainant")))
	}
	all = append(all, reactBy(v.head))
	switch {
	case v.Withdrawn:
		return append(all, need("dat de klacht is ingetrokken", "that the complaint was withdrawn", v.word("ingetrokken", "withdrawn")))
	case v.Written != "":
		return append(all, need("uw eigen verslag", "your own report", firstLine(v.Written)))
	}
	all = append(append(all, found(v.head, v.Finding, v.Reason, v.Points)...), measure(v.Measures, v.NoMeasure))
	all = append(all, known("de gedraging waarover de klacht ging", "the conduct complained of", firstLine(v.Over))...)
	return append(all, known("de eigen reactie", "the reader's own response", firstLine(v.Response))...)
}

// requiredWitness is little: thanks, and that it is over.
func requiredWitness(v head) []must {
	if v.Own != "" {
		return []must{own(v), retention(v)}
	}
	return []must{retention(v), need("dat de zaak is afgesloten", "that the case is closed", v.word("is afgesloten", "is closed"))}
}

// view makes what the template of a letter may print, and what the letter must say.
func (s *Set) view(dep complaint.Departure, c complaint.Case, today calendar.Date, lang string) (any, []must) {
	w := s.writing(dep, c, today, lang)
	switch dep.Letter {
	case complaint.LetterWitnessClosing:
		v := w.head()
		return v, append(v.common(), requiredWitness(v)...)
	case complaint.LetterReportConcerned, complaint.LetterReactionRequest, complaint.LetterExtensionConcerned:
		v := w.concerned()
		return v, append(v.common(), requiredConcerned(dep.Letter, v)...)
	}
	v := w.complainant()
	all := append(v.common(), need("de datum van ontvangst", "the date of receipt", v.Received))
	return v, append(all, required[dep.Letter](v)...)
}

// toOthers says whether a letter goes to somebody who does not complain.
func toOthers(letter string) bool {
	return slices.Contains([]string{complaint.LetterReportConcerned, complaint.LetterReactionRequest, complaint.LetterExtensionConcerned, complaint.LetterWitnessClosing}, letter)
}

// dated are the ways in which people write a date that a letter says in full: "dinsdag 15 december 2026", the same without
// the weekday, and without the year.
func dated(full value) []value {
	f := strings.Fields(string(full))
	if len(f) != 4 {
		return []value{full}
	}
	return []value{full, value(strings.Join(f[1:], " ")), value(strings.Join(f[1:3], " "))}
}
