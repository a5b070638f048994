package collect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/market"
)

func TestApply(t *testing.T) {
	low, high := 10.0, 1000.0
	day := market.MustPeriod("2026-02-01")
	final := func(n int, v float64) market.Point {
		return market.Point{Period: day.AddDays(n), Value: v, Status: market.Final}
	}
	now := func(n int, v float64) market.Point {
		return market.Point{Period: day.AddDays(n), Value: v, Status: market.Provisional}
	}
	settled := market.LastFinal{Period: day, Value: 100, Count: 50}
	guard := market.Guard{Min: &low, Max: &high, MaxStep: 3, MinFinal: 3}
	tests := []struct {
		name   string
		guard  market.Guard
		last   market.LastFinal
		points []market.Point
		held   []string // days that are held back
	}{
		{"no guard", market.Guard{}, settled, []market.Point{final(1, 1e12)}, nil},
		{"at the bounds", guard, market.LastFinal{}, []market.Point{final(1, 10), final(2, 1000)}, nil},
		{"below", guard, market.LastFinal{}, []market.Point{final(1, 9.9)}, []string{"2026-02-02"}},
		{"above", guard, market.LastFinal{}, []market.Point{final(1, 1000.1)}, []string{"2026-02-02"}},
		{"a leap with too little behind it", guard, market.LastFinal{Period: day, Value: 100, Count: 2}, []market.Point{final(1, 900)}, nil},
		{"a leap just allowed", guard, settled, []market.Point{final(1, 300)}, nil},
		{"a leap up", guard, settled, []market.Point{final(1, 301)}, []string{"2026-02-02"}},
		{"a leap down", guard, settled, []market.Point{final(1, 33)}, []string{"2026-02-02"}},
		{"a leap that comes back", guard, settled, []market.Point{final(1, 900), final(2, 101)}, []string{"2026-02-02"}},
		{"a new level", guard, settled, []market.Point{final(1, 900), final(2, 880), now(3, 890)}, nil},
		{"a leap confirmed by nothing but today", guard, settled, []market.Point{final(1, 900), now(2, 890)}, []string{"2026-02-02", "2026-02-03"}},
		{"a leap held earlier and confirmed now", guard, market.LastFinal{Period: day, Value: 100, Count: 50,
			Held: &market.Held{Period: day.AddDays(1), Value: 900}}, []market.Point{final(2, 910)}, nil},
		{"a leap over two days", guard, settled, []market.Point{final(2, 890)}, nil},
		{"too far a leap for two days", guard, settled, []market.Point{final(2, 910)}, []string{"2026-02-03"}},
		{"after a long hole", market.Guard{MaxStep: 3, MinFinal: 3}, settled, []market.Point{final(300, 1e9)}, nil},
		{"a history read again", guard, settled, []market.Point{final(-2, 20), final(-1, 22), final(0, 100), final(1, 110)}, nil},
		{"withdrawn", guard, settled, []market.Point{{Period: day.AddDays(1), Status: market.Withdrawn}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			kept, held := apply(market.Series{ID: "x", Guard: tt.guard}, tt.last, tt.points)
			var days []string
			for _, h := range held {
				if h.Reason == "" {
					t.Errorf("%s is held without a reason", h.Period)
				}
				days = append(days, h.Period.String())
			}
			if diff := cmp.Diff(tt.held, days); diff != "" {
				t.Error(diff)
			}
			if len(kept)+len(held) != len(tt.points) {
				t.Errorf("%d kept and %d held of %d points", len(kept), len(held), len(tt.points))
			}
		})
	}
}
