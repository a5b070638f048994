package link

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// The floors below which linking must not fall on the reference annotation.
const (
	floorSubjectPrecision = 0.95
	floorSubjectRecall    = 0.80
	floorBothPrecision    = 0.92
	floorBothRecall       = 0.65
	floorSeries           = 0.98
)

// goldLine is a line of the reference annotation.
type goldLine struct {
	Q          string       `json:"q"`
	Kind       string       `json:"kind"`
	Value      unit.Decimal `json:"value"`
	Low        unit.Decimal `json:"low"`
	High       unit.Decimal `json:"high"`
	Unit       string       `json:"unit"`
	Change     string       `json:"change"`
	Entity     string       `json:"entity"`
	Metric     string       `json:"metric"`
	AsOf       string       `json:"asof"`
	Forecast   bool         `json:"forecast"`
	Claim      bool         `json:"claim"`
	Start, End int
}

// shared is the folder with the reference annotation, or "" where it is absent.
func shared() string {
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "gold")); err != nil {
		return ""
	}
	return dir
}

// goldPost is an annotated post: its text in blocks by lines, its figures as annotated, and the lines beside them.
type goldPost struct {
	name  string
	text  cite.Text
	figs  []cite.Figure
	lines []goldLine
}

func readGold(t testing.TB, dir string) []goldPost {
	t.Helper()
	var posts []goldPost
	for _, pattern := range []string{"gold/*.jsonl", "gold/en/*.jsonl"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			posts = append(posts, readGoldPost(t, dir, file))
		}
	}
	return posts
}

