package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"beleg/internal/market"
)

func runTests() map[string]test {
	return map[string]test{
		"StartAndEnd":      startAndEnd,
		"CommitEndsTheRun": commitEndsTheRun,
		"EndedOnce":        endedOnce,
		"Interrupted":      interrupted,
		"JobStates":        jobStates,
		"Lists":            runLists,
		"Validators":       validators,
		"Cancelled":        cancelledCommit,
		"ManySeriesAtOnce": manySeries,
		"ImportWithoutRun": importWithoutRun,
		"RefusedIsNothing": refusedIsNothing,
		"Generation":       generation,
	}
}

func (h *harness) start(t testing.TB, job string) market.Run {
	t.Helper()
	run := market.Run{Job: job, Source: "llama", Started: h.clock.Now(), Outcome: market.Running}
	id, err := h.StartRun(t.Context(), run)
	check(t, err)
	run.ID = id
	return run
}

func (h *harness) end(t testing.TB, run market.Run, outcome market.Outcome) {
	t.Helper()
	run.Outcome, run.Ended = outcome, h.clock.Now()
	check(t, h.EndRun(t.Context(), run))
}

func (h *harness) runs(t testing.TB, q market.RunQuery) []market.Run {
	t.Helper()
	runs, err := h.Runs(t.Context(), q)
	check(t, err)
	return runs
}

func startAndEnd(t *testing.T, h *harness) {
	run := market.Run{Job: "j", Source: "llama", Started: h.clock.Now(), Outcome: market.Running, Backfill: true}
	id, err := h.StartRun(t.Context(), run)
	check(t, err)
	run.ID = id
	same(t, "while it runs", h.runs(t, market.RunQuery{}), []market.Run{run})
	h.clock.Set(t, "2026-02-10 08:05")
	run.Outcome, run.Ended, run.Message, run.Bytes = market.Failed, h.clock.Now(), "429 from api.example", 17
	check(t, h.EndRun(t.Context(), run))
	same(t, "once it failed", h.runs(t, market.RunQuery{}), []market.Run{run})
}

func commitEndsTheRun(t *testing.T, h *harness) {
	run := h.start(t, "j")
	h.clock.Set(t, "2026-02-10 08:01")
	b := points("tvl", final("08", 8), final("09", 9))
	b.Points[0].Held = []market.Held{held("07", 7e9)}
	b.Run, b.Run.Bytes = run, 1000
	got := h.commit(t, b)
	want := run
	want.Outcome, want.Ended, want.Bytes, want.New, want.Held = market.Succeeded, h.clock.Now(), 1000, 2, 1
	same(t, "run", got, want)
	same(t, "stored run", h.runs(t, market.RunQuery{}), []market.Run{want})
}

func endedOnce(t *testing.T, h *harness) {
	b := points("tvl", final("09", 9))
	b.Run = h.start(t, "j")
	h.commit(t, b)
	if _, err := h.CommitBatch(t.Context(), b); err == nil {
		t.Error("a batch was committed for a run that had ended")
	}
	b.Run.Outcome = market.Failed
	if err := h.EndRun(t.Context(), b.Run); err == nil {
		t.Error("a run ended twice")
	}
	b.Run.ID = 4711
	if err := h.EndRun(t.Context(), b.Run); !errors.Is(err, market.ErrNotFound) {
		t.Errorf("end of an unknown run: %v", err)
	}
	if got := h.runs(t, market.RunQuery{}); len(got) != 1 || got[0].Outcome != market.Succeeded {
		t.Errorf("runs: %+v", got)
	}
}

