package link

import (
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// What a name's place says about whom the figure is about. The first group is where it starts, the others what is
// added and taken away.
const (
	nameBefore   = 0.90 // in the sentence, before the figure
	nameHead     = 1.00 // what the amount is put to: "die 33 Billionen Dollar schwere Stablecoin-Wirtschaft"
	nameAttached = 0.86 // right behind it: "63 DePIN projects", "20 TPS (Inco Network)"
	nameAfter    = 0.62 // later in the sentence
	nameEarlier  = 0.70 // in the sentence before
	nameHeading  = 0.62
	nameTitle    = 0.58
	carriedName  = 0.78 // of a figure before in the same sentence
	carriedOn    = 0.70 // of a figure in a sentence before

	mostUnnamed = 0.76 // for a name from outside the sentence, however much the post is about it

	bonusFirst   = 0.04 // first name of its sentence
	bonusTopic   = 0.08 // "Mesh: how a payment network …"
	bonusOwner   = 0.06 // "market share of MetaMask"
	bonusBracket = 0.12 // "Aave Arc ($50,000)"
	bonusWeight  = 0.16 // the post is mostly about it

	lessOblique    = 0.16 // a place, a means, a source, a standard of comparison
	lessModifier   = 0.20 // part of a compound that names something else: "Solana-Fork"
	lessPossessor  = 0.14 // owner of the name that follows: "BlackRock's BUIDL"
	lessInformant  = 0.22 // who says so: "Binance Research says"
	lessListed     = 0.28 // one of several: "USDT and USDC make up 87 %"
	lessPredicate  = 0.14 // what another name is: "Grass, das am schnellsten wachsende DePIN"
	lessCoordinate = 0.22 // listed beside the counted: "Goldman Sachs and 600 institutions"
	lessMetric     = 0.18 // the words that name the metric hold it: "6 trillion of tokenised assets"
	lessWhole      = 0.08 // the whole of a share: "32 % of TEE projects"
	lessOther      = 0.25 // the same of someone who acts: "50 % of Visa"
	lessRival      = 0.30 // what the figure is compared with: "faster than FHE"
	lessSpent      = 0.20 // belongs to a figure before
	lessUnit       = 0.50 // what the figure counts in: "96,185 BTC"
	lessGeneric    = 0.06 // a sector, a topic, a country beside someone who acts
	lessNotFirst   = 0.08 // not the first name of a heading, title or sentence before
	perName        = 0.10 // each likelier name between it and the figure
	perWord        = 0.004
	mostWords      = 0.12
	perClauseStep  = 0.012
	mostSteps      = 0.12
	perBack        = 0.05 // each sentence back
	sureEnough     = 0.1  // a subject this far from certain is carried on undiminished
	bonusAnaphor   = 0.12 // "it processes", "the company holds"
)

// attachedWithin is the number of words behind a figure within which a name belongs to it.
const attachedWithin = 4

// subjectEvidence weighs whom the figure may be about.
func (l *Linker) subjectEvidence(s *scene, i int) best {
	f := &s.figures[i]
	var b best
	l.namesInSentence(&b, s, f)
	l.namesCarried(&b, s, i)
	l.namesEarlier(&b, s, f)
	l.namesAbove(&b, s, f)
	for k := range b {
		most := mostUnnamed
		if b[k].near {
			most = 1
		}
		b[k].score = math.Min(math.Max(most, b[k].score), b[k].score+bonusWeight*math.Min(1, 2*s.weight[b[k].of]))
	}
	l.anaphor(b, s, f)
	l.preferParts(b, s, f)
	return b
}

// preferParts puts a part before its whole where both are named in the sentence, or the part in the heading above:
// "Horizon, der Markt von Aave" is about Horizon.
func (l *Linker) preferParts(b best, s *scene, f *placed) {
	for i := range b {
		if s.sentences[f.sentence].kind == cite.Title || !s.namedNear(b[i].of, f) {
			continue
		}
		for j := range b {
			if slices.Contains(l.subjects[b[i].of].Within, l.subjects[b[j].of].ID) && b[j].score > b[i].score && !s.alone(b[j].of, b[i].of, f) {
				b[i].score = b[j].score
				b[j].score -= clearMargin
			}
		}
	}
}

// alone tells whether the whole stands between its part and the figure, away from the part.
func (s *scene) alone(whole, part int, f *placed) bool {
	sen := s.sentences[f.sentence]
	lastPart, lastWhole := -1, -1
	for k := sen.subjects[0]; k < sen.subjects[1]; k++ {
		switch m := s.mentions[k]; {
		case m.until > f.from:
		case m.name.of == part:
			lastPart = m.until
		case m.name.of == whole:
			lastWhole = m.from
		}
	}
	return lastPart >= 0 && lastWhole-lastPart > 2
}

// namedNear tells whether a subject is named in the figure's sentence, before it or right behind, or in the heading above it.
func (s *scene) namedNear(of int, f *placed) bool {
	places := []int{f.sentence}
	for _, at := range s.above(f.sentence) {
		if s.sentences[at].kind == cite.Heading {
			places = append(places, at)
		}
	}
	for _, at := range places {
		for _, m := range s.mentions[s.sentences[at].subjects[0]:s.sentences[at].subjects[1]] {
			if m.name.of == of && (m.until <= f.from || s.attached(m, f)) {
				return true
			}
		}
	}
	return false
}

func (l *Linker) namesInSentence(b *best, s *scene, f *placed) {
	sen := s.sentences[f.sentence]
	from, until := sen.subjects[0], sen.subjects[1]
	likelier := 0
	for k := until - 1; k >= from; k-- {
		m := s.mentions[k]
		if m.until > f.from {
			continue
		}
		score := nameBefore - s.distance(m, f) - perName*float64(likelier) + l.roleScore(s, k, f)
		if k == from {
			score += bonusFirst
		}
		if s.roles[k]&aside == 0 {
			likelier++
		}
		b.addNamed(m.name.of, score, reason("name", m, "before it"))
	}
	for k := from; k < until; k++ {
		m := s.mentions[k]
		if m.from < f.until {
			continue
		}
		score := nameAfter
		switch {
		case s.heavy(m, f):
			score = nameHead
		case s.attached(m, f) || s.bracketed(m, f):
			score = nameAttached
		}
		score += l.roleScore(s, k, f) - s.distance(m, f)
		b.put(evidence{of: m.name.of, score: math.Min(score, 1), why: reason("name", m, "after it"), named: true, near: true, unit: l.isUnit(m, f)})
	}
}

// distance is what the words and clauses between a name and a figure take away.
func (s *scene) distance(m mention, f *placed) float64 {
	words, steps := f.from-m.until, s.tokens[f.from].clause-s.tokens[m.until-1].clause
	if m.from >= f.until {
		words, steps = m.from-f.until, s.tokens[m.from].clause-s.tokens[f.until-1].clause
	}
	return math.Min(perWord*float64(words), mostWords) + math.Min(perClauseStep*float64(steps), mostSteps)
}

// heavy tells whether the figure is an attribute of the name: "27-Milliarden-Dollar-KI-Agenten-Sektor", "a $12 billion
// stablecoin market".
func (s *scene) heavy(m mention, f *placed) bool {
	switch m.from - f.until {
	case 0:
		return f.Kind == cite.Money && s.content[min(f.AtEnd, s.tokens[m.from].start):s.tokens[m.from].start] == "-"
	case 1:
		return s.attribute(f)
	}
	return false
}

// attached tells whether a name right behind the figure belongs to it.
func (s *scene) attached(m mention, f *placed) bool {
	return m.from-f.until <= attachedWithin && s.tokens[m.from].clause-s.tokens[f.until-1].clause < stepComma
}

// roleScore is what a name's role adds to or takes from its evidence.
func (l *Linker) roleScore(s *scene, k int, f *placed) float64 {
	m, r := s.mentions[k], s.roles[k]
	score := 0.0
	if r&topic != 0 {
		score += bonusTopic
	}
	if r&owner != 0 {
		score += bonusOwner
	}
	if r&modifier != 0 {
		score -= lessModifier
	}
	if r&oblique != 0 && !l.contains(s, m, f) {
		score -= lessOblique
	}
	if r&spent != 0 && m.until <= f.from {
		score -= lessSpent
	}
	if r&possessor != 0 {
		score -= lessPossessor
	}
	if r&informant != 0 {
		score -= lessInformant
	}
	if r&listed != 0 && !s.bracketed(m, f) {
		score -= lessListed
	}
	if r&predicate != 0 {
		score -= lessPredicate
	}
	if r&rival != 0 {
		score -= lessRival
	}
	generic := l.generic(m)
	if generic {
		score -= lessGeneric
	}
	if s.metricHolds(m) {
		score -= lessMetric
	}
	switch {
	case l.isUnit(m, f):
		score -= lessUnit
	case s.coordinate(m, f):
		score -= lessCoordinate
	case s.bracketed(m, f):
		score += bonusBracket
	case s.whole(m, f) && generic && l.subjects[m.name.of].Kind != market.KindCountry:
		score -= lessWhole
	case s.whole(m, f):
		score -= lessOther
	}
	return score
}

// generic tells whether a name stands for no one who acts: a sector, a topic, an asset.
func (l *Linker) generic(m mention) bool {
	switch l.subjects[m.name.of].Kind {
	case market.KindSector, market.KindTopic, market.KindAsset, market.KindCountry:
		return true
	}
	return false
}

// metricHolds tells whether the words of a name are part of a metric's.
func (s *scene) metricHolds(m mention) bool {
	for i := m.from; i < m.until; i++ {
		if !s.metricAt[i] {
			return false
		}
	}
	return true
}

// contains tells whether an amount of money lies in the named asset or sector: "27 billion in AI agents", "6 trillion
// of tokenised assets".
func (l *Linker) contains(s *scene, m mention, f *placed) bool {
	kind := l.subjects[m.name.of].Kind
	if f.Kind != cite.Money || m.from <= f.until || m.from-f.until > 2 || !containing[s.tokens[f.until].lower] || s.tokens[m.from].clause != s.tokens[f.until-1].clause {
		return false
	}
	return kind == market.KindAsset || kind == market.KindSector
}

// isUnit tells whether a name is only what the figure counts in: "96.185 BTC", "207.900 USDC".
func (l *Linker) isUnit(m mention, f *placed) bool {
	if f.Kind != cite.Count || l.subjects[m.name.of].Kind != market.KindAsset || m.from < f.until {
		return false
	}
	return m.from == f.until || strings.EqualFold(m.name.text, string(f.Unit)) || strings.EqualFold(m.name.text, f.UnitText)
}

// coordinate tells whether only "and" stands between a name and the figure.
func (s *scene) coordinate(m mention, f *placed) bool {
	return m.until+1 == f.from && conjunctions[s.tokens[m.until].lower]
}

// bracketed tells whether the figure stands in brackets behind the name, or the name behind the figure.
func (s *scene) bracketed(m mention, f *placed) bool {
	if m.until <= f.from {
		for i := m.until; i < f.from; i++ {
			if !s.metricAt[i] {
				return false
			}
		}
		gap := s.content[s.tokens[m.until-1].end:f.At]
		return strings.HasSuffix(strings.TrimRight(gap, " ~≈"), "(")
	}
	gap := s.content[min(f.AtEnd, s.tokens[m.from].start):s.tokens[m.from].start]
	return strings.TrimSpace(gap) == "("
}

// whole tells whether a share is stated of the name: "50 % of Visa".
func (s *scene) whole(m mention, f *placed) bool {
	if f.Kind != cite.Percent && f.Kind != cite.Multiple || m.from < f.until || m.from-f.until > attachedWithin {
		return false
	}
	return m.from == f.until || genitives[s.tokens[f.until].lower]
}

// namesCarried takes over whom the figure before is about, in the sentence or a few sentences back in the paragraph.
func (l *Linker) namesCarried(b *best, s *scene, i int) {
	f := &s.figures[i]
	for j := i - 1; j >= 0; j-- {
		p := &s.figures[j]
		if p.sentence < 0 {
			continue
		}
		back := f.sentence - p.sentence
		if back > l.cfg.Reach || !s.together(p.sentence, f.sentence) {
			return
		}
		if p.subject < 0 || p.metric < 0 {
			continue
		}
		score := carriedName
		if back > 0 {
			score = carriedOn - perBack*float64(back-1)
		}
		score *= math.Min(1, p.sure+sureEnough)
		b.add(p.subject, score, "subject of «"+p.Text+"» carried on")
		return
	}
}

// namesEarlier looks at the sentences before in the paragraph or list. What opens its paragraph as a topic
// ("Infura: …") weighs the same however far back it stands.
func (l *Linker) namesEarlier(b *best, s *scene, f *placed) {
	for back := 1; back <= l.cfg.Reach; back++ {
		at := f.sentence - back
		if at < 0 || !s.together(at, f.sentence) {
			break
		}
		l.namesIn(b, s, at, nameEarlier-perBack*float64(back-1))
	}
	opening := s.sentences[f.sentence].opening
	if opening == f.sentence {
		return
	}
	for k := s.sentences[opening].subjects[0]; k < s.sentences[opening].subjects[1]; k++ {
		if s.roles[k]&topic != 0 {
			b.add(s.mentions[k].name.of, nameEarlier+bonusTopic, reason("name", s.mentions[k], "that opens the paragraph"))
		}
	}
}

// namesIn adds the names of an earlier sentence: the first that is no aside most.
func (l *Linker) namesIn(b *best, s *scene, at int, base float64) {
	first := true
	for k := s.sentences[at].subjects[0]; k < s.sentences[at].subjects[1]; k++ {
		r, score := s.roles[k], base
		switch {
		case r&(listed|informant) != 0:
			score -= lessListed
		case r&aside != 0 || !first:
			score -= lessNotFirst
		default:
			first = false
		}
		if l.subjects[s.mentions[k].name.of].Kind == market.KindCountry {
			score -= lessOblique
		}
		b.add(s.mentions[k].name.of, score, reason("name", s.mentions[k], "in a sentence before"))
	}
}

// namesAbove looks at the heading and the title.
func (l *Linker) namesAbove(b *best, s *scene, f *placed) {
	for _, at := range s.above(f.sentence) {
		sen := s.sentences[at]
		base := nameHeading
		if sen.kind == cite.Title {
			base = nameTitle
		}
		for k := sen.subjects[0]; k < sen.subjects[1]; k++ {
			score := base
			if k > sen.subjects[0] || s.roles[k]&aside != 0 {
				score -= lessNotFirst
			}
			b.put(evidence{of: s.mentions[k].name.of, score: score, why: reason("name", s.mentions[k], "in the "+string(sen.kind)), above: true})
			if sen.kind == cite.Title {
				l.addWholes(b, s, s.mentions[k], score)
			}
		}
	}
	for k, m := range s.title {
		score := nameTitle
		if k > 0 {
			score -= lessNotFirst
		}
		b.put(evidence{of: m.name.of, score: score, why: reason("name", m, "in the title"), above: true})
	}
}

// addWholes adds what a name of the title is a part of, where the post names it too: a post on a product speaks of its
// maker as well.
func (l *Linker) addWholes(b *best, s *scene, m mention, score float64) {
	for _, id := range l.subjects[m.name.of].Within {
		if whole := l.byID[id]; s.weight[whole] > 0 {
			b.put(evidence{of: whole, score: score, why: reason("whole of", m, "in the title"), above: true})
		}
	}
}