func readGoldPost(t testing.TB, dir, file string) goldPost {
	t.Helper()
	rel, err := filepath.Rel(filepath.Join(dir, "gold"), file)
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(dir, "posts", strings.TrimSuffix(rel, ".jsonl")+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	lang := unit.German
	if strings.HasPrefix(rel, "en") {
		lang = unit.English
	}
	p := goldPost{name: rel, text: inLines(string(body), lang)}
	lines, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(lines) {
		var g goldLine
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if g.Kind == "ignore" {
			continue
		}
		p.lines = append(p.lines, g)
	}
	sort.SliceStable(p.lines, func(a, b int) bool { return p.lines[a].Start < p.lines[b].Start })
	for i, g := range p.lines {
		p.figs = append(p.figs, g.figure(fmt.Sprint(rel, ":", i)))
	}
	return p
}

// figure is what a reader of figures would give for the line.
func (g goldLine) figure(id string) cite.Figure {
	f := cite.Figure{ID: id, Start: g.Start, End: g.End, At: g.Start, AtEnd: g.End, Text: g.Q, Kind: cite.Kind(g.Kind),
		Value: g.Value, Low: g.Low, High: g.High, Unit: unit.Unit(g.Unit), Change: cite.Change(g.Change), Forecast: g.Forecast}
	if f.Kind == cite.Count {
		f.UnitText = g.Unit
	}
	if p, err := market.ParsePeriod(g.AsOf); err == nil {
		f.Period = p
	}
	return f
}

// inLines makes each line a block: the first the title, short ones without a full stop headings.
func inLines(body string, lang unit.Lang) cite.Text {
	t := cite.PlainText(body, lang)
	t.Blocks = nil
	at := 0
	for line := range strings.SplitAfterSeq(body, "\n") {
		text := strings.TrimSpace(line)
		if text != "" {
			t.Blocks = append(t.Blocks, cite.Block{Kind: lineKind(text, len(t.Blocks)), Start: at, End: at + len(line)})
		}
		at += len(line)
	}
	return t
}

func lineKind(text string, index int) cite.BlockKind {
	switch {
	case index == 0:
		return cite.Title
	case strings.HasPrefix(text, "•") || strings.HasPrefix(text, "- "):
		return cite.ListItem
	case index < 4 && (strings.HasPrefix(text, "·") || len(text) < 30):
		return cite.Byline
	case len(text) < 110 && !strings.ContainsAny(text[len(text)-1:], ".,;:"):
		return cite.Heading
	}
	return cite.Paragraph
}

// score counts what was said and what of it was right.
type score struct{ gold, said, right int }

func (s score) precision() float64 { return float64(s.right) / float64(max(s.said, 1)) }
func (s score) recall() float64    { return float64(s.right) / float64(max(s.gold, 1)) }

// TestAccuracy measures linking on the reference annotation, whose figures it takes as they are: the reader of figures
// plays no part. A line whose entity or metric the catalogue does not know counts against recall.
func TestAccuracy(t *testing.T) {
	dir := shared()
	if dir == "" {
		t.Skip("no reference annotation: ../shared/gold is absent and BELEG_SHARED names no folder with it")
	}
	c, err := catalog.Open("")
	if err != nil {
		t.Fatal(err)
	}
	l := New(c, Config{})
	var subject, both, series score
	for _, p := range readGold(t, dir) {
		links := l.Link(&p.text, p.figs, PostContext{})
		for i, g := range p.lines {
			if !g.Claim || g.Kind == "damage" {
				continue
			}
			wantSubject, wantMetric := goldSubject(g.Entity), goldMetric(g)
			got := links[i]
			subject.gold++
			both.gold++
			miss := ""
			if got.Subject != "" {
				subject.said++
				if got.Subject == wantSubject {
					subject.right++
				} else {
					miss = "SUBJECT"
				}
			} else {
				miss = "none"
			}
			if got.Subject != "" && got.Metric != "" {
				both.said++
				if got.Subject == wantSubject && got.Metric == wantMetric {
					both.right++
				} else if miss == "" {
					miss = "METRIC"
				}
			} else if miss == "" {
				miss = "no metric"
			}
			if got.Series != "" {
				series.said++
				if seriesIs(c, got.Series, wantSubject, wantMetric) {
					series.right++
				} else {
					miss = "SERIES " + miss
				}
			}
			if want := c.SeriesFor(wantSubject, wantMetric); len(want) > 0 {
				series.gold++
			}
			if miss != "" && testing.Verbose() {
				t.Logf("%s %s:%d «%s» want %s/%s got %s/%s %.2f %v :: %s", miss, p.name, g.Start, g.Q, wantSubject, wantMetric,
					got.Subject, got.Metric, got.Confidence, got.Reasons, around(p.text.Content, g.Start, g.End))
			}
		}
	}
	t.Logf("subject: precision %.1f %% recall %.1f %% of %d", 100*subject.precision(), 100*subject.recall(), subject.gold)
	t.Logf("subject and metric: precision %.1f %% recall %.1f %%", 100*both.precision(), 100*both.recall())
	t.Logf("series: %d of %d tied ones right (%.1f %%), of %d that have one", series.right, series.said, 100*series.precision(), series.gold)
	for _, f := range []struct {
		name       string
		got, floor float64
	}{
		{"subject precision", subject.precision(), floorSubjectPrecision},
		{"subject recall", subject.recall(), floorSubjectRecall},
		{"subject and metric precision", both.precision(), floorBothPrecision},
		{"subject and metric recall", both.recall(), floorBothRecall},
		{"series precision", series.precision(), floorSeries},
	} {
		if f.got < f.floor {
			t.Errorf("%s is %.3f, below the floor of %.2f", f.name, f.got, f.floor)
		}
	}
}

// seriesIs tells whether a series measures what the annotation says the figure is about.
func seriesIs(c *catalog.Catalog, id, subject, metric string) bool {
	for _, s := range c.SeriesFor(subject, metric) {
		if s.ID == id {
			return true
		}
	}
	return false
}

func around(content string, start, end int) string {
	a, b := max(0, start-120), min(len(content), end+60)
	return strings.ToValidUTF8(strings.ReplaceAll(content[a:start]+"⟦"+content[start:end]+"⟧"+content[end:b], "\n", "⏎"), "")
}
