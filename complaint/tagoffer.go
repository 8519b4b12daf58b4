package complaint

import (
	"regexp"
	"strconv"
	"strings"
)

// The offer, what the complainant says of it, and how the handling ends (article 5).

func doOffer(r *reader, c command) *Refusal {
	if reason, none := cutNone(c.text); none {
		return r.refuse(c.line, Words{"Is er geen aanbod? Zeg dan waarom niet.", "Is there no offer? Then say why not."},
			Words{"#geenaanbod ", "#nooffer "}.In(r.lang)+either(oneLine(reason), Words{"<reden>", "<reason>"}.In(r.lang)))
	}
	b := Offered{Text: c.text}
	var refusal *Refusal
	if b.Party, refusal = r.complainant(c); refusal != nil {
		return refusal
	}
	if b.Remedy, refusal = r.remedy(c); refusal != nil {
		return refusal
	}
	if b.Written, refusal = r.written(c, b.Party); refusal != nil {
		return refusal
	}
	if byMailRE.MatchString(b.Text) && c.got["per"] == "" {
		r.hint(Words{"Deed u het aanbod zelf per mail? Schrijf dan ook: per: mail", "Did you make the offer itself by mail? Then also write: by: mail"})
	}
	r.reopens()
	r.record(c.on, b)
	if n := len(r.c.OffersTo(max(b.Party, 1))); n > maxOffers {
		r.hint(Words{"Dit is aanbod " + strconv.Itoa(n) + ". Komt u er samen niet uit? Dan kunt u afronden met #geenaanbod en de reden.",
			"This is offer " + strconv.Itoa(n) + ". Can you not agree? Then you can conclude with #nooffer and the reason."})
	}
	return nil
}

var byMailRE = regexp.MustCompile(`(?i)\b(?:per|by) (?:e-?mail|brief|post|letter)\W*$`)

// maxOffers is after how many offers klachtd remarks that more are not needed (procedure.md 1.1, 5c).
const maxOffers = 2

// remedies are the kinds of an offer by the names a handler gives them.
var remedies = []struct {
	remedy Remedy
	words  string
}{
	{Correction, "correctie,herstel,rechtzetten,correction"},
	{Redress, "genoegdoening,excuses,vergoeding,redress,compensation"},
	{ReplacementService, "vervangend,vervangende,vervangende dienst,replacement,replacement service"},
}

// cutRemedy takes the kind of an offer, of up to two words, from the front of a value.
func cutRemedy(r *reader, s string) (value, rest string) {
	words := strings.Fields(s)
	for n := min(len(words), 2); n > 0; n-- {
		head := strings.Join(words[:n], " ")
		for _, known := range remedies {
			if isOneOf(plain(head), strings.Split(known.words, ",")) {
				return head, trimPause(strings.Join(words[n:], " "))
			}
		}
	}
	return cutWord(r, s)
}

func (r *reader) remedy(c command) (Remedy, *Refusal) {
	said := plain(c.got["remedy"])
	if said == "" {
		return "", nil
	}
	for _, known := range remedies {
		if isOneOf(said, strings.Split(known.words, ",")) {
			return known.remedy, nil
		}
	}
	return "", r.refuse(c.line, Words{"Welk soort aanbod is dit? Schrijf: correctie, genoegdoening of vervangend.", "What kind of offer is this? Please write: correction, redress or replacement."},
		c.in(r.lang)+Words{" soort: correctie ", " kind: correction "}.In(r.lang)+oneLine(c.text))
}

// written says whether an offer was made in writing: only when the complainant cannot be reached by phone (article 5).
func (r *reader) written(c command, party int) (bool, *Refusal) {
	switch plain(c.got["per"]) {
	case "", "telefoon", "tel", "phone":
		return false, nil
	case "mail", "email", "brief", "post", "letter":
	default:
		return false, r.refuse(c.line, Words{"Hoe deed u het aanbod? Schrijf per: telefoon of per: mail.", "How did you make the offer? Please write by: phone or by: mail."})
	}
	return true, r.insist(c, r.tooEarlyByMail(c.line, party))
}

// callsFirst is on how many different days the handler tries to phone before she makes an offer in writing.
const callsFirst = 3

func (r *reader) tooEarlyByMail(line string, party int) *Refusal {
	todo := 0
	for _, k := range r.c.Complainants {
		if k.Withdrawn != nil || party != 0 && k.ID != party || k.Phone == "" {
			continue
		}
		days := map[string]bool{}
		for _, f := range r.c.Calls {
			if b := f.Body.(Called); b.NoAnswer && (b.Party == 0 || b.Party == k.ID) {
				days[f.On.String()] = true
			}
		}
		todo = max(todo, callsFirst-len(days))
	}
	if todo == 0 {
		return nil
	}
	return r.refuse(line, Words{
		"Een aanbod doet u aan de telefoon (artikel 5). Per mail kan het na drie pogingen op drie verschillende dagen. Nog te doen: " + strconv.Itoa(todo) + ". Leg elke poging vast.",
		"An offer is made by phone (article 5). By mail it is possible after three attempts on three different days. Still to do: " + strconv.Itoa(todo) + ". Record each attempt.",
	}, Words{"#gebeld <datum> geen gehoor", "#called <date> no answer"}.In(r.lang))
}

