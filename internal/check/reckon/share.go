package reckon

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// shares finds stated shares that do not follow from part and whole.
func (x *examination) shares(d *rule.Document) {
	phrases := x.phrases
	for i := range phrases {
		p := &phrases[i]
		x.impossible(d, p)
		if !strings.Contains(p.Text, "{p") {
			continue
		}
		told := x.statedShares(d, phrases, i)
		x.reductions(d, phrases, i, told)
		x.remainders(d, phrases, i)
	}
}

// A shareForm is a wording in which part, whole and share stand together.
type shareForm struct {
	form
	tie tie
}

// A tie is how closely a wording ties a share to a part and a whole.
type tie uint8

const (
	loose   tie = iota // they only stand near each other: they are meant for each other if the share fits
	besides            // the share is put beside part and whole, and belongs to them unless it goes on to speak of something else
	bound              // the share is said to be of that whole
)

var shareForms = []shareForm{
	{newForm(`<part*>~3 OF <whole>~5\)?APP<pct>`), besides},                         // 18 von 60 Firmen, also 30 %
	{newForm(`<pct>~6APP<part*>~3 OF <whole>`), besides},                            // 30 % (18 von 60)
	{newForm(`(?:^|[ (])OF <whole>~6,?~8 <part*>~6APP<pct>`), besides},              // von den 390 Mrd. entfallen 226 Mrd. auf B2B, also 60 %
	{newForm(`<pct>~2 OF <whole>~6APP<part*>`), loose},                              // 60 % der 390 Mrd., 234 Mrd.
	{newForm(`<pct>~2 OF <whole>~6(?: ?[,;:(–]+)? ?` + saying + ` <part*>`), bound}, // 60 % der 390 Mrd., also 234 Mrd.
	{newForm(`<pct>~2 OF <whole>~4 (?:sind|are|is|ist|ergeben|ergibt|equals?|entspricht|entsprechen) <part*>`), bound},
	{newForm(`<part*>~6APP<pct>~6 OF <whole>`), bound},                                                   // 75 Mrd., 25 % des Gesamtmarkts von 300 Mrd.
	{newForm(`<whole>~6 ?,? ?(?:of which|davon|darunter|wovon|including)~6 <part*>~6APP<pct>`), besides}, // 40 Mio., davon 25 Mio. aus dem Handel (62 %)
	{newForm(`<pct>~2 OF <whole>~6, <part*>(?: in all| insgesamt)?,`), bound},                            // 40 % der 25 Mio. Transfers, 10 Mio., sind …
	{newForm(`<pct>~2 OF <whole>~6 \( ?<part*> ?\)`), bound},
	{newForm(`<part*>~3 OF <whole>.*?<pct>`), loose},
	{newForm(`<whole>.*?<part*>~8APP<pct>`), loose},
	{newForm(`<pct>.*?<part*>~3 OF <whole>`), loose},
}

var (
	// What may stand behind a share: the end of what is said of it, that it is one of the total, that it is one of something
	// else, that it is by how much something differs. spelledOut stands before a share that belongs to what precedes it.
	closing     = regexp.MustCompile(`^ ?(?:[.,;:()–!?]|$)`)
	totalBehind = regexp.MustCompile(`^ (?:der|des|vom|von der|of the|of all|of its|of their|of|in)(?: ` + word + `){0,2}? ?(?:gesamt\w*|total|overall|entire|whole|summe|aller|all)\b`)
	ofAnother   = regexp.MustCompile(`^ (?:der|des|vom|von|of|davon|aller|am|an|in|auf|bei|pro|per|a|im|mehr|weniger|more|less|rendite|zinsen|yield|interest|gebühr\w*|fees?|apy|apr|annual|jährlich)\b`)
	differing   = regexp.MustCompile(`^(?: ` + word + `)? (?:unter|unterhalb|über|oberhalb|below|above|under|over|mehr|weniger|more|less|fewer|lower|higher|höher\w*|niedriger\w*|günstiger\w*|billiger\w*|teurer\w*|cheaper|off|discount|rabatt|abschlag|aufschlag|premium|größer\w*|kleiner\w*|larger|smaller|bigger|schneller\w*|faster)\b`)
	spelledOut  = regexp.MustCompile(saying + ` ?$|[(=] ?$`)
)

