package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beleg/assets"
	"beleg/internal/catalog"
	"beleg/internal/chart"
	"beleg/internal/check"
	"beleg/internal/check/judge"
	"beleg/internal/collect"
	"beleg/internal/fetch"
	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/source/defillama"
	"beleg/internal/source/defillama/fake"
	"beleg/internal/store/sqlite"
)

// site is a server over a real store that was filled by a fake upstream.
type site struct {
	*Server
	t     testing.TB
	now   time.Time
	data  *fake.Table
	up    *fake.Upstream
	store *sqlite.Store
	jobs  *collect.Collector
	cat   *catalog.Catalog
	added int // posts, so that each has a path of its own
}

var siteNow = time.Date(2026, 2, 12, 9, 30, 0, 0, time.UTC)

// patience is how long a test waits for a page: the race detector makes the first picture of a busy machine take half a minute.
const patience = 5 * time.Minute

// newSite serves an empty store; change may set what a test is about.
func newSite(t testing.TB, change ...func(*Config)) *site {
	t.Helper()
	s := &site{t: t, now: siteNow, data: fake.NewTable()}
	clock := func() time.Time { return s.now }
	s.up = fake.New(fake.Options{Data: s.data, Now: clock})
	var err error
	must := func(what string) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	s.cat, err = catalog.Open("")
	must("catalogue")
	s.store, err = sqlite.Open(t.Context(), sqlite.Config{Path: filepath.Join(t.TempDir(), "beleg.db"), Now: clock})
	must("store")
	t.Cleanup(func() { _ = s.store.Close() })
	err = s.store.SyncSeries(t.Context(), s.cat.AllSeries())
	must("series")
	client, err := fetch.New(fetch.Config{Clock: clock, Transport: s.up.Transport(), Retries: -1})
	must("client")
	s.jobs = collect.New(collect.Config{Catalog: s.cat, Store: s.store, Fetcher: client, Now: clock, Log: slog.New(slog.DiscardHandler),
		Sources: map[string]collect.Source{defillama.ID: defillama.New(fake.Hosts("http://defillama.test"))}})
	renderer, err := chart.NewRenderer(chart.Config{Files: assets.Engine, Timeout: patience})
	must("renderer")
	t.Cleanup(func() { _ = renderer.Close() })
	judge := judge.New(s.cat, s.store, clock, judge.Config{})
	cfg := Config{Catalog: s.cat, Store: s.store, Charts: renderer, Judge: judge,
		Engine: check.NewEngine(check.EngineConfig{Catalog: s.cat, Judge: judge}),
		Reader: check.Reader{Linker: link.New(s.cat, link.Config{})},
		Now:    clock, Log: slog.New(slog.DiscardHandler), Version: "test", PublicURL: "https://beleg.example", RequestTimeout: patience}
	for _, c := range change {
		c(&cfg)
	}
	s.Server, err = New(cfg)
	must("server")
	return s
}

// supply fills the market capitalisation of stablecoins: a line from 250 to 305.7 billion dollars over 400 days up to today.
func (s *site) supply() {
	s.t.Helper()
	const days = 400
	today := market.DayOf(s.now)
	points := make([]fake.Point, days)
	for i := range points {
		v := 250e9 + (305.7e9-250e9)*float64(i)/(days-1)
		points[i] = fake.Point{At: today.AddDays(i - days + 1).Start(), Value: v}
	}
	s.data.Set(fake.Key{Kind: fake.PegTotal, Part: "peggedUSD"}, points)
	s.collect("stablecoins")
}

func (s *site) collect(jobs ...string) {
	s.t.Helper()
	var list []market.Job
	for _, id := range jobs {
		job, err := s.jobs.Job(id)
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, job)
	}
	if _, err := s.jobs.Run(context.WithoutCancel(s.t.Context()), list, collect.Options{}); err != nil {
		s.t.Fatal(err)
	}
	s.changed()
}

// changed lets the next request ask the store anew without waiting.
func (s *site) changed() { s.gen.read = time.Time{} }

// add puts a post of Markdown on the shelf and gives its slug.
func (s *site) add(markdown string) string {
	s.t.Helper()
	s.added++
	posts, err := post.Parse([]byte(markdown), post.Options{Path: fmt.Sprintf("post-%d.md", s.added)})
	if err != nil || len(posts) != 1 {
		s.t.Fatalf("%d posts, %v", len(posts), err)
	}
	reader := check.Reader{Linker: link.New(s.cat, link.Config{})}
	result, err := s.store.PutPost(s.t.Context(), posts[0], reader.Read(&posts[0]))
	if err != nil {
		s.t.Fatal(err)
	}
	s.changed()
	return result.Slug
}

const stablecoinPost = `---
title: "Stablecoins nach dem Winter"
date: 2026-02-11
lang: de
slug: stablecoins-nach-dem-winter
---

Die Marktkapitalisierung der Stablecoins liegt bei 305,6 Milliarden US-Dollar. Noch im Vorjahr waren
Stablecoins für manche ein Randthema.

Manche nennen für die Marktkapitalisierung der Stablecoins weiterhin 270 Milliarden US-Dollar.

Bis 2028 soll die Marktkapitalisierung der Stablecoins 1 Billion US-Dollar erreichen.
`

// answer is what a request got.
type answer struct {
	*http.Response
	body string
}

// get asks for a path; headers come in pairs.
func (s *site) get(path string, headers ...string) answer {
	s.t.Helper()
	return s.send(http.MethodGet, path, "", headers...)
}

// send sends a body.
func (s *site) send(method, path, body string, headers ...string) answer {
	s.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, req)
	res := rec.Result()
	read, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{res, string(read)}
}
