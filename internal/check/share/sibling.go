package share

import (
	"cmp"
	"slices"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A sibling is a pair of a list, a table or a paragraph with the whole that it implies.
type sibling struct {
	*pair
	implied rule.Interval
	fine    rule.Interval // taking zeros at the end of round numbers at their word
	exact   float64
}

// Bounds of groups of siblings.
const (
	mostSiblings  = 24
	fewestAlone   = 3    // siblings that agree where no whole is stated
	fewestStated  = 2    // siblings that agree where it is
	widestImplied = 1.15 // how far the ends of an implied whole may lie apart, as a factor
	furthestItem  = 2    // blocks between two items of a list
)

// groups checks the pairs that stand in one list, one table or one paragraph against each other.
func (x *examination) groups() {
	for from := 0; from < len(x.passages); {
		to := from + 1
		for to < len(x.passages) && isSameGroup(x.passages[to-1], x.passages[to]) {
			to++
		}
		x.group(x.passages[from], x.passages[to-1])
		from = to
	}
}

// isSameGroup tells whether two passages, one after the other, belong to one list, table or paragraph.
func isSameGroup(a, b *passage) bool {
	if a.block == b.block {
		return true
	}
	isItem := b.kind == cite.ListItem || b.kind == cite.TableRow
	return isItem && a.kind == b.kind && a.section == b.section && b.block-a.block <= furthestItem
}

// group checks the pairs from one passage to another.
func (x *examination) group(first, last *passage) {
	groups := map[measure][]*sibling{}
	for _, c := range x.pairs {
		if i := c.pct.in.index; i < first.index || i > last.index || c.pct.alien || c.pct.isFraction() || c.pct.base == going || c.pct.base == ofWhole {
			continue
		}
		m := measure{column: c.column} // counts are measured alike
		if c.part.isMeasured() {
			m.unit = c.part.figure.Unit
		}
		e, p := x.estimate(c.part), x.estimate(c.pct.number)
		if p.Coarse.Low <= 0 {
			continue
		}
		of := e.Over(p).By(100)
		groups[m] = append(groups[m], &sibling{c, of.Coarse, of.Fine, of.Exact})
	}
	var found []consensus
	for _, siblings := range groups {
		if len(siblings) >= fewestStated && len(siblings) <= mostSiblings {
			found = append(found, x.consensusOf(siblings, first))
		}
	}
	slices.SortFunc(found, func(a, b consensus) int { // a percentage may stand beside several amounts: the best explanation wins
		return cmp.Or(cmp.Compare(len(b.agree), len(a.agree)), cmp.Compare(a.place(), b.place()))
	})
	for i := range found {
		x.settle(&found[i])
	}
}

// A measure is what siblings must have in common.
type measure struct {
	unit   unit.Unit
	column int
}

// A consensus is the whole that most siblings imply.
type consensus struct {
	agree  []*sibling
	odd    []*sibling
	whole  rule.Interval
	exact  float64
	stated *number // the amount of the text that it is, if there is one
}

// place is where the first of those that agree stands, to put several in order.
func (c *consensus) place() int {
	if len(c.agree) == 0 {
		return 0
	}
	return c.agree[0].part.in.index*mostTokens + c.agree[0].part.token
}

// consensusOf finds the whole that most siblings agree on.
func (x *examination) consensusOf(siblings []*sibling, first *passage) consensus {
	var best consensus
	consider := func(v float64, stated *number) {
		c := consensusOn(siblings, v, stated)
		if len(c.agree) > len(best.agree) || len(c.agree) == len(best.agree) && best.stated == nil && stated != nil {
			best = c
		}
	}
	for _, w := range x.statedNear(siblings, first) {
		consider(w.value(), w)
	}
	for _, s := range siblings {
		consider(s.exact, nil)
	}
	for _, s := range siblings { // where most intervals overlap one of them begins
		consider(s.implied.Low, nil)
		consider(s.fine.Low, nil)
	}
	return best
}

// settle notes those that agree on a whole, and finds fault with those that do not where it is surely theirs too.
func (x *examination) settle(c *consensus) {
	if len(c.agree) == 0 || len(c.agree) == 1 && !c.agree[0].pointsAt(c.stated) {
		return
	}
	if len(c.agree) >= fewestStated && (c.stated != nil || len(c.agree) >= fewestAlone) {
		x.agreed(c)
	}
	if x.isTelling(c) {
		for _, s := range c.odd {
			x.odd(c, s)
		}
	}
}

// consensusOn is who agrees on a whole.
func consensusOn(siblings []*sibling, v float64, stated *number) consensus {
	widest := rule.Interval{Low: 0, High: v * widestImplied * widestImplied}
	c, fine := consensus{exact: v, stated: stated, whole: widest}, widest
	for _, s := range siblings {
		if !s.implied.Holds(v) {
			c.odd = append(c.odd, s)
			continue
		}
		c.agree = append(c.agree, s)
		c.whole, fine = common(c.whole, s.implied), common(fine, s.fine)
	}
	if fine.Low <= fine.High {
		c.whole = fine
	}
	return c
}

// common is what two intervals have in common.
func common(a, b rule.Interval) rule.Interval {
	return rule.Interval{Low: max(a.Low, b.Low), High: min(a.High, b.High)}
}

// statedNear are the amounts of the section, up to the group's end, that may be the whole of siblings.
func (x *examination) statedNear(siblings []*sibling, first *passage) []*number {
	var near []*number
	last := siblings[len(siblings)-1].pct.in.index
	for _, n := range x.amounts {
		if n.in.section != first.section || n.in.index > last || n.cited == nil {
			continue
		}
		if _, k := kin(siblings[0].part, n); k == strangers || slices.ContainsFunc(siblings, func(s *sibling) bool { return s.part == n }) {
			continue
		}
		near = append(near, n)
	}
	return near
}

// pointsAt tells whether a sibling alone ties a stated whole to its group: its wording points back at it, or names it.
func (s *sibling) pointsAt(stated *number) bool {
	return stated != nil && s.tie != free && (s.whole == nil || s.whole == stated) && stated.in.index <= s.part.in.index && s.part.in.index-stated.in.index <= anaphorReach
}

// isTelling tells whether those that agree are enough to find fault with those that do not.
func (x *examination) isTelling(c *consensus) bool {
	n := len(c.agree)
	switch {
	case len(c.odd) == 0 || c.whole.Low <= 0 || c.whole.High > c.whole.Low*widestImplied && c.stated == nil:
		return false
	case n == 1:
		return len(c.odd) == 1
	case c.stated != nil && n >= fewestStated, n >= fewestAlone:
		return 2*len(c.odd) <= n
	}
	return false
}

// agreed notes those that agree.
func (x *examination) agreed(c *consensus) {
	for _, s := range c.agree {
		if x.told[s.pct.number] {
			continue
		}
		x.told[s.pct.number] = true
		for _, n := range []*number{s.pct.number, s.part, c.stated} {
			if n != nil && n.cited != nil {
				x.Checked(rule.ByArithmetic, n.cited)
			}
		}
	}
}

// odd finds fault with a sibling that implies another whole, unless something else explains it.
func (x *examination) odd(c *consensus, s *sibling) {
	if x.told[s.pct.number] || !s.isEvidence() || s.tie == bound || s.part.value() > c.exact || x.fitsElsewhere(c, s) || len(c.agree) < fewestAlone && x.isChangeOf(s.pair) {
		return
	}
	if len(c.agree) == 1 && (s.pct.link != said && s.pct.link != bracket || s.part.in.index < c.agree[0].part.in.index || s.part.in.index-c.agree[0].part.in.index > anaphorReach) {
		return
	}
	if c.stated != nil {
		part, k := kin(s.part, c.stated)
		if k == strangers {
			return
		}
		if claim := x.shareClaim(part, c.stated, s.pct.number); claim != nil && !x.isComplement(claim) && x.outcome(claim) == rule.Differs {
			claim.sure = len(c.agree) >= fewestStated
			x.accuse(claim)
		}
		return
	}
	x.accuse(x.impliedClaim(c, s))
}

// fitsElsewhere tells whether an odd sibling is the share of another amount of its section. In a list the other items are
// no wholes of it, unless it points back.
func (x *examination) fitsElsewhere(c *consensus, s *sibling) bool {
	for _, w := range x.wholesBefore(s.part) {
		isOther := s.part.in.isRow() && !s.part.in.pointsBack(s.part) && slices.ContainsFunc(c.agree, func(o *sibling) bool { return o.part == w.number })
		if !isOther && x.fits(s.part, w.number, s.pct.number) {
			return true
		}
	}
	return false
}

// impliedClaim is the claim that a percentage is a share of the whole that its siblings imply.
func (x *examination) impliedClaim(c *consensus, s *sibling) *claim {
	of := rule.Estimate{Exact: c.whole.Middle(), Fine: c.whole, Coarse: c.whole}
	is := x.estimate(s.part).Over(of).By(100)
	computed, whole := rule.Computed(is.Exact, unit.Percent), rule.Computed(of.Exact, s.part.figure.Unit)
	k := &claim{stated: s.pct.number, from: []*number{s.part}, is: is, sure: true,
		sum: rule.Tell("%s von %s = %s", "%s of %s = %s", s.part.figure.Text, whole, computed),
		says: rule.Tell("Die anderen Anteile setzen ein Ganzes von rund %s voraus; %s davon sind %s, im Text steht %s.",
			"The other shares imply a whole of about %s; %s of that is %s, the text says %s.", whole, s.part.figure.Text, computed, s.pct.figure.Text)}
	for _, other := range c.agree {
		k.from = append(k.from, other.part, other.pct.number)
	}
	return k
}
