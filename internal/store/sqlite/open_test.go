package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"beleg/internal/market"
	"beleg/internal/store/sqlite"
)

// runSQL runs SQL on a file behind the store's back.
func runSQL(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// filled makes a store with a value, a payload and a post, and closes it.
func filled(t *testing.T, dir string) (path string) {
	t.Helper()
	s, err := openAt(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.CommitBatch(t.Context(), killBatch(0)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "beleg.db")
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOpenErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string) (path string)
		ro      bool
		want    error
	}{
		{name: "TextFile", want: sqlite.ErrNotDatabase, prepare: func(t *testing.T, dir string) string {
			path := filepath.Join(dir, "beleg.db")
			write(t, path, "This is a text, and it is long enough to be taken for the header of a database file, which it is not at all.")
			return path
		}},
		{name: "AnotherProgramsDatabase", want: sqlite.ErrNotDatabase, prepare: func(t *testing.T, dir string) string {
			path := filepath.Join(dir, "beleg.db")
			runSQL(t, path, "CREATE TABLE bookmarks (url TEXT)")
			return path
		}},
		{name: "PayloadsInPlaceOfTheStore", want: sqlite.ErrNotDatabase, prepare: func(t *testing.T, dir string) string {
			filled(t, dir)
			return filepath.Join(dir, "beleg.payloads.db")
		}},
		{name: "NewerVersion", want: sqlite.ErrNewer, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			runSQL(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
			return path
		}},
		{name: "NewerVersionOfPayloads", want: sqlite.ErrNewer, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			runSQL(t, filepath.Join(dir, "beleg.payloads.db"), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
			return path
		}},
		{name: "NewerVersionReadOnly", ro: true, want: sqlite.ErrNewer, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			runSQL(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
			return path
		}},
		{name: "OlderVersionReadOnly", ro: true, want: sqlite.ErrOutdated, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			runSQL(t, path, "DELETE FROM goose_db_version WHERE version_id > 1")
			return path
		}},
		{name: "MissingReadOnly", ro: true, want: fs.ErrNotExist, prepare: func(_ *testing.T, dir string) string {
			return filepath.Join(dir, "nope", "beleg.db")
		}},
		{name: "TruncatedWithinThePages", want: sqlite.ErrCorrupt, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			if err := os.Truncate(path, 3*4096); err != nil {
				t.Fatal(err)
			}
			return path
		}},
		{name: "Locked", want: sqlite.ErrLocked, prepare: func(t *testing.T, dir string) string {
			path := filled(t, dir)
			runSQL(t, path, "DELETE FROM goose_db_version WHERE version_id > 1")
			lock(t, path)
			return path
		}},
		{name: "Directory", prepare: func(_ *testing.T, dir string) string { return dir }},
		{name: "NoPath", prepare: func(*testing.T, string) string { return "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := c.prepare(t, t.TempDir())
			s, err := sqlite.Open(t.Context(), sqlite.Config{Path: path, ReadOnly: c.ro, BusyTimeout: 20 * time.Millisecond})
			if err == nil {
				_ = s.Close() // the test has failed
				t.Fatal("it opened")
			}
			if c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("error %q, want one that wraps %q", err, c.want)
			}
			if errors.Is(c.want, fs.ErrNotExist) {
				if _, err := os.Stat(filepath.Dir(path)); err == nil {
					t.Error("opening for reading created a directory")
				}
			}
		})
	}
}

// lock holds the write lock of a file until the test ends, as another process would.
func lock(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(context.Background(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(conn.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	})
}

func TestOpenKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir)
	filled(t, dir)
	s := readOnly(t, filled(t, dir))
	obs, err := s.Observations(t.Context(), "a", market.ObservationQuery{})
	if err != nil || len(obs) != 2 {
		t.Errorf("observations: %v, %v", obs, err)
	}
}

func TestOpenOddPaths(t *testing.T) {
	for _, name := range []string{"with space.db", "50%.db", "what?.db", "a#b.db", "äöü.db", "no-suffix", "sub/dir/beleg.db"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			s, err := sqlite.Open(t.Context(), sqlite.Config{Path: path})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.SyncSeries(t.Context(), []market.Series{{ID: "a"}}); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if info, err := os.Stat(path); err != nil || info.Size() == 0 {
				t.Errorf("the file is not where it was asked for: %v", err)
			}
		})
	}
}

func TestReadOnly(t *testing.T) {
	path := filled(t, t.TempDir())
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: path, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	obs, err := s.Observations(t.Context(), "a", market.ObservationQuery{})
	if err != nil || len(obs) != 2 {
		t.Errorf("observations: %v, %v", obs, err)
	}
	if _, err := s.StartRun(t.Context(), market.Run{Job: "j"}); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("a write gave %v", err)
	}
	if _, err := s.ExpirePayloads(t.Context()); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("expiry gave %v", err)
	}
}

func TestLockedWhileWriting(t *testing.T) {
	path := filled(t, t.TempDir())
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: path, BusyTimeout: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // with its lock
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.StartRun(t.Context(), market.Run{Job: "j"}); !errors.Is(err, sqlite.ErrLocked) {
		t.Errorf("a write to a locked file gave %v", err)
	}
	if _, err := s.Observations(t.Context(), "a", market.ObservationQuery{}); err != nil {
		t.Errorf("a read from a file that is being written gave %v", err)
	}
}

// TestDamagedPayload damages a stored answer: reading it says so, and what comes after it is stored all the same.
func TestDamagedPayload(t *testing.T) {
	dir := t.TempDir()
	path := filled(t, dir)
	runSQL(t, filepath.Join(dir, "beleg.payloads.db"), "UPDATE payload SET body = x'0a0b0c0d'")
	s, err := openAt(filepath.Dir(path), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if _, err := s.Payload(t.Context(), killBatch(0).Payload.SHA256); !errors.Is(err, sqlite.ErrCorrupt) {
		t.Errorf("a damaged answer gave %v", err)
	}
	next := killBatch(1)
	if _, err := s.CommitBatch(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if p, err := s.Payload(t.Context(), next.Payload.SHA256); err != nil || string(p.Body) != string(next.Payload.Body) {
		t.Errorf("the answer after the damaged one: %v", err)
	}
}

// TestDamagedPages overwrites the middle of the file: reading gives an error, not other values.
func TestDamagedPages(t *testing.T) {
	dir := t.TempDir()
	path := filled(t, dir)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	garbage := make([]byte, info.Size()-4096)
	for i := range garbage {
		garbage[i] = byte(i*7 + 13)
	}
	if _, err := f.WriteAt(garbage, 4096); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: path})
	if err == nil {
		_, err = s.Observations(t.Context(), "a", market.ObservationQuery{})
		_ = s.Close() // of a damaged file
	}
	if !errors.Is(err, sqlite.ErrCorrupt) {
		t.Errorf("a damaged file gave %v", err)
	}
}
