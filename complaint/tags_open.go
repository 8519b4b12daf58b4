package complaint

// openTags begin a case, say what it is about, or end it at once: articles 1 and 2.
var openTags = []tag{
	{
		name: "klacht", english: "complaint", taught: true, fields: describing, still: endDismissed | endDeclined,
		takes:   Words{"over: <korte omschrijving> datum: <wanneer> plaats: <waar>", "about: <short description> date: <when> place: <where>"},
		help:    Words{"dit is een klacht; de ontvangstbevestiging vertrekt", "this is a complaint; the acknowledgement leaves"},
		example: Words{"#klacht over: afspraak vergeten datum: 22 oktober plaats: Tiel", "#complaint about: forgotten appointment date: 22 October place: Tiel"},
		do:      doComplaint,
	},
	{
		name: "ontvangst", english: "ack", others: "ontvangstbevestiging,acknowledgement", fields: describing, still: endDismissed | endDeclined,
		takes:   Words{"over: <korte omschrijving> verwacht: <datum>", "about: <short description> expected: <date>"},
		help:    Words{"als #klacht: wat er in de ontvangstbevestiging komt", "as #complaint: what the acknowledgement says"},
		example: Words{"#ontvangst over: niet teruggebeld bijz: drie keer gevraagd", "#ack about: not called back details: asked three times"},
		do:      doComplaint,
	},
	{
		name: "geenklacht", english: "notcomplaint", others: "notacomplaint", day: dayNamed, still: endDismissed,
		takes:   Words{"<reden, als u wilt>", "<reason, optional>"},
		help:    Words{"dit is geen klacht; er gaat niets weg", "this is not a complaint; nothing is sent"},
		example: Words{"#geenklacht vraag over een factuur", "#notcomplaint a question about an invoice"},
		do:      doDismiss,
	},
	{
		name: "direct", english: "resolvednow", others: "directopgelost", needs: true, day: dayPause, early: true,
		takes:   Words{"<hoe het is opgelost>", "<how it was resolved>"},
		help:    Words{"meteen opgelost, met instemming van de klager; er gaan geen brieven weg", "resolved at first contact, and the complainant agrees; no letters are sent"},
		example: Words{"#direct factuur gecrediteerd, klager is het ermee eens", "#resolvednow invoice credited, the complainant agrees"},
		check:   beforeAcknowledgement, do: doAtOnce,
	},
	{
		name: "ontvangen", english: "received", needs: true,
		takes:   Words{"<datum> <reden, als het later is>", "<date> <reason, when later>"},
		help:    Words{"verbetert de datum van ontvangst", "corrects the date of receipt"},
		example: Words{"#ontvangen 1-11", "#received 1-11"},
		fields:  []field{{key: "reason", words: "reden,reason", long: true}},
		do:      doReceived,
	},
	{
		name: "nietbehandelen", english: "decline", others: "nietinbehandeling,notaccepted", taught: true, needs: true, day: dayNamed, still: endDeclined,
		takes:   Words{"<nummer 1-9>: <toelichting, als u wilt>", "<number 1-9>: <explanation, optional>"},
		help:    Words{"niet in behandeling nemen; de brief met de reden vertrekt", "does not take it up; the letter with the reason leaves"},
		example: Words{"#nietbehandelen 3: besluit van de gemeente", "#decline 3: a decision of the municipality"},
		check:   mayDecline, do: doDecline,
	},
	{
		name: "gebeld", english: "called", taught: true, day: dayAlways, early: true, still: anyEnd,
		takes:   Words{"<datum> <wat er is gezegd>", "<date> <what was said>"},
		help:    Words{"legt een gesprek met de klager vast; ook: geen gehoor", "records a call with the complainant; also: no answer"},
		example: Words{"#gebeld gisteren met: mevrouw Bakker verteld: ja", "#called yesterday with: Ms Bakker told: yes"},
		fields:  []field{{key: "with", words: "met,with"}, {key: "told", words: "verteld,told"}},
		do:      doCalled,
	},
}
