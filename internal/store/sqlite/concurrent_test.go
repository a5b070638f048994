package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"beleg/internal/market"
	"beleg/internal/store/sqlite"
)

// TestReadersSeeWholeBatches has readers at work while batches give every value of a series another number: what is read together
// was written together.
func TestReadersSeeWholeBatches(t *testing.T) {
	s, err := openAt(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				obs, err := s.Observations(context.WithoutCancel(ctx), "a", market.ObservationQuery{})
				if err != nil {
					t.Errorf("read while writing: %v", err)
					return
				}
				for _, o := range obs {
					if o.Value != obs[0].Value {
						t.Errorf("%s is %v and %s is %v: two batches at once", obs[0].Period, obs[0].Value, o.Period, o.Value)
						return
					}
				}
			}
		})
	}
	for n := range 60 {
		if _, err := s.CommitBatch(ctx, uniform(n)); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	readers.Wait()
}

// uniform is a batch that gives twenty days the same number.
func uniform(n int) market.Batch {
	b := market.Batch{Run: market.Run{Job: "j", Source: "s", Started: killTime(0)}, Origin: market.Origin{Kind: market.FromImport},
		Points: []market.SeriesPoints{{Series: "a"}}}
	for day := range 20 {
		b.Points[0].Points = append(b.Points[0].Points, market.Point{Period: market.DayNumber(killDay + day), Value: float64(n), Status: market.Final})
	}
	return b
}

// TestManyProcessesCreate has several stores make the same files at the same time.
func TestManyProcessesCreate(t *testing.T) {
	for range 10 {
		dir := t.TempDir()
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				s, err := openAt(dir, 0)
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}

// TestTwoProcessesWrite has two stores on the same files write at the same time, as the server and a command would.
func TestTwoProcessesWrite(t *testing.T) {
	const each = 25
	dir := t.TempDir()
	var all sync.WaitGroup
	for p := range 2 {
		all.Go(func() {
			s, err := openAt(dir, 0) // both create it
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			for n := range each {
				b := killBatch(0)
				b.Points = b.Points[:1]
				b.Points[0].Points = []market.Point{{Period: market.DayNumber(killDay + p*each + n), Value: 1, Status: market.Final}}
				if _, err := s.CommitBatch(t.Context(), b); err != nil {
					t.Errorf("commit: %v", err)
				}
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: filepath.Join(dir, "beleg.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // reading only
	obs, err := s.Observations(t.Context(), "a", market.ObservationQuery{})
	if err != nil || len(obs) != 2*each {
		t.Errorf("%d values of %d are there, %v", len(obs), 2*each, err)
	}
}

// TestCommitCancelledWhileWaiting commits with a deadline while another process holds the lock.
func TestCommitCancelledWhileWaiting(t *testing.T) {
	dir := t.TempDir()
	s, err := openAt(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	lock(t, filepath.Join(dir, "beleg.db"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err = s.CommitBatch(ctx, uniform(1))
	if err == nil || time.Since(begun) > sqlite.DefaultBusyTimeout/2 {
		t.Errorf("commit came back after %s with %v", time.Since(begun), err)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("commit past its deadline gave %v", err)
	}
}
