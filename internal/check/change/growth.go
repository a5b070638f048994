// Package change recomputes changes: growth, decline and multiples against their ends, and compound rates against theirs
// and the years between.
package change

import (
	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Find finds changes in a post that do not follow from their own ends, and notes those that do.
func Find(x *rule.Examination, d *rule.Document) {
	y := &examination{x}
	y.growth(d)
	y.compound(d)
}

type examination struct{ *rule.Examination }

// growth finds stated growths, multiples and declines that do not follow from their own ends.
func (x *examination) growth(d *rule.Document) {
	l := d.Lay()
	for i := range l.Spots {
		if c, ok := changeAt(l, &l.Spots[i]); ok {
			x.changeBetween(d, c, endsOf(l, c))
		}
	}
}

// judged is a change held against two ends.
type judged struct {
	mismatch
	ends    ends
	reading reading
	mixUp   mixUp
}

// better tells whether a explains a change better than b.
func (a *judged) better(b *judged) bool {
	switch {
	case b == nil || a.ends.bond != b.ends.bond && a.is == b.is:
		return b == nil || a.ends.bond > b.ends.bond
	case a.is != b.is:
		return a.is < b.is
	}
	return a.seen < b.seen
}

// changeBetween reports a change that none of its possible ends explains. Ends that the text gives leave no room for
// others; where several signs are all there is, one fitting pair of those near is enough.
func (x *examination) changeBetween(d *rule.Document, c *change, candidates []ends) {
	var best, told *judged
	certain := bondGuessed
	for _, e := range candidates {
		certain = max(certain, e.bond)
	}
	for _, e := range candidates {
		if certain == bondSure && e.bond < bondSure {
			continue
		}
		j := x.judgeChange(c, e)
		if j == nil {
			continue
		}
		if j.better(best) {
			best = j
		}
		if e.bond > bondGuessed && (told == nil || j.seen < told.seen) {
			told = j
		}
	}
	if best == nil {
		return
	}
	if best.is == rule.Fits {
		x.Checked(rule.ByArithmetic, c.at.Cited, best.ends.from.Cited, best.ends.to.Cited)
		return
	}
	if told == nil || told.reading.turned {
		return
	}
	if !told.ends.areStated() && x.isExplained(d.Lay(), c, told.ends) {
		return
	}
	x.Checked(rule.ByArithmetic, c.at.Cited, told.ends.from.Cited, told.ends.to.Cited)
	if severity := x.weighChange(c, told); severity != "" {
		x.Add(changeFinding(d, c, told, severity))
	}
}

// judgeChange holds a change against two ends; nil where they allow no reading.
func (x *examination) judgeChange(c *change, e ends) *judged {
	stated := c.stated(x.Settings.Bounds)
	var best *judged
	for _, r := range c.readings(x.Settings.Bounds, e) {
		j := &judged{ends: e, reading: r, mismatch: x.hold(&c.at.Figure, stated, r.computed)}
		if best == nil || j.is < best.is {
			best = j
		}
	}
	if best != nil && best.is != rule.Fits {
		best.mixUp = c.mixedUp(e, best.reading, stated)
	}
	return best
}

// weighChange gives the severity of a change that does not follow from its ends, "" for silence.
func (x *examination) weighChange(c *change, j *judged) cite.Severity {
	far := x.Settings.Tolerances.Far
	isSure := j.ends.bond == bondSure
	f := &c.at.Figure
	q := c.qualifier()
	open := (q == cite.Over || q == cite.AtLeast) && j.reading.computed.exact > f.Value.Float64() || q == cite.Under && j.reading.computed.exact < f.Value.Float64()
	switch {
	case open && !isSure:
		return ""
	case open:
		return cite.Note
	case !isSure && j.is == rule.Differs && (j.gap > far || j.mixUp != noMixUp && j.seen > far):
		return cite.Warning
	case !isSure:
		return ""
	case j.is == rule.Differs && c.kind == changeAmount && j.gap <= far:
		return cite.Note
	case j.is == rule.Differs:
		return x.Graded(rule.Differs, j.gap, true)
	case c.kind == changeAmount:
		return ""
	case j.mixUp != noMixUp && j.seen > far:
		return cite.Warning
	case c.kind == changeFactor:
		if j.gap > far && j.seen > 2*striking {
			return cite.Warning
		}
	case j.seen > striking && (j.gap > far || j.strain > hardStrain) && j.ends.areWritten():
		return cite.Warning
	}
	return cite.Note
}

// changeFinding puts a change that does not follow from its ends into words.
func changeFinding(d *rule.Document, c *change, j *judged, severity cite.Severity) rule.Finding {
	f := rule.Finding{Rule: rule.MathGrowth, Severity: severity, Doc: d, At: c.at.Cited, Figures: []*cite.Cited{j.ends.from.Cited, j.ends.to.Cited}}
	german, english := changeWording(c, j, unit.German), changeWording(c, j, unit.English)
	f.Says = rule.Say{DE: german.message, EN: english.message}
	f.Formula = rule.Say{DE: german.formula, EN: english.formula}
	f.Evidence = cite.Evidence{Computed: rule.Say{DE: german.computed, EN: english.computed}.In(d.Post.Lang), Stated: c.at.Figure.Text}
	return f
}
