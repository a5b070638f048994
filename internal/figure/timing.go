package figure

import (
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// calendar is what is known of time while a text is read.
type calendar struct {
	published market.Period
	year      int // named last, 0 for none
}

// resolve completes a mention that lacks its year by the year named last or by the date of publication; inferred tells
// that it did. A month later than the publication belongs to the year before, unless it is foreseen.
func (c *calendar) resolve(m *mention) (p market.Period, inferred bool) {
	if !m.period.IsZero() {
		return m.period, false
	}
	y := c.year
	if y == 0 && !c.published.IsZero() {
		y = c.published.Start().Year()
		if m.month > int(c.published.Start().Month()) {
			y--
		}
	}
	switch {
	case y == 0:
		return market.Period{}, false
	case m.quarter > 0:
		return quarterPeriod(y, m.quarter), true
	case m.month > 0:
		return monthPeriod(y, m.month), true
	}
	return market.Period{}, false
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
		if a.kind == cite.Duration {
			continue
		}
		m := l.mentionFor(a, amounts, i, mentions)
		if m == nil {
			continue
		}
		p, inferred := c.resolve(m)
		a.period = p
		if inferred {
			a.inferred = append(a.inferred, "period")
		}
	}
}

// adjacentPeriod is how many tokens behind an amount its own time begins at most: "115.000 im September 2024".
const adjacentPeriod = 4

func (l *line) mentionFor(a *amount, amounts []amount, at int, mentions []mention) *mention {
	var before, behind *mention
	for k := range mentions {
		m := &mentions[k]
		if m.why == whyTime || m.period.IsZero() && m.month == 0 && m.quarter == 0 || l.isComparison(m) {
			continue
		}
		switch {
		case m.last < a.first && !l.sentenceBetween(m.last, a.first):
			before = m
		case m.first >= a.after && behind == nil && !l.sentenceBetween(a.last, m.first):
			behind = m
		}
	}
	if behind != nil && behind.first-a.after <= adjacentPeriod && !l.amountBetween(amounts, at, behind) && !l.clauseBetween(a.after, behind.first) {
		return behind
	}
	if before != nil {
		if l.ownedBy(amounts, at, before) {
			return nil
		}
		return before
	}
	if behind != nil && at+1 < len(amounts) && l.amountBetween(amounts, at, behind) && l.clauseBetween(a.after, behind.first) {
		return nil
	}
	return behind
}

// isComparison tells whether a time is what something is compared with: "gegenüber 2024", "since 2022".
func (l *line) isComparison(m *mention) bool {
	at := m.first - 1
	if l.isWord(at, "dem", "Jahr", "Jahre", "the") {
		at--
	}
	return l.isWord(at, "gegenüber", "seit", "since", "than", "als", "versus", "vs", "gegründet")
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

// ownedBy tells whether a mention before the amount stands right behind another amount and belongs to it alone: the
// start of a change ("von 32 % im Jahr 2023 auf 25 %").
func (l *line) ownedBy(amounts []amount, at int, m *mention) bool {
	if at == 0 {
		return false
	}
	b := &amounts[at-1]
	return b.after <= m.first && m.first-b.after <= adjacentPeriod && b.change == cite.From && amounts[at].change == cite.To
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
		a.forecast = future || l.isForeseen(a)
	}
}

// isForeseen tells whether the clause of the amount, or the one it hangs on, speaks of the future.
func (l *line) isForeseen(a *amount) bool {
	from, to := l.clause(a)
	for i := from; i < to; i++ {
		if l.isKind(i, word) && l.lexicon.roleOf(l.of(i))&foreseeing != 0 && !l.isAttributive(i) {
			return true
		}
	}
	return l.willBe(a, from, to)
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
	if !l.isKind(i, word) || l.tokens[i].capital || l.has(i, function) {
		return false
	}
	w := l.of(i)
	return len(w) > 4 && w[len(w)-1] == 'n' && (w[len(w)-2] == 'e' || w[len(w)-2] == 'r' || w[len(w)-2] == 'l') && (len(w) < 2 || w[:2] != "ge" || w == "gehen" || w == "gewinnen")
}

// clause is the tokens of the clause that holds the amount; brackets inside it are a part of it.
func (l *line) clause(a *amount) (from, to int) {
	from, to = a.first, a.after
	for from > 0 && !l.isClauseEnd(from-1) && !l.startsSentence(from) {
		from--
	}
	for to < len(l.tokens) && !l.isClauseEnd(to) && !l.startsSentence(to) {
		to++
	}
	return from, to
}
