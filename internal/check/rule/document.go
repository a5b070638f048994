package rule

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
	layout *Layout
}

// Spot is a figure at its place in a document. Damaged runs have none.
type Spot struct {
	*cite.Cited
	Doc     *Document
	At      int // index in Layout.Spots
	Block   int // index in Text.Blocks, -1 outside
	Section int // counts headings
}

// Layout is a document's text with what belongs together.
type Layout struct {
	Content string // Text.Content with damaged runs blanked, so that nothing is read twice; offsets are the same
	Lower   string // Content in lower case; only ASCII where more would move offsets
	Spots   []Spot
	Section [][2]int // ranges of Spots, by section
}

// Lay gives a document's layout; it is made once.
func (d *Document) Lay() *Layout {
	d.once.Do(func() { d.layout = newLayout(d) })
	return d.layout
}

func newLayout(d *Document) *Layout {
	t := &d.Post.Text
	l := &Layout{Content: blank(t.Content, d.Cited)}
	if l.Lower = strings.ToLower(l.Content); len(l.Lower) != len(l.Content) {
		l.Lower = lowerASCII(l.Content)
	}
	sections := sectionsOf(t)
	l.Section = make([][2]int, sections[len(sections)-1]+1)
	for i := range d.Cited {
		c := &d.Cited[i]
		if c.Figure.Kind == cite.Damage {
			continue
		}
		s := Spot{Cited: c, Doc: d, At: len(l.Spots), Block: t.BlockAt(c.Figure.At)}
		if s.Block >= 0 {
			s.Section = sections[s.Block]
		}
		l.Spots = append(l.Spots, s)
	}
	for i := range l.Section {
		l.Section[i][0] = sort.Search(len(l.Spots), func(n int) bool { return l.Spots[n].Section >= i })
		l.Section[i][1] = sort.Search(len(l.Spots), func(n int) bool { return l.Spots[n].Section > i })
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

// Between is the lower-case text between two figures of one document; "" where they are not in this order.
func (l *Layout) Between(a, b *Spot) string {
	from, to := a.Figure.AtEnd, b.Figure.At
	if from > to || to > len(l.Lower) {
		return ""
	}
	return l.Lower[from:to]
}

// Before is the lower-case text of the figure's sentence before it, no further back than the figure before it.
func (l *Layout) Before(s *Spot) string {
	from := s.Figure.Sentence[0]
	if s.At > 0 {
		from = max(from, l.Spots[s.At-1].Figure.AtEnd)
	}
	return l.Text(from, s.Figure.At)
}

// After is the lower-case text of the figure's sentence behind it, no further than the next figure.
func (l *Layout) After(s *Spot) string {
	to := s.Figure.Sentence[1]
	if s.At+1 < len(l.Spots) {
		to = min(to, l.Spots[s.At+1].Figure.At)
	}
	return l.Text(s.Figure.AtEnd, to)
}

// sentenceReach is how many bytes of a figure's sentence are looked at on either side of it; real ones are shorter.
const sentenceReach = 300

// Sentence is the sentence of a figure, in lower case.
func (l *Layout) Sentence(s *Spot) string {
	f := &s.Figure
	return l.Text(max(f.Sentence[0], f.At-sentenceReach), min(f.Sentence[1], f.AtEnd+sentenceReach))
}

// Text is a stretch of the lower-case text; "" where it does not lie inside.
func (l *Layout) Text(from, to int) string {
	if from < 0 || to > len(l.Lower) || from > to {
		return ""
	}
	return l.Lower[from:to]
}

// SameSentence tells whether two figures of a document stand in one sentence.
func SameSentence(a, b *Spot) bool { return a.Figure.Sentence == b.Figure.Sentence }

// InSection are the figures of a section, in text order.
func (l *Layout) InSection(n int) []Spot { return l.Spots[l.Section[n][0]:l.Section[n][1]] }
