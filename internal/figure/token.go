package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/unit"
)

// tokenKind is what sort of characters a token is made of.
type tokenKind uint8

const (
	word   tokenKind = iota + 1 // letters
	number                      // digits with the separators inside them
	sign                        // one other character
	link                        // a URL or mail address that stands as text
)

// gap is what stands before a token.
type gap uint8

const (
	glued gap = iota // nothing
	tight            // a no-break or thin blank
	blank            // blanks, or the start of the line
	torn             // a glued run of TeX damage was cut out here
)

// token is a piece of a line. Offsets are bytes of the line.
type token struct {
	start, end int32
	sym        rune // of a sign
	kind       tokenKind
	gap        gap
	capital    bool   // a word that begins with a capital
	putBack    bool   // a dollar sign that damage had taken; it has no width
	entry      *entry // what the lexicon knows of a word, nil for nothing
}

// line is one stretch of running text: a paragraph, heading, list item or table row, or a part of a very long one.
type line struct {
	text      string
	base      int // byte of Content that text begins at
	lang      unit.Lang
	lexicon   *lexicon
	tokens    []token
	damage    []passage
	foreign   bool     // its numbers are written by the other language's convention
	sentences []int32  // tokens that sentences begin with
	columns   []column // of the table that the line is a row of, nil for none
	cells     int      // cell borders before byte counted
	counted   int
}

// tokenise cuts the line into tokens. Glued runs of damage are left out, the dollar signs they swallowed put back.
func (l *line) tokenise() {
	l.tokens = l.tokens[:0]
	at, before := 0, blank
	for _, p := range l.damage {
		before = l.scan(at, p.start, before)
		l.tokens = append(l.tokens, token{start: int32(p.source), end: int32(p.source), sym: '$', kind: sign, gap: before, putBack: true})
		l.scan(p.source, p.end, torn)
		before = glued
		if !p.open {
			l.tokens = append(l.tokens, token{start: int32(p.end), end: int32(p.end), sym: '$', kind: sign, gap: glued, putBack: true})
		}
		at = p.end
	}
	l.scan(at, len(l.text), before)
}

// scan appends the tokens of bytes at..end and tells what stands behind the last of them.
func (l *line) scan(at, end int, before gap) gap {
	for at < end {
		r, n := utf8.DecodeRuneInString(l.text[at:end])
		switch g := gapOf(r); {
		case g != glued:
			before = max(before, g)
			at += n
			continue
		case r == '\u200b' || r == '\u00ad' || r == '\ufeff':
			at += n
			continue
		}
		t := l.next(r, n, at, end, before)
		l.tokens = append(l.tokens, t)
		at, before = int(t.end), glued
	}
	return before
}

func gapOf(r rune) gap {
	switch r {
	case ' ', '\t', '\n', '\r', '\f', '\v':
		return blank
	case '\u00a0', '\u2009', '\u202f', '\u2007', '\u2002', '\u2003', '\u200a':
		return tight
	}
	return glued
}

// next is the token that begins with rune r of n bytes at byte at.
func (l *line) next(r rune, n, at, end int, before gap) token {
	t := token{start: int32(at), end: int32(at + n), gap: before, kind: sign, sym: r}
	switch {
	case r >= '0' && r <= '9':
		t.kind, t.sym = number, 0
		t.end = int32(numberEnd(l.text[:end], at))
		if at > 0 && (l.text[at-1] == '$' || strings.HasSuffix(l.text[:at], "€")) {
			t.end = int32(blankGroups(l.text[:end], at, int(t.end)))
		}
	case (r == '.' || r == ',') && before == blank && isDigitAt(l.text[:end], at+1):
		t.kind, t.sym = number, 0
		t.end = int32(numberEnd(l.text[:end], at+1))
	case unicode.IsLetter(r):
		t.kind, t.sym = word, 0
		t.end = int32(wordEnd(l.text[:end], at))
		if e := linkEnd(l.text[:end], at, int(t.end)); e > 0 {
			t.kind, t.end = link, int32(e)
			break
		}
		t.capital = unicode.IsUpper(r)
		t.entry = l.lexicon.find(l.text[at:t.end])
	}
	return t
}

