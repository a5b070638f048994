package share

// pairAcross is the pair of a percentage whose sentence only says what the one before it comes to: "Nine of the 14 sites
// run on hydropower. That is 64 %." It is nil where that has several amounts and none of them as part of another.
func (x *examination) pairAcross(q *percent) *pair {
	p := q.in
	if q.left >= 0 || q.link != said && q.link != copular || p.index == 0 {
		return nil
	}
	before := x.passages[p.index-1]
	if before.block != p.block || len(x.percents[before]) > 0 {
		return nil
	}
	var parts []*pair
	var amounts []*number
	for _, n := range before.numbers {
		if !n.isAmount() {
			continue
		}
		amounts = append(amounts, n)
		if w := before.wholeBehind(n); w != nil {
			parts = append(parts, &pair{pct: q, part: n, whole: w, tie: bound})
		} else if w := before.wholeAhead(n); w != nil {
			parts = append(parts, &pair{pct: q, part: n, whole: w, tie: bound})
		}
	}
	switch {
	case len(parts) == 1:
		return parts[0]
	case len(amounts) != 1:
		return nil
	}
	c := &pair{pct: q, part: amounts[0]}
	if q.base == ofTotal || before.pointsBack(c.part) {
		c.tie = anaphoric
	}
	return c
}
