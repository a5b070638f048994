package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// measure is a sort of amount with the words that name it in German and English. What follows it in a sentence needs no
// catalogue: two amounts by one of these names, of one owner and one time, are one amount.
type measure struct {
	name  string
	verb  bool // its words are verbs, which count only where no noun names a measure
	words [][]string
}

func measureOf(name string, verb bool, patterns string) measure {
	c := cueOf(inClause, setsAside, name, patterns)
	return measure{name: name, verb: verb, words: c.words}
}

// held is the measure of what somebody holds, or what lies with somebody.
const held = "held"

// measures are the amounts that posts give of companies, protocols and networks.
var amounts = []measure{
	measureOf("revenue", false, "*umsatz, *umsatzes, *umsätze, *umsätzen, *erlös, *erlöse, *erlösen, *einnahmen, revenue, revenues, turnover, sales, fee income, top line"),
	measureOf("revenue", true, "setzte … … um, setzten … … um, erlöste, erlösten, erwirtschaftete, nahm … ein, nahmen … ein, took in, takes in, grossed"),
	measureOf("profit", false, "*gewinn, *gewinns, *überschuss, profit, profits, net income, ebitda, *ergebnis"),
	measureOf("deficit", false, "nettoverlust, jahresverlust, fehlbetrag, net loss, annual loss, operating loss"),
	measureOf("valuation", false, "*bewertung, valuation, valuations"),
	measureOf("valuation", true, "bewertet, bewertete, bewerteten, valued, values, valuing"),
	measureOf("raised", false, "finanzierungsrunde, serie a, serie b, serie c, series a, series b, series c, seed runde, seed round"),
	measureOf("raised", true, "sammelte, sammelten, eingesammelt, einsammelte, raised, raises, collected, closed"),
	measureOf("loss", false, "*schaden, *hack, *exploit, *angriff, attack, theft, heist, beute"),
	measureOf("loss", true, "stole, stolen, gestohlen, stahlen, erbeutet, erbeuteten, entwendet, entwendeten, verlor, verloren, lost, drained, disappeared, vanished, verschwanden, verschwunden, abgeflossen"),
	measureOf("backlog", false, "*auftragsbestand, *auftragsbestands, auftragsbuch, backlog, order book"),
	measureOf("tvl", false, "tvl, total value locked, value locked, hinterlegter wert, hinterlegte wert"),
	measureOf("deposits", false, "*einlagen, deposits"),
	measureOf("assets", false, "aum, assets under management, under management, under … management, *fondsvermögen, verwaltetes vermögen"),
	measureOf("assets", true, "manages, managed, manage, verwaltet, verwaltete, verwalten"),
	measureOf(held, false, "*bestand, *bestands, *bestände, holdings, treasury"),
	measureOf(held, true, "hält, hielt, halten, hielten, held, holds, hold, holding, besitzt, besaß, owns, owned, liegen, lagen, verwahrt, verwahrte, führt"),
	measureOf("loans", false, "*kredite, *krediten, *kreditvolumen, loans, loan book"),
	measureOf("debt", false, "*schulden, *verbindlichkeiten, debt, debts"),
	measureOf("volume", false, "*volumen, *volumens, volume, volumes"),
	measureOf("market cap", false, "marktkapitalisierung, börsenkapitalisierung, kapitalisierung, börsenwert, börsenwerts, börsenwerte, market cap, market caps, market capitalisation, market capitalization"),
	measureOf("fees", false, "*gebühren, fees"),
	measureOf("costs", false, "*kosten, costs, *ausgaben, spending, expenses, *aufwand"),
	measureOf("investment", false, "*investitionen, capex, investment, investments"),
	measureOf("budget", false, "*budget, *haushalt"),
	measureOf("reserve", false, "*rücklage, *rücklagen, *reserve, *reserven, insurance fund, *fonds, reserves"),
	measureOf("open interest", false, "open interest, offene positionen"),
	measureOf("capacity", false, "*kapazität, capacity, anschlussleistung, *leistung"),
	measureOf("consumption", false, "*verbrauch, *verbrauchs, consumption"),
	measureOf("consumption", true, "verbrauchte, verbraucht, verbrauchten, verbrauchen, consumed, consumes, consume, drew, used"),
}

// ofEvents are measures of one-off events: what stands before their word tells of the event.
var ofEvents = []string{"raised", "valuation", "loss"}

// unmarked are further measures that what stands before their word does not narrow.
var unmarked = []string{"consumption", "assets", "tvl"}

// rates are endings of German words, and English words, that name a share of one sort. What such a word begins with, or
// what stands before it, belongs to its name.
var (
	germanRates  = []string{"quote", "rate", "rendite", "marge", "auslastung"}
	englishRates = strings.Fields("rate ratio margin yield utilisation utilization")
)

// noRates are such words that are stated of too many things.
var noRates = strings.Fields("wachstumsrate zuwachsrate steigerungsrate growth annual interest discount hit run accurate separate corporate")

// measured is the measure that a sentence gives its amount, with the words that narrow it.
type measured struct {
	name  string
	marks []string
}

// measureWord is a pattern of a measure.
type measureWord struct {
	of      *measure
	pattern []string
}

// wordIndex finds the patterns that a word can begin: by the word itself, and by its end.
type wordIndex struct {
	whole  map[string][]measureWord
	endsIn []measureWord
}

var amountWords = indexAmounts()

