package post

import (
	"bytes"
	"regexp"
)

// found is an instruction in a text: its bounds and those of its words.
type found struct{ lo, hi, keyLo, keyHi int }

// Bounds of the search for the end of what MDX opens: no expression or tag is longer, and after so many without an end
// the rest of the file is taken as it is.
const (
	longestOpened = 64 << 10
	mostUnclosed  = 100
)

// Beginnings of lines that are not text: a fence of code, MDX's imports and exports, Docusaurus' admonitions.
var (
	fenceLine  = regexp.MustCompile("^[ \t>]*(?:[-*+] +|\\d+[.)] +)?(`{3,}|~{3,})")
	moduleLine = regexp.MustCompile(`^(?:import\s+(?:[\w*{].*\sfrom\s+["']|["'])|import\s*\{\s*$|export\s+(?:default|const|let|var|function|async|class|\{|\*)\b?)`)
	admonition = regexp.MustCompile(`^[ \t]*(:{3,}[a-z]*)(\[?)[ \t]*([^\]\r\n]*?)(\]?)[ \t]*\r?\n?$`)
)

// masker copies a text with what is not text blanked out, byte for byte, so that places stay what they are.
type masker struct {
	src      *source
	out      []byte
	mdx      bool
	marks    []found
	unclosed int

	openFence int // where code starts that is not closed, -1 where all is
}

// mask blanks front matter, admonitions' marks and what MDX adds to Markdown.
func mask(src *source, from int, mdx bool, d *draft) ([]byte, []found) {
	m := masker{src: src, out: bytes.Clone(src.text), mdx: mdx, openFence: -1}
	m.blank(0, from)
	m.lines(from)
	if m.unclosed > mostUnclosed {
		d.warnf(0, "more than %d braces, tags or code spans have no end; MDX is read as Markdown from there on", mostUnclosed)
	}
	if m.openFence >= 0 {
		d.warnf(src.line(m.openFence), "the code that starts here is not closed")
	}
	return m.out, m.marks
}

// blank overwrites bytes with spaces; line ends stay.
func (m *masker) blank(lo, hi int) { m.fill(lo, hi, ' ') }

func (m *masker) fill(lo, hi int, with byte) {
	for i := lo; i < hi; i++ {
		if c := m.out[i]; c != '\n' && c != '\r' {
			m.out[i] = with
		}
	}
}

// lines goes through the text line by line, past fenced code.
func (m *masker) lines(at int) {
	text := m.src.text
	var fence []byte
	paragraph, fenceAt := at, 0
	for at < len(text) {
		end := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		line := text[at:end]
		open := fenceLine.FindSubmatch(line)
		switch {
		case fence != nil:
			if open != nil && open[1][0] == fence[0] && len(open[1]) >= len(fence) {
				fence = nil
			}
		case open != nil:
			fence, fenceAt = open[1], at
		case m.mdx && moduleLine.Match(line):
			end = m.module(at)
		default:
			if len(bytes.TrimSpace(line)) == 0 {
				paragraph = end
			}
			if a := admonition.FindSubmatchIndex(line[:min(len(line), longestHead)]); a != nil {
				m.admonition(at, a)
			}
			m.longHeading(paragraph, at, end)
			if m.mdx {
				end = max(end, m.expressions(at, end))
			}
		}
		at = end
	}
	if fence != nil {
		m.openFence = fenceAt
	}
}

// longestHead is the length in bytes from which on a heading is read as a paragraph, for which there is a limit on the
// work that its markup may make.
const longestHead = 4 << 10

// Lines that make a heading: of themselves, or of the paragraph before them.
var (
	headLine  = regexp.MustCompile(`^[ \t>]*(?:[-*+] +|\d+[.)] +)*#{1,6}`)
	underline = regexp.MustCompile(`^[ \t>]*(?:=+|-+)\s*$`)
)

// longHeading takes from a line what would make it, or the paragraph that it ends, a heading of more than longestHead.
func (m *masker) longHeading(paragraph, at, end int) {
	if end-at > longestHead {
		if h := headLine.FindIndex(m.out[at : at+longestHead]); h != nil {
			m.blank(at, at+h[1])
		}
		return
	}
	if at-paragraph > longestHead && underline.Match(m.out[at:end]) {
		m.blank(at, end)
	}
}

// headingMark is as many characters long as the shortest admonition with a name is without it.
const headingMark = "###"

