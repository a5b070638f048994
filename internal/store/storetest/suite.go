package storetest

import (
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// Clock is a clock that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock that shows that time ("2026-02-10 08:00").
func NewClock(t testing.TB, at string) *Clock {
	c := &Clock{}
	c.Set(t, at)
	return c
}

// Now is the time the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to a time, which may be earlier than the one it shows.
func (c *Clock) Set(t testing.TB, at string) {
	t.Helper()
	c.SetTime(Time(t, at))
}

// SetTime is Set for a time that is computed.
func (c *Clock) SetTime(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Time reads "2026-02-10 08:00" as UTC.
func Time(t testing.TB, at string) time.Time {
	t.Helper()
	v, err := time.Parse("2006-01-02 15:04", at)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Opener opens the store that lies in a directory, creating it where there is none. The store must tell the time by the clock
// and otherwise have its defaults. The suite closes it.
type Opener func(t testing.TB, dir string, clock *Clock) Store

// test is one case; it gets a store of its own with two empty series, tvl and supply.
type test func(t *testing.T, h *harness)

// Run runs the suite.
func Run(t *testing.T, open Opener) {
	for _, group := range []struct {
		name  string
		tests map[string]test
	}{
		{"Catalogue", catalogueTests()},
		{"Observations", observationTests()},
		{"Quarantine", quarantineTests()},
		{"Runs", runTests()},
		{"Payloads", payloadTests()},
		{"Posts", postTests()},
		{"Laws", lawTests()},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, name := range slices.Sorted(maps.Keys(group.tests)) {
				t.Run(name, func(t *testing.T) { group.tests[name](t, newHarness(t, open)) })
			}
		})
	}
}

// harness is one open store with what tests do with it again and again.
type harness struct {
	Store
	clock *Clock
	dir   string
	open  Opener
}

const start = "2026-02-10 08:00"

func newHarness(t testing.TB, open Opener) *harness {
	h := &harness{clock: NewClock(t, start), dir: t.TempDir(), open: open}
	h.Store = open(t, h.dir, h.clock)
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	h.sync(t, series("tvl"), series("supply"))
	return h
}

// reopen closes the store and opens it again.
func (h *harness) reopen(t testing.TB) {
	t.Helper()
	if err := h.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	h.Store = h.open(t, h.dir, h.clock)
}

func (h *harness) sync(t testing.TB, all ...market.Series) {
	t.Helper()
	if err := h.SyncSeries(t.Context(), all); err != nil {
		t.Fatalf("sync: %v", err)
	}
}

func series(id string, renamedFrom ...string) market.Series {
	return market.Series{ID: id, Metric: "tvl", Subject: "defi", Source: "llama", Unit: unit.USD, Frequency: market.Daily, RenamedFrom: renamedFrom}
}

// final and provisional are points of a day, which may leave out the year and month ("10" is 2026-02-10).
func final(day string, value float64) market.Point {
	return market.Point{Period: period(day), Value: value, Status: market.Final}
}

func provisional(day string, value float64) market.Point {
	return market.Point{Period: period(day), Value: value, Status: market.Provisional}
}

func period(s string) market.Period {
	if s == "" {
		return market.Period{}
	}
	if len(s) == 2 {
		s = "2026-02-" + s
	}
	return market.MustPeriod(s)
}

// points is a batch of the points of one series.
func points(series string, p ...market.Point) market.Batch {
	return market.Batch{
		Run:    market.Run{Job: "job-" + series, Source: "llama"},
		Origin: market.Origin{Kind: market.FromPayload, Source: "llama", URL: "https://api.example/" + series},
		Points: []market.SeriesPoints{{Series: series, Points: p}},
	}
}

func (h *harness) commit(t testing.TB, b market.Batch) market.Run {
	t.Helper()
	if b.Run.Started.IsZero() {
		b.Run.Started = h.clock.Now()
	}
	run, err := h.CommitBatch(t.Context(), b)
	if err != nil {
		t.Fatalf("commit: %v", err)
	}
	return run
}

// values gives the values of a series as of a day ("" = now), by period.
func (h *harness) values(t testing.TB, series, asOf string) map[string]float64 {
	t.Helper()
	values := map[string]float64{}
	for _, o := range h.observations(t, series, market.ObservationQuery{AsOf: period(asOf)}) {
		values[o.Period.String()] = o.Value
	}
	return values
}

func (h *harness) observations(t testing.TB, series string, q market.ObservationQuery) []market.Observation {
	t.Helper()
	obs, err := h.Observations(t.Context(), series, q)
	if err != nil {
		t.Fatalf("observations of %s: %v", series, err)
	}
	return obs
}

// tally is the counts of a run.
type tally struct{ New, Revised, Provisional, Unchanged, Withdrawn, Held int }

func tallyOf(r market.Run) tally {
	return tally{r.New, r.Revised, r.Provisional, r.Unchanged, r.Withdrawn, r.Held}
}

func same[T any](t testing.TB, what string, got, want T, opts ...cmp.Option) {
	t.Helper()
	opts = append(opts, cmpopts.EquateEmpty(), cmpopts.EquateNaNs(), cmp.Comparer(func(a, b market.Period) bool { return a == b }))
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
