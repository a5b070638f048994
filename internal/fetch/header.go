package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"beleg/internal/market"
)

// retryAfter reads seconds or a date; 0 where there is none, it is malformed or past.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if d, ok := seconds(v); ok {
		return d
	}
	t, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return max(0, t.Sub(now))
}

// seconds reads a whole number of seconds; a very long time becomes the longest Duration.
func seconds(v string) (time.Duration, bool) {
	n, err := strconv.ParseUint(v, 10, 63)
	if err != nil {
		return 0, false
	}
	const most = uint64(1<<63-1) / uint64(time.Second)
	return time.Duration(min(n, most)) * time.Second, true
}

func validators(h http.Header, fallback market.Validators) market.Validators {
	v := market.Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
	if v == (market.Validators{}) {
		return fallback
	}
	return v
}

// expires follows Cache-Control's max-age, less the time the answer lay in caches, else Expires. Zero = not said.
func expires(h http.Header, now time.Time) time.Time {
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(name) {
		case "no-store", "no-cache":
			return time.Time{}
		case "max-age":
			if d, ok := seconds(strings.Trim(value, `"`)); ok {
				age, _ := seconds(h.Get("Age"))
				return now.Add(max(0, d-age))
			}
		}
	}
	t, err := http.ParseTime(h.Get("Expires"))
	if err != nil || !t.After(now) {
		return time.Time{}
	}
	return t
}
