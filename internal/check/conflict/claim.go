package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// claim is a figure that says how much there is or was of something, in the form in which it is held against others. It
// is made from the Cited alone: of posts that a server lends there is no text.
type claim struct {
	rule.Place
	of    matter
	voice string        // whose word it is: a post, its copies and its translations have one voice
	value rule.Interval // in the matter's unit, with the qualifier's bounds
	plain float64       // the middle of the written number, in the matter's unit
	days  [2]int        // first and last day that it is about
	dated bool          // by its own words, not by its post's date
	known bool          // there is a date at all
	span  span365       // what an amount is stated for; zero for a level
	forms *wording      // what its sentence says around it, read when first needed
}

// matter is what two claims must share to be held against each other.
type matter struct {
	subject  string
	metric   string
	unit     unit.Unit
	forecast bool
}

// span365 is the number of times that an amount's span fits into a year; 0 where no span is stated, or none applies.
type span365 float64

var spansPerYear = map[cite.Per]span365{
	cite.PerDay: 365, cite.PerWeek: 52, cite.PerMonth: 12, cite.PerQuarter: 4, cite.PerYear: 1, cite.Annualised: 1,
}

var spansOfPeriods = map[market.Granularity]span365{
	market.Day: 365, market.Month: 12, market.Quarter: 4, market.Half: 2, market.Year: 1,
}

// nature is how a metric's claims are held against each other.
type nature uint8

const (
	unfit   nature = iota // too many things go by its name
	ofLevel               // there is so much at a time
	ofFlow                // so much comes together over a span
	ofSize                // a market by somebody's estimate, always of a year
	ofRound               // one of several one-off amounts: which one, its sentence must say
)

// natures are the metrics of which two values can contradict each other. Those that are left out are stated of too many
// things by one name: shares, savings, prices of several products, times of several steps.
var natures = map[string]nature{
	"tvl": ofLevel, "market-cap": ofLevel, "deposits": ofLevel, "lending": ofLevel, "tokenized-assets": ofLevel, "aum": ofLevel,
	"assets-under-custody": ofLevel, "holdings": ofLevel, "backlog": ofLevel, "supply": ofLevel, "max-supply": ofLevel,
	"staked": ofLevel, "valuation": ofLevel, "policy-rate": ofLevel, "inflation": ofLevel,
	"users": ofLevel, "subscribers": ofLevel, "customers": ofLevel, "merchants": ofLevel, "developers": ofLevel, "institutions": ofLevel,
	"members": ofLevel, "partners": ofLevel, "attendance": ofLevel, "countries": ofLevel, "projects": ofLevel, "devices": ofLevel,
	"validators": ofLevel, "exchanges": ofLevel, "assets": ofLevel, "integrations": ofLevel, "agents": ofLevel, "blockchains": ofLevel,
	"subgraphs": ofLevel, "funds": ofLevel, "data-centres": ofLevel, "throughput": ofLevel, "hashrate": ofLevel, "difficulty": ofLevel,
	"capacity": ofLevel,
	"volume":   ofFlow, "revenue": ofFlow, "profit": ofFlow, "operating-expenses": ofFlow, "remittances": ofFlow, "gdp": ofFlow,
	"transactions": ofFlow, "queries": ofFlow, "frames": ofFlow, "data-volume": ofFlow, "electricity": ofFlow, "generation": ofFlow,
	"market-size": ofSize, "funding": ofRound,
}

// tokenMetrics are the counts whose unit is a token of the subject instead of the noun that names the metric.
var tokenMetrics = []string{"supply", "max-supply", "staked", holdings}

// holdings are of many things; only those of one token compare.
const holdings = "holdings"

// inMoney are metrics that, stated in money, are another one: what is in circulation is worth its market capitalisation.
var inMoney = map[string]string{"supply": "market-cap"}

// baseUnits are the units that claims of a dimension are brought to.
var baseUnits = []unit.Unit{"W", "Wh", "B", "bit/s", "H/s"}

// claims are what a document says that can be held against other claims.
func (x *examination) claims(d *rule.Document, names *nameIndex) []*claim {
	parts := partsOfWholes(d.Cited)
	var found []*claim
	for i := range d.Cited {
		c := &d.Cited[i]
		if parts[c.Figure.Relation] {
			continue
		}
		cl := x.claim(d, c, names)
		if cl != nil {
			found = append(found, cl)
		}
	}
	return withoutForecastValues(found)
}

