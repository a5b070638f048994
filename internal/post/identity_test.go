package post

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

func day(s string) market.Period { return market.MustPeriod(s) }

func TestParseDate(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2026-02-10", "2026-02-10"},
		{"2026-2-1", "2026-02-01"},
		{"2026/02/10", "2026-02-10"},
		{"2026-02-10T23:30:00-05:00", "2026-02-10"},
		{"2026-02-10 08:00", "2026-02-10"},
		{"10.02.2026", "2026-02-10"},
		{"10. Februar 2026", "2026-02-10"},
		{"1. März 2026 um 12:30 Uhr", "2026-03-01"},
		{"10 February 2026", "2026-02-10"},
		{"Feb. 10, 2026", "2026-02-10"},
		{"February 1st, 2026", "2026-02-01"},
		{"Dienstag, 10. Februar 2026", "2026-02-10"},
		{"Tue, 10 Feb 2026 08:00:00 GMT", "2026-02-10"},
		{"29. Februar 2026", ""},
		{"10. Foo 2026", ""},
		{"Februar 2026", ""},
		{"15. Februar 2026 war ein guter Tag.", ""},
		{"1026-02-10", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := parseDate(tt.in)
			if got.String() != tt.want || ok != (tt.want != "") {
				t.Errorf("%q, %v, want %q", got, ok, tt.want)
			}
		})
	}
}

