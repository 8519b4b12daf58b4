package complaint

import (
	"fmt"
	"strings"

	"klachtd/calendar"
)

// Rule names the step by which a date follows from another.
type Rule string

const (
	fromReceipt    Rule = "receipt"    // R
	fromReopening  Rule = "reopening"  // the message that reopened the case
	fromOffer      Rule = "offer"      // O
	fromOutcome    Rule = "outcome"    // it was confirmed, and no offer was made
	fromReaction   Rule = "reaction"   // the dissatisfied reaction
	fromResolution Rule = "resolution" // S
	fromFinding    Rule = "finding"
	fromWithdrawal Rule = "withdrawal"
	fromNaming     Rule = "naming"    // of the person concerned
	fromRequest    Rule = "request"   // the letter that asks for a response
	fromAuthority  Rule = "authority" // the authorisation was asked
	fromWord       Rule = "word"      // the handler's word that orders a letter
	fromMeasure    Rule = "measure"
	fromAsked      Rule = "asked"    // the date a letter asks for
	promised       Rule = "promised" // what a letter said
	agreed         Rule = "agreed"   // what was agreed
	putOff         Rule = "put_off"  // an extension
	extended       Rule = "extended" // Algemene termijnenwet art. 1
	sendBy         Rule = "send_by"  // the last working day before
	postBy         Rule = "post_by"  // the last working day to post it
)

// Step is one step in the computing of a date.
type Step struct {
	Rule    Rule            `json:"rule"`
	From    calendar.Date   `json:"from"`
	Term    calendar.Term   `json:"term,omitzero"`
	Days    int             `json:"days,omitempty"` // of post_by: how long the post takes
	To      calendar.Date   `json:"to"`
	Article int             `json:"article,omitempty"`
	Where   string          `json:"where,omitempty"`   // the article in the words of the terms: "Awb 9:11 lid 1"
	Skipped []calendar.Date `json:"skipped,omitempty"` // the days off that lie between
}

// ruleWords are the sentences of the rules. One with a term prints from, term and to; the others print to only.
var ruleWords = map[Rule]Words{
	fromReceipt:    {"ontvangst", "receipt"},
	fromReopening:  {"heropend na bericht van", "reopened by the message of"},
	fromOffer:      {"aanbod", "offer"},
	fromOutcome:    {"uitkomst bevestigd", "outcome confirmed"},
	fromReaction:   {"reactie", "reaction"},
	fromResolution: {"opgelost", "resolved"},
	fromFinding:    {"oordeel", "finding"},
	fromWithdrawal: {"ingetrokken", "withdrawn"},
	fromNaming:     {"betrokkene bekend", "person concerned known"},
	fromRequest:    {"om reactie gevraagd", "response asked"},
	fromAuthority:  {"machtiging gevraagd", "authorisation asked"},
	fromWord:       {"uw opdracht", "your word"},
	fromMeasure:    {"maatregel", "measure"},
	fromAsked:      {"gevraagd uiterlijk", "asked by"},
	promised:       {"toegezegd", "promised"},
	agreed:         {"afgesproken", "agreed"},
	putOff:         {"uitgesteld tot", "put off to"},
	extended:       {"verlengd tot de eerste werkdag (Algemene termijnenwet)", "extended to the first working day (Algemene termijnenwet)"},
	sendBy:         {"laatste werkdag ervoor", "last working day before"},
}

// Explain prints how a date was computed: "ontvangst di 3-11 + 14 dagen = di 17-11 (art. 2); laatste werkdag ervoor: ma 16-11".
func Explain(steps []Step, h calendar.Holidays, lang string) string {
	var parts []string
	for _, s := range steps {
		parts = append(parts, s.explain(h, lang))
	}
	return strings.Join(parts, "; ")
}

func (s Step) explain(h calendar.Holidays, lang string) string {
	line := ruleWords[s.Rule].In(lang) + ": " + s.To.Short(lang)
	switch {
	case s.Rule == postBy:
		line = fmt.Sprintf(Words{"de post duurt %d dagen; uiterlijk posten: %s", "the post takes %d days; post by: %s"}.In(lang), s.Days, s.To.Short(lang))
	case !s.Term.IsZero():
		line = fmt.Sprintf("%s %s + %s = %s", ruleWords[s.Rule].In(lang), s.From.Short(lang), s.term(lang), s.To.Short(lang))
	}
	switch {
	case s.Where != "":
		line += " (" + s.Where + ")"
	case s.Article > 0:
		line += fmt.Sprintf(" (art. %d)", s.Article)
	}
	if names := s.holidays(h, lang); len(names) > 0 {
		line += fmt.Sprintf(Words{" (vrij: %s)", " (off: %s)"}.In(lang), strings.Join(names, ", "))
	}
	return line
}

// term is in days where weeks are counted: that is how one checks it on a calendar.
func (s Step) term(lang string) string {
	if s.Term.Unit == calendar.Weeks {
		return calendar.Term{N: 7 * s.Term.N, Unit: calendar.Days}.Words(lang)
	}
	return s.Term.Words(lang)
}

// holidays names those days off between that are more than a weekend.
func (s Step) holidays(h calendar.Holidays, lang string) []string {
	var names []string
	for _, d := range s.Skipped {
		if n := h.Name(d); n != "" {
			names = append(names, n+" "+d.Short(lang))
		}
	}
	return names
}
