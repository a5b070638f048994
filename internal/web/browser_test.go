package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserPath is Chromium's. Without one the test is skipped, unless BELEG_TEST_BROWSER=required forbids that.
func browserPath(t *testing.T) string {
	t.Helper()
	if os.Getenv("BELEG_TEST_BROWSER") == "off" {
		t.Skip("BELEG_TEST_BROWSER=off: pages are not tried in a browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("BELEG_TEST_BROWSER") == "required" {
		t.Fatal("no Chromium on this machine, but BELEG_TEST_BROWSER=required")
	}
	t.Skip("no Chromium on this machine: pages are not tried in a browser")
	return ""
}

// visit is a tab that notes everything that should not happen.
type visit struct {
	ctx    context.Context
	origin string

	mu     sync.Mutex
	faults []string
}

func (v *visit) fault(format string, args ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// listen notes console errors, exceptions, policy violations and requests that leave the origin.
func (v *visit) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		v.fault("exception: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			v.fault("console %s: %v", e.Type, e.Args)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || strings.Contains(e.Entry.Text, "Content Security Policy") {
			v.fault("log: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, v.origin) && !strings.HasPrefix(e.Request.URL, "data:") {
			v.fault("a request left the origin: %s", e.Request.URL)
		}
	}
}

// look is how a page is looked at.
type look struct {
	width  int64
	dark   bool
	script bool
}

func (l look) String() string {
	name := fmt.Sprintf("%d px", l.width)
	if l.dark {
		name += ", dark"
	}
	if !l.script {
		name += ", without JavaScript"
	}
	return name
}

// prepare sets the window, the colour scheme and whether scripts run.
func (l look) prepare(ctx context.Context) error {
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(l.width, 900)); err != nil {
		return err
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
		return err
	}
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !l.script})
	return err
}

