package reckon

import (
	"regexp"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// baseOf stands behind a rate and names what it is one of.
var baseOf = regexp.MustCompile(`^ (?:of|der|des|vom|von|on|auf (?:das|den|die))(?: (?:the|its|their|all|total|gesamten|dem|der|den))? (` + word + `)`)

// ofRate are the claims that an amount is a rate in per cent of another: interest on a principal, a fee on a volume.
func (x *examination) ofRate(t *target) []*claim {
	if t.q.figure.Unit.Dimension() != unit.Money && t.q.figure.Unit.Dimension() != unit.Count {
		return nil
	}
	rates := x.before(t, inputsBack, func(s spot) bool {
		return s.q.cited != nil && s.q.isShare() && !s.q.isFraction() && !s.q.figure.IsRange() && (interest.MatchString(s.p.Text) || baseOf.MatchString(s.p.after(s.q)) || s.i == t.i && leftOver.MatchString(t.p.Text) || t.i-s.i <= 1 && x.isFee(t, s))
	})
	if len(rates) == 0 {
		return nil
	}
	bases := x.before(t, countsBack, func(s spot) bool {
		return s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q) && s.q.value() > t.q.value()
	})
	terms := x.before(t, countsBack, func(s spot) bool { return s.q.figure.Kind == cite.Duration && s.q.figure.Unit == "year" })
	var ways []*claim
	for _, r := range rates {
		for _, b := range bases {
			ways = append(ways, x.rateOf(t, r, b, isOnly(rates, r) && isOnly(bases, b), terms)...)
		}
	}
	return ways
}

// fees are rates that are taken of an amount.
var fees = regexp.MustCompile(`gebühr|provision|courtage|aufschlag|abschlag|marge|kostenquote|ausgabeaufschlag|steuersatz|\bfees?\b|commission|take rate|expense ratio|\bcut\b|\bmargin\b|royalt|\btax\b|surcharge`)

// isFee tells whether a share is a fee, by the words of its phrase, of the one before and of the one that it leads to.
func (x *examination) isFee(t *target, rate spot) bool {
	const dearest = 30 // per cent
	if rate.q.value() > dearest {
		return false
	}
	if fees.MatchString(t.p.Text) || fees.MatchString(rate.p.Text) {
		return true
	}
	return rate.i > 0 && x.phrases[rate.i-1].block == rate.p.block && fees.MatchString(x.phrases[rate.i-1].Text)
}

// interest says that a rate and an amount are those of a debt or a deposit.
var interest = regexp.MustCompile(`zins|kupon|coupon|\binterest\b|rendite|\byield|verzinst|\bapy\b|\bapr\b`)

// rateOf are the claims that a target is a rate of a base: for a year, for all years, for a part of one.
func (x *examination) rateOf(t *target, r, b spot, only bool, terms []spot) []*claim {
	year := x.reckon(b.q).Times(x.reckon(r.q)).By(0.01)
	isInterest := interest.MatchString(r.p.Text) && interest.MatchString(t.p.Text)
	first := timesClaim(t, year, b, r)
	span := spanOf(t.p, t.q)
	isInterest = isInterest && !otherIncome.MatchString(t.p.Text[:t.q.from])
	isTerm := wholeTerm.MatchString(t.p.Text[:t.q.from])
	named := false
	if m := baseOf.FindStringSubmatch(r.p.after(r.q)); m != nil {
		named = strings.Contains(b.p.before(b.q), m[1]) || strings.Contains(b.p.after(b.q), m[1])
	}
	isPair := only && t.cue == deducing && r.i == t.i && b.i == t.i && x.isFee(t, r) && (span == "" || span == cite.PerYear) && !baseOf.MatchString(r.p.after(r.q))
	first.sure = isPair || (t.cue == deducing || interest.MatchString(t.p.before(t.q))) && t.i-r.i <= 1 && (only && isInterest && !isTerm && (span == "" || span == cite.PerYear) || named && r.i == t.i && t.i-b.i <= 1 && span == "")
	left := timesClaim(t, x.reckon(b.q).Times(x.reckon(r.q).From(100)).By(0.01), b, r)
	left.sum = rule.Tell("%s − %s = %s", "%s − %s = %s", b.q.figure.Text, r.q.figure.Text, rule.Computed(left.is.Exact, t.q.figure.Unit))
	left.says = rule.Tell("Von %s bleiben nach Abzug von %s noch %s, im Text steht %s.", "Less %[2]s, %[1]s leaves %[3]s; the text says %[4]s.", b.q.figure.Text, r.q.figure.Text, rule.Computed(left.is.Exact, t.q.figure.Unit), t.q.figure.Text)
	left.sure = only && r.i == t.i && b.i == t.i && t.cue == deducing && leftOver.MatchString(t.p.before(t.q)+t.p.after(t.q)) && spanOf(b.p, b.q) == span
	ways := []*claim{first, left}
	if !isInterest {
		return ways
	}
	for _, parts := range []float64{2, 4, 12} {
		ways = append(ways, timesClaim(t, year.By(1/parts), b, r))
	}
	for _, term := range terms {
		c := timesClaim(t, year.Times(x.countOf(term.q)), b, r, term)
		c.sure = only && isTerm && isOnly(terms, term) && t.i-r.i <= 1 && t.cue != noCue
		ways = append(ways, c)
	}
	return ways
}

// otherIncome says that interest is that of other business.
var otherIncome = regexp.MustCompile(`income|einnahmen|einkünfte|erträge|ertrag|loans|krediten?|überschuss|net interest|gesamt|total`)

// leftOver says that an amount is what is left of another one.
var leftOver = regexp.MustCompile(`\b(?:left|remains?|remaining|leaves?|leaving|bleib\w*|verbleib\w*|übrig|netto|net)\b`)