func doNoOffer(r *reader, c command) *Refusal {
	r.record(c.on, NoOffer{Reason: c.text})
	return nil
}

// doThinking records until when the complainant thinks about the offer.
func doThinking(r *reader, c command) *Refusal {
	party, refusal := r.complainant(c)
	if refusal != nil {
		return refusal
	}
	if len(r.c.OffersTo(max(party, 1))) == 0 {
		return r.refuse(c.line, Words{"Er is nog geen aanbod om over na te denken.", "There is no offer yet to think about."}, Suggest(r.c, FieldOffer, r.lang), c.typed)
	}
	if c.text == "" && c.got["until"] == "" {
		return r.lackingText(c)
	}
	day, rest, refusal := r.ahead(c)
	if refusal != nil {
		return refusal
	}
	r.record(r.today, Thinking{Until: day, Party: party})
	if rest != "" {
		r.record(r.today, Noted{Text: rest})
	}
	return nil
}

// doTold records that the complainant was told the outcome where there is no offer: that resolves the complaint.
func doTold(r *reader, c command) *Refusal {
	party, refusal := r.complainant(c)
	if refusal != nil {
		return refusal
	}
	if len(r.c.OffersTo(max(party, 1))) > 0 {
		return r.refuse(c.line, Words{"Er is een aanbod gedaan. Hoe reageerde de klager daarop?", "An offer was made. How did the complainant react to it?"},
			Suggest(r.c, FieldReaction, r.lang), Words{"#ontevreden <wat de klager zei>", "#dissatisfied <what the complainant said>"}.In(r.lang))
	}
	r.record(c.on, Told{Words: c.text, Party: party})
	if r.c.NoOffer == nil {
		r.hint(Words{"Schrijf nog waarom er geen aanbod is: #geenaanbod <reden>", "Please write why there is no offer: #nooffer <reason>"})
	}
	return nil
}

var noReactionRE = regexp.MustCompile(`(?i)^(?:er (?:is|kwam|was) )?(?:geen (?:reactie|antwoord|bericht)|niets (?:meer )?(?:gehoord|vernomen)|no (?:reaction|answer|response|reply)|nothing heard|` +
	`(?:de |the )?(?:klager |complainant |hij |zij |ze |he |she )?(?:(?:reageert|reageerde|antwoordt|antwoordde) (?:niet|nergens)|(?:does|did) not (?:react|respond|answer|reply)))`)

func doResolved(r *reader, c command) *Refusal {
	party, refusal := r.complainant(c)
	if refusal != nil {
		return refusal
	}
	b := Resolved{How: either(c.got["how"], c.text), Party: party}
	if o, ok := r.unansweredOffer(party); ok && (plain(b.How) == "" || noReactionRE.MatchString(b.How)) {
		if refusal := r.insist(c, r.tooEarlyToConclude(c, o, party)); refusal != nil {
			return refusal
		}
		b.How = either(b.How, Words{"geen reactie op het aanbod", "no reaction to the offer"}.In(r.lang))
	}
	r.record(c.on, b)
	return nil
}

// unansweredOffer is the last offer to a complainant that got no reaction.
func (r *reader) unansweredOffer(party int) (Offer, bool) {
	for _, k := range r.c.Complainants {
		offers := r.c.OffersTo(k.ID)
		if n := len(offers); n > 0 && k.Withdrawn == nil && (party == 0 || k.ID == party) && offers[n-1].Reaction == nil {
			return offers[n-1], true
		}
	}
	return Offer{}, false
}

// tooEarlyToConclude: silence is no acceptance. Two weeks after the offer, and asked once more, the handler may conclude
// (procedure.md 1.3.10).
func (r *reader) tooEarlyToConclude(c command, o Offer, party int) *Refusal {
	t := r.c.Opening.Terms
	last := t.Reaction.After(o.On, t.Holidays)
	if k, ok := r.c.Complainant(party); ok && k.Thinking != nil {
		last = max(last, k.Thinking.Body.(Thinking).Until)
	}
	var why Words
	var try []string
	if c.on <= last {
		why = Words{"De klager heeft tot en met " + last.Full("nl") + " de tijd om te reageren.", "The complainant has until " + last.Full("en") + " to react."}
	}
	if !r.askedAgain(o) {
		why.NL += " Vraag eerst nog een keer of de klager wil reageren, en leg dat vast."
		why.EN += " First ask once more for a reaction, and record it."
		try = []string{Words{"#gebeld <datum> geen gehoor", "#called <date> no answer"}.In(r.lang)}
	}
	if why == (Words{}) {
		return nil
	}
	why.NL, why.EN = strings.TrimSpace("Geen reactie is geen instemming. "+strings.TrimSpace(why.NL)), strings.TrimSpace("No reaction is no consent. "+strings.TrimSpace(why.EN))
	return r.refuse(c.line, why, try...)
}

// askedAgain says whether there was a second attempt or a reminder after an offer: a call, a letter, or a mail by hand.
func (r *reader) askedAgain(o Offer) bool {
	for _, f := range r.c.current() {
		if f.Seq <= o.seq {
			continue
		}
		switch b := f.Body.(type) {
		case Called:
			return true
		case Filed:
			if b.Sent {
				return true
			}
		case Sent:
			if b.Letter == LetterProgress || b.Letter == LetterConfirmation {
				return true
			}
		}
	}
	return false
}
