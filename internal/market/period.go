package market

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ErrPeriod is returned for a text that is no period.
var ErrPeriod = errors.New("not a period (want 2026, 2026-Q1, 2026-02 or 2026-02-10)")

// Granularity is how long a period is.
type Granularity uint8

// The granularities, longest last; the zero Granularity belongs to the absent Period.
const (
	Day Granularity = iota + 1
	Month
	Quarter
	Half
	Year
)

// Period is what a value or a figure is about: a day, month, quarter, half or year in UTC.
// The zero Period is "not stated". Periods are comparable with ==.
type Period struct {
	day  int32 // days since 1970-01-01 of the first day
	gran Granularity
}

const secondsPerDay = 24 * 60 * 60

// DayOf is the UTC day that t falls on.
func DayOf(t time.Time) Period {
	sec := t.Unix()
	day := sec / secondsPerDay
	if sec%secondsPerDay < 0 {
		day--
	}
	return Period{int32(day), Day}
}

// DayNumber is the day that lies n days after 1970-01-01.
func DayNumber(n int) Period { return Period{int32(n), Day} }

// NewPeriod is the period of that granularity that t falls into.
func NewPeriod(t time.Time, g Granularity) Period {
	t = t.UTC()
	y, m, _ := t.Date()
	switch g {
	case Month:
	case Quarter:
		m = (m-1)/3*3 + 1
	case Half:
		m = (m-1)/6*6 + 1
	case Year:
		m = 1
	default:
		return DayOf(t)
	}
	p := DayOf(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC))
	p.gran = g
	return p
}

// ParsePeriod reads "2026", "2026-H1", "2026-Q1", "2026-02" and "2026-02-10"; errors wrap ErrPeriod.
func ParsePeriod(s string) (Period, error) {
	bad := fmt.Errorf("%w: %q", ErrPeriod, s)
	year, rest, more := strings.Cut(s, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return Period{}, bad
	}
	at := func(m time.Month, g Granularity) (Period, error) {
		return NewPeriod(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC), g), nil
	}
	if !more {
		return at(time.January, Year)
	}
	if len(rest) == 2 && (rest[0] == 'Q' || rest[0] == 'H') {
		n, months, g := int(rest[1]-'0'), 3, Quarter
		if rest[0] == 'H' {
			months, g = 6, Half
		}
		if n < 1 || n > 12/months {
			return Period{}, bad
		}
		return at(time.Month((n-1)*months+1), g)
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return at(t.Month(), Month)
	}
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return DayOf(t), nil
	}
	return Period{}, bad
}

// MustPeriod is ParsePeriod for constants in code and tests.
func MustPeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

// IsZero tells whether the period is absent.
func (p Period) IsZero() bool { return p.gran == 0 }

// Granularity is the length of the period; 0 when absent.
func (p Period) Granularity() Granularity { return p.gran }

// Start is the first instant of the period, UTC.
func (p Period) Start() time.Time { return time.Unix(int64(p.day)*secondsPerDay, 0).UTC() }

// End is the first instant after the period, UTC.
func (p Period) End() time.Time {
	s := p.Start()
	switch p.gran {
	case Month:
		return s.AddDate(0, 1, 0)
	case Quarter:
		return s.AddDate(0, 3, 0)
	case Half:
		return s.AddDate(0, 6, 0)
	case Year:
		return s.AddDate(1, 0, 0)
	default:
		return s.AddDate(0, 0, 1)
	}
}

// FirstDay and LastDay are the days at both ends.
func (p Period) FirstDay() Period { return Period{p.day, Day} }

// LastDay is the last day that belongs to the period.
func (p Period) LastDay() Period { return DayOf(p.End().Add(-time.Second)) }

// Day is the number of the first day since 1970-01-01.
func (p Period) Day() int { return int(p.day) }

// AddDays moves a day by n days; other granularities become the day n days after their first.
func (p Period) AddDays(n int) Period { return Period{p.day + int32(n), Day} }

// Before tells whether p starts before q.
func (p Period) Before(q Period) bool { return p.day < q.day }

// Compare orders periods by start, then by length.
func (p Period) Compare(q Period) int {
	if p.day != q.day {
		return int(p.day) - int(q.day)
	}
	return int(p.gran) - int(q.gran)
}

// Contains tells whether the day that q starts on lies inside p.
func (p Period) Contains(q Period) bool {
	return q.day >= p.day && q.Start().Before(p.End())
}

// String is the form that ParsePeriod reads; "" when absent.
func (p Period) String() string {
	t := p.Start()
	switch p.gran {
	case Day:
		return t.Format("2006-01-02")
	case Month:
		return t.Format("2006-01")
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", t.Year(), (int(t.Month())-1)/3+1)
	case Half:
		return fmt.Sprintf("%04d-H%d", t.Year(), (int(t.Month())-1)/6+1)
	case Year:
		return fmt.Sprintf("%04d", t.Year())
	default:
		return ""
	}
}

// MarshalText is String.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText is ParsePeriod; an empty text is the absent period.
func (p *Period) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	v, err := ParsePeriod(string(b))
	if err != nil {
		return err
	}
	*p = v
	return nil
}
