package post

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
)

var update = flag.Bool("update", false, "write the golden files anew")

// examples is one file of each format under testdata.
var examples = map[Format]string{Text: "post.txt", Markdown: "post.md", MDX: "post.mdx", HTML: "post.html", Feed: "feed.xml"}

// TestGolden shows what each example under testdata is read as.
func TestGolden(t *testing.T) {
	for _, name := range []string{"post.txt", "listing.txt", "post.md", "post.mdx", "post.html", "listing.html", "feed.xml", "atom.xml"} {
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			posts, err := Parse(raw, Options{Path: name})
			if err != nil {
				t.Fatal(err)
			}
			for i := range posts {
				checkPost(t, raw, &posts[i])
			}
			golden(t, name+".golden", dump(posts))
		})
	}
}

// golden compares with a file under testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-want +got):\n%s", path, diff)
	}
}

// dump is posts as a person reads them: fields, blocks with the bytes of the file they come from, links and marks.
func dump(posts []cite.Post) string {
	var b strings.Builder
	for _, p := range posts {
		field := func(name string, v any) {
			if s := fmt.Sprint(v); s != "" && s != "0" && s != "[]" && s != "map[]" {
				fmt.Fprintf(&b, "%s: %s\n", name, s)
			}
		}
		field("title", p.Title)
		field("author", p.Author)
		field("lang", p.Lang)
		field("published", strings.TrimSpace(p.Published.String()+" "+string(p.PublishedFrom)))
		field("identity", p.Identity)
		field("slug", p.Slug)
		field("url", p.URL)
		field("translation", p.Translation)
		field("offset", p.Offset)
		field("defaults", p.Defaults)
		for _, s := range p.Sources {
			field("source", strings.TrimSpace(s.Title+" "+s.URL))
		}
		for _, w := range p.Warnings {
			field("warning", w)
		}
		for _, k := range p.Text.Blocks {
			lo, hi := p.Text.Source(k.Start, k.End)
			fmt.Fprintf(&b, "%5d-%-5d %s", lo, hi, k.Kind)
			if k.Level > 0 {
				fmt.Fprintf(&b, " %d", k.Level)
			}
			if k.Lang != "" {
				fmt.Fprintf(&b, " (%s)", k.Lang)
			}
			fmt.Fprintf(&b, " %q\n", p.Text.Content[k.Start:k.End])
		}
		for _, l := range p.Text.Links {
			fmt.Fprintf(&b, "link %q → %s\n", p.Text.Content[l.Start:l.End], l.URL)
		}
		for _, m := range p.Text.Marks {
			fmt.Fprintf(&b, "mark %s after %q\n", keyList(m.Keys), p.Text.Content[max(0, m.At-12):m.At])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func keyList(keys map[string]string) string {
	var out []string
	for k, v := range keys {
		out = append(out, k+"="+v)
	}
	sort.Strings(out)
	return strings.Join(out, " ")
}
