package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"

	"beleg/internal/check/rule"
)

// A month, or a quarter, that is more than the year it lies in: "in 2025 it took in 17 million; in December alone 21".

// aloneWords say of a span that it is a part of what was said before.
var aloneWords = strings.Fields("allein alleine alone")

// Limits of the search for a span's year.
const (
	mostBack    = 4    // figures before a span, or behind it in its sentence, among which its year is looked for
	partFactor  = 1.02 // by how much a part must exceed its whole
	mostPartFar = 60.0 // ratio beyond which the two are hardly of one thing
)

// partsOverWholes finds months and quarters that exceed their own year in the same paragraph.
func (c *crossing) partsOverWholes(ms []*mention) {
	for i, m := range ms {
		if m.of.unit == "" || !m.isSpan() || m.ofRow() || c.isPlanned(m) {
			continue
		}
		for k := max(0, i-mostBack); k < min(len(ms), i+mostBack+1); k++ {
			year := ms[k]
			if k == i || !c.holdsSpan(year, m) || c.isPlanned(year) || m.value.Low <= year.value.High*partFactor || ratio(&m.claim, &year.claim) > mostPartFar {
				continue
			}
			c.disputes = append(c.disputes, dispute{a: &year.claim, b: &m.claim, rule: rule.Conflict, severity: cite.Warning, factor: ratio(&m.claim, &year.claim), says: saysPart(year, m)})
			break
		}
	}
}

// saysPart says that a part is more than its whole, whichever of the two it is shown at.
func saysPart(year, m *mention) func(at, other *claim) (text, formula rule.Say, computed string) {
	return func(_, _ *claim) (text, formula rule.Say, computed string) {
		whole, part := year.Cited.Figure.Text, m.Cited.Figure.Text
		return rule.Sayf("Ein Teil des Jahres („%[1]s“) kann nicht mehr sein als das ganze („%[2]s“).", "A part of the year (“%[1]s”) cannot be more than all of it (“%[2]s”).", part, whole),
			rule.Both(part+" > "+whole, part+" > "+whole), ""
	}
}

// isSpan tells whether a mention is the amount of a month or quarter that came to an end.
func (m *mention) isSpan() bool {
	f := &m.Cited.Figure
	if f.Kind != cite.Money && f.Kind != cite.Count && f.Kind != cite.Energy && f.Unit == "" || f.Change != "" {
		return false
	}
	return m.span().year != 0 && (m.span().month != 0 || m.span().quarter != 0) && m.span().part == whole
}

// span is the time of an amount: its sentence's own, else the one that was read for it.
func (m *mention) span() moment {
	if m.timed {
		return m.at
	}
	switch p := m.Cited.Figure.Period; p.Granularity() {
	case market.Month:
		return moment{year: p.Start().Year(), month: int(p.Start().Month())}
	case market.Quarter:
		return moment{year: p.Start().Year(), quarter: (int(p.Start().Month()) + 2) / 3}
	}
	return moment{}
}

// holdsSpan tells whether a mention is the total of the year that a month's or quarter's amount lies in: of one unit, of
// one paragraph, both with a word for the same flow, or the span said to be a part of it.
func (c *crossing) holdsSpan(year, m *mention) bool {
	of := year.at
	if !year.timed || of.month != 0 || of.quarter != 0 || of.part != whole || of.year != m.span().year {
		return false
	}
	if year.of.unit != m.of.unit || !sameBlock(&year.claim, &m.claim) || year.Cited.Figure.Change != "" || year.Cited.Figure.Per != "" && year.Cited.Figure.Per != cite.PerYear {
		return false
	}
	if m.who.explicit && !shareName(year.who.names, m.who.names) {
		return false
	}
	alone := slices.ContainsFunc(m.p.words, func(w word) bool {
		leads := m.p.clause == 1 && w.clause == 0 // "in November alone, 20 were added"
		return (w.clause == m.p.clause || leads) && slices.Contains(aloneWords, w.lower)
	})
	if !alone && (year.thing != m.thing || !slices.Contains(flows, m.thing) || !slices.Equal(year.marks, m.marks)) {
		return false
	}
	fy, fm := c.readMention(year), c.readMention(m)
	return slices.Equal(year.who.places, m.who.places) &&
		!slices.Contains(fy.scope, "net") && !slices.Contains(fm.scope, "gross") && !slices.Contains(fy.scope, "average") && fy.aside != ofEach && fm.aside != ofEach
}

// flows are the measures of which a year has at least as much as each of its months.
var flows = []string{"revenue", "volume", "fees", "costs", "investment", "consumption"}
