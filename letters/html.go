package letters

import (
	"html"
	"strings"
)

// style keeps a letter readable on a phone and in the dark. Nothing in it is fetched from anywhere, and nothing is lost
// where a mail program throws it away.
const style = `:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;-webkit-text-size-adjust:100%}
.letter{overflow-wrap:anywhere}
h1{font-size:21px;line-height:1.3;margin:8px 0 12px}
h2{font-size:17px;line-height:1.35;margin:28px 0 6px}
p,ul,ol,table,blockquote{margin:0 0 14px}
ul,ol{padding-left:24px}
li{margin:0 0 6px}
table{border-collapse:collapse}
th{font-weight:normal;text-align:left;vertical-align:top;padding:1px 16px 1px 0;white-space:nowrap;opacity:.72}
td{vertical-align:top;padding:1px 0}
.choices td{vertical-align:middle;padding:4px 12px 4px 0}
blockquote{padding:2px 0 2px 14px;border-left:3px solid #8a94a6}
blockquote p{margin:0 0 6px}
hr{border:0;border-top:1px solid #8a94a6;margin:24px 0}
a{color:#0b57a4}
a.solid{white-space:nowrap}
a.button{display:inline-block;min-width:3em;padding:9px 16px;border-radius:8px;background:#0b57a4;color:#fff;text-align:center;text-decoration:none;font-weight:600}
section{margin:0 0 18px;padding:16px 18px 2px;border:1px solid #8a94a6;border-radius:8px}
pre{margin:0 0 14px;padding:12px 14px;border:1px solid #8a94a6;border-radius:8px;white-space:pre-wrap;font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
p.small,.faint{font-size:13px;opacity:.72}
@media (min-width:600px){th{min-width:8.5em}}
@media (prefers-color-scheme:dark){a{color:#8ab8f0}a.button{background:#8ab8f0;color:#10151c}}
`

// column stands in the letter itself, for mail programs that drop the style sheet.
const column = "max-width:37em;margin:0 auto;padding:20px 18px 32px;font-size:16px;line-height:1.55;" +
	"font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

// page writes blocks as one HTML page: one column, its language named, nothing remote and no script.
func page(title, lang string, blocks []block) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html>
<html lang="` + lang + `">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>` + html.EscapeString(title) + `</title>
<style>
` + style + `</style>
</head>
<body>
<div class="letter" role="article" lang="` + lang + `" style="` + column + `">
`)
	for _, bl := range blocks {
		bl.html(&b)
	}
	b.WriteString("</div>\n</body>\n</html>\n")
	return b.String()
}

func (bl block) html(b *strings.Builder) {
	switch bl.kind {
	case heading:
		bl.each(b, "<h2>", "</h2>\n")
	case lead:
		bl.each(b, "<h1>", "</h1>\n")
	case choices:
		bl.choices(b)
	case bullets:
		bl.list(b, "ul")
	case steps:
		bl.list(b, "ol")
	case labels:
		bl.table(b)
	case quotation:
		b.WriteString("<blockquote>\n")
		bl.each(b, "<p>", "</p>\n")
		b.WriteString("</blockquote>\n")
	case verse:
		b.WriteString("<p>")
		for i, l := range bl.lines {
			if i > 0 {
				b.WriteString("<br>\n")
			}
			l.html(b)
		}
		b.WriteString("</p>\n")
	case rule:
		b.WriteString("<hr>\n")
	case frame:
		b.WriteString("<section>\n")
		for _, in := range bl.inner {
			in.html(b)
		}
		b.WriteString("</section>\n")
	case copied:
		b.WriteString("<pre>")
		bl.each(b, "", "\n")
		b.WriteString("</pre>\n")
	case small:
		bl.each(b, `<p class="small">`, "</p>\n")
	default:
		bl.each(b, "<p>", "</p>\n")
	}
}

func (bl block) each(b *strings.Builder, before, after string) {
	for _, l := range bl.lines {
		b.WriteString(before)
		l.html(b)
		b.WriteString(after)
	}
}

func (bl block) list(b *strings.Builder, tag string) {
	b.WriteString("<" + tag + ">\n")
	bl.each(b, "<li>", "</li>\n")
	b.WriteString("</" + tag + ">\n")
}

func (bl block) table(b *strings.Builder) {
	b.WriteString("<table>\n")
	for i, l := range bl.lines {
		b.WriteString(`<tr><th scope="row">` + html.EscapeString(bl.name(i)) + ":</th><td>")
		l.html(b)
		b.WriteString("</td></tr>\n")
	}
	b.WriteString("</table>\n")
}

// choices are buttons, with what each means beside it, or before it where the button is a line to type.
func (bl block) choices(b *strings.Builder) {
	b.WriteString(`<table class="choices" role="presentation">` + "\n")
	for _, l := range bl.lines {
		if !l[0].button {
			b.WriteString(`<tr><td colspan="2">`)
			l.html(b)
			b.WriteString("</td></tr>\n")
			continue
		}
		b.WriteString("<tr><td>")
		l[:1].html(b)
		b.WriteString("</td><td>")
		l[1:].html(b)
		b.WriteString("</td></tr>\n")
	}
	b.WriteString("</table>\n")
}

func (l line) html(b *strings.Builder) {
	for _, s := range l {
		text := html.EscapeString(strings.ReplaceAll(s.text, solid, " "))
		if s.below {
			b.WriteString("<br>\n")
		}
		switch {
		case s.faint:
			b.WriteString(`<span class="faint">` + text + "</span>")
		case s.href == "":
			b.WriteString(text)
		case s.button:
			b.WriteString(`<a class="button" href="` + html.EscapeString(s.href) + `">` + text + "</a>")
		case strings.Contains(s.text, solid):
			b.WriteString(`<a class="solid" href="` + html.EscapeString(s.href) + `">` + text + "</a>")
		default:
			b.WriteString(`<a href="` + html.EscapeString(s.href) + `">` + text + "</a>")
		}
	}
}
