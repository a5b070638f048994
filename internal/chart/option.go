package chart

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"beleg/internal/market"
)

// fontFamily is what charts are written in. Widths are measured in the first of these; the others are a reader's own,
// which are about as wide.
const fontFamily = `'IBM Plex Sans', system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`

const fontSize = 12

// provisionalID ends the id of a series that draws the way to a line's provisional values.
const provisionalID = "-provisional"

// Sizes of what is drawn, in CSS pixels.
const (
	lineWidth   = 1.75
	spanWidth   = 1.5
	markSize    = 12
	dotSize     = 5
	lastSize    = 7
	focusSize   = 14
	lateShare   = 0.75 // of the time axis
	zoomFrom    = 60   // points from which there is a slider
	sliderSize  = 20
	haloWidth   = 3
	markBorder  = 1.6
	spanOpacity = 0.55
	fontSlack   = 5 // room at the sides for a reader's own, wider font
)

// Option is the ECharts option for the browser: JSON that is safe inside <script type="application/json">, with
// formatters ("@tick") and colours ("$ink") as names that charts.js resolves, and under "beleg" what these need to
// know. Errors wrap what Validate finds.
func Option(s Spec) ([]byte, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	s = s.legible()
	p := newPlot(&s)
	c := charts.NewLine()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTitleOpts(opts.Title{Title: s.notes(), Left: "0", Top: "0", TitleStyle: &opts.TextStyle{Color: "$ink", FontSize: fontSize, FontWeight: "600"}}),
		charts.WithLegendOpts(legend(&s)),
		charts.WithTooltipOpts(opts.Tooltip{
			Trigger: "axis", Formatter: "@tip", BackgroundColor: "$paper", BorderColor: "$axis",
			AxisPointer: &opts.AxisPointer{Type: "line"},
		}),
		charts.WithXAxisOpts(timeAxis(p)),
		charts.WithYAxisOpts(valueAxis(p)),
		charts.WithGridOpts(opts.Grid{}),
	)
	c.MultiSeries = seriesOf(&s, p)
	c.Accept(patch{spec: &s, plot: p})
	c.Validate()
	b, err := json.Marshal(c.JSON())
	if err != nil {
		return nil, fmt.Errorf("write option of chart %s: %w", s.ID, err)
	}
	return b, nil
}

func legend(s *Spec) opts.Legend {
	if len(s.Cited) == 0 {
		return opts.Legend{Show: opts.Bool(false)}
	}
	return opts.Legend{
		Data:  []map[string]string{{"name": wordsFor(s.Lang).Cited, "icon": "diamond"}},
		Right: strconv.Itoa(2 * fontSlack), Top: "0", ItemWidth: markSize, ItemHeight: markSize, InactiveColor: "$grid",
		TextStyle: &opts.TextStyle{Color: "$muted", FontSize: fontSize},
	}
}

func timeAxis(p *plot) opts.XAxis {
	return opts.XAxis{
		Type: "time", Min: p.from, Max: p.to,
		AxisLabel: &opts.AxisLabel{Formatter: "@time", Color: "$muted", FontSize: fontSize, HideOverlap: opts.Bool(true), Margin: 8},
		AxisLine:  &opts.AxisLine{OnZero: opts.Bool(false), LineStyle: &opts.LineStyle{Color: "$axis", Width: 1}},
		AxisTick:  &opts.AxisTick{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: "$axis", Width: 1}},
		SplitLine: &opts.SplitLine{Show: opts.Bool(false)},
	}
}

func valueAxis(p *plot) opts.YAxis {
	return opts.YAxis{
		Type: "value", Scale: opts.Bool(!p.zero),
		AxisLabel: &opts.AxisLabel{Formatter: "@tick", Color: "$muted", FontSize: fontSize, Margin: 8},
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: "$grid", Width: 1}},
	}
}

func colourOf(line int) string { return fmt.Sprintf("$line-%d", line%MaxLines+1) }

// seriesOf draws from the bottom up: lines, single points, spans of cited figures, their marks, the highlight.
func seriesOf(s *Spec, p *plot) charts.MultiSeries {
	var all charts.MultiSeries
	for i, st := range p.strands {
		if st.last == nil {
			continue
		}
		all = append(all, strandSeries(i, s.Series[i].Name, st)...)
	}
	if len(p.strands) == 1 && p.strands[0].last != nil && !p.late(s.Highlight) {
		all = append(all, lastSeries(p.strands[0]))
	}
	if len(s.Cited) > 0 {
		marks, spans := citedData(s, p)
		all = append(all, spanSeries("cited-spans", "$cited", spans), citedSeries(s, marks))
	}
	if s.Highlight != nil {
		all = append(all, highlightSeries(s, p)...)
	}
	return all
}

// late tells whether a highlight stands so far right that its label needs the place of the newest value's.
func (p *plot) late(m *Mark) bool {
	return m != nil && float64(instant(m.Period)-p.from) > lateShare*float64(p.to-p.from)
}

func strandSeries(i int, name string, st strand) []charts.SingleSeries {
	id, colour := fmt.Sprintf("line-%d", i), colourOf(i)
	all := []charts.SingleSeries{lineSeries(id, name, colour, "solid", st.solid)}
	if len(st.hollow) > 0 {
		all = append(all,
			lineSeries(id+provisionalID, name, colour, "dashed", st.dashed),
			pointSeries(id+"-hollow", dotSize, "$paper", colour, st.hollow))
	}
	if len(st.alone) > 0 {
		all = append(all, pointSeries(id+"-alone", dotSize, colour, colour, st.alone))
	}
	return all
}

