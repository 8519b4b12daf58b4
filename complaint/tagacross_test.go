package complaint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const ruud Actor = "ruud@praktijk.example"

// otherCases are cases that a mail may name beside its own, by number.
func otherCases() map[CaseID]Case {
	numbered := func(f *file, id CaseID, change func(*Opened)) Case {
		o := f.facts[0].Body.(Opened)
		o.Number = id
		if change != nil {
			change(&o)
		}
		f.facts[0].Body = o
		for i, fact := range f.facts {
			if sent, ok := fact.Body.(Sent); ok {
				sent.Meets = []Key{{id, sent.Meets[0].Kind, 1, 1}}
				f.facts[i].Body = sent
			}
		}
		return Fold(f.facts)
	}
	closed := &file{otherStages()["closed"]}
	bram := func(o *Opened) {
		o.Complainant = Party{ID: 1, Role: RoleComplainant, Name: "Bram Post", Mail: "bram@klager.example"}
	}
	all := []Case{
		numbered(opened("2026-11-09 10:14").says("2026-11-09 11:00", Registered{}), "K2026-0002", nil),
		numbered(closed, "K2026-0003", nil),
		numbered(opened("2026-11-02 10:14"), "K2026-0004", bram),
		numbered(opened("2026-11-02 10:14").says("2026-11-03 09:00", MergedInto{"K2026-0002"}), "K2026-0005", nil),
		numbered(opened("2026-11-02 10:14").says("2026-11-03 09:00", Registered{}, PersonNamed{Person: Party{Name: "Noor Tielman", Mail: string(noor)}}, HandedOver{To: string(ruud)}), "K2026-0006", nil),
		numbered(opened("2026-11-02 10:14"), "K2026-0007", func(o *Opened) { o.Handler = string(ruud) }),
		numbered(opened("2026-10-01 10:14").says("2026-10-02 09:00", Registered{}, Confided{Text: "mijn diagnose"}, PersonNamed{Person: sanne, Over: "te laat"}), "K2025-0009", nil),
	}
	byID := map[CaseID]Case{}
	for _, c := range all {
		byID[c.Opening.Number] = c
	}
	return byID
}

func otherCase(id CaseID) (Case, bool) {
	c, ok := otherCases()[id]
	return c, ok
}

func openingLine(o Opening) string {
	p := o.Opened.Complainant
	return strings.TrimSpace(fmt.Sprintf("%s %s %q %s <%s> link=%t %s", o.Opened.Origin, o.Opened.Received, o.Opened.Subject, p.Name, p.Mail, o.Link, o.Opened.Channel))
}

// says checks what a text comes to in a case at a stage.
func says(t *testing.T, stageName, askName, text string, want ...string) {
	t.Helper()
	got := told(reading(t, stageName, askName, text))
	for _, line := range want {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("%s, %q: lacks %q:\n%s", stageName, text, line, got)
		}
	}
}