func indexAmounts() wordIndex {
	x := wordIndex{whole: map[string][]measureWord{}}
	for i := range amounts {
		for _, pattern := range amounts[i].words {
			w := measureWord{&amounts[i], pattern}
			if strings.HasPrefix(pattern[0], "*") {
				x.endsIn = append(x.endsIn, w)
			} else {
				x.whole[pattern[0]] = append(x.whole[pattern[0]], w)
			}
		}
	}
	return x
}

// at gives the measures that the word i of a sentence names, alone or with those behind it.
func (x *wordIndex) at(p *phrase, i int, take func(m *measure, pattern []string)) {
	try := func(w measureWord) {
		if n, ok := matches(p.words[i:], w.pattern); ok && n > 0 {
			take(w.of, w.pattern)
		}
	}
	for _, w := range x.whole[p.words[i].lower] {
		try(w)
	}
	for _, w := range x.endsIn {
		try(w)
	}
}

// tier is how good a place a measure's word stands in: the lower, the better.
type tier int

const (
	asNoun  tier = iota // a noun of the figure's clause
	asVerb              // a verb of that clause, or of a relative clause behind it
	asLead              // a noun of the clause before
	tiers               // how many there are
	nowhere = tiers
)

// tierOf is the place of the word i, as the word of a measure.
func tierOf(p *phrase, i int, verb bool) tier {
	switch clause := p.words[i].clause; {
	case clause == p.clause && verb, verb && clause == p.clause+1 && i > p.at && relativeBehind(p):
		return asVerb
	case clause == p.clause:
		return asNoun
	case !verb && i < p.at && p.clause-clause == 1:
		return asLead
	}
	return nowhere
}

// measureIn is the measure that the words around a figure name: the nearest of the best place.
func measureIn(p *phrase, f *cite.Figure) measured {
	if f.Unit.Dimension() == unit.Share {
		return rateIn(p)
	}
	var best [tiers]measured
	var distance [tiers]int
	for i := range p.words {
		amountWords.at(p, i, func(m *measure, pattern []string) {
			place, d := tierOf(p, i, m.verb), apartWords(p, i)
			if place == nowhere || best[place].name != "" && d >= distance[place] {
				return
			}
			best[place], distance[place] = measured{name: m.name}, d
			if !m.verb && !slices.Contains(ofEvents, m.name) && !slices.Contains(unmarked, m.name) {
				best[place].marks = marksBefore(p, i, pattern[0])
			}
		})
	}
	for _, m := range best {
		if m.name != "" {
			return m
		}
	}
	return measured{}
}

// relatives are the words that begin a relative clause.
var relatives = strings.Fields("die der das den dem which that who")

// relativeBehind tells whether a relative clause follows the figure's.
func relativeBehind(p *phrase) bool {
	for i := p.at; i < len(p.words); i++ {
		if p.words[i].clause != p.clause {
			return p.words[i].clause == p.clause+1 && slices.Contains(relatives, p.words[i].lower)
		}
	}
	return false
}

// rateIn is the share that the words around a figure name.
func rateIn(p *phrase) measured {
	best, distance := measured{}, len(p.words)+1
	for i, w := range p.words {
		name := rateAt(p, i)
		if d := apartWords(p, i); name != "" && w.clause == p.clause && d < distance {
			best, distance = measured{name: name}, d
		}
	}
	return best
}

// rateAt is the name of the share that a word is or ends; "" where it is none.
func rateAt(p *phrase, i int) string {
	w := p.words[i].lower
	if slices.Contains(noRates, w) {
		return ""
	}
	if isCapital(p.words[i].as) {
		for _, ending := range germanRates {
			if bare := strings.TrimSuffix(w, "n"); strings.HasSuffix(bare, ending) && (len(bare) > len(ending)+2 || bare == ending && len(ending) > 5) {
				return bare
			}
		}
	}
	if slices.Contains(englishRates, w) && i > 0 && !isShortWord(p.words[i-1].lower) && !slices.Contains(noRates, p.words[i-1].lower) {
		return p.words[i-1].lower + " " + w
	}
	return ""
}

// marksBefore are what a measure's word begins with, as part of a compound, and the adjective or noun before it.
func marksBefore(p *phrase, i int, pattern string) []string {
	var marks []string
	w := p.words[i].lower
	if bare, ok := strings.CutPrefix(pattern, "*"); ok && len(w) > len(bare) {
		marks = append(marks, strings.TrimSuffix(w[:len(w)-len(bare)], "s"))
	}
	if i > 0 && p.words[i-1].clause == p.words[i].clause && p.at != i {
		if prev := p.words[i-1]; !isShortWord(prev.lower) && !isCapital(prev.as) && !slices.Contains(indifferent, stem(prev.lower)) && !isVerbal(prev.lower) {
			marks = append(marks, stem(prev.lower))
		}
	}
	return sortedSet(marks)
}

// isShortWord tells whether a word is an article, a preposition or the like, or a number.
func isShortWord(w string) bool {
	return len(w) < 3 || slices.Contains(openers, w) || slices.Contains(articleWords, w) || slices.Contains(fillers, w) || slices.Contains(linkWords, w) || w[0] >= '0' && w[0] <= '9'
}

// linkWords are further words that narrow nothing.
var linkWords = strings.Fields("own eigene eigenen eigener whose deren dessen is are was were has had have ist sind war waren hat hatte betrug beträgt lag liegt which that who " +
	"reports reported made makes generated generates earned meldete erzielte machte einer einem current heutige heutigen jetzige total gesamte gesamten")

// isVerbal tells whether a word is likely a verb before its object.
func isVerbal(w string) bool {
	return strings.HasSuffix(w, "te") || strings.HasSuffix(w, "ten") || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing")
}
