package conflict

import (
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// An amount that a post takes up again with another scale word: "the $385 million that these four spent" after
// "altogether $385 billion". The digits are the same, so it is meant to be the same amount.

// Limits of what counts as taken up again.
const (
	fewestDigits = 2 // significant digits that must agree
	tellingOnes  = 3 // digits from which their agreement alone says much
	tellingWords = 2 // words that two sentences share from which they speak of one thing
)

// slipsBack finds amounts of a post that have the digits of another one and another scale word.
func (c *crossing) slipsBack(ms []*mention) {
	alike := map[written][]*mention{}
	for _, m := range ms {
		if m.Cited.Figure.Kind != cite.Money || scaleWord(&m.Cited.Figure) < 0 || digitsOf(&m.claim) < fewestDigits || m.ofRow() {
			continue
		}
		key := written{unit: m.of.unit, digits: firstDigits(m.plain)}
		for _, o := range alike[key] {
			if c.takesUp(o, m, ms) || c.takesUp(m, o, ms) {
				c.slipped(o, m, ms)
			}
		}
		if len(alike[key]) < mostAlike {
			alike[key] = append(alike[key], m)
		}
	}
}

// digitsOf is how many significant digits an amount is written with.
func digitsOf(m *claim) int {
	f := &m.Cited.Figure
	step, value := f.Precision.Float64(), f.Value.Float64()
	if step <= 0 || value <= 0 {
		return 0
	}
	return int(math.Floor(math.Log10(value/step)+0.01)) + 1
}

// takesUp tells whether m takes up the amount of o with another scale: it refers back by its article or by naming the
// whole, and is stated nowhere else, or the two sentences speak of one thing.
func (c *crossing) takesUp(o, m *mention, ms []*mention) bool {
	k := rule.SlipOf(rule.Interval{Low: o.plain, High: o.plain}, rule.Interval{Low: m.plain, High: m.plain}, slipExact)
	if k == 0 || sharesSentence(o, m) || c.statedTwice(m, ms) {
		return false
	}
	if o.who.explicit && m.who.explicit && !shareName(o.who.names, m.who.names) || o.timed && m.timed && !o.at.same(m.at) {
		return false
	}
	if !slices.Equal(o.who.places, m.who.places) || !slices.Equal(c.names.places(o.p), c.names.places(m.p)) || !slices.Equal(c.readMention(o).part, c.readMention(m).part) {
		return false
	}
	back := m.definite || m.namesWhole()
	shared := sharedWords(o, m)
	switch digits := min(digitsOf(&o.claim), digitsOf(&m.claim)); {
	case digits >= tellingOnes:
		return back || shared >= tellingWords || o.thing != "" && o.thing == m.thing
	default:
		return m.namesWhole() || back && shared > 0 || shared >= tellingWords && o.thing != "" && o.thing == m.thing
	}
}

func sharesSentence(a, b *mention) bool { return a.sameSentence(&b.claim) }

// statedTwice tells whether the amount stands in another place of the post as well.
func (c *crossing) statedTwice(m *mention, ms []*mention) bool {
	return slices.ContainsFunc(ms, func(o *mention) bool {
		return o != m && o.of.unit == m.of.unit && math.Abs(o.plain-m.plain) <= m.plain*slipExact
	})
}

// wholes are nouns that stand for all that a post is about.
var wholes = strings.Fields("market markets niche sector industry economy business pie branche markt marktes nische sektor industrie wirtschaft geschäft ökosystem ecosystem")

// namesWhole tells whether an amount stands before a noun for all that the post is about: "a $5.6 trillion niche".
func (m *mention) namesWhole() bool {
	for _, w := range m.p.words[min(m.p.at, len(m.p.words)):min(m.p.at+2, len(m.p.words))] {
		if slices.Contains(wholes, w.lower) && w.clause == m.p.clause {
			return true
		}
	}
	return false
}

// sharedWords is how many words that say something two sentences have in common, names apart.
func sharedWords(a, b *mention) int {
	seen := map[string]bool{}
	for _, w := range a.p.words {
		if s := contentOf(w); s != "" {
			seen[s] = true
		}
	}
	shared := 0
	for _, w := range b.p.words {
		if s := contentOf(w); s != "" && seen[s] {
			shared++
			delete(seen, s)
		}
	}
	return shared
}

// contentOf is a word's stem, "" where it says nothing of what a sentence is about.
func contentOf(w word) string {
	if len(w.lower) < 4 || isShortWord(w.lower) || monthOf(w) != 0 || slices.Contains(commonNames, w.lower) || slices.ContainsFunc(scaleWords, func(s scaleName) bool { return strings.HasPrefix(w.lower, s.word) }) {
		return ""
	}
	if _, currency := unit.LookupCurrency(w.as); currency {
		return ""
	}
	return headOf(stem(w.lower))
}

// slipped adds a dispute between two amounts that are off by a scale word; the one that is stated once is shown.
func (c *crossing) slipped(a, b *mention, ms []*mention) {
	severity := cite.Warning
	if min(digitsOf(&a.claim), digitsOf(&b.claim)) >= tellingOnes && (a.definite || b.definite) {
		severity = cite.Error
	}
	c.disputes = append(c.disputes, dispute{a: &a.claim, b: &b.claim, rule: rule.Scale, severity: severity, factor: ratio(&a.claim, &b.claim), says: c.saysSlip})
}
