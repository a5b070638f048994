package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// isBounded tells whether a qualifier stands directly before the amount.
func (l *line) isBounded(a *amount) bool {
	_, ok := l.qualifierBefore(a)
	return ok || a.qualifier != ""
}

// qualifierSigns are the signs that bound the number behind them.
var qualifierSigns = map[rune]cite.Qualifier{'~': cite.About, '≈': cite.About, '∼': cite.About, '>': cite.Over, '<': cite.Under, '≥': cite.AtLeast, '≤': cite.UpTo}

// betweenQualifier are the words that may stand between a qualifier and its number.
var betweenQualifier = []string{
	"insgesamt", "die", "den", "der", "jeweils", "zusätzlichen", "weitere", "weiteren", "geschätzten", "monatlich", "jährlich", "täglich", "mittlerweile", "inzwischen",
	"bereits", "derzeit", "heute", "voraussichtlich", "the", "a", "an", "another", "total", "now", "already", "currently",
}

// qualifierBefore finds the phrase before an amount that bounds it, the longest that fits.
func (l *line) qualifierBefore(a *amount) (cue, bool) {
	at := a.first - 1
	for at >= 0 && l.tokens[at].putBack {
		at--
	}
	if at >= 0 && l.isKind(at, sign) && !l.isSign(at, ".") {
		q, ok := qualifierSigns[l.tokens[at].sym]
		return cue{qualifier: q}, ok
	}
	if l.isSign(at, ".") && l.isGlued(at) { // "ca. 69.000"
		at--
	}
	for range 2 {
		if c, ok := l.cueEnding(at); ok {
			return c, !l.isNoBound(a, at, c)
		}
		if !l.isWord(at, betweenQualifier...) {
			break
		}
		at--
	}
	return cue{}, false
}

// cueEnding is the longest phrase of the lexicon that ends with token at.
func (l *line) cueEnding(at int) (cue, bool) {
	if at < 0 || l.tokens[at].entry == nil {
		return cue{}, false
	}
	best, found := cue{}, false
	for _, c := range l.tokens[at].entry.before {
		if (!found || len(c.rest) > len(best.rest)) && l.wordsAt(at-len(c.rest), c.rest) {
			best, found = c, true
		}
	}
	return best, found
}

// cueBeginning is the longest phrase of the lexicon that begins with token at.
func (l *line) cueBeginning(at int) (cue, bool) {
	if at < 0 || at >= len(l.tokens) || l.tokens[at].entry == nil {
		return cue{}, false
	}
	best, found := cue{}, false
	for _, c := range l.tokens[at].entry.behind {
		if (!found || len(c.rest) > len(best.rest)) && l.wordsAt(at+1, c.rest) {
			best, found = c, true
		}
	}
	return best, found
}

// wordsAt tells whether these words stand from token at on; hyphens in the text count as blanks.
func (l *line) wordsAt(at int, words []string) bool {
	for _, w := range words {
		if l.isSign(at, "-.") {
			at++
		}
		if !l.isWord(at, w) {
			return false
		}
		at++
	}
	return true
}

// isComparedSum tells whether the amount is one that another is compared with: "less than the $13bn of 2024".
func (l *line) isComparedSum(a *amount) bool {
	return l.isWord(a.after, "of", "in", "aus", "von", "im") && l.year(a.after+1) > 0
}

// sumNouns are what "über" states the amount of, without bounding it: "ein Scheck über 2 Milliarden".
var sumNouns = []string{"scheck", "runde", "finanzierungsrunde", "vertrag", "investition", "kredit", "darlehen", "anleihe", "auftrag", "neuausrichtung", "deal", "vereinbarung", "rechnung", "kauf", "fonds", "paket", "zusage", "zeitraum", "budget"}

// isNoBound tells whether the qualifier's word means something else here: "ein Scheck über 2 Milliarden", "80 % über 10
// Monate", "ab 2026".
func (l *line) isNoBound(a *amount, at int, c cue) bool {
	if len(c.rest) > 0 {
		return l.isWord(at, "than", "als") && (l.isWord(a.first-1, "the") || l.isWord(a.first-1, "die", "den", "der")) && l.isComparedSum(a)
	}
	switch {
	case l.isWord(at, "über"):
		if l.isKind(at-1, word) && endsInAny(l.of(at-1), sumNouns) {
			return true
		}
		if l.isWord(at-1, "von", "vom") {
			return false
		}
		if l.isWord(a.after, "auf") && l.isWord(a.after+1, "zuletzt", "zuvor", "unter", "rund", "nur") || l.isKind(a.after+1, number) && l.isWord(a.after, "auf") { // "von 32 % über 28 % auf 24 %"
			return true
		}
		if l.isTopical(at) {
			return true
		}
		return a.kind == cite.Duration && !l.isWord(at-1, spanWords...)
	case l.isWord(at, "ab"), l.isWord(at, "past"):
		return a.kind == cite.Duration
	case l.isWord(at, "over"):
		return a.kind == cite.Duration && !l.isWord(at-1, spanWords...)
	}
	return false
}

// spanWords stand before "over" and "über" where these bound a duration and do not spread something over it.
var spanWords = []string{"for", "since", "after", "in", "takes", "took", "take", "lasted", "lasts", "is", "was", "are", "were", "of", "by", "spent", "within",
	"seit", "nach", "dauert", "dauerte", "dauern", "ist", "sind", "war", "waren", "um", "von", "innerhalb", "bereits", "schon"}

// topicalVerbs are the beginnings of German verbs and nouns whose "über" says what they are about.
var topicalVerbs = []string{"red", "sprech", "spricht", "sprach", "diskut", "debatt", "verhand", "berichte", "antrag", "anträg", "unterschr", "verein"}

