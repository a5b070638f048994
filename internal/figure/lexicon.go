package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// role is what a word can do in a sentence with numbers; a word may have several.
type role uint32

const (
	function   role = 1 << iota // article, preposition, conjunction, pronoun, auxiliary: ends a noun phrase
	article                     // a word that can stand for one ("ein", "a")
	dating                      // stands before a date ("im", "seit", "Jahr")
	month                       // a month
	labelling                   // the number behind it is a name ("Phase 1", "Layer 2")
	sizing                      // the number behind it is a value ("Faktor 10", "Score 700")
	product                     // what follows is a model or version ("RTX 4090", "Apache 2.0")
	growing                     // something becomes more
	shrinking                   // something becomes less
	foreseeing                  // what is said is a forecast, target or plan
	numbering                   // a number word, or part of one
	abstract                    // a noun that texts count without stating a figure ("drei Gründe")
)

// entry is what the lexicon knows of a word.
type entry struct {
	role   role
	month  int   // 1 to 12
	before []cue // phrases that end in this word and stand before a number
	behind []cue // phrases that begin with this word and stand behind a number
}

// cue is a phrase that says something of the number next to it.
type cue struct {
	rest      []string // the other words of the phrase, in order
	qualifier cite.Qualifier
	nearly    bool
	per       cite.Per
}

// lexicon is the words of one language.
type lexicon struct {
	lang  unit.Lang
	words map[string]*entry
	stems stems
}

// stems are beginnings of words that say a direction or a forecast, by role.
type stems struct {
	role     map[string]role
	min, max int // their lengths in bytes
}

// longestWord is how many bytes of a word are looked up; no longer one is in a lexicon.
const longestWord = 48

// find gives what the lexicon knows of a word, in any case, nil for nothing.
func (x *lexicon) find(word string) *entry {
	var buf [longestWord + utf8.UTFMax]byte
	lower, ok := lowerInto(buf[:0], word)
	if !ok {
		return nil
	}
	return x.words[string(lower)]
}

// roleOf is the role of a word by the lexicon or by its stem.
func (x *lexicon) roleOf(word string) role {
	var buf [longestWord + utf8.UTFMax]byte
	lower, ok := lowerInto(buf[:0], word)
	if !ok {
		return 0
	}
	var r role
	if e := x.words[string(lower)]; e != nil {
		r = e.role
	}
	for n := min(len(lower), x.stems.max); n >= x.stems.min; n-- {
		if s, ok := x.stems.role[string(lower[:n])]; ok {
			return r | s
		}
	}
	return r
}

func lowerInto(buf []byte, word string) ([]byte, bool) {
	if len(word) > longestWord {
		return nil, false
	}
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		buf = utf8.AppendRune(buf, unicode.ToLower(r))
		i += n
	}
	return buf, len(buf) <= longestWord
}

// vocabulary is the source of a lexicon: words by role, separated by blanks.
type vocabulary struct {
	lang       unit.Lang
	roles      map[role]string
	months     []string // January first, forms separated by blanks
	stems      map[role]string
	qualifiers []qualifierPhrase
	behind     []qualifierPhrase
	per        []perPhrase
}

type qualifierPhrase struct {
	qualifier cite.Qualifier
	nearly    bool
	phrases   string // separated by commas
}

type perPhrase struct {
	per     cite.Per
	phrases string // separated by commas
}

// compile turns a vocabulary into a lexicon.
func (v vocabulary) compile() *lexicon {
	x := &lexicon{lang: v.lang, words: map[string]*entry{}, stems: stems{role: map[string]role{}, min: longestWord}}
	for r, words := range v.roles {
		for _, w := range strings.Fields(words) {
			x.add(w).role |= r
		}
	}
	for m, forms := range v.months {
		for _, w := range strings.Fields(forms) {
			e := x.add(w)
			e.role |= month
			e.month = m + 1
		}
	}
	for r, words := range v.stems {
		for _, w := range strings.Fields(words) {
			x.stems.role[w] |= r
			x.stems.min, x.stems.max = min(x.stems.min, len(w)), max(x.stems.max, len(w))
		}
	}
	for _, q := range v.qualifiers {
		for _, p := range phrases(q.phrases) {
			e := x.add(p[len(p)-1])
			e.before = append(e.before, cue{rest: p[:len(p)-1], qualifier: q.qualifier, nearly: q.nearly})
		}
	}
	for _, q := range v.behind {
		for _, p := range phrases(q.phrases) {
			e := x.add(p[0])
			e.behind = append(e.behind, cue{rest: p[1:], qualifier: q.qualifier, nearly: q.nearly})
		}
	}
	for _, q := range v.per {
		for _, p := range phrases(q.phrases) {
			e := x.add(p[0])
			e.behind = append(e.behind, cue{rest: p[1:], per: q.per})
		}
	}
	return x
}

func (x *lexicon) add(word string) *entry {
	e := x.words[word]
	if e == nil {
		e = &entry{}
		x.words[word] = e
	}
	return e
}

func phrases(list string) [][]string {
	var out [][]string
	for p := range strings.SplitSeq(list, ",") {
		out = append(out, strings.Fields(p))
	}
	return out
}

// lexicons are the languages that figures are read in.
type lexicons struct{ german, english *lexicon }

func (x lexicons) of(l unit.Lang) *lexicon {
	if l == unit.English {
		return x.english
	}
	return x.german
}

// known are the compiled vocabularies. They are never written to.
var known = lexicons{german: germanVocabulary.compile(), english: englishVocabulary.compile()}
