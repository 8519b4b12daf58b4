package complaint

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// refusedFor checks that a text is refused, for what line, and that it suggests the lines.
func refusedFor(t *testing.T, stageName, askName, text, line string, try ...string) {
	t.Helper()
	r := reading(t, stageName, askName, text)
	switch {
	case r.Refusal == nil:
		t.Errorf("%s, %q is obeyed:\n%s", stageName, text, told(r))
	case r.Refusal.Line != line:
		t.Errorf("%s, %q: quotes %q, want %q", stageName, text, r.Refusal.Line, line)
	case r.Refusal.Why.NL == "" || r.Refusal.Why.EN == "":
		t.Errorf("%s, %q: does not say why in both languages: %+v", stageName, text, r.Refusal.Why)
	case len(r.Facts)+len(r.Complaints)+len(r.Ordinary) > 0:
		t.Errorf("%s, %q: refused, and yet %s", stageName, text, told(r))
	}
	for _, want := range try {
		if r.Refusal != nil && !slices.Contains(r.Refusal.Try, want) {
			t.Errorf("%s, %q: suggests %q, want also %q", stageName, text, r.Refusal.Try, want)
		}
	}
}

func TestGuards(t *testing.T) {
	for _, c := range []struct {
		stage, text string
		try         []string
	}{
		{"named", "#gegrond vergeten", []string{"#reactie <samenvatting>", "#gegrond vergeten"}},
		{"registered", "#ongegrond op tijd gezegd", []string{"#betrokkene <naam, e-mailadres>", "#reactie <samenvatting>"}},
		{"two persons", "#deels vergeten", []string{"#reactie Sanne Bos: <samenvatting>"}},
		{"heard", "#gegrond", []string{"#gegrond <reden>"}},
		{"heard", "#geenoordeel ernst: 2", []string{"#geenoordeel <reden>"}},
		{"heard", "#gegrond -", nil},
		{"heard", "#aanbod excuses", []string{"#gegrond <reden>", "#aanbod excuses"}},
		{"heard", "#geenaanbod niet nodig", []string{"#gegrond <reden>"}},
		{"heard", "#tevreden 4", []string{"#gegrond <reden>"}},
		{"heard", "#dissatisfied 2", []string{"#upheld <reason>"}},
		{"judged", "#opgelost", []string{"#aanbod <wat u aanbood>", "#opgelost"}},
		{"judged", "#nietbehandelen 3", nil},
		{"judged", "#geenklacht toch niet", nil},
		{"judged", "#aanbod geen, wil niets", []string{"#geenaanbod wil niets"}},
		{"judged", "#aanbod geen", []string{"#geenaanbod <reden>"}},
		{"judged", "#maatregel geen", []string{"#geenmaatregel <reden>"}},
		{"offered", "#ontevreden 5", nil},
		{"offered", "#tevreden 2", []string{"#ontevreden 2"}},
		{"offered", "#tevreden 4 niet tevreden over de tijd", nil},
		{"offered", "#tevreden 0", nil},
		{"offered", "#tevreden 3,5", nil},
		{"offered", "#tevreden 4-5", nil},
		{"acknowledged", "#direct gebeld en opgelost", []string{"#gegrond <reden>", "#aanbod <wat u aanbood>"}},
		{"registered", "#betrokkene", []string{"#betrokkene <naam, e-mailadres>"}},
		{"registered", "#betrokkene geen", []string{"#geenbetrokkene <reden>"}},
		{"registered", "#betrokkene Sanne Bos, sanne@praktijk", nil},
		{"registered", "#betrokkene Sanne Bos, sanne@", nil},
		{"registered", "#betrokkene Sanne Bos adres: kim@klager.example", nil},
		{"registered", "#betrokkene Ine Vos rol: buurvrouw", []string{"#betrokkene Ine Vos rol: getuige"}},
		{"registered", "#betrokkene Ine Vos, getuige", []string{"#betrokkene Ine Vos rol: getuige"}},
		{"registered", "#klacht klager: kim@", nil},
		{"registered", "#klacht medeklager: 06 12345678", []string{"#klacht medeklager: <naam, e-mailadres>"}},
		{"named", "#klacht medeklager: Sanne, sanne@praktijk.example", nil},
		{"named", "#klacht klager: sanne@praktijk.example", nil},
		{"registered", "#verzonden", nil},
		{"registered", "#tussenbericht datum: gisteren", nil},
		{"registered", "#tussenbericht datum: vandaag", nil},
		{"offered", "#bedenktijd", []string{"#bedenktijd <tot wanneer>"}},
		{"offered", "#bedenktijd gisteren", nil},
		{"offered", "#bedenktijd lang", nil},
		{"no offer", "#verteld 1-12-2026", nil},
		{"representative", "#doorverwijzen", []string{"#machtiging <ja of nee>", "#doorverwijzen"}},
		{"registered", "#doorverwijzen toestemming: misschien", nil},
		{"declined", "#vraag wanneer was dat?", []string{"#klacht"}},
		{"told", "#vraag wanneer was dat?", []string{"#heropen <reden>"}},
		{"withdrawn", "#aanbod excuses", []string{"#heropen <reden>"}},
		{"merged", "#gegrond vergeten", []string{"#notitie <tekst>"}},
		{"judged", "#stil", nil},
		{"judged", "#test ja", []string{"#test"}},
		{"registered", "#betrokkene KIM+klacht@klager.example", nil},
		{"named", "#geenbetrokkene toch niet", []string{"#geenreactie <reden>"}},
		{"two persons", "#geenreactie ziek", []string{"#geenreactie Sanne Bos: ziek"}},
		{"two persons", "#reactie wie: Piet hij zegt niets", nil},
		{"registered", "#reactie", []string{"#reactie <samenvatting> delen: <ja of nee>"}},
		{"registered", "#reactie ze zegt niets delen: misschien", nil},
		{"registered", "#direct", []string{"#direct <hoe het is opgelost>"}},
		{"registered", "#ontvangen", nil},
		{"registered", "#ontvangen 31-4", nil},
		{"registered", "#ontvangen 25-12-2026", nil},
		{"registered", "#ontvangen morgen", nil},
		{"registered", "#ontvangen 20-11", nil}, // a year ago, or tomorrow
		{"registered", "#ontvangen 5-11", []string{"#ontvangen 5-11 <reden>"}},
		{"registered", "#received 5-11", []string{"#received 5-11 <reason>"}},
		{"registered", "#gebeld datum: morgen", nil},
		{"registered", "#gebeld 20-11 gesproken", nil}, // a year ago, or tomorrow
		{"registered", "#gebeld geen gehoor verteld: ja", nil},
		{"judged", "#aanbod excuses gebeld: 1-11", nil}, // before the complaint came
		{"judged", "#aanbod excuses gebeld: ergens vorige week", nil},
		{"judged", "#wacht tot gisteren", nil},
		{"judged", "#maatregel bellen voor: 1-11-2026", nil},
		{"judged", "#maatregel bellen voor: zodra het kan", nil},
		{"judged", "#ernst 4", nil},
		{"judged", "#verslag De klacht is opgelost.", []string{"#verslag klager: <tekst>", "#verslag betrokkene: <tekst>"}},
		{"judged", "#notitie", []string{"#notitie <tekst>"}},
		{"registered", "#klacht over: te laat\nverwacht: gisteren", nil},
		{"registered", "#klacht over: te laat\nOver: te vroeg", nil},
		{"undoable", "#notitie x\n#herstel", nil},
		{"new", "#herstel", nil},
		{"undoable", "#herstel, maar niet de omschrijving", []string{"#herstel", "#notitie maar niet de omschrijving"}},
		{"held", "#verder vanaf maandag", []string{"#verder"}},
		{"told", "#klacht", nil},
		{"told", "#gegrond vergeten", nil},
		{"declined", "#gegrond vergeten", []string{"#klacht"}},
		{"dismissed", "#betrokkene Sanne", []string{"#klacht"}},
		{"at once", "#aanbod excuses", []string{"#klacht"}},
		{"closed", "#gegrond vergeten", nil},
		{"closed", "#betrokkene Sanne", nil},
		{"judged", "#akkoord", nil},
		{"judged", "Ik vind dit #gegrond denk ik", []string{"#gegrond"}},
		{"judged", "##gegrond vergeten", []string{"#help"}},
		{"judged", "#", []string{"#help"}},
		{"judged", "#2", []string{"2"}},
		{"judged", "#ja", []string{"ja"}},
		{"judged", "#2 coach van Tiel", []string{"#help"}},
		{"judged", "#vergadering morgen", []string{"#help"}},
		{"judged", "#geenmaatregel eenmalig datum: morgen", nil},
	} {
		line, _, _ := strings.Cut(c.text, "\n")
		r := reading(t, c.stage, "", c.text)
		if r.Refusal != nil && strings.Contains(c.text, r.Refusal.Line) {
			line = r.Refusal.Line // the line, or the field in it
		}
		refusedFor(t, c.stage, "", c.text, line, c.try...)
	}
}

