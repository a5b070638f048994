package storetest

import (
	"testing"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

func catalogueTests() map[string]test {
	return map[string]test{
		"SyncTwice":          syncTwice,
		"DroppedKeepsValues": droppedSeries,
		"Renamed":            renamedSeries,
		"RenamedTwice":       renamedTwice,
		"RenamedOntoEmpty":   renamedOntoEmpty,
		"RenamedOntoValues":  renamedOntoValues,
		"UnitChanged":        unitChanged,
		"NewSeriesAsksAnew":  newSeriesAsksAnew,
	}
}

func syncTwice(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	h.sync(t, series("tvl"), series("supply"))
	same(t, "values", h.values(t, "tvl", ""), known{"2026-02-09": 1})
	fresh, err := h.Freshness(t.Context())
	check(t, err)
	same(t, "series", len(fresh), 2)
}

func droppedSeries(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	h.sync(t, series("supply"))
	same(t, "values of a series that the catalogue dropped", h.values(t, "tvl", ""), known{"2026-02-09": 1})
	h.sync(t, series("supply"), series("tvl"))
	same(t, "values once it is back", h.values(t, "tvl", ""), known{"2026-02-09": 1})
}

func renamedSeries(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	tied := citedFigure("f1", "tvl")
	h.put(t, post("a"), tied)
	h.sync(t, series("defi-tvl", "tvl"), series("supply"))
	for _, id := range []string{"defi-tvl", "tvl"} {
		same(t, "values by "+id, h.values(t, id, ""), known{"2026-02-09": 1})
		figures, err := h.FiguresOfSeries(t.Context(), id)
		check(t, err)
		if len(figures) != 1 || figures[0].Link.Series != "defi-tvl" || figures[0].Figure.Series != "defi-tvl" || figures[0].Verdict.Series != "defi-tvl" {
			t.Errorf("figures by %s: %+v", id, figures)
		}
	}
	same(t, "collected on", tallyOf(h.commit(t, points("defi-tvl", final("09", 1), final("10", 2)))), tally{Unchanged: 1, New: 1})
}

func renamedTwice(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	h.sync(t, series("b", "tvl"))
	h.sync(t, series("c", "b", "tvl"))
	for _, id := range []string{"c", "b", "tvl"} {
		same(t, "values by "+id, h.values(t, id, ""), known{"2026-02-09": 1})
	}
}

func renamedOntoEmpty(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	h.sync(t, series("tvl"), series("new"))
	h.sync(t, series("new", "tvl"))
	same(t, "values", h.values(t, "new", ""), known{"2026-02-09": 1})
	same(t, "values by the old id", h.values(t, "tvl", ""), known{"2026-02-09": 1})
}

func renamedOntoValues(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	h.commit(t, points("supply", final("09", 2)))
	if err := h.SyncSeries(t.Context(), []market.Series{series("supply", "tvl"), series("third")}); err == nil {
		t.Error("two series with values became one")
	}
	same(t, "values of the one", h.values(t, "tvl", ""), known{"2026-02-09": 1})
	same(t, "values of the other", h.values(t, "supply", ""), known{"2026-02-09": 2})
	if _, err := h.Observations(t.Context(), "third", market.ObservationQuery{}); err == nil {
		t.Error("a refused catalogue was taken in part")
	}
}

func unitChanged(t *testing.T, h *harness) {
	h.commit(t, points("tvl", final("09", 1)))
	for _, c := range []struct {
		id   string
		fine bool
	}{{"tvl", false}, {"supply", true}} {
		s := series(c.id)
		s.Unit = unit.Unit("EUR")
		if err := h.SyncSeries(t.Context(), []market.Series{s}); (err == nil) != c.fine {
			t.Errorf("another unit for %s: %v", c.id, err)
		}
	}
}

func newSeriesAsksAnew(t *testing.T, h *harness) {
	b := points("tvl", final("09", 1))
	b.URL, b.Next = "u", market.Validators{ETag: "1"}
	h.commit(t, b)
	read := func() market.Validators {
		v, err := h.Validators(t.Context(), "u")
		check(t, err)
		return v
	}
	h.sync(t, series("tvl"), series("supply"))
	same(t, "validators with the same series", read(), b.Next)
	h.sync(t, series("tvl"), series("supply"), series("new"))
	same(t, "validators with a new series", read(), market.Validators{})
}

// citedFigure is a figure tied to a series, "" for none.
func citedFigure(id, series string) cite.Cited {
	value := 19.2e9
	return cite.Cited{
		Figure: cite.Figure{ID: id, Start: 10, End: 21, Text: "19,2 Mrd. $", Kind: cite.Money, Value: unit.MustDecimal("19200000000"),
			Unit: unit.USD, Precision: unit.MustDecimal("100000000"), Qualifier: cite.About, Period: market.MustPeriod("2026-01"),
			Subject: "defi", Metric: "tvl", Series: series, Confidence: 0.93, Inferred: []string{"unit"}, At: 4, AtEnd: 15, Nearly: true,
			Sentence: [2]int{0, 30}, Nouns: []cite.Mention{{Text: "DeFi", Start: 0, End: 4, Scope: "clause"}},
			Metrics: []cite.Mention{{Text: "TVL", Start: 20, End: 23, Scope: "clause"}}, Why: "money"},
		Link:     cite.Link{Figure: id, Subject: "defi", Metric: "tvl", Series: series, Confidence: 0.9, Reasons: []string{"name"}},
		Verdict:  cite.Verdict{Kind: cite.Agrees, Series: series, Period: market.MustPeriod("2026-01-31"), Value: &value},
		Fragment: "DeFi hielt 19,2 Mrd. $.", FragmentAt: 11, FragmentEnd: 22, HasSource: true,
	}
}
