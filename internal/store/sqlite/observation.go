package sqlite

import (
	"context"
	"math"
	"slices"
	"time"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
)

// Observations gives values of a series in period order, without withdrawn ones: those known now or, with AsOf, those known at
// the end of its last UTC day. Errors wrap market.ErrNotFound for a series that the store does not know.
func (s *Store) Observations(ctx context.Context, series string, query market.ObservationQuery) ([]market.Observation, error) {
	var obs []market.Observation
	err := s.view(ctx, func(q *maindb.Queries) error {
		id, err := seriesID(ctx, q, series)
		if err != nil {
			return err
		}
		rows, err := observations(ctx, q, id, query)
		slices.Reverse(rows)
		obs = observationsOf(series, rows)
		return err
	})
	return obs, failed(err, "read observations of %s", series)
}

// observations gives the newest period first, which is the end that a limit keeps.
func observations(ctx context.Context, q *maindb.Queries, series int64, query market.ObservationQuery) ([]maindb.Observation, error) {
	first, last := keyRange(query.From, query.To)
	known := int64(math.MaxInt64)
	if !query.AsOf.IsZero() {
		known = query.AsOf.End().Unix()
	}
	switch {
	case query.Earliest:
		return q.EarliestObservations(ctx, maindb.EarliestObservationsParams{Series: series, First: first, Last: last,
			Instant: known, Most: most(query.Limit)})
	case query.AsOf.IsZero():
		return q.CurrentObservations(ctx, maindb.CurrentObservationsParams{Series: series, First: first, Last: last, Most: most(query.Limit)})
	default:
		return q.ObservationsAsOf(ctx, maindb.ObservationsAsOfParams{Series: series, First: first, Last: last,
			Instant: known, Most: most(query.Limit)})
	}
}

func observationsOf(series string, rows []maindb.Observation) []market.Observation {
	obs := make([]market.Observation, len(rows))
	for i, r := range rows {
		obs[i] = market.Observation{Series: series, Period: keyPeriod(r.Period), Version: int(r.Version), Exact: r.Exact,
			Status: market.Status(r.Status), Origin: r.Origin, RecordedAt: instant(r.RecordedAt), ReplacedAt: optionalInstant(r.ReplacedAt),
			Backfilled: r.Backfilled != 0}
		if r.Value != nil {
			obs[i].Value = *r.Value
		}
	}
	return obs
}

// Revisions gives the final values that were replaced or withdrawn, by period, then version. Provisional values that gave way to
// others are no revisions.
func (s *Store) Revisions(ctx context.Context, series string, from, to market.Period) ([]market.Observation, error) {
	var obs []market.Observation
	err := s.view(ctx, func(q *maindb.Queries) error {
		id, err := seriesID(ctx, q, series)
		if err != nil {
			return err
		}
		first, last := keyRange(from, to)
		rows, err := q.Revisions(ctx, maindb.RevisionsParams{Series: id, First: first, Last: last})
		obs = observationsOf(series, rows)
		return err
	})
	return obs, failed(err, "read revisions of %s", series)
}

// EarliestVintage is when the first value of a series was recorded: as of an earlier day nothing is known. It is zero where
// there is no value at all.
func (s *Store) EarliestVintage(ctx context.Context, series string) (time.Time, error) {
	var at time.Time
	err := s.view(ctx, func(q *maindb.Queries) error {
		id, err := seriesID(ctx, q, series)
		if err != nil {
			return err
		}
		row, err := q.EarliestVintage(ctx, id)
		if row.Versions > 0 {
			at = time.Unix(row.RecordedAt, 0).UTC()
		}
		return err
	})
	return at, failed(err, "read the earliest vintage of %s", series)
}

// Latest is the current value of a series' last period; false where it has none.
func (s *Store) Latest(ctx context.Context, series string) (market.Observation, bool, error) {
	obs, err := s.Observations(ctx, series, market.ObservationQuery{Limit: 1})
	if err != nil || len(obs) == 0 {
		return market.Observation{}, false, err
	}
	return obs[0], true, nil
}

// Freshness says of every series that the store knows how it stands, ordered by id. RecordedAt is that of the last period.
func (s *Store) Freshness(ctx context.Context) ([]market.Freshness, error) {
	var all []market.Freshness
	err := s.view(ctx, func(q *maindb.Queries) error {
		series, err := q.ListSeries(ctx)
		if err != nil {
			return err
		}
		for _, row := range series {
			f, err := freshness(ctx, q, row)
			if err != nil {
				return err
			}
			all = append(all, f)
		}
		return nil
	})
	return all, failed(err, "read how series stand")
}

func freshness(ctx context.Context, q *maindb.Queries, series maindb.ListSeriesRow) (market.Freshness, error) {
	f := market.Freshness{Series: series.Slug}
	last, found, err := maybe(q.LastCurrent(ctx, series.ID))
	if err != nil || !found {
		return f, err
	}
	first, err := q.FirstCurrent(ctx, series.ID)
	if err != nil {
		return f, err
	}
	count, err := q.CountCurrent(ctx, series.ID)
	f.First, f.Last, f.RecordedAt, f.Count = keyPeriod(first), keyPeriod(last.Period), instant(last.RecordedAt), int(count)
	return f, err
}
