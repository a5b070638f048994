package twin

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// meeting is how two figures that stand for each other in two texts compare.
type meeting uint8

const (
	apart      meeting = iota
	equal              // the same quantity
	inParts            // the ends of a range are two figures there
	roundedOff         // the same but for the digits that one of them leaves out
	otherUnit          // the same number of something else
	slipped            // the same digits, a factor of 10³, 10⁶ or 10⁹ apart
	misplaced          // the same digits, another power of ten apart
	replaced           // another number in the same place
)

// kinship is how the units of two figures stand to each other.
type kinship uint8

const (
	strangers  kinship = iota // units that exclude each other: dollars and euros, a share and a sum
	acquainted                // at least one leaves open what is counted
	family                    // the same unit, or units that convert
)

// kin compares units. times takes a value of b into the unit of a.
func kin(a, b *twinFigure) (k kinship, times float64) {
	f, g := &a.Figure, &b.Figure
	switch {
	case f.Unit == g.Unit && f.Kind == g.Kind && f.Unit != "":
		return family, 1
	case f.Kind == cite.Money && g.Kind == cite.Money:
		if f.Unit == "" || g.Unit == "" || guessed(a) || guessed(b) {
			return acquainted, 1
		}
		return strangers, 1
	case isPoint(f.Unit) != isPoint(g.Unit):
		return strangers, 1
	}
	if one := unit.Convert(unit.NewDecimal(1, 0), g.Unit, f.Unit); !one.IsZero() && f.Unit != "" && g.Unit != "" {
		return family, one.Float64()
	}
	if settled(f.Kind) || settled(g.Kind) {
		return strangers, 1
	}
	return acquainted, 1
}

// isPoint tells percentage points and basis points from shares.
func isPoint(u unit.Unit) bool { return u == unit.PercentagePoint || u == unit.BasisPoint }

// settled kinds are never taken for others: a sign or a word for them stands in the text.
func settled(k cite.Kind) bool { return k == cite.Money || k == cite.Percent }

// guessed tells whether the figure's unit was concluded from other words of its text.
func guessed(q *twinFigure) bool { return slices.Contains(q.Figure.Inferred, "unit") }

// sameQuantity tells whether two figures state the same number, up to a relative distance: by their values in one unit, or
// one as a share and the other as a multiple ("doubled", "um 100 %").
func sameQuantity(a, b *twinFigure, times float64) bool {
	if sameNumber(a.low, b.low*times) && sameNumber(a.high, b.high*times) {
		return true
	}
	return asMultiple(a, b) || asMultiple(b, a)
}

// asMultiple tells whether a is a share, b a multiple, and both say the same.
func asMultiple(a, b *twinFigure) bool {
	if a.Figure.Kind != cite.Percent || b.Figure.Kind != cite.Multiple || a.Figure.IsRange() || b.Figure.IsRange() {
		return false
	}
	for _, p := range []float64{b.low * 100, (b.low - 1) * 100, (1 - b.low) * 100} {
		if math.Abs(a.low-p) <= math.Max(a.step/2, 0.01*p) && p > 0 {
			return true
		}
	}
	return false
}

// compare tells how two figures would meet if they stood for each other; apart where nothing speaks for that.
func compareQuoted(a, b *twinFigure) meeting {
	k, times := kin(a, b)
	same := sameQuantity(a, b, times)
	switch {
	case same && k != strangers, asMultiple(a, b), asMultiple(b, a):
		return equal
	case same:
		return otherUnit
	case k == strangers:
		return apart
	case a.Figure.IsRange() == b.Figure.IsRange() && withinStep(a.low, b.low*times, math.Max(a.step, b.step*times)) && withinStep(a.high, b.high*times, math.Max(a.step, b.step*times)):
		if a.inWords || b.inWords || times != 1 {
			return equal
		}
		return roundedOff
	}
	if a.Figure.IsRange() != b.Figure.IsRange() || a.low == 0 || b.low == 0 {
		return apart
	}
	power := math.Log10(a.high / (b.high * times))
	if !sameNumber(a.high, b.high*times*math.Pow10(int(math.Round(power)))) || !sameNumber(a.low*b.high, b.low*a.high) {
		return apart
	}
	if n := int(math.Abs(math.Round(power))); n <= 9 && n%3 == 0 {
		return slipped
	} else if n == 1 || n == 2 {
		return misplaced
	}
	return apart
}

