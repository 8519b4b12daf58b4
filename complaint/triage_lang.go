package complaint

import (
	"math/bits"
	"strings"
)

// commonWords are the commonest words of the languages a mailbox in the Netherlands sees, Dutch and English first.
// Counting them is enough to tell which language a mail of two lines is in.
var commonWords = [...]struct{ lang, words string }{
	{"nl", `de het een en van ik je dat niet is op te zijn voor met aan er maar om hem dan zou wat mijn men dit zo door over
		ze zich bij ook tot mij uit der daar naar heb hoe heeft hebben deze u want nog zal me zij nu geen omdat iets
		worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd
		wordt wezen kunnen ons zelf tegen na reeds wil kon niets uw iemand geweest andere hij jullie wij we hebt krijg
		kreeg gaat ga wel weer graag dank groet beste geachte vriendelijke gesprek morgen vandaag gisteren week afspraak
		vraag kunt weet mag komt kom hallo dag hoi goedemorgen goedemiddag bent had hadden bedankt mevrouw meneer alleen
		zoals hierbij bijlage bijgaand wanneer waar waarom welke welk ziek nieuwe nieuw goed fijn bericht brief mail
		factuur traject coach klacht niks iedereen misschien even tussen weken dagen uur jaar onze jou jouw mn zn nie ge
		gij ik't moest moeten zei zegt vond vind denk weten elke eerste tweede derde twee drie vier vijf staat stond
		ligt per gaan laat maken gemaakt terug verder zeer ich höb veer neet mich gien moar nait mot noe mer wark zeet
		doar`},
	{"en", `the of and to in it is you that he was for on are with as his they at be this from have or by one had not but
		what all were when we there can an your which their said if do will each about how up out them then she many
		some so these would other into has more her two like him see time could no make than first been its who now
		people my made over did down only way find use may water long little very after words called just where most
		know get through back much go good new write our me man too any day same right look think also around another
		came come work must does part even place well such here take why help put different away again off went old
		number great tell men say small every found still between name should home big give air line set own under read
		last never us left end along while might next sound below saw something thought both few those always show large
		often together asked house world going want dont im ive thanks thank please hello dear regards sir madam email
		yesterday week meeting appointment coach report`},
	{"de", `und ich nicht mit sie wir ihnen ihre ihr auf für dass eine einen einem ist das der die den dem haben habe hatte
		bei letzte woche möchte gern gerne jemandem darüber sprechen vielen dank guten tag sehr geehrte bitte wurde
		werden kein keine auch noch nach über von zu wie warum können leider termin mein meine meinen herr frau
		freundlichen grüßen`},
	{"fr", `le la les des une et est vous je nous mon ma mes votre vos pas pour avec dans sur que qui ce cette bonjour merci
		rendez suis ai avez pourquoi comprends été au aux du ne me bien souhaite lundi reçu madame monsieur cordialement
		être parler`},
	{"es", `el la los las una y es usted yo mi mis su sus no para con en que qué por lo pasó cita buenos días gracias muchas
		quisiera saber quién puedo hablar sobre del martes señora favor estoy tengo hola como pero porque`},
	{"pt", `o a os as uma e é você eu meu minha não para com em que por obrigado obrigada boa tarde bom dia posso falar quem
		sei podem ajudar disse coisas sobre está mas`},
	{"it", `il lo la gli le una e è lei io mio mia non per con che perché buongiorno grazie vorrei capire percorso stato
		nessuno ha spiegato nulla mi sono della dello appuntamento`},
	{"pl", `i w na nie się jest z do że to o mam mój moje moim pani pan dzień dobry dziękuję proszę chciałabym chciałbym czy
		ktoś mówi dlaczego kiedy będzie jak ale wszystko`},
	{"tr", `ve bir bu için ile ben benim çok ne merhaba teşekkürler geçen hafta görüşme görüşmem vardı bana kime istiyorum
		gerekiyor yardım değil var yok nasıl lütfen neden`},
	{"ro", `și să cu la de pe nu este un o îmi mi bună ziua aș dori vorbesc cineva despre vă mulțumesc pentru eu care luni
		am fost întâlnirea`},
	{"so", `waa iyo waxaan rabaa inaan la ka ku soo qof saabsan fadlan wac salaan maya haa ayaa waxa`},
	{"fy", `ik ha hawwe hie wie net fan dy jim jimme jo jo's myn syn mei oer wurdt wurde moat soe soenen kin koe graach ris
		juster goeie petear skriuw skriuwe sizze wolle noch wat it dat dan dêr der troch tsjin yn út nei hjir wer west`},
	{"hu", `és a az nem hogy egy van köszönöm kérem szeretnék jó napot miért`},
	{"cs", `a je na se že pro jsem dobrý den děkuji prosím nebo ale jak proč`},
	{"id", `saya dan yang tidak untuk dengan ini itu anda terima kasih selamat`},
	{"pap", `mi ta no bo un pa ku na di danki bon dia tardi por ke nos`},
}

// languages is a set of rows of commonWords.
type languages uint32

// The first two rows.
const (
	dutch = iota
	english
)

func (l *lexicon) addLanguages() {
	for i, row := range commonWords {
		for w := range strings.FieldsSeq(row.words) {
			l.know(foldWord(w)).langs |= 1 << i
		}
	}
}

// language tells Dutch ("nl") and English ("en") from any other language ("other"); "" when the text is too short to
// tell. A word that our own tables know is Dutch or English. A word of several languages counts for each in part.
func language(t *wording) string {
	var counts [len(commonWords)]float64
	letters, latin, ours, n := 0, 0, 0, 0
	for _, s := range t.forms {
		if isFigure(s.fold) {
			continue
		}
		n++
		letters += len(s.fold)
		latin += latinLetters(s.fold)
		if len(s.sets) > 0 || looksDutch(s.fold) {
			ours++
		}
		for l := s.langs; l != 0; l &= l - 1 {
			counts[bits.TrailingZeros32(uint32(l))] += 1 / float64(bits.OnesCount32(uint32(s.langs)))
		}
	}
	best := 0
	for l, c := range counts {
		if c > counts[best] {
			best = l
		}
	}
	switch name := commonWords[best].lang; {
	case latin*2 < letters, counts[best] == 0 && ours == 0 && n >= 6:
		return "other"
	case name == "fy" && counts[best] < 1.3*counts[dutch]: // Frisian shares much with Dutch dialect
		return "nl"
	case counts[best] > 0 && (name == "nl" || name == "en"):
		return name
	case counts[best] >= 2 && (counts[best] > 1.5*counts[dutch] || ours*2 < n):
		return "other"
	case ours*3 >= n && n >= 3:
		return "nl"
	}
	return ""
}

// latinLetters counts the letters of the Latin alphabet, in bytes.
func latinLetters(s string) (n int) {
	for i := range len(s) {
		if s[i] < 0x80 {
			n++
		}
	}
	return n
}

// looksDutch knows Dutch by letters that stand together in few other languages.
func looksDutch(w string) bool {
	for _, s := range [...]string{"ij", "aa", "uu", "oe", "ui", "sch", "ieuw", "eerd", "heid"} {
		if strings.Contains(w, s) {
			return true
		}
	}
	return false
}
