package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// matterOf is what mentions of several posts are compared by: a name, and what is counted or measured of it.
type matterOf struct {
	name, thing string
	unit        unit.Unit
}

// nowRoom is the factor beyond which two posts of one month that speak of their present disagree.
const nowRoom = 1.3

// ofNow are the measures that have a value at every time, so that "has" and "holds" say when.
var ofNow = []string{held, "tvl", "deposits", "assets", "backlog", "loans", "debt", "open interest", heldTokens}

// acrossPosts holds what posts say of one owner by the same words against each other.
func (c *crossing) acrossPosts(given [][]*mention) {
	index := map[matterOf][]*mention{}
	names := map[string]bool{}
	for _, ms := range given {
		c.meet(ms, index)
		for _, m := range ms {
			for _, name := range m.who.names {
				names[name] = true
			}
		}
	}
	for _, d := range c.Others {
		if speaksOfOne(d, names) {
			c.meet(c.mentionsOf(d), index)
		}
	}
}

// speaksOfOne tells whether a document can name one of the names at all.
func speaksOfOne(d *rule.Document, names map[string]bool) bool {
	for i := range d.Cited {
		for _, w := range strings.FieldsFunc(strings.ToLower(d.Cited[i].Fragment+" "+d.Cited[i].Title), notOfWord) {
			if names[bareName(w)] {
				return true
			}
		}
	}
	return false
}

func notOfWord(r rune) bool { return strings.ContainsRune(" ,.;:!?()[]'’\"„“”-–—/\n\t", r) }

// meet holds a post's mentions against those of the posts before it, then adds them to the index.
func (c *crossing) meet(ms []*mention, index map[matterOf][]*mention) {
	for _, m := range ms {
		if !c.comparableAtAll(m) || isSmall(m) {
			continue
		}
		for _, name := range m.owners() {
			for _, o := range index[matterOf{name, m.thing, m.of.unit}] {
				c.holdAcross(o, m)
			}
		}
	}
	for _, m := range ms {
		if !c.comparableAtAll(m) || isSmall(m) {
			continue
		}
		for _, name := range m.owners() {
			key := matterOf{name, m.thing, m.of.unit}
			if len(index[key]) < mostCompared {
				index[key] = append(index[key], m)
			}
		}
	}
}

// holdAcross holds two mentions of two posts against each other, which share an owner and a thing.
func (c *crossing) holdAcross(o, m *mention) {
	if o.Doc == m.Doc || o.voice == m.voice || !c.ofGiven(&o.claim) && !c.ofGiven(&m.claim) {
		return
	}
	certain, same := c.twice(o, m)
	if !o.timed && !m.timed && o.round == "" {
		certain, same = false, c.bothNow(o, m)
	}
	switch {
	case !same:
	case !c.apartFrom(o, m):
		if o.value.Meets(m.value) {
			c.Checked(rule.ByOtherPosts, o.Cited, m.Cited)
		}
	case certain && c.ofGiven(&o.claim) && c.ofGiven(&m.claim) && ratio(&o.claim, &m.claim) > 1+c.Settings.Tolerances.Far:
		c.contradict(o, m, cite.Error)
	default:
		c.contradict(o, m, cite.Warning)
	}
}

// bothNow tells whether two posts of about one day speak of their present, and clearly differ.
func (c *crossing) bothNow(a, b *mention) bool {
	pa, pb := a.Cited.Published, b.Cited.Published
	switch {
	case a.timed || b.timed || a.inherited.year != 0 || b.inherited.year != 0 || pa.IsZero() || pb.IsZero():
		return false
	case rule.MonthsApart(pa, pb) > recentMonths || !a.who.explicit || !b.who.explicit || !shareName(a.who.names, b.who.names):
		return false
	case a.Cited.Figure.Kind != cite.Count && !slices.Contains(ofNow, a.thing):
		return false
	}
	return slices.Equal(a.marks, b.marks) && c.sameScope(a, b) && !c.isPlanned(a) && !c.isPlanned(b) && c.factor(&a.claim, &b.claim, 0) > nowRoom
}
