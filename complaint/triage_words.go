package complaint

// cue is a row of the tables: patterns (see pattern) that say the same thing, and what that weighs. There are two sums:
// a mail is a certain complaint when its complaint weights reach certainFrom, and somebody has to look at it when its
// attention weights reach possibleFrom. One unit is a quarter of a natural logarithm of odds: four of them make
// something 2.7 times as likely.
type cue struct {
	why                  string // stable id, shown with the words that matched
	complaint, attention int
	flags                cueFlag
	words                string // patterns, separated by commas
}

type cueFlag uint16

const (
	unlessNot      cueFlag = 1 << iota // does not count after "niet", "geen", "nooit", "not" ...
	wherever                           // counts also in a sentence about somebody else
	inQuestion                         // only in a question
	noQuestion                         // never in a question
	inSubject                          // only in the subject
	namesComplaint                     // says "klacht", wherever it is about
	asksHelp                           // asks for help, or sends a copy
	notOurMail                         // of a frame: not even what names us counts
)

// wordClasses are the <classes> of the patterns.
var wordClasses = map[string]string{
	"not":     `niet nie nait neet nooit nimmer nit not never didnt doesnt dont wasnt isnt hasnt havent wont cant`,
	"none":    `geen gien gain gein nul no`,
	"nothing": `niks niets nix nieks nothing`,
	"nobody":  `niemand nobody noone gainaine`,
	"all_not": `niet nie nait neet nooit nimmer geen gien gain gein niks niets nix niemand nergens not never no nothing nobody`,
	"i":       `ik ich ikke kik we wij veer i`,
	"mine":    `mij me mie mien mich mn mijn my us ons onze oons hem haar hun her him`,
	"you":     `jullie julie jullies julliee u uw uwe ullie ulder gij ge julder uch jou jouw jouwe je your you`,
	"staff": `coach coaches coachen jobcoach* loopbaancoach* trainer* trainster* begeleider* begeleidster* begeleid trajectbegeleid*
		consulent* consultant* adviseur* adviseuse casemanager* jobhunter* groepsleid* cursusleid* docent* juf juffrouw leraar
		lerares leraren instructeur* assessor* testleid* receptionist* receptie balie* telefonist* administratie stagiair*
		vervanger vervangster invaller invalster medewerker* medewerkster* personeel planner mentor onderzoeker teacher*
		counsellor* counselor* adviser* advisor* employee staff instructor* facilitator* receptionists vrijwilliger`,
	"person": `meneer mijnheer mevrouw mevr mw dhr heer dame vrouw man mens vent kerel kearl gast gozer jongen jongeman jongedame
		meisje meidje meid chick wijf figuur persoon snotneus hij zij ze ie hie hee hei dae mins he she they lady guy
		gentleman person mr mrs ms die`,
	"period": `minuten minuut min uur uren kwartier dag dagen week weken wekn maand maanden jaar jaren minutes hours hour days weeks
		week months month years werkdagen weekend`,
	"times": `keer kier x maal moal keren times time kere`,
	"again": `weer wer alweer wederom opnieuw again weeral`,
	"said": `zei zegt zeg zeggen zeiden zeet zeej zag gezegd vroeg vraagt riep roept noemt noemde noemden antwoordde antwoord
		snauwde beet beweert beweerde stelt stelde adviseerde says said say told tells asked called reageerde opmerking
		medegedeeld meegedeeld toegevoegd voorgehouden horen`,
	"talk": `reactie antwoord bericht terugkoppeling overleg uitleg bevestiging teken gehoor response reply answer explanation word
		sorry excuus excuses apology verslag rapportage terugmelding`,
	"felt": `gekwetst geraakt vernederd beledigd gepasseerd genegeerd geschokt geschrokken overstuur ontdaan aangeslagen verdrietig
		boos kwaad woedend teleurgesteld machteloos onveilig bedreigd geintimideerd klein dom stom bekocht belazerd misleid
		bedonderd onbegrepen gekleineerd betutteld opgelicht gebruikt afgescheept afgewezen beschaamd ongemakkelijk overvallen
		onzeker vergeten wanhopig moedeloos ellendig rot beroerd gedupeerd opgejaagd aangevallen overgeslagen buitengesloten
		uitgelachen angry upset hurt humiliated disappointed offended insulted ignored small ashamed embarrassed unsafe shame
		gepakt bedrogen weggezet besodemieterd`,
}
