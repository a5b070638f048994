package chart

import (
	"strconv"
	"strings"
)

// Sizes of a sparkline, in CSS pixels.
const (
	SparklineWidth  = 160
	SparklineHeight = 40

	sparkPad  = 4
	sparkLine = 1.5
	sparkDot  = 2.5
)

// SparklineSVG is a small inline SVG without axes or text: the first line, its newest value as a dot and the highlight
// as a diamond. It needs no engine. It is nil where Validate finds a fault or nothing is to be drawn.
func SparklineSVG(s Spec) []byte {
	if s.Width == 0 && s.Height == 0 {
		s.Width, s.Height = SparklineWidth, SparklineHeight
	}
	s.Kind, s.Cited = Sparkline, nil
	if s.Validate() != nil {
		return nil
	}
	s = s.legible()
	p := newPlot(&s)
	if len(p.strands) == 0 || p.strands[0].last == nil {
		return nil
	}
	return []byte(p.sparkline(&s).String())
}

func (p *plot) sparkline(s *Spec) *node {
	width, height := s.Size()
	low, high := p.dataLow, p.dataHigh // without an axis the line fills its box
	at := func(d datum) (x, y string) {
		fx := float64(d[0].(int64)-p.from) / float64(p.to-p.from)
		fy := 0.5
		if high > low {
			fy = (d[1].(float64) - low) / (high - low)
		}
		return decimal(sparkPad+fx*float64(width-2*sparkPad), 1), decimal(sparkPad+(1-fy)*float64(height-2*sparkPad), 1)
	}
	c := newCleaner(s.ID)
	root := element("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "chart-svg chart-spark",
		"viewBox", "0 0 "+strconv.Itoa(width)+" "+strconv.Itoa(height), "width", strconv.Itoa(width), "height", strconv.Itoa(height))
	describe(root, s, false)
	st := p.strands[0]
	for _, l := range []struct {
		data []datum
		dash string
	}{{st.solid, ""}, {st.dashed, "3 2"}} {
		if d := path(l.data, at); d != "" {
			line := element("path", "d", d, "fill", "none", "stroke-width", decimal(sparkLine, 1), "stroke-dasharray", l.dash, "stroke-linejoin", "round")
			root.add(c.painted(line, "", "line-1"))
		}
	}
	x, y := at(*st.last)
	dot := element("circle", "cx", x, "cy", y, "r", decimal(sparkDot, 1))
	root.add(c.painted(dot, "line-1", ""))
	if m := s.Highlight; m != nil {
		x, y := at(datum{instant(m.Period), m.Value})
		root.add(c.painted(element("path", "d", "M"+x+" "+y+"m0-5l5 5l-5 5l-5-5Z", "stroke-width", "1"), "highlight", "paper"))
	}
	return root
}

// path joins neighbouring values; a gap starts anew.
func path(data []datum, at func(datum) (x, y string)) string {
	var b strings.Builder
	command := "M"
	for _, d := range data {
		if d[1] == nil {
			command = "M"
			continue
		}
		x, y := at(d)
		b.WriteString(command + x + " " + y)
		command = "L"
	}
	return b.String()
}
