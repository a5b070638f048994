package conflict

import (
	"slices"
	"strings"

	"beleg/internal/unit"
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
	case slices.Contains(relatives, first) && slices.ContainsFunc(m.tail, isHaving):
		return false
	case slices.Contains(relatives, first):
		return !surely && !slices.Contains(owners, next) && !slices.Contains(m.who.names, bareName(next))
	}
	return strings.HasSuffix(first, "ed") && len(first) > 4
}

// having are verbs of somebody's having all of what is counted, or of there being so many.
var having = strings.Fields("has have had having counts counted count operates operated operate runs ran run employs employed serves served reaches reached comprises lists owns manages supports covers covered includes included with is are were was show shows boast boasts " +
	"hat haben hatte hatten zählt zählte zählen zählten betreibt betrieb betreiben betrieben beschäftigt beschäftigte beschäftigten bedient umfasst umfasste erreicht erreichte besteht bestand führt führte verwaltet unterhält mit bei gibt gab sind waren ist war vorweist vorweisen aufweist aufweisen steht stehen standen nutzt nutzen laufen liefen")

func isHaving(w string) bool { return slices.Contains(having, w) }

// hasThem tells whether a number is said to be how many somebody has: a definite one whose relative clause does not say
// otherwise, another one behind a verb of having.
func (m *mention) hasThem() bool {
	if m.definite {
		return len(m.tail) == 0 || !slices.Contains(relatives, m.tail[0]) || slices.ContainsFunc(m.tail, isHaving)
	}
	return slices.ContainsFunc(m.p.words[:m.p.at], func(w word) bool { return w.clause == m.p.clause && isHaving(w.lower) })
}

// tailSaid tells whether a word that says something behind a counted noun stands in another mention's sentence, too.
func (m *mention) tailSaid(o *mention) bool {
	return slices.ContainsFunc(m.tail, func(w string) bool {
		return len(w) > 3 && !isShortWord(w) && !isTimeWord(w) && !slices.Contains(m.who.names, bareName(w)) &&
			slices.ContainsFunc(o.p.words, func(other word) bool { return other.lower == w })
	})
}

// everyone are nouns behind "for" and "in" that narrow nothing: the post's subject, and where something is said.
var everyone = strings.Fields("company firm protocol network project provider business group year quarter month market example instance customers users while now time people unternehmen firma anbieter protokoll netz netzwerk projekt " +
	"jahr quartal monat zeit konzern gesellschaft bericht jahresbericht report letter interview statement mitteilung zahlen summe schnitt mittel average total end ende anfang beginn middle beginning addition ganzen gesamten übrigen case fall fact service " +
	"geschäftsjahr geschäftsjahres gesamtjahr kalenderjahr wirtschaftsjahr halbjahr schlussquartal jahresverlauf abgelaufenen vergangenen fiscal full calendar whole entire past last")

// purposes stand before what an amount is limited to: "for loans to start-ups".
var purposes = strings.Fields("for für")

// limitsOf are the nouns by which a mention's words narrow it, beside its own: behind "for", and behind "in" where that
// opens the sentence.
func (m *mention) limitsOf() []string {
	var limits []string
	p := m.p
	for i, w := range p.words {
		near := w.clause == p.clause || w.clause == p.clause+1 && relativeBehind(p)
		opens := i == 0 && slices.Contains(where, w.lower) && !slices.Contains(ofEvents, m.thing)
		if !opens && !(near && slices.Contains(purposes, w.lower)) {
			continue
		}
		if noun := m.nounBehind(i); noun != "" {
			limits = append(limits, noun)
		}
	}
	return limits
}

// toNoun is how many words behind a preposition its noun is looked for.
const toNoun = 4

// nounBehind is the stem of the noun that follows a preposition; "" where it is a time, a number, a name or says nothing.
func (m *mention) nounBehind(i int) string {
	for k := i + 1; k < min(len(m.p.words), i+1+toNoun) && m.p.words[k].clause == m.p.words[i].clause; k++ {
		w := m.p.words[k]
		switch {
		case k == m.p.at, isTimeWord(w.lower), isNumber(w.lower), slices.Contains(everyone, w.lower), slices.Contains(idioms, w.lower), slices.Contains(m.who.names, bareName(w.lower)):
			return ""
		case isShortWord(w.lower):
			continue
		case m.Cited.Lang == unit.English || isCapital(w.as):
			return headOf(w.lower)
		}
	}
	return ""
}

// narrowedAlike tells whether what narrows one of two mentions is a word of the other's sentence, too.
func narrowedAlike(a, b *mention) bool {
	return a.saysAll(b.limitsOf()) && b.saysAll(a.limitsOf())
}

func (m *mention) saysAll(stems []string) bool {
	for _, s := range stems {
		if !slices.ContainsFunc(m.p.words, func(w word) bool { return headOf(w.lower) == s }) {
			return false
		}
	}
	return true
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
