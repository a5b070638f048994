package web

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"time"

	"beleg/internal/chart"
	"beleg/internal/check"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// sparkDays is how much of a series the small charts show, and what the change on a card refers to.
const (
	sparkDays  = 90
	changeDays = 30
)

type dashboard struct {
	Sectors []sectorView
	Posts   []postRow
	Figures int
	Demo    bool // the posts are the bundled ones
}

// sectorView is a sector with its series and what posts say about the rest of it.
type sectorView struct {
	ID, Name, Summary string
	Cards             []card
	Said              []saying // cited levels of subjects without a series
	More              int      // sayings left out
	Chart             *drawing
}

// card is one series at a glance.
type card struct {
	ID, Name string
	Unit     unit.Unit
	HasData  bool
	Value    float64
	Period   market.Period
	Change   float64 // over changeDays, relative
	Compared bool    // Change is known
	Spark    template.HTML
	Recorded time.Time
	Stale    bool
	Cited    int
	Held     int
}

// saying is a figure as a list of "what posts say" shows it.
type saying struct {
	*cite.Cited
	Subject, Metric string
}

func (s *Server) dashboard(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	fresh, err := s.freshness(r.ctx)
	if err != nil {
		return nil, err
	}
	d := dashboard{Posts: s.postRows(lib)}
	for _, row := range d.Posts {
		d.Figures += row.Summary.Figures
		d.Demo = d.Demo || row.Post.Demonstration
	}
	for _, sector := range s.Catalog.Sectors() {
		sv, err := s.sectorView(r, lib, fresh, sector, dashboardCards, dashboardSayings)
		if err != nil {
			return nil, err
		}
		if len(sv.Cards)+len(sv.Said) > 0 {
			d.Sectors = append(d.Sectors, sv)
		}
	}
	return s.page(r, http.StatusOK, "dashboard.html", view{Title: "Beleg", Description: message(r.lang, "site.description"), Index: true, Data: d})
}

// How much of a sector the first page shows.
const (
	dashboardCards   = 5
	dashboardSayings = 4
	sectorSayings    = 60
)

func (s *Server) sector(r *request) (*document, error) {
	sectors := s.Catalog.Sectors()
	i := slices.IndexFunc(sectors, func(x market.Sector) bool { return x.ID == r.id })
	if i < 0 {
		return nil, notFound("sector", r.id)
	}
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	fresh, err := s.freshness(r.ctx)
	if err != nil {
		return nil, err
	}
	sv, err := s.sectorView(r, lib, fresh, sectors[i], len(s.Catalog.AllSeries()), sectorSayings)
	if err != nil {
		return nil, err
	}
	v := view{Title: sv.Name, Description: sv.Summary, Index: true, Data: &sv}
	v.Lang = r.lang
	if spec, ok := s.sayings(&v, "said", message(r.lang, "said.title"), citedOf(sv.Said)); ok {
		if sv.Chart, err = s.draw(r.ctx, spec, false); err != nil {
			return nil, err
		}
	}
	return s.page(r, http.StatusOK, "sector.html", v)
}

func citedOf(said []saying) []*cite.Cited {
	list := make([]*cite.Cited, len(said))
	for i := range said {
		list[i] = said[i].Cited
	}
	return list
}

func (s *Server) freshness(ctx context.Context) (map[string]market.Freshness, error) {
	list, err := s.Store.Freshness(ctx)
	if err != nil {
		return nil, fmt.Errorf("read how fresh the series are: %w", err)
	}
	fresh := make(map[string]market.Freshness, len(list))
	for _, f := range list {
		fresh[f.Series] = f
	}
	return fresh, nil
}

// sectorView gathers a sector's series that have data or are cited, and the figures about it that no series backs.
func (s *Server) sectorView(r *request, lib *corpus, fresh map[string]market.Freshness, sector market.Sector, cards, sayings int) (sectorView, error) {
	sv := sectorView{ID: sector.ID, Name: sector.Name.In(r.lang), Summary: sector.Summary.In(r.lang)}
	for _, series := range s.seriesOf(sector) {
		if len(sv.Cards) == cards {
			break
		}
		c, err := s.card(r.ctx, lib, fresh[series.ID], series, r.lang)
		if err != nil {
			return sv, err
		}
		if c.HasData || c.Cited > 0 {
			sv.Cards = append(sv.Cards, c)
		}
	}
	sv.Said, sv.More = s.said(lib, sector, r.lang, sayings)
	return sv, nil
}

