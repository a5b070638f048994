package judge

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/market"

	"beleg/internal/check/checktest"
)

// A memo answers as its data does, whatever was expected, and holds no more than it may.
func TestMemoAnswersAlike(t *testing.T) {
	data := checktest.NewHistory(map[string]checktest.Points{"a": {{"2026-01-01", 1}, {"2026-03-01", 60}}, "b": {{"2026-02-01", 1}, {"2026-02-20", 20}}})
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Custom(func(t *rapid.T) market.Period {
			return market.MustPeriod("2025-12-20").AddDays(rapid.IntRange(0, 90).Draw(t, "day"))
		})
		most := rapid.IntRange(1, 200).Draw(t, "most")
		m := newMemo(data, most)
		for range rapid.IntRange(0, 3).Draw(t, "expectations") {
			m.expect(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "expected"), dayRange{day.Draw(t, "from"), day.Draw(t, "to")})
		}
		for range rapid.IntRange(1, 10).Draw(t, "queries") {
			series := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "series")
			q := market.ObservationQuery{From: day.Draw(t, "from"), To: day.Draw(t, "to"), Limit: rapid.IntRange(0, 1).Draw(t, "limit"),
				Earliest: rapid.Bool().Draw(t, "earliest")}
			if rapid.Bool().Draw(t, "asOf") {
				q.AsOf = day.Draw(t, "vintage")
			}
			want, _ := data.Observations(t.Context(), series, q)
			got, err := m.Observations(t.Context(), series, q)
			if err != nil || len(got) != len(want) || len(got) > 0 && !cmp.Equal(got, want, periods) {
				t.Fatalf("%s %+v: %v, %v; want %v", series, q, got, err, want)
			}
			if held := m.held; held > most && held > 61 {
				t.Fatalf("%d observations held, %d allowed", held, most)
			}
		}
	})
}

var periods = cmp.Comparer(func(a, b market.Period) bool { return a == b })

func TestMemoReadsOnce(t *testing.T) {
	data := checktest.NewHistory(map[string]checktest.Points{"a": {{"2026-01-01", 1}, {"2026-03-01", 60}}})
	m := newMemo(data, 1000)
	m.expect("a", dayRange{market.MustPeriod("2026-01-05"), market.MustPeriod("2026-01-09")})
	m.expect("a", dayRange{market.MustPeriod("2026-02-05"), market.MustPeriod("2026-02-09")})
	for n := range 30 {
		day := market.MustPeriod("2026-01-05").AddDays(n)
		obs, err := m.Observations(t.Context(), "a", market.ObservationQuery{From: day, To: day})
		if err != nil || len(obs) != 1 || obs[0].Period != day {
			t.Fatalf("%s: %v, %v", day, obs, err)
		}
	}
	if data.Reads["a"] != 1 {
		t.Errorf("%d reads", data.Reads["a"])
	}
}
