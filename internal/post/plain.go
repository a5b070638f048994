package post

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"beleg/internal/cite"
)

// Lengths, in characters, that tell headings, titles and running text in plain text apart.
const (
	longestTitle   = 200
	longestHeading = 120
	longestByline  = 80
	wrappedLine    = 45  // a line at least this long that goes on in the next one was wrapped
	widestWrap     = 100 // no line of a wrapped text is longer
	bylineLines    = 4   // author, role and the like after the reading time
	preambleBytes  = 1000
)

// line is a non-empty line of a plain text: bytes lo to hi without white space around them.
type line struct {
	lo, hi int
	indent int  // bytes of white space before it
	after  bool // a blank line or the start of the text stands before it
	width  int  // characters
}

// plain reads plain texts: a title line, bylines, paragraphs, headings as short lines without a final stop, lists,
// rows with tabs.
type plain struct {
	src    *source
	lines  []line
	spaced bool // blank lines stand between paragraphs
}

func newPlain(src *source) *plain {
	p := &plain{src: src}
	blank := true
	for at := 0; at < len(src.text); {
		end, next := lineEnd(src.text, at)
		body := bytes.TrimRightFunc(src.text[at:end], isSpace)
		indent := leadingSpace(body)
		if len(body) == indent {
			blank = true
		} else {
			p.spaced = p.spaced || blank && len(p.lines) > 0
			p.lines = append(p.lines, line{lo: at + indent, hi: at + len(body), indent: indent, after: blank,
				width: utf8.RuneCount(body[indent:])})
			blank = false
		}
		at = next
	}
	return p
}

// lineEnd is where the line that starts at byte at ends, and where the next one starts. Lines end in LF, CR LF or CR.
func lineEnd(text []byte, at int) (end, next int) {
	n := bytes.IndexAny(text[at:], "\r\n")
	if n < 0 {
		return len(text), len(text)
	}
	end, next = at+n, at+n+1
	if text[end] == '\r' && next < len(text) && text[next] == '\n' {
		next++
	}
	return end, next
}

func (p *plain) text(l line) []byte { return p.src.text[l.lo:l.hi] }

// readingTime matches the line that a blog prints under a title, with the date before it where it has one:
// "· 12 Min. Lesezeit", "12. Februar 2026 · 12 Min. Lesezeit", "· 9 min read".
var readingTime = regexp.MustCompile(`(?i)^(?:(.{0,60}?)\s*[·•|–—-]\s*)?(?:\d{1,3}\s*Min(?:\.|uten?)?\s*Lesezeit|(?:Lesezeit|reading time)\s*:?\s*(?:ca\.\s*)?\d{1,3}\s*Min(?:\.|uten?|utes?|s)?|\d{1,3}[\s-]min(?:ute|utes|s)?\.?\s*read)\.?$`)

// section is a post in a text that may hold several: lines first to end, the title's line (or -1) and the line with
// the reading time (or -1).
type section struct{ first, end, title, byline int }

// sections finds the posts of a text. A listing page prints each post's title over its reading time; what stands
// before the first title belongs to no post unless it is long enough to be one itself.
func (p *plain) sections() []section {
	var out []section
	for i, l := range p.lines {
		if i == 0 || l.width > longestByline || !readingTime.Match(p.text(l)) || !p.titleLike(i-1) {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].end = i - 1
		}
		out = append(out, section{first: i - 1, end: len(p.lines), title: i - 1, byline: i})
	}
	if len(out) == 0 {
		return []section{{end: len(p.lines), title: p.titleLine(), byline: -1}}
	}
	if s := &out[0]; len(out) == 1 && s.title <= bylineLines && p.titleLine() == 0 && p.noFurniture(s.title) {
		s.first, s.title = 0, 0 // the author stands between title and reading time
	}
	if before := p.lines[:out[0].first]; len(before) > 0 && before[len(before)-1].hi-before[0].lo > preambleBytes {
		own := section{end: out[0].first, title: p.titleLine(), byline: -1}
		out = append([]section{own}, out...)
	}
	return out
}

