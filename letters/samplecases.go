package letters

import (
	"slices"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// The special paths of procedure.md 2.3, each a sample.

// opening changes the first fact.
func opening(facts []complaint.Fact, change func(*complaint.Opened)) []complaint.Fact {
	o := facts[0].Body.(complaint.Opened)
	change(&o)
	facts[0].Body = o
	return facts
}

func acknowledgedOn(on int) complaint.Fact {
	return sent(on, complaint.LetterAcknowledgement, "", day(3).AddWeeks(6))
}

// together is a complaint of two, about two, on three points: one was satisfied at once, the other with a second offer in
// writing.
func together() Sample {
	facts := []complaint.Fact{
		opened("Kim Verbeek", "kim.verbeek@mail.example", "Klacht over de workshop", "Wij hebben een klacht. De workshop in Tiel ging niet door. "+
			"Aan de telefoon deed Anna Groen kortaf. Ik vertel u in vertrouwen dat ik bang ben voor de groepsleider."),
		by(3, complaint.Registered{}),
		by(3, complaint.ComplainantAdded{Party: complaint.Party{Name: "Sam Ooms", Mail: "sam@mail.example"}}), // 2
		by(4, complaint.Described{About: "de workshop ging niet door, en de telefoniste was kortaf", EventDate: "22 oktober 2026", Place: "Tiel", Particulars: "dit gold voor de hele groep"}),
		by(4, complaint.Confided{Text: "ik bang ben voor de groepsleider"}),
		acknowledgedOn(5),
		by(9, complaint.PersonNamed{Person: complaint.Party{Name: "Bram Post", Mail: "bram.post@coach.example"}, Over: "een workshop is afgezegd zonder bericht"}),   // 3
		by(9, complaint.PersonNamed{Person: complaint.Party{Name: "Anna Groen", Mail: "anna@coach.example"}, Over: "een gesprek aan de telefoon was onvriendelijk"}), // 4
		by(10, complaint.Responded{Person: 3, Summary: "De zaal was dubbel verhuurd. Ik had de groep moeten bellen."}),
		by(11, complaint.Responded{Person: 4, Summary: "Het was die ochtend erg druk aan de lijn."}),
		by(16, complaint.Judged{Point: 1, About: "de workshop ging niet door", Person: 3, Finding: complaint.Upheld, Reason: "de afzegging is niet doorgegeven"}),
		by(16, complaint.Judged{Point: 2, About: "niemand belde de groep af", Person: 3, Finding: complaint.Upheld, Reason: "daar was geen afspraak over"}),
		by(16, complaint.Judged{Point: 3, About: "het gesprek aan de telefoon", Person: 4, Finding: complaint.NoFinding, Reason: "de verhalen over het gesprek verschillen"}),
		by(17, complaint.Offered{Text: "een nieuwe workshop op 10 december in Tiel"}),
		by(17, complaint.Reacted{Party: 1, Satisfied: true, Score: 4, Words: "Fijn, ik kom."}),
		by(18, complaint.Reacted{Party: 2, Score: 2, Words: "Dan kan ik niet."}),
		by(20, complaint.Offered{Party: 2, Written: true, Text: "een workshop op een dag die u past, en € 25,00 voor uw reis"}),
		by(20, complaint.Committed{Text: "de nieuwe workshop op 10 december houden", Owner: "Bram Post", By: day(40)}),
		by(20, complaint.Committed{Text: "de zaal vastleggen", Owner: "Noor Tielman", By: day(27)}),
		by(20, complaint.Committed{Text: "de planner hierop aanspreken", By: day(27), Internal: true}),
		by(23, complaint.CommitmentKept{Commitment: 2}),
		by(23, complaint.MeasureTaken{Text: "wie afzegt, belt iedereen van de groep", Owner: "Noor Tielman"}),
	}
	s := sample("together", facts, day(24), complaint.LetterAcknowledgement, complaint.LetterAcknowledgement+"@2", complaint.LetterProgress+"@2",
		complaint.LetterConfirmation, complaint.LetterConfirmation+"@2", complaint.LetterReportComplainant,
		complaint.LetterReportConcerned+"@3", complaint.LetterReportConcerned+"@4")
	return s
}

// spoken came by phone from somebody who has no mail address.
func spoken() Sample {
	facts := opening(upToFinding()[:4], func(o *complaint.Opened) {
		o.Channel, o.Origin = "phone", complaint.OriginEntered
		o.Complainant.Mail, o.Complainant.Post = "", "Dijk 1, 4001 AB Waalstad"
	})
	facts = append(facts[:2], by(4, complaint.Described{About: "u bent drie weken niet teruggebeld"}))
	return sample("spoken", facts, day(6), complaint.LetterAcknowledgement, complaint.LetterProgress)
}

func nameless() Sample {
	facts := []complaint.Fact{
		opened("", "x9231@mail.example", "Klacht", "Ik heb een klacht. De trainer maakt opmerkingen over waar ik vandaan kom."),
		by(3, complaint.Reached{Anonymous: true}),
		by(3, complaint.Registered{}),
	}
	return sample("nameless", facts, day(5), complaint.LetterAcknowledgement)
}

// represented is a complaint for somebody else, whose authorisation is asked.
func represented() Sample {
	facts := []complaint.Fact{
		opened("Eva de Wit", "eva@mail.example", "Klacht namens mijn vader", "Mijn vader Karel de Wit is cliënt bij u. Zijn coach Bram Post belt nooit terug. Wij hebben een klacht."),
		by(3, complaint.Registered{}),
		by(3, complaint.Authority{State: complaint.AuthorityAsked, Of: "Karel de Wit"}),
		by(3, complaint.Asked{Authority: true, Until: day(17)}),
		by(4, complaint.Described{About: "de coach van uw vader belt nooit terug", Commissioner: "de gemeente Waalstad"}),
	}
	return sample("represented", facts, day(5), complaint.LetterAcknowledgement+" "+complaint.VariantAuthority,
		complaint.LetterInformation+" "+complaint.VariantAuthority, complaint.LetterProgress)
}

// aboutHandler is about who handles complaints, and there is no substitute.
func aboutHandler() Sample {
	facts := opening(upToFinding()[:4], func(o *complaint.Opened) {
		o.Handler, o.Subject = "noor@coach.example", "Klacht over Noor Tielman"
		o.Words = "Ik wil een klacht indienen over Noor Tielman. Ik werd niet teruggebeld."
	})
	facts = append(facts[:2], by(4, complaint.Described{About: "u werd niet teruggebeld", EventDate: "22 oktober 2026", Place: "Tiel", Particulars: "u belde drie keer"}),
		by(4, complaint.PersonNamed{Person: complaint.Party{Name: "Noor Tielman", Mail: "noor@coach.example"}, Over: "er is niet teruggebeld"}),
		by(5, complaint.Responded{Summary: "Ik was die week ziek."}),
		by(6, complaint.Judged{Finding: complaint.Upheld, Reason: "er is niet teruggebeld"}),
		by(6, complaint.Offered{Text: "elke week een vast belmoment"}),
		by(6, complaint.Thinking{Until: day(16)}))
	return sample("about_handler", facts, day(9), complaint.LetterAcknowledgement, complaint.LetterProgress, complaint.LetterConfirmation)
}

// fromCommissioner is a complaint of who gave the work: article 9 leads nowhere then.
func fromCommissioner() Sample {
	facts := opening(richFacts(), func(o *complaint.Opened) {
		o.Complainant = complaint.Party{ID: 1, Role: complaint.RoleCommissioner, Name: "Gemeente Waalstad", Mail: "klachten@waalstad.example"}
	})
	return sample("from_commissioner", facts, day(24), complaint.LetterAcknowledgement, complaint.LetterReportComplainant, complaint.LetterReferral)
}

func asked() Sample {
	facts := append(upToFinding()[:4], by(6, complaint.Asked{Until: day(13), Questions: "Hoe laat was de afspraak?\nHebt u nog geprobeerd te bellen?"}))
	return sample("asked", facts, day(6), complaint.LetterInformation)
}

// ordered is put off, and a commitment comes later.
func ordered() Sample {
	facts := append(upToFinding(), by(18, complaint.Extended{To: day(0).AddWeeks(9), Reason: "de coach is nog op vakantie", Consent: true}),
		by(18, complaint.ProgressOrdered{Text: "Wij hebben met de coach gesproken.\n\nWij zoeken nu uit hoe de agenda wordt bijgehouden.", By: day(30)}),
		by(19, complaint.Committed{Text: "een nieuwe afspraak in Tiel", Owner: "Bram Post", By: day(27)}),
		by(23, complaint.CommitmentMoved{Commitment: 1, To: day(34), Reason: "de zaal is bezet"}))
	return sample("ordered", facts, day(24), complaint.LetterExtension, complaint.LetterExtensionConcerned, complaint.LetterProgress, complaint.LetterCommitmentLate)
}

// handedOver has another handler now, and another case in it.
func handedOver() Sample {
	facts := append(upToFinding()[:4], by(9, complaint.Merged{Case: "K2026-0009", Received: day(5), Words: "Nog iets over mijn coach Bram Post."}),
		by(9, complaint.HandedOver{To: "ruud@bos.example"}))
	s := sample("handed_over", facts, day(10), complaint.LetterAcknowledgement, complaint.LetterProgress)
	return s
}

// referred leaves dissatisfied, and was told where to go.
func referred() Sample {
	facts := append(upToFinding(), by(18, complaint.Offered{Text: "een nieuwe afspraak op 30 november in Tiel"}),
		by(18, complaint.Reacted{Score: 2, Words: "Ik wil een andere coach."}),
		by(19, complaint.NoOffer{Reason: "er is geen andere coach in Tiel"}),
		by(19, complaint.NoMeasure{Reason: "de agenda is al aangepast"}),
		sent(20, complaint.LetterReportComplainant, "", 0),
		by(23, complaint.Referred{Commissioner: "gemeente Waalstad"}))
	return sample("referred", facts, day(24), complaint.LetterReferral)
}

// reopened was closed, by mistake, and is handled anew.
func reopened() Sample {
	facts := append(richFacts(), sent(20, complaint.LetterConfirmation, complaint.VariantWithReport, 0),
		by(24, complaint.Reopened{Reason: "de nieuwe afspraak ging ook niet door", From: day(23), Mistake: true}),
		by(25, complaint.Called{}),
		by(25, complaint.Judged{Finding: complaint.Upheld, Reason: "ook de tweede afspraak is vergeten"}),
		by(26, complaint.Offered{Text: "een afspraak met een andere coach, en onze excuses"}),
		by(26, complaint.Reacted{Satisfied: true, Score: 4, Words: "Dank u wel."}),
		by(26, complaint.Committed{Text: "een afspraak met een andere coach", Owner: "Noor Tielman", By: day(37)}),
		by(27, complaint.Referred{Consent: true, Words: "Ja, stuur mijn klacht door."}),
		by(27, complaint.MeasureTaken{Text: "afspraken staan in één agenda"}))
	return sample("reopened", facts, day(27), complaint.LetterProgress, complaint.LetterConfirmation, complaint.LetterReportComplainant, complaint.LetterReferral)
}

func withdrawn() Sample {
	facts := append(upToFinding()[:7], by(14, complaint.Withdrawn{Words: "Laat maar zitten, het is opgelost."}))
	return sample("withdrawn", facts, day(15), complaint.LetterWithdrawal, complaint.LetterReportConcerned+" "+complaint.VariantWithdrawn)
}

// hearing asks two who must not learn who complains, one of them by post, and thanks a witness.
func hearing() Sample {
	facts := append(opening(upToFinding()[:4], func(o *complaint.Opened) { o.Lang = "en" }), by(6, complaint.Confided{}),
		by(6, complaint.PersonNamed{Person: complaint.Party{Name: "Bram Post", Mail: "bram.post@coach.example"},
			Over: "een afspraak is niet nagekomen en niet afgezegd", Questions: "Stond de afspraak in uw agenda?\nHoe zegt u een afspraak af?"}),
		by(6, complaint.PersonNamed{Person: complaint.Party{Role: complaint.RoleWitness, Name: "Lot Visser", Mail: "lot@mail.example"}}))
	facts = append(facts, by(6, complaint.PersonNamed{Person: complaint.Party{Name: "Anna Groen", Post: "Kade 2, 4002 AB Waalstad"}, Over: "er is niet opgenomen"}))
	return sample("hearing", facts, day(9), complaint.LetterReactionRequest, complaint.LetterReactionRequest+"@4", complaint.LetterWitnessClosing+"@3")
}

// rewritten has the handler's own text for the letters that can be rewritten.
func rewritten() Sample {
	text := map[string]string{
		complaint.LetterProgress:           "Wij hebben de coach gesproken. Nu kijken wij in de agenda.",
		complaint.LetterConfirmation:       "Uw klacht is deels gegrond.\n\nBram Post maakt uiterlijk 27 november een afspraak. U hebt tot 30 november om erover na te denken.",
		complaint.LetterReferral:           "U kunt naar de gemeente Nergensdam. Of stuur ons deze zin: Ja, stuur mijn klacht door naar de gemeente Nergensdam.",
		complaint.LetterExtension:          "Het lukt niet op tijd, want de coach is op vakantie. Uiterlijk 12 januari 2027 hoort u meer.",
		complaint.LetterExtensionConcerned: "Het duurt langer, want wij wachten op een gesprek.",
		complaint.LetterInformation:        "Wilt u ons vertellen hoe laat de afspraak was?",
		complaint.LetterCommitmentLate:     "De nieuwe afspraak in Tiel wordt vrijdag 27 november 2026.",
		complaint.LetterReactionRequest:    "U zou een afspraak zijn vergeten. Wat is er gebeurd?",
		complaint.LetterWitnessClosing:     "Dank u wel. De zaak is klaar.",
	}
	facts := append(upToFinding()[:7], by(10, complaint.PersonNamed{Person: complaint.Party{Role: complaint.RoleWitness, Name: "Lot Visser", Mail: "lot@mail.example"}}),
		by(12, complaint.Described{Commissioner: "de gemeente Nergensdam"}), // configured in no office
		by(12, complaint.Asked{Questions: "Hoe laat?"}),
		by(17, complaint.Judged{Finding: complaint.PartlyUpheld, Reason: "de afspraak is vergeten"}),
		by(18, complaint.Offered{Text: "een nieuwe afspraak"}), by(18, complaint.Thinking{Until: day(30)}),
		by(18, complaint.Extended{To: calendar.NewDate(2027, time.January, 12), Reason: "vakantie"}),
		by(18, complaint.Committed{Text: "een nieuwe afspraak", Owner: "Bram Post", By: day(25)}),
		by(19, complaint.CommitmentMoved{Commitment: 1, To: day(27), Reason: "de zaal is bezet"}))
	names := []string{complaint.LetterProgress, complaint.LetterConfirmation, complaint.LetterReferral, complaint.LetterExtension, complaint.LetterExtensionConcerned, complaint.LetterInformation,
		complaint.LetterCommitmentLate, complaint.LetterReactionRequest, complaint.LetterWitnessClosing + "@3"}
	plain := sample("own_text", slices.Clone(facts), day(20), names...)
	for _, dep := range plain.Departures {
		facts = append(facts, by(20, complaint.Rewritten{Keys: dep.Meets, Text: text[dep.Letter]}))
	}
	s := sample("own_text", facts, day(20), names...)
	s.Lang = "nl"
	return s
}
