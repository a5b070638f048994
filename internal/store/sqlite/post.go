package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
	"beleg/internal/unit"
)

// PutPost stores a post with its figures. Its Identity decides whether it is known; then it keeps its slug, and another SHA256 makes
// a new version beside the old ones, while the same text with other metadata or figures changes the version that is there, since
// those are our reading and not what the writer wrote. Nothing new writes nothing.
//
// A slug that is taken gets a number. The first own post removes the demonstration posts in the same transaction; while there
// are own posts, demonstration posts are refused. Errors wrap ErrValue for a post without identity.
func (s *Store) PutPost(ctx context.Context, p cite.Post, figures []cite.Cited) (cite.PutResult, error) {
	if p.Identity == "" {
		return cite.PutResult{}, fmt.Errorf("put post %q: %w: it has no identity", p.Slug, ErrValue)
	}
	p.SHA256 = cmp.Or(p.SHA256, hash(p.Raw))
	bodies, err := encodeFigures(figures)
	if err != nil {
		return cite.PutResult{}, fmt.Errorf("put post %s: %w", p.Identity, err)
	}
	var result cite.PutResult
	err = s.write(ctx, func(ctx context.Context, q *maindb.Queries) error {
		own, err := q.HasOwnPosts(ctx)
		if err != nil {
			return err
		}
		switch {
		case p.Demonstration && own != 0:
			result = cite.PutResult{Refused: true}
			return nil
		case !p.Demonstration && own == 0:
			if _, err := q.DeleteDemonstrations(ctx); err != nil {
				return failed(err, "remove the demonstration posts")
			}
		}
		known, found, err := maybe(q.PostByIdentity(ctx, p.Identity))
		if err != nil {
			return err
		}
		w := &postWriter{store: s, q: q, post: p, figures: bodies}
		if !found {
			result, err = w.create(ctx)
			return err
		}
		result, err = w.update(ctx, known)
		return err
	})
	if err != nil {
		return cite.PutResult{}, failed(err, "put post %s", p.Identity)
	}
	return result, nil
}

// postWriter writes one post within one transaction.
type postWriter struct {
	store   *Store
	q       *maindb.Queries
	post    cite.Post
	figures []encodedFigure
}

func (w *postWriter) create(ctx context.Context) (cite.PutResult, error) {
	slug, err := w.freeSlug(ctx)
	if err != nil {
		return cite.PutResult{}, err
	}
	id, err := w.q.InsertPost(ctx, maindb.InsertPostParams{Slug: slug, Identity: w.post.Identity, Demonstration: flag(w.post.Demonstration)})
	if err != nil {
		return cite.PutResult{}, err
	}
	return cite.PutResult{ID: id, Slug: slug, Version: 1, New: true, Changed: true}, w.insertVersion(ctx, id, 1)
}

func (w *postWriter) freeSlug(ctx context.Context) (string, error) {
	base := cmp.Or(w.post.Slug, "post")
	slug := base
	for n := 2; ; n++ {
		_, taken, err := maybe(w.q.PostBySlug(ctx, slug))
		if err != nil || !taken {
			return slug, err
		}
		slug = fmt.Sprintf("%s-%d", base, n)
	}
}

func (w *postWriter) update(ctx context.Context, known maindb.PostByIdentityRow) (cite.PutResult, error) {
	result := cite.PutResult{ID: known.ID, Slug: known.Slug, Version: int(known.Version)}
	current, err := w.q.CurrentDigests(ctx, known.ID)
	if err != nil {
		return result, err
	}
	if current.Sha256 != w.post.SHA256 {
		result.Version++
		result.Changed = true
		if err := w.q.SetPostVersion(ctx, int64(result.Version), known.ID); err != nil {
			return result, err
		}
		return result, w.insertVersion(ctx, known.ID, int64(result.Version))
	}
	columns, err := w.columns()
	if err != nil {
		return result, err
	}
	if columns.PostSha256 != current.PostSha256 {
		result.Changed = true
		columns.ID = current.ID
		if err := w.q.UpdatePostVersion(ctx, columns); err != nil {
			return result, err
		}
	}
	changed, err := replaceFigures(ctx, w.q, current, w.post.Reader, w.figures)
	result.Changed = result.Changed || changed
	return result, err
}

