package storetest

import (
	"errors"
	"strings"
	"testing"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

func postTests() map[string]test {
	return map[string]test{
		"RoundTrip":           postRoundTrip,
		"SameAgain":           postSameAgain,
		"NewVersion":          postNewVersion,
		"MetadataOnly":        postMetadata,
		"FiguresOnly":         postFigures,
		"SlugCollision":       postSlugs,
		"NoIdentity":          postNoIdentity,
		"Demonstration":       demonstrationGoes,
		"DemonstrationBack":   demonstrationBack,
		"Lists":               postLists,
		"Twins":               postTwins,
		"Remove":              removePost,
		"Relink":              relinkPost,
		"FigureLists":         figureLists,
		"FormerFigure":        formerFigure,
		"Unknown":             unknownPost,
		"WithoutFigures":      postWithoutFigures,
		"BinaryAndLong":       postBinary,
		"UnlistedSeriesLinks": figureOfUnknownSeries,
	}
}

func post(name string) cite.Post {
	raw := "---\ntitle: " + name + "\n---\nDeFi hielt 19,2 Mrd. $.\n"
	text := cite.PlainText("DeFi hielt 19,2 Mrd. $.", unit.German)
	text.Links = []cite.Anchor{{Start: 0, End: 4, URL: "https://defillama.example"}}
	text.Marks = []cite.Mark{{At: 22, Src: 40, SrcEnd: 60, Keys: map[string]string{"series": "tvl"}}}
	return cite.Post{Slug: name, Identity: "path:" + name + ".md", Path: name + ".md", URL: "https://blog.example/" + name, Title: "Title of " + name,
		Author: "A. Writer", Lang: unit.German, Published: market.MustPeriod("2026-02-01"), PublishedFrom: cite.DateFrontMatter,
		Translation: "", Sources: []cite.SourceRef{{Title: "DefiLlama", URL: "https://defillama.example"}},
		Defaults: map[string]string{"series": "tvl"}, Raw: []byte(raw), Offset: 12, Text: text, Warnings: []string{"an unclosed fence"}, Reader: "r1"}
}

func (h *harness) put(t testing.TB, p cite.Post, figures ...cite.Cited) cite.PutResult {
	t.Helper()
	r, err := h.PutPost(t.Context(), p, figures)
	check(t, err)
	return r
}

func (h *harness) get(t testing.TB, slug string) (cite.Post, []cite.Cited) {
	t.Helper()
	p, figures, err := h.Post(t.Context(), slug)
	check(t, err)
	return p, figures
}

func (h *harness) slugs(t testing.TB, q cite.PostQuery) []string {
	t.Helper()
	posts, err := h.Posts(t.Context(), q)
	check(t, err)
	return slugsOf(posts)
}

func slugsOf(posts []cite.ListedPost) []string {
	var slugs []string
	for _, p := range posts {
		slugs = append(slugs, p.Slug)
	}
	return slugs
}

func ids(t testing.TB) func(figures []cite.Cited, err error) []string {
	return func(figures []cite.Cited, err error) []string {
		t.Helper()
		check(t, err)
		var ids []string
		for _, f := range figures {
			ids = append(ids, f.Figure.ID)
		}
		return ids
	}
}

// tied is the figure as it comes back with its post.
func tied(f cite.Cited, p cite.Post) cite.Cited {
	f.Post, f.Slug, f.Title, f.Lang, f.Published, f.Demonstration, f.Twin = p.ID, p.Slug, p.Title, p.Lang, p.Published, p.Demonstration, p.Translation
	return f
}

func postRoundTrip(t *testing.T, h *harness) {
	want := post("a")
	want.Translation = "key"
	damage := cite.Cited{Figure: cite.Figure{ID: "f2", Kind: cite.Damage, Text: "glued", Restored: "$5"}, Link: cite.Link{Figure: "f2", Ignored: "a joke"},
		Verdict: cite.Verdict{Kind: cite.NotChecked, Reason: "damage"}}
	r := h.put(t, want, citedFigure("f1", "tvl"), damage)
	same(t, "result", r, cite.PutResult{ID: r.ID, Slug: "a", Version: 1, New: true, Changed: true})
	h.reopen(t)
	got, figures := h.get(t, "a")
	want.ID, want.Version, want.RecordedAt, want.SHA256 = r.ID, 1, Time(t, start), payload("", string(want.Raw)).SHA256
	same(t, "post", got, want)
	same(t, "figures", figures, []cite.Cited{tied(citedFigure("f1", "tvl"), want), tied(damage, want)})
}

func postSameAgain(t *testing.T, h *harness) {
	first := h.put(t, post("a"), citedFigure("f1", "tvl"))
	h.clock.Set(t, "2026-02-11 08:00")
	same(t, "again", h.put(t, post("a"), citedFigure("f1", "tvl")), cite.PutResult{ID: first.ID, Slug: "a", Version: 1})
	p, _ := h.get(t, "a")
	same(t, "recorded", p.RecordedAt, Time(t, start))
}

func postNewVersion(t *testing.T, h *harness) {
	first := h.put(t, post("a"), citedFigure("old", "tvl"), citedFigure("both", ""))
	h.clock.Set(t, "2026-02-11 08:00")
	changed := post("a")
	changed.Slug, changed.Title, changed.Raw = "renamed-by-the-reader", "Another title", []byte("Another text: 7 %.")
	second := h.put(t, changed, citedFigure("both", ""), citedFigure("new", "supply"))
	same(t, "result", second, cite.PutResult{ID: first.ID, Slug: "a", Version: 2, Changed: true})

	p, figures := h.get(t, "a")
	if p.Title != "Another title" || string(p.Raw) != "Another text: 7 %." || p.Version != 2 || !p.RecordedAt.Equal(h.clock.Now()) {
		t.Errorf("current version: %+v", p)
	}
	same(t, "figures", ids(t)(figures, nil), []string{"both", "new"})

	p, figures, err := h.PostVersion(t.Context(), "a", 1)
	check(t, err)
	if p.Title != "Title of a" || string(p.Raw) != string(post("a").Raw) || p.Version != 1 {
		t.Errorf("first version: %+v", p)
	}
	if len(figures) != 2 || !figures[0].Former || figures[1].Former {
		t.Errorf("figures of the first version: %+v", figures)
	}
	same(t, "all figures", ids(t)(h.AllFigures(t.Context())), []string{"both", "new"})
	same(t, "posts", h.slugs(t, cite.PostQuery{}), []string{"a"})

	third := h.put(t, post("a"), citedFigure("old", "tvl"), citedFigure("both", ""))
	same(t, "back to the first text", third, cite.PutResult{ID: first.ID, Slug: "a", Version: 3, Changed: true})
}

func postMetadata(t *testing.T, h *harness) {
	first := h.put(t, post("a"), citedFigure("f1", "tvl"))
	dated := post("a")
	dated.Published, dated.PublishedFrom, dated.Translation = market.MustPeriod("2025-12-24"), cite.DateGiven, "key"
	same(t, "result", h.put(t, dated, citedFigure("f1", "tvl")), cite.PutResult{ID: first.ID, Slug: "a", Version: 1, Changed: true})
	p, figures := h.get(t, "a")
	if p.Published != dated.Published || p.PublishedFrom != cite.DateGiven || p.Translation != "key" {
		t.Errorf("post: %+v", p)
	}
	same(t, "figures", ids(t)(figures, nil), []string{"f1"})
	same(t, "again", h.put(t, dated, citedFigure("f1", "tvl")).Changed, false)
}

func postFigures(t *testing.T, h *harness) {
	first := h.put(t, post("a"), citedFigure("f1", "tvl"))
	same(t, "result", h.put(t, post("a"), citedFigure("f1", "supply"), citedFigure("f2", "")), cite.PutResult{ID: first.ID, Slug: "a", Version: 1, Changed: true})
	_, figures := h.get(t, "a")
	same(t, "figures", ids(t)(figures, nil), []string{"f1", "f2"})
	same(t, "of the old series", ids(t)(h.FiguresOfSeries(t.Context(), "tvl")), nil)
	same(t, "of the new series", ids(t)(h.FiguresOfSeries(t.Context(), "supply")), []string{"f1"})
	reader := post("a")
	reader.Reader = "r2"
	same(t, "another reader that reads the same", h.put(t, reader, citedFigure("f1", "supply"), citedFigure("f2", "")).Changed, true)
	p, _ := h.get(t, "a")
	same(t, "reader", p.Reader, "r2")
}

func postSlugs(t *testing.T, h *harness) {
	var got []string
	for _, identity := range []string{"path:x/a.md", "path:y/a.md", "path:z/a.md"} {
		p := post("a")
		p.Identity = identity
		got = append(got, h.put(t, p).Slug)
	}
	nameless := post("")
	nameless.Slug = ""
	got = append(got, h.put(t, nameless).Slug)
	same(t, "slugs", got, []string{"a", "a-2", "a-3", "post"})
}

func postNoIdentity(t *testing.T, h *harness) {
	p := post("a")
	p.Identity = ""
	if _, err := h.PutPost(t.Context(), p, nil); err == nil {
		t.Error("a post without identity was stored")
	}
}

func demonstrationGoes(t *testing.T, h *harness) {
	for _, name := range []string{"demo-a", "demo-b"} {
		p := post(name)
		p.Demonstration = true
		h.put(t, p, citedFigure("f-"+name, "tvl"))
	}
	same(t, "before", h.slugs(t, cite.PostQuery{}), []string{"demo-b", "demo-a"})
	same(t, "own ones before", h.slugs(t, cite.PostQuery{Own: true}), nil)
	c, err := h.Figure(t.Context(), "f-demo-a")
	if check(t, err); !c.Demonstration {
		t.Error("a figure of a demonstration post is not marked as one")
	}
	h.put(t, post("own"), citedFigure("f-own", ""))
	same(t, "after", h.slugs(t, cite.PostQuery{}), []string{"own"})
	same(t, "figures", ids(t)(h.AllFigures(t.Context())), []string{"f-own"})
	late := post("demo-a")
	late.Demonstration = true
	same(t, "a demonstration post beside own ones", h.put(t, late), cite.PutResult{Refused: true})
	same(t, "after that", h.slugs(t, cite.PostQuery{}), []string{"own"})
}

// demonstrationBack makes a bundled post the user's own by adding it.
func demonstrationBack(t *testing.T, h *harness) {
	p := post("a")
	p.Demonstration = true
	h.put(t, p)
	p.Demonstration = false
	if r := h.put(t, p); !r.New || r.Slug != "a" {
		t.Errorf("own post of the same identity: %+v", r)
	}
	got, _ := h.get(t, "a")
	same(t, "demonstration", got.Demonstration, false)
}

func postLists(t *testing.T, h *harness) {
	for _, c := range []struct {
		name, published string
		lang            unit.Lang
		reader          string
	}{
		{"undated", "", unit.German, "r1"},
		{"old", "2025-01-01", unit.German, "r1"},
		{"new", "2026-02-01", unit.English, "r2"},
		{"middle", "2025-06-01", unit.German, "r2"},
	} {
		p := post(c.name)
		p.Published, p.Lang, p.Reader = period(c.published), c.lang, c.reader
		h.put(t, p, citedFigure("f1-"+c.name, "tvl"), citedFigure("f2-"+c.name, ""))
	}
	for _, c := range []struct {
		name  string
		query cite.PostQuery
		want  []string
	}{
		{"All", cite.PostQuery{}, []string{"new", "middle", "old", "undated"}},
		{"Language", cite.PostQuery{Lang: unit.German}, []string{"middle", "old", "undated"}},
		{"Limit", cite.PostQuery{Limit: 2}, []string{"new", "middle"}},
		{"NextPage", cite.PostQuery{Limit: 2, Offset: 2}, []string{"old", "undated"}},
		{"OtherReader", cite.PostQuery{OtherReader: "r2"}, []string{"old", "undated"}},
	} {
		same(t, c.name, h.slugs(t, c.query), c.want)
	}
	posts, err := h.Posts(t.Context(), cite.PostQuery{Limit: 1})
	check(t, err)
	full, _ := h.get(t, "new")
	want := cite.ListedPost{Post: full, FigureCount: 2, SeriesCount: 1}
	want.Raw, want.Text = nil, cite.Text{}
	same(t, "entry", posts, []cite.ListedPost{want})
}

func postTwins(t *testing.T, h *harness) {
	for name, key := range map[string]string{"de": "k", "en": "k", "other": "l", "none": ""} {
		p := post(name)
		p.Translation = key
		h.put(t, p)
	}
	for key, want := range map[string]int{"k": 2, "l": 1, "m": 0, "": 0} {
		twins, err := h.Twins(t.Context(), key)
		check(t, err)
		if len(twins) != want {
			t.Errorf("twins by %q: %v, want %d", key, slugsOf(twins), want)
		}
	}
}

func removePost(t *testing.T, h *harness) {
	h.put(t, post("a"), citedFigure("f1", "tvl"))
	h.put(t, post("b"), citedFigure("f2", "tvl"))
	check(t, h.RemovePost(t.Context(), "a"))
	same(t, "posts", h.slugs(t, cite.PostQuery{}), []string{"b"})
	same(t, "figures", ids(t)(h.AllFigures(t.Context())), []string{"f2"})
	if _, err := h.Figure(t.Context(), "f1"); !errors.Is(err, market.ErrNotFound) {
		t.Errorf("figure of a removed post: %v", err)
	}
	if r := h.put(t, post("a")); !r.New {
		t.Errorf("a removed post added again: %+v", r)
	}
}

func relinkPost(t *testing.T, h *harness) {
	h.put(t, post("a"), citedFigure("f1", "tvl"), citedFigure("f2", ""))
	check(t, h.RelinkPost(t.Context(), "a", "r2", []cite.Cited{citedFigure("f1", "supply")}))
	p, figures := h.get(t, "a")
	same(t, "figures", ids(t)(figures, nil), []string{"f1"})
	same(t, "of the new series", ids(t)(h.FiguresOfSeries(t.Context(), "supply")), []string{"f1"})
	same(t, "version", p.Version, 1)
	same(t, "reader", p.Reader, "r2")
	same(t, "put again as read now", h.put(t, func() cite.Post { q := post("a"); q.Reader = "r2"; return q }(), citedFigure("f1", "supply")).Changed, false)
}

func figureLists(t *testing.T, h *harness) {
	old := post("old")
	old.Published = period("2025-01-01")
	h.put(t, old, citedFigure("o1", "tvl"), citedFigure("o2", ""))
	other := citedFigure("n1", "supply")
	other.Figure.Subject, other.Link.Subject = "usdt", "usdt"
	h.put(t, post("new"), other, citedFigure("n2", "tvl"))
	ctx := t.Context()
	same(t, "all", ids(t)(h.AllFigures(ctx)), []string{"n1", "n2", "o1", "o2"})
	same(t, "of a series", ids(t)(h.FiguresOfSeries(ctx, "tvl")), []string{"n2", "o1"})
	same(t, "of a subject", ids(t)(h.FiguresOfSubject(ctx, "usdt")), []string{"n1"})
	same(t, "of no subject", ids(t)(h.FiguresOfSubject(ctx, "")), nil)
	got, err := h.Figure(ctx, "o1")
	check(t, err)
	p, _ := h.get(t, "old")
	same(t, "one", got, tied(citedFigure("o1", "tvl"), p))
}

func formerFigure(t *testing.T, h *harness) {
	h.put(t, post("a"), citedFigure("gone", "tvl"), citedFigure("stays", "tvl"))
	changed := post("a")
	changed.Raw = []byte("corrected")
	h.put(t, changed, citedFigure("stays", "tvl"))
	for id, former := range map[string]bool{"gone": true, "stays": false} {
		c, err := h.Figure(t.Context(), id)
		check(t, err)
		if c.Former != former || c.Slug != "a" || c.Figure.ID != id {
			t.Errorf("figure %s: former %v of post %q", id, c.Former, c.Slug)
		}
	}
	same(t, "figures of the series", ids(t)(h.FiguresOfSeries(t.Context(), "tvl")), []string{"stays"})
}

func unknownPost(t *testing.T, h *harness) {
	h.put(t, post("a"))
	ctx := t.Context()
	for name, read := range map[string]func() error{
		"Post":          func() error { _, _, err := h.Post(ctx, "nope"); return err },
		"PostVersion":   func() error { _, _, err := h.PostVersion(ctx, "a", 2); return err },
		"PostVersion 0": func() error { _, _, err := h.PostVersion(ctx, "a", 0); return err },
		"Figure":        func() error { _, err := h.Figure(ctx, "nope"); return err },
		"RemovePost":    func() error { return h.RemovePost(ctx, "nope") },
		"RelinkPost":    func() error { return h.RelinkPost(ctx, "nope", "r", nil) },
	} {
		if err := read(); !errors.Is(err, market.ErrNotFound) {
			t.Errorf("%s: %v, want an error that wraps market.ErrNotFound", name, err)
		}
	}
}

func postWithoutFigures(t *testing.T, h *harness) {
	h.put(t, cite.Post{Identity: "title:|x", Slug: "x"})
	p, figures := h.get(t, "x")
	if !p.Published.IsZero() || len(figures) != 0 || len(p.Raw) != 0 {
		t.Errorf("post: %+v, figures: %+v", p, figures)
	}
}

func postBinary(t *testing.T, h *harness) {
	p := post("a")
	p.Raw = []byte("Latin-1: \xe4\xf6\xfc\x00 " + strings.Repeat("lang ", 1<<20))
	p.Text = cite.PlainText(strings.Repeat("lang ", 1<<20), unit.German)
	h.put(t, p)
	got, _ := h.get(t, "a")
	if string(got.Raw) != string(p.Raw) || got.Text.Content != p.Text.Content {
		t.Error("a long post with bytes that are no text came back changed")
	}
}

func figureOfUnknownSeries(t *testing.T, h *harness) {
	h.put(t, post("a"), citedFigure("f1", "not-collected-yet"))
	same(t, "figures", ids(t)(h.FiguresOfSeries(t.Context(), "not-collected-yet")), []string{"f1"})
	same(t, "of a series nobody cites", ids(t)(h.FiguresOfSeries(t.Context(), "nope")), nil)
}
