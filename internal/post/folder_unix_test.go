//go:build unix

package post

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

// TestReadDirDoesNotWait leaves a pipe alone, which would keep a reader waiting.
func TestReadDirDoesNotWait(t *testing.T) {
	dir := write(t, map[string]string{"a.md": "# A\n\ntext"})
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o600); err != nil {
		t.Skipf("no pipes: %v", err)
	}
	posts, err := ReadDir(context.Background(), dir, Options{})
	if len(posts) != 1 || !errors.Is(err, ErrNotText) {
		t.Errorf("%d posts, %v", len(posts), err)
	}
}
