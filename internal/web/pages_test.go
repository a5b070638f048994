package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"beleg/assets"
	"beleg/internal/market"
	"beleg/internal/source/defillama/fake"
	"beleg/internal/unit"
)

func (a answer) has(t testing.TB, texts ...string) answer {
	t.Helper()
	plain := html.UnescapeString(a.body)
	for _, want := range texts {
		if !strings.Contains(plain, want) {
			t.Errorf("the answer lacks %q", want)
		}
	}
	return a
}

func (a answer) hasNot(t testing.TB, texts ...string) {
	t.Helper()
	for _, no := range texts {
		if strings.Contains(a.body, no) {
			t.Errorf("the answer holds %q", no)
		}
	}
}

func (a answer) status(t testing.TB, want int) answer {
	t.Helper()
	if a.StatusCode != want {
		t.Errorf("status %d, want %d: %.200s", a.StatusCode, want, a.body)
	}
	return a
}

func TestDashboard(t *testing.T) {
	s := newSite(t)
	s.supply()
	s.add(stablecoinPost)
	a := s.get("/en/").status(t, http.StatusOK)
	a.has(t, "Stablecoins", "Market capitalisation of stablecoins", "$305.7bn", "12 February 2026", "in 30 days", `<svg`,
		"/en/posts/stablecoins-nach-dem-winter", "3 figures, 2 with data")
	a.hasNot(t, "Prediction markets", `class="banner"`)
}

func TestDashboardWithoutAnything(t *testing.T) {
	s := newSite(t)
	s.get("/en/").status(t, http.StatusOK).has(t, "No data and no posts yet", "No posts yet")
}

func TestSilentSourcesAreNamed(t *testing.T) {
	s := newSite(t)
	s.up.Fail("/stablecoincharts/all", fake.InternalError(), 1)
	job, err := s.jobs.Job("stablecoins")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.jobs.Run(t.Context(), []market.Job{job}, collectOptions); err == nil {
		t.Fatal("the fault did not work")
	}
	s.changed()
	s.get("/en/").has(t, "did not answer", "DefiLlama", "never answered so far", "make demo")
	s.get("/en/sources").has(t, "did not answer")
	s.get("/en/sources/defillama").has(t, "failed", "500")

	s.supply()
	a := s.get("/en/")
	a.hasNot(t, "did not answer", "make demo")
}

func TestSeriesPage(t *testing.T) {
	s := newSite(t)
	s.supply()
	slug := s.add(stablecoinPost)
	a := s.get("/en/series/stablecoins-market-cap").status(t, http.StatusOK)
	a.has(t,
		"$305.7bn", "12 February 2026", "provisional", // the newest value
		`<svg`, `type="application/json"`, `data-chart=`, // drawn, and ready for the script
		`aria-current="true">1 year`,
		"305,700,000,000", "filled in later", // table
		"DefiLlama", "Licence", "SHA-256", "stablecoincharts/all", // what it rests on
		"/api/v1/series/stablecoins-market-cap.csv", "/api/v1/series/stablecoins-market-cap/observations",
		"/en/posts/"+slug, "305,6 Milliarden", "270 Milliarden", "was true earlier", // who cites it
		`<iframe src="https://beleg.example/en/embed/stablecoins-market-cap"`, `https://beleg.example/embed/stablecoins-market-cap.svg`,
	)
	if n := strings.Count(a.body, "<tr>"); n < tableRows || n > tableRows+2 {
		t.Errorf("%d rows, want %d and a head", n, tableRows)
	}
}

func TestSeriesPageMarksWhatPostsCite(t *testing.T) {
	s := newSite(t)
	s.supply()
	s.add(stablecoinPost)
	a := s.get("/en/series/stablecoins-market-cap")
	if !regexp.MustCompile(`<a [^>]*href="(/en/figure/[0-9a-z]+|#cited)"`).MatchString(a.body) {
		t.Error("no mark in the chart leads to a figure")
	}
	if strings.Contains(a.body, `"1e+12"`) {
		t.Error("a forecast is drawn as if it were cited for its day")
	}
}

func TestSeriesWithoutDataSaysSo(t *testing.T) {
	s := newSite(t)
	s.add(strings.ReplaceAll(stablecoinPost, "2028", "2027"))
	a := s.get("/en/series/stablecoins-market-cap").status(t, http.StatusOK)
	a.has(t, "There are no values of this series yet", "What posts say", "305,6 Milliarden")
	a.hasNot(t, "chart-s-line-1")
}

