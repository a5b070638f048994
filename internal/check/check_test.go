package check

import (
	"context"
	"strings"
	"sync"
	"testing"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/link"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// testDay is the day on which the posts of these tests are published unless they say otherwise.
var testDay = market.MustPeriod("2026-02-10")

var loadedCatalogue = sync.OnceValues(func() (*catalog.Catalog, error) { return catalog.Open("") })

// catalogue is the bundled one, read once.
func catalogue(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := loadedCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// document reads a text as a post published on testDay; the path's ending says how it is written.
func document(t testing.TB, path string, lang unit.Lang, text string) *rule.Document {
	t.Helper()
	posts, err := post.Parse([]byte(text), post.Options{Path: path, Lang: lang, Published: testDay})
	if err != nil {
		t.Fatal(err)
	}
	return documentOf(t, path, &posts[0])
}

func documentOf(t testing.TB, path string, p *cite.Post) *rule.Document {
	t.Helper()
	reader := Reader{Linker: link.New(catalogue(t), link.Config{})}
	return &rule.Document{Path: path, Post: p, Cited: reader.Read(p)}
}

// examine checks posts against each other, without data.
func examine(t testing.TB, docs ...*rule.Document) *Report {
	t.Helper()
	r, err := NewEngine(EngineConfig{Catalog: catalogue(t)}).Check(context.Background(), docs, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sentences is a case in which a short text is checked: want names the rule, its severity and the text of the figure it
// is shown at ("math/growth error 50 %"); none for a text that must stay quiet.
type sentences struct {
	name, lang, text string
	want             []string
}

// findingsOf are the findings of rules whose id begins with prefix, as sentences.want writes them.
func findingsOf(r *Report, prefix string) []string {
	var got []string
	for _, file := range r.Files {
		byID := map[string]string{}
		for _, f := range file.Figures {
			byID[f.ID] = f.Text
		}
		for _, f := range file.Findings {
			if strings.HasPrefix(f.Rule, prefix) {
				got = append(got, f.Rule+" "+string(f.Severity)+" "+byID[f.Figures[0]])
			}
		}
	}
	return got
}
