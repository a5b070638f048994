package fake_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/market"
	"beleg/internal/source/defillama/fake"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

var feb10 = market.MustPeriod("2026-02-10")

// small is data in which every quirk can be seen: three days of everything and the value of the day after.
func small() *fake.Table {
	t := fake.NewTable()
	t.Add(fake.ChainTVL, fake.Entity{Name: "OP Mainnet", ChainID: 10, CmcID: "11840", GeckoID: "optimism", Symbol: "OP"}, fake.Entity{Name: "Ink"})
	t.Set(fake.Key{Kind: fake.ChainTVL, Name: "OP Mainnet"}, fake.Days(feb10, 100.4, 200.6, 300.25, 400.25))
	t.Set(fake.Key{Kind: fake.ChainTVL, Name: "Ink"}, fake.Days(feb10, 1))
	t.Set(fake.Key{Kind: fake.ChainTVL}, fake.Days(feb10, 1000, 2000, 3000))
	t.Add(fake.ProtocolTVL, fake.Entity{Name: "lido", Label: "Lido", Category: "Liquid Staking", Parts: []string{"OP Mainnet", "OP Mainnet-borrowed"}})
	t.Set(fake.Key{Kind: fake.ProtocolTVL, Name: "lido"}, fake.Days(feb10, 10.5, 20.5, 30.5))
	t.Set(fake.Key{Kind: fake.ProtocolTVL, Name: "lido", Part: "OP Mainnet"}, fake.Days(feb10, 1, 2, 3))
	t.Set(fake.Key{Kind: fake.ProtocolTVL, Name: "lido", Part: "OP Mainnet-borrowed"}, fake.Days(feb10, 7, 8, 9))
	t.Add(fake.Supply, fake.Entity{Name: "1", Label: "Tether", Symbol: "USDT"}, fake.Entity{Name: "50", Label: "Euro Coin", Symbol: "EURC", Peg: "peggedEUR"})
	t.Set(fake.Key{Kind: fake.Supply, Name: "1"}, fake.Days(feb10, 1000.4, 2000.6, 3000.126))
	t.Set(fake.Key{Kind: fake.Supply, Name: "50"}, fake.Days(feb10.AddDays(-1), 0.3, 0.2, 10))
	t.Set(fake.Key{Kind: fake.Price, Name: "50"}, fake.Days(feb10, 1.5))
	t.Set(fake.Key{Kind: fake.DexVolume}, fake.Days(feb10, 100, 200, 300))
	return t
}

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestShapes(t *testing.T) {
	now := at("2026-02-12T12:40:00Z")
	up := fake.New(fake.Options{Data: small(), Now: func() time.Time { return now }})
	tests := []struct {
		name, path string
		status     int
		want       string // a part of the body
	}{
		{"nulls and a string for a number", "/v2/chains", 200, `{"gecko_id":"optimism","tvl":353.02777777777777,"tokenSymbol":"OP","cmcId":"11840","name":"OP Mainnet","chainId":10},{"gecko_id":null,"tvl":1,"tokenSymbol":null,"cmcId":null,"name":"Ink","chainId":null}`},
		{"past points are whole, the present one is not", "/v2/historicalChainTvl/op%20mainnet", 200, `[{"date":1770681600,"tvl":100},{"date":1770768000,"tvl":201},{"date":1770854400,"tvl":300},{"date":1770897600,"tvl":353.02777777777777}]`},
		{"all chains", "/v2/historicalChainTvl", 200, `{"date":1770854400,"tvl":3000},{"date":1770897600,"tvl":3000}]`},
		{"a chain that stopped has no present point", "/v2/historicalChainTvl/Ink", 200, `[{"date":1770681600,"tvl":1}]`},
		{"unknown chain", "/v2/historicalChainTvl/NoSuchChain", 400, "There is no chain with that name: NoSuchChain"},
		{"bare number", "/tvl/lido", 200, "30.5"},
		{"unknown protocol", "/protocol/no-such-slug", 400, "Protocol not found"},
		{"old names of chains", "/protocol/lido", 200, `"Optimism-borrowed":{"tvl":[{"date":1770681600,"totalLiquidityUSD":7}`},
		{"aggregate at the current hour", "/protocol/lido", 200, `"tvl":[{"date":1770681600,"totalLiquidityUSD":11},{"date":1770768000,"totalLiquidityUSD":21},{"date":1770854400,"totalLiquidityUSD":31},{"date":1770897600,"totalLiquidityUSD":30.5}]`},
		{"list of protocols", "/protocols", 200, `"category":"Liquid Staking","chains":["Optimism"],"module":"lido/index.js"`},
		{"string dates, zero keys removed", "/stablecoincharts/all", 200, `[{"date":"1770681600","totalCirculating":{"peggedUSD":1000},"totalCirculatingUSD":{"peggedUSD":1000}},`},
		{"last element keeps zeros and cents", "/stablecoincharts/all", 200, `{"date":"1770854400","totalCirculating":{"peggedEUR":10,"peggedUSD":3000.13},"totalUnreleased":{"peggedEUR":0,"peggedUSD":0},"totalCirculatingUSD":{"peggedEUR":15,"peggedUSD":3000.13},"totalMintedUSD":{"peggedEUR":0,"peggedUSD":0},"totalBridgedToUSD":{"peggedEUR":0,"peggedUSD":0}}]`},
		{"one coin", "/stablecoincharts/all?stablecoin=50", 200, `[{"date":"1770768000","totalCirculating":{"peggedEUR":10},"totalCirculatingUSD":{"peggedEUR":15}},{"date":"1770854400"`},
		{"unknown coin", "/stablecoincharts/all?stablecoin=999999", 200, ""},
		{"unknown chain of coins", "/stablecoincharts/NoSuchChain", 404, "Invalid request"},
		{"numbers as dates, bridges beside numbers", "/stablecoin/1", 200, `{"date":1770854400,"circulating":{"peggedUSD":3000.126},"minted":{"peggedUSD":3000.126},"unreleased":{"peggedUSD":0},"bridgedTo":{"bridges":{},"peggedUSD":0}}`},
		{"unknown coin id", "/stablecoin/999999", 404, "Invalid request"},
		{"young coins have empty windows, prices may be null", "/stablecoins?includePrices=true", 200, `"circulatingPrevMonth":{},"chainCirculating":{},"chains":null,"price":null}`},
		{"volume ends with yesterday", "/overview/dexs?excludeTotalDataChart=false&excludeTotalDataChartBreakdown=true", 200, `{"totalDataChart":[[1770681600,100],[1770768000,200]],"totalDataChartBreakdown":[]`},
		{"chart left out", "/overview/dexs?excludeTotalDataChart=true", 200, `{"totalDataChart":[],`},
		{"no fees", "/overview/fees/NoSuchChain", 404, "Data not found"},
		{"paid", "/api/categories", 402, "Upgrade to the paid API plan"},
		{"no such route", "/v3/chains", 404, "Not Found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, body := get(t, up, tt.path)
			if status != tt.status || !strings.Contains(body, tt.want) || tt.want == "" && body != "" {
				t.Errorf("got %d %s\nwant %d with %s", status, body, tt.status, tt.want)
			}
		})
	}
}

