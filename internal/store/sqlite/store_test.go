package sqlite_test

import (
	"path/filepath"
	"testing"

	"beleg/internal/store/sqlite"
	"beleg/internal/store/storetest"
)

var _ storetest.Store = (*sqlite.Store)(nil)

func open(t testing.TB, dir string, clock *storetest.Clock) storetest.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Config{Path: filepath.Join(dir, "beleg.db"), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) { storetest.Run(t, open) }
