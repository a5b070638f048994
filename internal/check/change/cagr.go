package change

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// How a compound rate's ends are looked for, and how freely its years are counted.
const (
	rateFiguresAfter = 3   // figures of the sentence behind the rate's that are looked at
	rateBytesAfter   = 120 // bytes between the two sentences
	looseYears       = 4   // from so many years on, base or end may be meant a year earlier or later
	mostYears        = 60
	fewestYears      = 1.0 / 24
)

// rate is a figure that states by how much something grows each year, quarter or month, over several of them.
type rate struct {
	change
	years float64 // length of the step

	unnamed bool // no word says that it is a growth: "das wären 18 % im Jahr"
}

// compound finds compound rates that do not follow from their ends and years.
func (x *examination) compound(d *rule.Document) {
	l := d.Lay()
	for i := range l.Spots {
		if r, ok := rateAt(l, &l.Spots[i]); ok {
			x.rateBetween(d, r, rateEnds(l, r))
		}
	}
}

var (
	namedRate      = regexp.MustCompile(`\bcagr\b|wachstumsrate|growth rate|rate of growth`)
	growingWords   = regexp.MustCompile(`wachs|wächs|wuchs|growth|grow|cagr|compound|zuwachs|anstieg|ansteig|steig|zunahm|zunehm|zuleg|increas|\bris(e|es|ing)\b|expan|rückgang|sink|sank|schrumpf|declin|shrink|\bfall`)
	monthlyWords   = regexp.MustCompile(`monatlich|pro monat|per month|a month|each month|every month|\bmonthly|\bcmgr`)
	quarterlyWords = regexp.MustCompile(`vierteljährlich|pro quartal|per quarter|a quarter\b|each quarter|every quarter|\bquarterly`)
)

// rateAt reads a figure as a compound rate.
func rateAt(l *rule.Layout, s *rule.Spot) (*rate, bool) {
	f := &s.Figure
	if f.Kind != cite.Percent || f.Unit != unit.Percent || f.Change == cite.From || f.Change == cite.To || isDenied(l, s) {
		return nil, false
	}
	low, _ := f.Ends()
	if low.Sign() == 0 {
		return nil, false
	}
	r := &rate{change: change{at: s, kind: changeRelative, up: f.Change == cite.Growth, down: f.Change == cite.Decline}, years: 1}
	around := around(l, &r.change)
	named := f.Per == cite.Compound || namedRate.MatchString(l.Before(s))
	moves := named || f.Change == cite.Growth || f.Change == cite.Decline || growingWords.MatchString(around) || sumsGrowth(l, s)
	if !moves && comesTo(l, s) {
		r.unnamed, moves = true, true
	}
	switch {
	case !moves:
		return nil, false
	case f.Per == cite.PerMonth, monthlyWords.MatchString(around):
		r.years = 1.0 / 12
	case f.Per == cite.PerQuarter, quarterlyWords.MatchString(around):
		r.years = 0.25
	case named, f.Per == cite.PerYear, f.Per == cite.Annualised, isYearly(l, s):
	default:
		return nil, false
	}
	return r, true
}

// sumsGrowth tells whether a rate per year opens a clause that draws the sum of a growth told before it in its sentence:
// "von 2 Mrd. $ auf 9 Mrd. $ wachsen, was laut dem Institut 31 % im Jahr bedeutet".
func sumsGrowth(l *rule.Layout, s *rule.Spot) bool {
	if s.Figure.Per != cite.PerYear && s.Figure.Per != cite.Annualised && !isYearly(l, s) {
		return false
	}
	parts := wordsOf(l.Before(s)).parts()
	last := parts[len(parts)-1]
	opens := len(parts) > 1 && len(last) > 0 && (whichWords.holds(last[0]) || last.all(neutralWords))
	return opens && (last.has(meanWords) || growingWords.MatchString(l.Text(s.Figure.Sentence[0], s.Figure.At)))
}

// comesTo tells whether a rate per year is what something said just before comes to, in a clause that says no more:
// "… 2030 auf 52 Mrd. $, macht 20 % pro Jahr", "Das wären im Schnitt 18 % jährlich".
func comesTo(l *rule.Layout, s *rule.Spot) bool {
	if s.Figure.Per != cite.PerYear && s.Figure.Per != cite.Annualised {
		return false
	}
	parts := head(l, s, s.Figure.At).parts()
	last := parts[len(parts)-1]
	return last.has(comesToWords) && last.all(neutralWords, meanWords, whichWords) && !wordsOf(l.After(s)).first(nearestTalk).has(yieldWords)
}

