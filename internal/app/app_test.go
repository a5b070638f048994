package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"beleg/internal/market"
	"beleg/internal/source/defillama/fake"
)

// terminal is a run of the command line with its own streams, clock and folder.
type terminal struct {
	t    *testing.T
	env  Env
	dir  string
	out  bytes.Buffer
	errs bytes.Buffer
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	term := &terminal{t: t, dir: t.TempDir()}
	started := time.Now()
	term.env = Env{Stdin: strings.NewReader(""), Stdout: &term.out, Stderr: &term.errs, Vars: map[string]string{},
		Now: func() time.Time { return time.Date(2026, 2, 12, 9, 30, 0, 0, time.UTC).Add(time.Since(started)) }}
	return term
}

// path is a file in the terminal's folder.
func (term *terminal) path(name string) string { return filepath.Join(term.dir, name) }

func (term *terminal) write(name, text string) string {
	term.t.Helper()
	path := term.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		term.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		term.t.Fatal(err)
	}
	return path
}

// run runs a command with the terminal's database and gives its exit code; what it printed is in out and errs.
func (term *terminal) run(args ...string) int {
	term.out.Reset()
	term.errs.Reset()
	return Main(term.t.Context(), append([]string{"--db", term.path("beleg.db")}, args...), &term.env)
}

// want runs a command and reports another exit code, or texts that it does not print on standard output or error.
func (term *terminal) want(code int, texts []string, args ...string) {
	term.t.Helper()
	if got := term.run(args...); got != code {
		term.t.Errorf("beleg %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, term.out.String(), term.errs.String())
	}
	for _, text := range texts {
		if !strings.Contains(term.out.String()+term.errs.String(), text) {
			term.t.Errorf("beleg %s does not say %q\n%s%s", strings.Join(args, " "), text, term.out.String(), term.errs.String())
		}
	}
}

// upstream starts a fake DefiLlama with a little history and points the terminal at it.
func (term *terminal) upstream() *fake.Upstream {
	term.t.Helper()
	data := fake.NewTable()
	today := market.DayOf(term.env.Now())
	var points []fake.Point
	for i := range 40 {
		points = append(points, fake.Point{At: today.AddDays(i - 39).Start(), Value: 7e9 + float64(i)*1e7})
	}
	data.Set(fake.Key{Kind: fake.ChainTVL, Name: "Solana"}, points)
	up := fake.New(fake.Options{Data: data, Now: term.env.Now})
	server := httptest.NewServer(up)
	term.t.Cleanup(server.Close)
	for _, name := range []string{"BELEG_SOURCE_DEFILLAMA_URL", "BELEG_SOURCE_DEFILLAMA_STABLECOINS_URL", "BELEG_SOURCE_DEFILLAMA_COINS_URL"} {
		term.env.Vars[name] = server.URL
	}
	term.env.Vars["BELEG_SOURCE_DEFILLAMA_PACE"] = "0"
	return up
}

const samplePost = "---\ntitle: Solana im Februar\ndate: 2026-02-11\nlang: de\n---\n\nAuf Solana liegen 7,38 Milliarden US-Dollar TVL.\n"

func TestWrongUse(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"unknown command", []string{"colect"}, []string{"colect", "--help"}},
		{"unknown flag", []string{"serve", "--adr", ":1"}, []string{"--adr"}},
		{"unknown job", []string{"collect", "nonsense", "rubbish"}, []string{`"nonsense"`, `"rubbish"`}},
		{"no date", []string{"collect", "--since", "yesterday"}, []string{"--since", "yesterday"}},
		{"no day of publication", []string{"posts", "add", "--published", "2026", "x.md"}, []string{"--published", "2026"}},
		{"another language", []string{"posts", "add", "--lang", "fr", "x.md"}, []string{"--lang"}},
		{"no file", []string{"posts", "add", "missing.md"}, []string{"missing.md"}},
		{"unknown series", []string{"export", "nothing"}, []string{`"nothing"`}},
		{"no database", []string{"export", "defi-tvl"}, []string{"there is no database", "beleg.db"}},
		{"another form of picture", []string{"chart", "defi-tvl", "-o", "x.gif"}, []string{"x.gif", ".svg"}},
		{"no catalogue", []string{"--catalog", "/does/not/exist", "collect"}, []string{"/does/not/exist"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { newTerminal(t).want(ExitFailure, tt.want, tt.args...) })
	}
}

