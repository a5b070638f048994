package change

import (
	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// explainFigures is how many figures either side of a change and its ends are tried in pairs before it is called wrong.
const explainFigures = 8

// isExplained tells whether any two values of one unit near a change give it, in either order. Where the text itself
// says what the ends are, only those of the change's sentence are tried.
func (x *examination) isExplained(l *rule.Layout, c *change, e ends) bool {
	values := x.valuesAround(l, c, e)
	for i, a := range values {
		for _, b := range values[i+1:] {
			f, g := &a.Figure, &b.Figure
			if !sameUnit(f, g) && !isPriceOf(f, g) && !isPriceOf(g, f) || !agree(f.Subject, g.Subject) {
				continue
			}
			for _, pair := range []ends{{from: a, to: b}, {from: b, to: a}} {
				if j := x.judgeChange(c, pair); j != nil && j.is == rule.Fits && !j.reading.turned {
					x.Checked(rule.ByArithmetic, c.at.Cited, a.Cited, b.Cited)
					return true
				}
			}
		}
	}
	return false
}

// valuesAround are the values that may explain a change: those of its sentence, and where its ends are not said there,
// those from the sentence before its ends to the one behind it.
func (x *examination) valuesAround(l *rule.Layout, c *change, e ends) []*rule.Spot {
	first, last := min(c.at.At, e.from.At, e.to.At), max(c.at.At, e.from.At, e.to.At)
	lo, _ := sentenceSpots(l, &l.Spots[first])
	_, hi := sentenceSpots(l, &l.Spots[last])
	if e.bond < bondSure {
		if lo > 0 {
			lo, _ = sentenceSpots(l, &l.Spots[lo-1])
		}
		if hi < len(l.Spots) {
			_, hi = sentenceSpots(l, &l.Spots[hi])
		}
	}
	var values []*rule.Spot
	for i := max(lo, first-explainFigures); i < min(hi, last+1+explainFigures); i++ {
		if s := &l.Spots[i]; s.Section == c.at.Section && canBeEnd(s) && c.measures(s) && s.Figure.Kind != cite.Duration {
			values = append(values, s)
		}
	}
	return values
}
