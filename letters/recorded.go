package letters

import (
	"fmt"
	"slices"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
)

// FactWords says a fact of a case in words, in a language, as a handler reads back what was recorded.
func FactWords(c complaint.Case, f complaint.Fact, lang string) string {
	return told{&sheet{lang: lang}, c}.fact(f)
}

// told says facts in words. It knows the case, so that it can name who is meant where there are several.
type told struct {
	*sheet
	c complaint.Case
}

func (t told) say(nl, en string, args ...any) string {
	return t.in(complaint.Words{NL: nl, EN: en}, args...)
}

// fact says what a fact records: how the case runs here, then the people in it, then what came of it.
func (t told) fact(f complaint.Fact) string {
	switch b := f.Body.(type) {
	case complaint.Opened:
		return t.say("de zaak is geopend%s", "the case was opened%s", t.channel(b.Channel))
	case complaint.Registered:
		return t.say("dit is een klacht", "this is a complaint")
	case complaint.Described:
		return t.described(b)
	case complaint.Dismissed:
		return t.say("dit is geen klacht%s", "this is not a complaint%s", because(b.Reason))
	case complaint.ResolvedAtOnce:
		return t.say("direct opgelost: %s", "resolved at first contact: %s", b.How)
	case complaint.ReceiptMoved:
		return t.say("datum van ontvangst: %s%s", "date of receipt: %s%s", b.To.Full(t.lang), because(b.Reason))
	case complaint.Declined:
		return t.declined(b)
	case complaint.Held:
		if b.Until.IsZero() {
			return t.say("brieven wachten tot u #verder typt", "letters wait until you type #resume")
		}
		return t.say("brieven wachten tot %s", "letters wait until %s", b.Until.Full(t.lang))
	case complaint.Released:
		return t.say("brieven gaan weer uit", "letters leave again")
	case complaint.Undone:
		return t.say("uw vorige bericht is teruggedraaid", "your previous message was undone")
	case complaint.Noted:
		return t.say("notitie: %s", "note: %s", b.Text)
	case complaint.Categorised:
		return t.say("soort klacht: %s", "kind of complaint: %s", b.Category)
	case complaint.Retained:
		return t.say("deze zaak blijft bewaard%s", "this case is kept%s", because(b.Reason))
	case complaint.Forced:
		return t.say("u hield vol: %s%s", "you insisted: %s%s", b.Line, because(b.Reason))
	case complaint.MarkedTest:
		return t.say("dit is een proefzaak, die nergens meetelt", "this is a test case, which is not counted")
	case complaint.Reopened:
		return t.reopened(b)
	case complaint.MergedInto:
		return t.say("deze zaak gaat verder in %s", "this case goes on in %s", string(b.Case))
	case complaint.Merged:
		return t.say("zaak %s is hier ingevoegd; ontvangen %s%s", "case %s was merged in here; received %s%s", string(b.Case), b.Received.Full(t.lang), because(b.Words))
	case complaint.Linked:
		return t.say("hoort bij zaak %s", "belongs with case %s", string(b.Case))
	case complaint.HandedOver:
		return t.say("de zaak gaat naar %s%s", "the case goes to %s%s", b.To, because(b.Reason))
	}
	return either(t.party(f), either(t.outcome(f), t.post(f)))
}

// post says what became of letters and other mail.
func (t told) post(f complaint.Fact) string {
	switch b := f.Body.(type) {
	case complaint.Asked:
		return t.asked(b)
	case complaint.ProgressOrdered:
		return t.say("bericht aan de klager hoe het verder gaat%s%s", "word to the complainant on how it goes on%s%s", t.date(", met als datum %s", ", with the date %s", b.By), because(b.Text))
	case complaint.Extended:
		w := complaint.Words{NL: "de bevestiging is uitgesteld tot %s%s", EN: "the confirmation is put off to %s%s"}
		if b.Consent {
			w = complaint.Words{NL: "de bevestiging is uitgesteld tot %s, en de klager is het daarmee eens%s", EN: "the confirmation is put off to %s, and the complainant agrees%s"}
		}
		return t.in(w, b.To.Full(t.lang), because(b.Reason))
	case complaint.Approved:
		return t.say("versturen is akkoord%s", "sending is approved%s", t.letters(b.Keys))
	case complaint.Rewritten:
		return t.say("uw eigen tekst%s: %s", "your own text%s: %s", t.letters(b.Keys), b.Text)
	case complaint.Printed:
		return t.say("%s ging naar u om te printen en te posten", "%s went to you to print and post", departureName(complaint.Departure{Letter: b.Letter, Variant: b.Variant}))
	case complaint.Posted:
		return t.say("gepost%s%s", "posted%s%s", t.letters(b.Keys), t.date(", op %s", ", on %s", f.On))
	case complaint.Filed:
		return t.filed(b)
	case complaint.Sent:
		return t.say("%s is verstuurd aan %s", "%s was sent to %s", departureName(complaint.Departure{Letter: b.Letter, Variant: b.Variant}), b.To)
	case complaint.Undelivered:
		name := letterNames[b.Letter]
		if name.NL == "" {
			name = complaint.Words{NL: "een brief", EN: "a letter"}
		}
		return t.say("%s kwam terug%s: %s", "%s came back%s: %s", name, t.to(b.To), b.Reason)
	}
	return ""
}

