package clerk

// handlerSays is what a handler may type, sensible or not. KNR becomes the number of a case, NR a small number.
var handlerSays = []string{
	"ja", "ja", "ja", "nee", "ok", "akkoord", "1", "1 2", "geen", "2", "3", "👍", "Ok, ik bel morgen",
	"#klacht over: afspraak vergeten datum: 22 oktober plaats: Tiel", "#ontvangst over: niet teruggebeld", "#geenklacht vraag over een factuur", "#direct gecrediteerd",
	"#ontvangen 1-11", "#nietbehandelen 3: besluit van de gemeente", "#gebeld gisteren met: mevrouw Bakker verteld: ja", "#gebeld geen gehoor",
	"#vraag Met wie had u een afspraak?", "#machtiging nodig van: Piet de Wit", "#machtiging ja", "#vertrouwelijk De klager is onder behandeling.", "#categorie bejegening",
	"#betrokkene Sanne Bos, sanne@praktijk.example over: niet komen opdagen", "#betrokkene Piet Blom, piet@praktijk.example over: onvriendelijk aan de telefoon",
	"#geenbetrokkene gaat over het gebouw", "#reactie Zij erkent dat zij de afspraak is vergeten.", "#geenreactie werkt hier niet meer",
	"#gegrond De afspraak is vergeten.", "#deels De afspraak is laat afgezegd.", "#ongegrond De afspraak is op tijd afgezegd.", "#geenoordeel Woord tegen woord.",
	"#gegrond punt: 1 betrokkene: Sanne De afspraak is vergeten.", "#aanbod een nieuwe afspraak en excuses", "#geenaanbod De klager vraagt niets.",
	"#tevreden 4 blij met de nieuwe afspraak", "#ontevreden 2 wil een andere coach", "#bedenktijd tot 1 december", "#verteld gisteren aan de telefoon",
	"#opgelost geen reactie na twee herinneringen", "#verslag betrokkene: De werkwijze is besproken.", "#maatregel herinnering de dag ervoor", "#geenmaatregel dit was eenmalig",
	"#maatregel 1 klaar", "#afspraak nieuw rapport toesturen voor: 15-12", "#nagekomen NR rapport gemaild", "#doorverwijzen", "#bewaar claim", "#test",
	"#tussenbericht Wij wachten nog op een reactie.", "#uitstel 12 januari de coach is ziek", "#wacht", "#wacht tot 1-12", "#verder", "#herstel", "#akkoord",
	"#tekst Wij bevestigen wat wij met u bespraken.", "#ingetrokken \"Laat u het maar rusten.\"", "#heropen nieuw bewijs", "#sluit", "#status", "#help", "#overzicht",
	"#samenvoegen KNR", "#verwant KNR", "#splits over: de rekening", "#draagover Ruud Bos reden: vakantie", "#zaak KNR", "#hoortbij KNR",
	"#klager CIJFER", "#gegornd want te laat", "#onzin", "ja maar niet morgen", "#tevreden 9", "#ontvangen 31-2", "zomaar een notitie", "",
	"#nieuw kanaal: brief ontvangen: 2-11 naam: P. de Wit adres: Kerkstraat 1, 4001 AB Tiel over: niet teruggebeld", "#verzonden vandaag", "#verzonden",
}

// forms are the form after the phone call as people fill it in.
var forms = []string{
	"Betrokkene: Sanne Bos\nE-mail betrokkene: sanne@praktijk.example\nReactie betrokkene: Zij erkent het.\nOordeel: gegrond\nWaarom: vergeten\nAanbod: excuses\nReactie klager: 4\nMaatregel: bericht",
	"Betrokkene: geen\nOordeel: ongegrond\nWaarom: op tijd afgezegd\nAanbod: geen, niet nodig\nReactie klager: 2 boos",
	"Betrokkene: geen\nOordeel: deels\nWaarom: laat\nAanbod: excuses\nReactie klager:",
	"Oordeel: gegrond\nWaarom:\nReactie klager: 4",
}

// steps are what brings most cases on.
var steps = []string{
	"#betrokkene Sanne Bos, sanne@praktijk.example over: niet komen opdagen", "#geenbetrokkene gaat over het gebouw", "#reactie Zij erkent het.", "#gegrond De afspraak is vergeten.",
	"#aanbod excuses", "#geenaanbod niet nodig", "#tevreden 4 blij", "#ontevreden 2 boos", "#maatregel herinnering de dag ervoor", "#geenmaatregel eenmalig",
	"#tussenbericht Wij wachten nog.", "#ingetrokken laat maar", "#nietbehandelen 3: besluit van de gemeente", "#draagover Ruud Bos reden: vakantie", "#heropen nieuw bewijs", "#samenvoegen KNR",
}
