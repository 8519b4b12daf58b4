package complaint

import (
	"slices"
	"strconv"
	"strings"

	"klachtd/calendar"
)

// A complaint that did not come by mail, and lines that name the case they are about.

var entering = []field{
	{key: "channel", words: "kanaal,channel"},
	{key: "received", words: "ontvangen,ontvangen op,received,received on"},
	{key: "name", words: "naam,klager,name,complainant"},
	{key: "mail", words: "mail,email,mailadres,emailadres"},
	{key: "post", words: "adres,postadres,address", long: true},
	{key: "phone", words: "tel,telefoon,telefoonnummer,phone"},
	{key: "about", words: "over,onderwerp,about", long: true},
	{key: "date", words: "datum,date"},
	{key: "place", words: "plaats,place"},
	{key: "particulars", words: "bijz,bijzonderheden,details,particulars", long: true},
	{key: "commissioner", words: "opdrachtgever,commissioner"},
	{key: "text", words: "tekst,text", last: true},
}

// channels are the ways, beside mail, in which a complaint comes in (Opened.Channel).
var channels = []struct{ name, words string }{
	{"letter", "brief,post,per brief,papier,letter,paper,by letter"},
	{"phone", "telefoon,telefonisch,tel,gebeld,phone,by phone,call"},
	{"visit", "balie,bezoek,gesprek,mondeling,persoonlijk,visit,in person,spoken"},
	{"form", "formulier,klachtenformulier,form"},
}

// needed are the fields without which no complaint can be entered.
var needed = []struct {
	key         string
	name, blank Words
}{
	{"channel", Words{"kanaal", "channel"}, Words{"<brief, telefoon, balie of formulier>", "<letter, phone, visit or form>"}},
	{"received", Words{"ontvangen", "received"}, Words{"<datum>", "<date>"}},
	{"name", Words{"naam", "name"}, Words{"<naam, of anoniem>", "<name, or anonymous>"}},
	{"about", Words{"over", "about"}, Words{"<korte omschrijving>", "<short description>"}},
}

// doNew enters a complaint that came on paper, by phone or in person, and turns to its case.
func doNew(r *reader, c command) *Refusal {
	got, rest := c.got, c.text
	if refusal := r.lacks(c, got); refusal != nil {
		return refusal
	}
	o, refusal := r.entered(c, got, either(got["text"], rest))
	if refusal != nil {
		return refusal
	}
	if r.opensTwice(o) {
		return r.refuse(c.line, Words{"Deze klacht staat er twee keer.", "This complaint is given twice."})
	}
	r.open(Opening{Opened: o})
	r.record(r.today, Registered{})
	d := Described{About: got["about"], EventDate: r.eventDate(got["date"]), Place: got["place"], Particulars: got["particulars"], Commissioner: got["commissioner"]}
	r.record(r.today, d)
	if rest != "" && o.Words != rest {
		r.record(r.today, Noted{Text: rest})
	}
	return nil
}

// lacks refuses a complaint of which something needed is not said, with the lines to complete.
func (r *reader) lacks(c command, got map[string]string) *Refusal {
	var nl, en, try []string
	for _, n := range needed {
		value := got[n.key]
		if plain(value) == "" {
			nl, en, value = append(nl, n.name.NL), append(en, n.name.EN), n.blank.In(r.lang)
		}
		try = append(try, n.name.In(r.lang)+": "+oneLine(value))
	}
	if len(nl) == 0 {
		return nil
	}
	try[0] = c.in(r.lang) + " " + try[0]
	return r.refuse(c.line, Words{"Hier ontbreekt nog: " + strings.Join(nl, ", ") + ".", "This still lacks: " + strings.Join(en, ", ") + "."}, try...)
}

