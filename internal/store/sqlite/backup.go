package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"beleg/internal/store/sqlite/payloaddb"
)

// Backup writes a copy of the store as it is now to path, and one of the answers beside it as Config.PayloadPath's default
// has it, while others go on writing. A backup is a store itself: opening it with ReadOnly and taking its backup restores it.
// Errors wrap fs.ErrExist where there is a file already; nothing is overwritten, and a failure leaves nothing behind.
func (s *Store) Backup(ctx context.Context, path string) error {
	// The answers come second: each one that the copied store rests on was there before what rests on it.
	copies := []struct {
		from *file
		to   string
	}{{s.main, path}, {s.payloads, payloadsBeside(path)}}
	for _, c := range copies {
		if _, err := os.Stat(c.to); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("back up to %s: %w", c.to, errors.Join(err, fs.ErrExist))
		}
	}
	for i, c := range copies {
		if err := c.from.copyTo(ctx, c.to); err != nil {
			for _, done := range copies[:i] {
				err = errors.Join(err, os.Remove(done.to))
			}
			return failed(err, "back up to %s", c.to)
		}
	}
	return nil
}

// copyTo writes a copy under another name first, so that a file of the right name is whole.
func (f *file) copyTo(ctx context.Context, path string) error {
	partial := path + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := f.vacuumInto(ctx, partial)
	if err == nil {
		err = syncFile(partial)
	}
	if err == nil {
		err = os.Rename(partial, path)
	}
	if err != nil {
		if gone := os.Remove(partial); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// vacuumInto uses a connection of its own: those that read refuse every write, to another file too.
func (f *file) vacuumInto(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", f.dsn("ro", "deferred", f.wait))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	return errors.Join(err, db.Close())
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// checkPage is how many rows Check reads at a time.
const checkPage = 256

// Check looks for damage: pages and references of both files, versions of observations that do not follow each other, answers that
// cannot be read byte for byte, and origins whose answer is missing. It gives what it finds, in words; none is good. The error
// is about looking, not about what was found.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	var problems []string
	for _, look := range []func(context.Context) ([]string, error){
		s.main.check, s.payloads.check, s.checkVersions, s.checkPayloads, s.checkOrigins,
	} {
		found, err := look(ctx)
		if err != nil {
			return problems, failed(err, "check the store")
		}
		problems = append(problems, found...)
	}
	return problems, nil
}

func (f *file) check(ctx context.Context) ([]string, error) {
	var problems []string
	err := f.each(ctx, "PRAGMA integrity_check", func(scan func(...any) error) error {
		var said string
		err := scan(&said)
		if said != "ok" {
			problems = append(problems, f.path+": "+said)
		}
		return err
	})
	if err != nil {
		return problems, err
	}
	return problems, f.each(ctx, "PRAGMA foreign_key_check", func(scan func(...any) error) error {
		var table, parent string
		var row, key *int64
		err := scan(&table, &row, &parent, &key)
		problems = append(problems, fmt.Sprintf("%s: a row of %s refers to one of %s that is missing", f.path, table, parent))
		return err
	})
}

// each runs do for each row of a query.
func (f *file) each(ctx context.Context, query string, do func(scan func(...any) error) error) (err error) {
	rows, err := f.reader.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *Store) checkVersions(ctx context.Context) ([]string, error) {
	rows, err := s.read.BrokenVersions(ctx)
	var problems []string
	for _, r := range rows {
		problems = append(problems, fmt.Sprintf("%s: version %d of %s does not follow or precede the next one", r.Slug, r.Version, keyPeriod(r.Period)))
	}
	return problems, err
}

func (s *Store) checkPayloads(ctx context.Context) ([]string, error) {
	var problems []string
	for after := int64(0); ; {
		rows, err := s.readPayload.PayloadsAfter(ctx, after, checkPage)
		if err != nil || len(rows) == 0 {
			return problems, err
		}
		for _, r := range rows {
			after = r.ID
			_, err := s.body(ctx, s.readPayload, payloaddb.PayloadBySHARow(r))
			switch {
			case errors.Is(err, ErrCorrupt):
				problems = append(problems, fmt.Sprintf("answer %s of %s: %v", r.Sha256, r.Url, err))
			case err != nil:
				return problems, err
			}
		}
	}
}

func (s *Store) checkOrigins(ctx context.Context) ([]string, error) {
	var problems []string
	for after := int64(0); ; {
		rows, err := s.read.OriginsWithPayload(ctx, after, checkPage)
		if err != nil || len(rows) == 0 {
			return problems, err
		}
		for _, r := range rows {
			after = r.ID
			_, found, err := maybe(s.readPayload.PayloadBySHA(ctx, r.Sha256))
			if err != nil {
				return problems, err
			}
			if !found {
				problems = append(problems, fmt.Sprintf("origin %d: its answer %s is missing", r.ID, r.Sha256))
			}
		}
	}
}
