package figure

import (
	"strings"
	"time"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// mention is a time that a line names. Its numbers are no figures.
type mention struct {
	first, last int // tokens
	period      market.Period
	day         int // of a mention without a year, 0 where it says none
	month       int // of a mention without a year, 1 to 12
	quarter     int // of a mention without a year, 1 to 4
	half        int // of a mention without a year, 1 or 2
	why         string
}

// dates tells whether the mention says a time that a figure can be of, if only a month or quarter of some year.
func (m *mention) dates() bool {
	return m.why != whyTime && (!m.period.IsZero() || m.month != 0 || m.quarter != 0 || m.half != 0)
}

// What a mention or another number that is no figure is called in an explanation.
const (
	whyYear       = "year"
	whyDate       = "date"
	whyQuarter    = "quarter"
	whyTime       = "time"
	whyVersion    = "version"
	whyIdentifier = "identifier"
	whyOrdinal    = "ordinal"
	whyReadTime   = "readtime"
	whyURL        = "url"
	whyPhone      = "phone"
	whyName       = "name"
	whyBare       = "no quantity"
)

const (
	firstYear = 1900
	lastYear  = 2100
)

// datePatterns are tried in order at each number, month and quarter.
var datePatterns = []func(l *line, i int) (mention, bool){
	(*line).isoDate, (*line).dottedDate, (*line).slashedDate, (*line).dayMonth, (*line).monthDay, (*line).monthYear,
	(*line).quarterLetter, (*line).quarterWord, (*line).clock, (*line).years,
}

// mentionAt reads a date, quarter, year or time that begins at token i.
func (l *line) mentionAt(i int) (mention, bool) {
	if !l.isKind(i, number) && !l.isKind(i, word) {
		return mention{}, false
	}
	for _, pattern := range datePatterns {
		if m, ok := pattern(l, i); ok {
			m.first = i
			return m, true
		}
	}
	return mention{}, false
}

// isDate tells whether a date begins at token i.
func (l *line) isDate(i int) bool {
	m, ok := l.mentionAt(i)
	return ok && m.why != whyTime
}

// plain is the whole number of at most n digits at token i, else -1.
func (l *line) plain(i, n int) int {
	if !l.isKind(i, number) {
		return -1
	}
	text := l.of(i)
	if len(text) > n {
		return -1
	}
	v := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return -1
		}
		v = v*10 + int(c-'0')
	}
	return v
}

// year is the year at token i, 0 for none.
func (l *line) year(i int) int {
	if len(l.of(i)) != 4 {
		return 0
	}
	if y := l.plain(i, 4); y >= firstYear && y <= lastYear {
		return y
	}
	return 0
}

// twoDigitYear is the year of "'25" or "25" at token i, 0 for none.
func (l *line) twoDigitYear(i int) int {
	if len(l.of(i)) != 2 {
		return 0
	}
	if y := l.plain(i, 2); y >= 0 {
		return 2000 + y
	}
	return 0
}

// day is the day of the month at token i, 0 for none.
func (l *line) day(i int) int {
	if d := l.plain(i, 2); d >= 1 && d <= 31 {
		return d
	}
	return 0
}

// monthAt is the month named at token i, 0 for none. English months need their capital: "may", "march".
func (l *line) monthAt(i int) int {
	if !l.has(i, month) || !l.tokens[i].capital || l.of(i) == strings.ToUpper(l.of(i)) { // "APR" is a rate
		return 0
	}
	return l.tokens[i].entry.month
}

func dayPeriod(y, m, d int) market.Period {
	return market.NewPeriod(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), market.Day)
}

func monthPeriod(y, m int) market.Period {
	return market.NewPeriod(time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC), market.Month)
}

func quarterPeriod(y, q int) market.Period {
	return market.NewPeriod(time.Date(y, time.Month(3*q-2), 1, 0, 0, 0, 0, time.UTC), market.Quarter)
}

func halfPeriod(y, h int) market.Period {
	return market.NewPeriod(time.Date(y, time.Month(6*h-5), 1, 0, 0, 0, 0, time.UTC), market.Half)
}