func TestDecliningIsPossibleForFourWeeks(t *testing.T) {
	for at, refused := range map[string]bool{"2026-12-01 23:50": false, "2026-12-02 00:10": true} {
		r := Read(stage(t, "registered"), mailFromNoor("#nietbehandelen 3"), nil, clock(at), testSetting())
		if (r.Refusal != nil) != refused {
			t.Errorf("at %s: %s", at, told(r))
		}
	}
}

func TestAnEndedCaseTakesNotesAndQuestions(t *testing.T) {
	for _, stageName := range []string{"dismissed", "at once", "declined", "told", "closed"} {
		for _, text := range []string{"#notitie belde nog", "#status", "#help", "#gebeld gisteren", "zomaar een notitie"} {
			if r := reading(t, stageName, "", text); r.Refusal != nil {
				t.Errorf("%s, %s: %s", stageName, text, told(r))
			}
		}
		refusedFor(t, stageName, "", "Oordeel: gegrond\nWaarom: vergeten", "")
	}
}

func TestAWordThatEndedACaseCanBeTakenBack(t *testing.T) {
	for _, stageName := range []string{"dismissed", "at once", "declined"} {
		for ask, text := range map[string]string{"": "#klacht", "complaint": "ja"} {
			c := stage(t, stageName)
			r := Read(c, mailFromNoor(text), asked(t, ask), now, testSetting())
			after := Fold(append(slices.Clip(c.Facts), r.Facts...))
			if r.Refusal != nil || StatusOn(after, day("2026-11-19")).Ended() || after.Declined != nil || after.Registered == nil {
				t.Errorf("%s, %q: %s", stageName, text, told(r))
			}
		}
	}
}

