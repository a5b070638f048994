package post

import (
	"bytes"
	"sort"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"beleg/internal/cite"
)

// What a line may open: quotes and lists by their marks, and lists in lists by the bytes that stand before a mark.
const (
	maxMarkers = 100
	maxIndent  = 1000
)

// readMarkdown reads CommonMark with tables, strike-through, footnotes, bare links and front matter.
func readMarkdown(src *source, opt Options) ([]draft, error) { return readMarked(src, opt, false) }

// readMDX reads Markdown with imports, exports, expressions and JSX, which are left out; what stands between tags stays.
func readMDX(src *source, opt Options) ([]draft, error) { return readMarked(src, opt, true) }

func readMarked(src *source, opt Options, mdx bool) ([]draft, error) {
	front, warnings, err := readFrontMatter(src, opt.name())
	if err != nil {
		return nil, err
	}
	d := draft{build: newBuilder(src), hi: len(src.text), front: front, warn: warnings}
	masked, marks := mask(src, front.hi, mdx, &d)
	if at := tooDeep(masked); at >= 0 {
		return nil, &Error{Path: opt.name(), Line: src.line(at), Err: ErrNesting}
	}
	d.build.seen, d.build.masked = masked, true
	m := markdown{src: src, masked: masked, draft: &d, marks: marks}
	limit := effortLimit{}
	m.root = markdownParser(mdx, &limit).Parse(gtext.NewReader(masked))
	if limit.plain > 0 {
		d.warnf(src.line(limit.first), "%d paragraphs hold too much markup to resolve, the first one here; they are read as plain text", limit.plain)
	}
	m.title()
	m.blocks()
	m.marksBefore(len(src.text))
	return []draft{d}, nil
}

// markdownParser is goldmark's parser. MDX knows neither indented code nor HTML.
func markdownParser(mdx bool, limit *effortLimit) parser.Parser {
	exts := goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.Linkify)
	limited := parser.WithParagraphTransformers(util.Prioritized(limit, 0))
	if !mdx {
		return goldmark.New(exts, goldmark.WithParserOptions(parser.WithHeadingAttribute(), limited)).Parser()
	}
	blocks := []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(indentable{parser.NewParagraphParser()}, 1000),
	}
	p := parser.NewParser(parser.WithBlockParsers(blocks...), parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...), limited)
	return goldmark.New(goldmark.WithParser(p), exts).Parser()
}

// indentable is a paragraph that may be indented as far as it likes, as between MDX's tags.
type indentable struct{ parser.BlockParser }

// CanAcceptIndentedLine tells the parser not to leave such a line to indented code.
func (indentable) CanAcceptIndentedLine() bool { return true }

// openers are the characters that quotes' and lists' markers consist of.
const openers = "> \t-+*.)0123456789"

// tooDeep finds a line that opens more quotes and lists than it may, which a parser would follow by recursion; -1 where
// there is none.
func tooDeep(text []byte) int {
	for at := 0; at < len(text); {
		n, markers := 0, 0
		for at+n < len(text) && text[at+n] != '\n' && bytes.IndexByte([]byte(openers), text[at+n]) >= 0 {
			if c := text[at+n]; c == '>' || (c == '-' || c == '+' || c == '*' || c == '.' || c == ')') && at+n+1 < len(text) && isSpace(rune(text[at+n+1])) {
				markers++
			}
			n++
		}
		if markers > maxMarkers || markers > 0 && n > maxIndent {
			return at
		}
		next := bytes.IndexByte(text[at+n:], '\n')
		if next < 0 {
			break
		}
		at += n + next + 1
	}
	return -1
}

// markdown walks a parsed text.
type markdown struct {
	src    *source
	masked []byte
	root   ast.Node
	draft  *draft
	marks  []found // MDX's instructions, which the parser does not see
	raised bool    // inside <sup>

	wordsFrom int // where the words of the last heading begin, after its numbering
}

// title writes the front matter's title where the text does not say it itself.
func (m *markdown) title() {
	f := m.draft.front
	if f.titleHi == 0 {
		return
	}
	if h, ok := m.root.FirstChild().(*ast.Heading); ok && h.Level == 1 && sameWords(m.plainWords(h), f.title) {
		return
	}
	b := m.draft.build
	b.seen = m.src.text
	b.begin(cite.Title, 1)
	b.write(f.titleLo, f.titleHi)
	b.end()
	b.seen = m.masked
}

func sameWords(a, b string) bool { return titleKey("", a) == titleKey("", b) }

// plainWords is the text of a block's own lines.
func (m *markdown) plainWords(n ast.Node) string {
	var b bytes.Buffer
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		b.Write(s.Value(m.masked))
	}
	return b.String()
}

