package fake

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

type chainEntry struct {
	GeckoID     any     `json:"gecko_id"`
	TVL         float64 `json:"tvl"`
	TokenSymbol any     `json:"tokenSymbol"`
	CmcID       any     `json:"cmcId"`
	Name        string  `json:"name"`
	ChainID     any     `json:"chainId"`
}

func (u *Upstream) chains(string, url.Values) answer {
	now := u.now()
	out := []chainEntry{}
	for _, e := range u.data.Entities(ChainTVL) {
		k := Key{ChainTVL, e.Name, ""}
		ps := u.past(k, now)
		if e.Name == "" || len(ps) == 0 {
			continue
		}
		c := chainEntry{nullable(e.GeckoID), u.level(k, ps, now), nullable(e.Symbol), nullable(e.CmcID), e.Name, e.ChainID}
		out = append(out, c)
	}
	return document(out, mainAge)
}

type chainPoint struct {
	Date int64   `json:"date"`
	TVL  float64 `json:"tvl"`
}

func (u *Upstream) chainHistory(chain string, _ url.Values) answer {
	name := ""
	if chain != "" {
		e, ok := u.entity(ChainTVL, chain)
		if !ok {
			return plain(http.StatusBadRequest, "There is no chain with that name: "+chain)
		}
		name = e.Name
	}
	out := []chainPoint{}
	ps := u.current(Key{ChainTVL, name, ""}, u.now())
	for i, p := range ps {
		v := p.Value
		if i+1 < len(ps) {
			v = rounded(v)
		}
		out = append(out, chainPoint{p.At.Unix(), v})
	}
	return document(out, mainAge)
}

const unknownProtocol = "Protocol not found"

func (u *Upstream) currentTVL(slug string, _ url.Values) answer {
	now, k := u.now(), Key{ProtocolTVL, slug, ""}
	ps := u.past(k, now)
	if len(ps) == 0 {
		return plain(http.StatusBadRequest, unknownProtocol)
	}
	return document(u.level(k, ps, now), mainAge)
}

type protocolEntry struct {
	ID                  string             `json:"id"`
	Name                string             `json:"name"`
	Address             any                `json:"address"`
	Symbol              string             `json:"symbol"`
	URL                 string             `json:"url"`
	Description         string             `json:"description"`
	Chain               string             `json:"chain"`
	Logo                any                `json:"logo"`
	Audits              string             `json:"audits"`
	GeckoID             any                `json:"gecko_id"`
	CmcID               any                `json:"cmcId"`
	Category            string             `json:"category"`
	Chains              []string           `json:"chains"`
	Module              string             `json:"module"`
	Twitter             any                `json:"twitter"`
	MisrepresentsTokens bool               `json:"misrepresentedTokens"`
	Slug                string             `json:"slug"`
	TVL                 *float64           `json:"tvl"`
	ChainTVLs           map[string]float64 `json:"chainTvls"`
	Change1h            any                `json:"change_1h"`
	Change1d            any                `json:"change_1d"`
	Change7d            any                `json:"change_7d"`
	TokenBreakdowns     struct{}           `json:"tokenBreakdowns"`
	Mcap                any                `json:"mcap"`
}

func (u *Upstream) protocols(string, url.Values) answer {
	now := u.now()
	out := []protocolEntry{}
	for i, e := range u.data.Entities(ProtocolTVL) {
		k := Key{ProtocolTVL, e.Name, ""}
		p := protocolEntry{ID: strconv.Itoa(i + 1), Name: e.Label, Symbol: orDash(e.Symbol), Chain: "Multi-Chain", Audits: "0", GeckoID: nullable(e.GeckoID),
			CmcID: nullable(e.CmcID), Category: e.Category, Chains: chainsOf(e), Module: e.Name + "/index.js", Slug: e.Name, ChainTVLs: u.parts(e, now)}
		if len(p.Chains) == 1 {
			p.Chain = p.Chains[0]
		}
		if ps := u.past(k, now); len(ps) > 0 {
			v := u.level(k, ps, now)
			p.TVL = &v
			p.Change1d, p.Change7d = change(ps, v, 1), change(ps, v, 7)
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b protocolEntry) int {
		return cmp.Compare(tvlOf(b), tvlOf(a))
	})
	return document(out, mainAge)
}

func tvlOf(p protocolEntry) float64 {
	if p.TVL == nil {
		return math.Inf(-1)
	}
	return *p.TVL
}

// change is a change over days in percent; nil where it is not known.
func change(ps []Point, now float64, days int) any {
	i := len(ps) - days
	if i < 0 || ps[i].Value == 0 {
		return nil
	}
	return (now/ps[i].Value - 1) * 100
}

