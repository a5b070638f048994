package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"beleg/internal/store/sqlite/maindb"
)

// write runs do in one transaction of the main file. Cancelling ctx rolls it back; do's own context does not end, since
// watching it would cost a goroutine for each of thousands of statements.
func (s *Store) write(ctx context.Context, do func(ctx context.Context, q *maindb.Queries) error) error {
	return s.main.transact(ctx, func(ctx context.Context, tx *prepared) error {
		return do(ctx, maindb.New(tx))
	})
}

func (f *file) transact(ctx context.Context, do func(ctx context.Context, tx *prepared) error) error {
	if f.writer == nil {
		return ErrReadOnly
	}
	var tx *sql.Tx
	err := f.patiently(ctx, func() error {
		var err error
		tx, err = f.writer.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		return failed(err, "begin to write")
	}
	if err := do(context.WithoutCancel(ctx), &prepared{tx: tx, stmts: map[string]*sql.Stmt{}}); err != nil {
		return errors.Join(ended(ctx, err), rollback(tx))
	}
	return ended(ctx, failed(tx.Commit(), "commit"))
}

// ended gives the reason for which ctx was cancelled where that is why err happened.
func ended(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return failed(err, "roll back")
	}
	return nil
}

// prepared prepares each statement of a transaction once. The transaction closes the statements when it ends.
type prepared struct {
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
}

// PrepareContext gives the statement, prepared now or before.
func (p *prepared) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := p.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := p.tx.PrepareContext(ctx, query)
	if err == nil {
		p.stmts[query] = stmt
	}
	return stmt, err
}

// ExecContext runs a statement that gives no rows.
func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := p.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext runs a statement that gives rows.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := p.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext runs a statement that gives one row.
func (p *prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := p.PrepareContext(ctx, query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return p.tx.QueryRowContext(ctx, query, args...) // a Row cannot be made from an error; this one meets it again
	}
	return stmt.QueryRowContext(ctx, args...)
}

// view runs do on one state of the main file, whatever is written meanwhile.
func (s *Store) view(ctx context.Context, do func(q *maindb.Queries) error) error {
	return s.main.view(ctx, func(tx *sql.Tx) error { return do(s.read.WithTx(tx)) })
}

func (f *file) view(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := f.reader.BeginTx(ctx, nil)
	if err != nil {
		return failed(err, "begin to read")
	}
	return errors.Join(do(tx), rollback(tx))
}

// maybe takes the result of a query for one row, and says whether there was one.
func maybe[T any](row T, err error) (T, bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return row, false, nil
	}
	return row, err == nil, err
}
