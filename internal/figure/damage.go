package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Damage comes about where a page takes what stands between two dollar signs for TeX: the text of the formula
// appears first as typeset, glued together, and right behind it once more as its source. The glued run G is the
// source S without blanks, dashes and quotation marks, with accents as characters of their own ("u¨" for "ü"), and
// ends where S has a percent sign, which starts a comment. The dollar signs themselves are lost.
//
// In the text squeezed by the same rules G and S are therefore equal and adjacent: a square. G has none of the
// characters that squeezing changes and S has at least one, so the end of a stretch without them is a fixed point
// from which the square is found (Main and Lorentz 1984): period p makes a square where the text matches itself, p
// further left, for k bytes back and m bytes forward of that point with k+m ≥ p. Both lengths, for all p, are one
// Z-function each, so the search is linear in the text.

// passage is one damaged place of a line: bytes start to mid are the glued run, bytes source to end what was typeset.
type passage struct {
	start, mid, source, end int
	open                    bool // a percent sign swallowed the closing dollar sign: where it stood is not known
}

const (
	shortestGlued = 4  // bytes of a glued run; shorter ones repeat by chance
	digitNear     = 16 // squeezed bytes before a glued run in which a digit may stand, where the run has none
)

// accents are the letters that TeX splits, as base letter and accent.
var accents = map[rune]string{
	'ä': "a¨", 'ö': "o¨", 'ü': "u¨", 'Ä': "A¨", 'Ö': "O¨", 'Ü': "U¨", 'ë': "e¨", 'ï': "i¨",
	'é': "eˊ", 'á': "aˊ", 'í': "iˊ", 'ó': "oˊ", 'ú': "uˊ", 'è': "eˋ", 'à': "aˋ", 'ê': "e^", 'â': "a^", 'ô': "o^", 'ñ': "n~",
	'\'': "′",
}

// isDropped tells whether typesetting leaves the character out.
func isDropped(r rune) bool {
	switch r {
	case ' ', '\t', '\u00a0', '\u2009', '\u202f', '\u200b', '\u00ad',
		'-', '‐', '‑', '–', '—', '−', '"', '„', '“', '”', '‚', '‘', '’':
		return true
	}
	return false
}

// squeezed is a line as typesetting would leave it, with the way back to the line.
type squeezed struct {
	line   string
	text   []byte
	at     []int32 // byte of the line that the character of each byte starts at
	digits []int32 // digits before each byte
	marks  []int32 // places in text where a character was dropped, or inside which one was split; ascending
	before []int32 // marks before each byte
}

