package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"beleg/internal/check"
	"beleg/internal/check/judge"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/remote"
	"beleg/internal/store/sqlite"
)

// evidence is what drafts are held against: data and other posts, from a server, a database or nowhere.
type evidence struct {
	data  judge.Data // nil for none
	used  check.DataUsed
	posts []*rule.Document
	close func() error
}

// judge compares figures with the data; nil where there is none.
func (e *evidence) judge(j *checkJob) *judge.Judge {
	if e.data == nil {
		return nil
	}
	return judge.New(j.built, e.data, j.env.Now, judge.Config{Bounds: j.settings.Bounds})
}

// evidence opens the server that --server names, else the database if there is one. Neither is an error; one that was
// named and does not answer is.
func (j *checkJob) evidence(ctx context.Context) (*evidence, error) {
	if j.Server != "" {
		return j.fromServer(ctx)
	}
	if _, err := os.Stat(j.g.DB); errors.Is(err, fs.ErrNotExist) {
		return &evidence{close: func() error { return nil }, used: check.DataUsed{Missing: market.Text{
			DE: fmt.Sprintf("es gibt weder die Datenbank %s noch --server", j.g.DB),
			EN: fmt.Sprintf("there is neither a database %s nor a --server", j.g.DB)}}}, nil
	}
	return j.fromDatabase(ctx)
}

func (j *checkJob) fromDatabase(ctx context.Context) (*evidence, error) {
	store, err := readStore(ctx, j.g, j.env)
	if err != nil {
		return nil, err
	}
	e := &evidence{data: store, close: store.Close}
	if e.used, err = dataOf(ctx, store, j.g.DB); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	if e.used.Source == "" {
		e.data = nil
	}
	if e.posts, err = storedPosts(ctx, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return e, nil
}

// dataOf says how new the data of a store is.
func dataOf(ctx context.Context, store *sqlite.Store, name string) (check.DataUsed, error) {
	fresh, err := store.Freshness(ctx)
	if err != nil {
		return check.DataUsed{}, fmt.Errorf("read how new the data is: %w", err)
	}
	var newest time.Time
	for _, f := range fresh {
		if f.RecordedAt.After(newest) {
			newest = f.RecordedAt
		}
	}
	if newest.IsZero() {
		return check.DataUsed{Missing: market.Text{DE: fmt.Sprintf("die Datenbank %s enthält noch keine Werte", name),
			EN: fmt.Sprintf("the database %s holds no values yet", name)}}, nil
	}
	return check.DataUsed{Source: name, Newest: newest.UTC().Format(time.RFC3339)}, nil
}

// storedPosts are one's own posts as the store knows them.
func storedPosts(ctx context.Context, store *sqlite.Store) ([]*rule.Document, error) {
	list, err := store.Posts(ctx, cite.PostQuery{Own: true})
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	docs := make([]*rule.Document, 0, len(list))
	for i := range list {
		p, cited, err := store.Post(ctx, list[i].Slug)
		if err != nil {
			return nil, fmt.Errorf("read post %s: %w", list[i].Slug, err)
		}
		docs = append(docs, &rule.Document{Path: storedPath(&p), Post: &p, Cited: cited})
	}
	return docs, nil
}

// storedPath is what reports call a stored post.
func storedPath(p *cite.Post) string {
	switch {
	case p.URL != "":
		return p.URL
	case p.Path != "" && p.Offset == 0:
		return p.Path
	}
	return "/posts/" + p.Slug
}

func (j *checkJob) fromServer(ctx context.Context) (*evidence, error) {
	client, err := remote.New(remote.Config{URL: j.Server, Timeout: j.ServerTimeout, MaxBytes: j.ServerBytes, MaxPosts: j.ServerPosts,
		UserAgent: "beleg/" + version()})
	if err != nil {
		return nil, fmt.Errorf("--server: %w", err)
	}
	e := &evidence{data: client, close: func() error { return nil }}
	newest, err := client.Newest(ctx)
	if err != nil {
		return nil, fmt.Errorf("--server %s: %w", j.Server, err)
	}
	e.used = check.DataUsed{Source: j.Server}
	if newest.IsZero() {
		e.data, e.used = nil, check.DataUsed{Missing: market.Text{DE: fmt.Sprintf("der Server %s hat noch keine Werte", j.Server),
			EN: fmt.Sprintf("the server %s has no values yet", j.Server)}}
	} else {
		e.used.Newest = newest.UTC().Format(time.RFC3339)
	}
	if e.posts, err = client.Posts(ctx); err != nil {
		return nil, fmt.Errorf("--server %s: %w", j.Server, err)
	}
	return e, nil
}

// remoteSettings say where data and stored posts come from instead of the database.
type remoteSettings struct {
	Server        string        `help:"Take data and stored posts from the Beleg at this address instead of the database." placeholder:"URL"`
	ServerTimeout time.Duration `help:"Longest wait for one answer of the server." default:"30s"`
	ServerBytes   int64         `help:"Largest answer of the server, in bytes." default:"67108864"`
	ServerPosts   int           `help:"Most posts to read from the server, the newest first." default:"1000"`
}

func (s *remoteSettings) check() error {
	if s.Server == "" {
		return nil
	}
	base, err := baseURL(s.Server)
	if err != nil {
		return fmt.Errorf("--server: %w", err)
	}
	s.Server = base
	var errs []error
	if s.ServerTimeout < time.Second {
		errs = append(errs, fmt.Errorf("--server-timeout: %s is shorter than 1s", s.ServerTimeout))
	}
	if s.ServerPosts < 1 {
		errs = append(errs, fmt.Errorf("--server-posts: %d is less than 1", s.ServerPosts))
	}
	if s.ServerBytes < 1<<10 {
		errs = append(errs, fmt.Errorf("--server-bytes: %d is less than 1024", s.ServerBytes))
	}
	return errors.Join(errs...)
}
