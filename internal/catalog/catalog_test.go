package catalog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/data"
	"beleg/internal/market"
)

// small is a whole catalogue in few lines; tests change a line of it.
const small = `sectors:
  - {id: defi, name: DeFi, summary: {de: Protokolle, en: Protocols}, key: [lido-tvl]}
subjects:
  - {id: lido, name: Lido, kind: protocol, sector: defi, aliases: [Lido]}
metrics:
  - {id: tvl, name: TVL, definition: {de: Wert, en: Value}, behaviour: stock, dimension: money, words: [tvl]}
  - {id: deposits, name: {de: Einlagen, en: Deposits}, definition: {de: Wert, en: Value}, behaviour: stock, dimension: money}
sources:
  - {id: llama, name: Llama, url: "https://llama.example", license: free, license_url: "https://llama.example/terms", attribution: Llama, methodology: {de: alles, en: all}, min_interval: 1h, hosts: [{url: "https://api.llama.example"}]}
series:
  - {id: lido-tvl, name: TVL, metric: tvl, subject: lido, source: llama, unit: USD, aggregation: level, answers: [deposits], stale_after: 36h, guard: {min: 1, max: 1e12, max_step: 2}, renamed_from: [lido-value]}
jobs:
  - {id: lido-tvl, source: llama, schedule: "7 */6 * * *", timeout: 30s, request: {endpoint: tvl, params: {slug: lido}}, backfill: {endpoint: protocol, params: {slug: lido}}, series: [{id: lido-tvl, select: {field: tvl}}]}
`

func load(files map[string]string) (*Catalog, error) {
	fsys := fstest.MapFS{}
	for name, body := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return Load(fsys)
}

func TestLoad(t *testing.T) {
	c, err := load(map[string]string{"all.yaml": small, "readme.txt": "no catalogue"})
	if err != nil {
		t.Fatal(err)
	}
	least, most := 1.0, 1e12
	want := market.Series{
		ID: "lido-tvl", Name: market.Text{DE: "TVL", EN: "TVL"}, Metric: "tvl", Subject: "lido", Source: "llama", Scope: "total", Unit: "USD",
		Frequency: market.Daily, Aggregation: "level", Answers: []string{"tvl", "deposits"}, StaleAfter: 36 * time.Hour,
		Guard: market.Guard{Min: &least, Max: &most, MaxStep: 2}, RenamedFrom: []string{"lido-value"},
	}
	for _, id := range []string{"lido-tvl", "lido-value"} {
		got, ok := c.Series(id)
		if !ok {
			t.Fatalf("no series %q", id)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("series %q: -want +got\n%s", id, diff)
		}
	}
	wantJob := market.Job{
		ID: "lido-tvl", Source: "llama", Schedule: "7 */6 * * *", Timeout: 30 * time.Second,
		Request:  market.Request{Endpoint: "tvl", Params: map[string]string{"slug": "lido"}},
		Backfill: &market.Request{Endpoint: "protocol", Params: map[string]string{"slug": "lido"}},
		Series:   []market.JobSeries{{Series: "lido-tvl", Select: map[string]string{"field": "tvl"}}},
	}
	got, ok := c.JobOf("lido-value")
	if !ok {
		t.Fatal("no job feeds lido-value, the former name of lido-tvl")
	}
	if diff := cmp.Diff(wantJob, got); diff != "" {
		t.Errorf("job: -want +got\n%s", diff)
	}
}

func TestLookups(t *testing.T) {
	c, err := load(map[string]string{"a.yaml": small, "b.yaml": `subjects:
  - {id: aave, name: Aave, kind: protocol, sector: defi, aliases: [Aave]}
series:
  - {id: aave-deposits, name: Einlagen, metric: deposits, subject: aave, source: llama, unit: USD, aggregation: level, stale_after: 36h}
  - {id: lido-deposits, name: Einlagen, metric: deposits, subject: lido, source: llama, unit: USD, aggregation: level, stale_after: 36h}
  - {id: lido-old, name: Alt, metric: deposits, subject: lido, source: llama, unit: USD, aggregation: level, stale_after: 36h, retired: true}
`})
	if err != nil {
		t.Fatal(err)
	}
	ids := func(all []market.Series) []string {
		var out []string
		for _, s := range all {
			out = append(out, s.ID)
		}
		return out
	}
	for _, tc := range []struct {
		name string
		got  []string
		want []string
	}{
		{"own metric before what only answers it", ids(c.SeriesFor("lido", "deposits")), []string{"lido-deposits", "lido-tvl"}},
		{"no series", ids(c.SeriesFor("aave", "tvl")), nil},
		{"key series of a sector first, no retired ones", ids(c.SeriesOf("defi")), []string{"lido-tvl", "aave-deposits", "lido-deposits"}},
		{"no sector", ids(c.SeriesOf("energy")), nil},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", tc.name, diff)
		}
	}
	if j, ok := c.JobOf("aave-deposits"); ok {
		t.Errorf("job %q feeds a series that is only imported", j.ID)
	}
	all := c.AllSeries()
	all[0].ID = "changed"
	if _, ok := c.Series("lido-tvl"); !ok || c.AllSeries()[0].ID != "lido-tvl" {
		t.Error("a caller changed the catalogue through a list that it got")
	}
}

