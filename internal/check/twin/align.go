package twin

import (
	"math"
	"slices"
	"sort"
	"unicode/utf8"

	"beleg/internal/cite"
)

// bead is a run of passages of one text with the run of the other that says the same. Either may be empty.
type bead struct {
	a0, a1, b0, b1 int
	aligned        bool // false: what lies between aligned passages, which is only supposed to belong together
}

// Settings of the alignment: how far from the line through the anchors it looks, and how large a stretch between two
// anchors is looked at whole.
const (
	bandWidth = 24
	fullArea  = 96 // passages of both sides times this many cells
	maxMerged = 3  // passages of one text that may be one of the other
)

// Scores of the alignment. What passages have in common speaks for them, what only one has against them.
const (
	mostShared   = 2.5
	againstRest  = 0.35
	sameKind     = 0.3
	lengthWeight = 0.35
	mergePenalty = 0.3
	skipShort    = 0.3
	skipLong     = 0.4 // on top, for a passage of skipLength characters or more
	skipLength   = 200
	headingClash = -0.8
	rowClash     = -0.4
	otherClash   = -0.1
)

// align finds which passages of two texts belong together, with dynamic programming along the chain of passages that
// have something only they have. Its cost grows with the number of passages, not with its square.
func align(a, b *side) []bead {
	chain := longestChain(characterise(a, b))
	p := newProgram(a, b, chain)
	p.run()
	return mergeSkips(p.path())
}

// longestChain is the largest set of anchors that are in the same order in both texts, each passage once.
func longestChain(anchors [][2]int) [][2]int {
	slices.SortFunc(anchors, func(x, y [2]int) int {
		if x[0] != y[0] {
			return x[0] - y[0]
		}
		return y[1] - x[1] // so that of one passage's anchors only one can be in a rising chain
	})
	var tails []int // of the best chain of each length, the index of its last anchor
	before := make([]int, len(anchors))
	for i, an := range anchors {
		n := sort.Search(len(tails), func(k int) bool { return anchors[tails[k]][1] >= an[1] })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	chain := make([][2]int, 0, len(tails))
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		chain = append(chain, anchors[i])
	}
	slices.Reverse(chain)
	return chain
}

// program is the table of the alignment: row i and column j stand for the first i and j passages. Only columns low[i]
// to high[i] are looked at.
type program struct {
	a, b      *side
	ratio     float64 // characters of b for one of a
	lengths   [2][]float64
	low, high []int
	score     [][]float64
	step      [][]move
	shared    [][]float64 // weight that passages i and j have in common, NaN where not yet known
}

// move is how many passages of either text the last bead takes in.
type move struct{ a, b int8 }

var moves = func() []move {
	all := []move{{1, 1}, {1, 0}, {0, 1}}
	for n := int8(2); n <= maxMerged; n++ {
		all = append(all, move{n, 1}, move{1, n})
	}
	return all
}()

func newProgram(a, b *side, chain [][2]int) *program {
	p := &program{a: a, b: b}
	for n, s := range []*side{a, b} {
		for i := range s.passages {
			p.lengths[n] = append(p.lengths[n], float64(utf8.RuneCountInString(s.passages[i].text)+1))
		}
	}
	p.ratio = math.Min(1.6, math.Max(0.6, total(p.lengths[1])/math.Max(1, total(p.lengths[0]))))
	p.band(chain)
	p.score, p.step, p.shared = make([][]float64, len(p.low)), make([][]move, len(p.low)), make([][]float64, len(p.low))
	for i := range p.low {
		width := p.high[i] - p.low[i] + 1
		p.score[i], p.step[i], p.shared[i] = make([]float64, width), make([]move, width), make([]float64, width)
		for k := range width {
			p.score[i][k], p.shared[i][k] = math.Inf(-1), math.NaN()
		}
	}
	return p
}

