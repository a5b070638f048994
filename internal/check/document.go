package check

import (
	"sort"
	"strings"
	"sync"

	"beleg/internal/cite"
)

// Document is a post with its cited figures in text order, as the rules see it. Posts that others are held against but
// that are not checked themselves are Documents too; of those that a server lent there may be no Text, only fragments.
type Document struct {
	Path  string // what reports call it: the file, else the post's address
	Post  *cite.Post
	Cited []cite.Cited

	once   sync.Once
	layout *layout
}

// spot is a figure at its place in a document. Damaged runs have none.
type spot struct {
	*cite.Cited
	doc     *Document
	at      int // index in layout.spots
	block   int // index in Text.Blocks, -1 outside
	section int // counts headings
}

// layout is a document's text with what belongs together.
type layout struct {
	content string // Text.Content with damaged runs blanked, so that nothing is read twice; offsets are the same
	lower   string // content in lower case, "" where that would move offsets
	spots   []spot
	section [][2]int // ranges of spots, by section
}

// lay gives a document's layout; it is made once.
func (d *Document) lay() *layout {
	d.once.Do(func() { d.layout = newLayout(d) })
	return d.layout
}

func newLayout(d *Document) *layout {
	t := &d.Post.Text
	l := &layout{content: blank(t.Content, d.Cited)}
	if l.lower = strings.ToLower(l.content); len(l.lower) != len(l.content) {
		l.lower = lowerASCII(l.content)
	}
	sections := sectionsOf(t)
	l.section = make([][2]int, sections[len(sections)-1]+1)
	for i := range d.Cited {
		c := &d.Cited[i]
		if c.Figure.Kind == cite.Damage {
			continue
		}
		s := spot{Cited: c, doc: d, at: len(l.spots), block: t.BlockAt(c.Figure.At)}
		if s.block >= 0 {
			s.section = sections[s.block]
		}
		l.spots = append(l.spots, s)
	}
	for i := range l.section {
		l.section[i][0] = sort.Search(len(l.spots), func(n int) bool { return l.spots[n].section >= i })
		l.section[i][1] = sort.Search(len(l.spots), func(n int) bool { return l.spots[n].section > i })
	}
	return l
}

// sectionsOf numbers the blocks' sections: each heading begins one. There is always at least one entry.
func sectionsOf(t *cite.Text) []int {
	sections := make([]int, max(len(t.Blocks), 1))
	n := 0
	for i := range t.Blocks {
		if k := t.Blocks[i].Kind; k == cite.Heading && i > 0 && t.Blocks[i-1].Kind != cite.Heading {
			n++
		}
		sections[i] = n
	}
	return sections
}

// blank replaces damaged runs by spaces: what they said follows them, and is read there.
func blank(content string, cited []cite.Cited) string {
	var b []byte
	for i := range cited {
		f := &cited[i].Figure
		if f.Kind != cite.Damage {
			continue
		}
		if b == nil {
			b = []byte(content)
		}
		for n := f.At; n < min(f.AtEnd, len(b)); n++ {
			b[n] = ' '
		}
	}
	if b == nil {
		return content
	}
	return string(b)
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// between is the lower-case text between two figures of one document; "" where they are not in this order.
func (l *layout) between(a, b *spot) string {
	from, to := a.Figure.AtEnd, b.Figure.At
	if from > to || to > len(l.lower) {
		return ""
	}
	return l.lower[from:to]
}

// before is the lower-case text of the figure's sentence before it, no further back than the figure before it.
func (l *layout) before(s *spot) string {
	from := s.Figure.Sentence[0]
	if s.at > 0 {
		from = max(from, l.spots[s.at-1].Figure.AtEnd)
	}
	return l.text(from, s.Figure.At)
}

// after is the lower-case text of the figure's sentence behind it, no further than the next figure.
func (l *layout) after(s *spot) string {
	to := s.Figure.Sentence[1]
	if s.at+1 < len(l.spots) {
		to = min(to, l.spots[s.at+1].Figure.At)
	}
	return l.text(s.Figure.AtEnd, to)
}

// sentence is the whole sentence of a figure, in lower case.
func (l *layout) sentence(s *spot) string { return l.text(s.Figure.Sentence[0], s.Figure.Sentence[1]) }

func (l *layout) text(from, to int) string {
	if from < 0 || to > len(l.lower) || from > to {
		return ""
	}
	return l.lower[from:to]
}

// sameSentence tells whether two figures of a document stand in one sentence.
func sameSentence(a, b *spot) bool { return a.Figure.Sentence == b.Figure.Sentence }

// inSection are the figures of a section, in text order.
func (l *layout) inSection(n int) []spot { return l.spots[l.section[n][0]:l.section[n][1]] }
