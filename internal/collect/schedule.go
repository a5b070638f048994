package collect

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"beleg/internal/market"
)

// wakeEvery is how often due jobs are looked for; a job's own schedule decides when it runs.
const wakeEvery = "@every 1m"

// Due lists the jobs whose time has come, by the store's record of their last attempts.
func (c *Collector) Due(ctx context.Context) ([]market.Job, error) {
	states, err := c.Store.JobStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("read job states: %w", err)
	}
	now := c.Now()
	var due []market.Job
	for _, job := range c.Catalog.Jobs() {
		at, err := c.dueAt(job, states[job.ID])
		if err != nil {
			return nil, err
		}
		if !at.After(now) {
			due = append(due, job)
		}
	}
	return due, nil
}

// dueAt is when the job should run next: at once where it never ran or was interrupted, after a growing wait where it
// failed, else by its schedule; never while its source asked for quiet.
func (c *Collector) dueAt(job market.Job, s market.JobState) (time.Time, error) {
	schedule, err := cron.ParseStandard(job.Schedule)
	if err != nil {
		return time.Time{}, fmt.Errorf("job %s: schedule %q: %w", job.ID, job.Schedule, err)
	}
	c.mu.Lock()
	quiet := c.until[job.Source]
	c.mu.Unlock()
	at := schedule.Next(s.LastAttempt.UTC())
	switch {
	case s.LastAttempt.IsZero() || s.Outcome == market.Interrupted:
		at = time.Time{}
	case s.Failures > 0:
		at = s.LastAttempt.Add(c.retryWait(s.Failures))
	}
	if at.Before(quiet) {
		at = quiet
	}
	return at, nil
}

func (c *Collector) retryWait(failures int) time.Duration {
	wait := c.RetryFirst
	for range failures - 1 {
		if wait *= 2; wait >= c.RetryMost {
			return c.RetryMost
		}
	}
	return wait
}

// Schedule collects what is due now and then every minute, until ctx ends; it returns when the last run has ended.
func (c *Collector) Schedule(ctx context.Context) error {
	interrupted, err := c.Store.InterruptRuns(ctx)
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("close the runs that a stop interrupted: %w", err)
	}
	if interrupted > 0 {
		c.Log.Info("runs of an earlier process were interrupted", "runs", interrupted)
	}
	log := cronLogger{c.Log}
	wake := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(log),
		cron.WithChain(cron.SkipIfStillRunning(log), cron.Recover(log)))
	tick := func() { c.collectDue(ctx) }
	id, err := wake.AddFunc(wakeEvery, tick)
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	wake.Start()
	wake.Entry(id).WrappedJob.Run() // the first look does not wait a minute
	<-ctx.Done()
	<-wake.Stop().Done()
	return nil
}

func (c *Collector) collectDue(ctx context.Context) {
	jobs, err := c.Due(ctx)
	if err != nil {
		if ctx.Err() == nil {
			c.Log.Error("look for due jobs", "err", err)
		}
		return
	}
	if len(jobs) == 0 {
		return
	}
	// Each failure is logged by Progress; the joined error repeats them.
	_, _ = c.Run(ctx, jobs, Options{Progress: c.logEvent})
}

func (c *Collector) logEvent(e Event) {
	r := e.Run
	if e.Err != nil {
		c.Log.Warn("job failed", "job", r.Job, "source", r.Source, "outcome", r.Outcome, "err", e.Err)
		return
	}
	c.Log.Info("job done", "job", r.Job, "outcome", r.Outcome, "new", r.New, "revised", r.Revised,
		"held", r.Held, "bytes", r.Bytes, "took", r.Ended.Sub(r.Started).Round(time.Millisecond))
}

// cronLogger passes cron's own messages on; its routine ones are debug lines.
type cronLogger struct{ log *slog.Logger }

func (l cronLogger) Info(msg string, kv ...any) { l.log.Debug("cron: "+msg, kv...) }

func (l cronLogger) Error(err error, msg string, kv ...any) {
	l.log.Error("cron: "+msg, append(kv, "err", err)...)
}
