package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"beleg/internal/catalog"
	"beleg/internal/check"
	"beleg/internal/cite"
	"beleg/internal/fetch"
	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/store/sqlite"
	"beleg/internal/unit"
)

// postSettings are the limits of reading posts.
type postSettings struct {
	MaxPostBytes int `help:"Largest file with posts, in bytes." default:"20971520" env:"BELEG_MAX_POST_BYTES"`
}

// shelf takes posts in: from files, folders, feeds, pages and standard input into the store, with their figures and links.
type shelf struct {
	env    *Env
	store  *sqlite.Store
	reader check.Reader
	client *fetch.Client
	limits postSettings
}

func newShelf(env *Env, store *sqlite.Store, c *catalog.Catalog, client *fetch.Client, limits postSettings) *shelf {
	return &shelf{env: env, store: store, client: client, limits: limits,
		reader: check.Reader{Linker: link.New(c, link.Config{})}}
}

// addOptions are what the command line says about the posts it adds.
type addOptions struct {
	published     market.Period
	lang          unit.Lang
	translationOf string
}

// added is what became of one post.
type added struct {
	post    cite.Post
	figures int
	result  cite.PutResult
}

// readerID names what finds figures and links in a text: another one may find others in the same text.
func readerID() string { return version() }

// relink reads stored posts anew that another reader has read, since a better one may find more in them.
func (s *shelf) relink(ctx context.Context) error {
	posts, err := s.store.Posts(ctx, cite.PostQuery{OtherReader: readerID()})
	if err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	for i := range posts {
		p, _, err := s.store.Post(ctx, posts[i].Slug)
		if err != nil {
			return fmt.Errorf("read post %s: %w", posts[i].Slug, err)
		}
		if err := s.store.RelinkPost(ctx, p.Slug, readerID(), s.reader.Read(&p)); err != nil {
			return fmt.Errorf("read the figures of %s again: %w", p.Slug, err)
		}
	}
	return nil
}

// put stores posts, each with what its text states.
func (s *shelf) put(ctx context.Context, posts []cite.Post) ([]added, error) {
	var done []added
	known, err := s.known(ctx)
	if err != nil {
		return nil, err
	}
	for i := range posts {
		p := &posts[i]
		if slug, teaser, err := s.teaser(ctx, known, p); err != nil {
			return done, err
		} else if teaser {
			p.Slug = slug
			done = append(done, added{post: *p, result: cite.PutResult{Slug: slug}})
			continue
		}
		p.Reader = readerID()
		cited := s.reader.Read(p)
		result, err := s.store.PutPost(ctx, *p, cited)
		if err != nil {
			return done, fmt.Errorf("keep post %q: %w", p.Title, err)
		}
		p.Slug = result.Slug
		done = append(done, added{post: *p, figures: len(cited), result: result})
	}
	return done, nil
}

// known are the stored posts by identity.
func (s *shelf) known(ctx context.Context) (map[string]cite.ListedPost, error) {
	list, err := s.store.Posts(ctx, cite.PostQuery{})
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	known := make(map[string]cite.ListedPost, len(list))
	for _, p := range list {
		known[p.Identity] = p
	}
	return known, nil
}

// teaser tells whether a post is only the beginning of one that is stored, which is then kept as it is.
func (s *shelf) teaser(ctx context.Context, known map[string]cite.ListedPost, p *cite.Post) (slug string, teaser bool, err error) {
	stored, ok := known[p.Identity]
	if !ok || stored.SHA256 == p.SHA256 {
		return "", false, nil
	}
	whole, _, err := s.store.Post(ctx, stored.Slug)
	if err != nil {
		return "", false, fmt.Errorf("read post %s: %w", stored.Slug, err)
	}
	return stored.Slug, post.TeaserOf(p, &whole), nil
}

// addDemonstration puts the bundled posts where there are no posts of one's own.
func (s *shelf) addDemonstration(ctx context.Context) error {
	own, err := s.store.Posts(ctx, cite.PostQuery{Own: true, Limit: 1})
	if err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	if len(own) > 0 {
		return nil
	}
	posts, err := post.Demonstration()
	if err != nil {
		return fmt.Errorf("bundled posts: %w", err)
	}
	_, err = s.put(ctx, posts)
	return err
}

// add takes in one path, URL, feed or "-". What can be read of a folder is kept; the error joins the rest.
func (s *shelf) add(ctx context.Context, where string, opt addOptions) ([]added, error) {
	posts, readErr := s.read(ctx, where, opt)
	done, err := s.put(ctx, posts)
	return done, errors.Join(readErr, err)
}

func (s *shelf) read(ctx context.Context, where string, opt addOptions) ([]cite.Post, error) {
	options := post.Options{Path: where, Lang: opt.lang, Published: opt.published, TranslationOf: opt.translationOf,
		Now: s.env.Now(), MaxBytes: s.limits.MaxPostBytes}
	switch {
	case where == "-":
		options.Path = ""
		raw, err := io.ReadAll(io.LimitReader(s.env.Stdin, int64(s.limits.MaxPostBytes)+1))
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		return post.Parse(raw, options)
	case isURL(where):
		answer, err := s.client.Get(ctx, fetch.Request{URL: where, Public: true, MaxBytes: int64(s.limits.MaxPostBytes)})
		if err != nil {
			return nil, err
		}
		options.Path, options.URL = "", where
		return post.Parse(answer.Body, options)
	}
	return post.Read(ctx, where, options)
}

// watch reads folders and feeds now and then every so often, until ctx ends.
func (s *shelf) watch(ctx context.Context, places []string, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		for _, where := range places {
			s.reread(ctx, where)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (s *shelf) reread(ctx context.Context, where string) {
	done, err := s.add(ctx, where, addOptions{})
	if err != nil && ctx.Err() == nil {
		s.env.Log.Warn("posts could not all be read", "from", where, "err", err)
	}
	fresh, changed := 0, 0
	for _, a := range done {
		switch {
		case a.result.New:
			fresh++
		case a.result.Changed:
			changed++
		}
	}
	if fresh+changed > 0 {
		s.env.Log.Info("posts read", "from", where, "new", fresh, "changed", changed)
	}
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
