package defillama_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
)

type m = map[string]string

func TestBuild(t *testing.T) {
	tests := []struct {
		name string
		in   market.Request
		want string // URL, or a part of the error
	}{
		{"chains", market.Request{Endpoint: "chains"}, "https://api.llama.fi/v2/chains"},
		{"all of DeFi", market.Request{Endpoint: "historicalChainTvl"}, "https://api.llama.fi/v2/historicalChainTvl"},
		{"chain with a space", market.Request{Endpoint: "historicalChainTvl", Params: m{"chain": "OP Mainnet"}}, "https://api.llama.fi/v2/historicalChainTvl/OP%20Mainnet"},
		{"protocol", market.Request{Endpoint: "protocol", Params: m{"slug": "lido"}}, "https://api.llama.fi/protocol/lido"},
		{"tvl", market.Request{Endpoint: "tvl", Params: m{"slug": "lido"}}, "https://api.llama.fi/tvl/lido"},
		{"protocols, category not sent", market.Request{Endpoint: "protocols", Params: m{"category": "RWA"}}, "https://api.llama.fi/protocols"},
		{"stablecoins", market.Request{Endpoint: "stablecoins"}, "http://coins.test/base/stablecoins?includePrices=true"},
		{"charts", market.Request{Endpoint: "stablecoincharts", Params: m{"chain": "all"}}, "http://coins.test/base/stablecoincharts/all"},
		{"chart of a coin", market.Request{Endpoint: "stablecoincharts", Params: m{"chain": "Ethereum", "stablecoin": "1"}}, "http://coins.test/base/stablecoincharts/Ethereum?stablecoin=1"},
		{"coin", market.Request{Endpoint: "stablecoin", Params: m{"id": "1"}}, "http://coins.test/base/stablecoin/1"},
		{"volume", market.Request{Endpoint: "overview-dexs"}, "https://api.llama.fi/overview/dexs?excludeTotalDataChart=false&excludeTotalDataChartBreakdown=true"},
		{"fees", market.Request{Endpoint: "overview-fees", Params: m{"chain": "Robinhood Chain"}}, "https://api.llama.fi/overview/fees/Robinhood%20Chain?dataType=dailyFees&excludeTotalDataChart=false&excludeTotalDataChartBreakdown=true"},
		{"revenue", market.Request{Endpoint: "overview-fees", Params: m{"dataType": "dailyRevenue"}}, "https://api.llama.fi/overview/fees?dataType=dailyRevenue&excludeTotalDataChart=false&excludeTotalDataChartBreakdown=true"},

		{"unknown endpoint", market.Request{Endpoint: "charts"}, `no endpoint "charts"; there are chains, historicalChainTvl`},
		{"unknown parameter", market.Request{Endpoint: "chains", Params: m{"chain": "Ethereum"}}, `endpoint chains: unknown parameter "chain"; there is none`},
		{"misspelt parameter", market.Request{Endpoint: "protocol", Params: m{"slugg": "lido"}}, `unknown parameter "slugg"; there are slug`},
		{"missing parameter", market.Request{Endpoint: "protocol"}, "parameter slug is missing"},
		{"unknown value", market.Request{Endpoint: "overview-fees", Params: m{"dataType": "fees"}}, `parameter dataType is "fees"; want dailyFees, dailyRevenue, dailyHoldersRevenue`},
		{"no number", market.Request{Endpoint: "stablecoin", Params: m{"id": "USDT"}}, `parameter id is "USDT"; want a number`},
		{"a path", market.Request{Endpoint: "tvl", Params: m{"slug": "../protocols"}}, "cannot be a name"},
		{"up", market.Request{Endpoint: "tvl", Params: m{"slug": ".."}}, "cannot be a name"},
		{"a query", market.Request{Endpoint: "tvl", Params: m{"slug": "lido?x=1"}}, "cannot be a name"},
	}
	s := defillama.New(m{"stablecoins": "http://coins.test/base/"})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := s.Build(tt.in)
			if err == nil && got.URL != tt.want {
				t.Errorf("got %s\nwant %s", got.URL, tt.want)
			}
			if err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %q\nwant %q", err, tt.want)
			}
		})
	}
	if _, err := defillama.New(m{"": "not a url"}).Build(market.Request{Endpoint: "chains"}); err == nil {
		t.Error("a base URL without a host is taken")
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name     string
		endpoint string
		params   m
		sel      m
		want     string // part of the error; "" = possible
	}{
		{"nothing to select", "tvl", nil, nil, ""},
		{"the same on the light and the full endpoint", "tvl", nil, m{"field": "tvl"}, ""},
		{"and there", "protocol", nil, m{"field": "tvl"}, ""},
		{"part of a protocol", "protocol", nil, m{"chain": "Ethereum-borrowed"}, ""},
		{"no chain on tvl", "tvl", nil, m{"chain": "Ethereum"}, `unknown selection "chain"; there are field`},
		{"another field", "historicalChainTvl", nil, m{"field": "fees"}, `selection field is "fees"; want tvl`},
		{"chains need one", "chains", nil, nil, "selection chain is missing"},
		{"category", "protocols", nil, m{"category": "RWA"}, ""},
		{"category of the request", "protocols", m{"category": "RWA"}, nil, ""},
		{"protocol of the list", "protocols", nil, m{"slug": "lido"}, ""},
		{"neither", "protocols", nil, nil, "either a category or a slug"},
		{"both", "protocols", nil, m{"slug": "lido", "category": "RWA"}, "either a category or a slug"},
		{"sum of dollars", "stablecoincharts", nil, m{"field": "totalCirculatingUSD", "peg": "sum"}, ""},
		{"sum of units", "stablecoincharts", nil, m{"field": "totalCirculating", "peg": "sum"}, "cannot be summed"},
		{"units of a peg", "stablecoincharts", nil, m{"field": "totalCirculating", "peg": "peggedEUR"}, ""},
		{"field missing", "stablecoincharts", nil, m{"peg": "sum"}, "selection field is missing"},
		{"peg missing", "stablecoincharts", nil, m{"field": "totalCirculatingUSD"}, "selection peg is missing"},
		{"coin", "stablecoin", nil, m{"field": "circulating", "peg": "peggedUSD", "chain": "Tron"}, ""},
		{"sum of a coin's units", "stablecoin", nil, m{"field": "circulating", "peg": "sum"}, "cannot be summed"},
		{"symbol", "stablecoins", nil, m{"symbol": "USDT"}, ""},
		{"price", "stablecoins", nil, m{"field": "price", "id": "1"}, ""},
		{"price of nothing", "stablecoins", nil, m{"field": "price"}, "needs an id or a symbol"},
		{"price of a peg", "stablecoins", nil, m{"field": "price", "id": "1", "peg": "peggedUSD"}, "no peg"},
		{"id and symbol", "stablecoins", nil, m{"id": "1", "symbol": "USDT"}, "either an id or a symbol"},
		{"everything", "stablecoins", nil, m{"peg": "sum"}, ""},
		{"nothing", "stablecoins", nil, nil, "want an id, a symbol or a peg"},
		{"chart", "overview-dexs", nil, m{"field": "totalDataChart"}, ""},
		{"sliding window", "overview-dexs", nil, m{"field": "total24h"}, "want totalDataChart"},
		{"unknown endpoint", "nope", nil, nil, "no endpoint"},
	}
	s := defillama.New(nil)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := s.Check(market.Request{Endpoint: tt.endpoint, Params: tt.params}, market.JobSeries{Series: "s", Select: tt.sel})
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// now is an afternoon; days in the bodies below are 1770681600 (2026-02-10) and those after it.
var now = time.Date(2026, 2, 12, 15, 0, 0, 0, time.UTC)

