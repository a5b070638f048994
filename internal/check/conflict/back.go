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
		if !c.comparableAtAll(m) {
			continue
		}
		if m.definite {
			c.refersBack(m, ms)
		}
		c.repeats(m, ms)
	}
}

// comparableAtAll tells whether a mention says enough of what it is of.
func (c *crossing) comparableAtAll(m *mention) bool {
	return m.thing != "" && !m.vague && !m.ofRow() && m.Cited.Figure.Per == ""
}

func (m *mention) ofRow() bool {
	t := &m.Doc.Post.Text
	if b := t.BlockAt(m.Cited.Figure.At); t.Content != "" && b >= 0 {
		return t.Blocks[b].Kind == cite.TableRow
	}
	return false
}

// refersBack holds a definite number against its antecedents: the post's other numbers of the same thing.
func (c *crossing) refersBack(m *mention, ms []*mention) {
	if c.isPlanned(m) || c.explained(m, ms) {
		return
	}
	var found *mention
	for _, o := range ms {
		if o == m || o.sameSentence(&m.claim) || !c.antecedent(o, m) {
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
		if o == m || o.of.unit != m.of.unit && o.of.unit != "" {
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
	if !c.comparableAtAll(o) && !(o.thing == "" && o.timed) || o.of.unit != m.of.unit || !c.apartFrom(o, m) || !c.sameThing(o, m) {
		return false
	}
	if c.isPlanned(o) || !c.sameScope(o, m) || !sameTimes(o, m) || !sameWho(o, m) {
		return false
	}
	if isSmall(m) || isSmall(o) {
		return o.definite && likeTail(o, m)
	}
	switch {
	case o.timed && m.timed, len(m.marks) > 0 && slices.Equal(o.marks, m.marks):
		return true
	case o.who.explicit && m.who.explicit && slices.Equal(o.marks, m.marks):
		return true
	}
	return m.thing == "token" && len(o.who.names) > 0
}

// sameThing tells whether two mentions count or measure the same: one word for it, or two that are used alike of what
// is active in the same time. What lies with somebody at a time needs no word.
func (c *crossing) sameThing(o, m *mention) bool {
	switch {
	case o.thing == m.thing:
		return slices.Equal(o.marks, m.marks) || contains(o.marks, m.marks) && o.timed && m.timed
	case m.of.unit.Dimension() == unit.Money:
		holding := func(t string) bool { return t == "" || t == held || t == "deposits" || t == "tvl" }
		return holding(o.thing) && holding(m.thing) && o.who.explicit && m.who.explicit && o.timed && m.timed
	}
	return slices.Contains(actingOnes, o.thing) && slices.Contains(actingOnes, m.thing) && len(m.marks) > 0 && slices.Equal(o.marks, m.marks) && o.timed && m.timed
}

// actingOnes are counts of those who use something, by what each post calls them.
var actingOnes = []string{"address", "trader", "wallet", "account", "user"}

// apartFrom tells whether two values cannot both hold, and are yet near enough to be meant for one thing.
func (c *crossing) apartFrom(a, b *mention) bool {
	return c.factor(&a.claim, &b.claim, 0) > backRoom && ratio(&a.claim, &b.claim) < mostFarInWorth
}

func isSmall(m *mention) bool { return m.Cited.Figure.Kind == cite.Count && m.plain < fewest }

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
	return fa.aside == "" && fb.aside == "" && slices.Equal(fa.scope, fb.scope) && slices.Equal(fa.part, fb.part) && slices.Equal(a.who.places, b.who.places)
}

// readMention is what the words around a mention say of its sort. A definite number is no part for being one, and what
// its sentence assumes is not of it.
func (c *crossing) readMention(m *mention) *wording {
	if m.forms != nil {
		return m.forms
	}
	w := &wording{source: sourceOf(m.p), round: m.round}
	for i := range cues {
		cue := &cues[i]
		switch {
		case m.definite && cue.does == setsAside && (cue.tag == "hypothetical" || cue.tag == "a comparison"):
		case cue.tag == "a part" && m.who.explicit && m.definite:
		case cue.tag == "another time" && m.timed:
		case cue.found(m.p):
			w.take(cue)
		}
	}
	w.scope, w.part, w.loose = sortedSet(w.scope), sortedSet(w.part), sortedSet(w.loose)
	m.forms = w
	return w
}

// isPlanned tells whether a number is of what is to come. Of a definite one only the words close to it say so.
func (c *crossing) isPlanned(m *mention) bool {
	w := c.readMention(m)
	if !m.definite {
		return w.planned || m.Cited.Figure.Forecast
	}
	near := *m.p
	near.words = m.p.words[:min(len(m.p.words), m.p.at+plannedWithin)]
	return slices.ContainsFunc(cues, func(q cue) bool { return q.does == plans && q.found(&near) })
}

// repeats holds a number against the others of its post that are by their words of the same thing, owner and time.
func (c *crossing) repeats(m *mention, ms []*mention) {
	for _, o := range ms {
		if o == m {
			return // each pair once
		}
		if !c.comparableAtAll(o) || o.of.unit != m.of.unit || o.sameSentence(&m.claim) || sameBlock(&o.claim, &m.claim) || !c.apartFrom(o, m) {
			continue
		}
		if certain, ok := c.twice(o, m); ok && !c.explained(m, ms) && !c.explained(o, ms) {
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
	case a.thing != b.thing || !slices.Equal(a.marks, b.marks) || isSmall(a) || isSmall(b):
		return false, false
	case c.isPlanned(a) || c.isPlanned(b) || !c.sameScope(a, b) || !shareName(a.who.names, b.who.names):
		return false, false
	case a.round != b.round:
		return false, false
	case a.timed != b.timed:
		return false, a.round != "" && sameTimes(a, b)
	case a.timed:
		return a.at.exactly(b.at) && (a.who.explicit || b.who.explicit), a.at.exactly(b.at)
	}
	return false, a.who.explicit && b.who.explicit && len(a.marks) > 0
}

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