// admonition blanks the line that opens or closes one; a title of its own becomes a heading.
func (m *masker) admonition(at int, a []int) {
	titled := a[6] < a[7]
	m.blank(at+a[0], at+a[6])
	m.blank(at+a[7], at+a[1])
	if titled {
		copy(m.out[at+a[2]:], headingMark)
	}
}

// module blanks an import or export, which goes on to the next blank line.
func (m *masker) module(at int) int {
	end := len(m.src.text)
	for _, gap := range []string{"\n\n", "\n\r\n"} {
		if n := bytes.Index(m.src.text[at:end], []byte(gap)); n >= 0 {
			end = at + n + 1
		}
	}
	m.blank(at, end)
	return end
}

// expressions blanks what MDX opens between lo and hi; the answer is where the last of it ends, which may be behind hi.
func (m *masker) expressions(lo, hi int) int {
	text := m.src.text
	for i := lo; i < hi; {
		if m.unclosed > mostUnclosed {
			return hi
		}
		switch c := text[i]; {
		case c == '\\':
			i += 2
		case c == '`':
			i = m.codeSpan(i)
		case c == '{':
			i = m.expression(i)
		case c == '<':
			i = m.tag(i)
		default:
			i++
		}
		hi = max(hi, min(i, len(text)))
	}
	return hi
}

// codeSpan is where the code that starts at i ends.
func (m *masker) codeSpan(i int) int {
	text := m.src.text
	n := i
	for n < len(text) && text[n] == '`' {
		n++
	}
	window := text[n:min(len(text), n+longestOpened)]
	if p := bytes.Index(window, []byte("\n\n")); p >= 0 {
		window = window[:p]
	}
	ticks := text[i:n]
	for at := 0; ; {
		p := bytes.Index(window[at:], ticks)
		if p < 0 {
			m.unclosed++
			return n
		}
		at += p
		end := at
		for end < len(window) && window[end] == '`' {
			end++
		}
		if end-at == len(ticks) {
			return n + end
		}
		at = end
	}
}

// expression blanks "{…}", and notes an instruction in it.
func (m *masker) expression(i int) int {
	text := m.src.text
	if bytes.HasPrefix(text[i:], []byte("{/*")) {
		n := bytes.Index(text[i:min(len(text), i+longestOpened)], []byte("*/}"))
		if n < 0 {
			m.unclosed++
			return i + 1
		}
		end := i + n + 3
		if f := findComment(text[i:end]); f != nil {
			m.marks = append(m.marks, found{i + f[0], i + f[1], i + f[2], i + f[3]})
		}
		m.blank(i, end)
		return end
	}
	end := closing(text, i, '}')
	if end < 0 {
		m.unclosed++
		return i + 1
	}
	m.blank(i, end)
	return end
}

// closing is where the bracket opened at i is closed, past strings and inner brackets; -1 where it is not.
func closing(text []byte, i int, with byte) int {
	var quote byte
	depth := 0
	for j := i + 1; j < min(len(text), i+longestOpened); j++ {
		c := text[j]
		switch {
		case quote != 0:
			if c == '\\' {
				j++
			} else if c == quote {
				quote = 0
			}
		case c == with && depth == 0:
			return j + 1
		case c == '"' || c == '`' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
	}
	return -1
}

// jsxTag is the start of a tag; keptTag one that is HTML and says something about the text.
var (
	jsxTag  = regexp.MustCompile(`^</?(?:[A-Za-z][\w.-]*)?`)
	keptTag = map[string]bool{"a": true, "sup": true, "sub": true, "br": true}
	codeTag = map[string]bool{"pre": true, "code": true, "script": true, "style": true, "svg": true}
)

// tag blanks a tag of JSX, and the whole element where it is code.
func (m *masker) tag(i int) int {
	text := m.src.text
	head := jsxTag.Find(text[i:min(len(text), i+100)])
	after := i + len(head)
	if after >= len(text) || len(head) == 1 && text[after] != '>' || !bytes.ContainsAny(text[after:after+1], " \t\r\n/>") {
		return i + 1
	}
	end := closing(text, i, '>')
	if end < 0 {
		m.unclosed++
		return i + 1
	}
	name := string(bytes.TrimLeft(head, "</"))
	if keptTag[name] && !bytes.ContainsAny(text[i:end], "{") {
		return end
	}
	if codeTag[name] && head[1] != '/' && text[end-2] != '/' {
		n := bytes.Index(text[end:min(len(text), end+longestOpened)], []byte("</"+name+">"))
		if n >= 0 {
			end += n + len(name) + 3
		} else {
			m.unclosed++
		}
	}
	m.fill(i, end, nothing)
	return end
}
