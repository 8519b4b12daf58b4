package complaint

import (
	"slices"
	"strings"
	"testing"
)

// forceable says whether a refusal offers to insist.
func forceable(r Reading) bool {
	return r.Refusal != nil && slices.ContainsFunc(r.Refusal.Try, func(line string) bool {
		return strings.Contains(line, "\n#forceer ") || strings.Contains(line, "\n#force ")
	})
}

// Insisting helps where the refusal says so, and nowhere else.
func TestOnlyWhatMayBeForcedIsForced(t *testing.T) {
	forced := 0
	for _, m := range handlerMails(t) {
		text := NewText(m.text)
		if !strings.HasPrefix(text, "#") {
			continue // a short answer beside a tag is none any more
		}
		alone := reading(t, m.stage, m.ask, text)
		if alone.Refusal == nil || strings.Contains(plain(text), "forceer") {
			continue
		}
		insisted := reading(t, m.stage, m.ask, text+"\n#forceer daar is reden voor")
		if forceable(alone) != (insisted.Refusal == nil) {
			t.Errorf("%s: %s\ninsisted:\n%s", m.path, told(alone), told(insisted))
		}
		if insisted.Refusal == nil {
			forced++
			if f := insisted.Facts[0].Body.(Forced); f.Reason != "daar is reden voor" || f.Line == "" {
				t.Errorf("%s: %+v", m.path, f)
			}
		}
	}
	if forced < 3 {
		t.Errorf("%d were forced, want declining, concluding and offering by mail", forced)
	}
}

// What a refusal says to type is known, and is refused for no other reason than its blanks or what is still missing.
func TestSuggestedCommandsAreKnown(t *testing.T) {
	for _, m := range handlerMails(t) {
		r := reading(t, m.stage, m.ask, m.text)
		if r.Refusal == nil {
			continue
		}
		for _, try := range r.Refusal.Try {
			if all, refusal := passages(try); refusal != nil {
				t.Errorf("%s: suggests %q: %s", m.path, try, refusal.Why.NL)
			} else if !blankRE.MatchString(try) && len(all) > 1 && len(r.Refusal.Try) == 1 && plain(try) == plain(m.text) {
				t.Errorf("%s: suggests what was refused: %q", m.path, try)
			}
		}
	}
}

// Whatever a handler can say of a case can be taken back later with a line, and klachtd names that line.
func TestEveryFactOfAHandlerHasItsCorrection(t *testing.T) {
	ours := []string{"opened", "sent", "undelivered", "filed", "printed", "undone"}
	for _, kind := range kindNames() {
		fix, ok := corrections[kind]
		if ok == slices.Contains(ours, kind) {
			t.Errorf("%s: has a correction: %v", kind, ok)
		}
		for _, line := range []string{fix.NL, fix.EN} {
			if word, _ := cutTag(line); ok && findTag(word) == nil {
				t.Errorf("%s: is corrected with %q", kind, line)
			}
		}
	}
}

func kindNames() (all []string) {
	for kind := range kinds {
		all = append(all, kind)
	}
	slices.Sort(all)
	return all
}

// Nobody decides in their own matter while somebody else can. Without a substitute it goes on.
func TestOwnMatter(t *testing.T) {
	alone := testSetting()
	alone.Handlers = alone.Handlers[:1]
	for _, c := range []struct {
		stage, ask, text string
		decides          bool
	}{
		{"own, heard", "", "#gegrond Dat klopt.", true},
		{"own, heard", "", "#oorzaak drukte", true},
		{"own, heard", "form", "Oordeel: gegrond\nWaarom: klopt", true},
		{"own matter", "release", "ja", true},
		{"own matter", "release", "#akkoord", true},
		{"own matter", "complaint", "nee", true},
		{"own matter", "", "#geenklacht valt mee", true},
		{"own matter", "", "#nietbehandelen 5", true},
		{"own matter", "", "#gebeld gisteren verteld: ja", true},
		{"own matter", "", "#ingetrokken laat maar", true},
		{"own matter", "", "#doorverwijzen gemeente", true},
		{"registered", "", "#betrokkene ik\n#reactie Ik herken dit niet.\n#ongegrond Het klopt niet.", true},
		{"own matter", "", "#reactie Ik herken dit niet.", false},
		{"own matter", "form", "Reactie betrokkene: Ik herken dit niet.", false},
		{"own matter", "", "#gebeld gisteren, rustig", false},
		{"own matter", "", "#notitie iets", false},
		{"own matter", "", "#wacht", false},
		{"own matter", "complaint", "ja", false},
		{"named", "", "#reactie Zij erkent het.\n#gegrond Dat klopt.", false},
	} {
		if r := reading(t, c.stage, c.ask, c.text); (r.Refusal != nil) != c.decides || c.decides && !slices.Contains(r.Refusal.Try, "#draagover Ruud Bos") {
			t.Errorf("%s, %q with a substitute: %s", c.stage, c.text, told(r))
		}
		if r := Read(stage(t, c.stage), mailFromNoor(c.text), asked(t, c.ask), now, alone); r.Refusal != nil {
			t.Errorf("%s, %q without: %s", c.stage, c.text, told(r))
		}
	}
}

