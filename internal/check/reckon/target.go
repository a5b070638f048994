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

// How far back the inputs of a derived amount are looked for, in phrases of its section: prices, rates and principals
// that stand close by, counts that may have been said a little earlier.
const (
	inputsBack = 2
	countsBack = 4
)

// A cue is how clearly the words around an amount say that it follows from others.
type cue uint8

const (
	noCue    cue = iota
	stating      // it is what something costs, brings in or comes to
	deducing     // it is deduced: "also", "das sind", "hence", "that is"
)

// Words that say that an amount follows from others; neither language's words mean something else in the other one.
var (
	deduction = regexp.MustCompile(`(?:^|[^\p{L}])(?:also|daher|deshalb|damit|somit|mithin|folglich|demnach|demzufolge|dementsprechend|entsprechend|infolgedessen|daraus|woraus|dadurch|wodurch|womit|rechnerisch|hochgerechnet|umgerechnet|umgelegt|gerechnet|aufs jahr (?:betrachtet|gesehen)|auf das jahr (?:betrachtet|gesehen)|macht zusammen|landet\w*|landen|gelangt\w*|gelangen|lautet|` +
		`ergibt|ergeben|ergab|ergaben|ergäbe|ergäben|entspricht|entsprechen|entsprach|bedeutet|bedeuten|das sind|sind das|das waren|waren das|das wären|wären das|wäre das|das macht|macht das|summier\w+|addier\w+|belaufen|beläuft|belief|beliefen|d\. ?h\.|das heißt|sprich|` +
		`hence|therefore|thus|thereby|accordingly|consequently|makes?|making|made|gives?|giving|gave|result\w*|yields?|yielding|implies|imply|implying|implied|i\. ?e\.|that is|that's|this is|that was|that would be|this would be|it would be|ends? up|ended up|lands?|landed|leads? to|led to|leaves?|leaving|produces?|producing|which is|which was|works? out|working out|comes? to|came to|adds?|added up|adding up|amount\w*|` +
		`translat\w+|equal\w*|equivalent|correspond\w*|so|scaled|extrapolated|annualised|annualized|means?|meaning|arriv\w+|=|≈)(?:[^\p{L}]|$)|` + `(?:^|[^\p{L}])(?:or|oder|bzw\.?|beziehungsweise)(?: ` + word + `){0,4},? ?$`)
	statement = regexp.MustCompile(`(?:^|[^\p{L}])(?:kostet\w*|kosten|zahlt\w*|zahlen|verdient\w*|verdienen|bringt|brachten?|bringen|kommt|kommen|kam|kamen|käme|kämen|erreicht\w*|beträgt|betragen|betrug\w*|wert|gesamtwert|gegenwert|erlöst\w*|einnahmen|erlös\w*|umsatz\w*|rechnung|stromrechnung|gebühren\w*|marktkapitalisierung|einstandswert|verbraucht\w*|verbrauchen|verbrauch|benötigt|summe|insgesamt|zusammen|taucht|wären|wäre|würden?|dauert\w*|brauch\w+|warten|wartezeit|reicht|reichen|` +
		`costs?|pays?|paid|earns?|earned|brings?|brought|worth|value|revenues?|takings|income|bill|billed|berechnet|fees?|draws?|drew|uses?|used|consum\w+|would|total\w*|altogether|together|spends?|spent|grosse[sd]?|collects?|collected|takes?|took|raised|raising|lasts?|wait\w*|needs?|needed|market cap\w*|capitali[sz]ation|book\w*)(?:[^\p{L}]|$)`)
	deducedBehind = regexp.MustCompile(`^(?: ` + word + `){0,3} (?:ergibt|ergeben|ergab|ergaben|summiert|entspricht|zusammen|hochgerechnet|annualised|annualized|altogether)\b`)
	paidFor       = regexp.MustCompile(`(?:^|[^\p{L}])(?:for|für|zu)(?: (?:insgesamt|zusammen|a total of))? $`)
	apposed       = regexp.MustCompile(`[(=≈] ?$`)
	averaging     = regexp.MustCompile(`im schnitt|im mittel|im durchschnitt|durchschnittlich\w*|average|\bmean\b|\w+durchschnitt|\w+mittel\b|pro kopf|per head|per capita`)
)

