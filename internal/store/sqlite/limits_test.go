package sqlite

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"beleg/internal/market"
)

func testBatch(days int) market.Batch {
	sp := market.SeriesPoints{Series: "a"}
	for day := range days {
		sp.Points = append(sp.Points, market.Point{Period: market.DayNumber(20_000 + day), Value: float64(day), Status: market.Final})
	}
	return market.Batch{Run: market.Run{Job: "j", Source: "s", Started: time.Unix(1, 0)}, Origin: market.Origin{Kind: market.FromImport},
		Points: []market.SeriesPoints{sp}}
}

// TestNoSpaceLeft lets the file grow no further: the batch is refused whole, and what was there can be read.
func TestNoSpaceLeft(t *testing.T) {
	now := time.Unix(1_770_000_000, 0)
	s := testStore(t, Config{}, &now)
	if _, err := s.CommitBatch(t.Context(), testBatch(3)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.main.writer.Exec("PRAGMA max_page_count = 1"); err != nil { // the size it has
		t.Fatal(err)
	}
	if _, err := s.CommitBatch(t.Context(), testBatch(2000)); !errors.Is(err, ErrFull) {
		t.Errorf("a batch beyond the space gave %v", err)
	}
	obs, err := s.Observations(t.Context(), "a", market.ObservationQuery{})
	if err != nil || len(obs) != 3 {
		t.Errorf("%d values, %v; want 3", len(obs), err)
	}
	if _, err := s.main.writer.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if run, err := s.CommitBatch(t.Context(), testBatch(2000)); err != nil || run.New != 1997 {
		t.Errorf("the batch once there is space: %+v, %v", run, err)
	}
}

// TestOverwrittenOriginsGo overwrites a provisional value many times a day: of the origins only those stay on which something rests.
func TestOverwrittenOriginsGo(t *testing.T) {
	now := time.Unix(1_770_000_000, 0).UTC().Truncate(24 * time.Hour)
	s := testStore(t, Config{}, &now)
	today := market.DayOf(now)
	for hour := range 24 {
		b := testBatch(0)
		b.Points[0].Points = []market.Point{{Period: today, Value: float64(hour), Status: market.Provisional}}
		if hour == 3 {
			b.Points[0].Points = append(b.Points[0].Points, market.Point{Period: today.AddDays(-1), Value: 1, Status: market.Final})
		}
		if hour == 5 {
			b.Points[0].Held = []market.Held{{Period: today.AddDays(1), Value: 1, Reason: "early"}}
		}
		if _, err := s.CommitBatch(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
	}
	var n int
	if err := s.main.reader.QueryRow("SELECT count(*) FROM origin").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n != 3 { // of yesterday's value, of what is held, of the last value of today
		t.Errorf("%d origins are left, want 3", n)
	}
}

func TestBackfillAfterIsASetting(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		late  time.Duration // after the period's end
		want  bool
	}{
		{0, 24 * time.Hour, false},
		{0, 24*time.Hour + time.Second, true},
		{72 * time.Hour, 72 * time.Hour, false},
		{72 * time.Hour, 72*time.Hour + time.Second, true},
	} {
		day := market.DayNumber(20_000)
		now := day.End().Add(c.late)
		s := testStore(t, Config{BackfillAfter: c.after}, &now)
		if _, err := s.CommitBatch(t.Context(), testBatch(1)); err != nil {
			t.Fatal(err)
		}
		obs, err := s.Observations(t.Context(), "a", market.ObservationQuery{})
		if err != nil || len(obs) != 1 || obs[0].Backfilled != c.want {
			t.Errorf("limit %s, recorded %s after the period: backfilled %v, want %v (%v)", c.after, c.late, !c.want, c.want, err)
		}
	}
}

// TestSimulatedStaysApart opens real data as simulated and the other way round.
func TestSimulatedStaysApart(t *testing.T) {
	for _, made := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "beleg.db")
		s, err := Open(t.Context(), Config{Path: path, Simulated: made})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err := Open(t.Context(), Config{Path: path, Simulated: !made}); !errors.Is(err, ErrSimulated) {
			t.Errorf("data with simulated = %v opened as the opposite: %v, %v", made, s, err)
		}
		s, err = Open(t.Context(), Config{Path: path, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if s.Simulated() != made {
			t.Errorf("data with simulated = %v reads as %v", made, s.Simulated())
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
