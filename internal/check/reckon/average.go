package reckon

import (
	"beleg/internal/unit"
)

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
		_, named := names(item, s)
		return named && s.q.cited != nil && s.q.value() > 0 && isNumberOf(s.q) && !s.q.figure.IsRange()
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
			is := x.reckon(&all).Over(x.countOf(&many))
			from, to := spanOf(a.p, a.q), spanOf(t.p, t.q)
			if from != to && from != "" && to != "" {
				continue
			}
			c := operationClaim(t, is, "÷", a, n)
			near := nearest(totals)
			c.sure = t.cue == deducing && near[len(near)-1].q == a.q && (a.i == t.i && t.i-n.i <= 1 || len(near) == 1 && t.i-a.i <= 1) && isOnly(counts, n) && !apart(a.q, n.q)
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
	c := operationClaim(t, x.reckon(totals[0].q).Over(x.countOf(counts[0].q)), "÷", totals[0], counts[0])
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