func TestSeriesSpan(t *testing.T) {
	s := newSite(t)
	s.supply()
	tests := []struct {
		query  string
		status int
		want   string
	}{
		{"range=3m", 200, "of 93 values"},
		{"range=all", 200, "of 400 values"},
		{"from=2026-02-01&to=2026-02-05", 200, "5 February 2026"},
		{"from=2019-01-01&to=2019-02-01", 200, "no values in this time range"},
		{"as_of=2026-01-01", 200, "Reconstructed"},
		{"as_of=2026-02-12", 200, "As known at the end of 12 February 2026"},
		{"utm_source=x&fbclid=y", 200, "$305.7bn"},
		{"range=2w", 400, `"range"`},
		{"from=yesterday", 400, `"from"`},
		{"from=2026-02-05&to=2026-02-01", 400, `"to"`},
		{"as_of=2027-01-01", 400, "future"},
		{"lang=fr", 400, `"lang"`},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			path := "/en/series/stablecoins-market-cap?"
			if strings.HasPrefix(tt.query, "lang") {
				path = "/series/stablecoins-market-cap?"
			}
			s.get(path+tt.query).status(t, tt.status).has(t, tt.want)
		})
	}
}

func TestRevisionsAndHeldValuesAreShown(t *testing.T) {
	s := newSite(t)
	s.supply()
	s.now = s.now.Add(24 * time.Hour)
	s.data.Revise(fake.Key{Kind: fake.PegTotal, Part: "peggedUSD"}, market.MustPeriod("2026-02-01"), 300e9)
	s.data.Revise(fake.Key{Kind: fake.PegTotal, Part: "peggedUSD"}, market.MustPeriod("2026-02-12"), 9e15)
	s.collect("stablecoins")
	s.get("/en/series/stablecoins-market-cap").has(t, "Revisions", "Earlier value", "1 February 2026", "Held back", "greatest plausible")
}

func TestPostPage(t *testing.T) {
	s := newSite(t)
	s.supply()
	slug := s.add(stablecoinPost)
	a := s.get("/en/posts/"+slug).status(t, http.StatusOK)
	a.has(t, "Stablecoins nach dem Winter", "3 figures, 2 with data", "one forecast",
		"<mark>305,6 Milliarden US-Dollar</mark>", "agrees", "was true earlier", "forecast",
		"305,600,000,000", "Data then", "Newest value", "/en/series/stablecoins-market-cap", `<svg`)
}

func TestPostWithoutFigures(t *testing.T) {
	s := newSite(t)
	slug := s.add("# Vertrauen\n\nHier steht nichts, das sich zählen ließe.\n")
	s.get("/de/posts/"+slug).status(t, http.StatusOK).has(t, "0 Zahlen", "keine Zahlen gefunden", "ohne Datum")
}

var figureLink = regexp.MustCompile(`/en/figure/([0-9a-zA-Z_-]+)`)

func TestFigurePage(t *testing.T) {
	s := newSite(t)
	s.supply()
	slug := s.add(stablecoinPost)
	id := figureLink.FindStringSubmatch(s.get("/en/posts/" + slug).body)
	if id == nil {
		t.Fatal("the post's page leads to no figure")
	}
	a := s.get("/en/figure/"+id[1]).status(t, http.StatusOK)
	a.has(t, "<mark>305,6 Milliarden US-Dollar</mark>", "agrees", "How it was read", "Read wrongly?",
		"<!-- beleg: series=stablecoins-market-cap period=2026-02-11 -->", "the day of publication", `<svg`, "DefiLlama",
		"https://beleg.example/en/embed/figure/"+id[1])
	s.get("/en/embed/figure/"+id[1]).status(t, http.StatusOK).has(t, "305,6 Milliarden", "Data then")
	s.get("/en/figure/unknown").status(t, http.StatusNotFound)
}

