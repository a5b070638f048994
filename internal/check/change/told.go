package change

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// How far the two values that a text tells one after the other may lie from the change that it draws from them.
const (
	toldSentences = 3   // sentences with figures either side of the nearer value that are looked at
	toldBytes     = 400 // bytes between a sentence and the next one looked at
	tableFigures  = 60  // figures back that a row of a table is looked for which repeats a value
	rowFigures    = 10  // figures of a row either side of one
	strangers     = 2   // words for a thing that were not said before, in a sentence that goes on about the same one
)

// toldEnds are the values that a change is drawn from where the text gives them one after the other, each at its time:
// "Im Mai waren es 20. Heute sind es 30. Ein Zuwachs von 50 %." One of them stands with the change, or is the last
// said before it; the other is the nearest comparable one that the text puts earlier or later.
func toldEnds(l *rule.Layout, c *change, lo, hi int) []ends {
	if found := referredEnds(l, c, lo, hi); len(found) > 0 {
		return found
	}
	near := nearEnd(l, c, lo, hi)
	if near == nil {
		return nil
	}
	if e, ok := rowEnds(l, c, near); ok {
		return []ends{e}
	}
	for _, group := range groupsAround(l, c, near.value) {
		found := inDirection(c, pairsWith(l, c, near, group))
		if len(found) == 0 {
			continue
		}
		if len(found) > 1 { // which one is meant is open
			for i := range found {
				found[i].bond = bondGuessed
			}
		}
		return found
	}
	return comparedEnds(l, c, near, lo)
}

// comparedEnds are the two values that the sentence before a change compares, where the change draws the sum and says
// which way: "A verlangt 12 €, B 20 €. Damit ist A 40 % günstiger."
func comparedEnds(l *rule.Layout, c *change, near *nearer, lo int) []ends {
	if near.value.At >= lo || !wordsOf(l.After(c.at)).first(2).has(lessWords) {
		return nil
	}
	from, to := sentenceSpots(l, near.value)
	var other *rule.Spot
	for i := from; i < to; i++ {
		s := &l.Spots[i]
		if s.At == near.value.At || !canBeEnd(s) || !c.measures(s) || isAside(l, s) || s.Figure.Kind == cite.Duration || !comparable(s, near.value) {
			continue
		}
		if other != nil {
			return nil
		}
		other = s
	}
	if other == nil || isCut(l, other, near.value) {
		return nil
	}
	return inDirection(c, []ends{{from: other, to: near.value, bond: bondLikely, told: true}, {from: near.value, to: other, bond: bondLikely, told: true}})
}

// inDirection leaves out pairs that run against what the text says of a change.
func inDirection(c *change, found []ends) []ends {
	return slices.DeleteFunc(found, func(e ends) bool {
		from, _ := e.from.Figure.Ends()
		to, _ := e.to.Figure.Ends()
		return c.up && to.Cmp(from) < 0 || c.down && to.Cmp(from) > 0
	})
}

// nearer is the end of a change that stands with it.
type nearer struct {
	value *rule.Spot
	side  int // what the words between say: -1 the earlier, 1 the later one
	bond  bond
}

// nearEnd finds the end that stands with a change: behind it ("um 50 % auf 15 Mio. $", "50 % mehr als die 10 Mio. $"),
// else before it, else in the sentence that it draws the sum of.
func nearEnd(l *rule.Layout, c *change, lo, hi int) *nearer {
	if n := endBehind(l, c, hi); n != nil {
		return n
	}
	for i := c.at.At - 1; i >= lo; i-- {
		s := &l.Spots[i]
		if !canBeEnd(s) || !c.measures(s) || isAside(l, s) {
			continue
		}
		gap := wordsOf(l.Text(s.Figure.AtEnd, c.at.Figure.At))
		t := tieBehind(gap)
		if t == bondGuessed && gap.concludes() {
			t = bondLikely
		}
		if t > bondGuessed && !isOfAnother(l, c, s.Figure.Sentence[0]-talkBytes) && !isCut(l, s, c.at) {
			return &nearer{value: s, bond: t}
		}
		return nil
	}
	if lo == 0 || l.Spots[lo-1].Section != c.at.Section {
		return nil
	}
	t := drawsSum(l, c, lo)
	if t == bondGuessed {
		return nil
	}
	from, to := sentenceSpots(l, &l.Spots[lo-1])
	for i := to - 1; i >= from; i-- {
		if s := &l.Spots[i]; canBeEnd(s) && c.measures(s) && !isAside(l, s) && s.Figure.Kind != cite.Duration {
			return &nearer{value: s, bond: t}
		}
	}
	return nil
}

