package defillama

import (
	"cmp"
	"slices"
	"time"

	"beleg/internal/market"
)

// sample is a value and the second it is for.
type sample struct {
	at int64
	number
}

// history is what an answer says about one series, in its order; numbers that are null are left out.
type history []sample

// Bounds of plausible dates.
const (
	// clockSkew is how far the upstream's clock may be ahead of ours.
	clockSkew = time.Hour
	// firstYear is the year before the first block of any chain.
	firstYear = 2008
)

// settle turns samples into one point a day: the latest of the day wins, the later in the document where both are
// for the same second. signed allows values below zero.
func settle(h history, now time.Time, signed bool) market.SeriesPoints {
	slices.SortStableFunc(h, func(a, b sample) int { return cmp.Compare(a.at, b.at) })
	var out market.SeriesPoints
	for _, s := range h {
		day := market.DayOf(time.Unix(s.at, 0))
		if reason := doubt(s, now, signed); reason != "" {
			out.Held = append(out.Held, market.Held{Period: day, Value: s.value, Reason: reason})
			continue
		}
		if n := len(out.Points); n > 0 && out.Points[n-1].Period == day {
			out.Points = out.Points[:n-1]
		}
		out.Points = append(out.Points, market.Point{Period: day, Value: s.value, Exact: s.exact(), Status: market.Final})
	}
	if len(out.Points) == 0 {
		return out
	}
	today := market.DayOf(now)
	for i := len(out.Points) - 1; i >= 0 && !out.Points[i].Period.Before(today); i-- {
		out.Points[i].Status = market.Provisional
	}
	if last := &out.Points[len(out.Points)-1]; !last.Period.Before(today.AddDays(-1)) {
		last.Status = market.Provisional
	}
	return out
}

// doubt is why a sample is held back; "" where it is not.
func doubt(s sample, now time.Time, signed bool) string {
	at := time.Unix(s.at, 0).UTC()
	switch {
	case at.After(now.Add(clockSkew)):
		return "its date lies in the future: " + at.Format(time.RFC3339)
	case at.Year() < firstYear:
		return "its date lies before 2008: " + at.Format(time.RFC3339)
	case s.value < 0 && !signed:
		return "it is below zero"
	}
	return ""
}