// rateSpan is two values and the times that may lie between them, in years, the plainest first.
type rateSpan struct {
	ends
	years []float64
}

// rateEnds finds the values that a rate may lead from and to, with the years between them.
func rateEnds(l *rule.Layout, r *rate) []rateSpan {
	lo, hi := sentenceSpots(l, r.at)
	stated := statedYears(l, r, lo, hi)
	var found []rateSpan
	values := rateValues(l, r, lo, hi)
	for _, a := range values {
		for _, b := range values {
			if a == b || !alike(a, b) || !mayLead(l, a, b) {
				continue
			}
			if years := yearsBetween(l, r, a, b, stated); len(years) > 0 {
				found = append(found, rateSpan{ends{from: a, to: b, bond: rateTie(l, r, a, b, lo, hi)}, years})
			}
		}
	}
	return found
}

// rateValues are the values near a rate: of its sentence, of those before, and of the one behind.
func rateValues(l *rule.Layout, r *rate, lo, hi int) []*rule.Spot {
	var values []*rule.Spot
	add := func(s *rule.Spot) {
		if canBeEnd(s) && s.Section == r.at.Section && s.Figure.Kind != cite.Duration && s != r.at {
			values = append(values, s)
		}
	}
	for i := max(0, lo-endsFigures); i < lo; i++ {
		if s := &l.Spots[i]; r.at.Figure.Sentence[0]-s.Figure.Sentence[1] <= endsBytes {
			add(s)
		}
	}
	for i := lo; i < hi; i++ {
		add(&l.Spots[i])
	}
	for i := hi; i < min(len(l.Spots), hi+rateFiguresAfter); i++ {
		if s := &l.Spots[i]; s.Figure.Sentence[0]-r.at.Figure.Sentence[1] <= rateBytesAfter {
			add(s)
		}
	}
	return values
}

// mayLead tells whether a value can be the earlier end of a growth to another: by the words, by their times, else by
// their order in one sentence.
func mayLead(l *rule.Layout, a, b *rule.Spot) bool {
	f, g := &a.Figure, &b.Figure
	switch {
	case f.Change == cite.From && g.Change == cite.To && f.Relation == g.Relation:
		return true
	case f.Change == cite.From && f.Relation != "", g.Change == cite.From, f.Change == cite.To && g.Change == cite.To && f.Period.IsZero():
		return false
	case !f.Period.IsZero() && !g.Period.IsZero():
		return f.Period.Before(g.Period)
	}
	return a.At < b.At && rule.SameSentence(a, b)
}

// yearsBetween are the times that may lie between two values: by their periods, else as the text states them.
func yearsBetween(l *rule.Layout, r *rate, a, b *rule.Spot, stated []float64) []float64 {
	p, q := a.Figure.Period, b.Figure.Period
	if p.IsZero() || q.IsZero() {
		if year := comparedYear(l, &r.change); p.IsZero() && year > 0 { // "seit 2020"
			p = market.NewPeriod(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), market.Year)
		}
		if p.IsZero() && !q.IsZero() && len(stated) == 0 { // "derzeit 5 Mrd. $ … bis 2030"
			p = a.Published
		}
		if own := r.at.Figure.Period; q.IsZero() && !p.IsZero() && rule.SameSentence(b, r.at) && p.Before(own) { // "soll bis 2030 jährlich um"
			q = own
		}
		if p.IsZero() || q.IsZero() {
			return stated
		}
	}
	n := float64(q.Start().Year() - p.Start().Year())
	exact := monthsBetween(p, q) / 12
	if exact <= 0 || n > mostYears {
		return nil
	}
	var years []float64
	add := func(v float64) {
		for _, y := range years {
			if math.Abs(y-v) < 0.04 {
				return
			}
		}
		if v >= fewestYears {
			years = append(years, v)
		}
	}
	if n >= 1 {
		add(n)
	}
	add(exact)
	add(q.End().Sub(p.End()).Hours() / (24 * 365.25))
	for _, y := range stated {
		add(y)
	}
	if n >= looseYears && !(isDated(a) && isDated(b)) {
		add(n - 1)
		add(n + 1)
	}
	return years
}

// isDated tells whether a value's time is written with it, not concluded from the text around.
func isDated(s *rule.Spot) bool {
	return !s.Figure.Period.IsZero() && !slices.Contains(s.Figure.Inferred, "period")
}