func lineSeries(id, name, colour, dash string, data []datum) charts.SingleSeries {
	return charts.SingleSeries{
		Id: id, Name: name, Type: types.ChartLine, Data: data, ShowSymbol: opts.Bool(false), Symbol: "circle", SymbolSize: dotSize,
		LineStyle: &opts.LineStyle{Color: colour, Width: lineWidth, Type: dash}, ItemStyle: &opts.ItemStyle{Color: colour},
	}
}

func pointSeries(id string, size float64, fill, border string, data any) charts.SingleSeries {
	return charts.SingleSeries{
		Id: id, Type: types.ChartScatter, Data: data, Symbol: "circle", SymbolSize: size,
		ItemStyle: &opts.ItemStyle{Color: fill, BorderColor: border, BorderWidth: markBorder, Opacity: opts.Float(1)},
	}
}

// lastSeries marks the newest value of a single line and writes it beside.
func lastSeries(st strand) charts.SingleSeries {
	fill := colourOf(0)
	if n := len(st.hollow); n > 0 && st.hollow[n-1] == *st.last {
		fill = "$paper"
	}
	last := pointSeries("last", lastSize, fill, colourOf(0), []any{map[string]any{"value": st.last}})
	last.Label = &opts.Label{Show: opts.Bool(true), Position: "top", Formatter: "@value", Color: "$ink", FontSize: fontSize, FontWeight: "600"}
	return last
}

// markData is what the script knows of a cited figure.
type markData struct {
	URL    string  `json:"url,omitempty"`
	Label  string  `json:"label,omitempty"`
	Post   string  `json:"post,omitempty"`
	Period string  `json:"period"`
	Value  float64 `json:"value"`
	Count  int     `json:"count,omitempty"`
	Off    int     `json:"off,omitempty"` // 1 above, -1 below what the axis shows
}

type markItem struct {
	Value datum    `json:"value"`
	Cited markData `json:"cited"`
}

// citedData are the marks inside the time axis, and the lines that show how far a range or a long period reaches.
func citedData(s *Spec, p *plot) (marks []markItem, spans []datum) {
	for i := range s.Cited {
		m := &s.Cited[i]
		t := instant(m.Period)
		if t < p.from || t > p.to {
			continue
		}
		v, off := p.clamp(m.Value)
		marks = append(marks, markItem{datum{t, v}, markData{m.URL, m.Label, m.Post, m.Period.String(), m.Value, m.Count, off}})
		spans = append(spans, p.reachOf(m, t, v)...)
	}
	return marks, spans
}

// reachOf is a line up and down to the ends of a range, and one across the period where that is longer than a month.
func (p *plot) reachOf(m *Mark, t int64, v float64) []datum {
	var reach []datum
	if m.IsRange() {
		low, _ := p.clamp(m.Low)
		high, _ := p.clamp(m.High)
		reach = append(reach, datum{t, low}, datum{t, high}, datum{t, nil})
	}
	if m.Period.Granularity() > max(p.granularity, market.Month) {
		from := max(m.Period.Start().UnixMilli(), p.from)
		to := min(m.Period.End().UnixMilli(), p.to)
		reach = append(reach, datum{from, v}, datum{to, v}, datum{to, nil})
	}
	return reach
}

func spanSeries(id, colour string, data []datum) charts.SingleSeries {
	return charts.SingleSeries{
		Id: id, Type: types.ChartLine, Data: data, Symbol: "none",
		LineStyle: &opts.LineStyle{Color: colour, Width: spanWidth, Opacity: opts.Float(spanOpacity)},
	}
}

func citedSeries(s *Spec, marks []markItem) charts.SingleSeries {
	c := pointSeries("cited", markSize, "$paper", "$cited", marks)
	c.Name, c.Symbol = wordsFor(s.Lang).Cited, "diamond"
	c.Label = &opts.Label{Show: opts.Bool(false), Position: "inside", Color: "$cited", FontSize: 11, FontWeight: "600"}
	return c
}

func highlightSeries(s *Spec, p *plot) []charts.SingleSeries {
	m := s.Highlight
	t := instant(m.Period)
	focus := pointSeries("highlight", focusSize, "$highlight", "$paper", []any{map[string]any{
		"name": m.Label, "value": datum{t, m.Value}, "cited": markData{Period: m.Period.String(), Value: m.Value, Label: m.Label, Post: m.Post, URL: m.URL},
	}})
	focus.Symbol = "diamond"
	focus.Label = &opts.Label{Show: opts.Bool(m.Label != ""), Position: "top", Formatter: "@highlight", Color: "$ink", FontSize: 13, FontWeight: "600"}
	focus.MarkLines = &opts.MarkLines{
		Data: []any{opts.MarkLineNameXAxisItem{XAxis: t}},
		MarkLineStyle: opts.MarkLineStyle{
			Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
			LineStyle: &opts.LineStyle{Color: "$highlight", Width: 1, Type: "dashed", Opacity: opts.Float(0.6)},
		},
	}
	return []charts.SingleSeries{spanSeries("highlight-span", "$highlight", p.reachOf(m, t, m.Value)), focus}
}
