package sqlite_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beleg/internal/market"
	"beleg/internal/store/sqlite"
)

// requireHealthy checks that nothing is wrong with a store.
func requireHealthy(t *testing.T, s *sqlite.Store) {
	t.Helper()
	problems, err := s.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Errorf("check: %q, %v", problems, err)
	}
}

func readOnly(t *testing.T, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: path, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestBackupAndRestore takes a backup of a store in use, goes on writing, and restores it to another place.
func TestBackupAndRestore(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	backup, restored := filepath.Join(elsewhere, "backup.db"), filepath.Join(elsewhere, "restored.db")
	for n := range 3 {
		if err := childBatch(dir, n, func() {}); err != nil {
			t.Fatal(err)
		}
	}
	s, err := openAt(dir, 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CommitBatch(t.Context(), killBatch(3)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	copied := readOnly(t, backup)
	requireBatches(t, copied, 3)
	requireHealthy(t, copied)
	if err := copied.Backup(t.Context(), restored); err != nil {
		t.Fatal(err)
	}
	again, err := sqlite.Open(t.Context(), sqlite.Config{Path: restored})
	if err != nil {
		t.Fatal(err)
	}
	requireBatches(t, again, 3)
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".partial") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

func TestBackupOverwritesNothing(t *testing.T) {
	s := readOnly(t, filled(t, t.TempDir()))
	for _, taken := range []string{"b.db", "b.payloads.db"} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, taken), "mine")
		if err := s.Backup(t.Context(), filepath.Join(dir, "b.db")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("backup onto %s gave %v", taken, err)
		}
		if b, err := os.ReadFile(filepath.Join(dir, taken)); err != nil || string(b) != "mine" {
			t.Errorf("%s was overwritten: %v", taken, err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Errorf("a refused backup left something behind: %v, %v", entries, err)
		}
	}
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "such", "directory.db")); err == nil {
		t.Error("a backup into a missing directory succeeded")
	}
}

func TestCheckFindsDamage(t *testing.T) {
	for _, c := range []struct {
		name, file, sql, want string
	}{
		{"Nothing", "beleg.db", "SELECT 1", ""},
		{"MissingAnswer", "beleg.payloads.db", "DELETE FROM payload", "its answer"},
		{"DamagedAnswer", "beleg.payloads.db", "UPDATE payload SET body = x'0102'", "answer"},
		{"TwoCurrentVersions", "beleg.db", "INSERT INTO observation SELECT series, period, 3, value, exact, status, origin, recorded_at, recorded_at, backfilled FROM observation", "version 3"},
		{"ReplacedByNothing", "beleg.db", "UPDATE observation SET replaced_at = recorded_at", "version 1"},
		{"MissingOrigin", "beleg.db", "DELETE FROM origin", "refers to one of origin"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filled(t, dir)
			runSQL(t, filepath.Join(dir, c.file), c.sql)
			problems, err := readOnly(t, path).Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			found := strings.Join(problems, "\n")
			if (c.want == "") != (found == "") || !strings.Contains(found, c.want) {
				t.Errorf("found %q, want something about %q", found, c.want)
			}
		})
	}
}

func TestCheckOfAnEmptyStore(t *testing.T) {
	s, err := openAt(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	requireHealthy(t, s)
	if _, err := s.Observations(t.Context(), "a", market.ObservationQuery{}); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
