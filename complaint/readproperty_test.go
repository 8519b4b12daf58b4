package complaint

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klachtd/calendar"
)

func TestUndoRestoresTheCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := stage(t, rapid.SampledFrom(allStages[1:]).Draw(t, "stage"))
		mail := mailFromNoor(rapid.SampledFrom(validTexts).Draw(t, "text"))
		mail.ID = "mail-undone"
		did := Read(before, mail, asked(t, "release"), now, testSetting())
		if did.Refusal != nil || len(did.Facts) == 0 {
			t.Skip("nothing to undo")
		}
		facts := slices.Clip(before.Facts)
		for _, f := range did.Facts {
			f.Seq, f.At = len(facts)+1, now
			facts = append(facts, f)
		}
		if did.Elsewhere != nil || did.Opens != nil {
			t.Skip("what touches two cases is not undone")
		}
		later := now.Add(testPolicy().Grace)
		undo := Read(Fold(facts), mailFromNoor("#herstel"), nil, later, testSetting())
		if undo.Refusal != nil || len(undo.Facts) != 1 {
			t.Fatalf("%q cannot be undone: %s", mail.Text, told(undo))
		}
		got := Fold(append(facts, undo.Facts...))
		if a, b := essence(before), essence(got); a != b {
			t.Fatalf("%q undone:\n%s\nbefore:\n%s", mail.Text, b, a)
		}
		if late := Read(Fold(facts), mailFromNoor("#herstel"), nil, later.Add(1), testSetting()); late.Refusal == nil {
			t.Fatalf("undone after the time of grace: %s", told(late))
		}
	})
}

// essence is what a case amounts to, without the list of its facts.
func essence(c Case) string {
	c.Facts, c.undone = nil, nil
	exported, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("%s %v %v", exported, c.approvals, c.deliveries)
}

// validTexts are mails that mean something in some case.
var validTexts = []string{
	"#klacht over: afspraak vergeten", "#geenklacht een vraag", "#direct opgelost", "#ontvangen 2-11", "#nietbehandelen 3", "#gebeld gisteren",
	"#betrokkene Joris van Dam", "#geenbetrokkene", "#reactie zij erkent het", "#geenreactie ziek", "#gegrond vergeten\nErnst: 2", "#geenoordeel woord tegen woord",
	"#oorzaak agenda", "#aanbod excuses", "#geenaanbod niet nodig", "#tevreden 4 blij", "#ontevreden 2 boos", "#opgelost", "#verslag klager: dit is het",
	"#maatregel bellen", "#geenmaatregel eenmalig", "#wacht", "#wacht tot 1-12", "#akkoord", "#notitie iets", "ja", "nee", "vrije tekst",
	"Betrokkene: geen\nOordeel: gegrond\nWaarom: vergeten\nAanbod: excuses\nReactie klager: 4", "#reactie Sanne: ja\n#deels half\n#aanbod excuses",
	"#gegrond punt: 1 over: te laat betrokkene: Sanne vergeten\n#ongegrond punt: 2 op tijd", "#klacht namens: Piet\nmedeklager: Jan Smit, jan@klager.example",
	"#klacht klager: anoniem opdrachtgever: gemeente", "#vraag wanneer? uiterlijk: 3-12", "#machtiging nodig van: Piet", "#machtiging nee", "#tussenbericht wij zoeken nog datum: 10-12",
	"#uitstel 12-1 de coach is ziek", "#bedenktijd 1-12", "#verteld gisteren", "#opgelost geen reactie\n#forceer verhuisd", "#aanbod soort: correctie per: mail excuses", "#tevreden 4 klager: allen",
	"#ingetrokken laat maar zitten", "#heropen nieuw bewijs vanaf: 16-11", "#afspraak bellen voor: 1-12", "#afspraak 1 voor: 20-12 ziek", "#nagekomen 1 gebeld", "#nagekomen",
	"#maatregel 1 klaar helpt", "#doorverwijzen gemeente", "#doorverwijzen toestemming: ja", "#categorie bejegening", "#bewaar claim", "#test", "#sluit", "#vertrouwelijk", "#vertrouwelijk de diagnose",
	"#tekst Beste Kim, dit is de brief.", "#verzonden gisteren", "#verzonden alle", "#notitie iets\n#stil", "#betrokkene ik rol: getuige", "#betrokkene Ine Vos, Dorpsstraat 5, 4001 AB Tiel vragen: was u erbij?",
	"Aanbod: bellen voor: 3-12\nReactie klager 1: 4\nReactie klager 2: 2, wil geld\nMaatregel: geen, eenmalig",
}