// isTied tells whether a share that is put beside a part and its whole belongs to them: it is spelled out that it does,
// or nothing more is said of it, and it does not go on to name another base.
func isTied(p *phrase, pct *quantity) bool {
	behind := p.after(pct)
	switch {
	case totalBehind.MatchString(behind):
		return true
	case ofAnother.MatchString(behind):
		return false
	case strings.HasSuffix(strings.TrimRight(p.before(pct), " "), ";"):
		return false
	}
	return spelledOut.MatchString(p.before(pct)) || closing.MatchString(behind)
}

// statedShares checks the shares of a phrase against the part and the whole that it names, or against a whole named
// before. It gives the shares that were told what they are a share of.
func (x *examination) statedShares(d *rule.Document, phrases []phrase, i int) map[*quantity]bool {
	p := &phrases[i]
	best := map[*quantity]*claim{}
	offer := func(c *claim) {
		if b := best[c.stated]; b == nil || x.better(c, b) {
			best[c.stated] = c
		}
	}
	for n := 0; n < len(shareForms) && len(p.quantities) > 2; n++ {
		f := &shareForms[n]
		for _, m := range f.in(p) {
			pct := m.get("pct")
			if differing.MatchString(p.after(pct)) {
				continue
			}
			sure := f.tie == bound || f.tie == besides && isTied(p, pct)
			part, whole := m.get("part"), m.get("whole")
			if f.tie == bound && isNounPair(part.figure, whole.figure) { // 30 % der Knoten, das sind 6.600 Maschinen
				same := *part.figure
				same.Unit = whole.figure.Unit
				as := *part
				as.figure, part = &same, &as
			}
			x.offerShare(d, part, whole, pct, sure, offer)
		}
	}
	if c := x.jointShare(d, phrases, i); c != nil {
		offer(c)
	}
	x.sharesOfTotal(d, phrases, i, best, offer)
	told := map[*quantity]bool{}
	for n := range p.quantities {
		if c := best[&p.quantities[n]]; c != nil {
			x.judge(c)
			told[c.stated] = !c.quiet || x.outcome(c) != rule.Differs
		}
	}
	return told
}

// isNounPair tells whether two figures count things by different nouns, which may be two names of the same.
func isNounPair(a, b *cite.Figure) bool {
	return a.Kind == cite.Count && b.Kind == cite.Count && a.Unit != b.Unit && a.Unit.Dimension() == unit.Count && b.Unit.Dimension() == unit.Count
}

// better tells whether a claim says more of its figure than another one does: it holds, or it is the surer one.
func (x *examination) better(a, b *claim) bool {
	oa, ob := x.outcome(a), x.outcome(b)
	switch {
	case (oa == rule.Fits) != (ob == rule.Fits):
		return oa == rule.Fits
	case a.quiet != b.quiet:
		return !a.quiet
	case a.sure != b.sure:
		return a.sure
	}
	return oa < ob
}

// offerShare makes the claims that a share is that of a part of a whole, one for each way to read them.
func (x *examination) offerShare(d *rule.Document, part, whole, pct *quantity, sure bool, offer func(*claim)) {
	if part == nil || whole == nil || pct == nil || part == whole || part == pct || !pct.isShare() || part.figure.Kind == cite.Percent {
		return
	}
	for _, q := range readings(part, whole) {
		if c := x.shareClaim(d, &q, whole, pct); c != nil {
			c.sure, c.quiet = sure, !sure || !fitTogether(&q, whole)
			offer(c)
		}
	}
}

// readings are the ways to read a part beside its whole: "226 der 390 Mrd. $" are 226 billion, "5 der 2 Mio. Nutzer" are five.
func readings(part, whole *quantity) []quantity {
	a, b, ok := sameMeasure(part, whole)
	if !ok {
		return nil
	}
	if !isPlain(part.figure) || part.scale != 1 || b.scale <= 1 {
		return []quantity{a}
	}
	scaled := a.scaled(b.scale)
	if scaled.value() > b.value() {
		return []quantity{a}
	}
	return []quantity{scaled, a}
}

// fitTogether tells whether nothing speaks against two amounts being part and whole at the same time.
func fitTogether(part, whole *quantity) bool {
	a, b := part.figure, whole.figure
	return part.isLevel() && whole.isLevel() && a.Forecast == b.Forecast && a.Per == b.Per && (a.Period.IsZero() || b.Period.IsZero() || b.Period.Contains(a.Period))
}

