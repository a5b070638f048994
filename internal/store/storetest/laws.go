package storetest

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beleg/internal/market"
)

func lawTests() map[string]test {
	return map[string]test{
		"StoreIsItsModel":   storeIsItsModel,
		"SameAnswerNothing": sameAnswerNothing,
	}
}

// known value of a period in the model.
type modelValue struct {
	value  float64
	status market.Status
	at     time.Time
}

// model is what a store should know of a series, told as simply as possible: what is known now, and what was at the end of each day.
type model struct {
	tolerance float64
	now       map[market.Period]modelValue
	days      map[market.Period]map[market.Period]modelValue
	revisions int
}

func newModel(tolerance float64) *model {
	return &model{tolerance: tolerance, now: map[market.Period]modelValue{}, days: map[market.Period]map[market.Period]modelValue{}}
}

func (m *model) take(at time.Time, sp market.SeriesPoints) {
	first, last, listed := market.Period{}, market.Period{}, map[market.Period]bool{}
	note := func(p market.Period) {
		if len(listed) == 0 || p.Compare(first) < 0 {
			first = p
		}
		if len(listed) == 0 || p.Compare(last) > 0 {
			last = p
		}
		listed[p] = true
	}
	for _, p := range sp.Points {
		note(p.Period)
		m.put(at, p)
	}
	for _, h := range sp.Held {
		note(h.Period)
	}
	for period := range m.now {
		if sp.Complete && len(listed) > 0 && !listed[period] && period.Compare(first) >= 0 && period.Compare(last) <= 0 {
			m.remove(period)
		}
	}
	snapshot := map[market.Period]modelValue{}
	for p, v := range m.now {
		snapshot[p] = v
	}
	m.days[market.DayOf(at)] = snapshot
}

func (m *model) put(at time.Time, p market.Point) {
	old, known := m.now[p.Period]
	if p.Status == market.Withdrawn {
		m.remove(p.Period)
		return
	}
	if known && math.Abs(old.value-p.Value) <= m.tolerance*max(math.Abs(old.value), math.Abs(p.Value)) &&
		(old.status == market.Final || old.status == p.Status) {
		return
	}
	if known && old.status == market.Final {
		m.revisions++
	}
	m.now[p.Period] = modelValue{p.Value, p.Status, at}
}

func (m *model) remove(p market.Period) {
	if m.now[p].status == market.Final {
		m.revisions++
	}
	delete(m.now, p)
}

// asOf is what was known at the end of a day: the state at the end of the last day on which anything was collected.
func (m *model) asOf(day market.Period) map[market.Period]modelValue {
	for n := range 60 {
		if state, ok := m.days[day.AddDays(-n)]; ok {
			return state
		}
	}
	return nil
}

// drawPoints draws an answer about few days with few values, so that values meet again.
func drawPoints(t *rapid.T, base market.Period) market.SeriesPoints {
	var sp market.SeriesPoints
	seen := map[int]bool{}
	for _, day := range rapid.SliceOfN(rapid.IntRange(0, 6), 0, 5).Draw(t, "days") {
		if seen[day] {
			continue
		}
		seen[day] = true
		p := market.Point{Period: base.AddDays(day), Value: rapid.SampledFrom([]float64{0, 1, 1.0000001, 2, -5, 1e12}).Draw(t, "value"),
			Status: rapid.SampledFrom([]market.Status{market.Final, market.Final, market.Provisional, market.Withdrawn}).Draw(t, "status")}
		if rapid.IntRange(0, 9).Draw(t, "held") == 0 {
			sp.Held = append(sp.Held, market.Held{Period: p.Period, Value: p.Value, Reason: "drawn"})
		} else {
			sp.Points = append(sp.Points, p)
		}
	}
	sp.Complete = rapid.Bool().Draw(t, "complete")
	return sp
}

// storeIsItsModel commits drawn answers at drawn times: what the store knows now and knew on every day is what the model says,
// and a state once read as of a day that is over never changes.
func storeIsItsModel(t *testing.T, h *harness) {
	n := 0
	begin, base := h.clock.Now(), period("01")
	rapid.Check(t, func(rt *rapid.T) {
		n++
		id := fmt.Sprintf("model-%d", n)
		h.sync(t, series(id))
		h.clock.SetTime(begin)
		m := newModel(rapid.SampledFrom([]float64{0, 1e-6}).Draw(rt, "tolerance"))
		for range rapid.IntRange(1, 8).Draw(rt, "answers") {
			wait := rapid.SampledFrom([]time.Duration{0, time.Second, 5 * time.Hour, 26 * time.Hour, 50 * time.Hour}).Draw(rt, "wait")
			h.clock.SetTime(h.clock.Now().Add(wait))
			sp := drawPoints(rt, base)
			sp.Series, sp.Tolerance = id, m.tolerance
			b := points(id)
			b.Points = []market.SeriesPoints{sp}
			h.commit(t, b)
			m.take(h.clock.Now(), sp)
		}
		compare(rt, t, h, id, "now", market.Period{}, m.now)
		for d := market.DayOf(begin).AddDays(-1); !market.DayOf(h.clock.Now()).AddDays(1).Before(d); d = d.AddDays(1) {
			compare(rt, t, h, id, "as of "+d.String(), d, m.asOf(d))
		}
		revisions, err := h.Revisions(t.Context(), id, market.Period{}, market.Period{})
		check(t, err)
		if len(revisions) != m.revisions {
			rt.Fatalf("%d revisions, want %d", len(revisions), m.revisions)
		}
	})
}

func compare(rt *rapid.T, t *testing.T, h *harness, id, what string, asOf market.Period, want map[market.Period]modelValue) {
	obs := h.observations(t, id, market.ObservationQuery{AsOf: asOf})
	if len(obs) != len(want) {
		rt.Fatalf("%s: %d values, want %d", what, len(obs), len(want))
	}
	for i, o := range obs {
		w, ok := want[o.Period]
		if !ok || o.Value != w.value || o.Status != w.status || !o.RecordedAt.Equal(w.at) {
			rt.Fatalf("%s: %s is %v %s of %s, want %v %s of %s", what, o.Period, o.Value, o.Status, o.RecordedAt, w.value, w.status, w.at)
		}
		if i > 0 && obs[i-1].Period.Compare(o.Period) >= 0 {
			rt.Fatalf("%s: %s comes after %s", what, o.Period, obs[i-1].Period)
		}
	}
}

// sameAnswerNothing commits a drawn answer after others, and then again on any later day: nothing changes.
func sameAnswerNothing(t *testing.T, h *harness) {
	n := 0
	begin := h.clock.Now()
	rapid.Check(t, func(rt *rapid.T) {
		n++
		id := fmt.Sprintf("again-%d", n)
		h.sync(t, series(id))
		h.clock.SetTime(begin)
		var b market.Batch
		for range rapid.IntRange(1, 4).Draw(rt, "answers") {
			sp := drawPoints(rt, period("01"))
			sp.Series = id
			b = points(id)
			b.Points = []market.SeriesPoints{sp}
			h.commit(t, b)
		}
		before := h.observations(t, id, market.ObservationQuery{})
		h.clock.SetTime(h.clock.Now().Add(time.Duration(rapid.IntRange(0, 100).Draw(rt, "hours")) * time.Hour))
		got := tallyOf(h.commit(t, b))
		if got.New+got.Revised+got.Provisional+got.Withdrawn != 0 {
			rt.Fatalf("the same answer again came to %+v", got)
		}
		same(t, "observations", h.observations(t, id, market.ObservationQuery{}), before)
	})
}