// withinStep tells whether two values differ by no more than half a step, and by little in all.
func withinStep(a, b, step float64) bool {
	const most = 0.1 // relative
	d := math.Abs(a - b)
	return d <= step/2*(1+1e-9) && d <= most*math.Max(a, b)
}

// matcher finds for every figure the one of the twin that stands for it.
type matcher struct {
	a, b  *side
	beads []bead
}

// matchFigures pairs the figures of two aligned texts.
func matchFigures(a, b *side, beads []bead) {
	m := &matcher{a, b, beads}
	for _, d := range beads {
		m.inOrder(d)
		m.anyOrder(d, equal)
	}
	m.acrossBeads()
	m.moved()
	for _, d := range beads {
		m.ranges(d)
		for _, is := range []meeting{roundedOff, otherUnit, slipped, misplaced} {
			m.anyOrder(d, is)
		}
	}
	for i := range beads {
		m.unread(i)
	}
	for _, s := range []*side{a, b} {
		s.settleRepeated()
	}
	for _, d := range beads {
		m.inPlace(d)
	}
}

// settleRepeated settles what its own sentence says twice, once in words: "three of five, i.e. 60 %", "more than tripled
// (by a factor of 3.5)". The twin may say it once.
func (s *side) settleRepeated() {
	for i := range s.passages {
		p := &s.passages[i]
		for _, q := range s.open(i, i+1) {
			q.found = slices.ContainsFunc(p.figures, func(o *twinFigure) bool {
				if o.mate == nil || o.sentence != q.sentence || o.Figure.Kind != q.Figure.Kind || o.inWords == q.inWords {
					return false
				}
				return sameNumber(o.low, q.low) || q.inWords && q.Figure.Kind == cite.Multiple && math.Floor(o.low) == q.low
			})
		}
	}
}

func join(a, b *twinFigure, is meeting) { a.mate, b.mate, a.is, b.is = b, a, is, is }

// open are the figures of passages from to to that nothing stands for yet.
func (s *side) open(from, to int) []*twinFigure {
	var out []*twinFigure
	for i := max(0, from); i < min(to, len(s.passages)); i++ {
		for _, q := range s.passages[i].figures {
			if q.mate == nil && !q.found && q.is == apart {
				out = append(out, q)
			}
		}
	}
	return out
}

// inOrder pairs equal figures of a bead that come in the same order in both texts.
func (m *matcher) inOrder(d bead) {
	as, bs := m.a.open(d.a0, d.a1), m.b.open(d.b0, d.b1)
	pairInOrder(as, bs, func(a, b *twinFigure) float64 {
		if compareQuoted(a, b) != equal {
			return 0
		}
		k, _ := kin(a, b)
		score := 3 + float64(k)
		if a.Figure.Kind == b.Figure.Kind {
			score++
		}
		return score
	}, equal)
}

// pairInOrder joins figures so that their scores add up to the most, without crossing.
func pairInOrder(as, bs []*twinFigure, score func(a, b *twinFigure) float64, is meeting) {
	if len(as) == 0 || len(bs) == 0 {
		return
	}
	width := len(bs) + 1
	best := make([]float64, (len(as)+1)*width)
	for i := len(as) - 1; i >= 0; i-- {
		for j := len(bs) - 1; j >= 0; j-- {
			v := math.Max(best[(i+1)*width+j], best[i*width+j+1])
			if s := score(as[i], bs[j]); s > 0 {
				v = math.Max(v, best[(i+1)*width+j+1]+s)
			}
			best[i*width+j] = v
		}
	}
	for i, j := 0, 0; i < len(as) && j < len(bs); {
		here := best[i*width+j]
		s := score(as[i], bs[j])
		switch {
		case s > 0 && here == best[(i+1)*width+j+1]+s:
			join(as[i], bs[j], is)
			i, j = i+1, j+1
		case here == best[(i+1)*width+j]:
			i++
		default:
			j++
		}
	}
}

// anyOrder pairs figures of a bead that meet in one way, wherever they stand in it: languages order words differently.
func (m *matcher) anyOrder(d bead, is meeting) {
	pairNearest(m.a.open(d.a0, d.a1), m.b.open(d.b0, d.b1), is)
}

