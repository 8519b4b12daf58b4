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
	fromOffer      Rule = "offer"      // O
	fromReaction   Rule = "reaction"   // the dissatisfied reaction
	fromResolution Rule = "resolution" // S
	promised       Rule = "promised"   // what a letter said
	sendBy         Rule = "send_by"    // the last working day before
)

// Step is one step in the computing of a date.
type Step struct {
	Rule    Rule            `json:"rule"`
	From    calendar.Date   `json:"from"`
	Days    int             `json:"days,omitempty"`
	To      calendar.Date   `json:"to"`
	Article int             `json:"article,omitempty"`
	Skipped []calendar.Date `json:"skipped,omitempty"` // the days off that lie between
}

var ruleNames = map[Rule]Words{
	fromReceipt:    {"ontvangst", "receipt"},
	fromOffer:      {"aanbod", "offer"},
	fromReaction:   {"reactie", "reaction"},
	fromResolution: {"opgelost", "resolved"},
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
	switch s.Rule {
	case promised:
		return fmt.Sprintf(Words{"toegezegd: %s (art. %d)", "promised: %s (art. %d)"}.In(lang), s.To.Short(lang), s.Article)
	case sendBy:
		line := fmt.Sprintf(Words{"laatste werkdag ervoor: %s", "last working day before: %s"}.In(lang), s.To.Short(lang))
		if names := s.holidays(h); len(names) > 0 {
			line += fmt.Sprintf(Words{" (vrij: %s)", " (off: %s)"}.In(lang), strings.Join(names, ", "))
		}
		return line
	}
	return fmt.Sprintf(Words{"%s %s + %d dagen = %s (art. %d)", "%s %s + %d days = %s (art. %d)"}.In(lang),
		ruleNames[s.Rule].In(lang), s.From.Short(lang), s.Days, s.To.Short(lang), s.Article)
}

// holidays names those days off between that are more than a weekend.
func (s Step) holidays(h calendar.Holidays) []string {
	var names []string
	for _, d := range s.Skipped {
		if n := h.Name(d); n != "" {
			names = append(names, n+" "+d.Short("nl"))
		}
	}
	return names
}
