package complaint

import (
	"regexp"
	"strconv"
	"strings"

	"klachtd/calendar"
)

// What each tag records. These are the right-hand sides of the table in tags.go.

func doComplaint(r *reader, c command) *Refusal {
	d, refusal := r.description(c)
	if refusal != nil {
		return refusal
	}
	news := len(r.out.Facts)
	if r.c.Registered == nil || r.c.Declined != nil || r.c.AtOnce != nil {
		r.record(r.today, Registered{})
	}
	if d != (Described{}) {
		r.record(r.today, d)
	}
	if who := c.got["who"]; who != "" {
		person, refusal := r.readPerson(c.line, who)
		if refusal != nil {
			return refusal
		}
		r.record(r.today, PersonNamed{Person: person})
	}
	if s := c.got["complainant"]; s != "" {
		if refusal := r.reach(c.line, s); refusal != nil {
			return refusal
		}
	}
	if s := c.got["commissioner"]; s != "" {
		r.record(r.today, Noted{Text: Words{"opdrachtgever: ", "commissioner: "}.In(r.lang) + s})
	}
	if len(r.out.Facts) == news {
		r.hint(alreadyRegistered)
	}
	return nil
}

var alreadyRegistered = Words{"Dit was al geregistreerd als klacht.", "This was already registered as a complaint."}

// description reads the short description (article 2). Words without a name say what it is about.
func (r *reader) description(c command) (Described, *Refusal) {
	d := Described{
		About: c.got["about"], EventDate: r.eventDate(c.got["date"]), Place: c.got["place"],
		Particulars: c.got["particulars"], Handling: c.got["steps"],
	}
	if d.About == "" {
		d.About = c.text
	} else if c.text != "" {
		d.Particulars = strings.TrimSpace(d.Particulars + "\n" + c.text)
	}
	if s := c.got["expected"]; s != "" {
		day, refusal := r.dueDay(c.line, s)
		if refusal != nil {
			return Described{}, refusal
		}
		d.Expected = day
	}
	return d, nil
}

// eventDate keeps a date as it was said, unless a letter read days later would mean another day by it.
func (r *reader) eventDate(s string) string {
	if strings.ContainsAny(s, "0123456789") {
		return s
	}
	if day, ok := ParseDay(s, r.today, false); ok {
		return day.Long(r.c.Opening.Lang)
	}
	return s
}

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
	b := Called{With: c.got["with"], Notes: c.text}
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

func judged(f Finding) func(*reader, command) *Refusal {
	return func(r *reader, c command) *Refusal {
		w := Weighed{Cause: c.got["cause"], Accountable: c.got["accountable"]}
		if s := c.got["severity"]; s != "" {
			refusal := r.severity(s, &w)
			if refusal != nil {
				return refusal
			}
		}
		r.judge(c.on, Judged{Finding: f, Reason: c.text})
		if w != (Weighed{}) {
			r.record(c.on, w)
		}
		return nil
	}
}

func weighed(key string) func(*reader, command) *Refusal {
	return func(r *reader, c command) *Refusal {
		var w Weighed
		switch key {
		case "severity":
			if refusal := r.severity(c.text, &w); refusal != nil {
				return refusal
			}
		case "cause":
			w.Cause = c.text
		case "accountable":
			w.Accountable = c.text
		}
		r.record(r.today, w)
		return nil
	}
}

// severity reads 1, 2 or 3, or the word for it.
func (r *reader) severity(s string, w *Weighed) *Refusal {
	switch plain(s) {
	case "1", "licht", "light", "minor":
		w.Severity = "1"
	case "2", "matig", "moderate":
		w.Severity = "2"
	case "3", "ernstig", "serious", "severe":
		w.Severity = "3"
	default:
		return r.refuse(s, Words{"Ernst is 1 (licht), 2 (matig) of 3 (ernstig).", "Severity is 1 (light), 2 (moderate) or 3 (serious)."})
	}
	return nil
}

// judge records a finding, and says so when the complainant already holds another.
func (r *reader) judge(on calendar.Date, b Judged) {
	if r.c.Finding != "" && r.c.Finding != b.Finding && (r.c.wentOut(LetterConfirmation) || r.c.wentOut(LetterReportComplainant)) {
		r.hint(Words{"Let op: de klager kreeg al een brief met een ander oordeel.", "Please note: the complainant already has a letter with another finding."})
	}
	r.record(on, b)
}

func doOffer(r *reader, c command) *Refusal {
	if reason, none := cutNone(c.text); none {
		return r.refuse(c.line, Words{"Is er geen aanbod? Zeg dan waarom niet.", "Is there no offer? Then say why not."},
			Words{"#geenaanbod ", "#nooffer "}.In(r.lang)+either(oneLine(reason), Words{"<reden>", "<reason>"}.In(r.lang)))
	}
	r.reopens()
	r.record(c.on, Offered{Text: c.text})
	return nil
}

func doNoOffer(r *reader, c command) *Refusal {
	r.record(c.on, NoOffer{Reason: c.text})
	return nil
}

func doResolved(r *reader, c command) *Refusal {
	r.record(c.on, Resolved{How: either(c.got["how"], c.text)})
	return nil
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

func doMeasure(r *reader, c command) *Refusal {
	if reason, none := cutNone(c.text); none {
		return r.refuse(c.line, Words{"Is er geen maatregel? Zeg dan waarom niet.", "Is there no measure? Then say why not."},
			Words{"#geenmaatregel ", "#nomeasure "}.In(r.lang)+either(oneLine(reason), Words{"<reden>", "<reason>"}.In(r.lang)))
	}
	b := MeasureTaken{Text: c.text, Owner: c.got["who"]}
	if s := c.got["by"]; s != "" {
		day, refusal := r.dueDay(c.line, s)
		if refusal != nil {
			return refusal
		}
		b.By = day
	}
	r.record(c.on, b)
	return nil
}

func doNoMeasure(r *reader, c command) *Refusal {
	r.record(c.on, NoMeasure{Reason: c.text})
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