// entered is the opening of a complaint that was entered.
func (r *reader) entered(c command, got map[string]string, words string) (Opened, *Refusal) {
	i := slices.IndexFunc(channels, func(ch struct{ name, words string }) bool {
		return isOneOf(plain(got["channel"]), strings.Split(ch.words, ","))
	})
	if i < 0 {
		return Opened{}, r.refuse(c.line, Words{"Hoe kwam de klacht binnen? Schrijf: brief, telefoon, balie of formulier.", "How did the complaint come in? Please write: letter, phone, visit or form."})
	}
	day, refusal := r.receivedDay(c.line, got["received"])
	if refusal != nil {
		return Opened{}, refusal
	}
	who := Party{ID: 1, Role: RoleComplainant, Name: oneLine(got["name"]), Phone: oneLine(got["phone"]), Post: oneLine(strings.ReplaceAll(got["post"], "\n", ", "))}
	if isOneOf(plain(who.Name), strings.Split("anoniem,onbekend,anonymous,unknown,geen,none", ",")) {
		who.Name, who.Anonymous = "", true
	}
	if s := got["mail"]; s != "" && !isOneOf(plain(s), strings.Split("geen,onbekend,none,unknown,nvt", ",")) {
		m := addressRE.FindStringSubmatch(s)
		if m == nil || !mailboxRE.MatchString(m[1]) {
			return Opened{}, r.refuse(c.line, Words{"Dit is geen e-mailadres: " + oneLine(s), "This is not a mail address: " + oneLine(s)})
		}
		who.Mail = m[1]
	}
	about := oneLine(got["about"])
	return Opened{
		Number: newCase, Received: day, ReceivedAt: day.At(12, 0, r.setting.Zone), Origin: OriginEntered, Channel: channels[i].name,
		Subject: about, Words: either(words, about), Complainant: who, Handler: BareMail(r.in.From.Mail),
		Lang: r.writtenIn(either(words, about)), Verdict: Verdict{Class: Certain}, Terms: r.setting.Terms,
	}, nil
}

// writtenIn is the language of letters about a text: English where it is English beyond doubt.
func (r *reader) writtenIn(text string) string {
	switch lang := Triage(Incoming{Text: text}, nil).Lang; lang {
	case "nl", "en":
		return lang
	}
	return either(r.setting.Lang, "nl")
}

// receivedDay reads the day on which a complaint came in.
func (r *reader) receivedDay(line, s string) (calendar.Date, *Refusal) {
	day, ok := ParseDay(s, r.today, false)
	switch {
	case !ok:
		return 0, r.sayDay(line)
	case day > r.today:
		return 0, r.refuse(line, Words{day.Full("nl") + " ligt in de toekomst.", day.Full("en") + " lies in the future."})
	case day < r.today.AddDays(-longBefore) && !strings.Contains(s, strconv.Itoa(day.Year())):
		return 0, r.refuse(line, Words{"Dat zou " + day.Full("nl") + " zijn. Schrijf ook het jaar als dat klopt.", "That would be " + day.Full("en") + ". Please write the year too if that is right."})
	}
	return day, nil
}

// doCase turns to the case that a line names, in answer to a mail about no single case.
func doCase(r *reader, c command) *Refusal {
	id, rest, ok := cutCase(c.text)
	if !ok {
		return r.refuse(c.line, Words{"Noem één zaak, met het nummer dat in het onderwerp staat.", "Name one case, by the number in the subject."}, Words{"#zaak <zaaknummer>", "#case <case number>"}.In(r.lang))
	}
	if home := r.homeCase(); home != "" && home != id {
		return r.refuse(c.line, Words{"Dit is een antwoord in zaak " + string(home) + ", en hier staat " + string(id) + ". Welke bedoelde u? Antwoord op een mail over die zaak.",
			"This is an answer in case " + string(home) + ", and here it says " + string(id) + ". Which did you mean? Please answer a mail about that case."})
	}
	if r.c.Opening.Number != id && !r.turnTo(func(v visit) bool { return v.c.Opening.Number == id && v.opens == nil }) {
		other, refusal := r.existing(c, id)
		if refusal != nil {
			return refusal
		}
		if !r.setting.Handles(other, r.in.From.Mail) {
			return r.refuse(c.line, Words{"Zaak " + string(id) + " behandelt iemand anders. Antwoord op een mail over die zaak, of vraag wie haar behandelt.",
				"Somebody else handles case " + string(id) + ". Please answer a mail about that case, or ask who handles it."})
		}
		r.turn(visit{c: other, file: other.Facts})
	}
	if plain(rest) == "" {
		return nil
	}
	r.record(r.today, Noted{Text: strings.TrimSpace(caseRE.ReplaceAllString(c.text, ""))})
	return nil
}

// homeCase is the case that the mail answers, "" when it answers a mail about several.
func (r *reader) homeCase() CaseID {
	if !r.visiting {
		return r.c.Opening.Number
	}
	for _, v := range r.away {
		if v.home {
			return v.c.Opening.Number
		}
	}
	return ""
}
