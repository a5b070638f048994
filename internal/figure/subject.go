package figure

import (
	"cmp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// A metricWord is a word that says what a figure measures.
type metricWord struct {
	money bool // it is counted in money
}

// metricTable holds metric words by language; German ones also match as the last part of a compound.
type metricTable map[unit.Lang]map[string]metricWord

var metricWords = newMetricTable()

// metricSources are the metric words, in lower case, first those that are counted in money.
var metricSources = map[unit.Lang][2]string{
	unit.German: {
		`umsatz umsätze umsatzes jahresumsatz einnahmen einnahme erlös erlöse ertrag erträge gewinn gewinne verlust verluste marktkapitalisierung kapitalisierung bewertung bewertungen wert marktwert börsenwert
		tvl aum vermögen vermögenswerte vermögenswerten einlagen volumen handelsvolumen transaktionsvolumen zahlungsvolumen gebühr gebühren kosten ausgaben investition investitionen investitionsausgaben finanzierung finanzierungsrunde
		kapital preis preise kurs höchststand allzeithoch allzeittief budget markt marktes sektor sektors industrie zuflüsse abflüsse zufluss abfluss schulden kredit kredite reserven umlaufvermögen investitionssumme
		gesamtfinanzierung erstbewertung dividende miete prämie strafe bußgeld scheck runde listing börsengang debüt bruttoinlandsprodukt bip`,
		`nutzer nutzern kunden abonnenten teilnehmer anteil anteile marktanteil quote rate rendite renditen zins zinsen zinssatz inflation wachstum wachstumsrate angebot umlauf gesamtangebot menge zahl anzahl
		transaktionen durchsatz hashrate hash-rate schwierigkeit kapazität leistung strom strombedarf stromverbrauch energie energiebedarf verbrauch latenz geschwindigkeit auslastung projekte geräte gpus
		mitarbeiter arbeitsplätze länder institutionen validatoren knoten agenten apy apr cagr overhead trainingskosten effizienz genauigkeit stunden dauer speicher bandbreite vram`,
	},
	unit.English: {
		`revenue revenues sales income earnings profit profits loss losses valuation value capitalisation capitalization cap tvl aum assets deposits volume volumes fee fees cost costs spending expenses investment investments
		funding capital price prices market budget inflow inflows outflow outflows debt credit reserves backlog contract contracts bid dividend premium fine round listing treasuries worth capex gdp sector industry turnover`,
		`users customers subscribers share shares rate yield yields interest inflation growth supply circulation amount number transactions throughput hashrate difficulty capacity power electricity demand energy consumption
		latency speed utilisation utilization projects devices gpus employees jobs countries institutions validators nodes agents apy apr cagr overhead efficiency accuracy hours duration memory bandwidth pay wages`,
	},
}

func newMetricTable() metricTable {
	t := metricTable{}
	for lang, lists := range metricSources {
		t[lang] = map[string]metricWord{}
		for i, list := range lists {
			for _, w := range strings.Fields(list) {
				t[lang][w] = metricWord{money: i == 0}
			}
		}
	}
	return t
}

// shortestMetric is the least length in bytes of a metric word that ends a German compound.
const shortestMetric = 4

// metricAt tells whether token i is a metric word, also as the last part of a compound ("Gesamtmarktkapitalisierung").
func (l *line) metricAt(i int) (metricWord, bool) {
	if !l.isKind(i, word) {
		return metricWord{}, false
	}
	words := metricWords[l.lang]
	var buf [2 * longestWord]byte
	lower, ok := lowerInto(buf[:0], l.of(i))
	if !ok {
		return metricWord{}, false
	}
	if m, ok := words[string(lower)]; ok {
		return m, true
	}
	if l.lang == unit.German && l.tokens[i].capital {
		for k := 3; k <= len(lower)-shortestMetric; k++ {
			if m, ok := words[string(lower[k:])]; ok {
				return m, true
			}
		}
	}
	return metricWord{}, false
}

const (
	maxNouns   = 6 // candidate subjects of a figure
	maxMetrics = 4 // candidate metrics of a figure

	furthestPhrase = 24 // phrases of the sentence that are looked at on either side of a figure
)

// phrase is a run of tokens that names something.
type phrase struct {
	first, last int
	metric      bool
}

// namePhrases finds the noun phrases and metric words of a sentence.
func (l *line) namePhrases(from, to int, out []phrase) []phrase {
	for i := from; i < to; {
		switch {
		case !l.isKind(i, word):
			i++
		case l.isName(i, from):
			last := l.nameEnd(i, to)
			out = append(out, phrase{first: i, last: last})
			for k := i; k <= last; k++ {
				if _, ok := l.metricAt(k); ok {
					out = append(out, phrase{first: k, last: k, metric: true})
				}
			}
			i = last + 1
		default:
			if _, ok := l.metricAt(i); ok {
				out = append(out, phrase{first: i, last: i, metric: true})
			} else if l.lang == unit.English && l.isPlural(i) && !l.has(i, function) && l.isKnownNoun(i) {
				out = append(out, phrase{first: i, last: i})
			}
			i++
		}
	}
	return out
}

// isName tells whether token i can begin a name: a capitalised word that is no function word at a sentence's start.
func (l *line) isName(i, from int) bool {
	if !l.tokens[i].capital && !l.isLowerNoun(i) || l.has(i, function|month) {
		return false
	}
	_, isUnit := unit.LookupMeasure(l.of(i))
	_, isMoney := unit.LookupCurrency(l.of(i))
	_, isScale := l.spokenScale(i)
	return !isUnit && !isMoney && !isScale && (len(l.of(i)) > 1 || l.isGlued(i+1))
}

// nameEnd is the last token of the name that begins at token i: capitalised words in a row, compounds, glued digits.
func (l *line) nameEnd(i, to int) int {
	for i+1 < to {
		next := i + 1
		switch {
		case l.isKind(next, number) && l.isGlued(next), l.isKind(next, word) && l.isGlued(next):
			i = next
		case l.isSign(next, "-‐‑&.") && l.isGlued(next) && (l.isGlued(next+1) && next+1 < to && (l.isKind(next+1, word) || l.isKind(next+1, number))):
			i = next + 1
		case l.isKind(next, word) && l.tokens[next].gap <= blank && l.isName(next, 0) && l.lang == unit.English, l.isKind(next, word) && l.tokens[next].gap <= blank && l.isName(next, 0) && l.isProper(i):
			i = next
		default:
			return i
		}
	}
	return i
}

// isProper tells whether a German capitalised word is more likely a name than a noun: the lexicon and the metric words do not know it.
func (l *line) isProper(i int) bool {
	_, isMetric := l.metricAt(i)
	_, isToken := unit.LookupTicker(strings.ToUpper(l.of(i)))
	return !isMetric && (isToken || !l.isKnownNoun(i))
}

// attach gives an amount's figure the nouns and metric words it may belong to, nearest first: clause, sentence, heading, title.
func (l *line) attach(f *cite.Figure, a *amount, phrases []phrase, base int, headings []cite.Mention) {
	from, to := l.clause(a)
	near := func(p phrase) int {
		if p.last < a.first {
			return a.first - p.last
		}
		return p.first - a.last
	}
	inClause := func(p phrase) bool { return p.first >= from && p.last < to }
	split, _ := slices.BinarySearchFunc(phrases, a.first, func(p phrase, first int) int { return cmp.Compare(p.first, first) })
	phrases = phrases[max(0, split-furthestPhrase):min(len(phrases), split+furthestPhrase)]
	var taken uint64 // a bit for each of the phrases
	for len(f.Nouns) < maxNouns || len(f.Metrics) < maxMetrics {
		best := -1
		for k, p := range phrases {
			if taken&(1<<k) != 0 || p.first <= a.last && p.last >= a.first || p.metric && len(f.Metrics) >= maxMetrics || !p.metric && len(f.Nouns) >= maxNouns {
				continue
			}
			if best < 0 || inClause(p) && !inClause(phrases[best]) || inClause(p) == inClause(phrases[best]) && near(p) < near(phrases[best]) {
				best = k
			}
		}
		if best < 0 {
			break
		}
		taken |= 1 << best
		p := phrases[best]
		scope := "sentence"
		if inClause(p) {
			scope = "clause"
		}
		m := l.mentionOf(p, base, scope)
		if p.metric {
			f.Metrics = append(f.Metrics, m)
		} else {
			f.Nouns = append(f.Nouns, m)
		}
	}
	for _, h := range headings {
		if len(f.Nouns) >= maxNouns {
			return
		}
		f.Nouns = append(f.Nouns, h)
	}
}

func (l *line) mentionOf(p phrase, base int, scope string) cite.Mention {
	start, end := int(l.tokens[p.first].start), int(l.tokens[p.last].end)
	return cite.Mention{Text: l.text[start:end], Start: base + start, End: base + end, Scope: scope}
}
