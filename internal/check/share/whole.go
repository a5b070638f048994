package share

import (
	"math"

	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// bound holds a pair whose whole is named beside it against that.
func (x *examination) bound(c *pair) {
	var best *claim
	for _, part := range kinOf(c.part, c.whole) {
		k := x.shareClaim(part, c.whole, c.pct.number)
		if k != nil && (best == nil || x.outcome(k) < x.outcome(best)) {
			best = k
		}
	}
	if best == nil {
		return
	}
	best.sure = true
	switch is := x.outcome(best); {
	case is == rule.Fits:
		x.accept(best)
	case !c.isEvidence():
	case is == rule.Coarse:
		x.accuse(best)
	case x.fitsBeside(c), x.isComplement(best), x.isChangeOf(c):
		x.told[c.pct.number] = true
	default:
		x.accuse(best)
	}
}

// fitsBeside tells whether a percentage is the share of another amount before it in its passage, or in another one of
// that or of the passage before.
func (x *examination) fitsBeside(c *pair) bool {
	p := c.pct.in
	wholes := p.numbers
	if p.index > 0 && x.passages[p.index-1].block == p.block {
		wholes = append(append([]*number{}, x.passages[p.index-1].numbers...), wholes...)
	}
	for _, part := range p.numbers {
		for _, whole := range wholes {
			if part == whole || part != c.part && whole != c.whole || !c.first && (!part.isBefore(c.pct) || !whole.isBefore(c.pct)) {
				continue
			}
			if x.fits(part, whole, c.pct.number) {
				return true
			}
		}
	}
	return false
}

// isBefore tells whether a number stands before a percentage.
func (n *number) isBefore(q *percent) bool { return n.in != q.in || n.token < q.token }

// farOff is the factor by which a percentage differs from that of a part in a whole so much that no rounding and no
// qualifier makes them the same.
const farOff = 3

// isFar tells at a glance that a percentage cannot be that of a part in a whole: most pairs of a post are like that.
func isFar(part, whole, pct *number) bool {
	of := whole.value() * pct.value()
	return of > 0 && pct.figure.Qualifier != cite.UpTo && (100*part.value() > farOff*of || 100*part.value()*farOff < of)
}

// fits tells whether a percentage is that of a part in a whole, to the digits.
func (x *examination) fits(part, whole, pct *number) bool {
	if !part.isAmount() || !whole.isAmount() {
		return false
	}
	part, k := kin(part, whole)
	if k == strangers || isFar(part, whole, pct) {
		return false
	}
	c := x.shareClaim(part, whole, pct)
	return c != nil && x.outcome(c) == rule.Fits
}

// isComplement tells whether the text states what is left of the whole instead, of those that do not.
func (x *examination) isComplement(c *claim) bool {
	p := c.stated.in
	return p.mentions(0, len(p.tokens), denying) && x.isLeft(c)
}

// isLeft tells whether the text states what is left of the whole.
func (x *examination) isLeft(c *claim) bool {
	is, _ := x.Settings.Weigh(x.estimate(c.stated), c.stated.step, c.is.From(100))
	return is == rule.Fits
}

// changesBack is how many passages back a percentage may be the change since.
const changesBack = 2

// isChangeOf tells whether a percentage is how much its amount differs from another one near it.
func (x *examination) isChangeOf(c *pair) bool {
	stated := x.estimate(c.pct.number)
	for i := max(0, c.pct.in.index-changesBack); i <= c.pct.in.index; i++ {
		for _, n := range x.passages[i].numbers {
			if n == c.part || !n.isAmount() || n.value() == c.whole.valueOr(math.NaN()) {
				continue
			}
			part, k := kin(c.part, n)
			if k != alike {
				continue
			}
			ratio := x.estimate(part).Over(x.estimate(n)).By(100)
			for _, e := range []rule.Estimate{{Exact: ratio.Exact - 100, Fine: ratio.Fine.Minus(100), Coarse: ratio.Coarse.Minus(100)}, ratio.From(100)} {
				if is, _ := x.Settings.Weigh(stated, c.pct.step, e); is == rule.Fits && e.Exact > 0 {
					return true
				}
			}
		}
	}
	return false
}

// valueOr is the value of a number, or another one where there is none.
func (n *number) valueOr(v float64) float64 {
	if n == nil {
		return v
	}
	return n.value()
}

// Where wholes are looked for.
const (
	passagesBack  = 8 // of the same section
	mostWholes    = 12
	anaphorReach  = 2 // passages back for "of them"
	totalReach    = 3 // passages back for "of the total"
	mostExplained = 600
)

// A candidate is an amount that may be the whole of a part, so many passages before it.
type candidate struct {
	*number
	part *number // in its unit
	kin  kinship
	back int
}

// wholesBefore are the amounts before a part in its section that it may be a part of, nearest first.
func (x *examination) wholesBefore(part *number) []candidate {
	var found []candidate
	here := part.in
	for back := 0; back <= passagesBack && here.index-back >= 0; back++ {
		p := x.passages[here.index-back]
		if p.section != here.section {
			break
		}
		for k := len(p.numbers) - 1; k >= 0 && len(found) < mostWholes; k-- {
			n := p.numbers[k]
			if back == 0 && n.token >= part.token || !n.isAmount() || n.cited == nil && !n.bare {
				continue
			}
			as, kn := kin(part, n)
			if kn == strangers || n.value() <= as.value() {
				continue
			}
			found = append(found, candidate{n, as, kn, back})
		}
	}
	return found
}

// unbound holds a pair whose whole is not named beside it against what stands before it. Whatever amount explains it
// does; only where none does, and the wording or the place leaves one whole alone, it is found fault with.
func (x *examination) unbound(c *pair) {
	wholes := x.wholesBefore(c.part)
	var coarse *claim
	for i, w := range wholes {
		k := x.shareClaim(w.part, w.number, c.pct.number)
		if k == nil {
			continue
		}
		switch x.outcome(k) {
		case rule.Fits:
			x.accept(k)
			return
		case rule.Coarse:
			if coarse == nil && i == 0 && c.tie == anaphoric {
				coarse = k
			}
		}
	}
	if !c.isEvidence() || c.pct.isFraction() || x.isExplained(c) {
		return
	}
	if coarse != nil {
		x.accuse(coarse)
		return
	}
	if w := x.wholeFor(c, wholes); w != nil {
		if k := x.shareClaim(w.part, w.number, c.pct.number); k != nil && x.outcome(k) == rule.Differs && !x.isComplement(k) {
			x.accuse(k)
		}
	}
}

// isExplained tells whether any amount of the post, or any change near it, gives the percentage of a pair.
func (x *examination) isExplained(c *pair) bool {
	for i, n := range x.amounts {
		if i == mostExplained {
			break
		}
		if n != c.part && x.fits(c.part, n, c.pct.number) {
			return true
		}
	}
	return x.isChangeOf(c) || x.fitsBeside(c)
}

// wholeFor is the one amount that a pair can be meant for; nil where its wording and place leave several, or none.
func (x *examination) wholeFor(c *pair, wholes []candidate) *candidate {
	if c.part.in.kind == cite.TableRow {
		return nil
	}
	if c.tie == anaphoric {
		return x.antecedent(c, wholes)
	}
	if c.pct.base != unsaid || c.pct.link != bracket && c.pct.link != said && !c.first {
		return nil
	}
	if w := x.leadWhole(c, wholes); w != nil {
		return w
	}
	if w := x.onlyWhole(c, wholes, 1, func(w *candidate) bool { return w.in.block == c.part.in.block && (w.kin == alike || c.part.bare) }); w != nil {
		return w
	}
	return x.onlyWhole(c, wholes, totalReach, func(w *candidate) bool { return w.in.block == c.part.in.block && w.kin == alike && x.isTotal(c, w) })
}

// antecedent is the nearest amount that a pair which points back can speak of.
func (x *examination) antecedent(c *pair, wholes []candidate) *candidate {
	points, reach := c.part.in.pointsBack(c.part), anaphorReach
	if !points {
		reach = totalReach
	}
	for i := range wholes {
		w := &wholes[i]
		if w.back <= reach && fitInTime(c.part, w.number) && (w.kin == alike || c.part.bare || points) {
			return w
		}
	}
	return nil
}

// onlyWhole is the one amount, not further back than reach, that may be meant; nil where there are several.
func (x *examination) onlyWhole(c *pair, wholes []candidate, reach int, may func(*candidate) bool) *candidate {
	var only *candidate
	for i := range wholes {
		w := &wholes[i]
		if w.back > reach || !fitInTime(c.part, w.number) || w.kin != alike && !c.part.bare {
			continue
		}
		if only != nil && only.value() != w.value() || !may(w) {
			return nil
		}
		only = w
	}
	return only
}

// isTotal tells whether a whole some sentences back is surely that of a pair: it counts the same by the same noun, or is
// said to be the total.
func (x *examination) isTotal(c *pair, w *candidate) bool {
	if !w.isMeasured() {
		return !c.part.bare && !w.bare
	}
	return w.in.mentions(0, len(w.in.tokens), totalling)
}

// leadWhole is the one amount of the line that leads into the list of a pair.
func (x *examination) leadWhole(c *pair, wholes []candidate) *candidate {
	here := c.part.in
	if here.kind != cite.ListItem {
		return nil
	}
	first := here.index
	for first > 0 && isSameGroup(x.passages[first-1], x.passages[first]) {
		first--
	}
	if first == 0 || here.block-x.passages[first-1].block > mostSiblings || x.passages[first].block-x.passages[first-1].block > furthestItem {
		return nil
	}
	var only *candidate
	for i := range wholes {
		w := &wholes[i]
		if w.in != x.passages[first-1] || w.kin != alike && !c.part.bare || !fitInTime(c.part, w.number) {
			continue
		}
		if only != nil {
			return nil
		}
		only = w
	}
	return only
}
