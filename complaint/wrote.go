package complaint

import (
	"slices"
	"strings"
)

// Meant is what a message in a case may mean, for the handler to decide: klachtd does nothing of it by itself.
type Meant struct {
	What Words
	Line Words // what to type if it does; empty when nothing has to be done
}

// MeantBy reads what somebody who writes in a running case may mean by it. The likeliest comes first.
func MeantBy(c Case, in Incoming) []Meant {
	if k, ok := c.complains(in.From.Mail); ok {
		return c.meantByComplainant(k, in)
	}
	for _, p := range c.Persons {
		if p.Mail != "" && SameMail(p.Mail, in.From.Mail) && p.Response == nil {
			who := ""
			if len(c.Persons) > 1 {
				who = either(p.Name, p.Mail) + ": "
			}
			return []Meant{{
				Words{"Is dit de reactie van de betrokkene? Vat die samen", "Is this the response of the person concerned? Sum it up"},
				Words{"#reactie " + who + "<samenvatting>", "#response " + who + "<summary>"},
			}}
		}
	}
	return nil
}

// Satisfaction is the score that a complainant gives in answer to the question of the report: a bare figure from 1 to 5
// as the first line. It is of the handling; that of the outcome is sounded out by phone (procedure.md 8.3).
func Satisfaction(c Case, in Incoming) (score int, ok bool) {
	k, complains := c.complains(in.From.Mail)
	if !complains || !c.reported(k.ID) {
		return 0, false
	}
	return scoreIn(NewText(in.Text))
}

// reported says whether a complainant holds the report that asks for a score.
func (c *Case) reported(id int) bool {
	for _, d := range c.deliveries {
		if d.returned == "" && d.to(id) && (d.Letter == LetterReportComplainant || d.Variant == VariantWithReport) {
			return true
		}
	}
	return false
}

// complains finds the complainant who writes from a mail address.
func (c *Case) complains(mail string) (Complainant, bool) {
	for _, k := range c.Complainants {
		if k.Mail != "" && SameMail(k.Mail, mail) {
			return k, true
		}
	}
	return Complainant{}, false
}

func (c *Case) meantByComplainant(k Complainant, in Incoming) []Meant {
	raised := raisedIn(in.Subject, in.Text)
	var all []Meant
	if _, ok := raised[flagConsents]; ok && len(c.arrived(LetterReferral, k.ID)) > 0 {
		return []Meant{{
			Words{"De klager wil dat u de klacht doorstuurt. Dat doet u zelf. Leg de toestemming vast", "The complainant wants you to send the complaint on. You do that yourself. Record the consent"},
			Words{"#doorverwijzen toestemming: ja", "#refer consent: yes"},
		}}
	}
	if f, ok := raised[flagWithdraws]; ok && k.Withdrawn == nil {
		all = append(all, Meant{
			Words{"Trekt de klager de klacht in? Bel eerst, en leg het dan vast", "Does the complainant withdraw? Phone first, then record it"},
			Words{"#ingetrokken " + f.Words, "#withdrawn " + f.Words},
		})
	}
	if a := c.Authority; a != nil && a.State == AuthorityAsked && k.ID == 1 {
		all = append(all, Meant{Words{"Is dit de machtiging?", "Is this the authorisation?"}, Words{"#machtiging ja", "#authority yes"}})
	}
	if offers := c.OffersTo(k.ID); len(offers) > 0 && k.ResolvedOn.IsZero() && offers[len(offers)-1].Reaction == nil {
		all = append(all,
			Meant{Words{"Is dit een ja op uw aanbod? Met een cijfer van 1 tot 5", "Is this a yes to your offer? With a score from 1 to 5"}, Words{"#tevreden 4", "#satisfied 4"}},
			Meant{Words{"Of een nee?", "Or a no?"}, Words{"#ontevreden 2", "#dissatisfied 2"}})
	}
	if d := c.Described; len(all) == 0 && len(c.arrived(LetterInformation, k.ID)) > 0 && (d.EventDate == "" || d.Place == "") {
		all = append(all, Meant{
			Words{"Is dit het antwoord op uw vragen? Leg vast wat u nu weet", "Is this the answer to your questions? Record what you know now"},
			Words{"#klacht datum: <wanneer> plaats: <waar>", "#complaint date: <when> place: <where>"},
		})
	}
	return all
}

// scoreIn reads "4", "vier", "4/5", "een 4" and the like.
func scoreIn(text string) (int, bool) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || isGreeting(line) {
			continue
		}
		words := strings.Fields(plain(strings.ReplaceAll(line, "/", " / ")))
		for len(words) > 0 && (isOneOf(words[0], scoreWords) || len(words) > 1 && words[0] == "een") {
			words = words[1:]
		}
		if n := len(words); n > 1 && words[n-1] == "5" && !slices.ContainsFunc(words[1:n-1], func(w string) bool { return !isOneOf(w, scoreWords) }) {
			words = words[:1] // out of five
		}
		if len(words) != 1 {
			return 0, false
		}
		for i, w := range scores {
			if isOneOf(words[0], strings.Fields(w)) {
				return i + 1, true
			}
		}
		return 0, false
	}
	return 0, false
}

var (
	scoreWords = strings.Fields("cijfer score mijn my a is van de of uit the geef ik i give")
	scores     = [...]string{"1 een one", "2 twee two", "3 drie three", "4 vier four", "5 vijf five"}
)
