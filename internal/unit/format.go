package unit

import "strings"

// nbsp keeps a number and what follows it on one line.
const nbsp = "\u00a0"

// FormatOption changes how Format writes a quantity.
type FormatOption func(*format)

type format struct {
	full        bool
	long        bool
	significant int
}

// Full writes all digits instead of a magnitude: "19.200.000.000 $".
func Full() FormatOption { return func(f *format) { f.full = true } }

// Long writes magnitudes and currencies as words: "19,2 Milliarden US-Dollar", "19.2 billion US dollars".
func Long() FormatOption { return func(f *format) { f.long = true } }

// Round keeps n significant digits, rounding half away from zero; without it every digit is written.
func Round(n int) FormatOption { return func(f *format) { f.significant = n } }

// Format writes a quantity as a reader of that language expects it: "19,2 Mrd. $" and "$19.2bn", "24 %" and "24%",
// "5 GW", "3 Monate". Magnitudes start at a million. An absent value is "".
func Format(value Decimal, u Unit, lang Lang, options ...FormatOption) string {
	if value.IsZero() {
		return ""
	}
	var f format
	for _, o := range options {
		o(&f)
	}
	if f.significant > 0 {
		value = value.round(f.significant)
	}
	sign := ""
	if value.Sign() < 0 {
		sign, value = "−", value.Abs()
	}
	number, magnitude := f.number(value, u, lang)
	return sign + f.withUnit(number, magnitude, u, lang, value.Equal(one))
}

var (
	one = NewDecimal(1, 0)
)

// formScale is a magnitude that Format writes, from the largest to the smallest.
type formScale struct {
	scale                                   Scale
	deShort, deOne, deMany, enShort, enWord string
}

var formScales = []formScale{
	{12, "Bio.", "Billion", "Billionen", "tn", "trillion"},
	{9, "Mrd.", "Milliarde", "Milliarden", "bn", "billion"},
	{6, "Mio.", "Million", "Millionen", "m", "million"},
}

// number writes the digits and picks the magnitude; its zero value is "no magnitude".
func (f *format) number(v Decimal, u Unit, lang Lang) (string, magnitude) {
	if !f.full && takesMagnitude(u) {
		for _, s := range formScales {
			limit := NewDecimal(1, int32(s.scale))
			if v.Cmp(limit) >= 0 {
				scaled := v.Mul(NewDecimal(1, -int32(s.scale)))
				return FormatNumber(scaled, lang), magnitude{s, scaled.Equal(one)}
			}
		}
	}
	return FormatNumber(v, lang), magnitude{}
}

// takesMagnitude is false for units that have prefixes of their own, and for shares and durations.
func takesMagnitude(u Unit) bool {
	switch u.Dimension() {
	case Money, Count, Multiple, Undefined:
		return true
	case Rate:
		return measures.unit[u].base == u
	}
	return false
}

type magnitude struct {
	formScale
	single bool // exactly one of it
}

func (m magnitude) written(f *format, u Unit, lang Lang) string {
	switch {
	case m.scale == 0:
		return ""
	case lang == English && f.long, lang == English && !u.IsCurrency():
		return nbsp + m.enWord
	case lang == English:
		return m.enShort
	case f.long && m.single:
		return nbsp + m.deOne
	case f.long:
		return nbsp + m.deMany
	default:
		return nbsp + m.deShort
	}
}

func (f *format) withUnit(number string, m magnitude, u Unit, lang Lang, single bool) string {
	number += m.written(f, u, lang)
	switch {
	case u == "":
		return number
	case u.IsCurrency():
		return f.withCurrency(number, u, lang)
	case u == Percent && lang == English:
		return number + "%"
	}
	return number + nbsp + name(u, lang, single)
}

func (f *format) withCurrency(number string, u Unit, lang Lang) string {
	c := currencyIndex.code[u]
	switch {
	case f.long && u == USD && lang == English:
		return number + nbsp + "US" + nbsp + "dollars"
	case f.long && u == USD:
		return number + nbsp + "US-Dollar"
	case f.long && u == EUR && lang == English:
		return number + nbsp + "euros"
	case f.long && u == EUR:
		return number + nbsp + "Euro"
	case f.long, c.sign == "" && lang != English:
		return number + nbsp + string(u)
	case c.sign == "":
		return string(u) + nbsp + number
	case lang == English && c.prefix:
		return c.sign + number
	}
	return number + nbsp + c.sign
}

// unitNames are the units that are written otherwise than by their id, one and several, in German and English.
var unitNames = map[Unit][4]string{
	PercentagePoint: {"Prozentpunkt", "Prozentpunkte", "percentage point", "percentage points"},
	BasisPoint:      {"Basispunkt", "Basispunkte", "basis point", "basis points"},
	"day":           {"Tag", "Tage", "day", "days"},
	"week":          {"Woche", "Wochen", "week", "weeks"},
	"month":         {"Monat", "Monate", "month", "months"},
	"quarter":       {"Quartal", "Quartale", "quarter", "quarters"},
	"year":          {"Jahr", "Jahre", "year", "years"},
	"decade":        {"Jahrzehnt", "Jahrzehnte", "decade", "decades"},
	"century":       {"Jahrhundert", "Jahrhunderte", "century", "centuries"},
	"s":             {"Sekunde", "Sekunden", "second", "seconds"},
	"min":           {"Minute", "Minuten", "minute", "minutes"},
	"h":             {"Stunde", "Stunden", "hour", "hours"},
	"gpu-hour":      {"GPU-Stunde", "GPU-Stunden", "GPU hour", "GPU hours"},
	"t":             {"Tonne", "Tonnen", "tonne", "tonnes"},
}

// name is how a unit other than money and percent is written behind a number.
func name(u Unit, lang Lang, single bool) string {
	if n, ok := unitNames[u]; ok {
		i := 1
		if single {
			i = 0
		}
		if lang == English {
			i += 2
		}
		return strings.ReplaceAll(n[i], " ", nbsp)
	}
	n, ok := nounIndex.name[u]
	switch {
	case !ok:
		return string(u)
	case lang == English && single:
		return n.one
	case lang == English:
		return n.many
	case single:
		return n.eins
	}
	return n.viele
}

// FormatNumber writes a number with the separators of the language, in full: "1.234.567,89", "1,234,567.89".
func FormatNumber(v Decimal, lang Lang) string {
	if v.IsZero() {
		return ""
	}
	group, point := ".", ","
	if lang == English {
		group, point = ",", "."
	}
	sign := ""
	if v.Sign() < 0 {
		sign, v = "−", v.Abs()
	}
	whole, frac, _ := strings.Cut(v.String(), ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteByte(c)
	}
	if frac != "" {
		b.WriteString(point + frac)
	}
	return b.String()
}
