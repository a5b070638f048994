package judge

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// shelf is data and catalogue of a test: each observation is known from a day on.
type shelf struct {
	series  map[string]market.Series
	metrics map[string]market.Metric
	rows    map[string][]row
}

type row struct {
	day   string
	value float64
	known string // first day on which the value was known; "" = always
}

func (s *shelf) Series(id string) (market.Series, bool)   { x, ok := s.series[id]; return x, ok }
func (s *shelf) Metric(id string) (market.Metric, bool)   { x, ok := s.metrics[id]; return x, ok }
func (s *shelf) Subject(id string) (market.Subject, bool) { return market.Subject{ID: id}, false }
func (s *shelf) Source(id string) (market.Source, bool) {
	return market.Source{ID: id, Name: "DefiLlama"}, id == "defillama"
}

// Observations keeps the contract of a store: versions by the day on which they became known.
func (s *shelf) Observations(_ context.Context, series string, q market.ObservationQuery) ([]market.Observation, error) {
	current := map[market.Period]market.Observation{}
	var days []market.Period
	for _, r := range s.rows[series] {
		day := market.MustPeriod(r.day)
		if !q.From.IsZero() && day.Before(q.From) || !q.To.IsZero() && q.To.Before(day) {
			continue
		}
		recorded := day.Start()
		if r.known != "" {
			recorded = market.MustPeriod(r.known).Start()
		}
		if !q.AsOf.IsZero() && q.AsOf.End().Before(recorded) {
			continue
		}
		earlier, known := current[day]
		if !known {
			days = append(days, day)
		} else if q.Earliest {
			continue
		}
		late := recorded.After(day.End().AddDate(0, 0, 1))
		current[day] = market.Observation{Series: series, Period: day, Value: r.value, RecordedAt: recorded,
			Backfilled: late && (!known || earlier.Backfilled), Status: market.Final}
	}
	if q.Limit > 0 && len(days) > q.Limit {
		days = days[len(days)-q.Limit:]
	}
	var out []market.Observation
	for _, d := range days {
		out = append(out, current[d])
	}
	return out, nil
}

func newShelf() *shelf {
	return &shelf{
		series: map[string]market.Series{
			"supply": {ID: "supply", Metric: "supply", Unit: unit.USD, Frequency: market.Daily},
			"tvl":    {ID: "tvl", Metric: "tvl", Unit: unit.USD, Frequency: market.Daily},
			"token":  {ID: "token", Metric: "supply", Unit: "usdt", Frequency: market.Daily, Answers: []string{"market-cap"}, PegTolerance: 0.01},
			"volume": {ID: "volume", Metric: "volume", Unit: unit.USD, Frequency: market.Daily},
			"empty":  {ID: "empty", Metric: "tvl", Unit: unit.USD, Frequency: market.Daily},
			"power":  {ID: "power", Metric: "tvl", Unit: "GW", Frequency: market.Daily},
		},
		metrics: map[string]market.Metric{
			"supply": {ID: "supply", Behaviour: market.Stock},
			"tvl":    {ID: "tvl", Behaviour: market.Stock, Definitions: []market.Definition{{Spread: 0.3}}},
			"volume": {ID: "volume", Behaviour: market.Flow},
		},
		rows: map[string][]row{
			"supply": {
				{"2025-08-15", 270.2e9, ""}, {"2025-08-16", 270.4e9, ""}, {"2026-02-08", 304.1e9, ""},
				{"2026-02-09", 304.6e9, ""}, {"2026-02-10", 305.7e9, ""}, {"2026-03-01", 310e9, ""},
			},
			"tvl":    {{"2026-02-10", 100e9, ""}},
			"token":  {{"2026-02-10", 184.2e9, ""}},
			"volume": {{"2026-02-01", 5e9, ""}, {"2026-02-02", 6e9, ""}},
			"power":  {{"2026-02-10", 5, ""}},
		},
	}
}

// figure builds a cited figure from what a case states.
type stated struct {
	value, low, high, precision string
	unit                        unit.Unit
	qualifier                   cite.Qualifier
	nearly                      bool
	change                      cite.Change
	per                         cite.Per
	period, published           string
	forecast                    bool
	kind                        cite.Kind
	series                      string
	link                        cite.Link
	sourced                     bool
}

func (s stated) cited() *cite.Cited {
	decimal := func(v string) unit.Decimal {
		if v == "" {
			return unit.Decimal{}
		}
		return unit.MustDecimal(v)
	}
	period := func(v string) market.Period {
		if v == "" {
			return market.Period{}
		}
		return market.MustPeriod(v)
	}
	if s.unit == "" {
		s.unit = unit.USD
	}
	if s.precision == "" {
		s.precision = "1e9"
	}
	if s.kind == "" {
		s.kind = cite.Money
	}
	c := &cite.Cited{Link: s.link, Published: period(s.published), HasSource: s.sourced}
	c.Figure = cite.Figure{Kind: s.kind, Value: decimal(s.value), Low: decimal(s.low), High: decimal(s.high), Precision: decimal(s.precision),
		Unit: s.unit, Qualifier: s.qualifier, Nearly: s.nearly, Change: s.change, Per: s.per, Period: period(s.period), Forecast: s.forecast}
	if c.Link.Series == "" {
		c.Link.Series, c.Link.Confidence = s.series, 1
	}
	return c
}

