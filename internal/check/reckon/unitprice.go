package reckon

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// What tells the price of one from an amount; it need not be money ("200 nodes of 32 ETH each", "575 watts per card").
var (
	pricedBehind = regexp.MustCompile(`^(?: ` + word + `)? ?(?:(?:each|apiece|a piece|pro stück|je stück|das stück)\b|(?:(?:pro|je|per|für (?:jede[nrs]?|einen?)|for (?:each|every|one)|an?) |/ ?)(?:(?:einzelne[rnms]?|einzigen?|verkaufte[rnms]?|single|average) )?(` + word + `(?: hour| stunde)?))`)
	pricedBefore = regexp.MustCompile(`(?:[,;(–] ?(?:each|jeweils|jede[rsm]?)(?: ` + word + `){1,5}|\b(?:pro|je|per|for each|for every) (` + word + `)(?: ` + word + `){0,4}|(?:\b(?:at|à|zu je|zu jeweils|jeweils|mit je|zu durchschnittlich|kurs\w* (?:von|bei|um)|\w*kurs von|\w*preis\w* (?:von|bei|lag bei|liegt bei|beträgt|betrug)|(?:price|fee|premium|cost|charge|rate|ticket|salary|average) (?:of|at|is|was|stands at)|priced at|averaged?|im schnitt|im mittel|durchschnittlich|on average)|\bzu)(?: (?:an?|the|einem|einer|von|currently|derzeit|aktuell|nur|only|just|average|mean|median|fixed|flat|price|rate|of|on average|im schnitt|im mittel|durchschnittlich))*|\bje) $`)
	// pricedSubject is one thing whose price follows: "a single share cost", "für ein Ticket zahlte man".
	pricedSubject = regexp.MustCompile(`(?:^|[^\p{L}])(?:eine?[nrms]?|jede[rsnm]?|one|an?|each|every)(?: (?:einzelne[rsnm]?|einzige[rsnm]?|single|individual|solche[rsnm]?|such))? (` + word + `) (?:kostete?n?|costs?|wurde für|wird für|ging für|geht für|sold for|sells for|goes for|went for|fetche[sd]|was priced|is priced|was issued|is issued|wert ist|ist|war|is worth|was worth|brachte|bringt|earns|yields|verbraucht|zieht|uses|draws|consumes)(?: ` + word + `){0,4} $`)
	// ofAll stands before amounts that are the value of all, not the price of one.
	ofAll = regexp.MustCompile(`valuation|bewertung|market cap|marktkapitalisierung|bewertet|valued|insgesamt|total|gesamt|zusammen|altogether|limit|obergrenze`)
)

// dearest is the scale up to which an amount can be a price without a word of what it is the price of.
const dearest = 1e3

// generics are what a price may be said to be per that any counted thing can be.
var generics = map[string]bool{"": true, "stück": true, "piece": true, "vorgang": true, "einheit": true, "unit": true, "item": true, "posten": true, "fall": true, "case": true, "mal": true, "time": true}

// articles stand behind "an" where it is German: "flowed to the owner".
var articles = map[string]bool{"den": true, "die": true, "das": true, "dem": true, "der": true, "deren": true, "dessen": true, "ihre": true, "seine": true, "the": true}

// priceOf tells whether an amount is said to be that of one, and of one what; "" where the text does not name it. An
// amount for a span of time is none.
func priceOf(p *phrase, q *quantity) (item string, ok bool) {
	if !q.known.price {
		q.known.price = true
		q.known.item, q.known.isPrice = readPrice(p, q)
	}
	return q.known.item, q.known.isPrice
}

func readPrice(p *phrase, q *quantity) (item string, ok bool) {
	if q.figure.Kind == cite.Percent || isPlain(q.figure) {
		return "", false
	}
	if m := pricedBehind.FindStringSubmatch(p.after(q)); m != nil && !isSpanNoun(m[1]) && !articles[m[1]] {
		return strings.TrimRight(m[1], "."), true
	}
	before := p.before(q)
	if m := pricedSubject.FindStringSubmatch(before); m != nil && !isSpanNoun(m[1]) {
		return m[1], true
	}
	m := pricedBefore.FindStringSubmatch(before)
	if m == nil || isSpanNoun(m[1]) || ofAll.MatchString(before) || m[1] == "" && q.scale > dearest {
		return "", false
	}
	return m[1], true
}

