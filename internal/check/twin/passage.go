package twin

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// maxTogether is how many figures a passage has at most where its sentences allow it: a text without paragraphs, or one
// that is a single long one, is aligned by its sentences.
const maxTogether = 24

// mostTogether is how many figures a passage has at most, be it in the middle of a sentence.
const mostTogether = 4 * maxTogether

// passage is a stretch of a text that is aligned with the twin's as one: a block, or some sentences of a long one. Where
// a post has no text it is a sentence with figures, taken from their fragments.
type passage struct {
	block   int // index in Text.Blocks, -1 where the post has no text
	kind    cite.BlockKind
	level   int
	text    string // what a reader reads, damaged runs blanked
	damaged bool   // it holds a damaged run: signs of currencies may be gone
	figures []*twinFigure
	numbers []numeral // in the text outside the figures
	traits  []trait
	weight  float64 // of all traits
}

// twinFigure is a figure in its passage.
type twinFigure struct {
	*cite.Cited
	passage   int // index among the passages of its document
	at, end   int // bytes of the passage's text
	sentence  [2]int
	low, high float64 // without sign
	step      float64
	inWords   bool // written without a digit

	mate  *twinFigure
	is    meeting
	found bool // the number stands in the twin's text, though no figure was read there

	bare   *numeral // that number, where it stands in the passages of its own bead
	bareIn int      // its passage
}

// side is one of two twins.
type side struct {
	doc      *rule.Document
	lang     unit.Lang
	passages []passage
	figures  []*twinFigure // in text order
	partial  bool          // only its sentences with figures are compared
}

// sideOf lays a document out in passages; by sentences where one of the twins has no text.
func sideOf(d *rule.Document, bySentence bool) *side {
	s := &side{doc: d, lang: d.Post.Lang, partial: bySentence || d.Post.Text.Content == ""}
	if s.partial {
		s.readFragments()
	} else {
		s.readBlocks()
	}
	for i := range s.passages {
		p := &s.passages[i]
		for _, q := range p.figures {
			q.passage = i
			s.figures = append(s.figures, q)
		}
		p.numbers = numeralsIn(p.text, s.lang, p.figures)
	}
	return s
}

// counts tells whether a figure takes part: damage is no figure, and what a former version stated is gone.
func counts(c *cite.Cited) bool { return c.Figure.Kind != cite.Damage && !c.Former }

func (s *side) readFragments() {
	last := ""
	for i := range s.doc.Cited {
		c := &s.doc.Cited[i]
		if !counts(c) {
			continue
		}
		if len(s.passages) == 0 || c.Fragment != last {
			s.passages = append(s.passages, passage{block: -1, kind: cite.Paragraph, text: c.Fragment})
			last = c.Fragment
		}
		n := len(s.passages) - 1
		p := &s.passages[n]
		p.figures = append(p.figures, quote(c, c.FragmentAt, c.FragmentEnd, [2]int{n, n}))
	}
}

// silentBlocks hold no figures, or none that are the post's own.
var silentBlocks = []cite.BlockKind{cite.Code, cite.Byline, cite.Sources}

func (s *side) readBlocks() {
	t := &s.doc.Post.Text
	content := s.doc.Lay().Content
	blocks := t.Blocks
	if len(blocks) == 0 {
		blocks = []cite.Block{{Kind: cite.Paragraph, End: len(content)}}
	}
	next := 0
	for n, b := range blocks {
		for next < len(s.doc.Cited) && s.doc.Cited[next].Figure.At < b.Start {
			next++
		}
		first := next
		for next < len(s.doc.Cited) && s.doc.Cited[next].Figure.At < b.End {
			next++
		}
		if !slices.Contains(silentBlocks, b.Kind) && strings.TrimSpace(content[b.Start:b.End]) != "" {
			s.readBlock(n, b, content, s.doc.Cited[first:next])
		}
	}
}

// readBlock makes a passage of a block, or several of one with many figures, cut where a sentence begins.
func (s *side) readBlock(n int, b cite.Block, content string, cited []cite.Cited) {
	start := b.Start
	p := passage{block: n, kind: b.Kind, level: b.Level}
	long := len(cited) > maxTogether
	flush := func(end int) {
		p.text = content[start:end]
		for _, q := range p.figures {
			q.at, q.end = q.at-start, q.end-start
		}
		s.passages = append(s.passages, p)
		start, p = end, passage{block: n, kind: b.Kind, level: b.Level}
	}
	for i := range cited {
		c := &cited[i]
		f := &c.Figure
		if n := len(p.figures); long && n > 0 {
			switch cut := f.Sentence[0]; {
			case cut > start && cut >= p.figures[n-1].end && cut <= f.At:
				flush(cut)
			case n == mostTogether && f.At >= p.figures[n-1].end:
				flush(f.At)
			}
		}
		if f.Kind == cite.Damage {
			p.damaged = true
		}
		if counts(c) && f.AtEnd <= b.End {
			p.figures = append(p.figures, quote(c, f.At, f.AtEnd, f.Sentence))
		}
	}
	flush(b.End)
}

func quote(c *cite.Cited, at, end int, sentence [2]int) *twinFigure {
	f := &c.Figure
	low, high := f.Ends()
	q := &twinFigure{Cited: c, at: at, end: end, sentence: sentence, low: math.Abs(low.Float64()), high: math.Abs(high.Float64()),
		inWords: !strings.ContainsAny(f.Text, "0123456789")}
	q.step = writtenStep(q.high, f.Precision.Float64())
	return q
}

