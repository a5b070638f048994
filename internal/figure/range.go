package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// extend reads on behind an amount: the other end of a range, a ratio, a fraction.
func (l *line) extend(a *amount, floor int) {
	if l.isNumbered(a) {
		return
	}
	if l.readRatio(a) || l.readRange(a, floor) || l.readOneIn(a) || l.readPartOf(a) {
		a.after = a.last + 1
	}
}

// readRatio takes "1:1", "1 : 27", "8-1", "1/27" where both are plain whole numbers.
func (l *line) readRatio(a *amount) bool {
	i := a.last + 1
	against := l.isWord(i, "zu") // "3 zu 1"
	if !a.isBare() || a.low.small() < 0 || !l.isSign(i, ":/-–") && !against || !l.isKind(i+1, number) || l.isGlued(i) != l.isGlued(i+1) {
		return false
	}
	n, ok := l.numeralAt(i + 1)
	if !ok || n.small() < 0 || l.isGlued(i+2) && (l.isKind(i+2, word) || l.isSign(i+2, ":/-–") && l.isKind(i+3, number)) {
		return false
	}
	first, second := a.low.small(), n.small()
	switch {
	case l.isWord(i+2, "Stimmen", "votes"):
		a.kind, a.unit = cite.Other, "vote"
	case against && l.unitFollows(i+2):
		return false
	case l.isSign(i, ":") && !l.isTime(i-1), against:
		a.kind, a.unit = cite.Other, "ratio"
	case l.isSign(i, "/") && second > 1 && first < second && l.isGlued(i):
		l.readFraction(a, first, second, i+1)
	case l.isSign(i, "-–") && l.isGlued(i) && first > second && first < 100 && !l.unitFollows(i+2):
		a.kind, a.unit = cite.Other, "vote"
	default:
		return false
	}
	a.ratio = &n
	a.last = i + 1
	return true
}

// readFraction makes "1/27 des Preises" a multiple and "1/5 der Nutzer" a share.
func (l *line) readFraction(a *amount, first, second, last int) {
	value := unit.NewDecimal(int64(first), 0).Quo(unit.NewDecimal(int64(second), 0))
	a.kind, a.fixed = cite.Multiple, value
	if l.isPartly(last-2) || second <= 10 && l.isWord(last+1, partWords...) && !l.isWord(last+2, "Preises", "Kosten", "price", "cost", "the") {
		a.kind, a.unit, a.fixed = cite.Percent, unit.Percent, percentOf(value)
	}
	a.step = unit.NewDecimal(1, 0)
}

// partWords stand between a fraction and the whole.
var partWords = []string{"des", "der", "of", "davon", "aller", "all", "Mehrheit", "majority"}

// percentOf is a share in percent, to four decimals.
func percentOf(v unit.Decimal) unit.Decimal {
	scaled := v.Mul(unit.NewDecimal(1, 6))
	half := unit.NewDecimal(5, -1)
	whole, _, _ := strings.Cut(scaled.Add(half).String(), ".")
	return unit.MustDecimal(whole).Mul(unit.NewDecimal(1, -4))
}

// unitFollows tells whether a magnitude or unit stands at token i.
func (l *line) unitFollows(i int) bool {
	if i >= len(l.tokens) {
		return false
	}
	probe := amount{last: i - 1, noun: -1}
	l.readScale(&probe)
	l.readUnit(&probe)
	return probe.last >= i
}

// readRange takes the other end of a range: "50–85 %", "5 - 8 Billionen", "6 bis 12 Monate", "zwischen 30 % und 85 %",
// "10- bis 100-fache", "5.25% to 5.5%". Damage between the ends keeps them apart.
func (l *line) readRange(a *amount, floor int) bool {
	next, ok := l.rangeLink(a, floor)
	if !ok || !l.isUndamaged(a.last, next) {
		return false
	}
	b, ok := l.amountAt(next, a.last+1)
	if !ok || b.low.negative || l.isDate(next) {
		return false
	}
	return l.makeRange(a, &b)
}

// rangeLink finds the number behind the word or dash that makes a range, as a token.
func (l *line) rangeLink(a *amount, floor int) (int, bool) {
	i := a.last + 1
	if l.isSign(i, "/") && l.isGlued(i) && l.isKind(i+1, word) && a.kind == cite.Money { // "between $40/MWh and $60/MWh"
		i += 2
	}
	switch {
	case l.isSign(i, "-‐‑") && l.isGlued(i) && l.isWord(i+1, "bis", "to"):
		return l.numberBehind(i + 2)
	case l.isDash(i) && !l.opensCell(i) && (l.isGlued(i) == l.isGlued(i+1) || l.isGlued(i)):
		return l.numberBehind(i + 1)
	case l.isWord(i, "bis") && !l.isWord(i+1, "zu"), l.isWord(i, "to", "through") && !l.isWord(i-1, "up"):
		if from := l.fromBefore(a.first); l.isWord(i, "to") && from >= 0 && !l.spans(from-1) { // a change, not a range
			return 0, false
		}
		return l.numberBehind(i + 1)
	case l.isWord(i, "und", "and") && l.opensRange(a.first, floor):
		return l.numberBehind(i + 1)
	}
	return 0, false
}

