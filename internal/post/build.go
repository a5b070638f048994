package post

import (
	"bytes"
	"html"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
)

// nothing fills the places of what was taken out of a text and leaves no space behind. Sources do not hold it, and
// Markdown takes it for white space.
const nothing = '\v'

// builder puts a cite.Text together from stretches of a source, in order. Outside verbatim blocks white space is
// drawn together to one space, as a page shows it.
type builder struct {
	src    *source
	seen   []byte // src.text, or a copy of it with what is not text blanked out
	masked bool   // seen is such a copy

	buf    []byte
	runs   []cite.Run // lead into src.text
	blocks []cite.Block
	links  []cite.Anchor
	marks  []cite.Mark // Src and SrcEnd lead into src.text

	open     bool
	verbatim bool
	block    cite.Block
	firstRun int // of the open block
	firstLnk int
	firstMrk int

	space   bool // white space is due before the next character
	spaceAt int  // where in src.text it stands if it is one plain space that can be taken over, else -1

	url     string // of the open anchor
	urlFrom int    // where its text starts in buf, -1 before its first character
}

func newBuilder(src *source) *builder { return &builder{src: src, seen: src.text, urlFrom: -1} }

// begin opens a block; one that is open is closed first.
func (b *builder) begin(kind cite.BlockKind, level int) {
	b.end()
	b.open = true
	b.verbatim = kind == cite.Code
	b.space = false
	start := len(b.buf)
	if start > 0 {
		start++
	}
	b.block = cite.Block{Kind: kind, Level: level, Start: start}
	b.firstRun, b.firstLnk, b.firstMrk = len(b.runs), len(b.links), len(b.marks)
}

// end closes the open block and drops it if nothing was written to it.
func (b *builder) end() {
	if !b.open {
		return
	}
	b.pauseLink()
	b.open, b.space = false, false
	if len(b.buf) <= b.block.Start {
		b.buf = b.buf[:min(len(b.buf), max(b.block.Start-1, 0))]
		b.marksAtMost(len(b.buf))
		return
	}
	if !b.verbatim {
		b.buf = bytes.TrimRight(b.buf, "\t")
		b.cutReferences()
	}
	b.marksAtMost(len(b.buf))
	b.block.End = len(b.buf)
	b.blocks = append(b.blocks, b.block)
}

// marksAtMost moves the open block's marks back to where the text ends.
func (b *builder) marksAtMost(at int) {
	for i := b.firstMrk; i < len(b.marks); i++ {
		b.marks[i].At = min(b.marks[i].At, at)
	}
}

// due writes the separator of blocks or the white space that the next character needs before it.
func (b *builder) due() {
	switch {
	case len(b.buf) < b.block.Start:
		b.buf = append(b.buf, '\n')
	case b.space && len(b.buf) > b.block.Start && b.buf[len(b.buf)-1] != '\t':
		if b.spaceAt >= 0 {
			b.runs = appendRun(b.runs, cite.Run{At: len(b.buf), Len: 1, Src: b.spaceAt, SrcLen: 1})
		}
		b.buf = append(b.buf, ' ')
	}
	b.space = false
	if b.url != "" && b.urlFrom < 0 {
		b.urlFrom = len(b.buf)
	}
}

// write takes src.text[lo:hi] over.
func (b *builder) write(lo, hi int) {
	if b.verbatim {
		b.same(lo, hi)
		return
	}
	for lo < hi {
		if b.seen[lo] == nothing {
			lo++
			continue
		}
		n := leadingSpace(b.seen[lo:hi])
		if n > 0 {
			b.whiteSpace(lo, n)
			lo += n
			continue
		}
		n = bytes.IndexFunc(b.seen[lo:hi], func(r rune) bool { return isSpace(r) || r == nothing })
		if n < 0 {
			n = hi - lo
		}
		b.same(lo, lo+n)
		lo += n
	}
}

// same takes src.text[lo:hi] over as it is, without what was put in the place of something taken out.
func (b *builder) same(lo, hi int) {
	for lo < hi {
		n := lo
		for b.masked && n < hi && b.seen[n] == b.src.text[n] {
			n++
		}
		if !b.masked {
			n = hi
		}
		if n > lo {
			b.due()
			b.runs = appendRun(b.runs, cite.Run{At: len(b.buf), Len: n - lo, Src: lo, SrcLen: n - lo})
			b.buf = append(b.buf, b.src.text[lo:n]...)
		}
		lo = n + 1
	}
}

// whiteSpace notes n bytes of white space at byte at of src.text; n is 0 where the page has a space that the file has not.
func (b *builder) whiteSpace(at, n int) {
	if b.space {
		return
	}
	b.space, b.spaceAt = true, -1
	if n > 0 && b.src.text[at] == ' ' {
		b.spaceAt = at
	}
}

