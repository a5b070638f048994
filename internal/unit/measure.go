package unit

import "strings"

// measure is a unit with a dimension; units with the same base convert into each other by their factors.
type measure struct {
	dimension Dimension
	base      Unit
	factor    Decimal
}

// A family is a base unit that takes SI prefixes.
type family struct {
	symbol    string // of the base, what prefixes are put before
	dimension Dimension
	prefixes  string   // the prefixes in use, "" standing for a bare symbol first: "_kMG"
	words     []string // spelled out, lower case, without a prefix
	aliases   []string // other symbols of the base
}

var families = []family{
	{"W", Power, "_kMGT", []string{"watt", "watts"}, nil},
	{"Wh", Energy, "_kMGTP", []string{"wattstunde", "wattstunden", "watt-hour", "watt-hours", "watt hour", "watt hours"}, nil},
	{"B", Data, "kKMGTPEZ", []string{"byte", "bytes"}, nil},
	{"bit", Data, "kKMGT", []string{"bit", "bits"}, nil},
	{"B/s", Rate, "kKMGTP", nil, []string{"Bps"}},
	{"bit/s", Rate, "kKMGT", nil, []string{"bps", "bits/s", "b/s"}},
	{"H/s", Rate, "_kKMGTPEZ", []string{"hash", "hashes", "hash/s", "hashes/s", "hash pro sekunde", "hashes pro sekunde", "hash per second", "hashes per second"}, []string{"H/S"}},
	{"Hz", Rate, "_kKMGT", []string{"hertz"}, nil},
	{"FLOPS", Rate, "MGTPE", []string{"flops", "flop", "flop/s"}, []string{"FLOP/s", "FLOPs", "Flops"}},
	{"m", Length, "_knµmc", []string{"meter", "metern", "metre", "metres", "meters"}, nil},
	{"g", Mass, "_k", []string{"gramm", "gram", "grams"}, nil},
	{"V", Undefined, "_kM", []string{"volt", "volts"}, nil},
	{"VA", Power, "_kMG", []string{"voltampere"}, nil},
	{"Wp", Power, "_kMG", []string{"watt peak"}, nil},
}

type prefix struct {
	symbol string
	word   string
	exp    int32
}

var prefixes = []prefix{
	{"_", "", 0}, {"n", "nano", -9}, {"µ", "mikro", -6}, {"u", "micro", -6}, {"m", "milli", -3}, {"c", "zenti", -2},
	{"k", "kilo", 3}, {"K", "kilo", 3}, {"M", "mega", 6}, {"G", "giga", 9}, {"T", "tera", 12}, {"T", "terra", 12}, {"P", "peta", 15}, {"E", "exa", 18}, {"Z", "zetta", 21},
}

// A single is a unit without prefixes.
type single struct {
	unit      Unit
	dimension Dimension
	base      Unit
	factor    string // in the base
	symbols   []string
	words     []string // lower case, German and English
}

