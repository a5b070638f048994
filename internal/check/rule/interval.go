package rule

import (
	"beleg/internal/cite"
)

// Bounds says how far a qualifier lets a value lie from the written number, as factors of it.
type Bounds struct {
	Over   float64 // "over x" reaches from x to Over·x; default 1.5
	Nearly float64 // "nearly x" reaches from Nearly·x to x; default 0.9
	About  float64 // "about x" reaches About either way, relative; default 0.05
}

// DefaultBounds are the bounds where the configuration names none.
func DefaultBounds() Bounds { return Bounds{Over: 1.5, Nearly: 0.9, About: 0.05} }

// Interval is the values that a written figure can stand for, both ends included.
type Interval struct{ Low, High float64 }

// Holds tells whether a value lies inside.
func (i Interval) Holds(v float64) bool { return v >= i.Low && v <= i.High }

// Distance is how far a value lies outside, 0 inside.
func (i Interval) Distance(v float64) float64 { return max(i.Low-v, v-i.High, 0) }

// Widen makes the interval larger by a relative amount of each end.
func (i Interval) Widen(by float64) Interval {
	return Interval{Low: i.Low - abs(i.Low)*by, High: i.High + abs(i.High)*by}
}

// Written is the interval of a figure's digits alone: half a step of the last significant one either way.
func Written(f *cite.Figure) Interval {
	low, high := f.Ends()
	half := f.Precision.Float64() / 2
	return Interval{Low: low.Float64() - half, High: high.Float64() + half}
}

// Stated is the interval of a figure with its qualifier: the digits' own, widened to the side the qualifier opens.
func (b Bounds) Stated(f *cite.Figure) Interval {
	w := Written(f)
	low, high := f.Ends()
	l, h := low.Float64(), high.Float64()
	switch {
	case f.Nearly:
		return Interval{Low: min(w.Low, l*b.Nearly), High: w.High}
	case f.Qualifier == cite.About:
		return Interval{Low: min(w.Low, l*(1-b.About)), High: max(w.High, h*(1+b.About))}
	case f.Qualifier == cite.Over, f.Qualifier == cite.AtLeast:
		return Interval{Low: l, High: max(w.High, h*b.Over)}
	case f.Qualifier == cite.Under:
		return Interval{Low: min(w.Low, l/b.Over), High: h}
	case f.Qualifier == cite.UpTo:
		return Interval{Low: 0, High: h}
	}
	return w
}

func abs(v float64) float64 { return max(v, -v) }
