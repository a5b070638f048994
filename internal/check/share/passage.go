package share

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A mark is what a token is.
type mark uint8

const (
	word mark = iota
	num
	comma
	semicolon
	colon
	opening // a bracket
	closing
	dash
	equals
	cell // the border of two cells of a table
)

// marks are the signs that are tokens; others are left out.
var marks = map[rune]mark{',': comma, ';': semicolon, ':': colon, '(': opening, '[': opening, ')': closing, ']': closing, '–': dash, '—': dash, '=': equals, '≈': equals, '|': cell, '\t': cell}

// A token is a word in lower case, a number or a sign.
type token struct {
	is   mark
	text string  // of a word
	num  *number // of a number
	big  bool    // a word that begins with a capital letter
}

// A passage is a sentence, or a row of a table, as tokens.
type passage struct {
	doc     *rule.Document
	lang    unit.Lang
	kind    cite.BlockKind
	block   int // -1 outside
	section int
	index   int // among the passages of the document
	start   int // where it begins and ends in the text
	end     int
	tokens  []token
	numbers []*number
}

// mostTokens is how long a passage may be; what is longer is a table that lost its rows, and is left alone.
const mostTokens = 400

// passagesOf splits a document into passages, those that hold a figure.
func passagesOf(d *rule.Document) []*passage {
	l := d.Lay()
	var passages []*passage
	for i := 0; i < len(l.Spots); {
		j := i + 1
		for j < len(l.Spots) && rule.SameSentence(&l.Spots[i], &l.Spots[j]) {
			j++
		}
		p := newPassage(d, l, l.Spots[i:j])
		if between := plainPassage(d, l, passages, p, l.Spots[i].Figure.Sentence[0]); between != nil {
			between.index = len(passages)
			passages = append(passages, between)
		}
		p.index, p.start, p.end = len(passages), l.Spots[i].Figure.Sentence[0], l.Spots[j-1].Figure.Sentence[1]
		passages = append(passages, p)
		i = j
	}
	return passages
}

// longestPlain is how long a sentence without figures may be for its numbers to be read, in bytes.
const longestPlain = 160

// plainPassage is the one sentence between two passages of a paragraph whose numbers are no figures: "Only 48 were."
// It is nil where there is none.
func plainPassage(d *rule.Document, l *rule.Layout, before []*passage, next *passage, to int) *passage {
	if len(before) == 0 || next.block < 0 || next.kind == cite.TableRow {
		return nil
	}
	last := before[len(before)-1]
	s := strings.TrimSpace(textOf(l, last.end, to))
	if last.block != next.block || len(s) > longestPlain || !strings.ContainsAny(s, "0123456789") || strings.ContainsAny(strings.TrimRight(s, ".!?"), "!?\n") || strings.Contains(s, ". ") {
		return nil
	}
	p := &passage{doc: d, lang: next.lang, kind: next.kind, block: next.block, section: next.section, start: last.end, end: to}
	p.words(s)
	if len(p.numbers) == 0 {
		return nil
	}
	return p
}

func newPassage(d *rule.Document, l *rule.Layout, spots []rule.Spot) *passage {
	t := &d.Post.Text
	p := &passage{doc: d, lang: d.Post.Lang, block: spots[0].Block, section: spots[0].Section}
	if p.block >= 0 {
		p.kind = t.Blocks[p.block].Kind
		if lang := t.Blocks[p.block].Lang; lang != "" {
			p.lang = lang
		}
	}
	at, to := spots[0].Figure.Sentence[0], spots[0].Figure.Sentence[1]
	for i := range spots {
		s := &spots[i]
		p.words(textOf(l, at, s.Figure.At))
		p.number(figureNumber(s.Cited, l.Text(s.Figure.AtEnd, max(to, s.Figure.AtEnd)), p.lang))
		at = s.Figure.AtEnd
	}
	p.words(textOf(l, at, to))
	if len(p.tokens) > mostTokens {
		p.tokens, p.numbers = nil, nil
	}
	return p
}

