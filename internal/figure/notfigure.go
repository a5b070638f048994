package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// nothing is a number that is no figure: tokens first to last, and what it is instead.
type nothing struct {
	first, last int
	why         string
}

// exclusions say which numbers are no figures, before anything is read as an amount. They are tried in order at a
// token that is a number.
var exclusions = []func(l *line, i int) (nothing, bool){
	(*line).listMarker, (*line).sectionNumber, (*line).readTime, (*line).footnote, (*line).phone, (*line).vanityNumber, (*line).postcode, (*line).labelled, (*line).roundTheClock, (*line).pattern, (*line).decade, (*line).gluedBehindWord, (*line).gluedBehindSign,
}

// lateExclusions are tried where no date begins.
var lateExclusions = []func(l *line, i int) (nothing, bool){
	(*line).ordinalNumber, (*line).gluedBeforeWord, (*line).malformed,
}

func (l *line) excluded(i int, rules []func(l *line, i int) (nothing, bool)) (nothing, bool) {
	for _, rule := range rules {
		if n, ok := rule(l, i); ok {
			return n, true
		}
	}
	return nothing{}, false
}

// startsLine tells whether token i begins a line of the text, list bullets aside.
func (l *line) startsLine(i int) bool {
	if i == 0 {
		return true
	}
	return l.isSign(i-1, "•·*-–") && !l.isGlued(i) && l.startsLine(i-1)
}

// listMarker reads "1.", "2)", "(3)", "1/" where a line begins so.
func (l *line) listMarker(i int) (nothing, bool) {
	n := nothing{i, i + 1, whyOrdinal}
	if v := l.plain(i, 2); v < 0 || i+2 >= len(l.tokens) {
		return n, false
	}
	if l.isSign(i-1, "(") && l.startsLine(i-1) && l.isSign(i+1, ")") {
		return nothing{i - 1, i + 1, whyOrdinal}, true
	}
	if !l.startsLine(i) || !l.isSign(i+1, ".):/") || !l.isGlued(i+1) || l.isGlued(i+2) {
		return n, false
	}
	if l.isSign(i+1, ".") && (l.monthAt(i+2) > 0 || l.isWord(i+2, "Quartal", "Halbjahr", "Hälfte")) {
		return n, false
	}
	return n, !l.isSign(i+1, ":") || !l.isSign(i+2, "0123456789")
}

// longestHeading is how many bytes a line has at most that can be a numbered heading.
const longestHeading = 90

// sectionNumber reads "1.2" before a heading.
func (l *line) sectionNumber(i int) (nothing, bool) {
	text := l.of(i)
	isHeading := l.startsLine(i) && len(l.text) < longestHeading && !strings.ContainsAny(l.text[len(strings.TrimRight(l.text, " \n\t"))-1:], ".!?;,")
	numbered := len(text) <= 5 && strings.Count(text, ".") > 0 && !strings.Contains(text, ",") && strings.TrimLeft(text, "0123456789.") == ""
	for part := range strings.SplitSeq(text, ".") {
		numbered = numbered && len(part) <= 2
	}
	ok := isHeading && numbered && l.isKind(i+1, word) && !l.isGlued(i+1) && l.tokens[i+1].capital && !l.unitFollows(i+1)
	return nothing{i, i, whyOrdinal}, ok
}

// readTime reads "19 Min. Lesezeit", "12 min read", "5-minute read".
func (l *line) readTime(i int) (nothing, bool) {
	if l.plain(i, 3) < 0 {
		return nothing{}, false
	}
	at := i + 1
	if l.isSign(at, "-") {
		at++
	}
	if !l.isWord(at, "Min", "Minuten", "min", "minute", "minutes", "mins", "Minute") {
		return nothing{}, false
	}
	at++
	if l.isSign(at, ".") {
		at++
	}
	if l.isWord(at, "Lesezeit", "Lesedauer") || strings.HasPrefix(l.of(at), "read") {
		return nothing{i, at, whyReadTime}, true
	}
	behind := l.isWord(i-1, "Lesezeit", "Lesedauer") || l.isSign(i-1, ":") && l.isWord(i-2, "Lesezeit", "Lesedauer", "time")
	return nothing{i, at - 1, whyReadTime}, behind
}