func TestWhichOfSeveralComplainants(t *testing.T) {
	for _, c := range []struct{ stage, text, says string }{
		{"two were offered", "#tevreden 4 klager: Kim", `"party":1`},
		{"two were offered", "#tevreden 4 klager: mevrouw Verbeek blij", `"words":"blij","party":1`},
		{"two were offered", "#tevreden 4 klager: 2", `"party":2`},
		{"two were offered", "#tevreden 4\nKlager: jan@klager.example\nblij", `"words":"blij","party":2`},
		{"two were offered", "#satisfied 4 complainant: Smit, Jan", `"party":2`},
		{"two were offered", "#ontevreden 2 wil geld klager: Jan", `"words":"wil geld","party":2`},
		{"two were offered", "#gebeld geen gehoor klager: Jan", `"no_answer":true,"party":2`},
		{"two were offered", "#bedenktijd 1-12 klager: Jan", `"until":"2026-12-01","party":2`},
		{"two were offered", "#ingetrokken laat maar zitten klager: Jan", `"party":2`},
		{"two complainants", "#aanbod klager: Jan een nieuwe workshop", `"text":"een nieuwe workshop","party":2`},
		{"two complainants", "#aanbod klager: allen een nieuwe workshop", `"text":"een nieuwe workshop"`},
		{"two complainants", "#vraag klager: Jan Wat is er gebeurd?", `"party":2,"questions":"Wat is er gebeurd?"`},
		{"two complainants", "#verteld gisteren klager: Kim", `told "party":1`},
		{"offered", "#tevreden 4 klager: Kim blij", `"words":"blij"}`},
		{"offered", "#tevreden 4 klager: allen", `"score":4}`},
	} {
		r := reading(t, c.stage, "", c.text)
		if r.Refusal != nil || len(r.Facts) != 1 || !strings.Contains(told(r)+"}", strings.TrimSuffix(c.says, "}")) {
			t.Errorf("%s, %q: want %s, got\n%s", c.stage, c.text, c.says, told(r))
		}
	}
	for _, text := range []string{"#tevreden 4", "#ontevreden 2 boos", "#bedenktijd 1-12", "#gebeld gisteren", "#ingetrokken laat maar", "#aanbod excuses", "#opgelost geen reactie"} {
		refusedFor(t, "two were offered", "", text, text, text+" klager: Kim Verbeek", text+" klager: Jan Smit", text+" klager: allen")
	}
	refusedFor(t, "offered", "", "#tevreden 4 klager: Piet", "#tevreden 4 klager: Piet", "#tevreden 4 klager: Kim Verbeek", "#klacht medeklager: Piet")
}

