package reckon

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// What tells the price of one from an amount; it need not be money ("200 nodes of 32 ETH each", "575 watts per card").
var (
	pricedBehind = regexp.MustCompile(`^(?: ` + word + `)? ?(?:(?:each|apiece|a piece|pro stück|je stück|das stück)\b|(?:(?:pro|je|per|für (?:jede[nrs]?|einen?)|for (?:each|every|one)|an?) |/ ?)(?:(?:einzelne[rnms]?|einzigen?|verkaufte[rnms]?|single|average) )?(` + word + `(?: hour| stunde)?))`)
	pricedBefore = regexp.MustCompile(`(?:\b(?:each|jeweils|jede[rsm]?)(?: ` + word + `){1,5}|\b(?:pro|je|per|for each|for every) (` + word + `)(?: ` + word + `){0,4}|(?:\b(?:at|à|zu je|zu jeweils|jeweils|mit je|zu durchschnittlich|kurs\w* (?:von|bei|um)|\w*kurs von|\w*preis\w* (?:von|bei|lag bei|liegt bei|beträgt|betrug)|(?:price|fee|premium|cost|charge|rate|ticket|salary|average) (?:of|at|is|was|stands at)|priced at|averaged?|im schnitt|im mittel|durchschnittlich|on average)|\bzu)(?: (?:an?|the|einem|einer|von|currently|derzeit|aktuell|nur|only|just|average|mean|median|fixed|flat|price|rate|of|on average|im schnitt|im mittel|durchschnittlich))*|\bje) $`)
	// atMost stands before amounts that are the value of all, not the price of one.
	ofAll = regexp.MustCompile(`valuation|bewertung|market cap|marktkapitalisierung|bewertet|valued|insgesamt|total|gesamt|zusammen|altogether|limit|obergrenze`)
)

// dearest is the scale up to which an amount can be a price without a word of what it is the price of.
const dearest = 1e3

// generics are what a price may be said to be per that any counted thing can be.
var generics = map[string]bool{"": true, "stück": true, "piece": true, "vorgang": true, "einheit": true, "unit": true, "item": true, "posten": true, "fall": true, "case": true, "mal": true, "time": true}

// priceOf tells whether an amount is said to be that of one, and of one what; "" where the text does not name it. An
// amount for a span of time is none.
func priceOf(p *phrase, q *quantity) (item string, ok bool) {
	if q.figure.Kind == cite.Percent || isPlain(q.figure) {
		return "", false
	}
	if m := pricedBehind.FindStringSubmatch(p.after(q)); m != nil && !isSpanNoun(m[1]) {
		return strings.TrimRight(m[1], "."), true
	}
	before := p.before(q)
	m := pricedBefore.FindStringSubmatch(before)
	if m == nil || isSpanNoun(m[1]) || ofAll.MatchString(before) || m[1] == "" && q.scale > dearest {
		return "", false
	}
	return m[1], true
}

var spanNoun = spanNounForm()

func spanNounForm() *regexp.Regexp {
	var nouns []string
	for _, s := range spanWords {
		nouns = append(nouns, s.nouns)
	}
	return regexp.MustCompile(`^(?:` + strings.Join(nouns, "|") + `|sekunden?|seconds?|minuten?|minutes?|epochen?|epochs?)$`)
}

func isSpanNoun(item string) bool { return spanNoun.MatchString(strings.TrimRight(item, ".")) }