func TestSettingsAreCheckedTogether(t *testing.T) {
	term := newTerminal(t)
	term.env.Vars = map[string]string{"BELEG_SOURCE_DEFILLAMA_PACE": "fast", "BELEG_SOURCE_DEFILAMA_URL": "http://x", "BELEG_SOURCE_DEFILLAMA_URL": "ftp://x"}
	term.want(ExitFailure, []string{
		"--addr", "--public-url", "--embed-sites", "--posts", "--posts-every", "--parallel", "--fetch-timeout",
		"BELEG_SOURCE_DEFILLAMA_PACE", "BELEG_SOURCE_DEFILAMA_URL", "ftp://x",
	}, "serve", "--addr", "nowhere", "--public-url", "beleg.example", "--embed-sites", "blog", "--posts", "/does/not/exist",
		"--posts-every", "1s", "--parallel", "0", "--fetch-timeout", "1ms")
	if _, err := os.Stat(term.path("beleg.db")); err == nil {
		t.Error("a database was created although the settings are wrong")
	}
}

func TestBrokenCatalogueNamesFileAndLine(t *testing.T) {
	term := newTerminal(t)
	term.write("cat/series.yaml", "series:\n  - id: has.dot\n    unit: [\n")
	term.want(ExitFailure, []string{"series.yaml:"}, "--catalog", term.path("cat"), "collect")
}

func TestCollectExportChart(t *testing.T) {
	term := newTerminal(t)
	up := term.upstream()
	term.want(ExitOK, []string{"solana-tvl  ok  40 new"}, "collect", "solana-tvl")

	term.want(ExitOK, nil, "export", "solana-tvl")
	lines := strings.Split(strings.TrimSpace(term.out.String()), "\n")
	if len(lines) != 41 || !strings.HasPrefix(lines[0], "series,period,value,unit") || !strings.HasPrefix(lines[40], "solana-tvl,2026-02-12,7390000000,USD,provisional,") {
		t.Errorf("CSV: %d lines, %q … %q", len(lines), lines[0], lines[len(lines)-1])
	}
	term.want(ExitOK, nil, "export", "solana-tvl", "--format", "json", "--as-of", "2026-02-12")
	var doc struct {
		Observations []struct{ Value float64 }
		Source       struct{ License string }
	}
	if err := json.Unmarshal(term.out.Bytes(), &doc); err != nil || len(doc.Observations) != 40 || doc.Source.License == "" {
		t.Errorf("JSON: %v, %+v", err, doc)
	}
	term.want(ExitFailure, []string{"earliest vintage is 2026-02-12"}, "export", "solana-tvl", "--as-of", "2026-01-01")

	for _, form := range []string{"svg", "png"} {
		term.want(ExitOK, nil, "chart", "solana-tvl", "-o", term.path("chart."+form))
		if info, err := os.Stat(term.path("chart." + form)); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", form, err)
		}
	}
	up.Fail("/v2/historicalChainTvl/Solana", fake.InternalError(), 10)
	term.env.Now = func() time.Time { return time.Date(2026, 2, 13, 9, 30, 0, 0, time.UTC) }
	term.want(ExitFailure, []string{"solana-tvl  failed", "500"}, "collect", "solana-tvl")
}

func TestPosts(t *testing.T) {
	term := newTerminal(t)
	file := term.write("posts/solana.md", samplePost)
	term.want(ExitOK, []string{"solana", "2026-02-11", "de", "1 figures  new"}, "posts", "add", term.path("posts"))
	term.want(ExitOK, []string{"unchanged"}, "posts", "add", file)
	term.write("posts/solana.md", strings.Replace(samplePost, "7,38", "7,4", 1))
	term.want(ExitOK, []string{"changed (version 2)"}, "posts", "add", file)
	term.want(ExitOK, []string{"Solana im Februar"}, "posts", "list")
	slug := strings.Fields(term.out.String())[0]

	term.env.Stdin = strings.NewReader("Solana in February\n\nThere is $7.38 billion of TVL on Solana.\n")
	term.want(ExitOK, []string{"2026-02-12", "en"}, "posts", "add", "-", "--published", "2026-02-12", "--lang", "en", "--translation-of", slug)
	if _, body := fetchText(term.serving("--no-collect") + "/en/posts/" + slug); !strings.Contains(body, "Solana in February") {
		t.Error("the post's page does not lead to its translation")
	}
	term.want(ExitFailure, []string{"nothing-like-it"}, "posts", "add", "-", "--translation-of", "nothing-like-it")

	term.want(ExitOK, nil, "posts", "remove", slug)
	term.want(ExitFailure, []string{slug}, "posts", "remove", slug)
}