// shareClaim is the claim that pct is the share of part in whole; nil where the part is larger or there is none.
func (x *examination) shareClaim(d *rule.Document, part, whole, pct *quantity) *claim {
	if part.value() <= 0 || whole.value() <= 0 {
		return nil
	}
	of := x.siblings([]*quantity{part, whole})
	is := share(of[0], of[1])
	if of[0].coarse.Low > of[1].coarse.High {
		return nil
	}
	computed := written(is.exact, unit.Percent)
	return &claim{rule: rule.MathShare, doc: d, stated: pct, from: []*quantity{part, whole}, is: is,
		sum:  tell("%s von %s = %s", "%s of %s = %s", part.figure.Text, whole.figure.Text, computed),
		says: tell("%s von %s sind %s, im Text steht %s.", "%s of %s is %s, the text says %s.", part.figure.Text, whole.figure.Text, computed, pct.figure.Text)}
}

// jointly are the words of a share that several hold together.
var jointly = regexp.MustCompile(`\b(?:zusammen|zusammengenommen|gemeinsam|together|combined|jointly|collectively|between them|in total|insgesamt|in summe)\b`)

// markedWhole is an amount that is said to be a whole: "of the 90 billion".
var markedWhole = newForm(`\bOF(?: ` + word + `){0,2}? <whole>`)

// furthestJoint is how many bytes of a phrase may lie between a share and the word that says it is a joint one.
const furthestJoint = 60

// jointShare is the claim that a share is that of several parts together: "40 and 25 of 90 billion, together over 80 %".
// The parts may stand in the phrase before.
func (x *examination) jointShare(d *rule.Document, phrases []phrase, i int) *claim {
	p := &phrases[i]
	pct := jointPercent(p)
	if pct == nil {
		return nil
	}
	of := p
	if !hasAmount(p) && i > 0 && phrases[i-1].section == p.section {
		of = &phrases[i-1]
	}
	whole := wholeIn(of)
	if whole == nil && of != p { // the whole may stand beside the share
		whole = wholeIn(p)
	}
	if whole == nil {
		return nil
	}
	parts, rest := partsIn(of, whole)
	if len(parts) < 2 || len(parts) > mostParts {
		return nil
	}
	reckoned := x.siblings(append(refer(parts), whole))
	sum := reckoned[0]
	for _, r := range reckoned[1:len(parts)] {
		sum = sum.plus(r)
	}
	all := reckoned[len(parts)]
	if sum.coarse.Low > all.coarse.High {
		return nil
	}
	is := share(sum, all)
	computed, total := written(is.exact, unit.Percent), sumText(refer(parts), sum)
	terms := joined(refer(parts), "+")
	return &claim{rule: rule.MathShare, doc: d, stated: pct, from: append(refer(parts), whole), is: is, sure: rest == 0, quiet: rest > 0,
		sum: tell("%s = %s von %s = %s", "%s = %s of %s = %s", terms, total, whole.figure.Text, computed),
		says: tell("%s sind zusammen %s von %s und damit %s, im Text steht %s.", "%s come to %s of %s, which is %s; the text says %s.",
			terms, total, whole.figure.Text, computed, statedText(pct))}
}

// mostParts is how many parts a whole is split into at most; what lists more is no sum.
const mostParts = 12

// statedText is a figure with its qualifier, as far as it changes what it says.
func statedText(q *quantity) rule.Say {
	switch q.figure.Qualifier {
	case cite.Over:
		return rule.Sayf("über %s", "over %s", q.figure.Text)
	case cite.Under:
		return rule.Sayf("unter %s", "under %s", q.figure.Text)
	case cite.AtLeast:
		return rule.Sayf("mindestens %s", "at least %s", q.figure.Text)
	case cite.UpTo:
		return rule.Sayf("bis zu %s", "up to %s", q.figure.Text)
	}
	return rule.Sayf("%s", "%s", q.figure.Text)
}

func refer(qs []quantity) []*quantity {
	r := make([]*quantity, len(qs))
	for i := range qs {
		r[i] = &qs[i]
	}
	return r
}

