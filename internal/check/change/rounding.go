package change

import (
	"math"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// How careful writers round: to the last digit they write, zeros included, and finer than the third digit only where they
// write more ("20 Mio." is 19,5 to 20,5 and "10.000" is 9.950 to 10.050, though the last significant digit of both is the
// first). "Tripled" is said of anything near.
const (
	carefulDigits = 3
	nearMultiple  = 0.1 // half a step, relative
)

// estimate is a written number as arithmetic needs it: as it stands, and all that it can stand for. Near is how a careful
// writer rounds, wide what the written digits allow at most; a qualifier opens both.
type estimate struct {
	exact      float64
	near, wide rule.Interval
}

// estimateOf reads a figure in the unit u; false where it has no fixed ratio to the figure's own.
func estimateOf(b rule.Bounds, f *cite.Figure, u unit.Unit) (estimate, bool) {
	factor := 1.0
	if f.Unit != u && f.Unit != "" && u != "" {
		k := unit.Convert(unit.NewDecimal(1, 0), f.Unit, u)
		if k.IsZero() {
			return estimate{}, false
		}
		factor = k.Float64()
	}
	low, high := f.Ends()
	q := estimate{exact: (low.Float64() + high.Float64()) / 2, wide: b.Stated(f), near: b.Stated(carefully(f))}
	return q.times(factor), true
}

// carefully is the figure as if its rounding were no coarser than a careful writer's.
func carefully(f *cite.Figure) *cite.Figure {
	step := carefulStep(f)
	if step <= 0 || f.Precision.IsZero() || f.Precision.Float64() <= step {
		return f
	}
	g := *f
	g.Precision = unit.FromFloat(step)
	return &g
}

func carefulStep(f *cite.Figure) float64 {
	low, _ := f.Ends()
	value := math.Abs(low.Float64())
	if f.Kind == cite.Multiple {
		return 2 * nearMultiple * value
	}
	n := writtenDigits(f)
	if value == 0 || n == 0 {
		return 0
	}
	first := math.Pow(10, math.Floor(math.Log10(value)*(1+1e-12)))
	return first / math.Pow(10, float64(min(n, carefulDigits)-1))
}

// writtenDigits counts the digits that the number of a figure is written with, zeros included: 2 for "20 Mio.", 0 for a
// word; of a range those of the first end.
func writtenDigits(f *cite.Figure) int {
	n := 0
	for i, c := range f.Text {
		switch {
		case c >= '1' && c <= '9', c == '0' && n > 0:
			n++
		case n > 0 && c != '.' && c != ',' && c != '0' && !isGroupBlank(f.Text[i:]):
			return n
		}
	}
	return n
}

func isGroupBlank(s string) bool {
	n := unit.GroupingBlank(s)
	return n > 0 && len(s) > n && s[n] >= '0' && s[n] <= '9'
}

// each applies a function that grows with its argument to a estimate.
func (q estimate) each(fn func(float64) float64) estimate {
	return estimate{exact: fn(q.exact), near: rule.Interval{Low: fn(q.near.Low), High: fn(q.near.High)}, wide: rule.Interval{Low: fn(q.wide.Low), High: fn(q.wide.High)}}
}

// times stretches a estimate by a number above zero.
func (q estimate) times(k float64) estimate {
	return q.each(func(v float64) float64 { return v * k })
}

// over is the ratio of two quantities above zero.
func (q estimate) over(o estimate) estimate {
	return estimate{exact: q.exact / o.exact, near: q.near.Over(o.near), wide: q.wide.Over(o.wide)}
}

// less is the difference of two quantities.
func (q estimate) less(o estimate) estimate {
	return estimate{exact: q.exact - o.exact, near: rule.Interval{Low: q.near.Low - o.near.High, High: q.near.High - o.near.Low},
		wide: rule.Interval{Low: q.wide.Low - o.wide.High, High: q.wide.High - o.wide.Low}}
}

// negated mirrors a estimate at zero.
func (q estimate) negated() estimate {
	return estimate{exact: -q.exact, near: rule.Interval{Low: -q.near.High, High: -q.near.Low}, wide: rule.Interval{Low: -q.wide.High, High: -q.wide.Low}}
}

// strain is how far the rounding of the inputs has to be used up to give what is stated: 0 where the written numbers do
// so as they stand, 1 at the limit of a careful writer's rounding, more beyond.
func (q estimate) strain(stated rule.Interval) float64 {
	switch {
	case q.exact < stated.Low:
		return (stated.Low - q.exact) / max(q.near.High-q.exact, 1e-12)
	case q.exact > stated.High:
		return (q.exact - stated.High) / max(q.exact-q.near.Low, 1e-12)
	}
	return 0
}

// mismatch is how a stated and a computed estimate stand to each other.
type mismatch struct {
	is     rule.Outcome
	gap    float64 // off: between all that is possible; rounded: beyond a careful writer's rounding, 0 within it
	seen   float64 // distance of the written numbers, relative to what the text says
	strain float64
}

// Where rounding explains a difference without a word: the inputs' rounding has not to be used up by more than
// quietStrain, and the difference is not striking. Beyond hardStrain it takes much goodwill.
const (
	quietStrain = 0.5
	hardStrain  = 0.7
	striking    = 0.15
)

// hold compares what a figure states with what was computed from others.
func (x *examination) hold(f *cite.Figure, stated, computed estimate) mismatch {
	m := mismatch{seen: distanceFrom(computed.exact, f), strain: computed.strain(stated.near)}
	if f.Qualifier != "" && f.Qualifier != cite.Exact && stated.near.Holds(computed.exact) {
		m.seen = 0
	}
	switch {
	case !computed.wide.Meets(stated.wide):
		m.is, m.gap = rule.Differs, computed.wide.Gap(stated.wide)
	case m.seen <= x.Settings.Tolerances.Rounding:
	case !computed.near.Meets(stated.near):
		m.is, m.gap = rule.Coarse, computed.near.Gap(stated.near)
	case f.Kind != cite.Multiple && m.strain > quietStrain || m.seen > striking:
		m.is = rule.Coarse
	}
	return m
}

// distance is how far a computed value lies from a figure as it is written, relative; 0 inside a range.
func distanceFrom(computed float64, f *cite.Figure) float64 {
	low, high := f.Ends()
	a, b := math.Abs(low.Float64()), math.Abs(high.Float64())
	a, b = min(a, b), max(a, b)
	switch {
	case computed < a:
		return (a - computed) / a
	case computed > b:
		return (computed - b) / b
	}
	return 0
}
