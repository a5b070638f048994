package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// kind is what distinguishes the two files of a store. id is SQLite's application_id, by which a file is recognised.
type kind struct {
	migrations string
	id         int64
}

var (
	mainFile    = kind{"migrations/main", 0x42656c67}     // "Belg"
	simulated   = kind{"migrations/main", 0x42656c73}     // "Bels"
	payloadFile = kind{"migrations/payloads", 0x42656c70} // "Belp"
)

// busySlice is how long SQLite itself waits for a lock. A context that ends is noticed only in between.
const busySlice = 100 * time.Millisecond

// file is one open database file. writer is nil where it is open for reading only.
type file struct {
	path   string
	wait   time.Duration // for another process that writes
	writer *sql.DB
	reader *sql.DB
}

func openFile(ctx context.Context, cfg Config, k kind, path string) (*file, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	f := &file{path: abs, wait: cfg.BusyTimeout}
	if err := f.open(ctx, cfg, k); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *file) open(ctx context.Context, cfg Config, k kind) error {
	if cfg.ReadOnly {
		if _, err := os.Stat(f.path); err != nil {
			return err
		}
	}
	var err error
	if f.reader, err = sql.Open("sqlite", f.dsn("ro", "deferred", cfg.BusyTimeout, "query_only(1)")); err != nil {
		return err
	}
	f.reader.SetMaxOpenConns(cfg.ReadConns + 1) // one of them watches for changes
	f.reader.SetMaxIdleConns(cfg.ReadConns)
	if cfg.ReadOnly {
		return f.requireCurrent(ctx, k)
	}
	// synchronous=FULL because commits are few and each stands for an answer that will not come again.
	if f.writer, err = sql.Open("sqlite", f.dsn("rwc", "immediate", min(busySlice, cfg.BusyTimeout), "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)")); err != nil {
		return err
	}
	f.writer.SetMaxOpenConns(1)
	return f.patiently(ctx, func() error { return f.migrate(ctx, k) })
}

// patiently does something again for as long as another process holds the lock that it needs, but no longer than a process waits
// and not once ctx has ended.
func (f *file) patiently(ctx context.Context, do func() error) error {
	for end := time.Now().Add(f.wait); ; {
		err := do()
		switch {
		case !isBusy(err) || time.Now().After(end):
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
	}
}

func (f *file) dsn(mode, lock string, wait time.Duration, pragmas ...string) string {
	q := url.Values{
		"mode":          {mode},
		"_txlock":       {lock},
		"_busy_timeout": {strconv.FormatInt(wait.Milliseconds(), 10)},
		"_pragma":       pragmas,
	}
	return (&url.URL{Scheme: "file", Path: f.path, RawQuery: q.Encode()}).String()
}

func (f *file) close() error {
	var errs []error
	for _, db := range []*sql.DB{f.reader, f.writer} { // the last one to close merges the log into the file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// migrateAttempts is how often a migration is tried that another process may be making at the same time.
const migrateAttempts = 5

// migrate brings the file up to date. Two processes may do so at once: what one of them cannot do since the other has just done it,
// it finds done when it tries again.
func (f *file) migrate(ctx context.Context, k kind) error {
	have, up, err := versions(ctx, f.writer, k)
	if err != nil {
		return err
	}
	want := newestVersion(up)
	if have == want {
		return nil
	}
	if _, err := f.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", k.id)); err != nil {
		return failed(err, "mark the file as Beleg's")
	}
	for range migrateAttempts {
		if _, err = up.Up(ctx); err == nil {
			return nil
		}
	}
	return failed(err, "migrate from schema %d to %d", have, want)
}

// requireCurrent gives ErrOutdated where migrate would have something to do.
func (f *file) requireCurrent(ctx context.Context, k kind) error {
	have, up, err := versions(ctx, f.reader, k)
	if err != nil {
		return err
	}
	if want := newestVersion(up); have < want {
		return fmt.Errorf("%w (its schema is %d, this version's %d)", ErrOutdated, have, want)
	}
	return nil
}

// versions gives the version of a file's schema and the migrations known here. A file that is newer than all of them gives ErrNewer.
func versions(ctx context.Context, db *sql.DB, k kind) (have int64, up *goose.Provider, err error) {
	if have, err = schemaVersion(ctx, db, k); err != nil {
		return 0, nil, err
	}
	sources, err := fs.Sub(migrations, k.migrations)
	if err != nil {
		return 0, nil, err
	}
	if up, err = goose.NewProvider(goose.DialectSQLite3, db, sources); err != nil {
		return 0, nil, fmt.Errorf("read migrations: %w", err)
	}
	if want := newestVersion(up); have > want {
		return 0, nil, fmt.Errorf("%w (its schema is %d, the newest known here %d)", ErrNewer, have, want)
	}
	return have, up, nil
}

func newestVersion(p *goose.Provider) int64 {
	var newest int64
	for _, s := range p.ListSources() {
		newest = max(newest, s.Version)
	}
	return newest
}

// schemaVersion is the version of the newest migration applied; 0 for an empty file. A file of another kind or program
// gives ErrNotDatabase, real data where simulated is expected, or the other way round, ErrSimulated.
func schemaVersion(ctx context.Context, db *sql.DB, k kind) (int64, error) {
	var id, tables, migrated, version int64
	err := db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT count(*) FROM sqlite_schema),
		(SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&id, &tables, &migrated)
	if err != nil {
		return 0, failed(err, "read the file")
	}
	if id != k.id && (id == simulated.id || k == simulated && id == mainFile.id) {
		return 0, ErrSimulated
	}
	if id != k.id && (id != 0 || tables > 0) {
		return 0, fmt.Errorf("%w: it is a database of something else", ErrNotDatabase)
	}
	if migrated == 0 {
		return 0, nil
	}
	err = db.QueryRowContext(ctx, "SELECT ifnull(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&version)
	return version, failed(err, "read the schema's version")
}
