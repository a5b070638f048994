package figure

import (
	"strings"

	"beleg/internal/unit"
)

// numeral is a number as it stands in a line, in digits or in words, before its magnitude and unit.
type numeral struct {
	first, last int         // tokens
	digits      unit.Digits // where it is written in digits
	words       unit.Decimal
	inWords     bool
	negative    bool
	scale       unit.Scale
}

// value is the number by that convention, its magnitude multiplied out.
func (n *numeral) value(c unit.Convention) unit.Decimal {
	v := n.words
	if n.inWords {
		v = v.Mul(unit.NewDecimal(1, int32(n.scale)))
	} else {
		v = n.digits.Value(c, n.scale)
	}
	if n.negative {
		v = unit.NewDecimal(0, 0).Sub(v)
	}
	return v
}

// step is the step of the last significant digit; a number in words counts as written in digits.
func (n *numeral) step(c unit.Convention) unit.Decimal {
	if !n.inWords {
		return n.digits.Step(c, n.scale)
	}
	whole, frac, _ := strings.Cut(n.words.String(), ".")
	if d, ok := unit.ReadDigits(whole); ok && frac == "" {
		return d.Step(unit.CommaDecimal, n.scale)
	}
	return unit.NewDecimal(1, int32(n.scale)-int32(len(frac)))
}

// small is the number where it is whole, written without separators and below 10⁹, else -1.
func (n *numeral) small() int {
	if n.inWords || n.scale != 0 {
		return -1
	}
	return n.digits.Int()
}

// count is the whole number that digits or words state, -1 where it is none or above 10⁹.
func (n *numeral) count() int64 {
	if !n.inWords || n.scale != 0 {
		return int64(n.small())
	}
	for _, c := range n.words.String() {
		if c < '0' || c > '9' {
			return -1
		}
	}
	d, ok := unit.ReadDigits(n.words.String())
	if !ok {
		return -1
	}
	return int64(d.Int())
}

// numeralAt reads the number that begins at token i, in digits or in words.
func (l *line) numeralAt(i int) (numeral, bool) {
	switch {
	case l.isKind(i, number):
		d, ok := unit.ReadDigits(strings.TrimLeft(l.of(i), ",."))
		if !ok {
			return numeral{}, false
		}
		n := numeral{first: i, last: i, digits: d}
		if whole, last, ok := l.spacedDecimals(i); ok {
			n.digits, n.last = whole, last
		}
		if s := l.of(i); s[0] == '.' || s[0] == ',' { // ",77"
			n.inWords = true
			n.words = d.Value(unit.CommaDecimal, -unit.Scale(d.Len()))
		}
		return l.repeated(l.dozens(l.spokenDecimals(l.vulgar(n)))), true
	case l.isNumberWord(i):
		n, ok := l.spokenNumeral(i)
		return l.repeated(n), ok
	}
	return numeral{}, false
}

// vulgarFractions are the signs that add a part to the number before them.
var vulgarFractions = map[rune]string{'½': "0.5", '¼': "0.25", '¾': "0.75", '⅓': "0.3333", '⅔': "0.6667", '⅛': "0.125"}

// vulgar takes in the fraction behind a whole number: "4½".
func (l *line) vulgar(n numeral) numeral {
	at := n.last + 1
	if !l.isKind(at, sign) || !l.isGlued(at) || n.small() < 0 {
		return n
	}
	part, ok := vulgarFractions[l.tokens[at].sym]
	if !ok {
		return n
	}
	n.words, n.inWords, n.last = unit.NewDecimal(int64(n.small()), 0).Add(unit.MustDecimal(part)), true, at
	return n
}

