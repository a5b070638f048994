package web

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// generation is a number that changes whenever the store does, read at most once a second: rendered pages of an
// older generation are not served, and another process may write the database too.
type generation struct {
	store interface {
		Generation(ctx context.Context) (int64, error)
	}
	now func() time.Time

	mu    sync.Mutex
	value int64
	read  time.Time
}

const generationTTL = time.Second

func (g *generation) current(ctx context.Context) (int64, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	if !g.read.IsZero() && now.Sub(g.read) < generationTTL && !now.Before(g.read) {
		return g.value, nil
	}
	v, err := g.store.Generation(ctx)
	if err != nil {
		return 0, fmt.Errorf("ask the store for changes: %w", err)
	}
	g.value, g.read = v, now
	return v, nil
}