// pairNearest joins figures that meet in one way, those in the most alike places first.
func pairNearest(as, bs []*twinFigure, is meeting) {
	type pair struct {
		a, b     *twinFigure
		kin      kinship
		distance float64
	}
	var pairs []pair
	for i, a := range as {
		for j, b := range bs {
			if compareQuoted(a, b) == is {
				k, _ := kin(a, b)
				pairs = append(pairs, pair{a, b, k, math.Abs(placeOf(i, len(as)) - placeOf(j, len(bs)))})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.kin, x.kin), cmp.Compare(x.distance, y.distance))
	})
	for _, p := range pairs {
		if p.a.mate == nil && p.b.mate == nil {
			join(p.a, p.b, is)
		}
	}
}

// placeOf is the place of the i-th of n.
func placeOf(i, n int) float64 { return (float64(i) + 0.5) / float64(n) }

// neighbourhood is how many beads away a figure may have gone in translation.
const neighbourhood = 2

// acrossBeads pairs equal figures that a translator took to a neighbouring paragraph.
func (m *matcher) acrossBeads() {
	for i, d := range m.beads {
		as := m.a.open(d.a0, d.a1)
		if len(as) == 0 {
			continue
		}
		from, to := m.beads[max(0, i-neighbourhood)], m.beads[min(len(m.beads)-1, i+neighbourhood)]
		if bs := m.b.open(from.b0, to.b1); len(bs) > 0 {
			pairNearest(as, bs, equal)
		}
	}
}

// fewestMoved is how much of a moved passage must be found in its new place.
const fewestMoved = 0.6

// moved pairs the figures of passages that stand elsewhere in the twin: of those without a counterpart, the ones that
// have most of their figures in common.
func (m *matcher) moved() {
	type value struct{ low, high float64 }
	where := map[value][]int{} // passages of b
	homeless := map[int]bool{}
	for _, d := range m.beads {
		if d.aligned {
			continue
		}
		for i := d.b0; i < d.b1; i++ {
			homeless[i] = true
			for _, q := range m.b.open(i, i+1) {
				v := value{q.low, q.high}
				if at := where[v]; len(at) == 0 || at[len(at)-1] != i {
					where[v] = append(at, i)
				}
			}
		}
	}
	if len(homeless) == 0 {
		return
	}
	const few = 8 // places that a number may have and still say something
	for _, d := range m.beads {
		for i := d.a0; i < d.a1 && !d.aligned; i++ {
			as := m.a.open(i, i+1)
			votes, best := map[int]int{}, -1
			for _, q := range as {
				at := where[value{q.low, q.high}]
				for _, k := range at[:min(few, len(at))] {
					votes[k]++
					if best < 0 || votes[k] > votes[best] || votes[k] == votes[best] && k < best {
						best = k
					}
				}
			}
			if best >= 0 && float64(votes[best]) >= fewestMoved*float64(len(as)) {
				pairNearest(as, m.b.open(best, best+1), equal)
			}
		}
	}
}

// ranges settles a range whose ends are two figures in the twin, or a figure and a number that was not read as one.
func (m *matcher) ranges(d bead) {
	for _, flip := range []bool{false, true} {
		s, o, from, to, a0, a1 := m.a, m.b, d.b0, d.b1, d.a0, d.a1
		if flip {
			s, o, from, to, a0, a1 = m.b, m.a, d.a0, d.a1, d.b0, d.b1
		}
		for _, r := range s.open(a0, a1) {
			if !r.Figure.IsRange() {
				continue
			}
			low, lowOK := o.endAt(r, r.low, from, to)
			high, highOK := o.endAt(r, r.high, from, to)
			if !lowOK || !highOK || low == nil && high == nil {
				continue
			}
			for _, q := range []*twinFigure{low, high} {
				if q != nil {
					join(r, q, inParts)
				}
			}
		}
	}
}

// endAt finds the end of a range among the figures of passages that nothing stands for, or among the numbers that are
// no figures.
func (s *side) endAt(r *twinFigure, v float64, from, to int) (*twinFigure, bool) {
	for _, q := range s.open(from, to) {
		if k, times := kin(r, q); k != strangers && !q.Figure.IsRange() && sameNumber(v, q.low*times) {
			return q, true
		}
	}
	for i := from; i < to; i++ {
		for k := range s.passages[i].numbers {
			if n := &s.passages[i].numbers[k]; n.means(v) {
				return nil, true
			}
		}
	}
	return nil, false
}

