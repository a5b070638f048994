package simulated_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/catalog"
	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
	"beleg/internal/source/simulated"
)

var start = time.Date(2026, 11, 20, 15, 30, 0, 0, time.UTC)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// series asks for one series the way the collector does.
func series(t *testing.T, u *simulated.Upstream, now func() time.Time, endpoint string, params, sel map[string]string) map[string]market.Point {
	t.Helper()
	client, err := fetch.New(fetch.Config{Transport: u.Transport(), Clock: now, Retries: -1})
	if err != nil {
		t.Fatal(err)
	}
	source := defillama.New(nil)
	r := market.Request{Endpoint: endpoint, Params: params}
	ask, err := source.Build(r)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Get(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	got, err := source.Read(r, []market.JobSeries{{Series: "s", Select: sel}}, answer)
	if err != nil {
		t.Fatal(err)
	}
	points := map[string]market.Point{}
	for _, p := range got[0].Points {
		points[p.Period.String()] = p
	}
	return points
}

func TestSameSeedSameFigures(t *testing.T) {
	chart := map[string]string{"field": "totalCirculatingUSD", "peg": "sum"}
	read := func(seed uint64, days int) map[string]market.Point {
		c := &clock{start}
		u := simulated.New(simulated.Options{Seed: seed, Now: c.Now, Days: days})
		return series(t, u, c.Now, "stablecoincharts", map[string]string{"chain": "all"}, chart)
	}
	a, b := read(1, 30), read(1, 30)
	if diff := cmp.Diff(a, b, cmp.Comparer(func(x, y market.Period) bool { return x == y })); diff != "" {
		t.Errorf("the same seed differs: %s", diff)
	}
	long, other := read(1, 400), read(2, 30)
	const day = "2026-11-10"
	if long[day] != a[day] {
		t.Errorf("a longer history says %v on %s, a shorter one %v", long[day], day, a[day])
	}
	if other[day] == a[day] {
		t.Error("another seed gives the same figure")
	}
	if len(long) != 401 || len(a) != 31 {
		t.Errorf("%d and %d days, want 401 and 31", len(long), len(a))
	}
	if v := a[day].Value; v < 150e9 || v > 700e9 {
		t.Errorf("the stablecoins are worth %g", v)
	}
}

func TestPastValuesAreRestated(t *testing.T) {
	c := &clock{start}
	u := simulated.New(simulated.Options{Now: c.Now, Days: 60})
	lido := func() map[string]market.Point {
		return series(t, u, c.Now, "protocol", map[string]string{"slug": "lido"}, nil)
	}
	changed := map[string]int{}
	for before := lido(); c.now.Before(start.AddDate(0, 0, 10)); {
		c.now = c.now.AddDate(0, 0, 1)
		after := lido()
		for day, p := range before {
			if p.Status == market.Final && after[day].Value != p.Value {
				changed[day]++
			}
		}
		before = after
	}
	want := map[string]int{"2026-11-23": 1, "2026-11-28": 1}
	if diff := cmp.Diff(want, changed); diff != "" {
		t.Errorf("final values that changed within ten days (-want +got):\n%s", diff)
	}
}

func TestAbsurdValuesAreMended(t *testing.T) {
	c := &clock{start}
	u := simulated.New(simulated.Options{Now: c.Now, Days: 60})
	absurd := func() []string {
		var out []string
		for day, p := range series(t, u, c.Now, "overview-dexs", nil, nil) {
			if p.Value > 1e12 {
				out = append(out, day)
			}
		}
		return out
	}
	seen := map[string]bool{}
	for range 14 {
		days := absurd()
		if len(days) > 1 {
			t.Errorf("on %s the days %v are absurd at once", c.now.Format(time.DateOnly), days)
		}
		for _, d := range days {
			seen[d] = true
		}
		c.now = c.now.AddDate(0, 0, 1)
	}
	if len(seen) < 2 {
		t.Errorf("in two weeks only %v were absurd", seen)
	}
}

func TestOneSeriesStops(t *testing.T) {
	c := &clock{start}
	u := simulated.New(simulated.Options{Now: c.Now, Days: 60})
	for chain, last := range map[string]string{"Polygon": "2026-11-15", "Ethereum": "2026-11-20"} {
		points := series(t, u, c.Now, "historicalChainTvl", map[string]string{"chain": chain}, nil)
		newest := ""
		for day := range points {
			newest = max(newest, day)
		}
		if newest != last {
			t.Errorf("%s ends on %s, want %s", chain, newest, last)
		}
	}
}

func TestOnePathFailsForAWhile(t *testing.T) {
	tests := []struct {
		name string
		in   simulated.Options
		want []int // at the start, and after each further five minutes
	}{
		{"at the start", simulated.Options{}, []int{500, 500, 200, 200}},
		{"later", simulated.Options{FailAfter: 5 * time.Minute, FailFor: 5 * time.Minute}, []int{200, 500, 200, 200}},
		{"never", simulated.Options{FailFor: -1}, []int{200, 200, 200, 200}},
		{"another path", simulated.Options{FailingPath: "/v2/chains"}, []int{200, 200, 200, 200}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &clock{start}
			tt.in.Now, tt.in.Days = c.Now, 60
			u := simulated.New(tt.in)
			var got []int
			for range tt.want {
				w := httptest.NewRecorder()
				u.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/overview/fees", nil))
				got = append(got, w.Code)
				c.now = c.now.Add(5 * time.Minute)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDefaultFeedsTheCatalogue: the built-in catalogue's jobs get values for every series, on schedule and when filling up.
func TestDefaultFeedsTheCatalogue(t *testing.T) {
	built, err := catalog.Open("")
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{start}
	u := simulated.New(simulated.Options{Now: c.Now, Days: 30, FailFor: -1})
	client, err := fetch.New(fetch.Config{Transport: u.Transport(), Clock: c.Now, Retries: -1})
	if err != nil {
		t.Fatal(err)
	}
	source := defillama.New(nil)
	for _, job := range built.Jobs() {
		if job.Source != defillama.ID {
			continue
		}
		requests := []market.Request{job.Request}
		if job.Backfill != nil {
			requests = append(requests, *job.Backfill)
		}
		for _, r := range requests {
			ask, err := source.Build(r)
			if err != nil {
				t.Fatalf("job %s: %v", job.ID, err)
			}
			answer, err := client.Get(t.Context(), ask)
			if err != nil {
				t.Errorf("job %s: %v", job.ID, err)
				continue
			}
			got, err := source.Read(r, job.Series, answer)
			if err != nil || len(got) != len(job.Series) {
				t.Errorf("job %s, %s: %d of %d series, %v", job.ID, r.Endpoint, len(got), len(job.Series), err)
				continue
			}
			for _, sp := range got {
				series, ok := built.Series(sp.Series)
				if n := outside(series.Guard, sp.Points); !ok || n > 1 || len(sp.Held) > 0 {
					t.Errorf("series %s: %d values outside of its bounds, %d held", sp.Series, n, len(sp.Held))
				}
			}
		}
	}
}

// outside counts the values that the guard's bounds keep out.
func outside(g market.Guard, points []market.Point) int {
	n := 0
	for _, p := range points {
		if g.Min != nil && p.Value < *g.Min || g.Max != nil && p.Value > *g.Max {
			n++
		}
	}
	return n
}