// whole writes content for which src.text[lo:hi] stands as a whole: an entity, an escape.
func (b *builder) whole(content string, lo, hi int) {
	if strings.TrimFunc(content, isSpace) == "" {
		b.whiteSpace(lo, 0)
		return
	}
	if hi-lo == len(content) {
		if string(b.seen[lo:hi]) == content {
			b.same(lo, hi)
			return
		}
		_, n := utf8.DecodeLastRuneInString(content) // a run of equal length would claim equal bytes: two unequal ones
		if n == len(content) {
			b.added(content)
			return
		}
		b.whole(content[:len(content)-n], lo, hi-1)
		b.whole(content[len(content)-n:], hi-1, hi)
		return
	}
	b.due()
	b.runs = append(b.runs, cite.Run{At: len(b.buf), Len: len(content), Src: lo, SrcLen: hi - lo})
	b.buf = append(b.buf, content...)
}

// added writes content that the file does not hold.
func (b *builder) added(content string) {
	b.due()
	b.buf = append(b.buf, content...)
}

// entities takes src.text[lo:hi] over with its character references resolved; in Markdown with backslash escapes too,
// and without the references that HTML lets end without a semicolon.
func (b *builder) entities(lo, hi int, markdown bool) {
	text := b.seen
	from := lo
	for i := lo; i < hi; {
		switch {
		case text[i] == '&':
			content, n := reference(text[i:hi])
			if n == 0 || markdown && text[i+n-1] != ';' {
				i++
				continue
			}
			b.write(from, i)
			b.whole(content, i, i+n)
			i += n
			from = i
		case markdown && text[i] == '\\' && i+1 < hi && asciiPunct(text[i+1]):
			b.write(from, i)
			b.same(i+1, i+2)
			i += 2
			from = i
		default:
			i++
		}
	}
	b.write(from, hi)
}

// maxReference is the length of the longest character reference that HTML knows, with room for leading zeros.
const maxReference = 40

// reference reads the character reference at the start of t: its text and its length, 0 where there is none.
func reference(t []byte) (string, int) {
	n := 1
	for n < len(t) && n < maxReference && (t[n] == '#' && n == 1 || asciiAlnum(t[n])) {
		n++
	}
	if n < len(t) && t[n] == ';' {
		n++
	}
	s := string(t[:n])
	if u := html.UnescapeString(s); u == s {
		return "", 0
	} else if s[n-1] == ';' && (len(u) == 1 || u[len(u)-1] != ';') {
		return readable(u), n
	}
	for k := 3; k <= n; k++ { // "&copy2026": the shortest start that is a reference
		if u := html.UnescapeString(s[:k]); u != s[:k] {
			return readable(u), k
		}
	}
	return "", 0
}

// readable is s without control characters, those for the direction of writing included, and without what is no
// character at all.
func readable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
}

func asciiAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func asciiPunct(c byte) bool {
	return c > ' ' && c < 0x7F && !asciiAlnum(c)
}

// isSpace tells whether a page draws r together with its neighbours; no-break spaces stay.
func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f'
}

func leadingSpace(t []byte) int { return len(t) - len(bytes.TrimLeftFunc(t, isSpace)) }

// cell separates a table's cells.
func (b *builder) cell() {
	b.space = false
	if len(b.buf) > b.block.Start {
		b.buf = append(b.buf, '\t')
	}
}

// trimEnd takes white space off the end of a verbatim block.
func (b *builder) trimEnd() {
	for b.verbatim && len(b.buf) > b.block.Start && isSpace(rune(b.buf[len(b.buf)-1])) {
		b.buf = b.buf[:len(b.buf)-1]
		r := &b.runs[len(b.runs)-1]
		if r.At+r.Len > len(b.buf) {
			r.Len--
			r.SrcLen--
		}
		if r.Len == 0 {
			b.runs = b.runs[:len(b.runs)-1]
		}
	}
}

// numberedHeading is the numbering before a heading's words: "1.", "2.3", "1)".
var numberedHeading = regexp.MustCompile(`^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)[ \t]+`)

// quantityWord is what follows a number that is a quantity: "5.2 billion" numbers nothing.
var quantityWord = regexp.MustCompile(`^(?i:[%$€£¥×]|(?:hundred|thousand|million|billion|trillion|hundert|tausend|milliard|percent|prozent|dollar|euro|times)` +
	`|(?:mio|mrd|bio|tsd|usd|eur|bn|mn|k|m|b|x|mal|fach|p\.?p|bps?|[kmgtpe]?w|[kmgt]wh|[kmgtpez]h/s|tps|btc|eth)\b)`)

// numbering is how many bytes at the start of a heading's words in src.text[lo:hi] number it; a date is no numbering.
func (b *builder) numbering(lo, hi int) int {
	if b.block.Kind != cite.Heading || len(b.buf) > b.block.Start {
		return 0
	}
	m := numberedHeading.FindIndex(b.seen[lo:hi])
	if m == nil || m[1] == hi-lo {
		return 0
	}
	if rest := b.seen[lo+m[1] : hi]; ordinalWord.Match(rest) || quantityWord.Match(rest) {
		return 0
	}
	return m[1]
}

