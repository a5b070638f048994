package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// amount is a quantity as it stands in a line, on its way to a figure.
type amount struct {
	first, last int // tokens of the span, its sign, magnitude and unit included
	after       int // the token behind everything that belongs to it (a noun, a rate), for what looks further
	low         numeral
	high        *numeral // of a range
	ratio       *numeral // of "1/27", "8-1": what low is divided by, or stands against
	kind        cite.Kind
	unit        unit.Unit
	unitText    string
	noun        int // token of the counted noun, -1 for none
	factor      unit.Decimal
	fixed       unit.Decimal // the value where the text gives no digits ("ein Viertel")
	step        unit.Decimal // of fixed
	joined      bool         // written as one with hyphens ("75-Mio.-$-Runde")
	signed      bool         // a plus or minus stands before it
	leading     bool         // its currency stands before it
	qualifier   cite.Qualifier
	nearly      bool
	change      cite.Change
	relation    int // 0 for none
	per         cite.Per
	period      market.Period
	forecast    bool
	inferred    []string
	why         string
}

// isBare tells whether neither magnitude nor unit stands with the number.
func (a *amount) isBare() bool {
	return a.unit == "" && a.low.scale == 0 && a.kind == "" && a.fixed.IsZero() && !a.low.inWords
}

// amountAt reads the amount whose number begins at token i; floor is the first token that is not taken yet.
func (l *line) amountAt(i, floor int) (amount, bool) {
	n, ok := l.numeralAt(i)
	if !ok {
		return amount{}, false
	}
	a := amount{first: n.first, last: n.last, low: n, noun: -1}
	l.readSign(&a, floor)
	l.readCurrencyBefore(&a, floor)
	l.readScale(&a)
	l.readUnit(&a)
	l.readMinor(&a)
	a.after = a.last + 1
	return a, true
}

// readSign takes a plus or minus that stands directly before the number, or the word for one.
func (l *line) readSign(a *amount, floor int) {
	i := a.first - 1
	if i < floor {
		return
	}
	if l.isWord(i, "minus", "negativ", "negative") && a.low.first == a.first {
		a.first, a.low.negative, a.signed = i, true, true
		return
	}
	if !l.isSign(i, "+-−–") || !l.opens(i) {
		return
	}
	if !l.isGlued(i+1) || i == floor && floor > 0 { // "- 5" is a list item, "5 –7" a range
		return
	}
	a.signed = true
	if !l.isSign(i, "+") {
		a.low.negative = true
		a.first = i
	}
}

// opens tells whether token i stands at the start of the line, behind a blank, or behind an opening bracket or cell border.
func (l *line) opens(i int) bool {
	return i == 0 || !l.isGlued(i) || l.isSign(i-1, "([|:~≈")
}

// longestCurrencyPrefix is how many letters stand before a dollar sign to say whose dollar it is.
const longestCurrencyPrefix = 4

// readCurrencyBefore takes a currency sign, code or word that stands before the number.
func (l *line) readCurrencyBefore(a *amount, floor int) {
	i := a.first - 1
	if i < floor {
		return
	}
	if s, at := l.scaleBefore(i, floor); at >= 0 { // "EUR Mrd. 20"
		a.first, a.low.scale = at, s
		i = at - 1
	}
	switch {
	case l.isKind(i, sign):
		l.readCurrencySign(a, i, floor)
	case l.isKind(i, word):
		u, ok := unit.LookupCurrency(l.of(i))
		if !ok || !l.isCode(i) {
			return
		}
		a.first, a.unit, a.kind, a.leading = i, u, cite.Money, true
	}
}

// scaleBefore finds an abbreviated magnitude between a currency and the number that ends at token i, and its token, else -1.
func (l *line) scaleBefore(i, floor int) (unit.Scale, int) {
	if l.isSign(i, ".") {
		i--
	}
	if i <= floor || !l.isKind(i, word) || !isAbbreviation(l.of(i)) || !l.isKind(i-1, word) || !l.currencyAt(i-1) {
		return 0, -1
	}
	s, ok := unit.LookupScale(l.of(i), l.lang)
	if !ok {
		return 0, -1
	}
	return s, i
}

