package complaint

import (
	"regexp"
	"strconv"
	"strings"
)

// What each tag records. These are the right-hand sides of the table in tags.go.

func doDismiss(r *reader, c command) *Refusal {
	if refusal := beforeFinding(r, c); refusal != nil {
		return refusal
	}
	if r.c.Dismissed != nil {
		r.hint(Words{"Dit stond al vast als: geen klacht.", "This was already on file as: not a complaint."})
		return nil
	}
	if r.c.acknowledged() {
		r.hint(Words{"Let op: de klager heeft al een ontvangstbevestiging. Er gaat nu niets meer vanzelf weg; laat het zelf weten.",
			"Please note: the complainant already has an acknowledgement. Nothing more leaves by itself; please let them know."})
	}
	r.record(c.on, Dismissed{Reason: c.text})
	return nil
}

func doAtOnce(r *reader, c command) *Refusal {
	r.record(c.on, ResolvedAtOnce{How: c.text})
	return nil
}

func doReceived(r *reader, c command) *Refusal {
	lead, ok := leadingDay(c.text, r.today, false)
	if !ok {
		return r.sayDay(c.line)
	}
	day, reason := lead.day, either(c.got["reason"], lead.rest)
	switch {
	case day > r.today:
		return r.checkPast(c.line, day, false)
	case day < r.c.Received.AddDays(-longBefore) && !strings.Contains(c.text, strconv.Itoa(day.Year())):
		return r.refuse(c.line, Words{"Dat zou " + day.Full("nl") + " zijn. Schrijf ook het jaar als dat klopt.", "That would be " + day.Full("en") + ". Please write the year too if that is right."})
	case day == r.c.Received:
		r.hint(Words{"Deze datum van ontvangst stond er al.", "This date of receipt was already on file."})
		return nil
	case day > r.c.Received && reason == "":
		return r.refuse(c.line, Words{
			"De klacht is dan later ontvangen dan " + r.c.Received.Long("nl") + ". Dat kan alleen met een reden.",
			"The complaint would then be received later than " + r.c.Received.Long("en") + ". That needs a reason.",
		}, strings.TrimSpace(c.line)+Words{" <reden>", " <reason>"}.In(r.lang))
	}
	r.record(r.today, ReceiptMoved{To: day, Reason: reason})
	return nil
}

func doDecline(r *reader, c command) *Refusal {
	ground, text, ok := groundIn(c.text)
	if ok {
		r.record(c.on, Declined{Ground: ground, Text: text})
		return nil
	}
	why := Words{"Welke reden is het? Kies een nummer:\n" + groundList("nl", ""), "Which reason is it? Choose a number:\n" + groundList("en", "")}
	var try []string
	for i := range Grounds {
		try = append(try, Words{"#nietbehandelen ", "#decline "}.In(r.lang)+strconv.Itoa(i+1)+": "+oneLine(c.text))
	}
	return r.refuse(c.line, why, try...)
}

var noAnswerRE = regexp.MustCompile(`(?i)^(?:geen gehoor|geen antwoord|niet bereikt|niet opgenomen|(?:neemt|nam) niet op|voice-?mail|no answer|not reached|did not answer)\b[\s,.;:–-]*`)

func doCalled(r *reader, c command) *Refusal {
	party, refusal := r.complainant(c)
	if refusal != nil {
		return refusal
	}
	b := Called{With: c.got["with"], Notes: c.text, Party: party}
	if m := noAnswerRE.FindString(c.text); m != "" {
		b.NoAnswer, b.Notes = true, c.text[len(m):]
	}
	if m := calledWithRE.FindStringSubmatch(b.Notes); m != nil && b.With == "" {
		b.With, b.Notes = strings.TrimRight(m[1]+m[3], "."), strings.TrimSpace(m[2])
	}
	told, refusal := r.yesNo(c, "told")
	if refusal != nil {
		return refusal
	}
	if told {
		if refusal := r.ownMatter(c.line); refusal != nil {
			return refusal
		}
	}
	if b.Told = told; told && b.NoAnswer {
		return r.refuse(c.line, Words{"Er was geen gehoor, en toch is het verteld? Schrijf een van beide.", "There was no answer, and yet it was told? Please write one of the two."})
	}
	r.record(c.on, b)
	return nil
}

// calledWithRE: "met mevr. Bakker, was rustig", or a name alone.
var calledWithRE = regexp.MustCompile(`(?s)^(?:met|with|Met|With) (?:([^,;\n]{2,60})[,;\n](.*)|` +
	`((?:mevr\.?|mevrouw|mw\.?|dhr\.?|meneer|de heer)? ?\p{Lu}[\pL.'’-]*(?: [\pL.'’-]+){0,3}))$`)

// yesNo reads a field of which yes or no is expected; no when it is absent.
func (r *reader) yesNo(c command, key string) (bool, *Refusal) {
	switch plain(c.got[key]) {
	case "ja", "j", "yes", "y":
		return true, nil
	case "nee", "n", "no", "":
		return false, nil
	}
	return false, r.refuse(c.got[key], Words{"Schrijf hier ja of nee.", "Please write yes or no here."})
}

func doReport(r *reader, c command) *Refusal {
	b := ReportWritten{Complainant: c.got["complainant"], Concerned: c.got["concerned"]}
	if b == (ReportWritten{}) || c.text != "" {
		return r.refuse(c.line, Words{"Voor wie is deze tekst? De klager en de betrokkene krijgen elk een eigen verslag.",
			"For whom is this text? The complainant and the person concerned each get a report of their own."},
			Words{"#verslag klager: <tekst>", "#report complainant: <text>"}.In(r.lang),
			Words{"#verslag betrokkene: <tekst>", "#report concerned: <text>"}.In(r.lang))
	}
	r.record(r.today, b)
	return nil
}

func doNote(r *reader, c command) *Refusal {
	r.record(r.today, Noted{Text: c.text})
	return nil
}

func shown(s Show) func(*reader, command) *Refusal {
	return func(r *reader, _ command) *Refusal {
		r.out.Show = s
		return nil
	}
}

func doHelp(r *reader, c command) *Refusal {
	r.out.Show = ShowHelp
	switch plain(c.text) {
	case "alles", "alle", "all":
		r.out.Show = ShowHelpAll
	}
	return nil
}
