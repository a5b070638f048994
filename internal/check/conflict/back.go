package conflict

import (
	"fmt"
	"math"
	"slices"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A definite number refers back: "of the 3,100 customers", "its 241,000 active traders in January". Somewhere else the
// post has said how many there are; if it said another number, and only that, one of the two is wrong.

// Limits of what refers back.
const (
	mostMentions   = 600 // figures of one post that are held against each other
	fewest         = 13  // counts below it are too often of some of them: "the two networks"
	likeTails      = 2   // words behind two small counts that must be the same
	plannedWithin  = 6   // words around a definite number within which a plan is of it
	backRoom       = 1.03
	mostFarInWorth = 30.0 // ratio beyond which two values are hardly meant for one thing
)

// backReferences holds a post's figures against what the post says elsewhere of the same.
func (c *crossing) backReferences(ms []*mention) {
	ms = ms[:min(len(ms), mostMentions)]
	for _, m := range ms {
		named := c.comparableAtAll(m)
		if named && m.definite {
			c.refersBack(m, ms)
		}
		if named || m.bare() {
			c.repeats(m, ms)
		}
	}
	c.partsOverWholes(ms)
	c.slipsBack(ms)
}

// comparableAtAll tells whether a mention says enough of what it is of.
func (c *crossing) comparableAtAll(m *mention) bool {
	return m.thing != "" && !m.vague && !m.ofRow()
}

// per is the span of which an amount is stated; "" where that is the time it names.
func (m *mention) per() cite.Per {
	if per := m.Cited.Figure.Per; per != cite.PerYear || !m.timed || m.at.month != 0 || m.at.quarter != 0 {
		return per
	}
	return ""
}

func (m *mention) ofRow() bool {
	t := &m.Doc.Post.Text
	if b := t.BlockAt(m.Cited.Figure.At); t.Content != "" && b >= 0 {
		return t.Blocks[b].Kind == cite.TableRow
	}
	return false
}

// bare tells whether a mention is an amount at some time without a word of what it measures.
func (m *mention) bare() bool {
	return m.thing == "" && !m.vague && !m.ofRow() && m.per() == "" && (m.timed || m.inherited.year != 0) && m.of.unit.Dimension() == unit.Money
}

// refersBack holds a definite number against its antecedents: the post's other numbers of the same thing.
func (c *crossing) refersBack(m *mention, ms []*mention) {
	if c.isPlanned(m) || c.explained(m, ms) {
		return
	}
	var found *mention
	for _, o := range ms {
		if o == m || o.sameSentence(&m.claim) || !c.antecedent(o, m) && !c.onlyOther(o, m, ms) {
			continue
		}
		if found != nil && math.Abs(found.plain-o.plain) > found.plain*slipExact {
			return // several are possible
		}
		if found == nil || c.certainty(o, m) > c.certainty(found, m) {
			found = o
		}
	}
	if found == nil {
		return
	}
	severity := cite.Warning
	if c.certainty(found, m) >= sure {
		severity = cite.Error
	}
	c.contradict(found, m, severity)
}

// contradict adds a dispute between two mentions, the later one at fault.
func (c *crossing) contradict(a, b *mention, severity cite.Severity) {
	c.disputes = append(c.disputes, dispute{a: &a.claim, b: &b.claim, rule: rule.Conflict, severity: severity, factor: ratio(&a.claim, &b.claim), says: c.saysTwice(a, b)})
}

// explained tells whether the post states the number elsewhere, or two numbers of the same unit that make it.
func (c *crossing) explained(m *mention, ms []*mention) bool {
	fits := func(v float64) bool { return v >= m.value.Low/backRoom && v <= m.value.High*backRoom }
	var alike []float64
	for _, o := range ms {
		if o == m || o.of.unit != m.of.unit || o.thing == "" && o.isCount() || o.isCount() != m.isCount() {
			continue
		}
		if fits(o.plain) || o.value.Meets(m.value) {
			return true
		}
		if o.thing == m.thing && len(alike) < mostAlike {
			alike = append(alike, o.plain)
		}
	}
	for i, a := range alike {
		for _, b := range alike[i+1:] {
			if fits(a+b) || fits(math.Abs(a-b)) {
				return true
			}
		}
	}
	return false
}

// agreed tells whether another place says of the same thing and owner what m says, so that m and o are two things.
func agreed(m, o *mention, ms []*mention) bool {
	return slices.ContainsFunc(ms, func(n *mention) bool {
		return n != m && n != o && n.of.unit == m.of.unit && n.thing == m.thing && n.value.Meets(m.value) && shareName(n.who.names, m.who.names) && !n.sameSentence(&m.claim)
	})
}

// certainties of an antecedent.
const (
	likely = iota + 1
	sure
)

// certainty is how surely two mentions are of one thing at one time.
func (c *crossing) certainty(a, b *mention) int {
	switch {
	case a.timed && b.timed && a.at.exactly(b.at) && slices.Equal(a.marks, b.marks),
		a.round != "" && a.round == b.round,
		len(a.marks) > 0 && slices.Equal(a.marks, b.marks):
		return sure
	}
	return likely
}

// antecedent tells whether a mention states what a definite number refers back to.
func (c *crossing) antecedent(o, m *mention) bool {
	if !c.comparableAtAll(o) && !o.bare() || o.of.unit != m.of.unit || o.per() != m.per() || !c.apartFrom(o, m) || !c.sameThing(o, m) {
		return false
	}
	if c.isPlanned(o) || !c.sameScope(o, m) {
		return false
	}
	if isSmall(m) || isSmall(o) {
		return o.definite && likeTail(o, m)
	}
	if !sameTimes(o, m) || !sameWho(o, m) || o.singlesOut(true) {
		return false
	}
	if slices.Contains(ofEvents, m.thing) && (o.round != m.round || m.round == "" && !(o.timed && m.timed && o.at.exactly(m.at))) {
		return false
	}
	precise := o.timed && m.timed && o.at.exactly(m.at) && m.at.part != whole
	if m.singlesOut(precise) && !m.sharesTail(o) || m.isCount() && m.thing != heldTokens && !precise && !m.hasThem() && !m.tailSaid(o) {
		return false
	}
	switch {
	case o.timed && m.timed, m.timed && o.inherited.year != 0 && o.who.explicit && m.who.explicit, len(m.marks) > 0 && slices.Equal(o.marks, m.marks):
		return true
	case o.who.explicit && m.who.explicit && slices.Equal(o.marks, m.marks):
		return true
	}
	return m.thing == heldTokens && len(o.who.names) > 0
}

// onlyOther tells whether o, before m, is the only other number that the post states of what m counts, and nothing sets
// the two apart.
func (c *crossing) onlyOther(o, m *mention, ms []*mention) bool {
	if !m.isCount() || m.thing == "" || o.thing != m.thing || o.Cited.Figure.At >= m.Cited.Figure.At || isSmall(o) || isSmall(m) || o.ofRow() || o.vague || m.timed || o.timed && !o.recent() {
		return false
	}
	if !o.hasThem() || !m.hasThem() || o.per() != m.per() || !slices.Equal(o.marks, m.marks) || !c.apartFrom(o, m) || !shareName(o.who.names, m.who.names) && !m.takesUp(o) || c.isPlanned(o) || c.isPlanned(m) || !c.sameScope(o, m) ||
		o.singlesOut(false) || m.singlesOut(false) && !m.sharesTail(o) {
		return false
	}
	return !slices.ContainsFunc(ms, func(n *mention) bool { return n != o && n != m && n.thing == m.thing && n.plain != o.plain })
}

// takesUp tells whether a definite number that no name is beside can be of the owner of another one, since the same
// word narrows both: "the 30 paying customers".
func (m *mention) takesUp(o *mention) bool {
	return m.definite && len(m.marks) > 0 && !m.who.inClause && slices.Equal(m.marks, o.marks)
}

// sameThing tells whether two mentions count or measure the same: one word for it, or two that are used alike of what
// is active in the same time. What lies with somebody at a time needs no word.
func (c *crossing) sameThing(o, m *mention) bool {
	switch {
	case o.per() != m.per():
		return false
	case o.thing == m.thing:
		return slices.Equal(o.marks, m.marks) || contains(o.marks, m.marks) && o.timed && m.timed
	case m.of.unit.Dimension() == unit.Money:
		holding := func(t string) bool { return t == "" || t == held || t == "deposits" || t == "tvl" || t == "assets" }
		return holding(o.thing) && holding(m.thing) && o.thing+m.thing != "" && (o.who.explicit || m.who.explicit) && (o.timed || o.inherited.month != 0) && m.timed
	}
	return slices.Contains(actingOnes, o.thing) && slices.Contains(actingOnes, m.thing) && len(m.marks) > 0 && slices.Equal(o.marks, m.marks) && o.timed && m.timed
}

// actingOnes are counts of those who use something, by what each post calls them.
var actingOnes = []string{"address", "trader", "wallet", "account", "user"}

// apartFrom tells whether two values cannot both hold, and are yet near enough to be meant for one thing.
func (c *crossing) apartFrom(a, b *mention) bool {
	return c.factor(&a.claim, &b.claim, 0) > backRoom && ratio(&a.claim, &b.claim) < mostFarInWorth
}

func isSmall(m *mention) bool { return m.isCount() && m.plain < fewest }

// isCount tells whether a mention counts something.
func (m *mention) isCount() bool {
	f := &m.Cited.Figure
	return f.Kind == cite.Count || f.Kind == cite.Other && f.Unit == ""
}

// likeTail tells whether what follows two counted nouns is the same: "the seven networks we track".
func likeTail(a, b *mention) bool {
	n := 0
	for n < min(len(a.tail), len(b.tail)) && a.tail[n] == b.tail[n] {
		n++
	}
	return n >= likeTails
}

// sameTimes tells whether two mentions can be of one time. One without a time is of its post's.
func sameTimes(a, b *mention) bool {
	switch {
	case a.timed && b.timed:
		return a.at.same(b.at)
	case a.timed && b.inherited.year != 0:
		return a.at.same(b.inherited)
	case b.timed && a.inherited.year != 0:
		return b.at.same(a.inherited)
	case a.timed:
		return a.recent()
	case b.timed:
		return b.recent()
	}
	return true
}

// recentMonths is how many months before its post a time is still its present.
const recentMonths = 1

// recent tells whether a mention's time is its post's present.
func (m *mention) recent() bool {
	published := m.Cited.Published
	if published.IsZero() || m.at.month == 0 {
		return false
	}
	day := published.Start()
	months := (day.Year()-m.at.year)*12 + int(day.Month()) - m.at.month
	return months >= 0 && months <= recentMonths
}

// sameWho tells whether two mentions are of one owner.
func sameWho(a, b *mention) bool {
	if shareName(a.who.names, b.who.names) {
		return true
	}
	if a.who.explicit || b.who.explicit {
		return len(a.who.names) == 0 && len(b.who.names) == 0
	}
	return len(a.marks) > 0 && slices.Equal(a.marks, b.marks) || len(a.who.names) == 0 && len(b.who.names) == 0
}

// sameScope tells whether nothing in their words says that two mentions are of different sorts.
func (c *crossing) sameScope(a, b *mention) bool {
	fa, fb := c.readMention(a), c.readMention(b)
	all := fa.aside == "" || fa.aside == "a part" && b.definite && (a.who.explicit && b.who.explicit || b.takesUp(a) && a.timed && b.timed && a.at.exactly(b.at)) // somebody's part is all of his
	return all && fb.aside == "" && slices.Equal(fa.scope, fb.scope) && slices.Equal(withoutActive(fa.part), withoutActive(fb.part)) && slices.Equal(a.who.places, b.who.places) && a.label == b.label && narrowedAlike(a, b)
}

// withoutActive leaves out what a word beside the counted noun says: there, it is one of its marks.
func withoutActive(part []string) []string {
	return slices.DeleteFunc(slices.Clone(part), func(p string) bool { return p == "active" })
}

// readMention is what the words around a mention say of its sort. A definite number is no part for being one, and what
// its sentence assumes is not of it.
func (c *crossing) readMention(m *mention) *wording {
	if m.forms != nil {
		return m.forms
	}
	w := &wording{source: sourceOf(m.p), round: m.round}
	near := m.p
	if m.definite {
		near = m.near()
	}
	for i := range cues {
		cue := &cues[i]
		switch {
		case m.definite && cue.does == setsAside && cue.tag == "hypothetical":
		case cue.tag == "hypothetical" && !m.assumed(cue):
		case cue.tag == "a part" && (m.who.explicit && m.who.inClause || m.round != ""):
		case cue.tag == "another time" && m.timed && m.at.clause == m.p.clause:
		case cue.found(near):
			w.take(cue)
		}
	}
	if w.aside == "" && opensAsPart(m.p) {
		w.aside = "a part"
	}
	w.scope, w.part, w.loose = sortedSet(w.scope), sortedSet(w.part), sortedSet(w.loose)
	m.forms = w
	return w
}

// opensAsPart tells whether a sentence begins by taking some out of what was said before it.
func opensAsPart(p *phrase) bool {
	for _, opening := range [][]string{{"of", "these"}, {"of", "those"}, {"of", "them"}, {"davon"}, {"hiervon"}, {"darunter"}, {"among", "them"}, {"unter", "ihnen"}} {
		if _, ok := matches(p.words, opening); ok {
			return true
		}
	}
	return false
}

// near are the words close to a definite number, and those of the relative clause that tells which one it is.
func (m *mention) near() *phrase {
	p := *m.p
	from, to := max(0, p.at-nearby), min(len(p.words), p.at+plannedWithin)
	if relativeBehind(m.p) {
		to = len(p.words)
	}
	words := make([]word, 0, to-from)
	for i, w := range p.words[from:to] {
		switch {
		case from+i < p.at+plannedWithin && w.clause != p.clause+1:
		case w.clause == p.clause+1 && from+i >= p.at:
			w.clause = p.clause
		default:
			continue
		}
		words = append(words, w)
	}
	p.words, p.at = words, p.at-from
	return &p
}

// assumed tells whether what a sentence assumes is said before the number, or in its clause.
func (m *mention) assumed(hypothetical *cue) bool {
	p := *m.p
	p.words = slices.DeleteFunc(slices.Clone(p.words), func(w word) bool { return w.at > m.Cited.FragmentEnd && w.clause != p.clause })
	return hypothetical.found(&p)
}

// isPlanned tells whether a number is of what is to come. Of a definite one only the words close to it say so.
func (c *crossing) isPlanned(m *mention) bool {
	w := c.readMention(m)
	if !m.definite {
		return w.planned || m.Cited.Figure.Forecast && !m.isPast()
	}
	return w.planned
}

// isPast tells whether the time that a mention names lies before its post.
func (m *mention) isPast() bool {
	published := m.Cited.Published
	if !m.timed || published.IsZero() {
		return false
	}
	day := published.Start()
	return m.at.year < day.Year() || m.at.year == day.Year() && m.at.month != 0 && m.at.month < int(day.Month())
}

// repeats holds a number against the others of its post that are by their words of the same thing, owner and time.
func (c *crossing) repeats(m *mention, ms []*mention) {
	for _, o := range ms {
		if o == m {
			return // each pair once
		}
		if !c.comparableAtAll(o) && !o.bare() || o.of.unit != m.of.unit || o.sameSentence(&m.claim) || sameBlock(&o.claim, &m.claim) || !c.apartFrom(o, m) {
			continue
		}
		certain, ok := c.twice(o, m)
		if ok = ok || o.who.inClause && m.who.inClause && c.onlyOther(o, m, ms); ok && !agreed(m, o, ms) && !agreed(o, m, ms) {
			severity := cite.Warning
			if certain {
				severity = cite.Error
			}
			c.contradict(o, m, severity)
		}
	}
}

// twice tells whether two mentions are by their words of the same thing, owner and time, and whether surely.
func (c *crossing) twice(a, b *mention) (certain, ok bool) {
	switch {
	case isSmall(a) || isSmall(b) || a.per() != b.per() || !shareName(a.who.names, b.who.names) && !shareName(a.kin, b.kin):
		return false, false
	case a.thing != b.thing && !(c.sameThing(a, b) && a.at.part != whole && b.at.part != whole) || !slices.Equal(a.marks, b.marks):
		return false, false
	case c.isPlanned(a) || c.isPlanned(b) || !c.sameScope(a, b) || a.round != b.round || a.singlesOut(true) || b.singlesOut(true):
		return false, false
	case a.timed && b.timed:
		return a.at.exactly(b.at) && (a.who.explicit || b.who.explicit), a.at.exactly(b.at)
	case a.round != "":
		return true, true
	case a.timed != b.timed:
		return false, false
	}
	if !a.who.explicit || !b.who.explicit {
		return false, false
	}
	return len(a.marks) > 0 && a.isCount(), len(a.marks) > 0 || slices.Contains(standing, a.thing) || slices.Contains(c.readMention(a).scope, "so far") && a.thing == "raised"
}

// standing are the amounts of which somebody has but one at a time.
var standing = []string{"tvl", "deposits", "backlog", "debt", "open interest", "market cap"}

// saysTwice says where the other number stands.
func (c *crossing) saysTwice(a, b *mention) func(at, other *claim) (text, formula rule.Say, computed string) {
	return func(at, other *claim) (text, formula rule.Say, computed string) {
		if at.Doc == other.Doc {
			return rule.Say{
				DE: fmt.Sprintf("Hier steht „%s“, an anderer Stelle im Beitrag „%s“.", quoted(at), quoted(other)),
				EN: fmt.Sprintf("This says “%s”, another place in the post “%s”.", quoted(at), quoted(other)),
			}, rule.Say{}, ""
		}
		return rule.Say{
			DE: fmt.Sprintf("Hier steht „%s“, im Beitrag „%s“ dagegen „%s“.", quoted(at), other.title(), quoted(other)),
			EN: fmt.Sprintf("This says “%s”, but the post “%s” says “%s”.", quoted(at), other.title(), quoted(other)),
		}, rule.Say{}, ""
	}
}
