package market

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParsePeriod(t *testing.T) {
	tests := []struct{ in, first, last string }{
		{"2026", "2026-01-01", "2026-12-31"},
		{"2025-H2", "2025-07-01", "2025-12-31"},
		{"2025-Q3", "2025-07-01", "2025-09-30"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2026-02-10", "2026-02-10", "2026-02-10"},
		{"1969-12-31", "1969-12-31", "1969-12-31"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			p, err := ParsePeriod(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if p.String() != tt.in || p.FirstDay().String() != tt.first || p.LastDay().String() != tt.last {
				t.Errorf("%s from %s to %s, want %s from %s to %s", p, p.FirstDay(), p.LastDay(), tt.in, tt.first, tt.last)
			}
			if !p.Contains(p.FirstDay()) || !p.Contains(p.LastDay()) || p.Contains(p.LastDay().AddDays(1)) || p.Contains(p.FirstDay().AddDays(-1)) {
				t.Error("the period does not contain just its own days")
			}
		})
	}
}

func TestParsePeriodRefusals(t *testing.T) {
	for _, in := range []string{"", "26", "2026-", "2026-13", "2026-00", "2026-02-30", "2026-Q5", "2026-Q0", "2026-H3", "2026-q1", "10.02.2026", "2026-2", "2026-02-10T00:00", "-2026"} {
		if p, err := ParsePeriod(in); !errors.Is(err, ErrPeriod) || !p.IsZero() {
			t.Errorf("%q: %v, %v; want ErrPeriod", in, p, err)
		}
	}
}

// Writing a period and reading it back gives the same period, and each instant falls into the period made from it.
func TestPeriodLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-2e9, 4e9).Draw(t, "at"), 0)
		p := NewPeriod(at, Granularity(rapid.IntRange(int(Day), int(Year)).Draw(t, "granularity")))
		back, err := ParsePeriod(p.String())
		if err != nil || back != p {
			t.Fatalf("%s reads back as %s, %v", p, back, err)
		}
		if at.Before(p.Start()) || !at.Before(p.End()) {
			t.Fatalf("%s is not in %s", at.UTC(), p)
		}
		if next := NewPeriod(p.End(), p.Granularity()); !p.Before(next) || next.Start() != p.End() {
			t.Fatalf("%s does not follow %s", next, p)
		}
	})
}

func TestPeriodInJSON(t *testing.T) {
	type holder struct {
		P Period `json:"p,omitzero"`
	}
	for _, tt := range []struct {
		in   holder
		want string
	}{{holder{MustPeriod("2025-Q3")}, `{"p":"2025-Q3"}`}, {holder{}, `{}`}} {
		b, err := json.Marshal(tt.in)
		if err != nil || string(b) != tt.want {
			t.Errorf("%s, %v; want %s", b, err, tt.want)
		}
		var back holder
		if err := json.Unmarshal(b, &back); err != nil || back != tt.in {
			t.Errorf("%s reads back as %v, %v", b, back, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"p":"soon"}`), &holder{}); !errors.Is(err, ErrPeriod) {
		t.Errorf("error %v, want ErrPeriod", err)
	}
}

func TestStale(t *testing.T) {
	s := Series{StaleAfter: 36 * time.Hour}
	f := Freshness{Last: MustPeriod("2026-02-10"), Count: 5}
	end := MustPeriod("2026-02-10").End()
	for _, tt := range []struct {
		name string
		s    Series
		f    Freshness
		now  time.Time
		want bool
	}{
		{"in time", s, f, end.Add(36 * time.Hour), false},
		{"late", s, f, end.Add(36*time.Hour + time.Second), true},
		{"without values", s, Freshness{}, end.AddDate(1, 0, 0), false},
		{"without a limit", Series{}, f, end.AddDate(1, 0, 0), false},
	} {
		if got := tt.s.Stale(tt.f, tt.now); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestValidSeriesID(t *testing.T) {
	for id, want := range map[string]bool{"lido-tvl": true, "usdt2-supply": true, "": false, "a.b": false, "A": false, "-a": false, "a-": false, "a--b": false, "ä": false, "a b": false} {
		if got := ValidSeriesID(id); got != want {
			t.Errorf("%q: %v", id, got)
		}
	}
}
