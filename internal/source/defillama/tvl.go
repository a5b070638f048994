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

func readChains(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	out := make([]history, len(want))
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
		for i, w := range want {
			if chainKey(w.Select["chain"]) == chainKey(name) {
				out[i] = history{{number: tvl}}
			}
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
	out := make([]history, len(want))
	give := func(h history, key string) {
		for i, w := range want {
			if chainKey(w.Select["chain"]) == key {
				out[i] = append(history(nil), h...)
			}
		}
	}
	wanted := map[string]bool{}
	required := []string{}
	for _, w := range want {
		key := chainKey(w.Select["chain"])
		wanted[key] = true
		if key == "" {
			required = append(required, "tvl")
		} else {
			required = append(required, "chainTvls")
		}
	}
	err := d.required(required, func(member string) error {
		switch {
		case member == "tvl" && wanted[""]:
			h, err := d.daily("totalLiquidityUSD")
			give(h, "")
			return err
		case member == "chainTvls":
			return d.object(func(chain string) error {
				if chain == "" || !wanted[chainKey(chain)] {
					return d.skip()
				}
				return d.required([]string{"tvl"}, func(part string) error {
					if part != "tvl" {
						return d.skip()
					}
					h, err := d.daily("totalLiquidityUSD")
					give(h, chainKey(chain))
					return err
				})
			})
		}
		return d.skip()
	})
	return out, d.finish(err)
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