// endBehind is the end that follows a change in its clause.
func endBehind(l *rule.Layout, c *change, hi int) *nearer {
	for i := c.at.At + 1; i < hi; i++ {
		s := &l.Spots[i]
		if s.Figure.Kind == cite.Duration && s.Figure.Change == "" {
			continue
		}
		if !canBeEnd(s) || !c.measures(s) || isCut(l, c.at, s) {
			return nil
		}
		gap := wordsOf(l.Text(c.at.Figure.AtEnd, s.Figure.At))
		switch {
		case (gap.leadsTo() || s.Figure.Change == cite.To) && gap.all(neutralWords, laterWords):
			return &nearer{value: s, side: 1, bond: bondSure}
		case gap.has(thanWords) && len(gap) <= thanLength && s.Figure.Change != cite.To && !gap.startsAnew():
			return &nearer{value: s, side: -1, bond: bondSure}
		}
		return nil
	}
	return nil
}

// leadsTo tells whether a phrase leads to the later value of a change: " auf nunmehr", " to", but not " compared to".
func (p wordRun) leadsTo() bool {
	n := len(p)
	for n > 0 && laterWords.holds(p[n-1]) {
		n--
	}
	return n > 0 && toWords.holds(p[n-1]) && (n == 1 || !comparedWords.holds(p[n-2]))
}

// drawsSum tells how surely a change's sentence speaks of what the sentence before said: it begins with a word that
// refers back, or says since when, and names nothing new.
func drawsSum(l *rule.Layout, c *change, lo int) bond {
	last := &l.Spots[lo-1]
	if c.at.Figure.Sentence[0]-last.Figure.Sentence[1] > 3 || isOfAnother(l, c, last.Figure.Sentence[0]-talkBytes) {
		return bondGuessed
	}
	head := head(l, c.at, c.at.Figure.At)
	if len(head) == 0 || head.startsAnew() || !backWords.holds(head[0]) && !head.has(changeNouns) && !head.has(sinceWords) && !head.has(equalsWords) {
		return bondGuessed
	}
	if n, isNamed := newThings(l, c.at, c.at.Figure.At, last); n > 1 || isNamed || n > 0 && !head.has(equalsWords) {
		if concludesOnKnown(l, c, last) {
			return bondLikely
		}
		return bondGuessed
	}
	if head.all(neutralWords) {
		return bondSure
	}
	return bondLikely
}

// conclusionThings is how many words a conclusion may name its thing with that were not said before.
const conclusionThings = 3

// concludesOnKnown tells whether a change's sentence concludes from what was just said, and calls its thing by another
// name: "Der Hunger der Branche ist damit um". A new measure beside one that was spoken of is another matter.
func concludesOnKnown(l *rule.Layout, c *change, last *rule.Spot) bool {
	words := head(l, c.at, c.at.Figure.At)
	if !words.has(sinceWords) || words.startsAnew() || !words.first(2).has(definite) && !words.first(2).has(itWords) {
		return false
	}
	said := wordsOf(l.Text(last.Figure.Sentence[0], last.Figure.Sentence[1]))
	things := 0
	for _, w := range words {
		if w == markApart || neutralWords.holds(w) || sinceWords.holds(w) || itWords.holds(w) || leads.holds(w) || definite.holds(w) || slices.ContainsFunc(said, func(v string) bool { return sameStem(v, w) }) {
			continue
		}
		if measureNouns.holds(w) && (!anyMeasure.holds(w) || said.has(measureNouns)) {
			return false
		}
		things++
	}
	return things <= conclusionThings
}

