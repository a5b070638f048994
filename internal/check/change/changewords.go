package change

// Words around stated changes, German and English together: no word of one says something else in the other.
const (
	// riseList and fallList name a change: "ein Anstieg", "a drop".
	riseList = `anstieg anstiegs anstiege zuwachs zuwächse zugewinn plus wachstum wachstums steigerung steigerungen sprung kurssprung erhöhung zunahme vervielfachung verdoppelung verdopplung verbesserung
		wachstumsrate wachstumsschub wertzuwachs kursgewinn kursplus increase rise jump gain growth surge climb leap uptick expansion improvement boost increment tripling doubling quadrupling`
	fallList = `rückgang minus einbruch verlust verlusts kursverlust absturz abnahme senkung reduktion reduzierung verringerung kürzung halbierung ersparnis einsparung kostensenkung wertverlust
		drop decline fall decrease plunge slump reduction cut saving savings loss dip slide crash contraction halving`

	// changeVerbList says that something changes.
	changeVerbList = `stieg stiegen steigt steigen gestiegen ansteig* angestiegen anstieg* wuchs wuchsen wächst wachsen gewachsen anwachs* angewachsen kletter* geklettert sprang sprangen springt gesprungen schoss schnellte
		erhöh* zugelegt zulegte zunahm zugenommen legte legten nahm nahmen explodier* verdoppel* verdreifach* vervierfach* verfünffach* versechsfach* verachtfach* verzehnfach* verzwanzigfach* vervielfach* verhundertfach* ausgeweitet ausgebaut gesteigert steiger* hochgeschnellt
		fiel fielen fällt fallen gefallen sank sanken sinkt sinken gesunken schrumpf* geschrumpft reduzier* verringer* halbier* einbrach eingebrochen brach brachen stürzte* gestürzt abgestürzt verlor verloren gesenkt senk* gekürzt rutsch* abgerutscht gab zurückgegangen zurückging ging gingen
		rose rises rising risen grew grows growing grown grow rise climbed climbing climbs jumped jumping jumps surged surging soared soaring expanded expanding gained gaining increased increasing increases swelled ballooned exploded
		doubled doubling tripled tripling quadrupled quadrupling quintupled leapt leaped accelerated boosted lifted
		fell falls falling fallen dropped dropping drops declined declining declines decreased decreasing sank sinking plunged plunging tumbled tumbling lost losing shed shrank shrinking shrunk slid sliding slipped slumped halved halving cut reduced reducing lowered crashed collapsed contracted`

	// fillerList joins a change and its ends without naming a thing.
	fillerList = `0 that's it's i.e d.h beträgt betrug liegt lag lagen kam kamen stand stood reach* erreich* vorjahreswert prozent prozentpunkte percent percentage point points anders gerechnet das dies dieses diese dieser damit somit also folglich rechnerisch mithin demnach sprich heißt entspr* bedeut* ist sind sei seien ergäbe ergäben verteilt gerechnet umgerechnet hochgerechnet spread war waren wäre wären macht machte ergibt ergab insgesamt immerhin was welches d h i e
		ein eine einem einer einen eines der die dem den sich es er sie ihn ihren hat haben hatte hatten wurde wurden wird werden worden soll sollen dürfte dürften könnte könnten
		rund etwa ungefähr circa ca fast knapp nahezu beinahe annähernd über mehr als gut weit deutlich mindestens genau exakt satte satten sattes stolze stolzen stolzes kräftige kräftigen kräftiges kräftiger enorme enormen enormes enormer
		gewaltige gewaltigen gewaltiges massive massiven massives massiver beeindruckende beeindruckenden beeindruckendes bemerkenswerte bemerkenswerten bemerkenswertes beachtliche beachtlichen beachtliches deutliche deutlichen deutliches
		starke starken starkes starker rasante rasanten rasantes sagenhafte sagenhaften unglaubliche unglaublichen gesamte dramatische dramatischen dramatischer drastische drastischen drastischer erstaunliche erstaunlichen erstaunliches zweistellige* dreistellige*
		von um auf mit ins in binnen innerhalb nur gerade einmal lediglich höhe gar sogar rechnerische rechnerischen nämlich zwar und-zwar prozentual prozentuale prozentualen relativ bereits schon inzwischen mittlerweile heute jetzt derzeit aktuell zuletzt
		with bei even barely merely kaum this that it which is was were been has have had means meant makes would represents representing represented marks marking reflects reflecting reflected equals equal equivalent amounts amounting amounted translates translating implies implying works out or oder an a the to up down about roughly nearly almost
		over more than just some by of for total overall thus so therefore accordingly consequently making meaning giving gives from around approximately some whopping staggering remarkable impressive massive huge sharp steep stunning dramatic strong solid robust modest hefty
		good well at least close only now today currently yet already total its their his her rate
		compound annual annually cagr cmgr jährlich* durchschnittlich* average averaging wachstumsrate zusammengesetzt* pro per annum p monatlich* monthly expected erwartet* voraussichtlich prognostizier* projected compounding bzw`

	// baseList stands before the value that another one is held against.
	baseList = `nach gegenüber statt anstelle anstatt against versus vs compared instead rather`

	// timeList says when or how long.
	timeList = `jahr jahre jahren jahres jahresvergleich jahresfrist vorjahr vorjahres vorjahresvergleich vorjahreszeitraum vorjahresquartal vorquartal vormonat vorwoche monat monate monaten monats quartal quartale quartalen quartals halbjahr woche wochen tag tage tagen jahrzehnt jahrzehnte
		januar februar märz april mai juni juli august september oktober november dezember jan feb mär apr jun jul aug sep sept okt nov dez ende anfang mitte seit im am bis vor zum gegenüber nach ab zwischen vergleich verglichen vergangene* letzte* vorige* vorangegangen* gleichen gleiche zeitraum zuvor früher später einst ursprünglich damals
		zwei drei vier fünf sechs sieben acht neun zehn elf zwölf achtzehn dreizehn vierzehn fünfzehn zwanzig vierundzwanzig einziges einzigen kurzer zeit jahresbeginn jahresende start beginn hoch tief erst erstes erste ersten zweiten dritten vierten
		year years month months quarter quarters week weeks day days decade yoy qoq mom year-over-year year-on-year quarter-over-quarter quarter-on-quarter month-over-month month-on-month january february march may june july october december dec oct mar
		since end start beginning early late mid in within during over past last previous prior preceding earlier ago before later after between one two three four five six seven eight nine ten eleven twelve eighteen same period compared first second third fourth half
		on q1 q2 q3 q4 h1 h2 when single span course space`

	// comparisonList measures one thing by another.
	comparisonList = `als wie than as vs versus gegenüber relative so viel viele vielen hoch groß große größer höher mehr niedriger kleiner weniger günstiger billiger teurer schneller langsamer stärker besser
		much many large larger high higher big bigger more fewer less lower smaller cheaper faster slower greater better times mal fach x größe what it used be level value niveau wert ausgangswert`
)

