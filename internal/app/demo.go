package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"beleg/internal/catalog"
	"beleg/internal/collect"
	"beleg/internal/market"
	"beleg/internal/source/simulated"
	"beleg/internal/web"
)

// listingCatalog is the catalogue as pages and the collector see it.
type listingCatalog interface {
	web.Catalog
	Job(id string) (market.Job, bool)
}

// simulatedCatalog is the catalogue of the demonstration: no source is named as the origin of values that a generator
// made, and every job is due each minute, so that its work can be watched.
type simulatedCatalog struct{ *catalog.Catalog }

// demoSchedule is how often the demonstration collects.
const demoSchedule = "* * * * *"

func (c simulatedCatalog) Source(id string) (market.Source, bool) {
	src, ok := c.Catalog.Source(id)
	return simulatedSource(src), ok
}

func (c simulatedCatalog) Sources() []market.Source {
	all := c.Catalog.Sources()
	for i := range all {
		all[i] = simulatedSource(all[i])
	}
	return all
}

func (c simulatedCatalog) Jobs() []market.Job {
	all := c.Catalog.Jobs()
	for i := range all {
		all[i].Schedule = demoSchedule
	}
	return all
}

func simulatedSource(src market.Source) market.Source {
	src.Name = "Generator (simulated)"
	src.URL, src.LicenseURL = "", ""
	src.License = "simulated"
	src.Attribution = market.Text{DE: "Simuliert: ein Generator, keine Quelle.", EN: "Simulated: a generator, no source."}
	src.Methodology = market.Text{
		DE: "Ein Generator mit festem Startwert antwortet wie eine Quelle. Er ändert manchmal vergangene Werte, liefert Unsinn und fällt aus, damit zu sehen ist, wie Beleg damit umgeht.",
		EN: "A generator with a fixed seed answers like a source. Now and then it changes past values, answers nonsense and fails, so that it can be seen what Beleg makes of it.",
	}
	return src
}

// simulate puts the generator in the place of the network. Its first days are collected before now, so that what time
// does to data can be seen from the start.
func (h *house) simulate(s sourceSettings) sourceSettings {
	h.listing = simulatedCatalog{h.built}
	h.rehearsal = newRehearsal(h.env.Now)
	h.collectNow = h.rehearsal.Now
	h.transport = simulated.New(simulated.Options{Now: h.collectNow, FailAfter: rehearsed, FailFor: demoFailure}).Transport()
	return toGenerator(s)
}

const (
	rehearsed     = 10 * 24 * time.Hour // how long before now the demonstration begins to collect
	rehearsalStep = 24 * time.Hour
	demoFailure   = 15 * time.Minute // how long after the start one path of the generator goes on failing
)

// rehearsal is the clock of the demonstration's collector: it begins some days ago and jumps from collection to
// collection until it has come up with the real one.
type rehearsal struct {
	real func() time.Time
	mu   sync.Mutex
	at   time.Time // zero once it is over
}

func newRehearsal(real func() time.Time) *rehearsal {
	return &rehearsal{real: real, at: real().Add(-rehearsed)}
}

// Now is the time that the collector takes it to be.
func (r *rehearsal) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at.IsZero() {
		return r.real()
	}
	return r.at
}

// advance goes to the next collection; false once that is now.
func (r *rehearsal) advance() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at = r.at.Add(rehearsalStep); r.at.Before(r.real()) {
		return true
	}
	r.at = time.Time{}
	return false
}

func (r *rehearsal) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = time.Time{}
}

// run collects from the beginning of the rehearsal up to now. Nothing is rehearsed without one, and where the
// demonstration has collected before.
func (r *rehearsal) run(ctx context.Context, c *collect.Collector) error {
	if r == nil {
		return nil
	}
	states, err := c.Store.JobStates(ctx)
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("read job states: %w", err)
	}
	if len(states) > 0 {
		r.end()
	}
	for more := len(states) == 0; more && ctx.Err() == nil; more = r.advance() {
		jobs, err := c.Due(ctx)
		if err != nil && ctx.Err() == nil {
			return err
		}
		// Failures are part of the show; they stand in the runs.
		_, _ = c.Run(ctx, jobs, collect.Options{})
	}
	return nil
}

// generatorURL is where simulated values say they come from: an address that cannot exist (RFC 6761).
const generatorURL = "https://generator.invalid"

// toGenerator sends every request to the generator, as fast as it answers.
func toGenerator(s sourceSettings) sourceSettings {
	to := sourceSettings{hosts: map[string]map[string]string{}, pace: map[string]float64{}}
	for source, hosts := range s.hosts {
		to.hosts[source] = map[string]string{}
		for name := range hosts {
			to.hosts[source][name] = generatorURL
		}
	}
	return to
}
