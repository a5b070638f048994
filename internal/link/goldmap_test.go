package link

// goldSubjects maps the annotation's entities to the catalogue's subjects where the slugs differ. "" is an entity
// that is none: two subjects at once.
var goldSubjects = map[string]string{
	"ki-agenten":                      "ai-agents",
	"ki-rechenzentren":                "ai-data-centres",
	"ki-inferenz":                     "ai-inference",
	"ki-modelle":                      "ai-models",
	"ki-infrastrukturspeicher":        "ai-storage",
	"inferenz-chip":                   "inference-chips",
	"rechenzentrum-gpu":               "data-centre-gpus",
	"gpu":                             "gpus",
	"hyperscaler":                     "hyperscalers",
	"dokument-42":                     "document-42",
	"tokenisierte-staatsanleihen":     "tokenized-treasuries",
	"tokenisiertes-bargeld":           "tokenized-cash",
	"krypto-zahlungen":                "crypto-payments",
	"krypto-karten":                   "crypto-cards",
	"krypto-mining":                   "crypto-mining",
	"on-ramp-anbieter":                "on-ramps",
	"grenzueberschreitende-zahlungen": "cross-border-payments",
	"globaler-zahlungsverkehr":        "payments",
	"telekommunikationsinfrastruktur": "telecom",
	"tee-projekte":                    "tee-projects",
	"hongkong":                        "hong-kong",
	"asien":                           "asia",
	"indien":                          "india",
	"gas":                             "natural-gas",
	"us-china":                        "",
	"ethereum-tron":                   "",
	"usdt-usdc":                       "",
}

// goldMetrics maps the annotation's metrics to the catalogue's where the slugs differ, by "metric" or "metric/kind".
var goldMetrics = map[string]string{
	"ai-share":               "share",
	"us-power-share":         "share",
	"web3-developer-share":   "share",
	"compute-share":          "share",
	"idle-share":             "share",
	"cloud-share":            "share",
	"b2b-share":              "share",
	"yield-strategy-share":   "share",
	"fees/percent":           "fee-rate",
	"fees-burned":            "burned",
	"training-cost":          "cost",
	"verification-cost":      "cost",
	"infrastructure-cost":    "cost",
	"inference-cost":         "cost",
	"verification-overhead":  "overhead",
	"training-throughput":    "throughput",
	"prover-efficiency":      "speed",
	"efficiency":             "speed",
	"footprint":              "speed",
	"performance":            "speed",
	"annualized-revenue":     "revenue", //nolint:misspell // the annotation's slug
	"monthly-users":          "users",
	"daily-users":            "users",
	"depin-projects":         "projects",
	"hotspots":               "devices",
	"super-validators":       "validators",
	"node-operators":         "validators",
	"bank-partners":          "partners",
	"tool-categories":        "tools",
	"connectivity-customers": "customers",
	"payment-volume":         "volume",
	"b2b-payment-volume":     "volume",
	"crossborder-volume":     "volume",
	"addressable-market":     "market-size",
	"ai-transformation":      "market-size",
	"blockchain-investment":  "investment",
	"contracted-revenue":     "backlog",
	"contract-value":         "backlog",
	"contracted-power":       "capacity",
	"revenue-per-gpu":        "revenue-per-unit",
	"lending-yield":          "apy",
	"inflation-target":       "inflation",
	"deposit-success-rate":   "success-rate",
	"vote-split":             "votes",
	"etf-approval-time":      "lead-time",
	"mint-burn-target":       "burned",
	"tvl-cap":                "tvl",
}

func goldSubject(entity string) string {
	if id, ok := goldSubjects[entity]; ok {
		return id
	}
	return entity
}

func goldMetric(g goldLine) string {
	if id, ok := goldMetrics[g.Metric+"/"+g.Kind]; ok {
		return id
	}
	if id, ok := goldMetrics[g.Metric]; ok {
		return id
	}
	return g.Metric
}