func (t told) to(mail string) piece {
	if mail = cleanLine(mail, maxName); mail == "" {
		return ""
	}
	return piece(t.say(" van %s", " from %s", mail))
}

// letters names the letters of duties, after a colon.
func (t told) letters(keys []complaint.Key) piece {
	var names []string
	for _, k := range keys {
		if n := letterNames[k.Kind.Letter()].In(t.lang); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return piece(": " + strings.Join(names, t.say(" en ", " and ")))
}

// because adds a reason, when there is one.
func because(reason string) piece {
	if reason = cleanLine(reason, maxLine); reason == "" {
		return ""
	}
	return piece(" – " + reason)
}

// date adds a day to a sentence, when there is one.
func (t told) date(nl, en string, d calendar.Date) piece {
	if d.IsZero() {
		return ""
	}
	return piece(t.say(nl, en, d.Full(t.lang)))
}

var channels = map[string]complaint.Words{
	"letter": {NL: "per brief", EN: "by letter"},
	"phone":  {NL: "per telefoon", EN: "by phone"},
	"form":   {NL: "via een formulier", EN: "by a form"},
	"visit":  {NL: "aan de balie", EN: "in person"},
}

// channel says how a complaint came in that did not come by mail.
func (t told) channel(name string) piece {
	if name == "" {
		return ""
	}
	w, known := channels[name]
	if !known {
		name = cleanLine(name, maxName)
		w = complaint.Words{NL: "via " + name, EN: "by " + name}
	}
	return piece("; " + t.say("de klacht kwam %s", "the complaint came %s", w))
}

func (t told) described(b complaint.Described) string {
	return t.say("omschrijving: ", "description: ") + t.parts([]part{
		{complaint.Words{}, b.About},
		{complaint.Words{NL: "datum ", EN: "date "}, b.EventDate},
		{complaint.Words{NL: "plaats ", EN: "place "}, b.Place},
		{complaint.Words{NL: "bijzonderheden ", EN: "particulars "}, b.Particulars},
		{complaint.Words{NL: "aanpak ", EN: "handling "}, b.Handling},
		{complaint.Words{NL: "klaar op ", EN: "expected by "}, b.Expected.Full(t.lang)},
		{complaint.Words{NL: "opdrachtgever ", EN: "commissioner "}, b.Commissioner},
	})
}

// part is a named piece of a sentence.
type part struct {
	name complaint.Words
	text string
}

// parts joins those that say something.
func (t told) parts(all []part) string {
	var said []string
	for _, p := range all {
		if text := cleanLine(p.text, maxLine); text != "" {
			said = append(said, p.name.In(t.lang)+text)
		}
	}
	return strings.Join(said, "; ")
}

func (t told) declined(b complaint.Declined) string {
	name := complaint.Words{NL: "nog te kiezen", EN: "still to be chosen"}
	if b.Ground >= 1 && b.Ground <= len(complaint.Grounds) {
		name = complaint.Grounds[b.Ground-1].Name
	}
	return t.say("niet in behandeling, grond %d (%s)%s", "not taken up, ground %d (%s)%s", b.Ground, name, because(b.Text))
}

func (t told) reopened(b complaint.Reopened) string {
	if b.Mistake {
		return t.say("de zaak is heropend, door een fout van ons%s", "the case was reopened, by our mistake%s", because(b.Reason))
	}
	return t.say("de zaak is heropend; de termijnen tellen vanaf %s%s", "the case was reopened; its terms count from %s%s", b.From.Full(t.lang), because(b.Reason))
}

func (t told) asked(b complaint.Asked) string {
	until := t.date(", graag uiterlijk %s", ", preferably by %s", b.Until)
	if b.Authority {
		return t.say("vraag aan %s om een machtiging%s%s", "request to %s for an authorisation%s%s", t.who(b.Party), until, because(b.Questions))
	}
	return t.say("vragen aan %s%s: %s", "questions to %s%s: %s", t.who(b.Party), until, b.Questions)
}

func (t told) filed(b complaint.Filed) string {
	files := piece("")
	if n := len(b.Attachments); n > 0 {
		files = piece(t.say(" (met bijlagen: %s)", " (with attachments: %s)", attachmentNames(b.Attachments)))
	}
	about := because(b.Subject)
	switch {
	case b.Sent:
		return t.say("iemand van ons schreef zelf een bericht%s%s", "one of us wrote a message by hand%s%s", about, files)
	case b.Kind == complaint.Automatic:
		return t.say("automatisch bericht van %s in het dossier%s%s", "automatic message of %s filed%s%s", either(b.From.Mail, "?"), about, files)
	}
	return t.say("bericht van %s in het dossier%s%s", "message of %s filed%s%s", either(partyName(complaint.Party{Name: b.From.Name, Mail: b.From.Mail}), "?"), about, files)
}

// attachmentNames names the first few attachments.
func attachmentNames(all []complaint.Attachment) string {
	var names []string
	for _, a := range all {
		if len(names) == 10 {
			names = append(names, fmt.Sprintf("+%d", len(all)-10))
			break
		}
		names = append(names, cleanLine(a.Name, maxName))
	}
	return strings.Join(names, ", ")
}
