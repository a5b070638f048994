package change

import (
	"regexp"
	"slices"

	"beleg/internal/check/rule"
)

// bond is how surely a change and two ends belong together.
type bond uint8

const (
	bondGuessed bond = iota // they stand near each other
	bondLikely              // several signs say so
	bondSure                // the text says so
)

var (
	anyNumber = regexp.MustCompile(`\d[\d.,]*`)
	datesOnly = regexp.MustCompile(`^((19|20)\d\d|[0-3]?\d)[.,]*$`)
)

// isParted tells whether a clause ends between two figures, or a number stands there that was not understood: it may be
// the one that the text means.
func isParted(l *rule.Layout, a, b *rule.Spot) bool {
	if b.At < a.At {
		a, b = b, a
	}
	if slices.Contains(wordsOf(l.Between(a, b)), markCloses) {
		return true
	}
	for i := a.At; i < b.At; i++ {
		for _, n := range anyNumber.FindAllString(l.Between(&l.Spots[i], &l.Spots[i+1]), -1) {
			if !datesOnly.MatchString(n) {
				return true
			}
		}
	}
	return false
}

// tieTo judges by the text between a change and two values of its sentence whether it is theirs.
func tieTo(l *rule.Layout, c *change, a, b *rule.Spot) bond {
	if b.At < a.At {
		a, b = b, a
	}
	var t bond
	switch {
	case c.at.At > b.At:
		if t = behind(l, c, b); isOfAnother(l, c, b.Figure.Sentence[0]) {
			t = bondGuessed
		}
	case c.at.At < a.At:
		t = ahead(l, c, a)
	default:
		t = min(max(behind(l, c, a), tieAhead(wordsOf(l.Between(a, c.at)))), ahead(l, c, b))
	}
	if isParted(l, a, b) || talk(l, c.at).has(eachWords) {
		t = bondGuessed
	}
	return t
}

// behind is the bond of a change that follows a value.
func behind(l *rule.Layout, c *change, value *rule.Spot) bond {
	for i := value.At + 1; i < c.at.At; i++ { // another value is nearer
		if between := &l.Spots[i]; c.measures(between) && canBeEnd(between) {
			return bondGuessed
		}
	}
	return tieBehind(wordsOf(l.Between(value, c.at)))
}

// ahead is the bond of a change that a value follows.
func ahead(l *rule.Layout, c *change, value *rule.Spot) bond {
	for i := c.at.At + 1; i < value.At; i++ {
		if canBeEnd(&l.Spots[i]) {
			return bondGuessed
		}
	}
	return tieAhead(wordsOf(l.Between(c.at, value)))
}

// unitWords is how many words belong to a value behind it at most: what it is per, and when.
const unitWords = 6

// tieBehind judges the text from a value to the change behind it: ", ein Anstieg von", " gestiegen (", ", or".
func tieBehind(gap wordRun) bond {
	parts := gap.parts()
	rest := gap
	if len(parts) > 1 && len(parts[0]) <= unitWords && !parts[0].has(movingWords) && !slices.Contains(gap, markCloses) && parts[1].has(changeNouns) {
		rest = gap[len(parts[0]):] // "33 $ pro Sitz und Tag, ein Minus von", "75,000 a year later, a plus of"
	}
	if rest.startsAnew() {
		return bondGuessed
	}
	for len(parts) > 1 && len(parts[len(parts)-1]) == 0 {
		parts = parts[:len(parts)-1]
	}
	last := parts[len(parts)-1]
	if len(parts) == 1 {
		if len(gap) > len(last) { // a mark ends what is said of the value
			return bondSure
		}
		return tieOfOnePart(last)
	}
	if !last.all(neutralWords) && !last.namesChange() {
		return bondGuessed
	}
	t := bondSure
	if slices.Contains(gap, markCloses) { // "; das sind 60 % mehr"
		t = bondLikely
	}
	for _, p := range parts[1 : len(parts)-1] {
		switch {
		case p.all(neutralWords):
		case p.has(movingWords):
			return bondGuessed
		default:
			t = bondLikely
		}
	}
	return t
}

// tieOfOnePart judges text without any mark: the noun of the value may begin it ("3,6 Mio. Wallets um").
func tieOfOnePart(p wordRun) bond {
	const nounWords = 3
	n := 0
	for n < len(p) && !neutralWords.holds(p[n]) {
		n++
	}
	if n > nounWords || !p[n:].all(neutralWords) {
		return bondGuessed
	}
	return bondSure
}

// thanLength is how many words stand between "mehr" and the value that follows "als" at most.
const thanLength = 8