// footnote reads "[4]".
func (l *line) footnote(i int) (nothing, bool) {
	ok := l.plain(i, 3) >= 0 && l.isSign(i-1, "[") && l.isSign(i+1, "]") && l.isGlued(i) && l.isGlued(i+1)
	return nothing{i - 1, i + 1, whyOrdinal}, ok
}

const (
	fewestPhoneDigits = 9
	fewestPhoneGroups = 3
)

// phone reads groups of digits that make up a telephone number: many digits behind a plus, a zero or the word for it.
func (l *line) phone(i int) (nothing, bool) {
	text := l.of(i)
	plus := l.isSign(i-1, "+") && l.isGlued(i)
	called := l.isWord(i-1, "Tel", "Telefon", "phone", "Fax", "call") || l.isSign(i-1, ".:") && l.isWord(i-2, "Tel", "Telefon", "phone", "Fax")
	if !plus && !called && text[0] != '0' && !l.isSign(i-1, "(") {
		return nothing{}, false
	}
	digits, groups, last := 0, 0, i
	for at := i; at < len(l.tokens); at++ {
		switch {
		case l.isKind(at, number) && !strings.ContainsAny(l.of(at), ".,"):
			digits += len(l.of(at))
			groups++
			last = at
			continue
		case l.isSign(at, "-–/()") && at-last <= 2:
			continue
		}
		break
	}
	return nothing{i, last, whyPhone}, digits >= fewestPhoneDigits && groups >= fewestPhoneGroups
}

// vanityNumber reads "1-800-FLOWERS": numbers and a word in capitals tied by hyphens.
func (l *line) vanityNumber(i int) (nothing, bool) {
	if l.plain(i, 4) < 0 || !l.isTiedBy(i+1, number) || !l.isTiedBy(i+3, word) || len(l.of(i+4)) < 3 {
		return nothing{}, false
	}
	return nothing{i, i + 4, whyPhone}, l.of(i+4) == strings.ToUpper(l.of(i+4))
}

// isTiedBy tells whether a hyphen stands at token i, glued on both sides, before a token of that kind.
func (l *line) isTiedBy(i int, k tokenKind) bool {
	return l.isSign(i, hyphens) && l.isGlued(i) && l.isGlued(i+1) && l.isKind(i+1, k)
}

// postcode reads the five digits before a German town: behind a comma, at the start of a line, or behind "in".
func (l *line) postcode(i int) (nothing, bool) {
	const digits = 5
	if l.lang != unit.German || len(l.of(i)) != digits || l.plain(i, digits) < 0 {
		return nothing{}, false
	}
	town := l.isKind(i+1, word) && !l.isGlued(i+1) && l.tokens[i+1].capital && !l.isKnownNoun(i+1) && !l.has(i+1, month) && !l.unitFollows(i+1) && !l.isTicker(i+1)
	placed := l.startsLine(i) || l.isSign(i-1, ",·|") || l.isSign(i-1, "-") && l.isGlued(i)
	return nothing{i, i, whyIdentifier}, town && placed
}

// labelled reads what a label makes a name together with what follows: "part 2 of 3", "Table 7-2", "section 5c(2)".
func (l *line) labelled(i int) (nothing, bool) {
	if l.plain(i, 4) < 0 || !l.isSpokenLabel(i-1, i) || l.has(i-1, sizing) || l.year(i) > 0 {
		return nothing{}, false
	}
	switch {
	case l.isWord(i+1, "of", "von") && l.plain(i+2, 4) >= l.plain(i, 4) && !l.unitFollows(i+3):
		return nothing{i, i + 2, whyOrdinal}, true
	case l.isDash(i+1) && l.isGlued(i+1) && l.isGlued(i+2) && l.plain(i+2, 4) >= 0:
		return nothing{i, i + 2, whyOrdinal}, true
	case l.isGlued(i+1) && l.isKind(i+1, word) && len(l.of(i+1)) == 1 && !l.tokens[i+1].capital:
		return nothing{i, l.clauseOfLaw(i + 1), whyOrdinal}, true
	}
	return nothing{}, false
}

