package fake

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"beleg/internal/market"
)

const (
	usdPeg    = "peggedUSD"
	allChains = "all"
)

// byPeg are amounts by peg.
type byPeg map[string]float64

// tidy is an element's amounts as the upstream stores them: whole numbers, zeros removed, nil where nothing is left.
func (a byPeg) tidy() byPeg {
	var out byPeg
	for peg, v := range a {
		if r := rounded(v); r != 0 {
			if out == nil {
				out = byPeg{}
			}
			out[peg] = r
		}
	}
	return out
}

func (a byPeg) cents() byPeg {
	out := byPeg{}
	for peg, v := range a {
		out[peg] = cents(v)
	}
	return out
}

func pegOf(e Entity) string {
	if e.Peg == "" {
		return usdPeg
	}
	return e.Peg
}

// price is a coin's price at a time; 1 where the data has none.
func price(ps []Point, at time.Time) float64 {
	v := 1.0
	for _, p := range ps {
		if p.At.After(at) {
			break
		}
		v = p.Value
	}
	return v
}

// balance is one day of an asset, or of all.
type balance struct {
	units, dollars byPeg
}

// daily are the levels by day of a series, the present one on the last day; carry repeats a coin's last level until today.
func (u *Upstream) daily(k Key, now time.Time, carry bool) map[market.Period]float64 {
	out := map[market.Period]float64{}
	ps := u.past(k, now)
	if len(ps) == 0 {
		return out
	}
	for _, p := range ps {
		out[market.DayOf(p.At)] = p.Value
	}
	today := market.DayOf(now)
	last := market.DayOf(ps[len(ps)-1].At)
	if last == today {
		out[today] = u.level(k, ps, now)
	}
	for d := last.AddDays(1); carry && !today.Before(d); d = d.AddDays(1) {
		out[d] = ps[len(ps)-1].Value
	}
	return out
}

// balances sums coins by day.
func (u *Upstream) balances(coins []Entity, chain string, now time.Time) map[market.Period]*balance {
	out := map[market.Period]*balance{}
	at := func(d market.Period) *balance {
		b, ok := out[d]
		if !ok {
			b = &balance{byPeg{}, byPeg{}}
			out[d] = b
		}
		return b
	}
	for _, e := range coins {
		prices := u.past(Key{Price, e.Name, ""}, now)
		for d, units := range u.daily(Key{Supply, e.Name, chain}, now, true) {
			b := at(d)
			b.units[pegOf(e)] += units
			b.dollars[pegOf(e)] += units * price(prices, d.Start())
		}
	}
	return out
}

// totals are the totals that the data states itself, by day.
func (u *Upstream) totals(chain string, now time.Time) map[market.Period]*balance {
	out := map[market.Period]*balance{}
	for _, e := range u.data.Entities(PegTotal) {
		for d, v := range u.daily(Key{PegTotal, chain, e.Name}, now, false) {
			if out[d] == nil {
				out[d] = &balance{byPeg{}, byPeg{}}
			}
			out[d].units[e.Name], out[d].dollars[e.Name] = v, v
		}
	}
	return out
}

type chartElement struct {
	Date           string `json:"date"`
	Circulating    byPeg  `json:"totalCirculating,omitempty"`
	Unreleased     byPeg  `json:"totalUnreleased,omitempty"`
	CirculatingUSD byPeg  `json:"totalCirculatingUSD,omitempty"`
	MintedUSD      byPeg  `json:"totalMintedUSD,omitempty"`
	BridgedUSD     byPeg  `json:"totalBridgedToUSD,omitempty"`
}

