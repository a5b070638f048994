package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"beleg/internal/catalog"
	"beleg/internal/collect"
	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
	"beleg/internal/store/sqlite"
)

// requestChecker is a source that can tell whether a job of the catalogue is possible.
type requestChecker interface {
	Check(r market.Request, sel market.JobSeries) error
}

// checkJobs lists every job of the catalogue that its source's package cannot ask or read.
func checkJobs(c *catalog.Catalog, sources map[string]collect.Source) error {
	var errs []error
	for _, job := range c.Jobs() {
		src, ok := sources[job.Source]
		if !ok {
			errs = append(errs, fmt.Errorf("catalogue: job %s: nothing reads source %q", job.ID, job.Source))
			continue
		}
		requests := []market.Request{job.Request}
		if job.Backfill != nil {
			requests = append(requests, *job.Backfill)
		}
		for _, r := range requests {
			if err := checkRequest(src, r, job.Series); err != nil {
				errs = append(errs, fmt.Errorf("catalogue: job %s: %w", job.ID, err))
			}
		}
	}
	return errors.Join(errs...)
}

func checkRequest(src collect.Source, r market.Request, series []market.JobSeries) error {
	if _, err := src.Build(r); err != nil {
		return err
	}
	checker, ok := src.(requestChecker)
	if !ok {
		return nil
	}
	var errs []error
	for _, sel := range series {
		errs = append(errs, checker.Check(r, sel))
	}
	return errors.Join(errs...)
}

// openStore opens the database for writing and takes over the catalogue's series.
func openStore(ctx context.Context, g *Globals, env *Env, c *catalog.Catalog, keep storeSettings, simulated bool) (*sqlite.Store, error) {
	store, err := sqlite.Open(ctx, sqlite.Config{Path: g.DB, Now: env.Now, Logger: env.Log, Simulated: simulated,
		PayloadKeep: keep.KeepAnswers})
	if err != nil {
		return nil, explainStore(g.DB, err)
	}
	if err := store.SyncSeries(ctx, c.AllSeries()); err != nil {
		return nil, errors.Join(fmt.Errorf("take over the catalogue's series: %w", err), store.Close())
	}
	return store, nil
}

// readStore opens an existing database for reading; it never creates one.
func readStore(ctx context.Context, g *Globals, env *Env) (*sqlite.Store, error) {
	store, err := sqlite.Open(ctx, sqlite.Config{Path: g.DB, Now: env.Now, Logger: env.Log, ReadOnly: true})
	if err != nil {
		return nil, explainStore(g.DB, err)
	}
	return store, nil
}

// explainStore says what to do about a database that cannot be opened.
func explainStore(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no database %s; 'beleg serve' or 'beleg collect' creates one, --db names another: %w", path, err)
	case errors.Is(err, sqlite.ErrSimulated):
		return fmt.Errorf("%s: %w; simulated data belongs to 'beleg serve --demo' and its own file", path, err)
	case errors.Is(err, sqlite.ErrNewer):
		return fmt.Errorf("the database %s was written by a newer Beleg; use that one, or name another file with --db: %w", path, err)
	case errors.Is(err, sqlite.ErrNotDatabase):
		return fmt.Errorf("%s is no database of Beleg; it was left as it is; name another file with --db: %w", path, err)
	}
	return err
}

// upstreams are the sources that Beleg reads, with the settings laid over the catalogue's own.
type upstreams struct {
	sources  map[string]collect.Source
	settings sourceSettings
}

func buildUpstreams(settings sourceSettings) upstreams {
	return upstreams{settings: settings, sources: map[string]collect.Source{
		defillama.ID: defillama.New(settings.hosts[defillama.ID]),
	}}
}

// storeSettings say how long things are kept.
type storeSettings struct {
	KeepAnswers time.Duration `help:"How long the answers of sources are kept; their hashes, addresses and times stay for ever." default:"9600h" env:"BELEG_KEEP_ANSWERS"`
}

// fetchSettings are the limits of asking upstreams.
type fetchSettings struct {
	Contact      string        `help:"How operators of sources can reach you, sent with every request: an e-mail address or a URL." env:"BELEG_CONTACT"`
	FetchTimeout time.Duration `help:"Longest wait for one answer of a source." default:"60s" env:"BELEG_FETCH_TIMEOUT"`
	FetchBytes   int64         `help:"Largest answer of a source, in bytes." default:"67108864" env:"BELEG_FETCH_BYTES"`
}

// client asks the network, or a transport in the process, which is not asked twice when it fails.
func (f fetchSettings) client(env *Env, transport http.RoundTripper) (*fetch.Client, error) {
	cfg := fetch.Config{UserAgent: "beleg/" + version(), Contact: f.Contact, Timeout: f.FetchTimeout, MaxBytes: f.FetchBytes,
		Logger: env.Log, Clock: env.Now, Transport: transport}
	if transport != nil {
		cfg.Retries = -1
	}
	return fetch.New(cfg)
}
