package figure

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"
)

var verbose = flag.Bool("context", false, "list what is read otherwise than annotated beside the numbers: bounds, changes, times, forecasts")

// shared is a path in the folder of private test data, which lies beside the project; the test is skipped without it.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(append([]string{dir}, path...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no test data: %v (set BELEG_SHARED to the folder that has it)", err)
	}
	return p
}

// reference is one line of the annotation.
type reference struct {
	Text     string        `json:"q"`
	Kind     string        `json:"kind"`
	Value    *unit.Decimal `json:"value"`
	Low      *unit.Decimal `json:"low"`
	High     *unit.Decimal `json:"high"`
	Unit     string        `json:"unit"`
	Qual     string        `json:"qual"`
	Change   string        `json:"change"`
	AsOf     string        `json:"asof"`
	Forecast bool          `json:"forecast"`
	Start    int           `json:"start"`
	End      int           `json:"end"`
}

func (g *reference) ends() (low, high unit.Decimal) {
	if g.Low != nil || g.High != nil {
		return deref(g.Low), deref(g.High)
	}
	return deref(g.Value), deref(g.Value)
}

func deref(d *unit.Decimal) unit.Decimal {
	if d == nil {
		return unit.Decimal{}
	}
	return *d
}

func (g *reference) isWord() bool { return !strings.ContainsAny(g.Text, "0123456789") }

func readReferences(t testing.TB, path string) []reference {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []reference
	s := bufio.NewScanner(bytes.NewReader(raw))
	for s.Scan() {
		var g reference
		if err := json.Unmarshal(s.Bytes(), &g); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, g)
	}
	return out
}

// tally counts references of one kind: how many there are, were found, and were read right.
type tally struct{ all, found, right int }

func (c tally) share(n int) float64 {
	if c.all == 0 {
		return 1
	}
	return float64(n) / float64(c.all)
}

// score is what one set of posts comes to.
type score struct {
	kinds              map[string]*tally
	total              tally // without number words
	matched, falseOnes int
	context            map[string]*tally // of figures read right: qualifier, change, period, forecast
	misses             []string
}

func newScore() *score { return &score{kinds: map[string]*tally{}, context: map[string]*tally{}} }

func (s *score) of(m map[string]*tally, kind string) *tally {
	if m[kind] == nil {
		m[kind] = &tally{}
	}
	return m[kind]
}

func (s *score) precision() float64 {
	if s.matched+s.falseOnes == 0 {
		return 1
	}
	return float64(s.matched) / float64(s.matched+s.falseOnes)
}

func (s *score) miss(format string, args ...any) {
	s.misses = append(s.misses, fmt.Sprintf(format, args...))
}

// add compares what was read from one post with its references. A reference is found where a figure overlaps it, the
// longest overlap first; it is right where both ends and, for money and percent, the unit are.
func (s *score) add(name string, raw []byte, gold []reference, read []cite.Figure) {
	var figures []cite.Figure
	for _, f := range read {
		if f.Kind != cite.Damage {
			figures = append(figures, f)
		}
	}
	type pair struct{ overlap, gold, figure int }
	var pairs []pair
	for i, g := range gold {
		if g.Kind == "ignore" || g.Kind == "damage" {
			continue
		}
		for j, f := range figures {
			if f.Start < g.End && g.Start < f.End {
				pairs = append(pairs, pair{min(g.End, f.End) - max(g.Start, f.Start), i, j})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.overlap, a.overlap) })
	byGold, byFigure := map[int]int{}, map[int]int{}
	for _, p := range pairs {
		_, goldTaken := byGold[p.gold]
		_, figureTaken := byFigure[p.figure]
		if !goldTaken && !figureTaken {
			byGold[p.gold], byFigure[p.figure] = p.figure, p.gold
		}
	}
	for i, g := range gold {
		switch g.Kind {
		case "ignore":
		case "damage":
			s.addDamage(name, g, read)
		default:
			j, ok := byGold[i]
			if !ok {
				s.count(&g, false, false)
				s.miss("%s:%d: missed %q %s", name, g.Start, g.Text, g.Kind)
				continue
			}
			s.addFound(name, &g, &figures[j])
		}
	}
	for j, f := range figures {
		if _, ok := byFigure[j]; ok {
			s.matched++
		} else if bytes.ContainsAny(raw[f.Start:f.End], "0123456789") {
			s.falseOnes++
			s.miss("%s:%d: false alarm %q in %q", name, f.Start, f.Text, raw[max(0, f.Start-30):min(len(raw), f.End+30)])
		} else if *verbose {
			s.miss("%s:%d: (word not annotated) %q in %q", name, f.Start, f.Text, raw[max(0, f.Start-30):min(len(raw), f.End+30)])
		}
	}
}

func (s *score) addDamage(name string, g reference, read []cite.Figure) {
	c := s.of(s.kinds, "(damage)")
	c.all++
	for _, f := range read {
		if covered := min(g.End, f.End) - max(g.Start, f.Start); f.Kind == cite.Damage && 5*covered >= 4*(g.End-g.Start) {
			c.found++
			c.right++
			return
		}
	}
	s.miss("%s:%d: damage not marked %q", name, g.Start, g.Text)
}

