// Package share recomputes the shares that a post states from its own numbers: percentages beside an amount and a whole,
// pairs of a list that imply one whole, what is left of a whole, and parts larger than it. It reads sentences as tokens:
// where a percentage and an amount stand side by side, and what the words around them point at, decides what belongs
// together.
package share

import (
	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Find finds the shares of a post that do not follow from its own numbers, and notes those that do.
func Find(x *rule.Examination, d *rule.Document) {
	y := &examination{Examination: x, doc: d, passages: passagesOf(d), told: map[*number]bool{}}
	y.read()
	for _, c := range y.pairs {
		if c.tie == bound {
			y.bound(c)
		}
	}
	y.groups()
	for _, c := range y.pairs {
		if !y.told[c.pct.number] {
			y.unbound(c)
		}
	}
	y.quotas()
	y.together()
	y.reductions()
	y.remainders()
	y.impossible()
}

// examination is the check of one post.
type examination struct {
	*rule.Examination
	doc      *rule.Document
	passages []*passage
	percents map[*passage][]*percent
	pairs    []*pair
	amounts  []*number        // of the whole post, in text order
	told     map[*number]bool // percentages that were told what they are shares of
}

// read finds the percentages, the amounts beside them, and all amounts.
func (x *examination) read() {
	x.percents = map[*passage][]*percent{}
	for _, p := range x.passages {
		for _, n := range p.numbers {
			if n.isAmount() {
				x.amounts = append(x.amounts, n)
			}
		}
		ps := percentsOf(p)
		x.percents[p] = ps
		for _, q := range ps {
			if p.kind == cite.TableRow {
				x.pairs = append(x.pairs, q.pairsOfRow()...)
			} else if c := x.pairOf(q); c != nil {
				x.pairs = append(x.pairs, c)
			}
		}
	}
}

// A claim is that a stated percentage follows from other numbers.
type claim struct {
	stated *number
	from   []*number
	is     rule.Estimate
	sure   bool // the numbers are surely meant for each other
	says   rule.Say
	sum    rule.Say // the arithmetic, in one line
}

func (x *examination) estimate(n *number) rule.Estimate {
	return x.Settings.Bounds.Estimate(n.figure, n.step, n.rounding())
}

// estimates are those of numbers that stand side by side: what is written beside "25 billion" as "40 billion" is not
// rounded to tens.
func (x *examination) estimates(ns ...*number) []rule.Estimate {
	finest := map[float64]float64{} // by scale
	for _, n := range ns {
		p := n.rounding()
		if least, ok := finest[n.scale]; p > 0 && n.scale > 0 && (!ok || p < least) {
			finest[n.scale] = p
		}
	}
	es := make([]rule.Estimate, len(ns))
	for i, n := range ns {
		step := n.rounding()
		if p, ok := finest[n.scale]; ok {
			step = min(step, p)
		}
		es[i] = x.Settings.Bounds.Estimate(n.figure, n.step, step)
	}
	return es
}

func (x *examination) weigh(c *claim) (is rule.Outcome, gap float64) {
	return x.Settings.Weigh(x.estimate(c.stated), c.stated.step, c.is)
}

func (x *examination) outcome(c *claim) rule.Outcome {
	is, _ := x.weigh(c)
	return is
}

// shareClaim is the claim that a percentage is the share of a part in a whole; nil where the part is larger.
func (x *examination) shareClaim(part, whole *number, pct *number) *claim {
	if part.value() <= 0 || whole.value() <= 0 {
		return nil
	}
	es := x.estimates(part, whole)
	if exceeds(es[0], es[1]) {
		return nil
	}
	is := es[0].Over(es[1]).By(100)
	computed := rule.Computed(is.Exact, unit.Percent)
	return &claim{stated: pct, from: []*number{part, whole}, is: is,
		sum:  rule.Tell("%s von %s = %s", "%s of %s = %s", part.figure.Text, whole.figure.Text, computed),
		says: rule.Tell("%s von %s sind %s, im Text steht %s.", "%s of %s is %s, the text says %s.", part.figure.Text, whole.figure.Text, computed, pct.figure.Text)}
}

// accept notes that a claim holds.
func (x *examination) accept(c *claim) {
	x.told[c.stated] = true
	x.Checked(rule.ByArithmetic, figuresOf(c)...)
}

// accuse adds what a claim comes to where it does not hold exactly.
func (x *examination) accuse(c *claim) {
	x.accept(c)
	is, gap := x.weigh(c)
	figures := figuresOf(c)
	if is == rule.Fits || len(figures) == 0 || c.stated.cited == nil {
		return
	}
	x.Add(rule.Finding{Rule: rule.MathShare, Severity: x.Graded(is, gap, c.sure), Doc: x.doc, At: figures[0], Figures: figures[1:], Says: c.says, Formula: c.sum,
		Evidence: cite.Evidence{Computed: rule.Computed(c.is.Exact, c.stated.figure.Unit).In(x.doc.Post.Lang), Stated: c.stated.figure.Text}})
}

// figuresOf are the figures of a claim, what it states first.
func figuresOf(c *claim) []*cite.Cited {
	figures := make([]*cite.Cited, 0, len(c.from)+1)
	for _, n := range append([]*number{c.stated}, c.from...) {
		if n.cited != nil {
			figures = append(figures, n.cited)
		}
	}
	return figures
}
