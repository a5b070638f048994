package fake

import (
	"net/http"
	"net/url"
)

// dataTypes are the kinds behind the fees endpoint's dataType.
var dataTypes = map[string]Kind{"": Fees, "dailyFees": Fees, "dailyRevenue": Revenue, "dailyHoldersRevenue": HoldersRevenue}

func (u *Upstream) dexs(chain string, q url.Values) answer { return u.overview(DexVolume, chain, q) }

func (u *Upstream) fees(chain string, q url.Values) answer {
	k, ok := dataTypes[q.Get("dataType")]
	if !ok {
		return plain(http.StatusBadRequest, "Data type not supported")
	}
	return u.overview(k, chain, q)
}

type overviewAnswer struct {
	TotalDataChart          [][2]float64 `json:"totalDataChart"`
	TotalDataChartBreakdown []struct{}   `json:"totalDataChartBreakdown"`
	Breakdown24h            any          `json:"breakdown24h"`
	Breakdown30d            any          `json:"breakdown30d"`
	Chain                   any          `json:"chain"`
	AllChains               []string     `json:"allChains"`
	Total24h                any          `json:"total24h"`
	Total48hTo24h           any          `json:"total48hto24h"`
	Total7d                 any          `json:"total7d"`
	Total30d                any          `json:"total30d"`
	Total7DaysAgo           any          `json:"total7DaysAgo"`
	Total30DaysAgo          any          `json:"total30DaysAgo"`
	TotalAllTime            float64      `json:"totalAllTime"`
	Change1d                any          `json:"change_1d"`
	Protocols               []struct{}   `json:"protocols"`
}

func (u *Upstream) overview(kind Kind, chain string, q url.Values) answer {
	now, k := u.now(), Key{kind, chain, ""}
	ps := u.flow(k, now)
	if len(ps) == 0 {
		return plain(http.StatusNotFound, "Data not found")
	}
	a := overviewAnswer{TotalDataChart: [][2]float64{}, TotalDataChartBreakdown: []struct{}{}, Chain: nullable(chain), AllChains: []string{},
		Protocols: []struct{}{}}
	for _, e := range u.data.Entities(ChainTVL) {
		a.AllChains = append(a.AllChains, e.Name)
	}
	for _, p := range ps {
		a.TotalAllTime += p.Value
		if q.Get("excludeTotalDataChart") != "true" {
			a.TotalDataChart = append(a.TotalDataChart, [2]float64{float64(p.At.Unix()), p.Value})
		}
	}
	ago := func(n int) any {
		if len(ps) <= n {
			return nil
		}
		return ps[len(ps)-1-n].Value
	}
	window := func(n int) any {
		if len(ps) < n {
			return nil
		}
		total := 0.0
		for _, p := range ps[len(ps)-n:] {
			total += p.Value
		}
		return total
	}
	// The last day and a part of the one before lie in the window of 24 hours, which therefore is no element.
	last := ps[len(ps)-1].Value
	a.Total24h, a.Total48hTo24h, a.Total7d, a.Total30d = last*1.1, ago(1), window(7), window(30)
	a.Total7DaysAgo, a.Total30DaysAgo, a.Change1d = ago(7), ago(30), change(ps[:len(ps)-1], last, 1)
	return document(a, mainAge)
}
