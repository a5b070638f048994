package chart

import (
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// Axis is what a cited figure must fit to be drawn on a chart as a mark.
type Axis struct {
	Unit      unit.Unit
	Frequency market.Frequency
	Flow      bool // amounts over a period, not levels
	Pegged    bool // an amount in USD is one in the axis' unit as well: supplies of a USD-pegged token
}

// spanOf is how a figure states amounts of one period of a flow.
var spanOf = map[market.Frequency]struct {
	per  cite.Per
	gran market.Granularity
}{
	market.Daily:     {cite.PerDay, market.Day},
	market.Monthly:   {cite.PerMonth, market.Month},
	market.Quarterly: {cite.PerQuarter, market.Quarter},
	market.Yearly:    {cite.PerYear, market.Year},
}

// MarkOf is the figure as a mark in the axis' unit, with its own period or else the one its post was published on. It
// is false for what is no level on that axis: shares of something, amounts of change, units that do not convert,
// amounts over another span, and figures without a date.
func MarkOf(f *cite.Figure, a Axis, published market.Period) (Mark, bool) {
	p := f.Period
	if p.IsZero() {
		p = published
	}
	if p.IsZero() || f.Kind == cite.Damage || f.Change == cite.By || f.Change == cite.Growth || f.Change == cite.Decline || !a.fits(f) {
		return Mark{}, false
	}
	low, high := f.Ends()
	low, high = a.convert(low, f.Unit), a.convert(high, f.Unit)
	if low.IsZero() || high.IsZero() {
		return Mark{}, false
	}
	m := Mark{Period: p, Value: low.Float64(), Unit: a.Unit, Label: f.Text, Count: 1}
	if f.IsRange() {
		m.Low, m.High = low.Float64(), high.Float64()
		m.Value = (m.Low + m.High) / 2
	}
	return m, true
}

// convert gives an amount in the axis' unit; absent where there is no fixed ratio.
func (a Axis) convert(v unit.Decimal, from unit.Unit) unit.Decimal {
	if a.Pegged && from == unit.USD {
		return v
	}
	return unit.Convert(v, from, a.Unit)
}

func (a Axis) fits(f *cite.Figure) bool {
	if !a.Flow {
		return f.Per == ""
	}
	span, known := spanOf[a.Frequency]
	if !known {
		return false
	}
	if f.Per != "" {
		return f.Per == span.per
	}
	return f.Period.Granularity() == span.gran
}

// Points are the observations as points, in the order given, without withdrawn ones.
func Points(obs []market.Observation) []Point {
	points := make([]Point, 0, len(obs))
	for i := range obs {
		if obs[i].Status == market.Withdrawn {
			continue
		}
		points = append(points, Point{obs[i].Period, obs[i].Value, obs[i].Status == market.Provisional})
	}
	return points
}
