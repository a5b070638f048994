package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// watcher is a connection that asks SQLite whether the file has changed: data_version counts the commits of all other
// connections, in this process and in others, and means something on one connection only.
type watcher struct {
	mu   sync.Mutex
	conn *sql.Conn
}

// Generation is a number that changes with every commit to the store, whoever makes it.
func (s *Store) Generation(ctx context.Context) (int64, error) {
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	if s.watch.conn == nil {
		conn, err := s.main.reader.Conn(ctx)
		if err != nil {
			return 0, failed(err, "open a connection to watch the store")
		}
		s.watch.conn = conn
	}
	var v int64
	if err := s.watch.conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v); err != nil {
		return 0, failed(err, "ask for the store's generation")
	}
	return v, nil
}

func (w *watcher) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn == nil {
		return nil
	}
	err := w.conn.Close()
	w.conn = nil
	return err
}