// tieAhead judges the text from a change to the value behind it: " from", " auf", " its user base from", ": von".
func tieAhead(gap wordRun) bond {
	if gap.startsAnew() {
		return bondGuessed
	}
	if gap.all(neutralWords) {
		return bondSure
	}
	parts := gap.parts()
	last := parts[len(parts)-1]
	if len(parts) == 1 {
		leadsOn := endWords.holds(gap[0]) || endWords.holds(gap[len(gap)-1]) || gap.has(thanWords) && len(gap) <= thanLength
		if gap.has(movingWords) || !leadsOn {
			return bondGuessed
		}
		return bondSure
	}
	if !last.all(neutralWords) || slices.ContainsFunc(parts, func(p wordRun) bool { return p.has(movingWords) }) {
		return bondGuessed
	}
	return bondLikely
}

// startsAnew tells whether a clause about something else begins in a phrase.
func (p wordRun) startsAnew() bool {
	for i, w := range p {
		if w == markCloses && (i+1 == len(p) || !backWords.holds(p[i+1])) {
			return true
		}
		if breakWords.holds(w) && (i+1 == len(p) || !goingOn.holds(p[i+1])) && !p.isAsMuch(i) && !p.isJoined(i) {
			return true
		}
	}
	return false
}

// isAsMuch tells whether word i is an "as" of "as many as".
func (p wordRun) isAsMuch(i int) bool {
	return p[i] == "as" && (i+1 < len(p) && measureWords.holds(p[i+1]) || i > 0 && measureWords.holds(p[i-1]))
}

// isJoined tells whether word i is a preposition that a verb or noun asks for: "compared with", "das Wachstum lag bei".
func (p wordRun) isJoined(i int) bool {
	switch p[i] {
	case "with":
		return i > 0 && comparedWords.holds(p[i-1])
	case "bei":
		return i+1 == len(p) && p[:i].has(changeNouns)
	}
	return false
}

// concludes tells whether a phrase ends in a clause that draws a conclusion and names one known thing at most: ", die
// Belegschaft hat sich also", ", so revenue grew by".
func (p wordRun) concludes() bool {
	if p.startsAnew() {
		return false
	}
	parts := p.parts()
	last := parts[len(parts)-1]
	if len(parts) < 2 || !last.has(sinceWords) {
		return false
	}
	things := 0
	for _, w := range last {
		if !neutralWords.holds(w) && !sinceWords.holds(w) && !itWords.holds(w) {
			things++
		}
	}
	return things <= 1
}

// namesChange tells whether a phrase is an apposition that names a change, with adjectives we need not know: "ein
// nie dagewesenes Plus von".
func (p wordRun) namesChange() bool {
	const adjectives = 3
	for i, w := range p {
		if changeNouns.holds(w) {
			return p[i:].all(neutralWords) && i > 0 && i <= adjectives+1 && articles.holds(p[0])
		}
	}
	return len(p) > 1 && len(p) <= adjectives && articles.holds(p[0]) && !p.has(movingWords) // "a record 60% increase"
}

// isOfAnother tells whether the words behind a change say what it is a change of, and that this was not spoken of from
// byte from on: "ein Plus von 20 % bei den Kosten", "20% more nodes".
func isOfAnother(l *rule.Layout, c *change, from int) bool {
	after := wordsOf(l.After(c.at)).parts()[0]
	if after.hasOwnBase() {
		return true
	}
	own := ownThing(after)
	if len(own) == 0 {
		return false
	}
	said := wordsOf(l.Text(max(from, c.at.Figure.At-2*talkBytes), c.at.Figure.At))
	for _, w := range own {
		if slices.ContainsFunc(said, func(s string) bool { return sameStem(s, w) }) {
			return false
		}
	}
	return true
}

// hasOwnBase tells whether the words behind a change measure it from something other than a time: "below its peak".
func (p wordRun) hasOwnBase() bool {
	for i, w := range p.first(thanLength) {
		if thanWords.holds(w) {
			base := p[i+1:]
			if len(base) > 0 && (base[0] == "with" || base[0] == "to") {
				base = base[1:]
			}
			base = base.first(2)
			return !base.all(neutralWords) || base.has(denials)
		}
	}
	return false
}

// ownThing is the words that name a thing behind a change.
func ownThing(p wordRun) wordRun {
	for i, w := range p {
		if neutralWords.holds(w) || leads.holds(w) || denials.holds(w) { // "in not even a year"
			continue
		}
		if i == 0 || !leads.holds(p[i-1]) && !articles.holds(p[i-1]) {
			return nil
		}
		end := i
		for end < len(p) && !neutralWords.holds(p[end]) {
			end++
		}
		return p[i:end]
	}
	return nil
}

// sameStem tells whether two words begin alike for as long as inflection leaves them.
func sameStem(a, b string) bool {
	const stem = 5
	n := min(stem, len(a), len(b))
	return n >= 3 && a[:n] == b[:n]
}
