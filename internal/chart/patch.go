package chart

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// patch adds to the library's option what its types do not know, at the one place that it offers for this.
type patch struct {
	charts.BaseConfigurationVisitor
	spec *Spec
	plot *plot
}

// scriptContext is what charts.js is told beside the option.
type scriptContext struct {
	Lang        string  `json:"lang"`
	Unit        affix   `json:"unit"`
	Words       words   `json:"words"`
	CitedURL    string  `json:"citedURL"`
	Lines       int     `json:"lines"`
	Length      string  `json:"length"` // of the periods
	Provisional []int64 `json:"provisional"`
	Font        string  `json:"font"`
	AsOf        string  `json:"asOf,omitempty"`
	Label       string  `json:"label"` // what the chart is, for screen readers
}

func (v patch) context() scriptContext {
	s := v.spec
	c := scriptContext{
		Lang: string(s.Lang), Unit: affixOf(s.Unit(), s.Lang), Words: wordsFor(s.Lang), CitedURL: s.CitedURL,
		Lines: len(s.Series), Length: granularityNames[v.plot.granularity], Provisional: v.plot.provisional,
		Font: fontFamily, AsOf: s.AsOf.String(), Label: strings.TrimSpace(s.Title + ". " + s.Desc),
	}
	if c.CitedURL == "" {
		c.CitedURL = "#cited"
	}
	if c.Provisional == nil {
		c.Provisional = []int64{}
	}
	return c
}

func (v patch) Visit(option map[string]any) {
	option["useUTC"] = true
	option["textStyle"] = map[string]any{"fontFamily": fontFamily, "fontSize": fontSize}
	option["beleg"] = v.context()
	delete(option, "toolbox")
	delete(option, "color")
	if v.spec.notes() == "" {
		delete(option, "title")
	}
	option["dataZoom"] = v.dataZoom()
}

func (v patch) VisitTitleOpt(t opts.Title) any {
	return []any{struct {
		opts.Title
		Padding int `json:"padding"`
	}{t, 2}}
}

func (v patch) VisitLegendOpt(l opts.Legend) any {
	return struct {
		opts.Legend
		Padding int `json:"padding"`
	}{l, 2}
}

// VisitTooltipOpt has the tooltip drawn on the canvas: its HTML form needs inline styles.
func (v patch) VisitTooltipOpt(t opts.Tooltip) any {
	return struct {
		opts.Tooltip
		RenderMode  string         `json:"renderMode"`
		Confine     bool           `json:"confine"`
		TextStyle   opts.TextStyle `json:"textStyle"`
		AxisPointer map[string]any `json:"axisPointer"`
	}{
		t, "richText", true, opts.TextStyle{Color: "$ink", FontSize: 13, FontFamily: fontFamily},
		map[string]any{"type": "line", "lineStyle": map[string]any{"color": "$axis", "type": "solid"}},
	}
}

func (v patch) VisitGrid([]opts.Grid) any {
	return []map[string]any{{"left": fontSlack, "right": 10, "top": 10, "bottom": 2, "outerBoundsMode": "same", "outerBoundsContain": "axisLabel"}}
}

// dataZoom zooms with Ctrl and the wheel, so that a page still scrolls over its charts, and with a slider where there
// is much to see.
func (v patch) dataZoom() []map[string]any {
	zoom := []map[string]any{{
		"type": "inside", "zoomOnMouseWheel": "ctrl", "moveOnMouseWheel": false, "preventDefaultMouseMove": false, "filterMode": "filter",
		"minValueSpan": 7 * 24 * 60 * 60 * 1000,
	}}
	if v.points() < zoomFrom {
		return zoom
	}
	return append(zoom, map[string]any{
		"type": "slider", "height": sliderSize, "bottom": 2, "showDetail": false, "brushSelect": false, "filterMode": "filter",
		"borderColor": "$grid", "fillerColor": "rgba(128,128,128,0.18)", "backgroundColor": "transparent",
		"dataBackground":         map[string]any{"lineStyle": map[string]any{"color": "$axis", "width": 1}, "areaStyle": map[string]any{"opacity": 0}},
		"selectedDataBackground": map[string]any{"lineStyle": map[string]any{"color": "$line-1", "width": 1}, "areaStyle": map[string]any{"opacity": 0}},
		"handleStyle":            map[string]any{"color": "$paper", "borderColor": "$axis"},
		"moveHandleStyle":        map[string]any{"color": "$axis"},
	})
}

func (v patch) points() int {
	n := 0
	for i := range v.spec.Series {
		n = max(n, len(v.spec.Series[i].Points))
	}
	return n
}

// drawn is a series with what the library's type lacks.
type drawn struct {
	charts.SingleSeries
	Z        int            `json:"z"`
	Silent   bool           `json:"silent,omitempty"`
	Clip     *bool          `json:"clip,omitempty"`
	Tooltip  map[string]any `json:"tooltip,omitempty"`
	Label    *label         `json:"label,omitempty"`
	EndLabel *label         `json:"endLabel,omitempty"`
	MarkLine *markLine      `json:"markLine,omitempty"`
	Emphasis map[string]any `json:"emphasis"`
}

// label is a label with a halo, so that it is read on top of a line.
type label struct {
	opts.Label
	TextBorderColor string `json:"textBorderColor"`
	TextBorderWidth int    `json:"textBorderWidth"`
}

type markLine struct {
	opts.MarkLines
	Silent    bool `json:"silent"`
	Animation bool `json:"animation"`
}

func haloed(l *opts.Label) *label {
	if l == nil {
		return nil
	}
	return &label{*l, "$paper", haloWidth}
}

// VisitSeriesOpt keeps the order of drawing, names the lines at their ends where there are several, and lets only
// lines and marks answer to the pointer.
func (v patch) VisitSeriesOpt(all charts.MultiSeries) any {
	out := make([]drawn, len(all))
	for i, s := range all {
		own, lines := haloed(s.Label), s.MarkLines
		s.Label, s.MarkLines = nil, nil
		d := drawn{SingleSeries: s, Label: own, Z: i + 2, Emphasis: map[string]any{"scale": false}}
		isLine := strings.HasPrefix(s.Id, "line-") && s.Type == "line"
		switch {
		case s.Id == "cited", s.Id == "highlight":
			d.Tooltip = map[string]any{"trigger": "item", "formatter": "@cited"}
		case !isLine:
			d.Silent, d.Tooltip = true, map[string]any{"show": false}
		}
		if isLine && len(v.spec.Series) > 1 && !strings.HasSuffix(s.Id, provisionalID) {
			d.EndLabel = haloed(&opts.Label{Show: opts.Bool(true), Formatter: "@name", Color: s.LineStyle.Color, FontSize: fontSize, FontWeight: "600"})
			d.LabelLayout = &opts.LabelLayout{MoveOverlap: "shiftY"}
		}
		if lines != nil {
			d.MarkLine = &markLine{*lines, true, false}
		}
		if s.Id == "cited" {
			d.Label.TextBorderWidth = 0
		}
		out[i] = d
	}
	return out
}
