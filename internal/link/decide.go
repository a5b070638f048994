package link

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// evidence says how surely a subject or a metric is meant, and why.
type evidence struct {
	of    int // index of the subject or metric
	score float64
	why   string
	named bool // the figure's sentence names it
	near  bool // and that is the strongest evidence for it
	unit  bool // the figure counts in it
}

// best keeps the strongest evidence for each.
type best []evidence

func (b *best) add(of int, score float64, why string) {
	b.put(evidence{of: of, score: math.Min(score, 1), why: why})
}

// addNamed is add for what the figure's sentence names.
func (b *best) addNamed(of int, score float64, why string) {
	b.put(evidence{of: of, score: math.Min(score, 1), why: why, named: true, near: true})
}

func (b *best) put(n evidence) {
	for i := range *b {
		if e := &(*b)[i]; e.of == n.of {
			named, unit := e.named || n.named, e.unit || n.unit
			if n.score > e.score {
				*e = n
			}
			e.named, e.unit = named, unit
			return
		}
	}
	*b = append(*b, n)
}

// sorted puts the strongest first; equals stay in the order in which they were found.
func (b best) sorted() best {
	slices.SortStableFunc(b, func(x, y evidence) int {
		switch {
		case x.score > y.score:
			return -1
		case x.score < y.score:
			return 1
		}
		return 0
	})
	return b
}

// decide says what the i-th figure is about.
func (l *Linker) decide(s *scene, i int) cite.Link {
	f := &s.figures[i]
	link := cite.Link{Figure: f.ID}
	if f.sentence < 0 || f.Kind == cite.Damage {
		return link
	}
	metrics, subjects := l.metricEvidence(s, i), l.subjectEvidence(s, i)
	l.repeated(&subjects, &metrics, s, i)
	l.lastOf(&subjects, metrics.sorted(), s, i)
	metrics, subjects = metrics.sorted(), subjects.sorted()
	f.subject, f.metric, f.sure = -1, -1, 0
	sub, met := l.pair(subjects, metrics, s, i)
	if sub.of < 0 || sub.score < l.cfg.SubjectThreshold {
		return link
	}
	f.subject, f.sure = sub.of, sub.score
	link.Subject, link.Confidence = l.subjects[sub.of].ID, round(sub.score)
	link.Reasons = append(link.Reasons, sub.why)
	if met.of < 0 || met.score < l.cfg.MetricThreshold {
		return link
	}
	f.metric = met.of
	s.last[lastKey{subject: -1, metric: met.of, kind: f.Kind}] = i
	if met.named && l.metrics[met.of].Behaviour == market.Stock {
		s.last[lastKey{subject: sub.of, metric: -1, kind: f.Kind, unit: string(f.Unit)}] = i
	}
	link.Metric, link.Confidence = l.metrics[met.of].ID, round(sub.score*met.score)
	link.Reasons = append(link.Reasons, met.why)
	return link
}

// repeatedFigure is the evidence that a figure stated again gives for what it was about the first time.
const repeatedFigure = 0.9

// repeated takes over what the same amount is about elsewhere in the post: a post that says 7.2 million dollars twice
// means the same twice. Percentages and small counts are too common for that.
func (l *Linker) repeated(subjects, metrics *best, s *scene, i int) {
	f := &s.figures[i]
	if !distinctive(f.Figure) {
		return
	}
	own, near := metrics.sorted(), subjects.sorted()
	at := -1
	for k, j := range s.amounts[amount(f.Figure)] {
		g := &s.figures[j]
		if k == mostSame {
			break
		}
		if j == i || g.subject < 0 || g.metric < 0 || s.sentences[g.sentence].kind == cite.Title {
			continue
		}
		if len(own) > 0 && own[0].score >= clearlyMeant && own[0].of != g.metric {
			continue
		}
		if len(near) > 0 && near[0].named && near[0].score >= clearlyMeant && near[0].of != g.subject {
			continue
		}
		if at < 0 || g.sure > s.figures[at].sure {
			at = j
		}
	}
	if at < 0 {
		return
	}
	g := &s.figures[at]
	subjects.add(g.subject, repeatedFigure*g.sure, "as «"+g.Text+"» elsewhere in the post")
	metrics.add(g.metric, repeatedFigure, "as «"+g.Text+"» elsewhere in the post")
}

