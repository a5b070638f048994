package change

import (
	"slices"
	"strings"

	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// How far the ends of a change may lie from it.
const (
	endsFigures = 8   // figures before the change's sentence, or either way in it, that are looked at
	endsBytes   = 240 // bytes between that figure's sentence and the rate's
	talkBytes   = 600 // bytes of a sentence either way of a figure that are read
)

// ends are the two values that a change may lie between.
type ends struct {
	from, to *rule.Spot
	bond     bond
	than     bool // from follows "more than", which says nothing of its own size
	told     bool // the words around them say which one is the earlier
}

// endsOf finds what a change may lie between, in its own sentence and in those before it.
func endsOf(l *rule.Layout, c *change) []ends {
	lo, hi := sentenceSpots(l, c.at)
	found := statedEnds(l, c, lo, hi)
	if c.kind == changeAmount { // many amounts are near by chance
		return slices.DeleteFunc(found, func(e ends) bool { return e.bond < bondSure || measuredOtherwise(l, c, e) })
	}
	isSure := func(e ends) bool { return e.bond == bondSure }
	if !slices.ContainsFunc(found, isSure) {
		found = append(found, heldAgainst(l, c, lo, hi)...)
	}
	if !slices.ContainsFunc(found, isSure) {
		found = append(found, toldEnds(l, c, lo, hi)...)
	}
	for _, e := range found { // without times, which one is the earlier may be misread
		if e.bond == bondLikely && !e.than && !e.told && e.from.Figure.Change != cite.From && !isBefore(e.from, e.to) {
			found = append(found, ends{from: e.to, to: e.from})
		}
	}
	return slices.DeleteFunc(found, func(e ends) bool { return !e.areInOrder() || measuredOtherwise(l, c, e) })
}

// sentenceSpots is the range of spots near a spot in its sentence.
func sentenceSpots(l *rule.Layout, s *rule.Spot) (lo, hi int) {
	lo, hi = s.At, s.At+1
	for lo > 0 && lo > s.At-endsFigures && rule.SameSentence(&l.Spots[lo-1], s) {
		lo--
	}
	for hi < len(l.Spots) && hi <= s.At+endsFigures && rule.SameSentence(&l.Spots[hi], s) {
		hi++
	}
	return lo, hi
}

// talk is the words of a figure's sentence near it.
func talk(l *rule.Layout, s *rule.Spot) wordRun {
	f := &s.Figure
	return wordsOf(l.Text(max(f.Sentence[0], f.At-talkBytes), min(f.Sentence[1], f.AtEnd+talkBytes)))
}

// head is the words of a figure's sentence before byte end; its beginning where the sentence is long.
func head(l *rule.Layout, s *rule.Spot, end int) wordRun {
	from := s.Figure.Sentence[0]
	return wordsOf(l.Text(from, min(end, from+talkBytes)))
}

// statedEnds are the pairs that the text itself makes the ends of a change ("von … auf …"), among spots lo to hi.
func statedEnds(l *rule.Layout, c *change, lo, hi int) []ends {
	var found []ends
	for i := lo; i < hi; i++ {
		from := &l.Spots[i]
		if from.Figure.Change != cite.From || !c.measures(from) {
			continue
		}
		for k := max(lo, i-3); k < min(hi, i+4); k++ {
			to := &l.Spots[k]
			if to.Figure.Change == cite.To && to.Figure.Relation == from.Figure.Relation && c.measures(to) && !isParted(l, from, to) {
				found = append(found, ends{from: from, to: to, bond: tieTo(l, c, from, to)})
			}
		}
	}
	return found
}

// heldAgainst are pairs of the sentence of which one says that it is what the other is held against: "25 $ statt 100 $",
// "auf 15 Mio. $, nach 10 Mio. $ im Vorjahr", "15 Mio. $, 60 % mehr als die 10 Mio. $ von 2023".
func heldAgainst(l *rule.Layout, c *change, lo, hi int) []ends {
	for _, isBase := range []func(*rule.Layout, *change, *rule.Spot) bool{isBase, isMeasuredFrom} {
		var found []ends
		for i := lo; i < hi; i++ {
			base := &l.Spots[i]
			if !canBeEnd(base) || !c.measures(base) || !isBase(l, c, base) {
				continue
			}
			if top := topNear(l, c, base, lo, hi); top != nil {
				found = append(found, ends{from: base, to: top, bond: tieTo(l, c, base, top), than: base.At == c.at.At+1})
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return datedPair(l, c, lo, hi)
}

// topNear is the value of the sentence that a base belongs to: the nearest comparable one, first before it.
func topNear(l *rule.Layout, c *change, base *rule.Spot, lo, hi int) *rule.Spot {
	for i := base.At - 1; i >= lo; i-- {
		if s := &l.Spots[i]; canBeEnd(s) && alike(s, base) && !isBase(l, c, s) {
			return s
		}
	}
	for i := base.At + 1; i < hi; i++ {
		if s := &l.Spots[i]; canBeEnd(s) && alike(s, base) && !isBase(l, c, s) {
			return s
		}
	}
	return nil
}

// datedPair is the pair of a sentence with just two comparable values of different times.
func datedPair(l *rule.Layout, c *change, lo, hi int) []ends {
	var values []*rule.Spot
	for i := lo; i < hi; i++ {
		if s := &l.Spots[i]; canBeEnd(s) && c.measures(s) && s.Figure.Change != cite.From {
			values = append(values, s)
		}
	}
	if len(values) != 2 || !alike(values[0], values[1]) {
		return nil
	}
	a, b := values[0], values[1]
	switch {
	case isBefore(a, b):
		return []ends{{from: a, to: b, bond: tieTo(l, c, a, b)}}
	case isBefore(b, a):
		return []ends{{from: b, to: a, bond: tieTo(l, c, a, b)}}
	case strings.ContainsAny(l.Between(a, b), "→") || strings.Contains(l.Between(a, b), "->"):
		return []ends{{from: a, to: b, bond: tieTo(l, c, a, b)}}
	}
	return nil
}

// isBase tells whether the words around a value make it the one that another is held against.
func isBase(l *rule.Layout, c *change, s *rule.Spot) bool {
	before := wordsOf(l.Before(s))
	for i := len(before) - 1; i >= 0; i-- {
		w := before[i]
		if baseWords.holds(w) {
			return true
		}
		if w == markApart || w == markCloses || !neutralWords.holds(w) {
			break
		}
	}
	if n := len(before); n > 0 && before[n-1] == "from" && s.At > 1 && c.at.At == s.At-2 && canBeEnd(&l.Spots[s.At-1]) { // "20% to $64 million from $80 million"
		return true
	}
	after := wordsOf(l.After(s)).parts()[0]
	return after.first(5).has(oldWords)
}

// factorWords is how many words stand between a multiple and what it multiplies at most: "2.5x the $10 billion".
const factorWords = 2

// isMeasuredFrom tells whether a value directly behind a change is the one it is measured from: "down 60% from $10 billion".
func isMeasuredFrom(l *rule.Layout, c *change, s *rule.Spot) bool {
	before := wordsOf(l.Before(s))
	isThan := before.has(thanWords) || c.kind == changeFactor && len(before) > 0 && len(before) <= factorWords && before.all(articles)
	return s.At == c.at.At+1 && len(before) <= thanLength && isThan
}

// areStated tells whether the text itself makes two values the ends of one change: "von 10 auf 15".
func (e ends) areStated() bool {
	return e.bond == bondSure && e.from.Figure.Relation != "" && e.from.Figure.Relation == e.to.Figure.Relation
}

// areWritten tells whether both ends are written with more than one digit.
func (e ends) areWritten() bool {
	return writtenDigits(&e.from.Figure) > 1 && writtenDigits(&e.to.Figure) > 1
}

// areInOrder tells whether the times of two ends, where both have one, do not run backwards.
func (e ends) areInOrder() bool { return !isBefore(e.to, e.from) }