func TestEmbeds(t *testing.T) {
	s := newSite(t)
	s.supply()
	page := s.get("/en/embed/stablecoins-market-cap").status(t, http.StatusOK)
	page.has(t, "$305.7bn", `<svg`, "https://beleg.example/en/series/stablecoins-market-cap", "DefiLlama")
	svg := s.get("/embed/stablecoins-market-cap.svg?lang=de").status(t, http.StatusOK)
	if got := svg.Header.Get("Content-Type"); got != "image/svg+xml" {
		t.Errorf("Content-Type %q", got)
	}
	svg.has(t, "Marktkapitalisierung der Stablecoins", "305,7 Mrd.")
	svg.hasNot(t, "<script", "onload")
	png := s.get("/embed/stablecoins-market-cap.png?width=600").status(t, http.StatusOK)
	if !strings.HasPrefix(png.body, "\x89PNG") {
		t.Error("the PNG is none")
	}
	s.get("/embed/stablecoins-market-cap.gif").status(t, http.StatusNotFound).has(t, ".gif")
	s.get("/embed/usdt-supply.svg").status(t, http.StatusNotFound)
	s.get("/embed/usdt-supply").status(t, http.StatusOK).has(t, "no values of this series yet")
	s.get("/embed/stablecoins-market-cap.png?width=9").status(t, http.StatusBadRequest).has(t, `"width"`)
}

func TestLanguages(t *testing.T) {
	s := newSite(t)
	tests := []struct {
		name, path, accept, want, vary string
	}{
		{"from the path", "/de/", "en", "Worauf sich die Zahlen beziehen", ""},
		{"from the parameter", "/?lang=de", "en", "Worauf sich die Zahlen beziehen", ""},
		{"from the browser", "/", "de-AT,de;q=0.9,en;q=0.5", "Worauf sich die Zahlen beziehen", "Accept-Language"},
		{"English for others", "/", "fr", "What the figures refer to", "Accept-Language"},
		{"English without a wish", "/", "", "What the figures refer to", "Accept-Language"},
		{"bare prefix", "/de", "", "Worauf sich die Zahlen beziehen", ""},
		{"with a slash at the end", "/de/posts/", "", "Alle Beiträge", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := s.get(tt.path, "Accept-Language", tt.accept).status(t, http.StatusOK)
			a.has(t, tt.want)
			if got := strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Accept-Language"); got != (tt.vary != "") {
				t.Errorf("Vary: %v", a.Header.Values("Vary"))
			}
		})
	}
}

func TestHostilePostsAreShownAsText(t *testing.T) {
	s := newSite(t)
	s.supply()
	slug := s.add("---\ntitle: '</script><script>alert(1)</script>'\ndate: 2026-02-11\nlang: en\n---\n\n" +
		"The market cap of stablecoins <img src=x onerror=alert(1)> stands at $305.5 billion \"</script>\".\n")
	for _, path := range []string{"/en/", "/en/posts/" + slug, "/en/series/stablecoins-market-cap", "/en/embed/stablecoins-market-cap"} {
		a := s.get(path).status(t, http.StatusOK)
		a.hasNot(t, "<script>alert", "<img src=x", "</script><script>alert")
	}
}

func TestCachingAndCompression(t *testing.T) {
	s := newSite(t)
	s.supply()
	path := "/en/series/stablecoins-market-cap"
	first := s.get(path)
	tag := first.Header.Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	s.get(path, "If-None-Match", tag).status(t, http.StatusNotModified)
	for _, coding := range []string{"br", "gzip"} {
		a := s.get(path, "Accept-Encoding", coding).status(t, http.StatusOK)
		if got := a.Header.Get("Content-Encoding"); got != coding {
			t.Errorf("Content-Encoding %q, want %q", got, coding)
		}
		if len(a.body) > 60_000 {
			t.Errorf("%d bytes with %s, want at most 60,000", len(a.body), coding)
		}
		if a.Header.Get("ETag") == tag {
			t.Errorf("the same ETag for %s and for plain bytes", coding)
		}
	}
	s.now = s.now.Add(24 * time.Hour)
	s.data.Set(fake.Key{Kind: fake.PegTotal, Part: "peggedUSD"}, []fake.Point{{At: market.DayOf(s.now).Start(), Value: 306.6e9}})
	s.collect("stablecoins")
	s.get(path).has(t, "$306.6bn")
}

func TestSecurityHeaders(t *testing.T) {
	s := newSite(t, func(c *Config) { c.EmbedSites = []string{"https://blog.example"} })
	s.supply()
	for _, tt := range []struct{ path, frames string }{
		{"/en/", "frame-ancestors 'none'"},
		{"/api/v1/series", "frame-ancestors 'none'"},
		{"/en/embed/stablecoins-market-cap", "frame-ancestors https://blog.example"},
		{"/en/nothing", "frame-ancestors 'none'"},
	} {
		h := s.get(tt.path).Header
		policy := h.Get("Content-Security-Policy")
		if !strings.Contains(policy, tt.frames) || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", tt.path, policy)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", tt.path, h)
		}
	}
}