// columns are those of post_version that say what the post is, apart from its figures.
func (w *postWriter) columns() (maindb.UpdatePostVersionParams, error) {
	p := w.post
	var c maindb.UpdatePostVersionParams
	digest := p
	digest.ID, digest.Slug, digest.Version, digest.RecordedAt, digest.Reader = 0, "", 0, time.Time{}, ""
	whole, err := json.Marshal(digest)
	if err != nil {
		return c, fmt.Errorf("encode the post: %w", err)
	}
	c = maindb.UpdatePostVersionParams{Url: p.URL, Path: p.Path, Title: p.Title, Author: p.Author, Lang: string(p.Lang),
		Published: optionalPeriod(p.Published), PublishedFrom: string(p.PublishedFrom), Translation: p.Translation,
		ByteOffset: int64(p.Offset), PostSha256: hash(whole)}
	text, err := json.Marshal(p.Text)
	if err != nil {
		return c, fmt.Errorf("encode the text: %w", err)
	}
	for _, field := range []struct {
		into *string
		from any
	}{{&c.Sources, p.Sources}, {&c.Defaults, p.Defaults}, {&c.Warnings, p.Warnings}} {
		b, err := json.Marshal(field.from)
		if err != nil {
			return c, fmt.Errorf("encode the post: %w", err)
		}
		*field.into = string(b)
	}
	if c.Raw, err = w.store.packer.pack(p.Raw, nil); err != nil {
		return c, err
	}
	c.Text, err = w.store.packer.pack(text, nil)
	return c, err
}

func (w *postWriter) insertVersion(ctx context.Context, post, version int64) error {
	c, err := w.columns()
	if err != nil {
		return err
	}
	id, err := w.q.InsertPostVersion(ctx, maindb.InsertPostVersionParams{Post: post, Version: version, Url: c.Url, Path: c.Path, Title: c.Title,
		Author: c.Author, Lang: c.Lang, Published: c.Published, PublishedFrom: c.PublishedFrom, Translation: c.Translation, Sources: c.Sources,
		Defaults: c.Defaults, Warnings: c.Warnings, ByteOffset: c.ByteOffset, Sha256: w.post.SHA256, Reader: w.post.Reader, Raw: c.Raw,
		Text: c.Text, PostSha256: c.PostSha256, FiguresSha256: figuresDigest(w.figures), RecordedAt: w.store.cfg.Now().Unix()})
	if err != nil {
		return failed(err, "write version %d", version)
	}
	return insertFigures(ctx, w.q, id, w.figures)
}

// RelinkPost replaces the figures of a post's current version with what reader has found in the same text.
// Errors wrap market.ErrNotFound.
func (s *Store) RelinkPost(ctx context.Context, slug, reader string, figures []cite.Cited) error {
	bodies, err := encodeFigures(figures)
	if err != nil {
		return fmt.Errorf("relink post %s: %w", slug, err)
	}
	err = s.write(ctx, func(ctx context.Context, q *maindb.Queries) error {
		p, err := q.PostBySlug(ctx, slug)
		if err != nil {
			return err
		}
		current, err := q.CurrentDigests(ctx, p.ID)
		if err != nil {
			return err
		}
		_, err = replaceFigures(ctx, q, current, reader, bodies)
		return err
	})
	return failed(err, "relink post %s", slug)
}

// RemovePost removes a post with all its versions; errors wrap market.ErrNotFound.
func (s *Store) RemovePost(ctx context.Context, slug string) error {
	err := s.write(ctx, func(ctx context.Context, q *maindb.Queries) error {
		n, err := q.DeletePost(ctx, slug)
		if err == nil && n == 0 {
			return market.ErrNotFound
		}
		return err
	})
	return failed(err, "remove post %s", slug)
}

