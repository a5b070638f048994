package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// nameIndex finds the catalogue's subjects in a sentence, by the first word of their names.
type nameIndex struct {
	byFirst map[string][]subjectName
	subject map[string]market.Subject
	metric  map[string]bool // words that name metrics, lower case
}

type subjectName struct {
	words []string // as written
	id    string
}

func newNameIndex(subjects []market.Subject, metrics []market.Metric) *nameIndex {
	x := &nameIndex{byFirst: map[string][]subjectName{}, subject: make(map[string]market.Subject, len(subjects)), metric: map[string]bool{}}
	for _, m := range metrics {
		for _, name := range m.Words {
			for _, w := range strings.Fields(name) {
				x.metric[strings.Trim(w, "*")] = true
			}
		}
	}
	for _, s := range subjects {
		x.subject[s.ID] = s
		for _, alias := range slices.Concat(s.Aliases, s.Short) {
			x.add(s.ID, alias)
		}
	}
	for first := range x.byFirst {
		slices.SortFunc(x.byFirst[first], func(a, b subjectName) int { return len(b.words) - len(a.words) })
	}
	return x
}

func (x *nameIndex) add(id, alias string) {
	p := phraseOf(alias, len(alias), len(alias))
	if len(p.words) == 0 {
		return
	}
	n := subjectName{id: id, words: make([]string, len(p.words))}
	for i, w := range p.words {
		n.words[i] = w.as
	}
	first := strings.ToLower(n.words[0])
	x.byFirst[first] = append(x.byFirst[first], n)
}

// named is a subject's name in a sentence: words from to until.
type named struct {
	id          string
	from, until int
}

// find gives the names in a sentence, the longest where several begin with the same word.
func (x *nameIndex) find(p *phrase) []named {
	var found []named
	for i := 0; i < len(p.words); i++ {
		for _, n := range x.candidates(p.words[i].lower) {
			if n.is(p.words[i:]) {
				found = append(found, named{id: n.id, from: i, until: i + len(n.words)})
				i += len(n.words) - 1
				break
			}
		}
	}
	return found
}

// candidates are the names whose first word this may be, with or without the ending of a genitive.
func (x *nameIndex) candidates(lower string) []subjectName {
	if names := x.byFirst[lower]; names != nil {
		return names
	}
	return x.byFirst[strings.TrimSuffix(lower, "s")]
}

// is tells whether the words begin with the name. A name is written as in the catalogue, its first letter apart.
func (n *subjectName) is(words []word) bool {
	if len(words) < len(n.words) {
		return false
	}
	for i, w := range n.words {
		as := words[i].as
		if as != w && as != w+"s" && !strings.EqualFold(as, w) {
			return false
		}
		if isCapital(w) && !isCapital(as) {
			return false
		}
	}
	return true
}

// aggregates are the kinds of subjects that have parts which are subjects themselves: what is said of a sector "on
// Solana" is not said of the sector.
var aggregates = []market.SubjectKind{market.KindSector, market.KindTopic, market.KindAsset}

// parting are the kinds of subjects whose name beside a figure limits it to them.
var parting = []market.SubjectKind{market.KindChain, market.KindCountry, market.KindProtocol, market.KindCompany, market.KindNetwork}

// Words before a name.
var (
	locative = strings.Fields("auf in bei im on at within across innerhalb inside unter among für")
	listing  = strings.Fields("darunter including like wie etwa as z e von bis")
)

// limits are the other subjects that a figure about a subject is limited to.
func (x *nameIndex) limits(subject string, p *phrase) []string {
	var limits []string
	own := x.subject[subject]
	whole := slices.Contains(aggregates, own.Kind)
	for _, n := range x.find(p) {
		other := x.subject[n.id]
		switch {
		case n.id == subject, slices.Contains(own.Within, n.id), !slices.Contains(parting, other.Kind):
		case x.reporting(p, n), n.from > 0 && slices.Contains(listing, p.words[n.from-1].lower):
		case whole && p.words[n.from].clause == p.clause,
			slices.Contains(other.Within, subject) && p.words[n.from].clause == p.clause,
			x.located(p, n):
			limits = append(limits, "subject:"+n.id)
		}
	}
	return append(limits, x.places(p)...)
}

// mostQualities is how many words may stand between a figure and what it counts.
const mostQualities = 4

// qualities are the words between a figure and what it counts, or in one compound with it, that name neither the subject
// nor say that there are many: "30 Super-Validatoren" are not all validators.
func (x *nameIndex) qualities(c *claim, p *phrase) []string {
	f := &c.Cited.Figure
	if f.Kind != cite.Count {
		return nil
	}
	known := x.known(p)
	var found []string
	for i := p.at; i < min(p.at+mostQualities+1, len(p.words)); i++ {
		if isCounted(p.words[i], f.Unit) {
			return found
		}
		w := p.words[i].lower
		if !known[i] && len(w) > 2 && !slices.Contains(openers, w) && !slices.Contains(indifferent, stem(w)) {
			found = append(found, "quality:"+stem(w))
		}
	}
	return nil
}

