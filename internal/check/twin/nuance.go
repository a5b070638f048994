package twin

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// nuances are what two figures with the same number may still differ in: unit, bound, direction, span and time.
func (c *comparison) nuances(a, b *twinFigure) *disagreement {
	for _, check := range []func(a, b *twinFigure) *disagreement{c.currencyLost, c.boundTurned, c.directionTurned, c.endsSwapped, c.spanChanged, c.periodChanged} {
		if d := check(a, b); d != nil {
			return d
		}
	}
	return nil
}

// passageOf is the text around a figure of a side, in lower case.
func (c *comparison) passageOf(n int, q *twinFigure) string {
	return strings.ToLower(c.sides[n].passages[q.passage].text)
}

// currencyLost finds amounts whose currency one of the versions leaves to the reader.
func (c *comparison) currencyLost(a, b *twinFigure) *disagreement {
	if a.Figure.Kind != cite.Money || b.Figure.Kind != cite.Money {
		return nil
	}
	switch {
	case namesCurrency(a) && !namesCurrency(b):
		return c.signLost(1, a, b)
	case namesCurrency(b) && !namesCurrency(a):
		return c.signLost(0, b, a)
	}
	return nil
}

// namesCurrency tells whether a figure's currency stands with it.
func namesCurrency(q *twinFigure) bool {
	return q.Figure.Kind == cite.Money && q.Figure.Unit != "" && !guessed(q)
}

// signLost is the difference where the currency of one figure is not named in the sentence of the other one, on side n.
func (c *comparison) signLost(n int, named, bare *twinFigure) *disagreement {
	p := &c.sides[n].passages[bare.passage]
	if p.kind == cite.TableRow || p.damaged || namesUnit(c.sentenceOf(n, bare), named.Figure.Unit) {
		return nil
	}
	if text := strings.TrimRight(bare.Figure.Text, "."); isLetter(text[len(text)-1]) && c.listNames(n, bare, named.Figure.Unit) {
		return nil // "Sport: 254 Mio. Dollar", "Politik: 86 Millionen"
	}
	if !c.firstOfSentence(bare, "currency") {
		return nil
	}
	return c.lost(n, currencyMissing)
}

// listAbove is how many items above one of a list may name the currency for it.
const listAbove = 4

// listNames tells whether one of the items above a figure's in its list names a unit.
func (c *comparison) listNames(n int, q *twinFigure, u unit.Unit) bool {
	all := c.sides[n].passages
	for i := q.passage; i >= max(0, q.passage-listAbove) && all[i].kind == cite.ListItem; i-- {
		if namesUnit(strings.ToLower(all[i].text), u) {
			return true
		}
	}
	return false
}

var (
	currencyMissing = rule.Say{DE: "die Währung fehlt", EN: "the currency is missing"}
	percentMissing  = rule.Say{DE: "das Prozentzeichen fehlt", EN: "the percent sign is missing"}
)

// sentenceOf is the sentence of a figure of a side, in lower case.
func (c *comparison) sentenceOf(n int, q *twinFigure) string {
	text := c.sides[n].passages[q.passage].text
	if c.sides[n].partial {
		return strings.ToLower(text)
	}
	start := q.Figure.At - q.at // of the passage
	from, to := max(0, q.sentence[0]-start), min(len(text), q.sentence[1]-start)
	if from > to {
		return ""
	}
	return strings.ToLower(text[from:to])
}

// lost is the difference where side n lacks a unit: a note where the translation is the one that has it.
func (c *comparison) lost(n int, what rule.Say) *disagreement {
	d := &disagreement{rule.Translation, cite.Warning, rule.Say{DE: what.DE + " in der " + c.version(n).DE + "n", EN: what.EN + " in the " + c.version(n).EN + " one"}, n == 1}
	if n == 0 && c.known {
		d.severity = cite.Note
	}
	return d
}

// currencyWords are how currencies are named; the others are known by their code.
var currencyWords = map[unit.Unit][]string{
	"USD": {"$", "dollar", "usd"}, "EUR": {"€", "euro", "eur"}, "GBP": {"£", "pfund", "pound", "sterling", "gbp"}, "JPY": {"¥", "yen", "jpy"},
	"CNY": {"¥", "yuan", "renminbi", "rmb", "cny"}, "HKD": {"hk$", "hkd", "hongkong-dollar", "hong kong dollar"}, "CHF": {"chf", "franken", "franc"},
	"SGD": {"s$", "sgd", "dollar"}, "AUD": {"a$", "aud", "dollar"}, "CAD": {"c$", "cad", "dollar"}, "INR": {"₹", "rupee", "rupie", "inr"}, "KRW": {"₩", "won", "krw"},
}

