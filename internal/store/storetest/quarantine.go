package storetest

import (
	"math"
	"testing"

	"beleg/internal/market"
)

func quarantineTests() map[string]test {
	return map[string]test{
		"OncePerValue":     heldOnce,
		"SettledByAValue":  heldUntilAccepted,
		"NotANumber":       heldNotANumber,
		"LimitAndSeries":   heldLists,
		"LastFinal":        lastFinal,
		"LastFinalOfEmpty": lastFinalOfEmpty,
	}
}

func holding(series string, held ...market.Held) market.Batch {
	b := points(series)
	b.Points[0].Held = held
	return b
}

func held(day string, value float64) market.Held {
	return market.Held{Period: period(day), Value: value, Reason: "too high"}
}

// heldValues gives the period and value of what is held back, newest first.
func (h *harness) heldValues(t testing.TB, series string, limit int) []market.Held {
	t.Helper()
	all, err := h.Quarantine(t.Context(), series, limit)
	check(t, err)
	for i := range all {
		all[i] = market.Held{Series: all[i].Series, Period: all[i].Period, Value: all[i].Value, Reason: all[i].Reason}
	}
	return all
}

func of(series string, h market.Held) market.Held {
	h.Series = series
	return h
}

func heldOnce(t *testing.T, h *harness) {
	same(t, "first", tallyOf(h.commit(t, holding("tvl", held("09", 9e9)))), tally{Held: 1})
	same(t, "again", tallyOf(h.commit(t, holding("tvl", held("09", 9e9)))), tally{Held: 1})
	same(t, "held", h.heldValues(t, "tvl", 0), []market.Held{of("tvl", held("09", 9e9))})
	all, err := h.Quarantine(t.Context(), "tvl", 0)
	check(t, err)
	same(t, "held since", all[0].RecordedAt, Time(t, start))
	if o, err := h.Origin(t.Context(), all[0].Origin); err != nil || o.Source != "llama" {
		t.Errorf("origin of what is held: %+v, %v", o, err)
	}
	h.clock.Set(t, "2026-02-10 09:00")
	h.commit(t, holding("tvl", held("09", 8e9)))
	same(t, "held", h.heldValues(t, "tvl", 0), []market.Held{of("tvl", held("09", 8e9)), of("tvl", held("09", 9e9))})
	same(t, "values", h.values(t, "tvl", ""), known{})
}

func heldUntilAccepted(t *testing.T, h *harness) {
	h.commit(t, holding("tvl", held("08", 7e9), held("09", 9e9)))
	h.commit(t, points("tvl", final("09", 90)))
	same(t, "held once the 9th is known", h.heldValues(t, "", 0), []market.Held{of("tvl", held("08", 7e9))})
	h.clock.Set(t, "2026-02-11 09:00")
	h.commit(t, holding("tvl", held("09", 9e9)))
	same(t, "held again", h.heldValues(t, "", 0), []market.Held{of("tvl", held("09", 9e9)), of("tvl", held("08", 7e9))})
	same(t, "values", h.values(t, "tvl", ""), known{"2026-02-09": 90})
}

func heldNotANumber(t *testing.T, h *harness) {
	for range 2 {
		h.commit(t, holding("tvl", held("09", math.NaN()), held("08", math.Inf(1))))
	}
	got := h.heldValues(t, "tvl", 0)
	if len(got) != 2 {
		t.Fatalf("held: %+v", got)
	}
	same(t, "held", []float64{got[0].Value, got[1].Value}, []float64{math.Inf(1), math.NaN()})
}

func heldLists(t *testing.T, h *harness) {
	h.commit(t, holding("tvl", held("08", 1), held("09", 2)))
	h.commit(t, holding("supply", held("09", 3)))
	same(t, "all", len(h.heldValues(t, "", 0)), 3)
	same(t, "of one series", len(h.heldValues(t, "tvl", 0)), 2)
	same(t, "the newest one", h.heldValues(t, "", 1), []market.Held{of("supply", held("09", 3))})
}

func lastFinal(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("06", 6), final("07", 7), final("08", 8), provisional("10", 10)))
	h.commit(t, points("tvl", market.Point{Period: period("06"), Status: market.Withdrawn}))
	h.commit(t, holding("tvl", held("07", 7e9)))
	got, err := h.LastFinal(t.Context(), "tvl")
	check(t, err)
	same(t, "last final", got, market.LastFinal{Period: period("08"), Value: 8, Count: 2})

	h.commit(t, holding("tvl", held("09", 9e9), held("10", 10e9)))
	got, err = h.LastFinal(t.Context(), "tvl")
	check(t, err)
	if got.Held == nil || got.Held.Period != period("10") || got.Held.Value != 10e9 {
		t.Errorf("newest value held back after it: %+v", got.Held)
	}
}

func lastFinalOfEmpty(t *testing.T, h *harness) {
	got, err := h.LastFinal(t.Context(), "tvl")
	check(t, err)
	same(t, "last final", got, market.LastFinal{})
	h.commit(t, holding("tvl", held("09", 9e9)))
	got, err = h.LastFinal(t.Context(), "tvl")
	check(t, err)
	if got.Held == nil || got.Held.Value != 9e9 {
		t.Errorf("newest value held back: %+v", got.Held)
	}
}
