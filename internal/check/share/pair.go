package share

import (
	"strings"

	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A pair is an amount with the percentage that stands beside it, as that share of some whole.
type pair struct {
	pct    *percent
	part   *number
	whole  *number // where the wording names it
	tie    tie
	first  bool // the percentage stands before the amount
	column int  // of a table
}

// A tie is how a pair's wording points at its whole.
type tie uint8

const (
	free      tie = iota // it does not
	anaphoric            // "12 of them", "12 davon", "30 % of the total": it stands before
	bound                // it is named: "12 of the 40"
)

// Bounds of a pair, in tokens.
const (
	longestBody      = 16 // between an amount and the percentage behind it
	longestInsert    = 10 // between a percentage and the amount behind it
	longestOf        = 5  // between a part and what ties it to its whole
	longestAttribute = 7  // between a part and its whole behind an attribute
	mostCommas       = 2
)

// pairOf finds the amount that a percentage belongs to; nil where it stands alone.
func (x *examination) pairOf(q *percent) *pair {
	if c := q.pairWithin(); c != nil {
		return c
	}
	return x.pairAcross(q)
}

// pairsOfRow are the pairs of a percentage with each amount before it in its row of a table: which column it belongs to
// only the other rows can tell.
func (q *percent) pairsOfRow() []*pair {
	var pairs []*pair
	column := 0
	for _, t := range q.in.tokens[:q.token] {
		switch {
		case t.is == cell:
			column++
		case t.is == num && t.num.isAmount():
			pairs = append(pairs, &pair{pct: q, part: t.num, column: column})
		}
	}
	return pairs
}

// pairWithin finds the amount in the sentence of a percentage that it belongs to.
func (q *percent) pairWithin() *pair {
	if c := q.pairBehind(); c != nil {
		return c
	}
	if q.link == apart {
		return nil
	}
	part := q.amountBefore()
	if part == nil {
		return nil
	}
	c := &pair{pct: q, part: part}
	c.point()
	c.turn()
	return c
}

// turn makes the amount beside a percentage the whole where it is one, and the only smaller one before it the part: "36
// million of the revenue of 60 million come from Europe, i.e. 60 %".
func (c *pair) turn() {
	p := c.part.in
	if c.tie != free || c.pct.link != said || p.ofBefore(c.part) < 0 || c.part.figure.Change != "" {
		return
	}
	var only *number
	for _, n := range p.numbers {
		if n.token >= c.part.token || !n.isAmount() {
			continue
		}
		if _, k := kin(n, c.part); k != alike {
			continue
		}
		if only != nil || n.value() >= c.part.value() || n.figure.Change != "" {
			return
		}
		only = n
	}
	if only != nil {
		c.part, c.whole, c.tie = only, c.part, bound
	}
}

// pairBehind is the amount that is put behind a percentage, in brackets or as what it comes to: "60 % (240)", "60 % of
// the 400, or 240".
func (q *percent) pairBehind() *pair {
	p, i := q.in, q.behind
	if q.base == going {
		i = q.token + 1
	}
	for ; i < q.token+longestInsert && p.at(i).is == word && !sayings.takes(p.at(i).text) && q.base != unsaid; i++ {
	}
	var seen lead
	for ; i < q.token+longestInsert+longestLink; i++ {
		t := p.at(i)
		switch {
		case t.is == num:
			return q.pairWith(t.num, seen)
		case t.is == word && (sayings.takes(t.text) || t.text == "also" && p.lang == unit.German), t.is == word && p.isCopula(i):
			seen.said = true
		case t.is == word && (fillers.takes(t.text) || joiners.takes(t.text)):
			if equating.has(t.text) {
				seen.copula = true
			}
		case t.is == opening:
			seen.bracket = true
		case t.is == comma:
			seen.comma = true
		case t.is == dash, t.is == equals:
			seen.bracket = true
		default:
			return nil
		}
	}
	return nil
}

// pairWith is the pair of a percentage with the amount behind it.
func (q *percent) pairWith(part *number, seen lead) *pair {
	p := q.in
	if !part.isAmount() || part == q.whole {
		return nil
	}
	next := p.at(part.token + 1)
	switch {
	case seen.bracket && (q.base == ofWhole || p.at(part.token-1).is != dash), seen.said:
	case seen.comma && q.base == ofWhole && next.is != word && next.is != num: // "40 % of the 25 million, 10 million, are"
	case seen.copula && q.base == ofWhole:
	default:
		return nil
	}
	c := &pair{pct: q, part: part, first: true}
	switch w := p.wholeBehind(part); {
	case q.base == ofWhole:
		c.whole, c.tie = q.whole, bound
	case w != nil:
		c.whole, c.tie = w, bound
	case q.base == ofTotal:
		c.tie = anaphoric
	}
	return c
}

// amountBefore is the amount that the link of a percentage leads back to, the nearest of its clause.
func (q *percent) amountBefore() *number {
	p, commas, depth := q.in, 0, 0
	for i := q.left; i >= 0 && q.left-i <= longestBody; i-- {
		t := p.at(i)
		switch t.is {
		case closing:
			depth++
		case opening:
			if depth--; depth < 0 {
				return nil
			}
		case comma:
			if commas++; commas > mostCommas {
				return nil
			}
		case semicolon, colon:
			if i < q.left || q.link != said {
				return nil
			}
		case num:
			if depth > 0 {
				continue
			}
			if t.num.isPercent() {
				return nil
			}
			if !t.num.isAmount() {
				continue
			}
			return p.partBefore(t.num)
		}
	}
	return nil
}

// partBefore is a number itself, or the part that it is said to be the whole of.
func (p *passage) partBefore(n *number) *number {
	of := p.ofBefore(n)
	if of < 0 {
		for i := n.token - 1; i >= n.token-longestAttribute && i >= 0; i-- {
			if t := p.at(i); t.is == num && p.attributed(t.num) == n {
				return t.num
			}
		}
		return n
	}
	for i := of - 1; i >= 0 && of-i <= longestOf; i-- {
		t := p.at(i)
		if t.is == num && !t.num.isPercent() && t.num.isAmount() && t.num.value() <= n.value() {
			return t.num
		}
		if t.is != word {
			break
		}
	}
	return n
}

// ofBefore is the token of the word that makes a number a whole: "of the 40", "der insgesamt 40"; -1 where there is none.
func (p *passage) ofBefore(n *number) int {
	i := n.token - 1
	for ; i >= 0 && n.token-i <= longestOf; i-- {
		t := p.at(i)
		if t.is != word {
			return -1
		}
		if t.text == "from" && n.figure.Change != "" {
			return -1
		}
		if ofWords.takes(t.text) && !(determiners.takes(t.text) && i > 0 && p.at(i-1).is == word && ofWords.takes(p.at(i-1).text)) {
			return i
		}
		if !determiners.takes(t.text) && !fillers.takes(t.text) {
			return -1
		}
	}
	return -1
}

// attributed is the number behind the genitive that directly follows a part, where an attribute stands between: "42 der
// im Januar gestarteten 840 Token".
func (p *passage) attributed(part *number) *number {
	i := part.token + 1
	if first := p.at(i).text; first != "der" && first != "des" {
		return nil
	}
	for i++; i <= part.token+longestAttribute; i++ {
		switch t := p.at(i); {
		case t.is == num && t.num.isAmount() && t.num.value() >= part.value():
			return t.num
		case t.is != word, t.big && !prepositions[p.at(i-1).text]:
			return nil
		}
	}
	return nil
}

// wholeBehind is the number that an amount is said to be a part of: "12 of the 40", "12 firms of a total of 40".
func (p *passage) wholeBehind(part *number) *number {
	if w := p.attributed(part); w != nil {
		return w
	}
	for i := part.token + 1; i <= part.token+2*longestOf; i++ {
		t := p.at(i)
		if t.is == closing && i == part.token+1 { // "75 % (36 million) of the 60 million"
			continue
		}
		if t.is == num {
			if of := p.ofBefore(t.num); of > part.token && of-part.token <= longestOf && t.num.isAmount() && t.num.value() >= part.value() {
				return t.num
			}
			return nil
		}
		if t.is != word {
			return nil
		}
	}
	return nil
}

// wholeAhead is the number that opens the clause as the whole of what follows: "Of the 40 firms, 12 are …".
func (p *passage) wholeAhead(part *number) *number {
	for k := len(p.numbers) - 1; k >= 0; k-- {
		n := p.numbers[k]
		if n.token >= part.token || !n.isAmount() || n.value() < part.value() {
			continue
		}
		of := p.ofBefore(n)
		if of < 0 || p.partOf(n) != nil {
			continue
		}
		if before := p.at(of - 1); before.is == word && !p.opensMidway(n, part) {
			continue
		}
		return n
	}
	return nil
}

// opensMidway tells whether a whole that does not begin its clause is surely one: "haben von 58 Firmen nur sieben".
func (p *passage) opensMidway(whole, part *number) bool {
	of := p.at(p.ofBefore(whole)).text
	if of != "von" && of != "of" || whole.isMeasured() || part.isMeasured() {
		return false
	}
	return part.bare && !whole.bare
}

// partOf is the number before a whole that is named its part.
func (p *passage) partOf(whole *number) *number {
	if part := p.partBefore(whole); part != whole {
		return part
	}
	return nil
}

// Bounds of the words that point back.
const (
	anaphorBehind = 4
	anaphorBefore = 5
)

// point finds what the wording of a pair says of its whole.
func (c *pair) point() {
	p, q := c.part.in, c.pct
	if w := p.wholeBehind(c.part); w != nil {
		c.whole, c.tie = w, bound
		return
	}
	if q.base == ofWhole {
		c.whole, c.tie = q.whole, bound
		return
	}
	if w := p.wholeAhead(c.part); w != nil {
		c.whole, c.tie = w, bound
		return
	}
	if q.base == ofTotal || p.pointsBack(c.part) {
		c.tie = anaphoric
	}
}

// pointsBack tells whether an amount is said to be one of what was named before.
func (p *passage) pointsBack(n *number) bool {
	at, size := p.pointer(n)
	return size > 0 && (at < n.token || !restricting.has(p.at(at+size).text))
}

// pointsElsewhere tells whether an amount is said to be one of others: "54 of those who answered".
func (p *passage) pointsElsewhere(n *number) bool {
	at, size := p.pointer(n)
	return size > 0 && at > n.token && restricting.has(p.at(at+size).text)
}

// pointer is the place and length of the words beside an amount that point back.
func (p *passage) pointer(n *number) (at, size int) {
	for i := n.token + 1; i <= n.token+anaphorBehind && p.at(i).is == word; i++ {
		if k, ok := p.spells(i, anaphor); ok {
			return i, k
		}
	}
	for i := n.token - 1; i >= n.token-anaphorBefore && p.at(i).is == word; i-- {
		if k, ok := p.spells(i, anaphor); ok {
			return i, k
		}
	}
	return 0, 0
}

// isEvidence tells whether a pair that nothing fits may be found fault with: its percentage is a share and says of
// nothing else that it is one of it.
func (c *pair) isEvidence() bool {
	q := c.pct
	if q.alien || q.link == copular && c.tie != bound || q.ofThem && q.link == besides || c.tie == free && c.part.in.pointsElsewhere(c.part) {
		return false
	}
	switch q.base {
	case ofNoun:
		return c.tie != free && c.namesWhole(q.noun) || c.tie == bound && q.link == said && !c.part.isMeasured() && q.isOfAllCounted()
	case going:
		return c.tie == bound && q.link == said
	}
	if q.link == held && !c.first && !c.part.isMeasured() {
		return c.tie == bound || c.isRest()
	}
	return !c.isOfHolders()
}

// isOfAllCounted tells whether a percentage is said to be of what a collective noun names.
func (q *percent) isOfAllCounted() bool {
	i := q.token + 1
	if !ofWords.takes(q.in.at(i).text) {
		return false
	}
	for i++; i < q.token+longestOf && determiners.takes(q.in.at(i).text); i++ {
	}
	return collective.takes(q.in.at(i).text) || collective.takes(q.in.at(q.token+2).text)
}

// isRest tells whether the amount is named as what is left of the whole.
func (c *pair) isRest() bool {
	return c.part.in.mentions(c.part.token-2, c.part.token, remaining)
}

// isOfHolders tells whether the amount counts few that hold much.
func (c *pair) isOfHolders() bool {
	return !c.part.isMeasured() && c.part.in.mentions(c.part.token-2, c.part.token+3, holders)
}

// shortestNoun is how many letters of two nouns must agree for them to be the same.
const shortestNoun = 4

// namesWhole tells whether a noun is what the whole counts.
func (c *pair) namesWhole(noun string) bool {
	return c.whole != nil && sameNoun(noun, c.whole.figure.UnitText)
}

func sameNoun(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	n := min(len(a), len(b))
	if n < shortestNoun {
		return a == b && a != ""
	}
	return a[:n] == b[:n] || a[:n-1] == b[:n-1]
}

// exceeds tells whether a part is surely larger than a whole.
func exceeds(part, whole rule.Estimate) bool { return part.Coarse.Low > whole.Coarse.High }
