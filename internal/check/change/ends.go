package change

import (
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// How far the ends of a change may lie from it.
const (
	endsFigures = 8   // figures before the change's sentence, or either way in it, that are looked at
	endsBytes   = 240 // bytes between that figure's sentence and the change's
	enoughSigns = 3   // signs that make two figures of several sentences belong together
	talkBytes   = 600 // bytes of a sentence either way of a figure that are read
)

// ends are the two values that a change may lie between.
type ends struct {
	from, to *rule.Spot
	bond     bond
	than     bool // from follows "more than", which says nothing of its own size
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
		if e.bond == bondLikely && !e.than && e.from.Figure.Change != cite.From && !isBefore(e.from, e.to) {
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

// areInOrder tells whether the times of two ends, where both have one, do not run backwards.
func (e ends) areInOrder() bool { return !isBefore(e.to, e.from) }

// endsBefore are the pairs of the sentence before the change's: "… von 10 auf 15 Mio. $. Das ist ein Plus von 50 %."
func endsBefore(l *rule.Layout, c *change, lo int) []ends {
	if lo == 0 || l.Spots[lo-1].Section != c.at.Section || c.at.Figure.Sentence[0]-l.Spots[lo-1].Figure.Sentence[1] > endsBytes {
		return nil
	}
	from, to := sentenceSpots(l, &l.Spots[lo-1])
	found := statedEnds(l, c, from, to)
	if len(found) == 0 {
		found = datedPair(l, c, from, to)
	}
	t := looksBack(l, c, &l.Spots[lo-1])
	if len(found) != 1 {
		t = bondGuessed
	}
	for i := range found {
		found[i].bond = t
	}
	return found
}

// looksBack tells how surely a change speaks of the sentence before: its own sentence begins with "das", "damit", "this" and
// names nothing else.
func looksBack(l *rule.Layout, c *change, last *rule.Spot) bond {
	if c.at.Figure.Sentence[0]-last.Figure.Sentence[1] > 3 {
		return bondGuessed
	}
	head := head(l, c.at, c.at.Figure.At)
	if len(head) == 0 || !backWords.holds(head[0]) || head.startsAnew() || isOfAnother(l, c, last.Figure.Sentence[0]) {
		return bondGuessed
	}
	if head.all(neutralWords) {
		return bondSure
	}
	said := talk(l, last)
	for _, w := range head {
		if w != markApart && !neutralWords.holds(w) && !slices.ContainsFunc(said, func(s string) bool { return sameStem(s, w) }) {
			return bondGuessed
		}
	}
	return bondLikely
}

// halfEnds are pairs of which one end stands with the change and the other in sentences before.
func halfEnds(l *rule.Layout, c *change, lo, hi int) []ends {
	near, isTop := endWith(l, c, lo, hi)
	if near == nil {
		return nil
	}
	var found []ends
	signs := 0
	for i := lo - 1; i >= max(0, lo-endsFigures); i-- {
		s := &l.Spots[i]
		if s.Section != c.at.Section || c.at.Figure.Sentence[0]-s.Figure.Sentence[1] > endsBytes {
			break
		}
		if !canBeEnd(s) || s.Figure.Kind == cite.Duration || !c.measures(s) || !alike(s, near) {
			continue
		}
		e := ends{from: s, to: near}
		if !isTop {
			e = ends{from: near, to: s, than: true}
		}
		n := signsOf(l, c, e, s, near)
		if n >= enoughSigns && goesOn(l, c, e, s, near) {
			e.bond = bondLikely
		}
		if len(found) > 0 && n <= signs { // the nearest of the best
			e.bond = bondGuessed
		} else if n > signs {
			for k := range found {
				found[k].bond = bondGuessed
			}
		}
		signs = max(signs, n)
		found = append(found, e)
	}
	return found
}

// endWith is the one end that stands with a change, and whether it is the later one: "um 50 % auf 15 Mio. $",
// "15 Mio. $, ein Plus von 50 %", "50 % mehr als die 10 Mio. $ von 2023".
func endWith(l *rule.Layout, c *change, lo, hi int) (near *rule.Spot, isTop bool) {
	if i := c.at.At + 1; i < hi && canBeEnd(&l.Spots[i]) && c.measures(&l.Spots[i]) {
		next := &l.Spots[i]
		gap := wordsOf(l.Between(c.at, next))
		switch {
		case next.Figure.Change == cite.To && tieAhead(gap) == bondSure:
			return next, true
		case gap.has(thanWords) && len(gap) <= thanLength && next.Figure.Change != cite.To && !gap.startsAnew():
			return next, false
		}
	}
	for i := c.at.At - 1; i >= lo; i-- {
		s := &l.Spots[i]
		if !canBeEnd(s) || !c.measures(s) {
			continue
		}
		if s.Figure.Change != cite.From && isOld(l, s) && behind(l, c, s) == bondSure {
			return s, false
		}
		if s.Figure.Change != cite.From && behind(l, c, s) == bondSure && !isOfAnother(l, c, s.Figure.Sentence[0]) {
			return s, true
		}
		return nil, false
	}
	return nil, false
}

var yearsBack = regexp.MustCompile(`vor (einem|zwei|drei|vier|fünf|sechs|zwölf|\d+) (jahr|monat)|im vorjahr`)

// isOld tells whether the words next to a value make it an earlier one: "vor zwölf Monaten waren es noch".
func isOld(l *rule.Layout, s *rule.Spot) bool {
	const near = 40 // bytes
	said := l.Text(max(s.Figure.Sentence[0], s.Figure.At-near), s.Figure.At)
	return wordsOf(l.Before(s)).has(stillWords) || yearsBack.MatchString(said) || wordsOf(l.After(s)).parts()[0].first(5).has(oldWords)
}

// signsOf counts what speaks for two values of different sentences being the ends of a change; other is the one that stands
// in a sentence before.
func signsOf(l *rule.Layout, c *change, e ends, other, near *rule.Spot) int {
	n := 0
	count := func(yes bool) {
		if yes {
			n++
		}
	}
	f, g := &other.Figure, &near.Figure
	head := head(l, c.at, min(c.at.Figure.At, near.Figure.At))
	count(isBefore(e.from, e.to))
	count(f.Subject != "" && f.Subject == g.Subject && f.Metric == g.Metric)
	count(f.Kind == cite.Count && f.Unit != "" && f.Unit == g.Unit)
	count(sharesMetric(f, g))
	count(isOld(l, e.from))
	count(head.first(4).has(nowWords))
	count(head.all(neutralWords))
	count(isOnlyComparable(l, other, near))
	count(!e.from.Figure.Period.IsZero() && comparedYear(l, c) == e.from.Figure.Period.Start().Year())
	return n
}

// goesOn tells whether the sentence of a change goes on about the value of a sentence before: it names nothing that was
// not named there. Items and rows are about one thing each, and need times to be of one.
func goesOn(l *rule.Layout, c *change, e ends, other, near *rule.Spot) bool {
	if k := c.at.Block; k >= 0 && k != other.Block {
		if kind := c.at.Doc.Post.Text.Blocks[k].Kind; (kind == cite.ListItem || kind == cite.TableRow) && !isBefore(e.from, e.to) {
			return false
		}
	}
	head := head(l, c.at, min(c.at.Figure.At, near.Figure.At))
	if head.first(4).has(nowWords) {
		return true
	}
	said := talk(l, other)
	for _, w := range head {
		if w != markApart && !neutralWords.holds(w) && !generalWords.holds(w) && !slices.ContainsFunc(said, func(s string) bool { return sameStem(s, w) }) {
			return false
		}
	}
	return true
}

// sharesMetric tells whether the metric word nearest to both figures is the same.
func sharesMetric(f, g *cite.Figure) bool {
	return len(f.Metrics) > 0 && len(g.Metrics) > 0 && sameStem(strings.ToLower(f.Metrics[0].Text), strings.ToLower(g.Metrics[0].Text))
}

// isOnlyComparable tells whether no third value between two figures could be meant as well.
func isOnlyComparable(l *rule.Layout, a, b *rule.Spot) bool {
	for i := max(0, b.At-endsFigures); i < b.At; i++ {
		s := &l.Spots[i]
		if i != a.At && s.Section == b.Section && canBeEnd(s) && sameUnit(&s.Figure, &a.Figure) {
			return false
		}
	}
	return true
}
