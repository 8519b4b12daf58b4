package complaint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

const newTextMark = "\n======== new text ========\n"

// newTextMails reads testdata/newtext: each file is a mail as a mail program writes it, and what its sender wrote newly.
func newTextMails(t testing.TB) (names, mails, wants []string) {
	files, err := filepath.Glob("testdata/newtext/*.txt")
	if err != nil || len(files) < 45 {
		t.Fatalf("%d mails, want at least 45: %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		mail, want, ok := strings.Cut(string(raw), newTextMark)
		if !ok {
			t.Fatalf("%s does not say what is new", file)
		}
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".txt"))
		mails, wants = append(mails, mail), append(wants, strings.TrimSuffix(want, "\n"))
	}
	return names, mails, wants
}

func TestNewTextOfMailPrograms(t *testing.T) {
	names, mails, wants := newTextMails(t)
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			if got := NewText(mails[i]); got != wants[i] {
				t.Errorf("got:\n%s\nwant:\n%s", got, wants[i])
			}
		})
	}
}

// The same mail through another system: line ends, spaces and unseen characters must not change what is new.
func TestNewTextDoesNotDependOnUnseenCharacters(t *testing.T) {
	names, mails, wants := newTextMails(t)
	changes := map[string]*strings.Replacer{
		"CRLF":                strings.NewReplacer("\n", "\r\n"),
		"bare CR":             strings.NewReplacer("\n", "\r"),
		"line separators":     strings.NewReplacer("\n", "\u2028"),
		"no-break spaces":     strings.NewReplacer("-- \n", "-- \n", " ", "\u00a0"),
		"narrow spaces":       strings.NewReplacer("-- \n", "-- \n", " ", "\u202f"),
		"zero-width spaces":   strings.NewReplacer("e", "e\u200b"),
		"soft hyphens":        strings.NewReplacer("w", "w\u00ad"),
		"byte order marks":    strings.NewReplacer("\n\n", "\n\ufeff\n"),
		"grapheme joiners":    strings.NewReplacer("n", "n\u034f"),
		"direction marks":     strings.NewReplacer("a", "\u200ea\u202a"),
		"NUL":                 strings.NewReplacer("o", "o\x00"),
		"spaces at line ends": strings.NewReplacer("-- \n", "-- \n", "\n", "  \n"),
	}
	for change, replacer := range changes {
		for i, name := range names {
			if got := NewText(replacer.Replace(mails[i])); got != wants[i] {
				t.Errorf("%s with %s: got:\n%s\nwant:\n%s", name, change, got, wants[i])
			}
		}
	}
}

func TestNewTextOrAllNeverHidesAWholeMail(t *testing.T) {
	_, mails, wants := newTextMails(t)
	for i, mail := range mails {
		got := NewTextOrAll(mail)
		if wants[i] != "" && got != wants[i] || wants[i] == "" && len(got) < len(strings.TrimSpace(mail)) {
			t.Errorf("of\n%s\ngot\n%s", mail, got)
		}
	}
	if got := NewTextOrAll(" \n\u200b\r\n"); got != "" {
		t.Errorf("of a blank mail got %q", got)
	}
}

