package app

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beleg/internal/source/defillama/fake"
)

// sharedFolder is where recorded answers and real posts lie; the test is skipped without them.
func sharedFolder(t *testing.T) string {
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

// The whole way on real input: recorded history is collected, real posts are read, and what a post says meets the data.
func TestRecordedHistoryAndRealPosts(t *testing.T) {
	shared := sharedFolder(t)
	data, err := fake.Recorded(filepath.Join(shared, "upstream", "defillama"))
	if err != nil {
		t.Fatal(err)
	}
	term := newTerminal(t)
	upstream := httptest.NewServer(fake.New(fake.Options{Data: data, Now: term.env.Now}))
	t.Cleanup(upstream.Close)
	for _, name := range []string{"_URL", "_STABLECOINS_URL", "_COINS_URL"} {
		term.env.Vars["BELEG_SOURCE_DEFILLAMA"+name] = upstream.URL
	}
	term.env.Vars["BELEG_SOURCE_DEFILLAMA_PACE"] = "0"
	term.want(ExitOK, []string{"stablecoins  ok", "ethereum-tvl  ok", "usdt-supply  ok"}, "collect", "stablecoins", "ethereum-tvl", "usdt-supply")
	term.want(ExitOK, nil, "posts", "add", "--published", "2026-02-10", filepath.Join(shared, "posts", "die-defi-tradfi-konvergenz-warum-250.txt"))
	term.want(ExitOK, nil, "posts", "add", "--published", "2026-02-10", filepath.Join(shared, "posts", "listings"))
	term.want(ExitOK, nil, "posts", "list")
	if n := strings.Count(term.out.String(), "\n"); n < 15 {
		t.Errorf("%d posts of two listings and a file, want at least 15", n)
	}

	url := term.serving("--no-collect")
	var list struct {
		Posts []struct{ Slug, Title string }
	}
	_, body := fetchText(url + "/api/v1/posts")
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, p := range list.Posts {
		_, body := fetchText(url + "/api/v1/posts/" + p.Slug)
		var post struct {
			Figures []struct {
				Text, Series, Verdict, Value string
				Detail                       struct {
					Value    float64 `json:"value"`
					LastTrue string  `json:"last_true"`
				} `json:"verdict_detail"`
			}
		}
		if err := json.Unmarshal([]byte(body), &post); err != nil {
			t.Fatal(err)
		}
		for _, f := range post.Figures {
			if f.Series != "stablecoins-market-cap" || f.Value != "270000000000" {
				continue
			}
			found = true
			if f.Verdict != "was-true-on" || !strings.HasPrefix(f.Detail.LastTrue, "2025-08") || f.Detail.Value < 303e9 || f.Detail.Value > 307e9 {
				t.Errorf("270 billion dollars of stablecoins: %+v", f)
			}
		}
		if code, _ := fetchText(url + "/de/posts/" + p.Slug); code != 200 {
			t.Errorf("the page of %s: %d", p.Slug, code)
		}
	}
	if !found {
		t.Error("the 270 billion dollars of stablecoins are tied to no series")
	}
}
