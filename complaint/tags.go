package complaint

import (
	"slices"
	"strings"
)

// tag is a word of the handler's language: everything that is known of it stands in one row of tags.
type tag struct {
	name    string // in Dutch; what is taught
	english string
	others  string // more words, separated by commas
	with    string // the tag it is explained with in the help
	taught  bool   // it is in the short help
	takes   Words  // what to type after it
	help    Words
	example Words // a line that works
	needs   bool  // it means nothing without a text
	fields  []field
	day     dayRule
	early   bool // its day may lie before the receipt
	raw     bool // its value is taken as it is
	bare    bool // it has no value: what stands behind it would be lost
	still   ends // the ends of a case at which it may still be said

	caseless bool // it needs no case
	check    func(*reader, command) *Refusal
	do       func(*reader, command) *Refusal
}

// words are all words for the tag, as plain writes them.
func (t *tag) words() []string {
	all := []string{t.name, t.english}
	if t.others != "" {
		all = append(all, strings.Split(t.others, ",")...)
	}
	return all
}

// allFields are the fields of a tag, with those for its day.
func (t *tag) allFields() []field {
	if t.day == noDay {
		return t.fields
	}
	return append(slices.Clip(t.fields), dayField, onField)
}

// findTag is the tag of a plain word, nil when there is none.
func findTag(word string) *tag {
	for i := range tags {
		if slices.Contains(tags[i].words(), word) {
			return &tags[i]
		}
	}
	return nil
}

// in gives the tag as one types it.
func (t *tag) in(lang string) string { return "#" + Words{t.name, t.english}.In(lang) }

// dayRule says how a tag's value may begin with the day on which it happened.
type dayRule int

const (
	noDay     dayRule = iota // it has no day of its own
	dayNamed                 // only as a field: "datum: 19-11"
	dayPause                 // also in front, with a pause behind it: "19-11: zij zegt dat ..."
	dayFirst                 // and when the sentence goes on: "gisteren excuses aangeboden"
	dayAlways                // and a weekday: "maandag met mevrouw Bakker"
)

// ends are the ways in which a case can have come to its end.
type ends uint

const (
	endDismissed ends = 1 << iota // not a complaint, or resolved at first contact
	endDeclined                   // not taken up; the letter that says so has not left yet
	endTold                       // not taken up, and told
	endClosed                     // all is done
	noEnd        ends = 0
	anyEnd            = endDismissed | endDeclined | endTold | endClosed
)

// Fields that several tags have.
var (
	dayField         = field{key: "day", words: "datum,gebeld,gebeld op,datum gesprek,date,called,called on,date of call"}
	onField          = field{key: "day", words: "op,on", days: true}
	whoField         = field{key: "who", words: "wie,who"}
	severityField    = field{key: "severity", words: "ernst,severity"}
	causeField       = field{key: "cause", words: "oorzaak,cause"}
	accountableField = field{key: "accountable", words: "verantwoordelijk,verantwoordelijke,wie,accountable,who"}
	weighing         = []field{severityField, causeField, accountableField}
	describing       = []field{
		{key: "about", words: "over,about", long: true},
		{key: "date", words: "datum,date"},
		{key: "place", words: "plaats,place"},
		{key: "particulars", words: "bijz,bijzonderheden,details,particulars", long: true},
		{key: "steps", words: "stappen,aanpak,steps", long: true},
		{key: "expected", words: "verwacht,expected"},
		{key: "who", words: "wie,betrokkene,who"},
		{key: "commissioner", words: "opdrachtgever,commissioner"},
		{key: "complainant", words: "klager,complainant"},
	}
	sharing = []field{whoField, {key: "share", words: "delen,share"}}
)

