package chart

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"beleg/internal/unit"
)

// strictPolicy is what the pages send: nothing inline.
const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"

// chartPage is a page as the web package builds one: both sizes of the SVG, the option and the script.
func chartPage(t *testing.T, s Spec) string {
	t.Helper()
	svg := func(s Spec) []byte { return draw(t, s, SVGOptions{}) }
	option, err := Option(s)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`<!doctype html><html lang="de"><head><meta charset="utf-8"><title>chart</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/charts.css"><link rel="stylesheet" href="/page.css"><script src="/charts.js" defer></script></head><body>
<div class="chart" data-chart="o"><div class="wide">%s</div><div class="narrow">%s</div></div>
<script type="application/json" id="o">%s</script></body></html>`, svg(s), svg(s.Narrow()), option)
}

const pageCSS = `body{margin:0;background:var(--chart-paper)} .narrow{display:none} @media(max-width:600px){.wide{display:none}.narrow{display:block}}`

func serveChart(t *testing.T, s Spec) string {
	t.Helper()
	page := chartPage(t, s)
	static := func(name string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			http.ServeFile(w, r, filepath.Join("..", "..", "assets", "static", name))
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/charts.css", static("charts.css"))
	mux.HandleFunc("/charts.js", static("charts.js"))
	mux.HandleFunc("/page.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = w.Write([]byte(pageCSS))
	})
	mux.HandleFunc("/figure/", func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprintf(w, "figure %s", r.URL.Path) })
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", strictPolicy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// browser opens a tab and collects what it writes to its console.
func browser(t *testing.T) (ctx context.Context, messages func() []string) {
	t.Helper()
	if os.Getenv("BELEG_TEST_BROWSER") == "off" {
		t.Skip("BELEG_TEST_BROWSER=off: what a browser shows is not tested")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("BELEG_TEST_BROWSER") == "required" {
			t.Fatal("no Chromium on this machine, and BELEG_TEST_BROWSER requires one")
		}
		t.Skip("no Chromium on this machine: what a browser shows is not tested")
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log("close browser:", err)
		}
		cancel()
	})
	ctx, expire := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(expire)
	var mu sync.Mutex
	var said []string
	console := chromedp.Console(ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			mu.Lock()
			said = append(said, m.String())
			mu.Unlock()
		}
	}()
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return append([]string(nil), said...)
	}
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](ctx context.Context, t *testing.T, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return v
}

