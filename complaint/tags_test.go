package complaint

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// exampleStages are the cases in which the example of a tag works; the others work in a case that has been judged.
var exampleStages = map[string]string{
	"klacht": "new", "ontvangst": "new", "geenklacht": "new", "direct": "new", "nietbehandelen": "registered",
	"betrokkene": "registered", "geenbetrokkene": "registered", "opgelost": "silent", "verder": "held", "herstel": "undoable",
	"bedenktijd": "offered", "heropen": "closed", "sluit": "closed", "nagekomen": "committed", "uitstel": "extendable", "verzonden": "printed",
	"tekst": "offered",
}

// Every tag has an example in both languages, and the examples do what they show.
func TestTheExampleOfEveryTagWorks(t *testing.T) {
	for i := range tags {
		row := &tags[i]
		if slices.ContainsFunc(acrossTags, func(other tag) bool { return other.name == row.name }) {
			continue // those need another case
		}
		stageName := either(exampleStages[row.name], "judged")
		for _, example := range []string{row.example.NL, row.example.EN} {
			if word, _ := cutTag(example); findTag(word) != row {
				t.Errorf("%q is no example of #%s", example, row.name)
				continue
			}
			text := example
			if row.name == "stil" || row.name == "forceer" {
				text = "#notitie iets\n" + example
			}
			r := reading(t, stageName, "release", text)
			if r.Refusal != nil || told(r) == "" {
				t.Errorf("%q in a case that is %s:\n%s", example, stageName, told(r))
			}
		}
	}
}

func TestEveryWordNamesOneTag(t *testing.T) {
	of := map[string]string{}
	for i := range tags {
		if len(tags[i].fields) > 0 && tags[i].takes == (Words{}) {
			t.Errorf("#%s does not say what it takes", tags[i].name)
		}
		for _, w := range tags[i].words() {
			if w != plain(w) {
				t.Errorf("#%s is never found: a tag is compared as %q", w, plain(w))
			}
			if other := of[w]; other != "" && other != tags[i].name {
				t.Errorf("#%s names %s and %s", w, other, tags[i].name)
			}
			of[w] = tags[i].name
		}
	}
}

// The fields of a tag are told apart by their names, and none is nearly another.
func TestFieldsOfATagAreDifferent(t *testing.T) {
	for i := range tags {
		seen := map[string]string{}
		for _, f := range tags[i].fields {
			for word := range strings.SplitSeq(f.words, ",") {
				if other := seen[word]; other != "" && other != f.key {
					t.Errorf("#%s: %q names %s and %s", tags[i].name, word, other, f.key)
				}
				seen[word] = f.key
			}
		}
	}
}

func TestHelpTeachesTwelveTagsAndShowsAllOnRequest(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		short, long := Help(lang, false), Help(lang, true)
		entries := regexp.MustCompile(`(?m)^#`).FindAllString(short, -1)
		if len(entries) != 12 {
			t.Errorf("%s: %d tags are taught, want 12:\n%s", lang, len(entries), short)
		}
		for i := range tags {
			if !strings.Contains(long, tags[i].in(lang)) {
				t.Errorf("%s: the whole help lacks %s", lang, tags[i].in(lang))
			}
		}
	}
}

func TestSuggestedLinesHaveABlankToFillIn(t *testing.T) {
	for field := range fieldNames {
		for _, lang := range []string{"nl", "en"} {
			for _, stageName := range []string{"registered", "two persons", "judged"} {
				line := Suggest(stage(t, stageName), field, lang)
				r := reading(t, stageName, "", line)
				if r.Refusal == nil || !blankRE.MatchString(line) || line != strings.TrimSpace(line) {
					t.Errorf("%s: %q is obeyed as it stands:\n%s", stageName, line, told(r))
				}
			}
		}
	}
}

// A misspelled tag is never obeyed, whatever it is near to.
func TestAMisspelledTagIsNeverObeyed(t *testing.T) {
	var words []string
	for i := range tags {
		words = append(words, tags[i].words()...)
	}
	rapid.Check(t, func(t *rapid.T) {
		word := []rune(rapid.SampledFrom(words).Draw(t, "word"))
		for range rapid.IntRange(1, 2).Draw(t, "typos") {
			at := rapid.IntRange(0, len(word)-1).Draw(t, "at")
			letter := rapid.RuneFrom([]rune("abcdefghijklmnopqrstuvwxyz")).Draw(t, "letter")
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				word[at] = letter
			case 1:
				word = slices.Insert(word, at, letter)
			case 2:
				if word = slices.Delete(word, at, at+1); len(word) == 0 {
					word = []rune{letter}
				}
			default:
				other := min(at+1, len(word)-1)
				word[at], word[other] = word[other], word[at]
			}
		}
		if slices.Contains(words, string(word)) {
			t.Skip("another tag")
		}
		line := "#" + string(word) + " 4 De afspraak is vergeten."
		r := Read(stage(t, "offered"), mailFromNoor("#notitie gebeld\n"+line), nil, now, testSetting())
		if r.Refusal == nil || r.Refusal.Line != line || len(r.Facts) > 0 {
			t.Fatalf("%s: %s", line, told(r))
		}
	})
}