// clauseOfLaw is the last token of the bracketed parts that are glued to token i: "(c)(5)(C)".
func (l *line) clauseOfLaw(i int) int {
	for l.isSign(i+1, "(") && l.isGlued(i+1) && l.isGlued(i+2) && l.isSign(i+3, ")") && l.isGlued(i+3) {
		i += 3
	}
	return i
}

// roundTheClock reads "24/7".
func (l *line) roundTheClock(i int) (nothing, bool) {
	a, b := l.plain(i, 3), l.plain(i+2, 3)
	ok := l.isSign(i+1, "/") && l.isGlued(i+1) && l.isGlued(i+2) && (a == 24 && b == 7 || a == 7 && b == 24 || a == 24 && b == 365)
	return nothing{i, i + 2, whyIdentifier}, ok
}

// pattern reads "3-of-5", "2-for-1", and pairs without a unit that are no fraction ("3/6").
func (l *line) pattern(i int) (nothing, bool) {
	if l.plain(i, 3) < 0 || !l.isGlued(i+1) || !l.isGlued(i+2) {
		return nothing{}, false
	}
	if l.isSign(i+1, "-") && l.isKind(i+2, word) && l.tokens[i+2].capital && len(l.of(i+2)) == 1 { // "10-K"
		return nothing{i, i + 2, whyIdentifier}, true
	}
	if l.isSign(i+1, "-") && l.isWord(i+2, "of", "for", "von", "aus", "zu") && l.isSign(i+3, "-") && l.isKind(i+4, number) && l.isGlued(i+4) {
		return nothing{i, i + 4, whyIdentifier}, true
	}
	pair := l.isSign(i+1, "/") && l.plain(i+2, 3) >= 0 && !l.unitFollows(i+3) && !l.isWord(i+3, partWords...) && !l.isSign(i+3, "/") && !l.isPartly(i)
	return nothing{i, i + 2, whyIdentifier}, pair && !l.isDate(i)
}

// isPartly tells whether a proper fraction follows the word that makes it a share: "zu 2/3".
func (l *line) isPartly(i int) bool {
	return l.isWord(i-1, "zu") && l.plain(i, 1) >= 1 && l.plain(i+2, 1) > l.plain(i, 1)
}

// decade reads "the 90s", "in den 90ern".
func (l *line) decade(i int) (nothing, bool) {
	const clear = 50 // "30s" may be seconds
	n := l.plain(i, 2)
	ok := n >= 0 && n%10 == 0 && l.isGlued(i+1) && (l.isWord(i+1, "er", "ern") || l.isWord(i+1, "s") && (n >= clear || l.isWord(i-1, "the", "early", "late", "mid")))
	return nothing{i, i + 1, whyYear}, ok
}

// gluedBehindWord reads "H100", "V3", "x402", "a16z": digits directly behind letters, unless these are a currency code.
func (l *line) gluedBehindWord(i int) (nothing, bool) {
	if !l.isGlued(i) || !l.isKind(i-1, word) {
		return nothing{}, false
	}
	if l.isCode(i-1) && l.currencyAt(i-1) && !l.isGlued(i-1) {
		return nothing{}, false
	}
	why := whyIdentifier
	if l.isWord(i-1, "v", "ver") {
		why = whyVersion
	}
	return nothing{i - 1, l.gluedEnd(i), why}, true
}