// shoot keeps a picture for people to look at, where BELEG_SHOTS names a folder.
func shoot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("BELEG_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

const (
	interactive = `document.querySelector('[data-chart]').dataset.chartState === 'interactive'`
	theChart    = `document.querySelector('[data-chart]').belegChart`
)

func TestInteractiveChart(t *testing.T) {
	s := specs()["cited"]
	url := serveChart(t, s)
	ctx, messages := browser(t)
	do(ctx, t, chromedp.EmulateViewport(800, 600), chromedp.Navigate(url))
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](interactive)); err != nil {
		t.Fatal("the chart did not become interactive:", err, messages())
	}
	shoot(ctx, t, "interactive")

	t.Run("SVG makes room but is hidden", func(t *testing.T) {
		if got := eval[string](ctx, t, `getComputedStyle(document.querySelector('.wide')).visibility`); got != "hidden" {
			t.Errorf("visibility of the SVG is %q, want hidden", got)
		}
		box, stage := eval[float64](ctx, t, `document.querySelector('.chart').clientHeight`), eval[float64](ctx, t, `document.querySelector('.chart canvas').clientHeight`)
		if box != stage || box < 300 {
			t.Errorf("chart is %v high in a box of %v", stage, box)
		}
	})
	t.Run("marks stand at their figures", func(t *testing.T) {
		for _, m := range s.Cited[:1] {
			px := eval[[]float64](ctx, t, fmt.Sprintf(theChart+`.convertToPixel({xAxisIndex:0,yAxisIndex:0}, [%d, %g])`, instant(m.Period), m.Value))
			link := eval[[]float64](ctx, t, fmt.Sprintf(`(() => { const r = document.querySelector('.chart-links a[href="%s"]').getBoundingClientRect(); return [r.x + r.width/2, r.y + r.height/2] })()`, m.URL))
			if math.Abs(px[0]-link[0]) > 1 || math.Abs(px[1]-link[1]) > 1 {
				t.Errorf("link of %s at %v, its value at %v", m.Label, link, px)
			}
		}
	})
	t.Run("near marks share one that leads to the list", func(t *testing.T) {
		if got := eval[string](ctx, t, `document.querySelector('.chart-links a[href="#cited"]').getAttribute('aria-label')`); !strings.HasPrefix(got, "3 zitierte Zahlen") {
			t.Errorf("shared mark says %q", got)
		}
	})
	t.Run("zooming in tells them apart", func(t *testing.T) {
		from, to := instant(day("2025-10-25")), instant(day("2025-11-15"))
		eval[any](ctx, t, fmt.Sprintf(theChart+`.dispatchAction({type:'dataZoom', startValue:%d, endValue:%d})`, from, to))
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`!!document.querySelector('.chart-links a[href="/figure/c"]')`)); err != nil {
			t.Fatal(err)
		}
		shoot(ctx, t, "zoomed")
		eval[any](ctx, t, theChart+`.dispatchAction({type:'dataZoom', start:0, end:100})`)
	})
	t.Run("tooltip reads the day's value", func(t *testing.T) {
		p := s.Series[0].Points[180]
		px := eval[[]float64](ctx, t, fmt.Sprintf(theChart+`.convertToPixel({xAxisIndex:0,yAxisIndex:0}, [%d, %g])`, instant(p.Period), p.Value))
		do(ctx, t, chromedp.MouseEvent("mouseMoved", px[0], px[1]+40), chromedp.Sleep(300*time.Millisecond))
		shoot(ctx, t, "tooltip")
		texts := eval[string](ctx, t, theChart+`.getZr().storage.getDisplayList(true).map(e => e.style && e.style.text).filter(Boolean).join('|')`)
		texts = strings.ReplaceAll(texts, "\u00a0", " ")
		value := strings.Replace(fmt.Sprintf("%.1f Mrd. $", p.Value/1e9), ".", ",", 1)
		if !strings.Contains(texts, "10. August 2025") || !strings.Contains(texts, value) {
			t.Errorf("tooltip of 10 August with %s is not among %q", value, texts)
		}
	})
	if said := messages(); len(said) > 0 {
		t.Errorf("the console says %q", said)
	}
	t.Run("a click on a mark opens its figure", func(t *testing.T) {
		m := s.Cited[0]
		px := eval[[]float64](ctx, t, fmt.Sprintf(theChart+`.convertToPixel({xAxisIndex:0,yAxisIndex:0}, [%d, %g])`, instant(m.Period), m.Value))
		do(ctx, t, chromedp.MouseClickXY(px[0], px[1]), chromedp.WaitReady("body"), chromedp.Sleep(300*time.Millisecond))
		if got, err := chromedp.Run(ctx, chromedp.Location()); err != nil || !strings.HasSuffix(got, m.URL) {
			t.Errorf("after the click at %s, %v", got, err)
		}
	})
}

