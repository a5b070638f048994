package storetest

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"beleg/internal/market"
)

// step is one answer collected at a time, and what came of it.
type step struct {
	at       string // "" = a minute later
	points   []market.Point
	held     []market.Held
	complete bool
	want     tally
}

// story is a sequence of answers for one series, and what is known afterwards.
type story struct {
	tolerance float64
	steps     []step
	now       map[string]float64            // known at the end
	asOf      map[string]map[string]float64 // known as of a day
	revisions []string                      // "period value"
}

type known = map[string]float64

var observationStories = map[string]story{
	"FirstValues": {
		steps: []step{{points: []market.Point{final("08", 1), final("09", 2), provisional("10", 3)}, want: tally{New: 3}}},
		now:   known{"2026-02-08": 1, "2026-02-09": 2, "2026-02-10": 3},
		asOf:  map[string]map[string]float64{"09": {}, "10": {"2026-02-08": 1, "2026-02-09": 2, "2026-02-10": 3}},
	},
	"SameAnswerTwice": {
		steps: []step{
			{points: []market.Point{final("09", 2), provisional("10", 3)}, want: tally{New: 2}},
			{points: []market.Point{final("09", 2), provisional("10", 3)}, want: tally{Unchanged: 2}},
			{at: "2026-02-12 08:00", points: []market.Point{final("09", 2), provisional("10", 3)}, want: tally{Unchanged: 2}},
		},
		now: known{"2026-02-09": 2, "2026-02-10": 3},
	},
	"FinalValueRevised": {
		steps: []step{
			{points: []market.Point{final("08", 100)}, want: tally{New: 1}},
			{at: "2026-02-12 08:00", points: []market.Point{final("08", 110)}, want: tally{Revised: 1}},
		},
		now:       known{"2026-02-08": 110},
		asOf:      map[string]map[string]float64{"09": {}, "10": {"2026-02-08": 100}, "11": {"2026-02-08": 100}, "12": {"2026-02-08": 110}, "2030-01-01": {"2026-02-08": 110}},
		revisions: []string{"2026-02-08 100"},
	},
	"FinalValueRevisedTwiceADay": {
		steps: []step{
			{points: []market.Point{final("08", 100)}, want: tally{New: 1}},
			{points: []market.Point{final("08", 110)}, want: tally{Revised: 1}},
			{points: []market.Point{final("08", 120)}, want: tally{Revised: 1}},
		},
		now:       known{"2026-02-08": 120},
		asOf:      map[string]map[string]float64{"10": {"2026-02-08": 120}},
		revisions: []string{"2026-02-08 100", "2026-02-08 110"},
	},
	"ProvisionalReplacedWithinTheDay": {
		steps: []step{
			{points: []market.Point{provisional("10", 3)}, want: tally{New: 1}},
			{at: "2026-02-10 12:00", points: []market.Point{provisional("10", 4)}, want: tally{Provisional: 1}},
			{at: "2026-02-10 23:59", points: []market.Point{provisional("10", 5)}, want: tally{Provisional: 1}},
		},
		now:  known{"2026-02-10": 5},
		asOf: map[string]map[string]float64{"10": {"2026-02-10": 5}},
	},
	"ProvisionalSettledOnALaterDay": {
		steps: []step{
			{points: []market.Point{provisional("10", 3)}, want: tally{New: 1}},
			{at: "2026-02-11 00:00", points: []market.Point{final("10", 4), provisional("11", 9)}, want: tally{Provisional: 1, New: 1}},
		},
		now:  known{"2026-02-10": 4, "2026-02-11": 9},
		asOf: map[string]map[string]float64{"10": {"2026-02-10": 3}, "11": {"2026-02-10": 4, "2026-02-11": 9}},
	},
	"ProvisionalSettledAtTheSameValue": {
		steps: []step{
			{points: []market.Point{provisional("10", 3)}, want: tally{New: 1}},
			{at: "2026-02-11 09:00", points: []market.Point{final("10", 3)}, want: tally{Provisional: 1}},
			{at: "2026-02-12 09:00", points: []market.Point{final("10", 3)}, want: tally{Unchanged: 1}},
			{at: "2026-02-13 09:00", points: []market.Point{final("10", 7)}, want: tally{Revised: 1}},
		},
		now:       known{"2026-02-10": 7},
		asOf:      map[string]map[string]float64{"10": {"2026-02-10": 3}, "12": {"2026-02-10": 3}},
		revisions: []string{"2026-02-10 3"},
	},
	"SettledStaysSettled": {
		steps: []step{
			{points: []market.Point{final("09", 3)}, want: tally{New: 1}},
			{points: []market.Point{provisional("09", 3)}, want: tally{Unchanged: 1}},
			{points: []market.Point{final("09", 4)}, want: tally{Revised: 1}},
		},
		now:       known{"2026-02-09": 4},
		revisions: []string{"2026-02-09 3"},
	},
	"FloatNoise": {
		tolerance: 1e-9,
		steps: []step{
			{points: []market.Point{final("08", 305_696_913_148.123), final("09", 0)}, want: tally{New: 2}},
			{points: []market.Point{final("08", 305_696_913_148.124), final("09", 0)}, want: tally{Unchanged: 2}},
			{points: []market.Point{final("08", 305_696_914_148), final("09", 1e-300)}, want: tally{Revised: 2}},
		},
		now:       known{"2026-02-08": 305_696_914_148, "2026-02-09": 1e-300},
		revisions: []string{"2026-02-08 3.05696913148123e+11", "2026-02-09 0"},
	},
	"NoToleranceNoNoise": {
		steps: []step{
			{points: []market.Point{final("08", 0.1)}, want: tally{New: 1}},
			{points: []market.Point{final("08", 0.1+1e-17)}, want: tally{Unchanged: 1}},
			{points: []market.Point{final("08", 0.30000000000000004)}, want: tally{Revised: 1}},
			{points: []market.Point{final("08", 0.3)}, want: tally{Revised: 1}},
		},
		now:       known{"2026-02-08": 0.3},
		revisions: []string{"2026-02-08 0.1", "2026-02-08 0.30000000000000004"},
	},
	"WithdrawnByACompleteAnswer": {
		steps: []step{
			{points: []market.Point{final("06", 1), final("07", 2), final("08", 3), final("09", 4)}, complete: true, want: tally{New: 4}},
			{at: "2026-02-11 08:00", points: []market.Point{final("07", 2), final("09", 4)}, complete: true, want: tally{Unchanged: 2, Withdrawn: 1}},
			{at: "2026-02-11 09:00", points: []market.Point{final("07", 2), final("09", 4)}, complete: true, want: tally{Unchanged: 2}},
		},
		now:       known{"2026-02-06": 1, "2026-02-07": 2, "2026-02-09": 4},
		asOf:      map[string]map[string]float64{"10": {"2026-02-06": 1, "2026-02-07": 2, "2026-02-08": 3, "2026-02-09": 4}},
		revisions: []string{"2026-02-08 3"},
	},
	"WithdrawnAndBack": {
		steps: []step{
			{points: []market.Point{final("07", 2), final("08", 3), final("09", 4)}, want: tally{New: 3}},
			{at: "2026-02-11 08:00", points: []market.Point{final("07", 2), final("09", 4)}, complete: true, want: tally{Unchanged: 2, Withdrawn: 1}},
			{at: "2026-02-13 08:00", points: []market.Point{final("07", 2), final("08", 3), final("09", 4)}, complete: true, want: tally{Unchanged: 2, Revised: 1}},
		},
		now:       known{"2026-02-07": 2, "2026-02-08": 3, "2026-02-09": 4},
		asOf:      map[string]map[string]float64{"10": {"2026-02-07": 2, "2026-02-08": 3, "2026-02-09": 4}, "12": {"2026-02-07": 2, "2026-02-09": 4}},
		revisions: []string{"2026-02-08 3"},
	},
	"WithdrawnByName": {
		steps: []step{
			{points: []market.Point{final("08", 3), {Period: period("07"), Status: market.Withdrawn}}, want: tally{New: 1, Unchanged: 1}},
			{at: "2026-02-11 08:00", points: []market.Point{{Period: period("08"), Status: market.Withdrawn}}, want: tally{Withdrawn: 1}},
		},
		now:       known{},
		asOf:      map[string]map[string]float64{"10": {"2026-02-08": 3}},
		revisions: []string{"2026-02-08 3"},
	},
	"IncompleteAnswerWithdrawsNothing": {
		steps: []step{
			{points: []market.Point{final("07", 2), final("08", 3), final("09", 4)}, want: tally{New: 3}},
			{points: []market.Point{final("07", 2), final("09", 4)}, want: tally{Unchanged: 2}},
		},
		now: known{"2026-02-07": 2, "2026-02-08": 3, "2026-02-09": 4},
	},
	"HeldBackIsNotMissing": {
		steps: []step{
			{points: []market.Point{final("07", 2), final("08", 3), final("09", 4)}, want: tally{New: 3}},
			{points: []market.Point{final("07", 2), final("09", 4)}, held: []market.Held{{Period: period("08"), Value: 9e9, Reason: "too high"}},
				complete: true, want: tally{Unchanged: 2, Held: 1}},
		},
		now: known{"2026-02-07": 2, "2026-02-08": 3, "2026-02-09": 4},
	},
	"LastOneOfAPeriodWins": {
		steps: []step{{points: []market.Point{final("09", 2), provisional("10", 3), provisional("10", 4), final("08", 1)}, want: tally{New: 3}}},
		now:   known{"2026-02-08": 1, "2026-02-09": 2, "2026-02-10": 4},
	},
	"ClockGoesBack": {
		steps: []step{
			{at: "2026-02-12 08:00", points: []market.Point{final("08", 100)}, want: tally{New: 1}},
			{at: "2026-02-11 08:00", points: []market.Point{final("08", 110)}, want: tally{Revised: 1}},
		},
		now:       known{"2026-02-08": 110},
		asOf:      map[string]map[string]float64{"11": {}, "12": {"2026-02-08": 110}},
		revisions: []string{"2026-02-08 100"},
	},
	"OtherLengthsOfPeriod": {
		steps: []step{{points: []market.Point{final("2025", 1), final("2025-H1", 2), final("2025-Q3", 3), final("2025-07", 4)}, want: tally{New: 4}}},
		now:   known{"2025": 1, "2025-H1": 2, "2025-Q3": 3, "2025-07": 4},
	},
	"BeforeTheEpoch": {
		steps: []step{{points: []market.Point{final("1969-12-31", 1), final("1965", 2)}, want: tally{New: 2}}},
		now:   known{"1969-12-31": 1, "1965": 2},
	},
}

