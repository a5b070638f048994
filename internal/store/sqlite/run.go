package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
)

const interruptedMessage = "the process ended while the job was running"

// InterruptRuns ends the runs that an earlier process left running and gives their number. Should one of them be alive after
// all, in another process, its own end will replace this one.
func (s *Store) InterruptRuns(ctx context.Context) (int, error) {
	var n int64
	err := s.write(ctx, func(ctx context.Context, q *maindb.Queries) error {
		now := s.cfg.Now().Unix()
		var err error
		n, err = q.InterruptRuns(ctx, &now, interruptedMessage)
		return err
	})
	return int(n), failed(err, "interrupt runs")
}

// StartRun writes that a job is running and gives the run's id.
func (s *Store) StartRun(ctx context.Context, r market.Run) (int64, error) {
	var id int64
	err := s.write(ctx, func(ctx context.Context, q *maindb.Queries) error {
		var err error
		id, err = startRun(ctx, q, r)
		return err
	})
	return id, failed(err, "start a run of job %s", r.Job)
}

func startRun(ctx context.Context, q *maindb.Queries, r market.Run) (int64, error) {
	job, err := q.PutJob(ctx, r.Job, r.Source)
	if err != nil {
		return 0, failed(err, "write the job")
	}
	id, err := q.InsertRun(ctx, maindb.InsertRunParams{Job: job, Source: r.Source, StartedAt: seconds(r.Started),
		Backfill: flag(r.Backfill), Message: r.Message})
	return id, failed(err, "write the run")
}

// EndRun writes how a run ended that brought no answer. Errors wrap market.ErrNotFound or ErrRunEnded.
func (s *Store) EndRun(ctx context.Context, r market.Run) error {
	if r.Ended.IsZero() {
		r.Ended = s.cfg.Now()
	}
	err := s.write(ctx, func(ctx context.Context, q *maindb.Queries) error { return endRun(ctx, q, r) })
	return failed(err, "end run %d of job %s", r.ID, r.Job)
}

func endRun(ctx context.Context, q *maindb.Queries, r market.Run) error {
	if r.Outcome == market.Running || r.Outcome == "" {
		return fmt.Errorf("%w: a run cannot end as %q", ErrValue, r.Outcome)
	}
	ended := seconds(r.Ended)
	n, err := q.EndRun(ctx, maindb.EndRunParams{EndedAt: &ended, Outcome: string(r.Outcome), Message: r.Message,
		NewCount: int64(r.New), RevisedCount: int64(r.Revised), ProvisionalCount: int64(r.Provisional), UnchangedCount: int64(r.Unchanged),
		WithdrawnCount: int64(r.Withdrawn), HeldCount: int64(r.Held), Bytes: r.Bytes, ID: r.ID})
	if err != nil || n == 1 {
		return failed(err, "write the run's end")
	}
	outcome, err := q.RunOutcome(ctx, r.ID)
	if err != nil {
		return failed(err, "run %d", r.ID)
	}
	return fmt.Errorf("%w: as %s", ErrRunEnded, outcome)
}

// Runs gives runs, newest first.
func (s *Store) Runs(ctx context.Context, query market.RunQuery) ([]market.Run, error) {
	rows, err := s.read.ListRuns(ctx, maindb.ListRunsParams{Job: query.Job, Source: query.Source,
		Before: cmp.Or(query.Before, math.MaxInt64), Most: int64(cmp.Or(query.Limit, DefaultRunLimit))})
	if err != nil {
		return nil, failed(err, "read runs")
	}
	runs := make([]market.Run, len(rows))
	for i, r := range rows {
		runs[i] = market.Run{ID: r.ID, Job: r.Job, Source: r.Source, Started: instant(r.StartedAt), Ended: optionalInstant(r.EndedAt),
			Outcome: market.Outcome(r.Outcome), Backfill: r.Backfill != 0, Message: r.Message, New: int(r.NewCount),
			Revised: int(r.RevisedCount), Provisional: int(r.ProvisionalCount), Unchanged: int(r.UnchangedCount),
			Withdrawn: int(r.WithdrawnCount), Held: int(r.HeldCount), Bytes: r.Bytes}
	}
	return runs, nil
}

// JobStates says of each job that ever ran how it stands.
func (s *Store) JobStates(ctx context.Context) (map[string]market.JobState, error) {
	rows, err := s.read.JobStates(ctx)
	if err != nil {
		return nil, failed(err, "read job states")
	}
	states := make(map[string]market.JobState, len(rows))
	for _, r := range rows {
		states[r.Slug] = market.JobState{Job: r.Slug, LastAttempt: instant(r.StartedAt), LastSuccess: instant(r.SucceededAt),
			Failures: int(r.Failures), LastBackfill: instant(r.BackfilledAt), Outcome: market.Outcome(r.Outcome), Message: r.Message}
	}
	return states, nil
}

// Quarantine gives what is held back now, newest first, of one series or, for "", of all; limit 0 gives everything.
func (s *Store) Quarantine(ctx context.Context, series string, limit int) ([]market.Held, error) {
	var held []market.Held
	err := s.view(ctx, func(q *maindb.Queries) error {
		var id int64
		if series != "" {
			var err error
			if id, err = seriesID(ctx, q, series); err != nil {
				return err
			}
		}
		rows, err := q.ListHeld(ctx, id, most(limit))
		for _, r := range rows {
			held = append(held, heldOf(maindb.NewestHeldAfterRow(r)))
		}
		return err
	})
	return held, failed(err, "read the quarantine")
}

func heldOf(r maindb.NewestHeldAfterRow) market.Held {
	h := market.Held{ID: r.ID, Series: r.Slug, Period: keyPeriod(r.Period), Value: math.NaN(), Reason: r.Reason,
		Origin: r.Origin, RecordedAt: instant(r.RecordedAt)}
	if r.Value != nil {
		h.Value = *r.Value
	}
	return h
}

// LastFinal is what a step guard compares with: the newest final value of a series, how many there are, and the newest
// value held back after it. A series without final values gives no Period, and the newest value held back at all.
func (s *Store) LastFinal(ctx context.Context, series string) (market.LastFinal, error) {
	var last market.LastFinal
	err := s.view(ctx, func(q *maindb.Queries) error {
		id, err := seriesID(ctx, q, series)
		if err != nil {
			return err
		}
		after := int64(firstKey)
		newest, found, err := maybe(q.NewestFinal(ctx, id))
		if err != nil {
			return err
		}
		if found {
			count, err := q.CountFinal(ctx, id)
			if err != nil {
				return err
			}
			last = market.LastFinal{Period: keyPeriod(newest.Period), Value: *newest.Value, Count: int(count)}
			after = newest.Period
		}
		row, found, err := maybe(q.NewestHeldAfter(ctx, id, after))
		if found {
			held := heldOf(row)
			last.Held = &held
		}
		return err
	})
	return last, failed(err, "read the last value of %s", series)
}
