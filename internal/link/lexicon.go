package link

import (
	"slices"
	"strings"
	"unicode/utf8"

	"beleg/internal/market"
)

// nameKind says what a name of the lexicon stands for.
type nameKind uint8

const (
	subjectName nameKind = iota // an alias of a subject
	shortName                   // a name that means its subject only beside an alias of it
	metricWord                  // a word that names a metric
	metricHint                  // a word that points to a metric where none is named
	noMetric                    // words that hold a metric's word without meaning it
	noSubject                   // words that hold a subject's name without meaning it
)

// name is one entry of the lexicon: its words, and what it stands for (an index into the catalogue's subjects or metrics).
type name struct {
	kind    nameKind
	of      int
	text    string // as the catalogue has it
	words   []string
	exact   []string // the words as written; those with a capital are matched in their own case
	proper  bool     // there is one such word
	inside  bool     // the first word may begin inside a token ("*umsatz")
	open    bool     // the last word may go on ("tokenisier*")
	gap     int      // other words may stand before words[gap]; 0 for none
	endings []string
}

// lexicon finds names in tokens. It is a trie over the bytes of names' first words; all that follows is compared.
type lexicon struct {
	nodes []node
	names []name
}

type node struct {
	next  map[byte]int32
	names []int32
}

// Endings that a name may take. Proper names take the genitive, words of the language any inflection.
var (
	properEndings = []string{"s", "es"}
	wordEndings   = []string{"s", "n", "e", "r", "m", "es", "en", "er", "em", "ern", "nen", "ing", "ed", "d"}
)

func newLexicon() *lexicon { return &lexicon{nodes: make([]node, 1)} }

// gapMark stands in a name for other words of the same sentence: "sammelte … ein", "markt … volumen".
const gapMark = "…"

// mostBetween is how many words a gap holds at most.
const mostBetween = 8

// add takes a name in. Asterisks at its ends open it: "*umsatz" ends a compound, "tokenisier*" begins one. A name
// with an upper-case letter is matched in its own case and takes a genitive only.
func (l *lexicon) add(kind nameKind, of int, text string) {
	n := name{kind: kind, of: of, text: strings.Trim(text, "*"), endings: wordEndings}
	n.inside, n.open = strings.HasPrefix(text, "*"), strings.HasSuffix(text, "*")
	for _, t := range tokenise(nil, text, 0, len(text)) {
		if at := strings.Index(text, gapMark); at >= 0 && at < t.start && n.gap == 0 {
			n.gap = len(n.words)
		}
		n.words = append(n.words, t.lower)
		n.exact = append(n.exact, text[t.start:t.end])
		n.proper = n.proper || text[t.start:t.end] != t.lower
	}
	if len(n.words) == 0 {
		return
	}
	if n.proper {
		n.endings = properEndings
	}
	l.names = append(l.names, n)
	l.insert(n.words[0], int32(len(l.names)-1))
}

func (l *lexicon) insert(word string, id int32) {
	at := int32(0)
	for i := range len(word) {
		next, ok := l.nodes[at].next[word[i]]
		if !ok {
			next = int32(len(l.nodes))
			l.nodes = append(l.nodes, node{})
			if l.nodes[at].next == nil {
				l.nodes[at].next = map[byte]int32{}
			}
			l.nodes[at].next[word[i]] = next
		}
		at = next
	}
	l.nodes[at].names = append(l.nodes[at].names, id)
}

// newCatalogueLexicon takes in all names and words of a catalogue.
func newCatalogueLexicon(subjects []market.Subject, metrics []market.Metric) *lexicon {
	l := newLexicon()
	for i, s := range subjects {
		for _, a := range s.Aliases {
			l.add(subjectName, i, a)
		}
		for _, a := range s.Short {
			l.add(shortName, i, a)
		}
	}
	for _, phrase := range nobody {
		l.add(noSubject, -1, phrase)
	}
	for _, phrase := range empty {
		l.add(noMetric, -1, phrase)
	}
	for i, m := range metrics {
		for _, w := range m.Words {
			l.add(metricWord, i, w)
		}
		for _, w := range m.Hints {
			l.add(metricHint, i, w)
		}
	}
	return l
}

// mention is a name found: tokens from to until (exclusive). A name with a gap has its second part at second, which is
// until for every other name.
type mention struct {
	name        *name
	from, until int
	second      int
}

// holds tells whether a token is one of the name's words and not one in its gap.
func (m mention) holds(i int) bool {
	return i >= m.from && i < m.until && (m.name.gap == 0 || i < m.from+m.name.gap || i >= m.second)
}

