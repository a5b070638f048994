package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"beleg/internal/catalog"
	"beleg/internal/collect"
	"beleg/internal/market"
)

// CollectCmd is `beleg collect`.
type CollectCmd struct {
	Jobs     []string `arg:"" optional:"" name:"job" help:"Jobs to run; without any, those that are due."`
	Backfill bool     `help:"Ask for whole histories again."`
	Since    string   `help:"Leave out what is about an earlier day (2025-01-01)." placeholder:"DATE"`
	Parallel int      `help:"Jobs at the same time." default:"2" env:"BELEG_PARALLEL"`

	fetchSettings
	storeSettings
}

// Run collects once. It fails if any job failed, after doing the others.
func (c *CollectCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	opt := collect.Options{Backfill: c.Backfill}
	if c.Since != "" {
		p, err := market.ParsePeriod(c.Since)
		if err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		opt.Since = p.FirstDay()
	}
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return err
	}
	settings, err := readSourceSettings(env.Vars, built.Sources())
	if err != nil {
		return err
	}
	up := buildUpstreams(settings)
	if err := checkJobs(built, up.sources); err != nil {
		return err
	}
	client, err := c.client(env, nil)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, g, env, built, c.storeSettings, false)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // everything is committed
	collector := collect.New(collect.Config{Catalog: built, Store: store, Fetcher: client, Sources: up.sources,
		Pace: settings.pace, Now: env.Now, Log: env.Log, Parallel: c.Parallel})
	jobs, err := c.choose(ctx, collector)
	if err != nil {
		return err
	}
	if len(jobs) == 0 {
		_, _ = fmt.Fprintln(env.Stderr, "Nothing is due. Name jobs to run them anyway.")
		return nil
	}
	progress := newProgress(env, len(jobs))
	opt.Progress = progress.event
	runs, err := collector.Run(ctx, jobs, opt)
	progress.end()
	for _, r := range runs {
		_, _ = fmt.Fprintf(env.Stdout, "%s  %s  %d new, %d revised, %d provisional, %d unchanged, %d withdrawn, %d held\n",
			r.Job, r.Outcome, r.New, r.Revised, r.Provisional, r.Unchanged, r.Withdrawn, r.Held)
	}
	return err
}

func (c *CollectCmd) choose(ctx context.Context, collector *collect.Collector) ([]market.Job, error) {
	if len(c.Jobs) == 0 {
		return collector.Due(ctx)
	}
	var jobs []market.Job
	var errs []error
	ids := slices.Clone(c.Jobs)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		job, err := collector.Job(id)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		jobs = append(jobs, job)
	}
	return jobs, errors.Join(errs...)
}

// progress is a bar on a terminal, and lines in the log elsewhere.
type progress struct {
	env *Env
	bar *progressbar.ProgressBar
}

func newProgress(env *Env, jobs int) *progress {
	p := &progress{env: env}
	if isTerminal(env.Stderr) {
		p.bar = progressbar.NewOptions(jobs, progressbar.OptionSetWriter(env.Stderr), progressbar.OptionSetDescription("collecting"),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetRenderBlankState(true))
	}
	return p
}

func (p *progress) event(e collect.Event) {
	if p.bar != nil {
		p.bar.Describe(e.Run.Job)
		_ = p.bar.Add(1) // a terminal that is gone is no reason to stop collecting
		return
	}
	p.env.Log.Info("job ended", "job", e.Run.Job, "outcome", e.Run.Outcome, "done", e.Done, "of", e.Total)
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish() // as above
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
