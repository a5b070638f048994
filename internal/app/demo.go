package app

import (
	"maps"

	"beleg/internal/catalog"
	"beleg/internal/market"
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

// unpaced lifts the pace, which protects real upstreams only.
func unpaced(s sourceSettings) sourceSettings {
	s.pace = maps.Clone(s.pace)
	for id := range s.pace {
		s.pace[id] = 0
	}
	return s
}
