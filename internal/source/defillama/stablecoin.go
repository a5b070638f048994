package defillama

import (
	"fmt"
	"slices"

	"beleg/internal/market"
)

const (
	fieldCirculating = "circulating"
	fieldPrice       = "price"
)

var (
	chartFields = []string{"totalCirculatingUSD", "totalCirculating", "totalUnreleased", "totalMintedUSD", "totalBridgedToUSD"}
	coinFields  = []string{fieldCirculating, "minted", "unreleased", "bridgedTo"}
)

// amount is the number of one peg.
type amount struct {
	peg string
	number
}

// amounts reads an object of numbers by peg; members that are no numbers (bridges) and nulls are left out.
func (d *document) amounts(into []amount) ([]amount, error) {
	into = into[:0]
	err := d.object(func(peg string) error {
		if k := d.dec.PeekKind(); k == beginObject || k == beginArray {
			return d.skip()
		}
		n, err := d.number()
		if err == nil && n.given() {
			into = append(into, amount{peg, n})
		}
		return err
	})
	return into, err
}

// ofPeg is the number of a peg, or the sum of all.
func ofPeg(as []amount, peg string) (number, bool) {
	if peg == sumOfPegs {
		ns := make([]number, 0, len(as))
		for _, a := range as {
			ns = append(ns, a.number)
		}
		return sum(ns), len(as) > 0
	}
	for _, a := range as {
		if a.peg == peg {
			return a.number, true
		}
	}
	return number{}, false
}

// balances reads a list of objects with a date and, by field, amounts by peg. want's places in out get their histories in the place of earlier ones.
// A field or peg that an element lacks is zero there once it has occurred.
func (d *document) balances(want []market.JobSeries, places []int, out []history) error {
	fields := map[string][]amount{}
	for _, i := range places {
		out[i] = nil
		fields[want[i].Select["field"]] = nil
	}
	return d.list(func() error {
		var at int64
		for f := range fields {
			fields[f] = fields[f][:0]
		}
		err := d.required([]string{"date"}, func(member string) (err error) {
			into, wanted := fields[member]
			switch {
			case member == "date":
				at, err = d.time()
			case wanted && d.dec.PeekKind() != null:
				fields[member], err = d.amounts(into)
			default:
				err = d.skip()
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, i := range places {
			n, ok := ofPeg(fields[want[i].Select["field"]], want[i].Select["peg"])
			switch {
			case ok:
				out[i] = append(out[i], sample{at, n})
			case len(out[i]) > 0:
				out[i] = append(out[i], sample{at, number{0, "0"}})
			}
		}
		return nil
	})
}

func readStablecoinCharts(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	out := make([]history, len(want))
	return out, d.finish(d.balances(want, every(len(want)), out))
}

func every(n int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	return places
}

// readStablecoin takes the aggregate history and those of the wanted chains.
func readStablecoin(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	out, found := make([]history, len(want)), make(fits, len(want))
	whole, parts := split(want)
	err := d.required(members("tokens", whole, "chainBalances", parts), func(member string) error {
		switch {
		case member == "tokens" && len(whole) > 0:
			return d.balances(want, whole, out)
		case member == "chainBalances" && len(parts) > 0:
			return d.object(func(chain string) error {
				places := found.better(want, chain)
				if len(places) == 0 {
					return d.skip()
				}
				return d.required([]string{"tokens"}, func(part string) error {
					if part != "tokens" {
						return d.skip()
					}
					return d.balances(want, places, out)
				})
			})
		}
		return d.skip()
	})
	return out, d.finish(err)
}

// coin is one entry of the list of stablecoins.
type coin struct {
	id, symbol  string
	circulating []amount
	price       number
}

func readStablecoins(d *document, _ market.Request, want []market.JobSeries) ([]history, error) {
	found := make([][]coin, len(want))
	err := d.required([]string{"peggedAssets"}, func(member string) error {
		if member != "peggedAssets" {
			return d.skip()
		}
		return d.array(func() error {
			c, err := d.coin()
			if err != nil {
				return err
			}
			for i, w := range want {
				if c.is(w.Select) {
					found[i] = append(found[i], c)
				}
			}
			return nil
		})
	})
	if err := d.finish(err); err != nil {
		return nil, err
	}
	out := make([]history, len(want))
	for i, w := range want {
		if symbol := w.Select["symbol"]; symbol != "" && len(found[i]) > 1 {
			return nil, &Error{Path: "/peggedAssets", Err: fmt.Errorf("%d stablecoins have the symbol %q; select one by id", len(found[i]), symbol)}
		}
		if n, ok := total(found[i], w.Select); ok {
			out[i] = history{{number: n}}
		}
	}
	return out, nil
}

func (d *document) coin() (coin, error) {
	var c coin
	err := d.required([]string{"id", "symbol", fieldCirculating}, func(member string) (err error) {
		switch member {
		case "id":
			c.id, err = d.text()
		case "symbol":
			c.symbol, err = d.text()
		case fieldCirculating:
			c.circulating, err = d.amounts(nil)
		case fieldPrice:
			c.price, err = d.number()
		default:
			err = d.skip()
		}
		return err
	})
	return c, err
}

func (c coin) is(sel map[string]string) bool {
	switch {
	case sel["id"] != "":
		return c.id == sel["id"]
	case sel["symbol"] != "":
		return c.symbol == sel["symbol"]
	}
	return true
}

// total is the coin's price, or what circulates of the coins in dollars.
func total(coins []coin, sel map[string]string) (number, bool) {
	if sel["field"] == fieldPrice {
		ok := len(coins) == 1 && coins[0].price.given()
		if !ok {
			return number{}, false
		}
		return coins[0].price, true
	}
	peg := sel["peg"]
	var ns []number
	for _, c := range coins {
		for _, a := range c.circulating {
			if peg == "" || peg == sumOfPegs || peg == a.peg {
				ns = append(ns, a.number)
			}
		}
	}
	if len(ns) == 1 {
		return ns[0], true
	}
	return sum(slices.Clip(ns)), len(ns) > 0
}
