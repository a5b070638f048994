package rule

import (
	"math"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// An Estimate is what follows from written numbers: from their digits as they stand, from every value that would be
// written with these digits, and from every value that would be rounded to them.
type Estimate struct {
	Exact  float64
	Fine   Interval // zeros at the end of a round number taken at their word
	Coarse Interval // taken for rounding
}

// Known is a number that is known exactly.
func Known(v float64) Estimate {
	i := Interval{Low: v, High: v}
	return Estimate{Exact: v, Fine: i, Coarse: i}
}

// Within is a number that is only known to lie in a range.
func Within(low, high float64) Estimate {
	i := Interval{Low: low, High: high}
	return Estimate{Exact: (low + high) / 2, Fine: i, Coarse: i}
}

// Plus adds two estimates.
func (e Estimate) Plus(o Estimate) Estimate {
	return Estimate{e.Exact + o.Exact, e.Fine.Plus(o.Fine), e.Coarse.Plus(o.Coarse)}
}

// Minus takes an estimate off another.
func (e Estimate) Minus(o Estimate) Estimate {
	less := func(a, b Interval) Interval { return Interval{Low: a.Low - b.High, High: a.High - b.Low} }
	return Estimate{e.Exact - o.Exact, less(e.Fine, o.Fine), less(e.Coarse, o.Coarse)}
}

// Times multiplies two estimates at or above zero.
func (e Estimate) Times(o Estimate) Estimate {
	return Estimate{e.Exact * o.Exact, e.Fine.Times(o.Fine), e.Coarse.Times(o.Coarse)}
}

// Over divides by an estimate above zero.
func (e Estimate) Over(o Estimate) Estimate {
	return Estimate{e.Exact / o.Exact, e.Fine.Over(o.Fine), e.Coarse.Over(o.Coarse)}
}

// By multiplies with a number above zero.
func (e Estimate) By(k float64) Estimate {
	return Estimate{e.Exact * k, e.Fine.By(k), e.Coarse.By(k)}
}

// From is what an estimate leaves of a number.
func (e Estimate) From(v float64) Estimate { return Known(v).Minus(e) }

// fractionSlack is how far, relatively, a share in words may lie from what it stands for: "a third" is said of 31 %.
const fractionSlack = 0.08

// Roundest is how far, relatively, zeros at the end of a number can come from rounding at most: nobody writes 100 million
// for 80 million.
const Roundest = 0.125

// Estimate is a figure by itself, rounded to a step, or finer where that would be too coarse for its size. last is one
// step of its last digit as Digits gives it.
func (b Bounds) Estimate(f *cite.Figure, last, rounded float64) Estimate {
	low, high := f.Ends()
	e := Estimate{Exact: (low.Float64() + high.Float64()) / 2}
	switch {
	case last > 0:
		e.Coarse = b.stepped(f, max(last, min(rounded, 2*Roundest*math.Abs(e.Exact))))
		e.Fine = b.stepped(f, last)
	case f.Kind == cite.Percent:
		e.Coarse = b.stepped(f, f.Precision.Float64()).Widen(fractionSlack)
		e.Fine = e.Coarse
	default:
		e.Coarse = b.stepped(f, f.Precision.Float64())
		e.Fine = e.Coarse
	}
	return e
}

// stepped is what a figure states if its digits are rounded to a step.
func (b Bounds) stepped(f *cite.Figure, step float64) Interval {
	as := *f
	as.Precision = unit.FromFloat(step)
	return b.Stated(&as)
}

// Digits tells from the digits of a figure and its value what they are multiplied by, 10⁹ for "19,2 Mrd.", and one step
// of the last of them, zeros included, in the figure's unit. Both are 0 where it is written in words.
func Digits(f *cite.Figure, lang unit.Lang) (scale, step float64) {
	from := strings.IndexAny(f.Text, "0123456789")
	if from < 0 {
		return 0, 0
	}
	n := from
	for n < len(f.Text) && (unit.IsNumberByte(f.Text[n]) || unit.GroupingBlank(f.Text[n:]) > 0) {
		n += max(1, unit.GroupingBlank(f.Text[n:]))
	}
	d, ok := unit.ReadDigits(strings.TrimRight(f.Text[from:n], ".,' "))
	if !ok {
		return 0, 0
	}
	value, _ := f.Ends()
	for _, c := range []unit.Convention{lang.Convention(), unit.CommaDecimal, unit.PointDecimal} {
		digits := d.Value(c, 0).Float64()
		if digits == 0 {
			continue
		}
		ratio := math.Abs(value.Float64()) / digits
		if power := math.Round(math.Log10(ratio)); math.Abs(ratio/math.Pow10(int(power))-1) < 1e-9 {
			scale = math.Pow10(int(power))
			return scale, scale * math.Pow10(-d.Decimals(c))
		}
	}
	return 0, 0
}

// cutOff is the relative distance up to which a computed value that lies less than one step of the last digit away was
// cut off where it should have been rounded.
const cutOff = 0.05

// Weigh holds what was computed against what is stated; step is one of the last digit of what is stated. gap is how far
// the two lie apart beyond their rounding where they differ, how far at all where the rounding is coarse.
func (s *Settings) Weigh(stated Estimate, step float64, computed Estimate) (is Outcome, gap float64) {
	distance := math.Abs(computed.Exact - stated.Exact)
	relative := distance / math.Abs(stated.Exact)
	switch {
	case !computed.Coarse.Meets(stated.Coarse) && distance < step && relative < cutOff:
		return Coarse, relative
	case !computed.Coarse.Meets(stated.Coarse):
		return Differs, computed.Coarse.Gap(stated.Coarse)
	case computed.Fine.Meets(stated.Fine) || relative <= s.Tolerances.Rounding:
		return Fits, 0
	}
	return Coarse, relative
}
