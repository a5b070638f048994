package simulated_test

import (
	"runtime/metrics"
	"slices"
	"sync"
	"testing"
	"time"

	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
	"beleg/internal/source/simulated"
)

// Limits of fetching and reading twenty series of five years from an upstream that does not make us wait.
const (
	backfillTime   = 5 * time.Second
	backfillMemory = 150 << 20
)

func backfills() []market.Request {
	var out []market.Request
	add := func(endpoint, param string, values ...string) {
		for _, v := range values {
			out = append(out, market.Request{Endpoint: endpoint, Params: map[string]string{param: v}})
		}
	}
	add("stablecoincharts", "chain", "all")
	add("stablecoin", "id", "1", "2", "5")
	add("historicalChainTvl", "chain", "Ethereum", "Solana", "Arbitrum", "Base", "Polygon", "BSC")
	add("protocol", "slug", "lido", "aave", "morpho", "maple", "euler", "eigencloud")
	return append(out, market.Request{Endpoint: "historicalChainTvl"}, market.Request{Endpoint: "overview-dexs"}, market.Request{Endpoint: "overview-fees"},
		market.Request{Endpoint: "overview-fees", Params: map[string]string{"dataType": "dailyRevenue"}})
}

var selections = map[string]map[string]string{
	"stablecoincharts": {"field": "totalCirculatingUSD", "peg": "sum"},
	"stablecoin":       {"field": "circulating", "peg": "peggedUSD"},
}

// TestBackfill fetches and reads twenty series of five years within the limits. What counts is the fastest of three
// times, since others may be busy on the machine.
func TestBackfill(t *testing.T) {
	fastest := time.Hour
	for range 3 {
		took, most := backfill(t)
		t.Logf("twenty series of five years in %s, at most %d MB on the heap", took.Round(time.Millisecond), most>>20)
		if most > backfillMemory {
			t.Errorf("%d MB on the heap", most>>20)
		}
		if fastest = min(fastest, took); fastest <= backfillTime {
			return
		}
	}
	t.Errorf("it took %s", fastest)
}

func backfill(t *testing.T) (time.Duration, uint64) {
	c := &clock{start}
	u := simulated.New(simulated.Options{Now: c.Now, FailFor: -1})
	client, err := fetch.New(fetch.Config{Transport: u.Transport(), Clock: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	source := defillama.New(nil)
	requests := backfills()
	if len(requests) != 20 {
		t.Fatalf("%d requests", len(requests))
	}
	peak := watchHeap(t)
	began := time.Now()
	for _, r := range requests {
		ask, err := source.Build(r)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Get(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		got, err := source.Read(r, []market.JobSeries{{Series: "s", Select: selections[r.Endpoint]}}, answer)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(got[0].Points); n < 5*365-6 {
			t.Errorf("%s %v has %d days", r.Endpoint, r.Params, n)
		}
	}
	return time.Since(began), peak()
}

// watchHeap samples the memory in use until the function it returns is called, which gives the peak.
func watchHeap(t *testing.T) func() uint64 {
	t.Helper()
	var most []uint64
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(s)
			most = append(most, s[0].Value.Uint64())
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	})
	return func() uint64 {
		close(done)
		wg.Wait()
		return slices.Max(most)
	}
}