var yearRange = regexp.MustCompile(`\b((?:19|20)\d\d) ?(?:–|—|-|bis|to|until|through|and|und) ?(?:ende |anfang |end of |late |early )?((?:19|20)\d\d)\b`)

// statedYears are the spans that the sentence of a rate states: "über acht Jahre", "2025–2032".
func statedYears(l *rule.Layout, r *rate, lo, hi int) []float64 {
	var years []float64
	for i := lo; i < hi; i++ {
		f := &l.Spots[i].Figure
		if f.Kind != cite.Duration || f.IsRange() {
			continue
		}
		for _, u := range durations {
			if f.Unit == u.unit {
				if n := f.Value.Float64() * u.years; n >= fewestYears && n <= mostYears {
					years = append(years, n)
				}
			}
		}
	}
	for _, m := range yearRange.FindAllStringSubmatch(l.Before(r.at)+" | "+l.After(r.at), -1) {
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		if to > from && to-from <= mostYears {
			years = append(years, float64(to-from))
		}
	}
	return years
}

var durations = []struct {
	unit  unit.Unit
	years float64
}{{"year", 1}, {"month", 1.0 / 12}, {"quarter", 0.25}, {"decade", 10}}

// rateTie judges whether a rate and two values belong together. At least the later value stands with the rate.
func rateTie(l *rule.Layout, r *rate, a, b *rule.Spot, lo, hi int) bond {
	inA, inB := rule.SameSentence(a, r.at), rule.SameSentence(b, r.at)
	known := !a.Figure.Period.IsZero() && !b.Figure.Period.IsZero()
	if r.unnamed && (!isDated(a) || !isDated(b)) {
		return bondGuessed
	}
	switch {
	case inA && inB:
		t := tieTo(l, &r.change, a, b)
		paired := a.Figure.Relation != "" && a.Figure.Relation == b.Figure.Relation
		if t == bondGuessed && (paired || known) && holdsOnly(l, a, b, lo, hi) {
			return bondLikely
		}
		if t == bondSure && !paired && !known {
			return bondLikely
		}
		return t
	case !inA && !inB && known && a.At < r.at.At && b.At < r.at.At && sumsUp(l, r) && (isOneTopic(l, a, b) || inOneList(l, a, b, r.at) || a.Block == r.at.Block && r.at.At-a.At == 2) && isOnlyEarlier(l, a, b) && isNewest(l, b, r.at):
		return bondLikely
	case !inA && !inB && isSumOf(l, r, a, b, known):
		return bondLikely
	case !inB || b.At < a.At && !inA || !known || !isOneTopic(l, a, b) || !isOnlyEarlier(l, a, b):
		return bondGuessed
	}
	if r.at.At > b.At {
		if behind(l, &r.change, b) == bondGuessed {
			return bondGuessed
		}
	} else if ahead(l, &r.change, b) == bondGuessed {
		return bondGuessed
	}
	return bondLikely
}

// isSumOf tells whether a rate draws the sum of two values told just before it: its sentence follows theirs and refers
// back, and no other value comes between that they could be taken for.
func isSumOf(l *rule.Layout, r *rate, a, b *rule.Spot, known bool) bool {
	lo, hi := min(a.At, b.At), max(a.At, b.At)
	isPaired := a.Figure.Relation != "" && a.Figure.Relation == b.Figure.Relation
	if hi >= r.at.At || !isPaired && !known || a.Block != r.at.Block || b.Block != r.at.Block || !rule.SameSentence(a, b) && !(isDated(a) && isDated(b)) {
		return false
	}
	for i := lo + 1; i < r.at.At; i++ {
		if s := &l.Spots[i]; i != hi && canBeEnd(s) && alike(s, b) {
			return false
		}
	}
	last := &l.Spots[hi]
	if r.at.Figure.Sentence[0]-last.Figure.Sentence[1] > 3 {
		return false
	}
	words := head(l, r.at, r.at.Figure.At)
	if n, isNamed := newThings(l, r.at, r.at.Figure.At, last); n <= 1 && !isNamed && (words.has(comesToWords) || words.has(sinceWords)) {
		return true
	}
	return sumsUp(l, r) || concludesOnKnown(l, &r.change, last)
}

// sumsUp tells whether a rate's sentence names nothing before it: "CAGR:", "Das entspricht einer jährlichen Rate von".
func sumsUp(l *rule.Layout, r *rate) bool {
	for _, w := range head(l, r.at, r.at.Figure.At) {
		if w != markApart && !neutralWords.holds(w) && !generalWords.holds(w) {
			return false
		}
	}
	return true
}

