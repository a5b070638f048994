package judge

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

var germanMonths = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// writePeriod writes a period as a text of that language has it: "10. Februar 2026", "August 2025", "Q3 2025", "2025".
func writePeriod(p market.Period, lang unit.Lang) string {
	at := p.Start()
	month := at.Month().String()
	if lang == unit.German {
		month = germanMonths[at.Month()-1]
	}
	switch p.Granularity() {
	case 0:
		return ""
	case market.Year:
		return strconv.Itoa(at.Year())
	case market.Half:
		return fmt.Sprintf("H%d %d", (int(at.Month())-1)/6+1, at.Year())
	case market.Quarter:
		return fmt.Sprintf("Q%d %d", (int(at.Month())-1)/3+1, at.Year())
	case market.Month:
		return fmt.Sprintf("%s %d", month, at.Year())
	}
	if lang == unit.German {
		return fmt.Sprintf("%d. %s %d", at.Day(), month, at.Year())
	}
	return fmt.Sprintf("%d %s %d", at.Day(), month, at.Year())
}

// monthOf is the month that a day lies in.
func monthOf(p market.Period) market.Period { return market.NewPeriod(p.Start(), market.Month) }

// seasons are the words for a part of a year, and its first and last month. They reach as far as texts stretch them;
// winter lies in two years and is left out.
var seasons = map[string][2]time.Month{
	"frühling": {time.March, time.June}, "frühjahr": {time.March, time.June}, "spring": {time.March, time.June},
	"sommer": {time.June, time.September}, "summer": {time.June, time.September},
	"herbst": {time.September, time.December}, "autumn": {time.September, time.December}, "fall": {time.September, time.December},
}

var seasonOfYear = regexp.MustCompile(`(frühling|frühjahr|sommer|herbst|spring|summer|autumn|fall)s?(?: of| des jahres| im jahr)? (\d{4})\b`)

// season narrows a year to the season of it that a sentence names, in lower case: "defi-sommer 2020", "summer of 2020".
func season(sentence string, year market.Period) (dayRange, bool) {
	if year.Granularity() != market.Year {
		return dayRange{}, false
	}
	for _, m := range seasonOfYear.FindAllStringSubmatch(sentence, -1) {
		if m[2] != year.String() {
			continue
		}
		months, y := seasons[m[1]], year.Start().Year()
		from := time.Date(y, months[0], 1, 0, 0, 0, 0, time.UTC)
		to := time.Date(y, months[1]+1, 0, 0, 0, 0, 0, time.UTC)
		return dayRange{market.DayOf(from), market.DayOf(to)}, true
	}
	return dayRange{}, false
}

// Words by which a sentence speaks of an earlier time than its post, words by which it speaks of the present all the
// same, and words between a year and an amount of the present: the beginning of a span that reaches to it, or what it
// is compared with.
var (
	formerly = regexp.MustCompile(`\b(?:damals|seinerzeit|ehemals|ursprünglich\w*|zwischenzeitlich|zeitweise|anfangs|vor (?:einem|einer|zwei|drei|vier|fünf|sechs|\d+) (?:tag|woche|monat|jahr)\w*|` +
		`at the time|back then|originally|initially|formerly|at one point|(?:days?|weeks?|months?|years?) (?:ago|earlier|before)|last (?:year|quarter|month|spring|summer|autumn|fall|winter)|` +
		`(?:im|des) vorjahre?s?|(?:vorige|vergangene|letzte)[nrms] (?:jahr|quartal|monat|frühling|frühjahr|sommer|herbst|winter)\w*)\b`)
	aYear    = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	present  = regexp.MustCompile(`\b(?:heute|derzeit|aktuell\w*|mittlerweile|inzwischen|gegenwärtig\w*|jetzt|seitdem|seither|today|currently|now|as of|has since|have since|since then)\b`)
	spanning = regexp.MustCompile(`(?:^|\P{L})(?:seit|since|gegenüber|verglichen mit|compared with|compared to|als|than|vs|versus|von|from|nach)\P{L}[^,;:()]{0,60}$`)
)

// ofEarlier tells whether a figure's sentence tells of an earlier time than the day of its post, so that an undated
// amount in it is not the day's.
func ofEarlier(c *cite.Cited) bool {
	before, behind := vicinity(c)
	if present.MatchString(before) || present.MatchString(behind) {
		return false
	}
	if formerly.MatchString(before) || formerly.MatchString(behind) {
		return true
	}
	return earlierYear(before, c.Published) || earlierYear(behind, c.Published)
}

// earlierYear tells whether a text names a year before the one of a day, and does not only begin a span with it or
// compare with it.
func earlierYear(text string, day market.Period) bool {
	for _, at := range aYear.FindAllStringIndex(text, -1) {
		year, err := strconv.Atoi(text[at[0]:at[1]])
		if err == nil && year < day.Start().Year() && !spanning.MatchString(text[:at[0]]) {
			return true
		}
	}
	return false
}

// isNamed tells whether a text, in lower case, names something: as a word of its own.
func isNamed(text, name string) bool {
	name = strings.ToLower(name)
	for at := 0; name != ""; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		at += i
		if !letterBefore(text, at) && !letterAt(text, at+len(name)) {
			return true
		}
		at += len(name)
	}
	return false
}
