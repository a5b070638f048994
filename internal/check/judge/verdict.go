// Package judge holds figures against the data of their series: it gives verdicts, and reports what data contradicts.
package judge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Data reads observations.
type Data interface {
	Observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error)
}

// Config holds the limits of a judgement. Zero fields take the defaults.
type Config struct {
	Bounds   rule.Bounds
	Lookback int     // days before publication that an undated figure may mean; default 7
	Memory   int     // months back in which a written value may have been true; default 18
	Close    float64 // relative distance up to which a value agrees rather than agrees rounded; default 0.005
}

// Catalog knows series and metrics by id.
type Catalog interface {
	Series(id string) (market.Series, bool)
	Metric(id string) (market.Metric, bool)
}

// Judge gives figures their verdicts against data.
type Judge struct {
	cfg     Config
	catalog Catalog
	data    Data
	now     func() time.Time
}

// New fills in the defaults.
func New(c Catalog, d Data, now func() time.Time, cfg Config) *Judge {
	if cfg.Bounds == (rule.Bounds{}) {
		cfg.Bounds = rule.DefaultBounds()
	}
	if cfg.Lookback == 0 {
		cfg.Lookback = 7
	}
	if cfg.Memory == 0 {
		cfg.Memory = 18
	}
	if cfg.Close == 0 {
		cfg.Close = 0.005
	}
	return &Judge{cfg: cfg, catalog: c, data: d, now: now}
}

// observations reads a series; one that the store does not know yet has no values.
func (j *Judge) observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	obs, err := j.data.Observations(ctx, series, q)
	if errors.Is(err, market.ErrNotFound) {
		return nil, nil
	}
	return obs, err
}

// Reasons of the verdicts not-checked and not-measurable.
const (
	ReasonIgnored  = "ignored"   // the writer silenced the figure
	ReasonDamaged  = "damaged"   // a glued run; its copy is the figure
	ReasonUnlinked = "unlinked"  // nothing says what it is about
	ReasonNoSeries = "no-series" // what it is about has no series
	ReasonNoData   = "no-data"   // the series has no values at all
	ReasonUndated  = "undated"   // neither figure nor post has a date
	ReasonUnit     = "unit"      // the series is in another unit
	ReasonChange   = "change"    // the amount of a change, not a level
	ReasonSpan     = "span"      // an amount over a span that the text or the series does not give
	ReasonRate     = "rate"      // a level cannot be stated per day or year
	ReasonKind     = "kind"      // no series measures this kind of number
)

// Verdict judges one figure of a post. The error is the data's, never the figure's.
func (j *Judge) Verdict(ctx context.Context, c *cite.Cited) (cite.Verdict, error) {
	f, link := &c.Figure, &c.Link
	switch {
	case f.Kind == cite.Damage:
		return notChecked(ReasonDamaged), nil
	case link.Ignored != "":
		return notChecked(ReasonIgnored), nil
	case f.Forecast:
		return j.forecast(ctx, c)
	case link.Series == "":
		return withoutSeries(c), nil
	}
	series, ok := j.catalog.Series(link.Series)
	if !ok {
		return notChecked(ReasonNoSeries), nil
	}
	return j.against(ctx, c, series)
}

func notChecked(reason string) cite.Verdict {
	return cite.Verdict{Kind: cite.NotChecked, Reason: reason}
}

func withoutSeries(c *cite.Cited) cite.Verdict {
	switch {
	case c.HasSource:
		return cite.Verdict{Kind: cite.SourceOnly}
	case c.Figure.Kind == cite.Duration || c.Figure.Kind == cite.Other:
		return cite.Verdict{Kind: cite.NotMeasurable, Reason: ReasonKind}
	case c.Link.Subject == "" || c.Link.Metric == "":
		return notChecked(ReasonUnlinked)
	}
	return notChecked(ReasonNoSeries)
}

// forecast names the due date and, once that has passed and the series reaches it, whether the forecast was met.
func (j *Judge) forecast(ctx context.Context, c *cite.Cited) (cite.Verdict, error) {
	f := &c.Figure
	v := cite.Verdict{Kind: cite.Forecast, Series: c.Link.Series, Due: f.Period}
	if f.Period.IsZero() || c.Link.Series == "" || j.now().Before(f.Period.End()) {
		return v, nil
	}
	series, ok := j.catalog.Series(c.Link.Series)
	if !ok {
		return v, nil
	}
	stated, ok := j.inUnitOf(series, f)
	if !ok {
		return v, nil
	}
	m, err := j.measure(ctx, series, f, span{period: f.Period}, market.Period{})
	if err != nil || len(m.values) == 0 {
		return v, err
	}
	last := m.values[len(m.values)-1]
	met := stated.Holds(last.Value)
	if f.Qualifier == cite.Over || f.Qualifier == cite.AtLeast {
		met = last.Value >= stated.Low
	}
	v.Met = &met
	v.Show(last)
	return v, nil
}

// span is the time a figure speaks of: its own period, or for an undated one the days up to publication.
type span struct {
	period market.Period
	back   int
	dated  string
}

