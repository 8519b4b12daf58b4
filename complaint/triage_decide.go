package complaint

// Rows that decide by themselves, whatever the sums are, and rows that are no evidence but say how to read a sentence.

// plainComplaints say in so many words that this is a complaint.
var plainComplaints = []cue{
	{"says_complaint", 0, 0, unlessNot | noQuestion | namesComplaint, `
		ik|wij|we ~5 klacht|klach|klagt|klachte|kompleent ~3 indienen|doen|doorgeven|neerleggen|deponeren|maken,
		wil|wou|wilde|willen|moet|ga ~5 klacht|klach|klagt ~3 indienen|doen|doorgeven|neerleggen|deponeren,
		dien|dienen ~8 klacht|klachten|klach ~4 in, hierbij|bij deze ~4 klacht|klach|klagt,
		ik|wij|we ~ heb|hebben ~2 klacht|klach|klagt|kompleent over, mijn|onze klacht gaat|luidt|betreft, ik klaag over,
		ik wil|wou|moet ~ klagen ~ over, mijn|ons beklag, beklaag mij|me|ons over, formele|officiele klacht,
		klacht over|tegen ~2 coach|trainer|trainster|begeleider|begeleidster|consulent|medewerker|medewerkster|uw|jullie|begeleiding|bureau,
		klacht inzake uw|de, i ~ would|wish|want|like ~4 file|lodge|make|submit|raise ~3 complaint,
		i am ~ making|filing|lodging ~3 complaint, this ~3 formal complaint, i complain ~2 about,
		complaint about my|your coach|trainer|consultant|adviser|service|staff`},
}

// mustLooks ask for what a complainant would ask for.
var mustLooks = []cue{
	{"asks_procedure", 0, 0, 0, `
		kunt|kun|kan|zou|wilt|mag|graag|waar|heeft|hebben|is|zijn|bent|ontvangen|ontvang|stuur|mail|bestaat|welke|hoe ~10 klachtenreglement|klachtenregeling|klachtregeling|klachtenprocedure|klachtprocedure|klachtencommissie|klachtcommissie|geschilleninstantie|geschillencommissie|vertrouwenspersoon|klachtenfunctionaris,
		klachtenreglement|klachtenregeling|klachtenprocedure|klachtenfunctionaris|vertrouwenspersoon ~4 sturen|toesturen|mailen|meesturen|ontvangen|opvragen|vinden,
		could|can|please|where|do|is ~8 complaints procedure|policy, hoe ~2 dien|kan|kun|doe ~6 klacht|klagen ~ in|indienen`},
	{"says_dissatisfied", 0, 0, noQuestion, `
		ik|we|wij ~ ben|zijn|voel ~5 ontevreden|teleurgesteld|woedend|furieus,
		ik|we|wij ~ ben|zijn ~5 niet ~3 tevreden|blij|gelukkig, ben ~2 boos|kwaad over|op, teleurgesteld in jullie|u|uw,
		i am ~3 disappointed|unhappy|angry|dissatisfied, i am not ~2 happy|satisfied`},
	{"withdraws_complaint", 0, 0, 0, `
		trek|trekken ~6 klacht ~4 in, klacht ~6 intrekken|ingetrokken|intrek, zie ~3 af van ~3 klacht,
		klacht ~3 zitten|rusten, withdraw ~2 complaint, ignore my complaint, disregard my ~ complaint`},
}

// dangers are threats and despair.
var dangers = []cue{
	{"despair", 0, 0, 0, `
		zelfmoord|zelfdoding|suicide|suicidaal|suicidale, maak|maken|maakte ~ er ~2 eind|einde aan,
		eind|einde ~2 aan ~2 leven, uit het leven, <not> meer ~2 leven, wil|wou ~4 dood, dood ~2 wil|willen|wou,
		<not> meer wakker ~2 worden|hoef, er niet meer zijn|ben|was, er liever|gewoon niet meer, beter af ~3 zonder, zonder mij ~2 beter,
		het ~4 niet meer zitten, geen zin meer ~4 leven, het leven ~8 niet meer, voor de trein,
		van ~3 brug|flat|dak springen|spring, hoeft ~4 niet meer ~2 voor|van mij, voor|van mij hoeft ~4 niet meer, hoeft ~2 voor|van mij ~4 niet meer,
		hoeft het allemaal niet, pillen ~6 genomen|ingenomen|slikken, mezelf|mijzelf ophangen|doden, mezelf|mijzelf iets aan|aandoen, kill myself,
		end my life, end it all, suicidal, want to die, better off without, geen uitweg, wil niet meer leven|verder,
		ik kan niet meer verder, hoeft van mij niet meer, i cannot go on`},
	{"threat", 0, 0, unlessNot, `
		vermoord*|doodschiet*|doodsla*|doodsteek*|doodmaak*, maak|sla|schiet|steek|trap|rijd|ram ~5 dood|neer|kapot|overhoop,
		sla|slaan|trap ~6 bek|gezicht|kop|smoel|ziekenhuis, sla ~4 in elkaar, op ~2 bek|smoel,
		met ~3 mes|pistool|wapen|bijl|honkbalknuppel, in ~2 fik|brand steken|zet|zetten, steek|zet ~6 brand|fik,
		brand ~3 steken, weet precies|wel|heus waar ~4 woont|wonen, weet waar ~4 woont|wonen, weten|weet ~4 te vinden,
		jullie|u|hij|zij zullen|zult|zal ~4 boeten|spijt, ik kom ~4 langs met, gaat eraan,
		baas|hem|haar|jullie ~3 wat|iets aandoen, niet voor mezelf in, kill him|her|you|them, hurt him|her|you|someone|them,
		burn ~3 down, know where you live, knife|gun|bomb ~3 you|with, bom|bommelding`},
}