// groupsAround are the figures of the sentences around a value, the nearest first: its own, those before, the one behind.
func groupsAround(l *rule.Layout, c *change, s *rule.Spot) [][]rule.Spot {
	lo, hi := sentenceSpots(l, s)
	groups := [][]rule.Spot{l.Spots[lo:hi]}
	at := lo
	for n := 0; n < toldSentences && at > 0; n++ {
		last := &l.Spots[at-1]
		if last.Section != s.Section || l.Spots[at].Figure.Sentence[0]-last.Figure.Sentence[1] > toldBytes {
			break
		}
		from, to := sentenceSpots(l, last)
		groups = append(groups, l.Spots[from:to])
		at = from
	}
	if next := max(hi, c.at.At+1); next < len(l.Spots) {
		first := &l.Spots[next]
		if first.Section == s.Section && !rule.SameSentence(first, c.at) && first.Figure.Sentence[0]-c.at.Figure.Sentence[1] <= 3 {
			from, to := sentenceSpots(l, first)
			groups = append(groups, l.Spots[from:to])
		}
	}
	return groups
}

// pairsWith are the pairs of an end with the values of a sentence that the text puts before or after it.
func pairsWith(l *rule.Layout, c *change, near *nearer, group []rule.Spot) []ends {
	var found []ends
	here := momentOf(l, c, near.value)
	if near.side != 0 {
		here.side = near.side
	}
	for i := range group {
		far := &group[i]
		if far.At == near.value.At || far == c.at || !canBeEnd(far) || !c.measures(far) || far.Figure.Kind == cite.Duration || isAside(l, far) || !comparable(far, near.value) {
			continue
		}
		if r, q := far.Figure.Relation, near.value.Figure.Relation; r != q && (r != "" || q != "") && (far.Figure.Change == cite.From || far.Figure.Change == cite.To) {
			continue
		}
		there := momentOf(l, c, far)
		if near.side > 0 && there.side == 0 && there.at.IsZero() && near.value.Figure.Change == cite.To && rule.SameSentence(far, near.value) {
			continue
		}
		var e ends
		switch o := order(there, here, c.at.Published); {
		case o < 0:
			e = ends{from: far, to: near.value}
		case o > 0:
			e = ends{from: near.value, to: far, than: near.side < 0}
		default:
			continue
		}
		e.told = true
		base := here
		if e.from == far {
			base = there
		}
		if e.bond = toldBond(l, c, near, far, here, there); e.bond > bondGuessed && (isOverAnotherTime(l, c, here, there) || isFromAnotherTime(l, c, base)) {
			e.bond = bondGuessed
		}
		found = append(found, e)
	}
	return found
}

// comparable tells whether two values can be of one thing; counts may be of things that go by two names, and what a
// price is for may be said once.
func comparable(a, b *rule.Spot) bool {
	if alike(a, b) {
		return true
	}
	f, g := &a.Figure, &b.Figure
	return (f.Kind == cite.Count && g.Kind == cite.Count || isPriceOf(f, g) || isPriceOf(g, f)) && agree(f.Subject, g.Subject)
}

// isOverAnotherTime tells whether a change says over which time it goes, and that is not, or not known to be, the time
// between its ends.
func isOverAnotherTime(l *rule.Layout, c *change, a, b moment) bool {
	months := comparedMonths(l, c)
	if months == 0 {
		return false
	}
	apart := a.apart(b, c.at.Published)
	return apart == 0 || apart > months*spanSlack || apart < months/spanSlack
}

