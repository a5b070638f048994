package reckon

import (
	"math"
	"regexp"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Words around the same amount for two spans.
var (
	// spanOnly follows an amount of which nothing but its span is said.
	spanOnly = regexp.MustCompile(`^(?: ?\(?(?:pro|je|im|am|a|an|per|each|every|single|in der|the|jährlich|monatlich|täglich|wöchentlich|annually|monthly|daily|weekly|yearly|tag|day|woche|week|monat|month|quartal|quarter|jahr|year|stunde|hour|annualisiert|annualised|annualized))* ?(?:[.,;:)–]|$)`)
	// aside stands between two amounts that are put side by side.
	aside = regexp.MustCompile(`(?:[,(–:;=≈] ?|\b(?:oder|or) )(?:(?:das|die|der|sind|rund|was|which|it|is|also|mithin|damit|and|und|then|about|roughly|approximately|a little|slightly|somewhat|just|not quite|close to|some|etwas|knapp|immerhin|umgerechnet|hochgerechnet|gerundet) ?){0,4}$`)
	// standing things are there at a time and do not add up over it; subscribed ones are cheaper for longer.
	standing   = regexp.MustCompile(`aktive?n?\b|active|nutzer|users?\b|wallets?\b|kunden|customers|abonnent|subscriber|adressen|addresses`)
	subscribed = regexp.MustCompile(`abo\b|abonnement|tarif|plan\b|plans\b|preis|price|subscription|kostet|costs?\b|mitgliedschaft|membership|lizenz`)
)

// overTime are the claims that an amount for a span is what another amount comes to over it.
func (x *examination) overTime(t *target) []*claim {
	span := spanOf(t.p, t.q)
	if span == "" || !addsUp(t.q) || x.isStanding(t.p, t.q) {
		return nil
	}
	flows := x.before(t, inputsBack, func(s spot) bool {
		return isAmount(s.p, s.q) && s.q.cited != nil && sameKind(s.q, t.q) && (s.i == t.i || !isPlain(s.q.figure) && !isPlain(t.q.figure) || spanOf(s.p, s.q) != "") && addsUp(s.q) && !x.isStanding(s.p, s.q) && x.flowSpan(s, t, span) != ""
	})
	ways := x.overHours(t, flows)
	if len(ways) > 0 {
		return ways
	}
	ways = x.perSpanOf(t, span)
	for _, s := range flows {
		from := x.flowSpan(s, t, span)
		k, ok := conversion(from, span, t.p.Text+s.p.Text)
		if !ok {
			continue
		}
		one, _, _ := sameMeasure(s.q, t.q)
		c := x.rateClaim(t, s, &one, k, [2]cite.Per{from, span})
		c.sure = x.isSameFlow(t, s, flows)
		c.quiet = !c.sure || isRebate(s.p, t.p, s.q, t.q, from, span)
		ways = append(ways, c)
	}
	return ways
}

// overHours are the claims that an amount for a day is one for an hour times the hours that the text names.
func (x *examination) overHours(t *target, flows []spot) []*claim {
	if spanOf(t.p, t.q) != cite.PerDay {
		return nil
	}
	worked := x.before(t, 0, func(s spot) bool { return s.q.figure.Unit == "h" && s.q.figure.Kind == cite.Duration })
	var ways []*claim
	for _, s := range flows {
		if spanOf(s.p, s.q) != cite.PerHour {
			continue
		}
		for _, h := range worked {
			c := timesClaim(t, x.reckon(s.q).Times(x.countOf(h.q)), s, h)
			c.sure = len(worked) == 1 && isOnly(flows, s) && t.cue != noCue
			ways = append(ways, c)
		}
	}
	return ways
}

// within stands before a duration in which something came to an amount.
var within = regexp.MustCompile(`\b(?:in|within|over|during|binnen|innerhalb|während)(?: ` + word + `){0,4} $`)

// perSpanOf are the claims that an amount for a span is what came together in a duration, divided by it.
func (x *examination) perSpanOf(t *target, span cite.Per) []*claim {
	lasted := x.before(t, 0, func(s spot) bool {
		return s.q.figure.Kind == cite.Duration && termSpans[s.q.figure.Unit] != "" && within.MatchString(s.p.before(s.q))
	})
	came := x.before(t, 0, func(s spot) bool {
		return s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q) && spanOf(s.p, s.q) == ""
	})
	if len(lasted) != 1 || len(came) != 1 || came[0].q.from < lasted[0].q.from {
		return nil
	}
	k := rule.Within(1, 1)
	if unitSpan := termSpans[lasted[0].q.figure.Unit]; unitSpan != span {
		var ok bool
		if k, ok = conversion(unitSpan, span, ""); !ok {
			return nil
		}
	}
	is := x.reckon(came[0].q).Over(x.countOf(lasted[0].q)).Times(k)
	is.Exact = came[0].q.value() / lasted[0].q.value() * clamp(t.q.value()/(came[0].q.value()/lasted[0].q.value()), k.Fine.Low, k.Fine.High)
	c := operationClaim(t, is, "÷", came[0], lasted[0])
	c.sure = averaging.MatchString(t.p.before(t.q)) || t.cue == deducing
	return []*claim{c}
}

