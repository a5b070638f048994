package check

import (
	"sort"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/link"
	"beleg/internal/market"
)

// Reader takes a post to its cited figures: it reads the figures and ties them to what they are about.
type Reader struct{ Linker *link.Linker }

// Read gives every figure of a post with its link, in text order. Verdicts are left to a Judge.
func (r Reader) Read(p *cite.Post) []cite.Cited {
	reading := figure.Read(&p.Text, figure.Options{Post: p.Identity, Published: p.Published})
	links := r.Linker.Link(&p.Text, reading.Figures, link.PostContext{
		Title: p.Title, Defaults: p.Defaults, Published: p.Published,
	})
	damaged := damagedRuns(reading.Figures)
	marks := link.Pins(&p.Text, reading.Figures)
	cited := make([]cite.Cited, len(reading.Figures))
	for i, f := range reading.Figures {
		l := links[i]
		date(&f, &l, marks[i], p.Defaults)
		f.Subject, f.Metric, f.Series, f.Confidence = l.Subject, l.Metric, l.Series, l.Confidence
		c := cite.Cited{Figure: f, Link: l, Post: p.ID, Slug: p.Slug, Title: p.Title, Lang: p.Lang,
			Published: p.Published, Demonstration: p.Demonstration, Twin: p.Translation}
		c.Fragment, c.FragmentAt, c.FragmentEnd = fragment(&p.Text, &f, damaged)
		c.HasSource = linked(&p.Text, f.Sentence)
		cited[i] = c
	}
	return cited
}

// damagedRuns are the glued runs among figures.
func damagedRuns(figures []cite.Figure) []cite.Figure {
	var runs []cite.Figure
	for i := range figures {
		if figures[i].Kind == cite.Damage {
			runs = append(runs, figures[i])
		}
	}
	return runs
}

// keyPeriod is the key of a mark, or of a post's defaults, that says what a figure is about in time.
const keyPeriod = "period"

// date lets the writer's word on a figure's period win: a mark over what was read, the post's default where nothing was.
func date(f *cite.Figure, l *cite.Link, mark, defaults map[string]string) {
	word, marked := mark[keyPeriod]
	if !marked {
		word = defaults[keyPeriod]
	}
	if word == "" || f.Kind == cite.Damage || (!marked && !f.Period.IsZero()) {
		return
	}
	period, err := market.ParsePeriod(word)
	if err != nil {
		l.Reasons = append(l.Reasons, "the mark's period is left out: "+err.Error())
		return
	}
	f.Period = period
	l.Reasons = append(l.Reasons, "period pinned by the writer")
}

// fragmentReach is how many bytes of a sentence are kept on either side of a figure. Nobody writes longer ones; without
// a bound a text of one line would be kept once for each of its figures.
const fragmentReach = 400

// near is the part of a sentence that is kept with a figure, cut between words.
func near(t *cite.Text, f *cite.Figure) (from, to int) {
	from, to = f.Sentence[0], f.Sentence[1]
	if from > f.At || to < f.AtEnd {
		return f.At, f.AtEnd
	}
	if f.At-from > fragmentReach {
		from = f.At - fragmentReach
		if i := strings.IndexByte(t.Content[from:f.At], ' '); i >= 0 {
			from += i
		} else {
			from = f.At
		}
	}
	if to-f.AtEnd > fragmentReach {
		to = f.AtEnd + fragmentReach
		if i := strings.LastIndexByte(t.Content[f.AtEnd:to], ' '); i >= 0 {
			to = f.AtEnd + i
		} else {
			to = f.AtEnd
		}
	}
	return from, to
}

// fragment is the sentence of a figure and where the figure stands in it. Glued runs of damaged text are left out:
// what they said follows them.
func fragment(t *cite.Text, f *cite.Figure, damaged []cite.Figure) (text string, at, end int) {
	from, to := near(t, f)
	var b strings.Builder
	next := from
	take := func(upTo int) {
		piece := strings.ReplaceAll(t.Content[next:upTo], "\n", " ")
		if b.Len() == 0 {
			piece = strings.TrimLeft(piece, " ")
		}
		b.WriteString(piece)
		next = upTo
	}
	first := sort.Search(len(damaged), func(i int) bool { return damaged[i].AtEnd > from })
	for i := first; i < len(damaged) && damaged[i].At < to && f.Kind != cite.Damage; i++ {
		d := &damaged[i]
		if d.At >= f.AtEnd && end == 0 {
			at, end = locate(&b, take, f)
		}
		take(max(d.At, next))
		if s := b.String(); s != "" && !strings.HasSuffix(s, " ") {
			b.WriteByte(' ')
		}
		next = min(d.AtEnd, to)
	}
	if end == 0 {
		at, end = locate(&b, take, f)
	}
	take(to)
	return strings.TrimRight(b.String(), " "), at, end
}

// locate writes the text up to the end of the figure and says where the figure stands in it.
func locate(b *strings.Builder, take func(upTo int), f *cite.Figure) (at, end int) {
	take(f.At)
	at = b.Len()
	take(f.AtEnd)
	return at, b.Len()
}

// linked tells whether an outgoing link stands in a stretch of text.
func linked(t *cite.Text, span [2]int) bool {
	i := sort.Search(len(t.Links), func(i int) bool { return t.Links[i].End > span[0] })
	return i < len(t.Links) && t.Links[i].Start < span[1]
}
