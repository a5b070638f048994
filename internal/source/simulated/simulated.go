// Package simulated is an upstream that makes its figures up, for demonstrations: DefiLlama's endpoints, answered in the
// process from a seeded generator. The same seed gives the same figures on the same day.
//
// So that everything Beleg does can be seen, the upstream misbehaves like a real one: a past value is restated now and then, an
// absurd value turns up and is mended days later, one path fails for a while, and one series stops.
package simulated

import (
	"net/http"
	"time"

	"beleg/internal/source/defillama/fake"
)

// Defaults of Options.
const (
	DefaultDays        = 5 * 365
	DefaultFailFor     = 10 * time.Minute
	DefaultFailingPath = "/overview/fees"
	DefaultStoppedFor  = 5 * 24 * time.Hour
)

// Options say what is made up. The zero Options simulate the default catalogue's series.
type Options struct {
	Seed    uint64
	Now     func() time.Time // default time.Now
	Days    int              // length of the history; default five years
	Entries []Entry          // default Default()

	FailAfter   time.Duration // how long after New the failing path begins to fail; default at once
	FailFor     time.Duration // how long it goes on failing; default 10 min, negative = not at all
	FailingPath string        // default "/overview/fees"
	StoppedFor  time.Duration // how long before New the stopping series stopped; default 5 days
}

// Upstream answers. It is safe for concurrent use.
type Upstream struct {
	fake  *fake.Upstream
	now   func() time.Time
	fails string
	from  time.Time // of the failure
	until time.Time
}

// New makes an upstream whose history ends now and goes on with the clock.
func New(o Options) *Upstream {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Days <= 0 {
		o.Days = DefaultDays
	}
	if o.Entries == nil {
		o.Entries = Default()
	}
	if o.FailFor == 0 {
		o.FailFor = DefaultFailFor
	}
	if o.FailingPath == "" {
		o.FailingPath = DefaultFailingPath
	}
	if o.StoppedFor <= 0 {
		o.StoppedFor = DefaultStoppedFor
	}
	start := o.Now()
	w := newWorld(o.Seed, o.Entries, start.AddDate(0, 0, -o.Days), start.Add(-o.StoppedFor))
	from := start.Add(o.FailAfter)
	return &Upstream{fake: fake.New(fake.Options{Data: w, Now: o.Now}), now: o.Now, fails: o.FailingPath, from: from, until: from.Add(o.FailFor)}
}

// ServeHTTP answers like the upstream, or fails.
func (u *Upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if now := u.now(); r.URL.Path == u.fails && !now.Before(u.from) && now.Before(u.until) {
		http.Error(w, "Internal Error", http.StatusInternalServerError)
		return
	}
	u.fake.ServeHTTP(w, r)
}

// Transport answers in the process, whatever host is asked; give it to fetch.Config.
func (u *Upstream) Transport() http.RoundTripper { return fake.Transport(u) }
