package figure

import (
	"strings"
	"unicode"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// furthestNoun is how many words behind its number a counted noun stands at most, adjectives between them.
const furthestNoun = 6

// countNoun finds what the amount counts, and makes it a count.
func (l *line) countNoun(a *amount) {
	if a.kind != "" {
		return
	}
	at := a.last + 1
	switch {
	case l.isSign(at, "+") && l.isGlued(at): // "100,000+ GPUs"
		at++
	case l.isSign(at, "-") && l.isGlued(at) && l.isWord(at+1, "plus"): // "1,000-plus nodes"
		a.qualifier = cite.Over
		at += 2
	}
	joined := l.isHyphenated(at)
	if joined || l.isSign(at, "×") && l.isModel(at+1) { // "16 × A100"
		at++
	}
	if l.isCashtag(at) { // "10 Mio. $POLY"
		at++
		a.noun, a.after, a.kind, a.unitText, a.unit = at, at+1, cite.Count, l.of(at), l.nounID(at, at)
		return
	}
	var noun, last int
	if l.lang == unit.English {
		noun, last = l.englishNoun(at)
	} else {
		noun, last = l.germanNoun(at)
	}
	if noun >= 0 && joined && a.low.scale >= 6 && l.has(noun, abstract) { // "die 40-Milliarden-Frage" is one of money
		a.kind = cite.Money
		return
	}
	if noun < 0 || joined && (beginsWith(l.of(at), "stellig") || l.isWord(at, "digit", "figure", "click")) {
		return
	}
	if m, ok := l.metricAt(noun); ok && m.money && a.low.scale != 0 && !l.isKnownNoun(noun) { // "12,3 Mio. TVL" is money
		return
	}
	a.noun, a.after = noun, last+1
	a.joined = a.joined || joined
	a.kind = cite.Count
	a.unitText = l.of(noun)
	a.unit = l.nounID(noun, last)
}

// nounID is the unit of the noun that tokens first to last name.
func (l *line) nounID(first, last int) unit.Unit {
	if u, ok := unit.LookupNoun(l.span(first, last)); ok && first != last {
		return u
	}
	text := l.of(first)
	if l.isModel(first) {
		text = l.span(first, first+1)
	}
	if u, ok := unit.LookupNoun(text); ok {
		return u
	}
	return unit.NounID(text, l.lang)
}

// germanNoun finds the noun behind token at: the first capitalised word behind adjectives, the last part of a compound.
func (l *line) germanNoun(at int) (noun, last int) {
	for n := 0; n < furthestNoun && l.isKind(at, word); n++ {
		switch {
		case l.isModel(at) && (l.isHyphenated(at+2) || l.isKind(at+2, word) && l.tokens[at+2].capital): // "H100-GPUs"
			at += 2
			if l.isHyphenated(at) {
				at++
			}
			return l.germanCompound(at)
		case l.tokens[at].capital || l.isLowerNoun(at) || l.isWord(at, "tx", "txs"):
			return l.germanCompound(at)
		case l.isAdjective(at), l.isWord(at, countAdverbs...):
			at++
		case l.isWord(at, "und", "oder", "and") && n > 0 && l.isAdjective(at+1):
			at++
		default:
			return -1, 0
		}
		if l.isSign(at, "-") && l.isGlued(at) && l.isWord(at+1, "und", "oder") { // "ein- und zweistellige"
			at += 2
		}
		if l.isSign(at, ",") && l.isAdjective(at+1) { // "neue, aktive Nutzer"
			at++
		}
	}
	return -1, 0
}

// isModel tells whether token i begins the name of a model: letters and digits in one ("H100").
func (l *line) isModel(i int) bool {
	return l.isKind(i, word) && l.isKind(i+1, number) && l.isGlued(i+1)
}

// countAdverbs stand between a number and an adjective.
var countAdverbs = []string{"monatlich", "täglich", "wöchentlich", "jährlich", "neu", "weltweit", "global", "voll", "aktiv", "maximal"}

// isLowerNoun tells names of things that are written small: "dApps".
func (l *line) isLowerNoun(i int) bool {
	w := l.of(i)
	return strings.IndexFunc(w, unicode.IsUpper) > 0
}

// isAdjective tells whether token i may be a German adjective or participle before a noun.
func (l *line) isAdjective(i int) bool {
	if !l.isKind(i, word) || l.tokens[i].capital || l.has(i, function) {
		return false
	}
	w := l.of(i)
	for _, ending := range []string{"e", "en", "er", "es", "em"} {
		if strings.HasSuffix(w, ending) && len(w) > len(ending)+2 {
			return true
		}
	}
	return false
}

// germanCompound is the last part of the compound or of the row of capitalised words at token at: "DePIN-Projekten",
// "DeFi- und NFT-Projekten", "Blockchain - Netzwerke", "Smart Contracts".
func (l *line) germanCompound(at int) (noun, last int) {
	if l.has(at, month) || l.has(at, function) || len(l.of(at)) == 1 && !l.isHyphenated(at+1) && !l.isModel(at) {
		return -1, 0
	}
	last = at
	for {
		next := last + 1
		switch {
		case l.isSign(next, "-‐‑") && l.isKind(next+1, word) && l.isGlued(next) == l.isGlued(next+1) && !l.isWord(next+1, "und", "oder"):
			last = next + 1
		case l.isSign(next, "-") && l.isGlued(next) && l.isWord(next+1, "und", "oder", "sowie") && l.isKind(next+2, word):
			last = next + 2
		case l.isSign(next, ",") && l.isSign(next-1, "-"):
			last = next + 1
		case l.isKind(next, word) && l.tokens[next].capital && l.tokens[next].gap <= blank && !l.isKnownNoun(last) && !l.has(next, function|month):
			last = next
		default:
			return last, last
		}
	}
}

func (l *line) isKnownNoun(i int) bool {
	_, ok := unit.LookupNoun(l.of(i))
	return ok
}

// englishNoun finds the noun behind token at: the first known one, else the first plural, before a function word.
func (l *line) englishNoun(at int) (noun, last int) {
	plural := -1
	if l.isWord(at, "U") && l.isSign(at+1, ".") && l.isWord(at+2, "S") { // "4 million U.S. households"
		at += 3
		if l.isSign(at, ".") {
			at++
		}
	}
	if l.isModel(at) { // "350,000 H100 GPUs", "16,384 H100s"
		at += 2
		if l.isGlued(at) && l.isWord(at, "s") || !l.isKind(at, word) || l.has(at, function) {
			return at - 2, at - 1
		}
	}
	for n := 0; n < furthestNoun && l.isKind(at+n, word) && !l.has(at+n, function); n++ {
		i := at + n
		if l.isKind(i+1, word) && !l.has(i+1, function) {
			if _, ok := unit.LookupNoun(l.span(i, i+1)); ok && strings.HasSuffix(l.of(i+1), "s") {
				return i, i + 1
			}
		}
		if l.isPlural(i) {
			if l.isKnownNoun(i) {
				return i, i
			}
			if plural < 0 {
				plural = i
			}
		}
		if l.isSign(i+1, "-") && l.isGlued(i+1) && l.isKind(i+2, word) { // "AI-native agents"
			at += 2
			if l.isKnownNoun(i + 2) {
				return i + 2, i + 2
			}
		}
	}
	if plural < 0 && l.isKind(at, word) && !l.has(at, function) && (l.isKnownNoun(at) || l.isTicker(at)) {
		return at, at
	}
	return plural, plural
}

func (l *line) isTicker(i int) bool {
	_, ok := unit.LookupTicker(l.of(i))
	return ok || l.of(i) == strings.ToUpper(l.of(i)) && len(l.of(i)) >= 3
}

// isPlural tells whether an English word looks like the plural of a noun.
func (l *line) isPlural(i int) bool {
	w := strings.ToLower(l.of(i))
	switch w {
	case "people", "men", "women", "children":
		return true
	}
	return len(w) > 2 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
}
