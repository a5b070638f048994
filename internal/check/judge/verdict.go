// Package judge holds figures against the data of their series: it gives verdicts, and reports what data contradicts.
package judge

import (
	"context"
	"errors"
	"fmt"
	"strings"
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

// Catalog knows series, metrics, subjects and sources by id.
type Catalog interface {
	Series(id string) (market.Series, bool)
	Subject(id string) (market.Subject, bool)
	Metric(id string) (market.Metric, bool)
	Source(id string) (market.Source, bool)
}

// Config holds the limits of a judgement. Zero fields take the defaults; distances are relative (0.05 = 5 %).
type Config struct {
	Bounds   rule.Bounds
	Lookback int     // days before publication that an undated figure may mean; default 7
	Memory   int     // months back in which a written value may have been true; default 18
	Close    float64 // distance up to which a value agrees rather than agrees rounded; default 0.005
	Slack    float64 // distance beyond the written digits and their qualifier at which a value still agrees; default 0.01
	Near     float64 // distance beyond them up to which a mismatch is worth no more than a note; default 0.03
	Far      float64 // distance beyond them from which a mismatch or a revision is a grave one; default 0.1
	Stale    float64 // distance of the newest value from what was written at which a figure that was right has aged; default 0.1
	Fresh    int     // days after publication in which no figure ages; default 30
	Guess    float64 // confidence of a link below which a mismatch speaks against the link, not the figure; default 0.6
	Sure     float64 // confidence from which a mismatch may be an error; default 0.65
	Whole    float64 // confidence from which an amount far below the series' value is held against the whole; default 0.8
	Part     float64 // share of the series' value below which an amount is far below it; default 0.5
	Held     int     // observations kept in memory while figures are judged together; default 250000
}

// withDefaults fills in what is zero.
func (c Config) withDefaults() Config {
	if c.Bounds == (rule.Bounds{}) {
		c.Bounds = rule.DefaultBounds()
	}
	for _, n := range []struct {
		value *int
		def   int
	}{{&c.Lookback, 7}, {&c.Memory, 18}, {&c.Fresh, 30}, {&c.Held, 250000}} {
		if *n.value == 0 {
			*n.value = n.def
		}
	}
	for _, d := range []struct {
		value *float64
		def   float64
	}{{&c.Close, 0.005}, {&c.Slack, 0.01}, {&c.Near, 0.03}, {&c.Far, 0.1}, {&c.Stale, 0.1}, {&c.Guess, 0.6}, {&c.Sure, 0.65}, {&c.Whole, 0.8}, {&c.Part, 0.5}} {
		if *d.value == 0 {
			*d.value = d.def
		}
	}
	return c
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
	return &Judge{cfg: cfg.withDefaults(), catalog: c, data: d, now: now}
}

// together is a judge that reads each series once for all of these figures. It is not safe for concurrent use.
func (j *Judge) together(figures []*cite.Cited) *Judge {
	m := newMemo(j.data, j.cfg.Held)
	for _, c := range figures {
		if c.Link.Series == "" {
			continue
		}
		if at := j.spanOf(c); !at.period.IsZero() {
			m.expect(c.Link.Series, dayRange{at.from, at.to})
		}
	}
	return &Judge{cfg: j.cfg, catalog: j.catalog, data: m, now: j.now}
}

// JudgeAll gives figures their verdicts, with the newest value of the series beside them, reading each series once.
// The error is the data's.
func (j *Judge) JudgeAll(ctx context.Context, figures []*cite.Cited) error {
	all := j.together(figures)
	for _, c := range figures {
		v, err := all.Verdict(ctx, c)
		if err == nil {
			err = all.Latest(ctx, &v)
		}
		if err != nil {
			return fmt.Errorf("judge figure %s: %w", c.Figure.ID, err)
		}
		c.Verdict = v
	}
	return nil
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
	ReasonPast     = "past"      // undated, and told of an earlier time than the post's
	ReasonPart     = "part"      // a part of what the series measures
	ReasonSupposed = "supposed"  // what would be, not what is
)

// judgement is a verdict with what it rests on. The intervals are in the unit of the series.
type judgement struct {
	cite.Verdict
	series  market.Series
	source  market.Source
	at      span
	stated  rule.Interval       // what was written, with its qualifier
	value   market.Observation  // compared with; zero where nothing was
	extreme bool                // of the values of a span the value is the nearest one
	named   bool                // the sentence names the source
	today   bool                // the text names a time, but the number is just that of its post's day
	revised *market.Observation // what is known now, where the vintage of publication was replaced
}

// Verdict judges one figure of a post. The error is the data's, never the figure's.
func (j *Judge) Verdict(ctx context.Context, c *cite.Cited) (cite.Verdict, error) {
	judged, err := j.judge(ctx, c)
	return judged.Verdict, err
}

func (j *Judge) judge(ctx context.Context, c *cite.Cited) (judgement, error) {
	if v, done := withoutData(c); done {
		return judgement{Verdict: v}, nil
	}
	series, ok := j.catalog.Series(c.Link.Series)
	switch {
	case foreseen(c) && !ok:
		return judgement{Verdict: forecast(c)}, nil
	case !ok:
		return judgement{Verdict: notChecked(ReasonNoSeries)}, nil
	case foreseen(c):
		return j.forecast(ctx, c, series)
	}
	return j.against(ctx, c, series)
}

// foreseen tells whether a figure is a forecast: it says so, or its time lay ahead when its post came out.
func foreseen(c *cite.Cited) bool {
	p := c.Figure.Period
	return c.Figure.Forecast || !p.IsZero() && !c.Published.IsZero() && c.Published.LastDay().Before(p.FirstDay())
}

// withoutData is the verdict of a figure that needs no data, or could not use any; false where data decides.
func withoutData(c *cite.Cited) (cite.Verdict, bool) {
	switch {
	case c.Figure.Kind == cite.Damage:
		return notChecked(ReasonDamaged), true
	case c.Link.Ignored != "":
		return notChecked(ReasonIgnored), true
	case foreseen(c) && c.Link.Series == "":
		return forecast(c), true
	case c.Link.Series == "" && unfinished(c) && c.Figure.Period.Granularity() != market.Year:
		return forecast(c), true
	case c.Link.Series == "":
		return withoutSeries(c), true
	}
	return cite.Verdict{}, false
}

// unfinished tells whether a figure is about a quarter or more that was not over when its post came out: what is not
// so yet may be meant to become so.
func unfinished(c *cite.Cited) bool {
	const last = 10 // days at its end in which a time counts as over
	p := c.Figure.Period
	return p.Granularity() >= market.Quarter && p.Contains(c.Published) && c.Published.AddDays(last).Start().Before(p.End())
}

// verdictWithoutData is the verdict of a figure where there is no data at all.
func verdictWithoutData(c *cite.Cited) cite.Verdict {
	v, done := withoutData(c)
	switch {
	case done:
		return v
	case foreseen(c):
		return forecast(c)
	}
	return cite.Verdict{Kind: cite.NotChecked, Reason: ReasonNoData, Series: c.Link.Series}
}

// forecast is the verdict of a forecast of which it is not known whether it came true.
func forecast(c *cite.Cited) cite.Verdict {
	return cite.Verdict{Kind: cite.Forecast, Series: c.Link.Series, Due: c.Figure.Period}
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

// forecast names the due date and, once that has passed and the series has reached it, whether the forecast was met.
func (j *Judge) forecast(ctx context.Context, c *cite.Cited, s market.Series) (judgement, error) {
	v := judgement{Verdict: forecast(c), series: s}
	due := c.Figure.Period
	if due.IsZero() || j.now().Before(due.End()) || incomparable(&c.Figure) != "" {
		return v, nil
	}
	newest, err := j.newest(ctx, s.ID)
	if err != nil || newest.Period.IsZero() || newest.Period.LastDay().Before(due.LastDay()) {
		return v, err
	}
	v.Met, err = j.met(ctx, &v, c)
	return v, err
}

// met tells whether a forecast that is due came true, and notes the value that tells it; nil where that cannot be told.
func (j *Judge) met(ctx context.Context, v *judgement, c *cite.Cited) (*bool, error) {
	f := &c.Figure
	stated, ok := j.inUnitOf(v.series, f)
	if !ok {
		return nil, nil
	}
	due, err := j.measure(ctx, v.series, f, wholePeriod(f.Period), market.Period{})
	switch {
	case errors.Is(err, errNoSpan), errors.Is(err, errRate):
		return nil, nil
	case err != nil || len(due.values) == 0:
		return nil, err
	}
	v.Show(due.values[len(due.values)-1])
	if met := fulfilled(f, stated, due.values); met != nil {
		return met, nil
	}
	var start measured
	if !c.Published.IsZero() {
		start, err = j.measure(ctx, v.series, f, daysUpTo(c.Published, j.cfg.Lookback), market.Period{})
		if err != nil && !errors.Is(err, errNoSpan) {
			return nil, err
		}
	}
	return reached(stated, due.values, start.values), nil
}

// newest is a series' newest value; zero where there is none.
func (j *Judge) newest(ctx context.Context, series string) (market.Observation, error) {
	obs, err := j.observations(ctx, series, market.ObservationQuery{Limit: 1})
	if err != nil {
		return market.Observation{}, fmt.Errorf("read the newest value of %s: %w", series, err)
	}
	if len(obs) == 0 {
		return market.Observation{}, nil
	}
	return obs[0], nil
}

// reached tells whether values went as far as was foreseen: up, or down from where they started.
func reached(stated rule.Interval, values, start []market.Observation) *bool {
	last := values[len(values)-1].Value
	met := stated.Low <= last
	if len(start) > 0 && stated.High < start[len(start)-1].Value {
		met = last <= stated.High
	}
	return &met
}

// fulfilled tells from the values of its period alone whether a forecast came true: where the value was there on some
// day it did, where the text bounds it the bound decides; nil where it depends on where the value came from.
func fulfilled(f *cite.Figure, stated rule.Interval, values []market.Observation) *bool {
	last := values[len(values)-1].Value
	_, met := nearest(values, stated)
	switch {
	case met:
	case f.Qualifier == cite.Over, f.Qualifier == cite.AtLeast:
		met = last >= stated.Low
	case f.Qualifier == cite.Under, f.Qualifier == cite.UpTo:
		met = last <= stated.High
	case !f.IsRange():
		return nil
	}
	return &met
}

// span is the time a figure speaks of, days from and to included: its own period, or for an undated one the days up to
// publication.
type span struct {
	period   market.Period
	from, to market.Period
	dated    string
}

func wholePeriod(p market.Period) span {
	return span{period: p, from: p.FirstDay(), to: p.LastDay(), dated: datedByFigure}
}

// daysUpTo are a day and so many days before it.
func daysUpTo(day market.Period, back int) span {
	if day.IsZero() {
		return span{dated: datedByPublication}
	}
	return span{period: day, from: day.FirstDay().AddDays(-back), to: day.LastDay(), dated: datedByPublication}
}

const (
	datedByFigure      = "figure"
	datedByPublication = "published"
)

func (j *Judge) spanOf(c *cite.Cited) span {
	period := c.Figure.Period
	if period.IsZero() {
		return daysUpTo(c.Published, j.cfg.Lookback)
	}
	at := wholePeriod(period)
	if r, ok := season(sentenceAround(c), period); ok {
		at.from, at.to = r.from, r.to
	}
	return at
}

// against compares a figure with a series.
func (j *Judge) against(ctx context.Context, c *cite.Cited, s market.Series) (judgement, error) {
	f := &c.Figure
	at := j.spanOf(c)
	v := judgement{Verdict: cite.Verdict{Series: s.ID, Dated: at.dated}, series: s, at: at}
	if source, ok := j.catalog.Source(s.Source); ok {
		v.source = source
	} else {
		v.source.Name = s.Source
	}
	stated, ok := j.inUnitOf(s, f)
	reason := incomparable(f)
	switch {
	case reason != "":
	case !ok:
		reason = ReasonUnit
	case at.period.IsZero():
		reason = ReasonUndated
	case isGainOrLoss(c):
		reason = ReasonChange
	case at.dated == datedByPublication && (f.Change == cite.From || ofEarlier(c)):
		reason = ReasonPast
	}
	if reason != "" {
		v.Kind, v.Reason, v.Dated = cite.NotChecked, reason, ""
		return v, nil
	}
	v.stated = stated
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
	if hit, ok := j.agreeing(then.values, stated); ok {
		v.value = hit
		v.Show(hit)
		v.Kind = cite.AgreesRounded
		if j.close(s, f).Holds(hit.Value) {
			v.Kind = cite.Agrees
		}
		return v, j.revisedSince(ctx, &v, c, then)
	}
	v.value = then.values[len(then.values)-1]
	if at.dated == datedByFigure && len(then.values) > 1 {
		v.value, v.extreme = closest(then.values, stated), true
	}
	if unfinished(c) {
		return j.forecast(ctx, c, s)
	}
	v.Show(v.value)
	return v, j.disagrees(ctx, &v, c)
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

// disagrees decides what kind of mismatch it is: another definition, true earlier, a part of the whole, or contradicted.
// A sentence that names the source leaves no room for another definition.
func (j *Judge) disagrees(ctx context.Context, v *judgement, c *cite.Cited) error {
	v.named = isNamed(sentenceAround(c), v.source.Name)
	if v.value.Period.Granularity() == market.Day { // a sum over a longer span is not held against single days
		var err error
		if v.LastTrue, err = j.lastTrue(ctx, v); err != nil {
			return err
		}
	}
	v.Kind = cite.Contradicted
	if !v.LastTrue.IsZero() {
		v.Kind = cite.WasTrueOn
	}
	reason, definition := j.doubt(v, c), j.otherDefinition(v)
	switch {
	case reason != "":
		v.Verdict = cite.Verdict{Kind: cite.NotChecked, Reason: reason, Series: v.Series}
		return nil
	case definition != nil && !v.named:
		v.Kind, v.Definitions = cite.OtherDefinition, definition
		return nil
	}
	if v.at.dated == datedByFigure && !c.Published.IsZero() {
		then, err := j.measure(ctx, v.series, &c.Figure, daysUpTo(c.Published, j.cfg.Lookback), c.Published)
		if err != nil && !errors.Is(err, errNoSpan) {
			return err
		}
		_, v.today = nearest(then.values, j.close(v.series, &c.Figure))
	}
	return nil
}

// doubt is why a mismatch more likely says that the figure is about something else, or about a part of what the series
// measures, or not of the post's day: the link is a guess, the sentence supposes or tells of the past, or the amount lies
// far below the whole and was not true in living memory either. "" for no doubt. A slip of scale words explains a gap that
// a part would leave.
func (j *Judge) doubt(v *judgement, c *cite.Cited) string {
	if c.Link.Pinned || v.named {
		return ""
	}
	switch {
	case c.Link.Confidence < j.cfg.Guess:
		return ReasonUnlinked
	case isSupposed(c):
		return ReasonSupposed
	case v.at.dated == datedByPublication && isPastTense(c):
		return ReasonPast
	}
	switch {
	case v.stated.High < v.value.Value && isApportioned(c):
		return ReasonPart
	case v.Kind == cite.WasTrueOn, v.stated.High >= j.cfg.Part*v.value.Value:
		return ""
	case isPart(c), j.slip(v, c) == 0 && !j.isWhole(v, c):
		return ReasonPart
	}
	return ""
}

// isWhole tells whether an amount far below a series' value is surely held against it: the link leaves no doubt, and
// the series is of one thing, or the text dates the amount. Of a sector mostly parts are told, whatever they are called.
func (j *Judge) isWhole(v *judgement, c *cite.Cited) bool {
	subject, _ := j.catalog.Subject(v.series.Subject)
	return c.Link.Confidence >= j.cfg.Whole && (subject.Kind != market.KindSector || v.at.dated == datedByFigure)
}

// slipTolerance is how far a value may lie from a thousand times what was written, for a wrong scale word to explain it.
const slipTolerance = 0.05

// slip is the factor by which a figure's digits miss the value if it is that of neighbouring scale words, else 0.
func (j *Judge) slip(v *judgement, c *cite.Cited) float64 {
	digits, ok := j.convert(v.series, &c.Figure, rule.Written(&c.Figure))
	if !ok || v.Kind != cite.Contradicted || c.Figure.Qualifier == cite.UpTo {
		return 0
	}
	switch k := rule.SlipOf(digits, rule.Interval{Low: v.value.Value, High: v.value.Value}, slipTolerance); k {
	case 1e3, 1e-3:
		return k
	}
	return 0
}

// otherDefinition is the narrowest definition of the metric, other than the series' own, that explains the difference;
// nil for none.
func (j *Judge) otherDefinition(v *judgement) *cite.Definitions {
	m, ok := j.catalog.Metric(v.series.Metric)
	if !ok {
		return nil
	}
	own := v.series.Note
	if own.EN == "" {
		own = m.Definition
	}
	var found *cite.Definitions
	for _, d := range m.Definitions {
		if isNamed(strings.ToLower(own.EN), d.Name.EN) { // the series follows this one
			continue
		}
		value := rule.Interval{Low: v.value.Value, High: v.value.Value}.Widen(d.Spread)
		if d.More {
			value.Low = v.value.Value
		}
		if d.Less {
			value.High = v.value.Value
		}
		if v.stated.Meets(value) && (found == nil || d.Spread < found.Spread) {
			found = &cite.Definitions{Own: own, Other: d.Name, Spread: d.Spread}
		}
	}
	return found
}

// lastTrue is the last day before the time of a mismatch on which the written value was true, within the judge's memory.
func (j *Judge) lastTrue(ctx context.Context, v *judgement) (market.Period, error) {
	from := market.DayOf(v.at.from.Start().AddDate(0, -j.cfg.Memory, 0))
	obs, err := j.observations(ctx, v.series.ID, market.ObservationQuery{From: from, To: v.at.from.AddDays(-1)})
	if err != nil {
		return market.Period{}, fmt.Errorf("read %s before %s: %w", v.series.ID, v.at.from, err)
	}
	for i := len(obs) - 1; i >= 0; i-- {
		if v.stated.Holds(obs[i].Value) {
			return obs[i].Period, nil
		}
	}
	return market.Period{}, nil
}

// revisedSince turns an agreement into revised-since where it holds only in the vintage known at publication. What was
// provisional then was bound to change and is not revised.
func (j *Judge) revisedSince(ctx context.Context, v *judgement, c *cite.Cited, then measured) error {
	if !then.vintage || v.value.Status == market.Provisional {
		return nil
	}
	now, err := j.measure(ctx, v.series, &c.Figure, then.at, market.Period{})
	if err != nil || len(now.values) == 0 {
		return err
	}
	if _, ok := j.agreeing(now.values, v.stated); !ok {
		v.Kind = cite.RevisedSince
		last := closest(now.values, v.stated)
		v.Latest, v.LatestAt, v.revised = &last.Value, last.Period, &last
	}
	return nil
}

// closest is the value that lies least far outside the interval, of several the last.
func closest(values []market.Observation, to rule.Interval) market.Observation {
	best := values[len(values)-1]
	for i := len(values) - 2; i >= 0; i-- {
		if to.Distance(values[i].Value) < to.Distance(best.Value) {
			best = values[i]
		}
	}
	return best
}

// agreeing is the value that what was written stands for, else one within the slack.
func (j *Judge) agreeing(values []market.Observation, stated rule.Interval) (market.Observation, bool) {
	if hit, ok := nearest(values, stated); ok {
		return hit, true
	}
	return nearest(values, stated.Widen(j.cfg.Slack))
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
	at        span
	behaviour market.Behaviour
	values    []market.Observation
	vintage   bool
	any       bool
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
	m.behaviour = metric.Behaviour
	obs, err := j.known(ctx, s.ID, at.from, at.to, known, &m)
	if err != nil {
		return m, err
	}
	if len(obs) == 0 {
		newest, err := j.newest(ctx, s.ID)
		m.any = !newest.Period.IsZero()
		return m, err
	}
	m.any = true
	if metric.Behaviour == market.Flow {
		if m.values, err = flow(s, f, at, obs); err != nil || len(m.values) > 0 || !m.vintage {
			return m, err
		}
		m.vintage = false // what was known then does not cover the span
		if obs, err = j.earliest(ctx, s.ID, at.from, at.to); err == nil {
			m.values, err = flow(s, f, at, obs)
		}
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
	obs, err := j.observations(ctx, series, market.ObservationQuery{From: from, To: to, AsOf: day})
	switch {
	case err != nil && day.IsZero():
		return nil, fmt.Errorf("read %s: %w", series, err)
	case err != nil:
		return nil, fmt.Errorf("read %s as of %s: %w", series, day, err)
	case len(obs) > 0:
		m.vintage = !day.IsZero()
		return obs, nil
	case day.IsZero():
		return nil, nil
	}
	return j.earliest(ctx, series, from, to)
}

// earliest reads the first values known.
func (j *Judge) earliest(ctx context.Context, series string, from, to market.Period) ([]market.Observation, error) {
	obs, err := j.observations(ctx, series, market.ObservationQuery{From: from, To: to, Earliest: true})
	if err != nil {
		return nil, fmt.Errorf("read the earliest vintage of %s: %w", series, err)
	}
	return obs, nil
}

// perGranularity is the period whose whole amount is stated by an amount per that span.
var perGranularity = map[cite.Per]market.Granularity{cite.PerMonth: market.Month, cite.PerQuarter: market.Quarter, cite.PerYear: market.Year}

// flow is the amount over a span: the day's own for a figure per day or about a day, else the sum of a whole span.
func flow(s market.Series, f *cite.Figure, at span, obs []market.Observation) ([]market.Observation, error) {
	daily := f.Per == cite.PerDay || f.Per == "" && at.period.Granularity() == market.Day && at.dated == datedByFigure
	switch {
	case daily:
		return obs, nil
	case at.dated != datedByFigure, s.Frequency != market.Daily, f.Per != "" && perGranularity[f.Per] != at.period.Granularity():
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
	if v.Series == "" || v.Latest != nil || v.Kind == cite.NotChecked { // beside a change or a part a level says nothing
		return nil
	}
	newest, err := j.newest(ctx, v.Series)
	if err == nil && !newest.Period.IsZero() {
		v.Latest, v.LatestAt = &newest.Value, newest.Period
	}
	return err
}