func TestTeaserDoesNotReplaceThePost(t *testing.T) {
	term := newTerminal(t)
	whole := "---\ntitle: Solana\ndate: 2026-02-11\nslug: solana\ncanonical_url: https://blog.example/solana\n---\n\nAuf Solana liegen 7,38 Milliarden US-Dollar TVL. Das ist mehr als vor einem Jahr.\n\nEin zweiter Absatz nennt 5 Milliarden US-Dollar.\n"
	teaser, _, _ := strings.Cut(whole, " Das ist")
	term.want(ExitOK, []string{"2 figures  new"}, "posts", "add", term.write("a/solana.md", whole))
	term.want(ExitOK, []string{"unchanged"}, "posts", "add", term.write("b/solana.md", teaser+" ...\n"))
	if _, body := fetchText(term.serving("--no-collect") + "/api/v1/posts"); !strings.Contains(body, `"figure_count":2`) {
		t.Errorf("the teaser took the post's place: %s", body)
	}
}

func TestOddPosts(t *testing.T) {
	tests := []struct {
		name, text string
		code       int
		want       []string
	}{
		{"Latin-1", "Gr\xfc\xdfe aus K\xf6ln\n\nDer Umsatz stieg auf 5 Millionen Euro.\n", ExitOK, []string{"1 figures"}},
		{"NUL bytes", "Titel\n\nDer Umsatz\x00 stieg auf 5 Millionen Euro.\n", ExitOK, []string{"NUL"}},
		{"no figures", "Titel\n\nHier steht nichts, das sich zählen ließe.\n", ExitOK, []string{"0 figures"}},
		{"too large", strings.Repeat("Ein langer Text. ", 200), ExitFailure, []string{"odd.md", "2048"}},
		{"broken front matter", "---\ntitle: [\n---\n\nText\n", ExitFailure, []string{"odd.md:"}},
		{"a wrong date", "---\ntitle: x\ndate: gestern\n---\n\nText\n", ExitFailure, []string{"odd.md:3", "date"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			term := newTerminal(t)
			kept := term.write("kept.md", samplePost)
			term.want(ExitOK, nil, "posts", "add", kept)
			term.want(tt.code, tt.want, "posts", "add", "--max-post-bytes", "2048", term.write("odd.md", tt.text))
			term.want(ExitOK, []string{"Solana im Februar"}, "posts", "list")
		})
	}
}

