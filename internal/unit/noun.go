package unit

import "strings"

// noun is a counted thing: its id (English, singular), and how German and English write one and several.
type noun struct {
	id                     Unit
	one, many, eins, viele string
}

// nouns are the things that posts about markets and infrastructure count. German plurals take their dative by rule.
var nouns = []noun{
	{"project", "project", "projects", "Projekt", "Projekte"},
	{"user", "user", "users", "Nutzer", "Nutzer"},
	{"customer", "customer", "customers", "Kunde", "Kunden"},
	{"subscriber", "subscriber", "subscribers", "Abonnent", "Abonnenten"},
	{"account", "account", "accounts", "Konto", "Konten"},
	{"wallet", "wallet", "wallets", "Wallet", "Wallets"},
	{"address", "address", "addresses", "Adresse", "Adressen"},
	{"holder", "holder", "holders", "Inhaber", "Inhaber"},
	{"participant", "participant", "participants", "Teilnehmer", "Teilnehmer"},
	{"member", "member", "members", "Mitglied", "Mitglieder"},
	{"person", "person", "people", "Person", "Personen"},
	{"employee", "employee", "employees", "Mitarbeiter", "Mitarbeiter"},
	{"developer", "developer", "developers", "Entwickler", "Entwickler"},
	{"investor", "investor", "investors", "Investor", "Investoren"},
	{"trader", "trader", "traders", "Händler", "Händler"},
	{"merchant", "merchant", "merchants", "Händler", "Händler"},
	{"partner", "partner", "partners", "Partner", "Partner"},
	{"institution", "institution", "institutions", "Institution", "Institutionen"},
	{"bank", "bank", "banks", "Bank", "Banken"},
	{"company", "company", "companies", "Unternehmen", "Unternehmen"},
	{"firm", "firm", "firms", "Firma", "Firmen"},
	{"startup", "startup", "startups", "Startup", "Startups"},
	{"fund", "fund", "funds", "Fonds", "Fonds"},
	{"etf", "ETF", "ETFs", "ETF", "ETFs"},
	{"exchange", "exchange", "exchanges", "Börse", "Börsen"},
	{"ministry", "ministry", "ministries", "Ministerium", "Ministerien"},
	{"authority", "authority", "authorities", "Behörde", "Behörden"},
	{"regulator", "regulator", "regulators", "Aufsichtsbehörde", "Aufsichtsbehörden"},
	{"country", "country", "countries", "Land", "Länder"},
	{"state", "state", "states", "Staat", "Staaten"},
	{"state", "state", "states", "Bundesstaat", "Bundesstaaten"},
	{"city", "city", "cities", "Stadt", "Städte"},
	{"region", "region", "regions", "Region", "Regionen"},
	{"market", "market", "markets", "Markt", "Märkte"},
	{"jurisdiction", "jurisdiction", "jurisdictions", "Gerichtsbarkeit", "Gerichtsbarkeiten"},
	{"jurisdiction", "jurisdiction", "jurisdictions", "Jurisdiktion", "Jurisdiktionen"},
	{"location", "location", "locations", "Standort", "Standorte"},
	{"data-centre", "data centre", "data centres", "Rechenzentrum", "Rechenzentren"},
	{"data-centre", "data center", "data centers", "Datenzentrum", "Datenzentren"},
	{"gpu", "GPU", "GPUs", "GPU", "GPUs"},
	{"gpu", "graphics card", "graphics cards", "Grafikkarte", "Grafikkarten"},
	{"cpu", "CPU", "CPUs", "CPU", "CPUs"},
	{"tpu", "TPU", "TPUs", "TPU", "TPUs"},
	{"chip", "chip", "chips", "Chip", "Chips"},
	{"core", "core", "cores", "Kern", "Kerne"},
	{"server", "server", "servers", "Server", "Server"},
	{"rack", "rack", "racks", "Rack", "Racks"},
	{"device", "device", "devices", "Gerät", "Geräte"},
	{"hotspot", "hotspot", "hotspots", "Hotspot", "Hotspots"},
	{"router", "router", "routers", "Router", "Router"},
	{"sensor", "sensor", "sensors", "Sensor", "Sensoren"},
	{"miner", "miner", "miners", "Miner", "Miner"},
	{"machine", "machine", "machines", "Maschine", "Maschinen"},
	{"vehicle", "vehicle", "vehicles", "Fahrzeug", "Fahrzeuge"},
	{"satellite", "satellite", "satellites", "Satellit", "Satelliten"},
	{"household", "household", "households", "Haushalt", "Haushalte"},
	{"transistor", "transistor", "transistors", "Transistor", "Transistoren"},
	{"node", "node", "nodes", "Knoten", "Knoten"},
	{"node", "node", "nodes", "Node", "Nodes"},
	{"validator", "validator", "validators", "Validator", "Validatoren"},
	{"operator", "operator", "operators", "Betreiber", "Betreiber"},
	{"network", "network", "networks", "Netzwerk", "Netzwerke"},
	{"network", "network", "networks", "Netz", "Netze"},
	{"subnet", "subnet", "subnets", "Subnetz", "Subnetze"},
	{"blockchain", "blockchain", "blockchains", "Blockchain", "Blockchains"},
	{"chain", "chain", "chains", "Chain", "Chains"},
	{"rollup", "rollup", "rollups", "Rollup", "Rollups"},
	{"protocol", "protocol", "protocols", "Protokoll", "Protokolle"},
	{"platform", "platform", "platforms", "Plattform", "Plattformen"},
	{"app", "app", "apps", "App", "Apps"},
	{"dapp", "dApp", "dApps", "dApp", "dApps"},
	{"application", "application", "applications", "Anwendung", "Anwendungen"},
	{"integration", "integration", "integrations", "Integration", "Integrationen"},
	{"service", "service", "services", "Dienst", "Dienste"},
	{"tool", "tool", "tools", "Tool", "Tools"},
	{"tool", "tool", "tools", "Werkzeug", "Werkzeuge"},
	{"agent", "agent", "agents", "Agent", "Agenten"},
	{"bot", "bot", "bots", "Bot", "Bots"},
	{"model", "model", "models", "Modell", "Modelle"},
	{"parameter", "parameter", "parameters", "Parameter", "Parameter"},
	{"token", "token", "tokens", "Token", "Token"},
	{"coin", "coin", "coins", "Coin", "Coins"},
	{"stablecoin", "stablecoin", "stablecoins", "Stablecoin", "Stablecoins"},
	{"cryptocurrency", "cryptocurrency", "cryptocurrencies", "Kryptowährung", "Kryptowährungen"},
	{"nft", "NFT", "NFTs", "NFT", "NFTs"},
	{"share", "share", "shares", "Aktie", "Aktien"},
	{"layer", "layer", "layers", "Schicht", "Schichten"},
	{"layer", "layer", "layers", "Layer", "Layer"},
	{"logit", "logit", "logits", "Logit", "Logits"},
	{"sample", "sample", "samples", "Stichprobe", "Stichproben"},
	{"frame", "frame", "frames", "Frame", "Frames"},
	{"image", "image", "images", "Bild", "Bilder"},
	{"video", "video", "videos", "Video", "Videos"},
	{"task", "task", "tasks", "Aufgabe", "Aufgaben"},
	{"job", "job", "jobs", "Job", "Jobs"},
	{"job", "job", "jobs", "Arbeitsplatz", "Arbeitsplätze"},
	{"transaction", "transaction", "transactions", "Transaktion", "Transaktionen"},
	{"transaction", "tx", "txs", "Tx", "Txs"},
	{"transfer", "transfer", "transfers", "Transfer", "Transfers"},
	{"transfer", "transfer", "transfers", "Überweisung", "Überweisungen"},
	{"payment", "payment", "payments", "Zahlung", "Zahlungen"},
	{"trade", "trade", "trades", "Trade", "Trades"},
	{"operation", "operation", "operations", "Operation", "Operationen"},
	{"request", "request", "requests", "Anfrage", "Anfragen"},
	{"query", "query", "queries", "Abfrage", "Abfragen"},
	{"call", "call", "calls", "Aufruf", "Aufrufe"},
	{"message", "message", "messages", "Nachricht", "Nachrichten"},
	{"download", "download", "downloads", "Download", "Downloads"},
	{"block", "block", "blocks", "Block", "Blöcke"},
	{"contract", "contract", "contracts", "Vertrag", "Verträge"},
	{"smart-contract", "smart contract", "smart contracts", "Smart Contract", "Smart Contracts"},
	{"pool", "pool", "pools", "Pool", "Pools"},
	{"vault", "vault", "vaults", "Vault", "Vaults"},
	{"position", "position", "positions", "Position", "Positionen"},
	{"subgraph", "subgraph", "subgraphs", "Subgraph", "Subgraphs"},
	{"dataset", "dataset", "datasets", "Datensatz", "Datensätze"},
	{"category", "category", "categories", "Kategorie", "Kategorien"},
	{"event", "event", "events", "Veranstaltung", "Veranstaltungen"},
	{"deal", "deal", "deals", "Deal", "Deals"},
	{"round", "round", "rounds", "Runde", "Runden"},
	{"case", "case", "cases", "Fall", "Fälle"},
	{"patent", "patent", "patents", "Patent", "Patente"},
	{"standard", "standard", "standards", "Standard", "Standards"},
	{"asset", "asset", "assets", "Vermögenswert", "Vermögenswerte"},
	{"vote", "vote", "votes", "Stimme", "Stimmen"},
	{"proposal", "proposal", "proposals", "Vorschlag", "Vorschläge"},
	{"line", "line", "lines", "Zeile", "Zeilen"},
	{"unit", "unit", "units", "Einheit", "Einheiten"},
	{"point", "point", "points", "Punkt", "Punkte"},
	{"store", "store", "stores", "Geschäft", "Geschäfte"},
	{"reactor", "reactor", "reactors", "Reaktor", "Reaktoren"},
	{"power-plant", "power plant", "power plants", "Kraftwerk", "Kraftwerke"},
	{"bitcoin", "bitcoin", "bitcoins", "Bitcoin", "Bitcoins"},
	{"person", "person", "people", "Mensch", "Menschen"},
	{"station", "station", "stations", "Station", "Stationen"},
	{"license", "license", "licenses", "Lizenz", "Lizenzen"},
	{"license", "licence", "licences", "Lizenz", "Lizenzen"},
	{"application", "application", "applications", "Antrag", "Anträge"},
	{"job", "job", "jobs", "Stelle", "Stellen"},
	{"building", "building", "buildings", "Gebäude", "Gebäude"},
	{"language", "language", "languages", "Sprache", "Sprachen"},
	{"chain", "chain", "chains", "Kette", "Ketten"},
	{"piece", "piece", "pieces", "Stück", "Stücke"},
	{"institute", "institute", "institutes", "Institut", "Institute"},
	{"sponsor", "sponsor", "sponsors", "Sponsor", "Sponsoren"},
	{"turbine", "turbine", "turbines", "Turbine", "Turbinen"},
	{"blob", "blob", "blobs", "Blob", "Blobs"},
}