func TestAMailIsFiledInAnotherCase(t *testing.T) {
	says(t, "new", "complaint", "#hoortbij K2026-0002 gaat over dezelfde afspraak",
		`fact: merged_into "case":"K2026-0002"`,
		`in K2026-0002: filed "kind":"person","from":{"name":"Kim Verbeek","mail":"kim@klager.example"},"subject":"Klacht"`,
		`in K2026-0002: noted "text":"gaat over dezelfde afspraak"`)
	says(t, "new", "complaint", "#hoortbij k2026-3", `fact: merged_into "case":"K2026-0003"`)
	says(t, "none", "which 1", "#hoortbij K2026-0004", "belongs: first in K2026-0004")
	says(t, "none", "which 3", "#hoortbij 2 K2026-0004\n#klacht 3", "belongs: second in K2026-0004", "complaint: third")
	for _, c := range []struct{ stage, ask, text, try string }{
		{"new", "complaint", "#hoortbij K2026-0004", "#verwant K2026-0004"}, // somebody else's: she gets letters of her own
		{"new", "complaint", "#hoortbij K2026-0005", "#hoortbij K2026-0002"},
		{"new", "complaint", "#hoortbij K2026-0001", ""},
		{"new", "complaint", "#hoortbij K2026-0099", "#overzicht"},
		{"new", "complaint", "#hoortbij K2026-0006", ""},
		{"new", "complaint", "#hoortbij K2026-0002 of K2026-0003", "#hoortbij <zaaknummer>"},
		{"new", "complaint", "#hoortbij de vorige", "#hoortbij <zaaknummer>"},
		{"acknowledged", "", "#hoortbij K2026-0002", "#samenvoegen K2026-0002"},
		{"none", "which 3", "#hoortbij K2026-0004", "#hoortbij 1 K2026-0004"},
		{"none", "which 3", "#hoortbij 4 K2026-0004", ""},
		{"none", "which 3", "#hoortbij 2 K2026-0004\n#geenklacht 2", ""},
	} {
		try := []string{c.try}
		if c.try == "" {
			try = nil
		}
		r := reading(t, c.stage, c.ask, c.text)
		if r.Refusal == nil {
			t.Errorf("%q is obeyed:\n%s", c.text, told(r))
			continue
		}
		for _, want := range try {
			if !slices.Contains(r.Refusal.Try, want) {
				t.Errorf("%q: suggests %q, want %q", c.text, r.Refusal.Try, want)
			}
		}
	}
}