func TestNewTextKnowsClosings(t *testing.T) {
	text := "Ik ben niet teruggebeld en dat was wel beloofd."
	for _, closing := range []string{
		"Met vriendelijke groet,\nNanneke", "met vriendelijke groeten\n\nNanneke Tiel", "Mvg", "mvg nanneke", "M.v.g.\nN. Tiel",
		"Vriendelijke groet, Nanneke Tiel", "Groet", "groetjes!", "Groetjes van Piet en Ans", "Gr. Jan", "Gr Jan", "Grtz",
		"Hartelijke groet,", "Hartelijke groeten uit Tiel", "Met hartelijke groet, namens Optimumconsult,\nN.",
		"Kind regards,\nPriya", "Best regards\nPriya Raman", "Best wishes,", "Regards, P.", "Best,\nPriya", "Cheers\nP",
		"Yours sincerely,\n\nMargaret Oyelaran\nLondon", "Hoogachtend,\nmr. D. Voorbeeld\nadvocaat", "Met collegiale groet",
		"Alvast bedankt en met vriendelijke groet,\nPiet", "*Met vriendelijke groet,*\n*Piet*", "Liefs, oma", "Vr.gr. Piet",
		"Mit freundlichen Grüßen\nKarl Muster", "Cordialement,\nJeanne", "--\nPiet de Wit", "--\n0344-000000 (ma-do)", "--\nPraktijk De Linde. Heeft u een klacht? Bespreek die met uw therapeut.",
		"-- \nPiet\n" + strings.Repeat("regel van een handtekening\n", 30),
		"Met vriendelijke groet,\n\nP. de Wit\nadviseur\nAfdeling X\nBureau Y\nGebouw Z\nKerkstraat 1\n4001 AB Tiel\n0344-000000\np@example.nl\nwww.example.nl\nKvK 00000000",
		"Verstuurd vanaf mijn iPhone", "Verstuurd vanaf mijn iPad", "Sent from my iPhone", "Verzonden vanuit Outlook voor Android",
		"Outlook voor iOS downloaden", "Get Outlook for Android<https://aka.ms/AAb9ysg>", "Verstuurd met Samsung-smartphone.",
		"Verzonden vanaf mijn Galaxy", "Verstuurd vanaf mijn Huawei-telefoon", "Sent from Mail for Windows 10", "Von meinem iPhone gesendet",
		"Envoyé de mon iPhone", "Sent from my Samsung Galaxy smartphone.", "Verzonden via Yahoo Mail op Android",
		"Piet heeft gereageerd via Gmail ( https://www.google.com/gmail/about/ )", "Denk aan het milieu voordat u deze e-mail print.",
		"Groet,\nPiet\n\nVerstuurd vanaf mijn iPhone", "Verstuurd vanaf mijn iPhone\n\nGroet,\nPiet",
	} {
		if got := NewText(text + "\n\n" + closing); got != text {
			t.Errorf("%q: got %q", closing, got)
		}
	}
	for _, own := range []string{
		"Groet uw collega van mij, maar ik kom niet meer.", "Met vriendelijke groet werd ik weggestuurd door uw collega.",
		"Best lastig om hierover te schrijven.", "Verzonden via de post heb ik hem ook, op 3 november, zonder antwoord.",
		"Verstuurd vanaf mijn telefoon had ik u dat al.", "Groetjes krijg ik wel, antwoord niet.", "Get back to me by mail",
		"Verzonden per e-mail", "Verzonden via de mail", "De groeten aan uw directeur.", "Gr. 3 van uw cursus was al vol.",
		"--\nZie ook de foto", "--\nbel mij terug", "Groet,\nop 3 november 2026 om tien uur\nop 4 november 2026 om elf uur\nop 5 november 2026 om twaalf uur\n" +
			"op 6 november 2026 om een uur\nop 9 november 2026 om twee uur\nop 10-11-2026 om vier uur\nop 11-11-2026 om een uur\nop 12-11-2026 om twee uur\nop 13-11-2026 om drie uur",
		"--\nEn dit is de factuur die ik kreeg, met het verkeerde bedrag.", "--\nMevrouw Jansen zei dat ik niet meer mocht komen.",
		"Mijn vorige bericht was volgens mijn zoon gewoon\nverstuurd vanaf mijn iphone",
		"Uw brief sloot nadat u mij had weggestuurd af\nmet vriendelijke groet.", "Verstuurd vanaf mijn iPhone\nwas het niet te lezen.",
		"Groet,\n1. te laat\n2. niet gebeld\n3. geen brief\n4. geen plan\n5. geen excuus\n6. geen coach\n7. geen uitleg\n8. niets\n9. en nog eens",
		"Deze e-mail is bestemd voor de directie, en vertrouwelijk.", "Dit bericht is niet bestemd voor mijn werkgever: vertrouwelijk, dus geen openbaarmaking.",
	} {
		for _, mail := range []string{text + "\n\n" + own, own + "\n\n" + text, text + "\n" + own + "\n" + text} {
			if got := NewText(mail); got != mail {
				t.Errorf("%q became %q", mail, got)
			}
		}
	}
}