// flowSpan is the span of an amount that another one may follow from, "" where it is the same or there is none. What a
// month or a quarter brought counts where it is broken down or put on another span.
func (x *examination) flowSpan(s spot, t *target, span cite.Per) cite.Per {
	from := spanOf(s.p, s.q)
	if from == "" && s.q.figure.Per == "" && (t.cue == deducing || span == cite.Annualised || averaging.MatchString(t.p.before(t.q))) && !apart(s.q, t.q) {
		if from = observedSpan(s.p, s.q); from == "" {
			from = spanOfLead(s.p)
		}
	}
	if from == span {
		return ""
	}
	return from
}

// isSameFlow tells whether the text says that two amounts are the same flow.
func (x *examination) isSameFlow(t *target, s spot, flows []spot) bool {
	near := nearest(flows)
	if near[len(near)-1].q != s.q {
		return false
	}
	if s.i == t.i {
		between := t.p.between(s.q, t.q)
		if isContrasted(between) {
			return false
		}
		return t.cue == deducing || aside.MatchString(between) && spanOnly.MatchString(t.p.after(t.q))
	}
	back := 1
	if elsewhen.MatchString(t.p.before(t.q)+t.p.after(t.q)) && !pointing.MatchString(t.p.Text[:t.q.from]) {
		return false
	}
	if converting.MatchString(t.p.Text[:t.q.from]) && pointing.MatchString(t.p.Text[:t.q.from]) && s.p.block == t.p.block {
		back = inputsBack
	}
	return len(near) == 1 && t.i-s.i <= back && t.cue == deducing
}

// converting says that what was said for one span is now put on another one.
var converting = regexp.MustCompile(`\b(?:auf(?:s| das)(?: ganze| gesamte| volle)? jahr|auf zwölf monate|auf (?:den|einen|die|eine|das) (?:tag|monat|woche|quartal)|hochgerechnet|annuali[sz]\w+|extrapolat\w+|over (?:a|the)(?: full| whole| entire)? (?:year|month|quarter)|over twelve months|across (?:a|the)(?: full| whole)? year|in a full year|im (?:ganzen|vollen|gesamten) jahr|dieser (?:monats|tages|wochen|quartals)\w+)\b`)

// elsewhen says that an amount was observed by itself, as it stood at some time.
var elsewhen = regexp.MustCompile(`\b(?:stood|stands|lag|liegt|betrug|beträgt|was|were|stand) (?:at|bei|auf|around)\b|\b(?:lag|betrug|stood|reached|erreichte)\b`)

// pointing words mean what was said before.
var pointing = regexp.MustCompile(`\b(?:das|dies\w*|daraus|macht|that|this|these|it|which)\b`)

// rateClaim is the claim that an amount is another one times what one span has of the other.
func (x *examination) rateClaim(t *target, s spot, one *quantity, k rule.Estimate, span [2]cite.Per) *claim {
	base := x.reckon(one)
	is := base.Times(k)
	factor := clamp(t.q.value()/base.Exact, k.Fine.Low, k.Fine.High)
	if f, varies := usually(k); !varies && (factor == k.Fine.Low || factor == k.Fine.High) {
		factor = f
	}
	is.Exact = base.Exact * factor
	c := &claim{rule: rule.MathProduct, doc: t.doc, stated: t.q, from: []*quantity{s.q}, spots: []spot{s}, is: is, calendar: true}
	tellRate(c, s.q, k, span)
	return c
}

