package share

import (
	"strings"

	"beleg/internal/unit"
)

// Bounds of what is in use of what was ever made.
const (
	madeBack   = 6 // passages of a paragraph
	usedBehind = 8 // tokens between the number and what is said to be done with the things
	nounBehind = 4 // tokens between the number and its noun
)

// everMade is how many things of the same noun were ever made, where a number says how many of them are in use: "They
// have issued 190 cards … 240 cards are used". A name in its sentence that the paragraph does not mention before it makes
// them those of someone else.
func (x *examination) everMade(part *number) *number {
	p := part.in
	if part.isMeasured() || part.figure.Change != "" || part.figure.Forecast || p.block < 0 || p.isRow() || !p.mentions(part.token+1, part.token+usedBehind, used) || p.mentions(0, len(p.tokens), denying) {
		return nil
	}
	for back := 1; back <= madeBack && p.index >= back; back++ {
		q := x.passages[p.index-back]
		if q.block != p.block {
			return nil
		}
		for _, n := range q.numbers {
			if n.figure.Unit.Dimension() != unit.Count || n.bare || n.cited == nil || n.figure.Change != "" || !p.countsBy(part, n.figure.UnitText) {
				continue
			}
			if !q.mentions(0, len(q.tokens), made) || q.mentions(0, len(q.tokens), timely) || !x.namesOnlyKnown(p) {
				return nil
			}
			return n
		}
	}
	return nil
}

// countsBy tells whether the noun of a number, right behind it or behind its owner, is the given one.
func (p *passage) countsBy(n *number, noun string) bool {
	for i := n.token + 1; i <= n.token+nounBehind && p.at(i).is == word; i++ {
		if p.at(i).text == strings.ToLower(noun) {
			return true
		}
	}
	return false
}

// namesOnlyKnown tells whether all that a passage writes with a capital letter stands in its paragraph before it, but for
// the months and places behind an "in".
func (x *examination) namesOnlyKnown(p *passage) bool {
	b := x.doc.Post.Text.Blocks[p.block]
	l := x.doc.Lay()
	before := strings.ToLower(textOf(l, b.Start, p.start))
	for i, t := range p.tokens {
		if t.is != word || !t.big || prepositions[t.text] || i > 0 && prepositions[p.at(i-1).text] || i == 0 && (determiners.takes(t.text) || fillers.takes(t.text)) {
			continue
		}
		name := strings.TrimSuffix(strings.TrimSuffix(t.text, "'s"), "’s")
		if !strings.Contains(before, name) {
			return false
		}
	}
	return true
}
