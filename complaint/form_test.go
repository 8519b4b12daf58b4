package complaint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klachtd/calendar"
)

func TestTheFormIsPrefilledWithWhatIsKnown(t *testing.T) {
	for _, c := range []struct{ stage, lang, want string }{
		{"registered", "nl", "Betrokkene:\nE-mail betrokkene:\nReactie betrokkene:\nOordeel:\nWaarom:\nAanbod:\nReactie klager (1-5):\nMaatregel:\nDatum gesprek:\n"},
		{"decided", "nl", "Betrokkene: Sanne Bos\nE-mail betrokkene: sanne@praktijk.example\nReactie betrokkene: Zij erkent dat zij de afspraak is vergeten.\n" +
			"Oordeel: gegrond\nWaarom: De afspraak is vergeten.\nAanbod: een nieuwe afspraak en excuses\nReactie klager (1-5): 4 - blij met de nieuwe afspraak\n" +
			"Maatregel: herinnering de dag ervoor\nDatum gesprek:\n"},
		{"closed", "en", "Person concerned: none\nE-mail of person concerned:\nResponse of person concerned:\nFinding: upheld\nWhy: De afspraak is vergeten.\n" +
			"Offer: none, niet gevraagd\nReaction of complainant (1-5): 4\nMeasure: none, eenmalig\nDate of call:\n"},
		{"two persons", "nl", "Betrokkene 1: Sanne Bos\nE-mail betrokkene 1: sanne@praktijk.example\nReactie betrokkene 1:\n" +
			"Betrokkene 2: Joris van Dam\nE-mail betrokkene 2: joris@praktijk.example\nReactie betrokkene 2:\n" +
			"Oordeel:\nWaarom:\nAanbod:\nReactie klager (1-5):\nMaatregel:\nDatum gesprek:\n"},
	} {
		if got := Form(stage(t, c.stage), c.lang); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.stage, got, c.want)
		}
	}
}

// read gives what a form of one or two lines adds to a case, without what every form brings along.
func formReading(t *testing.T, stageName, form string) string {
	t.Helper()
	r := reading(t, stageName, "form", form)
	r.Facts = slices.DeleteFunc(r.Facts, func(f Fact) bool { return KindOf(f.Body) == "called" })
	return strings.ReplaceAll(told(r), "fact: ", "")
}

