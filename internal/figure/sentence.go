package figure

import (
	"sort"
	"strings"
)

// abbreviations end in a full stop that ends no sentence. Lower case, without the stop.
var abbreviations = map[string]bool{
	"z": true, "b": true, "u": true, "a": true, "d": true, "h": true, "bzw": true, "ca": true, "nr": true, "no": true, "dr": true, "prof": true, "st": true, "vs": true, "etc": true, "usw": true,
	"inc": true, "corp": true, "ltd": true, "co": true, "e": true, "g": true, "i": true, "mio": true, "mrd": true, "bio": true, "tsd": true, "inkl": true, "exkl": true, "vgl": true, "sog": true,
	"max": true, "min": true, "mind": true, "approx": true, "fig": true, "abb": true, "abs": true, "art": true, "jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true,
	"aug": true, "sep": true, "sept": true, "oct": true, "okt": true, "nov": true, "dec": true, "dez": true, "u.s": true, "s": true, "mr": true, "mrs": true, "ms": true, "p": true, "rs": true,
}

// findSentences notes the tokens that sentences begin with.
func (l *line) findSentences() {
	l.sentences = l.sentences[:0]
	for i := range l.tokens {
		if i == 0 || l.breaksBefore(i) {
			l.sentences = append(l.sentences, int32(i))
		}
	}
}

// mostClosers is how many quotation marks and brackets may stand between a full stop and the next sentence.
const mostClosers = 4

// breaksBefore tells whether a sentence ends before token i.
func (l *line) breaksBefore(i int) bool {
	if l.tokens[i].gap == glued {
		return false
	}
	end := i - 1
	for end > 2 && l.isSign(end, "]") && l.isKind(end-1, number) && l.isSign(end-2, "[") { // footnotes
		end -= 3
	}
	for n := 0; n < mostClosers && end > 0 && l.isSign(end, "\"“”’'»)]"); n++ {
		end--
	}
	if l.tokens[end].putBack {
		end--
	}
	if l.isSign(i-1, "•|") {
		return true
	}
	if !l.isSign(end, ".!?…") {
		return false
	}
	t := l.tokens[i]
	opens := t.kind == word && t.capital || t.kind == number || t.kind == sign && strings.ContainsRune("\"„“‚'([$€£•~", t.sym)
	if !opens {
		return false
	}
	if !l.isSign(end, ".") || !l.isGlued(end) {
		return true
	}
	return !l.isAbbreviated(end-1, i)
}

// isAbbreviated tells whether the full stop behind token i belongs to it rather than to the sentence.
func (l *line) isAbbreviated(i, next int) bool {
	switch {
	case l.isKind(i, word):
		if !abbreviations[strings.ToLower(l.of(i))] {
			return false
		}
		return !isAbbreviation(l.of(i)) || !l.has(next, function)
	case l.isKind(i, number): // "8. Januar", "3. Quartal", "1. Platz"
		return l.plain(i, 2) >= 0 && l.isKind(next, word) && (l.monthAt(next) > 0 || l.isWord(next, "Quartal", "Halbjahr"))
	}
	return false
}

// sentencesUpTo is how many sentences begin at or before token i.
func (l *line) sentencesUpTo(i int) int {
	return sort.Search(len(l.sentences), func(k int) bool { return int(l.sentences[k]) > i })
}

// startsSentence tells whether a sentence begins with token i.
func (l *line) startsSentence(i int) bool {
	k := l.sentencesUpTo(i)
	return k > 0 && int(l.sentences[k-1]) == i
}

// sentencesBetween is how many sentences begin behind token from, up to token to.
func (l *line) sentencesBetween(from, to int) int { return l.sentencesUpTo(to) - l.sentencesUpTo(from) }

// sentenceBetween tells whether a sentence ends between two tokens.
func (l *line) sentenceBetween(from, to int) bool { return l.sentencesBetween(from, to-1) > 0 }

// sentenceOf is the tokens of the sentence that holds token i.
func (l *line) sentenceOf(i int) (from, to int) {
	k := l.sentencesUpTo(i)
	to = len(l.tokens)
	if k < len(l.sentences) {
		to = int(l.sentences[k])
	}
	if k > 0 {
		from = int(l.sentences[k-1])
	}
	return from, to
}