// tickers are tokens counted by their ticker symbol, and what posts call them otherwise.
var tickers = []string{
	"BTC", "ETH", "SOL", "BNB", "XRP", "ADA", "DOGE", "TRX", "TON", "AVAX", "DOT", "LINK", "UNI", "AAVE", "LDO", "ARB", "OP", "GRT", "HNT", "RNDR", "RENDER",
	"FIL", "AKT", "ATH", "TAO", "NEAR", "SUI", "APT", "ATOM", "MATIC", "POL", "MKR", "SKY", "CRV", "COMP", "ENA", "ONDO", "HYPE", "PEPE", "SHIB", "LTC", "BCH", "XMR", "ZEC",
	"USDT", "USDC", "DAI", "USDE", "USDS", "PYUSD", "RLUSD", "FDUSD", "TUSD", "BUSD", "GHO", "EURC", "BUIDL", "STETH", "WSTETH", "WETH", "WBTC", "CBBTC", "CC", "WLD", "JUP", "AR", "STX", "IMX", "GRASS", "IO", "PEAQ",
}

// nounTable finds a counted noun by any of its forms, lower case.
type nounTable struct {
	form map[string]Unit
	name map[Unit]noun
}

var nounIndex = newNounTable()

func newNounTable() nounTable {
	t := nounTable{map[string]Unit{}, map[Unit]noun{}}
	for _, n := range nouns {
		if _, ok := t.name[n.id]; !ok {
			t.name[n.id] = n
		}
		for _, form := range []string{n.one, n.many, n.eins, n.viele, dative(n.viele)} {
			form = strings.ToLower(form)
			if _, ok := t.form[form]; !ok {
				t.form[form] = n.id
			}
		}
	}
	for _, s := range tickers {
		t.form[strings.ToLower(s)] = Unit(strings.ToLower(s))
		t.name[Unit(strings.ToLower(s))] = noun{Unit(strings.ToLower(s)), s, s, s, s}
	}
	t.form["bitcoin"], t.form["bitcoins"] = "btc", "btc"
	t.form["ether"] = "eth"
	return t
}