var spanNoun = spanNounForm()

func spanNounForm() *regexp.Regexp {
	var nouns []string
	for _, s := range spanWords {
		nouns = append(nouns, s.nouns)
	}
	return regexp.MustCompile(`^(?:` + strings.Join(nouns, "|") + `|sekunden?|seconds?|minuten?|minutes?|epochen?|epochs?)$`)
}

func isSpanNoun(item string) bool { return spanNoun.MatchString(strings.TrimRight(item, ".")) }

// symbols are the measures that prices are stated per, as they stand in a text in lower case.
var symbols = map[string]unit.Unit{"kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "kw": "kW", "mw": "MW", "gw": "GW", "kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB", "pb": "PB", "kilowatt hour": "kWh", "megawatt hour": "MWh"}

// measureOf is the unit that an item of a price is, where it is one.
func measureOf(item string) (unit.Unit, bool) {
	if u, ok := symbols[item]; ok {
		return u, true
	}
	if item == "" {
		return "", false
	}
	return unit.LookupMeasure(item)
}

// isOf tells whether a quantity counts or measures items of a price, and gives it in their unit.
func isOf(item string, q *quantity) (quantity, bool) {
	if u, ok := measureOf(item); ok {
		if c, ok := q.in(u); ok {
			return c, true
		}
		return *q, false
	}
	if u, ok := unit.LookupNoun(item); ok && u == q.figure.Unit {
		return *q, true
	}
	if u, ok := unit.LookupTicker(item); ok && u == q.figure.Unit {
		return *q, true
	}
	const stem = 4 // letters that two forms of a noun share at least
	text := strings.ToLower(q.figure.UnitText)
	if len(item) < stem || len(text) < stem || q.figure.Unit.Dimension() != unit.Count {
		return *q, false
	}
	n := max(stem, min(len(item), len(text))-2)
	return *q, len(item) >= n && len(text) >= n && item[:n] == text[:n]
}

// names tells whether a quantity counts or measures items of a price, by its unit or by the words behind it.
func names(item string, s spot) (quantity, bool) {
	q, ok := isOf(item, s.q)
	const stem, words = 4, 4
	if ok || len(item) < stem || s.q.figure.Unit.Dimension() != unit.Count {
		return q, ok
	}
	behind := strings.Fields(s.p.Text[s.q.to:])
	for _, w := range behind[:min(words, len(behind))] {
		if strings.HasPrefix(w, item) {
			return q, true
		}
		if strings.HasSuffix(w, ",") {
			break
		}
	}
	return q, false
}

// byUnit are the claims that an amount is a number of things times the price of one.
func (x *examination) byUnit(t *target) []*claim {
	if _, ok := priceOf(t.p, t.q); ok && t.cue != deducing || t.q.figure.Kind == cite.Percent || isPlain(t.q.figure) {
		return nil
	}
	prices := x.before(t, inputsBack, func(s spot) bool {
		_, ok := priceOf(s.p, s.q)
		return ok && s.q.cited != nil && isAmount(s.p, s.q) && sameKind(s.q, t.q)
	})
	if len(prices) == 0 {
		return nil
	}
	counts := x.before(t, countsBack, func(s spot) bool {
		return s.q.value() > 0 && isNumberOf(s.q) && !s.q.figure.IsRange() && (isPlain(s.q.figure) || isStuff(s.q) && !sameKind(s.q, t.q))
	})
	var ways []*claim
	for _, price := range prices {
		item, _ := priceOf(price.p, price.q)
		for _, n := range counts {
			if n.q == price.q {
				continue
			}
			many, named := names(item, n)
			if !named && !isPlain(n.q.figure) && n.q.figure.Unit.Dimension() != unit.Count && (item != "" || n.q.figure.Unit.Dimension() != unit.Mass) {
				continue
			}
			c := x.priceClaim(t, price, n, &many)
			if c == nil {
				continue
			}
			c.sure = isOnly(prices, price) && x.isPriced(t, price, n, counts, item) && !apart(n.q, t.q)
			ways = append(ways, c)
		}
	}
	ways = append(ways, x.byOtherPrice(t, prices, counts)...)
	slices.SortStableFunc(ways, func(a, b *claim) int { return cmp.Compare(distance(a), distance(b)) })
	return ways
}

// furthestPrice is the factor by which another price of the same lies above or below one at most.
const furthestPrice = 30

// byOtherPrice are the claims that an amount is a number of things times an amount near the price of one: a newer price of
// the same, "1,100 per kilowatt in 2023, 2,400 now". They only explain.
func (x *examination) byOtherPrice(t *target, prices, counts []spot) []*claim {
	others := x.before(t, inputsBack, func(s spot) bool {
		return isAmount(s.p, s.q) && (sameKind(s.q, t.q) || isPlain(s.q.figure)) && slices.ContainsFunc(prices, func(p spot) bool {
			return p.q != s.q && s.q.value() < p.q.value()*furthestPrice && p.q.value() < s.q.value()*furthestPrice
		})
	})
	var ways []*claim
	for _, other := range others {
		for _, price := range prices {
			item, _ := priceOf(price.p, price.q)
			for _, n := range counts {
				if n.q == other.q || n.q == price.q {
					continue
				}
				many, _ := names(item, n)
				if c := x.priceClaim(t, other, n, &many); c != nil {
					c.quiet, c.alibi = true, true
					ways = append(ways, c)
				}
			}
		}
	}
	return ways
}

// distance is how far a claim's result is from what is stated, in powers of e.
func distance(c *claim) float64 { return math.Abs(math.Log(c.is.Exact / c.stated.value())) }

// isNumberOf tells whether a quantity says how many there are: "held by 32 firms" reads like a change but is none.
func isNumberOf(q *quantity) bool {
	return q.isLevel() || q.figure.Kind == cite.Count && q.figure.Change == cite.By && q.figure.Relation == ""
}

// isPriced tells whether the text says that a target is what a count comes to at a price.
func (x *examination) isPriced(t *target, price, n spot, counts []spot, item string) bool {
	isTold := t.cue == deducing || t.cue == stating && (price.i == t.i || n.i == t.i) || x.isProceeds(t, price, n, item)
	if !isTold || partly.MatchString(price.p.before(price.q)) {
		return false
	}
	if t.i-price.i > 1 && !x.isProceeds(t, price, n, item) || price.i == t.i && isContrasted(t.p.between(price.q, t.q)) || n.i < price.i && n.i < t.i-1 && generics[item] {
		return false
	}
	near := nearest(x.countsFor(t, counts, item))
	if !slices.ContainsFunc(near, func(s spot) bool { return s.q == n.q }) {
		return false
	}
	if len(near) > 1 && t.i-n.i > 1 {
		return false
	}
	return n.i == t.i || n.i == price.i || t.i-n.i <= 1 || !generics[item]
}

// proceeds names, as something known, what was paid for all that was told before: "the proceeds of", "der Erlös von".
var proceeds = regexp.MustCompile(`(?:^|[^\p{L}])(?:der|die|das|den|dem|dieser|diese|dieses|the|this|these|its|ihr|sein|ihre|seine)(?: (?:gesamte|gesamten|ganze|volle|total|full|entire|whole|combined|resulting|gross|ganzen))? (?:\p{L}*(?:erlös\w*|kaufpreis\w*|verkaufserlös\w*|einnahmen|gegenwert|gesamtpreis\w*|gesamtwert|rechnung|gesamtkosten|auftragswert|emissionsvolumen)|proceeds|takings|receipts|purchase price|total price|total cost|bill|invoice|haul|issue volume|order value)(?: ` + word + `){0,3} $`)

// isProceeds tells whether a target is named as what all the items of a price, counted and priced just before, came to.
func (x *examination) isProceeds(t *target, price, n spot, item string) bool {
	_, named := names(item, n)
	return item != "" && named && t.i-price.i <= inputsBack && price.i-n.i <= 1 && price.p.block == t.p.block && n.p.block == t.p.block && proceeds.MatchString(t.p.before(t.q)) && !alsoFor.MatchString(t.p.after(t.q)) && (spanOf(price.p, price.q) == "" || spanOf(t.p, t.q) != "")
}

// alsoFor says that an amount is for more than what was told.
var alsoFor = regexp.MustCompile(`\b(?:auch|samt|nebst|inklusive|einschließlich|enthielt|enthält|umfasst\w*|also|too|as well|includ\w+|covers?|covered|plus)\b`)

// partly says that a price is that of some only.
var partly = regexp.MustCompile(`\b(?:most|some|many|half|part) of\b|\b(?:meisten|teils|teilweise|manche[nrs]?|einige[nrs]?|starting|ab|from|bis|zuletzt|initially|anfangs|zunächst)\b`)

// countsFor are the counts that a price can be meant for: of its items, else of any things, else bare numbers.
func (x *examination) countsFor(t *target, counts []spot, item string) []spot {
	var named, things, bare []spot
	for _, s := range counts {
		_, isNamed := names(item, s)
		switch {
		case apart(s.q, t.q):
		case isNamed:
			named = append(named, s)
		case isPlain(s.q.figure):
			bare = append(bare, s)
		case generics[item] && isStuff(s.q):
			things = append(things, s)
		}
	}
	switch {
	case len(named) > 0:
		return named
	case len(things) > 0 && (len(bare) == 0 || bare[0].i <= things[0].i):
		return things
	case generics[item] && len(bare) > 0 && (bare[0].i == t.i || t.i-bare[0].i == 1 && t.cue == deducing && isOnlyCount(bare[0])):
		return bare
	}
	return nil
}

// isOnlyCount tells whether a bare number is a figure, counts part of something ("40,000 of its cards") and is the only
// one of its phrase.
func isOnlyCount(s spot) bool {
	for n := range s.p.quantities {
		if q := &s.p.quantities[n]; q != s.q && q.figure.Kind != cite.Percent && (isPlain(q.figure) || isStuff(q)) {
			return false
		}
	}
	return s.q.cited != nil && ofIts.MatchString(s.p.after(s.q))
}

var ofIts = regexp.MustCompile(`^(?: ` + word + `)? (?:of (?:its|their|the|these|those|such)|seiner|ihrer|dieser|solcher|der|von)\b`)

// priceClaim is the claim that a target is a count times a price; what is stated for spans is put on that of the target.
func (x *examination) priceClaim(t *target, price, n spot, many *quantity) *claim {
	one, _, _ := sameMeasure(price.q, t.q)
	is := x.countOf(&one).Times(x.countOf(many))
	from, to := spanOf(price.p, price.q), spanOf(t.p, t.q)
	if often := spanOf(n.p, n.q); from == "" {
		from = often
	}
	c := timesClaim(t, is, n, price)
	if from == "" || to == "" || from == to {
		return c
	}
	k, ok := conversion(from, to, t.p.Text)
	if !ok {
		return nil
	}
	exact := is.Exact
	is = is.Times(k)
	is.Exact = exact * clamp(t.q.value()/exact, k.Fine.Low, k.Fine.High)
	c = timesClaim(t, is, n, price)
	c.calendar = true
	return c
}

// manyCounted is the size from which zeros at the end of a count are taken for rounding.
const manyCounted = 1000

// countOf is the value of a count; whole numbers without a scale word are exact unless they are large and round.
func (x *examination) countOf(q *quantity) rule.Estimate {
	if q.scale == 1 && q.step == 1 && (q.value() < manyCounted || q.figure.Precision.Float64() <= 1) && (q.figure.Qualifier == cite.Exact || q.figure.Qualifier == "") {
		return rule.Within(q.value(), q.value())
	}
	return x.reckon(q)
}