// seriesOf are the sector's series, its key series first.
func (s *Server) seriesOf(sector market.Sector) []market.Series {
	var list []market.Series
	for _, id := range sector.Key {
		if x, ok := s.Catalog.Series(id); ok {
			list = append(list, x)
		}
	}
	for _, x := range s.Catalog.AllSeries() {
		subject, _ := s.Catalog.Subject(x.Subject)
		if subject.Sector == sector.ID && !x.Retired && !slices.Contains(sector.Key, x.ID) {
			list = append(list, x)
		}
	}
	return list
}

func (s *Server) card(ctx context.Context, lib *corpus, fresh market.Freshness, series market.Series, lang unit.Lang) (card, error) {
	c := card{ID: series.ID, Name: series.Name.In(lang), Unit: series.Unit, Cited: len(lib.bySeries[series.ID])}
	if fresh.Count == 0 {
		return c, nil
	}
	obs, err := s.Store.Observations(ctx, series.ID, market.ObservationQuery{From: fresh.Last.AddDays(-sparkDays), To: fresh.Last})
	if err != nil {
		return c, fmt.Errorf("read %s: %w", series.ID, err)
	}
	if len(obs) == 0 {
		return c, nil
	}
	last := obs[len(obs)-1]
	c.HasData, c.Value, c.Period, c.Recorded = true, last.Value, last.Period, last.RecordedAt
	c.Stale = series.Stale(fresh, s.Now())
	c.Change, c.Compared = changeOver(obs, changeDays)
	held, err := s.Store.Quarantine(ctx, series.ID, 1)
	if err != nil {
		return c, fmt.Errorf("read held values of %s: %w", series.ID, err)
	}
	c.Held = len(held)
	metric, _ := s.Catalog.Metric(series.Metric)
	svg := chart.SparklineSVG(chart.Spec{ID: "spark-" + series.ID, Kind: chart.Sparkline, Title: c.Name, Lang: lang,
		Series: []chart.Series{line(series, metric, lang, obs)}, Width: 160, Height: 40})
	c.Spark = template.HTML(svg) //nolint:gosec // made by package chart, which escapes every text
	return c, nil
}

// changeOver is the relative change of the newest value against the one some days before it; false without such a value.
func changeOver(obs []market.Observation, days int) (float64, bool) {
	last := obs[len(obs)-1]
	day := last.Period.AddDays(-days)
	for i := len(obs) - 1; i >= 0; i-- {
		if obs[i].Period == day && obs[i].Value != 0 {
			return last.Value/obs[i].Value - 1, true
		}
	}
	return 0, false
}

// said lists what posts cite about a sector's subjects where no series backs it, newest first; a post's twin is left out.
func (s *Server) said(lib *corpus, sector market.Sector, lang unit.Lang, most int) (list []saying, more int) {
	var cited []*cite.Cited
	for id, figures := range lib.bySubject {
		if subject, ok := s.Catalog.Subject(id); !ok || subject.Sector != sector.ID {
			continue
		}
		for _, c := range figures {
			if c.Link.Series == "" && c.Link.Metric != "" {
				cited = append(cited, c)
			}
		}
	}
	cited = firstOfTwins(cited, lang)
	slices.SortFunc(cited, newestFirst)
	cited = slices.CompactFunc(cited, sameClaim)
	if len(cited) > most {
		more = len(cited) - most
		cited = cited[:most]
	}
	for _, c := range cited {
		subject, _ := s.Catalog.Subject(c.Link.Subject)
		metric, _ := s.Catalog.Metric(c.Link.Metric)
		list = append(list, saying{Cited: c, Subject: subject.Name.In(lang), Metric: metric.Name.In(lang)})
	}
	return list, more
}

// sameClaim tells whether a post says the same a second time.
func sameClaim(a, b *cite.Cited) bool {
	return a.Slug == b.Slug && a.Link.Subject == b.Link.Subject && a.Link.Metric == b.Link.Metric &&
		a.Figure.Value.Equal(b.Figure.Value) && a.Figure.Low.Equal(b.Figure.Low) && a.Figure.High.Equal(b.Figure.High)
}

func newestFirst(a, b *cite.Cited) int {
	if c := b.Published.Compare(a.Published); c != 0 {
		return c
	}
	if a.Slug != b.Slug {
		if a.Slug < b.Slug {
			return -1
		}
		return 1
	}
	return a.Figure.Start - b.Figure.Start
}

// postRow is a post in a list.
type postRow struct {
	Post    *cite.Post
	Summary check.Summary
}

func (s *Server) postRows(lib *corpus) []postRow {
	rows := make([]postRow, len(lib.posts))
	for i := range lib.posts {
		rows[i] = postRow{Post: &lib.posts[i], Summary: lib.summary[lib.posts[i].Slug]}
	}
	return rows
}
