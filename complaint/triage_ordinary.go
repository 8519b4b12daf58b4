package complaint

// dampers are the words of ordinary mail: they take weight away.
var dampers = []cue{
	{"joke", -2, -1, wherever, `haha|hihi|grapje|geintje, ^ grapje`},
	{"thanks", -1, -3, 0, `
		bedankt voor|dat|alvast|nog, dank voor|je|u|jullie|dat, dankjewel voor, hartelijk dank, veel dank, dankbaar,
		thank you|thanks for|so, dank alvast, bij voorbaat dank, met plezier, met veel plezier|interesse, ben blij,
		zo|heel|erg|ontzettend blij, blij dat|mee, fijn dat|gesprek, dankzij jou, zonder jou, veel aan gehad,
		veel van geleerd, alvast bedankt, dankwoord, vergeten ~2 nooit, enorm dankbaar`},
	{"praise", -2, -4, 0, `
		fantastisch, geweldig|geweldige, super, uitstekend|uitstekende, keurig, enthousiast, tevreden over|met,
		heel|zeer|erg tevreden, naar ~ tevredenheid, niets dan lof, lof, compliment|complimenten voor|aan, mijn compliment|complimenten|aanbeveling,
		wat een fijne|leuke|goede|mooie|prettige|geweldige|fantastische,
		dikke tien|10, cijfer ~3 8|9|10, een 8|9|10|negen|tien, ontvangst|uitleg|trainer|bejegening 8|9|10, genoten, leerzaam,
		serieus genomen door, voelde me ~3 serieus genomen, echt verder geholpen, fantastisch geholpen, doet het super|goed,
		bevalt|beviel ~4 goed, great|brilliant|loved|wonderful|excellent|lovely, aangenomen, gelukt, goed|leuk nieuws,
		geslaagd, mooi resultaat, zeer te spreken, erg te spreken, schot in de roos, opgebloeid, prima kracht,
		geen kwaad woord, over hem|haar geen, kan niks bedenken, geen verbeterpunten, niets toe te voegen, helemaal mee eens,
		altijd goed bereikbaar, vol lof, opgelucht|trots`},
	{"no_haste", -2, -4, wherever, `
		geen haast, haast ~3 niet, geen probleem, geen ramp, geen punt, geeft niet, geeft niks|niets, maakt niet uit,
		alle tijd, gewoon nieuwsgierig, no rush|problem|worries, geen zorgen, vind ~3 niet erg, is niet erg,
		wil ~3 alleen weten, hoeft zich niet, ik heb geduld, zal wel tijdelijk`},
	{"resolved", -3, -5, wherever, `
		opgelost, zand erover, in orde, al gevonden, gevonden zat,
		meteen|direct|gelijk ~4 rechtgezet|gecrediteerd|opgelost|gebeld|gecorrigeerd|aangepast, voor mij ~3 klaar,
		daarmee ~6 klaar, naar volle|ieders tevredenheid, zaak ~3 afgesloten|afgehandeld,
		zo goed|snel ~4 opgepakt|opgelost|geregeld|erbij, snelle reactie, snel ~2 regelen|erbij,
		sorry voor ~2 paniek|verwarring, leerplek, klopt ~2 nu, factuur klopt, verkeerd gezien, lucht ~2 geklaard,
		solved|sorted|resolved, we zijn eruit, al geholpen, alles klopt, is goedgekomen`},
	{"own_fault", -2, -4, wherever, `
		sorry dat ik ~6 laat|niet|kwam|vergeten|kortaf, excuses dat ik, ik ~4 vergeten ~4 afspraak|hadden|om,
		helemaal vergeten, was ik ~3 vergeten, oeps|oei, sorry voor ~2 late, mijn fout, verkeerde bijlage, ben ~4 later,
		ben er ~4 over, ben|lig|zit ~4 ziek|verkouden|griep, kan ~6 niet komen, kan ~4 niet want, kom ~3 niet want, afwezig,
		bus|trein|file ~6 vertraging|rijdt|gemist, ik kom ~4 later, mijn auto, my car, running ~4 late, niet helemaal mezelf,
		ik had ~6 niet goed gelezen, niets|niks met jou|jullie te maken, ben|is ~6 kwijt kunnen|kunt|mag`},
	{"medical", -1, -4, wherever, `
		patient|patiente|client|cliente is ~2 bekend,
		rug|nek|schouder|psychische|lichamelijke|cognitieve|medische|cardiale|fysieke klachten, klachten en beperkingen,
		belastbaarheid|prognose|fml|vas, klachten zijn|nemen|nam|namen|blijven|nek|schouder|links|rechts|van,
		complaints of|decreased|related, related complaints, zijn|is ~3 opgenomen|overleden, afname ~4 klachten,
		*stressklachten, burn, *pijnklachten|*slaapklachten|*spanningsklachten, fysio|revalidatie*, zwanger`},
	{"no_complaints", -2, -4, wherever, `
		geen klachten, zonder klachten, niets|niks|nix te klagen, mag|mogen niet klagen, klachtenvrij, no complaints,
		enige klacht is, klachten op internet, omgaan met klachten|kritiek, nul klachten, klachten dit jaar, geen nummer,
		over jullie ~4 niets|niks`},
	{"logistics", -1, -4, wherever, `
		hoe laat begint, waar kan ik ~2 parkeren, verzetten naar, verzetten, kan ik ~3 afspraak,
		afspraak verzetten|verplaatsen, afmelding|afmelden|aanmelding|aanmelden|opgeven|inschrijven,
		adreswijziging|verhuizing|verhuis|verhuizen, nieuw nummer,
		tot morgen|maandag|dinsdag|woensdag|donderdag|vrijdag|dan|volgende,
		zie ~2 morgen|maandag|dinsdag|woensdag|donderdag|vrijdag, fijn weekend|feestdagen, reschedule|see you, vakantie,
		ter declaratie, hierbij de|mijn treinkaartjes|bon|bonnen|bonnetje|factuur|cv,
		wat kost|zijn ~4 tarieven|voorwaarden|kosten, is er nog plek, op verzoek van client, welk formulier, verdieping,
		koffie, taart, haha|hihi, jarig, wie ruilt, ruilen`},
	{"elsewhere_word", -1, -1, wherever, `
		mijn baas|chef|werkgever|huisbaas|buren|buurman|school|bank|huisarts|sportschool|advocaat|vakbond|ex,
		uwv heeft|vond|zegt|wees, de gemeente|bank|school|rechter heeft,
		vorige|oude|vorig|ex werkgever|bureau|begeleider|baas|manager|coach, old employer, my landlord|boss|employer,
		bij een ander bureau, met hem|haar praten|hebben`},
}

