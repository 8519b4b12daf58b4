package letters

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Sample is a made-up case with letters to write about it, for preview, check and tests.
type Sample struct {
	Name       string // "rich": all is known; "poor": next to nothing; "hostile": everybody lies; and the ways a case can go
	Lang       string // the one language to write it in, that of the handler's own text; "" for both
	Case       complaint.Case
	Today      calendar.Date
	Departures []complaint.Departure
}

func (s Sample) languages() []string {
	if s.Lang != "" {
		return []string{s.Lang}
	}
	return languages
}

// Samples are cases in which every letter and every variant of it occurs.
func Samples() []Sample {
	return []Sample{
		accepted("rich", richFacts()), accepted("poor", poorFacts()), accepted("hostile", hostileFacts()),
		declinedOffer(), thinking(), noOffer(), written(), notTakenUp(), unfinished(),
		together(), spoken(), nameless(), represented(), aboutHandler(), fromCommissioner(),
		asked(), ordered(), handedOver(), referred(), reopened(), withdrawn(), hearing(), rewritten(),
	}
}

func accepted(name string, facts []complaint.Fact) Sample {
	return sample(name, facts, day(24), complaint.LetterAcknowledgement, complaint.LetterReceipt, complaint.LetterProgress,
		complaint.LetterConfirmation, complaint.LetterConfirmation+" "+complaint.VariantWithReport,
		complaint.LetterReportComplainant, complaint.LetterReportConcerned)
}

// day is that day of November 2026, the month of the samples.
func day(n int) calendar.Date { return calendar.NewDate(2026, time.November, n) }

// sample folds facts and makes a departure for each letter: its name, after a space a variant, after "@" a party.
func sample(name string, facts []complaint.Fact, today calendar.Date, names ...string) Sample {
	for i := range facts {
		facts[i].Seq = i + 1
		facts[i].At = facts[i].On.At(10, 14, time.UTC)
	}
	s := Sample{Name: name, Case: complaint.Fold(facts), Today: today}
	for _, n := range names {
		s.Departures = append(s.Departures, departure(s.Case, n, today))
	}
	return s
}

func departure(c complaint.Case, name string, today calendar.Date) complaint.Departure {
	name, at, _ := strings.Cut(name, "@")
	dep := complaint.Departure{To: c.Opening.Complainant, Promised: today.AddWeeks(3), Due: today.AddDays(2)}
	dep.Letter, dep.Variant, _ = strings.Cut(name, " ")
	if toOthers(dep.Letter) && dep.Letter != complaint.LetterWitnessClosing {
		dep.To = c.Persons[0].Party
	}
	if party, err := strconv.Atoi(at); err == nil {
		dep.To = c.Party(party)
	}
	dep.Channel = dep.To.Channel()
	dep.Meets = []complaint.Key{owedKey(c, dep, today)}
	dep.SendBy = c.Opening.Terms.Holidays.Before(dep.Due)
	return dep
}

// owedKey is the open duty that a letter meets; one of the first round when nothing of the kind is owed.
func owedKey(c complaint.Case, dep complaint.Departure, today calendar.Date) complaint.Key {
	key := complaint.Key{Case: c.Opening.Number, Kind: complaint.Kind(dep.Letter), Party: dep.To.ID, Round: 1}
	for _, k := range complaint.Kinds() {
		if k.Letter() == dep.Letter {
			key.Kind = k
		}
	}
	for _, d := range complaint.Duties(c, today) {
		if d.Kind == key.Kind && d.Party == key.Party && d.State == complaint.Open {
			return d.Key
		}
	}
	return key
}

func opened(name, mail, subject, words string) complaint.Fact {
	return complaint.Fact{On: day(3), By: complaint.ByProgram, Body: complaint.Opened{
		Number: "K2026-0007", Received: day(3), Origin: complaint.OriginCertain, Subject: subject, Words: words,
		Complainant: complaint.Party{ID: 1, Role: complaint.RoleComplainant, Name: name, Mail: mail},
		Lang:        "nl", Terms: complaint.Optimumconsult(),
		Verdict: complaint.Verdict{Class: complaint.Certain, Score: 6, Signals: []complaint.Signal{{Weight: 6, Words: "klacht indienen", Why: "files_complaint"}}},
	}}
}

func by(on int, b complaint.Body) complaint.Fact {
	return complaint.Fact{On: day(on), By: "noor@coach.example", Body: b}
}

