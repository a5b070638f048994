package app

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"beleg/internal/catalog"
	"beleg/internal/collect"
	"beleg/internal/fetch"
	"beleg/internal/source/defillama"
	"beleg/internal/source/simulated"
	"beleg/internal/store/sqlite"
)

// rig is a collector over the generator and a fresh store, with a clock that the benchmark moves.
type rig struct {
	*collect.Collector
	store *sqlite.Store
	mu    sync.Mutex
	now   time.Time
}

func (r *rig) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

func (r *rig) set(t time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = t
}

func newRig(b *testing.B, now time.Time) *rig {
	b.Helper()
	r := &rig{now: now}
	cat, err := catalog.Open("")
	if err != nil {
		b.Fatal(err)
	}
	if r.store, err = sqlite.Open(b.Context(), sqlite.Config{Path: filepath.Join(b.TempDir(), "beleg.db"), Now: r.Now}); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.store.Close() })
	if err := r.store.SyncSeries(b.Context(), cat.AllSeries()); err != nil {
		b.Fatal(err)
	}
	up := simulated.New(simulated.Options{Now: r.Now, FailFor: -1})
	client, err := fetch.New(fetch.Config{Clock: r.Now, Transport: up.Transport(), Retries: -1})
	if err != nil {
		b.Fatal(err)
	}
	r.Collector = collect.New(collect.Config{Catalog: cat, Store: r.store, Fetcher: client, Now: r.Now, Log: slog.New(slog.DiscardHandler),
		Sources: map[string]collect.Source{defillama.ID: defillama.New(defillama.DefaultHosts())}})
	return r
}

// BenchmarkBackfill collects the whole history, five years, of all series of the catalogue from the generator in the
// process, without a pace. "peak_MB" is the most heap in use while doing so, the generator's included.
func BenchmarkBackfill(b *testing.B) {
	var peak uint64
	points := 0
	for b.Loop() {
		b.StopTimer()
		r := newRig(b, time.Date(2026, 2, 12, 9, 30, 0, 0, time.UTC))
		runtime.GC()
		stop := watchHeap(&peak)
		b.StartTimer()
		runs, err := r.Run(b.Context(), r.Catalog.Jobs(), collect.Options{Backfill: true})
		b.StopTimer()
		stop()
		if err != nil {
			b.Fatal(err)
		}
		points = 0
		for _, run := range runs {
			points += run.New
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(points), "points")
	b.ReportMetric(float64(peak)/1e6, "peak_MB")
}

// watchHeap keeps the largest heap in use until stop is called.
func watchHeap(peak *uint64) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			*peak = max(*peak, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// BenchmarkYearOfCollecting runs the catalogue's own schedule for a month and gives what the files grow by in a year.
// The first backfill is not counted.
func BenchmarkYearOfCollecting(b *testing.B) {
	const days = 30
	start := time.Date(2026, 2, 12, 0, 5, 0, 0, time.UTC)
	var data, payloads, runs float64
	for b.Loop() {
		r := newRig(b, start)
		if _, err := r.Run(b.Context(), r.Catalog.Jobs(), collect.Options{}); err != nil {
			b.Fatal(err)
		}
		data0, payloads0, err := r.store.Size(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		count := 0
		for at := start; at.Before(start.AddDate(0, 0, days)); at = at.Add(10 * time.Minute) {
			r.set(at)
			jobs, err := r.Due(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			if len(jobs) == 0 {
				continue
			}
			if _, err := r.Run(b.Context(), jobs, collect.Options{}); err != nil {
				b.Fatal(err)
			}
			count += len(jobs)
		}
		data1, payloads1, err := r.store.Size(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		const scale = 365.0 / days / 1e6
		data, payloads, runs = float64(data1-data0)*scale, float64(payloads1-payloads0)*scale, float64(count)*365/days
	}
	b.ReportMetric(data, "data_MB/year")
	b.ReportMetric(payloads, "answers_MB/year")
	b.ReportMetric(runs, "runs/year")
}

// BenchmarkStart is the time from the start of `beleg serve`, with the bundled catalogue and posts and a database that
// exists, to the first 200 of /readyz.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		listener, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		addr := listener.Addr().String()
		if err := listener.Close(); err != nil {
			b.Fatal(err)
		}
		env := &Env{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}
		ctx, cancel := context.WithCancel(b.Context())
		ended := make(chan int, 1)
		go func() {
			ended <- Main(ctx, []string{"--db", filepath.Join(dir, "beleg.db"), "--log-level", "error", "serve", "--no-collect", "--addr", addr}, env)
		}()
		for {
			if code, _ := fetchText("http://" + addr + "/readyz"); code == http.StatusOK {
				break
			}
			time.Sleep(time.Millisecond)
		}
		b.StopTimer()
		cancel()
		if code := <-ended; code != ExitOK {
			b.Fatalf("exit %d", code)
		}
		b.StartTimer()
	}
}
