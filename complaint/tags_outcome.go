package complaint

// outcomeTags are about the offer, what the complainant says of it, and how the handling ends: articles 5 and 6.
var outcomeTags = []tag{
	{
		name: "aanbod", english: "offer", taught: true, needs: true, day: dayFirst, still: endClosed,
		takes:   Words{"<wat u aanbood> gebeld: <datum>", "<what you offered> called: <date>"},
		help:    Words{"wat u de klager aan de telefoon aanbood", "what you offered the complainant by phone"},
		example: Words{"#aanbod een nieuwe afspraak en excuses", "#offer a new appointment and apologies"},
		check:   needsFinding, do: doOffer,
	},
	{
		name: "geenaanbod", english: "nooffer", needs: true, day: dayPause, still: endClosed,
		takes:   Words{"<reden>", "<reason>"},
		help:    Words{"geen (nieuw) aanbod, en waarom", "no (new) offer, and why"},
		example: Words{"#geenaanbod De klager vraagt niets.", "#nooffer The complainant asks for nothing."},
		check:   needsFinding, do: doNoOffer,
	},
	{
		name: "tevreden", english: "satisfied", taught: true, day: dayFirst, still: endClosed,
		takes:   Words{"<1-5> <wat de klager zei>", "<1-5> <what the complainant said>"},
		help:    Words{"of de klager tevreden is, met een cijfer", "whether the complainant is satisfied, with a score"},
		example: Words{"#tevreden 4 blij met de nieuwe afspraak", "#satisfied 4 glad of the new appointment"},
		check:   needsFinding, do: reacted(true),
	},
	{
		name: "ontevreden", english: "dissatisfied", others: "niettevreden,unsatisfied,notsatisfied", with: "tevreden", day: dayFirst, still: endClosed,
		takes:   Words{"<1-5> <wat de klager zei>", "<1-5> <what the complainant said>"},
		example: Words{"#ontevreden 2 wil een andere coach", "#dissatisfied 2 wants another coach"},
		check:   needsFinding, do: reacted(false),
	},
	{
		name: "opgelost", english: "resolved", day: dayFirst,
		takes:   Words{"<datum> <hoe>", "<date> <how>"},
		help:    Words{"de klacht is afgehandeld zonder reactie van de klager", "the complaint is concluded without a reaction of the complainant"},
		example: Words{"#opgelost geen reactie na twee herinneringen", "#resolved no reaction after two reminders"},
		fields:  []field{{key: "how", words: "hoe,how", long: true}},
		check:   needsOutcome, do: doResolved,
	},
	{
		name: "verslag", english: "report",
		takes:   Words{"klager: <tekst> betrokkene: <tekst>", "complainant: <text> concerned: <text>"},
		help:    Words{"uw eigen woorden voor de verslagen; aan elk van beide een eigen tekst", "your own words for the reports; a text of its own for each"},
		example: Words{"#verslag klager: Wij maken een nieuwe afspraak. betrokkene: De werkwijze is besproken.", "#report complainant: We will make a new appointment. concerned: The way of working was discussed."},
		fields: []field{{key: "complainant", words: "klager,complainant", long: true},
			{key: "concerned", words: "betrokkene,betrokkenen,concerned,person concerned", long: true}},
		do: doReport,
	},
}