const (
	datedByFigure      = "figure"
	datedByPublication = "published"
)

func (j *Judge) spanOf(c *cite.Cited) span {
	if !c.Figure.Period.IsZero() {
		return span{period: c.Figure.Period, dated: datedByFigure}
	}
	return span{period: c.Published, back: j.cfg.Lookback, dated: datedByPublication}
}

// against compares a figure with a series.
func (j *Judge) against(ctx context.Context, c *cite.Cited, s market.Series) (cite.Verdict, error) {
	f := &c.Figure
	if reason := incomparable(f); reason != "" {
		return cite.Verdict{Kind: cite.NotChecked, Reason: reason, Series: s.ID}, nil
	}
	stated, ok := j.inUnitOf(s, f)
	if !ok {
		return cite.Verdict{Kind: cite.NotChecked, Reason: ReasonUnit, Series: s.ID}, nil
	}
	at := j.spanOf(c)
	if at.period.IsZero() {
		return cite.Verdict{Kind: cite.NotChecked, Reason: ReasonUndated, Series: s.ID}, nil
	}
	v := cite.Verdict{Series: s.ID, Dated: at.dated}
	then, err := j.measure(ctx, s, f, at, c.Published)
	switch {
	case errors.Is(err, errNoSpan):
		v.Kind, v.Reason = cite.NotChecked, ReasonSpan
		return v, nil
	case errors.Is(err, errRate):
		v.Kind, v.Reason = cite.NotChecked, ReasonRate
		return v, nil
	case err != nil:
		return v, err
	case !then.any:
		v.Kind, v.Reason = cite.NotChecked, ReasonNoData
		return v, nil
	case len(then.values) == 0:
		v.Kind = cite.NoDataThen
		return v, nil
	}
	if hit, ok := nearest(then.values, stated); ok {
		v.Show(hit)
		v.Kind = cite.AgreesRounded
		if j.close(s, f).Holds(hit.Value) {
			v.Kind = cite.Agrees
		}
		return v, j.revisedSince(ctx, &v, s, f, stated, then)
	}
	last := then.values[len(then.values)-1]
	v.Show(last)
	return v, j.disagrees(ctx, &v, s, f, stated, last)
}

// close is the values, in the unit of the series, that are what was written and not only rounded to it.
func (j *Judge) close(s market.Series, f *cite.Figure) rule.Interval {
	low, high := f.Ends()
	i, _ := j.convert(s, f, rule.Interval{Low: low.Float64(), High: high.Float64()})
	return i.Widen(j.cfg.Close)
}

// incomparable is why a figure cannot be held against a level or an amount at all.
func incomparable(f *cite.Figure) string {
	switch f.Change {
	case cite.By, cite.Growth, cite.Decline:
		return ReasonChange
	}
	if f.Value.IsZero() && !f.IsRange() {
		return ReasonKind
	}
	return ""
}

// inUnitOf is the interval of a figure in the unit of a series; false where the units do not meet.
func (j *Judge) inUnitOf(s market.Series, f *cite.Figure) (rule.Interval, bool) {
	return j.convert(s, f, j.cfg.Bounds.Stated(f))
}

func (j *Judge) convert(s market.Series, f *cite.Figure, stated rule.Interval) (rule.Interval, bool) {
	if f.Unit == s.Unit {
		return stated, true
	}
	if factor := unit.Convert(unit.NewDecimal(1, 0), f.Unit, s.Unit); !factor.IsZero() {
		k := factor.Float64()
		return rule.Interval{Low: stated.Low * k, High: stated.High * k}, true
	}
	if peg := j.peg(s, f); peg > 0 {
		return stated.Widen(peg), true
	}
	return rule.Interval{}, false
}

// peg is the tolerance with which a figure in money answers for a series in tokens pegged to it; 0 where it does not.
func (j *Judge) peg(s market.Series, f *cite.Figure) float64 {
	if f.Unit == s.Unit || f.Unit != unit.USD || len(s.Answers) == 0 {
		return 0
	}
	return s.PegTolerance
}

// disagrees decides what kind of mismatch it is: true earlier, another definition, or contradicted.
func (j *Judge) disagrees(ctx context.Context, v *cite.Verdict, s market.Series, f *cite.Figure, stated rule.Interval, at market.Observation) error {
	v.Kind = cite.Contradicted
	if lastTrue, err := j.lastTrue(ctx, s, f, stated, at.Period); err != nil {
		return err
	} else if !lastTrue.IsZero() {
		v.Kind, v.LastTrue = cite.WasTrueOn, lastTrue
		return nil
	}
	if m, ok := j.catalog.Metric(s.Metric); ok {
		for _, d := range m.Definitions {
			if stated.Widen(d.Spread).Holds(at.Value) {
				v.Kind = cite.OtherDefinition
				return nil
			}
		}
	}
	return nil
}

