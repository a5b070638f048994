package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// A multiplier is a word that states a factor: the beginning of its forms, the factor, and which way it goes.
type multiplier struct {
	stem   string
	value  string
	change cite.Change
}

var multipliers = map[unit.Lang][]multiplier{
	unit.German: {
		{"verdoppel", "2", cite.Growth}, {"verdopplung", "2", cite.Growth}, {"verdreifach", "3", cite.Growth}, {"vervierfach", "4", cite.Growth}, {"verfünffach", "5", cite.Growth},
		{"versechsfach", "6", cite.Growth}, {"versiebenfach", "7", cite.Growth}, {"verachtfach", "8", cite.Growth}, {"verneunfach", "9", cite.Growth}, {"verzehnfach", "10", cite.Growth},
		{"verzwanzigfach", "20", cite.Growth}, {"verhundertfach", "100", cite.Growth}, {"vertausendfach", "1000", cite.Growth},
		{"halbier", "0.5", cite.Decline},
	},
	unit.English: {
		{"doubl", "2", cite.Growth}, {"tripl", "3", cite.Growth}, {"trebl", "3", cite.Growth}, {"quadrupl", "4", cite.Growth}, {"quintupl", "5", cite.Growth}, {"halv", "0.5", cite.Decline},
		{"twice", "2", ""}, {"thrice", "3", ""},
	},
}

// fractions are the parts of a whole that words name, by their denominator.
var fractions = map[unit.Lang]map[string]int64{
	unit.German: {
		"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7, "achtel": 8, "neuntel": 9, "zehntel": 10, "hundertstel": 100, "tausendstel": 1000,
	},
	unit.English: {
		"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "eighth": 8, "tenth": 10, "tenths": 10, "hundredth": 100,
	},
}

// spokenAt reads a quantity that words state at token i: "ein Viertel", "verdoppelte", "zehn Großbanken", "seven-day".
func (l *line) spokenAt(i, floor int) (amount, bool) {
	if a, ok := l.fractionAt(i); ok {
		return a, true
	}
	if a, ok := l.oneOf(i); ok {
		return a, true
	}
	if a, ok := l.multiplierAt(i); ok {
		return a, true
	}
	if a, ok := l.spokenCompound(i); ok {
		return a, true
	}
	if !l.isNumberWord(i) || l.isWord(i-1, vague...) {
		return amount{}, false
	}
	a, ok := l.amountAt(i, floor)
	if !ok {
		return amount{}, false
	}
	l.extend(&a, floor)
	if a.kind == "" {
		l.countNoun(&a)
	}
	return a, l.statesQuantity(&a)
}

// vague words make a number in words no quantity: "mehrere hundert Millionen".
var vague = []string{"mehrere", "mehreren", "einige", "einigen", "viele", "vielen", "paar", "several", "few", "many", "some"}

// fewestCounted is the least number in words that counts as a figure by itself: smaller ones are running prose.
const fewestCounted = 7

// statesQuantity tells a number in words that a reader could check from prose: those with a unit or magnitude, and
// larger counts of things that are not mere parts of the argument ("drei Gründe").
func (l *line) statesQuantity(a *amount) bool {
	isArticle := l.has(a.low.first, article) && a.low.last == a.low.first && (!l.isArticleOne(a.low.first) || a.kind == cite.Money && a.low.scale == 0)
	bounded := l.isBounded(a)
	if l.isWord(a.low.last, "couple", "pair") || l.isProperName(a) {
		return false
	}
	switch {
	case isArticle && a.kind == cite.Percent: // "ein Prozentpunkt"
		return true
	case isArticle:
		return bounded && a.kind != "" && a.kind != cite.Count
	case a.high != nil && a.kind != "":
		return true
	case a.kind == cite.Count:
		n := a.low.value(unit.CommaDecimal)
		counts := n.Cmp(unit.NewDecimal(fewestCounted, 0)) >= 0 || bounded && n.Cmp(unit.NewDecimal(2, 0)) >= 0
		return counts && !l.has(a.noun, abstract)
	case a.kind == cite.Multiple:
		return a.low.value(unit.CommaDecimal).Cmp(unit.NewDecimal(2, 0)) >= 0 && !l.isWord(a.last, "mal") || l.isWord(a.last+1, "so", "mehr", "schneller", "as", "more", "faster", "higher", "larger")
	case a.kind != "":
		return !l.isWord(a.low.first, "one") || l.lang == unit.English
	}
	return a.low.value(unit.CommaDecimal).Cmp(unit.NewDecimal(1, 6)) >= 0
}