// partsOfWholes are the relations in which a figure is given as a share of another one.
func partsOfWholes(cited []cite.Cited) map[string]bool {
	parts := map[string]bool{}
	for i := range cited {
		f := &cited[i].Figure
		if f.Relation != "" && f.Kind == cite.Percent && f.Change == "" {
			parts[f.Relation] = true
		}
	}
	delete(parts, "")
	return parts
}

// withoutForecastValues leaves out what a post states as a forecast in one place and without a word of it in another.
func withoutForecastValues(claims []*claim) []*claim {
	type amount struct {
		of    matter
		plain float64
	}
	forecast := map[amount]bool{}
	for _, c := range claims {
		if c.of.forecast {
			forecast[amount{c.of, c.plain}] = true
		}
	}
	return slices.DeleteFunc(claims, func(c *claim) bool {
		of := c.of
		of.forecast = true
		return !c.of.forecast && forecast[amount{of, c.plain}]
	})
}

// claim reads one figure; nil where it says nothing that another could contradict.
func (x *examination) claim(d *rule.Document, c *cite.Cited, names *nameIndex) *claim {
	f := &c.Figure
	if !usable(c) || c.Link.Subject == "" {
		return nil
	}
	metric := c.Link.Metric
	if metric == "" {
		metric = x.metricBeside(f, phraseOf(c.Fragment, c.FragmentAt, c.FragmentEnd), names.subject[c.Link.Subject].Kind)
	}
	m, ok := x.Catalog.Metric(metric)
	if !ok || natures[m.ID] == unfit || !measures(&m, f) {
		return nil
	}
	return x.claimOf(d, c, c.Link.Subject, m.ID)
}

// claimOf makes a claim of a figure whose subject and metric are known; nil where its value cannot be compared.
func (x *examination) claimOf(d *rule.Document, c *cite.Cited, subject, metric string) *claim {
	f := &c.Figure
	cl := &claim{Place: rule.Place{Doc: d, Cited: c}, voice: voiceOf(c), of: matter{subject: subject, metric: metric, forecast: f.Forecast}}
	if !cl.inBase(x.Settings.Bounds) {
		return nil
	}
	if name, ok := inMoney[metric]; ok && f.Kind == cite.Money {
		cl.of.metric = name
	}
	cl.date()
	if natures[metric] == ofFlow {
		cl.span = spanOf(f)
		if cl.span == 0 {
			return nil
		}
	}
	return cl
}

// usable tells whether a figure counts here at all: nobody has silenced it, its post still states it, and it is a plain
// amount with its sentence.
func usable(c *cite.Cited) bool {
	sentence := 0 <= c.FragmentAt && c.FragmentAt <= c.FragmentEnd && c.FragmentEnd <= len(c.Fragment)
	return c.Link.Ignored == "" && !c.Former && sentence && states(&c.Figure)
}

// states tells whether a figure is a plain amount of something at some time: neither a change nor a bound.
func states(f *cite.Figure) bool {
	switch f.Kind {
	case cite.Money, cite.Count, cite.Percent, cite.Energy, cite.Rate, cite.Other:
	default:
		return false
	}
	if f.Value.IsZero() && !f.IsRange() || f.Qualifier == cite.UpTo {
		return false
	}
	switch f.Change {
	case "", cite.To:
		return true
	case cite.From:
		return !f.Period.IsZero()
	}
	return false
}

// measures tells whether a figure is in what its metric is measured in: a share of a level is no level, and fifty
// thousand tokens are no validators.
func measures(m *market.Metric, f *cite.Figure) bool {
	dimension := f.Unit.Dimension()
	if dimension != m.Dimension && (dimension == unit.Share || !slices.Contains(m.Also, dimension)) {
		return m.ID == "difficulty" && f.Unit == ""
	}
	if dimension != unit.Count {
		return m.ID != holdings
	}
	if slices.Contains(tokenMetrics, m.ID) {
		_, ticker := unit.LookupTicker(string(f.Unit))
		return ticker || f.Unit == "token" || f.Unit == "coin"
	}
	written := strings.ToLower(f.UnitText)
	return slices.ContainsFunc(m.Words, func(w string) bool {
		w = strings.Trim(w, "*")
		return written != "" && strings.Contains(written, w) || strings.HasPrefix(w, string(f.Unit)) || strings.HasPrefix(string(f.Unit), w)
	})
}