func TestTheDayOfACommand(t *testing.T) {
	for _, c := range []struct{ stage, text, on, says string }{
		{"registered", "#gebeld", "2026-11-19", ""},
		{"registered", "#gebeld maandag met mevrouw Bakker", "2026-11-16", `"with":"mevrouw Bakker"`},
		{"registered", "#gebeld op 17-11, boos", "2026-11-17", `"notes":"boos"`},
		{"registered", "#gebeld met haar gesproken over de tijd", "2026-11-19", `"notes":"met haar gesproken over de tijd"`},
		{"registered", "#gebeld\nDatum: 17 november\nMet: de heer Vos\nVerteld: ja\nRustig gesprek.", "2026-11-17", `"with":"de heer Vos","notes":"Rustig gesprek.","told":true`},
		{"registered", "#gebeld zo nodig bel ik nog eens", "2026-11-19", `"notes":"zo nodig bel ik nog eens"`},
		{"heard", "#gegrond 17-11: zij is het vergeten", "2026-11-17", `"reason":"zij is het vergeten"`},
		{"heard", "#gegrond op 17 november erkende zij het", "2026-11-19", `"reason":"op 17 november erkende zij het"`},
		{"heard", "#gegrond De coach zei op: 'ik kom'. Datum: 18-11", "2026-11-18", `"reason":"De coach zei op: 'ik kom'."`},
		{"heard", "#gegrond Afspraak vergeten. op: 18-11", "2026-11-18", `"reason":"Afspraak vergeten."`},
		{"judged", "#aanbod gisteren excuses aangeboden", "2026-11-18", `"text":"excuses aangeboden"`},
		{"judged", "#aanbod 17-11 excuses", "2026-11-17", `"text":"excuses"`},
		{"judged", "#aanbod maandag een nieuwe afspraak", "2026-11-19", `"text":"maandag een nieuwe afspraak"`},
		{"judged", "#aanbod 3 december een nieuwe afspraak", "2026-11-19", `"text":"3 december een nieuwe afspraak"`},
		{"judged", "#aanbod over 2 weken een nieuwe afspraak", "2026-11-19", `"text":"over 2 weken een nieuwe afspraak"`},
		{"judged", "#offer an apology\nCalled: yesterday", "2026-11-18", `"text":"an apology"`},
		{"offered", "#tevreden gisteren 4 blij", "2026-11-18", `"score":4,"words":"blij"`},
		{"offered", "#tevreden 4/5 blij", "2026-11-19", `"score":4,"words":"blij"`},
		{"offered", "#tevreden vier", "2026-11-19", `"score":4`},
		{"offered", "#tevreden een goede oplossing", "2026-11-19", `"words":"een goede oplossing"`},
		{"offered", "#tevreden 4 weken gewacht, nu blij", "2026-11-19", `"words":"4 weken gewacht, nu blij"`},
		{"offered", "#ontevreden 3 gaat wel", "2026-11-19", `"satisfied":false,"score":3,"words":"gaat wel"`},
		{"silent", "#opgelost 18-11 geen reactie", "2026-11-18", `"how":"geen reactie"`},
		{"satisfied", "#maatregel bellen. Datum: 17-11", "2026-11-17", `"text":"bellen."`},
		{"satisfied", "#geenmaatregel op 17 november, eenmalig", "2026-11-19", `"reason":"op 17 november, eenmalig"`},
		{"named", "#geenreactie 17-11, ziek", "2026-11-17", `"reason":"ziek"`},
	} {
		r := reading(t, c.stage, "", c.text)
		if len(r.Facts) != 1 || r.Facts[0].On != day(c.on) || !strings.Contains(told(r), c.says) {
			t.Errorf("%q: want on %s %s, got\n%s", c.text, c.on, c.says, told(r))
		}
	}
}

