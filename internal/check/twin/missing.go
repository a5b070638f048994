package twin

import (
	"slices"
	"strconv"
	"strings"

	"beleg/internal/cite"

	"beleg/internal/check/rule"
)

// gap is what one text states and the other does not.
type gap struct {
	figures []*twinFigure
	whole   int // passages that are missing as a whole, 0 for single figures
}

// missing tells the figures of side n in a bead that the twin lacks: those of whole passages together, those of one
// sentence together, each at the first of them where the post is given, else beside where it should stand in the twin.
func (c *comparison) missing(n int, d bead) {
	from, to, near := d.a0, d.a1, d.b0
	if n == 1 {
		from, to, near = d.b0, d.b1, d.a0
	}
	for _, g := range c.sides[n].gaps(from, to, !d.aligned) {
		if c.expected(n, g) {
			c.tellMissing(n, g, near)
		}
	}
}

// gaps are the figures without counterpart in passages from to to.
func (s *side) gaps(from, to int, unaligned bool) []gap {
	var out []gap
	whole := -1 // the last passage that was missing as a whole
	for i := from; i < to; i++ {
		p := &s.passages[i]
		open := s.open(i, i+1)
		switch {
		case s.partial && len(open) == len(p.figures) && (unaligned || to-from > 1):
			continue // the twin may have a sentence that nothing is known of
		case len(open) > 0 && p.isUnknown() && (unaligned || to-from > 1 && len(open) > 1):
			if whole < 0 {
				out = append(out, gap{})
			}
			g := &out[len(out)-1]
			g.figures, g.whole, whole = append(g.figures, open...), g.whole+1, i
			continue
		case len(p.figures) > 0:
			whole = -1
		}
		for k, q := range open {
			if k > 0 && open[k-1].sentence == q.sentence {
				g := &out[len(out)-1]
				g.figures = append(g.figures, q)
				continue
			}
			out = append(out, gap{figures: []*twinFigure{q}})
		}
	}
	return out
}

// isUnknown tells whether none of a passage's figures has a counterpart, but for words that may be there by chance.
func (p *passage) isUnknown() bool {
	return !slices.ContainsFunc(p.figures, func(q *twinFigure) bool { return q.mate != nil || q.found && q.bare != nil })
}

// expected tells whether a translation would have kept what is missing: a title may be kept elsewhere.
func (c *comparison) expected(n int, g gap) bool {
	s, o := c.sides[n], c.sides[1-n]
	if s.passages[g.figures[0].passage].kind != cite.Title {
		return true
	}
	for i := range o.passages {
		if o.passages[i].kind == cite.Title {
			return true
		}
	}
	return false
}

// minor tells whether a figure may be gone without the translation being wrong: numbers in words, spans and small
// counts are often said otherwise.
func minor(q *twinFigure) bool {
	f := &q.Figure
	return q.inWords || f.Kind == cite.Duration || f.Kind == cite.Multiple || f.Kind == cite.Count && q.high < smallestMissing
}

// tellMissing reports a gap.
func (c *comparison) tellMissing(n int, g gap, near int) {
	severity := cite.Note
	for _, q := range g.figures {
		if !minor(q) {
			severity = cite.Warning
		}
	}
	first := g.figures[0]
	what := c.wording(n, g)
	f := rule.Finding{Rule: rule.Translation, Severity: severity, Says: what.atFigure, Evidence: cite.Evidence{Stated: first.Figure.Text}}
	if !c.own[n] {
		f.Says, f.Evidence = what.inTwin, cite.Evidence{Computed: inLanguage(first, c.sides[1-n].lang)}
	}
	c.place(&f, n, g.figures, near)
}

// place reports a finding on figures of side n whose counterpart is missing: at the first of them where the post is
// given, else in the twin, beside where they should stand: near passage near.
func (c *comparison) place(f *rule.Finding, n int, figures []*twinFigure, near int) {
	s, o := c.sides[n], c.sides[1-n]
	beside := o.nearest(figures[0], s, near)
	if c.own[n] {
		f.Doc, f.At = s.doc, figures[0].Cited
		for _, q := range figures[1:] {
			f.Figures = append(f.Figures, q.Cited)
		}
		if beside != nil {
			f.Related = []rule.Place{{Doc: o.doc, Cited: beside.Cited}}
		}
		c.Add(*f)
		return
	}
	if beside == nil {
		return
	}
	f.Doc, f.At, f.Beside = o.doc, beside.Cited, true
	for _, q := range figures {
		f.Related = append(f.Related, rule.Place{Doc: s.doc, Cited: q.Cited})
	}
	c.Add(*f)
}