func TestValuesOfTheForm(t *testing.T) {
	judged := `judged "finding":"%s","reason":"vergeten"` + "\n"
	for _, c := range []struct{ stage, form, want string }{
		{"heard", "Oordeel: Gegrond\nWaarom: vergeten", fmt.Sprintf(judged, Upheld)},
		{"heard", "Oordeel: deels\nWaarom: vergeten", fmt.Sprintf(judged, PartlyUpheld)},
		{"heard", "Oordeel: gedeeltelijk gegrond.\nWaarom: vergeten", fmt.Sprintf(judged, PartlyUpheld)},
		{"heard", "Oordeel: niet gegrond\nWaarom: vergeten", fmt.Sprintf(judged, NotUpheld)},
		{"heard", "Oordeel: Ongegrond\nWaarom: vergeten", fmt.Sprintf(judged, NotUpheld)},
		{"heard", "Oordeel: geen oordeel\nWaarom: vergeten", fmt.Sprintf(judged, NoFinding)},
		{"heard", "Finding: upheld\nWhy: vergeten", fmt.Sprintf(judged, Upheld)},
		{"heard", "Finding: not upheld\nWhy: vergeten", fmt.Sprintf(judged, NotUpheld)},
		{"heard", "Oordeel: gegrond, want vergeten", fmt.Sprintf(judged, Upheld)},
		{"heard", "Oordeel: gegrond - vergeten", fmt.Sprintf(judged, Upheld)},
		{"heard", "Oordeel:\ngegrond\nWaarom:\nvergeten\n", fmt.Sprintf(judged, Upheld)},
		{"heard", "Oordeel: gegrond", `judged "finding":"upheld","reason":""` + "\nhint: Schrijf nog waarom dit het oordeel is.\n"},
		{"heard", "Waarom: vergeten", `noted "text":"Waarom: vergeten"` + "\nhint: Het oordeel ontbreekt nog.\n"},
		{"judged", "Waarom: vergeten", fmt.Sprintf(judged, Upheld)},
		{"heard", "1. Oordeel: gegrond\n2. Waarom: vergeten", fmt.Sprintf(judged, Upheld)},
		{"heard", "Oordeel: Gegrond. Afspraak\nvergeten.\n\nTot morgen", `judged "finding":"upheld","reason":"Afspraak / vergeten."` + "\n" + `noted "text":"Tot morgen"` + "\n"},
		{"judged", "Oordeel: ongegrond\nWaarom: vergeten", fmt.Sprintf(judged, NotUpheld)},
		{"judged", "Oordeel: GEGROND", "hint: In het formulier stond niets nieuws.\n"},

		{"judged", "Aanbod: geen kosten in rekening gebracht", `offered "text":"geen kosten in rekening gebracht"` + "\n"},
		{"judged", "Aanbod: geen, want niet nodig", `no_offer "reason":"niet nodig"` + "\n"},
		{"judged", "Aanbod: geen aanbod omdat het niet nodig is", `no_offer "reason":"het niet nodig is"` + "\n"},
		{"judged", "Aanbod: n.v.t. (niet nodig)", `no_offer "reason":"niet nodig"` + "\n"},
		{"judged", "Aanbod: geen", "hint: Schrijf nog waarom er geen aanbod is: #geenaanbod <reden>\n"},
		{"judged", "Aanbod: -", "refused: \nbecause: Het formulier is leeg. Vul in wat u weet en stuur het terug:\n"},
		{"heard", "Aanbod: excuses", `offered "text":"excuses"` + "\n"}, // true, though the finding is still to come

		{"offered", "Reactie klager: 4", `reacted "satisfied":true,"score":4` + "\n"},
		{"offered", "Reactie klager (1-5): 5 - blij", `reacted "satisfied":true,"score":5,"words":"blij"` + "\n"},
		{"offered", "Reactie van de klager: vier, blij", `reacted "satisfied":true,"score":4,"words":"blij"` + "\n"},
		{"satisfied", "Aanbod: Een nieuwe afspraak, en excuses.\nReactie klager: 4", "hint: In het formulier stond niets nieuws.\n"},
		{"satisfied", "Aanbod: bloemen\nReactie klager: 4", `offered "text":"bloemen"` + "\n" + `reacted "satisfied":true,"score":4` + "\n"},
		{"offered", "Tevredenheid: 4/5", `reacted "satisfied":true,"score":4` + "\n"},
		{"offered", "Reactie klager: een 2, wil meer", `reacted "satisfied":false,"score":2,"words":"wil meer"` + "\n"},
		{"offered", "Reaction: satisfied, but late", `reacted "satisfied":true,"words":"but late"` + "\n"},
		{"offered", "Reactie klager: 1", `reacted "satisfied":false,"score":1` + "\n"},
		{"offered", "Reactie klager: tevreden", `reacted "satisfied":true` + "\n"},
		{"offered", "Reactie klager: heel tevreden, dank", `reacted "satisfied":true,"words":"dank"` + "\n"},
		{"offered", "Reactie klager: niet tevreden - wil geld", `reacted "satisfied":false,"words":"wil geld"` + "\n"},
		{"offered", "Reactie klager: ontevreden", `reacted "satisfied":false` + "\n"},
		{"offered", "Reactie klager: niet zo tevreden over de tijd", `reacted "satisfied":false,"words":"niet zo tevreden over de tijd"` + "\n"},

		{"satisfied", "Maatregel: bellen wie: planning voor: 15-1", `measure_taken "text":"bellen","owner":"planning","by":"2027-01-15"` + "\n"},
		{"satisfied", "Maatregel: geen: eenmalig", `no_measure "reason":"eenmalig"` + "\n"},
		{"satisfied", "Maatregel: geen", "hint: Schrijf nog waarom er geen maatregel is: #geenmaatregel <reden>\n"},

		{"named", "Reactie betrokkene: geen, ziek", `no_response "reason":"ziek"` + "\n"},
		{"named", "Zijn of haar reactie: hij erkent het\ndelen: nee", `responded "summary":"hij erkent het","private":true` + "\n"},
		{"named", "Reactie betrokkene: geen", "hint: Schrijf nog waarom er geen reactie is: #geenreactie <reden>\n"},
		{"named", "Betrokkene: Sanne de Vries-Bos\nReactie betrokkene: zij erkent het",
			`person_named "person":{"id":2,"role":"","name":"Sanne de Vries-Bos"}` + "\n" + `responded "summary":"zij erkent het"` + "\n"},
		{"named", "Betrokkene: Joris van Dam\nReactie betrokkene: hij erkent het",
			`person_named "person":{"id":0,"role":"","name":"Joris van Dam"}` + "\n" + `responded "person":3,"summary":"hij erkent het"` + "\n" + noMailHint},
		{"named", "Betrokkene: S. Bos\nE-mail betrokkene: Sanne@Praktijk.example", `person_named "person":{"id":2,"role":"","name":"S. Bos","mail":"Sanne@Praktijk.example"}` + "\n"},
		{"registered", "Betrokkene: sanne@praktijk.example\nReactie betrokkene: zij erkent het",
			`person_named "person":{"id":0,"role":"","mail":"sanne@praktijk.example"}` + "\n" + `responded "summary":"zij erkent het"` + "\n"},
		{"registered", "Betrokkene: geen, het gebouw\nOordeel: gegrond, vergeten", `no_person_concerned "reason":"het gebouw"` + "\n" + fmt.Sprintf(judged, Upheld)},
		{"registered", "Oordeel: gegrond\nWaarom: vergeten", "no_person_concerned\n" + fmt.Sprintf(judged, Upheld)},
		{"registered", "Reactie betrokkene: de baliemedewerker weet het niet meer\nOordeel: gegrond\nWaarom: vergeten",
			`responded "summary":"de baliemedewerker weet het niet meer"` + "\n" + fmt.Sprintf(judged, Upheld)},
		{"two persons", "Reactie betrokkene 1: erkent het\nReactie betrokkene 2: geen, ziek",
			`responded "person":2,"summary":"erkent het"` + "\n" + `no_response "person":3,"reason":"ziek"` + "\n"},
		{"two persons", "Betrokkene: Joris van Dam\nReactie betrokkene: erkent het", `responded "person":3,"summary":"erkent het"` + "\n"},
		{"registered", "Betrokkene 1: Sanne Bos\nReactie betrokkene 1: erkent het\nBetrokkene 2: Joris van Dam\nReactie betrokkene 2: ook",
			`person_named "person":{"id":0,"role":"","name":"Sanne Bos"}` + "\n" + `responded "summary":"erkent het"` + "\n" +
				`person_named "person":{"id":0,"role":"","name":"Joris van Dam"}` + "\n" + `responded "person":3,"summary":"ook"` + "\n" + noMailHint},
		{"judged", "Aanbod: excuses\nDatum gesprek: 17-11\nNu nog een losse zin.", `2026-11-17 offered "text":"excuses"` + "\n" + `noted "text":"Nu nog een losse zin."` + "\n"},
	} {
		got := formReading(t, c.stage, c.form)
		if strings.HasPrefix(c.want, "refused") {
			got, _, _ = strings.Cut(got, "try: ")
		}
		if got != c.want {
			t.Errorf("%s:\n%s\ngot\n%s\nwant\n%s", c.stage, c.form, got, c.want)
		}
	}
}

func TestFormsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ stage, form, line string }{
		{"heard", "Oordeel: misschien", "Oordeel: misschien"},
		{"registered", "Betrokkene Sanne Bos\nOordeel gegrond\nWaarom vergeten", ""},
		{"heard", "Oordeel: gegrond?", "Oordeel: gegrond?"},
		{"heard", "Oordeel: gegrond noch ongegrond", "Oordeel: gegrond noch ongegrond"},
		{"heard", "Oordeel: gegrond\nOordeel: ongegrond", "Oordeel: ongegrond"},
		{"heard", "Oordeel: gegrond\nWaarrom: vergeten\nAanbod: x", "Waarrom: vergeten"},
		{"offered", "Aanbod: excuses\nReactie: 4", "Reactie: 4"}, // of whom?
		{"offered", "Reactie klager (1-5): 7", "Reactie klager (1-5): 7"},
		{"offered", "Reactie klager: 4 - niet tevreden", "Reactie klager: 4 - niet tevreden"},
		{"offered", "Reactie klager: wil nog nadenken", "Reactie klager: wil nog nadenken"},
		{"registered", "Betrokkene: Sanne Bos\nE-mail betrokkene: sanne@", "Betrokkene: Sanne Bos"},
		{"registered", "Betrokkene: Kim, kim@klager.example", "Betrokkene: Kim, kim@klager.example"},
		{"named", "Betrokkene: geen", "Betrokkene: geen"},
		{"two persons", "Reactie betrokkene: erkent het", "Reactie betrokkene: erkent het"},
		{"judged", "Aanbod: excuses\nDatum gesprek: morgen", "Datum gesprek: morgen"},
		{"judged", "Aanbod: excuses\nDatum gesprek: 2-11", "Datum gesprek: 2-11"}, // before the complaint came
		{"satisfied", "Maatregel: bellen voor: ooit", "Maatregel: bellen voor: ooit"},
		{"judged", "Aanbod: excuses #tevreden 4", "Aanbod: excuses #tevreden 4"},
	} {
		refusedFor(t, c.stage, "form", c.form, c.line)
	}
}