// lastMeasured is the evidence that a metric gives for whom it was last stated of in the post: "the TVL reaches …".
const lastMeasured = 0.70

func (l *Linker) lastOf(subjects *best, metrics best, s *scene, i int) {
	if len(metrics) == 0 || metrics[0].score < clearlyMeant || l.metrics[metrics[0].of].Behaviour == market.Event {
		return
	}
	j, ok := s.last[lastKey{subject: -1, metric: metrics[0].of, kind: s.figures[i].Kind}]
	if !ok {
		return
	}
	g := &s.figures[j]
	subjects.add(g.subject, lastMeasured*math.Min(1, g.sure+sureEnough), "last to have its "+l.metrics[g.metric].ID+" stated")
}

// mostSame is how many figures of one amount are looked at.
const mostSame = 16

// leastDigits is how many digits an amount of money needs to be told from others, not counting zeros at its ends.
const leastDigits = 2

// leastDistinctive is the number from which on a count is unlikely to be stated of two things in one post.
const leastDistinctive = 500

func distinctive(f *cite.Figure) bool {
	if isChange(f) || f.Kind != cite.Money && f.Kind != cite.Count {
		return false
	}
	low, _ := f.Ends()
	if f.Kind == cite.Money {
		return len(strings.Trim(low.String(), "0.")) >= leastDigits
	}
	return low.Float64() >= leastDistinctive
}

// amount is the same for figures that state the same amount in the same unit.
func amount(f *cite.Figure) string {
	low, high := f.Ends()
	return string(f.Kind) + " " + string(f.Unit) + " " + low.String() + " " + high.String()
}

// What a choice between two subjects costs: where another one that fits as well has nearly as strong evidence, it is
// open which is meant.
const (
	clearMargin  = 0.12
	perDoubt     = 1.5
	withoutFit   = 0.25 // taken from a subject where the metric that is clearly meant is not measured of it
	clearlyMeant = 0.8
	farBehind    = 0.12 // a metric with that much less evidence than the strongest is not meant, whoever it would fit
)

// pair picks the subject and the metric that fit each other and have the strongest evidence together. Without a
// metric the strongest subject stands alone; an index of -1 says that there is none.
func (l *Linker) pair(subjects, metrics best, s *scene, i int) (sub, met evidence) {
	sub, met = evidence{of: -1}, evidence{of: -1}
	top := 0.0
	for _, a := range subjects {
		for _, b := range metrics {
			if b.score < metrics[0].score-farBehind {
				break
			}
			if !l.measured(b.of, a.of) {
				continue
			}
			if a.unit && l.metrics[b.of].Dimension == "count" {
				a.score, a.unit = math.Min(1, a.score+lessUnit), false
			}
			if score := a.score * b.score; score > top {
				sub, met, top = a, b, score
			}
		}
	}
	if sub.of < 0 {
		sub, met = l.pairWhole(subjects, metrics)
	}
	if len(subjects) > 0 && subjects[0].named && !met.named {
		sub, met = l.unworded(s, i, subjects[0], sub, met)
	}
	if sub.of < 0 && len(subjects) > 0 {
		sub = subjects[0]
		if len(metrics) > 0 && metrics[0].score >= clearlyMeant {
			sub.score -= withoutFit
		}
	}
	if len(subjects) > 0 && subjects[0].named && !sub.named && subjects[0].of != sub.of && subjects[0].score >= clearlyMeant {
		sub.score -= withoutFit
	}
	sub.score -= l.doubt(sub, met, subjects)
	sub.of = l.share(sub.of, subjects)
	return sub, met
}

// unworded decides on a figure whose sentence names a subject and no metric: a metric from elsewhere must fit the
// strongest subject, and is outweighed by what the post stated of it last.
func (l *Linker) unworded(s *scene, i int, strongest, sub, met evidence) (evidence, evidence) {
	same := sub.of == strongest.of
	if !same && sub.of >= 0 && sub.score >= strongest.score-tooFar {
		return sub, met
	}
	if s.unknownNoun(&s.figures[i]) {
		return strongest, evidence{of: -1}
	}
	if b := l.withoutWord(s, i, strongest.of); b.of >= 0 && (!same || b.score > met.score) {
		return strongest, b
	}
	if !same {
		return strongest, evidence{of: -1}
	}
	return sub, met
}