func TestLoadFaults(t *testing.T) {
	for _, tc := range []struct {
		name     string
		old, new string // what is changed in the small catalogue
		want     []string
	}{
		{"unknown key", "kind: protocol,", "kind: protocol, colour: red,", []string{`c.yaml:4: colour: is not a known key`}},
		{"unknown key inside", "max_step: 2", "max_steps: 2", []string{`c.yaml:11: guard.max_steps: is not a known key`}},
		{"key given twice", "kind: protocol,", "kind: protocol, kind: chain,", []string{`c.yaml:4: kind: is given twice`}},
		{"unknown list", "jobs:", "chores:", []string{`c.yaml:13: chores: is not a known key`}},
		{"missing key", "behaviour: stock, dimension: money, words", "dimension: money, words", []string{`c.yaml:6: behaviour: is missing`}},
		{"missing German", "{de: Einlagen, en: Deposits}", "{en: Deposits}", []string{`c.yaml:7: name.de: is missing`}},
		{"missing English", "{de: Protokolle, en: Protocols}", "{de: Protokolle}", []string{`c.yaml:2: summary.en: is missing`}},
		{"dot in an id", "series:\n  - {id: lido-tvl", "series:\n  - {id: lido.tvl", []string{
			`c.yaml:2: key: "lido-tvl" is not a known series`,
			`c.yaml:11: id: "lido.tvl" is no id (lower-case letters and digits, joined by single hyphens)`,
			`c.yaml:13: series: "lido-tvl" is not a known series`,
		}},
		{"duplicate id", "{id: deposits,", "{id: tvl,", []string{
			`c.yaml:7: id: "tvl" is taken by another entry`,
			`c.yaml:11: answers: "deposits" is not a known metric`,
		}},
		{"former id that is taken", "[lido-value]", "[lido-tvl]", []string{`c.yaml:11: renamed_from: "lido-tvl" is taken by another series`}},
		{"unknown reference", "subject: lido,", "subject: rocket,", []string{`c.yaml:11: subject: "rocket" is not a known subject`}},
		{"unknown scope", "unit: USD,", "unit: USD, scope: base,", []string{`c.yaml:11: scope: "base" is not a known subject (nor "total")`}},
		{"not one of a set", "kind: protocol,", "kind: thing,", []string{
			`c.yaml:4: kind: "thing" is none of "sector", "asset", "protocol", "chain", "company", "network", "country", "body", "event", "topic"`,
		}},
		{"unit of another dimension", "unit: USD,", "unit: GW,", []string{`c.yaml:11: unit: "GW" measures power, but "tvl" is money`}},
		{"bad duration", "stale_after: 36h", "stale_after: a day", []string{
			`c.yaml:11: stale_after: must be a positive duration such as "36h" or "45m"`,
			`c.yaml:11: stale_after: is missing`,
		}},
		{"guard without room", "min: 1,", "min: 1e13,", []string{`c.yaml:11: guard: min must lie below max`}},
		{"not a number", "min: 1,", "min: one,", []string{`c.yaml:11: guard.min: must be a number`}},
		{"step below one", "max_step: 2", "max_step: 0.5", []string{`c.yaml:11: guard.max_step: must be at least 1`}},
		{"cron with a time zone", "7 */6 * * *", "TZ=UTC 7 */6 * * *", []string{
			`c.yaml:13: schedule: "TZ=UTC 7 */6 * * *" is no cron line of five fields such as "17 4 * * *" (UTC, no time zone, no @)`,
		}},
		{"cron out of range", "7 */6 * * *", "77 */6 * * *", []string{`c.yaml:13: schedule: "77 */6 * * *": end of range (77) above maximum (59): 77`}},
		{"cron that never fires", "7 */6 * * *", "7 4 31 2 *", []string{`c.yaml:13: schedule: "7 4 31 2 *" never fires`}},
		{"cron denser than the source allows", "7 */6 * * *", "*/30 * * * *", []string{
			`c.yaml:13: schedule: "*/30 * * * *" fires more often than the source's min_interval of 1h0m0s`,
		}},
		{"job without a request", `request: {endpoint: tvl, params: {slug: lido}}, `, "", []string{`c.yaml:13: request: is missing`}},
		{"series fed twice", "series: [{id: lido-tvl, select: {field: tvl}}]", "series: [{id: lido-tvl}, {id: lido-tvl}]", []string{
			`c.yaml:13: series: "lido-tvl" is fed by "lido-tvl" already`,
		}},
		{"bad URL", `url: "https://llama.example", license`, `url: llama.example, license`, []string{`c.yaml:9: url: "llama.example" is no http or https URL`}},
		{"first host with a name", `hosts: [{url:`, `hosts: [{name: main, url:`, []string{`c.yaml:9: hosts: the first host is the main one and has no name`}},
		{"word in upper case", "words: [tvl]", "words: [TVL]", []string{`c.yaml:6: words: "TVL" must be in lower case`}},
		{"subject without a name in texts", ", aliases: [Lido]", "", []string{`c.yaml:4: aliases: is missing: no text could name it`}},
		{"sign in a name", "aliases: [Lido]", "aliases: [LID₮]", []string{`c.yaml:4: aliases: "LID₮" holds a sign that texts are not searched for`}},
		{"listed twice", "answers: [deposits]", "answers: [deposits, deposits]", []string{`c.yaml:11: answers: "deposits" is listed twice`}},
		{"a text for a mapping", "guard: {min: 1, max: 1e12, max_step: 2}", "guard: strict", []string{`c.yaml:11: guard: must be a mapping of keys to values`}},
		{"a text for a list", "answers: [deposits]", "answers: deposits", []string{`c.yaml:11: answers: must be a list`}},
		{"a list for a text", "unit: USD,", "unit: [USD],", []string{`c.yaml:11: unit: must be a text`, `c.yaml:11: unit: is missing`}},
		{"no YAML: nothing else is judged", "metrics:", "metrics: [", []string{`c.yaml:5: is no YAML: did not find expected node content`}},
		{"several at once", "kind: protocol, sector: defi", "kind: thing, sector: depin", []string{
			`c.yaml:4: kind: "thing" is none of "sector", "asset", "protocol", "chain", "company", "network", "country", "body", "event", "topic"`,
			`c.yaml:4: sector: "depin" is not a known sector`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !strings.Contains(small, tc.old) {
				t.Fatalf("the small catalogue does not hold %q", tc.old)
			}
			_, err := load(map[string]string{"c.yaml": strings.Replace(small, tc.old, tc.new, 1)})
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tc.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			var e *Error
			if !errors.As(err, &e) || e.File != "c.yaml" || e.Line == 0 {
				t.Errorf("no *Error with file and line in %v", err)
			}
		})
	}
}

