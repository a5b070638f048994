// Package link says what figures are about: it ties each figure of a post to a subject and a metric of the catalogue
// and, where a series measures just that, to the series.
//
// A link rests on the words around the figure: names of subjects and words for metrics in its clause, its sentence,
// the sentences before it, the heading and the title. What a metric cannot be stated in, and what it is not measured
// of, is ruled out first. The confidence of a link is the product of two pieces of evidence, each 0 to 1: how surely
// the subject is meant and how surely the metric is. Below the threshold a figure stays unlinked; writers can pin a
// link, which wins over all of it.
package link

import (
	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/market"
)

// Config holds the limits of linking. Zero fields take the defaults.
type Config struct {
	SubjectThreshold float64 // least evidence for naming a subject; default 0.62
	MetricThreshold  float64 // least evidence for naming a metric; default 0.5
	Threshold        float64 // least confidence for tying a figure to a series; default 0.45
	Reach            int     // sentences back in a paragraph from which a subject or metric is carried on; default 3
}

const (
	defaultSubjectThreshold = 0.62
	defaultMetricThreshold  = 0.5
	defaultThreshold        = 0.45
	defaultReach            = 3
)

// PostContext is what a post says of itself. Defaults are the front matter's beleg keys; they hold for every figure
// whose text does not say otherwise.
type PostContext struct {
	Title     string
	Defaults  map[string]string
	Published market.Period
}

// Linker links figures by one catalogue. It is immutable and safe for concurrent use.
type Linker struct {
	cfg      Config
	catalog  *catalog.Catalog
	subjects []market.Subject
	metrics  []market.Metric
	byID     map[string]int // index of a subject by id
	lexicon  *lexicon
}

// New prepares a linker for a catalogue.
func New(c *catalog.Catalog, cfg Config) *Linker {
	if cfg.SubjectThreshold == 0 {
		cfg.SubjectThreshold = defaultSubjectThreshold
	}
	if cfg.MetricThreshold == 0 {
		cfg.MetricThreshold = defaultMetricThreshold
	}
	if cfg.Threshold == 0 {
		cfg.Threshold = defaultThreshold
	}
	if cfg.Reach == 0 {
		cfg.Reach = defaultReach
	}
	l := &Linker{cfg: cfg, catalog: c, subjects: c.Subjects(), metrics: c.Metrics()}
	l.byID = make(map[string]int, len(l.subjects))
	for i, s := range l.subjects {
		l.byID[s.ID] = i
	}
	l.lexicon = newCatalogueLexicon(l.subjects, l.metrics)
	return l
}

// passes is how often the figures are gone through: the second time what is said of an amount further down is known.
const passes = 2

// Link gives one link per figure, in the same order. A figure about which nothing is sure enough gets a link that
// names only itself; a damaged run always does. The figures are not changed.
func (l *Linker) Link(t *cite.Text, figs []cite.Figure, post PostContext) []cite.Link {
	links := make([]cite.Link, len(figs))
	if len(figs) == 0 {
		return links
	}
	s := l.read(t, figs, post.Title)
	for range passes {
		s.last = map[lastKey]int{}
		for i := range figs {
			links[i] = l.decide(s, i)
		}
	}
	s.foretell()
	pins := Pins(t, figs)
	for i := range figs {
		l.tie(&links[i], s, i, post.Published)
		l.pin(&links[i], &figs[i], pins[i], post.Defaults)
	}
	return links
}