var singles = []single{
	{"%", Share, "%", "1", []string{"%", "％"}, []string{"prozent", "percent", "per cent", "vh", "v.h.", "v. h.", "pct"}},
	{"pp", Share, "%", "1", []string{"pp", "pps"}, []string{"prozentpunkt", "prozentpunkte", "prozentpunkten", "%-punkte", "%-punkten", "percentage point", "percentage points", "pct points", "percent points"}},
	{"bp", Share, "%", "0.01", []string{"bp", "bps", "Bp"}, []string{"basispunkt", "basispunkte", "basispunkten", "basis point", "basis points", "bips"}},
	{"‰", Share, "%", "0.1", []string{"‰"}, []string{"promille", "per mille"}},

	{"ns", Time, "s", "1e-9", []string{"ns"}, []string{"nanosekunde", "nanosekunden", "nanosecond", "nanoseconds"}},
	{"µs", Time, "s", "1e-6", []string{"µs", "μs", "us"}, []string{"mikrosekunde", "mikrosekunden", "microsecond", "microseconds"}},
	{"ms", Time, "s", "0.001", []string{"ms"}, []string{"millisekunde", "millisekunden", "millisecond", "milliseconds"}},
	{"s", Time, "s", "1", []string{"s", "sec", "Sek", "Sek.", "secs"}, []string{"sekunde", "sekunden", "second", "seconds"}},
	{"min", Time, "s", "60", []string{"min", "min.", "Min", "Min.", "mins"}, []string{"minute", "minuten", "minutes"}},
	{"h", Time, "s", "3600", []string{"h", "hr", "hrs", "Std", "Std."}, []string{"stunde", "stunden", "hour", "hours"}},
	{"day", Time, "s", "86400", []string{"d"}, []string{"tag", "tage", "tagen", "tages", "day", "days", "business day", "business days", "working day", "working days", "trading day", "trading days", "calendar days"}},
	{"week", Time, "s", "604800", nil, []string{"woche", "wochen", "week", "weeks"}},
	{"month", Time, "month", "1", []string{"mo", "mos"}, []string{"monat", "monate", "monaten", "monats", "month", "months"}},
	{"quarter", Time, "month", "3", nil, []string{"quartal", "quartale", "quartalen", "quarters"}},
	{"year", Time, "month", "12", []string{"yr", "yrs", "J."}, []string{"jahr", "jahre", "jahren", "jahres", "year", "years"}},
	{"decade", Time, "month", "120", nil, []string{"jahrzehnt", "jahrzehnte", "jahrzehnten", "decade", "decades"}},
	{"century", Time, "month", "1200", nil, []string{"jahrhundert", "jahrhunderte", "jahrhunderten", "century", "centuries"}},

	{"TPS", Rate, "TPS", "1", []string{"TPS", "tps", "tx/s", "Tx/s", "TX/s", "txs/s"}, []string{"transaktionen pro sekunde", "transactions per second"}},
	{"tok/s", Rate, "tok/s", "1", []string{"tok/s", "tokens/s"}, []string{"token pro sekunde", "tokens pro sekunde", "tokens per second"}},
	{"QPS", Rate, "QPS", "1", []string{"QPS", "qps"}, nil},
	{"RPS", Rate, "RPS", "1", []string{"RPS", "rps", "req/s"}, nil},
	{"IOPS", Rate, "IOPS", "1", []string{"IOPS"}, nil},
	{"UOPS", Rate, "UOPS", "1", []string{"UOPS"}, nil},
	{"FPS", Rate, "FPS", "1", []string{"FPS", "fps"}, nil},
	{"byte", Data, "byte", "1", nil, []string{"byte", "bytes"}},
	{"bit", Data, "bit", "1", nil, []string{"bit", "bits"}},
	{"GiB", Data, "GiB", "1", []string{"GiB"}, nil},
	{"TiB", Data, "GiB", "1024", []string{"TiB"}, nil},
	{"gas", Count, "", "1", nil, []string{"gas"}},
	{"gwei", Count, "", "1", nil, []string{"gwei"}},

	{"t", Mass, "kg", "1000", nil, []string{"tonne", "tonnen", "tonnes", "tons"}},
	{"Mt", Mass, "kg", "1e9", []string{"Mt"}, []string{"megatonne", "megatonnen", "megatonnes"}},
	{"MtCO2", Mass, "MtCO2", "1", []string{"MtCO2", "MtCO₂"}, nil},
	{"mi", Length, "m", "1609.344", nil, []string{"meile", "meilen", "mile", "miles"}},
	{"ft", Length, "m", "0.3048", []string{"ft"}, []string{"foot", "feet", "fuß"}},
	{"m²", Undefined, "m²", "1", []string{"m²", "m2", "qm"}, []string{"quadratmeter", "quadratmetern", "square metres", "square meters"}},
	{"ft²", Undefined, "ft²", "1", []string{"ft²", "sqft"}, []string{"square foot", "square feet"}},
	{"ha", Undefined, "ha", "1", []string{"ha"}, []string{"hektar", "hectare", "hectares"}},
	{"acre", Undefined, "acre", "1", nil, []string{"acre", "acres"}},
	{"l", Undefined, "l", "1", nil, []string{"liter", "litern", "litre", "litres", "liters"}},
	{"barrel", Undefined, "barrel", "1", nil, []string{"barrel", "barrels", "fass"}},
	{"oz", Mass, "oz", "1", []string{"oz"}, []string{"unze", "unzen", "ounce", "ounces"}},
	{"°C", Undefined, "°C", "1", []string{"°C", "℃"}, []string{"grad celsius", "degrees celsius"}},
	{"°", Undefined, "°", "1", []string{"°"}, []string{"grad", "degree", "degrees"}},
	{"ppm", Undefined, "ppm", "1", []string{"ppm"}, nil},
	{"A", Undefined, "A", "1", nil, []string{"ampere"}},
	{"J/TH", Undefined, "J/TH", "1", []string{"J/TH", "J/T"}, nil},
	{"W/TH", Undefined, "W/TH", "1", []string{"W/TH"}, nil},
	{"gpu-hour", Undefined, "gpu-hour", "1", []string{"GPU-h"}, []string{"gpu-stunde", "gpu-stunden", "gpu-hour", "gpu-hours", "gpu hour", "gpu hours"}},
	{"km/h", Undefined, "km/h", "1", []string{"km/h", "kph"}, nil},
}

// measureTable finds a measure by its unit id, by a symbol and by a word.
type measureTable struct {
	unit   map[Unit]measure
	symbol map[string]Unit
	word   map[string]Unit
}

var measures = newMeasureTable()

func newMeasureTable() measureTable {
	t := measureTable{map[Unit]measure{}, map[string]Unit{}, map[string]Unit{}}
	for _, s := range singles {
		t.unit[s.unit] = measure{s.dimension, s.base, MustDecimal(s.factor)}
		for _, sym := range s.symbols {
			t.symbol[sym] = s.unit
		}
		for _, w := range s.words {
			t.word[w] = s.unit
		}
	}
	for _, f := range families {
		for _, p := range prefixes {
			if strings.Contains(f.prefixes, p.symbol) {
				t.add(f, p)
			}
		}
	}
	return t
}

func (t measureTable) add(f family, p prefix) {
	written := strings.TrimPrefix(p.symbol, "_")
	canonical := written
	switch {
	case f.dimension == Data && written == "k":
		canonical = "K"
	case f.dimension != Data && written == "K":
		canonical = "k"
	case written == "u":
		canonical = "µ"
	}
	u, base, exp := Unit(canonical+f.symbol), Unit(f.symbol), p.exp
	if f.symbol == "g" {
		base, exp = "kg", exp-3
	}
	t.unit[u] = measure{f.dimension, base, NewDecimal(1, exp)}
	for _, s := range append([]string{f.symbol}, f.aliases...) {
		t.symbol[written+s] = u
	}
	for _, w := range f.words {
		t.word[p.word+w] = u
	}
}

// LookupMeasure reads a unit as a text writes it: a symbol ("GW", "TWh", "EH/s", "%"), or a word in German or
// English, in any case ("Terabyte", "Prozentpunkte", "terawatt-hours"). Currencies and counted nouns are not measures.
func LookupMeasure(s string) (Unit, bool) {
	if u, ok := measures.symbol[s]; ok {
		return u, true
	}
	w := strings.ToLower(s)
	if u, ok := measures.word[w]; ok {
		return u, true
	}
	return "", false
}
