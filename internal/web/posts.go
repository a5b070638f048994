package web

import (
	"html/template"
	"net/http"

	"beleg/internal/chart"
	"beleg/internal/check"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/triage"
	"beleg/internal/unit"
)

type postsPage struct {
	Posts []postRow
	Demo  bool
}

func (s *Server) posts(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	p := postsPage{Posts: s.postRows(lib)}
	for _, row := range p.Posts {
		p.Demo = p.Demo || row.Post.Demonstration
	}
	return s.page(r, http.StatusOK, "posts.html", view{Title: message(r.lang, "posts.title"),
		Description: message(r.lang, "posts.lead"), Index: true, Data: p})
}

type postPage struct {
	Post    *cite.Post
	Summary check.Summary
	Figures []figureRow
	Damaged int
	Twins   []*cite.Post

	Findings []editorFinding // where they may be shown
}

// figureRow is a figure with what belongs to it in a list.
type figureRow struct {
	*cite.Cited
	Series      market.Series
	HasSeries   bool
	SubjectName string
	MetricName  string
	Spark       template.HTML
}

func (s *Server) post(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	post, ok := lib.bySlug[r.id]
	if !ok {
		return nil, notFound("post", r.id)
	}
	p := postPage{Post: post, Summary: lib.summary[post.Slug], Twins: lib.twins(post)}
	figures := lib.ofPost[post.Slug]
	for i := range figures {
		c := &figures[i]
		if c.Figure.Kind == cite.Damage {
			p.Damaged++
			continue
		}
		row, err := s.figureRow(r, c)
		if err != nil {
			return nil, err
		}
		p.Figures = append(p.Figures, row)
	}
	if r.sees {
		all, _, err := s.editorFindings(r)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.concerns(post.Slug) && f.Decision.State == triage.Open {
				p.Findings = append(p.Findings, f)
			}
		}
	}
	return s.page(r, http.StatusOK, "post.html", view{Title: post.Title,
		Description: messagef(r.lang, "post.summary", p.Summary.Figures, p.Summary.WithData, p.Summary.ReadOnly),
		Index:       true, Data: &p})
}

func (s *Server) figureRow(r *request, c *cite.Cited) (figureRow, error) {
	row := figureRow{Cited: c}
	if subject, ok := s.Catalog.Subject(c.Link.Subject); ok {
		row.SubjectName = subject.Name.In(r.lang)
	}
	if metric, ok := s.Catalog.Metric(c.Link.Metric); ok {
		row.MetricName = metric.Name.In(r.lang)
	}
	if c.Link.Series == "" {
		return row, nil
	}
	row.Series, row.HasSeries = s.Catalog.Series(c.Link.Series)
	spec, ok, err := s.figureSpec(r, &row)
	if err != nil || !ok {
		return row, err
	}
	spec.ID, spec.Kind, spec.Width, spec.Height = "spark-"+c.Figure.ID, chart.Sparkline, 220, 56
	row.Spark = template.HTML(chart.SparklineSVG(spec)) //nolint:gosec // made by package chart, which escapes every text
	return row, nil
}

// figureDays is how far a figure's chart reaches to either side of what the figure is about.
const figureDays = 365

// figureSpec is the chart of a figure: its series around the period, with the figure's own point set off; false where
// there is nothing to draw.
func (s *Server) figureSpec(r *request, row *figureRow) (chart.Spec, bool, error) {
	period := periodOf(row.Cited)
	if !row.HasSeries || period.IsZero() {
		return chart.Spec{}, false, nil
	}
	obs, err := s.Store.Observations(r.ctx, row.Series.ID, market.ObservationQuery{
		From: period.FirstDay().AddDays(-figureDays), To: period.LastDay().AddDays(figureDays)})
	if err != nil || len(obs) == 0 {
		return chart.Spec{}, false, wrapRead(row.Series.ID, err)
	}
	metric, _ := s.Catalog.Metric(row.Series.Metric)
	source, _ := s.Catalog.Source(row.Series.Source)
	spec := chart.Spec{ID: "figure-" + row.Figure.ID, Kind: chart.Line, Title: row.Series.Name.In(r.lang), Lang: r.lang,
		Series: []chart.Series{line(row.Series, metric, r.lang, obs)}, Simulated: s.Simulated,
		Credit: source.Attribution.In(r.lang)}
	spec.Desc = messagef(r.lang, "figure.desc", spec.Title, row.Figure.Text, period)
	v := view{Lang: r.lang}
	if m, ok := s.mark(&v, row.Series, row.Cited); ok {
		m.URL = ""
		spec.Highlight = &m
	}
	return spec, true, nil
}

type figurePage struct {
	figureRow
	Post    *cite.Post
	Metric  market.Metric
	Source  market.Source
	Chart   *drawing
	Said    []*cite.Cited // other figures about the same thing
	Pin     string        // how to bind the figure to a series
	Ignore  string
	Catalog []market.Series // series that may be meant
}

// relatedFigures is how many other figures about the same thing a figure's page lists.
const relatedFigures = 8

// citedFigure is the figure that the address names.
func (s *Server) citedFigure(r *request) (*corpus, figureRow, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, figureRow{}, err
	}
	c, ok := lib.byFigure[r.id]
	if !ok {
		return nil, figureRow{}, notFound("figure", r.id)
	}
	row, err := s.figureRow(r, c)
	return lib, row, err
}

func (s *Server) figure(r *request) (*document, error) {
	lib, row, err := s.citedFigure(r)
	if err != nil {
		return nil, err
	}
	c := row.Cited
	p := figurePage{figureRow: row, Post: lib.bySlug[c.Slug], Said: s.sameThing(lib, c, r.lang)}
	p.Metric, _ = s.Catalog.Metric(c.Link.Metric)
	p.Source, _ = s.Catalog.Source(row.Series.Source)
	p.Pin, p.Ignore = marksFor(c)
	for _, x := range s.Catalog.AllSeries() {
		if x.Subject == c.Link.Subject && !x.Retired {
			p.Catalog = append(p.Catalog, x)
		}
	}
	v := view{Title: c.Figure.Text, Description: c.Fragment, Interactive: false, Data: &p}
	spec, ok, err := s.figureSpec(r, &row)
	if err != nil {
		return nil, err
	}
	if ok {
		if p.Chart, err = s.draw(r.ctx, spec, false); err != nil {
			return nil, err
		}
	}
	return s.page(r, http.StatusOK, "figure.html", v)
}

// marksFor are the instructions that pin or silence a figure, with what is known filled in.
func marksFor(c *cite.Cited) (pin, ignore string) {
	series, period := c.Link.Series, periodOf(c).String()
	if series == "" {
		series = "…"
	}
	pin = "<!-- beleg: series=" + series
	if period != "" {
		pin += " period=" + period
	}
	return pin + " -->", `<!-- beleg: ignore="…" -->`
}

func (s *Server) sameThing(lib *corpus, c *cite.Cited, lang unit.Lang) []*cite.Cited {
	if c.Link.Subject == "" || c.Link.Metric == "" {
		return nil
	}
	var same []*cite.Cited
	for _, o := range firstOfTwins(lib.bySubject[c.Link.Subject], lang) {
		if o.Link.Metric == c.Link.Metric && o.Figure.ID != c.Figure.ID && (o.Twin == "" || o.Twin != c.Twin) {
			same = append(same, o)
		}
	}
	return same[:min(len(same), relatedFigures)]
}
