package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// What an upgrade of the drawing library may bring and this package must not let through unseen.
var (
	errElement = errors.New("unexpected element in a drawing")
	errColour  = errors.New("colour that is not in the palette")
)

const (
	fillClass   = "chart-f-"
	strokeClass = "chart-s-"
)

// node is an element, or a text where name is "".
type node struct {
	name  string
	attrs []attr
	kids  []*node
	text  string
}

type attr struct{ name, value string }

func (n *node) get(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

func (n *node) set(name, value string) {
	for i := range n.attrs {
		if n.attrs[i].name == name {
			n.attrs[i].value = value
			return
		}
	}
	n.attrs = append(n.attrs, attr{name, value})
}

func (n *node) add(kids ...*node) *node {
	n.kids = append(n.kids, kids...)
	return n
}

// element makes a node from pairs of attribute and value; pairs with an empty value are left out.
func element(name string, pairs ...string) *node {
	n := &node{name: name}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			n.attrs = append(n.attrs, attr{pairs[i], pairs[i+1]})
		}
	}
	return n
}

func textNode(s string) *node { return &node{text: s} }

// parse reads a drawing into a tree, without comments, processing instructions and blanks between elements.
func parse(svg string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(svg))
	root := &node{}
	open := []*node{root}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read drawing: %w", err)
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				n.attrs = append(n.attrs, attr{qualified(a.Name), a.Value})
			}
			top.add(n)
			open = append(open, n)
		case xml.EndElement:
			if len(open) < 2 || top.name != t.Name.Local {
				return nil, fmt.Errorf("read drawing: stray end of %s", t.Name.Local)
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if s := string(t); strings.TrimSpace(s) != "" {
				top.add(textNode(s))
			}
		}
	}
	if len(root.kids) != 1 || len(open) != 1 || root.kids[0].name != "svg" {
		return nil, errors.New("read drawing: not one svg element")
	}
	return root.kids[0], nil
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// write gives the tree as XML that is also HTML: every text and value is escaped, empty elements close themselves.
func (n *node) write(b *strings.Builder) {
	if n.name == "" {
		escape(b, n.text)
		return
	}
	b.WriteByte('<')
	b.WriteString(n.name)
	for _, a := range n.attrs {
		b.WriteByte(' ')
		b.WriteString(a.name)
		b.WriteString(`="`)
		escape(b, a.value)
		b.WriteByte('"')
	}
	if len(n.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, k := range n.kids {
		k.write(b)
	}
	b.WriteString("</")
	b.WriteString(n.name)
	b.WriteByte('>')
}

func (n *node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(b *strings.Builder, s string) { _, _ = escapes.WriteString(b, s) }

// readable drops what XML cannot hold: control characters and bytes that are not UTF-8.
func readable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		if r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// dropped are the elements that a drawing comes with and a page must not have.
var dropped = map[string]bool{"style": true}

// kept are the attributes that an element of a drawing may keep; everything else is dropped.
var kept = map[string]map[string]bool{
	"svg":      set("viewBox"),
	"g":        set("clip-path transform"),
	"path":     set("d transform fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit paint-order"),
	"rect":     set("x y width height rx ry transform fill fill-opacity stroke stroke-width stroke-opacity"),
	"text":     set("x y text-anchor transform fill fill-opacity stroke stroke-width stroke-opacity stroke-miterlimit paint-order font-size font-weight font-style"),
	"tspan":    set("x y dy fill font-size font-weight font-style"),
	"defs":     {},
	"clipPath": set("id"),
}

func set(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}

// cleaner turns a drawing into one that any page can hold.
type cleaner struct {
	prefix string            // of ids
	ids    map[string]string // as drawn → as written
	used   map[string]bool   // classes
}

func newCleaner(prefix string) *cleaner {
	return &cleaner{prefix: prefix, ids: map[string]string{}, used: map[string]bool{}}
}

// clean removes styles, scripts and what cannot be seen, names colours by class, shortens numbers and makes ids
// unique on the page and the same every time.
func (c *cleaner) clean(n *node) error {
	allowed, known := kept[n.name]
	if !known {
		return fmt.Errorf("%w: %s", errElement, n.name)
	}
	n.attrs = append(n.attrs, presentation(n.get("style"))...)
	if n.name == "text" && n.get("dominant-baseline") == "central" {
		n.set("y", lowered(n.get("y"), n.get("font-size")))
	}
	if n.get("stroke-width") == "0" {
		n.set("stroke", "none")
	}
	attrs := n.attrs[:0]
	for _, a := range n.attrs {
		if allowed[a.name] && !isDefault(n.name, a) {
			attrs = append(attrs, attr{a.name, c.value(n, a)})
		}
	}
	n.attrs = attrs
	if err := c.colours(n); err != nil {
		return err
	}
	return c.kids(n)
}

func (c *cleaner) kids(n *node) error {
	kids := n.kids[:0]
	for _, k := range n.kids {
		if k.name == "" {
			kids = append(kids, k)
			continue
		}
		if dropped[k.name] {
			continue
		}
		if err := c.clean(k); err != nil {
			return err
		}
		if n.name != "clipPath" && invisible(k) {
			continue
		}
		kids = append(kids, k)
	}
	n.kids = kids
	return nil
}

// capHeight is how far below the middle of a text its baseline lies, in em: half the height of capitals and figures.
// Renderers disagree on dominant-baseline, so it is written as a number.
const capHeight = 0.35

func lowered(y, size string) string {
	at, _ := strconv.ParseFloat(y, 64)
	px, err := strconv.ParseFloat(strings.TrimSuffix(size, "px"), 64)
	if err != nil {
		px = fontSize
	}
	return decimal(at+capHeight*px, 1)
}

// presentation turns a style attribute into presentation attributes.
func presentation(style string) []attr {
	var attrs []attr
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if name == "font" {
			attrs = append(attrs, fontAttrs(value)...)
			continue
		}
		attrs = append(attrs, attr{name, value})
	}
	return attrs
}

// fontAttrs reads CSS's shorthand, "italic 600 12px family", which is no presentation attribute.
func fontAttrs(value string) []attr {
	var attrs []attr
	for field := range strings.FieldsSeq(value) {
		switch {
		case strings.HasSuffix(field, "px"):
			return append(attrs, attr{"font-size", field})
		case field == "italic":
			attrs = append(attrs, attr{"font-style", field})
		case isBold(field):
			attrs = append(attrs, attr{"font-weight", field})
		}
	}
	return attrs
}

// defaults are what the root element says for all, or SVG itself.
var defaults = map[string]string{
	"font-size": "12px", "font-weight": "normal", "font-style": "normal", "fill-opacity": "1", "stroke-opacity": "1",
	"stroke-linecap": "butt", "stroke-miterlimit": "10", "text-anchor": "start",
}

func isDefault(element string, a attr) bool {
	if (a.name == "x" || a.name == "y") && element == "text" && a.value == "0" {
		return true
	}
	v, ok := defaults[a.name]
	return ok && v == a.value
}

// value shortens numbers and renames ids.
func (c *cleaner) value(n *node, a attr) string {
	switch a.name {
	case "d":
		if strings.HasPrefix(n.get("transform"), "matrix") {
			return shorten(a.value, 2) // scaled up when drawn
		}
		return shorten(a.value, 1)
	case "transform", "stroke-width", "viewBox", "x", "y", "width", "height":
		return shorten(a.value, 2)
	case "font-size":
		return strings.TrimSuffix(a.value, "px")
	case "id":
		return c.id(a.value)
	case "clip-path":
		id := strings.TrimSuffix(strings.TrimPrefix(a.value, "url(#"), ")")
		return "url(#" + c.id(id) + ")"
	}
	return a.value
}

func (c *cleaner) id(drawn string) string {
	if id, ok := c.ids[drawn]; ok {
		return id
	}
	id := c.prefix + "-" + strconv.Itoa(len(c.ids))
	c.ids[drawn] = id
	return id
}

// colours adds the class of each colour; the attribute stays for where there is no style sheet.
func (c *cleaner) colours(n *node) error {
	if n.name == "svg" || n.name == "g" || n.name == "defs" || n.name == "clipPath" {
		return nil
	}
	var classes []string
	for _, p := range []struct{ property, class, opacity string }{{"fill", fillClass, "fill-opacity"}, {"stroke", strokeClass, "stroke-opacity"}} {
		colour := n.get(p.property)
		if colour == "" || colour == "none" || n.get(p.opacity) == "0" {
			continue
		}
		if colour == "#000" && p.property == "fill" { // the inside of a clip path
			continue
		}
		role, ok := colours.byLight[strings.ToLower(colour)]
		if !ok {
			return fmt.Errorf("%w: %s=%q", errColour, p.property, colour)
		}
		classes = append(classes, p.class+role)
		c.used[p.class+role] = true
	}
	if len(classes) > 0 {
		n.attrs = append([]attr{{"class", strings.Join(classes, " ")}}, n.attrs...)
	}
	return nil
}

// invisible tells whether an element shows nothing: it has neither fill nor stroke, or is a group of nothing.
func invisible(n *node) bool {
	if n.name == "g" {
		return len(n.kids) == 0
	}
	if n.name != "path" && n.name != "rect" {
		return false
	}
	fill := n.get("fill") != "none" && n.get("fill-opacity") != "0"
	stroke := n.get("stroke") != "" && n.get("stroke") != "none" && n.get("stroke-opacity") != "0"
	return !fill && !stroke || n.name == "path" && n.get("d") == ""
}

// shorten rounds every number in a list of path commands, a transform or a list of points.
func shorten(s string, digits int) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		n := numberLen(s[i:])
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		f, err := strconv.ParseFloat(s[i:i+n], 64)
		if err != nil {
			b.WriteString(s[i : i+n])
		} else {
			b.WriteString(decimal(f, digits))
		}
		i += n
	}
	return b.String()
}

// numberLen is how many bytes of s are a number at its start.
func numberLen(s string) int {
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	digits := 0
	for ; i < len(s) && (isDigit(s[i]) || s[i] == '.'); i++ {
		if isDigit(s[i]) {
			digits++
		}
	}
	if digits == 0 {
		return 0
	}
	if i < len(s) && s[i] == 'e' {
		j := i + 1
		if j < len(s) && (s[j] == '-' || s[j] == '+') {
			j++
		}
		if j < len(s) && isDigit(s[j]) {
			for i = j; i < len(s) && isDigit(s[i]); {
				i++
			}
		}
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// decimal writes f with at most that many digits after the point, without a negative zero.
func decimal(f float64, digits int) string {
	scale := math.Pow(10, float64(digits))
	r := math.Round(f*scale) / scale
	if r == 0 {
		r = 0 // no -0
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}
