package report

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"
)

// page is a file with its lines.
type page struct {
	raw    []byte
	starts []int // of each line
}

func newPage(raw []byte) *page {
	p := &page{raw: raw, starts: []int{0}}
	for at := 0; ; {
		n := bytes.IndexByte(raw[at:], '\n')
		if n < 0 {
			return p
		}
		at += n + 1
		p.starts = append(p.starts, at)
	}
}

// position is a place in a file, both counted from 1; columns count characters.
type position struct{ line, column int }

// at is the place of a byte. Offsets outside the file are moved to its ends.
func (p *page) at(offset int) position {
	offset = min(max(offset, 0), len(p.raw))
	line := sort.SearchInts(p.starts, offset+1) - 1
	return position{line + 1, utf8.RuneCount(p.raw[p.starts[line]:offset]) + 1}
}

// line is the line that holds a byte, without its end: where it starts, and where it ends.
func (p *page) line(offset int) (start, end int) {
	n := p.at(offset).line
	start, end = p.starts[n-1], len(p.raw)
	if n < len(p.starts) {
		end = p.starts[n] - 1
	}
	if end > start && p.raw[end-1] == '\r' {
		end--
	}
	return start, end
}

// Characters of an excerpt: all of it, what stands before the marked place, and the marked place itself.
const (
	excerptWidth  = 92
	excerptBefore = 40
	excerptMarked = 60
)

// excerpt is a stretch of one line with the place that a finding speaks of.
type excerpt struct{ before, marked, after string }

// excerpt cuts the surroundings of bytes start to end out of their line. What lies on further lines is left out.
func (p *page) excerpt(start, end int) excerpt {
	start = min(max(start, 0), len(p.raw))
	from, to := p.line(start)
	end = min(max(end, start), max(to, start))
	before, marked, after := legible(p.raw[from:start]), legible(p.raw[start:end]), legible(p.raw[end:max(to, end)])
	e := excerpt{before: lastRunes(before, excerptBefore), marked: firstRunes(marked, excerptMarked)}
	if e.marked != marked {
		return e
	}
	room := excerptWidth - utf8.RuneCountInString(e.before) - utf8.RuneCountInString(e.marked)
	e.after = firstRunes(after, max(room, 0))
	return e
}

// legible is a text on one line that cannot write to a terminal as it likes.
func legible[T string | []byte](s T) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || isBidi(r):
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(string(s), string(utf8.RuneError)))
}

// isBidi tells whether a character changes the direction of the text behind it.
func isBidi(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

const ellipsis = "…"

// firstRunes is the beginning of s in at most n characters, an ellipsis among them where something is left out.
func firstRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count++; count >= n {
			return strings.TrimRight(s[:i], " ") + ellipsis
		}
	}
	return s
}

// lastRunes is the end of s in at most n characters.
func lastRunes(s string, n int) string {
	over := utf8.RuneCountInString(s) - n
	if over <= 0 {
		return strings.TrimLeft(s, " ")
	}
	for i := range s {
		if over--; over < -1 {
			return ellipsis + s[i:]
		}
	}
	return s
}