func TestSharedAliases(t *testing.T) {
	second := "subjects:\n  - {id: other, name: Other, kind: KIND, aliases: [Lido]}\n"
	if _, err := load(map[string]string{"a.yaml": small, "b.yaml": strings.Replace(second, "KIND", "company", 1)}); err != nil {
		t.Errorf("subjects of two kinds may share an alias, the metric tells them apart: %v", err)
	}
	_, err := load(map[string]string{"a.yaml": small, "b.yaml": strings.Replace(second, "KIND", "protocol", 1)})
	if want := `b.yaml:2: aliases: "Lido" is an alias of "lido" as well, which is of the same kind`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestOpenDirectory(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty directory gives %v, want ErrEmpty", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "own.yaml"), []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.AllSeries()); n != 1 {
		t.Errorf("an own directory gives %d series, want its 1: it replaces the built-in catalogue", n)
	}
	if _, err := Open(filepath.Join(dir, "absent")); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrEmpty) {
		t.Errorf("an absent directory gives %v", err)
	}
}

// TestBuiltIn holds what readers of the built-in catalogue rely on: these series, in these units, with a job each.
func TestBuiltIn(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	units := map[string]string{
		"stablecoins-market-cap": "USD", "usdt-supply": "usdt", "usdc-supply": "usdc", "dai-supply": "dai",
		"defi-tvl": "USD", "ethereum-tvl": "USD", "solana-tvl": "USD", "arbitrum-tvl": "USD", "base-tvl": "USD", "polygon-tvl": "USD", "bsc-tvl": "USD",
		"lido-tvl": "USD", "aave-tvl": "USD", "morpho-tvl": "USD", "maple-tvl": "USD", "euler-tvl": "USD", "eigenlayer-tvl": "USD", "rwa-tvl": "USD",
		"dexs-volume": "USD", "defi-fees": "USD",
	}
	for id, unit := range units {
		s, ok := c.Series(id)
		if !ok {
			t.Errorf("no series %s", id)
			continue
		}
		if string(s.Unit) != unit {
			t.Errorf("%s is in %s, want %s", id, s.Unit, unit)
		}
		if _, ok := c.JobOf(id); !ok {
			t.Errorf("no job feeds %s", id)
		}
		if s.Guard.Min == nil || s.Guard.Max == nil || s.Guard.MaxStep == 0 {
			t.Errorf("%s has no guard", id)
		}
		if subject, _ := c.Subject(s.Subject); subject.Sector == "" {
			t.Errorf("%s is shown under no sector", id)
		}
	}
	var sectors []string
	for _, s := range c.Sectors() {
		sectors = append(sectors, s.ID)
	}
	want := []string{"stablecoins", "defi", "staking", "rwa", "depin", "ai", "layer-2", "bitcoin", "prediction-markets", "payments", "companies", "energy"}
	if diff := cmp.Diff(want, sectors); diff != "" {
		t.Errorf("sectors: -want +got\n%s", diff)
	}
}