// inOneList tells whether three figures stand in items or rows that follow each other.
func inOneList(l *rule.Layout, a, b, c *rule.Spot) bool {
	blocks := a.Doc.Post.Text.Blocks
	if a.Block < 0 || b.Block < 0 || c.Block < 0 {
		return false
	}
	for i := min(a.Block, b.Block); i <= c.Block; i++ {
		if k := blocks[i].Kind; k != cite.ListItem && k != cite.TableRow {
			return false
		}
	}
	return true
}

// isNewest tells whether no comparable value between b and the rate is of a later time.
func isNewest(l *rule.Layout, b, at *rule.Spot) bool {
	for i := b.At + 1; i < at.At; i++ {
		if s := &l.Spots[i]; canBeEnd(s) && alike(s, b) && isBefore(b, s) {
			return false
		}
	}
	return true
}

// holdsOnly tells whether a sentence has no other values than these two.
func holdsOnly(l *rule.Layout, a, b *rule.Spot, lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if s := &l.Spots[i]; s != a && s != b && canBeEnd(s) {
			return false
		}
	}
	return true
}

// isOnlyEarlier tells whether no other value before b, as near as a, could be what b grew from.
func isOnlyEarlier(l *rule.Layout, a, b *rule.Spot) bool {
	for i := max(0, b.At-endsFigures); i < b.At; i++ {
		s := &l.Spots[i]
		if s == a || s.Section != b.Section || !canBeEnd(s) || !alike(s, b) || !isBefore(s, b) {
			continue
		}
		if isDated(a) == isDated(s) && s.At > a.At || isDated(s) && !isDated(a) {
			return false
		}
	}
	return true
}

// generalWords stand in sentences about any market and show no common topic.
var generalWords = newWordSet(`markt* market* global* weltweit* worldwide milliard* million* billion* trillion* dollar* us-dollar* usd euro* prognos* forecast* project* expected erwart* schätz* estimat* valued wert* value* volumen* volume* umsatz* revenue* laut according
	analyst* studie* study report* bericht* branche* sektor* sector* industr* marktgröße* größe* reach* erreich* size voraussicht* compound annual jährlich* durchschnitt* average wachstumsrate* unternehmen* firm* company companies year* jahr*`)

// isOneTopic tells whether the sentences of two values speak of one thing: by a pronoun, or by a word of their own.
func isOneTopic(l *rule.Layout, a, b *rule.Spot) bool {
	if rule.SameSentence(a, b) {
		return true
	}
	if n, isNamed := newThings(l, b, b.Figure.At, a); n == 0 && !isNamed {
		return true
	}
	later := talk(l, b)
	const opening = 6
	if head(l, b, b.Figure.At).first(opening).has(nowWords) {
		return true
	}
	earlier := talk(l, a)
	const ownWord = 5
	for _, w := range later {
		if len(w) < ownWord || neutralWords.holds(w) || generalWords.holds(w) || leads.holds(w) {
			continue
		}
		for _, v := range earlier {
			if len(v) >= ownWord && sameStem(v, w) {
				return true
			}
		}
	}
	return false
}

// judgedRate is a rate held against two ends over some years.
type judgedRate struct {
	mismatch
	span     rateSpan
	years    float64
	computed estimate
	falls    bool
}

// rateBetween reports a rate that fits no plausible reading of its ends.
func (x *examination) rateBetween(d *rule.Document, r *rate, spans []rateSpan) {
	certain := bondGuessed
	for i := range spans {
		certain = max(certain, spans[i].bond)
	}
	var told *judgedRate
	for i := range spans {
		if certain == bondSure && spans[i].bond < bondSure {
			continue
		}
		first := true
		for _, years := range spans[i].years {
			j := x.judgeRate(r, &spans[i], years)
			if j == nil {
				continue
			}
			if j.is == rule.Fits {
				x.Checked(rule.ByArithmetic, r.at.Cited, j.span.from.Cited, j.span.to.Cited)
				return
			}
			if first && j.span.bond > bondGuessed && (told == nil || j.span.bond > told.span.bond || j.span.bond == told.span.bond && j.seen < told.seen) {
				told = j
			}
			if told != nil && told.span.from == j.span.from && told.span.to == j.span.to && j.is < told.is {
				told.is, told.gap = j.is, j.gap // another count of the years nearly fits
			}
			first = false
		}
	}
	if told == nil {
		return
	}
	x.Checked(rule.ByArithmetic, r.at.Cited, told.span.from.Cited, told.span.to.Cited)
	if severity := x.weighRate(told); severity != "" {
		x.Add(rateFinding(d, r, told, severity))
	}
}

