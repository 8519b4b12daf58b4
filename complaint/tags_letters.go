package complaint

// letterTags send letters or hold them, and speak of the mails themselves.
var letterTags = []tag{
	{
		name: "akkoord", english: "approve", others: "stuur", bare: true, still: endDeclined | endWithdrawn, decides: true,
		help:    Words{"verstuurt de brieven die in de mail stonden, net als: ja", "sends the letters that the mail showed, just as: yes"},
		example: Words{"#akkoord", "#approve"},
		do:      doApprove,
	},
	{
		name: "wacht", english: "hold", still: endDeclined | endWithdrawn,
		takes:   Words{"<tot wanneer, als u wilt>", "<until when, optional>"},
		help:    Words{"houdt alle brieven van de zaak tegen", "holds all letters of the case"},
		example: Words{"#wacht tot 1-12", "#hold until 1-12"},
		do:      doHold,
	},
	{
		name: "verder", english: "resume", bare: true, still: endDeclined | endWithdrawn, decides: true,
		help:    Words{"de brieven mogen weer weg", "the letters may leave again"},
		example: Words{"#verder", "#resume"},
		do:      doResume,
	},
	{
		name: "tekst", english: "text", needs: true, raw: true, still: endDeclined | endWithdrawn, decides: true,
		takes:   Words{"<uw eigen tekst van de brief>", "<your own text of the letter>"},
		help:    Words{"vervangt de tekst van de brief in de mail waarop u antwoordt", "replaces the text of the letter in the mail you answer"},
		example: Words{"#tekst Wij bevestigen wat wij met u bespraken.", "#text We confirm what we discussed with you."},
		do:      doRewrite,
	},
	{
		name: "tussenbericht", english: "update", others: "voortgang,progress",
		takes:   Words{"<tekst, als u wilt> datum: <wanneer de klager weer iets hoort>", "<text, optional> date: <when the complainant hears again>"},
		help:    Words{"laat de klager weten hoe het verder gaat; de brief vertrekt", "tells the complainant how it goes on; the letter leaves"},
		example: Words{"#tussenbericht Wij wachten nog op een reactie. datum: 10 december", "#update We are still waiting for a response. date: 10 December"},
		fields:  []field{{key: "by", words: "datum,uiterlijk,voor,date,by", cut: cutDay}},
		do:      doProgress,
	},
	{
		name: "uitstel", english: "extend", others: "verdaging,extension",
		takes:   Words{"<datum> <reden>", "<date> <reason>"},
		help:    Words{"stelt de bevestiging uit, als het reglement dat kent; ook toestemming: ja", "puts off the confirmation, where the procedure knows that; also consent: yes"},
		example: Words{"#uitstel 12 januari de coach is ziek", "#extend 12 January the coach is ill"},
		fields:  []field{consentField, {key: "reason", words: "reden,reason", long: true}, {key: "until", words: "tot,datum,until,date", cut: cutDay}},
		do:      doExtend,
	},
	{
		name: "verzonden", english: "posted", happened: true, others: "gepost,verstuurd", day: dayAlways, still: anyOwnEnd,
		takes:   Words{"<datum>", "<date>"},
		help:    Words{"u hebt de brief op de post gedaan", "you put the letter in the post"},
		example: Words{"#verzonden gisteren", "#posted yesterday"},
		do:      doPosted,
	},
	{
		name: "stil", english: "quiet", bare: true, caseless: true, still: anyEnd,
		help:    Words{"geen antwoord nodig, tenzij er iets te beslissen is", "no answer needed, unless there is something to decide"},
		example: Words{"#stil", "#quiet"},
		do:      doQuiet,
	},
	{
		name: "forceer", english: "force", needs: true, raw: true, caseless: true, still: anyEnd,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"doet toch wat werd geweigerd, als dat mag; in dezelfde mail", "does all the same what was refused, where that is allowed; in the same mail"},
		example: Words{"#forceer de klager vraagt er zelf om", "#force the complainant asks for it"},
		do:      doForce,
	},
	{
		name: "herstel", english: "undo", taught: true, bare: true, still: anyEnd,
		help:    Words{"draait uw vorige mail terug, zolang er niets is verstuurd", "takes back your last mail, as long as nothing was sent"},
		example: Words{"#herstel", "#undo"},
		do:      doUndo,
	},
	{
		name: "notitie", english: "note", happened: true, needs: true, raw: true, still: anyEnd,
		takes:   Words{"<tekst>", "<text>"},
		help:    Words{"bewaart een notitie; er gebeurt verder niets", "keeps a note; nothing else happens"},
		example: Words{"#notitie belt liever 's avonds", "#note prefers to be phoned in the evening"},
		do:      doNote,
	},
	{
		name: "status", english: "status", happened: true, bare: true, still: anyEnd,
		help:    Words{"laat zien hoe de zaak ervoor staat", "shows how the case stands"},
		example: Words{"#status", "#status"},
		do:      shown(ShowStatus),
	},
	{
		name: "help", english: "help", taught: true, caseless: true, still: anyEnd,
		takes:   Words{"alles", "all"},
		help:    Words{"deze lijst; met \"alles\" staan alle opdrachten erin", "this list; with \"all\" it has every command"},
		example: Words{"#help alles", "#help all"},
		do:      doHelp,
	},
}
