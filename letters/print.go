package letters

import (
	"html"
	"strings"

	"klachtd/calendar"
	"klachtd/complaint"
)

// Print brings a handler a letter to be printed, signed and posted: to somebody without a mail address.
type Print struct {
	Case      complaint.Case
	Departure complaint.Departure
	Letter    Letter // as it is to be posted
	Today     calendar.Date
}

// Print writes it. The letter stands in it, and goes along as plain text and as a page for an A4 printer.
func (s *Set) Print(e Envelope, p Print) (Letter, error) {
	sh := s.sheet(e)
	sh.lead(complaint.Words{NL: "Print, teken en post deze brief, uiterlijk %s.", EN: "Print, sign and post this letter, by %s."}, p.Departure.SendBy.Full(sh.lang))
	sh.posted()
	sh.head(complaint.Words{NL: "Wat er is gebeurd", EN: "What happened"})
	sh.para(complaint.Words{NL: "Van deze persoon is geen e-mailadres bekend. De brief gaat daarom met de post. Hij is nog niet verstuurd.",
		EN: "No mail address is known of this person. So the letter goes by post. It has not been sent yet."})
	sh.label(complaint.Words{NL: "Brief", EN: "Letter"}, departureName(p.Departure).In(sh.lang))
	sh.label(complaint.Words{NL: "Aan", EN: "To"}, cleanLine(p.Departure.To.Name, maxName))
	sh.label(complaint.Words{NL: "Adres", EN: "Address"}, p.Departure.To.Post)
	for _, d := range complaint.Duties(p.Case, p.Today) {
		if len(p.Departure.Meets) > 0 && d.Key == p.Departure.Meets[0] {
			sh.add(paragraph, append(words(sh.in(complaint.Words{NL: "Uiterste datum: %s.", EN: "Due: %s."}, d.Due.Full(sh.lang))), sh.computed(d, p.Case)...))
		}
	}
	sh.head(complaint.Words{NL: "De brief, ook als bijlage om te printen", EN: "The letter, also attached for printing"})
	sh.blocks = append(sh.blocks, block{kind: frame, inner: p.Letter.shown()})
	l := sh.letter("print", p.Case.Opening.Number, complaint.Words{NL: "Graag deze brief posten", EN: "Please post this letter"})
	name := strings.ToLower(string(p.Case.Opening.Number) + "-" + strings.ReplaceAll(paperNames[p.Departure.Letter].In(p.Letter.Lang), " ", "-"))
	l.Attachments = []Attachment{
		{Name: name + ".html", Type: "text/html; charset=utf-8", Data: []byte(s.sheetOfPaper(p))},
		{Name: name + ".txt", Type: "text/plain; charset=utf-8", Data: []byte(s.addressed(p))},
	}
	return l, nil
}

// shown are the blocks of a letter, also of one read back from where it was kept.
func (l Letter) shown() []block {
	if l.blocks != nil {
		return l.blocks
	}
	return asParagraphs(l.Text)
}

// body is the letter below the address at its top, which stands elsewhere on paper.
func (l Letter) body() []block {
	all := l.shown()
	if len(all) > 0 && all[0].kind == verse {
		return all[1:]
	}
	return all
}

// paperNames are what a printed letter is called as a file.
var paperNames = func() map[string]complaint.Words {
	names := map[string]complaint.Words{complaint.LetterReceipt: {NL: "ontvangstbericht", EN: "receipt"}}
	for _, k := range complaint.Kinds() {
		if k.Letter() != "" && k != complaint.Receipt {
			names[k.Letter()] = k.Name()
		}
	}
	return names
}()

// addressee is who the letter is for, a line for the name and each part of the address.
func (p Print) addressee() []string {
	var lines []string
	for part := range strings.SplitSeq(p.Departure.To.Name+","+p.Departure.To.Post, ",") {
		if part = maskBSN(cleanLine(part, maxName)); part != "" {
			lines = append(lines, part)
		}
	}
	return lines
}

// from is who it comes from.
func (s *Set) from() []string {
	var lines []string
	o := s.office
	for part := range strings.SplitSeq(o.Name+","+o.Address+","+o.Phone+","+o.email(), ",") {
		if part = cleanLine(part, maxName); part != "" {
			lines = append(lines, part)
		}
	}
	return lines
}

func (s *Set) addressed(p Print) string {
	return strings.Join(s.from(), "\n") + "\n\n\n" + strings.Join(p.addressee(), "\n") + "\n\n\n" + plain(p.Letter.body())
}

// paper is for an A4 sheet: the address stands where the window of a Dutch envelope is, at the left.
const paper = `@page{size:A4;margin:20mm 22mm}
body{margin:0;font:11pt/1.45 Calibri,Carlito,Arial,sans-serif;color:#000;background:#fff}
@media screen{body{max-width:166mm;margin:20mm auto;padding:0 6mm}}
header{font-size:9pt;text-align:right;min-height:28mm}
address{font-style:normal;min-height:38mm}
h1,h2{font-size:11pt;margin:5mm 0 1mm;break-after:avoid}
p,ul,ol,table,blockquote{margin:0 0 3.5mm}
ul,ol{padding-left:6mm}
li{margin:0 0 1mm}
table{border-collapse:collapse}
th{font-weight:normal;text-align:left;vertical-align:top;padding:0 6mm 0 0;white-space:nowrap}
td{vertical-align:top;padding:0}
blockquote{padding-left:4mm;border-left:.5mm solid #888}
.sign{margin-bottom:20mm}
a{color:#000;text-decoration:none}
`

// sheetOfPaper writes the letter as a page that is printed as it is. Nothing in it is fetched from anywhere.
func (s *Set) sheetOfPaper(p Print) string {
	var b strings.Builder
	lines := func(tag string, all []string) {
		b.WriteString("<" + tag + ">")
		for i, l := range all {
			if i > 0 {
				b.WriteString("<br>\n")
			}
			b.WriteString(html.EscapeString(l))
		}
		b.WriteString("</" + tag + ">\n")
	}
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + p.Letter.Lang + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + html.EscapeString(p.Letter.Subject) +
		"</title>\n<style>\n" + paper + "</style>\n</head>\n<body>\n")
	lines("header", s.from())
	lines("address", p.addressee())
	for _, bl := range p.Letter.body() {
		if bl.kind == paragraph && len(bl.lines) == 1 && closes(bl.lines[0].String()) { // room to sign
			bl.each(&b, `<p class="sign">`, "</p>\n")
			continue
		}
		bl.html(&b)
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

// closes says whether a line is the complimentary close of a letter.
func closes(l string) bool {
	l = strings.ToLower(strings.TrimRight(l, " ,"))
	return l == "met vriendelijke groet" || l == "kind regards" || l == "yours sincerely"
}
