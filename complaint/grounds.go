package complaint

import (
	"regexp"
	"strconv"
	"strings"
)

// Ground is a ground on which a complaint is not taken up. There are nine (procedure.md 1.3.4); a case names one by its
// number, 1-9, which is its place in Grounds plus one.
type Ground struct {
	Name     Words // as the handler chooses it
	Reason   Words // as the letter says it to the complainant
	Referral Words // where the complainant can go, or what may change the decision

	words string // other names the handler may give it, separated by commas, as plain writes them
}

// Grounds are the grounds in their order. The numbers are stored: a place is never given to another ground.
var Grounds = [...]Ground{
	{
		Name:     Words{"al eerder behandeld", "handled before"},
		Reason:   Words{"U diende deze klacht al eerder bij ons in. Wij hebben die klacht toen behandeld.", "You made this complaint to us before. We handled it then."},
		Referral: Words{"Is er sindsdien iets nieuws gebeurd? Laat het ons weten. Dan kijken wij opnieuw.", "Has something new happened since? Please tell us. We will look at it again."},
		words:    "eerder behandeld,al behandeld,already handled",
	},
	{
		Name:     Words{"langer dan een jaar geleden", "longer than a year ago"},
		Reason:   Words{"Dat waarover u klaagt, is langer dan een jaar geleden gebeurd. Wij kunnen het daarom niet goed meer onderzoeken.", "What you complain about happened more than a year ago. We can therefore no longer investigate it properly."},
		Referral: Words{"Was er een reden dat u niet eerder kon klagen? Laat het ons weten.", "Was there a reason why you could not complain earlier? Please tell us."},
		words:    "te lang geleden,te oud,ouder dan een jaar,langer dan een jaar,too long ago,too old,older than a year",
	},
	{
		Name:     Words{"gaat over een andere organisatie", "about another organisation"},
		Reason:   Words{"Uw klacht gaat over een besluit of een medewerker van een andere organisatie. Wij kunnen daar niet over oordelen.", "Your complaint is about a decision or an employee of another organisation. We cannot judge that."},
		Referral: Words{"U kunt met uw klacht naar die organisatie. Gaat het om een besluit? Dan kunt u daar bezwaar maken. Let op: daarvoor hebt u meestal maar zes weken.", "You can take your complaint to that organisation. Is it about a decision? Then you can object to it there. Please note: you usually have only six weeks for that."},
		words:    "andere organisatie,besluit andere organisatie,besluit van een andere organisatie,niet over ons,another organisation,not about us",
	},
	{
		Name:     Words{"loopt bij rechter of politie", "before a court or the police"},
		Reason:   Words{"Over deze zaak loopt al een procedure bij de rechter of de politie. Daarom doen wij nu geen eigen onderzoek.", "This matter is already before a court or the police. We will therefore not investigate it ourselves now."},
		Referral: Words{"U kunt uw vragen stellen aan de rechtbank, de politie of uw advocaat. Is de procedure voorbij? Dan kunt u ons weer schrijven.", "You can put your questions to the court, the police or your lawyer. When the proceedings are over, you can write to us again."},
		words:    "rechter,politie,rechtszaak,rechter of politie,court,police",
	},
	{
		Name:     Words{"te weinig belang of gewicht", "too little interest or weight"},
		Reason:   Words{"Wij vinden de klacht niet zwaar genoeg voor een onderzoek, of u hebt er zelf te weinig belang bij.", "We find that the complaint does not carry enough weight for an investigation, or that it affects you too little."},
		Referral: Words{"Denkt u dat wij iets over het hoofd zien? Laat het ons weten.", "Do you think we overlook something? Please tell us."},
		words:    "te weinig belang,te weinig gewicht,belang,te licht,too little interest,too little weight",
	},
	{
		Name:     Words{"anoniem en niet te onderzoeken", "anonymous and impossible to investigate"},
		Reason:   Words{"U stuurde uw klacht zonder naam. Zonder uw naam kunnen wij deze klacht niet onderzoeken.", "You sent your complaint without a name. Without your name we cannot investigate this complaint."},
		Referral: Words{"Wilt u uw naam alsnog noemen? Dan kijken wij opnieuw.", "Would you like to give your name after all? Then we will look at it again."},
		words:    "anoniem,anonymous",
	},
	{
		Name:     Words{"geen machtiging", "no authorisation"},
		Reason:   Words{"U klaagt voor iemand anders. Wij hebben van die persoon geen toestemming (machtiging) gekregen.", "You complain for somebody else. We have not received that person's authorisation."},
		Referral: Words{"Krijgen wij die toestemming alsnog? Dan kijken wij opnieuw naar de klacht.", "If we receive that authorisation after all, we will look at the complaint again."},
		words:    "machtiging,machtiging ontbreekt,geen toestemming,authorisation,no authorization",
	},
	{
		Name:     Words{"geen klacht maar een vraag, claim of factuur", "not a complaint but a question, claim or invoice"},
		Reason:   Words{"Uw bericht is een vraag of een claim, of het gaat over een factuur. Ons klachtenreglement is daar niet voor bedoeld.", "Your message is a question or a claim, or it is about an invoice. Our complaints procedure is not meant for that."},
		Referral: Words{"Bel ons of beantwoord deze e-mail. Dan helpen wij u op een andere manier verder.", "Please phone us or answer this e-mail. We will help you in another way."},
		words:    "geen klacht,vraag,claim,factuur,not a complaint,question,invoice",
	},
	{
		Name:     Words{"beledigend en zonder inhoud", "abusive and without content"},
		Reason:   Words{"In uw bericht staan beledigingen. Wij vinden er geen klacht in die wij kunnen onderzoeken.", "Your message contains insults. We find no complaint in it that we can investigate."},
		Referral: Words{"Wilt u ons schrijven wat er is gebeurd? Dan kijken wij opnieuw.", "Would you like to write to us what happened? Then we will look at it again."},
		words:    "beledigend,beledigingen,scheldpartij,abusive",
	},
}

