package change

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"beleg/internal/market"

	"beleg/internal/check/rule"
)

// comparedSpans are the phrases that say over which time a change is measured, with the months.
var comparedSpans = []struct {
	pattern *regexp.Regexp
	months  float64
}{
	{regexp.MustCompile(`(im|zum|das|vom) (letzten|vergangenen|vorigen|letzte) jahr\b|(this|past) year\b|in diesem jahr\b|vorjahr|jahresvergleich|jahresfrist|vor einem jahr|jahr zuvor|\byoy\b|year[ -](over|on)[ -]year|a year (ago|earlier|before)|(last|previous|prior|preceding) year\b|year-ago`), 12},
	{regexp.MustCompile(`vorquartal|quartal zuvor|\bqoq\b|quarter[ -](over|on)[ -]quarter|a quarter (ago|earlier|before)|(last|previous|prior|preceding) quarter|quarterly`), 3},
	{regexp.MustCompile(`vormonat|monat zuvor|\bmom\b|month[ -](over|on)[ -]month|a month (ago|earlier|before)|(the month before|(last|previous|prior|preceding) month)|monthly`), 1},
	{regexp.MustCompile(`vorwoche|woche zuvor|week[ -](over|on)[ -]week|a week (ago|earlier|before)|(last|previous|prior|preceding) week|weekly`), 0.25},
	{regexp.MustCompile(`vortag|tag zuvor|day before|previous day|24 stunden|24 hours`), 1.0 / 30},
}

// partOnly is said of a change over a part of the time.
var partOnly = regexp.MustCompile(`^[^,;.]{0,12}\b(allein|alone)\b`)

// measuredOtherwise tells whether a change says itself over which time it goes, and that is not the time between the ends.
func measuredOtherwise(l *rule.Layout, c *change, e ends) bool {
	from, to := e.from.Figure.Period, e.to.Figure.Period
	if partOnly.MatchString(l.After(c.at)) {
		return true
	}
	if year := comparedYear(l, c); year > 0 && !from.IsZero() && from.Start().Year() != year {
		return true
	}
	own := c.at.Figure.Period
	if !own.IsZero() && !to.IsZero() && !slices.Contains(c.at.Figure.Inferred, "period") && !own.Contains(to) && !to.Contains(own) && !own.Contains(from) {
		return true
	}
	if from.IsZero() || to.IsZero() {
		return false
	}
	apart := math.Abs(monthsBetween(from, to))
	months := comparedMonths(l, c)
	return months > 0 && apart > 0 && (months > apart*spanSlack || months < apart/spanSlack)
}

// spanSlack is the factor by which the time between two values may differ from the one that a change says it goes over.
const spanSlack = 1.4

// comparedMonths is the time that a change says it goes over, in months; 0 where it does not say.
func comparedMonths(l *rule.Layout, c *change) float64 {
	around := around(l, c)
	for _, s := range comparedSpans {
		if s.pattern.MatchString(around) {
			return s.months
		}
	}
	return 0
}

// around is the text next to a change: what follows it up to the next figure or clause, and its own clause before it.
func around(l *rule.Layout, c *change) string {
	before := l.Before(c.at)
	if i := strings.LastIndexAny(before, ",;–—("); i >= 0 {
		before = before[i:]
	}
	after := l.After(c.at)
	if i := strings.IndexAny(after, ",;"); i > 0 {
		after = after[:i]
	}
	return before + " | " + after
}

var comparedYears = regexp.MustCompile(`(?:gegenüber|seit|since|compared (?:to|with)|versus|vs\.?|als|than|zu|over) (?:dem |the |year |jahr |im |in |ende |anfang |mitte |early |late |mid-?|end of |q[1-4] |[a-zä]{3,9} ){0,3}((?:19|20)\d\d)\b`)

// comparedYear is the year that a change says it is measured from, 0 for none.
func comparedYear(l *rule.Layout, c *change) int {
	m := comparedYears.FindStringSubmatch(around(l, c))
	if m == nil {
		return 0
	}
	p, err := market.ParsePeriod(m[1])
	if err != nil {
		return 0
	}
	return p.Start().Year()
}

// monthsBetween is how many months the start of b lies after that of a.
func monthsBetween(a, b market.Period) float64 {
	return b.Start().Sub(a.Start()).Hours() / (24 * 365.25 / 12)
}
