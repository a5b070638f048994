package collect

import (
	"context"
	"fmt"
	"math"

	"beleg/internal/market"
)

// guard moves implausible points from Points to Held and sets each series' tolerance.
func (c *Collector) guard(ctx context.Context, all []market.SeriesPoints) ([]market.SeriesPoints, error) {
	now := c.Now()
	for i := range all {
		series, ok := c.Catalog.Series(all[i].Series)
		if !ok {
			return nil, fmt.Errorf("the job feeds series %q, which the catalogue does not have", all[i].Series)
		}
		last, err := c.Store.LastFinal(ctx, series.ID)
		if err != nil {
			return nil, fmt.Errorf("read the last value of %s: %w", series.ID, err)
		}
		kept, held := apply(series, last, all[i].Points)
		for k := range held {
			held[k].RecordedAt = now
		}
		all[i].Points, all[i].Held, all[i].Tolerance = kept, append(all[i].Held, held...), series.Tolerance
	}
	return all, nil
}

// apply sorts points in period order into those to keep and those to hold back.
func apply(s market.Series, last market.LastFinal, points []market.Point) (kept []market.Point, held []market.Held) {
	steps := newStepGuard(s.Guard, last)
	kept = make([]market.Point, 0, len(points))
	for i, p := range points {
		reason := rangeReason(s.Guard, p)
		if reason == "" {
			reason = steps.reason(p, points[i+1:])
		}
		if reason == "" {
			kept = append(kept, p)
			continue
		}
		held = append(held, market.Held{Series: s.ID, Period: p.Period, Value: p.Value, Reason: reason})
	}
	return kept, held
}

func rangeReason(g market.Guard, p market.Point) string {
	switch {
	case p.Status == market.Withdrawn:
		return ""
	case math.IsNaN(p.Value) || math.IsInf(p.Value, 0):
		return "not a number"
	case g.Min != nil && p.Value < *g.Min:
		return fmt.Sprintf("%g is below the least plausible value %g", p.Value, *g.Min)
	case g.Max != nil && p.Value > *g.Max:
		return fmt.Sprintf("%g is above the greatest plausible value %g", p.Value, *g.Max)
	}
	return ""
}

// stepGuard holds a value that leaps away from the one before. A leap is believed once the next settled value
// stays where it led, since then it is a new level and no slip of the upstream.
type stepGuard struct {
	guard  market.Guard
	prev   float64 // last accepted value
	day    market.Period
	seen   market.Period // of the last value, accepted or not
	finals int
	held   *market.Held // the newest value held back earlier, which a value of today may confirm
}

func newStepGuard(g market.Guard, last market.LastFinal) *stepGuard {
	s := &stepGuard{guard: g, prev: last.Value, day: last.Period, seen: last.Period, finals: last.Count, held: last.Held}
	if last.Held != nil && s.seen.Before(last.Held.Period) {
		s.seen = last.Held.Period
	}
	return s
}

func (g *stepGuard) reason(p market.Point, next []market.Point) string {
	if p.Status == market.Withdrawn {
		return ""
	}
	leaps := g.leaps(p)
	if g.seen.Before(p.Period) {
		g.seen = p.Period
	}
	if !leaps || g.confirmed(p, next) {
		if p.Status == market.Final {
			g.prev, g.day = p.Value, p.Period
			g.finals++
		}
		return ""
	}
	return fmt.Sprintf("%g is more than %g times away from %g on %s", p.Value, g.guard.MaxStep, g.prev, g.day)
}

func (g *stepGuard) leaps(p market.Point) bool {
	// A point from before the last known one belongs to a history that is read again: its neighbours are in the same answer.
	if g.guard.MaxStep <= 0 || g.finals < g.guard.MinFinal || g.prev <= 0 || p.Period.Before(g.day) {
		return false
	}
	// A step is that between neighbours: over a hole of n days a value may have moved n times as far.
	days := max(p.Period.Day()-g.seen.Day(), 1)
	return apart(p.Value, g.prev, math.Pow(g.guard.MaxStep, float64(days)))
}

func (g *stepGuard) confirmed(p market.Point, next []market.Point) bool {
	for _, n := range next {
		if n.Status == market.Final {
			return !apart(n.Value, p.Value, g.guard.MaxStep)
		}
	}
	h := g.held
	return h != nil && h.Period.Before(p.Period) && !apart(h.Value, p.Value, g.guard.MaxStep)
}

// apart tells whether the larger of two values is more than factor times the smaller.
func apart(a, b, factor float64) bool {
	if a <= 0 || b <= 0 {
		return a != b
	}
	return a > b*factor || b > a*factor
}
