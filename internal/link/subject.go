package link

import (
	"math"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// What a subject's place says about the figure.
const (
	inSentence     = 0.92
	firstMention   = 0.05
	afterFigure    = 0.12
	attachedAfter  = 4 // words behind the figure within which a name belongs to it: "63 DePIN projects"
	perClause      = 0.035
	mostClauses    = 0.25
	perWordSubject = 0.006
	mostWords      = 0.15
	possessor      = 0.06
	wrongRole      = 0.16
	asUnit         = 0.5
	sentenceBefore = 0.74
	perBack        = 0.06
	notFirst       = 0.08
	fromHeading    = 0.62
	fromTitle      = 0.56
	byWeight       = 0.2 // what the share of a subject in the whole post adds
	previousFigure = 0.74
)

// Words before a name that say it is not whom the sentence is about: a place, a means, a source, a standard of comparison.
var otherRoles = map[string]bool{
	"auf": true, "on": true, "bei": true, "durch": true, "by": true, "mit": true, "with": true, "via": true, "über": true, "from": true,
	"laut": true, "zufolge": true, "to": true, "als": true, "than": true, "wie": true, "like": true, "gegenüber": true, "against": true,
	"gegen": true, "zu": true, "zum": true, "zur": true, "in": true, "darunter": true, "including": true, "neben": true, "wegen": true,
	"mithilfe": true, "per": true, "an": true, "at": true, "unter": true, "neue": true,
}

// Words between a metric and its owner: "market share of MetaMask", "Übernahme von Bridge".
var ownerWords = map[string]bool{"von": true, "of": true, "des": true, "der": true, "für": true, "for": true}

// subjectEvidence weighs whom the figure may be about.
func (l *Linker) subjectEvidence(s *scene, i int) best {
	f := &s.figures[i]
	var b best
	l.namesInSentence(&b, s, f)
	l.namesBefore(&b, s, i)
	l.namesAbove(&b, s, f)
	for k := range b {
		b[k].score = math.Min(1, b[k].score+byWeight*math.Min(1, 2*s.weight[b[k].of]))
	}
	return b
}

func (l *Linker) namesInSentence(b *best, s *scene, f *placed) {
	sen := s.sentences[f.sentence]
	for k, m := range s.mentions[sen.subjects[0]:sen.subjects[1]] {
		score, where := s.subjectNear(m, f)
		if k == 0 && m.until <= f.from {
			score += firstMention
		}
		if l.isUnit(s, m, f) {
			score -= asUnit
		}
		b.add(m.name.of, score, reason("name", m, where))
	}
}

func (s *scene) subjectNear(m mention, f *placed) (float64, string) {
	score, where := inSentence, "before it"
	var words, steps int
	if m.from >= f.until {
		words, steps = m.from-f.until, int(s.tokens[m.from].clause-s.tokens[f.until-1].clause)
		where = "after it"
		if words > attachedAfter || steps > 0 {
			score -= afterFigure
		}
	} else {
		words, steps = f.from-m.until, int(s.tokens[f.from].clause-s.tokens[m.until-1].clause)
	}
	score -= math.Min(perClause*float64(steps), mostClauses) + math.Min(perWordSubject*float64(words), mostWords)
	if m.from > 0 && s.tokens[m.from-1].sentence == s.tokens[m.from].sentence {
		before := s.tokens[m.from-1].lower
		switch {
		case ownerWords[before]:
			score += possessor
		case otherRoles[before] && words > attachedAfter:
			score -= wrongRole
		}
	}
	return score, where
}

// isUnit tells whether a name is only what the figure counts in: "96.185 BTC", "207.900 USDC".
func (l *Linker) isUnit(s *scene, m mention, f *placed) bool {
	return m.from == f.until && f.Kind == cite.Count && l.subjects[m.name.of].Kind == market.KindAsset
}

// namesBefore carries on what the sentences before in the paragraph are about, and the figures in them.
func (l *Linker) namesBefore(b *best, s *scene, i int) {
	f := &s.figures[i]
	for j := i - 1; j >= 0; j-- {
		p := &s.figures[j]
		if p.sentence < 0 || p.subject < 0 {
			continue
		}
		back := f.sentence - p.sentence
		if back > l.cfg.Reach || s.sentences[p.sentence].block != s.sentences[f.sentence].block {
			break
		}
		score := previousFigure - perBack*math.Max(0, float64(back-1))
		b.add(p.subject, score, "subject of «"+p.Text+"» carried on")
		break
	}
	for back := 1; back <= l.cfg.Reach; back++ {
		at := f.sentence - back
		if at < 0 || s.sentences[at].block != s.sentences[f.sentence].block {
			return
		}
		sen := s.sentences[at]
		for k, m := range s.mentions[sen.subjects[0]:sen.subjects[1]] {
			score := sentenceBefore - perBack*float64(back)
			if k > 0 {
				score -= notFirst
			}
			b.add(m.name.of, score, reason("name", m, "in a sentence before"))
		}
	}
}

func (l *Linker) namesAbove(b *best, s *scene, f *placed) {
	for _, at := range s.above(f.sentence) {
		sen := s.sentences[at]
		score := fromHeading
		if sen.kind == cite.Title {
			score = fromTitle
		}
		for k, m := range s.mentions[sen.subjects[0]:sen.subjects[1]] {
			if k > 0 {
				score -= notFirst
			}
			b.add(m.name.of, score, reason("name", m, "in the "+string(sen.kind)))
		}
	}
	for k, m := range s.title {
		score := fromTitle
		if k > 0 {
			score -= notFirst
		}
		b.add(m.name.of, score, reason("name", m, "in the title"))
	}
}
