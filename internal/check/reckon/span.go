package reckon

import (
	"math"
	"regexp"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"

	"beleg/internal/check/rule"
)

// spanWords are the words for spans of time: what a rate is said to be per, and the adjectives and compounds that say the
// same of an amount.
var spanWords = []struct {
	span                  cite.Per
	nouns, adverbs, heads string
}{
	{cite.PerSecond, `sekunden?|seconds?`, `sekündlich\w*`, `sekunden`},
	{cite.PerHour, `stunden?|hours?|h`, `stündlich\w*|hourly`, `stunden`},
	{cite.PerDay, `tage?s?|days?|24 stunden|24 hours`, `täglich\w*|tagtäglich|daily`, `tages`},
	{cite.PerWeek, `wochen?|weeks?`, `wöchentlich\w*|weekly`, `wochen`},
	{cite.PerMonth, `monate?s?|months?`, `monatlich\w*|monthly`, `monats`},
	{cite.PerQuarter, `quartale?s?|quarters?`, `quartalsweise|vierteljährlich\w*|quarterly`, `quartals`},
	{cite.PerYear, `jahre?s?|years?|annum`, `jährlich\w*|yearly|annual|annually`, `jahres`},
}

// onTheYear says that an amount is put on a year though it was observed over less.
const onTheYear = `annualisiert\w*|annualized|annualised|hochgerechnet|aufs jahr gerechnet|auf das jahr gerechnet|run.?rate|on an annual basis|arr|annual recurring revenue|jahresrate|auf jahresbasis|auf zwölf monate gerechnet|over twelve months`

// spanHeads are what compounds with a span say of an amount: "Tagesvolumen", "Monatsumsatz".
const spanHeads = `(?:volumen|umsatz|umsätze|einnahmen|gebühren|erlös|erlöse|durchschnitt|mittel|verbrauch|kosten|miete|bedarf|gewinn|zins|zinsen|beitrag|zahlung|produktion|leistung|ertrag|erträge|honorar|gehalt)\w*`

// A spanForm tells the span of an amount from the words before or behind it.
type spanForm struct {
	re   *regexp.Regexp
	span cite.Per
}

var spansBehind, spansBefore = spanForms()

func spanForms() (behind, before []spanForm) {
	add := func(forms *[]spanForm, span cite.Per, pattern string) {
		*forms = append(*forms, spanForm{regexp.MustCompile(pattern), span})
	}
	add(&behind, cite.Annualised, `^ (?:`+onTheYear+`)\b`)
	add(&before, cite.Annualised, `\b(?:`+onTheYear+`),?(?: `+word+`){0,5} $`)
	for _, s := range spanWords {
		const per = `(?:(?:pro|je|per|a|an|am|im|in der|for the|each|every(?: single)?|in (?:the|a|an|one)|jeden|jede|jedes) ?(?:\d+.(?:day|tage) )?|/ ?)`
		add(&behind, s.span, `^(?: `+word+`){0,5}? ?\(?`+per+`(?:`+s.nouns+`)(?:[^0-9a-zäöüß-]|$)|^(?: `+word+`)? (?:`+s.adverbs+`)(?:[^a-zäöüß]|$)`)
		add(&before, s.span, `(?:\b(?:`+s.adverbs+`)|(?:pro|je|per|am|auf den|auf das|auf die|a|every|each) (?:`+s.nouns+`)|\b\w*`+s.heads+spanHeads+`)(?: `+word+`){0,4} $`)
		add(&before, s.span, `^(?:pro|je|per|am|auf den|auf das|in a|over a|in einem|an einem|in einer|on the|im) (?:`+s.nouns+`),?(?: `+word+`){0,9} $`)
	}
	return behind, before
}

// spanOf is the span that an amount is stated for; "" where the text names none.
func spanOf(p *phrase, q *quantity) cite.Per {
	if !q.known.span {
		q.known.span, q.known.per = true, readSpan(p, q)
	}
	return q.known.per
}

func readSpan(p *phrase, q *quantity) cite.Per {
	behind := p.after(q)
	for _, w := range spansBehind {
		if m := w.re.FindString(behind); m != "" && !isYear(behind[len(m):]) {
			return w.span
		}
	}
	if _, ok := seconds[q.figure.Per]; ok {
		return q.figure.Per
	}
	if q.figure.Per != "" {
		return ""
	}
	before := strings.TrimLeft(p.before(q), " ,;:(–")
	for _, w := range spansBefore {
		if w.re.MatchString(before) {
			return w.span
		}
	}
	return ""
}

// leadSpan begins a sentence whose amounts are all for one span: "in a normal month".
var leadSpan = leadSpans()

func leadSpans() []spanForm {
	var forms []spanForm
	for _, s := range spanWords {
		forms = append(forms, spanForm{regexp.MustCompile(`^(?:pro|je|per|am|in|on|over|an|im|every|each|jeden|jede|jedes)(?: (?:a|an|the|one|single|einem|einer|jedem|jeder|normal|typical|average|ganzen|vollen|normalen|typischen|durchschnittlichen|full|gewöhnlichen)){0,3} (?:` + s.nouns + `)\b`), s.span})
	}
	return forms
}

// spanOfLead is the span that a phrase begins with and that all its amounts are for; "" where it begins with none.
func spanOfLead(p *phrase) cite.Per {
	for _, w := range leadSpan {
		if m := w.re.FindString(p.Text); m != "" && !isYear(p.Text[len(m):]) {
			return w.span
		}
	}
	return ""
}

