package figure

import (
	"strings"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// lineState is what reading a line remembers from number to number.
type lineState struct {
	sentence int       // its first token
	label    int       // the token of the last number that was a name, -1 for none
	version  bool      // a version has been named in the sentence
	lastNoun unit.Unit // what the last count of the sentence, or the one before it, counted
	older    bool      // lastNoun comes from the sentence before
}

// enter begins the sentence that holds token i, if it is a new one.
func (s *lineState) enter(l *line, i int) {
	from, _ := l.sentenceOf(i)
	if from == s.sentence {
		return
	}
	s.sentence, s.label, s.version = from, -1, false
	if s.older {
		s.lastNoun = ""
	}
	s.older = true
}

// reading is what a line holds, in the order of the text.
type reading struct {
	amounts  []amount
	mentions []mention
	nothings []nothing
}

func (r *reading) reset() {
	r.amounts, r.mentions, r.nothings = r.amounts[:0], r.mentions[:0], r.nothings[:0]
}

// read finds the amounts of the line, the times it names, and the numbers that are neither.
func (l *line) read(out *reading, c *calendar) {
	out.reset()
	state := lineState{label: -1}
	floor := 0
	for i := 0; i < len(l.tokens); {
		next := i + 1
		switch l.tokens[i].kind {
		case link:
			if strings.ContainsAny(l.of(i), "0123456789") {
				out.nothings = append(out.nothings, nothing{i, i, whyURL})
			}
		case word:
			next = l.readWord(i, floor, out, &state, c)
		case number:
			next = l.readNumber(i, floor, out, &state)
		}
		if next > i+1 || l.tokens[i].kind == number {
			floor = next
		}
		i = next
	}
}

// readWord reads what begins at a word: a date, or a quantity in words. It gives the token to go on with.
func (l *line) readWord(i, floor int, out *reading, state *lineState, c *calendar) int {
	if l.mayDate(i) {
		if m, ok := l.mentionAt(i); ok {
			return l.note(m, out)
		}
		if m, ok := l.yearEnd(i, c); ok {
			return l.note(m, out)
		}
	}
	if l.maySpeak(i) {
		if a, ok := l.spokenAt(i, floor); ok {
			a.why = "number word"
			l.keep(a, out, state)
			return max(a.last, a.low.last) + 1
		}
	}
	return i + 1
}

func (l *line) note(m mention, out *reading) int {
	l.narrow(&m)
	out.mentions = append(out.mentions, m)
	return m.last + 1
}

// mayDate tells whether a date, quarter or half can begin at a word.
func (l *line) mayDate(i int) bool {
	if l.has(i, month) {
		return true
	}
	w := l.of(i)
	switch len(w) {
	case 1, 2:
		return l.isWord(i, "Q", "H", "HJ", "FY", "CY", "GJ")
	case 3, 4:
		return l.isWord(i, "end", "year")
	}
	if len(w) > 7 {
		return l.isWord(i, "Jahresende")
	}
	var buf [2 * longestWord]byte
	lower, ok := lowerInto(buf[:0], w)
	return ok && ordinals[string(lower)] > 0
}

// maySpeak tells whether a quantity in words can begin at a word. It is asked of every word, so it only looks closely
// at those that begin like a number.
func (l *line) maySpeak(i int) bool {
	if e := l.tokens[i].entry; e != nil {
		if l.lang == unit.German && l.isWord(i, "jeder", "jede", "jedes", "jedem", "jeden") {
			return true
		}
		if e.role&article != 0 || l.lang == unit.German && l.isWord(i, "die", "der") {
			return l.articleSpeaks(i)
		}
		return e.role&numbering != 0
	}
	w := l.of(i)
	switch {
	case len(w) < 5:
		return false
	case l.lang == unit.English:
		return strings.HasSuffix(w, "fold") || l.isMultiplier(i)
	}
	return beginsLikeNumber(w) || l.isMultiplier(i)
}

// articleSpeaks tells whether an article can begin a quantity: "ein Viertel", "a million", "unter einer Sekunde".
func (l *line) articleSpeaks(i int) bool {
	if l.has(i+1, numbering) || l.isWord(i+1, "andere", "anderen", "von", "unter") || l.lang == unit.English && l.isArticleOne(i) {
		return true
	}
	if _, ok := l.spokenScale(i + 1); ok {
		return true
	}
	if u, ok := unit.LookupMeasure(l.of(i + 1)); ok && l.lang == unit.German && u.Dimension() == unit.Share {
		return true
	}
	return i > 0 && l.tokens[i-1].entry != nil && len(l.tokens[i-1].entry.before) > 0
}

// numberBeginnings are the first three letters of German number words.
var numberBeginnings = map[string]bool{
	"ein": true, "zwe": true, "zwö": true, "dre": true, "vie": true, "fün": true, "fue": true, "sec": true, "sie": true, "ach": true, "neu": true, "zeh": true, "elf": true,
	"hun": true, "tau": true, "zwa": true, "zwo": true,
}

func beginsLikeNumber(w string) bool {
	var buf [2 * longestWord]byte
	end := 3
	if w[2] >= utf8.RuneSelf {
		end = 4
	}
	lower, ok := lowerInto(buf[:0], w[:end])
	return ok && numberBeginnings[string(lower)]
}

func (l *line) isMultiplier(i int) bool {
	for _, m := range multipliers[l.lang] {
		if beginsWith(l.of(i), m.stem) {
			return true
		}
	}
	return false
}

// beginsWith tells whether a word begins so, in any case.
func beginsWith(word, beginning string) bool {
	return len(word) >= len(beginning) && strings.EqualFold(word[:len(beginning)], beginning)
}

// readNumber reads what begins at a number in digits. It gives the token to go on with.
func (l *line) readNumber(i, floor int, out *reading, state *lineState) int {
	state.enter(l, i)
	if n, ok := l.excluded(i, exclusions); ok {
		return l.exclude(n, out, state)
	}
	if m, ok := l.mentionAt(i); ok {
		return l.note(m, out)
	}
	if n, ok := l.excluded(i, lateExclusions); ok {
		return l.exclude(n, out, state)
	}
	a, ok := l.amountAt(i, floor)
	if !ok {
		return l.exclude(nothing{i, i, whyIdentifier}, out, state)
	}
	a.why = "number"
	if c, ok := l.columnAt(a.first, a.last); ok && (c.ordinal || l.fitColumn(&a, c)) {
		if c.ordinal {
			return l.exclude(nothing{i, a.last, whyOrdinal}, out, state)
		}
		l.keep(a, out, state)
		return max(a.last, i) + 1
	}
	l.extend(&a, floor)
	if a.isBare() && a.high == nil {
		if l.readListed(&a) {
			l.keep(a, out, state)
			return max(a.last, i) + 1
		}
		if why := l.judgeBare(&a, state); why != "" {
			state.version = state.version || why == whyVersion
			return l.exclude(nothing{i, a.last, why}, out, state)
		}
	}
	if a.kind == "" {
		l.countNoun(&a)
	}
	if a.kind == "" && l.isFactor(&a) {
		a.kind = cite.Multiple
	}
	if a.kind == "" && a.isBare() && a.high != nil && !l.isBareRange(&a) {
		return l.exclude(nothing{i, a.last, whyBare}, out, state)
	}
	l.keep(a, out, state)
	return max(a.last, i) + 1
}

// isFactor tells whether the word for it makes a number a factor: "Faktor 40", "a factor of more than 90".
func (l *line) isFactor(a *amount) bool {
	if a.unit != "" || a.high != nil || a.noun >= 0 {
		return false
	}
	at := l.leadIn(a)
	if l.isWord(at, "von", "of") {
		at--
	}
	return l.isWord(at, "Faktor", "factor")
}

// isBareRange tells whether a range without a unit is a quantity: it is bounded or stands where only one can.
func (l *line) isBareRange(a *amount) bool {
	return l.isBounded(a) || l.isWord(a.first-1, "von", "auf", "um", "zwischen", "between", "of", "from", "to", "versus", "vs", "against", "gegenüber", "than", "als", "statt") || a.low.digits.Grouped() || a.high.digits.Grouped()
}

func (l *line) exclude(n nothing, out *reading, state *lineState) int {
	out.nothings = append(out.nothings, n)
	if n.why == whyOrdinal || n.why == whyIdentifier || n.why == whyVersion {
		state.label = n.last
	}
	if n.why == whyVersion {
		state.version = true
	}
	return n.last + 1
}

func (l *line) keep(a amount, out *reading, state *lineState) {
	if a.kind == cite.Count && a.unit != "" {
		state.lastNoun, state.older = a.unit, false
	}
	if a.after <= a.last {
		a.after = a.last + 1
	}
	state.label = -1
	out.amounts = append(out.amounts, a)
}

// finish works out what the context says of the amounts, once all of the line are known.
func (l *line) finish(r *reading, c *calendar, relations *int) {
	l.weighSeparators(r.amounts)
	for i := range r.amounts {
		l.readQualifier(&r.amounts[i])
	}
	l.splitByDamage(r.amounts, relations)
	for i := range r.amounts {
		l.readPer(&r.amounts[i])
	}
	l.readChanges(r.amounts, relations)
	for i := range r.amounts {
		l.inferUnit(r.amounts, i)
	}
	l.readPeriods(r.amounts, r.mentions, c)
	l.readForecasts(r.amounts, c)
	l.carryPeriods(r.amounts, r.mentions)
}

// splitByDamage makes the two ends of a range that damage cut apart a lower and an upper bound of one relation.
func (l *line) splitByDamage(amounts []amount, relations *int) {
	for i := 0; i+1 < len(amounts); i++ {
		a, b := &amounts[i], &amounts[i+1]
		if a.high != nil || b.high != nil || !l.isWord(b.first-1, "und", "and") || b.first-a.last > 3 || !l.opensRange(a.first, 0) || l.isUndamaged(a.last, b.first) {
			continue
		}
		shareUnit(a, b)
		shareUnit(b, a)
		*relations++
		a.qualifier, b.qualifier = cite.AtLeast, cite.UpTo
		a.relation, b.relation = *relations, *relations
	}
}

// inferUnit completes an amount without a unit by its subject ("eine Bewertung von 7 Milliarden" is money) or by the
// amount before it, which it stands beside ("123 Kryptowährungen; Transak bietet 173 an").
func (l *line) inferUnit(amounts []amount, i int) {
	a := &amounts[i]
	if a.kind == cite.Money && a.unit == "" && i > 0 && amounts[i-1].kind == cite.Money { // "0,12 €, das sind 12 Cent"
		a.unit = amounts[i-1].unit
		a.inferred = append(a.inferred, "unit")
	}
	if a.kind != "" || a.unit != "" {
		return
	}
	if l.isPartOf(a) {
		l.inheritCount(amounts, i)
		return
	}
	if a.low.scale != 0 && l.namesMoney(a) {
		a.kind = cite.Money
		return
	}
	if i == 0 || l.sentencesBetween(amounts[i-1].last, a.first) > 1 {
		return
	}
	b := &amounts[i-1]
	alike := b.kind == cite.Count || b.kind == cite.Money && a.low.scale != 0 || a.high != nil && b.high != nil
	if alike && (a.low.scale == 0 || b.low.scale != 0) {
		a.kind, a.unit, a.unitText = b.kind, b.unit, b.unitText
		a.inferred = append(a.inferred, "unit")
	}
}

// inheritCount gives an amount the noun of the count shortly before it.
func (l *line) inheritCount(amounts []amount, i int) {
	const near = 3 // amounts
	a := &amounts[i]
	for k := i - 1; k >= max(0, i-near) && l.sentencesBetween(amounts[k].last, a.first) <= 1; k-- {
		if b := &amounts[k]; b.kind == cite.Count {
			a.kind, a.unit, a.unitText = b.kind, b.unit, b.unitText
			a.inferred = append(a.inferred, "unit")
			return
		}
	}
}

// isPartOf tells whether the amount counts some of what was counted before: "2 million of them".
func (l *line) isPartOf(a *amount) bool {
	return l.isWord(a.after, "of") && l.isWord(a.after+1, "them", "these", "those")
}

// namesMoney tells whether the clause speaks of something that is counted in money.
func (l *line) namesMoney(a *amount) bool {
	const near = 12
	for i := a.first - 1; i >= max(0, a.first-near) && !l.startsSentence(i+1); i-- {
		if m, ok := l.metricAt(i); ok {
			return m.money
		}
	}
	for i := a.last + 1; i < min(len(l.tokens), a.last+near/2) && !l.startsSentence(i); i++ {
		if m, ok := l.metricAt(i); ok {
			return m.money
		}
	}
	return false
}