func TestMergingKeepsTheOldestNumberAndTheFirstReceipt(t *testing.T) {
	says(t, "registered", "", "#samenvoegen K2026-0002",
		`fact: merged "case":"K2026-0002","received":"2026-11-09","words":"Ik wil een klacht indienen."`,
		`in K2026-0002: merged_into "case":"K2026-0001"`)
	says(t, "new", "complaint", "#samenvoegen K2026-0002 zelfde afspraak", "fact: registered", `fact: noted "text":"zelfde afspraak"`)
	says(t, "new", "complaint", "#merge K2025-0009",
		`fact: merged_into "case":"K2025-0009"`,
		`in K2025-0009: merged "case":"K2026-0001","received":"2026-11-03","words":"Ik wil een klacht indienen."`)
	for _, text := range []string{"#samenvoegen K2026-0004", "#samenvoegen K2026-0003"} {
		if r := reading(t, "registered", "", text); r.Refusal == nil || !strings.HasPrefix(r.Refusal.Try[0], "#verwant K2026") {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	if r := reading(t, "judged", "", "#samenvoegen K2025-0009"); r.Refusal == nil {
		t.Errorf("a finding is lost:\n%s", told(r))
	}
	if r := reading(t, "new", "", "#samenvoegen K2025-0009\n#gebeld gisteren, boos"); r.Refusal == nil {
		t.Errorf("something is said of a case that is no more:\n%s", told(r))
	}
}

// What keeps a letter from going out, or from saying something, goes along when a case is merged into another.
func TestAMergedCaseLeavesItsSecrets(t *testing.T) {
	goes := opened("2026-11-09 10:14").says("2026-11-09 11:00", Registered{}, Confided{}, Confided{Text: "mijn diagnose"}, Held{},
		Authority{State: AuthorityAsked, Of: "Jan Verbeek"}, PersonNamed{Person: sanne, Over: "te laat"})
	stays := opened("2026-11-03 10:14")
	gone := Fold(goes.facts)
	stays.says("2026-11-10 10:00", gone.handedTo(Fold(stays.facts), "")...)
	c := Fold(stays.facts)
	if !c.Complainants[0].Confidential || len(c.Confided) != 1 || c.Held == nil || c.MayTell() || len(c.Persons) != 1 || c.Persons[0].Over != "te laat" || c.Registered == nil {
		t.Errorf("lost something: %+v", c)
	}
}

func TestRelatedCasesAreLinkedBothWays(t *testing.T) {
	says(t, "judged", "", "#verwant K2026-0004 zelfde workshop",
		`fact: linked "case":"K2026-0004"`, `in K2026-0004: linked "case":"K2026-0001"`, `fact: noted "text":"zelfde workshop"`)
}

func TestSplittingMakesASecondCaseOfTheSameDay(t *testing.T) {
	says(t, "registered", "", "#splits over: de rekening is dubbel",
		`opens: split 2026-11-03 "de rekening is dubbel" Kim Verbeek <kim@klager.example> link=true`,
		"there: registered", `there: described "about":"de rekening is dubbel"`)
	says(t, "registered", "", "#splits de rekening\n#notitie in deze zaak",
		`fact: noted "text":"in deze zaak"`, `opens: split 2026-11-03 "de rekening" Kim Verbeek <kim@klager.example> link=true`)
	says(t, "registered", "", "#splits", "refused: #splits", "try: #splits over: <onderwerp>")
	says(t, "registered", "", "#splits de rekening\n#splits de rekening", "refused: #splits de rekening")
	says(t, "closed", "", "#splits de rekening", "refused: #splits de rekening")
}

func TestANewCaseGoesBackIntoTheOneItCameFrom(t *testing.T) {
	f := opened("2026-11-16 10:14")
	o := f.facts[0].Body.(Opened)
	o.Related = "K2026-0003"
	f.facts[0].Body = o
	read := func(text string) string {
		return told(Read(Fold(f.facts), mailFromNoor(text), asked(t, "complaint"), now, testSetting()))
	}
	got := read("#heropen nieuw bewijs")
	for _, want := range []string{
		`fact: merged_into "case":"K2026-0003"`, `in K2026-0003: filed "kind":"person"`,
		`in K2026-0003: reopened "reason":"nieuw bewijs","from":"2026-11-16"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
	if got := read("#hoortbij K2026-0003"); strings.Contains(got, "reopened") || !strings.Contains(got, "merged_into") {
		t.Errorf("filed and not reopened:\n%s", got)
	}
}

func TestAComplaintOnPaperOrByPhoneIsEntered(t *testing.T) {
	text := "#nieuw kanaal: brief\nontvangen: 18-11\nnaam: P. de Wit\nadres: Kerkstraat 1,\n4001 AB Tiel\nover: niet teruggebeld\ntekst: Geachte mevrouw,\nDatum: 3 mei\nIk werd niet teruggebeld."
	r := Read(Case{}, mailFromNoor(text), asked(t, "which 3"), now, testSetting())
	if len(r.Opens) != 1 {
		t.Fatalf("%s", told(r))
	}
	o := r.Opens[0].Opened
	if o.Channel != "letter" || o.Received != day("2026-11-18") || o.Complainant.Post != "Kerkstraat 1, 4001 AB Tiel" || o.Complainant.Mail != "" ||
		o.Words != "Geachte mevrouw,\nDatum: 3 mei\nIk werd niet teruggebeld." || o.Handler != string(noor) || o.Number != "" || o.Terms.Preset == "" || o.Lang != "nl" {
		t.Errorf("entered %+v", o)
	}
	says(t, "none", "which 3", text, "there: registered", `there: described "about":"niet teruggebeld"`)
	says(t, "judged", "release", "#nieuw kanaal: telefoon ontvangen: vandaag naam: anoniem over: rekening dubbel\n#direct gecrediteerd\n#notitie was snel klaar",
		`there: resolved_at_once "how":"gecrediteerd"`, `there: noted "text":"was snel klaar"`)
	says(t, "none", "which 3", "#new channel: phone received: yesterday name: P. de Wit about: not called back for weeks", `there: described "about":"not called back for weeks"`)
	for text, try := range map[string]string{
		"#nieuw naam: P. de Wit over: niet teruggebeld": "#nieuw kanaal: <brief, telefoon, balie of formulier>",
		"#nieuw kanaal: brief ontvangen: 6-1":           "naam: <naam, of anoniem>",
		"#nieuw":                                        "over: <korte omschrijving>",
		"#nieuw kanaal: brief ontvangen: 20-11 naam: P. de Wit over: x":  "",
		"#nieuw kanaal: duif ontvangen: 18-11 naam: P. de Wit over: x":   "",
		"#nieuw kanaal: brief ontvangen: 18-11 naam: P over: x mail: p@": "",
	} {
		r := Read(Case{}, mailFromNoor(text), asked(t, "which 3"), now, testSetting())
		if r.Refusal == nil || try != "" && !slices.Contains(r.Refusal.Try, try) {
			t.Errorf("%q: want %q in:\n%s", text, try, told(r))
		}
	}
}

func TestALineNamesTheCaseItIsAbout(t *testing.T) {
	says(t, "none", "which 3", "#zaak K2026-0002\n#gebeld gisteren, was rustig\n#zaak K2026-0004 belt later", "in K2026-0002: 2026-11-18 called \"notes\":\"was rustig\"", `in K2026-0004: noted "text":"belt later"`)
	says(t, "judged", "release", "#zaak K2026-0001\n#notitie x", `fact: noted "text":"x"`)
	for _, c := range []struct{ stage, ask, text string }{
		{"judged", "release", "#zaak K2026-0002\n#notitie x"}, // a token of one case and the number of another
		{"judged", "release", "#notitie x\n#zaak K2026-0002"},
		{"none", "which 3", "#zaak K2026-0007\n#notitie x"}, // somebody else handles it
		{"none", "which 3", "#zaak K2026-0006\n#notitie x"}, // she is concerned in it
		{"none", "which 3", "#zaak K2026-0099\n#notitie x"},
		{"none", "which 1", "#zaak K2026-0002\n#akkoord"}, // it would answer the question of the daily mail
		{"none", "which 3", "#zaak K2026-0002\n#gegornd x"},
	} {
		if r := reading(t, c.stage, c.ask, c.text); r.Refusal == nil {
			t.Errorf("%q is obeyed:\n%s", c.text, told(r))
		}
	}
}

// The daily mail that lists one case is about it for all that merely happened; what sends a letter wants the number.
func TestAnAnswerToAListOfOneCase(t *testing.T) {
	says(t, "none", "lists 1", "#gebeld gisteren, was rustig\n#notitie belt later", `in K2026-0002: 2026-11-18 called "notes":"was rustig"`, `in K2026-0002: noted "text":"belt later"`)
	says(t, "none", "lists 1", "#ingetrokken Laat maar.", "refused: #ingetrokken Laat maar.", "try: #zaak K2026-0002 / #ingetrokken Laat maar.")
	says(t, "none", "lists 1", "#vraag Welke dag was het?", "refused: #vraag Welke dag was het?", "try: #zaak K2026-0002 / #vraag Welke dag was het?")
	says(t, "none", "lists 2", "#notitie x", "refused: #notitie x", "try: #zaak <zaaknummer> / #notitie x")
}

func TestARefusalSaysThatTheRestWasNotDoneEither(t *testing.T) {
	for text, more := range map[string]bool{"#gegrond x\n#notitie y": true, "#gegrond x": false, "#gegrond x\n": false} {
		if r := reading(t, "registered", "", text); r.Refusal == nil || r.Refusal.More != more {
			t.Errorf("%q: %s", text, told(r))
		}
	}
}

func TestALetterIsPostedInWords(t *testing.T) {
	for _, text := range []string{"Ja, gepost", "gepost", "Is op de post", "ja hoor, vandaag gepost. Groet, Noor", "Done"} {
		if r := reading(t, "printed", "posted", text); r.Refusal != nil || len(r.Facts) != 1 || KindOf(r.Facts[0].Body) != "posted" {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	for _, text := range []string{"Ja, gepost op maandag", "gepost op 16-11", "op de post gedaan op maandag 16 november.", "Ja, maandag"} {
		if r := reading(t, "printed", "posted", text); r.Refusal != nil || len(r.Facts) != 1 || r.Facts[0].On != day("2026-11-16") {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	for _, text := range []string{"Ja, maandag bel ik haar", "gepost op maandag, denk ik"} {
		if r := reading(t, "printed", "posted", text); len(r.Facts) > 0 && KindOf(r.Facts[0].Body) == "posted" {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	if r := reading(t, "printed", "posted", "Nog niet gepost"); r.Refusal != nil || len(r.Facts) > 0 && KindOf(r.Facts[0].Body) == "posted" {
		t.Errorf("not yet: %s", told(r))
	}
}

func TestACaseIsHandedOver(t *testing.T) {
	says(t, "judged", "", "#draagover Ruud reden: vakantie", `fact: handed_over "to":"ruud@praktijk.example","reason":"vakantie"`)
	says(t, "judged", "", "#draagover ruud@praktijk.example", `fact: handed_over "to":"ruud@praktijk.example"`)
	says(t, "judged", "", "#draagover mijn vervanger", `fact: handed_over "to":"ruud@praktijk.example"`)
	says(t, "judged", "", "#draagover Piet", "refused: #draagover Piet", "try: #draagover Ruud Bos")
	says(t, "judged", "", "#draagover", "refused: #draagover", "try: #draagover Ruud Bos")
	says(t, "judged", "", "#draagover Noor Tielman", "hint: Noor Tielman behandelt deze zaak al.")
	says(t, "registered", "", "#betrokkene Ruud Bos\n#draagover Ruud Bos", "refused: #draagover Ruud Bos")
}

func TestAPersonConcernedWhoHandlesCasesHasAnAddress(t *testing.T) {
	for _, text := range []string{"#betrokkene ik", "#betrokkene Noor Tielman", "#klacht wie: ik", "#concerned myself"} {
		r := reading(t, "registered", "", text)
		if !slices.ContainsFunc(r.Facts, func(f Fact) bool {
			b, ok := f.Body.(PersonNamed)
			return ok && b.Person.Mail == string(noor) && b.Person.Name == "Noor Tielman"
		}) {
			t.Errorf("%q: %s", text, told(r))
		}
	}
}

// fromRuud reads a mail of the substitute about cases that wait.
func fromRuud(text string, items ...MailID) Reading {
	in := mailFromNoor(text)
	in.From = Address{Name: "Ruud Bos", Mail: string(ruud)}
	ask := &Ask{Token: "token", To: string(ruud), Question: AskTakeOver, Cases: []CaseID{"K2026-0002", "K2026-0004", "K2026-0007"}, Items: items}
	return Read(Case{}, in, ask, now, testSetting())
}

func TestTheSubstituteTakesCasesOver(t *testing.T) {
	took := func(r Reading) (all []CaseID) {
		for _, e := range r.Elsewhere {
			if b, ok := e.Facts[0].Body.(HandedOver); ok && b.To == string(ruud) && len(e.Facts) == 1 && e.Facts[0].By == ruud {
				all = append(all, e.Case)
			}
		}
		return all
	}
	for text, want := range map[string][]CaseID{
		"1 en 2": {"K2026-0002", "K2026-0004"}, "alle": {"K2026-0002", "K2026-0004"}, "2": {"K2026-0004"}, "#draagover 1": {"K2026-0002"},
		"geen": nil, "3": nil, "nee": nil,
	} {
		r := fromRuud(text)
		if r.Refusal != nil || !slices.Equal(took(r), want) || len(want) == 0 && len(r.Hints) == 0 {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	for _, text := range []string{"ja", "4", "0", "1 en 5", "#draagover Noor Tielman", "graag", "ik bel Noor wel"} {
		if r := fromRuud(text); r.Refusal == nil {
			t.Errorf("%q: %s", text, told(r))
		}
	}
	if r := fromRuud("4", "mail"); r.Show != ShowPossible || len(r.Elsewhere) > 0 {
		t.Errorf("the mails that nobody answered: %s", told(r))
	}
}

func TestWhoWritesAfterTheEnd(t *testing.T) {
	f := &file{otherStages()["closed"]}
	f.add("2026-11-16 09:00", ByComplainant, Filed{Kind: FromPerson, From: Address{Mail: "kim@klager.example"}})
	f.facts[len(f.facts)-1].Mail = "again"
	ask := &Ask{Token: "token", Case: "K2026-0001", To: string(noor), Question: AskWrote, Items: []MailID{"again"}}
	for text, want := range map[string]string{
		"1": "hint: Goed, u antwoordt zelf. Er verandert niets aan de zaak.\n", "2": "complaint: again\n",
		"3": "fact: reopened \"reason\":\"de klager schreef opnieuw\",\"from\":\"2026-11-16\"\n",
	} {
		if got := told(Read(Fold(f.facts), mailFromNoor(text), ask, now, testSetting())); !strings.Contains(got, want) {
			t.Errorf("%q: %s", text, got)
		}
	}
	for _, text := range []string{"ja", "4", "1 2", "0"} {
		if r := Read(Fold(f.facts), mailFromNoor(text), ask, now, testSetting()); r.Refusal == nil {
			t.Errorf("%q: %s", text, told(r))
		}
	}
}

// Whatever a mail says of other cases: when any line of it is refused, nothing is said of any of them.
func TestARefusedMailTouchesNoCase(t *testing.T) {
	good := []string{"#verwant K2026-0004", "#samenvoegen K2026-0002", "#splits de rekening", "#hoortbij K2026-0002", "#draagover Ruud",
		"#nieuw kanaal: brief ontvangen: 18-11 naam: P. de Wit over: x", "#zaak K2026-0001", "#notitie x", "Belt later terug."}
	bad := []string{"#gegornd x", "#verwant K2026-0099", "#zaak K2026-0002", "#samenvoegen K2026-0003", "#hoortbij K2026-0006", "#nieuw"}
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(good), 0, 4).Draw(t, "good")
		lines = slices.Insert(lines, rapid.IntRange(0, len(lines)).Draw(t, "at"), rapid.SampledFrom(bad).Draw(t, "bad"))
		r := reading(t, rapid.SampledFrom([]string{"new", "registered", "judged"}).Draw(t, "stage"), "complaint", strings.Join(lines, "\n"))
		if r.Refusal == nil || len(r.Facts)+len(r.Elsewhere)+len(r.Opens)+len(r.Belongs) > 0 {
			t.Fatalf("%s", told(r))
		}
	})
}

// What touches two cases is taken back in neither, and no earlier mail in its place.
func TestWhatTouchesTwoCasesIsNotUndone(t *testing.T) {
	for _, last := range []Body{Merged{Case: "K2026-0002", Received: day("2026-11-09")}, Linked{"K2026-0002"}} {
		f := opened("2026-11-03 10:14")
		for i, b := range []Body{Described{About: "x"}, last} {
			f.says("2026-11-19 09:50", b)
			f.facts[len(f.facts)-1].Mail = MailID(fmt.Sprint("mail-", i))
		}
		if r := Read(Fold(f.facts), mailFromNoor("#herstel"), nil, now, testSetting()); r.Refusal == nil {
			t.Errorf("%T: %s", last, told(r))
		}
		f.says("2026-11-19 09:55", Undone{Mail: "mail-1"})
		if c := Fold(f.facts); len(c.Merged)+len(c.Linked) != 1 {
			t.Errorf("%T is undone", last)
		}
	}
}
