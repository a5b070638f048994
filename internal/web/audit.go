package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// audit is what a check of all stored posts came to, as of one generation of the store and one day.
type audit struct {
	docs    []*rule.Document // in the order of corpus.posts; only read
	reports map[unit.Lang]*check.Report
	index   map[string]int // of a post in docs and in a report's files, by slug
}

type auditCache struct {
	mu  sync.Mutex
	gen int64
	day market.Period
	now *audit
}

// audited checks all stored posts, anew where data or posts changed. The documents that it gives are only read from then on.
func (s *Server) audited(ctx context.Context) (*audit, error) {
	gen, err := s.gen.current(ctx)
	if err != nil {
		return nil, err
	}
	lib, err := s.library(ctx)
	if err != nil {
		return nil, err
	}
	day := market.DayOf(s.Now())
	s.audit.mu.Lock()
	defer s.audit.mu.Unlock()
	if s.audit.now != nil && s.audit.gen == gen && s.audit.day == day {
		return s.audit.now, nil
	}
	a, err := s.examineAll(ctx, lib)
	if err != nil {
		return nil, err
	}
	s.audit.gen, s.audit.day, s.audit.now = gen, day, a
	return a, nil
}

func (s *Server) examineAll(ctx context.Context, lib *corpus) (*audit, error) {
	a := &audit{reports: map[unit.Lang]*check.Report{}, index: map[string]int{}}
	for i := range lib.posts {
		p, cited, err := s.Store.Post(ctx, lib.posts[i].Slug)
		if err != nil {
			return nil, fmt.Errorf("read post %s: %w", lib.posts[i].Slug, err)
		}
		p.Translation = lib.posts[i].Translation
		for n := range cited {
			cited[n].Twin = p.Translation
		}
		a.index[p.Slug] = len(a.docs)
		a.docs = append(a.docs, &rule.Document{Path: "/posts/" + p.Slug, Post: &p, Cited: cited})
	}
	examined, err := s.Engine.Examine(ctx, a.docs, nil)
	if err != nil {
		return nil, fmt.Errorf("check the posts: %w", err)
	}
	for _, lang := range []unit.Lang{unit.German, unit.English} {
		a.reports[lang] = examined.Report(lang)
	}
	return a, nil
}

// file is what was found in a post.
func (a *audit) file(slug string, lang unit.Lang) *check.File {
	i, ok := a.index[slug]
	if !ok {
		return nil
	}
	return &a.reports[lang].Files[i]
}

// document is a stored post as the check saw it.
func (a *audit) document(slug string) *rule.Document {
	if i, ok := a.index[slug]; ok {
		return a.docs[i]
	}
	return nil
}

// dataUsed says which data a check on this server rests on.
func (s *Server) dataUsed(ctx context.Context) (check.DataUsed, error) {
	fresh, err := s.Store.Freshness(ctx)
	if err != nil {
		return check.DataUsed{}, fmt.Errorf("read how fresh the data are: %w", err)
	}
	var newest time.Time
	for _, f := range fresh {
		newest = later(newest, f.RecordedAt)
	}
	used := check.DataUsed{Source: "server", Newest: stamp(newest)}
	if newest.IsZero() {
		used.Source = ""
	}
	return used, nil
}

// since is when a finding can first have been made: once its post and the others it speaks of were there in the version
// that says so, and the value it rests on was recorded.
func (a *audit) since(slug string, f *cite.Finding) time.Time {
	at := time.Time{}
	if d := a.document(slug); d != nil {
		at = d.Post.RecordedAt
	}
	for _, r := range f.Related {
		for _, d := range a.docs {
			if d.Path == r.Path {
				at = later(at, d.Post.RecordedAt)
			}
		}
	}
	if known, err := time.Parse(time.RFC3339, f.Evidence.Vintage); err == nil {
		at = later(at, known)
	}
	return at
}
