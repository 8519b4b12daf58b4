package complaint

// afterTags are about what is left to do: articles 7, 8 and 9.
var afterTags = []tag{
	{
		name: "maatregel", english: "measure", happened: true, taught: true, needs: true, day: dayNamed, still: anyOwnEnd,
		takes:   Words{"<wat er verandert> wie: <wie> voor: <datum>", "<what changes> who: <who> by: <date>"},
		help:    Words{"wat er verandert om herhaling te voorkomen; later: maatregel 1 klaar", "what changes to prevent a repetition; later: measure 1 done"},
		example: Words{"#maatregel herinnering de dag ervoor wie: planning voor: 15-1", "#measure reminder the day before who: planning by: 15-1"},
		fields:  measuring, do: doMeasure,
	},
	{
		name: "geenmaatregel", english: "nomeasure", happened: true, needs: true, day: dayNamed, still: endClosed | endWithdrawn,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"geen maatregel, en waarom", "no measure, and why"},
		example: Words{"#geenmaatregel dit was eenmalig", "#nomeasure this happened once"},
		do:      doNoMeasure,
	},
	{
		name: "afspraak", english: "commitment", others: "afgesproken,agreed", day: dayNamed, still: endClosed | endWithdrawn,
		takes:   Words{"<wat er is afgesproken> wie: <wie> voor: <datum>", "<what was agreed> who: <who> by: <date>"},
		help:    Words{"wat er met de klager is afgesproken; later wordt het met: afspraak 1 voor: <datum> <reden>", "what was agreed with the complainant; put off with: commitment 1 by: <date> <reason>"},
		example: Words{"#afspraak nieuw rapport toesturen wie: planning voor: 15-12", "#commitment send a new report who: planning by: 15-12"},
		fields:  []field{whoField, {key: "by", words: "voor,uiterlijk,by,before", cut: cutDay}, {key: "what", words: "wat,what", long: true}},
		do:      doCommitment,
	},
	{
		name: "nagekomen", english: "done", happened: true, others: "kept", day: dayAlways, still: anyOwnEnd,
		takes:   Words{"<nummer> <hoe, als u wilt>", "<number> <how, optional>"},
		help:    Words{"een afspraak is nagekomen; ook: maatregel 1", "a commitment was kept; also: measure 1"},
		example: Words{"#nagekomen 1 rapport gemaild", "#done 1 report sent"},
		do:      doKept,
	},
	{
		name: "doorverwijzen", english: "refer", others: "doorverwijzing,referral", still: anyOwnEnd, day: dayNamed, decides: true,
		takes: Words{"<naam van de opdrachtgever, als u wilt>", "<name of the commissioner, optional>"},
		help: Words{"wijst de klager de weg naar de opdrachtgever; de brief vertrekt. Mag u het dossier sturen: toestemming: ja",
			"shows the complainant the way to the commissioner; the letter leaves. If you may send the file: consent: yes"},
		example: Words{"#doorverwijzen gemeente Waalstad", "#refer municipality of Waalstad"},
		fields:  []field{consentField},
		do:      doRefer,
	},
	{
		name: "bewaar", english: "keep", happened: true, others: "bewaren", needs: true, still: anyOwnEnd,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"bewaart de zaak langer dan gewoon", "keeps the case longer than usual"},
		example: Words{"#bewaar claim bij de verzekeraar", "#keep a claim with the insurer"},
		do:      doRetain,
	},
	{
		name: "test", english: "test", others: "proef", bare: true, still: anyOwnEnd,
		help:    Words{"dit is de jaarlijkse proefzaak; zij telt niet mee", "this is the yearly test case; it does not count"},
		example: Words{"#test", "#test"},
		do:      doTest,
	},
}