// symbols are the measures that prices are stated per, as they stand in a text in lower case.
var symbols = map[string]unit.Unit{"kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "kw": "kW", "mw": "MW", "gw": "GW", "kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB", "pb": "PB", "kilowatt hour": "kWh", "megawatt hour": "MWh"}

// measureOf is the unit that an item of a price is, where it is one.
func measureOf(item string) (unit.Unit, bool) {
	if u, ok := symbols[item]; ok {
		return u, true
	}
	if item == "" {
		return "", false
	}
	return unit.LookupMeasure(item)
}

// isOf tells whether a quantity counts or measures items of a price, and gives it in their unit.
func isOf(item string, q *quantity) (quantity, bool) {
	if u, ok := measureOf(item); ok {
		if c, ok := q.in(u); ok {
			return c, true
		}
		return *q, false
	}
	if u, ok := unit.LookupNoun(item); ok && u == q.figure.Unit {
		return *q, true
	}
	if u, ok := unit.LookupTicker(item); ok && u == q.figure.Unit {
		return *q, true
	}
	const stem = 4 // letters that two forms of a noun share at least
	text := strings.ToLower(q.figure.UnitText)
	if len(item) < stem || len(text) < stem || q.figure.Unit.Dimension() != unit.Count {
		return *q, false
	}
	n := max(stem, min(len(item), len(text))-2)
	return *q, len(item) >= n && len(text) >= n && item[:n] == text[:n]
}

// byUnit are the claims that an amount is a number of things times the price of one.
func (x *examination) byUnit(t *target) []*claim {
	if _, ok := priceOf(t.p, t.q); ok && t.cue != deducing || t.q.figure.Kind == cite.Percent || isPlain(t.q.figure) {
		return nil
	}
	prices := x.before(t, inputsBack, func(s spot) bool {
		_, ok := priceOf(s.p, s.q)
		return ok && s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q)
	})
	if len(prices) == 0 {
		return nil
	}
	counts := x.before(t, countsBack, func(s spot) bool {
		return s.q.value() > 0 && s.q.isLevel() && !s.q.figure.IsRange() && (isPlain(s.q.figure) || isStuff(s.q) && !sameKind(s.q, t.q))
	})
	var ways []*claim
	for _, price := range prices {
		item, _ := priceOf(price.p, price.q)
		for _, n := range counts {
			if n.q == price.q {
				continue
			}
			many, named := isOf(item, n.q)
			if !named && !isPlain(n.q.figure) && n.q.figure.Unit.Dimension() != unit.Count && (item != "" || n.q.figure.Unit.Dimension() != unit.Mass) {
				continue
			}
			c := x.priceClaim(t, price, n, &many)
			if c == nil {
				continue
			}
			c.sure = isOnly(prices, price) && x.isPriced(t, price, n, counts, item) && !apart(n.q, t.q)
			ways = append(ways, c)
		}
	}
	slices.SortStableFunc(ways, func(a, b *claim) int { return cmp.Compare(distance(a), distance(b)) })
	return ways
}

// distance is how far a claim's result is from what is stated, in powers of e.
func distance(c *claim) float64 { return math.Abs(math.Log(c.is.exact / c.stated.value())) }

// isPriced tells whether the text says that a target is what a count comes to at a price.
func (x *examination) isPriced(t *target, price, n spot, counts []spot, item string) bool {
	if t.cue == noCue || t.cue == stating && price.i != t.i && n.i != t.i {
		return false
	}
	if t.i-price.i > 1 || price.i == t.i && isContrasted(t.p.between(price.q, t.q)) || n.i < price.i && n.i < t.i-1 && generics[item] {
		return false
	}
	near := nearest(x.countsFor(t, counts, item))
	if !slices.ContainsFunc(near, func(s spot) bool { return s.q == n.q }) {
		return false
	}
	if len(near) > 1 && t.i-n.i > 1 {
		return false
	}
	return n.i == t.i || n.i == price.i || t.i-n.i <= 1 || !generics[item]
}

// countsFor are the counts that a price can be meant for: of its items, else of any things, else bare numbers.
func (x *examination) countsFor(t *target, counts []spot, item string) []spot {
	var named, things, bare []spot
	for _, s := range counts {
		_, isNamed := isOf(item, s.q)
		switch {
		case apart(s.q, t.q):
		case isNamed:
			named = append(named, s)
		case isPlain(s.q.figure):
			bare = append(bare, s)
		case generics[item] && isStuff(s.q):
			things = append(things, s)
		}
	}
	switch {
	case len(named) > 0:
		return named
	case len(things) > 0 && (len(bare) == 0 || bare[0].i <= things[0].i):
		return things
	case generics[item] && len(bare) > 0 && bare[0].i == t.i:
		return bare
	}
	return nil
}