func observationTests() map[string]test {
	tests := map[string]test{
		"Range":         observationRange,
		"Earliest":      earliestObservations,
		"Fields":        observationFields,
		"Exact":         exactValues,
		"Backfilled":    backfilled,
		"Vintage":       earliestVintage,
		"Latest":        latest,
		"Freshness":     freshness,
		"UnknownSeries": unknownSeries,
		"RefusedValues": refusedValues,
	}
	for name, s := range observationStories {
		tests[name] = s.tell
	}
	return tests
}

func (s story) tell(t *testing.T, h *harness) {
	for i, step := range s.steps {
		if step.at == "" {
			h.clock.SetTime(h.clock.Now().Add(time.Minute))
		} else {
			h.clock.Set(t, step.at)
		}
		b := points("tvl", step.points...)
		b.Points[0].Tolerance, b.Points[0].Held, b.Points[0].Complete = s.tolerance, step.held, step.complete
		same(t, fmt.Sprintf("counts of answer %d", i+1), tallyOf(h.commit(t, b)), step.want)
	}
	same(t, "known now", h.values(t, "tvl", ""), s.now)
	for day, want := range s.asOf {
		same(t, "known as of "+day, h.values(t, "tvl", day), want)
	}
	var revisions []string
	all, err := h.Revisions(t.Context(), "tvl", market.Period{}, market.Period{})
	check(t, err)
	for _, r := range all {
		if r.ReplacedAt.Before(r.RecordedAt) {
			t.Errorf("%s was replaced at %s, before it was recorded at %s", r.Period, r.ReplacedAt, r.RecordedAt)
		}
		revisions = append(revisions, fmt.Sprintf("%s %v", r.Period, r.Value))
	}
	same(t, "revisions", revisions, s.revisions)
}

