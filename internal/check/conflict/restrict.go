package conflict

import (
	"slices"
	"strings"
)

// What follows a counted noun may single out some of what is counted: "the 410 customers who signed in January", "die
// 800 Nutzer in Österreich". Then it does not refer back to all of them.

// narrowing are prepositions behind a noun that single some out, unless a time follows.
var narrowing = strings.Fields("in im aus auf mit ohne über unter für bei zwischen außerhalb innerhalb with without from over above below under on for between within outside across among")

// owners are the words for the post's subject in a relative clause, beside its names.
var owners = strings.Fields("it they we he she man wir sie er es the der die das den its their ihr sein this diese dieses")

// happenings are verbs of what befalls some of what is counted, not of having all of it.
var happenings = strings.Fields("left joined signed cancelled canceled responded answered participated surveyed interviewed polled asked gained added lost won hired fired opened closed failed passed applied " +
	"rejected survived switched migrated upgraded arrived returned replied complained sued affected hit hacked stolen sold bought buys buy sells hires shipped delivered ordered installed built launched tested planned promised needs wants " +
	"befragt befragte befragten teilnahmen teilgenommen verließen verlassen kündigten gekündigt hinzukamen dazukamen gewonnen gewann verloren verlor abwanderten wechselten gewechselt unterschrieben " +
	"entlassen eingestellt eröffnet eröffnete geschlossen schloss beantragt antworteten geantwortet abgelehnt geprüft ausgefallen betroffen betroffenen gestohlen verkauft verkaufte gekauft kaufte kamen gingen lieferte geliefert bestellte bestellt installierte installiert baute gebaut testete getestet plante braucht benötigt eröffnet verlor")

// idioms are words behind such a preposition that single nobody out: "in operation", "unter Vertrag".
var idioms = strings.Fields("betrieb vertrag bereit umlauf bestand total operation use books all circulation büchern bilanz summe insgesamt its their seinen ihren")

// toTime is how many words behind a preposition a time is looked for.
const toTime = 4

// singlesOut tells whether the words behind a counted noun speak of some only. With surely, a relative clause with the
// noun for its subject ("that use it") is not taken for one that does.
func (m *mention) singlesOut(surely bool) bool {
	if !m.isCount() || m.thing == heldTokens {
		return false
	}
	if !m.definite && m.happened() {
		return true
	}
	if len(m.tail) < 2 {
		return false
	}
	first, next := m.tail[0], m.tail[1]
	switch {
	case slices.ContainsFunc(m.tail, func(w string) bool { return slices.Contains(happenings, w) }):
		return true
	case slices.Contains(narrowing, first):
		return !isNumber(next) && !slices.Contains(idioms, next) && !slices.Contains(m.who.names, bareName(next)) && !slices.ContainsFunc(m.tail[1:min(len(m.tail), toTime+1)], isTimeWord)
	case slices.Contains(relatives, first):
		return !surely && !slices.Contains(owners, next) && !slices.Contains(m.who.names, bareName(next))
	}
	return strings.HasSuffix(first, "ed") && len(first) > 4
}

// happened tells whether a verb before a number makes an event of it: "it bought 40 batteries".
func (m *mention) happened() bool {
	for _, w := range m.p.words[max(0, m.p.at-nearby):m.p.at] {
		if w.clause == m.p.clause && slices.Contains(happenings, w.lower) {
			return true
		}
	}
	return false
}

// numberWords are the numbers that are written as words.
var numberWords = strings.Fields("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf two three four five six seven eight nine ten eleven twelve dozens dutzenden")

func isNumber(w string) bool { return w[0] >= '0' && w[0] <= '9' || slices.Contains(numberWords, w) }

func isTimeWord(w string) bool {
	_, part := partWords[w]
	return part || slices.Contains(calendar, w) || len(w) == 4 && isYear(w) || quarterWords[w] != 0
}

// sharesTail tells whether what follows a counted noun ("in the study") is what another sentence is about, too.
func (m *mention) sharesTail(o *mention) bool {
	if len(m.tail) == 0 || !slices.Contains(narrowing, m.tail[0]) {
		return false
	}
	for _, w := range m.tail[1:min(len(m.tail), toTime)] {
		if isShortWord(w) {
			continue
		}
		return slices.ContainsFunc(o.p.words, func(other word) bool { return other.lower == w })
	}
	return false
}
