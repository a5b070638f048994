package defillama_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/fetch"
	"beleg/internal/market"
	"beleg/internal/source/defillama"
	"beleg/internal/source/defillama/fake"
)

// upstream is a fake upstream in the process and what asks it.
type upstream struct {
	*fake.Upstream
	source *defillama.Source
	client *fetch.Client
	now    time.Time
}

func newUpstream(t *testing.T, data fake.Data, at time.Time) *upstream {
	t.Helper()
	u := &upstream{now: at, source: defillama.New(fake.Hosts("http://upstream.test"))}
	u.Upstream = fake.New(fake.Options{Data: data, Now: func() time.Time { return u.now }})
	client, err := fetch.New(fetch.Config{Clock: func() time.Time { return u.now }, Retries: 1, Transport: u.Transport()})
	if err != nil {
		t.Fatal(err)
	}
	u.client = client
	return u
}

func (u *upstream) read(ctx context.Context, r market.Request, sels ...m) ([]market.SeriesPoints, error) {
	ask, err := u.source.Build(r)
	if err != nil {
		return nil, err
	}
	a, err := u.client.Get(ctx, ask)
	if err != nil {
		return nil, u.source.Explain(r, err)
	}
	var want []market.JobSeries
	for i, sel := range sels {
		want = append(want, market.JobSeries{Series: string(rune('a' + i)), Select: sel})
	}
	return u.source.Read(r, want, a)
}

var feb10 = market.MustPeriod("2026-02-10")

func lido() *fake.Table {
	t := fake.NewTable()
	t.Set(fake.Key{Kind: fake.ProtocolTVL, Name: "lido"}, fake.Days(feb10, 10, 20, 30, 40))
	t.Set(fake.Key{Kind: fake.ProtocolTVL, Name: "lido", Part: "BSC"}, fake.Days(feb10, 1, 2, 3, 4))
	t.Set(fake.Key{Kind: fake.DexVolume}, fake.Days(feb10, 100, 200, 300))
	t.Set(fake.Key{Kind: fake.Supply, Name: "1"}, fake.Days(feb10, 1000, 2000, 3000.5))
	return t
}

// TestFaultyUpstream: whatever goes wrong, the error names the place and what came instead.
func TestFaultyUpstream(t *testing.T) {
	r := market.Request{Endpoint: "protocol", Params: m{"slug": "lido"}}
	tests := []struct {
		name  string
		fault fake.Fault
		is    error
		want  string
	}{
		{"429", fake.TooManyRequests(""), nil, `/protocol/lido: status 429 Too Many Requests: {"message":"Too many requests"} (after 2 attempts)`},
		{"429 that asks to wait", fake.TooManyRequests("3600"), nil, `/protocol/lido: status 429 Too Many Requests, asks to wait 1h0m0s: {"message"`},
		{"429 as a page", fake.TooManyRequestsPage("5"), nil, `/protocol/lido: status 429 Too Many Requests, asks to wait 5s: Just a moment You are being rate limited`},
		{"500", fake.InternalError(), nil, `/protocol/lido: status 500 Internal Server Error: Internal Error`},
		{"521", fake.ServerDown(), nil, `/protocol/lido: status 521: 521: Web server is down Web server is down`},
		{"200 with a page", fake.Page(), defillama.ErrNotJSON, `defillama protocol: answer is not JSON but an HTML page: "Checking your browser"`},
		{"200 with an error", fake.ErrorObject("rate limit"), defillama.ErrUpstream, `defillama protocol: upstream reports an error: "rate limit"`},
		{"200 with text", fake.Text(200, "Protocol not found"), defillama.ErrUnknown, `defillama protocol: unknown upstream: protocol "lido"`},
		{"400 with text", fake.Text(400, "Protocol not found"), defillama.ErrUnknown, `unknown upstream: protocol "lido"`},
		{"402", fake.Text(402, "Upgrade to the paid API plan"), defillama.ErrPaid, `only in the upstream's paid plan`},
		{"empty", fake.Empty(), fetch.ErrEmpty, `/protocol/lido: answer is empty`},
		{"truncated", fake.Truncated(), fetch.ErrTruncated, `/protocol/lido: answer broken off after`},
		{"truncated, and whole as far as HTTP can tell", fake.Text(200, `{"id":"1","tvl":[{"date":1770681600,"totalLiq`), fetch.ErrTruncated, `defillama protocol: at /tvl/0/date: answer broken off after`},
		{"hanging", fake.Hanging(), fetch.ErrTimeout, `/protocol/lido: timed out`},
		{"stalled", fake.Stalled(), fetch.ErrTimeout, `/protocol/lido: timed out`},
		{"too slow", fake.Slow(time.Hour), fetch.ErrTimeout, `/protocol/lido: timed out`},
		{"elsewhere", fake.RedirectTo("http://169.254.169.254/"), fetch.ErrForbidden, `/protocol/lido: address not allowed: 169.254.169.254`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // in which waiting takes no time
				u := newUpstream(t, lido(), now)
				u.Fail("/protocol/lido", tt.fault, -1)
				got, err := u.read(t.Context(), r, nil)
				if err == nil || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) || len(got) > 0 {
					t.Errorf("got %v\nand %v\nwant %s", got, err, tt.want)
				}
				u.Heal()
				got, err = u.read(t.Context(), r, nil)
				if err != nil {
					t.Fatal(err)
				}
				want := []string{"a complete", "2026-02-10 10 final", "2026-02-11 20 final", "2026-02-12 36.25 provisional"}
				if diff := cmp.Diff(want, show(got)); diff != "" {
					t.Errorf("afterwards (-want +got)\n%s", diff)
				}
			})
		})
	}
}

