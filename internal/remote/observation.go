package remote

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"

	"beleg/internal/market"
)

// history is a series with all its versions, read when it is first asked for.
type history struct {
	once     sync.Once
	err      error
	versions []market.Observation // by period, then by when they were recorded
}

// The parts of the API's answer that are read.
type (
	wireObservation struct {
		Period     market.Period `json:"period"`
		Value      float64       `json:"value"`
		Exact      string        `json:"exact"`
		RecordedAt time.Time     `json:"recorded_at"`
		ReplacedAt time.Time     `json:"replaced_at"`
		Status     market.Status `json:"status"`
		Backfilled *bool         `json:"backfilled"`
	}
	wireSeries struct {
		Observations []wireObservation `json:"observations"`
		Revisions    []wireObservation `json:"revisions"`
	}
)

// backfillAfter is how long after its period a value must have been recorded for it to count as backfilled, where the
// server does not say.
const backfillAfter = 24 * time.Hour

func (w *wireObservation) observation(series string) market.Observation {
	o := market.Observation{Series: series, Period: w.Period, Value: w.Value, Exact: w.Exact, Status: w.Status,
		RecordedAt: w.RecordedAt.UTC(), ReplacedAt: w.ReplacedAt.UTC()}
	if o.Status == "" {
		o.Status = market.Final
	}
	o.Backfilled = o.RecordedAt.Sub(o.Period.End()) > backfillAfter
	if w.Backfilled != nil {
		o.Backfilled = *w.Backfilled
	}
	return o
}

// Observations gives values of a series in period order, as market.ObservationQuery says, from its history as the server
// tells it: settled values with all their versions, provisional ones with the last. Errors wrap market.ErrNotFound for a
// series that the server does not have.
func (c *Client) Observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	h := c.historyOf(series)
	h.once.Do(func() { h.versions, h.err = c.readHistory(ctx, series) })
	if h.err != nil {
		return nil, fmt.Errorf("read %s: %w", series, h.err)
	}
	return choose(h.versions, q), nil
}

func (c *Client) historyOf(series string) *history {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.series[series]
	if h == nil {
		h = &history{}
		c.series[series] = h
	}
	return h
}

func (c *Client) readHistory(ctx context.Context, series string) ([]market.Observation, error) {
	var answer wireSeries
	address := c.cfg.URL + "/api/v1/series/" + url.PathEscape(series) + "/observations?include_history=true"
	if err := c.getURL(ctx, &answer, address); err != nil {
		return nil, err
	}
	versions := make([]market.Observation, 0, len(answer.Observations)+len(answer.Revisions))
	for _, list := range [][]wireObservation{answer.Revisions, answer.Observations} {
		for i := range list {
			if !list[i].Period.IsZero() {
				versions = append(versions, list[i].observation(series))
			}
		}
	}
	slices.SortStableFunc(versions, func(a, b market.Observation) int {
		if d := a.Period.Compare(b.Period); d != 0 {
			return d
		}
		return a.RecordedAt.Compare(b.RecordedAt)
	})
	number(versions)
	return versions, nil
}

// number gives the versions of each period their numbers. What was known of a period in time is no backfill once it is
// revised.
func number(versions []market.Observation) {
	for i := range versions {
		v := &versions[i]
		v.Version = 1
		if i > 0 && versions[i-1].Period == v.Period {
			v.Version = versions[i-1].Version + 1
			v.Backfilled = v.Backfilled && versions[i-1].Backfilled
		}
	}
}

// choose picks one version of each period: the first known, the one known at the end of a day, or the current one.
func choose(versions []market.Observation, q market.ObservationQuery) []market.Observation {
	var known time.Time // zero: now
	if !q.AsOf.IsZero() {
		known = q.AsOf.End()
	}
	var out []market.Observation
	for _, v := range versions {
		switch {
		case !q.From.IsZero() && v.Period.Day() < q.From.Day(), !q.To.IsZero() && v.Period.Day() > q.To.Day():
		case q.Earliest && v.Version > 1:
		case !known.IsZero() && !v.RecordedAt.Before(known):
		case !q.Earliest && !v.ReplacedAt.IsZero() && (known.IsZero() || v.ReplacedAt.Before(known)):
		default:
			out = append(out, v)
		}
	}
	if q.Limit > 0 && len(out) > q.Limit {
		out = out[len(out)-q.Limit:]
	}
	return out
}
