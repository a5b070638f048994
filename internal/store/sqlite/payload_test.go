package sqlite

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/market"
)

// testStore is a store whose clock is *now.
func testStore(t testing.TB, cfg Config, now *time.Time) *Store {
	t.Helper()
	if cfg.Path == "" {
		cfg.Path = filepath.Join(t.TempDir(), "beleg.db")
	}
	cfg.Now = func() time.Time { return *now }
	s, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.SyncSeries(t.Context(), []market.Series{{ID: "a"}, {ID: "b"}}); err != nil {
		t.Fatal(err)
	}
	return s
}

func testPayload(now time.Time, url, body string) market.Payload {
	return market.Payload{URL: url, SHA256: hash([]byte(body)), FetchedAt: now, Body: []byte(body)}
}

// chains gives each payload's place, in the order of their arrival.
func chains(t *testing.T, s *Store) []string {
	t.Helper()
	rows, err := s.payloads.reader.Query("SELECT chain, place, ifnull(base, 0), body IS NULL FROM payload ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var chain, place, base int
		var expired bool
		if err := rows.Scan(&chain, &place, &base, &expired); err != nil {
			t.Fatal(err)
		}
		one := fmt.Sprintf("%d/%d<%d", chain, place, base)
		if expired {
			one = "expired"
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPayloadChains(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  Config
		step time.Duration
		n    int
		want []string // chain/place<base
	}{
		{"EveryFifth", Config{PayloadFullEvery: 5}, time.Hour, 7, []string{"1/0<0", "1/1<1", "1/2<1", "1/3<3", "1/4<1", "6/0<0", "6/1<6"}},
		{"EveryOne", Config{PayloadFullEvery: 1}, time.Hour, 3, []string{"1/0<0", "2/0<0", "3/0<0"}},
		{"AfterTwoDays", Config{PayloadFullAfter: 48 * time.Hour}, 24 * time.Hour, 4, []string{"1/0<0", "1/1<1", "3/0<0", "3/1<3"}},
		{"TooLarge", Config{PayloadDeltaMax: 4}, time.Hour, 2, []string{"1/0<0", "2/0<0"}},
		{"JustNotTooLarge", Config{PayloadDeltaMax: 5}, time.Hour, 2, []string{"1/0<0", "1/1<1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := time.Unix(1_770_000_000, 0)
			s := testStore(t, c.cfg, &now)
			for i := range c.n {
				if _, err := s.keepPayload(t.Context(), testPayload(now, "u", fmt.Sprintf("body%d", i))); err != nil {
					t.Fatal(err)
				}
				now = now.Add(c.step)
			}
			if diff := cmp.Diff(c.want, chains(t, s)); diff != "" {
				t.Errorf("chains (-want +got):\n%s", diff)
			}
			for i := range c.n {
				body := fmt.Sprintf("body%d", i)
				if p, err := s.Payload(t.Context(), hash([]byte(body))); err != nil || string(p.Body) != body {
					t.Errorf("payload %d: %q, %v", i, p.Body, err)
				}
			}
		})
	}
}

// TestExpiryKeepsWhatIsNeeded expires while a younger answer builds on older ones, and once it does no longer.
func TestExpiryKeepsWhatIsNeeded(t *testing.T) {
	now := time.Unix(1_770_000_000, 0)
	s := testStore(t, Config{PayloadKeep: 10 * 24 * time.Hour, PayloadFullAfter: 4 * 24 * time.Hour}, &now)
	for i := range 6 { // two chains, of days 0–3 and 4–5
		if _, err := s.keepPayload(t.Context(), testPayload(now, "u", fmt.Sprintf("body%d", i))); err != nil {
			t.Fatal(err)
		}
		now = now.Add(24 * time.Hour)
	}
	for _, c := range []struct {
		day     int
		expired int
		want    []string
	}{
		{12, 0, []string{"1/0<0", "1/1<1", "1/2<1", "1/3<3", "5/0<0", "5/1<5"}},
		{13, 0, []string{"1/0<0", "1/1<1", "1/2<1", "1/3<3", "5/0<0", "5/1<5"}}, // exactly ten days after the last of the first chain
		{14, 4, []string{"expired", "expired", "expired", "expired", "5/0<0", "5/1<5"}},
		{16, 2, []string{"expired", "expired", "expired", "expired", "expired", "expired"}},
	} {
		now = time.Unix(1_770_000_000, 0).AddDate(0, 0, c.day)
		n, err := s.ExpirePayloads(t.Context())
		if err != nil || n != c.expired {
			t.Errorf("day %d: %d expired, %v; want %d", c.day, n, err, c.expired)
		}
		if diff := cmp.Diff(c.want, chains(t, s)); diff != "" {
			t.Errorf("day %d (-want +got):\n%s", c.day, diff)
		}
	}
}

func TestPayloadsKeptForEver(t *testing.T) {
	now := time.Unix(1_770_000_000, 0)
	s := testStore(t, Config{PayloadKeep: -1}, &now)
	p := testPayload(now, "u", "body")
	if _, err := s.keepPayload(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(50, 0, 0)
	if n, err := s.ExpirePayloads(t.Context()); n != 0 || err != nil {
		t.Errorf("%d expired, %v", n, err)
	}
	if got, err := s.Payload(t.Context(), p.SHA256); err != nil || !bytes.Equal(got.Body, p.Body) {
		t.Errorf("payload: %v", err)
	}
}