// priceClaim is the claim that a target is a count times a price; what is stated for spans is put on that of the target.
func (x *examination) priceClaim(t *target, price, n spot, many *quantity) *claim {
	one, _, _ := sameMeasure(price.q, t.q)
	is := x.operand(&one, t.q).times(x.countOf(many))
	from, to := spanOf(price.p, price.q), spanOf(t.p, t.q)
	if often := spanOf(n.p, n.q); from == "" {
		from = often
	}
	c := timesClaim(t, is, n, price)
	if from == "" || to == "" || from == to {
		return c
	}
	k, ok := conversion(from, to, t.p.Text)
	if !ok {
		return nil
	}
	exact := is.exact
	is = is.times(k)
	is.exact = exact * clamp(t.q.value()/exact, k.fine.Low, k.fine.High)
	return timesClaim(t, is, n, price)
}

// countOf is the value of a count; whole numbers without a scale word are exact.
func (x *examination) countOf(q *quantity) reckoning {
	if q.scale == 1 && q.step == 1 && (q.figure.Qualifier == cite.Exact || q.figure.Qualifier == "") {
		return number(q.value(), q.value())
	}
	return x.reckon(q)
}

// onAverage are the claims that an amount for one is an amount for all by their number: "an average of $320 per trade".
func (x *examination) onAverage(t *target) []*claim {
	item, ok := priceOf(t.p, t.q)
	if (!ok || item == "") && averaging.MatchString(t.p.before(t.q)+t.p.after(t.q)) {
		return x.onAverageOfAll(t)
	}
	if !ok || item == "" || t.cue == noCue {
		return nil
	}
	totals := x.before(t, inputsBack, func(s spot) bool {
		_, priced := priceOf(s.p, s.q)
		return s.q.cited != nil && !priced && isAmount(s.p, s.q) && sameKind(s.q, t.q)
	})
	counts := x.before(t, 2*countsBack, func(s spot) bool {
		_, named := isOf(item, s.q)
		return named && s.q.cited != nil && s.q.value() > 0 && s.q.isLevel() && !s.q.figure.IsRange()
	})
	if len(counts) == 0 {
		counts = x.further(t, item)
	}
	var ways []*claim
	for _, a := range totals {
		for _, n := range counts {
			many, _ := isOf(item, n.q)
			if many.value() <= 0 {
				continue
			}
			all, _, _ := sameMeasure(a.q, t.q)
			is := x.reckon(&all).over(x.countOf(&many))
			from, to := spanOf(a.p, a.q), spanOf(t.p, t.q)
			if from != to && from != "" && to != "" {
				continue
			}
			c := operationClaim(t, is, "÷", a, n)
			near := nearest(totals)
			c.sure = t.cue == deducing && near[len(near)-1].q == a.q && (a.i == t.i && n.i == t.i || len(near) == 1 && t.i-a.i <= 1) && isOnly(counts, n) && !apart(a.q, n.q)
			ways = append(ways, c)
		}
	}
	return ways
}

// onAverageOfAll are the claims that an average is the one amount of its phrase by the one count of it.
func (x *examination) onAverageOfAll(t *target) []*claim {
	totals := x.before(t, 0, func(s spot) bool {
		return s.q.cited != nil && isAmount(s.p, s.q) && !isPlain(s.q.figure) && sameKind(s.q, t.q)
	})
	counts := x.before(t, 0, func(s spot) bool {
		return s.q.cited != nil && s.q.figure.Unit.Dimension() == unit.Count && s.q.isLevel() && s.q.value() > 1 && !sameKind(s.q, t.q) && !s.q.figure.IsRange()
	})
	if len(totals) != 1 || len(counts) != 1 {
		return nil
	}
	c := operationClaim(t, x.reckon(totals[0].q).over(x.countOf(counts[0].q)), "÷", totals[0], counts[0])
	c.sure = t.cue == deducing && spanOf(t.p, t.q) == ""
	return []*claim{c}
}

// mostFurther is how many phrases back, over sections too, the one mention of what a price is per is looked for.
const mostFurther = 12

