package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// longestUnit is how many tokens a unit has at most: "US", "-", "Dollar"; "gigabytes", "per", "second".
const longestUnit = 5

// readUnit takes the unit behind the number: a sign, symbol or word, also behind a hyphen.
func (l *line) readUnit(a *amount) {
	i := a.last + 1
	if l.isSign(i, "+") && l.isGlued(i) && !l.isKind(i+1, number) { // "250 Mio.+", "10+ %"
		a.qualifier = cite.Over
		i++
	}
	joined := false
	if l.isHyphenated(i) {
		i++
		joined = true
	}
	if i >= len(l.tokens) || l.tokens[i].gap == torn {
		return
	}
	found := l.readGrand(a, i) || l.readPoints(a, i) || l.readMultiple(a, i) || l.readMeasure(a, i) || l.readCurrencyBehind(a, i) || l.readSuffixUnit(a, i)
	if !found {
		return
	}
	a.joined = a.joined || joined
	l.readLateScale(a)
}

// readGrand reads "10 grand": thousands of dollars.
func (l *line) readGrand(a *amount, i int) bool {
	if l.lang != unit.English || !l.isWord(i, "grand") || a.low.scale != 0 || a.kind != "" {
		return false
	}
	a.low.scale = 3
	a.inferred = append(a.inferred, "unit")
	return l.takeUnit(a, i, i, unit.USD)
}

// readPoints reads "seven points to 41%": percentage points, where the share they lead to follows.
func (l *line) readPoints(a *amount, i int) bool {
	const near = 3 // tokens between "points" and the share
	if l.lang != unit.English || !l.isWord(i, "point", "points") || a.kind != "" || a.low.scale != 0 || !l.isWord(i+1, "to") {
		return false
	}
	for j := i + 2; j < i+2+near; j++ {
		if l.isKind(j, number) && (l.isSign(j+1, "%") || l.isWord(j+1, "percent")) {
			return l.takeUnit(a, i, i, unit.PercentagePoint)
		}
	}
	return false
}

// kindOf is the kind of figure that a unit makes.
func kindOf(u unit.Unit) cite.Kind {
	switch u.Dimension() {
	case unit.Money:
		return cite.Money
	case unit.Share:
		return cite.Percent
	case unit.Time:
		return cite.Duration
	case unit.Power, unit.Energy:
		return cite.Energy
	case unit.Rate:
		return cite.Rate
	case unit.Count:
		return cite.Count
	}
	return cite.Other
}

// readMeasure takes a unit of measure, the longest that fits.
func (l *line) readMeasure(a *amount, i int) bool {
	for n := l.unitTokens(i); n > 0; n-- {
		text := l.plainSpan(i, i+n-1)
		u, ok := unit.LookupMeasure(text)
		if !ok || n == 1 && !l.mayBeUnit(a, i) {
			continue
		}
		l.takeUnit(a, i, i+n-1, u)
		if a.unit == "min" && l.isSign(a.last+1, ".") && l.isGlued(a.last+1) && strings.EqualFold(text, "min") {
			a.last++
		}
		return true
	}
	return false
}

// mayBeUnit keeps one-letter and other short symbols from being read where they are something else.
func (l *line) mayBeUnit(a *amount, i int) bool {
	w := l.of(i)
	switch {
	case a.kind == cite.Money, l.isModel(i): // "72 GB200 racks"
		return false
	case w == "d": // "30d"
		return l.isGlued(i) && a.low.small() > 0
	case len(w) == 1 && l.isKind(i, word):
		abbreviated := l.isSign(i+1, ".") && l.isGlued(i+2)
		return l.isGlued(i) || !abbreviated && !l.isSign(i+1, "-/'") && !(l.isGlued(i+1) && !l.isKind(i+1, sign))
	}
	return true
}

// unitTokens is how many tokens from i on may make up one unit.
func (l *line) unitTokens(i int) int {
	n := 0
	for ; n < longestUnit && i+n < len(l.tokens); n++ {
		t := l.tokens[i+n]
		switch {
		case n > 0 && (t.gap == torn || t.putBack):
			return n
		case t.kind == word:
		case t.kind == sign && n == 0:
		case t.kind == sign && t.gap == glued && strings.ContainsRune("-‐‑/.²³%$", t.sym):
		case n > 0 && l.isHyphenated(i+n):
		case n > 0 && t.kind == sign && t.sym == '$' && l.isSign(i+n-1, hyphens): // "US - $"
		default:
			return n
		}
	}
	return n
}

// span is the text of tokens first to last.
func (l *line) span(first, last int) string {
	return l.text[l.tokens[first].start:l.tokens[last].end]
}

// hyphens are the signs that tie words together, a no-break one among them.
const hyphens = "-‐‑"

