package judge

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// The replacement is written as the figure is: sign, magnitude, separators and digits stay, source and day come behind it.
func TestSuggestion(t *testing.T) {
	const at = "2026-02-10"
	tests := []struct {
		lang, text string
		value      float64
		want       string // the text with the suggestion in it; "" for none
	}{
		{"de", "Es sind 270 Milliarden im Umlauf.", 305.7e9, "Es sind rund 306 Milliarden (DefiLlama, 10. Februar 2026) im Umlauf."},
		{"de", "Es sind 270 Milliarden US-Dollar.", 305.7e9, "Es sind rund 306 Milliarden US-Dollar (DefiLlama, 10. Februar 2026)."},
		{"de", "Der TVL liegt bei rund 32 Mrd. $ insgesamt.", 19.84e9, "Der TVL liegt bei rund 20 Mrd. $ (DefiLlama, 10. Februar 2026) insgesamt."},
		{"de", "Der TVL liegt bei $ 19,2 Mrd. heute.", 20.0e9, "Der TVL liegt bei rund $ 20,0 Mrd. (DefiLlama, 10. Februar 2026) heute."},
		{"de", "Es sind 270.000.000.000 $ im Umlauf.", 305696913148, "Es sind rund 306.000.000.000 $ (DefiLlama, 10. Februar 2026) im Umlauf."},
		{"de", "Der Markt ist über 400 Milliarden Euro groß.", 305.7e9, "Der Markt ist über 305 Milliarden Euro (DefiLlama, 10. Februar 2026) groß."},
		{"de", "Der Markt ist 1 Billion $ groß.", 305.7e9, "Der Markt ist rund 306 Milliarden $ (DefiLlama, 10. Februar 2026) groß."},
		{"de", "Der Markt ist 900 Mio. $ groß.", 305.7e9, "Der Markt ist rund 306 Mrd. $ (DefiLlama, 10. Februar 2026) groß."},
		{"de", "Der TVL liegt bei 130–140 Milliarden US-Dollar.", 98.4e9, "Der TVL liegt bei rund 98 Milliarden US-Dollar (DefiLlama, 10. Februar 2026)."},
		{"de", "270 Milliarden US-Dollar sind im Umlauf.", 305.7e9, "Rund 306 Milliarden US-Dollar (DefiLlama, 10. Februar 2026) sind im Umlauf."},
		{"de", "Der TVL (5 Mrd. $) stieg.", 7.43e9, "Der TVL (rund 7,4 Mrd. $, DefiLlama, 10. Februar 2026) stieg."},
		{"en", "The supply is $270 billion.", 305.7e9, "The supply is about $306 billion (DefiLlama, 10 February 2026)."},
		{"en", "The supply is $1.08bn.", 1.236e9, "The supply is about $1.24bn (DefiLlama, 10 February 2026)."},
		{"en", "The $270 billion are in use.", 305.7e9, "The $306 billion (DefiLlama, 10 February 2026) are in use."},
		{"en", "Its value is $46T now.", 305.7e9, "Its value is about $306B (DefiLlama, 10 February 2026) now."},
		{"en", "It holds 12,345 ETH.", 23456, "It holds about 23,456 ETH (DefiLlama, 10 February 2026)."},
		{"de", "Das ist ein 270-Milliarden-Dollar-Markt.", 305.7e9, ""},
		{"de", "Der TVL liegt zwischen 130 und 140 Milliarden US-Dollar.", 98.4e9, ""},
		{"de", "Das kostet eine Milliarde US-Dollar.", 3e9, ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got := ""
			p, f := onlyFigure(t, tt.text, unit.Lang(tt.lang))
			v := judgement{series: market.Series{Unit: f.Unit}, source: market.Source{Name: "DefiLlama"}}
			d := &rule.Document{Post: p, Cited: []cite.Cited{{Figure: *f}}}
			if s := v.suggest(d, &d.Cited[0], market.Observation{Period: market.MustPeriod(at), Value: tt.value}); s != nil {
				got = tt.text[:s.Start] + s.Text + tt.text[s.End:]
			}
			if got != tt.want {
				t.Errorf("%q\nwant %q", got, tt.want)
			}
		})
	}
}

func onlyFigure(t interface{ Fatalf(string, ...any) }, text string, lang unit.Lang) (*cite.Post, *cite.Figure) {
	posts, err := post.Parse([]byte(text), post.Options{Path: "x.txt", Lang: lang})
	if err != nil {
		t.Fatalf("%v", err)
	}
	figures := figure.Read(&posts[0].Text, figure.Options{}).Figures
	if len(figures) != 1 {
		t.Fatalf("%d figures in %q", len(figures), text)
	}
	return &posts[0], &figures[0]
}

// A suggestion put into its text reads back as the value, within the rounding of its digits, whatever the style.
func TestSuggestionReadsBack(t *testing.T) {
	styles := map[unit.Lang][]string{
		unit.German:  {"Der Wert liegt bei %s Milliarden US-Dollar.", "Der Wert liegt bei %s Mrd. $ heute.", "Der Wert liegt bei $ %s Millionen.", "Es sind %s Mio. Euro.", "Über %s Billionen $ waren es."},
		unit.English: {"The value is $%s billion.", "The value is $%sbn now.", "It stands at €%s million.", "Its value is $%sB.", "More than $%s trillion were held."},
	}
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]unit.Lang{unit.German, unit.English}).Draw(t, "lang")
		style := rapid.SampledFrom(styles[lang]).Draw(t, "style")
		stated := unit.NewDecimal(int64(rapid.IntRange(11, 99999).Draw(t, "digits")), int32(rapid.IntRange(-2, 0).Draw(t, "exponent")))
		text := fmt.Sprintf(style, unit.FormatNumber(stated, lang))
		p, f := onlyFigure(t, text, lang)
		value := f.Value.Float64() * rapid.Float64Range(0.02, 50).Draw(t, "factor")
		v := judgement{series: market.Series{Unit: f.Unit}, source: market.Source{Name: "DefiLlama"}}
		d := &rule.Document{Post: p, Cited: []cite.Cited{{Figure: *f}}}
		s := v.suggest(d, &d.Cited[0], market.Observation{Period: market.MustPeriod("2026-02-10"), Value: value})
		if s == nil {
			t.Skip("no suggestion")
		}
		changed := text[:s.Start] + s.Text + text[s.End:]
		_, back := onlyFigure(t, changed, lang)
		if off := math.Abs(back.Value.Float64() - value); off > back.Precision.Float64() || off > 0.06*value || back.Unit != f.Unit {
			t.Fatalf("%q → %q reads as %s %s, the value is %g", text, changed, back.Value, back.Unit, value)
		}
	})
}