func sent(on int, letter, variant string, promised calendar.Date) complaint.Fact {
	meets := []complaint.Key{{Case: "K2026-0007", Kind: complaint.Kind(letter), Party: 1, Round: 1}}
	return complaint.Fact{On: day(on), By: complaint.ByProgram, Body: complaint.Sent{Letter: letter, Variant: variant, Meets: meets,
		To: "kim.verbeek@mail.example", MessageID: letter + "@coach.example", Promised: promised}}
}

// upToFinding are the facts of a case up to its finding, with all that can be known.
func upToFinding() []complaint.Fact {
	return []complaint.Fact{
		opened("Kim Verbeek", "kim.verbeek@mail.example", "Klacht over mijn afspraak", "Beste mensen,\n\nIk wil een klacht indienen. Op 22 oktober "+
			"zat ik om 10 uur in Tiel te wachten op mijn coach Bram Post, maar er kwam niemand. Niemand heeft mij gebeld of afgezegd. "+
			"Ik had er vrij voor genomen van mijn werk.\n\nMet vriendelijke groet,\nKim Verbeek"),
		by(3, complaint.Registered{}),
		by(4, complaint.Described{About: "u wachtte op een afspraak met uw coach, en er kwam niemand", EventDate: "22 oktober 2026",
			Place: "Tiel", Particulars: "de afspraak was niet afgezegd"}),
		sent(5, complaint.LetterAcknowledgement, "", day(3).AddWeeks(6)),
		by(9, complaint.Called{NoAnswer: true}),
		by(10, complaint.PersonNamed{Person: complaint.Party{Name: "Bram Post", Mail: "bram.post@coach.example"}, Over: "een afspraak is niet nagekomen en niet afgezegd"}),
		by(10, complaint.Responded{Summary: "De afspraak stond niet in mijn agenda. Ik heb er spijt van."}),
		by(17, complaint.Judged{Finding: complaint.Upheld, Reason: "de afspraak stond niet in de agenda en is daardoor vergeten"}),
	}
}

func richFacts() []complaint.Fact {
	return append(upToFinding(),
		by(19, complaint.Offered{Text: "een nieuwe afspraak op 30 november in Tiel, met onze excuses"}),
		by(19, complaint.Reacted{Satisfied: true, Score: 4, Words: "Fijn dat het wordt opgelost."}),
		by(19, complaint.MeasureTaken{Text: "elke klant krijgt een dag voor de afspraak een bericht", Owner: "Noor Tielman", By: day(15).AddWeeks(9)}),
	)
}

func poorFacts() []complaint.Fact {
	return []complaint.Fact{
		opened("", "k1984@mail.example", "", "klacht"),
		by(10, complaint.PersonNamed{Person: complaint.Party{Mail: "post@coach.example"}}),
		by(10, complaint.NoResponse{Reason: "niet bereikbaar"}),
		by(17, complaint.Judged{Finding: complaint.NoFinding, Reason: "onbekend"}),
		by(19, complaint.NoOffer{Reason: "er is niets te herstellen"}),
		by(20, complaint.Resolved{How: "geen reactie"}),
		by(20, complaint.NoMeasure{Reason: "niet nodig"}),
	}
}

// Hostile is text that tries to be something else than text.
const hostile = "{{.Number}} <script>alert(1)</script>\r\nSubject: gewonnen\r\n# Kop\n- punt\n1. stap\nDatum:  gisteren\n> aangehaald\n| regel\n---\n" +
	"\u202egnirts\u202c \u200b\ufdd0x\ufdd3 <no value> %s ${HOME} \x00\x1b[31m www.evil.example/x https://evil.example 123456782 #gegrond"

func hostileFacts() []complaint.Fact {
	return []complaint.Fact{
		opened("Win nu\r\nBcc: x@evil.example <b>", "boef@evil.example", hostile, hostile),
		by(4, complaint.Described{About: hostile, EventDate: hostile, Place: hostile, Particulars: hostile, Handling: hostile}),
		by(10, complaint.PersonNamed{Person: complaint.Party{Name: hostile, Mail: "bram.post@coach.example"}, Over: "een # afspraak <b>"}),
		by(10, complaint.Responded{Summary: "- geen\n# Kop {{.Number}}"}),
		by(17, complaint.Judged{Finding: complaint.PartlyUpheld, Reason: "1. omdat\n> het <i>zo</i> is"}),
		by(19, complaint.Offered{Text: hostile}),
		by(19, complaint.Reacted{Words: hostile}),
		by(20, complaint.NoOffer{Reason: hostile}),
		by(20, complaint.MeasureTaken{Text: "| een <u>maatregel</u>\n---"}),
	}
}