// gluedEnd is the last token of what is glued to token i, hyphened numbers ("GPT-4-0613") included.
func (l *line) gluedEnd(i int) int {
	for l.isGlued(i + 1) {
		switch {
		case l.isKind(i+1, word), l.isKind(i+1, number):
			i++
		case l.isSign(i+1, "-./_") && l.isGlued(i+2) && l.isKind(i+2, number):
			i += 2
		default:
			return i
		}
	}
	return i
}

// gluedBehindSign reads what a sign ties to a word or makes a name: "GPT-4", "T+2", "Wohlstand_4", "#1", "§ 5", "Nr.5".
func (l *line) gluedBehindSign(i int) (nothing, bool) {
	switch {
	case l.isSign(i-1, "#№"):
		return nothing{i - 1, i, whyOrdinal}, true
	case l.isSign(i-1, "§"):
		return nothing{i - 1, i, whyOrdinal}, true
	case !l.isGlued(i) || !l.isGlued(i-1) || !l.isKind(i-2, word):
		return nothing{}, false
	case l.isSign(i-1, "_@\\&"):
		return nothing{i - 2, i, whyName}, true
	case l.isSign(i-1, "+"):
		return nothing{i - 2, i, whyIdentifier}, true
	case l.isSign(i-1, "."):
		return nothing{i - 2, l.gluedEnd(i), whyOrdinal}, true
	case l.isSign(i-1, "-‐‑") && (l.namesSize(i) || !l.moneyOrShare(i)):
		return nothing{i - 2, l.gluedEnd(i), whyIdentifier}, true
	}
	return nothing{}, false
}

// namesSize tells whether the digits and a letter at token i are the size in a model's name: "Falcon-40B".
func (l *line) namesSize(i int) bool {
	return l.isGlued(i+1) && l.isWord(i+1, "B", "M", "T") && l.tokens[i+1].capital && !l.isHyphenated(i+2) && !l.isSign(i+2, "$€£")
}

// moneyOrShare tells whether a magnitude, currency or percent sign belongs to the number at token i: "KI-100-Milliarden-Markt".
func (l *line) moneyOrShare(i int) bool {
	probe := amount{first: i, last: i, noun: -1}
	l.readScale(&probe)
	if probe.low.scale == 0 {
		l.readUnit(&probe)
	}
	return probe.low.scale != 0 || probe.kind == cite.Money || probe.kind == cite.Percent
}

// ordinalNumber reads "1st", "17th" and, behind an article or preposition, "3. Generation".
func (l *line) ordinalNumber(i int) (nothing, bool) {
	if l.isOrdinalEnding(i + 1) {
		return nothing{i, i + 1, whyOrdinal}, true
	}
	if v := l.plain(i, 2); v < 1 || l.lang != unit.German || !l.isSign(i+1, ".") || !l.isGlued(i+1) || !l.isKind(i+2, word) {
		return nothing{}, false
	}
	if !l.isWord(i-1, "der", "die", "das", "den", "dem", "des", "im", "am", "zum", "zur", "beim", "vom", "jede", "jeder", "jedes", "bis") {
		return nothing{}, false
	}
	return nothing{i, i + 1, whyOrdinal}, !l.has(i+2, function) || !l.tokens[i+2].capital
}

// gluedBeforeWord reads "4N", "1inch", "3D", "0x1f": digits directly before letters that are no magnitude or unit.
func (l *line) gluedBeforeWord(i int) (nothing, bool) {
	if !l.isGlued(i+1) || !l.isKind(i+1, word) {
		return nothing{}, false
	}
	n := nothing{i, l.gluedEnd(i), whyIdentifier}
	switch l.span(i, i+1) {
	case "4K", "8K", "2K", "1B1", "3M", "5G", "4G", "3G", "6G", "2G", "3D", "2D", "2FA":
		return n, l.plain(i, 1) >= 0
	}
	if l.isWord(i+1, "B") && l.namesModel(i-1) && !l.isHyphenated(i+2) && !l.isCountedBehind(i+2) { // "Llama 3.1 405B"
		return n, true
	}
	probe := amount{first: i, last: i, noun: -1}
	if l.isSign(i-1, "$€£") {
		probe.kind = "money"
	}
	l.readScale(&probe)
	l.readUnit(&probe)
	if probe.last == i {
		return n, true
	}
	return n, l.isGlued(probe.last+1) && l.isKind(probe.last+1, number)
}

