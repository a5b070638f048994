package chart

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

//go:embed palette.json
var paletteJSON []byte

// hue is a colour on light and on dark paper, as #rrggbb.
type hue struct{ Light, Dark string }

// palette is the colours by the part they play. The script and the style sheet are made from the same file.
type palette struct {
	byRole  map[string]hue
	byLight map[string]string // light colour → role
}

// colours is the palette of this build. It is never changed.
var colours = mustReadPalette(paletteJSON)

// mustReadPalette panics on a file that is no palette, which a build with this package's tests cannot have.
func mustReadPalette(file []byte) palette {
	p := palette{byLight: map[string]string{}}
	if err := json.Unmarshal(file, &p.byRole); err != nil {
		panic(fmt.Errorf("read palette: %w", err))
	}
	for role, h := range p.byRole {
		if other, taken := p.byLight[h.Light]; taken {
			panic(fmt.Errorf("palette: %s and %s have the same light colour", role, other))
		}
		p.byLight[h.Light] = role
	}
	return p
}

// darkStyle is the style sheet that gives the classes of these roles their dark colours.
func (p palette) darkStyle(used map[string]bool) string {
	var b strings.Builder
	b.WriteString("@media(prefers-color-scheme:dark){")
	for _, class := range slices.Sorted(maps.Keys(used)) {
		property, role := "fill", strings.TrimPrefix(class, fillClass)
		if strings.HasPrefix(class, strokeClass) {
			property, role = "stroke", strings.TrimPrefix(class, strokeClass)
		}
		fmt.Fprintf(&b, ".%s{%s:%s}", class, property, p.byRole[role].Dark)
	}
	b.WriteString("}")
	return b.String()
}