func orDash(symbol string) string {
	if symbol == "" {
		return "-"
	}
	return symbol
}

// chainsOf are the old names of a protocol's chains, without its other parts.
func chainsOf(e Entity) []string {
	out := []string{}
	for _, p := range e.Parts {
		if !strings.Contains(p, "-") && !slices.Contains(modifiers, p) {
			out = append(out, oldName(p))
		}
	}
	return out
}

// modifiers are parts of a protocol that are no chains.
var modifiers = []string{"borrowed", "staking", "pool2", "doublecounted", "liquidstaking", "dcAndLsOverlap", "vesting", "offers", "treasury"}

// parts are what a protocol's parts stand at.
func (u *Upstream) parts(e Entity, now time.Time) map[string]float64 {
	out := map[string]float64{}
	for _, part := range e.Parts {
		k := Key{ProtocolTVL, e.Name, part}
		if ps := u.past(k, now); len(ps) > 0 {
			out[oldName(part)] = u.level(k, ps, now)
		}
	}
	return out
}

type liquidity struct {
	Date int64   `json:"date"`
	USD  float64 `json:"totalLiquidityUSD"`
}

type tokens struct {
	Date   int64              `json:"date"`
	Tokens map[string]float64 `json:"tokens"`
}

type chainTVL struct {
	TVL         []liquidity `json:"tvl"`
	TokensInUSD []tokens    `json:"tokensInUsd"`
	Tokens      []tokens    `json:"tokens"`
}

type protocolAnswer struct {
	ID               string              `json:"id"`
	Name             string              `json:"name"`
	Address          any                 `json:"address"`
	Symbol           string              `json:"symbol"`
	URL              string              `json:"url"`
	Description      string              `json:"description"`
	Chain            string              `json:"chain"`
	Logo             any                 `json:"logo"`
	Audits           string              `json:"audits"`
	GeckoID          any                 `json:"gecko_id"`
	CmcID            any                 `json:"cmcId"`
	Category         string              `json:"category"`
	Chains           []string            `json:"chains"`
	Module           string              `json:"module"`
	CurrentChainTVLs map[string]float64  `json:"currentChainTvls"`
	ChainTVLs        map[string]chainTVL `json:"chainTvls"`
	TVL              []liquidity         `json:"tvl"`
	TokensInUSD      []tokens            `json:"tokensInUsd"`
	Tokens           []tokens            `json:"tokens"`
	Raises           []struct{}          `json:"raises"`
	Hacks            []struct{}          `json:"hacks"`
	Mcap             any                 `json:"mcap"`
	OtherProtocols   []string            `json:"otherProtocols"`
}

func (u *Upstream) protocol(slug string, _ url.Values) answer {
	now := u.now()
	e, ok := u.entity(ProtocolTVL, slug)
	if !ok {
		return plain(http.StatusBadRequest, unknownProtocol)
	}
	whole := u.liquidity(Key{ProtocolTVL, e.Name, ""}, now)
	a := protocolAnswer{ID: "1", Name: e.Label, Symbol: orDash(e.Symbol), Chain: "Multi-Chain", Audits: "0", GeckoID: nullable(e.GeckoID),
		CmcID: nullable(e.CmcID), Category: e.Category, Chains: chainsOf(e), Module: e.Name + "/index.js", CurrentChainTVLs: u.parts(e, now),
		ChainTVLs: map[string]chainTVL{}, TVL: whole, TokensInUSD: inTokens(whole), Tokens: inTokens(whole),
		Raises: []struct{}{}, Hacks: []struct{}{}, OtherProtocols: []string{e.Label}}
	for _, part := range e.Parts {
		l := u.liquidity(Key{ProtocolTVL, e.Name, part}, now)
		a.ChainTVLs[oldName(part)] = chainTVL{l, inTokens(l), inTokens(l)}
	}
	return document(a, mainAge)
}

func (u *Upstream) liquidity(k Key, now time.Time) []liquidity {
	out := []liquidity{}
	ps := u.current(k, now)
	for i, p := range ps {
		v := p.Value
		if i+1 < len(ps) {
			v = rounded(v)
		}
		out = append(out, liquidity{p.At.Unix(), v})
	}
	return out
}

// inTokens states a value as if it lay in one token worth a dollar.
func inTokens(ls []liquidity) []tokens {
	out := make([]tokens, 0, len(ls))
	for _, l := range ls {
		out = append(out, tokens{l.Date, map[string]float64{"USDC": l.USD}})
	}
	return out
}
