package web

import (
	"context"
	"fmt"
	"sync"

	"beleg/internal/check"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// corpus is every post with its figures and their verdicts, as of one generation of the store and one day.
type corpus struct {
	posts     []cite.Post // newest first
	bySlug    map[string]*cite.Post
	byFigure  map[string]*cite.Cited
	bySeries  map[string][]*cite.Cited
	bySubject map[string][]*cite.Cited
	ofPost    map[string][]cite.Cited
	summary   map[string]check.Summary
}

type corpusCache struct {
	mu  sync.Mutex
	gen int64
	day market.Period
	now *corpus
}

// library gives the corpus of the present generation, judging all figures anew where the data or the posts changed.
func (s *Server) library(ctx context.Context) (*corpus, error) {
	gen, err := s.gen.current(ctx)
	if err != nil {
		return nil, err
	}
	day := market.DayOf(s.Now())
	s.corpus.mu.Lock()
	defer s.corpus.mu.Unlock()
	if s.corpus.now != nil && s.corpus.gen == gen && s.corpus.day == day {
		return s.corpus.now, nil
	}
	c, err := s.judged(ctx)
	if err != nil {
		return nil, err
	}
	s.corpus.gen, s.corpus.day, s.corpus.now = gen, day, c
	return c, nil
}

func (s *Server) judged(ctx context.Context) (*corpus, error) {
	listed, err := s.Store.Posts(ctx, cite.PostQuery{})
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	posts := make([]cite.Post, len(listed))
	for i := range listed {
		posts[i] = listed[i].Post
	}
	cited, err := s.Store.AllFigures(ctx)
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	c := &corpus{
		posts:     posts,
		bySlug:    map[string]*cite.Post{},
		byFigure:  map[string]*cite.Cited{},
		bySeries:  map[string][]*cite.Cited{},
		bySubject: map[string][]*cite.Cited{},
		ofPost:    map[string][]cite.Cited{},
		summary:   map[string]check.Summary{},
	}
	for i := range posts {
		c.bySlug[posts[i].Slug] = &posts[i]
	}
	twins := twinKeys(posts)
	for i := range posts {
		posts[i].Translation = twins[posts[i].Slug]
	}
	all := make([]*cite.Cited, len(cited))
	for i := range cited {
		cited[i].Twin = twins[cited[i].Slug]
		all[i] = &cited[i]
	}
	if err := s.Judge.JudgeAll(ctx, all); err != nil {
		return nil, err
	}
	for _, f := range all {
		c.byFigure[f.Figure.ID] = f
		if f.Link.Series != "" {
			c.bySeries[f.Link.Series] = append(c.bySeries[f.Link.Series], f)
		}
		if f.Link.Subject != "" {
			c.bySubject[f.Link.Subject] = append(c.bySubject[f.Link.Subject], f)
		}
		c.ofPost[f.Slug] = append(c.ofPost[f.Slug], *f)
	}
	for slug, figures := range c.ofPost {
		c.summary[slug] = check.Summarise(figures)
	}
	return c, nil
}

// twinKeys gives the posts that are translations of each other one key, by slug. A post says of itself which one it
// translates; that one may know nothing of it.
func twinKeys(posts []cite.Post) map[string]string {
	own := make(map[string]string, len(posts)) // by slug
	for i := range posts {
		own[posts[i].Slug] = posts[i].Translation
	}
	keys, count := make(map[string]string, len(posts)), map[string]int{}
	for i := range posts {
		key := posts[i].Translation
		switch {
		case key == "":
			key = posts[i].Slug
		case own[key] != "":
			key = own[key]
		}
		keys[posts[i].Slug] = key
		count[key]++
	}
	for slug, key := range keys {
		if count[key] < 2 {
			delete(keys, slug)
		}
	}
	return keys
}

// twins are the other posts that say the same in another language.
func (c *corpus) twins(p *cite.Post) []*cite.Post {
	if p.Translation == "" {
		return nil
	}
	var twins []*cite.Post
	for i := range c.posts {
		if q := &c.posts[i]; q.Translation == p.Translation && q.Slug != p.Slug {
			twins = append(twins, q)
		}
	}
	return twins
}

// firstOfTwins leaves out figures whose post's twin is already there, keeping the one in the reader's language.
func firstOfTwins(cited []*cite.Cited, lang unit.Lang) []*cite.Cited {
	has := map[string]bool{} // translations with a post in the reader's language
	for _, c := range cited {
		if c.Twin != "" && c.Lang == lang {
			has[c.Twin] = true
		}
	}
	var kept []*cite.Cited
	for _, c := range cited {
		if c.Twin == "" || c.Lang == lang || !has[c.Twin] {
			kept = append(kept, c)
		}
	}
	return kept
}