// link opens an anchor; "" opens none.
func (b *builder) link(url string) {
	b.endLink()
	b.url, b.urlFrom = url, -1
}

// endLink closes the open anchor.
func (b *builder) endLink() {
	b.pauseLink()
	b.url = ""
}

// pauseLink ends the anchor's words in this block; in the next block they go on.
func (b *builder) pauseLink() {
	if b.url != "" && b.urlFrom >= 0 && len(b.buf) > b.urlFrom {
		b.links = append(b.links, cite.Anchor{Start: b.urlFrom, End: len(b.buf), URL: b.url})
	}
	b.urlFrom = -1
}

// mark notes a writer's instruction that stands at src.text[lo:hi].
func (b *builder) mark(keys map[string]string, lo, hi int) {
	b.marks = append(b.marks, cite.Mark{At: len(b.buf), Src: lo, SrcEnd: hi, Keys: keys})
}

// noteReference is a footnote mark in a running text, as encyclopedias print them: "follows the A100.[1][2]".
var noteReference = regexp.MustCompile(`\[\d{1,3}(?:[,–-] ?\d{1,3})*\]`)

// cutReferences takes the footnote marks out of the open block.
func (b *builder) cutReferences() {
	body := b.buf[b.block.Start:]
	if bytes.IndexByte(body, '[') < 0 {
		return
	}
	found := noteReference.FindAllIndex(body, -1)
	var out cuts
	for _, f := range found {
		lo, hi := b.block.Start+f[0], b.block.Start+f[1]
		follows := lo > b.block.Start && !isSpace(rune(b.buf[lo-1]))
		if follows && !b.linked(lo) {
			out = append(out, [2]int{lo, hi})
		}
	}
	if len(out) > 0 {
		b.cut(out)
	}
}

// linked tells whether byte at lies in an anchor of the open block.
func (b *builder) linked(at int) bool {
	links := b.links[b.firstLnk:]
	i := sort.Search(len(links), func(i int) bool { return links[i].End > at })
	return i < len(links) && links[i].Start <= at
}

// cuts are ranges of a text that are taken out, in order and apart.
type cuts [][2]int

// after is the index of the first cut that ends behind byte at.
func (c cuts) after(at int) int {
	return sort.Search(len(c), func(i int) bool { return c[i][1] > at })
}

// shifter tells where a byte of the text lies once the cuts are made.
func (c cuts) shifter() func(at int) int {
	before := make([]int, len(c)+1) // bytes removed by the cuts before the one of that index
	for i, r := range c {
		before[i+1] = before[i] + r[1] - r[0]
	}
	return func(at int) int {
		i := c.after(at)
		removed := before[i]
		if i < len(c) && at > c[i][0] {
			removed += at - c[i][0]
		}
		return at - removed
	}
}

// cut removes ranges of buf that lie in the open block, with what leads into them.
func (b *builder) cut(out cuts) {
	shift := out.shifter()
	kept := b.buf[:out[0][0]]
	for i, c := range out {
		next := len(b.buf)
		if i+1 < len(out) {
			next = out[i+1][0]
		}
		kept = append(kept, b.buf[c[1]:next]...)
	}
	old := append([]cite.Run(nil), b.runs[b.firstRun:]...)
	b.runs = b.runs[:b.firstRun]
	for _, r := range old {
		b.keepAround(r, out, shift)
	}
	for i := range b.links[b.firstLnk:] {
		a := &b.links[b.firstLnk+i]
		a.Start, a.End = shift(a.Start), shift(a.End)
	}
	for i := range b.marks[b.firstMrk:] {
		m := &b.marks[b.firstMrk+i]
		m.At = shift(m.At)
	}
	b.buf = kept
}

// keepAround appends what of run r lies outside the cuts.
func (b *builder) keepAround(r cite.Run, out cuts, shift func(int) int) {
	keep := func(lo, hi int) {
		if lo >= hi {
			return
		}
		part := cite.Run{At: shift(lo), Len: hi - lo, Src: r.Src, SrcLen: r.SrcLen}
		if r.Len == r.SrcLen {
			part.Src, part.SrcLen = r.Src+lo-r.At, hi-lo
		}
		b.runs = append(b.runs, part)
	}
	lo, end := r.At, r.At+r.Len
	for _, c := range out[out.after(lo):] {
		if c[0] >= end {
			break
		}
		keep(lo, c[0])
		lo = c[1]
	}
	keep(lo, end)
}

// text is what was built, leading into the file from byte base on.
func (b *builder) text(base int) cite.Text {
	b.endLink()
	b.end()
	t := cite.Text{Content: string(b.buf), Blocks: b.blocks, Links: b.links}
	for _, m := range b.marks {
		m.Src, m.SrcEnd = b.src.offset(m.Src, false)-base, b.src.offset(m.SrcEnd, true)-base
		t.Marks = append(t.Marks, m)
	}
	t.Runs = b.src.toFile(b.runs, base)
	return t
}
