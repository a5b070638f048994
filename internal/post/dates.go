package post

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"beleg/internal/market"
)

// dateForm is a way of writing a date; the numbers are its groups for year, month and day.
type dateForm struct {
	re               *regexp.Regexp
	year, month, day int
}

// timeAfter is the time of day that may follow a date.
const timeAfter = `(?:,?\s+(?:um\s+|at\s+)?\d{1,2}[:.]\d{2}.{0,30})?$`

// dateForms are the ways in which posts write their dates.
var dateForms = []dateForm{
	{regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d.*)?$`), 1, 2, 3},
	{regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})` + timeAfter), 3, 2, 1},
	{regexp.MustCompile(`^(?:\p{L}+\.?,\s*)?(\d{1,2})\.?(?:st|nd|rd|th)?\s+(\p{L}+)\.?,?\s+(\d{4})` + timeAfter), 3, 2, 1},
	{regexp.MustCompile(`^(?:\p{L}+\.?,\s*)?(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})` + timeAfter), 3, 1, 2},
}

// monthNames are the beginnings of months' names in German and English.
var monthNames = map[string]time.Month{
	"jan": time.January, "jän": time.January, "feb": time.February, "mar": time.March, "mär": time.March, "mrz": time.March,
	"apr": time.April, "may": time.May, "mai": time.May, "jun": time.June, "jul": time.July, "aug": time.August,
	"sep": time.September, "oct": time.October, "okt": time.October, "nov": time.November, "dec": time.December, "dez": time.December,
}

// parseDate reads a day as posts write it, in German or English. The day is the one that is written, whatever time
// zone stands beside it.
func parseDate(s string) (market.Period, bool) {
	s = strings.TrimSpace(s)
	for _, f := range dateForms {
		m := f.re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		if day, ok := dayOf(m[f.year], m[f.month], m[f.day]); ok {
			return day, true
		}
	}
	return market.Period{}, false
}

// Years that a post can be from.
const (
	firstYear = 1980
	lastYear  = 2200
)

// dayOf is the day that the three texts name; the month is a number or a name.
func dayOf(year, month, day string) (market.Period, bool) {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	n, err := strconv.Atoi(month)
	m := time.Month(n)
	if err != nil {
		m = monthNames[firstRunes(strings.ToLower(month), 3)]
	}
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if y < firstYear || y > lastYear || m == 0 || t.Month() != m || t.Day() != d {
		return market.Period{}, false
	}
	return market.DayOf(t), true
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// datedPath finds a date in a file's name or its folders: "2026-02-10-title.md", "2026/02/10/title", "2026/02/10-title".
var datedPath = regexp.MustCompile(`(?:^|/)(\d{4})[-_/](\d{2})[-_/](\d{2})(?:[-_/.]|$)`)

// pathDate is the date that a path or a URL carries.
func pathDate(path string) (market.Period, bool) {
	all := datedPath.FindAllStringSubmatch(strings.ReplaceAll(path, `\`, "/"), -1)
	for i := len(all) - 1; i >= 0; i-- {
		if day, ok := dayOf(all[i][1], all[i][2], all[i][3]); ok {
			return day, true
		}
	}
	return market.Period{}, false
}
