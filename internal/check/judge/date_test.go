package judge

import (
	"strings"
	"testing"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

func TestWritePeriod(t *testing.T) {
	tests := []struct{ in, de, en string }{
		{"2026-02-10", "10. Februar 2026", "10 February 2026"},
		{"2025-03", "März 2025", "March 2025"},
		{"2025-Q3", "Q3 2025", "Q3 2025"},
		{"2025-H2", "H2 2025", "H2 2025"},
		{"2024", "2024", "2024"},
	}
	for _, tt := range tests {
		p := market.MustPeriod(tt.in)
		if de, en := writePeriod(p, unit.German), writePeriod(p, unit.English); de != tt.de || en != tt.en {
			t.Errorf("%s: %q, %q; want %q, %q", tt.in, de, en, tt.de, tt.en)
		}
	}
	if got := writePeriod(market.Period{}, unit.English); got != "" {
		t.Errorf("no period: %q", got)
	}
}

func TestSeason(t *testing.T) {
	tests := []struct{ sentence, year, from, to string }{
		{"im defi-sommer 2020 explodierte der tvl", "2020", "2020-06-01", "2020-09-30"},
		{"in the summer of 2020 it rose", "2020", "2020-06-01", "2020-09-30"},
		{"im herbst des jahres 2021", "2021", "2021-09-01", "2021-12-31"},
		{"im frühjahr 2022", "2022", "2022-03-01", "2022-06-30"},
		{"im sommer 2020 und danach", "2021", "", ""},
		{"im sommer, 2020", "2020", "", ""},
		{"im winter 2020", "2020", "", ""},
		{"im sommer 2020", "2020-Q3", "", ""},
	}
	for _, tt := range tests {
		got, ok := season(tt.sentence, market.MustPeriod(tt.year))
		if ok != (tt.from != "") || got.from.String() != tt.from || got.to.String() != tt.to {
			t.Errorf("%q: %s to %s, want %s to %s", tt.sentence, got.from, got.to, tt.from, tt.to)
		}
	}
}

func TestOfEarlier(t *testing.T) {
	tests := []struct {
		sentence string // with the figure in brackets
		want     bool
	}{
		{"Damals lag der Wert bei [5 Milliarden].", true},
		{"Vor zwei Jahren waren es [5 Milliarden].", true},
		{"Three years ago it was [$5 billion].", true},
		{"Im Jahr 2021 fiel er auf [5 Milliarden].", true},
		{"Er fiel auf [5 Milliarden], wie schon 2021.", true},
		{"Im vergangenen Sommer waren es [5 Milliarden].", true},
		{"It was [$5 billion] last year.", true},
		{"Seit 2021 ist er auf [5 Milliarden] gestiegen.", false},
		{"Since the launch in 2021 it has grown to [$5 billion].", false},
		{"Gegenüber 2024 sind es [5 Milliarden].", false},
		{"It stands at [$5 billion], down from $8 billion in October 2025.", false},
		{"It fell from $8 billion in October 2025 to [$5 billion].", false},
		{"It crossed $8 billion in 2025 and has since slipped to [$5 billion].", false},
		{"2021 waren es 3, heute [5 Milliarden].", false},
		{"Der Wert liegt bei [5 Milliarden].", false},
		{"2026 sind es [5 Milliarden].", false},
		{"Bis 2030 sind es [5 Milliarden].", false},
	}
	for _, tt := range tests {
		at, end := strings.Index(tt.sentence, "["), strings.Index(tt.sentence, "]")-1
		c := &cite.Cited{Fragment: strings.NewReplacer("[", "", "]", "").Replace(tt.sentence), FragmentAt: at, FragmentEnd: end, Published: market.MustPeriod("2026-02-10")}
		if got := ofEarlier(c); got != tt.want {
			t.Errorf("%s: %v", tt.sentence, got)
		}
	}
}

func TestIsNamed(t *testing.T) {
	for text, want := range map[string]bool{"laut defillama sind es": true, "laut defillamas daten": false, "nicht defillamax, defillama!": true, "": false, "(defillama)": true} {
		if got := isNamed(text, "DefiLlama"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if isNamed("alles", "") {
		t.Error("nothing is named by every text")
	}
}
