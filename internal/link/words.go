package link

import (
	"strings"

	"beleg/internal/market"
)

// The tables of this file are the German and English words that say what part a name or a figure plays. They know no
// subject and no metric: those are the catalogue's.

// Words before a name that say it is not whom the sentence is about.
var prepositions = wordSet("auf on bei durch by mit with via über from laut to als than wie like gegenüber against gegen zu zum zur in im",
	"darunter including neben wegen mithilfe per an am at unter für for into aus nach ins beim beats since without ohne statt",
	"between zwischen among")

// Nouns for a change: "das Wachstum der Einlagen", "a fall in fees". What follows them is what changes.
var changes = wordSet("wachstum anstieg rückgang zuwachs plus minus zunahme abnahme growth increase decline fall rise drop surge")

// Words before "von" that make what follows the one who did it.
var participles = wordSet("entwickelt unterstützt gegründet angeführt geführt betrieben finanziert erworben gekauft geprüft herausgegeben",
	"emittiert ausgegeben verwaltet bereitgestellt eingereicht vorgestellt gestützt verklagt")

// Words that compare the figure with something else.
var comparing = wordSet("als than gegenüber against beats vs versus übertrifft exceeds outpaces")

// Words that may stand between a preposition and its name.
var articles = wordSet("der die das dem den des the a an ein eine einen einem einer eines its their seine seinen seinem ihre ihren ihrem dieser diese dieses this")

// Words between a metric and its owner.
var genitives = wordSet("von of des der")

// Words beside a name that make it the one who says so.
var reporting = wordSet("warnt warns warned warnung prognostiziert prognostizierte forecasts schätzt estimates says said sagt sagte reckons zufolge",
	"according laut research untersuchungen analysten analysts report bericht outlook counts verfolgt tracks zählt expects erwartet",
	"believes glaubt argues behauptete projects projiziert survey umfrage studie study")

// Words that join names in a row.
var joining = wordSet("und and oder or plus sowie")

// Nouns that make a compound with a name stand for the named thing itself: "DePIN sector", "Ethereum network".
var wholeNouns = strings.Fields("sektor sector markt market netzwerk network protokoll protocol branche industrie industry bereich " +
	"ökosystem ecosystem wirtschaft economy pools token blockchain chain mainnet plattform platform")

// Words at the start of a sentence that take up who the one before was about.
var pronouns = wordSet("er sie es dies it they its sein seine ihr ihre dessen deren")

// Words behind a pronoun that make it several, or the reader: "Sie haben", "they are".
var plural = wordSet("haben sind können werden sollten müssen are have were had will")

// Ends of nouns that take up someone of these kinds, named before: "das Unternehmen", "the network".
var anaphors = []struct {
	noun  string
	kinds []market.SubjectKind
}{
	{"unternehmen", []market.SubjectKind{market.KindCompany}},
	{"company", []market.SubjectKind{market.KindCompany}},
	{"firm", []market.SubjectKind{market.KindCompany}},
	{"firma", []market.SubjectKind{market.KindCompany}},
	{"netzwerk", []market.SubjectKind{market.KindNetwork, market.KindChain}},
	{"netz", []market.SubjectKind{market.KindNetwork, market.KindChain}},
	{"network", []market.SubjectKind{market.KindNetwork, market.KindChain}},
	{"blockchain", []market.SubjectKind{market.KindChain, market.KindNetwork}},
	{"protokoll", []market.SubjectKind{market.KindProtocol, market.KindNetwork}},
	{"protocol", []market.SubjectKind{market.KindProtocol, market.KindNetwork}},
	{"plattform", []market.SubjectKind{market.KindCompany, market.KindProtocol, market.KindNetwork}},
	{"platform", []market.SubjectKind{market.KindCompany, market.KindProtocol, market.KindNetwork}},
	{"sektor", []market.SubjectKind{market.KindSector}},
	{"sector", []market.SubjectKind{market.KindSector}},
	{"branche", []market.SubjectKind{market.KindSector, market.KindTopic}},
	{"industry", []market.SubjectKind{market.KindSector, market.KindTopic}},
	{"token", []market.SubjectKind{market.KindAsset}},
	{"coin", []market.SubjectKind{market.KindAsset}},
	{"veranstaltung", []market.SubjectKind{market.KindEvent}},
	{"konferenz", []market.SubjectKind{market.KindEvent}},
	{"conference", []market.SubjectKind{market.KindEvent}},
	{"börse", []market.SubjectKind{market.KindCompany}},
	{"exchange", []market.SubjectKind{market.KindCompany, market.KindProtocol}},
	{"fonds", []market.SubjectKind{market.KindAsset, market.KindTopic}},
	{"funds", []market.SubjectKind{market.KindAsset, market.KindTopic}},
}

// Words that begin a clause of their own, though a smaller step away than a comma does.
var conjunctions = wordSet("und oder aber während wobei sowie da weil indem and or but while whereas because as")

// Words before a full stop that end no sentence, in lower case.
var abbreviations = wordSet("z b d h u s a e g i o mio mrd bio tsd nr ca bzw vgl dr inkl vs approx no jan feb aug sept sep oct okt nov dec dez inc corp st")

// Words before a chain on which something lies.
var upon = wordSet("auf on")

// Words that make a figure in their clause a hope, a plan or a supposition.
var supposing = wordSet("prognose prognosen ziel ziele ziels zielmarke vorhersage vorhersagen voraussichtlich könnte könnten dürfte dürften",
	"soll sollen würde würden erwartet forecast forecasts target targets predicted projected expected could might would should goal aims")

// Words that make a figure in their clause a part of what was named before it.
var apportioning = wordSet("davon darunter hiervon wovon thereof account accounts accounted accounting entfallen entfällt entfielen remaining remainder verbleibenden restlichen übrigen")

// Words that make a figure in their clause the utmost of some other time.
var utmost = wordSet("höchststand höchststände allzeithoch rekordhoch allzeittief tiefststand ath peak peaked record high low rekord hoch")

// Words between an amount and what it lies in.
var containing = wordSet("in an of aus")

// Phrases that hold a metric word without naming what the figure measures.
var empty = []string{
	"aktuellen preisen", "heutigen preisen", "current prices", "today's prices", "zum aktuellen kurs", "in kurs", "best price",
	"gas fees", "übernacht finanzierungen", "overnight financing", "trade finance", "market makers", "market maker", "im angebot", "on the market", "auf den markt", "auf dem markt",
}

// Phrases that hold a subject's name without meaning it.
var nobody = []string{
	"Distributed Ledger", "distributed ledger", "Ledger Technology", "Bitcoin Cash", "Ethereum Classic",
	"Ethereum Foundation", "Solana Mobile", "Base Layer", "Base Case", "Base Rate", "Base Fee", "Base Model", "Knowledge Base", "Code Base", "User Base", "Base-Szenario",
}

// wordSet holds the words of lines.
func wordSet(lines ...string) map[string]bool {
	set := map[string]bool{}
	for _, line := range lines {
		for _, w := range strings.Fields(line) {
			set[w] = true
		}
	}
	return set
}