func clamp(v, low, high float64) float64 { return math.Min(math.Max(v, low), high) }

// addsUp tells whether amounts like this one add up over time.
func addsUp(q *quantity) bool {
	switch q.figure.Unit.Dimension() {
	case unit.Money, unit.Count, unit.Energy, unit.Data:
		return true
	}
	return isPlain(q.figure) && q.figure.Kind != cite.Duration
}

// isStanding tells whether an amount does not add up over time: users that are active each day, levels.
func (x *examination) isStanding(p *phrase, q *quantity) bool {
	if q.cited == nil {
		return true
	}
	if m, ok := x.Catalog.Metric(q.cited.Link.Metric); ok && m.Behaviour == market.Stock && spanOf(p, q) == "" {
		return true
	}
	switch q.figure.Unit {
	case "user", "wallet", "address", "customer", "person", "participant", "device", "agent", "node", "validator", "trader", "subscriber", "developer", "visitor", "account", "client", "merchant", "employee", "miner", "holder":
		return true
	}
	return q.figure.Unit.Dimension() == unit.Count && standing.MatchString(p.before(q)+p.after(q))
}

// isRebate tells whether the longer of two spans is the cheaper one, as it is with subscriptions.
func isRebate(pa, pb *phrase, a, b *quantity, from, to cite.Per) bool {
	const dearest = 10_000 // of subscriptions, in money
	low, high := spanFactor(from, to, "")
	short, long := a, b
	if high == 0 {
		if low, high = spanFactor(to, from, ""); high == 0 {
			return false
		}
		short, long = b, a
	}
	isPrice := short.figure.Unit.IsCurrency() && short.scale == 1 && short.value() < dearest && cueOf(pb, b) != deducing || subscribed.MatchString(pa.Text) || subscribed.MatchString(pb.Text)
	return isPrice && long.value() < short.value()*low
}

var spanNames = map[cite.Per]rule.Say{
	cite.PerSecond: {DE: "je Sekunde", EN: "a second"}, cite.PerHour: {DE: "je Stunde", EN: "an hour"}, cite.PerDay: {DE: "am Tag", EN: "a day"}, cite.PerWeek: {DE: "in der Woche", EN: "a week"}, cite.PerMonth: {DE: "im Monat", EN: "a month"},
	cite.PerQuarter: {DE: "im Quartal", EN: "a quarter"}, cite.PerYear: {DE: "im Jahr", EN: "a year"}, cite.Annualised: {DE: "im Jahr", EN: "a year"},
}

// tellRate writes the arithmetic of a rate; where a span has more days or fewer both ends are shown.
func tellRate(c *claim, from *quantity, k rule.Estimate, span [2]cite.Per) {
	u := from.figure.Unit
	if u == "" {
		u = c.stated.figure.Unit
	}
	sign, low, high := "×", k.Fine.Low, k.Fine.High
	if high < 1 {
		sign, low, high = "÷", 1/k.Fine.High, 1/k.Fine.Low
	}
	base := from.value()
	a, b := base*k.Fine.Low, base*k.Fine.High
	if often, varies := usually(rule.Within(low, high)); !varies {
		middle := rule.Computed(c.is.Exact, u)
		c.sum = rule.Tell("%s %s %s = %s", "%s %s %s = %s", from.figure.Text, sign, rule.Computed(often, ""), middle)
		c.says = rule.Tell("%s %s sind %s %s, im Text steht %s.", "%s %s is %s %s, the text says %s.", from.figure.Text, spanNames[span[0]], middle, spanNames[span[1]], c.stated.figure.Text)
		return
	}
	c.sum = rule.Tell("%s %s %s–%s = %s bis %s", "%s %s %s–%s = %s to %s", from.figure.Text, sign, rule.Computed(low, ""), rule.Computed(high, ""), rule.Computed(a, u), rule.Computed(b, u))
	c.says = rule.Tell("%s %s sind %s bis %s %s, im Text steht %s.", "%s %s is %s to %s %s, the text says %s.",
		from.figure.Text, spanNames[span[0]], rule.Computed(a, u), rule.Computed(b, u), spanNames[span[1]], c.stated.figure.Text)
}

