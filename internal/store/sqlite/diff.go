package sqlite

import (
	"cmp"
	"math"
	"slices"
	"time"

	"beleg/internal/market"
)

// stored is the current version of a value as it lies in the store; a withdrawn one has no value.
type stored struct {
	period     int64
	version    int64
	value      *float64
	exact      string
	status     market.Status
	origin     int64
	recordedAt int64
	backfilled bool
}

// change is one row to write: a first version, a version that replaces the current one, or new content for the current one.
type change struct {
	stored
	overwrite bool  // in place
	restedOn  int64 // the origin of what is overwritten
	replaces  bool  // closes version-1 at recordedAt
}

// counts are those of market.Run.
type counts struct{ fresh, revised, provisional, unchanged, withdrawn int }

// differ finds what the points of one series change.
type differ struct {
	now           int64
	backfillAfter time.Duration
	tolerance     float64

	changes []change
	counts  counts
}

// diff compares points with the current versions of their periods. points are in order without duplicates; current holds
// every current version between the first and the last of them.
//
// What is settled stays: another final value makes a new version. A provisional value is overwritten on the UTC day on which
// it was recorded; on a later day it has been shown at the end of a day and stays known, so a new version replaces it, which is no
// revision either. A value that a complete answer leaves out is withdrawn.
func (d *differ) diff(points []market.Point, current map[int64]stored, listed map[int64]bool, complete bool) {
	for _, p := range points {
		d.point(p, current)
	}
	if !complete {
		return
	}
	var gone []stored
	for key, cur := range current {
		if !listed[key] && cur.status != market.Withdrawn {
			gone = append(gone, cur)
		}
	}
	slices.SortFunc(gone, func(a, b stored) int { return cmp.Compare(a.period, b.period) })
	for _, cur := range gone {
		d.withdraw(cur)
	}
}

func (d *differ) point(p market.Point, current map[int64]stored) {
	key := periodKey(p.Period)
	cur, known := current[key]
	switch {
	case !known && p.Status == market.Withdrawn:
		d.counts.unchanged++
	case !known:
		d.counts.fresh++
		d.changes = append(d.changes, change{stored: stored{period: key, version: 1, value: &p.Value, exact: p.Exact, status: p.Status,
			recordedAt: d.now, backfilled: d.late(key, d.now)}})
	case p.Status == market.Withdrawn:
		if cur.status == market.Withdrawn {
			d.counts.unchanged++
			return
		}
		d.withdraw(cur)
	case cur.status != market.Withdrawn && d.same(cur, p) && (cur.status == p.Status || cur.status == market.Final):
		d.counts.unchanged++
	default:
		if cur.status == market.Provisional {
			d.counts.provisional++
		} else {
			d.counts.revised++
		}
		d.succeed(cur, &p.Value, p.Exact, p.Status)
	}
}

func (d *differ) withdraw(cur stored) {
	d.counts.withdrawn++
	d.succeed(cur, nil, "", market.Withdrawn)
}

// succeed puts new content in the place of the current version, or after it. A clock that went back must not make a
// version end before it began.
func (d *differ) succeed(cur stored, value *float64, exact string, status market.Status) {
	at := max(d.now, cur.recordedAt)
	next := change{stored: stored{period: cur.period, version: cur.version, value: value, exact: exact, status: status,
		recordedAt: at, backfilled: cur.backfilled && d.late(cur.period, at)}}
	if cur.status == market.Provisional && sameDay(cur.recordedAt, at) {
		next.overwrite, next.restedOn = true, cur.origin
	} else {
		next.replaces = true
		next.version++
	}
	d.changes = append(d.changes, next)
}

// late tells whether a value recorded then says nothing about what was known when its period ended.
func (d *differ) late(key, recordedAt int64) bool {
	return time.Unix(recordedAt, 0).Sub(keyPeriod(key).End()) > d.backfillAfter
}

// same tells whether a value is the stored one but for float noise. Where both give their exact text and nothing is tolerated, that decides.
func (d *differ) same(cur stored, p market.Point) bool {
	a, b := *cur.value, p.Value
	if d.tolerance > 0 {
		return math.Abs(a-b) <= d.tolerance*math.Max(math.Abs(a), math.Abs(b))
	}
	return a == b && (cur.exact == p.Exact || cur.exact == "" || p.Exact == "")
}

func sameDay(a, b int64) bool {
	return market.DayOf(time.Unix(a, 0)) == market.DayOf(time.Unix(b, 0))
}

// inOrder sorts points by period and keeps the last one of each.
func inOrder(points []market.Point) []market.Point {
	byPeriod := func(a, b market.Point) int { return a.Period.Compare(b.Period) }
	if !slices.IsSortedFunc(points, byPeriod) {
		points = slices.Clone(points)
		slices.SortStableFunc(points, byPeriod)
	}
	kept := make([]market.Point, 0, len(points))
	for i, p := range points {
		if i+1 < len(points) && points[i+1].Period == p.Period {
			continue
		}
		kept = append(kept, p)
	}
	return kept
}
