package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/collect"
	"beleg/internal/market"
	"beleg/internal/source/defillama/fake"
)

var collectOptions = collect.Options{}

func (a answer) decode(t testing.TB, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		t.Fatalf("%v: %.200s", err, a.body)
	}
}

func TestAPIObservations(t *testing.T) {
	s := newSite(t)
	s.supply()
	s.now = s.now.Add(24 * time.Hour)
	s.data.Revise(fake.Key{Kind: fake.PegTotal, Part: "peggedUSD"}, market.MustPeriod("2026-02-01"), 300e9)
	s.collect("stablecoins")

	var got struct {
		Series       string `json:"series"`
		Unit         string `json:"unit"`
		AsOf         string `json:"as_of"`
		Observations []struct {
			Period     string  `json:"period"`
			Value      float64 `json:"value"`
			RecordedAt string  `json:"recorded_at"`
			Status     string  `json:"status"`
		} `json:"observations"`
		Revisions []struct {
			Period     string  `json:"period"`
			Value      float64 `json:"value"`
			RecordedAt string  `json:"recorded_at"`
			ReplacedAt string  `json:"replaced_at"`
		} `json:"revisions"`
	}
	path := "/api/v1/series/stablecoins-market-cap/observations?from=2026-02-01&to=2026-02-01"
	a := s.get(path+"&include_history=true").status(t, http.StatusOK)
	a.decode(t, &got)
	if got.Series != "stablecoins-market-cap" || got.Unit != "USD" || len(got.Observations) != 1 || got.Observations[0].Value != 300e9 ||
		got.Observations[0].Status != "final" || got.AsOf != got.Observations[0].RecordedAt || got.AsOf != "2026-02-13T09:30:00Z" {
		t.Errorf("%+v", got)
	}
	if len(got.Revisions) != 1 || got.Revisions[0].RecordedAt != "2026-02-12T09:30:00Z" || got.Revisions[0].ReplacedAt != "2026-02-13T09:30:00Z" {
		t.Errorf("revisions %+v", got.Revisions)
	}
	if a.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Error("other origins may not read")
	}
	before := got.Revisions[0].Value
	got.Revisions = nil
	s.get(path+"&as_of=2026-02-12").status(t, http.StatusOK).decode(t, &got)
	if got.Observations[0].Value != before {
		t.Errorf("as of the day before: %g, want %g", got.Observations[0].Value, before)
	}
	if got.Revisions != nil {
		t.Error("revisions without being asked for")
	}
}

func TestAPIRefusals(t *testing.T) {
	s := newSite(t)
	s.supply()
	tests := []struct {
		path   string
		status int
		param  string
		detail string
	}{
		{"/series/stablecoins-market-cap/observations?form=2026", 400, "form", "from"},
		{"/series/stablecoins-market-cap/observations?from=10.02.2026", 400, "from", "10.02.2026"},
		{"/series/stablecoins-market-cap/observations?from=2026-03&to=2026-02", 400, "to", "before"},
		{"/series/stablecoins-market-cap/observations?as_of=2026-02-01", 400, "as_of", "earliest vintage is 2026-02-12"},
		{"/series/stablecoins-market-cap/observations?as_of=2030-01-01", 400, "as_of", "future"},
		{"/series/stablecoins-market-cap/observations?include_history=maybe", 400, "include_history", "maybe"},
		{"/series/stablecoins-market-cap/observations?from=2026&from=2025", 400, "from", "2 times"},
		{"/series/nothing/observations", 404, "", "nothing"},
		{"/series/nothing.csv", 404, "", "nothing"},
		{"/series?limit=3", 400, "limit", "not known"},
		{"/posts/nothing", 404, "", "nothing"},
		{"/runs?limit=0", 400, "limit", "1 to 500"},
		{"/runs?source=nobody", 400, "source", "nobody"},
		{"/nonsense", 404, "", "openapi.json"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			a := s.get("/api/v1"+tt.path).status(t, tt.status)
			if ct := a.Header.Get("Content-Type"); ct != "application/problem+json" {
				t.Errorf("Content-Type %q", ct)
			}
			var p problem
			a.decode(t, &p)
			if p.Status != tt.status || p.Param != tt.param || !strings.Contains(p.Detail, tt.detail) {
				t.Errorf("problem %+v, want parameter %q and %q", p, tt.param, tt.detail)
			}
		})
	}
}

func TestAPICSV(t *testing.T) {
	s := newSite(t)
	s.supply()
	a := s.get("/api/v1/series/stablecoins-market-cap.csv?from=2026-02-11").status(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 {
		t.Fatalf("%d rows, want a head and two days", len(rows))
	}
	want := []string{"series", "period", "value", "unit", "status", "recorded_at", "source", "license"}
	if diff := cmp.Diff(want, rows[0]); diff != "" {
		t.Error(diff)
	}
	if last := rows[2]; last[1] != "2026-02-12" || last[2] != "305700000000" || last[4] != "provisional" || last[6] != "DefiLlama" || last[7] == "" {
		t.Errorf("last row %q", last)
	}
}

func TestAPIPosts(t *testing.T) {
	s := newSite(t)
	s.supply()
	slug := s.add(stablecoinPost)
	var list struct {
		Posts []struct {
			Slug, Title, Lang, Published string
			FigureCount                  int `json:"figure_count"`
		}
	}
	s.get("/api/v1/posts").status(t, http.StatusOK).decode(t, &list)
	if len(list.Posts) != 1 || list.Posts[0].Slug != slug || list.Posts[0].Published != "2026-02-11" || list.Posts[0].FigureCount != 3 {
		t.Errorf("%+v", list)
	}
	var one struct {
		Figures []struct {
			Text, Kind, Value, Unit, Series, Verdict string
		}
	}
	s.get("/api/v1/posts/"+slug).decode(t, &one)
	if len(one.Figures) != 3 {
		t.Fatalf("%d figures, want 3", len(one.Figures))
	}
	f := one.Figures[0]
	if f.Text != "305,6 Milliarden US-Dollar" || f.Kind != "money" || f.Value != "305600000000" || f.Unit != "USD" ||
		f.Series != "stablecoins-market-cap" || f.Verdict != "agrees" {
		t.Errorf("first figure %+v", f)
	}
}

// What openapi.json describes is what there is.
func TestOpenAPIMatchesRoutes(t *testing.T) {
	s := newSite(t)
	var doc struct {
		Paths map[string]map[string]any
	}
	s.get("/api/v1/openapi.json").status(t, http.StatusOK).decode(t, &doc)
	described := map[string]bool{}
	for path := range doc.Paths {
		path = strings.NewReplacer("{id}.csv", ":id", "{id}", ":id", "{slug}", ":id").Replace(path)
		described["/api/v1"+path] = true
	}
	routed := map[string]bool{}
	for _, r := range s.echo.Routes() {
		if strings.HasPrefix(r.Path, "/api/v1/") {
			routed[r.Path] = true
		}
	}
	if diff := cmp.Diff(routed, described); diff != "" {
		t.Errorf("routes (-) and description (+) differ: %s", diff)
	}
}