func yearPeriod(y int) market.Period {
	return market.NewPeriod(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), market.Year)
}

// isoDate reads 2026-01-30.
func (l *line) isoDate(i int) (mention, bool) {
	y, m, d := l.year(i), l.plain(i+2, 2), l.day(i+4)
	if y == 0 || m < 1 || m > 12 || d == 0 || !l.isSign(i+1, "-‑") || !l.isSign(i+3, "-‑") || !l.isGlued(i+2) || !l.isGlued(i+4) {
		return mention{}, false
	}
	return mention{last: i + 4, period: dayPeriod(y, m, d), why: whyDate}, true
}

// dottedDate reads 30.01.2026, 30.1.26 and, where a word of time stands before it, 30.01.
func (l *line) dottedDate(i int) (mention, bool) {
	if !l.isKind(i, number) {
		return mention{}, false
	}
	parts := strings.Split(l.of(i), ".")
	if len(parts) < 2 || len(parts) > 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return mention{}, false
	}
	d, m := atoi(parts[0]), atoi(parts[1])
	if d < 1 || d > 31 || m < 1 || m > 12 {
		return mention{}, false
	}
	if len(parts) == 2 {
		ok := l.lang == unit.German && l.isSign(i+1, ".") && l.isGlued(i+1) && l.isWord(i-1, "am", "vom", "zum", "bis", "seit", "ab", "dem", "den", "der")
		return mention{last: i + 1, day: d, month: m, why: whyDate}, ok
	}
	y := atoi(parts[2])
	if len(parts[2]) == 2 {
		y += 2000
	}
	if y < firstYear || y > lastYear {
		return mention{}, false
	}
	return mention{last: i, period: dayPeriod(y, m, d), why: whyDate}, true
}

