package link

import (
	"fmt"
	"math"
	"slices"
)

// evidence says how surely a subject or a metric is meant, and why.
type evidence struct {
	of    int // index of the subject or metric
	score float64
	why   string
	named bool // the figure's sentence names it
	near  bool // and that is the strongest evidence for it
	unit  bool // the figure counts in it
	above bool // the strongest evidence for it is a heading or the title
}

// best keeps the strongest evidence for each.
type best []evidence

func (b *best) add(of int, score float64, why string) {
	b.put(evidence{of: of, score: math.Min(score, 1), why: why})
}

// addNamed is add for what the figure's sentence names.
func (b *best) addNamed(of int, score float64, why string) {
	b.put(evidence{of: of, score: math.Min(score, 1), why: why, named: true, near: true})
}

func (b *best) put(n evidence) {
	for i := range *b {
		if e := &(*b)[i]; e.of == n.of {
			named, unit := e.named || n.named, e.unit || n.unit
			if n.score > e.score {
				*e = n
			}
			e.named, e.unit = named, unit
			return
		}
	}
	*b = append(*b, n)
}

// sorted puts the strongest first; equals stay in the order in which they were found.
func (b best) sorted() best {
	slices.SortStableFunc(b, func(x, y evidence) int {
		switch {
		case x.score > y.score:
			return -1
		case x.score < y.score:
			return 1
		}
		return 0
	})
	return b
}

func round(x float64) float64 { return math.Round(x*100) / 100 }

func reason(what string, m mention, where string) string {
	return fmt.Sprintf("%s «%s» %s", what, m.name.text, where)
}