func TestNewTextKeepsAClosingThatIsTheWholeMail(t *testing.T) {
	if got := NewText("\n\nGroet,\nPiet\n"); got != "Groet,\nPiet" {
		t.Errorf("got %q", got)
	}
}

// A complainant's sentences that resemble what mail programs write; each stands above text that must stay too.
func TestNewTextKeepsSentencesThatLookLikeQuoteHeads(t *testing.T) {
	for _, own := range []string{
		"Op 3 november schreef ik u al dat het zo niet ging.",
		"Op 3 november schreef ik u het volgende:",
		"Op 3 november 2026 om 10:15 schreef ik u het volgende:",
		"Op 3 november 2026 schreef mevrouw Bakker mij:",
		"Op 3 november 2026 om 10:15 schreef uw medewerker:",
		"Op 3 november schreef ik naar info@optimumconsult.example:",
		"Op 3 november 2026 om 10:15 heeft uw collega mij geschreven:",
		"On 3 November 2026 at 10:15 your colleague wrote:",
		"On 3 November I wrote:",
		"Am 3. November habe ich Ihnen geschrieben:",
		"Ik schreef op 3 november:",
		"Van: mijn buurman hoorde ik dat u een regeling heeft.",
		"Van: Jan\nAan: Optimumconsult\nDatum: 3 november 2026\nOnderwerp: klacht",
		"Aan: Optimumconsult\nT.a.v.: mevrouw Tiel\nDatum: 3-11-2026\nBetreft: klacht",
		"Datum: 3 november 2026, 10:15 uur\nPlaats: Tiel\nOnderwerp: de training",
		"Van: Jan <jan@example.org>\nOnderwerp: klacht",
		"Op 10 november 2026 om 09:02 mailde ik Jan <jan@example.org> het volgende:",
		"Begin doorgestuurd bericht was het eerste wat ik zag.",
		"Oorspronkelijk bericht",
		"Het ging om het volgende -> niemand belde.",
		"-----",
		"________________",
		"----------\nDatum: 3 november\nPlaats: Tiel",
		"________________\nOnderwerp: de training",
		"--- Antwoord ---",
		"----- Bericht -----",
		"#metoo is hier niet het woord, maar het scheelde weinig.",
		"Antwoord boven deze vraag kreeg ik niet.",
	} {
		mail := "Geachte mevrouw,\n\n" + own + "\n\nDaarover wil ik klagen. Ik ben er niet blij mee."
		if got := NewText(mail); got != mail {
			t.Errorf("%q: became\n%s", own, got)
		}
	}
}

// A text that keeps unfolding is made to deceive: no line of it is anybody's word, but a reader still sees it all.
func TestNewTextOfATextThatKeepsUnfolding(t *testing.T) {
	mail := "ja"
	for range 40 {
		mail += "\nGroet\n1\n2\n3\n4\n5\n6\n7\n8"
	}
	if got := NewText(mail); got != "" && got != "ja" {
		t.Errorf("got %q", got)
	}
	if NewTextOrAll(mail) == "" {
		t.Error("the text is hidden")
	}
}

