package change

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordRun is the words of a stretch of lower-case text, in order. "," stands for whatever sets clauses and appositions
// apart, ";" for what ends them, "0" for a number in digits.
type wordRun []string

const (
	markApart  = ","
	markCloses = ";"
	anyDigits  = "0"
)

// wordsOf takes a text apart. Marks that set apart are kept once, signs of amounts are dropped.
func wordsOf(text string) wordRun {
	var p wordRun
	mark := func(m string) {
		if n := len(p); n > 0 && (p[n-1] == markApart || p[n-1] == markCloses) {
			if m == markCloses {
				p[n-1] = markCloses
			}
			return
		}
		p = append(p, m)
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n := wordLen(text[at:])
			p = append(p, wordOrNumber(text[at:at+n]))
			at += n
			continue
		}
		switch r {
		case ',', ':', '(', ')', '[', ']', '–', '—', '→', '=', '≈', '|', '\n':
			mark(markApart)
		case '-':
			if strings.HasSuffix(text[:at], " ") && strings.HasPrefix(text[at+1:], " ") {
				mark(markApart)
			}
		case ';', '!', '?', '•':
			mark(markCloses)
		}
		at += size
	}
	return p
}

// wordLen is the length of the word that text begins with; hyphens, apostrophes and the separators of numbers belong to it.
func wordLen(text string) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			next, _ := utf8.DecodeRuneInString(text[at+size:])
			inside := strings.ContainsRune("-'’.,/", r) && (unicode.IsLetter(next) || unicode.IsDigit(next))
			if !inside {
				break
			}
		}
		at += size
	}
	return at
}

func wordOrNumber(w string) string {
	if w[0] >= '0' && w[0] <= '9' {
		return anyDigits
	}
	return strings.ReplaceAll(w, "’", "'")
}

// parts cuts a phrase at its marks; there is one part more than marks.
func (p wordRun) parts() []wordRun {
	var parts []wordRun
	from := 0
	for i, w := range p {
		if w == markApart || w == markCloses {
			parts = append(parts, p[from:i])
			from = i + 1
		}
	}
	return append(parts, p[from:])
}

// first is the beginning of a phrase, of at most n words.
func (p wordRun) first(n int) wordRun { return p[:min(n, len(p))] }

// has tells whether one of the words stands in the phrase.
func (p wordRun) has(set wordSet) bool {
	for _, w := range p {
		if set.holds(w) {
			return true
		}
	}
	return false
}

// all tells whether nothing but words of these sets and marks stands in the phrase.
func (p wordRun) all(sets ...wordSet) bool {
	for _, w := range p {
		if w != markApart && !slices.ContainsFunc(sets, func(set wordSet) bool { return set.holds(w) }) {
			return false
		}
	}
	return true
}

// wordSet is words in lower case; one that ends in "*" is the beginning of words.
type wordSet struct {
	words map[string]bool
	stems []string
}

func newWordSet(lists ...string) wordSet {
	s := wordSet{words: map[string]bool{}}
	for _, list := range lists {
		for w := range strings.FieldsSeq(list) {
			if stem, ok := strings.CutSuffix(w, "*"); ok {
				s.stems = append(s.stems, stem)
				continue
			}
			s.words[w] = true
		}
	}
	return s
}

func (s wordSet) holds(w string) bool {
	if s.words[w] {
		return true
	}
	for _, stem := range s.stems {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return false
}