// titleLike tells whether line i can be the title over a reading time.
func (p *plain) titleLike(i int) bool {
	r, _ := utf8.DecodeLastRune(p.text(p.lines[i]))
	return p.lines[i].width <= longestTitle && r != '.' && r != ',' && r != ';' && r != ':'
}

// noFurniture tells whether lines 1 to i are as short as bylines, and none of those before belongs to the page.
func (p *plain) noFurniture(i int) bool {
	for j := range i + 1 {
		if furniture(p.text(p.lines[j])) || j > 0 && p.lines[j].width > longestByline {
			return false
		}
	}
	return true
}

// titleLine is the first line if it can be a title, else -1.
func (p *plain) titleLine() int {
	if len(p.lines) < 2 || p.lines[0].width > longestTitle || p.lines[0].indent > 0 {
		return -1
	}
	first := p.text(p.lines[0])
	if finalStop(first) || rowLike(first) || marker(first) > 0 || bytes.HasPrefix(first, []byte("```")) {
		return -1
	}
	return 0
}

// afterStop is what may follow a sentence's end on its line without being part of it.
var afterStop = regexp.MustCompile(`(?:\s*<!--.*?-->|\[\d{1,3}\])+$`)

// finalStop tells whether t ends as a sentence or a lead-in does; closing quotes, brackets, notes and comments aside.
func finalStop(t []byte) bool {
	if last := t[max(0, len(t)-1)]; last == '>' || last == ']' {
		t = afterStop.ReplaceAll(t, nil)
	}
	t = bytes.TrimRight(t, "\"'”“’»«)]*_ ")
	r, _ := utf8.DecodeLastRune(t)
	switch r {
	case '.', '!', '…', ':', ';', ',':
		return true
	}
	return false
}

// rowLike tells whether t is a table's row: cells with tabs or bars between them.
func rowLike(t []byte) bool {
	return bytes.IndexByte(t, '\t') > 0 || bytes.Count(t, []byte{'|'}) > 1
}

// ruleLine is a line that only draws something: a rule, the line under a table's head.
var ruleLine = regexp.MustCompile(`^[-=_*+~|: ]{3,}$`)

// listMarker is what stands before a list's item, ordinalWord what makes a number with a full stop a date or a rank instead.
var (
	listMarker  = regexp.MustCompile(`^(?:[•‣◦▪●∙*+–—-]|\d{1,3}[.)]|\d{1,3}/|\(\d{1,3}\)|[a-z]\))[ \t]+`)
	ordinalWord = regexp.MustCompile(`^(?i:(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|` +
		`quartal|halbjahr|platz|jahrestag|jahrhundert)s?\b|(?:jan|feb|mär|apr|jun|jul|aug|sept?|okt|nov|dez)\.)`)
)

// marker is the length of the list marker at the start of t, 0 where there is none.
func marker(t []byte) int {
	m := listMarker.Find(t)
	if m == nil || bytes.IndexByte(m, '.') > 0 && ordinalWord.Match(t[len(m):]) {
		return 0
	}
	return len(m)
}

// numbered tells whether a list marker is a number.
func numbered(m []byte) bool { return len(m) > 0 && m[0] >= '0' && m[0] <= '9' }

// wrapped tells whether lines go on in the next one, as in a text with a fixed width.
func (p *plain) wrapped(s section) bool {
	goesOn := 0
	for i := s.first; i < s.end; i++ {
		if p.lines[i].width > widestWrap {
			return false
		}
		next := i + 1
		if next < s.end && !p.lines[next].after && p.lines[i].width >= wrappedLine && marker(p.text(p.lines[next])) == 0 {
			goesOn++
		}
	}
	return goesOn > 1
}