// frames are the marks of a mail in which grievances are not the sender's own with us: an exercise, a supplier's answer,
// a bill, advertising, an application. There they do not count.
var frames = []cue{
	{"exercise", -6, -6, wherever, `
		mijn|hierbij|deze|volgende|de opdracht|huiswerk|oefening|oefenbrief|dagboekopdracht|reflectie|reflectieverslag|weekverslag|slaapdagboek,
		opdracht #|feedback|moeilijke, oefening #, huiswerk week|opdracht,
		dagboek|logboek|weekly log|slaapdagboek|dagboekopdracht|weekverslag, weekly log, mijn week, oefenen, rollenspel*,
		oefengesprek|voorgesprek, ik boodschap, meelezen|meekijken|nakijken|nalezen, lees ~4 mee, even kijken of,
		kijk ~4 even naar mijn, te scherp|streng|boos, is dit|dat|het ~ goed zo, klopt de, check|read ~3 letter,
		my complaint letter, too strong, mijn|een|volgende casus ~6 intervisie|in waarin|client|zegt, breng ~6 casus,
		voor ~2 intervisie, leerdoel|leerpunt, schrijf op, situatie|gevoel gevoel|boos, voorbeeldbrief, mock interview,
		wil ~4 voorlezen, klachtbrief schrijven aan, schrijfles, toon goed,
		je vroeg ~2 of|om|naar ~8 opschrijven|schrijven|verhaal|moment|reflectie, jouw ~3 stappenplan,
		zoals gevraagd mijn loopbaan|verhaal, film|documentaire ~3 gezien, een acteur, leren|leer ~6 omgaan, wil|ga ~4 leren,
		wil ik aan werken, les #, wil ~3 over ~2 klagen hebben, ter voorbereiding op ~2 oefengesprek|spreekuur`},
	{"study", -2, -6, wherever, `
		scriptie|afstudeer*|schoolopdracht|werkstuk|interviewen|minor, ik studeer|tweedejaars, mijn studie,
		onderzoek naar hoe, onderzoek ik, stage vanaf|zoek, zoek ~4 stage`},
	{"job", -4, -5, wherever, `
		solliciteer, sollicitatie ~3 voor|als|administratief|medewerker, open sollicitatie, met ~4 interesse las,
		huidige functie, uw vacature, vacature las, wij zoeken, functie van, applying for|to, loopbaancoach ~6 zoek,
		klachtbehandelaar|klachtencoordinator|klachtenafdeling|klachtenbureau, klachten en retouren, klachten aannemen,
		customer complaints, hiring manager, candidates available, ervaring met klachten, als klachtenfunctionaris,
		klachtencommissie gezeten, ik zoek werk`},
	{"dunning", -3, -5, wherever | notOurMail, `
		uw betaling, aanmaning dossier|nummer,
		ondanks ~3 herinnering|herinneringen|verzoeken|aanmaning|aanmaningen|brieven ~8 betaling|rekening|bedrag|gebreke|verzuim|open,
		incassokosten in, volgt dagvaarding, rechtsmaatregelen, bedrag|rekening|factuur|binnen ~8 te voldoen,
		nog niet ~2 voldaan, nog niet ~3 mogen ontvangen, betaling ~6 ontvangen, verzoeken ~8 betalen|voldoen,
		laatste sommatie|aanmaning|waarschuwing|kans, verzoeken|verzoek u ~4 openstaande, ^ aanmaning,
		openstaande ~1 bedrag|saldo ~6 over te maken|overmaken|voldoen|betalen, betaalherinnering|betalingsherinnering, factuur staat klaar,
		tarieven met, contributienota|contributie, staat ~3 nog open, staat uw rekening, levering te staken`},
	{"supplier", -4, -8, wherever | notOurMail, `
		naar aanleiding van ~2 uw klacht|melding|bezwaar|reclamatie|aanvraag|schademelding|verzoek|storing,
		uw klacht over|van|is|ontvangen|hebben, uw|your complaint about|over, thank you for your complaint,
		received your complaint, wij hebben ~ uw klacht, uw bezwaar ~6 gegrond|ongegrond|bekeken|ontvangen,
		bezwaar gemaakt tegen een naheffing,
		uw schademelding|claim|reclamatie|reservering|inschrijving|bestelling|aanvraag|declaratie,
		melding over ~4 lekkende|wiebelende|kapotte, excuses voor ~2 ongemak|overlast, onze excuses dat|voor|aan,
		wij bieden ~3 excuses, offerte ~4 toekomen|bijgevoegd,
		beste huurder|huurders|bewoners|klant|lid|leden|lezer|partner|buren, geachte klant|ondernemer, beste relatie uw,
		wij begrijpen dat ~2 hinder|vervelend, klachten kunt|graag ~4 bij|kwijt|melden, klachten over de bezorging|onze zorg,
		ontvangen wij graag geen, huismeester, in goede orde, voor het herstel van, ons ~4 ledendeel,
		wij betreuren het ongemak, apologise for the inconvenience,
		een klacht voorleggen, klacht indienen via|bij onze|ons, kunt u ~2 een klacht, kan ~3 bij ons ~6 klacht,
		bezwaar aantekenen of, de klacht van ~4 tegen, een avond over klachten`},
	{"bulk", -3, -5, wherever | notOurMail, `
		uitschrijven klik, klik hier|op, afmelden kan|onderaan|via, nieuwsbrief|masterclass, in deze editie, abonnee bent,
		unsubscribe, met korting, # korting voor, onderstaande link, link onderaan, verifieer, open de bijlage,
		tegen uw bedrijf|onderneming, complaint ~4 against your, boete te voorkomen, binnen 24|48 uur ~4 om|of|via,
		binnen 2 uur, beslag ~2 te|gelegd, account|rekening ~3 geblokkeerd|beperkt, betaallink, betaal direct|nu|vandaag,
		automatisch ~ bericht|aangemaakt|antwoord, dit bericht is, download the|your, click the|here, file a complaint at,
		bestel met, incompanytraining|incompany`},
}