// gapWords are a gap's messages: at the figure that is missing in the twin, and in the text that lacks it.
type gapWords struct{ atFigure, inTwin rule.Say }

func (c *comparison) wording(n int, g gap) gapWords {
	own, twin := c.version(n), c.version(1-n)
	count := strconv.Itoa(len(g.figures))
	first := g.figures[0].Figure.Text
	switch {
	case g.whole > 0 && len(g.figures) == 1:
		return gapWords{
			rule.Say{DE: "Der Absatz mit „" + first + "“ fehlt in der " + twin.DE + "n Fassung.", EN: "The paragraph with “" + first + "” is missing from the " + twin.EN + " version."},
			rule.Say{DE: "Hier fehlt ein Absatz der " + own.DE + "n Fassung mit „" + first + "“.", EN: "A paragraph of the " + own.EN + " version with “" + first + "” is missing here."},
		}
	case g.whole > 0:
		return gapWords{
			rule.Say{DE: "Ab „" + first + "“ fehlt der " + twin.DE + "n Fassung " + paragraphs(g.whole).DE + " mit " + count + " Zahlen.", EN: "From “" + first + "” on, " + paragraphs(g.whole).EN + " with " + count + " figures " + areMissing(g.whole) + " from the " + twin.EN + " version."},
			rule.Say{DE: "Hier fehlt " + paragraphs(g.whole).DE + " der " + own.DE + "n Fassung mit " + count + " Zahlen (ab „" + first + "“).", EN: "Here, " + paragraphs(g.whole).EN + " of the " + own.EN + " version with " + count + " figures (from “" + first + "” on) " + areMissing(g.whole) + "."},
		}
	case len(g.figures) > 1:
		return gapWords{
			rule.Say{DE: "Die Zahlen " + textsOf(g, "„", "“") + " fehlen in der " + twin.DE + "n Fassung.", EN: "The figures " + textsOf(g, "“", "”") + " are missing from the " + twin.EN + " version."},
			rule.Say{DE: "Hier fehlen " + textsOf(g, "„", "“") + " der " + own.DE + "n Fassung.", EN: "Here, " + textsOf(g, "“", "”") + " of the " + own.EN + " version are missing."},
		}
	}
	return gapWords{
		rule.Say{DE: "„" + first + "“ hat in der " + twin.DE + "n Fassung keine Entsprechung.", EN: "“" + first + "” has no counterpart in the " + twin.EN + " version."},
		rule.Say{DE: "Hier fehlt „" + first + "“ der " + own.DE + "n Fassung.", EN: "“" + first + "” of the " + own.EN + " version is missing here."},
	}
}

func paragraphs(n int) rule.Say {
	if n == 1 {
		return rule.Say{DE: "ein Absatz", EN: "a paragraph"}
	}
	return rule.Say{DE: "eine Folge von " + strconv.Itoa(n) + " Absätzen", EN: strconv.Itoa(n) + " paragraphs"}
}

func areMissing(n int) string {
	if n == 1 {
		return "is missing"
	}
	return "are missing"
}

// textsOf names the first figures of a gap.
func textsOf(g gap, open, end string) string {
	var texts []string
	for i, q := range g.figures {
		if i == longestListed {
			texts = append(texts, "…")
			break
		}
		texts = append(texts, open+q.Figure.Text+end)
	}
	return strings.Join(texts, ", ")
}

// nearest is the figure of this side beside which a figure of the other one would stand: the counterpart of the one
// before it in its passage or of the one behind it, else the last one up to passage near.
func (s *side) nearest(missing *twinFigure, other *side, near int) *twinFigure {
	var before, behind *twinFigure
	passed := false
	for _, q := range other.passages[missing.passage].figures {
		switch {
		case q == missing:
			passed = true
		case q.mate == nil:
		case !passed:
			before = q.mate
		case behind == nil:
			behind = q.mate
		}
	}
	if before != nil {
		return before
	}
	if behind != nil {
		return behind
	}
	for i := min(near, len(s.passages)-1); i >= 0; i-- {
		if f := s.passages[i].figures; len(f) > 0 {
			return f[len(f)-1]
		}
	}
	if len(s.figures) > 0 {
		return s.figures[0]
	}
	return nil
}
