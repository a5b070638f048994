package defillama_test

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"

	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
)

func jsonNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// largeProtocol is an answer about a protocol with its tokens on several chains, of about that many bytes.
func largeProtocol(bytes int) []byte {
	const days, symbols = 2000, 12
	var tvl, tokens strings.Builder
	for d := range days {
		at := 1577836800 + d*86400
		if d > 0 {
			tvl.WriteByte(',')
			tokens.WriteByte(',')
		}
		fmt.Fprintf(&tvl, `{"date":%d,"totalLiquidityUSD":%d}`, at, 1e9+d)
		fmt.Fprintf(&tokens, `{"date":%d,"tokens":{`, at)
		for s := range symbols {
			if s > 0 {
				tokens.WriteByte(',')
			}
			fmt.Fprintf(&tokens, `"TOKEN%d":%d.%05d`, s, d*s+7, d)
		}
		tokens.WriteString("}}")
	}
	part := fmt.Sprintf(`{"tvl":[%s],"tokensInUsd":[%s],"tokens":[%s]}`, tvl.String(), tokens.String(), tokens.String())
	var b strings.Builder
	b.WriteString(`{"id":"1","name":"Large","chainTvls":{`)
	for i := 0; b.Len() < bytes; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"Chain%d":%s`, i, part)
	}
	fmt.Fprintf(&b, `},"tvl":[%s]}`, tvl.String())
	return []byte(b.String())
}

func BenchmarkReadLargeProtocol(b *testing.B) {
	a := fetch.Answer{Body: largeProtocol(20 << 20), FetchedAt: now}
	r := market.Request{Endpoint: "protocol", Params: m{"slug": "large"}}
	want := []market.JobSeries{{Series: "a"}, {Series: "b", Select: m{"chain": "Chain3"}}}
	s := defillama.New(nil)
	b.SetBytes(int64(len(a.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Read(r, want, a); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLargeAnswerNeedsLittleMemory: of an answer of 30 MB only what is wanted is kept.
func TestLargeAnswerNeedsLittleMemory(t *testing.T) {
	a := fetch.Answer{Body: largeProtocol(30 << 20), FetchedAt: now}
	runtime.GC()
	before := allocated()
	got, err := defillama.New(nil).Read(market.Request{Endpoint: "protocol", Params: m{"slug": "large"}}, []market.JobSeries{{Series: "a"}}, a)
	if err != nil {
		t.Fatal(err)
	}
	used := allocated() - before
	if n := len(got[0].Points); n != 2000 {
		t.Errorf("%d points, want 2000", n)
	}
	if used > 5<<20 {
		t.Errorf("reading %d MB took %d MB besides", len(a.Body)>>20, used>>20)
	}
}

// allocated are the bytes allocated since the program began.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
