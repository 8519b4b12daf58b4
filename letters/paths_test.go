package letters

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
	"klachtd/complaint"
)

// write writes one letter of a sample, to the first complainant or to the party after "@".
func write(t *testing.T, s *Set, sample Sample, name, lang string) (Letter, error) {
	t.Helper()
	dep := departure(sample.Case, name, sample.Today)
	dep.Lang = lang
	return s.Letter(dep, sample.Case, sample.Today)
}

func mustWrite(t *testing.T, s *Set, sample Sample, name, lang string) string {
	t.Helper()
	l, err := write(t, s, sample, name, lang)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return oneLine(l.Subject + "\n" + l.Text)
}

// TestRepresentativeIsToldNothing is procedure.md 2.3: until there is an authorisation no letter says anything of the
// person represented, not even that it is a client, nor who is complained of, nor for which commissioner.
func TestRepresentativeIsToldNothing(t *testing.T) {
	s, c := testSet(t), represented()
	for _, name := range []string{complaint.LetterAcknowledgement + " " + complaint.VariantAuthority, complaint.LetterInformation + " " + complaint.VariantAuthority,
		complaint.LetterProgress, complaint.LetterConfirmation + " " + complaint.VariantUnfinished, complaint.LetterReferral} {
		for _, lang := range languages {
			text := mustWrite(t, s, c, name, lang)
			for _, secret := range []string{"Karel", "vader", "cliënt", "Bram", "Post", "coach van", "belt nooit", "gemeente Waalstad"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s says %q:\n%s", name, secret, text)
				}
			}
		}
	}
	if text := mustWrite(t, s, c, complaint.LetterAcknowledgement+" "+complaint.VariantAuthority, "nl"); !strings.Contains(text, day(17).Full("nl")) {
		t.Errorf("it asks by another day than the letter that asks:\n%s", text)
	}
}

// TestRepresentativeWithAuthorityIsTold: with it the letters are as all others.
func TestRepresentativeWithAuthorityIsTold(t *testing.T) {
	facts := append(slices.Clone(represented().Case.Facts), by(9, complaint.Authority{State: complaint.AuthorityGiven}))
	c := sample("authorised", facts, day(9))
	if text := mustWrite(t, testSet(t), c, complaint.LetterAcknowledgement, "nl"); !strings.Contains(text, "De coach van uw vader belt nooit terug.") {
		t.Error(text)
	}
}

// TestEachComplainantReadsOnlyOwn: several complainants get letters with their own offers and reactions, and none names
// another.
func TestEachComplainantReadsOnlyOwn(t *testing.T) {
	s, c := testSet(t), together()
	for _, x := range []struct {
		party  string
		has    []string
		hasNot []string
	}{
		{"@1", []string{"Fijn, ik kom."}, []string{"Sam", "Ooms", "Dan kan ik niet", "25,00", "sam@"}},
		{"@2", []string{"Dan kan ik niet.", "25,00"}, []string{"Kim", "Verbeek", "Fijn, ik kom", "kim.verbeek@", "bang"}},
	} {
		for _, name := range []string{complaint.LetterAcknowledgement, complaint.LetterProgress, complaint.LetterConfirmation} {
			text := mustWrite(t, s, c, name+x.party, "nl")
			for _, want := range x.has {
				if name == complaint.LetterConfirmation && !strings.Contains(text, want) {
					t.Errorf("%s%s does not say %q:\n%s", name, x.party, want, text)
				}
			}
			for _, secret := range x.hasNot {
				if strings.Contains(text, secret) {
					t.Errorf("%s%s says %q:\n%s", name, x.party, secret, text)
				}
			}
		}
	}
}

// TestPersonConcernedReadsOnlyOwnPoints is procedure.md 3.3.
func TestPersonConcernedReadsOnlyOwnPoints(t *testing.T) {
	s, c := testSet(t), together()
	for party, hasNot := range map[string][]string{
		"@3": {"telefoon", "verhalen", "druk", "Anna", "25,00", "Punt 3"},
		"@4": {"workshop", "afzegging", "verhuurd", "Bram", "25,00", "Punt"},
	} {
		text := mustWrite(t, s, c, complaint.LetterReportConcerned+party, "nl")
		for _, secret := range hasNot {
			if strings.Contains(text, secret) {
				t.Errorf("the report to %s says %q:\n%s", party, secret, text)
			}
		}
	}
}