// spacedDecimals reads a number whose decimal comma stands between blanks, as some machine-made texts have it: "83 , 4 %".
func (l *line) spacedDecimals(i int) (d unit.Digits, last int, ok bool) {
	const longest = 2 // decimals
	if l.lang != unit.German || l.plain(i, 3) < 0 || !l.isSign(i+1, ",") || l.isGlued(i+1) || l.plain(i+2, longest) < 0 {
		return unit.Digits{}, 0, false
	}
	if !l.unitFollows(i + 3) {
		return unit.Digits{}, 0, false
	}
	d, ok = unit.ReadDigits(l.of(i) + "," + l.of(i+2))
	return d, i + 2, ok
}

// dozens reads "2 dozens".
func (l *line) dozens(n numeral) numeral {
	if l.lang != unit.English || !l.isWord(n.last+1, "dozen", "dozens") {
		return n
	}
	n.words, n.inWords, n.last = n.value(l.lang.Convention()).Mul(unit.NewDecimal(12, 0)), true, n.last+1
	return n
}

// repeated takes in the same number once more in brackets: "forty-five (45)".
func (l *line) repeated(n numeral) numeral {
	at := n.last + 1
	if !l.isSign(at, "(") || !l.isKind(at+1, number) && !l.isNumberWord(at+1) || l.isKind(at+1, number) == !n.inWords {
		return n
	}
	again := numeral{first: at + 1, last: at + 1}
	if d, ok := unit.ReadDigits(l.of(at + 1)); ok {
		again.digits = d
	} else if again, ok = l.spokenNumeral(at + 1); !ok {
		return n
	}
	c := l.lang.Convention()
	if l.isSign(again.last+1, ")") && again.value(c).Equal(n.value(c)) {
		n.last = again.last + 1
	}
	return n
}

// isNumberWord tells whether a number in words may begin at token i.
func (l *line) isNumberWord(i int) bool {
	if !l.isKind(i, word) {
		return false
	}
	if l.has(i, numbering) || l.lang == unit.English && (l.isArticleOne(i) || l.has(i, article) && l.isWord(i+1, "quarter")) {
		return true
	}
	if l.lang != unit.German || l.tokens[i].entry != nil {
		return false
	}
	_, ok := unit.Cardinal(l.of(i), unit.German)
	return ok
}

// isArticleOne tells whether an English article stands for one: "a million", "a dozen".
func (l *line) isArticleOne(i int) bool {
	if !l.has(i, article) {
		return false
	}
	if l.isWord(i+1, "hundred", "dozen", "pair", "couple", "dollar", "cent", "grand") {
		return true
	}
	_, ok := l.spokenScale(i + 1)
	return ok && l.tokens[i+1].gap != glued
}

// spokenNumeral reads a number written in words: "siebzehn", "two hundred thousand", "drei Millionen", "eine halbe Milliarde".
func (l *line) spokenNumeral(i int) (numeral, bool) {
	if n, ok := l.halves(i); ok {
		return n, true
	}
	v, last, ok := l.cardinal(i)
	if !ok && l.isWord(i, "point", "komma") && l.isKind(i+1, number) { // "point 77"
		last, ok = i-1, true
	}
	if !ok {
		return numeral{}, false
	}
	return l.spokenDecimals(numeral{first: i, last: last, words: unit.NewDecimal(v, 0), inWords: true}), true
}

// halfWords are the numerals with a half in them.
var halfWords = map[string]string{
	"halbe": "0.5", "halben": "0.5", "halbes": "0.5", "halber": "0.5",
	"anderthalb": "1.5", "eineinhalb": "1.5", "zweieinhalb": "2.5", "dreieinhalb": "3.5",
}

// halves reads "eine halbe", "half a", "zweieinhalb" before a magnitude or unit.
func (l *line) halves(i int) (numeral, bool) {
	at := i
	if l.lang == unit.German && l.has(i, article) {
		at = i + 1
	}
	if v, ok := halfWords[strings.ToLower(l.of(at))]; ok && l.lang == unit.German {
		return numeral{first: i, last: at, words: unit.MustDecimal(v), inWords: true}, true
	}
	if l.lang == unit.English && l.isWord(i, "half") && l.isWord(i+1, "a", "an") {
		return numeral{first: i, last: i + 1, words: unit.MustDecimal("0.5"), inWords: true}, true
	}
	if l.lang == unit.English && l.has(i, article) && l.isWord(i+1, "quarter") {
		if _, ok := l.spokenScale(i + 2); ok { // "a quarter billion"
			return numeral{first: i, last: i + 1, words: unit.MustDecimal("0.25"), inWords: true}, true
		}
	}
	return numeral{}, false
}

