package complaint

import (
	"slices"
	"time"

	"klachtd/calendar"
)

// Flag is what a message asks for beside the handling of a complaint: something with rules, and often a term, of its own.
type Flag string

const (
	FlagPrivacy   Flag = "privacy_request" // to see, copy or erase personal data (AVG articles 15 to 17)
	FlagClaim     Flag = "claim"           // holds the office liable for a loss
	FlagObjection Flag = "objection"       // objects to, or appeals against, a decision: terms run elsewhere
	FlagBreach    Flag = "data_breach"     // personal data came where they should not (AVG article 33)
	FlagSafety    Flag = "safety"          // abuse, violence, fraud: a report that has a way of its own

	flagWithdraws Flag = "withdraws" // the complaint, or says that it need not go on
	flagConsents  Flag = "consents"  // agrees that the file is sent to the commissioner
)

// PrivacyTask is what is owed to who asks for personal data; klachtd watches its date.
var PrivacyTask = Words{"antwoorden op het verzoek om gegevens (AVG)", "answer the request about personal data (GDPR)"}

// Flagged is a flag that a message raises, with the words that do.
type Flagged struct {
	Flag  Flag
	Words string // as written
	Clear bool   // it asks in so many words; else it may only speak of the matter
}

// Flags reads which flags the own words of a message raise, each at most once, in the order of the flags above. A flag is
// advice to a person and never a decision.
func Flags(subject, text string) []Flagged {
	raised := raisedIn(subject, text)
	var all []Flagged
	for _, f := range [...]Flag{FlagSafety, FlagBreach, FlagPrivacy, FlagObjection, FlagClaim} {
		if found, ok := raised[f]; ok {
			all = append(all, found)
		}
	}
	return all
}

// raisedIn finds all flags, those about the case itself too.
func raisedIn(subject, text string) map[Flag]Flagged {
	t := flagTables.cut(ownSubject(subject), ownWords(subject, text))
	best := map[Flag]Flagged{}
	flagTables.match(t, func(cue, first, last int) {
		row := flagRows[cue]
		old, seen := best[row.flag]
		if seen && (old.Clear || !row.clear) || row.wanted && t.denies(first, last) {
			return
		}
		if row.flag == flagWithdraws { // somebody's own words, to be put on file
			in := t.sentences[t.words[first].sentence]
			first, last = in.first, in.end-1
		}
		best[row.flag] = Flagged{row.flag, t.quote(first, last), row.clear}
	})
	return best
}

// denies says whether a match is denied: "ik wil geen inzage".
func (t *wording) denies(first, last int) bool {
	start := max(first-2, t.sentences[t.words[first].sentence].first)
	return slices.ContainsFunc(t.words[start:last+1], func(w word) bool { return isOneOf(w.fold, denials) })
}

var denials = []string{"geen", "niet", "nooit", "no", "not", "dont", "never", "without", "zonder"}

// PrivacyDue is the day by which a request about personal data is answered: a month after it came in (AVG article 12(3)).
func PrivacyDue(received calendar.Date, h calendar.Holidays) calendar.Date {
	return calendar.Term{N: 1, Unit: calendar.Months}.After(received, h)
}

// BreachDue is the instant by which a data breach is reported to the authority: 72 hours after it was known (AVG article
// 33(1)), at the earliest when the message came in.
func BreachDue(arrived time.Time) time.Time { return arrived.Add(72 * time.Hour) }

// flagRow is a row of phrases; see pattern for how they are written.
type flagRow struct {
	flag   Flag
	clear  bool
	wanted bool // it has to be wanted: a "niet" or "geen" beside it takes it away
	words  string
}