// isProperName tells whether an English number word begins a name: "Three Mile Island".
func (l *line) isProperName(a *amount) bool {
	next := a.low.last + 1
	return l.lang == unit.English && l.tokens[a.low.first].capital && l.isKind(next, word) && l.tokens[next].capital && l.isKind(next+1, word) && l.tokens[next+1].capital
}

// fractionAt reads "ein Viertel", "zwei Drittel", "die Hälfte", "a third of", "two-thirds", "a quarter of a percentage point".
func (l *line) fractionAt(i int) (amount, bool) {
	numerator, part, counted := l.numerator(i)
	of, ok := fractions[l.lang][strings.ToLower(l.of(part))]
	if !ok || !l.isKind(part, word) || !l.isFraction(i, part, counted) {
		return amount{}, false
	}
	value := unit.NewDecimal(numerator, 0).Quo(unit.NewDecimal(of, 0))
	a := amount{first: i, last: part, after: part + 1, noun: -1, low: numeral{first: i, last: part, inWords: true},
		kind: cite.Percent, unit: unit.Percent, fixed: percentOf(value), step: unit.NewDecimal(1, 0)}
	if u, last, ok := l.pointBehind(part); ok {
		a.unit, a.fixed, a.last, a.after, a.step = u, value, last, last+1, unit.NewDecimal(1, -2)
		if l.lang == unit.English && l.has(i, article) {
			a.first = part
		}
	}
	return a, true
}

// ordinalParts are the German ordinals that "jeder" makes a share of, without their endings.
var ordinalParts = map[string]int64{
	"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "acht": 8, "neunt": 9, "zehnt": 10, "zwölft": 12, "zwanzigst": 20, "fünfzigst": 50, "hundertst": 100, "tausendst": 1000,
}

// oneOf reads "jeder zehnte" and "einer von fünf Anträgen" as shares.
func (l *line) oneOf(i int) (amount, bool) {
	if l.lang != unit.German {
		return amount{}, false
	}
	if l.isWord(i, "jeder", "jede", "jedes", "jedem", "jeden") {
		w := strings.ToLower(l.of(i + 1))
		for _, ending := range []string{"e", "er", "es", "em", "en"} {
			stem, ok := strings.CutSuffix(w, ending)
			if n := ordinalParts[stem]; ok && n > 0 && !l.measureFollows(i+2) && !l.isWord(i+2, "Mal") {
				return l.share(i, i+1, n), true
			}
		}
		return amount{}, false
	}
	if !l.isWord(i, "einer", "eine", "eines", "einem", "einen") || !l.isWord(i+1, "von", "unter") {
		return amount{}, false
	}
	n, ok := l.numeralAt(i + 2)
	if !ok || n.scale != 0 || n.count() < 3 || n.count() > 1000 || l.measureFollows(n.last+1) || l.isDate(i+2) {
		return amount{}, false
	}
	return l.share(i, n.last, n.count()), true
}

// share is one part of so many, in percent.
func (l *line) share(first, last int, of int64) amount {
	return amount{first: first, last: last, after: last + 1, noun: -1, low: numeral{first: first, last: last, inWords: true},
		kind: cite.Percent, unit: unit.Percent, fixed: percentOf(unit.NewDecimal(1, 0).Quo(unit.NewDecimal(of, 0))), step: unit.NewDecimal(1, 0)}
}