// Words of amounts that are put on a whole term, or on many.
var (
	wholeTerm = regexp.MustCompile(`gesamte[nrs]? (?:laufzeit|zeitraum|dauer|periode)|\blaufzeit|bis zur fälligkeit|bis zum ende|whole term|full term|entire term|over (?:its|the|their)(?: full| whole| entire| contract)? (?:term|life|lifetime|duration)|until maturity|to maturity|over the (?:\{d\d+\}|years|period)|über (?:\{d\d+\}|die (?:\{d\d+\}|jahre))|in (?:den )?\{d\d+\}|over \{d\d+\}|for \{d\d+\}|within \{d\d+\}`)
	scaling   = regexp.MustCompile(`\b(?:scaled|scaling|extrapolat\w+|hochgerechnet|skaliert|hochskaliert|multipl\w+|same (?:price|occupancy|rate|utili[sz]ation)|gleiche[mrn]? (?:preis|auslastung|kurs|satz)|across all|for all|für alle|bei allen)\b`)
)

// termSpans are the units of durations as spans.
var termSpans = map[unit.Unit]cite.Per{"year": cite.PerYear, "month": cite.PerMonth, "week": cite.PerWeek, "day": cite.PerDay, "h": cite.PerHour}

// overTerm are the claims that an amount is what a rate comes to over a term: "6.9 million a year … over the whole term".
func (x *examination) overTerm(t *target) []*claim {
	if !addsUp(t.q) || spanOf(t.p, t.q) != "" || !wholeTerm.MatchString(t.p.Text[:t.q.from]+t.p.after(t.q)) {
		return nil
	}
	terms := x.before(t, countsBack, func(s spot) bool {
		return s.q.figure.Kind == cite.Duration && termSpans[s.q.figure.Unit] != "" && s.q.cited != nil
	})
	flows := x.before(t, inputsBack, func(s spot) bool {
		return s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q) && spanOf(s.p, s.q) != ""
	})
	var ways []*claim
	for _, term := range terms {
		for _, s := range flows {
			span, unitSpan := spanOf(s.p, s.q), termSpans[term.q.figure.Unit]
			k := rule.Within(1, 1)
			if span == cite.Annualised {
				span = cite.PerYear
			}
			if span != unitSpan {
				var ok bool
				if k, ok = conversion(span, unitSpan, ""); !ok {
					continue
				}
			}
			c := timesClaim(t, x.reckon(s.q).Times(x.operand(term.q, t.q)).Times(k), s, term)
			c.sure = isOnly(terms, term) && isOnly(flows, s) && t.cue != noCue
			ways = append(ways, c)
		}
	}
	return ways
}

// scaledUp are the claims that an amount is what one of a kind brings times how many there are.
func (x *examination) scaledUp(t *target) []*claim {
	if !addsUp(t.q) || !scaling.MatchString(t.p.Text[:t.q.from]) {
		return nil
	}
	counts := x.before(t, 0, func(s spot) bool { return isStuff(s.q) && s.q.value() > 1 && !sameKind(s.q, t.q) })
	flows := x.before(t, inputsBack, func(s spot) bool {
		return s.i != t.i && s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q)
	})
	span := spanOf(t.p, t.q)
	var ways []*claim
	for _, n := range counts {
		for _, s := range flows {
			is := x.reckon(s.q).Times(x.operand(n.q, t.q))
			if from := spanOf(s.p, s.q); from != span {
				k, ok := conversion(from, span, "")
				if !ok {
					continue
				}
				exact := is.Exact
				is = is.Times(k)
				is.Exact = exact * clamp(t.q.value()/exact, k.Fine.Low, k.Fine.High)
			}
			c := timesClaim(t, is, n, s)
			c.sure = len(counts) == 1 && span != "" && spanOf(s.p, s.q) != "" && t.cue != noCue
			ways = append(ways, c)
		}
	}
	return ways
}
