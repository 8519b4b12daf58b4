package complaint

// acrossTags are about more than one case, or about another one.
var acrossTags = []tag{
	{
		name: "nieuw", english: "new", fields: entering, caseless: true, still: anyEnd,
		takes:   Words{"kanaal: <brief, telefoon, balie> ontvangen: <datum> naam: <naam> over: <omschrijving>", "channel: <letter, phone, visit> received: <date> name: <name> about: <description>"},
		help:    Words{"een klacht die niet per e-mail kwam; ook mail:, adres:, tel:, datum:, plaats: en tekst:", "a complaint that did not come by mail; also mail:, address:, phone:, date:, place: and text:"},
		example: Words{"#nieuw kanaal: telefoon ontvangen: 18-11 naam: P. de Wit tel: 0344 123456 over: niet teruggebeld", "#new channel: phone received: 18-11 name: P. de Wit phone: 0344 123456 about: not called back"},
		do:      doNew,
	},
	{
		name: "zaak", english: "case", needs: true, caseless: true, still: anyEnd,
		takes:   Words{"<zaaknummer>", "<case number>"},
		help:    Words{"de regels eronder gaan over die zaak; in antwoord op de dagelijkse mail", "the lines below it are about that case; in answer to the daily mail"},
		example: Words{"#zaak K2026-0001 belt morgen terug", "#case K2026-0001 will call back tomorrow"},
		do:      doCase,
	},
	{
		name: "hoortbij", english: "belongs", others: "belongsto", needs: true, caseless: true, still: endDismissed,
		takes:   Words{"<zaaknummer>", "<case number>"},
		help:    Words{"dit bericht hoort bij een andere zaak; het wordt daar bewaard", "this message belongs to another case; it is filed there"},
		example: Words{"#hoortbij K2026-0002", "#belongs K2026-0002"},
		do:      doBelongs,
	},
	{
		name: "samenvoegen", english: "merge", needs: true,
		takes:   Words{"<zaaknummer>", "<case number>"},
		help:    Words{"neemt twee zaken van dezelfde klager samen; het oudste nummer blijft", "takes two cases of the same complainant together; the oldest number stays"},
		example: Words{"#samenvoegen K2026-0002", "#merge K2026-0002"},
		do:      doMerge,
	},
	{
		name: "verwant", english: "link", others: "related", needs: true, still: anyEnd,
		takes:   Words{"<zaaknummer>", "<case number>"},
		help:    Words{"legt vast dat twee zaken met elkaar te maken hebben", "records that two cases are related"},
		example: Words{"#verwant K2026-0002", "#link K2026-0002"},
		do:      doLink,
	},
	{
		name: "splits", english: "split", others: "splitsen",
		takes:   Words{"over: <onderwerp>", "about: <subject>"},
		help:    Words{"maakt van het tweede onderwerp een eigen zaak", "makes a case of its own of the second subject"},
		example: Words{"#splits over: de rekening", "#split about: the invoice"},
		fields:  []field{{key: "about", words: "over,onderwerp,about", long: true}},
		do:      doSplit,
	},
	{
		name: "draagover", english: "handover", others: "overdragen", caseless: true, still: endDeclined | endClosed,
		takes:   Words{"<naam> reden: <waarom, als u wilt>", "<name> reason: <why, optional>"},
		help:    Words{"geeft de zaak aan een andere behandelaar", "gives the case to another handler"},
		example: Words{"#draagover Ruud Bos reden: vakantie", "#handover Ruud Bos reason: holiday"},
		fields:  []field{{key: "reason", words: "reden,reason", long: true}},
		do:      doHandOver,
	},
	{
		name: "overzicht", english: "list", others: "zaken,cases", bare: true, caseless: true, still: anyEnd,
		help:    Words{"laat uw lopende zaken zien", "shows your running cases"},
		example: Words{"#overzicht", "#list"},
		do:      shown(ShowCases),
	},
}
