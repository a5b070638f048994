package chart

import (
	"fmt"
	"strconv"
)

// form is what a finished SVG is for.
type form uint8

const (
	inline     form = iota // in a page: links, classes, no style
	standalone             // a file of its own: frame, style for dark schemes
	forPNG                 // the same without a style sheet
)

// compose makes the finished document of a sketch. The frame is nil for an inline chart.
func compose(s *Spec, sk *sketch, f *frame, as form) ([]byte, error) {
	drawing, err := parse(sk.SVG)
	if err != nil {
		return nil, err
	}
	c := newCleaner(s.ID)
	if err := c.clean(drawing); err != nil {
		return nil, fmt.Errorf("clean drawing of %s: %w", s.ID, err)
	}
	links := as == inline
	plot := element("g").add(drawing.kids...).add(c.focus(sk.Focus)...).add(c.labels(sk.Labels)...)
	marks := c.marks(sk.Marks, links)
	width, height := s.Size()
	root := element("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "chart-svg", "viewBox", fmt.Sprintf("0 0 %d %d", width, height),
		"width", strconv.Itoa(width), "height", strconv.Itoa(height), "font-family", fontFamily, "font-size", strconv.Itoa(fontSize))
	describe(root, s, links && hasLinks(sk.Marks))
	content := []*node{plot}
	if len(marks.kids) > 0 {
		content = append(content, marks)
	}
	if links && hasLinks(sk.Marks) {
		plot.set("aria-hidden", "true") // the description says it; only the links are content
	}
	if f != nil {
		content = f.around(c, content...)
	}
	if as == standalone {
		root.add(element("style").add(textNode(colours.darkStyle(c.used))))
	}
	root.add(content...)
	if as == forPNG {
		nameWeights(root)
	}
	return []byte(root.String()), nil
}

// nameWeights asks for a weight by the name of its font: resvg knows a font by its first family name only, which for
// the semibold is not that of the regular.
func nameWeights(n *node) {
	if n.get("font-weight") != "" {
		n.set("font-family", boldFontName)
	}
	for _, k := range n.kids {
		nameWeights(k)
	}
}

// describe names the chart for those who do not see it. A chart with links is a group: an image may hold none.
func describe(root *node, s *Spec, links bool) {
	role := "img"
	if links {
		role = "group"
	}
	root.set("role", role)
	labelled := s.ID + "-title"
	root.add(element("title", "id", labelled).add(textNode(s.Title)))
	if s.Desc != "" {
		root.add(element("desc", "id", s.ID+"-desc").add(textNode(s.Desc)))
		labelled += " " + s.ID + "-desc"
	}
	root.set("aria-labelledby", labelled)
}

// focus draws the highlight: a filled diamond.
func (c *cleaner) focus(m *sketchMark) []*node {
	if m == nil {
		return nil
	}
	g := c.markAt("g", "chart-highlight", m)
	shape := element("path", "d", diamond(focusSize/2), "stroke-width", decimal(markBorder, 1))
	return []*node{g.add(element("title").add(textNode(m.Text)), c.painted(shape, "highlight", "paper"))}
}

// markAt is the element of a mark, at its place and with what it states for scripts to read.
func (c *cleaner) markAt(name, class string, m *sketchMark) *node {
	n := element(name, "class", class, "data-period", m.Period, "transform", "translate("+decimal(m.X, 1)+" "+decimal(m.Y, 1)+")")
	if m.Value != nil {
		n.set("data-value", strconv.FormatFloat(*m.Value, 'f', -1, 64))
	}
	if m.Count > 1 {
		n.set("data-count", strconv.Itoa(m.Count))
	}
	return n
}

// anchors are the alignments of a text as SVG names them.
var anchors = map[string]string{
	"left":   "",
	"center": "middle", //nolint:misspell // as ECharts spells it
	"right":  "end",
}

// labels writes the values beside their points, with a halo that keeps them readable on top of a line.
func (c *cleaner) labels(all []sketchLabel) []*node {
	var texts []*node
	for _, l := range all {
		t := element("text", "x", decimal(l.X, 1), "y", decimal(l.Y+capHeight*l.Size, 1), "text-anchor", anchors[l.Align], "font-weight", "600",
			"stroke-width", strconv.Itoa(haloWidth), "paint-order", "stroke", "stroke-linejoin", "round")
		if l.Size != fontSize {
			t.set("font-size", decimal(l.Size, 1))
		}
		texts = append(texts, c.painted(t.add(textNode(l.Text)), "ink", "paper"))
	}
	return texts
}

func hasLinks(marks []sketchMark) bool {
	for i := range marks {
		if marks[i].URL != "" {
			return true
		}
	}
	return false
}

// touchRadius makes a mark large enough for a finger.
const touchRadius = 12

// marks draws the cited figures: a hollow diamond for one, a larger one with their number for several, a triangle for
// one that lies off the axis.
func (c *cleaner) marks(all []sketchMark, links bool) *node {
	group := element("g")
	for i := range all {
		m := &all[i]
		name := "g"
		if links && m.URL != "" {
			name = "a"
		}
		mark := c.markAt(name, "chart-mark", m)
		if name == "a" {
			mark.set("href", m.URL)
		}
		mark.add(element("title").add(textNode(m.Text)))
		if name == "a" {
			mark.add(element("circle", "r", strconv.Itoa(touchRadius), "fill", "none", "pointer-events", "all"))
		}
		mark.add(c.painted(element("path", "d", shape(m), "stroke-width", decimal(markBorder, 1)), "paper", "cited"))
		if m.Count > 1 {
			count := element("text", "y", decimal(capHeight*11, 1), "text-anchor", "middle", "font-size", "11", "font-weight", "600")
			mark.add(c.painted(count.add(textNode(strconv.Itoa(m.Count))), "cited", ""))
		}
		group.add(mark)
	}
	return group
}

func shape(m *sketchMark) string {
	r := decimal(m.Size/2, 1)
	switch {
	case m.Off > 0:
		return fmt.Sprintf("M0-%[1]sL%[1]s %[1]sH-%[1]sZ", r)
	case m.Off < 0:
		return fmt.Sprintf("M0 %[1]sL%[1]s-%[1]sH-%[1]sZ", r)
	}
	return diamond(m.Size / 2)
}

func diamond(radius float64) string {
	return fmt.Sprintf("M0-%[1]sL%[1]s 0L0 %[1]sL-%[1]s 0Z", decimal(radius, 1))
}