func (u *Upstream) stablecoinCharts(chain string, q url.Values) answer {
	part := ""
	if !strings.EqualFold(chain, allChains) {
		var ok bool
		if part, ok = u.partLabel(chain); !ok {
			return plain(http.StatusNotFound, "Invalid request")
		}
	}
	now, coins := u.now(), u.data.Entities(Supply)
	id := q.Get("stablecoin")
	if id != "" {
		e, ok := u.entity(Supply, id)
		if !ok {
			return answer{status: http.StatusOK, kind: "application/json", maxAge: stablecoinsAge}
		}
		coins = []Entity{e}
	}
	days := u.totals(part, now)
	if id != "" || len(days) == 0 {
		days = u.balances(coins, part, now)
	}
	order := slices.SortedFunc(maps.Keys(days), market.Period.Compare)
	out := []chartElement{}
	for i, d := range order {
		date := strconv.FormatInt(d.Start().Unix(), 10)
		b := days[d]
		if i == len(order)-1 {
			zero := byPeg{}
			for peg := range b.units {
				zero[peg] = 0
			}
			out = append(out, chartElement{date, b.units.cents(), zero, b.dollars.cents(), zero, zero})
			continue
		}
		e := chartElement{Date: date, Circulating: b.units.tidy(), CirculatingUSD: b.dollars.tidy()}
		if e.Circulating != nil || e.CirculatingUSD != nil {
			out = append(out, e)
		}
	}
	return document(out, stablecoinsAge)
}

// partLabel finds the label of a chain that coins or totals have a part on.
func (u *Upstream) partLabel(chain string) (string, bool) {
	for _, e := range u.data.Entities(Supply) {
		for _, p := range e.Parts {
			if strings.EqualFold(p, chain) {
				return p, true
			}
		}
	}
	return "", false
}

// circulation is one element of a coin's history.
type circulation struct {
	Date        int64          `json:"date"`
	Circulating byPeg          `json:"circulating,omitempty"`
	Minted      byPeg          `json:"minted,omitempty"`
	Unreleased  byPeg          `json:"unreleased,omitempty"`
	BridgedTo   map[string]any `json:"bridgedTo,omitempty"`
}

type chainBalance struct {
	Tokens []circulation `json:"tokens"`
}

type coinAnswer struct {
	ID                   string                  `json:"id"`
	Name                 string                  `json:"name"`
	Address              any                     `json:"address"`
	Symbol               string                  `json:"symbol"`
	URL                  string                  `json:"url"`
	Description          string                  `json:"description"`
	OnCoinGecko          string                  `json:"onCoinGecko"`
	GeckoID              any                     `json:"gecko_id"`
	CmcID                any                     `json:"cmcId"`
	PegType              string                  `json:"pegType"`
	PegMechanism         string                  `json:"pegMechanism"`
	PriceSource          string                  `json:"priceSource"`
	AuditLinks           []string                `json:"auditLinks"`
	Price                float64                 `json:"price"`
	CurrentChainBalances map[string]byPeg        `json:"currentChainBalances"`
	ChainBalances        map[string]chainBalance `json:"chainBalances"`
	Tokens               []circulation           `json:"tokens"`
}

func (u *Upstream) stablecoin(id string, _ url.Values) answer {
	e, ok := u.entity(Supply, id)
	if !ok {
		return plain(http.StatusNotFound, "Invalid request")
	}
	now := u.now()
	a := coinAnswer{ID: e.Name, Name: e.Label, Symbol: e.Symbol, OnCoinGecko: strconv.FormatBool(e.GeckoID != ""), GeckoID: nullable(e.GeckoID), CmcID: nullable(e.CmcID),
		PegType: pegOf(e), PegMechanism: "fiat-backed", PriceSource: "defillama", AuditLinks: []string{},
		Price: price(u.past(Key{Price, e.Name, ""}, now), now), CurrentChainBalances: map[string]byPeg{}, ChainBalances: map[string]chainBalance{},
		Tokens: u.circulation(e, "", now)}
	for _, part := range e.Parts {
		cs := u.circulation(e, part, now)
		if len(cs) == 0 {
			continue
		}
		a.ChainBalances[part] = chainBalance{cs}
		a.CurrentChainBalances[part] = cs[len(cs)-1].Circulating
	}
	return document(a, stablecoinsAge)
}

