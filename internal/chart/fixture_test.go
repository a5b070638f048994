package chart

import (
	"flag"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/market"
	"beleg/internal/unit"
)

var update = flag.Bool("update", false, "write golden files anew")

// testTimeout is long: with the race detector an engine takes ten times as long.
const testTimeout = 5 * time.Minute

func assetFiles() fs.FS { return os.DirFS(filepath.Join("..", "..", "assets")) }

// newTestRenderer gives a renderer without a cache, so that equal answers are equal drawings.
func newTestRenderer(t testing.TB) *Renderer {
	t.Helper()
	r, err := NewRenderer(Config{Files: assetFiles(), Cache: -1, Timeout: testTimeout})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// shared is one renderer for all tests that only look at what is drawn: it draws each chart once.
var shared = sync.OnceValues(func() (*Renderer, error) {
	return NewRenderer(Config{Files: assetFiles(), Timeout: testTimeout})
})

func TestMain(m *testing.M) {
	code := m.Run()
	if r, err := shared(); err == nil {
		if err := r.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// draw gives a chart by the shared renderer.
func draw(t *testing.T, s Spec, o SVGOptions) []byte {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	svg, err := r.SVG(t.Context(), s, o)
	if err != nil {
		t.Fatalf("chart %s of %d×%d: %v", s.ID, s.Width, s.Height, err)
	}
	return svg
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func day(s string) market.Period { return market.MustPeriod(s) }

// days is n daily values from a day on, as f of 0 to n-1.
func days(from string, n int, f func(i int) float64) []Point {
	points := make([]Point, n)
	for i := range points {
		points[i] = Point{Period: day(from).AddDays(i), Value: f(i)}
	}
	return points
}

// wave rises from low to high with some swing, rounded to whole units.
func wave(low, high float64, n int) func(i int) float64 {
	return func(i int) float64 {
		x := float64(i) / float64(n)
		return math.Round(low + (high-low)*x + 0.04*(high-low)*math.Sin(37*x) + 0.09*(high-low)*math.Sin(9*x))
	}
}

// lineSpec is a chart of one series in dollars.
func lineSpec(lang unit.Lang, points []Point) Spec {
	return Spec{
		ID: "c", Kind: Line, Title: "Stablecoins", Desc: "A line.", Lang: lang,
		Series: []Series{{Series: "stablecoins-market-cap", Name: "Stablecoins", Unit: unit.USD, Points: points}},
	}
}

// specs are the charts that the golden files show.
func specs() map[string]Spec {
	year := days("2025-02-11", 365, wave(240e9, 310e9, 365))
	all := map[string]Spec{}

	all["line-de"] = lineSpec(unit.German, year)
	all["line-en"] = lineSpec(unit.English, year)

	s := lineSpec(unit.German, year)
	s.Cited = []Mark{
		{Period: day("2025-04-02"), Value: 252e9, Label: "252 Mrd. $", URL: "/figure/a", Post: "Erster Beitrag"},
		{Period: day("2025-11-03"), Value: 301e9, Label: "301 Mrd. $", URL: "/figure/b", Post: "Zweiter"},
		{Period: day("2025-11-05"), Value: 302e9, Label: "302 Mrd. $", URL: "/figure/c", Post: "Dritter"},
		{Period: day("2025-11-07"), Value: 301e9, Label: "301 Mrd. $", URL: "/figure/d", Post: "Vierter"},
		{Period: day("2025-Q3"), Low: 260e9, High: 300e9, Value: 280e9, Label: "260–300 Mrd. $", URL: "/figure/e"},
		{Period: day("2025-05-20"), Value: 3e12, Label: "3 Bio. $", URL: "/figure/f"},
	}
	all["cited"] = s
	all["cited-narrow"] = s.Narrow()

	s = lineSpec(unit.German, year)
	s.Highlight = &Mark{Period: day("2025-09-01"), Value: 289e9, Label: "289 Mrd. $"}
	all["highlight"] = s

	s = lineSpec(unit.German, append(append(append([]Point{}, year[:90]...), year[140]), year[200:]...))
	s.Series[0].Points[len(s.Series[0].Points)-1].Provisional = true
	s.Series[0].Points[len(s.Series[0].Points)-2].Provisional = true
	all["gaps-provisional"] = s

	s = lineSpec(unit.English, year)
	for i, name := range []string{"Solana", "Ethereum and its rollups", "Everything else"} {
		s.Series = append(s.Series, Series{Series: "x", Name: name, Unit: unit.USD, Points: days("2025-02-11", 365, wave(float64(90-i*25)*1e9, float64(120+i*30)*1e9, 365))})
	}
	all["several"] = s
	all["several-narrow"] = s.Narrow()

	s = lineSpec(unit.English, year)
	for _, name := range []string{"Near", "Nearer", "Nearest"} {
		near := s.Series[0]
		near.Name, near.Points = name, days("2025-02-11", 365, wave(240e9, 311e9, 365))
		s.Series = append(s.Series, near)
	}
	all["near-narrow"] = s.Narrow()

	s = lineSpec(unit.English, days("2025-02-11", 365, wave(-4e6, 9e6, 365)))
	s.Series[0].Name = "Net flow"
	all["negative"] = s

	s = lineSpec(unit.German, nil)
	for i := range 14 {
		s.Series[0].Points = append(s.Series[0].Points, Point{Period: market.NewPeriod(day("2024-12-15").AddDays(i*31).Start(), market.Month), Value: 8e9 + float64(i%5)*1e9})
	}
	s.Series[0].Flow = true
	all["monthly-flow"] = s

	all["one-point"] = lineSpec(unit.English, days("2026-02-10", 1, func(int) float64 { return 42 }))

	s = lineSpec(unit.German, days("2026-01-20", 21, wave(99.2, 118, 21)))
	s.Series[0].Unit = unit.Percent
	s.Simulated, s.Reconstructed, s.AsOf = true, true, day("2026-02-11")
	s.Cited = []Mark{{Period: day("2026-02-01"), Value: 110, Label: "110 %", URL: "/figure/a"}}
	all["simulated"] = s
	all["simulated-narrow"] = s.Narrow()

	s = Spec{ID: "c", Kind: Dots, Title: "Was Beiträge sagen", Lang: unit.German, Height: 220}
	for i, v := range []float64{1.2e9, 3.5e9, 3.4e9, 9e9} {
		s.Cited = append(s.Cited, Mark{Period: day("2024-03-05").AddDays(i * i * 60), Value: v, Unit: unit.USD, Label: "x", URL: "/figure/" + string(rune('a'+i))})
	}
	all["dots"] = s
	return all
}
