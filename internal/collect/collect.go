// Package collect decides which jobs are due, runs them, holds implausible values back and keeps a row of every run.
// cron only wakes it; whether a job is due is read from the store.
package collect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"beleg/internal/fetch"
	"beleg/internal/market"
)

// Source turns the requests of one upstream into HTTP and its answers into points.
type Source interface {
	Build(r market.Request) (fetch.Request, error)
	Read(r market.Request, want []market.JobSeries, a fetch.Answer) ([]market.SeriesPoints, error)
}

// explainer is a Source that knows what its upstream means by an error.
type explainer interface {
	Explain(r market.Request, err error) error
}

// Fetcher asks an upstream.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Answer, error)
}

// Catalog names the jobs and the series they feed.
type Catalog interface {
	Jobs() []market.Job
	Series(id string) (market.Series, bool)
}

// Store keeps what is collected.
type Store interface {
	InterruptRuns(ctx context.Context) (int, error)
	StartRun(ctx context.Context, r market.Run) (int64, error)
	EndRun(ctx context.Context, r market.Run) error
	CommitBatch(ctx context.Context, b market.Batch) (market.Run, error)
	JobStates(ctx context.Context) (map[string]market.JobState, error)
	Validators(ctx context.Context, url string) (market.Validators, error)
	LastFinal(ctx context.Context, series string) (market.LastFinal, error)
}

// Config is what a Collector needs. Zero limits take the defaults.
type Config struct {
	Catalog Catalog
	Store   Store
	Fetcher Fetcher
	Sources map[string]Source  // by source id
	Pace    map[string]float64 // requests per second by source id
	Now     func() time.Time
	Log     *slog.Logger

	Parallel   int           // jobs at once; default 2
	JobTimeout time.Duration // for jobs that name none; default 2 min
	RetryFirst time.Duration // wait after a first failure, doubled with each further one; default 5 min
	RetryMost  time.Duration // longest such wait; default 6 h
	Settle     time.Duration // after so long a job asks for the whole history again, which settles what its light request left provisional; default 7 days
	EndTimeout time.Duration // for writing how a run ended when the process is stopping; default 5 s
}

// Collector runs jobs. It is safe for concurrent use; one job never runs twice at the same time.
type Collector struct {
	Config
	mu      sync.Mutex
	running map[string]bool
	until   map[string]time.Time // source → do not ask before (Retry-After)
}

// New fills in the defaults.
func New(cfg Config) *Collector {
	if cfg.Parallel <= 0 {
		cfg.Parallel = 2
	}
	for _, d := range []struct {
		value *time.Duration
		def   time.Duration
	}{
		{&cfg.JobTimeout, 2 * time.Minute},
		{&cfg.RetryFirst, 5 * time.Minute},
		{&cfg.RetryMost, 6 * time.Hour},
		{&cfg.Settle, 7 * 24 * time.Hour},
		{&cfg.EndTimeout, 5 * time.Second},
	} {
		if *d.value <= 0 {
			*d.value = d.def
		}
	}
	return &Collector{Config: cfg, running: map[string]bool{}, until: map[string]time.Time{}}
}

// ErrUnknownJob is returned for a job name that the catalogue does not have.
var ErrUnknownJob = errors.New("unknown job")

// ErrBusy is the failure of a job that is running already.
var ErrBusy = errors.New("the job is running already")

// Job finds a job by id.
func (c *Collector) Job(id string) (market.Job, error) {
	for _, j := range c.Catalog.Jobs() {
		if j.ID == id {
			return j, nil
		}
	}
	return market.Job{}, fmt.Errorf("%w %q", ErrUnknownJob, id)
}

// Options say how to run jobs.
type Options struct {
	Backfill bool          // ask for the whole history even where one was fetched before
	Since    market.Period // leave out points before it; zero = none
	Progress func(Event)   // called after each job, one call at a time; may be nil
}

// Event is the end of one job.
type Event struct {
	Done, Total int
	Run         market.Run
	Err         error
}

// Run runs the jobs, a few at once, and goes on after a failure. The runs come in the order in which they ended;
// the error joins the failures.
func (c *Collector) Run(ctx context.Context, jobs []market.Job, opt Options) ([]market.Run, error) {
	states, err := c.Store.JobStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("read job states: %w", err)
	}
	var (
		mu   sync.Mutex
		runs []market.Run
		errs []error
		g    errgroup.Group
	)
	g.SetLimit(c.Parallel)
	for _, job := range jobs {
		g.Go(func() error {
			run, err := c.runJob(ctx, job, states[job.ID], opt)
			mu.Lock()
			defer mu.Unlock()
			runs = append(runs, run)
			if err != nil {
				errs = append(errs, fmt.Errorf("job %s: %w", job.ID, err))
			}
			if opt.Progress != nil {
				opt.Progress(Event{Done: len(runs), Total: len(jobs), Run: run, Err: err})
			}
			return nil
		})
	}
	_ = g.Wait() // the functions return nil
	return runs, errors.Join(errs...)
}