// serving starts `beleg serve` on a free port and waits until it is ready.
func (term *terminal) serving(args ...string) (url string) {
	term.t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(term.t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		term.t.Fatal(err)
	}
	addr := listener.Addr().String()
	if err := listener.Close(); err != nil {
		term.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(term.t.Context()))
	done := make(chan int, 1)
	args = append([]string{"--db", term.path("beleg.db"), "--log-level", "error", "serve", "--addr", addr}, args...)
	go func() { done <- Main(ctx, args, &term.env) }()
	term.t.Cleanup(func() {
		cancel()
		select {
		case code := <-done:
			if code != ExitOK {
				term.t.Errorf("beleg serve ended with %d: %s", code, term.errs.String())
			}
		case <-time.After(20 * time.Second):
			term.t.Error("beleg serve does not stop")
		}
	})
	url = "http://" + addr
	deadline := time.Now().Add(20 * time.Second)
	for {
		if code, _ := fetchText(url + "/readyz"); code == http.StatusOK {
			return url
		}
		if time.Now().After(deadline) {
			term.t.Fatalf("not ready: %s", term.errs.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func fetchText(url string) (int, string) {
	res, err := http.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	var b bytes.Buffer
	if _, err := b.ReadFrom(res.Body); err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, b.String()
}

// eventually asks for a page until it holds a text.
func (term *terminal) eventually(url, text string) string {
	term.t.Helper()
	deadline := time.Now().Add(60 * time.Second)
	for {
		_, body := fetchText(url)
		if strings.Contains(body, text) {
			return body
		}
		if time.Now().After(deadline) {
			term.t.Fatalf("%s never says %q", url, text)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func TestServeOfflineShowsWhatIsKnown(t *testing.T) {
	term := newTerminal(t)
	for _, name := range []string{"_URL", "_STABLECOINS_URL", "_COINS_URL"} {
		term.env.Vars["BELEG_SOURCE_DEFILLAMA"+name] = "http://127.0.0.1:1"
	}
	term.env.Vars["BELEG_SOURCE_DEFILLAMA_PACE"] = "0"
	url := term.serving()
	home := term.eventually(url+"/en/", "never answered so far")
	for _, want := range []string{"make demo", "What posts say", "demonstration", "DePIN"} {
		if !strings.Contains(home, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
	if strings.Contains(strings.ToLower(home), "simulated data.") || strings.Contains(home, "Simulated</strong>") {
		t.Error("a normal start shows something simulated")
	}
	if code, body := fetchText(url + "/en/series/stablecoins-market-cap"); code != 200 || !strings.Contains(body, "no values of this series yet") || !strings.Contains(body, "What posts say") {
		t.Errorf("a series without data: %d", code)
	}
}

func TestOwnPostsReplaceTheDemonstration(t *testing.T) {
	term := newTerminal(t)
	term.write("blog/solana.md", samplePost)
	term.upstream()
	url := term.serving("--posts", term.path("blog"))
	body := term.eventually(url+"/api/v1/posts", "Solana im Februar")
	if strings.Contains(body, "demonstration") {
		t.Errorf("demonstration posts stand beside own ones: %s", body)
	}
	page := term.eventually(url+"/en/series/solana-tvl", `<span class="verdict agrees">`)
	if !strings.Contains(page, "7,38 Milliarden") {
		t.Error("the series' page does not cite the figure")
	}
}

func TestDemoHasItsOwnDatabaseAndSaysSo(t *testing.T) {
	term := newTerminal(t)
	term.env.Now = time.Now
	url := term.serving("--demo")
	term.eventually(url+"/en/series/stablecoins-market-cap", "chart-s-line-1")
	if _, err := os.Stat(term.path("demo.db")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(term.path("beleg.db")); err == nil {
		t.Error("the demonstration touched the other database")
	}
	term.eventually(url+"/api/v1/runs?limit=500", `"held":1`)
	term.eventually(url+"/api/v1/runs", `"outcome":"failed"`)
	other := newTerminal(t)
	other.dir = term.dir
	if code := Main(t.Context(), []string{"--db", term.path("demo.db"), "collect"}, &other.env); code != ExitFailure || !strings.Contains(other.errs.String(), "simulated") {
		t.Errorf("collecting into the demonstration's database: exit %d, %s", code, other.errs.String())
	}
}

func TestVersion(t *testing.T) {
	term := newTerminal(t)
	term.want(ExitOK, []string{"beleg "}, "version")
	if _, err := os.Stat(term.path("beleg.db")); err == nil {
		t.Error("version created a database")
	}
}

// Every setting is documented, with its variable and its default.
func TestReadmeNamesEverySetting(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(readme)
	settings := allSettings()
	if len(settings) < 15 {
		t.Fatalf("only %d settings found", len(settings))
	}
	for _, s := range settings {
		row := fmt.Sprintf("| `%s` | `%s` | ", s.flag, s.variable)
		at := strings.Index(text, row)
		if at < 0 {
			t.Errorf("the README's table of settings lacks the row %q", row)
			continue
		}
		line, _, _ := strings.Cut(text[at:], "\n")
		if s.value != "" && !strings.Contains(line, "`"+s.value+"`") {
			t.Errorf("%s: the README does not give the default %q: %s", s.flag, s.value, line)
		}
	}
}

type setting struct{ flag, variable, value string }

// allSettings are the flags that are variables too.
func allSettings() []setting {
	var all []setting
	seen := map[string]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for f := range t.Fields() {
			if f.Type.Kind() == reflect.Struct {
				walk(f.Type)
			}
			variable := f.Tag.Get("env")
			if variable == "" || seen[variable] {
				continue
			}
			seen[variable] = true
			flag := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(variable, "BELEG_"), "_", "-"))
			all = append(all, setting{flag: flag, variable: variable, value: f.Tag.Get("default")})
		}
	}
	walk(reflect.TypeFor[CLI]())
	return all
}
