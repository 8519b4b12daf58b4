package complaint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"klachtd/calendar"
)

// flagsOf names the flags of a text; one that is not clear with a question mark.
func flagsOf(text string) string {
	var all []string
	for _, f := range Flags("", text) {
		name := string(f.Flag)
		if !f.Clear {
			name += "?"
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

func TestFlags(t *testing.T) {
	for text, want := range map[string]string{
		"Ik wil graag inzage in mijn dossier.":                                                     "privacy_request",
		"Stuurt u mij alle gegevens die u over mij hebt.":                                          "privacy_request",
		"Graag ontvang ik een kopie van mijn dossier en van de aantekeningen.":                     "privacy_request",
		"Mag ik al mijn gegevens zien?":                                                            "privacy_request",
		"Verwijder al mijn gegevens.":                                                              "privacy_request",
		"Ik wil dat mijn gegevens worden gewist.":                                                  "privacy_request",
		"Dit is een AVG-verzoek.":                                                                  "privacy_request",
		"Ik beroep mij op de AVG en verzoek u om inzage.":                                          "privacy_request",
		"Please send me a copy of all the data you hold about me.":                                 "privacy_request",
		"I am making a subject access request.":                                                    "privacy_request",
		"Please delete my records.":                                                                "privacy_request",
		"Ik vind dat u slordig met de AVG omgaat.":                                                 "privacy_request?",
		"Ik wil geen inzage in mijn dossier, ik wil excuses.":                                      "",
		"Stuurt u mij een kopie van de factuur.":                                                   "",
		"U hebt mijn gegevens verwijderd en nu moet ik alles opnieuw invullen.":                    "",
		"Ik stel u aansprakelijk voor de schade.":                                                  "claim",
		"Ik eis schadevergoeding van 500 euro.":                                                    "claim",
		"I hold you liable for the loss of my job.":                                                "claim",
		"Ik wil geen schadevergoeding.":                                                            "",
		"Ik maak bezwaar tegen het besluit van de gemeente.":                                       "objection",
		"Hierbij mijn bezwaarschrift tegen de beschikking van UWV.":                                "objection",
		"I want to appeal against the decision of the municipality.":                               "objection",
		"Ik heb geen bezwaar tegen een telefoongesprek.":                                           "",
		"De coach heeft mijn medische gegevens aan mijn werkgever doorgegeven.":                    "data_breach",
		"Het rapport is zonder mijn toestemming gedeeld.":                                          "data_breach",
		"Er is een mail naar de verkeerde persoon gegaan met mijn diagnose.":                       "data_breach",
		"My medical details were sent to my employer.":                                             "data_breach",
		"My coach told my employer about my diagnosis without my consent.":                         "data_breach",
		"De trainer maakte seksueel getinte opmerkingen.":                                          "safety",
		"Mijn zoon vertelde dat de begeleider hem heeft geslagen; hij sloeg hem op zijn arm.":      "safety",
		"The trainer groped me.":                                                                   "safety",
		"De coach kwam te laat en was onbeschoft.":                                                 "",
		"My coach was late and rude.":                                                              "",
		"Ik heb al weken rugklachten en psychische klachten.":                                      "",
		"Mijn medische gegevens zijn naar mijn werkgever gestuurd. Ik wil inzage in mijn dossier.": "data_breach privacy_request",
	} {
		if got := flagsOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestFlagsReadOwnWordsOnly: what the office itself wrote, and quotes below an answer, raise nothing.
func TestFlagsReadOwnWordsOnly(t *testing.T) {
	text := "Dank u wel voor het gesprek.\n\nOp di 3 nov 2026 om 10:14 schreef Coach & Co <info@coach.example>:\n> U kunt ons altijd vragen om inzage in uw dossier.\n> Wij bewaren uw gegevens twee jaar.\n"
	if got := flagsOf(text); got != "" {
		t.Errorf("flags of a quote: %s", got)
	}
}

func TestFlagTerms(t *testing.T) {
	h := calendar.Dutch()
	for received, want := range map[string]string{"2026-12-11": "2027-01-11", "2027-01-31": "2027-02-28", "2026-11-03": "2026-12-03"} {
		d, err := calendar.ParseDate(received)
		if err != nil {
			t.Fatal(err)
		}
		if got := PrivacyDue(d, h).String(); got != want {
			t.Errorf("received %s: due %s, want %s", received, got, want)
		}
	}
	arrived := time.Date(2026, 12, 11, 10, 14, 0, 0, time.UTC)
	if got := fmt.Sprint(BreachDue(arrived).Sub(arrived)); got != "72h0m0s" {
		t.Errorf("breach: %s", got)
	}
}

func FuzzFlags(f *testing.F) {
	f.Add("AVG", "Ik wil inzage in mijn dossier.")
	f.Add("", "\xff\x00?")
	f.Fuzz(func(t *testing.T, subject, text string) {
		seen := map[Flag]bool{}
		for _, flag := range Flags(subject, text) {
			if seen[flag.Flag] || flag.Words == "" {
				t.Errorf("%q twice, or without words", flag.Flag)
			}
			seen[flag.Flag] = true
		}
	})
}
