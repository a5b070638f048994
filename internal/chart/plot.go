package chart

import (
	"math"
	"slices"
	"time"

	"beleg/internal/market"
)

const (
	gapFactor   = 1.5  // times the usual distance, from which two points are not joined
	zeroBelow   = 0.5  // levels whose lowest is under this share of the highest are drawn from zero
	markReach   = 1.0  // times the data's own span that the axis may grow by to either side for a cited figure
	markEdge    = 0.2  // times that span, beyond the data, where a figure stands that lies farther away
	pixelsPerX  = 2    // pixels that one column of the down-sampling covers
	sparkPerX   = 4    // the same in a sparkline
	dotsPad     = 0.03 // of the time between the first and the last, to either side
	onePointPad = 15 * 24 * time.Hour
)

// datum is one pair of time (milliseconds, UTC) and value as ECharts takes it; a nil value breaks the line.
type datum [2]any

// plot is a specification worked out: what is drawn where, in the axes' own units.
type plot struct {
	from, to    int64   // milliseconds, UTC
	low, high   float64 // of the value axis, about
	zero        bool    // the value axis starts at zero
	dataLow     float64 // of what is drawn
	dataHigh    float64
	strands     []strand
	provisional []int64
	granularity market.Granularity
}

// strand is what one series is drawn as.
type strand struct {
	solid  []datum // final values and the gaps between them
	dashed []datum // the way to provisional values
	alone  []datum // points without a neighbour, which a line does not show
	hollow []datum // provisional values
	last   *datum
}

// instant is where a period stands on the time axis: a day at its start (the level at 00:00 UTC), a longer one at its middle.
func instant(p market.Period) int64 {
	if p.Granularity() == market.Day {
		return p.Start().UnixMilli()
	}
	return (p.Start().UnixMilli() + p.End().UnixMilli()) / 2
}

func newPlot(s *Spec) *plot {
	p := &plot{granularity: granularityOf(s)}
	p.spanTime(s)
	p.spanValues(s)
	width, _ := s.Size()
	columns := width / pixelsPerX
	if s.Kind == Sparkline {
		columns = width / sparkPerX
	}
	for i := range s.Series {
		p.addStrand(s, &s.Series[i], max(columns, 1))
	}
	return p
}

func granularityOf(s *Spec) market.Granularity {
	g := market.Day
	for i := range s.Series {
		for _, pt := range s.Series[i].Points {
			g = max(g, pt.Period.Granularity())
		}
	}
	return g
}

// spanTime finds the ends of the time axis: as asked for, else the ends of the lines, else those of the cited
// figures; widened for the highlight, which must be seen.
func (p *plot) spanTime(s *Spec) {
	from, to := int64(math.MaxInt64), int64(math.MinInt64)
	reach := func(t int64) { from, to = min(from, t), max(to, t) }
	for i := range s.Series {
		if points := s.Series[i].Points; len(points) > 0 {
			reach(instant(points[0].Period))
			reach(instant(points[len(points)-1].Period))
		}
	}
	if from > to {
		for i := range s.Cited {
			reach(instant(s.Cited[i].Period))
		}
	}
	if !s.From.IsZero() {
		from = s.From.Start().UnixMilli()
	}
	if !s.To.IsZero() {
		to = s.To.LastDay().Start().UnixMilli()
	}
	if s.Highlight != nil {
		reach(instant(s.Highlight.Period))
	}
	if s.Kind == Dots { // off the axis, whose labels they would hide
		from, to = from-int64(dotsPad*float64(to-from)), to+int64(dotsPad*float64(to-from))
	}
	if from >= to {
		from, to = to-onePointPad.Milliseconds(), to+onePointPad.Milliseconds()
	}
	p.from, p.to = from, to
}

// spanValues finds the lowest and highest value drawn, and whether the axis starts at zero: for amounts over a period
// always, for levels where they come near it. A level that never comes near zero is drawn without it, since a line
// shows change and not size.
func (p *plot) spanValues(s *Spec) {
	low, high := math.Inf(1), math.Inf(-1)
	reach := func(v float64) { low, high = min(low, v), max(high, v) }
	for i := range s.Series {
		p.zero = p.zero || s.Series[i].Flow
		for _, pt := range s.Series[i].Points {
			if p.shows(pt.Period) {
				reach(pt.Value)
			}
		}
	}
	if s.Highlight != nil {
		for _, v := range ends(s.Highlight) {
			reach(v)
		}
	}
	if low > high {
		for i := range s.Cited {
			for _, v := range ends(&s.Cited[i]) {
				reach(v)
			}
		}
	}
	if low > high {
		low, high = 0, 1
	}
	low, high = atLeast(low, high)
	p.dataLow, p.dataHigh = low, high
	if low >= 0 && low < zeroBelow*high || high <= 0 && high > zeroBelow*low {
		p.zero = true
	}
	if p.zero {
		low, high = min(low, 0), max(high, 0)
	}
	p.low, p.high = low, high
}

