package complaint

import (
	"fmt"
	"slices"

	"klachtd/calendar"
)

// Terms are the promises of a regulation. A case copies them into its first fact and stays with them, so that a change of
// the configuration moves no date of a running case (procedure.md 1.3.20). A term that is zero is not promised: its duty
// is not owed.
type Terms struct {
	Preset  string `json:"preset"`
	Version string `json:"version"`

	Acknowledgement calendar.Term `json:"acknowledgement"` // article 2: from R; after a reopening, word on how it goes on
	Decision        calendar.Term `json:"decision"`        // article 2: from R
	Progress        calendar.Term `json:"progress"`        // article 3: from R
	Confirmation    calendar.Term `json:"confirmation"`    // article 5: from R, or from O in later rounds
	NewOffer        calendar.Term `json:"new_offer"`       // article 5: from the dissatisfied reaction
	Report          calendar.Term `json:"report"`          // article 6: from S
	Measures        calendar.Term `json:"measures"`        // article 7: from the finding; zero: by the time of the report
	Withdrawal      calendar.Term `json:"withdrawal"`      // from the withdrawal
	Promise         calendar.Term `json:"promise"`         // what a "state of affairs" letter promises, from its sending
	Working         calendar.Term `json:"working"`         // our own rule: from the handler's word to an ordered letter
	Reaction        calendar.Term `json:"reaction"`        // our own rule: how long we wait for a reaction to an offer
	Extension       Extension     `json:"extension"`       // of the confirmation

	Statutory []Kind          `json:"statutory,omitempty"` // the duties whose term is set by law: Algemene termijnenwet art. 1 extends it over days off
	Articles  map[Kind]string `json:"articles,omitempty"`  // where each promise stands: "Awb 9:11 lid 1"; empty: in the article of Duty.Article
	Route     Words           `json:"route"`               // where a complainant can go in the end, when no commissioner is configured

	PostDays int               `json:"post_days"` // calendar days a letter by post travels
	Holidays calendar.Holidays `json:"holidays"`
}

// Extension says by how much the confirmation may be put off (letter L9), once; zero where the regulation knows none.
type Extension struct {
	Term      calendar.Term `json:"term"`
	Consent   bool          `json:"consent,omitempty"`   // more is allowed when the complainant consents
	Concerned bool          `json:"concerned,omitempty"` // the persons concerned are told too (Awb 9:11 lid 2)
}

// extends says whether a term of a duty that ends on a day off runs on to the next working day: one that is set by law, and
// is not longer than 90 days, twelve weeks or three months (Algemene termijnenwet art. 1 and 4).
func (t Terms) extends(k Kind, term calendar.Term) bool {
	longest := map[calendar.Unit]int{calendar.Days: 90, calendar.Weeks: 12, calendar.Months: 3, calendar.Workdays: 60}
	return slices.Contains(t.Statutory, k) && term.N <= longest[term.Unit]
}

// Where says in which article a promise stands; that it is a rule of our own where it stands in none.
func (t Terms) Where(k Kind) Words {
	where := t.Articles[k]
	switch {
	case where != "":
		return Words{where, where}
	case len(t.Articles) > 0 || k.Article() == 0:
		return ownRule
	}
	return Words{fmt.Sprintf("art. %d", k.Article()), fmt.Sprintf("art. %d", k.Article())}
}

// Where says in which article a duty of a case stands, by the terms it began under.
func (c *Case) Where(d Duty) Words {
	if d.Article != d.Kind.Article() { // what is agreed inside the office is promised to nobody
		return ownRule
	}
	return c.Opening.Terms.Where(d.Kind)
}

var ownRule = Words{"eigen regel", "own rule"}

// Optimumconsult is the regulation of Optimumconsult & Products, the default preset: whole calendar weeks, not extended
// over weekends (private regulation).
func Optimumconsult() Terms {
	weeks := func(n int) calendar.Term { return calendar.Term{N: n, Unit: calendar.Weeks} }
	return Terms{
		Preset:          "optimumconsult",
		Version:         "1",
		Acknowledgement: weeks(2),
		Decision:        weeks(4),
		Progress:        weeks(4),
		Confirmation:    weeks(6),
		NewOffer:        weeks(1),
		Report:          weeks(3),
		Withdrawal:      weeks(1),
		Promise:         weeks(3),
		Working:         weeks(1),
		Reaction:        weeks(2),
		Route:           Words{"de opdrachtgever, bijvoorbeeld uw gemeente of werkgever", "the organisation that hired us, for example your municipality or employer"},
		PostDays:        3,
		Holidays:        calendar.Dutch(),
	}
}

// Finding is the judgement on a complaint, or on a point of it (article 4).
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
	RoleComplainant     Role = "complainant"
	RoleRepresentative  Role = "representative" // complains for somebody else
	RolePersonConcerned Role = "person_concerned"
	RoleWitness         Role = "witness"
	RoleCommissioner    Role = "commissioner" // the organisation that commissioned the work complains itself
)

// Party is somebody in the case. The complainant who wrote first has ID 1; all others follow, in the order in which they
// came in, whatever their role.
type Party struct {
	ID           int    `json:"id"`
	Role         Role   `json:"role"`
	Name         string `json:"name,omitempty"`
	Mail         string `json:"mail,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Post         string `json:"post,omitempty"` // postal address, on one line
	Lang         string `json:"lang,omitempty"` // of letters to this party, when other than that of the case
	Anonymous    bool   `json:"anonymous,omitempty"`
	Confidential bool   `json:"confidential,omitempty"` // not to be known to the persons concerned
}

// Channel is how a letter reaches a party.
type Channel string

const (
	ByMail Channel = "mail"
	ByPost Channel = "post"
	NoWay  Channel = ""
)

// Channel is by mail wherever there is a mail address.
func (p Party) Channel() Channel {
	switch {
	case p.Mail != "":
		return ByMail
	case p.Post != "":
		return ByPost
	}
	return NoWay
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
