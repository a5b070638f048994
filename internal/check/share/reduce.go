package share

import (
	"math"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Bounds of the wording of a reduction, in tokens, and of where its other end is said, in passages.
const (
	insteadWithin    = 7
	onlyWithin       = 16
	passagesAround   = 3
	comparedLater    = 6
	restatedDistance = 1e-9
)

// reductions checks what is saved, or left of an effort, where a part is enough: "verifies 50,000 of 200 million logits
// … reduces the effort to 0.1 %", "… saves 99.9 %".
func (x *examination) reductions() {
	for i, p := range x.passages {
		if !p.mentions(0, len(p.tokens), reducing) {
			continue
		}
		pairs := reductionPairs(p)
		if len(pairs) == 0 && i > 0 && x.passages[i-1].section == p.section && !hasAmount(p) && backward.takes(p.at(0).text) {
			pairs = reductionPairs(x.passages[i-1])
		}
		for _, q := range x.percents[p] {
			if len(pairs) == 0 || x.told[q.number] || p.mentions(q.token+1, q.token+comparedLater, since) {
				continue
			}
			c := x.reductionClaim(pairs, q)
			if c == nil || x.restated(i, c) && x.outcome(c) != rule.Differs {
				continue
			}
			x.accuse(c)
		}
	}
}

// A portion is a part that does where the whole was needed.
type portion struct{ part, whole *number }

// reductionPairs are the parts that do for their wholes: "50 of 2,000", "50 instead of 2,000", and, of work, "2,000 …
// only 50".
func reductionPairs(p *passage) []portion {
	works := p.mentions(0, len(p.tokens), working)
	var pairs []portion
	for _, part := range p.numbers {
		for _, whole := range p.numbers {
			if part == whole || part.figure.Unit != whole.figure.Unit || !part.isAmount() || !whole.isAmount() || part.value() >= whole.value() {
				continue
			}
			if p.isInstead(part, whole) || works && (p.wholeBehind(part) == whole || p.isOnly(part, whole)) {
				pairs = append(pairs, portion{part, whole})
			}
		}
	}
	return pairs
}

// isInstead tells whether a part is said to stand for a whole.
func (p *passage) isInstead(part, whole *number) bool {
	for i := whole.token - 1; i >= whole.token-insteadWithin && p.at(i).is == word; i-- {
		if instead.takes(p.at(i).text) {
			return i < part.token && part.token < whole.token && i-part.token <= insteadWithin || part.token > whole.token && part.token-whole.token <= onlyWithin || part.token < i && i-part.token <= insteadWithin
		}
	}
	return false
}

// isOnly tells whether a part is said to be all that is needed of a whole before it.
func (p *passage) isOnly(part, whole *number) bool {
	return whole.token < part.token && part.token-whole.token <= onlyWithin && p.mentions(part.token-3, part.token, only)
}

// reductionClaim is what the pairs say of a percentage: what is left where the text says "to", else what is saved. Of
// several pairs it is the one that fits, else the first.
func (x *examination) reductionClaim(pairs []portion, q *percent) *claim {
	var first *claim
	for _, pr := range pairs {
		c := x.shareClaim(pr.part, pr.whole, q.number)
		if c == nil {
			continue
		}
		quiet := false
		switch q.figure.Change {
		case cite.Decline, cite.By:
			left := rule.Computed(c.is.Exact, unit.Percent)
			c.is = c.is.From(100)
			saved := rule.Computed(c.is.Exact, unit.Percent)
			c.sum = rule.Tell("1 − %s von %s = 1 − %s = %s", "1 − %s of %s = 1 − %s = %s", pr.part.figure.Text, pr.whole.figure.Text, left, saved)
			c.says = rule.Tell("%s statt %s sind %s weniger, im Text steht %s.", "%s instead of %s is %s less, the text says %s.", pr.part.figure.Text, pr.whole.figure.Text, saved, q.figure.Text)
		case cite.To:
		default:
			quiet = true
		}
		if is := x.outcome(c); is == rule.Fits || is == rule.Coarse && !quiet {
			return c
		}
		if first == nil && !quiet {
			first = c
		}
	}
	return first
}

// restated checks the other end of a saving where the text gives that as well: what saves 99,9 % is left with 0,1 %, and
// where the one follows from a part and its whole so must the other. It tells whether the other end is wrong: that the
// saving is then a little off is the same mistake.
func (x *examination) restated(i int, c *claim) bool {
	if c.stated.figure.Change == cite.To {
		return false
	}
	left, wrong := 100-c.stated.value(), false
	for k := max(0, i-passagesAround); k < min(len(x.passages), i+passagesAround+1); k++ {
		p := x.passages[k]
		if p.section != x.passages[i].section || !p.mentions(0, len(p.tokens), reducing) {
			continue
		}
		for _, n := range p.numbers {
			if n.figure.Unit != unit.Percent || n.figure.Change != cite.To || math.Abs(n.value()-left) > restatedDistance {
				continue
			}
			if twin := x.shareClaim(c.from[0], c.from[1], n); twin != nil {
				twin.from = append(twin.from, c.stated)
				x.accuse(twin)
				wrong = wrong || x.outcome(twin) == rule.Differs
			}
		}
	}
	return wrong
}
