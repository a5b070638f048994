// Package reckon recomputes what a post derives from its own numbers: sums, rates over time, unit prices and
// written formulas. Wordings are tables of patterns over phrases, sentences with a placeholder for each number.
package reckon

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Find finds sums and products in a post that do not follow from their own inputs, and notes those that do.
func Find(x *rule.Examination, d *rule.Document) {
	y := &examination{Examination: x, phrases: phrasesOf(d)}
	y.sums(d)
	y.products(d)
}

// examination is the check of one post.
type examination struct {
	*rule.Examination
	phrases []phrase
}

// reckon is a quantity by itself.
func (x *examination) reckon(q *quantity) rule.Estimate {
	return x.reckonTo(q, q.figure.Precision.Float64())
}

// reckonTo is a quantity that is rounded to a step, or finer where that would be too coarse for its size.
func (x *examination) reckonTo(q *quantity, step float64) rule.Estimate {
	return x.Settings.Bounds.Estimate(q.figure, q.step, step)
}

// coarsest is how coarsely a share of a whole is rounded beside the other shares of it: to fives, not to tens.
const coarsest = 5

// reckonShare is a share among others of one whole.
func (x *examination) reckonShare(q *quantity) rule.Estimate {
	return x.reckonTo(q, min(coarsest, q.figure.Precision.Float64()))
}

// siblings reckons quantities that stand side by side, as parts and their whole do: what is written beside "25 billion"
// as "40 billion" is not rounded to tens.
func (x *examination) siblings(qs []*quantity) []rule.Estimate {
	finest := map[float64]float64{} // by scale
	for _, q := range qs {
		p := q.figure.Precision.Float64()
		if least, ok := finest[q.scale]; p > 0 && q.scale > 0 && (!ok || p < least) {
			finest[q.scale] = p
		}
	}
	rs := make([]rule.Estimate, len(qs))
	for i, q := range qs {
		step := q.figure.Precision.Float64()
		if p, ok := finest[q.scale]; ok {
			step = min(step, p)
		}
		rs[i] = x.reckonTo(q, step)
	}
	return rs
}

// weigh holds a rule.Estimate against what is stated.
func (x *examination) weigh(stated *quantity, r rule.Estimate) (is rule.Outcome, gap float64) {
	return x.weighAs(stated, x.reckon(stated), r)
}

func (x *examination) weighAs(stated *quantity, s, r rule.Estimate) (is rule.Outcome, gap float64) {
	return x.Settings.Weigh(s, stated.step, r)
}

// claim is that a stated quantity follows from others.
type claim struct {
	rule     rule.Rule
	doc      *rule.Document
	stated   *quantity
	from     []*quantity
	spots    []spot // from, where they stand; nil where they are all at hand
	is       rule.Estimate
	as       *rule.Estimate // what the stated quantity is held to stand for, where that is not what it is by itself
	sure     bool           // the quantities are surely meant for each other
	quiet    bool           // only a fit says that they are: else nothing is said
	calendar bool           // it goes by days, of which spans have more or fewer
	alibi    bool           // it can explain what is stated, never accuse it
	says     rule.Say
	sum      rule.Say // the arithmetic, in one line
}

// outcome weighs the claim.
func (x *examination) outcome(c *claim) rule.Outcome {
	is, _ := x.weighClaim(c)
	return is
}

func (x *examination) weighClaim(c *claim) (is rule.Outcome, gap float64) {
	if c.as != nil {
		return x.weighAs(c.stated, *c.as, c.is)
	}
	return x.weigh(c.stated, c.is)
}

// judge notes what was recomputed and adds a finding where the claim does not hold.
func (x *examination) judge(c *claim) {
	is, gap := x.weighClaim(c)
	if is == rule.Differs && c.quiet {
		return
	}
	figures := make([]*cite.Cited, 0, len(c.from)+1)
	for _, q := range append([]*quantity{c.stated}, c.from...) {
		if q.cited != nil {
			figures = append(figures, q.cited)
		}
	}
	x.Checked(rule.ByArithmetic, figures...)
	if is == rule.Fits || len(figures) == 0 || is == rule.Coarse && c.quiet {
		return
	}
	if is == rule.Differs {
		x.tellCause(c)
	}
	lang := c.doc.Post.Lang
	x.Add(rule.Finding{Rule: c.rule, Severity: x.Graded(is, gap, c.sure), Doc: c.doc, At: figures[0], Figures: figures[1:], Says: c.says, Formula: c.sum,
		Evidence: cite.Evidence{Computed: rule.Computed(c.is.Exact, c.stated.figure.Unit).In(lang), Stated: c.stated.figure.Text}})
}

// tellCause adds to what a claim says why its result is probably off: mixed up scale words, or a power of ten.
func (x *examination) tellCause(c *claim) {
	switch k := x.decade(c); {
	case x.slipped(c):
		if c.rule == rule.MathSum || c.rule == rule.MathProduct {
			c.rule = rule.Scale
		}
		c.says.DE = strings.TrimSuffix(c.says.DE, ".") + "; der Faktor 1.000 spricht für verwechselte Größenordnungen (Million, Milliarde, Billion)."
		c.says.EN = strings.TrimSuffix(c.says.EN, ".") + "; the factor of 1,000 suggests that million, billion and trillion were mixed up."
	case k != 0:
		c.says.DE = strings.TrimSuffix(c.says.DE, ".") + "; die Ziffern stimmen, die Zehnerpotenz nicht."
		c.says.EN = strings.TrimSuffix(c.says.EN, ".") + "; the digits are right, the power of ten is not."
	}
}

// slipped tells whether a claim fails by a factor that mixed up scale words make.
func (x *examination) slipped(c *claim) bool {
	for _, q := range append([]*quantity{c.stated}, c.from...) {
		if q.scale >= 1e6 {
			k := rule.SlipOf(c.is.Coarse, x.reckon(c.stated).Coarse, x.Settings.Tolerances.Rounding)
			return k == rule.Slips[0] || k == 1/rule.Slips[0]
		}
	}
	return false
}

// joined writes quantities as their texts do, with a sign between them.
func joined(qs []*quantity, sign string) string {
	texts := make([]string, len(qs))
	for i, q := range qs {
		texts[i] = q.figure.Text
	}
	return strings.Join(texts, " "+sign+" ")
}

// sameMeasure tells whether two quantities can be added up or be part and whole: they have the same unit, or one has
// none. It gives both in one unit, and a bare number with the scale of the other where its own would be out of place.
func sameMeasure(a, b *quantity) (quantity, quantity, bool) {
	fa, fb := a.figure, b.figure
	switch {
	case fa.Unit == fb.Unit && fa.Unit != "":
		return *a, *b, true
	case fa.Unit != "" && fb.Unit != "":
		c, ok := a.in(fb.Unit)
		return c, *b, ok
	case isPlain(fa) && isPlain(fb) || isPlain(fa) && isCounting(fb) || isPlain(fb) && isCounting(fa):
		return *a, *b, true
	}
	return quantity{}, quantity{}, false
}

// isPlain tells whether a figure is a number without a unit.
func isPlain(f *cite.Figure) bool { return f.Unit == "" && f.Kind != cite.Multiple }

// isCounting tells whether a unit of the figure may be said once for several: money and counted things.
func isCounting(f *cite.Figure) bool {
	switch f.Unit.Dimension() {
	case unit.Money, unit.Count, unit.Share, unit.Energy, unit.Power, unit.Rate, unit.Data, unit.Mass:
		return true
	}
	return false
}