// jointPercent is the share of a phrase that is said to be a joint one.
func jointPercent(p *phrase) *quantity {
	at := jointly.FindStringIndex(p.Text)
	if at == nil {
		return nil
	}
	for n := range p.quantities {
		q := &p.quantities[n]
		if !q.isShare() {
			continue
		}
		ahead := q.from >= at[1] && q.from-at[1] <= furthestJoint && !strings.ContainsAny(p.Text[at[1]:q.from], "{")
		behind := at[0] >= q.to && at[0]-q.to <= furthestJoint/2 && !strings.ContainsAny(p.Text[q.to:at[0]], "{,;")
		if ahead || behind {
			return q
		}
	}
	return nil
}

func hasAmount(p *phrase) bool {
	for n := range p.quantities {
		if q := &p.quantities[n]; q.figure.Kind != cite.Percent && isCounting(q.figure) {
			return true
		}
	}
	return false
}

// wholeIn is the amount of a phrase that is marked as a whole, the largest of several; nil where there is none.
func wholeIn(p *phrase) *quantity {
	var whole *quantity
	for _, m := range markedWhole.in(p) {
		if w := m.get("whole"); w != nil && w.isLevel() && isCounting(w.figure) && (whole == nil || w.value() > whole.value()) {
			whole = w
		}
	}
	return whole
}

// partsIn are the amounts of a phrase that may be parts of a whole, and how many others of its measure there are.
func partsIn(p *phrase, whole *quantity) (parts []quantity, others int) {
	for n := range p.quantities {
		q := &p.quantities[n]
		if q == whole || q.figure.Kind == cite.Percent {
			continue
		}
		ways := readings(q, whole)
		if len(ways) == 0 {
			continue
		}
		if !q.isLevel() || ways[0].value() >= whole.value() || !fitTogether(q, whole) {
			others++
			continue
		}
		parts = append(parts, ways[0])
	}
	return parts, others
}

// sumText is a sum in the scale of its parts, as "65" for 40 and 25 billion where these are written without.
func sumText(parts []*quantity, sum reckoning) rule.Say {
	u, scale := parts[0].figure.Unit, parts[0].scale
	for _, q := range parts {
		if q.figure.Unit != "" {
			u = q.figure.Unit
		}
		if q.scale != scale {
			scale = 0
		}
	}
	if d := unit.FromFloat(sum.exact / max(scale, 1)); scale > 1 && allBare(parts) {
		return rule.Say{DE: unit.Format(d, "", unit.German, unit.Round(shown+1)), EN: unit.Format(d, "", unit.English, unit.Round(shown+1))}
	}
	d := unit.FromFloat(sum.exact)
	return rule.Say{DE: unit.Format(d, u, unit.German, unit.Round(shown+1)), EN: unit.Format(d, u, unit.English, unit.Round(shown+1))}
}

// allBare tells whether all quantities are written as numbers alone.
func allBare(qs []*quantity) bool {
	for _, q := range qs {
		if strings.Trim(q.figure.Text, "0123456789.,' ") != "" {
			return false
		}
	}
	return true
}

// A totalForm is a wording of a part with its share of a total that stands elsewhere. Where the wording speaks of the
// total, the nearest amount before that can be it is held to be it; else only one that fits is.
type totalForm struct {
	form
	ofAll bool
}

const ofTotal = `(?:davon|dessen|(?:der|des|vom|von der|of the|of all|of its|of their|of)(?: (?:the|der|seiner|ihrer|its|their))*(?: ` + word + `){0,1}? ?(?:gesamt\w*|total|overall|entire|whole|summe|aller|marktes|market|it|that|this)\b)`

var totalForms = []totalForm{
	{newForm(`<part>~6APP<pct>~1 ` + ofTotal), true},
	{newForm(`<part>~6[,(]? ?(?:was|which|das|this|that)~4 <pct>~1 ` + ofTotal), true},
	{newForm(`(?:accounts? for|accounted for|makes? up|made up|entfällt|entfallen|entfiel|entfielen)~6 <part>~4 ?\( ?<pct> ?\)`), true},
	{newForm(`<part>~4 (?:equals?|is|are|represents?|makes? up|entspricht|entsprechen|sind|ist|machen|macht|stellen|stellt)~2 <pct>~1 ` + ofTotal), true},
	{newForm(`(?:davon|of that|of it|of this|of which)~3 <part>~4APP<pct>`), true},
	{newForm(`<part>~2 (?:of that|of it|of this|davon)APP<pct>`), true},
	{newForm(`<part>~6APP(?:(?:ein|einem|der|a) )?(?:markt)?anteil (?:von|am)~3 <pct>`), false},
	{newForm(`<part>~6APP(?:an? )?<pct> (?:market )?share\b`), false},
	{newForm(`<part>~6 ?\((?:also |or |oder |=)?<pct>`), false},
}

