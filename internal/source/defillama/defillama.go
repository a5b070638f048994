// Package defillama turns requests and answers of DefiLlama into HTTP requests and observations.
//
// # Endpoints
//
// Names, parameters (? = optional) and what a series may select of the answer:
//
//	chains              –                            chain
//	historicalChainTvl  chain?                       field? (tvl)
//	protocol            slug                         field? (tvl), chain?
//	tvl                 slug                         field? (tvl)
//	protocols           category?                    category or slug
//	stablecoins         –                            field? (circulating, price), id or symbol, peg?
//	stablecoincharts    chain, stablecoin?           field, peg
//	stablecoin          id                           field, peg, chain?
//	overview-dexs       chain?                       field? (totalDataChart)
//	overview-fees       chain?, dataType?            field? (totalDataChart)
//
// chains, tvl, protocols and stablecoins state the present only: they give one provisional value for the day on which
// they were fetched. The others state their whole history.
//
// # What the values are
//
// TVL is in USD. historicalChainTvl and chains leave out liquid staking and double counting; protocol, tvl and protocols
// count every protocol by itself, without borrowed, staked and pool2 amounts, so that their sum is larger. A sum over
// protocols ("*" as category) leaves out the categories CEX and Chain. In protocol a chain may be one of the upstream's
// parts, such as "Ethereum-borrowed" or "staking".
//
// stablecoins states dollars (units at today's price), as do the fields of stablecoincharts that end in USD; the other fields
// there and everything in stablecoin are units of the token. Dollars may be summed over the pegs (peg: sum), units may not.
// Assets that back each other are both counted.
//
// The daily figure of an overview is its chart's element for that UTC day. total24h, a sliding window that differs from
// every element, is not used. The upstream restates these for weeks, see RecheckDays.
//
// # Days
//
// Dates become UTC days. The last point of most series is the state when the upstream last looked; it replaces the point
// at 00:00 of that day. A value is provisional while its day lasts, and as a series' last value also on the day
// after; every other value is final. Points that lie in the future, before 2008, or below zero (except fees and revenue)
// are held back.
//
// A number that is null is no value; a missing number is an error, with one exception: in stablecoincharts and stablecoin
// the upstream removes what is zero from all elements but the last. A peg or field that an element lacks is therefore zero
// there, once it has occurred in an earlier element; before that there is no value. An element that is not there at all
// is a day without value.
package defillama

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"beleg/internal/fetch"
	"beleg/internal/market"
)

// ID is the source's name in the catalogue.
const ID = "defillama"

// RecheckDays is how many past days the upstream still restates.
const RecheckDays = 14

// DefaultHosts are the upstream's base URLs by the names that New takes.
func DefaultHosts() map[string]string {
	return map[string]string{
		mainHost:        "https://api.llama.fi",
		stablecoinsHost: "https://stablecoins.llama.fi",
		coinsHost:       "https://coins.llama.fi",
	}
}

// Source builds requests and reads answers. It keeps no state and is safe for concurrent use.
type Source struct{ hosts map[string]string }

// New lays base URLs by host name ("" for the main one, "stablecoins", "coins") over DefaultHosts.
func New(base map[string]string) *Source {
	hosts := DefaultHosts()
	maps.Copy(hosts, base)
	return &Source{hosts: hosts}
}

// Build gives the request's URL. The error names an endpoint or parameter that does not exist, is missing or cannot be.
func (s *Source) Build(r market.Request) (fetch.Request, error) {
	e, err := find(r)
	if err != nil {
		return fetch.Request{}, err
	}
	path, query, err := e.locate(r)
	if err != nil {
		return fetch.Request{}, fmt.Errorf("defillama endpoint %s: %w", r.Endpoint, err)
	}
	base, err := url.Parse(s.hosts[e.host])
	if err != nil || base.Host == "" {
		return fetch.Request{}, fmt.Errorf("defillama: base URL of host %q is not usable", e.host)
	}
	u := strings.TrimRight(base.String(), "/") + path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return fetch.Request{Source: ID, URL: u, Accept: "application/json"}, nil
}

// Check tells whether an answer to the request can hold that selection.
func (s *Source) Check(r market.Request, sel market.JobSeries) error {
	e, err := find(r)
	if err != nil {
		return err
	}
	if err := e.selectable(r, sel.Select); err != nil {
		return fmt.Errorf("defillama endpoint %s, series %s: %w", r.Endpoint, sel.Series, err)
	}
	return nil
}

// Read takes the points of every wanted series from an answer, in the order of want. a.FetchedAt is "now".
// Where the answer can be read but lacks a selection, the other series' points come beside an error that wraps ErrAbsent;
// every other error (*Error) comes alone.
func (s *Source) Read(r market.Request, want []market.JobSeries, a fetch.Answer) ([]market.SeriesPoints, error) {
	e, err := find(r)
	if err != nil {
		return nil, err
	}
	for _, w := range want {
		if err := s.Check(r, w); err != nil {
			return nil, err
		}
	}
	if len(bytes.TrimSpace(a.Body)) == 0 {
		return nil, &Error{Endpoint: r.Endpoint, Err: fetch.ErrEmpty}
	}
	histories, err := e.read(newDocument(a.Body), r, want)
	if err != nil {
		return nil, explainBody(r, a.Body, err)
	}
	out := make([]market.SeriesPoints, 0, len(want))
	var absent []error
	for i, h := range histories {
		if len(h) == 0 {
			absent = append(absent, &Error{Endpoint: r.Endpoint, Err: fmt.Errorf("%w for series %s: %s", ErrAbsent, want[i].Series, describe(want[i].Select))})
			continue
		}
		out = append(out, e.points(want[i].Series, h, a.FetchedAt))
	}
	return out, errors.Join(absent...)
}

// points are what an answer fetched then says about a series.
func (e endpoint) points(series string, h history, fetched time.Time) market.SeriesPoints {
	if e.latest {
		h[0].at = fetched.Unix()
	}
	sp := settle(h, fetched, e.signed)
	sp.Series, sp.Complete = series, !e.latest
	for i := range sp.Held {
		sp.Held[i].Series = series
	}
	return sp
}

func describe(sel map[string]string) string {
	if len(sel) == 0 {
		return "it holds no values"
	}
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(sel)) {
		parts = append(parts, fmt.Sprintf("%s %q", k, sel[k]))
	}
	return "nothing for " + strings.Join(parts, ", ")
}