// further are the quantities of the items of a price in earlier sections.
func (x *examination) further(t *target, item string) []spot {
	var found []spot
	for i := t.i - 1; i >= 0 && i >= t.i-mostFurther; i-- {
		p := &x.phrases[i]
		for n := range p.quantities {
			q := &p.quantities[n]
			if _, named := isOf(item, q); named && q.cited != nil && q.value() > 0 && q.isLevel() && !q.figure.IsRange() {
				found = append(found, spot{i, p, q})
			}
		}
	}
	return found
}

// ruleOf is what the share of a whole is called.
var baseOf = regexp.MustCompile(`^ (?:of|der|des|vom|von|on|auf (?:das|den|die))(?: (?:the|its|their|all|total|gesamten|dem|der|den))? (` + word + `)`)

// ofRate are the claims that an amount is a rate in per cent of another: interest on a principal, a fee on a volume.
func (x *examination) ofRate(t *target) []*claim {
	if t.q.figure.Unit.Dimension() != unit.Money && t.q.figure.Unit.Dimension() != unit.Count {
		return nil
	}
	rates := x.before(t, inputsBack, func(s spot) bool {
		return s.q.cited != nil && s.q.isShare() && !s.q.isFraction() && !s.q.figure.IsRange() && (interest.MatchString(s.p.Text) || baseOf.MatchString(s.p.after(s.q)) || s.i == t.i && leftOver.MatchString(t.p.Text))
	})
	if len(rates) == 0 {
		return nil
	}
	bases := x.before(t, countsBack, func(s spot) bool {
		return s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q) && s.q.value() > t.q.value()
	})
	terms := x.before(t, countsBack, func(s spot) bool { return s.q.figure.Kind == cite.Duration && s.q.figure.Unit == "year" })
	var ways []*claim
	for _, r := range rates {
		for _, b := range bases {
			ways = append(ways, x.rateOf(t, r, b, isOnly(rates, r) && isOnly(bases, b), terms)...)
		}
	}
	return ways
}

// interest says that a rate and an amount are those of a debt or a deposit.
var interest = regexp.MustCompile(`zins|kupon|coupon|\binterest\b|rendite|\byield|verzinst|\bapy\b|\bapr\b`)

// rateOf are the claims that a target is a rate of a base: for a year, for all years, for a part of one.
func (x *examination) rateOf(t *target, r, b spot, only bool, terms []spot) []*claim {
	year := x.reckon(b.q).times(x.reckon(r.q)).by(0.01)
	isInterest := interest.MatchString(r.p.Text) && interest.MatchString(t.p.Text)
	first := timesClaim(t, year, b, r)
	span := spanOf(t.p, t.q)
	isTerm := wholeTerm.MatchString(t.p.Text[:t.q.from])
	named := false
	if m := baseOf.FindStringSubmatch(r.p.after(r.q)); m != nil {
		named = strings.Contains(b.p.before(b.q), m[1]) || strings.Contains(b.p.after(b.q), m[1])
	}
	first.sure = (t.cue == deducing || interest.MatchString(t.p.before(t.q))) && t.i-r.i <= 1 && (only && isInterest && !isTerm && (span == "" || span == cite.PerYear) || named && r.i == t.i && t.i-b.i <= 1 && span == "")
	left := timesClaim(t, x.reckon(b.q).times(x.reckon(r.q).rest()).by(0.01), b, r)
	left.sum = tell("%s − %s = %s", "%s − %s = %s", b.q.figure.Text, r.q.figure.Text, written(left.is.exact, t.q.figure.Unit))
	left.says = tell("Von %s bleiben nach Abzug von %s noch %s, im Text steht %s.", "Less %[2]s, %[1]s leaves %[3]s; the text says %[4]s.", b.q.figure.Text, r.q.figure.Text, written(left.is.exact, t.q.figure.Unit), t.q.figure.Text)
	left.sure = only && r.i == t.i && b.i == t.i && t.cue == deducing && leftOver.MatchString(t.p.before(t.q)+t.p.after(t.q)) && spanOf(b.p, b.q) == span
	ways := []*claim{first, left}
	if !isInterest {
		return ways
	}
	for _, parts := range []float64{2, 4, 12} {
		ways = append(ways, timesClaim(t, year.by(1/parts), b, r))
	}
	for _, term := range terms {
		c := timesClaim(t, year.times(x.countOf(term.q)), b, r, term)
		c.sure = only && isTerm && isOnly(terms, term) && t.i-r.i <= 1 && t.cue != noCue
		ways = append(ways, c)
	}
	return ways
}

