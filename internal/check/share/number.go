package share

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A number is an amount or a percentage at its place in a passage: a figure, or one that is no figure by itself, as the
// first of "eighteen of the 60".
type number struct {
	figure *cite.Figure
	cited  *cite.Cited // nil where it is no figure
	in     *passage
	token  int     // its index in the passage's tokens
	scale  float64 // what its digits are multiplied by; 0 in words
	step   float64 // one step of its last digit
	bare   bool    // it does not name itself what it counts
}

// figureNumber is a figure as a number. A count whose noun does not follow it directly may be one of something else.
func figureNumber(c *cite.Cited, after string, lang unit.Lang) number {
	f := &c.Figure
	n := number{figure: f, cited: c}
	n.scale, n.step = rule.Digits(f, lang)
	switch {
	case f.Unit == "" && f.Kind != cite.Multiple:
		n.bare = true
	case f.Unit.Dimension() == unit.Count:
		noun := strings.ToLower(f.UnitText)
		n.bare = noun == "" || generic.takes(noun) || !strings.HasPrefix(strings.TrimLeft(after, " \u00a0"), noun) && !strings.HasSuffix(strings.ToLower(f.Text), noun)
	}
	return n
}

// plainNumber is a number that is no figure; precision is a step of its last significant digit, step one of its last.
func plainNumber(text string, value, precision unit.Decimal, step float64) number {
	f := &cite.Figure{Text: text, Kind: cite.Other, Value: value, Precision: precision}
	return number{figure: f, scale: 1, step: step, bare: true}
}

// countedBelow is the number of things up to which they are counted, not rounded.
const countedBelow = 100

// rounding is the step that a number may be rounded to.
func (n *number) rounding() float64 {
	if n.scale == 1 && !n.isPercent() && !n.isMeasured() && n.value() < countedBelow {
		return n.step
	}
	return n.figure.Precision.Float64()
}

// value is what the number states; the middle of a range.
func (n *number) value() float64 {
	low, high := n.figure.Ends()
	return (low.Float64() + high.Float64()) / 2
}

func (n *number) isPercent() bool { return n.figure.Kind == cite.Percent }

// isFraction tells whether it is a share in words: "two thirds", "die Hälfte". Those are coarse.
func (n *number) isFraction() bool { return n.isPercent() && n.step == 0 }

// isChange tells whether it states by how much something changes. A count of actors reads as such a one ("held by 32
// operators") but belongs to no change.
func (n *number) isChange() bool {
	switch n.figure.Change {
	case cite.Growth, cite.Decline:
		return true
	case cite.By:
		return n.figure.Kind != cite.Count || n.figure.Relation != ""
	}
	return false
}

// isAmount tells whether it can be a part or a whole of something.
func (n *number) isAmount() bool {
	if n.isPercent() || n.isChange() || n.value() <= 0 {
		return false
	}
	switch n.figure.Unit.Dimension() {
	case unit.Money, unit.Count, unit.Energy, unit.Power, unit.Rate, unit.Data:
		return true
	}
	return n.figure.Unit == "" && n.figure.Kind != cite.Multiple
}

// isMeasured tells whether it is in a unit of measure or money, so that it cannot be taken for a count.
func (n *number) isMeasured() bool {
	return n.figure.Unit != "" && n.figure.Unit.Dimension() != unit.Count
}

// scaled is the number times a factor, as the first of "226 of the 390 billion" is.
func (n *number) scaled(by float64) *number {
	f := *n.figure
	k := unit.FromFloat(by)
	f.Value, f.Low, f.High, f.Precision = f.Value.Mul(k), f.Low.Mul(k), f.High.Mul(k), f.Precision.Mul(k)
	m := *n
	m.figure, m.scale, m.step = &f, n.scale*by, n.step*by
	return &m
}

// converted is the number in another unit; nil where there is no fixed ratio between the two.
func (n *number) converted(to unit.Unit) *number {
	if n.figure.Unit == to {
		return n
	}
	k := unit.Convert(unit.NewDecimal(1, 0), n.figure.Unit, to)
	if k.IsZero() {
		return nil
	}
	m := n.scaled(k.Float64())
	m.figure.Unit = to
	return m
}

// Kinship is how surely two amounts are measured alike.
type kinship uint8

const (
	strangers kinship = iota // they are not
	perhaps                  // they count things by different nouns, or one does not say what it counts
	alike                    // the same unit
)

// large is the magnitude from which a number without a unit may be an amount of money: "20 million".
const large = 1e6

// kin tells whether a part and a whole are measured alike, and gives the part in the unit of the whole.
func kin(part, whole *number) (*number, kinship) {
	p, w := part.figure, whole.figure
	switch {
	case p.Unit == w.Unit && p.Unit != "":
		return part, alike
	case part.isMeasured() && whole.isMeasured():
		if c := part.converted(w.Unit); c != nil {
			return c, alike
		}
		return nil, strangers
	case p.Unit == "" && part.scale >= large && w.Unit.IsCurrency():
		return part, perhaps
	case part.isMeasured() || whole.isMeasured():
		return nil, strangers
	case p.Unit == "" && w.Unit == "":
		return part, alike
	}
	return part, perhaps
}

// kinOf is kin for a part that is said to be one of that whole: it need not repeat the unit, nor the magnitude ("226 of
// the 390 billion", but "5 of the 2 million users" are five). It gives the ways to read the part, most likely first.
func kinOf(part, whole *number) []*number {
	p, k := kin(part, whole)
	if k == strangers {
		if part.figure.Unit != "" && !part.bare {
			return nil
		}
		p = part
	}
	if !part.bare || part.scale != 1 || whole.scale <= 1 {
		return []*number{p}
	}
	if s := p.scaled(whole.scale); s.value() <= whole.value() {
		return []*number{s, p}
	}
	return []*number{p}
}

// fitInTime tells whether nothing speaks against two amounts being part and whole at the same time.
func fitInTime(part, whole *number) bool {
	a, b := part.figure, whole.figure
	return a.Forecast == b.Forecast && a.Per == b.Per && (a.Period.IsZero() || b.Period.IsZero() || b.Period.Contains(a.Period))
}
