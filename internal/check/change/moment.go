package change

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"

	"beleg/internal/check/rule"
)

// moment is when a text says that a value held.
type moment struct {
	at   time.Time // zero: it names no time
	side int       // -1: words make it the earlier value, 1: the later one, 0: neither
	refs bool      // its words count from a time or value already spoken of
	back float64   // months that it lies before or after the other value, 0 where it does not say

	onlyStill bool // it is the earlier one by nothing but a "noch", which may as well mean "only so many"
}

// How far a value's words of time are looked for, and how old a dated value is to be no present one.
const (
	tailLength = 8 // words behind it
	oldMonths  = 2
)

const thenList = `noch damals zuvor davor vorher einst ursprünglich früher anfangs anfänglich vorjahr* vorquartal* vormonat* vorwoche* bisher bisherige* ausgangs* startwert*
		still earlier ago previously originally formerly initially initial used year-ago prior original`

var (
	// thenWords say that a value held earlier.
	thenWords = newWordSet(thenList)
	// firmThenWords are those of them that mean nothing else.
	firmThenWords = newWordSet(strings.NewReplacer("noch ", "", "still ", "", "anfangs ", "").Replace(thenList))
	// laterWords say that a value holds now, or held after another.
	laterWords = newWordSet(`heute heutige* inzwischen mittlerweile derzeit derzeitige* aktuell aktuelle* zurzeit jetzt jetzige* nun nunmehr seither seitdem gegenwärtig* später zuletzt jüngst schließlich
		today today's now nowadays meanwhile currently current presently later latest recently`)
	// countedWords are those of them that count from a time already spoken of.
	countedWords = newWordSet(`zuvor davor vorher später seither seitdem inzwischen mittlerweile damals vorjahr* vorquartal* vormonat* earlier ago later meanwhile previously since before`)
	// agoWords is a time that a value lies back, or the last of its kind.
	agoWords   = regexp.MustCompile(`\bvor (gut |knapp |rund |etwa |fast |genau )?(einem|einer|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|achtzehn|\d+) (halben )?(jahr|monat|quartal|woche)|\b(im|in der|des) (vorigen|vorangegangenen) (jahr|quartal|monat|woche)|\b(im|in der|des) (vergangenen|letzten) (quartal|monat|woche)|\b(previous|prior|preceding) (year|quarter|month|week)|\blast (quarter|month|week)|\b(year|quarter|month|week) before|\bback in\b|\bat (launch|the start|the outset|first)\b|\bzum start\b|\bzu beginn\b`)
	nowPhrases = regexp.MustCompile(`\bsince then\b|\bby now\b|\bat present\b|\bthese days\b|\bhas since\b|\bhave since\b|\bbis dato\b`)
	// lastYear is the year before the post's.
	lastYear = regexp.MustCompile(`\b(im|des) (vergangenen|letzten) jahre?s?\b|\blast year\b`)
	// lastOf is a part of a span of time, and says nothing of before or after: "in the last week of January".
	lastOf = regexp.MustCompile(`\b(last|final) (day|week|month|quarter)s? of\b|\bletzten? (tag|woche|monat|quartal) (im|des|vom|von)\b|\b(letzten|vergangenen) (januar|februar|märz|april|juni|juli|august|september|oktober|november|dezember)woche\b`)
	// pluperfect looks back from what was said.
	pluperfect = regexp.MustCompile(`\b(hatte|hatten|had been|had stood|had come|had counted|had held|had reported)\b`)
	// monthNamed is a month that a value stands for.
	monthNamed = regexp.MustCompile(`(?:\b(?:in|im|of|on|by|since|until|till|seit|bis|zum|mid|mid-|early|late|ende|anfang|mitte|vom|last|for|the) |^|, )(januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december)\b`)
	monthIndex = map[string]time.Month{"januar": 1, "jänner": 1, "februar": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8, "september": 9, "oktober": 10, "november": 11, "dezember": 12,
		"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "december": 12}
)

// momentOf reads the words of time around a value.
func momentOf(l *rule.Layout, c *change, s *rule.Spot) moment {
	lead, tail := lastOf.ReplaceAllString(leadOf(l, s), " "), lastOf.ReplaceAllString(tailOf(l, s), " ")
	words := slices.Concat(wordsOf(lead), wordRun{markApart}, wordsOf(tail).first(tailLength))
	m := moment{at: timeOf(s, lead, tail)}
	isThen := s.Figure.Change == cite.From || isBase(l, c, s) || words.has(thenWords) || agoWords.MatchString(lead) || agoWords.MatchString(tail)
	m.onlyStill = !words.has(firmThenWords) && s.Figure.Change != cite.From && !isBase(l, c, s) && !agoWords.MatchString(lead) && !agoWords.MatchString(tail)
	isLater := words.has(laterWords) || nowPhrases.MatchString(lead) || nowPhrases.MatchString(tail)
	switch {
	case s.Figure.Change == cite.To:
		m.side = 1
	case isThen && !isLater:
		m.side = -1
	case isLater && !isThen:
		m.side = 1
	}
	for _, s := range comparedSpans {
		if s.pattern.MatchString(lead + " | " + tail) {
			m.back = s.months
			break
		}
	}
	m.refs = words.has(countedWords) || pluperfect.MatchString(lead) || m.side < 0 && !words.has(laterWords) && agoWords.MatchString(lead+" | "+tail)
	return m
}

// leadOf is the text of a value's clause before it, back to the figure before; spans of time belong to it.
func leadOf(l *rule.Layout, s *rule.Spot) string {
	from := s.Figure.Sentence[0]
	for i := s.At - 1; i >= 0 && rule.SameSentence(&l.Spots[i], s); i-- {
		if l.Spots[i].Figure.Kind != cite.Duration {
			from = l.Spots[i].Figure.AtEnd
			break
		}
	}
	text := l.Text(max(from, s.Figure.At-talkBytes), s.Figure.At)
	if from == s.Figure.Sentence[0] {
		return text
	}
	if m := clauseMarks.FindStringIndex(text); m != nil { // what follows the value before is said of that one
		return text[m[1]:]
	}
	return text
}

var clauseMarks = regexp.MustCompile(`[,;:(–—]|\b(und|and|bzw)\b`)

// tailOf is the text behind a value, to the next figure or the end of its clause.
func tailOf(l *rule.Layout, s *rule.Spot) string {
	text := l.After(s)
	if m := clauseMarks.FindStringIndex(text); m != nil {
		return text[:m[0]]
	}
	return text
}

// timeOf is the time that a value stands for: what the text gives, else a month without a year, the last one before
// the post.
func timeOf(s *rule.Spot, lead, tail string) time.Time {
	f := &s.Figure
	if !f.Period.IsZero() && !slices.Contains(f.Inferred, "period") {
		return f.Period.Start()
	}
	if !s.Published.IsZero() && (lastYear.MatchString(lead) || lastYear.MatchString(tail)) {
		return time.Date(s.Published.Start().Year()-1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	named := monthNamed.FindAllStringSubmatch(lead, -1)
	if len(named) == 0 {
		named = monthNamed.FindAllStringSubmatch(tail, 1)
	}
	if len(named) == 0 {
		return time.Time{}
	}
	month := monthIndex[named[len(named)-1][1]]
	if !f.Period.IsZero() && f.Period.Start().Month() == month {
		return f.Period.Start()
	}
	if s.Published.IsZero() {
		return time.Time{}
	}
	day := s.Published.Start()
	year := day.Year()
	if month > day.Month() {
		year--
	}
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// apart is how many months lie between two moments, 0 where they do not tell.
func (m moment) apart(o moment, published market.Period) float64 {
	if m.back > 0 || o.back > 0 {
		return max(m.back, o.back)
	}
	a, b := m.day(published), o.day(published)
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return a.Sub(b).Abs().Hours() / (24 * 365.25 / 12)
}

// day is a moment's time, that of the post where it is the present.
func (m moment) day(published market.Period) time.Time {
	if m.at.IsZero() && m.side > 0 && !published.IsZero() {
		return published.Start()
	}
	return m.at
}

// order tells which of two values the text makes the earlier one: -1 the first, 1 the second, 0 for neither.
func order(a, b moment, published market.Period) int {
	byWords := a.side - b.side
	byTime := 0
	if !a.at.IsZero() && !b.at.IsZero() {
		byTime = a.at.Compare(b.at)
	}
	isWeak := a.onlyStill || b.onlyStill
	switch {
	case byTime != 0 && byWords*byTime < 0 && !isWeak:
		return 0
	case byTime != 0:
		return byTime
	case byWords != 0:
		return max(-1, min(1, byWords))
	case published.IsZero() || a.side != 0:
		return 0
	case isPast(a.at, published) && b.at.IsZero(): // a dated value against one of the present
		return -1
	case isPast(b.at, published) && a.at.IsZero():
		return 1
	}
	return 0
}

func isPast(at time.Time, published market.Period) bool {
	return !at.IsZero() && at.AddDate(0, oldMonths, 0).Before(published.Start())
}

// partWords stand before values that are parts of one already given.
var partWords = regexp.MustCompile(`\b(darunter|davon|wovon|hiervon|including|of which|of them|among them|of these|of whom|worunter|inklusive|einschließlich)\b`)

// isAside tells whether a value is no end of a change of what was spoken of: a part of it, or a difference ("2 $ mehr").
func isAside(l *rule.Layout, s *rule.Spot) bool {
	return isPart(l, s) || wordsOf(l.After(s)).first(1).has(moreWords)
}

// isPart tells whether a value stands behind words that make it a part of a value before it in its sentence.
func isPart(l *rule.Layout, s *rule.Spot) bool {
	said := l.Text(max(s.Figure.Sentence[0], s.Figure.At-talkBytes), s.Figure.At)
	m := partWords.FindAllStringIndex(said, -1)
	return len(m) > 0 && !strings.Contains(said[m[len(m)-1][1]:], ";")
}
