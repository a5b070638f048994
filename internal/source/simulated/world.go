package simulated

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"beleg/internal/market"
	"beleg/internal/source/defillama/fake"
)

// Every walk starts on the same day, so that a value depends on neither the length of the history nor the time of the start;
// levelDay is the day of Entry.Level.
var (
	firstDay = market.MustPeriod("2015-01-01")
	levelDay = market.MustPeriod("2026-01-01")
)

// How series misbehave, in days.
const (
	restateEvery, restateAfter = 5, 2
	absurdEvery, absurdMended  = 7, 6
	absurdFactor               = 1000
	restatedBy                 = 0.02 // largest relative change
)

// world is the data behind the fake upstream.
type world struct {
	seed    uint64
	entries []Entry
	first   market.Period // shown
	stopped market.Period

	mu    sync.Mutex
	walks map[fake.Key]*walk
}

var _ fake.Data = (*world)(nil)

// walk is how far a series strays from its level, day by day since firstDay; it is continued when time goes on.
type walk struct {
	entry  Entry
	rng    *rand.Rand
	at     float64
	strays []float64
}

func newWorld(seed uint64, entries []Entry, first, stopped time.Time) *world {
	from := market.DayOf(first)
	if from.Before(firstDay) {
		from = firstDay
	}
	w := &world{seed: seed, entries: entries, first: from, stopped: market.DayOf(stopped), walks: map[fake.Key]*walk{}}
	for _, e := range entries {
		w.walks[e.Key] = &walk{entry: e, rng: rand.New(rand.NewPCG(seed, hash(e.Key)))} //nolint:gosec // figures of a demonstration
	}
	return w
}

func hash(k fake.Key) uint64 {
	h := fnv.New64a()
	for _, s := range []string{string(k.Kind), k.Name, k.Part} {
		_, _ = h.Write([]byte(s)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// Entities implements fake.Data.
func (w *world) Entities(k fake.Kind) []fake.Entity {
	var out []fake.Entity
	for _, e := range w.entries {
		if e.Key.Kind != k || e.Key.Name == "" {
			continue
		}
		entity := e.Entity
		entity.Name = e.Key.Name
		out = append(out, entity)
	}
	return out
}

// Points implements fake.Data: one point a day at 00:00, up to the day after now so that the present lies between two.
func (w *world) Points(k fake.Key, now time.Time) []fake.Point {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, ok := w.walks[k]
	if !ok {
		return nil
	}
	today := market.DayOf(now)
	last := today.AddDays(1)
	if s.entry.Behaviour == Stopping {
		last = w.stopped
	}
	s.extend(last.Day() - firstDay.Day() + 1)
	var out []fake.Point
	for day := w.first; !last.Before(day); day = day.AddDays(1) {
		value := s.entry.level(day) * math.Exp(s.strays[day.Day()-firstDay.Day()]) * s.entry.fault(w.seed, day, today)
		out = append(out, fake.Point{At: day.Start(), Value: value})
	}
	return out
}

// back is how much of a stray is left after a day.
const back = 0.97

func (s *walk) extend(n int) {
	for len(s.strays) < n {
		s.at = s.at*back + s.entry.Noise*s.rng.NormFloat64()
		s.strays = append(s.strays, s.at)
	}
}

func (e Entry) level(day market.Period) float64 {
	years := float64(day.Day()-levelDay.Day()) / 365.25
	return e.Level * math.Pow(e.Growth, years)
}

// fault is the factor by which the value of a day, as stated today, differs from the walk's.
func (e Entry) fault(seed uint64, day, today market.Period) float64 {
	age := today.Day() - day.Day()
	switch {
	case e.Behaviour == Restated && day.Day()%restateEvery == 0 && age >= restateAfter:
		r := rand.New(rand.NewPCG(seed^hash(e.Key), uint64(day.Day()))) //nolint:gosec // as above
		return 1 + restatedBy*(2*r.Float64()-1)
	case e.Behaviour == Absurd && day.Day()%absurdEvery == 0 && age >= 0 && age < absurdMended:
		return absurdFactor
	}
	return 1
}
