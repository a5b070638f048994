package web

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"beleg/internal/chart"
	"beleg/internal/cite"
	"beleg/internal/market"
)

// tableRows is how many values the page's own table shows; the downloads hold all.
const tableRows = 60

type seriesPage struct {
	Series      market.Series
	Metric      market.Metric
	Subject     market.Subject
	Source      market.Source
	HasData     bool
	Latest      market.Observation
	Change      float64
	Compared    bool
	Stale       bool
	Fresh       market.Freshness
	Recorded    time.Time // when the newest value was recorded
	Chart       *drawing
	Range       string
	From, To    market.Period
	AsOf        market.Period
	Rebuilt     bool // drawn from values recorded after AsOf
	Rows        []market.Observation
	Shown       int // values in the chart
	Revisions   []market.Observation
	Held        []market.Held
	Origin      market.Origin
	Cited       []*cite.Cited
	CitingPosts []citing
	Said        *drawing
	Iframe      string
	Image       string
}

// citing is a post with the figures in it that cite a series.
type citing struct {
	Post    *cite.Post
	Figures []*cite.Cited
}

// ranges are the spans that a series page offers, by their parameter; 0 years and months is everything.
var ranges = []struct {
	Name          string
	Years, Months int
}{{"3m", 0, 3}, {"1y", 1, 0}, {"5y", 5, 0}, {"all", 0, 0}}

const defaultRange = "1y"

// Ranges are the names of the spans.
func (seriesPage) Ranges() []string {
	names := make([]string, len(ranges))
	for i, r := range ranges {
		names[i] = r.Name
	}
	return names
}

func (s *Server) series(r *request) (*document, error) {
	series, ok := s.Catalog.Series(r.id)
	if !ok {
		return nil, notFound("series", r.id)
	}
	p := seriesPage{Series: series}
	p.Metric, _ = s.Catalog.Metric(series.Metric)
	p.Subject, _ = s.Catalog.Subject(series.Subject)
	p.Source, _ = s.Catalog.Source(series.Source)
	if err := s.fillCited(r, &p); err != nil {
		return nil, err
	}
	obs, err := s.fillData(r, &p)
	if err != nil {
		return nil, err
	}
	v := view{Title: series.Name.In(r.lang), Description: p.Metric.Definition.In(r.lang), Index: true, Interactive: p.HasData, Data: &p}
	v.Lang = r.lang
	p.Iframe = iframe(r, series)
	p.Image = fmt.Sprintf(`<a href="%s/%s/series/%s"><img src="%s/embed/%s.svg?lang=%s" alt="%s" width="%d" height="%d"></a>`,
		r.base, r.lang, series.ID, r.base, series.ID, r.lang, escape(v.Title), chart.DefaultWidth, chart.DefaultHeight)
	if p.HasData && len(obs) > 0 {
		p.Chart, err = s.draw(r.ctx, s.seriesSpec(&v, &p, obs), true)
	} else if spec, ok := s.sayings(&v, "said", message(r.lang, "said.title"), p.Cited); ok {
		p.Said, err = s.draw(r.ctx, spec, false)
	}
	if err != nil {
		return nil, err
	}
	return s.page(r, http.StatusOK, "series.html", v)
}

func (s *Server) fillCited(r *request, p *seriesPage) error {
	lib, err := s.library(r.ctx)
	if err != nil {
		return err
	}
	p.Cited = firstOfTwins(lib.bySeries[p.Series.ID], r.lang)
	slices.SortFunc(p.Cited, newestFirst)
	for _, c := range p.Cited {
		if n := len(p.CitingPosts); n == 0 || p.CitingPosts[n-1].Post.Slug != c.Slug {
			p.CitingPosts = append(p.CitingPosts, citing{Post: lib.bySlug[c.Slug]})
		}
		last := &p.CitingPosts[len(p.CitingPosts)-1]
		last.Figures = append(last.Figures, c)
	}
	return nil
}