func (u *Upstream) circulation(e Entity, part string, now time.Time) []circulation {
	days := u.daily(Key{Supply, e.Name, part}, now, true)
	order := slices.SortedFunc(maps.Keys(days), market.Period.Compare)
	out := []circulation{}
	for i, d := range order {
		units := byPeg{pegOf(e): days[d]}
		c := circulation{Date: d.Start().Unix(), Circulating: units.tidy(), Minted: units.tidy()}
		if i == len(order)-1 {
			zero := byPeg{pegOf(e): 0}
			c = circulation{c.Date, units, units, zero, map[string]any{pegOf(e): 0, "bridges": map[string]any{}}}
		}
		if c.Circulating != nil {
			out = append(out, c)
		}
	}
	return out
}

type window struct {
	Current   byPeg `json:"current"`
	PrevDay   byPeg `json:"circulatingPrevDay"`
	PrevWeek  byPeg `json:"circulatingPrevWeek"`
	PrevMonth byPeg `json:"circulatingPrevMonth"`
}

type peggedAsset struct {
	ID                   string            `json:"id"`
	Name                 string            `json:"name"`
	Symbol               string            `json:"symbol"`
	GeckoID              any               `json:"gecko_id"`
	PegType              string            `json:"pegType"`
	PriceSource          string            `json:"priceSource"`
	PegMechanism         string            `json:"pegMechanism"`
	Circulating          byPeg             `json:"circulating"`
	CirculatingPrevDay   byPeg             `json:"circulatingPrevDay"`
	CirculatingPrevWeek  byPeg             `json:"circulatingPrevWeek"`
	CirculatingPrevMonth byPeg             `json:"circulatingPrevMonth"`
	ChainCirculating     map[string]window `json:"chainCirculating"`
	Chains               []string          `json:"chains"`
	Price                *float64          `json:"price"`
}

type stablecoinsAnswer struct {
	PeggedAssets []peggedAsset `json:"peggedAssets"`
	Chains       []struct{}    `json:"chains"`
}

func (u *Upstream) stablecoins(string, url.Values) answer {
	now := u.now()
	a := stablecoinsAnswer{[]peggedAsset{}, []struct{}{}}
	for _, e := range u.data.Entities(Supply) {
		prices := u.past(Key{Price, e.Name, ""}, now)
		p := price(prices, now)
		whole := u.window(e, "", p, now)
		asset := peggedAsset{ID: e.Name, Name: e.Label, Symbol: e.Symbol, GeckoID: nullable(e.GeckoID), PegType: pegOf(e), PriceSource: "defillama",
			PegMechanism: "fiat-backed", Circulating: whole.Current, CirculatingPrevDay: whole.PrevDay, CirculatingPrevWeek: whole.PrevWeek,
			CirculatingPrevMonth: whole.PrevMonth, ChainCirculating: map[string]window{}, Chains: e.Parts}
		if len(prices) > 0 {
			asset.Price = &p
		}
		for _, part := range e.Parts {
			asset.ChainCirculating[part] = u.window(e, part, p, now)
		}
		a.PeggedAssets = append(a.PeggedAssets, asset)
	}
	slices.SortStableFunc(a.PeggedAssets, func(a, b peggedAsset) int {
		return cmp.Compare(b.Circulating[usdPeg], a.Circulating[usdPeg])
	})
	return document(a, stablecoinsAge)
}

// window states units of now and before, all at today's price; {} where the coin is younger.
func (u *Upstream) window(e Entity, part string, price float64, now time.Time) window {
	days := u.daily(Key{Supply, e.Name, part}, now, true)
	ago := func(n int) byPeg {
		v, ok := days[market.DayOf(now).AddDays(-n)]
		if !ok {
			return byPeg{}
		}
		return byPeg{pegOf(e): v * price}
	}
	return window{ago(0), ago(1), ago(7), ago(30)}
}
