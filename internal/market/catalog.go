// Package market holds the types of data: metrics, subjects, sectors, series, periods, observations and what
// they rest on, sources, jobs and runs. It has no behaviour beyond its own values and no I/O.
package market

import (
	"time"

	"beleg/internal/unit"
)

// Text is a text in the languages of the pages; the English one is always there.
type Text struct {
	DE string `json:"de"`
	EN string `json:"en"`
}

// In is the text in that language, else the English one.
func (t Text) In(l unit.Lang) string {
	if l == unit.German && t.DE != "" {
		return t.DE
	}
	return t.EN
}

// Behaviour tells what kind of number a metric is.
type Behaviour string

// A stock is a level at an instant, a flow an amount over a span, an event a one-off amount (a funding round, a
// valuation, a loss) that no series measures.
const (
	Stock Behaviour = "stock"
	Flow  Behaviour = "flow"
	Event Behaviour = "event"
)

// Metric is what is measured.
type Metric struct {
	ID          string
	Name        Text
	Definition  Text
	Definitions []Definition // further definitions in use, with how far they may lie apart
	Behaviour   Behaviour
	Dimension   unit.Dimension
	Also        []unit.Dimension // further dimensions in which texts state it (holdings in dollars and in coins)
	Of          []SubjectKind    // the kinds of subjects it is measured of; none = any
	Words       []string         // words by which a text names the metric, German and English, lower case stems
	Bare        []SubjectKind    // kinds of subjects of which an amount without a word for a metric states this one
	Hints       []string         // words that point to it where no word names a metric
}

// Definition is one way of measuring a metric; Spread is how far a value by it may lie from the metric's own, as a ratio (0.2 = 20 %).
// More says that it only ever counts more than the metric's own, Less that it only ever counts less.
type Definition struct {
	Name       Text
	Spread     float64
	More, Less bool
}

// SubjectKind is what sort of thing a subject is.
type SubjectKind string

// The kinds of subjects.
const (
	KindSector   SubjectKind = "sector"
	KindAsset    SubjectKind = "asset"
	KindProtocol SubjectKind = "protocol"
	KindChain    SubjectKind = "chain"
	KindCompany  SubjectKind = "company"
	KindNetwork  SubjectKind = "network"
	KindCountry  SubjectKind = "country"
	KindBody     SubjectKind = "body"  // an authority, a central bank, an alliance
	KindEvent    SubjectKind = "event" // a conference
	KindTopic    SubjectKind = "topic" // a technology, a market, a group of firms
)

// Subject is who a figure or a series is about.
type Subject struct {
	ID      string
	Name    Text
	Kind    SubjectKind
	Sector  string   // id of the sector it is shown under; "" for none
	Aliases []string // names in German and English texts, as written
	Short   []string // names that mean it only in a text that gives one of its aliases too
	Within  []string // ids of what it is a part of: a product of a company, a country's share of a market
}

// Sector groups subjects and series on the pages.
type Sector struct {
	ID      string
	Name    Text
	Summary Text
	Key     []string // ids of the series shown first
}

// Source is an upstream: who it is and on which terms its data may be shown.
type Source struct {
	ID          string
	Name        string
	URL         string        // the page to link to
	License     string        // name of the licence or terms
	LicenseURL  string        // where they are
	Attribution Text          // the sentence that must stand beside the data
	Methodology Text          // what the totals include and exclude
	Pace        float64       // requests per second and host, 0 = unlimited
	Hosts       []Host        // base URLs by name; the first is the main one
	RecheckDays int           // how many past days the upstream still changes
	MinInterval time.Duration // asking more often is pointless
}

// Host is one base URL of a source. Name is "" for the main one, else the part that names it in BELEG_SOURCE_<SOURCE>_<NAME>_URL.
type Host struct{ Name, URL string }

// Scope keeps series apart that measure the same metric of the same subject over different parts of it: "total", or a
// chain's subject id.
type Scope string

// Variant keeps series apart that measure the same metric differently: "", "circulating", "net", "gross".
type Variant string

// Frequency is the distance of a series' periods.
type Frequency string

// The frequencies.
const (
	Daily     Frequency = "daily"
	Monthly   Frequency = "monthly"
	Quarterly Frequency = "quarterly"
	Yearly    Frequency = "yearly"
)

// Guard holds implausible observations back. A nil bound does not apply.
type Guard struct {
	Min, Max *float64
	MaxStep  float64 // largest ratio between neighbouring final values (3 = threefold either way); 0 = no step guard
	MinFinal int     // final points needed before the step guard applies
}

// Series is one metric of one subject from one source. ID is a permanent slug without dots.
type Series struct {
	ID           string
	Name         Text
	Metric       string // metric id
	Subject      string // subject id
	Source       string // source id
	Scope        Scope
	Variant      Variant
	Unit         unit.Unit
	Frequency    Frequency
	Aggregation  string   // how the period's value comes about: "level at 00:00 UTC", "sum of the day"
	Answers      []string // metric ids a figure may mean by this series; the own metric always
	PegTolerance float64  // relative difference allowed where Answers crosses a peg (0.01 = 1 %)
	Tolerance    float64  // relative difference below which a changed final value is float noise
	Decimals     int      // digits after the point when shown in full
	StaleAfter   time.Duration
	Guard        Guard
	Note         Text // what this series includes or leaves out
	Retired      bool
	RenamedFrom  []string
}

// Job is one request that feeds series. Backfill, where set, replaces Request on the first run and on --backfill.
type Job struct {
	ID       string
	Source   string
	Schedule string // cron, UTC
	Timeout  time.Duration
	Request  Request
	Backfill *Request
	Series   []JobSeries
}

// Request is an endpoint of a source, by the name the source's package knows it by, with its parameters.
type Request struct {
	Endpoint string
	Params   map[string]string
}

// JobSeries says which part of an answer is a series' value; Select is in the words of the source's package.
type JobSeries struct {
	Series string
	Select map[string]string
}

// Stale tells whether a series' newest value is older than the series allows: StaleAfter counts from the end of the
// newest value's period.
func (s Series) Stale(f Freshness, now time.Time) bool {
	return f.Count > 0 && s.StaleAfter > 0 && now.After(f.Last.End().Add(s.StaleAfter))
}
