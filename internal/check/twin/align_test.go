package twin

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"
)

// document is a text with its figures, not linked to anything.
func document(t testing.TB, lang unit.Lang, text string) *rule.Document {
	t.Helper()
	posts, err := post.Parse([]byte(text), post.Options{Path: string(lang) + ".md", Lang: lang})
	if err != nil {
		t.Fatal(err)
	}
	d := &rule.Document{Post: &posts[0]}
	for _, f := range figure.Read(&posts[0].Text, figure.Options{}).Figures {
		d.Cited = append(d.Cited, cite.Cited{Figure: f, Lang: lang})
	}
	return d
}

func pairOf(t testing.TB, english, german string) (en, de *rule.Document) {
	t.Helper()
	return document(t, unit.English, english), document(t, unit.German, german)
}

// longPair is a text of n paragraphs in both languages, with a section that only the English one has.
func longPair(n int) (english, german string) {
	var en, de strings.Builder
	for i := range n {
		users, fees := 1000+i*37%9000, 1+i*53%997
		fmt.Fprintf(&en, "Project %c reports %d users who paid $%d million.\n\n", 'A'+i%26, users, fees)
		if i < n/3 || i > n/3+n/20 {
			fmt.Fprintf(&de, "Projekt %c meldet %d Nutzer, die %d Millionen $ zahlten.\n\n", 'A'+i%26, users, fees)
		}
	}
	return en.String(), de.String()
}

func english(a, _ string) string { return a }
func german(_, b string) string  { return b }

// The posts' own words decide which of them are twins, and which one is the translation.
func TestTwins(t *testing.T) {
	type p = cite.Post
	day := market.MustPeriod
	tests := []struct {
		name          string
		given, others []p
		want          []string // original and translation, "?" behind a pair that no post calls twins
	}{
		{"one key", []p{{Slug: "a", Translation: "k", Lang: "de"}, {Slug: "b", Translation: "k", Lang: "en"}}, nil, []string{"b a"}},
		{"the key is the original's slug", []p{{Slug: "a", Translation: "a", Lang: "de"}, {Slug: "b", Translation: "a", Lang: "en"}}, nil, []string{"a b"}},
		{"translation_of, read one by one", []p{{Slug: "b", Translation: "a", Lang: "en"}, {Slug: "a", Lang: "de"}}, nil, []string{"a b"}},
		{"locale in the name", []p{{Slug: "a-en", Translation: "a", Lang: "en"}, {Slug: "a", Lang: "de"}}, nil, []string{"a a-en"}},
		{"the later one translates", []p{{Slug: "a", Translation: "k", Lang: "de", Published: day("2026-01-01")}, {Slug: "b", Translation: "k", Lang: "en", Published: day("2026-01-09")}}, nil, []string{"a b"}},
		{"a stored twin", []p{{Slug: "b", Translation: "a", Lang: "en"}}, []p{{Slug: "z", Lang: "de"}, {Slug: "a", Lang: "de"}}, []string{"a b"}},
		{"a given twin wins over a stored one", []p{{Slug: "b", Translation: "a", Lang: "en"}, {Slug: "a", Lang: "de"}}, []p{{Slug: "c", Translation: "a", Lang: "de"}}, []string{"a b"}},
		{"one name in two languages", []p{{Slug: "a", Lang: "de"}, {Slug: "a", Lang: "en"}}, nil, []string{"a a?"}},
		{"a stored post of the same name is none", []p{{Slug: "a", Lang: "de"}}, []p{{Slug: "a", Lang: "en"}}, nil},
		{"one language", []p{{Slug: "a", Translation: "k", Lang: "de"}, {Slug: "b", Translation: "k", Lang: "de"}}, nil, nil},
		{"strangers", []p{{Slug: "a", Lang: "de"}, {Slug: "b", Lang: "en"}}, nil, nil},
		{"each names the other", []p{{Slug: "a", Translation: "b", Lang: "de"}, {Slug: "b", Translation: "a", Lang: "en"}}, nil, []string{"b a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			documents := func(posts []p) []*rule.Document {
				var docs []*rule.Document
				for i := range posts {
					docs = append(docs, &rule.Document{Post: &posts[i]})
				}
				return docs
			}
			x := &examination{&rule.Examination{Given: documents(tt.given), Others: documents(tt.others)}}
			var got []string
			for _, w := range x.twins() {
				line := w.docs[0].Post.Slug + " " + w.docs[1].Post.Slug
				if !w.stated {
					line += "?"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLongestChain(t *testing.T) {
	tests := []struct {
		name     string
		in, want [][2]int
	}{
		{"none", nil, nil},
		{"in order", [][2]int{{0, 0}, {1, 2}, {5, 3}}, [][2]int{{0, 0}, {1, 2}, {5, 3}}},
		{"one is out of order", [][2]int{{0, 0}, {1, 9}, {2, 2}, {3, 3}}, [][2]int{{0, 0}, {2, 2}, {3, 3}}},
		{"one passage twice", [][2]int{{0, 0}, {1, 1}, {1, 2}, {2, 3}}, [][2]int{{0, 0}, {1, 1}, {2, 3}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, longestChain(tt.in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Long texts are compared in a band along the line on which they say the same: what is looked at grows with their
// length and not with its square.
func TestLongTranslations(t *testing.T) {
	const n, perParagraph = 2000, 120
	for name, text := range map[string]func() (string, string){
		"alike": func() (string, string) { return longPair(n) },
		"nothing to hold": func() (string, string) {
			return strings.Repeat("Not a word.\n\n", n), strings.Repeat("Kein Wort.\n\n", n)
		},
		"one is short": func() (string, string) { return english(longPair(n)), german(longPair(20)) },
	} {
		t.Run(name, func(t *testing.T) {
			a, b := text()
			en, de := pairOf(t, a, b)
			x, y := sideOf(en, false), sideOf(de, false)
			cells := 0
			for _, row := range newProgram(x, y, longestChain(characterise(x, y))).score {
				cells += len(row)
			}
			if limit := perParagraph * (len(x.passages) + len(y.passages)); cells > limit {
				t.Errorf("%d cells for %d and %d paragraphs", cells, len(x.passages), len(y.passages))
			}
			if c := compareLong(t, en, de); name == "alike" && c.share < 0.9 {
				t.Errorf("only %.0f %% of the figures found their counterpart", 100*c.share)
			}
		})
	}
}

func compareLong(t testing.TB, en, de *rule.Document) *comparison {
	x := &examination{&rule.Examination{Settings: rule.Settings{}.WithDefaults()}}
	return x.compareTwins(twins{docs: [2]*rule.Document{en, de}})
}

func BenchmarkTranslations(b *testing.B) {
	for _, n := range []int{200, 2000} {
		en, de := pairOf(b, english(longPair(n)), german(longPair(n)))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				compareLong(b, en, de)
			}
		})
	}
}
