// Package cite holds the types of texts: posts and their readable text, figures, links, verdicts and findings.
package cite

import (
	"sort"

	"beleg/internal/unit"
)

// BlockKind is what a stretch of text is in its document.
type BlockKind string

// The kinds of blocks. Byline is what a page prints between title and text (date, reading time, author);
// Code is kept so that offsets stay whole but holds no figures; Sources is the list of sources at the end.
const (
	Title     BlockKind = "title"
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	ListItem  BlockKind = "item"
	TableRow  BlockKind = "row"
	Quote     BlockKind = "quote"
	Code      BlockKind = "code"
	Byline    BlockKind = "byline"
	Sources   BlockKind = "sources"
)

// Block is one paragraph, heading, list item or table row: bytes Start to End of Text.Content, without its list marker.
type Block struct {
	Kind       BlockKind
	Level      int // of a heading; depth of a list's item; 1 for a table's head
	Start, End int
	Lang       unit.Lang // where the block is in another language than the text, else ""
}

// Run says that Content from At on comes from the file at offset Src, for Len bytes of Content and SrcLen bytes of the file.
// Where Len equals SrcLen the bytes correspond one to one, else the run stands for the whole (an entity, a re-encoded character).
type Run struct {
	At, Len     int
	Src, SrcLen int
}

// Text is what a reader reads, as UTF-8, with the way back to the bytes of the file.
// Blocks are in order, do not overlap, and are separated by a newline in Content; what lies between blocks is no text.
type Text struct {
	Content string
	Lang    unit.Lang
	Runs    []Run // ordered by At, not overlapping; a gap in them is text that the file does not hold (a separator)
	Blocks  []Block
	Links   []Anchor
	Marks   []Mark
}

// Anchor is an outgoing link: the linked words are bytes Start to End of Text.Content.
type Anchor struct {
	Start, End int
	URL        string
}

// Mark is a writer's instruction in the text ("<!-- beleg: series=lido-tvl period=2026-01 -->"), standing after
// byte At of Text.Content; Src and SrcEnd are its place in the file. It binds to the figure before it, in its block.
type Mark struct {
	At          int
	Src, SrcEnd int
	Keys        map[string]string
}

// PlainText is a Text whose content is the file itself, as one paragraph.
func PlainText(s string, lang unit.Lang) Text {
	return Text{Content: s, Lang: lang,
		Runs:   []Run{{Len: len(s), SrcLen: len(s)}},
		Blocks: []Block{{Kind: Paragraph, End: len(s)}},
	}
}

// Source gives the byte range of the file that Content[start:end] comes from. Both are clamped to the text;
// a range that touches no run is empty and lies where the next run starts.
func (t *Text) Source(start, end int) (int, int) {
	return t.source(start, false), t.source(end, true)
}

// source maps one offset of Content to the file; as an end it belongs to the run that ends there.
func (t *Text) source(at int, end bool) int {
	i := sort.Search(len(t.Runs), func(i int) bool {
		r := t.Runs[i]
		if end {
			return r.At+r.Len >= at
		}
		return r.At+r.Len > at
	})
	if i == len(t.Runs) {
		if i == 0 {
			return 0
		}
		r := t.Runs[i-1]
		return r.Src + r.SrcLen
	}
	r := t.Runs[i]
	in := at - r.At
	switch {
	case in <= 0:
		if end && i > 0 { // an end in a gap belongs to what came before it
			p := t.Runs[i-1]
			return p.Src + p.SrcLen
		}
		return r.Src
	case r.Len == r.SrcLen:
		return r.Src + in
	case end:
		return r.Src + r.SrcLen
	default:
		return r.Src
	}
}

// BlockAt is the index of the block that holds byte at of Content, or -1.
func (t *Text) BlockAt(at int) int {
	i := sort.Search(len(t.Blocks), func(i int) bool { return t.Blocks[i].End > at })
	if i == len(t.Blocks) || t.Blocks[i].Start > at {
		return -1
	}
	return i
}
