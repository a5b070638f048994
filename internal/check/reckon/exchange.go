package reckon

import (
	"regexp"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// exchanged are the claims that an amount is another one in another currency, at a rate that the text states.
func (x *examination) exchanged(t *target) []*claim {
	if t.q.figure.Kind != cite.Money {
		return nil
	}
	amounts := x.before(t, 0, func(s spot) bool {
		return s.q.cited != nil && s.q.figure.Kind == cite.Money && s.q.figure.Unit.IsCurrency() && s.q.figure.Unit != t.q.figure.Unit && isAmount(s.p, s.q) && perCurrency(s) == ""
	})
	if len(amounts) == 0 {
		return nil
	}
	a := amounts[len(amounts)-1]
	if between := t.p.between(a.q, t.q); t.cue != deducing && !aside.MatchString(between) {
		return nil
	}
	var ways []*claim
	for i := t.i; i >= 0 && i >= t.i-mostFurther; i-- {
		p := &x.phrases[i]
		for n := range p.quantities {
			r := spot{i, p, &p.quantities[n]}
			if r.q == a.q || r.q == t.q {
				continue
			}
			switch perCurrency(r) {
			case t.q.figure.Unit: // won per dollar
				if r.q.figure.Unit == a.q.figure.Unit {
					ways = append(ways, operationClaim(t, x.reckon(a.q).Over(x.reckon(r.q)), "÷", a, r))
				}
			case a.q.figure.Unit:
				if r.q.figure.Unit == t.q.figure.Unit {
					ways = append(ways, timesClaim(t, x.reckon(a.q).Times(x.reckon(r.q)), a, r))
				}
			}
		}
	}
	for _, c := range ways {
		c.sure = len(ways) == 1
	}
	return ways
}

// currencyWords are how texts name the currencies that rates are stated per.
var currencyWords = map[string]unit.Unit{"dollar": unit.USD, "us-dollar": unit.USD, "usd": unit.USD, "euro": unit.EUR, "eur": unit.EUR, "pound": "GBP", "pfund": "GBP", "franc": "CHF", "franken": "CHF", "yen": "JPY", "won": "KRW", "yuan": "CNY"}

// perCurrency is the currency that an amount is the price of one of; "" where it is none.
func perCurrency(s spot) unit.Unit {
	if s.q.cited == nil || s.q.figure.Kind != cite.Money {
		return ""
	}
	m := pricedBehind.FindStringSubmatch(s.p.after(s.q))
	if m == nil {
		m = perDollar.FindStringSubmatch(s.p.after(s.q))
	}
	if m == nil {
		return ""
	}
	return currencyWords[m[1]]
}

var perDollar = regexp.MustCompile(`^(?: ` + word + `)? (?:to the|to one|für einen|gegen den|per us) (` + word + `)`)