var (
	neutralWords = newWordSet(riseList, fallList, `faktor factor`, changeVerbList, fillerList, timeList, comparisonList, baseList)
	changeNouns  = newWordSet(riseList, fallList, `faktor factor`)
	risingNouns  = newWordSet(riseList)
	fallingNouns = newWordSet(fallList)
	movingWords  = newWordSet(changeVerbList)

	// breakWords begin a clause of its own.
	breakWords = newWordSet(`und sowie während wohingegen indes indessen hingegen dagegen aber doch jedoch obwohl obgleich weil da denn trotz obschon auch ebenso gleichzeitig zugleich parallel wobei bei dank durch wegen
		then dann danach anschließend daraufhin weitere weiteren weiteres weiterer erneut nochmals bevor zusätzlich
		another further again later subsequently additional additionally and while whereas but although though despite because as with meanwhile even whilst alongside amid driven thanks`)
	// measureWords stand between "as" and "as".
	measureWords = newWordSet(`many much large high big great long fast strong`)
	// goingOn follow "und" and "and" where the same thing is spoken of.
	goingOn = newWordSet(`damit somit so also thus thereby therefore erreicht* hat haben hatte reach* hit now`)

	articles = newWordSet(`ein eine einem einer einen eines a an das der die den dem this that the dieser diese dieses diesem`)

	// leads stand before the thing that a change is a change of: "ein Anstieg der Kosten", "an increase in users".
	leads = newWordSet(`der des von vom am an bei beim in im of among for mehr weniger höhere* niedrigere* geringere* größere* günstigere* bessere* more fewer less higher lower larger greater als than gegenüber over versus vs`)

	// backWords open a sentence that draws the sum of the one before.
	backWords = newWordSet(`das dies dieses diese dieser damit somit also macht entspricht ergibt rechnerisch folglich ein eine insgesamt unterm mithin this that that's it it's thus so which a an in overall put`)

	baseWords = newWordSet(baseList)
	// oldWords behind a value say that it is the earlier one.
	oldWords = newWordSet(`vorjahr vorjahreszeitraum vorjahresquartal vorquartal vormonat zuvor earlier ago previously originally ursprünglich einst damals`)
	// thanWords stand between a change and the value that it is measured from.
	thanWords = newWordSet(`als wie than as gegenüber over versus vs from unter above below compared`)
	// nowWords tell that a sentence goes on about the value of the one before.
	nowWords = newWordSet(`es sie er it they heute jetzt inzwischen mittlerweile derzeit aktuell now today currently diese dieser dieses this that that's waren figure wert zahl`)
	// endWords stand before the ends of a change.
	endWords = newWordSet(`von from auf to`)
	// eachWords hand several changes out to several things.
	eachWords = newWordSet(`jeweils beziehungsweise bzw respectively each`)

	// lessWords compare two things.
	lessWords = newWordSet(`günstiger billiger teurer niedriger höher kleiner größer weniger mehr cheaper pricier dearer lower higher smaller larger bigger less more`)
	// moreWords behind a value make it a difference.
	moreWords = newWordSet(`mehr weniger more less fewer`)
	fromWords = newWordSet(`von from`)
	toWords   = newWordSet(`auf to`)
	// meanWords make a rate one of many years.
	meanWords = newWordSet(`durchschnittlich* schnitt mittel mittlere* average averaging mean annualised annualized`)
	// whichWords begin a clause about all that was said before.
	whichWords = newWordSet(`was wofür das dies which that this corresponding entsprechend equivalent`)
	// equalsWords say that one thing comes to another.
	equalsWords = newWordSet(`entspricht entsprechen entsprach bedeutet bedeuten ergibt macht amounts amounted corresponds equals means implies makes translates represents`)
	// comesToWords say that what follows is drawn from what was said.
	comesToWords = newWordSet(`ist sind sei seien wäre wären macht mache ergibt ergäbe ergeben entspricht entspräche bedeutet bedeutete heißt is are was were would makes means equals amounts works comes`)
	// yieldWords make a rate per year the price of money.
	yieldWords    = newWordSet(`zins* rendite* ertrag* apy apr yield* interest gebühr* fee* dividend* inflation* reward* miete*`)
	comparedWords = newWordSet(`compared comparison contrasted against`)
	// itWords go on about what was spoken of.
	itWords = newWordSet(`es er sie it they ihr ihre ihrer ihren dessen deren its their this these that diese dieser dieses diesen dort there figure number zahl zahlen wert werte value letztere*`)
	// sinceWords draw a change from what was said just before.
	sinceWords = newWordSet(`damit womit wodurch wonach somit also ergo sodass seither seitdem mithin folglich demnach dadurch insgesamt so thus therefore hence thereby whereby consequently accordingly since`)
	// indefinite stand before one thing, never before a number that counts.
	indefinite = newWordSet(`a an ein eine einer eines einem einen`)
	// definite stand before a noun that names something known.
	definite = newWordSet(`der die das dem den des dieser diese dieses diesem diesen jener jene jenes the this that these those unser unsere our seine seiner ihre ihrer its their`)
	// anyMeasure are those measures that may sum up any value.
	anyMeasure = newWordSet(`volumen* menge* zahl* anzahl* bestand bestände verbrauch* volume* consumption holdings`)
	// measureNouns are what is measured; one that was not spoken of begins another matter.
	measureNouns = newWordSet(`umsatz* umsätze* gewinn* erlös* ertrag* erträge* kosten* ausgaben* preis* kurs* volumen* menge* zahl* anzahl* nutzer* kunden* wallets* adressen* einnahmen* marge* verbrauch* kapazität* bestand bestände gebühr* schulden* bewertung* mitarbeiter* belegschaft* marktkapital* transaktion* verlust* investition* leistung*
		revenue* profit* income* earning* cost* expens* price* volume* user* customer* wallet* address* margin* consumption capacity holdings fee* debt* valuation* headcount employee* staff transaction* loss* investment* deposits supply share*`)
)