func (s *score) addFound(name string, g *reference, f *cite.Figure) {
	wantLow, wantHigh := g.ends()
	low, high := f.Ends()
	ok := near(wantLow, low) && near(wantHigh, high)
	if ok && (g.Kind == "money" || g.Kind == "percent") {
		ok = g.Unit == string(f.Unit)
	}
	s.count(g, true, ok)
	if !ok {
		s.miss("%s:%d: wrong %q: want %s..%s %s, got %s..%s %s", name, g.Start, g.Text, wantLow, wantHigh, g.Unit, low, high, f.Unit)
		return
	}
	s.addContext(name, g, f)
}

// addContext scores what the text says of a figure beside its number.
func (s *score) addContext(name string, g *reference, f *cite.Figure) {
	note := func(what, want, got string) {
		if want == "" && got == "" {
			return
		}
		c := s.of(s.context, what)
		c.all++
		if want == got {
			c.right++
		} else if *verbose {
			s.miss("%s:%d: %s of %q: want %q, got %q", name, g.Start, what, g.Text, want, got)
		}
	}
	note("qualifier", g.Qual, string(f.Qualifier))
	note("change", g.Change, string(f.Change))
	note("forecast", fmt.Sprint(g.Forecast), fmt.Sprint(f.Forecast))
	if _, err := json.Marshal(f.Period); err == nil && (g.AsOf == "" || isPeriod(g.AsOf)) {
		note("period", g.AsOf, f.Period.String())
	}
}

func isPeriod(s string) bool { return len(s) >= 4 && !strings.ContainsAny(s, "/ ") && s[0] == '2' }

func (s *score) count(g *reference, found, right bool) {
	tallies := []*tally{&s.total, s.of(s.kinds, g.Kind)}
	if g.isWord() {
		tallies = []*tally{s.of(s.kinds, "(word)")}
	} else if g.Low != nil {
		tallies = append(tallies, s.of(s.kinds, "(range)"))
	}
	for _, c := range tallies {
		c.all++
		if found {
			c.found++
		}
		if right {
			c.right++
		}
	}
}

func near(a, b unit.Decimal) bool {
	if a.IsZero() || b.IsZero() {
		return a.IsZero() && b.IsZero()
	}
	limit := unit.NewDecimal(1, 0)
	for _, d := range []unit.Decimal{a.Abs(), b.Abs()} {
		if d.Cmp(limit) > 0 {
			limit = d
		}
	}
	return a.Sub(b).Abs().Cmp(limit.Mul(unit.NewDecimal(1, -9))) <= 0
}

func (s *score) print(t *testing.T) {
	for _, m := range s.misses {
		t.Log(m)
	}
	for _, m := range []map[string]*tally{s.kinds, s.context} {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			t.Logf("%-10s %4d right of %4d (%.1f %%; found %d)", k, m[k].right, m[k].all, 100*m[k].share(m[k].right), m[k].found)
		}
	}
	t.Logf("figures %d: found %.1f %%, right %.1f %%; precision %.1f %% (%d false alarms)", s.total.all, 100*s.total.share(s.total.found), 100*s.total.share(s.total.right), 100*s.precision(), s.falseOnes)
}

// readPosts reads the figures of a file as the command line does.
func readPosts(t *testing.T, raw []byte, path string, lang unit.Lang, published market.Period) []cite.Figure {
	t.Helper()
	parsed, err := post.Parse(raw, post.Options{Path: path, Lang: lang, Published: published})
	if err != nil {
		t.Fatal(err)
	}
	var figures []cite.Figure
	for i := range parsed {
		for _, f := range Read(&parsed[i].Text, Options{Published: published}).Figures {
			f.Start, f.End = f.Start+parsed[i].Offset, f.End+parsed[i].Offset
			figures = append(figures, f)
		}
	}
	return figures
}

// TestAccuracy measures the reading of the annotated posts, and fails below the floors that the project promises.
func TestAccuracy(t *testing.T) {
	for _, set := range []struct {
		name, dir                        string
		lang                             unit.Lang
		published                        string // about when, for the context of the figures
		strict, precision, ranges, words float64
	}{
		{"German", "", unit.German, "2026-02-15", 0.98, 0.98, 0.97, 0.80},
		{"English", "en", unit.English, "", 0.97, 0.98, 0.97, 0.80},
	} {
		t.Run(set.name, func(t *testing.T) {
			s := newScore()
			var published market.Period
			if set.published != "" {
				published = market.MustPeriod(set.published)
			}
			files, err := filepath.Glob(filepath.Join(shared(t, "gold", set.dir), "*.jsonl"))
			if err != nil || len(files) == 0 {
				t.Fatalf("no annotation: %v", err)
			}
			for _, file := range files {
				name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
				raw, err := os.ReadFile(shared(t, "posts", set.dir, name+".txt"))
				if err != nil {
					t.Fatal(err)
				}
				s.add(name[:min(len(name), 24)], raw, readReferences(t, file), readPosts(t, raw, name+".txt", set.lang, published))
			}
			s.print(t)
			floor := func(what string, got, want float64) {
				if got < want {
					t.Errorf("%s: %.1f %%, want at least %.1f %% (see the misses with -accuracy -v)", what, 100*got, 100*want)
				}
			}
			floor("read right", s.total.share(s.total.right), set.strict)
			floor("precision", s.precision(), set.precision)
			ranges, words, damage := s.of(s.kinds, "(range)"), s.of(s.kinds, "(word)"), s.of(s.kinds, "(damage)")
			floor("ranges", ranges.share(ranges.right), set.ranges)
			floor("number words", words.share(words.right), set.words)
			floor("damage marked", damage.share(damage.right), 1)
		})
	}
}