// footers are boilerplate.
var footers = []cue{
	{"footer", 0, 0, 0, `
		heeft u ~2 klacht|klachten|opmerking ~8 meld|bespreek|bel|lees|kijk|neem|laat|ga|mail|dan, ^ heeft u ~ een klacht,
		^ hebt u een klacht, ^ klacht, niet tevreden lees|zie|laat|meld|vertel, ^ niet tevreden, ^ ontevreden,
		klachtenregeling ~6 van toepassing, ^ klachtenregeling, klachten kunt u, klachten|klacht zie|meld|via|ga,
		^ klachten ~6 meld|meldt|melden|richten|zie|onze|website, contact of klacht,
		klachten over ~3 bezorging|zorg|dienstverlening meld|kunt, onze klachtenregeling ~4 website, geschillenregeling,
		aan onze klachtenfunctionaris, bij onze klachtenfunctionaris, complaints see|contact|can, for complaints ~4 contact,
		van klacht naar`},
}

// markers say whom a sentence is about, and what words do in it.
var markers = []cue{
	{marksUs, 0, 0, 0, `
		jullie, julie, jullies, julliee, ullie, ulder, julder, uch, uw, uwe, optimumconsult, coach, coaches, coachen,
		jobcoach*, trainer*, trainster*, begeleider*, begeleidster*, begeleiding, trajectbegeleid*, consulent*, casemanager*,
		jobhunter*, receptionist*, receptie, docent*, juf, juffrouw, workshop*, training*, intake*, loopbaanscan, assessment*,
		assessor, proefplaatsing*, coaching*, jobcoaching, nazorg, mijn verslag, het verslag, eindrapport*, stagiaire,
		instructor, consultant, adviseur, balie, mijn dossier, spreekkamer, wachtkamer, inloopochtend, groepsleid*, tolk,
		your, programme, session, teacher, lesson, receptionist, trainers, leraar, leraren, spreekuur, plan van aanpak,
		presentielijst`},
	{marksElsewhere, 0, 0, 0, `
		uwv, *verzekeraar, *maatschappij, *leverancier, apotheek, makelaar,
		mijn|onze|de|haar|zijn|zn|mn|hun|een|oude|vorige|nieuwe|ex|die werkgever|baas|chef|leidinggevende|ploegbaas|teamleider|manager|bedrijfsarts|huisarts|dokter|arts|tandarts|specialist|psychiater|keuringsarts|fysio|fysiotherapeut,
		exwerkgever, ex werkgever, gemeente|bank|verzekeraar|verzekering|belastingdienst|belasting, sociale dienst,
		ziekenhuis, huisbaas|verhuurder|woningcorporatie|woningbouw|wooncorporatie,
		de|een|mijn|onze|oude school|opleiding|winkel|webshop|sportschool|kapper|garage|monteur|loodgieter|aannemer|buren|buurman|buurvrouw|kinderopvang|creche|advocaat|rechter|deurwaarder|examinator|chauffeur|taxichauffeur|bezorger|postbode|scheids|scheidsrechter|provider|telefoonprovider|airline,
		mijn ex, over|op|in mezelf|mijzelf, rechtbank, de bus|trein|tram|metro|ns|taxi,
		mijn|onze collega|collegas|vorige|oude|klas, vorige|vorig|oude|oud|ander coach|bureau|begeleider|werkplek,
		my|the|old|former boss|employer|landlord|council|doctor|bank|manager|airline, agency|municipality|hospital,
		dat|het|een magazijn|callcenter|uitzendbureau|energiebedrijf|bouwmarkt|tuincentrum|restaurant, sollicitatiegesprek,
		rijexamen, wedstrijd, keuring, ministerie|svb|duo|cak, op mijn|het werk, op school, mijn loopbaan|week,
		deze dokter|arts, instantie,
		mijn|haar|zijn moeder|vader|broer|zus|zwager|schoonmoeder zei|zegt|vindt|vond|kwam|had|heeft|maakte|doet,
		een callcenter|drukkerij|ouder|klant, eerste hulp, die webshop|winkel, mijn proefplek|sollicitatie,
		sollicitatie was|ging, arbodienst|vakbond`},
	{marksYou, 0, 0, 0, `u, you`},
	{marksAsking, 0, 0, 0, `
		kunt, kun, kan, wilt, wil, weet, heeft, heb, zou, zoudt, mag, bent, could, can, would, do, zult, als, dank, bedankt,
		hoop, hoopt, geeft, wat, thank, hoe`},
	{marksNot, 0, 0, 0, `<not>, <none>, zonder, without`},
	{marksGreeting, 0, 0, 0, `
		beste, geachte, hoi, hallo, dag, lieve, dear, hi, ha, hey, hee, hello, goedemorgen, goedemiddag, goedenavond, groet,
		groeten, groetjes, mvg`},
	{marksSaid, 0, 0, 0, `<said>`},
}

// shapes weigh what no word says.
var (
	namedGrievance = cue{why: "in_our_name", complaint: 3, attention: 3} // a grievance in a sentence that names us
	quotesSomebody = cue{why: "quotes", complaint: 4, attention: 2}      // words between quotation marks
	quotesSpeech   = cue{why: "quotes_speech", complaint: 2, attention: 2}
	emphasis       = cue{why: "emphasis", complaint: 2, attention: 1} // !!, ??, ?!
	shouting       = cue{why: "shouting", complaint: 1, attention: 0} // three words or more in capitals
	namesUs        = cue{why: "names_us", complaint: 1, attention: 1}
	namesOthers    = cue{why: "names_others", complaint: -2, attention: -1}
	attaches       = cue{why: "attachment", complaint: -3, attention: 4}
)