// tags is the handler's language.
var tags = [...]tag{
	{
		name: "klacht", english: "complaint", taught: true, fields: describing, still: endDismissed | endDeclined,
		takes:   Words{"over: <korte omschrijving> datum: <wanneer> plaats: <waar>", "about: <short description> date: <when> place: <where>"},
		help:    Words{"dit is een klacht; de ontvangstbevestiging vertrekt", "this is a complaint; the acknowledgement leaves"},
		example: Words{"#klacht over: afspraak vergeten datum: 22 oktober plaats: Tiel", "#complaint about: forgotten appointment date: 22 October place: Tiel"},
		do:      doComplaint,
	},
	{
		name: "ontvangst", english: "ack", others: "ontvangstbevestiging,acknowledgement", fields: describing, still: endDismissed | endDeclined,
		takes:   Words{"over: <korte omschrijving> verwacht: <datum>", "about: <short description> expected: <date>"},
		help:    Words{"als #klacht: wat er in de ontvangstbevestiging komt", "as #complaint: what the acknowledgement says"},
		example: Words{"#ontvangst over: niet teruggebeld bijz: drie keer gevraagd", "#ack about: not called back details: asked three times"},
		do:      doComplaint,
	},
	{
		name: "geenklacht", english: "notcomplaint", others: "notacomplaint", day: dayNamed, still: endDismissed,
		takes:   Words{"<reden, als u wilt>", "<reason, optional>"},
		help:    Words{"dit is geen klacht; er gaat niets weg", "this is not a complaint; nothing is sent"},
		example: Words{"#geenklacht vraag over een factuur", "#notcomplaint a question about an invoice"},
		do:      doDismiss,
	},
	{
		name: "direct", english: "resolvednow", others: "directopgelost", needs: true, day: dayPause, early: true,
		takes:   Words{"<hoe het is opgelost>", "<how it was resolved>"},
		help:    Words{"meteen opgelost, met instemming van de klager; er gaan geen brieven weg", "resolved at first contact, and the complainant agrees; no letters are sent"},
		example: Words{"#direct factuur gecrediteerd, klager is het ermee eens", "#resolvednow invoice credited, the complainant agrees"},
		check:   beforeAcknowledgement, do: doAtOnce,
	},
	{
		name: "ontvangen", english: "received", needs: true,
		takes:   Words{"<datum> <reden, als het later is>", "<date> <reason, when later>"},
		help:    Words{"verbetert de datum van ontvangst", "corrects the date of receipt"},
		example: Words{"#ontvangen 1-11", "#received 1-11"},
		fields:  []field{{key: "reason", words: "reden,reason", long: true}},
		do:      doReceived,
	},
	{
		name: "nietbehandelen", english: "decline", others: "nietinbehandeling,notaccepted", taught: true, needs: true, day: dayNamed, still: endDeclined,
		takes:   Words{"<nummer 1-9>: <toelichting, als u wilt>", "<number 1-9>: <explanation, optional>"},
		help:    Words{"niet in behandeling nemen; de brief met de reden vertrekt", "does not take it up; the letter with the reason leaves"},
		example: Words{"#nietbehandelen 3: besluit van de gemeente", "#decline 3: a decision of the municipality"},
		check:   mayDecline, do: doDecline,
	},
	{
		name: "gebeld", english: "called", taught: true, day: dayAlways, early: true, still: anyEnd,
		takes:   Words{"<datum> <wat er is gezegd>", "<date> <what was said>"},
		help:    Words{"legt een gesprek met de klager vast; ook: geen gehoor", "records a call with the complainant; also: no answer"},
		example: Words{"#gebeld gisteren met: mevrouw Bakker verteld: ja", "#called yesterday with: Ms Bakker told: yes"},
		fields:  []field{{key: "with", words: "met,with"}, {key: "told", words: "verteld,told"}},
		do:      doCalled,
	},
	{
		name: "betrokkene", english: "concerned", others: "personconcerned", taught: true, day: dayNamed,
		takes:   Words{"<naam, e-mailadres> over: <welk gedrag>", "<name, mail address> about: <what conduct>"},
		help:    Words{"over wie de klacht gaat", "whom the complaint is about"},
		example: Words{"#betrokkene Sanne Bos, sanne@praktijk.example over: niet komen opdagen", "#concerned Sanne Bos <sanne@praktijk.example> about: not showing up"},
		fields: []field{{key: "over", words: "over,about", long: true}, {key: "name", words: "naam,name"},
			{key: "mail", words: "mail,email,emailadres,mailadres,adres,address"}},
		do: doPerson,
	},
	{
		name: "geenbetrokkene", english: "noconcerned", others: "nobodyconcerned", day: dayNamed,
		takes:   Words{"<reden, als u wilt>", "<reason, optional>"},
		help:    Words{"de klacht gaat over niemand in het bijzonder", "the complaint is about nobody in particular"},
		example: Words{"#geenbetrokkene gaat over het gebouw", "#noconcerned about the building"},
		do:      doNobody,
	},
	{
		name: "reactie", english: "response", taught: true, needs: true, day: dayPause, fields: sharing,
		takes:   Words{"<samenvatting> delen: <ja of nee>", "<summary> share: <yes or no>"},
		help:    Words{"wat de betrokkene zegt, samengevat", "what the person concerned says, summarised"},
		example: Words{"#reactie Zij erkent dat zij de afspraak is vergeten.", "#response She admits that she forgot the appointment."},
		do:      doResponse,
	},
	{
		name: "geenreactie", english: "noresponse", needs: true, day: dayPause, fields: []field{whoField},
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"er is geen reactie van de betrokkene, en waarom", "there is no response of the person concerned, and why"},
		example: Words{"#geenreactie werkt hier niet meer", "#noresponse no longer works here"},
		do:      doNoResponse,
	},
	{
		name: "gegrond", english: "upheld", taught: true, needs: true, day: dayPause, fields: weighing,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"het oordeel, met de reden", "the finding, with the reason"},
		example: Words{"#gegrond De afspraak is vergeten en niet afgezegd. Ernst: 2", "#upheld The appointment was forgotten. Severity: 2"},
		check:   needsHearing, do: judged(Upheld),
	},
	{
		name: "deels", english: "partly", others: "deelsgegrond,gedeeltelijk,gedeeltelijkgegrond,partlyupheld", with: "gegrond", needs: true, day: dayPause, fields: weighing,
		takes:   Words{"<reden>", "<reason>"},
		example: Words{"#deels De afspraak is vergeten, maar wel dezelfde dag afgezegd.", "#partly The appointment was forgotten, but cancelled the same day."},
		check:   needsHearing, do: judged(PartlyUpheld),
	},
	{
		name: "ongegrond", english: "notupheld", others: "nietgegrond,unfounded", with: "gegrond", needs: true, day: dayPause, fields: weighing,
		takes:   Words{"<reden>", "<reason>"},
		example: Words{"#ongegrond De afspraak is op tijd afgezegd.", "#notupheld The appointment was cancelled in time."},
		check:   needsHearing, do: judged(NotUpheld),
	},
	{
		name: "geenoordeel", english: "nofinding", with: "gegrond", needs: true, day: dayPause, fields: weighing,
		takes:   Words{"<reden>", "<reason>"},
		example: Words{"#geenoordeel Het is het ene woord tegen het andere.", "#nofinding It is one word against another."},
		check:   needsHearing, do: judged(NoFinding),
	},
	{
		name: "ernst", english: "severity", needs: true,
		takes:   Words{"<1, 2 of 3>", "<1, 2 or 3>"},
		help:    Words{"hoe ernstig: 1 licht, 2 matig, 3 ernstig", "how severe: 1 light, 2 moderate, 3 serious"},
		example: Words{"#ernst 2", "#severity 2"},
		do:      weighed("severity"),
	},
	{
		name: "oorzaak", english: "cause", needs: true,
		takes:   Words{"<oorzaak>", "<cause>"},
		help:    Words{"wat de oorzaak was", "what the cause was"},
		example: Words{"#oorzaak agenda niet bijgewerkt", "#cause diary not kept up"},
		do:      weighed("cause"),
	},
	{
		name: "verantwoordelijk", english: "accountable", others: "verantwoordelijke", needs: true,
		takes:   Words{"<wie of wat>", "<who or what>"},
		help:    Words{"wie of wat verantwoordelijk was; blijft intern", "who or what was accountable; stays internal"},
		example: Words{"#verantwoordelijk planning", "#accountable planning"},
		do:      weighed("accountable"),
	},
	{
		name: "aanbod", english: "offer", taught: true, needs: true, day: dayFirst, still: endClosed,
		takes:   Words{"<wat u aanbood> gebeld: <datum>", "<what you offered> called: <date>"},
		help:    Words{"wat u de klager aan de telefoon aanbood", "what you offered the complainant by phone"},
		example: Words{"#aanbod een nieuwe afspraak en excuses", "#offer a new appointment and apologies"},
		check:   needsFinding, do: doOffer,
	},
	{
		name: "geenaanbod", english: "nooffer", needs: true, day: dayPause, still: endClosed,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"geen (nieuw) aanbod, en waarom", "no (new) offer, and why"},
		example: Words{"#geenaanbod De klager vraagt niets.", "#nooffer The complainant asks for nothing."},
		check:   needsFinding, do: doNoOffer,
	},
	{
		name: "tevreden", english: "satisfied", taught: true, day: dayFirst, still: endClosed,
		takes:   Words{"<1-5> <wat de klager zei>", "<1-5> <what the complainant said>"},
		help:    Words{"of de klager tevreden is, met een cijfer", "whether the complainant is satisfied, with a score"},
		example: Words{"#tevreden 4 blij met de nieuwe afspraak", "#satisfied 4 glad of the new appointment"},
		check:   needsFinding, do: reacted(true),
	},
	{
		name: "ontevreden", english: "dissatisfied", others: "niettevreden,unsatisfied,notsatisfied", with: "tevreden", day: dayFirst, still: endClosed,
		takes:   Words{"<1-5> <wat de klager zei>", "<1-5> <what the complainant said>"},
		example: Words{"#ontevreden 2 wil een andere coach", "#dissatisfied 2 wants another coach"},
		check:   needsFinding, do: reacted(false),
	},
	{
		name: "opgelost", english: "resolved", day: dayFirst,
		takes:   Words{"<datum> <hoe>", "<date> <how>"},
		help:    Words{"de klacht is afgehandeld zonder reactie van de klager", "the complaint is concluded without a reaction of the complainant"},
		example: Words{"#opgelost geen reactie na twee herinneringen", "#resolved no reaction after two reminders"},
		fields:  []field{{key: "how", words: "hoe,how", long: true}},
		check:   needsOutcome, do: doResolved,
	},
	{
		name: "verslag", english: "report",
		takes:   Words{"klager: <tekst> betrokkene: <tekst>", "complainant: <text> concerned: <text>"},
		help:    Words{"uw eigen woorden voor de verslagen; aan elk van beide een eigen tekst", "your own words for the reports; a text of its own for each"},
		example: Words{"#verslag klager: Wij maken een nieuwe afspraak. betrokkene: De werkwijze is besproken.", "#report complainant: We will make a new appointment. concerned: The way of working was discussed."},
		fields: []field{{key: "complainant", words: "klager,complainant", long: true},
			{key: "concerned", words: "betrokkene,betrokkenen,concerned,person concerned", long: true}},
		do: doReport,
	},
	{
		name: "maatregel", english: "measure", taught: true, needs: true, day: dayNamed, still: endClosed,
		takes:   Words{"<wat er verandert> wie: <wie> voor: <datum>", "<what changes> who: <who> by: <date>"},
		help:    Words{"wat er verandert om herhaling te voorkomen", "what changes to prevent a repetition"},
		example: Words{"#maatregel herinnering de dag ervoor wie: planning voor: 15-1", "#measure reminder the day before who: planning by: 15-1"},
		fields:  measuring, do: doMeasure,
	},
	{
		name: "geenmaatregel", english: "nomeasure", needs: true, day: dayNamed, still: endClosed,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"geen maatregel, en waarom", "no measure, and why"},
		example: Words{"#geenmaatregel dit was eenmalig", "#nomeasure this happened once"},
		do:      doNoMeasure,
	},
	{
		name: "akkoord", english: "approve", others: "stuur", bare: true, still: endDeclined,
		help:    Words{"verstuurt de brieven die in de mail stonden, net als: ja", "sends the letters that the mail showed, just as: yes"},
		example: Words{"#akkoord", "#approve"},
		do:      doApprove,
	},
	{
		name: "wacht", english: "hold", taught: true, still: endDeclined,
		takes:   Words{"<tot wanneer, als u wilt>", "<until when, optional>"},
		help:    Words{"houdt alle brieven van de zaak tegen", "holds all letters of the case"},
		example: Words{"#wacht tot 1-12", "#hold until 1-12"},
		do:      doHold,
	},
	{
		name: "verder", english: "resume", bare: true, still: endDeclined,
		help:    Words{"de brieven mogen weer weg", "the letters may leave again"},
		example: Words{"#verder", "#resume"},
		do:      doResume,
	},
	{
		name: "herstel", english: "undo", taught: true, bare: true, still: anyEnd,
		help:    Words{"draait uw vorige mail terug, zolang er niets is verstuurd", "takes back your last mail, as long as nothing was sent"},
		example: Words{"#herstel", "#undo"},
		do:      doUndo,
	},
	{
		name: "notitie", english: "note", needs: true, raw: true, still: anyEnd,
		takes:   Words{"<tekst>", "<text>"},
		help:    Words{"bewaart een notitie; er gebeurt verder niets", "keeps a note; nothing else happens"},
		example: Words{"#notitie belt liever 's avonds", "#note prefers to be phoned in the evening"},
		do:      doNote,
	},
	{
		name: "status", english: "status", bare: true, still: anyEnd,
		help:    Words{"laat zien hoe de zaak ervoor staat", "shows how the case stands"},
		example: Words{"#status", "#status"},
		do:      shown(ShowStatus),
	},
	{
		name: "help", english: "help", taught: true, caseless: true, still: anyEnd,
		takes:   Words{"alles", "all"},
		help:    Words{"deze lijst; met \"alles\" staan alle opdrachten erin", "this list; with \"all\" it has every command"},
		example: Words{"#help alles", "#help all"},
		do:      doHelp,
	},
}

var measuring = []field{{key: "who", words: "wie,who"}, {key: "by", words: "voor,uiterlijk,by,before"}}

// Help lists the tags: the twelve that are taught, or all of them with an example, and the grounds for #nietbehandelen.
func Help(lang string, all bool) string {
	var b strings.Builder
	for i := range tags {
		t := &tags[i]
		if t.with != "" || !all && !t.taught {
			continue
		}
		names := t.in(lang)
		for j := range tags {
			if tags[j].with == t.name {
				names += ", " + tags[j].in(lang)
			}
		}
		b.WriteString(strings.TrimSpace(names+" "+t.takes.In(lang)) + "\n    " + t.help.In(lang) + "\n")
		if example := t.example.In(lang); all && example != t.in(lang) {
			b.WriteString(Words{"    bijvoorbeeld: ", "    for example: "}.In(lang) + example + "\n")
		}
		if all && t.name == "nietbehandelen" {
			b.WriteString(groundList(lang, "    "))
		}
	}
	return b.String()
}
