package link

import (
	"math"
	"slices"

	"beleg/internal/cite"
	"beleg/internal/market"
)

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
	if sub.above && s.weight[sub.of] < mainSubject {
		link.Confidence = round(link.Confidence * besideThePoint)
	}
	link.Reasons = append(link.Reasons, met.why)
	return link
}

// A subject that only the title or a heading names is trusted less where the post is not mainly about it.
const (
	mainSubject    = 0.25 // least share of the post's names for a subject that it is mainly about
	besideThePoint = 0.65 // factor on the confidence of the link
)

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
	if len(subjects) == 0 {
		return evidence{of: -1}, evidence{of: -1}
	}
	strongest := subjects[0]
	sub, met = l.fitting(subjects, metrics)
	if sub.of < 0 {
		sub, met = l.pairWhole(subjects, metrics)
	}
	if strongest.named && !met.named {
		sub, met = l.unworded(s, i, strongest, sub, met)
	}
	if sub.of < 0 {
		sub = strongest
		if len(metrics) > 0 && metrics[0].score >= clearlyMeant {
			sub.score -= withoutFit
		}
	}
	if strongest.named && strongest.score >= clearlyMeant && !sub.named && strongest.of != sub.of {
		sub.score -= withoutFit
	}
	sub.score -= l.doubt(sub, met, subjects)
	sub.of = l.share(sub.of, subjects)
	return sub, met
}

// fitting is the strongest pair of a subject and a metric that is measured of it; indices of -1 say that there is none.
func (l *Linker) fitting(subjects, metrics best) (sub, met evidence) {
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

// pairWhole takes the whole, or the part, for a subject that the clear metric is not measured of: the inflation that a
// central bank speaks of is its country's.
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
	if l.subjects[of].Kind != market.KindCountry {
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