func TestFindingsOnPoints(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"#gegrond punt: 2 over: onbeleefd betrokkene: Sanne Zij schreeuwde.", `"reason":"Zij schreeuwde.","point":2,"about":"onbeleefd","person":2`},
		{"#gegrond Zij schreeuwde.\nPunt: 2\nOver: onbeleefd\nBetrokkene: Sanne Bos", `"reason":"Zij schreeuwde.","point":2,"about":"onbeleefd","person":2`},
		{"#gegrond punt 2: zij schreeuwde", `"reason":"zij schreeuwde","point":2`},
		{"#gegrond Klachtpunt 2 - zij schreeuwde", `"reason":"zij schreeuwde","point":2`},
		{"#upheld point: 1 She shouted.", `"reason":"She shouted.","point":1`},
		{"#gegrond punt 2b is duidelijk", `"reason":"punt 2b is duidelijk"`},
		{"#gegrond Op dit punt: zij schreeuwde", ""},
	} {
		r := reading(t, "points", "", c.text)
		if (r.Refusal != nil) != (c.says == "") || !strings.Contains(told(r), c.says) {
			t.Errorf("%q: want %s, got\n%s", c.text, c.says, told(r))
		}
	}
	for _, c := range []struct{ text, try string }{
		{"#gegrond punt: 2", "#gegrond <reden>"},
		{"#gegrond over: te laat komen", "#gegrond <reden>"},
		{"#gegrond over: te laat\nZij kwam te laat.", "#gegrond punt: 1 over: te laat\nZij kwam te laat."},
		{"#gegrond punt: 0 x", "#gegrond punt: 1 <reden>"},
		{"#gegrond punt: 99 x", "#gegrond punt: 1 <reden>"},
		{"#gegrond punten 1 en 2 kloppen", "#gegrond punt: 1 <reden>"},
		{"#gegrond punt: 1 x\n#deels punt: 1 y", "#gegrond punt: 1 <reden>"},
		{"#gegrond punt: 1 x\n#deels alles bij elkaar", "#gegrond punt: 1 <reden>"},
	} {
		if r := reading(t, "points", "", c.text); r.Refusal == nil || !slices.Contains(r.Refusal.Try, c.try) {
			t.Errorf("%q: want %q, got\n%s", c.text, c.try, told(r))
		}
	}
	c := stage(t, "points")
	r := Read(c, mailFromNoor("#gegrond punt: 1 x\n#ongegrond punt: 2 y"), nil, now, testSetting())
	after := Fold(append(slices.Clip(c.Facts), r.Facts...))
	if after.Finding != PartlyUpheld || len(after.Points) != 2 {
		t.Errorf("derived %s of %+v", after.Finding, after.Points)
	}
}

func TestCommitmentsAndMeasuresByNumber(t *testing.T) {
	for _, c := range []struct{ stage, text, says string }{
		{"committed", "#nagekomen", `commitment_kept "commitment":1`},
		{"committed", "#nagekomen 1", `commitment_kept "commitment":1`},
		{"committed", "#nagekomen afspraak 1: gemaild", `"commitment":1,"notes":"gemaild"`},
		{"committed", "#nagekomen 17-11 gemaild", `2026-11-17 commitment_kept "commitment":1,"notes":"gemaild"`},
		{"committed", "#done yesterday by phone", `2026-11-18 commitment_kept "commitment":1,"notes":"by phone"`},
		{"two commitments", "#nagekomen 2, gisteren gemaild", `2026-11-18 commitment_kept "commitment":2,"notes":"gemaild"`},
		{"two commitments", "#afspraak 1\nVoor: 15-12\nDe planner is ziek.", `"commitment":1,"to":"2026-12-15","reason":"De planner is ziek."`},
		{"offered", "#afspraak 2 nieuwe gesprekken voor: 15-12", `committed "text":"2 nieuwe gesprekken"`},
		{"committed", "#afspraak wat: 1 nieuw gesprek voor: 15-12", `committed "text":"1 nieuw gesprek"`},
		{"measure", "#maatregel 1 klaar", `measure_done "measure":1`},
		{"measure", "#maatregel 1 is uitgevoerd: werkt goed", `"measure":1,"effect":"werkt goed"`},
		{"measure", "#measure 1 done", `measure_done "measure":1`},
		{"measure", "#nagekomen maatregel 1", `measure_done "measure":1`},
		{"measure", "#maatregel 1 keer per maand overleg", `measure_taken "text":"1 keer per maand overleg"`},
		{"measure", "#maatregel 2 klaarstaande agenda's", `measure_taken "text":"2 klaarstaande agenda's"`},
	} {
		if r := reading(t, c.stage, "", c.text); r.Refusal != nil || len(r.Facts) != 1 || !strings.Contains(told(r), c.says) {
			t.Errorf("%s, %q: want %s, got\n%s", c.stage, c.text, c.says, told(r))
		}
	}
	for _, c := range []struct{ stage, text string }{
		{"offered", "#nagekomen"}, {"offered", "#nagekomen 1"}, {"committed", "#nagekomen 2"}, {"two commitments", "#nagekomen"}, {"committed", "#nagekomen 2 december"},
		{"committed", "#nagekomen morgen"}, {"measure", "#nagekomen maatregel 2"}, {"measure", "#maatregel 2 klaar"}, {"measure", "#maatregel klaar"}, {"offered", "#maatregel klaar"},
		{"committed", "#afspraak 2 voor: 15-12 ziek"}, {"committed", "#afspraak 1 ziek"}, {"committed", "#afspraak 1 voor: 20-11 eerder klaar"}, {"committed", "#afspraak 1 voor: ooit ziek"},
		{"offered", "#afspraak"}, {"offered", "#afspraak voor: 1-12"}, {"offered", "#afspraak bellen voor: gisteren"},
	} {
		if r := reading(t, c.stage, "", c.text); r.Refusal == nil {
			t.Errorf("%s, %q is obeyed:\n%s", c.stage, c.text, told(r))
		}
	}
}

