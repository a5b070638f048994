// Package catalog reads the catalogue – sectors, subjects, metrics, sources, series and jobs – from YAML files,
// checks it as a whole and answers look-ups in it.
package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"beleg/data"
	"beleg/internal/market"
)

// Catalog is a valid catalogue. It is immutable and safe for concurrent use; slices that it returns belong to the
// caller, what their elements point to does not.
type Catalog struct {
	sectors  table[market.Sector]
	subjects table[market.Subject]
	metrics  table[market.Metric]
	sources  table[market.Source]
	series   table[market.Series]
	jobs     table[market.Job]
	feeds    map[string]string // series id → id of the job that feeds it
}

// Error is one thing that is wrong with a catalogue. Line is 0 where the fault lies in no single line;
// Field is the key at fault, "" for a whole entry.
type Error struct {
	File  string
	Line  int
	Field string
	Msg   string
}

// Error is "file:line: field: message", without the parts that are absent.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Field != "" {
		b.WriteString(": " + e.Field)
	}
	b.WriteString(": " + e.Msg)
	return b.String()
}

// ErrEmpty is returned for a directory without a catalogue file.
var ErrEmpty = errors.New("no *.yaml files")

// Open reads the catalogue of a directory, or the built-in one where dir is "". An own directory replaces the
// built-in catalogue as a whole. Errors are those of Load.
func Open(dir string) (*Catalog, error) {
	if dir != "" {
		c, err := Load(os.DirFS(dir))
		if err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", dir, err)
		}
		return c, nil
	}
	fsys, err := fs.Sub(data.Catalog, "catalog")
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	c, err := Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("built-in catalogue: %w", err)
	}
	return c, nil
}

// Load reads all *.yaml files at the root of fsys as one catalogue: any file may hold any of the lists sectors,
// subjects, metrics, sources, series and jobs. What is wrong with it comes back at once, as *Error values joined;
// a directory without such files gives ErrEmpty.
func Load(fsys fs.FS) (*Catalog, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list catalogue files: %w", err)
	}
	if len(names) == 0 {
		return nil, ErrEmpty
	}
	slices.Sort(names)
	var d draft
	for _, name := range names {
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read catalogue file: %w", err)
		}
		d.read(path.Base(name), body)
	}
	d.check()
	if err := d.errs.join(); err != nil {
		return nil, err
	}
	return d.catalog(), nil
}

// Sectors are all sectors in the order of the catalogue.
func (c *Catalog) Sectors() []market.Sector { return slices.Clone(c.sectors.all) }

// Subjects are all subjects in the order of the catalogue.
func (c *Catalog) Subjects() []market.Subject { return slices.Clone(c.subjects.all) }

// Metrics are all metrics in the order of the catalogue.
func (c *Catalog) Metrics() []market.Metric { return slices.Clone(c.metrics.all) }

// Sources are all sources in the order of the catalogue.
func (c *Catalog) Sources() []market.Source { return slices.Clone(c.sources.all) }

// AllSeries are all series, retired ones included, in the order of the catalogue.
func (c *Catalog) AllSeries() []market.Series { return slices.Clone(c.series.all) }

// Jobs are all jobs in the order of the catalogue.
func (c *Catalog) Jobs() []market.Job { return slices.Clone(c.jobs.all) }

// Sector finds a sector by its id.
func (c *Catalog) Sector(id string) (market.Sector, bool) { return c.sectors.get(id) }

// Subject finds a subject by its id.
func (c *Catalog) Subject(id string) (market.Subject, bool) { return c.subjects.get(id) }

// Metric finds a metric by its id.
func (c *Catalog) Metric(id string) (market.Metric, bool) { return c.metrics.get(id) }

// Source finds a source by its id.
func (c *Catalog) Source(id string) (market.Source, bool) { return c.sources.get(id) }

// Series finds a series by its id, or by an id that it once had.
func (c *Catalog) Series(id string) (market.Series, bool) { return c.series.get(id) }

// Job finds a job by its id.
func (c *Catalog) Job(id string) (market.Job, bool) { return c.jobs.get(id) }

// JobOf finds the job that feeds a series; a series that is only imported has none.
func (c *Catalog) JobOf(series string) (market.Job, bool) {
	s, ok := c.Series(series)
	if !ok {
		return market.Job{}, false
	}
	return c.Job(c.feeds[s.ID])
}

// SeriesOf are the series of the subjects of a sector, retired ones left out: the sector's key series first, then
// the others in the order of the catalogue.
func (c *Catalog) SeriesOf(sector string) []market.Series {
	s, ok := c.Sector(sector)
	if !ok {
		return nil
	}
	var out []market.Series
	for _, id := range s.Key {
		if v, ok := c.Series(id); ok && !v.Retired {
			out = append(out, v)
		}
	}
	for _, v := range c.series.all {
		subject, _ := c.Subject(v.Subject)
		if subject.Sector == sector && !v.Retired && !slices.Contains(s.Key, v.ID) {
			out = append(out, v)
		}
	}
	return out
}

// SeriesFor are the series that a figure about that metric of that subject may mean, retired ones left out:
// those whose own metric it is first, then those that answer it.
func (c *Catalog) SeriesFor(subject, metric string) []market.Series {
	var own, answering []market.Series
	for _, s := range c.series.all {
		switch {
		case s.Subject != subject || s.Retired:
		case s.Metric == metric:
			own = append(own, s)
		case slices.Contains(s.Answers, metric):
			answering = append(answering, s)
		}
	}
	return append(own, answering...)
}

// table is a list with an index by id and by former id.
type table[T any] struct {
	all []T
	at  map[string]int
}

func (t *table[T]) add(v T, ids ...string) {
	if t.at == nil {
		t.at = make(map[string]int)
	}
	for _, id := range ids {
		t.at[id] = len(t.all)
	}
	t.all = append(t.all, v)
}

func (t *table[T]) get(id string) (T, bool) {
	i, ok := t.at[id]
	if !ok {
		var none T
		return none, false
	}
	return t.all[i], true
}
