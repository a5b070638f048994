package fake

import (
	"math"
	"slices"
	"strings"
	"time"

	"beleg/internal/market"
)

const day = 24 * time.Hour

// past are a series' points up to now.
func (u *Upstream) past(k Key, now time.Time) []Point {
	ps := u.data.Points(k, now)
	n := len(ps)
	for n > 0 && ps[n-1].At.After(now) {
		n--
	}
	return ps[:n]
}

// level is what a series that ends with ps stands at now. On the day of the last point it is on its way to the
// next day's value, as far as the data knows that.
func (u *Upstream) level(k Key, ps []Point, now time.Time) float64 {
	last := ps[len(ps)-1]
	passed := now.Sub(last.At)
	if passed < 0 || passed >= day {
		return last.Value
	}
	for _, next := range u.data.Points(k, now) {
		if next.At.After(now) && next.At.Sub(last.At) <= day {
			return last.Value + (next.Value-last.Value)*float64(passed)/float64(next.At.Sub(last.At))
		}
	}
	return last.Value
}

// current adds the present to a history that has reached today: a further point at the current hour. A history
// that stopped earlier stays as it is.
func (u *Upstream) current(k Key, now time.Time) []Point {
	ps := u.past(k, now)
	if len(ps) == 0 || market.DayOf(ps[len(ps)-1].At) != market.DayOf(now) {
		return ps
	}
	at := now.UTC().Truncate(time.Hour)
	if p := ps[len(ps)-1]; !at.After(p.At) {
		at = p.At
		ps = ps[:len(ps)-1]
	}
	return append(slices.Clone(ps), Point{at, u.level(k, u.past(k, now), now)})
}

// Of yesterday's volume and fees this part is missing until that hour.
const (
	lateHour = 12
	lateLack = 0.09
)

// flow are a series' days up to yesterday.
func (u *Upstream) flow(k Key, now time.Time) []Point {
	ps := slices.Clone(u.data.Points(k, now))
	today := market.DayOf(now)
	n := len(ps)
	for n > 0 && !market.DayOf(ps[n-1].At).Before(today) {
		n--
	}
	ps = ps[:n]
	if n > 0 && now.UTC().Hour() < lateHour && market.DayOf(ps[n-1].At) == today.AddDays(-1) {
		ps[n-1].Value *= 1 - lateLack
	}
	return ps
}

// oldNames are labels of chains with the names that protocol and protocols still use.
var oldNames = map[string]string{
	"BSC":        "Binance",
	"Gnosis":     "xDai",
	"Kaia":       "Klaytn",
	"MultiversX": "Elrond",
	"OP Mainnet": "Optimism",
	"XRPL":       "Ripple",
}

func oldName(part string) string {
	label, rest, cut := strings.Cut(part, "-")
	if old, ok := oldNames[label]; ok {
		label = old
	}
	if cut {
		return label + "-" + rest
	}
	return label
}

// entity finds one by name, upper and lower case alike.
func (u *Upstream) entity(k Kind, name string) (Entity, bool) {
	for _, e := range u.data.Entities(k) {
		if strings.EqualFold(e.Name, name) {
			return e, true
		}
	}
	return Entity{}, false
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// rounded is the value as elements before the last state it.
func rounded(v float64) float64 { return math.Round(v) }

// cents is the value as the last element states it.
func cents(v float64) float64 { return math.Round(v*100) / 100 }
