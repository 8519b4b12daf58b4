package letters

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMaskQuote(t *testing.T) {
	for in, want := range map[string]string{
		"mijn bsn is 123456782":                     "mijn bsn is [nummer]",
		"BSN123456782.":                             "BSN[nummer].",
		"bsn 123.456.782 of 1234 56 782":            "bsn [nummer] of [nummer]",
		"ordernummer 123456789":                     "ordernummer 123456789", // fails the test of eleven
		"bel 0612345678 op 22-10-2026 om 10.30 uur": "bel 0612345678 op 22-10-2026 om 10.30 uur",
		"zaak K2026-0007 en K2026-00071":            "zaak K2026-0007 en K2026-00071",
		"kijk op https://evil.example/a?b=c nu":     "kijk op [link] nu",
		"kijk op www.evil.example.":                 "kijk op [link]",
		"HTTP://EVIL.EXAMPLE/x":                     "[link]",
		"ga naar evil.nl of sub.evil.com/pad":       "ga naar [link] of [link]",
		"javascript:alert(1.0)":                     "[link]",
		"mail kim@mail.example maar":                "mail [e-mailadres] maar",
		"het was 14.30 uur, dus te laat. Echt waar": "het was 14.30 uur, dus te laat. Echt waar",
		"let op: dit is geen link":                  "let op: dit is geen link",
	} {
		if got := maskQuote(in, "nl"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestUnwrapped(t *testing.T) {
	for in, want := range map[string]string{
		"Geachte mevrouw,\n\nIk heb een half uur gewacht en er kwam niemand. Niemand belde mij af en ik heb\ndaarna niets meer gehoord.\nGroet": "Geachte mevrouw,\n\nIk heb een half uur gewacht en er kwam niemand. Niemand belde mij af en ik heb daarna niets meer gehoord.\nGroet",
		"Ik wil een klacht indienen.\nEr kwam niemand.":                                                       "Ik wil een klacht indienen.\nEr kwam niemand.",
		"Dit zijn de punten waar ik over wil klagen en die u moet weten, namelijk:\n- te laat\n- niet gebeld": "Dit zijn de punten waar ik over wil klagen en die u moet weten, namelijk:\n- te laat\n- niet gebeld",
		"kort\nen kort": "kort\nen kort",
		"":              "",
	} {
		if got := unwrapped(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range fragments {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		one, several := cleanLine(s, maxLine), cleanLines(s, maxText)
		for _, got := range []string{one, several, maskQuote(several, "nl"), string(sentence(value(several)))} {
			if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && unseen(r) }) {
				t.Errorf("%q", got)
			}
		}
		if strings.ContainsAny(one, "\n\r\t") || utf8.RuneCountInString(one) > maxLine || utf8.RuneCountInString(several) > maxText {
			t.Errorf("%q", one)
		}
		if cleanLine(one, maxLine) != one || cleanLines(several, maxText) != several {
			t.Errorf("cleaning twice changes %q", s)
		}
	})
}

// FuzzBlocks reads any source: as a template it says what it says, as a value it makes one paragraph and no structure.
func FuzzBlocks(f *testing.F) {
	for _, s := range append(fragments, "# Kop\n\ntekst\n\n- a\n- b\n\nNaam:  Kim\n\n> q\n\n| x\n| y\n\n---\n\n1. a") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, b := range readBlocks(s) {
			if b.kind != rule && len(b.lines) == 0 {
				t.Errorf("an empty block in %q", s)
			}
		}
		blocks := readBlocks(value(cleanLines(s, maxText)).String())
		if len(blocks) > 1 || len(blocks) == 1 && (blocks[0].kind != paragraph || len(blocks[0].lines) != 1) {
			t.Errorf("a value made structure: %v", blocks)
		}
		for _, b := range readBlocks(quote(value(cleanLines(s, maxText)))) {
			if b.kind != quotation {
				t.Errorf("a quotation made %v", b)
			}
		}
		for _, b := range readBlocks(list(value(cleanLines(s, maxText)))) {
			if b.kind != bullets {
				t.Errorf("a list made %v", b)
			}
		}
		for _, b := range readBlocks(paragraphs(value(cleanLines(s, maxText)))) {
			if b.kind != paragraph && b.kind != verse {
				t.Errorf("paragraphs made %v", b)
			}
		}
		sameWords(t, Letter{HTML: page("", "nl", blocks), blocks: blocks})
	})
}

func TestBlocks(t *testing.T) {
	source := `
# Kop
Een alinea
op twee regels.

- een punt
  dat doorloopt

- nog een punt
1. stap
7. volgende stap

Datum:  vandaag
Plaats:  Tiel
Leeg:

Let op: dit is geen label.
> gezegd
> en gezegd
| regel een
| regel twee

# Niets
# Ook niets
`
	want := `Kop
Een alinea op twee regels.

- een punt dat doorloopt
- nog een punt

1. stap
2. volgende stap

Datum:  vandaag
Plaats: Tiel

Let op: dit is geen label.

> gezegd
> en gezegd

regel een
regel twee
`
	if got := plain(readBlocks(strings.Replace(source, "Leeg:", "Leeg:  ", 1))); got != want {
		t.Errorf("got:\n%s", got)
	}
}
