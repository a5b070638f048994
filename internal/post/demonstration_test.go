package post

import (
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beleg/data"
	"beleg/internal/cite"
)

// TestDemonstration holds the bundled posts to what they are to show: dated, labelled, with sources, in both
// languages, one pair of translations, pins to series of the catalogue.
func TestDemonstration(t *testing.T) {
	posts, err := Demonstration()
	if err != nil {
		t.Fatal(err)
	}
	if len(posts) < 6 {
		t.Fatalf("%d posts", len(posts))
	}
	series := catalogText(t)
	keys, pins, ignored := map[string][]string{}, 0, 0
	for i := range posts {
		p := &posts[i]
		raw, err := fs.ReadFile(data.Posts, strings.TrimPrefix(p.Path, "data/"))
		if err != nil {
			t.Fatal(err)
		}
		checkPost(t, raw, p)
		words := len(strings.Fields(p.Text.Content))
		if words < 150 || words > 350 {
			t.Errorf("%s has %d words", p.Slug, words)
		}
		if !p.Demonstration || !strings.Contains(p.Text.Content, "Demonstration") || !strings.Contains(string(raw), "\ndemonstration: true\n") {
			t.Errorf("%s is not labelled", p.Slug)
		}
		if p.PublishedFrom != cite.DateFrontMatter || len(p.Sources) < 2 || len(p.Warnings) > 0 {
			t.Errorf("%s: dated from %q, %d sources, warnings %v", p.Slug, p.PublishedFrom, len(p.Sources), p.Warnings)
		}
		if DetectLang(p.Text.Content) != p.Lang {
			t.Errorf("%s is not in %s", p.Slug, p.Lang)
		}
		if p.Translation != "" {
			keys[p.Translation] = append(keys[p.Translation], string(p.Lang))
		}
		for _, m := range p.Text.Marks {
			if id := m.Keys["series"]; id != "" {
				pins++
				if !strings.Contains(series, "- id: "+id+"\n") {
					t.Errorf("%s is pinned to %q, which the catalogue has not", p.Slug, id)
				}
			}
			if m.Keys["ignore"] != "" {
				ignored++
			}
		}
	}
	if len(keys) != 1 || pins == 0 || ignored == 0 {
		t.Errorf("translations %v, %d pins, %d ignored", keys, pins, ignored)
	}
	for key, langs := range keys {
		if len(langs) != 2 || langs[0] == langs[1] {
			t.Errorf("%s is there in %v", key, langs)
		}
	}
}

// catalogText is the catalogue's files as one text.
func catalogText(t *testing.T) string {
	t.Helper()
	names, err := fs.Glob(data.Catalog, "catalog/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		raw, err := fs.ReadFile(data.Catalog, name)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(raw)
	}
	return b.String()
}

// TestDemonstrationIsTrue compares what the bundled posts say of stablecoins, hash rate and prices with recorded data.
func TestDemonstrationIsTrue(t *testing.T) {
	dir := filepath.Join(shared(t), "upstream")
	supply := recorded(t, filepath.Join(dir, "defillama", "derived_stablecoincharts_all_total_usd.json"), "totalUsd")
	price := recorded(t, filepath.Join(dir, "blockchain_com", "derived_btc_price_daily_2010_2026.json"), "price")
	hashes := recorded(t, filepath.Join(dir, "blockchain_com", "derived_hashrate_txcount_daily.json"), "value")
	posts, err := Demonstration()
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, p := range posts {
		text[p.Slug] = p.Text.Content
	}
	tests := []struct {
		post, words string
		value, step float64
		data        map[string]float64
		day         string
	}{
		{"stablecoins-305-milliarden", "305,7 Milliarden Dollar", 305.7e9, 1e8, supply, "2026-02-10"},
		{"stablecoins-305-milliarden", "246,1 Milliarden Dollar", 246.1e9, 1e8, supply, "2025-06-01"},
		{"stablecoins-305-milliarden", "310,3 Milliarden Dollar", 310.3e9, 1e8, supply, "2026-01-18"},
		{"stablecoins-305-milliarden", "303,8 Milliarden Dollar", 303.8e9, 1e8, supply, "2026-02-01"},
		{"stablecoins-305-milliarden", "265,4 Milliarden Dollar", 265.4e9, 1e8, supply, "2025-08-03"},
		{"stablecoins-305-milliarden", "1. Oktober 2025\t297,5", 297.5e9, 1e8, supply, "2025-10-01"},
		{"stablecoins-305-milliarden", "31. Dezember 2025\t306,7", 306.7e9, 1e8, supply, "2025-12-31"},
		{"stablecoins-305-billion", "$305.7 billion", 305.7e9, 1e8, supply, "2026-02-10"},
		{"stablecoins-305-billion", "$310.3 billion", 310.3e9, 1e8, supply, "2026-01-18"},
		{"stablecoins-bezahlen-rechnungen", "rund 270 Milliarden Dollar", 270e9, 1e10, supply, "2025-08-13"},
		{"bitcoin-hashrate-januar", "88.424 Dollar", 88424, 1, price, "2025-12-31"},
		{"bitcoin-hashrate-januar", "70.131 Dollar", 70131, 1, price, "2026-02-10"},
		{"bitcoin-hashrate-januar", "690 EH/s", 690, 1, hashes, "2026-01-24"},
		{"bitcoin-hashrate-januar", "764 EH/s", 764, 1, hashes, "2025-01-01"},
		{"bitcoin-hashrate-januar", "1.116 EH/s", 1116, 1, hashes, "2026-02-07"},
		{"bitcoin-hashrate-januar", "rund 981 EH/s", 981, 1, map[string]float64{"mean": mean(hashes, "2026-01")}, "mean"},
		{"bitcoin-hashrate-januar", "1.085 EH/s", 1085, 1, map[string]float64{"mean": mean(hashes, "2025-10")}, "mean"},
	}
	for _, tt := range tests {
		t.Run(tt.words, func(t *testing.T) {
			if !strings.Contains(text[tt.post], tt.words) {
				t.Fatalf("%s does not say so", tt.post)
			}
			got, known := tt.data[tt.day]
			if !known || math.Abs(got-tt.value) > tt.step/2+1e-6*tt.value {
				t.Errorf("recorded for %s: %v", tt.day, got)
			}
		})
	}
}

// recorded is the values by day that a recorded file holds under the given name.
func recorded(t *testing.T, path, name string) map[string]float64 {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("no recorded data: %v", err)
	}
	var file struct {
		Series   []map[string]any
		HashRate struct{ Series []map[string]any }
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, e := range append(file.Series, file.HashRate.Series...) {
		day, _ := e["date"].(string)
		if v, ok := e[name].(float64); ok {
			out[day] = v
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no %s", path, name)
	}
	return out
}

// mean is the mean of the days of a month.
func mean(values map[string]float64, month string) float64 {
	sum, n := 0.0, 0
	for day, v := range values {
		if strings.HasPrefix(day, month) {
			sum, n = sum+v, n+1
		}
	}
	return sum / float64(n)
}