// maxSpoken bounds numbers in words; beyond it they are digits.
const maxSpoken = 1_000_000_000_000_000_000

// cardinal adds up the number words that begin at token i and tells the last of them.
func (l *line) cardinal(i int) (value int64, last int, ok bool) {
	var total, part int64
	lastScale := unit.Scale(19)
	last = i - 1
	for at := i; ; {
		n, found := l.cardinalWord(at)
		scale, isScale := l.spokenScale(at)
		switch {
		case !l.isKind(at, word):
			return total + part, last, last >= i
		case isScale && last >= i && part > 0 && scale < lastScale:
			sum := part
			for range scale {
				if sum > maxSpoken/10 {
					return 0, 0, false
				}
				sum *= 10
			}
			total, part, lastScale = total+sum, 0, scale
		case !found:
			return total + part, last, last >= i
		case last < i:
			part = n
		case n == 100 && part > 0 && part < 100, l.isWord(at, "dozen", "dozens", "pair", "couple", "dutzend") && part > 0 && part < maxSpoken/100:
			part *= n
		case n < 100 && part%100 == 0, n < 10 && part%10 == 0 && part%100 >= 20, part == 0:
			part += n
		default:
			return total + part, last, true
		}
		last = at
		at = l.nextSpoken(at)
	}
}

// cardinalWord is the number that one word stands for.
func (l *line) cardinalWord(i int) (int64, bool) {
	if l.lang == unit.English && l.isArticleOne(i) {
		return 1, true
	}
	return unit.Cardinal(l.of(i), l.lang)
}

// spokenScale is a magnitude that goes on within a number in words; the last one of a number may be left to the amount.
func (l *line) spokenScale(i int) (unit.Scale, bool) {
	w := l.of(i)
	if len(w) < 2 {
		return 0, false
	}
	return unit.LookupScale(w, l.lang)
}

// nextSpoken is the token a number in words may go on with: behind a hyphen in "twenty-one", an "and" in "hundred and four".
func (l *line) nextSpoken(i int) int {
	next := i + 1
	switch {
	case l.lang == unit.English && l.isSign(next, "-") && l.isGlued(next) && l.isGlued(next+1) && l.has(next+1, numbering):
		if n, ok := unit.Cardinal(l.of(next+1), l.lang); ok && n < 10 {
			return next + 1
		}
	case l.isWord(next, "and") && l.has(next+1, numbering) && (l.isWord(i, "hundred", "thousand", "million")):
		return next + 1
	}
	return next
}

// spokenDecimals goes on with decimals in words: "1 komma 1", "two point two".
func (l *line) spokenDecimals(n numeral) numeral {
	if !l.isWord(n.last+1, "komma", "point") || l.lang == unit.German != l.isWord(n.last+1, "komma") {
		return n
	}
	digits := l.of(n.last + 2)
	if !l.isKind(n.last+2, number) {
		v, ok := unit.Cardinal(digits, l.lang)
		if !ok {
			return n
		}
		digits = unit.NewDecimal(v, 0).String()
	}
	d, ok := unit.ReadDigits(digits)
	if !ok || d.Grouped() {
		return n
	}
	whole := n.words
	if !n.inWords {
		whole = n.digits.Value(l.lang.Convention(), 0)
	}
	return numeral{first: n.first, last: n.last + 2, inWords: true, words: whole.Add(d.Value(unit.CommaDecimal, -unit.Scale(d.Len())))}
}