func atoi(s string) int {
	if s == "" || len(s) > 9 {
		return -1
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// slashedDate reads 1/30/2026 and 30/01/2026.
func (l *line) slashedDate(i int) (mention, bool) {
	a, b, y := l.day(i), l.day(i+2), l.year(i+4)
	if a == 0 || b == 0 || y == 0 || !l.isSign(i+1, "/") || !l.isSign(i+3, "/") || !l.isGlued(i+2) || !l.isGlued(i+4) {
		return mention{}, false
	}
	if a > 12 || l.lang == unit.German {
		a, b = b, a
	}
	return mention{last: i + 4, period: dayPeriod(y, a, b), why: whyDate}, a <= 12
}

// dayMonth reads "8. Januar", "30. Januar 2026", "10. bis 12. Februar 2026", "22 March 2022", "1st of March".
func (l *line) dayMonth(i int) (mention, bool) {
	d, at := l.day(i), i+1
	if d == 0 {
		return mention{}, false
	}
	at = l.skipOrdinal(at)
	if l.isDash(at) || l.isSign(at, "/") || l.isWord(at, "bis", "und", "to", "and") { // the first of several days
		if l.day(at+1) == 0 {
			return mention{}, false
		}
		d = l.day(at + 1)
		at = l.skipOrdinal(at + 2)
	}
	if l.isWord(at, "of") {
		at++
	}
	m := l.monthAt(at)
	if m == 0 || l.isGlued(at) {
		return mention{}, false
	}
	return l.withYear(at, m, d), true
}

// skipOrdinal is the token behind what makes a number an ordinal.
func (l *line) skipOrdinal(i int) int {
	if l.isSign(i, ".") && (l.isGlued(i) || l.namesTime(i+1)) || l.isOrdinalEnding(i) {
		return i + 1
	}
	return i
}

// namesTime tells whether a month or quarter stands at token i, so that a stray blank may precede its ordinal's full
// stop: "Im 4 . Quartal".
func (l *line) namesTime(i int) bool {
	return l.lang == unit.German && (l.monthAt(i) > 0 || l.isWord(i, "Quartal", "Quartals", "Halbjahr"))
}

func (l *line) isOrdinalEnding(i int) bool {
	return l.isGlued(i) && l.isWord(i, "st", "nd", "rd", "th")
}

// withYear completes a day and month that end at token at by the year behind it, if there is one.
func (l *line) withYear(at, m, d int) mention {
	if l.isSign(at+1, ".") && l.isGlued(at+1) && (l.year(at+2) > 0 && len(l.of(at)) <= 4) { // "Dez. 2025"
		at++
	}
	next := at + 1
	if l.isSign(next, ",") {
		next++
	}
	y := l.year(next)
	switch {
	case y > 0 && d > 0:
		return mention{last: next, period: dayPeriod(y, m, d), why: whyDate}
	case y > 0:
		return mention{last: next, period: monthPeriod(y, m), why: whyDate}
	}
	return mention{last: at, day: d, month: m, why: whyDate}
}

// monthDay reads "January 30", "March 22, 2022", "Jan. 30", "May 3–5, 2026".
func (l *line) monthDay(i int) (mention, bool) {
	m := l.monthAt(i)
	at := i + 1
	if l.isSign(at, ".") && l.isGlued(at) {
		at++
	}
	d := l.day(at)
	if m == 0 || d == 0 || l.lang == unit.German || l.isGlued(at) {
		return mention{}, false
	}
	end := at
	if l.isOrdinalEnding(at + 1) {
		end++
	}
	if l.isDash(end+1) && l.day(end+2) > 0 {
		end += 2
	}
	if l.unitFollows(end+1) && !l.isSign(end+1, ",") {
		return mention{}, false
	}
	out := l.withYear(end, m, d)
	return out, true
}

// monthYear reads "Januar 2026", "Jan. 2026", "March of 2025", "Sept '25", and a month alone.
func (l *line) monthYear(i int) (mention, bool) {
	m := l.monthAt(i)
	if m == 0 {
		return mention{}, false
	}
	if l.isWord(i+1, "of") && l.year(i+2) > 0 || l.isSign(i+1, "'’") && l.twoDigitYear(i+2) > 0 && l.isGlued(i+2) {
		y := max(l.year(i+2), l.twoDigitYear(i+2))
		return mention{last: i + 2, period: monthPeriod(y, m), why: whyDate}, true
	}
	return l.withYear(i, m, 0), true
}

// quarterLetter reads "Q3 2025", "Q3'25", "3Q25", "H1 2025", "Q2 / Q3 2025", "FY2025".
func (l *line) quarterLetter(i int) (mention, bool) {
	if l.isWord(i, "FY", "CY", "GJ") && l.isKind(i+1, number) {
		y := max(l.year(i+1), l.twoDigitYear(i+1))
		return mention{last: i + 1, period: yearPeriod(max(y, firstYear)), why: whyYear}, y > 0
	}
	letter, n, last := i, i+1, i+1
	if l.isKind(i, number) {
		letter, n = i+1, i
	}
	isHalf := l.isWord(letter, "H", "HJ")
	if !l.isWord(letter, "Q", "H", "HJ") || !l.isGlued(i+1) || !l.tokens[letter].capital {
		return mention{}, false
	}
	q := l.plain(n, 1)
	if q < 1 || q > 4 || isHalf && q > 2 {
		return mention{}, false
	}
	if (l.isSign(last+1, "/-–") || l.isWord(last+1, "und", "and", "bis", "to")) && l.isWord(last+2, "Q", "H") && l.plain(last+3, 1) > 0 {
		q = l.plain(last+3, 1)
		last += 3
	}
	y, at := l.yearBehind(last)
	switch {
	case y == 0 && isHalf:
		return mention{last: last, half: q, why: whyQuarter}, true
	case y == 0:
		return mention{last: last, quarter: q, why: whyQuarter}, true
	case isHalf:
		return mention{last: at, period: halfPeriod(y, q), why: whyQuarter}, true
	}
	return mention{last: at, period: quarterPeriod(y, min(q, 4)), why: whyQuarter}, true
}

// yearBehind is the year that follows token last, directly or behind "of", "des Jahres", an apostrophe or a stroke.
func (l *line) yearBehind(last int) (y, at int) {
	at = last + 1
	switch {
	case l.isWord(at, "of", "in", "im", "von"):
		at++
	case l.isWord(at, "des") && l.isWord(at+1, "Jahres"):
		at += 2
	case l.isSign(at, "'’/-") && l.isGlued(at+1):
		at++
		if y := l.twoDigitYear(at); y > 0 {
			return y, at
		}
	}
	if l.isWord(at, "Jahr", "Jahre", "the") {
		at++
	}
	if y := l.year(at); y > 0 {
		return y, at
	}
	if y := l.twoDigitYear(at); y > 0 && l.isGlued(at) {
		return y, at
	}
	return 0, 0
}

// ordinals are the words that count quarters and halves.
var ordinals = map[string]int{
	"erste": 1, "ersten": 1, "erstes": 1, "erster": 1, "zweite": 2, "zweiten": 2, "zweites": 2, "zweiter": 2, "dritte": 3, "dritten": 3, "drittes": 3, "vierte": 4, "vierten": 4, "viertes": 4,
	"first": 1, "second": 2, "third": 3, "fourth": 4,
}

// quarterWord reads "1. Quartal 2026", "zweiten Quartal 2025", "2. / 3. Quartal 2025", "third quarter of 2025", "first half of 2023".
func (l *line) quarterWord(i int) (mention, bool) {
	q, at := l.ordinal(i)
	if q == 0 {
		return mention{}, false
	}
	if l.isSign(at, "/-–") || l.isWord(at, "und", "and", "bis", "to", "oder", "or") {
		second, next := l.ordinal(at + 1)
		if second == 0 {
			return mention{}, false
		}
		q, at = second, next
	}
	if l.isWord(at, "fiscal") {
		at++
	}
	isHalf := l.isWord(at, "Hälfte", "Halbjahr", "half") && q <= 2
	if !isHalf && !l.isWord(at, "Quartal", "Quartals", "Quartale", "quarter", "quarters") {
		return mention{}, false
	}
	y, end := l.yearBehind(at)
	switch {
	case y == 0 && isHalf && !l.isWord(at, "Halbjahr"):
		return mention{}, false
	case y == 0 && isHalf:
		return mention{last: at, half: q, why: whyQuarter}, true
	case y == 0:
		return mention{last: at, quarter: q, why: whyQuarter}, true
	case isHalf:
		return mention{last: end, period: halfPeriod(y, q), why: whyQuarter}, true
	}
	return mention{last: end, period: quarterPeriod(y, q), why: whyQuarter}, true
}

// ordinal is the ordinal from one to four at token i, and the token behind it.
func (l *line) ordinal(i int) (n, after int) {
	if l.isKind(i, number) {
		q := l.plain(i, 1)
		if next := l.skipOrdinal(i + 1); q >= 1 && q <= 4 && next > i+1 {
			return q, next
		}
		return 0, 0
	}
	if w := l.of(i); len(w) >= 5 && len(w) <= 7 {
		if q := ordinals[strings.ToLower(w)]; q > 0 {
			return q, i + 1
		}
	}
	return 0, 0
}

// clock reads "14:30", "14 Uhr", "9:00 Uhr", "8 a.m.", "5pm".
func (l *line) clock(i int) (mention, bool) {
	h := l.plain(i, 2)
	if h < 0 || h > 24 {
		return mention{}, false
	}
	at := i
	if l.plain(i+2, 2) >= 0 && l.isWord(i+3, "Uhr") && (l.isWord(i+1, "bis", "und") || l.isDash(i+1)) { // "von 9 bis 17 Uhr"
		return mention{last: i + 3, why: whyTime}, true
	}
	if l.isTime(i) {
		at = i + 2
		if l.isSign(at+1, ":") && l.plain(at+2, 2) >= 0 && l.isGlued(at+2) {
			at += 2
		}
	}
	switch {
	case l.isWord(at+1, "Uhr"):
		return mention{last: at + 1, why: whyTime}, true
	case l.isWord(at+1, "am", "pm") && l.isGlued(at+1):
		return mention{last: at + 1, why: whyTime}, true
	case l.isWord(at+1, "a", "p") && l.isSign(at+2, ".") && l.isWord(at+3, "m"):
		return mention{last: at + 3, why: whyTime}, true
	}
	return mention{last: at, why: whyTime}, at > i
}

// isTime tells whether an hour and minutes stand at token i.
func (l *line) isTime(i int) bool {
	h, m := l.plain(i, 2), l.plain(i+2, 2)
	return h >= 0 && h <= 24 && m >= 0 && m < 60 && len(l.of(i+2)) == 2 && l.isSign(i+1, ":") && l.isGlued(i+1) && l.isGlued(i+2)
}

// years reads "2026", "2025–2026", "2020/21", "2026 bis 2028", "1990s", "2020er".
func (l *line) years(i int) (mention, bool) {
	y := l.year(i)
	if y == 0 || i > 0 && l.isGlued(i) && !l.isSign(i-1, "([|„“\"'‚–—/:-~") {
		return mention{}, false
	}
	m := mention{last: i, period: yearPeriod(y), why: whyYear}
	next := i + 1
	switch {
	case (l.isDash(next) || l.isSign(next, "/")) && l.year(next+1) > y && l.isGlued(next) == l.isGlued(next+1):
		return mention{last: next + 1, why: whyYear}, true
	case l.isSign(next, "/-–") && l.isGlued(next) && l.isGlued(next+1) && l.twoDigitYear(next+1)%100 == (y+1)%100 && l.twoDigitYear(next+1) > 0:
		return mention{last: next + 1, why: whyYear}, true
	case l.isWord(next, "bis", "to", "und", "and", "through", "until") && l.year(next+1) > y && l.isYearAlone(i, next+1):
		return mention{last: next + 1, why: whyYear}, true
	case l.isGlued(next) && l.isWord(next, "s", "er", "ern"):
		return mention{last: next, why: whyYear}, true
	case l.isGlued(next) && l.isWord(next, "e"):
		return mention{last: next, period: m.period, why: whyYear}, true
	}
	if l.namesEvent(i - 1) {
		m.period = market.Period{}
	}
	return m, l.isYearAlone(i, next)
}

// namesEvent tells whether the word at token i is the name of what a year belongs to, so that it dates nothing else:
// "CES 2026", "State of Crypto 2025".
func (l *line) namesEvent(i int) bool {
	if !l.isKind(i, word) || !l.tokens[i].capital || l.has(i, dating|function) || l.monthAt(i) > 0 {
		return false
	}
	return l.isAcronym(i) || l.lang == unit.English && !l.startsSentence(i)
}

// isYearAlone tells whether the number at token i is a year and not an amount of what stands at token next.
func (l *line) isYearAlone(i, next int) bool {
	if i > 0 && (l.isSign(i-1, "$€£¥₹₩₿#") && !l.tokens[i-1].putBack || l.isKind(i-1, word) && l.isCode(i-1) && l.currencyAt(i-1)) {
		return false
	}
	if l.isGlued(next) && l.isKind(next, word) || l.isSign(next, "%€£") {
		return false
	}
	dated := l.has(i-1, dating) || l.monthAt(i-1) > 0
	if l.unitFollows(next) && !(dated && l.tokens[next].putBack) {
		return l.isHyphenated(next) && !l.isGlued(next) || l.isDated(i, next)
	}
	if dated || !l.has(i-1, function) {
		return true
	}
	_, counted := unit.LookupNoun(l.of(next))
	return !counted
}

// isDated tells whether a currency or unit behind a year belongs to something else: "im Jahr 2025 $ 33 Billionen".
func (l *line) isDated(i, next int) bool {
	return l.isSign(next, "$€£") && !l.isGlued(next) && l.isKind(next+1, number) && l.has(i-1, dating)
}
