package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// PostsCmd is `beleg posts`.
type PostsCmd struct {
	Add    PostsAddCmd    `cmd:"" help:"Add posts from files, folders, feeds, pages or standard input (-)."`
	List   PostsListCmd   `cmd:"" help:"List the posts."`
	Remove PostsRemoveCmd `cmd:"" help:"Remove a post and its figures."`
}

// PostsAddCmd is `beleg posts add`.
type PostsAddCmd struct {
	From          []string `arg:"" help:"File, folder, URL of a page or feed, or - for standard input." name:"path|url|feed"`
	Published     string   `help:"Day of publication, where the post does not say it or is wrong (2026-02-10)."`
	Lang          string   `help:"Language of the text: de or en; detected if empty." enum:"de,en," default:""`
	TranslationOf string   `help:"Slug of the post that this one translates." placeholder:"SLUG"`

	fetchSettings
	postSettings
}

// Run adds what can be added and says of each post what became of it.
func (c *PostsAddCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	opt := addOptions{lang: unit.Lang(c.Lang)}
	var err error
	if opt.published, err = dayFlag("published", c.Published); err != nil {
		return err
	}
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, g, env, built, storeSettings{}, false)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // everything is committed
	if c.TranslationOf != "" {
		original, _, err := store.Post(ctx, c.TranslationOf)
		if err != nil {
			return fmt.Errorf("--translation-of %s: %w", c.TranslationOf, err)
		}
		opt.translationOf = original.Translation
		if opt.translationOf == "" {
			opt.translationOf = original.Slug
		}
	}
	client, err := c.client(env, nil)
	if err != nil {
		return err
	}
	shelf := newShelf(env, store, built, client, c.postSettings)
	var errs []error
	for _, where := range c.From {
		done, err := shelf.add(ctx, where, opt)
		if err != nil {
			errs = append(errs, err)
		}
		for _, a := range done {
			c.report(env, a)
		}
	}
	return errors.Join(errs...)
}

func (c *PostsAddCmd) report(env *Env, a added) {
	state := "unchanged"
	switch {
	case a.result.New:
		state = "new"
	case a.result.Changed:
		state = fmt.Sprintf("changed (version %d)", a.result.Version)
	}
	published := a.post.Published.String()
	if published == "" {
		published = "undated"
	}
	_, _ = fmt.Fprintf(env.Stdout, "%s  %s, %s, %d figures  %s\n", a.post.Slug, published, a.post.Lang, a.figures, state)
	for _, w := range a.post.Warnings {
		_, _ = fmt.Fprintf(env.Stderr, "beleg: %s: %s\n", a.post.Slug, w)
	}
}

// PostsListCmd is `beleg posts list`.
type PostsListCmd struct{}

// Run lists the posts, newest first.
func (c *PostsListCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	store, err := readStore(ctx, g, env)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // opened for reading
	posts, err := store.Posts(ctx, cite.PostQuery{})
	if err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 4, 2, ' ', 0)
	for i := range posts {
		p := &posts[i].Post
		note := ""
		if p.Demonstration {
			note = "(demonstration)"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s %s\n", p.Slug, p.Published, p.Lang, p.Title, note)
	}
	return w.Flush()
}

// PostsRemoveCmd is `beleg posts remove`.
type PostsRemoveCmd struct {
	Slug string `arg:"" help:"The post's slug, as 'posts list' shows it."`
}

// Run removes a post.
func (c *PostsRemoveCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	if _, err := os.Stat(g.DB); err != nil {
		return explainStore(g.DB, err)
	}
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, g, env, built, storeSettings{}, false)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // everything is committed
	if err := store.RemovePost(ctx, c.Slug); err != nil {
		return fmt.Errorf("remove post %s: %w", c.Slug, err)
	}
	return nil
}