func interrupted(t *testing.T, h *harness) {
	b := points("tvl", final("09", 9))
	b.Run = h.start(t, "a")
	h.end(t, h.start(t, "b"), market.Failed)
	h.reopen(t)
	h.clock.Set(t, "2026-02-10 09:00")
	n, err := h.InterruptRuns(t.Context())
	check(t, err)
	same(t, "interrupted", n, 1)
	got := h.runs(t, market.RunQuery{Job: "a"})[0]
	if got.Outcome != market.Interrupted || got.Message == "" || !got.Ended.Equal(h.clock.Now()) {
		t.Errorf("interrupted run: %+v", got)
	}
	n, err = h.InterruptRuns(t.Context())
	check(t, err)
	same(t, "interrupted again", n, 0)

	h.commit(t, b) // it was alive after all
	if got := h.runs(t, market.RunQuery{Job: "a"})[0]; got.Outcome != market.Succeeded || got.New != 1 {
		t.Errorf("a run that ended after it was declared interrupted: %+v", got)
	}
}

func jobStates(t *testing.T, h *harness) {
	good := points("tvl", final("09", 9))
	good.Run = market.Run{Job: "flaky", Source: "llama", Started: h.clock.Now(), Backfill: true}
	h.commit(t, good)
	for range 2 {
		h.clock.SetTime(h.clock.Now().Add(time.Hour))
		run := h.start(t, "flaky")
		run.Message = "500 from api.example"
		h.end(t, run, market.Failed)
	}
	h.clock.SetTime(h.clock.Now().Add(time.Hour))
	h.end(t, h.start(t, "flaky"), market.Interrupted)
	h.end(t, h.start(t, "steady"), market.Failed)
	h.clock.SetTime(h.clock.Now().Add(time.Hour))
	h.end(t, h.start(t, "steady"), market.NotModified)
	h.start(t, "running")

	got, err := h.JobStates(t.Context())
	check(t, err)
	at := func(hours int) time.Time { return Time(t, start).Add(time.Duration(hours) * time.Hour) }
	same(t, "states", got, map[string]market.JobState{
		"flaky":   {Job: "flaky", LastAttempt: at(3), LastSuccess: at(0), Failures: 2, LastBackfill: at(0), Outcome: market.Interrupted},
		"steady":  {Job: "steady", LastAttempt: at(4), LastSuccess: at(4), Outcome: market.NotModified},
		"running": {Job: "running", LastAttempt: at(4), Outcome: market.Running},
	})
}

func runLists(t *testing.T, h *harness) {
	var all []int64
	for _, job := range []string{"a", "b", "a", "b", "a"} {
		run := h.start(t, job)
		h.end(t, run, market.Failed)
		all = append(all, run.ID)
	}
	other := market.Run{Job: "c", Source: "other", Started: h.clock.Now()}
	id, err := h.StartRun(t.Context(), other)
	check(t, err)
	all = append(all, id)
	for _, c := range []struct {
		name  string
		query market.RunQuery
		want  []int64
	}{
		{"All", market.RunQuery{}, []int64{all[5], all[4], all[3], all[2], all[1], all[0]}},
		{"Job", market.RunQuery{Job: "a"}, []int64{all[4], all[2], all[0]}},
		{"Source", market.RunQuery{Source: "other"}, []int64{all[5]}},
		{"JobOfAnotherSource", market.RunQuery{Source: "other", Job: "a"}, nil},
		{"Limit", market.RunQuery{Limit: 2}, []int64{all[5], all[4]}},
		{"NextPage", market.RunQuery{Limit: 2, Before: all[4]}, []int64{all[3], all[2]}},
	} {
		var got []int64
		for _, r := range h.runs(t, c.query) {
			got = append(got, r.ID)
		}
		same(t, c.name, got, c.want)
	}
}

func validators(t *testing.T, h *harness) {
	read := func(url string) market.Validators {
		v, err := h.Validators(t.Context(), url)
		check(t, err)
		return v
	}
	same(t, "before the first answer", read("u"), market.Validators{})
	b := points("tvl", final("09", 1))
	b.URL, b.Next = "u", market.Validators{ETag: `"1"`, LastModified: "Tue, 10 Feb 2026 08:00:00 GMT"}
	h.commit(t, b)
	same(t, "after it", read("u"), b.Next)
	b.Next = market.Validators{ETag: `"2"`}
	h.commit(t, b)
	same(t, "after the next", read("u"), b.Next)
	b.Next = market.Validators{}
	h.commit(t, b)
	same(t, "after one without", read("u"), market.Validators{})
}