// sharesOfTotal checks shares "of the total" against the wholes that the same section names before them.
func (x *examination) sharesOfTotal(d *rule.Document, phrases []phrase, i int, best map[*quantity]*claim, offer func(*claim)) {
	p := &phrases[i]
	for n := range totalForms {
		f := &totalForms[n]
		for _, m := range f.in(p) {
			part, pct := m.get("part"), m.get("pct")
			if b := best[pct]; b != nil && !b.quiet || !pct.isShare() || differing.MatchString(p.after(pct)) {
				continue
			}
			for k, whole := range wholesBefore(phrases, i, part) {
				c := x.shareClaim(d, part, whole, pct)
				if c == nil {
					continue
				}
				is := x.outcome(c)
				c.quiet = !f.ofAll || is == rule.Differs && (k > 0 || !fitTogether(part, whole))
				offer(c)
				if is == rule.Fits || is == rule.Coarse && f.ofAll {
					break
				}
			}
		}
	}
}

// Where wholes are looked for: so many phrases and quantities back.
const (
	phrasesBack    = 4
	candidatesBack = 8
)

// wholesBefore are the amounts that a part of phrase i may be a part of, nearest first: those of its own phrase, then of
// the phrases before it in its section.
func wholesBefore(phrases []phrase, i int, part *quantity) []*quantity {
	var wholes []*quantity
	for back := 0; back <= phrasesBack && i-back >= 0 && phrases[i-back].section == phrases[i].section; back++ {
		p := &phrases[i-back]
		for n := len(p.quantities) - 1; n >= 0 && len(wholes) < candidatesBack; n-- {
			q := &p.quantities[n]
			if q == part || q.cited == nil || !q.isLevel() || q.figure.Unit != part.figure.Unit || q.figure.Kind == cite.Percent {
				continue
			}
			if q.value() > part.value() {
				wholes = append(wholes, q)
			}
		}
	}
	return wholes
}

// A reductionForm is a wording of a small part that does where the whole was needed. Where it does not say so itself
// the phrase must be about work that is done on the part.
type reductionForm struct {
	form
	says bool
}

var reductionForms = []reductionForm{
	{newForm(`<part>~5 (?:statt|anstatt|anstelle|instead of|rather than)~5 <whole>`), true},
	{newForm(`(?:statt|anstatt|anstelle|instead of|rather than)~3 <whole>~6,?~6 <part>`), true},
	{newForm(`<whole>~8,?~6 (?:nur|only|just|lediglich|bloß|merely)(?: noch)?~2 <part>`), false},
	{newForm(`<part>~3 OF <whole>`), false},
}

var (
	// reducing are the words of what a share of an effort is about, working those of the work it takes.
	reducing = regexp.MustCompile(`reduzier|senkt|sinkt|verringer|spart|einspar|erspar|reduc|cuts?\b|saves?\b|saving|lower|shrink|drops?\b|fällt|weniger|less|drück`)
	working  = regexp.MustCompile(`verif|prüf|check|rechn|comput|process|verarbeit|\blesen|\bliest|\breads?\b|sampl|stichprobe|download|herunter|\blädt|\bladen|speicher|\bstores?\b|inspect|audit|scan`)
)

// reductions checks what is saved, or left of an effort, where a part is enough: "verifies 50,000 of 200 million logits
// … reduces the effort to 0.1 %", "… saves 99.9 %".
func (x *examination) reductions(d *rule.Document, phrases []phrase, i int, told map[*quantity]bool) {
	p := &phrases[i]
	if !reducing.MatchString(p.Text) {
		return
	}
	pairs := reductionPairs(p)
	if len(pairs) == 0 && i > 0 && phrases[i-1].section == p.section && !hasAmount(p) && anaphora.MatchString(p.Text) {
		pairs = reductionPairs(&phrases[i-1])
	}
	for n := range p.quantities {
		pct := &p.quantities[n]
		if pct.figure.Kind != cite.Percent || told[pct] || len(pairs) == 0 || comparing.MatchString(p.after(pct)) {
			continue
		}
		c := x.reductionClaim(d, pairs, pct)
		if c == nil || x.restated(d, phrases, i, c) && x.outcome(c) != rule.Differs {
			continue
		}
		x.judge(c)
	}
}