func TestErrorPages(t *testing.T) {
	s := newSite(t)
	a := s.get("/de/series/nothing").status(t, http.StatusNotFound)
	a.has(t, "Hier ist nichts", `there is no series "nothing"`)
	if ct := a.Header.Get("Content-Type"); !strings.HasPrefix(ct, "text/html") {
		t.Errorf("Content-Type %q", ct)
	}
	s.get("/no/such/page").status(t, http.StatusNotFound)
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	s.changed()
	broken := s.get("/en/").status(t, http.StatusInternalServerError)
	broken.has(t, "Something went wrong")
	broken.hasNot(t, "sqlite", "sql:", "closed")
	s.get("/readyz").status(t, http.StatusServiceUnavailable)
	s.get("/healthz").status(t, http.StatusOK)
}

func TestSimulatedIsSaidEverywhere(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Simulated = true })
	s.supply()
	slug := s.add(stablecoinPost)
	for _, path := range []string{"/en/", "/en/posts", "/en/posts/" + slug, "/en/series/stablecoins-market-cap", "/en/sources", "/en/sources/defillama",
		"/en/sectors/stablecoins", "/en/embed/stablecoins-market-cap", "/embed/stablecoins-market-cap.svg?lang=en", "/en/nothing",
		"/api/v1/series/stablecoins-market-cap/observations", "/api/v1/series/stablecoins-market-cap.csv"} {
		if body := strings.ToLower(s.get(path).body); !strings.Contains(body, "simulated") {
			t.Errorf("%s does not say that it is simulated", path)
		}
	}
	if s.get("/api/v1/posts").Header.Get("Beleg-Simulated") != "true" {
		t.Error("the API does not say that it is simulated")
	}
}

func TestOperations(t *testing.T) {
	s := newSite(t)
	s.supply()
	s.get("/readyz").status(t, http.StatusServiceUnavailable)
	s.ready.Store(true)
	s.get("/readyz").status(t, http.StatusOK)
	s.get("/en/")
	s.get("/metrics").status(t, http.StatusOK).has(t, `beleg_http_requests_total{method="GET",route="/",status="200"}`)
	s.get("/robots.txt").has(t, "https://beleg.example/sitemap.xml")
	s.get("/sitemap.xml").status(t, http.StatusOK).has(t, "https://beleg.example/de/series/defi-tvl")
}

// Every key that a template or a verdict asks for has words in both languages.
func TestMessagesAreComplete(t *testing.T) {
	call := regexp.MustCompile(`\b(?:t|tf|n) (?:\.?[A-Za-z.()]+ )*"([a-z0-9.-]+)"(?: "([a-z0-9.-]+)")?`)
	files, err := assets.Templates.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, f := range files {
		body, err := assets.Templates.ReadFile("templates/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(body), -1) {
			for _, key := range m[1:] {
				if key == "" || strings.HasSuffix(key, ".") {
					continue
				}
				asked++
				if _, ok := messages[key]; !ok {
					t.Errorf("%s asks for %q, which has no words", f.Name(), key)
				}
			}
		}
	}
	if asked < 100 {
		t.Errorf("only %d keys found in the templates", asked)
	}
	for key, m := range messages {
		if m.en == "" || m.de == "" {
			t.Errorf("%s lacks a language", key)
		}
		if strings.Count(m.en, "%") != strings.Count(m.de, "%") {
			t.Errorf("%s takes different values in the two languages", key)
		}
	}
}

func TestFormatDate(t *testing.T) {
	for _, tt := range []struct{ period, de, en string }{
		{"2026-02-03", "3. Februar 2026", "3 February 2026"},
		{"2026-03", "März 2026", "March 2026"},
		{"2025-Q3", "Q3 2025", "Q3 2025"},
		{"2025-H2", "H2 2025", "H2 2025"},
		{"2025", "2025", "2025"},
	} {
		p := market.MustPeriod(tt.period)
		if de, en := formatDate(unit.German, p), formatDate(unit.English, p); de != tt.de || en != tt.en {
			t.Errorf("%s: %q, %q", tt.period, de, en)
		}
	}
}

func TestUnknownFunctionArguments(t *testing.T) {
	if _, err := anyValue(unit.English, "text", unit.USD); !errors.Is(err, errNotNumber) {
		t.Errorf("error %v", err)
	}
	if _, err := formatInstant(unit.English, 5); !errors.Is(err, errNotTime) {
		t.Errorf("error %v", err)
	}
}