// What an amount measures where its sentence names no metric.
const (
	lastOfSubject = 0.72 // what was last stated of the subject in the post
	bareAmount    = 0.66 // what is mostly stated of such subjects
	tooFar        = 0.1  // behind the strongest subject, for a subject that only a metric from elsewhere fits
)

// withoutWord is the metric of an amount whose sentence names a subject and no metric: the one that the post last
// stated of the subject, else the one that such amounts mostly state. An index of -1 says that there is none.
func (l *Linker) withoutWord(s *scene, i, subject int) evidence {
	f := &s.figures[i]
	if isChange(f.Figure) {
		return evidence{of: -1}
	}
	if j, ok := s.last[lastKey{subject: subject, metric: -1, kind: f.Kind, unit: string(f.Unit)}]; ok {
		g := &s.figures[j]
		return evidence{of: g.metric, score: lastOfSubject, why: "last stated of it, as «" + g.Text + "»"}
	}
	if f.Kind != cite.Money {
		return evidence{of: -1}
	}
	for k := range l.metrics {
		if slices.Contains(l.metrics[k].Bare, l.subjects[subject].Kind) && fits(&l.metrics[k], f.Figure) {
			return evidence{of: k, score: bareAmount, why: "an amount of it without another word"}
		}
	}
	return evidence{of: -1}
}

// pairWhole takes the whole, or the part, for a subject that the clear metric is not measured of: the inflation that a central bank
// speaks of is its country's.
func (l *Linker) pairWhole(subjects, metrics best) (sub, met evidence) {
	sub, met = evidence{of: -1}, evidence{of: -1}
	if len(metrics) == 0 || metrics[0].score < clearlyMeant {
		return sub, met
	}
	for _, a := range subjects {
		for _, id := range l.subjects[a.of].Within {
			whole := l.byID[id]
			if l.measured(metrics[0].of, whole) {
				return evidence{of: whole, score: a.score, why: a.why + ", whose whole is measured", named: a.named}, metrics[0]
			}
		}
		if part := l.onlyPart(a.of, metrics[0].of); part >= 0 {
			return evidence{of: part, score: a.score, why: a.why + ", whose part is measured", named: a.named}, metrics[0]
		}
	}
	return sub, met
}

// onlyPart is the only part of a subject that a metric is measured of, -1 where there is none or several: the price
// of a network is its coin's.
func (l *Linker) onlyPart(whole, metric int) int {
	part := -1
	for i := range l.subjects {
		if !l.measured(metric, i) || !slices.Contains(l.subjects[i].Within, l.subjects[whole].ID) {
			continue
		}
		if part >= 0 {
			return -1
		}
		part = i
	}
	return part
}

// share takes a country's part of what else the text is about: in a text on data centres, what China adds is what its
// data centres do.
func (l *Linker) share(of int, subjects best) int {
	if of < 0 || l.subjects[of].Kind != market.KindCountry {
		return of
	}
	for _, other := range subjects {
		for i := range l.subjects {
			within := l.subjects[i].Within
			if slices.Contains(within, l.subjects[of].ID) && slices.Contains(within, l.subjects[other.of].ID) && other.of != of {
				return i
			}
		}
	}
	return of
}

// doubt is what the strongest other subject that fits the metric takes from the chosen one.
func (l *Linker) doubt(sub, met evidence, subjects best) float64 {
	for _, a := range subjects {
		if a.of == sub.of || met.of >= 0 && !l.measured(met.of, a.of) {
			continue
		}
		return perDoubt * math.Max(0, clearMargin-math.Max(0, sub.score-a.score))
	}
	return 0
}

// measured tells whether a metric is measured of subjects of that kind.
func (l *Linker) measured(metric, subject int) bool {
	of := l.metrics[metric].Of
	return len(of) == 0 || slices.Contains(of, l.subjects[subject].Kind)
}

func round(x float64) float64 { return math.Round(x*100) / 100 }

func reason(what string, m mention, where string) string {
	return fmt.Sprintf("%s «%s» %s", what, m.name.text, where)
}