// isCode tells whether token i is a currency code in capitals and not a part of something longer.
func (l *line) isCode(i int) bool {
	w := l.of(i)
	return w == strings.ToUpper(w) && len(w) >= 2 || l.isWord(i, "Rs", "ringgit") && l.opens(i)
}

func (l *line) readCurrencySign(a *amount, i, floor int) {
	if l.isSign(i, ".") && l.isWord(i-1, "Rs") && i-1 >= floor { // "Rs. 20"
		a.first, a.unit, a.kind, a.leading = i-1, "INR", cite.Money, true
		return
	}
	text := string(l.tokens[i].sym)
	u, ok := unit.LookupCurrency(text)
	if !ok && !l.isSign(i, "₿Ξ") {
		return
	}
	first := i
	if l.isGlued(i) && l.isKind(i-1, word) && i-1 >= floor && len(l.of(i-1)) <= longestCurrencyPrefix {
		if whole, ok := unit.LookupCurrency(l.of(i-1) + text); ok {
			u, first = whole, i-1
		}
	}
	if first > floor && l.isSign(first-1, "-−") && l.opens(first-1) && l.isGlued(first) { // "-$5"
		a.low.negative, a.signed = true, true
		first--
	}
	a.first, a.leading = first, true
	switch {
	case l.isSign(i, "₿"):
		a.unit, a.kind = "btc", cite.Count
	case l.isSign(i, "Ξ"):
		a.unit, a.kind = "eth", cite.Count
	default:
		a.unit, a.kind = u, cite.Money
	}
	if l.tokens[i].putBack {
		a.inferred = append(a.inferred, "unit")
		a.first = i + 1
	}
}

// readScale takes the magnitude behind the number: glued letters, a word, or a word behind a hyphen.
func (l *line) readScale(a *amount) {
	i := a.last + 1
	joined := false
	if l.isHyphenated(i) {
		i++
		joined = true
	}
	plus := l.isSign(i, "+") && l.isGlued(i) // "35+ million"
	if plus {
		i++
	}
	if !l.isKind(i, word) {
		return
	}
	w := l.of(i)
	s, ok := unit.LookupScale(w, l.lang)
	if !ok && (l.isGlued(i) && !joined || l.moneyFollows(a, i)) {
		s, ok = unit.LookupScaleLetter(w, a.kind == cite.Money || l.moneyFollows(a, i))
	}
	if !ok || a.low.scale != 0 {
		return
	}
	a.low.scale = s
	a.last = i
	a.joined = a.joined || joined
	if plus {
		a.qualifier = cite.Over
	}
	if l.isSign(i+1, ".") && l.isGlued(i+1) && isAbbreviation(w) {
		a.last = i + 1
	}
}

// isAbbreviation tells whether a magnitude word is short for another, so that a full stop belongs to it.
func isAbbreviation(w string) bool {
	switch strings.ToLower(w) {
	case "mio", "mrd", "bio", "tsd", "mill", "bill", "md", "mia", "brd":
		return true
	}
	return false
}

// moneyFollows tells whether a currency stands behind the letter at token i, or before the number: "5 M$", "$ 5 B".
func (l *line) moneyFollows(a *amount, i int) bool {
	if len(l.of(i)) > 2 {
		return false
	}
	if a.kind == cite.Money && !l.isKind(i+1, word) && l.tokens[i].capital {
		return true
	}
	if !l.isKind(i+1, sign) {
		return false
	}
	_, ok := unit.LookupCurrency(l.of(i + 1))
	return ok
}