// isTopical tells whether the "über" at token at belongs to such a word shortly before it: "wir reden über 5 Mrd. $".
func (l *line) isTopical(at int) bool {
	const near = 3
	for i := at - 1; i >= max(0, at-near) && !l.isClauseEnd(i) && !l.isKind(i, sign); i-- {
		for _, v := range topicalVerbs {
			if beginsWith(l.of(i), v) {
				return true
			}
		}
	}
	return false
}

func endsInAny(w string, endings []string) bool {
	w = strings.ToLower(w)
	for _, e := range endings {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// crossing are the verbs that say a mark is passed, by their stem.
var crossing = []string{"überschr", "überst", "übertr", "geknackt", "durchbr", "exceed", "surpass", "cross", "pass", "topp", "breach"}

// readQualifier finds what bounds the amount: before it, behind it, or the verb that says a mark is passed.
func (l *line) readQualifier(a *amount) {
	if a.qualifier != "" {
		return
	}
	if c, ok := l.qualifierBefore(a); ok {
		a.qualifier, a.nearly = c.qualifier, c.nearly
		return
	}
	if c, ok := l.cueBeginning(a.last + 1); ok && c.qualifier != "" {
		a.qualifier = c.qualifier
		return
	}
	if q := l.verbBefore(a); q != "" {
		a.qualifier = q
		return
	}
	if l.isWord(a.first-1, "von", "of") && l.isWord(a.first-2, "Marke", "Schwelle", "mark", "threshold", "milestone", "Grenze") {
		a.qualifier = l.passedMark(a)
	}
}

// verbBefore is what a verb of passing or nearing shortly before the amount says of it: "übersteigt jährlich", "nähert
// sich einem Umlauf von".
func (l *line) verbBefore(a *amount) cite.Qualifier {
	const near = 5
	for i := a.first - 1; i >= max(0, a.first-near) && !l.isClauseEnd(i) && !l.isKind(i, number); i-- {
		w := strings.ToLower(l.of(i))
		switch {
		case strings.HasPrefix(w, "überst") || strings.HasPrefix(w, "überschr"):
			return cite.Over
		case strings.HasPrefix(w, "näher") && (l.isWord(i+1, "sich") || l.isWord(i-1, "sich")):
			return cite.About
		}
	}
	return ""
}

// passedMark is Over where a verb behind the amount says so.
func (l *line) passedMark(a *amount) cite.Qualifier {
	const near = 8
	for i := a.after; i < min(len(l.tokens), a.after+near) && !l.isSign(i, ".;!?"); i++ {
		w := strings.ToLower(l.of(i))
		for _, stem := range crossing {
			if strings.HasPrefix(w, stem) {
				return cite.Over
			}
		}
	}
	return ""
}

// readPer finds the span that an amount is stated for.
func (l *line) readPer(a *amount) {
	if a.kind == cite.Duration || a.kind == cite.Multiple {
		return
	}
	for _, at := range []int{a.last + 1, a.after} {
		if l.isSign(at, "/") && l.isKind(at+1, word) {
			if p := perUnit(l.of(at + 1)); p != "" {
				a.per = p
				return
			}
		}
		if c, ok := l.cueBeginning(at); ok && c.per != "" && l.isRate(at, c) {
			a.per = c.per
			return
		}
	}
	const near = 6
	for i := a.first - 1; i >= max(0, a.first-near); i-- {
		if l.isClauseEnd(i) || l.isKind(i, number) {
			break
		}
		if c, ok := l.cueBeginning(i); ok && c.per != "" && (len(c.rest) == 0 || c.per == cite.Annualised || c.per == cite.Compound) && !l.isWord(i+1, activeWords...) {
			a.per = c.per
			return
		}
	}
	for i := a.after; i < min(len(l.tokens), a.after+near) && !l.isClauseEnd(i) && !l.isKind(i, number); i++ {
		if c, ok := l.cueBeginning(i); ok && c.per != "" && l.isRate(i, c) && (len(c.rest) == 0 || l.isWord(i, "pro", "je", "per", "annualised", "annualized", "run")) {
			a.per = c.per
			return
		}
	}
	if l.isSign(a.first-2, "(") && l.isWord(a.first-3, "CAGR") || l.isWord(a.first-1, "CAGR") || l.isWord(a.first-2, "CAGR") || l.isSign(a.first-2, ")") && l.isWord(a.first-3, "CAGR") {
		a.per = cite.Compound
	}
}

// isRate tells a rate from what looks like one: "im Jahr 2025", "daily active users", "within a year".
func (l *line) isRate(at int, c cue) bool {
	next := at + 1 + len(c.rest)
	if l.isKind(next, number) || l.isWord(next, activeWords...) {
		return false
	}
	return len(c.rest) == 0 || !l.isWord(next, "earlier", "ago", "before", "after", "later") && !l.isWord(at-1, "within", "in", "over", "during", "after", "for")
}

// activeWords make "daily" and "monatlich" tell who is counted, not how often.
var activeWords = []string{"active", "aktive", "aktiven", "aktiver"}

// perUnit is the span that a unit of time behind a stroke stands for: "20 $/Monat".
func perUnit(w string) cite.Per {
	u, _ := unit.LookupMeasure(w)
	switch u {
	case "s":
		return cite.PerSecond
	case "h":
		return cite.PerHour
	case "day":
		return cite.PerDay
	case "week":
		return cite.PerWeek
	case "month":
		return cite.PerMonth
	case "quarter":
		return cite.PerQuarter
	case "year":
		return cite.PerYear
	}
	return ""
}

// isClauseEnd tells whether a clause ends at token i.
func (l *line) isClauseEnd(i int) bool {
	return l.isSign(i, ",;:()[]|!?–—") || l.isSign(i, ".") && !l.isGlued(i+1) || i < 0 || i >= len(l.tokens)
}