// fromBefore is the "from" that a number belongs to, -1 without one: "from $9", "from an average of 4", "from today's 12".
func (l *line) fromBefore(first int) int {
	const near = 4
	for j := first - 1; j >= max(0, first-near); j-- {
		switch {
		case l.isWord(j, "from"):
			return j
		case !l.isKind(j, word) && !l.isSign(j, "'’"):
			return -1
		}
	}
	return -1
}

// numberBehind is the number at token i, a currency before it included.
func (l *line) numberBehind(i int) (int, bool) {
	for range longestCurrencyPrefix {
		switch {
		case l.isKind(i, number), l.isNumberWord(i) && !l.has(i, article):
			return i, true
		case l.isSign(i, "$€£¥₹₩~≈"), l.isKind(i, word) && l.isCode(i) && l.currencyAt(i):
			i++
		default:
			return 0, false
		}
	}
	return 0, false
}

// currencyAt tells whether a currency's code or word, or the letters before a dollar sign, stand at token i.
func (l *line) currencyAt(i int) bool {
	if l.isSign(i+1, "$") && l.isGlued(i+1) {
		return true
	}
	_, ok := unit.LookupCurrency(l.of(i))
	return ok
}

// opensRange tells whether "zwischen" or "between" stands shortly before token i.
func (l *line) opensRange(i, floor int) bool {
	for j := i - 1; j >= max(floor, i-3); j-- {
		if l.isWord(j, "zwischen", "between") {
			return true
		}
	}
	return false
}

// spanning are the beginnings of English words that make "from A to B" a range; without one it is a change.
var spanning = []string{"rang", "vary", "vari", "span", "anywhere", "between", "priced"}

// spans tells whether such a word stands shortly before token i.
func (l *line) spans(i int) bool {
	const near = 4
	for j := i; j >= max(0, i-near) && !l.isSign(j, ".;!?"); j-- {
		w := strings.ToLower(l.of(j))
		for _, stem := range spanning {
			if strings.HasPrefix(w, stem) {
				return true
			}
		}
	}
	return false
}

// longestList is how many numbers share the unit behind the last of them at most.
const longestList = 5

// readListed gives a number the unit that a list states once, behind its last number: "25, 50 or 75 basis points".
func (l *line) readListed(a *amount) bool {
	if l.isNumbered(a) || l.isAcronym(a.first-1) {
		return false
	}
	at := a.last + 1
	for range longestList {
		joined := l.isWord(at, "and", "or", "und", "oder", "beziehungsweise")
		if !joined && !l.isSign(at, ",") || !l.isKind(at+1, number) || l.isGlued(at+1) || l.isDate(at+1) {
			return false
		}
		b, ok := l.amountAt(at+1, at+1)
		if !ok || b.leading {
			return false
		}
		if !b.isBare() {
			return joined && l.inherit(a, &b)
		}
		if joined {
			return false
		}
		at = b.last + 1
	}
	return false
}

// inherit gives a number of a list the unit and magnitude of the last; it is false where that has no unit.
func (l *line) inherit(a, b *amount) bool {
	if b.kind == "" || b.unit == "" || b.kind == cite.Count {
		return false
	}
	a.kind, a.unit, a.unitText, a.factor = b.kind, b.unit, b.unitText, b.factor
	a.low.scale = b.low.scale
	a.inferred = append(a.inferred, "unit")
	a.after = a.last + 1
	return true
}

// isNumbered tells whether a word before the number makes it a name: "Table 7", "page 3 of 12".
func (l *line) isNumbered(a *amount) bool {
	before := a.first - 1
	return l.isSpokenLabel(before, a.low.first) && !l.has(before, sizing)
}

// roundWholes are the numbers of which more than one make a share: "six in ten", but not "9 out of 12".
var roundWholes = map[int64]bool{3: true, 4: true, 5: true, 10: true, 20: true, 100: true, 1000: true}