func TestShortAnswersAnswerTheQuestionAndNothingElse(t *testing.T) {
	for _, c := range []struct{ stage, ask, text, want string }{
		{"new", "complaint", "ja", "fact: registered\n"},
		{"new", "complaint", "klacht", "fact: registered\n"},
		{"registered", "complaint", "ja", "hint: " + alreadyRegistered.NL + "\n"},
		{"new", "complaint", "#akkoord", "fact: registered\n"},
		{"dismissed", "complaint", "nee", "hint: Dit stond al vast als: geen klacht.\n"},
		{"acknowledged", "complaint", "nee", "fact: dismissed\nhint: Let op: de klager heeft al een ontvangstbevestiging. Er gaat nu niets meer vanzelf weg; laat het zelf weten.\n"},
		{"offered", "release", "nee", "fact: held\n"},
		{"held", "release", "nee", "hint: De brieven van deze zaak werden al tegengehouden.\n"},
		{"none", "which 1", "ja", "complaint: first\n"},
		{"none", "which 1", "nee", "ordinary: first\n"},
		{"none", "which 1", "1", "complaint: first\n"},
		{"none", "which 3", "alle", "complaint: first\ncomplaint: second\ncomplaint: third\n"},
		{"none", "which 3", "2", "complaint: second\nordinary: first\nordinary: third\n"},
		{"none", "which 3", "#help", "show: help\n"},
		{"offered", "nothing", "ja", "fact: noted \"text\":\"ja\"\nhint: In de mail waarop u antwoordt, stond geen vraag. Uw tekst is bewaard als notitie.\n"},
		{"offered", "", "ja", "fact: noted \"text\":\"ja\"\nhint: In de mail waarop u antwoordt, stond geen vraag. Uw tekst is bewaard als notitie.\n"},
		{"new", "complaint", "Nee, ik denk het niet", "fact: noted \"text\":\"Nee, ik denk het niet\"\nhint: Dit is bewaard als notitie. Bedoelde u: dit is geen klacht? Antwoord dan alleen: nee\n"},
		{"heard", "", "Gegrond, want vergeten", "fact: noted \"text\":\"Gegrond, want vergeten\"\nhint: Dit is bewaard als notitie. Bedoelde u een opdracht? Begin dan met: #gegrond\n"},
		{"heard", "", "Oordeel: gegrond", "fact: noted \"text\":\"Oordeel: gegrond\"\nhint: Dit is bewaard als notitie. Bedoelde u een opdracht? Begin dan met: #gegrond <reden>\n"},
	} {
		if got := told(reading(t, c.stage, c.ask, c.text)); got != c.want {
			t.Errorf("%s, %s, %q: got\n%s\nwant\n%s", c.stage, c.ask, c.text, got, c.want)
		}
	}
	for _, c := range []struct{ stage, ask, text string }{
		{"none", "which 3", "ja"}, {"none", "which 3", "0"}, {"none", "which 3", "4"}, {"none", "which 3", "#klacht"}, {"none", "which 3", "#gegrond x"}, {"none", "which 3", "#status"},
		{"none", "which 3", "#klacht 1\n#geenklacht 1"}, {"none", "which 3", "Oordeel: gegrond\nWaarom: x"}, {"none", "nothing", "zomaar iets"},
		{"new", "complaint", "1"}, {"new", "complaint", "alle"}, {"offered", "release", "1 2"}, {"registered", "form", "ja"}, {"registered", "form", "nee"},
		{"registered", "form", "4"}, {"told", "complaint", "ja"}, {"closed", "release", "ja"}, {"dismissed", "release", "nee"}, {"judged", "complaint", "nee"},
	} {
		if r := reading(t, c.stage, c.ask, c.text); r.Refusal == nil {
			t.Errorf("%s, %s, %q is obeyed:\n%s", c.stage, c.ask, c.text, told(r))
		}
	}
}