// namesUnit tells whether a text in lower case has the sign or a word of a unit.
func namesUnit(lower string, u unit.Unit) bool {
	words := currencyWords[u]
	if u == unit.Percent || isPoint(u) {
		words = []string{"%", "prozent", "percent", "per cent", "pct"}
	}
	if len(words) == 0 {
		words = []string{strings.ToLower(string(u))}
	}
	return slices.ContainsFunc(words, func(w string) bool { return namesWord(lower, w) })
}

// namesWord tells whether a text has a sign, or a word that does not go on: "usd" is not in "usdc".
func namesWord(lower, word string) bool {
	for {
		_, rest, ok := strings.Cut(lower, word)
		if !ok {
			return false
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, "s"))
		if last := word[len(word)-1]; !isLetter(last) || !unicode.IsLetter(next) {
			return true
		}
		lower = rest
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// bareNumber tells of a figure whose number stands in the twin without its unit, and was not read as a figure for that.
func (c *comparison) bareNumber(n int, q *twinFigure) {
	if q.bare == nil || q.inWords || q.Figure.IsRange() || !settled(q.Figure.Kind) || q.Figure.Unit == "" || guessed(q) {
		return
	}
	p := &c.sides[1-n].passages[q.bareIn]
	text := strings.ToLower(p.text)
	if len(text) != len(p.text) || p.kind == cite.TableRow || p.damaged || !sameNumber(q.bare.values[0], q.low) {
		return
	}
	from, what := q.bare.end, percentMissing
	if q.Figure.Kind == cite.Money {
		from, what = max(0, q.bare.at-nearBehind), currencyMissing
	}
	if namesUnit(text[from:min(len(text), q.bare.end+nearBehind)], q.Figure.Unit) {
		return
	}
	d := c.lost(1-n, what)
	number := p.text[q.bare.at:q.bare.end]
	own, twin := c.version(n), c.version(1-n)
	f := rule.Finding{Rule: rule.Translation, Severity: d.severity, Evidence: cite.Evidence{Stated: number, Computed: q.Figure.Text},
		Says: rule.Say{
			DE: "Die " + own.DE + " Fassung sagt „" + q.Figure.Text + "“, die " + twin.DE + " nur „" + number + "“: " + d.says.DE + ".",
			EN: "The " + own.EN + " version says “" + q.Figure.Text + "”, the " + twin.EN + " one only “" + number + "”: " + d.says.EN + ".",
		}}
	c.place(&f, n, []*twinFigure{q}, q.bareIn)
}

// nearBehind is how many bytes behind a number its unit may stand.
const nearBehind = 40

// unitChanged compares figures that have the same number of different things.
func (c *comparison) unitChanged(a, b *twinFigure) *disagreement {
	f, g := &a.Figure, &b.Figure
	switch {
	case f.Kind == cite.Money && g.Kind == cite.Money:
		return &disagreement{rule.Translation, c.severityOfCurrency(a, b), rule.Say{DE: "die Währung ist eine andere", EN: "the currency differs"}, true}
	case f.Kind == cite.Percent && g.Kind == cite.Percent:
		return &disagreement{rule.Translation, cite.Warning, rule.Say{DE: "Prozent und Prozentpunkte sind zweierlei", EN: "percent and percentage points are not the same"}, false}
	case settled(f.Kind) && settled(g.Kind):
		return &disagreement{rule.Translation, cite.Warning, rule.Say{DE: "die Einheit ist eine andere", EN: "the unit differs"}, true}
	case namesCurrency(a):
		return c.signLost(1, a, b)
	case namesCurrency(b):
		return c.signLost(0, b, a)
	case f.Kind == cite.Percent:
		return c.percentLost(1, a, b)
	case g.Kind == cite.Percent:
		return c.percentLost(0, b, a)
	}
	return nil
}

// percentLost is the difference where one figure is a share and no percent sign follows the other one, on side n.
func (c *comparison) percentLost(n int, named, bare *twinFigure) *disagreement {
	text := c.passageOf(n, bare)
	near := text[min(bare.end, len(text)):min(len(text), bare.end+nearBehind)]
	if named.inWords || bare.inWords || c.sides[n].passages[bare.passage].kind == cite.TableRow || namesUnit(near, unit.Percent) {
		return nil
	}
	return c.lost(n, percentMissing)
}

// severityOfCurrency is an error where both texts name a currency of their own; a bare dollar may be anyone's.
func (c *comparison) severityOfCurrency(a, b *twinFigure) cite.Severity {
	dollars := func(q *twinFigure) bool {
		return strings.Contains(q.Figure.Text, "$") || strings.Contains(q.Figure.Text, "ollar")
	}
	if dollars(a) && dollars(b) {
		return cite.Warning
	}
	return cite.Error
}

// side of a bound: 1 for what lies above the number, -1 below, 0 for neither.
func boundOf(q cite.Qualifier) int {
	switch q {
	case cite.Over, cite.AtLeast:
		return 1
	case cite.Under, cite.UpTo:
		return -1
	}
	return 0
}

var boundNames = map[int]rule.Say{1: {DE: "eine Untergrenze", EN: "a lower bound"}, -1: {DE: "eine Obergrenze", EN: "an upper bound"}}

// negation turns a bound round; where one stands near, the readings cannot be compared.
var negation = regexp.MustCompile(`\b(?:not|no|never|nicht|kein\w*|nie|nor|without|ohne)\b|n['’]t\b`)

// boundTurned finds "over" that became "under".
func (c *comparison) boundTurned(a, b *twinFigure) *disagreement {
	x := boundOf(a.Figure.Qualifier)
	if x*boundOf(b.Figure.Qualifier) >= 0 {
		return nil
	}
	for n, q := range []*twinFigure{a, b} {
		const near = 30 // bytes before the number
		if text := c.passageOf(n, q); negation.MatchString(text[max(0, min(q.at, len(text))-near):min(q.at, len(text))]) {
			return nil
		}
	}
	return &disagreement{rule.Translation, cite.Warning, c.contrast(boundNames[x].DE, boundNames[-x].DE, boundNames[x].EN, boundNames[-x].EN), false}
}

var directions = map[cite.Change]rule.Say{cite.Growth: {DE: "ein Anstieg", EN: "a rise"}, cite.Decline: {DE: "ein Rückgang", EN: "a fall"}}

// directionTurned finds "rose by" that became "fell by".
func (c *comparison) directionTurned(a, b *twinFigure) *disagreement {
	f, g := a.Figure.Change, b.Figure.Change
	if f != cite.Growth && f != cite.Decline || g != cite.Growth && g != cite.Decline || f == g {
		return nil
	}
	return &disagreement{rule.Translation, cite.Warning, c.contrast(directions[f].DE, directions[g].DE, directions[f].EN, directions[g].EN), false}
}

// endsSwapped finds a change whose start became its end. It is told at the start.
func (c *comparison) endsSwapped(a, b *twinFigure) *disagreement {
	if a.Figure.Change != cite.From || b.Figure.Change != cite.To || a.Figure.Relation == "" || b.Figure.Relation == "" {
		return nil
	}
	for _, q := range c.sides[0].passages[a.passage].figures {
		if q.Figure.Relation == a.Figure.Relation && q.Figure.Change == cite.To && q.mate != nil && q.mate.Figure.Change == cite.From && q.mate.Figure.Relation == b.Figure.Relation {
			return &disagreement{rule.Translation, cite.Warning, rule.Say{DE: "Anfang und Ende der Veränderung sind vertauscht", EN: "start and end of the change are swapped"}, false}
		}
	}
	return nil
}

// spanWords are how the spans of rates are named, by the beginnings of words.
var spanWords = map[cite.Per][]string{
	cite.PerSecond: {"second", "sekund", "/s", "tps"}, cite.PerHour: {"hour", "stund", "stünd", "/h"}, cite.PerDay: {"day", "dai", "tag", "täg", "24"}, cite.PerWeek: {"week", "woch", "wöch"},
	cite.PerMonth: {"month", "monat"}, cite.PerQuarter: {"quart"}, cite.PerYear: {"year", "annual", "jahr", "jähr", "p. a.", "p.a."},
}

var rateNames = map[cite.Per]rule.Say{
	cite.PerSecond: {DE: "je Sekunde", EN: "per second"}, cite.PerHour: {DE: "je Stunde", EN: "per hour"}, cite.PerDay: {DE: "am Tag", EN: "per day"}, cite.PerWeek: {DE: "in der Woche", EN: "per week"},
	cite.PerMonth: {DE: "im Monat", EN: "per month"}, cite.PerQuarter: {DE: "im Quartal", EN: "per quarter"}, cite.PerYear: {DE: "im Jahr", EN: "per year"},
}

// spanChanged finds "per month" that became "per year".
func (c *comparison) spanChanged(a, b *twinFigure) *disagreement {
	p, q := perSpan(a.Figure.Per), perSpan(b.Figure.Per)
	if p == "" || q == "" || p == q || namesAny(c.passageOf(1, b), spanWords[p]) || namesAny(c.passageOf(0, a), spanWords[q]) {
		return nil
	}
	return &disagreement{rule.Translation, cite.Warning, c.contrast(rateNames[p].DE, rateNames[q].DE, rateNames[p].EN, rateNames[q].EN), false}
}

func perSpan(p cite.Per) cite.Per {
	if p == cite.Annualised || p == cite.Compound {
		return cite.PerYear
	}
	return p
}

func namesAny(lower string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(lower, w) })
}

