package sqlite

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"
)

// schema is what SQLite says of a file's tables and indexes.
func schema(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // reading only
	rows, err := db.Query("SELECT type || ' ' || name || ': ' || ifnull(sql, '') FROM sqlite_schema ORDER BY type, name")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func openAndClose(t *testing.T, path string) {
	t.Helper()
	s, err := Open(t.Context(), Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestMigratingTwiceChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "beleg.db")
	openAndClose(t, path)
	first := schema(t, path)
	openAndClose(t, path)
	if diff := cmp.Diff(first, schema(t, path)); diff != "" {
		t.Errorf("the schema after opening again (-first +again):\n%s", diff)
	}
}

// TestMigratingFromEveryVersion stops after each migration, as an older version of the program would have, and goes on from there.
func TestMigratingFromEveryVersion(t *testing.T) {
	fresh := filepath.Join(t.TempDir(), "beleg.db")
	openAndClose(t, fresh)
	want := schema(t, fresh)
	sources, err := fs.Sub(migrations, mainFile.migrations)
	if err != nil {
		t.Fatal(err)
	}
	for version := int64(1); ; version++ {
		path := filepath.Join(t.TempDir(), "beleg.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("PRAGMA application_id = 1113943143"); err != nil { // "Belg"
			t.Fatal(err)
		}
		up, err := goose.NewProvider(goose.DialectSQLite3, db, sources)
		if err != nil {
			t.Fatal(err)
		}
		if version > newestVersion(up) {
			_ = db.Close() // nothing was written
			return
		}
		if _, err := up.UpTo(context.Background(), version); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		openAndClose(t, path)
		if diff := cmp.Diff(want, schema(t, path)); diff != "" {
			t.Errorf("the schema migrated from version %d (-fresh +migrated):\n%s", version, diff)
		}
	}
}