// unread looks for figures without counterpart among the numbers of the twin that were not read as figures.
func (m *matcher) unread(i int) {
	d := m.beads[i]
	from, to := m.beads[max(0, i-1)], m.beads[min(len(m.beads)-1, i+1)]
	if as := m.a.open(d.a0, d.a1); len(as) > 0 {
		m.b.lookUp(as, d.b0, d.b1, from.b0, to.b1, m.a.numbersIn(d.a0, d.a1))
	}
	if bs := m.b.open(d.b0, d.b1); len(bs) > 0 {
		m.a.lookUp(bs, d.a0, d.a1, from.a0, to.a1, m.b.numbersIn(d.b0, d.b1))
	}
}

// spotted is a numeral in its passage.
type spotted struct {
	*numeral
	passage int
}

func (s *side) numbersIn(from, to int) []spotted {
	var out []spotted
	for i := max(0, from); i < min(to, len(s.passages)); i++ {
		for k := range s.passages[i].numbers {
			out = append(out, spotted{&s.passages[i].numbers[k], i})
		}
	}
	return out
}

// lookUp marks the figures whose number stands unread in passages from to to of the twin. Numbers that stand unread in
// the figures' own passages too (years, days, names) speak for each other first. Further off, from near0 to near1, only
// numbers that are no mere small counts say something.
func (s *side) lookUp(figures []*twinFigure, from, to, near0, near1 int, own []spotted) {
	here := withoutShared(s.numbersIn(from, to), own)
	near := s.numbersIn(near0, near1)
	for _, q := range figures {
		if q.inWords && q.low == 1 || s.inOtherUnits(q, from, to) || s.insideFigures(q, from, to) || s.inPieces(q, from, to) { // "one year": an article says it too
			q.found = true
			continue
		}
		if n := slices.IndexFunc(here, func(n spotted) bool { return !n.taken && n.meansFigure(q) }); n >= 0 {
			here[n].taken, q.found = true, true
			if !here[n].inWords {
				q.bare, q.bareIn = here[n].numeral, here[n].passage
			}
			continue
		}
		q.found = tellsApart(q) && slices.ContainsFunc(near, func(n spotted) bool { return !n.inWords && n.meansFigure(q) })
	}
}

// longerSpans are durations that are one of a longer unit, which needs no number, and the words for that.
var longerSpans = []struct {
	unit  unit.Unit
	value float64
	words []string
}{
	{"day", 7, []string{"week", "woche", "wöch"}}, {"day", 14, []string{"fortnight", "zwei wochen", "two weeks"}}, {"day", 365, []string{"year", "jahr", "jähr"}}, {"h", 24, []string{"day", "tag", "täg"}},
	{"min", 60, []string{"hour", "stunde", "stünd"}}, {"s", 60, []string{"minute", "minüt"}}, {"month", 12, []string{"year", "jahr", "jähr", "annual"}}, {"month", 3, []string{"quart"}},
	{"month", 6, []string{"half", "halb"}}, {"month", 18, []string{"year and a half", "anderthalb", "eineinhalb"}}, {"day", 30, []string{"month", "monat"}}, {"year", 10, []string{"decade", "jahrzehnt"}}, {"year", 100, []string{"century", "jahrhundert"}}, {"year", 5, []string{"half a decade", "halbes jahrzehnt"}},
}

// inOtherUnits tells whether passages say a duration as one of a longer unit: "24 hours" as "einen Tag".
func (s *side) inOtherUnits(q *twinFigure, from, to int) bool {
	for _, l := range longerSpans {
		if q.Figure.Kind != cite.Duration || q.Figure.Unit != l.unit || !sameNumber(q.low, l.value) {
			continue
		}
		for i := from; i < to; i++ {
			if namesAny(strings.ToLower(s.passages[i].text), l.words) {
				return true
			}
		}
	}
	return false
}

