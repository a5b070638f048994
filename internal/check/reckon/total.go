package reckon

import (
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Words that say that an amount is that of several together. strongly leave no doubt; loosely say no more than that it is
// a total.
var (
	strongly = regexp.MustCompile(`\b(?:zusammen|zusammengenommen|zusammengerechnet|zusammengezählt|in summe|unterm strich|alles in allem|gemeinsam|summier\w+|addier\w+|aufaddiert|together|altogether|combined|all told|adds? (?:up|to)|adding up|added up|sums? up|sum to|collectively|jointly)\b`)
	loosely  = regexp.MustCompile(`\b(?:insgesamt|in total|total|totall?ing|gesamt\w*|summe|overall|in all|macht|makes)\b`)
	// behind stands directly behind such an amount.
	stronglyBehind = regexp.MustCompile(`^(?: ` + word + `){0,1} (?:zusammen|in summe|together|altogether|combined|all told)\b`)
	looselyBehind  = regexp.MustCompile(`^(?: ` + word + `){0,1} (?:insgesamt|in total|in all|for the year|for the full year|for the half year)\b`)
	// several says how many are put together: "these four", "alle drei Runden", "both".
	several = regexp.MustCompile(`\b(diese[rn]?|die|der|den|alle[rn]?|these|those|all|the|of all) (?:` + word + ` )?(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|two|three|four|five|six|seven|eight|nine|ten|\{[nb]\d+\})\b|\b(beiden?|both)\b|\b(diese[rn]?|die|der|den|alle[rn]?|these|those|all|the) (\{[nb]\d+\})`)
	// pointed is several that points back to what was listed.
	pointed = regexp.MustCompile(`\b(?:diese[rn]?|alle[rn]?|these|those|all|beiden?|both)\b`)
	// definite begins a phrase that counts again what was just listed.
	definite = regexp.MustCompile(`^(?:die|diese|alle|all|the|these|those) $`)
	// concluding says that a total follows from what was said; topping that something comes on top of it.
	concluding = regexp.MustCompile(`\b(?:also|somit|damit|mithin|folglich|so dass|sodass|so that|so|womit|thus|therefore|hence|making|bringing|was)\b`)
	topping    = regexp.MustCompile(`\b(?:hinzu|dazu|weitere[nrs]?|zuzüglich|sonstige\w*|another|further|additional|other|on top|added)\b`)
	// joining says that one more is added to what was listed.
	joining = regexp.MustCompile(`\b(?:added?|adding|includ\w+|hinzu\w*|dazu\w*|mitgerechnet|einschließlich|zählt man|rechnet man|together with|zusammen mit|plus)\b`)
	// chained stands between parts of an enumeration.
	chained = regexp.MustCompile(`[,;(–]|\b(?:und|and|sowie|plus|as well as|followed by|gefolgt von)\b`)
	// apiece makes amounts those of each.
	apiece = regexp.MustCompile(`\b(?:jeweils|each|apiece|respectively|mehrfach|multiple answers|more than one|beziehungsweise|bzw|durchschnitt\w*|average|median|im mittel|im schnitt)\b`)
)

var smallNumbers = map[string]int{"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// A total is an amount that words say is that of several together.
type total struct {
	target
	strong, loose, definite bool
	isTopped                bool // it is what was said before with one more on top
	n                       int  // how many are put together; 0 where the text does not say
}

// sumBack is how many phrases before that of a total its parts may stand in; mostItems how many list items.
const (
	sumBack   = 3
	mostItems = 12
)

// totalOf reads what the words around an amount say of its being a total; nil where they do not.
func totalOf(t *target) *total {
	lead := t.p.Text[:t.q.from]
	for n := range t.p.quantities {
		if q := &t.p.quantities[n]; q.to <= t.q.from && (isPart(q, t.q) || q.figure.Kind == cite.Percent || q.cited != nil && sameKind(q, t.q)) {
			lead = t.p.Text[q.to:t.q.from]
		}
	}
	s := &total{target: *t}
	behind := t.p.after(t.q)
	s.strong = strongly.MatchString(lead) || stronglyBehind.MatchString(behind)
	s.loose = loosely.MatchString(lead) || looselyBehind.MatchString(behind)
	s.definite = definite.MatchString(t.p.Text[:t.q.from]) && t.q.figure.Kind == cite.Count
	s.n = t.p.severalIn(lead)
	if s.n > 0 && pointed.MatchString(lead) && (t.cue != noCue || s.loose) {
		s.strong = true
	}
	if s.loose && concluding.MatchString(lead) {
		s.strong = true
	}
	if s.isTopped = topping.MatchString(t.p.Text[:t.q.from]) && concluding.MatchString(lead); s.isTopped {
		s.strong = true
	}
	if !s.strong && !s.loose && !s.definite {
		return nil
	}
	return s
}

// severalIn is how many a text says are put together, 0 where it does not.
func (p *phrase) severalIn(text string) int {
	m := several.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	word := m[2] + m[5]
	switch {
	case m[3] != "":
		return 2
	case strings.HasPrefix(word, "{"):
		return p.countAt(word)
	}
	return smallNumbers[word]
}

// countAt is the value of the place of a small count.
func (p *phrase) countAt(place string) int {
	at := strings.Index(p.Text, place)
	if at < 0 {
		return 0
	}
	q := p.placed(at, at+len(place))
	if q == nil || q.value() != float64(int(q.value())) || q.value() < 2 || q.value() > mostItems {
		return 0
	}
	return int(q.value())
}

// isPart tells whether a quantity may be a part of a total: a level of the same measure, or a bare number.
func isPart(q, whole *quantity) bool {
	f := q.figure
	if q == whole || f.Kind == cite.Multiple || f.Kind == cite.Duration || !q.isLevel() || f.Change == cite.From || q.value() <= 0 {
		return false
	}
	if f.Kind == cite.Percent || whole.figure.Kind == cite.Percent {
		return f.Kind == whole.figure.Kind && q.isShare() && whole.isShare()
	}
	if people[f.Unit] && people[whole.figure.Unit] {
		return true
	}
	_, _, ok := sameMeasure(q, whole)
	return ok
}

// people are units of persons, which a total may call by another name than its parts.
var people = map[unit.Unit]bool{"person": true, "employee": true, "angestellten": true, "beschäftigten": true, "beschäftigte": true, "menschen": true, "worker": true, "staff": true, "developer": true, "engineer": true, "kollegen": true, "colleague": true}

// totals holds the totals of a phrase against the parts that stand before them, in it or in the phrases before it.
func (x *examination) totals(d *rule.Document, i int) {
	p := &x.phrases[i]
	for n := range p.quantities {
		q := &p.quantities[n]
		if q.cited == nil || q.value() <= 0 || q.figure.IsRange() || !q.isShare() && (!isAmount(p, q) || !isCounting(q.figure) && !isPlain(q.figure)) || q.isFraction() {
			continue
		}
		if t := totalOf(&target{doc: d, i: i, p: p, q: q, cue: cueOf(p, q)}); t != nil {
			x.total(t)
		}
	}
}

// total holds one total against its parts: any run of them that fits explains it; it is wrong only where the text singles
// out which ones it is of.
func (x *examination) total(t *total) {
	here, runs := x.partsOf(t)
	for _, parts := range runs {
		if x.explains(t, parts) {
			return
		}
	}
	if x.explainsCompleted(t, here) {
		return
	}
	for _, column := range x.listBefore(t) {
		if x.addsTo(t, column) {
			return
		}
	}
	if x.explainsOfList(t) {
		return
	}
	parts, sure := x.meant(t, here)
	if parts == nil {
		return
	}
	c := x.sumClaim(t.doc, parts, t.q)
	if x.outcome(c) != rule.Differs || !plausibleSum(c) && !x.slipped(c) {
		return
	}
	c.sure = sure
	x.judge(c)
}

// leastOfSum and mostOfSum are what a wrong total may be of the sum of its parts.
const (
	leastOfSum = 0.6
	mostOfSum  = 1.8
)

func plausibleSum(c *claim) bool {
	ratio := c.stated.value() / c.is.Exact
	return ratio > leastOfSum && ratio < mostOfSum
}

// partsOf are the parts in the phrases up to a total, the phrase of the total last, and the runs to look for it in.
func (x *examination) partsOf(t *total) (phrases [][]*quantity, runs [][]*quantity) {
	var all []*quantity
	for i := max(0, t.i-sumBack); i <= t.i; i++ {
		p := &x.phrases[i]
		if p.section != t.p.section {
			phrases, all = nil, nil
			continue
		}
		parts := x.partsIn(t, i)
		phrases = append(phrases, parts)
		all = append(all, parts...)
	}
	runs = append(runs, all)
	return phrases, runs
}

// partsIn are the quantities of a phrase that may be parts of a total. Bare numbers take the scale of the figures around.
func (x *examination) partsIn(t *total, i int) []*quantity {
	p := &x.phrases[i]
	if kind := kindOf(t.doc, p); kind != kindOf(t.doc, t.p) && (kind == cite.TableRow || kind == cite.ListItem) || kind == cite.TableRow {
		return nil
	}
	scaled := t.q.scale > 1
	for n := range p.quantities {
		if q := &p.quantities[n]; isPart(q, t.q) && !isPlain(q.figure) && q.scale == 1 {
			scaled = false
		}
	}
	var parts []*quantity
	for n := range p.quantities {
		q := &p.quantities[n]
		if i == t.i && q.from >= t.q.from {
			break
		}
		if !q.isLevel() && contributing.MatchString(p.before(q)) {
			q = q.asLevel()
		}
		if _, isPrice := priceOf(p, q); isPrice && spanOf(p, q) != spanOf(t.p, t.q) || !isPart(q, t.q) || isUnitPrice(q, t.q) {
			continue
		}
		a, _, ok := sameMeasure(q, t.q)
		if !ok {
			a = *q
		}
		if isPlain(q.figure) && q.scale == 1 && scaled {
			a = a.scaled(t.q.scale)
		}
		parts = append(parts, &a)
	}
	return parts
}

// contributing stands before one more part, whose figure looks like a change: "sponsors add 64,000".
var contributing = regexp.MustCompile(`\b(?:adds?|added|adding|contribut\w+|brings?|brought|steuer\w+|bringt|bringen|brachten?|kommen|kamen)(?: ` + word + `){0,3} $`)

// leastShare is what a part in money is of its total at least; what is less was the price of one.
const leastShare = 1e-4

// isUnitPrice tells whether money is so little beside a total that it can only be the price of one.
func isUnitPrice(q, whole *quantity) bool {
	return q.figure.Kind == cite.Money && q.scale == 1 && whole.scale > 1 && q.value() < whole.value()*leastShare
}

// explains tells whether a run of parts, all of one or all but one, adds up to a total, and notes it if so.
func (x *examination) explains(t *total, parts []*quantity) bool {
	const most = 24
	parts = parts[max(0, len(parts)-most):]
	for to := len(parts); to >= 2; to-- {
		for from := to - 2; from >= 0 && to-from <= mostItems; from-- {
			run := parts[from:to]
			if (t.n == 0 || t.n == len(run)) && x.addsTo(t, run) {
				return true
			}
			for skip := 1; t.n == 0 && skip < len(run)-1; skip++ {
				if x.addsTo(t, slices.Concat(run[:skip], run[skip+1:])) {
					return true
				}
			}
		}
	}
	return false
}

// explainsCompleted tells whether the parts of the phrase before a total add up to it with those of earlier phrases that
// complete them to as many as the text names, whichever they are.
func (x *examination) explainsCompleted(t *total, phrases [][]*quantity) bool {
	if t.n == 0 || len(phrases) < 3 {
		return false
	}
	last := phrases[len(phrases)-2]
	for _, earlier := range phrases[:len(phrases)-2] {
		for n := range earlier {
			if len(last)+1 == t.n && x.addsTo(t, slices.Concat(earlier[n:n+1], last)) {
				return true
			}
		}
	}
	return false
}

// mostChosen is how many items a list has at most of which any choice is looked at.
const mostChosen = 8

// explainsOfList tells whether any choice of the items of the list before a total adds up to it.
func (x *examination) explainsOfList(t *total) bool {
	for _, column := range x.listBefore(t) {
		if len(column) > mostChosen {
			continue
		}
		for choice := range 1 << len(column) {
			var parts []*quantity
			for n, q := range column {
				if choice>>n&1 == 1 {
					parts = append(parts, q)
				}
			}
			if (t.n == 0 || t.n == len(parts)) && x.addsTo(t, parts) {
				return true
			}
		}
	}
	return false
}

// addsTo tells whether parts add up to a total, and notes it if so.
func (x *examination) addsTo(t *total, parts []*quantity) bool {
	if len(parts) < 2 || !nearTotal(t.q, parts) {
		return false
	}
	c := x.sumClaim(t.doc, parts, t.q)
	if x.outcome(c) == rule.Differs {
		return false
	}
	c.quiet = true
	x.judge(c)
	return true
}

// nearTotal tells whether parts may add up to a total at all, however coarsely all are rounded: a quick look before the
// exact one.
func nearTotal(whole *quantity, parts []*quantity) bool {
	furthest := (1 + rule.Roundest) / (1 - rule.Roundest)
	if q := whole.figure.Qualifier; q != "" && q != cite.Exact {
		furthest *= 2
	}
	sum := 0.0
	for _, q := range parts {
		sum += q.value()
		if q := q.figure.Qualifier; q != "" && q != cite.Exact {
			furthest *= 2
		}
	}
	return sum < whole.value()*furthest && whole.value() < sum*furthest
}

// meant are the parts that the text singles out as those of a total; nil where it does not. sure where nothing but them
// can be meant.
func (x *examination) meant(t *total, phrases [][]*quantity) (parts []*quantity, sure bool) {
	if len(phrases) == 0 || !t.isTopped && incomplete.MatchString(t.p.Text[:t.q.from]) || apiece.MatchString(t.p.Text) || t.n == 0 && cumulated.MatchString(t.p.Text[:t.q.from]) {
		return nil, false
	}
	here, earlier := phrases[len(phrases)-1], phrases[:len(phrases)-1]
	if lead := t.p.Text[:t.q.from]; overlapped.MatchString(t.p.Text) || t.n == 0 && wider.MatchString(lead) || len(here) == 0 && alongWith.MatchString(lead) {
		return nil, false
	}
	switch {
	case len(here) >= 2:
		return x.meantHere(t, here)
	case len(here) == 1:
		return x.meantWithOneMore(t, here, earlier)
	}
	if columns := x.listBefore(t); len(columns) > 0 {
		if len(columns) != 1 || len(columns[0]) < 2 || !x.isWhole(t, columns[0]) {
			return nil, false
		}
		return columns[0], t.n == 0 || t.n == len(columns[0])
	}
	return x.meantBefore(t, earlier)
}

// isWhole tells whether parts can all be parts of a total: each is smaller, and of its span and time.
func (x *examination) isWhole(t *total, parts []*quantity) bool {
	for _, q := range parts {
		if q.value() >= t.q.value() && !x.slipped(x.sumClaim(t.doc, parts, t.q)) {
			return false
		}
		if q.figure.Per != t.q.figure.Per && q.figure.Per != "" && t.q.figure.Per != "" || q.figure.Forecast != t.q.figure.Forecast && !t.strong {
			return false
		}
		if apart(q, t.q) && !slices.Contains(t.q.figure.Inferred, "period") {
			return false
		}
	}
	return true
}

// furthestLead is how many bytes may stand between the last part and a total that a loose word marks.
const furthestLead = 60

// meantHere are the parts of an enumeration in the phrase of a total.
func (x *examination) meantHere(t *total, here []*quantity) ([]*quantity, bool) {
	last := here[len(here)-1]
	lead := t.p.Text[last.to:t.q.from]
	if t.n > 0 && t.n < len(here) {
		here = here[len(here)-t.n:]
	}
	if t.n > 0 && t.n != len(here) || !t.strong && (len(lead) > furthestLead || !chained.MatchString(lead) && t.cue != deducing) || isContrasted(lead) || cumulated.MatchString(lead) {
		return nil, false
	}
	if !x.isChain(t.p, here) || !x.isWhole(t, here) || partsMarked.MatchString(t.p.Text[:t.q.from]) || overlapping.MatchString(t.p.Text) {
		return nil, false
	}
	if t.q.figure.Kind == cite.Percent && hasAmount(t.p) {
		return nil, false
	}
	return here, t.n > 0
}

// meantWithOneMore are the parts of the phrases before and one more beside the total: "if the 3 million are added, these
// four come to 25 million".
func (x *examination) meantWithOneMore(t *total, here []*quantity, earlier [][]*quantity) ([]*quantity, bool) {
	if len(earlier) == 0 || !joining.MatchString(t.p.Text[:t.q.from]) && !t.isTopped || !t.strong {
		return nil, false
	}
	if last := earlier[len(earlier)-1]; t.isTopped && len(last) > 0 {
		parts := []*quantity{last[len(last)-1], here[0]}
		if isPlain(last[len(last)-1].figure) || isPlain(here[0].figure) || !x.isWhole(t, parts) {
			return nil, false
		}
		return parts, false
	}
	parts := slices.Concat(earlier[len(earlier)-1], here)
	if len(parts) < 3 || t.n > 0 && t.n != len(parts) || !x.isChain(&x.phrases[t.i-1], parts[:len(parts)-1]) || !x.isWhole(t, parts) {
		return nil, false
	}
	return parts, t.n > 0
}

// meantBefore are the parts of an enumeration in the phrases before that of a total.
func (x *examination) meantBefore(t *total, earlier [][]*quantity) ([]*quantity, bool) {
	if len(earlier) == 0 {
		return nil, false
	}
	before := &x.phrases[t.i-1]
	parts := earlier[len(earlier)-1]
	if at := partsMarked.FindStringIndex(before.Text); at != nil {
		parts = slices.DeleteFunc(slices.Clone(parts), func(q *quantity) bool { return q.from < at[0] })
	}
	switch {
	case t.n == 0 && openEnded.MatchString(before.Text):
		return nil, false
	case len(parts) == 0 || overlapping.MatchString(before.Text) || incomplete.MatchString(before.Text) && partsMarked.FindStringIndex(before.Text) == nil && t.n == 0:
		return nil, false
	case t.n > len(parts):
		if parts = completed(parts, earlier[:len(earlier)-1], t.n); parts == nil || !x.isWhole(t, parts) {
			return nil, false
		}
		return parts, true
	case t.n > 0 && t.n < len(parts), !x.isChain(before, parts), !x.isWhole(t, parts):
		return nil, false
	case t.definite && !t.strong:
		const fewest = 3
		if len(parts) < fewest || !x.isRecount(t, parts) {
			return nil, false
		}
		return parts, false
	case !t.strong:
		return nil, false
	}
	isShare := t.q.figure.Kind == cite.Percent
	if len(parts) < 2 || isShare && (hasAmount(before) || hasAmount(t.p) || t.n == 0 && !shareEnds.MatchString(t.p.after(t.q))) {
		return nil, false
	}
	return parts, t.n > 0
}

// What speaks against a total being that of what was listed before it: it is of something wider, of one more that is not
// told, or its parts share members.
var (
	wider      = regexp.MustCompile(`\b(?:sektor\w*|sector|markt|market|branche|industry|industrie|weltweit|worldwide|globally|ökosystem|ecosystem|netzwerk insgesamt|alle anderen|all others)\b`)
	alongWith  = regexp.MustCompile(`\b(?:zusammen|gemeinsam|together|combined|along) (?:mit|with)\b`)
	overlapped = regexp.MustCompile(`überschneid|überlapp|overlap|doppelt|double|dedupl|bereinigt|abzüglich|net of|after deduct|mehrfach`)
)

// openEnded says that an enumeration does not name all.
var openEnded = regexp.MustCompile(`\b(?:several|some|many|more|mehrere[nrs]?|einige[nrs]?|weitere[nrs]?|viele[nrs]?|elsewhere|anderswo|others?|andere[nrs]?|the largest|the biggest|die größten|die meisten|etwa|rund ein)\b`)

// shareEnds stands behind a joint share that is one of what the single ones are.
var shareEnds = regexp.MustCompile(`^ ?(?:[.,;:()–!?]|$|(?:of it|of the market|of that|davon|des marktes|am markt|der|des|of the total|vom)\b)`)

// completed adds the first parts of earlier phrases, nearest phrase first, until there are n; nil where there are not.
func completed(parts []*quantity, earlier [][]*quantity, n int) []*quantity {
	for i := len(earlier) - 1; i >= 0 && len(parts) < n; i-- {
		add := earlier[i]
		if len(add) > n-len(parts) {
			add = add[:n-len(parts)]
		}
		parts = slices.Concat(add, parts)
	}
	if len(parts) != n {
		return nil
	}
	return parts
}

// isRecount tells whether a definite count is one of what was listed: of the same things, or of people.
func (x *examination) isRecount(t *total, parts []*quantity) bool {
	named := 0
	for _, q := range parts {
		u := q.figure.Unit
		switch {
		case u == t.q.figure.Unit || people[u] && people[t.q.figure.Unit]:
			named++
		case u != "":
			return false
		}
	}
	return named > 0
}

// longestLink is how many bytes stand between two parts of an enumeration at most.
const longestLink = 110

// isChain tells whether quantities of a phrase are the parts of one enumeration.
func (x *examination) isChain(p *phrase, parts []*quantity) bool {
	for n := 1; n < len(parts); n++ {
		a, b := parts[n-1], parts[n]
		if a.to > b.from || b.from > len(p.Text) {
			return false
		}
		between := p.Text[a.to:b.from]
		if len(between) > longestLink || !chained.MatchString(between) || isContrasted(between) || partsMarked.MatchString(between) || changing.MatchString(between) {
			return false
		}
	}
	return !apiece.MatchString(p.Text)
}

// changing words between two amounts make them the ends of a change or of a share.
var changing = regexp.MustCompile(`\b(?:auf|from|von insgesamt|out of|gestiegen|gefallen|rose|fell|grew|sank|stieg|fiel|target|ziel|statt|rather)$|\b(?:gestiegen|gefallen|rose|fell|grew|sank|stieg|stiegen|fiel|fielen) \b`)

// closedShares checks an enumeration of shares that ends with the rest: they are all of one whole.
func (x *examination) closedShares(d *rule.Document, p *phrase) {
	const fewestShares = 3
	shares := sharesBehind(p, 0)
	if len(shares) < fewestShares || len(shares) > mostParts || hasAmount(p) || overlapping.MatchString(p.Text) || partsMarked.MatchString(p.Text) || splitting.MatchString(p.Text) {
		return
	}
	last := shares[len(shares)-1]
	if around := p.before(last) + " | " + p.after(last); !theRest.MatchString(around) || ofTheRest.MatchString(around) || !x.isChain(p, shares) {
		return
	}
	x.hundred(d, shares)
}

// ofTheRest makes a share one of the rest.
var ofTheRest = regexp.MustCompile(`\b(?:of|among|der|von|bei|unter)(?: the| den)? (?:others?|remaining|remainder|rest|übrigen|anderen|restlichen|verbleibenden)\b`)

// theRest names what is left of a whole.
var theRest = regexp.MustCompile(`\b(?:sonstige\w*|andere[nrs]?|anderswo|übrige[nrs]?|rest|restliche[nrs]?|verbleibende[nrs]?|others?|elsewhere|remaining|remainder|everyone else|everything else|all else)\b`)
