package complaint

import (
	"slices"
	"strconv"
	"strings"
)

// What is said of a case for the file and the yearly figures.

// Category is what complaints are about in general, for the yearly figures.
type Category struct {
	ID   string // as it is stored
	Name Words

	words string // more names, separated by commas, as plain writes them
}

// Categories are those of the yearly figures, in their order.
var Categories = [...]Category{
	{"treatment", Words{"bejegening", "treatment"}, "gedrag,behandeling,houding,toon,conduct"},
	{"competence", Words{"deskundigheid", "competence"}, "kennis,vakbekwaamheid,expertise"},
	{"reachability", Words{"bereikbaarheid", "reachability"}, "bereiken,availability"},
	{"timeliness", Words{"tijdigheid", "timeliness"}, "te laat,wachttijd,traagheid,delay"},
	{"information", Words{"informatie en communicatie", "information and communication"}, "informatie,communicatie,informatie communicatie,information,communication"},
	{"privacy", Words{"privacy", "privacy"}, "avg,gdpr"},
	{"broken_commitment", Words{"afspraken niet nagekomen", "broken commitment"}, "afspraak niet nagekomen,afspraak,afspraken,commitment"},
	{"financial", Words{"financieel", "financial"}, "factuur,geld,kosten,invoice"},
	{"organisation", Words{"organisatie", "organisation"}, "organization"},
	{"premises", Words{"accommodatie", "premises"}, "gebouw,locatie,ruimte,building"},
	{"outcome", Words{"resultaat", "outcome"}, "uitkomst,result"},
	{"complaint_handling", Words{"klachtbehandeling", "complaint handling"}, "behandeling van de klacht,handling of the complaint"},
	{"other", Words{"overig", "other"}, "anders,overige"},
}

func doCategory(r *reader, c command) *Refusal {
	head, rest := c.text, ""
	if i := strings.IndexAny(c.text, ",;:.(\n"); i >= 0 {
		head, rest = c.text[:i], trimPause(c.text[i:])
	}
	said := plain(strings.ReplaceAll(head, "_", " "))
	for i, k := range Categories {
		names := append(strings.Split(k.words, ","), plain(k.Name.NL), plain(k.Name.EN), strings.ReplaceAll(k.ID, "_", " "), strconv.Itoa(i+1))
		if isOneOf(said, names) {
			r.record(r.today, Categorised{Category: k.ID})
			if rest != "" {
				r.record(r.today, Noted{Text: rest})
			}
			return nil
		}
	}
	return r.refuse(c.line, Words{"Welke categorie is het? Kies een nummer:\n" + categoryList("nl", ""), "Which category is it? Choose a number:\n" + categoryList("en", "")}, c.in(r.lang)+" 1")
}

// categoryList lists the categories with their numbers, a line each.
func categoryList(lang, indent string) string {
	var b strings.Builder
	for i, k := range Categories {
		b.WriteString(indent + strconv.Itoa(i+1) + " " + k.Name.In(lang) + "\n")
	}
	return b.String()
}

// doConfide keeps who complains, or a passage, from the persons concerned.
func doConfide(r *reader, c command) *Refusal {
	r.record(r.today, Confided{Text: c.text})
	if r.c.wentOut(LetterReactionRequest) || r.c.wentOut(LetterReportConcerned) {
		r.hint(Words{"Let op: een betrokkene kreeg al een brief over deze klacht.", "Please note: a person concerned already had a letter about this complaint."})
	}
	return nil
}

func doRetain(r *reader, c command) *Refusal {
	r.record(r.today, Retained{Reason: c.text})
	return nil
}

func doTest(r *reader, _ command) *Refusal {
	if r.c.Test {
		r.hint(Words{"Dit was al een proefzaak.", "This was already a test case."})
		return nil
	}
	r.record(r.today, MarkedTest{})
	r.hint(Words{"Dit is een proefzaak. De brieven gaan gewoon weg; in de jaarcijfers telt de zaak niet mee.",
		"This is a test case. Its letters leave as usual; it does not count in the yearly figures."})
	return nil
}

// doRewrite replaces the text of the one draft that the mail showed by the handler's own.
func doRewrite(r *reader, c command) *Refusal {
	if blank := blankRE.FindString(c.text); blank != "" {
		return r.refuse(c.line, Words{"Vul hier nog iets in: " + blank, "Please complete this: " + blank})
	}
	if r.question() != AskRelease {
		return r.refuse(c.line, Words{"Antwoord hiermee op een mail waarin de brief staat die u wilt veranderen.", "Please answer a mail that shows the letter you want to change."})
	}
	for _, f := range r.out.Facts {
		if _, ok := f.Body.(Approved); ok {
			return r.refuse(c.line, Words{"Een nieuwe tekst ziet u eerst zelf. Stuur alleen #tekst; u krijgt de brief en zegt dan ja.", "You see a new text first. Send #text alone; you get the letter and then say yes."})
		}
	}
	drafts := 0
	for _, d := range Plan(r.c, r.now, r.setting.Policy) {
		if slices.ContainsFunc(d.Meets, func(k Key) bool { return slices.Contains(r.ask.Keys, k) }) {
			drafts++
		}
	}
	switch {
	case drafts == 0:
		return r.refuse(c.line, Words{"Deze brief is al verstuurd, of hij gaat niet meer weg.", "This letter has already been sent, or it will not leave any more."})
	case drafts > 1:
		return r.refuse(c.line, Words{"In de mail stonden meer brieven. Ik weet niet voor welke deze tekst is. Voor de verslagen kunt u elk een eigen tekst geven.",
			"The mail showed more than one letter, and I do not know for which this text is. For the reports you can give each a text of its own."},
			Words{"#verslag klager: <tekst>", "#report complainant: <text>"}.In(r.lang), Words{"#verslag betrokkene: <tekst>", "#report concerned: <text>"}.In(r.lang))
	}
	r.record(r.today, Rewritten{Keys: r.ask.Keys, Text: c.text})
	return nil
}
