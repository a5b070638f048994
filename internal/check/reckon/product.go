package reckon

import "beleg/internal/check/rule"

// products finds amounts that do not follow from the rates, prices, powers and terms that they are said to follow from,
// and written formulas that do not hold.
func (x *examination) products(d *rule.Document) {
	for i := range x.phrases {
		p := &x.phrases[i]
		x.formulas(d, p)
		for n := range p.quantities {
			q := &p.quantities[n]
			if q.cited != nil && isAmount(p, q) && q.figure.Kind != "percent" {
				x.derived(&target{doc: d, i: i, p: p, q: q, cue: cueOf(p, q)})
			}
		}
	}
}