func isDigitAt(s string, at int) bool { return at < len(s) && s[at] >= '0' && s[at] <= '9' }

// numberEnd is where the digits that begin at byte at end, separators and grouping blanks between them included.
func numberEnd(s string, at int) int {
	group := 0 // digits since the last separator
	for at < len(s) {
		switch c := s[at]; {
		case c >= '0' && c <= '9':
			at++
			group++
			continue
		case (c == '.' || c == ',') && isDigitAt(s, at+1):
			at++
			group = 0
			continue
		}
		if n := groupBehind(s, at); n > 0 && group <= 3 {
			at += n
			group = 3
			continue
		}
		return at
	}
	return at
}

// groupBehind is the length of a grouping character and exactly three digits at byte at, else 0.
func groupBehind(s string, at int) int {
	n := unit.GroupingBlank(s[at:])
	switch {
	case n > 0:
	case strings.HasPrefix(s[at:], "'"):
		n = len("'")
	case strings.HasPrefix(s[at:], "’"):
		n = len("’")
	default:
		return 0
	}
	for i := range 3 {
		if !isDigitAt(s, at+n+i) {
			return 0
		}
	}
	if isDigitAt(s, at+n+3) {
		return 0
	}
	return n + 3
}

// blankGroups goes on with groups of three digits behind plain blanks, which only a currency sign makes one number: "$5 000".
func blankGroups(s string, at, end int) int {
	if end-at > 3 {
		return end
	}
	for end+4 <= len(s) && s[end] == ' ' && isDigitAt(s, end+1) && isDigitAt(s, end+2) && isDigitAt(s, end+3) && !isDigitAt(s, end+4) {
		end += 4
	}
	return end
}

func wordEnd(s string, at int) int {
	for i, r := range s[at:] {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return at + i
		}
	}
	return len(s)
}

// linkEnd is where the URL ends whose first word is bytes at..end, 0 where it is none.
func linkEnd(s string, at, end int) int {
	first := s[at:end]
	isURL := strings.HasPrefix(s[end:], "://") || (first == "www" || first == "WWW") && strings.HasPrefix(s[end:], ".")
	if !isURL {
		return 0
	}
	stop := strings.IndexAny(s[end:], " \t\n\r<>\"“”„«»|")
	if stop < 0 {
		stop = len(s) - end
	}
	if close := strings.IndexAny(s[end:end+stop], ")]"); close >= 0 && !strings.ContainsAny(s[end:end+close], "([") {
		stop = close
	}
	return end + len(strings.TrimRight(s[end:end+stop], ".,;:!?'\u00a0"))
}

// of is the text of token i, "" outside the line.
func (l *line) of(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	t := l.tokens[i]
	return l.text[t.start:t.end]
}

// isWord tells whether token i is one of these words, in any case.
func (l *line) isWord(i int, words ...string) bool {
	if i < 0 || i >= len(l.tokens) || l.tokens[i].kind != word {
		return false
	}
	t := l.of(i)
	for _, w := range words {
		if len(w) == len(t) && strings.EqualFold(t, w) {
			return true
		}
	}
	return false
}

// isSign tells whether token i is one of these signs.
func (l *line) isSign(i int, signs string) bool {
	return i >= 0 && i < len(l.tokens) && l.tokens[i].kind == sign && strings.ContainsRune(signs, l.tokens[i].sym)
}

// isKind tells whether token i exists and is of that kind.
func (l *line) isKind(i int, k tokenKind) bool {
	return i >= 0 && i < len(l.tokens) && l.tokens[i].kind == k
}

// isGlued tells whether nothing stands between token i and the one before it.
func (l *line) isGlued(i int) bool {
	return i > 0 && i < len(l.tokens) && l.tokens[i].gap == glued
}

// has tells whether the lexicon knows token i in that role.
func (l *line) has(i int, r role) bool {
	return i >= 0 && i < len(l.tokens) && l.tokens[i].entry != nil && l.tokens[i].entry.role&r != 0
}

const dashes = "-‐‑–—−"

// isDash tells whether token i is a hyphen or dash of any length.
func (l *line) isDash(i int) bool { return l.isSign(i, dashes) }
