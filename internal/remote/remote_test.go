package remote

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// server answers paths with bodies, 404 for all others, and counts what it was asked.
type server struct {
	*httptest.Server
	asked atomic.Int64
}

func newServer(t *testing.T, answers map[string]string) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		body, ok := answers[r.URL.RequestURI()]
		if !ok {
			http.Error(w, "nothing here", http.StatusNotFound)
			return
		}
		_, _ = w.Write([]byte(body)) // a client that is gone fails its own test
	}))
	t.Cleanup(s.Close)
	return s
}

func newClient(t *testing.T, cfg Config) *Client {
	t.Helper()
	cfg.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const historyPath = "/api/v1/series/lido-tvl/observations?include_history=true"

// A series whose second day was revised twice, whose third is provisional, and whose fourth was withdrawn; the first was
// filled in a month late.
const revised = `{"series":"lido-tvl","unit":"USD","observations":[
	{"period":"2026-01-01","value":10,"recorded_at":"2026-02-01T06:00:00Z","status":"final"},
	{"period":"2026-01-02","value":22,"recorded_at":"2026-01-20T06:00:00Z","status":"final"},
	{"period":"2026-01-03","value":30,"recorded_at":"2026-01-03T06:00:00Z","status":"provisional"}],
	"revisions":[
	{"period":"2026-01-02","value":20,"recorded_at":"2026-01-03T06:00:00Z","replaced_at":"2026-01-10T06:00:00Z"},
	{"period":"2026-01-02","value":21,"recorded_at":"2026-01-10T06:00:00Z","replaced_at":"2026-01-20T06:00:00Z"},
	{"period":"2026-01-04","value":40,"recorded_at":"2026-01-05T06:00:00Z","replaced_at":"2026-01-15T06:00:00Z"}]}`

func TestObservations(t *testing.T) {
	s := newServer(t, map[string]string{historyPath: revised})
	c := newClient(t, Config{URL: s.URL})
	day := market.MustPeriod
	tests := []struct {
		name string
		q    market.ObservationQuery
		want string
	}{
		{"now", market.ObservationQuery{}, "01=10b 02=22 03=30"},
		{"from", market.ObservationQuery{From: day("2026-01-02")}, "02=22 03=30"},
		{"to", market.ObservationQuery{To: day("2026-01-02")}, "01=10b 02=22"},
		{"newest", market.ObservationQuery{Limit: 1}, "03=30"},
		{"as of the first version", market.ObservationQuery{AsOf: day("2026-01-09")}, "02=20 03=30 04=40"},
		{"as of the day it was revised", market.ObservationQuery{AsOf: day("2026-01-10")}, "02=21 03=30 04=40"},
		{"as of the day it was withdrawn", market.ObservationQuery{AsOf: day("2026-01-15")}, "02=21 03=30"},
		{"before anything was known", market.ObservationQuery{AsOf: day("2026-01-02")}, ""},
		{"earliest", market.ObservationQuery{Earliest: true}, "01=10b 02=20 03=30 04=40"},
		{"earliest known by then", market.ObservationQuery{Earliest: true, AsOf: day("2026-01-31")}, "02=20 03=30 04=40"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			obs, err := c.Observations(t.Context(), "lido-tvl", tt.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, o := range obs {
				mark := ""
				if o.Backfilled {
					mark = "b"
				}
				got = append(got, fmt.Sprintf("%s=%g%s", o.Period.String()[8:], o.Value, mark))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if n := s.asked.Load(); n != 1 {
		t.Errorf("the server was asked %d times for one series, want once", n)
	}
}

func TestErrors(t *testing.T) {
	large := `{"series":"x","observations":[` + strings.Repeat(" ", 4096) + `]}`
	tests := []struct {
		name    string
		answers map[string]string
		ask     func(context.Context, *Client) error
		want    string
		is      error
	}{
		{"a series that the server does not have", nil, func(ctx context.Context, c *Client) error {
			_, err := c.Observations(ctx, "lido-tvl", market.ObservationQuery{})
			return err
		}, "lido-tvl", market.ErrNotFound},
		{"an answer that is too large", map[string]string{historyPath: large}, func(ctx context.Context, c *Client) error {
			_, err := c.Observations(ctx, "lido-tvl", market.ObservationQuery{})
			return err
		}, "too large", nil},
		{"a page instead of an answer", map[string]string{"/api/v1/series": "<html>"}, func(ctx context.Context, c *Client) error {
			_, err := c.Newest(ctx)
			return err
		}, "not an answer of Beleg", nil},
		{"another server's answer", map[string]string{"/api/v1/series": "{}"}, func(ctx context.Context, c *Client) error {
			_, err := c.Newest(ctx)
			return err
		}, "not an answer of Beleg", nil},
		{"a post that went away", map[string]string{"/api/v1/posts": `{"posts":[{"slug":"a"}]}`}, func(ctx context.Context, c *Client) error {
			_, err := c.Posts(ctx)
			return err
		}, "read post a", market.ErrNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newClient(t, Config{URL: newServer(t, tt.answers).URL, MaxBytes: 2048})
			err := tt.ask(t.Context(), c)
			if err == nil || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	for _, address := range []string{"", "beleg.example", "://x"} {
		if _, err := New(Config{URL: address}); err == nil {
			t.Errorf("%q was taken for an address", address)
		}
	}
	gone := newServer(t, nil)
	gone.Close()
	if _, err := newClient(t, Config{URL: gone.URL}).Newest(t.Context()); err == nil {
		t.Error("a server that is gone answered")
	}
}

func TestNewest(t *testing.T) {
	s := newServer(t, map[string]string{"/api/v1/series": `{"series":[{"id":"a","recorded_at":"2026-02-10T06:00:00Z"},
		{"id":"b","recorded_at":"2026-02-11T06:00:00Z"},{"id":"c"}]}`})
	got, err := newClient(t, Config{URL: s.URL + "/"}).Newest(t.Context())
	if want := time.Date(2026, 2, 11, 6, 0, 0, 0, time.UTC); err != nil || !got.Equal(want) {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
	s = newServer(t, map[string]string{"/api/v1/series": `{"series":[{"id":"c"}]}`})
	if got, err := newClient(t, Config{URL: s.URL}).Newest(t.Context()); err != nil || !got.IsZero() {
		t.Errorf("a server without values: %s, %v", got, err)
	}
}

func TestPosts(t *testing.T) {
	const (
		list = `{"posts":[{"slug":"a"},{"slug":"demo","demonstration":true},{"slug":"b"},{"slug":"c"}]}`
		full = `{"slug":"a","title":"A","lang":"en","published":"2026-02-10","url":"https://blog.example/a","translation":"a","identity":"url:https://blog.example/a","sha256":"00","figures":[
			{"id":"f1","start":10,"end":21,"text":"$32 billion","kind":"money","value":"32000000000","unit":"USD","precision":"1000000000","subject":"lido","metric":"tvl","series":"lido-tvl","confidence":0.9,
			 "verdict":"agrees","verdict_detail":{"kind":"agrees"},"fragment":"Lido holds $32 billion of 90.","fragment_at":11,"fragment_end":22,"nearly":true,"per":"year","has_source":true,"paragraph":1},
			{"id":"f2","start":25,"end":27,"text":"90","kind":"other","value":"90","precision":"10",
			 "verdict":"not-checked","verdict_detail":{"kind":"not-checked","reason":"ignored"},"fragment":"Lido holds $32 billion of 90.","fragment_at":26,"fragment_end":28,"paragraph":1},
			{"id":"f3","start":40,"end":43,"text":"5 %","kind":"percent","value":"5","unit":"%","precision":"1","verdict":"not-checked","verdict_detail":{"kind":"not-checked"},"fragment":"It is 5 %.","fragment_at":6,"fragment_end":9,"paragraph":2}]}`
		old = `{"slug":"b","title":"B","lang":"de","figures":[{"id":"f4","start":0,"end":3,"text":"7 %","kind":"percent","value":"7","unit":"%","verdict":"not-checked"}]}`
	)
	s := newServer(t, map[string]string{"/api/v1/posts": list, "/api/v1/posts/a": full, "/api/v1/posts/b": old})
	docs, err := newClient(t, Config{URL: s.URL, MaxPosts: 2}).Posts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[0].Path != "https://blog.example/a" || docs[1].Path != s.URL+"/posts/b" {
		t.Fatalf("%d posts: %+v", len(docs), docs)
	}
	a := docs[0].Post
	if a.Identity != "url:https://blog.example/a" || a.SHA256 != "00" || a.Translation != "a" || a.Published != market.MustPeriod("2026-02-10") {
		t.Errorf("post %+v", a)
	}
	if diff := cmp.Diff("Lido holds $32 billion of 90.\nIt is 5 %.", a.Text.Content); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]cite.Block{{Kind: cite.Paragraph, Start: 0, End: 29}, {Kind: cite.Paragraph, Start: 30, End: 40}}, a.Text.Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	for i := range docs {
		text := &docs[i].Post.Text
		for n := range docs[i].Cited {
			f := &docs[i].Cited[n].Figure
			if got := text.Content[f.At:f.AtEnd]; got != f.Text {
				t.Errorf("figure %s stands at %q, want %q", f.ID, got, f.Text)
			}
			if f.Sentence[0] > f.At || f.Sentence[1] < f.AtEnd {
				t.Errorf("figure %s lies outside its sentence %v", f.ID, f.Sentence)
			}
		}
	}
	first := docs[0].Cited[0]
	if !first.Figure.Nearly || first.Figure.Per != cite.PerYear || !first.HasSource || first.Link.Series != "lido-tvl" || first.Twin != "a" || first.Verdict.Kind != cite.Agrees {
		t.Errorf("figure %+v", first)
	}
	if docs[0].Cited[1].Link.Ignored == "" {
		t.Error("a figure that its writer silenced is held against others")
	}
	if docs[1].Post.Identity == "" {
		t.Error("a post of an older server has no identity")
	}
}