// readOneIn makes "1 in 4", "six in ten" and "3 out of 4" a share.
func (l *line) readOneIn(a *amount) bool {
	at := a.last + 1
	if l.isWord(at, "out") && l.isWord(at+1, "of") {
		at++
	} else if !l.isWord(at, "in") {
		return false
	}
	if a.kind != "" || a.low.scale != 0 || a.high != nil || l.isDate(at+1) || l.lang != unit.English {
		return false
	}
	b, ok := l.numeralAt(at + 1)
	if !ok || b.scale != 0 || b.inWords != a.low.inWords || l.measureFollows(b.last+1) {
		return false
	}
	part, whole := a.low.count(), b.count()
	if part < 1 || whole <= part || part > 1 && !roundWholes[whole] {
		return false
	}
	a.kind, a.unit, a.last = cite.Percent, unit.Percent, b.last
	a.fixed = percentOf(unit.NewDecimal(part, 0).Quo(unit.NewDecimal(whole, 0)))
	a.step = unit.NewDecimal(1, 0)
	return true
}

// measureFollows tells whether a magnitude or a unit other than a currency stands at token i.
func (l *line) measureFollows(i int) bool {
	if i >= len(l.tokens) {
		return false
	}
	probe := amount{last: i - 1, noun: -1}
	l.readScale(&probe)
	l.readUnit(&probe)
	return probe.last >= i && probe.kind != cite.Money
}

// readPartOf gives the first number of "19,8 von 21 Millionen BTC" the magnitude and unit of the second.
func (l *line) readPartOf(a *amount) bool {
	at := a.last + 1
	if !a.isBare() || !l.isWord(at, "von", "of") && !(l.isWord(at, "out") && l.isWord(at+1, "of")) {
		return false
	}
	if l.isWord(at, "out") {
		at++
	}
	if l.isWord(at+1, "insgesamt", "the", "total") {
		at++
	}
	b, ok := l.amountAt(at+1, at+1)
	if !ok || l.isDate(at+1) || b.low.inWords {
		return false
	}
	l.countNoun(&b)
	if b.kind == "" && b.low.scale == 0 {
		return l.readProportion(a, &b)
	}
	low := a.low
	low.scale = b.low.scale
	if !l.ascends(&low, &b.low) {
		return false
	}
	a.low, a.kind, a.unit, a.unitText = low, b.kind, b.unit, b.unitText
	a.inferred = append(a.inferred, "unit")
	return true
}

// readProportion makes "7 von 10" a share.
func (l *line) readProportion(a, b *amount) bool {
	const largest = 100
	part, whole := a.low.small(), b.low.small()
	if part < 1 || whole <= part || whole > largest || !b.isBare() {
		return false
	}
	a.kind, a.unit, a.last, a.step = cite.Percent, unit.Percent, b.last, unit.NewDecimal(1, 0)
	a.fixed = percentOf(unit.NewDecimal(int64(part), 0).Quo(unit.NewDecimal(int64(whole), 0)))
	return true
}

// isUndamaged tells whether no glued run was cut out between tokens first and last.
func (l *line) isUndamaged(first, last int) bool {
	for i := first + 1; i <= last && i < len(l.tokens); i++ {
		if l.tokens[i].gap == torn || l.tokens[i].putBack {
			return false
		}
	}
	return true
}

// makeRange puts b behind a as the high end where the two are of one kind and in order. A unit or magnitude that only
// the second has belongs to both, but 500 bis 2 Millionen starts at 500.
func (l *line) makeRange(a, b *amount) bool {
	switch {
	case a.kind != "" && b.kind != "" && (a.kind != b.kind || a.unit != b.unit):
		return false
	case a.kind != "" && b.kind == "" && !a.leading: // "1.2% to 6,012"
		return false
	case a.kind == "" && b.kind == "" && b.noun < 0 && a.low.scale > b.low.scale:
		return false
	}
	low, high := a.low, b.low
	if low.scale == 0 && high.scale != 0 && (a.kind == "" || a.leading) { // "5-8 Billionen", "$5-8 billion"
		low.scale = high.scale
		if !l.ascends(&low, &high) {
			low.scale = 0
		}
	}
	if high.scale == 0 && low.scale != 0 && b.kind == "" { // "$5 billion to 8"
		return false
	}
	if !l.ascends(&low, &high) {
		return false
	}
	a.low, a.high = low, &high
	if a.kind == "" {
		a.kind, a.unit, a.unitText, a.factor = b.kind, b.unit, b.unitText, b.factor
	}
	a.inferred = append(a.inferred, b.inferred...)
	a.last = b.last
	a.joined = a.joined || b.joined
	return true
}

// ascends tells whether low is less than high.
func (l *line) ascends(low, high *numeral) bool {
	c := l.convention(low, "", "")
	d := l.convention(high, "", "")
	return low.value(c).Cmp(high.value(d)) < 0
}