func TestTimeMovesTheLastPoint(t *testing.T) {
	now := at("2026-02-11T06:00:00Z")
	up := fake.New(fake.Options{Data: small(), Now: func() time.Time { return now }})
	var got []string
	for range 3 {
		_, body := get(t, up, "/overview/dexs")
		chart, _, _ := strings.Cut(strings.TrimPrefix(body, `{"totalDataChart":`), `,"totalDataChartB`)
		_, tvl := get(t, up, "/tvl/lido")
		got = append(got, chart+" "+tvl)
		now = now.Add(12 * time.Hour)
	}
	want := []string{
		"[[1770681600,91]] 23", // yesterday lacks a part; a quarter of the way from 20.5 to 30.5
		"[[1770681600,100]] 28",
		"[[1770681600,100],[1770768000,182]] 30.5",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestConditionalRequests(t *testing.T) {
	now := at("2026-02-12T12:00:00Z")
	up := fake.New(fake.Options{Data: small(), Now: func() time.Time { return now }})
	server := httptest.NewServer(up)
	defer server.Close()
	ask := func(tag string) (int, http.Header) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v2/historicalChainTvl", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", tag)
		resp, err := server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode, resp.Header
	}
	_, header := ask("")
	tag := header.Get("ETag")
	if got := header.Get("Cache-Control"); got != "public, max-age=600" {
		t.Errorf("Cache-Control is %q", got)
	}
	if got, _ := ask(tag); got != http.StatusNotModified {
		t.Errorf("the same again answers %d", got)
	}
	now = now.Add(time.Hour)
	if got, _ := ask(tag); got != http.StatusOK {
		t.Errorf("an hour later it answers %d", got)
	}
	seen := up.Requests()
	if len(seen) != 3 || seen[1].Header.Get("If-None-Match") != tag || seen[1].Path != "/v2/historicalChainTvl" {
		t.Errorf("requests seen: %v", seen)
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		name   string
		fault  fake.Fault
		status int
		kind   string
		body   string
		err    bool // while the body is read
	}{
		{"429 with JSON", fake.TooManyRequests("7"), 429, "application/json", `{"message":"Too many requests"}`, false},
		{"429 with HTML", fake.TooManyRequestsPage(""), 429, "text/html; charset=UTF-8", "<!DOCTYPE html>", false},
		{"500", fake.InternalError(), 500, "text/plain; charset=utf-8", "Internal Error", false},
		{"521", fake.ServerDown(), 521, "text/html; charset=UTF-8", "<!DOCTYPE html>", false},
		{"200 with HTML", fake.Page(), 200, "text/html; charset=UTF-8", "<!DOCTYPE html>", false},
		{"200 with an error", fake.ErrorObject("no"), 200, "application/json", `{"error":"no"}`, false},
		{"text", fake.Text(400, "Protocol not found"), 400, "text/plain; charset=utf-8", "Protocol not found", false},
		{"empty", fake.Empty(), 200, "", "", false},
		{"truncated", fake.Truncated(), 200, "application/json", `[{"gecko_id"`, true},
		{"slow", fake.Slow(time.Millisecond), 200, "application/json", `[{"gecko_id"`, false},
		{"elsewhere", fake.RedirectTo("https://example.com/x"), 302, "text/plain", "", false},
	}
	for _, tt := range tests {
		up := fake.New(fake.Options{Data: small(), Now: func() time.Time { return at("2026-02-12T12:00:00Z") }})
		server := httptest.NewServer(up)
		defer server.Close()
		real := server.Client().Transport
		for name, via := range map[string]http.RoundTripper{"over a port": real, "in the process": up.Transport()} {
			t.Run(tt.name+" "+name, func(t *testing.T) {
				up.Fail("/v2/chains", tt.fault, 1)
				req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v2/chains", nil)
				if err != nil {
					t.Fatal(err)
				}
				resp, err := via.RoundTrip(req)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if resp.StatusCode != tt.status || resp.Header.Get("Content-Type") != tt.kind || !strings.HasPrefix(string(body), tt.body) || (err != nil) != tt.err {
					t.Errorf("got %d %q %q %v", resp.StatusCode, resp.Header.Get("Content-Type"), body, err)
				}
				if status, _ := get(t, up, "/v2/chains"); status != 200 {
					t.Errorf("after the fault it answers %d", status)
				}
			})
		}
	}
}

