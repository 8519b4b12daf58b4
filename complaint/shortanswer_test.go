package complaint

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// said prints what a short answer says: "yes", "1 3", or "" when it is no answer.
func said(text string, q Question) string {
	a, ok := shortAnswer(text, q, []string{"noor", "tielman"})
	switch {
	case !ok:
		return ""
	case a.yes:
		return "yes"
	case a.no:
		return "no"
	case a.all:
		return "all"
	}
	return strings.Trim(fmt.Sprint(a.numbers), "[]")
}

func TestShortAnswers(t *testing.T) {
	for want, texts := range map[string][]string{
		"yes": {"ja", "Ja", "JA!", "ja.", "Jep", "ok", "OK", "Oké", "okay", "akkoord", "Akkoord!", "goed", "is goed", "Dat is goed.", "prima",
			"yes", "Yes, thanks", "👍", "👍🏽", "👍🏿👍🏿", "✅", "✔️", "ja hoor", "Ja graag", "ja, bedankt", "Hoi, ja", "ja\nNoor", "Ja, groetjes Noor",
			"ja akkoord", "oke prima", "ja\u200b", "ja :)", "ja 😊", "*ja*", "\"ja\"", "- ja", "versturen", "Geen bezwaar"},
		"no": {"nee", "Nee.", "NEE", "no", "nope", "nee hoor", "nee, dank je wel", "geen", "none", "👎", "niet akkoord", "niet versturen", "nee nee"},
		"": {"", "  ", "Ok, ik bel haar morgen", "ja, maar wacht even", "ja?", "nee ja", "nee, is goed", "👍👎", "misschien", "graag", "bedankt", "Noor",
			"hoi", "ja #akkoord", "ja 1", "j\u0430", "jaa", "jan", "dank u wel", "ok ik kijk er later naar", "😊", "nog niet", "niet", "ja niet",
			"Goed dat je het zegt", "1 ja", "klacht"},
		"1 3": {"1 3", "1, 3", "1 en 3", "1 3.", "1\n3", "1️⃣ 3️⃣", "1 & 3", "1,3"},
		"1":   {"1", "1.", "(1)", "1 graag"},
	} {
		for _, text := range texts {
			q := AskRelease
			if strings.HasPrefix(want, "1") {
				q = AskWhich
			}
			if got := said(text, q); got != want {
				t.Errorf("%q: got %q, want %q", text, got, want)
			}
		}
	}
}

func TestAnswersThatBelongToOneQuestion(t *testing.T) {
	for _, c := range []struct {
		text string
		q    Question
		want string
	}{
		{"een klacht", AskComplaint, "yes"}, {"geen klacht", AskComplaint, "no"}, {"dit is geen klacht", AskComplaint, "no"}, {"een klacht", AskRelease, ""},
		{"geen klachten", AskWhich, "no"}, {"alle", AskWhich, "all"}, {"allemaal", AskWhich, "all"}, {"alleen 2", AskWhich, "2"}, {"nummer 2 en 3", AskWhich, "2 3"},
		{"1 en 2 zijn klachten", AskWhich, "1 2"}, {"ja dat is een klacht", AskWhich, "yes"}, {"2 klachten", AskWhich, ""}, {"1 is geen klacht", AskWhich, ""},
		{"1-3", AskWhich, ""}, {"1 t/m 3", AskWhich, ""}, {"1 wel, 2 niet", AskWhich, ""}, {"1/3", AskWhich, ""}, {"nummer 2", AskRelease, ""},
	} {
		if got := said(c.text, c.q); got != c.want {
			t.Errorf("%q to %s: got %q, want %q", c.text, c.q, got, c.want)
		}
	}
}

// A word more than the answer, and it is no answer: it may have changed its meaning.
func TestAnAnswerWithAWordLeftOverIsNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{2,9}`).Draw(t, "word")
		if _, known := shortAnswer("ja "+word, AskRelease, nil); known && !isOneOf(word, greetings, politeWords) && said(word, AskRelease) != "yes" {
			t.Fatalf("%q is taken for an answer", "ja "+word)
		}
		text := rapid.String().Draw(t, "text")
		a, ok := shortAnswer(text, AskWhich, nil)
		if ok && !a.yes && !a.no && !a.all && len(a.numbers) == 0 {
			t.Fatalf("%q answers nothing", text)
		}
	})
}