// cueOf is what the words around an amount say of where it comes from.
func cueOf(p *phrase, q *quantity) cue {
	if !q.known.cue {
		q.known.cue, q.known.tells = true, readCue(p, q)
	}
	return q.known.tells
}

func readCue(p *phrase, q *quantity) cue {
	before := p.before(q)
	switch {
	case deduction.MatchString(before), apposed.MatchString(before), deducedBehind.MatchString(p.after(q)):
		return deducing
	case statement.MatchString(before), paidFor.MatchString(before), averaging.MatchString(before), worthBehind.MatchString(p.after(q)):
		return stating
	}
	return noCue
}

var worthBehind = regexp.MustCompile(`^(?: ` + word + `){0,2} (?:wert|worth|ein|einnahmen|erlöse|umsatz|revenue|an gebühren|in fees|in revenue|kosten|verbrauch\w*)\b`)

// A target is an amount that may follow from others.
type target struct {
	doc *rule.Document
	i   int // of its phrase
	p   *phrase
	q   *quantity
	cue cue
}

// A spot is a quantity at its phrase.
type spot struct {
	i int
	p *phrase
	q *quantity
}

// before are the quantities that stand before the target in its phrase and in the phrases before it, of its section, that
// pass; the nearest phrase first, in text order within one.
func (x *examination) before(t *target, back int, pass func(s spot) bool) []spot {
	var found []spot
	for n := 0; n <= back && t.i-n >= 0; n++ {
		p := &x.phrases[t.i-n]
		if p.section != t.p.section {
			break
		}
		for m := range p.quantities {
			q := &p.quantities[m]
			if s := (spot{t.i - n, p, q}); (n > 0 || q.to <= t.q.from) && pass(s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// nearest are the spots of the nearest phrase that has any.
func nearest(spots []spot) []spot {
	for n := range spots {
		if spots[n].i != spots[0].i {
			return spots[:n]
		}
	}
	return spots
}

// isOnly tells whether a spot is the only one of the nearest phrase.
func isOnly(spots []spot, s spot) bool {
	near := nearest(spots)
	return len(near) == 1 && near[0].q == s.q
}

// growing stands before the result of an addition, whose figure looks like a change: "it adds up to 5 million".
var growing = regexp.MustCompile(`(?:adds?|added|adding|summier\w+|addier\w+)(?: ` + word + `){0,3} $`)

// isAmount tells whether a quantity is a figure above zero that states a level.
func isAmount(p *phrase, q *quantity) bool {
	if q.value() <= 0 || q.figure.IsRange() || q.figure.Kind == cite.Multiple {
		return false
	}
	return q.isLevel() || q.figure.Kind != cite.Percent && growing.MatchString(p.before(q))
}

// sameKind tells whether two quantities are amounts of the same measure, shares left out.
func sameKind(a, b *quantity) bool {
	if a.figure.Kind == cite.Percent || b.figure.Kind == cite.Percent || isPlain(a.figure) && isPlain(b.figure) {
		return false
	}
	_, _, ok := sameMeasure(a, b)
	return ok
}

// relations are the ways in which amounts follow from others.
var relations = []func(*examination, *target) []*claim{
	(*examination).overTime,
	(*examination).overTerm,
	(*examination).scaledUp,
	(*examination).byUnit,
	(*examination).onAverage,
	(*examination).ofPower,
	(*examination).ofRate,
	(*examination).ofBacklog,
	(*examination).exchanged,
}

// derived holds an amount against all that it may follow from. Where something explains it, it is right; else it is wrong
// only if its sentence singles out what it follows from, or if nothing but the power of ten is amiss.
func (x *examination) derived(t *target) {
	var ways []*claim
	for _, relation := range relations {
		ways = append(ways, relation(x, t)...)
	}
	certain := slices.ContainsFunc(ways, func(c *claim) bool { return c.sure && !c.quiet && t.inPhrase(c) == len(c.from) })
	for _, c := range ways {
		if x.outcome(c) != rule.Differs && (!certain || t.inPhrase(c) > 0) {
			c.quiet = true
			x.judge(c)
			return
		}
	}
	for _, c := range ways {
		if c.sure && !c.quiet && t.isOwn(c) && !x.isToldBefore(t, c) && distance(c) > x.Settings.Tolerances.Rounding && (plausible(c) || x.decade(c) != 0 || x.slipped(c)) {
			x.judge(c)
			return
		}
	}
	if t.cue != deducing {
		return
	}
	for _, c := range ways {
		if !c.alibi && x.decade(c) != 0 && isFine(c.stated) && t.isAtHand(c) {
			c.quiet, c.sure = false, false
			x.judge(c)
			return
		}
	}
}

// isOwn tells whether the inputs of a claim are what stands before its result: the figure directly before it is one of
// them, or none stands before it in its phrase, and nothing says that the result comes on top.
func (t *target) isOwn(c *claim) bool {
	if addition.MatchString(t.p.before(t.q)) {
		return false
	}
	here := false
	for n := range t.p.quantities {
		q := &t.p.quantities[n]
		if q.to > t.q.from {
			break
		}
		isInput := slices.Contains(c.from, q)
		here = here || isInput
		if !isInput && here && sameKind(q, t.q) && q.cited != nil { // a result of its own stands between
			return false
		}
	}
	last := t.last()
	return last == nil || here && (last.figure.Kind != cite.Percent || slices.Contains(c.from, last)) || slices.Contains(c.from, last)
}

// isToldBefore tells whether another amount between the inputs of a claim and its target is their result: then the target
// is something else.
func (x *examination) isToldBefore(t *target, c *claim) bool {
	if len(c.spots) < 2 {
		return false
	}
	span := spanOf(t.p, t.q)
	told := x.before(t, inputsBack, func(s spot) bool {
		to := spanOf(s.p, s.q)
		return s.q.cited != nil && !slices.Contains(c.from, s.q) && isAmount(s.p, s.q) && sameKind(s.q, t.q) && (to == span || to == "" || span == "")
	})
	return slices.ContainsFunc(told, func(s spot) bool { return c.is.Coarse.Meets(x.reckon(s.q).Coarse) })
}

// isAtHand tells whether the inputs of a claim stand near its result (counts may stand further up), in its sentence or the one before, or together in
// one a little further up, and none of an amount for a market gives the price of a single thing.
func (t *target) isAtHand(c *claim) bool {
	first, last := t.i, 0
	for _, s := range c.spots {
		if s.q.figure.Kind == cite.Count && len(c.spots) > 1 {
			continue
		}
		first, last = min(first, s.i), max(last, s.i)
		if s.q.figure.Kind == cite.Money && t.q.figure.Kind == cite.Money && s.q.scale > dearest && t.q.scale <= 1 {
			return false
		}
	}
	return len(c.spots) > 0 && (t.i-first <= 1 || first == last && t.i-first <= inputsBack)
}

// inPhrase is how many inputs of a claim stand in the target's phrase.
func (t *target) inPhrase(c *claim) int {
	n := 0
	for i := range t.p.quantities {
		if slices.Contains(c.from, &t.p.quantities[i]) {
			n++
		}
	}
	return n
}

// last is the figure before the target in its phrase; nil where there is none.
func (t *target) last() *quantity {
	var last *quantity
	for n := range t.p.quantities {
		if q := &t.p.quantities[n]; q.to <= t.q.from && q.cited != nil {
			last = q
		}
	}
	return last
}

// addition stands before an amount that comes on top of what was reckoned.
var addition = regexp.MustCompile(`\b(?:hinzu|dazu|zuzüglich|plus|weitere[nrs]?|zusätzlich\w*|obendrauf|additional|additionally|another|further|on top|besides|plus)\b`)

// furthestOff is the factor by which a wrong result is off at most; what is further off was not meant as one, unless its
// digits are right.
const furthestOff = 12

func plausible(c *claim) bool {
	ratio := c.is.Exact / c.stated.value()
	return ratio < furthestOff && ratio > 1./furthestOff
}

// Relative half steps of a number of two and of three digits: what is written more coarsely says too little of its digits.
const (
	twoDigits   = 0.05
	threeDigits = 0.006
	mostDecades = 9
	sameDigits  = 0.003 // how far, relatively, right digits may be off: as far as a year of 365 days is from one of 366
)

// isFine tells whether a quantity is written with three digits or more.
func isFine(q *quantity) bool {
	return q.step > 0 && min(q.step, q.figure.Precision.Float64())/2 <= threeDigits*q.value()
}

// decade is the power of ten by which a claim is off where its digits are right; 0 where they are not, or are too few.
func (x *examination) decade(c *claim) int {
	s := c.stated
	half := s.figure.Precision.Float64() / 2
	if s.scale == 0 || s.figure.Kind == cite.Percent || half <= 0 || half > twoDigits*s.value() || c.is.Exact <= 0 || c.is.Coarse.High > c.is.Coarse.Low*(1+4*twoDigits) {
		return 0
	}
	digits := rule.Interval{Low: s.value() - half, High: s.value() + half}
	k := int(math.Round(math.Log10(s.value() / c.is.Exact)))
	if k == 0 || max(k, -k) > mostDecades || !c.is.Fine.By(math.Pow10(k)).Meets(digits) || !c.calendar && !digits.Widen(sameDigits).Holds(c.is.Exact*math.Pow10(k)) {
		return 0
	}
	return k
}

// timesClaim is the claim that an amount is the product of others.
func timesClaim(t *target, is rule.Estimate, from ...spot) *claim {
	return operationClaim(t, is, "×", from...)
}

func operationClaim(t *target, is rule.Estimate, sign string, from ...spot) *claim {
	c := &claim{rule: rule.MathProduct, doc: t.doc, stated: t.q, is: is}
	for _, s := range from {
		if !slices.Contains(c.from, s.q) {
			c.from = append(c.from, s.q)
			c.spots = append(c.spots, s)
		}
	}
	terms, computed := joined(c.from, sign), rule.Computed(is.Exact, t.q.figure.Unit)
	c.sum = rule.Tell("%s = %s", "%s = %s", terms, computed)
	c.says = rule.Tell("%s sind %s, im Text steht %s.", "%s is %s, the text says %s.", terms, computed, t.q.figure.Text)
	return c
}

// apart tells whether two quantities are dated differently.
func apart(a, b *quantity) bool {
	pa, pb := a.figure.Period, b.figure.Period
	return !pa.IsZero() && !pb.IsZero() && !pa.Contains(pb) && !pb.Contains(pa)
}

// isStuff tells whether a quantity is an amount of something that can have a price: counted things, energy, data, mass.
func isStuff(q *quantity) bool {
	f := q.figure
	switch f.Unit.Dimension() {
	case unit.Count, unit.Energy, unit.Power, unit.Data, unit.Mass:
		return true
	case unit.Undefined:
		return f.Unit != "" && f.Kind != cite.Money
	}
	return false
}

// contrasting words stand between amounts that are compared, not derived from each other.
var contrasting = regexp.MustCompile(`\b(?:während|wohingegen|gegenüber|verglichen|statt|anstelle|aber|jedoch|sondern|nach(?: nur)?|zuvor|vorher|früher|while|whereas|against|compared|instead|versus|vs|but|however|rather|previously|earlier|before|after|up from|down from|than)\b`)

// isContrasted tells whether words put two amounts against each other.
func isContrasted(between string) bool { return contrasting.MatchString(strings.TrimSpace(between)) }