func observationRange(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("06", 6), final("07", 7), final("08", 8), final("09", 9), provisional("10", 10)))
	h.commit(t, points("supply", final("2025-11", 11), final("2025-12", 12), final("2026-01", 1)))
	for _, c := range []struct {
		name, series string
		query        market.ObservationQuery
		want         []float64
	}{
		{"All", "tvl", market.ObservationQuery{}, []float64{6, 7, 8, 9, 10}},
		{"InclusiveEnds", "tvl", market.ObservationQuery{From: period("07"), To: period("09")}, []float64{7, 8, 9}},
		{"OneDay", "tvl", market.ObservationQuery{From: period("08"), To: period("08")}, []float64{8}},
		{"OpenStart", "tvl", market.ObservationQuery{To: period("07")}, []float64{6, 7}},
		{"OpenEnd", "tvl", market.ObservationQuery{From: period("09")}, []float64{9, 10}},
		{"Month", "tvl", market.ObservationQuery{From: period("2026-02"), To: period("2026-02")}, []float64{6, 7, 8, 9, 10}},
		{"Outside", "tvl", market.ObservationQuery{From: period("2026-03")}, nil},
		{"Backwards", "tvl", market.ObservationQuery{From: period("09"), To: period("07")}, nil},
		{"NewestSoMany", "tvl", market.ObservationQuery{Limit: 2}, []float64{9, 10}},
		{"NewestSoManyInRange", "tvl", market.ObservationQuery{To: period("08"), Limit: 2}, []float64{7, 8}},
		{"NewestSoManyAsOf", "tvl", market.ObservationQuery{AsOf: period("10"), Limit: 1}, []float64{10}},
		{"AsOfMonthIsItsEnd", "tvl", market.ObservationQuery{AsOf: period("2026-02"), Limit: 1}, []float64{10}},
		{"AsOfBefore", "tvl", market.ObservationQuery{AsOf: period("09")}, nil},
		{"MonthsOfAYear", "supply", market.ObservationQuery{From: period("2025"), To: period("2025")}, []float64{11, 12}},
		{"MonthsThatBeginInside", "supply", market.ObservationQuery{From: period("2025-11-02"), To: period("2025-12-01")}, []float64{12}},
	} {
		var got []float64
		for _, o := range h.observations(t, c.series, c.query) {
			got = append(got, o.Value)
		}
		same(t, c.name, got, c.want)
	}
}