// covers tells whether the name's words include all of another's.
func (m mention) covers(n mention) bool {
	for i := n.from; i < n.until; i++ {
		if n.holds(i) && !m.holds(i) {
			return false
		}
	}
	return true
}

// find gives the mentions in tokens in text order. Where subjects' names overlap the longer one stands, as do metrics'
// words among themselves: "Helium Mobile" does not mention Helium, "tokenised treasuries" no real-world assets as such.
func (l *lexicon) find(content string, tokens []token) []mention {
	var found []mention
	for i := range tokens {
		if !tokens[i].figure {
			found = l.at(found, content, tokens, i)
		}
	}
	return longest(found)
}

// at appends the mentions that begin in token i.
func (l *lexicon) at(found []mention, content string, tokens []token, i int) []mention {
	word := tokens[i].lower
	for from := 0; from < len(word); from++ {
		if from > 0 && !utf8.RuneStart(word[from]) {
			continue
		}
		at := int32(0)
		for k := from; k < len(word); k++ {
			next, ok := l.nodes[at].next[word[k]]
			if !ok {
				break
			}
			at = next
			for _, id := range l.nodes[at].names {
				n := &l.names[id]
				if from > 0 && !n.inside {
					continue
				}
				if m, ok := n.match(content, tokens, i, word[k+1:]); ok {
					found = append(found, m)
				}
			}
		}
	}
	return found
}

// match compares a name whose first word has been found in token i, where rest is what follows it in the token.
func (n *name) match(content string, tokens []token, i int, rest string) (mention, bool) {
	last := len(n.words) - 1
	if !n.inside && !n.cased(content, &tokens[i], 0) || !n.ends(rest, last == 0) {
		return mention{}, false
	}
	if n.gap == 0 {
		return mention{n, i, i + last + 1, i + last + 1}, n.follows(content, tokens, 1, last, i+1)
	}
	if !n.follows(content, tokens, 1, n.gap-1, i+1) {
		return mention{}, false
	}
	for j := i + n.gap; j < min(len(tokens), i+n.gap+mostBetween) && tokens[j].sentence == tokens[i].sentence; j++ {
		if n.is(content, &tokens[j], n.gap) && n.follows(content, tokens, n.gap+1, last, j+1) {
			return mention{n, i, j + last - n.gap + 1, j}, true
		}
	}
	return mention{}, false
}

// follows tells whether words from to last of a name stand in the tokens from at on, one after the other.
func (n *name) follows(content string, tokens []token, from, last, at int) bool {
	for k := from; k <= last; k++ {
		j := at + k - from
		if j >= len(tokens) || !joined(content[tokens[j-1].end:tokens[j].start]) || !n.is(content, &tokens[j], k) {
			return false
		}
	}
	return true
}

// is tells whether a token is the k-th word of the name.
func (n *name) is(content string, t *token, k int) bool {
	if t.figure {
		return false
	}
	after, ok := strings.CutPrefix(t.lower, n.words[k])
	return ok && n.cased(content, t, k) && n.ends(after, k == len(n.words)-1)
}

// cased tells whether a token that holds the k-th word is written with the capitals that the name has.
func (n *name) cased(content string, t *token, k int) bool {
	return n.exact[k] == n.words[k] || strings.HasPrefix(content[t.start:t.end], n.exact[k])
}

// ends tells whether a word of the name may be followed by rest within its token.
func (n *name) ends(rest string, last bool) bool {
	switch {
	case rest == "" || last && n.open:
		return true
	case n.proper && !last:
		return false
	}
	return slices.Contains(n.endings, rest)
}

// longest drops mentions that lie inside a longer one of the same sort.
func longest(found []mention) []mention {
	out := found[:0:0]
	for i, m := range found {
		if !covered(m, found, i) {
			out = append(out, m)
		}
	}
	return out
}

func covered(m mention, found []mention, at int) bool {
	for i := at - 1; i >= 0 && found[i].from > m.from-maxWords-mostBetween; i-- {
		if longer(found[i], m) {
			return true
		}
	}
	for i := at + 1; i < len(found) && found[i].from < m.until; i++ {
		if longer(found[i], m) {
			return true
		}
	}
	return false
}

// maxWords is how many words back a longer name that covers another may begin.
const maxWords = 8

func longer(a, b mention) bool {
	if a.name.sort() != b.name.sort() || !a.covers(b) {
		return false
	}
	return len(a.name.words) > len(b.name.words) || len(a.name.text) > len(b.name.text)
}

// sort puts names into those of subjects and those of metrics, to which the empty phrases belong.
func (n *name) sort() nameKind {
	switch n.kind {
	case metricWord, metricHint, noMetric:
		return metricWord
	default:
		return subjectName
	}
}