// periodChanged finds figures whose time was changed: the texts themselves must not name the twin's.
func (c *comparison) periodChanged(a, b *twinFigure) *disagreement {
	p, q := a.Figure.Period, b.Figure.Period
	if p.IsZero() || q.IsZero() || slices.Contains(a.Figure.Inferred, "period") || slices.Contains(b.Figure.Inferred, "period") ||
		p.Start().Before(q.End()) && q.Start().Before(p.End()) {
		return nil
	}
	if speaksOf(c.around(1, b), p, q) || speaksOf(c.around(0, a), q, p) {
		return nil
	}
	if !c.firstOfSentence(b, "period") {
		return nil
	}
	return &disagreement{rule.Translation, cite.Warning, c.contrast(p.String(), q.String(), p.String(), q.String()), false}
}

// contrast says what holds in the original and what in the translation, in both languages.
func (c *comparison) contrast(de, deTwin, en, enTwin string) rule.Say {
	a, b := c.version(0), c.version(1)
	return rule.Say{DE: "in der " + a.DE + "n " + de + ", in der " + b.DE + "n " + deTwin, EN: en + " in the " + a.EN + " one, " + enTwin + " in the " + b.EN + " one"}
}

// firstOfSentence tells whether nothing of a kind has been told of the sentence of a figure of the translation yet: what
// is wrong with a sentence is wrong with all its figures.
func (c *comparison) firstOfSentence(b *twinFigure, what string) bool {
	key := what + " " + strconv.Itoa(b.passage) + " " + strconv.Itoa(b.sentence[0])
	if c.told[key] {
		return false
	}
	c.told[key] = true
	return true
}

