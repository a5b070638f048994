package sqlite

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources reads the files below a directory of this package that have one of the endings, by path.
func sources(t *testing.T, dir string, keep func(path string) bool) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !keep(path) {
			return err
		}
		b, err := os.ReadFile(path)
		all[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	queryName = regexp.MustCompile(`(?m)^-- name: (\w+) :`)
	forbidden = regexp.MustCompile(`(?i)\bBETWEEN\b|sqlc\.slice`)
)

// TestEveryQueryIsUsed keeps queries that nothing calls out of the files; what calls them is tested by the suite.
func TestEveryQueryIsUsed(t *testing.T) {
	var code strings.Builder
	for path, text := range sources(t, ".", func(p string) bool {
		return filepath.Dir(p) == "." && strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go")
	}) {
		_ = path
		code.WriteString(text)
	}
	found := 0
	for path, text := range sources(t, "queries", func(p string) bool { return strings.HasSuffix(p, ".sql") }) {
		for _, m := range queryName.FindAllStringSubmatch(text, -1) {
			found++
			if !strings.Contains(code.String(), "."+m[1]+"(") {
				t.Errorf("%s: nothing calls %s", path, m[1])
			}
		}
		if bad := forbidden.FindString(text); bad != "" {
			t.Errorf("%s has %s, for which wrong code is generated", path, bad)
		}
	}
	if found < 50 {
		t.Errorf("only %d queries found", found)
	}
}