// TestConfidentialGivesNoHint: no date of receipt, and not the complainant's language.
func TestConfidentialGivesNoHint(t *testing.T) {
	c := hearing() // its complainant writes English
	dep := departure(c.Case, complaint.LetterReactionRequest, c.Today)
	l, err := testSet(t).Letter(dep, c.Case, c.Today)
	if err != nil {
		t.Fatal(err)
	}
	if l.Lang != "nl" || strings.Contains(l.Text, "3 november") || strings.Contains(l.Text, "October") {
		t.Errorf("in %q:\n%s", l.Lang, l.Text)
	}
}

// TestCommissionerOfTheCase: the one that was named, with its address when it is configured; else all of them; else what the
// regulation says. Who is the commissioner is sent elsewhere.
func TestCommissionerOfTheCase(t *testing.T) {
	two := testOffice()
	two.Commissioners = append(two.Commissioners, Commissioner{Name: "UWV Rivierenland", Address: "Postbus 2"})
	none := testOffice()
	none.Commissioners = nil
	for _, c := range []struct {
		name, said string
		office     Office
		want       []string
		not        []string
	}{
		{"named, as people say it", "gemeente waalstad", two, []string{"Raadhuisplein 1", "Ja, stuur mijn klacht door naar de gemeente Waalstad."}, []string{"UWV"}},
		{"named, and not configured", "gemeente Verweg", two, []string{"naar de gemeente Verweg.", "Ja, stuur mijn klacht door naar de gemeente Verweg."}, []string{"UWV", "Raadhuisplein"}},
		{"not named", "", two, []string{"Raadhuisplein 1", "Postbus 2", "Ja, stuur mijn klacht door naar UWV Rivierenland.", "bijvoorbeeld uw gemeente of werkgever"}, nil},
		{"none", "", none, []string{"naar de opdrachtgever, bijvoorbeeld uw gemeente of werkgever", "Ja, stuur mijn klacht door. ", "naar wie"}, nil},
	} {
		s, err := Load(nil, c.office)
		if err != nil {
			t.Fatal(err)
		}
		facts := append(slices.Clone(referred().Case.Facts), by(24, complaint.Described{Commissioner: c.said}), by(24, complaint.Referred{}))
		text := mustWrite(t, s, sample("referral", facts, day(24)), complaint.LetterReferral, "nl")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: it does not say %q:\n%s", c.name, want, text)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("%s: it says %q:\n%s", c.name, not, text)
			}
		}
	}
	for _, name := range []string{complaint.LetterAcknowledgement, complaint.LetterReportComplainant, complaint.LetterReferral, complaint.LetterConfirmation} {
		if text := mustWrite(t, testSet(t), fromCommissioner(), name, "nl"); strings.Contains(text, "Raadhuisplein") || !strings.Contains(text, "onafhankelijke bemiddelaar of de rechter") {
			t.Errorf("%s sends the commissioner to itself:\n%s", name, text)
		}
	}
}

// TestNoLetterNamesAnArticle: a regulation may have other numbers, or promise less.
func TestNoLetterNamesAnArticle(t *testing.T) {
	s := testSet(t)
	facts := opening(upToFinding()[:2], func(o *complaint.Opened) {
		o.Terms.Decision, o.Terms.Report, o.Terms.NewOffer = calendar.Term{}, calendar.Term{}, calendar.Term{}
		o.Terms.Route = complaint.Words{NL: "de Nationale ombudsman", EN: "the national ombudsman"}
	})
	less := sample("less", facts, day(4))
	text := mustWrite(t, s, less, complaint.LetterAcknowledgement, "nl")
	if strings.Contains(text, "Nemen wij uw klacht niet in behandeling?") {
		t.Errorf("it promises a date the regulation has not:\n%s", text)
	}
	each(t, s, func(t *testing.T, _ Sample, _ complaint.Departure, l Letter) {
		if low := strings.ToLower(l.Text); strings.Contains(low, "artikel") || strings.Contains(low, "article") {
			t.Error(l.Text)
		}
	})
}