// TestDaysGoBy: a day's value is provisional while it lasts, then what it was at 00:00; volume comes a day later.
func TestDaysGoBy(t *testing.T) {
	u := newUpstream(t, lido(), time.Date(2026, 2, 11, 6, 0, 0, 0, time.UTC))
	var got []string
	for range 3 {
		for _, q := range []struct {
			r   market.Request
			sel m
		}{
			{market.Request{Endpoint: "protocol", Params: m{"slug": "lido"}}, m{"chain": "BSC"}},
			{market.Request{Endpoint: "overview-dexs"}, nil},
			{market.Request{Endpoint: "stablecoin", Params: m{"id": "1"}}, m{"field": "circulating", "peg": "peggedUSD"}},
		} {
			points, err := u.read(t.Context(), q.r, q.sel)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, q.r.Endpoint+": "+strings.Join(show(points)[1:], ", "))
		}
		u.now = u.now.Add(12 * time.Hour)
	}
	want := []string{
		"protocol: 2026-02-10 1 final, 2026-02-11 2.25 provisional",
		"overview-dexs: 2026-02-10 91 provisional",
		"stablecoin: 2026-02-10 1000 final, 2026-02-11 2250.125 provisional",
		"protocol: 2026-02-10 1 final, 2026-02-11 2.75 provisional",
		"overview-dexs: 2026-02-10 100 provisional",
		"stablecoin: 2026-02-10 1000 final, 2026-02-11 2750.375 provisional",
		"protocol: 2026-02-10 1 final, 2026-02-11 2 final, 2026-02-12 3.25 provisional",
		"overview-dexs: 2026-02-10 100 final, 2026-02-11 182 provisional",
		"stablecoin: 2026-02-10 1000 final, 2026-02-11 2000 final, 2026-02-12 3000.5 provisional",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// recordedRWA lies three eighths of the way from the recorded 2025-08-01 to 2025-08-02.
const recordedRWA = 10447056612.25

// TestRecordedHistory reads the real history through the fake.
func TestRecordedHistory(t *testing.T) {
	data, err := fake.Recorded(sharedDir(t))
	if err != nil {
		t.Fatal(err)
	}
	u := newUpstream(t, data, time.Date(2025, 8, 1, 9, 0, 0, 0, time.UTC))
	tests := []struct {
		r     market.Request
		sel   m
		day   string
		want  float64
		count int
	}{
		{market.Request{Endpoint: "stablecoincharts", Params: m{"chain": "all"}}, m{"field": "totalCirculatingUSD", "peg": "sum"}, "2025-07-30", 263916095124, 2803},
		{market.Request{Endpoint: "historicalChainTvl", Params: m{"chain": "Ethereum"}}, nil, "2020-01-01", 601701867, 2040},
		{market.Request{Endpoint: "protocols"}, m{"category": "RWA"}, "2025-08-01", recordedRWA, 1},
		{market.Request{Endpoint: "overview-dexs"}, nil, "2025-07-23", 18846368844, 0},
		{market.Request{Endpoint: "stablecoin", Params: m{"id": "2"}}, m{"field": "circulating", "peg": "peggedUSD"}, "2025-07-01", 61218509594, 0},
	}
	for _, tt := range tests {
		t.Run(tt.r.Endpoint, func(t *testing.T) {
			got, err := u.read(t.Context(), tt.r, tt.sel)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(got[0].Points); tt.count > 0 && n != tt.count {
				t.Errorf("%d points, want %d", n, tt.count)
			}
			found := false
			for _, p := range got[0].Points {
				if p.Period.String() == tt.day {
					found = true
					if p.Value != tt.want {
						t.Errorf("%s is %v, want %v", tt.day, p.Value, tt.want)
					}
				}
			}
			if !found {
				t.Errorf("nothing on %s", tt.day)
			}
			if len(got[0].Held) > 0 {
				t.Errorf("held: %v", got[0].Held)
			}
		})
	}
}
