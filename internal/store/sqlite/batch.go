package sqlite

import (
	"context"
	"fmt"
	"math"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
)

// CommitBatch writes what an answer says and ends its run, all of it or nothing. A batch whose run has no id (an import, a
// correction) gets a run that starts and ends here. The run it returns has ended and has its counts.
//
// The answer itself and its origin are kept where something rests on them: an answer that changes nothing and holds nothing back
// leaves a run row and its validators, so that collecting it again costs nothing.
// Errors wrap market.ErrNotFound for a series or run that the store does not know, ErrRunEnded, and ErrValue.
func (s *Store) CommitBatch(ctx context.Context, b market.Batch) (market.Run, error) {
	if err := checkBatch(b); err != nil {
		return b.Run, fmt.Errorf("batch of job %s: %w", b.Run.Job, err)
	}
	run := b.Run
	err := s.write(ctx, func(wctx context.Context, q *maindb.Queries) error {
		w := &batchWriter{store: s, q: q, batch: b, now: s.cfg.Now().Unix(), left: map[int64]bool{}}
		if run.ID == 0 {
			id, err := startRun(wctx, q, run)
			if err != nil {
				return err
			}
			run.ID = id
		}
		for _, points := range b.Points {
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
			if err := w.series(wctx, points); err != nil {
				return fmt.Errorf("write series %s: %w", points.Series, err)
			}
		}
		if err := w.dropOrigins(wctx); err != nil {
			return err
		}
		if err := putValidators(wctx, q, b, w.now); err != nil {
			return err
		}
		run = w.ended(run)
		return endRun(wctx, q, run)
	})
	if err != nil {
		return b.Run, fmt.Errorf("commit batch of job %s: %w", b.Run.Job, err)
	}
	return run, nil
}

// checkBatch refuses what means nothing, and what could be written but not read again.
func checkBatch(b market.Batch) error {
	if p := b.Payload; p != nil && p.SHA256 != hash(p.Body) {
		return fmt.Errorf("%w: the payload's hash %q is not that of its body", ErrValue, p.SHA256)
	}
	switch b.Origin.Kind {
	case market.FromPayload, market.FromImport, market.FromCorrection:
	default:
		return fmt.Errorf("%w: its origin is of the kind %q", ErrValue, b.Origin.Kind)
	}
	for _, points := range b.Points {
		for _, p := range points.Points {
			switch {
			case p.Period.IsZero():
				return fmt.Errorf("%w: %s has a point without a period", ErrValue, points.Series)
			case p.Status != market.Withdrawn && (math.IsNaN(p.Value) || math.IsInf(p.Value, 0)):
				return fmt.Errorf("%w: %s is %g for %s", ErrValue, points.Series, p.Value, p.Period)
			case p.Status != market.Final && p.Status != market.Provisional && p.Status != market.Withdrawn:
				return fmt.Errorf("%w: %s has the status %q for %s", ErrValue, points.Series, p.Status, p.Period)
			}
		}
		for _, h := range points.Held {
			if h.Period.IsZero() {
				return fmt.Errorf("%w: %s holds back a value without a period", ErrValue, points.Series)
			}
		}
	}
	return nil
}

// batchWriter writes one batch within one transaction.
type batchWriter struct {
	store  *Store
	q      *maindb.Queries
	batch  market.Batch
	now    int64
	origin int64 // 0 until something rests on it

	counts counts
	held   int
	left   map[int64]bool // origins that something no longer rests on
}

func (w *batchWriter) series(ctx context.Context, sp market.SeriesPoints) error {
	id, err := seriesID(ctx, w.q, sp.Series)
	if err != nil {
		return err
	}
	points := inOrder(sp.Points)
	first, last, listed := span(points, sp.Held)
	if len(listed) == 0 {
		return nil
	}
	current, err := w.current(ctx, id, first, last)
	if err != nil {
		return err
	}
	d := &differ{now: w.now, backfillAfter: w.store.cfg.BackfillAfter, tolerance: sp.Tolerance}
	d.diff(points, current, listed, sp.Complete)
	for _, c := range d.changes {
		if err := w.observation(ctx, id, c); err != nil {
			return failed(err, "write %s", keyPeriod(c.period))
		}
	}
	w.counts.add(d.counts)
	return w.quarantine(ctx, id, points, sp.Held, first, last)
}

