package sqlite

import (
	"math"
	"time"

	"beleg/internal/market"
)

// A period is one integer: the number of its first day times eight plus its granularity.
const (
	granularityBits = 3
	granularityMask = 1<<granularityBits - 1

	firstKey = math.MinInt64
	lastKey  = math.MaxInt64
)

func periodKey(p market.Period) int64 {
	return int64(p.Day())<<granularityBits | int64(p.Granularity())
}

func keyPeriod(key int64) market.Period {
	day := market.DayNumber(int(key >> granularityBits))
	g := market.Granularity(key & granularityMask)
	if g == market.Day {
		return day
	}
	return market.NewPeriod(day.Start(), g)
}

// keyRange is the range of keys of the periods that begin between the first day of from and the last of to; a zero period leaves its end open.
func keyRange(from, to market.Period) (first, last int64) {
	first, last = firstKey, lastKey
	if !from.IsZero() {
		first = int64(from.Day()) << granularityBits
	}
	if !to.IsZero() {
		last = int64(to.LastDay().Day())<<granularityBits | granularityMask
	}
	return first, last
}

// optionalPeriod is the key of a period that may be absent.
func optionalPeriod(p market.Period) *int64 {
	if p.IsZero() {
		return nil
	}
	key := periodKey(p)
	return &key
}

func periodOf(key *int64) market.Period {
	if key == nil {
		return market.Period{}
	}
	return keyPeriod(*key)
}

// seconds is a time as it is stored; the zero time is 0.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func instant(sec int64) time.Time {
	if sec == 0 {
		return time.Time{}
	}
	return time.Unix(sec, 0).UTC()
}

func optionalInstant(sec *int64) time.Time {
	if sec == nil {
		return time.Time{}
	}
	return time.Unix(*sec, 0).UTC()
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// most is a limit as SQL wants it: -1 for none.
func most(limit int) int64 {
	if limit <= 0 {
		return -1
	}
	return int64(limit)
}
