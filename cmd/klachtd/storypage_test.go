package main

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"klachtd/calendar"
	"klachtd/complaint"
)

// storyPage is made of the stories, for people to read, print and sign.
var storyPage = filepath.Join("..", "..", "docs", "verhalen.html")

// TestStoryPage says that the page is that of the stories as they are played, and that together they show the whole
// regulation. "go test ./cmd/klachtd -run Story -update" writes it anew.
func TestStoryPage(t *testing.T) {
	p := pageOf(t, stories(t))
	for _, a := range p.Articles {
		if len(a.Stories) == 0 {
			t.Errorf("no story shows article %d", a.Number)
		}
	}
	var got bytes.Buffer
	if err := template.Must(template.ParseFiles("testdata/verhalen.tmpl")).Execute(&got, p); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(storyPage, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(storyPage)
	if err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("docs/verhalen.html is not that of the stories; write it anew: go test ./cmd/klachtd -run Story -update (%v)", err)
	}
}

type page struct {
	Stories  []pageStory
	Articles []pageArticle
}

type pageStory struct {
	Number, Title, Intro string
	Events               []pageEvent
	Articles             []int
}

// Shows says which articles a story shows: "Artikelen 2, 3 en 6".
func (s pageStory) Shows() string {
	var numbers []string
	for _, a := range s.Articles {
		numbers = append(numbers, fmt.Sprint(a))
	}
	last := len(numbers) - 1
	switch len(numbers) {
	case 0:
		return ""
	case 1:
		return "Artikel " + numbers[0]
	}
	return "Artikelen " + strings.Join(numbers[:last], ", ") + " en " + numbers[last]
}

// pageArticle is an article with the stories that show it.
type pageArticle struct {
	Number  int
	About   string
	Stories []pageStory
}

// pageEvent is an event in readable Dutch. Day and Time stand beside the first of several at that moment.
type pageEvent struct {
	Day, Time string
	Kind      string // letter, mail, case, remark
	Head      template.HTML
	Remark    string
	Quote     []string // paragraphs
	Holds     []string
	Without   []string
	Files     []string
	Headers   []string
	Filed     []string
	Duties    []pageDuty
	NoOther   bool
}

type pageDuty struct {
	Name, Article, Due, SendBy, State, On, Because string
}

// articles of the regulation, as the page names them.
var articles = []string{
	"wij vragen zo nodig om meer informatie", "ontvangstbevestiging, en behandelen of niet", "wederhoor, en bericht over de voortgang",
	"oordeel", "aanbod en schriftelijke bevestiging", "verslag aan de klager en aan de betrokkene", "maatregelen tegen herhaling",
	"afspraken nakomen", "de weg naar de opdrachtgever",
}

func pageOf(t *testing.T, all []story) page {
	t.Helper()
	var p page
	for i, about := range articles {
		p.Articles = append(p.Articles, pageArticle{Number: i + 1, About: about})
	}
	for _, s := range all {
		told := pageStory{Number: s.number, Title: s.title, Intro: s.intro, Articles: s.articles()}
		n := namesIn(s)
		var day, at string
		for _, e := range s.events {
			said, err := n.event(e)
			if err != nil {
				t.Fatalf("%s:%d: %v", s.file, e.line, err)
			}
			if said.Day == day && said.Time == at || said.Kind == "remark" {
				said.Day, said.Time = "", ""
			} else if d := said.Day; d == day {
				at, said.Day = said.Time, ""
			} else {
				day, at = d, said.Time
			}
			told.Events = append(told.Events, said)
		}
		p.Stories = append(p.Stories, told)
		for _, a := range told.Articles {
			p.Articles[a-1].Stories = append(p.Articles[a-1].Stories, told)
		}
	}
	return p
}

// names are those of the people in a story, by mail address.
type names map[string]string

func namesIn(s story) names {
	n := names{demoHandler: "Noor Tielman", demoSubstitute: "Ruud Bos", demoOffice: "het kantoor"}
	for _, e := range s.events {
		name := e.name()
		if name == "" && e.verb == "mailt" {
			name = "Iemand zonder naam"
		}
		if name != "" && n[e.address()] == "" {
			n[e.address()] = name
		}
	}
	return n
}

func (n names) event(e event) (pageEvent, error) {
	p := pageEvent{Day: calendar.On(e.at, e.at.Location()).Short("nl") + "-" + e.at.Format("2006"), Time: e.at.Format("15.04"), Kind: "mail"}
	switch e.verb {
	case "":
		p.Kind, p.Remark = "remark", e.text
		return p, nil
	case "staat op", "bestaat niet":
		p.Kind = "case"
		return p.withCase(e)
	}
	who, err := n.of(e.address())
	if err != nil {
		return p, err
	}
	p.Head, err = n.head(e, who)
	if e.verb == "krijgt" && people[e.who] == "" {
		p.Kind = "letter"
	}
	p.quote(e.text)
	for _, c := range e.checks {
		switch c.mark {
		case "bevat":
			p.Holds = append(p.Holds, c.value)
		case "zonder":
			p.Without = append(p.Without, c.value)
		case "bijlage":
			p.Files = append(p.Files, c.value)
		case "kop":
			p.Headers = append(p.Headers, c.value)
		}
	}
	return p, err
}