// blocks walks the document's blocks in the order of the file; the parser puts footnotes last.
func (m *markdown) blocks() {
	var top []ast.Node
	for n := m.root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != east.KindFootnoteList {
			top = append(top, n)
			continue
		}
		for f := n.FirstChild(); f != nil; f = f.NextSibling() {
			top = append(top, f)
		}
	}
	starts := make(map[ast.Node]int, len(top))
	last := 0
	for _, n := range top {
		if at := start(n); at >= 0 {
			last = at
		}
		starts[n] = last
	}
	sort.SliceStable(top, func(i, j int) bool { return starts[top[i]] < starts[top[j]] })
	for _, n := range top {
		m.walk(n)
	}
}

// start is where the first text in a block stands, -1 where it has none.
func start(root ast.Node) int {
	for n := root; n != nil; n = following(n, root) {
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
	}
	return -1
}

// following is the node after n in the order of the text below root, nil after the last.
func following(n, root ast.Node) ast.Node {
	if n.FirstChild() != nil {
		return n.FirstChild()
	}
	for n != root {
		if n.NextSibling() != nil {
			return n.NextSibling()
		}
		n = n.Parent()
	}
	return nil
}

// walk visits a node and all below it without recursion, so that deep nesting costs no stack.
func (m *markdown) walk(root ast.Node) {
	n, down := root, true
	for {
		if down {
			down = m.enter(n) && n.FirstChild() != nil
			if down {
				n = n.FirstChild()
				continue
			}
		}
		m.leave(n)
		switch {
		case n == root:
			return
		case n.NextSibling() != nil:
			n, down = n.NextSibling(), true
		default:
			n = n.Parent()
		}
	}
}

// enter starts a node, and tells whether to go on with its children.
func (m *markdown) enter(n ast.Node) bool {
	b := m.draft.build
	switch n := n.(type) {
	case *ast.Heading:
		m.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		m.begin(n, paragraphKind(n))
	case *plainBlock:
		m.plain(n)
		return false
	case *east.TableHeader, *east.TableRow:
		m.begin(n, cite.TableRow)
	case *east.TableCell:
		if n.PreviousSibling() != nil {
			b.cell()
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		m.code(n)
		return false
	case *ast.HTMLBlock:
		m.htmlBlock(n)
		return false
	default:
		return m.inline(n)
	}
	return true
}

// begin opens a block, with the instructions that stand before it.
func (m *markdown) begin(n ast.Node, kind cite.BlockKind) {
	if at := start(n); at >= 0 {
		m.marksBefore(at)
	}
	m.draft.build.begin(kind, level(n))
	if item, ok := n.Parent().(*ast.ListItem); ok && n.PreviousSibling() == nil {
		m.dateMarker(item, n)
	}
}

// paragraphKind tells what a paragraph is by what it stands in.
func paragraphKind(n ast.Node) cite.BlockKind {
	for p := n.Parent(); p != nil; p = p.Parent() {
		switch p.Kind() {
		case ast.KindListItem, east.KindFootnote:
			return cite.ListItem
		case ast.KindBlockquote:
			return cite.Quote
		}
	}
	return cite.Paragraph
}

// level is how deep a list's item is nested, and 1 for a table's head.
func level(n ast.Node) int {
	if n.Kind() == east.KindTableHeader {
		return 1
	}
	deep := 0
	for p := n.Parent(); p != nil && deep < maxMarkers; p = p.Parent() {
		if p.Kind() == ast.KindListItem {
			deep++
		}
	}
	return deep
}

// dateMarker gives back the number of an item that is a date at the start of a paragraph: "15. Februar 2026 …".
func (m *markdown) dateMarker(item *ast.ListItem, n ast.Node) {
	list, ok := item.Parent().(*ast.List)
	if !ok || list.Marker != '.' {
		return
	}
	at := start(n)
	if at < 0 || !ordinalWord.Match(m.masked[at:]) {
		return
	}
	lo := at
	for lo > 0 && m.masked[lo-1] != '\n' && bytes.IndexByte([]byte(". 0123456789"), m.masked[lo-1]) >= 0 {
		lo--
	}
	m.draft.build.block.Kind = cite.Paragraph
	m.draft.build.write(lo, at)
}

// heading opens a heading's block; the first one of level 1 is the title.
func (m *markdown) heading(n *ast.Heading) {
	kind := cite.Heading
	if n.Level == 1 && len(m.draft.build.blocks) == 0 {
		kind = cite.Title
		m.draft.title = m.plainWords(n)
	}
	m.begin(n, kind)
	b := m.draft.build
	b.block.Level = n.Level
	if kind == cite.Heading && n.Lines().Len() > 0 {
		words := n.Lines().At(0)
		m.wordsFrom = words.Start + b.numbering(words.Start, words.Stop)
	}
}

// plain writes a paragraph whose markup is not resolved.
func (m *markdown) plain(n *plainBlock) {
	m.begin(n, paragraphKind(n))
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		m.draft.build.write(s.Start, s.Stop)
	}
	m.draft.build.end()
}