// fillData reads the series over the span asked for and everything that is said about it.
func (s *Server) fillData(r *request, p *seriesPage) ([]market.Observation, error) {
	fresh, err := s.freshness(r.ctx)
	if err != nil {
		return nil, err
	}
	p.Fresh = fresh[p.Series.ID]
	if err := p.span(r); err != nil {
		return nil, err
	}
	if p.Fresh.Count == 0 {
		return nil, nil
	}
	p.HasData = true
	p.Stale = p.AsOf.IsZero() && p.Series.Stale(p.Fresh, r.now)
	obs, rebuilt, err := s.vintage(r, p.Series.ID, market.ObservationQuery{From: p.From, To: p.To, AsOf: p.AsOf})
	if err != nil {
		return nil, err
	}
	p.Rebuilt, p.Shown = rebuilt, len(obs)
	if len(obs) == 0 {
		return nil, nil
	}
	p.Latest = obs[len(obs)-1]
	p.Change, p.Compared = changeOver(obs, changeDays)
	p.Rows = slices.Clone(obs[max(0, len(obs)-tableRows):])
	slices.Reverse(p.Rows)
	if p.Origin, err = s.Store.Origin(r.ctx, p.Latest.Origin); err != nil {
		return nil, fmt.Errorf("read the origin of %s: %w", p.Series.ID, err)
	}
	if p.Revisions, err = s.Store.Revisions(r.ctx, p.Series.ID, p.From, p.To); err != nil {
		return nil, fmt.Errorf("read revisions of %s: %w", p.Series.ID, err)
	}
	slices.Reverse(p.Revisions)
	p.Revisions = p.Revisions[:min(len(p.Revisions), tableRows)]
	if p.Held, err = s.Store.Quarantine(r.ctx, p.Series.ID, tableRows); err != nil {
		return nil, fmt.Errorf("read held values of %s: %w", p.Series.ID, err)
	}
	return obs, nil
}

// vintage reads what was known at a day. Where that is before anything was recorded, it reads the earliest vintage up
// to that day and says that the picture is rebuilt from it.
func (s *Server) vintage(r *request, series string, q market.ObservationQuery) ([]market.Observation, bool, error) {
	if q.AsOf.IsZero() {
		obs, err := s.Store.Observations(r.ctx, series, q)
		return obs, false, wrapRead(series, err)
	}
	earliest, err := s.Store.EarliestVintage(r.ctx, series)
	if err != nil {
		return nil, false, fmt.Errorf("read the earliest vintage of %s: %w", series, err)
	}
	if first := market.DayOf(earliest); q.AsOf.Before(first) {
		if q.To.IsZero() || q.AsOf.Before(q.To) {
			q.To = q.AsOf
		}
		q.AsOf = first
		obs, err := s.Store.Observations(r.ctx, series, q)
		return obs, true, wrapRead(series, err)
	}
	obs, err := s.Store.Observations(r.ctx, series, q)
	return obs, false, wrapRead(series, err)
}

func wrapRead(series string, err error) error {
	if err != nil {
		return fmt.Errorf("read %s: %w", series, err)
	}
	return nil
}

// span reads range, from, to and as_of.
func (p *seriesPage) span(r *request) error {
	var err error
	if p.From, err = r.period("from"); err != nil {
		return err
	}
	if p.To, err = r.period("to"); err != nil {
		return err
	}
	if p.AsOf, err = r.period("as_of"); err != nil {
		return err
	}
	if today := market.DayOf(r.now); today.Before(p.AsOf) {
		return badParameter("as_of", "%s lies in the future", p.AsOf)
	}
	if !p.To.IsZero() {
		p.To = p.To.LastDay()
		if p.To.Before(p.From) {
			return badParameter("to", "%s lies before from, %s", r.param("to"), r.param("from"))
		}
	}
	p.Range = r.param("range")
	if p.Range == "" && p.From.IsZero() && p.To.IsZero() {
		p.Range = defaultRange
	}
	if p.Range == "" {
		return nil
	}
	i := slices.Index(p.Ranges(), p.Range)
	if i < 0 {
		return badParameter("range", "%q is none of %v", p.Range, p.Ranges())
	}
	end := p.Fresh.Last
	if end.IsZero() {
		end = market.DayOf(r.now)
	}
	if step := ranges[i]; step.Years+step.Months > 0 {
		p.From = market.DayOf(end.Start().AddDate(-step.Years, -step.Months, 0))
	} else {
		p.From = market.Period{}
	}
	return nil
}

func (s *Server) seriesSpec(v *view, p *seriesPage, obs []market.Observation) chart.Spec {
	spec := chart.Spec{
		ID: "series-" + p.Series.ID, Kind: chart.Line, Title: v.Title, Lang: v.Lang,
		Series: []chart.Series{line(p.Series, p.Metric, v.Lang, obs)},
		Cited:  within(s.marks(v, p.Series, p.Cited), obs[0].Period, obs[len(obs)-1].Period),
		AsOf:   p.AsOf, Reconstructed: p.Rebuilt, Simulated: s.Simulated,
		Credit: p.Source.Attribution.In(v.Lang),
	}
	last := obs[len(obs)-1]
	spec.Desc = messagef(v.Lang, "chart.desc", v.Title, obs[0].Period, last.Period,
		formatValue(v.Lang, obs[0].Value, p.Series.Unit), formatValue(v.Lang, last.Value, p.Series.Unit))
	return spec
}

// within keeps the marks that lie inside a span.
func within(marks []chart.Mark, from, to market.Period) []chart.Mark {
	return slices.DeleteFunc(marks, func(m chart.Mark) bool {
		return m.Period.LastDay().Before(from) || to.Before(m.Period.FirstDay())
	})
}
