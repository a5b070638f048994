package defillama

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"beleg/internal/market"
)

// Names of hosts, and words in parameters and selections that stand for more than one.
const (
	mainHost        = ""
	stablecoinsHost = "stablecoins"
	coinsHost       = "coins"
	allChains       = "all"
	sumOfPegs       = "sum"
	everyCategory   = "*"
)

// place is where a parameter goes.
type place uint8

const (
	inPath place = iota
	inQuery
	notSent // the upstream cannot filter by it; it is the default of a selection of that name
)

type param struct {
	name     string
	place    place
	required bool
	values   []string // the possible ones; nil = any name
	preset   string   // sent where the request says nothing
	number   bool     // digits only
}

// choice is a key of a selection.
type choice struct {
	name     string
	required bool
	values   []string // nil = any name
}

// endpoint is one kind of answer: how to ask for it and what can be taken from it.
type endpoint struct {
	host    string
	path    string // parameters in the path follow it, in their order
	query   url.Values
	params  []param
	choices []choice
	rule    func(r market.Request, sel map[string]string) error // what choices cannot say; may be nil
	latest  bool                                                // states the present only
	signed  bool                                                // values below zero occur
	read    func(d *document, r market.Request, want []market.JobSeries) ([]history, error)
}

var (
	chainOptional = param{name: "chain"}
	slugRequired  = param{name: "slug", required: true}
	tvlOptional   = choice{name: "field", values: []string{"tvl"}}
	chartOptional = choice{name: "field", values: []string{"totalDataChart"}}
	chartOnly     = url.Values{"excludeTotalDataChart": {"false"}, "excludeTotalDataChartBreakdown": {"true"}}
)

var endpoints = map[string]endpoint{
	"chains": {
		path: "/v2/chains", latest: true, read: readChains,
		choices: []choice{{name: "chain", required: true}},
	},
	"historicalChainTvl": {
		path: "/v2/historicalChainTvl", params: []param{chainOptional}, choices: []choice{tvlOptional}, read: readChainHistory,
	},
	"protocol": {
		path: "/protocol", params: []param{slugRequired}, choices: []choice{tvlOptional, {name: "chain"}}, read: readProtocol,
	},
	"tvl": {
		path: "/tvl", params: []param{slugRequired}, choices: []choice{tvlOptional}, latest: true, read: readCurrentTVL,
	},
	"protocols": {
		path: "/protocols", latest: true, read: readProtocols, rule: categoryOrSlug,
		params:  []param{{name: "category", place: notSent}},
		choices: []choice{{name: "category"}, {name: "slug"}},
	},
	"stablecoins": {
		host: stablecoinsHost, path: "/stablecoins", latest: true, read: readStablecoins, rule: oneCoinOrDollars,
		query:   url.Values{"includePrices": {"true"}},
		choices: []choice{{name: "field", values: []string{fieldCirculating, fieldPrice}}, {name: "id"}, {name: "symbol"}, {name: "peg"}},
	},
	"stablecoincharts": {
		host: stablecoinsHost, path: "/stablecoincharts", read: readStablecoinCharts, rule: dollarsForSums,
		params:  []param{{name: "chain", required: true}, {name: "stablecoin", place: inQuery, number: true}},
		choices: []choice{{name: "field", required: true, values: chartFields}, {name: "peg", required: true}},
	},
	"stablecoin": {
		host: stablecoinsHost, path: "/stablecoin", read: readStablecoin, rule: noSums,
		params:  []param{{name: "id", required: true, number: true}},
		choices: []choice{{name: "field", required: true, values: coinFields}, {name: "peg", required: true}, {name: "chain"}},
	},
	"overview-dexs": {
		path: "/overview/dexs", query: chartOnly, params: []param{chainOptional}, choices: []choice{chartOptional}, read: readOverview,
	},
	"overview-fees": {
		path: "/overview/fees", query: chartOnly, choices: []choice{chartOptional}, signed: true, read: readOverview,
		params: []param{chainOptional, {name: "dataType", place: inQuery, preset: "dailyFees", values: []string{"dailyFees", "dailyRevenue", "dailyHoldersRevenue"}}},
	},
}

func find(r market.Request) (endpoint, error) {
	e, ok := endpoints[r.Endpoint]
	if !ok {
		return endpoint{}, fmt.Errorf("defillama has no endpoint %q; there are %s", r.Endpoint, strings.Join(slices.Sorted(maps.Keys(endpoints)), ", "))
	}
	return e, nil
}