func TestTheNearestTagIsSuggestedWhenThereIsOne(t *testing.T) {
	for word, want := range map[string]string{
		"gegornd": "gegrond", "ongegornd": "ongegrond", "gegrnd": "gegrond", "tevredn": "tevreden", "maatreegel": "maatregel",
		"betrokene": "betrokkene", "nietbehandeln": "nietbehandelen", "herstle": "herstel", "klagt": "klacht", "satisfed": "satisfied",
		"xyz": "", "vergadering": "", "hold1": "hold", "ontvang": "", // ontvangen and ontvangst are as near
	} {
		if got := nearestTag(word); got != want {
			t.Errorf("#%s: suggests %q, want %q", word, got, want)
		}
	}
}

func TestGroundsAreChosenByNumberOrName(t *testing.T) {
	for _, c := range []struct {
		text   string
		ground int
		rest   string
	}{
		{"3", 3, ""}, {"3: besluit van de gemeente", 3, "besluit van de gemeente"}, {"3 besluit van de gemeente", 3, "besluit van de gemeente"},
		{"9.", 9, ""}, {"grond 4", 4, ""}, {"Ground 4: court of Arnhem", 4, "court of Arnhem"}, {"(3)", 0, ""}, {"anoniem", 6, ""},
		{"Andere organisatie, besluit UWV", 3, "besluit UWV"}, {"te oud - uit 2024", 2, "uit 2024"}, {"geen machtiging", 7, ""},
		{"al eerder behandeld", 1, ""}, {"geen klacht maar een vraag, claim of factuur", 8, ""},
		{"gaat over besluit gemeente", 0, ""}, {"1 jaar geleden", 0, ""}, {"2 weken te laat", 0, ""}, {"10", 0, ""}, {"0", 0, ""}, {"", 0, ""},
		{"3e keer", 0, ""}, {"anoniemer kan niet", 0, ""},
	} {
		ground, rest, ok := groundIn(c.text)
		if ground != c.ground || ok != (c.ground > 0) || ok && rest != c.rest {
			t.Errorf("%q: got %d %q, want %d %q", c.text, ground, rest, c.ground, c.rest)
		}
	}
}

// What the letter says of a ground is plain: short sentences, no words that belittle or judge.
func TestGroundsAreWordedPlainly(t *testing.T) {
	if len(Grounds) != 9 {
		t.Fatalf("%d grounds, want nine", len(Grounds))
	}
	banned := regexp.MustCompile(`(?i)ontvankelijk|conform|middels|helaas|misverstand|zo heeft ervaren|derhalve|inzake|definitief|!`)
	for i, g := range Grounds {
		for _, w := range []Words{g.Name, g.Reason, g.Referral} {
			if w.NL == "" || w.EN == "" || banned.MatchString(w.NL) {
				t.Errorf("ground %d: %+v", i+1, w)
			}
			for _, sentence := range regexp.MustCompile(`[.?]\s`).Split(w.NL+" ", -1) {
				if n := len(strings.Fields(sentence)); n > 25 {
					t.Errorf("ground %d: a sentence of %d words: %s", i+1, n, sentence)
				}
			}
		}
	}
}

// A misspelled field is never taken for text, at the front of a line nor within it.
func TestAMisspelledFieldIsNeverObeyed(t *testing.T) {
	for i := range tags {
		row := &tags[i]
		for _, f := range row.fields {
			for name := range strings.SplitSeq(f.words, ",") {
				swapped := []rune(name)
				if len(swapped) < 6 || strings.Contains(name, " ") || swapped[3] == swapped[4] || f.last {
					continue
				}
				swapped[3], swapped[4] = swapped[4], swapped[3]
				for _, text := range []string{" iets daarna " + string(swapped) + ": ja", " iets\n" + string(swapped) + ": ja"} {
					r := reading(t, either(exampleStages[row.name], "judged"), "", "#"+row.name+text)
					if r.Refusal == nil || !strings.Contains(strings.Join(r.Refusal.Try, "\n"), name+":") {
						t.Errorf("#%s%s: %s", row.name, text, told(r))
					}
				}
			}
		}
	}
}