// insideFigures tells whether the number is one of several in a figure of these passages: "294 to 134", "three of five".
func (s *side) insideFigures(q *twinFigure, from, to int) bool {
	for i := from; i < to; i++ {
		for _, f := range s.passages[i].figures {
			if f.Figure.IsRange() {
				continue
			}
			if parts := numeralsIn(f.Figure.Text, s.lang, nil); len(parts) > 1 &&
				slices.ContainsFunc(parts, func(n numeral) bool { return n.meansFigure(q) }) {
				return true
			}
		}
	}
	return false
}

// inPieces tells whether a figure of several numbers ("3 in 10") is in words there: each of its numbers stands alone.
func (s *side) inPieces(q *twinFigure, from, to int) bool {
	parts := numeralsIn(q.Figure.Text, q.Lang, nil)
	if len(parts) < 2 || q.Figure.IsRange() {
		return false
	}
	numbers := s.numbersIn(from, to)
	for _, p := range parts {
		v := p.values[0]
		if !slices.ContainsFunc(numbers, func(n spotted) bool { return n.means(v) }) && !slices.ContainsFunc(s.open(from, to), func(o *twinFigure) bool { return sameNumber(o.low, v) }) {
			return false
		}
	}
	return true
}

// withoutShared leaves out the numbers that stand among others too, each once.
func withoutShared(numbers, others []spotted) []spotted {
	key := func(n spotted) float64 {
		if n.inWords {
			return -n.values[0]
		}
		return n.values[0]
	}
	count := map[float64]int{}
	for _, n := range others {
		count[key(n)]++
	}
	return slices.DeleteFunc(numbers, func(n spotted) bool {
		count[key(n)]--
		return count[key(n)] >= 0
	})
}

// tellsApart tells whether a number is hardly met by chance.
func tellsApart(q *twinFigure) bool { return len(strings.Trim(q.Figure.Value.String(), "0.")) >= 2 }

// meansFigure tells whether a number that was not read may stand for a figure of the twin.
func (n *numeral) meansFigure(q *twinFigure) bool {
	if n.means(q.low) && (n.means(q.high) || q.Figure.IsRange()) {
		return true
	}
	return q.Figure.Kind == cite.Multiple && (n.means(q.low*100) || n.means((q.low-1)*100)) && n.inWords
}

// inPlace pairs what is left of a bead in order: figures that stand in the same place and say another thing.
func (m *matcher) inPlace(d bead) {
	as, bs := m.a.open(d.a0, d.a1), m.b.open(d.b0, d.b1)
	if len(as) == 0 || len(bs) == 0 {
		return
	}
	alone := len(as) == 1 && len(bs) == 1 && d.aligned
	pairInOrder(as, bs, func(a, b *twinFigure) float64 {
		k, _ := kin(a, b)
		switch {
		case a.Figure.IsRange() != b.Figure.IsRange() && !alone && !shareEnd(a, b):
			return 0
		case k == family:
			return 4 - distance(a, b, m)
		case a.Figure.Kind == b.Figure.Kind:
			return 3 - distance(a, b, m)
		case alone:
			return 1
		}
		return 0
	}, replaced)
	for _, a := range as {
		if b := a.mate; b != nil && a.is == replaced && a.Figure.IsRange() != b.Figure.IsRange() {
			m.a.settleEnd(a)
			m.b.settleEnd(b)
		}
	}
}

// settleEnd settles the other end of a range that is none here because its ends are in the wrong order.
func (s *side) settleEnd(q *twinFigure) {
	const near = 16 // bytes
	for _, o := range s.open(q.passage, q.passage+1) {
		if gap := max(q.at-o.end, o.at-q.end); !q.Figure.IsRange() && gap >= 0 && gap <= near {
			o.found = true
		}
	}
}

// shareEnd tells whether an end of one figure is an end of the other.
func shareEnd(a, b *twinFigure) bool {
	k, times := kin(a, b)
	return k == family && (sameNumber(a.low, b.low*times) || sameNumber(a.high, b.high*times))
}

// distance is how unlike the places of two figures in their passages are, from 0 to 1.
func distance(a, b *twinFigure, m *matcher) float64 {
	place := func(q *twinFigure, s *side) float64 {
		return float64(q.at) / float64(max(1, len(s.passages[q.passage].text)))
	}
	return math.Abs(place(a, m.a) - place(b, m.b))
}
