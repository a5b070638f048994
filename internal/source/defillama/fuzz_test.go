package defillama_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
)

// asked is one request and selection per endpoint.
var asked = []struct {
	r   market.Request
	sel m
}{
	{market.Request{Endpoint: "chains"}, m{"chain": "BSC"}},
	{market.Request{Endpoint: "historicalChainTvl"}, nil},
	{market.Request{Endpoint: "protocol", Params: m{"slug": "lido"}}, m{"chain": "Ethereum"}},
	{market.Request{Endpoint: "protocol", Params: m{"slug": "lido"}}, nil},
	{market.Request{Endpoint: "tvl", Params: m{"slug": "lido"}}, nil},
	{market.Request{Endpoint: "protocols"}, m{"category": "*"}},
	{market.Request{Endpoint: "stablecoins"}, m{"peg": "sum"}},
	{market.Request{Endpoint: "stablecoincharts", Params: m{"chain": "all"}}, m{"field": "totalCirculatingUSD", "peg": "sum"}},
	{market.Request{Endpoint: "stablecoin", Params: m{"id": "1"}}, m{"field": "bridgedTo", "peg": "peggedUSD"}},
	{market.Request{Endpoint: "overview-fees"}, nil},
}

// FuzzRead: whatever an upstream answers, Read gives an error or points that can be kept.
func FuzzRead(f *testing.F) {
	for _, body := range []string{
		`[{"name":"BSC","tvl":5}]`,
		`[{"date":1770681600,"tvl":1},{"date":1770768000,"tvl":"2"},{"date":1770854400,"tvl":null}]`,
		`{"tvl":[{"date":1770681600,"totalLiquidityUSD":1}],"chainTvls":{"Ethereum":{"tvl":[{"date":1770681600,"totalLiquidityUSD":2}]}}}`,
		`9007199254740993`,
		`[{"slug":"lido","category":"RWA","tvl":1e-7},{"slug":"x","tvl":1e300}]`,
		`{"peggedAssets":[{"id":"1","symbol":"USDT","circulating":{"peggedUSD":184067941986.13403},"price":1}]}`,
		`[{"date":"1770681600","totalCirculatingUSD":{"peggedUSD":1,"peggedEUR":0.1}},{"date":"1770768000"}]`,
		`{"tokens":[{"date":1770681600,"bridgedTo":{"peggedUSD":5,"bridges":{"a":{}}}}]}`,
		`{"totalDataChart":[[1770681600,5.38]],"error":"x"}`,
		`<html>`, `{"error":"x"}`, `[`, `{"a`, `""`, `nul`, "\xff", `[[[[`, `{"date":1e400}`,
	} {
		for i := range asked {
			f.Add(i, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, which int, body []byte) {
		a := asked[uint(which)%uint(len(asked))]
		got, err := defillama.New(nil).Read(a.r, []market.JobSeries{{Series: "s", Select: a.sel}}, fetch.Answer{Body: body, FetchedAt: now})
		if err != nil {
			if len(got) > 0 || err.Error() == "" || strings.ContainsRune(err.Error(), 0) {
				t.Errorf("%d series beside the error %q", len(got), err)
			}
			return
		}
		checkPoints(t, got[0])
	})
}

type failer interface {
	Errorf(format string, args ...any)
}

func checkPoints(t failer, sp market.SeriesPoints) {
	if len(sp.Points)+len(sp.Held) == 0 {
		t.Errorf("neither points nor an error")
	}
	for i, p := range sp.Points {
		if math.IsNaN(p.Value) || math.IsInf(p.Value, 0) {
			t.Errorf("%s is %v", p.Period, p.Value)
		}
		if i > 0 && !sp.Points[i-1].Period.Before(p.Period) {
			t.Errorf("%s follows %s", p.Period, sp.Points[i-1].Period)
		}
		if p.Period.Start().After(now.Add(time.Hour)) {
			t.Errorf("%s lies in the future", p.Period)
		}
		if over := p.Period.End(); over.After(now) && p.Status != market.Provisional {
			t.Errorf("%s is %s before it is over", p.Period, p.Status)
		}
	}
}

// TestOrderOfElementsDoesNotMatter: a history reads the same however its elements are ordered.
func TestOrderOfElementsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(17000, 20495), 1, 30, rapid.ID[int]).Draw(t, "days")
		elements := make([]string, len(days))
		for i, d := range days {
			second := rapid.IntRange(0, 86399).Draw(t, "second")
			value := rapid.Float64Range(0, 1e15).Draw(t, "value")
			elements[i] = element(d*86400+second, value)
		}
		read1 := mustRead(t, elements)
		checkPoints(t, read1)
		if len(read1.Points) != len(days) {
			t.Errorf("%d points of %d days", len(read1.Points), len(days))
		}
		shuffled := rapid.Permutation(elements).Draw(t, "order")
		if diff := cmp.Diff(show([]market.SeriesPoints{read1}), show([]market.SeriesPoints{mustRead(t, shuffled)})); diff != "" {
			t.Errorf("%s", diff)
		}
	})
}

func element(second int, value float64) string {
	return `{"date":` + jsonNumber(float64(second)) + `,"tvl":` + jsonNumber(value) + `}`
}

func mustRead(t *rapid.T, elements []string) market.SeriesPoints {
	got, err := read("historicalChainTvl", nil, "["+strings.Join(elements, ",")+"]", nil)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return got[0]
}

// TestSumsDoNotDependOnTheOrder: the total of the pegs is the same to the last bit.
func TestSumsDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1e12), 1, 27).Draw(t, "values")
		pegs := make([]string, len(values))
		for i, v := range values {
			pegs[i] = `"pegged` + string(rune('A'+i)) + `":` + jsonNumber(v)
		}
		total := func(pegs []string) float64 {
			body := `[{"date":"1770681600","totalCirculatingUSD":{` + strings.Join(pegs, ",") + `}}]`
			got, err := read("stablecoincharts", m{"chain": "all"}, body, m{"field": "totalCirculatingUSD", "peg": "sum"})
			if err != nil {
				t.Fatalf("%v", err)
			}
			return got[0].Points[0].Value
		}
		a := total(pegs)
		reversed := slices.Clone(pegs)
		slices.Reverse(reversed)
		if b := total(reversed); a != b {
			t.Errorf("%v forwards, %v backwards", a, b)
		}
	})
}
