package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
	"beleg/internal/unit"
)

// figureBody is a figure as it is stored. It repeats the fields of cite.Figure that its JSON leaves out; what a post says of
// itself is not here. A series' id stands in fields named "series" only, which RenameFigureSeries relies on.
type figureBody struct {
	Figure  cite.Figure  `json:"figure"`
	Link    cite.Link    `json:"link"`
	Verdict cite.Verdict `json:"verdict"`

	At       int            `json:"at"`
	AtEnd    int            `json:"at_end"`
	Per      cite.Per       `json:"per,omitempty"`
	Nearly   bool           `json:"nearly,omitempty"`
	Sentence [2]int         `json:"sentence"`
	Nouns    []cite.Mention `json:"nouns,omitempty"`
	Metrics  []cite.Mention `json:"metrics,omitempty"`
	Why      string         `json:"why,omitempty"`

	Fragment    string `json:"fragment,omitempty"`
	FragmentAt  int    `json:"fragment_at"`
	FragmentEnd int    `json:"fragment_end"`
	HasSource   bool   `json:"has_source,omitempty"`
}

type encodedFigure struct{ id, series, subject, body string }

func encodeFigures(cited []cite.Cited) ([]encodedFigure, error) {
	encoded := make([]encodedFigure, len(cited))
	for i, c := range cited {
		f := c.Figure
		body, err := json.Marshal(figureBody{Figure: f, Link: c.Link, Verdict: c.Verdict, At: f.At, AtEnd: f.AtEnd, Per: f.Per, Nearly: f.Nearly,
			Sentence: f.Sentence, Nouns: f.Nouns, Metrics: f.Metrics, Why: f.Why,
			Fragment: c.Fragment, FragmentAt: c.FragmentAt, FragmentEnd: c.FragmentEnd, HasSource: c.HasSource})
		if err != nil {
			return nil, fmt.Errorf("encode figure %s: %w", f.ID, err)
		}
		encoded[i] = encodedFigure{id: f.ID, series: cmp.Or(c.Link.Series, f.Series), subject: cmp.Or(c.Link.Subject, f.Subject), body: string(body)}
	}
	return encoded, nil
}

func decodeFigure(body string) (cite.Cited, error) {
	var b figureBody
	if err := json.Unmarshal([]byte(body), &b); err != nil {
		return cite.Cited{}, fmt.Errorf("decode a figure: %w", err)
	}
	f := b.Figure
	f.At, f.AtEnd, f.Per, f.Nearly, f.Sentence, f.Nouns, f.Metrics, f.Why = b.At, b.AtEnd, b.Per, b.Nearly, b.Sentence, b.Nouns, b.Metrics, b.Why
	return cite.Cited{Figure: f, Link: b.Link, Verdict: b.Verdict,
		Fragment: b.Fragment, FragmentAt: b.FragmentAt, FragmentEnd: b.FragmentEnd, HasSource: b.HasSource}, nil
}

// tie fills in what a figure's post says.
func tie(c *cite.Cited, p *cite.Post) {
	c.Post, c.Slug, c.Title, c.Lang = p.ID, p.Slug, p.Title, p.Lang
	c.Published, c.Demonstration, c.Twin = p.Published, p.Demonstration, p.Translation
}

func figuresDigest(figures []encodedFigure) string {
	var all strings.Builder
	for _, f := range figures {
		all.WriteString(f.body)
		all.WriteByte('\n')
	}
	return hash([]byte(all.String()))
}

func insertFigures(ctx context.Context, q *maindb.Queries, version int64, figures []encodedFigure) error {
	for place, f := range figures {
		err := q.InsertFigure(ctx, maindb.InsertFigureParams{PostVersion: version, Place: int64(place), ID: f.id,
			Series: f.series, Subject: f.subject, Body: f.body})
		if err != nil {
			return failed(err, "write figure %s", f.id)
		}
	}
	return nil
}

