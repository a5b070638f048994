package conflict

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// Names that the catalogue does not know. Within a sentence they are told by where they stand, which suffices not to take
// what is said of a stranger for what is said of the subject before him. Whom a post speaks of, its cast tells.

// openers are words that begin a sentence with a capital and name nobody.
var openers = strings.Fields("der die das dem den des ein eine einer einem einen eines dies diese dieser dieses diesem es er sie wir ich man ihr sein seine ihre in im auf mit bei beim von vom für nach seit über unter rund etwa " +
	"fast knapp mehr weniger bis ab zum zur zu am an aus durch während obwohl trotz doch aber und oder denn da weil wenn als wie was wer wo warum nur auch noch schon bereits heute derzeit aktuell " +
	"mittlerweile inzwischen insgesamt zusammen allein alleine hier dort so damit dabei dazu dafür dadurch danach zudem außerdem allerdings jedoch selbst alle viele einige mehrere jeder kein keine " +
	"the a an this that these those it its they their we he she his her our your you i in on at by for from to of with without about around over under some nearly almost more less fewer as after before since until while although " +
	"though but and or because if when where why what who how only also even still already today currently now meanwhile total together here there so thus then moreover however each every all many several most no not last " +
	"according across among between during despite yet both once unlike like such per")

// calendar are names of months and days.
var calendar = strings.Fields("januar februar märz april mai juni juli august september oktober november dezember january february march may june july october december " +
	"montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4 h1 h2")

// nameBefore are words that a name follows without an article.
var nameBefore = strings.Fields("von bei durch für laut of by at for from with")

// longestAcronym is how many capitals alone are taken for an abbreviation, not a name.
const longestAcronym = 5

// headlined is the share of capitalised words from which a sentence is taken for a headline, where capitals say nothing.
const headlined = 0.6

// strangers are the words of a sentence that name somebody whom the catalogue does not know.
func (x *nameIndex) strangers(p *phrase, lang unit.Lang) []word {
	known := x.known(p)
	headline := lang == unit.English && share(p.words) > headlined
	var found []word
	for i, w := range p.words {
		if known[i] || headline || !isCapital(w.as) || !x.isName(w) {
			continue
		}
		if lang == unit.English && i > 0 || namedAt(p, i) {
			found = append(found, w)
		}
	}
	return found
}

// isName tells whether a capitalised word can be a name at all.
func (x *nameIndex) isName(w word) bool {
	letters := strings.ToUpper(w.as) != w.as || len(w.as) > longestAcronym
	if !letters || len(w.as) < 3 || x.metric[w.lower] {
		return false
	}
	if _, counted := unit.LookupNoun(w.as); counted {
		return false
	}
	return !slices.Contains(openers, w.lower) && !slices.Contains(calendar, w.lower)
}

// namedAt tells whether a word stands where a name stands in either language: first in its sentence with a verb behind
// it or an owner's ending, directly before the figure, or behind a preposition without an article.
func namedAt(p *phrase, i int) bool {
	next := ""
	if i+1 < len(p.words) && p.at != i+1 {
		next = p.words[i+1].as
	}
	switch {
	case i == 0 && strings.HasSuffix(p.words[0].lower, "s") && next != "" && isCapital(next):
		return true
	case i == 0 && next == "s", i == p.at-1 && p.words[i].clause == p.clause && !slices.Contains(beforeNumbers, p.words[i].lower):
		return true
	case i == 0:
		return next != "" && unicode.IsLower(rune(next[0])) && !slices.Contains(joins, next)
	case slices.Contains(nameBefore, p.words[i-1].lower):
		return !strings.HasSuffix(p.words[i].lower, "n")
	}
	return false
}

// beforeNumbers are nouns that stand directly before numbers and name nobody.
var beforeNumbers = strings.Fields("anfang mitte ende stand platz version phase marke wert umfang betrag höhe summe jahr nummer series serie usd eur dollar mid end early late year number level")

// joins are words behind a noun that is no name: "Institutionen in", "Nutzer und".
var joins = strings.Fields("in im an am auf aus bei für mit und oder von zu zum zur of in on and or for to with")