var (
	genWord = rapid.SampledFrom(strings.Fields(`ik wil een klacht indienen want mijn coach kwam niet opdagen op 22 oktober om 10:15 in Tiel en
		niemand belde Van Aan uw mevrouw Bakker schreef geschreven wrote groet beste aan het antwoord boven deze lijn 2026 € 12,50 ; - (zie bijlage) …`))
	genSentence = rapid.Custom(func(t *rapid.T) string {
		return "Daarom " + strings.Join(rapid.SliceOfN(genWord, 3, 14).Draw(t, "words"), " ") + "."
	})
	genLetter = rapid.Custom(func(t *rapid.T) string {
		return "Geachte mevrouw,\n\n" + strings.Join(rapid.SliceOfN(genSentence, 1, 12).Draw(t, "sentences"),
			rapid.SampledFrom([]string{" ", "\n", "\n\n"}).Draw(t, "between"))
	})
	// genPiece is a line that means something to NewText, or may come to when others go.
	genPiece = rapid.OneOf(genSentence, rapid.SampledFrom([]string{
		"", "", "ja", "> geciteerd", ">", "> > dieper", "&gt; oud", "> een lange geciteerde regel waarvan het programma van de ander het einde afbrak en",
		"#gegrond", "wegens", "Op 10-11-2026 om 09:02 schreef X:", "Op di 10 nov 2026 om 09:02 schreef X <", "x@example.nl>:",
		"X <x@example.nl> schreef op 2026-11-10 09:02:", "On 10 Nov 2026, at 09:02, X <x@example.nl> wrote:",
		"Van: X <x@example.nl>", "*Verzonden:* dinsdag 10 november 2026 09:02", "Aan: Y", "Onderwerp: Z", "-----Oorspronkelijk bericht-----",
		"Oorspronkelijk bericht", "________________________________", "Begin doorgestuurd bericht:", "-- ", "--", "—", "Groet,", "Mvg Jan",
		"Met vriendelijke groet", "N. Tiel", "0344-000000", "PS nog iets", "Verstuurd vanaf mijn iPhone", "Get Outlook for iOS",
		"Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde.", "antwoord boven", "deze lijn", "— antwoord", "reply above", "this line —",
	}))
	genMail = rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(genPiece, 0, 25).Draw(t, "lines"), rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end"))
	})
)

// genAnswerLine draws an answer line as it may look after the handler's program quoted it.
var genAnswerLine = rapid.Custom(func(t *rapid.T) string {
	line := rapid.SampledFrom([]string{AnswerLine, AnswerLineEN}).Draw(t, "line")
	line = strings.ReplaceAll(line, "—", rapid.SampledFrom([]string{"—", "–", "-", "--", "---", "‐", "−", "_", "*", "?", "", "|", "â€”", "&mdash;",
		"=E2=80=94", "\ufffd", "*—*"}).Draw(t, "dash"))
	switch rapid.SampledFrom([]string{"", "", "upper", "ligature", "full width"}).Draw(t, "letters") {
	case "upper":
		line = strings.ToUpper(line)
	case "ligature":
		line = strings.ReplaceAll(line, "ij", "ĳ")
	case "full width":
		line = strings.NewReplacer("e", "ｅ", "o", "ｏ", "R", "Ｒ", "r", "ｒ").Replace(line)
	}
	words := strings.Fields(line)
	prefix := rapid.SampledFrom([]string{"", "", "> ", ">", "> > ", ">>> ", "• ", "* ", "  ", "\t", "| ", "- ", "&gt; ", "## ", "*"}).Draw(t, "prefix")
	out := rapid.SampledFrom([]string{"", "", "NT> ", "1. ", "Klachten: "}).Draw(t, "start") + prefix
	for i, word := range words {
		if i > 0 {
			out += rapid.SampledFrom([]string{" ", " ", " ", "  ", "\u00a0", "\t", "\n", "\r\n", "\n" + prefix, " \u200b", "&nbsp;", "=20", " *", "\n\n"}).Draw(t, "space")
		}
		out += word
	}
	return out
})

func TestNothingBelowTheAnswerLineIsNew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		above := rapid.OneOf(genMail, genLetter, rapid.StringMatching(`[ -~]{0,40}`)).Draw(t, "above")
		line := genAnswerLine.Draw(t, "answer line")
		below := rapid.OneOf(genMail, genLetter, rapid.String()).Draw(t, "below")
		got, want := NewText(above+"\n"+line+"\n#gegrond heimelijk\n"+below), NewText(above+"\n"+line)
		if got != want {
			t.Fatalf("text below the answer line tells:\n%q\nwithout it:\n%q", got, want)
		}
		if strings.Contains(want, "heimelijk") || strings.Contains(strings.ToLower(want), "boven deze lijn —") {
			t.Fatalf("new: %q", want)
		}
	})
}