func TestTwoLabelsMakeAForm(t *testing.T) {
	for text, isForm := range map[string]bool{
		"Oordeel: gegrond\nWaarom: vergeten":                       true,
		"Hoi,\n\nOordeel: gegrond\n\nWaarom: vergeten\n\nNoor":     true,
		"Oordeel: gegrond":                                         false, // only in answer to the form
		"Datum: 3 november\nE-mail: kim@klager.example":            false, // particulars, and nothing of an outcome
		"Let op: zij belt morgen.\nNog iets: zij wil excuses.":     false,
		"#verslag\nKlager: het is klaar\nBetrokkene: het is klaar": false, // fields of the tag
		"#notitie gebeld\nOordeel: gegrond\nWaarom: vergeten":      true,
	} {
		r := reading(t, "heard", "nothing", text)
		judged := slices.ContainsFunc(r.Facts, func(f Fact) bool { return KindOf(f.Body) == "judged" })
		if r.Refusal != nil || judged != isForm {
			t.Errorf("%q: %s", text, told(r))
		}
	}
}

// One call is recorded for one day, and none when the form brings nothing that was said in it.
func TestTheCallOfTheForm(t *testing.T) {
	calls := func(stageName string, earlier []Body, form string) (days []string) {
		c := stage(t, stageName)
		for _, b := range earlier {
			c = Fold(append(slices.Clip(c.Facts), Fact{On: day("2026-11-18"), By: noor, Body: b}))
		}
		for _, f := range Read(c, mailFromNoor(form), asked(t, "form"), now, testSetting()).Facts {
			if KindOf(f.Body) == "called" {
				days = append(days, f.On.String())
			}
		}
		return days
	}
	for _, c := range []struct {
		stage   string
		earlier []Body
		form    string
		want    string
	}{
		{"judged", nil, "Aanbod: excuses", "[2026-11-19]"},
		{"judged", nil, "Aanbod: excuses\nDatum gesprek: gisteren", "[2026-11-18]"},
		{"judged", []Body{Called{}}, "Aanbod: excuses", "[]"},
		{"judged", []Body{Called{}}, "Aanbod: excuses\nDatum gesprek: gisteren", "[]"},
		{"judged", []Body{Called{}}, "Aanbod: excuses\nDatum gesprek: vandaag", "[2026-11-19]"},
		{"judged", []Body{Called{}}, "Aanbod: excuses\nDatum gesprek: 10-11", "[2026-11-10]"},
		{"judged", []Body{Called{NoAnswer: true}}, "Aanbod: excuses", "[2026-11-19]"},
		{"satisfied", nil, "Maatregel: bellen", "[]"},
		{"offered", nil, "Aanbod: een nieuwe afspraak en excuses\nMaatregel: bellen", "[]"},
	} {
		if got := fmt.Sprint(calls(c.stage, c.earlier, c.form)); got != c.want {
			t.Errorf("%s %v, %q: calls on %s, want %s", c.stage, c.earlier, c.form, got, c.want)
		}
	}
}

