package web

import (
	"fmt"
	"net/http"

	"beleg/internal/market"
)

type sourceRow struct {
	market.Source
	standing
	Series int
}

// Asked tells whether the source was.
func (r sourceRow) Asked() bool { return !r.attempt.IsZero() }

// Answered tells whether the source ever did.
func (r sourceRow) Answered() bool { return !r.success.IsZero() }

// Quiet tells whether the source did not answer when it was last asked.
func (r sourceRow) Quiet() bool { return r.failing }

// Success is when the source last answered.
func (r sourceRow) Success() any { return r.success }

func (s *Server) sourceRow(states map[string]market.JobState, src market.Source) sourceRow {
	row := sourceRow{Source: src, standing: sourceState(src, s.Catalog.Jobs(), states)}
	for _, x := range s.Catalog.AllSeries() {
		if x.Source == src.ID && !x.Retired {
			row.Series++
		}
	}
	return row
}

func (s *Server) sources(r *request) (*document, error) {
	states, err := s.Store.JobStates(r.ctx)
	if err != nil {
		return nil, fmt.Errorf("read job states: %w", err)
	}
	var rows []sourceRow
	for _, src := range s.Catalog.Sources() {
		rows = append(rows, s.sourceRow(states, src))
	}
	return s.page(r, http.StatusOK, "sources.html", view{Title: message(r.lang, "sources.title"),
		Description: message(r.lang, "sources.lead"), Index: true, Data: rows})
}

type sourcePage struct {
	Source sourceRow
	Series []card
	Runs   []market.Run
}

// sourceRuns is how many runs a source's page lists.
const sourceRuns = 40

func (s *Server) source(r *request) (*document, error) {
	src, ok := s.Catalog.Source(r.id)
	if !ok {
		return nil, notFound("source", r.id)
	}
	states, err := s.Store.JobStates(r.ctx)
	if err != nil {
		return nil, fmt.Errorf("read job states: %w", err)
	}
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	fresh, err := s.freshness(r.ctx)
	if err != nil {
		return nil, err
	}
	p := sourcePage{Source: s.sourceRow(states, src)}
	for _, x := range s.Catalog.AllSeries() {
		if x.Source != src.ID || x.Retired {
			continue
		}
		c, err := s.card(r.ctx, lib, fresh[x.ID], x, r.lang)
		if err != nil {
			return nil, err
		}
		p.Series = append(p.Series, c)
	}
	if p.Runs, err = s.Store.Runs(r.ctx, market.RunQuery{Source: src.ID, Limit: sourceRuns}); err != nil {
		return nil, fmt.Errorf("read runs of %s: %w", src.ID, err)
	}
	return s.page(r, http.StatusOK, "source.html", view{Title: src.Name, Description: src.Methodology.In(r.lang), Index: true, Data: &p})
}
