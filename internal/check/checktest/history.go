// Package checktest gives tests of checks data to hold posts against.
package checktest

import (
	"context"
	"time"

	"beleg/internal/market"
)

// History is data of the bundled catalogue's series: levels that move in a straight line from one day to the next named.
type History struct {
	series map[string][]market.Observation
	Reads  map[string]int // by series
}

// Points name levels by day.
type Points []struct {
	Day   string
	Value float64
}

// NewHistory draws the lines.
func NewHistory(series map[string]Points) *History {
	h := &History{series: map[string][]market.Observation{}, Reads: map[string]int{}}
	for id, ps := range series {
		for i, p := range ps {
			day := market.MustPeriod(p.Day)
			h.Add(id, day, p.Value)
			if i+1 == len(ps) {
				break
			}
			next, n := ps[i+1], market.MustPeriod(ps[i+1].Day).Day()-day.Day()
			for k := 1; k < n; k++ {
				h.Add(id, day.AddDays(k), p.Value+(next.Value-p.Value)*float64(k)/float64(n))
			}
		}
	}
	return h
}

// Add puts one level behind the others.
func (h *History) Add(id string, day market.Period, value float64) {
	h.series[id] = append(h.series[id], market.Observation{Series: id, Period: day, Value: value, Status: market.Final, RecordedAt: day.Start().Add(time.Hour)})
}

// Observations answers as a store does that has recorded each level on its day.
func (h *History) Observations(_ context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	h.Reads[series]++
	obs := h.series[series]
	if q.Limit > 0 {
		return obs[max(0, len(obs)-q.Limit):], nil
	}
	var out []market.Observation
	for _, o := range obs {
		if (q.From.IsZero() || !o.Period.Before(q.From)) && (q.To.IsZero() || !q.To.Before(o.Period)) && (q.AsOf.IsZero() || !q.AsOf.End().Before(o.RecordedAt)) {
			out = append(out, o)
		}
	}
	return out, nil
}