func total(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

// band lays the columns out along the chain.
func (p *program) band(chain [][2]int) {
	n, m := len(p.a.passages), len(p.b.passages)
	p.low, p.high = make([]int, n+1), make([]int, n+1)
	for i := range p.low {
		p.low[i], p.high[i] = m, 0
	}
	last := [2]int{0, 0}
	for _, next := range append(slices.Clone(chain), [2]int{n, m}) {
		p.corridor(last, next)
		last = next
	}
	p.low[0], p.high[n] = 0, m
	for i := n - 1; i >= 0; i-- { // each row must reach the next one
		p.low[i] = min(p.low[i], p.low[i+1])
	}
	for i := 1; i <= n; i++ {
		p.high[i] = max(p.high[i], p.high[i-1])
	}
	for i := 1; i <= n; i++ {
		p.high[i-1] = max(p.high[i-1], p.low[i])
	}
}

// corridor opens the cells between two anchors: all of them where they are few, else those along the straight line.
func (p *program) corridor(from, to [2]int) {
	rows, columns := to[0]-from[0], to[1]-from[1]
	whole := rows*columns <= fullArea*(rows+columns)
	for i := from[0]; i <= to[0]; i++ {
		low, high := from[1], to[1]
		if !whole {
			middle := from[1]
			if rows > 0 {
				middle += columns * (i - from[0]) / rows
			}
			slope := columns / max(1, rows)
			low, high = max(low, middle-slope), min(high, middle+slope)
		}
		p.low[i] = min(p.low[i], max(0, low-bandWidth))
		p.high[i] = max(p.high[i], min(len(p.b.passages), high+bandWidth))
	}
}

// at is the score of a cell, minus infinity outside the band.
func (p *program) at(i, j int) float64 {
	if i < 0 || j < p.low[i] || j > p.high[i] {
		return math.Inf(-1)
	}
	return p.score[i][j-p.low[i]]
}

func (p *program) run() {
	p.score[0][0] = 0
	for i := range p.low {
		for j := p.low[i]; j <= p.high[i]; j++ {
			cell := &p.score[i][j-p.low[i]]
			for _, m := range moves {
				before := p.at(i-int(m.a), j-int(m.b))
				if math.IsInf(before, -1) {
					continue
				}
				if s := before + p.value(i, j, m); s > *cell {
					*cell, p.step[i][j-p.low[i]] = s, m
				}
			}
		}
	}
}

// value is what a move that ends before passages i and j adds to the score.
func (p *program) value(i, j int, m move) float64 {
	switch {
	case m.b == 0:
		return p.skip(p.lengths[0][i-1])
	case m.a == 0:
		return p.skip(p.lengths[1][j-1] / p.ratio)
	}
	shared, weights, lengths, kind := 0.0, 0.0, [2]float64{}, 0.0
	for k := i - int(m.a); k < i; k++ {
		weights += p.a.passages[k].weight
		lengths[0] += p.lengths[0][k]
		for l := j - int(m.b); l < j; l++ {
			shared += p.common(k, l)
			kind += likeness(&p.a.passages[k], &p.b.passages[l]) / float64(m.a*m.b)
		}
	}
	for l := j - int(m.b); l < j; l++ {
		weights += p.b.passages[l].weight
		lengths[1] += p.lengths[1][l]
	}
	rest := math.Max(0, weights-2*shared)
	value := math.Min(shared, mostShared) - againstRest*math.Min(rest, mostShared) + kind
	value -= lengthWeight * math.Min(1, math.Abs(math.Log(lengths[1]/(lengths[0]*p.ratio))))
	return value - mergePenalty*float64(m.a+m.b-2)
}

func (p *program) skip(length float64) float64 {
	return -(skipShort + skipLong*math.Min(1, length/skipLength))
}

// common is the weight of what passages k and l have in common.
func (p *program) common(k, l int) float64 {
	row := k + 1
	if l+1 < p.low[row] || l+1 > p.high[row] {
		return commonWeight(p.a.passages[k].traits, p.b.passages[l].traits)
	}
	cell := &p.shared[row][l+1-p.low[row]]
	if math.IsNaN(*cell) {
		*cell = commonWeight(p.a.passages[k].traits, p.b.passages[l].traits)
	}
	return *cell
}

func commonWeight(a, b []trait) float64 {
	total := 0.0
	for len(a) > 0 && len(b) > 0 {
		switch d := a[0].id - b[0].id; {
		case d < 0:
			a = a[1:]
		case d > 0:
			b = b[1:]
		default:
			total += a[0].weight
			a, b = a[1:], b[1:]
		}
	}
	return total
}

// likeness is what the kinds of two passages say: a heading is translated as a heading.
func likeness(a, b *passage) float64 {
	if a.kind == b.kind {
		if a.kind == cite.Heading && a.level != b.level {
			return sameKind / 2
		}
		return sameKind
	}
	isHead := func(k cite.BlockKind) bool { return k == cite.Heading || k == cite.Title }
	switch {
	case isHead(a.kind) && isHead(b.kind):
		return 0
	case isHead(a.kind) != isHead(b.kind):
		return headingClash
	case (a.kind == cite.TableRow) != (b.kind == cite.TableRow):
		return rowClash
	}
	return otherClash
}

// path follows the best moves back.
func (p *program) path() []bead {
	var beads []bead
	for i, j := len(p.a.passages), len(p.b.passages); i > 0 || j > 0; {
		m := p.step[i][j-p.low[i]]
		beads = append(beads, bead{a0: i - int(m.a), a1: i, b0: j - int(m.b), b1: j, aligned: m.a > 0 && m.b > 0})
		i, j = i-int(m.a), j-int(m.b)
	}
	slices.Reverse(beads)
	return beads
}

// mergeSkips makes one bead of the passages without counterpart between two aligned ones.
func mergeSkips(beads []bead) []bead {
	var out []bead
	for _, b := range beads {
		if n := len(out); n > 0 && !b.aligned && !out[n-1].aligned {
			out[n-1].a1, out[n-1].b1 = b.a1, b.b1
			continue
		}
		out = append(out, b)
	}
	return splitLarge(out)
}

// maxUnaligned is how many passages of a text a bead without alignment has at most where both texts have some.
const maxUnaligned = 8

// splitLarge cuts long stretches that have nothing in common, so that not every figure is compared with every other.
func splitLarge(beads []bead) []bead {
	var out []bead
	for _, d := range beads {
		a, b := d.a1-d.a0, d.b1-d.b0
		parts := (max(a, b) + maxUnaligned - 1) / maxUnaligned
		if d.aligned || a == 0 || b == 0 || parts < 2 {
			out = append(out, d)
			continue
		}
		for k := range parts {
			out = append(out, bead{a0: d.a0 + a*k/parts, a1: d.a0 + a*(k+1)/parts, b0: d.b0 + b*k/parts, b1: d.b0 + b*(k+1)/parts})
		}
	}
	return out
}