// inBase brings the value to the base unit of its dimension; false where it cannot be compared at all.
func (c *claim) inBase(b rule.Bounds) bool {
	f := &c.Cited.Figure
	c.value, c.of.unit = tightened(f, b.Stated(f)), f.Unit
	c.plain = rule.Written(f).Middle()
	for _, base := range baseUnits {
		if k := unit.Convert(unit.NewDecimal(1, 0), f.Unit, base); !k.IsZero() {
			c.value, c.plain, c.of.unit = c.value.By(k.Float64()), c.plain*k.Float64(), base
			break
		}
	}
	return c.value.Low >= 0 && c.plain > 0
}

// looseness is how far rounding alone may take a number: "100 billion" is written for 90 as for 110, but hardly for 60,
// though all its digits but one are zeros.
const looseness = 0.2

// tightened cuts what rounding adds to a number's interval at its looseness, and leaves what qualifiers add.
func tightened(f *cite.Figure, stated rule.Interval) rule.Interval {
	low, high := f.Ends()
	l, h := low.Float64(), high.Float64()
	if f.Qualifier != cite.Under {
		stated.Low = max(stated.Low, l*(1-looseness))
	}
	switch {
	case f.Nearly:
		stated.High = min(stated.High, h)
		stated.Low = max(stated.Low, l*(1-looseness/2))
	case f.Qualifier != cite.Over && f.Qualifier != cite.AtLeast:
		stated.High = min(stated.High, h*(1+looseness))
	}
	return stated
}

// date fills in the days that a claim is about: its own, else its post's.
func (c *claim) date() {
	period, own := rule.Dated(c.Cited)
	if period.IsZero() {
		return
	}
	c.known, c.dated = true, own
	c.days = [2]int{period.FirstDay().Day(), period.LastDay().Day()}
	if published := c.Cited.Published; own && !published.IsZero() && c.days[1] > published.LastDay().Day()+restOfMonth {
		c.of.forecast = true // a year, quarter or month that was not over when the post said so
	}
}

// restOfMonth is how many days a period may go on after the post that speaks of it.
const restOfMonth = 30

// spanOf is the span that an amount is stated for, by its words or else by its period.
func spanOf(f *cite.Figure) span365 {
	if f.Per != "" {
		return spansPerYear[f.Per]
	}
	return spansOfPeriods[f.Period.Granularity()]
}

// voiceOf names whose word a figure is. Translations of one post share a key, copies of it their title.
func voiceOf(c *cite.Cited) string {
	switch {
	case c.Twin != "":
		return "twin:" + c.Twin
	case c.Title != "":
		return "title:" + strings.ToLower(strings.TrimSpace(c.Title))
	}
	return "slug:" + c.Slug
}

// rate is the value brought to a year.
func (c *claim) rate() rule.Interval { return c.value.By(float64(c.span)) }

// length is how many days the time of a claim has beyond a month, within which a level counts as one.
func (c *claim) length() int { return max(0, c.days[1]-c.days[0]-restOfMonth) }

// sameTime tells whether two claims are about exactly the same days.
func (c *claim) sameTime(o *claim) bool {
	return c.known && o.known && c.days == o.days
}

// overlaps tells whether two claims have a day in common.
func (c *claim) overlaps(o *claim) bool { return c.days[0] <= o.days[1] && o.days[0] <= c.days[1] }

// apart is how many months lie between the times of two claims, the room within longer periods included.
func (c *claim) apart(o *claim) float64 {
	if c.sameTime(o) {
		return 0
	}
	gap := max(c.days[0]-o.days[1], o.days[0]-c.days[1], 0)
	return (float64(gap) + float64(max(c.length(), o.length()))/2) / daysPerMonth
}

const daysPerMonth = 365.25 / 12

// sameSentence tells whether two claims stand in one sentence: there, two values are meant to differ.
func (c *claim) sameSentence(o *claim) bool {
	return c.Cited.Fragment == o.Cited.Fragment
}