// numerator is what a fraction that begins at token i counts, the token of the part it counts, and whether a number
// says so and no article.
func (l *line) numerator(i int) (n int64, part int, counted bool) {
	if n, ok := unit.Cardinal(l.of(i), l.lang); ok && n > 0 && n < 100 && l.isKind(i, word) {
		if l.isSign(i+1, "-") && l.isGlued(i+1) { // "two-thirds"
			return n, i + 2, true
		}
		return n, i + 1, true
	}
	switch {
	case l.isWord(i, "die", "der") && l.isWord(i+1, "andere", "anderen"):
		return 1, i + 2, false
	case l.has(i, article), l.isWord(i, "die", "der"):
		return 1, i + 1, false
	}
	return 1, i, false
}

// isFraction tells the noun from what looks like it: "first half", "third party", "the quarter".
func (l *line) isFraction(i, part int, counted bool) bool {
	w := strings.ToLower(l.of(part))
	if l.lang == unit.German {
		return l.tokens[part].capital && (part > i || w == "hälfte") && !l.isWord(i-1, "erste", "ersten", "zweite", "zweiten", "erster", "zweiter") &&
			!(w == "hälfte" && l.yearNear(part)) && !(l.isDash(part+1) && l.isGlued(part+1))
	}
	if _, _, ok := l.pointBehind(part); ok {
		return true
	}
	switch w {
	case "half":
		return !l.isWord(i-1, "first", "second", "other", "latter") && (l.isWord(part+1, "of", "the", "its", "their", "all") || (l.isWord(i-1, "in", "by") || l.isWord(i-1, "than") && l.isWord(i-3, "by")) && !l.isKind(part+1, word)) && !l.yearNear(part)
	case "quarter", "quarters":
		return part > i && (l.isWord(part+1, "of") || counted && l.isTied(part)) && !l.isWord(part+2, "fiscal", "year") && !l.yearNear(part) && !l.isWord(i-1, "last", "past", "next")
	case "third", "fifth", "sixth", "eighth", "tenth":
		if counted && l.isTied(part) {
			return true
		}
		return part > i && (l.isWord(part+1, "of", "as", "less", "more") || l.isWord(i-1, "by", "down", "up") && (l.has(part+1, function) || l.isClauseEnd(part+1) && !l.isDash(part+1)))
	}
	return counted && strings.HasSuffix(w, "s")
}

// isTied tells whether a hyphen ties token i to the number word before it: "three-quarters".
func (l *line) isTied(i int) bool { return l.isSign(i-1, "-") && l.isGlued(i-1) && l.isGlued(i) }

// yearNear tells whether a year follows shortly: "Hälfte 2025", "half of the year", "quarter of 2025".
func (l *line) yearNear(i int) bool {
	for j := i + 1; j <= i+3; j++ {
		if l.year(j) > 0 || l.isWord(j, "year", "Jahres", "Jahrzehnts", "decade", "Jahrhunderts", "century") {
			return true
		}
	}
	return false
}

// pointBehind finds "of a percentage point" behind a fraction.
func (l *line) pointBehind(part int) (unit.Unit, int, bool) {
	at := part + 1
	if l.isWord(at, "of") {
		at++
	}
	if l.isWord(at, "a") {
		at++
	}
	switch {
	case l.isWord(at, "percentage") && l.isWord(at+1, "point"), l.isWord(at, "percent") && l.isWord(at+1, "point"):
		return unit.PercentagePoint, at + 1, true
	case l.isWord(at, "Prozentpunkt", "Prozentpunkts"):
		return unit.PercentagePoint, at, true
	case l.isWord(at, "Prozent", "percent") && at > part:
		return unit.Percent, at, true
	}
	return "", 0, false
}

