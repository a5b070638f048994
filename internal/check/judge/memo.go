package judge

import (
	"context"
	"slices"
	"sort"

	"beleg/internal/market"
)

// memo reads each series once per vintage for all the figures of a check: a range that was asked for in advance is read
// whole unless it is very long, every other query is kept as it is. It holds a bounded number of observations, and forgets all of them rather
// than hold more. It is not safe for concurrent use.
type memo struct {
	data   Data
	most   int                   // observations held
	ranges map[string]dayRange   // asked for in advance, by series
	kept   map[memoKey]memoEntry // what was read
	held   int
}

// dayRange is days, both included.
type dayRange struct{ from, to market.Period }

type memoKey struct {
	series string
	query  market.ObservationQuery
}

type memoEntry struct {
	obs []market.Observation
	err error
}

func newMemo(d Data, most int) *memo {
	return &memo{data: d, most: most, ranges: map[string]dayRange{}, kept: map[memoKey]memoEntry{}}
}

// widest is how many days are read at once for several queries; what would make them more is read by itself.
const widest = 400

// expect says that days of a series will be asked for.
func (m *memo) expect(series string, r dayRange) {
	if known, ok := m.ranges[series]; ok {
		if known.from.Before(r.from) {
			r.from = known.from
		}
		if r.to.Before(known.to) {
			r.to = known.to
		}
	}
	if r.to.Day()-r.from.Day() < widest {
		m.ranges[series] = r
	}
}

// Observations answers from what was read, as Data does. Callers must not change what they get.
func (m *memo) Observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	r, ok := m.ranges[series]
	if !ok || q.Limit > 0 || q.From.IsZero() || q.To.IsZero() || q.From.Before(r.from) || r.to.Before(q.To) {
		return m.read(ctx, series, q)
	}
	wide := q
	wide.From, wide.To = r.from, r.to
	obs, err := m.read(ctx, series, wide)
	if err != nil {
		return nil, err
	}
	from := sort.Search(len(obs), func(i int) bool { return !obs[i].Period.Before(q.From) })
	to := sort.Search(len(obs), func(i int) bool { return q.To.Before(obs[i].Period) })
	return slices.Clip(obs[from:max(from, to)]), nil
}

func (m *memo) read(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	key := memoKey{series, q}
	if e, ok := m.kept[key]; ok {
		return e.obs, e.err
	}
	obs, err := m.data.Observations(ctx, series, q)
	if ctx.Err() != nil {
		return obs, err
	}
	if m.held += len(obs); m.held > m.most {
		clear(m.kept)
		m.held = len(obs)
	}
	m.kept[key] = memoEntry{obs, err}
	return obs, err
}