var (
	// anaphora begin phrases that speak of what was just said.
	anaphora = regexp.MustCompile(`^(?:das|dies|dieser|diese|damit|dadurch|so|somit|this|that|it|which|thus|hence)\b`)
	// comparing says that a change is one against something else than what stands beside it.
	comparing = regexp.MustCompile(`^(?: ` + word + `){0,4} (?:als|than|gegenüber|compared|verglichen|seit|since|im vergleich|year.on.year|on the year)\b`)
)

// A pair is a part and its whole.
type pair struct{ part, whole *quantity }

func reductionPairs(p *phrase) []pair {
	var pairs []pair
	works := working.MatchString(p.Text)
	for n := range reductionForms {
		f := &reductionForms[n]
		if !f.says && !works {
			continue
		}
		for _, m := range f.in(p) {
			part, whole := m.get("part"), m.get("whole")
			if part.figure.Unit == whole.figure.Unit && isCounting(part.figure) && part.value() < whole.value() && part.value() > 0 && part.isLevel() && whole.isLevel() {
				pairs = append(pairs, pair{part, whole})
			}
		}
	}
	return pairs
}

// reductionClaim is what the pairs say of a share: what is left where the text says "to", else what is saved. Of several
// pairs it is the one that fits, else the first.
func (x *examination) reductionClaim(d *rule.Document, pairs []pair, pct *quantity) *claim {
	var first *claim
	for _, pr := range pairs {
		c := x.shareClaim(d, pr.part, pr.whole, pct)
		if c == nil {
			continue
		}
		switch pct.figure.Change {
		case cite.Decline, cite.By:
			left := written(c.is.exact, unit.Percent)
			c.is = c.is.rest()
			saved := written(c.is.exact, unit.Percent)
			c.sum = tell("1 − %s von %s = 1 − %s = %s", "1 − %s of %s = 1 − %s = %s", pr.part.figure.Text, pr.whole.figure.Text, left, saved)
			c.says = tell("%s statt %s sind %s weniger, im Text steht %s.", "%s instead of %s is %s less, the text says %s.", pr.part.figure.Text, pr.whole.figure.Text, saved, pct.figure.Text)
		case cite.To:
		default:
			c.quiet = true
		}
		if x.outcome(c) != rule.Differs {
			return c
		}
		if first == nil {
			first = c
		}
	}
	return first
}

// phrasesAround is how many phrases on either side a share may be said again from its other end.
const phrasesAround = 3

// restated checks the other end of a saving where the text gives that as well: what saves 99,9 % is left with 0,1 %, and
// where the one follows from a part and its whole so must the other. It tells whether the other end is wrong: that the
// saving is then a little off is the same mistake.
func (x *examination) restated(d *rule.Document, phrases []phrase, i int, c *claim) bool {
	if c.stated.figure.Change == cite.To {
		return false
	}
	left, wrong := 100-c.stated.value(), false
	part, whole := c.from[0], c.from[1]
	for k := max(0, i-phrasesAround); k < min(len(phrases), i+phrasesAround+1); k++ {
		if phrases[k].section != phrases[i].section || !reducing.MatchString(phrases[k].Text) {
			continue
		}
		for n := range phrases[k].quantities {
			q := &phrases[k].quantities[n]
			if q.figure.Unit != unit.Percent || q.figure.Change != cite.To || math.Abs(q.value()-left) > 1e-9 {
				continue
			}
			if twin := x.shareClaim(d, part, whole, q); twin != nil {
				twin.from = append(twin.from, c.stated)
				x.judge(twin)
				wrong = wrong || x.outcome(twin) == rule.Differs
			}
		}
	}
	return wrong
}

// remaining are the words of what is left of a whole.
var remaining = newForm(`(?:everyone else|everybody else|all others|alle anderen|alle übrigen|der rest|übrigen|übrige|restlichen|restliche|verbleibenden|verbleibende|anderen|andere|remaining|the other|the rest|der rest)(?: ?[(,:–]| ` + word + `){0,3}? <pct>`)