// isCounted tells whether a word is the noun of a counted unit.
func isCounted(w word, of unit.Unit) bool {
	if noun, ok := unit.LookupNoun(w.as); ok {
		return noun == of
	}
	return unit.NounID(w.as, unit.German) == of || unit.NounID(w.as, unit.English) == of
}

// indifferent are adjectives, without their endings, that do not single out some of what is counted.
var indifferent = strings.Fields("verschieden unterschiedlich einzigartig global weltweit different various unique worldwide gesamt total krypto crypto blockchain web3 ausstehend outstanding ausgegeben issued dezentral decentralized decentralised us")

// stem is a German adjective without its ending.
func stem(w string) string {
	for _, ending := range []string{"en", "er", "es", "em", "e"} {
		if bare, ok := strings.CutSuffix(w, ending); ok && len(bare) > 3 {
			return bare
		}
	}
	return w
}

// places are names that the catalogue does not know and that say where.
func (x *nameIndex) places(p *phrase) []string {
	known := x.known(p)
	var places []string
	for i, w := range p.words {
		if known[i] || !isCapital(w.as) || !x.isName(w) || slices.Contains(noPlaces, w.lower) {
			continue
		}
		if x.located(p, named{from: i, until: i + 1}) {
			places = append(places, "place:"+w.lower)
		}
	}
	return places
}

// noPlaces are words behind a preposition that say how, not where.
var noPlaces = strings.Fields("höhe basis platz zusammenarbeit kombination bezug echtzeit zukunft summe betrieb prozent wert value total cash terms addition practice dollar us-dollar form zeiten folge rahmen jahr monat")

// known tells which words of a sentence belong to names of the catalogue.
func (x *nameIndex) known(p *phrase) []bool {
	known := make([]bool, len(p.words))
	for _, n := range x.find(p) {
		for i := n.from; i < n.until; i++ {
			known[i] = true
		}
	}
	return known
}

// reporting tells whether a name is that of who says so.
func (x *nameIndex) reporting(p *phrase, n named) bool {
	if n.until < len(p.words) && slices.Contains(reports, p.words[n.until].lower) {
		return true
	}
	for _, w := range p.words[max(0, n.from-2):n.from] {
		if slices.Contains(reported, w.lower) {
			return true
		}
	}
	return false
}

// located tells whether a name says where: behind the figure in its clause, or at the start of the sentence.
func (x *nameIndex) located(p *phrase, n named) bool {
	if n.from == 0 || !slices.Contains(locative, p.words[n.from-1].lower) {
		return false
	}
	return n.from == 1 || n.from >= p.at && p.words[n.from].clause == p.clause
}

// maxLabel is how many words a label of a list's entry has at most.
const maxLabel = 4

// commonLabels say nothing of what follows them.
var commonLabels = strings.Fields("zum vergleich fazit ergebnis die zahlen update stand hinweis kurz gesagt for comparison result the numbers note in short bottom line takeaway fakt tatsache fact")

// label is what an entry of a list or a row of a table is labelled with, "" where there is no label or it names the
// claim's own subject or metric: "Infrastrukturgebühr (1 %)", "Ethereum: 55 Mrd. $".
func (x *nameIndex) label(c *claim, metric *market.Metric) string {
	end := strings.IndexAny(c.Cited.Fragment[:c.Cited.FragmentAt], ":(\t")
	if end < 0 {
		return ""
	}
	p := phraseOf(c.Cited.Fragment[:end], end, end)
	if len(p.words) == 0 || len(p.words) > maxLabel || !isCapital(p.words[0].as) {
		return ""
	}
	text := strings.ToLower(strings.TrimSpace(c.Cited.Fragment[:end]))
	if namesMetric(metric, text) || !slices.ContainsFunc(p.words, func(w word) bool { return !slices.Contains(commonLabels, w.lower) }) {
		return ""
	}
	if slices.ContainsFunc(x.find(p), func(n named) bool { return n.id == c.of.subject }) {
		return ""
	}
	return text
}

func namesMetric(m *market.Metric, text string) bool {
	return slices.ContainsFunc(m.Words, func(w string) bool { return strings.Contains(text, strings.Trim(w, "*")) })
}

// calls tells whether one of some names, in lower case, is a word of a subject's names.
func (x *nameIndex) calls(subject string, names []string) bool {
	own := x.subject[subject]
	for _, alias := range slices.Concat(own.Aliases, own.Short) {
		for _, w := range phraseOf(alias, len(alias), len(alias)).words {
			if slices.Contains(names, bareName(w.lower)) {
				return true
			}
		}
	}
	return false
}