// isYear tells whether a text goes on with the number of a year, as "im Jahr 2025" does.
func isYear(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// observedSpan is the span of an amount; where it is put on another one, also the month, quarter or year that it was made in.
func observedSpan(p *phrase, q *quantity) cite.Per {
	if s := spanOf(p, q); s != "" {
		return s
	}
	switch q.figure.Period.Granularity() {
	case market.Month:
		return cite.PerMonth
	case market.Quarter:
		return cite.PerQuarter
	case market.Year:
		return cite.PerYear
	}
	return ""
}

// days are how many calendar days a span has at least and at most; tradingDays the same where markets rest at times.
var (
	days = map[cite.Per][2]float64{
		cite.PerHour: {1. / 24, 1. / 24}, cite.PerDay: {1, 1}, cite.PerWeek: {7, 7}, cite.PerMonth: {28, 31}, cite.PerQuarter: {90, 92}, cite.PerYear: {360, 366}, cite.Annualised: {360, 366},
	}
	tradingDays = map[cite.Per][2]float64{
		cite.PerDay: {1, 1}, cite.PerWeek: {5, 7}, cite.PerMonth: {20, 31}, cite.PerQuarter: {60, 92}, cite.PerYear: {250, 366}, cite.Annualised: {250, 366},
	}
	// seconds, months, weeks and hours are the same for spans made of those. Twelve months of thirty days make 360 days.
	months  = map[cite.Per][2]float64{cite.PerMonth: {1, 1}, cite.PerQuarter: {3, 3}, cite.PerYear: {12, 12.2}, cite.Annualised: {12, 12.2}}
	seconds = map[cite.Per][2]float64{cite.PerSecond: {1, 1}, cite.PerHour: {3600, 3600}, cite.PerDay: {86_400, 86_400}, cite.PerWeek: {604_800, 604_800}, cite.PerMonth: {28 * 86_400, 31 * 86_400}, cite.PerQuarter: {90 * 86_400, 92 * 86_400}, cite.PerYear: {360 * 86_400, 366 * 86_400}, cite.Annualised: {360 * 86_400, 366 * 86_400}}
	weeks   = map[cite.Per][2]float64{cite.PerWeek: {1, 1}, cite.PerMonth: {4, 4.43}, cite.PerQuarter: {12, 13.2}, cite.PerYear: {50, 52.3}, cite.Annualised: {50, 52.3}}
	hours   = map[cite.Per][2]float64{cite.PerHour: {1, 1}, cite.PerDay: {24, 24}, cite.PerWeek: {168, 168}, cite.PerMonth: {672, 744}, cite.PerQuarter: {2160, 2208}, cite.PerYear: {8640, 8784}, cite.Annualised: {8640, 8784}}
)

// trading says that a text is about markets, which may rest on some days.
var trading = regexp.MustCompile(`börse|handel|trade|trading|exchange|werktag|arbeitstag|bankarbeit|business day|working day|weekday|settle|zahlungsverkehr|repo|netz laufen`)

// spanFactor is how many of the shorter span the longer one has, 0 where it has none.
func spanFactor(short, long cite.Per, text string) (low, high float64) {
	inDays := days
	if trading.MatchString(text) {
		inDays = tradingDays
	}
	for _, table := range []map[cite.Per][2]float64{seconds, hours, inDays, weeks, months} {
		a, okA := table[short]
		b, okB := table[long]
		if okA && okB && a == [2]float64{1, 1} {
			return b[0], b[1]
		}
	}
	if short == cite.PerQuarter && (long == cite.PerYear || long == cite.Annualised) {
		return 4, 4.07
	}
	return 0, 0
}

// conversion is what an amount for one span is multiplied by to be one for another span.
func conversion(from, to cite.Per, text string) (rule.Estimate, bool) {
	if low, high := spanFactor(from, to, text); high > 0 {
		return rule.Within(low, high), true
	}
	if low, high := spanFactor(to, from, text); high > 0 {
		return rule.Within(1, 1).Over(rule.Within(low, high)), true
	}
	return rule.Estimate{}, false
}

// usual is how many of one span another has as it is commonly reckoned, by how many it has at least.
var usual = map[float64]float64{360: 365, 8640: 8760, 360 * 86_400: 365 * 86_400, 50: 52, 90: 91, 2160: 2190, 90 * 86_400: 91 * 86_400}

// usually is a factor between two spans as it is commonly reckoned: where it varies little, that of a common year.
func usually(k rule.Estimate) (factor float64, varies bool) {
	low, high := k.Fine.Low, k.Fine.High
	if high-low >= low/10 {
		return k.Exact, true
	}
	if high < 1 {
		f, _ := usually(rule.Within(1/high, 1/low))
		return 1 / f, false
	}
	if f, ok := usual[math.Round(low)]; ok {
		return f, false
	}
	return math.Round(low), false
}

// spansBetween is the factor between the span of a formula's terms and that of its result, 0 where there is none.
func spansBetween(p *phrase, terms []*quantity, result *quantity) (low, high float64) {
	long := spanOf(p, result)
	for _, q := range terms {
		if short := spanOf(p, q); short != "" && long != "" && short != long {
			return spanFactor(short, long, p.Text)
		}
	}
	return 0, 0
}