func earliestObservations(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("08", 1), provisional("10", 5)))
	h.clock.Set(t, "2026-02-12 08:00")
	h.commit(t, points("tvl", final("08", 2), final("10", 6), final("11", 7)))
	h.clock.Set(t, "2026-02-13 08:00")
	h.commit(t, points("tvl", final("08", 3)))
	read := func(q market.ObservationQuery) map[string]float64 {
		q.Earliest = true
		got := map[string]float64{}
		for _, o := range h.observations(t, "tvl", q) {
			got[o.Period.String()] = o.Value
		}
		return got
	}
	same(t, "earliest", read(market.ObservationQuery{}), known{"2026-02-08": 1, "2026-02-10": 5, "2026-02-11": 7})
	same(t, "earliest as of", read(market.ObservationQuery{AsOf: period("11")}), known{"2026-02-08": 1, "2026-02-10": 5})
	same(t, "newest of the earliest", read(market.ObservationQuery{Limit: 1}), known{"2026-02-11": 7})
}

func observationFields(t *testing.T, h *harness) {
	h.clock.Set(t, "2026-02-10 08:00")
	h.commit(t, points("tvl", final("09", 1)))
	h.clock.Set(t, "2026-02-12 09:30")
	h.commit(t, points("tvl", final("09", 2)))
	got := h.observations(t, "tvl", market.ObservationQuery{})
	want := []market.Observation{{Series: "tvl", Period: period("09"), Version: 2, Value: 2, Status: market.Final, Origin: got[0].Origin,
		RecordedAt: Time(t, "2026-02-12 09:30")}}
	same(t, "current", got, want)
	got = h.observations(t, "tvl", market.ObservationQuery{AsOf: period("11")})
	want = []market.Observation{{Series: "tvl", Period: period("09"), Version: 1, Value: 1, Status: market.Final, Origin: got[0].Origin,
		RecordedAt: Time(t, "2026-02-10 08:00"), ReplacedAt: Time(t, "2026-02-12 09:30")}}
	same(t, "as of the 11th", got, want)
	if o, err := h.Origin(t.Context(), got[0].Origin); err != nil || o.URL != "https://api.example/tvl" {
		t.Errorf("origin of the first version: %+v, %v", o, err)
	}
}

func exactValues(t *testing.T, h *harness) {
	const supply = "115792089237316195423570985008687907853269984665640564039457584007913129639935"
	p := market.Point{Period: period("09"), Value: 1.157920892373162e77, Exact: supply, Status: market.Final}
	h.commit(t, points("supply", p))
	same(t, "again", tallyOf(h.commit(t, points("supply", p))), tally{Unchanged: 1})
	if got := h.observations(t, "supply", market.ObservationQuery{})[0].Exact; got != supply {
		t.Errorf("exact text: %q", got)
	}
	without := p
	without.Exact = ""
	same(t, "without its text", tallyOf(h.commit(t, points("supply", without))), tally{Unchanged: 1})
	other := p
	other.Exact = supply[:len(supply)-1] + "4"
	same(t, "another last digit", tallyOf(h.commit(t, points("supply", other))), tally{Revised: 1})
}