// replaceFigures writes the figures of a version anew where they or their reader differ, and tells whether they did.
func replaceFigures(ctx context.Context, q *maindb.Queries, current maindb.CurrentDigestsRow, reader string, figures []encodedFigure) (bool, error) {
	digest := figuresDigest(figures)
	if digest == current.FiguresSha256 && reader == current.Reader {
		return false, nil
	}
	err := q.SetFiguresRead(ctx, maindb.SetFiguresReadParams{Reader: reader, FiguresSha256: digest, ID: current.ID})
	if err != nil || digest == current.FiguresSha256 {
		return true, err
	}
	if err := q.DeleteFigures(ctx, current.ID); err != nil {
		return true, err
	}
	return true, insertFigures(ctx, q, current.ID, figures)
}

// Figure finds a figure by id, in the current version of its post or else in the newest one that states it, then marked Former.
// Errors wrap market.ErrNotFound.
func (s *Store) Figure(ctx context.Context, id string) (cite.Cited, error) {
	r, err := s.read.FigureByID(ctx, id)
	if err != nil {
		return cite.Cited{}, failed(err, "read figure %s", id)
	}
	c, err := citedOf(maindb.ListFiguresRow{ID: r.ID, Slug: r.Slug, Demonstration: r.Demonstration, Title: r.Title, Lang: r.Lang,
		Published: r.Published, Translation: r.Translation, Body: r.Body})
	c.Former = r.Former != 0
	return c, failed(err, "read figure %s", id)
}

// AllFigures gives the figures of all current versions, newest post first, in text order within a post.
func (s *Store) AllFigures(ctx context.Context) ([]cite.Cited, error) {
	rows, err := s.read.ListFigures(ctx)
	if err != nil {
		return nil, failed(err, "read figures")
	}
	cited, err := citedAll(rows)
	return cited, failed(err, "read figures")
}

// FiguresOfSeries is AllFigures for those tied to a series, by the id it has or had.
func (s *Store) FiguresOfSeries(ctx context.Context, series string) ([]cite.Cited, error) {
	var cited []cite.Cited
	err := s.view(ctx, func(q *maindb.Queries) error {
		slug := series
		id, err := seriesID(ctx, q, series)
		switch {
		case err == nil:
			if slug, err = q.SeriesSlug(ctx, id); err != nil {
				return err
			}
		case !errors.Is(err, market.ErrNotFound): // a figure may be tied to a series that the store has yet to hear of
			return err
		}
		rows, err := q.FiguresOfSeries(ctx, slug)
		if err != nil {
			return err
		}
		cited, err = citedAll(rows)
		return err
	})
	return cited, failed(err, "read figures of series %s", series)
}

// FiguresOfSubject is AllFigures for those about a subject.
func (s *Store) FiguresOfSubject(ctx context.Context, subject string) ([]cite.Cited, error) {
	rows, err := s.read.FiguresOfSubject(ctx, subject)
	if err != nil {
		return nil, failed(err, "read figures of subject %s", subject)
	}
	cited, err := citedAll(rows)
	return cited, failed(err, "read figures of subject %s", subject)
}

// listed are the rows of the queries that give figures with their posts.
type listed interface {
	maindb.ListFiguresRow | maindb.FiguresOfSeriesRow | maindb.FiguresOfSubjectRow
}

func citedAll[R listed](rows []R) ([]cite.Cited, error) {
	cited := make([]cite.Cited, len(rows))
	for i, r := range rows {
		var err error
		if cited[i], err = citedOf(maindb.ListFiguresRow(r)); err != nil {
			return nil, err
		}
	}
	return cited, nil
}

func citedOf(r maindb.ListFiguresRow) (cite.Cited, error) {
	c, err := decodeFigure(r.Body)
	if err != nil {
		return c, fmt.Errorf("post %s: %w", r.Slug, err)
	}
	tie(&c, &cite.Post{ID: r.ID, Slug: r.Slug, Title: r.Title, Lang: unit.Lang(r.Lang), Published: periodOf(r.Published),
		Translation: r.Translation, Demonstration: r.Demonstration != 0})
	return c, nil
}
