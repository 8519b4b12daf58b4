package complaint

// wordWeights say how much likelier each word makes it that a mail is a complaint, and that somebody has to look at it:
// two weights in tenths of a natural logarithm of odds, then the words that have them. They come from logistic
// regression, with the weights of all cues in it, over some 1,500 development mails; words that name people or months
// were left out. A word is worth little by itself, and all of them together little more than one cue, but they know
// the tone in which people complain when no cue matches.
const wordWeights = `
12 11 antwoord
12 8 gebakje
11 9 deur
11 8 how
11 7 euro
10 8 achteraan
10 7 gezegd heel
10 6 afscheid
10 5 with
9 8 betaalt
9 7 dichte
9 6 mien stelt
9 5 trainster vrij
9 4 telefoon verteld
9 3 den
8 8 alle
8 6 hele hoort service
8 5 anderhalf wist
8 4 boel maal vind
8 3 leg map stond this
8 2 onbeschoft
8 0 chef
7 9 coach
7 7 angry
7 6 hoorde regels
7 5 begeleiding belde envelop ervaring lachen left neet niets
7 4 allemaal beloftes diagnose geloven namen slechte
7 3 aansprakelijk nergens nooit schade
7 2 aub geregeld no
7 1 dhr feedback
7 -2 steeds
6 9 nao
6 8 kreeg
6 7 omgegaan
6 6 am mich nummer zouden
6 5 achter jaar lief nodig organisatie rest vertrouwen
6 4 aangemeld bushalte eigen genoegen geplaatst his hob know lost mot received schuld she wait
6 3 belazerd elke heftruck maand mooie nobody persoonlijke tweede uren
6 2 erg gaf leeg read terugbellen werd zei
6 1 bestaan dezelfde handelen have mn
6 0 and dicht gedaan vinkje
6 -1 for plaats
5 14 ich
5 10 deed
5 9 mit pas post
5 7 praten
5 6 bellen directie koud lag that
5 5 misgegaan muur
5 4 attentie dit full gehad gepraat mens toen treated zetten
5 3 alweer beloofd eerlijk gevraagd hoor medewerkers never out titel uitgenodigd warehouse zeven
5 2 about blijkt bro come deadline fout groot keek knoppen men mond omdat raakt twaalf waardeloos zelfs
5 1 hier ontvangstbevestiging papieren voorbij waar word
5 -1 plannen
5 -2 on
4 8 mails
4 7 horen
4 6 tevreden us verzoek
4 5 gepakt kijkt manier moeten negen staan zou
4 4 aan al be doorgegeven niks overheen schrijft slecht wens zon
4 3 any asked coachgesprek die first gekregen hield history kleindochter km line medewerkster moest money ooit overleden stuk
4 3 telkens then zoiets
4 2 briefje cursus dames dienstverlening erbij excuus gemeld hangt heren lokaal lui mer noemt people serious toilet trap vertelde
4 2 verzetten waardeloze website
4 1 aanmaning bewaard camera docent en hiervan krijg lang medical mevrouw nazorg praat spreekkamer vinkjes
4 0 ben bent boven durft ex nemen show son very
4 -1 gemist kapot spijt teleurgesteld tussen vergoeding
4 -2 woensdag
4 -3 formulier
4 -4 zaak
4 -6 snap
3 9 nie
3 6 beter toch
3 5 collega der five fwd inzage keer schrijven termijn you
3 4 bin eerst gebeurd happened kennis naam stel telefoontjes typen werkplaats zat
3 3 assertiviteit avg bedrijf beide day gesloten group indienen intussen me minuten noemen not nou nul plat rolstoel slechtziend
3 3 tijdens vijftig zenden zo
3 2 afgezegd alsjeblieft back belachelijk broer dialyse dossier drempel dwars factureren gezeten hee hour ingang jobcoach jullie
3 2 lady letterlijk na nachten nep noe nu onbehoorlijk one ongeinteresseerd overig psychiater reclame rekening shame teruggestuurd
3 2 toegang told verwacht vijf waarop waarvoor werden wijze zeiden
3 1 aandacht aangepast alleen betalen bijna consulent daarna dan doorgezonden dr erin gestaan get hart her huis kapotte mailtje
3 1 manager meneer moment nee niemand ruikt scholing te time uitblijven voorstellen vrouw weg written
3 0 anoniem beroep collegas echt fw geen hand hiermee hieronder hoef meegegeven midden procent schat session stop tegenover twee
3 0 vertelt zegt zes
3 -1 bijeenkomst gehuild gelezen gratis half morning rapport voel
3 -2 baan opnieuw zoon
3 -3 eerste fiets rug vader
3 -4 open
2 10 it
2 8 ding helpen
2 7 halverwege trainer
2 6 eet genoeg zitten
2 5 iemand waarom wilde
2 4 af bon dont enkele gemaild groepsapp las meer melden ochtend opgeschreven reed say wol
2 3 behandeld company contact dat days geloof heer helft if my niet regen verhuisd wil willen zaal
2 2 allen assertiviteitstraining everybody fouten im kleren lig maanden mensen staat terugbetaald terwijl uit verantwoordelijk
2 2 verheugd vertel
2 1 achternaam alsof as been begonnen behandel bejegening bleek cancelled content dame derde drank dreigt emails ervan expect file
2 1 ge gegeven genegeerd geopend grond hallo heet ingeleverd ingeschreven jongen kamer kantoor lache leiding lezen mager make mar
2 1 met mins month onderwerp opgelost ophouden pijn roken rook samen sneeuw tafel three uiteindelijk up uw verwezen vonden vreemde
2 1 waarvan want weggegaan withdrawn zelf zichzelf zit
2 0 aannemen actie alstublieft daarvan deze doen doorgaat druk dyslexie enige extra gezakt heb inspanning inwoner jas kon late
2 0 lovely lucht maatregelen medewerker minutes neer notes old op overlast phone plaatsen slordig two valt veertig vrije wacht
2 0 whom zag zeer zonde
2 -1 adviseur afspraken altijd an betaal delen door dus einde formele geven gewandeld geweest huilen kerst lees rijden stuurde
2 -1 terug tja verzet vond voor weer when woorden ze ziek zij
2 -2 drie ga houden laat man medische ondanks plek spreekuur
2 -3 boos eten gestuurd helaas kwart neem stoel
2 -4 bevestiging dien inschrijving
2 -6 cv vergeten
2 -7 attached
1 8 beetje
1 6 ander ermee last sil
1 5 aanpak cijfer opgehangen tolk woest
1 4 andere begin between copy gesprek had heen inhoud klacht lekker ne net systeem the toelichting totaal verwachten worden zaten
1 4 zeg
1 3 ask basis begrip bijdrage doe er giet hierover ie kastje kennismaking mij now private raar sa vastgelegd volgens
1 2 accent certificaat email gesproken gesteld gewerkt hebt ik nogmaals ofzo teleur think tien
1 1 aanfluiting acceptabel als baas because begrijpen beklag bereikbaarheid bewind blijft centrale depressie diploma directeur
1 1 eind elf eruit formal front gediend geweigerd haalde he heden hoe informeren ivm jongens kandidaten kant kijk kwalijk
1 1 levensverhaal lijstje lopen luisteren moi muren neergezet ontving ontvingen onvrede papier pols said schamen schoonmaken
1 1 schoot schouders schrik sindsdien slot speel stageplek taal uberhaupt uiten vandaan ver verscheen vertaler verwarming vijfde
1 1 voorval vrijwel wachten werkdagen wildvreemde zeker
1 0 acteur afsluiting all already apology at avonds betrokkene brieven clients confidentiality dingen doorgenomen eindrapportage
1 0 eng english ervoor gevoeld gewacht gisteren haha herhaling hetzelfde hoeven inbox is kier klachtenformulier leerde liet like
1 0 lose meisje min nagekomen nederlands onbeantwoord ondermaats onderstaande opzegging pik programme rapportages rechtzetten
1 0 regeling resultaat schoonmaakt slaapt telefonisch toegezegd uitgelachen uurtje van vandaag vanwege wachtkamer was woon writing
1 0 yo zich zucht zwanger
1 -1 acht avond blij boosheid borrel bril budget budgetcoaching business geduld gegooid haar ja jouw korting lastig may moeder
1 -1 netjes ook pakket past receptie same slaat uitgeschreven vast vervangen vierde volledig
1 -2 afmaken again breng drukte facturen geld je klagen kwetsende leuk logboek luistert moeilijk plaatsing problemen situatie
1 -2 straat teruggebeld vacatures verkeerde verwerken vier vol vul waren
1 -3 aanbod adres bel blauwe eindelijk fijn folder grijs hulp inmiddels kind kwartier ligt pagina vanmiddag
1 -4 dochter hoeveel werkt
1 -5 komen serieus voorbeeld voorstel
1 -8 mogen
0 10 viel
0 8 gegaan lager
0 7 overstappen rollenspellen
0 5 cursisten daar reageren vanochtend voorwaarden
0 4 bezig gang halen hi hoog moesten nota telefoontje vent why zaken zeuren
0 3 aantal behartigen belangen besproken brief do doorgestuurd eens eerder gezellig intakeverslag madam moe monthly navraag puntje
0 3 reiskosten send stopzetting toevoegen uitkomst wa zakken
0 2 assessment begeleidster behalve buiten buurman data dienst gebleven gewoon handen herhaald kerel kleinzoon kloppen look mail
0 2 myself namens review ruimte schreef sluit talk teken toetsing twijfel vervelende verzekerde voicemail volgen vroegen waiting
0 2 way zijn
0 1 alvast bang bedoel een employer gebeuren gelegenheid goedemiddag good herkennen het iedereen mening nachts overeengekomen
0 1 overeenkomst privacy ria schriftelijke sollicitatietraining stopt toon verhalen verloopt wachtwoord weten without zulke
0 -1 aardige ada afgerond afspreken agressie alles baby beantwoord bedoelde before buurvrouw call cliente clienten daarvoor de
0 -1 denken doelen eis employee enorm from gebroken gehoord geleverd gemak gemeente genoteerd gevallen grappig hartelijk has heeft
0 -1 hold huilend huur ingetrokken janken knie linkedin loonsanctie meldde middag neemt nek next office omgaan onder onderbreekt
0 -1 ongegrond onregelmatig ons oppas partij partner presentielijst raakte reports running schadevergoeding sommatie
0 -1 spanningsklachten sprak staande tegen tekent terrible them thursday verdediging verdieping vergadering verhuizen verklaard
0 -1 verschil verslag vertalen vervelend verwerkt vooral vraagt vrolijk wc wed werkwijze years
0 -2 aanspreekt afdeling afmelding belt boodschap boss burn code coming contactpersoon duurde erkend erop geachte gebruikt gegrond
0 -2 gereageerd groet happy hij hoger hoofddoek hoofdpijn juf kilo koffie langzaam legde liggen ma meting nacht oefenen ontvangt
0 -2 onze per quite raamovereenkomst reply rood rugklachten rustige shouted snelle so stage steun stoep stressklachten
0 -2 terugkoppeling tevoren tot uitslag vooraf vr wo ziekte zomer zoontje zwaar
0 -3 aanmelden deelnemers disappointed duurt functie gebeld hierbij hoofdpijnklachten kaart lunch meestal offerte onheus ontslagen
0 -3 overdracht pauze portaal sinds stil verzonden weinig werken wilt zoals zwangerschap
0 -4 aanleveren binnen deurwaarder gedacht herinnering inschrijvers kopie ongeveer parkeerplaats raam reageert spannend
0 -4 tevredenheid tijd vrijdag weggestuurd
0 -5 afspraak bus genomen invullen ondertekening rode vervallen vragenlijst
0 -6 lid mooi vacature
0 -9 uitleggen
-1 13 لم ሰላም
-1 11 bana bonjour meen merhaba tegenkom
-1 10 inaan meekijken salaan день добрий чому سلام لطفا من
-1 9 que
-1 8 czy dobry dzień graach ku mowi oer report spotkanie un vous
-1 7 afgelopen bună cu goeie houdt intalnirea mon terugtrekken vă ziua
-1 6 begrepen con eindverslag gracias hablar petear reglement responsable who zin
-1 5 beeldbellen bei belje fraach geleden getekend guten hm id ihnen instantie miste persoon scan tag termin und verplaatst
-1 5 vertrouwenspersoon voortaan vorige
-1 4 afgemeld besluit bespreken ervaringen inclusief mogelijkheid nadenken rustiger stoppen through toesturen trainers withdraw
-1 4 zelden
-1 3 dom doorgegaan four gedoe gehoopt geweldig hoop ingesproken intrekken jaarlijkse kachel kregen les nachtje sta test weekend
-1 3 wie
-1 2 aanpassen arrive bekijken beoordeling bepaald bericht beschouw bevestigen bezwaarschrift by di duidelijkheid ene erover
-1 2 geanonimiseerd graag herken hr ingevuld kantine klachtencommissie kunnen laatste maak normaal normal ogen pot reactie run
-1 2 sent sessies spreken stroef stuurt tip vergeet vriend yesterday
-1 1 aanwezigheid administratief bad bewijs bijgevoegd check coaching contract daarover different evening handtekening hello idee
-1 1 interne internet invoice keuring klachtenprocedure klachtenregeling nagaan rond scheelt schouder sfeer slapen snapte
-1 1 toestemming vanmorgen vinger voelt vraagje vriendelijk wat wel were wisselende woord
-1 0 afschrift are balie bereikbaar bij checken gekomen genoemd groetjes hangen integratie keuken komt krijgen kwijt lijn stad
-1 0 trajectplan uitkomt uitnodiging veilig voelde voorbaat welkom werknemer would zodat
-1 -1 adviseer afwezig arts begrijpt bekend belangrijk beloofde beslag bieden bijgaande catering daarin daarmee dag dear doorgeven
-1 -1 doorheen durf genoodzaakt gepest gister helemaal herstel huurders inzet jeroen jobs kosteloos kritiek kwekerij kwijtgemaakt
-1 -1 langs lekkage loonstroken maakt mede meenemen moeite ongemak openstaande organisaties ouders plezier probleem reflectie
-1 -1 schouderklachten sorry speak stappenplan streng teamoverleg telefoongesprek ten trekken verifieer verklaren woedend wordt
-1 -2 aanleiding bakkerij bedrag beginnen beheerder beroepentest bevalt boete complaint dankjewel dozen draag durfde enthousiast
-1 -2 erger gedreigd geduldig geholpen gekwetst geworden gezond ging heating huidige interesse job kans klaag klaagt
-1 -2 klachtenfunctionaris klantenservice kleur leerpunt levering lof long loon loopbaancoach mee nakijken oefenbrief onderaan
-1 -2 onterecht opbouwen opleiding organiseren paracetamol patiente practice rapportage regio rsi ruilen says soep sollicitaties
-1 -2 stoelen stress stuks tarieven terugblik terugwerkende tillen traject verlengen vertrouwde voeren voetbal waard waarschuwing
-1 -2 wandel wedstrijd wereld what will ziektewet zien zorgen
-1 -3 afmelden akkoord begane beneden beoordeeld beperkingen beschouwen denkt feel filed film garantie geblokkeerd geleverde gezet
-1 -3 knieklachten kwaliteit leer leuke mailen mediation meelezen minder moeilijke motivatiebrief nam nekklachten online
-1 -3 ontevreden oordeel paniekklachten programma ramp refer referral rouw schulden second slaapklachten storing termijnen tevens
-1 -3 ticket trajecten trein vaste versie voorkomen wij woningbouw zand
-1 -4 alsnog bank belastbaarheid beslissing blijven casus destijds dinsdag direct drama dubbel gefeliciteerd geslaagd gevonden
-1 -4 gisteravond griep harde hebben huiswerk jou kwartaal landlord leren lijst longcovidklachten magazijn meet mocht move
-1 -4 onderneming ontslagzaak ontvangst ophalen passend reageer rechter reschedule schaam sheets team toegenomen too tuesday
-1 -4 verdrietig verhuizing wachtlijst wachttijd weekverslag weken within ziekmelding zoek
-1 -5 aanhoudende appointment bedacht bestelling boek klant kost kwaad let letter operatie opgenomen parkeren relatie sturen
-1 -5 uitleg voegen vragen wia winkel
-1 -6 betaald customer daarom geeft helpt informatie klas kosten ondertekende wegens
-1 -7 haast probeer signed
-1 -8 aanvraag ff vakbond
-1 -9 find
-1 -10 missen
-2 16 mi
-2 12 la
-2 8 question
-2 6 taxibedrijf
-2 5 cc dacht denk herinneren paar procedure stukken there
-2 4 aangesloten commissie dokter gek maken ombudsman volledige
-2 3 daarop geluid match ontvangen something ter
-2 2 aangeven did juist klein leven solliciteer succes verstuurd
-2 1 bedrijfsarts definitief doorsturen feelings follow jurist monteur opvolging please possible prive samenvatting schande switch
-2 1 thank veel verandert verbouwing vergoed vervanging
-2 0 could daardoor gaat its kleine klopt kwam liefst opmerkingen periode persoonlijk planning samenwerking status trek warm week
-2 -1 anderen can documents gemaakt gevoel kan kennen klachtenreglement maar nadat overzicht printer school taart uwv vanaf
-2 -1 verschenen verzoeken vroeg werkgever
-2 -2 begint beperkt coaches concept friday goedemorgen hartkloppingen hem hun klaar krijgt loopbaanscan patient plan punt
-2 -2 rollenspel rotweer start they verwijzing vorig weleens
-2 -3 bezwaar bijstand bood buren form grapje kinderen kort liep psychische rude schandalig still uitgevallen voortgang wandelen
-2 -3 wednesday your zet zullen
-2 -4 afgewezen afwijzing bedankt bespreek drukkerij fotos geregistreerd hoofd indiende interview intervisie lot monday ok
-2 -4 ontbreekt polsklachten rejected uur vakantie vermoeidheidsklachten zeggen zus
-2 -5 begrijp betekent elleboogklachten jammer natuurlijk pff schrijf verkeerd wasmachine zaterdag
-2 -6 ! administratie donderdag kun ov telt thuis verlof vindt
-2 -7 hond hours maakte opbouw workshop
-2 -8 declaratie houd
-2 -9 onderzoek
-3 9 voordat
-3 6 nogal zie
-3 4 begreep hoeft liever
-3 3 ago ha teleurstelling
-3 2 computer gegevens nog vinden weet
-3 1 bijlage foto geef gelukt integratiebureaus leggen maat oefening reden schriftelijk verlengd verschoven voorbereiden waardeer
-3 0 goede ineens just opname vaak verder wisselen
-3 -1 even gebeurt got login melding ontvang reageerde training via
-3 -2 complaints dubbele fml geboren groep loop machtiging opnemen slaap slag tekenen top verhaal
-3 -3 aangeboden anyway bereiken lange laten name nieuw ontslag prijs sleutel toe vriendin waarin
-3 -4 aanpassing advocaat baal bedankje behandeling beste dank dankbaar dankzij examinator grote kou kracht licht rijbewijs
-3 -4 tandarts
-3 -5 agenda compliment energie enquete geslapen naast outklachten overleg ruzie volgt werk
-3 -6 betaling chauffeur goed kijken opgepakt proefplaatsing spoor verzuim zal
-3 -7 bakker bijgaand client gerust lieve mis nieuwe today
-3 -8 factuur retour
-3 -9 zoeken
-4 8 sla
-4 7 geschreven
-4 5 bureau gezien nicht
-4 4 iets voorbereiding
-4 3 afloop besloten datum leidinggevende
-4 2 aantekeningen gevolgd huisarts
-4 1 gebruikelijk integratiebureau kunt lastige opdracht re stuur taxi uitkering
-4 0 aangekomen deelnemer facebook punten
-4 -1 opmerking
-4 -2 afhandeling eigenlijk gaan officiele terecht
-4 -3 aanwezig begeleider best bleef leest meteen war wisselend
-4 -4 advies hoogte mogelijk nieuws of pijnklachten ziekenhuis
-4 -5 aanmelding auto gelukkig hadden oud see site vraag
-4 -6 enfin rustig snel
-4 -8 betreft kandidaat klachten morgen rooster
-4 -10 sollicitatie
-5 8 fijne
-5 3 anders
-5 2 plaatsgevonden
-5 1 ? aardig elkaar gesprekken loopt
-5 0 evaluatie ingediend merk precies uitgescholden
-5 -1 solliciteren
-5 -2 afgesproken intake vertellen
-5 -3 duidelijk link mag volgende
-5 -4 gemotiveerd we
-5 -5 oke
-5 -6 dagen later werkplek
-5 -7 ;) update
-5 -8 excuses hoi prima
-6 3 intern soms
-6 2 weggegooid
-6 1 ergens wanneer
-6 -1 mezelf
-6 -2 blijf
-6 -6 klanten
-6 -7 maandag
-6 -10 jij
-7 2 misschien
-7 0 uitstel
-7 -3 hard welke
-7 -5 doet
-7 -6 oude
-7 -7 boze
-7 -8 gehaald
-8 1 namelijk
`