// judgeRate holds a rate against two ends over a number of years; nil where they run the other way.
func (x *examination) judgeRate(r *rate, s *rateSpan, years float64) *judgedRate {
	readings := r.readings(x.Settings.Bounds, s.ends)
	if len(readings) == 0 || readings[0].turned {
		return nil
	}
	falls := readings[0].falls
	from, ok := estimateOf(x.Settings.Bounds, &s.from.Figure, s.to.Figure.Unit)
	to, ok2 := estimateOf(x.Settings.Bounds, &s.to.Figure, s.to.Figure.Unit)
	if !ok || !ok2 {
		return nil
	}
	steps := years / r.years
	growth := to.over(from).each(func(v float64) float64 { return (math.Pow(v, 1/steps) - 1) * 100 })
	growth = mirrored(growth, falls)
	return &judgedRate{mismatch: x.hold(&r.at.Figure, r.stated(x.Settings.Bounds), growth), span: *s, years: years, computed: growth, falls: falls}
}

func (x *examination) weighRate(j *judgedRate) cite.Severity {
	switch {
	case j.is == rule.Differs:
		return x.Graded(rule.Differs, j.gap, j.span.bond == bondSure)
	case j.span.bond == bondSure && j.seen > x.Settings.Tolerances.Rounding:
		return cite.Note
	}
	return ""
}

// rateFinding puts a rate that does not follow from its ends into words.
func rateFinding(d *rule.Document, r *rate, j *judgedRate, severity cite.Severity) rule.Finding {
	f := rule.Finding{Rule: rule.MathCAGR, Severity: severity, Doc: d, At: r.at.Cited, Figures: []*cite.Cited{j.span.from.Cited, j.span.to.Cited}}
	from, to := &j.span.from.Figure, &j.span.to.Figure
	message := func(pattern string, lang unit.Lang) string {
		return fmt.Sprintf(pattern, asWritten(from), dating(from.Period), asWritten(to), dating(to.Period), r.duration(j, lang), r.rateText(j, lang), r.at.Figure.Text)
	}
	formula := func(lang unit.Lang) string {
		return fmt.Sprintf("(%s / %s)^(1/%s) − 1 = %s", plain(to, lang), plain(from, lang), r.steps(j, lang), r.rateText(j, lang))
	}
	deWay, enWay := "Wachstum", "growth"
	if j.falls {
		deWay, enWay = "Rückgang", "decline"
	}
	f.Says = rule.Say{
		DE: message("Von %s%s auf %s%s sind es über %s %s "+deWay+" "+r.each(unit.German)+", im Text steht „%s“.", unit.German),
		EN: message("From %s%s to %s%s over %s is %s "+enWay+" "+r.each(unit.English)+", but the text says “%s”.", unit.English),
	}
	f.Formula = rule.Say{DE: formula(unit.German), EN: formula(unit.English)}
	f.Evidence = cite.Evidence{Computed: r.rateText(j, d.Post.Lang), Stated: r.at.Figure.Text}
	return f
}

// dating puts a period in brackets behind a value, "" for none.
func dating(p market.Period) string {
	if p.IsZero() {
		return ""
	}
	return " (" + p.String() + ")"
}

// steps is the number of steps in digits.
func (r *rate) steps(j *judgedRate, lang unit.Lang) string {
	return unit.FormatNumber(unit.FromFloat(math.Round(j.years/r.years*10)/10), lang)
}

// each says how long a step is: "im Jahr", "a year".
func (r *rate) each(lang unit.Lang) string {
	names := map[float64]rule.Say{1: rule.Both("im Jahr", "a year"), 0.25: rule.Both("im Quartal", "a quarter"), 1.0 / 12: rule.Both("im Monat", "a month")}
	return names[r.years].In(lang)
}

// duration is the number of steps with their unit.
func (r *rate) duration(j *judgedRate, lang unit.Lang) string {
	units := map[float64]unit.Unit{1: "year", 0.25: "quarter", 1.0 / 12: "month"}
	text := unit.Format(unit.FromFloat(math.Round(j.years/r.years*10)/10), units[r.years], lang)
	return strings.ReplaceAll(text, "\u00a0", " ")
}

// rateText is the computed rate, with a decimal more than its size needs.
func (r *rate) rateText(j *judgedRate, lang unit.Lang) string {
	return unit.Format(unit.FromFloat(j.computed.exact), unit.Percent, lang, unit.Round(significant(j.computed.exact)))
}