// runJob runs one job and writes how it ended, also when ctx was cancelled meanwhile.
func (c *Collector) runJob(ctx context.Context, job market.Job, state market.JobState, opt Options) (market.Run, error) {
	if err := ctx.Err(); err != nil {
		return market.Run{Job: job.ID, Source: job.Source, Outcome: market.Interrupted}, err
	}
	if !c.enter(job.ID) {
		return market.Run{Job: job.ID, Source: job.Source, Outcome: market.Failed, Message: ErrBusy.Error()}, ErrBusy
	}
	defer c.leave(job.ID)

	run := market.Run{Job: job.ID, Source: job.Source, Started: c.Now(), Outcome: market.Running,
		Backfill: job.Backfill != nil && (opt.Backfill || c.Now().Sub(state.LastBackfill) > c.Settle)}
	id, err := c.Store.StartRun(ctx, run)
	if err != nil {
		return run, fmt.Errorf("write the run's start: %w", err)
	}
	run.ID = id

	timeout := job.Timeout
	if timeout <= 0 {
		timeout = c.JobTimeout
	}
	jobCtx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	ended, err := c.collect(jobCtx, job, run, opt)
	if err == nil {
		return ended, nil
	}
	run.Ended, run.Outcome, run.Message = c.Now(), market.Failed, err.Error()
	if ctx.Err() != nil {
		run.Outcome, run.Message = market.Interrupted, "stopped while running"
	}
	c.rememberWait(job.Source, err)
	endCtx, done := context.WithTimeout(context.WithoutCancel(ctx), c.EndTimeout)
	defer done()
	if endErr := c.Store.EndRun(endCtx, run); endErr != nil {
		err = errors.Join(err, fmt.Errorf("write the run's end: %w", endErr))
	}
	return run, err
}

// collect asks, reads, guards and commits; the run it returns has ended.
func (c *Collector) collect(ctx context.Context, job market.Job, run market.Run, opt Options) (market.Run, error) {
	source, ok := c.Sources[job.Source]
	if !ok {
		return run, fmt.Errorf("no reader for source %q", job.Source)
	}
	request := job.Request
	if run.Backfill {
		request = *job.Backfill
	}
	ask, err := source.Build(request)
	if err != nil {
		return run, fmt.Errorf("build the request: %w", err)
	}
	ask.Source, ask.Pace = job.Source, c.Pace[job.Source]
	if !run.Backfill && opt.Since.IsZero() {
		if ask.Validators, err = c.Store.Validators(ctx, fetch.PublicURL(ask.URL)); err != nil {
			return run, fmt.Errorf("read validators: %w", err)
		}
	}
	answer, err := c.Fetcher.Get(ctx, ask)
	if err != nil {
		if e, ok := source.(explainer); ok {
			err = e.Explain(request, err)
		}
		return run, err
	}
	if answer.NotModified {
		run.Ended, run.Outcome = c.Now(), market.NotModified
		if err := c.Store.EndRun(ctx, run); err != nil {
			return run, fmt.Errorf("write the run's end: %w", err)
		}
		return run, nil
	}
	points, err := source.Read(request, job.Series, answer)
	if err != nil {
		return run, err
	}
	if points, err = c.guard(ctx, since(points, opt.Since)); err != nil {
		return run, err
	}
	run.Ended, run.Outcome, run.Bytes = c.Now(), market.Succeeded, int64(len(answer.Body))
	ended, err := c.Store.CommitBatch(ctx, batch(run, answer, points))
	if err != nil {
		return run, fmt.Errorf("keep the answer: %w", err)
	}
	return ended, nil
}

func batch(run market.Run, a fetch.Answer, points []market.SeriesPoints) market.Batch {
	return market.Batch{
		Run: run,
		Payload: &market.Payload{Source: run.Source, URL: a.URL, SHA256: a.SHA256, ContentType: a.ContentType,
			FetchedAt: a.FetchedAt, Body: a.Body},
		Origin: market.Origin{Kind: market.FromPayload, Source: run.Source, URL: a.URL, SHA256: a.SHA256,
			FetchedAt: a.FetchedAt, PayloadLen: int64(len(a.Body))},
		Points: points,
		Next:   a.Validators,
		URL:    a.URL,
	}
}

// since drops the points before a period; what is left no longer is the whole history.
func since(all []market.SeriesPoints, from market.Period) []market.SeriesPoints {
	if from.IsZero() {
		return all
	}
	for i := range all {
		var kept []market.Point
		for _, p := range all[i].Points {
			if !p.Period.Before(from) {
				kept = append(kept, p)
			}
		}
		all[i].Points = kept
	}
	return all
}

func (c *Collector) enter(job string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running[job] {
		return false
	}
	c.running[job] = true
	return true
}

func (c *Collector) leave(job string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.running, job)
}

// rememberWait keeps the whole source quiet for as long as its Retry-After asked.
func (c *Collector) rememberWait(source string, err error) {
	var status *fetch.StatusError
	if !errors.As(err, &status) || status.RetryAfter <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until[source] = c.Now().Add(min(status.RetryAfter, c.RetryMost))
}
