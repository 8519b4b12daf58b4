package main

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/jhillyerd/enmime/v2"
)

// demoFile is a mail of the demo as the index lists it.
type demoFile struct {
	When, To, Subject, Name string
	Letter                  bool // to a complainant or person concerned, not to a handler
}

// writeLetters writes every mail klachtd sent as .eml and .html, and an index to open in a browser.
func (s *demo) writeLetters() (index string, err error) {
	dir := filepath.Join(s.dir, "letters")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	all, _ := s.office.delivered(0)
	var files []demoFile
	for _, m := range all {
		if m.from != demoOffice {
			continue
		}
		f, err := s.writeLetter(dir, len(files)+1, m)
		if err != nil {
			return "", err
		}
		files = append(files, f)
	}
	index = filepath.Join(s.dir, "index.html")
	var page bytes.Buffer
	if err := demoIndex.Execute(&page, struct {
		Lang  string
		Files []demoFile
	}{s.lang, files}); err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	if err := os.WriteFile(index, page.Bytes(), 0o644); err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	return index, nil
}

func (s *demo) writeLetter(dir string, n int, m delivery) (demoFile, error) {
	msg, err := enmime.ReadEnvelope(bytes.NewReader(m.raw))
	if err != nil {
		return demoFile{}, fmt.Errorf("demo: %w", err)
	}
	f := demoFile{
		When: m.at.In(s.d.cfg.zone).Format("2006-01-02 15:04"), To: m.to, Subject: msg.GetHeader("Subject"),
		Name:   fmt.Sprintf("%02d-%s", n, m.at.In(s.d.cfg.zone).Format("2006-01-02")),
		Letter: m.to != demoHandler && m.to != demoSubstitute,
	}
	if err := os.WriteFile(filepath.Join(dir, f.Name+".eml"), m.raw, 0o644); err != nil {
		return f, fmt.Errorf("demo: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, f.Name+".html"), []byte(msg.HTML), 0o644); err != nil {
		return f, fmt.Errorf("demo: %w", err)
	}
	return f, nil
}

var demoIndex = template.Must(template.New("index").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>klachtd demo</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
.handler { opacity: .75; }
.letter td:nth-child(3) { font-weight: 600; }
@media (max-width: 40rem) {
  table, tbody { display: block; }
  thead { display: none; }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid #8884; }
  td { display: inline; border: 0; padding: 0 .6rem 0 0; }
  td:nth-child(3) { display: block; }
}
</style>
</head>
<body>
<h1>klachtd</h1>
{{if eq .Lang "en"}}
<p>Every mail klachtd sent in the demo. Letters to complainants and persons concerned are in bold; the others went to a handler.</p>
{{else}}
<p>Alle mail die klachtd in de demo verstuurde. Vet: brieven aan klagers en betrokkenen. De andere mails gingen naar een behandelaar.</p>
{{end}}
<table>
<thead><tr><th>{{if eq .Lang "en"}}When{{else}}Wanneer{{end}}</th><th>{{if eq .Lang "en"}}To{{else}}Aan{{end}}</th><th>{{if eq .Lang "en"}}Subject{{else}}Onderwerp{{end}}</th><th></th></tr></thead>
<tbody>
{{range .Files}}<tr class="{{if .Letter}}letter{{else}}handler{{end}}"><td>{{.When}}</td><td>{{.To}}</td><td><a href="letters/{{.Name}}.html">{{.Subject}}</a></td><td><a href="letters/{{.Name}}.eml">eml</a></td></tr>
{{end}}</tbody>
</table>
</body>
</html>
`))

// keep leaves the servers up on loopback, with the program at work on the real clock, until it is interrupted.
func (s *demo) keep(ctx context.Context, e env) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	imapAddr, smtpAddr, err := s.office.listen("127.0.0.1:1143", "127.0.0.1:1025")
	if err != nil {
		s.d.close()
		return hint(fmt.Errorf("demo --keep: %w", err), "stop the other program on that port")
	}
	s.d.close()
	s.clock.run(e.now)
	if err := s.assemble(e, imapAddr, smtpAddr); err != nil {
		return err
	}
	defer s.d.close()
	s.say("", "")
	s.say(`De servers blijven aan (stoppen: Ctrl-C). Stel een mailprogramma in:
  IMAP %s, SMTP %s, zonder versleuteling, wachtwoord "geheim" voor ieder adres.
  Klager zijn:      lees en schrijf als kim@klager.example, aan info@optimumconsult.example.
  Behandelaar zijn: lees en antwoord als noor@praktijk.example.
  Het is daar nu %s.`, `The servers stay up (stop: Ctrl-C). Set up a mail program:
  IMAP %s, SMTP %s, no encryption, password "geheim" for every address.
  To be complainant: read and write as kim@klager.example, to info@optimumconsult.example.
  To be handler:     read and answer as noor@praktijk.example.
  The time there is %s.`, imapAddr, smtpAddr, s.clock.now().In(s.d.cfg.zone).Format("2-1-2006 15:04"))
	return s.d.serve(ctx, filepath.Join(s.dir, "config.toml"), e)
}