func TestInteractiveChartFollowsThemeAndWidth(t *testing.T) {
	url := serveChart(t, specs()["cited"])
	ctx, messages := browser(t)
	do(ctx, t, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(url))
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](interactive)); err != nil {
		t.Fatal(err)
	}
	colour := theChart + `.getOption().series[0].lineStyle.color`
	if got := eval[string](ctx, t, colour); got != colours.byRole["line-1"].Light {
		t.Errorf("line on light paper is %s", got)
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`%s === '%s'`, colour, colours.byRole["line-1"].Dark))); err != nil {
		t.Errorf("line on dark paper is %s", eval[string](ctx, t, colour))
	}
	do(ctx, t, chromedp.EmulateViewport(390, 700))
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](theChart+`.getWidth() === 390`)); err != nil {
		t.Errorf("chart is %v wide on a screen of 390", eval[float64](ctx, t, theChart+`.getWidth()`))
	}
	shoot(ctx, t, "narrow-dark")
	if got := eval[float64](ctx, t, `document.documentElement.scrollWidth`); got > 390 {
		t.Errorf("page is %v wide on a screen of 390", got)
	}
	if said := messages(); len(said) > 0 {
		t.Errorf("the console says %q", said)
	}
}

// What stands in the static SVG does not overlap when a browser sets it in its own font.
func TestStaticChartLabelsDoNotOverlap(t *testing.T) {
	pages := map[string][]byte{}
	for name, s := range specs() {
		pages["/"+name] = draw(t, s, SVGOptions{})
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = fmt.Fprintf(w, `<!doctype html><link rel="icon" href="data:,"><meta charset="utf-8"><body>%s`, pages[req.URL.Path])
	}))
	defer server.Close()
	ctx, _ := browser(t)
	for name := range specs() {
		t.Run(name, func(t *testing.T) {
			do(ctx, t, chromedp.EmulateViewport(800, 600), chromedp.Navigate(server.URL+"/"+name))
			got := eval[[]string](ctx, t, `(() => {
				const boxes = [...document.querySelectorAll('svg text')].map(e => [e.textContent, e.getBoundingClientRect()]);
				const hit = ([, a], [, b]) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
				return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => hit(a, b)).map(b => a[0] + ' / ' + b[0]));
			})()`)
			if len(got) > 0 {
				t.Errorf("texts overlap: %q", got)
			}
		})
	}
}

// A reader without JavaScript finds each figure where the axes say it is.
func TestMarksStandWhereTheAxesSay(t *testing.T) {
	s := lineSpec(unit.German, days("2025-01-01", 366, func(i int) float64 { return float64(i) * 1e9 }))
	s.Cited = []Mark{{Period: day("2025-07-01"), Value: 100e9, URL: "/a"}, {Period: day("2025-10-01"), Value: 300e9, URL: "/b"}}
	svg := draw(t, s, SVGOptions{})
	at := func(url string) (x, y float64) {
		m := regexp.MustCompile(`data-period="[^"]+" transform="translate\(([\d.]+) ([\d.]+)\)" data-value="\d+" href="` + url + `"`).FindSubmatch(svg)
		if m == nil {
			t.Fatalf("no mark that leads to %s", url)
		}
		x, _ = strconv.ParseFloat(string(m[1]), 64)
		y, _ = strconv.ParseFloat(string(m[2]), 64)
		return x, y
	}
	ax, ay := at("/a")
	bx, by := at("/b")
	// The line runs straight from (1 January, 0) to (1 January 2026, 365 bn); its ends are the ends of its path.
	ends := regexp.MustCompile(`<path class="chart-s-line-1" d="M([\d.]+) ([\d.]+)L.*?([\d.]+) ([\d.]+)"`).FindSubmatch(svg)
	if ends == nil {
		t.Fatal("no line")
	}
	var e [4]float64
	for i := range e {
		e[i], _ = strconv.ParseFloat(string(ends[i+1]), 64)
	}
	wantX := func(days float64) float64 { return e[0] + (e[2]-e[0])*days/365 }
	wantY := func(bn float64) float64 { return e[1] + (e[3]-e[1])*bn/365 }
	for _, c := range []struct{ got, want float64 }{{ax, wantX(181)}, {ay, wantY(100)}, {bx, wantX(273)}, {by, wantY(300)}} {
		if math.Abs(c.got-c.want) > 0.3 {
			t.Errorf("mark at %v, want %v", c.got, c.want)
		}
	}
}
