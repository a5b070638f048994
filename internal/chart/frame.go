package chart

import (
	"strconv"
	"strings"
)

// Sizes of a standalone chart's frame, in CSS pixels.
const (
	framePad      = 20
	framePadSmall = 14 // below NarrowWidth × 1.5
	titleSize     = 18
	subtitleSize  = 13
	creditSize    = 11
	lineFactor    = 1.35
	titleLines    = 2
	creditLines   = 2
	frameGap      = 8
)

// frame is where the parts of a standalone chart stand.
type frame struct {
	width, height                int
	pad                          float64
	title, subtitle, credit      []string
	top, bottom                  float64 // of the drawing
	titleY, subtitleY, creditTop float64
}

func newFrame(s *Spec, t *typeface) *frame {
	w, h := s.Size()
	f := &frame{width: w, height: h, pad: framePad}
	if w < NarrowWidth*3/2 {
		f.pad = framePadSmall
	}
	inner := float64(w) - 2*f.pad
	f.title = t.bold.wrap(s.Title, titleSize, inner, titleLines)
	f.subtitle = t.regular.wrap(s.Subtitle, subtitleSize, inner, 1)
	f.credit = t.regular.wrap(s.Credit, creditSize, inner, creditLines)
	y := f.pad
	f.titleY = y
	y += float64(len(f.title)) * titleSize * lineFactor
	f.subtitleY = y
	y += float64(len(f.subtitle)) * subtitleSize * lineFactor
	f.top = y + frameGap
	f.bottom = float64(h) - f.pad
	if len(f.credit) > 0 {
		f.creditTop = f.bottom - float64(len(f.credit))*creditSize*lineFactor
		f.bottom = f.creditTop - frameGap
	}
	return f
}

// drawing is the size of what goes into the frame.
func (f *frame) drawing() (width, height int) {
	return int(float64(f.width) - 2*f.pad), max(int(f.bottom-f.top), MinSide)
}

// around puts the frame's background and texts around a drawing.
func (f *frame) around(c *cleaner, drawing ...*node) []*node {
	all := []*node{c.painted(element("rect", "width", strconv.Itoa(f.width), "height", strconv.Itoa(f.height), "rx", "6"), "paper", "")}
	all = append(all, f.lines(c, f.title, f.titleY, titleSize, "600", "ink")...)
	all = append(all, f.lines(c, f.subtitle, f.subtitleY, subtitleSize, "", "muted")...)
	all = append(all, element("g", "transform", "translate("+decimal(f.pad, 1)+" "+decimal(f.top, 1)+")").add(drawing...))
	return append(all, f.lines(c, f.credit, f.creditTop, creditSize, "", "muted")...)
}

func (f *frame) lines(c *cleaner, lines []string, top, size float64, weight, role string) []*node {
	var all []*node
	for i, line := range lines {
		y := top + size + float64(i)*size*lineFactor
		t := element("text", "x", decimal(f.pad, 1), "y", decimal(y, 1), "font-size", decimal(size, 0), "font-weight", weight)
		all = append(all, c.painted(t.add(textNode(line)), role, ""))
	}
	return all
}

// painted gives an element its colours by role; "" is none.
func (c *cleaner) painted(n *node, fill, stroke string) *node {
	var classes []string
	for _, p := range []struct{ property, class, role string }{{"fill", fillClass, fill}, {"stroke", strokeClass, stroke}} {
		if p.role == "" {
			continue
		}
		n.attrs = append(n.attrs, attr{p.property, colours.byRole[p.role].Light})
		classes = append(classes, p.class+p.role)
		c.used[p.class+p.role] = true
	}
	n.attrs = append([]attr{{"class", strings.Join(classes, " ")}}, n.attrs...)
	return n
}