func TestHangingEndsWithTheRequest(t *testing.T) {
	for name, fault := range map[string]fake.Fault{"before the answer": fake.Hanging(), "within the body": fake.Stalled()} {
		t.Run(name, func(t *testing.T) {
			up := fake.New(fake.Options{Data: small()})
			up.Fail("*", fault, -1)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://upstream/v2/chains", nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := up.Transport().RoundTrip(req)
			if err == nil {
				_, err = io.ReadAll(resp.Body)
				_ = resp.Body.Close()
			}
			if err == nil {
				t.Error("the request ended without an error")
			}
			up.Heal()
			if status, _ := get(t, up, "/v2/chains"); status != 200 {
				t.Errorf("healed it answers %d", status)
			}
		})
	}
}

func TestTableChanges(t *testing.T) {
	tab := small()
	k := fake.Key{Kind: fake.ChainTVL, Name: "Ink"}
	if !tab.Revise(k, feb10, 5) || tab.Revise(k, feb10.AddDays(1), 5) {
		t.Error("Revise does not tell whether there is a value")
	}
	if got := tab.Points(k, time.Time{}); len(got) != 1 || got[0].Value != 5 {
		t.Errorf("after Revise: %v", got)
	}
	if !tab.Drop(k, feb10) || tab.Drop(k, feb10) || len(tab.Points(k, time.Time{})) != 0 {
		t.Error("Drop does not drop")
	}
}

func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "upstream", "defillama")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no recordings: %v", err)
	}
	return dir
}

func TestRecorded(t *testing.T) {
	data, err := fake.Recorded(sharedDir(t))
	if err != nil {
		t.Fatal(err)
	}
	up := fake.New(fake.Options{Data: data, Now: func() time.Time { return at("2025-07-20T00:00:00Z") }})
	var chain []struct {
		Date int64
		TVL  float64
	}
	_, body := get(t, up, "/v2/historicalChainTvl/Ethereum")
	if err := json.Unmarshal([]byte(body), &chain); err != nil {
		t.Fatal(err)
	}
	if first := chain[0]; first.Date != 1577836800 || first.TVL != 601701867 {
		t.Errorf("Ethereum begins with %v", first)
	}
	var total []struct {
		Date                string
		TotalCirculatingUSD map[string]float64
	}
	_, body = get(t, up, "/stablecoincharts/all")
	if err := json.Unmarshal([]byte(body), &total); err != nil {
		t.Fatal(err)
	}
	if last := total[len(total)-1]; last.Date != "1752969600" || last.TotalCirculatingUSD["peggedUSD"] != 259666837715 {
		t.Errorf("the stablecoins end with %v", last)
	}
	for path, want := range map[string]string{
		"/stablecoin/2":                 `"symbol":"USDC"`,
		"/protocol/jito-liquid-staking": `"category":"Liquid Staking"`,
		"/protocols":                    `"category":"RWA"`,
	} {
		if status, body := get(t, up, path); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s answers %d without %s", path, status, want)
		}
	}
}