// code writes a block of code, which holds no figures.
func (m *markdown) code(n ast.Node) {
	m.begin(n, cite.Code)
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		m.draft.build.write(s.Start, min(s.Stop, len(m.src.text)))
	}
	m.draft.build.trimEnd()
	m.draft.build.end()
}

// inline visits what stands inside a block.
func (m *markdown) inline(n ast.Node) bool {
	b := m.draft.build
	switch n := n.(type) {
	case *ast.Text:
		m.words(n)
	case *ast.CodeSpan:
		m.codeSpan(n)
		return false
	case *ast.Link:
		b.link(outgoing(string(n.Destination)))
	case *ast.AutoLink:
		m.autoLink(n)
	case *ast.Image, *east.FootnoteLink, *east.FootnoteBacklink:
		return false
	case *ast.RawHTML:
		if k := n.Segments.Len(); k > 0 {
			m.rawHTML(n.Segments.At(0).Start, n.Segments.At(k-1).Stop)
		}
	}
	return true
}

// leave ends what enter opened.
func (m *markdown) leave(n ast.Node) {
	b := m.draft.build
	switch n.(type) {
	case *ast.Heading, *ast.Paragraph, *ast.TextBlock, *east.TableHeader, *east.TableRow:
		b.end()
	case *ast.Link:
		b.endLink()
	}
}

// words writes a stretch of text; the numbering of a heading is not part of it.
func (m *markdown) words(n *ast.Text) {
	b := m.draft.build
	lo, hi := n.Segment.Start, n.Segment.Stop
	m.marksBefore(lo)
	lo = max(lo, min(hi, m.wordsFrom))
	if m.raised && b.raise(lo, hi) {
		return
	}
	for len(m.marks) > 0 && m.marks[0].lo < hi {
		at := max(lo, m.marks[0].lo)
		b.entities(lo, at, true)
		m.marksBefore(at + 1)
		lo = at
	}
	b.entities(lo, hi, true)
	if n.SoftLineBreak() || n.HardLineBreak() {
		b.whiteSpace(hi, 0)
	}
}

// codeSpan writes code in running text if it is a mere name; with digits in it, it could be taken for a figure.
func (m *markdown) codeSpan(n *ast.CodeSpan) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if ok && !bytes.ContainsAny(t.Segment.Value(m.masked), "0123456789") {
			m.draft.build.write(t.Segment.Start, t.Segment.Stop)
		}
	}
}

// autoLink writes a URL that stands in the text as it is.
func (m *markdown) autoLink(n *ast.AutoLink) {
	b := m.draft.build
	label := n.Label(m.masked)
	from := max(n.Pos(), 0)
	i := bytes.Index(m.masked[from:min(len(m.masked), from+len(label)+4)], label)
	if i < 0 {
		return
	}
	url := ""
	if n.AutoLinkType == ast.AutoLinkURL {
		url = outgoing(string(n.URL(m.masked)))
	}
	b.link(url)
	b.write(from+i, from+i+len(label))
	b.endLink()
}

// marksBefore notes MDX's instructions that stand before byte at.
func (m *markdown) marksBefore(at int) {
	for len(m.marks) > 0 && m.marks[0].lo < at {
		f := m.marks[0]
		m.marks = m.marks[1:]
		m.draft.takeMark(m.src, m.src.text[f.keyLo:f.keyHi], f.lo, f.hi)
	}
}

// rawHTML reads a tag or comment inside a line.
func (m *markdown) rawHTML(lo, hi int) {
	b := m.draft.build
	tag := m.masked[lo:hi]
	if f := findComment(tag); f != nil {
		m.draft.takeMark(m.src, m.src.text[lo+f[2]:lo+f[3]], lo+f[0], lo+f[1])
		return
	}
	switch name, attr := tagName(tag); name {
	case "br", "/br":
		b.whiteSpace(hi, 0)
	case "sup", "/sup":
		m.raised = name == "sup"
	case "a":
		b.link(outgoing(attr("href")))
	case "/a":
		b.endLink()
	}
}

// htmlBlock reads HTML that stands on lines of its own. In quotes and lists each of its lines stands apart.
func (m *markdown) htmlBlock(n *ast.HTMLBlock) {
	b := m.draft.build
	b.end()
	p := page{src: m.src, draft: m.draft}
	stretch := func(s gtext.Segment) { p.read(s.Start, min(s.Stop, len(m.src.text))) }
	for _, s := range joined(n) {
		stretch(s)
	}
	b.endLink()
	b.end()
}

// joined are a block's lines, drawn together where nothing stands between them.
func joined(n *ast.HTMLBlock) []gtext.Segment {
	var out []gtext.Segment
	add := func(s gtext.Segment) {
		if k := len(out) - 1; k >= 0 && out[k].Stop == s.Start {
			out[k].Stop = s.Stop
			return
		}
		out = append(out, s)
	}
	for i := range n.Lines().Len() {
		add(n.Lines().At(i))
	}
	if n.HasClosure() {
		add(n.ClosureLine)
	}
	return out
}