func TestTextAboveTheAnswerLineIsNew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		above := genLetter.Draw(t, "above")
		// a dash may be left when its line was wrapped behind it
		got := NewText(above + "\n\n" + genAnswerLine.Draw(t, "answer line") + "\n#gegrond")
		if rest, ok := strings.CutPrefix(got, above); !ok || strings.Contains(strings.TrimSpace(rest), "\n") || strings.Contains(rest, "oord") {
			t.Fatalf("of\n%s\nonly\n%s", above, got)
		}
	})
}

func TestAPlainLetterComesBackWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letter := genLetter.Draw(t, "letter")
		if got := NewText(letter); got != letter {
			t.Fatalf("of\n%s\nonly\n%s", letter, got)
		}
	})
}

// Whatever the writer of the old mail calls himself, his text stays behind the line that names him.
func TestNoQuoteIsNewWhoeverWroteIt(t *testing.T) {
	names := rapid.OneOf(rapid.StringMatching(`[A-Za-z#"'., éü()<:-]{1,30}`),
		rapid.SampledFrom([]string{"ik", "Jan de Wit", "uw collega", "#gegrond", "ja", "Op 3 november schreef ik", "heeft", "wrote", "van: mij", "Groet, Jan", "2026"}))
	heads := []string{
		"Op di 10 nov 2026 om 09:02 schreef NAAM <x@example.org>:", "Op 10 nov. 2026 om 09:02 heeft NAAM <x@example.org> het volgende geschreven:",
		"Op 10-11-2026 09:02 heeft \"N\" <x@example.org> geschreven:", "On Tue, Nov 10, 2026 at 9:02 AM NAAM <x@example.org> wrote:",
		"On 10 Nov 2026, at 09:02, NAAM <x@example.org> wrote:", "NAAM <x@example.org> schreef op 2026-11-10 09:02:",
		"Am Di., 10. Nov. 2026 um 09:02 Uhr schrieb NAAM <x@example.org>:", "Le mar. 10 nov. 2026 à 09:02, NAAM <x@example.org> a écrit :",
		"Van: NAAM <x@example.org>\nVerzonden: dinsdag 10 november 2026 09:02\nAan: info@example.nl\nOnderwerp: NAAM",
		"*From:* NAAM\n*Sent:* Tuesday, November 10, 2026 9:02 AM\n*To:* info@example.nl\n*Subject:* NAAM",
		"-----Oorspronkelijk bericht-----\nVan: NAAM", "-------- Original message --------From: NAAM <x@example.org>",
		"---------- Forwarded message ---------\nVan: NAAM <x@example.org>",
	}
	rapid.Check(t, func(t *rapid.T) {
		own := genLetter.Draw(t, "own")
		head := strings.Replace(rapid.SampledFrom(heads).Draw(t, "head"), "NAAM", names.Draw(t, "name"), 1)
		old := "Geachte mevrouw,\n" + rapid.OneOf(genMail, genLetter).Draw(t, "old") + "\n#gegrond heimelijk\n"
		if got := NewText(own + "\n\n" + head + "\n\n" + old); got != own {
			t.Fatalf("got\n%s\nwant\n%s", got, own)
		}
	})
}

func TestNewTextIsSteady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkNewText(t, genMail.Draw(t, "mail")) })
}

func checkNewText(t interface{ Fatalf(string, ...any) }, mail string) {
	own := NewText(mail)
	if again := NewText(own); again != own {
		t.Fatalf("of\n%q\nnew is\n%q\nand of that\n%q", mail, own, again)
	}
	if own == "" {
		return
	}
	rest := strings.Split(visibleText(mail), "\n")
	for line := range strings.SplitSeq(own, "\n") {
		i := slices.Index(rest, line)
		if i < 0 || isQuoted(line) || line == "-- " {
			t.Fatalf("of\n%q\nnew is\n%q\nwhere %q is not", mail, own, line)
		}
		rest = rest[i+1:]
	}
}