// multiplierAt reads a word that states a factor.
func (l *line) multiplierAt(i int) (amount, bool) {
	w := strings.ToLower(l.of(i))
	for _, m := range multipliers[l.lang] {
		if strings.HasPrefix(w, m.stem) && l.multiplies(i) && !l.isDashed(i) {
			return l.multiple(i, i, unit.MustDecimal(m.value), m.change), true
		}
	}
	if l.lang == unit.German {
		if v, ok := germanFold(w); ok {
			return l.multiple(i, i, unit.NewDecimal(v, 0), ""), true
		}
		if n, ok := strings.CutSuffix(w, "mal"); ok && l.isWord(i+1, comparatives...) { // "zehnmal schneller"
			if v, ok := unit.Cardinal(n, unit.German); ok && v > 1 {
				return l.multiple(i, i, unit.NewDecimal(v, 0), ""), true
			}
		}
		if strings.HasPrefix(w, "doppel") && (w == "doppelt" && l.isWord(i+1, "so") || l.isWord(i, "Doppelte", "Doppelten") && l.tokens[i].capital) {
			return l.multiple(i, i, unit.NewDecimal(2, 0), ""), true
		}
		return l.germanFoldRange(i)
	}
	if n, ok := strings.CutSuffix(w, "fold"); ok {
		if v, ok := unit.Cardinal(strings.TrimSuffix(n, "-"), l.lang); ok {
			return l.multiple(i, i, unit.NewDecimal(v, 0), ""), true
		}
	}
	return amount{}, false
}

func (l *line) multiple(first, last int, v unit.Decimal, c cite.Change) amount {
	return amount{first: first, last: last, after: last + 1, noun: -1, kind: cite.Multiple, fixed: v, step: unit.NewDecimal(1, 0), change: c, low: numeral{first: first, last: last, inWords: true}}
}

// multiplies keeps "double-spend", "double-digit" and "Halving" apart from what doubles or halves.
func (l *line) multiplies(i int) bool {
	if l.isDash(i+1) && l.isGlued(i+1) {
		return false
	}
	return !l.isWord(i+1, "spend", "spending", "digit", "entry", "standard", "counting", "down", "check", "edged") && !l.isWord(i, "doubling", "halving", "halvings", "halvening", "Halving", "triplet", "triplets", "double-digit", "doublet")
}

// germanFold reads "zehnfach", "dreifache".
func germanFold(w string) (int64, bool) {
	n, ending, ok := strings.Cut(w, "fach")
	if !ok || len(ending) > 2 || n == "ein" || n == "mehr" || n == "viel" {
		return 0, false
	}
	return unit.Cardinal(n, unit.German)
}

// germanFoldRange reads "Zwei- bis Dreifache".
func (l *line) germanFoldRange(i int) (amount, bool) {
	if !l.isSign(i+1, "-") || !l.isGlued(i+1) || !l.isWord(i+2, "bis") {
		return amount{}, false
	}
	low, ok := unit.Cardinal(l.of(i), unit.German)
	high, fold := germanFold(strings.ToLower(l.of(i + 3)))
	if !ok || !fold || low >= high {
		return amount{}, false
	}
	a := l.multiple(i, i+3, unit.Decimal{}, "")
	a.low = numeral{first: i, last: i, words: unit.NewDecimal(low, 0), inWords: true}
	a.high = &numeral{first: i + 3, last: i + 3, words: unit.NewDecimal(high, 0), inWords: true}
	return a, true
}

// spokenTimes are the endings of words that state a duration in one: "Zehnjahres-Roadmap", "sechsmonatige", "dreitägig".
var spokenTimes = []struct {
	part string
	unit unit.Unit
}{
	{"jahres", "year"}, {"jährig", "year"}, {"monats", "month"}, {"monatig", "month"}, {"wöchig", "week"}, {"tages", "day"}, {"tägig", "day"}, {"stündig", "h"}, {"minütig", "min"},
}

// spokenCompound reads a German word with a number and a time in it, and "Acht-Ministerien-Rahmen".
func (l *line) spokenCompound(i int) (amount, bool) {
	if l.lang != unit.German || !l.isKind(i, word) {
		return amount{}, false
	}
	w := strings.ToLower(l.of(i))
	for _, t := range spokenTimes {
		n, _, ok := strings.Cut(w, t.part)
		if !ok || n == "" {
			continue
		}
		if v, ok := unit.Cardinal(n, unit.German); ok {
			return amount{first: i, last: i, after: i + 1, noun: -1, kind: cite.Duration, unit: t.unit, unitText: l.of(i),
				low: numeral{first: i, last: i, inWords: true, words: unit.NewDecimal(v, 0)}, joined: true}, true
		}
	}
	return amount{}, false
}