func TestApprovalIsOfTheDraftsThatWereShown(t *testing.T) {
	c, ask := stage(t, "offered"), asked(t, "release")
	r := Read(c, mailFromNoor("ja"), ask, now, testSetting())
	want := Approved{Keys: ask.Keys, Version: "v1"}
	if len(r.Facts) != 1 || !reflect.DeepEqual(r.Facts[0].Body, Body(want)) {
		t.Fatalf("got %s", told(r))
	}
	c = Fold(append(slices.Clip(c.Facts), r.Facts...))
	if r = Read(c, mailFromNoor("ja"), ask, now, testSetting()); len(r.Facts) > 0 || len(r.Hints) != 1 {
		t.Errorf("a second yes: %s", told(r))
	}
	newer := *ask
	newer.Version = "v2"
	if r = Read(c, mailFromNoor("ja"), &newer, now, testSetting()); len(r.Facts) != 1 {
		t.Errorf("yes to a newer draft: %s", told(r))
	}
	sent := Fact{Body: Sent{Letter: LetterConfirmation, Meets: ask.Keys, MessageID: "m"}}
	if r = Read(Fold(append(slices.Clip(c.Facts), sent)), mailFromNoor("ja"), ask, now, testSetting()); len(r.Facts) > 0 || len(r.Hints) != 1 {
		t.Errorf("yes after it left: %s", told(r))
	}
	refusedFor(t, "offered", "release", "#tevreden 4\n#akkoord", "#akkoord")
	if r = reading(t, "offered", "release", "#notitie gelezen\n#akkoord"); r.Refusal != nil || len(r.Facts) != 2 {
		t.Errorf("a note beside it: %s", told(r))
	}
	refusedFor(t, "offered", "release", "#akkoord, maar pas morgen", "#akkoord, maar pas morgen", "#akkoord", "#notitie maar pas morgen")
	refusedFor(t, "offered", "complaint", "1", "1", "ja", "nee")
}

