package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"beleg/internal/catalog"
	"beleg/internal/market"
	"beleg/internal/web"
)

// ExportCmd is `beleg export`.
type ExportCmd struct {
	Series string `arg:"" help:"Id of the series."`
	AsOf   string `help:"As known at the end of that day, UTC (2026-02-10)." placeholder:"DATE"`
	Format string `help:"csv or json." enum:"csv,json" default:"csv"`
}

// Run writes the observations of a series with their source to standard output.
func (c *ExportCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return err
	}
	series, ok := built.Series(c.Series)
	if !ok {
		return unknownSeries(c.Series)
	}
	store, err := readStore(ctx, g, env)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // opened for reading
	var q market.ObservationQuery
	if q.AsOf, err = readAsOf(ctx, store, env, series.ID, c.AsOf); err != nil {
		return err
	}
	obs, err := store.Observations(ctx, series.ID, q)
	if err != nil {
		return fmt.Errorf("read %s: %w", series.ID, err)
	}
	src, _ := built.Source(series.Source)
	if store.Simulated() {
		src = simulatedSource(src)
	}
	body, err := web.CSV(series, src, obs, store.Simulated())
	if c.Format == "json" {
		body, err = json.MarshalIndent(web.Export(series, src, obs, store.Simulated()), "", "  ")
		body = append(body, '\n')
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", series.ID, err)
	}
	if _, err := env.Stdout.Write(body); err != nil {
		return fmt.Errorf("write %s: %w", series.ID, err)
	}
	return nil
}

var errUnknownSeries = errors.New("no such series in the catalogue")

func unknownSeries(id string) error { return fmt.Errorf("%w: %q", errUnknownSeries, id) }
