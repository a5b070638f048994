package check

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/link"
)

// Reader takes a post to its cited figures: it reads the figures and ties them to what they are about.
type Reader struct{ Linker *link.Linker }

// Read gives every figure of a post with its link, in text order. Verdicts are left to a Judge.
func (r Reader) Read(p *cite.Post) []cite.Cited {
	reading := figure.Read(&p.Text, figure.Options{Post: p.Identity, Published: p.Published})
	links := r.Linker.Link(&p.Text, reading.Figures, link.PostContext{
		Title: p.Title, Defaults: p.Defaults, Published: p.Published,
	})
	cited := make([]cite.Cited, len(reading.Figures))
	for i, f := range reading.Figures {
		l := links[i]
		f.Subject, f.Metric, f.Series, f.Confidence = l.Subject, l.Metric, l.Series, l.Confidence
		c := cite.Cited{Figure: f, Link: l, Post: p.ID, Slug: p.Slug, Title: p.Title, Lang: p.Lang,
			Published: p.Published, Demonstration: p.Demonstration, Twin: p.Translation}
		c.Fragment, c.FragmentAt, c.FragmentEnd = fragment(&p.Text, &f)
		c.HasSource = linked(&p.Text, f.Sentence)
		cited[i] = c
	}
	return cited
}

// fragment is the sentence of a figure and where the figure stands in it.
func fragment(t *cite.Text, f *cite.Figure) (text string, at, end int) {
	from, to := f.Sentence[0], f.Sentence[1]
	if from > f.At || to < f.AtEnd {
		from, to = f.At, f.AtEnd
	}
	raw := t.Content[from:to]
	text = strings.TrimLeft(raw, " \t\n")
	cut := from + len(raw) - len(text)
	return strings.TrimRight(text, " \t\n"), f.At - cut, f.AtEnd - cut
}

// linked tells whether an outgoing link stands in a stretch of text.
func linked(t *cite.Text, span [2]int) bool {
	for _, a := range t.Links {
		if a.Start < span[1] && a.End > span[0] {
			return true
		}
	}
	return false
}
