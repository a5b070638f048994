package figure

import (
	"cmp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// calendar is what is known of time while a text is read.
type calendar struct {
	published market.Period
}

// resolve completes a mention that lacks its year by the year that the line names before it, else by the date of
// publication; inferred tells that it did. What would lie after the publication belongs to the year before, unless it
// is due ("bis zum 4. Quartal").
func (c *calendar) resolve(m *mention, year int, due bool) (p market.Period, inferred bool) {
	if !m.period.IsZero() {
		return m.period, false
	}
	if p := m.in(max(year, firstYear)); year > 0 && (due || c.published.IsZero() || !c.published.Before(p)) {
		return p, true
	}
	if c.published.IsZero() {
		return market.Period{}, false
	}
	year = c.published.Start().Year()
	if p := m.in(year); due || !c.published.Before(p) {
		return p, true
	}
	return m.in(year - 1), true
}

// in is the period of the mention in a year.
func (m *mention) in(year int) market.Period {
	switch {
	case m.half > 0:
		return halfPeriod(year, m.half)
	case m.quarter > 0:
		return quarterPeriod(year, m.quarter)
	case m.day > 0:
		return dayPeriod(year, m.month, m.day)
	}
	return monthPeriod(year, m.month)
}

// narrow applies what stands before a year: "Ende 2026" is its last day, "Anfang 2026" its first month, "Mitte 2026" its sixth.
func (l *line) narrow(m *mention) {
	if m.period.Granularity() != market.Year || m.first != m.last {
		return
	}
	at := m.first - 1
	if l.isSign(at, "-") {
		at--
	}
	y := m.period.Start().Year()
	switch {
	case l.isWord(at, "Ende", "end", "late", "Jahresende"), l.isWord(at, "of") && l.isWord(at-1, "end"):
		m.period = m.period.LastDay()
	case l.isWord(at, "Anfang", "early", "Jahresbeginn"), l.isWord(at, "of") && l.isWord(at-1, "start", "beginning"):
		m.period = monthPeriod(y, 1)
	case l.isWord(at, "Mitte", "mid"):
		m.period = monthPeriod(y, 6)
	}
}

// yearEnd reads "bis Jahresende", "by the end of the year", "by year-end": the last day of the year of publication.
func (l *line) yearEnd(i int, c *calendar) (mention, bool) {
	last := i
	switch {
	case l.isWord(i, "Jahresende"):
	case l.isWord(i, "year") && l.isSign(i+1, "-") && l.isWord(i+2, "end"):
		last = i + 2
	case l.isWord(i, "end") && l.isWord(i+1, "of") && l.isWord(i+2, "the", "this") && l.isWord(i+3, "year"):
		last = i + 3
	default:
		return mention{}, false
	}
	if c.published.IsZero() {
		return mention{}, false
	}
	return mention{first: i, last: last, period: yearPeriod(c.published.Start().Year()).LastDay(), why: whyDate}, true
}

// readPeriods gives each amount the time that the text states for it: the one right behind it, else the nearest before
// it in the sentence, else the nearest behind it.
func (l *line) readPeriods(amounts []amount, mentions []mention, c *calendar) {
	for i := range amounts {
		a := &amounts[i]
		if a.kind == cite.Duration || l.isOfBefore(a) {
			continue
		}
		m := l.mentionFor(amounts, i, mentions)
		if m == nil {
			continue
		}
		p, inferred := c.resolve(m, l.yearBefore(m, mentions), l.isUntil(m))
		a.period = p
		if inferred {
			a.inferred = append(a.inferred, "period")
		}
	}
	for i := 1; i < len(amounts); i++ { // a growth is of the time that the change ends at
		a, b := &amounts[i], &amounts[i-1]
		if a.period.IsZero() && a.relation != 0 && a.relation == b.relation && (a.change == cite.Growth || a.change == cite.Decline) {
			a.period = b.period
		}
	}
}

// isOfBefore tells whether an amount is of the span before the one spoken of: "nach 26 Mio. im Vorquartal", "$5bn a year earlier".
func (l *line) isOfBefore(a *amount) bool {
	at := a.after
	if l.isWord(at, "im", "aus", "vom", "in") {
		at++
	}
	if l.isWord(at, "dem", "the") {
		at++
	}
	if l.isWord(at, "Vorquartal", "Vorjahr", "Vormonat", "Vorjahresquartal", "Vorjahreszeitraum", "Vorwoche") {
		return true
	}
	return l.isWord(at, "a", "one", "two", "three") && l.isWord(at+1, "year", "years", "quarter", "quarters", "month", "months") && l.isWord(at+2, "earlier", "before", "ago")
}

// yearBefore is the year that the line names last before a mention, times to come and years of comparison left out.
func (l *line) yearBefore(m *mention, mentions []mention) int {
	year := 0
	for k := range mentions {
		n := &mentions[k]
		if n.first >= m.first {
			break
		}
		if !n.period.IsZero() && !l.isWord(n.first-1, "bis", "by", "until") && !l.isComparison(n) {
			year = n.period.Start().Year()
		}
	}
	return year
}

// nowWords say that a sentence speaks of the day of publication.
var nowWords = []string{"heute", "derzeit", "aktuell", "mittlerweile", "inzwischen", "jetzt", "bereits", "now", "today", "currently", "already"}

// carryPeriods carries the time of an amount on to the next of its kind in the next sentence, where that names no other.
func (l *line) carryPeriods(amounts []amount, mentions []mention) {
	for i := 1; i < len(amounts); i++ {
		l.carryPeriod(&amounts[i], &amounts[i-1], mentions)
	}
}

func (l *line) carryPeriod(a, b *amount, mentions []mention) {
	if a.forecast || b.forecast || !a.period.IsZero() || b.period.IsZero() || a.kind != b.kind || a.unit != b.unit || a.kind == cite.Duration || l.sentencesBetween(b.last, a.first) != 1 {
		return
	}
	from, to := l.sentenceOf(a.first)
	if k := slices.IndexFunc(mentions, func(m mention) bool { return m.first >= from }); k >= 0 && mentions[k].first < to {
		return
	}
	for i := from; i < to; i++ {
		if l.isWord(i, nowWords...) {
			return
		}
	}
	a.period = b.period
	a.inferred = append(a.inferred, "period")
}

// mentionFor finds the time of an amount: the one that stands right behind it; else one before it in its clause, or at
// the start of its sentence; else one that follows in its clause; else the one that heads the line ("Q1 2026: …").
func (l *line) mentionFor(amounts []amount, at int, mentions []mention) *mention {
	a := &amounts[at]
	split, _ := slices.BinarySearchFunc(mentions, a.first, func(m mention, first int) int { return cmp.Compare(m.first, first) })
	if split < len(mentions) && mentions[split].dates() && l.isRightBehind(a, &mentions[split]) && !(a.change == cite.From && l.isUntil(&mentions[split])) {
		return &mentions[split]
	}
	usable := func(m *mention) bool { return m.dates() && (l.leadsOver(m, a) || !l.isComparison(m)) }
	var before, behind *mention
	for k := split - 1; k >= 0 && before == nil && !l.sentenceBetween(mentions[k].last, a.first); k-- {
		if usable(&mentions[k]) {
			before = &mentions[k]
		}
	}
	for k := split; k < len(mentions) && behind == nil && !l.sentenceBetween(a.last, mentions[k].first); k++ {
		if usable(&mentions[k]) && mentions[k].first >= a.after {
			behind = &mentions[k]
		}
	}
	switch {
	case before != nil && l.reaches(before, amounts, at):
		return before
	case behind != nil && !l.amountBetween(amounts, at, behind) && !l.clauseBetween(a.after, behind.first) && !l.isBeforeNext(amounts, at, behind) && a.change != cite.From:
		return behind
	}
	return l.headMention(mentions, a)
}

// leadingToDate are the words that may stand between an amount and its time.
var leadingToDate = []string{"im", "in", "per", "zum", "zur", "am", "Ende", "Anfang", "Mitte", "Jahr", "Jahre", "bis", "by", "at", "the", "end", "start", "beginning", "of", "as", "on", "until", "Stand", "early", "late", "mid", "spätestens", "fiscal", "during"}

// longestLead is how many such words there are at most.
const longestLead = 6

// isRightBehind tells whether nothing but such words stands between the amount and the time: "115.000 im September 2024".
func (l *line) isRightBehind(a *amount, m *mention) bool {
	if m.first < a.after || m.first-a.after > longestLead {
		return false
	}
	for i := a.after; i < m.first; i++ {
		if !l.isWord(i, leadingToDate...) && !l.isSign(i, "(-") && !l.tokens[i].putBack {
			return false
		}
	}
	return true
}

// isUntil tells whether the time is an end: "bis 2028", "by 2030".
func (l *line) isUntil(m *mention) bool {
	at := m.first - 1
	for l.isWord(at, "Ende", "end", "of", "the", "Anfang", "Mitte", "early", "late", "zum", "Jahr", "spätestens", "dem", "im") {
		at--
	}
	return l.isWord(at, "bis", "by", "until")
}

// sentenceStart is how many tokens into a sentence a time still stands at its start: "Allein im Juli 2025 …".
const sentenceStart = 4

// reaches tells whether a time before an amount holds for it: in one clause with it and not taken by another amount
// that it stands right behind, or at the start of the sentence.
func (l *line) reaches(m *mention, amounts []amount, at int) bool {
	a := &amounts[at]
	from, _ := l.sentenceOf(a.first)
	clause, _ := l.clause(a)
	if l.isWord(clause, "bevor", "before") || l.nowBetween(m.last, a.first) {
		return false
	}
	k := at - 1
	for k >= 0 && amounts[k].after > m.first {
		k--
	}
	if k >= 0 && l.isRightBehind(&amounts[k], m) && m.first-from > sentenceStart && !(a.change == cite.To && l.isUntil(m)) {
		return false
	}
	return !l.clauseBetween(m.last+1, a.first) || m.first-from <= sentenceStart || l.leadsOver(m, a)
}

// nowBetween tells whether a word for the present stands between two tokens: "$800 in 2021 now runs to $2,200".
func (l *line) nowBetween(from, to int) bool {
	for i := from + 1; i < min(to, from+longestClause); i++ {
		if l.isWord(i, "now", "today", "heute", "jetzt", "inzwischen", "mittlerweile", "derzeit") {
			return true
		}
	}
	return false
}

// leadsOver tells whether the clause of the amount says what was at the time before its comma: "am 1. Juni, als der
// Umlauf bei 5 Mrd. $ lag", "on 18 January 2026, at $310 billion".
func (l *line) leadsOver(m *mention, a *amount) bool {
	at := m.last + 1
	if !l.isSign(at, ",") || at+1 >= a.first {
		return false
	}
	if l.isWord(at+1, "at", "mit", "bei", "with") {
		return l.leadIn(a) == at+1
	}
	return l.isWord(at+1, "als", "when", "wo", "where", "da", "there", "gab", "waren", "lag") && !l.clauseBetween(at+1, a.first)
}

// isBeforeNext tells whether the next amount stands behind the time in the same clause, so that it is that amount's.
func (l *line) isBeforeNext(amounts []amount, at int, m *mention) bool {
	return at+1 < len(amounts) && !l.clauseBetween(m.last+1, amounts[at+1].first)
}

// headMention is the time that the line begins with, where a colon sets it apart from the rest.
func (l *line) headMention(mentions []mention, a *amount) *mention {
	const furthestColon = 8
	if len(mentions) == 0 || mentions[0].first > 1 || mentions[0].period.IsZero() {
		return nil
	}
	m := &mentions[0]
	for i := m.last + 1; i < min(len(l.tokens), m.last+furthestColon) && i < a.first; i++ {
		if l.isSign(i, ":") {
			return m
		}
	}
	return nil
}

// isComparison tells whether a time is what something is compared with or dated from: "gegenüber 2024", "seit 2022",
// "nach der Migration im April 2023".
func (l *line) isComparison(m *mention) bool {
	const near = 7
	for i := m.first - 1; i >= max(0, m.first-near) && !l.isClauseEnd(i) && !l.isKind(i, number); i-- {
		switch {
		case l.isWord(i, "gegenüber", "seit", "since", "versus", "vs", "gegründet", "Vergleich"):
			return true
		case l.isWord(i, "nach", "after"):
			return l.startsSentence(i) || i == m.first-1
		case l.isWord(i, "than", "als"):
			return !l.wordBetween(i, m.first)
		}
	}
	return false
}

// wordBetween tells whether a word other than those that lead to a date stands between two tokens.
func (l *line) wordBetween(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if !l.has(i, dating) && !l.isWord(i, "on", "the", "at") {
			return true
		}
	}
	return false
}

