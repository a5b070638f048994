package collect_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/catalog"
	"beleg/internal/collect"
	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
	"beleg/internal/source/defillama/fake"
	"beleg/internal/store/sqlite"
)

// clock is a time that tests set.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// bench is a collector between a fake upstream and a real store.
type bench struct {
	*collect.Collector
	clock *clock
	up    *fake.Upstream
	data  *fake.Table
	store *sqlite.Store
	cat   *catalog.Catalog
}

var start = time.Date(2026, 2, 10, 9, 30, 0, 0, time.UTC)

// chain is a key of the fake's table.
func chain(name string) fake.Key { return fake.Key{Kind: fake.ChainTVL, Name: name} }

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{clock: &clock{now: start}, data: fake.NewTable()}
	b.up = fake.New(fake.Options{Data: b.data, Now: b.clock.Now})
	var err error
	if b.cat, err = catalog.Open(""); err != nil {
		t.Fatal(err)
	}
	b.store, err = sqlite.Open(t.Context(), sqlite.Config{Path: filepath.Join(t.TempDir(), "beleg.db"), Now: b.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := b.store.SyncSeries(t.Context(), b.cat.AllSeries()); err != nil {
		t.Fatal(err)
	}
	client, err := fetch.New(fetch.Config{Clock: b.clock.Now, Transport: b.up.Transport(), Retries: -1,
		Wait: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	b.Collector = collect.New(collect.Config{Catalog: b.cat, Store: b.store, Fetcher: client, Now: b.clock.Now,
		Sources: map[string]collect.Source{defillama.ID: defillama.New(fake.Hosts("http://defillama.test"))},
		Log:     slog.New(slog.DiscardHandler)})
	return b
}

func (b *bench) job(t *testing.T, id string) market.Job {
	t.Helper()
	j, err := b.Job(id)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// run runs one job and gives its run.
func (b *bench) run(t *testing.T, id string, opt collect.Options) (market.Run, error) {
	t.Helper()
	runs, err := b.Run(t.Context(), []market.Job{b.job(t, id)}, opt)
	if len(runs) != 1 {
		t.Fatalf("%d runs, want 1 (%v)", len(runs), err)
	}
	return runs[0], err
}

// values are the current values of a series by day.
func (b *bench) values(t *testing.T, series string, q market.ObservationQuery) map[string]float64 {
	t.Helper()
	obs, err := b.store.Observations(t.Context(), series, q)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, o := range obs {
		got[o.Period.String()] = o.Value
	}
	return got
}

// set gives a chain one value a day, the last of them today.
func (b *bench) set(name string, values ...float64) {
	b.data.Set(chain(name), daily(b.clock.Now(), values...))
}

// daily are values of the days up to that of now, which has the last.
func daily(now time.Time, values ...float64) []fake.Point {
	today := market.DayOf(now)
	points := make([]fake.Point, len(values))
	for i, v := range values {
		points[i] = fake.Point{At: today.AddDays(i - len(values) + 1).Start(), Value: v}
	}
	return points
}

func TestCollectKeepsWhatTheUpstreamSays(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9, 7.1e9, 7.2e9, 7.3e9)

	run, err := b.run(t, "solana-tvl", collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if run.Outcome != market.Succeeded || run.New != 4 {
		t.Errorf("run = %+v, want 4 new", run)
	}
	want := map[string]float64{"2026-02-07": 7e9, "2026-02-08": 7.1e9, "2026-02-09": 7.2e9, "2026-02-10": 7.3e9}
	if diff := cmp.Diff(want, b.values(t, "solana-tvl", market.ObservationQuery{})); diff != "" {
		t.Error(diff)
	}

	again, err := b.run(t, "solana-tvl", collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if again.Outcome != market.NotModified {
		t.Errorf("the same answer again: outcome %s, want not-modified", again.Outcome)
	}
}

func TestCollectKeepsRevisions(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9, 7.1e9, 7.2e9, 7.3e9)
	if _, err := b.run(t, "solana-tvl", collect.Options{}); err != nil {
		t.Fatal(err)
	}
	b.clock.Add(24 * time.Hour)
	b.set("Solana", 7e9, 7.5e9, 7.2e9, 7.3e9, 7.4e9)
	run, err := b.run(t, "solana-tvl", collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if run.Revised != 1 || run.New != 1 {
		t.Errorf("run = %+v, want one revised and one new", run)
	}
	day := market.MustPeriod("2026-02-08")
	only := market.ObservationQuery{From: day, To: day}
	if got := b.values(t, "solana-tvl", only)["2026-02-08"]; got != 7.5e9 {
		t.Errorf("now = %g, want 7.5e9", got)
	}
	only.AsOf = market.MustPeriod("2026-02-10")
	if got := b.values(t, "solana-tvl", only)["2026-02-08"]; got != 7.1e9 {
		t.Errorf("as of the day before = %g, want 7.1e9", got)
	}
}

func TestCollectFailures(t *testing.T) {
	tests := []struct {
		name  string
		fault fake.Fault
		want  string // in the error
	}{
		{"HTML in a 200", fake.Page(), "JSON"},
		{"429 with HTML", fake.TooManyRequestsPage("90"), "429"},
		{"500", fake.InternalError(), "500"},
		{"empty body", fake.Empty(), "empty"},
		{"truncated body", fake.Truncated(), "broken off after"},
		{"an error object", fake.ErrorObject("throttled"), `historicalChainTvl: upstream reports an error: "throttled"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.set("Solana", 7e9, 7.1e9)
			if _, err := b.run(t, "solana-tvl", collect.Options{}); err != nil {
				t.Fatal(err)
			}
			before := b.values(t, "solana-tvl", market.ObservationQuery{})
			b.clock.Add(24 * time.Hour)
			b.set("Solana", 7e9, 7.1e9, 7.2e9)
			b.up.Fail("/v2/historicalChainTvl/Solana", tt.fault, 1)

			run, err := b.run(t, "solana-tvl", collect.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v does not say %q", err, tt.want)
			}
			if run.Outcome != market.Failed || run.Message == "" {
				t.Errorf("run = %+v, want failed with a message", run)
			}
			if diff := cmp.Diff(before, b.values(t, "solana-tvl", market.ObservationQuery{})); diff != "" {
				t.Errorf("what was there changed: %s", diff)
			}
			if run, err := b.run(t, "solana-tvl", collect.Options{}); err != nil || run.New != 1 {
				t.Errorf("afterwards: %+v, %v; want the new value", run, err)
			}
		})
	}
}

func TestHangingUpstreamEndsWithTheJobsTimeout(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9)
	b.up.Fail("/v2/historicalChainTvl/Solana", fake.Hanging(), 1)
	job := b.job(t, "solana-tvl")
	job.Timeout = 50 * time.Millisecond
	runs, err := b.Run(t.Context(), []market.Job{job}, collect.Options{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want a deadline", err)
	}
	if runs[0].Outcome != market.Failed {
		t.Errorf("outcome = %s, want failed", runs[0].Outcome)
	}
}

func TestStopWhileRunningLeavesAnInterruptedRun(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9)
	b.up.Fail("/v2/historicalChainTvl/Solana", fake.Hanging(), 1)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := b.Run(ctx, []market.Job{b.job(t, "solana-tvl")}, collect.Options{}); err == nil {
		t.Error("no error after a stop")
	}
	runs, err := b.store.Runs(t.Context(), market.RunQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(runs) != 1 || runs[0].Outcome != market.Interrupted || runs[0].Ended.IsZero() {
		t.Errorf("runs = %+v, want one that was interrupted and has ended", runs)
	}
	due, err := b.Due(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !hasJob(due, "solana-tvl") {
		t.Error("an interrupted job is not due at once")
	}
}

func hasJob(jobs []market.Job, id string) bool {
	for _, j := range jobs {
		if j.ID == id {
			return true
		}
	}
	return false
}

func TestDue(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9, 7.1e9)
	due := func() bool {
		t.Helper()
		jobs, err := b.Due(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return hasJob(jobs, "solana-tvl")
	}
	if !due() {
		t.Error("a job that never ran is not due")
	}
	if _, err := b.run(t, "solana-tvl", collect.Options{}); err != nil {
		t.Fatal(err)
	}
	if due() {
		t.Error("due again right after a run")
	}
	b.clock.Add(24 * time.Hour)
	if !due() {
		t.Error("not due a day later")
	}

	b.up.Fail("/v2/historicalChainTvl/Solana", fake.InternalError(), 2)
	for _, wait := range []time.Duration{5 * time.Minute, 10 * time.Minute} {
		if _, err := b.run(t, "solana-tvl", collect.Options{}); err == nil {
			t.Fatal("the fault did not work")
		}
		b.clock.Add(wait - time.Second)
		if due() {
			t.Errorf("due before %s after a failure", wait)
		}
		b.clock.Add(time.Second)
		if !due() {
			t.Errorf("not due %s after a failure", wait)
		}
	}
}

func TestRetryAfterKeepsTheWholeSourceQuiet(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9)
	b.up.Fail("/v2/historicalChainTvl/Solana", fake.TooManyRequests("1200"), 1)
	if _, err := b.run(t, "solana-tvl", collect.Options{}); err == nil {
		t.Fatal("the fault did not work")
	}
	b.clock.Add(19 * time.Minute)
	if jobs, err := b.Due(t.Context()); err != nil || len(jobs) > 0 {
		t.Errorf("%d jobs due within Retry-After (%v)", len(jobs), err)
	}
	b.clock.Add(2 * time.Minute)
	if jobs, err := b.Due(t.Context()); err != nil || !hasJob(jobs, "solana-tvl") || !hasJob(jobs, "ethereum-tvl") {
		t.Errorf("%d jobs due after Retry-After (%v), want all of the source", len(jobs), err)
	}
}

func TestFailureOfOneJobDoesNotStopTheOthers(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9)
	b.set("Base", 4e9)
	b.up.Fail("/v2/historicalChainTvl/Solana", fake.InternalError(), 1)
	var events []string
	runs, err := b.Run(t.Context(), []market.Job{b.job(t, "solana-tvl"), b.job(t, "base-tvl")}, collect.Options{
		Progress: func(e collect.Event) { events = append(events, e.Run.Job) }})
	if err == nil || !strings.Contains(err.Error(), "solana-tvl") {
		t.Errorf("error %v does not name the job", err)
	}
	if len(runs) != 2 || len(events) != 2 {
		t.Errorf("%d runs, %d events, want 2 of each", len(runs), len(events))
	}
	if got := b.values(t, "base-tvl", market.ObservationQuery{}); len(got) != 1 {
		t.Errorf("the other job kept %v", got)
	}
}

func TestBackfillThenLightRequest(t *testing.T) {
	b := newBench(t)
	lido := fake.Key{Kind: fake.ProtocolTVL, Name: "lido"}
	values := make([]float64, 30)
	for i := range values {
		values[i] = 3e10 + float64(i)*1e8
	}
	b.data.Set(lido, daily(b.clock.Now(), values...))
	run, err := b.run(t, "lido-tvl", collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !run.Backfill || run.New < 29 {
		t.Errorf("first run = %+v, want a backfill of 30 days", run)
	}
	b.clock.Add(24 * time.Hour)
	b.data.Set(lido, daily(b.clock.Now(), append(values, 3.4e10)...))
	if run, err = b.run(t, "lido-tvl", collect.Options{}); err != nil {
		t.Fatal(err)
	}
	if run.Backfill {
		t.Error("the second run asked for the whole history again")
	}
	if last := b.up.Requests()[len(b.up.Requests())-1].Path; !strings.HasPrefix(last, "/tvl/") {
		t.Errorf("the second run asked %s, want the light endpoint", last)
	}
	if got := b.values(t, "lido-tvl", market.ObservationQuery{})["2026-02-11"]; got != 3.4e10 {
		t.Errorf("today = %g, want 3.4e10", got)
	}
	if run, err = b.run(t, "lido-tvl", collect.Options{Backfill: true}); err != nil || !run.Backfill {
		t.Errorf("asked to backfill: %+v, %v", run, err)
	}
}

// A light request states the present; the level at 00:00 and what was revised come with the history, read again each week.
func TestLightRequestsAreSettledByTheHistory(t *testing.T) {
	b := newBench(t)
	lido := fake.Key{Kind: fake.ProtocolTVL, Name: "lido"}
	b.data.Set(lido, daily(b.clock.Now(), 3e10, 3.1e10))
	if _, err := b.run(t, "lido-tvl", collect.Options{}); err != nil {
		t.Fatal(err)
	}
	values := []float64{3e10, 3.1e10}
	for range 8 {
		b.clock.Add(24 * time.Hour)
		values = append(values, 3.2e10)
		b.data.Set(lido, daily(b.clock.Now(), values...))
		if _, err := b.run(t, "lido-tvl", collect.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	obs, err := b.store.Observations(t.Context(), "lido-tvl", market.ObservationQuery{})
	if err != nil {
		t.Fatal(err)
	}
	today := market.DayOf(b.clock.Now())
	for _, o := range obs {
		if o.Status != market.Final && o.Period.Before(today.AddDays(-1)) {
			t.Errorf("%s is still %s after the history was read again", o.Period, o.Status)
		}
	}
}

func TestSinceLeavesOutOlderPoints(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9, 7.1e9, 7.2e9, 7.3e9)
	if _, err := b.run(t, "solana-tvl", collect.Options{Since: market.MustPeriod("2026-02-09")}); err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"2026-02-09": 7.2e9, "2026-02-10": 7.3e9}
	if diff := cmp.Diff(want, b.values(t, "solana-tvl", market.ObservationQuery{})); diff != "" {
		t.Error(diff)
	}
}

func TestHeldValuesAreNoValues(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9, 7e15, 7.2e9)
	run, err := b.run(t, "solana-tvl", collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if run.Held != 1 {
		t.Errorf("run = %+v, want one held", run)
	}
	want := map[string]float64{"2026-02-08": 7e9, "2026-02-10": 7.2e9}
	if diff := cmp.Diff(want, b.values(t, "solana-tvl", market.ObservationQuery{})); diff != "" {
		t.Error(diff)
	}
	held, err := b.store.Quarantine(t.Context(), "solana-tvl", 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(held) != 1 || held[0].Period.String() != "2026-02-09" || !strings.Contains(held[0].Reason, "greatest plausible") {
		t.Errorf("quarantine = %+v", held)
	}
	b.clock.Add(time.Hour)
	b.set("Solana", 7e9, 7e15, 7.3e9)
	if _, err := b.run(t, "solana-tvl", collect.Options{}); err != nil {
		t.Fatal(err)
	}
	if held, err = b.store.Quarantine(t.Context(), "solana-tvl", 10); err != nil || len(held) != 1 {
		t.Errorf("the same implausible value again: %d held (%v), want it once", len(held), err)
	}
}

func TestUnknownJob(t *testing.T) {
	b := newBench(t)
	if _, err := b.Job("nonsense"); !errors.Is(err, collect.ErrUnknownJob) || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("error = %v, want ErrUnknownJob naming it", err)
	}
}

func TestScheduleCollectsAtOnceAndStops(t *testing.T) {
	b := newBench(t)
	b.set("Solana", 7e9)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Schedule(ctx) }()
	deadline := time.Now().Add(10 * time.Second)
	for len(b.values(t, "solana-tvl", market.ObservationQuery{})) == 0 {
		if time.Now().After(deadline) {
			t.Fatal("nothing was collected")
		}
		time.Sleep(5 * time.Millisecond)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the scheduler did not stop")
	}
}

// The jobs of the built-in catalogue can all be asked.
func TestCatalogueJobsCanBeAsked(t *testing.T) {
	cat, err := catalog.Open("")
	if err != nil {
		t.Fatal(err)
	}
	src := defillama.New(defillama.DefaultHosts())
	for _, job := range cat.Jobs() {
		for _, r := range []*market.Request{&job.Request, job.Backfill} {
			if r == nil {
				continue
			}
			req, err := src.Build(*r)
			if err != nil {
				t.Errorf("job %s: %v", job.ID, err)
				continue
			}
			if _, err := http.NewRequestWithContext(t.Context(), http.MethodGet, req.URL, nil); err != nil {
				t.Errorf("job %s: %v", job.ID, err)
			}
			for _, sel := range job.Series {
				if err := src.Check(*r, sel); err != nil {
					t.Errorf("job %s: %v", job.ID, err)
				}
			}
		}
	}
}
