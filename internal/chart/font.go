package chart

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The files of the fonts, as assets names them.
const (
	regularFile = "engine/plex-sans-400.ttf"
	boldFile    = "engine/plex-sans-600.ttf"
)

// emScale is the size at which widths are read, in pixels: large enough that rounding does not matter.
const emScale = 1000

// face gives the widths of one font. It is safe for concurrent use.
type face struct {
	font   *sfnt.Font
	mu     sync.Mutex
	buffer sfnt.Buffer
	width  map[rune]float64 // in em
}

// typeface is a font in the weights that charts use.
type typeface struct {
	regular, bold *face
	files         [][]byte
}

func loadTypeface(files fs.FS) (*typeface, error) {
	t := &typeface{}
	for _, f := range []struct {
		name string
		into **face
	}{{regularFile, &t.regular}, {boldFile, &t.bold}} {
		b, err := fs.ReadFile(files, f.name)
		if err != nil {
			return nil, fmt.Errorf("read font: %w", err)
		}
		parsed, err := sfnt.Parse(b)
		if err != nil {
			return nil, fmt.Errorf("read font %s: %w", f.name, err)
		}
		*f.into = &face{font: parsed, width: map[rune]float64{}}
		t.files = append(t.files, b)
	}
	return t, nil
}

// missing is the width in em of a character that the font does not have and a reader's own font will fill in; most are
// ideographs and symbols, which are as wide as they are high.
const missing = 1.0

func (f *face) advance(r rune) float64 {
	if w, ok := f.width[r]; ok {
		return w
	}
	w := missing
	if g, err := f.font.GlyphIndex(&f.buffer, r); err == nil && g != 0 {
		if a, err := f.font.GlyphAdvance(&f.buffer, g, fixed.I(emScale), font.HintingNone); err == nil {
			w = float64(a) / 64 / emScale
		}
	}
	f.width[r] = w
	return w
}

// measure is the width of a text in em.
func (f *face) measure(text string) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	w := 0.0
	for _, r := range text {
		w += f.advance(r)
	}
	return w
}

// measure is the width of a text in pixels; css is a font as CSS writes it: "600 12px sans-serif".
func (t *typeface) measure(text, css string) float64 {
	size, f := float64(fontSize), t.regular
	for field := range strings.FieldsSeq(css) {
		if px, ok := strings.CutSuffix(field, "px"); ok {
			if v, err := strconv.ParseFloat(px, 64); err == nil {
				size = v
			}
			break // what follows is the family
		}
		if isBold(field) {
			f = t.bold
		}
	}
	return f.measure(text) * size
}

func isBold(weight string) bool {
	n, err := strconv.Atoi(weight)
	return weight == "bold" || weight == "bolder" || err == nil && n >= 600
}

// wrap breaks a text at its blanks into lines of at most width pixels. A word that is longer stands on a line of its
// own; what does not fit into the last line is cut with an ellipsis.
func (f *face) wrap(text string, size, width float64, lines int) []string {
	var out []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line == "" || f.measure(longer)*size <= width {
			line = longer
			continue
		}
		out = append(out, line)
		line = word
	}
	if line != "" {
		out = append(out, line)
	}
	if len(out) > lines {
		out = append(out[:lines-1], strings.Join(out[lines-1:], " "))
	}
	for i := range out {
		out[i] = f.cut(out[i], size, width)
	}
	return out
}

// cut shortens a text to the width, with an ellipsis.
func (f *face) cut(text string, size, width float64) string {
	if f.measure(text)*size <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && f.measure(string(runes)+"…")*size > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}