// TestWhoGivesNoNameIsAskedForIt, once, and told what cannot be done without.
func TestWhoGivesNoNameIsAskedForIt(t *testing.T) {
	for name, want := range map[string]bool{"": true, "jan1984@mail.example": true, "Kim": false, "Gemeente Waalstad": false} {
		facts := opening(upToFinding()[:2], func(o *complaint.Opened) { o.Complainant.Name = name })
		text := mustWrite(t, testSet(t), sample("name", facts, day(4)), complaint.LetterAcknowledgement, "nl")
		if strings.Contains(text, "Mogen wij uw naam weten?") != want || strings.Contains(text, "bellen wij u") == want {
			t.Errorf("%q:\n%s", name, text)
		}
	}
}

// TestLetterByPostBearsItsAddress, and does not ask to answer an email.
func TestLetterByPostBearsItsAddress(t *testing.T) {
	s, c := testSet(t), spoken()
	for _, dep := range c.Departures {
		l, err := s.Letter(dep, c.Case, c.Today)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(l.Text, "Kim Verbeek\nDijk 1\n4001 AB Waalstad\n\n") || strings.Contains(l.Text, "deze e-mail") || l.To.Mail != "" {
			t.Errorf("to %q:\n%s", l.To.Mail, l.Text)
		}
	}
}

// TestOwnTextHasToBeComplete: what the handler writes replaces our words, not what a letter owes.
func TestOwnTextHasToBeComplete(t *testing.T) {
	s, base := testSet(t), rewritten()
	for _, c := range []struct{ letter, text, lacks string }{
		{complaint.LetterProgress, "Wij zijn bezig.", ""},
		{complaint.LetterConfirmation, "U krijgt een nieuwe afspraak op 27 november. Denk na tot 30 november.", "the finding"},
		{complaint.LetterConfirmation, "Uw klacht is deels gegrond. Denk na tot 30 november.", "by when it is done"},
		{complaint.LetterConfirmation, "Uw klacht is deels gegrond. Een afspraak op vrijdag 27 november 2026.", "until when the complainant thinks"},
		{complaint.LetterConfirmation, "Uw klacht is deels gegrond. Een afspraak op vrijdag 27 november 2026. Denk na tot maandag 30 november 2026.", ""},
		{complaint.LetterReferral, "Ga naar de gemeente Nergensdam.", "the sentence that gives consent"},
		{complaint.LetterReferral, "Stuur ons: Ja, stuur mijn klacht door naar de gemeente Nergensdam.", ""},
		{complaint.LetterExtension, "Het duurt langer.", "the new date"},
		{complaint.LetterExtension, "Het duurt langer, tot 12 januari.", ""},
		{complaint.LetterCommitmentLate, "Het wordt later.", "the new date"},
		{complaint.LetterReactionRequest, "Wat is er gebeurd?", ""},
		{complaint.LetterReactionRequest, "Kim Verbeek klaagt over u.", "names the complainant"},
		{complaint.LetterWitnessClosing + "@3", "Kim Verbeek is tevreden.", "names the complainant"},
	} {
		dep := departure(base.Case, c.letter, base.Today)
		facts := append(slices.Clone(base.Case.Facts), by(20, complaint.Rewritten{Keys: dep.Meets, Text: c.text}))
		own := sample("own", facts, base.Today)
		l, err := write(t, s, own, c.letter, "nl")
		var inc *Incomplete
		switch {
		case c.lacks == "" && (err != nil || !strings.Contains(oneLine(l.Text), c.text)):
			t.Errorf("%s %q: %v\n%s", c.letter, c.text, err, l.Text)
		case c.lacks != "" && (!errors.As(err, &inc) || !strings.Contains(inc.list("en"), c.lacks)):
			t.Errorf("%s %q: %v, want %s", c.letter, c.text, err, c.lacks)
		}
	}
}