func TestVerdict(t *testing.T) {
	no, yes := false, true
	tests := []struct {
		name string
		in   stated
		want cite.Verdict
	}{
		{"agrees on the day", stated{value: "305.7e9", precision: "1e8", period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-10")}},
		{"agrees with a month if it holds on a day of it", stated{value: "305e9", period: "2026-02", series: "supply"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-09")}},
		{"agrees rounded", stated{value: "300e9", precision: "1e11", period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.AgreesRounded, Period: market.MustPeriod("2026-02-10")}},
		{"undated takes the days up to publication", stated{value: "304e9", published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-08")}},
		{"true earlier", stated{value: "270e9", published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.WasTrueOn, Period: market.MustPeriod("2026-02-10"), LastTrue: market.MustPeriod("2025-08-16")}},
		{"contradicted", stated{value: "500e9", published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Contradicted, Period: market.MustPeriod("2026-02-10")}},
		{"another definition", stated{value: "125e9", published: "2026-02-10", series: "tvl"},
			cite.Verdict{Kind: cite.OtherDefinition, Period: market.MustPeriod("2026-02-10"), Definitions: &cite.Definitions{Spread: 0.3}}},
		{"beyond every definition", stated{value: "200e9", published: "2026-02-10", series: "tvl"},
			cite.Verdict{Kind: cite.Contradicted, Period: market.MustPeriod("2026-02-10")}},
		{"over", stated{value: "300e9", qualifier: cite.Over, period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.AgreesRounded, Period: market.MustPeriod("2026-02-10")}},
		{"over, but below by no more than the slack", stated{value: "306e9", qualifier: cite.Over, period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-10")}},
		{"over, but below", stated{value: "310e9", qualifier: cite.Over, period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Contradicted, Period: market.MustPeriod("2026-02-10")}},
		{"nearly", stated{value: "310e9", nearly: true, qualifier: cite.About, period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.AgreesRounded, Period: market.MustPeriod("2026-02-10")}},
		{"a range", stated{low: "300e9", high: "310e9", period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-10")}},
		{"a pegged token in dollars", stated{value: "184e9", period: "2026-02-10", series: "token"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-10")}},
		{"another unit of the same dimension", stated{value: "5000", precision: "100", unit: "MW", kind: cite.Energy, period: "2026-02-10", series: "power"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-10")}},
		{"another currency", stated{value: "305e9", unit: "EUR", period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonUnit}},
		{"outside the span there is no nearest point", stated{value: "305e9", period: "2020-07", series: "supply"},
			cite.Verdict{Kind: cite.NoDataThen}},
		{"a series without values", stated{value: "305e9", period: "2026-02-10", series: "empty"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonNoData}},
		{"no date anywhere", stated{value: "305e9", series: "supply"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonUndated}},
		{"the amount of a change", stated{value: "30e9", change: cite.By, period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonChange}},
		{"a level per month", stated{value: "305e9", per: cite.PerMonth, period: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonRate}},
		{"a flow on its day", stated{value: "6e9", period: "2026-02-02", series: "volume"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-02")}},
		{"a flow over a month with holes", stated{value: "11e9", period: "2026-02", series: "volume"},
			cite.Verdict{Kind: cite.NoDataThen}},
		{"a flow without a span", stated{value: "6e9", published: "2026-02-02", series: "volume"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonSpan}},
		{"off, but the link is a guess", stated{value: "500e9", published: "2026-02-10", link: cite.Link{Series: "supply", Confidence: 0.55}},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonUnlinked}},
		{"a guess that agrees", stated{value: "304e9", published: "2026-02-10", link: cite.Link{Series: "supply", Confidence: 0.55}},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-08")}},
		{"far below, and the link not sure", stated{value: "20e9", published: "2026-02-10", link: cite.Link{Series: "supply", Confidence: 0.75}},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonPart}},
		{"far above, and the link not sure", stated{value: "900e9", published: "2026-02-10", link: cite.Link{Series: "supply", Confidence: 0.75}},
			cite.Verdict{Kind: cite.Contradicted, Period: market.MustPeriod("2026-02-10")}},
		{"where a change began", stated{value: "200e9", change: cite.From, published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonPast}},
		{"a flow over a month, stated per month", stated{value: "11e9", per: cite.PerMonth, period: "2026-02", series: "volume"},
			cite.Verdict{Kind: cite.NoDataThen}},
		{"a flow per year of a month", stated{value: "11e9", per: cite.PerYear, period: "2026-02", series: "volume"},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonSpan}},
		{"forecast", stated{value: "1e12", forecast: true, period: "2028", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2028")}},
		{"forecast that came due", stated{value: "400e9", forecast: true, period: "2026-02", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02"), Met: &no, Period: market.MustPeriod("2026-02-10")}},
		{"of a quarter under way, not so yet", stated{value: "360e9", period: "2026-Q1", published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-Q1")}},
		{"of a quarter under way, already so", stated{value: "305e9", period: "2026-Q1", published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Agrees, Period: market.MustPeriod("2026-02-09")}},
		{"of a quarter under way, of what has no series", stated{value: "5e9", period: "2026-Q1", published: "2026-02-10"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-Q1")}},
		{"of a quarter that is nearly over", stated{value: "360e9", period: "2026-Q1", published: "2026-03-28", series: "supply"},
			cite.Verdict{Kind: cite.Contradicted, Period: market.MustPeriod("2026-03-01")}},
		{"of a time ahead, though nothing says forecast", stated{value: "900e9", period: "2026-02-20", published: "2026-02-10", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02-20")}},
		{"a forecast reached from below", stated{value: "290e9", forecast: true, period: "2026-02", published: "2025-08-16", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02"), Met: &yes, Period: market.MustPeriod("2026-02-10")}},
		{"a fall that did not come", stated{value: "200e9", forecast: true, period: "2026-02", published: "2025-08-16", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02"), Met: &no, Period: market.MustPeriod("2026-02-10")}},
		{"a forecast by an amount", stated{value: "30e9", forecast: true, change: cite.By, period: "2026-02", published: "2025-08-16", series: "supply"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02")}},
		{"a forecast of a flow without a span", stated{value: "30e9", forecast: true, per: cite.PerYear, period: "2026-02-01", published: "2025-08-16", series: "volume"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02-01")}},
		{"due, but the data ends before", stated{value: "290e9", forecast: true, period: "2026-02", published: "2025-08-16", series: "power", unit: "GW"},
			cite.Verdict{Kind: cite.Forecast, Due: market.MustPeriod("2026-02")}},
		{"no series, but a source", stated{value: "1e9", sourced: true}, cite.Verdict{Kind: cite.SourceOnly}},
		{"no series", stated{value: "1e9", link: cite.Link{Subject: "x", Metric: "y"}}, cite.Verdict{Kind: cite.NotChecked, Reason: ReasonNoSeries}},
		{"unlinked", stated{value: "1e9"}, cite.Verdict{Kind: cite.NotChecked, Reason: ReasonUnlinked}},
		{"a duration", stated{value: "3", unit: "month", kind: cite.Duration}, cite.Verdict{Kind: cite.NotMeasurable, Reason: ReasonKind}},
		{"silenced", stated{value: "500e9", published: "2026-02-10", series: "supply", link: cite.Link{Ignored: "quoted"}},
			cite.Verdict{Kind: cite.NotChecked, Reason: ReasonIgnored}},
		{"damage", stated{kind: cite.Damage}, cite.Verdict{Kind: cite.NotChecked, Reason: ReasonDamaged}},
	}
	now := func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }
	data := newShelf()
	judge := New(data, data, now, Config{})
	ignore := cmpopts.IgnoreFields(cite.Verdict{}, "Series", "Value", "Vintage", "Backfilled", "Dated", "Latest", "LatestAt")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := judge.Verdict(t.Context(), tt.in.cited())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, ignore, cmp.Comparer(func(a, b market.Period) bool { return a == b })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestVerdictKnowsVintages(t *testing.T) {
	data := newShelf()
	data.rows["supply"] = []row{
		{"2026-02-10", 305.7e9, "2026-02-10"}, {"2026-02-10", 299e9, "2026-02-20"},
		{"2026-01-05", 310e9, "2026-02-01"}, {"2026-01-05", 320e9, "2026-02-20"},
	}
	judge := New(data, data, func() time.Time { return time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) }, Config{})
	tests := []struct {
		name       string
		in         stated
		want       cite.VerdictKind
		backfilled bool
	}{
		{"right when published, revised since", stated{value: "306e9", period: "2026-02-10", published: "2026-02-11", series: "supply"}, cite.RevisedSince, false},
		{"right by what is known today", stated{value: "299e9", period: "2026-02-10", published: "2026-02-25", series: "supply"}, cite.Agrees, false},
		{"published before anything was recorded: the earliest known", stated{value: "310e9", period: "2026-01-05", published: "2026-01-06", series: "supply"}, cite.Agrees, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, err := judge.Verdict(t.Context(), tt.in.cited())
			if err != nil {
				t.Fatal(err)
			}
			if v.Kind != tt.want || v.Backfilled != tt.backfilled {
				t.Errorf("verdict %s, backfilled %v; want %s, %v", v.Kind, v.Backfilled, tt.want, tt.backfilled)
			}
		})
	}
}