// of names somebody.
func (n names) of(address string) (template.HTML, error) {
	name := n[address]
	if name == "" {
		return "", fmt.Errorf("nobody says who %s is", address)
	}
	who := template.HTML("<b>" + template.HTMLEscapeString(name) + "</b>")
	if address != demoHandler && address != demoSubstitute && address != demoOffice {
		who += template.HTML(" (" + template.HTMLEscapeString(address) + ")")
	}
	return who, nil
}

var caseNumber = regexp.MustCompile(`\[K[0-9-]+\]`)

// head is the sentence of an event.
func (n names) head(e event, who template.HTML) (template.HTML, error) {
	what := template.HTML("<i>" + caseNumber.ReplaceAllString(template.HTMLEscapeString(e.what), `<span class="number">$0</span>`) + "</i>")
	mail := template.HTML("mail")
	if _, office := people[e.who]; !office {
		mail = "brief"
	}
	switch e.verb {
	case "mailt":
		return who + " mailt het kantoor: " + what, nil
	case "antwoordt":
		if caseNumber.FindString(e.what) == e.what {
			return who + " antwoordt op de laatste " + mail + " over " + what + ":", nil
		}
		return who + " antwoordt op de " + mail + " " + what + ":", nil
	case "schrijft":
		to, err := n.of(e.to)
		return "Het kantoor schrijft zelf, vanuit de postbus, aan " + to + ": " + what, err
	case "krijgt":
		return who + " krijgt de " + mail + " " + what, nil
	case "krijgt niets":
		return who + " heeft verder niets gekregen.", nil
	case "weigert post":
		return "De mailserver van " + who + " weigert vanaf nu alle post.", nil
	case "neemt post aan":
		return "De mailserver van " + who + " neemt weer post aan.", nil
	case "hangt op":
		return "De mailserver van " + who + " verbreekt straks de verbinding: hij neemt de volgende brief aan, maar het antwoord komt niet meer door.", nil
	case "stuurt terug":
		return "De mailserver van " + who + " stuurt de brief " + what + " terug: het adres bestaat niet.", nil
	}
	return "", fmt.Errorf("the page has no words for %q", e.verb)
}

// quote splits what somebody wrote into paragraphs. A line that was broken for its length is made whole; lines of a form and
// commands stay lines.
func (p *pageEvent) quote(text string) {
	for _, para := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if para == "" {
			continue
		}
		lines := strings.Split(para, "\n")
		whole := lines[0]
		for i, line := range lines[1:] {
			glue := "\n"
			if len(lines[i]) > 60 && !ownLine.MatchString(line) {
				glue = " "
			}
			whole += glue + line
		}
		p.Quote = append(p.Quote, whole)
	}
}

var ownLine = regexp.MustCompile(`^(#|[\pL -]+: )`)

// withCase adds how a case stands.
func (p pageEvent) withCase(e event) (pageEvent, error) {
	number := template.HTML(template.HTMLEscapeString(e.who))
	if e.verb == "bestaat niet" {
		p.Head = "Er is geen zaak " + number + "."
		return p, nil
	}
	p.Head = "Zaak " + number + " staat op: <b>" + template.HTML(template.HTMLEscapeString(e.what)) + "</b>"
	for _, c := range e.checks {
		switch {
		case c.mark == nothingElse:
			p.NoOther = true
		case c.mark == "bewaard":
			p.Filed = append(p.Filed, c.value)
		case c.mark == "gerekend" && len(p.Duties) > 0:
			p.Duties[len(p.Duties)-1].Because = c.value
		case c.duty != nil:
			p.Duties = append(p.Duties, dutyOnPage(*c.duty))
		}
	}
	return p, nil
}

func dutyOnPage(l dutyLine) pageDuty {
	d := pageDuty{Name: l.heading(), Article: "–", State: l.state}
	if a := l.article(); a > 0 {
		d.Article = fmt.Sprint(a)
	}
	if l.reason != "" {
		d.State += ": " + l.reason
	}
	if !l.on.IsZero() {
		d.On = sayDay(l.on)
	}
	if !l.due.IsZero() {
		d.Due = sayDay(l.due)
	}
	if !l.sendBy.IsZero() {
		d.SendBy = sayDay(l.sendBy)
	}
	return d
}

// article is that of the duty, 0 for a rule of our own.
func (l dutyLine) article() int {
	for _, k := range complaint.Kinds() {
		if k.Name().NL == l.name && !l.intern {
			return k.Article()
		}
	}
	return 0
}

// Some of what an article asks has no duty of its own: a story shows it when the handler does it.
var shownByWords = map[int]*regexp.Regexp{
	1: regexp.MustCompile(`(?m)^#(gebeld|vraag|machtiging)\b`),
	3: regexp.MustCompile(`(?m)^(Reactie betrokkene: |#(reactie|geenreactie)\b)`),
	4: regexp.MustCompile(`(?m)^(Oordeel: |#(gegrond|deels|ongegrond|geenoordeel)\b)`),
	7: regexp.MustCompile(`(?m)^(Maatregel: |#(maatregel|geenmaatregel)\b)`),
}

// articles are those a story shows: by the duties it follows, by what the handler does, and by the way to the commissioner
// in a letter.
func (s story) articles() []int {
	var all []int
	for _, e := range s.events {
		for _, c := range e.checks {
			switch {
			case c.duty != nil && c.duty.article() > 0:
				all = append(all, c.duty.article())
			case c.mark == "bevat" && strings.Contains(c.value, "gemeente Waalstad"):
				all = append(all, 9)
			}
		}
		for article, words := range shownByWords {
			if people[e.who] != "" && words.MatchString(e.text) {
				all = append(all, article)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