// TestBuiltInSchedules: jobs start at minutes of their own, so that one upstream is not asked by several at once.
func TestBuiltInSchedules(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	minutes := map[string]string{}
	for _, j := range c.Jobs() {
		minute, _, _ := strings.Cut(j.Schedule, " ")
		if other, taken := minutes[minute]; taken {
			t.Errorf("%s and %s both start at minute %s", other, j.ID, minute)
		}
		minutes[minute] = j.ID
		if minute == "0" {
			t.Errorf("%s starts on the hour, as everybody's jobs do", j.ID)
		}
	}
}

// TestBuiltInSources: data is shown with who it is from and on which terms.
func TestBuiltInSources(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	llama, ok := c.Source("defillama")
	if !ok {
		t.Fatal("no source defillama")
	}
	var hosts []string
	for _, h := range llama.Hosts {
		hosts = append(hosts, h.Name)
	}
	if diff := cmp.Diff([]string{"", "stablecoins", "coins"}, hosts); diff != "" {
		t.Errorf("hosts, as variables of the environment name them: -want +got\n%s", diff)
	}
	if !strings.Contains(llama.Attribution.DE, "DefiLlama") || llama.Methodology.DE == llama.Methodology.EN {
		t.Errorf("attribution %q, methodology the same in both languages: %v", llama.Attribution.DE, llama.Methodology.DE == llama.Methodology.EN)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("series: [{id: x, guard: {min: .nan}}]\n---\nmetrics: 1\n"))
	files, err := fs.Glob(data.Catalog, "catalog/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		body, err := fs.ReadFile(data.Catalog, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := Load(fstest.MapFS{"x.yaml": &fstest.MapFile{Data: body}})
		if (c == nil) == (err == nil) {
			t.Fatalf("catalogue %v with error %v", c, err)
		}
		if err == nil {
			return
		}
		var e *Error
		if !errors.As(err, &e) || e.File != "x.yaml" || e.Msg == "" {
			t.Errorf("an error without its place: %v", err)
		}
	})
}

func TestEveryMetricIsMeasuredOfAKindThatIs(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	var used []market.SubjectKind
	for _, s := range c.Subjects() {
		used = append(used, s.Kind)
	}
	for _, m := range c.Metrics() {
		for _, k := range m.Of {
			if !slices.Contains(used, k) {
				t.Errorf("%s is measured of %s, of which there is no subject", m.ID, k)
			}
		}
	}
	for _, s := range c.AllSeries() {
		m, _ := c.Metric(s.Metric)
		subject, _ := c.Subject(s.Subject)
		if len(m.Of) > 0 && !slices.Contains(m.Of, subject.Kind) {
			t.Errorf("%s: %s is not measured of a %s", s.ID, m.ID, subject.Kind)
		}
	}
}