// leftOver says that an amount is what is left of another one.
var leftOver = regexp.MustCompile(`\b(?:left|remains?|remaining|leaves?|leaving|bleib\w*|verbleib\w*|übrig|netto|net)\b`)

// waiting says that a duration is how long something takes or lasts.
var waiting = regexp.MustCompile(`wart|dauer|brauch|reich|läng|schlange|benötig|abgearbeitet|abzubauen|aufgebraucht|erschöpft|wait|last|take|queue|need|clear|deplet|exhaust|runway|enough|until|bis`)

// daysOf are how many days the units of durations have at least and at most.
var daysOf = map[unit.Unit][2]float64{"h": {1. / 24, 1. / 24}, "day": {1, 1}, "week": {7, 7}, "month": {28, 31}, "year": {360, 366}}

// ofBacklog are the claims that a duration is how long an amount lasts at a rate.
func (x *examination) ofBacklog(t *target) []*claim {
	inDays, ok := daysOf[t.q.figure.Unit]
	if !ok || t.q.figure.Kind != cite.Duration || t.cue == noCue || !waiting.MatchString(t.p.Text) {
		return nil
	}
	is := func(s spot) bool {
		return s.q.cited != nil && isAmount(s.p, s.q) && addsUp(s.q) && !isPlain(s.q.figure)
	}
	rates := x.before(t, countsBack, func(s spot) bool { return is(s) && x.dailyOf(s) != nil })
	stocks := x.before(t, inputsBack, func(s spot) bool { return is(s) && spanOf(s.p, s.q) == "" })
	var ways []*claim
	for _, stock := range stocks {
		for _, r := range rates {
			if r.q.figure.Unit != stock.q.figure.Unit || r.q.value() >= stock.q.value() {
				continue
			}
			took := x.reckon(stock.q).over(x.reckon(r.q).times(*x.dailyOf(r))).over(number(inDays[0], inDays[1]))
			c := operationClaim(t, took, "÷", stock, r)
			near := nearest(stocks)
			c.sure = near[len(near)-1].q == stock.q && t.i-stock.i <= 1 && x.isOnlyRate(rates, r, stock.q.figure.Unit)
			ways = append(ways, c)
		}
	}
	return ways
}

// dailyOf is what the rate of a spot is multiplied by to be one for a day; nil where it is none. The span may be said of
// what it is counted by: "with 225 epochs a day that is 57,600".
func (x *examination) dailyOf(s spot) *reckoning {
	span := spanOf(s.p, s.q)
	if span == "" && cueOf(s.p, s.q) == deducing {
		for n := range s.p.quantities {
			if q := &s.p.quantities[n]; q.to <= s.q.from && spanOf(s.p, q) != "" {
				span = spanOf(s.p, q)
			}
		}
	}
	if span == "" {
		return nil
	}
	if span == cite.PerDay {
		one := number(1, 1)
		return &one
	}
	k, ok := conversion(span, cite.PerDay, "")
	if !ok {
		return nil
	}
	return &k
}

// isOnlyRate tells whether a spot is the only rate of a unit in the nearest phrase that has one.
func (x *examination) isOnlyRate(rates []spot, r spot, u unit.Unit) bool {
	var same []spot
	for _, s := range rates {
		if s.q.figure.Unit == u {
			same = append(same, s)
		}
	}
	return isOnly(same, r)
}