// span is the range of periods that an answer speaks of, and which of them it names.
func span(points []market.Point, held []market.Held) (first, last int64, listed map[int64]bool) {
	first, last, listed = lastKey, firstKey, make(map[int64]bool, len(points)+len(held))
	add := func(p market.Period) {
		key := periodKey(p)
		first, last = min(first, key), max(last, key)
		listed[key] = true
	}
	for _, p := range points {
		add(p.Period)
	}
	for _, h := range held {
		add(h.Period)
	}
	return first, last, listed
}

func (w *batchWriter) current(ctx context.Context, series, first, last int64) (map[int64]stored, error) {
	rows, err := w.q.CurrentVersions(ctx, maindb.CurrentVersionsParams{Series: series, First: first, Last: last})
	if err != nil {
		return nil, failed(err, "read the current values")
	}
	current := make(map[int64]stored, len(rows))
	for _, r := range rows {
		current[r.Period] = stored{period: r.Period, version: r.Version, value: r.Value, exact: r.Exact,
			status: market.Status(r.Status), origin: r.Origin, recordedAt: r.RecordedAt, backfilled: r.Backfilled != 0}
	}
	return current, nil
}

func (w *batchWriter) observation(ctx context.Context, series int64, c change) error {
	origin, err := w.restOn(ctx)
	if err != nil {
		return err
	}
	if c.overwrite {
		w.left[c.restedOn] = true
		return w.q.OverwriteObservation(ctx, maindb.OverwriteObservationParams{Value: c.value, Exact: c.exact, Status: string(c.status),
			Origin: origin, RecordedAt: c.recordedAt, Backfilled: flag(c.backfilled), Series: series, Period: c.period, Version: c.version})
	}
	if c.replaces {
		err := w.q.ReplaceObservation(ctx, maindb.ReplaceObservationParams{ReplacedAt: &c.recordedAt,
			Series: series, Period: c.period, Version: c.version - 1})
		if err != nil {
			return err
		}
	}
	return w.q.InsertObservation(ctx, maindb.InsertObservationParams{Series: series, Period: c.period, Version: c.version,
		Value: c.value, Exact: c.exact, Status: string(c.status), Origin: origin, RecordedAt: c.recordedAt, Backfilled: flag(c.backfilled)})
}

// restOn keeps the answer and its origin when the first thing comes to rest on them, and gives the origin's id.
// The answer goes first, into its own file: if the process dies in between, it is there and nothing refers to it.
func (w *batchWriter) restOn(ctx context.Context) (int64, error) {
	if w.origin != 0 {
		return w.origin, nil
	}
	o := w.batch.Origin
	if p := w.batch.Payload; p != nil {
		id, err := w.store.keepPayload(ctx, *p)
		if err != nil {
			return 0, err
		}
		o.PayloadID, o.PayloadLen, o.SHA256 = id, int64(len(p.Body)), p.SHA256
		if o.FetchedAt.IsZero() {
			o.FetchedAt = p.FetchedAt
		}
	}
	id, err := w.q.InsertOrigin(ctx, maindb.InsertOriginParams{Kind: string(o.Kind), Source: o.Source, Url: o.URL, Sha256: o.SHA256,
		Note: o.Note, FetchedAt: seconds(o.FetchedAt), PayloadID: o.PayloadID, PayloadLen: o.PayloadLen})
	if err != nil {
		return 0, failed(err, "write the origin")
	}
	w.origin = id
	return id, nil
}

