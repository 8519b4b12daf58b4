package complaint

// letterTags send letters or hold them, and speak of the mails themselves.
var letterTags = []tag{
	{
		name: "akkoord", english: "approve", others: "stuur", bare: true, still: endDeclined,
		help:    Words{"verstuurt de brieven die in de mail stonden, net als: ja", "sends the letters that the mail showed, just as: yes"},
		example: Words{"#akkoord", "#approve"},
		do:      doApprove,
	},
	{
		name: "wacht", english: "hold", taught: true, still: endDeclined,
		takes:   Words{"<tot wanneer, als u wilt>", "<until when, optional>"},
		help:    Words{"houdt alle brieven van de zaak tegen", "holds all letters of the case"},
		example: Words{"#wacht tot 1-12", "#hold until 1-12"},
		do:      doHold,
	},
	{
		name: "verder", english: "resume", bare: true, still: endDeclined,
		help:    Words{"de brieven mogen weer weg", "the letters may leave again"},
		example: Words{"#verder", "#resume"},
		do:      doResume,
	},
	{
		name: "herstel", english: "undo", taught: true, bare: true, still: anyEnd,
		help:    Words{"draait uw vorige mail terug, zolang er niets is verstuurd", "takes back your last mail, as long as nothing was sent"},
		example: Words{"#herstel", "#undo"},
		do:      doUndo,
	},
	{
		name: "notitie", english: "note", needs: true, raw: true, still: anyEnd,
		takes:   Words{"<tekst>", "<text>"},
		help:    Words{"bewaart een notitie; er gebeurt verder niets", "keeps a note; nothing else happens"},
		example: Words{"#notitie belt liever 's avonds", "#note prefers to be phoned in the evening"},
		do:      doNote,
	},
	{
		name: "status", english: "status", bare: true, still: anyEnd,
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