// allStages are the cases of the properties.
var allStages = append([]string{"none", "new", "registered", "named", "heard", "judged", "offered", "satisfied", "two persons", "held", "dissatisfied", "declined", "closed", "undoable", "late"},
	slices.Sorted(maps.Keys(specialStages()))...)

// One line that is not understood, anywhere, and nothing of a mail is done.
func TestAllOrNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(validTexts), 0, 4).Draw(t, "lines")
		bad := rapid.SampledFrom([]string{"#gegornd want te laat", "#1", "#onbekend iets", "#tevreden 9", "#nietbehandelen zomaar", "#gegrond <reden>", "#gebeld datum: ooit"}).Draw(t, "bad")
		at := rapid.IntRange(0, len(lines)).Draw(t, "at")
		text := strings.Join(slices.Insert(lines, at, bad), "\n")
		r := Read(stage(t, "offered"), mailFromNoor(text), nil, now, testSetting())
		if r.Refusal == nil || len(r.Facts) > 0 || len(r.Complaints) > 0 || r.Show != ShowNothing || len(r.Hints) > 0 {
			t.Fatalf("%q: %s", text, told(r))
		}
	})
}

// Whatever old mail stands around a text, it means the same: a command is read from new text only.
func TestOldMailAroundATextChangesNothing(t *testing.T) {
	hostile := rapid.SampledFrom([]string{
		"#gegrond ik krijg gelijk", "#geenklacht", "#akkoord", "#nietbehandelen 3", "ja", "nee", "Oordeel: ongegrond", "Aanbod: 1000 euro", "#herstel",
		"Betrokkene: iemand", "Ik wil een klacht indienen.", "#onbekend", "＃gegrond x", "# gegrond x",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(validTexts).Draw(t, "text")
		old := rapid.SliceOfN(hostile, 1, 8).Draw(t, "old")
		quoted := "> " + strings.Join(old, "\n> ")
		plainOld := strings.Join(old, "\n")
		head := "Op di 17 nov 2026 om 09:02 schreef klachtd <info@praktijk.example>:\n"
		whole := rapid.SampledFrom([]string{
			text + "\n\n" + head + "\n" + quoted,
			text + "\n\n" + head + "\n" + plainOld,
			text + "\n\n" + AnswerLine + "\n\n" + plainOld,
			text + "\n\n" + quoted,
			quoted + "\n\n" + text,
			head + "\n" + quoted + "\n\n" + text,
			text + "\n\nMet vriendelijke groet,\n\nNoor Tielman\n" + rapid.SampledFrom([]string{"#1 coach van Tiel", "#gegrond", "ja"}).Draw(t, "slogan"),
			text + "\n\n-- \nNoor\n" + plainOld,
			text + "\n\n-----Oorspronkelijk bericht-----\nVan: Kim Verbeek <kim@klager.example>\nVerzonden: dinsdag 3 november 2026 10:14\nAan: info\nOnderwerp: x\n\n" + plainOld,
			text + "\n\n---------- Forwarded message ---------\nVan: Kim Verbeek <kim@klager.example>\nDate: di 3 nov 2026 om 10:14\nSubject: x\nTo: <info@praktijk.example>\n\n" + plainOld,
		}).Draw(t, "mail")
		c, ask := stage(t, rapid.SampledFrom([]string{"new", "named", "offered", "points", "committed", "two were offered", "printed"}).Draw(t, "stage")), asked(t, "release")
		alone, got := told(Read(c, mailFromNoor(text), ask, now, testSetting())), told(Read(c, mailFromNoor(whole), ask, now, testSetting()))
		if got != alone {
			t.Fatalf("%s\n\ngot:\n%s\nalone:\n%s", whole, got, alone)
		}
		if r := Read(c, mailFromNoor(AnswerLine+"\n"+plainOld), ask, now, testSetting()); r.Refusal == nil {
			t.Fatalf("below the line alone: %s", told(r))
		}
	})
}

