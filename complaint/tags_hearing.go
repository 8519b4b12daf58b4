package complaint

// hearingTags are about hearing both sides and the finding: articles 3 and 4.
var hearingTags = []tag{
	{
		name: "betrokkene", english: "concerned", others: "personconcerned", taught: true, day: dayNamed, still: endWithdrawn,
		takes:   Words{"<naam, e-mailadres> over: <welk gedrag>", "<name, mail address> about: <what conduct>"},
		help:    Words{"over wie de klacht gaat; ook adres:, vragen: en rol: getuige", "whom the complaint is about; also address:, questions: and role: witness"},
		example: Words{"#betrokkene Sanne Bos, sanne@praktijk.example over: niet komen opdagen", "#concerned Sanne Bos <sanne@praktijk.example> about: not showing up"},
		fields: []field{{key: "over", words: "over,about", long: true}, {key: "name", words: "naam,name"},
			{key: "mail", words: "mail,email,emailadres,mailadres"}, {key: "post", words: "adres,postadres,address,postal address"},
			{key: "questions", words: "vragen,vraag,questions", long: true}, {key: "role", words: "rol,role", cut: cutWord}},
		do: doPerson,
	},
	{
		name: "geenbetrokkene", english: "noconcerned", others: "nobodyconcerned", day: dayNamed,
		takes:   Words{"<reden, als u wilt>", "<reason, optional>"},
		help:    Words{"de klacht gaat over niemand in het bijzonder", "the complaint is about nobody in particular"},
		example: Words{"#geenbetrokkene gaat over het gebouw", "#noconcerned about the building"},
		do:      doNobody,
	},
	{
		name: "reactie", english: "response", happened: true, taught: true, needs: true, day: dayPause, fields: sharing, still: endWithdrawn,
		takes:   Words{"<samenvatting> delen: <ja of nee>", "<summary> share: <yes or no>"},
		help:    Words{"wat de betrokkene zegt, samengevat", "what the person concerned says, summarised"},
		example: Words{"#reactie Zij erkent dat zij de afspraak is vergeten.", "#response She admits that she forgot the appointment."},
		do:      doResponse,
	},
	{
		name: "geenreactie", english: "noresponse", happened: true, needs: true, day: dayPause, fields: []field{whoField}, still: endWithdrawn,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"er is geen reactie van de betrokkene, en waarom", "there is no response of the person concerned, and why"},
		example: Words{"#geenreactie werkt hier niet meer", "#noresponse no longer works here"},
		do:      doNoResponse,
	},
	{
		name: "gegrond", english: "upheld", taught: true, needs: true, day: dayPause, fields: judging, decides: true,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"het oordeel, met de reden; bij meer punten ook punt:, over: en betrokkene:", "the finding, with the reason; on several points also point:, about: and concerned:"},
		example: Words{"#gegrond De afspraak is vergeten en niet afgezegd. Ernst: 2", "#upheld The appointment was forgotten. Severity: 2"},
		check:   needsHearing, do: judged(Upheld),
	},
	{
		name: "deels", english: "partly", others: "deelsgegrond,gedeeltelijk,gedeeltelijkgegrond,partlyupheld", with: "gegrond", needs: true, day: dayPause, fields: judging, decides: true,
		takes:   Words{"<reden>", "<reason>"},
		example: Words{"#deels De afspraak is vergeten, maar wel dezelfde dag afgezegd.", "#partly The appointment was forgotten, but cancelled the same day."},
		check:   needsHearing, do: judged(PartlyUpheld),
	},
	{
		name: "ongegrond", english: "notupheld", others: "nietgegrond,unfounded", with: "gegrond", needs: true, day: dayPause, fields: judging, decides: true,
		takes:   Words{"<reden>", "<reason>"},
		example: Words{"#ongegrond De afspraak is op tijd afgezegd.", "#notupheld The appointment was cancelled in time."},
		check:   needsHearing, do: judged(NotUpheld),
	},
	{
		name: "geenoordeel", english: "nofinding", with: "gegrond", needs: true, day: dayPause, fields: judging, decides: true,
		takes:   Words{"<reden>", "<reason>"},
		example: Words{"#geenoordeel Het is het ene woord tegen het andere.", "#nofinding It is one word against another."},
		check:   needsHearing, do: judged(NoFinding),
	},
	{
		name: "ernst", english: "severity", needs: true, still: endClosed | endWithdrawn, decides: true,
		takes:   Words{"<1, 2 of 3>", "<1, 2 or 3>"},
		help:    Words{"hoe ernstig: 1 licht, 2 matig, 3 ernstig", "how severe: 1 light, 2 moderate, 3 serious"},
		example: Words{"#ernst 2", "#severity 2"},
		do:      weighed("severity"),
	},
	{
		name: "oorzaak", english: "cause", needs: true, still: endClosed | endWithdrawn, decides: true,
		takes:   Words{"<oorzaak>", "<cause>"},
		help:    Words{"wat de oorzaak was", "what the cause was"},
		example: Words{"#oorzaak agenda niet bijgewerkt", "#cause diary not kept up"},
		do:      weighed("cause"),
	},
	{
		name: "verantwoordelijk", english: "accountable", others: "verantwoordelijke", needs: true, still: endClosed | endWithdrawn, decides: true,
		takes:   Words{"<wie of wat>", "<who or what>"},
		help:    Words{"wie of wat verantwoordelijk was; blijft intern", "who or what was accountable; stays internal"},
		example: Words{"#verantwoordelijk planning", "#accountable planning"},
		do:      weighed("accountable"),
	},
}
