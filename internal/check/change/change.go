package change

import (
	"math"
	"regexp"
	"slices"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// changeKind is in what a change is stated.
type changeKind uint8

const (
	changeRelative changeKind = iota // per cent of the earlier value
	changePoints                     // percentage or basis points between two percentages
	changeFactor                     // a multiple of the earlier value
	changeAmount                     // in the unit of the values themselves
)

// change is a figure that states by how much something changed.
type change struct {
	at       *rule.Spot
	kind     changeKind
	up, down bool // what the text says; neither where it does not
	loose    bool // "um das Dreifache", "three times more": some mean the threefold, some the fourfold
}

// changeAt reads a figure as a stated change.
func changeAt(l *rule.Layout, s *rule.Spot) (*change, bool) {
	f := &s.Figure
	c := &change{at: s, up: f.Change == cite.Growth, down: f.Change == cite.Decline}
	low, _ := f.Ends()
	if f.Per != "" || low.Sign() == 0 || isDenied(l, s) || isYearly(l, s) {
		return nil, false
	}
	moves := f.Change == cite.Growth || f.Change == cite.Decline || f.Change == cite.By
	switch {
	case slices.Contains(f.Inferred, "unit") && (f.Kind == cite.Percent || f.Kind == cite.Multiple): // "um 40.000 oder 20 %"
		return nil, false
	case f.Kind == cite.Percent && isShareOf.MatchString(f.Text), f.Kind == cite.Multiple && speeds.MatchString(l.After(s)):
		return nil, false
	case f.Kind == cite.Percent && (f.Unit == unit.PercentagePoint || f.Unit == unit.BasisPoint), f.Kind == cite.Count && f.Unit == "point":
		c.kind = changePoints
		moves = f.Change != cite.From
	case f.Kind == cite.Percent:
		c.kind = changeRelative
		if f.Change == "" {
			c.up, c.down = named(l, s)
			moves = c.up || c.down
		}
	case f.Kind == cite.Multiple:
		c.kind = changeFactor
		c.loose = isLoose(l, s)
		moves = f.Change != cite.From && f.Change != cite.To && (f.Change != "" || !countsThing(l, s))
	default:
		c.kind = changeAmount
		moves = moves && f.Kind != cite.Duration
	}
	return c, moves
}

var (
	// isShareOf is a share that counts heads, and never says by how much something changed: "jeder zehnte", "one in ten".
	isShareOf = regexp.MustCompile(`(?i)^\s*(jede[rsnm]?\b|every\b|each\b|\S+ (in|out of|von|aus)\b)`)
	// speeds compare how fast two things are, not how large one was and is.
	speeds = regexp.MustCompile(`^[ -]*(so|as) (schnell|fast|quick|langsam|slow|rasch|effizient|efficient|often|oft|häufig)`)
)

// named reads a percentage that words before it name a change though it is none by itself: "der Zuwachs beträgt also".
func named(l *rule.Layout, s *rule.Spot) (up, down bool) {
	parts := wordsOf(l.Before(s)).parts()
	last := parts[len(parts)-1]
	if len(parts) == 2 && len(last) == 0 { // "Der Zuwachs: 40 %"
		last = parts[0]
	}
	for i, w := range last {
		up, down = risingNouns.holds(w), fallingNouns.holds(w)
		if up || down {
			near := last[i+1:].all(neutralWords) && len(last)-i <= nearestTalk
			return up && near, down && near
		}
	}
	return false, false
}

// countsThing tells whether a bare multiple belongs to the noun behind it: "3x leverage".
func countsThing(l *rule.Layout, s *rule.Spot) bool {
	after := wordsOf(l.After(s))
	return len(after) > 0 && after[0] != markApart && after[0] != markCloses && !neutralWords.holds(after[0])
}

// measures tells whether a value can be an end of this kind of change.
func (c *change) measures(s *rule.Spot) bool {
	switch {
	case s == c.at:
		return false
	case c.kind == changePoints:
		return s.Figure.Unit == unit.Percent
	case c.kind == changeAmount:
		return sameUnit(&s.Figure, &c.at.Figure)
	}
	return true
}

var (
	denials       = newWordSet(`nicht kein keine keinen keiner not no never nor statt anstelle instead rather expected erwartet* prognostiziert* forecast consensus`)
	falselyDenied = newWordSet(`quite even only ganz einmal nur`) // "not quite 15 %"
	nearestTalk   = 4                                             // words
)

// isDenied tells whether the text says that a change is not so, or was only expected: "nicht einer 1.000-fachen".
func isDenied(l *rule.Layout, s *rule.Spot) bool {
	before := wordsOf(l.Before(s))
	for i := len(before) - 1; i >= max(0, len(before)-nearestTalk) && before[i] != markApart; i-- {
		if denials.holds(before[i]) && (i+1 == len(before) || !falselyDenied.holds(before[i+1])) {
			return true
		}
	}
	return false
}

// yearly are words that make a growth one per year, over more than one.
var yearlyWords = regexp.MustCompile(`cagr|jährlich|pro jahr|je jahr|jedes jahr|jahr für jahr|p\. ?a\.|per annum|\bannual|per year|(each|every) year|compound|zusammengesetzt|durchschnittlich|im schnitt|im mittel|on average|averag|\ba year\b`)

var yearAgo = regexp.MustCompile(`a year (ago|earlier|before|prior|later|on)|(than|from|over|in) a year|yoy|year[ -](over|on)[ -]year`)

// isYearly tells whether the words around a growth make it a rate per year.
func isYearly(l *rule.Layout, s *rule.Spot) bool {
	around := yearAgo.ReplaceAllString(around(l, &change{at: s}), "")
	return yearlyWords.MatchString(around)
}

var (
	looseBefore = regexp.MustCompile(`(um das|um ein|um|\bup|by)\s*(rund |etwa |fast |mehr als |über |about |nearly |almost |more than |over )?$`)
	looseAfter  = regexp.MustCompile(`^[ -]*(mehr|größer|höher|stärker|schneller|more|larger|higher|bigger|greater|faster|increase|rise|jump|growth|gain|anstieg|steigerung|zuwachs|wachstum|erhöhung|verbesserung|improvement)`)
)

// isLoose tells whether a multiple is worded so that it may be meant as what was added.
func isLoose(l *rule.Layout, s *rule.Spot) bool {
	return looseBefore.MatchString(l.Before(s)) || looseAfter.MatchString(l.After(s))
}

// reading is one way to understand a change between two values.
type reading struct {
	kind     changeKind
	falls    bool
	turned   bool // against what the text says of the direction: good to confirm, not to blame
	computed estimate
}

// readings are the ways to understand a change between two ends, the plainest first; none where the ends do not allow it.
func (c *change) readings(b rule.Bounds, e ends) []reading {
	u := e.to.Figure.Unit
	if u == "" {
		u = e.from.Figure.Unit
	}
	base, top := e.from.Figure, e.to.Figure
	if e.than {
		base.Qualifier, base.Nearly = "", false
	}
	if base.Kind == cite.Count && top.Kind == cite.Count || isBare(&base) || isBare(&top) || isPriceOf(&base, &top) || isPriceOf(&top, &base) { // two names of one thing, units left out
		base.Unit, top.Unit, u = "", "", ""
	}
	from, ok := estimateOf(b, &base, u)
	to, ok2 := estimateOf(b, &top, u)
	if !ok || !ok2 || from.exact <= 0 || to.exact <= 0 || from.wide.Low < 0 || to.wide.Low < 0 {
		return nil
	}
	falls := to.exact < from.exact
	if to.exact == from.exact {
		falls = c.down
	}
	r := reading{falls: falls, turned: falls && c.up || !falls && c.down}
	as := func(k changeKind, q estimate) reading {
		r.kind, r.computed = k, q
		return r
	}
	ratio := to.over(from)
	switch c.kind {
	case changeAmount:
		return []reading{as(changeAmount, mirrored(to.less(from), falls))}
	case changePoints:
		k := 1.0
		if c.at.Figure.Unit == unit.BasisPoint {
			k = 100
		}
		return []reading{as(changePoints, mirrored(to.less(from), falls).times(k))}
	case changeRelative:
		list := []reading{as(changeRelative, mirrored(ratio.each(func(v float64) float64 { return (v - 1) * 100 }), falls))}
		if e.from.Figure.Unit == unit.Percent {
			list = append(list, as(changePoints, mirrored(to.less(from), falls)))
		}
		return list
	}
	if falls && c.at.Figure.Value.Float64() < 1 && !c.at.Figure.IsRange() { // "halved" is ×0,5
		return []reading{as(changeFactor, ratio)}
	}
	if falls {
		ratio = from.over(to)
	}
	list := []reading{as(changeFactor, ratio)}
	if c.loose {
		list = append(list, as(changeFactor, ratio.each(func(v float64) float64 { return v - 1 })))
	}
	return list
}

func mirrored(q estimate, falls bool) estimate {
	if falls {
		return q.negated()
	}
	return q
}

// stated is what the change itself says, without its sign.
func (c *change) stated(b rule.Bounds) estimate {
	f := c.at.Figure
	if f.Value.Sign() < 0 {
		f.Value = f.Value.Abs()
	}
	f.Qualifier = c.qualifier()
	if v := f.Value.Float64(); c.leavesPart() { // a word's step is a whole one
		f.Precision = unit.FromFloat(min(f.Precision.Float64(), v*0.4))
		if f.Nearly {
			f.Nearly, f.Qualifier = false, cite.About
		}
	}
	q, _ := estimateOf(b, &f, f.Unit)
	if c.leavesPart() && f.Qualifier == cite.Under {
		q.near.Low, q.wide.Low = min(q.near.Low, q.exact*wellBelow), min(q.wide.Low, q.exact*wellBelow)
	}
	return q
}

// wellBelow is what is left at least, relatively, where something is more than halved; below, another word is used.
const wellBelow = 0.7

// leavesPart tells whether a multiple is the part that is left: "halved" is ×0,5.
func (c *change) leavesPart() bool {
	v := c.at.Figure.Value.Float64()
	return c.kind == changeFactor && v > 0 && v < 1
}

// qualifier is on which side of its number a change may lie; who more than halves something has less than half left.
func (c *change) qualifier() cite.Qualifier {
	q := c.at.Figure.Qualifier
	if !c.leavesPart() {
		return q
	}
	switch q {
	case cite.Over, cite.AtLeast:
		return cite.Under
	case cite.Under, cite.UpTo:
		return cite.Over
	}
	return q
}

// mixUp is a known way to get a change wrong.
type mixUp uint8

const (
	noMixUp   mixUp = iota
	asRatio         // the ratio of the ends was taken for the growth
	asRest          // what is left was taken for the loss
	wrongBase       // the difference was related to the later value
	asPoints        // per cent were written as percentage points
)

// mixedUp tells which mistake gives the stated number exactly.
func (c *change) mixedUp(e ends, r reading, stated estimate) mixUp {
	from, _ := e.from.Figure.Ends()
	to, _ := e.to.Figure.Ends()
	ratio := to.Float64() / from.Float64()
	is := func(v float64) bool {
		return v > 0 && math.Abs(stated.exact-v) <= max(0.005*v, min(rule.LastDigit(&c.at.Figure)/2, 0.02*v))
	}
	switch {
	case c.kind == changePoints && is(100*math.Abs(ratio-1)):
		return asPoints
	case c.kind != changeRelative:
		return noMixUp
	case !r.falls && is(100*ratio):
		return asRatio
	case r.falls && is(100*ratio):
		return asRest
	case is(100 * math.Abs(1-1/ratio)):
		return wrongBase
	}
	return noMixUp
}