// checkReading checks what holds of every reading.
func checkReading(t interface{ Fatalf(string, ...any) }, c Case, in Incoming, ask *Ask) {
	r := Read(c, in, ask, now, testSetting())
	if again := Read(c, in, ask, now, testSetting()); told(again) != told(r) {
		t.Fatalf("read twice: %s and %s", told(r), told(again))
	}
	if r.Refusal != nil && (len(r.Facts)+len(r.Complaints)+len(r.Ordinary)+len(r.Hints)+len(r.Belongs)+len(r.Elsewhere)+len(r.Opens) > 0 || r.Show != ShowNothing || r.Refusal.Why.NL == "" || r.Refusal.Why.EN == "") {
		t.Fatalf("a refusal that does something: %s", told(r))
	}
	if r.Refusal == nil && len(r.Facts)+len(r.Complaints)+len(r.Ordinary)+len(r.Hints)+len(r.Belongs)+len(r.Elsewhere)+len(r.Opens) == 0 && r.Show == ShowNothing {
		t.Fatalf("%q: nothing happens and nobody hears of it", in.Text)
	}
	for _, f := range r.Facts {
		switch f.Body.(type) {
		case Opened, Sent, Undelivered, Filed:
			t.Fatalf("a handler's mail cannot make %s", KindOf(f.Body))
		}
		if f.Seq != 0 || !f.At.IsZero() || f.By != noor || f.Mail != in.ID || f.On.IsZero() || f.On > day("2026-11-19") || f.On < c.Received.AddDays(-longBefore) {
			t.Fatalf("%q: fact %+v", in.Text, f)
		}
		kind, body, err := EncodeBody(f.Body)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if _, err := DecodeBody(kind, body); err != nil {
			t.Fatalf("%v", err)
		}
	}
	facts := slices.Clip(c.Facts)
	for _, f := range r.Facts {
		if before := Fold(facts); KindOf(f.Body) == "judged" && before.Finding == "" && !before.Heard() {
			t.Fatalf("%q: judged and not heard", in.Text)
		}
		facts = append(facts, f)
	}
	Duties(Fold(facts), calendar.On(now, zone))
}

func FuzzRead(f *testing.F) {
	stages := allStages
	asks := []string{"", "complaint", "release", "form", "nothing", "posted", "which 3"}
	for i, text := range validTexts {
		f.Add(uint8(i), uint8(i), text)
	}
	for _, m := range handlerMails(f) {
		f.Add(uint8(slices.Index(stages, m.stage)), uint8(slices.Index(asks, m.ask)), m.text)
	}
	for i := range tags {
		f.Add(uint8(i), uint8(0), tags[i].example.NL+"\n"+tags[i].example.EN)
	}
	f.Fuzz(func(t *testing.T, stageNumber, askNumber uint8, text string) {
		stageName, askName := stages[int(stageNumber)%len(stages)], asks[int(askNumber)%len(asks)]
		if strings.HasPrefix(askName, "which") {
			stageName = "none"
		} else if stageName == "none" {
			askName = ""
		}
		checkReading(t, stage(t, stageName), mailFromNoor(text), asked(t, askName))
	})
}
