package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"klachtd/letters"
)

// TestPreviewOfEveryLetter: each letter in both languages, the same words as text, as HTML and as a mail.
func TestPreviewOfEveryLetter(t *testing.T) {
	config := filepath.Join("..", "..", "config.example.toml")
	for _, name := range letters.Names() {
		for _, lang := range []string{"nl", "en"} {
			show := func(format string) string {
				return string(told(t, "preview", name, "--lang", lang, "--format", format, "--config", config))
			}
			subject, text, _ := strings.Cut(show("text"), "\n\n")
			html := show("html")
			mail, err := enmime.ReadEnvelope(bytes.NewReader([]byte(show("eml"))))
			if err != nil || len(mail.Errors) > 0 {
				t.Fatalf("%s in %s: %v %v", name, lang, err, mail.Errors)
			}
			if mail.GetHeader("Subject") != subject || words(mail.Text) != words(text) || words(mail.HTML) != words(html) {
				t.Errorf("%s in %s differs between text, html and eml", name, lang)
			}
			if !strings.Contains(html, `<html lang="`+lang+`"`) || strings.Contains(text+html, "{{") || strings.Contains(text+html, "<no value>") {
				t.Errorf("%s in %s is not a finished letter:\n%s", name, lang, text)
			}
			if !strings.Contains(text, "Noor Tielman") || !strings.Contains(text, "K2026-0007") {
				t.Errorf("%s in %s names neither sender nor case:\n%s", name, lang, text)
			}
		}
	}
	if got := strings.Fields(string(told(t, "preview"))); strings.Join(got, " ") != strings.Join(letters.Names(), " ") {
		t.Errorf("preview lists %v", got)
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }
