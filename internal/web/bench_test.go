package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// BenchmarkCachedSeriesPage serves a rendered series page over a real connection, in turns with a bare Echo handler that
// serves the same bytes; the metric "ratio" is the page's requests per second divided by the bare handler's.
func BenchmarkCachedSeriesPage(b *testing.B) {
	s := newSite(b)
	s.supply()
	s.now = siteNow
	s.Now = time.Now // as in production: the age of the cache is asked for on every request
	s.gen.now = time.Now
	const path = "/en/series/stablecoins-market-cap"
	page := s.get(path)

	bare := echo.New()
	bare.GET("/*", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "text/html; charset=utf-8", []byte(page.body))
	})
	ours, theirs := httptest.NewServer(s.Handler()), httptest.NewServer(bare)
	defer ours.Close()
	defer theirs.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 4}}

	fetch := func(url string) {
		req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url+path, nil)
		if err != nil {
			b.Fatal(err)
		}
		res, err := client.Do(req)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, res.Body)
		if err != nil || int(n) < len(page.body)/2 {
			b.Fatalf("%d bytes, %v", n, err)
		}
		if err := res.Body.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for range 50 {
		fetch(ours.URL)
		fetch(theirs.URL)
	}
	const turn = 20 // requests in a row to one side, so that noise meets both alike
	var own, other time.Duration
	requests := 0
	for b.Loop() {
		start := time.Now()
		for range turn {
			fetch(ours.URL)
		}
		middle := time.Now()
		for range turn {
			fetch(theirs.URL)
		}
		own, other = own+middle.Sub(start), other+time.Since(middle)
		requests += turn
	}
	b.ReportMetric(float64(other)/float64(own), "ratio")
	b.ReportMetric(float64(requests)/own.Seconds(), "page_req/s")
	b.ReportMetric(float64(requests)/other.Seconds(), "bare_req/s")
}

// BenchmarkRenderSeriesPage renders the page anew each time, drawings from the renderer's cache.
func BenchmarkRenderSeriesPage(b *testing.B) {
	s := newSite(b)
	s.supply()
	s.get("/en/series/stablecoins-market-cap")
	for b.Loop() {
		s.pages.Purge()
		if a := s.get("/en/series/stablecoins-market-cap"); a.StatusCode != http.StatusOK {
			b.Fatal(a.Status)
		}
	}
}