// amountBetween tells whether the next amount stands before the mention.
func (l *line) amountBetween(amounts []amount, at int, m *mention) bool {
	return at+1 < len(amounts) && amounts[at+1].first < m.first
}

// clauseBetween tells whether a clause ends between two tokens.
func (l *line) clauseBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if l.isClauseEnd(i) {
			return true
		}
	}
	return false
}

// readForecasts marks the amounts that are forecasts, targets or plans: their time lies after the publication, or
// their clause says so.
func (l *line) readForecasts(amounts []amount, c *calendar) {
	for i := range amounts {
		a := &amounts[i]
		if a.kind == cite.Duration || a.change == cite.From {
			continue
		}
		future := !a.period.IsZero() && !c.published.IsZero() && c.published.Before(a.period) && !a.period.Contains(c.published)
		a.forecast = future || l.isForeseen(amounts, i)
	}
}

// isForeseen tells whether the clause of the amount speaks of the future. What stands between it and the next amount
// of the clause is said of that one.
func (l *line) isForeseen(amounts []amount, at int) bool {
	a := &amounts[at]
	from, to := l.clause(a)
	if at+1 < len(amounts) && amounts[at+1].first < to {
		to = a.after
	}
	for i := from; i < to; i++ {
		if l.foreseesWith(i) {
			return true
		}
		if l.isKind(i, word) && l.lexicon.roleOf(l.of(i))&foreseeing != 0 && !l.isAttributive(i) && !l.isNoForecast(i, from, to) {
			return true
		}
	}
	return l.willBe(a, from, to)
}