// exchanged are the claims that an amount is another one in another currency, at a rate that the text states.
func (x *examination) exchanged(t *target) []*claim {
	if t.q.figure.Kind != cite.Money {
		return nil
	}
	amounts := x.before(t, 0, func(s spot) bool {
		return s.q.cited != nil && s.q.figure.Kind == cite.Money && s.q.figure.Unit.IsCurrency() && s.q.figure.Unit != t.q.figure.Unit && isAmount(s.p, s.q)
	})
	if len(amounts) == 0 {
		return nil
	}
	a := amounts[len(amounts)-1]
	if between := t.p.between(a.q, t.q); strings.Contains(between, "{m") || t.cue != deducing && !aside.MatchString(between) {
		return nil
	}
	var ways []*claim
	for i := t.i; i >= 0 && i >= t.i-mostFurther; i-- {
		p := &x.phrases[i]
		for n := range p.quantities {
			r := spot{i, p, &p.quantities[n]}
			if r.q == a.q || r.q == t.q {
				continue
			}
			switch perCurrency(r) {
			case t.q.figure.Unit: // won per dollar
				if r.q.figure.Unit == a.q.figure.Unit {
					ways = append(ways, operationClaim(t, x.reckon(a.q).over(x.reckon(r.q)), "÷", a, r))
				}
			case a.q.figure.Unit:
				if r.q.figure.Unit == t.q.figure.Unit {
					ways = append(ways, timesClaim(t, x.reckon(a.q).times(x.reckon(r.q)), a, r))
				}
			}
		}
	}
	for _, c := range ways {
		c.sure = len(ways) == 1
	}
	return ways
}

// currencyWords are how texts name the currencies that rates are stated per.
var currencyWords = map[string]unit.Unit{"dollar": unit.USD, "us-dollar": unit.USD, "usd": unit.USD, "euro": unit.EUR, "eur": unit.EUR, "pound": "GBP", "pfund": "GBP", "franc": "CHF", "franken": "CHF", "yen": "JPY", "won": "KRW", "yuan": "CNY"}

// perCurrency is the currency that an amount is the price of one of; "" where it is none.
func perCurrency(s spot) unit.Unit {
	if s.q.cited == nil || s.q.figure.Kind != cite.Money {
		return ""
	}
	m := pricedBehind.FindStringSubmatch(s.p.after(s.q))
	if m == nil {
		m = perDollar.FindStringSubmatch(s.p.after(s.q))
	}
	if m == nil {
		return ""
	}
	return currencyWords[m[1]]
}

var perDollar = regexp.MustCompile(`^(?: ` + word + `)? (?:to the|to one|für einen|gegen den|per us) (` + word + `)`)

// Words of power that is drawn all the time, or a part of it.
var (
	nonstop  = regexp.MustCompile(`rund um die uhr|volllast|vollast|dauerbetrieb|dauerlast|durchgehend|ununterbrochen|ganzjährig|ohne pause|flat out|around the clock|round the clock|full load|full capacity|full power|non-?stop|24/7|continuous|all year|year-round|without interruption`)
	partLoad = regexp.MustCompile(`\bload\b|utili[sz]|auslast|ausgelastet|last\b|kapazitätsfaktor|capacity factor|occupancy|uptime|volllast`)
	fullLoad = regexp.MustCompile(`(?:volllast|vollast|benutzungs|betriebs)stunden|full.load hours|operating hours|stunden|hours|\bh\b`)
)

// hoursIn are how many hours a span has at least and at most.
var hoursIn = map[cite.Per][2]float64{cite.PerDay: {24, 24}, cite.PerWeek: {168, 168}, cite.PerMonth: {672, 744}, cite.PerYear: {8640, 8784}, cite.Annualised: {8640, 8784}}

var yearly = regexp.MustCompile(`jahr|jährlich|year|annual`)

