package web

import (
	"context"
	"fmt"
	"html/template"

	"beleg/internal/chart"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// drawing is a chart on a page: two sizes of inline SVG, and the option for the script where there is one.
type drawing struct {
	ID     string
	Wide   template.HTML
	Narrow template.HTML
	Option template.JS // "" for a chart that stays as it is
}

// draw makes both sizes of a chart; with interactive set, also what the script needs.
func (s *Server) draw(ctx context.Context, spec chart.Spec, interactive bool) (*drawing, error) {
	d := &drawing{ID: spec.ID}
	for _, v := range []struct {
		spec chart.Spec
		into *template.HTML
	}{{spec, &d.Wide}, {spec.Narrow(), &d.Narrow}} {
		svg, err := s.Charts.SVG(ctx, v.spec, chart.SVGOptions{})
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", v.spec.ID, err)
		}
		*v.into = template.HTML(svg) //nolint:gosec // made by package chart, which escapes every text
	}
	if interactive {
		option, err := chart.Option(spec)
		if err != nil {
			return nil, fmt.Errorf("option of %s: %w", spec.ID, err)
		}
		d.Option = template.JS(option) //nolint:gosec // JSON without a closing tag in it
	}
	return d, nil
}

// line turns observations into a chart's line.
func line(s market.Series, m market.Metric, lang unit.Lang, obs []market.Observation) chart.Series {
	return chart.Series{Series: s.ID, Name: s.Name.In(lang), Unit: s.Unit, Flow: m.Behaviour == market.Flow,
		Points: chart.Points(obs)}
}

// marks turns the figures that cite a series as a level into marks in the series' unit.
func (s *Server) marks(v *view, series market.Series, cited []*cite.Cited) []chart.Mark {
	var marks []chart.Mark
	for _, c := range cited {
		if m, ok := s.mark(v, series, c); ok {
			marks = append(marks, m)
		}
	}
	return marks
}

// mark places one figure; false where it is no level, has no date or is in another unit.
func (s *Server) mark(v *view, series market.Series, c *cite.Cited) (chart.Mark, bool) {
	if c.Figure.Forecast {
		return chart.Mark{}, false
	}
	metric, _ := s.Catalog.Metric(series.Metric)
	axis := chart.Axis{Unit: series.Unit, Frequency: series.Frequency, Flow: metric.Behaviour == market.Flow, Pegged: series.PegTolerance > 0}
	m, ok := chart.MarkOf(&c.Figure, axis, c.Published)
	if !ok {
		return m, false
	}
	m.URL, m.Post = v.Link("/figure/"+c.Figure.ID), c.Title
	return m, true
}

// periodOf is the figure's own period, else the day its post was published.
func periodOf(c *cite.Cited) market.Period {
	if !c.Figure.Period.IsZero() {
		return c.Figure.Period
	}
	return c.Published
}

// sayings is the dot plot of what posts cite where no series is drawn: the levels in one unit, if there are several.
func (s *Server) sayings(v *view, id, title string, cited []*cite.Cited) (chart.Spec, bool) {
	groups := map[string][]chart.Mark{}
	best := ""
	for _, c := range cited {
		m, ok := s.mark(v, market.Series{Unit: c.Figure.Unit}, c)
		if !ok {
			continue
		}
		key := c.Link.Metric + "|" + string(c.Figure.Unit)
		groups[key] = append(groups[key], m)
		if len(groups[key]) > len(groups[best]) {
			best = key
		}
	}
	if len(groups[best]) < 2 {
		return chart.Spec{}, false
	}
	return chart.Spec{ID: id, Kind: chart.Dots, Title: title, Lang: v.Lang, Cited: groups[best],
		Simulated: s.Simulated, Height: 220}, true
}
