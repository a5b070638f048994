package post

import (
	"bytes"
	"fmt"
	"sort"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"beleg/internal/cite"
)

// source is a file's text as UTF-8, with the way back to the file's bytes. spans is nil where the text is the file
// itself; else it covers the text without gaps, in the manner of cite.Run.
type source struct {
	text  []byte
	raw   []byte
	spans []cite.Run
}

// binaryShare is the share of control characters from which bytes are taken for something other than a text.
const binaryShare = 0.05

// byteOrderMarks are the first bytes of encodings that are recognised but not read.
var byteOrderMarks = []struct {
	mark []byte
	name string
}{
	{[]byte{0xFF, 0xFE, 0, 0}, "UTF-32"},
	{[]byte{0, 0, 0xFE, 0xFF}, "UTF-32"},
	{[]byte{0xFF, 0xFE}, "UTF-16"},
	{[]byte{0xFE, 0xFF}, "UTF-16"},
}

// decode reads raw as UTF-8. Bytes that are no UTF-8 are read as Windows-1252, of which Latin-1 is a part, or as the
// single-byte encoding given; control characters, NUL among them, are left out. Both give a warning that names the
// first line. Bytes that are no text at all give ErrNotText, texts in UTF-16 and UTF-32 ErrEncoding.
func decode(raw []byte, path string, cm *charmap.Charmap) (source, []string, error) {
	for _, m := range byteOrderMarks {
		if bytes.HasPrefix(raw, m.mark) {
			return source{}, nil, &Error{Path: path, Err: fmt.Errorf("%w: %s (save it as UTF-8)", ErrEncoding, m.name)}
		}
	}
	controls, first := countControls(raw)
	if float64(controls) > binaryShare*float64(len(raw)) {
		return source{}, nil, &Error{Path: path, Line: lineAt(raw, first),
			Err: fmt.Errorf("%w: %d of %d bytes are control characters", ErrNotText, controls, len(raw))}
	}
	if controls == 0 && utf8.Valid(raw) {
		return withoutMark(raw), nil, nil
	}
	if cm == nil {
		cm = charmap.Windows1252
	}
	d := decoder{raw: raw, table: cm}
	d.run()
	var warnings []string
	if controls > 0 {
		warnings = append(warnings, fmt.Sprintf("%s%d control characters (NUL or the like) were left out, the first on this line",
			place(path, lineAt(raw, first)), controls))
	}
	if d.foreign > 0 {
		warnings = append(warnings, fmt.Sprintf("%snot UTF-8: %d bytes were read as %s, the first on this line",
			place(path, lineAt(raw, d.firstForeign)), d.foreign, cm.String()))
	}
	return source{text: d.text, raw: raw, spans: d.spans}, warnings, nil
}

// withoutMark is a source of valid UTF-8 without its byte order mark.
func withoutMark(raw []byte) source {
	const mark = "\uFEFF"
	if !bytes.HasPrefix(raw, []byte(mark)) {
		return source{text: raw, raw: raw}
	}
	n := len(raw) - len(mark)
	return source{text: raw[len(mark):], raw: raw, spans: []cite.Run{{Len: n, Src: len(mark), SrcLen: n}}}
}

// control tells whether b is a control character that no text has.
func control(b byte) bool {
	return b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' || b == 0x7F
}

func countControls(raw []byte) (n, first int) {
	for i, b := range raw {
		if control(b) {
			if n == 0 {
				first = i
			}
			n++
		}
	}
	return n, first
}

// decoder builds a text and its spans from bytes that are not plain UTF-8.
type decoder struct {
	raw   []byte
	table *charmap.Charmap

	text         []byte
	spans        []cite.Run
	foreign      int
	firstForeign int
}

func (d *decoder) run() {
	d.text = make([]byte, 0, len(d.raw)+len(d.raw)/8)
	for i := 0; i < len(d.raw); {
		b := d.raw[i]
		if control(b) {
			i++
			continue
		}
		r, n := utf8.DecodeRune(d.raw[i:])
		if r == '\uFEFF' && i == 0 {
			i += n
			continue
		}
		if r != utf8.RuneError || n > 1 {
			d.same(i, n)
			i += n
			continue
		}
		if d.foreign == 0 {
			d.firstForeign = i
		}
		d.foreign++
		if r := d.table.DecodeByte(b); !unicode.IsControl(r) && r != utf8.RuneError {
			d.spans = append(d.spans, cite.Run{At: len(d.text), Len: utf8.RuneLen(r), Src: i, SrcLen: 1})
			d.text = utf8.AppendRune(d.text, r)
		}
		i++
	}
}

// same takes n bytes over as they are.
func (d *decoder) same(at, n int) {
	d.spans = appendRun(d.spans, cite.Run{At: len(d.text), Len: n, Src: at, SrcLen: n})
	d.text = append(d.text, d.raw[at:at+n]...)
}

// appendRun adds a run, joined to the last one where both are one stretch of equal bytes.
func appendRun(runs []cite.Run, r cite.Run) []cite.Run {
	if n := len(runs); n > 0 && r.Len == r.SrcLen {
		l := &runs[n-1]
		if l.Len == l.SrcLen && l.At+l.Len == r.At && l.Src+l.SrcLen == r.Src {
			l.Len += r.Len
			l.SrcLen += r.SrcLen
			return runs
		}
	}
	return append(runs, r)
}

// offset is the place in the file of byte at of the text; as an end it is where the byte before it ends.
func (s *source) offset(at int, end bool) int {
	if s.spans == nil {
		return min(max(at, 0), len(s.raw))
	}
	t := cite.Text{Runs: s.spans}
	if end {
		_, e := t.Source(0, at)
		return e
	}
	b, _ := t.Source(at, at)
	return b
}

// line is the line of the file that byte at of the text stands on.
func (s *source) line(at int) int { return lineAt(s.raw, s.offset(at, false)) }

// toFile turns runs that lead into the text into runs that lead into the file, counted from base.
func (s *source) toFile(runs []cite.Run, base int) []cite.Run {
	if s.spans == nil {
		for i := range runs {
			runs[i].Src -= base
		}
		return runs
	}
	out := make([]cite.Run, 0, len(runs))
	for _, r := range runs {
		out = s.split(out, r, base)
	}
	return out
}

// split cuts one run where the file's bytes change between equal and re-encoded ones.
func (s *source) split(out []cite.Run, r cite.Run, base int) []cite.Run {
	if r.Len != r.SrcLen {
		lo, hi := s.offset(r.Src, false), s.offset(r.Src+r.SrcLen, true)
		if hi-lo == r.Len { // would claim equal bytes
			return out
		}
		return append(out, cite.Run{At: r.At, Len: r.Len, Src: lo - base, SrcLen: hi - lo})
	}
	first := sort.Search(len(s.spans), func(i int) bool { return s.spans[i].At+s.spans[i].Len > r.Src })
	for _, p := range s.spans[first:] {
		lo, hi := max(p.At, r.Src), min(p.At+p.Len, r.Src+r.Len)
		if lo >= hi {
			break
		}
		part := cite.Run{At: r.At + lo - r.Src, Len: hi - lo, Src: p.Src - base, SrcLen: p.SrcLen}
		if p.Len == p.SrcLen {
			part.Src, part.SrcLen = p.Src+lo-p.At-base, hi-lo
		}
		out = appendRun(out, part)
	}
	return out
}