// The form as it was sent, sent back, says nothing new, whatever is on file.
func TestTheFormSentBackSaysNothingNew(t *testing.T) {
	words := rapid.StringMatching(`[a-zé]{2,8}( [a-z]{2,8}|, [a-z]{2,6}|\. [A-Z][a-z]{2,6}|\n[a-z]{2,6}|: [a-z]{2,6}){0,5}\.?`)
	rapid.Check(t, func(t *rapid.T) {
		say := func(name string) string { return words.Draw(t, name) }
		bodies := []Body{
			PersonNamed{Person: Party{Name: "Sanne Bos", Mail: "sanne@praktijk.example"}},
			PersonNamed{Person: Party{Name: "Joris van Dam"}},
			PersonNamed{Person: Party{Mail: "piet@praktijk.example"}},
			NoPersonConcerned{}, NoPersonConcerned{Reason: say("nobody")},
			Responded{Summary: say("response")}, NoResponse{Reason: say("no response")}, Responded{Person: 3, Summary: say("response")},
			Judged{Finding: rapid.SampledFrom([]Finding{Upheld, PartlyUpheld, NotUpheld, NoFinding}).Draw(t, "finding"), Reason: say("reason")},
			Offered{Text: say("offer")}, Offered{Text: say("offer")}, NoOffer{Reason: say("no offer")},
			Reacted{Satisfied: true, Score: 4, Words: say("satisfied")}, Reacted{Satisfied: true, Words: say("satisfied")}, Reacted{Score: 1},
			MeasureTaken{Text: say("measure")}, MeasureTaken{Text: say("measure")}, NoMeasure{Reason: say("no measure")},
			Called{}, Called{NoAnswer: true},
		}
		f := opened("2026-11-03 10:14").says("2026-11-04 10:00", Registered{})
		for _, b := range rapid.SliceOfN(rapid.SampledFrom(bodies), 0, 10).Draw(t, "bodies") {
			f.says("2026-11-10 10:00", b)
		}
		c := Fold(f.facts)
		if _, why := (&reader{c: c, today: day("2026-11-19")}).end(); why != (Words{}) {
			t.Skip("ended")
		}
		for _, lang := range []string{"nl", "en"} {
			form := Form(c, lang)
			r := Read(c, mailFromNoor(form), asked(t, "form"), now, testSetting())
			if len(r.Facts) > 0 {
				t.Fatalf("%s\nsays\n%s", form, told(r))
			}
			if r.Refusal != nil && !strings.Contains(r.Refusal.Why.NL, "leeg") {
				t.Fatalf("%s\nis refused\n%s", form, told(r))
			}
		}
	})
}

const noMailHint = "hint: Van deze betrokkene is geen e-mailadres bekend. Zonder adres kan het verslag niet per e-mail weg. Stuur: #betrokkene <naam, e-mailadres>\n"

// A form that says there is no offer, and that the complainant is not satisfied, has considered a new offer and concludes.
func TestFormWithoutOfferConcludes(t *testing.T) {
	c := stage(t, "registered")
	r := Read(c, mailFromNoor("Betrokkene:\nOordeel: ongegrond\nWaarom: er is op tijd gebeld\nAanbod: geen, want ongegrond\nReactie klager: 1\nMaatregel: geen, niets te verbeteren"), asked(t, "form"), now, testSetting())
	if r.Refusal != nil {
		t.Fatalf("refused: %s", r.Refusal.Why.NL)
	}
	facts := slices.Clone(c.Facts)
	for _, f := range r.Facts {
		f.Seq, f.At = len(facts)+1, now
		facts = append(facts, f)
	}
	after := Fold(facts)
	today := calendar.On(now, zone)
	if after.ResolvedOn != today {
		t.Errorf("resolved on %s, want %s", after.ResolvedOn, today)
	}
	for _, d := range Duties(after, today) {
		if d.Kind == ReconsiderOffer && d.State != Met {
			t.Errorf("considering a new offer is %s", d.State)
		}
	}
	if s := StatusOn(after, today); s == StatusOfferDeclined {
		t.Error("an offer that was never made was declined")
	}
}

// The response was heard before the finding that rests on it, whatever day the form arrives.
func TestFormOfAnEarlierCallHearsBeforeItJudges(t *testing.T) {
	c := stage(t, "registered")
	yesterday := calendar.On(now, zone).AddDays(-1)
	_, month, d := yesterday.YMD()
	r := Read(c, mailFromNoor(fmt.Sprintf("Betrokkene: Sanne Bos, sanne@praktijk.example\nReactie betrokkene: vergeten\nOordeel: gegrond\nWaarom: vergeten\nAanbod: excuses\nReactie klager: 4\nDatum gesprek: %d-%d", d, month)),
		asked(t, "form"), now, testSetting())
	if r.Refusal != nil {
		t.Fatalf("refused: %s", r.Refusal.Why.NL)
	}
	var heard, judged calendar.Date
	for _, f := range r.Facts {
		switch f.Body.(type) {
		case Responded:
			heard = f.On
		case Judged:
			judged = f.On
		}
	}
	if heard.IsZero() || heard > judged {
		t.Errorf("heard on %s, judged on %s", heard, judged)
	}
}