// section reads one post.
func (p *plain) section(s section) draft {
	d := draft{build: newBuilder(p.src), hi: len(p.src.text)}
	if s.first > 0 && s.first < len(p.lines) {
		d.lo = p.lines[s.first].lo
	}
	if s.end < len(p.lines) {
		d.hi = p.lines[s.end].lo
	}
	i := s.first
	if s.title >= 0 {
		l := p.lines[s.title]
		d.title = string(p.text(l))
		p.emit(&d, cite.Title, 1, l.lo, l.hi)
		i = s.title + 1
	}
	i = p.bylines(&d, s, i)
	p.paragraphs(&d, s, i)
	return d
}

// bySomeone is a line that names the author.
var bySomeone = regexp.MustCompile(`^(?:Von|By|Autor(?:in)?:?|Author:?|Text:)\s+(\p{Lu}[\p{L}.'’-]*(?:,?\s+(?:von|van|de|der|und|and|&|\p{Lu}[\p{L}.'’-]*)){1,7})$`)

// bylines reads what stands between title and text, and is the index of the line after it.
func (p *plain) bylines(d *draft, s section, i int) int {
	if s.byline < 0 && s.title < 0 {
		return i
	}
	left := bylineLines
	for timed := false; i < s.end && left > 0; i++ {
		l := p.lines[i]
		t := p.text(l)
		if l.width > longestByline || timed && l.after {
			break
		}
		if m := readingTime.FindSubmatch(t); m != nil {
			timed, d.bylined = true, true
			d.date = cleanDate(m[1])
		} else if m := bySomeone.FindSubmatch(t); m != nil {
			d.author = string(m[1])
			left--
		} else if _, ok := parseDate(string(t)); ok {
			d.date = string(t)
			left--
		} else if (timed || i < s.byline) && !finalStop(t) {
			if d.author == "" {
				d.author = string(t)
			}
			left--
		} else {
			break
		}
		p.emit(d, cite.Byline, 0, l.lo, l.hi)
	}
	return i
}

// cleanDate is what stands before a reading time, without the dots and bars around it.
func cleanDate(b []byte) string { return string(bytes.Trim(b, " \t·•|–—-,")) }

// fence opens or closes a stretch of code.
func fence(t []byte) bool {
	return bytes.HasPrefix(t, []byte("```")) || bytes.HasPrefix(t, []byte("~~~"))
}

// paragraphs reads the lines of the text itself.
func (p *plain) paragraphs(d *draft, s section, i int) {
	wrapped := p.wrapped(s)
	for i < s.end {
		l := p.lines[i]
		t := p.text(l)
		switch {
		case furniture(t):
			i++
		case fence(t):
			i = p.code(d, s, i)
		case ruleLine.Match(t):
			i++
		case rowLike(t):
			p.emit(d, cite.TableRow, 0, l.lo, l.hi)
			i++
		default:
			end := i + 1
			for wrapped && end < s.end && p.goesOn(end) {
				end++
			}
			p.stretch(d, s, i, end)
			i = end
		}
	}
}

// goesOn tells whether line i belongs to the paragraph of the line before it in a wrapped text.
func (p *plain) goesOn(i int) bool {
	t := p.text(p.lines[i])
	return !p.lines[i].after && marker(t) == 0 && !rowLike(t) && !fence(t)
}

// code reads a fenced stretch, and is the index of the line after it.
func (p *plain) code(d *draft, s section, i int) int {
	open := p.text(p.lines[i])[:3]
	end := i + 1
	for end < s.end && !bytes.HasPrefix(p.text(p.lines[end]), open) {
		end++
	}
	if end == s.end {
		d.warnf(p.src.line(p.lines[i].lo), "the code that starts here is not closed")
	}
	if end > i+1 {
		p.emit(d, cite.Code, 0, p.lines[i+1].lo, p.lines[end-1].hi)
	}
	return min(end+1, s.end)
}

// emphasis is what a Markdown heading looks like once it has become plain text.
const emphasis = "*_# \t"

// wikiHeading is a heading as encyclopedias' sources write it.
var wikiHeading = regexp.MustCompile(`^(={2,5})\s*(.+?)\s*={2,5}$`)