// isFromAnotherTime tells whether a change names the month or year that it is measured from, and the earlier value is
// not known to be of it.
func isFromAnotherTime(l *rule.Layout, c *change, base moment) bool {
	after := tailOf(l, c.at)
	if m := monthNamed.FindStringSubmatch(after); m != nil && wordsOf(after).has(thanWords) {
		return base.at.IsZero() || base.at.Month() != monthIndex[m[1]]
	}
	year := comparedYear(l, c)
	return year > 0 && !base.at.IsZero() && base.at.Year() != year
}

// toldBond judges whether two values at their times are the ends of a change.
func toldBond(l *rule.Layout, c *change, near *nearer, far *rule.Spot, here, there moment) bond {
	s := near.value
	if far.At > c.at.At && !followsOn(l, c, near, far, there) {
		return bondGuessed
	}
	if isCut(l, s, far) || talk(l, c.at).has(eachWords) || !inOneText(far, s, c.at) {
		return bondGuessed
	}
	if rule.SameSentence(far, s) {
		paired := far.Figure.Relation != "" && far.Figure.Relation == s.Figure.Relation
		if paired || rule.SameSentence(far, c.at) {
			return near.bond
		}
		return bondLikely
	}
	later, earlier, m := s, far, here
	if far.At > s.At {
		later, earlier, m = far, s, there
	}
	things, isNamed := newThings(l, later, later.Figure.At, earlier)
	words := head(l, later, later.Figure.At)
	goesOn := words.has(itWords) || m.refs
	switch {
	case isNamed || things > strangers:
		return bondGuessed
	case things == 0, goesOn:
		return bondLikely
	}
	return bondGuessed
}

// followsOn tells whether a value behind a change is still spoken of as its end: nothing else begins between, or the next
// sentence says what it was before.
func followsOn(l *rule.Layout, c *change, near *nearer, far *rule.Spot, there moment) bool {
	if rule.SameSentence(far, c.at) {
		if near.value.At > c.at.At {
			return true
		}
		return tieAhead(wordsOf(l.Text(c.at.Figure.AtEnd, far.Figure.At))) == bondSure
	}
	return (there.refs || near.side > 0) && there.side < 0 || near.side > 0 && isPast(there.at, c.at.Published)
}

// inOneText tells whether figures stand in one paragraph, or in paragraphs or items that follow each other.
func inOneText(spots ...*rule.Spot) bool {
	lo, hi := spots[0].Block, spots[0].Block
	for _, s := range spots {
		if s.Block < 0 {
			return false
		}
		lo, hi = min(lo, s.Block), max(hi, s.Block)
	}
	if lo == hi {
		return true
	}
	blocks := spots[0].Doc.Post.Text.Blocks
	return hi == lo+1 && blocks[lo].Kind == cite.Paragraph && blocks[hi].Kind == cite.Paragraph
}

// newThings counts the words that name a thing in the sentence of a figure, up to byte end, and were not said in the
// sentence of another figure or the one before it. isNamed tells whether one of them is a name or a measure of its own:
// then the sentence is about something else.
func newThings(l *rule.Layout, s *rule.Spot, end int, before *rule.Spot) (n int, isNamed bool) {
	from := s.Figure.Sentence[0]
	text := l.Text(from, min(end, from+talkBytes))
	said := wordsOf(l.Text(max(0, before.Figure.Sentence[0]-talkBytes), before.Figure.Sentence[1]))
	previous := ""
	for _, w := range wordSpans(text) {
		word := w.word
		if neutralWords.holds(word) || generalWords.holds(word) || leads.holds(word) || articles.holds(word) || itWords.holds(word) || thenWords.holds(word) || laterWords.holds(word) || breakWords.holds(word) ||
			slices.ContainsFunc(said, func(v string) bool { return sameStem(v, word) }) {
			previous = word
			continue
		}
		n++
		if measureNouns.holds(word) || isNameAt(l, from+w.at, previous) {
			isNamed = true
		}
		previous = word
	}
	return n, isNamed
}

