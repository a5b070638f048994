package share

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Bounds of shares held jointly, in tokens between the percentage and the word that says so.
const (
	jointAhead  = 10
	jointBehind = 5
)

// together checks percentages that are the share of several parts together: "40 and 25 of 90 billion, together over 80 %".
// The parts may stand in the passage before.
func (x *examination) together() {
	for i, p := range x.passages {
		for _, q := range x.percents[p] {
			if x.told[q.number] || q.isMoved() || !q.isJoint() {
				continue
			}
			if c := x.jointClaim(i, q); c != nil {
				x.accuse(c)
			}
		}
	}
}

// isJoint tells whether a percentage is said to be that of several.
func (q *percent) isJoint() bool {
	for i := q.token - 1; i >= q.token-jointAhead && q.in.at(i).is != num && q.in.at(i).is != outside; i-- {
		if joint.takes(q.in.at(i).text) {
			return true
		}
	}
	for i := q.token + 1; i <= q.token+jointBehind && q.in.at(i).is == word; i++ {
		if joint.takes(q.in.at(i).text) {
			return true
		}
	}
	return false
}

// jointClaim is the claim that a percentage is the share of all the parts of a passage in its whole; nil where there are
// no such parts, or amounts beside them that may be others.
func (x *examination) jointClaim(i int, q *percent) *claim {
	p := x.passages[i]
	of := p
	if !hasAmount(p) && i > 0 && x.passages[i-1].section == p.section {
		of = x.passages[i-1]
	}
	whole := markedWhole(of)
	if whole == nil && of != p {
		whole = markedWhole(p)
	}
	if whole == nil {
		return nil
	}
	parts, others := partsOf(of, whole)
	if len(parts) < 2 || len(parts) > mostShares {
		return nil
	}
	es := x.estimates(append(parts, whole)...)
	sum := es[0]
	for _, e := range es[1:len(parts)] {
		sum = sum.Plus(e)
	}
	all := es[len(parts)]
	if exceeds(sum, all) {
		return nil
	}
	is := sum.Over(all).By(100)
	computed, total, terms := rule.Computed(is.Exact, unit.Percent), sumText(parts, sum.Exact), joined(parts, "+")
	c := &claim{stated: q.number, from: append(parts, whole), is: is, sure: true,
		sum: rule.Tell("%s = %s von %s = %s", "%s = %s of %s = %s", terms, total, whole.figure.Text, computed),
		says: rule.Tell("%s sind zusammen %s von %s und damit %s, im Text steht %s.", "%s come to %s of %s, which is %s; the text says %s.",
			terms, total, whole.figure.Text, computed, statedText(q.number))}
	if others > 0 && x.outcome(c) != rule.Fits {
		return nil
	}
	return c
}

func hasAmount(p *passage) bool {
	for _, n := range p.numbers {
		if n.isAmount() && (n.cited != nil && n.figure.Unit != "") {
			return true
		}
	}
	return false
}

// markedWhole is the amount of a passage that is named a whole, the largest of several; nil where there is none.
func markedWhole(p *passage) *number {
	var whole *number
	for _, n := range p.numbers {
		if n.isAmount() && n.figure.Unit != "" && p.ofBefore(n) >= 0 && (whole == nil || n.value() > whole.value()) {
			whole = n
		}
	}
	return whole
}

// partsOf are the amounts of a passage that may be parts of a whole, and how many others of its measure there are.
func partsOf(p *passage, whole *number) (parts []*number, others int) {
	for _, n := range p.numbers {
		if n == whole || n.isPercent() {
			continue
		}
		ways := kinOf(n, whole)
		if len(ways) == 0 {
			continue
		}
		if !n.isAmount() || ways[0].value() >= whole.value() || !fitInTime(n, whole) {
			others++
			continue
		}
		parts = append(parts, ways[0])
	}
	return parts, others
}

// sumText is a sum in the scale of its parts, as "65" for 40 and 25 billion where these are written without.
func sumText(parts []*number, sum float64) rule.Say {
	u, scale, plain := parts[0].figure.Unit, parts[0].scale, true
	for _, n := range parts {
		if n.figure.Unit != "" {
			u = n.figure.Unit
		}
		if n.scale != scale {
			scale = 0
		}
		plain = plain && strings.Trim(n.figure.Text, "0123456789.,' ") == ""
	}
	if scale > 1 && plain {
		return rule.Computed(sum/scale, "")
	}
	return rule.Computed(sum, u)
}

// statedText is a number with its qualifier, as far as it changes what it says.
func statedText(n *number) rule.Say {
	switch n.figure.Qualifier {
	case cite.Over:
		return rule.Sayf("über %s", "over %s", n.figure.Text)
	case cite.Under:
		return rule.Sayf("unter %s", "under %s", n.figure.Text)
	case cite.AtLeast:
		return rule.Sayf("mindestens %s", "at least %s", n.figure.Text)
	case cite.UpTo:
		return rule.Sayf("bis zu %s", "up to %s", n.figure.Text)
	}
	return rule.Sayf("%s", "%s", n.figure.Text)
}
