package reckon

import (
	"regexp"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

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
			took := x.reckon(stock.q).Over(x.reckon(r.q).Times(*x.dailyOf(r))).Over(rule.Within(inDays[0], inDays[1]))
			c := operationClaim(t, took, "÷", stock, r)
			near := nearest(stocks)
			c.sure = near[len(near)-1].q == stock.q && (t.i-stock.i <= 1 || len(near) == 1 && t.i-stock.i <= inputsBack && t.cue == deducing) && x.isOnlyRate(rates, r, stock.q.figure.Unit)
			ways = append(ways, c)
		}
	}
	return ways
}

// dailyOf is what the rate of a spot is multiplied by to be one for a day; nil where it is none. The span may be said of
// what it is counted by: "with 225 epochs a day that is 57,600".
func (x *examination) dailyOf(s spot) *rule.Estimate {
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
		one := rule.Within(1, 1)
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