// lastTrue is the last day before a mismatch on which the written value was true, within the judge's memory.
func (j *Judge) lastTrue(ctx context.Context, s market.Series, f *cite.Figure, stated rule.Interval, before market.Period) (market.Period, error) {
	from := market.DayOf(before.Start().AddDate(0, -j.cfg.Memory, 0))
	obs, err := j.observations(ctx, s.ID, market.ObservationQuery{From: from, To: before.AddDays(-1)})
	if err != nil {
		return market.Period{}, fmt.Errorf("read %s before %s: %w", s.ID, before, err)
	}
	for i := len(obs) - 1; i >= 0; i-- {
		if stated.Holds(obs[i].Value) {
			return obs[i].Period, nil
		}
	}
	return market.Period{}, nil
}

// revisedSince turns an agreement into revised-since where it holds only in the vintage known at publication.
func (j *Judge) revisedSince(ctx context.Context, v *cite.Verdict, s market.Series, f *cite.Figure, stated rule.Interval, then measured) error {
	if !then.vintage {
		return nil
	}
	now, err := j.measure(ctx, s, f, then.at, market.Period{})
	if err != nil || len(now.values) == 0 {
		return err
	}
	if _, ok := nearest(now.values, stated); !ok {
		v.Kind = cite.RevisedSince
		last := now.values[len(now.values)-1]
		v.Latest, v.LatestAt = &last.Value, last.Period
	}
	return nil
}

// nearest is the value inside the interval that was measured last.
func nearest(values []market.Observation, in rule.Interval) (market.Observation, bool) {
	for i := len(values) - 1; i >= 0; i-- {
		if in.Holds(values[i].Value) {
			return values[i], true
		}
	}
	return market.Observation{}, false
}

// measured is what a series says of a span. vintage tells that the values are those known at publication, which is
// only so where they were not filled in later; any tells whether the series has values at all.
type measured struct {
	at      span
	values  []market.Observation
	vintage bool
	any     bool
}

var (
	errNoSpan = errors.New("the amount's span is not given")
	errRate   = errors.New("a level has no span")
)

// measure reads a series over a span: a stock's levels on its days, a flow's amount over it. known is the day of
// publication whose vintage counts where there is one; zero asks for what is known now.
func (j *Judge) measure(ctx context.Context, s market.Series, f *cite.Figure, at span, known market.Period) (measured, error) {
	m := measured{at: at}
	metric, ok := j.catalog.Metric(s.Metric)
	if !ok {
		return m, fmt.Errorf("series %s: metric %q is not in the catalogue", s.ID, s.Metric)
	}
	from, to := at.period.FirstDay().AddDays(-at.back), at.period.LastDay()
	obs, err := j.known(ctx, s.ID, from, to, known, &m)
	if err != nil {
		return m, err
	}
	if len(obs) == 0 {
		any, err := j.observations(ctx, s.ID, market.ObservationQuery{Limit: 1})
		m.any = len(any) > 0
		return m, err
	}
	m.any = true
	if metric.Behaviour == market.Flow {
		m.values, err = flow(s, f, at, obs)
		return m, err
	}
	if f.Per != "" {
		return m, errRate
	}
	m.values = obs
	return m, nil
}

// known reads the vintage of a day, else the earliest known; without a day, what is known now.
func (j *Judge) known(ctx context.Context, series string, from, to, day market.Period, m *measured) ([]market.Observation, error) {
	q := market.ObservationQuery{From: from, To: to}
	if !day.IsZero() {
		q.AsOf = day
		obs, err := j.observations(ctx, series, q)
		if err != nil {
			return nil, fmt.Errorf("read %s as of %s: %w", series, day, err)
		}
		if len(obs) > 0 {
			m.vintage = true
			return obs, nil
		}
		q.AsOf, q.Earliest = market.Period{}, true
	}
	obs, err := j.observations(ctx, series, q)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", series, err)
	}
	return obs, nil
}

// flow is the amount over a span: the day's own for a figure per day or about a day, else the sum of a whole span.
func flow(s market.Series, f *cite.Figure, at span, obs []market.Observation) ([]market.Observation, error) {
	daily := f.Per == cite.PerDay || f.Per == "" && at.period.Granularity() == market.Day && at.dated == datedByFigure
	switch {
	case daily:
		return obs, nil
	case f.Per != "" || at.dated != datedByFigure || s.Frequency != market.Daily:
		return nil, errNoSpan
	}
	days := at.period.LastDay().Day() - at.period.FirstDay().Day() + 1
	if len(obs) < days {
		return nil, nil // a sum with holes is not the amount
	}
	sum := obs[len(obs)-1]
	sum.Period, sum.Value = at.period, 0
	for _, o := range obs {
		sum.Value += o.Value
	}
	return []market.Observation{sum}, nil
}

// Latest adds the newest value of the verdict's series, for "then and now".
func (j *Judge) Latest(ctx context.Context, v *cite.Verdict) error {
	if v.Series == "" || v.Latest != nil || v.Kind == cite.NotChecked { // beside a change or a share a level says nothing
		return nil
	}
	obs, err := j.observations(ctx, v.Series, market.ObservationQuery{Limit: 1})
	if err != nil {
		return fmt.Errorf("read the newest value of %s: %w", v.Series, err)
	}
	if len(obs) > 0 {
		v.Latest, v.LatestAt = &obs[0].Value, obs[0].Period
	}
	return nil
}
