package letters

import (
	"slices"
	"strings"

	"klachtd/complaint"
)

// commissioner is where the reader can go in the end (article 9), never an empty name, and what is known of its address:
// the one of this case; else those that are configured; else what the regulation says in general. A commissioner that
// complains itself has no such way. To whom nothing may be told, no commissioner of the case is named.
func (w *writing) commissioner() (name value, all []commissioner) {
	if w.complainsAsCommissioner() {
		return value(w.say("een onafhankelijke bemiddelaar of de rechter", "an independent mediator or the court")), nil
	}
	general := value(cleanLine(w.c.Opening.Terms.Route.In(w.lang), maxLine))
	if general == "" {
		general = value(generalCommissioner.In(w.lang))
	}
	if w.guarded() {
		return general, nil
	}
	configured := w.office.Commissioners
	if own := w.ownCommissioner(); own != "" {
		i := slices.IndexFunc(configured, func(c Commissioner) bool { return sameCommissioner(c.Name, own) })
		if i < 0 {
			return w.called(own), []commissioner{{Name: value(own)}}
		}
		configured = configured[i : i+1]
	}
	for _, com := range configured {
		all = append(all, commissioner{
			value(cleanLine(com.Name, maxName)), fixed(cleanLine(com.Address, maxLine)), mail(com.Email), phone(com.Phone), web(com.URL),
		})
	}
	if len(all) == 1 && all[0].Name != "" {
		return w.called(string(all[0].Name)), all
	}
	return general, all
}

var generalCommissioner = complaint.Words{
	NL: "de opdrachtgever, bijvoorbeeld uw gemeente of werkgever",
	EN: "the organisation that hired us, for example your municipality or employer",
}

// called is a name as it stands in a sentence: "de gemeente Waalstad".
func (w *writing) called(name string) value {
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	if w.lang == "nl" && slices.Contains([]string{"gemeente", "provincie", "stichting", "vereniging"}, first) {
		return value("de " + name)
	}
	return value(name)
}

// ownCommissioner is the name of the commissioner of this case.
func (w *writing) ownCommissioner() string {
	name := w.c.Described.Commissioner
	if r := w.c.Referred; r != nil {
		name = either(r.Body.(complaint.Referred).Commissioner, name)
	}
	return string(telling(cleanLine(maskBSN(name), maxName)))
}

// sameCommissioner compares a configured name with what the handler called it: "gemeente Waalstad" is "de gemeente Waalstad".
func sameCommissioner(configured, said string) bool {
	a, b := " "+bare(configured)+" ", " "+bare(said)+" "
	return strings.TrimSpace(a) != "" && strings.TrimSpace(b) != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// complainsAsCommissioner says whether the reader is the commissioner itself: by role, or because it writes from its address.
func (w *writing) complainsAsCommissioner() bool {
	if w.k.Role == complaint.RoleCommissioner {
		return true
	}
	return slices.ContainsFunc(w.office.Commissioners, func(c Commissioner) bool {
		return c.Email != "" && complaint.SameMail(c.Email, w.k.Mail) || c.Name != "" && bare(c.Name) == bare(w.k.Name)
	})
}

// consents are the sentences by which the reader agrees that we send the complaint on: one for each commissioner, or one
// without a name where none is known.
func (w *writing) consents(all []commissioner) []value {
	if w.complainsAsCommissioner() {
		return nil
	}
	plain := value(w.say("Ja, stuur mijn klacht door.", "Yes, forward my complaint."))
	var sentences []value
	for _, com := range all {
		if com.Name == "" {
			return []value{plain}
		}
		sentences = append(sentences, value(w.say("Ja, stuur mijn klacht door naar ", "Yes, forward my complaint to "))+w.called(string(com.Name))+".")
	}
	if len(sentences) == 0 {
		return []value{plain}
	}
	return sentences
}
