package reckon

import (
	"math"
	"regexp"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// products finds rates that do not give the amounts stated for other spans, and counts that do not with a unit price.
func (x *examination) products(d *rule.Document) {
	phrases := x.phrases
	for i := range phrases {
		p := &phrases[i]
		x.formulas(d, p)
		x.rates(d, phrases, i)
		x.multiples(d, p)
		x.prices(d, p)
	}
}

// days are how many days a span has at least and at most: calendar days, or the days on which markets trade.
var days = map[cite.Per][2]float64{
	cite.PerHour: {1. / 24, 1. / 24}, cite.PerDay: {1, 1}, cite.PerWeek: {5, 7}, cite.PerMonth: {20, 31}, cite.PerQuarter: {60, 92}, cite.PerYear: {250, 366}, cite.Annualised: {250, 366},
}

// months are the same for spans made of months. Twelve months that are thirty days each make 360 days.
var months = map[cite.Per][2]float64{cite.PerMonth: {1, 1}, cite.PerQuarter: {3, 3}, cite.PerYear: {12, 12.2}, cite.Annualised: {12, 12.2}}

// weeks in longer spans.
var weeks = map[cite.Per][2]float64{cite.PerWeek: {1, 1}, cite.PerMonth: {4, 4.43}, cite.PerQuarter: {12, 13.2}, cite.PerYear: {50, 52.3}, cite.Annualised: {50, 52.3}}

// hours in longer spans; what runs by the hour runs on all days.
var hours = map[cite.Per][2]float64{cite.PerHour: {1, 1}, cite.PerDay: {24, 24}, cite.PerWeek: {168, 168}, cite.PerMonth: {672, 744}, cite.PerQuarter: {2160, 2208}, cite.PerYear: {8640, 8784}, cite.Annualised: {8640, 8784}}

// spanFactor is how many of the shorter span the longer one has, 0 where it has none.
func spanFactor(short, long cite.Per) (low, high float64) {
	for _, table := range []map[cite.Per][2]float64{hours, days, weeks, months} {
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

// spanWordsBefore and spanWordsBehind tell the span of an amount, on its either side.
var spanWordsBefore = []struct {
	re   *regexp.Regexp
	span cite.Per
}{
	{regexp.MustCompile(`(?:annualisiert\w*|annualized|annualised|hochgerechnet|aufs jahr gerechnet|run.?rate)(?: ` + word + `){0,3} $`), cite.Annualised},
	{regexp.MustCompile(`(?:\bstündlich\w*|\bhourly|pro stunde|je stunde|per hour)(?: ` + word + `){0,3} $`), cite.PerHour},
	{regexp.MustCompile(`(?:\btäglich\w*|\bdaily|pro tag|am tag|je tag|per day|tages(?:volumen|umsatz|umsätze|einnahmen|durchschnitt)\w*)(?: ` + word + `){0,3} $`), cite.PerDay},
	{regexp.MustCompile(`(?:\bwöchentlich\w*|\bweekly|pro woche|je woche|per week|in der woche|wochen(?:volumen|umsatz|umsätze|einnahmen)\w*)(?: ` + word + `){0,3} $`), cite.PerWeek},
	{regexp.MustCompile(`(?:\bmonatlich\w*|\bmonthly|pro monat|je monat|per month|im monat|monats(?:volumen|umsatz|umsätze|einnahmen|gebühren)\w*)(?: ` + word + `){0,3} $`), cite.PerMonth},
	{regexp.MustCompile(`(?:\bquartalsweise|\bvierteljährlich\w*|\bquarterly|pro quartal|je quartal|im quartal|per quarter|quartals(?:volumen|umsatz|umsätze|einnahmen)\w*)(?: ` + word + `){0,3} $`), cite.PerQuarter},
	{regexp.MustCompile(`(?:\bjährlich\w*|\byearly|\bannual(?:ly)?|pro jahr|je jahr|im jahr|per year|a year|jahres(?:volumen|umsatz|umsätze|einnahmen|gebühren)\w*)(?: ` + word + `){0,3} $`), cite.PerYear},
}

var spanWordsBehind = []struct {
	re   *regexp.Regexp
	span cite.Per
}{
	{regexp.MustCompile(`^ (?:annualisiert|annualized|annualised|aufs jahr gerechnet)\b`), cite.Annualised},
	{regexp.MustCompile(`^(?: ` + word + `){0,2}? ?(?:pro stunde|je stunde|per hour|an hour|/ ?h\b|/ ?stunde)|^ (?:stündlich|hourly)\b`), cite.PerHour},
	{regexp.MustCompile(`^(?: ` + word + `){0,2}? ?(?:pro tag|am tag|je tag|per day|a day|each day|every day|/ ?tag|/ ?day)|^ (?:täglich|daily)\b`), cite.PerDay},
	{regexp.MustCompile(`^(?: ` + word + `){0,2}? ?(?:pro woche|je woche|in der woche|per week|a week|each week|every week|/ ?week|/ ?woche)|^ (?:wöchentlich|weekly)\b`), cite.PerWeek},
	{regexp.MustCompile(`^(?: ` + word + `){0,2}? ?(?:pro monat|je monat|im monat|per month|a month|each month|every month|/ ?month|/ ?monat|in (?:the|a|one) month)|^ (?:monatlich|monthly)\b`), cite.PerMonth},
	{regexp.MustCompile(`^(?: ` + word + `){0,2}? ?(?:pro quartal|je quartal|im quartal|per quarter|a quarter|each quarter|/ ?quarter|in (?:the|a) quarter)|^ quarterly\b`), cite.PerQuarter},
	{regexp.MustCompile(`^(?: ` + word + `){0,2}? ?(?:pro jahr|je jahr|im jahr|per year|a year|each year|every year|/ ?year|/ ?jahr|per annum|p\. ?a\.|in (?:the|a|one) year)(?:[^0-9a-zäöü]|$)|^ (?:jährlich|yearly|annually)\b`), cite.PerYear},
}

// spanOf is the span that an amount is stated for; "" where the text names none.
func spanOf(p *phrase, q *quantity) cite.Per {
	if _, ok := days[q.figure.Per]; ok {
		return q.figure.Per
	}
	if q.figure.Per != "" {
		return ""
	}
	behind := p.after(q)
	for _, w := range spanWordsBehind {
		if w.re.MatchString(behind) && !strings.HasSuffix(w.re.FindString(behind), "im jahr ") {
			return w.span
		}
	}
	before := strings.TrimLeft(p.before(q), " ,;:(–")
	for _, w := range spanWordsBefore {
		if w.re.MatchString(before) {
			return w.span
		}
	}
	return ""
}

// spansBetween is the factor between the span of a formula's terms and that of its result, 0 where there is none.
func spansBetween(p *phrase, terms []*quantity, result *quantity) (low, high float64) {
	long := spanOf(p, result)
	for _, q := range terms {
		if short := spanOf(p, q); short != "" && long != "" && short != long {
			return spanFactor(short, long)
		}
	}
	return 0, 0
}

// Ways to put the same amount for two spans side by side.
var (
	equated    = regexp.MustCompile(`^(?: ` + word + `){0,8}? ?(?:[(–]|, ?(?:also|das sind|oder|or|which is|that is|was|i\.e\.|d\. ?h\.|das entspricht|das macht|hochgerechnet|annualisiert|aufs jahr|auf das jahr|equal to|equivalent to)| (?:oder|or|also|bzw\.?|beziehungsweise|entspricht|entsprechen|bedeutet|bedeuten|ergibt|ergeben|macht|means?|makes?|equals?|translates?|imply|implies|implying|comes? to|came to|amounts? to|works? out at|adds? up to|equates? to|summieren sich|summiert sich|entspräche|=|≈))(?: ?[(=])?(?: ` + word + `){0,6}? ?$`)
	listed     = regexp.MustCompile(`^(?: ` + word + `){0,4}? ?,(?: ` + word + `){0,2} $`)
	spanOnly   = regexp.MustCompile(`^(?: (?:pro|je|im|am|a|an|per|each|in der|the|jährlich|monatlich|täglich|wöchentlich|annually|monthly|daily|weekly|yearly|tag|day|woche|week|monat|month|quartal|quarter|jahr|year|stunde|hour|annualisiert|annualised|annualized))* ?(?:[.,;:)–]|$)`)
	pointing   = regexp.MustCompile(`^(?:das|dies|that|this|it|hochgerechnet|aufs jahr|auf das jahr|auf ein jahr|annualised|annualized|over (?:a|the) (?:year|month)|im (?:monat|jahr|quartal)|pro (?:monat|jahr|quartal))\b[^{]{0,50}\{`)
	standing   = regexp.MustCompile(`aktive?n?\b|active|nutzer|users?\b|wallets?\b|kunden|customers|abonnent|subscriber|adressen|addresses`)
	subscribed = regexp.MustCompile(`abo\b|abonnement|tarif|plan\b|plans\b|preis|price|subscription|kostet|costs?\b|mitgliedschaft|membership|lizenz`)
)

// rates holds amounts per day, week, month, quarter and year against each other where a text puts one for the other.
func (x *examination) rates(d *rule.Document, phrases []phrase, i int) {
	p := &phrases[i]
	amounts := flows(p)
	for n := range amounts {
		a := amounts[n]
		if n == 0 && i > 0 && phrases[i-1].section == p.section && pointing.MatchString(p.Text) {
			if before := flows(&phrases[i-1]); len(before) == 1 {
				x.rate(d, &phrases[i-1], before[0], p, a, true)
			}
		}
		if n+1 == len(amounts) {
			break
		}
		b := amounts[n+1]
		between := p.between(a, b)
		switch {
		case strings.Contains(between, "{"):
		case equated.MatchString(between):
			x.rate(d, p, a, p, b, true)
		case listed.MatchString(between) && spanOnly.MatchString(p.after(b)):
			x.rate(d, p, a, p, b, true)
		default:
			x.rate(d, p, a, p, b, false)
		}
	}
}

// flows are the amounts of a phrase that may be stated for a span.
func flows(p *phrase) []*quantity {
	var amounts []*quantity
	for n := range p.quantities {
		q := &p.quantities[n]
		switch q.figure.Unit.Dimension() {
		case unit.Money, unit.Count, unit.Energy, unit.Data:
			if q.cited != nil && q.isLevel() && q.value() > 0 {
				amounts = append(amounts, q)
			}
		}
	}
	return amounts
}

// rate holds two amounts for different spans against each other.
func (x *examination) rate(d *rule.Document, pa *phrase, a *quantity, pb *phrase, b *quantity, sure bool) {
	fa, fb := a.figure, b.figure
	spanA, spanB := x.observedSpan(pa, a, b), x.observedSpan(pb, b, a)
	if fa.Unit != fb.Unit || spanA == "" || spanB == "" || spanA == spanB || fa.Forecast != fb.Forecast && !sure || x.isStanding(pa, a) || x.isStanding(pb, b) {
		return
	}
	low, high := spanFactor(spanA, spanB)
	short, long, span := a, b, [2]cite.Per{spanA, spanB}
	if high == 0 {
		if low, high = spanFactor(spanB, spanA); high == 0 {
			return
		}
		short, long, span = b, a, [2]cite.Per{spanB, spanA}
	}
	base := x.reckon(short)
	is := base.times(number(low, high))
	is.exact = base.exact * clamp(long.value()/base.exact, low, high)
	stated := b
	if stated == short { // what is said last is what is computed
		is = x.reckon(long).over(number(low, high))
		is.exact = long.value() / clamp(long.value()/base.exact, low, high)
	}
	c := &claim{rule: rule.MathProduct, doc: d, stated: stated, from: []*quantity{other(stated, a, b)}, is: is, sure: sure,
		quiet: !sure || isRebate(pa, pb, short, long, low)}
	tellRate(c, short, long, span, low, high)
	x.judge(c)
}

func other(one, a, b *quantity) *quantity {
	if one == a {
		return b
	}
	return a
}

func clamp(v, low, high float64) float64 { return math.Min(math.Max(v, low), high) }

// observedSpan is the span of an amount; beside an annualised one it may be the month or quarter that it was earned in.
func (x *examination) observedSpan(p *phrase, q, beside *quantity) cite.Per {
	if s := spanOf(p, q); s != "" || beside.figure.Per != cite.Annualised {
		return s
	}
	switch q.figure.Period.Granularity() {
	case market.Month:
		return cite.PerMonth
	case market.Quarter:
		return cite.PerQuarter
	}
	return ""
}

// isStanding tells whether an amount does not add up over time: users that are active each day, levels.
func (x *examination) isStanding(p *phrase, q *quantity) bool {
	if m, ok := x.Catalog.Metric(q.cited.Link.Metric); ok && m.Behaviour == market.Stock && q.figure.Per == "" {
		return true
	}
	switch q.figure.Unit {
	case "user", "wallet", "address", "customer", "person", "participant", "device", "agent", "node", "validator", "trader", "subscriber", "developer", "visitor", "account", "client", "merchant":
		return true
	}
	return q.figure.Unit.Dimension() == unit.Count && standing.MatchString(p.before(q)+p.after(q))
}

// isRebate tells whether the longer span is cheaper, as it is with subscriptions.
func isRebate(pa, pb *phrase, short, long *quantity, low float64) bool {
	const dearest = 10_000 // of prices, in money
	isPrice := short.figure.Unit.IsCurrency() && short.scale == 1 && short.value() < dearest || subscribed.MatchString(pa.Text) || subscribed.MatchString(pb.Text)
	return isPrice && long.value() < short.value()*low
}

var spanNames = map[cite.Per]rule.Say{
	cite.PerHour: {DE: "je Stunde", EN: "an hour"}, cite.PerDay: {DE: "am Tag", EN: "a day"}, cite.PerWeek: {DE: "in der Woche", EN: "a week"}, cite.PerMonth: {DE: "im Monat", EN: "a month"},
	cite.PerQuarter: {DE: "im Quartal", EN: "a quarter"}, cite.PerYear: {DE: "im Jahr", EN: "a year"}, cite.Annualised: {DE: "im Jahr", EN: "a year"},
}

// tellRate writes the arithmetic of a rate: for days both calendar and trading days are shown.
func tellRate(c *claim, short, long *quantity, span [2]cite.Per, low, high float64) {
	u := short.figure.Unit
	from, to := written(short.value()*low, u), written(short.value()*high, u)
	times := tell("%s × %s", "%s × %s", short.figure.Text, plainRange(low, high))
	if high-low < low/10 {
		c.sum = tell("%s = %s", "%s = %s", tell("%s × %s", "%s × %s", short.figure.Text, plainRange(low, low)), from)
		c.says = tell("%s %s sind %s %s, im Text steht %s.", "%s %s is %s %s, the text says %s.", short.figure.Text, spanNames[span[0]], from, spanNames[span[1]], long.figure.Text)
		return
	}
	c.sum = tell("%s = %s bis %s", "%s = %s to %s", times, from, to)
	c.says = tell("%s %s sind %s bis %s %s, im Text steht %s.", "%s %s is %s to %s %s, the text says %s.",
		short.figure.Text, spanNames[span[0]], from, to, spanNames[span[1]], long.figure.Text)
}

// plainRange is a factor, or two with a dash.
func plainRange(low, high float64) rule.Say {
	if low == high {
		return written(low, "")
	}
	return tell("%s–%s", "%s–%s", written(low, ""), written(high, ""))
}

// multipleForms are wordings of an amount that is a multiple of another.
var multipleForms = []form{
	newForm(`<total>~6APP<times>(?: so (?:viel|viele|hoch|groß)| as (?:much|many|large|big|high))~2 (?:wie|as)~4 <unit>`),
	newForm(`<total>~6APP(?:das |the )?<times> (?:der|des|von|the|of the|that of the|its)~3 <unit>`),
	newForm(`<total>~4 (?:is|are|was|were|ist|sind|war|waren|entspricht|entsprechen)~3 <times>(?: so (?:viel|viele|hoch|groß)| as (?:much|many|large|big|high))?~2 (?:wie|as|der|des|von|the|of the)~4 <unit>`),
	newForm(`^(?:das |the )?<times>(?: so (?:viel|viele|hoch|groß)| as (?:much|many|large|big|high))?~2 (?:wie|as|der|des|von|the|of the)~3 <unit>~4 (?:is|are|would be|makes|ist|sind|wären|macht|ergibt|=)~2 <total>`),
}

// multiples checks amounts that are said to be a multiple of another one.
func (x *examination) multiples(d *rule.Document, p *phrase) {
	if !strings.Contains(p.Text, "{x") {
		return
	}
	for n := range multipleForms {
		for _, m := range multipleForms[n].in(p) {
			total, times, one := m.get("total"), m.get("times"), m.get("unit")
			if total == one || total.figure.Unit != one.figure.Unit || !isCounting(one.figure) || one.value() <= 0 || total.value() <= 0 {
				continue
			}
			is := x.reckon(total).over(x.reckon(one))
			x.judge(&claim{rule: rule.MathProduct, doc: d, stated: times, from: []*quantity{total, one}, is: is,
				sum: tell("%s ÷ %s = %s", "%s ÷ %s = %s", total.figure.Text, one.figure.Text, written(is.exact, "")),
				says: tell("%s sind das %s-fache von %s, im Text steht %s.", "%s is %s times %s, the text says %s.",
					total.figure.Text, written(is.exact, ""), one.figure.Text, times.figure.Text)})
		}
	}
}

// What tells the price of one from the price of all; it need not be money ("200 nodes of 32 ETH each").
var (
	priceBefore = regexp.MustCompile(`(?:\b(?:at|à|je|zu je|zu jeweils|jeweils|mit je|kurs von|preis von|stückpreis von|price of|priced at|average of|durchschnittlich|zum preis von)(?: ` + word + `){0,2}|\bzu|\b(?:pro|je|per) ` + word + `(?: ` + word + `){0,4}) $`)
	priceBehind = regexp.MustCompile(`^(?: ` + word + `){0,1}? ?(?:each|apiece|a piece|pro stück|je stück|pro ` + word + `|je ` + word + `|per ` + word + `|an hour|a month|/` + word + `)`)
	totalBefore = regexp.MustCompile(`(?:=|ergibt|ergeben|macht|machen|kosten|kostet|kostete|kosteten|cost|costs|comes? to|came to|adds? up to|worth|im wert von|wert von|valued at|value of|total|totals?|totalling|totaling|insgesamt|zusammen|gesamtwert|gesamtpreis|for|für|summe|rechnung|bill|also|that is|das sind|or|oder|earns?|earned|raising|raised|brings? in|brachten?|verdient|verdienen|zahlte?n?|pays?|paid|spent|draws?|verbraucht|verbrauchen)(?: ` + word + `){0,3}? $`)
)

// prices checks the price of many against the price of one: "10,000 licences at $499 each for $4.99 million".
func (x *examination) prices(d *rule.Document, p *phrase) {
	count, price, total := priced(p)
	if total == nil {
		return
	}
	is := x.operand(count, total).times(x.operand(price, total))
	sure := true
	short, long := spanOf(p, price), spanOf(p, total)
	if often := spanOf(p, count); short == "" {
		short = often
	}
	if short != long {
		low, high := spanFactor(short, long)
		if high == 0 {
			return
		}
		exact := is.exact * clamp(total.value()/is.exact, low, high)
		is = is.times(number(low, high))
		is.exact, sure = exact, false
	}
	computed := written(is.exact, total.figure.Unit)
	x.judge(&claim{rule: rule.MathProduct, doc: d, stated: total, from: []*quantity{count, price}, is: is, sure: sure,
		sum:  tell("%s × %s = %s", "%s × %s = %s", count.figure.Text, price.figure.Text, computed),
		says: tell("%s × %s sind %s, im Text steht %s.", "%s × %s is %s, the text says %s.", count.figure.Text, price.figure.Text, computed, total.figure.Text)})
}

// perSpan is the span behind an amount that is stated for one, which does not make it a price.
var perSpan = regexp.MustCompile(`(?:pro|je|per|an?|/) ?(?:stunde|hour|tag|day|woche|week|monat|month|quartal|quarter|jahr|year|sekunde|second)$`)

// isPrice tells whether an amount is said to be that of one. An amount for a span of time may be that of all, too.
func isPrice(p *phrase, q *quantity) bool {
	if priceBefore.MatchString(p.before(q)) {
		return true
	}
	behind := priceBehind.FindString(p.after(q))
	return behind != "" && (!perSpan.MatchString(behind) || !totalBefore.MatchString(p.before(q)))
}

// priced finds the count, the price of one and the price of all of a phrase that speaks of nothing else.
func priced(p *phrase) (count, price, total *quantity) {
	if len(p.quantities) != 3 {
		return nil, nil, nil
	}
	for n := range p.quantities {
		q := &p.quantities[n]
		switch {
		case price == nil && isCounting(q.figure) && isPrice(p, q):
			price = q
		case total == nil && isCounting(q.figure) && totalBefore.MatchString(p.before(q)):
			total = q
		case count == nil && q.cited != nil && (q.figure.Unit.Dimension() == unit.Count || q.figure.Kind == cite.Duration):
			count = q
		}
	}
	if count == nil || price == nil || total == nil || count == total || !count.isLevel() || !price.isLevel() || !total.isLevel() {
		return nil, nil, nil
	}
	one, ok := price.in(total.figure.Unit)
	if !ok || price.figure.Unit == "" || price.figure.Kind == cite.Percent || one.value() >= total.value() || count.figure.Unit == price.figure.Unit {
		return nil, nil, nil
	}
	return count, price, total
}
