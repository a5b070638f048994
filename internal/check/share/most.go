package share

import "strings"

// wholeOfMost is what "the lion's share", without saying of what, is of: the only amount of the sentence before, where
// the share is the only one of its own. What comes together in a span of time is no share of it.
func (x *examination) wholeOfMost(part *number) *number {
	p := part.in
	if p.index == 0 || p.onlyAlike(part) != part || part.figure.Change != "" || !p.takesMost(part) || p.mentions(0, len(p.tokens), timely) || p.mentions(0, len(p.tokens), totalling) {
		return nil
	}
	before := x.passages[p.index-1]
	whole := before.onlyAlike(part)
	if before.block != p.block || whole == nil || whole.figure.Change != "" {
		return nil
	}
	return whole
}

// takesMost tells whether a number is said to be most of something that was named before.
func (p *passage) takesMost(n *number) bool {
	for i := range p.tokens[:n.token] {
		if t := p.at(i); t.is != word || !mostly.takes(t.text) && !strings.HasPrefix(t.text, "lion") {
			continue
		}
		next := i + 1
		if p.at(next).text == "share" || p.at(next).text == "part" {
			next++
		}
		if _, points := p.spells(next, anaphor); points || !ofWords.takes(p.at(next).text) {
			return true
		}
	}
	return false
}

// onlyAlike is the one amount of a passage that is measured like another one; nil where there are several or none.
func (p *passage) onlyAlike(as *number) *number {
	var only *number
	for _, n := range p.numbers {
		if !n.isAmount() || !kinAlike(n, as) {
			continue
		}
		if only != nil {
			return nil
		}
		only = n
	}
	return only
}
