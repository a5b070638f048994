package rule

import (
	"math"

	"beleg/internal/cite"
)

// Arithmetic on intervals: a written number stands for every value that would be written so, and so does what is
// computed from it. All intervals here lie at or above zero unless said otherwise.

// Plus adds two intervals.
func (i Interval) Plus(o Interval) Interval { return Interval{i.Low + o.Low, i.High + o.High} }

// Times multiplies two intervals of values at or above zero.
func (i Interval) Times(o Interval) Interval { return Interval{i.Low * o.Low, i.High * o.High} }

// By multiplies with a number above zero.
func (i Interval) By(k float64) Interval { return Interval{i.Low * k, i.High * k} }

// Over divides by an interval above zero; a divisor that reaches zero gives no upper end.
func (i Interval) Over(o Interval) Interval {
	high := math.Inf(1)
	if o.Low > 0 {
		high = i.High / o.Low
	}
	return Interval{i.Low / o.High, high}
}

// Pow raises values at or above zero to a power.
func (i Interval) Pow(e float64) Interval { return Interval{math.Pow(i.Low, e), math.Pow(i.High, e)} }

// Minus takes a number off both ends.
func (i Interval) Minus(v float64) Interval { return Interval{i.Low - v, i.High - v} }

// Meets tells whether two intervals have a value in common.
func (i Interval) Meets(o Interval) bool { return i.Low <= o.High && o.Low <= i.High }

// Middle is the value in the middle.
func (i Interval) Middle() float64 { return (i.Low + i.High) / 2 }

// Gap is how far two intervals lie apart, relative to the nearer end of o; 0 where they meet.
func (i Interval) Gap(o Interval) float64 {
	switch {
	case i.Meets(o):
		return 0
	case i.High < o.Low:
		return (o.Low - i.High) / math.Abs(o.Low)
	}
	return (i.Low - o.High) / math.Abs(o.High)
}

// Outcome is how a computed value and a stated one stand to each other.
type Outcome uint8

// The outcomes.
const (
	Fits    Outcome = iota // the same within the rounding of the written digits
	Coarse                 // within the rounding only because the digits are coarse, and visibly off: worth a note
	Differs                // not the same
)

// Compare holds what follows from a figure's inputs against what it states. exact is computed from the written numbers
// as they stand, computed from their intervals.
func (x *Examination) Compare(stated *cite.Figure, computed Interval, exact float64) (is Outcome, gap float64) {
	allowed := x.Settings.Bounds.Stated(stated)
	if !computed.Meets(allowed) {
		return Differs, computed.Gap(allowed)
	}
	if stated.IsRange() || stated.Qualifier != cite.Exact && stated.Qualifier != "" {
		return Fits, 0
	}
	value := stated.Value.Float64()
	if value == 0 {
		return Fits, 0
	}
	if distance := math.Abs(exact-value) / math.Abs(value); distance > x.Settings.Tolerances.Rounding && math.Abs(exact-value) > LastDigit(stated) {
		return Coarse, distance
	}
	return Fits, 0
}

// LastDigit is one step of the last digit of a figure as it is written, trailing zeros before the point included: 1 for
// "60 %", though its precision is 10, and 0.1 for "46,4 %". It is in the figure's scale: a million for "60 Millionen".
func LastDigit(f *cite.Figure) float64 {
	step := f.Precision.Float64()
	value := math.Abs(f.Value.Float64())
	if step <= 0 || value == 0 {
		return step
	}
	for step >= 10 && value < 1000 && f.Kind == cite.Percent {
		step /= 10
	}
	return step
}

// Graded is the severity of a mismatch: an error where the figures are surely meant for each other and the gap is
// wide, else a warning; a value off by rounding alone is a note.
func (x *Examination) Graded(is Outcome, gap float64, sure bool) cite.Severity {
	switch {
	case is == Coarse:
		return cite.Note
	case sure && gap > x.Settings.Tolerances.Far:
		return cite.Error
	}
	return cite.Warning
}