// isHyphenated tells whether token i is a hyphen that ties the number to the word behind it: glued on both sides, or
// with blanks on both as some machine-made texts have it.
func (l *line) isHyphenated(i int) bool {
	if !l.isSign(i, "-‐‑") || !l.isKind(i+1, word) && !l.isSign(i+1, "$€£%") {
		return false
	}
	return l.isGlued(i) == l.isGlued(i+1)
}

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
	if l.lang == unit.English && l.isWord(i, "grand") && a.low.scale == 0 && a.kind == "" { // "10 grand"
		a.low.scale, a.last, a.kind = 3, i, cite.Money
		a.inferred = append(a.inferred, "unit")
		a.unit = unit.USD
		return
	}
	found := l.readMultiple(a, i) || l.readMeasure(a, i) || l.readCurrencyBehind(a, i) || l.readSuffixUnit(a, i)
	if !found {
		return
	}
	a.joined = a.joined || joined
	if a.kind == "" {
		a.kind = kindOf(a.unit)
	}
	l.readMoreUnit(a)
}

// readMinor adds the hundredths behind a sum: "20 dollars and 43 cents", "3 CHF 4 cents".
func (l *line) readMinor(a *amount) {
	if a.kind != cite.Money || a.low.scale != 0 || !a.factor.IsZero() {
		return
	}
	at := a.last + 1
	if l.isWord(at, "and", "und") {
		at++
	}
	n, ok := l.numeralAt(at)
	if !ok || n.scale != 0 {
		return
	}
	u, ok := unit.LookupMinor(l.of(n.last + 1))
	if !ok || u != "" && u != a.unit && a.unit != "USD" || len(l.of(n.last+1)) == 1 && !l.isGlued(n.last+1) {
		return
	}
	c := l.lang.Convention()
	a.low.words = a.low.value(c).Add(n.value(c).Mul(unit.NewDecimal(1, -2)))
	a.low.inWords, a.low.negative = true, false
	a.last = n.last + 1
}

