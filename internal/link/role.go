package link

import (
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// mentionRole is what a name's surroundings make of it.
type mentionRole uint16

const (
	oblique   mentionRole = 1 << iota // a place, a means, a source, a standard of comparison
	modifier                          // part of a compound that names something else
	topic                             // opens its sentence with a colon
	owner                             // follows a metric: "market share of MetaMask"
	possessor                         // owns the name that follows
	informant                         // says or reckons what the sentence states
	listed                            // one of several names in a row
	predicate                         // says what another name is
	rival                             // compared with the figure: "faster than FHE"
	spent                             // used up by a figure before: what it counts in or is a share of
)

// aside is a name that is not whom its sentence is about.
const aside = oblique | modifier | possessor | informant | listed | predicate | rival | spent

// role reads the surroundings of the k-th mention.
func (l *Linker) role(s *scene, k int) mentionRole {
	m := s.mentions[k]
	r := s.roleBefore(m, l.subjects[m.name.of].Kind == market.KindCountry)
	if s.colonBehind(m) {
		r |= topic
	}
	if s.headsElsewhere(m) {
		r |= modifier
	}
	if s.reports(m) {
		r |= informant
	}
	if s.usedUp(m) {
		r |= spent
	}
	if next := k + s.sameplace(k, 1); next < len(s.mentions) {
		r |= s.roleBeside(m, s.mentions[next], true)
	}
	if prev := k - s.sameplace(k, -1); prev >= 0 {
		r |= s.roleBeside(s.mentions[prev], m, false)
	}
	return r
}

// sameplace is how many mentions further in a direction the next one stands that does not overlap the k-th: one
// alias may mean several subjects.
func (s *scene) sameplace(k, direction int) int {
	n := 1
	for i := k + direction; i >= 0 && i < len(s.mentions); i += direction {
		if s.mentions[i].from >= s.mentions[k].until || s.mentions[i].until <= s.mentions[k].from {
			break
		}
		n++
	}
	return n
}

// roleBefore reads the words before a name; located says that the name is a place.
func (s *scene) roleBefore(m mention, located bool) mentionRole {
	at := m.from - 1
	if at < 0 || s.tokens[at].sentence != s.tokens[m.from].sentence {
		return 0
	}
	if s.adjective(at) && at > 0 && s.tokens[at-1].sentence == s.tokens[at].sentence && (prepositions[s.tokens[at-1].lower] || articles[s.tokens[at-1].lower]) {
		at--
	}
	if articles[s.tokens[at].lower] && at > 0 {
		if s.wordAt[at-1] {
			return owner
		}
		at--
	}
	word := s.tokens[at].lower
	switch {
	case comparing[word], word == "zu" && at > 0 && s.tokens[at-1].lower == "vergleich", word == "to" && at > 0 && s.tokens[at-1].lower == "compared":
		return rival
	case located && word == "in":
		return oblique
	case (prepositions[word] || genitives[word]) && at > 0 && (s.wordAt[at-1] || changes[s.tokens[at-1].lower]):
		return owner
	case (word == "von" || word == "from") && at > 0 && (participles[s.tokens[at-1].lower] || s.figureAt[at-1] == cite.Money):
		return oblique
	case prepositions[word] && s.tokens[at].clause == s.tokens[m.from].clause:
		return oblique
	}
	return 0
}

// adjective tells whether a token may be an attribute of the name behind it: a word in lower case with an inflection.
func (s *scene) adjective(i int) bool {
	t := &s.tokens[i]
	if t.figure || s.content[t.start:t.end] != t.lower || prepositions[t.lower] || articles[t.lower] || conjunctions[t.lower] {
		return false
	}
	return strings.HasSuffix(t.lower, "en") || strings.HasSuffix(t.lower, "em") || strings.HasSuffix(t.lower, "er") || strings.HasSuffix(t.lower, "es")
}

// roleBeside reads what joins two neighbouring names a and b; of is a where left is set, else b.
func (s *scene) roleBeside(a, b mention, left bool) mentionRole {
	if a.until > b.from || s.tokens[a.from].sentence != s.tokens[b.from].sentence {
		return 0
	}
	gap := s.content[s.tokens[a.until-1].end:s.tokens[b.from].start]
	between := s.tokens[a.until:b.from]
	switch {
	case gap == ", " || len(between) == 1 && joining[between[0].lower] && !strings.ContainsAny(gap, ".;:()"):
		return listed
	case left && (len(between) == 0 || gap == "'s " || gap == "’s ") && !strings.Contains(gap, "-"):
		return possessor
	case !left && strings.HasPrefix(gap, ", ") && len(between) <= 5 && len(between) > 0 && articles[between[0].lower]:
		return predicate
	}
	return 0
}

// colonBehind tells whether a name opens its sentence as its topic: "Mesh: how …".
func (s *scene) colonBehind(m mention) bool {
	if m.until >= len(s.tokens) || s.tokens[m.from].sentence != s.tokens[m.until].sentence {
		return false
	}
	return strings.HasPrefix(s.content[s.tokens[m.until-1].end:s.tokens[m.until].start], ":")
}

// reports tells whether a name is the one who says so: "laut JPMorgan", "Binance Research says".
func (s *scene) reports(m mention) bool {
	const reach = 3
	sentence := s.tokens[m.from].sentence
	for i := m.until; i < min(m.until+reach, len(s.tokens)) && s.tokens[i].sentence == sentence; i++ {
		if reporting[s.tokens[i].lower] && s.tokens[i].clause-s.tokens[m.from].clause < stepMark {
			return true
		}
	}
	for i := m.from - 1; i >= max(m.from-2, 0) && s.tokens[i].sentence == sentence; i-- {
		if reporting[s.tokens[i].lower] {
			return true
		}
	}
	return false
}

// usedUp tells whether a name stands right behind a figure that it belongs to: "1 million ETH", "24 % of all Ethereum".
func (s *scene) usedUp(m mention) bool {
	for i := m.from - 1; i >= max(0, m.from-attachedWithin-1); i-- {
		if s.tokens[i].sentence != s.tokens[m.from].sentence || s.tokens[i].clause != s.tokens[m.from].clause {
			return false
		}
		switch s.figureAt[i] {
		case "":
		case cite.Count:
			return i == m.from-1
		case cite.Percent:
			return genitives[s.tokens[i+1].lower]
		default:
			return false
		}
	}
	return false
}

// headsElsewhere tells whether a name is the first part of a compound with a hyphen that names something else. A
// compound with a metric word or a noun for the whole ("DePIN projects", "DePIN sector") names the same.
func (s *scene) headsElsewhere(m mention) bool {
	last := m.until - 1
	if last+1 >= len(s.tokens) || s.tokens[last+1].figure {
		return false
	}
	gap := s.content[s.tokens[last].end:s.tokens[last+1].start]
	if gap != "-" && gap != "‑" && gap != "- " {
		return false
	}
	for i := last + 1; i < len(s.tokens) && i <= last+3; i++ {
		if s.metricAt[i] || isWhole(s.tokens[i].lower) {
			return false
		}
		if i+1 >= len(s.tokens) || s.content[s.tokens[i].end:s.tokens[i+1].start] != "-" {
			break
		}
	}
	return true
}

func isWhole(word string) bool {
	return slices.ContainsFunc(wholeNouns, func(n string) bool { return strings.HasPrefix(word, n) })
}

// together tells whether two sentences belong to one paragraph, or to one list with the paragraph that leads in to it.
func (s *scene) together(a, b int) bool { return s.sentences[a].group == s.sentences[b].group }

// anaphor strengthens whom a pronoun or a noun with an article in the figure's clause takes up.
func (l *Linker) anaphor(b best, s *scene, f *placed) {
	sen := s.sentences[f.sentence]
	for i := f.from - 1; i >= sen.from; i-- {
		word := s.tokens[i].lower
		switch {
		case s.nameAt[i]:
			return
		case i > sen.from && articles[s.tokens[i-1].lower]:
			if kinds := takesUp(word); kinds != nil {
				l.strengthen(b, l.antecedent(s, f, i, kinds))
				return
			}
		case pronouns[word] && i == sen.from && !plural[s.tokens[i+1].lower]:
			l.strengthen(b, l.antecedent(s, f, i, nil))
			return
		}
	}
}

// antecedent is the subject of those kinds that the text before token i was last about: the first name of a sentence
// that is no aside. A pronoun (no kinds) looks at the sentence before only.
func (l *Linker) antecedent(s *scene, f *placed, i int, kinds []market.SubjectKind) int {
	reach := l.cfg.Reach
	if kinds == nil {
		reach = 1
	}
	for at := f.sentence; at >= max(0, f.sentence-reach) && s.together(at, f.sentence); at-- {
		sen := s.sentences[at]
		for k := sen.subjects[0]; k < sen.subjects[1]; k++ {
			m := s.mentions[k]
			if m.until > i || s.roles[k]&aside != 0 {
				continue
			}
			if kinds == nil || slices.Contains(kinds, l.subjects[m.name.of].Kind) {
				return m.name.of
			}
		}
	}
	if kinds == nil {
		return -1
	}
	return l.mainOf(s, kinds)
}

// mainOf is the subject of those kinds that the post is most about.
func (l *Linker) mainOf(s *scene, kinds []market.SubjectKind) int {
	of := -1
	for i, w := range s.weight {
		if slices.Contains(kinds, l.subjects[i].Kind) && (of < 0 || w > s.weight[of] || w == s.weight[of] && i < of) {
			of = i
		}
	}
	return of
}

func takesUp(word string) []market.SubjectKind {
	for _, a := range anaphors {
		if strings.HasSuffix(word, a.noun) || strings.HasSuffix(word, a.noun+"s") {
			return a.kinds
		}
	}
	return nil
}

func (l *Linker) strengthen(b best, of int) {
	for i := range b {
		if b[i].of == of {
			b[i].score = math.Min(1, b[i].score+bonusAnaphor)
			b[i].why += ", taken up"
		}
	}
}