func TestAnAnswerToAnotherCaseDoesNothing(t *testing.T) {
	ask := asked(t, "release")
	ask.Case = "K2026-0002"
	if r := Read(stage(t, "offered"), mailFromNoor("ja"), ask, now, testSetting()); r.Refusal == nil {
		t.Errorf("got %s", told(r))
	}
}

// Investigating says that it is a complaint; it is registered along, and the handler hears of it.
func TestInvestigatingRegisters(t *testing.T) {
	for _, text := range []string{"#betrokkene Sanne Bos", "#geenbetrokkene", "Betrokkene: Sanne Bos\nReactie betrokkene: zij erkent het"} {
		r := reading(t, "new", "", text)
		if len(r.Facts) < 2 || KindOf(r.Facts[0].Body) != "registered" || len(r.Hints) == 0 {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	if r := reading(t, "new", "", "#gebeld gisteren"); len(r.Facts) != 1 {
		t.Errorf("a call alone: %s", told(r))
	}
}

func TestUndoPassesOverNotes(t *testing.T) {
	c := stage(t, "undoable")
	note := Fact{Seq: 9, On: day("2026-11-19"), At: now, By: noor, Mail: "mail-note", Body: Noted{Text: "iets"}}
	for _, f := range [][]Fact{c.Facts, append(slices.Clip(c.Facts), note)} {
		if got := told(Read(Fold(f), mailFromNoor("#herstel"), nil, now, testSetting())); got != "fact: undone \"mail\":\"mail-recent\"\n" {
			t.Errorf("got %s", got)
		}
	}
	alone := Fold(append(slices.Clip(stage(t, "registered").Facts), note))
	if got := told(Read(alone, mailFromNoor("#herstel"), nil, now, testSetting())); got != "fact: undone \"mail\":\"mail-note\"\n" {
		t.Errorf("a note alone: %s", got)
	}
}

func TestTheSubjectIsNoCommand(t *testing.T) {
	mail := mailFromNoor("Zie onderwerp.")
	mail.Subject = "#gegrond ja akkoord [K2026-0001]"
	if r := Read(stage(t, "heard"), mail, asked(t, "release"), now, testSetting()); told(r) != "fact: noted \"text\":\"Zie onderwerp.\"\n" {
		t.Errorf("got %s", told(r))
	}
}

// klachtd's own sentences and the sender's own name count as nothing.
func TestOwnSentencesCountAsNothing(t *testing.T) {
	for q := range instructions {
		for _, lang := range []string{"nl", "en"} {
			if q == AskRelease {
				text := "ja\n\n" + Instruction(q, lang)
				if r := reading(t, "offered", "release", text); len(r.Facts) != 1 || KindOf(r.Facts[0].Body) != "approved" {
					t.Errorf("%q: %s", text, told(r))
				}
			}
			if r := reading(t, "offered", "release", Instruction(q, lang)); r.Refusal == nil {
				t.Errorf("%q alone: %s", Instruction(q, lang), told(r))
			}
		}
	}
	for _, text := range []string{
		"#gegrond vergeten\n\nNoor", "#gegrond vergeten\n\nNoor Tielman\nPraktijk Tiel\n06 12345678", "Hoi klachtd,\n\n#gegrond vergeten",
	} {
		if got := told(reading(t, "heard", "", text)); got != "fact: judged \"finding\":\"upheld\",\"reason\":\"vergeten\"\n" {
			t.Errorf("%q: %s", text, got)
		}
	}
}
