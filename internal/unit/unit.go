// Package unit holds quantities: units and their dimensions, currencies, scales, pegs, written precision,
// and how numbers are parsed and formatted in German and English. It knows neither posts nor data.
package unit

// Unit is a canonical unit id: an ISO 4217 currency code ("USD"), "%", "pp", "bp", an SI or field symbol
// ("GW", "TWh", "EH/s", "TPS", "ms", "month"), or the English id of a counted noun ("project", "user", "btc").
type Unit string

// Units that code refers to by name.
const (
	Percent         Unit = "%"
	PercentagePoint Unit = "pp"
	BasisPoint      Unit = "bp"
	USD             Unit = "USD"
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
	Undefined Dimension = "undefined" // a unit this package does not know
)

// Lang is the language of a text or page.
type Lang string

// The languages that Beleg reads and writes.
const (
	German  Lang = "de"
	English Lang = "en"
)
