package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

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
	return w == strings.ToUpper(w) && len(w) >= 2 || l.isWord(i, "Rs", "SFr", "ringgit") && l.opens(i)
}

// tokenSigns are signs of tokens, which are counted and not money.
var tokenSigns = map[rune]unit.Unit{'₿': "btc", 'Ξ': "eth"}

func (l *line) readCurrencySign(a *amount, i, floor int) {
	if l.isSign(i, ".") && l.isGlued(i) && l.isWord(i-1, "Rs", "Fr", "SFr") && i-1 >= floor { // "Rs. 20"
		u, _ := unit.LookupCurrency(l.of(i - 1))
		if u == "" {
			return
		}
		a.first, a.unit, a.kind, a.leading = i-1, u, cite.Money, true
		return
	}
	text := string(l.tokens[i].sym)
	u, ok := unit.LookupCurrency(text)
	if !ok {
		u, ok = tokenSigns[l.tokens[i].sym]
	}
	if !ok {
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
	a.unit, a.kind = u, kindOf(u)
	if l.tokens[i].putBack {
		a.inferred = append(a.inferred, "unit")
		a.first = i + 1
	}
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

// readLateScale takes a magnitude that stands behind the currency: "5 USD Mio.".
func (l *line) readLateScale(a *amount) {
	if a.kind != cite.Money || a.low.scale != 0 || !l.isKind(a.last+1, word) || !isAbbreviation(l.of(a.last+1)) {
		return
	}
	if s, ok := unit.LookupScale(l.of(a.last+1), l.lang); ok {
		a.low.scale = s
		a.last++
	}
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
			a.inferred = append(a.inferred, "unit")
			return l.takeUnit(a, i, i, u)
		}
	}
	for n := l.unitTokens(i); n > 0; n-- {
		text := l.plainSpan(i, i+n-1)
		if u, ok := unit.LookupCurrency(text); ok && !l.isCashtag(i) {
			return l.takeUnit(a, i, i+n-1, u)
		}
	}
	return l.readMinorUnit(a, i)
}

// mostPence bounds what a glued "p" is a price: beyond it, it is the lines of a screen ("720p").
const mostPence = 500

// readMinorUnit takes a word for hundredths of a currency, the longest that fits: "US-Cent", "ct", "32p".
func (l *line) readMinorUnit(a *amount, i int) bool {
	for n := min(l.unitTokens(i), 3); n > 0; n-- {
		u, ok := unit.LookupMinor(l.plainSpan(i, i+n-1))
		switch {
		case !ok, len(l.of(i)) == 1 && !l.isGlued(i):
			continue
		case l.isWord(i, "p") && (l.lang != unit.English || a.low.small() < 0 || a.low.small() > mostPence || l.isGlued(i+1) && l.isKind(i+1, word)):
			continue
		}
		l.takeUnit(a, i, i+n-1, u)
		a.kind, a.factor = cite.Money, unit.NewDecimal(1, -2)
		return true
	}
	return false
}

// isCashtag tells whether a dollar sign at token i begins the name of a token ("$BILL").
func (l *line) isCashtag(i int) bool {
	return l.isSign(i, "$") && !l.tokens[i].putBack && l.isKind(i+1, word) && l.isGlued(i+1) && l.tokens[i+1].capital && !l.isGlued(i)
}
