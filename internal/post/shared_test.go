package post

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// shared is the folder of private test material; the test is skipped where it is absent.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "posts")); err != nil {
		t.Skipf("no shared test material: %v", err)
	}
	return dir
}

// TestListings reads pages that hold nine posts each, with furniture around them.
func TestListings(t *testing.T) {
	dir := shared(t)
	for _, name := range []string{"tag-blockchain.txt", "tag-infrastruktur.txt"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, "posts", "listings", name)
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			posts, err := Parse(raw, Options{Path: path})
			if err != nil {
				t.Fatal(err)
			}
			if len(posts) != 9 {
				t.Fatalf("%d posts, want 9", len(posts))
			}
			end := posts[0].Offset
			if before := string(raw[:end]); !strings.HasSuffix(strings.TrimSpace(before), "Alle Tags anzeigen") {
				t.Errorf("before the first post: %q", before)
			}
			for i := range posts {
				p := &posts[i]
				checkPost(t, raw, p)
				if p.Offset != end {
					t.Errorf("post %d begins at %d, the one before ends at %d", i, p.Offset, end)
				}
				end = p.Offset + len(p.Raw)
				if p.Author != "Dora Noda" || p.Lang != unit.German || !strings.HasPrefix(string(p.Raw), p.Title) {
					t.Errorf("post %d: %q by %q in %s", i, p.Title, p.Author, p.Lang)
				}
				if strings.Contains(p.Text.Content, "Alle Tags anzeigen") || strings.Contains(p.Text.Content, "Direkt zum Hauptinhalt") {
					t.Errorf("post %d holds the page's furniture", i)
				}
			}
			if end != len(raw) {
				t.Errorf("the last post ends at %d of %d", end, len(raw))
			}
		})
	}
}

// TestFolderOnce reads single posts and the listing pages that repeat them: each post is there once, in full.
func TestFolderOnce(t *testing.T) {
	dir := filepath.Join(shared(t), "posts")
	posts, err := Read(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	english, err := filepath.Glob(filepath.Join(dir, "en", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if want := len(files) + len(english); len(posts) != want {
		t.Errorf("%d posts, want %d", len(posts), want)
	}
	slugs, titles := map[string]bool{}, map[string]bool{}
	var wrong []string
	for _, p := range posts {
		if slugs[p.Slug] || titles[p.Title] {
			t.Errorf("%q (%s) is there twice", p.Title, p.Slug)
		}
		slugs[p.Slug], titles[p.Title] = true, true
		if english := strings.Contains(p.Path, "/en/"); english != (p.Lang == unit.English) {
			wrong = append(wrong, p.Path)
		}
	}
	if diff := cmp.Diff([]string(nil), wrong); diff != "" {
		t.Errorf("language taken for the other one:\n%s", diff)
	}
}

// annotated is a line of the reference annotation: bytes Start to End of the file.
type annotated struct {
	Q          string
	Kind       string
	Start, End int
}

// TestNoFigureLost looks each annotated figure up in the text that is read: it must be there, and lead back to its bytes.
func TestNoFigureLost(t *testing.T) {
	dir := shared(t)
	golds, err := filepath.Glob(filepath.Join(dir, "gold", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	english, err := filepath.Glob(filepath.Join(dir, "gold", "en", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	figures := 0
	for _, gold := range append(golds, english...) {
		rel, err := filepath.Rel(filepath.Join(dir, "gold"), gold)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "posts", strings.TrimSuffix(rel, "jsonl")+"txt")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		posts, err := Parse(raw, Options{Path: path})
		if err != nil || len(posts) != 1 {
			t.Fatalf("%s: %d posts, %v", path, len(posts), err)
		}
		checkPost(t, raw, &posts[0])
		for _, a := range readGold(t, gold) {
			if a.Kind == "ignore" {
				continue
			}
			figures++
			lo, hi := a.Start, a.End
			if string(raw[lo:hi]) != a.Q {
				t.Fatalf("%s: %q is not at %d", path, a.Q, a.Start)
			}
			if !readAt(&posts[0], a.Q, lo, hi) {
				t.Errorf("%s: %q at %d is not in the text", path, a.Q, lo)
			}
		}
	}
	if figures < 300 {
		t.Errorf("only %d annotated figures were looked up", figures)
	}
}

func readGold(t *testing.T, path string) []annotated {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []annotated
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		var a annotated
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, a)
	}
	return out
}

// readAt tells whether the text holds the words at some place that leads to bytes lo to hi of the file.
func readAt(p *cite.Post, words string, lo, hi int) bool {
	for _, m := range regexp.MustCompile(regexp.QuoteMeta(words)).FindAllStringIndex(p.Text.Content, -1) {
		if a, b := p.Text.Source(m[0], m[1]); a+p.Offset == lo && b+p.Offset == hi {
			return true
		}
	}
	return false
}