// open prepares a tab, goes to an address and waits for the interactive chart where one is to come.
func (v *visit) open(t *testing.T, l look, path string, interactive bool) {
	t.Helper()
	if err := l.prepare(v.ctx); err != nil {
		t.Fatal(err)
	}
	steps := []chromedp.Action[chromedp.Void]{chromedp.Navigate(v.origin + path)}
	if interactive && l.script {
		steps = append(steps, chromedp.WaitVisible("[data-chart-state=interactive]"))
	}
	if err := chromedp.Do(v.ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// eval evaluates an expression in the page.
func eval[T any](t *testing.T, v *visit, expression string) T {
	t.Helper()
	got, err := chromedp.Run(v.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

var looks = []look{
	{1280, false, true}, {1280, true, true}, {390, false, true}, {390, true, true}, {1280, false, false}, {390, true, false},
}

// stateScript is what a test asks of a loaded page; all of it is computed in one go.
const stateScript = `(() => {
  const shown = [...document.querySelectorAll('.chart svg')].map(s => s.getBoundingClientRect()).filter(r => r.width > 0 && r.height > 0);
  const lum = c => { const m = c.match(/\d+(\.\d+)?/g).map(Number); return (0.2126*m[0] + 0.7152*m[1] + 0.0722*m[2]) / 255; };
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    svgs: shown.length,
    interactive: document.querySelectorAll('[data-chart-state=interactive]').length,
    charts: document.querySelectorAll('[data-chart]').length,
    paper: lum(getComputedStyle(document.body.matches('.embed') ? document.documentElement : document.body).backgroundColor),
    ink: lum(getComputedStyle(document.body).color),
    title: document.querySelector('h1, .quote')?.textContent.trim() ?? '',
    marks: document.querySelectorAll('.chart-links a, .chart svg a.chart-mark').length,
  };
})()`

type pageState struct {
	Overflow    float64 `json:"overflow"`
	SVGs        int     `json:"svgs"`
	Interactive int     `json:"interactive"`
	Charts      int     `json:"charts"`
	Paper       float64 `json:"paper"`
	Ink         float64 `json:"ink"`
	Title       string  `json:"title"`
	Marks       int     `json:"marks"`
}

func TestPagesInABrowser(t *testing.T) {
	path := browserPath(t)
	s := newSite(t, withEditor(t.TempDir()), func(c *Config) { c.PublicURL, c.PublicFindings = "", true })
	s.supply()
	slug := s.add(stablecoinPost)
	s.add(conflicting[0])
	s.add(conflicting[1])
	_, figures, _ := strings.Cut(s.get("/en/posts/"+slug).body, `class="figures"`)
	id := figureLink.FindStringSubmatch(figures)
	if id == nil {
		t.Fatal("the post has no figure")
	}
	server := httptest.NewServer(s.Handler())
	defer server.Close()

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	defer stop()
	browser, quit := chromedp.NewContext(alloc)
	defer quit()
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	pages := []struct {
		name, path, title string
		svgs              bool // a chart of full size
		interactive       bool
	}{
		{"dashboard", "/en/", "What the figures refer to", false, false},
		{"series", "/en/series/stablecoins-market-cap", "Market capitalisation of stablecoins", true, true},
		{"series in German", "/de/series/stablecoins-market-cap", "Marktkapitalisierung der Stablecoins", true, true},
		{"series without data", "/en/series/usdt-supply", "Circulating supply of USDT", false, false},
		{"sector", "/en/sectors/stablecoins", "Stablecoins", false, false},
		{"posts", "/en/posts", "Posts", false, false},
		{"post", "/en/posts/" + slug, "Stablecoins nach dem Winter", false, false},
		{"figure", "/en/figure/" + id[1], "Die Marktkapitalisierung der Stablecoins", true, false},
		{"sources", "/en/sources", "Sources", false, false},
		{"source", "/en/sources/defillama", "DefiLlama", false, false},
		{"embed", "/en/embed/stablecoins-market-cap", "Market capitalisation of stablecoins", true, true},
		{"embedded figure", "/en/embed/figure/" + id[1], "Die Marktkapitalisierung", false, false},
		{"draft", "/de/check", "Einen Entwurf prüfen", false, false},
		{"entrance", "/en/editor/login", "For the editor", false, false},
		{"findings", "/de/editor", "Befunde", false, false},
		{"forecasts", "/en/editor/forecasts", "Forecasts due", false, false},
		{"nothing", "/en/nothing", "404", false, false},
	}
	for _, l := range looks {
		for _, p := range pages {
			t.Run(p.name+" at "+l.String(), func(t *testing.T) {
				v := openTab(browser, t, server.URL)
				v.open(t, l, p.path, p.interactive)
				checkPage(t, v, l, eval[pageState](t, v, stateScript), p.title, p.svgs, p.interactive)
				keepPicture(t, v, p.name+" "+l.String())
			})
		}
	}
	t.Run("cited points are where their values say", func(t *testing.T) {
		marksInScript(browser, t, server.URL)
		marksInSVG(browser, t, server.URL)
	})
	t.Run("a reader with a keyboard reaches the figure", func(t *testing.T) { keyboard(browser, t, server.URL) })
	for _, l := range looks {
		t.Run("a draft is checked at "+l.String(), func(t *testing.T) { draftInABrowser(browser, t, server.URL, l) })
	}
	t.Run("framed by another page", func(t *testing.T) { framed(browser, t, server.URL) })
}

// draftInABrowser pastes a draft, sends it, and follows a mark in the text to its finding.
func draftInABrowser(browser context.Context, t *testing.T, origin string, l look) {
	v := openTab(browser, t, origin)
	v.open(t, l, "/de/check", false)
	draft := damagedDraft + "\nDer TVL von Lido liegt bei 50 Milliarden US-Dollar."
	err := chromedp.Do(v.ctx, chromedp.SendKeys("#text", draft), chromedp.Click("button.main"), chromedp.WaitVisible(".passage"))
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, v, l, eval[pageState](t, v, stateScript), "Einen Entwurf prüfen", false, false)
	if corrected := eval[string](t, v, `document.querySelector('[aria-labelledby=corrected]').textContent`); !strings.Contains(corrected, "$auf 19,2 Milliarden$") {
		t.Errorf("the corrected text is %q", corrected)
	}
	if err := chromedp.Do(v.ctx, chromedp.Click("a.figure[href^='#n']")); err != nil {
		t.Fatal(err)
	}
	if target := eval[string](t, v, `document.querySelector(':target')?.textContent ?? ''`); target == "" {
		t.Error("a mark leads to no finding")
	}
	keepPicture(t, v, "checked "+l.String())
}

func openTab(browser context.Context, t *testing.T, origin string) *visit {
	t.Helper()
	tab, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(tab, 60*time.Second)
	t.Cleanup(cancel)
	v := &visit{ctx: ctx, origin: origin}
	if err := chromedp.Listen(ctx, v.listen); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	_, err2 := chromedp.Call(ctx, runtime.Enable, cdp.Empty{})
	_, err3 := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	return v
}

func checkPage(t *testing.T, v *visit, l look, got pageState, title string, svgs, interactive bool) {
	t.Helper()
	if !strings.Contains(got.Title, title) {
		t.Errorf("headline %q, want %q", got.Title, title)
	}
	if got.Overflow > 0 {
		t.Errorf("the page is %g px wider than the window", got.Overflow)
	}
	if l.dark == (got.Ink < 0.5) {
		t.Errorf("ink of luminance %.2f in a page that is dark: %v", got.Ink, l.dark)
	}
	if got.Paper > 0 && math.Abs(got.Paper-got.Ink) < 0.5 {
		t.Errorf("paper %.2f and ink %.2f are too close", got.Paper, got.Ink)
	}
	switch {
	case svgs && interactive && l.script:
		if got.Interactive != 1 {
			t.Errorf("%d interactive charts, want 1", got.Interactive)
		}
	case svgs:
		if got.SVGs != 1 {
			t.Errorf("%d charts to see, want 1", got.SVGs)
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, f := range v.faults {
		if title == "404" && strings.Contains(f, "404") {
			continue
		}
		t.Error(f)
	}
}

// keepPicture writes a screenshot where BELEG_TEST_PICTURES names a folder.
func keepPicture(t *testing.T, v *visit, name string) {
	t.Helper()
	dir := os.Getenv("BELEG_TEST_PICTURES")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, strings.NewReplacer(" ", "-", ",", "").Replace(name)+".png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// marksInScript compares the links that the script lays over the marks with where ECharts itself puts the values.
func marksInScript(browser context.Context, t *testing.T, origin string) {
	v := openTab(browser, t, origin)
	script := `[...document.querySelectorAll('.chart-links a')].map(a => {
	  const r = a.getBoundingClientRect(), s = a.closest('.chart-stage').getBoundingClientRect();
	  const value = a.getAttribute('aria-label').includes('305,6') ? 305.6e9 : 270e9;
	  const p = document.querySelector('[data-chart]').belegChart.convertToPixel({xAxisIndex: 0, yAxisIndex: 0}, [Date.UTC(2026, 1, 11), value]);
	  return [r.x + r.width/2 - s.x, r.y + r.height/2 - s.y, p[0], p[1]];
	})`
	v.open(t, looks[0], "/en/series/stablecoins-market-cap", true)
	got := eval[[][]float64](t, v, script) // x and y of each link, x and y that the scale gives
	if len(got) != 2 {
		t.Fatalf("%d marks, want 2", len(got))
	}
	for _, g := range got {
		if math.Abs(g[0]-g[2]) > 1.5 || math.Abs(g[1]-g[3]) > 1.5 {
			t.Errorf("a mark at %.1f, %.1f; its value is at %.1f, %.1f", g[0], g[1], g[2], g[3])
		}
	}
}

// marksInSVG compares the marks of the drawing with its line: both follow one scale, on which the line's last point is
// the newest value and the one before it the day of the marks.
func marksInSVG(browser context.Context, t *testing.T, origin string) {
	v := openTab(browser, t, origin)
	type drawn struct {
		Marks []struct{ Value, X, Y float64 }
		Line  [][]float64
	}
	script := `(() => {
	  const svg = document.querySelector('.chart .wide svg');
	  const at = e => { const m = e.getAttribute('transform').match(/translate\(([\d.]+)[ ,]([\d.]+)\)/); return [+m[1], +m[2]]; };
	  const paths = [...svg.querySelectorAll('path.chart-s-line-1')].map(p => p.getAttribute('d')).filter(d => (d.match(/L/g) ?? []).length > 50);
	  return {
	    Marks: [...svg.querySelectorAll('a.chart-mark')].map(a => ({Value: +a.dataset.value, X: at(a)[0], Y: at(a)[1]})),
	    Line: paths[0].slice(1).split('L').map(p => p.split(/[ ,]/).map(Number)),
	  };
	})()`
	v.open(t, look{width: 1280}, "/en/series/stablecoins-market-cap", false)
	got := eval[drawn](t, v, script)
	if len(got.Marks) != 2 || len(got.Line) < 50 {
		t.Fatalf("%d marks, %d points of the line", len(got.Marks), len(got.Line))
	}
	high, low := got.Marks[0], got.Marks[1]
	if high.Value < low.Value {
		high, low = low, high
	}
	perPixel := (high.Value - low.Value) / (low.Y - high.Y)
	// The values of the line are known: a rise from 250 to 305.7 billion over 400 days. Its settled part ends a day before the newest value.
	settled := got.Line[len(got.Line)-1]
	want := 250e9 + 55.7e9*398/399
	if have := high.Value + (high.Y-settled[1])*perPixel; math.Abs(have-want) > 1.5*perPixel {
		t.Errorf("on the marks' scale the line's last settled point is %.4g, its value is %.4g", have, want)
	}
	if math.Abs(settled[0]-high.X) > 1.5 {
		t.Errorf("the marks of 11 February are at x %.1f, the line's point of that day at %.1f", high.X, settled[0])
	}
}

// keyboard goes to the first mark with the tab key and follows it.
func keyboard(browser context.Context, t *testing.T, origin string) {
	v := openTab(browser, t, origin)
	v.open(t, looks[0], "/en/series/stablecoins-market-cap", true)
	where := ""
	for range 40 {
		if err := chromedp.Do(v.ctx, chromedp.KeyEvent("\t")); err != nil {
			t.Fatal(err)
		}
		where = eval[string](t, v, `document.activeElement.closest('.chart-links') ? document.activeElement.getAttribute('href') : ''`)
		if where != "" {
			break
		}
	}
	if !strings.HasPrefix(where, "/en/figure/") {
		t.Fatalf("the tab key reaches no mark (%q)", where)
	}
	if err := chromedp.Do(v.ctx, chromedp.KeyEvent("\r"), chromedp.WaitVisible("h1.quote")); err != nil {
		t.Fatal(err)
	}
	if eval[string](t, v, `document.querySelector('h1.quote mark').textContent`) == "" {
		t.Error("the figure's page sets off no figure")
	}
}

// framed puts the snippet that a series page offers into a page of another origin.
func framed(browser context.Context, t *testing.T, origin string) {
	page := `<!doctype html><title>Blog</title><iframe src="` + origin + `/en/embed/stablecoins-market-cap" width="600" height="420"></iframe><img src="` + origin + `/embed/stablecoins-market-cap.svg?lang=en">`
	blog := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, page)
	}))
	defer blog.Close()
	v := openTab(browser, t, "http://127.0.0.1")
	if err := chromedp.Do(v.ctx, chromedp.Navigate(blog.URL)); err != nil {
		t.Fatal(err)
	}
	if width := eval[float64](t, v, `document.querySelector('img').naturalWidth`); width < 300 {
		t.Errorf("the image is %g px wide", width)
	}
	if w := eval[float64](t, v, `window.frames.length`); w != 1 {
		t.Errorf("%g frames, want 1", w)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, f := range v.faults {
		if !strings.Contains(f, "favicon") {
			t.Error(f)
		}
	}
}
