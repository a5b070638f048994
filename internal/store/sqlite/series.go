package sqlite

import (
	"context"
	"fmt"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
)

// seriesID gives the inner id of a series by the id it has or had; errors wrap market.ErrNotFound.
func seriesID(ctx context.Context, q *maindb.Queries, slug string) (int64, error) {
	id, err := q.SeriesID(ctx, slug)
	return id, failed(err, "series %s", slug)
}

// SyncSeries makes the catalogue's series known. Series that the catalogue has dropped keep their values. A series named in
// another's RenamedFrom becomes that one: its values and the figures tied to it move, and its old id goes on leading there.
// A new series makes the store forget all validators, so that the next answers come whole.
// Errors wrap ErrUnitChanged and ErrRenameConflict; nothing is changed then.
func (s *Store) SyncSeries(ctx context.Context, series []market.Series) error {
	err := s.write(ctx, func(ctx context.Context, q *maindb.Queries) error {
		rows, err := q.ListSeries(ctx)
		if err != nil {
			return err
		}
		c := &catalogue{q: q, now: s.cfg.Now().Unix(), known: make(map[string]maindb.ListSeriesRow, len(rows)), wanted: make(map[string]bool, len(series))}
		for _, r := range rows {
			c.known[r.Slug] = r
		}
		for _, one := range series {
			c.wanted[one.ID] = true
		}
		for _, one := range series {
			if err := c.sync(ctx, one); err != nil {
				return fmt.Errorf("series %s: %w", one.ID, err)
			}
		}
		return c.drop(ctx)
	})
	return failed(err, "bring the series up to date")
}

// catalogue compares the series of the store with those of the catalogue.
type catalogue struct {
	q      *maindb.Queries
	now    int64
	known  map[string]maindb.ListSeriesRow
	wanted map[string]bool
}

func (c *catalogue) sync(ctx context.Context, s market.Series) error {
	for _, old := range s.RenamedFrom {
		if err := c.rename(ctx, old, s.ID); err != nil {
			return err
		}
	}
	row, ok := c.known[s.ID]
	if !ok {
		if err := c.q.DeleteAlias(ctx, s.ID); err != nil {
			return err
		}
		// What is not modified since it was last read was read without this series.
		if err := c.q.ForgetValidators(ctx); err != nil {
			return err
		}
		return c.q.InsertSeries(ctx, maindb.InsertSeriesParams{Slug: s.ID, Source: s.Source, Metric: s.Metric, Subject: s.Subject,
			Unit: string(s.Unit), Frequency: string(s.Frequency), AddedAt: c.now})
	}
	if row.Unit != string(s.Unit) {
		used, err := c.q.SeriesInUse(ctx, row.ID)
		if err != nil {
			return err
		}
		if used != 0 {
			return fmt.Errorf("%w (it has %s, the catalogue says %s)", ErrUnitChanged, row.Unit, s.Unit)
		}
	}
	return c.q.UpdateSeries(ctx, maindb.UpdateSeriesParams{ID: row.ID, Source: s.Source, Metric: s.Metric, Subject: s.Subject,
		Unit: string(s.Unit), Frequency: string(s.Frequency)})
}

// rename gives what goes by the old id the new one.
func (c *catalogue) rename(ctx context.Context, old, slug string) error {
	row, ok := c.known[old]
	if !ok || c.wanted[old] {
		return nil
	}
	if there, both := c.known[slug]; both {
		var err error
		if row, err = c.merge(ctx, row, there); err != nil {
			return err
		}
	}
	if err := c.q.RenameSeries(ctx, slug, row.ID); err != nil {
		return err
	}
	if err := c.q.PutAlias(ctx, old, row.ID); err != nil {
		return err
	}
	if err := c.q.RenameFigureSeries(ctx, slug, old); err != nil {
		return err
	}
	delete(c.known, old)
	row.Slug = slug
	c.known[slug] = row
	return nil
}

// merge keeps one of two series that are to become one. The other must be without values, and goes.
func (c *catalogue) merge(ctx context.Context, old, there maindb.ListSeriesRow) (maindb.ListSeriesRow, error) {
	oldUsed, err := c.q.SeriesInUse(ctx, old.ID)
	if err != nil {
		return old, err
	}
	thereUsed, err := c.q.SeriesInUse(ctx, there.ID)
	if err != nil {
		return old, err
	}
	stays, goes := old, there
	switch {
	case oldUsed != 0 && thereUsed != 0:
		return old, fmt.Errorf("%w: %s", ErrRenameConflict, old.Slug)
	case thereUsed != 0:
		stays, goes = there, old
	}
	if err := c.q.MoveAliases(ctx, stays.ID, goes.ID); err != nil {
		return old, err
	}
	return stays, c.q.DeleteSeries(ctx, goes.ID)
}

// drop marks the series that are not in the catalogue any more.
func (c *catalogue) drop(ctx context.Context) error {
	for slug, row := range c.known {
		if row.Catalogued == 0 || c.wanted[slug] {
			continue
		}
		if err := c.q.DropSeries(ctx, row.ID); err != nil {
			return err
		}
	}
	return nil
}
