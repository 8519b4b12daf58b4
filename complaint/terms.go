package complaint

import "klachtd/calendar"

// Terms are the promises of a regulation, in whole calendar weeks, no weekend extension (private regulation). A case
// copies them into its first fact and stays with them.
type Terms struct {
	Preset          string            `json:"preset"`
	Version         string            `json:"version"`
	Acknowledgement int               `json:"acknowledgement"` // article 2: from R
	Decision        int               `json:"decision"`        // article 2: from R
	Progress        int               `json:"progress"`        // article 3: from R
	Confirmation    int               `json:"confirmation"`    // article 5: from R, or from O in later rounds
	Extended        int               `json:"extended"`        // what a "state of affairs" letter promises, from its sending
	NewOffer        int               `json:"new_offer"`       // article 5: from the dissatisfied reaction
	Report          int               `json:"report"`          // article 6: from S
	PostDays        int               `json:"post_days"`       // calendar days a letter by post travels
	Holidays        calendar.Holidays `json:"holidays"`
}

// Optimumconsult is the regulation of Optimumconsult & Products, the default preset.
func Optimumconsult() Terms {
	return Terms{
		Preset:          "optimumconsult",
		Version:         "1",
		Acknowledgement: 2,
		Decision:        4,
		Progress:        4,
		Confirmation:    6,
		Extended:        3,
		NewOffer:        1,
		Report:          3,
		PostDays:        3,
		Holidays:        calendar.Dutch(),
	}
}

// Finding is the judgement on a complaint (article 4).
type Finding string

const (
	Upheld       Finding = "upheld"
	PartlyUpheld Finding = "partly_upheld"
	NotUpheld    Finding = "not_upheld"
	NoFinding    Finding = "no_finding"
)

// Role says what a party is to the case.
type Role string

const (
	Complainant     Role = "complainant"
	PersonConcerned Role = "person_concerned"
)

// Party is somebody in the case. The complainant has ID 1; persons concerned follow.
type Party struct {
	ID    int    `json:"id"`
	Role  Role   `json:"role"`
	Name  string `json:"name,omitempty"`
	Mail  string `json:"mail,omitempty"`
	Phone string `json:"phone,omitempty"`
	Post  string `json:"post,omitempty"` // postal address, on one line
	Lang  string `json:"lang,omitempty"`
}

// Words is a sentence in both languages klachtd speaks.
type Words struct{ NL, EN string }

// In gives the sentence in a language; anything but "en" is Dutch.
func (w Words) In(lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.NL
}