func backfilled(t *testing.T, h *harness) {
	h.clock.Set(t, "2026-02-10 08:00")
	h.commit(t, points("tvl", final("2025-01-01", 1), final("08", 8), final("09", 9), provisional("10", 10)))
	h.clock.Set(t, "2026-02-20 08:00")
	h.commit(t, points("tvl", final("2025-01-01", 2), final("09", 99), final("2026-01", 1)))
	got := map[string]bool{}
	for _, o := range h.observations(t, "tvl", market.ObservationQuery{}) {
		got[o.Period.String()] = o.Backfilled
	}
	// The 8th ended on the 9th at 00:00, 32 hours before it was recorded. What was known of the 9th in time is known, though revised since.
	same(t, "backfilled", got, map[string]bool{"2025-01-01": true, "2026-01": true, "2026-02-08": true, "2026-02-09": false, "2026-02-10": false})
}

func earliestVintage(t *testing.T, h *harness) {
	at, err := h.EarliestVintage(t.Context(), "tvl")
	if check(t, err); !at.IsZero() {
		t.Errorf("an empty series has the vintage %s", at)
	}
	h.commit(t, points("tvl", final("08", 1)))
	h.clock.Set(t, "2026-02-14 08:00")
	h.commit(t, points("tvl", final("08", 2), final("09", 2)))
	at, err = h.EarliestVintage(t.Context(), "tvl")
	check(t, err)
	same(t, "earliest vintage", at, Time(t, start))
}

func latest(t *testing.T, h *harness) {
	if _, ok, err := h.Latest(t.Context(), "tvl"); ok || err != nil {
		t.Errorf("latest of an empty series: %v, %v", ok, err)
	}
	h.commit(t, points("tvl", final("08", 8), final("09", 9), provisional("10", 10)))
	h.commit(t, points("tvl", market.Point{Period: period("10"), Status: market.Withdrawn}))
	o, ok, err := h.Latest(t.Context(), "tvl")
	if check(t, err); !ok || o.Value != 9 || o.Period != period("09") {
		t.Errorf("latest: %+v, %v", o, ok)
	}
}

func freshness(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("07", 7), final("08", 8)))
	h.clock.Set(t, "2026-02-12 08:00")
	h.commit(t, points("tvl", final("09", 9), final("10", 10), market.Point{Period: period("07"), Status: market.Withdrawn}))
	got, err := h.Freshness(t.Context())
	check(t, err)
	same(t, "freshness", got, []market.Freshness{
		{Series: "supply"},
		{Series: "tvl", First: period("08"), Last: period("10"), RecordedAt: Time(t, "2026-02-12 08:00"), Count: 3},
	})
}

func unknownSeries(t *testing.T, h *harness) {
	ctx := t.Context()
	for name, read := range map[string]func() error{
		"Observations":    func() error { _, err := h.Observations(ctx, "nope", market.ObservationQuery{}); return err },
		"Revisions":       func() error { _, err := h.Revisions(ctx, "nope", market.Period{}, market.Period{}); return err },
		"EarliestVintage": func() error { _, err := h.EarliestVintage(ctx, "nope"); return err },
		"Latest":          func() error { _, _, err := h.Latest(ctx, "nope"); return err },
		"LastFinal":       func() error { _, err := h.LastFinal(ctx, "nope"); return err },
		"Quarantine":      func() error { _, err := h.Quarantine(ctx, "nope", 0); return err },
		"CommitBatch":     func() error { _, err := h.CommitBatch(ctx, points("nope", final("09", 1))); return err },
		"Origin":          func() error { _, err := h.Origin(ctx, 4711); return err },
	} {
		if err := read(); !errors.Is(err, market.ErrNotFound) {
			t.Errorf("%s: %v, want an error that wraps market.ErrNotFound", name, err)
		}
	}
	runs, err := h.Runs(ctx, market.RunQuery{})
	check(t, err)
	same(t, "runs left by a refused batch", len(runs), 0)
}

// refusedValues commits batches with one good and one bad value: nothing of them may stay.
func refusedValues(t *testing.T, h *harness) {
	for name, bad := range map[string]market.Point{
		"NotANumber": final("09", math.NaN()),
		"Infinite":   final("09", math.Inf(1)),
		"NoPeriod":   {Value: 1, Status: market.Final},
		"NoStatus":   {Period: period("09"), Value: 1},
	} {
		if _, err := h.CommitBatch(t.Context(), points("tvl", final("08", 1), bad)); err == nil {
			t.Errorf("%s was stored", name)
		}
	}
	same(t, "values", h.values(t, "tvl", ""), known{})
}
