package check

import (
	"slices"

	"beleg/internal/cite"
)

// textRules reports damage, missing currencies and figures that will age.
func (x *examination) textRules(d *Document) {
	x.damage(d)
}

// damage reports each run of text that a page typeset as a formula, with what stood there before.
func (x *examination) damage(d *Document) {
	for i := range d.Cited {
		c := &d.Cited[i]
		if c.Figure.Kind != cite.Damage {
			continue
		}
		x.add(finding{rule: TextDamage, severity: cite.Error, doc: d, at: c,
			says: sayf("Beschädigter Text: Was zwischen zwei Dollarzeichen stand, wurde als Formel gesetzt und steht nun doppelt da.",
				"Damaged text: what stood between two dollar signs was typeset as a formula and now stands there twice."),
			suggestion: restoration(d, c)})
	}
}

// restoration puts the glued run and its copy back to what they were: the copy, byte for byte as the file has it, and the
// dollar signs.
func restoration(d *Document, c *cite.Cited) *cite.Suggestion {
	f, t := &c.Figure, &d.Post.Text
	copyAt := f.AtEnd
	for copyAt < f.Sentence[1] && t.Content[copyAt] == ' ' {
		copyAt++
	}
	start, _ := t.Source(f.At, f.AtEnd)
	from, to := t.Source(copyAt, f.Sentence[1])
	if start > from || to > len(d.Post.Raw) || from > to {
		return nil
	}
	const dollar = "$"
	s := &cite.Suggestion{Start: start, End: to, Text: f.Restored, Bytes: []byte(dollar + string(d.Post.Raw[from:to]))}
	if f.Restored[len(f.Restored)-1] == '$' {
		s.Bytes = append(s.Bytes, dollar...)
	}
	return s
}

// Fix applies the suggestions of damage among findings to the bytes of their file, from end to start, and tells how many
// it applied. Every other byte stays. Suggestions that reach outside the file or overlap are left out.
func Fix(raw []byte, findings []cite.Finding) ([]byte, int) {
	var fixes []*cite.Suggestion
	for i := range findings {
		if f := &findings[i]; f.Rule == string(TextDamage) && f.Suggestion != nil {
			fixes = append(fixes, f.Suggestion)
		}
	}
	slices.SortFunc(fixes, func(a, b *cite.Suggestion) int { return a.Start - b.Start })
	out, at, n := make([]byte, 0, len(raw)), 0, 0
	for _, s := range fixes {
		if s.Start < at || s.End > len(raw) || s.End < s.Start {
			continue
		}
		out = append(out, raw[at:s.Start]...)
		out = append(out, s.Replacement()...)
		at, n = s.End, n+1
	}
	return append(out, raw[at:]...), n
}