// locate gives the request's path, escaped, and its query.
func (e endpoint) locate(r market.Request) (string, url.Values, error) {
	names := make([]string, 0, len(e.params))
	for _, p := range e.params {
		names = append(names, p.name)
	}
	if err := onlyKnown("parameter", r.Params, names); err != nil {
		return "", nil, err
	}
	path, query := e.path, url.Values{}
	maps.Copy(query, e.query)
	for _, p := range e.params {
		v := r.Params[p.name]
		if v == "" {
			v = p.preset
		}
		if err := valid("parameter", p.name, v, p.required, p.values); err != nil {
			return "", nil, err
		}
		switch {
		case v == "" || p.place == notSent:
		case p.number && strings.Trim(v, "0123456789") != "":
			return "", nil, fmt.Errorf("parameter %s is %q; want a number", p.name, v)
		case p.place == inQuery:
			query.Set(p.name, v)
		default:
			path += "/" + url.PathEscape(v)
		}
	}
	return path, query, nil
}

// selectable tells whether a series may select that.
func (e endpoint) selectable(r market.Request, sel map[string]string) error {
	names := make([]string, 0, len(e.choices))
	for _, c := range e.choices {
		names = append(names, c.name)
	}
	if err := onlyKnown("selection", sel, names); err != nil {
		return err
	}
	for _, c := range e.choices {
		if err := valid("selection", c.name, sel[c.name], c.required, c.values); err != nil {
			return err
		}
	}
	if e.rule == nil {
		return nil
	}
	return e.rule(r, sel)
}

func onlyKnown(what string, given map[string]string, known []string) error {
	for _, k := range slices.Sorted(maps.Keys(given)) {
		if slices.Contains(known, k) {
			continue
		}
		if len(known) == 0 {
			return fmt.Errorf("unknown %s %q; there is none", what, k)
		}
		return fmt.Errorf("unknown %s %q; there are %s", what, k, strings.Join(known, ", "))
	}
	return nil
}

func valid(what, name, v string, required bool, values []string) error {
	switch {
	case v == "" && required:
		return fmt.Errorf("%s %s is missing", what, name)
	case v == "":
		return nil
	case values != nil && !slices.Contains(values, v):
		return fmt.Errorf("%s %s is %q; want %s", what, name, v, strings.Join(values, ", "))
	case v != strings.TrimSpace(v), strings.ContainsAny(v, "/\\?#"), v == ".", v == "..", strings.ContainsFunc(v, func(r rune) bool { return r < ' ' }):
		return fmt.Errorf("%s %s is %q, which cannot be a name", what, name, v)
	}
	return nil
}

func categoryOrSlug(r market.Request, sel map[string]string) error {
	if (sel["slug"] == "") == (categoryOf(r, sel) == "") {
		return fmt.Errorf("want either a category or a slug")
	}
	return nil
}

// categoryOf is the category that a selection means: its own, else, where it names no protocol, the request's.
func categoryOf(r market.Request, sel map[string]string) string {
	if sel["category"] != "" || sel["slug"] != "" {
		return sel["category"]
	}
	return r.Params["category"]
}

func oneCoinOrDollars(_ market.Request, sel map[string]string) error {
	coin := sel["id"] != "" || sel["symbol"] != ""
	switch {
	case sel["id"] != "" && sel["symbol"] != "":
		return fmt.Errorf("want either an id or a symbol")
	case sel["field"] == fieldPrice && !coin:
		return fmt.Errorf("a price needs an id or a symbol")
	case sel["field"] == fieldPrice && sel["peg"] != "":
		return fmt.Errorf("a price has no peg")
	case !coin && sel["peg"] == "":
		return fmt.Errorf("want an id, a symbol or a peg (%s for all)", sumOfPegs)
	}
	return nil
}

func dollarsForSums(_ market.Request, sel map[string]string) error {
	if sel["peg"] == sumOfPegs && !strings.HasSuffix(sel["field"], "USD") {
		return fmt.Errorf("field %s counts units, which cannot be summed over the pegs", sel["field"])
	}
	return nil
}

func noSums(_ market.Request, sel map[string]string) error {
	if sel["peg"] == sumOfPegs {
		return fmt.Errorf("units cannot be summed over the pegs; name one, such as peggedUSD")
	}
	return nil
}