// around is the text of a figure's passage and of the ones beside it, in lower case.
func (c *comparison) around(n int, q *twinFigure) string {
	var b strings.Builder
	s := c.sides[n]
	for i := max(0, q.passage-1); i <= min(len(s.passages)-1, q.passage+1); i++ {
		b.WriteString(strings.ToLower(s.passages[i].text))
		b.WriteByte('\n')
	}
	return b.String()
}

// monthStems begin the names of the months in both languages.
var monthStems = [...][]string{{"jan", "jän"}, {"feb"}, {"mar", "mär"}, {"apr"}, {"may", "mai"}, {"jun"}, {"jul"}, {"aug"}, {"sep"}, {"oct", "okt"}, {"nov"}, {"dec", "dez"}}

// quarterWords are how quarters and halves are named besides by their number.
var ordinalWords = [...][]string{{"first", "erst"}, {"second", "zweit"}, {"third", "dritt"}, {"fourth", "viert"}}

// speaksOf tells whether a text in lower case names a period, as far as that differs from another one.
func speaksOf(lower string, p, other market.Period) bool {
	start := p.Start()
	if year := strconv.Itoa(start.Year()); start.Year() != other.Start().Year() || p.Granularity() == market.Year {
		return strings.Contains(lower, year) || strings.Contains(lower, "'"+year[2:]) || strings.Contains(lower, "’"+year[2:])
	}
	switch p.Granularity() {
	case market.Quarter, market.Half:
		n := (int(start.Month()) - 1) / 3
		if p.Granularity() == market.Half {
			n /= 2
		}
		return strings.Contains(lower, strconv.Itoa(n+1)) || namesAny(lower, ordinalWords[n])
	case market.Day:
		if other.Granularity() == market.Day && other.Start().Month() == start.Month() {
			return namesAny(lower, []string{strconv.Itoa(start.Day())})
		}
	}
	return namesMonth(lower, start.Month())
}

func namesMonth(lower string, m time.Month) bool {
	return namesAny(lower, monthStems[m-1]) || strings.Contains(lower, "."+strconv.Itoa(int(m))+".") || strings.Contains(lower, "0"+strconv.Itoa(int(m))) || strings.Contains(lower, strconv.Itoa(int(m))+"/")
}