func cancelledCommit(t *testing.T, h *harness) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.CommitBatch(ctx, points("tvl", final("09", 1))); !errors.Is(err, context.Canceled) {
		t.Errorf("a commit with a cancelled context: %v", err)
	}
	same(t, "values", h.values(t, "tvl", ""), known{})
	same(t, "runs", len(h.runs(t, market.RunQuery{})), 0)
}

func manySeries(t *testing.T, h *harness) {
	b := points("tvl", final("09", 1))
	b.Points = append(b.Points, market.SeriesPoints{Series: "supply", Points: []market.Point{final("09", 2), final("08", 3)}},
		market.SeriesPoints{Series: "tvl", Points: []market.Point{final("10", 4)}})
	same(t, "counts", tallyOf(h.commit(t, b)), tally{New: 4})
	same(t, "of the first", h.values(t, "tvl", ""), known{"2026-02-09": 1, "2026-02-10": 4})
	same(t, "of the second", h.values(t, "supply", ""), known{"2026-02-09": 2, "2026-02-08": 3})
}

func importWithoutRun(t *testing.T, h *harness) {
	b := points("tvl", final("2020-01-01", 1))
	b.Run = market.Run{Job: "import", Source: "file", Started: h.clock.Now()}
	b.Origin = market.Origin{Kind: market.FromImport, Source: "file", Note: "tvl.csv", SHA256: "00ff", FetchedAt: h.clock.Now()}
	run := h.commit(t, b)
	if run.ID == 0 || run.Outcome != market.Succeeded {
		t.Errorf("run: %+v", run)
	}
	obs := h.observations(t, "tvl", market.ObservationQuery{})
	got, err := h.Origins(t.Context(), obs[0].Origin, obs[0].Origin, 4711)
	check(t, err)
	b.Origin.ID = obs[0].Origin
	same(t, "origins", got, map[int64]market.Origin{obs[0].Origin: b.Origin})
}

// refusedIsNothing commits a batch whose second series is unknown.
func refusedIsNothing(t *testing.T, h *harness) {
	b := points("tvl", final("09", 1))
	b.Run = h.start(t, "j")
	b.Payload = payload("u", "body")
	b.URL, b.Next = "u", market.Validators{ETag: "1"}
	b.Points = append(b.Points, market.SeriesPoints{Series: "nope", Points: []market.Point{final("09", 2)}})
	if _, err := h.CommitBatch(t.Context(), b); err == nil {
		t.Fatal("a batch with an unknown series was stored")
	}
	same(t, "values", h.values(t, "tvl", ""), known{})
	same(t, "the run goes on", h.runs(t, market.RunQuery{}), []market.Run{b.Run}, cmpopts.IgnoreFields(market.Run{}, "Message"))
	v, err := h.Validators(t.Context(), "u")
	check(t, err)
	same(t, "validators", v, market.Validators{})
}

func generation(t *testing.T, h *harness) {
	read := func() int64 {
		g, err := h.Generation(t.Context())
		check(t, err)
		return g
	}
	begin := read()
	h.values(t, "tvl", "")
	same(t, "after reading", read(), begin)
	h.commit(t, points("tvl", final("09", 1)))
	committed := read()
	if committed == begin {
		t.Error("a commit left the generation as it was")
	}
	other := h.open(t, h.dir, h.clock)
	_, err := other.PutPost(t.Context(), post("a"), nil)
	check(t, err)
	check(t, other.Close())
	if read() == committed {
		t.Error("a commit by another process left the generation as it was")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Generation(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("a question nobody waits for: %v", err)
	}
	read() // the next one is answered
}