// dropOrigins removes the origins of overwritten values on which nothing else rests. A provisional value is overwritten many times a
// day, and what it rested on before is as gone as the value itself.
func (w *batchWriter) dropOrigins(ctx context.Context) error {
	for id := range w.left {
		if err := w.q.DeleteOriginUnlessUsed(ctx, id); err != nil {
			return failed(err, "remove origin %d", id)
		}
	}
	return nil
}

// quarantine keeps what is held back, each value once, and settles entries whose period has been accepted by now.
func (w *batchWriter) quarantine(ctx context.Context, series int64, points []market.Point, held []market.Held, first, last int64) error {
	rows, err := w.q.HeldOfSeries(ctx, maindb.HeldOfSeriesParams{Series: series, First: first, Last: last})
	if err != nil {
		return failed(err, "read the quarantine")
	}
	accepted := make(map[int64]bool, len(points))
	for _, p := range points {
		accepted[periodKey(p.Period)] = true
	}
	for _, r := range rows {
		if r.SettledAt == nil && accepted[r.Period] {
			if err := w.q.SettleHeld(ctx, &w.now, r.ID); err != nil {
				return failed(err, "settle what was held back for %s", keyPeriod(r.Period))
			}
		}
	}
	for _, h := range held {
		w.held++
		if err := w.hold(ctx, series, h, rows); err != nil {
			return failed(err, "hold back %s", h.Period)
		}
	}
	return nil
}

func (w *batchWriter) hold(ctx context.Context, series int64, h market.Held, rows []maindb.HeldOfSeriesRow) error {
	value := &h.Value
	if math.IsNaN(h.Value) {
		value = nil
	}
	key := periodKey(h.Period)
	for _, r := range rows {
		if r.Period != key || !sameValue(r.Value, value) {
			continue
		}
		if r.SettledAt == nil {
			return nil
		}
		origin, err := w.restOn(ctx)
		if err != nil {
			return err
		}
		return w.q.HoldAgain(ctx, maindb.HoldAgainParams{Reason: h.Reason, Origin: origin, RecordedAt: w.now, ID: r.ID})
	}
	origin, err := w.restOn(ctx)
	if err != nil {
		return err
	}
	return w.q.InsertHeld(ctx, maindb.InsertHeldParams{Series: series, Period: key, Value: value, Reason: h.Reason,
		Origin: origin, RecordedAt: w.now})
}

func sameValue(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// ended is the run with its counts and its end.
func (w *batchWriter) ended(run market.Run) market.Run {
	if run.Outcome == "" || run.Outcome == market.Running {
		run.Outcome = market.Succeeded
	}
	if run.Ended.IsZero() {
		run.Ended = instant(w.now)
	}
	c := w.counts
	run.New, run.Revised, run.Provisional = c.fresh, c.revised, c.provisional
	run.Unchanged, run.Withdrawn, run.Held = c.unchanged, c.withdrawn, w.held
	return run
}

func (c *counts) add(d counts) {
	c.fresh += d.fresh
	c.revised += d.revised
	c.provisional += d.provisional
	c.unchanged += d.unchanged
	c.withdrawn += d.withdrawn
}

// putValidators keeps what the upstream said about the answer's freshness in place of what it said before.
func putValidators(ctx context.Context, q *maindb.Queries, b market.Batch, now int64) error {
	if b.URL == "" {
		return nil
	}
	return failed(q.PutValidators(ctx, maindb.PutValidatorsParams{Url: b.URL, Etag: b.Next.ETag, LastModified: b.Next.LastModified,
		UpdatedAt: now}), "write the validators")
}

// Validators are what the upstream said about its last answer from that URL; zero where there was none.
func (s *Store) Validators(ctx context.Context, url string) (market.Validators, error) {
	row, _, err := maybe(s.read.GetValidators(ctx, url))
	return market.Validators{ETag: row.Etag, LastModified: row.LastModified}, failed(err, "read the validators")
}