// The days of phoning count, not the calls, and each of several complainants with a number has to be phoned.
func TestAnOfferInWriting(t *testing.T) {
	for stageName, refused := range map[string]bool{
		"phone": true, "phone, twice": true, "phone, three times": false, "judged": false,
	} {
		if r := reading(t, stageName, "", "#aanbod excuses per: brief"); (r.Refusal != nil) != refused {
			t.Errorf("%s: %s", stageName, told(r))
		}
	}
	for text, refused := range map[string]bool{
		"#aanbod excuses per: mail klager: Kim": false, "#aanbod excuses per: mail klager: Jan": true, "#aanbod excuses per: mail klager: allen": true,
		"#aanbod excuses per: duif klager: Kim": true, "#aanbod excuses per: telefoon klager: Jan": false,
	} {
		if r := reading(t, "two complainants", "", text); (r.Refusal != nil) != refused {
			t.Errorf("%q: %s", text, told(r))
		}
	}
}

func TestReopening(t *testing.T) {
	for _, c := range []struct{ stage, text, says string }{
		{"closed", "#heropen nieuw bewijs", `reopened "reason":"nieuw bewijs","from":"2026-11-19"`},
		{"wrote again", "#heropen nieuw bewijs", `"from":"2026-11-16"`},
		{"wrote again", "#heropen nieuw bewijs vanaf: 17 november", `"from":"2026-11-17"`},
		{"told", "#reopen our own mistake. Mistake: yes", `reopened "reason":"our own mistake.","from":"2026-11-19","mistake":true`},
		{"withdrawn", "#heropen wil toch verder", `reopened "reason":"wil toch verder"`},
		{"declined", "#heropen toch behandelen", "registered"},
		{"at once", "#heropen was niet opgelost", "registered"},
	} {
		s := stage(t, c.stage)
		r := Read(s, mailFromNoor(c.text), nil, now, testSetting())
		if r.Refusal != nil || !strings.Contains(told(r), c.says) {
			t.Errorf("%s, %q: want %s, got\n%s", c.stage, c.text, c.says, told(r))
			continue
		}
		after := Fold(append(slices.Clip(s.Facts), r.Facts...))
		if StatusOn(after, day("2026-11-19")).Ended() {
			t.Errorf("%s, %q: the case stays %s", c.stage, c.text, StatusOn(after, day("2026-11-19")))
		}
	}
	for _, c := range []struct{ stage, text string }{
		{"closed", "#heropen"}, {"closed", "#heropen nieuw bewijs vanaf: morgen"}, {"closed", "#heropen nieuw bewijs vanaf: 1-11"}, {"closed", "#heropen nieuw fout: misschien"},
		{"offered", "#heropen nieuw bewijs"}, {"merged", "#heropen nieuw bewijs"},
	} {
		if r := reading(t, c.stage, "", c.text); r.Refusal == nil {
			t.Errorf("%s, %q is obeyed:\n%s", c.stage, c.text, told(r))
		}
	}
}

func TestCategoriesAreKnownByNumberAndName(t *testing.T) {
	for i, k := range Categories {
		for _, said := range []string{k.ID, k.Name.NL, k.Name.EN, strings.ToUpper(k.Name.NL)} {
			r := reading(t, "judged", "", "#categorie "+said)
			if len(r.Facts) != 1 || r.Facts[0].Body != Body(Categorised{k.ID}) {
				t.Errorf("%d, %q: %s", i+1, said, told(r))
			}
		}
	}
}

