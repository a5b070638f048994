package link

import (
	"math"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
)

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
