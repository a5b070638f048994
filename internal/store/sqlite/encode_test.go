package sqlite

import (
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/market"
)

func drawPeriod(t *rapid.T, label string) market.Period {
	day := market.DayNumber(rapid.IntRange(-200_000, 200_000).Draw(t, label))
	return market.NewPeriod(day.Start(), market.Granularity(rapid.IntRange(int(market.Day), int(market.Year)).Draw(t, label+" granularity")))
}

func TestPeriodKeysKeepPeriodsAndTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPeriod(t, "a"), drawPeriod(t, "b")
		if got := keyPeriod(periodKey(a)); got != a {
			t.Fatalf("%s came back as %s", a, got)
		}
		if c := a.Compare(b); (c < 0) != (periodKey(a) < periodKey(b)) || (c == 0) != (periodKey(a) == periodKey(b)) {
			t.Fatalf("%s and %s are in another order as keys", a, b)
		}
	})
}

func TestKeyRangeHoldsWhatBeginsInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to, p := drawPeriod(t, "from"), drawPeriod(t, "to"), drawPeriod(t, "p")
		first, last := keyRange(from, to)
		inside := !p.FirstDay().Before(from.FirstDay()) && !to.LastDay().Before(p.FirstDay())
		if key := periodKey(p); (first <= key && key <= last) != inside {
			t.Fatalf("%s within %s to %s: want %v", p, from, to, inside)
		}
	})
}
