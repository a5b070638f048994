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
	if !l.isGlued(i+1) || i == floor && floor > 0 && !l.opensCell(i) { // "- 5" is a list item, "5 –7" a range
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
		s, ok = unit.LookupScaleLetter(w, a.kind == cite.Money || l.moneyFollows(a, i) || l.lang == unit.English && l.countFollows(i))
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
	if l.isSign(i+1, ".") && isAbbreviation(w) && (l.isGlued(i+1) || l.currencyBehind(i+2)) {
		a.last = i + 1
	}
}

// currencyBehind tells whether a currency begins at token i: behind the stray full stop of "15,2 Mrd . $".
func (l *line) currencyBehind(i int) bool {
	if l.isSign(i, "$€£¥₹") {
		return true
	}
	return l.isKind(i, word) && l.currencyAt(i)
}

// countFollows tells whether what is counted stands behind the letter at token i, which makes it a magnitude and no
// unit: "2m people", "3m UNI".
func (l *line) countFollows(i int) bool {
	if _, ok := unit.LookupTicker(l.of(i + 1)); ok && !l.isGlued(i+1) {
		return true
	}
	noun, _ := l.englishNoun(i + 1)
	return noun >= 0 && l.isKnownNoun(noun) && l.isPlural(noun)
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