// textOf is a stretch of the text as it is written; "" where it does not lie inside.
func textOf(l *rule.Layout, from, to int) string {
	if from < 0 || to > len(l.Content) || from > to {
		return ""
	}
	return l.Content[from:to]
}

func (p *passage) number(n number) {
	n.in, n.token = p, len(p.tokens)
	p.numbers = append(p.numbers, &n)
	p.tokens = append(p.tokens, token{is: num, num: &n})
}

// words takes the text between two figures. Numbers in it are those that are no figures.
func (p *passage) words(s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch m, isMark := marks[r]; {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n = wordEnd(s[i:])
			p.word(strings.TrimRight(s[i:i+n], ".,'’-"))
		case r == '-' && (i == 0 || s[i-1] == ' ') && i+1 < len(s) && s[i+1] == ' ':
			p.tokens = append(p.tokens, token{is: dash})
		case isMark:
			p.tokens = append(p.tokens, token{is: m})
		}
		i += n
	}
}

// wordEnd is the length of the word that s begins with: letters, digits, and what may stand inside ("i.e", "on-chain",
// "1.386").
func wordEnd(s string) int {
	end := 0
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end = i + utf8.RuneLen(r)
		case strings.ContainsRune(".,'’-", r) && end == i:
		default:
			return end
		}
	}
	return end
}

func (p *passage) word(w string) {
	if n, ok := p.numeral(w); ok {
		p.number(n)
		return
	}
	first, _ := utf8.DecodeRuneInString(w)
	for piece := range strings.SplitSeq(strings.ToLower(w), ",") { // a comma without a blank behind it
		p.tokens = append(p.tokens, token{text: piece, big: unicode.IsUpper(first)})
	}
}

// Numbers of four digits between these are years.
const (
	firstYear = 1900
	lastYear  = 2100
)

// numeral reads a word as a number that is no figure. One is an article; what each of several has is no amount.
func (p *passage) numeral(w string) (number, bool) {
	if k := len(p.tokens); k > 0 && distributive.has(p.tokens[k-1].text) {
		return number{}, false
	}
	if d, ok := unit.ReadDigits(w); ok {
		if y := d.Int(); y >= firstYear && y <= lastYear {
			return number{}, false
		}
		c := p.lang.Convention()
		return plainNumber(w, d.Value(c, 0), d.Step(c, 0), math.Pow10(-d.Decimals(c))), true
	}
	v, ok := unit.Cardinal(w, p.lang)
	if !ok || v < 2 || vague.has(strings.ToLower(w)) || len(p.tokens) > 0 && articles.has(p.tokens[len(p.tokens)-1].text) {
		return number{}, false
	}
	return plainNumber(w, unit.NewDecimal(v, 0), unit.NewDecimal(1, 0), 1), true
}

// at is the token at an index; a sign that is no token's outside the passage.
func (p *passage) at(i int) token {
	if i < 0 || i >= len(p.tokens) {
		return token{is: outside}
	}
	return p.tokens[i]
}

// outside is what stands before and behind a passage.
const outside mark = 255

// spells tells whether the words of a cue stand at token i, and how many they are.
func (p *passage) spells(i int, cues []cue) (int, bool) {
	for _, c := range cues {
		if p.spell(i, c) {
			return len(c), true
		}
	}
	return 0, false
}

func (p *passage) spell(i int, c cue) bool {
	for k, w := range c {
		if t := p.at(i + k); t.is != word || t.text != w {
			return false
		}
	}
	return true
}

// mentions tells whether a token from from to below to is a word that the class takes.
func (p *passage) mentions(from, to int, c class) bool {
	for i := max(from, 0); i < min(to, len(p.tokens)); i++ {
		if t := &p.tokens[i]; t.is == word && c.takes(t.text) {
			return true
		}
	}
	return false
}