func ends(m *Mark) []float64 {
	if m.IsRange() {
		return []float64{m.Low, m.High, m.Value}
	}
	return []float64{m.Value}
}

func (p *plot) shows(q market.Period) bool {
	t := instant(q)
	return t >= p.from && t <= p.to
}

// clamp gives the value at which a cited figure is drawn: its own, or where that lies far off, a place at the edge;
// off is then -1 or 1. Without lines the figures themselves make the scale.
func (p *plot) clamp(v float64) (drawn float64, off int) {
	span := p.high - p.low
	if span == 0 {
		span = max(math.Abs(p.high), 1)
	}
	switch {
	case v > p.high+markReach*span:
		return p.high + markEdge*span, 1
	case v < p.low-markReach*span:
		return p.low - markEdge*span, -1
	}
	return v, 0
}

func (p *plot) addStrand(s *Spec, l *Series, columns int) {
	points := slices.DeleteFunc(slices.Clone(l.Points), func(pt Point) bool { return !p.shows(pt.Period) })
	if len(points) == 0 {
		p.strands = append(p.strands, strand{})
		return
	}
	x, y := make([]int64, len(points)), make([]float64, len(points))
	for i, pt := range points {
		x[i], y[i] = instant(pt.Period), pt.Value
		if pt.Provisional {
			p.provisional = append(p.provisional, x[i])
		}
	}
	usual := usualDistance(x)
	gap := func(i int) bool { return i > 0 && float64(x[i]-x[i-1]) > gapFactor*usual }
	pinned := pins(s)
	keep := func(i int) bool {
		return pinned[points[i].Period] || points[i].Provisional || i+1 < len(points) && points[i+1].Provisional
	}
	var st strand
	for _, i := range sample(x, y, columns, gap, keep) {
		st.add(points, x, i, gap)
	}
	st.last = &datum{x[len(x)-1], y[len(y)-1]}
	p.strands = append(p.strands, st)
}

// add puts one point where it belongs. The last final point is on both the solid and the dashed line.
func (st *strand) add(points []Point, x []int64, i int, gap func(int) bool) {
	here := datum{x[i], points[i].Value}
	broken := datum{x[i], nil}
	final := !points[i].Provisional
	nextGap := i+1 >= len(points) || gap(i+1)
	if gap(i) {
		st.solid, st.dashed = append(st.solid, broken), append(st.dashed, broken)
	}
	if !final {
		st.hollow = append(st.hollow, here)
	}
	nextProvisional := !nextGap && points[i+1].Provisional
	afterProvisional := i > 0 && !gap(i) && points[i-1].Provisional
	if final {
		st.solid = append(st.solid, here)
	} else {
		st.solid = append(st.solid, broken)
	}
	if !final || nextProvisional || afterProvisional {
		st.dashed = append(st.dashed, here)
	} else if len(st.dashed) > 0 && st.dashed[len(st.dashed)-1][1] != nil {
		st.dashed = append(st.dashed, broken)
	}
	if final && (i == 0 || gap(i)) && nextGap {
		st.alone = append(st.alone, here)
	}
}

// usualDistance is the median distance of neighbouring points; infinite where there are fewer than three.
func usualDistance(x []int64) float64 {
	if len(x) < 3 {
		return math.Inf(1)
	}
	d := make([]int64, len(x)-1)
	for i := range d {
		d[i] = x[i+1] - x[i]
	}
	slices.Sort(d)
	return float64(d[len(d)/2])
}

// pins are the periods whose values must survive down-sampling: those that something on the chart points at.
func pins(s *Spec) map[market.Period]bool {
	pinned := map[market.Period]bool{}
	for i := range s.Cited {
		pinned[s.Cited[i].Period] = true
	}
	if s.Highlight != nil {
		pinned[s.Highlight.Period] = true
	}
	return pinned
}

// leastSpan is the smallest part of its size that a chart's values fill it with: what is less is noise, and drawn as a
// flat line in the middle.
const leastSpan = 0.001

// atLeast widens a span that is small against its values.
func atLeast(low, high float64) (float64, float64) {
	least := leastSpan * max(math.Abs(low), math.Abs(high))
	if missing := least - (high - low); high > low && missing > 0 {
		return low - missing/2, high + missing/2
	}
	return low, high
}