// share is the part of the words that are capitalised.
func share(words []word) float64 {
	capitals := 0
	for _, w := range words {
		if isCapital(w.as) {
			capitals++
		}
	}
	return float64(capitals) / float64(max(len(words), 1))
}

// speaksOf tells whether the figure's clause, or the whole sentence where the clause names nobody, names a subject.
func (x *nameIndex) speaksOf(p *phrase, subject string, clauseOnly bool) bool {
	return slices.ContainsFunc(x.find(p), func(n named) bool {
		return n.id == subject && (!clauseOnly || p.words[n.from].clause == p.clause)
	})
}

// ofStranger tells whether a sentence gives its figure to somebody else than the claim's subject: it names another one,
// known or not, in the figure's clause, where the subject is not named, or names a stranger and the subject nowhere.
func (x *nameIndex) ofStranger(c *claim, p *phrase) bool {
	if strings.HasPrefix(c.of.subject, unnamed) || x.speaksOf(p, c.of.subject, true) {
		return false
	}
	anywhere := x.speaksOf(p, c.of.subject, false)
	if !anywhere && x.ofOther(c.of.subject, p) {
		return true
	}
	return slices.ContainsFunc(x.strangers(p, c.Cited.Lang), func(w word) bool { return !anywhere || w.clause == p.clause })
}

// ofOther tells whether the figure's clause names another subject that acts.
func (x *nameIndex) ofOther(subject string, p *phrase) bool {
	own := x.subject[subject]
	return slices.ContainsFunc(x.find(p), func(n named) bool {
		other := x.subject[n.id]
		acts := slices.Contains(parting, other.Kind) || other.Kind == market.KindAsset
		kin := slices.Contains(own.Within, n.id) || slices.Contains(other.Within, subject)
		return acts && !kin && n.id != subject && p.words[n.from].clause == p.clause && !x.reporting(p, n)
	})
}

// unnamed begins the subject of a claim about somebody whom the catalogue does not know.
const unnamed = "~"

// attributive tells whether a word makes a common noun of the next one: an article or, by its ending, an adjective.
func attributive(w string) bool {
	if slices.Contains(articleWords, w) {
		return true
	}
	for _, ending := range []string{"e", "en", "er", "es", "em"} {
		if strings.HasSuffix(w, ending) && len(w) > len(ending)+3 {
			return true
		}
	}
	return false
}

var articleWords = strings.Fields("der die das den dem des ein eine einen einem einer eines im am vom zum zur beim ins the a an its their this that our ihr ihre ihrem ihren sein seine seinem seinen dieses dieser diese diesem")

// metricBeside is the one metric, measured of such subjects, that a figure's noun or the words of its clause name; ""
// where none or several do. What is said of a market without another word is its size.
func (x *examination) metricBeside(f *cite.Figure, p *phrase, of market.SubjectKind) string {
	var clause []string
	for _, w := range p.words {
		if w.clause == p.clause {
			clause = append(clause, w.lower)
		}
	}
	text := " " + strings.Join(clause, " ") + " "
	found, size := "", ""
	for _, m := range x.Catalog.Metrics() {
		if n := natures[m.ID]; n == unfit || n == ofRound || !measures(&m, f) || of != "" && len(m.Of) > 0 && !slices.Contains(m.Of, of) {
			continue
		}
		in := func(w string) bool { return namesIt(text, w) }
		switch {
		case f.Unit.Dimension() == unit.Count, slices.ContainsFunc(m.Words, in):
			if found != "" {
				return ""
			}
			found = m.ID
		case natures[m.ID] == ofSize && slices.ContainsFunc(m.Hints, in):
			size = m.ID
		}
	}
	return cmp.Or(found, size)
}

// namesIt tells whether a text in words has a metric's word, with an ending.
func namesIt(text, w string) bool {
	if !strings.HasPrefix(w, "*") {
		w = " " + w
	}
	return strings.Contains(text, strings.Trim(w, "*"))
}
