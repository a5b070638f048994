package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"beleg/internal/market"
)

// What can be wrong with a store or with what it is given. What is merely not there wraps market.ErrNotFound.
var (
	ErrNotDatabase    = errors.New("not a Beleg database")
	ErrSimulated      = errors.New("simulated and real data do not share a database")
	ErrCorrupt        = errors.New("the database is damaged")
	ErrNewer          = errors.New("the database comes from a newer version of Beleg")
	ErrOutdated       = errors.New("the database comes from an older version of Beleg and has to be opened for writing once")
	ErrLocked         = errors.New("another process keeps the database locked")
	ErrReadOnly       = errors.New("the database is open for reading only")
	ErrFull           = errors.New("no space left for the database")
	ErrRunEnded       = errors.New("the run has ended already")
	ErrValue          = errors.New("not a value that can be stored")
	ErrUnitChanged    = errors.New("a series keeps its unit for as long as it has values; another unit needs a series of its own")
	ErrRenameConflict = errors.New("both the old and the new id of a renamed series have values")
)

// known translates the codes of https://www.sqlite.org/rescode.html that a user can do something about.
var known = map[int]error{
	sqlite3.SQLITE_NOTADB:   ErrNotDatabase,
	sqlite3.SQLITE_CORRUPT:  ErrCorrupt,
	sqlite3.SQLITE_BUSY:     ErrLocked,
	sqlite3.SQLITE_LOCKED:   ErrLocked,
	sqlite3.SQLITE_READONLY: ErrReadOnly,
	sqlite3.SQLITE_FULL:     ErrFull,
}

const primaryCode = 0xff // the lower byte of an extended result code

// failed says what was being done when err happened, and wraps the error of this package or of market that it amounts to.
// It is nil where err is.
func failed(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	doing := fmt.Sprintf(format, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: %w", doing, market.ErrNotFound)
	}
	var code *driver.Error
	if errors.As(err, &code) {
		if meaning, ok := known[code.Code()&primaryCode]; ok && !errors.Is(err, meaning) {
			return fmt.Errorf("%s: %w: %w", doing, meaning, err)
		}
		if code.Code()&primaryCode == sqlite3.SQLITE_INTERRUPT && !errors.Is(err, context.Canceled) {
			return fmt.Errorf("%s: %w: %w", doing, context.Canceled, err)
		}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// isBusy tells whether another process holds a lock that was needed.
func isBusy(err error) bool {
	var code *driver.Error
	return errors.As(err, &code) && errors.Is(known[code.Code()&primaryCode], ErrLocked)
}