// plainSpan is the text of tokens first to last with every blank between them a single plain one, and every hyphen a
// plain one without blanks.
func (l *line) plainSpan(first, last int) string {
	text := l.span(first, last)
	plain := true
	for i := first + 1; i <= last && plain; i++ {
		t := l.tokens[i]
		plain = !l.isSign(i, hyphens) && (t.gap == glued || t.start-l.tokens[i-1].end == 1)
	}
	if plain {
		return text
	}
	var b strings.Builder
	for i := first; i <= last; i++ {
		switch {
		case i > first && l.isSign(i, hyphens):
			b.WriteByte('-')
			continue
		case i > first && l.tokens[i].gap != glued && !l.isSign(i-1, hyphens):
			b.WriteByte(' ')
		}
		b.WriteString(l.of(i))
	}
	return b.String()
}

// readMultiple takes what makes the number a factor: "×", "x", "-fach", "-mal", "-fold", "times".
func (l *line) readMultiple(a *amount, i int) bool {
	if a.kind != "" {
		return false
	}
	w := strings.ToLower(l.of(i))
	var is bool
	switch {
	case l.isSign(i, "×"): // not "4 × 5", "8×H100"
		is = !l.isKind(i+1, number) && !l.isModel(i+1) && !(l.isKind(i+1, word) && l.isGlued(i+1))
	case l.of(i) == "X": // "10X", but "9950X" is a model
		is = l.isGlued(i) && a.low.small() >= 0 && a.low.small() <= 100 && !(l.isGlued(i+1) && (l.isKind(i+1, word) || l.isKind(i+1, number)))
	case w == "x":
		is = (l.isGlued(i) || !l.isKind(i+1, number)) && !l.isDashed(i)
	case w == "mal": // not "zum zweiten Mal", "5 Mal pro Tag"
		is = !l.tokens[i].capital || l.isDash(i-1) || l.isWord(i+1, comparatives...)
	case w == "times":
		is = l.lang == unit.English
	default:
		is = strings.HasPrefix(w, "fach") || w == "fold" || w == "mals" && l.isGlued(i)
	}
	if is {
		a.kind, a.last = cite.Multiple, i
	}
	return is
}

// comparatives follow a factor.
var comparatives = []string{"so", "mehr", "schneller", "größer", "höher", "besser", "billiger", "günstiger", "effizienter", "langsamer", "weniger", "stärker", "teurer", "niedriger", "leichter",
	"faster", "slower", "cheaper", "larger", "bigger", "better"}

// isDashed tells whether a hyphen ties token i to the word before.
func (l *line) isDashed(i int) bool { return l.isDash(i-1) && l.isGlued(i) && l.isKind(i-2, word) }

// suffixUnits are the words behind a number that make it a share or a duration, by their beginning: "10-prozentige",
// "17-Jähriger".
var suffixUnits = []struct {
	part string
	unit unit.Unit
}{
	{"prozentig", unit.Percent},
	{"jährig", "year"}, {"monatig", "month"}, {"wöchig", "week"}, {"tägig", "day"}, {"stündig", "h"}, {"minütig", "min"}, {"sekündig", "s"},
}

func (l *line) readSuffixUnit(a *amount, i int) bool {
	if a.kind != "" || !l.isKind(i, word) {
		return false
	}
	w := strings.ToLower(l.of(i))
	for _, s := range suffixUnits {
		if strings.HasPrefix(w, s.part) {
			return l.takeUnit(a, i, i, s.unit)
		}
	}
	if l.lang != unit.German {
		return false
	}
	for _, head := range timeHeads {
		if rest, ok := strings.CutPrefix(w, head); ok {
			u, known := unit.LookupMeasure(rest)
			return known && u.Dimension() == unit.Time && l.takeUnit(a, i, i, u)
		}
	}
	if !l.isDash(i - 1) {
		return false
	}
	for _, s := range timeStarts { // "30-Tagesdurchschnitt"
		if strings.HasPrefix(w, s.part) {
			return l.takeUnit(a, i, i, s.unit)
		}
	}
	return false
}

// takeUnit gives the amount the unit that tokens first to last name; it is always true.
func (l *line) takeUnit(a *amount, first, last int, u unit.Unit) bool {
	a.unit, a.unitText, a.last, a.kind = u, l.span(first, last), last, kindOf(u)
	return true
}

// timeHeads are what German puts before a unit of time: "3 Geschäftstage".
var timeHeads = []string{"geschäfts", "arbeits", "handels", "kalender", "werk", "börsen", "betriebs"}

// timeStarts are the units of time that compounds behind a hyphen begin with.
var timeStarts = []struct {
	part string
	unit unit.Unit
}{{"tages", "day"}, {"wochen", "week"}, {"monats", "month"}, {"jahres", "year"}, {"stunden", "h"}, {"minuten", "min"}, {"sekunden", "s"}}