// stretch reads lines i to end as one heading, item or paragraph.
func (p *plain) stretch(d *draft, s section, i, end int) {
	l := p.lines[i]
	t := p.text(l)
	lo, hi := l.lo, p.lines[end-1].hi
	if m := wikiHeading.FindSubmatchIndex(t); m != nil && end == i+1 {
		p.emit(d, cite.Heading, m[3]-m[2], lo+m[4], lo+m[5])
		return
	}
	single := end == i+1
	short := single && l.width <= longestHeading && !finalStop(t)
	if n := marker(t); n > 0 {
		if short && l.indent == 0 && l.after && numbered(t) && t[n-2] != '/' {
			p.emit(d, cite.Heading, 3, lo+n, hi)
			return
		}
		p.emit(d, cite.ListItem, 1+l.indent/4, lo+n, hi)
		return
	}
	if isSourcesTitle(string(t)) {
		words := bytes.TrimLeft(t, emphasis)
		lo = hi - len(words)
		p.emit(d, cite.Heading, 2, lo, lo+len(bytes.TrimRight(words, emphasis)))
		return
	}
	if short && end < s.end {
		if p.spaced && p.amongShort(i, s) {
			p.emit(d, cite.TableRow, 0, lo, hi)
			return
		}
		p.emit(d, cite.Heading, 2, lo, hi)
		return
	}
	p.emit(d, cite.Paragraph, 0, lo, hi)
}

// amongShort tells whether the line before or after line i, without a blank one between, is as short: cells of a table
// that lost its tabs, not a heading.
func (p *plain) amongShort(i int, s section) bool {
	short := func(j int) bool {
		t := p.text(p.lines[j])
		return p.lines[j].width <= 2*longestHeading && !finalStop(t) && marker(t) == 0
	}
	before := i > s.first && !p.lines[i].after && short(i-1)
	after := i+1 < s.end && !p.lines[i+1].after && short(i+1)
	return before || after
}

// emit writes one block; instructions in it are taken out, URLs become links.
func (p *plain) emit(d *draft, kind cite.BlockKind, level, lo, hi int) {
	b := d.build
	b.begin(kind, level)
	defer b.end()
	if kind == cite.Code {
		b.write(lo, hi)
		return
	}
	b.verbatim = kind == cite.TableRow
	for lo < hi {
		m := findComment(p.src.text[lo:hi])
		if m == nil {
			break
		}
		p.words(b, lo, lo+m[0])
		d.takeMark(p.src, p.src.text[lo+m[2]:lo+m[3]], lo+m[0], lo+m[1])
		lo += m[1]
	}
	p.words(b, lo, hi)
	b.trimEnd()
}

// words writes running text with its URLs as links.
func (p *plain) words(b *builder, lo, hi int) {
	if len(b.buf) <= b.block.Start {
		lo += leadingSpace(p.src.text[lo:hi])
	}
	text := p.src.text[lo:hi]
	if !bytes.Contains(text, []byte("://")) {
		b.write(lo, hi)
		return
	}
	at := 0
	for _, m := range bareURL.FindAllIndex(text, -1) {
		b.write(lo+at, lo+m[0])
		b.link(string(text[m[0]:m[1]]))
		b.write(lo+m[0], lo+m[1])
		b.endLink()
		at = m[1]
	}
	b.write(lo+at, hi)
}

// furniture matches lines that belong to the page, not to a post.
var furnitureLine = regexp.MustCompile(`(?i)^(?:direkt zum hauptinhalt|zum inhalt springen|zum hauptinhalt springen|skip to (?:main )?content|` +
	`alle tags anzeigen|view all tags|\d+ beiträge? getaggt mit .{1,80}|\d+ posts? tagged with .{1,80}|` +
	`(?:neuere|ältere) (?:einträge|beiträge)|(?:newer|older) (?:entries|posts)|weiterlesen|read more|` +
	`diese seite bearbeiten|edit this page|(?:nächste|vorherige) seite|(?:next|previous) page|tags:|` +
	`(?:copyright )?© ?(?:\d{4}|copyright).{0,100})$`)

func furniture(t []byte) bool { return len(t) <= 200 && furnitureLine.Match(t) }