// The text of a letter is the handler's for the one draft she saw.
func TestOwnTextIsForOneDraft(t *testing.T) {
	f := &file{slices.Clone(specialStages()["two were offered"])}
	f.says("2026-11-18 10:00", Reacted{Satisfied: true}, NoMeasure{Reason: "eenmalig"})
	c := Fold(f.facts)
	ask := asked(t, "release")
	if r := Read(c, mailFromNoor("#tekst Beste Kim,\nDit is de brief."), ask, now, testSetting()); r.Refusal != nil || len(r.Facts) != 1 {
		t.Errorf("one draft: %s", told(r))
	}
	ask.Keys = append(ask.Keys, Key{"K2026-0001", Confirmation, 2, 1})
	if r := Read(c, mailFromNoor("#tekst Beste Kim,\nDit is de brief."), ask, now, testSetting()); r.Refusal == nil {
		t.Errorf("two drafts: %s", told(r))
	}
	ask.Keys = []Key{{"K2026-0001", Confirmation, 1, 9}}
	if r := Read(c, mailFromNoor("#tekst Beste Kim,\nDit is de brief."), ask, now, testSetting()); r.Refusal == nil {
		t.Errorf("a letter that is no more: %s", told(r))
	}
	refusedFor(t, "offered", "release", "#tekst Beste <naam>,", "#tekst Beste <naam>,")
}

// A refused form holds every value that was typed, and every label, a misspelled one as it should be.
func TestARefusedFormHoldsWhatWasTyped(t *testing.T) {
	for _, text := range []string{
		"Betrokkene: Sanne Bos\nOordeel: misschien\nWaarom: regel een\nregel twee\nAanbod: bloemen",
		"Oordeel: gegrond\nWaarom: vergeten\nMaatergel: bellen\nDatum gesprek: 17-11",
		"Oordeel: gegrond\nOordeel: ongegrond\nWaarom: vergeten",
		"Reactie: zij erkent het\nOordeel: gegrond",
		"Datum gesprek: ooit\nOordeel: gegrond\nWaarom: vergeten",
		"Finding: perhaps\nWhy: forgotten\nOffer: flowers",
		"Reactie betrokkene 3: weet niets\nOordeel: misschien",
	} {
		r := reading(t, "heard", "form", text)
		if r.Refusal == nil {
			t.Errorf("%q is obeyed:\n%s", text, told(r))
			continue
		}
		for line := range strings.Lines(text) {
			line = strings.Replace(strings.TrimSpace(line), "Maatergel", "Maatregel", 1)
			if !slices.Contains(r.Refusal.Try, line) {
				t.Errorf("%q: lost %q:\n%s", text, line, told(r))
			}
		}
		if len(r.Refusal.Try) < len(formRows) {
			t.Errorf("%q: lines are missing:\n%s", text, told(r))
		}
	}
}

// A letter is posted once.
func TestALetterIsPostedOnce(t *testing.T) {
	c := stage(t, "printed")
	posted := Fact{Seq: len(c.Facts) + 1, On: day("2026-11-18"), At: now, By: noor, Body: Posted{Keys: []Key{{"K2026-0001", Acknowledgement, 1, 1}}}}
	c = Fold(append(c.Facts, posted))
	for _, ask := range []string{"", "posted"} {
		for text, refused := range map[string]bool{"#verzonden": false, "#verzonden gisteren": false, "#verzonden 14-11": true} {
			if r := Read(c, mailFromNoor(text), asked(t, ask), now, testSetting()); (r.Refusal != nil) != refused || len(r.Facts) > 0 {
				t.Errorf("%s, %s: %s", ask, text, told(r))
			}
		}
	}
}

// A line suggested where there are several complainants says which one.
func TestSuggestedLinesNameTheComplainant(t *testing.T) {
	for _, f := range []Field{FieldOffer, FieldReaction, FieldQuestions} {
		line := blankRE.ReplaceAllString(Suggest(stage(t, "two were offered"), f, "nl"), "iets")
		if r := reading(t, "two were offered", "", line); r.Refusal != nil {
			t.Errorf("%s", told(r))
		}
	}
}

// A label between a name and its address is no part of the name: letters greet by it.
func TestALabelIsNoPartOfAName(t *testing.T) {
	for _, text := range []string{"#klacht medeklager: Bram Bos mail: bram@klager.example", "#klacht medeklager: naam: Bram Bos, e-mailadres: bram@klager.example"} {
		r := reading(t, "registered", "", text)
		if r.Refusal != nil || len(r.Facts) != 1 {
			t.Fatalf("%q: %s", text, told(r))
		}
		if p := r.Facts[0].Body.(ComplainantAdded).Party; p.Name != "Bram Bos" || p.Mail != "bram@klager.example" {
			t.Errorf("%q: %+v", text, p)
		}
	}
}