// namesModel tells whether token i is a product's name or the number of its version.
func (l *line) namesModel(i int) bool {
	if l.isKind(i, number) {
		i--
	}
	return l.has(i, product)
}

// isCountedBehind tells whether a known noun stands at token i.
func (l *line) isCountedBehind(i int) bool { return l.isKind(i, word) && l.isKnownNoun(i) }

// malformed reads "1.2.3" and other digits that are no number: versions, addresses, keys, "0666".
func (l *line) malformed(i int) (nothing, bool) {
	if text := l.of(i); len(text) > 1 && text[0] == '0' && isDigitAt(text, 1) {
		return nothing{i, i, whyIdentifier}, true
	}
	_, ok := unit.ReadDigits(strings.TrimLeft(l.of(i), ",."))
	why := whyVersion
	if len(l.of(i)) > longestVersion {
		why = whyIdentifier
	}
	return nothing{i, i, why}, !ok
}

const longestVersion = 16

// judgeBare decides on a number without magnitude or unit, whose amount ends at token a.last: it is a figure where it
// counts something, is bounded, follows a word of size, or stands where only a quantity can; else why it is none.
func (l *line) judgeBare(a *amount, state *lineState) (why string) {
	i := a.low.first
	before := a.first - 1
	switch {
	case l.isSpokenLabel(before, i) && !(l.has(before, sizing) && !l.has(before, labelling)):
		state.version = state.version || strings.Contains(l.of(i), ".")
		return whyOrdinal
	case l.continuesLabel(before, state):
		return whyOrdinal
	}
	l.countNoun(a)
	if !(a.noun >= 0 && l.isKnownNoun(a.noun)) && l.isVersion(a, state) {
		return whyVersion
	}
	switch {
	case a.noun >= 0 && (a.joined || !l.isNameBefore(a)) && !(l.isAcronym(before) && a.low.small() >= 0 && a.low.small() < 100 && !l.isKnownNoun(a.noun)):
		return ""
	case a.joined, l.isAcronym(before) && !l.isCountedBehind(a.last+1):
		return whyName
	case a.signed && a.noun < 0 && !a.low.digits.Grouped() && l.isSign(a.first, "-"):
		return whyBare
	case a.qualifier != "" && !a.low.digits.Grouped(): // "18+"
		return whyBare
	case l.has(before, sizing), l.isBounded(a), l.isSign(before, "~≈"), l.isSized(a):
		return ""
	case l.isWord(before, bareAnchors...) && !l.has(before, labelling), l.isElliptic(before) && l.year(i) == 0:
		return ""
	case l.isKind(before, word) && l.tokens[before].capital && !l.has(before, function) && !a.low.digits.Grouped():
		return whyName
	case !a.low.digits.Grouped() && a.low.digits.Len() > longestUngrouped:
		return whyIdentifier
	case a.low.digits.Grouped() || a.low.digits.Len() > 4:
		return ""
	case state.lastNoun != "" && !state.older && l.isKind(before, word) && !l.tokens[before].capital && !(l.isKind(a.last+1, word) && l.tokens[a.last+1].capital):
		return ""
	case a.low.digits.Decimals(l.lang.Convention()) > 0 && (l.isKind(before, word) && !l.tokens[before].capital || l.isSign(before, ":=")):
		return ""
	}
	return whyBare
}

// longestUngrouped is how many digits a quantity has at most that is written without separators, unit or noun.
const longestUngrouped = 7

