package cite

import (
	"encoding/json"
	"testing"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// "<p>a&nbsp;b</p>\n<p>c</p>" as a reader reads it: "a\u00a0b\nc".
func entityText() (file string, t Text) {
	file = "<p>a&nbsp;b</p>\n<p>c</p>"
	t = Text{Content: "a\u00a0b\nc", Runs: []Run{
		{At: 0, Len: 1, Src: 3, SrcLen: 1},
		{At: 1, Len: 2, Src: 4, SrcLen: 6},
		{At: 3, Len: 1, Src: 10, SrcLen: 1},
		{At: 5, Len: 1, Src: 19, SrcLen: 1},
	}, Blocks: []Block{{Kind: Paragraph, Start: 0, End: 4}, {Kind: Paragraph, Start: 5, End: 6}}}
	return file, t
}

func TestSource(t *testing.T) {
	file, text := entityText()
	tests := []struct {
		name       string
		start, end int
		want       string
	}{
		{"before the entity", 0, 1, "a"},
		{"the entity stands for the whole", 1, 3, "&nbsp;"},
		{"a part of it too", 2, 3, "&nbsp;"},
		{"across it", 0, 4, "a&nbsp;b"},
		{"up to a gap", 3, 4, "b"},
		{"over a gap", 3, 6, "b</p>\n<p>c"},
		{"after the gap", 5, 6, "c"},
		{"everything", 0, 6, "a&nbsp;b</p>\n<p>c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start, end := text.Source(tt.start, tt.end)
			if got := file[start:end]; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	empty := Text{}
	if a, b := empty.Source(0, 5); a != 0 || b != 0 {
		t.Errorf("a text without runs: %d, %d", a, b)
	}
}

func TestBlockAt(t *testing.T) {
	_, text := entityText()
	for at, want := range map[int]int{0: 0, 3: 0, 4: -1, 5: 1, 6: -1} {
		if got := text.BlockAt(at); got != want {
			t.Errorf("byte %d is in block %d, want %d", at, got, want)
		}
	}
}

// The line of the contract: keys that do not apply are absent, numbers are decimal strings.
func TestFigureAsJSON(t *testing.T) {
	f := Figure{ID: "x", Start: 7, End: 18, Text: "19,2 Mrd. $", Kind: Money, Value: unit.MustDecimal("19.2e9"), Unit: unit.USD,
		Precision: unit.MustDecimal("1e8"), Qualifier: About, Change: To, Relation: "r3", Period: market.MustPeriod("2026-01"),
		Per: PerYear, At: 7, Sentence: [2]int{0, 30}}
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(b, &keys); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{"value": "19200000000", "precision": "100000000", "unit": "USD", "period": "2026-01", "change": "to", "relation": "r3"} {
		if keys[key] != want {
			t.Errorf("%s = %v, want %v", key, keys[key], want)
		}
	}
	for _, key := range []string{"low", "high", "forecast", "subject", "series", "inferred", "restored", "At", "Sentence"} {
		if _, ok := keys[key]; ok {
			t.Errorf("%s is there", key)
		}
	}
	if f.IsRange() {
		t.Error("a single value is a range")
	}
	low, high := f.Ends()
	if !low.Equal(f.Value) || !high.Equal(f.Value) {
		t.Errorf("ends %s and %s", low, high)
	}
}
