package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// What is of a whole industry has no name beside it: "the neoclouds took in 20 billion in 2025". Two amounts of one measure and
// one time are held against each other where both sentences say so of the same plural.

// shortestKin is how many bytes the word for an industry has at least; shorter ones are too common.
const shortestKin = 8

// noKin are plurals that own nothing: sources, units and those whom everything is about.
var noKin = strings.Fields("analysts investors estimates researchers according billions millions thousands companies networks protocols projects providers businesses transactions customers " +
	"analysten anleger anlegern investoren schätzungen schätzung angaben forscher forschern milliarden millionen tausende dollars kunden firmen unternehmens netzwerke protokolle projekte anbietern transaktionen berechnungen")

// kinOf are the stems of the nouns of a sentence that can own its amount; none where a name does, or the time is open.
func (m *mention) kinOf() []string {
	if m.who.explicit || !m.timed || m.thing == "" || m.of.unit.Dimension() != unit.Money || m.Cited.Figure.Kind == cite.Count {
		return nil
	}
	var kin []string
	for i, w := range m.p.words {
		if w.clause == m.p.clause && i < m.p.at && isPlural(w, m.Cited.Lang) && !namesAmount(m.p, i) {
			kin = append(kin, "kin:"+headOf(w.lower))
		}
	}
	return sortedSet(kin)
}

// isPlural tells whether a word is likely a noun in the plural that says of whom a sentence speaks.
func isPlural(w word, lang unit.Lang) bool {
	if len(w.lower) < shortestKin || isShortWord(w.lower) || isTimeWord(w.lower) || slices.Contains(everyone, w.lower) || slices.Contains(noKin, w.lower) {
		return false
	}
	if lang == unit.English {
		return strings.HasSuffix(w.lower, "s") && !strings.HasSuffix(w.lower, "ss")
	}
	return isCapital(w.as) && slices.ContainsFunc([]string{"e", "en", "n", "s", "er"}, func(e string) bool { return strings.HasSuffix(w.lower, e) })
}

// namesAmount tells whether a word is that of a measure.
func namesAmount(p *phrase, i int) bool {
	is := false
	amountWords.at(p, i, func(*measure, []string) { is = true })
	return is
}

// owners are the names, or the kin, under which a mention is found again.
func (m *mention) owners() []string { return append(slices.Clone(m.who.names), m.kin...) }
