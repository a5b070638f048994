package link

import (
	"fmt"
	"math"
	"slices"

	"beleg/internal/cite"
)

// evidence says how surely a subject or a metric is meant, and why.
type evidence struct {
	of    int // index of the subject or metric
	score float64
	why   string
}

// best keeps the strongest evidence for each.
type best []evidence

func (b *best) add(of int, score float64, why string) {
	score = math.Min(score, 1)
	for i := range *b {
		if e := &(*b)[i]; e.of == of {
			if score > e.score {
				e.score, e.why = score, why
			}
			return
		}
	}
	*b = append(*b, evidence{of, score, why})
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
	if f.sentence < 0 {
		return link
	}
	metrics := l.metricEvidence(s, i).sorted()
	subjects := l.subjectEvidence(s, i).sorted()
	sub, met := l.pair(subjects, metrics)
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
	link.Metric, link.Confidence = l.metrics[met.of].ID, round(sub.score*met.score)
	link.Reasons = append(link.Reasons, met.why)
	l.tie(&link, f.Figure)
	return link
}

// Two subjects whose evidence lies closer together than this leave it open which is meant.
const tooClose = 0.04

// pair picks the subject and the metric that fit each other and have the strongest evidence together. Without a
// metric the strongest subject stands alone; an index of -1 says that there is none.
func (l *Linker) pair(subjects, metrics best) (sub, met evidence) {
	sub, met = evidence{of: -1}, evidence{of: -1}
	top := 0.0
	for _, a := range subjects {
		for _, b := range metrics {
			if score := a.score * b.score; score > top && l.measured(b.of, a.of) {
				sub, met, top = a, b, score
			}
		}
	}
	if sub.of < 0 && len(subjects) > 0 {
		sub = subjects[0]
	}
	return sub, met
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