// readMoreUnit takes the magnitude or currency that a text puts behind the other: "10k$" is done, "Rs 5 lakh rupees".
func (l *line) readMoreUnit(a *amount) {
	if a.kind != cite.Money || a.low.scale != 0 {
		return
	}
	// "US$ 5" with the magnitude behind the code: "5 USD Mio."
	if s, ok := unit.LookupScale(l.of(a.last+1), l.lang); ok && l.isKind(a.last+1, word) && isAbbreviation(l.of(a.last+1)) {
		a.low.scale = s
		a.last++
	}
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
		a.unit, a.unitText, a.last, a.kind = u, text, i+n-1, kindOf(u)
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
	case a.kind == cite.Money:
		return false
	case len(w) == 1 && l.isKind(i, word):
		return l.isGlued(i) || !l.isSign(i+1, ".-/'") && !l.isGlued(i+1)
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
		case t.kind == sign && t.gap == glued && strings.ContainsRune("-/.²³%$", t.sym):
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

// plainSpan is the text of tokens first to last with every blank between them a single plain one.
func (l *line) plainSpan(first, last int) string {
	text := l.span(first, last)
	plain := true
	for i := first + 1; i <= last && plain; i++ {
		t := l.tokens[i]
		plain = t.gap == glued || t.start-l.tokens[i-1].end == 1
	}
	if plain {
		return text
	}
	var b strings.Builder
	for i := first; i <= last; i++ {
		if i > first && l.tokens[i].gap != glued {
			b.WriteByte(' ')
		}
		b.WriteString(l.of(i))
	}
	return b.String()
}

// readCurrencyBehind takes a currency that stands behind the number, unless one stands before it.
func (l *line) readCurrencyBehind(a *amount, i int) bool {
	if a.kind != "" {
		return false
	}
	if l.tokens[i].putBack {
		a.unit, a.kind = unit.USD, cite.Money
		a.inferred = append(a.inferred, "unit")
		return true
	}
	if i+1 < len(l.tokens) && l.tokens[i+1].putBack && l.isGlued(i+1) { // "HK" and its lost dollar sign
		if u, ok := unit.LookupCurrency(l.of(i) + "$"); ok {
			a.unit, a.unitText, a.last, a.kind = u, l.of(i), i, cite.Money
			a.inferred = append(a.inferred, "unit")
			return true
		}
	}
	for n := l.unitTokens(i); n > 0; n-- {
		text := l.plainSpan(i, i+n-1)
		if u, ok := unit.LookupCurrency(text); ok && !l.isCashtag(i) {
			a.unit, a.unitText, a.last, a.kind = u, text, i+n-1, cite.Money
			return true
		}
	}
	if u, ok := unit.LookupMinor(l.of(i)); ok && (len(l.of(i)) > 1 || l.isGlued(i)) {
		a.unit, a.unitText, a.last, a.kind = u, l.of(i), i, cite.Money
		a.factor = unit.NewDecimal(1, -2)
		return true
	}
	return false
}

// isCashtag tells whether a dollar sign at token i begins the name of a token ("$BILL").
func (l *line) isCashtag(i int) bool {
	return l.isSign(i, "$") && !l.tokens[i].putBack && l.isKind(i+1, word) && l.isGlued(i+1) && l.tokens[i+1].capital && !l.isGlued(i)
}

// readMultiple takes what makes the number a factor: "×", "x", "-fach", "-mal", "-fold", "times".
func (l *line) readMultiple(a *amount, i int) bool {
	if a.kind != "" {
		return false
	}
	w := strings.ToLower(l.of(i))
	switch {
	case l.isSign(i, "×") && !l.isKind(i+1, number) && !(l.isKind(i+1, word) && l.isGlued(i+1)), w == "x" && (l.isGlued(i) || !l.isKind(i+1, number)) && !l.isDashed(i),
		strings.HasPrefix(w, "fach"), w == "fold", w == "mal" && l.isFactor(a, i), w == "mals" && l.isGlued(i):
	case w == "times" && l.lang == unit.English, w == "mal" && l.isWord(i+1, comparatives...):
	default:
		return false
	}
	a.kind, a.last = cite.Multiple, i
	return true
}

// comparatives follow a factor.
var comparatives = []string{"so", "mehr", "schneller", "größer", "höher", "besser", "billiger", "günstiger", "effizienter", "langsamer", "weniger", "stärker", "teurer", "niedriger", "leichter"}

// isDashed tells whether a hyphen ties token i to the word before.
func (l *line) isDashed(i int) bool { return l.isDash(i-1) && l.isGlued(i) && l.isKind(i-2, word) }

// isFactor tells "20-mal" and "20 mal so viel" from "zum zweiten Mal" and "5 Mal pro Tag".
func (l *line) isFactor(a *amount, i int) bool { return !l.tokens[i].capital || l.isDash(i-1) }

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
			return l.takeUnit(a, i, s.unit)
		}
	}
	if l.lang != unit.German {
		return false
	}
	for _, head := range timeHeads {
		if rest, ok := strings.CutPrefix(w, head); ok {
			u, known := unit.LookupMeasure(rest)
			return known && u.Dimension() == unit.Time && l.takeUnit(a, i, u)
		}
	}
	if !l.isDash(i - 1) {
		return false
	}
	for _, s := range timeStarts { // "30-Tagesdurchschnitt"
		if strings.HasPrefix(w, s.part) {
			return l.takeUnit(a, i, s.unit)
		}
	}
	return false
}

func (l *line) takeUnit(a *amount, i int, u unit.Unit) bool {
	a.unit, a.unitText, a.last, a.kind = u, l.of(i), i, kindOf(u)
	return true
}

// timeHeads are what German puts before a unit of time: "3 Geschäftstage".
var timeHeads = []string{"geschäfts", "arbeits", "handels", "kalender", "werk", "börsen", "betriebs"}

// timeStarts are the units of time that compounds behind a hyphen begin with.
var timeStarts = []struct {
	part string
	unit unit.Unit
}{{"tages", "day"}, {"wochen", "week"}, {"monats", "month"}, {"jahres", "year"}, {"stunden", "h"}, {"minuten", "min"}, {"sekunden", "s"}}
