package check

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"beleg/internal/cite"
	"beleg/internal/collect"
	"beleg/internal/fetch"
	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/source/defillama"
	"beleg/internal/source/defillama/fake"
	"beleg/internal/store/sqlite"
	"beleg/internal/unit"

	"beleg/internal/check/judge"
	"beleg/internal/check/rule"
)

// sharedFolder is where recorded answers and real posts lie; the test is skipped without them.
func sharedFolder(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "posts")); err != nil {
		t.Skipf("no recorded data and posts at %s (BELEG_SHARED names another place)", dir)
	}
	return dir
}

// recordedDay is when the recorded answers are collected: two days after the posts came out.
var recordedDay = time.Date(2026, 2, 12, 9, 30, 0, 0, time.UTC)

// recordedStore holds what the upstream answered.
func recordedStore(t testing.TB, shared string) *sqlite.Store {
	t.Helper()
	now := func() time.Time { return recordedDay }
	data, err := fake.Recorded(filepath.Join(shared, "upstream", "defillama"))
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), sqlite.Config{Path: filepath.Join(t.TempDir(), "beleg.db"), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	cat := catalogue(t)
	if err := store.SyncSeries(t.Context(), cat.AllSeries()); err != nil {
		t.Fatal(err)
	}
	client, err := fetch.New(fetch.Config{Clock: now, Transport: fake.New(fake.Options{Data: data, Now: now}).Transport(), Retries: -1})
	if err != nil {
		t.Fatal(err)
	}
	collector := collect.New(collect.Config{Catalog: cat, Store: store, Fetcher: client, Now: now, Log: slog.New(slog.DiscardHandler),
		Sources: map[string]collect.Source{defillama.ID: defillama.New(defillama.DefaultHosts())}})
	if _, err := collector.Run(t.Context(), cat.Jobs(), collect.Options{Backfill: true}); err != nil {
		t.Log("not everything is recorded:", err)
	}
	return store
}

// postsAsPublished are the real posts, taken as published on testDay.
func postsAsPublished(t testing.TB, shared string) []*rule.Document {
	t.Helper()
	reader := Reader{Linker: link.New(catalogue(t), link.Config{})}
	var docs []*rule.Document
	for _, pattern := range []string{"*.txt", "en/*.txt", "listings/*.txt"} {
		files, err := filepath.Glob(filepath.Join(shared, "posts", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lang := unit.German
			if strings.HasPrefix(pattern, "en") {
				lang = unit.English
			}
			posts, err := post.Parse(body, post.Options{Path: filepath.Base(file), Lang: lang, Published: testDay})
			if err != nil {
				t.Fatal(err)
			}
			for i := range posts {
				p := &posts[i]
				docs = append(docs, &rule.Document{Path: filepath.Base(file), Post: p, Cited: reader.Read(p)})
			}
		}
	}
	return docs
}

// What recorded history says of the real posts. Post by post, as an editor would check them.
func TestRecorded(t *testing.T) {
	shared := sharedFolder(t)
	cat := catalogue(t)
	judge := judge.New(cat, recordedStore(t, shared), func() time.Time { return recordedDay }, judge.Config{})
	engine := NewEngine(EngineConfig{Catalog: cat, Judge: judge})
	found := map[string][]cite.Finding{}
	verdicts := map[string][]*cite.Cited{}
	for _, d := range postsAsPublished(t, shared) {
		r, err := engine.Check(t.Context(), []*rule.Document{d}, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Cited {
			if c := &d.Cited[i]; c.Link.Series != "" || c.Verdict.Kind == cite.Forecast {
				t.Logf("%s: %s %s %s %v", d.Path, c.Figure.Text, c.Link.Series, c.Verdict.Kind, c.Verdict.Period)
				verdicts[d.Path] = append(verdicts[d.Path], c)
			}
		}
		for _, f := range r.Files[0].Findings {
			if strings.HasPrefix(f.Rule, "data/") || f.Rule == string(rule.Scale) && f.Evidence.Series != "" {
				t.Logf("%s: %s %s %s", d.Path, f.Severity, f.Rule, f.Message)
				found[d.Path] = append(found[d.Path], f)
			}
		}
	}
	const convergence = "die-defi-tradfi-konvergenz-warum-250.txt"
	t.Run("the supply of stablecoins is outdated, and said so once", func(t *testing.T) {
		fs := slices.DeleteFunc(slices.Clone(found[convergence]), func(f cite.Finding) bool { return f.Evidence.Series != "stablecoins-market-cap" })
		if len(fs) != 1 {
			t.Fatalf("%d findings, want 1: %+v", len(fs), fs)
		}
		f := fs[0]
		if f.Severity == cite.Note || f.Evidence.LastTrue.String()[:7] != "2025-08" || *f.Evidence.Value < 303e9 || *f.Evidence.Value > 307e9 || len(f.Figures) != 2 {
			t.Errorf("%+v", f)
		}
		if f.Suggestion == nil || !strings.HasPrefix(f.Suggestion.Text, "rund 306 Milliarden (DefiLlama, ") {
			t.Errorf("suggestion %+v", f.Suggestion)
		}
	})
	t.Run("the peak of summer 2020 was far lower", func(t *testing.T) {
		for _, f := range found[convergence] {
			if f.Evidence.Stated == "100 Mrd." {
				if f.Severity == cite.Note || !market.MustPeriod("2020-Q3").Contains(f.Evidence.Period) || *f.Evidence.Value > 15e9 {
					t.Errorf("%+v", f)
				}
				return
			}
		}
		t.Error("not found")
	})
	t.Run("the path of the TVL is foreseen", func(t *testing.T) {
		due := map[string]bool{}
		for _, c := range verdicts[convergence] {
			if c.Verdict.Kind == cite.Forecast {
				due[c.Verdict.Due.String()] = true
			} else if c.Figure.Forecast {
				t.Errorf("%s: %+v", c.Figure.Text, c.Verdict)
			}
		}
		for _, d := range []string{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026-12-31"} {
			if !due[d] {
				t.Errorf("no forecast is due in %s: %v", d, due)
			}
		}
	})
	t.Run("few", func(t *testing.T) {
		for path, fs := range found {
			loud := 0
			for _, f := range fs {
				if f.Severity != cite.Note {
					loud++
				}
			}
			if want := map[string]int{convergence: 2, "tag-blockchain.txt": 2}[path]; loud != want {
				t.Errorf("%s: %d errors and warnings, want %d: %+v", path, loud, want, fs)
			}
		}
	})
}