// show writes points as "day value status", with the exact text where there is one, and what is held with its reason.
func show(all []market.SeriesPoints) []string {
	var out []string
	for _, sp := range all {
		head := sp.Series
		if sp.Complete {
			head += " complete"
		}
		out = append(out, head)
		for _, p := range sp.Points {
			line := fmt.Sprintf("%s %.15g %s", p.Period, p.Value, p.Status)
			if p.Exact != "" {
				line += " " + p.Exact
			}
			out = append(out, line)
		}
		for _, h := range sp.Held {
			out = append(out, fmt.Sprintf("%s %.15g held: %s", h.Period, h.Value, h.Reason))
		}
	}
	return out
}

func read(endpoint string, params m, body string, sels ...m) ([]market.SeriesPoints, error) {
	var want []market.JobSeries
	for i, sel := range sels {
		want = append(want, market.JobSeries{Series: string(rune('a' + i)), Select: sel})
	}
	return defillama.New(nil).Read(market.Request{Endpoint: endpoint, Params: params}, want, fetch.Answer{Body: []byte(body), FetchedAt: now})
}

func TestRead(t *testing.T) {
	const chart = `[
	 {"date":"1770595200","totalCirculating":{"peggedUSD":90},"totalCirculatingUSD":{"peggedUSD":91}},
	 {"date":"1770681600","totalCirculating":{"peggedUSD":100,"peggedEUR":10},"totalCirculatingUSD":{"peggedUSD":101,"peggedEUR":12}},
	 {"date":"1770768000","totalCirculating":{"peggedUSD":200},"totalCirculatingUSD":{"peggedUSD":202}},
	 {"date":"1770854400","totalCirculating":{"peggedUSD":300.12,"peggedEUR":0},"totalCirculatingUSD":{"peggedUSD":303.13,"peggedEUR":0.01},"totalMintedUSD":{"peggedUSD":0}}]`
	const coin = `{"id":"1","symbol":"USDT","tokens":[
	 {"date":1770681600,"circulating":{"peggedUSD":100},"bridgedTo":{"peggedUSD":5,"bridges":{"synapse":{"Terra":{"amount":1}}}}},
	 {"date":1770768000,"minted":{"peggedUSD":1}},
	 {"date":1770854400,"circulating":{"peggedUSD":300.5},"bridgedTo":{"peggedUSD":0,"bridges":{}}}],
	 "chainBalances":{"Tron":{"tokens":[{"date":1770854400,"circulating":{"peggedUSD":7}}]},"BSC":{"tokens":[{"date":1770854400,"circulating":{"peggedUSD":8}}]}}}`
	const coins = `{"peggedAssets":[
	 {"id":"1","name":"Tether","symbol":"USDT","pegType":"peggedUSD","circulating":{"peggedUSD":184067941986.13403},"circulatingPrevMonth":{},"chainCirculating":{"Tron":{"current":{"peggedUSD":9}}},"price":0.999},
	 {"id":"2","name":"USD Coin","symbol":"USDC","circulating":{"peggedUSD":"76000000000.5"},"price":null},
	 {"id":"50","name":"Euro Coin","symbol":"EURC","circulating":{"peggedEUR":400000000}},
	 {"id":"90","name":"A dollar","symbol":"USDX","circulating":{"peggedUSD":1}},
	 {"id":"91","name":"Another dollar","symbol":"USDX","circulating":{}}],"chains":[]}`
	const protocol = `{"id":"7594","name":"Aave","chainTvls":{
	  "Optimism":{"tokens":[{"date":1,"tokens":{"USDC":1}}],"tvl":[{"date":1770681600,"totalLiquidityUSD":1}]},
	  "Ethereum-borrowed":{"tvl":[{"date":1770681600,"totalLiquidityUSD":2}]},
	  "borrowed":{"tvl":[{"date":1770681600,"totalLiquidityUSD":4}]}},
	 "tokens":[{"date":1770681600,"tokens":{"USDC":80180484.3}}],
	 "tvl":[{"date":1770692400,"totalLiquidityUSD":10},{"date":1770854400,"totalLiquidityUSD":30},{"date":1770908400,"totalLiquidityUSD":33.25}],
	 "message":null}`
	const list = `[
	 {"name":"Binance CEX","slug":"binance-cex","category":"CEX","tvl":179.9,"chainTvls":{"Bitcoin":1,"borrowed":2}},
	 {"name":"Lido","slug":"lido","category":"Liquid Staking","tvl":30.25},
	 {"name":"BUIDL","slug":"buidl","category":"RWA","tvl":2.1},
	 {"name":"Ondo","slug":"ondo","category":"RWA","tvl":1.3},
	 {"name":"Dead","slug":"dead","category":"RWA","tvl":null},
	 {"name":"Tron","slug":"tron","category":"Chain","tvl":5}]`
	tests := []struct {
		name     string
		endpoint string
		params   m
		body     string
		sels     []m
		want     []string
	}{
		{"history of a chain", "historicalChainTvl", m{"chain": "Ethereum"},
			`[{"date":1770681600,"tvl":1},{"date":1770768000,"tvl":2},{"date":1770854400,"tvl":3.5}]`, []m{nil},
			[]string{"a complete", "2026-02-10 1 final", "2026-02-11 2 final", "2026-02-12 3.5 provisional"}},
		{"the present replaces 00:00 of its day", "historicalChainTvl", nil,
			`[{"date":1770768000,"tvl":2},{"date":1770854400,"tvl":3},{"date":1770908400,"tvl":4}]`, []m{nil},
			[]string{"a complete", "2026-02-11 2 final", "2026-02-12 4 provisional"}},
		{"yesterday's last point is not settled", "historicalChainTvl", nil,
			`[{"date":1770681600,"tvl":2},{"date":1770820000,"tvl":3}]`, []m{nil},
			[]string{"a complete", "2026-02-10 2 final", "2026-02-11 3 provisional"}},
		{"a series that stopped is settled", "historicalChainTvl", nil,
			`[{"date":1770595200,"tvl":2},{"date":1770681600,"tvl":3}]`, []m{nil},
			[]string{"a complete", "2026-02-09 2 final", "2026-02-10 3 final"}},
		{"days that are missing stay missing, order does not matter, of equal dates the later wins", "historicalChainTvl", nil,
			`[{"date":1770681600,"tvl":9},{"date":1770336000,"tvl":1},{"date":1770681600,"tvl":3}]`, []m{nil},
			[]string{"a complete", "2026-02-06 1 final", "2026-02-10 3 final"}},
		{"null is no value, zero is one", "historicalChainTvl", nil,
			`[{"date":1770508800,"tvl":0},{"date":1770595200,"tvl":null},{"date":1770681600,"tvl":"3"}]`, []m{nil},
			[]string{"a complete", "2026-02-08 0 final", "2026-02-10 3 final"}},
		{"held back: future, too early, negative", "historicalChainTvl", nil,
			`[{"date":0,"tvl":5},{"date":1770595200,"tvl":-1},{"date":1770681600,"tvl":3},{"date":1770940800,"tvl":9}]`, []m{nil},
			[]string{"a complete", "2026-02-10 3 final", "1970-01-01 5 held: its date lies before 2008: 1970-01-01T00:00:00Z",
				"2026-02-09 -1 held: it is below zero", "2026-02-13 9 held: its date lies in the future: 2026-02-13T00:00:00Z"}},
		{"the upstream's clock may be a little ahead", "historicalChainTvl", nil,
			`[{"date":1770681600,"tvl":3},{"date":1770911000,"tvl":4}]`, []m{nil},
			[]string{"a complete", "2026-02-10 3 final", "2026-02-12 4 provisional"}},
		{"numbers that a float does not hold keep their text", "historicalChainTvl", nil,
			`[{"date":1770595200,"tvl":9007199254740993},{"date":1770681600,"tvl":184067941986.13403}]`, []m{nil},
			[]string{"a complete", "2026-02-09 9.00719925474099e+15 final 9007199254740993", "2026-02-10 184067941986.134 final"}},
		{"chains by either name", "chains", nil,
			`[{"gecko_id":null,"tvl":5,"tokenSymbol":null,"cmcId":"1","name":"BSC","chainId":56},{"tvl":7,"name":"Gnosis","chainId":"x"}]`, []m{{"chain": "Binance"}, {"chain": "gnosis"}},
			[]string{"a", "2026-02-12 5 provisional", "b", "2026-02-12 7 provisional"}},
		{"the selected name counts where the old one is listed with zero", "chains", nil,
			`[{"name":"Binance","tvl":0},{"name":"BSC","tvl":5},{"name":"OP Mainnet","tvl":3},{"name":"Optimism","tvl":0}]`, []m{{"chain": "BSC"}, {"chain": "OP Mainnet"}},
			[]string{"a", "2026-02-12 5 provisional", "b", "2026-02-12 3 provisional"}},
		{"in histories too", "protocol", m{"slug": "x"},
			`{"chainTvls":{"BSC":{"tvl":[{"date":1770681600,"totalLiquidityUSD":5}]},"Binance":{"tvl":[{"date":1770681600,"totalLiquidityUSD":0}]}}}`, []m{{"chain": "BSC"}, {"chain": "Binance"}},
			[]string{"a complete", "2026-02-10 5 final", "b complete", "2026-02-10 0 final"}},
		{"bare number", "tvl", m{"slug": "lido"}, `4962012809.795062`, []m{nil},
			[]string{"a", "2026-02-12 4962012809.79506 provisional"}},
		{"protocol and its parts by old and new names", "protocol", m{"slug": "aave"}, protocol,
			[]m{nil, {"chain": "OP Mainnet"}, {"chain": "Ethereum-borrowed"}, {"field": "tvl", "chain": "borrowed"}},
			[]string{"a complete", "2026-02-10 10 final", "2026-02-12 33.25 provisional", "b complete", "2026-02-10 1 final",
				"c complete", "2026-02-10 2 final", "d complete", "2026-02-10 4 final"}},
		{"categories and protocols of the list", "protocols", m{"category": "RWA"}, list,
			[]m{nil, {"category": "*"}, {"slug": "lido"}, {"category": "CEX"}},
			[]string{"a", "2026-02-12 3.4 provisional", "b", "2026-02-12 33.65 provisional", "c", "2026-02-12 30.25 provisional", "d", "2026-02-12 179.9 provisional"}},
		{"total of all pegs", "stablecoincharts", m{"chain": "all"}, chart, []m{{"field": "totalCirculatingUSD", "peg": "sum"}},
			[]string{"a complete", "2026-02-09 91 final", "2026-02-10 113 final", "2026-02-11 202 final", "2026-02-12 303.14 provisional"}},
		{"a peg that is missing is zero once it has begun", "stablecoincharts", m{"chain": "all"}, chart, []m{{"field": "totalCirculating", "peg": "peggedEUR"}},
			[]string{"a complete", "2026-02-10 10 final", "2026-02-11 0 final", "2026-02-12 0 provisional"}},
		{"a field that has only the last element", "stablecoincharts", m{"chain": "all"}, chart, []m{{"field": "totalMintedUSD", "peg": "peggedUSD"}},
			[]string{"a complete", "2026-02-12 0 provisional"}},
		{"units of a coin", "stablecoin", m{"id": "1"}, coin,
			[]m{{"field": "circulating", "peg": "peggedUSD"}, {"field": "bridgedTo", "peg": "peggedUSD"}, {"field": "circulating", "peg": "peggedUSD", "chain": "Tron"}},
			[]string{"a complete", "2026-02-10 100 final", "2026-02-11 0 final", "2026-02-12 300.5 provisional",
				"b complete", "2026-02-10 5 final", "2026-02-11 0 final", "2026-02-12 0 provisional", "c complete", "2026-02-12 7 provisional"}},
		{"list of coins", "stablecoins", nil, coins,
			[]m{{"symbol": "USDT"}, {"id": "2"}, {"peg": "sum"}, {"peg": "peggedEUR"}, {"field": "price", "id": "1"}},
			[]string{"a", "2026-02-12 184067941986.134 provisional", "b", "2026-02-12 76000000000.5 provisional", "c", "2026-02-12 260467941987.634 provisional",
				"d", "2026-02-12 400000000 provisional", "e", "2026-02-12 0.999 provisional"}},
		{"volume by day, not the sliding window", "overview-dexs", nil,
			`{"totalDataChart":[[1770595200,5.38],[1770681600,null],[1770768000,36.5]],"total24h":99,"protocols":[{"total24h":1}],"breakdown24h":null}`, []m{nil},
			[]string{"a complete", "2026-02-09 5.38 final", "2026-02-11 36.5 provisional"}},
		{"revenue may be negative", "overview-fees", m{"dataType": "dailyRevenue"}, `{"totalDataChart":[[1770595200,-5],[1770681600,7]]}`, []m{nil},
			[]string{"a complete", "2026-02-09 -5 final", "2026-02-10 7 final"}},
		{"volume may not", "overview-dexs", nil, `{"totalDataChart":[[1770595200,-5],[1770681600,7]]}`, []m{nil},
			[]string{"a complete", "2026-02-10 7 final", "2026-02-09 -5 held: it is below zero"}},
		{"byte order mark and blanks", "tvl", m{"slug": "lido"}, "\ufeff \n 5 \n", []m{nil}, []string{"a", "2026-02-12 5 provisional"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(tt.endpoint, tt.params, tt.body, tt.sels...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, show(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	usd := m{"field": "totalCirculatingUSD", "peg": "sum"}
	tests := []struct {
		name     string
		endpoint string
		params   m
		body     string
		sel      m
		is       error
		want     string // the whole message
	}{
		{"HTML", "chains", nil, "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Checking\n your browser</body></html>", m{"chain": "BSC"}, defillama.ErrNotJSON,
			`defillama chains: answer is not JSON but an HTML page: "Just a moment Checking your browser"`},
		{"text", "chains", nil, "too many requests\x00", m{"chain": "BSC"}, defillama.ErrNotJSON, `defillama chains: answer is not JSON but text: "too many requests"`},
		{"text for a protocol that does not exist", "tvl", m{"slug": "lidoo"}, "Protocol not found", nil, defillama.ErrUnknown,
			`defillama tvl: unknown upstream: protocol "lidoo": answer is not JSON but text: "Protocol not found"`},
		{"undefined for a coin that does not exist", "stablecoincharts", m{"chain": "all", "stablecoin": "999999"}, "undefined", usd, defillama.ErrUnknown,
			`defillama stablecoincharts: unknown upstream: stablecoin "999999": answer is not JSON but text: "undefined"`},
		{"empty", "tvl", m{"slug": "lido"}, " \n", nil, fetch.ErrEmpty, "defillama tvl: answer is empty"},
		{"object with an error for a list", "chains", nil, `{"statusCode":429,"error":"Too Many Requests"}`, m{"chain": "BSC"}, defillama.ErrUpstream,
			`defillama chains: upstream reports an error: "Too Many Requests"`},
		{"object with an error for an object", "overview-dexs", nil, `{"message":"Internal server error"}`, nil, defillama.ErrUpstream,
			`defillama overview-dexs: upstream reports an error: "Internal server error"`},
		{"object with an error for a number", "tvl", m{"slug": "lido"}, `{"error":"no"}`, nil, defillama.ErrUpstream, `defillama tvl: upstream reports an error: "no"`},
		{"another object for a list", "chains", nil, `{"data":[]}`, m{"chain": "BSC"}, defillama.ErrSchema,
			`defillama chains: answer has another shape than expected: want a list, got an object`},
		{"broken off", "historicalChainTvl", nil, `[{"date":1770681600,"tvl":1},{"date":17706`, nil, fetch.ErrTruncated,
			`defillama historicalChainTvl: at /1/date: answer broken off after 42 bytes`},
		{"damaged", "historicalChainTvl", nil, `[{"date":1770681600,"tvl":1},{"date" 5}]`, nil, defillama.ErrSchema,
			`defillama historicalChainTvl: at /1/date: answer has another shape than expected: damaged JSON: byte 37: invalid character '5' after object name (expecting ':')`},
		{"something follows", "tvl", m{"slug": "lido"}, `5 6`, nil, defillama.ErrSchema,
			`defillama tvl: answer has another shape than expected: more follows the document's end at byte 3`},
		{"field renamed", "historicalChainTvl", nil, `[{"date":1770681600,"tvl":1},{"date":1770768000,"totalLiquidityUSD":2}]`, nil, defillama.ErrSchema,
			`defillama historicalChainTvl: at /1: answer has another shape than expected: "tvl" is missing`},
		{"another type", "historicalChainTvl", nil, `[{"date":1770681600,"tvl":{"usd":1}}]`, nil, defillama.ErrSchema,
			`defillama historicalChainTvl: at /0/tvl: answer has another shape than expected: want a number, got an object`},
		{"text for a number", "historicalChainTvl", nil, `[{"date":1770681600,"tvl":"n/a"}]`, nil, defillama.ErrSchema,
			`defillama historicalChainTvl: at /0/tvl: answer has another shape than expected: "n/a" is not a number that can be kept`},
		{"number out of range", "tvl", m{"slug": "lido"}, `1e999`, nil, defillama.ErrSchema,
			`defillama tvl: answer has another shape than expected: "1e999" is not a number that can be kept`},
		{"milliseconds", "historicalChainTvl", nil, `[{"date":1770681600000,"tvl":1}]`, nil, defillama.ErrSchema,
			`defillama historicalChainTvl: at /0/date: answer has another shape than expected: "1770681600000" is no date in seconds since 1970`},
		{"pairs of three", "overview-dexs", nil, `{"totalDataChart":[[1770681600,1,2]]}`, nil, defillama.ErrSchema,
			`defillama overview-dexs: at /totalDataChart/0: answer has another shape than expected: want a pair of date and value, got 3 elements`},
		{"chart left out", "overview-dexs", nil, `{"totalDataChart":[],"total24h":5}`, nil, defillama.ErrAbsent,
			`defillama overview-dexs: answer holds no value for series a: it holds no values`},
		{"empty list", "historicalChainTvl", nil, `[]`, nil, defillama.ErrAbsent, `defillama historicalChainTvl: answer holds no value for series a: it holds no values`},
		{"a peg that never occurs", "stablecoincharts", m{"chain": "all"}, `[{"date":"1770681600","totalCirculatingUSD":{"peggedUSD":1}}]`,
			m{"field": "totalCirculatingUSD", "peg": "peggedEURO"}, defillama.ErrAbsent,
			`defillama stablecoincharts: answer holds no value for series a: nothing for field "totalCirculatingUSD", peg "peggedEURO"`},
		{"a symbol of two coins", "stablecoins", nil, `{"peggedAssets":[{"id":"1","symbol":"USDX","circulating":{}},{"id":"2","symbol":"USDX","circulating":{}}]}`,
			m{"symbol": "USDX"}, nil, `defillama stablecoins: at /peggedAssets: 2 stablecoins have the symbol "USDX"; select one by id`},
		{"a wrong selection", "tvl", m{"slug": "lido"}, `5`, m{"peg": "sum"}, nil, `defillama endpoint tvl, series a: unknown selection "peg"; there are field`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(tt.endpoint, tt.params, tt.body, tt.sel)
			if err == nil {
				t.Fatalf("no error but %v", show(got))
			}
			if err.Error() != tt.want || tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("got  %s (is %v: %v)\nwant %s", err, tt.is, errors.Is(err, tt.is), tt.want)
			}
			if len(got) > 0 {
				t.Errorf("points beside the error: %v", show(got))
			}
		})
	}
}

func TestReadKeepsWhatIsThere(t *testing.T) {
	got, err := read("chains", nil, `[{"name":"Ethereum","tvl":5}]`, m{"chain": "Ethereum"}, m{"chain": "Polygone"})
	if !errors.Is(err, defillama.ErrAbsent) || !strings.Contains(err.Error(), `series b: nothing for chain "Polygone"`) {
		t.Errorf("error %v does not name what is missing", err)
	}
	if diff := cmp.Diff([]string{"a", "2026-02-12 5 provisional"}, show(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestExplain(t *testing.T) {
	s := defillama.New(nil)
	lido := market.Request{Endpoint: "tvl", Params: m{"slug": "lidoo"}}
	tests := []struct {
		name string
		r    market.Request
		err  error
		is   error
		want string
	}{
		{"unknown protocol", lido, &fetch.StatusError{Status: 400, ContentType: "text/plain", Excerpt: "Protocol not found"}, defillama.ErrUnknown,
			`unknown upstream: protocol "lidoo": status 400 Bad Request: Protocol not found`},
		{"unknown chain", market.Request{Endpoint: "overview-dexs", Params: m{"chain": "X"}}, &fetch.StatusError{Status: 404, Excerpt: "Data not found"}, defillama.ErrUnknown,
			`unknown upstream: chain "X": status 404 Not Found: Data not found`},
		{"paid", market.Request{Endpoint: "chains"}, &fetch.StatusError{Status: 402, Excerpt: "Upgrade"}, defillama.ErrPaid,
			`only in the upstream's paid plan: status 402 Payment Required: Upgrade`},
		{"page of the network in between", lido, &fetch.StatusError{Status: 404, ContentType: "text/html", Excerpt: "Not here"}, nil, `status 404 Not Found: Not here`},
		{"nothing named", market.Request{Endpoint: "stablecoincharts", Params: m{"chain": "all"}}, &fetch.StatusError{Status: 404}, nil, `status 404 Not Found`},
		{"other failures", lido, fetch.ErrTimeout, fetch.ErrTimeout, `timed out`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.Explain(tt.r, tt.err)
			if got.Error() != tt.want || tt.is != nil && !errors.Is(got, tt.is) || !errors.Is(got, tt.err) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "upstream", "defillama")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no recordings: %v", err)
	}
	return dir
}

// TestRecordedBodies reads what the upstream really answered.
func TestRecordedBodies(t *testing.T) {
	dir := sharedDir(t)
	tests := []struct {
		file, endpoint string
		params, sel    m
		fetched        string
		count          int
		want           string // the last point
	}{
		{"v2_chains.json", "chains", nil, m{"chain": "BSC"}, "2026-05-29T12:00:00Z", 1, "2026-05-29 5463255008.79863 provisional"},
		{"v2_chains.json", "chains", nil, m{"chain": "Ethereum"}, "2026-05-29T12:00:00Z", 1, "2026-05-29 41981491471.7964 provisional"},
		{"protocol_aave-v4_excerpt.json", "protocol", m{"slug": "aave-v4"}, m{"chain": "Ethereum-borrowed"}, "2026-10-04T22:00:00Z", 40, "2026-05-08 18278834 final"},
		{"overview_fees_robinhood-chain_excerpt.json", "overview-fees", m{"chain": "Robinhood Chain"}, nil, "2026-10-09T02:00:00Z", 109, "2026-10-08 2947517.34 provisional"},
		{"stablecoins_includePrices_excerpt.json", "stablecoins", nil, m{"symbol": "USDT"}, "2026-10-04T22:00:00Z", 1, "2026-10-04 184067941986.134 provisional"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join(dir, tt.file))
			if err != nil {
				t.Fatal(err)
			}
			fetched, err := time.Parse(time.RFC3339, tt.fetched)
			if err != nil {
				t.Fatal(err)
			}
			got, err := defillama.New(nil).Read(market.Request{Endpoint: tt.endpoint, Params: tt.params},
				[]market.JobSeries{{Series: "s", Select: tt.sel}}, fetch.Answer{Body: body, FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			lines := show(got)
			if n := len(got[0].Points); n != tt.count || lines[len(lines)-1] != tt.want {
				t.Errorf("%d points, the last %s\nwant %d and %s", n, lines[len(lines)-1], tt.count, tt.want)
			}
		})
	}
}
