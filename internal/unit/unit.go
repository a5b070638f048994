// Package unit holds quantities: units and their dimensions, currencies, scales, counted nouns, written precision,
// and how numbers are read and written in German and English. It knows neither posts nor data.
package unit

import "strings"

// Unit is a canonical unit id: an ISO 4217 currency code ("USD"), "%", "pp", "bp", an SI or field symbol
// ("GW", "TWh", "EH/s", "TPS", "ms", "month"), or the English id of a counted noun ("project", "user", "btc").
type Unit string

// Units that code refers to by name.
const (
	Percent         Unit = "%"
	PercentagePoint Unit = "pp"
	BasisPoint      Unit = "bp"
	USD             Unit = "USD"
	EUR             Unit = "EUR"
)

// Dimension is what a unit measures; two quantities compare only within one dimension.
type Dimension string

// The dimensions.
const (
	Money     Dimension = "money"
	Share     Dimension = "share"     // percent, percentage points, basis points
	Count     Dimension = "count"     // counted things, tokens included
	Multiple  Dimension = "multiple"  // ×, -fach
	Time      Dimension = "time"      // durations
	Power     Dimension = "power"     // W and its multiples
	Energy    Dimension = "energy"    // Wh and its multiples
	Rate      Dimension = "rate"      // per second: TPS, H/s
	Data      Dimension = "data"      // bytes
	Length    Dimension = "length"    // metres
	Mass      Dimension = "mass"      // grams, tonnes
	Undefined Dimension = "undefined" // a unit this package does not know
)

// Lang is the language of a text or page.
type Lang string

// The languages that Beleg reads and writes.
const (
	German  Lang = "de"
	English Lang = "en"
)

// Dimension is what the unit measures. A unit that is neither a currency nor in the table of measures is taken
// for a counted noun when it is written like one (lower case), else it is Undefined.
func (u Unit) Dimension() Dimension {
	if u == "" {
		return Undefined
	}
	if m, ok := measures.unit[u]; ok {
		return m.dimension
	}
	if u.IsCurrency() {
		return Money
	}
	if s := string(u); strings.ToLower(s) == s && !strings.ContainsAny(s, "/%") {
		return Count
	}
	return Undefined
}

// IsCurrency tells whether the unit is a currency code that this package knows.
func (u Unit) IsCurrency() bool {
	_, ok := currencyIndex.code[u]
	return ok
}

// Convert gives v, which is in from, in to. It is absent where the two have no fixed ratio: other dimensions,
// two currencies, calendar units (a month has no fixed number of days).
func Convert(v Decimal, from, to Unit) Decimal {
	if from == to {
		return v
	}
	f, okFrom := measures.unit[from]
	t, okTo := measures.unit[to]
	if !okFrom || !okTo || f.base == "" || f.base != t.base {
		return Decimal{}
	}
	return v.Mul(f.factor).Quo(t.factor)
}
