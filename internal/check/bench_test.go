package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/checktest"
	"beleg/internal/check/judge"
	"beleg/internal/check/rule"
)

// BenchmarkPosts checks all real posts together, from their bytes to the report, against a store of 200 series: the
// recorded ones and as many others. The posts are some 330 kB.
func BenchmarkPosts(b *testing.B) {
	shared := sharedFolder(b)
	store := recordedStore(b, shared)
	cat := moreSeries{catalogue(b), map[string]market.Series{}}
	all := cat.AllSeries()
	for n := len(all); n < 200; n++ {
		s := market.Series{ID: fmt.Sprintf("s%d", n), Metric: "tvl", Source: "defillama", Unit: unit.USD, Frequency: market.Daily}
		cat.more[s.ID] = s
		all = append(all, s)
	}
	if err := store.SyncSeries(b.Context(), all); err != nil {
		b.Fatal(err)
	}
	engine := NewEngine(EngineConfig{Catalog: cat, Judge: judge.New(cat, store, func() time.Time { return recordedDay }, judge.Config{})})
	files := map[string][]byte{}
	size := 0
	for _, pattern := range []string{"*.txt", "en/*.txt"} {
		names, err := filepath.Glob(filepath.Join(shared, "posts", pattern))
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			files[filepath.Base(name)], size = raw, size+len(raw)
		}
	}
	reader := Reader{Linker: link.New(cat.Catalog, link.Config{})}
	b.SetBytes(int64(size))
	for b.Loop() {
		var docs []*rule.Document
		for name, raw := range files {
			posts, err := post.Parse(raw, post.Options{Path: name, Published: testDay})
			if err != nil {
				b.Fatal(err)
			}
			for i := range posts {
				docs = append(docs, &rule.Document{Path: name, Post: &posts[i], Cited: reader.Read(&posts[i])})
			}
		}
		if _, err := engine.Check(b.Context(), docs, nil, ""); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLength checks one draft of growing length: the time per byte must hardly grow with it.
func BenchmarkLength(b *testing.B) {
	const section = "## Abschnitt %d\n\nDer Sektor wuchs von 5,%d Milliarden auf 19,2 Milliarden US-Dollar, ein Plus von 270 %%. Lido hält %d Milliarden US-Dollar an TVL. " +
		"Davon entfallen 12,%d Milliarden auf Ethereum, also 40 %%. Täglich kommen %d Millionen hinzu, rund 150 Millionen im Monat.\n\n" +
		"- Aave: %d Millionen Nutzer (30 %%)\n- Morpho: 20 Millionen Nutzer (20 %%)\n\n"
	engine := NewEngine(EngineConfig{Catalog: catalogue(b), Judge: judge.New(catalogue(b),
		checktest.NewHistory(map[string]checktest.Points{"lido-tvl": {{Day: "2024-01-01", Value: 20e9}, {Day: "2026-02-10", Value: 30e9}}}), shortly, judge.Config{})})
	reader := Reader{Linker: link.New(catalogue(b), link.Config{})}
	for _, n := range []int{10, 100, 1000} {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, section, i, i%10, 20+i%50, i%10, i%9+1, i%90+10)
		}
		b.Run(fmt.Sprint(text.Len(), " bytes"), func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				posts, err := post.Parse([]byte(text.String()), post.Options{Path: "x.md", Published: testDay})
				if err != nil {
					b.Fatal(err)
				}
				d := &rule.Document{Path: "x.md", Post: &posts[0], Cited: reader.Read(&posts[0])}
				if _, err := engine.Check(b.Context(), []*rule.Document{d}, nil, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
