package share

import (
	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// Bounds of the wordings of a part and its whole, in tokens.
const (
	wholeToCue = 14 // between a whole and "of which"
	cueToPart  = 5  // between "of which" and a part
	aheadReach = 20 // between "Of the 40" and a part
)

// impossible finds parts that are larger than their wholes.
func (x *examination) impossible() {
	for _, p := range x.passages {
		for _, part := range p.numbers {
			if !part.isAmount() {
				continue
			}
			whole := p.wholeNamed(part)
			if whole == nil {
				whole = x.wholePointedAt(part)
			}
			severity := cite.Error
			if whole == nil {
				whole, severity = x.wholeOfMost(part), cite.Warning
			}
			if whole == nil {
				whole = x.everMade(part)
			}
			if whole == nil || whole.cited == nil || whole.figure.Unit == "" || !fitInTime(part, whole) {
				continue
			}
			if as := part.inUnitOf(whole); as != nil && exceeds(x.estimate(as), x.estimate(whole)) {
				x.Add(x.oversized(part, whole, severity))
			}
		}
	}
}

// inUnitOf is a part in the unit of its whole; nil where the two are measured differently or count different things.
func (n *number) inUnitOf(whole *number) *number {
	as, k := kin(n, whole)
	switch {
	case k == alike && n.figure.Unit != "":
		return as
	case k == perhaps && n.bare:
		return as
	}
	return nil
}

// wholeNamed is the amount that another one is said to be a part of, whatever their sizes; nil where there is none.
func (p *passage) wholeNamed(part *number) *number {
	if w := p.wholeByCue(part); w != nil {
		return w
	}
	for i := part.token + 1; i <= part.token+2*longestOf; i++ { // "50 of the 36"
		t := p.at(i)
		if t.is == num {
			of := p.ofBefore(t.num)
			if of > part.token && of-part.token <= 3 && t.num.token-of >= 2 && kinAlike(part, t.num) && t.num.isAmount() {
				return t.num
			}
			break
		}
		if t.is != word {
			break
		}
	}
	return p.wholeOpening(part)
}

// wholePointedAt is what "410 of them" speaks of: the amount before it, in its sentence or the one before, where that is
// the only one it can be. A larger one there is what is meant.
func (x *examination) wholePointedAt(part *number) *number {
	p := part.in
	at := part.token + 1
	if fillers.takes(p.at(at).text) {
		at++
	}
	size, ok := p.spells(at, within)
	if !ok || restricting.has(p.at(at+size).text) || !part.bare || part.figure.Change != "" || !p.leads(part) {
		return nil
	}
	var only *number
	for back := 0; back <= 1 && p.index-back >= 0 && only == nil; back++ {
		q := x.passages[p.index-back]
		if q.block != p.block {
			break
		}
		for _, w := range q.numbers {
			if back == 0 && w.token >= part.token || !w.isAmount() {
				continue
			}
			if _, k := kin(part, w); k == strangers {
				continue
			}
			if only != nil {
				return nil
			}
			only = w
		}
	}
	return only
}

// leads tells whether a number begins its clause.
func (p *passage) leads(n *number) bool {
	i := n.token - 1
	for i >= 0 && p.at(i).is == word && fillers.takes(p.at(i).text) {
		i--
	}
	return i < 0 || p.at(i).is == comma || p.at(i).is == semicolon || p.at(i).is == dash
}

func kinAlike(a, b *number) bool {
	_, k := kin(a, b)
	return k == alike
}

// wholeByCue is the amount before "of which" or "including", the nearest that is measured like the part.
func (p *passage) wholeByCue(part *number) *number {
	from := -1
	for i := part.token - 1; i >= part.token-cueToPart && i >= 0; i-- {
		if t := p.at(i); t.is != word {
			return nil
		}
		n, ok := p.spells(i, including)
		if !ok {
			continue
		}
		if _, strict := p.spells(i, within); !strict && part.bare { // "36 blocks, including 50 transfers"
			return nil
		}
		if i+n <= part.token {
			from = i - 1
			break
		}
	}
	for i := from; i >= 0 && from-i <= wholeToCue; i-- {
		t := p.at(i)
		switch {
		case t.is == semicolon:
			return nil
		case t.is == num && t.num.isAmount():
			if part.inUnitOf(t.num) != nil {
				return t.num
			}
			return nil
		}
	}
	return nil
}

// wholeOpening is the amount that a sentence begins with as the whole of what follows: "Of the 390 billion, 226 trillion
// went to firms".
func (p *passage) wholeOpening(part *number) *number {
	for i := 0; i < part.token && i <= longestOf; i++ {
		t := p.at(i)
		if t.is != num {
			continue
		}
		if p.ofBefore(t.num) != 0 || part.token-t.num.token > aheadReach || !t.num.isAmount() {
			return nil
		}
		for k := t.num.token + 1; k < part.token; k++ {
			if between := p.at(k).is; between == num || between == opening {
				return nil
			}
		}
		switch {
		case kinAlike(part, t.num) && p.mentions(t.num.token, part.token, falling):
		case part.bare && !part.isMeasured() && !t.num.isMeasured() && p.at(part.token-1).is == comma: // "Of the 14 bought, 21 are …"
		default:
			return nil
		}
		return t.num
	}
	return nil
}

// oversized is the finding that a part is larger than its whole. Where the two are written with different scale words
// and the part would fit with the next smaller one, that is the likely cause.
func (x *examination) oversized(part, whole *number, severity cite.Severity) rule.Finding {
	figures := figuresOf(&claim{stated: part, from: []*number{whole}})
	x.Checked(rule.ByArithmetic, figures...)
	f := rule.Finding{Rule: rule.MathShare, Severity: severity, Doc: x.doc, At: figures[0], Figures: figures[1:],
		Formula:  rule.Tell("%s > %s", "%s > %s", part.figure.Text, whole.figure.Text),
		Evidence: cite.Evidence{Stated: part.figure.Text},
		Says: rule.Tell("Der Teil (%s) ist größer als das Ganze (%s).", "The part (%s) is larger than its whole (%s).",
			part.figure.Text, whole.figure.Text)}
	for _, k := range rule.Slips {
		if whole.scale > 0 && part.scale/whole.scale >= k && part.value()/k <= whole.value() {
			f.Rule = rule.Scale
			f.Says = rule.Tell("Der Teil (%s) ist größer als das Ganze (%s); gemeint ist wohl %s.", "The part (%s) is larger than its whole (%s); %s is probably meant.",
				part.figure.Text, whole.figure.Text, rule.Computed(part.value()/k, part.figure.Unit))
			break
		}
	}
	return f
}