// Posts lists posts, newest first, those without a date last.
func (s *Store) Posts(ctx context.Context, query cite.PostQuery) ([]cite.ListedPost, error) {
	rows, err := s.read.ListPosts(ctx, maindb.ListPostsParams{Lang: string(query.Lang), Translation: query.Translation, Own: flag(query.Own),
		OtherReader: query.OtherReader, Skip: int64(query.Offset), Most: most(query.Limit)})
	if err != nil {
		return nil, failed(err, "list posts")
	}
	posts := make([]cite.ListedPost, len(rows))
	for i, r := range rows {
		posts[i] = cite.ListedPost{FigureCount: int(r.FigureCount), SeriesCount: int(r.SeriesCount), Post: cite.Post{
			ID: r.ID, Slug: r.Slug, Identity: r.Identity, URL: r.Url, Path: r.Path, Title: r.Title, Author: r.Author, Lang: unit.Lang(r.Lang),
			Published: periodOf(r.Published), PublishedFrom: cite.DateSource(r.PublishedFrom), Translation: r.Translation,
			Demonstration: r.Demonstration != 0, Offset: int(r.ByteOffset), SHA256: r.Sha256, Reader: r.Reader,
			Version: int(r.Version), RecordedAt: instant(r.RecordedAt)}}
		if err := decodeLists(&posts[i].Post, r.Sources, r.Defaults, r.Warnings); err != nil {
			return nil, fmt.Errorf("list posts: %s: %w", r.Slug, err)
		}
	}
	return posts, nil
}

// Twins lists the posts that share a translation key; none for "".
func (s *Store) Twins(ctx context.Context, translation string) ([]cite.ListedPost, error) {
	if translation == "" {
		return nil, nil
	}
	return s.Posts(ctx, cite.PostQuery{Translation: translation})
}

// Post gives the current version of a post with Raw, Text and its figures in text order; errors wrap market.ErrNotFound.
func (s *Store) Post(ctx context.Context, slug string) (cite.Post, []cite.Cited, error) {
	return s.post(ctx, slug, 0)
}

// PostVersion is Post for an earlier version. Its figures are marked Former where the current version lacks them.
func (s *Store) PostVersion(ctx context.Context, slug string, version int) (cite.Post, []cite.Cited, error) {
	if version < 1 {
		return cite.Post{}, nil, fmt.Errorf("read version %d of post %s: %w", version, slug, market.ErrNotFound)
	}
	return s.post(ctx, slug, version)
}

// post reads a version; 0 is the current one.
func (s *Store) post(ctx context.Context, slug string, version int) (cite.Post, []cite.Cited, error) {
	var (
		p     cite.Post
		cited []cite.Cited
	)
	err := s.view(ctx, func(q *maindb.Queries) error {
		row, err := q.GetPostVersion(ctx, slug, int64(version))
		if err != nil {
			return err
		}
		if p, err = s.postOf(row); err != nil {
			return err
		}
		rows, err := q.FiguresOfVersion(ctx, row.Newest, row.ID)
		if err != nil {
			return err
		}
		cited = make([]cite.Cited, len(rows))
		for i, r := range rows {
			if cited[i], err = decodeFigure(r.Body); err != nil {
				return err
			}
			cited[i].Former = r.Former != 0
			tie(&cited[i], &p)
		}
		return nil
	})
	if err != nil {
		return cite.Post{}, nil, failed(err, "read post %s", slug)
	}
	return p, cited, nil
}

func (s *Store) postOf(r maindb.GetPostVersionRow) (cite.Post, error) {
	p := cite.Post{ID: r.Post, Slug: r.Slug, Identity: r.Identity, URL: r.Url, Path: r.Path, Title: r.Title, Author: r.Author,
		Lang: unit.Lang(r.Lang), Published: periodOf(r.Published), PublishedFrom: cite.DateSource(r.PublishedFrom),
		Translation: r.Translation, Demonstration: r.Demonstration != 0, Offset: int(r.ByteOffset), SHA256: r.Sha256, Reader: r.Reader,
		Version: int(r.Version), RecordedAt: instant(r.RecordedAt)}
	var err error
	if p.Raw, err = s.packer.unpack(r.Raw, nil); err != nil {
		return p, errors.Join(ErrCorrupt, err)
	}
	text, err := s.packer.unpack(r.Text, nil)
	if err != nil {
		return p, errors.Join(ErrCorrupt, err)
	}
	if err := json.Unmarshal(text, &p.Text); err != nil {
		return p, fmt.Errorf("decode the text: %w", err)
	}
	return p, decodeLists(&p, r.Sources, r.Defaults, r.Warnings)
}

func decodeLists(p *cite.Post, sources, defaults, warnings string) error {
	for _, field := range []struct {
		from string
		into any
	}{{sources, &p.Sources}, {defaults, &p.Defaults}, {warnings, &p.Warnings}} {
		if err := json.Unmarshal([]byte(field.from), field.into); err != nil {
			return fmt.Errorf("decode the post: %w", err)
		}
	}
	return nil
}
