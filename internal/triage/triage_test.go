package triage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string // accepted
		wrong    string   // in the error; "" for none
	}{
		{"states", `{"version":1,"findings":{"b":{"state":"accepted"},"a":{"state":"accepted","note":"x"},"c":{"state":"open"},"d":{"state":"fixed"}}}`, []string{"a", "b"}, ""},
		{"empty", `{"version":1,"findings":{}}`, nil, ""},
		{"no findings", `{"version":1}`, nil, ""},
		{"another state", `{"version":1,"findings":{"a":{"state":"ignored"}}}`, nil, `"ignored"`},
		{"another version", `{"version":2,"findings":{}}`, nil, "version 2"},
		{"an unknown key", `{"version":1,"findngs":{}}`, nil, "findngs"},
		{"two documents", `{"version":1}{"version":1}`, nil, "more behind"},
		{"no JSON", `findings`, nil, "not a file of findings"},
		{"nothing", ``, nil, "not a file of findings"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, err := Parse([]byte(tt.in))
			if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), tt.wrong)) {
				t.Fatalf("error %v, want %q", err, tt.wrong)
			}
			if diff := cmp.Diff(tt.want, l.Accepted()); diff != "" {
				t.Errorf("accepted (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"version":1,"findings":{"a":{"state":"accepted","since":"2026-02-10"}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Parse(raw)
		if err != nil {
			return
		}
		again, err := l.encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Parse(again)
		if err != nil || len(back.Findings) != len(l.Findings) {
			t.Fatalf("%v: %s became %s", err, raw, again)
		}
	})
}

func TestUpdate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.json")
	set := func(id string, e Entry) {
		t.Helper()
		if err := Update(t.Context(), path, func(l *List) error { l.Set(id, e); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	set("b", Entry{State: Accepted, Rule: "math/sum", Path: "a.md", Text: "5 <b>", Note: "rounded", Since: "2026-02-10"})
	set("a", Entry{State: Open, Note: strings.Repeat("ä", MaxText+5)})
	set("b", Entry{State: Fixed, Since: "2026-02-11"})
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"version\": 1,\n  \"findings\": {\n    \"a\": {\n      \"state\": \"open\",\n      \"note\": \"" + strings.Repeat("ä", MaxText-1) + "…\"\n    },\n" +
		"    \"b\": {\n      \"state\": \"fixed\",\n      \"rule\": \"math/sum\",\n      \"path\": \"a.md\",\n      \"text\": \"5 <b>\",\n      \"note\": \"rounded\",\n      \"since\": \"2026-02-11\"\n    }\n  }\n}\n"
	if diff := cmp.Diff(want, string(raw)); diff != "" {
		t.Errorf("the file (-want +got):\n%s", diff)
	}
	refused := errors.New("no")
	if err := Update(t.Context(), path, func(l *List) error { l.Findings = nil; return refused }); !errors.Is(err, refused) {
		t.Errorf("error %v, want %v", err, refused)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(raw) {
		t.Errorf("a refused change was written: %s, %v", after, err)
	}
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

func TestUpdatesDoNotLoseEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.json")
	var wait sync.WaitGroup
	const writers = 12
	for i := range writers {
		wait.Go(func() {
			err := Update(t.Context(), path, func(l *List) error {
				l.Set(fmt.Sprintf("%012d", i), Entry{State: Accepted})
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	l, err := Read(path)
	if err != nil || len(l.Findings) != writers {
		t.Errorf("%d findings, %v; want %d", len(l.Findings), err, writers)
	}
}

func TestLocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.json")
	if err := os.WriteFile(path+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	nothing := func(*List) error { return nil }
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := Update(ctx, path, nothing); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "another process") {
		t.Errorf("while another process writes: %v", err)
	}
	old := time.Now().Add(-2 * lockStale)
	if err := os.Chtimes(path+".lock", old, old); err != nil {
		t.Fatal(err)
	}
	if err := Update(t.Context(), path, nothing); err != nil {
		t.Errorf("with the lock of a dead process: %v", err)
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(filepath.Join(dir, "missing.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	large := filepath.Join(dir, "large.json")
	if err := os.WriteFile(large, make([]byte, MaxBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(large); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "large.json") {
		t.Errorf("a file that is too large: %v", err)
	}
}
