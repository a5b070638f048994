package link

import (
	"slices"

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
		link.Reasons = append(link.Reasons, "unit "+string(f.Unit)+" fits "+series.ID)
		return
	}
}

// scopeTotal is the scope of a figure that the text does not restrict.
const scopeTotal market.Scope = "total"

// Words before a chain on which something lies.
var upon = wordSet("auf on")

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

// Words that make a figure in their clause a hope, a plan or a supposition.
var supposing = wordSet("prognose prognosen ziel ziele ziels zielmarke vorhersage vorhersagen voraussichtlich könnte könnten dürfte dürften",
	"soll sollen würde würden erwartet forecast forecasts target targets predicted projected expected could might would should goal aims")

// Words that make a figure in their clause the utmost of some other time.
var utmost = wordSet("höchststand höchststände allzeithoch rekordhoch allzeittief tiefststand ath peak peaked record high low rekord hoch")

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
	}
	for _, j := range s.amounts[amount(f.Figure)] {
		g := &s.figures[j]
		if g.Forecast && g.subject == f.subject && g.metric == f.metric {
			return "the post states the amount as a forecast elsewhere"
		}
	}
	return ""
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

// Keys of a pin.
const (
	keySeries  = "series"
	keySubject = "subject"
	keyMetric  = "metric"
	keyIgnore  = "ignore"
)

// pinsOf gives each figure the keys of the mark that binds to it: a mark belongs to the last figure before it in its block.
func pinsOf(t *cite.Text, figs []cite.Figure) []map[string]string {
	pins := make([]map[string]string, len(figs))
	for _, m := range t.Marks {
		block := t.BlockAt(max(m.At-1, 0))
		for i := len(figs) - 1; i >= 0; i-- {
			if figs[i].Kind == cite.Damage || figs[i].AtEnd > m.At {
				continue
			}
			if block >= 0 && t.Blocks[block].Start <= figs[i].At {
				pins[i] = m.Keys
			}
			break
		}
	}
	return pins
}

// pin lets the writer's word win: a mark at the figure over everything, the post's defaults where the text does not
// name another subject.
func (l *Linker) pin(link *cite.Link, f *cite.Figure, mark, defaults map[string]string) {
	if f.Kind == cite.Damage {
		return
	}
	if why, ok := first(keyIgnore, mark, defaults); ok {
		link.Ignored = why
	}
	if id, ok := mark[keySeries]; ok {
		l.pinSeries(link, id)
		return
	}
	if id, ok := defaults[keySeries]; ok {
		l.defaultSeries(link, f, id)
	}
}

func first(key string, maps ...map[string]string) (string, bool) {
	for _, m := range maps {
		if v, ok := m[key]; ok {
			return v, true
		}
	}
	return "", false
}

func (l *Linker) pinSeries(link *cite.Link, id string) {
	s, ok := l.catalog.Series(id)
	if !ok {
		*link = cite.Link{Figure: link.Figure, Ignored: link.Ignored, Pinned: true, Reasons: []string{"pinned to «" + id + "», which is no series"}}
		return
	}
	*link = cite.Link{Figure: link.Figure, Ignored: link.Ignored, Subject: s.Subject, Metric: s.Metric, Series: s.ID,
		Confidence: 1, Pinned: true, Reasons: []string{"pinned by the writer"}}
}

func (l *Linker) defaultSeries(link *cite.Link, f *cite.Figure, id string) {
	s, ok := l.catalog.Series(id)
	if !ok || !inUnit(&s, f) {
		return
	}
	if link.Subject != "" && link.Subject != s.Subject {
		return
	}
	if link.Metric != "" && !slices.Contains(s.Answers, link.Metric) {
		return
	}
	l.pinSeries(link, id)
	link.Reasons = []string{"pinned for the whole post"}
}
