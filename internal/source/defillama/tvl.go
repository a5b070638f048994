package defillama

import (
	"strings"

	"beleg/internal/market"
)

// chainLabels are the names of chains that older answers (protocol, protocols) still use, in lower case, with the labels of the others.
var chainLabels = map[string]string{
	"binance":  "bsc",
	"elrond":   "multiversx",
	"klaytn":   "kaia",
	"optimism": "op mainnet",
	"ripple":   "xrpl",
	"xdai":     "gnosis",
}

// chainKey is the same for all names of a chain. What follows a hyphen ("Optimism-borrowed") stays.
func chainKey(name string) string {
	base, part, cut := strings.Cut(strings.ToLower(name), "-")
	if label, ok := chainLabels[base]; ok {
		base = label
	}
	if cut {
		return base + "-" + part
	}
	return base
}

// How well a name in an answer fits a selected chain.
const (
	otherChain = iota
	otherName  // the same chain by another of its names
	sameName
)

func fit(selected, name string) int {
	switch {
	case selected == "":
		return otherChain
	case strings.EqualFold(selected, name):
		return sameName
	case chainKey(selected) == chainKey(name):
		return otherName
	}
	return otherChain
}

// fits are how well each series' chain was found so far. An answer may hold a chain under both names, the old one with
// zeros; the name that was selected counts.
type fits []int

// better gives the series for which name fits better than all names before.
func (f fits) better(want []market.JobSeries, name string) []int {
	var places []int
	for i, w := range want {
		if now := fit(w.Select["chain"], name); now > f[i] {
			f[i] = now
			places = append(places, i)
		}
	}
	return places
}

func readChains(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	out, found := make([]history, len(want)), make(fits, len(want))
	err := d.list(func() error {
		var name string
		var tvl number
		err := d.required([]string{"name", "tvl"}, func(member string) (err error) {
			switch member {
			case "name":
				name, err = d.text()
			case "tvl":
				tvl, err = d.number()
			default:
				err = d.skip()
			}
			return err
		})
		if err != nil || !tvl.given() {
			return err
		}
		for _, i := range found.better(want, name) {
			out[i] = history{{number: tvl}}
		}
		return nil
	})
	return out, d.finish(err)
}

func readChainHistory(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	h, err := d.daily("tvl")
	return repeat(h, len(want)), d.finish(err)
}

func readCurrentTVL(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	if d.dec.PeekKind() == beginObject {
		return nil, d.complaint("a number")
	}
	n, err := d.number()
	if err != nil || !n.given() {
		return make([]history, len(want)), d.finish(err)
	}
	return repeat(history{{number: n}}, len(want)), d.finish(nil)
}

// repeat gives the same history to every series.
func repeat(h history, n int) []history {
	out := make([]history, n)
	for i := range out {
		out[i] = append(history(nil), h...)
	}
	return out
}

// readProtocol takes the aggregate history and those of the wanted chains; tokens, by far the most of the answer, are passed over.
func readProtocol(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	out, found := make([]history, len(want)), make(fits, len(want))
	give := func(h history, places []int) {
		for _, i := range places {
			out[i] = append(history(nil), h...)
		}
	}
	whole, parts := split(want)
	err := d.required(members("tvl", whole, "chainTvls", parts), func(member string) error {
		switch {
		case member == "tvl" && len(whole) > 0:
			h, err := d.daily("totalLiquidityUSD")
			give(h, whole)
			return err
		case member == "chainTvls" && len(parts) > 0:
			return d.object(func(chain string) error {
				places := found.better(want, chain)
				if len(places) == 0 {
					return d.skip()
				}
				return d.required([]string{"tvl"}, func(part string) error {
					if part != "tvl" {
						return d.skip()
					}
					h, err := d.daily("totalLiquidityUSD")
					give(h, places)
					return err
				})
			})
		}
		return d.skip()
	})
	return out, d.finish(err)
}

// split tells series of the whole from those of a chain.
func split(want []market.JobSeries) (whole, chains []int) {
	for i, w := range want {
		if w.Select["chain"] == "" {
			whole = append(whole, i)
		} else {
			chains = append(chains, i)
		}
	}
	return whole, chains
}

// members are those that an answer must have for some series.
func members(whole string, wholes []int, parts string, chains []int) []string {
	var out []string
	if len(wholes) > 0 {
		out = append(out, whole)
	}
	if len(chains) > 0 {
		out = append(out, parts)
	}
	return out
}

// notDeFi are the categories that a sum over all protocols leaves out.
var notDeFi = []string{"CEX", "Chain"}

func readProtocols(d *document, r market.Request, want []market.JobSeries) ([]history, error) {
	amounts := make([][]number, len(want))
	err := d.list(func() error {
		var slug, category string
		var tvl number
		err := d.required([]string{"slug", "tvl"}, func(member string) (err error) {
			switch member {
			case "slug":
				slug, err = d.text()
			case "category":
				category, err = d.text()
			case "tvl":
				tvl, err = d.number()
			default:
				err = d.skip()
			}
			return err
		})
		if err != nil || !tvl.given() {
			return err
		}
		for i, w := range want {
			if selectsProtocol(r, w.Select, slug, category) {
				amounts[i] = append(amounts[i], tvl)
			}
		}
		return nil
	})
	out := make([]history, len(want))
	for i, ns := range amounts {
		switch {
		case len(ns) == 0:
		case want[i].Select["slug"] != "":
			out[i] = history{{number: ns[len(ns)-1]}}
		default:
			out[i] = history{{number: sum(ns)}}
		}
	}
	return out, d.finish(err)
}

func selectsProtocol(r market.Request, sel map[string]string, slug, category string) bool {
	if sel["slug"] != "" {
		return sel["slug"] == slug
	}
	wanted := categoryOf(r, sel)
	if wanted != everyCategory {
		return wanted == category
	}
	for _, c := range notDeFi {
		if c == category {
			return false
		}
	}
	return true
}