// remainders checks what is left of a whole against the shares named before it: "60 % … the other 40 %".
func (x *examination) remainders(d *rule.Document, phrases []phrase, i int) {
	p := &phrases[i]
	for _, m := range remaining.in(p) {
		rest := m.get("pct")
		if !rest.isShare() {
			continue
		}
		shares, in, next := sharesBefore(p, rest), p, i-1
		if len(shares) == 0 && next >= 0 && phrases[next].section == p.section {
			shares, in, next = sharesBefore(&phrases[next], nil), nil, next-1
		}
		var earlier []*quantity
		if next >= 0 && phrases[next].section == p.section {
			earlier = sharesBefore(&phrases[next], nil)
		}
		if len(shares) > 0 && len(shares)+len(earlier) <= mostParts {
			x.remainder(d, in, earlier, shares, rest)
		}
	}
}

// sharesBefore are the shares of a phrase, those before a quantity if there is one.
func sharesBefore(p *phrase, end *quantity) []*quantity {
	var shares []*quantity
	for n := range p.quantities {
		q := &p.quantities[n]
		if q == end {
			break
		}
		if q.isShare() && !shareOfShare.MatchString(p.after(q)) {
			shares = append(shares, q)
		}
	}
	return shares
}

// shareOfShare stands behind a share of what was just named.
var shareOfShare = regexp.MustCompile(`^ (?:davon|of (?:them|that|it|which|those|whom))\b`)

// remainder holds a rest against the shares before it. Shares of other things may stand among them, and the first ones
// may stand in an earlier phrase; only where none of that fits, and the shares are surely those of one whole, the rest is
// wrong. p is the phrase that holds them all, nil where the rest stands in a phrase of its own.
func (x *examination) remainder(d *rule.Document, p *phrase, earlier, shares []*quantity, rest *quantity) {
	all := append(slices.Clone(earlier), shares...)
	for i := range all {
		for _, some := range [][]*quantity{all[i:], all[i : i+1]} {
			if c := x.remainderClaim(d, some, rest); x.outcome(c) != rule.Differs {
				x.judge(c)
				return
			}
		}
	}
	c := x.remainderClaim(d, shares, rest)
	c.quiet = len(earlier) > 0 || len(shares) > 1 && (p == nil || !isEnumeration(p, append(slices.Clone(shares), rest)))
	x.judge(c)
}

func (x *examination) remainderClaim(d *rule.Document, shares []*quantity, rest *quantity) *claim {
	sum := number(0, 0)
	for _, q := range shares {
		sum = sum.plus(x.reckonShare(q))
	}
	is := sum.rest()
	terms, left := joined(shares, "−"), written(is.exact, unit.Percent)
	return &claim{rule: rule.MathShare, doc: d, stated: rest, from: shares, is: is,
		sum:  tell("100 %% − %s = %s", "100%% − %s = %s", terms, left),
		says: tell("Neben %s bleiben %s übrig, im Text steht %s.", "Beside %s there is %s left, the text says %s.", joined(shares, "+"), left, rest.figure.Text)}
}

// partForms are wordings that make one amount a part of another.
var partForms = []form{
	newForm(`<whole>~6 ?,? ?\(?(?:darunter|davon|including|of which|of whom|among them|von denen|wovon)~4 <part>`),
	newForm(`<part>~2 (?:von|of|out of)(?: (?:the|den|total|a|insgesamt|its|their|all))+ <whole>`),
	newForm(`^(?:von|of|out of)(?: (?:the|den|total|a|insgesamt|its|their|all))* <whole>~6,? ?(?:entfallen|entfielen|gehen|gingen|fließen|flossen|sind|waren|stammen|go|went|come|came|are|were|belong)~6 <part>`),
}

// impossible finds parts that are larger than their wholes.
func (x *examination) impossible(d *rule.Document, p *phrase) {
	for n := range partForms {
		for _, m := range partForms[n].in(p) {
			part, whole := m.get("part"), m.get("whole")
			if part.cited == nil || whole.cited == nil || part.figure.Unit != whole.figure.Unit || part.figure.Unit == "" || !fitTogether(part, whole) {
				continue
			}
			a, b := x.reckon(part), x.reckon(whole)
			if a.coarse.Low <= b.coarse.High {
				continue
			}
			x.Add(x.oversized(d, part, whole))
		}
	}
}
