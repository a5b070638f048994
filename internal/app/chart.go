package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"beleg/assets"
	"beleg/internal/catalog"
	"beleg/internal/chart"
	"beleg/internal/market"
	"beleg/internal/store/sqlite"
	"beleg/internal/unit"
)

// ChartCmd is `beleg chart`.
type ChartCmd struct {
	Series []string `arg:"" help:"Ids of the series; several are drawn together if they share a unit."`
	Out    string   `short:"o" required:"" help:"File to write: .svg or .png." placeholder:"FILE" type:"path"`
	AsOf   string   `help:"As known at the end of that day, UTC." placeholder:"DATE"`
	From   string   `help:"First day." placeholder:"DATE"`
	To     string   `help:"Last day." placeholder:"DATE"`
	Lang   string   `help:"Language of the chart." enum:"de,en" default:"en"`
	Width  int      `help:"Width of a PNG in pixels." default:"1600"`
}

// drawTime is the longest that one chart may take.
const drawTime = time.Minute

// Run draws series into a file.
func (c *ChartCmd) Run(ctx context.Context, g *Globals, env *Env) (err error) {
	form := strings.ToLower(filepath.Ext(c.Out))
	if form != ".svg" && form != ".png" {
		return fmt.Errorf("--out %s: a chart is written as .svg or .png", c.Out)
	}
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return err
	}
	store, err := readStore(ctx, g, env)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // opened for reading
	spec, err := c.spec(ctx, env, built, store)
	if err != nil {
		return err
	}
	renderer, err := chart.NewRenderer(chart.Config{Files: assets.Engine, CacheDir: cacheDir(), Timeout: drawTime})
	if err != nil {
		return fmt.Errorf("prepare the chart renderer: %w", err)
	}
	defer func() { err = errors.Join(err, renderer.Close()) }()
	var body []byte
	if form == ".svg" {
		body, err = renderer.SVG(ctx, spec, chart.SVGOptions{Standalone: true})
	} else {
		body, err = renderer.PNG(ctx, spec, c.Width)
	}
	if err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	if err := os.WriteFile(c.Out, body, 0o644); err != nil { //nolint:gosec // a picture for others to read
		return fmt.Errorf("write the chart: %w", err)
	}
	return nil
}

func (c *ChartCmd) spec(ctx context.Context, env *Env, built *catalog.Catalog, store *sqlite.Store) (chart.Spec, error) {
	lang := unit.Lang(c.Lang)
	spec := chart.Spec{ID: "chart", Kind: chart.Line, Lang: lang, Simulated: store.Simulated()}
	var errs []error
	read := func(flag, v string) market.Period {
		if v == "" {
			return market.Period{}
		}
		p, err := market.ParsePeriod(v)
		if err != nil {
			errs = append(errs, fmt.Errorf("--%s: %w", flag, err))
		}
		return p
	}
	q := market.ObservationQuery{From: read("from", c.From), To: read("to", c.To)}
	if !q.To.IsZero() {
		q.To = q.To.LastDay()
	}
	var names, credits []string
	for _, id := range c.Series {
		series, ok := built.Series(id)
		if !ok {
			errs = append(errs, unknownSeries(id))
			continue
		}
		asOf, err := readAsOf(ctx, store, env, id, c.AsOf)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		q.AsOf, spec.AsOf = asOf, asOf
		obs, err := store.Observations(ctx, series.ID, q)
		if err != nil {
			return spec, fmt.Errorf("read %s: %w", id, err)
		}
		metric, _ := built.Metric(series.Metric)
		src, _ := built.Source(series.Source)
		names, credits = append(names, series.Name.In(lang)), append(credits, src.Attribution.In(lang))
		spec.Series = append(spec.Series, chart.Series{Series: series.ID, Name: series.Name.In(lang), Unit: series.Unit,
			Flow: metric.Behaviour == market.Flow, Points: chart.Points(obs)})
	}
	if err := errors.Join(errs...); err != nil {
		return spec, err
	}
	spec.Title, spec.Credit = strings.Join(names, ", "), credits[0]
	spec.Desc = spec.Title
	return spec, nil
}

// readAsOf reads --as-of; a day before anything was recorded is refused with the earliest vintage named.
func readAsOf(ctx context.Context, store *sqlite.Store, env *Env, series, v string) (market.Period, error) {
	if v == "" {
		return market.Period{}, nil
	}
	p, err := market.ParsePeriod(v)
	if err != nil {
		return p, fmt.Errorf("--as-of: %w", err)
	}
	p = p.LastDay()
	if market.DayOf(env.Now()).Before(p) {
		return p, fmt.Errorf("--as-of: %s lies in the future", p)
	}
	earliest, err := store.EarliestVintage(ctx, series)
	if err != nil {
		return p, fmt.Errorf("read the earliest vintage of %s: %w", series, err)
	}
	if first := market.DayOf(earliest); !earliest.IsZero() && p.Before(first) {
		return p, fmt.Errorf("--as-of: nothing of %s was recorded by %s; the earliest vintage is %s", series, p, first)
	}
	return p, nil
}
