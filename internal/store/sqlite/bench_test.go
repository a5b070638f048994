package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"beleg/internal/market"
	"beleg/internal/store/sqlite"
)

const (
	benchSeries = 20
	benchDays   = 1826
	benchFirst  = 19_000
)

func benchStore(b *testing.B, dir string, day int) *sqlite.Store {
	b.Helper()
	s, err := sqlite.Open(b.Context(), sqlite.Config{Path: filepath.Join(dir, "beleg.db"),
		Now: func() time.Time { return market.DayNumber(benchFirst + day).Start().Add(time.Hour) }})
	if err != nil {
		b.Fatal(err)
	}
	var all []market.Series
	for i := range benchSeries {
		all = append(all, market.Series{ID: fmt.Sprintf("s%d", i), Source: "s"})
	}
	if err := s.SyncSeries(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	return s
}

// benchBatch is five years of one series; restated is added to each value.
func benchBatch(i int, restated float64) market.Batch {
	sp := market.SeriesPoints{Series: fmt.Sprintf("s%d", i), Tolerance: 1e-9, Complete: true}
	for day := range benchDays {
		sp.Points = append(sp.Points, market.Point{Period: market.DayNumber(benchFirst + day), Value: 1e9 + float64(day*i) + restated, Status: market.Final})
	}
	return market.Batch{Run: market.Run{Job: sp.Series, Source: "s", Started: time.Unix(0, 0)}, Origin: market.Origin{Kind: market.FromImport},
		Points: []market.SeriesPoints{sp}}
}

func benchFill(b *testing.B, s *sqlite.Store, restated float64) {
	b.Helper()
	for i := range benchSeries {
		if _, err := s.CommitBatch(b.Context(), benchBatch(i, restated)); err != nil {
			b.Fatal(err)
		}
	}
}

func closeBench(b *testing.B, s *sqlite.Store) {
	b.Helper()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBackfill writes 20 series of 1,826 days, one batch each, into an empty store.
func BenchmarkBackfill(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		s := benchStore(b, b.TempDir(), benchDays)
		b.StartTimer()
		benchFill(b, s, 0)
		b.StopTimer()
		closeBench(b, s)
		b.StartTimer()
	}
}

// BenchmarkUnchanged writes the same 20 series again.
func BenchmarkUnchanged(b *testing.B) {
	s := benchStore(b, b.TempDir(), benchDays)
	benchFill(b, s, 0)
	b.ReportAllocs()
	for b.Loop() {
		benchFill(b, s, 0)
	}
	b.StopTimer()
	closeBench(b, s)
}

// BenchmarkRead reads from a store in which every value was restated once: one series of five years as known now and as of
// the day before the restatement, and how all series stand.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	s := benchStore(b, dir, benchDays)
	benchFill(b, s, 0)
	closeBench(b, s)
	s = benchStore(b, dir, benchDays+5)
	benchFill(b, s, 1e6)
	defer closeBench(b, s)
	for name, q := range map[string]market.ObservationQuery{
		"Now":      {},
		"AsOf":     {AsOf: market.DayNumber(benchFirst + benchDays + 3)},
		"Earliest": {Earliest: true},
		"Last90":   {Limit: 90},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				obs, err := s.Observations(b.Context(), "s7", q)
				if want := min(benchDays, max(q.Limit, benchDays*(1-min(q.Limit, 1)))); err != nil || len(obs) != want {
					b.Fatalf("%d values, %v", len(obs), err)
				}
			}
		})
	}
	b.Run("Freshness", func(b *testing.B) {
		for b.Loop() {
			if all, err := s.Freshness(b.Context()); err != nil || len(all) != benchSeries {
				b.Fatalf("%d series, %v", len(all), err)
			}
		}
	})
	b.Run("LastFinal", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.LastFinal(b.Context(), "s7"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("JobStates", func(b *testing.B) {
		for b.Loop() {
			if all, err := s.JobStates(b.Context()); err != nil || len(all) != benchSeries {
				b.Fatalf("%d jobs, %v", len(all), err)
			}
		}
	})
}