var flagRows = []flagRow{
	{FlagPrivacy, true, true, `
		inzage ~6 gegevens|dossier|stukken|persoonsgegevens|verslagen, recht ~ op ~ inzage|vergetelheid|verwijdering|wissing|rectificatie,
		inzageverzoek, verwijderverzoek, verzoek ~2 inzage, verzoek ~2 tot ~ inzage, recht ~3 vergeten,
		kopie|afschrift|overzicht ~6 dossier|gegevens|persoonsgegevens|verslagen|aantekeningen,
		alle|al ~2 gegevens|informatie|persoonsgegevens|stukken ~8 mij|me|mijn,
		mijn ~2 gegevens|persoonsgegevens|dossier ~3 zien|inzien|inkijken|krijgen|hebben,
		welke|wat ~ gegevens|persoonsgegevens ~6 mij|me, gegevens|persoonsgegevens|dossier ~6 opvragen|ontvangen|toesturen|inzien|opsturen,
		verwijder|verwijderen|verwijdert|wis|wissen|wist|vernietig|vernietigen|vernietigt ~5 gegevens|persoonsgegevens|dossier,
		gegevens|persoonsgegevens|dossier ~6 verwijderen|verwijdert|wissen|wist|vernietigen|vernietigt,
		wil|willen|verzoek|verzoeken|graag|kunt|eis ~8 gegevens|persoonsgegevens|dossier|alles ~6 verwijderd|gewist|vernietigd,
		avg verzoek, avgverzoek, verzoek ~4 avg, beroep ~4 avg, op grond van ~2 avg, volgens ~ avg ~4 recht|recht|inzage,
		subject access request, access request, gdpr|privacy request, under ~2 gdpr,
		access|copy|copies ~5 data|file|records, all|any ~4 data|information ~6 me, data|information ~3 hold|have|keep|store ~4 me,
		delete|erase|remove ~4 data|file|records|information, right ~2 access|erasure|forgotten,
		send|give|provide ~2 me ~4 data|file|records`},
	{FlagPrivacy, false, true, `avg, gdpr, inzage, privacywet*, persoonsgegevens, data protection`},
	{FlagClaim, true, true, `
		aansprakelijk*, schadevergoeding*, schadeclaim*, schadeloos*, smartengeld, letselschade,
		schade ~4 vergoed*|verhaal|verhalen|claim|claimen, vergoed* ~4 schade, dien|dienen|indien ~4 claim, claim ~3 in|indienen,
		liable, liability, hold ~2 responsible ~6 loss|losses|damage|damages, compensation ~3 for, compensate, damages, sue ~ you,
		legal action ~4 against`},
	{FlagObjection, true, true, `
		maak|maken|teken|aantekenen|dien|indienen ~5 bezwaar, bezwaar ~4 maak|maken|maak|indienen|aantekenen|tegen,
		bezwaarschrift*, beroepschrift*, ga|gaan|wil ~3 in beroep, beroep ~3 instellen|aantekenen|indienen,
		bezwaar ~8 besluit|beschikking|uitkering|gemeente|uwv,
		object|objection|appeal ~5 decision|municipality|benefit, lodge|file ~3 objection|appeal`},
	{FlagBreach, true, false, `
		datalek*, data lek*, data breach, gegevens|gegevns ~3 gelekt|lekt|straat,
		gegevens|dossier|rapport|rapporten|verslag|verslagen|informatie|diagnose|emails|mails ~8 gedeeld|doorgestuurd|doorgegeven|gestuurd|verstuurd|gemaild|doorgespeeld ~8 werkgever|derden|anderen|iemand|collega|collegas|verkeerde|baas|familie|ex|zonder,
		zonder ~3 toestemming ~8 gedeeld|doorgegeven|doorgestuurd|gemaild|gestuurd|verstuurd|verteld|doorgespeeld,
		gedeeld|doorgegeven|doorgestuurd|gemaild|gestuurd|verstuurd ~6 zonder ~3 toestemming,
		medische|gevoelige|vertrouwelijke|persoonlijke ~2 gegevens|informatie|dossier|stukken|details ~8 werkgever|baas|collega|collegas|derden|anderen|verkeerde|gedeeld|doorgestuurd|gelekt,
		verkeerde ~ persoon|adres|ontvanger|mailadres ~8 gegevens|dossier|rapport|verslag|mail|brief,
		mail|brief|rapport|verslag ~6 verkeerde ~ persoon|adres|ontvanger|mailadres|emailadres,
		shared|disclosed|sent|passed|forwarded|leaked|gave|told|went ~6 details|data|information|report|file|records|diagnosis ~8 employer|boss|others|third|colleague|colleagues|someone|wrong,
		details|data|information|report|file|records|diagnosis ~6 shared|disclosed|sent|passed|forwarded|leaked|given|went ~6 employer|boss|others|third|colleague|colleagues|someone|wrong,
		shared|disclosed|sent|passed|forwarded|leaked|told ~8 without ~3 consent|permission,
		wrong ~ person|address|recipient`},
	{FlagSafety, true, false, `
		mishandel*, kindermishandeling, misbruikt*, seksueel|seksuele ~ misbruik|intimidatie|geweld|getint*, aanrand*, aangerand, verkracht*,
		grensoverschrijdend*, ongewenste intimiteiten, aan ~2 borsten|billen|kont, gestalkt|stalkt|stalking, huiselijk geweld,
		sloeg|slaat|geslagen|schopt|schopte|geschopt ~4 mij|me|haar|hem|kind|kinderen|dochter|zoon,
		fraude|frauduleus|frauduleuze, valsheid, omkoop*|omgekocht|smeergeld, integriteit*, corrupt|corruptie, chanteer*|chantage,
		sexually, sexual ~ harassment|abuse|assault|comments|remarks, harassed|harassment, assaulted, molested, groped,
		abused ~3 me|him|her|child, child abuse, hit|beat|kicked ~2 me|him|her|child|son|daughter, fraud, bribe*, blackmail*, integrity`},
	{flagWithdraws, true, false, `
		laat ~2 maar, laat|laten ~4 zitten|rusten, trek|trekken ~6 klacht ~6 in|terug, klacht ~4 intrekken|ingetrokken, intrekken ~3 klacht,
		zie|zien ~3 af van ~3 klacht, hoeft|hoeven ~4 niet meer, niet meer nodig, vergeet ~4 klacht|mail|bericht,
		withdraw|withdrawing|drop|dropping ~4 complaint, never mind, forget ~2 it|complaint|about, no longer necessary|needed`},
	{flagConsents, true, true, `
		stuur|stuurt|sturen ~4 klacht|dossier|zaak ~3 door|op, stuur|stuurt ~2 door, mag|mogen ~4 klacht|dossier ~3 doorsturen|doorgestuurd,
		doorsturen mag|graag, send|forward|pass ~3 complaint|file ~3 on|to, please forward|send ~3 it|complaint, forward it`},
}

var flagTables = func() *lexicon {
	l := &lexicon{sets: map[string]uint16{}, exact: map[string]*known{}, prefixes: map[string][]affix{}, suffixes: map[string][]affix{}}
	for i, row := range flagRows {
		l.add(i, row.words)
	}
	return l
}()