func TestDetectLang(t *testing.T) {
	tests := []struct {
		in   string
		want unit.Lang
	}{
		{"Der Umlauf ist gestiegen.", unit.German},
		{"The supply has risen.", unit.English},
		{"Stablecoins 305 Mrd.", unit.German},
		{"Größe zählt", unit.German},
		{"305", unit.English},
		{"", unit.English},
		{"Das ist der Bericht: “The State of Crypto”, und er ist lang.", unit.German},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got := DetectLang(tt.in); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestSlug(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Größe & Übermaß: 5,2 Mrd. $", "groesse-uebermass-5-2-mrd"},
		{"Lido's résumé", "lidos-resume"},
		{"  --a--  ", "a"},
		{"KI × Web3", "ki-web3"},
		{"ﬁnance ²", "finance-2"},
		{strings.Repeat("word ", 30), strings.TrimSuffix(strings.Repeat("word-", 16), "-")},
		{strings.Repeat("x", 100), strings.Repeat("x", 80)},
		{"日本語", "post-" + shortHash("日本語")},
		{"", "post-" + shortHash("")},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got := Slug(tt.in); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestSlugLaws holds for any text: a slug is one, stays one, and a taken one is avoided in the same way each time.
func TestSlugLaws(t *testing.T) {
	valid := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		slug := Slug(s)
		if !valid.MatchString(slug) || len(slug) > longestSlug {
			t.Fatalf("%q is no slug", slug)
		}
		if again := Slug(slug); again != slug {
			t.Fatalf("slug of %q is %q", slug, again)
		}
		taken := func(s string) bool { return s == slug }
		other := UniqueSlug(slug, "url:"+s, taken)
		if other == slug || !valid.MatchString(other) || other != UniqueSlug(slug, "url:"+s, taken) {
			t.Fatalf("in place of %q: %q", slug, other)
		}
	})
}

func TestCanonical(t *testing.T) {
	tests := []struct{ name, in, from, want string }{
		{"Plain", "https://Blog.Example/a/b/", "", "https://blog.example/a/b"},
		{"Trackers", "https://a.example/b?utm_source=x&id=5&fbclid=y#top", "", "https://a.example/b?id=5"},
		{"Port", "http://a.example:80/b", "", "http://a.example/b"},
		{"Password", "https://user:secret@a.example/b", "", "https://a.example/b"},
		{"SameSite", "https://www.a.example/b", "https://a.example/b?x=1", "https://www.a.example/b"},
		{"OtherSite", "https://b.example/b", "https://a.example/b", ""},
		{"Relative", "/b", "", ""},
		{"Script", "javascript:alert(1)", "", ""},
		{"Broken", "https://a b/", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := canonical(tt.in, tt.from); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestIdentity shows what makes a post the same one when it is seen again, and what it is called.
func TestIdentity(t *testing.T) {
	tests := []struct {
		name                        string
		in                          string
		opt                         Options
		identity, slug, translation string
	}{
		{"Path", "# T\n\na", Options{Path: "./blog/2026-02-10-some-post.md"}, "path:blog/2026-02-10-some-post.md", "some-post", ""},
		{"IndexFile", "# T\n\na", Options{Path: "blog/2026-02-10-some-post/index.mdx"}, "path:blog/2026-02-10-some-post/index.mdx", "some-post", ""},
		{"CanonicalURL", "---\ncanonical_url: https://a.example/x/\n---\na", Options{Path: "b.md"}, "url:https://a.example/x", "x", ""},
		{"SlugField", "---\nslug: /2026/big-one\n---\na", Options{Path: "b.md"}, "path:b.md", "big-one", ""},
		{"Fetched", "T\n\na.", Options{URL: "https://a.example/x.html", Format: Text}, "url:https://a.example/x.html", "x", ""},
		{"NoPlace", "Größe zählt\n\na.", Options{Format: Text}, "title:|größe zählt", "groesse-zaehlt", ""},
		{"StandardInput", "Größe zählt\n\na.", Options{Path: "-", Format: Text}, "title:|größe zählt", "groesse-zaehlt", ""},
		{"Byline", "T\n\n· 3 min read\nAnna  Example\n\na.", Options{Path: "x.txt"}, "title:anna example|t", "x", ""},
		{"LocaleFolder", "# T\n\na", Options{Path: "i18n/en/docusaurus-plugin-content-blog/2026-02-10-x.md"},
			"path:i18n/en/docusaurus-plugin-content-blog/2026-02-10-x.md", "x-en", "x"},
		{"LocaleName", "# T\n\na", Options{Path: "x.de.md"}, "path:x.de.md", "x-de", "x"},
		{"TranslationOf", "---\ntranslation_of: /blog/2026-02-10-das-x.md\n---\na", Options{Path: "the-x.md"}, "path:the-x.md", "the-x", "das-x"},
		{"TranslationGiven", "---\ntranslation_of: y\n---\na", Options{Path: "the-x.md", TranslationOf: "das-x"}, "path:the-x.md", "the-x", "das-x"},
		{"Translations", "---\ntranslations: {en: the-x, de: /das-x}\n---\na", Options{Path: "das-x.md"}, "path:das-x.md", "das-x", "the-x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posts, err := Parse([]byte(tt.in), tt.opt)
			if err != nil {
				t.Fatal(err)
			}
			p := posts[0]
			want, got := []string{tt.identity, tt.slug, tt.translation}, []string{p.Identity, p.Slug, p.Translation}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// read is Parse for tests that need a single post.
func read(t *testing.T, in string, opt Options) cite.Post {
	t.Helper()
	posts, err := Parse([]byte(in), opt)
	if err != nil || len(posts) != 1 {
		t.Fatalf("%d posts, %v", len(posts), err)
	}
	return posts[0]
}

// TestMerge brings a teaser and its post together, whichever is seen first.
func TestMerge(t *testing.T) {
	teaser := read(t, "A post\n\n· 3 min read\nAnna\n\nIt begins here…", Options{Format: Text})
	whole := read(t, "A post\n\n· 3 min read\nAnna\n\nIt begins here and goes on.\n\nTo the end.", Options{Path: "a.txt"})
	located := read(t, "---\ntitle: A post\nauthor: Anna\ncanonical_url: https://a.example/p\n---\nIt begins", Options{Path: "p.md"})
	other := read(t, "A post\n\n· 3 min read\nBert\n\nAnother one by that name.", Options{Format: Text})
	for _, posts := range [][]cite.Post{{teaser, whole, other}, {whole, other, teaser}, {located, whole, other}} {
		got := Merge(posts)
		if len(got) != 2 {
			t.Fatalf("%d posts, want 2", len(got))
		}
		for _, p := range got {
			if p.Author == "Anna" && p.SHA256 != whole.SHA256 {
				t.Errorf("the shorter text stayed: %q", p.Text.Content)
			}
		}
	}
	if got := Merge([]cite.Post{located, whole}); got[0].URL != "https://a.example/p" || got[0].Identity != "url:https://a.example/p" {
		t.Errorf("the URL was lost: %q", got[0].Identity)
	}
	if !TeaserOf(&teaser, &whole) || TeaserOf(&whole, &teaser) || TeaserOf(&other, &whole) || TeaserOf(&whole, &whole) {
		t.Error("a teaser was not told from its post")
	}
}

// TestSameOnAListing finds a post unchanged that stands on a listing page and in a file of its own.
func TestSameOnAListing(t *testing.T) {
	const post = "First\n\n· 3 min read\nAnna Example\n\nIt says 5 %.\n"
	own := read(t, post, Options{Path: "first.txt"})
	listing, err := Parse([]byte("Skip to main content\n\n"+post+"\n\nSecond\n\n· 4 min read\nAnna Example\n\nIt says 6 %.\n"), Options{Path: "all.txt"})
	if err != nil {
		t.Fatal(err)
	}
	if p := listing[0]; p.Identity != own.Identity || p.SHA256 != own.SHA256 {
		t.Errorf("%s %s, in a file of its own %s %s", p.Identity, p.SHA256, own.Identity, own.SHA256)
	}
	if listing[1].SHA256 == own.SHA256 {
		t.Error("another post is the same one")
	}
}

// TestMergeKeepsApart keeps the posts of a column that has one title.
func TestMergeKeepsApart(t *testing.T) {
	a := read(t, "---\ntitle: The week\nauthor: Anna\n---\nOne.", Options{Path: "1.md"})
	b := read(t, "---\ntitle: The week\nauthor: Anna\n---\nTwo.", Options{Path: "2.md"})
	if got := Merge([]cite.Post{a, b}); len(got) != 2 {
		t.Errorf("%d posts, want 2", len(got))
	}
}

// TestLinkTwins gives both posts of a pair one key, whichever of them names the other.
func TestLinkTwins(t *testing.T) {
	tests := []struct {
		name  string
		posts []cite.Post
		want  []string
	}{
		{"OneNamesTheOther", []cite.Post{{Slug: "a", Translation: "b"}, {Slug: "b"}, {Slug: "c"}}, []string{"b", "b", ""}},
		{"OtherOrder", []cite.Post{{Slug: "b"}, {Slug: "a", Translation: "b"}}, []string{"b", "b"}},
		{"BothName", []cite.Post{{Slug: "a", Translation: "b"}, {Slug: "b", Translation: "a"}}, []string{"a", "a"}},
		{"Locale", []cite.Post{{Slug: "x"}, {Slug: "x-en", Translation: "x"}}, []string{"x", "x"}},
		{"Unknown", []cite.Post{{Slug: "a", Translation: "z"}}, []string{"z"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			LinkTwins(tt.posts)
			var got []string
			for _, p := range tt.posts {
				got = append(got, p.Translation)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