func (s *squeezed) read(line string) {
	s.text, s.at, s.digits, s.marks, s.before = s.text[:0], s.at[:0], s.digits[:0], s.marks[:0], s.before[:0]
	s.line = line
	digits := int32(0)
	for i := 0; i < len(line); {
		r, n := rune(line[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(line[i:])
		}
		written := line[i : i+n]
		switch {
		case isDropped(r):
			s.mark(len(s.text))
			i += n
			continue
		case r >= '0' && r <= '9':
			s.add(i, digits, written)
			digits++
		case r < utf8.RuneSelf && r != '\'':
			s.add(i, digits, written)
		default:
			split, ok := accents[r]
			if !ok {
				s.add(i, digits, written)
				break
			}
			s.add(i, digits, split[:1])
			s.mark(len(s.text))
			s.add(i, digits, split[1:])
		}
		i += n
	}
	s.mark(len(s.text))
	s.at = append(s.at, int32(len(line)))
	s.digits = append(s.digits, digits)
	s.before = append(s.before, int32(len(s.marks)))
}

func (s *squeezed) mark(at int) {
	if n := len(s.marks); n == 0 || int(s.marks[n-1]) != at {
		s.marks = append(s.marks, int32(at))
	}
}

func (s *squeezed) add(at int, digits int32, written string) {
	marks := int32(len(s.marks))
	for range len(written) {
		s.at, s.digits, s.before = append(s.at, int32(at)), append(s.digits, digits), append(s.before, marks)
	}
	s.text = append(s.text, written...)
}

// changed tells whether a character was dropped or split strictly inside bytes from..to.
func (s *squeezed) changed(from, to int) bool { return s.before[to-1] > s.before[from] }

// splits tells whether the byte lies inside a character of the line.
func (s *squeezed) splits(at int) bool { return at > 0 && s.at[at] == s.at[at-1] }

// digitIn tells whether there is a digit among bytes from..to.
func (s *squeezed) digitIn(from, to int) bool { return s.digits[to] > s.digits[from] }

// inWord tells whether the character of a byte continues a word of the line. A dollar sign stands between words: what
// begins or ends inside one repeats by chance ("a month on the").
func (s *squeezed) inWord(at int) bool {
	if at <= 0 || at >= len(s.text) {
		return false
	}
	to := int(s.at[at])
	before, _ := utf8.DecodeLastRuneInString(s.line[:to])
	next, _ := utf8.DecodeRuneInString(s.line[to:])
	return unicode.IsLetter(before) && unicode.IsLetter(next)
}

// damageFinder finds the damaged places of lines. It keeps its buffers from line to line.
type damageFinder struct {
	squeezed    squeezed
	text        []byte
	back, forth []int32
	found       []passage
}

// find gives the damaged places of a line, in order. The result is valid until the next call.
func (f *damageFinder) find(line string) []passage {
	f.found = f.found[:0]
	if !strings.ContainsAny(line, "0123456789") {
		return nil
	}
	s := &f.squeezed
	s.read(line)
	from := 0
	for _, m := range s.marks {
		to := int(m)
		if to-from >= shortestGlued && s.digitIn(max(0, from-digitNear), to) {
			if i, p, ok := f.square(from, to); ok {
				f.found = append(f.found, f.passage(line, i, p))
				to = i + 2*p
			}
		}
		from = max(from, to)
	}
	return f.found
}

// square finds the longest glued run in bytes from..to, behind which the first change of its source stands at to:
// where it begins, and its length.
func (f *damageFinder) square(from, to int) (i, p int, ok bool) {
	s := &f.squeezed
	n := to - from
	stretch, ahead := s.text[from:to], s.text[to:min(len(s.text), to+n)]
	f.text = append(append(f.text[:0], ahead...), stretch...)
	f.forth = zFunction(f.forth, f.text)
	f.text = f.text[:0]
	for k := n - 1; k >= 0; k-- {
		f.text = append(f.text, stretch[k])
	}
	f.back = zFunction(f.back, f.text)
	for p := n; p >= shortestGlued; p-- {
		forth := min(int(f.forth[len(ahead)+n-p]), len(ahead), p)
		back := 0
		if p < n {
			back = min(int(f.back[p]), n-p, p)
		}
		if back+forth < p {
			continue
		}
		i := to - p - back
		if !s.splits(i) && !s.splits(i+p) && !s.inWord(i) && !s.inWord(i+2*p) && s.changed(i+p, i+2*p) && s.digitIn(max(0, i-digitNear), i+p) {
			return i, p, true
		}
	}
	return 0, 0, false
}

// passage is the square of length p at squeezed byte i, in bytes of the line.
func (f *damageFinder) passage(line string, i, p int) passage {
	s := &f.squeezed
	characterEnd := func(last int) int {
		_, n := utf8.DecodeRuneInString(line[s.at[last]:])
		return int(s.at[last]) + n
	}
	g := passage{start: int(s.at[i]), mid: characterEnd(i + p - 1), end: characterEnd(i + 2*p - 1)}
	g.source = g.mid
	for g.source < g.end && line[g.source] == ' ' {
		g.source++
	}
	next := i + 2*p
	g.open = next < len(s.text) && s.text[next] == '%'
	return g
}

// zFunction gives for each byte how long the text matches its own beginning from there on (0 for the first byte).
func zFunction(z []int32, text []byte) []int32 {
	n := len(text)
	if cap(z) < n {
		z = make([]int32, n)
	}
	z = z[:n]
	clear(z)
	for i, l, r := 1, 0, 0; i < n; i++ {
		if i < r {
			z[i] = min(int32(r-i), z[i-l])
		}
		for i+int(z[i]) < n && text[z[i]] == text[i+int(z[i])] {
			z[i]++
		}
		if i+int(z[i]) > r {
			l, r = i, i+int(z[i])
		}
	}
	return z
}