// groundIn reads a ground, by number or by name, from the front of a text. After a name the text must pause or end:
// "gaat over een besluit" chooses nothing.
func groundIn(text string) (number int, rest string, ok bool) {
	text = strings.TrimSpace(text)
	for _, word := range [...]string{"grond", "ground"} {
		if len(text) > len(word) && strings.EqualFold(text[:len(word)], word) {
			text = strings.TrimLeft(text[len(word):], " :")
		}
	}
	if m := groundNumberRE.FindStringSubmatch(text); m != nil && !isOneOf(plain(m[2]), countedWords) {
		return int(text[0] - '0'), trimPause(text[1:]), true
	}
	head, rest := text, ""
	if i := strings.IndexAny(text, ",;:.\n(–"); i >= 0 {
		head, rest = text[:i], trimPause(text[i:])
	} else if before, after, cut := strings.Cut(text, " - "); cut {
		head, rest = before, trimPause(after)
	}
	for i, g := range Grounds {
		names := append(strings.Split(g.words, ","), plain(g.Name.NL), plain(g.Name.EN))
		if isOneOf(plain(text), names) {
			return i + 1, "", true
		}
		if isOneOf(plain(head), names) {
			return i + 1, rest, true
		}
	}
	return 0, text, false
}

// groundList lists the grounds with their numbers, a line each.
func groundList(lang, indent string) string {
	var b strings.Builder
	for i, g := range Grounds {
		b.WriteString(indent + strconv.Itoa(i+1) + " " + g.Name.In(lang) + "\n")
	}
	return b.String()
}

var groundNumberRE = regexp.MustCompile(`^([1-9])(?:$|[^\pL\d])[\s:;,.)–-]*(\pL*)`)

// countedWords after a number make it no ground: "1 jaar geleden".
var countedWords = strings.Fields("jaar jaren maand maanden week weken dag dagen uur keer maal x year years month months weeks day days times")

// trimPause takes white space and punctuation between two parts of a text away from the front of the second.
func trimPause(s string) string { return strings.TrimLeft(s, " \t\n:;,.–—-=)") }
