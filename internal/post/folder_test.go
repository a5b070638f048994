package post

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// write makes files below a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestReadDir reads a site as Docusaurus lays it out: posts with their translations, and nothing else.
func TestReadDir(t *testing.T) {
	dir := write(t, map[string]string{
		"blog/authors.yml":                   "anna:\n  name: Anna Beispiel\n",
		"blog/2026-02-10-stable.md":          "---\ntitle: Stabil\nauthors: [anna]\n---\n305 Mrd. $",
		"blog/2026-02-11-lido/index.mdx":     "# Lido\n\n24 %",
		"blog/2026-02-12-broken.md":          "---\ntitle: x\ndate: soon\n---\ntext",
		"blog/2026-02-13-latin.md":           "# Gr\xf6\xdfe\n\n5 %",
		"blog/2026-02-14-empty.txt":          "",
		"blog/_draft.md":                     "# Draft\n\ntext",
		"blog/.hidden.md":                    "# Hidden\n\ntext",
		"blog/picture.png":                   "\x89PNG",
		"README.md":                          "# Readme\n\ntext",
		"package.json":                       "{}",
		"build/index.html":                   "<p>text",
		"node_modules/pkg/post.md":           "# Package\n\ntext",
		"i18n/en/blog/2026-02-10-stable.md":  "---\ntitle: Stable\n---\n$305 billion",
		"i18n/fr/blog/2026-02-10-stable.md":  "---\ntitle: Stable\n---\n305 milliards",
		"de/strom.html":                      "<html lang=de><h1>Strom</h1><p>415 TWh",
		"en/strom.html":                      "<html lang=en><h1>Power</h1><p>415 TWh",
		"notes/stable.txt":                   "Another stable post\n\nWith text.",
		"public/page.txt":                    "Generated page\n\nWith text.",
		"blog/2026-02-15-listing/listing.md": "# Listing\n\ntext",
	})
	posts, err := ReadDir(context.Background(), dir, Options{})
	type row struct{ Path, Title, Author, Slug, Lang, Translation string }
	var got []row
	for _, p := range posts {
		rel, relErr := filepath.Rel(dir, p.Path)
		if relErr != nil {
			t.Fatal(relErr)
		}
		got = append(got, row{filepath.ToSlash(rel), p.Title, p.Author, p.Slug, string(p.Lang), p.Translation})
	}
	notes := filepath.ToSlash(filepath.Join(dir, "notes/stable.txt"))
	want := []row{
		{"blog/2026-02-10-stable.md", "Stabil", "Anna Beispiel", "stable", "de", "stable"},
		{"blog/2026-02-11-lido/index.mdx", "Lido", "", "lido", "en", ""},
		{"blog/2026-02-13-latin.md", "Größe", "", "latin", "de", ""},
		{"blog/2026-02-15-listing/listing.md", "Listing", "", "listing", "en", ""},
		{"de/strom.html", "Strom", "", "strom-de", "de", "strom"},
		{"en/strom.html", "Power", "", "strom-en", "en", "strom"},
		{"i18n/en/blog/2026-02-10-stable.md", "Stable", "", "stable-en", "en", "stable"},
		{"notes/stable.txt", "Another stable post", "", "stable-" + shortHash("path:"+notes), "en", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantErrs := []string{
		"blog/2026-02-12-broken.md:3: date: cannot be used: \"soon\" is no day (want 2026-02-10)",
		"blog/2026-02-14-empty.txt:1: holds no text",
	}
	var gotErrs []string
	for _, line := range strings.Split(err.Error(), "\n") {
		gotErrs = append(gotErrs, strings.TrimPrefix(line, filepath.ToSlash(dir)+"/"))
	}
	if diff := cmp.Diff(wantErrs, gotErrs); diff != "" {
		t.Error(diff)
	}
}

// TestReadDirStaysInside does not follow links that lead out of the folder.
func TestReadDirStaysInside(t *testing.T) {
	outside := write(t, map[string]string{"secret.md": "# Secret\n\ntext"})
	dir := write(t, map[string]string{"post.md": "# Post\n\ntext"})
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(dir, "link.md")); err != nil {
		t.Skipf("no symbolic links: %v", err)
	}
	posts, err := ReadDir(context.Background(), dir, Options{})
	if len(posts) != 1 || posts[0].Title != "Post" {
		t.Errorf("%d posts", len(posts))
	}
	if err == nil || !strings.Contains(err.Error(), "link.md") {
		t.Errorf("nothing said about the link: %v", err)
	}
}

func TestReadDirLimits(t *testing.T) {
	dir := write(t, map[string]string{"a.md": "text a", "b.md": "text b", "c.md": strings.Repeat("long ", 10)})
	posts, err := ReadDir(context.Background(), dir, Options{MaxFiles: 2})
	if !errors.Is(err, ErrTooMany) || len(posts) != 2 {
		t.Errorf("%d posts, %v", len(posts), err)
	}
	posts, err = ReadDir(context.Background(), dir, Options{MaxFiles: 3, MaxBytes: 49})
	if !errors.Is(err, ErrTooLarge) || len(posts) != 2 {
		t.Errorf("%d posts, %v", len(posts), err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err = ReadDir(ctx, dir, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("went on: %v", err)
	}
}

func TestRead(t *testing.T) {
	dir := write(t, map[string]string{"a.md": "# A\n\ntext"})
	posts, err := Read(context.Background(), filepath.Join(dir, "a.md"), Options{})
	if err != nil || len(posts) != 1 || posts[0].Path != filepath.Join(dir, "a.md") {
		t.Errorf("%v, %v", posts, err)
	}
	if posts, err = Read(context.Background(), dir, Options{}); err != nil || len(posts) != 1 {
		t.Errorf("%d posts, %v", len(posts), err)
	}
	if _, err = Read(context.Background(), filepath.Join(dir, "none.md"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file, but %v", err)
	}
	if _, err = Read(context.Background(), os.DevNull, Options{}); !errors.Is(err, ErrNotText) {
		t.Errorf("a device, but %v", err)
	}
}