// bareAnchors are the words that only a quantity follows.
var bareAnchors = []string{"von", "auf", "um", "als", "mit", "anstelle", "statt", "gegenüber", "of", "to", "from", "than", "with", "by", "versus", "vs", "against"}

// isElliptic tells whether the words up to token i say how many there are of what was named before: "heute sind es",
// "waren es noch", "there are now".
func (l *line) isElliptic(i int) bool {
	for n := 0; n < 2 && l.isWord(i, "schon", "bereits", "noch", "nur", "erst", "immerhin", "heute", "jetzt", "inzwischen", "mittlerweile", "already", "only", "still", "now", "today", "currently"); n++ {
		i--
	}
	isVerb := func(i int) bool { return l.isWord(i, "sind", "waren", "are", "were") }
	isSubject := func(i int) bool { return l.isWord(i, "es", "there") }
	if l.isWord(i, "is", "was") && l.isWord(i-1, "it") {
		return true
	}
	return isVerb(i) && isSubject(i-1) || isSubject(i) && isVerb(i-1)
}

// isAcronym tells whether token i is a word in capitals, other than a currency: "SOC 2", "CES 2026".
func (l *line) isAcronym(i int) bool {
	w := l.of(i)
	return l.isKind(i, word) && len(w) >= 2 && w == strings.ToUpper(w) && !l.currencyAt(i) && !l.has(i, function)
}

// isSized tells whether a word of size stands before the number with nothing but a verb between: "der Index liegt bei 27".
func (l *line) isSized(a *amount) bool {
	const near = 5
	for i := a.first - 1; i >= max(0, a.first-near) && !l.isClauseEnd(i); i-- {
		if l.isKind(i, number) {
			return false
		}
		if l.has(i, sizing) && !l.has(i, labelling) {
			return true
		}
	}
	return false
}

// isSpokenLabel tells whether the word at token before makes the number at token i a name ("Phase 1", "Nr. 924").
func (l *line) isSpokenLabel(before, i int) bool {
	if l.isSign(before, ".") && l.isGlued(before) && before == i-1 {
		before--
	}
	if l.isDash(before) && l.isKind(before-1, word) && !l.isGlued(before) && !l.isGlued(i) {
		return l.isSign(before, "-") && l.isSign(i+1, "-") && l.has(before-1, product) // "Top - 10 - Liste"
	}
	if !l.isKind(before, word) || before < i-2 {
		return false
	}
	if l.has(before, product) && (l.tokens[before].capital || l.lang == unit.German) {
		return true
	}
	return l.has(before, labelling) && (l.tokens[before].capital || l.lang == unit.English)
}

// continuesLabel tells whether the number follows a label's number: "Layer 1 und 2", "Spalte 0, dann 1".
func (l *line) continuesLabel(before int, state *lineState) bool {
	if state.label == 0 || before-state.label > 2 || before < state.label {
		return false
	}
	return l.isWord(before, "und", "oder", "and", "or", "bis", "to", "dann", "then") || l.isSign(before, ",/&-–")
}

// isVersion tells whether the number is that of a version: with a point where the language has a comma, behind a name,
// or like another one in the line.
func (l *line) isVersion(a *amount, state *lineState) bool {
	text := l.of(a.low.first)
	if !strings.Contains(text, ".") || strings.Contains(text, ",") || a.low.digits.Grouped() || a.high != nil || l.isBounded(a) {
		return false
	}
	if state.version {
		return true
	}
	before := a.first - 1
	named := l.isKind(before, word) && l.tokens[before].capital && !l.has(before, function|month)
	return named || l.lang == unit.German && !l.isSign(before, "~≈:=(") && !l.has(before, function)
}

// isNameBefore tells whether the number belongs to a name before it rather than to the noun behind it: "Nasdaq 100 Firmen".
func (l *line) isNameBefore(a *amount) bool {
	return l.has(a.first-1, product)
}