// writtenStep is the step of the last digit of a number as it is written. Zeros that end a number of up to three
// digits before its magnitude were meant: the 0 of "50 %" and of "50 million".
func writtenStep(value, precision float64) float64 {
	unit := 1.0
	for value >= unit*1e6 || unit > 1 && value >= unit*1e3 {
		unit *= 1e3
	}
	if value < unit*1e3 {
		return min(precision, unit)
	}
	return precision
}

// A trait is something by which a passage is known in both languages: a number, a name, a link. It is an index into
// the traits that both twins have; rarer ones weigh more.
type trait struct {
	id     int
	weight float64
}

// How much the traits of each sort weigh where only one passage of each text has them.
const (
	figureTrait = 1.5
	numberTrait = 1.0
	linkTrait   = 1.5
	nameTrait   = 1.0
)

// sighting is a trait of a passage before it is known what the twin has.
type sighting struct {
	key    string
	weight float64
}

// characterise gives the passages of two twins the traits that both texts have, and tells where each stands alone.
// It is linear in the texts.
func characterise(a, b *side) (anchors [][2]int) {
	sides := [2]*side{a, b}
	var seen [2][][]sighting
	var frequency [2]map[string]int
	for n, s := range sides {
		seen[n], frequency[n] = s.sightings()
	}
	ids := map[string]int{}
	lone := map[string][2]int{}
	for n, s := range sides {
		for i := range s.passages {
			p := &s.passages[i]
			for _, v := range seen[n][i] {
				fa, fb := frequency[0][v.key], frequency[1][v.key]
				if fa == 0 || fb == 0 || fa > commonest(len(a.passages)) || fb > commonest(len(b.passages)) {
					continue
				}
				id, known := ids[v.key]
				if !known {
					id = len(ids)
					ids[v.key] = id
				}
				w := v.weight / math.Sqrt(float64(max(fa, fb)))
				p.traits = append(p.traits, trait{id, w})
				p.weight += w
				if fa == 1 && fb == 1 {
					at := lone[v.key]
					at[n] = i
					lone[v.key] = at
				}
			}
			slices.SortFunc(p.traits, func(x, y trait) int { return x.id - y.id })
		}
	}
	for _, at := range lone {
		anchors = append(anchors, at)
	}
	return anchors
}

// commonest is in how many of n passages a trait may stand and still tell one from another.
func commonest(n int) int { return max(4, n/10) }

// sightings are the traits of every passage, each once, and in how many passages each stands.
func (s *side) sightings() ([][]sighting, map[string]int) {
	frequency := map[string]int{}
	all := make([][]sighting, len(s.passages))
	links := s.linksByPassage()
	for i := range s.passages {
		p := &s.passages[i]
		once := map[string]bool{}
		see := func(key string, weight float64) {
			if !once[key] {
				once[key] = true
				all[i] = append(all[i], sighting{key, weight})
				frequency[key]++
			}
		}
		for _, q := range p.figures {
			see("="+strconv.FormatFloat(q.low, 'g', 9, 64)+"-"+strconv.FormatFloat(q.high, 'g', 9, 64), figureTrait)
		}
		for _, n := range p.numbers {
			if !n.inWords {
				see("#"+strconv.FormatFloat(n.values[0], 'g', 9, 64), numberTrait)
			}
		}
		for _, l := range links[i] {
			see("@"+l, linkTrait)
		}
		names(p.text, func(name string) { see(name, nameTrait) })
	}
	return all, frequency
}

// shortestName is in letters; shorter words mean different things in the two languages ("die", "was").
const shortestName = 4

// names gives the words of a text that may stand in its translation too, in lower case. Only those that the twin has
// count in the end.
func names(text string, yield func(string)) {
	lower := strings.ToLower(text)
	for i := 0; i < len(lower); {
		r, size := utf8.DecodeRuneInString(lower[i:])
		if !unicode.IsLetter(r) {
			i += size
			continue
		}
		start, letters, digits := i, 0, 0
		for i < len(lower) {
			r, size = utf8.DecodeRuneInString(lower[i:])
			switch {
			case unicode.IsLetter(r):
				letters++
			case unicode.IsDigit(r):
				digits++
			default:
				size = 0
			}
			if size == 0 {
				break
			}
			i += size
		}
		if letters >= shortestName || digits > 0 {
			yield(lower[start:i])
		}
	}
}

// linksByPassage are the addresses that each passage links to, without what tells languages apart; those of a block that
// is several passages belong to its first.
func (s *side) linksByPassage() map[int][]string {
	t := &s.doc.Post.Text
	if len(t.Links) == 0 {
		return nil
	}
	first := map[int]int{}
	for i := len(s.passages) - 1; i >= 0; i-- {
		first[s.passages[i].block] = i
	}
	links := map[int][]string{}
	for _, l := range t.Links {
		if i, ok := first[t.BlockAt(l.Start)]; ok {
			links[i] = append(links[i], neutralAddress(l.URL))
		}
	}
	return links
}

// neutralAddress is an address without its scheme and without path segments that name a language.
func neutralAddress(address string) string {
	address = strings.ToLower(address)
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	parts := strings.Split(address, "/")
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "de" || p == "en" || p == "" })
	return strings.Join(parts, "/")
}
