package letters

import (
	"slices"
	"testing"

	"klachtd/complaint"
)

func TestUntranslatedIsTold(t *testing.T) {
	rich := Samples()[0]
	for _, c := range []struct {
		letter, lang string
		want         []string
	}{
		{complaint.LetterConfirmation, "en", []string{"De afspraak stond niet in de agenda en is daardoor vergeten.", "Een nieuwe afspraak op 30 november in Tiel, met onze excuses."}},
		{complaint.LetterConfirmation, "nl", nil},
	} {
		i := slices.IndexFunc(rich.Departures, func(d complaint.Departure) bool { return d.Letter == c.letter && d.Variant == "" })
		dep := rich.Departures[i]
		dep.Lang = c.lang
		l, err := testSet(t).Letter(dep, rich.Case, rich.Today)
		if err != nil {
			t.Fatal(err)
		}
		got := Untranslated(l)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s in %s: %q is not among %q", c.letter, c.lang, w, got)
			}
		}
		if c.want == nil && len(got) > 0 {
			t.Errorf("%s in %s: %q", c.letter, c.lang, got)
		}
	}
}

func TestForeign(t *testing.T) {
	for text, want := range map[string]bool{
		"de wachttijd was te kort":            true,
		"the reason stands above":             false,
		"Dear Jan van der Berg,":              false,
		"Kerkstraat 1, 4001 AB Waalstad":      false,
		"de gemeente Waalstad":                false,
		"We had no room on that day. Sorry":   false,
		"Yes, forward my complaint to de gem": false,
	} {
		if got := foreign(text, "en"); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// TestOurOwnWordsAreNeverForeign: what we compose ourselves is in the language of the letter.
func TestOurOwnWordsAreNeverForeign(t *testing.T) {
	each(t, testSet(t), func(t *testing.T, sample Sample, _ complaint.Departure, l Letter) {
		if got := Untranslated(l); l.Lang == "nl" && sample.Name != "hostile" && len(got) > 0 {
			t.Errorf("%q", got)
		}
	})
}