// foreseeingPairs are the phrases of two words that make a forecast.
var foreseeingPairs = map[string][]string{
	"set": {"to"}, "track": {"to"}, "wants": {"to"}, "want": {"to"}, "meant": {"to"}, "hoping": {"for"}, "looking": {"for"},
	"pencilled": {"in"}, "penciled": {"in"}, "pencils": {"in"}, "budgeted": {"for"}, "price": {"target"}, "schätzt": {"bis"}, "schätzen": {"bis"},
}

func (l *line) foreseesWith(i int) bool {
	seconds, ok := foreseeingPairs[strings.ToLower(l.of(i))]
	return ok && l.isWord(i+1, seconds...)
}

// topicHeads are what words of forecasting are only the topic of: "prediction markets", "Prognosemärkte".
var topicHeads = []string{"markt", "märkte", "märkten", "marktes", "plattform", "plattformen", "börse", "börsen"}

// isNoForecast tells whether a word of forecasting at token i foresees nothing: it names a topic, reports what is said
// to have happened, or belongs to another verb.
func (l *line) isNoForecast(i, from, to int) bool {
	switch {
	case l.isWord(i+1, "market", "markets", "platform", "platforms", "error", "errors"), endsInAny(l.of(i), topicHeads):
		return true
	case l.isWord(i, "target", "targets", "goal", "goals"):
		return l.isWord(i-1, "its", "the", "their") && l.isWord(i-2, "held", "hold", "holds", "kept", "keeps", "left", "hit", "met", "missed", "beat")
	case l.isWord(i, "rechnet", "rechnen"):
		return !l.wordIn(i, to, "mit", "damit")
	case l.isWord(i, "soll", "sollen"):
		return l.wordIn(from, to, "zufolge", "angeblich", "Berichten") || l.wordIn(i, to, "haben", "sein", "worden") && l.isClauseEnd(to) && l.isParticiple(to-2)
	case l.isWord(i, "will", "wollen"):
		return l.lang == unit.German && l.isWord(i+1, "gar", "keine", "keinen", "nicht")
	}
	return false
}

