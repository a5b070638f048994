package link

import (
	"beleg/internal/cite"
	"beleg/internal/market"
)

// tie adds the series that measures what the link names, where there is one, the link is sure enough and the figure
// states an observation.
func (l *Linker) tie(link *cite.Link, s *scene, i int, published market.Period) {
	if link.Metric == "" || link.Confidence < l.cfg.Threshold {
		return
	}
	f := &s.figures[i]
	scope := l.scope(s, f, link.Subject)
	for _, series := range l.catalog.SeriesFor(link.Subject, link.Metric) {
		if !inUnit(&series, f.Figure) {
			continue
		}
		if series.Scope != scope {
			link.Reasons = append(link.Reasons, "not tied to "+series.ID+": the text speaks of "+string(scope))
			continue
		}
		if why := s.noObservation(i, published); why != "" {
			link.Reasons = append(link.Reasons, "not tied to "+series.ID+": "+why)
			return
		}
		link.Series = series.ID
		if isChange(f.Figure) {
			link.Reasons = append(link.Reasons, "a change of "+series.ID)
		} else {
			link.Reasons = append(link.Reasons, "unit "+string(f.Unit)+" fits "+series.ID)
		}
		return
	}
}

// scopeTotal is the scope of a figure that the text does not restrict.
const scopeTotal market.Scope = "total"

// scope is the chain to which the figure's clause restricts what it says of a subject: "4.5 billion of stablecoins on
// Base" is not about all of them.
func (l *Linker) scope(s *scene, f *placed, subject string) market.Scope {
	sen := s.sentences[f.sentence]
	about, _ := l.catalog.Subject(subject)
	for k := sen.subjects[0]; k < sen.subjects[1]; k++ {
		m := s.mentions[k]
		chain := &l.subjects[m.name.of]
		if chain.Kind != market.KindChain || chain.ID == subject {
			continue
		}
		if about.Kind == market.KindSector && m.until <= f.from && s.roles[k]&(rival|informant) == 0 {
			return market.Scope(chain.ID) // "Solana has a TVL of … and a DEX volume of …"
		}
		if step := s.tokens[m.from].clause - s.tokens[f.from].clause; step <= -stepComma || step >= stepComma {
			continue
		}
		if upon[s.tokens[m.from].lower] || m.from > sen.from && upon[s.tokens[m.from-1].lower] {
			return market.Scope(chain.ID)
		}
	}
	return scopeTotal
}

// noObservation is why a figure that is not marked as a forecast states no observation of the time of publication
// all the same; "" where it does. A forecast stays tied to its series, which will tell whether it came true.
func (s *scene) noObservation(i int, published market.Period) string {
	f := &s.figures[i]
	switch {
	case f.Forecast:
		return ""
	case !f.Period.IsZero() && !published.IsZero() && f.Period.Start().After(published.LastDay().Start()):
		return "its period lies after publication"
	case s.inClause(f, supposing):
		return "the sentence supposes it"
	case f.Period.IsZero() && s.inClause(f, utmost):
		return "a peak or low without a date"
	case s.part(i):
		return "a part of what the sentence names"
	}
	if s.foretold[foretelling{amount(f.Figure), f.subject, f.metric}] {
		return "the post states the amount as a forecast elsewhere"
	}
	return ""
}

// foretelling is an amount that a post states as a forecast, with what it is about.
type foretelling struct {
	amount          string
	subject, metric int
}

// foretell notes the forecasts among the figures, once it is known what they are about.
func (s *scene) foretell() {
	s.foretold = map[foretelling]bool{}
	for i := range s.figures {
		if f := &s.figures[i]; f.Figure != nil && f.Forecast {
			s.foretold[foretelling{amount(f.Figure), f.subject, f.metric}] = true
		}
	}
}

// part tells whether a figure is apportioned from another one: "…, with Ethereum accounting for 5 billion, Base 2 billion".
func (s *scene) part(i int) bool {
	f := &s.figures[i]
	if s.inClause(f, apportioning) {
		f.part = true
		return true
	}
	if i == 0 {
		return false
	}
	p := &s.figures[i-1]
	f.part = p.part && p.sentence == f.sentence && p.metric == f.metric
	return f.part
}

// inClause tells whether one of the words stands in the figure's clause or a part that only a conjunction sets off.
func (s *scene) inClause(f *placed, words map[string]bool) bool {
	sen := s.sentences[f.sentence]
	for i := sen.from; i < sen.until; i++ {
		step := s.tokens[i].clause - s.tokens[f.from].clause
		if step > -stepComma && step < stepComma && words[s.tokens[i].lower] {
			return true
		}
	}
	return false
}

// inUnit tells whether a figure can be held against a series: in its unit, in the currency its token is pegged to, or
// as a change of it.
func inUnit(s *market.Series, f *cite.Figure) bool {
	switch {
	case f.Unit == s.Unit || isChange(f):
		return true
	case s.PegTolerance > 0:
		return f.Unit == "USD"
	}
	return false
}