// isNameAt tells whether a word is a name, or a noun that no article makes a known thing.
func isNameAt(l *rule.Layout, at int, previous string) bool {
	r, _ := utf8.DecodeRuneInString(l.Content[at:])
	return unicode.IsUpper(r) && !definite.holds(previous)
}

type wordSpan struct {
	word string
	at   int
}

// wordSpans are the words of a text with where they begin; numbers are left out.
func wordSpans(text string) []wordSpan {
	var list []wordSpan
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			at += size
			continue
		}
		n := wordLen(text[at:])
		if unicode.IsLetter(r) {
			list = append(list, wordSpan{strings.ReplaceAll(text[at:at+n], "’", "'"), at})
		}
		at += n
	}
	return list
}

// isCut tells whether a number that was not understood stands between two figures: it may be the one that the text means.
func isCut(l *rule.Layout, a, b *rule.Spot) bool {
	if b.At < a.At {
		a, b = b, a
	}
	for i := a.At; i < b.At; i++ {
		from, to := l.Spots[i].Figure.AtEnd, l.Spots[i+1].Figure.At
		for _, m := range anyNumber.FindAllStringIndex(l.Text(from, to), -1) {
			if n := l.Lower[from+m[0] : from+m[1]]; !datesOnly.MatchString(n) && !isModel(l.Content, from+m[0]) {
				return true
			}
		}
	}
	return false
}

var capitals = regexp.MustCompile(`([A-Z]{2,}|\p{L})[ -]?$`)

// isModel tells whether the number at a byte belongs to a name in capitals, or to one that ends in letters: "RTX 4070", "A40".
func isModel(content string, at int) bool {
	const length = 12
	m := capitals.FindStringSubmatch(content[max(0, at-length):at])
	return m != nil && (len(m[1]) > 1 && m[1] == strings.ToUpper(m[1]) || !strings.HasSuffix(m[0], " "))
}

// rowEnds are the ends of a change whose later value is repeated from a row of a table that holds just one other value:
// "Umsatz | 12 Mio. $ | 10 Mio. $" and further down "der Umsatz stieg um 20 % auf 12 Mio. $".
func rowEnds(l *rule.Layout, c *change, near *nearer) (ends, bool) {
	if near.side <= 0 {
		return ends{}, false
	}
	for i := near.value.At - 1; i >= max(0, near.value.At-tableFigures) && l.Spots[i].Section == c.at.Section; i-- {
		if s := &l.Spots[i]; isCell(s) && sameValue(s, near.value) {
			mate := onlyMate(l, s)
			return ends{from: mate, to: near.value, bond: bondLikely, told: true}, mate != nil
		}
	}
	return ends{}, false
}

func isCell(s *rule.Spot) bool {
	return s.Block >= 0 && s.Doc.Post.Text.Blocks[s.Block].Kind == cite.TableRow
}

// onlyMate is the one other comparable value of a cell's row; nil where there are more or none.
func onlyMate(l *rule.Layout, cell *rule.Spot) *rule.Spot {
	var mate *rule.Spot
	for i := max(0, cell.At-rowFigures); i < min(len(l.Spots), cell.At+rowFigures+1); i++ {
		m := &l.Spots[i]
		if m.Block != cell.Block || m.At == cell.At || !canBeEnd(m) || !sameUnit(&m.Figure, &cell.Figure) {
			continue
		}
		if mate != nil {
			return nil
		}
		mate = m
	}
	return mate
}

// sameValue tells whether two figures are written with the same number and unit.
func sameValue(a, b *rule.Spot) bool {
	f, g := &a.Figure, &b.Figure
	return f.Kind == g.Kind && f.Unit == g.Unit && !f.IsRange() && !g.IsRange() && f.Value.Cmp(g.Value) == 0
}