// Every text of up to four of the pieces that mean something, so that no corner is left to chance.
func TestNewTextOfEveryShortText(t *testing.T) {
	pieces := []string{"\n", ":", ">", "-", " ", "#", "Op 1", "Van:", "@<a@b>", "Groet"}
	var visit func(text string, left int)
	visit = func(text string, left int) {
		checkNewText(t, text)
		if left > 0 {
			for _, piece := range pieces {
				visit(text+piece, left-1)
			}
		}
	}
	visit("", 4)
}

func FuzzNewText(f *testing.F) {
	_, mails, _ := newTextMails(f)
	for _, mail := range mails {
		f.Add(mail, "#gegrond")
	}
	f.Fuzz(func(t *testing.T, mail, below string) {
		checkNewText(t, mail)
		for _, line := range []string{AnswerLine, "> - Antwoord boven deze lijn -", "*reply above\r\nthis line*"} {
			got, want := NewText(mail+"\n"+line+"\n"+below), NewText(mail+"\n"+line)
			if got != want || !utf8.ValidString(got) {
				t.Fatalf("below the answer line stands %q: %q instead of %q", below, got, want)
			}
		}
	})
}

// A mail made to be slow must not hold up the others: eight times the text may take some eight times the time, not
// sixty-four. A busy machine may spoil one measurement, hardly five.
func TestNewTextTakesTimeInProportion(t *testing.T) {
	took := func(piece string, size int) time.Duration {
		mail := "Geachte mevrouw,\n" + strings.Repeat(piece, size/len(piece)) + "\nDag."
		start := time.Now()
		NewText(mail)
		return time.Since(start)
	}
	for _, piece := range []string{
		"a", "antwoord boven deze lij ", "mijnantwoordbovendezelijn", "mijn antwoord boven deze lijn ", "a" + strings.Repeat(" ", 59), ">", "> x\n", "> " + strings.Repeat("x", 60) + "\n#a\n", "\n", "Groet\n", "Groet\n\n", "--\n", "-- \n",
		"Van:\n", "Van: x 09:02\n\n", "Op 10-11-2026 om 09:02 schreef X:\n", "Op 10-11-2026 om 09:02 schreef ik <x@example.nl>:\n> x\n", "x 09:02 2026 <x@example.nl> y:\n",
		"Op 1 1 1 1 09:02 2026 ik:\n", "Op 3 november schreef", "PS x\n", "www.example.nl\n", "Verstuurd vanaf mijn iPhone\n", "x\n\nVerstuurd vanaf mijn iPhone\n\n",
		"Dit bericht is vertrouwelijk, voor de geadresseerde\n\n", "-----Oorspronkelijk bericht\n", "________________\n", "Datum: 09:02 Aan: ", "Van: Aan: Datum: ",
		"Groet\n1\n2\n3\n4\n5\n6\n7\n8\n", "\u200b", "é", "\xff", "( https://", "<@", "1 ", "a:\n", "@ 09:02:\n",
		"LET OP: dit bericht komt van buiten de organisatie.\n", "LET OP: dit bericht komt van buiten de organisatie\n", "Verzonden met Spark\nhttps://x\n",
		"Dit bericht is vertrouwelijk, bestemd voor de geadresseerde, confidential\n\n", "| antwoord boven deze lij\n", "datum: 1\n\n", "\n\nvan: x\n",
	} {
		inProportion := false
		for range 5 {
			small := min(took(piece, 1<<14), took(piece, 1<<14))
			if inProportion = took(piece, 1<<17) < 30*small+50*time.Millisecond; inProportion {
				break
			}
		}
		if !inProportion {
			t.Errorf("%.30q repeated takes ever longer", piece)
		}
	}
}

func BenchmarkNewText(b *testing.B) {
	_, mails, _ := newTextMails(b)
	size := 0
	for _, mail := range mails {
		size += len(mail)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, mail := range mails {
			NewText(mail)
		}
	}
}

func BenchmarkNewTextMegabyteLetter(b *testing.B) {
	mail := strings.Repeat("Op 3 november schreef ik u al dat mijn coach niet kwam opdagen, en dat ik daar niet blij mee was.\n\n", 10_000)
	b.SetBytes(int64(len(mail)))
	for b.Loop() {
		NewText(mail)
	}
}
