package link

import (
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// What a metric word's place says about the figure. Distances are in words and in steps between clauses.
const (
	wordAfter     = 0.95 // right behind the figure: "321 active projects", "32 billion of TVL"
	wordBefore    = 0.93 // right before it: "a market share of 24 %"
	perWordAfter  = 0.03
	perWordBefore = 0.02
	perStep       = 0.05
	leastInside   = 0.52 // anywhere in the sentence
	hintFactor    = 0.78
	countedBefore = 0.75 // a count's noun follows it; one before is weaker
	unitNoun      = 0.93 // the counted noun itself
	partOf        = 0.82 // "48 % of the projects"
	carriedInside = 0.78 // from a figure of the same sentence
	carriedOver   = 0.66 // from a figure of a sentence before
	perSentence   = 0.05
	leadIn        = 0.74 // from the line before a list
	headingMetric = 0.6
	titleMetric   = 0.55
	asSource      = 0.25 // what another metric comes from
	asNext        = 0.25 // what the next figure states
	asModifier    = 0.2  // first part of a compound with another metric
	clearlyNamed  = 0.72 // from which on a word in the sentence outweighs what could be carried on
	lessCarried   = 0.12
)

// kindDimension is the dimension in which figures of a kind are; kinds that are none measure nothing of the catalogue.
var kindDimension = map[cite.Kind][]string{
	cite.Money:    {"money"},
	cite.Percent:  {"share"},
	cite.Count:    {"count"},
	cite.Multiple: {"multiple"},
	cite.Duration: {"time"},
	cite.Energy:   {"energy", "power"},
	cite.Rate:     {"rate"},
	cite.Other:    {"data", "count"},
}

// fits tells whether a figure can state the metric: in one of its dimensions, or as a change of it.
func fits(m *market.Metric, f *cite.Figure) bool {
	if isChange(f) {
		return true
	}
	for _, d := range kindDimension[f.Kind] {
		if string(m.Dimension) == d {
			return true
		}
		for _, also := range m.Also {
			if string(also) == d {
				return true
			}
		}
	}
	return false
}

// isChange tells whether a figure states a change of something and not an amount of it: percent or a multiple by
// which it grew or fell.
func isChange(f *cite.Figure) bool {
	if f.Kind != cite.Percent && f.Kind != cite.Multiple {
		return false
	}
	return f.Change == cite.Growth || f.Change == cite.Decline || f.Change == cite.By
}

// metricEvidence weighs what the figure may measure.
func (l *Linker) metricEvidence(s *scene, i int) best {
	f := &s.figures[i]
	var b best
	l.wordsInSentence(&b, s, f)
	l.unitNoun(&b, f)
	l.partOfWhole(&b, s, f)
	l.carried(&b, s, i)
	l.wordsLeading(&b, s, f)
	l.wordsAbove(&b, s, f)
	return b
}

func (l *Linker) wordsInSentence(b *best, s *scene, f *placed) {
	sen := s.sentences[f.sentence]
	for _, w := range s.words[sen.words[0]:sen.words[1]] {
		if !fits(&l.metrics[w.name.of], f.Figure) {
			continue
		}
		score, where := s.near(w, f)
		if w.name.kind == metricHint {
			score *= hintFactor
		}
		if s.source(w) {
			score -= asSource
		}
		if s.nextFigures(w, f) {
			score -= asNext
		}
		if s.compoundPart(w) {
			score -= asModifier
		}
		if f.Kind == cite.Count && w.from < f.from && s.countsSomething(f) {
			score *= countedBefore
		}
		b.put(evidence{of: w.name.of, score: math.Min(score, 1), why: reason("metric word", w, where), named: w.name.kind == metricWord})
	}
}

// source tells whether a metric word only says what another one comes from: "Einnahmen aus Swap-Gebühren".
func (s *scene) source(w mention) bool {
	for i := w.from - 1; i > 0 && i >= w.from-2; i-- {
		if word := s.tokens[i].lower; word == "aus" || word == "from" {
			return s.metricAt[i-1] || s.figureAt[i-1] != ""
		}
	}
	return false
}

// countsSomething tells whether a metric word follows the figure closely, as the noun of a count does.
func (s *scene) countsSomething(f *placed) bool {
	for i := f.until; i < min(f.until+attachedWithin, len(s.tokens)) && s.tokens[i].sentence == s.tokens[f.from].sentence; i++ {
		if s.metricAt[i] {
			return true
		}
	}
	return false
}

// nextFigures tells whether a metric word behind the figure belongs to the one after: "450 million at a valuation of
// 7 billion".
func (s *scene) nextFigures(w mention, f *placed) bool {
	if w.from < f.until || w.until >= len(s.tokens) || !genitives[s.tokens[w.until].lower] {
		return false
	}
	for i := w.until + 1; i < min(w.until+4, len(s.tokens)); i++ {
		if s.figureAt[i] != "" && s.figureAt[i] != cite.Damage {
			return true
		}
	}
	return false
}

// compoundPart tells whether a metric word is only the first part of a compound with another: "Agenten-Tools".
func (s *scene) compoundPart(w mention) bool {
	return w.until < len(s.tokens) && s.metricAt[w.until] && s.content[s.tokens[w.until-1].end:s.tokens[w.until].start] == "-"
}

// near weighs a word's place against a figure's in the same sentence.
func (s *scene) near(w mention, f *placed) (float64, string) {
	if w.from < f.from && w.until > f.until {
		return wordBefore, "around it"
	}
	if w.from >= f.until {
		steps := float64(s.tokens[w.from].clause - s.tokens[f.until-1].clause)
		score := wordAfter - perWordAfter*float64(w.from-f.until) - perStep*steps
		return math.Max(score, leastInside), "after it"
	}
	steps := float64(s.tokens[f.from].clause - s.tokens[w.until-1].clause)
	score := wordBefore - perWordBefore*float64(f.from-w.until) - perStep*steps
	return math.Max(score, leastInside), "before it"
}

// unitNoun takes the counted noun as a metric word, wherever it stands.
func (l *Linker) unitNoun(b *best, f *placed) {
	if f.Kind != cite.Count && f.Kind != cite.Other && f.Kind != cite.Rate {
		return
	}
	for _, noun := range []string{f.UnitText, string(f.Unit)} {
		for _, w := range l.lexicon.find(noun, tokenise(nil, noun, 0, len(noun))) {
			if w.name.kind == metricWord && fits(&l.metrics[w.name.of], f.Figure) {
				b.addNamed(w.name.of, unitNoun, reason("counted noun", w, "of it"))
			}
		}
	}
}

// shareMetric is the catalogue's metric of a percentage of a whole that the text names.
const shareMetric = "share"

// partOfWhole takes "48 % of …" for a share.
func (l *Linker) partOfWhole(b *best, s *scene, f *placed) {
	if f.Kind != cite.Percent || isChange(f.Figure) || f.until >= len(s.tokens) || s.tokens[f.until].sentence != s.tokens[f.from].sentence {
		return
	}
	if word := s.tokens[f.until].lower; genitives[word] || word == "aller" {
		for i := range l.metrics {
			if l.metrics[i].ID == shareMetric {
				b.addNamed(i, partOf, "a percentage «"+word+"» a whole")
			}
		}
	}
}

// carried takes over the metric of a figure before it: in its sentence for a change or the same kind of number, in
// the sentences before for the same kind of number.
func (l *Linker) carried(b *best, s *scene, i int) {
	f := &s.figures[i]
	if s.attribute(f) {
		return
	}
	for j := i - 1; j >= 0; j-- {
		p := &s.figures[j]
		if p.sentence < 0 {
			continue
		}
		back := f.sentence - p.sentence
		if back > l.cfg.Reach || s.sentences[p.sentence].block != s.sentences[f.sentence].block {
			return
		}
		if p.metric < 0 {
			continue
		}
		if !fits(&l.metrics[p.metric], f.Figure) || !isChange(f.Figure) && p.Kind != f.Kind {
			continue
		}
		if back > 0 && (isChange(f.Figure) || l.metrics[p.metric].Behaviour == market.Event || s.unknownNoun(f)) {
			return
		}
		score := carriedInside
		if back > 0 {
			score = carriedOver - perSentence*float64(back-1)
		}
		if named(*b, p.metric) {
			score -= lessCarried
		}
		b.add(p.metric, score, "metric of «"+p.Text+"» carried on")
		return
	}
}

// named tells whether the sentence clearly names another metric itself.
func named(b best, but int) bool {
	return slices.ContainsFunc(b, func(e evidence) bool { return e.of != but && e.score >= clearlyNamed })
}

// unknownNoun tells whether the figure is followed by what it measures in a word that the catalogue does not know:
// "2 Mrd. $ an Spenden", "$4 billion in damages".
func (s *scene) unknownNoun(f *placed) bool {
	if f.until+1 >= len(s.tokens) || s.tokens[f.until+1].sentence != s.tokens[f.from].sentence {
		return false
	}
	lead, noun := s.tokens[f.until].lower, &s.tokens[f.until+1]
	switch {
	case lead == "an":
	case (lead == "in" || lead == "of") && s.content[noun.start:noun.end] == noun.lower && !articles[noun.lower] && !noun.figure:
	default:
		return false
	}
	for i := f.until + 1; i < min(f.until+1+attachedWithin, len(s.tokens)) && s.tokens[i].sentence == s.tokens[f.from].sentence; i++ {
		if s.wordAt[i] || s.nameAt[i] {
			return false
		}
	}
	return true
}

// attribute tells whether the figure describes the noun behind it: "33 Billionen Dollar schwere Stablecoin-Wirtschaft".
func (s *scene) attribute(f *placed) bool {
	return f.until < len(s.tokens) && s.tokens[f.until].sentence == s.tokens[f.from].sentence && strings.HasPrefix(s.tokens[f.until].lower, "schwer")
}

// wordsLeading looks for metric words in the line that leads in to a list: "The largest by TVL:".
func (l *Linker) wordsLeading(b *best, s *scene, f *placed) {
	at := s.sentences[f.sentence].lead
	if at < 0 {
		return
	}
	for _, w := range s.words[s.sentences[at].words[0]:s.sentences[at].words[1]] {
		if w.name.kind == metricWord && fits(&l.metrics[w.name.of], f.Figure) {
			b.add(w.name.of, leadIn, reason("metric word", w, "in the line before the list"))
		}
	}
}

// wordsAbove looks for metric words in the heading above the figure and in the title.
func (l *Linker) wordsAbove(b *best, s *scene, f *placed) {
	for _, at := range s.above(f.sentence) {
		sen := s.sentences[at]
		score := headingMetric
		if sen.kind == cite.Title {
			score = titleMetric
		}
		for _, w := range s.words[sen.words[0]:sen.words[1]] {
			m := &l.metrics[w.name.of]
			if m.Behaviour == market.Event && sen.kind == cite.Title {
				continue
			}
			if w.name.kind == metricWord && fits(m, f.Figure) {
				b.add(w.name.of, score, reason("metric word", w, "in the "+string(sen.kind)))
			}
		}
	}
}

// above gives the heading above a sentence and the title, nearest first. A heading stands under the title only.
func (s *scene) above(at int) []int {
	sen := s.sentences[at]
	var out []int
	if sen.heading >= 0 && sen.kind != cite.Heading {
		out = append(out, sen.heading)
	}
	for _, t := range s.titles {
		if t != at {
			out = append(out, t)
		}
	}
	return out
}
