package reckon

import (
	"regexp"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Words of power that is drawn all the time, or a part of it.
var (
	nonstop  = regexp.MustCompile(`rund um die uhr|volllast|vollast|dauerbetrieb|dauerlast|durchgehend|ununterbrochen|ganzjährig|ohne pause|flat out|around the clock|round the clock|full load|full capacity|full power|non-?stop|24/7|continuous|all year|year-round|without interruption|uninterrupted|konstant|constant|gleichmäßig|gleichbleibend|stetig|steady|steadily|tag und nacht|day and night|night and day|grundlast|base.?load|pausenlos|unentwegt|permanent|dauerhaft|ohne unterbrechung|nie still|niemals still|keinen tag still|steht nie|never stop|never rest|never sleep|without a (?:break|pause)|every hour of|jede stunde (?:des|im)|24 (?:stunden|hours)`)
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
			c := timesClaim(t, inWh.Times(x.countOf(h.q)), p, h)
			c.sure = tied && isOnly(times, h) && (h.i == t.i || h.i == p.i)
			ways = append(ways, c)
		}
		in, ok := hoursIn[span]
		if !ok {
			continue
		}
		always := inWh.Times(rule.Within(in[0], in[1]))
		hours, _ := usually(rule.Within(in[0], in[1]))
		always.Exact = inWh.Exact * hours
		for _, l := range loads {
			c := timesClaim(t, always.Times(x.reckon(l.q)).By(0.01), p, l)
			c.sure = tied && isOnly(loads, l) && len(times) == 0
			ways = append(ways, c)
		}
		c := timesClaim(t, always, p)
		c.sum = rule.Tell("%s × %s h = %s", "%s × %s h = %s", p.q.figure.Text, rule.Computed(hours, ""), rule.Computed(always.Exact, t.q.figure.Unit))
		c.says = rule.Tell("%s sind rund um die Uhr %s, im Text steht %s.", "%s around the clock is %s, the text says %s.", p.q.figure.Text, rule.Computed(always.Exact, t.q.figure.Unit), t.q.figure.Text)
		tooMuch := t.q.value() > always.Coarse.High*1.1
		c.sure = tied && len(times) == 0 && (len(loads) == 0 && (nonstop.MatchString(t.p.Text) || p.i != t.i && t.cue == deducing && nonstop.MatchString(p.p.Text)) || tooMuch && p.i == t.i)
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
func (x *examination) wattHours(power, energy *quantity) (rule.Estimate, bool) {
	w, ok := power.in("W")
	k := unit.Convert(unit.NewDecimal(1, 0), "Wh", energy.figure.Unit)
	if !ok || k.IsZero() {
		return rule.Estimate{}, false
	}
	return x.reckon(&w).By(k.Float64()), true
}
