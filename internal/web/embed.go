package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"beleg/internal/chart"
)

// embedAge is how long other pages may keep an embedded chart.
const embedAge = 10 * time.Minute

// embed answers /embed/{id}, {id}.svg and {id}.png; the suffix is cut here since a router pattern for it would shadow the other.
func (s *Server) embed(r *request) (*document, error) {
	id, form := r.id, ""
	if i := strings.LastIndexByte(id, '.'); i >= 0 {
		id, form = id[:i], id[i+1:]
	}
	r.id = id
	switch form {
	case "":
		return s.embedPage(r)
	case "svg", "png":
		return s.embedImage(r, form)
	}
	return nil, newProblem(http.StatusNotFound, fmt.Sprintf("a chart has the forms .svg and .png, not .%s", form))
}

type embedPage struct {
	seriesPage
	Path string
}

func (s *Server) embedPage(r *request) (*document, error) {
	p, spec, v, err := s.embedded(r)
	if err != nil {
		return nil, err
	}
	if spec != nil {
		if p.Chart, err = s.draw(r.ctx, *spec, true); err != nil {
			return nil, err
		}
	}
	v.Data = &embedPage{seriesPage: *p, Path: "/series/" + p.Series.ID}
	doc, err := s.page(r, http.StatusOK, "embed.html", *v)
	if err == nil {
		doc.maxAge = embedAge
	}
	return doc, err
}

// embedded prepares a series for another page; the specification is nil where there is no data to draw.
func (s *Server) embedded(r *request) (*seriesPage, *chart.Spec, *view, error) {
	series, ok := s.Catalog.Series(r.id)
	if !ok {
		return nil, nil, nil, notFound("series", r.id)
	}
	p := &seriesPage{Series: series}
	p.Metric, _ = s.Catalog.Metric(series.Metric)
	p.Source, _ = s.Catalog.Source(series.Source)
	if err := s.fillCited(r, p); err != nil {
		return nil, nil, nil, err
	}
	obs, err := s.fillData(r, p)
	if err != nil {
		return nil, nil, nil, err
	}
	v := &view{Title: series.Name.In(r.lang), Description: p.Metric.Definition.In(r.lang), Interactive: len(obs) > 0}
	v.Lang = r.lang
	if len(obs) == 0 {
		return p, nil, v, nil
	}
	spec := s.seriesSpec(v, p, obs)
	spec.ID = "embed-" + series.ID
	return p, &spec, v, nil
}

// Image sizes: the widest picture that is drawn, and what is drawn where nothing is asked.
const (
	pngWidth    = 1200
	pngMaxWidth = 2400
)

func (s *Server) embedImage(r *request, form string) (*document, error) {
	p, spec, _, err := s.embedded(r)
	if err != nil {
		return nil, err
	}
	if spec == nil {
		return nil, newProblem(http.StatusNotFound, message(r.lang, "series.nodata"))
	}
	spec.Cited = nil // marks lead to pages, which an image cannot
	spec.Subtitle = subtitle(r, p)
	doc := &document{status: http.StatusOK, maxAge: embedAge, policy: policyImage}
	if form == "svg" {
		doc.mime = "image/svg+xml"
		doc.body, err = s.Charts.SVG(r.ctx, *spec, chart.SVGOptions{Standalone: true})
	} else {
		width, werr := imageWidth(r)
		if werr != nil {
			return nil, werr
		}
		doc.mime = "image/png"
		doc.body, err = s.Charts.PNG(r.ctx, *spec, width)
	}
	if err != nil {
		return nil, fmt.Errorf("draw %s.%s: %w", p.Series.ID, form, err)
	}
	return doc, nil
}

func subtitle(r *request, p *seriesPage) string {
	return messagef(r.lang, "embed.subtitle", formatValue(r.lang, p.Latest.Value, p.Series.Unit), formatDate(r.lang, p.Latest.Period))
}

func imageWidth(r *request) (int, error) {
	v := r.param("width")
	if v == "" {
		return pngWidth, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < chart.NarrowWidth || n > pngMaxWidth {
		return 0, badParameter("width", "%q is not a number of pixels between %d and %d", v, chart.NarrowWidth, pngMaxWidth)
	}
	return n, nil
}

// embedFigure is a single figure for another page: what was cited, and what the data said then and says now.
func (s *Server) embedFigure(r *request) (*document, error) {
	_, row, err := s.citedFigure(r)
	if err != nil {
		return nil, err
	}
	doc, err := s.page(r, http.StatusOK, "embed-figure.html", view{Title: row.Figure.Text, Description: row.Fragment, Data: &row})
	if err == nil {
		doc.maxAge = embedAge
	}
	return doc, err
}