// dative is the German dative plural: an n is added unless the plural ends in n or s.
func dative(plural string) string {
	if plural == "" || strings.HasSuffix(plural, "n") || strings.HasSuffix(plural, "s") {
		return plural
	}
	return plural + "n"
}

// LookupNoun gives the id of a counted noun in any of its forms, German or English, in any case. A compound counts as
// its last part: "DePIN-Projekten" and "Bankpartner" are projects and partners.
func LookupNoun(word string) (Unit, bool) {
	w := strings.ToLower(word)
	if i := strings.LastIndexByte(w, '-'); i >= 0 {
		w = w[i+1:]
	}
	if u, ok := nounIndex.form[w]; ok {
		return u, true
	}
	const shortest = 4 // bytes of either part: a shorter one is chance, not a compound ("Ausfälle")
	for i := shortest; i <= len(w)-shortest; i++ {
		if u, ok := nounIndex.form[w[i:]]; ok {
			return u, true
		}
	}
	return "", false
}

// LookupTicker tells whether the word is the ticker of a token, in capitals, and gives its unit.
func LookupTicker(word string) (Unit, bool) {
	w := strings.ToLower(word)
	n, ok := nounIndex.name[Unit(w)]
	if !ok || n.one != n.viele || strings.ToUpper(word) != n.one {
		return "", false
	}
	return Unit(w), strings.EqualFold(n.one, word)
}

// NounID is the id for a counted noun that LookupNoun does not know: its last part in lower case, an English plural
// without its s.
func NounID(word string, lang Lang) Unit {
	w := strings.ToLower(word)
	if i := strings.LastIndexByte(w, '-'); i >= 0 && i < len(w)-1 {
		w = w[i+1:]
	}
	switch {
	case lang != English:
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 2:
		w = w[:len(w)-1]
	}
	return Unit(w)
}