// TestOwnTextIsSentAgain: when the letter came back, what the handler wrote goes in the next one; else it is of one letter only.
func TestOwnTextIsSentAgain(t *testing.T) {
	for _, came := range []bool{true, false} {
		base := rewritten()
		dep := departure(base.Case, complaint.LetterProgress, base.Today)
		facts := append(slices.Clone(base.Case.Facts), complaint.Fact{On: day(20), By: complaint.ByProgram, Body: complaint.Sent{Letter: dep.Letter, Meets: dep.Meets, MessageID: "l3"}})
		if came {
			facts = append(facts, complaint.Fact{On: day(20), By: complaint.ByProgram, Body: complaint.Undelivered{MessageID: "l3", Reason: "5.1.1"}})
		}
		again := sample("again", facts, base.Today)
		dep.Meets = []complaint.Key{{Case: dep.Meets[0].Case, Kind: complaint.Progress, Party: 1, Round: dep.Meets[0].Round + 1}}
		l, err := testSet(t).Letter(dep, again.Case, again.Today)
		if err != nil || strings.Contains(l.Text, "Nu kijken wij in de agenda.") != came {
			t.Errorf("came back %t: %v\n%s", came, err, l.Text)
		}
	}
}

// TestOrderIsCarriedOut: what the handler's word asks is in the letter.
func TestOrderIsCarriedOut(t *testing.T) {
	s := testSet(t)
	for _, c := range []struct {
		sample Sample
		letter string
		want   []string
	}{
		{asked(), complaint.LetterInformation, []string{"- Hoe laat was de afspraak? - Hebt u nog geprobeerd te bellen?", day(13).Full("nl")}},
		{ordered(), complaint.LetterExtension, []string{"dinsdag 15 december 2026", "zaterdag 2 januari 2027", "De coach is nog op vakantie.", "het hiermee eens"}},
		{ordered(), complaint.LetterCommitmentLate, []string{"Een nieuwe afspraak in Tiel.", day(27).Full("nl"), day(34).Full("nl"), "De zaal is bezet."}},
		{ordered(), complaint.LetterProgress, []string{"Wij zoeken nu uit hoe de agenda wordt bijgehouden."}},
		{handedOver(), complaint.LetterProgress, []string{"Ruud Bos behandelt uw klacht vanaf nu.", "K2026-0009 behandelen wij onder nummer K2026-0007"}},
		{reopened(), complaint.LetterProgress, []string{"Op 24 november 2026 zijn wij opnieuw begonnen", "Onze excuses"}},
		{withdrawn(), complaint.LetterWithdrawal, []string{"Op 14 november 2026", "Laat maar zitten", "op uw klacht terugkomen"}},
		{hearing(), complaint.LetterReactionRequest + "@2", []string{"Een afspraak is niet nagekomen", "- Stond de afspraak in uw agenda?", "niet zelf contact op met de klager", "iemand meenemen"}},
	} {
		text := mustWrite(t, s, c.sample, c.letter, "nl")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s %s does not say %q:\n%s", c.sample.Name, c.letter, want, text)
			}
		}
	}
}

// TestReopenedConfirmsTheNewHandlingOnly: the old finding, offer and dates stay out.
func TestReopenedConfirmsTheNewHandlingOnly(t *testing.T) {
	text := mustWrite(t, testSet(t), reopened(), complaint.LetterConfirmation, "nl")
	for _, old := range []string{"stond niet in de agenda", "met onze excuses, Fijn", "Fijn dat het wordt opgelost", "9 november", "10 november", "19 november"} {
		if strings.Contains(text, old) {
			t.Errorf("it says %q:\n%s", old, text)
		}
	}
}

// TestMovedTwiceNamesTheDateBefore: a commitment that moves again names the day it moved to last, not the first.
func TestMovedTwiceNamesTheDateBefore(t *testing.T) {
	facts := append(slices.Clone(ordered().Case.Facts), by(24, complaint.CommitmentMoved{Commitment: 1, To: calendar.NewDate(2026, time.December, 11), Reason: "de coach is ziek"}))
	c := sample("twice", facts, day(24))
	dep := departure(c.Case, complaint.LetterCommitmentLate, c.Today)
	dep.Meets[0].Round = 2
	l, err := testSet(t).Letter(dep, c.Case, c.Today)
	if err != nil || !strings.Contains(oneLine(l.Text), "uiterlijk vrijdag 11 december 2026. Eerst was dat "+day(34).Full("nl")) {
		t.Errorf("%v\n%s", err, l.Text)
	}
}
