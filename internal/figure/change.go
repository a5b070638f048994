package figure

import (
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// furthestEnd is how many tokens the two ends of a change lie apart at most.
const furthestEnd = 16

// readChanges finds the ends of changes, their amounts and directions, and numbers the relations from *relations on.
func (l *line) readChanges(amounts []amount, relations *int) {
	for i := range amounts {
		l.readEnds(amounts, i, relations)
	}
	for i := range amounts {
		if amounts[i].change == "" {
			l.readDirection(amounts, i)
		}
		l.relate(amounts, i, relations)
	}
}

// leadIn is the word before an amount, its qualifier skipped.
func (l *line) leadIn(a *amount) int {
	at := a.first - 1
	for range 4 {
		switch {
		case l.isSign(at, "~≈<>"), at >= 0 && l.tokens[at].putBack:
			at--
		case l.isKind(at, word) && l.tokens[at].entry != nil && len(l.tokens[at].entry.before) > 0 && !l.isWord(at, "um", "gegen"):
			c, ok := l.cueEnding(at)
			if !ok {
				return at
			}
			at -= 1 + len(c.rest)
		case l.isWord(at, "jährlich", "monatlich", "täglich", "geschätzte", "geschätzten", "voraussichtlich", "zuletzt", "pauschal", "the", "a", "an", "nur", "only", "just", "insgesamt", "heute", "einem", "einen", "einer", "das", "die", "den"):
			at--
		default:
			return at
		}
	}
	return at
}

// comparable tells whether two amounts can be the ends of one change.
func comparable(a, b *amount) bool {
	switch {
	case a.noun >= 0 && b.noun >= 0 && a.unit != b.unit: // of two things
		return false
	case a.kind == b.kind && (a.unit == b.unit || a.unit == "" || b.unit == ""):
		return true
	case a.kind == b.kind:
		return a.unit.Dimension() == b.unit.Dimension() || a.kind == cite.Count
	}
	return a.unit == "" && (a.kind == "" || a.kind == cite.Other || a.kind == cite.Count) || b.unit == "" && b.kind == ""
}

// readEnds makes amount i and the next one the ends of a change: "von A auf B", "from A to B", "A, ausgehend von B".
func (l *line) readEnds(amounts []amount, i int, relations *int) {
	a := &amounts[i]
	if i+1 >= len(amounts) || a.change != "" {
		return
	}
	for j := i + 1; j < min(len(amounts), i+3); j++ {
		b := &amounts[j]
		if b.first-a.last > furthestEnd || l.sentenceBetween(a.last, b.first) {
			return
		}
		from, to := l.leadIn(a), l.leadIn(b)
		switch {
		case l.isWord(from, "von", "vom", "from") && !l.isGrowthOf(from) && l.isWord(to, "auf", "to") && !l.isWord(to-1, "up"):
			l.join(a, b, cite.From, cite.To, relations)
		case l.isWord(from, "turned", "turn", "turns", "turning") && l.isWord(to, "into"):
			l.join(a, b, cite.From, cite.To, relations)
		case l.isWord(from, "to", "auf") && l.isWord(to, "from", "von") && to == a.after && comparable(a, b): // "down to 1.1x from 3.4x"
			l.join(b, a, cite.From, cite.To, relations)
		case l.isWord(to, "von") && l.isWord(to-1, "ausgehend"), l.isWord(to, "from") && l.isWord(to-1, "up", "down", "compared"), l.isWord(to, "against"), l.isWord(to, "with", "to") && l.isWord(to-1, "compared"):
			l.join(b, a, cite.From, cite.To, relations)
		case l.isWord(to, "gegenüber") && comparable(a, b) && b.kind != cite.Duration:
			l.join(b, a, cite.From, cite.To, relations)
		default:
			continue
		}
		return
	}
}

// isGrowthOf tells "ein Plus von 72 %" from "stieg von 72 %".
func (l *line) isGrowthOf(from int) bool {
	return l.lang == unit.German && from > 0 && l.tokens[from-1].capital && l.goes(from-1) != ""
}

// join makes two amounts the ends of one change; what only one of them says of the unit holds for both.
func (l *line) join(from, to *amount, f, t cite.Change, relations *int) {
	if !comparable(from, to) {
		return
	}
	shareScale(from, to)
	*relations++
	from.change, to.change = f, t
	from.relation, to.relation = *relations, *relations
	shareUnit(from, to)
	shareUnit(to, from)
}

// shareScale gives the first of "von 36 auf 60 Mio." the magnitude of the second.
func shareScale(from, to *amount) {
	if !from.isBare() || to.low.scale == 0 || to.low.inWords || from.noun >= 0 {
		return
	}
	const furthest = 20 // "von 500 auf 2 Millionen" begins at 500
	low := from.low
	low.scale = to.low.scale
	if c := unit.CommaDecimal; low.value(c).Cmp(to.low.value(c).Mul(unit.NewDecimal(furthest, 0))) < 0 {
		from.low = low
	}
}

// shareUnit gives a the unit of b where a has none.
func shareUnit(a, b *amount) {
	if a.unit != "" || b.unit == "" || a.kind == cite.Multiple {
		return
	}
	if a.kind == "" || a.kind == b.kind || a.kind == cite.Other || a.kind == cite.Count && a.noun < 0 {
		a.unit, a.kind = b.unit, b.kind
		a.inferred = append(a.inferred, "unit")
	}
}

// readDirection finds which way an amount changes something: "um 23 %", "ein Anstieg von 270 %", "up 207%", "20-30% slower".
func (l *line) readDirection(amounts []amount, i int) {
	a := &amounts[i]
	at := l.leadIn(a)
	if a.kind == cite.Duration && !l.isWord(at, "auf", "to") {
		return
	}
	switch {
	case l.isWord(at, "um") && l.isPurpose(a):
	case l.isWord(at, "um", "by"):
		a.change = l.directionNear(a, at)
		if a.change == "" {
			a.change = cite.By
		}
	case i > 0 && l.isWord(at, "or", "oder", "beziehungsweise") && amounts[i-1].change != "" && a.first-amounts[i-1].after <= 2: // "by 240 TWh, or 130 percent"
		a.change, a.relation = amounts[i-1].change, amounts[i-1].relation
	case l.isWord(at, "von", "of") && l.goes(at-1) != "":
		a.change = l.goes(at - 1)
	case l.isWord(at, "auf", "to") && (l.directionInClause(a, at) || l.followsGrowth(amounts, i, at)):
		a.change = cite.To
	case l.isAddition(a):
		a.change = cite.By
	case a.signed && a.low.negative:
		a.change = cite.Decline
	case a.signed:
		a.change = cite.Growth
	case a.per == cite.Compound:
		a.change = cite.Growth
	case a.kind == cite.Percent || a.kind == cite.Multiple:
		a.change = l.directionBeside(a, at)
	case l.isWord(at, "added", "adds", "add", "adding", "gained"):
		a.change = cite.Growth
	}
}

// directionBeside reads the word directly before or behind a share or factor: "up 207%", "13% less", "10-fache Senkung".
func (l *line) directionBeside(a *amount, at int) cite.Change {
	if l.isWord(at, "on", "off") { // "put on 33%"
		at--
	}
	if c := l.goes(at); c != "" && !l.isWord(at, "über", "mehr", "weniger", "above", "below", "over", "under", "plus", "minus") && !l.isWord(at-1, "make", "makes", "made", "making") {
		return c
	}
	for i := a.last + 1; i <= a.last+3 && !l.isClauseEnd(i); i++ {
		if l.isWord(i, "der", "des", "of", "to", "auf", "und", "and") {
			return ""
		}
		if a.kind == cite.Multiple && l.isWord(i, comparatives...) { // "10-mal schneller" compares
			return ""
		}
		if l.isWord(i, "plus", "minus", "up", "down") && (l.isKind(i+1, number) || l.isWord(i+1, "to")) { // "30 % plus 1 %", "5% up to 9x"
			return ""
		}
		if c := l.goes(i); c != "" {
			return c
		}
	}
	return ""
}

// followsGrowth tells whether only a comma stands between "to" at token at and a growth it is the end of: "fell 71%, to $11bn".
func (l *line) followsGrowth(amounts []amount, i, at int) bool {
	if i == 0 || !l.isSign(at-1, ",") || amounts[i-1].after != at-1 {
		return false
	}
	c := amounts[i-1].change
	return c == cite.Growth || c == cite.Decline || c == cite.By
}

// longestBracket is how many tokens the two parts of a separable verb lie apart at most.
const longestBracket = 24

// isAddition reads "kamen 60 Mrd. $ hinzu": an amount between the verb of coming and its particle.
func (l *line) isAddition(a *amount) bool {
	if l.lang != unit.German || !l.inBracket(a.after, "hinzu", "dazu") {
		return false
	}
	for i := a.first - 1; i >= max(0, a.first-longestBracket) && !l.isClauseEnd(i); i-- {
		if l.isWord(i, "kam", "kamen", "kommt", "kommen") {
			return true
		}
	}
	return false
}

// inBracket tells whether one of these particles ends the clause behind token i.
func (l *line) inBracket(i int, particles ...string) bool {
	for at := i; at < min(len(l.tokens), i+longestBracket) && !l.isSign(at, ",;:!?|") && !l.startsSentence(at); at++ { // "Mio." ends no clause
		if l.isWord(at, particles...) && (l.isClauseEnd(at+1) || l.isWord(at+1, "und")) {
			return true
		}
	}
	return false
}

// separableVerbs say a direction with their particle, which German puts at the end of the clause: "legte … zu".
var separableVerbs = []struct {
	forms    []string
	particle string
	change   cite.Change
}{
	{[]string{"legt", "legte", "legten", "legen", "nimmt", "nahm", "nahmen", "nehmen"}, "zu", cite.Growth},
	{[]string{"geht", "ging", "gingen", "gehen", "fällt", "fiel", "fielen"}, "zurück", cite.Decline},
	{[]string{"nimmt", "nahm", "nahmen", "nehmen"}, "ab", cite.Decline},
}

// bracketGoes is the direction of a separable verb at token i.
func (l *line) bracketGoes(i int) cite.Change {
	for _, v := range separableVerbs {
		if l.isWord(i, v.forms...) && l.inBracket(i+1, v.particle) {
			return v.change
		}
	}
	return ""
}

// isPurpose tells "um 3,5 Billionen zu erreichen" from "um 3,5 Billionen gestiegen".
func (l *line) isPurpose(a *amount) bool {
	for i := a.after; i <= a.after+2; i++ {
		if l.isWord(i, "zu") && l.isKind(i+1, word) && !l.tokens[i+1].capital {
			return true
		}
	}
	return false
}

// directionInClause tells whether a word of direction stands in the clause of the amount, not far from it.
func (l *line) directionInClause(a *amount, at int) bool {
	const near = 8
	for i := at - 1; i >= max(0, at-near) && !l.isClauseEnd(i) && !l.startsSentence(i+1); i-- {
		if l.goes(i) != "" && !l.isComparing(i) {
			return true
		}
	}
	for i := a.last + 1; i < min(len(l.tokens), a.last+near) && !l.isClauseEnd(i) && !l.startsSentence(i); i++ {
		if l.goes(i) != "" && !l.isComparing(i) {
			return true
		}
	}
	return false
}

// isComparing tells whether a word of direction only compares: "mehr als", "less than".
func (l *line) isComparing(i int) bool { return l.isWord(i+1, "als", "than") }

// goes is the direction that the word at token i says, by its lexicon entry or stem.
func (l *line) goes(i int) cite.Change {
	if !l.isKind(i, word) || l.isDash(i+1) && l.isGlued(i+1) && !l.tokens[i].capital { // "off-chain"
		return ""
	}
	switch r := l.lexicon.roleOf(l.of(i)); {
	case r&growing != 0 && r&shrinking == 0:
		return cite.Growth
	case r&shrinking != 0 && r&growing == 0:
		return cite.Decline
	}
	if l.lang == unit.German && l.tokens[i].capital {
		return l.headGoes(i)
	}
	if l.lang == unit.German {
		return l.bracketGoes(i)
	}
	return ""
}

// directionHeads are the last parts of German compounds that say a direction: "Effizienzsteigerung", "Kursverlust".
var directionHeads = []struct {
	ending string
	change cite.Change
}{
	{"wachstum", cite.Growth}, {"steigerung", cite.Growth}, {"steigerungen", cite.Growth}, {"anstieg", cite.Growth}, {"zuwachs", cite.Growth}, {"verbesserung", cite.Growth}, {"verbesserungen", cite.Growth}, {"kursgewinn", cite.Growth},
	{"senkung", cite.Decline}, {"senkungen", cite.Decline}, {"rückgang", cite.Decline}, {"reduktion", cite.Decline}, {"reduzierung", cite.Decline}, {"einsparung", cite.Decline}, {"einsparungen", cite.Decline}, {"kursverlust", cite.Decline}, {"wertverlust", cite.Decline}, {"einbruch", cite.Decline}, {"ersparnis", cite.Decline},
}

func (l *line) headGoes(i int) cite.Change {
	for _, h := range directionHeads {
		if endsInAny(l.of(i), []string{h.ending}) {
			return h.change
		}
	}
	return ""
}

// directionNear is the direction that the nearest word of the sentence says, on either side of the amount.
func (l *line) directionNear(a *amount, at int) cite.Change {
	const near = 14
	for d := 1; d <= near; d++ {
		if before := at - d; before >= 0 && !l.sentenceBetween(before, at) {
			if c := l.goes(before); c != "" && !l.isComparing(before) {
				return c
			}
		}
		if behind := a.last + d; behind < len(l.tokens) && !l.sentenceBetween(a.last, behind+1) {
			if c := l.goes(behind); c != "" && !l.isComparing(behind) {
				return c
			}
		}
	}
	return ""
}

// relate ties an amount to the one before it: the growth that follows the two ends of a change, the share that follows
// a sum in brackets.
func (l *line) relate(amounts []amount, i int, relations *int) {
	a := &amounts[i]
	if i == 0 || a.relation != 0 || a.kind != cite.Percent && a.kind != cite.Multiple {
		return
	}
	b := &amounts[i-1]
	if l.sentenceBetween(b.last, a.first) {
		return
	}
	isGrowth := (a.change == cite.Growth || a.change == cite.Decline) && b.relation != 0 && (b.change == cite.To || b.change == cite.From)
	isShare := a.kind == cite.Percent && a.change == "" && b.kind != cite.Percent && l.isSign(a.first-1, "(") && a.first-b.after <= 2 && l.isWord(a.after, "der", "des", "of")
	switch {
	case isGrowth:
		a.relation = b.relation
	case isShare:
		if b.relation == 0 {
			*relations++
			b.relation = *relations
		}
		a.relation = b.relation
	}
}
