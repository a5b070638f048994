package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
)

func TestSummarise(t *testing.T) {
	of := func(kinds ...cite.VerdictKind) []cite.Cited {
		list := []cite.Cited{{Figure: cite.Figure{Kind: cite.Damage}}}
		for _, k := range kinds {
			list = append(list, cite.Cited{Verdict: cite.Verdict{Kind: k}})
		}
		return list
	}
	got := Summarise(of(cite.Agrees, cite.WasTrueOn, cite.Contradicted, cite.Forecast, cite.SourceOnly, cite.NotChecked, cite.NoDataThen))
	got.Kinds = nil
	want := Summary{Figures: 7, WithData: 3, Forecast: 1, Sourced: 1, ReadOnly: 2, Off: 2}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