// isParticiple tells whether token i looks like a German past participle.
func (l *line) isParticiple(i int) bool {
	w := strings.ToLower(l.of(i))
	return len(w) > 5 && (strings.HasSuffix(w, "t") || strings.HasSuffix(w, "en")) && strings.Contains(w, "ge")
}

// wordIn tells whether one of these words stands among tokens from to to.
func (l *line) wordIn(from, to int, words ...string) bool {
	for i := from; i < min(to, len(l.tokens)); i++ {
		if l.isWord(i, words...) {
			return true
		}
	}
	return false
}

// isAttributive keeps "die geplante Fusion" and modal questions from making forecasts of what stands beside them.
func (l *line) isAttributive(i int) bool {
	return l.isWord(i, "geplante", "geplanten", "erwartete", "erwarteten", "expected") && l.isKind(i+1, word) && l.tokens[i+1].capital && l.lang == unit.German
}

// willBe reads the German future: "wird" or "werden" with an infinitive, and a year to come or the word for growing.
func (l *line) willBe(a *amount, from, to int) bool {
	if l.lang != unit.German {
		return false
	}
	for i := from; i < to; i++ {
		if !l.isWord(i, "wird", "werden") {
			continue
		}
		if l.isInfinitive(i-1) && i > a.last {
			return true
		}
		for j := a.after; j < to && i < a.first; j++ {
			if l.isInfinitive(j) && (l.isClauseEnd(j+1) || l.isWord(j+1, "und", "oder")) {
				return true
			}
		}
	}
	return false
}

func (l *line) isInfinitive(i int) bool {
	if !l.isKind(i, word) || l.tokens[i].capital || l.has(i, article|dating) {
		return false
	}
	w := l.of(i)
	return len(w) > 5 && w[len(w)-1] == 'n' && (w[len(w)-2] == 'e' || w[len(w)-2] == 'r' || w[len(w)-2] == 'l') && (len(w) < 2 || w[:2] != "ge" || w == "gehen" || w == "gewinnen")
}

// longestClause is how many tokens of a clause before and behind an amount are looked at.
const longestClause = 40

// clause is the tokens of the clause that holds the amount; brackets inside it are a part of it.
func (l *line) clause(a *amount) (from, to int) {
	from, to = a.first, a.after
	for from > 0 && a.first-from < longestClause && !l.isClauseEnd(from-1) && !l.startsSentence(from) {
		from--
	}
	for to < len(l.tokens) && to-a.after < longestClause && !l.isClauseEnd(to) && !l.startsSentence(to) {
		to++
	}
	return from, to
}