func declinedOffer() Sample {
	facts := append(upToFinding(), by(19, complaint.Offered{Text: "een nieuwe afspraak op 30 november in Tiel"}),
		by(20, complaint.Reacted{Score: 2, Words: "Ik wil een andere coach."}))
	return sample("declined", facts, day(24), complaint.LetterProgress, complaint.LetterConfirmation)
}

func thinking() Sample {
	facts := append(upToFinding(), by(19, complaint.Offered{Text: "een nieuwe afspraak op 30 november in Tiel"}))
	return sample("thinking", facts, day(24), complaint.LetterProgress, complaint.LetterConfirmation)
}

// noOffer is not upheld, about nobody in particular, and its letters are late.
func noOffer() Sample {
	facts := []complaint.Fact{
		opened("Vries, Jan de", "jan@mail.example", "Wachten", "Ik moest lang wachten aan de telefoon."),
		by(3, complaint.Registered{}),
		by(10, complaint.NoPersonConcerned{}),
		by(17, complaint.Judged{Finding: complaint.NotUpheld, Reason: "u werd binnen vijf minuten geholpen"}),
		by(19, complaint.NoOffer{Reason: "wij hebben gedaan wat wij beloofden"}),
		by(19, complaint.Resolved{}),
		by(19, complaint.NoMeasure{Reason: "de wachttijd was kort"}),
	}
	s := sample("no_offer", facts, day(24), complaint.LetterConfirmation, complaint.LetterReportComplainant)
	for i := range s.Departures {
		s.Departures[i].Due = s.Today.AddDays(-1)
	}
	return s
}

// written has the handler's own words for both reports, and a private response.
func written() Sample {
	facts := append(upToFinding(), by(11, complaint.Responded{Summary: "Ik was die dag vrij.", Private: true}),
		by(19, complaint.Offered{Text: "een nieuwe afspraak"}), by(19, complaint.Reacted{Satisfied: true, Score: 5}),
		by(20, complaint.ReportWritten{Complainant: "Dit is wat er is gebeurd.\n\nWij maken een nieuwe afspraak.\n- op 30 november\n- in Tiel",
			Concerned: "Dit is wat er is gebeurd.\n\nU maakt een nieuwe afspraak."}),
		by(20, complaint.NoMeasure{Reason: "het was een eenmalige vergissing"}))
	return sample("written", facts, day(24), complaint.LetterConfirmation+" "+complaint.VariantWithReport,
		complaint.LetterReportComplainant, complaint.LetterReportConcerned)
}

func notTakenUp() Sample {
	facts := []complaint.Fact{
		opened("Kim Verbeek", "kim.verbeek@mail.example", "Klacht over mijn uitkering", "Ik heb een klacht. De gemeente gaf mij geen uitkering."),
		by(5, complaint.Declined{Ground: 3, Text: "Over dit besluit gaan wij niet."}),
	}
	return sample("not_taken_up", facts, day(6), complaint.LetterNonAcceptance)
}

// unfinished has no outcome yet; its mail may not be from the complainant, so that its words are not repeated.
func unfinished() Sample {
	facts := upToFinding()[:2]
	o := facts[0].Body.(complaint.Opened)
	o.Doubtful = true
	facts[0].Body = o
	return sample("unfinished", append(facts, sent(5, complaint.LetterAcknowledgement, "", day(3).AddWeeks(3))), day(20),
		complaint.LetterAcknowledgement, complaint.LetterProgress, complaint.LetterConfirmation+" "+complaint.VariantUnfinished)
}

// tryOut writes every letter about every sample in both languages, so that a broken template shows before it is needed.
// It tells the first fault of each file.
func (s *Set) tryOut() error {
	var all []error
	told := map[string]bool{}
	for _, sample := range Samples() {
		for _, dep := range sample.Departures {
			for _, lang := range sample.languages() {
				dep.Lang = lang
				file := dep.Letter + "." + lang + ".txt"
				if _, err := s.Letter(dep, sample.Case, sample.Today); err != nil && !told[file] {
					told[file] = true
					all = append(all, inSample(err, file, sample.Name))
				}
			}
		}
	}
	return errors.Join(all...)
}

// inSample says of a letter that cannot be written about a sample what to do about its template.
func inSample(err error, file, name string) error {
	var inc *Incomplete
	if errors.As(err, &inc) {
		return fmt.Errorf("%s: the letter about the sample case %q lacks %s; say it in the template, or remove the file to use the built-in letter",
			file, name, inc.list("en"))
	}
	return err
}