// ofPower are the claims that an energy is what a power comes to over hours: full-load hours, all of a year, or a part.
func (x *examination) ofPower(t *target) []*claim {
	if t.q.figure.Unit.Dimension() != unit.Energy {
		return nil
	}
	powers := x.before(t, inputsBack, func(s spot) bool {
		return s.q.cited != nil && s.q.figure.Unit.Dimension() == unit.Power && isAmount(s.p, s.q)
	})
	if len(powers) == 0 {
		powers = x.onlyPower(t)
	}
	if len(powers) == 0 {
		return nil
	}
	powers = nearest(powers)
	times := x.before(t, 1, func(s spot) bool {
		return s.q.figure.Unit == "h" || isStuffHours(s)
	})
	loads := x.before(t, 1, func(s spot) bool {
		return s.q.isShare() && !s.q.isFraction() && partLoad.MatchString(s.p.before(s.q)+s.p.after(s.q))
	})
	span := spanOf(t.p, t.q)
	if span == "" && (yearly.MatchString(t.p.Text) || nonstop.MatchString(t.p.Text)) {
		span = cite.PerYear
	}
	var ways []*claim
	for _, p := range powers {
		inWh, ok := x.wattHours(p.q, t.q)
		if !ok {
			continue
		}
		tied := p.i == t.i && isLast(powers, p) || isOnly(powers, p) && (t.i-p.i <= 1 || p.p.section != t.p.section)
		for _, h := range times {
			c := timesClaim(t, inWh.times(x.countOf(h.q)), p, h)
			c.sure = tied && isOnly(times, h) && (h.i == t.i || h.i == p.i)
			ways = append(ways, c)
		}
		in, ok := hoursIn[span]
		if !ok {
			continue
		}
		always := inWh.times(number(in[0], in[1]))
		always.exact = inWh.exact * clamp(t.q.value()/inWh.exact, in[0], in[1])
		for _, l := range loads {
			c := timesClaim(t, always.times(x.reckon(l.q)).by(0.01), p, l)
			c.sure = tied && isOnly(loads, l) && len(times) == 0
			ways = append(ways, c)
		}
		c := timesClaim(t, always, p)
		c.sum = tell("%s × %s h = %s", "%s × %s h = %s", p.q.figure.Text, written(in[1], ""), written(always.exact, t.q.figure.Unit))
		c.says = tell("%s sind rund um die Uhr %s, im Text steht %s.", "%s around the clock is %s, the text says %s.", p.q.figure.Text, written(always.exact, t.q.figure.Unit), t.q.figure.Text)
		tooMuch := t.q.value() > always.coarse.High*1.1
		c.sure = tied && len(times) == 0 && (len(loads) == 0 && nonstop.MatchString(t.p.Text) || tooMuch && p.i == t.i)
		ways = append(ways, c)
	}
	return ways
}

// onlyPower is the one power that is named in the phrases before a target, over sections too.
func (x *examination) onlyPower(t *target) []spot {
	var found []spot
	for i := t.i - 1; i >= 0 && i >= t.i-mostFurther; i-- {
		p := &x.phrases[i]
		for n := range p.quantities {
			if q := &p.quantities[n]; q.cited != nil && q.figure.Unit.Dimension() == unit.Power {
				found = append(found, spot{i, p, q})
			}
		}
	}
	if len(found) != 1 || !isAmount(found[0].p, found[0].q) {
		return nil
	}
	return found
}

// isLast tells whether a spot is the last one of the nearest phrase.
func isLast(spots []spot, s spot) bool {
	near := nearest(spots)
	return near[len(near)-1].q == s.q
}

func isStuffHours(s spot) bool {
	return (isStuff(s.q) || isPlain(s.q.figure)) && (fullLoad.MatchString(strings.ToLower(s.q.figure.UnitText)) || fullLoadBehind.MatchString(s.p.after(s.q)))
}

var fullLoadBehind = regexp.MustCompile(`^ (?:` + word + ` )?(?:(?:volllast|vollast|benutzungs|betriebs)stunden|full.load hours|operating hours|hours)`)

// wattHours is what a power comes to in an hour, in the unit of an energy.
func (x *examination) wattHours(power, energy *quantity) (reckoning, bool) {
	w, ok := power.in("W")
	k := unit.Convert(unit.NewDecimal(1, 0), "Wh", energy.figure.Unit)
	if !ok || k.IsZero() {
		return reckoning{}, false
	}
	return x.reckon(&w).by(k.Float64()), true
}

var _ = rule.Fits
